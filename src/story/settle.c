/* settle.c - stage 5: a batch linked anew.  Stories that new articles point to form neighbourhoods; within one, all
   pairs are held against each other and linked by average linking, which no order of arrival can mislead.  A story
   keeps its name where its founder goes. */
#include "internal.h"

#include <stdlib.h>

enum {
    MOST_IN_BLOCK = 400, /* articles of a neighbourhood */
    TAKEN_APART = 64,    /* articles of a story that is linked anew */
    ROUNDS = 3,          /* articles by likeness, then strays by stories */
    FEW = 3,             /* members of a story that may be strays of a greater one */
    STANDS_FOR = 24,     /* members of a larger story that stand for it */
    STORIES = 8,         /* that a stray is held against */
    STAND_IN = 12,       /* members of each */
    MATURE = 50000,      /* articles after which rarities hardly change */
    LESSON = 40          /* articles at least between two lessons */
};
#define WEAK 0.95 /* of the threshold: no two clusters reach it of which no pair does */
#define APART (-1000.0f)
#define CERTAIN 1000.0 /* a user's word */

typedef struct tie { /* between two stories */
    uint32_t a, b;
    double score;
} tie;

typedef struct settling {
    syn_grouper *g;
    syn_arena mem;
    tie *ties;
    size_t nties, ties_cap;
    double weak; /* evidence that makes neighbours */
    struct looked *looked;
    size_t nlooked;
    bool moved;      /* something, in this round */
    uint32_t *root;  /* by story: neighbourhoods as a forest */
    uint32_t *size;  /* articles, at roots */
    uint64_t *was;   /* by item: its story's founder's order before */
    uint32_t *block; /* items of the neighbourhood at hand */
    size_t nblock;
    uint32_t *place; /* by item: its place in the block, or NONE */
} settling;

/* ---- what is known, counted anew while the stream is young ---- */

/* What stayed alone when little was known is looked at again; lacking: of that, what no dictionary knows well. */
static bool look_again(syn_grouper *g, bool lacking)
{
    for (uint32_t i = 0; i < g->nitems; i++) {
        if (g->items[i] && (!lacking || syn_index_lack(&g->index, g->items[i]->lang) > 0) &&
            g->stories[g->items[i]->story].n <= FEW && !syn_grouper_fresh(g, i))
            return false;
    }
    return true;
}

/* Values by what is rare now, and chance by these values. */
static bool recount(syn_grouper *g)
{
    for (size_t i = 0; i < g->nitems; i++)
        if (g->items[i]) syn_score_refresh(g, g->items[i]);
    syn_background_clear(&g->background);
    for (uint32_t i = 0; i < g->nitems; i++)
        if (g->items[i] && !syn_score_learn(g, i)) return false;
    return true;
}

static bool relearn(syn_grouper *g)
{
    if (g->refreshed > 0 && ((double)g->order < g->refreshed * 1.5 || g->order > MATURE)) return true;
    g->refreshed = (double)g->order;
    return recount(g) && look_again(g, false);
}

/* ---- neighbourhoods ---- */

static int by_score(const void *x, const void *y)
{
    const tie *a = x, *b = y;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    if (a->a != b->a) return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

static uint32_t root_of(settling *s, uint32_t story)
{
    while (s->root[story] != story) story = s->root[story] = s->root[s->root[story]];
    return story;
}

static bool tie_up(settling *s, uint32_t a, uint32_t b, double score)
{
    if (score < s->weak) return true;
    if (!syn_grow(&s->mem, &s->ties, &s->ties_cap, s->nties + 1, sizeof *s->ties)) return false;
    s->ties[s->nties++] = (tie){a, b, score};
    return true;
}

/* What is new, each with the articles that it may belong to, best first. */
typedef struct looked {
    uint32_t item, n;
    candidate near[MAX_CANDIDATES];
} looked;

static bool look_around(settling *s)
{
    syn_grouper *g = s->g;
    s->looked = SYN_NEW_ARRAY(&s->mem, looked, g->nfresh + 1);
    s->nlooked = 0;
    for (size_t k = 0; s->looked && k < g->nfresh; k++) {
        uint32_t i = g->fresh[k];
        const item *it = g->items[i];
        if (!it || !it->fresh || it->reprint_of != NONE) continue;
        looked *l = &s->looked[s->nlooked++];
        l->item = i;
        l->n = (uint32_t)syn_candidates_find(g, i, l->near);
    }
    return s->looked;
}

/* Ties to the articles that resemble it. */
static bool tie_articles(settling *s, const looked *l)
{
    syn_grouper *g = s->g;
    const item *it = g->items[l->item];
    uint32_t tied[MAX_CANDIDATES];
    size_t ntied = 0;
    probe p;
    syn_score_probe(&p, it);
    for (size_t k = 0; k < l->n; k++) {
        const item *other = g->items[l->near[k].item];
        size_t m = 0;
        if (other->story == it->story || (other->fresh && other->order > it->order)) continue;
        while (m < ntied && tied[m] != other->story) m++;
        if (m < ntied) continue;
        double score = syn_score_pair(g, &p, other);
        if (score >= s->weak) tied[ntied++] = other->story;
        if (!tie_up(s, it->story, other->story, score)) return false;
    }
    return true;
}

/* Ties to whole stories: a stray whose evidence is thin resembles no single telling but, on the mean, all of them. */
static bool tie_stories(settling *s, const looked *l)
{
    syn_grouper *g = s->g;
    uint32_t seen[STORIES], own = g->items[l->item]->story;
    size_t nseen = 0;
    probe p;
    p.of = NULL;
    for (size_t k = 0; k < l->n && nseen < STORIES; k++) {
        uint32_t story = g->items[l->near[k].item]->story;
        size_t m = 0;
        if (story == own || g->stories[story].n < 2) continue;
        while (m < nseen && seen[m] != story) m++;
        if (m < nseen) continue;
        seen[nseen++] = story;
        if (!p.of) syn_score_probe(&p, g->items[l->item]);
        if (!tie_up(s, own, story, syn_score_story(g, &p, l->item, story, STAND_IN, s->weak / 3))) return false;
    }
    return true;
}

static uint32_t weight_of(const story_t *t)
{
    return t->n > TAKEN_APART ? STANDS_FOR : (uint32_t)t->n;
}

static bool find_neighbours(settling *s, bool strays)
{
    syn_grouper *g = s->g;
    s->nties = 0;
    s->root = SYN_NEW_ARRAY(&s->mem, uint32_t, g->nstories + 1);
    s->size = SYN_NEW_ARRAY(&s->mem, uint32_t, g->nstories + 1);
    s->block = SYN_NEW_ARRAY(&s->mem, uint32_t, MOST_IN_BLOCK + 1);
    if (!s->root || !s->size || !s->block) return false;
    for (uint32_t t = 0; t < g->nstories; t++) {
        s->root[t] = t;
        s->size[t] = weight_of(&g->stories[t]);
    }
    for (size_t k = 0; k < s->nlooked; k++) {
        const looked *l = &s->looked[k];
        if (strays && g->stories[g->items[l->item]->story].n > FEW) continue;
        if (!(strays ? tie_stories(s, l) : tie_articles(s, l))) return false;
    }
    for (size_t v = 0; v < g->nverdicts; v++) {
        uint32_t a, b;
        if (!g->verdicts[v].together || !syn_verdict_items(g, v, &a, &b)) continue;
        if (!tie_up(s, g->items[a]->story, g->items[b]->story, CERTAIN)) return false;
    }
    if (s->nties) qsort(s->ties, s->nties, sizeof *s->ties, by_score);
    for (size_t k = 0; k < s->nties; k++) {
        uint32_t a = root_of(s, s->ties[k].a), b = root_of(s, s->ties[k].b);
        if (a == b || s->size[a] + s->size[b] > MOST_IN_BLOCK) continue;
        if (a > b) {
            uint32_t swap = a;
            a = b;
            b = swap;
        }
        s->root[b] = a;
        s->size[a] += s->size[b];
    }
    return true;
}

/* ---- one neighbourhood ---- */

static void add_members(settling *s, uint32_t story)
{
    const syn_grouper *g = s->g;
    const story_t *t = &g->stories[story];
    size_t want = weight_of(t);
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
        bool whole = weight_of(&g->stories[it->story]) != g->stories[it->story].n || g->only;
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
    uint32_t place : 31, learned : 1; /* in the block */
    uint32_t next;                    /* 1 + the holder before */
    float value;
} holder;

static void gather(const syn_grouper *g, const item *it, const holder *holders, float (*common)[SYN_SIGNALS])
{
    for (int signal = 0; signal < SYN_SIGNALS; signal++) {
        for (uint32_t p = it->start[signal]; p < it->start[signal + 1]; p++) {
            float value = it->values[p];
            if (value <= 0) continue;
            for (uint32_t h = g->heads[it->keys[p]]; h; h = holders[h - 1].next)
                common[holders[h - 1].place][holders[h - 1].learned ? SYN_SIGNAL_LEARNED : signal] +=
                    value * holders[h - 1].value;
        }
    }
}

static bool pair_up(settling *s, edge **edges, size_t *nedges)
{
    syn_grouper *g = s->g;
    size_t cap = 0, parts = 0, same = g->heads_cap;
    for (uint32_t k = 0; k < s->nblock; k++) parts += g->items[s->block[k]]->nparts;
    holder *holders = malloc((parts + 1) * sizeof *holders);
    float(*common)[SYN_SIGNALS] = calloc(s->nblock, sizeof *common);
    bool ok = holders && common && syn_story_grow(&g->heads, &g->heads_cap, g->index.nkeys, sizeof *g->heads);
    if (ok && g->heads_cap > same) memset(g->heads + same, 0, (g->heads_cap - same) * sizeof *g->heads);
    uint32_t n = 0;
    for (uint32_t k = 0; ok && k < s->nblock; k++) {
        const item *it = g->items[s->block[k]];
        memset(common, 0, k * sizeof *common);
        gather(g, it, holders, common);
        for (uint32_t m = 0; ok && m < k; m++) {
            double score = syn_score_evidence(g, it, g->items[s->block[m]], common[m]);
            if (score == 0) continue;
            ok = syn_story_grow(edges, &cap, *nedges + 1, sizeof **edges);
            if (ok) (*edges)[(*nedges)++] = (edge){m, k, (float)score};
        }
        for (uint32_t p = 0; ok && p < it->nparts; p++) {
            if (it->values[p] <= 0) continue;
            uint32_t *head = &g->heads[it->keys[p]];
            holders[n++] = (holder){k & 0x7FFFFFFF, syn_item_learned(it, p), *head, it->values[p]};
            *head = n;
        }
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

/* An item with its reprints; of a story too large to be taken apart, the whole. */
static bool move_one(settling *s, uint32_t i, uint32_t to)
{
    syn_grouper *g = s->g;
    uint32_t from = g->items[i]->story;
    if (from == to) return true;
    s->moved = true;
    bool whole = weight_of(&g->stories[from]) != g->stories[from].n;
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
    if (!into || !votes || !left) return false;
    for (uint32_t k = 0; k < n; k++) {
        into[k] = NONE;
        left[k] = g->items[s->block[k]]->story;
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
        if (g->items[s->block[k]]->story == left[k] && !move_one(s, s->block[k], into[of[k]])) return false;
    return true;
}

static syn_code link_block(settling *s, syn_err *err)
{
    edge *edges = NULL;
    size_t nedges = 0;
    uint32_t *of = SYN_NEW_ARRAY(&s->mem, uint32_t, s->nblock);
    for (uint32_t k = 0; k < s->nblock; k++) s->place[s->block[k]] = k;
    syn_code rc = of && pair_up(s, &edges, &nedges) ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    if (!rc) start(s, of);
    for (uint32_t k = 0; k < s->nblock; k++) s->place[s->block[k]] = NONE;
    if (!rc) rc = syn_cluster_link(&s->mem, of, s->nblock, edges, nedges, syn_score_threshold(s->g), err);
    if (!rc && !move_all(s, of)) rc = syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    free(edges);
    return rc;
}

/* ---- the whole ---- */

static int by_root(const void *x, const void *y)
{
    const uint32_t *a = x, *b = y;
    if (a[0] != b[0]) return a[0] < b[0] ? -1 : 1;
    return (a[1] > b[1]) - (a[1] < b[1]);
}

/* Neighbourhoods of more than one story, or article, that hold something new. */
static syn_code link_all(settling *s, syn_err *err)
{
    syn_grouper *g = s->g;
    size_t n = 0, stories = g->nstories;
    uint32_t(*order)[2] = syn_alloc_array(&s->mem, stories + 1, sizeof *order);
    bool *is_new = SYN_NEW_ARRAY(&s->mem, bool, stories + 1);
    if (!order || !is_new) return syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    for (size_t k = 0; k < g->nfresh; k++)
        if (g->items[g->fresh[k]]) is_new[root_of(s, g->items[g->fresh[k]]->story)] = true;
    for (uint32_t t = 0; t < stories; t++) {
        uint32_t root = root_of(s, t);
        if (!g->stories[t].order || !is_new[root] || s->size[root] < 2) continue;
        order[n][0] = root;
        order[n++][1] = t;
    }
    qsort(order, n, sizeof *order, by_root);
    for (size_t k = 0; k < n;) {
        uint32_t root = order[k][0];
        for (s->nblock = 0; k < n && order[k][0] == root; k++) add_members(s, order[k][1]);
        syn_code rc = s->nblock > 1 ? link_block(s, err) : SYN_OK;
        if (rc) return rc;
    }
    return SYN_OK;
}

static syn_code link_rounds(settling *s, int rounds, syn_err *err)
{
    if (!look_around(s)) return syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    for (int round = 0; round < rounds && (round < 2 || s->moved); round++) {
        s->moved = false;
        if (!find_neighbours(s, round > 0)) return syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
        syn_code rc = link_all(s, err);
        if (rc) return rc;
    }
    return SYN_OK;
}

/* Whenever the stream has grown enough, learn from the stories as they stand; *more: articles mean more than before. */
static bool take_lessons(syn_grouper *g, bool *more)
{
    lessons *l = &g->lessons;
    if (!l->off && (double)g->order >= l->learned + LESSON &&
        ((double)g->order >= l->learned * 1.25 || (double)g->order >= l->learned + MATURE / 2)) {
        l->learned = (double)g->order;
        if (!syn_learn(g)) return false;
    }
    if (!syn_lessons_apply_all(g, more)) return false;
    return !*more || recount(g);
}

/* What is new or moved, and the copies of it. */
static syn_code report(settling *s, syn_arena *arena, bool reasons, syn_moved_fn *fn, void *context, syn_err *err)
{
    syn_grouper *g = s->g;
    bool *moved = SYN_NEW_ARRAY(&s->mem, bool, g->nitems + 1);
    for (uint32_t i = 0; moved && i < g->nitems; i++) {
        const item *it = g->items[i];
        moved[i] = it && (it->fresh || g->stories[it->story].order != s->was[i]);
    }
    const uint32_t *original = moved ? syn_reprints_originals(g, &s->mem, moved) : NULL;
    if (!original) return syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    for (uint32_t i = 0; i < g->nitems; i++) {
        item *it = g->items[i];
        syn_decision d;
        probe p;
        if (!moved[i] && original[i] == NONE) continue;
        syn_score_probe(&p, it);
        it->score = syn_score_story(g, &p, i, it->story, SAMPLE, 0);
        syn_code rc = syn_reasons_decide(g, arena, i, original[i], reasons ? &p : NULL, &d, err);
        if (rc) return rc;
        fn(context, it->id, &d);
    }
    return SYN_OK;
}

syn_code syn_grouper_settle(syn_grouper *g, syn_arena *arena, bool reasons, syn_moved_fn *fn, void *context,
                            syn_err *err)
{
    settling s = {.g = g};
    s.weak = WEAK * syn_score_threshold(g);
    s.was = SYN_NEW_ARRAY(&s.mem, uint64_t, g->nitems + 1);
    s.place = SYN_NEW_ARRAY(&s.mem, uint32_t, g->nitems + 1);
    for (size_t i = 0; s.place && i < g->nitems; i++) s.place[i] = NONE;
    bool ok = s.was && s.place && syn_candidates_room(g) && syn_score_ready(g) && relearn(g);
    for (size_t i = 0; ok && i < g->nitems; i++)
        if (g->items[i]) s.was[i] = g->stories[g->items[i]->story].order;
    syn_code rc = ok ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "no memory to settle %zu articles", g->living);
    for (size_t k = 0; !rc && k < g->nfresh; k++) { /* a copy goes where its text goes */
        const item *it = g->items[g->fresh[k]];
        if (it && it->reprint_of != NONE && syn_verdicts_part(g, g->fresh[k], it->reprint_of))
            g->items[g->fresh[k]]->reprint_of = NONE;
        else if (it && it->reprint_of != NONE && !syn_story_move(g, g->fresh[k], g->items[it->reprint_of]->story))
            rc = syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    }
    if (!rc && !syn_verdicts_take_out(g, TAKEN_APART)) rc = syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    if (!rc) rc = link_rounds(&s, ROUNDS, err);
    bool more = false;
    if (!rc && !(take_lessons(g, &more) && (!more || look_again(g, true))))
        rc = syn_fail(err, SYN_ENOMEM, 0, "no memory to learn");
    if (!rc && more) rc = link_rounds(&s, ROUNDS - 1, err);
    if (!rc) rc = report(&s, arena, reasons, fn, context, err);
    for (size_t k = 0; !rc && k < g->nfresh; k++) {
        item *it = g->items[g->fresh[k]];
        if (!it) continue;
        it->fresh = it->loose = false;
        g->stories[it->story].woken = false;
    }
    if (!rc) g->nfresh = 0, g->only = false;
    if (!rc) g->stories_known = (double)(g->nstories - g->nfree_stories);
    syn_arena_free(&s.mem);
    return rc;
}
