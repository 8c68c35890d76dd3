/* score.c - stage 5: how much two articles have in common, signal by signal, and what that says. */
#include "internal.h"

#include <math.h>

const syn_odds syn_story_odds[2] = {
#include "odds.inc"
};
enum { MOST_SURPRISE = 7, FLOOR = -4, CEILING = 6 }; /* deviations of one signal; log odds of a pair */
#define UNKNOWN 200.0f
#define OUTWEIGHED 0.5 /* what was learned says at most so much of what else is known */

void syn_score_refresh(const syn_grouper *g, item *it)
{
    float squares[SYN_SIGNALS];
    memset(squares, 0, sizeof squares);
    for (uint32_t p = 0; p < it->nparts; p++) {
        const part *x = &it->parts[p];
        float w = fabsf(x->weight) * (float)syn_index_rarity(&g->index, it->keys[p], it->lang);
        it->values[p] = syn_index_too_common(&g->index, it->keys[p]) ? 0 : w;
        /* readings of one word: at most one will meet */
        squares[x->signal] += x->weight < 0 ? w * w * 0.4f : w * w;
        if (g->index.keys[it->keys[p]].meant && x->signal != SYN_SIGNAL_LEARNED) squares[SYN_SIGNAL_LEARNED] += w * w;
    }
    /* a few words that were learned are not the whole of what an article means */
    if (squares[SYN_SIGNAL_LEARNED] > 0) squares[SYN_SIGNAL_LEARNED] += UNKNOWN;
    for (int s = 0; s < SYN_SIGNALS; s++) it->norm[s] = sqrtf(squares[s]);
}

/* ---- what two have in common ---- */

static uint32_t spread(uint32_t key)
{
    return key * 2654435761u;
}

void syn_score_probe(probe *p, const item *of)
{
    enum { MASK = SYN_COUNT(p->keys) - 1 };
    p->of = of;
    memset(p->bits, 0, sizeof p->bits);
    memset(p->keys, 0xFF, sizeof p->keys);
    for (uint32_t k = 0; k < of->nparts; k++) {
        uint32_t h = spread(of->keys[k]), i = h >> 18 & MASK;
        p->bits[h >> 24] |= 1ull << (h >> 18 & 63);
        while (p->keys[i] != NONE) i = (i + 1) & MASK;
        p->keys[i] = of->keys[k];
        p->values[i] = of->parts[k].signal == SYN_SIGNAL_LEARNED ? -of->values[k] : of->values[k];
    }
}

void syn_score_similarity(const probe *p, const item *b, float out[SYN_SIGNALS])
{
    enum { MASK = SYN_COUNT(p->keys) - 1 };
    for (int s = 0; s < SYN_SIGNALS; s++) out[s] = 0;
    for (uint32_t k = 0; k < b->nparts; k++) {
        uint32_t h = spread(b->keys[k]);
        if (!(p->bits[h >> 24] >> (h >> 18 & 63) & 1)) continue;
        for (uint32_t i = h >> 18 & MASK; p->keys[i] != NONE; i = (i + 1) & MASK) {
            if (p->keys[i] != b->keys[k]) continue;
            bool learned = p->values[i] < 0;
            out[learned ? SYN_SIGNAL_LEARNED : b->parts[k].signal] += fabsf(p->values[i]) * b->values[k];
            break;
        }
    }
    for (int s = 0; s < SYN_SIGNALS; s++) {
        if (out[s] <= 0) continue;
        float n = p->of->norm[s] * b->norm[s];
        out[s] = n > 0 ? out[s] / n : 0;
        if (out[s] > 1) out[s] = 1;
    }
}

bool syn_score_learn(syn_grouper *g, uint32_t i)
{
    enum { HELD_AGAINST = 16 };
    float similarity[SYN_SIGNALS];
    probe p;
    uint64_t chance = g->items[i]->order;
    bool few = g->nitems <= 2 * HELD_AGAINST; /* each is held against once */
    syn_score_probe(&p, g->items[i]);
    for (uint32_t k = 0; k < (few ? g->nitems : HELD_AGAINST); k++) {
        chance = chance * 6364136223846793005u + 1442695040888963407u;
        uint32_t j = few ? k : (uint32_t)((chance >> 33) % g->nitems);
        const item *b = g->items[j];
        if (!b || j == i || (few && b->order > p.of->order)) continue;
        syn_score_similarity(&p, b, similarity);
        if (!syn_background_add(&g->background, p.of->lang, b->lang, similarity)) return false;
    }
    return true;
}

/* ---- time ---- */

enum { HALF_DAY = 43200 };

static uint64_t half_day(int64_t when)
{
    int64_t d = when / HALF_DAY + 2 * 25567; /* since 1900 */
    return d > 0 ? (uint64_t)d + 1 : 1;
}

bool syn_score_time(syn_grouper *g, int64_t when)
{
    if (when == INT64_MIN) return true;
    uint32_t *n = syn_table_add(&g->days, half_day(when));
    if (!n) return false;
    ++*n;
    g->dated++;
    return true;
}

/* Nearness in time says much in a stream of years and nothing in a stream of one day: the share of all articles that
   are as near, as log odds. */
static double nearness(const syn_grouper *g, int64_t a, int64_t b)
{
    const double says = 0.6, most = 2.5;
    int64_t apart = a > b ? a - b : b - a;
    uint64_t at = half_day(a), reach = (uint64_t)(apart / HALF_DAY) + 1;
    double near = 0;
    for (uint64_t d = at > reach ? at - reach : 1; d <= at + reach; d++) {
        const uint32_t *n = syn_table_get(&g->days, d);
        if (n) near += *n;
    }
    double nats = near > 0 ? -log(near / g->dated) : 0;
    return says * (nats > most ? most : nats < 0 ? 0 : nats);
}

/* An article without a date of its own that speaks of earlier times only hardly tells of what another was just
   published on. */
static double out_of_time(const syn_grouper *g, const item *dated, const item *undated)
{
    const double against = 1.0;
    if (undated->spoken_of == SYN_NO_DAY) return 0;
    return (int64_t)undated->spoken_of * 86400 + g->window < dated->when ? against : 0;
}

double syn_score_surprise(const syn_grouper *g, const item *a, const item *b, int signal, double similarity)
{
    if (similarity <= 0) return 0;
    double z = syn_background_surprise(&g->background, a->lang, b->lang, signal, similarity);
    return z < 0 ? 0 : z > MOST_SURPRISE ? MOST_SURPRISE : z;
}

static double score_pair(const syn_grouper *g, const probe *p, const item *b, bool plain)
{
    const item *a = p->of;
    bool dated = a->when != INT64_MIN && b->when != INT64_MIN;
    float similarity[SYN_SIGNALS];
    if (dated && (a->when - b->when > g->window || b->when - a->when > g->window)) return 0;
    syn_score_similarity(p, b, similarity);
    const syn_odds *odds = &g->odds[a->lang == b->lang];
    double evidence[SYN_SIGNALS], score = odds->base, known = 0;
    for (int s = 0; s < SYN_SIGNALS; s++) {
        /* a signal that one of them lacks says nothing, and what outlets leave out is not held against them */
        evidence[s] = odds->says[s] > 0 ? odds->says[s] * syn_score_surprise(g, a, b, s, similarity[s]) : 0;
        if (s != SYN_SIGNAL_LEARNED) known += evidence[s];
    }
    if (!plain && evidence[SYN_SIGNAL_LEARNED] > 0) {
        double here = syn_index_lack(&g->index, a->lang), there = syn_index_lack(&g->index, b->lang);
        evidence[SYN_SIGNAL_LEARNED] *= here > there ? here : there;
    }
    /* what was learned never outweighs what else there is: it is no reason by itself */
    double learned = plain ? 0 : evidence[SYN_SIGNAL_LEARNED];
    score += known + (learned < known * OUTWEIGHED ? learned : known * OUTWEIGHED);
    if (score < FLOOR - 3) return 0;
    if (dated)
        score += nearness(g, a->when, b->when);
    else if (a->when != INT64_MIN)
        score -= out_of_time(g, a, b);
    else if (b->when != INT64_MIN)
        score -= out_of_time(g, b, a);
    return (score < FLOOR ? FLOOR : score > CEILING ? CEILING : score) - FLOOR;
}

double syn_score_pair(const syn_grouper *g, const probe *p, const item *b)
{
    return score_pair(g, p, b, false);
}

static double score_story(const syn_grouper *g, const probe *p, uint32_t i, uint32_t story, size_t most, bool plain)
{
    uint32_t sample[SAMPLE];
    size_t n = syn_story_sample(g, story, most, sample), others = 0;
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
        if (sample[k] == i) continue;
        sum += score_pair(g, p, g->items[sample[k]], plain);
        others++;
    }
    return others ? sum / (double)others : 0;
}

double syn_score_story(const syn_grouper *g, const probe *p, uint32_t i, uint32_t story, size_t most)
{
    return score_story(g, p, i, story, most, false);
}

double syn_score_unlearned(const syn_grouper *g, const probe *p, uint32_t i, uint32_t story, size_t most)
{
    return score_story(g, p, i, story, most, true);
}

/* A young stream knows little of what is common: it asks for more. */
double syn_score_threshold(const syn_grouper *g)
{
    const double adds = 0.4, young = 60; /* articles after which half of that is asked */
    return g->threshold + adds * young / ((double)g->living + young);
}
