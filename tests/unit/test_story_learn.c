/* Stage 5: learning from reading: what sure stories teach, what that may decide, what a flood and a user may do to it.
 */
#include "test.h"

#include <stdlib.h>

#include "../../src/story/internal.h"

enum { TOPICS = 12, ROUNDS = 4, STORIES = TOPICS * ROUNDS, FEATURES = 64, MOST = 2048 };

static syn_lexicon *lex;

typedef struct made {
    syn_signature s;
    char id[24], found[24];
    syn_feature features[FEATURES];
    syn_str surfaces[FEATURES];
    char words[FEATURES][12];
} made;

static made *articles;
static size_t narticles;
static uint32_t chance;

static int by_signal_and_key(const void *a, const void *b)
{
    const syn_feature *x = a, *y = b;
    if (x->signal != y->signal) return x->signal < y->signal ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

static uint64_t key_of(syn_signal signal, uint64_t n)
{
    uint64_t two[2] = {signal, n};
    return syn_hash((syn_str){(const char *)two, sizeof two}, 9);
}

static void put(made *m, syn_signal signal, uint64_t n, float weight)
{
    assert_true(m->s.nfeatures < FEATURES);
    m->features[m->s.nfeatures++] = (syn_feature){.key = key_of(signal, n),
                                                  .weight = weight,
                                                  .signal = (uint8_t)signal,
                                                  .common = signal == SYN_SIGNAL_NAME ? 0 : 2};
}

enum { WORDS_OF_SS = 100000, WORDS_OF_EN = 200000, CONCEPTS = 300000 };

/* An article of a story: names and figures of the story, its topic in the words of its language, and words that any
   has.  English words are known to mean something; the other language has no dictionary. */
static made *make(const char *lang, size_t story, size_t names)
{
    made *m = &articles[narticles];
    bool english = !strcmp(lang, "en");
    size_t topic = story % TOPICS;
    assert_true(narticles < MOST);
    memset(m, 0, sizeof *m);
    snprintf(m->id, sizeof m->id, "a%zu", narticles++);
    m->s = (syn_signature){
        .id = syn_str_of(m->id), .lang = syn_str_of(lang), .when = INT64_MIN, .spoken_of = SYN_NO_DAY};
    for (uint64_t k = 0; k < names; k++) put(m, SYN_SIGNAL_NAME, story * 100 + k, 2);
    for (uint64_t k = 0; k < names / 3; k++) put(m, SYN_SIGNAL_FIGURE, story * 100 + k, 2);
    for (uint64_t k = 0; k < 2; k++) {
        put(m, SYN_SIGNAL_WORD, (english ? WORDS_OF_EN : WORDS_OF_SS) + topic * 10 + k, 3);
        if (english) put(m, SYN_SIGNAL_CONCEPT, CONCEPTS + topic * 10 + k, 3);
    }
    for (uint64_t k = 0; k < 14; k++) {
        chance = chance * 1664525u + 1013904223u;
        uint64_t any = 1000 + k * 100 + (chance >> 8) % 100;
        put(m, SYN_SIGNAL_WORD, (english ? WORDS_OF_EN : WORDS_OF_SS) + any, 1);
        if (english) put(m, SYN_SIGNAL_CONCEPT, CONCEPTS + any, 1);
    }
    qsort(m->features, m->s.nfeatures, sizeof *m->features, by_signal_and_key);
    for (uint32_t f = 0; f < m->s.nfeatures; f++) {
        snprintf(m->words[f], sizeof m->words[f], "w%08x", (unsigned)(m->features[f].key >> 32));
        m->surfaces[f] = syn_str_of(m->words[f]);
    }
    m->s.features = m->features;
    m->s.surfaces = m->surfaces;
    return m;
}

static int open_all(void **state)
{
    (void)state;
    syn_err err = {0};
    articles = calloc(MOST, sizeof *articles);
    return !articles || syn_lexicon_open(&lex, &err) ? -1 : 0;
}

static int close_all(void **state)
{
    (void)state;
    syn_lexicon_close(lex);
    free(articles);
    return 0;
}

static syn_grouper *grouper(bool unlearned)
{
    syn_grouper *g;
    syn_err err = {0};
    narticles = 0;
    chance = 7;
    assert_int_equal(syn_grouper_new(lex, &(syn_group_options){.unlearned = unlearned}, &g, &err), SYN_OK);
    return g;
}

static size_t learned_reasons;

static void note(void *context, syn_str id, const syn_decision *d)
{
    (void)context;
    made *m = &articles[strtoul(id.p + 1, NULL, 10)];
    snprintf(m->found, sizeof m->found, "%.*s", SYN_FMT(d->story));
    for (size_t r = 0; r < d->nreasons; r++) {
        assert_int_equal(d->reasons[r].stories > 0, d->reasons[r].signal == SYN_SIGNAL_LEARNED);
        learned_reasons += d->reasons[r].signal == SYN_SIGNAL_LEARNED;
    }
}

static void settle(syn_grouper *g)
{
    syn_arena mem = {0};
    syn_err err = {0};
    assert_int_equal(syn_grouper_settle(g, &mem, true, note, NULL, &err), SYN_OK);
    syn_arena_free(&mem);
}

static void add(syn_grouper *g, made *m)
{
    syn_err err = {0};
    assert_int_equal(syn_grouper_add(g, &m->s, &err), SYN_OK);
}

/* Every story told twice in English and once in the language without a dictionary. */
static void read_stories(syn_grouper *g, size_t from, size_t to, uint64_t outlet, int64_t when)
{
    for (size_t story = from; story < to; story++)
        for (size_t k = 0; k < 3; k++) {
            made *m = make(k < 2 ? "en" : "ss", story, 12);
            m->s.outlet = outlet;
            m->s.when = when;
            add(g, m);
        }
}

typedef struct heard {
    size_t n, right, wrong, concepts;
    uint64_t digest, word, meaning;
    uint32_t least;
} heard;

static syn_code listen(void *context, const syn_lesson *l, syn_err *err)
{
    (void)err;
    heard *h = context;
    bool right = false;
    for (uint64_t topic = 0; topic < TOPICS; topic++)
        for (uint64_t k = 0; k < 2; k++)
            for (uint64_t m = 0; m < 2; m++)
                right |= l->word == key_of(SYN_SIGNAL_WORD, WORDS_OF_SS + topic * 10 + k) &&
                         (l->meaning == key_of(SYN_SIGNAL_CONCEPT, CONCEPTS + topic * 10 + m) ||
                          l->meaning == key_of(SYN_SIGNAL_WORD, WORDS_OF_EN + topic * 10 + m));
    assert_true(syn_str_eq(l->lang, SYN_STR("ss")));
    assert_true(l->weight > 0 && l->weight < 1);
    assert_true(l->witnesses[0].n && !syn_str_eq(l->witnesses[0], l->witnesses[1]));
    h->n++;
    h->right += right;
    h->wrong += !right;
    h->concepts += !l->meaning_lang.n;
    h->digest = h->digest * 31 + l->word + l->meaning * 7;
    if (!h->least || l->stories < h->least) h->least = l->stories;
    if (!h->word) {
        h->word = l->word;
        h->meaning = l->meaning;
    }
    return SYN_OK;
}

static heard heard_of(syn_grouper *g)
{
    heard h = {0};
    syn_err err = {0};
    assert_int_equal(syn_grouper_lessons(g, listen, &h, &err), SYN_OK);
    return h;
}

static void sure_stories_teach(void **state)
{
    (void)state;
    syn_grouper *g = grouper(false);
    read_stories(g, 0, STORIES, 0, INT64_MIN);
    settle(g);
    heard h = heard_of(g);
    assert_true(h.right >= TOPICS);
    assert_int_equal(h.wrong, 0);
    assert_true(h.concepts > 0);
    assert_true(h.least >= 3);
    assert_int_equal(heard_of(g).n, 0); /* told once */
    syn_grouper_free(g);

    syn_grouper *again = grouper(false);
    read_stories(again, 0, STORIES, 0, INT64_MIN);
    settle(again);
    assert_int_equal(heard_of(again).digest, h.digest);
    syn_grouper_free(again);

    syn_grouper *off = grouper(true);
    read_stories(off, 0, STORIES, 0, INT64_MIN);
    settle(off);
    assert_int_equal(heard_of(off).n, 0);
    syn_grouper_free(off);
}

static void few_stories_teach_nothing(void **state)
{
    (void)state;
    syn_grouper *g = grouper(false);
    for (size_t story = 0; story < STORIES; story++) { /* each topic but once in the poor language */
        add(g, make("en", story, 12));
        add(g, make("en", story, 12));
        if (story < TOPICS * 2) add(g, make("ss", story, 12));
    }
    settle(g);
    assert_int_equal(heard_of(g).n, 0);
    syn_grouper_free(g);
}

/* What was learned helps an article whose own evidence is thin, and is no reason by itself. */
static void lessons_count_beside_other_evidence(void **state)
{
    (void)state;
    in_common common;
    double scores[2][2];
    for (int unlearned = 0; unlearned < 2; unlearned++) {
        syn_grouper *g = grouper(unlearned);
        read_stories(g, 0, STORIES, 0, INT64_MIN);
        settle(g);
        for (size_t k = 0; k < 2; k++) { /* some names, or none */
            made *m = make("ss", 3, k ? 0 : 5);
            learned_reasons = 0;
            add(g, m);
            settle(g);
            if (k) assert_string_equal(m->found, m->id);
            uint32_t i = syn_item_number(g, m->s.id), story = syn_item_number(g, syn_str_of(articles[9].id));
            probe p;
            syn_score_probe(&p, g->items[i]);
            syn_score_common(&p, g->items[story], NULL, &common);
            assert_int_equal(common.of[SYN_SIGNAL_LEARNED] > 0, !unlearned);
            scores[unlearned][k] = syn_score_pair(g, &p, g->items[story]);
            double plain = syn_score_unlearned(g, &p, i, g->items[story]->story, 8);
            double whole = syn_score_story(g, &p, i, g->items[story]->story, 8, 0);
            if (k || unlearned)
                assert_true(whole == plain);
            else
                assert_true(whole > plain);
        }
        syn_grouper_free(g);
    }
    assert_true(scores[0][0] > scores[1][0]);
    assert_true(scores[0][1] <= scores[1][1]);
}

static void reasons_show_what_was_learned(void **state)
{
    (void)state;
    syn_grouper *g = grouper(false);
    read_stories(g, 0, STORIES, 0, INT64_MIN);
    made *first = make("en", STORIES + 3, 8);
    add(g, first);
    settle(g);
    made *m = make("ss", STORIES + 3, 8);
    learned_reasons = 0;
    add(g, m);
    settle(g);
    assert_string_equal(m->found, first->found);
    assert_true(learned_reasons > 0);
    syn_grouper_free(g);
}

static void what_is_taught_counts_and_what_is_forgotten_stays_so(void **state)
{
    (void)state;
    syn_err err = {0};
    syn_grouper *g = grouper(false);
    read_stories(g, 0, STORIES, 0, INT64_MIN);
    settle(g);
    heard h = heard_of(g);
    assert_int_equal(syn_grouper_forget(g, h.word, h.meaning, SYN_STR("ss"), &err), SYN_OK);
    settle(g);
    for (uint32_t i = 0; i < g->nitems; i++) {
        uint32_t key = syn_index_find(&g->index, h.meaning);
        for (uint32_t p = 0; p < g->items[i]->nparts; p++)
            if (syn_item_learned(g->items[i], p))
                assert_false(g->items[i]->keys[p] == key && syn_lessons_stories(g, g->items[i], g->items[i], key) == 0);
    }
    read_stories(g, STORIES, 4 * STORIES, 0, INT64_MIN);
    settle(g);
    uint32_t lang;
    assert_true(syn_grouper_lang(g, SYN_STR("ss"), &lang));
    assert_true(syn_lessons_forgotten(&g->lessons, h.word, h.meaning, lang));
    for (uint32_t k = 0; k < g->lessons.n; k++) {
        const lesson *l = &g->lessons.items[k];
        assert_false(!l->forgotten && l->said.word == h.word && l->said.meaning == h.meaning);
    }
    syn_grouper_free(g);

    /* taught before anything is read; nonsense is not taken */
    syn_grouper *t = grouper(false);
    const syn_lesson said = {.word = h.word, .meaning = h.meaning, .lang = SYN_STR("ss"), .weight = 0.4f, .stories = 9};
    syn_lesson bad = said;
    bad.weight = 7;
    assert_int_equal(syn_grouper_teach(t, &said, &err), SYN_OK);
    assert_int_equal(syn_grouper_teach(t, &bad, &err), SYN_OK);
    assert_int_equal(t->lessons.n, 1);
    assert_int_equal(heard_of(t).n, 0); /* who teaches it knows it */
    read_stories(t, 0, TOPICS, 0, INT64_MIN);
    size_t means = 0;
    for (uint32_t i = 0; i < t->nitems; i++)
        for (uint32_t p = 0; p < t->items[i]->nparts; p++) means += syn_item_learned(t->items[i], p);
    assert_int_equal(means, 1);
    assert_int_equal(syn_grouper_forget(t, h.word, 0, SYN_STR("ss"), &err), SYN_OK);
    settle(t);
    for (uint32_t i = 0; i < t->nitems; i++)
        for (uint32_t p = 0; p < t->items[i]->nparts; p++) assert_false(syn_item_learned(t->items[i], p));
    syn_grouper_free(t);
}

/* One outlet's flood of one day teaches nothing by itself; of many such stories only so many are counted. */
static void a_flood_teaches_little(void **state)
{
    (void)state;
    const int64_t day = 86400;
    syn_grouper *g = grouper(false);
    read_stories(g, 0, 8 * STORIES, 5, 20000 * day);
    settle(g);
    assert_int_equal(heard_of(g).n, 0);
    syn_grouper_free(g);

    syn_grouper *two = grouper(false);
    read_stories(two, 0, 8 * STORIES, 5, 20000 * day);
    read_stories(two, 8 * STORIES, 8 * STORIES + TOPICS, 5, 20001 * day);
    settle(two);
    assert_true(heard_of(two).n > 0);
    for (size_t k = 0; k < two->lessons.n; k++)
        assert_true(two->lessons.items[k].said.stories <= SYN_MAX_TAUGHT_A_DAY + TOPICS);
    syn_grouper_free(two);

    syn_grouper *many = grouper(false);
    for (size_t k = 0; k < 2; k++) read_stories(many, k * STORIES / 2, (k + 1) * STORIES / 2, 5 + k, 20000 * day);
    settle(many);
    assert_true(heard_of(many).n > 0);
    syn_grouper_free(many);
}

static void a_word_has_few_meanings(void **state)
{
    (void)state;
    syn_grouper *g = grouper(false);
    syn_err err = {0};
    for (uint64_t k = 1; k <= 50; k++) {
        const syn_lesson l = {.word = 7, .meaning = k, .lang = SYN_STR("ss"), .weight = 0.5f, .stories = 3};
        assert_int_equal(syn_grouper_teach(g, &l, &err), SYN_OK);
    }
    assert_int_equal(g->lessons.n, SYN_MAX_LESSONS_OF_WORD);
    syn_grouper_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sure_stories_teach),
        cmocka_unit_test(few_stories_teach_nothing),
        cmocka_unit_test(lessons_count_beside_other_evidence),
        cmocka_unit_test(reasons_show_what_was_learned),
        cmocka_unit_test(what_is_taught_counts_and_what_is_forgotten_stays_so),
        cmocka_unit_test(a_flood_teaches_little),
        cmocka_unit_test(a_word_has_few_meanings),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
