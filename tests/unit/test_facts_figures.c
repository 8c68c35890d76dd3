/* Figures, money and dates: golden cases of every language under tests/cases/facts, and what no case can say. */
#include <math.h>

#include "test.h"

#include <dirent.h>

#include "../../src/facts/facts.h"

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

/* The figures of a text taken as one sentence. */
static syn_fact_list figures_of(syn_arena *arena, const char *lang, syn_str src, const char *ref)
{
    syn_span *whole = SYN_NEW(arena, syn_span);
    syn_text *text = SYN_NEW(arena, syn_text);
    *whole = (syn_span){0, (uint32_t)src.n};
    *text = (syn_text){
        .src = src, .lang = syn_lexicon_lang(lex, syn_str_of(lang)), .sentences = whole, .nsentences = 1};
    assert_int_equal(syn_fold(arena, src, true, &text->folded, NULL), SYN_OK);
    syn_time when;
    syn_day day = ref && syn_time_parse(syn_str_of(ref), &when) ? syn_time_day(when) : SYN_NO_DAY;
    syn_fact_list list = {.arena = arena};
    assert_int_equal(syn_figures_find(lex, text, day, &list, NULL), SYN_OK);
    return list;
}

/* Facts of all kinds: whose dollar it is shows in the names beside it. */
static syn_fact_list facts_of(syn_arena *arena, syn_texter *texter, const char *lang, syn_str src, const char *ref)
{
    syn_text *text;
    syn_facts facts;
    syn_time when;
    syn_day day = ref && syn_time_parse(syn_str_of(ref), &when) ? syn_time_day(when) : SYN_NO_DAY;
    assert_int_equal(syn_text_of(texter, arena, src, syn_str_of(lang), &text, NULL), SYN_OK);
    assert_int_equal(syn_facts_find(arena, lex, text, day, &facts, NULL), SYN_OK);
    syn_fact *items = SYN_NEW_ARRAY(arena, syn_fact, facts.n + 1);
    memcpy(items, facts.items, facts.n * sizeof *items);
    return (syn_fact_list){.arena = arena, .items = items, .n = facts.n, .cap = facts.n + 1};
}

static syn_str day_text(syn_arena *arena, syn_day day)
{
    int year, month, dom;
    syn_day_civil(day, &year, &month, &dom);
    return syn_arena_format(arena, "%04d-%02d-%02d", year, month, dom);
}

static syn_str value_text(syn_arena *arena, const syn_fact *f)
{
    switch (f->kind) {
    case SYN_FACT_DATE: {
        static const char *const parts[] = {"",      "morning",  "noon",  "afternoon", "evening",
                                            "night", "midnight", "start", "middle",    "end"};
        if (f->clock)
            return syn_arena_format(arena, "%sT%02d:%02d", day_text(arena, f->from).p, (f->clock - 1) / 60,
                                    (f->clock - 1) % 60);
        if (f->part_of_day) return syn_arena_format(arena, "%s %s", day_text(arena, f->from).p, parts[f->part_of_day]);
        return day_text(arena, f->from);
    }
    case SYN_FACT_DATERANGE:
        if (f->bound == SYN_BOUND_SINCE || f->bound == SYN_BOUND_AFTER) {
            bool past = f->bound == SYN_BOUND_AFTER && f->to != f->from + 1;
            return syn_arena_format(arena, "%s..", day_text(arena, past ? f->to : f->from).p);
        }
        if (f->bound)
            return syn_arena_format(arena, "..%s", day_text(arena, f->bound == SYN_BOUND_BEFORE ? f->from : f->to).p);
        return syn_arena_format(arena, "%s..%s", day_text(arena, f->from).p, day_text(arena, f->to).p);
    case SYN_FACT_MONEY:
        return syn_arena_format(arena, "%.15g %s", f->value, f->currency);
    default:
        return syn_arena_format(arena, "%.15g", f->value);
    }
}

static bool found(syn_arena *arena, const syn_fact_list *list, syn_str src, const syn_str *cell)
{
    for (size_t i = 0; i < list->n; i++) {
        const syn_fact *f = &list->items[i];
        bool moment = f->kind == SYN_FACT_DATE && (f->clock || f->part_of_day);
        if (syn_str_is(cell[1], moment ? "datetime" : syn_fact_kind_names[f->kind]) &&
            syn_str_eq(syn_slice(src, f->span.start, f->span.end), cell[2]) &&
            syn_str_eq(value_text(arena, f), cell[3]))
            return true;
    }
    return false;
}

static size_t run_cases(const char *name, syn_texter *texter)
{
    syn_arena arena = {0};
    char path[300], lang[16];
    snprintf(path, sizeof path, "tests/cases/facts/%.200s", name);
    snprintf(lang, sizeof lang, "%.*s", (int)strcspn(name, "."), name);
    syn_str rest = test_file(&arena, path), line;
    size_t cases = 0;
    while (syn_split(&rest, '\n', &line)) {
        if (line.n == 0 || line.p[0] == '#') continue;
        syn_str cell[5] = {{0}};
        for (size_t i = 0; i < 5 && syn_split(&line, '\t', &cell[i]); i++) continue;
        syn_str ref = syn_dup(&arena, cell[4]);
        syn_fact_list list = syn_str_is(cell[1], "money") ? facts_of(&arena, texter, lang, cell[0], ref.p)
                                                          : figures_of(&arena, lang, cell[0], ref.p);
        if (!found(&arena, &list, cell[0], cell))
            fail_msg("%s: no %.*s \"%.*s\" = %.*s in \"%.*s\"", lang, SYN_FMT(cell[1]), SYN_FMT(cell[2]),
                     SYN_FMT(cell[3]), SYN_FMT(cell[0]));
        cases++;
    }
    syn_arena_free(&arena);
    return cases;
}

static void test_golden(void **state)
{
    (void)state;
    char path[512];
    size_t cases = 0;
    syn_texter *texter;
    assert_int_equal(syn_texter_new(lex, &texter, NULL), SYN_OK);
    DIR *folder = opendir(test_path(path, "tests/cases/facts"));
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (strstr(entry->d_name, ".tsv")) cases += run_cases(entry->d_name, texter);
    closedir(folder);
    syn_texter_free(texter);
    assert_true(cases > 50);
}

static void test_nothing_to_find(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",  "-",  "%",  "a", "See https://example.org/2026/03?x=5%25 now", "at 17:30", "the F16 and 180ml and m²",
        "$", "..", "1e",
    };
    syn_arena arena = {0};
    for (size_t i = 0; i + 1 < SYN_COUNT(texts); i++) {
        syn_fact_list list = figures_of(&arena, "en", syn_str_of(texts[i]), "2026-01-01");
        if (list.n) fail_msg("\"%s\" holds a %s", texts[i], syn_fact_kind_names[list.items[0].kind]);
    }
    syn_arena_free(&arena);
}

static void test_relative_needs_a_day(void **state)
{
    (void)state;
    syn_arena arena = {0};
    syn_fact_list list = figures_of(&arena, "sv", SYN_STR("i går och den 5 maj"), NULL);
    assert_int_equal(list.n, 0);
    list = figures_of(&arena, "sv", SYN_STR("i går och den 5 maj"), "2026-06-01");
    assert_int_equal(list.n, 2);
    assert_int_equal(list.items[0].from, syn_day_of(2026, 5, 31));
    assert_int_equal(list.items[1].from, syn_day_of(2026, 5, 5));
    assert_true(list.items[1].flags & SYN_FACT_PARTIAL);
    syn_arena_free(&arena);
}

static void test_flags(void **state)
{
    (void)state;
    syn_arena arena = {0};
    syn_fact_list list = figures_of(&arena, "en", SYN_STR("about 50, more than 60, up to 70, 5-10 percent, 3 dollars"),
                                    NULL);
    assert_int_equal(list.n, 5);
    assert_int_equal(list.items[0].flags, SYN_FACT_APPROX);
    assert_int_equal(list.items[1].flags, SYN_FACT_AT_LEAST);
    assert_int_equal(list.items[2].flags, SYN_FACT_AT_MOST);
    assert_int_equal(list.items[3].flags, SYN_FACT_RANGE);
    assert_true(list.items[3].value == 5 && list.items[3].value2 == 10);
    assert_int_equal(list.items[4].flags, SYN_FACT_ASSUMED);
    syn_arena_free(&arena);
}

/* Long runs of what could be a number must stay linear. */
static void test_hostile(void **state)
{
    (void)state;
    static const char *const pieces[] = {"one ",         "1,", "ein",   "\u4e00",        "\u5341", "2026-",  "$",
                                         "million and ", "3/", "1 in ", "a quarter of ", "\u0648", "5 May ", "# "};
    static const char *const langs[] = {"en", "de", "zh", "ar", "und", "ko", "sw"};
    for (size_t i = 0; i < SYN_COUNT(pieces); i++) {
        syn_arena arena = {0};
        syn_buf b = {0};
        for (int k = 0; k < 3000; k++) syn_buf_z(&b, pieces[i]);
        for (size_t l = 0; l < SYN_COUNT(langs); l++) figures_of(&arena, langs[l], syn_buf_str(&b), "2026-01-01");
        syn_buf_free(&b);
        syn_arena_free(&arena);
    }
}

/* The digits of every script that has them come to one value. */
static void test_digits_of_all_scripts(void **state)
{
    (void)state;
    static const char *const zeros[] = {
        "0",      "\u0660", "\u06F0", "\u0966", "\u09E6", "\u0A66", "\u0AE6", "\u0B66", "\u0BE6",
        "\u0C66", "\u0CE6", "\u0D66", "\u0E50", "\u0ED0", "\u0F20", "\u1040", "\u17E0", "\uFF10",
    };
    static const char number[] = "12345.67";
    syn_arena arena = {0};
    for (size_t i = 0; i < SYN_COUNT(zeros); i++) {
        syn_str zero = syn_str_of(zeros[i]);
        syn_buf b = {0};
        for (const char *c = number; *c; c++) {
            if (*c == '.') {
                syn_buf_z(&b, ".");
                continue;
            }
            char digit[8] = {0};
            memcpy(digit, zero.p, zero.n);
            digit[zero.n - 1] = (char)(digit[zero.n - 1] + (*c - '0'));
            syn_buf_z(&b, digit);
        }
        syn_fact_list list = figures_of(&arena, "en", syn_buf_str(&b), NULL);
        assert_int_equal(list.n, 1);
        assert_true(list.items[0].value == 12345.67);
        syn_buf_free(&b);
    }
    syn_arena_free(&arena);
}

static void test_a_million_digits(void **state)
{
    (void)state;
    syn_arena arena = {0};
    syn_buf b = {0};
    for (int i = 0; i < 100000; i++) syn_buf_z(&b, "1234567890");
    syn_fact_list list = figures_of(&arena, "en", syn_buf_str(&b), NULL);
    assert_true(list.n <= 1);
    syn_buf_free(&b);
    syn_arena_free(&arena);
}

/* Spans begin and end where characters do, and their values stay the same however accents are written. */
static void test_spans_and_forms(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *composed, *decomposed;
    } texts[] = {
        {"fr", "deux millièmes, un dixième et trois siècles",
         "deux millie\u0300mes, un dixie\u0300me et trois sie\u0300cles"},
        {"pt", "três milhões de reais", "tre\u0302s milho\u0303es de reais"},
        {"vi", "năm mươi nghìn đồng", "na\u0306m mu\u031Bo\u031Bi nghi\u0300n đo\u0302\u0300ng"},
        {"cs", "pět miliónů", "pe\u030Ct milio\u0301nu\u030A"},
        {"ko", "삼백이십일 명",
         "\u1109\u1161\u11B7\u1107\u1162\u11A8\u110B\u1175\u1109\u1175\u11B8\u110B\u1175\u11AF 명"},
    };
    syn_arena arena = {0};
    for (size_t i = 0; i < SYN_COUNT(texts); i++) {
        syn_str src[2] = {syn_str_of(texts[i].composed), syn_str_of(texts[i].decomposed)};
        syn_fact_list list[2];
        for (int k = 0; k < 2; k++) {
            list[k] = figures_of(&arena, texts[i].lang, src[k], "2026-01-01");
            for (size_t j = 0; j < list[k].n; j++) {
                syn_span span = list[k].items[j].span;
                assert_true(span.start < span.end && span.end <= src[k].n);
                assert_true(((unsigned char)src[k].p[span.start] & 0xC0) != 0x80);
                assert_true(span.end == src[k].n || ((unsigned char)src[k].p[span.end] & 0xC0) != 0x80);
            }
        }
        if (list[0].n != list[1].n) fail_msg("\"%s\": %zu and %zu figures", texts[i].composed, list[0].n, list[1].n);
        for (size_t j = 0; j < list[0].n; j++) assert_true(list[0].items[j].value == list[1].items[j].value);
    }
    syn_arena_free(&arena);
}

/* A result, a telephone number, a version, a name: digits that are no quantity. */
static void test_no_quantities(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "They won 3-1 and 2:0 there",
        "call +46 8 123 456 78 or 555-0199",
        "call 010-1234-5678",
        "COVID-19, F-16, the A320 and G20",
        "at 192.168.1.2",
        "firmware v2.0.1",
    };
    syn_arena arena = {0};
    for (size_t i = 0; i < SYN_COUNT(texts); i++) {
        syn_fact_list list = figures_of(&arena, "en", syn_str_of(texts[i]), "2026-01-01");
        if (list.n) fail_msg("\"%s\" holds a %s", texts[i], syn_fact_kind_names[list.items[0].kind]);
    }
    syn_arena_free(&arena);
}

static void test_ranges_and_measures(void **state)
{
    (void)state;
    syn_arena arena = {0};
    syn_fact_list list = figures_of(&arena, "en", SYN_STR("5 to 10 billion, 5-10 people, $5-10 million, 29 km"), NULL);
    assert_int_equal(list.n, 5);
    assert_int_equal(list.items[0].flags, SYN_FACT_RANGE);
    assert_true(list.items[0].value == 5e9 && list.items[0].value2 == 1e10);
    assert_true(list.items[1].value == 5 && list.items[2].value == 10);
    assert_true(list.items[3].value == 5e6 && list.items[3].value2 == 1e7);
    assert_string_equal(list.items[4].unit, "m");
    assert_true(list.items[4].si == 1000);
    list = figures_of(&arena, "en", SYN_STR("5-10 km, 2 to 3 million tonnes, 104 degrees Fahrenheit, 100 °F"), NULL);
    assert_int_equal(list.n, 5);
    assert_string_equal(list.items[0].unit, "m"); /* both ends */
    assert_true(list.items[0].si == 1000 && list.items[1].si == 1000);
    assert_string_equal(list.items[2].unit, "kg");
    assert_string_equal(list.items[3].unit, "C");
    assert_true(fabs(104 * list.items[3].si + list.items[3].si_zero - 40) < 1e-9);
    assert_string_equal(list.items[4].unit, "C");
    list = figures_of(&arena, "sw", SYN_STR("barabara ya kilomita 20 na kilomita za mraba 3"), NULL);
    assert_int_equal(list.n, 2);
    assert_string_equal(list.items[0].unit, "m");
    assert_string_equal(list.items[1].unit, "m2");
    syn_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_nothing_to_find),
        cmocka_unit_test(test_relative_needs_a_day),
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_digits_of_all_scripts),
        cmocka_unit_test(test_a_million_digits),
        cmocka_unit_test(test_spans_and_forms),
        cmocka_unit_test(test_no_quantities),
        cmocka_unit_test(test_ranges_and_measures),
    };
    return cmocka_run_group_tests_name("facts_figures", tests, open_lexicon, close_lexicon);
}
