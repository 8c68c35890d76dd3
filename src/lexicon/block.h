/* block.h - stage 0b: how the lexicon's block is laid out.  Written by tools/lexc.c, read by lexicon.c, on machines of
   one byte order; every offset counts bytes from the block's start and every record is aligned to its own size. */
#ifndef SYN_LEXICON_BLOCK_H
#define SYN_LEXICON_BLOCK_H

#include "lexicon.h"

#include <string.h>

#define BLOCK_MAGIC 0x364C4E59u /* "YNL6" */

/* Kinds are kept apart in groups so that a search for figures does not wade through concepts. */
enum { GROUP_FIGURES, GROUP_NAMES, GROUP_CONCEPTS, GROUP_PAGES, GROUPS };
#define GROUP_NAMES_KINDS                                                                                              \
    (SYN_LEX_TITLE | SYN_LEX_PARTICLE | SYN_LEX_ORGWORD | SYN_LEX_PLACE | SYN_LEX_GIVEN | SYN_LEX_SAY |                \
     SYN_LEX_ENDING | SYN_LEX_SHORT | SYN_LEX_SPELT)
#define GROUP_PAGES_KINDS                                                                                              \
    (SYN_LEX_STOP | SYN_LEX_CREDIT | SYN_LEX_SOURCE | SYN_LEX_BYLINE | SYN_LEX_FURNITURE | SYN_LEX_DESK |              \
     SYN_LEX_EVENT | SYN_LEX_PUBLISHED | SYN_LEX_JOINED)

static inline int block_group(uint32_t kind)
{
    if (kind & SYN_LEX_CONCEPT) return GROUP_CONCEPTS;
    if (kind & GROUP_NAMES_KINDS) return GROUP_NAMES;
    return kind & GROUP_PAGES_KINDS ? GROUP_PAGES : GROUP_FIGURES;
}

typedef struct block_text {
    uint32_t at, n;
} block_text;

/* Keys in the order of their bytes. */
typedef struct block_key {
    uint64_t head; /* its first eight bytes, the first of them highest, padded with NUL */
    uint32_t text;
    uint32_t hits; /* index of the first */
    uint32_t up;   /* 1 + index of the longest key that is a proper head of this one, 0: none; not of concepts */
    uint16_t n, nhits;
} block_key;

typedef struct block_group_head {
    uint32_t nkeys, keys;
    uint32_t hits; /* of syn_lex_hit; in the group of concepts of uint32_t, the id alone */
    uint32_t kinds;
    /* For what heads a text; concepts are looked up whole alone.  Where to search: buckets of heads by (head - least)
       >> shift, each the index of its first key, and one more. */
    uint32_t nbuckets, buckets, shift;
    uint32_t start_bits, starts; /* whether to search: a filter of 1 << start_bits bits, of the keys' starts */
    uint32_t lengths;            /* bit k: a key counts with its first block_start_bytes[k] bytes */
    uint64_t least;
} block_group_head;

/* The keys of all groups of a language, to be found whole: whether one is there, by a filter, and which it is, by open
   addressing; the group of figures first.  A head of a key of figures or names that a word of a text may be stands
   there as well, with the first key that has it. */
typedef struct block_wholes {
    uint32_t filter_bits, filter;
    uint32_t bits, slots; /* of uint32_t: eight bits of the hash, two of the group, the rest 1 + index; 0 is free */
    uint32_t kinds;
} block_wholes;
enum { BLOCK_INDEX_BITS = 22 };

typedef struct block_name {
    uint32_t id;
    block_text text;
} block_name;
typedef struct block_names {
    uint32_t n, at; /* of block_name, by id */
} block_names;
enum { NAMES_CONCEPTS, NAMES_PLACES, NAMES_LANGUAGES, NAMES_COUNT };

typedef struct block_lang {
    block_text tag, name, autonym, stemmer;
    uint16_t parent, kin;
    uint8_t script, rtl, spaced, cased;
    char decimal, order[4];
    block_wholes wholes;
    block_group_head groups[GROUPS];
    block_names names[NAMES_COUNT];
} block_lang;

/* One of the places that a name may mean.  The table "homonyms" holds them by name: how many names, where each one's
   begin and the last ones end, then the places, the likeliest first.  A place's id with BLOCK_HOMONYM in it has the
   name's number there above its lower 16 bits. */
#define BLOCK_HOMONYM 0x80000000u
enum { BLOCK_CANDIDATES = 8 };
typedef struct block_place {
    uint32_t id;     /* country, above its 16 bits the city's number */
    uint32_t region; /* code of a region, packed; 0: of none, or a city, whose region the table "places" has */
    uint32_t people;
    uint32_t wide; /* where the name means that city: 0 everywhere, 1 in its country, 2 in its region, 3 nowhere */
} block_place;

typedef struct block_tag { /* every tag and its aliases, by bytes */
    block_text tag;
    uint32_t lang;
} block_tag;

typedef struct block_table {
    char name[24];
    uint64_t at, n;
} block_table;

typedef struct block_head {
    uint32_t magic, size;
    uint32_t nlangs; /* languages 1..nlangs; record 0 is the neutral one */
    uint32_t langs, ntags, tags, ntables, tables;
} block_head;

/* Hashes are mixed: their upper bits count. */
static inline uint32_t block_bit(uint32_t hash, uint32_t bits)
{
    return hash >> (32 - bits);
}

/* A key counts with as many of its first bytes as it has of these; a text is asked for each of them. */
enum { BLOCK_STARTS = 6 };
static const uint8_t block_start_bytes[BLOCK_STARTS] = {1, 2, 3, 4, 6, 8};
static const uint64_t block_start_mask[BLOCK_STARTS] = {0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFFFF, UINT64_MAX};

/* The first eight bytes of a text, the first of them lowest, padded with NUL. */
static inline uint64_t block_first(const char *p, size_t n)
{
    uint64_t word = 0;
    if (n >= sizeof word)
        memcpy(&word, p, sizeof word);
    else
        for (size_t i = 0; i < n; i++) word |= (uint64_t)(uint8_t)p[i] << 8 * i;
    return word;
}

static inline uint32_t block_start(uint64_t first, uint32_t k)
{
    return (uint32_t)(((first & block_start_mask[k]) ^ (uint64_t)k << 56) * 0x9E3779B97F4A7C15u >> 32);
}

static inline uint32_t block_whole(const char *p, size_t n)
{
    uint64_t hash = n * 0x9E3779B97F4A7C15u;
    for (; n >= 8; p += 8, n -= 8) {
        uint64_t word;
        memcpy(&word, p, sizeof word);
        hash = (hash ^ word) * 0xFF51AFD7ED558CCDu;
        hash ^= hash >> 32;
    }
    uint64_t word = 0;
    if (n) memcpy(&word, p, n);
    hash = (hash ^ word) * 0xFF51AFD7ED558CCDu;
    return (uint32_t)(hash >> 32);
}

/* A slot without its index. */
static inline uint32_t block_slot(uint32_t hash, uint32_t group)
{
    return (hash & 0xFF000000u) | group << BLOCK_INDEX_BITS;
}

static inline bool block_has_bit(const uint64_t *filter, uint32_t bit)
{
    return (filter[bit / 64] >> bit % 64 & 1) != 0;
}

static inline uint64_t block_key_head(const char *p, size_t n)
{
    return __builtin_bswap64(block_first(p, n));
}

#endif
