/* What the page of a record shows, and what it never lets through. */
#include "test.h"

#include "../../src/view/internal.h"

#define SENTENCE                                                                                                       \
    "Both <b>leaders</b> met on 17 April \xE2\x80\xAE"                                                                 \
    "evil and trade was $1.2 billion."

typedef struct desk {
    syn_lexicon *lex;
    syn_view *view;
    syn_buf out;
    syn_frame frame;
} desk;

static int set_up(void **state)
{
    desk *d = calloc(1, sizeof *d);
    syn_err err = {0};
    *state = d;
    if (syn_lexicon_open(&d->lex, &err) || syn_view_open(d->lex, SYN_STR("en"), &d->view, &err)) return -1;
    d->frame = (syn_frame){.view = d->view, .path = SYN_STR("/story/1/record"), .base = SYN_STR("http://localhost")};
    return 0;
}

static int tear_down(void **state)
{
    desk *d = *state;
    syn_view_close(d->view);
    syn_lexicon_close(d->lex);
    syn_buf_free(&d->out);
    free(d);
    return 0;
}

static size_t count(const desk *d, const char *needle)
{
    size_t n = 0, at = 0;
    while ((at = syn_find(syn_buf_str(&d->out), syn_str_of(needle), at)) != SIZE_MAX) n++, at++;
    return n;
}

#define assert_has(d, needle)                                                                                          \
    do {                                                                                                               \
        if (!count(d, needle)) fail_msg("not in the page: %s", needle);                                                \
    } while (0)
#define assert_not(d, needle)                                                                                          \
    do {                                                                                                               \
        if (count(d, needle)) fail_msg("in the page: %s", needle);                                                     \
    } while (0)

static const syn_span sentence = {0, sizeof SENTENCE - 1};

/* A meeting, two years' trade, a target, a day to come; one telling in a right-to-left script. */
static syn_record make(syn_record_entry entries[5])
{
    static const syn_text text = {.src = {SENTENCE, sizeof SENTENCE - 1}, .sentences = &sentence, .nsentences = 1};
    static const syn_recorded tellings[] = {
        {.telling = {.id = {"a", 1}, .lang = {"en", 2}, .text = &text}, .outlet = {"Out<let>", 8}, .published = 19830},
        {.telling = {.id = {"b", 1}, .lang = {"fa", 2}, .text = &text},
         .url = {"javascript:alert(1)", 19},
         .published = 19830}};
    static const syn_evidence evidence[] = {{0, {0, sizeof SENTENCE - 1}, {5, 8}, 0},
                                            {1, {0, sizeof SENTENCE - 1}, {400, 500}, SYN_NO_VALUE}};
    static const syn_spelling spellings[] = {{{"Aldan <Moreth>", 14}, {"en", 2}, 1},
                                             {{"آلدان مورت", 19}, {"fa", 2}, 1}};
    static const syn_party parties[] = {{SYN_PARTY_PERSON, 0, spellings, 2, 2}};
    static const uint32_t first[] = {0}, points[] = {0, 2}, targets[] = {4};
    static const syn_series series[] = {{SYN_CUE_TRADE, "USD", points, 2, targets, 1}};
    syn_record_entry base = {
        .parties = first, .nparties = 1, .evidence = evidence, .nevidence = 2, .tellings = 2, .voices = 2};
    for (int i = 0; i < 5; i++) entries[i] = base;
    entries[0].kind = SYN_ENTRY_FIGURE, entries[0].from = syn_day_of(2022, 1, 1),
    entries[0].to = syn_day_of(2023, 1, 1);
    entries[1].kind = SYN_CUE_MEETING, entries[1].from = syn_day_of(2023, 4, 17),
    entries[1].to = syn_day_of(2023, 4, 18);
    entries[2].kind = SYN_ENTRY_FIGURE, entries[2].from = syn_day_of(2023, 1, 1),
    entries[2].to = syn_day_of(2024, 1, 1);
    entries[3].kind = SYN_ENTRY_AHEAD, entries[3].from = syn_day_of(2024, 9, 1), entries[3].to = syn_day_of(2024, 9, 2);
    entries[4].kind = SYN_CUE_TARGET, entries[4].from = syn_day_of(2030, 1, 1), entries[4].to = syn_day_of(2031, 1, 1);
    entries[4].flags = SYN_ENTRY_OPEN;
    for (int i = 0; i < 5; i += 2) {
        entries[i].flags |= SYN_ENTRY_VALUE, entries[i].value = 1e9 * (i + 1), entries[i].measure = SYN_CUE_TRADE;
        memcpy(entries[i].currency, "USD", 4);
    }
    entries[2].flags |= SYN_ENTRY_CHANGE, entries[2].change = -16.7;
    return (syn_record){entries, 5, series, 1, parties, 1, tellings, 2, 19830};
}

static syn_record_page page_of(const syn_record *r)
{
    return (syn_record_page){.record = r,
                             .title = SYN_STR("</title><script>1</script>"),
                             .lang = SYN_STR("en"),
                             .now = SYN_NO_DAY,
                             .home = SYN_STR("/story/1"),
                             .exports = SYN_STR("/api/stories/1/record")};
}

static void the_page_shows_it_all(void **state)
{
    desk *d = *state;
    syn_record_entry entries[5];
    syn_record r = make(entries);
    syn_record_page page = page_of(&r);
    syn_buf_clear(&d->out);
    syn_view_record(&d->frame, &page, &d->out);
    assert_int_equal(count(d, "<li class=\"entry\">"), 5);
    assert_int_equal(count(d, "<details>"), count(d, "</details>"));
    assert_int_equal(count(d, "<div"), count(d, "</div>"));
    assert_has(d, "April 17, 2023");
    assert_has(d, "To come");
    assert_has(d, "by 2030");
    assert_has(d, "$1B");
    assert_has(d, "\xE2\x88\x92"
                  "16.7%");
    assert_has(d, "2 voices");
    assert_has(d, "role=\"img\" aria-labelledby=\"st1 sd1\"");
    assert_has(d, "<desc id=\"sd1\">2022: $1B; 2023: $3B; Target by 2030: $5B</desc>");
    assert_has(d, "<table class=\"points\">");
    assert_has(d, "<bdi lang=\"fa\" dir=\"rtl\">");
    assert_has(d, "<blockquote lang=\"fa\" dir=\"rtl\">");
    assert_has(d, "href=\"/story/1\"");
    assert_has(d, "href=\"/api/stories/1/record.ics\"");
}

static void values_that_contradict_each_other_are_shown(void **state)
{
    desk *d = *state;
    static const syn_record_value values[] = {{3e9, 1, 1}, {4e9, 1, 1}};
    syn_record_entry entries[5];
    syn_record r = make(entries);
    syn_record_page page = page_of(&r);
    entries[2].values = values, entries[2].nvalues = 2;
    syn_buf_clear(&d->out);
    syn_view_record(&d->frame, &page, &d->out);
    assert_int_equal(count(d, "class=\"clash\""), 1);
    assert_has(d, "Conflicting figures");
    assert_has(d, "<bdi class=\"value\">$4B</bdi>");
    syn_buf_clear(&d->out);
    syn_view_record_json(&r, &d->out);
    assert_has(d, "\"values\":[{\"value\":3000000000,\"voices\":1,\"tellings\":1},{\"value\":4000000000,");
    syn_buf_clear(&d->out);
    syn_view_record_csv(&r, &d->out);
    assert_has(d, ",conflict,2,2,");
}

static void nothing_gets_through(void **state)
{
    desk *d = *state;
    syn_record_entry entries[5];
    syn_record r = make(entries);
    syn_record_page page = page_of(&r);
    for (int alone = 0; alone < 2; alone++) {
        syn_buf_clear(&d->out);
        if (alone)
            syn_view_record_alone(d->view, &page, &d->out);
        else
            syn_view_record(&d->frame, &page, &d->out);
        assert_false(d->out.failed);
        assert_not(d, "<script");
        assert_not(d, "<b>");
        assert_not(d, "Out<let");
        assert_not(d, "<Moreth");
        assert_not(d, "javascript:");
        assert_not(d, "\xE2\x80\xAE");
        assert_not(d, "style=\"");
        assert_true(syn_utf8_valid(syn_buf_str(&d->out)));
    }
}

static void an_empty_record_is_a_page(void **state)
{
    desk *d = *state;
    syn_record r = {.latest = SYN_NO_DAY};
    syn_record_page page = page_of(&r);
    syn_buf_clear(&d->out);
    syn_view_record(&d->frame, &page, &d->out);
    assert_has(d, "No dated event");
    syn_buf_clear(&d->out);
    syn_view_record_json(&r, &d->out);
    assert_true(syn_str_is(syn_buf_str(&d->out), "{\"entries\":[],\"series\":[],\"parties\":[]}\n"));
    syn_buf_clear(&d->out);
    syn_view_record_ics(d->view, &r, SYN_NO_DAY, &d->out);
    assert_not(d, "VEVENT");
}

/* The URL of a calendar's event is a link or nothing; a long line is folded within its characters. */
static void a_calendar_is_safe(void **state)
{
    desk *d = *state;
    syn_record_entry entries[5];
    syn_record r = make(entries);
    syn_buf_clear(&d->out);
    syn_view_record_ics(d->view, &r, syn_day_of(2024, 5, 1), &d->out);
    assert_int_equal(count(d, "BEGIN:VEVENT"), 1);
    assert_has(d, "DTSTART;VALUE=DATE:20240901\r\nDTEND;VALUE=DATE:20240902");
    assert_not(d, "javascript:");
    syn_str rest = syn_buf_str(&d->out), line;
    while (syn_split(&rest, '\n', &line)) {
        assert_true(line.n <= 76);
        assert_true(syn_utf8_valid(line));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_shows_it_all), cmocka_unit_test(values_that_contradict_each_other_are_shown),
        cmocka_unit_test(nothing_gets_through), cmocka_unit_test(an_empty_record_is_a_page),
        cmocka_unit_test(a_calendar_is_safe)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
