/* grouper.c - stage 5: the stream.  Articles come in alone and find their stories when they are settled; what has been
   silent longest sleeps when memory is full. */
#include "internal.h"

#include <stdlib.h>

/* Log odds above the floor of a pair's score; chosen on the multilingual sets as a whole. */
#define DEFAULT_THRESHOLD 2.2
#define DEFAULT_WINDOW ((int64_t)14 * 86400)
#define DEFAULT_MOST 120000

syn_code syn_grouper_new(const syn_lexicon *lex, const syn_group_options *options, syn_grouper **out, syn_err *err)
{
    syn_grouper *g = calloc(1, sizeof *g);
    if (!g) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    g->lex = lex;
    g->odds = syn_story_odds;
    g->threshold = options && options->threshold > 0 ? options->threshold : DEFAULT_THRESHOLD;
    g->window = options && options->window > 0 ? options->window : DEFAULT_WINDOW;
    g->most = options && options->most > 0 ? options->most : DEFAULT_MOST;
    g->langs.arena = &g->mem;
    g->lessons.off = options && options->unlearned;
    g->partly = options && options->partly;
    g->stories_beside = options ? (double)options->stories : 0;
    *out = g;
    return SYN_OK;
}

void syn_grouper_free(syn_grouper *g)
{
    if (!g) return;
    for (size_t i = 0; i < g->nitems; i++) free(g->items[i]);
    for (size_t s = 0; s < g->nstories; s++) {
        free((void *)(uintptr_t)g->stories[s].founder.p);
        free(g->stories[s].members);
    }
    syn_index_free(&g->index);
    syn_background_free(&g->background);
    syn_table_free(&g->ids);
    syn_table_free(&g->founders);
    syn_table_free(&g->contents);
    syn_table_free(&g->bands);
    free(g->days);
    free(g->until);
    syn_lessons_free(&g->lessons);
    free(g->items);
    free(g->free_items);
    free(g->stories);
    free(g->free_stories);
    free(g->verdicts);
    free(g->fresh);
    free(g->changed);
    free(g->quick);
    free(g->touched);
    free(g->heads);
    syn_arena_free(&g->mem);
    free(g);
}

bool syn_grouper_lang(syn_grouper *g, syn_str tag, uint32_t *out)
{
    syn_lang lang = syn_lexicon_lang(g->lex, tag);
    syn_str name = lang != SYN_LANG_UNKNOWN ? syn_str_of(syn_lexicon_info(g->lex, lang)->tag) : tag;
    if (!name.n || g->langs.n >= MAX_LANGS) name = SYN_STR("und");
    uint64_t *v = syn_map_add(&g->langs, name);
    if (!v) return false;
    if (!*v) *v = g->langs.n < MAX_LANGS ? g->langs.n : MAX_LANGS;
    *out = (uint32_t)(*v - 1);
    return true;
}

/* ---- sleep ---- */

static int by_last(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void forget_story(syn_grouper *g, uint32_t s)
{
    while (g->stories[s].order) {
        uint32_t i = g->stories[s].members[g->stories[s].n - 1];
        syn_reprints_leave(g, i);
        syn_story_move(g, i, NONE);
        syn_item_free(g, i);
    }
}

/* The stories that were silent longest go, until an eighth of the room is free.  A story that fills the room alone
   loses its older members, not its founder. */
static bool make_room(syn_grouper *g)
{
    size_t n = 0, keep = g->most - g->most / 8;
    if (g->living < g->most) return true;
    uint64_t(*last)[2] = calloc(g->nstories ? g->nstories : 1, sizeof *last);
    if (!last) return false;
    for (size_t s = 0; s < g->nstories; s++) {
        if (!g->stories[s].order) continue;
        last[n][0] = g->stories[s].last_order;
        last[n++][1] = s;
    }
    qsort(last, n, sizeof *last, by_last);
    for (size_t k = 0; k + 1 < n && g->living > keep; k++) forget_story(g, (uint32_t)last[k][1]);
    g->slept = true;
    free(last);
    return true;
}

/* ---- articles in ---- */

static syn_code no_memory(const syn_grouper *g, syn_err *err)
{
    return syn_fail(err, SYN_ENOMEM, 0, "no memory to group %zu articles", g->living + 1);
}

/* A new item, indexed, in no story yet; what chance looks like is learned from it. */
static syn_code take_in(syn_grouper *g, const syn_signature *s, uint32_t *out, syn_err *err)
{
    uint32_t lang;
    if (!make_room(g) || !syn_grouper_lang(g, s->lang, &lang)) return no_memory(g, err);
    uint32_t i = syn_item_new(g, s, lang);
    if (i == NONE) return no_memory(g, err);
    bool changed;
    if (!syn_lessons_apply(g, i, &changed)) {
        syn_item_free(g, i);
        return no_memory(g, err);
    }
    item *it = g->items[i];
    it->reprint_of = syn_reprints_enter(g, i);
    *out = i;
    bool counted_later = !g->settled; /* when all is looked at */
    if (!syn_candidates_room(g) || !syn_score_time(g, s->when)) return no_memory(g, err);
    if (!counted_later && !syn_score_learn(g, i, NULL, 0)) return no_memory(g, err);
    g->quick[i].lang = lang;
    return SYN_OK;
}

static syn_code found(syn_grouper *g, uint32_t i, syn_str founder, syn_err *err)
{
    uint32_t story = syn_story_new(g, founder, g->items[i]->order);
    return story != NONE && syn_story_move(g, i, story) ? SYN_OK : no_memory(g, err);
}

syn_code syn_grouper_restore(syn_grouper *g, const syn_signature *s, syn_str story, bool woken, syn_err *err)
{
    uint32_t i;
    syn_code rc = take_in(g, s, &i, err);
    if (rc) return rc;
    uint32_t known = syn_story_by_founder(g, story);
    if (known != NONE)
        rc = syn_story_move(g, i, known) ? SYN_OK : no_memory(g, err);
    else
        rc = found(g, i, story, err);
    if (!rc) g->stories[g->items[i]->story].woken = woken;
    if (!rc) g->items[i]->was = g->stories[g->items[i]->story].key;
    if (!rc && woken) g->slept = true;
    return rc;
}

bool syn_grouper_fresh(syn_grouper *g, uint32_t i)
{
    if (g->items[i]->fresh) return true;
    if (!syn_story_grow(&g->fresh, &g->fresh_cap, g->nfresh + 1, sizeof *g->fresh)) return false;
    g->items[i]->fresh = true;
    g->fresh[g->nfresh++] = i;
    return true;
}

syn_code syn_grouper_look_again(syn_grouper *g, syn_str id, syn_err *err)
{
    uint32_t i = syn_item_number(g, id);
    return i == NONE || syn_grouper_fresh(g, i) ? SYN_OK : no_memory(g, err);
}

syn_code syn_grouper_add(syn_grouper *g, const syn_signature *s, syn_err *err)
{
    uint32_t i;
    syn_code rc = take_in(g, s, &i, err);
    if (!rc) rc = found(g, i, g->items[i]->id, err);
    return !rc && !syn_grouper_fresh(g, i) ? no_memory(g, err) : rc;
}
