/* Dates: what golden cases cannot say: how open periods are written, and that neither the form of an accent nor the
   digits used change a day. */
#include "test.h"

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

/* The dates of a text, each as "FROM TO BOUND;", joined. */
static syn_str dates_of(syn_arena *arena, const char *lang, syn_str src)
{
    syn_span *whole = SYN_NEW(arena, syn_span);
    syn_text *text = SYN_NEW(arena, syn_text);
    *whole = (syn_span){0, (uint32_t)src.n};
    *text = (syn_text){
        .src = src, .lang = syn_lexicon_lang(lex, syn_str_of(lang)), .sentences = whole, .nsentences = 1};
    assert_int_equal(syn_fold(arena, src, true, &text->folded, NULL), SYN_OK);
    syn_fact_list list = {.arena = arena};
    assert_int_equal(syn_figures_find(lex, text, syn_day_of(2025, 5, 14), &list, NULL), SYN_OK);
    syn_str all = {"", 0};
    for (size_t i = 0; i < list.n; i++) {
        const syn_fact *f = &list.items[i];
        if (f->kind != SYN_FACT_DATE && f->kind != SYN_FACT_DATERANGE) continue;
        all = syn_arena_format(arena, "%.*s%d %d %d;", SYN_FMT(all), f->from, f->to, f->bound);
    }
    return all;
}

static void same_dates(const char *lang, const char *one, const char *other)
{
    syn_arena arena = {0};
    syn_str a = dates_of(&arena, lang, syn_str_of(one)), b = dates_of(&arena, lang, syn_str_of(other));
    if (a.n == 0 || !syn_str_eq(a, b))
        fail_msg("%s: \"%s\" gives %.*s, \"%s\" %.*s", lang, one, SYN_FMT(a), other, SYN_FMT(b));
    syn_arena_free(&arena);
}

/* Letters with their marks in one code point or in two. */
static void test_composed_or_not(void **state)
{
    (void)state;
    same_dates("fr", "depuis f\u00e9vrier 2024, le 3 ao\u00fbt 2023",
               "depuis fe\u0301vrier 2024, le 3 aou\u0302t 2023");
    same_dates("de", "fr\u00fchestens am 5. M\u00e4rz 2024", "fru\u0308hestens am 5. Ma\u0308rz 2024");
    same_dates("es", "el pr\u00f3ximo mi\u00e9rcoles", "el pro\u0301ximo mie\u0301rcoles");
    same_dates("vi", "ng\u00e0y 4 th\u00e1ng 1 n\u0103m 2024", "nga\u0300y 4 tha\u0301ng 1 na\u0306m 2024");
    same_dates("ko", "2025\ub144 5\uc6d4 9\uc77c", "2025\u1102\u1167\u11ab 5\u110b\u116f\u11af 9\u110b\u1175\u11af");
    same_dates("ru", "3 \u043c\u0430\u0440\u0442\u0430 2024, \u0432\u0447\u0435\u0440\u0430",
               "\uff13 \u043c\u0430\u0440\u0442\u0430 \uff12\uff10\uff12\uff14, \u0432\u0447\u0435\u0440\u0430");
    same_dates("el", "4 \u0399\u03b1\u03bd\u03bf\u03c5\u03b1\u03c1\u03af\u03bf\u03c5 2024",
               "4 \u0399\u03b1\u03bd\u03bf\u03c5\u03b1\u03c1\u03b9\u0301\u03bf\u03c5 2024");
}

static void test_any_digits(void **state)
{
    (void)state;
    same_dates("ar", "\u0641\u064a 4 \u064a\u0646\u0627\u064a\u0631 2024",
               "\u0641\u064a \u0664 \u064a\u0646\u0627\u064a\u0631 \u0662\u0660\u0662\u0664");
    same_dates("fa", "19 \u062e\u0631\u062f\u0627\u062f 1404",
               "\u06f1\u06f9 \u062e\u0631\u062f\u0627\u062f \u06f1\u06f4\u06f0\u06f4");
    same_dates("hi", "9 \u091c\u0942\u0928 2025 \u0915\u0947 \u092c\u093e\u0926",
               "\u096f \u091c\u0942\u0928 \u0968\u0966\u0968\u096b \u0915\u0947 \u092c\u093e\u0926");
    same_dates("th", "9 \u0e21\u0e34\u0e16\u0e38\u0e19\u0e32\u0e22\u0e19 2568",
               "\u0e59 \u0e21\u0e34\u0e16\u0e38\u0e19\u0e32\u0e22\u0e19 \u0e52\u0e55\u0e56\u0e58");
    same_dates("ja", "2025\u5e745\u67089\u65e5\u4ee5\u964d",
               "\uff12\uff10\uff12\uff15\u5e74\uff15\u6708\uff19\u65e5\u4ee5\u964d");
    same_dates("en", "from 4 to 22 January 2024",
               "from \U0001d7d2 to \U0001d7d0\U0001d7d0 January \U0001d7d0\U0001d7ce\U0001d7d0\U0001d7d2");
}

static void test_no_dates(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *text;
    } none[] = {
        {"en", "This may take longer than the sun needs."},
        {"en", "She lived 2000 years ago."},
        {"de", "Vor 2000 Jahren lebte sie."},
        {"fr", "Le 20 heures, le 7 majeur."},
        {"en", "Call 138-2010 or +86 82-2100."},
        {"en", "After all, before long, since then."},
        {"zh", "\u81ea\u5df1\u5f00\u59cb"},
        {"es", "El mar y el sol."},
    };
    syn_arena arena = {0};
    for (size_t i = 0; i < SYN_COUNT(none); i++) {
        syn_str found = dates_of(&arena, none[i].lang, syn_str_of(none[i].text));
        if (found.n) fail_msg("%s: \"%s\" holds %.*s", none[i].lang, none[i].text, SYN_FMT(found));
    }
    syn_arena_free(&arena);
}

static void json_is(const syn_fact *fact, const char *want)
{
    syn_buf out = {0};
    syn_jsonw w = {.out = &out};
    syn_fact_write(&w, fact);
    if (!syn_str_is(syn_buf_str(&out), want)) fail_msg("%.*s is not %s", SYN_FMT(syn_buf_str(&out)), want);
    syn_buf_free(&out);
}

static void test_open_periods(void **state)
{
    (void)state;
    syn_fact year = {.kind = SYN_FACT_DATERANGE, .from = syn_day_of(2010, 1, 1), .to = syn_day_of(2011, 1, 1)};
    year.bound = SYN_BOUND_SINCE;
    json_is(&year, "{\"kind\":\"daterange\",\"start\":0,\"end\":0,\"from\":\"2010-01-01\"}");
    year.bound = SYN_BOUND_AFTER;
    json_is(&year, "{\"kind\":\"daterange\",\"start\":0,\"end\":0,\"from\":\"2011-01-01\"}");
    year.bound = SYN_BOUND_BEFORE;
    json_is(&year, "{\"kind\":\"daterange\",\"start\":0,\"end\":0,\"to\":\"2010-01-01\"}");
    year.bound = SYN_BOUND_UNTIL;
    json_is(&year, "{\"kind\":\"daterange\",\"start\":0,\"end\":0,\"to\":\"2011-01-01\"}");
    syn_fact day = {.kind = SYN_FACT_DATERANGE, .bound = SYN_BOUND_AFTER, .from = 100, .to = 101};
    json_is(&day, "{\"kind\":\"daterange\",\"start\":0,\"end\":0,\"from\":\"1970-04-11\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_composed_or_not),
        cmocka_unit_test(test_any_digits),
        cmocka_unit_test(test_no_dates),
        cmocka_unit_test(test_open_periods),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
