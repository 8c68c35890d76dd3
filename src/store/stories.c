/* stories.c - stage 7: what grouping keeps: signatures of the window, keys of stories that sleep. */
#include "internal.h"

/* ---- signatures ---- */

/* Columns: bytes, founder's id or NULL, the article's id. */
static syn_code read_signature(syn_store *s, syn_arena *arena, syn_query *q, syn_signature **out, syn_str *story,
                               syn_err *err)
{
    syn_code code = syn_store_unpack(s, arena, syn_store_column(q, 0), out, err);
    if (code) return code;
    (*out)->id = syn_store_column_dup(arena, q, 2); /* a later version may have come under another id */
    *story = syn_store_column_dup(arena, q, 1);
    return SYN_OK;
}

/* sql: ?1 a moment, ?2 how many. */
static syn_code moment(syn_store *s, const char *sql, int64_t of, size_t n, int64_t otherwise, int64_t *when,
                       syn_err *err)
{
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, of);
    sqlite3_bind_int64(q, 2, (int64_t)n);
    syn_code code = syn_store_step(s, q, "looking for the newest articles", err);
    if (code) return code;
    *when = sqlite3_column_type(q, 0) == SQLITE_NULL ? otherwise : sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return SYN_OK;
}

syn_code syn_store_rows(syn_store *s, int64_t *rows, syn_err *err)
{
    static const char sql[] = "SELECT coalesce(max(row), 0) FROM article";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_code code = syn_store_step(s, q, "counting articles", err);
    if (code) return code;
    *rows = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return SYN_OK;
}

syn_code syn_store_latest(syn_store *s, int64_t until, size_t n, int64_t *when, syn_err *err)
{
    static const char sql[] =
        "SELECT min(sorted) FROM (SELECT sorted FROM article WHERE sorted <= ?1 ORDER BY sorted DESC "
        "LIMIT ?2)";
    return moment(s, sql, until, n, INT64_MIN, when, err);
}

syn_code syn_store_later(syn_store *s, int64_t since, size_t n, int64_t *when, syn_err *err)
{
    static const char sql[] = "SELECT max(sorted) FROM (SELECT sorted FROM article WHERE sorted > ?1 ORDER BY sorted "
                              "LIMIT ?2)";
    return moment(s, sql, since, n, since, when, err);
}

syn_code syn_store_moment(syn_store *s, syn_str article_id, int64_t *when, syn_err *err)
{
    static const char sql[] = "SELECT max(a.sorted, coalesce(s.last, a.sorted)) FROM alias l JOIN article a ON a.row = "
                              "l.article LEFT JOIN story s ON s.id = a.story WHERE l.id = ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, article_id);
    syn_code code = syn_store_step(s, q, "looking for an article", err);
    if (code == SYN_ENOTFOUND)
        return syn_fail(err, code, 0, "store: no article \"%.*s\"", SYN_FMT(syn_utf8_head(article_id, 100)));
    if (code) return code;
    *when = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return SYN_OK;
}

syn_code syn_store_signatures(syn_store *s, int64_t since, int64_t until, size_t most, syn_signature_fn *fn,
                              void *context, syn_err *err)
{
    static const char sql[] =
        "SELECT g.bytes, f.id, a.id FROM (SELECT DISTINCT row FROM (SELECT row FROM article INDEXED BY article_sorted "
        "WHERE sorted BETWEEN ?1 AND ?3 UNION ALL SELECT row FROM article WHERE story IS NULL) ORDER BY row DESC "
        "LIMIT ?2) n JOIN article a ON a.row = n.row JOIN signature g ON g.article = a.row LEFT JOIN story s "
        "ON s.id = a.story LEFT JOIN article f ON f.row = s.founder ORDER BY n.row";
    syn_query *q = syn_store_walk(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, since);
    sqlite3_bind_int64(q, 2, (int64_t)most);
    sqlite3_bind_int64(q, 3, until);
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    syn_code code;
    while ((code = syn_store_step(s, q, "walking signatures", err)) == SYN_OK) {
        syn_signature *signature;
        syn_str story;
        syn_arena_reset(&mem);
        code = read_signature(s, &mem, q, &signature, &story, err);
        if (!code) code = fn(context, signature, story, err);
        if (code) break;
    }
    syn_arena_free(&mem);
    sqlite3_finalize(q);
    return code == SYN_ENOTFOUND ? SYN_OK : code;
}

/* ---- keys ---- */

syn_code syn_store_founded(syn_store *s, syn_str founder, int64_t *story, syn_err *err)
{
    static const char sql[] = "SELECT s.id FROM alias l JOIN story s ON s.founder = l.article WHERE l.id = ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, founder);
    syn_code code = syn_store_step(s, q, "looking for a story", err);
    if (code == SYN_ENOTFOUND)
        return syn_fail(err, code, 0, "store: no story of \"%.*s\"", SYN_FMT(syn_utf8_head(founder, 100)));
    if (code) return code;
    *story = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return SYN_OK;
}

enum { LEAST_SHARED = 3, MOST_OF_KEY = 40, MOST_FOUND = 512 };

typedef struct sleeper {
    int64_t story;
    size_t keys;
} sleeper;

/* Stories that hold the keys, each with how many of them. */
static syn_code count_shared(syn_store *s, const uint64_t *keys, size_t n, sleeper *found, size_t *nfound, syn_err *err)
{
    static const char sql[] = "SELECT story FROM story_key WHERE key = ?1 ORDER BY story DESC LIMIT ?2";
    for (size_t k = 0; k < n; k++) {
        syn_query *q = syn_store_query(s, sql, err);
        if (!q) return SYN_EDB;
        sqlite3_bind_int64(q, 1, (int64_t)keys[k]);
        sqlite3_bind_int(q, 2, MOST_OF_KEY);
        syn_code code;
        while ((code = syn_store_step(s, q, "looking for stories that sleep", err)) == SYN_OK) {
            int64_t story = sqlite3_column_int64(q, 0);
            size_t i = 0;
            while (i < *nfound && found[i].story != story) i++;
            if (i == *nfound && *nfound < MOST_FOUND) found[(*nfound)++] = (sleeper){story, 0};
            if (i < *nfound) found[i].keys++;
        }
        if (code != SYN_ENOTFOUND) return code;
    }
    return SYN_OK;
}

static syn_code founder_of(syn_store *s, syn_arena *arena, int64_t story, syn_str *founder, syn_err *err)
{
    static const char sql[] = "SELECT a.id FROM story s JOIN article a ON a.row = s.founder WHERE s.id = ?1 "
                              "AND s.articles > 0";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, story);
    syn_code code = syn_store_step(s, q, "looking for a founder", err);
    if (code) return code;
    *founder = syn_store_column_dup(arena, q, 0);
    sqlite3_reset(q);
    return SYN_OK;
}

/* article: one that must be among them, or 0. */
static syn_code signatures_of(syn_store *s, syn_arena *arena, int64_t story, int64_t article, size_t most,
                              syn_list *out, syn_err *err)
{
    static const char sql[] =
        "SELECT g.bytes, NULL, a.id FROM article a JOIN signature g ON g.article = a.row WHERE a.row IN "
        "(SELECT row FROM (SELECT row FROM article WHERE story = ?1 ORDER BY row LIMIT ?2) UNION "
        "SELECT row FROM (SELECT row FROM article WHERE story = ?1 ORDER BY row DESC LIMIT ?2) UNION SELECT ?3) "
        "ORDER BY a.row";
    syn_signature **rows = NULL;
    size_t n = 0, cap = 0;
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, story);
    sqlite3_bind_int64(q, 2, (int64_t)(most / 2));
    sqlite3_bind_int64(q, 3, article);
    syn_code code;
    while ((code = syn_store_step(s, q, "waking a story", err)) == SYN_OK) {
        syn_str none;
        if (!syn_grow(arena, &rows, &cap, n + 1, sizeof *rows)) {
            sqlite3_reset(q);
            return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
        }
        code = read_signature(s, arena, q, &rows[n++], &none, err);
        if (code) {
            sqlite3_reset(q);
            return code;
        }
    }
    if (code != SYN_ENOTFOUND) return code;
    *out = (syn_list){rows, n, n};
    return SYN_OK;
}

syn_code syn_store_rouse(syn_store *s, syn_arena *arena, const uint64_t *keys, size_t n, size_t most,
                         syn_asleep_fn *asleep, void *context, syn_list *signatures, syn_str *founder, syn_err *err)
{
    sleeper found[MOST_FOUND];
    size_t nfound = 0;
    syn_code code = count_shared(s, keys, n, found, &nfound, err);
    if (code) return code;
    for (;;) {
        size_t best = SIZE_MAX;
        for (size_t i = 0; i < nfound; i++)
            if (found[i].keys >= LEAST_SHARED && (best == SIZE_MAX || found[i].keys > found[best].keys)) best = i;
        if (best == SIZE_MAX) return SYN_ENOTFOUND;
        code = founder_of(s, arena, found[best].story, founder, err);
        if (!code && asleep(context, *founder))
            return signatures_of(s, arena, found[best].story, 0, most, signatures, err);
        if (code && code != SYN_ENOTFOUND) return code;
        found[best].keys = 0;
    }
}

syn_code syn_store_story_signatures(syn_store *s, syn_arena *arena, syn_str article_id, size_t most,
                                    syn_list *signatures, syn_str *founder, syn_err *err)
{
    int64_t article, story;
    syn_code code = syn_store_row_of_id(s, article_id, &article, err);
    if (!code) code = syn_store_story_of(s, article, &story, err);
    if (code) return code;
    code = founder_of(s, arena, story, founder, err);
    if (code == SYN_ENOTFOUND) return syn_fail(err, code, 0, "store: the article is in no story yet");
    return code ? code : signatures_of(s, arena, story, article, most, signatures, err);
}
