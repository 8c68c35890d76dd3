/* taught.c - stage 5: what the stories of the window can teach by: their members that belong there by evidence that was
   not learned, and what these mean in keys that other languages share - concepts, and words of the languages that are
   read most. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

enum {
    HELD_AGAINST = 5, /* members that one is held against */
    ASKED = 24,       /* members that say what a story means */
    CONCEPTS = 96,    /* kept of a story */
    WORDS = 64        /* kept of it, of each language that is read most */
};
#define SURE 1.0           /* log odds above what a story asks for */
#define LEAST_CONCEPT 0.2f /* of the members mean it */
#define LEAST_WORD 0.4f

static bool find_sure(school *s, syn_grouper *g)
{
    double least = syn_score_bar(g).clusters + SURE;
    s->sure = SYN_NEW_ARRAY(&s->mem, bool, g->nitems + 1);
    if (!s->sure) return false;
    for (uint32_t i = 0; i < g->nitems; i++) {
        const item *it = g->items[i];
        probe p;
        if (!it || it->reprint_of != NONE || g->stories[it->story].n < 2 || g->stories[it->story].woken) continue;
        syn_score_probe(&p, it);
        s->sure[i] = syn_score_unlearned(g, &p, i, it->story, HELD_AGAINST) >= least;
    }
    return true;
}

static void find_pivots(school *s, const syn_grouper *g)
{
    for (size_t k = 0; k < SYN_COUNT(s->pivots); k++) {
        s->pivots[k] = NONE;
        for (uint32_t l = 0; l < MAX_LANGS; l++) {
            bool taken = g->index.articles_of[l] <= 0;
            for (size_t m = 0; m < k; m++) taken |= s->pivots[m] == l;
            if (taken || (s->pivots[k] != NONE && g->index.articles_of[l] <= g->index.articles_of[s->pivots[k]]))
                continue;
            s->pivots[k] = l;
        }
    }
}

static size_t pivot_of(const school *s, uint32_t lang)
{
    size_t k = 0;
    while (k < SYN_COUNT(s->pivots) && s->pivots[k] != lang) k++;
    return k;
}

typedef struct said { /* by one member */
    uint32_t key;
    float weight, value;
    const item *of;
    uint32_t part;
    uint32_t rank; /* of its language among those read most */
} said;

static int by_key(const void *a, const void *b)
{
    const said *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
    return (x->of->order > y->of->order) - (x->of->order < y->of->order);
}

typedef struct weighed {
    sense m;
    float worth;
} weighed;

static int by_worth(const void *a, const void *b)
{
    const weighed *x = a, *y = b;
    if (x->worth != y->worth) return x->worth > y->worth ? -1 : 1;
    return (x->m.key > y->m.key) - (x->m.key < y->m.key);
}

/* Presence, by where it stands and how often: once in the tail is half of it. */
float syn_school_presence(const part *p)
{
    float root = (float)p->weight / PART_ONE, weight = root * root / 2;
    return weight > 1 ? 1 : weight;
}

static size_t collect(const school *s, const syn_grouper *g, const uint32_t *members, size_t n, said *out)
{
    size_t k = 0;
    for (size_t m = 0; m < n; m++) {
        const item *it = g->items[members[m]];
        size_t rank = pivot_of(s, it->lang);
        bool words = rank < SYN_COUNT(s->pivots);
        /* concepts and words stand side by side */
        for (uint32_t p = it->start[SYN_SIGNAL_CONCEPT]; p < it->start[SYN_SIGNAL_CONCEPT + (words ? 2 : 1)]; p++) {
            if (it->values[p] <= 0) continue;
            out[k++] = (said){it->keys[p], syn_school_presence(&it->parts[p]), it->values[p], it, p, (uint32_t)rank};
        }
    }
    return k;
}

/* Keys of a story with the share of its members that say each. */
static size_t add_up(const syn_grouper *g, const said *all, size_t n, const uint32_t *of_lang, size_t members,
                     weighed *out)
{
    size_t k = 0;
    for (size_t from = 0, to; from < n; from = to) {
        bool word = g->index.keys[all[from].key].signal == SYN_SIGNAL_WORD;
        float sum = 0, value = 0;
        uint32_t lang = all[from].of->lang;
        const said *by = &all[from];
        for (to = from; to < n && all[to].key == all[from].key; to++) {
            sum += all[to].weight;
            value += all[to].value;
            if (all[to].of->lang != lang) lang = NONE;
            if (!*syn_item_words(by->of, by->part)) by = &all[to];
        }
        float share = sum / (float)(word ? of_lang[all[from].rank] : members);
        if (share < (word ? LEAST_WORD : LEAST_CONCEPT)) continue;
        out[k++] = (weighed){{all[from].key, share * 2 > 1 ? 1 : share * 2, lang, word, by->of, by->part},
                             share * value / (float)(to - from)};
    }
    return k;
}

static bool add_story(school *s, const syn_grouper *g, uint32_t story, said *all, weighed *sums)
{
    const story_t *t = &g->stories[story];
    uint32_t members[ASKED], of_lang[SYN_COUNT(s->pivots) + 1] = {0}, langs = 0, first = NONE;
    size_t n = 0, nsure = 0, kept[SYN_COUNT(s->pivots) + 1] = {0};
    for (size_t m = 0; m < t->n; m++) nsure += s->sure[t->members[m]];
    for (size_t m = 0, at = 0; m < t->n && n < ASKED; m++) {
        const item *it = g->items[t->members[m]];
        if (!s->sure[t->members[m]]) continue;
        if (nsure > ASKED && at++ * ASKED / nsure < n) continue; /* evenly from the first to the latest */
        members[n++] = t->members[m];
        of_lang[pivot_of(s, it->lang)]++;
        if (first == NONE) first = it->lang;
        langs += it->lang != first;
    }
    if (!langs) return true;
    size_t said_n = collect(s, g, members, n, all);
    qsort(all, said_n, sizeof *all, by_key);
    size_t k = add_up(g, all, said_n, of_lang, n, sums);
    qsort(sums, k, sizeof *sums, by_worth);
    if (!syn_grow(&s->mem, &s->stories, &s->stories_cap, s->nstories + 1, sizeof *s->stories)) return false;
    taught *out = &s->stories[s->nstories++];
    *out = (taught){story, (uint32_t)s->nmeanings, 0};
    for (size_t w = 0; w < k; w++) {
        size_t group = sums[w].m.word ? pivot_of(s, sums[w].m.lang) : SYN_COUNT(s->pivots);
        if (kept[group]++ >= (sums[w].m.word ? WORDS : CONCEPTS)) continue;
        if (!syn_grow(&s->mem, &s->meanings, &s->meanings_cap, s->nmeanings + 1, sizeof *s->meanings)) return false;
        s->meanings[s->nmeanings++] = sums[w].m;
        out->n++;
    }
    return true;
}

bool syn_school_open(school *s, syn_grouper *g)
{
    enum { MOST = ASKED * MAX_PARTS };
    bool ok = find_sure(s, g);
    said *all = malloc(MOST * sizeof *all);
    weighed *sums = malloc(MOST * sizeof *sums);
    ok = ok && all && sums;
    find_pivots(s, g);
    for (uint32_t t = 0; ok && t < g->nstories; t++)
        if (g->stories[t].order && g->stories[t].n > 1) ok = add_story(s, g, t, all, sums);
    free(all);
    free(sums);
    return ok;
}

void syn_school_close(school *s)
{
    syn_arena_free(&s->mem);
}
