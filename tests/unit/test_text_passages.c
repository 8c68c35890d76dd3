/* Paragraphs in another language than their text: tests/cases/text/passages.tsv, what goes by their language, and that
   they are the same in every part of the program. */
#include "text_fixture.h"

#include "../../src/facts/facts.h"

/* The cell with its paragraphs in lines. */
static syn_str in_lines(fixture *f, syn_str cell)
{
    syn_buf b = {0};
    for (size_t at = 0; at < cell.n; at++) {
        if (syn_starts(syn_slice(cell, at, cell.n), SYN_STR(" | "))) {
            syn_buf_c(&b, '\n');
            at += 2;
        } else {
            syn_buf_c(&b, cell.p[at]);
        }
    }
    syn_str out = syn_dup(&f->arena, syn_buf_str(&b));
    syn_buf_free(&b);
    return out;
}

static void test_cases(void **state)
{
    fixture *f = *state;
    syn_str file = test_file(&f->arena, "tests/cases/text/passages.tsv"), line, lang, cell, p, tag;
    size_t n = 0;
    while (syn_split(&file, '\n', &line)) {
        if (!line.n || line.p[0] == '#') continue;
        if (!syn_split(&line, '\t', &lang) || !syn_split(&line, '\t', &cell)) fail_msg("a case has three columns");
        syn_str text = in_lines(f, cell), rest = text, want = line;
        syn_passages found;
        assert_int_equal(syn_lang_passages(f->lex, &f->arena, text, lang, &found, NULL), SYN_OK);
        size_t k = 0;
        while (syn_split(&rest, '\n', &p) && syn_split(&want, ' ', &tag)) {
            bool here = k < found.n && found.items[k].span.start == (size_t)(p.p - text.p);
            syn_str got = here ? found.items[k++].tag : SYN_STR("-");
            if (!syn_str_eq(got, tag))
                fail_msg("%.*s: \"%.*s\" is %.*s, not %.*s", SYN_FMT(lang), SYN_FMT(p), SYN_FMT(got), SYN_FMT(tag));
            if (here) assert_int_equal(found.items[k - 1].span.end, (size_t)(p.p - text.p) + p.n);
        }
        assert_int_equal(k, found.n);
        n++;
    }
    assert_true(n >= 15);
}

static const char swedish[] =
    "Statsministern talade på torsdagen med pressen om de nya reglerna, som kostar 1,5 miljoner kronor om året.\n"
    "\"We will pay 2.5 billion dollars on 3 May 2026 and our ministers have agreed on it,\" said President Ann "
    "Miller.\n"
    "Oppositionen är kritisk och menar att det kommer att kosta mycket pengar för de mindre företagen i landet.";

static void test_a_passage_goes_by_its_own_language(void **state)
{
    fixture *f = *state;
    syn_text *text;
    syn_facts facts;
    syn_str src = syn_str_of(swedish);
    assert_int_equal(syn_text_of(f->texter, &f->arena, src, SYN_STR("sv"), &text, NULL), SYN_OK);
    assert_int_equal(text->passages.n, 1);
    syn_span at = text->passages.items[0].span;
    for (size_t i = 0; i < text->ntokens; i++) {
        bool inside = text->tokens[i].start >= at.start && text->tokens[i].start < at.end;
        assert_int_equal(syn_token_lang(text, i), inside ? text->passages.items[0].lang : text->lang);
        if (syn_str_is(syn_token_folded(text, i), "ministers"))
            assert_true(syn_str_is(syn_text_stem_at(f->texter, text, i), "minist"));
    }
    assert_int_equal(syn_facts_find(&f->arena, f->lex, text, SYN_NO_DAY, &facts, NULL), SYN_OK);
    bool kronor = false, dollars = false, day = false, name = false;
    for (size_t i = 0; i < facts.n; i++) {
        const syn_fact *x = &facts.items[i];
        syn_str printed = syn_slice(src, x->span.start, x->span.end);
        assert_true(x->sentence < text->nsentences && text->sentences[x->sentence].start <= x->span.start &&
                    text->sentences[x->sentence].end >= x->span.end);
        kronor |= x->kind == SYN_FACT_MONEY && x->value == 1.5e6 && strcmp(x->currency, "SEK") == 0;
        dollars |= x->kind == SYN_FACT_MONEY && x->value == 2.5e9 && syn_str_is(printed, "2.5 billion dollars");
        day |= x->kind == SYN_FACT_DATE && syn_str_is(printed, "3 May 2026");
        name |= x->kind == SYN_FACT_NAME && syn_str_is(printed, "Ann Miller");
    }
    assert_true(kronor && dollars && day && name);
}

static void test_short_or_unknown_texts_have_none(void **state)
{
    fixture *f = *state;
    syn_passages found;
    const char *const texts[] = {"", "\n\n\n", "Kort.\nShort and in English, of course.", swedish};
    for (size_t i = 0; i < SYN_COUNT(texts); i++) {
        syn_str lang = i == 3 ? SYN_STR("und") : SYN_STR("sv");
        assert_int_equal(syn_lang_passages(f->lex, &f->arena, syn_str_of(texts[i]), lang, &found, NULL), SYN_OK);
        assert_int_equal(found.n, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_a_passage_goes_by_its_own_language),
        cmocka_unit_test(test_short_or_unknown_texts_have_none),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
