/* What the store keeps as bytes: all of it comes back, and what is damaged is refused; what it counts as it writes. */
#include "test.h"

#include "store_fixture.h"

#include "../../src/store/internal.h"

enum { FEATURES = 400 };
static syn_feature features[FEATURES];
static syn_str surfaces[FEATURES];
static const uint64_t shingles[3] = {1, UINT64_MAX, 77};

/* weights: how many different ones. */
static syn_signature make_signature(unsigned weights)
{
    static const syn_str words[] = {{"Tarn", 4}, {"ທອງ", 9}, {"", 0}, {"تارن", 8}};
    for (uint32_t i = 0; i < FEATURES; i++) {
        uint32_t place = (i * 37) % FEATURES;
        features[i] = (syn_feature){.key = (uint64_t)(i % 50 + 1) * 0x9E3779B97F4A7C15u,
                                    .weight = (float)(i % weights) / 8,
                                    .signal = (uint8_t)(i / 50 % SYN_SIGNALS),
                                    .alt = (uint8_t)(i % 3),
                                    .common = (uint8_t)(i % 4),
                                    .span = {place * 9, place * 9 + i % 7}};
        surfaces[i] = words[i % SYN_COUNT(words)];
    }
    return (syn_signature){.lang = SYN_STR("lo"),
                           .when = -5,
                           .spoken_of = 20000,
                           .content = UINT64_MAX,
                           .outlet = 3,
                           .site = 4,
                           .source = 5,
                           .shingles = shingles,
                           .nshingles = SYN_COUNT(shingles),
                           .features = features,
                           .nfeatures = FEATURES,
                           .surfaces = surfaces};
}

static size_t find_feature(const syn_signature *s, const syn_feature *f)
{
    for (uint32_t k = 0; k < s->nfeatures; k++)
        if (s->features[k].span.start == f->span.start) return k;
    fail_msg("a feature is lost");
    return 0;
}

static void assert_comes_back(bench *b, const syn_signature *s)
{
    syn_err err = {0};
    syn_buf bytes = {0};
    syn_signature *back;
    OK(syn_store_pack(b->store, s, &bytes, &err));
    OK(syn_store_unpack(b->store, &b->mem, syn_buf_str(&bytes), &back, &err));
    assert_str(back->lang, s->lang);
    assert_int_equal(back->when, s->when);
    assert_int_equal(back->spoken_of, s->spoken_of);
    assert_true(back->content == s->content && back->outlet == s->outlet && back->site == s->site &&
                back->source == s->source);
    assert_int_equal(back->nshingles, s->nshingles);
    assert_memory_equal(back->shingles, s->shingles, sizeof shingles);
    assert_int_equal(back->nfeatures, s->nfeatures);
    for (uint32_t i = 0; i < s->nfeatures; i++) {
        size_t k = find_feature(back, &s->features[i]);
        const syn_feature *f = &back->features[k];
        assert_true(f->key == s->features[i].key && f->weight == s->features[i].weight);
        assert_true(f->signal == s->features[i].signal && f->alt == s->features[i].alt);
        assert_true(f->common == s->features[i].common && f->span.end == s->features[i].span.end);
        assert_str(back->surfaces[k], s->surfaces[i]);
        assert_true(!i || back->features[i].signal > back->features[i - 1].signal ||
                    (back->features[i].signal == back->features[i - 1].signal &&
                     back->features[i].key >= back->features[i - 1].key));
    }
    syn_buf_free(&bytes);
}

static void signatures_are_kept_whole(void **state)
{
    syn_signature few = make_signature(5);
    assert_comes_back(*state, &few);
    syn_signature many = make_signature(FEATURES);
    assert_comes_back(*state, &many);
    syn_signature none = {.lang = SYN_STR(""),
                          .when = INT64_MIN,
                          .spoken_of = SYN_NO_DAY,
                          .shingles = shingles,
                          .nshingles = SYN_COUNT(shingles)};
    assert_comes_back(*state, &none);
}

static void damaged_signatures_are_refused(void **state)
{
    bench *b = *state;
    syn_err err = {0};
    syn_buf bytes = {0};
    syn_signature s = make_signature(5), *back;
    OK(syn_store_pack(b->store, &s, &bytes, &err));
    syn_str all = syn_buf_str(&bytes);
    for (size_t n = 0; n < all.n; n += n < 64 ? 1 : 61) {
        syn_err why = {0};
        syn_arena_reset(&b->mem);
        assert_int_equal(syn_store_unpack(b->store, &b->mem, syn_slice(all, 0, n), &back, &why), SYN_EFORMAT);
    }
    for (size_t i = 0; i < all.n; i += 3) { /* whatever it is taken for, nothing breaks */
        syn_err why = {0};
        syn_arena_reset(&b->mem);
        bytes.p[i] = (char)(bytes.p[i] ^ 0x55);
        (void)syn_store_unpack(b->store, &b->mem, all, &back, &why);
        bytes.p[i] = (char)(bytes.p[i] ^ 0x55);
    }
    syn_buf_free(&bytes);
}

static void put(bench *b, const char *id, const char *outlet, const char *lang, const char *text, int64_t *row)
{
    syn_err err = {0};
    syn_arena mem = {0};
    syn_texter *texter;
    syn_text *of;
    syn_facts none = {0};
    syn_article a = {.id = syn_str_of(id),
                     .title = syn_str_of(text),
                     .text = syn_str_of(text),
                     .lang = syn_str_of(lang),
                     .outlet = syn_str_of(outlet),
                     .published = {.seconds = 1000 + (int64_t)strlen(text)}};
    OK(syn_texter_new(b->lex, &texter, &err));
    OK(syn_text_of(texter, &mem, a.text, a.lang, &of, &err));
    OK(syn_store_put(b->store, &(syn_entry){.article = &a, .text = of, .facts = &none, .signature = NULL}, row, &err));
    syn_texter_free(texter);
    syn_arena_free(&mem);
}

static void decide(bench *b, int64_t row, const char *founder)
{
    syn_err err = {0};
    syn_decision d = {.story = syn_str_of(founder)};
    OK(syn_store_decide(b->store, row, &d, &err));
}

static void assert_source(bench *b, size_t at, const char *outlet, const char *langs, uint32_t articles,
                          uint32_t stories)
{
    syn_err err = {0};
    syn_list list;
    OK(syn_store_sources(b->store, &b->mem, &list, &err));
    assert_true(at < list.n);
    const syn_source_row *row = (const syn_source_row *)list.items + at;
    assert_str(row->outlet, syn_str_of(outlet));
    assert_str(row->langs, syn_str_of(langs));
    assert_int_equal(row->articles, articles);
    assert_int_equal(row->stories, stories);
}

static void outlets_are_counted_as_articles_come_and_move(void **state)
{
    bench *b = *state;
    syn_err err = {0};
    uint64_t stories;
    int64_t a, c, d;
    put(b, "a", "Lurz", "sv", "Ett bad", &a);
    put(b, "c", "Lurz", "lo", "ທອງ", &c);
    put(b, "d", "Tarn", "sv", "Ett annat bad", &d);
    assert_source(b, 0, "Lurz", "lo,sv", 2, 0);
    decide(b, a, "a");
    decide(b, c, "c");
    decide(b, d, "a");
    assert_source(b, 0, "Lurz", "lo,sv", 2, 2);
    assert_source(b, 1, "Tarn", "sv", 1, 1);
    decide(b, c, "a");
    assert_source(b, 0, "Lurz", "lo,sv", 2, 1);
    OK(syn_store_count(b->store, NULL, &stories, &err));
    assert_int_equal(stories, 1);
    put(b, "c", "Tarn", "th", "ทอง", &c); /* another version, of another outlet and language */
    assert_source(b, 0, "Lurz", "sv", 1, 1);
    assert_source(b, 1, "Tarn", "sv,th", 2, 1);
    decide(b, c, "c");
    assert_source(b, 1, "Tarn", "sv,th", 2, 2);
}

static void keys_of_stories_change_one_by_one(void **state)
{
    bench *b = *state;
    syn_err err = {0};
    syn_story_key first[] = {{.key = 9, .weight = 0.5f, .signal = 1, .word = 2}, {.key = 3, .weight = 1, .signal = 0}};
    syn_story_key later[] = {{.key = 4, .weight = 0.25f, .signal = 2}, {.key = 9, .weight = 0.75f, .signal = 1}},
                  back[4];
    int64_t a, holders[2];
    size_t n;
    put(b, "a", "Lurz", "sv", "Ett bad", &a);
    decide(b, a, "a");
    OK(syn_store_put_keys(b->store, SYN_STR("a"), first, SYN_COUNT(first), &err));
    OK(syn_store_put_keys(b->store, SYN_STR("a"), later, SYN_COUNT(later), &err));
    OK(syn_store_keys(b->store, 1, false, back, SYN_COUNT(back), &n, &err));
    assert_int_equal(n, 2);
    assert_true(back[0].key == 4 && back[1].key == 9 && back[1].weight == 0.75f && back[1].word == 0);
    OK(syn_store_holders(b->store, 3, false, holders, 2, &n, &err));
    assert_int_equal(n, 0);
    OK(syn_store_holders(b->store, 9, false, holders, 2, &n, &err));
    assert_int_equal(n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(signatures_are_kept_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_signatures_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(outlets_are_counted_as_articles_come_and_move, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keys_of_stories_change_one_by_one, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("store kept", tests, NULL, NULL);
}
