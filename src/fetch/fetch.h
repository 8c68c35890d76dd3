/* fetch.h - stage 2b: pages from the network, politely and safely.  Uses base.h, read.h.  libcurl behind it.

   Polite: robots.txt (RFC 9309) is asked before anything else of a host; one connection a host and a pause between its
   requests; conditional requests; what a host asks for by Retry-After is given.  Safe: http and https alone; addresses
   in private ranges are refused where the connection is made, so that no name and no redirect leads into the house; no
   credentials, cookies, netrc or proxies of the environment; ceilings on size, time, headers and redirects. */
#ifndef SYN_FETCH_H
#define SYN_FETCH_H

#include "../base/base.h"
#include "../read/read.h"

typedef struct syn_fetcher syn_fetcher;

/* Where robots.txt outlasts the run; both NULL: nowhere.  origin is "https://host:port". */
typedef struct syn_robots_memory {
    void *context;
    /* The body, empty where the host has none, in arena, and when it was fetched (seconds since 1970).  False: unknown.
     */
    bool (*recall)(void *context, syn_arena *arena, syn_str origin, syn_str *body, int64_t *fetched);
    void (*keep)(void *context, syn_str origin, syn_str body, int64_t fetched);
} syn_robots_memory;

/* Zero-initialised: the defaults.  All of it is copied but stop. */
typedef struct syn_fetch_options {
    const syn_str *allow; /* hosts, as addresses write them, that may be in private ranges */
    size_t nallow;
    syn_str contact;  /* an address for whoever wonders who is asking: part of the User-Agent */
    syn_str proxy;    /* which then resolves the names: only addresses in figures are still refused */
    uint32_t pace;    /* milliseconds from the end of a request to the next of its host; 0: 1000 */
    uint32_t timeout; /* milliseconds for a whole page; 0: 60000.  Connecting gets at most ten seconds of them */
    const volatile int *stop; /* NULL, or give up when it is not 0 */
    syn_robots_memory robots;
} syn_fetch_options;

/* One page to fetch.  Copied. */
typedef struct syn_fetch_request {
    syn_str url;
    syn_str etag, modified; /* as an earlier answer gave them: asks for what changed since; empty: for all of it */
    uint64_t tag;           /* the caller's, given back */
} syn_fetch_request;

/* One answer.  Borrowed from the fetcher until its next step. */
typedef struct syn_fetched {
    syn_str url;    /* as asked for */
    syn_page page;  /* id: as asked for; url: where the redirects ended; no bytes where unchanged */
    bool unchanged; /* nothing new since etag and modified */
    syn_str etag, modified;
    uint64_t tag;
    int status;     /* HTTP's; 0: there was no answer */
    bool temporary; /* of a failure: another day it may be had */
    int64_t wait;   /* of a failure: seconds that the host asks to wait; 0: it did not say */
} syn_fetched;

syn_code syn_fetcher_new(const syn_fetch_options *options, syn_fetcher **out, syn_err *err);
void syn_fetcher_free(syn_fetcher *f);

/* Ask for a page.  Pages of one host are fetched in the order they were asked for.
   SYN_EINVAL: an address that is never fetched (err says why); SYN_ELIMIT: more than SYN_MAX_FETCHES waiting. */
syn_code syn_fetch_add(syn_fetcher *f, const syn_fetch_request *request, syn_err *err);
/* The next answer in the order of their coming, waiting for it: SYN_OK with out filled; SYN_ENOTFOUND when nothing is
   left, or after stop; any other code is this page's failure, with out->url, tag, status, temporary and wait set and
   err naming the address; call again for the next. SYN_EINVAL: refused (robots.txt, a private address, a scheme);
   SYN_EIO: no answer, or a status that is none; SYN_ELIMIT: too large, too slow, too many redirects; SYN_EFORMAT: a
   type that holds no article, a damaged body. */
syn_code syn_fetch_next(syn_fetcher *f, syn_fetched *out, syn_err *err);

/* Whether a word of the command line is an address to fetch rather than a path. */
bool syn_fetch_is_url(syn_str word);

/* Seconds until a source that is asked every so many seconds is due again, after so many failures in a row: doubled for
   each, at most SYN_MAX_FEED_WAIT, and never less than wait. */
int64_t syn_fetch_due(int64_t every, unsigned fails, int64_t wait);

/* When a page first seen then is looked at again, after now: an hour, six, a day and three days after it was first
   seen; 0: no more.  (All are seconds since 1970.)  Late corrections are rare, and a page that has not changed costs
   its host a header. */
int64_t syn_fetch_again(int64_t seen, int64_t now);

#endif
