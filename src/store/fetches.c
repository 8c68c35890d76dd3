/* fetches.c - stage 7: what is known of the addresses that were fetched and the feeds that are followed. */
#include "internal.h"

static syn_code no_memory(syn_err *err)
{
    return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
}

syn_code syn_store_fetch(syn_store *s, syn_arena *arena, syn_str url, syn_fetch_row *out, syn_err *err)
{
    static const char sql[] = "SELECT fetched, etag, modified, settled, fails, error, seen, due FROM fetches "
                              "WHERE url = ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, url);
    syn_code code = syn_store_step(s, q, "looking for an address", err);
    if (code) return code;
    syn_fetch_row row = {.url = url,
                         .fetched = sqlite3_column_int64(q, 0),
                         .etag = syn_store_column_dup(arena, q, 1),
                         .modified = syn_store_column_dup(arena, q, 2),
                         .settled = sqlite3_column_int(q, 3) != 0,
                         .fails = (uint32_t)sqlite3_column_int64(q, 4),
                         .error = syn_store_column_dup(arena, q, 5),
                         .seen = sqlite3_column_int64(q, 6),
                         .due = sqlite3_column_int64(q, 7)};
    sqlite3_reset(q);
    if (arena->failed) return no_memory(err);
    *out = row;
    return SYN_OK;
}

syn_code syn_store_put_fetch(syn_store *s, const syn_fetch_row *row, syn_err *err)
{
    static const char sql[] = "INSERT OR REPLACE INTO fetches(url, fetched, etag, modified, settled, fails, error, "
                              "seen, due) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, row->url);
    sqlite3_bind_int64(q, 2, row->fetched);
    syn_store_bind(q, 3, row->etag);
    syn_store_bind(q, 4, row->modified);
    sqlite3_bind_int(q, 5, row->settled);
    sqlite3_bind_int64(q, 6, row->fails);
    syn_store_bind(q, 7, row->error);
    sqlite3_bind_int64(q, 8, row->seen);
    sqlite3_bind_int64(q, 9, row->due);
    return syn_store_run(s, q, "keeping what is known of an address", err);
}

syn_code syn_store_due(syn_store *s, syn_arena *arena, int64_t then, size_t limit, syn_list *out, int64_t *next,
                       syn_err *err)
{
    static const char sql[] = "SELECT url, due FROM fetches WHERE due > 0 ORDER BY due LIMIT ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_str *urls = SYN_NEW_ARRAY(arena, syn_str, limit);
    size_t n = 0;
    *next = 0;
    sqlite3_bind_int64(q, 1, (int64_t)limit + 1);
    syn_code code;
    while ((code = syn_store_step(s, q, "looking for pages that are due", err)) == SYN_OK) {
        *next = sqlite3_column_int64(q, 1);
        if (*next > then || n == limit || !urls) break;
        urls[n++] = syn_store_column_dup(arena, q, 0);
        *next = 0;
    }
    if (!code) sqlite3_reset(q);
    if (code && code != SYN_ENOTFOUND) return code;
    if (arena->failed) return no_memory(err);
    *out = (syn_list){urls, n, n};
    return SYN_OK;
}

/* ---- robots.txt ---- */

syn_code syn_store_robots(syn_store *s, syn_arena *arena, syn_str origin, syn_str *body, int64_t *fetched, syn_err *err)
{
    static const char sql[] = "SELECT body, fetched FROM robots WHERE origin = ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, origin);
    syn_code code = syn_store_step(s, q, "looking for a robots.txt", err);
    if (code) return code;
    *body = syn_store_column_dup(arena, q, 0);
    *fetched = sqlite3_column_int64(q, 1);
    sqlite3_reset(q);
    return arena->failed ? no_memory(err) : SYN_OK;
}

syn_code syn_store_put_robots(syn_store *s, syn_str origin, syn_str body, int64_t fetched, syn_err *err)
{
    static const char sql[] = "INSERT OR REPLACE INTO robots(origin, fetched, body) VALUES(?, ?, ?)";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, origin);
    sqlite3_bind_int64(q, 2, fetched);
    syn_store_bind_blob(q, 3, body);
    return syn_store_run(s, q, "keeping a robots.txt", err);
}

/* ---- feeds ---- */

#define FEED_COLUMNS "url, title, fetched, answered, due, fails, error, items, added"

static syn_feed_row feed_of(syn_arena *arena, syn_query *q)
{
    return (syn_feed_row){.url = syn_store_column_dup(arena, q, 0),
                          .title = syn_store_column_dup(arena, q, 1),
                          .fetched = sqlite3_column_int64(q, 2),
                          .answered = sqlite3_column_int64(q, 3),
                          .due = sqlite3_column_int64(q, 4),
                          .fails = (uint32_t)sqlite3_column_int64(q, 5),
                          .error = syn_store_column_dup(arena, q, 6),
                          .items = (uint32_t)sqlite3_column_int64(q, 7),
                          .added = (uint64_t)sqlite3_column_int64(q, 8)};
}

syn_code syn_store_feed(syn_store *s, syn_arena *arena, syn_str url, syn_feed_row *out, syn_err *err)
{
    static const char sql[] = "SELECT " FEED_COLUMNS " FROM feeds WHERE url = ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, url);
    syn_code code = syn_store_step(s, q, "looking for a feed", err);
    if (code) return code;
    syn_feed_row row = feed_of(arena, q);
    sqlite3_reset(q);
    if (arena->failed) return no_memory(err);
    *out = row;
    return SYN_OK;
}

syn_code syn_store_put_feed(syn_store *s, const syn_feed_row *row, syn_err *err)
{
    static const char sql[] = "INSERT OR REPLACE INTO feeds(" FEED_COLUMNS ") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, row->url);
    syn_store_bind(q, 2, row->title);
    sqlite3_bind_int64(q, 3, row->fetched);
    sqlite3_bind_int64(q, 4, row->answered);
    sqlite3_bind_int64(q, 5, row->due);
    sqlite3_bind_int64(q, 6, row->fails);
    syn_store_bind(q, 7, row->error);
    sqlite3_bind_int64(q, 8, row->items);
    sqlite3_bind_int64(q, 9, (int64_t)row->added);
    return syn_store_run(s, q, "keeping what is known of a feed", err);
}

syn_code syn_store_feeds(syn_store *s, syn_arena *arena, syn_list *out, syn_err *err)
{
    static const char sql[] = "SELECT " FEED_COLUMNS " FROM feeds ORDER BY url LIMIT 5000";
    syn_feed_row *rows = NULL;
    size_t n = 0, cap = 0;
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_code code;
    while ((code = syn_store_step(s, q, "reading feeds", err)) == SYN_OK) {
        if (!syn_grow(arena, &rows, &cap, n + 1, sizeof *rows)) {
            sqlite3_reset(q);
            return no_memory(err);
        }
        rows[n++] = feed_of(arena, q);
    }
    if (code != SYN_ENOTFOUND) return code;
    if (arena->failed) return no_memory(err);
    *out = (syn_list){rows, n, n};
    return SYN_OK;
}
