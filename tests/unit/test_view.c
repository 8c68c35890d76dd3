/* What pages say, and above all what they never let through. */
#include "test.h"

#include "../../src/view/internal.h"

typedef struct desk {
    syn_lexicon *lex;
    syn_view *view;
    syn_arena mem;
    syn_buf out;
    syn_frame frame;
} desk;

static int set_up(void **state)
{
    desk *d = calloc(1, sizeof *d);
    syn_err err = {0};
    *state = d;
    if (syn_lexicon_open(&d->lex, &err) || syn_view_open(d->lex, SYN_STR("en"), &d->view, &err)) return -1;
    d->frame = (syn_frame){.view = d->view, .path = SYN_STR("/"), .base = SYN_STR("http://localhost:8080")};
    return 0;
}

static int tear_down(void **state)
{
    desk *d = *state;
    syn_view_close(d->view);
    syn_lexicon_close(d->lex);
    syn_arena_free(&d->mem);
    syn_buf_free(&d->out);
    free(d);
    return 0;
}

static bool has(const desk *d, const char *needle)
{
    return syn_find(syn_buf_str(&d->out), syn_str_of(needle), 0) != SIZE_MAX;
}

#define assert_has(d, needle)                                                                                          \
    do {                                                                                                               \
        if (!has(d, needle)) fail_msg("not in the page: %s", needle);                                                  \
    } while (0)
#define assert_not(d, needle)                                                                                          \
    do {                                                                                                               \
        if (has(d, needle)) fail_msg("in the page: %s", needle);                                                       \
    } while (0)

static syn_article hostile(desk *d)
{
    const syn_image bad_images[] = {
        {SYN_STR("javascript:alert(1)"), SYN_STR("<img src=x onerror=alert(1)>"), SYN_STR("\"quoted\"")},
        {SYN_STR("https://img.example/a.jpg?x=\"><script>"), SYN_STR("caption"), SYN_STR("")},
        {SYN_STR("https://img.example/b.jpg?a=1&b=\"2\""), SYN_STR("fine"), SYN_STR("")}};
    syn_str *authors = SYN_NEW(&d->mem, syn_str);
    syn_alternate *alternates = SYN_NEW(&d->mem, syn_alternate);
    syn_image *images = SYN_NEW_ARRAY(&d->mem, syn_image, 3);
    memcpy(images, bad_images, sizeof bad_images);
    *authors = SYN_STR("<b>Nobody</b>");
    *alternates = (syn_alternate){SYN_STR("x\" onload=\""), SYN_STR("data:text/html,<script>1</script>")};
    return (syn_article){.id = SYN_STR("a"),
                         .url = SYN_STR("javascript:alert('url')"),
                         .source = SYN_STR("JaVaScRiPt:alert('source')"),
                         .lang = SYN_STR("fa\" onmouseover=\"x"),
                         .title = SYN_STR("</title><script>alert(1)</script>\xE2\x80\xAE"
                                          "evil\xE2\x81\xA6'\""),
                         .lead = SYN_STR("lead & <i>lead</i>"),
                         .text = SYN_STR("First <script>alert(2)</script>.\nSecond \x01\x7f \xff paragraph."),
                         .outlet = SYN_STR("Out<let>"),
                         .section = SYN_STR("<sec>"),
                         .authors = authors,
                         .nauthors = 1,
                         .images = images,
                         .nimages = 3,
                         .alternates = alternates,
                         .nalternates = 1,
                         .published = SYN_NO_TIME,
                         .modified = SYN_NO_TIME};
}

static void assert_tame(const desk *d)
{
    assert_false(d->out.failed);
    assert_not(d, "<script");
    assert_not(d, "<img");
    assert_not(d, "href=\"javascript");
    assert_not(d, "href=\"JaVaScRiPt");
    assert_not(d, "href=\"data:");
    assert_not(d, "\" on");
    assert_not(d, "\xE2\x80\xAE");
    assert_not(d, "\xE2\x81\xA6");
    assert_not(d, "\x01");
    assert_not(d, "<i>");
    assert_not(d, "style=");
    assert_true(syn_utf8_valid(syn_buf_str(&d->out)));
}

static syn_told told_of(desk *d, const syn_article *a)
{
    syn_reason *reasons = SYN_NEW(&d->mem, syn_reason);
    *reasons = (syn_reason){SYN_SIGNAL_NAME, 0.5f, SYN_STR("<u>here</u>"), SYN_STR("\"there\""), SYN_STR("x"), 0};
    syn_told told = {.row = {.article = 7, .story = 1, .a = *a, .story_id = SYN_STR("b"), .score = 0.5},
                     .reasons = {reasons, 1, 1}};
    syn_text *text = SYN_NEW(&d->mem, syn_text);
    text->src = a->text;
    told.text = text;
    return told;
}

static void pages_escape_everything(void **state)
{
    desk *d = *state;
    syn_article a = hostile(d);
    syn_told told = told_of(d, &a);
    syn_story_row story = {.story = 1,
                           .title = a.title,
                           .lang = a.lang,
                           .lead = a.lead,
                           .articles = 1,
                           .outlets = 1,
                           .langs = 1,
                           .lang_list = a.lang};
    syn_version_row version = {0, a.title, a.lead, a.text};

    syn_view_article(&d->frame, &(syn_article_page){.told = told, .story = story, .versions = {&version, 1, 1}},
                     &d->out);
    assert_tame(d);
    assert_has(d, "&lt;script&gt;alert(1)");
    assert_has(d, "https://img.example/b.jpg?a=1&amp;b=&quot;2&quot;");
    assert_has(d, "Out&lt;let&gt;");

    syn_buf_clear(&d->out);
    syn_view_story(&d->frame, &(syn_story_page){.story = story, .told = &told, .n = 1}, &d->out);
    assert_tame(d);

    syn_buf_clear(&d->out);
    syn_card card = {.story = story, .headlines = {&told.row, 1, 1}};
    syn_front front = {&card, 1, 0, 20, 1, false};
    syn_view_front(&d->frame, &front, &d->out);
    assert_tame(d);

    syn_buf_clear(&d->out);
    syn_view_feed(&d->frame, &front, &d->out);
    assert_tame(d);

    syn_buf_clear(&d->out);
    told.row.hit = (syn_span){0, 900};
    syn_search_page search = {.query = SYN_STR("\"><script>alert(3)</script>"),
                              .lang = a.lang,
                              .found = {&told.row, 1, 30},
                              .limit = 20,
                              .langs = &a.lang,
                              .nlangs = 1};
    syn_view_search(&d->frame, &search, &d->out);
    assert_tame(d);
    assert_has(d, "value=\"&quot;&gt;&lt;script&gt;");

    syn_buf_clear(&d->out);
    syn_source_row source = {a.outlet, a.lang, 1, 1, 0, 0};
    syn_feed_row feed = {.url = a.url, .title = a.outlet, .fetched = 1, .error = a.title};
    syn_view_sources(&d->frame, &(syn_list){&source, 1, 1}, &(syn_list){&feed, 1, 1}, &d->out);
    assert_tame(d);
}

static void only_web_addresses_are_links(void **state)
{
    (void)state;
    assert_true(syn_view_link_ok(SYN_STR("https://a.example/å?q=1#x")));
    assert_true(syn_view_link_ok(SYN_STR("HTTP://a.example")));
    assert_false(syn_view_link_ok(SYN_STR("javascript:alert(1)")));
    assert_false(syn_view_link_ok(SYN_STR(" https://a.example")));
    assert_false(syn_view_link_ok(SYN_STR("https://a.example/\njavascript:")));
    assert_false(syn_view_link_ok(SYN_STR("https://a.example/\xE2\x80\xAE/gpj")));
    assert_false(syn_view_link_ok(SYN_STR("ftp://a.example/")));
    assert_false(syn_view_link_ok(SYN_STR("//a.example/")));
    assert_false(syn_view_link_ok(SYN_STR("https://")));
    assert_false(syn_view_link_ok(SYN_STR("")));
}

static void foreign_text_has_its_language_and_direction(void **state)
{
    desk *d = *state;
    syn_page_out w = {&d->out, &d->frame, d->view};
    syn_page_put(&w, "<p%l></p><p%l></p><p%l></p><p%l></p>", SYN_STR("fa"), SYN_STR("sv"), SYN_STR("und"),
                 SYN_STR("ckb"));
    assert_str(syn_buf_str(&d->out), SYN_STR("<p lang=\"fa\" dir=\"rtl\"></p><p lang=\"sv\" dir=\"ltr\"></p>"
                                             "<p lang=\"\" dir=\"auto\"></p><p lang=\"ckb\" dir=\"rtl\"></p>"));
}

static void marks_stay_inside_their_paragraph(void **state)
{
    desk *d = *state;
    syn_page_out w = {&d->out, &d->frame, d->view};
    syn_fact facts[] = {{.kind = SYN_FACT_NUMBER, .span = {0, 2}},
                        {.kind = SYN_FACT_MONEY, .span = {1, 4}}, /* overlaps: the first stands */
                        {.kind = SYN_FACT_QUOTE, .span = {4, 9}}, /* not marked */
                        {.kind = SYN_FACT_DATE, .span = {5, 7}},
                        {.kind = SYN_FACT_NAME, .span = {8, 4000}}}; /* beyond the text */
    syn_page_marked(&w, SYN_STR("12 <3 45 x"), 0, 10, &(syn_facts){facts, SYN_COUNT(facts)});
    assert_str(syn_buf_str(&d->out),
               SYN_STR("<mark class=\"figure\">12</mark> &lt;3<mark class=\"date\"> 4</mark>5 x"));
}

static void counts_follow_the_plural_rules(void **state)
{
    desk *d = *state;
    static const struct {
        const char *ui;
        int64_t n;
        const char *text;
    } cases[] = {{"en", 1, "1 telling"}, {"en", 2, "2 tellings"},    {"sv", 1, "1 version"},
                 {"ar", 2, "روايتان"},   {"ar", 3, "٣ روايات"},      {"ar", 11, "١١ رواية"},
                 {"fa", 4, "۴ روایت"},   {"zh-Hans", 1, "1 篇报道"}, {"hi", 1000, "1,000 विवरण"}};
    for (size_t i = 0; i < SYN_COUNT(cases); i++) {
        syn_view *v;
        syn_err err = {0};
        assert_int_equal(syn_view_open(d->lex, syn_str_of(cases[i].ui), &v, &err), SYN_OK);
        syn_page_out w = {&d->out, &d->frame, v};
        syn_buf_clear(&d->out);
        syn_page_put(&w, "%c", UI_TELLINGS, cases[i].n);
        assert_str(syn_buf_str(&d->out), syn_str_of(cases[i].text));
        syn_view_close(v);
    }
}

static void values_are_written_for_the_reader(void **state)
{
    desk *d = *state;
    static const struct {
        syn_fact fact;
        const char *text;
    } cases[] = {
        {{.kind = SYN_FACT_NUMBER, .value = 3200000}, "3,200,000"},
        {{.kind = SYN_FACT_NUMBER, .value = 40, .flags = SYN_FACT_AT_LEAST}, "at least 40"},
        {{.kind = SYN_FACT_NUMBER, .value = 40, .value2 = 50, .flags = SYN_FACT_RANGE}, "40 – 50"},
        {{.kind = SYN_FACT_PERCENT, .value = 16.7}, "16.7%"},
        {{.kind = SYN_FACT_MONEY, .value = 1500000, .currency = "EUR"}, "€1,500,000"},
        {{.kind = SYN_FACT_MONEY, .value = 1900000000, .currency = "EUR"}, "€1.9B"},
        {{.kind = SYN_FACT_MONEY, .value = 1234567890, .currency = "EUR"}, "€1,234,567,890"},
        {{.kind = SYN_FACT_DATE, .from = 20424, .to = 20425}, "December 2, 2025"},
        {{.kind = SYN_FACT_DATERANGE, .from = 20423, .to = 20454}, "December 2025"},
        {{.kind = SYN_FACT_DATERANGE, .from = 20089, .to = 20454}, "2025"},
        {{.kind = SYN_FACT_DATERANGE, .from = 19723, .to = 20454}, "2024 – 2025"},
        {{.kind = SYN_FACT_DATERANGE, .from = 20424, .to = 20427}, "December 2, 2025 – December 4, 2025"},
    };
    for (size_t i = 0; i < SYN_COUNT(cases); i++) {
        syn_buf_clear(&d->out);
        syn_view_value(d->view, &d->out, &cases[i].fact);
        assert_str(syn_buf_str(&d->out), syn_str_of(cases[i].text));
    }
}

static void the_reader_s_language_is_chosen(void **state)
{
    (void)state;
    static const struct {
        const char *asked, *accept, *ui;
    } cases[] = {{"", "", "en"},
                 {"fa", "sv", "fa"},
                 {"xx", "sv-SE,en;q=0.8", "sv"},
                 {"", "de, fr;q=0.9, es;q=0.5, ar;q=0.7", "ar"},
                 {"", "zh-CN,zh;q=0.9", "zh-Hans"},
                 {"", "en;q=0, hi;q=0.1", "hi"},
                 {"", ";;;,,,q=,=", "en"},
                 {"../../etc/passwd", "*", "en"}};
    for (size_t i = 0; i < SYN_COUNT(cases); i++) {
        size_t ui = syn_view_choose(syn_str_of(cases[i].asked), syn_str_of(cases[i].accept));
        assert_string_equal(syn_view_language(ui), cases[i].ui);
    }
}

static void every_language_has_every_text(void **state)
{
    desk *d = *state;
    assert_true(syn_view_languages() >= 7);
    for (size_t i = 0; i < syn_view_languages(); i++) {
        syn_view *v;
        syn_err err = {0};
        assert_int_equal(syn_view_open(d->lex, syn_str_of(syn_view_language(i)), &v, &err), SYN_OK);
        for (int key = 0; key < UI_KEYS; key++) assert_true(strlen(syn_view_text(v, key)) > 0);
        if (i) assert_string_not_equal(syn_view_text(v, UI_COMPARE_TITLE), syn_view_text(d->view, UI_COMPARE_TITLE));
        syn_view_close(v);
    }
}

static void json_is_json(void **state)
{
    desk *d = *state;
    syn_article a = hostile(d);
    a.url = SYN_STR("https://a.example/");
    syn_told told = told_of(d, &a);
    syn_err err = {0};
    syn_view_article_json(&(syn_article_page){.told = told}, &d->out);
    syn_json *json = syn_json_parse(syn_buf_str(&d->out), &err);
    assert_non_null(json);
    assert_str(syn_json_get_str(syn_json_get(json, "page"), "outlet"), a.outlet);
    syn_json_free(json);
    syn_buf_clear(&d->out);
    syn_view_error_json(404, &d->out);
    json = syn_json_parse(syn_buf_str(&d->out), &err);
    assert_non_null(json);
    syn_json_free(json);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(pages_escape_everything),
        T(only_web_addresses_are_links),
        T(foreign_text_has_its_language_and_direction),
        T(marks_stay_inside_their_paragraph),
        T(counts_follow_the_plural_rules),
        T(values_are_written_for_the_reader),
        T(the_reader_s_language_is_chosen),
        T(every_language_has_every_text),
        T(json_is_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
