/* block.c - stage 5: one neighbourhood linked anew: all pairs held against each other, average linking, and who keeps
   which name. */
#include "settling.h"

#include <stdlib.h>

#define APART (-1000.0f)

uint32_t syn_block_weight(const story_t *t)
{
    return t->n > TAKEN_APART ? STANDS_FOR : (uint32_t)t->n;
}

/* Whether a story stands in the block for more members than are in it: then it is never taken apart. */
static bool stands_whole(const story_t *t)
{
    return syn_block_weight(t) != t->n;
}

void syn_block_add(settling *s, uint32_t story)
{
    const syn_grouper *g = s->g;
    const story_t *t = &g->stories[story];
    size_t want = syn_block_weight(t);
    for (size_t k = 0; k < want && s->nblock < MOST_IN_BLOCK; k++) {
        uint32_t i = t->members[want == t->n ? k : k * (t->n - 1) / (want - 1)];
        if (g->items[i]->reprint_of == NONE) s->block[s->nblock++] = i;
    }
}

/* Where the linking starts: apart, but for stories that are not to be taken apart and what users put together. */
static void start(const settling *s, uint32_t *of)
{
    const syn_grouper *g = s->g;
    for (uint32_t k = 0; k < s->nblock; k++) {
        const item *it = g->items[s->block[k]];
        of[k] = k;
        bool whole = stands_whole(&g->stories[it->story]) || g->only;
        for (uint32_t m = 0; whole && !it->loose && m < k && of[k] == k; m++) {
            const item *other = g->items[s->block[m]];
            if (other->story == it->story && !other->loose) of[k] = of[m];
        }
    }
    for (size_t v = 0; v < g->nverdicts; v++) {
        uint32_t a, b;
        if (!g->verdicts[v].together || !syn_verdict_places(g, v, s->place, &a, &b)) continue;
        a = of[a], b = of[b];
        if (a == b) continue;
        uint32_t low = a < b ? a : b, high = a < b ? b : a;
        for (uint32_t k = 0; k < s->nblock; k++)
            if (of[k] == high) of[k] = low;
    }
}

/* All pairs by lists of who holds which key: only what two have in common is ever looked at. */
typedef struct holder {
    uint32_t place : 30, learned : 1, salient : 1; /* in the block */
    uint32_t next;                                 /* 1 + the holder before */
    float value;
} holder;

static void meet(const holder *x, const item *it, uint32_t p, unsigned signal, shared *with)
{
    float value = it->values[p];
    with->of[x->learned ? SYN_SIGNAL_LEARNED : signal] += value * x->value;
    if (x->learned || signal > SYN_SIGNAL_PLACE) return;
    if (p < it->salient[signal]) with->salient[0] += value;
    if (x->salient) with->salient[1] += x->value;
}

static void gather(const syn_grouper *g, const item *it, const holder *holders, shared *common)
{
    for (unsigned signal = 0; signal < SYN_SIGNALS; signal++) {
        for (uint32_t p = it->start[signal]; p < it->start[signal + 1]; p++) {
            if (it->values[p] <= 0) continue;
            for (uint32_t h = g->heads[it->keys[p]]; h; h = holders[h - 1].next)
                meet(&holders[h - 1], it, p, signal, &common[holders[h - 1].place]);
        }
    }
}

/* The item at place k of the block among those that the next ones meet. */
static uint32_t hold(const syn_grouper *g, const item *it, uint32_t k, holder *holders, uint32_t n)
{
    for (unsigned signal = 0; signal < SYN_SIGNALS; signal++) {
        for (uint32_t p = it->start[signal]; p < it->start[signal + 1]; p++) {
            if (it->values[p] <= 0) continue;
            uint32_t *head = &g->heads[it->keys[p]];
            holders[n++] = (holder){k & 0x3FFFFFFF, syn_item_learned(it, p), p < it->salient[signal], *head,
                                    it->values[p]};
            *head = n;
        }
    }
    return n;
}

static bool pair_up(settling *s, edge **edges, size_t *nedges)
{
    syn_grouper *g = s->g;
    size_t cap = 0, parts = 0, same = g->heads_cap;
    for (uint32_t k = 0; k < s->nblock; k++) parts += g->items[s->block[k]]->nparts;
    holder *holders = malloc((parts + 1) * sizeof *holders);
    shared *common = calloc(s->nblock, sizeof *common);
    bool ok = holders && common && syn_story_grow(&g->heads, &g->heads_cap, g->index.nkeys, sizeof *g->heads);
    if (ok && g->heads_cap > same) memset(g->heads + same, 0, (g->heads_cap - same) * sizeof *g->heads);
    uint32_t n = 0;
    for (uint32_t k = 0; ok && k < s->nblock; k++) {
        const item *it = g->items[s->block[k]];
        memset(common, 0, k * sizeof *common);
        gather(g, it, holders, common);
        for (uint32_t m = 0; ok && m < k; m++) {
            float any = 0;
            for (int signal = 0; signal < SYN_SIGNALS; signal++) any += common[m].of[signal];
            if (any <= 0) continue;
            double score = syn_score_evidence(g, it, g->items[s->block[m]], &common[m]);
            if (score == 0) continue;
            ok = syn_story_grow(edges, &cap, *nedges + 1, sizeof **edges);
            if (ok) (*edges)[(*nedges)++] = (edge){m, k, (float)score};
        }
        if (ok) n = hold(g, it, k, holders, n);
    }
    for (uint32_t k = 0; g->heads_cap >= g->index.nkeys && k < s->nblock; k++) {
        const item *it = g->items[s->block[k]];
        for (uint32_t p = 0; p < it->nparts; p++) g->heads[it->keys[p]] = 0;
    }
    for (size_t v = 0; ok && v < g->nverdicts; v++) {
        uint32_t a, b;
        if (g->verdicts[v].together || !syn_verdict_places(g, v, s->place, &a, &b)) continue;
        ok = syn_story_grow(edges, &cap, *nedges + 1, sizeof **edges);
        if (ok) (*edges)[(*nedges)++] = (edge){a < b ? a : b, a < b ? b : a, APART * (float)s->nblock};
    }
    free(holders);
    free(common);
    return ok;
}

/* The place in the block of the cluster that a story's name goes with: its founder's, else that of most members. */
static uint32_t heir(const settling *s, const uint32_t *of, uint32_t story, uint32_t *votes)
{
    const syn_grouper *g = s->g;
    uint32_t best = NONE;
    memset(votes, 0, s->nblock * sizeof *votes);
    for (uint32_t k = 0; k < s->nblock; k++) {
        const item *it = g->items[s->block[k]];
        if (it->story != story) continue;
        if (syn_str_eq(it->id, g->stories[story].founder)) return of[k];
        votes[of[k]]++;
    }
    for (uint32_t k = 0; k < s->nblock; k++)
        if (votes[k] && (best == NONE || votes[k] > votes[best])) best = k;
    return best;
}

/* An item with its reprints, or the whole of its story. */
static bool move_one(settling *s, uint32_t i, bool whole, uint32_t to)
{
    syn_grouper *g = s->g;
    uint32_t from = g->items[i]->story;
    if (from == to) return true;
    s->moved = true;
    for (size_t m = g->stories[from].n; m-- > 0;) {
        uint32_t j = g->stories[from].members[m];
        if (!whole && j != i && g->items[j]->reprint_of != i) continue;
        if (!syn_story_move(g, j, to)) return false;
        if (!g->stories[from].order) break; /* that was the last */
    }
    return true;
}

static bool move_all(settling *s, const uint32_t *of)
{
    syn_grouper *g = s->g;
    size_t n = s->nblock;
    uint32_t *into = SYN_NEW_ARRAY(&s->mem, uint32_t, n), *votes = SYN_NEW_ARRAY(&s->mem, uint32_t, n);
    uint32_t *left = SYN_NEW_ARRAY(&s->mem, uint32_t, n); /* the story that each came from */
    bool *whole = SYN_NEW_ARRAY(&s->mem, bool, n); /* as it came: stories grow while others are moved into them */
    if (!into || !votes || !left || !whole) return false;
    for (uint32_t k = 0; k < n; k++) {
        into[k] = NONE;
        left[k] = g->items[s->block[k]]->story;
        whole[k] = stands_whole(&g->stories[left[k]]);
    }
    for (uint32_t k = 0; k < n; k++) {
        uint32_t m = 0;
        while (left[m] != left[k]) m++;
        if (m < k) continue; /* its story was seen to */
        uint32_t c = heir(s, of, left[k], votes);
        if (into[c] == NONE || g->stories[left[k]].order < g->stories[into[c]].order) into[c] = left[k];
    }
    for (uint32_t k = 0; k < n; k++) {
        if (into[of[k]] != NONE) continue;
        uint32_t first = s->block[k]; /* the earliest of a cluster that inherits no name founds one */
        for (uint32_t m = 0; m < n; m++)
            if (of[m] == of[k] && g->items[s->block[m]]->order < g->items[first]->order) first = s->block[m];
        into[of[k]] = syn_story_new(g, g->items[first]->id, g->items[first]->order);
        if (into[of[k]] == NONE) return false;
    }
    for (uint32_t k = 0; k < n; k++)
        if (g->items[s->block[k]]->story == left[k] && !move_one(s, s->block[k], whole[k], into[of[k]])) return false;
    return true;
}

syn_code syn_block_link(settling *s, syn_err *err)
{
    edge *edges = NULL;
    size_t nedges = 0;
    uint32_t *of = SYN_NEW_ARRAY(&s->mem, uint32_t, s->nblock);
    for (uint32_t k = 0; s->place && k < s->nblock; k++) s->place[s->block[k]] = k;
    const syn_bar bar = syn_score_bar(s->g);
    syn_code rc = of && pair_up(s, &edges, &nedges) ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    if (!rc) start(s, of);
    for (uint32_t k = 0; s->place && k < s->nblock; k++) s->place[s->block[k]] = NONE;
    if (!rc) rc = syn_cluster_link(&s->mem, of, s->nblock, edges, nedges, &bar, err);
    if (!rc && !move_all(s, of)) rc = syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    free(edges);
    return rc;
}
