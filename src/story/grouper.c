/* grouper.c - stage 5: the stream.  An article joins the story whose members it resembles beyond chance, or founds one;
   settling links the whole window anew by average linking, which no order of arrival can mislead. */
#include "internal.h"

#include <stdlib.h>

/* Log odds above the floor of a pair's score; chosen on the multilingual sets as a whole. */
#define DEFAULT_THRESHOLD 2.0
/* A young stream knows little of what is common: it asks for more. */
#define YOUNG_ADDS 0.4
#define YOUNG 60.0 /* articles after which half of that is asked */
#define DEFAULT_WINDOW ((int64_t)14 * 86400)

syn_code syn_grouper_new(const syn_lexicon *lex, const syn_group_options *options, syn_grouper **out, syn_err *err)
{
    syn_grouper *g = calloc(1, sizeof *g);
    if (!g) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    g->lex = lex;
    g->threshold = options && options->threshold > 0 ? options->threshold : DEFAULT_THRESHOLD;
    g->window = options && options->window > 0 ? options->window : DEFAULT_WINDOW;
    g->langs.arena = g->by_id.arena = g->by_content.arena = &g->mem;
    *out = g;
    return SYN_OK;
}

void syn_grouper_free(syn_grouper *g)
{
    if (!g) return;
    syn_index_free(&g->index);
    syn_arena_free(&g->mem);
    free(g);
}

/* Two tags of one vocabulary ("pt", "pt-BR") get one number. */
static bool lang_number(syn_grouper *g, syn_str tag, uint32_t *out)
{
    syn_lang lang = syn_lexicon_lang(g->lex, tag);
    syn_str name = lang != SYN_LANG_UNKNOWN ? syn_str_of(syn_lexicon_info(g->lex, lang)->tag) : tag;
    uint64_t *v = syn_map_add(&g->langs, name.n ? name : SYN_STR("und"));
    if (!v) return false;
    if (!*v) *v = g->langs.n;
    *out = (uint32_t)(*v - 1);
    return true;
}

static const syn_signature *keep(syn_grouper *g, const syn_signature *s)
{
    syn_signature *copy = SYN_NEW(&g->mem, syn_signature);
    uint64_t *shingles = SYN_NEW_ARRAY(&g->mem, uint64_t, s->nshingles);
    syn_feature *features = SYN_NEW_ARRAY(&g->mem, syn_feature, s->nfeatures);
    syn_str *surfaces = SYN_NEW_ARRAY(&g->mem, syn_str, s->nfeatures);
    if (!copy || !shingles || !features || !surfaces) return NULL;
    *copy = *s;
    copy->id = syn_dup(&g->mem, s->id);
    copy->lang = syn_dup(&g->mem, s->lang);
    if (s->nshingles) memcpy(shingles, s->shingles, s->nshingles * sizeof *shingles);
    if (s->nfeatures) memcpy(features, s->features, s->nfeatures * sizeof *features);
    for (uint32_t i = 0; i < s->nfeatures; i++) surfaces[i] = syn_dup(&g->mem, s->surfaces[i]);
    copy->shingles = shingles;
    copy->features = features;
    copy->surfaces = surfaces;
    return g->mem.failed ? NULL : copy;
}

static double threshold_now(const syn_grouper *g)
{
    return g->threshold + YOUNG_ADDS * YOUNG / ((double)g->n + YOUNG);
}

/* Remember who said it first; the item at the end is a reprint if another did. */
static bool note_content(syn_grouper *g, uint64_t content)
{
    uint64_t *first = syn_map_add(&g->by_content, (syn_str){(const char *)&content, sizeof content});
    if (!first) return false;
    if (*first)
        g->items[g->n].reprint_of = (uint32_t)*first;
    else
        *first = g->n + 1;
    return true;
}

/* A new item at the end, indexed, in a story of its own. */
static syn_code take_in(syn_grouper *g, const syn_signature *s, syn_err *err)
{
    uint32_t lang;
    if (g->n >= UINT32_MAX - 1) return syn_fail(err, SYN_ELIMIT, 0, "too many articles in one window");
    const syn_signature *own = keep(g, s);
    const key_entry **keys = SYN_NEW_ARRAY(&g->mem, const key_entry *, s->nfeatures);
    float *values = SYN_NEW_ARRAY(&g->mem, float, s->nfeatures);
    if (!own || !keys || !values || !syn_score_time(g, s->when) || !lang_number(g, s->lang, &lang) ||
        !syn_grow(&g->mem, &g->items, &g->cap, g->n + 1, sizeof *g->items) ||
        !syn_index_add(&g->index, &g->mem, (uint32_t)g->n, lang, own, keys))
        return syn_fail(err, SYN_ENOMEM, 0, "no memory to group %zu articles", g->n + 1);
    uint64_t *latest = syn_map_add(&g->by_id, own->id);
    if (!latest) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    *latest = g->n + 1;
    g->items[g->n] = (item){.sig = own, .keys = keys, .values = values, .lang = lang, .story = (uint32_t)g->n};
    if (own->content && !note_content(g, own->content)) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    syn_score_enter(g, g->n);
    g->n++;
    return SYN_OK;
}

syn_code syn_grouper_restore(syn_grouper *g, const syn_signature *s, syn_str story, syn_err *err)
{
    syn_code rc = take_in(g, s, err);
    if (rc) return rc;
    uint64_t *founder = syn_map_get(&g->by_id, story);
    item *it = &g->items[g->n - 1];
    if (founder) it->story = g->items[*founder - 1].story;
    g->items[it->story].members++;
    g->settled = g->n;
    return SYN_OK;
}

/* Similarities to unrelated articles teach what chance looks like: all of a row are learned, the few related ones
   among them being rare; those without anything in common are counted as zeros, a language at a time.
   before: articles of each language that the row was held against; seen: scratch, as long. */
static bool learn_row(syn_grouper *g, size_t i, const uint32_t *before, uint32_t *seen)
{
    uint32_t la = g->items[i].lang;
    memset(seen, 0, g->index.nlangs * sizeof *seen);
    for (size_t t = 0; t < g->ntouched; t++) {
        const item *b = &g->items[g->touched[t]];
        if (!syn_background_add(&g->background, &g->mem, la, b->lang, g->row[g->touched[t]], 1)) return false;
        seen[b->lang]++;
    }
    for (uint32_t l = 0; l < g->index.nlangs; l++)
        if (before[l] > seen[l] && !syn_background_add(&g->background, &g->mem, la, l, NULL, before[l] - seen[l]))
            return false;
    return true;
}

static double sketch_overlap(const syn_signature *a, const syn_signature *b)
{
    uint32_t same = 0, filled = 0;
    if (a->nshingles != b->nshingles || !a->nshingles) return a->content && a->content == b->content ? 1 : 0;
    for (uint32_t i = 0; i < a->nshingles; i++) {
        if (a->shingles[i] == UINT64_MAX && b->shingles[i] == UINT64_MAX) continue;
        filled++;
        same += a->shingles[i] == b->shingles[i];
    }
    return filled ? (double)same / filled : 0;
}

#define REPRINT 0.6 /* of the sketch in common: most word runs are the same */

static syn_code decide(syn_grouper *g, syn_arena *arena, size_t i, syn_decision *out, syn_err *err)
{
    const item *it = &g->items[i];
    syn_decision d = {.story = syn_dup(arena, g->items[it->story].sig->id), .score = it->score};
    uint32_t others[8];
    size_t n = 0;
    if (it->reprint_of) d.reprint_of = syn_dup(arena, g->items[it->reprint_of - 1].sig->id);
    if (it->story != i) others[n++] = it->story;
    /* the best resembling ones among the rest of the story */
    float best[8] = {0};
    size_t first = n;
    for (size_t t = 0; t < g->ntouched; t++) {
        uint32_t j = g->touched[t];
        if (j == i || j == it->story || g->items[j].story != it->story) continue;
        float s = (float)syn_score_pair(g, i, j, g->row[j]);
        size_t at = n < 6 ? n++ : 6;
        while (at > first && s > best[at - 1]) {
            if (at < 6) {
                others[at] = others[at - 1];
                best[at] = best[at - 1];
            }
            at--;
        }
        if (at < 6) {
            others[at] = j;
            best[at] = s;
        }
    }
    syn_code rc = arena->failed ? syn_fail(err, SYN_ENOMEM, 0, "no memory") : SYN_OK;
    if (!rc && n) rc = syn_reasons_find(g, arena, i, others, n, &d, err);
    if (!rc) *out = d;
    return rc;
}

/* The story that the item resembles most on the mean over all its members, from a filled row. */
static uint32_t best_story(syn_grouper *g, size_t i, double *best_score)
{
    item *it = &g->items[i];
    uint32_t best = (uint32_t)i;
    *best_score = 0;
    for (size_t t = 0; t < g->ntouched; t++) g->sums[g->items[g->touched[t]].story] = 0;
    for (size_t t = 0; t < g->ntouched; t++) {
        uint32_t j = g->touched[t];
        g->sums[g->items[j].story] += syn_score_pair(g, i, j, g->row[j]);
        if (!it->reprint_of && it->lang == g->items[j].lang && sketch_overlap(it->sig, g->items[j].sig) >= REPRINT)
            it->reprint_of = g->items[j].reprint_of ? g->items[j].reprint_of : j + 1;
    }
    for (size_t t = 0; t < g->ntouched; t++) {
        uint32_t story = g->items[g->touched[t]].story;
        double score = g->sums[story] / g->items[story].members;
        if (score > *best_score || (score == *best_score && story < best)) {
            *best_score = score;
            best = story;
        }
    }
    return best;
}

syn_code syn_grouper_add(syn_grouper *g, syn_arena *arena, const syn_signature *s, syn_decision *out, syn_err *err)
{
    syn_arena scratch = {0};
    syn_code rc = take_in(g, s, err);
    if (rc) return rc;
    size_t i = g->n - 1;
    item *it = &g->items[i];
    uint32_t *seen = SYN_NEW_ARRAY(&scratch, uint32_t, g->index.nlangs);
    uint32_t *before = SYN_NEW_ARRAY(&scratch, uint32_t, g->index.nlangs);
    if (before) memcpy(before, g->index.articles_of, g->index.nlangs * sizeof *before);
    if (before) before[it->lang]--;
    bool ok = seen && before && syn_score_row(g, i, i) && learn_row(g, i, before, seen);
    syn_arena_free(&scratch);
    if (!ok) return syn_fail(err, SYN_ENOMEM, 0, "no memory to group %zu articles", g->n);
    uint32_t best = best_story(g, i, &it->score);
    if (it->reprint_of) best = g->items[it->reprint_of - 1].story;
    if (it->reprint_of || it->score >= threshold_now(g)) it->story = best;
    g->items[it->story].members++;
    rc = decide(g, arena, i, out, err);
    syn_score_clear(g);
    return rc;
}

/* ---- settling ---- */

typedef struct edge_list {
    edge *items;
    size_t n, cap;
} edge_list;

/* Scores of item i to those before it; edges that carry something. */
static bool add_edges(syn_grouper *g, size_t i, edge_list *l, syn_arena *mem)
{
    for (size_t t = 0; t < g->ntouched; t++) {
        uint32_t j = g->touched[t];
        double score = syn_score_pair(g, i, j, g->row[j]);
        if (score <= 0) continue;
        if (!syn_grow(mem, &l->items, &l->cap, l->n + 1, sizeof *l->items)) return false;
        l->items[l->n++] = (edge){j, (uint32_t)i, (float)score};
    }
    return true;
}

enum { MOST_ROWS = 3000 }; /* articles that are held against all before them to learn what chance looks like */

/* What chance looks like, counted anew over the window. */
static bool learn_all(syn_grouper *g, syn_arena *mem)
{
    uint32_t *before = SYN_NEW_ARRAY(mem, uint32_t, g->index.nlangs),
             *seen = SYN_NEW_ARRAY(mem, uint32_t, g->index.nlangs);
    size_t stride = 1 + g->n / MOST_ROWS;
    if (!before || !seen) return false;
    for (size_t k = 0; k < MAX_LANGS; k++)
        if (g->background.pairs[k]) memset(g->background.pairs[k], 0, sizeof(moments) * MAX_LANGS * SYN_SIGNALS);
    memset(g->background.all, 0, sizeof g->background.all);
    syn_score_refresh_all(g);
    for (size_t i = 0; i < g->n; i++) {
        before[g->items[i].lang]++;
        if (i % stride) continue;
        before[g->items[i].lang]--;
        if (!syn_score_row(g, i, i) || !learn_row(g, i, before, seen)) return false;
        before[g->items[i].lang]++;
        syn_score_clear(g);
    }
    return true;
}

/* How much item i resembles the rest of its story, from a row over the whole window. */
static double score_in_story(const syn_grouper *g, size_t i)
{
    uint32_t story = g->items[i].story, members = g->items[story].members;
    double sum = 0;
    if (members < 2) return 0;
    for (size_t t = 0; t < g->ntouched; t++) {
        uint32_t j = g->touched[t];
        if (g->items[j].story == story) sum += syn_score_pair(g, i, j, g->row[j]);
    }
    return sum / (members - 1);
}

/* The decision on item i by all that is known. */
static syn_code report(syn_grouper *g, syn_arena *arena, size_t i, syn_moved_fn *fn, void *context, syn_err *err)
{
    syn_decision d;
    if (!syn_score_row(g, i, g->n)) return syn_fail(err, SYN_ENOMEM, 0, "no memory to settle %zu articles", g->n);
    g->items[i].score = score_in_story(g, i);
    syn_code rc = decide(g, arena, i, &d, err);
    if (!rc) fn(context, g->items[i].sig->id, &d);
    syn_score_clear(g);
    return rc;
}

syn_code syn_grouper_settle(syn_grouper *g, syn_arena *arena, bool all, syn_moved_fn *fn, void *context, syn_err *err)
{
    syn_arena mem = {0};
    edge_list edges = {0};
    uint32_t *of = SYN_NEW_ARRAY(&mem, uint32_t, g->n + 1);
    syn_code rc = SYN_OK;
    bool ok = of && learn_all(g, &mem);
    for (size_t i = 0; ok && i < g->n; i++) {
        /* stories of earlier batches stay whole: only what is new is held against everything */
        uint32_t original = g->items[i].reprint_of; /* a reprint goes where its text goes */
        of[i] = i < g->settled ? g->items[i].story : original ? of[original - 1] : (uint32_t)i;
        if (i >= g->settled) ok = syn_score_row(g, i, i) && add_edges(g, i, &edges, &mem);
        syn_score_clear(g);
    }
    if (!ok) rc = syn_fail(err, SYN_ENOMEM, 0, "no memory to settle %zu articles", g->n);
    if (!rc) rc = syn_cluster_link(&mem, of, g->n, edges.items, edges.n, threshold_now(g), err);
    for (size_t i = 0; !rc && i < g->n; i++) {
        item *it = &g->items[i];
        bool changed = it->story != of[i];
        g->items[it->story].members--;
        it->story = of[i];
        g->items[it->story].members++;
        of[i] = changed;
    }
    for (size_t i = 0; !rc && i < g->n; i++)
        if (of[i] || (all && i >= g->settled)) rc = report(g, arena, i, fn, context, err);
    if (!rc) g->settled = g->n;
    syn_arena_free(&mem);
    return rc;
}
