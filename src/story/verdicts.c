/* verdicts.c - stage 5: a user's word that two articles belong together or apart, which no evidence outweighs. */
#include "internal.h"

#include <stdlib.h>

syn_code syn_grouper_verdict(syn_grouper *g, syn_str a, syn_str b, bool together, syn_err *err)
{
    if (!syn_story_grow(&g->verdicts, &g->verdicts_cap, g->nverdicts + 1, sizeof *g->verdicts))
        return syn_fail(err, SYN_ENOMEM, 0, "no memory for what users said");
    g->verdicts[g->nverdicts++] = (verdict){syn_dup(&g->mem, a), syn_dup(&g->mem, b), together};
    const syn_str both[] = {a, b};
    for (size_t k = 0; k < 2; k++) { /* they are looked at again when it settles */
        uint32_t i = syn_item_number(g, both[k]);
        if (i == NONE) continue;
        if (!syn_story_grow(&g->fresh, &g->fresh_cap, g->nfresh + 1, sizeof *g->fresh))
            return syn_fail(err, SYN_ENOMEM, 0, "no memory for what users said");
        g->fresh[g->nfresh++] = i;
        g->items[i]->fresh = true;
    }
    return g->mem.failed ? syn_fail(err, SYN_ENOMEM, 0, "no memory for what users said") : SYN_OK;
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
