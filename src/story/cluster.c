/* cluster.c - stage 5: average linking over a sparse graph.

   Clusters are joined best pair first; the score of two clusters is the mean over all pairs of their members, absent
   pairs counting 0 (Sokal and Michener 1958; as a heap with lazy deletion).  A mean over few pairs errs more than one
   over many, as the root of their number: so more is asked of it.  O(e log e) for e edges. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

typedef struct link { /* one cluster's tie to another */
    uint32_t to;      /* cluster; 0xFFFFFFFF: free slot */
    double sum;       /* of the pair scores between them */
} link_t;

typedef struct node {
    link_t *links; /* open addressing */
    uint32_t cap, n;
    uint32_t size;    /* articles */
    uint32_t version; /* changes with every merge; 0: gone */
} node;

typedef struct heap_entry {
    double score;
    uint32_t a, b, version_a, version_b;
} heap_entry;

typedef struct linking {
    node *nodes;
    heap_entry *heap;
    size_t n, cap;
    const syn_bar *bar;
    bool failed;
} linking;

#define FREE_SLOT UINT32_MAX

static link_t *slot_of(const node *x, uint32_t to)
{
    uint32_t i = (to * 2654435761u) & (x->cap - 1);
    while (x->links[i].to != FREE_SLOT && x->links[i].to != to) i = (i + 1) & (x->cap - 1);
    return &x->links[i];
}

static void tie(linking *l, node *x, uint32_t to, double sum)
{
    if (x->n * 3 >= x->cap * 2) {
        uint32_t cap = x->cap ? x->cap * 2 : 8;
        link_t *old = x->links, *fresh = malloc(cap * sizeof *fresh);
        if (!fresh) {
            l->failed = true;
            return;
        }
        for (uint32_t i = 0; i < cap; i++) fresh[i] = (link_t){FREE_SLOT, 0};
        node grown = {.links = fresh, .cap = cap};
        for (uint32_t i = 0; i < x->cap; i++)
            if (old[i].to != FREE_SLOT) *slot_of(&grown, old[i].to) = old[i];
        free(old);
        x->links = fresh;
        x->cap = cap;
    }
    link_t *s = slot_of(x, to);
    if (s->to == FREE_SLOT) {
        *s = (link_t){to, 0};
        x->n++;
    }
    s->sum += sum;
}

/* Best first; ties by the smaller articles, so that the result does not depend on the heap's history. */
static bool before(const heap_entry *x, const heap_entry *y)
{
    if (x->score != y->score) return x->score > y->score;
    if (x->a != y->a) return x->a < y->a;
    return x->b < y->b;
}

static void push(linking *l, uint32_t a, uint32_t b, double sum)
{
    if (a > b) {
        uint32_t swap = a;
        a = b;
        b = swap;
    }
    double score = sum / ((double)l->nodes[a].size * l->nodes[b].size);
    if (score < l->bar->clusters + l->bar->alone / sqrt((double)l->nodes[a].size * l->nodes[b].size)) return;
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 1024;
        heap_entry *h = realloc(l->heap, cap * sizeof *h);
        if (!h) {
            l->failed = true;
            return;
        }
        l->heap = h;
        l->cap = cap;
    }
    heap_entry e = {score, a, b, l->nodes[a].version, l->nodes[b].version};
    size_t i = l->n++;
    for (; i && before(&e, &l->heap[(i - 1) / 2]); i = (i - 1) / 2) l->heap[i] = l->heap[(i - 1) / 2];
    l->heap[i] = e;
}

static heap_entry pop(linking *l)
{
    heap_entry top = l->heap[0], e = l->heap[--l->n];
    size_t i = 0;
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= l->n) break;
        if (child + 1 < l->n && before(&l->heap[child + 1], &l->heap[child])) child++;
        if (!before(&l->heap[child], &e)) break;
        l->heap[i] = l->heap[child];
        i = child;
    }
    if (l->n) l->heap[i] = e;
    return top;
}

/* b becomes part of a. */
static void merge(linking *l, uint32_t a, uint32_t b)
{
    node *x = &l->nodes[a], *y = &l->nodes[b];
    x->size += y->size;
    x->version++;
    y->version = 0;
    for (uint32_t i = 0; i < y->cap; i++) {
        link_t t = y->links[i];
        if (t.to == FREE_SLOT || t.to == a || !l->nodes[t.to].version) continue;
        tie(l, x, t.to, t.sum);
        tie(l, &l->nodes[t.to], a, t.sum);
    }
    free(y->links);
    y->links = NULL;
    y->cap = 0;
    for (uint32_t i = 0; i < x->cap; i++)
        if (x->links[i].to != FREE_SLOT && l->nodes[x->links[i].to].version)
            push(l, a, x->links[i].to, x->links[i].sum);
}

syn_code syn_cluster_link(syn_arena *mem, uint32_t *of, size_t n, const edge *edges, size_t nedges, const syn_bar *bar,
                          syn_err *err)
{
    linking l = {.bar = bar};
    uint32_t *into = SYN_NEW_ARRAY(mem, uint32_t, n ? n : 1); /* cluster -> the one it became part of */
    l.nodes = calloc(n ? n : 1, sizeof *l.nodes);
    if (!into || !l.nodes) {
        free(l.nodes);
        return syn_fail(err, SYN_ENOMEM, 0, "no memory to link %zu articles", n);
    }
    for (size_t i = 0; i < n; i++) {
        into[i] = (uint32_t)i;
        l.nodes[of[i]].size++;
        l.nodes[of[i]].version = 1;
    }
    for (size_t e = 0; e < nedges; e++) {
        uint32_t a = of[edges[e].a], b = of[edges[e].b];
        if (a == b) continue;
        tie(&l, &l.nodes[a], b, edges[e].score);
        tie(&l, &l.nodes[b], a, edges[e].score);
    }
    for (uint32_t a = 0; a < n; a++)
        for (uint32_t i = 0; i < l.nodes[a].cap; i++)
            if (l.nodes[a].links[i].to != FREE_SLOT && a < l.nodes[a].links[i].to)
                push(&l, a, l.nodes[a].links[i].to, l.nodes[a].links[i].sum);
    while (l.n && !l.failed) {
        heap_entry e = pop(&l);
        if (l.nodes[e.a].version != e.version_a || l.nodes[e.b].version != e.version_b) continue;
        merge(&l, e.a, e.b); /* a is the smaller number: the earlier founder stays */
        into[e.b] = e.a;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t c = of[i];
        while (into[c] != c) c = into[c];
        of[i] = c;
    }
    for (size_t i = 0; i < n; i++) free(l.nodes[i].links);
    free(l.nodes);
    free(l.heap);
    return l.failed ? syn_fail(err, SYN_ENOMEM, 0, "no memory to link %zu articles", n) : SYN_OK;
}
