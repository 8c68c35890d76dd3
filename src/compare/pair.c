/* pair.c - stage 6: what conflicts between two tellings. */
#include "comparing.h"

static int by_place(const void *pa, const void *pb)
{
    const syn_difference *x = pa, *y = pb;
    if (x->b->span.start != y->b->span.start) return x->b->span.start < y->b->span.start ? -1 : 1;
    return x->a->span.start < y->a->span.start ? -1 : x->a->span.start > y->a->span.start;
}

static syn_code differences_of(syn_arena *arena, const syn_side *sides, const syn_links *links, syn_differences *out,
                               syn_err *err)
{
    syn_difference *items = SYN_NEW_ARRAY(arena, syn_difference, links->n);
    if (!items) return syn_fail(err, SYN_ENOMEM, 0, "differences of two tellings");
    size_t n = 0;
    for (size_t i = 0; i < links->n; i++) {
        const syn_link *k = &links->items[i];
        if (k->agree || k->score < (float)SYN_LINK_SURE) continue;
        const syn_fact *x = sides[0].figures[k->a].fact, *y = sides[1].figures[k->b].fact;
        uint8_t kind = x->kind > y->kind ? x->kind : y->kind; /* the one that is read more closely */
        items[n++] = (syn_difference){.kind = kind, .a = x, .b = y, .severity = (double)k->score};
    }
    syn_sort(items, n, sizeof *items, by_place);
    *out = (syn_differences){items, n};
    return SYN_OK;
}

syn_code syn_compare_pair(syn_arena *arena, const syn_lexicon *lex, const syn_telling *a, const syn_telling *b,
                          syn_differences *out, syn_err *err)
{
    const syn_telling *both[2] = {a, b};
    syn_arena scratch = {.limit = arena->limit};
    syn_side sides[2];
    syn_links links;
    syn_code rc = syn_sides_prepare(&scratch, arena, lex, both, 2, sides, err);
    if (!rc) rc = syn_link_sides(&scratch, &sides[0], &sides[1], &links, err);
    if (!rc) rc = differences_of(arena, sides, &links, out, err);
    syn_arena_free(&scratch);
    return rc;
}
