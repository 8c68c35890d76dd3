/* Stage 5: linking, signatures as bytes. */
#include "test.h"

#include "../../src/story/internal.h"

static void link_all(uint32_t *of, size_t n, const edge *edges, size_t nedges, double clusters)
{
    syn_arena mem = {0};
    uint32_t langs[64];
    assert_true(n <= SYN_COUNT(langs));
    for (uint32_t i = 0; i < n; i++) langs[i] = i; /* all different */
    assert_int_equal(
        syn_cluster_link(&mem, of, langs, n, edges, nedges, &(syn_bar){.clusters = clusters, .alone = 0}, NULL),
        SYN_OK);
    syn_arena_free(&mem);
}

static void linking_takes_the_mean_not_the_nearest(void **state)
{
    (void)state;
    /* a chain: 0-1 and 1-2 are alike, 0-2 are not: single linking would make one story of it */
    const edge chain[] = {{0, 1, 5}, {1, 2, 4}};
    uint32_t of[] = {0, 1, 2};
    link_all(of, 3, chain, 2, 3);
    assert_int_equal(of[1], 0);
    assert_int_equal(of[2], 2);
    const edge triangle[] = {{0, 1, 5}, {1, 2, 4}, {0, 2, 4}};
    uint32_t all[] = {0, 1, 2};
    link_all(all, 3, triangle, 3, 3);
    assert_int_equal(all[2], 0);
}

static void two_stories_of_one_matter_stay_apart(void **state)
{
    (void)state;
    /* two pairs, each much more of one piece than the four: less of a difference tells in one language */
    enum { N = 4 };
    static const struct {
        float within, across;
        bool one_language, one_story;
    } cases[] = {{10, 2.5f, false, false},
                 {10, 4, false, true},
                 {10, 4, true, false},
                 {10, 7, true, true},
                 {3, 2.5f, true, true}};
    for (size_t c = 0; c < SYN_COUNT(cases); c++) {
        edge edges[N * N];
        size_t n = 0;
        uint32_t of[N] = {0, 1, 2, 3}, langs[N];
        syn_arena mem = {0};
        for (uint32_t i = 0; i < N; i++) {
            langs[i] = cases[c].one_language ? 0 : i;
            for (uint32_t j = 0; j < i; j++)
                edges[n++] = (edge){j, i, i / 2 == j / 2 ? cases[c].within : cases[c].across};
        }
        assert_int_equal(syn_cluster_link(&mem, of, langs, N, edges, n, &(syn_bar){.clusters = 2.2, .alone = 0}, NULL),
                         SYN_OK);
        assert_int_equal(of[1], 0);
        assert_int_equal(of[3], of[2]);
        assert_int_equal(of[2], cases[c].one_story ? 0 : 2);
        syn_arena_free(&mem);
    }
}

static void linking_does_not_depend_on_the_order_of_edges(void **state)
{
    (void)state;
    enum { N = 60 };
    edge edges[N * N];
    size_t n = 0;
    uint32_t random = 1;
    for (uint32_t i = 0; i < N; i++)
        for (uint32_t j = i + 1; j < N; j++) {
            random = random * 1664525u + 1013904223u;
            float score = i % 6 == j % 6 ? 4 + (float)(random >> 30) : (float)(random >> 29) - 4;
            edges[n++] = (edge){i, j, score};
        }
    uint32_t first[N], second[N];
    for (uint32_t i = 0; i < N; i++) first[i] = second[i] = i;
    link_all(first, N, edges, n, 3);
    for (size_t i = 0; i < n / 2; i++) {
        edge swap = edges[i];
        edges[i] = edges[n - 1 - i];
        edges[n - 1 - i] = swap;
    }
    link_all(second, N, edges, n, 3);
    for (uint32_t i = 0; i < N; i++) {
        assert_int_equal(first[i], i % 6);
        assert_int_equal(second[i], i % 6);
    }
}

static void started_clusters_stay_together(void **state)
{
    (void)state;
    uint32_t of[] = {0, 0, 2, 2, 4};
    const edge edges[] = {{1, 4, 8}};
    link_all(of, 5, edges, 1, 3);
    assert_int_equal(of[1], 0);
    assert_int_equal(of[3], 2);
    assert_int_equal(of[4], 0); /* mean of 8 and nothing is 4 */
}

static void signatures_come_back_from_bytes(void **state)
{
    (void)state;
    syn_arena a = {0};
    const uint64_t shingles[] = {1, UINT64_MAX, 3};
    const syn_feature features[] = {{7, 1.5f, SYN_SIGNAL_NAME, 3, 0, {1, 5}},
                                    {9, 0.5f, SYN_SIGNAL_FIGURE, 0, 2, {6, 8}}};
    const syn_str surfaces[] = {SYN_STR("ລາວ"), SYN_STR("12")};
    syn_signature s = {.id = SYN_STR("a/b.html"),
                       .lang = SYN_STR("lo"),
                       .when = -5,
                       .spoken_of = 20000,
                       .content = 42,
                       .outlet = 43,
                       .site = 44,
                       .source = 45,
                       .shingles = shingles,
                       .nshingles = 3,
                       .features = features,
                       .nfeatures = 2,
                       .surfaces = surfaces},
                  *back;
    syn_buf b = {0};
    assert_int_equal(syn_signature_pack(&s, &b), SYN_OK);
    assert_int_equal(syn_signature_unpack(&a, syn_buf_str(&b), &back, NULL), SYN_OK);
    assert_str(back->id, s.id);
    assert_int_equal(back->when, -5);
    assert_int_equal(back->outlet, 43);
    assert_int_equal(back->site, 44);
    assert_int_equal(back->source, 45);
    assert_int_equal(back->shingles[1], UINT64_MAX);
    assert_int_equal(back->features[0].key, 7);
    assert_true(back->features[0].weight == 1.5f);
    assert_str(back->surfaces[0], surfaces[0]);
    /* every cut is an error, never a crash */
    for (size_t n = 0; n < b.n; n++) {
        syn_err err = {0};
        assert_int_equal(syn_signature_unpack(&a, (syn_str){b.p, n}, &back, &err), SYN_EFORMAT);
    }
    syn_buf_free(&b);
    syn_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linking_takes_the_mean_not_the_nearest),
        cmocka_unit_test(two_stories_of_one_matter_stay_apart),
        cmocka_unit_test(linking_does_not_depend_on_the_order_of_edges),
        cmocka_unit_test(started_clusters_stay_together),
        cmocka_unit_test(signatures_come_back_from_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
