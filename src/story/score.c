/* score.c - stage 5: how much two articles have in common, signal by signal, and what that says. */
#include "internal.h"

#include <math.h>

/* What a standard deviation of each signal adds to the log odds that two articles tell one story, found by logistic
   regression over pairs of the multilingual sets (fitted apart for pairs across languages and within one, where words
   carry most and figures that translations share are shared by much else).  base: the odds of a pair without anything.
 */
static const struct {
    double says[SYN_SIGNALS], base;
} odds[2] = {
    {{[SYN_SIGNAL_NAME] = 1.6,
      [SYN_SIGNAL_FIGURE] = 0.9,
      [SYN_SIGNAL_CONCEPT] = 0.85,
      [SYN_SIGNAL_WORD] = 0,
      [SYN_SIGNAL_PLACE] = 0.6,
      [SYN_SIGNAL_DATE] = 0.4,
      [SYN_SIGNAL_LINK] = 1.5},
     -7.4},
    {{[SYN_SIGNAL_NAME] = 0.8,
      [SYN_SIGNAL_FIGURE] = 0.1,
      [SYN_SIGNAL_CONCEPT] = 0.1,
      [SYN_SIGNAL_WORD] = 1.4,
      [SYN_SIGNAL_PLACE] = 0.25,
      [SYN_SIGNAL_DATE] = 0.3,
      [SYN_SIGNAL_LINK] = 1.5},
     -9.2},
};
enum { MOST_SURPRISE = 7, FLOOR = -4, CEILING = 6 }; /* deviations of one signal; log odds of a pair */

/* A key in more than this share of all articles parts nothing and is not looked up. */
static bool too_common(const index_t *x, const key_entry *k)
{
    return k->df > 40 && k->df > x->articles / 8;
}

/* Values and norms of item i by what is known of rarity now. */
static void refresh(syn_grouper *g, size_t i)
{
    item *it = &g->items[i];
    double squares[SYN_SIGNALS] = {0};
    for (uint32_t f = 0; f < it->sig->nfeatures; f++) {
        const syn_feature *x = &it->sig->features[f];
        double w = sqrt(x->weight) * syn_index_rarity(&g->index, it->keys[f], it->lang);
        it->values[f] = (float)w;
        squares[x->signal] += x->alt ? w * w * 0.4 : w * w; /* readings of one word: at most one will meet */
    }
    for (int s = 0; s < SYN_SIGNALS; s++) it->norm[s] = (float)sqrt(squares[s]);
}

/* The postings of item i that stand last in their keys' chains: it was the last one added. */
static void refresh_last(syn_grouper *g, size_t i)
{
    const item *it = &g->items[i];
    for (uint32_t f = 0; f < it->sig->nfeatures; f++) {
        posting_block *b = it->keys[f]->last;
        if (b->items[b->n - 1].article == i) b->items[b->n - 1].value = it->values[f];
    }
}

void syn_score_enter(syn_grouper *g, size_t i)
{
    refresh(g, i);
    refresh_last(g, i);
}

void syn_score_refresh_all(syn_grouper *g)
{
    for (size_t i = 0; i < g->n; i++) refresh(g, i);
    for (size_t s = 0; s < g->index.cap; s++) {
        const key_entry *k = g->index.keys[s];
        if (!k || k->df < 2) continue;
        uint32_t lang = UINT32_MAX;
        double rarity = 0;
        for (posting_block *b = k->first; b; b = b->next)
            for (uint32_t p = 0; p < b->n; p++) {
                if (g->items[b->items[p].article].lang != lang) {
                    lang = g->items[b->items[p].article].lang;
                    rarity = syn_index_rarity(&g->index, k, lang);
                }
                b->items[p].value = (float)(b->items[p].weight * rarity);
            }
    }
}

static bool widen_row(syn_grouper *g, size_t end)
{
    if (end <= g->row_cap) return true;
    size_t cap = g->cap > end ? g->cap : end;
    float(*row)[SYN_SIGNALS] = syn_alloc_array(&g->mem, cap, sizeof *row);
    uint32_t *touched = SYN_NEW_ARRAY(&g->mem, uint32_t, cap);
    bool *is_touched = SYN_NEW_ARRAY(&g->mem, bool, cap);
    double *sums = SYN_NEW_ARRAY(&g->mem, double, cap);
    if (!row || !touched || !is_touched || !sums) return false;
    g->sums = sums;
    g->row = row;
    g->touched = touched;
    g->is_touched = is_touched;
    g->row_cap = cap;
    g->ntouched = 0;
    return true;
}

bool syn_score_row(syn_grouper *g, size_t i, size_t end)
{
    const item *it = &g->items[i];
    if (!widen_row(g, end)) return false;
    for (uint32_t f = 0; f < it->sig->nfeatures; f++) {
        const key_entry *k = it->keys[f];
        if (k->df < 2 || too_common(&g->index, k)) continue;
        float here = it->values[f];
        unsigned signal = it->sig->features[f].signal;
        for (const posting_block *b = k->first; b; b = b->next) {
            if (b->items[0].article >= end) break; /* the oldest come first */
            for (uint32_t p = 0; p < b->n; p++) {
                uint32_t j = b->items[p].article;
                if (j >= end || j == i) continue;
                if (!g->is_touched[j]) {
                    g->is_touched[j] = true;
                    g->touched[g->ntouched++] = j;
                }
                g->row[j][signal] += here * b->items[p].value;
            }
        }
    }
    for (size_t t = 0; t < g->ntouched; t++) {
        uint32_t j = g->touched[t];
        for (int s = 0; s < SYN_SIGNALS; s++) {
            float n = it->norm[s] * g->items[j].norm[s];
            if (g->row[j][s] > 0) g->row[j][s] = n > 0 ? g->row[j][s] / n : 0;
            if (g->row[j][s] > 1) g->row[j][s] = 1;
        }
    }
    return true;
}

void syn_score_clear(syn_grouper *g)
{
    for (size_t t = 0; t < g->ntouched; t++) {
        memset(g->row[g->touched[t]], 0, sizeof *g->row);
        g->is_touched[g->touched[t]] = false;
    }
    g->ntouched = 0;
}

/* ---- time ---- */

static size_t times_before(const syn_grouper *g, int64_t when)
{
    size_t low = 0, high = g->ntimes;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (g->times[mid] < when)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

bool syn_score_time(syn_grouper *g, int64_t when)
{
    if (when == INT64_MIN) return true;
    if (!syn_grow(&g->mem, &g->times, &g->times_cap, g->ntimes + 1, sizeof *g->times)) return false;
    size_t at = times_before(g, when);
    memmove(g->times + at + 1, g->times + at, (g->ntimes - at) * sizeof *g->times);
    g->times[at] = when;
    g->ntimes++;
    return true;
}

/* Nearness in time says much in a stream of years and nothing in a stream of one day: the share of all articles that
   are as near, as log odds. */
static double nearness(const syn_grouper *g, int64_t a, int64_t b)
{
    enum { HALF_DAY = 43200 };
    const double says = 0.6, most = 2.5;
    int64_t apart = a > b ? a - b : b - a;
    if (apart < HALF_DAY) apart = HALF_DAY;
    double share = (double)(times_before(g, a + apart + 1) - times_before(g, a - apart)) / (double)g->ntimes;
    double nats = share > 0 ? -log(share) : 0;
    return says * (nats > most ? most : nats);
}

/* An article without a date of its own that speaks of earlier times only hardly tells of what another was just
   published on. */
static double out_of_time(const syn_grouper *g, const syn_signature *dated, const syn_signature *undated)
{
    const double against = 1.0;
    if (undated->spoken_of == SYN_NO_DAY) return 0;
    return (int64_t)undated->spoken_of * 86400 + g->window < dated->when ? against : 0;
}

double syn_score_pair(const syn_grouper *g, size_t i, size_t j, const float similarity[SYN_SIGNALS])
{
    const item *a = &g->items[i], *b = &g->items[j];
    bool same = a->lang == b->lang, dated = a->sig->when != INT64_MIN && b->sig->when != INT64_MIN;
    if (dated && (a->sig->when - b->sig->when > g->window || b->sig->when - a->sig->when > g->window)) return 0;
    double score = odds[same].base;
    for (int s = 0; s < SYN_SIGNALS; s++) {
        /* a signal that one of them lacks says nothing, and what outlets leave out is not held against them */
        if (similarity[s] <= 0 || odds[same].says[s] == 0) continue;
        double z = syn_background_surprise(&g->background, a->lang, b->lang, s, similarity[s]);
        score += odds[same].says[s] * (z < 0 ? 0 : z > MOST_SURPRISE ? MOST_SURPRISE : z);
    }
    if (dated)
        score += nearness(g, a->sig->when, b->sig->when);
    else if (a->sig->when != INT64_MIN)
        score -= out_of_time(g, a->sig, b->sig);
    else if (b->sig->when != INT64_MIN)
        score -= out_of_time(g, b->sig, a->sig);
    return (score < FLOOR ? FLOOR : score > CEILING ? CEILING : score) - FLOOR;
}
