/* segments.h - stage 3, inside: the compiled dictionary of words in scripts without spaces, shared with
   tools/segments.c that makes it.

   A tree of UTF-16 units, its edges in one table with open addressing: after the header 1 << bits slots of eight bytes,
   0 is free.  A node is the slot of the edge that leads to it. */
#ifndef SYN_TEXT_SEGMENTS_H
#define SYN_TEXT_SEGMENTS_H

#include "../base/base.h"

#define SYN_SEGMENTS_MAGIC 0x31474553u /* "SEG1" */

typedef struct syn_segments_head {
    uint32_t magic, bits;
} syn_segments_head;

enum {
    SYN_SEGMENTS_BITS = 22,  /* of a node, at most */
    SYN_SEGMENTS_MOST = 1000 /* a word's cost, at most: less likely words cost more; 0 where likelihood is not known */
};
#define SYN_SEGMENTS_ROOT ((1u << SYN_SEGMENTS_BITS) - 1) /* no slot: the table is never full */
#define SYN_SEGMENTS_USED ((uint64_t)1 << 63)
#define SYN_SEGMENTS_GOES_ON ((uint64_t)1 << 62) /* the node has edges of its own */

/* What a slot is found by: the node that the edge leaves, and its unit. */
static inline uint64_t syn_segments_edge(uint32_t node, uint16_t unit)
{
    return SYN_SEGMENTS_USED | (uint64_t)node << 16 | unit;
}
#define SYN_SEGMENTS_EDGE_MASK (SYN_SEGMENTS_USED | (((uint64_t)1 << (SYN_SEGMENTS_BITS + 16)) - 1))

/* 1 + the cost of the word that ends with the edge, 0 where none does. */
static inline uint32_t syn_segments_cost(uint64_t slot)
{
    return (uint32_t)(slot >> (SYN_SEGMENTS_BITS + 16)) & 1023;
}

static inline uint32_t syn_segments_slot(uint64_t edge, uint32_t bits)
{
    return (uint32_t)(edge * 0x9E3779B97F4A7C15u >> (64 - bits));
}

#endif
