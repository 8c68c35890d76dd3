/* text_fixture.h - a lexicon, a texter and memory for the tests of one group. */
#ifndef SYN_TEST_TEXT_FIXTURE_H
#define SYN_TEST_TEXT_FIXTURE_H

#include "test.h"

#include "../../src/text/text.h"

typedef struct fixture {
    syn_lexicon *lex;
    syn_texter *texter;
    syn_arena arena;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (!f || syn_lexicon_open(&f->lex, NULL) || syn_texter_new(f->lex, &f->texter, NULL)) return -1;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    syn_arena_free(&f->arena);
    syn_texter_free(f->texter);
    syn_lexicon_close(f->lex);
    free(f);
    return 0;
}

#endif
