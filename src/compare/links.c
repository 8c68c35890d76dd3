/* links.c - stage 6: figures of one telling tied to those of another: first those that agree, each to the one nearest
   to it by its sentence and its words; then, of what is left over, those that stand where the other telling has
   something else.  What agrees never conflicts. */
#include <math.h>

#include "comparing.h"

#define AGREES 0.4     /* least score of an agreement */
#define WHOLE 0.85     /* agreement that leaves nothing open: a date's month alone does */
#define A_YEAR 0.8     /* agreement of a number with a date's year; its day is no echo of a count */
#define CONFLICTS 0.22 /* least score of a conflict */

typedef struct linking {
    syn_arena *arena;
    const syn_side *a, *b;
    syn_alignment align;
    uint8_t *used_a, *used_b;     /* partners so far; a whole agreement fills the room */
    uint8_t *echoed_a, *echoed_b; /* the other side says this value somewhere */
    syn_links found, candidates;
} linking;

static bool push(linking *l, syn_links *list, size_t i, size_t j, double score, bool agree)
{
    if (!syn_grow(l->arena, &list->items, &list->cap, list->n + 1, sizeof *list->items)) return false;
    list->items[list->n++] = (syn_link){(uint32_t)i, (uint32_t)j, (float)score, agree};
    return true;
}

static int by_score(const void *pa, const void *pb)
{
    const syn_link *x = pa, *y = pb;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    if (x->a != y->a) return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static double place_of(const linking *l, size_t i, size_t j)
{
    return syn_align_place(&l->align, l->a->figures[i].fact->sentence, l->b->figures[j].fact->sentence);
}

/* A date may answer to two numbers: its day and its year. */
static int room(const syn_figure *f)
{
    return f->fact->kind >= SYN_FACT_DATE ? 2 : 1;
}

static bool link_agreements(linking *l)
{
    for (size_t i = 0; i < l->a->nfigures; i++)
        for (size_t j = 0; j < l->b->nfigures; j++) {
            const syn_figure *x = &l->a->figures[i], *y = &l->b->figures[j];
            double agree = syn_figure_agree(x, y);
            if (agree <= 0) continue;
            bool mixed = (x->fact->kind >= SYN_FACT_DATE) != (y->fact->kind >= SYN_FACT_DATE);
            if (!mixed || agree >= A_YEAR) l->echoed_a[i] = l->echoed_b[j] = 1;
            double place = place_of(l, i, j), rare = fmin(syn_figure_rare(x), syn_figure_rare(y));
            double around = syn_sides_around(l->a, x, l->b, y);
            double evidence = 1 - (1 - place) * (1 - 0.9 * around);
            double score = agree * (rare + (1 - rare) * evidence);
            /* Neither a small number said elsewhere nor a day's number answers for a figure. */
            if (score < AGREES || (mixed && evidence < 0.4)) continue;
            if (!push(l, &l->candidates, i, j, score, true)) return false;
        }
    syn_sort(l->candidates.items, l->candidates.n, sizeof(syn_link), by_score);
    for (size_t c = 0; c < l->candidates.n; c++) {
        syn_link k = l->candidates.items[c];
        if (l->used_a[k.a] >= room(&l->a->figures[k.a]) || l->used_b[k.b] >= room(&l->b->figures[k.b])) continue;
        const syn_figure *x = &l->a->figures[k.a], *y = &l->b->figures[k.b];
        bool both = syn_figure_agree(x, y) >= WHOLE;
        l->used_a[k.a] += both ? (uint8_t)room(x) : 1;
        l->used_b[k.b] += both ? (uint8_t)room(y) : 1;
        if (!push(l, &l->found, k.a, k.b, k.score, true)) return false;
    }
    return true;
}

/* How well the agreeing figures around x and y in their sentences keep the same company: 1 where a figure next to x
   agrees with one next to y. */
static double company(const linking *l, size_t i, size_t j)
{
    const syn_figure *x = l->a->figures, *y = l->b->figures;
    double best = 0;
    for (size_t c = 0; c < l->found.n && l->found.items[c].agree; c++) {
        syn_link k = l->found.items[c];
        if (x[k.a].fact->sentence != x[i].fact->sentence || y[k.b].fact->sentence != y[j].fact->sentence) continue;
        long da = (long)k.a - (long)i, db = (long)k.b - (long)j;
        double score = (double)k.score / (1 + 0.5 * (fabs((double)da) - 1) + 0.5 * (fabs((double)db) - 1));
        if (score > best) best = score;
    }
    return best;
}

static double conflict_score(const linking *l, size_t i, size_t j)
{
    const syn_figure *x = &l->a->figures[i], *y = &l->b->figures[j];
    bool rescaled = syn_figure_rescaled(x, y);
    double place = place_of(l, i, j), slip = syn_figure_slip(x, y), fit = rescaled ? 1 : syn_figure_fit(x, y);
    if (fit <= 0 || (place <= 0 && slip <= 0) || x->named || y->named) return 0;
    bool mixed = (x->fact->kind >= SYN_FACT_DATE) != (y->fact->kind >= SYN_FACT_DATE);
    if ((mixed || (l->echoed_a[i] && l->echoed_b[j])) && syn_figure_agree(x, y) > 0) return 0;
    double near = syn_figure_near(x, y), ratio = fabs(x->fact->value / y->fact->value);
    if (fit * (0.40 * place + 0.30 * near + 0.30) + 0.35 * slip < CONFLICTS) return 0; /* whatever the words around */
    double around = syn_sides_around(l->a, x, l->b, y), with = company(l, i, j);
    /* A scale word that one side did not read: believable where the sentences are known to answer each other. */
    if (x->fact->kind <= SYN_FACT_MONEY && y->fact->kind <= SYN_FACT_MONEY && (ratio > 500 || ratio < 0.002) &&
        !rescaled)
        near *= l->align.parallel;
    double score = fit * (0.40 * place + 0.30 * near + 0.20 * around + 0.10 * with);
    if (near < 0.4) score *= 0.7;
    score += 0.35 * slip * (1 - place);
    if (l->echoed_a[i]) score -= 0.1;
    if (l->echoed_b[j]) score -= 0.1;
    if (!x->written || !y->written) score -= 0.15;
    if (x->shaky || y->shaky) score -= 0.15;
    return score;
}

static bool link_conflicts(linking *l)
{
    l->candidates.n = 0;
    for (size_t i = 0; i < l->a->nfigures; i++) {
        if (l->used_a[i] >= room(&l->a->figures[i])) continue;
        for (size_t j = 0; j < l->b->nfigures; j++) {
            if (l->used_b[j] >= room(&l->b->figures[j])) continue;
            double score = conflict_score(l, i, j);
            if (score >= CONFLICTS && !push(l, &l->candidates, i, j, score, false)) return false;
        }
    }
    syn_sort(l->candidates.items, l->candidates.n, sizeof(syn_link), by_score);
    for (size_t c = 0; c < l->candidates.n; c++) {
        syn_link k = l->candidates.items[c];
        const syn_figure *x = &l->a->figures[k.a], *y = &l->b->figures[k.b];
        if (l->used_a[k.a] >= room(x) || l->used_b[k.b] >= room(y)) continue;
        l->used_a[k.a] = (uint8_t)room(x), l->used_b[k.b] = (uint8_t)room(y);
        if (!push(l, &l->found, k.a, k.b, k.score, false)) return false;
    }
    return true;
}

syn_code syn_link_sides(syn_arena *arena, const syn_side *a, const syn_side *b, syn_links *out, syn_err *err)
{
    linking l = {.arena = arena, .a = a, .b = b};
    syn_code rc = syn_align_sides(arena, a, b, &l.align, err);
    if (rc) return rc;
    l.used_a = SYN_NEW_ARRAY(arena, uint8_t, 2 * a->nfigures);
    l.used_b = SYN_NEW_ARRAY(arena, uint8_t, 2 * b->nfigures);
    if (arena->failed) return syn_fail(err, SYN_ENOMEM, 0, "links of two tellings");
    l.echoed_a = l.used_a + a->nfigures, l.echoed_b = l.used_b + b->nfigures;
    if (!link_agreements(&l) || !link_conflicts(&l)) return syn_fail(err, SYN_ENOMEM, 0, "links of two tellings");
    for (size_t c = 0; c < l.found.n; c++) {
        l.echoed_a[l.found.items[c].a] = 1;
        l.echoed_b[l.found.items[c].b] = 1;
    }
    *out = l.found;
    out->align = l.align;
    out->known_a = l.echoed_a, out->known_b = l.echoed_b;
    return SYN_OK;
}
