/* differ.c - stage 6: of what kind a difference is, and how grave. */
#include "comparing.h"

#include <math.h>

#define UPDATES_AFTER 1800         /* seconds between two tellings from which the later one may know more */
#define UPDATES_WITHIN (7 * 86400) /* and up to which it carries on the same count */
#define GROWS_TO 4.0               /* times that a count grows at most meanwhile */
#define SURE 0.7                   /* score from which a conflict of figures is grave */

const char *const syn_difference_names[SYN_DIFF_KINDS] = {"figure", "date",         "name", "scale",  "update",
                                                          "only",   "untranslated", "link", "joiner", "bidi"};

bool syn_differ_push(syn_difference_list *list, syn_difference d)
{
    if (list->n == SYN_MAX_DIFFERENCES) return true;
    if (!syn_grow(list->arena, &list->items, &list->cap, list->n + 1, sizeof *list->items)) return false;
    list->items[list->n++] = d;
    return true;
}

static bool is_date(const syn_figure *f)
{
    return f->fact->kind == SYN_FACT_DATE || f->fact->kind == SYN_FACT_DATERANGE;
}

/* Seconds from one telling to the other; 0 where it cannot be told. */
static double seconds_between(syn_time a, syn_time b)
{
    if (!syn_time_known(a) || !syn_time_known(b)) return 0;
    if ((a.date_only || b.date_only) && syn_time_day(a) == syn_time_day(b)) return 0;
    return (double)b.seconds - (double)a.seconds;
}

/* The dead, the injured: a count that grew from the earlier telling to the later one. */
static bool carries_on(const syn_side *a, const syn_figure *x, const syn_side *b, const syn_figure *y)
{
    double apart = seconds_between(a->telling->published, b->telling->published);
    const syn_figure *first = apart < 0 ? y : x, *then = apart < 0 ? x : y;
    if (!x->tally && !y->tally) return false;
    if (fabs(apart) < UPDATES_AFTER || fabs(apart) > UPDATES_WITHIN) return false;
    double v = first->fact->value, w = then->fact->value;
    return v == floor(v) && w == floor(w) && w > v && w <= v * GROWS_TO;
}

void syn_differ_figures(const syn_side *a, const syn_figure *x, const syn_side *b, const syn_figure *y, double score,
                        syn_difference *out)
{
    uint8_t of = x->fact->kind > y->fact->kind ? x->fact->kind : y->fact->kind; /* the one that is read more closely */
    *out = (syn_difference){.of = of, .a = {x->fact->span, x->fact}, .b = {y->fact->span, y->fact}};
    if (syn_figure_rescaled(x, y)) {
        out->kind = SYN_DIFF_SCALE, out->severity = 3;
    } else if (is_date(x) || is_date(y) || (x->monthly && y->monthly)) {
        out->kind = SYN_DIFF_DATE, out->severity = 2;
    } else if (carries_on(a, x, b, y)) {
        out->kind = SYN_DIFF_UPDATE, out->severity = 1;
    } else {
        out->kind = SYN_DIFF_FIGURE;
        out->severity = score >= SURE || syn_figure_slip(x, y) > 0 ? 3 : 2;
    }
}

/* Whether it is a loss for a reader who is not told: a sum, a share, a measure or a count worth printing. */
static bool worth_missing(const syn_figure *f)
{
    if (f->loose || f->hour || f->named || !f->written || is_date(f) || f->fact->kind == SYN_FACT_ORDINAL) return false;
    if (f->fact->kind != SYN_FACT_NUMBER || f->scaled || f->unit) return true;
    double v = fabs(f->fact->value);
    bool year = v >= 1000 && v < 2600 && v == floor(v) && f->mantissa > 99; /* may be one that no date was made of */
    return v > 12 && !year;
}

bool syn_differ_alone(syn_difference_list *list, syn_difference d, uint32_t telling, syn_saying said)
{
    if (telling == 0)
        d.a = said, d.in_a = 0, d.in_b = 1;
    else
        d.b = said, d.in_a = 0, d.in_b = telling;
    return syn_differ_push(list, d);
}

bool syn_differ_only(uint32_t telling, const syn_figure *f, syn_difference_list *out)
{
    if (!worth_missing(f)) return true;
    syn_difference d = {.kind = SYN_DIFF_ONLY, .severity = 1, .of = f->fact->kind};
    return syn_differ_alone(out, d, telling, (syn_saying){f->fact->span, f->fact});
}

static int by_severity(const void *pa, const void *pb)
{
    const syn_difference *x = pa, *y = pb;
    if (x->severity != y->severity) return x->severity > y->severity ? -1 : 1;
    if (x->in_a != y->in_a) return x->in_a < y->in_a ? -1 : 1;
    if (x->a.span.start != y->a.span.start) return x->a.span.start < y->a.span.start ? -1 : 1;
    if (x->in_b != y->in_b) return x->in_b < y->in_b ? -1 : 1;
    if (x->b.span.start != y->b.span.start) return x->b.span.start < y->b.span.start ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

void syn_differ_sort(syn_difference_list *list)
{
    syn_sort(list->items, list->n, sizeof *list->items, by_severity);
}
