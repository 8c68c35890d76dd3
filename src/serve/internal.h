/* internal.h - stage 9, inside: a request, its answer, and the rooms in which answers are made. */
#ifndef SYN_SERVE_INTERNAL_H
#define SYN_SERVE_INTERNAL_H

#include "../view/view.h"
#include "serve.h"

#define SYN_SERVE_UI 40 /* interface languages at most */

/* What one answer needs; one request at a time is in it. */
typedef struct syn_room {
    const syn_lexicon *lex;
    syn_store *store;
    syn_texter *texter;
    syn_view *views[SYN_SERVE_UI]; /* opened when first asked for */
    syn_arena mem;
    bool taken;
} syn_room;

/* Borrowed from the connection. */
typedef struct syn_request {
    syn_str path;
    syn_str q, lang, from, ui; /* parameters; empty where absent */
    syn_str accept_language, host;
    bool read_only; /* GET or HEAD */
    bool whole;     /* within the ceilings of limits.h */
} syn_request;

typedef struct syn_answer {
    int status;
    const char *type;
    bool forever;      /* its address holds a hash: may be kept for ever */
    char location[64]; /* of a redirection, else "" */
    syn_buf body;
} syn_answer;

/* The record of these tellings, in the room's memory: page's record, articles and now (record.c). */
syn_code syn_serve_record(syn_room *room, const syn_told *told, size_t n, syn_record_page *page, syn_err *err);

/* Always gives an answer, an error page if need be. */
void syn_serve_answer(syn_room *room, const syn_request *request, syn_answer *out);

#endif
