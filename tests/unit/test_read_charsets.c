/* test_read_charsets.c - every label of the Encoding Standard decodes, and bytes come out as
   tests/cases/read/charsets.tsv says. */
#include "../../src/read/read.h"
#include "test.h"

enum { LONGEST_TYPE = 128 };

static syn_code decode(syn_arena *mem, syn_str label, syn_str bytes, syn_str *text, syn_str *name, size_t *bad)
{
    char type[LONGEST_TYPE];
    snprintf(type, sizeof type, "text/html; charset=%.*s", SYN_FMT(label));
    return syn_read_decode(mem, bytes, syn_str_of(type), text, name, bad, NULL);
}

static void every_label(void **state)
{
    (void)state;
    static const struct {
        const char *label, *name, *converter;
    } all[] = {
#define SYN_CHARSET(label, name, converter) {label, name, converter},
#include "../../src/read/charsets.def"
#undef SYN_CHARSET
    };
    assert_int_equal(SYN_COUNT(all), 228);
    for (size_t i = 0; i < SYN_COUNT(all); i++) {
        syn_arena mem = {0};
        syn_str text, name;
        size_t bad = 0;
        bool wide = strncmp(all[i].name, "UTF-16", 6) == 0, big = strcmp(all[i].name, "UTF-16BE") == 0;
        syn_str page = wide ? (big ? SYN_STR("\0<\0p\0>\0x") : SYN_STR("<\0p\0>\0x\0")) : SYN_STR("<p>x");
        syn_code rc = decode(&mem, syn_str_of(all[i].label), page, &text, &name, &bad);
        if (strcmp(all[i].converter, "*") == 0) {
            assert_int_equal(rc, SYN_EFORMAT);
        } else {
            if (rc) fail_msg("%s", all[i].label);
            assert_str(text, SYN_STR("<p>x"));
            assert_str(name, syn_str_of(all[i].name));
            assert_int_equal(bad, 0);
        }
        syn_arena_free(&mem);
    }
}

static int digit(char c)
{
    return c >= 'a' ? c - 'a' + 10 : c - '0';
}

static void cases(void **state)
{
    (void)state;
    syn_arena mem = {0};
    syn_str rest = test_file(&mem, "tests/cases/read/charsets.tsv"), line, part[5];
    size_t run = 0, failed = 0;
    while (syn_split(&rest, '\n', &line)) {
        if (!line.n || line.p[0] == '#') continue;
        syn_str all = line, text, name;
        for (size_t i = 0; i < SYN_COUNT(part); i++) assert_true(syn_split(&line, '\t', &part[i]));
        char bytes[256];
        size_t n = 0, bad = 0;
        uint64_t want = 0;
        for (; n * 2 + 1 < part[1].n && n < sizeof bytes; n++)
            bytes[n] = (char)(digit(part[1].p[2 * n]) << 4 | digit(part[1].p[2 * n + 1]));
        assert_true(syn_parse_u64(part[4], &want));
        syn_code rc = decode(&mem, part[0], (syn_str){bytes, n}, &text, &name, &bad);
        run++;
        if (rc == SYN_OK && syn_str_eq(name, part[2]) && syn_str_eq(text, part[3]) && bad == want) continue;
        failed++;
        printf("FAILED %.*s: got %.*s \"%.*s\", %zu replaced\n", SYN_FMT(all), SYN_FMT(name), SYN_FMT(text), bad);
    }
    syn_arena_free(&mem);
    assert_true(run > 0);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_label), cmocka_unit_test(cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
