/* serve.h - stage 9: the portal over HTTP.  Uses base.h, lexicon.h, store.h, view.h.

   GET and HEAD of pages, JSON and a feed; nothing is ever changed, but where there are editors, who sign in with a key
   and say by POST what belongs together.  libmicrohttpd stays behind this header.  Every answer carries a policy under
   which a page can load its own style sheet and nothing else. */
#ifndef SYN_SERVE_H
#define SYN_SERVE_H

#include "../base/base.h"
#include "../lexicon/lexicon.h"

/* Called once with the portal's address ("http://127.0.0.1:8080/"), when it answers. */
typedef void syn_serve_ready(void *context, syn_str address);

typedef struct syn_editor {
    syn_str name, key;
} syn_editor;
typedef enum syn_word_kind { SYN_WORD_APART, SYN_WORD_TOGETHER, SYN_WORD_WITHDRAW } syn_word_kind;
/* What an editor says: a does not belong to its story; a belongs with b; word n no longer holds.  Ids of articles. */
typedef struct syn_word {
    uint8_t kind;
    syn_str a, b;
    int64_t n;
    syn_str who, why;
} syn_word;
/* Keeps and obeys a word; called by one thread at a time.  SYN_EINVAL, SYN_ENOTFOUND: it makes no sense.  SYN_EBUSY:
   the store is being written to. */
typedef syn_code syn_serve_say(void *context, const syn_word *word, syn_err *err);
typedef struct syn_serve_editors {
    const syn_editor *list;
    size_t n;
    syn_serve_say *say;
    void *context;
} syn_serve_editors;

typedef struct syn_serve_options {
    const syn_lexicon *lex;
    const char *store;                /* path of the database; a writer may be at work on it */
    const char *address;              /* numeric IPv4 or IPv6; NULL: 127.0.0.1 */
    uint16_t port;                    /* 0: any that is free, told to ready */
    unsigned threads;                 /* 0: one a core, at most 8 */
    const volatile int *stop;         /* not 0: end.  May be set by a signal's handler; looked at ten times a second */
    const syn_serve_editors *editors; /* NULL: the portal only reads */
    syn_serve_ready *ready;           /* or NULL */
    void *context;
} syn_serve_options;

/* Serve until *stop; returns when no thread is left.  All is borrowed.  SYN_EBUSY: the port is taken (err names it).
   SYN_EINVAL: no such address.  SYN_EIO, SYN_EFORMAT, SYN_EVERSION: the store cannot be read. */
syn_code syn_serve_run(const syn_serve_options *options, syn_err *err);

#endif
