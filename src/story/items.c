/* items.c - stage 5: the articles of the window and the stories that they are members of.

   An article keeps the features that say most, its sketch and the words for a reader in one block of memory; its place
   and its story's are numbers that are used again when it has gone. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

/* ---- articles ---- */

typedef struct ranked { /* a feature on its way into an item */
    uint32_t feature, key;
    float value;
} ranked;

static int by_value(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->value != y->value) return x->value > y->value ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

static int by_key(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

/* Room for an item of n parts and so many bytes of words, laid out, its id filled in. */
static item *room(syn_str id, size_t n, bool sketched, size_t words, char **surfaces)
{
    size_t each = sizeof(uint32_t) + sizeof(float) + sizeof(part), sketch = sketched ? SKETCH_BINS : 0;
    if (words >= 1u << 29) return NULL;
    item *it = calloc(1, sizeof *it + n * each + sketch * sizeof(uint32_t) + id.n + 1 + words);
    if (!it) return NULL;
    it->keys = (uint32_t *)(void *)(it + 1);
    it->values = (float *)(void *)(it->keys + n);
    it->parts = (part *)(void *)(it->values + n);
    it->sketch = sketch ? (uint32_t *)(void *)(it->parts + n) : NULL;
    char *name = (char *)(it->parts + n) + sketch * sizeof(uint32_t);
    if (id.n) memcpy(name, id.p, id.n);
    it->id = (syn_str){name, id.n};
    it->surfaces = *surfaces = name + id.n + 1;
    it->nparts = (uint32_t)n;
    it->words = (uint32_t)words;
    return it;
}

static item *lay_out(const syn_signature *s, const ranked *kept, size_t n)
{
    size_t words = 0, sketch = s->nshingles == SKETCH_BINS ? SKETCH_BINS : 0;
    char *surface;
    for (size_t k = 0; k < n; k++) words += s->surfaces[kept[k].feature].n + 1;
    item *it = room(s->id, n, sketch > 0, words, &surface);
    if (!it) return NULL;
    for (size_t k = 0; k < sketch; k++)
        it->sketch[k] = s->shingles[k] == UINT64_MAX ? UINT32_MAX : (uint32_t)(s->shingles[k] >> 8) & 0x7FFFFFFF;
    for (size_t k = 0; k < n; k++) {
        const syn_feature *f = &s->features[kept[k].feature];
        syn_str words_of = s->surfaces[kept[k].feature];
        it->keys[k] = kept[k].key;
        it->parts[k] = (part){f->alt ? -sqrtf(f->weight) : sqrtf(f->weight),
                              (uint32_t)(surface - it->surfaces) & 0x1FFFFFFF, f->signal & 7};
        if (words_of.n) memcpy(surface, words_of.p, words_of.n);
        surface += words_of.n + 1;
    }
    return it;
}

/* Readings of one word: at most one will meet. */
static float squared(float value, bool alt)
{
    return alt ? value * value * 0.4f : value * value;
}

static item *make(syn_grouper *g, const syn_signature *s, uint32_t lang)
{
    ranked *all = calloc(s->nfeatures ? s->nfeatures : 1, sizeof *all);
    float dropped[SYN_SIGNALS] = {0};
    bool ok = all;
    for (uint32_t f = 0; ok && f < s->nfeatures; f++) {
        all[f] = (ranked){f, syn_index_count(&g->index, &s->features[f], lang), 0};
        ok = all[f].key != NONE;
    }
    item *it = NULL;
    if (ok) {
        syn_index_counted(&g->index, s, lang);
        for (uint32_t f = 0; f < s->nfeatures; f++)
            all[f].value = sqrtf(s->features[f].weight) * (float)syn_index_rarity(&g->index, all[f].key, lang);
        size_t n = s->nfeatures;
        if (n > MAX_PARTS) {
            qsort(all, n, sizeof *all, by_value);
            for (size_t k = MAX_PARTS; k < n; k++) {
                const syn_feature *f = &s->features[all[k].feature];
                dropped[f->signal] += squared(all[k].value, f->alt);
            }
            n = MAX_PARTS;
        }
        qsort(all, n, sizeof *all, by_key);
        it = lay_out(s, all, n);
    }
    free(all);
    if (!it) return NULL;
    memcpy(it->dropped, dropped, sizeof dropped);
    it->when = s->when;
    it->spoken_of = s->spoken_of;
    it->content = s->content;
    it->outlet = s->outlet;
    it->lang = lang;
    it->story = it->reprint_of = NONE;
    return it;
}

static uint64_t id_key(syn_str id)
{
    uint64_t h = syn_hash(id, 21);
    return h ? h : 1;
}

uint32_t syn_item_new(syn_grouper *g, const syn_signature *s, uint32_t lang)
{
    if (g->nitems >= NONE - 1 || !syn_story_grow(&g->items, &g->items_cap, g->nitems + 1, sizeof *g->items) ||
        !syn_story_grow(&g->free_items, &g->free_items_cap, g->items_cap, sizeof *g->free_items))
        return NONE;
    item *it = make(g, s, lang);
    uint32_t *at = it ? syn_table_add(&g->ids, id_key(it->id)) : NULL;
    if (!at) {
        free(it);
        return NONE;
    }
    uint32_t i = g->nfree_items ? g->free_items[--g->nfree_items] : (uint32_t)g->nitems++;
    *at = i + 1;
    it->order = ++g->order;
    g->items[i] = it;
    g->living++;
    syn_score_refresh(g, it);
    for (uint32_t p = 0; p < it->nparts; p++) {
        if (!syn_index_post(&g->index, it->keys[p], i)) {
            it->nparts = p;
            syn_item_free(g, i);
            return NONE;
        }
    }
    return i;
}

void syn_item_free(syn_grouper *g, uint32_t i)
{
    item *it = g->items[i];
    uint64_t id = id_key(it->id);
    const uint32_t *at = syn_table_get(&g->ids, id);
    if (at && *at == i + 1) syn_table_remove(&g->ids, id);
    for (uint32_t p = 0; p < it->nparts; p++) syn_index_unpost(&g->index, it->keys[p], i);
    g->items[i] = NULL;
    g->free_items[g->nfree_items++] = i; /* there is room for every item */
    g->living--;
    free(it);
}

/* ---- what is learned of an article's words ---- */

typedef struct merged { /* a part of the item to be */
    uint32_t key, from; /* from: its part before, or NONE */
    part p;
} merged;

static int by_merged(const void *a, const void *b)
{
    const merged *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

/* The parts that the item is to have; counts what is new in the index.  SIZE_MAX: no memory. */
static size_t merge_parts(syn_grouper *g, const item *it, const meant *means, size_t n, merged *out, bool *changed)
{
    size_t k = 0, learned = 0, kept = 0;
    for (uint32_t p = 0; p < it->nparts; p++) {
        if (it->parts[p].signal == SYN_SIGNAL_LEARNED)
            learned++;
        else
            out[k++] = (merged){it->keys[p], p, it->parts[p]};
    }
    size_t others = k;
    for (size_t m = 0; m < n; m++) {
        uint32_t key = syn_index_number(&g->index, means[m].key), p = 0;
        while (key != NONE && p < it->nparts && it->keys[p] != key) p++;
        bool held = key != NONE && p < it->nparts;
        if (held && it->parts[p].signal != SYN_SIGNAL_LEARNED) continue;
        const syn_feature f = {.key = means[m].key, .signal = SYN_SIGNAL_LEARNED, .common = 2};
        if (!held) key = syn_index_count(&g->index, &f, it->lang);
        if (key == NONE) return SIZE_MAX;
        g->index.keys[key].meant = true;
        kept += held;
        out[k++] = (merged){
            key,
            held ? p : NONE,
            {.weight = means[m].weight, .surface = means[m].surface & 0x1FFFFFFF, .signal = SYN_SIGNAL_LEARNED}};
    }
    *changed = kept != learned || kept != k - others;
    qsort(out, k, sizeof *out, by_merged);
    return k;
}

bool syn_item_means(syn_grouper *g, uint32_t i, const meant *means, size_t n, bool *changed)
{
    item *old = g->items[i];
    merged parts[MAX_PARTS + MAX_MEANT];
    char *surfaces;
    bool other = false;
    size_t k = merge_parts(g, old, means, n < MAX_MEANT ? n : MAX_MEANT, parts, &other);
    if (k == SIZE_MAX) return false;
    if (!other) return true;
    item *it = room(old->id, k, old->sketch != NULL, old->words, &surfaces);
    if (!it) return false;
    memcpy(surfaces, old->surfaces, old->words);
    if (old->sketch) memcpy(it->sketch, old->sketch, SKETCH_BINS * sizeof *it->sketch);
    item copy = *old;
    copy.id = it->id;
    copy.keys = it->keys;
    copy.values = it->values;
    copy.parts = it->parts;
    copy.sketch = it->sketch;
    copy.surfaces = it->surfaces;
    copy.nparts = (uint32_t)k;
    *it = copy;
    for (size_t p = 0; p < k; p++) {
        it->keys[p] = parts[p].key;
        it->parts[p] = parts[p].p;
        if (parts[p].from == NONE && !syn_index_post(&g->index, parts[p].key, i)) {
            while (p-- > 0)
                if (parts[p].from == NONE) syn_index_unpost(&g->index, parts[p].key, i);
            free(it);
            return false;
        }
    }
    for (uint32_t p = 0, q = 0; p < old->nparts; p++) { /* both ascend */
        while (q < k && it->keys[q] < old->keys[p]) q++;
        if (q == k || it->keys[q] != old->keys[p]) syn_index_unpost(&g->index, old->keys[p], i);
    }
    g->items[i] = it;
    free(old);
    syn_score_refresh(g, it);
    return *changed = true;
}

uint32_t syn_item_number(const syn_grouper *g, syn_str id)
{
    const uint32_t *at = syn_table_get(&g->ids, id_key(id));
    return at && syn_str_eq(g->items[*at - 1]->id, id) ? *at - 1 : NONE;
}

/* ---- stories ---- */

uint32_t syn_story_new(syn_grouper *g, syn_str founder, uint64_t order)
{
    char *name = malloc(founder.n + 1);
    if (!name || g->nstories >= NONE - 1 ||
        !syn_story_grow(&g->stories, &g->stories_cap, g->nstories + 1, sizeof *g->stories) ||
        !syn_story_grow(&g->free_stories, &g->free_stories_cap, g->stories_cap, sizeof *g->free_stories)) {
        free(name);
        return NONE;
    }
    uint32_t *at = syn_table_add(&g->founders, id_key(founder));
    if (!at) {
        free(name);
        return NONE;
    }
    if (founder.n) memcpy(name, founder.p, founder.n);
    name[founder.n] = 0;
    uint32_t s = g->nfree_stories ? g->free_stories[--g->nfree_stories] : (uint32_t)g->nstories++;
    g->stories[s] = (story_t){.order = order, .founder = {name, founder.n}, .last_order = order};
    *at = s + 1;
    return s;
}

uint32_t syn_story_by_founder(const syn_grouper *g, syn_str founder)
{
    const uint32_t *at = syn_table_get(&g->founders, id_key(founder));
    return at && syn_str_eq(g->stories[*at - 1].founder, founder) ? *at - 1 : NONE;
}

static void leave(syn_grouper *g, uint32_t i)
{
    story_t *s = &g->stories[g->items[i]->story];
    for (size_t m = 0; m < s->n; m++) {
        if (s->members[m] != i) continue;
        memmove(s->members + m, s->members + m + 1, (s->n - m - 1) * sizeof *s->members);
        s->n--;
        break;
    }
    if (!s->n) {
        const uint32_t *at = syn_table_get(&g->founders, id_key(s->founder));
        if (at && *at == g->items[i]->story + 1) syn_table_remove(&g->founders, id_key(s->founder));
        free(s->members);
        free((void *)(uintptr_t)s->founder.p);
        *s = (story_t){0};
        g->free_stories[g->nfree_stories++] = g->items[i]->story;
    }
    g->items[i]->story = NONE;
}

bool syn_story_move(syn_grouper *g, uint32_t i, uint32_t to)
{
    item *it = g->items[i];
    if (it->story == to) return true;
    if (to != NONE) {
        story_t *s = &g->stories[to];
        if (!syn_story_grow(&s->members, &s->cap, s->n + 1, sizeof *s->members)) return false;
        s->members[s->n++] = i;
        if (it->order > s->last_order) s->last_order = it->order;
    }
    if (it->story != NONE) leave(g, i);
    it->story = to;
    return true;
}

size_t syn_story_sample(const syn_grouper *g, uint32_t story, size_t most, uint32_t out[SAMPLE])
{
    const story_t *s = &g->stories[story];
    size_t n = 0;
    if (most > SAMPLE) most = SAMPLE;
    for (size_t k = 0; k < most; k++) {
        /* evenly, from the founder to the latest */
        size_t at = s->n <= most ? k : k * (s->n - 1) / (most - 1);
        if (at >= s->n) break;
        if (g->items[s->members[at]]->reprint_of == NONE) out[n++] = s->members[at];
    }
    if (!n && s->n) out[n++] = s->members[0];
    return n;
}
