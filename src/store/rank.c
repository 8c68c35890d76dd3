/* rank.c - stage 7: how well a document answers words: BM25 (Robertson and Zaragoza 2009) as FTS5's own, but what it
   costs does not grow with the store.  In how many documents a word stands is counted in the oldest ones up to a
   ceiling; from there on the number of the document that was reached tells how dense they stand. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_COUNTED = 4000 };
#define K1 1.2
#define B 0.75

typedef struct phrases { /* of one query */
    double mean;         /* words of a document */
    int n;
    double *often, *idf; /* of each, here; in the store */
} phrases;

typedef struct counted {
    uint64_t n;
    sqlite3_int64 last;
} counted;

static int count_one(const Fts5ExtensionApi *api, Fts5Context *context, void *user)
{
    counted *c = user;
    c->last = api->xRowid(context);
    return ++c->n < MOST_COUNTED ? SQLITE_OK : SQLITE_DONE;
}

static void free_phrases(void *p)
{
    free(p);
}

static int make_phrases(const Fts5ExtensionApi *api, Fts5Context *context, phrases **out)
{
    sqlite3_int64 rows = 0, words = 0;
    int n = api->xPhraseCount(context);
    phrases *p = calloc(1, sizeof *p + 2 * (size_t)(n > 0 ? n : 1) * sizeof(double));
    if (!p) return SQLITE_NOMEM;
    p->n = n;
    p->often = (double *)(p + 1);
    p->idf = p->often + n;
    int rc = api->xRowCount(context, &rows);
    if (rc == SQLITE_OK) rc = api->xColumnTotalSize(context, -1, &words);
    if (rows < 1) rows = 1;
    p->mean = words > 0 ? (double)words / (double)rows : 1;
    for (int i = 0; i < n && rc == SQLITE_OK; i++) {
        counted c = {0, 0};
        rc = api->xQueryPhrase(context, i, &c, count_one);
        double hold = (double)c.n, all = (double)rows;
        if (c.n == MOST_COUNTED && c.last > 0 && (double)c.last < all) hold *= all / (double)c.last;
        double idf = log((all - hold + 0.5) / (hold + 0.5));
        p->idf[i] = idf > 1e-6 ? idf : 1e-6;
    }
    if (rc != SQLITE_OK) {
        free(p);
        return rc;
    }
    rc = api->xSetAuxdata(context, p, free_phrases); /* frees it where it fails */
    if (rc == SQLITE_OK) *out = p;
    return rc;
}

/* How often each phrase stands in the document, a title's words by the first argument. */
static int count_here(const Fts5ExtensionApi *api, Fts5Context *context, phrases *p, double title)
{
    int n = 0, rc = api->xInstCount(context, &n);
    for (int i = 0; i < p->n; i++) p->often[i] = 0;
    for (int i = 0; i < n && rc == SQLITE_OK; i++) {
        int phrase, column, place;
        rc = api->xInst(context, i, &phrase, &column, &place);
        if (rc == SQLITE_OK && phrase < p->n) p->often[phrase] += column == 0 ? title : 1;
    }
    return rc;
}

static void closeness(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *out, int nargs,
                      sqlite3_value **args)
{
    phrases *p = api->xGetAuxdata(context, 0);
    int words = 0, rc = p ? SQLITE_OK : make_phrases(api, context, &p);
    if (rc == SQLITE_OK) rc = count_here(api, context, p, nargs > 0 ? sqlite3_value_double(args[0]) : 1);
    if (rc == SQLITE_OK) rc = api->xColumnSize(context, -1, &words);
    if (rc != SQLITE_OK) {
        sqlite3_result_error_code(out, rc);
        return;
    }
    double score = 0, length = K1 * (1 - B + B * (double)words / p->mean);
    for (int i = 0; i < p->n; i++) score += p->idf[i] * (p->often[i] * (K1 + 1)) / (p->often[i] + length);
    sqlite3_result_double(out, score);
}

syn_code syn_store_rank_function(syn_store *s, syn_err *err)
{
    fts5_api *api = NULL;
    syn_query *q = syn_store_walk(s, "SELECT fts5(?1)", err);
    if (!q) return SYN_EDB;
    sqlite3_bind_pointer(q, 1, &api, "fts5_api_ptr", NULL);
    int rc = sqlite3_step(q);
    sqlite3_finalize(q);
    if (rc != SQLITE_ROW || !api || api->iVersion < 2)
        return syn_fail(err, SYN_EDB, 0, "store: this SQLite has no full-text search");
    if (api->xCreateFunction(api, "closeness", NULL, closeness, NULL) != SQLITE_OK)
        return syn_store_failed(s, "making a function", err);
    return SYN_OK;
}
