/* Stage 0: text, folding, calendars, moments, JSON, memory. */
#include "test.h"

#include <unicode/ucal.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static syn_str fold(syn_arena *a, syn_str s)
{
    syn_folded f;
    assert_int_equal(syn_fold(a, s, true, &f, NULL), SYN_OK);
    for (size_t i = 0; i < f.text.n; i++) assert_true(f.map[i] < s.n && f.map[i] <= f.map[i + 1]);
    assert_int_equal(f.map[f.text.n], s.n);
    return f.text;
}

static void folding_reads_as_expected(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"Ångström  ÉTÉ", "angstrom ete"},
                                           {"Tô Lâm", "to lam"},
                                           {"ນ້ຳ ຫຼາຍ", "ນໍ້າ ຫລາຍ"},
                                           {"น้ำ", "นํ้า"},
                                           {"臺北 汙染 佔領", "台北 污染 占領"},
                                           {"Đặng", "dang"},
                                           {"STRASSE Straße", "strasse strasse"},
                                           {"۱۲٬۳۴۵٫۶", "12,345.6"},
                                           {"كِتاب", "کتاب"},
                                           {"می‌خواهم", "میخواهم"},
                                           {"١٢", "12"},
                                           {"ＡＢＣ１２", "abc12"},
                                           {"ｶﾞｷﾞ", "ガギ"},
                                           {"ガ", "ガ"},
                                           {"ᄒ"
                                            "ᅡ"
                                            "ᆫ",
                                            "한"},
                                           {"ยี่สิบ", "ยี่สิบ"},
                                           {"१२ लाख", "12 लाख"},
                                           {"2020–2024", "2020-2024"},
                                           {"l’eau", "l'eau"},
                                           {"ë ё й", "e е и"},
                                           {"አዲስ፡አበባ", "አዲስ አበባ"},
                                           {" \t x \n", "x "},
                                           {"", ""}};
    for (size_t i = 0; i < SYN_COUNT(cases); i++) {
        syn_arena a = {0};
        syn_str got = fold(&a, syn_str_of(cases[i][0])), want = syn_str_of(cases[i][1]);
        if (!syn_str_eq(got, want)) fail_msg("%s folds to %s, not %s", cases[i][0], got.p, want.p);
        syn_arena_free(&a);
    }
}

static syn_str normal(syn_arena *a, const UNormalizer2 *form, uint32_t cp)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar in[2], out[64];
    int32_t n = 0, bytes = 0;
    UBool bad = 0;
    U16_APPEND(in, n, 2, (UChar32)cp, bad);
    assert_false(bad);
    n = unorm2_normalize(form, in, n, out, 64, &e);
    char *p = syn_alloc(a, 256);
    u_strToUTF8(p, 256, &bytes, out, n, &e);
    assert_true(U_SUCCESS(e));
    return (syn_str){p, (size_t)bytes};
}

static void folding_is_idempotent_and_blind_to_normal_forms(void **state)
{
    (void)state;
    UErrorCode e = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&e), *nfd = unorm2_getNFDInstance(&e);
    syn_arena a = {0};
    for (uint32_t cp = 1; cp < 0x30000; cp++) {
        char c[5] = {0};
        if (cp >= 0xD800 && cp <= 0xDFFF) continue;
        syn_str s = {c, syn_utf8_put(c, cp)};
        syn_str once = fold(&a, s);
        syn_str twice = fold(&a, once);
        if (!syn_str_eq(once, twice)) fail_msg("U+%04X: folded twice differs", cp);
        if (cp >= 0x1100 && cp < 0x1200) continue; /* lone jamo */
        syn_str c1 = fold(&a, normal(&a, nfc, cp)), d1 = fold(&a, normal(&a, nfd, cp));
        if (!syn_str_eq(c1, d1)) fail_msg("U+%04X: NFC folds to %s, NFD to %s", cp, c1.p, d1.p);
        syn_arena_reset(&a);
    }
    syn_arena_free(&a);
}

static void ill_formed_bytes_are_repaired_and_counted(void **state)
{
    (void)state;
    syn_arena a = {0};
    size_t bad = 0;
    assert_str(syn_utf8_repair(&a,
                               SYN_STR("a\xC3\x28"
                                       "b\xE2\x82z\xED\xA0\x80\xF4\x90\x80\x80\xC0\xAF"),
                               &bad),
               SYN_STR("a\xEF\xBF\xBD("
                       "b\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF"
                       "\xBD\xEF\xBF\xBD\xEF\xBF\xBD"));
    assert_int_equal(bad, 11);
    syn_str good = SYN_STR("ລາວ \xEF\xBF\xBD");
    assert_ptr_equal(syn_utf8_repair(&a, good, &bad).p, good.p);
    assert_int_equal(bad, 11);
    assert_str(syn_utf8_head(SYN_STR("aéb"), 2), SYN_STR("a"));
    syn_arena_free(&a);
}

static void calendars_agree_with_icu(void **state)
{
    (void)state;
    static const struct {
        const char *locale;
        syn_calendar calendar;
        int first, last, months;
    } cases[] = {{"fa@calendar=persian", SYN_JALALI, 1300, 1440, 12},
                 {"ar@calendar=islamic-civil", SYN_HIJRI, 1340, 1460, 12},
                 {"th@calendar=buddhist", SYN_BUDDHIST, 2450, 2590, 12},
                 {"am@calendar=ethiopic", SYN_ETHIOPIC, 1920, 2030, 13},
                 {"zh@calendar=roc", SYN_ROC, 50, 130, 12}};
    for (size_t i = 0; i < SYN_COUNT(cases); i++) {
        UErrorCode e = U_ZERO_ERROR;
        UCalendar *c = ucal_open(u"UTC", -1, cases[i].locale, UCAL_TRADITIONAL, &e);
        for (int y = cases[i].first; y <= cases[i].last; y++)
            for (int m = 1; m <= cases[i].months; m++)
                for (int d = 1; d <= 29; d += m == 13 || m == 2 ? 99 : 28) {
                    ucal_clear(c);
                    ucal_set(c, UCAL_ERA, i == 2 ? 0 : 1);
                    ucal_set(c, UCAL_EXTENDED_YEAR, i == 2 ? y - 543 : i == 4 ? y + 1911 : y);
                    ucal_set(c, UCAL_MONTH, m - 1);
                    ucal_set(c, UCAL_DATE, d);
                    UDate ms = ucal_getMillis(c, &e);
                    syn_day got = syn_day_in(cases[i].calendar, y, m, d);
                    if (got != (syn_day)(ms / 86400000))
                        fail_msg("%s %d-%d-%d: %d, ICU %.0f", cases[i].locale, y, m, d, got, ms / 86400000);
                }
        ucal_close(c);
    }
    for (syn_day d = -800000; d < 800000; d += 37) {
        int y, m, dd;
        syn_day_civil(d, &y, &m, &dd);
        assert_int_equal(syn_day_of(y, m, dd), d);
    }
    assert_int_equal(syn_day_weekday(0), 3);
    assert_int_equal(syn_day_of(2023, 2, 29), SYN_NO_DAY);
}

static void moments_keep_their_zone(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"2025-12-03", "2025-12-03"},
                                           {"2025-12-03T08:30:00+07:00", "2025-12-03T08:30:00+07:00"},
                                           {"2025-12-03 08:30", "2025-12-03T08:30:00"},
                                           {"Tue, 02 Dec 2025 10:00:00 GMT", "2025-12-02T10:00:00Z"},
                                           {"2025-12-03T08:30:00.123-0330", "2025-12-03T08:30:00-03:30"},
                                           {"20251203", "2025-12-03"},
                                           {"2 Dec 2025", "2025-12-02"}};
    static const char *const bad[] = {"", "yesterday", "2025-13-01", "2025-12-03T", "2025-12", "99"};
    for (size_t i = 0; i < SYN_COUNT(cases); i++) {
        syn_time t;
        char out[40];
        assert_true(syn_time_parse(syn_str_of(cases[i][0]), &t));
        syn_time_format(t, out);
        assert_string_equal(out, cases[i][1]);
    }
    for (size_t i = 0; i < SYN_COUNT(bad); i++) {
        syn_time t;
        assert_false(syn_time_parse(syn_str_of(bad[i]), &t));
    }
}

static void json_comes_back_as_written(void **state)
{
    (void)state;
    syn_buf b = {0};
    syn_jsonw w = {.out = &b};
    syn_jw_open(&w, '{');
    syn_jw_field(&w, "a\"b", SYN_STR("tab\t, ٣, \xFF, \xE2\x80\xA8"));
    syn_jw_field(&w, "empty", SYN_STR(""));
    syn_jw_key(&w, "n");
    syn_jw_open(&w, '[');
    syn_jw_double(&w, 16.7);
    syn_jw_int(&w, -3);
    syn_jw_double(&w, 1.1e9);
    syn_jw_open(&w, '{');
    syn_jw_close(&w, '}');
    syn_jw_bool(&w, true);
    syn_jw_close(&w, ']');
    syn_jw_close(&w, '}');
    assert_string_equal(b.p, "{\"a\\\"b\":\"tab\\t, ٣, \xEF\xBF\xBD, \\u2028\",\"n\":[16.7,-3,1100000000,{},true]}");
    syn_json *j = syn_json_parse(syn_buf_str(&b), NULL);
    assert_non_null(j);
    double v;
    assert_true(syn_json_number(syn_json_first(syn_json_get(j, "n")), &v) && v == 16.7);
    syn_json_free(j);
    syn_err err = {0};
    assert_null(syn_json_parse(SYN_STR("{\"a\": }"), &err));
    assert_int_equal(err.code, SYN_EFORMAT);
    syn_buf_clear(&b);
    for (int i = 0; i < 100000; i++) syn_buf_c(&b, '[');
    assert_null(syn_json_parse(syn_buf_str(&b), NULL));
    syn_buf_free(&b);
}

static void ceilings_hold(void **state)
{
    (void)state;
    syn_arena a = {.limit = 1000};
    assert_non_null(syn_alloc(&a, 500));
    assert_null(syn_alloc(&a, 600));
    assert_true(a.failed);
    assert_null(syn_alloc_array(&a, SIZE_MAX / 2, 3));
    syn_arena_free(&a);
    syn_buf b = {.max = 10};
    syn_buf_z(&b, "12345678");
    syn_buf_z(&b, "123");
    syn_buf_z(&b, "9");
    assert_true(b.failed);
    assert_str(syn_buf_str(&b), SYN_STR("12345678"));
    syn_buf_free(&b);
    syn_arena m = {0};
    syn_map map = {.arena = &m};
    char key[20];
    for (unsigned i = 0; i < 5000; i++) {
        snprintf(key, sizeof key, "k%u", i);
        *syn_map_add(&map, syn_str_of(key)) = i + 1;
    }
    assert_int_equal(*syn_map_get(&map, SYN_STR("k4321")), 4322);
    assert_null(syn_map_get(&map, SYN_STR("absent")));
    syn_arena_free(&m);
}

static void numbers_need_no_locale(void **state)
{
    (void)state;
    double v;
    assert_true(syn_parse_double(SYN_STR("-12.5e3"), &v) && v == -12500);
    assert_true(syn_parse_double(SYN_STR("0.1"), &v) && v == 0.1);
    assert_true(syn_parse_double(SYN_STR("123456789012345678901234567890"), &v) && v > 1.23e29 && v < 1.24e29);
    assert_false(syn_parse_double(SYN_STR("1,5"), &v));
    assert_false(syn_parse_double(SYN_STR("."), &v));
    assert_false(syn_parse_double(SYN_STR("1e"), &v));
    uint64_t u;
    assert_false(syn_parse_u64(SYN_STR("99999999999999999999"), &u));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folding_reads_as_expected),
        cmocka_unit_test(folding_is_idempotent_and_blind_to_normal_forms),
        cmocka_unit_test(ill_formed_bytes_are_repaired_and_counted),
        cmocka_unit_test(calendars_agree_with_icu),
        cmocka_unit_test(moments_keep_their_zone),
        cmocka_unit_test(json_comes_back_as_written),
        cmocka_unit_test(ceilings_hold),
        cmocka_unit_test(numbers_need_no_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
