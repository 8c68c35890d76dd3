/* api.h - stage 10: the stages put together behind include/synoptic.h.  Uses every earlier stage; cli uses the public
   header alone.  This header is for the files of this folder. */
#ifndef SYN_API_H
#define SYN_API_H

#include "../base/base.h"
#include "../facts/facts.h"
#include "../lexicon/lexicon.h"
#include "../read/read.h"
#include "../story/story.h"
#include "../text/text.h"

struct syn_engine {
    syn_lexicon *lex;
};

struct syn_session {
    const syn_engine *engine;
    syn_texter *texter;
    syn_arena mem;    /* emptied at the start of every call */
    syn_buf out;      /* the line being written */
    size_t ui;        /* interface language of explanations */
    int64_t compared; /* articles so far: each has a number of its own on a page */
};

/* What is derived from an article on the way to its story.  All in the session's arena. */
typedef struct syn_derived {
    syn_text *whole; /* title, lead and text */
    syn_facts facts; /* of whole */
    syn_signature *signature;
} syn_derived;

/* article.lang is filled where it was empty.  O(text). */
syn_code syn_api_derive(syn_session *session, syn_article *article, syn_derived *out, syn_err *err);
/* Tokens and facts of a text written on the day of published; lang may be empty. */
syn_code syn_api_understand(syn_session *session, syn_str text, syn_str lang, syn_day written, syn_text **out,
                            syn_facts *facts, syn_err *err);
/* An identify function for the read stage; context is the lexicon. */
void syn_api_identify(void *context, syn_str text, syn_str declared, char tag[16], double *confidence);
/* Fill the articles' passages, in arena. */
syn_code syn_api_passages(const syn_engine *engine, syn_arena *arena, const syn_articles *articles, syn_err *err);
/* Emit what stands in session->out, or the reason why it could not be written. */
syn_code syn_api_emit(syn_session *session, syn_sink *sink, void *context, syn_err *err);
/* One line in, one line out, whatever happens: fill writes the answer to session->out. */
typedef syn_code syn_api_fill(syn_session *session, const syn_json *line, syn_err *err);
syn_code syn_api_answer(syn_session *session, syn_str json, syn_api_fill *fill, syn_sink *sink, void *context,
                        syn_err *err);
/* One JSON line about an item that failed. */
void syn_api_error_line(syn_buf *out, syn_str id, const syn_err *why);

/* As synoptic_group_new, which takes 60,000 articles as one; every batch articles after that are settled, and of more
   than awake the stories that were silent longest are joined no more (grouping.c). */
syn_code syn_api_group_new(const syn_engine *engine, size_t at_once, size_t batch, size_t awake, syn_group **out,
                           syn_err *err);

#endif
