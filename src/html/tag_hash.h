/* tag_hash.h - stage 1: how tag names are hashed, shared with the tool that finds the perfect table
 * (tools/html_tags.c). */
#ifndef SYN_HTML_TAG_HASH_H
#define SYN_HTML_TAG_HASH_H

#include <stdint.h>

#define TAG_HASH_BITS 10

static inline uint32_t tag_hash(uint64_t low, uint64_t high, uint64_t multiplier)
{
    return (uint32_t)(((low ^ (high << 7) ^ (high >> 3)) * multiplier) >> (64 - TAG_HASH_BITS));
}

#endif
