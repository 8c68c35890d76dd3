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

bool syn_verdict_places(const syn_grouper *g, size_t v, const uint32_t *place, uint32_t *a, uint32_t *b)
{
    if (!syn_verdict_items(g, v, a, b)) return false;
    *a = place[*a], *b = place[*b];
    return *a != NONE && *b != NONE;
}

/* An article with its copies into a story of its own. */
static bool take_out(syn_grouper *g, uint32_t i)
{
    uint32_t from = g->items[i]->story, to = syn_story_new(g, g->items[i]->id, g->items[i]->order);
    if (to == NONE) return false;
    for (size_t m = g->stories[from].n; m-- > 0;) {
        uint32_t j = g->stories[from].members[m];
        if ((j == i || g->items[j]->reprint_of == i) && !syn_story_move(g, j, to)) return false;
    }
    return true;
}

bool syn_verdicts_take_out(syn_grouper *g, size_t most)
{
    for (size_t v = 0; v < g->nverdicts; v++) {
        uint32_t a, b;
        if (g->verdicts[v].together || !syn_verdict_items(g, v, &a, &b)) continue;
        uint32_t story = g->items[a]->story;
        if (story != g->items[b]->story || g->stories[story].n <= most) continue;
        bool founder = syn_str_eq(g->items[a]->id, g->stories[story].founder);
        if (!take_out(g, founder ? b : a)) return false;
    }
    return true;
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

void syn_grouper_only(syn_grouper *g, syn_str id)
{
    uint32_t i = syn_item_number(g, id);
    g->only = true;
    if (i == NONE) return;
    uint32_t first = g->items[i]->reprint_of; /* which takes its copies along */
    g->items[first == NONE || syn_verdicts_part(g, i, first) ? i : first]->loose = true;
}
