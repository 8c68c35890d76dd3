/* internal.h - stage 7, inside: what the files of the store share over SQLite. */
#ifndef SYN_STORE_INTERNAL_H
#define SYN_STORE_INTERNAL_H

#include <sqlite3.h>

#include "store.h"

#define SYN_STORE_STATEMENTS 128
#define SYN_STORE_WORD_KEYS 8      /* readings of one word */
#define SYN_STORE_NAME_GAP 16      /* places between two names in name_key */
#define SYN_STORE_NAME_BYTES 120   /* bytes of a word that is still looked at as a name */
#define SYN_STORE_LIKELY_NAMES 400 /* words of a text indexed as names without being known as such */

typedef sqlite3_stmt syn_query;

struct syn_store {
    sqlite3 *db;
    const syn_lexicon *lex; /* borrowed */
    syn_texter *texter;
    bool read_only;
    bool holding; /* stories that change are counted later */
    struct syn_store_moved {
        int64_t from, to; /* stories; from 0: it was in none */
    } * held;
    size_t nheld, held_cap;
    struct ZSTD_CCtx_s *packer; /* made when they are first needed */
    struct ZSTD_DCtx_s *unpacker;
    size_t nqueries;
    struct {
        const char *sql; /* the literal itself is the key */
        syn_query *query;
    } queries[SYN_STORE_STATEMENTS];
};

/* The prepared statement of a literal, ready to bind; kept until the store closes.  NULL: err is filled. */
syn_query *syn_store_query(syn_store *s, const char *sql, syn_err *err);
/* One that is not kept: for walks that call back.  sqlite3_finalize it. */
syn_query *syn_store_walk(syn_store *s, const char *sql, syn_err *err);
/* What SQLite's last failure means, with its words. */
syn_code syn_store_failed(syn_store *s, const char *doing, syn_err *err);
/* Run to the end and reset. */
syn_code syn_store_run(syn_store *s, syn_query *q, const char *doing, syn_err *err);
/* Step: SYN_OK with a row, SYN_ENOTFOUND (err untouched) without; else failed.  Reset on anything but a row. */
syn_code syn_store_step(syn_store *s, syn_query *q, const char *doing, syn_err *err);
syn_code syn_store_exec(syn_store *s, const char *sql, const char *doing, syn_err *err);

/* Around changes that hold whole or not at all, within a transaction or without: release(code) keeps them where code is
   SYN_OK, else undoes them and returns it. */
syn_code syn_store_savepoint(syn_store *s, syn_err *err);
syn_code syn_store_release(syn_store *s, syn_code code, syn_err *err);

void syn_store_bind(syn_query *q, int at, syn_str text);      /* borrowed until the reset */
void syn_store_bind_blob(syn_query *q, int at, syn_str text); /* borrowed until the reset */
void syn_store_bind_row(syn_query *q, int at, int64_t row);   /* 0 is NULL */
/* A number that the store counts as it writes: "stories", "shared", "topics". */
syn_code syn_store_tally(syn_store *s, syn_str what, uint64_t *n, syn_err *err);
syn_str syn_store_column(syn_query *q, int at); /* borrowed until the next step */
syn_str syn_store_column_dup(syn_arena *arena, syn_query *q, int at);

/* A signature as it is kept, and back; the one read lives in arena (packed.c). */
syn_code syn_store_pack(syn_store *s, const syn_signature *signature, syn_buf *out, syn_err *err);
syn_code syn_store_unpack(syn_store *s, syn_arena *arena, syn_str bytes, syn_signature **out, syn_err *err);
void syn_store_packer_free(syn_store *s);
/* Why an article is in its story, which replaces what was known (why.c). */
syn_code syn_store_put_reasons(syn_store *s, int64_t article, const syn_decision *d, syn_err *err);
/* An emptied story is about nothing (about.c). */
syn_code syn_store_drop_keys(syn_store *s, int64_t story, syn_err *err);
/* The function closeness(find, weight of a title's words) of SQL, as -bm25 (rank.c). */
syn_code syn_store_rank_function(syn_store *s, syn_err *err);
/* What migrations call in SQL. */
syn_code syn_store_about_functions(syn_store *s, syn_err *err);
syn_code syn_store_why_functions(syn_store *s, syn_err *err);
/* Index an article that was just kept (index.c). */
syn_code syn_store_index(syn_store *s, syn_arena *arena, const syn_entry *e, int64_t article, syn_err *err);
/* The article that ever came in under an id: its row.  SYN_ENOTFOUND: none did (decide.c). */
syn_code syn_store_row_of_id(syn_store *s, syn_str id, int64_t *row, syn_err *err);
/* The story of an article, 0 if none yet; what a story adds up to, anew (decide.c). */
syn_code syn_store_story_of(syn_store *s, int64_t article, int64_t *story, syn_err *err);
syn_code syn_store_recount(syn_store *s, int64_t story, syn_err *err);

/* ---- words for the full-text index (words.c) ---- */

typedef struct syn_words {
    syn_buf words; /* folded words by spaces */
    syn_buf grams; /* pairs of characters of scripts without spaces */
} syn_words;
void syn_words_add(syn_arena *arena, const syn_text *text, syn_words *out);
void syn_words_free(syn_words *w);
/* The folded word without what the tokenizer would part it at. */
void syn_words_plain(syn_str folded, syn_buf *out);
/* Folded parts of a word that an apostrophe, a joiner or a hyphen parts, each followed by a space; nothing if none
 * does. */
void syn_words_parts(syn_arena *arena, syn_str word, syn_buf *out);
/* Whether the character belongs to a script that writes no spaces. */
bool syn_words_unspaced(uint32_t cp);
/* Characters two by two, then the last alone, each followed by a space. */
void syn_words_pairs(syn_str run, syn_buf *out);

/* A word of a name: one token, or a run of tokens of a script without spaces.  Cut the next from tokens [*at, end) of
   text; false at the end. */
bool syn_words_name(const syn_text *text, size_t *at, size_t end, syn_span *word);

/* ---- rows (rows.c) ---- */

/* The row of the original that article a repeats within its story, else NULL. */
#define SYN_STORE_COPY "(SELECT o.row FROM article o WHERE o.row = a.reprint_of AND o.story = a.story)"

#define SYN_STORE_COLUMNS                                                                                              \
    "a.row, a.story, a.id, a.url, a.lang, a.title, a.lead, a.outlet, a.rest, " SYN_STORE_COPY ", a.score, "            \
    "(SELECT count(*) FROM version v WHERE v.article = a.row), "                                                       \
    "coalesce((SELECT f.id FROM story s JOIN article f ON f.row = s.founder WHERE s.id = a.story), ''), a.added"
#define SYN_STORE_NCOLUMNS 14
/* Read the columns above; text is not among them. */
syn_code syn_store_row(syn_arena *arena, syn_query *q, syn_article_row *out, syn_err *err);

#endif
