/* What the store knows of fetched addresses and followed feeds, and how an older store comes by it. */
#include "test.h"

#include "store_fixture.h"

#include <sqlite3.h>

static void an_address_keeps_its_last_answer(void **state)
{
    bench *b = *state;
    syn_err err = {0};
    syn_fetch_row row, kept = {.url = SYN_STR("https://tarn.example/a"),
                               .fetched = 1764669600,
                               .etag = SYN_STR("\"x\""),
                               .modified = SYN_STR("Tue, 02 Dec 2025 10:00:00 GMT"),
                               .settled = true};
    assert_int_equal(syn_store_fetch(b->store, &b->mem, kept.url, &row, &err), SYN_ENOTFOUND);
    assert_int_equal(err.code, SYN_OK);
    OK(syn_store_put_fetch(b->store, &kept, &err));
    kept.etag = SYN_STR("\"y\"");
    kept.fails = 2;
    kept.error = SYN_STR("the server answers 503");
    OK(syn_store_put_fetch(b->store, &kept, &err));
    OK(syn_store_fetch(b->store, &b->mem, kept.url, &row, &err));
    assert_str(row.url, kept.url);
    assert_str(row.etag, kept.etag);
    assert_str(row.modified, kept.modified);
    assert_str(row.error, kept.error);
    assert_int_equal(row.fetched, kept.fetched);
    assert_int_equal(row.fails, 2);
    assert_true(row.settled);
}

static void feeds_are_listed_by_address(void **state)
{
    bench *b = *state;
    syn_err err = {0};
    syn_list list = {0};
    syn_feed_row row, second = {.url = SYN_STR("https://tarn.example/rss"),
                                .title = SYN_STR("Tarn"),
                                .fetched = 10,
                                .answered = 9,
                                .due = 900,
                                .fails = 1,
                                .error = SYN_STR("no such host"),
                                .items = 20,
                                .added = 70};
    OK(syn_store_feeds(b->store, &b->mem, &list, &err));
    assert_int_equal(list.n, 0);
    OK(syn_store_put_feed(b->store, &second, &err));
    OK(syn_store_put_feed(b->store, &(syn_feed_row){.url = SYN_STR("https://lurz.example/rss")}, &err));
    OK(syn_store_feeds(b->store, &b->mem, &list, &err));
    assert_int_equal(list.n, 2);
    const syn_feed_row *rows = list.items;
    assert_str(rows[0].url, SYN_STR("https://lurz.example/rss"));
    assert_str(rows[1].title, SYN_STR("Tarn"));
    assert_int_equal(rows[1].answered, 9);
    assert_int_equal(rows[1].due, 900);
    assert_int_equal(rows[1].items, 20);
    assert_int_equal(rows[1].added, 70);
    OK(syn_store_feed(b->store, &b->mem, second.url, &row, &err));
    assert_str(row.error, second.error);
    assert_int_equal(syn_store_feed(b->store, &b->mem, SYN_STR("https://none.example/"), &row, &err), SYN_ENOTFOUND);
}

extern const char syn_store_schema_1[], syn_store_schema_2[], syn_store_schema_3[], syn_store_schema_4[],
    syn_store_schema_5[], syn_store_schema_6[], syn_store_schema_7[], syn_store_schema_8[], syn_store_schema_9[],
    syn_store_schema_10[], syn_store_schema_11[];

static void run_sql(sqlite3 *db, const char *sql)
{
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* A store as it was before what is read whole was kept whole. */
static void make_schema_11(const char *path)
{
    static const char *const migrations[] = {syn_store_schema_1,  syn_store_schema_2, syn_store_schema_3,
                                             syn_store_schema_4,  syn_store_schema_5, syn_store_schema_6,
                                             syn_store_schema_7,  syn_store_schema_8, syn_store_schema_9,
                                             syn_store_schema_10, syn_store_schema_11};
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (size_t i = 0; i < SYN_COUNT(migrations); i++) run_sql(db, migrations[i]);
    run_sql(db, "PRAGMA application_id = 1398361680; PRAGMA user_version = 11");
    run_sql(db,
            "INSERT INTO article(row, id, page, url, lang, title, lead, text, rest, outlet, sorted, added, content) "
            "VALUES(1, 'a', 'id:a', '', 'sv', 'A', '', 'a', '{}', 'Lurz', 100, 1, 1), "
            "(2, 'b', 'id:b', '', 'lo', 'B', '', 'b', '{}', 'Tarn', 200, 1, 2), "
            "(3, 'c', 'id:c', '', 'sv', 'C', '', 'c', '{}', 'Lurz', 300, 1, 3)");
    run_sql(db, "INSERT INTO alias VALUES('a', 1), ('b', 2), ('c', 3)");
    run_sql(db, "INSERT INTO story(id, founder, articles) VALUES(1, 1, 2), (2, 3, 1); "
                "UPDATE article SET story = 1 + (row = 3)");
    run_sql(db, "INSERT INTO story_key(key, story, signal, weight, word) VALUES(-7, 1, 0, 0.5, 3), (9, 1, 2, 0.25, 0), "
                "(9, 2, 2, 1, 1)");
    run_sql(db, "INSERT INTO reason(article, n, signal, weight, here, there, there_id, stories) VALUES"
                "(2, 1, 1, 0.25, '12', '12', 'a', 0), (2, 0, 0, 0.75, 'ທອງ', 'Thong', 'a', 0)");
    sqlite3_close(db);
}

static void an_older_store_is_brought_up_to_date(void **state)
{
    bench *b = *state;
    syn_err err = {0};
    syn_list list = {0};
    syn_story_key keys[4];
    size_t n;
    uint64_t articles, stories;
    syn_store_close(b->store);
    b->store = NULL;
    remove(b->path);
    make_schema_11(b->path);
    assert_int_equal(syn_store_open(b->path, b->lex, true, &b->store, &err), SYN_EVERSION);
    err = (syn_err){0};
    OK(syn_store_open_to_read(b->path, b->lex, &b->store, &err));
    OK(syn_store_feeds(b->store, &b->mem, &list, &err));
    OK(syn_store_keys(b->store, 1, false, keys, SYN_COUNT(keys), &n, &err));
    assert_int_equal(n, 2);
    assert_int_equal(keys[0].key, 9);
    assert_int_equal(keys[1].key, (uint64_t)-7);
    assert_int_equal(keys[1].word, 3);
    assert_true(keys[1].weight == 0.5f);
    int64_t holders[4];
    OK(syn_store_holders(b->store, 9, false, holders, SYN_COUNT(holders), &n, &err));
    assert_int_equal(n, 2);
    OK(syn_store_reasons(b->store, &b->mem, 2, &list, &err));
    const syn_reason *reasons = list.items;
    assert_int_equal(list.n, 2);
    assert_str(reasons[0].here, SYN_STR("ທອງ"));
    assert_str(reasons[1].there_id, SYN_STR("a"));
    assert_int_equal(reasons[1].signal, SYN_SIGNAL_FIGURE);
    OK(syn_store_count(b->store, &articles, &stories, &err));
    assert_int_equal(stories, 2);
    OK(syn_store_sources(b->store, &b->mem, &list, &err));
    const syn_source_row *sources = list.items;
    assert_int_equal(list.n, 2);
    assert_str(sources[0].outlet, SYN_STR("Lurz"));
    assert_int_equal(sources[0].articles, 2);
    assert_int_equal(sources[0].stories, 2);
    assert_int_equal(sources[0].last, 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_address_keeps_its_last_answer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(feeds_are_listed_by_address, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_older_store_is_brought_up_to_date, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("store fetches", tests, NULL, NULL);
}
