/* packs.c - stage 7: the users' own packs of terms, kept as they were given. */
#include "internal.h"

syn_code syn_store_put_pack(syn_store *s, const syn_pack_row *row, syn_err *err)
{
    static const char sql[] = "INSERT OR REPLACE INTO packs(name, added, terms, body) VALUES(?, ?, ?, ?)";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, row->name);
    sqlite3_bind_int64(q, 2, row->added);
    sqlite3_bind_int64(q, 3, (int64_t)row->terms);
    syn_store_bind_blob(q, 4, row->body);
    return syn_store_run(s, q, "keeping a pack", err);
}

syn_code syn_store_drop_pack(syn_store *s, syn_str name, syn_err *err)
{
    static const char sql[] = "DELETE FROM packs WHERE name = ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, name);
    syn_code code = syn_store_run(s, q, "taking a pack away", err);
    if (!code && !sqlite3_changes(s->db))
        return syn_fail(err, SYN_ENOTFOUND, 0, "there is no pack \"%.*s\"", (int)syn_utf8_head(name, 80).n, name.p);
    return code;
}

syn_code syn_store_packs(syn_store *s, syn_arena *arena, syn_list *out, syn_err *err)
{
    static const char sql[] = "SELECT name, added, terms, body FROM packs ORDER BY name";
    syn_query *q = syn_store_query(s, sql, err);
    syn_pack_row *rows = NULL;
    size_t n = 0, cap = 0;
    syn_code code = q ? SYN_OK : SYN_EDB;
    while (!code && (code = syn_store_step(s, q, "looking for packs", err)) == SYN_OK) {
        if (!syn_grow(arena, &rows, &cap, n + 1, sizeof *rows)) break;
        rows[n++] = (syn_pack_row){.name = syn_store_column_dup(arena, q, 0),
                                   .added = sqlite3_column_int64(q, 1),
                                   .terms = (uint64_t)sqlite3_column_int64(q, 2),
                                   .body = syn_store_column_dup(arena, q, 3)};
    }
    if (!code) sqlite3_reset(q);
    if (code && code != SYN_ENOTFOUND) return code;
    if (arena->failed) return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    *out = (syn_list){rows, n, n};
    return SYN_OK;
}
