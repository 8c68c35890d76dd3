/* synoptic.h - the one public header of libsynoptic.

   Who owns what: a syn_str that is handed in is borrowed for the call; one that a callback receives is borrowed for the
   callback.  Handles come from the function named after them and go to their _free or _close, which take NULL.
   Threads: an engine may be shared; a session, a group and a store belong to one thread at a time.
   Errors: every fallible function returns a syn_code and fills the caller's syn_err (which may be NULL) with the first
   cause in one line.  Outputs are written on SYN_OK only.  The library never prints, logs, exits or keeps global state.
   Text is UTF-8; offsets are bytes. */
#ifndef SYNOPTIC_H
#define SYNOPTIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SYN_API __attribute__((visibility("default")))

typedef enum syn_code {
    SYN_OK = 0,
    SYN_EINVAL = 1,   /* the caller asked for something that cannot be */
    SYN_ENOMEM = 2,   /* no memory, or an arena's limit reached */
    SYN_ELIMIT = 3,   /* a ceiling was reached */
    SYN_EIO = 4,      /* a file, socket or pipe failed */
    SYN_EFORMAT = 5,  /* the input is not what it should be */
    SYN_ENOTEXT = 6,  /* a page was understood but holds no article */
    SYN_EDB = 7,      /* the store failed */
    SYN_EVERSION = 8, /* the store was written by a newer program */
    SYN_ENOTFOUND = 9,
    SYN_EBUSY = 10 /* a port or a lock is taken */
} syn_code;

typedef struct syn_err {
    syn_code code;  /* zero-initialise: a filled error keeps its first cause */
    size_t offset;  /* byte of the input, 0 if it has none */
    char line[240]; /* one line for a person, without a newline */
} syn_err;

/* Text is a pointer and a length; it may hold NUL.  p may be NULL where n is 0. */
typedef struct syn_str {
    const char *p;
    size_t n;
} syn_str;

typedef struct syn_engine syn_engine;   /* the tables; immutable */
typedef struct syn_session syn_session; /* scratch memory of one thread */
typedef struct syn_group syn_group;     /* a stream of articles being put into stories */
typedef struct syn_desk syn_desk;       /* an open store with its grouping */

/* Receives one line of JSON, without its newline. */
typedef void syn_sink(void *context, syn_str line);

SYN_API const char *synoptic_version(void);

SYN_API syn_code synoptic_open(syn_engine **out, syn_err *err);
SYN_API void synoptic_close(syn_engine *engine); /* after its sessions, groups and stores */
SYN_API syn_code synoptic_session_new(const syn_engine *engine, syn_session **out, syn_err *err);
SYN_API void synoptic_session_free(syn_session *session);

/* Articles of a page in any format that the program reads, each as one JSON object to sink.  content_type: the HTTP
   header's value, or empty.  O(bytes). */
SYN_API syn_code synoptic_read(syn_session *session, syn_str id, syn_str bytes, syn_str url, syn_str content_type,
                               syn_sink *sink, void *context, syn_err *err);

/* Every page below paths (files, folders in sorted order, archives, "-"), read by threads (0: all cores), lines in the
   order of the input.  A failed item gives {"id","error"}; *failed counts them.  progress may be NULL. */
typedef void syn_progress(void *context, uint64_t done);
SYN_API syn_code synoptic_read_paths(const syn_engine *engine, const syn_str *paths, size_t n, unsigned threads,
                                     syn_sink *sink, syn_progress *progress, void *context, uint64_t *failed,
                                     syn_err *err);

/* BCP 47 tag of a text ("und" where it cannot tell) and how sure that is, 0 to 1. */
SYN_API void synoptic_lang(syn_session *session, syn_str text, char tag[16], double *confidence);

/* Verbs of one line of JSON: one line goes to sink also where they fail, {"id","error"} then.

   {"lang","text","ref"} in, {"facts":[...]} out. */
SYN_API syn_code synoptic_facts(syn_session *session, syn_str json, syn_sink *sink, void *context, syn_err *err);

/* How likely two names in any two scripts name the same, 0 to 1. */
SYN_API double synoptic_names(const syn_engine *engine, syn_str a, syn_str b);

/* {"id","a":{article},"b":{article}} in, {"id","differences":[...],"notes":[...]} out; {"id","articles":[...]} in,
   {"id","facts":[...],"differences":[...],"notes":[...]} out. */
SYN_API syn_code synoptic_compare(syn_session *session, syn_str json, syn_sink *sink, void *context, syn_err *err);

/* The same comparisons as a table ("csv", RFC 4180: a row for each telling of each thing that two tellings say or that
   differs) or as a page to be printed ("html"): begin, add as often as needed, end; each sends its part to sink, with
   line ends.  The session is in use until the comparison is freed.  A comparison that failed to be added leaves the
   whole as it was.  SYN_EINVAL: another format. */
typedef struct syn_comparison syn_comparison;
SYN_API syn_code synoptic_comparison_begin(syn_session *session, syn_str format, syn_comparison **out, syn_sink *sink,
                                           void *context, syn_err *err);
SYN_API syn_code synoptic_comparison_add(syn_comparison *comparison, syn_str json, syn_sink *sink, void *context,
                                         syn_err *err);
SYN_API syn_code synoptic_comparison_end(syn_comparison *comparison, syn_sink *sink, void *context, syn_err *err);
SYN_API void synoptic_comparison_free(syn_comparison *comparison);

/* The language in which differences are explained from now on: the best that there is for a BCP 47 tag, English where
   there is none. */
SYN_API void synoptic_session_reader(syn_session *session, syn_str tag);

/* A pack: terms of one's own, told in several languages, which the session knows from now on when it groups.  Rows of
   UTF-8, `key TAB language TAB form|form`; a form is a word or a phrase of up to four.  SYN_EFORMAT: err names the line
   and what is wrong with it. */
SYN_API syn_code synoptic_session_pack(syn_session *session, syn_str tsv, syn_err *err);

/* Grouping: add articles as JSON, then finish, which gives {"id","story"} for each in the order they were added;
   explain adds "score" and "reasons". */
SYN_API syn_code synoptic_group_new(const syn_engine *engine, syn_group **out, syn_err *err);
SYN_API syn_code synoptic_group_add(syn_group *group, syn_session *session, syn_str json, syn_err *err);
/* A line that was not an article: keeps its place in the output as {"id","error"} (id left out where unknown). */
SYN_API syn_code synoptic_group_skip(syn_group *group, const syn_err *why, syn_err *err);
SYN_API syn_code synoptic_group_finish(syn_group *group, bool explain, syn_sink *sink, void *context, syn_err *err);
SYN_API void synoptic_group_free(syn_group *group);

/* The record of a topic: add its articles as JSON, as "read" writes them, then write it once.  format: "json" gives a
   line an entry, series and party ({"record":"entry"|"series"|"party",...}); "csv" (RFC 4180: a row an entry and
   telling), "ics" (RFC 5545: what is dated from the day now on) and "html" (a page to print) are sent to sink whole,
   with their line ends.  now: ISO 8601, empty for the latest publication.  ui: the language of labels, as the portal
   has them; empty for English.  SYN_ELIMIT: more articles than one record holds. */
typedef struct syn_recording syn_recording;
SYN_API syn_code synoptic_record_new(const syn_engine *engine, syn_recording **out, syn_err *err);
SYN_API syn_code synoptic_record_add(syn_recording *recording, syn_session *session, syn_str json, syn_err *err);
SYN_API syn_code synoptic_record_write(syn_recording *recording, syn_str format, syn_str now, syn_str ui,
                                       syn_sink *sink, void *context, syn_err *err);
SYN_API void synoptic_record_free(syn_recording *recording);

/* ---- the store ---- */

SYN_API syn_code synoptic_desk_open(const syn_engine *engine, const char *path, bool read_only, syn_desk **out,
                                    syn_err *err);
SYN_API void synoptic_desk_close(syn_desk *desk);

typedef struct syn_added {
    uint64_t pages, articles, added, same, versions, empty, failed;
} syn_added;
/* Read every page below paths into the store and put its articles into stories.  complain gets one line for each item
   that failed or held no article.  Committed in batches: what was done before a failure stays. */
SYN_API syn_code synoptic_desk_add(syn_desk *desk, const syn_str *paths, size_t n, syn_sink *complain,
                                   syn_progress *progress, void *context, syn_added *added, syn_err *err);

/* How pages are fetched.  Zero-initialised: the defaults. */
typedef struct syn_net {
    const syn_str *allow; /* hosts that may be at private addresses; no other is fetched from one */
    size_t nallow;
    syn_str contact;          /* an address for those who wonder who is asking, for the User-Agent */
    syn_str proxy;            /* none is used unless it is named here */
    uint32_t pace;            /* milliseconds between two requests to one host; 0: 1000 */
    uint32_t timeout;         /* milliseconds for a page; 0: 60000 */
    const volatile int *stop; /* NULL, or end when it is not 0 */
} syn_net;
/* The same of pages and feeds of the network (http, https): robots.txt is heeded, what has not changed since it was
   last fetched is not sent again. */
SYN_API syn_code synoptic_desk_fetch(syn_desk *desk, const syn_str *urls, size_t n, const syn_net *net,
                                     syn_sink *complain, syn_progress *progress, void *context, syn_added *added,
                                     syn_err *err);
/* Follow feeds (n 0: those that the store follows already): ask each every so many seconds, a failing one less often,
   and fetch the pages of new items that come without their text.  round, which may be NULL, is called whenever all that
   was due has come, with what it gave.  Ends with net->stop or, with once, when each was asked once.  *total is what
   all gave. */
typedef void syn_round(void *context, const syn_added *added);
SYN_API syn_code synoptic_desk_watch(syn_desk *desk, const syn_str *feeds, size_t n, uint32_t every, bool once,
                                     const syn_net *net, syn_sink *complain, syn_round *round, void *context,
                                     syn_added *total, syn_err *err);

/* Packs kept in the store: used for all articles that are added from then on, replaced by one of the same name; what is
   removed is not used any more once the store is opened again.  *terms: how many it holds.  The list is lines of JSON,
   {"name","terms","added"}.  SYN_ENOTFOUND: there is no pack of that name. */
SYN_API syn_code synoptic_desk_pack_add(syn_desk *desk, syn_str name, syn_str tsv, uint64_t *terms, syn_err *err);
SYN_API syn_code synoptic_desk_pack_remove(syn_desk *desk, syn_str name, syn_err *err);
SYN_API syn_code synoptic_desk_packs(syn_desk *desk, syn_sink *sink, void *context, syn_err *err);

/* A user's word that two articles of the store, by their ids, belong together, or do not: kept with who said it, when
   and why, obeyed at once, and outweighed by nothing but a later word, until it is withdrawn; what it contradicts is
   withdrawn.  part: that an article does not belong with the others of its story, as one word.  *n: its number.
   SYN_ENOTFOUND: there is no such article, or no word of that number that holds.  The list is lines of JSON,
   {"n","with","verdict","a","b","who","why","said","withdrawn"}, withdrawn ones among them; with: the number of the
   first of those that were said at once. */
SYN_API syn_code synoptic_desk_judge(syn_desk *desk, syn_str a, syn_str b, bool together, syn_str who, syn_str why,
                                     int64_t *n, syn_err *err);
SYN_API syn_code synoptic_desk_part(syn_desk *desk, syn_str article, syn_str who, syn_str why, int64_t *n,
                                    syn_err *err);
SYN_API syn_code synoptic_desk_withdraw(syn_desk *desk, int64_t n, syn_err *err);
SYN_API syn_code synoptic_desk_verdicts(syn_desk *desk, syn_sink *sink, void *context, syn_err *err);

/* What the store learned: words of languages without a dictionary that kept meeting a concept, or a word of a language
   that is read much, in stories founded on other evidence.  lang: only words of that language; empty: of all.  Lines of
   number, language, word, meaning, its language or "concept", weight and stories with tabs between them, of those that
   count; as JSON
   {"n","lang","word","meaning","meaning_lang","weight","stories","witnesses","first","last","forgotten"}, of all. */
SYN_API syn_code synoptic_desk_lexicon(syn_desk *desk, syn_str lang, bool json, syn_sink *sink, void *context,
                                       syn_err *err);
/* Take back all that was learned of a word as printed, or where word is empty the link of number n: it counts no more
   and is not learned again; articles already in stories stay there.  *gone: how many links.  SYN_ENOTFOUND: there is
   none. */
SYN_API syn_code synoptic_desk_unlearn(syn_desk *desk, syn_str word, int64_t n, uint64_t *gone, syn_err *err);

SYN_API syn_code synoptic_desk_search(syn_desk *desk, syn_str query, syn_str lang, size_t limit, syn_sink *sink,
                                      void *context, syn_err *err);
/* Topics, stories of the same parties and matter over time, the latest first, a line of JSON each: {"topic","name",
   "stories","articles","langs","first","last","parties":[{"kind","name","spellings":[{"lang","text","times"}]}]}; names
   in the language reader, a BCP 47 tag, English where it is empty. */
SYN_API syn_code synoptic_desk_topics(syn_desk *desk, syn_str reader, syn_sink *sink, void *context, syn_err *err);
/* The same for people: number, name, stories, articles, first and last day, with tabs between. */
SYN_API syn_code synoptic_desk_topics_plain(syn_desk *desk, syn_str reader, syn_sink *sink, void *context,
                                            syn_err *err);
/* The articles of one of them, by its number, into a record that is to be written: the latest of them, where there are
   more than one record holds.  SYN_ENOTFOUND: no such topic. */
SYN_API syn_code synoptic_desk_record(syn_desk *desk, int64_t topic, syn_recording *recording, syn_err *err);

/* How the store's articles spell a name, in every script: lines of JSON, {"name","lang","articles","alike","latest"},
   the most used first. */
SYN_API syn_code synoptic_desk_who(syn_desk *desk, syn_str name, size_t limit, syn_sink *sink, void *context,
                                   syn_err *err);
/* Every article, a line of JSON each: {"id","story","story_id","article","topics":[{"topic","name"}]}. */
SYN_API syn_code synoptic_desk_export(syn_desk *desk, syn_sink *sink, void *context, syn_err *err);
/* Why the article with this id or address is in its story, as one JSON object. */
SYN_API syn_code synoptic_desk_explain(syn_desk *desk, syn_str id, syn_sink *sink, void *context, syn_err *err);
SYN_API syn_code synoptic_desk_count(syn_desk *desk, uint64_t *articles, uint64_t *stories, syn_err *err);

/* Serve the portal of the store at path until *stop is not 0.  ready is called once with the address.  editors: NULL,
   then nothing is changed; else the path of a file that its owner alone can read, lines of a name, a tab and a key of
   16 to 200 letters and digits: who signs in with one of these keys may say what belongs together.  SYN_EINVAL,
   SYN_EFORMAT: such a file it is not. */
SYN_API syn_code synoptic_serve(const syn_engine *engine, const char *path, const char *address, uint16_t port,
                                const char *editors, const volatile int *stop, syn_sink *ready, void *context,
                                syn_err *err);

#ifdef __cplusplus
}
#endif

#endif
