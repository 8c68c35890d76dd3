/* align.c - stage 6: which sentences of two tellings report the same.  Sentences are vectors of weighted clues and are
   likened by their cosine.  Whether one telling follows the other is read off two things: the clues that each says
   once, if they stand at the same relative places, and the paragraphs, if they are as many and as long.  In so far as
   it does, a monotone path through the matrix (dynamic programming, after Gale and Church 1993, with clues beside
   lengths) is evidence of its own; where it does not, only likeness is. */
#include <math.h>

#include "comparing.h"

#define DRIFT 0.08F  /* relative places nearer than this stand at the same place */
#define SHAPED 0.035 /* paragraphs that end nearer than this, on average, are laid out alike */
#define BESIDE 0.45F /* worth of a second sentence on the same step */

typedef struct grid {
    size_t n, m;
    float *like, *place;
    float *at_a, *at_b; /* relative places of sentences, 0 to 1 */
    float drift;
} grid;

/* Ends of the paragraphs that hold sentences, relative to the whole; returns how many. */
static size_t paragraph_ends(const syn_side *s, float *ends)
{
    const syn_text *t = s->telling->text;
    const syn_span *span = t->sentences;
    size_t n = 0;
    for (size_t i = 0; i < s->nsentences; i++) {
        bool last = i + 1 == s->nsentences;
        if (!last && syn_find_byte(syn_slice(t->src, span[i].end, span[i + 1].start), '\n', 0) == SIZE_MAX) continue;
        ends[n++] = (float)span[i].end / (float)span[s->nsentences - 1].end;
    }
    return n;
}

/* How surely the paragraphs of two tellings are laid out alike, in anchors' worth. */
static double same_shape(const float *a, size_t n, const float *b, size_t m)
{
    if (n != m || n < 3) return 0;
    double apart = 0;
    for (size_t i = 0; i < n; i++) apart += fabs((double)a[i] - (double)b[i]);
    apart /= (double)n;
    double few = n < 8 ? (double)(n - 2) / 6 : 1;
    return apart < SHAPED ? 6 * few * (1 - 0.5 * apart / SHAPED) : 0;
}

/* Relative places of sentences' middles; where ends are given, as paragraph and part of it. */
static void places_of(const syn_side *s, const float *ends, size_t nends, float *at)
{
    const syn_span *span = s->telling->text->sentences;
    float whole = s->nsentences ? (float)span[s->nsentences - 1].end : 1;
    size_t p = 0;
    for (size_t i = 0; i < s->nsentences; i++) {
        at[i] = ((float)span[i].start + (float)span[i].end) / (2 * whole);
        if (!nends) continue;
        while (p + 1 < nends && at[i] > ends[p]) p++;
        float from = p ? ends[p - 1] : 0;
        at[i] = ((float)p + (at[i] - from) / (ends[p] - from)) / (float)nends;
    }
}

static size_t run_end(const syn_side *s, size_t i)
{
    size_t end = i + 1;
    while (end < s->nclues && s->keyed[end].key == s->keyed[i].key) end++;
    return end;
}

/* Walk the keys that both have.  Adds to the likeness; counts those said once in each, and how many of them stand at
   the same place. */
static double walk_shared(const syn_side *a, const syn_side *b, grid *g, double shape)
{
    size_t i = 0, j = 0;
    double once = shape, parallel = shape;
    while (i < a->nclues && j < b->nclues) {
        if (a->keyed[i].key != b->keyed[j].key) {
            if (a->keyed[i].key < b->keyed[j].key)
                i++;
            else
                j++;
            continue;
        }
        size_t iend = run_end(a, i), jend = run_end(b, j);
        if ((iend - i) * (jend - j) <= 100) {
            for (size_t x = i; x < iend; x++)
                for (size_t y = j; y < jend; y++)
                    g->like[a->keyed[x].sentence * g->m + b->keyed[y].sentence] += a->keyed[x].weight *
                                                                                   b->keyed[y].weight;
        }
        if (iend - i == 1 && jend - j == 1) {
            double w = (double)a->keyed[i].weight;
            once += w;
            if (fabsf(g->at_a[a->keyed[i].sentence] - g->at_b[b->keyed[j].sentence]) < g->drift) parallel += w;
        }
        i = iend, j = jend;
    }
    if (once < 1) return 0;
    double share = (parallel / once - 0.4) / 0.3;
    if (once < 2) share *= once / 2;
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

static void normalise(const syn_side *a, const syn_side *b, grid *g)
{
    for (size_t i = 0; i < g->n; i++)
        for (size_t j = 0; j < g->m; j++) {
            float *cell = &g->like[i * g->m + j], norm = a->norm[i] * b->norm[j];
            *cell = norm > 0 ? *cell / norm : 0;
            if (*cell > 1) *cell = 1;
        }
}

static float gain(const grid *g, size_t i, size_t j, double parallel)
{
    float apart = fabsf(g->at_a[i] - g->at_b[j]);
    float near = apart < 2 * g->drift ? 1 - apart / (2 * g->drift) : 0;
    return g->like[i * g->m + j] + 0.5F * (float)parallel * near;
}

/* The best monotone path; a step may take one sentence of both, or another one of either beside it. */
static void walk_path(grid *g, double parallel, float *best)
{
    size_t n = g->n, m = g->m, w = m + 1;
    for (size_t i = 1; i <= n; i++)
        for (size_t j = 1; j <= m; j++) {
            float here = gain(g, i - 1, j - 1, parallel);
            float both = best[(i - 1) * w + j - 1] + here;
            float down = best[(i - 1) * w + j] + BESIDE * here, right = best[i * w + j - 1] + BESIDE * here;
            best[i * w + j] = fmaxf(both, fmaxf(down, right));
        }
    for (size_t i = n, j = m; i && j;) {
        float here = gain(g, i - 1, j - 1, parallel), total = best[i * w + j];
        float *place = &g->place[(i - 1) * m + j - 1];
        if (total <= best[(i - 1) * w + j - 1] + here) {
            *place = (float)parallel;
            i--, j--;
        } else if (total <= best[(i - 1) * w + j] + BESIDE * here) {
            *place = 0.7F * (float)parallel;
            i--;
        } else {
            *place = 0.7F * (float)parallel;
            j--;
        }
    }
}

/* Likeness counts where neither sentence has a better partner. */
static void add_likeness(grid *g, float *row, float *column)
{
    for (size_t i = 0; i < g->n; i++)
        for (size_t j = 0; j < g->m; j++) {
            float like = g->like[i * g->m + j];
            row[i] = fmaxf(row[i], like), column[j] = fmaxf(column[j], like);
        }
    for (size_t i = 0; i < g->n; i++)
        for (size_t j = 0; j < g->m; j++) {
            float like = g->like[i * g->m + j], rival = fmaxf(row[i], column[j]);
            if (like <= 0) continue;
            float by_like = fminf(1, 2 * like) * like / rival;
            float *place = &g->place[i * g->m + j];
            *place = *place + by_like * (1 - *place);
        }
}

syn_code syn_align_sides(syn_arena *arena, const syn_side *a, const syn_side *b, syn_alignment *out, syn_err *err)
{
    size_t n = a->nsentences, m = b->nsentences;
    grid g = {.n = n, .m = m, .like = SYN_NEW_ARRAY(arena, float, n *m), .place = SYN_NEW_ARRAY(arena, float, n *m)};
    float *best = SYN_NEW_ARRAY(arena, float, (n + 1) * (m + 1));
    float *row = SYN_NEW_ARRAY(arena, float, n + m);
    float *ends = SYN_NEW_ARRAY(arena, float, n + m);
    g.at_a = SYN_NEW_ARRAY(arena, float, n), g.at_b = SYN_NEW_ARRAY(arena, float, m);
    if (arena->failed) return syn_fail(err, SYN_ENOMEM, 0, "alignment of %zu and %zu sentences", n, m);
    size_t na = paragraph_ends(a, ends), nb = paragraph_ends(b, ends + n);
    double shape = same_shape(ends, na, ends + n, nb);
    places_of(a, ends, shape > 0 ? na : 0, g.at_a);
    places_of(b, ends + n, shape > 0 ? nb : 0, g.at_b);
    g.drift = shape > 0 ? fminf(DRIFT, 1 / (float)na) : DRIFT;
    double parallel = walk_shared(a, b, &g, shape);
    normalise(a, b, &g);
    if (parallel > 0) walk_path(&g, parallel, best);
    add_likeness(&g, row, row + n);
    *out = (syn_alignment){.n = n, .m = m, .place = g.place, .parallel = parallel};
    return SYN_OK;
}
