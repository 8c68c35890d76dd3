/* index.c - stage 5: which articles hold which keys, and how common a key is in a language. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

static uint64_t pair_of(uint64_t key, uint32_t lang)
{
    uint64_t p = (key ^ (lang + 1) * 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;
    return p ? p : 1;
}

static bool grow_keys(index_t *x)
{
    if (x->nkeys * 3 < x->cap * 2) return true;
    size_t cap = x->cap ? x->cap * 2 : 4096;
    key_entry **fresh = calloc(cap, sizeof *fresh);
    if (!fresh) return false;
    for (size_t i = 0; i < x->cap; i++) {
        if (!x->keys[i]) continue;
        size_t j = x->keys[i]->key & (cap - 1);
        while (fresh[j]) j = (j + 1) & (cap - 1);
        fresh[j] = x->keys[i];
    }
    free(x->keys);
    x->keys = fresh;
    x->cap = cap;
    return true;
}

static bool grow_pairs(index_t *x)
{
    if (x->npairs * 3 < x->pairs_cap * 2) return true;
    size_t cap = x->pairs_cap ? x->pairs_cap * 2 : 4096;
    pair_count *fresh = calloc(cap, sizeof *fresh);
    if (!fresh) return false;
    for (size_t i = 0; i < x->pairs_cap; i++) {
        if (!x->pairs[i].pair) continue;
        size_t j = x->pairs[i].pair & (cap - 1);
        while (fresh[j].pair) j = (j + 1) & (cap - 1);
        fresh[j] = x->pairs[i];
    }
    free(x->pairs);
    x->pairs = fresh;
    x->pairs_cap = cap;
    return true;
}

static bool count_pair(index_t *x, uint64_t key, uint32_t lang)
{
    if (!grow_pairs(x)) return false;
    uint64_t p = pair_of(key, lang);
    size_t i = p & (x->pairs_cap - 1);
    while (x->pairs[i].pair && x->pairs[i].pair != p) i = (i + 1) & (x->pairs_cap - 1);
    if (!x->pairs[i].pair) {
        x->pairs[i].pair = p;
        x->npairs++;
    }
    x->pairs[i].df++;
    return true;
}

static uint32_t pair_df(const index_t *x, uint64_t key, uint32_t lang)
{
    if (!x->pairs_cap) return 0;
    uint64_t p = pair_of(key, lang);
    size_t i = p & (x->pairs_cap - 1);
    while (x->pairs[i].pair && x->pairs[i].pair != p) i = (i + 1) & (x->pairs_cap - 1);
    return x->pairs[i].df;
}

static bool post(key_entry *k, syn_arena *mem, uint32_t article, float weight)
{
    posting_block *b = k->last;
    if (!b || b->n == SYN_COUNT(b->items)) {
        b = SYN_NEW(mem, posting_block);
        if (!b) return false;
        if (k->last)
            k->last->next = b;
        else
            k->first = b;
        k->last = b;
    }
    b->items[b->n++] = (posting){article, sqrtf(weight), 0};
    return true;
}

/* Shares of news articles that hold a thing of each signal, from rare to everyday: orders of magnitude as counted over
   a thousand articles in twenty languages. */
static const float priors[SYN_SIGNALS][4] = {
    [SYN_SIGNAL_NAME] = {0.003f, 0.012f, 0.05f, 0.12f}, [SYN_SIGNAL_FIGURE] = {0.01f, 0.04f, 0.08f, 0.25f},
    [SYN_SIGNAL_CONCEPT] = {0.02f, 0.03f, 0.04f, 0.1f}, [SYN_SIGNAL_WORD] = {0.005f, 0.01f, 0.04f, 0.1f},
    [SYN_SIGNAL_PLACE] = {0.02f, 0.03f, 0.04f, 0.1f},   [SYN_SIGNAL_DATE] = {0.02f, 0.04f, 0.08f, 0.1f},
    [SYN_SIGNAL_LINK] = {0.001f, 0.01f, 0.05f, 0.1f},
};

static key_entry *enter(index_t *x, syn_arena *mem, uint64_t key, float prior)
{
    if (!grow_keys(x)) return NULL;
    size_t i = key & (x->cap - 1);
    while (x->keys[i] && x->keys[i]->key != key) i = (i + 1) & (x->cap - 1);
    if (!x->keys[i]) {
        x->keys[i] = SYN_NEW(mem, key_entry);
        if (!x->keys[i]) return NULL;
        x->keys[i]->key = key;
        x->keys[i]->prior = prior;
        x->nkeys++;
    }
    /* known as a name from one article, it is a name in all: scripts without capitals hide theirs */
    if (prior < x->keys[i]->prior) x->keys[i]->prior = prior;
    return x->keys[i];
}

bool syn_index_add(index_t *x, syn_arena *mem, uint32_t article, uint32_t lang, const syn_signature *s,
                   const key_entry **keys)
{
    if (lang >= x->nlangs) {
        size_t more = lang + 16;
        uint32_t *fresh = realloc(x->articles_of, more * sizeof *fresh);
        if (!fresh) return false;
        memset(fresh + x->nlangs, 0, (more - x->nlangs) * sizeof *fresh);
        x->articles_of = fresh;
        x->nlangs = more;
    }
    for (uint32_t f = 0; f < s->nfeatures; f++) {
        const syn_feature *feature = &s->features[f];
        key_entry *k = enter(x, mem, feature->key, priors[feature->signal][feature->common]);
        if (!k || !post(k, mem, article, feature->weight) || !count_pair(x, k->key, lang)) return false;
        k->df++;
        keys[f] = k;
    }
    x->articles++;
    x->articles_of[lang]++;
    return true;
}

double syn_index_rarity(const index_t *x, const key_entry *k, uint32_t lang)
{
    /* A language with few articles borrows from all of them, and a young stream from news at large. */
    enum { PRIOR = 20, AT_LARGE = 60 };
    double all = (k->df + AT_LARGE * (double)k->prior) / (x->articles + (double)AT_LARGE);
    double own = lang < x->nlangs ? x->articles_of[lang] : 0;
    double p = (pair_df(x, k->key, lang) + PRIOR * all) / (own + PRIOR);
    return p < 1 ? -log(p) : 0;
}

void syn_index_free(index_t *x)
{
    free(x->keys);
    free(x->pairs);
    free(x->articles_of);
    *x = (index_t){0};
}
