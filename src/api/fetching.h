/* fetching.h - stage 10, inside: what adding pages of the network and following feeds share. */
#ifndef SYN_API_FETCHING_H
#define SYN_API_FETCHING_H

#include "../fetch/fetch.h"
#include "desk.h"

typedef struct syn_fetching {
    syn_desk *desk;
    syn_fetcher *fetcher;
    const volatile int *stop;
    syn_sink *complain;
    void *context;
    syn_added added;
} syn_fetching;

syn_code syn_fetching_open(syn_desk *d, const syn_net *net, syn_sink *complain, void *context, syn_fetching *out,
                           syn_err *err);
void syn_fetching_close(syn_fetching *f);

/* Ask for url: for what changed since where conditional.  A url that cannot be asked for is complained of as failed,
   and then *asked is false. */
syn_code syn_fetching_ask(syn_fetching *f, syn_str url, bool conditional, uint64_t tag, bool *asked, syn_err *err);
/* A transaction, waiting for another writer until stop. */
syn_code syn_fetching_begin(syn_fetching *f, syn_err *err);
/* The end of it, and of what it was for: rc is how that went. */
syn_code syn_fetching_end(syn_fetching *f, syn_code rc, syn_err *err);
/* The articles of an answer, in the session's memory, which is emptied first.  Items of a feed are named by their own
   addresses, for their place in it changes; *feed: it was one. */
syn_code syn_fetching_read(syn_fetching *f, const syn_fetched *got, syn_articles *out, bool *feed, syn_err *why);
/* The feeds, or parts of a sitemap, that the page of an answer names; in the session's memory. */
syn_code syn_fetching_leads(syn_fetching *f, const syn_fetched *got, syn_leads *out, syn_err *err);
/* Whether an item of a feed is the whole article. */
bool syn_fetching_is_whole(const syn_article *a);
/* Keep how it went: why is NULL where it went well; settled: a feed need not ask for it again,
   but what came of it is looked at again for some days.  *fails: in a row. */
syn_code syn_fetching_note(syn_fetching *f, const syn_fetched *got, const syn_err *why, bool settled, uint32_t *fails,
                           syn_err *err);

#endif
