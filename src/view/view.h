/* view.h - stage 8: records to what a reader sees: pages of HTML, JSON and feeds.  Nothing is read here: whoever calls
   brings the rows of the store.  Uses base.h, lexicon.h, text.h, facts.h, story.h, compare.h, store.h.

   Every text of a page is escaped where it is written, stands in an element with its own lang and dir, and loses
   directional overrides; only http and https addresses become links.  Functions append to a buffer, which holds a whole
   answer or has failed. */
#ifndef SYN_VIEW_H
#define SYN_VIEW_H

#include "../base/base.h"
#include "../compare/compare.h"
#include "../facts/facts.h"
#include "../lexicon/lexicon.h"
#include "../store/store.h"
#include "../text/text.h"

/* The texts of one interface language with its forms of numbers, dates and plurals.  One thread at a time. */
typedef struct syn_view syn_view;
/* ui: one of the interface languages, anything else is English.  lex is borrowed. */
syn_code syn_view_open(const syn_lexicon *lex, syn_str ui, syn_view **out, syn_err *err);
void syn_view_close(syn_view *v);
const char *syn_view_tag(const syn_view *v); /* its interface language */

/* The interface languages: BCP 47 tags, English first. */
size_t syn_view_languages(void);
const char *syn_view_language(size_t i);
size_t syn_view_number(const syn_view *v); /* of its interface language */
/* The interface language for what was asked for (?ui=) or else for an Accept-Language header: its number. */
size_t syn_view_choose(syn_str asked, syn_str accept_language);

/* A difference in one line of interface language ui, with the words of the tellings that d points at: isolated from the
   direction of the line; as HTML, with figures and days in v's form, or, where v is NULL, as text. */
void syn_view_why(size_t ui, syn_buf *out, const syn_difference *d, const syn_telling *const *tellings,
                  const syn_view *v);

/* What every page needs to know about its request. */
typedef struct syn_frame {
    syn_view *view;
    bool sticky;          /* the language was asked for: links keep it */
    syn_str path;         /* of this page, with its query but without ui, for the links to other languages */
    syn_str base;         /* "http://host:port", for feeds */
    bool editors;         /* there are some who may say what belongs together */
    syn_str editor, seal; /* who is signed in, else empty; what his forms bear */
} syn_frame;

typedef struct syn_card {
    syn_story_row story;
    syn_list headlines;   /* syn_article_row */
    uint32_t differences; /* things in which the tellings differ; 0 where not counted */
} syn_card;
typedef struct syn_front {
    syn_card *cards;
    size_t n, offset, limit;
    uint64_t total;
    bool shared; /* only what several outlets tell */
} syn_front;

typedef struct syn_told {
    syn_article_row row;
    const syn_text *text;
    syn_facts facts;
    syn_telling ready; /* the same, for comparing */
    syn_list reasons;
} syn_told;
/* Tellings compared, whoever brought them: of an article without a store's number, its place counted from 1. */
typedef struct syn_compared {
    syn_str id; /* of what is compared */
    const syn_told *told;
    size_t n; /* at most SYN_MAX_TELLINGS: those of table */
    syn_table table;
    bool pair; /* two alone: as JSON their differences, by side, without facts */
} syn_compared;

/* A page that repeats the text of a telling. */
typedef struct syn_reprint {
    syn_told told;
    size_t of;               /* which telling: its original */
    syn_differences altered; /* a: the original, b: this */
    syn_changes changes;     /* sentences, from the original's text to this */
} syn_reprint;
/* In how many things a reprint contradicts its original. */
size_t syn_view_altered(const syn_reprint *r);
typedef struct syn_story_page {
    syn_story_row story;
    const syn_told *told; /* without reprints */
    size_t n;
    const syn_reprint *reprints;
    size_t nreprints;
    syn_table table;  /* of told */
    syn_list topics;  /* syn_topic_row: those that it belongs to */
    syn_list words;   /* syn_word_row: what users said of it */
    syn_list choices; /* syn_story_row: what an editor may put a telling to */
} syn_story_page;
typedef struct syn_article_page {
    syn_told told;
    syn_story_row story; /* story 0: none */
    syn_list words;      /* syn_word_row */
    syn_list versions;
    const syn_text **texts;     /* of the versions, one each */
    const syn_changes *changes; /* from each version to the one that followed it */
} syn_article_page;
typedef struct syn_search_page {
    syn_str query, lang;
    syn_list found; /* syn_article_row */
    size_t offset, limit;
    const syn_str *langs;
    size_t nlangs; /* to choose from */
} syn_search_page;
typedef struct syn_topics_page {
    syn_list topics; /* syn_topic_row */
    size_t offset, limit;
} syn_topics_page;
typedef struct syn_record_page {
    const syn_record *record;
    syn_str title, lang;     /* of the story or topic */
    syn_day now;             /* what is to come begins here; SYN_NO_DAY: the latest publication */
    syn_str home;            /* address of the story or topic, empty: none */
    syn_str exports;         /* what the addresses of its exports begin with ("/api/stories/7/record"), empty: none */
    const int64_t *articles; /* the store's number of each telling, NULL: none */
} syn_record_page;
typedef struct syn_topic_page {
    syn_topic_row topic;
    syn_list stories; /* syn_story_row, by time */
    size_t offset, limit;
    syn_record_page record; /* of its tellings; record NULL: not shown on this part of the list */
} syn_topic_page;

typedef struct syn_name_page {
    syn_str query;
    syn_list spellings; /* syn_spelling_row */
} syn_name_page;

void syn_view_front(const syn_frame *f, const syn_front *page, syn_buf *out);
void syn_view_story(const syn_frame *f, const syn_story_page *page, syn_buf *out);
void syn_view_article(const syn_frame *f, const syn_article_page *page, syn_buf *out);
void syn_view_topics(const syn_frame *f, const syn_topics_page *page, syn_buf *out);
void syn_view_topic(const syn_frame *f, const syn_topic_page *page, syn_buf *out);
void syn_view_search(const syn_frame *f, const syn_search_page *page, syn_buf *out);
void syn_view_name(const syn_frame *f, const syn_name_page *page, syn_buf *out);
void syn_view_sources(const syn_frame *f, const syn_list *sources, const syn_list *feeds, syn_buf *out);
void syn_view_about(const syn_frame *f, uint64_t articles, uint64_t stories, syn_buf *out);
/* Signing in; wrong: with a key that nobody has. */
void syn_view_editor(const syn_frame *f, bool wrong, syn_buf *out);
/* status: 400, 403, 404, 405, 422, 500 or 503. */
void syn_view_error(const syn_frame *f, int status, syn_buf *out);

/* The same records as JSON. */
void syn_view_front_json(const syn_front *page, syn_buf *out);
void syn_view_story_json(const syn_frame *f, const syn_story_page *page, syn_buf *out);
void syn_view_article_json(const syn_article_page *page, syn_buf *out);
void syn_view_topics_json(const syn_frame *f, const syn_topics_page *page, syn_buf *out);
void syn_view_topic_json(const syn_frame *f, const syn_topic_page *page, syn_buf *out);
void syn_view_search_json(const syn_search_page *page, syn_buf *out);
void syn_view_name_json(const syn_name_page *page, syn_buf *out);
void syn_view_spelling_write(syn_jsonw *w, const syn_spelling_row *row);
void syn_view_sources_json(const syn_list *sources, const syn_list *feeds, syn_buf *out);
void syn_view_error_json(int status, syn_buf *out);

/* ---- the record of a topic ---- */

/* The line of time with the sentences under each entry, series drawn, people in all spellings. */
void syn_view_record(const syn_frame *f, const syn_record_page *page, syn_buf *out);
/* The same as one page without links to others, its style inside it, to be kept or printed. */
void syn_view_record_alone(const syn_view *v, const syn_record_page *page, syn_buf *out);

/* {"entries":[...],"series":[...],"parties":[...]}, and each of these objects alone. */
void syn_view_record_json(const syn_record *r, syn_buf *out);
void syn_view_entry_json(const syn_record *r, size_t i, syn_buf *out);
void syn_view_series_json(const syn_record *r, size_t i, syn_buf *out);
void syn_view_party_json(const syn_record *r, size_t i, syn_buf *out);
/* RFC 4180, a row an entry and telling; a cell that a spreadsheet would run as a formula gets an apostrophe. */
void syn_view_record_csv(const syn_record *r, syn_buf *out);
void syn_view_csv_cells(syn_buf *out, const syn_str *cells, size_t n); /* of texts */
void syn_view_csv_row(syn_buf *out, const syn_str *cells, size_t n);   /* the same with the row's end */
/* RFC 5545: the dated entries from now on. */
void syn_view_record_ics(const syn_view *v, const syn_record *r, syn_day now, syn_buf *out);

/* ---- tellings compared, to be kept ---- */

syn_compared syn_view_compared_of(const syn_story_page *page); /* borrows from page */
/* {"id","facts":[...],"differences":[...],"notes":[...]}, differences explained in interface language ui. */
void syn_view_compared_json(size_t ui, const syn_compared *c, syn_buf *out);
/* RFC 4180: a head, then rows: for everything that two tellings say or that differs, one a telling that says it. */
void syn_view_compared_csv_head(syn_buf *out);
void syn_view_compared_csv(size_t ui, const syn_compared *c, syn_buf *out);
/* A page without links to others, its style inside it, to be kept or printed: its beginning, any number of comparisons,
   its end.  title: empty for a general one. */
void syn_view_alone_begin(const syn_view *v, syn_str title, syn_buf *out);
void syn_view_compared(const syn_view *v, const syn_compared *c, syn_buf *out);
void syn_view_alone_end(const syn_view *v, syn_buf *out);

/* What such a line says of a topic, into an open object: {"topic","name","stories","articles","langs","first","last",
   "parties":[{"kind","name","spellings":[{"lang","text","times"}]}]}, names in a reader's language; brief: an object of
   the first two. */
void syn_view_topic_fields(syn_jsonw *w, syn_arena *arena, const syn_lexicon *lex, const syn_topic_row *row,
                           syn_str reader);
void syn_view_topic_brief(syn_jsonw *w, syn_arena *arena, const syn_lexicon *lex, const syn_topic_row *row,
                          syn_str reader);

/* Atom feeds of stories: all of them, and a topic's. */
void syn_view_feed(const syn_frame *f, const syn_front *page, syn_buf *out);
void syn_view_topic_feed(const syn_frame *f, const syn_topic_row *topic, const syn_front *page, syn_buf *out);

/* What pages refer to; it never changes while the program runs. */
syn_str syn_view_style(void);
syn_str syn_view_icon(void);
void syn_view_style_path(char out[48]); /* with the style's hash: may be kept for ever */

/* Whether an address of a page may become a link: http or https, no spaces or controls, at most SYN_MAX_URL. */
bool syn_view_link_ok(syn_str url);

#endif
