/* anew.c - stage 5: everything settled as if it had come at once.  While a stream is young, and when nothing was
   settled before, all stories are taken apart and linked anew in an order of the articles' ids, of which the order of
   arrival knows nothing: so the same articles come to the same stories however they came in.  Arrival only says who is
   named. */
#include "settling.h"

#include <stdlib.h>

typedef struct once { /* a story as it was */
    uint64_t order;
    syn_str founder;
    uint32_t *members;
    size_t n;
} once;

typedef struct anew {
    uint32_t *order; /* items by their ids' hashes */
    size_t n;
    uint64_t *arrived;    /* by item: when */
    uint32_t *reprint_of; /* by item, as it was */
    once *stories;        /* oldest first */
    size_t nstories;
} anew;

bool syn_anew_may(const syn_grouper *g)
{
    return !g->partly && !g->slept && !g->only && (!g->settled || g->living <= YOUNG);
}

const uint32_t *syn_anew_order(const settling *s, size_t *n)
{
    *n = s->anew->n;
    return s->anew->order;
}

typedef struct ranked {
    uint64_t hash, arrived;
    uint32_t item;
} ranked;

static int by_hash(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return (x->arrived > y->arrived) - (x->arrived < y->arrived);
}

static int by_age(const void *a, const void *b)
{
    const once *x = a, *y = b;
    return (x->order > y->order) - (x->order < y->order);
}

static bool remember(settling *s, anew *a)
{
    const syn_grouper *g = s->g;
    ranked *by = SYN_NEW_ARRAY(&s->mem, ranked, g->living + 1);
    a->order = SYN_NEW_ARRAY(&s->mem, uint32_t, g->living + 1);
    a->arrived = SYN_NEW_ARRAY(&s->mem, uint64_t, g->nitems + 1);
    a->reprint_of = SYN_NEW_ARRAY(&s->mem, uint32_t, g->nitems + 1);
    a->stories = SYN_NEW_ARRAY(&s->mem, once, g->nstories + 1);
    if (!by || !a->order || !a->arrived || !a->reprint_of || !a->stories) return false;
    for (uint32_t i = 0; i < g->nitems; i++) {
        const item *it = g->items[i];
        if (!it) continue;
        by[a->n++] = (ranked){syn_hash(it->id, 71), it->order, i};
        a->arrived[i] = it->order;
        a->reprint_of[i] = it->reprint_of;
    }
    if (a->n) qsort(by, a->n, sizeof *by, by_hash);
    for (size_t k = 0; k < a->n; k++) a->order[k] = by[k].item;
    for (size_t t = 0; t < g->nstories; t++) {
        const story_t *from = &g->stories[t];
        if (!from->order) continue;
        once *o = &a->stories[a->nstories++];
        *o = (once){from->order, syn_dup(&s->mem, from->founder), SYN_NEW_ARRAY(&s->mem, uint32_t, from->n + 1),
                    from->n};
        if (!o->members) return false;
        if (from->n) memcpy(o->members, from->members, from->n * sizeof *o->members);
    }
    if (a->nstories) qsort(a->stories, a->nstories, sizeof *a->stories, by_age);
    return !s->mem.failed;
}

/* Of copies, the first in the new order stands for all. */
static void choose_originals(settling *s, const anew *a)
{
    syn_grouper *g = s->g;
    for (size_t k = 0; k < a->n; k++) {
        uint32_t i = a->order[k], of = g->items[i]->reprint_of;
        if (of == NONE || g->items[of]->order < k + 1) continue;
        /* of comes later: i takes its place */
        g->items[of]->reprint_of = i;
        g->items[i]->reprint_of = NONE;
    }
    for (size_t k = 0; k < a->n; k++) {
        item *it = g->items[a->order[k]];
        while (it->reprint_of != NONE && g->items[it->reprint_of]->reprint_of != NONE)
            it->reprint_of = g->items[it->reprint_of]->reprint_of;
    }
}

bool syn_anew_begin(settling *s)
{
    syn_grouper *g = s->g;
    anew *a = SYN_NEW(&s->mem, anew);
    bool changed;
    if (!a || !remember(s, a) || !syn_story_grow(&g->fresh, &g->fresh_cap, a->n, sizeof *g->fresh)) return false;
    s->anew = a;
    syn_story_forget_all(g);
    for (size_t k = 0; k < a->n; k++) g->items[a->order[k]]->order = k + 1;
    for (size_t k = 0; k < a->n; k++) {
        uint32_t i = a->order[k], story = syn_story_new(g, g->items[i]->id, k + 1);
        if (story == NONE || !syn_story_move(g, i, story) || !syn_item_means(g, i, NULL, 0, &changed)) return false;
        g->items[i]->fresh = true;
        g->fresh[k] = i;
    }
    g->nfresh = a->n;
    for (size_t k = 0; k < g->index.nkeys; k++) g->index.keys[k].meant = false;
    g->lessons.round++;
    g->lessons.fresh = true;
    g->stories_known = 0;
    choose_originals(s, a);
    return true;
}

/* Where an old story goes. */
static uint32_t heir(const syn_grouper *g, const once *o, uint32_t *votes)
{
    uint32_t founder = syn_item_number(g, o->founder), best = NONE;
    if (founder != NONE) return g->items[founder]->story;
    for (size_t m = 0; m < o->n; m++) {
        uint32_t t = g->items[o->members[m]]->story;
        votes[t]++;
        if (best == NONE || votes[t] > votes[best]) best = t;
    }
    for (size_t m = 0; m < o->n; m++) votes[g->items[o->members[m]]->story] = 0;
    return best;
}

static void by_arrival(const syn_grouper *g, story_t *t, ranked *scratch)
{
    for (size_t m = 0; m < t->n; m++) scratch[m] = (ranked){0, g->items[t->members[m]]->order, t->members[m]};
    qsort(scratch, t->n, sizeof *scratch, by_hash);
    for (size_t m = 0; m < t->n; m++) t->members[m] = scratch[m].item;
}

bool syn_anew_end(settling *s)
{
    syn_grouper *g = s->g;
    const anew *a = s->anew;
    const once **named = SYN_NEW_ARRAY(&s->mem, const once *, g->nstories + 1);
    uint32_t *votes = SYN_NEW_ARRAY(&s->mem, uint32_t, g->nstories + 1);
    ranked *scratch = SYN_NEW_ARRAY(&s->mem, ranked, g->living + 1);
    if (!named || !votes || !scratch) return false;
    for (size_t k = 0; k < a->n; k++) {
        item *it = g->items[a->order[k]];
        it->order = a->arrived[a->order[k]];
        it->reprint_of = a->reprint_of[a->order[k]];
    }
    for (size_t o = 0; o < a->nstories; o++) {
        uint32_t t = heir(g, &a->stories[o], votes);
        if (t != NONE && !named[t]) named[t] = &a->stories[o];
    }
    syn_table_free(&g->founders);
    for (uint32_t t = 0; t < g->nstories; t++) {
        story_t *x = &g->stories[t];
        if (!x->order) continue;
        by_arrival(g, x, scratch);
        const item *first = g->items[x->members[0]];
        x->last_order = g->items[x->members[x->n - 1]]->order;
        if (!syn_story_rename(g, t, named[t] ? named[t]->founder : first->id,
                              named[t] ? named[t]->order : first->order))
            return false;
    }
    return true;
}
