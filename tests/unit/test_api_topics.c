/* Stage 10: linking stories of a store into topics; with made profiles. */
#include "test.h"

#include "../../src/api/desk.h"

#include <unistd.h>

typedef struct bench {
    char path[64];
    syn_engine engine;
    syn_desk desk;
    syn_arena mem;
    const char *outlet; /* of what is told next, NULL for none */
} bench;

#define OK(call)                                                                                                       \
    do {                                                                                                               \
        syn_err err_ = {0}, *const err = &err_;                                                                        \
        if ((call) != SYN_OK) fail_msg("%s: %s", #call, err_.line);                                                    \
    } while (0)

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    syn_err err = {0};
    snprintf(b->path, sizeof b->path, "/tmp/synoptic-topics-XXXXXX");
    int fd = mkstemp(b->path);
    if (fd < 0) return -1;
    close(fd);
    *state = b;
    if (syn_lexicon_open(&b->engine.lex, &err)) return -1;
    b->desk.engine = &b->engine;
    return syn_store_open(b->path, b->engine.lex, false, &b->desk.store, &err) ? -1 : 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    static const char *const ends[] = {"", "-wal", "-shm"};
    char path[80];
    syn_store_close(b->desk.store);
    syn_topics_free(b->desk.topics);
    syn_lexicon_close(b->engine.lex);
    syn_arena_free(&b->mem);
    for (size_t i = 0; i < SYN_COUNT(ends); i++) {
        snprintf(path, sizeof path, "%s%s", b->path, ends[i]);
        unlink(path);
    }
    free(b);
    return 0;
}

/* ---- stories that are about letters: capitals are parties, the others what happens ---- */

static int64_t tell(bench *b, const char *id, const char *about)
{
    syn_article a = {.id = syn_str_of(id),
                     .lang = SYN_STR("en"),
                     .title = syn_str_of(id),
                     .text = syn_str_of(id),
                     .outlet = b->outlet ? syn_str_of(b->outlet) : (syn_str){"", 0},
                     .published = SYN_NO_TIME,
                     .modified = SYN_NO_TIME};
    syn_text text = {.src = a.text, .folded = {.text = a.text}};
    syn_facts facts = {0};
    syn_decision d = {.story = a.id};
    syn_story_key keys[64];
    int64_t row, story;
    size_t n = 0;
    for (const char *p = about; *p; p++)
        keys[n++] = (syn_story_key){(uint64_t)*p, *p < 'a' ? SYN_SIGNAL_NAME : SYN_SIGNAL_CONCEPT, 0.9f, 0};
    OK(syn_store_put(b->desk.store, &(syn_entry){&a, &text, &facts, NULL}, &row, err));
    OK(syn_store_decide(b->desk.store, row, &d, err));
    OK(syn_store_put_keys(b->desk.store, a.id, keys, n, err));
    OK(syn_store_founded(b->desk.store, a.id, &story, err));
    return story;
}

static void link_all(bench *b, const char *const *ids, size_t n)
{
    syn_map founders = {.arena = &b->mem};
    for (size_t i = 0; i < n; i++) assert_non_null(syn_map_add(&founders, syn_str_of(ids[i])));
    OK(syn_desk_link(&b->desk, &founders, err));
}

static int64_t tell_and_link(bench *b, const char *id, const char *about)
{
    int64_t story = tell(b, id, about);
    link_all(b, &id, 1);
    return story;
}

/* The topics of a story as its numbers: "1 3". */
static const char *topics_of(bench *b, int64_t story)
{
    syn_list list = {0};
    syn_str out = {"", 0};
    OK(syn_store_story_topics(b->desk.store, &b->mem, story, &list, err));
    const syn_topic_row *rows = list.items;
    for (size_t i = 0; i < list.n; i++)
        out = syn_arena_format(&b->mem, "%.*s%s%lld", SYN_FMT(out), i ? " " : "", (long long)rows[i].topic);
    return out.n ? out.p : "";
}

static void strangers(bench *b, size_t n)
{
    char id[32];
    for (size_t i = 0; i < n; i++) {
        snprintf(id, sizeof id, "stranger %zu", i);
        tell(b, id, "");
    }
}

static void two_stories_found_a_topic_and_a_third_joins(void **state)
{
    bench *b = *state;
    strangers(b, 40);
    int64_t first = tell_and_link(b, "first", "ABxyz");
    assert_string_equal(topics_of(b, first), "");
    int64_t second = tell_and_link(b, "second", "ABxyw");
    assert_string_equal(topics_of(b, first), "1");
    assert_string_equal(topics_of(b, second), "1");
    int64_t third = tell_and_link(b, "third", "ABxv");
    assert_string_equal(topics_of(b, third), "1");
    int64_t other = tell_and_link(b, "other", "Axyz"); /* one of the two parties */
    assert_string_equal(topics_of(b, other), "");
    syn_topic_row row;
    OK(syn_store_topic(b->desk.store, &b->mem, 1, &row, err));
    assert_int_equal(row.stories, 3);
    assert_int_equal(row.articles, 3);
}

static void a_story_may_belong_to_two(void **state)
{
    bench *b = *state;
    strangers(b, 40);
    tell_and_link(b, "relation 1", "ABxyz");
    tell_and_link(b, "relation 2", "ABxyz");
    tell_and_link(b, "trial 1", "CDuvw");
    tell_and_link(b, "trial 2", "CDuvw");
    int64_t both = tell_and_link(b, "both", "ABCDxyzuvw");
    assert_string_equal(topics_of(b, both), "1 2");
}

static void no_chain_leads_away(void **state)
{
    bench *b = *state;
    strangers(b, 40);
    tell_and_link(b, "1", "ABCDxyz");
    tell_and_link(b, "2", "ABCDxyz");
    tell_and_link(b, "3", "ABCDxyz");
    int64_t near_by = tell_and_link(b, "4", "CDEFxyz"); /* half of it is theirs */
    int64_t far = tell_and_link(b, "5", "EFGHpqr");     /* near the last one alone */
    assert_string_equal(topics_of(b, near_by), "1");
    assert_string_equal(topics_of(b, far), "");
}

static void a_story_that_changed_leaves(void **state)
{
    bench *b = *state;
    strangers(b, 40);
    int64_t first = tell_and_link(b, "first", "ABxyz");
    tell_and_link(b, "second", "ABxyz");
    int64_t third = tell_and_link(b, "third", "ABxyz");
    assert_string_equal(topics_of(b, third), "1");
    const syn_story_key now = {'Q', SYN_SIGNAL_NAME, 1, 0};
    const char *const id = "third";
    OK(syn_store_put_keys(b->desk.store, SYN_STR("third"), &now, 1, err));
    link_all(b, &id, 1);
    assert_string_equal(topics_of(b, third), "");
    assert_string_equal(topics_of(b, first), "1");
}

static void a_topic_outlives_the_merging_of_its_stories(void **state)
{
    bench *b = *state;
    strangers(b, 40);
    int64_t first = tell_and_link(b, "first", "ABxyz"), row = 0;
    tell_and_link(b, "second", "ABxyz");
    syn_article_row second;
    OK(syn_store_article_by_id(b->desk.store, &b->mem, SYN_STR("second"), &second, err));
    row = second.article;
    OK(syn_store_decide(b->desk.store, row, &(syn_decision){.story = SYN_STR("first")}, err));
    const char *const id = "first";
    link_all(b, &id, 1);
    assert_string_equal(topics_of(b, first), ""); /* one story is none, but it waits */
    int64_t third = tell_and_link(b, "third", "ABxyz");
    assert_string_equal(topics_of(b, third), "1");
    assert_string_equal(topics_of(b, first), "1");
}

/* Two matters of the same parties that are told as one from some day on. */
static void topics_that_grow_together_are_one(void **state)
{
    bench *b = *state;
    strangers(b, 40);
    int64_t first = tell_and_link(b, "1", "ABxyz"), second = tell_and_link(b, "2", "ABxyz");
    tell_and_link(b, "3", "CDuvw");
    int64_t fourth = tell_and_link(b, "4", "CDuvw");
    assert_string_equal(topics_of(b, first), "1");
    assert_string_equal(topics_of(b, fourth), "2");
    const char *const ids[] = {"1", "2", "3", "4"};
    for (size_t i = 0; i < SYN_COUNT(ids); i++) { /* all four are about both now */
        syn_story_key keys[10];
        for (size_t k = 0; k < SYN_COUNT(keys); k++)
            keys[k] = (syn_story_key){(uint64_t) "ABCDxyzuvw"[k], k < 4 ? SYN_SIGNAL_NAME : SYN_SIGNAL_CONCEPT, 0.9f,
                                      0};
        OK(syn_store_put_keys(b->desk.store, syn_str_of(ids[i]), keys, SYN_COUNT(keys), err));
    }
    link_all(b, ids, SYN_COUNT(ids));
    assert_string_equal(topics_of(b, first), "1");
    assert_string_equal(topics_of(b, second), "1");
    assert_string_equal(topics_of(b, fourth), "1");
    syn_topic_row row;
    OK(syn_store_topic(b->desk.store, &b->mem, 2, &row, err)); /* its old address leads there */
    assert_int_equal(row.topic, 1);
    assert_int_equal(row.stories, 4);
}

/* The core changes, the number does not. */
static void a_topic_keeps_its_number_when_its_founders_leave(void **state)
{
    bench *b = *state;
    strangers(b, 40);
    int64_t first = tell_and_link(b, "1", "ABxyz"), second = tell_and_link(b, "2", "ABxyz");
    tell_and_link(b, "3", "ABxyz");
    int64_t fourth = tell_and_link(b, "4", "ABxyz");
    const syn_story_key now = {'Q', SYN_SIGNAL_NAME, 1, 0};
    const char *const gone[] = {"1", "2"};
    for (size_t i = 0; i < SYN_COUNT(gone); i++) {
        OK(syn_store_put_keys(b->desk.store, syn_str_of(gone[i]), &now, 1, err));
        link_all(b, &gone[i], 1);
    }
    assert_string_equal(topics_of(b, first), "");
    assert_string_equal(topics_of(b, second), "");
    assert_string_equal(topics_of(b, fourth), "1");
    int64_t fifth = tell_and_link(b, "5", "ABxyz");
    assert_string_equal(topics_of(b, fifth), "1");
}

/* Among 60 stories of an outlet that all print its own words, two that share nothing else. */
static void an_outlets_own_words_link_nothing(void **state)
{
    bench *b = *state;
    char id[32];
    for (size_t i = 0; i < 60; i++) {
        snprintf(id, sizeof id, "other %zu", i);
        tell(b, id, "");
    }
    b->outlet = "The Daily Moss";
    const char *const ids[] = {"1", "2", "3", "4", "5"};
    for (size_t i = 0; i < SYN_COUNT(ids); i++) tell(b, ids[i], "MNxyz");
    link_all(b, ids, SYN_COUNT(ids));
    syn_list topics = {0};
    OK(syn_store_topics(b->desk.store, &b->mem, 0, 10, &topics, err));
    assert_int_equal(topics.n, 0);
    b->outlet = NULL;
    tell_and_link(b, "elsewhere", "MNxyz"); /* who tells it elsewhere shows that it is none */
    OK(syn_store_topics(b->desk.store, &b->mem, 0, 10, &topics, err));
    assert_int_equal(topics.n, 1);
}

static void merged_topics_forward(void **state)
{
    bench *b = *state;
    syn_topic_row row;
    strangers(b, 40);
    tell_and_link(b, "first", "ABxyz");
    tell_and_link(b, "second", "ABxyz");
    int64_t topic = 0;
    OK(syn_store_topic_new(b->desk.store, &topic, err));
    OK(syn_store_topic_merge(b->desk.store, topic, 1, err));
    OK(syn_store_topic(b->desk.store, &b->mem, topic, &row, err));
    assert_int_equal(row.topic, 1);
    assert_int_equal(syn_store_topic(b->desk.store, &b->mem, 77, &row, NULL), SYN_ENOTFOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_stories_found_a_topic_and_a_third_joins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_story_may_belong_to_two, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_chain_leads_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_story_that_changed_leaves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_topic_outlives_the_merging_of_its_stories, set_up, tear_down),
        cmocka_unit_test_setup_teardown(topics_that_grow_together_are_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_topic_keeps_its_number_when_its_founders_leave, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_outlets_own_words_link_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(merged_topics_forward, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("linking topics", tests, NULL, NULL);
}
