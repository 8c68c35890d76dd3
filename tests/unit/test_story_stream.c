/* Stage 5: the stream: a table that forgets, a window of bounded size, copies, users' words, any order of arrival. */
#include "test.h"

#include <stdlib.h>

#include "../../src/story/internal.h"

enum { KEYS = 80, SHARED = 60, MOST = 400 };

static syn_lexicon *lex;

typedef struct made { /* a made article: keys of its story and keys of its own */
    syn_signature s;
    char id[16];
    syn_feature features[KEYS];
    syn_str surfaces[KEYS];
    char found[16];
} made;

static made *articles;
static size_t narticles;

static int by_signal_and_key(const void *a, const void *b)
{
    const syn_feature *x = a, *y = b;
    if (x->signal != y->signal) return x->signal < y->signal ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

/* Most keys are the story's, the others are what any article has. */
static void make(made *m, size_t number, size_t story, uint32_t *chance)
{
    snprintf(m->id, sizeof m->id, "a%zu", number);
    static const syn_signal kinds[] = {SYN_SIGNAL_NAME, SYN_SIGNAL_WORD, SYN_SIGNAL_CONCEPT, SYN_SIGNAL_FIGURE};
    for (size_t k = 0; k < KEYS; k++) {
        *chance = *chance * 1664525u + 1013904223u;
        uint64_t key = k < SHARED ? 1000000 + story * 100 + k : 1 + (*chance >> 8) % 3000;
        m->features[k] = (syn_feature){.key = syn_hash((syn_str){(const char *)&key, sizeof key}, 9),
                                       .weight = 1,
                                       .signal = (uint8_t)kinds[k % 4]};
        m->surfaces[k] = SYN_STR("word");
    }
    qsort(m->features, KEYS, sizeof *m->features, by_signal_and_key);
    m->s = (syn_signature){.id = syn_str_of(m->id),
                           .lang = number % 2 ? SYN_STR("sv") : SYN_STR("lo"),
                           .when = INT64_MIN,
                           .spoken_of = SYN_NO_DAY,
                           .features = m->features,
                           .nfeatures = KEYS,
                           .surfaces = m->surfaces};
}

static int open_all(void **state)
{
    (void)state;
    syn_err err = {0};
    uint32_t chance = 7;
    articles = calloc(MOST, sizeof *articles);
    if (!articles || syn_lexicon_open(&lex, &err)) return -1;
    for (narticles = 0; narticles < MOST; narticles++) make(&articles[narticles], narticles, narticles / 5, &chance);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    syn_lexicon_close(lex);
    free(articles);
    return 0;
}

static void note(void *context, syn_str id, const syn_decision *d)
{
    (void)context;
    made *m = &articles[strtoul(id.p + 1, NULL, 10)];
    snprintf(m->found, sizeof m->found, "%.*s", SYN_FMT(d->story));
}

static syn_grouper *grouper(size_t most)
{
    syn_grouper *g;
    syn_err err = {0};
    assert_int_equal(syn_grouper_new(lex, &(syn_group_options){.most = most}, &g, &err), SYN_OK);
    return g;
}

static void settle(syn_grouper *g)
{
    syn_arena mem = {0};
    syn_err err = {0};
    assert_int_equal(syn_grouper_settle(g, &mem, true, note, NULL, &err), SYN_OK);
    syn_arena_free(&mem);
}

static void add(syn_grouper *g, size_t i)
{
    syn_err err = {0};
    assert_int_equal(syn_grouper_add(g, &articles[i].s, &err), SYN_OK);
}

static uint32_t half(uint32_t v)
{
    return v / 2;
}

static void a_table_forgets(void **state)
{
    (void)state;
    table t = {0};
    for (uint64_t k = 1; k <= 5000; k++) *syn_table_add(&t, k * 7) = (uint32_t)k;
    for (uint64_t k = 1; k <= 5000; k += 2) syn_table_remove(&t, k * 7);
    syn_table_remove(&t, 3);
    for (uint64_t k = 1; k <= 5000; k++) {
        const uint32_t *v = syn_table_get(&t, k * 7);
        if (k % 2)
            assert_null(v);
        else
            assert_int_equal(*v, k);
    }
    assert_int_equal(t.n, 2500);
    while (t.n) syn_table_fade(&t, half);
    assert_null(syn_table_get(&t, 14));
    syn_table_free(&t);
}

static void stories_are_found(void **state)
{
    (void)state;
    syn_grouper *g = grouper(0);
    for (size_t i = 0; i < 200; i++) add(g, i);
    settle(g);
    for (size_t i = 0; i < 200; i++) assert_string_equal(articles[i].found, articles[i / 5 * 5].id);
    syn_grouper_free(g);
}

/* In batches, one by one and backwards it comes to the same stories. */
static void order_does_not_matter(void **state)
{
    (void)state;
    static const size_t every[] = {1, 7, 50};
    for (size_t k = 0; k < SYN_COUNT(every); k++) {
        syn_grouper *g = grouper(0);
        for (size_t i = 0; i < 200; i++) {
            add(g, 199 - i);
            if ((i + 1) % every[k] == 0) settle(g);
        }
        settle(g);
        for (size_t i = 0; i < 200; i++) assert_string_equal(articles[i].found, articles[i / 5 * 5 + 4].id);
        syn_grouper_free(g);
    }
}

static void a_full_window_sleeps(void **state)
{
    (void)state;
    syn_grouper *g = grouper(64);
    for (size_t i = 0; i < MOST; i++) {
        add(g, i);
        if (i % 5 == 4) settle(g);
        assert_true(g->living <= 64);
    }
    assert_false(syn_grouper_holds(g, syn_str_of(articles[0].id)));
    assert_true(syn_grouper_holds(g, syn_str_of(articles[MOST - 5].id)));
    /* roused, the first story takes one more of its own */
    syn_err err = {0};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(syn_grouper_restore(g, &articles[i].s, syn_str_of(articles[0].id), true, &err), SYN_OK);
    add(g, 4);
    settle(g);
    assert_string_equal(articles[4].found, articles[0].id);
    syn_grouper_free(g);
}

static void users_have_the_last_word(void **state)
{
    (void)state;
    syn_grouper *g = grouper(0);
    syn_err err = {0};
    for (size_t i = 0; i < 100; i++) add(g, i);
    settle(g);
    assert_string_equal(articles[1].found, articles[0].id);
    assert_string_equal(articles[5].found, articles[5].id);
    assert_int_equal(syn_grouper_verdict(g, articles[1].s.id, articles[0].s.id, false, &err), SYN_OK);
    assert_int_equal(syn_grouper_verdict(g, articles[5].s.id, articles[10].s.id, true, &err), SYN_OK);
    settle(g);
    assert_string_not_equal(articles[1].found, articles[0].found);
    assert_string_equal(articles[5].found, articles[10].found);
    /* what comes later does not undo it */
    for (size_t i = 100; i < 200; i++) add(g, i);
    settle(g);
    assert_string_not_equal(articles[1].found, articles[0].found);
    assert_string_equal(articles[5].found, articles[10].found);
    syn_grouper_free(g);
}

static void a_profile_tells_what_a_story_is_about(void **state)
{
    (void)state;
    syn_grouper *g = grouper(0);
    syn_story_key keys[SHARED / 2];
    for (size_t i = 0; i < 100; i++) add(g, i);
    settle(g);
    size_t n = syn_grouper_profile(g, syn_str_of(articles[10].id), keys, SYN_COUNT(keys)), own = 0;
    assert_int_equal(n, SHARED / 2);
    for (size_t k = 0; k < n; k++)
        for (uint64_t w = 0; w < SHARED; w++) {
            uint64_t key = 1000000 + 2 * 100 + w;
            own += keys[k].key == syn_hash((syn_str){(const char *)&key, sizeof key}, 9);
        }
    assert_int_equal(own, n);
    assert_int_equal(syn_grouper_profile(g, SYN_STR("nobody"), keys, SYN_COUNT(keys)), 0);
    syn_grouper_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_forgets),          cmocka_unit_test(stories_are_found),
        cmocka_unit_test(order_does_not_matter),    cmocka_unit_test(a_full_window_sleeps),
        cmocka_unit_test(users_have_the_last_word), cmocka_unit_test(a_profile_tells_what_a_story_is_about),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
