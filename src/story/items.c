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

/* The value of the n-th largest, n from 1; values are moved (Hoare 1961, Algorithm 65: Find). */
static float nth_largest(float *v, size_t count, size_t n)
{
    size_t low = 0, high = count - 1, at = n - 1;
    while (low < high) {
        float pivot = v[low + (high - low) / 2];
        size_t i = low, j = high;
        for (;;) {
            while (v[i] > pivot) i++;
            while (v[j] < pivot) j--;
            if (i >= j) break;
            float swap = v[i];
            v[i++] = v[j];
            v[j--] = swap;
        }
        if (at <= j)
            high = j;
        else
            low = j + 1;
    }
    return v[at];
}

/* Only those that say most; the order stays. */
static size_t keep_most(ranked *all, size_t n, float *scratch)
{
    if (n <= MAX_PARTS) return n;
    for (size_t f = 0; f < n; f++) scratch[f] = all[f].value;
    float least = nth_largest(scratch, n, MAX_PARTS);
    size_t above = 0, kept = 0;
    for (size_t f = 0; f < n; f++) above += all[f].value > least;
    for (size_t f = 0, equal = MAX_PARTS - above; f < n; f++) {
        if (all[f].value > least || (all[f].value == least && equal && equal--)) all[kept++] = all[f];
    }
    return kept;
}

/* Of those whose words are kept, the least that any says. */
static float with_words(const ranked *kept, size_t n, float *scratch)
{
    if (n <= WITH_WORDS) return 0;
    for (size_t k = 0; k < n; k++) scratch[k] = kept[k].value;
    return nth_largest(scratch, n, WITH_WORDS);
}

/* Room for an item of n parts and so many bytes of words, laid out, its id filled in. */
static item *room(syn_str id, size_t n, bool sketched, uint16_t words, char **surfaces)
{
    size_t each = sizeof(uint32_t) + sizeof(float) + sizeof(part), sketch = sketched ? SKETCH_BINS : 0;
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
    it->words = words;
    return it;
}

/* What stands in the title, a name of the opening, and what is said again and again. */
static bool is_salient(const syn_feature *f)
{
    return f->weight > 2.6f;
}

/* What the article is above all about comes first in each signal. */
static void salient_first(const syn_signature *s, ranked *kept, size_t n, ranked *scratch)
{
    for (size_t k = 0, end; k < n; k = end) {
        size_t first = k, later = 0;
        unsigned signal = s->features[kept[k].feature].signal;
        for (end = k; end < n && s->features[kept[end].feature].signal == signal; end++) {
            if (is_salient(&s->features[kept[end].feature]))
                kept[first++] = kept[end];
            else
                scratch[later++] = kept[end];
        }
        memcpy(kept + first, scratch, later * sizeof *kept);
    }
}

static item *lay_out(const syn_signature *s, const ranked *kept, size_t n, float least)
{
    size_t words = 1, sketch = s->nshingles == SKETCH_BINS ? SKETCH_BINS : 0;
    char *surface;
    for (size_t k = 0; k < n; k++)
        if (kept[k].value >= least) words += s->surfaces[kept[k].feature].n + 1;
    if (words >= NO_WORDS) words = NO_WORDS;
    item *it = room(s->id, n, sketch > 0, (uint16_t)words, &surface);
    if (!it) return NULL;
    for (size_t k = 0; k < sketch; k++)
        it->sketch[k] = s->shingles[k] == UINT64_MAX ? UINT32_MAX : (uint32_t)(s->shingles[k] >> 8) & 0x7FFFFFFF;
    for (size_t k = 0; k < n; k++) {
        const syn_feature *f = &s->features[kept[k].feature];
        syn_str words_of = s->surfaces[kept[k].feature];
        size_t at = (size_t)(surface - it->surfaces);
        bool told = kept[k].value >= least && at + words_of.n + 1 < words;
        float weight = sqrtf(f->weight) * PART_ONE;
        int16_t w = (int16_t)(weight < 1 ? 1 : weight > INT16_MAX ? INT16_MAX : weight);
        it->keys[k] = kept[k].key;
        it->parts[k] = (part){f->alt ? (int16_t)-w : w, (uint16_t)(told ? at : NO_WORDS) & 0x7FFF, f->common <= 1};
        it->start[f->signal + 1]++;
        it->salient[f->signal] = (uint16_t)(it->salient[f->signal] + is_salient(f));
        if (!told) continue;
        if (words_of.n) memcpy(surface, words_of.p, words_of.n);
        surface += words_of.n + 1;
    }
    for (int k = 0; k < SYN_SIGNALS; k++) it->start[k + 1] = (uint16_t)(it->start[k + 1] + it->start[k]);
    for (int k = 0; k < SYN_SIGNALS; k++) it->salient[k] = (uint16_t)(it->salient[k] + it->start[k]);
    return it;
}

const char *syn_item_words(const item *it, uint32_t p)
{
    return it->parts[p].surface == NO_WORDS ? "" : it->surfaces + it->parts[p].surface;
}

static item *make(syn_grouper *g, const syn_signature *s, uint32_t lang)
{
    uint32_t n = s->nfeatures;
    ranked *all = malloc((n + (size_t)1) * (2 * sizeof *all + sizeof(uint32_t) + sizeof(float)));
    if (!all) return NULL;
    uint32_t *numbers = (uint32_t *)(void *)(all + 2 * (size_t)n);
    item *it = NULL;
    if (syn_index_count(&g->index, s->features, n, lang, numbers)) {
        syn_index_counted(&g->index, s, lang);
        for (uint32_t f = 0; f < n; f++) {
            float rarity = syn_index_expected(&s->features[f]);
            all[f] = (ranked){f, numbers[f], sqrtf(s->features[f].weight) * rarity};
        }
        float *scratch = (float *)(void *)(numbers + n);
        size_t kept = keep_most(all, n, scratch);
        salient_first(s, all, kept, all + n);
        for (size_t k = 0; k < kept; k++) numbers[k] = all[k].key;
        syn_index_rarities(&g->index, numbers, (uint32_t)kept, lang, scratch);
        for (size_t k = 0; k < kept; k++) /* words are for a reader: the rarest as known by now */
            all[k].value = sqrtf(s->features[all[k].feature].weight) * scratch[k];
        it = lay_out(s, all, kept, with_words(all, kept, scratch));
    }
    free(all);
    if (!it) return NULL;
    it->when = s->when;
    it->spoken_of = s->spoken_of;
    it->content = s->content;
    it->outlet = s->outlet;
    it->site = s->site;
    it->source = s->source;
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
    if (g->settled || g->partly) syn_score_refresh(g, it); /* else when all is counted */
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

static bool among(const uint32_t *keys, uint32_t from, uint32_t to, uint32_t key)
{
    while (from < to && keys[from] != key) from++;
    return from < to;
}

/* The learned keys that the item is to have, counted in the index where they are new; false: no memory. */
static bool learned_keys(syn_grouper *g, const item *it, const meant *means, size_t n, uint32_t *keys, part *parts,
                         uint32_t *kept)
{
    uint32_t own = it->start[SYN_SIGNAL_LEARNED];
    *kept = 0;
    for (size_t m = 0; m < n; m++) {
        uint32_t key = syn_index_find(&g->index, means[m].key);
        if (key != NONE && among(it->keys, 0, own, key)) continue;
        const syn_feature f = {.key = means[m].key, .signal = SYN_SIGNAL_LEARNED, .common = 2};
        if (key == NONE || !among(it->keys, own, it->nparts, key))
            if (!syn_index_count(&g->index, &f, 1, it->lang, &key)) return false;
        g->index.keys[key].meant = true;
        keys[*kept] = key;
        parts[(*kept)++] = (part){means[m].weight, means[m].surface & 0x7FFF, 0};
    }
    return true;
}

bool syn_item_means(syn_grouper *g, uint32_t i, const meant *means, size_t n, bool *changed)
{
    item *old = g->items[i];
    uint32_t keys[MAX_MEANT], k, own = old->start[SYN_SIGNAL_LEARNED], same = 0;
    part parts[MAX_MEANT];
    char *surfaces;
    if (!n && own == old->nparts) return true;
    if (!learned_keys(g, old, means, n < MAX_MEANT ? n : MAX_MEANT, keys, parts, &k)) return false;
    for (uint32_t p = 0; p < k; p++) same += among(old->keys, own, old->nparts, keys[p]);
    if (same == k && same == old->nparts - own) return true;
    item *it = room(old->id, own + k, old->sketch != NULL, old->words, &surfaces);
    if (!it) return false;
    item copy = *old;
    copy.id = it->id;
    copy.keys = it->keys;
    copy.values = it->values;
    copy.parts = it->parts;
    copy.sketch = it->sketch;
    copy.surfaces = it->surfaces;
    copy.nparts = own + k;
    copy.start[SYN_SIGNALS] = (uint16_t)(own + k);
    *it = copy;
    memcpy(surfaces, old->surfaces, old->words);
    if (old->sketch) memcpy(it->sketch, old->sketch, SKETCH_BINS * sizeof *it->sketch);
    memcpy(it->keys, old->keys, own * sizeof *it->keys);
    memcpy(it->parts, old->parts, own * sizeof *it->parts);
    memcpy(it->keys + own, keys, k * sizeof *keys);
    memcpy(it->parts + own, parts, k * sizeof *parts);
    for (uint32_t p = 0; p < k; p++) {
        if (among(old->keys, own, old->nparts, keys[p]) || syn_index_post(&g->index, keys[p], i)) continue;
        while (p-- > 0)
            if (!among(old->keys, own, old->nparts, keys[p])) syn_index_unpost(&g->index, keys[p], i);
        free(it);
        return false;
    }
    for (uint32_t p = own; p < old->nparts; p++)
        if (!among(keys, 0, k, old->keys[p])) {
            syn_index_unpost(&g->index, old->keys[p], i);
            syn_index_uncount(&g->index, old->keys[p], old->lang);
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
    g->stories[s] = (story_t){
        .order = order, .key = id_key(founder), .founder = {name, founder.n}, .last_order = order};
    *at = s + 1;
    return s;
}

bool syn_story_rename(syn_grouper *g, uint32_t story, syn_str founder, uint64_t order)
{
    story_t *s = &g->stories[story];
    char *name = malloc(founder.n + 1);
    uint32_t *at = name ? syn_table_add(&g->founders, id_key(founder)) : NULL;
    if (!at) {
        free(name);
        return false;
    }
    if (founder.n) memcpy(name, founder.p, founder.n);
    name[founder.n] = 0;
    free((void *)(uintptr_t)s->founder.p);
    s->founder = (syn_str){name, founder.n};
    s->key = id_key(founder);
    s->order = order;
    *at = story + 1;
    return true;
}

void syn_story_forget_all(syn_grouper *g)
{
    for (size_t s = 0; s < g->nstories; s++) {
        for (size_t m = 0; m < g->stories[s].n; m++) g->items[g->stories[s].members[m]]->story = NONE;
        free((void *)(uintptr_t)g->stories[s].founder.p);
        free(g->stories[s].members);
    }
    g->nstories = g->nfree_stories = 0;
    syn_table_free(&g->founders);
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
        if (!it->listed) {
            if (!syn_story_grow(&g->changed, &g->changed_cap, g->nchanged + 1, sizeof *g->changed)) return false;
            g->changed[g->nchanged++] = i;
            it->listed = true;
        }
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
