/* store.h - stage 7: where articles, facts, stories and reasons are kept.  One interface; SQLite behind it.
   Uses base.h, read.h, text.h, facts.h, story.h. */
#ifndef SYN_STORE_H
#define SYN_STORE_H

#include "../base/base.h"
#include "../facts/facts.h"
#include "../read/read.h"
#include "../story/story.h"
#include "../text/text.h"

typedef struct syn_store syn_store;

/* Open or make the database file; brings an older schema up to date, migration by number, in one transaction each.
   read_only: for a portal beside a writer.  SYN_EVERSION: written by a newer program (err names both versions). */
syn_code syn_store_open(const char *path, const syn_lexicon *lex, bool read_only, syn_store **out, syn_err *err);
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
/* Keep an entry; versions keep the old text.  *article is the row. */
syn_code syn_store_put(syn_store *s, const syn_entry *e, int64_t *article, syn_err *err);
/* Put an article into the story founded by the article with id decision->story (found it if that is itself), with its
   reasons; replaces an earlier decision. */
syn_code syn_store_decide(syn_store *s, int64_t article, const syn_decision *decision, syn_err *err);
syn_code syn_store_decide_id(syn_store *s, syn_str article_id, const syn_decision *decision, syn_err *err);
/* Signatures of articles published since (seconds), oldest row first, for syn_grouper_restore.  Stops at fn's first
   failure. */
typedef syn_code syn_signature_fn(void *context, const syn_signature *s, syn_str story, syn_err *err);
syn_code syn_store_signatures(syn_store *s, int64_t since, syn_signature_fn *fn, void *context, syn_err *err);

/* ---- what a reader asks for; results live in the arena ---- */

typedef struct syn_story_row {
    int64_t story;       /* number, stable */
    syn_str title, lang; /* of the telling shown for it: the reader's language if there is one, else the founder's */
    syn_str lead;
    int64_t first, last; /* seconds of its first and last article */
    uint32_t articles, outlets, langs;
    syn_str lang_list;   /* tags, by comma */
} syn_story_row;
typedef struct syn_article_row {
    int64_t article, story;
    syn_article a;       /* with text */
    syn_str story_id;    /* id of the founding article */
    int64_t reprint_of;  /* row or 0 */
    uint32_t versions;
    double score;
} syn_article_row;
typedef struct syn_source_row { syn_str outlet; syn_str langs; uint32_t articles, stories; int64_t first, last; } syn_source_row;
typedef struct syn_version_row { int64_t when; syn_str title, text; } syn_version_row;
typedef struct syn_list { void *items; size_t n; uint64_t total; } syn_list; /* of the row type named by the function */

/* syn_story_row, latest first.  reader: preferred language tag or empty. */
syn_code syn_store_stories(syn_store *s, syn_arena *arena, syn_str reader, size_t offset, size_t limit, syn_list *out, syn_err *err);
syn_code syn_store_story(syn_store *s, syn_arena *arena, int64_t story, syn_str reader, syn_story_row *out, syn_err *err);
/* syn_article_row of a story, by time. */
syn_code syn_store_tellings(syn_store *s, syn_arena *arena, int64_t story, syn_list *out, syn_err *err);
syn_code syn_store_article(syn_store *s, syn_arena *arena, int64_t article, syn_article_row *out, syn_err *err);
/* By id as given to add, or by address. */
syn_code syn_store_article_by_id(syn_store *s, syn_arena *arena, syn_str id, syn_article_row *out, syn_err *err);
/* syn_reason of an article. */
syn_code syn_store_reasons(syn_store *s, syn_arena *arena, int64_t article, syn_list *out, syn_err *err);
syn_code syn_store_versions(syn_store *s, syn_arena *arena, int64_t article, syn_list *out, syn_err *err);
/* syn_source_row by name. */
syn_code syn_store_sources(syn_store *s, syn_arena *arena, syn_list *out, syn_err *err);
/* syn_article_row without text beyond a snippet in a.lead; full text in every script, names across scripts ("To Lam"
   finds an Arabic telling).  lang empty: all. */
syn_code syn_store_search(syn_store *s, syn_arena *arena, syn_str query, syn_str lang, size_t offset, size_t limit, syn_list *out, syn_err *err);
/* Every article in order of its row, for export. */
typedef syn_code syn_article_fn(void *context, const syn_article_row *row, syn_err *err);
syn_code syn_store_each(syn_store *s, syn_article_fn *fn, void *context, syn_err *err);
syn_code syn_store_count(syn_store *s, uint64_t *articles, uint64_t *stories, syn_err *err);

#endif
