/* The lexicon: opening, languages, exact and longest keys, names for readers. */
#include "test.h"

#include "../../src/lexicon/lexicon.h"

static syn_lexicon *lex;

static int open_lexicon(void **state)
{
    (void)state;
    return syn_lexicon_open(&lex, NULL);
}

static int close_lexicon(void **state)
{
    (void)state;
    syn_lexicon_close(lex);
    return 0;
}

static syn_lang lang(const char *tag)
{
    return syn_lexicon_lang(lex, syn_str_of(tag));
}

static void test_languages(void **state)
{
    (void)state;
    assert_true(syn_lexicon_langs(lex) > 150);
    assert_int_equal(lang("tlh"), SYN_LANG_UNKNOWN);
    assert_int_equal(lang(""), SYN_LANG_UNKNOWN);
    assert_string_equal(syn_lexicon_info(lex, lang("pt-BR"))->tag, "pt");
    assert_string_equal(syn_lexicon_info(lex, lang("PT_br"))->tag, "pt");
    assert_string_equal(syn_lexicon_info(lex, lang("nb"))->tag, "no");
    assert_string_equal(syn_lexicon_info(lex, lang("zh"))->tag, "zh-Hans");
    assert_string_equal(syn_lexicon_info(lex, lang("zh-TW"))->tag, "zh-Hant");
    assert_string_equal(syn_lexicon_info(lex, lang("zh-Hant-HK"))->tag, "zh-Hant");
    assert_true(syn_lexicon_info(lex, lang("fa"))->rtl);
    assert_false(syn_lexicon_info(lex, lang("th"))->spaced);
    assert_string_equal(syn_lexicon_info(lex, lang("sv"))->stemmer, "swedish");
    assert_string_equal(syn_lexicon_info(lex, SYN_LANG_UNKNOWN)->tag, "und");
    assert_string_equal(syn_lexicon_info(lex, 60000)->tag, "und");
}

static double value_of(const char *tag, uint32_t kind, const char *folded)
{
    syn_lex_hit hit;
    return syn_lexicon_find(lex, lang(tag), kind, syn_str_of(folded), &hit, 1) ? hit.value : -1;
}

static void test_find(void **state)
{
    (void)state;
    assert_true(value_of("sv", SYN_LEX_MONTH, "augusti") == 8);
    assert_true(value_of("sv", SYN_LEX_NUMERAL, "augusti") == -1);
    assert_true(value_of("de", SYN_LEX_NUMERAL, "einundzwanzig") == 21);
    assert_true(value_of("hi", SYN_LEX_NUMERAL, "\u0907\u0915\u094d\u0915\u0940\u0938") == 21);
    assert_true(value_of("de", SYN_LEX_SCALE, "millionen") == 1e6);
    assert_true(value_of("zh-TW", SYN_LEX_NUMERAL, "\u4e8c\u5341") == 20);
    assert_true(value_of("und", SYN_LEX_PLACE, "rotterdam") > 500000);
    syn_lex_hit hits[8];
    assert_int_equal(syn_lexicon_find(lex, lang("en"), SYN_LEX_CONCEPT, SYN_STR(""), hits, 8), 0);
    size_t n = syn_lexicon_find(lex, lang("en"), SYN_LEX_CONCEPT, SYN_STR("volcano"), hits, 8);
    assert_true(n >= 1);
    syn_lex_hit sv[8];
    size_t m = syn_lexicon_find(lex, lang("sv"), SYN_LEX_CONCEPT, SYN_STR("vulkan"), sv, 8);
    assert_true(m >= 1);
    assert_int_equal(hits[0].id, sv[0].id);
    assert_str(syn_lexicon_concept_name(lex, hits[0].id, lang("sv")), SYN_STR("vulkan"));
}

/* Asked together, words are known as they are when each is asked for alone. */
static void test_know(void **state)
{
    (void)state;
    static const char *const texts[] = {"may",       "new",   "the", "prime", "zwanzig",
                                        "rotterdam", "xyzzy", "",    "san",   "\u6771"};
    static const char *const tags[] = {"en", "de", "pt-BR", "ja", "und"};
    syn_arena arena = {.limit = 1 << 20};
    for (size_t l = 0; l < SYN_COUNT(tags); l++) {
        syn_str words[SYN_COUNT(texts) * 7];
        syn_lex_known known[SYN_COUNT(words)];
        for (size_t i = 0; i < SYN_COUNT(words); i++) words[i] = syn_str_of(texts[i % SYN_COUNT(texts)]);
        assert_true(syn_lexicon_know(lex, lang(tags[l]), words, SYN_COUNT(words), &arena, known));
        for (size_t i = 0; i < SYN_COUNT(words); i++) {
            syn_lex_hit hits[SYN_LEX_KNOWN];
            size_t n = syn_lexicon_find(lex, lang(tags[l]), UINT32_MAX, words[i], hits, SYN_LEX_KNOWN);
            assert_int_equal(known[i].n, n);
            uint32_t kinds = 0;
            for (size_t k = 0; k < n; k++) {
                assert_int_equal(known[i].hits[k].kind, hits[k].kind);
                assert_int_equal(known[i].hits[k].id, hits[k].id);
                kinds |= hits[k].kind;
            }
            assert_int_equal(known[i].kinds, kinds);
        }
    }
    syn_lex_known w[4];
    const syn_str en[4] = {SYN_STR("new"), SYN_STR("prime"), SYN_STR("twenty"), SYN_STR("xyzzy")};
    assert_true(syn_lexicon_know(lex, lang("en"), en, 4, &arena, w));
    assert_true(w[0].names); /* "new york" */
    assert_true(w[1].names); /* "prime minister" */
    assert_true(w[2].figures);
    assert_false(w[3].names);
    syn_arena none = {.limit = 1};
    assert_false(syn_lexicon_know(lex, lang("en"), en, 4, &none, w));
    syn_arena_free(&arena);
}

static void test_longest(void **state)
{
    (void)state;
    syn_lex_hit hits[8];
    size_t n;
    assert_int_equal(syn_lexicon_longest(lex, lang("de"), SYN_LEX_NUMERAL, SYN_STR("dreihundertvier"), hits, 8, &n),
                     11);
    assert_true(n == 1 && hits[0].value == 300);
    assert_int_equal(syn_lexicon_longest(lex, lang("en"), SYN_LEX_NUMERAL, SYN_STR("qwerty"), hits, 8, &n), 0);
    assert_int_equal(n, 0);
    assert_int_equal(syn_lexicon_longest(lex, lang("sv"), SYN_LEX_PLACE, SYN_STR("sveriges"), hits, 8, &n), 7);
    assert_int_equal(hits[0].id, 'S' << 8 | 'E');
    assert_int_equal(syn_lexicon_longest(lex, lang("sv"), SYN_LEX_PLACE, SYN_STR("sv"), hits, 0, &n), 0);
}

static void test_names(void **state)
{
    (void)state;
    assert_str(syn_lexicon_place_name(lex, 'S' << 8 | 'E', lang("fr")), SYN_STR("Suède"));
    assert_str(syn_lexicon_place_name(lex, 0, lang("fr")), SYN_STR(""));
    assert_str(syn_lexicon_language_name(lex, lang("sv"), lang("en")), SYN_STR("Swedish"));
    assert_int_equal(syn_lexicon_table(lex, "no such table").n, 0);
}

/* tests/cases/names/places.tsv */
static void test_places(void **state)
{
    (void)state;
    syn_arena mem = {.limit = 1 << 20};
    syn_str file = test_file(&mem, "tests/cases/names/places.tsv"), line, tag, name, country;
    size_t n = 0;
    while (syn_split(&file, '\n', &line)) {
        if (!line.n || line.p[0] == '#') continue;
        assert_true(syn_split(&line, '\t', &tag) && syn_split(&line, '\t', &name) && syn_split(&line, '\t', &country));
        syn_folded folded;
        syn_lex_hit hit = {0};
        int32_t lat = 0, lon = 0;
        char at[40] = "-";
        assert_int_equal(syn_fold(&mem, name, false, &folded, NULL), SYN_OK);
        if (!syn_lexicon_find(lex, syn_lexicon_lang(lex, tag), SYN_LEX_PLACE, folded.text, &hit, 1))
            fail_msg("%.*s is no place", SYN_FMT(name));
        if (syn_lexicon_city(lex, hit.id, &lat, &lon)) snprintf(at, sizeof at, "%d %d", lat / 10000, lon / 10000);
        if ((hit.id & 0xFFFF) != (uint32_t)(country.p[0] << 8 | country.p[1]) || !syn_str_is(line, at))
            fail_msg("%.*s: %c%c %s", SYN_FMT(name), (int)(hit.id >> 8 & 255), (int)(hit.id & 255), at);
        n++;
    }
    assert_true(n > 12);
    int32_t none;
    assert_false(syn_lexicon_city(lex, 'S' << 8 | 'E', &none, &none));
    assert_false(syn_lexicon_city(lex, UINT32_MAX, &none, &none));
    syn_arena_free(&mem);
}

static void test_opens_beside_another(void **state)
{
    (void)state;
    syn_lexicon *other;
    assert_int_equal(syn_lexicon_open(&other, NULL), SYN_OK);
    assert_int_equal(syn_lexicon_langs(other), syn_lexicon_langs(lex));
    syn_lexicon_close(other);
    syn_lexicon_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_know),
        cmocka_unit_test(test_longest),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_opens_beside_another),
    };
    return cmocka_run_group_tests_name("lexicon", tests, open_lexicon, close_lexicon);
}
