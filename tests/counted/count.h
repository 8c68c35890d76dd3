/* count.h - work as a number that no clock disturbs: one for each basic block that runs (the compiler calls
   __sanitizer_cov_trace_pc there) and one for each WORD bytes that string functions pass over.  Included before every
   source of the library that the tests of linear time link. */
#ifndef SYN_COUNT_H
#define SYN_COUNT_H

#include <stdint.h>
#include <string.h>

extern uint64_t syn_work;

enum { SYN_WORK_WORD = 16 };

static inline void *syn_work_copy(void *to, const void *from, size_t n)
{
    syn_work += n / SYN_WORK_WORD;
    return memcpy(to, from, n);
}

static inline void *syn_work_move(void *to, const void *from, size_t n)
{
    syn_work += n / SYN_WORK_WORD;
    return memmove(to, from, n);
}

static inline void *syn_work_set(void *to, int c, size_t n)
{
    syn_work += n / SYN_WORK_WORD;
    return memset(to, c, n);
}

static inline void *syn_work_chr(const void *s, int c, size_t n)
{
    const void *at = memchr(s, c, n);
    syn_work += (at ? (size_t)((const char *)at - (const char *)s) : n) / SYN_WORK_WORD;
    return (void *)(uintptr_t)at;
}

static inline int syn_work_cmp(const void *a, const void *b, size_t n)
{
    syn_work += n / SYN_WORK_WORD;
    return memcmp(a, b, n);
}

static inline void *syn_work_mem(const void *s, size_t n, const void *part, size_t size)
{
    const void *at = memmem(s, n, part, size);
    syn_work += (at ? (size_t)((const char *)at - (const char *)s) : n) / SYN_WORK_WORD;
    return (void *)(uintptr_t)at;
}

static inline size_t syn_work_len(const char *s)
{
    size_t n = strlen(s);
    syn_work += n / SYN_WORK_WORD;
    return n;
}

#define memcpy(to, from, n) syn_work_copy(to, from, n)
#define memmove(to, from, n) syn_work_move(to, from, n)
#define memset(to, c, n) syn_work_set(to, c, n)
#define memchr(s, c, n) syn_work_chr(s, c, n)
#define memcmp(a, b, n) syn_work_cmp(a, b, n)
#define memmem(s, n, part, size) syn_work_mem(s, n, part, size)
#define strlen(s) syn_work_len(s)

#endif
