/* serve.h - stage 9: the portal over HTTP.  Uses base.h, lexicon.h, store.h, view.h.

   GET and HEAD of pages, JSON and a feed; nothing is ever changed.  libmicrohttpd stays behind this header.  Every
   answer carries a policy under which a page can load its own style sheet and nothing else. */
#ifndef SYN_SERVE_H
#define SYN_SERVE_H

#include "../base/base.h"
#include "../lexicon/lexicon.h"

/* Called once with the portal's address ("http://127.0.0.1:8080/"), when it answers. */
typedef void syn_serve_ready(void *context, syn_str address);

typedef struct syn_serve_options {
    const syn_lexicon *lex;
    const char *store;        /* path of the database; a writer may be at work on it */
    const char *address;      /* numeric IPv4 or IPv6; NULL: 127.0.0.1 */
    uint16_t port;            /* 0: any that is free, told to ready */
    unsigned threads;         /* 0: one a core, at most 8 */
    const volatile int *stop; /* not 0: end.  May be set by a signal's handler; looked at ten times a second */
    syn_serve_ready *ready;   /* or NULL */
    void *context;
} syn_serve_options;

/* Serve until *stop; returns when no thread is left.  All is borrowed.  SYN_EBUSY: the port is taken (err names it).
   SYN_EINVAL: no such address.  SYN_EIO, SYN_EFORMAT, SYN_EVERSION: the store cannot be read. */
syn_code syn_serve_run(const syn_serve_options *options, syn_err *err);

#endif
