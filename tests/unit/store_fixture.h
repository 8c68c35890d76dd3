/* store_fixture.h - an empty store in a file of its own, for the tests of stage 7. */
#ifndef SYN_TEST_STORE_FIXTURE_H
#define SYN_TEST_STORE_FIXTURE_H

#include "../../src/store/store.h"

#include <stdio.h>
#include <unistd.h>

typedef struct bench {
    char path[64];
    syn_lexicon *lex;
    syn_texter *texter;
    syn_store *store;
    syn_arena mem;
    int64_t row;
} bench;

/* uses the local err */
#define OK(call)                                                                                                       \
    do {                                                                                                               \
        memset(&err, 0, sizeof err);                                                                                   \
        if ((call) != SYN_OK) fail_msg("%s: %s", #call, err.line);                                                     \
    } while (0)

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    syn_err err = {0};
    snprintf(b->path, sizeof b->path, "/tmp/synoptic-store-XXXXXX");
    int fd = mkstemp(b->path);
    if (fd < 0) return -1;
    close(fd);
    *state = b;
    if (syn_lexicon_open(&b->lex, &err) || syn_texter_new(b->lex, &b->texter, &err)) return -1;
    return syn_store_open(b->path, b->lex, false, &b->store, &err) ? -1 : 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    char path[80];
    syn_store_close(b->store);
    syn_texter_free(b->texter);
    syn_lexicon_close(b->lex);
    syn_arena_free(&b->mem);
    unlink(b->path);
    snprintf(path, sizeof path, "%s-wal", b->path);
    unlink(path);
    snprintf(path, sizeof path, "%s-shm", b->path);
    unlink(path);
    free(b);
    return 0;
}

#endif
