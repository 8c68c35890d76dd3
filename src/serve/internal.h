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
    struct syn_door *door; /* shared; NULL: nobody may say anything */
} syn_room;

/* Borrowed from the connection. */
typedef struct syn_request {
    syn_str path;
    syn_str q, lang, from, told, ui; /* parameters; empty where absent */
    syn_str accept_language, host;
    syn_str cookie, origin, fetch_site; /* headers; empty where absent */
    syn_str body;                       /* of a POST, as a form sends it */
    bool read_only;                     /* GET or HEAD */
    bool post;
    bool secure; /* came over TLS, as a proxy before us says */
    bool whole;  /* within the ceilings of limits.h */
} syn_request;

typedef struct syn_answer {
    int status;
    const char *type;
    bool forever;      /* its address holds a hash: may be kept for ever */
    char location[64]; /* of a redirection, else "" */
    char file[40];     /* what it is kept as where it is no page to look at, else "" */
    char cookie[160];  /* to be set, else "" */
    bool personal;     /* depends on who asks */
    bool sealed;       /* may hold an editor's seal */
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
    bool shared;    /* only stories that several outlets tell */
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
/* What users said of a story, and for an editor the stories to choose from. */
syn_code syn_serve_bring_words(syn_call *c, syn_story_page *page);
syn_code syn_serve_bring_article(syn_call *c, syn_article_page *page);
syn_code syn_serve_bring_search(syn_call *c, syn_search_page *page);
syn_code syn_serve_bring_name(syn_call *c, syn_name_page *page);
/* In how many things the tellings of each story differ; stories of many tellings are left to their own page. */
syn_code syn_serve_count_differences(syn_call *c, syn_front *page);

/* Facts, reasons and text of rows that are articles of the store. */
syn_code syn_serve_bring_told(syn_call *c, const syn_list *rows, syn_told **out);

/* ---- answers.c: one a route ---- */

/* Whether the story or topic asked for became part of that one; then the answer leads to the same address there. */
bool syn_serve_moved(syn_call *c, int64_t number);

syn_code syn_serve_front(syn_call *c);
syn_code syn_serve_story(syn_call *c);
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
syn_code syn_serve_article_json(syn_call *c);
syn_code syn_serve_topics_json(syn_call *c);
syn_code syn_serve_topic_json(syn_call *c);
syn_code syn_serve_search_json(syn_call *c);
syn_code syn_serve_name_json(syn_call *c);
syn_code syn_serve_sources_json(syn_call *c);
syn_code syn_serve_style(syn_call *c);
syn_code syn_serve_icon(syn_call *c);

/* ---- door.c: editors ---- */

enum { SYN_PASS = 64 }; /* characters of a pass */
#define SYN_PASS_COOKIE "synoptic"
typedef struct syn_door syn_door;
syn_code syn_serve_door_new(const syn_serve_editors *editors, syn_door **out, syn_err *err);
void syn_serve_door_free(syn_door *d);
/* A pass for a key; false: nobody has it. */
bool syn_serve_door_enter(syn_door *d, syn_str key, char id[SYN_PASS + 1]);
/* Whose pass the cookies hold, and the seal of his forms; false: nobody's. */
bool syn_serve_door_knows(syn_door *d, syn_str cookies, syn_arena *arena, syn_str *name, syn_str *seal);
void syn_serve_door_leave(syn_door *d, syn_str cookies);
/* Whether a form bears the seal of its sender's pass; whether the request comes from a page of ours. */
bool syn_serve_sealed(syn_str seal, syn_str given);
bool syn_serve_from_here(const syn_request *r);
syn_code syn_serve_say_word(syn_door *d, const syn_word *word, syn_err *err);

/* ---- words.c: what editors send ---- */

/* A field of a form (application/x-www-form-urlencoded), trimmed, as valid UTF-8; empty where it is absent. */
syn_str syn_serve_field(syn_arena *arena, syn_str body, const char *name);
syn_code syn_serve_editor(syn_call *c);
syn_code syn_serve_enter(syn_call *c);
syn_code syn_serve_leave(syn_call *c);
syn_code syn_serve_apart(syn_call *c);
syn_code syn_serve_together(syn_call *c);
syn_code syn_serve_withdraw(syn_call *c);

/* ---- record.c ---- */

/* The record of these tellings, in the room's memory: page's record, articles and now. */
syn_code syn_serve_record(syn_room *room, const syn_told *told, size_t n, syn_record_page *page, syn_err *err);
/* Of a topic's tellings, the latest SYN_MAX_RECORD_TELLINGS; with its addresses. */
syn_code syn_serve_topic_record(syn_call *c, const syn_topic_row *topic, syn_record_page *page);
/* Answers: a story's record as a page; "record.json", "record.csv", ... of a story, of a topic; "compare.json", ... of
   a story. */
syn_code syn_serve_record_page(syn_call *c);
syn_code syn_serve_record_export(syn_call *c);
syn_code syn_serve_topic_export(syn_call *c);
syn_code syn_serve_compare_export(syn_call *c);

#define SYN_TYPE_HTML "text/html; charset=utf-8"
#define SYN_TYPE_JSON "application/json; charset=utf-8"

/* Always gives an answer, an error page if need be. */
void syn_serve_answer(syn_room *room, const syn_request *request, syn_answer *out);

#endif
