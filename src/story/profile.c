/* profile.c - stage 5: what a story is about, in keys that mean the same in every language; by them it is found again
   when it sleeps, and its topics are found. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

/* Kept of each signal: words and days are of one language, or of one day. */
static const size_t shares[SYN_SIGNALS] = {
    [SYN_SIGNAL_NAME] = 24, [SYN_SIGNAL_FIGURE] = 8, [SYN_SIGNAL_CONCEPT] = 12,
    [SYN_SIGNAL_PLACE] = 6, [SYN_SIGNAL_LINK] = 6,
};

enum {
    MOST_WORDED = 64,   /* keys of a profile of which is asked what words they are */
    MOST_PRINTED = 128, /* of an article */
    MOST_READ = 12,     /* articles of a story */
    LIKELY = 8,         /* names kept beside the others that no article shows to be one */
    SHORTEST_STEM = 5,  /* bytes */
    LONGEST_ENDING = 3
};

typedef struct gathered {
    syn_story_key key;
    float share; /* of its signal's evidence: by it and the key's prominence it is chosen */
    bool named;  /* in one article at least */
    bool likely; /* printed as a name might be, by a word whose sounds are many */
} gathered;

static int by_key(const void *a, const void *b)
{
    const gathered *x = a, *y = b;
    return (x->key.key > y->key.key) - (x->key.key < y->key.key);
}

static int by_weight(const void *a, const void *b)
{
    const gathered *x = a, *y = b;
    float a_says = x->share * x->key.weight, b_says = y->share * y->key.weight;
    if (a_says != b_says) return a_says > b_says ? -1 : 1;
    return by_key(a, b);
}

/* 0 to 1, by where an article says it and how often: a word of the title that is said again has 1.  Of the readings of
   one word all may be kept.  What a lone article mentions in passing is less than what most of several do. */
static float prominence(const part *p, size_t tellings)
{
    float root = (float)abs(p->weight) / (2.4f * PART_ONE);
    if (root > 1) root = 1;
    if (tellings <= 2) root *= tellings == 1 ? sqrtf(root) : sqrtf(sqrtf(root));
    return p->weight < 0 ? root / 2 : root;
}

/* Words of scripts without capitals seldom show that they are a name, nor does the first word of a sentence. */
static bool may_name(const char *words)
{
    uint32_t cp;
    if (!*words) return false;
    syn_utf8_next(syn_str_of(words), 0, &cp);
    uint8_t script = syn_char_of(cp)->script;
    if (syn_char_of(cp)->flags & SYN_CH_UPPER) return true;
    return script != SYN_SCRIPT_COMMON && script != SYN_SCRIPT_LATIN && script != SYN_SCRIPT_GREEK &&
           script != SYN_SCRIPT_CYRILLIC && script != SYN_SCRIPT_ARMENIAN;
}

/* ---- keys of the same words ---- */

typedef struct wording { /* the keys of a profile by the words that articles print for them */
    syn_story_key *keys;
    size_t n;
    uint16_t of[MOST_WORDED]; /* of each: another of the same words, itself where it stands first */
    bool plain[MOST_WORDED];
} wording;

typedef struct printed {
    const char *words;
    size_t n, key; /* bytes; its place in the profile, past the last: a concept that was left out */
    uint8_t signal;
    bool phrase; /* a concept of more than one word */
} printed;

static uint16_t first_of(const wording *w, uint16_t k)
{
    while (w->of[k] != k) k = w->of[k];
    return k;
}

/* Whether a phrase holds the words, parted from others by spaces. */
static bool is_within(const char *words, size_t n, const char *phrase)
{
    for (const char *at = strstr(phrase, words); at; at = strstr(at + 1, words))
        if ((at == phrase || at[-1] == ' ') && (at[n] == 0 || at[n] == ' ')) return true;
    return false;
}

/* One name with another ending: "Republican", "Republicans". */
static bool is_inflected(const printed *a, const printed *b)
{
    size_t least = a->n < b->n ? a->n : b->n, most = a->n < b->n ? b->n : a->n;
    return a->signal == SYN_SIGNAL_NAME && b->signal == SYN_SIGNAL_NAME && least >= SHORTEST_STEM &&
           most - least <= LONGEST_ENDING && memcmp(a->words, b->words, least) == 0;
}

static void join_words(wording *w, const printed *a, const printed *b)
{
    bool same = a->n == b->n && memcmp(a->words, b->words, a->n) == 0;
    if (!same && !(b->phrase && is_within(a->words, a->n, b->words)) && !is_inflected(a, b)) return;
    if (b->signal == SYN_SIGNAL_CONCEPT && a->signal == SYN_SIGNAL_NAME) w->plain[a->key] = true;
    if (a->key >= w->n || b->key >= w->n) return;
    uint16_t x = first_of(w, (uint16_t)a->key), y = first_of(w, (uint16_t)b->key);
    if (x < y)
        w->of[y] = x;
    else
        w->of[x] = y;
}

static void read_words(wording *w, const syn_grouper *g, const item *it)
{
    printed all[MOST_PRINTED];
    size_t n = 0;
    for (uint32_t p = 0, signal = 0; p < it->start[SYN_SIGNAL_PLACE + 1] && n < MOST_PRINTED; p++) {
        while (p >= it->start[signal + 1]) signal++;
        const char *words = syn_item_words(it, p);
        if (!*words || !shares[signal] || signal == SYN_SIGNAL_FIGURE) continue;
        uint64_t key = g->index.keys[it->keys[p]].key;
        size_t k = 0;
        while (k < w->n && w->keys[k].key != key) k++;
        if (k == w->n && signal != SYN_SIGNAL_CONCEPT) continue;
        bool phrase = signal == SYN_SIGNAL_CONCEPT && strchr(words, ' ');
        all[n++] = (printed){words, strlen(words), k, (uint8_t)signal, phrase};
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            if (i != k) join_words(w, &all[i], &all[k]);
}

static void number_words(const syn_grouper *g, const uint32_t *members, size_t n, syn_story_key *keys, size_t nkeys)
{
    wording w = {.keys = keys, .n = nkeys < MOST_WORDED ? nkeys : MOST_WORDED};
    for (uint16_t k = 0; k < w.n; k++) w.of[k] = k;
    for (size_t m = 0; m < n && m < MOST_READ; m++) read_words(&w, g, g->items[members[m]]);
    for (uint16_t k = 0; k < w.n; k++)
        keys[k].word |= (uint16_t)((first_of(&w, k) + 1) | (w.plain[k] ? SYN_STORY_PLAIN : 0));
}

size_t syn_grouper_profile(const syn_grouper *g, syn_str founder, syn_story_key *out, size_t most)
{
    uint32_t sample[SAMPLE], story = syn_story_by_founder(g, founder);
    if (story == NONE) return 0;
    size_t members = syn_story_sample(g, story, SAMPLE, sample), n = 0, kept = 0, taken[SYN_SIGNALS] = {0}, given = 0;
    gathered *all = calloc(members * MAX_PARTS, sizeof *all);
    if (!all) return 0;
    for (size_t m = 0; m < members; m++) {
        const item *it = g->items[sample[m]];
        for (uint32_t p = 0, signal = 0; p < it->nparts; p++) {
            while (p >= it->start[signal + 1]) signal++;
            float share = it->norm[signal] > 0 ? it->values[p] / it->norm[signal] : 0;
            if (!shares[signal] || share <= 0) continue;
            uint64_t key = g->index.keys[it->keys[p]].key;
            float weight = prominence(&it->parts[p], members) / (float)members;
            all[n++] = (gathered){{key, (uint8_t)signal, weight, 0},
                                  share / (float)members,
                                  it->parts[p].named,
                                  signal == SYN_SIGNAL_NAME && g->index.keys[it->keys[p]].common != 1 &&
                                      may_name(syn_item_words(it, p))};
        }
    }
    qsort(all, n, sizeof *all, by_key);
    for (size_t i = 0; i < n; i++) {
        if (kept && all[kept - 1].key.key == all[i].key.key) {
            all[kept - 1].key.weight += all[i].key.weight;
            all[kept - 1].share += all[i].share;
            all[kept - 1].named |= all[i].named;
            all[kept - 1].likely |= all[i].likely;
        } else {
            all[kept++] = all[i];
        }
    }
    qsort(all, kept, sizeof *all, by_weight);
    for (size_t i = 0; i < kept && given < most; i++) {
        unsigned signal = all[i].key.signal;
        if (signal == SYN_SIGNAL_NAME && !all[i].named) continue;
        if (taken[signal]++ < shares[signal]) out[given++] = all[i].key;
    }
    size_t likely = taken[SYN_SIGNAL_NAME] < shares[SYN_SIGNAL_NAME] ? shares[SYN_SIGNAL_NAME] - taken[SYN_SIGNAL_NAME]
                                                                     : 0;
    likely += LIKELY;
    for (size_t i = 0; i < kept && given < most && likely; i++) {
        if (all[i].named || !all[i].likely) continue;
        out[given] = all[i].key;
        out[given++].word = SYN_STORY_LIKELY;
        likely--;
    }
    free(all);
    number_words(g, sample, members, out, given);
    return given;
}

size_t syn_grouper_rarest(const syn_grouper *g, const syn_signature *s, uint64_t *out, size_t most)
{
    enum { MOST = 32 };
    float rarity[MOST];
    size_t n = 0;
    if (most > MOST) most = MOST;
    for (uint32_t f = 0; f < s->nfeatures; f++) {
        const syn_feature *x = &s->features[f];
        if (x->signal != SYN_SIGNAL_NAME && x->signal != SYN_SIGNAL_FIGURE && x->signal != SYN_SIGNAL_LINK) continue;
        if (x->common > 1) continue;
        uint32_t number = syn_index_find(&g->index, x->key);
        float r = x->weight / (1 + (number != NONE ? g->index.keys[number].df : 0));
        size_t at = n < most ? n++ : most;
        if (at == most && rarity[--at] >= r) continue;
        for (; at && rarity[at - 1] < r; at--) {
            rarity[at] = rarity[at - 1];
            out[at] = out[at - 1];
        }
        rarity[at] = r;
        out[at] = x->key;
    }
    return n;
}

bool syn_grouper_holds(const syn_grouper *g, syn_str founder)
{
    return syn_story_by_founder(g, founder) != NONE;
}
