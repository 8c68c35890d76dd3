/* test_read_fuzz.c - every file of the fuzzers' corpora through the functions that the fuzzers call. */
#include <dirent.h>

#include "../fuzz/targets.h"
#include "test.h"

static void replay(const char *target, void run(syn_str bytes))
{
    char folder[80], path[512];
    snprintf(folder, sizeof folder, "tests/fuzz/corpus/%s", target);
    DIR *dir = opendir(test_path(path, folder));
    assert_non_null(dir);
    size_t files = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.') continue;
        syn_arena mem = {0};
        char name[300];
        snprintf(name, sizeof name, "%s/%.200s", folder, entry->d_name);
        syn_str bytes = test_file(&mem, name);
        assert_non_null(bytes.p);
        /* Of its exact size, so that a byte read too far is seen; then cut short in the middle. */
        char *exact = malloc(bytes.n + 1);
        assert_non_null(exact);
        memcpy(exact, bytes.p, bytes.n);
        run((syn_str){exact, bytes.n});
        run((syn_str){exact, bytes.n / 2});
        free(exact);
        syn_arena_free(&mem);
        files++;
    }
    closedir(dir);
    assert_true(files > 0);
}

static void test_html(void **state)
{
    (void)state;
    replay("html", fuzz_html);
}

static void test_charset(void **state)
{
    (void)state;
    replay("charset", fuzz_charset);
}

static void test_page(void **state)
{
    (void)state;
    replay("page", fuzz_page);
}

static void test_feed(void **state)
{
    (void)state;
    replay("feed", fuzz_feed);
}

static void test_warc(void **state)
{
    (void)state;
    replay("warc", fuzz_warc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_html), cmocka_unit_test(test_charset), cmocka_unit_test(test_page),
        cmocka_unit_test(test_feed), cmocka_unit_test(test_warc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
