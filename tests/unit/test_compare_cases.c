/* test_compare_cases.c - stage 6: tests/cases/compare/NAME.json, one case a file: "what" it shows, "tellings" (lang,
   published, text) and what is expected: of two tellings "differences", pairs of figures as printed or the heart of
   them, all there are; of more "rows" that the table must hold (kind, values: how many, said: as printed in each
   telling or null) and "disagreements", how many of its rows differ. */
#include <dirent.h>

#include "../../src/compare/compare.h"
#include "test.h"

typedef struct bench {
    syn_lexicon *lex;
    syn_texter *texter;
    syn_arena arena;
    const char *name;
    int failures;
} bench;

static syn_str said(const syn_telling *t, const syn_saying *s)
{
    return syn_slice(t->text->src, s->span.start, s->span.end);
}

static syn_str printed(const syn_telling *t, const syn_fact *f)
{
    return f ? syn_slice(t->text->src, f->span.start, f->span.end) : (syn_str){0};
}

/* A case names the digits or the name; a unit or a title may stand with it. */
static bool holds(syn_str whole, syn_str part)
{
    return part.n == 0 ? whole.n == 0 : syn_find(whole, part, 0) != SIZE_MAX;
}

static size_t tellings_of(bench *b, const syn_json *of, const syn_telling **out)
{
    size_t n = 0;
    for (const syn_json *j = syn_json_first(of); j && n < SYN_MAX_TELLINGS; j = syn_json_next(j), n++) {
        syn_err err = {0};
        syn_text *text;
        syn_telling *t = SYN_NEW(&b->arena, syn_telling);
        syn_facts *facts = SYN_NEW(&b->arena, syn_facts);
        syn_time when = SYN_NO_TIME;
        syn_day ref = syn_time_parse(syn_json_get_str(j, "published"), &when) ? syn_time_day(when) : SYN_NO_DAY;
        syn_str lang = syn_json_get_str(j, "lang");
        assert_int_equal(syn_text_of(b->texter, &b->arena, syn_json_get_str(j, "text"), lang, &text, &err), SYN_OK);
        assert_int_equal(syn_facts_find(&b->arena, b->lex, text, ref, facts, &err), SYN_OK);
        assert_int_equal(syn_telling_ready(&b->arena, b->texter, lang, lang, text, facts, when, t, &err), SYN_OK);
        out[n] = t;
    }
    return n;
}

static void complain(bench *b, const char *what, syn_str first, syn_str second)
{
    print_error("%s: %s: %.*s | %.*s\n", b->name, what, SYN_FMT(first), SYN_FMT(second));
    b->failures++;
}

static void check_pair(bench *b, const syn_json *wanted, const syn_telling *const *t)
{
    syn_err err = {0};
    syn_differences got;
    assert_int_equal(syn_compare_pair(&b->arena, b->lex, t[0], t[1], &got, &err), SYN_OK);
    size_t found = 0;
    for (const syn_json *w = syn_json_first(wanted); w; w = syn_json_next(w)) {
        syn_str x = syn_json_str(syn_json_first(w)), y = syn_json_str(syn_json_next(syn_json_first(w)));
        bool here = false;
        for (size_t i = 0; i < got.n && !here; i++)
            here = holds(said(t[0], &got.items[i].a), x) && holds(said(t[1], &got.items[i].b), y);
        if (here)
            found++;
        else
            complain(b, "not found", x, y);
    }
    size_t conflicts = 0;
    for (size_t i = 0; i < got.n; i++) conflicts += got.items[i].severity >= SYN_CONFLICTS;
    for (size_t i = 0; i < got.n && found < conflicts; i++)
        if (got.items[i].severity >= SYN_CONFLICTS)
            complain(b, "found", said(t[0], &got.items[i].a), said(t[1], &got.items[i].b));
}

static bool row_matches(const syn_row *row, const syn_json *wanted, const syn_telling *const *t, size_t n)
{
    syn_str kind = syn_json_get_str(wanted, "kind");
    const syn_json *cell = syn_json_first(syn_json_get(wanted, "said"));
    double values;
    uint32_t most = 0;
    for (size_t i = 0; i < n; i++)
        if (row->cells[i].fact && row->cells[i].value > most) most = row->cells[i].value;
    if (kind.n && !syn_str_is(kind, syn_fact_kind_names[row->kind])) return false;
    if (syn_json_number(syn_json_get(wanted, "values"), &values) && values != most + 1) return false;
    for (size_t i = 0; i < n && cell; i++, cell = syn_json_next(cell))
        if (!holds(printed(t[i], row->cells[i].fact), syn_json_str(cell))) return false;
    return true;
}

static void check_table(bench *b, const syn_json *of, const syn_telling *const *t, size_t n)
{
    syn_err err = {0};
    syn_table table;
    assert_int_equal(syn_compare_story(&b->arena, b->lex, t, n, SYN_STR("en"), &table, &err), SYN_OK);
    for (const syn_json *w = syn_json_first(syn_json_get(of, "rows")); w; w = syn_json_next(w)) {
        bool here = false;
        for (size_t r = 0; r < table.n && !here; r++) here = row_matches(&table.rows[r], w, t, n);
        if (!here) complain(b, "no row", syn_json_str(syn_json_first(syn_json_get(w, "said"))), (syn_str){0});
    }
    double wanted, differing = 0;
    for (size_t r = 0; r < table.n; r++) differing += table.rows[r].differs;
    if (!syn_json_number(syn_json_get(of, "disagreements"), &wanted) || wanted == differing) return;
    for (size_t r = 0; r < table.n; r++)
        if (table.rows[r].differs) complain(b, "differs", table.rows[r].label, (syn_str){0});
    b->failures++;
}

static void run_case(bench *b, const char *name)
{
    char path[300];
    snprintf(path, sizeof path, "tests/cases/compare/%.255s", name);
    syn_err err = {0};
    syn_json *j = syn_json_parse(test_file(&b->arena, path), &err);
    if (!j) fail_msg("%s: %s", name, err.line);
    b->name = name;
    const syn_telling *tellings[SYN_MAX_TELLINGS];
    size_t n = tellings_of(b, syn_json_get(j, "tellings"), tellings);
    if (n == 2)
        check_pair(b, syn_json_get(j, "differences"), tellings);
    else
        check_table(b, j, tellings, n);
    syn_json_free(j);
    syn_arena_reset(&b->arena);
}

static void every_case(void **state)
{
    (void)state;
    bench b = {0};
    syn_err err = {0};
    char folder[512];
    assert_int_equal(syn_lexicon_open(&b.lex, &err), SYN_OK);
    assert_int_equal(syn_texter_new(b.lex, &b.texter, &err), SYN_OK);
    struct dirent **names;
    int n = scandir(test_path(folder, "tests/cases/compare"), &names, NULL, alphasort);
    assert_true(n > 2);
    for (int i = 0; i < n; i++) {
        if (syn_ends(syn_str_of(names[i]->d_name), SYN_STR(".json"))) run_case(&b, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    syn_arena_free(&b.arena);
    syn_texter_free(b.texter);
    syn_lexicon_close(b.lex);
    assert_int_equal(b.failures, 0);
}

static const syn_telling *telling_of(bench *b, syn_str text)
{
    syn_err err = {0};
    syn_text *t;
    syn_telling *out = SYN_NEW(&b->arena, syn_telling);
    syn_facts *facts = SYN_NEW(&b->arena, syn_facts);
    assert_int_equal(syn_text_of(b->texter, &b->arena, text, SYN_STR("en"), &t, &err), SYN_OK);
    assert_int_equal(syn_facts_find(&b->arena, b->lex, t, SYN_NO_DAY, facts, &err), SYN_OK);
    assert_int_equal(
        syn_telling_ready(&b->arena, b->texter, SYN_STR("x"), SYN_STR("en"), t, facts, SYN_NO_TIME, out, &err), SYN_OK);
    return out;
}

/* Empty tellings, too many of them, and one that is all figures. */
static void hostile_tellings(void **state)
{
    (void)state;
    bench b = {0};
    syn_err err = {0};
    syn_differences d;
    syn_table table;
    assert_int_equal(syn_lexicon_open(&b.lex, &err), SYN_OK);
    assert_int_equal(syn_texter_new(b.lex, &b.texter, &err), SYN_OK);
    const syn_telling *empty = telling_of(&b, (syn_str){0});
    syn_buf text = {0};
    for (int i = 0; i < 4000; i++) syn_buf_format(&text, i % 7 ? "%d:30 " : "%d. ", i);
    const syn_telling *figures = telling_of(&b, syn_buf_str(&text));
    const syn_telling *many[SYN_MAX_TELLINGS + 1];
    for (size_t i = 0; i <= SYN_MAX_TELLINGS; i++) many[i] = i == 1 || i == 2 ? figures : empty;

    assert_int_equal(syn_compare_pair(&b.arena, b.lex, empty, empty, &d, &err), SYN_OK);
    assert_int_equal(d.n, 0);
    assert_int_equal(syn_compare_pair(&b.arena, b.lex, empty, figures, &d, &err), SYN_OK);
    for (size_t i = 0; i < d.n; i++) assert_int_equal(d.items[i].severity, 1);
    assert_int_equal(syn_compare_pair(&b.arena, b.lex, figures, figures, &d, &err), SYN_OK);
    assert_int_equal(syn_compare_story(&b.arena, b.lex, many, 0, SYN_STR("en"), &table, &err), SYN_OK);
    assert_int_equal(table.n, 0);
    assert_int_equal(syn_compare_story(&b.arena, b.lex, many, 3, SYN_STR("en"), &table, &err), SYN_OK);
    assert_int_equal(syn_compare_story(&b.arena, b.lex, many, SYN_MAX_TELLINGS + 1, SYN_STR("en"), &table, &err),
                     SYN_ELIMIT);
    syn_buf_free(&text);
    syn_arena_free(&b.arena);
    syn_texter_free(b.texter);
    syn_lexicon_close(b.lex);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_case), cmocka_unit_test(hostile_tellings)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
