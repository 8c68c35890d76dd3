/* cluster.c - stage 5: average linking.

   Clusters are joined best pair first; the score of two clusters is the mean over all pairs of their members, absent
   pairs counting 0 (Sokal and Michener 1958).  A table of all sums, and of each cluster its best partner among the
   later ones: O(n * n) for n clusters where few of them have one partner in common, in memory too. */
#include "internal.h"

#include <stdlib.h>

typedef struct partner { /* of a cluster, among those after it */
    double score;
    uint32_t of; /* NONE: none reaches the threshold */
} partner;

typedef struct linking {
    double *sums;   /* [n][n], of the pair scores between two clusters */
    uint32_t *size; /* articles */
    uint32_t *left; /* clusters that are left, ascending */
    partner *best;
    size_t n, nleft;
    double threshold;
} linking;

static double score_of(const linking *l, uint32_t a, uint32_t b)
{
    return l->sums[a * l->n + b] / ((double)l->size[a] * l->size[b]);
}

/* Ties go to the smaller number, so that the result does not depend on history. */
static void find_partner(linking *l, size_t at)
{
    uint32_t a = l->left[at];
    partner best = {l->threshold, NONE};
    for (size_t k = at + 1; k < l->nleft; k++) {
        double score = score_of(l, a, l->left[k]);
        if (score > best.score || (score == best.score && best.of == NONE)) best = (partner){score, l->left[k]};
    }
    l->best[a] = best;
}

/* b, the later one, becomes part of a. */
static void merge(linking *l, uint32_t a, uint32_t b)
{
    size_t kept = 0, n = l->n;
    for (size_t k = 0; k < l->nleft; k++) {
        uint32_t x = l->left[k];
        if (x == b) continue;
        l->left[kept++] = x;
        l->sums[a * n + x] += l->sums[b * n + x];
        l->sums[x * n + a] = l->sums[a * n + x];
    }
    l->nleft = kept;
    l->size[a] += l->size[b];
    for (size_t k = 0; k < kept; k++) {
        uint32_t x = l->left[k];
        partner *best = &l->best[x];
        if (x == a || best->of == a || best->of == b) {
            find_partner(l, k);
        } else if (x < a) { /* on the mean a is no nearer than the nearer of its parts, but numbers are rounded */
            double score = score_of(l, x, a);
            if (score > best->score || (score == best->score && a <= best->of)) *best = (partner){score, a};
        }
    }
}

static bool join_next(linking *l, uint32_t *into)
{
    uint32_t a = NONE;
    for (size_t k = 0; k < l->nleft; k++) {
        uint32_t x = l->left[k];
        if (l->best[x].of != NONE && (a == NONE || l->best[x].score > l->best[a].score)) a = x;
    }
    if (a == NONE) return false;
    uint32_t b = l->best[a].of;
    merge(l, a, b); /* a is the smaller number: the earlier founder stays */
    into[b] = a;
    return true;
}

syn_code syn_cluster_link(syn_arena *mem, uint32_t *of, size_t n, const edge *edges, size_t nedges, double threshold,
                          syn_err *err)
{
    linking l = {.threshold = threshold};
    uint32_t *number = SYN_NEW_ARRAY(mem, uint32_t, n + 1), *first = SYN_NEW_ARRAY(mem, uint32_t, n + 1);
    uint32_t *into = SYN_NEW_ARRAY(mem, uint32_t, n + 1); /* cluster -> the one it became part of */
    l.size = SYN_NEW_ARRAY(mem, uint32_t, n + 1);
    l.left = SYN_NEW_ARRAY(mem, uint32_t, n + 1);
    l.best = SYN_NEW_ARRAY(mem, partner, n + 1);
    if (!number || !first || !into || !l.size || !l.left || !l.best)
        return syn_fail(err, SYN_ENOMEM, 0, "no memory to link %zu articles", n);
    for (size_t i = 0; i < n; i++) l.size[of[i]]++;
    for (size_t i = 0; i < n; i++) {
        if (!l.size[i]) continue;
        number[i] = (uint32_t)l.n;
        first[l.n] = (uint32_t)i;
        l.size[l.n] = l.size[i];
        into[l.n] = l.left[l.n] = (uint32_t)l.n;
        l.n++;
    }
    if (l.n && l.n > SIZE_MAX / sizeof *l.sums / l.n) return syn_fail(err, SYN_ELIMIT, 0, "%zu articles at once", n);
    l.sums = calloc(l.n * l.n + 1, sizeof *l.sums);
    if (!l.sums) return syn_fail(err, SYN_ENOMEM, 0, "no memory to link %zu articles", n);
    for (size_t e = 0; e < nedges; e++) {
        uint32_t a = number[of[edges[e].a]], b = number[of[edges[e].b]];
        if (a == b) continue;
        l.sums[a * l.n + b] += edges[e].score;
        l.sums[b * l.n + a] += edges[e].score;
    }
    l.nleft = l.n;
    for (size_t k = 0; k < l.n; k++) find_partner(&l, k);
    while (join_next(&l, into)) {
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t c = number[of[i]];
        while (into[c] != c) c = into[c];
        of[i] = first[c];
    }
    free(l.sums);
    return SYN_OK;
}
