/* about.c - stage 7: what stories are about: the keys of each in one row, and who holds a key.  Only what changed is
   written: each key lies somewhere else in the file. */
#include "bytes.h"
#include "internal.h"

#include <stdlib.h>

enum { KEY_BYTES = 15, MOST_KEYS = 256 };

static void pack_key(syn_buf *out, const syn_story_key *k)
{
    syn_bytes_put(out, k->key, 8);
    syn_bytes_put_float(out, k->weight);
    syn_bytes_put(out, k->word, 2);
    syn_bytes_put(out, k->signal, 1);
}

static size_t unpack_keys(syn_str bytes, syn_story_key *out, size_t most)
{
    syn_bytes in = {.s = bytes};
    size_t n = 0;
    while (n < most && in.s.n - in.at >= KEY_BYTES) {
        syn_story_key *k = &out[n++];
        k->key = syn_bytes_get(&in, 8);
        float weight = syn_bytes_get_float(&in);
        k->weight = weight > 0 && weight < 1 ? weight : (float)(weight > 0);
        k->word = (uint16_t)syn_bytes_get(&in, 2);
        k->signal = (uint8_t)syn_bytes_get(&in, 1);
    }
    return n;
}

/* The row of a story, ready to be read; SYN_ENOTFOUND without. */
static syn_code row_of(syn_store *s, int64_t story, syn_query **q, syn_err *err)
{
    static const char sql[] = "SELECT keys FROM about WHERE story = ?1";
    *q = syn_store_query(s, sql, err);
    if (!*q) return SYN_EDB;
    sqlite3_bind_int64(*q, 1, story);
    return syn_store_step(s, *q, "reading what a story is about", err);
}

static syn_code keys_of(syn_store *s, int64_t story, syn_story_key *out, size_t most, size_t *n, syn_err *err)
{
    syn_query *q;
    syn_code code = row_of(s, story, &q, err);
    *n = 0;
    if (code) return code == SYN_ENOTFOUND ? SYN_OK : code;
    *n = unpack_keys(syn_store_column(q, 0), out, most);
    sqlite3_reset(q);
    return SYN_OK;
}

static int by_key(const void *a, const void *b)
{
    const syn_story_key *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static syn_code key_row(syn_store *s, const char *sql, uint64_t key, int64_t story, syn_err *err)
{
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, (int64_t)key);
    sqlite3_bind_int64(q, 2, story);
    return syn_store_run(s, q, "keeping what a story is about", err);
}

/* Both in the order of their keys. */
static syn_code put_changes(syn_store *s, int64_t story, const syn_story_key *before, size_t nbefore,
                            const syn_story_key *now, size_t n, syn_err *err)
{
    static const char insert[] = "INSERT OR IGNORE INTO story_key(key, story) VALUES(?1, ?2)";
    static const char remove[] = "DELETE FROM story_key WHERE key = ?1 AND story = ?2";
    syn_code code = SYN_OK;
    for (size_t i = 0, k = 0; (i < nbefore || k < n) && !code;) {
        if (k == n || (i < nbefore && before[i].key < now[k].key))
            code = key_row(s, remove, before[i++].key, story, err);
        else if (i == nbefore || now[k].key < before[i].key)
            code = key_row(s, insert, now[k++].key, story, err);
        else
            i++, k++;
    }
    return code;
}

syn_code syn_store_put_keys(syn_store *s, syn_str founder, const syn_story_key *keys, size_t n, syn_err *err)
{
    static const char sql[] = "INSERT OR REPLACE INTO about(story, keys) VALUES(?1, ?2)";
    syn_story_key before[MOST_KEYS], now[MOST_KEYS];
    int64_t story = 0;
    size_t nbefore, kept = 0;
    syn_code code = syn_store_founded(s, founder, &story, err);
    if (!code) code = keys_of(s, story, before, MOST_KEYS, &nbefore, err);
    if (code) return code;
    if (n > MOST_KEYS) n = MOST_KEYS;
    if (n) memcpy(now, keys, n * sizeof *now);
    if (n) qsort(now, n, sizeof *now, by_key);
    for (size_t i = 0; i < n; i++)
        if (!kept || now[kept - 1].key != now[i].key) now[kept++] = now[i];
    syn_buf bytes = {0};
    for (size_t i = 0; i < kept; i++) pack_key(&bytes, &now[i]);
    syn_query *q = bytes.failed ? NULL : syn_store_query(s, sql, err);
    code = bytes.failed ? syn_fail(err, SYN_ENOMEM, 0, "store: no memory") : q ? SYN_OK : SYN_EDB;
    if (!code) {
        sqlite3_bind_int64(q, 1, story);
        syn_store_bind_blob(q, 2, syn_buf_str(&bytes));
        code = syn_store_run(s, q, "keeping what a story is about", err);
    }
    syn_buf_free(&bytes);
    return code ? code : put_changes(s, story, before, nbefore, now, kept, err);
}

syn_code syn_store_drop_keys(syn_store *s, int64_t story, syn_err *err)
{
    static const char sql[] = "DELETE FROM about WHERE story = ?1";
    syn_story_key before[MOST_KEYS];
    size_t n;
    syn_code code = keys_of(s, story, before, MOST_KEYS, &n, err);
    if (!code) code = put_changes(s, story, before, n, NULL, 0, err);
    syn_query *q = code ? NULL : syn_store_query(s, sql, err);
    if (!q) return code ? code : SYN_EDB;
    sqlite3_bind_int64(q, 1, story);
    return syn_store_run(s, q, "forgetting what a story was about", err);
}

static syn_code theme_of(syn_store *s, int64_t topic, syn_story_key *out, size_t most, size_t *n, syn_err *err)
{
    static const char sql[] = "SELECT key, signal, weight FROM topic_key WHERE topic = ?1 LIMIT ?2";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, topic);
    sqlite3_bind_int64(q, 2, (int64_t)most);
    syn_code code;
    *n = 0;
    while ((code = syn_store_step(s, q, "reading keys", err)) == SYN_OK && *n < most) {
        double weight = sqlite3_column_double(q, 2);
        out[(*n)++] = (syn_story_key){.key = (uint64_t)sqlite3_column_int64(q, 0),
                                      .signal = (uint8_t)sqlite3_column_int(q, 1),
                                      .weight = (float)(weight > 0 && weight < 1 ? weight : weight > 0),
                                      .word = 0};
    }
    sqlite3_reset(q);
    if (code && code != SYN_ENOTFOUND) return code;
    syn_topics_sort(out, *n);
    return SYN_OK;
}

syn_code syn_store_keys(syn_store *s, int64_t of, bool topic, syn_story_key *out, size_t most, size_t *n, syn_err *err)
{
    return topic ? theme_of(s, of, out, most, n, err) : keys_of(s, of, out, most, n, err);
}

/* ---- for the migration that packs what had a row each ---- */

typedef struct packing {
    syn_story_key *keys;
    size_t n;
} packing;

static void pack_step(sqlite3_context *context, int n, sqlite3_value **v)
{
    packing *p = n == 4 ? sqlite3_aggregate_context(context, sizeof *p) : NULL;
    if (p && !p->keys) p->keys = calloc(MOST_KEYS, sizeof *p->keys);
    if (!p || !p->keys)
        sqlite3_result_error_nomem(context);
    else if (p->n < MOST_KEYS)
        p->keys[p->n++] = (syn_story_key){.key = (uint64_t)sqlite3_value_int64(v[0]),
                                          .signal = (uint8_t)sqlite3_value_int(v[1]),
                                          .weight = (float)sqlite3_value_double(v[2]),
                                          .word = (uint16_t)sqlite3_value_int(v[3])};
}

static void pack_final(sqlite3_context *context)
{
    packing *p = sqlite3_aggregate_context(context, 0);
    syn_buf bytes = {0};
    if (!p || !p->keys) {
        sqlite3_result_zeroblob(context, 0);
        return;
    }
    qsort(p->keys, p->n, sizeof *p->keys, by_key);
    for (size_t i = 0; i < p->n; i++) pack_key(&bytes, &p->keys[i]);
    free(p->keys);
    if (bytes.failed)
        sqlite3_result_error_nomem(context);
    else
        sqlite3_result_blob64(context, bytes.p, bytes.n, SQLITE_TRANSIENT);
    syn_buf_free(&bytes);
}

syn_code syn_store_about_functions(syn_store *s, syn_err *err)
{
    int rc = sqlite3_create_function(s->db, "pack_keys", 4, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, NULL, pack_step,
                                     pack_final);
    return rc == SQLITE_OK ? SYN_OK : syn_store_failed(s, "making a function", err);
}
