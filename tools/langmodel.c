/* langmodel.c - trains the language model: counts n-grams and words of each language (src/text/grams.h), smooths them
   with what all languages share, keeps what tells languages apart.

   For a feature f of order o, with p(f|l) its share among the features of order o in language l and b(f) the mean of
   these shares, the weight is log(1 + p (1 - LAMBDA) / (b LAMBDA)): Jelinek-Mercer smoothing, less what all languages
   have in common, so that a feature a language never showed costs nothing to store.

   Usage: langmodel LANGUAGES.tsv < CORPUS.tsv > langmodel.bin
   CORPUS: tag, source, text.  Deterministic. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../src/text/grams.h"

static const double LAMBDA = 0.3;
static const double WORD_FACTOR = 2;  /* a whole word says more than the n-grams it is made of */
static const double KEEP_COUNT = 2.5; /* of n-grams longer than three and words, in their best language */
static const double KEEP_WEIGHT = 0.6;

enum { LANGS = 250, BUCKET_BITS = 17 };

/* What one line of a source counts for: running text and telling words most, lists of names least. */
static const struct {
    const char *name;
    double weight;
} sources[] = {{"udhr", 1}, {"annotations", .1}, {"names", .05}, {"dates", .1},
               {"stop", 1}, {"words", 8},        {"han", 3},     {"bare", .2}};

typedef struct pair {
    uint32_t next; /* index of the feature's next pair, 0: none */
    uint16_t lang;
    float count;
} pair;
typedef struct feature {
    uint64_t hash; /* 0: free */
    uint32_t pairs;
    uint8_t order;
} feature;

typedef struct trainer {
    syn_langmodel_lang lang[LANGS];
    size_t langs;
    double total[LANGS][GRAM_WORD + 1];
    uint64_t letters[LANGS][SYN_SCRIPT_COUNT];
    feature *features;
    size_t nfeatures, cap;
    pair *pairs;
    size_t npairs, pairs_cap;
    size_t now; /* the language and weight of the line being counted */
    double weight;
} trainer;

static void die(const char *why)
{
    fprintf(stderr, "langmodel: %s\n", why);
    exit(1);
}

static feature *feature_at(feature *table, size_t cap, uint64_t hash)
{
    size_t i = hash >> 32 & (cap - 1);
    while (table[i].hash && table[i].hash != hash) i = (i + 1) & (cap - 1);
    return &table[i];
}

static void grow_features(trainer *t)
{
    size_t cap = t->cap ? t->cap * 2 : (size_t)1 << 20;
    feature *bigger = calloc(cap, sizeof *bigger);
    if (!bigger) die("out of memory");
    for (size_t i = 0; i < t->cap; i++) {
        if (t->features[i].hash) *feature_at(bigger, cap, t->features[i].hash) = t->features[i];
    }
    free(t->features);
    t->features = bigger;
    t->cap = cap;
}

static void count_feature(trainer *t, uint64_t hash, int order)
{
    if (t->nfeatures * 2 >= t->cap) grow_features(t);
    if (!hash) hash = 1;
    feature *f = feature_at(t->features, t->cap, hash);
    if (!f->hash) {
        *f = (feature){hash, 0, (uint8_t)order};
        t->nfeatures++;
    }
    t->total[t->now][order] += t->weight;
    for (uint32_t p = f->pairs; p; p = t->pairs[p].next) {
        if (t->pairs[p].lang == t->now) {
            t->pairs[p].count += (float)t->weight;
            return;
        }
    }
    if (t->npairs >= t->pairs_cap) {
        t->pairs_cap = t->pairs_cap ? t->pairs_cap * 2 : (size_t)1 << 20;
        t->pairs = realloc(t->pairs, t->pairs_cap * sizeof *t->pairs);
        if (!t->pairs) die("out of memory");
    }
    if (!t->npairs) t->npairs = 1;
    t->pairs[t->npairs] = (pair){f->pairs, (uint16_t)t->now, (float)t->weight};
    f->pairs = (uint32_t)t->npairs++;
}

static void count_word(void *user, const syn_gram *grams, size_t n)
{
    for (size_t i = 0; i < n; i++) count_feature(user, grams[i].hash, grams[i].order);
}

static void read_languages(trainer *t, const char *path)
{
    FILE *in = fopen(path, "r");
    if (!in) die("cannot read the languages");
    char line[512];
    while (fgets(line, sizeof line, in)) {
        syn_str rest = syn_trim(syn_str_of(line)), field[4] = {{0}};
        if (!rest.n || rest.p[0] == '#') continue;
        if (t->langs == LANGS) die("too many languages");
        for (int i = 0; i < 4; i++) {
            size_t tab = syn_find_byte(rest, '\t', 0);
            field[i] = syn_slice(rest, 0, tab < rest.n ? tab : rest.n);
            rest = syn_slice(rest, tab < rest.n ? tab + 1 : rest.n, rest.n);
        }
        syn_langmodel_lang *l = &t->lang[t->langs++];
        double prior = 0;
        if (field[0].n >= sizeof l->tag) die("a tag is too long");
        if (field[3].n && !syn_parse_double(field[3], &prior)) die("a prior is no number");
        memcpy(l->tag, field[0].p, field[0].n);
        l->prior = (int32_t)lround(prior * GRAM_UNIT);
    }
    fclose(in);
}

static void count_letters(trainer *t, syn_str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t cp;
        at += syn_utf8_next(text, at, &cp);
        const syn_char *c = syn_char_of(cp);
        if (c->flags & SYN_CH_LETTER) t->letters[t->now][c->script]++;
    }
}

static void read_corpus(trainer *t, FILE *in)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    while ((n = getline(&line, &cap, in)) > 0) {
        if (line[n - 1] == '\n') line[--n] = 0;
        char *source = strchr(line, '\t'), *text = source ? strchr(source + 1, '\t') : NULL;
        if (!text) die("a line without tag, source and text");
        *source++ = 0;
        *text++ = 0;
        for (t->now = 0; t->now < t->langs && strcmp(t->lang[t->now].tag, line) != 0;) t->now++;
        size_t s = 0;
        while (s < SYN_COUNT(sources) && strcmp(sources[s].name, source) != 0) s++;
        if (t->now == t->langs || s == SYN_COUNT(sources)) die("a line of unknown tag or source");
        t->weight = sources[s].weight;
        syn_str all = {text, (size_t)(n - (text - line))};
        if (strcmp(source, "names") != 0) count_letters(t, all);
        syn_grams_of(all, UINT64_MAX, count_word, t);
    }
    free(line);
}

/* The scripts a language is written in: those of a fifth of its letters or more. */
static void settle_scripts(trainer *t)
{
    for (size_t l = 0; l < t->langs; l++) {
        uint64_t all = 0;
        for (int s = 1; s < SYN_SCRIPT_COUNT; s++) all += t->letters[l][s];
        for (int s = 1; s < SYN_SCRIPT_COUNT; s++) {
            if (t->letters[l][s] * 5 >= all && all) t->lang[l].scripts |= (uint64_t)1 << s;
        }
    }
}

static int by_hash(const void *a, const void *b)
{
    uint64_t x = ((const feature *)a)->hash, y = ((const feature *)b)->hash;
    return (x > y) - (x < y);
}

/* The feature's entry, appended to out; nothing where it tells no language. */
static void write_entry(const trainer *t, const feature *f, syn_buf *out)
{
    double shared = 0, most = 0;
    for (uint32_t p = f->pairs; p; p = t->pairs[p].next) {
        shared += t->pairs[p].count / t->total[t->pairs[p].lang][f->order];
        if (t->pairs[p].count > most) most = t->pairs[p].count;
    }
    shared /= (double)t->langs;
    if (f->order >= 3 && most < (f->order == 3 ? KEEP_COUNT / 2 : KEEP_COUNT)) return;
    uint8_t weight[LANGS] = {0};
    unsigned kept = 0;
    for (uint32_t p = f->pairs; p; p = t->pairs[p].next) {
        size_t l = t->pairs[p].lang;
        double w = log1p(t->pairs[p].count / t->total[l][f->order] * (1 - LAMBDA) / (LAMBDA * shared));
        if (w < KEEP_WEIGHT) continue;
        double scaled = w * GRAM_UNIT * (f->order == GRAM_WORD ? WORD_FACTOR : 1);
        weight[l] = (uint8_t)(scaled > 255 ? 255 : lround(scaled));
        kept++;
    }
    if (!kept) return;
    syn_buf_c(out, (char)(f->hash & 255));
    syn_buf_c(out, (char)(f->hash >> 8 & 255));
    syn_buf_c(out, (char)kept);
    for (size_t l = 0; l < t->langs; l++) {
        if (!weight[l]) continue;
        syn_buf_c(out, (char)l);
        syn_buf_c(out, (char)weight[l]);
    }
}

static void write_model(trainer *t, FILE *out)
{
    size_t n = 0;
    for (size_t i = 0; i < t->cap; i++) {
        if (t->features[i].hash) t->features[n++] = t->features[i];
    }
    qsort(t->features, n, sizeof *t->features, by_hash);
    syn_buf entries = {0};
    uint32_t *bucket = calloc(((size_t)1 << BUCKET_BITS) + 1, sizeof *bucket);
    if (!bucket) die("out of memory");
    size_t next = 0;
    for (size_t b = 0; b < (size_t)1 << BUCKET_BITS; b++) {
        bucket[b] = (uint32_t)entries.n;
        for (; next < n && t->features[next].hash >> (64 - BUCKET_BITS) == b; next++) {
            write_entry(t, &t->features[next], &entries);
        }
    }
    bucket[(size_t)1 << BUCKET_BITS] = (uint32_t)entries.n;
    if (entries.failed) die("out of memory");
    syn_langmodel head = {SYN_LANGMODEL_MAGIC, (uint32_t)t->langs, BUCKET_BITS, (uint32_t)entries.n};
    fwrite(&head, sizeof head, 1, out);
    fwrite(t->lang, sizeof *t->lang, t->langs, out);
    fwrite(bucket, sizeof *bucket, ((size_t)1 << BUCKET_BITS) + 1, out);
    fwrite(entries.p, 1, entries.n, out);
    if (fflush(out) || ferror(out)) die("cannot write");
    free(bucket);
    syn_buf_free(&entries);
}

int main(int argc, char **argv)
{
    static trainer t;
    if (argc != 2) die("usage: langmodel LANGUAGES.tsv < CORPUS.tsv > langmodel.bin");
    read_languages(&t, argv[1]);
    read_corpus(&t, stdin);
    settle_scripts(&t);
    write_model(&t, stdout);
    free(t.features);
    free(t.pairs);
    return 0;
}
