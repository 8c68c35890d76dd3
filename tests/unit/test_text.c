/* Language, sentences, words and stems: golden cases of tests/cases/text, what must hold of any text, hostile input. */
#include "text_fixture.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static const syn_text *cut(fixture *f, syn_str src, const char *lang)
{
    syn_text *text = NULL;
    syn_err err = {0};
    if (syn_text_of(f->texter, &f->arena, src, syn_str_of(lang), &text, &err)) fail_msg("%s", err.line);
    return text;
}

/* The next case of a table: its columns, those missing empty.  Comments are skipped. */
static bool next_case(syn_str *file, syn_str column[3])
{
    syn_str line;
    while (syn_split(file, '\n', &line)) {
        if (!line.n || line.p[0] == '#') continue;
        for (int i = 0; i < 3; i++) {
            column[i] = (syn_str){NULL, 0};
            syn_split(&line, '\t', &column[i]);
        }
        return true;
    }
    return false;
}

static syn_str without_bars(fixture *f, syn_str s)
{
    char *p = syn_alloc(&f->arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '|')
            p[n++] = ' ';
        else
            p[n++] = s.p[i];
    }
    return (syn_str){p, n};
}

static const char *zero_ended(fixture *f, syn_str s)
{
    return syn_dup(&f->arena, s).p;
}

static void languages_are_told(void **state)
{
    fixture *f = *state;
    syn_str file = test_file(&f->arena, "tests/cases/text/lang.tsv"), c[3];
    assert_non_null(file.p);
    while (next_case(&file, c)) {
        char tag[16];
        double sure;
        syn_lang_identify(f->lex, c[1], SYN_STR(""), tag, &sure);
        if (!syn_str_is(c[0], tag))
            fail_msg("\"%.*s\" is %.*s, not %s (%.2f)", SYN_FMT(c[1]), SYN_FMT(c[0]), tag, sure);
        assert_true(sure >= 0 && sure <= 1);
        assert_true(syn_str_is(c[0], "und") == (sure == 0));
    }
}

static void a_word_is_no_certainty(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *text;
        double least, most;
    } cases[] = {{"blorptang", 0, 0.6},
                 {"glorbnix frumpel", 0, 0.6},
                 {"asdfghjkl", 0, 0.3},
                 {"Banken höjde räntan till 4,75 procent.", 0.9, 1},
                 {"中央银行昨天宣布提高利率。", 0.7, 1}};
    for (size_t i = 0; i < SYN_COUNT(cases); i++) {
        char tag[16];
        double sure;
        syn_lang_identify(f->lex, syn_str_of(cases[i].text), SYN_STR(""), tag, &sure);
        if (sure < cases[i].least || sure > cases[i].most) fail_msg("\"%s\" is %s by %.2f", cases[i].text, tag, sure);
    }
}

static void a_declaration_settles_what_is_close(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *text, *declared, *tag;
    } cases[] = {{"Ministar kulture govori o školi i o djeci.", "hr", "hr"},
                 {"Ministar kulture govori o školi i o djeci.", "bs", "bs"},
                 {"The government said that schools would get more money.", "sv", "en"},
                 {"政府", "zh-TW", "zh-Hant"}};
    for (size_t i = 0; i < SYN_COUNT(cases); i++) {
        char tag[16];
        double sure;
        syn_lang_identify(f->lex, syn_str_of(cases[i].text), syn_str_of(cases[i].declared), tag, &sure);
        assert_string_equal(tag, cases[i].tag);
    }
}

static void composed_and_decomposed_are_one_language(void **state)
{
    fixture *f = *state;
    syn_str file = test_file(&f->arena, "tests/cases/text/lang.tsv"), c[3];
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&(UErrorCode){U_ZERO_ERROR});
    while (next_case(&file, c)) {
        UChar wide[2048], apart[4096];
        char narrow[8192];
        int32_t n, m;
        UErrorCode failed = U_ZERO_ERROR;
        u_strFromUTF8(wide, SYN_COUNT(wide), &n, c[1].p, (int32_t)c[1].n, &failed);
        n = unorm2_normalize(nfd, wide, n, apart, SYN_COUNT(apart), &failed);
        u_strToUTF8(narrow, sizeof narrow, &m, apart, n, &failed);
        assert_true(U_SUCCESS(failed));
        char tag[16];
        double sure;
        syn_str decomposed = {narrow, (size_t)m};
        syn_lang_identify(f->lex, decomposed, SYN_STR(""), tag, &sure);
        if (!syn_str_is(c[0], tag)) fail_msg("decomposed \"%.*s\" is not %s", SYN_FMT(c[1]), tag);
        const char *lang = zero_ended(f, c[0]);
        assert_int_equal(cut(f, c[1], lang)->ntokens, cut(f, decomposed, lang)->ntokens);
    }
}

static void sentences_end_where_they_should(void **state)
{
    fixture *f = *state;
    syn_str file = test_file(&f->arena, "tests/cases/text/sentences.tsv"), c[3];
    assert_non_null(file.p);
    while (next_case(&file, c)) {
        const syn_text *t = cut(f, without_bars(f, c[1]), zero_ended(f, c[0]));
        syn_str rest = c[1], want;
        for (size_t i = 0; syn_split(&rest, '|', &want); i++) {
            if (i >= t->nsentences) fail_msg("no sentence \"%.*s\"", SYN_FMT(want));
            assert_str(syn_slice(t->src, t->sentences[i].start, t->sentences[i].end), syn_trim(want));
            if (!rest.n) assert_int_equal(t->nsentences, i + 1);
        }
    }
}

static void words_are_found(void **state)
{
    fixture *f = *state;
    syn_str file = test_file(&f->arena, "tests/cases/text/words.tsv"), c[3];
    assert_non_null(file.p);
    while (next_case(&file, c)) {
        const syn_text *t = cut(f, c[1], zero_ended(f, c[0]));
        syn_str rest = c[2], want;
        for (size_t i = 0; i < t->ntokens; i++) {
            if (t->tokens[i].kind == SYN_TOK_PUNCT) continue;
            if (!syn_split(&rest, '|', &want)) fail_msg("\"%.*s\" too much", SYN_FMT(syn_token_str(t, i)));
            assert_str(syn_token_str(t, i), want);
        }
        assert_int_equal(rest.n, 0);
    }
}

static void stems_are_shared(void **state)
{
    fixture *f = *state;
    syn_str file = test_file(&f->arena, "tests/cases/text/stems.tsv"), c[3];
    assert_non_null(file.p);
    while (next_case(&file, c)) {
        syn_lang lang = syn_lexicon_lang(f->lex, c[0]);
        syn_str rest = c[1], word, first = {NULL, 0};
        assert_int_not_equal(lang, SYN_LANG_UNKNOWN);
        while (syn_split(&rest, ' ', &word)) {
            const syn_text *t = cut(f, word, syn_lexicon_info(f->lex, lang)->tag);
            assert_int_equal(t->ntokens, 1);
            syn_str stem = syn_dup(&f->arena, syn_text_stem_at(f->texter, t, 0));
            if (!first.n) first = stem;
            assert_str(stem, first);
        }
    }
}

static void flags_say_what_is_seen(void **state)
{
    fixture *f = *state;
    const syn_text *t = cut(f, SYN_STR("The EU met.\nIt was \"Late\"."), "en");
    static const unsigned flags[] = {
        SYN_TOK_CAPITAL | SYN_TOK_FIRST | SYN_TOK_PARAGRAPH,                 /* The */
        SYN_TOK_CAPITAL | SYN_TOK_ALLCAPS | SYN_TOK_SPACE,                   /* EU */
        SYN_TOK_SPACE,                                                       /* met */
        0,                                                                   /* . */
        SYN_TOK_CAPITAL | SYN_TOK_FIRST | SYN_TOK_PARAGRAPH | SYN_TOK_SPACE, /* It */
        SYN_TOK_SPACE,                                                       /* was */
        SYN_TOK_SPACE,                                                       /* " */
        SYN_TOK_CAPITAL,                                                     /* Late */
        0,                                                                   /* " */
        0                                                                    /* . */
    };
    assert_int_equal(t->ntokens, SYN_COUNT(flags));
    for (size_t i = 0; i < t->ntokens; i++) assert_int_equal(t->tokens[i].flags, flags[i]);
    assert_str(syn_token_folded(t, 1), SYN_STR("eu"));
}

/* What holds of every text whatever its bytes. */
static void check_order(const syn_text *t)
{
    uint32_t at = 0, folded = 0, sentence = 0;
    for (size_t i = 0; i < t->ntokens; i++) {
        const syn_token *k = &t->tokens[i];
        assert_true(k->start >= at && k->end > k->start && k->end <= t->src.n);
        assert_true(k->fold_start >= folded && k->fold_end >= k->fold_start && k->fold_end <= t->folded.text.n);
        assert_true(k->sentence >= sentence && k->sentence < t->nsentences);
        assert_true(k->start >= t->sentences[k->sentence].start && k->end <= t->sentences[k->sentence].end);
        assert_true(k->end == t->src.n || ((unsigned char)t->src.p[k->end] & 0xC0) != 0x80 || !syn_utf8_valid(t->src));
        at = k->end;
        folded = k->fold_end;
        sentence = k->sentence;
    }
    for (size_t i = 0; i + 1 < t->nsentences; i++) assert_true(t->sentences[i].end <= t->sentences[i + 1].start);
}

static void offsets_are_in_order(void **state)
{
    fixture *f = *state;
    static const char *const files[] = {"tests/cases/text/lang.tsv", "tests/cases/text/sentences.tsv",
                                        "tests/cases/text/words.tsv"};
    for (size_t i = 0; i < SYN_COUNT(files); i++) check_order(cut(f, test_file(&f->arena, files[i]), ""));
}

static syn_str repeated(fixture *f, const char *piece, size_t bytes)
{
    size_t n = strlen(piece), times = bytes / n;
    char *p = syn_alloc(&f->arena, times * n + 1);
    assert_non_null(p);
    for (size_t i = 0; i < times; i++) memcpy(p + i * n, piece, n);
    return (syn_str){p, times * n};
}

static void hostile_input_is_cut_in_linear_space(void **state)
{
    fixture *f = *state;
    static const char *const pieces[] = {"\xCC\x81",
                                         "a\xCC\x81\xCC\xA3",
                                         "\xFF\xFE\x80",
                                         "\xE2\x82",
                                         ".",
                                         "?!\"",
                                         "a.",
                                         "a'",
                                         "1",
                                         "\xE2\x80\x8D",
                                         "\xE0\xB8\x81",
                                         "\xE6\xBC\xA2",
                                         "\xF0\xA0\x80\x80",
                                         "\n",
                                         "x ",
                                         "\xF0\x9F\x98\x80\xEF\xB8\x8F",
                                         "Mr. ",
                                         "\xD7\x90\"",
                                         "\xE0\xA4\x95\xE0\xA5\x8D",
                                         ".)"};
    for (size_t i = 0; i < SYN_COUNT(pieces); i++) {
        syn_str src = repeated(f, pieces[i], 200000);
        check_order(cut(f, src, ""));
        if (f->arena.used > 200 * src.n + 100000) fail_msg("piece %zu takes %zu bytes", i, f->arena.used);
        char tag[16];
        double sure;
        syn_lang_identify(f->lex, src, SYN_STR("\xFF-x"), tag, &sure);
        syn_arena_free(&f->arena);
    }
}

static void ten_megabytes_in_a_line(void **state)
{
    fixture *f = *state;
    check_order(cut(f, repeated(f, "ord och 12, meningar utan slut ", (size_t)10 << 20), "sv"));
    syn_arena_free(&f->arena);
    syn_text *text;
    assert_int_equal(syn_text_of(f->texter, &f->arena, (syn_str){"", SYN_MAX_TEXT + 1}, SYN_STR(""), &text, NULL),
                     SYN_ELIMIT);
}

static void tokens_that_fold_alike_are_one_word(void **state)
{
    fixture *f = *state;
    const syn_text *t = cut(f, SYN_STR("Årets mål: ÅRETS mal, 12 mål och årets 12. Не́бо, небо"), "sv");
    size_t words = 0;
    for (size_t i = 0; i < t->ntokens; i++) {
        if (t->tokens[i].kind == SYN_TOK_PUNCT) continue;
        assert_true(t->tokens[i].word < t->nwords);
        if (t->tokens[i].word == words) words++; /* numbered as they first come */
        for (size_t k = 0; k < i; k++) {
            if (t->tokens[k].kind == SYN_TOK_PUNCT) continue;
            bool alike = syn_str_eq(syn_token_folded(t, k), syn_token_folded(t, i));
            assert_int_equal(alike, t->tokens[k].word == t->tokens[i].word);
        }
    }
    assert_int_equal(words, t->nwords);
}

/* Stems are kept between words and texts: what was asked before changes none. */
static void a_stem_stays_what_it_was(void **state)
{
    fixture *f = *state;
    static const char *const words[][2] = {{"sv", "ministrarna"}, {"fr", "présidents"},      {"en", "ministries"},
                                           {"pl", "ministrowie"}, {"fa", "کتاب‌ها"}, {"ti", "ministries"}};
    char first[SYN_COUNT(words)][64];
    for (size_t round = 0; round < 3; round++) {
        for (size_t k = 0; k < SYN_COUNT(words); k++) {
            syn_str stem = syn_text_stem_at(f->texter, cut(f, syn_str_of(words[k][1]), words[k][0]), 0);
            assert_true(stem.n && stem.n < sizeof first[k]);
            if (round)
                assert_true(syn_str_is(stem, first[k]));
            else
                snprintf(first[k], sizeof first[k], "%.*s", SYN_FMT(stem));
        }
        for (int i = 0; i < 3000; i++) {
            char other[32];
            snprintf(other, sizeof other, "word%dings", i);
            syn_text_stem_at(f->texter, cut(f, syn_str_of(other), i % 2 ? "en" : "fr"), 0);
        }
    }
}

static void nothing_is_a_text_too(void **state)
{
    fixture *f = *state;
    const syn_text *t = cut(f, (syn_str){NULL, 0}, "sv");
    assert_int_equal(t->ntokens, 0);
    assert_int_equal(t->nsentences, 0);
    t = cut(f, SYN_STR(" \n\t "), "no-such-language");
    assert_int_equal(t->ntokens, 0);
    char tag[16];
    double sure;
    syn_lang_identify(f->lex, (syn_str){NULL, 0}, (syn_str){NULL, 0}, tag, &sure);
    assert_string_equal(tag, "und");
    assert_str(syn_text_stem(f->texter, SYN_LANG_UNKNOWN, SYN_STR("word")), SYN_STR("word"));
    assert_str(syn_text_stem(f->texter, UINT16_MAX, SYN_STR("")), SYN_STR(""));
}

static void memory_may_run_out(void **state)
{
    fixture *f = *state;
    syn_str src = repeated(f, "Ett ord. ", 5000);
    for (size_t limit = 1; limit < 400000; limit = limit * 3 / 2 + 1) {
        syn_arena small = {.limit = limit};
        syn_text *text = NULL;
        syn_err err = {0};
        syn_code rc = syn_text_of(f->texter, &small, src, SYN_STR("sv"), &text, &err);
        assert_true(rc == SYN_OK ? text != NULL : text == NULL && err.code == rc);
        syn_arena_free(&small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_are_told),
        cmocka_unit_test(a_word_is_no_certainty),
        cmocka_unit_test(a_declaration_settles_what_is_close),
        cmocka_unit_test(composed_and_decomposed_are_one_language),
        cmocka_unit_test(sentences_end_where_they_should),
        cmocka_unit_test(words_are_found),
        cmocka_unit_test(stems_are_shared),
        cmocka_unit_test(flags_say_what_is_seen),
        cmocka_unit_test(offsets_are_in_order),
        cmocka_unit_test(hostile_input_is_cut_in_linear_space),
        cmocka_unit_test(ten_megabytes_in_a_line),
        cmocka_unit_test(tokens_that_fold_alike_are_one_word),
        cmocka_unit_test(a_stem_stays_what_it_was),
        cmocka_unit_test(nothing_is_a_text_too),
        cmocka_unit_test(memory_may_run_out),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
