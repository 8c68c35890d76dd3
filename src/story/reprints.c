/* reprints.c - stage 5: copies of a text, whole or nearly so, found by the hash of all of it and by bands of its
   min-hash sketch (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4): two texts with six tenths of their
   word runs in common share one of 21 bands of three bins with a probability of 0.994. */
#include "internal.h"

#define REPRINT 0.6 /* of the sketch in common: most word runs are the same */
enum { ROWS = 3, BANDS = SKETCH_BINS / ROWS };

/* 0: a bin is empty. */
static uint64_t band_of(const item *it, size_t b)
{
    const uint32_t *bin = it->sketch + b * ROWS;
    uint64_t words[2] = {(uint64_t)bin[0] << 32 | bin[1], (uint64_t)bin[2] << 32 | b};
    for (size_t k = 0; k < ROWS; k++)
        if (bin[k] == UINT32_MAX) return 0;
    uint64_t h = syn_hash((syn_str){(const char *)words, sizeof words}, it->lang + 31);
    return h ? h : 1;
}

static double overlap(const item *a, const item *b)
{
    size_t same = 0, filled = 0;
    for (size_t k = 0; k < SKETCH_BINS; k++) {
        if (a->sketch[k] == UINT32_MAX && b->sketch[k] == UINT32_MAX) continue;
        filled++;
        same += a->sketch[k] == b->sketch[k];
    }
    return filled ? (double)same / (double)filled : 0;
}

uint32_t syn_reprints_enter(syn_grouper *g, uint32_t i)
{
    item *it = g->items[i];
    uint32_t of = NONE;
    if (it->content) {
        uint32_t *first = syn_table_add(&g->contents, it->content);
        if (first && *first)
            of = *first - 1;
        else if (first)
            *first = i + 1;
    }
    for (size_t b = 0; it->sketch && b < BANDS; b++) {
        uint64_t band = band_of(it, b);
        uint32_t *latest = band ? syn_table_add(&g->bands, band) : NULL;
        if (!latest) continue;
        if (of == NONE && *latest && g->items[*latest - 1]->lang == it->lang &&
            overlap(it, g->items[*latest - 1]) >= REPRINT)
            of = *latest - 1;
        *latest = i + 1;
    }
    return of != NONE && g->items[of]->reprint_of != NONE ? g->items[of]->reprint_of : of;
}

static void take_out(table *t, uint64_t key, uint32_t i)
{
    const uint32_t *at = syn_table_get(t, key);
    if (at && *at == i + 1) syn_table_remove(t, key);
}

void syn_reprints_leave(syn_grouper *g, uint32_t i)
{
    const item *it = g->items[i];
    if (it->content) take_out(&g->contents, it->content, i);
    for (size_t b = 0; it->sketch && b < BANDS; b++) {
        uint64_t band = band_of(it, b);
        if (band) take_out(&g->bands, band, i);
    }
}

/* ---- which of them is the original ---- */

enum { MOST_HELD = 200 /* copies of a text that are held against each other for their sources */ };

static bool names(const item *a, const item *b)
{
    return a->source && a->outlet != b->outlet && (a->source == b->outlet || a->source == b->site);
}

static int rank(const syn_grouper *g, const uint32_t *copies, size_t n, size_t k)
{
    const item *it = g->items[copies[k]];
    bool named = false, cites = false;
    for (size_t m = 0; m < n && m < MOST_HELD; m++) {
        if (m == k) continue;
        named |= names(g->items[copies[m]], it);
        cites |= names(it, g->items[copies[m]]);
    }
    return cites ? 2 : named ? 0 : 1;
}

static bool published_before(const item *a, const item *b)
{
    bool known = a->when != INT64_MIN;
    if (known != (b->when != INT64_MIN)) return known;
    if (a->when != b->when) return a->when < b->when;
    return a->order < b->order;
}

static uint32_t original_of(const syn_grouper *g, const uint32_t *copies, size_t n)
{
    uint32_t best = NONE;
    int best_rank = 0;
    for (size_t k = 0; k < n; k++) {
        int r = rank(g, copies, n, k);
        if (best != NONE &&
            (r > best_rank || (r == best_rank && !published_before(g->items[copies[k]], g->items[best]))))
            continue;
        best = copies[k];
        best_rank = r;
    }
    return best;
}

uint32_t *syn_reprints_originals(const syn_grouper *g, syn_arena *mem, const bool *moved, const uint32_t *items,
                                 size_t n, uint32_t **told, size_t *ntold)
{
    uint32_t *original = SYN_NEW_ARRAY(mem, uint32_t, g->nitems + 1),
             *next = SYN_NEW_ARRAY(mem, uint32_t, g->nitems + 1); /* 1 + another copy of its first */
    uint32_t *copies = SYN_NEW_ARRAY(mem, uint32_t, g->nitems + 1), *firsts = NULL;
    bool *seen = SYN_NEW_ARRAY(mem, bool, g->nstories + 1), *touched = SYN_NEW_ARRAY(mem, bool, g->nitems + 1);
    size_t nfirsts = 0, cap = 0, at = 0;
    if (!original || !next || !copies || !seen || !touched) return NULL;
    memset(original, 0xFF, g->nitems * sizeof *original); /* NONE */
    for (size_t k = 0; k < n; k++) {
        uint32_t story = g->items[items[k]]->story;
        if (seen[story]) continue;
        seen[story] = true;
        for (size_t m = g->stories[story].n; m-- > 0;) { /* copies are where their text is */
            uint32_t i = g->stories[story].members[m], first = g->items[i]->reprint_of;
            if (first == NONE || !g->items[first]) continue;
            next[i] = next[first], next[first] = i + 1;
            if (touched[first] || !(moved[i] || moved[first])) continue;
            touched[first] = true;
            if (!syn_grow(mem, &firsts, &cap, nfirsts + 1, sizeof *firsts)) return NULL;
            firsts[nfirsts++] = first;
        }
    }
    for (size_t f = 0; f < nfirsts; f++) {
        size_t from = at;
        for (uint32_t k = firsts[f] + 1; k; k = next[k - 1]) copies[at++] = k - 1;
        uint32_t best = original_of(g, copies + from, at - from);
        for (size_t k = from; k < at; k++) original[copies[k]] = best;
    }
    *told = copies;
    *ntold = at;
    return original;
}
