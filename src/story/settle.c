/* settle.c - stage 5: a batch linked anew.  Stories that new articles point to form neighbourhoods; within one, all
   pairs are held against each other and linked by average linking, which no order of arrival can mislead.  A story
   keeps its name where its founder goes. */
#include "settling.h"

#include <math.h>
#include <stdlib.h>

enum {
    ROUNDS = 3,     /* articles by likeness, then strays by stories */
    FEW = 3,        /* members of a story that may be strays of a greater one */
    ENOUGH = 4,     /* stories that an article is tied to by articles */
    STORIES = 8,    /* that a stray is held against */
    STAND_IN = 12,  /* members of each */
    MATURE = 50000, /* articles after which rarities hardly change */
    LESSON = 40,    /* articles at least between two lessons */
};
#define WEAK 0.95      /* of the threshold: no two clusters reach it of which no pair does */
#define CERTAIN 1000.0 /* a user's word */

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
static bool recount(const settling *s)
{
    syn_grouper *g = s->g;
    size_t n = g->nitems;
    const uint32_t *order = s->anew ? syn_anew_order(s, &n) : NULL;
    for (size_t i = 0; i < g->nitems; i++)
        if (g->items[i]) syn_score_refresh(g, g->items[i]);
    syn_background_clear(&g->background);
    return syn_score_learn_all(g, order, n, 0);
}

/* Stories that several articles tell. */
static double told(const syn_grouper *g)
{
    double n = 0;
    for (uint32_t t = 0; t < g->nstories; t++) n += g->stories[t].order && g->stories[t].n > 1;
    return n;
}

/* The share of articles that are not alone, as their stories stand; those who bring few pages bring what belongs
   together. */
static double accompanied(const syn_grouper *g, bool linked)
{
    const double few = 40, of_few = 0.95;
    double with = 0, all = 0;
    for (uint32_t t = 0; t < g->nstories; t++) {
        if (!g->stories[t].order) continue;
        all += (double)g->stories[t].n;
        with += linked && g->stories[t].n > 1 ? (double)g->stories[t].n : 0;
    }
    double share = all > 0 ? with / all : 0, supposed = exp(-all / few);
    return share + supposed * (of_few > share ? of_few - share : 0);
}

static bool relearn(const settling *s)
{
    syn_grouper *g = s->g;
    bool brought = g->partly && !g->settled; /* from a store, where they were looked at before */
    if (!s->anew && g->refreshed > 0 && ((double)g->order < g->refreshed * 1.5 || g->order > MATURE)) return true;
    g->refreshed = (double)g->order;
    if (brought) {
        g->stories_known = told(g);
        g->lessons.learned = (double)g->order;
        g->accompanied = accompanied(g, true);
    }
    return recount(s) && (s->anew || brought || look_again(g, false));
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

/* strays: only what is in a story of few. */
static bool look_around(settling *s, bool strays)
{
    syn_grouper *g = s->g;
    s->looked = SYN_NEW_ARRAY(&s->mem, looked, g->nfresh + 1);
    s->nlooked = 0;
    for (size_t k = 0; s->looked && k < g->nfresh; k++) {
        uint32_t i = g->fresh[k];
        const item *it = g->items[i];
        if (!it || !it->fresh || it->reprint_of != NONE) continue;
        if (strays && g->stories[it->story].n > FEW) continue;
        looked *l = &s->looked[s->nlooked++];
        l->item = i;
        l->n = (uint32_t)syn_candidates_find(g, i, strays, l->near);
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
    for (size_t k = 0; k < l->n && ntied < ENOUGH; k++) {
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

static bool find_neighbours(settling *s, bool strays)
{
    syn_grouper *g = s->g;
    s->nties = 0;
    s->root = SYN_NEW_ARRAY(&s->mem, uint32_t, g->nstories + 1);
    s->size = SYN_NEW_ARRAY(&s->mem, uint32_t, g->nstories + 1);
    s->tied = SYN_NEW_ARRAY(&s->mem, bool, g->nstories + 1);
    s->block = SYN_NEW_ARRAY(&s->mem, uint32_t, MOST_IN_BLOCK + 1);
    if (!s->root || !s->size || !s->tied || !s->block) return false;
    for (uint32_t t = 0; t < g->nstories; t++) {
        s->root[t] = t;
        s->size[t] = syn_block_weight(&g->stories[t]);
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
        s->tied[a] = true;
    }
    return true;
}

/* ---- the whole ---- */

static int by_root(const void *x, const void *y)
{
    const uint32_t *a = x, *b = y;
    if (a[0] != b[0]) return a[0] < b[0] ? -1 : 1;
    return (a[1] > b[1]) - (a[1] < b[1]);
}

/* Neighbourhoods of more than one story, or article, that hold something new.  again: those that were linked before and
   met nothing since stay as they are. */
static syn_code link_all(settling *s, bool again, syn_err *err)
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
        if (!g->stories[t].order || !is_new[root] || s->size[root] < 2 || (again && !s->tied[root])) continue;
        order[n][0] = root;
        order[n++][1] = t;
    }
    qsort(order, n, sizeof *order, by_root);
    for (size_t k = 0; k < n;) {
        uint32_t root = order[k][0];
        for (s->nblock = 0; k < n && order[k][0] == root; k++) syn_block_add(s, order[k][1]);
        syn_code rc = s->nblock > 1 ? syn_block_link(s, err) : SYN_OK;
        if (rc) return rc;
    }
    return SYN_OK;
}

/* again: all was linked before, but for what ties itself to something else now. */
static syn_code link_rounds(settling *s, int rounds, bool again, syn_err *err)
{
    for (int round = 0; round < rounds && (round < 2 || s->moved); round++) {
        s->moved = false;
        if (round == 1 && !again && !look_around(s, true)) return syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
        if (!find_neighbours(s, round > 0)) return syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
        syn_code rc = link_all(s, again || round > 0, err);
        if (rc) return rc;
    }
    return SYN_OK;
}

/* What chance is like by what articles mean now. */
static bool rehear(const settling *s)
{
    syn_grouper *g = s->g;
    size_t n = g->nitems;
    const uint32_t *order = s->anew ? syn_anew_order(s, &n) : NULL;
    for (size_t i = 0; i < g->nitems; i++)
        if (g->items[i]) syn_score_hear(g, g->items[i]);
    syn_background_unlearn(&g->background);
    return syn_score_learn_all(g, order, n, SYN_SIGNAL_LEARNED);
}

/* Whenever the stream has grown enough, learn from the stories as they stand; *more: articles mean more than before. */
static bool take_lessons(const settling *s, bool *more)
{
    syn_grouper *g = s->g;
    lessons *l = &g->lessons;
    bool grown = (double)g->order >= l->learned + LESSON &&
                 ((double)g->order >= l->learned * 1.25 || (double)g->order >= l->learned + MATURE / 2);
    if (!l->off && (s->anew ? g->living >= LESSON : grown)) {
        l->learned = (double)g->order;
        if (!syn_learn(g)) return false;
    }
    if (!syn_lessons_apply_all(g, more)) return false;
    return !*more || rehear(s);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* What is told again of the articles. */
typedef struct telling {
    uint32_t *items;
    size_t n, cap;
    bool *told; /* by item */
} telling;

static bool tell(settling *s, telling *t, uint32_t i)
{
    if (t->told[i]) return true;
    if (!syn_grow(&s->mem, &t->items, &t->cap, t->n + 1, sizeof *t->items)) return false;
    t->items[t->n++] = i;
    return t->told[i] = true;
}

/* Those that are new, that moved, and whose story lost a member: a reason might name it. */
static bool gather_changed(settling *s, telling *t)
{
    syn_grouper *g = s->g;
    bool *lost = SYN_NEW_ARRAY(&s->mem, bool, g->nstories + 1);
    if (!lost) return false;
    for (size_t k = 0; k < g->nchanged; k++) {
        item *it = g->items[g->changed[k]];
        if (!it) continue;
        it->listed = false;
        if (it->was == g->stories[it->story].key) continue;
        if (!tell(s, t, g->changed[k])) return false;
        const uint32_t *from = it->was ? syn_table_get(&g->founders, it->was) : NULL;
        if (!from || lost[*from - 1]) continue;
        lost[*from - 1] = true;
        const story_t *left = &g->stories[*from - 1];
        for (size_t m = 0; m < left->n; m++)
            if (!tell(s, t, left->members[m])) return false;
    }
    g->nchanged = 0;
    return true;
}

static syn_code report(settling *s, syn_arena *arena, bool reasons, syn_moved_fn *fn, void *context, syn_err *err)
{
    syn_grouper *g = s->g;
    telling t = {.told = SYN_NEW_ARRAY(&s->mem, bool, g->nitems + 1)};
    uint32_t *original = NULL, *copies;
    size_t ncopies;
    if (t.told && gather_changed(s, &t))
        original = syn_reprints_originals(g, &s->mem, t.told, t.items, t.n, &copies, &ncopies);
    bool ok = original;
    for (size_t k = 0; ok && k < ncopies; k++) ok = tell(s, &t, copies[k]);
    if (!ok) return syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    if (t.n) qsort(t.items, t.n, sizeof *t.items, by_number);
    for (size_t k = 0; k < t.n; k++) {
        uint32_t i = t.items[k];
        item *it = g->items[i];
        syn_decision d;
        probe p;
        syn_score_probe(&p, it);
        it->score = syn_score_story(g, &p, i, it->story, 4, 0);
        syn_code rc = syn_reasons_decide(g, arena, i, original[i], reasons ? &p : NULL, &d, err);
        if (rc) return rc;
        it->was = g->stories[it->story].key;
        fn(context, it->id, &d);
    }
    return SYN_OK;
}

/* Copies that a user put apart are copies no more. */
static void part_copies(syn_grouper *g)
{
    for (size_t v = 0; v < g->nverdicts; v++) {
        uint32_t a = syn_item_number(g, g->verdicts[v].a), b = syn_item_number(g, g->verdicts[v].b);
        if (g->verdicts[v].together || a == NONE || b == NONE) continue;
        item *x = g->items[a], *y = g->items[b];
        if (x->reprint_of == b || (x->reprint_of != NONE && x->reprint_of == y->reprint_of))
            x->reprint_of = NONE;
        else if (y->reprint_of == a)
            y->reprint_of = NONE;
    }
}

/* A copy goes where its text goes. */
static bool move_copies(syn_grouper *g)
{
    for (size_t k = 0; k < g->nfresh; k++) {
        const item *it = g->items[g->fresh[k]];
        if (it && it->reprint_of != NONE && !syn_story_move(g, g->fresh[k], g->items[it->reprint_of]->story))
            return false;
    }
    return true;
}

static syn_code link_fresh(settling *s, syn_err *err)
{
    syn_grouper *g = s->g;
    syn_code rc = SYN_OK;
    if (!move_copies(g) || !syn_verdicts_take_out(g, TAKEN_APART) || !look_around(s, false))
        rc = syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    if (s->anew || !g->settled) g->accompanied = accompanied(g, !s->anew);
    if (!rc) rc = link_rounds(s, s->anew ? 1 : ROUNDS, false, err);
    if (!rc && s->anew) { /* how many stories there are, and who has company, is known by now */
        g->stories_known = told(g);
        g->accompanied = accompanied(g, true);
        s->weak = WEAK * syn_score_bar(g).clusters;
    }
    bool more = false;
    if (!rc && !(take_lessons(s, &more) && (!more || s->anew || look_again(g, true))))
        rc = syn_fail(err, SYN_ENOMEM, 0, "no memory to learn");
    if (!rc && more && !look_around(s, !s->anew)) rc = syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    return !rc && (more || s->anew) ? link_rounds(s, s->anew ? ROUNDS : ROUNDS - 1, !s->anew, err) : rc;
}

syn_code syn_grouper_settle(syn_grouper *g, syn_arena *arena, bool reasons, syn_moved_fn *fn, void *context,
                            syn_err *err)
{
    settling s = {.g = g};
    if (g->settled && !g->nfresh && !g->lessons.fresh) return SYN_OK;
    part_copies(g);
    if (g->nverdicts) s.place = SYN_NEW_ARRAY(&s.mem, uint32_t, g->nitems + 1);
    for (size_t i = 0; s.place && i < g->nitems; i++) s.place[i] = NONE;
    bool ok = (s.place || !g->nverdicts) && syn_candidates_room(g) && syn_score_ready(g) &&
              (!syn_anew_may(g) || syn_anew_begin(&s));
    ok = ok && relearn(&s);
    s.weak = WEAK * syn_score_bar(g).clusters;
    syn_code rc = ok ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "no memory to settle %zu articles", g->living);
    if (!rc) rc = link_fresh(&s, err);
    if (!rc && s.anew && !syn_anew_end(&s)) rc = syn_fail(err, SYN_ENOMEM, 0, "no memory to settle");
    if (!rc) rc = report(&s, arena, reasons, fn, context, err);
    for (size_t k = 0; !rc && k < g->nfresh; k++) {
        item *it = g->items[g->fresh[k]];
        if (!it) continue;
        it->fresh = it->loose = false;
        g->stories[it->story].woken = false;
    }
    if (!rc) g->nfresh = 0, g->only = false;
    if (!rc) g->stories_known = told(g);
    if (!rc) g->accompanied = accompanied(g, true);
    if (!rc) g->settled = true;
    syn_arena_free(&s.mem);
    return rc;
}
