/* Stage 5: what makes a topic of two stories, and what it is called; with made profiles. */
#include "test.h"

#include "../../src/story/story.h"

typedef struct bench {
    syn_lexicon *lex;
    syn_topics *topics;
    syn_arena mem;
} bench;

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    syn_err err = {0};
    *state = b;
    return syn_lexicon_open(&b->lex, &err) || syn_topics_new(b->lex, &b->topics, &err) ? -1 : 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    syn_topics_free(b->topics);
    syn_lexicon_close(b->lex);
    syn_arena_free(&b->mem);
    free(b);
    return 0;
}

/* ---- making profiles ---- */

typedef struct made {
    syn_story_key keys[64];
    size_t n;
} made;

static void put(made *m, unsigned signal, uint64_t key, float weight)
{
    m->keys[m->n++] = (syn_story_key){key, (uint8_t)signal, weight, 0};
}

static uint64_t word_key(const bench *b, const char *word, const char *lang)
{
    uint64_t keys[8];
    int strength;
    size_t n = syn_name_keys(b->lex, syn_str_of(word), syn_lexicon_lang(b->lex, syn_str_of(lang)), keys, 8, &strength);
    assert_true(n > 0);
    return keys[0];
}

static void name(const bench *b, made *m, const char *word, float weight)
{
    put(m, SYN_SIGNAL_NAME, syn_story_name_key(word_key(b, word, "en")), weight);
}

static void place(made *m, const char code[3], float weight)
{
    put(m, SYN_SIGNAL_PLACE, syn_story_place_key((uint32_t)(unsigned char)code[0] << 8 | (unsigned char)code[1]),
        weight);
}

static void concept(const bench *b, made *m, size_t i, float weight)
{
    uint32_t id = syn_lexicon_concept(b->lex, syn_lexicon_lang(b->lex, SYN_STR("en")), i);
    assert_true(id != 0);
    put(m, SYN_SIGNAL_CONCEPT, syn_story_concept_key(id), weight);
}

static syn_subject subject(made *m)
{
    syn_topics_sort(m->keys, m->n);
    return (syn_subject){.story = 1, .keys = m->keys, .n = m->n};
}

/* Every key is held by these two stories of a small store. */
static float held_by_two(void *context, const syn_story_key *key, const syn_subject *a, const syn_subject *b)
{
    (void)context;
    (void)a;
    (void)b;
    return syn_topics_rarity(key->signal, 2, 40);
}

static syn_kinship compare(const bench *b, made *x, made *y)
{
    syn_subject a = subject(x), c = subject(y);
    return syn_topics_compare(b->topics, &a, &c, held_by_two, NULL);
}

/* ---- what makes a topic ---- */

static void two_countries_and_their_matter_are_a_topic(void **state)
{
    const bench *b = *state;
    made x = {0}, y = {0};
    made *const both[] = {&x, &y};
    for (size_t i = 0; i < 2; i++) {
        place(both[i], "VN", 0.9f);
        place(both[i], "LA", 0.9f);
        for (size_t c = 0; c < 4; c++) concept(b, both[i], c, 0.8f);
    }
    syn_kinship k = compare(b, &x, &y);
    assert_true(syn_topics_found(&k, 40));
    assert_true(syn_topics_belongs(k.score, false));
}

static void one_country_and_other_matters_are_none(void **state)
{
    const bench *b = *state;
    made x = {0}, y = {0};
    place(&x, "VN", 1);
    place(&y, "VN", 1);
    name(b, &x, "Vietnam", 1);
    name(b, &y, "Vietnam", 1);
    for (size_t c = 0; c < 8; c++) concept(b, c < 4 ? &x : &y, c, 0.9f);
    syn_kinship k = compare(b, &x, &y);
    assert_false(syn_topics_found(&k, 40));
    assert_false(syn_topics_belongs(k.score, true));
}

static void a_matter_without_parties_is_none(void **state)
{
    const bench *b = *state;
    made x = {0}, y = {0};
    for (size_t c = 0; c < 12; c++) {
        concept(b, &x, c, 1);
        concept(b, &y, c, 1);
    }
    syn_kinship k = compare(b, &x, &y);
    assert_true(k.matter > 10);
    assert_false(syn_topics_found(&k, 40));
    assert_false(syn_topics_belongs(k.score, false));
}

static void a_place_and_its_name_count_once(void **state)
{
    const bench *b = *state;
    made x = {0}, y = {0}, xx = {0}, yy = {0};
    place(&x, "FI", 1);
    place(&y, "FI", 1);
    place(&xx, "FI", 1);
    place(&yy, "FI", 1);
    name(b, &xx, "Finland", 0.5f);
    name(b, &yy, "Finland", 0.5f);
    assert_true(compare(b, &x, &y).parties > 0);
    assert_true(compare(b, &xx, &yy).parties - compare(b, &x, &y).parties < 1e-9);
}

static void a_trial_is_known_by_its_person_and_matter(void **state)
{
    const bench *b = *state;
    made x = {0}, y = {0};
    made *const both[] = {&x, &y};
    for (size_t i = 0; i < 2; i++) {
        name(b, both[i], "Karpalov", 1);
        name(b, both[i], "Belgorat", 0.8f);
        for (size_t c = 0; c < 4; c++) concept(b, both[i], c, 0.9f);
    }
    syn_kinship k = compare(b, &x, &y);
    assert_true(syn_topics_found(&k, 40));
}

static void keys_of_the_same_words_count_once(void **state)
{
    const bench *b = *state;
    made x = {0}, y = {0}, xx = {0}, yy = {0};
    made *const once[] = {&x, &y}, *const twice[] = {&xx, &yy};
    for (size_t i = 0; i < 2; i++) {
        name(b, once[i], "Manchester", 1);
        name(b, twice[i], "Manchester", 1);
        name(b, twice[i], "Mansester", 1);
        for (size_t k = 0; k < twice[i]->n; k++) twice[i]->keys[k].word = 1;
    }
    assert_true(compare(b, &x, &y).parties > 0);
    assert_true(compare(b, &xx, &yy).parties - compare(b, &x, &y).parties < 1e-9);
    assert_int_equal(compare(b, &xx, &yy).actors, 1);
}

static void words_that_mean_something_are_no_party(void **state)
{
    const bench *b = *state;
    made x = {0}, y = {0};
    made *const both[] = {&x, &y};
    for (size_t i = 0; i < 2; i++) {
        name(b, both[i], "Federal", 1);
        name(b, both[i], "Reserve", 1);
        both[i]->keys[0].word = 1 | SYN_STORY_PLAIN;
        both[i]->keys[1].word = 2 | SYN_STORY_PLAIN;
        for (size_t c = 0; c < 6; c++) concept(b, both[i], c, 0.9f);
    }
    syn_kinship k = compare(b, &x, &y);
    assert_true(k.parties < 1e-9 && k.matter > 0);
    assert_false(syn_topics_found(&k, 40));
}

static void two_parts_of_one_day_found_none(void **state)
{
    const bench *b = *state;
    made x = {0}, y = {0};
    made *const both[] = {&x, &y};
    for (size_t i = 0; i < 2; i++) {
        place(both[i], "VN", 0.9f);
        place(both[i], "LA", 0.9f);
        for (size_t c = 0; c < 4; c++) concept(b, both[i], c, 0.8f);
    }
    syn_subject a = subject(&x), c = subject(&y);
    a.when = 1000000000;
    c.when = a.when + 20 * 3600;
    syn_kinship k = syn_topics_compare(b->topics, &a, &c, held_by_two, NULL);
    assert_false(syn_topics_found(&k, 40));
    c.when = a.when + 30 * 86400;
    k = syn_topics_compare(b->topics, &a, &c, held_by_two, NULL);
    assert_true(syn_topics_found(&k, 40));
}

static void what_is_the_outlets_own_says_little(void **state)
{
    (void)state;
    float everywhere = syn_topics_rarity(SYN_SIGNAL_NAME, 2, 400);
    assert_true(syn_topics_rarity_of_outlet(0, 0) < everywhere / 4); /* its only two stories: who can tell */
    assert_true(syn_topics_rarity_of_outlet(30, 40) < 0.1f);
    assert_true(syn_topics_rarity_of_outlet(1, 40) >= everywhere);
    assert_true(syn_topics_rarity_of_language(0, 400) >= everywhere);
    assert_true(syn_topics_rarity_of_language(3, 8) < everywhere / 2);
}

static void what_every_story_holds_says_nothing(void **state)
{
    (void)state;
    assert_true(syn_topics_rarity(SYN_SIGNAL_NAME, 2, 1e6) > syn_topics_rarity(SYN_SIGNAL_NAME, 1e5, 1e6));
    assert_true(syn_topics_rarity(SYN_SIGNAL_NAME, 1e6, 1e6) < 0.01f);
    assert_true(syn_topics_rarity(SYN_SIGNAL_NAME, 0, 1e9) <= 4);
    const unsigned changing[] = {SYN_SIGNAL_FIGURE, SYN_SIGNAL_DATE, SYN_SIGNAL_WORD, SYN_SIGNAL_LINK, 200};
    for (size_t i = 0; i < SYN_COUNT(changing); i++) assert_true(syn_topics_rarity(changing[i], 2, 100) <= 0);
}

static void more_stories_ask_for_more(void **state)
{
    (void)state;
    syn_kinship k = {.parties = 8, .matter = 6, .score = 9, .actors = 3, .matters = 3};
    assert_true(syn_topics_found(&k, 50));
    assert_false(syn_topics_found(&k, 1e6));
    assert_true(syn_topics_belongs(5, true)); /* what has joined leaves later than another joins */
    assert_false(syn_topics_belongs(5, false));
}

/* ---- themes ---- */

static void a_theme_is_what_half_of_the_core_shares(void **state)
{
    const bench *b = *state;
    made m[4] = {{.n = 0}};
    syn_subject core[4];
    for (size_t i = 0; i < 4; i++) {
        place(&m[i], "VN", 0.8f);
        if (i < 2) place(&m[i], "LA", 0.8f);
        if (i == 3) place(&m[i], "KH", 0.8f);
        core[i] = subject(&m[i]);
    }
    syn_story_key theme[SYN_TOPIC_THEME];
    size_t n = syn_topics_theme(core, 4, held_by_two, NULL, theme);
    assert_int_equal(n, 2);
    for (size_t i = 0; i < n; i++) {
        bool vietnam = theme[i].key == syn_story_place_key('V' << 8 | 'N');
        assert_true(vietnam || theme[i].key == syn_story_place_key('L' << 8 | 'A'));
        assert_true(theme[i].weight > (vietnam ? 0.79f : 0.39f) && theme[i].weight < (vietnam ? 0.81f : 0.41f));
    }
    assert_true(syn_topics_covered(&core[0], &core[1], theme, n, held_by_two, NULL) > 0.99);
    (void)b;
    assert_true(syn_topics_covered(&core[0], &core[1], theme, 0, held_by_two, NULL) < 0.01);
}

/* ---- names ---- */

static syn_actor_mention mention(bench *b, const char *lang, const char *text, const char *words, uint32_t of,
                                 uint32_t times)
{
    uint64_t *keys = SYN_NEW_ARRAY(&b->mem, uint64_t, 4);
    syn_actor_mention m = {syn_str_of(lang), syn_str_of(text), keys, 0, of, times, false};
    syn_str rest = syn_str_of(words), word;
    while (syn_split(&rest, ' ', &word)) {
        char one[64];
        snprintf(one, sizeof one, "%.*s", SYN_FMT(word));
        keys[m.nkeys++] = syn_story_name_key(word_key(b, one, "en"));
    }
    return m;
}

static void a_topic_is_called_in_the_readers_language(void **state)
{
    bench *b = *state;
    made m = {0};
    syn_err err = {0};
    syn_actor *parties;
    size_t n;
    place(&m, "VN", 0.9f);
    place(&m, "LA", 0.8f);
    concept(b, &m, 0, 0.5f);
    subject(&m);
    const syn_actor_mention said[] = {mention(b, "sv", "Vietnam", "Vietnam", 'V' << 8 | 'N', 3)};
    assert_int_equal(syn_topics_parties(b->topics, &b->mem, m.keys, m.n, said, 1, &parties, &n, &err), SYN_OK);
    assert_int_equal(n, 3);
    assert_str(syn_topic_title(&b->mem, b->lex, parties, n, SYN_STR("en")), SYN_STR("Vietnam – Laos"));
    assert_str(syn_topic_title(&b->mem, b->lex, parties, n, SYN_STR("fa")), SYN_STR("ویتنام – لائوس"));
    assert_str(syn_topic_title(&b->mem, b->lex, parties, n, SYN_STR("zh-Hans")), SYN_STR("越南 – 老挝"));
    assert_int_equal(parties[0].n, 1);
    assert_int_equal(parties[2].kind, SYN_ACTOR_CONCEPT);
}

static void a_persons_words_are_one_party_spelt_as_the_reader_knows(void **state)
{
    bench *b = *state;
    made m = {0};
    syn_err err = {0};
    syn_actor *parties;
    size_t n;
    syn_str lang;
    name(b, &m, "Selma", 0.6f);
    name(b, &m, "Tavrin", 0.9f);
    name(b, &m, "Karvania", 0.8f);
    subject(&m);
    const syn_actor_mention said[] = {
        mention(b, "ar", "سلمى تافرين", "Selma Tavrin", 0, 5), mention(b, "sv", "Selma Tavrin", "Selma Tavrin", 0, 3),
        mention(b, "ru", "Карвания", "Karvania", 0, 4),
        mention(b, "sv", "Karvania-Selma-pakten", "Karvania Selma", 0, 1), /* names two: a spelling of neither */
    };
    assert_int_equal(syn_topics_parties(b->topics, &b->mem, m.keys, m.n, said, SYN_COUNT(said), &parties, &n, &err),
                     SYN_OK);
    assert_int_equal(n, 2);
    assert_int_equal(parties[0].n, 2);
    assert_str(syn_topic_called(b->lex, &parties[0], SYN_STR("sv"), &lang), SYN_STR("Selma Tavrin"));
    assert_str(lang, SYN_STR("sv"));
    assert_str(syn_topic_called(b->lex, &parties[0], SYN_STR("ar"), &lang), SYN_STR("سلمى تافرين"));
    assert_str(syn_topic_called(b->lex, &parties[0], SYN_STR("fa"), &lang), SYN_STR("سلمى تافرين")); /* his script */
    assert_str(syn_topic_called(b->lex, &parties[0], SYN_STR("th"), &lang), SYN_STR("Selma Tavrin"));
    assert_str(syn_topic_called(b->lex, &parties[1], SYN_STR("sv"), &lang), SYN_STR("Карвания"));
    assert_str(lang, SYN_STR("ru"));
}

static void a_name_stands_without_the_words_around_it(void **state)
{
    bench *b = *state;
    made m = {0};
    syn_err err = {0};
    syn_actor *parties;
    size_t n;
    syn_str lang;
    name(b, &m, "Grimsund", 0.9f);
    name(b, &m, "Lines", 0.8f);
    subject(&m);
    const syn_actor_mention said[] = {
        mention(b, "sv", "Hamnbolaget Grimsund Lines", "Hamnbolaget Grimsund Lines", 0, 1),
        mention(b, "en", "Grimsund Lines", "Grimsund Lines", 0, 1),
        mention(b, "de", "Grimsund Lines", "Grimsund Lines", 0, 1),
        mention(b, "fr", "Grimsonde Lines", "Grimsund Lines", 0, 1),
    };
    assert_int_equal(syn_topics_parties(b->topics, &b->mem, m.keys, m.n, said, SYN_COUNT(said), &parties, &n, &err),
                     SYN_OK);
    assert_int_equal(n, 1);
    assert_str(syn_topic_called(b->lex, &parties[0], SYN_STR("sv"), &lang), SYN_STR("Grimsund Lines"));
    assert_str(syn_topic_called(b->lex, &parties[0], SYN_STR("fr"), &lang), SYN_STR("Grimsonde Lines"));
    assert_str(syn_topic_called(b->lex, &parties[0], SYN_STR("lo"), &lang), SYN_STR("Grimsund Lines")); /* of three */
}

static void a_name_is_not_told_twice(void **state)
{
    bench *b = *state;
    const syn_actor_spelling one[] = {{SYN_STR("en"), SYN_STR("Brexit"), 1}},
                             same[] = {{SYN_STR("en"), SYN_STR("brexit"), 1}};
    const syn_actor parties[] = {{SYN_ACTOR_NAME, 0, one, 1}, {SYN_ACTOR_NAME, 0, same, 1}};
    assert_str(syn_topic_title(&b->mem, b->lex, parties, 2, SYN_STR("en")), SYN_STR("Brexit"));
    assert_str(syn_topic_title(&b->mem, b->lex, parties, 0, SYN_STR("en")), SYN_STR(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_countries_and_their_matter_are_a_topic),
        cmocka_unit_test(one_country_and_other_matters_are_none),
        cmocka_unit_test(a_matter_without_parties_is_none),
        cmocka_unit_test(a_place_and_its_name_count_once),
        cmocka_unit_test(a_trial_is_known_by_its_person_and_matter),
        cmocka_unit_test(keys_of_the_same_words_count_once),
        cmocka_unit_test(words_that_mean_something_are_no_party),
        cmocka_unit_test(two_parts_of_one_day_found_none),
        cmocka_unit_test(what_is_the_outlets_own_says_little),
        cmocka_unit_test(what_every_story_holds_says_nothing),
        cmocka_unit_test(more_stories_ask_for_more),
        cmocka_unit_test(a_theme_is_what_half_of_the_core_shares),
        cmocka_unit_test(a_topic_is_called_in_the_readers_language),
        cmocka_unit_test(a_persons_words_are_one_party_spelt_as_the_reader_knows),
        cmocka_unit_test(a_name_stands_without_the_words_around_it),
        cmocka_unit_test(a_name_is_not_told_twice),
    };
    return cmocka_run_group_tests_name("topics", tests, set_up, tear_down);
}
