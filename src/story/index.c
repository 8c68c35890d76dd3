/* index.c - stage 5: which articles hold which keys, and how common a key is in a language.

   Counts belong to a moving window: when a full window has been counted all are halved, and keys that nobody holds any
   more are forgotten. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

enum { WINDOW = 200000, /* articles counted before counts are halved */ SIXTEENTHS = 16 };

/* Shares of news articles that hold a thing of each signal, from rare to everyday: orders of magnitude as counted over
   a thousand articles in twenty languages. */
static const float priors[SYN_SIGNALS][4] = {
    [SYN_SIGNAL_NAME] = {0.003f, 0.012f, 0.05f, 0.12f}, [SYN_SIGNAL_FIGURE] = {0.01f, 0.04f, 0.08f, 0.25f},
    [SYN_SIGNAL_CONCEPT] = {0.02f, 0.03f, 0.04f, 0.1f}, [SYN_SIGNAL_WORD] = {0.005f, 0.01f, 0.04f, 0.1f},
    [SYN_SIGNAL_PLACE] = {0.02f, 0.03f, 0.04f, 0.1f},   [SYN_SIGNAL_DATE] = {0.02f, 0.04f, 0.08f, 0.1f},
    [SYN_SIGNAL_LINK] = {0.001f, 0.01f, 0.05f, 0.1f},   [SYN_SIGNAL_LEARNED] = {0.02f, 0.03f, 0.04f, 0.1f},
};

uint32_t syn_index_number(const index_t *x, uint64_t key)
{
    const uint32_t *number = syn_table_get(&x->numbers, key);
    return number ? *number - 1 : NONE;
}

static uint64_t pair_of(uint32_t key, uint32_t lang)
{
    return 1 + (uint64_t)key * MAX_LANGS + lang;
}

static uint32_t enter(index_t *x, const syn_feature *f)
{
    uint32_t *number = syn_table_add(&x->numbers, f->key);
    if (!number) return NONE;
    if (*number) return *number - 1;
    uint32_t k;
    if (x->nfree) {
        k = x->free_keys[--x->nfree];
    } else {
        if (x->nkeys >= UINT32_MAX / MAX_LANGS ||
            !syn_story_grow(&x->keys, &x->keys_cap, x->nkeys + 1, sizeof *x->keys)) {
            syn_table_remove(&x->numbers, f->key);
            return NONE;
        }
        k = (uint32_t)x->nkeys++;
    }
    *number = k + 1;
    x->keys[k] = (key_entry){.key = f->key, .prior = 1, .signal = f->signal};
    return k;
}

uint32_t syn_index_count(index_t *x, const syn_feature *f, uint32_t lang)
{
    uint32_t k = enter(x, f);
    uint32_t *df = k == NONE ? NULL : syn_table_add(&x->pairs, pair_of(k, lang));
    if (!df) return NONE;
    *df += SIXTEENTHS;
    key_entry *e = &x->keys[k];
    e->df += 1;
    if (e->signal == SYN_SIGNAL_LEARNED) e->signal = f->signal; /* what it is, not how it was first met */
    /* known as a name from one article, it is a name in all: scripts without capitals hide theirs */
    float prior = priors[f->signal][f->common];
    if (prior < e->prior) e->prior = prior;
    return k;
}

static uint32_t half(uint32_t sixteenths)
{
    return sixteenths / 2;
}

double syn_index_lack(const index_t *x, uint32_t lang)
{
    const double enough = 0.25;
    double share = x->words_of[lang] > 0 ? x->concepts_of[lang] / (x->words_of[lang] * enough) : 1;
    return share < 1 ? 1 - share : 0;
}

void syn_index_counted(index_t *x, const syn_signature *s, uint32_t lang)
{
    for (uint32_t f = 0; f < s->nfeatures; f++) {
        x->words_of[lang] += s->features[f].signal == SYN_SIGNAL_WORD;
        x->concepts_of[lang] += s->features[f].signal == SYN_SIGNAL_CONCEPT;
    }
    x->articles++;
    x->articles_of[lang]++;
    if (x->articles < WINDOW) return;
    x->articles /= 2;
    for (size_t l = 0; l < MAX_LANGS; l++) {
        x->articles_of[l] /= 2;
        x->words_of[l] /= 2;
        x->concepts_of[l] /= 2;
    }
    syn_table_fade(&x->pairs, half);
    for (size_t k = 0; k < x->nkeys; k++) {
        key_entry *e = &x->keys[k];
        e->df /= 2;
        if (!e->key || e->refs || e->df > 1.0f / SIXTEENTHS) continue;
        if (!syn_story_grow(&x->free_keys, &x->free_cap, x->nfree + 1, sizeof *x->free_keys)) continue;
        syn_table_remove(&x->numbers, e->key);
        free(e->postings);
        *e = (key_entry){0};
        x->free_keys[x->nfree++] = (uint32_t)k;
    }
}

double syn_index_rarity(const index_t *x, uint32_t key, uint32_t lang)
{
    /* A language with few articles borrows from all of them, and a young stream from news at large. */
    enum { PRIOR = 20, AT_LARGE = 60 };
    const key_entry *k = &x->keys[key];
    const uint32_t *own = syn_table_get(&x->pairs, pair_of(key, lang));
    double all = (k->df + AT_LARGE * (double)k->prior) / (x->articles + (double)AT_LARGE);
    double p = ((own ? *own : 0) / (double)SIXTEENTHS + PRIOR * all) / (x->articles_of[lang] + PRIOR);
    return p < 1 ? -log(p) : 0;
}

bool syn_index_too_common(const index_t *x, uint32_t key)
{
    return x->keys[key].df > 40 && x->keys[key].df > x->articles / 8;
}

bool syn_index_post(index_t *x, uint32_t key, uint32_t i)
{
    key_entry *e = &x->keys[key];
    if (e->n == MAX_POSTINGS) { /* the older half is reached by its other keys */
        memmove(e->postings, e->postings + MAX_POSTINGS / 2, MAX_POSTINGS / 2 * sizeof *e->postings);
        e->n = MAX_POSTINGS / 2;
    }
    if (e->n == e->cap) {
        uint16_t cap = e->cap ? (uint16_t)(e->cap * 2) : 2;
        uint32_t *fresh = realloc(e->postings, cap * sizeof *fresh);
        if (!fresh) return false;
        e->postings = fresh;
        e->cap = cap;
    }
    e->postings[e->n++] = i;
    e->refs++;
    return true;
}

void syn_index_unpost(index_t *x, uint32_t key, uint32_t i)
{
    key_entry *e = &x->keys[key];
    e->refs--;
    for (uint16_t p = 0; p < e->n; p++) {
        if (e->postings[p] != i) continue;
        memmove(e->postings + p, e->postings + p + 1, (size_t)(e->n - p - 1) * sizeof *e->postings);
        e->n--;
        break;
    }
    if (!e->n) {
        free(e->postings);
        e->postings = NULL;
        e->cap = 0;
    }
}

void syn_index_free(index_t *x)
{
    for (size_t k = 0; k < x->nkeys; k++) free(x->keys[k].postings);
    free(x->keys);
    free(x->free_keys);
    syn_table_free(&x->numbers);
    syn_table_free(&x->pairs);
}
