/* why.c - stage 7: why an article is in its story, in one row an article.

   Bytes: how many ids of other articles, each with its length before it; then of each reason its signal, its weight as
   a float, the number of its article's id, the stories that it was learned from, and what is printed here and there.
   Numbers as bytes.h keeps small ones. */
#include "bytes.h"
#include "internal.h"

#include <stdlib.h>

typedef struct reasons {
    syn_str ids[SYN_MAX_REASONS];
    size_t nids;
    syn_buf bytes; /* of the reasons */
} reasons;

static size_t number_of(reasons *r, syn_str id)
{
    size_t i = 0;
    while (i < r->nids && !syn_str_eq(r->ids[i], id)) i++;
    if (i == r->nids) r->ids[r->nids++] = id;
    return i;
}

static void pack_reason(reasons *out, const syn_reason *r)
{
    syn_bytes_put(&out->bytes, r->signal, 1);
    syn_bytes_put_float(&out->bytes, r->weight);
    syn_bytes_put_small(&out->bytes, number_of(out, r->there_id));
    syn_bytes_put_small(&out->bytes, r->stories);
    syn_bytes_put_str(&out->bytes, r->here);
    syn_bytes_put_str(&out->bytes, r->there);
}

static void pack_all(const reasons *r, syn_buf *out)
{
    syn_bytes_put_small(out, r->nids);
    for (size_t i = 0; i < r->nids; i++) syn_bytes_put_str(out, r->ids[i]);
    syn_buf_add(out, syn_buf_str(&r->bytes));
    if (r->bytes.failed) out->failed = true;
}

syn_code syn_store_put_reasons(syn_store *s, int64_t article, const syn_decision *d, syn_err *err)
{
    static const char clear[] = "DELETE FROM why WHERE article = ?1";
    static const char put[] = "INSERT OR REPLACE INTO why(article, reasons) VALUES(?1, ?2)";
    reasons r = {.nids = 0};
    syn_buf bytes = {0};
    for (size_t i = 0; i < d->nreasons && i < SYN_MAX_REASONS; i++) pack_reason(&r, &d->reasons[i]);
    pack_all(&r, &bytes);
    syn_query *q = bytes.failed ? NULL : syn_store_query(s, d->nreasons ? put : clear, err);
    syn_code code = bytes.failed ? syn_fail(err, SYN_ENOMEM, 0, "store: no memory") : q ? SYN_OK : SYN_EDB;
    if (!code) {
        sqlite3_bind_int64(q, 1, article);
        if (d->nreasons) syn_store_bind_blob(q, 2, syn_buf_str(&bytes));
        code = syn_store_run(s, q, "keeping reasons", err);
    }
    syn_buf_free(&r.bytes);
    syn_buf_free(&bytes);
    return code;
}

syn_code syn_store_reasons(syn_store *s, syn_arena *arena, int64_t article, syn_list *out, syn_err *err)
{
    static const char sql[] = "SELECT reasons FROM why WHERE article = ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, article);
    syn_code code = syn_store_step(s, q, "reading reasons", err);
    if (code == SYN_ENOTFOUND) *out = (syn_list){NULL, 0, 0};
    if (code) return code == SYN_ENOTFOUND ? SYN_OK : code;
    syn_bytes in = {.s = syn_store_column_dup(arena, q, 0)};
    sqlite3_reset(q);
    syn_str ids[SYN_MAX_REASONS];
    size_t nids = 0, n = 0;
    uint64_t given = syn_bytes_get_small(&in);
    while (nids < given && nids < SYN_MAX_REASONS && !in.bad) ids[nids++] = syn_bytes_get_str(&in);
    syn_reason *rows = SYN_NEW_ARRAY(arena, syn_reason, SYN_MAX_REASONS);
    if (!rows) return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    while (n < SYN_MAX_REASONS && in.at < in.s.n && !in.bad) {
        syn_reason *r = &rows[n++];
        r->signal = (uint8_t)syn_bytes_get(&in, 1);
        r->weight = syn_bytes_get_float(&in);
        uint64_t id = syn_bytes_get_small(&in);
        r->stories = (uint32_t)syn_bytes_get_small(&in);
        r->here = syn_bytes_get_str(&in);
        r->there = syn_bytes_get_str(&in);
        if (id >= nids || r->signal >= SYN_SIGNALS || !(r->weight >= 0)) in.bad = true;
        if (!in.bad) r->there_id = ids[id];
    }
    if (in.bad) return syn_fail(err, SYN_EFORMAT, 0, "store: the reasons of an article are damaged");
    *out = (syn_list){rows, n, n};
    return SYN_OK;
}

/* ---- for the migration that packs what had a row each ---- */

typedef struct packing {
    reasons *of;
    char *ids[SYN_MAX_REASONS]; /* kept until the end */
    size_t n;
} packing;

static syn_str text_of(sqlite3_value *v)
{
    const void *p = sqlite3_value_blob(v);
    return (syn_str){p, p ? (size_t)sqlite3_value_bytes(v) : 0};
}

static void pack_step(sqlite3_context *context, int n, sqlite3_value **v)
{
    packing *p = n == 6 ? sqlite3_aggregate_context(context, sizeof *p) : NULL;
    if (p && !p->of) p->of = calloc(1, sizeof *p->of);
    if (p && p->n == SYN_MAX_REASONS) return;
    syn_str id = text_of(v[4]);
    char *copy = p && p->of ? malloc(id.n + 1) : NULL;
    if (!copy) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (id.n) memcpy(copy, id.p, id.n);
    p->ids[p->n++] = copy;
    pack_reason(p->of, &(syn_reason){.signal = (uint8_t)sqlite3_value_int(v[0]),
                                     .weight = (float)sqlite3_value_double(v[1]),
                                     .here = text_of(v[2]),
                                     .there = text_of(v[3]),
                                     .there_id = {copy, id.n},
                                     .stories = (uint32_t)sqlite3_value_int64(v[5])});
}

static void pack_final(sqlite3_context *context)
{
    packing *p = sqlite3_aggregate_context(context, 0);
    syn_buf bytes = {0};
    if (!p || !p->of) {
        sqlite3_result_zeroblob(context, 0);
        return;
    }
    pack_all(p->of, &bytes);
    if (bytes.failed)
        sqlite3_result_error_nomem(context);
    else
        sqlite3_result_blob64(context, bytes.p, bytes.n, SQLITE_TRANSIENT);
    syn_buf_free(&bytes);
    syn_buf_free(&p->of->bytes);
    for (size_t i = 0; i < p->n; i++) free(p->ids[i]);
    free(p->of);
}

syn_code syn_store_why_functions(syn_store *s, syn_err *err)
{
    int rc = sqlite3_create_function(s->db, "pack_reasons", 6, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, NULL, pack_step,
                                     pack_final);
    return rc == SQLITE_OK ? SYN_OK : syn_store_failed(s, "making a function", err);
}
