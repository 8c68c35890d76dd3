/* Figures, money and dates: golden cases of every language under tests/cases/facts, and what no case can say. */
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

static syn_str day_text(syn_arena *arena, syn_day day)
{
    int year, month, dom;
    syn_day_civil(day, &year, &month, &dom);
    return syn_arena_format(arena, "%04d-%02d-%02d", year, month, dom);
}

static syn_str value_text(syn_arena *arena, const syn_fact *f)
{
    switch (f->kind) {
    case SYN_FACT_DATE:
        return day_text(arena, f->from);
    case SYN_FACT_DATERANGE:
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
        if (syn_str_is(cell[1], syn_fact_kind_names[f->kind]) &&
            syn_str_eq(syn_slice(src, f->span.start, f->span.end), cell[2]) &&
            syn_str_eq(value_text(arena, f), cell[3]))
            return true;
    }
    return false;
}

static size_t run_cases(const char *name)
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
        syn_fact_list list = figures_of(&arena, lang, cell[0], ref.p);
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
    DIR *folder = opendir(test_path(path, "tests/cases/facts"));
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (strstr(entry->d_name, ".tsv")) cases += run_cases(entry->d_name);
    closedir(folder);
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
    static const char *const pieces[] = {"one ", "1,",           "ein", "\u4e00", "\u5341", "2026-",
                                         "$",    "million and ", "3/",  "\u0648", "5 May ", "# "};
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_nothing_to_find),
        cmocka_unit_test(test_relative_needs_a_day),
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests_name("facts_figures", tests, open_lexicon, close_lexicon);
}
