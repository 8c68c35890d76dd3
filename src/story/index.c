/* index.c - stage 5: which articles hold which keys, and how common a key is in a language.

   Counts belong to a moving window: when a full window has been counted all are halved, and keys that nobody holds any
   more are forgotten. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

enum { WINDOW = 40000, /* articles counted before counts are halved */ SIXTEENTHS = 16 };
#define FORGOTTEN 0.3f /* a key that one article held is forgotten when it has been halved twice */

/* Shares of news articles that hold a thing of each signal, from rare to everyday: orders of magnitude as counted over
   a thousand articles in twenty languages. */
static const float priors[SYN_SIGNALS][4] = {
    [SYN_SIGNAL_NAME] = {0.003f, 0.012f, 0.05f, 0.12f}, [SYN_SIGNAL_FIGURE] = {0.01f, 0.04f, 0.08f, 0.25f},
    [SYN_SIGNAL_CONCEPT] = {0.02f, 0.03f, 0.04f, 0.1f}, [SYN_SIGNAL_WORD] = {0.005f, 0.01f, 0.04f, 0.1f},
    [SYN_SIGNAL_PLACE] = {0.02f, 0.03f, 0.04f, 0.1f},   [SYN_SIGNAL_DATE] = {0.02f, 0.04f, 0.08f, 0.1f},
    [SYN_SIGNAL_LINK] = {0.001f, 0.01f, 0.05f, 0.1f},   [SYN_SIGNAL_LEARNED] = {0.02f, 0.03f, 0.04f, 0.1f},
};

static uint64_t pair_of(uint32_t key, uint32_t lang)
{
    return 1 + (uint64_t)key * MAX_LANGS + lang;
}

/* ---- numbers of keys: open addressing, as table.c, half a key beside each number ---- */

static size_t home(const index_t *x, uint32_t tag)
{
    return (size_t)((tag * 0x9E3779B97F4A7C15u) >> 24) & (x->nslots - 1);
}

static uint32_t tag_of(uint64_t key)
{
    return (uint32_t)(key >> 32 ^ key);
}

static bool widen(index_t *x)
{
    size_t n = x->nslots ? x->nslots * 2 : 1024;
    key_slot *fresh = calloc(n, sizeof *fresh), *old = x->slots;
    size_t nold = x->nslots;
    if (!fresh) return false;
    x->slots = fresh;
    x->nslots = n;
    for (size_t i = 0; i < nold; i++) {
        if (!old[i].number) continue;
        size_t at = home(x, old[i].tag);
        while (fresh[at].number) at = (at + 1) & (n - 1);
        fresh[at] = old[i];
    }
    free(old);
    return true;
}

/* Where the key stands, or would. */
static size_t slot_of(const index_t *x, uint64_t key)
{
    uint32_t tag = tag_of(key);
    size_t at = home(x, tag);
    while (x->slots[at].number && (x->slots[at].tag != tag || x->keys[x->slots[at].number - 1].key != key))
        at = (at + 1) & (x->nslots - 1);
    return at;
}

uint32_t syn_index_find(const index_t *x, uint64_t key)
{
    return x->nslots ? x->slots[slot_of(x, key)].number - 1 : NONE; /* none: 0 - 1 */
}

static void forget(index_t *x, uint64_t key)
{
    size_t hole = slot_of(x, key), mask = x->nslots - 1;
    for (size_t i = (hole + 1) & mask; x->slots[i].number; i = (i + 1) & mask) {
        if (((i - home(x, x->slots[i].tag)) & mask) < ((i - hole) & mask)) continue;
        x->slots[hole] = x->slots[i];
        hole = i;
    }
    x->slots[hole].number = 0;
    x->slots_used--;
}

static uint32_t enter(index_t *x, const syn_feature *f)
{
    if ((x->slots_used + 1) * 3 > x->nslots * 2 && !widen(x)) return NONE;
    size_t at = slot_of(x, f->key);
    if (x->slots[at].number) return x->slots[at].number - 1;
    uint32_t k;
    if (x->nfree) {
        k = x->free_keys[--x->nfree];
    } else {
        if (x->nkeys >= NONE - 1 || !syn_story_grow(&x->keys, &x->keys_cap, x->nkeys + 1, sizeof *x->keys)) return NONE;
        k = (uint32_t)x->nkeys++;
    }
    x->slots[at] = (key_slot){k + 1, tag_of(f->key)};
    x->slots_used++;
    x->keys[k] = (key_entry){.key = f->key, .lang = NO_LANG, .signal = f->signal, .common = f->common};
    return k;
}

/* ---- counting ---- */

/* A language's count of the key into the cache, where it stands apart. */
static void look_ahead(const index_t *x, uint32_t key, uint32_t lang)
{
    const key_entry *e = &x->keys[key];
    if (e->lang != lang && e->lang != NO_LANG) syn_table_prefetch(&x->pairs, pair_of(key, lang));
}

static bool count(index_t *x, uint32_t k, const syn_feature *f, uint32_t lang)
{
    key_entry *e = &x->keys[k];
    if (e->lang == NO_LANG) e->lang = (uint16_t)lang;
    uint32_t *df = e->lang == lang ? &e->own : syn_table_add(&x->pairs, pair_of(k, lang));
    if (!df) return false;
    *df += SIXTEENTHS;
    e->df += 1;
    if (e->signal == SYN_SIGNAL_LEARNED) e->signal = f->signal; /* what it is, not how it was first met */
    /* known as a name from one article, it is a name in all: scripts without capitals hide theirs */
    if (f->common < e->common) e->common = f->common;
    return true;
}

bool syn_index_count(index_t *x, const syn_feature *features, uint32_t n, uint32_t lang, uint32_t *numbers)
{
    enum { AHEAD = 12 };
    for (uint32_t f = 0; f < n; f++) {
        if (f + 2 * AHEAD < n && x->nslots) __builtin_prefetch(&x->slots[home(x, tag_of(features[f + 2 * AHEAD].key))]);
        if (f + AHEAD < n && x->nslots) { /* most likely that is the key */
            uint32_t likely = x->slots[home(x, tag_of(features[f + AHEAD].key))].number;
            if (likely) __builtin_prefetch(&x->keys[likely - 1]);
        }
        numbers[f] = enter(x, &features[f]);
        if (numbers[f] == NONE) return false;
        __builtin_prefetch(&x->keys[numbers[f]]);
    }
    for (uint32_t f = 0; f < n; f++) {
        if (f + AHEAD < n) look_ahead(x, numbers[f + AHEAD], lang);
        if (!count(x, numbers[f], &features[f], lang)) return false;
    }
    return true;
}

void syn_index_uncount(index_t *x, uint32_t key, uint32_t lang)
{
    key_entry *e = &x->keys[key];
    uint32_t *df = e->lang == lang ? &e->own : syn_table_get(&x->pairs, pair_of(key, lang));
    if (df) *df -= *df < SIXTEENTHS ? *df : SIXTEENTHS;
    e->df = e->df > 1 ? e->df - 1 : 0;
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
        e->own /= 2;
        if (!e->key || e->refs || e->df > FORGOTTEN) continue;
        if (!syn_story_grow(&x->free_keys, &x->free_cap, x->nfree + 1, sizeof *x->free_keys)) continue;
        forget(x, e->key);
        if (e->cap > FEW_POSTINGS) free(e->at.many);
        *e = (key_entry){0};
        x->free_keys[x->nfree++] = (uint32_t)k;
    }
}

/* -log(p) for 0 < p, within 0.0002: the exponent, and a polynomial for the rest of it. */
static float surprise(float p)
{
    uint32_t bits;
    memcpy(&bits, &p, sizeof bits);
    float exponent = (float)((int32_t)(bits >> 23) - 127);
    bits = (bits & 0x7FFFFF) | 0x3F800000;
    float m;
    memcpy(&m, &bits, sizeof m);
    float log2 = ((((-0.056570851f * m + 0.44717955f) * m - 1.4699568f) * m + 2.8212026f) * m - 1.7417939f) + exponent;
    return log2 * -0.69314718f;
}

float syn_index_expected(const syn_feature *f)
{
    return surprise(priors[f->signal][f->common]);
}

static float rarity(const index_t *x, uint32_t key, uint32_t lang)
{
    /* A language with few articles borrows from all of them, and a young stream from news at large. */
    enum { PRIOR = 20, AT_LARGE = 60 };
    const key_entry *k = &x->keys[key];
    const uint32_t *own = k->lang == lang ? &k->own : syn_table_get(&x->pairs, pair_of(key, lang));
    float all = (k->df + AT_LARGE * priors[k->signal][k->common]) / ((float)x->articles + AT_LARGE);
    float p = ((float)(own ? *own : 0) / SIXTEENTHS + PRIOR * all) / ((float)x->articles_of[lang] + PRIOR);
    return p < 1 ? surprise(p) : 0;
}

void syn_index_rarities(const index_t *x, const uint32_t *keys, uint32_t n, uint32_t lang, float *out)
{
    enum { AHEAD = 8 };
    for (uint32_t k = 0; k < n; k++) {
        if (k + 2 * AHEAD < n) __builtin_prefetch(&x->keys[keys[k + 2 * AHEAD]]);
        if (k + AHEAD < n) look_ahead(x, keys[k + AHEAD], lang);
        out[k] = rarity(x, keys[k], lang);
    }
}

bool syn_index_too_common(const index_t *x, uint32_t key)
{
    return x->keys[key].df > 40 && x->keys[key].df > x->articles / 8;
}

bool syn_index_post(index_t *x, uint32_t key, uint32_t i)
{
    key_entry *e = &x->keys[key];
    if (e->n == MAX_POSTINGS) { /* the older half is reached by its other keys */
        memmove(e->at.many, e->at.many + MAX_POSTINGS / 2, MAX_POSTINGS / 2 * sizeof *e->at.many);
        e->n = MAX_POSTINGS / 2;
    }
    if (!e->cap) e->cap = FEW_POSTINGS;
    if (e->n == e->cap) {
        uint16_t cap = (uint16_t)(e->cap * 2);
        bool apart = e->cap > FEW_POSTINGS;
        uint32_t *fresh = realloc(apart ? e->at.many : NULL, cap * sizeof *fresh);
        if (!fresh) return false;
        if (!apart) memcpy(fresh, e->at.few, sizeof e->at.few);
        e->at.many = fresh;
        e->cap = cap;
    }
    (e->cap > FEW_POSTINGS ? e->at.many : e->at.few)[e->n++] = i;
    e->refs++;
    return true;
}

void syn_index_unpost(index_t *x, uint32_t key, uint32_t i)
{
    key_entry *e = &x->keys[key];
    uint32_t *at = e->cap > FEW_POSTINGS ? e->at.many : e->at.few;
    e->refs--;
    for (uint16_t p = 0; p < e->n; p++) {
        if (at[p] != i) continue;
        memmove(at + p, at + p + 1, (size_t)(e->n - p - 1) * sizeof *at);
        e->n--;
        break;
    }
    if (e->cap <= FEW_POSTINGS || e->n > FEW_POSTINGS) return;
    uint32_t few[FEW_POSTINGS] = {e->n > 0 ? at[0] : 0, e->n > 1 ? at[1] : 0};
    free(at);
    memcpy(e->at.few, few, sizeof few);
    e->cap = FEW_POSTINGS;
}

void syn_index_free(index_t *x)
{
    for (size_t k = 0; k < x->nkeys; k++)
        if (x->keys[k].cap > FEW_POSTINGS) free(x->keys[k].at.many);
    free(x->keys);
    free(x->free_keys);
    free(x->slots);
    syn_table_free(&x->pairs);
}
