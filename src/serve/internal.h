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

enum { SYN_FRONT_ROWS = 20, SYN_TOPIC_ROWS = 60, SYN_SEARCH_ROWS = 20, SYN_FEED_ROWS = 40 };

/* One request on its way to its answer. */
typedef struct syn_call {
    syn_room *room;
    const syn_request *request;
    syn_frame frame;
    syn_str reader; /* language in which stories are titled where one is told in it */
    int64_t number; /* from the address */
    size_t from;    /* first row */
    syn_answer *out;
    syn_err err;
} syn_call;

/* ---- bring.c: records, in the room's memory ---- */

/* Stories with their headlines. */
syn_code syn_serve_bring_cards(syn_call *c, const syn_list *stories, syn_front *page);
syn_code syn_serve_bring_front(syn_call *c, size_t limit, syn_front *page);
syn_code syn_serve_bring_topics(syn_call *c, syn_topics_page *page);
syn_code syn_serve_bring_topic(syn_call *c, bool latest, size_t limit, syn_topic_page *page);
syn_code syn_serve_bring_tellings(syn_call *c, int64_t number, syn_story_page *page);
syn_code syn_serve_bring_story(syn_call *c, int64_t number, syn_story_page *page);
syn_code syn_serve_bring_article(syn_call *c, syn_article_page *page);
syn_code syn_serve_bring_search(syn_call *c, syn_search_page *page);
syn_code syn_serve_bring_name(syn_call *c, syn_name_page *page);
/* In how many things the tellings of each story differ; stories of many tellings are left to their own page. */
syn_code syn_serve_count_differences(syn_call *c, syn_front *page);

/* ---- answers.c: one a route ---- */

syn_code syn_serve_front(syn_call *c);
syn_code syn_serve_story(syn_call *c);
syn_code syn_serve_story_record(syn_call *c);
syn_code syn_serve_article(syn_call *c);
syn_code syn_serve_topics(syn_call *c);
syn_code syn_serve_topic(syn_call *c);
syn_code syn_serve_topic_feed(syn_call *c);
syn_code syn_serve_search(syn_call *c);
syn_code syn_serve_name(syn_call *c);
syn_code syn_serve_sources(syn_call *c);
syn_code syn_serve_about(syn_call *c);
syn_code syn_serve_feed(syn_call *c);
syn_code syn_serve_front_json(syn_call *c);
syn_code syn_serve_story_json(syn_call *c);
syn_code syn_serve_story_record_json(syn_call *c);
syn_code syn_serve_story_record_csv(syn_call *c);
syn_code syn_serve_story_record_ics(syn_call *c);
syn_code syn_serve_article_json(syn_call *c);
syn_code syn_serve_topics_json(syn_call *c);
syn_code syn_serve_topic_json(syn_call *c);
syn_code syn_serve_search_json(syn_call *c);
syn_code syn_serve_name_json(syn_call *c);
syn_code syn_serve_sources_json(syn_call *c);
syn_code syn_serve_style(syn_call *c);
syn_code syn_serve_icon(syn_call *c);

/* The record of these tellings, in the room's memory: page's record, articles and now (record.c). */
syn_code syn_serve_record(syn_room *room, const syn_told *told, size_t n, syn_record_page *page, syn_err *err);

/* Always gives an answer, an error page if need be. */
void syn_serve_answer(syn_room *room, const syn_request *request, syn_answer *out);

#endif
