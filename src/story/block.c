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

typedef struct edges {
    syn_grouper *g;
    const uint32_t *block;
    edge *all;
    size_t n, cap;
} edges;

static bool score_edge(void *context, uint32_t k, uint32_t m, const in_common *common)
{
    edges *e = context;
    float any = 0;
    for (int signal = 0; signal < SYN_SIGNALS; signal++) any += common->of[signal];
    if (any <= 0) return true;
    double score = syn_score_evidence(e->g, e->g->items[e->block[k]], e->g->items[e->block[m]], common);
    if (score == 0) return true;
    if (!syn_story_grow(&e->all, &e->cap, e->n + 1, sizeof *e->all)) return false;
    e->all[e->n++] = (edge){m, k, (float)score};
    return true;
}

static bool pair_up(settling *s, edges *e)
{
    const syn_grouper *g = s->g;
    bool ok = syn_pairs_each(s->g, s->block, (uint32_t)s->nblock, score_edge, e);
    for (size_t v = 0; ok && v < g->nverdicts; v++) {
        uint32_t a, b;
        if (g->verdicts[v].together || !syn_verdict_places(g, v, s->place, &a, &b)) continue;
        ok = syn_story_grow(&e->all, &e->cap, e->n + 1, sizeof *e->all);
        if (ok) e->all[e->n++] = (edge){a < b ? a : b, a < b ? b : a, APART * (float)s->nblock};
    }
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
    edges e = {.g = s->g, .block = s->block};
    uint32_t *of = SYN_NEW_ARRAY(&s->mem, uint32_t, s->nblock), *langs = SYN_NEW_ARRAY(&s->mem, uint32_t, s->nblock);
    for (uint32_t k = 0; langs && k < s->nblock; k++) langs[k] = s->g->items[s->block[k]]->lang;
    for (uint32_t k = 0; s->place && k < s->nblock; k++) s->place[s->block[k]] = k;
    const syn_bar bar = syn_score_bar(s->g);
    syn_code rc = of && langs && pair_up(s, &e) ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    if (!rc) start(s, of);
    for (uint32_t k = 0; s->place && k < s->nblock; k++) s->place[s->block[k]] = NONE;
    if (!rc) rc = syn_cluster_link(&s->mem, of, langs, s->nblock, e.all, e.n, &bar, err);
    if (!rc && !move_all(s, of)) rc = syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    free(e.all);
    return rc;
}
