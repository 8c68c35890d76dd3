/* verdicts.c - stage 7: users' words on what belongs together, each kept for good. */
#include "internal.h"

#include <time.h>

syn_code syn_store_put_verdict(syn_store *s, const syn_verdict_row *row, int64_t *n, syn_err *err)
{
    static const char sql[] = "INSERT INTO verdict(a, b, together, who, why, said) VALUES(?, ?, ?, ?, ?, ?)";
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
    code = syn_store_run(s, q, "keeping a user's word", err);
    if (!code) *n = sqlite3_last_insert_rowid(s->db);
    return code;
}

syn_code syn_store_withdraw(syn_store *s, int64_t n, syn_err *err)
{
    static const char sql[] = "UPDATE verdict SET withdrawn = ?2 WHERE n = ?1 AND withdrawn IS NULL";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, n);
    sqlite3_bind_int64(q, 2, (int64_t)time(NULL));
    syn_code code = syn_store_run(s, q, "withdrawing a user's word", err);
    if (!code && !sqlite3_changes(s->db))
        return syn_fail(err, SYN_ENOTFOUND, 0, "store: no word %lld that holds", (long long)n);
    return code;
}

syn_code syn_store_verdicts(syn_store *s, syn_arena *arena, bool holding, syn_list *out, syn_err *err)
{
    static const char sql[] = "SELECT n, a, b, together, who, why, said, coalesce(withdrawn, 0) FROM verdict "
                              "WHERE ?1 = 0 OR withdrawn IS NULL ORDER BY n";
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
                                      .withdrawn = sqlite3_column_int64(q, 7)};
    }
    if (code != SYN_ENOTFOUND) return code;
    *out = (syn_list){rows, n, n};
    return arena->failed ? syn_fail(err, SYN_ENOMEM, 0, "store: no memory") : SYN_OK;
}
