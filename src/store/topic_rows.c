/* topic_rows.c - stage 7: topics as a reader asks for them. */
#include "internal.h"

enum { MOST_NAMES = SYN_TOPIC_PARTIES * 64 };

static syn_code no_memory(syn_err *err)
{
    return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
}

/* ---- names ---- */

static syn_code read_parties(syn_store *s, syn_arena *arena, syn_topic_row *row, syn_err *err)
{
    static const char sql[] =
        "SELECT party, kind, id, lang, text, times FROM topic_name WHERE topic = ?1 ORDER BY party, n LIMIT ?2";
    syn_actor *parties = SYN_NEW_ARRAY(arena, syn_actor, SYN_TOPIC_PARTIES);
    syn_actor_spelling *spellings = NULL;
    size_t n = 0, nspellings = 0, cap = 0, begins[SYN_TOPIC_PARTIES + 1] = {0};
    int64_t last = -1;
    syn_query *q = parties ? syn_store_query(s, sql, err) : NULL;
    if (!q) return parties ? SYN_EDB : no_memory(err);
    sqlite3_bind_int64(q, 1, row->topic);
    sqlite3_bind_int(q, 2, MOST_NAMES);
    syn_code code;
    while ((code = syn_store_step(s, q, "reading names", err)) == SYN_OK) {
        int64_t party = sqlite3_column_int64(q, 0);
        if (party != last && n == SYN_TOPIC_PARTIES) break;
        if (party != last) {
            begins[n] = nspellings;
            parties[n++] = (syn_actor){(uint8_t)sqlite3_column_int(q, 1), (uint32_t)sqlite3_column_int64(q, 2), NULL,
                                       0};
        }
        last = party;
        syn_actor_spelling one = {syn_store_column_dup(arena, q, 3), syn_store_column_dup(arena, q, 4),
                                  (uint32_t)sqlite3_column_int64(q, 5)};
        if (!one.text.n) continue;
        if (!syn_grow(arena, &spellings, &cap, nspellings + 1, sizeof *spellings)) break;
        spellings[nspellings++] = one;
        parties[n - 1].n++;
    }
    sqlite3_reset(q);
    if (code && code != SYN_ENOTFOUND) return code;
    if (arena->failed) return no_memory(err);
    for (size_t i = 0; i < n; i++)
        if (parties[i].n) parties[i].spellings = spellings + begins[i];
    row->parties = parties;
    row->nparties = n;
    return SYN_OK;
}

/* ---- topics ---- */

#define COLUMNS "t.id, t.stories, t.articles, t.langs, t.lang_list, t.first, t.last"

static syn_topic_row read_row(syn_arena *arena, syn_query *q)
{
    return (syn_topic_row){.topic = sqlite3_column_int64(q, 0),
                           .stories = (uint32_t)sqlite3_column_int64(q, 1),
                           .articles = (uint32_t)sqlite3_column_int64(q, 2),
                           .langs = (uint32_t)sqlite3_column_int64(q, 3),
                           .lang_list = syn_store_column_dup(arena, q, 4),
                           .first = sqlite3_column_int64(q, 5),
                           .last = sqlite3_column_int64(q, 6)};
}

static syn_code collect(syn_store *s, syn_arena *arena, syn_query *q, syn_list *out, syn_err *err)
{
    syn_topic_row *rows = NULL;
    size_t n = 0, cap = 0;
    syn_code code;
    while ((code = syn_store_step(s, q, "reading topics", err)) == SYN_OK) {
        if (!syn_grow(arena, &rows, &cap, n + 1, sizeof *rows)) {
            sqlite3_reset(q);
            return no_memory(err);
        }
        rows[n++] = read_row(arena, q);
    }
    if (code != SYN_ENOTFOUND) return code;
    code = SYN_OK;
    for (size_t i = 0; i < n && !code; i++) code = read_parties(s, arena, &rows[i], err);
    *out = (syn_list){rows, n, n};
    return code;
}

syn_code syn_store_topics(syn_store *s, syn_arena *arena, size_t offset, size_t limit, syn_list *out, syn_err *err)
{
    static const char sql[] = "SELECT " COLUMNS
                              " FROM topic t WHERE t.stories > 1 ORDER BY t.last DESC, t.id DESC LIMIT ?1 OFFSET ?2";
    uint64_t total = 0;
    syn_code code = syn_store_tally(s, SYN_STR("topics"), &total, err);
    if (code) return code;
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, limit > SYN_MAX_PAGE_ROWS ? (int64_t)SYN_MAX_PAGE_ROWS : (int64_t)limit);
    sqlite3_bind_int64(q, 2, offset > INT32_MAX ? INT32_MAX : (int64_t)offset);
    code = collect(s, arena, q, out, err);
    if (!code) out->total = total;
    return code;
}

syn_code syn_store_topic(syn_store *s, syn_arena *arena, int64_t topic, syn_topic_row *out, syn_err *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM topic a JOIN topic t ON t.id = coalesce(a.forward, a.id) WHERE "
                              "a.id = ?1 AND t.stories > 1";
    syn_query *q = syn_store_query(s, sql, err);
    syn_list list = {0};
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, topic);
    syn_code code = collect(s, arena, q, &list, err);
    if (!code && !list.n) code = syn_fail(err, SYN_ENOTFOUND, 0, "no such topic");
    if (!code) *out = *(const syn_topic_row *)list.items;
    return code;
}

syn_code syn_store_story_topics(syn_store *s, syn_arena *arena, int64_t story, syn_list *out, syn_err *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM story_topic m JOIN topic t ON t.id = m.topic WHERE m.story = ?1 "
                              "AND t.stories > 1 ORDER BY m.score DESC, t.id LIMIT ?2";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, story);
    sqlite3_bind_int(q, 2, 2 * SYN_STORY_TOPICS);
    return collect(s, arena, q, out, err);
}

/* ---- its stories ---- */

syn_code syn_store_topic_stories(syn_store *s, syn_arena *arena, int64_t topic, syn_str reader, bool latest,
                                 size_t offset, size_t limit, syn_list *out, syn_err *err)
{
    static const char forwards[] = "SELECT y.id FROM story_topic m JOIN story y ON y.id = m.story WHERE m.topic = ?1 "
                                   "AND y.articles > 0 ORDER BY y.first, y.id LIMIT ?2 OFFSET ?3";
    static const char backwards[] = "SELECT y.id FROM story_topic m JOIN story y ON y.id = m.story WHERE m.topic = ?1 "
                                    "AND y.articles > 0 ORDER BY y.last DESC, y.id DESC LIMIT ?2 OFFSET ?3";
    int64_t stories[SYN_MAX_PAGE_ROWS];
    size_t n = 0, most = limit < SYN_MAX_PAGE_ROWS ? limit : SYN_MAX_PAGE_ROWS;
    syn_query *q = syn_store_query(s, latest ? backwards : forwards, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, topic);
    sqlite3_bind_int64(q, 2, (int64_t)most);
    sqlite3_bind_int64(q, 3, offset > INT32_MAX ? INT32_MAX : (int64_t)offset);
    syn_code code;
    while ((code = syn_store_step(s, q, "reading a topic", err)) == SYN_OK && n < most)
        stories[n++] = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    if (code == SYN_ENOTFOUND) code = SYN_OK;
    syn_story_row *rows = SYN_NEW_ARRAY(arena, syn_story_row, n + 1);
    if (!rows) return no_memory(err);
    for (size_t i = 0; i < n && !code; i++) code = syn_store_story(s, arena, stories[i], reader, &rows[i], err);
    *out = (syn_list){rows, n, n};
    return code;
}
