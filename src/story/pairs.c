/* pairs.c - stage 5: what all pairs of some articles have in common, by lists of who holds which key: only what two
   share is ever looked at. */
#include "internal.h"

#include <stdlib.h>

typedef struct holder {
    uint32_t place : 30, learned : 1, salient : 1; /* among the articles */
    uint32_t next;                                 /* 1 + the holder before */
    float value;
} holder;

static void meet(const holder *x, const item *it, uint32_t p, unsigned signal, in_common *with)
{
    float value = it->values[p];
    with->of[x->learned ? SYN_SIGNAL_LEARNED : signal] += value * x->value;
    if (x->learned || signal > SYN_SIGNAL_PLACE) return;
    if (p < it->salient[signal]) with->salient[0] += value;
    if (x->salient) with->salient[1] += x->value;
}

static void gather(const syn_grouper *g, const item *it, const holder *holders, in_common *common)
{
    enum { AHEAD = 12 };
    for (unsigned signal = 0; signal < SYN_SIGNALS; signal++) {
        for (uint32_t p = it->start[signal]; p < it->start[signal + 1]; p++) {
            if (p + AHEAD < it->nparts) __builtin_prefetch(&g->heads[it->keys[p + AHEAD]]);
            if (it->values[p] <= 0) continue;
            for (uint32_t h = g->heads[it->keys[p]]; h; h = holders[h - 1].next)
                meet(&holders[h - 1], it, p, signal, &common[holders[h - 1].place]);
        }
    }
}

static uint32_t hold(syn_grouper *g, const item *it, uint32_t place, holder *holders, uint32_t n)
{
    for (unsigned signal = 0; signal < SYN_SIGNALS; signal++) {
        for (uint32_t p = it->start[signal]; p < it->start[signal + 1]; p++) {
            if (it->values[p] <= 0) continue;
            uint32_t *head = &g->heads[it->keys[p]];
            holders[n++] = (holder){place & 0x3FFFFFFF, syn_item_learned(it, p), p < it->salient[signal], *head,
                                    it->values[p]};
            *head = n;
        }
    }
    return n;
}

bool syn_pairs_each(syn_grouper *g, const uint32_t *items, uint32_t n, syn_pair_fn *fn, void *context)
{
    size_t parts = 0, same = g->heads_cap;
    for (uint32_t k = 0; k < n; k++) parts += g->items[items[k]]->nparts;
    holder *holders = malloc((parts + 1) * sizeof *holders);
    in_common *common = malloc((n + (size_t)1) * sizeof *common);
    bool ok = holders && common && syn_story_grow(&g->heads, &g->heads_cap, g->index.nkeys, sizeof *g->heads);
    if (ok && g->heads_cap > same) memset(g->heads + same, 0, (g->heads_cap - same) * sizeof *g->heads);
    uint32_t held = 0, k = 0;
    for (; ok && k < n; k++) {
        const item *it = g->items[items[k]];
        memset(common, 0, k * sizeof *common);
        gather(g, it, holders, common);
        for (uint32_t m = 0; ok && m < k; m++) ok = fn(context, k, m, &common[m]);
        held = hold(g, it, k, holders, held);
    }
    while (k-- > 0) {
        const item *it = g->items[items[k]];
        for (uint32_t p = 0; p < it->nparts; p++) g->heads[it->keys[p]] = 0;
    }
    free(holders);
    free(common);
    return ok;
}
