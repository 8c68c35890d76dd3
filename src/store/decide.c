/* decide.c - stage 7: articles into stories.  A story is its founding article's; its number stays for good, and one
   that lost its last article forwards to where that went. */
#include "internal.h"

#include <stdlib.h>

syn_code syn_store_recount(syn_store *s, int64_t story, syn_err *err)
{
    static const char sql[] =
        "UPDATE story SET (articles, reprints, outlets, langs, lang_list, first, last) = (SELECT count(*), "
        "count(*) FILTER (WHERE copy), count(DISTINCT nullif(outlet, '')) FILTER (WHERE NOT copy), "
        "count(DISTINCT lang), coalesce(group_concat(DISTINCT lang), ''), coalesce(min(sorted), 0), "
        "coalesce(max(sorted) FILTER (WHERE NOT copy), max(sorted), 0) FROM (SELECT outlet, lang, "
        "sorted, " SYN_STORE_COPY
        " IS NOT NULL AS copy FROM article a WHERE a.story = ?1 ORDER BY lang)) WHERE id = ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, story);
    return syn_store_run(s, q, "counting a story", err);
}

syn_code syn_store_story_of(syn_store *s, int64_t article, int64_t *story, syn_err *err)
{
    static const char sql[] = "SELECT story FROM article WHERE row = ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, article);
    syn_code code = syn_store_step(s, q, "reading the article's story", err);
    if (code == SYN_ENOTFOUND) return syn_fail(err, code, 0, "store: no article %lld", (long long)article);
    if (code) return code;
    *story = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return SYN_OK;
}

syn_code syn_store_row_of_id(syn_store *s, syn_str id, int64_t *row, syn_err *err)
{
    static const char sql[] = "SELECT article FROM alias WHERE id = ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, id);
    syn_code code = syn_store_step(s, q, "looking for an id", err);
    if (code == SYN_ENOTFOUND)
        return syn_fail(err, code, 0, "store: no article \"%.*s\"", SYN_FMT(syn_utf8_head(id, 100)));
    if (code) return code;
    *row = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return SYN_OK;
}

/* The story that an article founded, new if it has founded none. */
static syn_code founded_by(syn_store *s, int64_t founder, int64_t *story, syn_err *err)
{
    static const char found[] =
        "INSERT INTO story(founder) VALUES(?1) ON CONFLICT(founder) DO UPDATE SET forward = NULL "
        "RETURNING id";
    syn_query *q = syn_store_query(s, found, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, founder);
    syn_code code = syn_store_step(s, q, "founding a story", err);
    if (code) return code;
    *story = sqlite3_column_int64(q, 0);
    return syn_store_run(s, q, "founding a story", err);
}

static syn_code is_empty(syn_store *s, int64_t story, bool *empty, syn_err *err)
{
    static const char sql[] = "SELECT articles FROM story WHERE id = ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, story);
    syn_code code = syn_store_step(s, q, "forwarding a story", err);
    *empty = !code && sqlite3_column_int64(q, 0) == 0;
    sqlite3_reset(q);
    return code == SYN_ENOTFOUND ? SYN_OK : code;
}

/* Whoever asks for an emptied story, or for one that forwarded to it, is led to where its last article went. */
static syn_code forward(syn_store *s, int64_t from, int64_t to, syn_err *err)
{
    static const char sql[] = "UPDATE story SET forward = ?2 WHERE (id = ?1 OR forward = ?1) AND id <> ?2 "
                              "AND articles = 0 AND NOT EXISTS (SELECT 1 FROM article WHERE story = ?1)";
    static const char move[] = "UPDATE OR IGNORE story_topic SET story = ?2 WHERE story = ?1 AND (SELECT articles FROM "
                               "story WHERE id = ?1) = 0";
    static const char leave[] = "DELETE FROM story_topic WHERE story = ?1 AND (SELECT articles FROM story WHERE id = "
                                "?1) = 0";
    static const char *const after[] = {move, leave};
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, from);
    sqlite3_bind_int64(q, 2, to);
    syn_code code = syn_store_run(s, q, "forwarding a story", err);
    for (size_t i = 0; i < SYN_COUNT(after) && !code; i++) {
        q = syn_store_query(s, after[i], err);
        if (!q) return SYN_EDB;
        sqlite3_bind_int64(q, 1, from);
        if (i == 0) sqlite3_bind_int64(q, 2, to);
        code = syn_store_run(s, q, "forwarding a story", err);
    }
    bool empty = false;
    if (!code) code = is_empty(s, from, &empty, err);
    return code || !empty ? code : syn_store_drop_keys(s, from, err);
}

static syn_code move(syn_store *s, int64_t article, int64_t story, int64_t reprint_of, double score, syn_err *err)
{
    static const char sql[] = "UPDATE article SET story = ?2, score = ?3, reprint_of = ?4 WHERE row = ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, article);
    sqlite3_bind_int64(q, 2, story);
    sqlite3_bind_double(q, 3, score);
    syn_store_bind_row(q, 4, reprint_of == article ? 0 : reprint_of);
    return syn_store_run(s, q, "moving an article", err);
}

/* Copies of an article that is itself found to be one are copies of its original. */
static syn_code hand_on(syn_store *s, int64_t article, int64_t original, syn_err *err)
{
    static const char sql[] = "UPDATE article SET reprint_of = nullif(?2, row) WHERE reprint_of = ?1";
    if (!original || original == article) return SYN_OK;
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, article);
    sqlite3_bind_int64(q, 2, original);
    return syn_store_run(s, q, "handing reprints on", err);
}

static syn_code hold(syn_store *s, int64_t from, int64_t to, syn_err *err)
{
    if (s->nheld == s->held_cap) {
        size_t cap = s->held_cap ? s->held_cap * 2 : 256;
        void *more = realloc(s->held, cap * sizeof *s->held);
        if (!more) return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
        s->held = more;
        s->held_cap = cap;
    }
    s->held[s->nheld++] = (struct syn_store_moved){from, to};
    return SYN_OK;
}

static syn_code decide(syn_store *s, int64_t article, const syn_decision *d, syn_err *err)
{
    int64_t before = 0, founder = 0, story = 0, reprint_of = 0;
    syn_code code = syn_store_story_of(s, article, &before, err);
    if (!code) code = syn_store_row_of_id(s, d->story, &founder, err);
    if (!code && d->reprint_of.n && syn_store_row_of_id(s, d->reprint_of, &reprint_of, NULL)) reprint_of = 0;
    if (!code) code = founded_by(s, founder, &story, err);
    if (!code) code = move(s, article, story, reprint_of, d->score, err);
    if (!code) code = hand_on(s, article, reprint_of, err);
    if (!code) code = syn_store_put_reasons(s, article, d, err);
    if (!code && s->holding) return hold(s, before, story, err);
    if (!code) code = syn_store_recount(s, story, err);
    if (!code && before && before != story) code = syn_store_recount(s, before, err);
    if (!code && before && before != story) code = forward(s, before, story, err);
    return code;
}

void syn_store_hold(syn_store *s)
{
    s->holding = true;
    s->nheld = 0;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Emptied stories forward in the order in which they were left, when all are counted. */
syn_code syn_store_release_held(syn_store *s, syn_err *err)
{
    syn_code code = SYN_OK;
    int64_t *stories = calloc(s->nheld ? s->nheld * 2 : 1, sizeof *stories);
    s->holding = false;
    if (!stories) return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    for (size_t i = 0; i < s->nheld; i++) {
        stories[2 * i] = s->held[i].from;
        stories[2 * i + 1] = s->held[i].to;
    }
    qsort(stories, s->nheld * 2, sizeof *stories, by_number);
    for (size_t i = 0; i < s->nheld * 2 && !code; i++)
        if (stories[i] && (!i || stories[i] != stories[i - 1])) code = syn_store_recount(s, stories[i], err);
    free(stories);
    for (size_t i = 0; i < s->nheld && !code; i++)
        if (s->held[i].from && s->held[i].from != s->held[i].to) code = forward(s, s->held[i].from, s->held[i].to, err);
    s->nheld = 0;
    return code;
}

syn_code syn_store_decide(syn_store *s, int64_t article, const syn_decision *decision, syn_err *err)
{
    syn_code code = syn_store_savepoint(s, err);
    return code ? code : syn_store_release(s, decide(s, article, decision, err), err);
}

syn_code syn_store_decide_id(syn_store *s, syn_str article_id, const syn_decision *decision, syn_err *err)
{
    int64_t row = 0;
    syn_code code = syn_store_row_of_id(s, article_id, &row, err);
    return code ? code : syn_store_decide(s, row, decision, err);
}
