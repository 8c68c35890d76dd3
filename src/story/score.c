/* score.c - stage 5: how much two articles have in common, signal by signal, and what that says. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

const syn_odds syn_story_odds[2] = {
#include "odds.inc"
};
enum { MOST_SURPRISE = 7, FLOOR = -4, CEILING = 6 }; /* deviations of one signal; log odds of a pair */
#define UNKNOWN 200.0f
#define OUTWEIGHED 0.5 /* what was learned says at most so much of what else is known */

void syn_score_refresh(const syn_grouper *g, item *it)
{
    float understood = 0;
    for (int s = 0; s < SYN_SIGNALS; s++) {
        float squares = 0;
        for (uint32_t p = it->start[s]; p < it->start[s + 1]; p++) {
            const part *x = &it->parts[p];
            float w = (float)abs(x->weight) / PART_ONE * (float)syn_index_rarity(&g->index, it->keys[p], it->lang);
            it->values[p] = syn_index_too_common(&g->index, it->keys[p]) ? 0 : w;
            /* readings of one word: at most one will meet */
            squares += x->weight < 0 ? w * w * 0.4f : w * w;
            if (s != SYN_SIGNAL_LEARNED && g->index.keys[it->keys[p]].meant) understood += w * w;
        }
        if (s == SYN_SIGNAL_LEARNED) squares += understood;
        /* a few words that were learned are not the whole of what an article means */
        if (s == SYN_SIGNAL_LEARNED && squares > 0) squares += UNKNOWN;
        it->norm[s] = sqrtf(squares);
    }
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

void syn_score_common(const probe *p, const item *b, const double *says, float out[SYN_SIGNALS])
{
    const item *a = p->of;
    bool means = a->start[SYN_SIGNAL_LEARNED] < a->nparts && (!says || says[SYN_SIGNAL_LEARNED] > 0);
    float learned = 0;
    for (int s = 0; s < SYN_SIGNALS; s++) {
        float sum = 0;
        bool counts = (!says || says[s] > 0) && a->norm[s] > 0 && (s != SYN_SIGNAL_WORD || a->lang == b->lang);
        out[s] = 0;
        /* learned words mean concepts, and words of another language */
        if (!counts && !(means && (s == SYN_SIGNAL_CONCEPT || s == SYN_SIGNAL_WORD))) continue;
        for (uint32_t k = b->start[s]; k < b->start[s + 1]; k++) {
            uint32_t at = syn_score_find(p, b->keys[k]);
            if (at == NONE) continue;
            if (syn_item_learned(a, at))
                learned += a->values[at] * b->values[k];
            else
                sum += a->values[at] * b->values[k];
        }
        if (counts) out[s] = sum;
    }
    if (means) out[SYN_SIGNAL_LEARNED] += learned;
}

static float similarity(const item *a, const item *b, int signal, float common)
{
    float n = common > 0 ? a->norm[signal] * b->norm[signal] : 0;
    return n > 0 ? (common > n ? 1 : common / n) : 0;
}

bool syn_score_learn(syn_grouper *g, uint32_t i, const uint32_t *among, size_t n)
{
    enum { HELD_AGAINST = 16, AGAINST_MORE = 32 }; /* the more where all is looked at: chance is known better */
    float common[SYN_SIGNALS];
    probe p;
    uint64_t random = g->items[i]->order;
    if (!among) n = g->nitems;
    uint32_t held = among ? AGAINST_MORE : HELD_AGAINST;
    bool few = n <= 2 * held; /* each is held against once */
    syn_score_probe(&p, g->items[i]);
    for (uint32_t k = 0; k < (few ? n : held); k++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        uint32_t j = few ? k : (uint32_t)((random >> 33) % n);
        if (among) j = among[j];
        const item *b = g->items[j];
        if (!b || j == i || (few && b->order > p.of->order)) continue;
        syn_score_common(&p, b, NULL, common);
        for (int s = 0; s < SYN_SIGNALS; s++) common[s] = similarity(p.of, b, s, common[s]);
        if (!syn_background_add(&g->background, p.of->lang, b->lang, common)) return false;
    }
    return true;
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

double syn_score_evidence(syn_grouper *g, const item *a, const item *b, const float common[SYN_SIGNALS])
{
    const syn_odds *odds = &g->odds[a->lang == b->lang];
    const unrelated *c = syn_background_chance(&g->background, a->lang, b->lang);
    bool dated = a->when != INT64_MIN && b->when != INT64_MIN;
    double evidence[SYN_SIGNALS], score = odds->base, known = 0;
    if (!c) return 0;
    for (int s = 0; s < SYN_SIGNALS; s++) {
        /* a signal that one of them lacks says nothing, and what outlets leave out is not held against them */
        evidence[s] = 0;
        if (odds->says[s] <= 0 || common[s] <= 0) continue;
        double z = (double)((similarity(a, b, s, common[s]) - c->mean[s]) * c->deviations[s]);
        if (z > 0) evidence[s] = odds->says[s] * (z > MOST_SURPRISE ? MOST_SURPRISE : z);
        if (s != SYN_SIGNAL_LEARNED) known += evidence[s];
    }
    double learned = evidence[SYN_SIGNAL_LEARNED];
    if (learned > 0) {
        double here = syn_index_lack(&g->index, a->lang), there = syn_index_lack(&g->index, b->lang);
        learned *= here > there ? here : there;
    }
    /* what was learned never outweighs what else there is: it is no reason by itself */
    score += known + (learned < known * OUTWEIGHED ? learned : known * OUTWEIGHED);
    if (score < FLOOR - 3) return 0;
    if (dated) score += nearness(g, a->when, b->when) - silence(g, a->when, b->when);
    if (score > CEILING) score = CEILING;
    if (!dated && a->when != INT64_MIN) score -= out_of_time(g, a, b);
    if (!dated && b->when != INT64_MIN) score -= out_of_time(g, b, a);
    return score < FLOOR ? 0 : score - FLOOR;
}

static double score_pair(syn_grouper *g, const probe *p, const item *b, bool plain)
{
    float common[SYN_SIGNALS];
    syn_score_common(p, b, g->odds[p->of->lang == b->lang].says, common);
    if (plain) common[SYN_SIGNAL_LEARNED] = 0;
    return syn_score_evidence(g, p->of, b, common);
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
double syn_score_threshold(const syn_grouper *g)
{
    const double adds = 0.4, young = 60; /* articles after which half of that is asked */
    const double many = 150, says = 1.2, most = 4;
    double known = g->stories_known > g->stories_beside ? g->stories_known : g->stories_beside;
    double more = known > many ? says * log(known / many) : 0;
    if (more > most) more = most;
    return g->threshold + adds * young / ((double)g->living + young) + more;
}
