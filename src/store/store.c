/* store.c - stage 7: opening the SQLite file, its schema, transactions and statements.
   Write-ahead logging, so that a portal reads while pages come in.  PRAGMA user_version is the schema's number,
   application_id marks the file as ours. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>

#define SYN_STORE_APPLICATION 0x53594e50 /* "SYNP" */
#define SYN_STORE_WAIT 5000              /* milliseconds for another writer */

extern const char syn_store_schema_1[], syn_store_schema_2[], syn_store_schema_3[], syn_store_schema_4[],
    syn_store_schema_5[], syn_store_schema_6[], syn_store_schema_7[], syn_store_schema_8[], syn_store_schema_9[],
    syn_store_schema_10[], syn_store_schema_11[], syn_store_schema_12[], syn_store_schema_13[];
static const char *const migrations[] = {
    syn_store_schema_1,  syn_store_schema_2,  syn_store_schema_3, syn_store_schema_4, syn_store_schema_5,
    syn_store_schema_6,  syn_store_schema_7,  syn_store_schema_8, syn_store_schema_9, syn_store_schema_10,
    syn_store_schema_11, syn_store_schema_12, syn_store_schema_13}; /* the n-th: schema n to n + 1 */
#define SYN_STORE_SCHEMA ((int)SYN_COUNT(migrations))

syn_code syn_store_failed(syn_store *s, const char *doing, syn_err *err)
{
    syn_code code = SYN_EDB;
    switch (sqlite3_errcode(s->db) & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        code = SYN_EBUSY;
        break;
    case SQLITE_NOMEM:
        code = SYN_ENOMEM;
        break;
    case SQLITE_TOOBIG:
        code = SYN_ELIMIT;
        break;
    case SQLITE_NOTADB:
        code = SYN_EFORMAT;
        break;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_FULL:
    case SQLITE_IOERR:
        code = SYN_EIO;
        break;
    default:
        break;
    }
    return syn_fail(err, code, 0, "store: %s: %s", doing, sqlite3_errmsg(s->db));
}

syn_query *syn_store_walk(syn_store *s, const char *sql, syn_err *err)
{
    syn_query *q = NULL;
    if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK) syn_store_failed(s, "preparing a statement", err);
    return q;
}

syn_query *syn_store_query(syn_store *s, const char *sql, syn_err *err)
{
    for (size_t i = 0; i < s->nqueries; i++) {
        if (s->queries[i].sql != sql) continue;
        sqlite3_reset(s->queries[i].query);
        sqlite3_clear_bindings(s->queries[i].query);
        return s->queries[i].query;
    }
    if (s->nqueries == SYN_STORE_STATEMENTS) {
        syn_fail(err, SYN_ELIMIT, 0, "store: more than %d statements", SYN_STORE_STATEMENTS);
        return NULL;
    }
    syn_query *q = NULL;
    if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &q, NULL) != SQLITE_OK) {
        syn_store_failed(s, "preparing a statement", err);
        return NULL;
    }
    s->queries[s->nqueries].sql = sql;
    s->queries[s->nqueries++].query = q;
    return q;
}

syn_code syn_store_step(syn_store *s, syn_query *q, const char *doing, syn_err *err)
{
    int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW) return SYN_OK;
    syn_code code = rc == SQLITE_DONE ? SYN_ENOTFOUND : syn_store_failed(s, doing, err);
    sqlite3_reset(q);
    return code;
}

syn_code syn_store_run(syn_store *s, syn_query *q, const char *doing, syn_err *err)
{
    syn_code code = syn_store_step(s, q, doing, err);
    if (code == SYN_OK) sqlite3_reset(q);
    return code == SYN_ENOTFOUND ? SYN_OK : code;
}

syn_code syn_store_exec(syn_store *s, const char *sql, const char *doing, syn_err *err)
{
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? SYN_OK : syn_store_failed(s, doing, err);
}

void syn_store_bind(syn_query *q, int at, syn_str text)
{
    sqlite3_bind_text64(q, at, text.n ? text.p : "", text.n, SQLITE_STATIC, SQLITE_UTF8);
}

void syn_store_bind_blob(syn_query *q, int at, syn_str text)
{
    sqlite3_bind_blob64(q, at, text.n ? text.p : "", text.n, SQLITE_STATIC);
}

void syn_store_bind_row(syn_query *q, int at, int64_t row)
{
    if (row)
        sqlite3_bind_int64(q, at, row);
    else
        sqlite3_bind_null(q, at);
}

syn_str syn_store_column(syn_query *q, int at)
{
    const void *p = sqlite3_column_blob(q, at);
    return (syn_str){p, p ? (size_t)sqlite3_column_bytes(q, at) : 0};
}

syn_str syn_store_column_dup(syn_arena *arena, syn_query *q, int at)
{
    return syn_dup(arena, syn_store_column(q, at));
}

static syn_code pragma(syn_store *s, const char *sql, int *value, syn_err *err)
{
    syn_query *q = syn_store_walk(s, sql, err);
    if (!q) return SYN_EDB;
    syn_code code = SYN_OK;
    if (sqlite3_step(q) == SQLITE_ROW)
        *value = sqlite3_column_int(q, 0);
    else
        code = syn_store_failed(s, "reading the file's head", err);
    sqlite3_finalize(q);
    return code;
}

/* An empty file is schema 0; anything else must carry our mark. */
static syn_code schema_of(syn_store *s, const char *path, int *schema, syn_err *err)
{
    int application = 0, tables = 0;
    syn_code code = pragma(s, "PRAGMA user_version", schema, err);
    if (!code) code = pragma(s, "PRAGMA application_id", &application, err);
    if (!code) code = pragma(s, "SELECT count(*) FROM sqlite_schema", &tables, err);
    if (!code && application != SYN_STORE_APPLICATION && (tables > 0 || *schema > 0))
        code = syn_fail(err, SYN_EFORMAT, 0, "%s: a database, but not a store of this program", path);
    if (!code && *schema > SYN_STORE_SCHEMA)
        code = syn_fail(err, SYN_EVERSION, 0, "%s: schema %d, written by a newer program; this one knows schema %d",
                        path, *schema, SYN_STORE_SCHEMA);
    return code;
}

/* One migration in one transaction; another process may have been faster. */
static syn_code migrate(syn_store *s, const char *path, int *schema, syn_err *err)
{
    char sql[96];
    syn_code code = syn_store_exec(s, "BEGIN IMMEDIATE", "bringing the schema up to date", err);
    if (code) return code;
    int before = *schema;
    code = schema_of(s, path, schema, err);
    if (!code && *schema == before) {
        snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d", SYN_STORE_APPLICATION,
                 before + 1);
        code = syn_store_exec(s, migrations[before], "bringing the schema up to date", err);
        if (!code) code = syn_store_exec(s, sql, "bringing the schema up to date", err);
        if (!code) *schema = before + 1;
    }
    if (!code) code = syn_store_exec(s, "COMMIT", "bringing the schema up to date", err);
    if (code) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return code;
}

static syn_code prepare_file(syn_store *s, const char *path, syn_err *err)
{
    int schema = 0;
    sqlite3_busy_timeout(s->db, SYN_STORE_WAIT);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    syn_code code = syn_store_about_functions(s, err);
    if (!code) code = syn_store_why_functions(s, err);
    if (!code) code = syn_store_rank_function(s, err);
    if (!code) code = schema_of(s, path, &schema, err);
    if (code) return code;
    if (s->read_only) {
        if (schema == SYN_STORE_SCHEMA) return SYN_OK;
        return syn_fail(err, SYN_EVERSION, 0, "%s: schema %d, this program reads schema %d: open it for writing once",
                        path, schema, SYN_STORE_SCHEMA);
    }
    code = syn_store_exec(s,
                          "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; "
                          "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16000", /* pages, 64 MB: what batches
                                                                                             share is written once */
                          "setting up the file", err);
    while (!code && schema < SYN_STORE_SCHEMA) code = migrate(s, path, &schema, err);
    return code;
}

syn_code syn_store_open(const char *path, const syn_lexicon *lex, bool read_only, syn_store **out, syn_err *err)
{
    syn_store *s = calloc(1, sizeof *s);
    if (!s) return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    s->lex = lex;
    s->read_only = read_only;
    int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    syn_code code = SYN_OK;
    if (sqlite3_open_v2(path, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        code = s->db ? syn_fail(err, SYN_EIO, 0, "%s: %s", path, sqlite3_errmsg(s->db))
                     : syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    if (!code) code = prepare_file(s, path, err);
    if (!code) code = syn_texter_new(lex, &s->texter, err);
    if (code) {
        syn_store_close(s);
        return code;
    }
    *out = s;
    return SYN_OK;
}

syn_code syn_store_open_to_read(const char *path, const syn_lexicon *lex, syn_store **out, syn_err *err)
{
    syn_store *older;
    syn_code code = syn_store_open(path, lex, true, out, err);
    if (code != SYN_EVERSION) return code;
    if (err) *err = (syn_err){0};
    code = syn_store_open(path, lex, false, &older, err);
    if (code) return code;
    syn_store_close(older);
    return syn_store_open(path, lex, true, out, err);
}

void syn_store_close(syn_store *s)
{
    if (!s) return;
    for (size_t i = 0; i < s->nqueries; i++) sqlite3_finalize(s->queries[i].query);
    syn_texter_free(s->texter);
    syn_store_packer_free(s);
    sqlite3_close(s->db);
    free(s->held);
    free(s);
}

syn_code syn_store_begin(syn_store *s, syn_err *err)
{
    return syn_store_exec(s, s->read_only ? "BEGIN" : "BEGIN IMMEDIATE", "beginning", err);
}

syn_code syn_store_commit(syn_store *s, syn_err *err)
{
    return syn_store_exec(s, "COMMIT", "keeping the changes", err);
}

void syn_store_rollback(syn_store *s)
{
    if (!sqlite3_get_autocommit(s->db)) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    s->holding = false;
    s->nheld = 0;
}

syn_code syn_store_savepoint(syn_store *s, syn_err *err)
{
    return syn_store_exec(s, "SAVEPOINT put", "beginning", err);
}

syn_code syn_store_release(syn_store *s, syn_code code, syn_err *err)
{
    if (!code) code = syn_store_exec(s, "RELEASE put", "keeping the changes", err);
    if (code) sqlite3_exec(s->db, "ROLLBACK TO put; RELEASE put", NULL, NULL, NULL);
    return code;
}
