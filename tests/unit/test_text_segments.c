/* Our own cutting of Chinese and Japanese against ICU's, from whose dictionary it comes. */
#include "text_fixture.h"

#include "../../src/text/texter.h"

typedef struct tally {
    size_t runs, boundaries;
} tally;

/* Both cut the first n units of t->run alike. */
static void check_run(syn_texter *t, size_t n, tally *all)
{
    UErrorCode failed = U_ZERO_ERROR;
    size_t words = syn_segments_cut(&t->segments, t->run, n, t->path, t->ends), k = 0;
    ubrk_setText(t->words, t->run, (int32_t)n, &failed);
    assert_true(U_SUCCESS(failed));
    ubrk_first(t->words);
    for (int32_t to = ubrk_next(t->words); to != UBRK_DONE; to = ubrk_next(t->words), k++) {
        assert_true(k < words);
        assert_int_equal(t->ends[k], to);
    }
    assert_int_equal(k, words);
    all->runs++;
    all->boundaries += words;
}

static void check_text(syn_texter *t, syn_str s, tally *all)
{
    size_t n = 0;
    for (size_t at = 0; at <= s.n;) {
        uint32_t cp = 0;
        at += at < s.n ? syn_utf8_next(s, at, &cp) : 1;
        if (cp && syn_segments_has(cp) && n < TEXT_RUN) {
            t->run[n++] = (UChar)cp;
            continue;
        }
        if (n) check_run(t, n, all);
        n = 0;
    }
}

static void words_are_those_of_icu(void **state)
{
    fixture *f = *state;
    tally all = {0, 0};
    if (!f->texter->segments.slots) skip(); /* an ICU without the dictionary */
    check_text(f->texter,
               SYN_STR("昨日の首脳会談でオルレン共和国とノルダン王国は二十三の協定に署名したスーパーコンピューターー"
                       "北部地区的洪水造成三十多人失踪總統府發言人週四表示救援工作仍在繼續進行中"
                       "ァァァァァァァァァァァァァァァァァァァァァァァァ々々ゝゞ〇〇七㐀㐁"),
               &all);
    static const char *const files[] = {"data/concepts/ja.tsv", "data/concepts/zh-Hans.tsv",
                                        "data/concepts/zh-Hant.tsv", "data/lang/zh.tsv", "data/lang/ja.tsv"};
    for (size_t i = 0; i < SYN_COUNT(files); i++) {
        syn_str s = test_file(&f->arena, files[i]);
        assert_non_null(s.p);
        check_text(f->texter, s, &all);
    }
    assert_true(all.runs > 10000 && all.boundaries > all.runs);
}

static void a_run_is_cut_in_bounds(void **state)
{
    fixture *f = *state;
    syn_texter *t = f->texter;
    if (!t->segments.slots) skip();
    static const UChar units[] = {0x4E00, 0x9FFF, 0x30A1, 0x30FC, 0x3042};
    for (size_t u = 0; u < SYN_COUNT(units); u++)
        for (size_t n = 1; n <= TEXT_RUN; n = n < TEXT_RUN && 2 * n > TEXT_RUN ? TEXT_RUN : 2 * n) {
            for (size_t i = 0; i < n; i++) t->run[i] = units[u];
            size_t words = syn_segments_cut(&t->segments, t->run, n, t->path, t->ends);
            assert_true(words >= 1 && words <= n);
            assert_int_equal(t->ends[words - 1], n);
            for (size_t k = 1; k < words; k++) assert_true(t->ends[k] > t->ends[k - 1]);
            if (n == TEXT_RUN) break;
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_those_of_icu),
        cmocka_unit_test(a_run_is_cut_in_bounds),
    };
    return cmocka_run_group_tests_name("text: segments", tests, set_up, tear_down);
}
