/* score.c - stage 5: how much two articles have in common, signal by signal, and what that says. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

const syn_odds syn_story_odds[2] = {
#include "odds.inc"
};
enum { MOST_SURPRISE = 7, FLOOR = -4, CEILING = 8 }; /* deviations of one signal; log odds of a pair */
#define UNKNOWN 200.0f
#define ONE_OUTLET 1.5 /* log odds: an outlet tells one story mostly once */
#define OUTWEIGHED 0.5 /* what was learned says at most so much of what else is known */

void syn_score_hear(const syn_grouper *g, item *it)
{
    enum { AHEAD = 16 };
    float squares = 0;
    for (uint32_t p = 0; p < it->nparts; p++) {
        if (p + AHEAD < it->nparts) __builtin_prefetch(&g->index.keys[it->keys[p + AHEAD]].meant);
        if (syn_item_learned(it, p) || g->index.keys[it->keys[p]].meant) squares += it->values[p] * it->values[p];
    }
    /* a few words that were learned are not the whole of what an article means */
    it->norm[SYN_SIGNAL_LEARNED] = squares > 0 ? sqrtf(squares + UNKNOWN) : 0;
}

void syn_score_refresh(const syn_grouper *g, item *it)
{
    it->about[0] = it->about[1] = 0;
    syn_index_rarities(&g->index, it->keys, it->nparts, it->lang, it->values);
    for (int s = 0; s < SYN_SIGNALS; s++) {
        float squares = 0;
        for (uint32_t p = it->start[s]; p < it->start[s + 1]; p++) {
            const part *x = &it->parts[p];
            float w = (float)abs(x->weight) / PART_ONE * it->values[p];
            it->values[p] = syn_index_too_common(&g->index, it->keys[p]) ? 0 : w;
            /* readings of one word: at most one will meet */
            squares += x->weight < 0 ? w * w * 0.4f : w * w;
            if (p < it->salient[s] && s <= SYN_SIGNAL_PLACE) {
                it->about[0] += s != SYN_SIGNAL_WORD ? w : 0;
                it->about[1] += w;
            }
        }
        it->norm[s] = sqrtf(squares);
    }
    syn_score_hear(g, it);
}

/* ---- what two have in common ---- */

void syn_score_probe(probe *p, const item *of)
{
    enum { MASK = SYN_COUNT(p->keys) - 1 };
    p->of = of;
    memset(p->bits, 0, sizeof p->bits);
    memset(p->keys, 0xFF, sizeof p->keys);
    for (uint32_t k = 0; k < of->nparts; k++) {
        uint32_t h = syn_score_spread(of->keys[k]), i = h >> 16 & MASK;
        p->bits[h >> 24] |= 1ull << (h >> 18 & 63);
        while (p->keys[i] != NONE) i = (i + 1) & MASK;
        p->keys[i] = of->keys[k];
        p->parts[i] = (uint16_t)k;
    }
}

uint32_t syn_score_look(const probe *p, uint32_t key)
{
    enum { MASK = SYN_COUNT(p->keys) - 1 };
    uint32_t h = syn_score_spread(key);
    for (uint32_t i = h >> 16 & MASK; p->keys[i] != NONE; i = (i + 1) & MASK)
        if (p->keys[i] == key) return p->parts[i];
    return NONE;
}

void syn_score_common(const probe *p, const item *b, const double *says, shared *out)
{
    const item *a = p->of;
    bool means = a->start[SYN_SIGNAL_LEARNED] < a->nparts && (!says || says[SYN_SIGNAL_LEARNED] > 0);
    float learned = 0;
    *out = (shared){0};
    for (int s = 0; s < SYN_SIGNALS; s++) {
        float sum = 0;
        bool counts = (!says || says[s] > 0 || s <= SYN_SIGNAL_PLACE) && a->norm[s] > 0 &&
                      (s != SYN_SIGNAL_WORD || a->lang == b->lang);
        /* learned words mean concepts, and words of another language */
        if (!counts && !(means && (s == SYN_SIGNAL_CONCEPT || s == SYN_SIGNAL_WORD))) continue;
        for (uint32_t k = b->start[s]; k < b->start[s + 1]; k++) {
            uint32_t at = syn_score_find(p, b->keys[k]);
            if (at == NONE) continue;
            if (syn_item_learned(a, at)) {
                learned += a->values[at] * b->values[k];
                continue;
            }
            sum += a->values[at] * b->values[k];
            if (s > SYN_SIGNAL_PLACE) continue;
            if (at < a->salient[s]) out->salient[0] += a->values[at];
            if (k < b->salient[s]) out->salient[1] += b->values[k];
        }
        if (counts) out->of[s] = sum;
    }
    if (means) out->of[SYN_SIGNAL_LEARNED] += learned;
}

/* How much of what one is above all about the other tells; of a title of two words never all. */
static double covered(float common, float of)
{
    const double unsaid = 20; /* two or three rare words */
    return (double)(common < of ? common : of) / ((double)of + unsaid);
}

static float similarity(const item *a, const item *b, int signal, float common)
{
    float n = common > 0 ? a->norm[signal] * b->norm[signal] : 0;
    return n > 0 ? (common > n ? 1 : common / n) : 0;
}

bool syn_score_learn(syn_grouper *g, uint32_t i)
{
    enum { HELD_AGAINST = 16 };
    shared common;
    probe p;
    uint64_t random = g->items[i]->order;
    bool few = g->nitems <= 2 * HELD_AGAINST; /* each is held against once */
    syn_score_probe(&p, g->items[i]);
    for (uint32_t k = 0; k < (few ? g->nitems : HELD_AGAINST); k++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        uint32_t j = few ? k : (uint32_t)((random >> 33) % g->nitems);
        const item *b = g->items[j];
        if (!b || j == i || (few && b->order > p.of->order)) continue;
        syn_score_common(&p, b, NULL, &common);
        for (int s = 0; s < SYN_SIGNALS; s++) common.of[s] = similarity(p.of, b, s, common.of[s]);
        if (!syn_background_add(&g->background, p.of->lang, b->lang, common.of, 0)) return false;
    }
    return true;
}

typedef struct lot { /* articles that chance brought together */
    syn_grouper *g;
    const uint32_t *items;
    int first;
} lot;

static bool learn_pair(void *context, uint32_t k, uint32_t m, const shared *common)
{
    const lot *l = context;
    const item *a = l->g->items[l->items[k]], *b = l->g->items[l->items[m]];
    float alike[SYN_SIGNALS];
    for (int s = 0; s < SYN_SIGNALS; s++)
        alike[s] = s == SYN_SIGNAL_WORD && a->lang != b->lang ? 0 : similarity(a, b, s, common->of[s]);
    return syn_background_add(&l->g->background, a->lang, b->lang, alike, l->first);
}

bool syn_score_learn_all(syn_grouper *g, const uint32_t *order, size_t n, int first)
{
    enum { ALL = 256, LOT = 64 }; /* articles of which all pairs are looked at; of a lot where there are more */
    uint32_t items[ALL];
    size_t lots = n <= ALL ? 1 : (n + LOT - 1) / LOT;
    bool ok = true;
    for (size_t from = 0; ok && from < lots; from++) {
        uint32_t held = 0;
        for (size_t k = from; k < n; k += lots) { /* far from each other */
            uint32_t i = order ? order[k] : (uint32_t)k;
            if (g->items[i]) items[held++] = i;
        }
        ok = syn_pairs_each(g, items, held, learn_pair, &(lot){g, items, first});
    }
    return ok;
}

/* ---- time ---- */

enum { HALF_DAY = 43200, HALF_DAYS = 200000 /* from 1900 on that are counted */ };

/* Of 1900; HALF_DAYS for one beyond those that are counted. */
static size_t half_day(int64_t when)
{
    int64_t d = when / HALF_DAY + 2 * 25567;
    return d < 0 ? 0 : d < HALF_DAYS ? (size_t)d : HALF_DAYS;
}

bool syn_score_time(syn_grouper *g, int64_t when)
{
    if (when == INT64_MIN) return true;
    if (!g->days) g->days = calloc(HALF_DAYS + 1, sizeof *g->days);
    if (!g->days) return false;
    g->days[half_day(when)]++;
    return true;
}

bool syn_score_ready(syn_grouper *g)
{
    if (!g->days) return true;
    if (!g->until) g->until = calloc(HALF_DAYS + 2, sizeof *g->until);
    if (!g->until) return false;
    for (size_t d = 0; d <= HALF_DAYS; d++) g->until[d + 1] = g->until[d] + g->days[d];
    return true;
}

/* Nearness in time says much in a stream of years and nothing in a stream of one day: the share of all articles that
   are as near, as log odds. */
static double nearness(const syn_grouper *g, int64_t a, int64_t b)
{
    const double says = 0.6, most = 2.5;
    size_t reach = (size_t)((a > b ? a - b : b - a) / HALF_DAY) + 1, at = half_day(a), end = at + reach + 1;
    if (!g->until) return 0;
    if (end > HALF_DAYS + 1) end = HALF_DAYS + 1;
    double near = (double)(g->until[end] - g->until[at > reach ? at - reach : 0]);
    double nats = near > 0 ? -log(near / (double)g->until[HALF_DAYS + 1]) : 0;
    return says * (nats > most ? most : nats < 0 ? 0 : nats);
}

/* After a window of silence a story is hardly told of again, and the less the longer it lasts. */
static double silence(const syn_grouper *g, int64_t a, int64_t b)
{
    const double against = 12.0, longer = 2.0; /* other news of the same matter has up to twelve in common */
    double windows = (a > b ? (double)a - (double)b : (double)b - (double)a) / (double)g->window;
    return windows > 1 ? against + longer * log(windows) : 0;
}

/* An article without a date of its own that speaks of earlier times only hardly tells of what another was just
   published on. */
static double out_of_time(const syn_grouper *g, const item *dated, const item *undated)
{
    const double against = 6.0;
    if (undated->spoken_of == SYN_NO_DAY) return 0;
    return (int64_t)undated->spoken_of * 86400 + g->window < dated->when ? against : 0;
}

/* Two long articles have more in common by chance than two short ones: how much longer than usual, in nats. */
static double by_chance(uint32_t parts)
{
    const double least = 60, most = 600, usual = 200;
    return log((parts < least ? least : parts > most ? most : parts) / usual);
}

double syn_score_evidence(syn_grouper *g, const item *a, const item *b, const shared *common)
{
    const syn_odds *odds = &g->odds[a->lang == b->lang];
    const unrelated *c = syn_background_chance(&g->background, a->lang, b->lang);
    bool dated = a->when != INT64_MIN && b->when != INT64_MIN;
    double evidence[SYN_SIGNALS], score = odds->base, known = 0;
    if (!c) return 0;
    for (int s = 0; s < SYN_SIGNALS; s++) {
        /* a signal that one of them lacks says nothing, and what outlets leave out is not held against them */
        evidence[s] = 0;
        if (s == SYN_SIGNAL_LINK && a->outlet && a->outlet == b->outlet && a->lang == b->lang) continue;
        if (odds->says[s] <= 0 || common->of[s] <= 0) continue;
        double z = (double)((similarity(a, b, s, common->of[s]) - c->mean[s]) * c->deviations[s]);
        if (z > 0) evidence[s] = odds->says[s] * (z > MOST_SURPRISE ? MOST_SURPRISE : z);
        if (s != SYN_SIGNAL_LEARNED) known += evidence[s];
    }
    bool same = a->lang == b->lang;
    /* what each is above all about, the other tells too */
    known += odds->about * (covered(common->salient[0], a->about[same]) + covered(common->salient[1], b->about[same]));
    double learned = evidence[SYN_SIGNAL_LEARNED];
    if (learned > 0) {
        double here = syn_index_lack(&g->index, a->lang), there = syn_index_lack(&g->index, b->lang);
        learned *= here > there ? here : there;
    }
    /* what was learned never outweighs what else there is: it is no reason by itself */
    score += known + (learned < known * OUTWEIGHED ? learned : known * OUTWEIGHED);
    score -= odds->length * by_chance(a->nparts < b->nparts ? a->nparts : b->nparts);
    if (a->outlet && a->outlet == b->outlet) score -= ONE_OUTLET;
    if (score < FLOOR - 3) return 0;
    if (dated) score += nearness(g, a->when, b->when) - silence(g, a->when, b->when);
    if (score > CEILING) score = CEILING;
    if (!dated && a->when != INT64_MIN) score -= out_of_time(g, a, b);
    if (!dated && b->when != INT64_MIN) score -= out_of_time(g, b, a);
    return score < FLOOR ? 0 : score - FLOOR;
}

static double score_pair(syn_grouper *g, const probe *p, const item *b, bool plain)
{
    shared common;
    syn_score_common(p, b, g->odds[p->of->lang == b->lang].says, &common);
    if (plain) common.of[SYN_SIGNAL_LEARNED] = 0;
    return syn_score_evidence(g, p->of, b, &common);
}

double syn_score_pair(syn_grouper *g, const probe *p, const item *b)
{
    return score_pair(g, p, b, false);
}

static double score_story(syn_grouper *g, const probe *p, uint32_t i, uint32_t story, size_t most, double least,
                          bool plain)
{
    enum { FIRST_FEW = 4 };
    uint32_t sample[SAMPLE];
    size_t n = syn_story_sample(g, story, most, sample), others = 0;
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
        if (sample[k] == i) continue;
        sum += score_pair(g, p, g->items[sample[k]], plain);
        if (++others == FIRST_FEW && sum < FIRST_FEW * least) break;
    }
    return others ? sum / (double)others : 0;
}

double syn_score_story(syn_grouper *g, const probe *p, uint32_t i, uint32_t story, size_t most, double least)
{
    return score_story(g, p, i, story, most, least, false);
}

double syn_score_unlearned(syn_grouper *g, const probe *p, uint32_t i, uint32_t story, size_t most)
{
    return score_story(g, p, i, story, most, 0, true);
}

/* A young stream knows little of what is common, and among many stories two that have little to do with each other are
   alike by chance: both ask for more. */
static double threshold(const syn_grouper *g)
{
    const double adds = 0.4, young = 60; /* articles after which half of that is asked */
    const double many = 150, says = 1.2, most = 4;
    double known = g->stories_known > g->stories_beside ? g->stories_known : g->stories_beside;
    double more = known > many ? says * log(known / many) : 0;
    if (more > most) more = most;
    return g->threshold + adds * young / ((double)g->living + young) + more;
}

syn_bar syn_score_bar(const syn_grouper *g)
{
    const double alone = 8; /* more log odds for two articles where none has company */
    return (syn_bar){threshold(g), alone * (1 - g->accompanied)};
}
