/* lexc_places.h - of lexc.c: the places that each name may mean, gathered into the table "homonyms". */
#ifndef SYN_LEXC_PLACES_H
#define SYN_LEXC_PLACES_H

#include "../src/lexicon/block.h"

typedef struct place_book {
    syn_arena *arena;
    syn_map neutral; /* a key of the neutral table: 1 + where its places are in listed, up to an id of 0 */
    syn_map numbers; /* the places of a name: 1 + its number */
    block_place *listed, *meant; /* meant: by the names' numbers */
    uint32_t *from;              /* where those of a name begin in meant, and where the last ones end */
    size_t nlisted, cap_listed, nmeant, cap_meant, nnames, cap_names;
} place_book;

/* The places of a key's rows, n of them or more than none, and those that the neutral table has by the same key, as one
   hit.  Keys of the neutral table come first.  False without memory, or where names are too many to be numbered. */
bool places_settle(place_book *book, syn_str key, bool neutral, const block_place *rows, size_t n, syn_lex_hit *hit);
/* The table, in the book's arena; false without memory. */
bool places_table(const place_book *book, syn_str *out);

#endif
