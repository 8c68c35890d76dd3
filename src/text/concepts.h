/* concepts.h - stage 3, inside: the compiled table of concepts, made by concept_table.c for tools/concepts.c and for
   users' packs, read by concepts.c.

   A set of hashes with open addressing, like the table of endings: a slot holds the top 48 bits of a form's hash and 1
   + the index of its concept; 0 is free.  A form that names two concepts has two slots.  The hash is of the language,
   the bytes of the form's words, one space between them where the script has spaces, and the kind: so a phrase of a
   script without spaces is found however the dictionary cut it, as long as its ends are cuts.

   Before the slots a filter is asked, which knows also how forms begin and whether they go on: most words begin none.
 */
#ifndef SYN_TEXT_CONCEPTS_H
#define SYN_TEXT_CONCEPTS_H

#include "texter.h"

#define SYN_CONCEPTS_MAGIC 0x34545043u /* "CPT4" */

enum {
    SYN_CONCEPT_STEM = 1,     /* by the stems of its words, and its words as they are where no stem is the same */
    SYN_CONCEPT_EXACT = 2,    /* by its words as they are; wins over stems */
    SYN_CONCEPT_BEGIN = 4,    /* how a word begins */
    SYN_CONCEPT_END = 8,      /* how a word ends, its bytes in reverse */
    SYN_CONCEPT_WRITTEN = 16, /* by its words as they are printed; wins over all */
    SYN_CONCEPT_PHRASE = 32,  /* by the stems of its words and how the last one begins */
    /* of the filter alone: */
    SYN_CONCEPT_FIRST = 64,   /* a form's first word, or character where the script has no spaces */
    SYN_CONCEPT_GOES_ON = 128 /* what more of a form follows: its first words, or characters */
};
enum {
    SYN_CONCEPT_WORDS = 5,      /* words of a form at most */
    SYN_CONCEPT_PIECES = 8,     /* pieces that a form without spaces may be cut into */
    SYN_CONCEPT_LONGEST = 100,  /* bytes of a word */
    SYN_CONCEPT_ELISION = 4,    /* letters before an apostrophe that are no part of the word: "dell'" */
    SYN_CONCEPT_SHARED = 2,     /* concepts that one form may name */
    SYN_CONCEPT_SPARSE = 8,     /* bits of a language's filter to each hash in it, at the least */
    SYN_CONCEPT_FORM_MAX = 200, /* bytes of a form */
    SYN_CONCEPT_MAX = 60000     /* concepts of a table */
};

/* What a language's forms look like: bits that say at once that nothing can match. */
typedef struct syn_concepts_lang {
    uint16_t table; /* 1 + the language whose forms serve this one, 0: none */
    uint8_t kinds;
    uint8_t words;       /* of its longest form */
    uint8_t begins[128]; /* first three characters */
    uint8_t ends[128];   /* last three */
    uint32_t filter;     /* of all its forms: where it begins, in words of eight bytes; 1 << filter_bits bits */
    uint32_t filter_bits;
} syn_concepts_lang;

/* key: hash of a concept's key; id: the lexicon's concept that it is the same as. */
typedef struct syn_concepts_link {
    uint32_t key, id;
} syn_concepts_link;

/* Followed by 1 << bits slots of eight bytes, nfilter words of eight bytes, nlangs + 1 languages, nids concepts, nlinks
   links. */
typedef struct syn_concepts_head {
    uint32_t magic, bits, nlangs, nids, nlinks, nfilter;
} syn_concepts_head;

typedef struct syn_concepts {
    const syn_concepts_head *head; /* NULL: there is no table */
    const uint64_t *slots, *filters;
    const syn_concepts_lang *langs;
    const uint32_t *ids;
    const syn_concepts_link *links;
} syn_concepts;

/* A view of bytes, aligned to 8; empty where they are no table for this lexicon. */
syn_concepts syn_concepts_open(syn_str bytes, const syn_lexicon *lex);
/* The id of a key: the hash that names a concept in the lexicon, or the id it is linked to. */
uint32_t syn_concepts_id(const syn_concepts *c, syn_str key);

/* The lexicon's table as the texter's first; false without memory. */
bool syn_texter_open_concepts(syn_texter *t);

/* FNV-1a, byte by byte, so that the hash of a longer phrase follows from that of its head; closed by a mixer, for each
   kind another. */
static inline uint64_t syn_concepts_seed(uint32_t lang)
{
    return (0xCBF29CE484222325u ^ lang) * 0x100000001B3u;
}
static inline uint64_t syn_concepts_feed(uint64_t h, syn_str s)
{
    for (size_t i = 0; i < s.n; i++) h = (h ^ (uint8_t)s.p[i]) * 0x100000001B3u;
    return h;
}
static inline uint64_t syn_concepts_close(uint64_t h, unsigned kind)
{
    h += kind * 0x9E3779B97F4A7C15u;
    h = (h ^ h >> 33) * 0xFF51AFD7ED558CCDu;
    h = (h ^ h >> 33) * 0xC4CEB9FE1A85EC53u;
    return h ^ h >> 33;
}
static inline bool syn_concepts_bit(const uint8_t *bits, size_t bytes, uint64_t h)
{
    h %= bytes * 8;
    return bits[h / 8] >> h % 8 & 1;
}

/* The bit of a form in its language's filter, which a processor's near caches hold as they do not hold the slots. */
static inline uint64_t syn_concepts_filter_bit(const syn_concepts_lang *l, uint64_t hash)
{
    return hash >> 32 & (((uint64_t)1 << l->filter_bits) - 1);
}

/* One word of a form, as texts and tables agree on it. */
typedef struct syn_concept_word {
    syn_str folded; /* without an elided word before it, or an ending after an apostrophe */
    syn_str printed;
    syn_str stem;  /* valid while the texter's ring holds it: the next seven words */
    bool unspaced; /* of a script whose words the dictionary parts */
} syn_concept_word;
/* False where token i is no word or number, or longer than words are. */
bool syn_concept_word_at(syn_texter *t, const syn_text *text, size_t i, syn_concept_word *out);
/* The token of the next word of a phrase after token i, over one hyphen, stop or slash that joins them; SIZE_MAX where
   the phrase ends there. */
size_t syn_concept_next(const syn_text *text, size_t i);

/* ---- making a table: concept_table.c ---- */

typedef struct syn_concept_row syn_concept_row;
typedef struct syn_concept_maker {
    syn_texter *texter;
    syn_arena *arena;             /* of all that is kept; the caller's */
    syn_map forms;                /* a form's hash -> how many concepts it names, and their indices */
    syn_map concepts;             /* id -> 1 + index */
    syn_concept_row *rows, *more; /* more: readings beside the stems */
    syn_concept_row *marks;       /* of the filters alone */
    syn_concepts_lang *langs;
    uint32_t *ids;
    size_t nrows, row_cap, nmore, more_cap, nmarks, mark_cap, nids, id_cap;
} syn_concept_maker;

syn_code syn_concept_maker_open(syn_concept_maker *m, syn_arena *arena, syn_texter *texter, syn_err *err);
/* A form ("word", "two words", "two word*", "=word", "==Word", "word*", "*word"; "!word" is shown alone) of a concept;
   SYN_EFORMAT says what is wrong with it.  lang 0: of every language. */
syn_code syn_concept_maker_add(syn_concept_maker *m, syn_lang lang, uint32_t id, syn_str form, syn_err *err);
/* The table's bytes, appended to out. */
syn_code syn_concept_maker_write(syn_concept_maker *m, const syn_concepts_link *links, size_t nlinks, syn_buf *out,
                                 syn_err *err);

#endif
