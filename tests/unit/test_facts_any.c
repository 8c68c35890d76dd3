/* Facts of any text: what must hold of every golden case however it is written (digits, composed or not), and of input
   that nobody means well with.  Whole facts: figures, dates, names, quotations, from the cutting on. */
#include "text_fixture.h"

#include <dirent.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "../../src/facts/facts.h"

static bool starts_character(syn_str s, size_t at)
{
    return at == s.n || ((unsigned char)s.p[at] & 0xC0) != 0x80;
}

/* The facts of a text, whose spans must lie in it, in order, and begin and end where characters do. */
static syn_facts facts_of(fixture *f, syn_arena *arena, syn_str src, syn_str lang, bool well_formed)
{
    syn_text *text;
    syn_facts facts = {0};
    syn_err err = {0};
    if (syn_text_of(f->texter, arena, src, lang, &text, &err) ||
        syn_facts_find(arena, f->lex, text, syn_day_of(2025, 5, 14), &facts, &err))
        fail_msg("%s", err.line);
    for (size_t i = 0; i < facts.n; i++) {
        syn_span s = facts.items[i].span;
        if (s.start >= s.end || s.end > src.n) fail_msg("a span of %u to %u of %zu bytes", s.start, s.end, src.n);
        if (i && s.start < facts.items[i - 1].span.start) fail_msg("spans are out of order");
        if (well_formed && (!starts_character(src, s.start) || !starts_character(src, s.end)))
            fail_msg("a span cuts a character of \"%.*s\"", (int)(src.n < 200 ? src.n : 200), src.p);
    }
    return facts;
}

/* ---- every golden case ---- */

typedef void check_case(fixture *f, syn_arena *arena, syn_str lang, syn_str src);

static void each_case(fixture *f, check_case *check)
{
    char path[512], name[300];
    DIR *folder = opendir(test_path(path, "tests/cases/facts"));
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (!strstr(entry->d_name, ".tsv")) continue;
        syn_arena arena = {0};
        snprintf(name, sizeof name, "tests/cases/facts/%.200s", entry->d_name);
        syn_str rest = test_file(&arena, name), line, before = {0};
        syn_str lang = {entry->d_name, strcspn(entry->d_name, ".")};
        while (syn_split(&rest, '\n', &line)) {
            syn_str src;
            if (!line.n || line.p[0] == '#' || !syn_split(&line, '\t', &src) || syn_str_eq(src, before)) continue;
            before = src;
            check(f, &arena, lang, src);
        }
        syn_arena_free(&arena);
    }
    closedir(folder);
}

static bool same_value(const syn_fact *a, const syn_fact *b)
{
    if (a->kind != b->kind) return false;
    if (a->kind <= SYN_FACT_MONEY) return a->value == b->value && strcmp(a->currency, b->currency) == 0;
    if (a->kind <= SYN_FACT_DATERANGE)
        return a->from == b->from && a->to == b->to && a->bound == b->bound && a->clock == b->clock;
    return true;
}

static void same_facts(syn_str lang, syn_str src, const syn_facts *a, const syn_facts *b, const char *how)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++) same = same_value(&a->items[i], &b->items[i]);
    if (!same) fail_msg("%.*s: %zu facts, %zu %s: \"%.*s\"", SYN_FMT(lang), a->n, b->n, how, SYN_FMT(src));
}

/* Letters taken apart or put together by ICU. */
static syn_str in_form(syn_arena *arena, syn_str src, bool composed)
{
    UErrorCode failed = U_ZERO_ERROR;
    const UNormalizer2 *form = composed ? unorm2_getNFCInstance(&failed) : unorm2_getNFDInstance(&failed);
    int32_t cap = (int32_t)src.n * 4 + 16, n = 0, m, bytes = 0;
    UChar *units = syn_alloc_array(arena, (size_t)cap, sizeof *units), *other = syn_alloc_array(arena, (size_t)cap, 2);
    char *out = syn_alloc(arena, (size_t)cap * 3);
    u_strFromUTF8(units, cap, &n, src.p, (int32_t)src.n, &failed);
    m = unorm2_normalize(form, units, n, other, cap, &failed);
    u_strToUTF8(out, cap * 3, &bytes, other, m, &failed);
    assert_true(U_SUCCESS(failed));
    return (syn_str){out, (size_t)bytes};
}

static void check_forms(fixture *f, syn_arena *arena, syn_str lang, syn_str src)
{
    syn_str nfc = in_form(arena, src, true), nfd = in_form(arena, src, false);
    syn_facts a = facts_of(f, arena, nfc, lang, true), b = facts_of(f, arena, nfd, lang, true);
    same_facts(lang, src, &a, &b, "with letters taken apart");
}

/* Every ASCII digit as that of another script. */
static syn_str with_digits(syn_arena *arena, syn_str src, uint32_t zero)
{
    char *out = syn_alloc(arena, src.n * 4 + 1);
    size_t n = 0;
    for (size_t i = 0; i < src.n; i++) {
        char c = src.p[i];
        if (c >= '0' && c <= '9')
            n += syn_utf8_put(out + n, zero + (uint32_t)(c - '0'));
        else
            out[n++] = c;
    }
    return (syn_str){out, n};
}

static void check_digits(fixture *f, syn_arena *arena, syn_str lang, syn_str src)
{
    static const uint32_t zeros[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xED0, 0x1040, 0x17E0, 0xFF10, 0x1D7CE};
    syn_facts want = facts_of(f, arena, src, lang, true);
    for (size_t i = 0; i < SYN_COUNT(zeros); i++) {
        syn_facts got = facts_of(f, arena, with_digits(arena, src, zeros[i]), lang, true);
        same_facts(lang, src, &want, &got, "in other digits");
    }
}

static void check_folding(fixture *f, syn_arena *arena, syn_str lang, syn_str src)
{
    (void)f;
    syn_folded once, twice;
    assert_int_equal(syn_fold(arena, src, false, &once, NULL), SYN_OK);
    assert_int_equal(syn_fold(arena, once.text, false, &twice, NULL), SYN_OK);
    if (!syn_str_eq(once.text, twice.text))
        fail_msg("%.*s: \"%.*s\" folds to \"%.*s\"", SYN_FMT(lang), SYN_FMT(once.text), SYN_FMT(twice.text));
}

static void letters_composed_or_not(void **state)
{
    each_case(*state, check_forms);
}

static void any_digits_give_one_value(void **state)
{
    each_case(*state, check_digits);
}

static void folding_is_idempotent(void **state)
{
    each_case(*state, check_folding);
}

/* ---- input that nobody means well with ---- */

static syn_str repeated(syn_arena *arena, const char *piece, size_t bytes)
{
    size_t n = strlen(piece), times = bytes / n;
    char *out = syn_alloc(arena, times * n + 1);
    assert_non_null(out);
    for (size_t i = 0; i < times; i++) memcpy(out + i * n, piece, n);
    return (syn_str){out, times * n};
}

static void bad_input(void **state)
{
    static const struct {
        const char *piece;
        size_t bytes;
    } cases[] = {
        {"\xED\xA0\x80 5 May \xED\xBF\xBF", 20000},                 /* unpaired surrogates */
        {"\xC0\xAF\xE0\x80\xAF 12 \xF8\x88\x80\x80\x80", 20000},    /* overlong sequences */
        {"\u202E2026 \u2066Anna \u202Dpercent\u2069\u200F", 20000}, /* bidi controls */
        {"\u0301", 20000},                                          /* marks on one letter, below */
        {"9 of May, ", 30000},                                      /* and what makes readers look far ahead */
        {"Monday at 5 and ", 30000},
        {"from 4 to ", 30000},
        {"before after since ", 30000},
        {"1の10の", 30000},
        {"x10^", 30000},
        {"昨日の2日前の", 30000},
        {"Easter next ", 30000},
        {"(Anna) 安娜", 30000},
        {"下午5点到", 30000},
    };
    static const char *const langs[] = {"en", "ar", "ja", "zh", "hi", "th", ""};
    fixture *f = *state;
    for (size_t i = 0; i < SYN_COUNT(cases); i++)
        for (size_t l = 0; l < SYN_COUNT(langs); l++) {
            syn_arena arena = {0};
            syn_str src = repeated(&arena, cases[i].piece, cases[i].bytes);
            facts_of(f, &arena, src, syn_str_of(langs[l]), false);
            syn_arena_free(&arena);
        }
}

static void ten_thousand_marks_on_one_letter(void **state)
{
    syn_arena arena = {0};
    syn_buf b = {0};
    syn_buf_z(&b, "On 5 May 2024 Anna o");
    for (int i = 0; i < 10000; i++) syn_buf_z(&b, "\u0301");
    syn_buf_z(&b, " paid 12 euros.");
    syn_facts facts = facts_of(*state, &arena, syn_buf_str(&b), SYN_STR("en"), true);
    bool date = false, money = false;
    for (size_t i = 0; i < facts.n; i++) {
        date |= facts.items[i].kind == SYN_FACT_DATE && facts.items[i].from == syn_day_of(2024, 5, 5);
        money |= facts.items[i].kind == SYN_FACT_MONEY && facts.items[i].value == 12;
    }
    assert_true(date && money);
    syn_buf_free(&b);
    syn_arena_free(&arena);
}

static void a_number_of_a_million_digits(void **state)
{
    static const char *const digits[] = {"1", "\u0665", "\u4E94"};
    for (size_t i = 0; i < SYN_COUNT(digits); i++) {
        syn_arena arena = {0};
        syn_str src = repeated(&arena, digits[i], 1000000 * strlen(digits[i]));
        facts_of(*state, &arena, src, SYN_STR("zh"), true);
        syn_arena_free(&arena);
    }
}

static void ten_megabytes_in_a_line(void **state)
{
    syn_arena arena = {0};
    syn_str src = repeated(&arena, "On Monday at 10.30 Anna Berg paid 1,200 euros, 5 percent more than in May 2024; ",
                           10u << 20);
    syn_facts facts = facts_of(*state, &arena, src, SYN_STR("en"), true);
    assert_int_equal(facts.n, SYN_MAX_FACTS);
    syn_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_composed_or_not),
        cmocka_unit_test(any_digits_give_one_value),
        cmocka_unit_test(folding_is_idempotent),
        cmocka_unit_test(bad_input),
        cmocka_unit_test(ten_thousand_marks_on_one_letter),
        cmocka_unit_test(a_number_of_a_million_digits),
        cmocka_unit_test(ten_megabytes_in_a_line),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
