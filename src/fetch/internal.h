/* internal.h - stage 2b, inside: the rules that fetching follows, each alone and without the network. */
#ifndef SYN_FETCH_INTERNAL_H
#define SYN_FETCH_INTERNAL_H

#include "fetch.h"

struct sockaddr;

/* ---- address.c ---- */

/* Whether a page of the public network can be there: not loopback, private, link-local, shared, multicast, reserved or
   for documentation; an IPv4 address inside an IPv6 one (mapped, NAT64) is judged itself. */
bool syn_fetch_public(const struct sockaddr *address);
/* The same of an address in figures, with or without brackets; *numeric false: it is a name. */
bool syn_fetch_public_text(syn_str host, bool *numeric);

/* ---- url.c ---- */

/* An address taken apart.  Arena-owned, each with NUL at its end. */
typedef struct syn_target {
    syn_str url;    /* normal form, without a fragment */
    syn_str host;   /* lower case, without brackets */
    syn_str origin; /* "https://host:port" */
    syn_str path;   /* with its query: what robots.txt speaks of */
} syn_target;
/* base: what a relative address is relative to, or empty.  SYN_EINVAL: not http or https, with credentials, too long or
   no address at all; err names it. */
syn_code syn_target_of(syn_arena *arena, syn_str base, syn_str url, syn_target *out, syn_err *err);
/* An address as messages print it: its head, without controls. */
typedef struct syn_shown {
    char z[128];
} syn_shown;
syn_shown syn_fetch_shown(syn_str url);

/* ---- robots.c ---- */

typedef struct syn_robots syn_robots;
/* The rules of a robots.txt for a crawler of this name ("synoptic").  The first SYN_MAX_ROBOTS bytes count.  O(n).
   NULL: no memory. */
syn_robots *syn_robots_parse(syn_str text, syn_str name);
/* Whether path, with its query, may be fetched.  O(rules + bytes of rules, path a rule). */
bool syn_robots_allow(const syn_robots *r, syn_str path);
/* Milliseconds between requests that the host asks for, at most SYN_MAX_CRAWL_DELAY; 0: it does not say. */
uint32_t syn_robots_delay(const syn_robots *r);
size_t syn_robots_bytes(const syn_robots *r); /* of memory */
void syn_robots_free(syn_robots *r);

/* ---- retry.c ---- */

/* Seconds that a Retry-After asks to wait, from now (seconds since 1970); never negative.  False: unreadable. */
bool syn_fetch_retry_after(syn_str value, int64_t now, int64_t *seconds);
/* Milliseconds to wait before try number tries + 1 (tries from 1): pace doubled for each, at most SYN_MAX_BACKOFF. */
uint32_t syn_fetch_backoff(unsigned tries, uint32_t pace);
/* Whether an answer with this status may be another one soon. */
bool syn_fetch_passing(int status);
/* Whether a Content-Type can be that of an article, a feed or text; empty can. */
bool syn_fetch_readable_type(syn_str content_type);

#endif
