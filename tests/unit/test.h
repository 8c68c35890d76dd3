/* test.h - what the unit tests share: cmocka, and golden cases read from tests/cases. */
#ifndef SYN_TEST_H
#define SYN_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h> /* after the four that it needs */

#include "../../src/base/base.h"

#define assert_str(got, want)                                                                                          \
    do {                                                                                                               \
        syn_str got_ = (got), want_ = (want);                                                                          \
        if (!syn_str_eq(got_, want_)) fail_msg("got \"%.*s\", want \"%.*s\"", SYN_FMT(got_), SYN_FMT(want_));          \
    } while (0)

/* A path below the project's root: make runs tests there or names it in SYN_TEST_ROOT. */
static inline const char *test_path(char out[512], const char *relative)
{
    const char *root = getenv("SYN_TEST_ROOT");
    snprintf(out, 512, "%s/%s", root ? root : ".", relative);
    return out;
}

/* The whole file in the arena; p NULL where there is none. */
static inline syn_str test_file(syn_arena *arena, const char *relative)
{
    char path[512];
    FILE *f = fopen(test_path(path, relative), "rb");
    if (!f) return (syn_str){NULL, 0};
    fseek(f, 0, SEEK_END);
    long n = ftell(f);
    rewind(f);
    char *p = syn_alloc(arena, (size_t)n + 1);
    size_t got = p ? fread(p, 1, (size_t)n, f) : 0;
    fclose(f);
    return (syn_str){p, got};
}

#endif
