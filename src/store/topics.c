/* topics.c - stage 7: what linking stories into topics asks and keeps.  Every look-up is bounded. */
#include "internal.h"

#include <stdlib.h>

enum { MOST_COUNTED = 4000, MOST_LANGS = 400 };

/* Runs a statement that takes two numbers. */
static syn_code run2(syn_store *s, const char *sql, int64_t a, int64_t b, const char *doing, syn_err *err)
{
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, a);
    sqlite3_bind_int64(q, 2, b);
    return syn_store_run(s, q, doing, err);
}

/* ---- what stories are about ---- */

syn_code syn_store_stories_held(syn_store *s, double *stories, int64_t *highest, syn_err *err)
{
    static const char sql[] = "SELECT (SELECT n FROM tally WHERE what = 'stories'), (SELECT max(id) FROM story)";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_code code = syn_store_step(s, q, "counting stories", err);
    if (code) return code;
    *stories = (double)sqlite3_column_int64(q, 0);
    *highest = sqlite3_column_int64(q, 1);
    sqlite3_reset(q);
    return SYN_OK;
}

syn_code syn_store_holders(syn_store *s, uint64_t key, bool topics, int64_t *out, size_t most, size_t *n, syn_err *err)
{
    static const char of_stories[] = "SELECT story FROM story_key WHERE key = ?1 ORDER BY story DESC LIMIT ?2";
    static const char of_topics[] = "SELECT topic FROM topic_key WHERE key = ?1 ORDER BY topic DESC LIMIT ?2";
    syn_query *q = syn_store_query(s, topics ? of_topics : of_stories, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, (int64_t)key);
    sqlite3_bind_int64(q, 2, (int64_t)most);
    syn_code code;
    *n = 0;
    while ((code = syn_store_step(s, q, "looking for who holds a key", err)) == SYN_OK && *n < most)
        out[(*n)++] = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return code == SYN_ENOTFOUND ? SYN_OK : code;
}

static syn_company company_of(syn_query *row)
{
    syn_str outlet = syn_store_column(row, 2), lang = syn_store_column(row, 3);
    syn_company c = {0};
    if (sqlite3_column_int(row, 0) == 1 && outlet.n) c.outlet = syn_hash(outlet, 0) | 1;
    if (sqlite3_column_int(row, 1) == 1 && lang.n) c.lang = syn_hash(lang, 0) | 1;
    c.when = sqlite3_column_int64(row, 4);
    return c;
}

syn_code syn_store_company(syn_store *s, int64_t story, syn_company *out, syn_err *err)
{
    static const char sql[] = "SELECT s.outlets, s.langs, a.outlet, s.lang_list, a.published FROM story s "
                              "JOIN article a ON a.row = s.founder WHERE s.id = ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, story);
    syn_code code = syn_store_step(s, q, "looking for who tells a story", err);
    *out = code ? (syn_company){0} : company_of(q);
    sqlite3_reset(q);
    return code == SYN_ENOTFOUND ? SYN_OK : code;
}

syn_code syn_store_companies(syn_store *s, syn_company *out, size_t most, size_t *n, syn_err *err)
{
    static const char sql[] = "SELECT s.outlets, s.langs, a.outlet, s.lang_list, a.published FROM story s JOIN article "
                              "a ON a.row = s.founder "
                              "WHERE s.articles > 0 ORDER BY s.id DESC LIMIT ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, (int64_t)most);
    syn_code code;
    *n = 0;
    while ((code = syn_store_step(s, q, "looking for who tells stories", err)) == SYN_OK && *n < most)
        out[(*n)++] = company_of(q);
    sqlite3_reset(q);
    return code == SYN_ENOTFOUND ? SYN_OK : code;
}

/* ---- members ---- */

static syn_code members(syn_store *s, const char *sql, int64_t of, syn_membership *out, size_t most, size_t *n,
                        syn_err *err)
{
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, of);
    sqlite3_bind_int64(q, 2, (int64_t)most);
    syn_code code;
    *n = 0;
    while ((code = syn_store_step(s, q, "reading topics", err)) == SYN_OK && *n < most)
        out[(*n)++] = (syn_membership){sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1),
                                       sqlite3_column_double(q, 2), sqlite3_column_int(q, 3) != 0};
    sqlite3_reset(q);
    return code == SYN_ENOTFOUND ? SYN_OK : code;
}

syn_code syn_store_memberships(syn_store *s, int64_t story, syn_membership *out, size_t most, size_t *n, syn_err *err)
{
    static const char sql[] =
        "SELECT topic, story, score, core FROM story_topic WHERE story = ?1 ORDER BY topic LIMIT ?2";
    return members(s, sql, story, out, most, n, err);
}

syn_code syn_store_core(syn_store *s, int64_t topic, syn_membership *out, size_t most, size_t *n, syn_err *err)
{
    static const char sql[] =
        "SELECT topic, story, score, core FROM story_topic WHERE topic = ?1 AND core = 1 ORDER BY n LIMIT ?2";
    return members(s, sql, topic, out, most, n, err);
}

syn_code syn_store_topic_new(syn_store *s, int64_t *topic, syn_err *err)
{
    static const char sql[] = "INSERT INTO topic DEFAULT VALUES";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_code code = syn_store_run(s, q, "founding a topic", err);
    if (!code) *topic = sqlite3_last_insert_rowid(s->db);
    return code;
}

syn_code syn_store_topic_join(syn_store *s, const syn_membership *m, uint32_t *n, syn_err *err)
{
    static const char sql[] =
        "INSERT INTO story_topic(topic, story, score, core, n) VALUES(?1, ?2, ?3, ?4, (SELECT coalesce(max(n), 0) + 1 "
        "FROM story_topic WHERE topic = ?1)) ON CONFLICT(topic, story) DO UPDATE SET score = excluded.score RETURNING "
        "n";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, m->topic);
    sqlite3_bind_int64(q, 2, m->story);
    sqlite3_bind_double(q, 3, m->score);
    sqlite3_bind_int(q, 4, m->core);
    syn_code code = syn_store_step(s, q, "joining a topic", err);
    if (code) return code;
    *n = (uint32_t)sqlite3_column_int64(q, 0);
    return syn_store_run(s, q, "joining a topic", err);
}

syn_code syn_store_topic_leave(syn_store *s, int64_t topic, int64_t story, syn_err *err)
{
    return run2(s, "DELETE FROM story_topic WHERE topic = ?1 AND story = ?2", topic, story, "leaving a topic", err);
}

syn_code syn_store_topic_merge(syn_store *s, int64_t from, int64_t into, syn_err *err)
{
    static const char move[] =
        "INSERT OR IGNORE INTO story_topic(topic, story, score, core, n) SELECT ?2, story, score, 0, n + (SELECT "
        "coalesce(max(n), 0) FROM story_topic WHERE topic = ?2) FROM story_topic WHERE topic = ?1 ORDER BY n";
    static const char *const steps[] = {move,
                                        "DELETE FROM story_topic WHERE topic = ?1 AND ?2",
                                        "DELETE FROM topic_key WHERE topic = ?1 AND ?2",
                                        "DELETE FROM topic_name WHERE topic = ?1 AND ?2",
                                        "UPDATE topic SET forward = ?2, stories = 0 WHERE id = ?1",
                                        "UPDATE topic SET forward = ?2 WHERE forward = ?1"};
    syn_code code = SYN_OK;
    for (size_t i = 0; i < SYN_COUNT(steps) && !code; i++) code = run2(s, steps[i], from, into, "merging topics", err);
    return code;
}

/* ---- what a topic is about ---- */

syn_code syn_store_put_theme(syn_store *s, int64_t topic, const syn_story_key *keys, size_t n, syn_err *err)
{
    static const char insert[] = "INSERT OR REPLACE INTO topic_key(key, topic, signal, weight) VALUES(?, ?, ?, ?)";
    syn_code code = run2(s, "DELETE FROM topic_key WHERE topic = ?1 AND ?2", topic, 1, "keeping a theme", err);
    for (size_t i = 0; i < n && !code; i++) {
        syn_query *q = syn_store_query(s, insert, err);
        if (!q) return SYN_EDB;
        sqlite3_bind_int64(q, 1, (int64_t)keys[i].key);
        sqlite3_bind_int64(q, 2, topic);
        sqlite3_bind_int(q, 3, keys[i].signal);
        sqlite3_bind_double(q, 4, (double)keys[i].weight);
        code = syn_store_run(s, q, "keeping a theme", err);
    }
    return code;
}

static syn_code put_name(syn_store *s, int64_t topic, size_t party, size_t n, const syn_actor *p,
                         syn_actor_spelling spelling, syn_err *err)
{
    static const char sql[] =
        "INSERT INTO topic_name(topic, party, n, kind, id, lang, text, times) VALUES(?, ?, ?, ?, ?, ?, ?, ?)";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, topic);
    sqlite3_bind_int64(q, 2, (int64_t)party);
    sqlite3_bind_int64(q, 3, (int64_t)n);
    sqlite3_bind_int(q, 4, p->kind);
    sqlite3_bind_int64(q, 5, p->id);
    syn_store_bind(q, 6, spelling.lang);
    syn_store_bind(q, 7, spelling.text);
    sqlite3_bind_int64(q, 8, spelling.times);
    return syn_store_run(s, q, "keeping names", err);
}

syn_code syn_store_put_parties(syn_store *s, int64_t topic, const syn_actor *parties, size_t n, syn_err *err)
{
    syn_code code = run2(s, "DELETE FROM topic_name WHERE topic = ?1 AND ?2", topic, 1, "keeping names", err);
    for (size_t i = 0; i < n && !code; i++) {
        if (!parties[i].n) code = put_name(s, topic, i, 0, &parties[i], (syn_actor_spelling){0}, err);
        for (size_t k = 0; k < parties[i].n && !code; k++)
            code = put_name(s, topic, i, k, &parties[i], parties[i].spellings[k], err);
    }
    return code;
}

/* ---- what it adds up to ---- */

typedef struct sums {
    int64_t stories, articles, first, last;
    syn_arena mem;
    syn_map langs;
} sums;

static syn_code add_up(syn_store *s, int64_t topic, sums *sum, syn_err *err)
{
    static const char sql[] =
        "SELECT y.articles, y.first, y.last, y.lang_list FROM story_topic t JOIN story y ON y.id = "
        "t.story WHERE t.topic = ?1 AND y.articles > 0 ORDER BY t.story DESC LIMIT ?2";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, topic);
    sqlite3_bind_int(q, 2, MOST_COUNTED);
    syn_code code;
    while ((code = syn_store_step(s, q, "counting a topic", err)) == SYN_OK) {
        int64_t first = sqlite3_column_int64(q, 1), last = sqlite3_column_int64(q, 2);
        if (!sum->stories || first < sum->first) sum->first = first;
        if (!sum->stories || last > sum->last) sum->last = last;
        sum->stories++;
        sum->articles += sqlite3_column_int64(q, 0);
        syn_str list = syn_store_column(q, 3), tag;
        while (syn_split(&list, ',', &tag) && sum->langs.n < MOST_LANGS)
            if (tag.n && !syn_map_add(&sum->langs, tag)) sum->mem.failed = true;
    }
    if (code != SYN_ENOTFOUND) return code;
    return sum->mem.failed ? syn_fail(err, SYN_ENOMEM, 0, "store: no memory") : SYN_OK;
}

static int by_tag(const void *a, const void *b)
{
    const syn_str *x = a, *y = b;
    int order = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);
    return order ? order : (x->n > y->n) - (x->n < y->n);
}

static void list_langs(const sums *sum, syn_buf *out)
{
    syn_str tags[MOST_LANGS], tag;
    size_t n = 0;
    for (size_t at = 0; n < MOST_LANGS && syn_map_next(&sum->langs, &at, &tag);) tags[n++] = tag;
    if (n) qsort(tags, n, sizeof *tags, by_tag);
    for (size_t i = 0; i < n; i++) {
        if (i) syn_buf_c(out, ',');
        syn_buf_add(out, tags[i]);
    }
}

syn_code syn_store_topic_recount(syn_store *s, int64_t topic, syn_err *err)
{
    static const char sql[] = "UPDATE topic SET stories = ?2, articles = ?3, langs = ?4, lang_list = ?5, first = ?6, "
                              "last = ?7 WHERE id = ?1 AND forward IS NULL";
    sums sum = {.langs = {.arena = NULL}};
    sum.langs.arena = &sum.mem;
    syn_buf list = {0};
    syn_code code = add_up(s, topic, &sum, err);
    if (!code) list_langs(&sum, &list);
    syn_query *q = code ? NULL : syn_store_query(s, sql, err);
    if (!code && !q) code = SYN_EDB;
    if (q) {
        sqlite3_bind_int64(q, 1, topic);
        sqlite3_bind_int64(q, 2, sum.stories);
        sqlite3_bind_int64(q, 3, sum.articles);
        sqlite3_bind_int64(q, 4, (int64_t)sum.langs.n);
        syn_store_bind(q, 5, syn_buf_str(&list));
        sqlite3_bind_int64(q, 6, sum.first);
        sqlite3_bind_int64(q, 7, sum.last);
        code = syn_store_run(s, q, "counting a topic", err);
        sqlite3_clear_bindings(q);
    }
    if (!code && !sum.stories) { /* nobody is led to one that is empty */
        code = run2(s, "DELETE FROM topic_key WHERE topic = ?1 AND ?2", topic, 1, "emptying a topic", err);
        if (!code) code = run2(s, "DELETE FROM topic_name WHERE topic = ?1 AND ?2", topic, 1, "emptying a topic", err);
    }
    syn_buf_free(&list);
    syn_arena_free(&sum.mem);
    return code;
}
