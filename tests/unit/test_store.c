/* Keeping articles and finding them again, in every script. */
#include "test.h"

#include "store_fixture.h"

#include <sqlite3.h>

static syn_article page(const char *id, const char *lang, const char *title, const char *text)
{
    return (syn_article){.id = syn_str_of(id),
                         .lang = syn_str_of(lang),
                         .title = syn_str_of(title),
                         .text = syn_str_of(text),
                         .published = SYN_NO_TIME,
                         .modified = SYN_NO_TIME,
                         .outlet = SYN_STR("Nordan")};
}

/* Keep it; name, where given, is a fact of the text. */
static int64_t keep(bench *b, const syn_article *a, const char *name)
{
    syn_text *text;
    syn_fact fact = {.kind = SYN_FACT_NAME, .from = SYN_NO_DAY, .to = SYN_NO_DAY};
    syn_facts facts = {&fact, name ? 1 : 0};
    int64_t row = 0;
    syn_err err = {0};
    OK(syn_text_of(b->texter, &b->mem, a->text, a->lang, &text, &err));
    if (name) {
        size_t at = syn_find(a->text, syn_str_of(name), 0);
        assert_true(at != SIZE_MAX);
        fact.span = (syn_span){(uint32_t)at, (uint32_t)(at + strlen(name))};
        fact.name = syn_str_of(name);
    }
    OK(syn_store_put(b->store, &(syn_entry){a, text, &facts, NULL}, &row, &err));
    return row;
}

static int64_t keep_page(bench *b, const char *id, const char *lang, const char *title, const char *text,
                         const char *name)
{
    syn_article a = page(id, lang, title, text);
    return keep(b, &a, name);
}

static void decide(bench *b, int64_t row, const char *founder)
{
    syn_decision d = {.story = syn_str_of(founder), .score = 0.5};
    syn_err err = {0};
    OK(syn_store_decide(b->store, row, &d, &err));
}

static syn_list find_in(bench *b, const char *query, const char *lang)
{
    syn_list found = {0};
    syn_err err = {0};
    OK(syn_store_search(b->store, &b->mem, syn_str_of(query), syn_str_of(lang), 0, 20, &found, &err));
    return found;
}

/* Ids found, by space, best first. */
static void assert_found(bench *b, const char *query, const char *ids)
{
    syn_list found = find_in(b, query, "");
    const syn_article_row *rows = found.items;
    syn_buf got = {0};
    for (size_t i = 0; i < found.n; i++) {
        if (i) syn_buf_c(&got, ' ');
        syn_buf_add(&got, rows[i].a.id);
    }
    if (!syn_str_is(syn_buf_str(&got), ids))
        fail_msg("%s: found \"%.*s\", want \"%s\"", query, SYN_FMT(syn_buf_str(&got)), ids);
    syn_buf_free(&got);
}

/* ---- the same page again ---- */

static void same_page_twice(void **state)
{
    bench *b = *state;
    uint64_t articles = 0;
    syn_put how;
    int64_t row = 0, first;
    syn_err err = {0};
    syn_article a = page("a.html", "en", "Bridge opens", "The bridge opened on Monday.");
    a.url = SYN_STR("https://nordan.example/bridge?id=1#comments");
    OK(syn_store_known(b->store, &a, &how, &row, &err));
    assert_int_equal(how, SYN_PUT_NEW);
    assert_int_equal(row, 0);
    first = keep(b, &a, NULL);
    a.id = SYN_STR("copy.html"); /* under another id, address and content the same */
    a.url = SYN_STR("http://nordan.example/bridge?id=1");
    OK(syn_store_known(b->store, &a, &how, &row, &err));
    assert_int_equal(how, SYN_PUT_SAME);
    assert_int_equal(row, first);
    assert_int_equal(keep(b, &a, NULL), first);
    OK(syn_store_count(b->store, &articles, NULL, &err));
    assert_int_equal(articles, 1);
    syn_article_row got = {0};
    OK(syn_store_article_by_id(b->store, &b->mem, SYN_STR("copy.html"), &got, &err));
    assert_int_equal(got.article, first);
}

static void front_page_address_is_no_identity(void **state)
{
    bench *b = *state;
    syn_article a = page("1", "en", "One", "First text.");
    a.url = SYN_STR("https://nordan.example/");
    int64_t one = keep(b, &a, NULL);
    syn_article c = page("2", "en", "Two", "Second text.");
    c.url = a.url;
    assert_int_not_equal(keep(b, &c, NULL), one);
}

static void later_version_keeps_the_old_text(void **state)
{
    bench *b = *state;
    syn_put how;
    int64_t row;
    syn_list versions;
    syn_article_row got = {0};
    syn_err err = {0};
    syn_article a = page("a.html", "sv", "Cyklonen", "Stormen dödade 23 människor.");
    int64_t first = keep(b, &a, NULL);
    decide(b, first, "a.html");
    a.text = SYN_STR("Orkanen dödade 31 människor.");
    OK(syn_store_known(b->store, &a, &how, &row, &err));
    assert_int_equal(how, SYN_PUT_VERSION);
    assert_int_equal(keep(b, &a, NULL), first);
    OK(syn_store_article(b->store, &b->mem, first, &got, &err));
    assert_str(got.a.text, a.text);
    assert_int_equal(got.versions, 1);
    assert_true(got.story > 0);
    OK(syn_store_versions(b->store, &b->mem, first, &versions, &err));
    assert_int_equal(versions.n, 1);
    assert_str(((syn_version_row *)versions.items)->text, SYN_STR("Stormen dödade 23 människor."));
    assert_found(b, "orkanen", "a.html");
    assert_found(b, "stormen", "");
}

static void everything_comes_back(void **state)
{
    bench *b = *state;
    syn_str authors[] = {SYN_STR("Åsa Öberg"), SYN_STR("لی تاو")};
    syn_image images[] = {{SYN_STR("https://img.example/1.jpg"), SYN_STR("Bron"), SYN_STR("TT")}};
    syn_article a = page("x", "sv", "Bron öppnade", "Bron öppnade i måndags.");
    syn_article_row got = {0};
    syn_facts facts;
    syn_err err = {0};
    a.authors = authors;
    a.nauthors = 2;
    a.images = images;
    a.nimages = 1;
    assert_true(syn_time_parse(SYN_STR("2025-12-02T10:00:00+02:00"), &a.published));
    int64_t row = keep(b, &a, "Bron");
    OK(syn_store_article(b->store, &b->mem, row, &got, &err));
    assert_str(got.a.title, a.title);
    assert_str(got.a.lang, a.lang);
    assert_int_equal(got.a.nauthors, 2);
    assert_str(got.a.authors[1], authors[1]);
    assert_str(got.a.images[0].credit, SYN_STR("TT"));
    assert_int_equal(got.a.published.seconds, a.published.seconds);
    assert_int_equal(got.a.published.zone, 120);
    OK(syn_store_facts(b->store, &b->mem, row, &facts, &err));
    assert_int_equal(facts.n, 1);
    assert_int_equal(facts.items[0].kind, SYN_FACT_NAME);
    assert_int_equal(facts.items[0].from, SYN_NO_DAY);
    assert_str(facts.items[0].name, SYN_STR("Bron"));
    assert_int_equal(syn_store_article(b->store, &b->mem, 77, &got, &err), SYN_ENOTFOUND);
}

/* ---- files ---- */

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void newer_schema_is_refused(void **state)
{
    bench *b = *state;
    syn_store *other = NULL;
    syn_err err = {0};
    syn_store_close(b->store);
    b->store = NULL;
    run_sql(b->path, "PRAGMA user_version = 99");
    assert_int_equal(syn_store_open(b->path, b->lex, false, &other, &err), SYN_EVERSION);
    assert_non_null(strstr(err.line, "99"));
    assert_non_null(strstr(err.line, "knows schema"));
    assert_null(other);
}

static void foreign_database_is_left_alone(void **state)
{
    bench *b = *state;
    syn_store *other = NULL;
    syn_err err = {0};
    char path[80];
    snprintf(path, sizeof path, "%s-foreign", b->path);
    run_sql(path, "CREATE TABLE mine(x)");
    assert_int_equal(syn_store_open(path, b->lex, false, &other, &err), SYN_EFORMAT);
    FILE *f = fopen(path, "w");
    fputs("this is no database, but long enough to be looked at as one by its first bytes, which are wrong\n", f);
    fclose(f);
    memset(&err, 0, sizeof err);
    assert_int_equal(syn_store_open(path, b->lex, false, &other, &err), SYN_EFORMAT);
    unlink(path);
    memset(&err, 0, sizeof err);
    assert_int_equal(syn_store_open(path, b->lex, true, &other, &err), SYN_EIO);
    assert_int_not_equal(access(path, F_OK), 0); /* reading makes nothing */
}

static void a_reader_sees_what_a_writer_keeps(void **state)
{
    bench *b = *state;
    syn_store *reader = NULL;
    uint64_t n = 0;
    syn_err err = {0};
    OK(syn_store_open(b->path, b->lex, true, &reader, &err));
    keep_page(b, "a", "en", "One", "Text.", NULL);
    OK(syn_store_count(reader, &n, NULL, &err));
    assert_int_equal(n, 1);
    OK(syn_store_begin(b->store, &err));
    keep_page(b, "b", "en", "Two", "Other text.", NULL);
    syn_store_rollback(b->store);
    OK(syn_store_count(reader, &n, NULL, &err));
    assert_int_equal(n, 1);
    syn_store_close(reader);
}

/* ---- stories ---- */

static void stories_keep_their_numbers(void **state)
{
    bench *b = *state;
    syn_story_row first, second, now;
    syn_list list;
    syn_err err = {0};
    int64_t a = keep_page(b, "a", "en", "Talks begin", "Talks began.", NULL);
    int64_t c = keep_page(b, "c", "fa", "گفت‌وگو آغاز شد", "گفت‌وگوها آغاز شد.", NULL);
    decide(b, a, "a");
    decide(b, c, "c");
    OK(syn_store_stories(b->store, &b->mem, false, SYN_STR("en"), 0, 10, &list, &err));
    assert_int_equal(list.total, 2);
    OK(syn_store_story(b->store, &b->mem, 1, SYN_STR("fa"), &first, &err));
    OK(syn_store_story(b->store, &b->mem, 2, SYN_STR("fa"), &second, &err));
    decide(b, c, "a"); /* found to be one story */
    OK(syn_store_story(b->store, &b->mem, second.story, SYN_STR("fa-IR"), &now, &err));
    assert_int_equal(now.story, first.story);
    assert_int_equal(now.articles, 2);
    assert_str(now.lang_list, SYN_STR("en,fa"));
    assert_str(now.title, SYN_STR("گفت‌وگو آغاز شد")); /* the reader's language */
    OK(syn_store_story(b->store, &b->mem, first.story, SYN_STR("sv"), &now, &err));
    assert_str(now.title, SYN_STR("Talks begin")); /* else the founder's */
    OK(syn_store_headlines(b->store, &b->mem, first.story, 5, &list, &err));
    assert_int_equal(list.n, 2);
    decide(b, c, "c"); /* and apart again */
    OK(syn_store_story(b->store, &b->mem, second.story, SYN_STR("fa"), &now, &err));
    assert_int_equal(now.story, second.story);
    assert_int_equal(now.articles, 1);
    syn_decision nobody = {.story = SYN_STR("nobody")};
    assert_int_equal(syn_store_decide(b->store, a, &nobody, &err), SYN_ENOTFOUND);
}

static void reasons_are_kept(void **state)
{
    bench *b = *state;
    syn_reason reasons[] = {{SYN_SIGNAL_NAME, 0.75f, SYN_STR("Thongloun"), SYN_STR("ثونغلون"), SYN_STR("a"), 0},
                            {SYN_SIGNAL_FIGURE, 0.25f, SYN_STR("3.2"), SYN_STR("٣٫٢"), SYN_STR("a"), 0}};
    syn_decision d = {.story = SYN_STR("a"), .score = 0.5, .reasons = reasons, .nreasons = 2};
    syn_list list;
    syn_err err = {0};
    keep_page(b, "a", "en", "T", "Text.", NULL);
    keep_page(b, "c", "en", "U", "More text.", NULL);
    OK(syn_store_decide_id(b->store, SYN_STR("c"), &d, &err));
    OK(syn_store_reasons(b->store, &b->mem, 2, &list, &err));
    assert_int_equal(list.n, 2);
    assert_str(((syn_reason *)list.items)[0].there, SYN_STR("ثونغلون"));
    assert_int_equal(((syn_reason *)list.items)[1].signal, SYN_SIGNAL_FIGURE);
    d.nreasons = 0;
    OK(syn_store_decide_id(b->store, SYN_STR("c"), &d, &err));
    OK(syn_store_reasons(b->store, &b->mem, 2, &list, &err));
    assert_int_equal(list.n, 0);
}

static syn_code count_signature(void *context, const syn_signature *s, syn_str story, syn_err *err)
{
    (void)err;
    assert_str(s->id, story);
    ++*(int *)context;
    return SYN_OK;
}

static void signatures_come_back(void **state)
{
    bench *b = *state;
    syn_signature signature = {.id = SYN_STR("a"), .lang = SYN_STR("en"), .when = 5, .content = 7};
    syn_article a = page("a", "en", "T", "Text.");
    syn_text *text;
    syn_facts none = {0};
    int64_t row;
    int n = 0;
    syn_err err = {0};
    OK(syn_text_of(b->texter, &b->mem, a.text, a.lang, &text, &err));
    OK(syn_store_put(b->store, &(syn_entry){&a, text, &none, &signature}, &row, &err));
    decide(b, row, "a");
    OK(syn_store_signatures(b->store, 0, INT64_MAX, 1000, count_signature, &n, &err));
    assert_int_equal(n, 1);
    OK(syn_store_signatures(b->store, INT64_MAX, INT64_MAX, 1000, count_signature, &n, &err));
    assert_int_equal(n, 1);
}

/* ---- searching ---- */

static void fill(bench *b)
{
    keep_page(b, "sv", "sv", "Talmannen i Laos", "Talmannen besökte Vientiane på tisdagen.", NULL);
    keep_page(b, "th", "th", "ประธานาธิบดีลาวเยือนไทย", "ประธานาธิบดีลาวเดินทางถึงกรุงเทพเมื่อวันอังคาร", NULL);
    keep_page(b, "lo", "lo", "ປະທານປະເທດຢ້ຽມຢາມ", "ປະທານປະເທດລາວເດີນທາງໄປຢ້ຽມຢາມປະເທດໄທ", NULL);
    keep_page(b, "zh", "zh-Hans", "老挝国家主席访问泰国", "老挝国家主席通伦星期二抵达曼谷。", NULL);
    keep_page(b, "ja", "ja", "ラオス国家主席が訪タイ", "ラオスの国家主席が火曜日にバンコクに到着した。", NULL);
    keep_page(b, "ar", "ar", "رئيس لاوس يصل", "وصلَ الرئيس الفيتنامي تو لام إلى فينتيان يوم الثلاثاء.", "تو لام");
    keep_page(b, "fa", "fa", "سفر رئیس‌جمهور",
              "او می‌گوید که تو لام به کتابخانه‌ها کمک می‌کند.", "تو لام");
    keep_page(b, "hi", "hi", "लाओस की यात्रा", "केसोन फ़ोमविहाने के संग्रहालय में समारोह हुआ।", "केसोन फ़ोमविहाने");
    keep_page(b, "en", "en", "A visit", "To Lam arrived. The people's committee met l'Express.", "To Lam");
}

static void finds_words_of_every_script(void **state)
{
    bench *b = *state;
    fill(b);
    assert_found(b, "talmannen", "sv");
    assert_found(b, "TALMANNEN tisdagen", "sv");
    assert_found(b, "talman", "sv"); /* begins so */
    assert_found(b, "ประธานาธิบดี", "th");
    assert_found(b, "ปธานา", "");
    assert_found(b, "วันอังคาร กรุงเทพ", "th");
    assert_found(b, "ປະທານປະເທດລາວ", "lo");
    assert_found(b, "国家主席", "zh ja");
    assert_found(b, "主席通伦", "zh"); /* across dictionary words */
    assert_found(b, "曼", "zh");
    assert_found(b, "バンコク", "ja");
    assert_found(b, "وصل الرئيس", "ar"); /* without the vowel signs */
    assert_found(b, "समारोह", "hi");
    assert_found(b, "express", "en");
    assert_found(b, "l’express", "en");
}

static void finds_persian_with_and_without_joiners(void **state)
{
    bench *b = *state;
    fill(b);
    assert_found(b, "می‌گوید", "fa");
    assert_found(b, "می گوید", "fa");
    assert_found(b, "میگوید", "fa");
    assert_found(b, "کتابخانه‌ها", "fa");
    assert_found(b, "كتابخانهها", "fa"); /* Arabic kaf, joiner lost */
}

static void finds_names_across_scripts(void **state)
{
    bench *b = *state;
    fill(b);
    syn_list found = find_in(b, "To Lam", "");
    const syn_article_row *rows = found.items;
    assert_true(found.n >= 3);
    assert_str(rows[0].a.id, SYN_STR("en")); /* words as written first */
    size_t ar = 0, fa = 0;
    for (size_t i = 0; i < found.n; i++) {
        ar += syn_str_is(rows[i].a.id, "ar");
        fa += syn_str_is(rows[i].a.id, "fa");
        if (syn_str_is(rows[i].a.id, "ar"))
            assert_str(syn_slice(rows[i].a.lead, rows[i].hit.start, rows[i].hit.end), SYN_STR("تو لام"));
    }
    assert_int_equal(ar, 1);
    assert_int_equal(fa, 1);
    assert_found(b, "Kaysone Phomvihane", "hi");
    found = find_in(b, "To Lam", "ar");
    assert_int_equal(found.n, 1);
}

static void shows_the_sentence_that_answers(void **state)
{
    bench *b = *state;
    keep_page(b, "a", "en", "Title", "First sentence here. The second names a harbour and more. Third.", NULL);
    syn_list found = find_in(b, "harbour", "");
    const syn_article_row *row = found.items;
    assert_int_equal(found.n, 1);
    assert_str(row->a.lead, SYN_STR("The second names a harbour and more."));
    assert_str(syn_slice(row->a.lead, row->hit.start, row->hit.end), SYN_STR("harbour"));
    assert_int_equal(row->a.text.n, 0);
}

static void hostile_queries_find_nothing_and_break_nothing(void **state)
{
    static const char *const queries[] = {"",
                                          " ",
                                          "\"",
                                          "\"\"",
                                          "'",
                                          "*",
                                          "a*",
                                          "(",
                                          ")",
                                          "{title} : x",
                                          "title:x",
                                          "x OR y",
                                          "NOT",
                                          "NEAR(a b, 3)",
                                          "a AND",
                                          "^a",
                                          "a + b",
                                          "-a",
                                          "'; DROP TABLE article; --",
                                          "%00",
                                          "\\",
                                          "\xff\xfe",
                                          "\xe0\xb8",
                                          "💥",
                                          "\xe2\x80\xae",
                                          "ก",
                                          "์",
                                          "\xcc\x81",
                                          "ー",
                                          "1234567890123456789012345678901234567890",
                                          "a b c d e f g h i j k l m n o p q r s t u v w",
                                          "\xe2\x80\x8c",
                                          "'''''''''",
                                          "--------",
                                          "الالالالال",
                                          "的的的的的的的的的的的的的"};
    bench *b = *state;
    syn_list found;
    syn_err err = {0};
    fill(b);
    for (size_t i = 0; i < SYN_COUNT(queries); i++) find_in(b, queries[i], "");
    find_in(b, "a", "'; DROP");
    OK(syn_store_search(b->store, &b->mem, (syn_str){"a\0\"b", 4}, SYN_STR(""), 0, 5, &found, &err));
    char *long_query = malloc(100000);
    for (size_t i = 0; i < 100000; i++) long_query[i] = i % 2 ? '"' : 'a';
    OK(syn_store_search(b->store, &b->mem, (syn_str){long_query, 100000}, SYN_STR(""), 0, 5, &found, &err));
    free(long_query);
    OK(syn_store_search(b->store, &b->mem, SYN_STR("talmannen"), SYN_STR(""), SIZE_MAX, SIZE_MAX, &found, &err));
    assert_int_equal(found.n, 0);
    assert_int_equal(found.total, 1);
}

static void sources_and_languages_are_listed(void **state)
{
    bench *b = *state;
    syn_list list;
    syn_err err = {0};
    fill(b);
    OK(syn_store_sources(b->store, &b->mem, &list, &err));
    assert_int_equal(list.n, 1);
    assert_int_equal(((syn_source_row *)list.items)->articles, 9);
    OK(syn_store_langs(b->store, &b->mem, &list, &err));
    assert_int_equal(list.n, 9);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(same_page_twice),
        T(front_page_address_is_no_identity),
        T(later_version_keeps_the_old_text),
        T(everything_comes_back),
        T(newer_schema_is_refused),
        T(foreign_database_is_left_alone),
        T(a_reader_sees_what_a_writer_keeps),
        T(stories_keep_their_numbers),
        T(reasons_are_kept),
        T(signatures_come_back),
        T(finds_words_of_every_script),
        T(finds_persian_with_and_without_joiners),
        T(finds_names_across_scripts),
        T(shows_the_sentence_that_answers),
        T(hostile_queries_find_nothing_and_break_nothing),
        T(sources_and_languages_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
