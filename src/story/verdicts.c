/* verdicts.c - stage 5: a user's word that two articles belong together or apart, which no evidence outweighs. */
#include "internal.h"

#include <stdlib.h>

syn_code syn_grouper_verdict(syn_grouper *g, syn_str a, syn_str b, bool together, syn_err *err)
{
    if (!syn_story_grow(&g->verdicts, &g->verdicts_cap, g->nverdicts + 1, sizeof *g->verdicts))
        return syn_fail(err, SYN_ENOMEM, 0, "no memory for what users said");
    g->verdicts[g->nverdicts++] = (verdict){syn_dup(&g->mem, a), syn_dup(&g->mem, b), together};
    if (g->mem.failed) return syn_fail(err, SYN_ENOMEM, 0, "no memory for what users said");
    syn_code rc = syn_grouper_look_again(g, a, err);
    return rc ? rc : syn_grouper_look_again(g, b, err);
}

bool syn_verdict_items(const syn_grouper *g, size_t v, uint32_t *a, uint32_t *b)
{
    uint32_t *both[2] = {a, b};
    *a = syn_item_number(g, g->verdicts[v].a), *b = syn_item_number(g, g->verdicts[v].b);
    for (int k = 0; k < 2; k++) {
        if (*both[k] == NONE) return false;
        const item *it = g->items[*both[k]];
        if (it->reprint_of != NONE) *both[k] = it->reprint_of;
    }
    return *a != *b;
}

bool syn_verdict_places(const syn_grouper *g, size_t v, const uint32_t *block, size_t n, uint32_t *a, uint32_t *b)
{
    uint32_t i, j;
    *a = *b = NONE;
    if (!syn_verdict_items(g, v, &i, &j)) return false;
    for (uint32_t k = 0; k < n; k++) {
        if (block[k] == i) *a = k;
        if (block[k] == j) *b = k;
    }
    return *a != NONE && *b != NONE;
}

static bool of(const verdict *v, syn_str a, syn_str b)
{
    return (syn_str_eq(v->a, a) && syn_str_eq(v->b, b)) || (syn_str_eq(v->a, b) && syn_str_eq(v->b, a));
}

bool syn_verdicts_part(const syn_grouper *g, uint32_t i, uint32_t j)
{
    for (size_t v = 0; v < g->nverdicts; v++)
        if (!g->verdicts[v].together && of(&g->verdicts[v], g->items[i]->id, g->items[j]->id)) return true;
    return false;
}
