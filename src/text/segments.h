/* segments.h - stage 3, inside: the compiled dictionary of words in scripts without spaces, shared with
   tools/segments.c that makes it.

   A tree of UTF-16 units.  Behind the header stand `edges` edges of eight bytes.  Those that leave a node stand
   together, by unit; behind them come the trees that they lead to, in the same order: what a script needs lies
   together, and the rest of a word mostly in the line of memory where its beginning was found.  A node is the edge that
   leads to it.  The first `roots` edges leave the root, one for every unit from `lowest` on, zero where no word begins
   with it. */
#ifndef SYN_TEXT_SEGMENTS_H
#define SYN_TEXT_SEGMENTS_H

#include "../base/base.h"

#define SYN_SEGMENTS_MAGIC 0x32474553u /* "SEG2" */

typedef struct syn_segments_head {
    uint32_t magic, edges, lowest, roots;
} syn_segments_head;

enum {
    SYN_SEGMENTS_BITS = 22,  /* of an edge's place */
    SYN_SEGMENTS_MOST = 1000 /* a word's cost, at most: less likely words cost more; 0 where likelihood is not known */
};
#define SYN_SEGMENTS_ROOT ((uint64_t)0) /* no edge: where words begin */

/* cost: 1 + that of the word that ends with the edge, 0 where none does; first, n: the edges that go on from it. */
static inline uint64_t syn_segments_edge(uint16_t unit, uint32_t cost, uint32_t first, uint16_t n)
{
    return (uint64_t)first << 42 | (uint64_t)cost << 32 | (uint64_t)n << 16 | unit;
}
static inline uint16_t syn_segments_unit(uint64_t edge)
{
    return (uint16_t)edge;
}
static inline uint32_t syn_segments_cost(uint64_t edge)
{
    return (uint32_t)(edge >> 32) & 1023;
}
static inline uint32_t syn_segments_first(uint64_t edge)
{
    return (uint32_t)(edge >> 42);
}
static inline uint32_t syn_segments_n(uint64_t edge)
{
    return (uint32_t)(edge >> 16) & 0xFFFF;
}

#endif
