/* sounds.h - inside stage 4: the sounds of letters, as the table "sounds" holds them.  tools/sounds.c writes the table
   with the structs below; sounds.c reads words by it; similarity.c aligns two readings.  Uses base.h, lexicon.h. */
#ifndef SYN_FACTS_SOUNDS_H
#define SYN_FACTS_SOUNDS_H

#include "../base/base.h"
#include "../lexicon/lexicon.h"

#define SND_MAGIC 0x31444e53u /* "SND1" */
#define SND_MAX_LETTERS 60    /* Latin letters kept of one word */
#define SND_MAX_UNITS 64      /* sound units kept of one word */
#define SND_MAX_CP 0x40000u   /* code points beyond have no sound */
#define SND_HAN_READINGS 6

/* How a character behaves in its word. */
typedef enum snd_kind {
    SND_NONE,     /* no sound: punctuation, signs */
    SND_LETTER,   /* its reading, as it stands */
    SND_ABJAD,    /* consonant whose vowel is not written */
    SND_GLIDE,    /* w, v or y beside vowels, else the vowel u or i */
    SND_INHERENT, /* consonant with an a, unless a sign follows */
    SND_SILENT_A, /* the same, the a is not said at the word's end */
    SND_SIGN,     /* vowel sign in place of the a */
    SND_KILL,     /* takes the a away */
    SND_FINAL,    /* consonant sign after the vowel */
    SND_MEDIAL,   /* consonant sign before the vowel */
    SND_LEAD,     /* vowel written before its consonant */
    SND_GLOTTAL,  /* carrier of a vowel, or a vowel by itself */
    SND_SILENCE,  /* the letter before it is not said */
    SND_NUKTA,    /* changes the consonant before it */
    SND_GERESH,   /* the same, in Hebrew */
    SND_MARK,     /* nothing */
    SND_KANA,
    SND_KANA_SMALL,
    SND_KANA_DOUBLE,
    SND_KANA_LONG,
    SND_HAN,
    SND_KINDS
} snd_kind;

/* Languages in which a Han character is read. */
typedef enum snd_han { SND_MANDARIN, SND_CANTONESE, SND_ON, SND_KUN, SND_KOREAN, SND_VIETNAMESE } snd_han;

typedef struct snd_char {
    uint16_t reading; /* index of a reading; SND_HAN: of a row of six */
    uint16_t kind;
    uint16_t sym[2]; /* sound units of its own, 0 none: then the letters of its reading serve */
} snd_char;

/* Sound units: 1..26 the Latin letters, then whatever the table names.  0 is a word's edge. */
#define SND_SYM_BITS 10
#define SND_SYM_ANY ((1u << SND_SYM_BITS) - 1)
#define SND_ROW(before, sym, after)                                                                                    \
    ((uint32_t)(before) << (2 * SND_SYM_BITS) | (uint32_t)(sym) << SND_SYM_BITS | (uint32_t)(after))

/* One way to write a unit in Latin letters.  Probability exp(-cost / 64). */
typedef struct snd_entry {
    uint16_t chunk, cost;
} snd_entry;
#define SND_COSTS 1024 /* costs are below this */

enum {
    SND_S_STAGE1,    /* u16[SND_MAX_CP >> 7] */
    SND_S_STAGE2,    /* u16 blocks of 128: index of a snd_char */
    SND_S_CHARS,     /* snd_char */
    SND_S_READ_AT,   /* u32, one more than there are readings */
    SND_S_POOL,      /* their letters */
    SND_S_HAN,       /* u16[SND_HAN_READINGS] */
    SND_S_MANDARIN,  /* u16[2] a reading: units of a syllable's head and rest */
    SND_S_CHUNKS,    /* u16[27 * 27 * 27]: id of up to three letters, 0xFFFF none */
    SND_S_CHUNK_LEN, /* u8 a chunk */
    SND_S_ROW_KEYS,  /* u32, a power of two of them, open addressing, 0 empty */
    SND_S_ROW_AT,    /* u32[2] beside each key: first entry, end */
    SND_S_ENTRIES,   /* snd_entry */
    SND_S_EXP,       /* float[SND_COSTS] */
    SND_S_NAMES,     /* names of the units, NUL after each, for the learner */
    SND_S_COUNT
};
typedef struct snd_head {
    uint32_t magic, size;
    uint16_t gap_arabic, gap_hebrew; /* units between two letters that may hide a vowel */
    uint32_t nsyms;
    struct {
        uint32_t at, n;
    } part[SND_S_COUNT]; /* bytes from the start; items */
} snd_head;

typedef struct snd_table {
    const snd_head *head;
    const uint16_t *stage1, *stage2;
    const snd_char *chars;
    const uint32_t *read_at;
    const char *pool;
    const uint16_t *han, *mandarin, *chunks;
    const uint8_t *chunk_len;
    const uint32_t *row_keys, *row_at;
    const snd_entry *entries;
    const float *exp;
    uint32_t row_mask, nchunks;
} snd_table;

/* A word read. */
typedef struct snd_word {
    char latin[SND_MAX_LETTERS]; /* a-z; U and I: a glide taken for a vowel */
    uint8_t nlatin;
    uint16_t unit[SND_MAX_UNITS];
    uint8_t gap[SND_MAX_UNITS]; /* the unit is a gap: not seen by its neighbours */
    uint8_t nunits;
    bool is_latin, has_han;
} snd_word;

/* View the table; false where the lexicon has none. */
bool snd_open(const syn_lexicon *lex, snd_table *t);
bool snd_view(syn_str bytes, snd_table *t);
const snd_char *snd_char_of(const snd_table *t, uint32_t cp);
/* Read one word (no spaces inside).  han: which reading of Han characters.  False where it has no sound at all. */
bool snd_read(const snd_table *t, syn_str word, snd_han han, snd_word *out);
/* The same without the units, which only similarity asks for. */
bool snd_read_letters(const snd_table *t, syn_str word, snd_han han, snd_word *out);
/* Row for a unit between two others, or NULL; *n its entries. */
const snd_entry *snd_row(const snd_table *t, uint32_t key, size_t *n);
/* Consonant skeletons of a reading, up to max of 32 bytes each; returns their number, lengths in len. */
#define SND_SKELETON 24
size_t snd_skeletons(const snd_word *w, char out[][SND_SKELETON], uint8_t *len, size_t max);

#endif
