/* desk.h - stage 10, inside: an open store with its grouping, for the files that bring articles into it. */
#ifndef SYN_API_DESK_H
#define SYN_API_DESK_H

#include "../store/store.h"
#include "api.h"

enum {
    SYN_DESK_FEW = 16,     /* articles that are added to a part of the grouping */
    SYN_DESK_BATCH = 256,  /* articles between two settlings, or of one transaction */
    SYN_DESK_AWAKE = 48000 /* articles that the grouping holds: a week of 6,000 a day in half a gigabyte */
};

struct syn_desk {
    const syn_engine *engine;
    syn_store *store;
    syn_session *session;
    syn_grouper *grouper; /* made with the first article added */
    bool few;             /* it holds little of the store, which is enough for a few articles */
    syn_topics *topics;   /* made with the first stories that are linked */
    bool packs_used;      /* the session knows the store's packs */
    int64_t forgotten;    /* seconds: the latest lesson taken back that the grouping knows of */
};

/* Bring the grouping up from the store, before anything is added; added: how many articles were so far.  For the first
   SYN_DESK_FEW it is as much as a few need, in a fraction of the time. */
syn_code syn_desk_wake_for(syn_desk *d, uint64_t added, syn_err *err);
/* The same of a store as it stood at until (seconds), for what lies back: to be forgotten before anything is added. */
syn_code syn_desk_wake_at(syn_desk *d, int64_t until, syn_err *err);
/* What the store learned, into the grouping; what was taken back since, out of it; what is new, into the store
   (lexicon.c). */
syn_code syn_desk_teach(syn_desk *d, syn_err *err);
syn_code syn_desk_heed_forgotten(syn_desk *d, syn_err *err);
syn_code syn_desk_keep_lessons(syn_desk *d, syn_err *err);
/* The store's packs of terms into the session, once (packs.c). */
syn_code syn_desk_use_packs(syn_desk *d, syn_err *err);
/* The grouping in memory may be ahead of the store after a failure: it is made anew when it is needed. */
void syn_desk_forget(syn_desk *d);
/* One article, in the session's memory, into the store and its story; within a transaction.  One without text is
   complained of and left out. */
syn_code syn_desk_take(syn_desk *d, syn_article *a, syn_sink *complain, void *context, syn_added *added, syn_err *err);
/* An article's signature into the grouping, with the story that it may rouse from sleep. */
syn_code syn_desk_group(syn_desk *d, const syn_signature *s, syn_err *err);
/* Look at the stories again after articles were added; within a transaction; empties the session's memory. */
syn_code syn_desk_settle(syn_desk *d, syn_err *err);
/* Link the stories that these articles founded into topics, after their keys were kept; within a transaction
   (topics.c). */
syn_code syn_desk_link(syn_desk *d, const syn_map *founders, syn_err *err);
/* The key "topics" of an open object, where there are any: syn_topic_row (topic_lines.c). */
void syn_desk_write_topics(syn_desk *d, syn_jsonw *w, const syn_list *topics);
/* The key "words" of an open object, where there are any that hold: syn_word_row (verdicts.c). */
void syn_desk_write_words(syn_jsonw *w, const syn_list *words);
/* One line for a person, which names the item. */
void syn_desk_complain(syn_sink *complain, void *context, syn_str id, const syn_err *why);

#endif
