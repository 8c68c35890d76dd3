/* Concepts: golden cases of tests/cases/text/concepts.tsv over data/concepts, and what packs may hold and do. */
#include "text_fixture.h"

#include "../../src/text/concepts.h"

static const syn_text *cut(fixture *f, syn_str src, syn_str lang)
{
    syn_text *text = NULL;
    syn_err err = {0};
    if (syn_text_of(f->texter, &f->arena, src, lang, &text, &err)) fail_msg("%s", err.line);
    return text;
}

/* Whether the concepts of the text are those of the keys, in order; a token may name two. */
static void expect(fixture *f, const char *lang, const char *src, const char *keys)
{
    const syn_text *text = cut(f, syn_str_of(src), syn_str_of(lang));
    syn_str rest = syn_str_of(keys), key;
    size_t tokens = 1;
    if (syn_str_is(rest, "-")) rest.n = 0;
    for (size_t i = 0; i < text->ntokens; i += tokens) {
        uint32_t ids[SYN_CONCEPTS_AT];
        size_t n = syn_text_concepts(f->texter, text, i, ids, &tokens);
        if (!n) tokens = 1;
        for (size_t k = 0; k < n; k++) {
            if (!syn_split(&rest, ' ', &key)) fail_msg("%s: \"%s\": a concept too many at token %zu", lang, src, i);
            if (syn_concepts_id(&f->texter->concepts[0], key) != ids[k])
                fail_msg("%s: \"%s\": token %zu is not \"%.*s\"", lang, src, i, SYN_FMT(key));
        }
    }
    if (rest.n) fail_msg("%s: \"%s\": not found: \"%.*s\"", lang, src, SYN_FMT(rest));
}

static void concepts_are_found(void **state)
{
    fixture *f = *state;
    syn_str file = test_file(&f->arena, "tests/cases/text/concepts.tsv"), line;
    size_t n = 0;
    while (syn_split(&file, '\n', &line)) {
        if (!line.n || line.p[0] == '#') continue;
        syn_str cells[3] = {0};
        for (int i = 0; i < 3; i++) {
            if (!syn_split(&line, '\t', &cells[i])) fail_msg("a case has three columns");
            cells[i] = syn_dup(&f->arena, cells[i]);
        }
        expect(f, cells[0].p, cells[1].p, cells[2].p);
        n++;
    }
    assert_true(n > 0);
}

static void add(fixture *f, const char *tsv, size_t want)
{
    syn_err err = {0};
    size_t terms = 0;
    if (syn_texter_add_pack(f->texter, syn_str_of(tsv), &terms, &err)) fail_msg("%s", err.line);
    assert_int_equal(terms, want);
}

static void a_pack_is_known_at_once(void **state)
{
    fixture *f = *state;
    add(f,
        "# terms of the house\n"
        "x-one\tsv\t*passagen|=Elle|blorv grint\r\n"
        "x-one\tfr\tpassage dérobé|glonde\n"
        "x-two\tsv\tblorv\n"
        "x-two\tth\tจุดข้ามแม่น้ำ\n"
        "x-two\tund\tQvxw\n"
        "x-three\ttr\tkelim*\n",
        3);
    expect(f, "sv", "Vellepassagen och blorv grint, men blorv", "x-one x-one x-two");
    expect(f, "sv", "Blorv-grint", "x-one");
    expect(f, "sv", "ELLE eller Ellen", "x-one");
    expect(f, "sv", "blorv.\n\ngrint", "x-two"); /* no phrase reaches over a paragraph's end */
    expect(f, "fr", "l'glonde et la glonde", "x-one x-one");
    expect(f, "fr", "d\xE2\x80\x99un passage dérobé", "x-one"); /* and with the typographer's apostrophe */
    expect(f, "th", "ที่จุดข้ามแม่น้ำ", "x-two");
    expect(f, "tr", "kelimelerinden kelime kel", "x-three x-three");
    expect(f, "ru", "там qvxw и всё", "x-two");
    expect(f, "da", "blorv", "-"); /* a pack's language is its own */
}

/* Forms of the dictionary find inflected ones, prefixes written together, and words inside running text. */
static void every_script_is_matched(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *lang, *form, *text;
    } cases[] = {
        {"ru", "землетрясение", "после сильного землетрясения в горах"},
        {"tr", "seçim", "seçimlerinde"},
        {"de", "*wahl|*wahlen", "vor den Kommunalwahlen"},
        {"fi", "presidentti", "presidentin puhe"},
        {"ar", "رئيس الوزراء", "وقال رئيس الوزراء إنه"},
        {"ar", "محكمة", "أمام المحكمة"},
        {"fa", "زلزله", "زلزله‌ها"},
        {"he", "בית המשפט", "בבית המשפט אמרו"},
        {"hi", "चुनाव", "चुनावों में"},
        {"ko", "지진", "지진이 났다"},
        {"vi", "từ chức", "Ông đã từ chức hôm qua"},
        {"zh-Hans", "首相", "日本首相辞职"},
        {"zh-Hant", "地震", "台灣發生強烈地震"},
        {"ja", "逮捕", "警察は男を逮捕した"},
        {"th", "แผ่นดินไหว", "เกิดแผ่นดินไหวรุนแรง"},
        {"lo", "ນາຍົກລັດຖະມົນຕີ", "ທ່ານນາຍົກລັດຖະມົນຕີກ່າວ"},
        {"km", "រញ្ជួយដី", "មានការរញ្ជួយដីខ្លាំង"},
        {"my", "ငလျင်*", "ငလျင်လှုပ်ခဲ့သည်"},
    };
    size_t bad = 0;
    for (size_t i = 0; i < SYN_COUNT(cases); i++) {
        syn_texter *own = NULL;
        syn_texter *shared = f->texter;
        syn_err err = {0};
        char tsv[300];
        assert_int_equal(syn_texter_new(f->lex, &own, &err), SYN_OK);
        snprintf(tsv, sizeof tsv, "x-one\t%s\t%s\n", cases[i].lang, cases[i].form);
        f->texter = own;
        add(f, tsv, 1);
        const syn_text *text = cut(f, syn_str_of(cases[i].text), syn_str_of(cases[i].lang));
        size_t found = 0, tokens = 0;
        for (size_t k = 0; k < text->ntokens; k++) {
            uint32_t ids[SYN_CONCEPTS_AT];
            size_t n = syn_text_concepts(own, text, k, ids, &tokens);
            for (size_t m = 0; m < n; m++) found += ids[m] == syn_concepts_id(&own->concepts[0], SYN_STR("x-one"));
        }
        f->texter = shared;
        syn_texter_free(own);
        if (found == 1) continue;
        bad++;
        print_error("%s: \"%s\" found %zu times in \"%s\"\n", cases[i].lang, cases[i].form, found, cases[i].text);
    }
    assert_int_equal(bad, 0);
}

/* "==Form" as written, "!form" never, a star on a phrase's last word, heads before an apostrophe. */
static void marks_of_forms(void **state)
{
    fixture *f = *state;
    add(f, "z-us\ten\t==BLO|==blórv Grint\nz-name\ten\t!shown glonde|glondery\nz-poll\ttr\tqenel qeçim*|QATO\n", 3);
    expect(f, "en", "BLO, blo, Blo", "z-us");
    expect(f, "en", "blórv Grint, blorv Grint, blórv grint", "z-us");
    expect(f, "en", "shown glonde, glondery", "z-name");
    expect(f, "tr", "qenel qeçimlerinden sonra, qenel; qeçimler", "z-poll");
    expect(f, "tr", "QATO'nun, QATO\xE2\x80\x99ya", "z-poll z-poll");
}

static void two_packs_add_up(void **state)
{
    fixture *f = *state;
    add(f, "y-one\ten\tblorv\n", 1);
    add(f, "\xEF\xBB\xBFy-two\ten\tblorv grint\ny-two\ten\tblorv\n", 1);
    expect(f, "en", "blorv grint", "y-two");
    expect(f, "en", "blorv", "y-one y-two");
}

static void a_pack_extends_a_known_concept(void **state)
{
    fixture *f = *state;
    add(f, "earthquake\ten\tground blorv\nfire\ten\tgrintle\n", 2); /* fire is also one of CLDR's */
    expect(f, "en", "earthquake, ground blorv, grintle", "earthquake earthquake fire");
}

static void bad_packs_are_refused(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *tsv, *why;
    } cases[] = {
        {"", "no terms"},
        {"# only a comment\n\n", "no terms"},
        {"key\ten\n", "line 1: a row is key, language, forms"},
        {"key\ten\t\n", "line 1: a row is"},
        {"a\ten\tgood\nKey\ten\tword\n", "line 2: a key is"},
        {"-a\ten\tword\n", "a key is"},
        {"a\txx-none\tword\n", "no such language: \"xx-none\""},
        {"a\ten\tword|\n", NULL},
        {"a\ten\t|word\n", "an empty form"},
        {"a\ten\tone two three four five six\n", "more than 5 words"},
        {"a\ten\tone (two)\n", "a form is words"},
        {"a\ten\t!!!\n", "a form is words"},
        {"a\ten\tabc*\n", "at least 4 letters"},
        {"a\ten\t*two words\n", "one word"},
        {"a\ten\tword\tmore\n", "a fourth column"},
        {"a\ten\t\xFF\xFE\n", "not UTF-8"},
        {"a\ten\tsame\nb\ten\tsame\nc\ten\tsame\n", "line 3: \"same\" would name more than 2"},
    };
    for (size_t i = 0; i < SYN_COUNT(cases); i++) {
        syn_err err = {0};
        syn_code rc = syn_texter_add_pack(f->texter, syn_str_of(cases[i].tsv), NULL, &err);
        if (!cases[i].why) {
            assert_int_equal(rc, SYN_OK);
            continue;
        }
        if (rc != SYN_EFORMAT || !strstr(err.line, cases[i].why)) fail_msg("case %zu: %d \"%s\"", i, rc, err.line);
    }
}

static void packs_have_ceilings(void **state)
{
    fixture *f = *state;
    syn_err err = {0};
    char *long_form = syn_alloc(&f->arena, 1000);
    memcpy(long_form, "a\ten\t", 5);
    memset(long_form + 5, 'w', 900);
    assert_int_equal(syn_texter_add_pack(f->texter, syn_str_of(long_form), NULL, &err), SYN_EFORMAT);
    assert_int_equal(syn_texter_add_pack(f->texter, (syn_str){long_form, SYN_MAX_PACK + 1}, NULL, &(syn_err){0}),
                     SYN_ELIMIT);
    syn_code rc = SYN_OK;
    int n = 0;
    for (; !rc && n < 100; n++) rc = syn_texter_add_pack(f->texter, SYN_STR("a\ten\tword\n"), NULL, &(syn_err){0});
    assert_int_equal(rc, SYN_ELIMIT);
    assert_int_equal(n, SYN_MAX_PACKS + 1);
}

static void hostile_text_finds_nothing_and_ends(void **state)
{
    fixture *f = *state;
    add(f, "x-one\tund\tblorv grint\nx-one\ten\tblorv grint|blorv*|*lorv\n", 1);
    static const char *const texts[] = {
        "blorv-", "-", "blorv--grint", "l'", "'''", "\xFF\xFE blorv", "blorv\xCC\x81\xCC\x81"};
    for (size_t i = 0; i < SYN_COUNT(texts); i++) {
        const syn_text *text = cut(f, syn_str_of(texts[i]), SYN_STR("en"));
        for (size_t k = 0; k < text->ntokens; k++) {
            uint32_t ids[SYN_CONCEPTS_AT];
            size_t tokens = 0, n = syn_text_concepts(f->texter, text, k, ids, &tokens);
            assert_true(n <= SYN_CONCEPTS_AT && (!n || k + tokens <= text->ntokens));
        }
    }
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(concepts_are_found),    T(a_pack_is_known_at_once), T(every_script_is_matched),
        T(marks_of_forms),        T(two_packs_add_up),        T(a_pack_extends_a_known_concept),
        T(bad_packs_are_refused), T(packs_have_ceilings),     T(hostile_text_finds_nothing_and_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
