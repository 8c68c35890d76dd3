/* cluster.c - stage 5: average linking.

   Clusters are joined best pair first; the score of two clusters is the mean over all pairs of their members, absent
   pairs counting 0 (Sokal and Michener 1958); two that are each much more alike than both together stay apart.  A mean
   over few pairs errs more than one over many, as the root of their number, so more is asked of it.  A table of all
   sums, and of each cluster its best partner among the later ones: O(n * n) for n clusters where few of them have one
   partner in common, in memory too. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

/* Of what the looser of two clusters is in itself, both together are at least so much; chosen on four labelled sets and
   on halves of them.  The second: by pairs of one language alone. */
#define OF_ONE_PIECE 0.3
#define IN_ONE_LANGUAGE 0.6

typedef struct partner { /* of a cluster, among those after it */
    double score;
    uint32_t of; /* NONE: none reaches the bar */
} partner;

typedef struct kindred { /* of two clusters, or of one with itself: the pairs of one language */
    float sum;
    uint32_t pairs;
} kindred;

typedef struct linking {
    double *sums;     /* [n][n], of the pair scores between two clusters; of one with itself: within it */
    kindred *kindred; /* [n][n] */
    uint32_t *size;   /* articles */
    uint32_t *left;   /* clusters that are left, ascending */
    partner *best;
    size_t n, nleft;
    const syn_bar *bar;
} linking;

static double cohesion(const linking *l, uint32_t a)
{
    return 2 * l->sums[a * l->n + a] / ((double)l->size[a] * (l->size[a] - 1));
}

static double mean_of(const kindred *k)
{
    return k->pairs ? (double)k->sum / k->pairs : 0;
}

/* Two clusters that are each much more of one piece than both together are two stories of one matter.  Pairs of one
   language are alike in kind, so that less of a difference tells. */
static bool of_two_pieces(const linking *l, uint32_t a, uint32_t b, double score)
{
    if (l->size[a] < 2 || l->size[b] < 2) return false;
    double ca = cohesion(l, a), cb = cohesion(l, b);
    if (score < OF_ONE_PIECE * (ca < cb ? ca : cb)) return true;
    const kindred *both = &l->kindred[a * l->n + b];
    ca = mean_of(&l->kindred[a * l->n + a]);
    cb = mean_of(&l->kindred[b * l->n + b]);
    return both->pairs && mean_of(both) < IN_ONE_LANGUAGE * (ca < cb ? ca : cb);
}

static double score_of(const linking *l, uint32_t a, uint32_t b)
{
    double pairs = (double)l->size[a] * l->size[b], score = l->sums[a * l->n + b] / pairs;
    return score < l->bar->clusters + l->bar->alone / sqrt(pairs) || of_two_pieces(l, a, b, score) ? 0 : score;
}

/* Ties go to the smaller number, so that the result does not depend on history. */
static void find_partner(linking *l, size_t at)
{
    uint32_t a = l->left[at];
    partner best = {l->bar->clusters, NONE};
    for (size_t k = at + 1; k < l->nleft; k++) {
        double score = score_of(l, a, l->left[k]);
        if (score > best.score || (score == best.score && best.of == NONE)) best = (partner){score, l->left[k]};
    }
    l->best[a] = best;
}

static void add(kindred *to, const kindred *k)
{
    to->sum += k->sum;
    to->pairs += k->pairs;
}

/* b, the later one, becomes part of a. */
static void merge(linking *l, uint32_t a, uint32_t b)
{
    size_t kept = 0, n = l->n;
    for (size_t k = 0; k < l->nleft; k++) {
        uint32_t x = l->left[k];
        if (x == b) continue;
        l->left[kept++] = x;
        if (x == a) continue;
        l->sums[a * n + x] += l->sums[b * n + x];
        l->sums[x * n + a] = l->sums[a * n + x];
        add(&l->kindred[a * n + x], &l->kindred[b * n + x]);
        l->kindred[x * n + a] = l->kindred[a * n + x];
    }
    l->nleft = kept;
    l->sums[a * n + a] += l->sums[b * n + b] + l->sums[a * n + b];
    add(&l->kindred[a * n + a], &l->kindred[b * n + b]);
    add(&l->kindred[a * n + a], &l->kindred[a * n + b]);
    l->size[a] += l->size[b];
    for (size_t k = 0; k < kept; k++) {
        uint32_t x = l->left[k];
        partner *best = &l->best[x];
        if (x == a || best->of == a || best->of == b) {
            find_partner(l, k);
        } else if (x < a) { /* less is asked of a than of its parts, so that it may be near where they were not */
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

/* Sums of pairs, by clusters. */
static void add_up(linking *l, const uint32_t *cluster, const uint32_t *langs, size_t n, const edge *edges,
                   size_t nedges)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            uint32_t a = cluster[i], b = cluster[j];
            if (langs[i] != langs[j]) continue;
            l->kindred[a * l->n + b].pairs++;
            if (a != b) l->kindred[b * l->n + a].pairs++;
        }
    for (size_t e = 0; e < nedges; e++) {
        uint32_t a = cluster[edges[e].a], b = cluster[edges[e].b];
        float same = langs[edges[e].a] == langs[edges[e].b] ? edges[e].score : 0;
        l->sums[a * l->n + b] += edges[e].score;
        l->kindred[a * l->n + b].sum += same;
        if (a == b) continue;
        l->sums[b * l->n + a] += edges[e].score;
        l->kindred[b * l->n + a].sum += same;
    }
}

syn_code syn_cluster_link(syn_arena *mem, uint32_t *of, const uint32_t *langs, size_t n, const edge *edges,
                          size_t nedges, const syn_bar *bar, syn_err *err)
{
    linking l = {.bar = bar};
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
        into[i] = (uint32_t)l.n;
        first[l.n] = (uint32_t)i;
        l.size[l.n] = l.size[i];
        l.left[l.n] = (uint32_t)l.n;
        l.n++;
    }
    for (size_t i = 0; i < n; i++) number[i] = into[of[i]];
    if (l.n && l.n > SIZE_MAX / sizeof *l.sums / l.n) return syn_fail(err, SYN_ELIMIT, 0, "%zu articles at once", n);
    l.sums = calloc(l.n * l.n + 1, sizeof *l.sums);
    l.kindred = calloc(l.n * l.n + 1, sizeof *l.kindred);
    if (!l.sums || !l.kindred) {
        free(l.sums);
        free(l.kindred);
        return syn_fail(err, SYN_ENOMEM, 0, "no memory to link %zu articles", n);
    }
    add_up(&l, number, langs, n, edges, nedges);
    l.nleft = l.n;
    for (size_t k = 0; k < l.n; k++) into[k] = (uint32_t)k;
    for (size_t k = 0; k < l.n; k++) find_partner(&l, k);
    while (join_next(&l, into)) {
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t c = number[i];
        while (into[c] != c) c = into[c];
        of[i] = first[c];
    }
    free(l.sums);
    free(l.kindred);
    return SYN_OK;
}
