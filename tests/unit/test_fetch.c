/* The rules of fetching, from golden cases: robots.txt, addresses, waits, types. */
#include "test.h"

#include "../../src/fetch/internal.h"

typedef struct row {
    syn_str field[5];
    size_t n;
    const char *line; /* for messages */
} row;

/* "\n" and "\r" of a case are the characters. */
static syn_str unescape(syn_arena *arena, syn_str s)
{
    char *p = syn_alloc(arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool escape = s.p[i] == '\\' && i + 1 < s.n && (s.p[i + 1] == 'n' || s.p[i + 1] == 'r');
        p[n++] = !escape ? s.p[i] : s.p[i + 1] == 'n' ? '\n' : '\r';
        i += escape;
    }
    return (syn_str){p, n};
}

/* The next row of a table of tests/cases/fetch; comments begin with "# ". */
static bool next_row(syn_arena *arena, syn_str *rest, row *out)
{
    syn_str line;
    while (syn_split(rest, '\n', &line)) {
        if (syn_starts(line, SYN_STR("# ")) && syn_find(line, SYN_STR("User-agent"), 0) == SIZE_MAX) continue;
        *out = (row){.line = syn_dup(arena, line).p};
        while (out->n < 5) {
            size_t tab = syn_find_byte(line, '\t', 0);
            out->field[out->n++] = unescape(arena, syn_slice(line, 0, tab));
            if (tab == SIZE_MAX) break;
            line = syn_slice(line, tab + 1, line.n);
        }
        return true;
    }
    return false;
}

static syn_str table(syn_arena *arena, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "tests/cases/fetch/%s.tsv", name);
    syn_str s = test_file(arena, path);
    assert_non_null(s.p);
    return s;
}

static uint64_t number(syn_str s)
{
    uint64_t v = 0;
    assert_true(syn_parse_u64(s, &v));
    return v;
}

static void robots_are_heeded(void **state)
{
    syn_arena mem = {0};
    syn_str rest = table(&mem, "robots");
    row r;
    (void)state;
    while (next_row(&mem, &rest, &r)) {
        syn_robots *robots = syn_robots_parse(r.field[0], SYN_STR("synoptic"));
        assert_non_null(robots);
        bool allowed = syn_robots_allow(robots, r.field[1]);
        if (allowed != syn_str_is(r.field[2], "allow")) fail_msg("%s: %s", r.line, allowed ? "allowed" : "not allowed");
        syn_robots_free(robots);
    }
    rest = table(&mem, "delays");
    while (next_row(&mem, &rest, &r)) {
        syn_robots *robots = syn_robots_parse(r.field[0], SYN_STR("synoptic"));
        assert_non_null(robots);
        if (syn_robots_delay(robots) != number(r.field[1])) fail_msg("%s: %u", r.line, syn_robots_delay(robots));
        syn_robots_free(robots);
    }
    syn_arena_free(&mem);
}

static void robots_cost_little_whatever_they_say(void **state)
{
    syn_buf b = {0}, path = {0};
    (void)state;
    syn_buf_z(&b, "User-agent: *\nDisallow: /");
    for (int i = 0; i < 100000; i++) syn_buf_z(&b, "a*");
    syn_buf_z(&b, "b$\n");
    while (b.n < SYN_MAX_ROBOTS + 1000) syn_buf_z(&b, "Disallow: *a*a*a*a*b$\n");
    syn_buf_c(&path, '/');
    for (int i = 0; i < 4000; i++) syn_buf_c(&path, 'a');
    syn_robots *robots = syn_robots_parse(syn_buf_str(&b), SYN_STR("synoptic"));
    assert_non_null(robots);
    assert_true(syn_robots_allow(robots, syn_buf_str(&path)));
    syn_robots_free(robots);
    syn_buf_free(&b);
    syn_buf_free(&path);
    syn_robots_free(NULL);
}

static void any_bytes_are_borne(void **state)
{
    static const char SIGNS[] = "uUsSer-agntdilow:*/$%# \n\r\t\x00\xC3\xA5\xFFhttp@[].19";
    syn_arena mem = {0};
    uint64_t seed = 1;
    char bytes[300];
    (void)state;
    for (int round = 0; round < 3000; round++) {
        size_t n = (size_t)(seed >> 40) % sizeof bytes;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            bytes[i] = SIGNS[(seed >> 33) % (sizeof SIGNS - 1)];
        }
        syn_str s = {bytes, n};
        syn_target t;
        bool numeric;
        int64_t seconds;
        syn_robots *robots = syn_robots_parse(s, SYN_STR("synoptic"));
        assert_non_null(robots);
        syn_robots_allow(robots, syn_slice(s, n / 2, n));
        syn_robots_free(robots);
        syn_target_of(&mem, (syn_str){0}, s, &t, NULL);
        syn_fetch_public_text(s, &numeric);
        syn_fetch_retry_after(s, 0, &seconds);
        syn_fetch_readable_type(s);
        syn_arena_reset(&mem);
    }
    syn_arena_free(&mem);
}

static void private_addresses_are_refused(void **state)
{
    syn_arena mem = {0};
    syn_str rest = table(&mem, "addresses");
    row r;
    (void)state;
    while (next_row(&mem, &rest, &r)) {
        bool numeric, is_public = syn_fetch_public_text(r.field[0], &numeric);
        const char *got = !numeric ? "name" : is_public ? "public" : "refused";
        if (!syn_str_is(r.field[1], got)) fail_msg("%s: %s", r.line, got);
    }
    syn_arena_free(&mem);
}

static void addresses_are_taken_apart(void **state)
{
    syn_arena mem = {0};
    syn_str rest = table(&mem, "urls");
    row r;
    (void)state;
    while (next_row(&mem, &rest, &r)) {
        syn_target t;
        syn_err err = {0};
        syn_code rc = syn_target_of(&mem, syn_trim(r.field[1]), r.field[0], &t, &err);
        if (syn_str_is(r.field[2], "-")) {
            if (rc != SYN_EINVAL) fail_msg("%s: taken for an address", r.line);
            if (syn_find(syn_str_of(err.line), r.field[3], 0) == SIZE_MAX) fail_msg("%s: %s", r.line, err.line);
            continue;
        }
        if (rc) fail_msg("%s: %s", r.line, err.line);
        assert_str(t.origin, r.field[2]);
        assert_str(t.path, r.field[3]);
    }
    char *long_one = syn_alloc(&mem, SYN_MAX_URL + 100);
    memset(long_one, 'a', SYN_MAX_URL + 90);
    memcpy(long_one, "http://", 7);
    syn_target t;
    assert_int_equal(syn_target_of(&mem, (syn_str){0}, syn_str_of(long_one), &t, NULL), SYN_EINVAL);
    syn_arena_free(&mem);
}

static void waits_are_as_asked_for(void **state)
{
    syn_arena mem = {0};
    syn_time at;
    row r;
    (void)state;
    assert_true(syn_time_parse(SYN_STR("2025-12-02T10:00:00Z"), &at));
    syn_str rest = table(&mem, "retry");
    while (next_row(&mem, &rest, &r)) {
        int64_t seconds = -1;
        bool read = syn_fetch_retry_after(r.field[0], at.seconds, &seconds);
        if (syn_str_is(r.field[1], "-") ? read : !read || (uint64_t)seconds != number(r.field[1]))
            fail_msg("%s: %lld", r.line, (long long)seconds);
    }
    rest = table(&mem, "waits");
    while (next_row(&mem, &rest, &r)) {
        bool due = syn_str_is(r.field[0], "due");
        uint64_t got = due ? (uint64_t)syn_fetch_due((int64_t)number(r.field[1]), (unsigned)number(r.field[2]),
                                                     (int64_t)number(r.field[3]))
                           : syn_fetch_backoff((unsigned)number(r.field[1]), (uint32_t)number(r.field[2]));
        if (got != number(r.field[due ? 4 : 3])) fail_msg("%s: %llu", r.line, (unsigned long long)got);
    }
    syn_arena_free(&mem);
}

static void types_that_hold_articles(void **state)
{
    syn_arena mem = {0};
    syn_str rest = table(&mem, "types");
    row r;
    (void)state;
    while (next_row(&mem, &rest, &r)) {
        if (syn_fetch_readable_type(r.field[0]) != syn_str_is(r.field[1], "read")) fail_msg("%s", r.line);
    }
    syn_arena_free(&mem);
}

static void nothing_to_fetch(void **state)
{
    syn_fetcher *f;
    syn_fetched got;
    syn_err err = {0};
    (void)state;
    assert_int_equal(syn_fetcher_new(&(syn_fetch_options){.contact = SYN_STR("https://synoptic.example/")}, &f, &err),
                     SYN_OK);
    assert_int_equal(syn_fetch_next(f, &got, &err), SYN_ENOTFOUND);
    assert_int_equal(syn_fetch_add(f, &(syn_fetch_request){.url = SYN_STR("file:///etc/passwd")}, &err), SYN_EINVAL);
    assert_non_null(strstr(err.line, "file:///etc/passwd"));
    syn_fetcher_free(f);
    syn_fetcher_free(NULL);
}

/* No name of the network is asked for here: an address in figures is refused before anything is sent. */
static void a_private_address_is_never_connected_to(void **state)
{
    static const char *const URLS[] = {"http://127.0.0.1:1/", "http://[::1]:1/", "http://10.0.0.1/", "http://0x7f.1/",
                                       "http://[::ffff:169.254.169.254]/"};
    syn_fetcher *f;
    syn_fetched got;
    syn_err err = {0};
    (void)state;
    assert_int_equal(syn_fetcher_new(&(syn_fetch_options){.pace = 1}, &f, &err), SYN_OK);
    for (size_t i = 0; i < SYN_COUNT(URLS); i++)
        assert_int_equal(syn_fetch_add(f, &(syn_fetch_request){.url = syn_str_of(URLS[i]), .tag = i}, &err), SYN_OK);
    for (size_t i = 0; i < SYN_COUNT(URLS); i++) {
        syn_err why = {0};
        assert_int_equal(syn_fetch_next(f, &got, &why), SYN_EINVAL);
        assert_str(got.url, syn_str_of(URLS[got.tag]));
        assert_non_null(strstr(why.line, "private"));
    }
    assert_int_equal(syn_fetch_next(f, &got, &err), SYN_ENOTFOUND);
    syn_fetcher_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(robots_are_heeded),
        cmocka_unit_test(robots_cost_little_whatever_they_say),
        cmocka_unit_test(any_bytes_are_borne),
        cmocka_unit_test(private_addresses_are_refused),
        cmocka_unit_test(addresses_are_taken_apart),
        cmocka_unit_test(waits_are_as_asked_for),
        cmocka_unit_test(types_that_hold_articles),
        cmocka_unit_test(nothing_to_fetch),
        cmocka_unit_test(a_private_address_is_never_connected_to),
    };
    return cmocka_run_group_tests_name("fetch", tests, NULL, NULL);
}
