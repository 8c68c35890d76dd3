/* fetching.h - stage 2b, inside: a fetcher's hosts, their queues and what is under way. */
#ifndef SYN_FETCHING_H
#define SYN_FETCHING_H

#include <curl/curl.h>

#include "internal.h"

/* One scheme, host and port: what a robots.txt speaks for. */
typedef struct syn_origin {
    struct syn_origin *next; /* of the same host */
    char *key;               /* "https://host:port" */
    enum { ROBOTS_UNKNOWN, ROBOTS_ASKED, ROBOTS_KNOWN, ROBOTS_NONE, ROBOTS_UNREACHABLE } state;
    syn_robots *robots; /* of ROBOTS_KNOWN */
    int64_t expires;    /* milliseconds of the fetcher's clock */
    syn_code code;      /* of ROBOTS_UNREACHABLE, with the reason */
    char why[160];
    bool temporary;
    int64_t wait;
} syn_origin;

/* One host name: one connection, one queue, one pace. */
typedef struct syn_host {
    char *name;
    bool allowed; /* may be in a private range */
    syn_origin *origins;
    struct syn_job *first, *last; /* waiting */
    struct syn_job *active;
    int64_t next_at; /* milliseconds of the fetcher's clock: no request before */
} syn_host;

/* A page, or a robots.txt, on its way. */
typedef struct syn_job {
    struct syn_job *next;
    syn_arena mem;         /* its strings */
    syn_origin *robots_of; /* NULL: a page */
    syn_str asked, etag, modified;
    uint64_t tag;
    syn_target target; /* where it is now */
    syn_host *host;
    syn_origin *origin;
    unsigned hops, tries;

    CURL *easy;
    struct curl_slist *headers;
    char error[CURL_ERROR_SIZE];
    syn_buf body;
    size_t head;                                 /* bytes of headers */
    bool refused, too_large, wrong_type, enough; /* why the transfer was ended here */

    syn_fetched out; /* once it is done */
    syn_err why;
} syn_job;

struct syn_fetcher {
    CURLM *multi;
    bool global; /* curl_global_init was done */
    bool broken; /* libcurl itself failed: nothing more comes */
    syn_arena mem;
    syn_fetch_options options; /* strings in mem */
    syn_str agent;
    syn_host **hosts;
    size_t nhosts, cap_hosts, turn; /* turn: the host that may start first */
    syn_map names;                  /* host names to their places in hosts, plus 1 */
    size_t waiting, active;
    size_t robots_bytes;               /* of all robots.txt that are kept */
    syn_job *done, *last_done, *shown; /* shown: the answer that the caller holds */
};

/* ---- fetch.c: queues ---- */

int64_t syn_fetch_clock(void); /* milliseconds; never goes back */
void syn_job_free(syn_fetcher *f, syn_job *job);
void syn_job_push_front(syn_fetcher *f, syn_job *job); /* to the head of its host's queue */

/* ---- transfer.c: one request and what came of it ---- */

typedef enum syn_outcome { GOT_PAGE, GOT_UNCHANGED, GOT_REDIRECT, GOT_FAILURE } syn_outcome;
typedef struct syn_verdict {
    syn_outcome outcome;
    int status;
    syn_str location; /* of GOT_REDIRECT; in the job's memory */
    syn_code code;    /* of GOT_FAILURE, with the reason without the address */
    char why[160];
    bool temporary, again; /* again: worth another try at once */
    int64_t wait;          /* seconds asked for by Retry-After; -1: none */
} syn_verdict;

syn_code syn_transfer_start(syn_fetcher *f, syn_job *job, syn_err *err);
void syn_transfer_judge(syn_fetcher *f, syn_job *job, CURLcode result, int64_t now, syn_verdict *v);
void syn_transfer_end(syn_fetcher *f, syn_job *job); /* the body stays */

/* ---- rules.c: the robots.txt of each origin ---- */

/* What an earlier run knew of it, where that is still good; else the state is ROBOTS_UNKNOWN. */
void syn_rules_recall(syn_fetcher *f, syn_origin *o);
/* A job for it at the head of the queue.  False: no memory. */
bool syn_rules_ask(syn_fetcher *f, syn_host *h, syn_origin *o);
/* What came of the job, which ends here; too_far: more redirects than are followed. */
void syn_rules_settle(syn_fetcher *f, syn_job *job, const syn_verdict *v, bool too_far);

#endif
