/* rows.c - stage 6: the rows of a story's table that hold figures and days.  Every two tellings are linked; agreements
   join figures into clusters; a cluster that conflicts with another, in the eyes of enough pairs of tellings, becomes
   another value of the same row - unless one telling says both, for then they are two things. */
#include <math.h>

#include "comparing.h"

#define JOINS 0.55        /* least score of an agreement that ties two tellings */
#define CORROBORATED 0.34 /* least mean score of conflicts where four pairs of tellings or more could tell */
#define BORNE_OUT 0.48    /* the same where two or three could */
#define ELIMINATED 0.17   /* the same where three tellings of four say one or the other */
#define LONE 0.66         /* least score of a conflict between two tellings alone, in figures that both print as such */
#define NEVER 2.0
#define REPEATS 0.3 /* rarity from which the same value in one telling is the same thing */
#define PLAIN 0.3   /* rarity below which a shared value makes no row by itself */

typedef struct tie {
    uint32_t a, b; /* indices among all figures */
    float score;
} tie;

typedef struct ties {
    tie *items;
    size_t n, cap;
} ties;

typedef struct clustering {
    syn_arena *arena;
    const syn_side *sides;
    size_t nsides, nfigures;
    size_t *base;      /* first figure of each side */
    uint32_t *side_of; /* one a figure */
    uint32_t *parent;
    uint32_t *value; /* one a figure: the cluster that it belonged to before rows were joined */
    uint64_t *said;  /* one a root: bits of the sides in it */
    uint8_t *known;  /* one a figure: another telling says it, or another value in its place */
    ties agree, conflict;
} clustering;

static uint32_t root(clustering *c, uint32_t i)
{
    while (c->parent[i] != i) i = c->parent[i] = c->parent[c->parent[i]];
    return i;
}

static void join(clustering *c, uint32_t a, uint32_t b)
{
    if (a > b) {
        uint32_t t = a;
        a = b, b = t;
    }
    c->parent[b] = a;
    c->said[a] |= c->said[b];
}

static const syn_figure *figure(const clustering *c, uint32_t i)
{
    return &c->sides[c->side_of[i]].figures[i - c->base[c->side_of[i]]];
}

static int count(uint64_t bits)
{
    return __builtin_popcountll(bits);
}

static int by_score(const void *pa, const void *pb)
{
    const tie *x = pa, *y = pb;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    if (x->a != y->a) return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static int by_ends(const void *pa, const void *pb)
{
    const tie *x = pa, *y = pb;
    if (x->a != y->a) return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static bool add_tie(clustering *c, ties *list, uint32_t a, uint32_t b, float score)
{
    if (!syn_grow(c->arena, &list->items, &list->cap, list->n + 1, sizeof *list->items)) return false;
    list->items[list->n++] = (tie){a, b, score};
    return true;
}

static syn_code set_up(clustering *c, syn_err *err)
{
    c->base = SYN_NEW_ARRAY(c->arena, size_t, c->nsides);
    for (size_t i = 0; c->base && i < c->nsides; i++) c->base[i] = c->nfigures, c->nfigures += c->sides[i].nfigures;
    c->side_of = SYN_NEW_ARRAY(c->arena, uint32_t, c->nfigures);
    c->parent = SYN_NEW_ARRAY(c->arena, uint32_t, c->nfigures);
    c->value = SYN_NEW_ARRAY(c->arena, uint32_t, c->nfigures);
    c->said = SYN_NEW_ARRAY(c->arena, uint64_t, c->nfigures);
    c->known = SYN_NEW_ARRAY(c->arena, uint8_t, c->nfigures);
    if (c->arena->failed) return syn_fail(err, SYN_ENOMEM, 0, "figures of a story");
    for (size_t i = 0; i < c->nsides; i++)
        for (size_t f = 0; f < c->sides[i].nfigures; f++) {
            size_t at = c->base[i] + f;
            c->side_of[at] = (uint32_t)i, c->parent[at] = (uint32_t)at, c->said[at] = 1ull << i;
        }
    return SYN_OK;
}

static syn_code link_all(clustering *c, syn_err *err)
{
    syn_arena pair = {.limit = c->arena->limit};
    syn_code rc = SYN_OK;
    for (size_t i = 0; i < c->nsides && !rc; i++)
        for (size_t j = i + 1; j < c->nsides && !rc; j++) {
            syn_links links;
            syn_arena_reset(&pair);
            rc = syn_link_sides(&pair, &c->sides[i], &c->sides[j], &links, err);
            for (size_t k = 0; !rc && k < c->sides[i].nfigures; k++) c->known[c->base[i] + k] |= links.known_a[k];
            for (size_t k = 0; !rc && k < c->sides[j].nfigures; k++) c->known[c->base[j] + k] |= links.known_b[k];
            for (size_t k = 0; !rc && k < links.n; k++) {
                syn_link l = links.items[k];
                if (l.agree && l.score < (float)JOINS) continue;
                uint32_t a = (uint32_t)c->base[i] + l.a, b = (uint32_t)c->base[j] + l.b;
                if (!add_tie(c, l.agree ? &c->agree : &c->conflict, a, b, l.score))
                    rc = syn_fail(err, SYN_ENOMEM, 0, "links of a story");
            }
        }
    syn_arena_free(&pair);
    return rc;
}

/* A telling that gives one telling figure twice speaks of one thing. */
static void join_repeats(clustering *c)
{
    for (size_t s = 0; s < c->nsides; s++)
        for (uint32_t i = (uint32_t)c->base[s], end = i + (uint32_t)c->sides[s].nfigures; i < end; i++)
            for (uint32_t j = i + 1; j < end; j++) {
                const syn_figure *x = figure(c, i), *y = figure(c, j);
                if (x->fact->kind != y->fact->kind || syn_figure_rare(x) < REPEATS || syn_figure_agree(x, y) < 1)
                    continue;
                uint32_t a = root(c, i), b = root(c, j);
                if (a != b) join(c, a, b);
            }
}

/* Equal values join; values that agree only loosely join where no telling says both. */
static void join_agreements(clustering *c)
{
    syn_sort(c->agree.items, c->agree.n, sizeof(tie), by_score);
    for (size_t i = 0; i < c->agree.n; i++) {
        uint32_t a = root(c, c->agree.items[i].a), b = root(c, c->agree.items[i].b);
        if (a == b) continue;
        if (syn_figure_agree(figure(c, a), figure(c, b)) < 0.9 && (c->said[a] & c->said[b])) continue;
        join(c, a, b);
    }
    for (uint32_t i = 0; i < c->nfigures; i++) c->value[i] = root(c, i);
}

/* Least mean score of the conflicts between two clusters.  The more tellings stand behind a value the less each pair of
   them must prove; where all but the odd ones out say it, what these say in its place is found by elimination. */
static double needed(const clustering *c, uint32_t a, uint32_t b)
{
    int na = count(c->said[a]), nb = count(c->said[b]), most = na > nb ? na : nb;
    const syn_figure *x = figure(c, a), *y = figure(c, b);
    bool plain = x->written && y->written && !x->loose && !y->loose;
    if (na * nb == 1) return plain ? LONE : NEVER;
    bool alike = x->fact->kind == y->fact->kind && syn_figure_near(x, y) >= 0.4;
    if (alike && most >= 3 && 4 * (size_t)(na + nb) >= 3 * c->nsides) return ELIMINATED;
    return na * nb < 4 ? BORNE_OUT : CORROBORATED;
}

/* Sum the conflicts between two clusters into one tie, a < b; those too weak for the tellings behind them go. */
static void sum_conflicts(clustering *c)
{
    ties *t = &c->conflict;
    for (size_t i = 0; i < t->n; i++) {
        uint32_t a = root(c, t->items[i].a), b = root(c, t->items[i].b);
        t->items[i].a = a < b ? a : b, t->items[i].b = a < b ? b : a;
    }
    syn_sort(t->items, t->n, sizeof(tie), by_ends);
    size_t kept = 0;
    for (size_t i = 0; i < t->n;) {
        tie sum = t->items[i];
        for (i++; i < t->n && t->items[i].a == sum.a && t->items[i].b == sum.b; i++) sum.score += t->items[i].score;
        if (sum.a == sum.b || (c->said[sum.a] & c->said[sum.b])) continue;
        if (syn_figure_agree(figure(c, sum.a), figure(c, sum.b)) > 0) continue;
        float mean = sum.score / (float)(count(c->said[sum.a]) * count(c->said[sum.b]));
        if (mean < (float)needed(c, sum.a, sum.b)) continue;
        t->items[kept++] = sum;
    }
    t->n = kept;
    syn_sort(t->items, t->n, sizeof(tie), by_score);
}

static void join_conflicts(clustering *c)
{
    sum_conflicts(c);
    for (size_t i = 0; i < c->conflict.n; i++) {
        uint32_t a = root(c, c->conflict.items[i].a), b = root(c, c->conflict.items[i].b);
        if (a != b && !(c->said[a] & c->said[b])) join(c, a, b);
    }
}

static bool worth(const clustering *c, uint32_t first, const syn_row *row)
{
    const syn_figure *f = figure(c, first);
    return row->said >= 2 && !f->named && (row->differs || syn_figure_rare(f) >= PLAIN);
}

/* The kind that most cells have; of two as common, the one that is read more closely. */
static uint8_t kind_of(const syn_cell *cells, size_t n)
{
    uint32_t count_of[SYN_FACT_KINDS] = {0};
    uint8_t best = 0;
    for (size_t i = 0; i < n; i++)
        if (cells[i].fact) count_of[cells[i].fact->kind]++;
    for (uint8_t kind = 1; kind < SYN_FACT_KINDS; kind++)
        if (count_of[kind] && count_of[kind] >= count_of[best]) best = kind;
    return best;
}

/* In the words of the telling that the reader understands best. */
static void label_row(syn_row_list *rows, const clustering *c, syn_row *row, const uint32_t *figure_of)
{
    for (size_t k = 0; k < c->nsides && !row->label.n; k++) {
        row->told = rows->order[k];
        if (!row->cells[row->told].fact) continue;
        row->label = syn_label_figure(rows->arena, &c->sides[row->told], figure(c, figure_of[row->told]));
    }
}

/* The year of a row of bare numbers that may be one; 0 where it is none. */
static int bare_year(const syn_row *row, size_t n)
{
    double year = 0;
    for (size_t i = 0; i < n; i++) {
        const syn_fact *f = row->cells[i].fact;
        if (!f) continue;
        if (f->kind != SYN_FACT_NUMBER || f->value < 1900 || f->value > 2100 || f->value != floor(f->value)) return 0;
        year = f->value;
    }
    return row->differs ? 0 : (int)year;
}

static bool dates_tell(const syn_row_list *rows, int wanted)
{
    for (size_t r = 0; r < rows->n; r++)
        for (size_t i = 0; i < rows->ntellings; i++) {
            const syn_fact *f = rows->items[r].cells[i].fact;
            int year, month, day;
            if (!f || f->from == SYN_NO_DAY || (f->kind != SYN_FACT_DATE && f->kind != SYN_FACT_DATERANGE)) continue;
            syn_day_civil(f->from, &year, &month, &day);
            if (year == wanted) return true;
        }
    return false;
}

/* A year that one telling read as a number is no row beside the date or period that holds it. */
static void drop_bare_years(syn_row_list *rows)
{
    size_t kept = 0;
    for (size_t r = 0; r < rows->n; r++) {
        int year = bare_year(&rows->items[r], rows->ntellings);
        bool drop = year && dates_tell(rows, year);
        if (!drop) rows->items[kept++] = rows->items[r];
    }
    rows->n = kept;
}

static syn_code make_rows(clustering *c, syn_row_list *rows, syn_err *err)
{
    /* Figures of a row, linked in order of telling and place. */
    uint32_t *next = SYN_NEW_ARRAY(c->arena, uint32_t, c->nfigures),
             *last = SYN_NEW_ARRAY(c->arena, uint32_t, c->nfigures);
    uint32_t *values = SYN_NEW_ARRAY(c->arena, uint32_t, c->nsides);
    uint32_t *figure_of = SYN_NEW_ARRAY(c->arena, uint32_t, c->nsides);
    if (c->arena->failed) return syn_fail(err, SYN_ENOMEM, 0, "rows of a story");
    for (uint32_t i = 0; i < c->nfigures; i++) next[i] = UINT32_MAX, last[i] = i;
    for (uint32_t i = 0; i < c->nfigures; i++) {
        uint32_t r = root(c, i);
        if (r != i) next[last[r]] = i, last[r] = i;
    }
    for (uint32_t i = 0; i < c->nfigures; i++) {
        bool alone = c->nsides > 1 && root(c, i) == i && count(c->said[i]) == 1 && !c->known[i];
        for (size_t k = 0; k < c->nsides && alone; k++)
            alone = k == c->side_of[i] || !syn_sides_print(&c->sides[k], &c->sides[c->side_of[i]], figure(c, i));
        if (alone && !syn_differ_only(c->side_of[i], figure(c, i), rows->differences))
            return syn_fail(err, SYN_ENOMEM, 0, "rows of a story");
        if (root(c, i) != i || count(c->said[i]) < 2) continue;
        syn_cell *cells;
        syn_row *row = syn_row_add(rows, figure(c, i)->fact->kind, &cells);
        if (!row) return rows->arena->failed ? syn_fail(err, SYN_ENOMEM, 0, "rows of a story") : SYN_OK;
        for (uint32_t f = i; f != UINT32_MAX; f = next[f]) {
            syn_cell *cell = &cells[c->side_of[f]];
            if (cell->fact) continue;
            cell->fact = figure(c, f)->fact;
            values[c->side_of[f]] = c->value[f];
            figure_of[c->side_of[f]] = f;
        }
        syn_row_settle(row, cells, values, c->nsides);
        if (!worth(c, i, row)) {
            rows->n--;
            continue;
        }
        row->kind = kind_of(cells, c->nsides);
        label_row(rows, c, row, figure_of);
    }
    drop_bare_years(rows);
    return rows->arena->failed ? syn_fail(err, SYN_ENOMEM, 0, "rows of a story") : SYN_OK;
}

syn_code syn_rows_of_figures(syn_arena *scratch, const syn_side *sides, size_t n, syn_row_list *rows, syn_err *err)
{
    clustering c = {.arena = scratch, .sides = sides, .nsides = n};
    syn_code rc = set_up(&c, err);
    if (!rc) rc = link_all(&c, err);
    if (rc) return rc;
    join_repeats(&c);
    join_agreements(&c);
    join_conflicts(&c);
    return make_rows(&c, rows, err);
}
