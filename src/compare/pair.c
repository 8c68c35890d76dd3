/* pair.c - stage 6: what differs between two tellings. */
#include "comparing.h"

static uint32_t place(const syn_difference *d)
{
    return d->b.span.end ? d->b.span.start : d->a.span.start;
}

static int by_place(const void *pa, const void *pb)
{
    const syn_difference *x = pa, *y = pb;
    if (place(x) != place(y)) return place(x) < place(y) ? -1 : 1;
    if (x->a.span.start != y->a.span.start) return x->a.span.start < y->a.span.start ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

static bool figures_differ(const syn_side *a, const syn_side *b, const syn_links *links, syn_difference_list *out)
{
    for (size_t i = 0; i < links->n; i++) {
        const syn_link *k = &links->items[i];
        if (k->agree || k->score < (float)SYN_LINK_SURE) continue;
        syn_difference d;
        syn_differ_figures(a, &a->figures[k->a], b, &b->figures[k->b], (double)k->score, &d);
        d.in_b = 1;
        if (!syn_differ_push(out, d)) return false;
    }
    return true;
}

static bool inside(syn_span s, syn_span whole)
{
    return s.end && whole.start <= s.start && s.end <= whole.end;
}

/* Figures in words that were never translated are not told twice. */
static void drop_in_remains(syn_difference_list *l)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->n; i++) {
        bool drop = false;
        for (size_t k = 0; k < l->n && !drop && l->items[i].kind == SYN_DIFF_ONLY; k++)
            drop = l->items[k].kind == SYN_DIFF_UNTRANSLATED &&
                   (inside(l->items[i].a.span, l->items[k].a.span) || inside(l->items[i].b.span, l->items[k].b.span));
        if (!drop) l->items[kept++] = l->items[i];
    }
    l->n = kept;
}

static bool left_out(const syn_side *s, uint32_t telling, const syn_side *other, const uint8_t *known,
                     syn_difference_list *out)
{
    for (size_t i = 0; i < s->nfigures; i++)
        if (!known[i] && !syn_sides_print(other, s, &s->figures[i]) && !syn_differ_only(telling, &s->figures[i], out))
            return false;
    return true;
}

syn_code syn_compare_pair(syn_arena *arena, const syn_lexicon *lex, const syn_telling *a, const syn_telling *b,
                          syn_differences *out, syn_err *err)
{
    const syn_telling *both[2] = {a, b};
    syn_arena scratch = {.limit = arena->limit};
    syn_difference_list found = {.arena = arena};
    syn_side sides[2];
    syn_links links;
    syn_code rc = syn_sides_prepare(&scratch, arena, lex, both, 2, sides, err);
    if (!rc) rc = syn_link_sides(&scratch, &sides[0], &sides[1], &links, err);
    if (!rc && !(figures_differ(&sides[0], &sides[1], &links, &found) &&
                 left_out(&sides[0], 0, &sides[1], links.known_a, &found) &&
                 left_out(&sides[1], 1, &sides[0], links.known_b, &found) && syn_urls_differ(sides, 2, &found) &&
                 syn_marks_differ(lex, &sides[0], 0, &found) && syn_marks_differ(lex, &sides[1], 1, &found)))
        rc = syn_fail(err, SYN_ENOMEM, 0, "differences of two tellings");
    if (!rc) rc = syn_persons_differ(&scratch, lex, &sides[0], &sides[1], &links.align, &found, err);
    if (!rc) rc = syn_remains_differ(&scratch, lex, sides, 2, &found, err);
    syn_arena_free(&scratch);
    if (rc) return rc;
    drop_in_remains(&found);
    syn_sort(found.items, found.n, sizeof *found.items, by_place);
    *out = (syn_differences){found.items, found.n};
    return SYN_OK;
}
