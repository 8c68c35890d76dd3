/* Stage 10: a stream longer than is taken at once: settled as it comes, every line answered in its order, the same
   bytes for the same input. */
#include "test.h"

#include <stdlib.h>

#include "../../src/api/api.h"

enum { ARTICLES = 240, TELLINGS = 4 };

static syn_engine *engine;

static int open_all(void **state)
{
    (void)state;
    syn_err err = {0};
    return synoptic_open(&engine, &err) ? -1 : 0;
}

static int close_all(void **state)
{
    (void)state;
    synoptic_close(engine);
    return 0;
}

static void collect(void *context, syn_str line)
{
    syn_buf_add(context, line);
    syn_buf_c(context, '\n');
}

/* Four tellings of each event follow one another, under names of its own. */
static void write_article(syn_buf *out, size_t n)
{
    static const char *const heads[] = {"Arla", "Borm", "Celk", "Dorv", "Esta", "Fins", "Galt", "Hurn"};
    static const char *const tails[] = {"evic", "ondar", "umsky", "ellino", "abaum", "irvan", "ostrup"};
    static const char *const ways[] = {"The harbour office said on Monday", "Officials told reporters",
                                       "A spokesman confirmed late in the day", "It was announced"};
    size_t event = n / TELLINGS, way = n % TELLINGS;
    char line[800], name[32], town[32];
    snprintf(name, sizeof name, "%s%s", heads[event % 8], tails[event % 7]);
    snprintf(town, sizeof town, "%s%s", heads[(event / 3 + 2) % 8], tails[(event / 5 + 3) % 7]);
    snprintf(
        line, sizeof line,
        "{\"id\":\"a%zu\",\"lang\":\"en\",\"title\":\"%s %s leaves %s after %zu days\",\"text\":\"%s that captain %s "
        "%s and her crew of %zu left %s with %zu tonnes of grain. %s paid %zu crowns for the repairs.\"}",
        n, name, town, town, event * 7 + 11, ways[way], name, town, event * 13 + 101, town, event * 17 + 1001, name,
        event * 19 + 10001);
    syn_buf_add(out, syn_str_of(line));
}

static syn_str run(size_t at_once, size_t batch, size_t awake, syn_buf *out)
{
    syn_group *g;
    syn_session *s;
    syn_err err = {0};
    syn_buf line = {0};
    assert_int_equal(synoptic_session_new(engine, &s, &err), SYN_OK);
    assert_int_equal(syn_api_group_new(engine, at_once, batch, awake, &g, &err), SYN_OK);
    for (size_t n = 0; n < ARTICLES; n++) {
        syn_buf_clear(&line);
        write_article(&line, n);
        assert_int_equal(synoptic_group_add(g, s, syn_buf_str(&line), &err), SYN_OK);
    }
    assert_int_equal(synoptic_group_finish(g, true, collect, out, &err), SYN_OK);
    syn_buf_free(&line);
    synoptic_group_free(g);
    synoptic_session_free(s);
    return syn_buf_str(out);
}

static void a_long_stream_is_settled_as_it_comes(void **state)
{
    (void)state;
    syn_buf first = {0}, again = {0}, whole = {0};
    syn_str a = run(60, 16, 100, &first), b = run(60, 16, 100, &again);
    assert_true(syn_str_eq(a, b));
    size_t n = 0, together = 0;
    char before[16] = "";
    for (syn_str rest = a, line; syn_split(&rest, '\n', &line);) {
        if (!line.n) continue;
        syn_err err = {0};
        syn_json *j = syn_json_parse(line, &err);
        assert_non_null(j);
        syn_str id = syn_json_get_str(j, "id"), story = syn_json_get_str(j, "story");
        char want[16];
        snprintf(want, sizeof want, "a%zu", n);
        assert_true(syn_str_eq(id, syn_str_of(want)));
        assert_true(story.n > 0 && story.n < sizeof before);
        if (n % TELLINGS) together += syn_str_eq(story, syn_str_of(before));
        snprintf(before, sizeof before, "%.*s", SYN_FMT(story));
        syn_json_free(j);
        n++;
    }
    assert_int_equal(n, ARTICLES);
    assert_true(together > ARTICLES * 6 / 10); /* of three quarters */
    run(1000, 16, 1000, &whole);
    syn_buf_free(&first);
    syn_buf_free(&again);
    syn_buf_free(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_long_stream_is_settled_as_it_comes)};
    return cmocka_run_group_tests(tests, open_all, close_all);
}
