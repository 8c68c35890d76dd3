/* quotes.c - stage 6: rows of quotations: the same words of somebody, in each telling's language.  Two quotations are
   one where the cosine of their clues is high. */
#include "comparing.h"

#include <math.h>

#define LEAST_BYTES 24
#define SAME 0.3 /* least cosine */

typedef struct quote {
    const syn_fact *fact;
    uint32_t side, parent;
    uint64_t said;
} quote;

static uint32_t root(quote *q, uint32_t i)
{
    while (q[i].parent != i) i = q[i].parent = q[q[i].parent].parent;
    return i;
}

static size_t first_clue(const syn_side *s, uint32_t at)
{
    size_t lo = 0, hi = s->nclues;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (s->telling->text->tokens[s->clues[mid].token].start < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Cosine of the clues inside two quotations; 0 where they share fewer than two words. */
static double alike(const syn_side *a, syn_span x, const syn_side *b, syn_span y)
{
    double shared = 0, na = 0, nb = 0;
    size_t words = 0;
    uint32_t last = UINT32_MAX;
    const syn_token *ta = a->telling->text->tokens;
    size_t from = first_clue(b, y.start), to = first_clue(b, y.end);
    for (size_t j = from; j < to; j++) nb += (double)b->clues[j].weight * b->clues[j].weight;
    for (size_t i = first_clue(a, x.start); i < a->nclues && ta[a->clues[i].token].start < x.end; i++) {
        na += (double)a->clues[i].weight * a->clues[i].weight;
        for (size_t j = from; j < to; j++)
            if (b->clues[j].key == a->clues[i].key) {
                shared += (double)a->clues[i].weight * b->clues[j].weight;
                words += a->clues[i].token != last;
                last = a->clues[i].token;
                break;
            }
    }
    return words > 1 && na > 0 && nb > 0 ? shared / sqrt(na * nb) : 0;
}

static size_t collect(const syn_side *sides, size_t n, quote *out, size_t cap)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        const syn_facts *facts = sides[i].telling->facts;
        size_t mine = 0;
        for (size_t f = 0; f < facts->n && k < cap && mine < SYN_MAX_COMPARED_QUOTES; f++) {
            const syn_fact *q = &facts->items[f];
            if (q->kind != SYN_FACT_QUOTE || q->span.end - q->span.start < LEAST_BYTES) continue;
            out[k] = (quote){q, (uint32_t)i, (uint32_t)k, 1ull << i};
            k++, mine++;
        }
    }
    return k;
}

/* Each quotation joins the best of an earlier telling. */
static void join_same(const syn_side *sides, quote *q, size_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        double best = SAME;
        uint32_t found = UINT32_MAX;
        for (uint32_t j = 0; j < i; j++) {
            if (q[j].side == q[i].side || (q[root(q, i)].said & q[root(q, j)].said)) continue;
            double like = alike(&sides[q[i].side], q[i].fact->span, &sides[q[j].side], q[j].fact->span);
            if (like > best) best = like, found = j;
        }
        if (found == UINT32_MAX) continue;
        uint32_t a = root(q, i), b = root(q, found), low = a < b ? a : b, high = a < b ? b : a;
        q[high].parent = low;
        q[low].said |= q[high].said;
    }
}

syn_code syn_rows_of_quotes(syn_arena *scratch, const syn_side *sides, size_t n, syn_row_list *rows, syn_err *err)
{
    size_t cap = n * SYN_MAX_COMPARED_QUOTES;
    quote *q = SYN_NEW_ARRAY(scratch, quote, cap);
    uint32_t same[SYN_MAX_TELLINGS] = {0};
    if (!q) return syn_fail(err, SYN_ENOMEM, 0, "quotations of a story");
    size_t count = collect(sides, n, q, cap);
    join_same(sides, q, count);
    for (uint32_t i = 0; i < count; i++) {
        if (root(q, i) != i || __builtin_popcountll(q[i].said) < 2) continue;
        syn_cell *cells;
        syn_row *row = syn_row_add(rows, SYN_FACT_QUOTE, &cells);
        if (!row) break;
        for (uint32_t k = i; k < count; k++)
            if (root(q, k) == i && !cells[q[k].side].fact) cells[q[k].side].fact = q[k].fact;
        syn_row_settle(row, cells, same, n);
        for (size_t k = 0; k < n && !row->label.n; k++) {
            row->told = rows->order[k];
            if (cells[row->told].fact) row->label = syn_dup(rows->arena, cells[row->told].fact->name);
        }
    }
    return rows->arena->failed ? syn_fail(err, SYN_ENOMEM, 0, "quotations of a story") : SYN_OK;
}
