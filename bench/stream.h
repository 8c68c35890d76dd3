/* stream.h - a stream of articles of any length whose stories are known, made from labelled ones.

   A story is told again and again, each time as another event: some of its tellings, drawn anew, some hours apart, with
   other names, figures and words.  The change is made in signatures, key by key and the same in all tellings of the
   event: names, figures and words that one or two stories hold get keys of this event's own; the others, and concepts
   and places, of which there are only so many, become others of their language that are as common. */
#ifndef BENCH_STREAM_H
#define BENCH_STREAM_H

#include "../src/api/api.h"

#include <synoptic.h>

typedef struct telling {
    syn_article *article; /* its text cut to what a store of many would keep of it */
    syn_text *text;
    syn_facts facts;
    syn_signature *signature;
    uint64_t gold; /* hash of its story's name */
    uint32_t story;
    uint32_t *changes; /* of each feature: what becomes of it, see stream_sets.c */
} telling;

typedef struct telling_list {
    uint32_t *items;
    size_t n, cap;
} telling_list;

typedef struct sets {
    syn_arena mem;
    telling *tellings;
    size_t n, cap;
    telling_list *stories;
    size_t nstories, stories_cap;
    struct classes *classes;
} sets;

/* Articles as lines of JSON and their stories as rows of id and story.  text: whether what a store keeps is needed. */
void stream_load(sets *s, syn_session *session, const char *articles, const char *stories, bool text);
void stream_ready(sets *s); /* after the last one */

typedef struct made {
    const telling *of;
    uint64_t event; /* from 1 */
    syn_signature signature;
    char id[24]; /* "n" and its number from 0 */
} made;

typedef struct stream stream;
stream *stream_new(const sets *s, double a_day, uint64_t seed);
/* The next article; good until the one after it. */
const made *stream_next(stream *m);
void stream_free(stream *m);

/* B-cubed F1 (Bagga and Baldwin 1998) of n articles, each with its story as known and as found. */
double stream_b_cubed(const uint64_t *gold, const uint64_t *found, size_t n, double *precision, double *recall);

_Noreturn void stream_die(const char *what);

#endif
