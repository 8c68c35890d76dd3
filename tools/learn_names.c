/* learn_names.c - learns data/sounds/costs.tsv: how sound units of other scripts are spelt in Latin letters.
   usage: learn_names SOUNDS.bin PAIRS.tsv... > costs.tsv      (rows: kind, Latin name, the name in another script, and
   maybe its weight) Expectation maximisation over all alignments of a unit to at most three letters (Dempster, Laird &
   Rubin 1977; joint multigrams: Deligne & Bimbot 1997), each unit seen alone, with its left, its right and both
   neighbours; rarer contexts lean on wider ones. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../src/base/base.h"
#include "../src/facts/sounds.h"

/* sounds.c asks the lexicon for its table; here it is a file. */
syn_str syn_lexicon_table(const syn_lexicon *lex, const char *name)
{
    (void)lex;
    (void)name;
    return (syn_str){NULL, 0};
}

enum { ROUNDS = 10, WIDE_ROUNDS = 5, CHUNKS = 27 * 27 * 27, ALL = CHUNKS };
static const double LEAN = 3, SIDE_MIN = 5, BOTH_MIN = 6, KEEP = 0.004, DISCOUNT = 0.9;

typedef struct sample {
    uint8_t n, m;
    uint16_t unit[SND_MAX_UNITS], before[SND_MAX_UNITS], after[SND_MAX_UNITS];
    char letters[SND_MAX_LETTERS];
    double weight;
} sample;

typedef struct counts { /* (row, chunk) -> expected count; chunk ALL: the row's sum */
    uint64_t *key;
    double *value;
    size_t cap, n;
} counts;

static uint64_t count_key(uint32_t row, uint32_t chunk)
{
    return ((uint64_t)row << 15 | chunk) + 1;
}

static double *slot(counts *c, uint64_t key, bool add)
{
    if (add && c->n * 2 >= c->cap) {
        counts wide = {NULL, NULL, c->cap ? c->cap * 2 : 1u << 16, 0};
        wide.key = calloc(wide.cap, sizeof *wide.key);
        wide.value = calloc(wide.cap, sizeof *wide.value);
        if (!wide.key || !wide.value) exit(1);
        for (size_t i = 0; i < c->cap; i++)
            if (c->key[i]) *slot(&wide, c->key[i], true) = c->value[i];
        free(c->key);
        free(c->value);
        *c = wide;
    }
    if (c->cap == 0) return NULL;
    for (size_t i = (size_t)(key * 0x9E3779B97F4A7C15u >> 20);; i++) {
        size_t at = i & (c->cap - 1);
        if (c->key[at] == key) return &c->value[at];
        if (c->key[at]) continue;
        if (!add) return NULL;
        c->key[at] = key;
        c->n++;
        return &c->value[at];
    }
}
static double get(counts *c, uint32_t row, uint32_t chunk)
{
    const double *v = slot(c, count_key(row, chunk), false);
    return v ? *v : 0;
}
static void add(counts *c, uint32_t row, uint32_t chunk, double v)
{
    *slot(c, count_key(row, chunk), true) += v;
    *slot(c, count_key(row, ALL), true) += v;
}

static sample *samples;
static size_t nsamples;
static counts now, next;
static snd_table table;
static bool wide; /* contexts are in use */

static bool is_gap(uint16_t u)
{
    return u == table.head->gap_arabic || u == table.head->gap_hebrew;
}
static bool vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static uint32_t chunk_of(const char *p, size_t n)
{
    uint32_t c = 0;
    for (size_t i = 0; i < n; i++) c = c * 27 + (uint32_t)(p[i] - 'a' + 1);
    return c;
}

/* Probability of a spelling that was never counted. */
static double unseen(uint16_t u, const char *p, size_t n)
{
    static const double by_length[] = {0.2, 0.5 / 26, 0.2 / 676, 0.1 / 17576};
    if (is_gap(u)) {
        for (size_t i = 0; i < n; i++)
            if (!vowel(p[i])) return 0;
        return n == 0 ? 0.5 : n == 1 ? 0.4 / 6 : n == 2 ? 0.1 / 36 : 0;
    }
    return by_length[n];
}

/* What was seen once may be chance. */
static double less(double count)
{
    return count > 2 * DISCOUNT ? count - DISCOUNT : count / 2;
}

static double side(uint32_t row, uint32_t chunk, double base, bool *there)
{
    double n = get(&now, row, ALL);
    *there = n >= SIDE_MIN;
    return (get(&now, row, chunk) + LEAN * base) / (n + LEAN);
}

static double middle(uint16_t b, uint16_t u, uint16_t a, uint32_t chunk, double base)
{
    bool l, r;
    double left = side(SND_ROW(b, u, SND_SYM_ANY), chunk, base, &l);
    double right = side(SND_ROW(SND_SYM_ANY, u, a), chunk, base, &r);
    return l && r ? (left + right) / 2 : l ? left : r ? right : base;
}

static double probability(uint16_t b, uint16_t u, uint16_t a, uint32_t chunk)
{
    uint32_t row = SND_ROW(SND_SYM_ANY, u, SND_SYM_ANY), both = SND_ROW(b, u, a);
    double n = get(&now, row, ALL), base = n > 0 ? less(get(&now, row, chunk)) / n : 0;
    if (!wide) return base;
    double mid = middle(b, u, a, chunk, base), nb = get(&now, both, ALL);
    return nb >= BOTH_MIN ? (get(&now, both, chunk) + LEAN * mid) / (nb + LEAN) : mid;
}

static double spelling(const sample *s, size_t i, size_t j, size_t len, bool first)
{
    uint16_t u = s->unit[i];
    double q = unseen(u, s->letters + j, len);
    if (first) return q;
    return 0.98 * probability(s->before[i], u, s->after[i], chunk_of(s->letters + j, len)) + 0.02 * q;
}

/* Forward and backward over one sample; counts go to next.  Returns the log likelihood. */
static double learn_one(const sample *s, bool first)
{
    static double p[SND_MAX_UNITS][SND_MAX_LETTERS + 1][4], f[SND_MAX_UNITS + 1][SND_MAX_LETTERS + 1],
        b[SND_MAX_UNITS + 1][SND_MAX_LETTERS + 1];
    size_t n = s->n, m = s->m;
    memset(f, 0, sizeof f);
    memset(b, 0, sizeof b);
    f[0][0] = 1;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= m; j++)
            for (size_t len = 0; len <= 3 && j + len <= m; len++) {
                p[i][j][len] = spelling(s, i, j, len, first);
                f[i + 1][j + len] += f[i][j] * p[i][j][len];
            }
    double total = f[n][m];
    if (total <= 0) return -100;
    b[n][m] = 1;
    for (size_t i = n; i-- > 0;)
        for (size_t j = 0; j <= m; j++)
            for (size_t len = 0; len <= 3 && j + len <= m; len++) b[i][j] += p[i][j][len] * b[i + 1][j + len];
    double expected = log(total) / (double)(m + 1);
    double trust = s->weight * (expected < -2.6 ? 0.02 : 1); /* pairs that hardly align are often of other names */
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= m; j++)
            for (size_t len = 0; len <= 3 && j + len <= m; len++) {
                double v = trust * f[i][j] * p[i][j][len] * b[i + 1][j + len] / total;
                if (v < 1e-4) continue;
                uint32_t c = chunk_of(s->letters + j, len);
                uint16_t u = s->unit[i];
                add(&next, SND_ROW(SND_SYM_ANY, u, SND_SYM_ANY), c, v);
                add(&next, SND_ROW(s->before[i], u, SND_SYM_ANY), c, v);
                add(&next, SND_ROW(SND_SYM_ANY, u, s->after[i]), c, v);
                add(&next, SND_ROW(s->before[i], u, s->after[i]), c, v);
            }
    return log(total);
}

static void add_sample(const snd_word *latin, const uint16_t *unit, size_t n, double weight)
{
    if (n == 0 || latin->nlatin == 0 || latin->nlatin > 3 * n) return;
    samples = realloc(samples, (nsamples + 1) * sizeof *samples);
    if (!samples) exit(1);
    sample *s = &samples[nsamples++];
    s->n = (uint8_t)n;
    s->m = latin->nlatin;
    s->weight = weight;
    memcpy(s->letters, latin->latin, latin->nlatin);
    memcpy(s->unit, unit, n * sizeof *unit);
    uint16_t before = 0;
    for (size_t i = 0; i < n; i++) {
        s->before[i] = before;
        if (!is_gap(unit[i])) before = unit[i];
    }
    uint16_t after = 0;
    for (size_t i = n; i-- > 0;) {
        s->after[i] = after;
        if (!is_gap(unit[i])) after = unit[i];
    }
}

static void add_letters(const snd_word *latin, const snd_word *from, double weight)
{
    uint16_t unit[SND_MAX_UNITS];
    for (size_t i = 0; i < from->nlatin; i++) {
        char c = from->latin[i];
        unit[i] = (uint16_t)((c == 'U' ? 'u' : c == 'I' ? 'i' : c) - 'a' + 1);
    }
    add_sample(latin, unit, from->nlatin, weight);
}

static bool hides_vowels(const snd_word *w)
{
    for (size_t i = 0; i < w->nunits; i++)
        if (w->gap[i]) return true;
    return false;
}

static void load(const char *path)
{
    FILE *f = fopen(path, "rb");
    char line[1024];
    if (!f) exit(1);
    while (fgets(line, sizeof line, f)) {
        syn_str rest = syn_trim(syn_str_of(line)), k, a, b, w;
        snd_word latin, other;
        if (!syn_split(&rest, '\t', &k) || !syn_split(&rest, '\t', &a) || !syn_split(&rest, '\t', &b)) continue;
        if (!snd_read(&table, a, SND_MANDARIN, &latin) || !snd_read(&table, b, SND_MANDARIN, &other)) continue;
        if (other.has_han && !syn_str_is(k, "chinese") && !syn_str_is(k, "han")) continue;
        double weight = syn_split(&rest, '\t', &w) ? strtod(w.p, NULL) : 1;
        add_sample(&latin, other.unit, other.nunits, weight);
        if (!other.has_han && !other.is_latin && !hides_vowels(&other)) add_letters(&latin, &other, 0.3 * weight);
        add_letters(&latin, &latin, 0.3 * weight);
    }
    fclose(f);
}

/* ---- writing ---- */

static const char *names[SND_SYM_ANY + 1];

static void print_row(uint32_t row, const double *p)
{
    uint32_t sym[3] = {row >> (2 * SND_SYM_BITS), (row >> SND_SYM_BITS) & SND_SYM_ANY, row & SND_SYM_ANY};
    bool any = false;
    for (size_t i = 0; i < 3; i++) printf("%s\t", names[sym[i]]);
    for (uint32_t c = 0; c < CHUNKS; c++) {
        if (p[c] < KEEP) continue;
        char letters[4] = {0};
        size_t n = 0;
        if (c >= 729) letters[n++] = (char)('a' + c / 729 - 1);
        if (c >= 27) letters[n++] = (char)('a' + c / 27 % 27 - 1);
        if (c >= 1) letters[n++] = (char)('a' + c % 27 - 1);
        long cost = lround(-64 * log(p[c]));
        printf("%s%s:%ld", any ? " " : "", n ? letters : "-", cost < 0 ? 0 : cost);
        any = true;
    }
    printf("\n");
}

static int by_row(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static void print_all(void)
{
    static double p[CHUNKS];
    uint32_t *rows = calloc(now.n, sizeof *rows);
    size_t n = 0;
    if (!rows) exit(1);
    for (size_t i = 0; i < now.cap; i++)
        if (now.key[i] && ((now.key[i] - 1) & 0x7FFF) == ALL) rows[n++] = (uint32_t)((now.key[i] - 1) >> 15);
    qsort(rows, n, sizeof *rows, by_row);
    for (size_t i = 0; i < n; i++) {
        uint16_t b = (uint16_t)(rows[i] >> (2 * SND_SYM_BITS)), u = (rows[i] >> SND_SYM_BITS) & SND_SYM_ANY;
        uint16_t a = rows[i] & SND_SYM_ANY;
        bool lb = b != SND_SYM_ANY, la = a != SND_SYM_ANY;
        double have = get(&now, rows[i], ALL), all = get(&now, SND_ROW(SND_SYM_ANY, u, SND_SYM_ANY), ALL);
        if (have < (lb && la ? BOTH_MIN : lb || la ? SIDE_MIN : 0.5)) continue;
        if (all <= 0) continue;
        for (uint32_t c = 0; c < CHUNKS; c++) {
            double base = less(get(&now, SND_ROW(SND_SYM_ANY, u, SND_SYM_ANY), c)) / all;
            bool there;
            p[c] = base <= 0  ? 0
                   : lb && la ? probability(b, u, a, c)
                   : lb || la ? side(rows[i], c, base, &there)
                              : base;
        }
        print_row(rows[i], p);
    }
    free(rows);
}

static void print_background(void)
{
    static double p[CHUNKS];
    double n = 0;
    for (size_t i = 0; i < nsamples; i++)
        for (size_t j = 0; j < samples[i].m; j++) {
            p[samples[i].letters[j] - 'a' + 1] += 1;
            n += 1;
        }
    for (uint32_t c = 0; c < 27; c++) p[c] /= n;
    print_row(SND_ROW(SND_SYM_ANY, SND_SYM_ANY, SND_SYM_ANY), p);
}

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
    FILE *f = fopen(argv[1], "rb");
    if (!f) return 1;
    fseek(f, 0, SEEK_END);
    size_t size = (size_t)ftell(f);
    rewind(f);
    char *bytes = malloc(size);
    if (!bytes || fread(bytes, 1, size, f) != size || !snd_view((syn_str){bytes, size}, &table)) return 1;
    fclose(f);
    const char *name = bytes + table.head->part[SND_S_NAMES].at;
    for (uint32_t i = 0; i < table.head->nsyms; i++, name += strlen(name) + 1) names[i] = name;
    names[SND_SYM_ANY] = "*";
    for (int i = 2; i < argc; i++) load(argv[i]);
    for (int round = 0; round < ROUNDS + WIDE_ROUNDS; round++) {
        double sum = 0;
        wide = round >= ROUNDS;
        next = (counts){0};
        for (size_t i = 0; i < nsamples; i++) sum += learn_one(&samples[i], round == 0);
        free(now.key);
        free(now.value);
        now = next;
        fprintf(stderr, "round %d: %.4f a pair\n", round, sum / (double)nsamples);
    }
    wide = true;
    printf("# What a sound unit costs against a spelling in Latin letters: -64 ln probability, by the unit and its\n"
           "# neighbours (* any, # a word's edge; - nothing written).  Learned by tools/learn_names.c from pairs of\n"
           "# names in Latin and another script: people (Wikidata names, CC0), places (GeoNames, CC BY 4.0; CLDR,\n"
           "# Unicode licence; tools/place_pairs.mjs).  Not for editing by hand.\n");
    print_background();
    print_all();
    return 0;
}
