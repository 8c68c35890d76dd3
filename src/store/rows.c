/* rows.c - stage 7: what a reader asks for, read out of the tables. */
#include "internal.h"

#include <stdlib.h>

/* Rows of one type, growing in an arena. */
typedef struct rows {
    syn_arena *arena;
    void *items;
    size_t n, cap, size;
} rows;

static void *rows_add(rows *r)
{
    if (!syn_grow(r->arena, &r->items, &r->cap, r->n + 1, r->size)) return NULL;
    char *at = (char *)r->items + r->size * r->n++;
    memset(at, 0, r->size);
    return at;
}

static syn_code no_memory(syn_err *err)
{
    return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
}

static size_t at_most(size_t limit)
{
    return limit > SYN_MAX_PAGE_ROWS ? SYN_MAX_PAGE_ROWS : limit;
}

/* ---- articles ---- */

syn_code syn_store_row(syn_arena *arena, syn_query *q, syn_article_row *out, syn_err *err)
{
    syn_json *json = syn_json_parse(syn_store_column(q, 8), err);
    if (!json) return SYN_EFORMAT;
    syn_article *a = NULL;
    syn_code code = syn_article_parse(arena, json, &a, err);
    syn_json_free(json);
    if (code) return code;
    out->a = *a;
    out->article = sqlite3_column_int64(q, 0);
    out->story = sqlite3_column_int64(q, 1);
    out->a.id = syn_store_column_dup(arena, q, 2);
    out->a.url = syn_store_column_dup(arena, q, 3);
    out->a.lang = syn_store_column_dup(arena, q, 4);
    out->a.title = syn_store_column_dup(arena, q, 5);
    out->a.lead = syn_store_column_dup(arena, q, 6);
    out->a.outlet = syn_store_column_dup(arena, q, 7);
    out->reprint_of = sqlite3_column_int64(q, 9);
    out->score = sqlite3_column_double(q, 10);
    out->versions = (uint32_t)sqlite3_column_int64(q, 11);
    out->story_id = syn_store_column_dup(arena, q, 12);
    out->added = sqlite3_column_int64(q, 13);
    return arena->failed ? no_memory(err) : SYN_OK;
}

/* With text in the column after the shared ones. */
static syn_code row_with_text(syn_arena *arena, syn_query *q, syn_article_row *out, syn_err *err)
{
    syn_code code = syn_store_row(arena, q, out, err);
    if (!code) out->a.text = syn_store_column_dup(arena, q, SYN_STORE_NCOLUMNS);
    return !code && arena->failed ? no_memory(err) : code;
}

/* Every row of q, bound and ready, as articles. */
static syn_code collect_articles(syn_store *s, syn_arena *arena, syn_query *q, bool text, syn_list *out, syn_err *err)
{
    rows r = {.arena = arena, .size = sizeof(syn_article_row)};
    syn_code code;
    while ((code = syn_store_step(s, q, "reading articles", err)) == SYN_OK) {
        syn_article_row *row = rows_add(&r);
        code = !row ? no_memory(err) : text ? row_with_text(arena, q, row, err) : syn_store_row(arena, q, row, err);
        if (!code) continue;
        sqlite3_reset(q);
        return code;
    }
    if (code != SYN_ENOTFOUND) return code;
    *out = (syn_list){r.items, r.n, r.n};
    return SYN_OK;
}

static syn_code one_article(syn_store *s, syn_arena *arena, syn_query *q, syn_str name, syn_article_row *out,
                            syn_err *err)
{
    syn_article_row row = {0};
    syn_code code = syn_store_step(s, q, "reading an article", err);
    if (code == SYN_ENOTFOUND) return syn_fail(err, code, 0, "no article \"%.*s\"", SYN_FMT(name));
    if (code) return code;
    code = row_with_text(arena, q, &row, err);
    sqlite3_reset(q);
    if (!code) *out = row;
    return code;
}

syn_code syn_store_article(syn_store *s, syn_arena *arena, int64_t article, syn_article_row *out, syn_err *err)
{
    static const char sql[] = "SELECT " SYN_STORE_COLUMNS ", a.text FROM article a WHERE a.row = ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, article);
    return one_article(s, arena, q, syn_arena_format(arena, "%lld", (long long)article), out, err);
}

syn_code syn_store_article_by_id(syn_store *s, syn_arena *arena, syn_str id, syn_article_row *out, syn_err *err)
{
    static const char sql[] = "SELECT " SYN_STORE_COLUMNS ", a.text FROM article a WHERE a.row = coalesce("
                              "(SELECT article FROM alias WHERE id = ?1), (SELECT row FROM article WHERE page = ?2))";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    size_t scheme = syn_find(id, SYN_STR("://"), 0);
    syn_str page = scheme == SIZE_MAX ? id : syn_slice(id, scheme + 3, id.n);
    size_t hash = syn_find_byte(page, '#', 0);
    if (hash != SIZE_MAX) page = syn_slice(page, 0, hash);
    syn_store_bind(q, 1, id);
    syn_store_bind(q, 2, page);
    return one_article(s, arena, q, id, out, err);
}

syn_code syn_store_tellings(syn_store *s, syn_arena *arena, int64_t story, syn_list *out, syn_err *err)
{
    static const char sql[] = "SELECT " SYN_STORE_COLUMNS
                              ", a.text FROM article a WHERE a.story = ?1 ORDER BY " SYN_STORE_COPY
                              " IS NOT NULL, a.sorted, a.row LIMIT ?2";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, story);
    sqlite3_bind_int(q, 2, SYN_MAX_PAGE_ROWS);
    return collect_articles(s, arena, q, true, out, err);
}

syn_code syn_store_topic_tellings(syn_store *s, syn_arena *arena, int64_t topic, size_t most, syn_list *out,
                                  syn_err *err)
{
    static const char sql[] = "SELECT " SYN_STORE_COLUMNS
                              ", a.text FROM article a WHERE a.row IN (SELECT b.row FROM story_topic m JOIN article b "
                              "ON b.story = m.story WHERE m.topic = ?1 ORDER BY b.sorted DESC, b.row DESC LIMIT ?2) "
                              "ORDER BY a.sorted, a.row";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, topic);
    sqlite3_bind_int64(q, 2, (int64_t)(most < SYN_MAX_RECORD_TELLINGS ? most : SYN_MAX_RECORD_TELLINGS));
    return collect_articles(s, arena, q, true, out, err);
}

syn_code syn_store_headlines(syn_store *s, syn_arena *arena, int64_t story, size_t limit, syn_list *out, syn_err *err)
{
    static const char sql[] =
        "SELECT " SYN_STORE_COLUMNS " FROM article a WHERE a.row IN (SELECT row FROM (SELECT b.row, row_number() OVER "
        "(PARTITION BY b.lang ORDER BY b.reprint_of IS NOT NULL, b.sorted, b.row) AS place FROM article b WHERE "
        "b.story = ?1 AND b.title <> '') WHERE place = 1) ORDER BY a.sorted, a.row LIMIT ?2";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, story);
    sqlite3_bind_int64(q, 2, (int64_t)at_most(limit));
    return collect_articles(s, arena, q, false, out, err);
}

syn_code syn_store_each(syn_store *s, syn_article_fn *fn, void *context, syn_err *err)
{
    static const char sql[] = "SELECT " SYN_STORE_COLUMNS ", a.text FROM article a ORDER BY a.row";
    syn_query *q = syn_store_walk(s, sql, err);
    if (!q) return SYN_EDB;
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    syn_code code;
    while ((code = syn_store_step(s, q, "walking articles", err)) == SYN_OK) {
        syn_article_row row = {0};
        syn_arena_reset(&mem);
        code = row_with_text(&mem, q, &row, err);
        if (!code) code = fn(context, &row, err);
        if (code) break;
    }
    syn_arena_free(&mem);
    sqlite3_finalize(q);
    return code == SYN_ENOTFOUND ? SYN_OK : code;
}

/* ---- stories ---- */

/* The story a number leads to now. */
static syn_code follow(syn_store *s, int64_t *story, syn_err *err)
{
    static const char sql[] = "SELECT coalesce(forward, 0) FROM story WHERE id = ?1";
    for (int hops = 0; hops < 8; hops++) {
        syn_query *q = syn_store_query(s, sql, err);
        if (!q) return SYN_EDB;
        sqlite3_bind_int64(q, 1, *story);
        syn_code code = syn_store_step(s, q, "reading a story", err);
        if (code == SYN_ENOTFOUND) return syn_fail(err, code, 0, "no such story");
        if (code) return code;
        int64_t next = sqlite3_column_int64(q, 0);
        sqlite3_reset(q);
        if (!next) return SYN_OK;
        *story = next;
    }
    return SYN_OK;
}

/* Tags of the languages in the script of the reader's, a space before and after each. */
static syn_str legible(const syn_store *s, syn_str reader, syn_buf *tags)
{
    syn_lang own = syn_lexicon_lang(s->lex, reader);
    syn_buf_c(tags, ' ');
    for (size_t lang = 1; own && lang <= syn_lexicon_langs(s->lex); lang++) {
        const syn_lang_info *info = syn_lexicon_info(s->lex, (syn_lang)lang);
        if (info->script != syn_lexicon_info(s->lex, own)->script) continue;
        syn_buf_z(tags, info->tag);
        syn_buf_c(tags, ' ');
    }
    return syn_buf_str(tags);
}

/* The telling shown for a story: of the reader's language, else of his language family's tag, else in a script that he
   reads, else the founder's. */
static syn_code face(syn_store *s, syn_arena *arena, syn_str reader, syn_story_row *row, syn_err *err)
{
    static const char sql[] =
        "SELECT a.title, a.lang, a.lead FROM article a JOIN story s ON s.id = a.story WHERE a.story = ?1 ORDER BY "
        "a.title = '', a.lang <> ?2, substr(a.lang || '-', 1, length(?3) + 1) <> ?3 || '-', "
        "instr(?4, ' ' || a.lang || ' ') = 0, a.reprint_of IS NOT NULL, a.row <> s.founder, a.sorted, a.row LIMIT 1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    size_t dash = syn_find_byte(reader, '-', 0);
    sqlite3_bind_int64(q, 1, row->story);
    syn_store_bind(q, 2, reader);
    syn_store_bind(q, 3, dash == SIZE_MAX ? reader : syn_slice(reader, 0, dash));
    syn_buf tags = {0};
    syn_store_bind(q, 4, legible(s, reader, &tags));
    syn_code code = syn_store_step(s, q, "reading a story", err);
    syn_buf_free(&tags);
    if (code) return code == SYN_ENOTFOUND ? syn_fail(err, code, 0, "no such story") : code;
    row->title = syn_store_column_dup(arena, q, 0);
    row->lang = syn_store_column_dup(arena, q, 1);
    row->lead = syn_store_column_dup(arena, q, 2);
    sqlite3_reset(q);
    return arena->failed ? no_memory(err) : SYN_OK;
}

static void story_columns(syn_arena *arena, syn_query *q, syn_story_row *row)
{
    row->story = sqlite3_column_int64(q, 0);
    row->first = sqlite3_column_int64(q, 1);
    row->last = sqlite3_column_int64(q, 2);
    row->articles = (uint32_t)sqlite3_column_int64(q, 3);
    row->outlets = (uint32_t)sqlite3_column_int64(q, 4);
    row->langs = (uint32_t)sqlite3_column_int64(q, 5);
    row->lang_list = syn_store_column_dup(arena, q, 6);
    row->reprints = (uint32_t)sqlite3_column_int64(q, 7);
}

syn_code syn_store_tally(syn_store *s, syn_str what, uint64_t *n, syn_err *err)
{
    syn_query *q = syn_store_query(s, "SELECT n FROM tally WHERE what = ?1", err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, what);
    syn_code code = syn_store_step(s, q, "counting", err);
    if (code) return code;
    *n = (uint64_t)sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return SYN_OK;
}

syn_code syn_store_stories(syn_store *s, syn_arena *arena, bool shared, syn_str reader, size_t offset, size_t limit,
                           syn_list *out, syn_err *err)
{
    static const char *const sql[] = {
        "SELECT id, first, last, articles, outlets, langs, lang_list, reprints FROM story WHERE articles > 0 "
        "ORDER BY last DESC, id DESC LIMIT ?1 OFFSET ?2",
        "SELECT id, first, last, articles, outlets, langs, lang_list, reprints FROM story WHERE outlets > 1 "
        "ORDER BY last DESC, id DESC LIMIT ?1 OFFSET ?2"};
    rows r = {.arena = arena, .size = sizeof(syn_story_row)};
    uint64_t total = 0;
    syn_code code = syn_store_tally(s, shared ? SYN_STR("shared") : SYN_STR("stories"), &total, err);
    if (code) return code;
    syn_query *q = syn_store_query(s, sql[shared], err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, (int64_t)at_most(limit));
    sqlite3_bind_int64(q, 2, offset > INT32_MAX ? INT32_MAX : (int64_t)offset);
    while ((code = syn_store_step(s, q, "reading stories", err)) == SYN_OK) {
        syn_story_row *row = rows_add(&r);
        if (!row) {
            sqlite3_reset(q);
            return no_memory(err);
        }
        story_columns(arena, q, row);
    }
    if (code != SYN_ENOTFOUND) return code;
    syn_story_row *items = r.items;
    for (size_t i = 0; i < r.n; i++)
        if ((code = face(s, arena, reader, &items[i], err)) != SYN_OK) return code;
    *out = (syn_list){r.items, r.n, total};
    return SYN_OK;
}

syn_code syn_store_story(syn_store *s, syn_arena *arena, int64_t story, syn_str reader, syn_story_row *out,
                         syn_err *err)
{
    static const char sql[] =
        "SELECT id, first, last, articles, outlets, langs, lang_list, reprints FROM story WHERE id = ?1";
    syn_story_row row = {0};
    syn_code code = follow(s, &story, err);
    if (code) return code;
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, story);
    code = syn_store_step(s, q, "reading a story", err);
    if (code) return code == SYN_ENOTFOUND ? syn_fail(err, code, 0, "no such story") : code;
    story_columns(arena, q, &row);
    sqlite3_reset(q);
    code = face(s, arena, reader, &row, err);
    if (!code) *out = row;
    return code;
}

/* ---- what belongs to an article ---- */

syn_code syn_store_facts(syn_store *s, syn_arena *arena, int64_t article, syn_facts *out, syn_err *err)
{
    static const char sql[] =
        "SELECT kind, flags, start, end, sentence, value, value2, currency, day_from, day_to, name, "
        "place, keys FROM fact WHERE article = ?1 ORDER BY n";
    rows r = {.arena = arena, .size = sizeof(syn_fact)};
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, article);
    syn_code code;
    while ((code = syn_store_step(s, q, "reading facts", err)) == SYN_OK) {
        syn_fact *f = rows_add(&r);
        if (!f) {
            sqlite3_reset(q);
            return no_memory(err);
        }
        f->kind = (uint8_t)sqlite3_column_int(q, 0);
        f->flags = (uint8_t)sqlite3_column_int(q, 1);
        f->span = (syn_span){(uint32_t)sqlite3_column_int64(q, 2), (uint32_t)sqlite3_column_int64(q, 3)};
        f->sentence = (uint32_t)sqlite3_column_int64(q, 4);
        f->value = sqlite3_column_double(q, 5);
        f->value2 = sqlite3_column_double(q, 6);
        syn_str currency = syn_utf8_head(syn_store_column(q, 7), sizeof f->currency - 1);
        if (currency.n) memcpy(f->currency, currency.p, currency.n);
        f->from = sqlite3_column_type(q, 8) == SQLITE_NULL ? SYN_NO_DAY : sqlite3_column_int(q, 8);
        f->to = sqlite3_column_type(q, 9) == SQLITE_NULL ? SYN_NO_DAY : sqlite3_column_int(q, 9);
        f->name = syn_store_column_dup(arena, q, 10);
        f->place = (uint32_t)sqlite3_column_int64(q, 11);
        syn_str bytes = syn_store_column(q, 12);
        uint64_t *keys = SYN_NEW_ARRAY(arena, uint64_t, bytes.n / 8 + 1);
        for (size_t k = 0; keys && k < bytes.n / 8; k++)
            for (size_t b = 0; b < 8; b++) keys[k] |= (uint64_t)(unsigned char)bytes.p[8 * k + b] << (8 * b);
        f->keys = keys;
        f->nkeys = keys ? (uint32_t)(bytes.n / 8) : 0;
    }
    if (code != SYN_ENOTFOUND) return code;
    if (arena->failed) return no_memory(err);
    *out = (syn_facts){r.items, r.n};
    return SYN_OK;
}

syn_code syn_store_versions(syn_store *s, syn_arena *arena, int64_t article, syn_list *out, syn_err *err)
{
    static const char sql[] =
        "SELECT added, title, lead, text FROM version WHERE article = ?1 ORDER BY n DESC LIMIT 100";
    rows r = {.arena = arena, .size = sizeof(syn_version_row)};
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, article);
    syn_code code;
    while ((code = syn_store_step(s, q, "reading versions", err)) == SYN_OK) {
        syn_version_row *row = rows_add(&r);
        if (!row) {
            sqlite3_reset(q);
            return no_memory(err);
        }
        *row = (syn_version_row){sqlite3_column_int64(q, 0), syn_store_column_dup(arena, q, 1),
                                 syn_store_column_dup(arena, q, 2), syn_store_column_dup(arena, q, 3)};
    }
    if (code != SYN_ENOTFOUND) return code;
    *out = (syn_list){r.items, r.n, r.n};
    return arena->failed ? no_memory(err) : SYN_OK;
}

syn_code syn_store_sources(syn_store *s, syn_arena *arena, syn_list *out, syn_err *err)
{
    static const char sql[] =
        "SELECT outlet, group_concat(lang), sum(articles), coalesce((SELECT stories FROM source_stories t WHERE "
        "t.outlet = s.outlet), 0), (SELECT min(sorted) FROM article a WHERE a.outlet = s.outlet), (SELECT max(sorted) "
        "FROM article a WHERE a.outlet = s.outlet) FROM source s WHERE outlet <> '' GROUP BY outlet ORDER BY outlet "
        "LIMIT 5000";
    rows r = {.arena = arena, .size = sizeof(syn_source_row)};
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_code code;
    while ((code = syn_store_step(s, q, "reading sources", err)) == SYN_OK) {
        syn_source_row *row = rows_add(&r);
        if (!row) {
            sqlite3_reset(q);
            return no_memory(err);
        }
        *row = (syn_source_row){syn_store_column_dup(arena, q, 0),    syn_store_column_dup(arena, q, 1),
                                (uint32_t)sqlite3_column_int64(q, 2), (uint32_t)sqlite3_column_int64(q, 3),
                                sqlite3_column_int64(q, 4),           sqlite3_column_int64(q, 5)};
    }
    if (code != SYN_ENOTFOUND) return code;
    *out = (syn_list){r.items, r.n, r.n};
    return arena->failed ? no_memory(err) : SYN_OK;
}

syn_code syn_store_langs(syn_store *s, syn_arena *arena, syn_list *out, syn_err *err)
{
    static const char sql[] = "SELECT DISTINCT lang FROM source ORDER BY lang LIMIT 400";
    rows r = {.arena = arena, .size = sizeof(syn_str)};
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_code code;
    while ((code = syn_store_step(s, q, "reading languages", err)) == SYN_OK) {
        syn_str *row = rows_add(&r);
        if (!row) {
            sqlite3_reset(q);
            return no_memory(err);
        }
        *row = syn_store_column_dup(arena, q, 0);
    }
    if (code != SYN_ENOTFOUND) return code;
    *out = (syn_list){r.items, r.n, r.n};
    return arena->failed ? no_memory(err) : SYN_OK;
}

syn_code syn_store_count(syn_store *s, uint64_t *articles, uint64_t *stories, syn_err *err)
{
    /* articles are never taken away: the last one's number is how many there are */
    static const char sql[] =
        "SELECT (SELECT coalesce(max(row), 0) FROM article), (SELECT n FROM tally WHERE what = 'stories')";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_code code = syn_store_step(s, q, "counting", err);
    if (code) return code;
    if (articles) *articles = (uint64_t)sqlite3_column_int64(q, 0);
    if (stories) *stories = (uint64_t)sqlite3_column_int64(q, 1);
    sqlite3_reset(q);
    return SYN_OK;
}
