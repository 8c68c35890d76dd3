/* test_compare_record.c - stage 6: tests/cases/events/LANG.tsv, a line a sentence written on 1 May 2024: text, kind of
   the entry that its record must hold, when ("2024-04-17", "2023", "2021..2025", "by 2028", or nothing), and its value
   ("12",
   "#48" for a rank, "2000000000 USD", with "+8" its change).  Then what no telling may do to a record. */
#include <dirent.h>

#include "../../src/compare/compare.h"
#include "test.h"

typedef struct bench {
    syn_lexicon *lex;
    syn_texter *texter;
    syn_arena arena;
    int failures, cases;
} bench;

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    syn_err err = {0};
    *state = b;
    return syn_lexicon_open(&b->lex, &err) || syn_texter_new(b->lex, &b->texter, &err) ? -1 : 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    syn_texter_free(b->texter);
    syn_lexicon_close(b->lex);
    syn_arena_free(&b->arena);
    free(b);
    return 0;
}

static void tell(bench *b, syn_recorder *r, syn_str id, syn_str lang, syn_str outlet, syn_str text, syn_day published)
{
    syn_err err = {0};
    syn_text *t;
    syn_facts *facts = SYN_NEW(&b->arena, syn_facts);
    assert_int_equal(syn_text_of(b->texter, &b->arena, text, lang, &t, &err), SYN_OK);
    assert_int_equal(syn_facts_find(&b->arena, b->lex, t, published, facts, &err), SYN_OK);
    syn_recorded one = {
        .telling = {.id = id, .lang = lang, .text = t, .facts = facts}, .outlet = outlet, .published = published};
    assert_int_equal(syn_recorder_add(r, b->texter, &one, &err), SYN_OK);
}

static syn_record finish(syn_recorder *r)
{
    syn_err err = {0};
    syn_record record;
    assert_int_equal(syn_recorder_finish(r, &record, &err), SYN_OK);
    return record;
}

static int year_of(syn_day day)
{
    int y, m, d;
    syn_day_civil(day, &y, &m, &d);
    return y;
}

static void say(const syn_record_entry *e, syn_buf *out)
{
    int y, m, d;
    syn_buf_format(out, "%s\t", syn_entry_kind_name(e->kind));
    if (e->from != SYN_NO_DAY && !(e->flags & SYN_ENTRY_REPORTED)) {
        syn_day_civil(e->from, &y, &m, &d);
        if (e->flags & SYN_ENTRY_OPEN)
            syn_buf_format(out, "by %d", year_of(e->to - 1));
        else if (e->to == e->from + 1)
            syn_buf_format(out, "%04d-%02d-%02d", y, m, d);
        else if (year_of(e->to - 1) == y)
            syn_buf_format(out, "%d", y);
        else
            syn_buf_format(out, "%d..%d", y, year_of(e->to - 1));
    }
    syn_buf_c(out, '\t');
    if (e->ordinal) syn_buf_format(out, "#%u", e->ordinal);
    if (!(e->flags & SYN_ENTRY_VALUE)) return;
    syn_buf_format(out, "%.0f", e->value);
    if (e->currency[0]) syn_buf_format(out, " %s", e->currency);
    if (e->flags & SYN_ENTRY_CHANGE) syn_buf_format(out, " %+.0f", e->change);
}

static void run_line(bench *b, syn_str lang, syn_str line)
{
    syn_str text, want = line;
    syn_buf said = {0};
    bool here = false;
    if (!syn_split(&want, '\t', &text)) return;
    syn_recorder *r = syn_recorder_new(&b->arena, b->lex);
    tell(b, r, SYN_STR("a"), lang, (syn_str){0}, text, syn_day_of(2024, 5, 1));
    syn_record record = finish(r);
    for (size_t i = 0; i < record.n && !here; i++) {
        syn_buf_clear(&said);
        say(&record.entries[i], &said);
        here = syn_str_eq(syn_buf_str(&said), want);
    }
    b->cases++;
    if (!here) {
        print_error("%.*s: %.*s\n", SYN_FMT(lang), SYN_FMT(line));
        b->failures++;
    }
    syn_buf_free(&said);
    syn_arena_reset(&b->arena);
}

static void every_language(void **state)
{
    bench *b = *state;
    char folder[512], path[300];
    struct dirent **names;
    int languages = 0, n = scandir(test_path(folder, "tests/cases/events"), &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        syn_str name = syn_str_of(names[i]->d_name), line;
        if (syn_ends(name, SYN_STR(".tsv"))) {
            syn_arena file = {0};
            snprintf(path, sizeof path, "tests/cases/events/%.255s", names[i]->d_name);
            syn_str rest = test_file(&file, path);
            while (syn_split(&rest, '\n', &line))
                if (line.n && line.p[0] != '#') run_line(b, syn_slice(name, 0, name.n - 4), line);
            syn_arena_free(&file);
            languages++;
        }
        free(names[i]);
    }
    free(names);
    assert_true(languages >= 22);
    assert_int_equal(b->failures, 0);
}

#define MEETING "On 17 April 2024 President Aldan Moreth met Prime Minister Selma Tavrin in Orlen."

/* One outlet is one voice, a reprint is the voice of whom it reprints. */
static void voices_are_counted_once(void **state)
{
    bench *b = *state;
    syn_day day = syn_day_of(2024, 4, 18);
    syn_str text = SYN_STR(MEETING " They talked for three hours about customs. Nothing was signed this time.");
    syn_recorder *r = syn_recorder_new(&b->arena, b->lex);
    tell(b, r, SYN_STR("a"), SYN_STR("en"), SYN_STR("One"), text, day);
    tell(b, r, SYN_STR("b"), SYN_STR("en"), SYN_STR("Two"), text, day);
    tell(b, r, SYN_STR("c"), SYN_STR("sv"), SYN_STR("One"),
         SYN_STR("Den 17 april möttes president Aldan Moreth och premiärminister Selma Tavrin till ett möte."), day);
    tell(b, r, SYN_STR("d"), SYN_STR("en"), SYN_STR("Three"),
         SYN_STR("Aldan Moreth met Selma Tavrin on 17 April 2024."), day);
    syn_record record = finish(r);
    assert_int_equal(record.n, 1);
    assert_int_equal(record.entries[0].tellings, 4);
    assert_int_equal(record.entries[0].voices, 2);
    assert_int_equal(record.entries[0].nevidence, 4);
}

/* The same talks told without a day, in another script, by the same persons. */
static void events_without_a_day_find_theirs(void **state)
{
    bench *b = *state;
    syn_recorder *r = syn_recorder_new(&b->arena, b->lex);
    tell(b, r, SYN_STR("a"), SYN_STR("en"), SYN_STR("One"), SYN_STR(MEETING), syn_day_of(2024, 4, 18));
    tell(b, r, SYN_STR("b"), SYN_STR("ar"), SYN_STR("Two"),
         SYN_STR("وفي الاجتماع أعرب الرئيس ألدان موريث ورئيسة الوزراء سلمى تافرين عن تقديرهما."), SYN_NO_DAY);
    tell(b, r, SYN_STR("c"), SYN_STR("en"), SYN_STR("Three"),
         SYN_STR("At a meeting with Ilko Brandis, Aldan Moreth said little."), syn_day_of(2024, 4, 18));
    syn_record record = finish(r);
    assert_int_equal(record.n, 1);
    assert_int_equal(record.entries[0].tellings, 2);
    bool arabic = false;
    for (size_t i = 0; i < record.nparties; i++)
        for (size_t k = 0; k < record.parties[i].n; k++)
            arabic |= syn_str_is(record.parties[i].spellings[k].name, "ألدان موريث");
    assert_true(arabic);
}

/* Relatives share a surname and are two persons all the same. */
static void a_surname_makes_no_one_the_same(void **state)
{
    bench *b = *state;
    size_t persons = 0;
    syn_recorder *r = syn_recorder_new(&b->arena, b->lex);
    tell(b, r, SYN_STR("a"), SYN_STR("en"), SYN_STR("One"), SYN_STR("President Aldan Moreth spoke."), SYN_NO_DAY);
    tell(b, r, SYN_STR("b"), SYN_STR("sv"), SYN_STR("Two"), SYN_STR("President Orsolya Moreth talade."), SYN_NO_DAY);
    syn_record record = finish(r);
    for (size_t i = 0; i < record.nparties; i++) persons += record.parties[i].kind == SYN_PARTY_PERSON;
    assert_int_equal(persons, 2);
}

static void hostile_tellings(void **state)
{
    bench *b = *state;
    syn_err err = {0};
    syn_buf text = {0};
    syn_recorder *r = syn_recorder_new(&b->arena, b->lex);
    assert_int_equal(finish(r).n, 0);
    r = syn_recorder_new(&b->arena, b->lex);
    tell(b, r, (syn_str){0}, (syn_str){0}, (syn_str){0}, (syn_str){0}, SYN_NO_DAY);
    for (int i = 0; i < 20000; i++)
        syn_buf_format(&text, i % 50 ? "trade $%d billion in %d signed 12 documents on %d May " : ". ", i,
                       1900 + i % 200, i % 28 + 1);
    tell(b, r, SYN_STR("x"), SYN_STR("en"), SYN_STR("x"), syn_buf_str(&text), SYN_NO_DAY);
    syn_record record = finish(r);
    assert_true(record.n <= SYN_MAX_RECORD_ENTRIES);
    for (size_t i = 0; i < record.n; i++) assert_true(record.entries[i].nevidence > 0);
    syn_buf_free(&text);

    r = syn_recorder_new(&b->arena, b->lex);
    for (int i = 0; i < SYN_MAX_RECORD_TELLINGS; i++)
        tell(b, r, SYN_STR("y"), SYN_STR("en"), SYN_STR("y"), SYN_STR(MEETING), SYN_NO_DAY);
    assert_int_equal(syn_recorder_add(r, b->texter, &(syn_recorded){0}, &err), SYN_ELIMIT);
    record = finish(r);
    assert_int_equal(record.n, 1);
    assert_int_equal(record.entries[0].tellings, SYN_MAX_RECORD_TELLINGS);
    assert_true(record.entries[0].nevidence <= SYN_MAX_RECORD_EVIDENCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_language), cmocka_unit_test(voices_are_counted_once),
                                       cmocka_unit_test(events_without_a_day_find_theirs),
                                       cmocka_unit_test(a_surname_makes_no_one_the_same),
                                       cmocka_unit_test(hostile_tellings)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
