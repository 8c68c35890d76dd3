/* put.c - stage 7: keeping articles, their facts and signatures; what a page had said before becomes a version. */
#include <time.h>

#include "internal.h"

/* ---- which page it is ---- */

/* Address without scheme and fragment, where it leads to more than a site's front page; else the id. */
static syn_str page_of(syn_arena *arena, const syn_article *a)
{
    syn_str u = syn_trim(a->url);
    syn_str rest = {NULL, 0};
    if (syn_starts_i(u, SYN_STR("https://")))
        rest = syn_slice(u, 8, u.n);
    else if (syn_starts_i(u, SYN_STR("http://")))
        rest = syn_slice(u, 7, u.n);
    size_t hash = syn_find_byte(rest, '#', 0);
    if (hash < rest.n && syn_slice(rest, hash + 1, hash + 2).n && rest.p[hash + 1] != '!') rest.n = hash;
    size_t slash = syn_find_byte(rest, '/', 0);
    if (slash < rest.n && slash + 1 < rest.n) return rest;
    return syn_arena_format(arena, "id:%.*s", SYN_FMT(a->id));
}

static int64_t content_of(const syn_article *a)
{
    return (int64_t)syn_hash(a->text, syn_hash(a->lead, syn_hash(a->title, 1)));
}

static syn_str outlet_of(const syn_article *a)
{
    if (a->outlet.n) return a->outlet;
    size_t at = syn_find(a->url, SYN_STR("://"), 0);
    if (at == SIZE_MAX) return (syn_str){NULL, 0};
    syn_str host = syn_slice(a->url, at + 3, a->url.n);
    size_t slash = syn_find_byte(host, '/', 0);
    if (slash < host.n) host.n = slash;
    return syn_starts_i(host, SYN_STR("www.")) ? syn_slice(host, 4, host.n) : host;
}

static syn_code find_known(syn_store *s, const syn_article *a, syn_str page, syn_put *how, int64_t *article,
                           syn_err *err)
{
    static const char sql[] =
        "SELECT row, content = ?3 OR EXISTS (SELECT 1 FROM version WHERE version.article = row "
        "AND version.content = ?3) FROM (SELECT row, content, 0 AS o FROM article WHERE page = ?1 "
        "UNION ALL SELECT row, content, 1 FROM alias JOIN article ON row = article "
        "WHERE alias.id = ?2) ORDER BY o LIMIT 1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, page);
    syn_store_bind(q, 2, a->id);
    sqlite3_bind_int64(q, 3, content_of(a));
    syn_code code = syn_store_step(s, q, "looking for the page", err);
    if (code == SYN_ENOTFOUND) {
        *how = SYN_PUT_NEW;
        *article = 0;
        return SYN_OK;
    }
    if (code) return code;
    *article = sqlite3_column_int64(q, 0);
    *how = sqlite3_column_int(q, 1) ? SYN_PUT_SAME : SYN_PUT_VERSION; /* an older version is nothing new */
    sqlite3_reset(q);
    return SYN_OK;
}

syn_code syn_store_known(syn_store *s, const syn_article *a, syn_put *how, int64_t *article, syn_err *err)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE};
    syn_code code = find_known(s, a, page_of(&mem, a), how, article, err);
    syn_arena_free(&mem);
    return code;
}

/* ---- what is kept with an article ---- */

static void bind_day(syn_query *q, int at, syn_day day)
{
    if (day == SYN_NO_DAY)
        sqlite3_bind_null(q, at);
    else
        sqlite3_bind_int(q, at, day);
}

static syn_code put_facts(syn_store *s, const syn_facts *facts, int64_t article, syn_err *err)
{
    static const char sql[] = "INSERT INTO fact(article, n, kind, flags, start, end, sentence, value, value2, "
                              "currency, day_from, day_to, name, "
                              "place, keys) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    syn_buf keys = {0};
    syn_code code = SYN_OK;
    for (size_t i = 0; i < facts->n && !code; i++) {
        const syn_fact *f = &facts->items[i];
        syn_query *q = syn_store_query(s, sql, err);
        if (!q) {
            code = SYN_EDB;
            break;
        }
        syn_buf_clear(&keys);
        for (uint32_t k = 0; k < f->nkeys; k++)
            for (int byte = 0; byte < 8; byte++) syn_buf_c(&keys, (char)(f->keys[k] >> (8 * byte) & 0xff));
        sqlite3_bind_int64(q, 1, article);
        sqlite3_bind_int64(q, 2, (int64_t)i);
        sqlite3_bind_int(q, 3, f->kind);
        sqlite3_bind_int(q, 4, f->flags);
        sqlite3_bind_int64(q, 5, f->span.start);
        sqlite3_bind_int64(q, 6, f->span.end);
        sqlite3_bind_int64(q, 7, f->sentence);
        sqlite3_bind_double(q, 8, f->value);
        sqlite3_bind_double(q, 9, f->value2);
        syn_store_bind(q, 10, (syn_str){f->currency, strnlen(f->currency, sizeof f->currency)});
        bind_day(q, 11, f->from);
        bind_day(q, 12, f->to);
        syn_store_bind(q, 13, f->name);
        sqlite3_bind_int64(q, 14, f->place);
        syn_store_bind_blob(q, 15, syn_buf_str(&keys));
        code = syn_store_run(s, q, "keeping a fact", err);
    }
    syn_buf_free(&keys);
    return code;
}

static syn_code put_signature(syn_store *s, const syn_signature *signature, int64_t article, syn_err *err)
{
    static const char sql[] = "INSERT OR REPLACE INTO signature(article, bytes) VALUES(?, ?)";
    if (!signature) return SYN_OK;
    syn_buf bytes = {0};
    syn_code code = syn_store_pack(s, signature, &bytes, err);
    syn_query *q = code ? NULL : syn_store_query(s, sql, err);
    if (!code && !q) code = SYN_EDB;
    if (q) {
        sqlite3_bind_int64(q, 1, article);
        syn_store_bind_blob(q, 2, syn_buf_str(&bytes));
        code = syn_store_run(s, q, "keeping a signature", err);
    }
    syn_buf_free(&bytes);
    return code;
}

static syn_code put_alias(syn_store *s, syn_str id, int64_t article, syn_err *err)
{
    static const char sql[] = "INSERT OR IGNORE INTO alias(id, article) VALUES(?, ?)";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, id);
    sqlite3_bind_int64(q, 2, article);
    return syn_store_run(s, q, "keeping an id", err);
}

/* The old text becomes a version and what was known of it goes. */
static syn_code retire(syn_store *s, int64_t article, syn_err *err)
{
    static const char keep[] = "INSERT INTO version(article, n, added, content, title, lead, text) SELECT row, 1 + "
                               "(SELECT count(*) FROM version "
                               "WHERE article = row), added, content, title, lead, text FROM article WHERE row = ?1";
    static const char facts[] = "DELETE FROM fact WHERE article = ?1";
    static const char *const steps[] = {keep, facts};
    for (size_t i = 0; i < SYN_COUNT(steps); i++) {
        syn_query *q = syn_store_query(s, steps[i], err);
        if (!q) return SYN_EDB;
        sqlite3_bind_int64(q, 1, article);
        syn_code code = syn_store_run(s, q, "keeping the older version", err);
        if (code) return code;
    }
    return SYN_OK;
}

/* Insert (row 0) or overwrite the article's own row. */
static syn_code put_row(syn_store *s, const syn_article *a, syn_str page, int64_t *row, syn_err *err)
{
    static const char insert[] = "INSERT INTO article(row, id, page, url, lang, title, lead, text, rest, outlet, "
                                 "published, sorted, added, content) "
                                 "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, coalesce(?11, ?12), ?12, ?13)";
    static const char update[] =
        "UPDATE article SET page = ?3, url = ?4, lang = ?5, title = ?6, lead = ?7, text = ?8, rest = ?9, outlet = ?10, "
        "published = ?11, sorted = coalesce(?11, sorted), added = ?12, content = ?13 WHERE row = ?1";
    syn_article bare = *a;
    syn_buf rest = {0};
    syn_jsonw w = {.out = &rest};
    bare.title = bare.lead = bare.text = (syn_str){NULL, 0};
    syn_article_write(&w, &bare);
    syn_query *q = syn_store_query(s, *row ? update : insert, err);
    syn_code code = q ? SYN_OK : SYN_EDB;
    if (rest.failed) code = syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    if (!code) {
        syn_store_bind_row(q, 1, *row);
        if (!*row) syn_store_bind(q, 2, a->id);
        syn_store_bind(q, 3, page);
        syn_store_bind(q, 4, a->url);
        syn_store_bind(q, 5, a->lang.n ? a->lang : SYN_STR("und"));
        syn_store_bind(q, 6, a->title);
        syn_store_bind(q, 7, a->lead);
        syn_store_bind(q, 8, a->text);
        syn_store_bind(q, 9, syn_buf_str(&rest));
        syn_store_bind(q, 10, outlet_of(a));
        if (syn_time_known(a->published)) sqlite3_bind_int64(q, 11, a->published.seconds);
        sqlite3_bind_int64(q, 12, (int64_t)time(NULL));
        sqlite3_bind_int64(q, 13, content_of(a));
        code = syn_store_run(s, q, "keeping the article", err);
        if (!code && !*row) *row = sqlite3_last_insert_rowid(s->db);
    }
    syn_buf_free(&rest);
    return code;
}

static syn_code put(syn_store *s, syn_arena *arena, const syn_entry *e, int64_t *article, syn_err *err)
{
    syn_put how;
    int64_t row = 0, story = 0;
    syn_str page = page_of(arena, e->article);
    syn_code code = find_known(s, e->article, page, &how, &row, err);
    if (!code && how != SYN_PUT_SAME) {
        if (how == SYN_PUT_VERSION) code = retire(s, row, err);
        if (!code) code = put_row(s, e->article, page, &row, err);
        if (!code) code = syn_store_index(s, arena, e, row, err);
        if (!code) code = put_facts(s, e->facts, row, err);
        if (!code) code = put_signature(s, e->signature, row, err);
        if (!code) code = syn_store_story_of(s, row, &story, err);
        if (!code && story) code = syn_store_recount(s, story, err);
    }
    if (!code) code = put_alias(s, e->article->id, row, err);
    if (!code) *article = row;
    return code;
}

syn_code syn_store_put(syn_store *s, const syn_entry *e, int64_t *article, syn_err *err)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    int64_t row = 0;
    syn_code code = syn_store_savepoint(s, err);
    if (!code) code = syn_store_release(s, put(s, &mem, e, &row, err), err);
    syn_arena_free(&mem);
    if (!code) *article = row;
    return code;
}
