/* store.h - stage 7: where articles, facts, stories and reasons are kept.  One interface; SQLite behind it.
   Uses base.h, lexicon.h, read.h, text.h, facts.h, story.h.  A store serves one thread at a time. */
#ifndef SYN_STORE_H
#define SYN_STORE_H

#include "../base/base.h"
#include "../facts/facts.h"
#include "../read/read.h"
#include "../story/story.h"
#include "../text/text.h"

typedef struct syn_store syn_store;

typedef struct syn_list {
    void *items;
    size_t n;
    uint64_t total;
} syn_list; /* of the row type named by the function */

/* Open or make the database file; brings an older schema up to date, migration by number, in one transaction each.
   lex is borrowed and must outlive the store.  read_only: for a portal beside a writer; makes and changes nothing.
   SYN_EVERSION: written by a newer program, or read_only and older (err names both versions).  SYN_EFORMAT: a file that
   is no store.  SYN_EIO: cannot be opened.  SYN_EBUSY: another writer holds it for longer than five seconds. */
syn_code syn_store_open(const char *path, const syn_lexicon *lex, bool read_only, syn_store **out, syn_err *err);
/* The same, read only, of a store that an older program may have written: that is brought up to date once. */
syn_code syn_store_open_to_read(const char *path, const syn_lexicon *lex, syn_store **out, syn_err *err);
void syn_store_close(syn_store *s);

typedef enum syn_put { SYN_PUT_NEW, SYN_PUT_SAME, SYN_PUT_VERSION } syn_put;
/* What is to be kept of an article.  text, facts: of the article's text alone (spans point into article->text). */
typedef struct syn_entry {
    const syn_article *article;
    const syn_text *text;
    const syn_facts *facts;
    const syn_signature *signature;
} syn_entry;

syn_code syn_store_begin(syn_store *s, syn_err *err);
syn_code syn_store_commit(syn_store *s, syn_err *err);
void syn_store_rollback(syn_store *s);
/* How the article stands to what is kept: the same page (by address, else id) with the same content is SYN_PUT_SAME;
   another content is SYN_PUT_VERSION; *article is its row, 0 if new. */
syn_code syn_store_known(syn_store *s, const syn_article *a, syn_put *how, int64_t *article, syn_err *err);
/* Keep an entry, whole or not at all; versions keep the old text; the same content again changes nothing.  signature
   may be NULL.  *article is the row. */
syn_code syn_store_put(syn_store *s, const syn_entry *e, int64_t *article, syn_err *err);
/* Put an article into the story founded by the article with id decision->story (found it if that is itself), with its
   reasons; replaces an earlier decision.  A story left without articles forwards to the one that took its last.
   SYN_ENOTFOUND: no such article or founder. */
syn_code syn_store_decide(syn_store *s, int64_t article, const syn_decision *decision, syn_err *err);
syn_code syn_store_decide_id(syn_store *s, syn_str article_id, const syn_decision *decision, syn_err *err);
/* Many decisions at once: from syn_store_hold on what stories add up to waits until syn_store_release_held, which
   counts each story that changed once.  Within one transaction. */
void syn_store_hold(syn_store *s);
syn_code syn_store_release_held(syn_store *s, syn_err *err);
/* Signatures of the latest articles, at most so many, that came or were published from since to until (seconds), oldest
   row first, for syn_grouper_restore; story is empty for one that was not decided yet.  Stops at fn's first failure. */
typedef syn_code syn_signature_fn(void *context, const syn_signature *s, syn_str story, syn_err *err);
syn_code syn_store_signatures(syn_store *s, int64_t since, int64_t until, size_t most, syn_signature_fn *fn,
                              void *context, syn_err *err);
/* When the n-th newest article up to until was published, or the oldest where there are fewer; INT64_MIN: there is
   none. */
syn_code syn_store_latest(syn_store *s, int64_t until, size_t n, int64_t *when, syn_err *err);
/* When the n-th article after since was published, or the newest where there are fewer; since where there is none. */
syn_code syn_store_later(syn_store *s, int64_t since, size_t n, int64_t *when, syn_err *err);
/* The latest moment of the story that an article is in, or its own. */
syn_code syn_store_moment(syn_store *s, syn_str article_id, int64_t *when, syn_err *err);
/* How many articles ever came in. */
syn_code syn_store_rows(syn_store *s, int64_t *rows, syn_err *err);

/* ---- stories that sleep: what they are about ---- */

/* Replaces the keys of the story founded by the article with this id; without any where n is 0. */
syn_code syn_store_put_keys(syn_store *s, syn_str founder, const syn_story_key *keys, size_t n, syn_err *err);
/* The story, if any, that holds most of these keys, three at least: the id of its founder, and up to so many of its
   signatures, its first ones and its last ones.  asleep: asked of each story's founder, false passes it over.
   SYN_ENOTFOUND: there is none. */
typedef bool syn_asleep_fn(void *context, syn_str founder);
syn_code syn_store_rouse(syn_store *s, syn_arena *arena, const uint64_t *keys, size_t n, size_t most,
                         syn_asleep_fn *asleep, void *context, syn_list *signatures, syn_str *founder, syn_err *err);

/* The story of an article: the id of its founder, and up to so many of its signatures, the article's among them. */
syn_code syn_store_story_signatures(syn_store *s, syn_arena *arena, syn_str article_id, size_t most,
                                    syn_list *signatures, syn_str *founder, syn_err *err);

/* ---- topics: what linking asks and keeps; all within a transaction ---- */

/* How many stories there are, and the highest number that one has. */
syn_code syn_store_stories_held(syn_store *s, double *stories, int64_t *highest, syn_err *err);
/* The number of the story that an article founded.  SYN_ENOTFOUND: it founded none. */
syn_code syn_store_founded(syn_store *s, syn_str founder, int64_t *story, syn_err *err);
/* The stories, or topics, that hold a key, the newest first, at most so many. */
syn_code syn_store_holders(syn_store *s, uint64_t key, bool topics, int64_t *out, size_t most, size_t *n, syn_err *err);
/* What a story, or a topic's core, is about, sorted by key, at most so many. */
syn_code syn_store_keys(syn_store *s, int64_t of, bool topic, syn_story_key *out, size_t most, size_t *n, syn_err *err);
/* Who alone tells a story: hashes of its outlet and of its language, 0 where there are several or none is known. */
typedef struct syn_company {
    uint64_t outlet, lang;
    int64_t when; /* seconds: its founding article was published; 0: not known */
} syn_company;
syn_code syn_store_company(syn_store *s, int64_t story, syn_company *out, syn_err *err);
/* The same of the newest stories, at most so many. */
syn_code syn_store_companies(syn_store *s, syn_company *out, size_t most, size_t *n, syn_err *err);
typedef struct syn_membership {
    int64_t topic, story;
    double score;
    bool core;
} syn_membership;
/* The topics of a story, the oldest first; the core of a topic in the order it joined. */
syn_code syn_store_memberships(syn_store *s, int64_t story, syn_membership *out, size_t most, size_t *n, syn_err *err);
syn_code syn_store_core(syn_store *s, int64_t topic, syn_membership *out, size_t most, size_t *n, syn_err *err);
syn_code syn_store_topic_new(syn_store *s, int64_t *topic, syn_err *err);
/* One that is a member keeps its place and is core if it was; *n: the order in which it joined. */
syn_code syn_store_topic_join(syn_store *s, const syn_membership *m, uint32_t *n, syn_err *err);
syn_code syn_store_topic_leave(syn_store *s, int64_t topic, int64_t story, syn_err *err);
/* All of one topic becomes part of another, to which it forwards; a core may be larger for it, no larger than twice. */
syn_code syn_store_topic_merge(syn_store *s, int64_t from, int64_t into, syn_err *err);
/* Replaces what a topic is about; names: who, in every spelling. */
syn_code syn_store_put_theme(syn_store *s, int64_t topic, const syn_story_key *keys, size_t n, syn_err *err);
syn_code syn_store_put_parties(syn_store *s, int64_t topic, const syn_actor *parties, size_t n, syn_err *err);
/* syn_actor_mention: names and places as the first articles of the core's stories and of the latest ones print them. */
syn_code syn_store_mentions(syn_store *s, syn_arena *arena, int64_t topic, syn_list *out, syn_err *err);
/* What a topic adds up to, anew. */
syn_code syn_store_topic_recount(syn_store *s, int64_t topic, syn_err *err);

/* ---- users' words ---- */

typedef struct syn_verdict_row {
    int64_t n;
    syn_str a, b;
    bool together;
    syn_str who, why;
    int64_t said, withdrawn; /* seconds; withdrawn 0: it holds */
    int64_t word;            /* n of the first of those that were said at once; to be put: 0 for that one */
} syn_verdict_row;
/* *n: its number.  SYN_ENOTFOUND: there is no such article. */
syn_code syn_store_put_verdict(syn_store *s, const syn_verdict_row *row, int64_t *n, syn_err *err);
/* With what was said at once with it.  SYN_ENOTFOUND: there is no such verdict, or it is withdrawn already. */
syn_code syn_store_withdraw(syn_store *s, int64_t n, syn_err *err);
/* Withdraws earlier words that contradict n, or what was said at once with it. */
syn_code syn_store_supersede(syn_store *s, int64_t n, syn_err *err);
/* syn_str: ids of the others of an article's story, its own reprints left out; the founder first, at most
   SYN_MAX_PAGE_ROWS. */
syn_code syn_store_others(syn_store *s, syn_arena *arena, syn_str article_id, syn_list *out, syn_err *err);
/* syn_verdict_row in the order they were said; holding: only those that hold. */
syn_code syn_store_verdicts(syn_store *s, syn_arena *arena, bool holding, syn_list *out, syn_err *err);
/* What was said at once, for a reader. */
typedef struct syn_word_row {
    syn_verdict_row said; /* the first of them */
    struct {
        int64_t article;
        syn_str title, lang;
    } a, b;
    uint32_t others; /* articles beside b, to which it holds as well */
} syn_word_row;
/* syn_word_row, the latest first, withdrawn ones too: of the articles of a story, or of one article; the other is 0. */
syn_code syn_store_words(syn_store *s, syn_arena *arena, int64_t story, int64_t article, syn_list *out, syn_err *err);

/* ---- what was learned from reading ---- */

typedef struct syn_lesson_row {
    int64_t n; /* as a user names it */
    syn_lesson lesson;
    int64_t first, last, forgotten; /* seconds; forgotten 0: it counts */
} syn_lesson_row;
/* New or better known; one that was forgotten stays so. */
syn_code syn_store_put_lesson(syn_store *s, const syn_lesson *lesson, syn_err *err);
/* syn_lesson_row, forgotten ones too, by language and word; lang empty: all. */
syn_code syn_store_lessons(syn_store *s, syn_arena *arena, syn_str lang, syn_list *out, syn_err *err);
/* What was forgotten at *since or later, which becomes the latest such moment; fn borrows lang for the call. */
typedef syn_code syn_forgotten_fn(void *context, uint64_t word, uint64_t meaning, syn_str lang, syn_err *err);
syn_code syn_store_forgotten(syn_store *s, int64_t *since, syn_forgotten_fn *fn, void *context, syn_err *err);
/* One by its number, or all of a word as printed, whatever its case.  *gone: how many.  SYN_ENOTFOUND: there is none.
 */
syn_code syn_store_forget_lesson(syn_store *s, int64_t n, uint64_t *gone, syn_err *err);
syn_code syn_store_forget_word(syn_store *s, syn_str word, uint64_t *gone, syn_err *err);

/* ---- what a reader asks for; results live in the arena ---- */

typedef struct syn_story_row {
    int64_t story;       /* number, stable; not the one asked for where that was merged into this one */
    syn_str title, lang; /* of the telling shown for it: the reader's language if there is one, else the founder's */
    syn_str lead;
    int64_t first, last;               /* seconds of its first article, of the last that is no reprint */
    uint32_t articles;                 /* reprints among them */
    uint32_t reprints, outlets, langs; /* outlets: that do more than reprint */
    syn_str lang_list;                 /* tags, by comma */
} syn_story_row;
typedef struct syn_article_row {
    int64_t article, story;
    syn_article a;      /* with text */
    syn_str story_id;   /* id of the founding article */
    int64_t added;      /* seconds: when this version came in */
    int64_t reprint_of; /* row of the original in its story, or 0 */
    uint32_t versions;  /* older texts kept */
    double score;       /* how well it fits its story; of a search: how well it answers */
    syn_span hit;       /* search: bytes of a.lead that answer; empty where the title does */
} syn_article_row;
typedef struct syn_source_row {
    syn_str outlet;
    syn_str langs;
    uint32_t articles, stories;
    int64_t first, last;
} syn_source_row;
typedef struct syn_version_row {
    int64_t when;
    syn_str title, lead, text;
} syn_version_row; /* when it came in */

/* syn_story_row, latest first; shared: only what several outlets tell.  reader: preferred language tag or empty. */
syn_code syn_store_stories(syn_store *s, syn_arena *arena, bool shared, syn_str reader, size_t offset, size_t limit,
                           syn_list *out, syn_err *err);
syn_code syn_store_story(syn_store *s, syn_arena *arena, int64_t story, syn_str reader, syn_story_row *out,
                         syn_err *err);
/* syn_article_row of a story, by time, reprints after all others; the first SYN_MAX_PAGE_ROWS. */
syn_code syn_store_tellings(syn_store *s, syn_arena *arena, int64_t story, syn_list *out, syn_err *err);
/* The same of all stories of a topic: the latest, at most that many. */
syn_code syn_store_topic_tellings(syn_store *s, syn_arena *arena, int64_t topic, size_t most, syn_list *out,
                                  syn_err *err);
/* syn_article_row without text: the first telling of each language, by time. */
syn_code syn_store_headlines(syn_store *s, syn_arena *arena, int64_t story, size_t limit, syn_list *out, syn_err *err);
syn_code syn_store_article(syn_store *s, syn_arena *arena, int64_t article, syn_article_row *out, syn_err *err);
/* By id as given to add, or by address. */
syn_code syn_store_article_by_id(syn_store *s, syn_arena *arena, syn_str id, syn_article_row *out, syn_err *err);
/* What its text says: spans point into a.text. */
syn_code syn_store_facts(syn_store *s, syn_arena *arena, int64_t article, syn_facts *out, syn_err *err);
/* syn_reason of an article. */
syn_code syn_store_reasons(syn_store *s, syn_arena *arena, int64_t article, syn_list *out, syn_err *err);
/* syn_version_row: older texts, latest first. */
syn_code syn_store_versions(syn_store *s, syn_arena *arena, int64_t article, syn_list *out, syn_err *err);
/* syn_source_row by name. */
syn_code syn_store_sources(syn_store *s, syn_arena *arena, syn_list *out, syn_err *err);
/* syn_str: the tags of the languages that there are. */
syn_code syn_store_langs(syn_store *s, syn_arena *arena, syn_list *out, syn_err *err);
/* syn_article_row without text beyond a snippet in a.lead; full text in every script, names across scripts ("To Lam"
   finds an Arabic telling).  Every word of the query must be found; words as written rank above words that begin so,
   and these above names that sound so.  lang empty: all.  Any query is safe; more than SYN_MAX_QUERY bytes or
   SYN_MAX_QUERY_WORDS words are not looked at.  total counts at most SYN_MAX_HITS. */
syn_code syn_store_search(syn_store *s, syn_arena *arena, syn_str query, syn_str lang, size_t offset, size_t limit,
                          syn_list *out, syn_err *err);
/* syn_spelling_row: how articles spell the name, in every script and language, the most used first; those that bear
   more names than were asked for among them.  Finds names by the sound of the strongest word. */
typedef struct syn_spelling_row {
    syn_str name, lang; /* as printed in an article of that language */
    uint32_t articles;
    double like;     /* 0 to 1: how likely it is the name asked for */
    int64_t article; /* the latest that has it */
    syn_str id, title;
    int64_t sorted; /* seconds: published, or added where that is not known */
} syn_spelling_row;
syn_code syn_store_spellings(syn_store *s, syn_arena *arena, syn_str name, size_t limit, syn_list *out, syn_err *err);
/* ---- topics, for a reader ---- */

typedef struct syn_topic_row {
    int64_t topic; /* number, stable; not the one asked for where that became part of this one */
    uint32_t stories, articles, langs;
    syn_str lang_list;   /* tags, by comma */
    int64_t first, last; /* seconds of its first and last article */
    const syn_actor *parties;
    size_t nparties;
} syn_topic_row;
/* syn_topic_row of two stories or more, latest first. */
syn_code syn_store_topics(syn_store *s, syn_arena *arena, size_t offset, size_t limit, syn_list *out, syn_err *err);
syn_code syn_store_topic(syn_store *s, syn_arena *arena, int64_t topic, syn_topic_row *out, syn_err *err);
/* syn_topic_row: those that a story belongs to, the best first. */
syn_code syn_store_story_topics(syn_store *s, syn_arena *arena, int64_t story, syn_list *out, syn_err *err);
/* syn_story_row of a topic, by the time of their first article; latest: the latest first. */
syn_code syn_store_topic_stories(syn_store *s, syn_arena *arena, int64_t topic, syn_str reader, bool latest,
                                 size_t offset, size_t limit, syn_list *out, syn_err *err);

/* Every article in order of its row, for export. */
typedef syn_code syn_article_fn(void *context, const syn_article_row *row, syn_err *err);
syn_code syn_store_each(syn_store *s, syn_article_fn *fn, void *context, syn_err *err);
syn_code syn_store_count(syn_store *s, uint64_t *articles, uint64_t *stories, syn_err *err);

/* ---- what was fetched ---- */

typedef struct syn_fetch_row {
    syn_str url;
    int64_t fetched;        /* seconds: last tried */
    syn_str etag, modified; /* of the last answer, for the next request */
    bool settled;           /* a feed's link that need not be asked for again */
    uint32_t fails;         /* in a row */
    syn_str error;          /* of the last failure in a row */
    int64_t seen, due;      /* seconds: when a feed's page first came, when it is looked at again; 0 never */
} syn_fetch_row;
typedef struct syn_feed_row {
    syn_str url, title;             /* as asked for; its own name */
    int64_t fetched, answered, due; /* seconds: last tried, last answered, not before; 0 never */
    uint32_t fails;                 /* in a row */
    syn_str error;                  /* of the last failure in a row, empty if it answered */
    uint32_t items;                 /* in its last whole answer */
    uint64_t added;                 /* articles that ever came by it */
} syn_feed_row;
/* What is known of an address as asked for; out->url is the url given.  SYN_ENOTFOUND (err untouched): nothing. */
syn_code syn_store_fetch(syn_store *s, syn_arena *arena, syn_str url, syn_fetch_row *out, syn_err *err);
syn_code syn_store_put_fetch(syn_store *s, const syn_fetch_row *row, syn_err *err); /* replaces what was known */
/* syn_str: at most limit addresses that were due by then, the longest due first; *next: when the next one is due, 0
   where none ever is. */
syn_code syn_store_due(syn_store *s, syn_arena *arena, int64_t then, size_t limit, syn_list *out, int64_t *next,
                       syn_err *err);
/* The robots.txt of an origin ("https://host:port") as it was fetched, empty where the host has none. */
syn_code syn_store_robots(syn_store *s, syn_arena *arena, syn_str origin, syn_str *body, int64_t *fetched,
                          syn_err *err);
syn_code syn_store_put_robots(syn_store *s, syn_str origin, syn_str body, int64_t fetched, syn_err *err);
/* The same of a feed that is followed, and syn_feed_row of all of them, by address. */
syn_code syn_store_feed(syn_store *s, syn_arena *arena, syn_str url, syn_feed_row *out, syn_err *err);
syn_code syn_store_put_feed(syn_store *s, const syn_feed_row *row, syn_err *err);
syn_code syn_store_feeds(syn_store *s, syn_arena *arena, syn_list *out, syn_err *err);

/* ---- users' own packs of terms ---- */

typedef struct syn_pack_row {
    syn_str name;
    int64_t added; /* seconds */
    uint64_t terms;
    syn_str body; /* rows as syn_texter_add_pack takes them */
} syn_pack_row;
syn_code syn_store_put_pack(syn_store *s, const syn_pack_row *row, syn_err *err); /* replaces one of that name */
/* SYN_ENOTFOUND: there is none of that name. */
syn_code syn_store_drop_pack(syn_store *s, syn_str name, syn_err *err);
syn_code syn_store_packs(syn_store *s, syn_arena *arena, syn_list *out, syn_err *err); /* syn_pack_row, by name */

#endif
