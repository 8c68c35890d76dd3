/* endings.h - stage 3, inside: the compiled table of data/stem/, shared with tools/stems.c that makes it.

   A set of hashes with open addressing: after the header 1 << bits slots of eight bytes, each the top 56 bits of a
   row's hash and one byte, the characters that cutting must leave; 0 is free.  Then, for each language that has rows,
   what they look like: most words end in none of them, and that is told without a hash. */
#ifndef SYN_TEXT_ENDINGS_H
#define SYN_TEXT_ENDINGS_H

#include "../base/base.h"

#define SYN_ENDINGS_MAGIC 0x32445345u /* "ESD2" */

typedef enum syn_ending_kind {
    SYN_ENDING_SUFFIX = 1,
    SYN_ENDING_PREFIX,
    SYN_ENDING_ABBREVIATION,
    SYN_ENDING_ABBREVIATION_NUMBER, /* only before a number */
    SYN_ENDING_RULE,                /* a habit of writing, data/README.md: "ordinal-dot", "elision", ... */
    SYN_ENDING_KINDS
} syn_ending_kind;

enum { SYN_ENDING_LONGEST = 32 /* bytes of a form */ };

typedef struct syn_endings {
    uint32_t magic, bits, nlangs, unused;
} syn_endings;

typedef struct syn_endings_kind {
    uint64_t lengths;  /* bit n: a form has n bytes */
    uint64_t lasts[4]; /* 256 bits: the last bytes of its forms */
} syn_endings_kind;

typedef struct syn_endings_lang {
    uint64_t tag; /* syn_endings_tag; "und": every language */
    syn_endings_kind kinds[SYN_ENDING_KINDS];
} syn_endings_lang;

static inline uint64_t syn_endings_tag(syn_str tag)
{
    return syn_hash(tag, SYN_ENDINGS_MAGIC);
}

static inline uint64_t syn_endings_hash(uint64_t tag, syn_ending_kind kind, syn_str form)
{
    return syn_hash(form, tag + (uint64_t)kind);
}

#endif
