/* grams.h - stage 3, inside: the features that the language model counts.  The tool that trains the model includes this
   file too, so that training and use cannot drift apart.

   A text is cut into words of lower-case letters and marks (NFC); a word between two spaces gives its character n-grams
   of one to five and, once more, itself as a whole.  Scripts that part no words give runs in the same way. */
#ifndef SYN_TEXT_GRAMS_H
#define SYN_TEXT_GRAMS_H

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "../base/base.h"

enum {
    GRAM_MAX = 5,      /* longest n-gram, characters */
    GRAM_WORD = 6,     /* order of the feature that is a whole word */
    GRAM_LETTERS = 40, /* longest word looked at; longer ones are cut */
    GRAMS_OF_WORD = (GRAM_LETTERS + 2) * GRAM_MAX + 1
};

typedef struct syn_gram {
    uint64_t hash;
    uint8_t order; /* characters, or GRAM_WORD */
} syn_gram;

typedef struct syn_grams {
    const UNormalizer2 *nfc;
    uint32_t word[GRAM_LETTERS + 4]; /* a space, the letters, a space */
    unsigned n;                      /* characters in word */
    uint8_t script;                  /* of the word's first letter */
} syn_grams;

typedef void syn_gram_fn(void *user, const syn_gram *grams, size_t n); /* of one word, the whole word last */

static inline void syn_grams_start(syn_grams *g)
{
    UErrorCode failed = U_ZERO_ERROR;
    g->nfc = unorm2_getNFCInstance(&failed);
    if (U_FAILURE(failed)) g->nfc = NULL;
    g->word[0] = ' ';
    g->n = 1;
    g->script = SYN_SCRIPT_COMMON;
}

static inline void syn_grams_put(syn_grams *g, uint32_t cp)
{
    if (g->n <= GRAM_LETTERS) g->word[g->n++] = cp;
}

/* Put a mark after the letter before it as NFC would: marks of a lower class go first. */
static inline void syn_grams_mark(syn_grams *g, uint32_t mark)
{
    uint32_t *last = &g->word[g->n - 1];
    UChar32 whole = g->nfc ? unorm2_composePair(g->nfc, (UChar32)*last, (UChar32)mark) : -1;
    if (whole >= 0) {
        *last = (uint32_t)whole;
        return;
    }
    UChar parts[8];
    UErrorCode failed = U_ZERO_ERROR;
    int32_t n = g->nfc ? unorm2_getRawDecomposition(g->nfc, (UChar32)*last, parts, SYN_COUNT(parts), &failed) : -1;
    if (n == 2 && U_SUCCESS(failed) && !U16_IS_SURROGATE(parts[0]) && !U16_IS_SURROGATE(parts[1]) &&
        u_getCombiningClass((UChar32)mark) < u_getCombiningClass(parts[1]) && u_getCombiningClass((UChar32)mark) > 0) {
        whole = unorm2_composePair(g->nfc, parts[0], (UChar32)mark);
        if (whole >= 0) {
            *last = (uint32_t)whole;
            mark = parts[1];
        }
    }
    syn_grams_put(g, mark);
}

static inline void syn_grams_letter(syn_grams *g, uint32_t cp, const syn_char *c)
{
    if (g->n == 1) g->script = c->script;
    if (cp >= 0x1161 && cp <= 0x11FF && g->nfc && g->n > 1) { /* jamo after jamo */
        UChar32 syllable = unorm2_composePair(g->nfc, (UChar32)g->word[g->n - 1], (UChar32)cp);
        if (syllable >= 0) {
            g->word[g->n - 1] = (uint32_t)syllable;
            return;
        }
    }
    uint32_t low = cp < 0x80 ? cp | 0x20 : (c->flags & SYN_CH_UPPER) ? (uint32_t)u_tolower((UChar32)cp) : cp;
    syn_grams_put(g, low);
}

/* The word gathered so far, as features; then start the next. */
static inline void syn_grams_flush(syn_grams *g, syn_gram_fn *fn, void *user)
{
    while (g->n > 1 && g->word[g->n - 1] == '\'') g->n--;
    if (g->n > 1) {
        g->word[g->n++] = ' ';
        syn_gram grams[GRAMS_OF_WORD];
        size_t n = 0;
        for (unsigned at = 0; at < g->n; at++) {
            uint64_t h = 0xCBF29CE484222325u;
            for (unsigned k = 1; k <= GRAM_MAX && at + k <= g->n; k++) {
                h = (h ^ g->word[at + k - 1]) * 0x100000001B3u;
                h ^= h >> 29;
                if (k > 1 || g->word[at] != ' ') grams[n++] = (syn_gram){h * 0x9E3779B97F4A7C15u + k, (uint8_t)k};
            }
        }
        uint64_t h = 77;
        for (unsigned at = 1; at + 1 < g->n; at++) {
            h = (h ^ g->word[at]) * 0x100000001B3u;
            h ^= h >> 31;
        }
        grams[n++] = (syn_gram){h * 0x9E3779B97F4A7C15u + GRAM_WORD, GRAM_WORD};
        fn(user, grams, n);
    }
    g->n = 1;
    g->script = SYN_SCRIPT_COMMON;
}

static inline bool syn_grams_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == 0x2019 || cp == 0x02BC || cp == 0x02BB || cp == 0x1363;
}

/* Every feature of text's words whose script is in scripts (a bit a script).  O(n). */
static inline void syn_grams_of(syn_str text, uint64_t scripts, syn_gram_fn *fn, void *user)
{
    syn_grams g;
    syn_grams_start(&g);
    bool skip = false;
    for (size_t at = 0; at < text.n;) {
        uint32_t cp;
        at += syn_utf8_next(text, at, &cp);
        const syn_char *c = syn_char_of(cp);
        if (syn_grams_apostrophe(cp)) {
            if (g.n > 1) syn_grams_put(&g, '\'');
        } else if (c->flags & SYN_CH_LETTER) {
            if (g.n == 1) skip = !(scripts >> c->script & 1);
            if (!skip) syn_grams_letter(&g, cp, c);
        } else if ((c->flags & SYN_CH_MARK) || cp == 0x200C) {
            if (g.n > 1) syn_grams_mark(&g, cp);
        } else {
            syn_grams_flush(&g, fn, user);
        }
    }
    syn_grams_flush(&g, fn, user);
}

/* ---- the model's file: a header, the languages, the buckets' offsets, the entries ---- */

#define SYN_LANGMODEL_MAGIC 0x314D4C53u /* "SLM1" */

typedef struct syn_langmodel {
    uint32_t magic;
    uint32_t langs;       /* how many */
    uint32_t bucket_bits; /* buckets are the top bits of a feature's hash */
    uint32_t entry_bytes;
} syn_langmodel;

typedef struct syn_langmodel_lang {
    char tag[16];
    int32_t prior; /* in the entries' unit */
    uint32_t spare;
    uint64_t scripts; /* a bit for each script it is written in */
} syn_langmodel_lang;

/* Then uint32_t bucket[(1 << bucket_bits) + 1], offsets into the entries; then the entries, in each bucket one after
   another: two bytes of fingerprint (the hash's low 16 bits), a count, and count times language and weight.  A weight
   is the logarithm of how much likelier the feature is than in any language, GRAM_UNIT to the nat. */
enum { GRAM_UNIT = 20, GRAM_ENTRY_HEAD = 3 };

#endif
