/* test_facts_names.c - names and quotations in texts, and names across scripts, from tests/cases/names. */
#include "test.h"

#include "../../src/facts/facts.h"

/* Of the names of tests/cases/names/news: as a whole, and what no language falls below. */
static const double NEWS_PRECISION = 0.95, NEWS_RECALL = 0.92, NEWS_LEAST = 0.5;

typedef struct house {
    syn_lexicon *lex;
    syn_texter *texter;
} house;

static int set_up(void **state)
{
    static house h;
    *state = &h;
    if (syn_lexicon_open(&h.lex, NULL)) return -1;
    return syn_texter_new(h.lex, &h.texter, NULL) ? -1 : 0;
}

static int tear_down(void **state)
{
    house *h = *state;
    syn_texter_free(h->texter);
    syn_lexicon_close(h->lex);
    return 0;
}

static bool of_kind(const syn_fact *f, syn_str kind)
{
    if (syn_str_is(kind, "place")) return f->kind == SYN_FACT_PLACE;
    if (syn_str_is(kind, "quote")) return f->kind == SYN_FACT_QUOTE;
    if (f->kind != SYN_FACT_NAME) return false;
    if (syn_str_is(kind, "person")) return f->flags & SYN_FACT_PERSON;
    if (syn_str_is(kind, "org")) return f->flags & SYN_FACT_ORG;
    return !(f->flags & (SYN_FACT_PERSON | SYN_FACT_ORG));
}

static void check_text(const house *h, syn_str lang, syn_str src, syn_str kind, syn_str want)
{
    syn_arena mem = {.limit = (size_t)64 << 20};
    syn_text *text;
    syn_fact_list list = {.arena = &mem};
    syn_buf got = {.max = 4096};
    assert_int_equal(syn_text_of(h->texter, &mem, src, lang, &text, NULL), SYN_OK);
    assert_int_equal(syn_names_find(h->lex, text, NULL, &list, NULL), SYN_OK);
    for (size_t i = 0; i < list.n; i++) {
        const syn_fact *f = &list.items[i];
        assert_true(f->span.start < f->span.end && f->span.end <= src.n);
        if (!of_kind(f, kind)) continue;
        if (got.n) syn_buf_c(&got, '|');
        syn_buf_add(&got, f->name);
    }
    if (!syn_str_eq(syn_buf_str(&got), want))
        fail_msg("%.*s: %.*s: got %.*s \"%.*s\", want \"%.*s\"", SYN_FMT(lang), SYN_FMT(src), SYN_FMT(kind),
                 SYN_FMT(syn_buf_str(&got)), SYN_FMT(want));
    syn_buf_free(&got);
    syn_arena_free(&mem);
}

typedef void check(const house *h, syn_str name, syn_str a, syn_str b, syn_str c);

/* Rows of a golden file; how many there were. */
static size_t each_row(const house *h, const char *name, check *then)
{
    char path[256];
    syn_arena mem = {.limit = (size_t)4 << 20};
    size_t rows = 0;
    snprintf(path, sizeof path, "tests/cases/names/%s.tsv", name);
    syn_str rest = test_file(&mem, path), line;
    while (syn_split(&rest, '\n', &line)) {
        syn_str a = {0}, b = {0}, c = {0};
        if (line.n == 0 || line.p[0] == '#') continue;
        syn_split(&line, '\t', &a);
        syn_split(&line, '\t', &b);
        syn_split(&line, '\t', &c);
        then(h, syn_str_of(name), a, b, c);
        rows++;
    }
    syn_arena_free(&mem);
    return rows;
}

/* The places of a text as "name country north east|name country -", degrees rounded down. */
static void check_places(const house *h, syn_str file, syn_str lang, syn_str src, syn_str want)
{
    (void)file;
    syn_arena mem = {.limit = (size_t)64 << 20};
    syn_text *text;
    syn_fact_list list = {.arena = &mem};
    syn_buf got = {.max = 4096};
    assert_int_equal(syn_text_of(h->texter, &mem, src, lang, &text, NULL), SYN_OK);
    assert_int_equal(syn_names_find(h->lex, text, NULL, &list, NULL), SYN_OK);
    for (size_t i = 0; i < list.n; i++) {
        const syn_fact *f = &list.items[i];
        char point[40] = "-";
        if (f->kind != SYN_FACT_PLACE) continue;
        if (f->lat || f->lon) snprintf(point, sizeof point, "%d %d", f->lat / 10000, f->lon / 10000);
        syn_buf_format(&got, "%s%.*s %c%c %s", got.n ? "|" : "", SYN_FMT(f->name), (int)(f->place >> 8),
                       (int)(f->place & 255), point);
    }
    if (!syn_str_eq(syn_buf_str(&got), want))
        fail_msg("%.*s: got %.*s, want %.*s", SYN_FMT(src), SYN_FMT(syn_buf_str(&got)), SYN_FMT(want));
    syn_buf_free(&got);
    syn_arena_free(&mem);
}

static void homonyms(void **state)
{
    assert_true(each_row(*state, "homonyms", check_places) > 20);
}

static void names_in_texts(void **state)
{
    static const char *const languages[] = {"en", "sv", "de", "fr", "ru", "ar", "hi", "bn", "zh-Hans", "ja", "ko",
                                            "th", "lo", "km", "vi", "tr", "he", "sw", "am", "fi",      "es"};
    for (size_t i = 0; i < SYN_COUNT(languages); i++) assert_true(each_row(*state, languages[i], check_text) > 0);
}

/* ---- names of invented news ---- */

/* What is found of all that is to be found, and of what is none. */
typedef struct tally {
    size_t right, missed, wrong;
} tally;

/* Whether the list, parted by |, has the name; it is taken out.  A name that begins with ? may be left unfound. */
static bool take_name(syn_str *list, syn_str name)
{
    syn_str rest = *list, one;
    while (syn_split(&rest, '|', &one)) {
        if (one.n && one.p[0] == '?') one = syn_slice(one, 1, one.n);
        if (!syn_str_eq(one, name)) continue;
        memset((char *)(uintptr_t)one.p, '|', one.n);
        return true;
    }
    return false;
}

static size_t left_over(syn_str list)
{
    syn_str one;
    size_t n = 0;
    while (syn_split(&list, '|', &one)) n += one.n && one.p[0] != '?';
    return n;
}

static bool is_optional(syn_str list, syn_str name)
{
    syn_str one;
    while (syn_split(&list, '|', &one))
        if (one.n && one.p[0] == '?' && syn_str_eq(syn_slice(one, 1, one.n), name)) return true;
    return false;
}

/* One line: a text, its persons, its organisations, its places. */
static void tally_line(const house *h, syn_arena *mem, syn_str lang, syn_str line, tally *t)
{
    syn_str part[4] = {{0}}, all[2];
    syn_text *text;
    syn_facts facts;
    for (size_t i = 0; i < 4; i++) syn_split(&line, '\t', &part[i]);
    syn_buf names = {.max = 4096};
    syn_buf_add(&names, part[1]);
    syn_buf_c(&names, '|');
    syn_buf_add(&names, part[2]);
    all[0] = syn_dup(mem, syn_buf_str(&names));
    all[1] = syn_dup(mem, part[3]);
    syn_buf_free(&names);
    assert_int_equal(syn_text_of(h->texter, mem, part[0], lang, &text, NULL), SYN_OK);
    assert_int_equal(syn_facts_find(mem, h->lex, text, SYN_NO_DAY, &facts, NULL), SYN_OK);
    for (size_t i = 0; i < facts.n; i++) {
        const syn_fact *f = &facts.items[i];
        if (f->kind != SYN_FACT_NAME && f->kind != SYN_FACT_PLACE) continue;
        bool place = f->kind == SYN_FACT_PLACE, may = is_optional(all[0], f->name) || is_optional(all[1], f->name);
        if (may) continue;
        if (take_name(&all[place], f->name))
            t->right++;
        else
            t->wrong++;
    }
    t->missed += left_over(all[0]) + left_over(all[1]);
}

static double f1(const tally *t)
{
    return t->right ? 2.0 * (double)t->right / (double)(2 * t->right + t->missed + t->wrong) : 0;
}

static void names_in_news(void **state)
{
    static const char *const languages[] = {"am", "ar", "bg", "bn", "cs", "de", "el",      "en",     "es", "et", "fa",
                                            "fi", "fr", "he", "hi", "hu", "id", "it",      "ja",     "km", "ko", "lo",
                                            "lt", "lv", "my", "nl", "pl", "pt", "ro",      "ru",     "sr", "sv", "sw",
                                            "ta", "th", "tr", "uk", "ur", "vi", "zh-Hans", "zh-Hant"};
    tally all = {0};
    for (size_t i = 0; i < SYN_COUNT(languages); i++) {
        char path[256];
        syn_arena mem = {.limit = (size_t)64 << 20};
        tally own = {0};
        snprintf(path, sizeof path, "tests/cases/names/news/%s.tsv", languages[i]);
        syn_str rest = test_file(&mem, path), line;
        while (syn_split(&rest, '\n', &line))
            if (line.n && line.p[0] != '#') tally_line(*state, &mem, syn_str_of(languages[i]), line, &own);
        if (f1(&own) < NEWS_LEAST)
            fail_msg("%s: F1 %.2f: %zu found, %zu missed, %zu that are none", languages[i], f1(&own), own.right,
                     own.missed, own.wrong);
        all.right += own.right;
        all.missed += own.missed;
        all.wrong += own.wrong;
        syn_arena_free(&mem);
    }
    double precision = (double)all.right / (double)(all.right + all.wrong);
    double recall = (double)all.right / (double)(all.right + all.missed);
    if (precision < NEWS_PRECISION || recall < NEWS_RECALL) fail_msg("precision %.3f, recall %.3f", precision, recall);
}

static void check_similarity(const house *h, syn_str name, syn_str a, syn_str b, syn_str c)
{
    (void)name;
    double there = syn_name_similarity(h->lex, a, b), back = syn_name_similarity(h->lex, b, a);
    bool same = syn_str_is(c, "same");
    for (int i = 0; i < 2; i++) {
        double v = i ? back : there;
        assert_true(v >= 0 && v <= 1);
        if (same ? v < 0.5 : v > 0.35) fail_msg("%.*s, %.*s: %.3f", SYN_FMT(a), SYN_FMT(b), v);
    }
}

/* The names of one script, each against the Latin name of every other. */
typedef struct scripted {
    char script[24], latin[32], other[96];
} scripted;
enum { SCRIPTED_MAX = 400 };
static scripted scripts[SCRIPTED_MAX];
static size_t nscripts;

static void keep(char *to, size_t size, syn_str s)
{
    assert_true(s.n < size);
    memcpy(to, s.p, s.n);
    to[s.n] = 0;
}

static void keep_scripted(const house *h, syn_str name, syn_str a, syn_str b, syn_str c)
{
    (void)h;
    (void)name;
    assert_true(nscripts < SCRIPTED_MAX);
    scripted *s = &scripts[nscripts++];
    keep(s->script, sizeof s->script, a);
    keep(s->latin, sizeof s->latin, b);
    keep(s->other, sizeof s->other, c);
}

static void check_keys(const house *h, syn_str name, syn_str a, syn_str b, syn_str c)
{
    uint64_t ka[16], kb[16];
    int strength;
    size_t na = syn_name_keys(h->lex, a, 0, ka, SYN_COUNT(ka), &strength);
    size_t nb = syn_name_keys(h->lex, b, 0, kb, SYN_COUNT(kb), &strength);
    bool shared = false;
    (void)name;
    for (size_t i = 0; i < na; i++)
        for (size_t j = 0; j < nb; j++) shared |= ka[i] == kb[j];
    if (shared != syn_str_is(c, "yes"))
        fail_msg("%.*s, %.*s: %s", SYN_FMT(a), SYN_FMT(b), shared ? "shared" : "not shared");
}

static void check_latin(const house *h, syn_str name, syn_str a, syn_str b, syn_str c)
{
    syn_arena mem = {.limit = 1 << 20};
    (void)name;
    (void)c;
    assert_str(syn_name_latin(&mem, h->lex, a, 0), b);
    syn_arena_free(&mem);
}

static void names_across_scripts(void **state)
{
    assert_true(each_row(*state, "similarity", check_similarity) > 30);
}
static void right_one_of_its_script(void **state)
{
    const house *h = *state;
    nscripts = 0;
    assert_true(each_row(*state, "scripts", keep_scripted) > 100);
    for (size_t i = 0; i < nscripts; i++) {
        syn_str latin = syn_str_of(scripts[i].latin);
        double own = syn_name_similarity(h->lex, latin, syn_str_of(scripts[i].other));
        for (size_t k = 0; k < nscripts; k++) {
            if (k == i || strcmp(scripts[k].script, scripts[i].script) != 0) continue;
            double v = syn_name_similarity(h->lex, latin, syn_str_of(scripts[k].other));
            if (v * 5 > own) fail_msg("%s: %s %.4f, %s %.4f", latin.p, scripts[i].other, own, scripts[k].other, v);
        }
    }
}
static void keys_of_words(void **state)
{
    assert_true(each_row(*state, "keys", check_keys) > 10);
}
static void latin_spelling(void **state)
{
    assert_true(each_row(*state, "latin", check_latin) > 10);
}

/* Whatever comes: no crash, spans inside the text, answers between 0 and 1. */
static void hostile_input(void **state)
{
    const house *h = *state;
    static char text[20000];
    uint32_t x = 1;
    for (int round = 0; round < 12; round++) {
        for (size_t i = 0; i < sizeof text; i++) {
            x = x * 1664525u + 1013904223u;
            static const char few[] = "\"\"«»“Ab .·'-\xE0\xB8\x81\xE4\xB9\xA0\xD7\x95";
            text[i] = round % 3 == 0   ? (char)(x >> 24)
                      : round % 3 == 1 ? few[(x >> 20) % (sizeof few - 1)]
                                       : "A. "[(x >> 24) % 3];
        }
        syn_arena mem = {.limit = (size_t)256 << 20};
        syn_text *t;
        syn_fact_list list = {.arena = &mem};
        syn_str s = {text, sizeof text};
        double v = syn_name_similarity(h->lex, syn_slice(s, 0, 300), syn_slice(s, 300, 700));
        assert_true(v >= 0 && v <= 1);
        assert_true(syn_name_similarity(h->lex, s, s) <= 1);
        s = syn_utf8_repair(&mem, s, NULL);
        assert_int_equal(syn_text_of(h->texter, &mem, s, SYN_STR("en"), &t, NULL), SYN_OK);
        assert_int_equal(syn_names_find(h->lex, t, NULL, &list, NULL), SYN_OK);
        for (size_t i = 0; i < list.n; i++) assert_true(list.items[i].span.end <= s.n);
        syn_arena_free(&mem);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_in_texts),          cmocka_unit_test(homonyms),
        cmocka_unit_test(names_in_news),           cmocka_unit_test(names_across_scripts),
        cmocka_unit_test(right_one_of_its_script), cmocka_unit_test(keys_of_words),
        cmocka_unit_test(latin_spelling),          cmocka_unit_test(hostile_input),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
