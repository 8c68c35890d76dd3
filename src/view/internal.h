/* internal.h - stage 8, inside: the writer of HTML and the interface's texts and forms. */
#ifndef SYN_VIEW_INTERNAL_H
#define SYN_VIEW_INTERNAL_H

#include "view.h"

#include "ui.inc"

/* A page being written. */
typedef struct syn_page_out {
    syn_buf *out;
    const syn_frame *frame;
    const syn_view *view;
} syn_page_out;

/* ---- the writer (html.c) ---- */

/* Write a literal with holes; each hole escapes for where it stands:
     %t  syn_str      text or a quoted attribute
     %z  const char * the same
     %i  int64_t      ASCII digits
     %q  syn_str      a component of an address's query or path, percent-encoded
     %u  syn_str      an address in a quoted attribute; "#" unless syn_view_link_ok
     %l  syn_str      a language tag: the attributes lang and dir, with a space before each
     %k  int          an interface text (ui_key)
     %c  int, int64_t an interface text by plural, with its number
     %a  char         what to append to an address of our own to keep the language: '?' first parameter, '&' a later one
     %%  a percent sign */
void syn_page_put(const syn_page_out *w, const char *format, ...);

/* Escape for text and quoted attributes: markup, controls and directional overrides. */
void syn_view_escape(syn_buf *out, syn_str s);
void syn_view_percent(syn_buf *out, syn_str s);
bool syn_view_rtl(syn_str lang);
/* title: in the reader's own language where lang is empty. */
void syn_page_begin(const syn_page_out *w, syn_str title, int active);
void syn_page_end(const syn_page_out *w);
/* Links to the pages before and after in a list; path: "/?" or "/search?q=..&" ready for "from=". */
void syn_page_turn(const syn_page_out *w, syn_str path, size_t offset, size_t limit, size_t n, uint64_t total);

/* ---- words and forms of the interface (ui.c) ---- */

const char *syn_view_text(const syn_view *v, int key);
const char *syn_view_text_in(size_t ui, int key);
/* Keys of what a difference is called, and of how grave it is (why.c). */
int syn_view_difference_key(uint8_t kind);
int syn_view_severity_key(uint8_t severity);
const char *syn_view_plural(const syn_view *v, int key, int64_t n);
const char *syn_view_autonym(size_t ui);
const syn_lexicon *syn_view_lexicon(const syn_view *v);
/* Each appends escaped text in the reader's language. */
void syn_view_count(const syn_view *v, syn_buf *out, int64_t n);
void syn_view_value(const syn_view *v, syn_buf *out, const syn_fact *f);
/* Short: "US$1.2bn", "86 km"; currency and unit may be empty. */
void syn_view_compact(const syn_view *v, syn_buf *out, double value, const char *currency, const char *unit);
void syn_view_language_name(const syn_view *v, syn_buf *out, syn_str tag);
void syn_view_day(const syn_view *v, syn_buf *out, syn_day day);
/* A moment is told in UTC, so that outlets of different zones can be put in order; a day in its own zone. */
void syn_view_moment(const syn_view *v, syn_buf *out, int64_t seconds, int16_t zone, bool date_only);

/* ---- entries of a record (record.c, record_export.c) ---- */

/* What it is, in the reader's language; plain text. */
void syn_view_entry_kind(const syn_view *v, syn_buf *out, const syn_record_entry *e);
/* The spelling of the reader's language, else the commonest. */
const syn_spelling *syn_view_spelling(const syn_view *v, const syn_party *p);
bool syn_view_entry_dated(const syn_record_entry *e);                                   /* on one day that is said */
void syn_view_iso_day(syn_day day, char out[16]);                                       /* "" for none */
void syn_view_entry_period(const syn_view *v, syn_buf *out, const syn_record_entry *e); /* escaped: "by 2030" */
const char *syn_view_measure(const syn_view *v, uint8_t measure);                       /* "" for none */
void syn_view_form(const syn_view *v, syn_buf *out, int key, syn_str value);            /* value: escaped, for {v} */
void syn_page_series(const syn_page_out *w, const syn_record *r, const syn_series *s, size_t number);

/* A page of its own, its style inside it: to be kept or printed. */
void syn_page_alone_begin(const syn_page_out *w, syn_str title);
void syn_page_alone_end(const syn_page_out *w);

/* ---- pieces that pages share (pieces.c) ---- */

void syn_page_time(const syn_page_out *w, const syn_article_row *row); /* <time> of publication, else nothing */
void syn_page_moment(const syn_page_out *w, int64_t seconds);
void syn_page_outlet(const syn_page_out *w, syn_str outlet);
void syn_page_language(const syn_page_out *w, syn_str tag);
void syn_page_languages(const syn_page_out *w, syn_str by_comma);
void syn_page_feeds(const syn_page_out *w, const syn_list *feeds); /* feeds.c: a table, or nothing */
/* Text [start, end) of src with the facts in it marked; holes: kinds that are not marked. */
void syn_page_marked(const syn_page_out *w, syn_str src, size_t start, size_t end, const syn_facts *facts);
/* The same as a paragraph, with a language and direction of its own where it is one of the passages (may be NULL). */
void syn_page_paragraph(const syn_page_out *w, syn_str src, size_t start, size_t end, const syn_facts *facts,
                        const syn_passages *passages);
void syn_page_reasons(const syn_page_out *w, const syn_told *told, const syn_list *words);
/* Facts by tellings (comparison.c): what differs loud, what agrees quiet, each with its sentences. */
void syn_page_comparison(const syn_page_out *w, const syn_compared *compared);
bool syn_view_of_row(const syn_difference *d, const syn_row *row); /* whether it is told between cells of that row */
bool syn_view_of_rows(const syn_difference *d, const syn_table *table);
/* record.c: the parts of a record that a page shows under headings of its own. */
void syn_page_record_line(const syn_page_out *w, const syn_record_page *page, bool titled);
void syn_page_record_series(const syn_page_out *w, const syn_record *r);
void syn_page_record_cast(const syn_page_out *w, const syn_record *r);
void syn_page_exports(const syn_page_out *w, syn_str path, bool calendar); /* links: path.csv, path.json, ... */
/* Where a telling says its side of a difference: the sentence, with its outlet; nothing where it says nothing. */
void syn_page_evidence(const syn_page_out *w, const syn_told *t, const syn_saying *said);
/* ---- editor.c ---- */
/* For an editor who is signed in: forms that say where a telling belongs; alone: in a story of its own. */
void syn_page_judge(const syn_page_out *w, const syn_article_row *row, bool alone);
void syn_page_choices(const syn_page_out *w, const syn_list *stories);
/* The trail of a story's words; those that hold of one article, how many. */
void syn_page_words(const syn_page_out *w, const syn_list *words);
size_t syn_page_words_of(const syn_page_out *w, const syn_list *words, int64_t article);
/* ---- copies.c ---- */
/* What was taken out and put in from one text to the next; how many sentences. */
size_t syn_page_changes(const syn_page_out *w, const syn_changes *c, const syn_text *was, const syn_text *is,
                        syn_str lang);
/* The reprints of a telling, folded; what reprints of the story altered. */
void syn_page_reprints(const syn_page_out *w, const syn_story_page *page, size_t telling);
void syn_page_altered_reprints(const syn_page_out *w, const syn_story_page *page);
/* "4 tellings, 2 reprints, 3 outlets"; tellings without reprints. */
void syn_page_told_by(const syn_page_out *w, int64_t tellings, int64_t reprints, int64_t outlets);
/* topic.c: its name in the reader's language; links to the topics of a story. */
void syn_page_topic_name(const syn_page_out *w, const syn_topic_row *row);
void syn_page_topics_of(const syn_page_out *w, const syn_list *topics);
void syn_view_topic_name(const syn_view *v, const syn_topic_row *row, syn_buf *out); /* plain text */
void syn_page_name_link(const syn_page_out *w, syn_str name, syn_str lang);          /* to the page of its spellings */
const char *syn_view_mark_class(uint8_t kind);                                       /* NULL: not marked */
int syn_view_kind_key(uint8_t kind);
int syn_view_signal_key(uint8_t signal);

/* ---- pieces of JSON (data.c) ---- */

void syn_view_json_int(syn_jsonw *w, const char *key, int64_t v);
void syn_view_json_moment(syn_jsonw *w, const char *key, int64_t seconds);
void syn_view_json_langs(syn_jsonw *w, const char *key, syn_str by_comma);
void syn_view_json_story(syn_jsonw *w, const syn_story_row *s); /* leaves its object open for what a page adds */

#endif
