/* learn_stories.c - learns src/story/odds.inc: what a standard deviation of each signal adds to the log odds that two
   articles tell one story.
   usage: learn_stories ROUNDS ARTICLES.jsonl STORIES.tsv [ARTICLES.jsonl STORIES.tsv ...] > odds.inc
   STORIES: rows of id, tab, story.  Coordinate ascent from the table in place on the mean over the sets of B-cubed F1
   (Bagga and Baldwin 1998), each trial grouping every set anew; a step is taken where it gains and halved where none
   does.  A set should hold pages that are told once, too: a story of their own each. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../src/api/api.h"
#include "../src/story/internal.h"

#include <synoptic.h>

enum { MOST_SETS = 16, SIDES = 2, BASE = SYN_SIGNALS, ABOUT, LENGTH, TERMS };

typedef struct told {
    syn_signature *signature;
    uint64_t gold, found; /* hashes of the story's name */
} told;

typedef struct set {
    told *items;
    size_t n, cap;
    syn_arena mem;
    syn_map by_id; /* 1 + item */
} set;

static set sets[MOST_SETS];
static size_t nsets;

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "learn_stories: %s\n", what);
    exit(1);
}

static syn_str slurp(const char *path)
{
    FILE *f = fopen(path, "rb");
    syn_buf b = {0};
    char piece[1 << 16];
    if (!f) die(path);
    for (size_t got; (got = fread(piece, 1, sizeof piece, f)) > 0;) syn_buf_add(&b, (syn_str){piece, got});
    fclose(f);
    if (b.failed) die("no memory");
    return syn_buf_str(&b);
}

static void load(set *s, syn_session *session, const char *articles, const char *gold)
{
    syn_err err = {0};
    syn_map story_of = {.arena = &s->mem};
    s->by_id.arena = &s->mem;
    for (syn_str rest = slurp(gold), line, id, story; syn_split(&rest, '\n', &line);) {
        if (!syn_split(&line, '\t', &id) || !syn_split(&line, '\t', &story)) continue;
        uint64_t *v = syn_map_add(&story_of, id);
        if (!v) die("no memory");
        *v = syn_hash(story, 1);
    }
    for (syn_str rest = slurp(articles), line; syn_split(&rest, '\n', &line);) {
        syn_article *a;
        syn_derived d;
        syn_buf packed = {0};
        syn_json *j = syn_json_parse(line, &err);
        syn_arena_reset(&session->mem);
        if (!j || syn_article_parse(&session->mem, j, &a, &err) || syn_api_derive(session, a, &d, &err)) die(err.line);
        const uint64_t *story = syn_map_get(&story_of, a->id);
        if (!syn_grow(&s->mem, &s->items, &s->cap, s->n + 1, sizeof *s->items)) die("no memory");
        told *t = &s->items[s->n++];
        *t = (told){.gold = story ? *story : 0};
        if (syn_signature_pack(d.signature, &packed)) die("no memory");
        if (syn_signature_unpack(&s->mem, syn_dup(&s->mem, syn_buf_str(&packed)), &t->signature, &err)) die(err.line);
        uint64_t *at = syn_map_add(&s->by_id, t->signature->id);
        if (!at) die("no memory");
        *at = s->n;
        syn_buf_free(&packed);
        syn_json_free(j);
    }
}

static void note(void *context, syn_str id, const syn_decision *d)
{
    set *s = context;
    const uint64_t *at = syn_map_get(&s->by_id, id);
    if (at) s->items[*at - 1].found = syn_hash(d->story, 1);
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static size_t count_of(const uint64_t *sorted, size_t n, uint64_t v)
{
    size_t low = 0, high = n, first;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (sorted[mid] < v)
            low = mid + 1;
        else
            high = mid;
    }
    for (first = low; low < n && sorted[low] == v;) low++;
    return low - first;
}

static double b_cubed(const set *s)
{
    uint64_t *gold = calloc(s->n, sizeof *gold), *found = calloc(s->n, sizeof *found),
             *both = calloc(s->n, sizeof *both);
    double precision = 0, recall = 0, n = 0;
    if (!gold || !found || !both) die("no memory");
    for (size_t i = 0; i < s->n; i++) {
        gold[i] = s->items[i].gold;
        found[i] = s->items[i].found;
        both[i] = gold[i] * 0x9E3779B97F4A7C15u ^ found[i];
    }
    qsort(gold, s->n, sizeof *gold, by_value);
    qsort(found, s->n, sizeof *found, by_value);
    qsort(both, s->n, sizeof *both, by_value);
    for (size_t i = 0; i < s->n; i++) {
        const told *t = &s->items[i];
        if (!t->gold) continue;
        double share = (double)count_of(both, s->n, t->gold * 0x9E3779B97F4A7C15u ^ t->found);
        precision += share / (double)count_of(found, s->n, t->found);
        recall += share / (double)count_of(gold, s->n, t->gold);
        n++;
    }
    free(gold);
    free(found);
    free(both);
    return n > 0 ? 2 * precision * recall / (precision + recall) / n : 0;
}

static double worth(const syn_engine *engine, const syn_odds odds[SIDES], bool tell)
{
    syn_err err = {0};
    double sum = 0;
    for (size_t k = 0; k < nsets; k++) {
        set *s = &sets[k];
        syn_grouper *g;
        syn_arena mem = {0};
        if (syn_grouper_new(engine->lex, NULL, &g, &err)) die(err.line);
        g->odds = odds;
        for (size_t i = 0; i < s->n; i++)
            if (syn_grouper_add(g, s->items[i].signature, &err)) die(err.line);
        if (syn_grouper_settle(g, &mem, false, note, s, &err)) die(err.line);
        double f1 = b_cubed(s);
        if (tell) fprintf(stderr, " %.4f", f1);
        sum += f1;
        syn_grouper_free(g);
        syn_arena_free(&mem);
    }
    return sum / (double)nsets;
}

static double *term(syn_odds odds[SIDES], int i)
{
    syn_odds *o = &odds[i / TERMS];
    return i % TERMS == BASE     ? &o->base
           : i % TERMS == ABOUT  ? &o->about
           : i % TERMS == LENGTH ? &o->length
                                 : &o->says[i % TERMS];
}

static void climb(const syn_engine *engine, int rounds, syn_odds odds[SIDES])
{
    fprintf(stderr, "learn_stories: set by set");
    double best = worth(engine, odds, true), step = 0.2;
    fprintf(stderr, ", on the mean %.4f\n", best);
    for (int round = 0; round < rounds; round++) {
        bool gained = false;
        for (int i = 0; i < SIDES * TERMS; i++) {
            double *t = term(odds, i), was = *t;
            if (i % TERMS == SYN_SIGNAL_LINK || i == SYN_SIGNAL_WORD) continue; /* the sets have no links */
            if (i == TERMS + SYN_SIGNAL_LEARNED) continue; /* nothing is learned within one language */
            for (int up = 0; up < 2; up++) {
                *t = was + (up ? step : -step) * (i % TERMS >= BASE ? 2 : 1);
                if (i % TERMS != BASE && *t < 0) *t = 0;
                double now = *t == was ? 0 : worth(engine, odds, false);
                if (now > best + 1e-6) {
                    best = now;
                    gained = true;
                    break;
                }
                *t = was;
            }
        }
        fprintf(stderr, "learn_stories: %.4f\n", best);
        if (!gained) step /= 2;
    }
}

int main(int argc, char **argv)
{
    static const char *const names[SYN_SIGNALS] = {"NAME",  "FIGURE", "CONCEPT", "WORD",
                                                   "PLACE", "DATE",   "LINK",    "LEARNED"};
    syn_engine *engine;
    syn_session *session;
    syn_odds odds[SIDES];
    syn_err err = {0};
    if (argc < 4 || argc % 2 || argc / 2 - 1 > MOST_SETS)
        die("usage: learn_stories ROUNDS ARTICLES.jsonl STORIES.tsv ...");
    if (synoptic_open(&engine, &err) || synoptic_session_new(engine, &session, &err)) die(err.line);
    for (int i = 2; i + 1 < argc; i += 2) load(&sets[nsets++], session, argv[i], argv[i + 1]);
    memcpy(odds, syn_story_odds, sizeof odds);
    climb(engine, atoi(argv[1]), odds);
    printf("/* Learned by tools/learn_stories.c from articles whose stories are known; links are set by hand: the sets "
           "have\n"
           "   none.  Not for editing by hand. */\n/* clang-format off */\n");
    for (int k = 0; k < SIDES; k++) {
        printf("{{");
        for (int s = 0; s < SYN_SIGNALS; s++)
            printf("[SYN_SIGNAL_%s] = %.2f%s", names[s], odds[k].says[s], s + 1 < SYN_SIGNALS ? ", " : "},");
        printf(" %.2f, %.2f, %.2f},\n", odds[k].base, odds[k].about, odds[k].length);
    }
    printf("/* clang-format on */\n");
    synoptic_session_free(session);
    synoptic_close(engine);
    return 0;
}
