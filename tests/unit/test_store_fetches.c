/* What the store knows of fetched addresses and followed feeds, and how an older store comes by it. */
#include "test.h"

#include "../../src/store/store.h"

#include <sqlite3.h>
#include <unistd.h>

typedef struct bench {
    char path[64];
    syn_lexicon *lex;
    syn_store *store;
    syn_arena mem;
} bench;

#define OK(call)                                                                                                       \
    do {                                                                                                               \
        if ((call) != SYN_OK) fail_msg("%s: %s", #call, err.line);                                                     \
    } while (0)

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    syn_err err = {0};
    snprintf(b->path, sizeof b->path, "/tmp/synoptic-fetches-XXXXXX");
    int fd = mkstemp(b->path);
    if (fd < 0) return -1;
    close(fd);
    *state = b;
    if (syn_lexicon_open(&b->lex, &err)) return -1;
    return syn_store_open(b->path, b->lex, false, &b->store, &err) ? -1 : 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    char path[80];
    syn_store_close(b->store);
    syn_lexicon_close(b->lex);
    syn_arena_free(&b->mem);
    unlink(b->path);
    snprintf(path, sizeof path, "%s-wal", b->path);
    unlink(path);
    snprintf(path, sizeof path, "%s-shm", b->path);
    unlink(path);
    free(b);
    return 0;
}

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

static void an_older_store_is_brought_up_to_date(void **state)
{
    bench *b = *state;
    syn_err err = {0};
    syn_list list = {0};
    sqlite3 *db;
    syn_store_close(b->store);
    b->store = NULL;
    assert_int_equal(sqlite3_open(b->path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db,
                     "DROP TABLE feeds; DROP TABLE fetches; DROP TABLE robots; DROP TABLE IF EXISTS "
                     "packs; DROP TABLE IF EXISTS story_key; DROP TABLE IF EXISTS verdict; "
                     "DROP TABLE IF EXISTS story_topic; DROP TABLE IF EXISTS topic_key; DROP TABLE IF EXISTS "
                     "topic_name; DROP TABLE IF EXISTS topic; DROP INDEX IF EXISTS story_forward; "
                     "DROP INDEX IF EXISTS article_telling; DROP TABLE IF EXISTS lesson; "
                     "ALTER TABLE reason DROP COLUMN stories; DROP INDEX IF EXISTS article_reprint; "
                     "ALTER TABLE story DROP COLUMN reprints; PRAGMA user_version = 1",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(syn_store_open(b->path, b->lex, true, &b->store, &err), SYN_EVERSION);
    err = (syn_err){0};
    OK(syn_store_open(b->path, b->lex, false, &b->store, &err));
    OK(syn_store_feeds(b->store, &b->mem, &list, &err));
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
