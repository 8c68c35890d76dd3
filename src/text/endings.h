/* endings.h - stage 3, inside: the compiled table of data/stem/, shared with tools/stems.c that makes it.

   A set of hashes with open addressing: after the header 1 << bits slots of eight bytes, each the top 56 bits of a
   row's hash and one byte, the characters that cutting must leave; 0 is free. */
#ifndef SYN_TEXT_ENDINGS_H
#define SYN_TEXT_ENDINGS_H

#include "../base/base.h"

#define SYN_ENDINGS_MAGIC 0x31445345u /* "ESD1" */

typedef enum syn_ending_kind {
    SYN_ENDING_SUFFIX = 1,
    SYN_ENDING_PREFIX,
    SYN_ENDING_ABBREVIATION,
    SYN_ENDING_ABBREVIATION_NUMBER, /* only before a number */
    SYN_ENDING_RULE                 /* a habit of writing, data/README.md: "ordinal-dot", "elision", ... */
} syn_ending_kind;

typedef struct syn_endings {
    uint32_t magic, bits;
} syn_endings;

static inline uint64_t syn_endings_hash(syn_str tag, syn_ending_kind kind, syn_str form)
{
    return syn_hash(form, syn_hash(tag, (uint64_t)kind));
}

#endif
