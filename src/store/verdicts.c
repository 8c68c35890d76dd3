/* verdicts.c - stage 7: users' words on what belongs together, each kept for good. */
#include "internal.h"

#include <time.h>

syn_code syn_store_put_verdict(syn_store *s, const syn_verdict_row *row, int64_t *n, syn_err *err)
{
    static const char sql[] = "INSERT INTO verdict(a, b, together, who, why, said, word) "
                              "VALUES(?, ?, ?, ?, ?, ?, nullif(?, 0))";
    int64_t known;
    syn_code code = syn_store_row_of_id(s, row->a, &known, err);
    if (!code) code = syn_store_row_of_id(s, row->b, &known, err);
    if (code) return code;
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, row->a);
    syn_store_bind(q, 2, row->b);
    sqlite3_bind_int(q, 3, row->together);
    syn_store_bind(q, 4, row->who);
    syn_store_bind(q, 5, row->why);
    sqlite3_bind_int64(q, 6, (int64_t)time(NULL));
    sqlite3_bind_int64(q, 7, row->word);
    code = syn_store_run(s, q, "keeping a user's word", err);
    if (!code) *n = sqlite3_last_insert_rowid(s->db);
    return code;
}

/* sql has ?1, ?2 and, as ?3, the moment. */
static syn_code withdraw(syn_store *s, const char *sql, int64_t one, int64_t other, syn_err *err)
{
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, one);
    sqlite3_bind_int64(q, 2, other);
    sqlite3_bind_int64(q, 3, (int64_t)time(NULL));
    return syn_store_run(s, q, "withdrawing a user's word", err);
}

syn_code syn_store_withdraw(syn_store *s, int64_t n, syn_err *err)
{
    static const char sql[] = "UPDATE verdict SET withdrawn = ?3 WHERE withdrawn IS NULL AND coalesce(word, n) = "
                              "(SELECT coalesce(word, n) FROM verdict WHERE n = ?1 AND withdrawn IS NULL AND ?2 = 0)";
    syn_code code = withdraw(s, sql, n, 0, err);
    if (!code && !sqlite3_changes(s->db))
        return syn_fail(err, SYN_ENOTFOUND, 0, "store: no word %lld that holds", (long long)n);
    return code;
}

/* Earlier words that say the opposite of a pair. */
syn_code syn_store_supersede(syn_store *s, int64_t n, syn_err *err)
{
    static const char sql[] =
        "UPDATE verdict SET withdrawn = ?3 WHERE withdrawn IS NULL AND coalesce(word, n) IN ("
        "SELECT coalesce(old.word, old.n) FROM verdict new JOIN verdict old ON old.together <> new.together "
        "AND old.withdrawn IS NULL AND old.n < new.n "
        "AND ((old.a = new.a AND old.b = new.b) OR (old.a = new.b AND old.b = new.a)) "
        "WHERE ?2 = 0 AND (new.n = ?1 OR new.word = ?1))";
    return withdraw(s, sql, n, 0, err);
}

syn_code syn_store_others(syn_store *s, syn_arena *arena, syn_str article_id, syn_list *out, syn_err *err)
{
    static const char sql[] =
        "SELECT b.id FROM alias l JOIN article a ON a.row = l.article JOIN story s ON s.id = a.story JOIN article b ON "
        "b.story = a.story WHERE l.id = ?1 AND b.row <> a.row AND b.reprint_of IS NOT a.row "
        "ORDER BY b.row <> s.founder, b.sorted, b.row LIMIT ?2";
    syn_str *ids = SYN_NEW_ARRAY(arena, syn_str, SYN_MAX_PAGE_ROWS);
    size_t n = 0;
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    if (!ids) return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    syn_store_bind(q, 1, article_id);
    sqlite3_bind_int(q, 2, SYN_MAX_PAGE_ROWS);
    syn_code code;
    while ((code = syn_store_step(s, q, "reading a story", err)) == SYN_OK)
        ids[n++] = syn_store_column_dup(arena, q, 0);
    if (code != SYN_ENOTFOUND) return code;
    *out = (syn_list){ids, n, n};
    return arena->failed ? syn_fail(err, SYN_ENOMEM, 0, "store: no memory") : SYN_OK;
}

syn_code syn_store_verdicts(syn_store *s, syn_arena *arena, bool holding, syn_list *out, syn_err *err)
{
    static const char sql[] = "SELECT n, a, b, together, who, why, said, coalesce(withdrawn, 0), coalesce(word, n) "
                              "FROM verdict WHERE ?1 = 0 OR withdrawn IS NULL ORDER BY n";
    syn_verdict_row *rows = NULL;
    size_t n = 0, cap = 0;
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int(q, 1, holding);
    syn_code code;
    while ((code = syn_store_step(s, q, "reading users' words", err)) == SYN_OK) {
        if (!syn_grow(arena, &rows, &cap, n + 1, sizeof *rows)) {
            sqlite3_reset(q);
            return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
        }
        rows[n++] = (syn_verdict_row){.n = sqlite3_column_int64(q, 0),
                                      .a = syn_store_column_dup(arena, q, 1),
                                      .b = syn_store_column_dup(arena, q, 2),
                                      .together = sqlite3_column_int(q, 3),
                                      .who = syn_store_column_dup(arena, q, 4),
                                      .why = syn_store_column_dup(arena, q, 5),
                                      .said = sqlite3_column_int64(q, 6),
                                      .withdrawn = sqlite3_column_int64(q, 7),
                                      .word = sqlite3_column_int64(q, 8)};
    }
    if (code != SYN_ENOTFOUND) return code;
    *out = (syn_list){rows, n, n};
    return arena->failed ? syn_fail(err, SYN_ENOMEM, 0, "store: no memory") : SYN_OK;
}

syn_code syn_store_words(syn_store *s, syn_arena *arena, int64_t story, int64_t article, syn_list *out, syn_err *err)
{
    static const char sql[] =
        "SELECT v.n, v.a, v.b, v.together, v.who, v.why, v.said, coalesce(v.withdrawn, 0), aa.row, aa.title, aa.lang, "
        "ab.row, ab.title, ab.lang, (SELECT count(*) FROM verdict w WHERE w.word = v.n) FROM verdict v "
        "JOIN alias la ON la.id = v.a JOIN article aa ON aa.row = la.article "
        "JOIN alias lb ON lb.id = v.b JOIN article ab ON ab.row = lb.article WHERE v.word IS NULL AND "
        "(?1 IN (aa.story, ab.story) OR ?2 IN (aa.row, ab.row) OR EXISTS (SELECT 1 FROM verdict w "
        "JOIN alias l ON l.id = w.b JOIN article x ON x.row = l.article "
        "WHERE w.word = v.n AND (x.story = ?1 OR x.row = ?2))) "
        "ORDER BY v.n DESC LIMIT ?3";
    syn_word_row *rows = SYN_NEW_ARRAY(arena, syn_word_row, SYN_MAX_PAGE_ROWS);
    size_t n = 0;
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    if (!rows) return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    syn_store_bind_row(q, 1, story);
    syn_store_bind_row(q, 2, article);
    sqlite3_bind_int(q, 3, SYN_MAX_PAGE_ROWS);
    syn_code code;
    while ((code = syn_store_step(s, q, "reading users' words", err)) == SYN_OK)
        rows[n++] = (syn_word_row){
            .said = {.n = sqlite3_column_int64(q, 0),
                     .word = sqlite3_column_int64(q, 0),
                     .a = syn_store_column_dup(arena, q, 1),
                     .b = syn_store_column_dup(arena, q, 2),
                     .together = sqlite3_column_int(q, 3),
                     .who = syn_store_column_dup(arena, q, 4),
                     .why = syn_store_column_dup(arena, q, 5),
                     .said = sqlite3_column_int64(q, 6),
                     .withdrawn = sqlite3_column_int64(q, 7)},
            .a = {sqlite3_column_int64(q, 8), syn_store_column_dup(arena, q, 9), syn_store_column_dup(arena, q, 10)},
            .b = {sqlite3_column_int64(q, 11), syn_store_column_dup(arena, q, 12), syn_store_column_dup(arena, q, 13)},
            .others = (uint32_t)sqlite3_column_int64(q, 14)};
    if (code != SYN_ENOTFOUND) return code;
    *out = (syn_list){rows, n, n};
    return arena->failed ? syn_fail(err, SYN_ENOMEM, 0, "store: no memory") : SYN_OK;
}
