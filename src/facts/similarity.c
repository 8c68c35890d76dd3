/* similarity.c - stage 4: how likely two names, each in any script, name the same.
   One side is read in Latin letters, the other kept as sound units; every way to share the letters out among the units
   is added up (forward algorithm) with the costs that tools/learn_names.c learned.  The logarithm of that against what
   the letters would have by chance tells how much the two have in common.  Words may stand in any order. */
#include <math.h>

#include "facts.h"
#include "sounds.h"

enum { MAX_WORDS = 6, MAX_CHUNKS = 8192, PART_BYTES = 256 };

/* A letter that no unit asked for, a unit that is not heard, a letter too many. */
static const float OTHER = 0.0012f, UNHEARD = 0.012f, EXTRA = 0.006f;
/* ln: what follows the first three units of a name is something else (a word for town, an ordinal). */
static const double CUT = -7.6;
enum { CUT_AFTER = 3 };
/* Two full names of which a part has no partner: likeness of the two parts below which it has surely none, and from
   which it may have; letters to tell, in nats; likeness with a word parted otherwise; what the whole is worth at most.
 */
static const double STRANGE = 0.035, STRANGE_BELOW = 0.1, LONG_ENOUGH = 9, PARTED = 0.3, HELD = 0.15;

/* Where the spellings of the table occur in a word. */
typedef struct spelling {
    const char *letters;
    size_t n;
    uint8_t first[MAX_CHUNKS];            /* position + 1 by spelling, 0 none */
    uint8_t next[4][SND_MAX_LETTERS + 1]; /* the next one, by length and position */
    double chance;                        /* cost of the letters without the other name, in nats */
} spelling;

static char letter(char c)
{
    return c == 'U' ? 'u' : c == 'I' ? 'i' : c;
}

static void spelling_of(const snd_table *t, snd_word *w, spelling *s)
{
    size_t n = w->nlatin, nrow;
    const snd_entry *row = snd_row(t, SND_ROW(SND_SYM_ANY, SND_SYM_ANY, SND_SYM_ANY), &nrow);

    s->letters = w->latin;
    s->n = n;
    s->chance = 0;
    memset(s->first, 0, t->nchunks < MAX_CHUNKS ? t->nchunks : MAX_CHUNKS);
    for (size_t i = 0; i < n; i++) w->latin[i] = letter(w->latin[i]);
    for (size_t j = n; j-- > 0;) {
        size_t index = 0;
        for (size_t len = 1; len <= 3 && j + len <= n; len++) {
            index = index * 27 + (size_t)(w->latin[j + len - 1] - 'a' + 1);
            uint16_t id = t->chunks[index];
            if (id >= MAX_CHUNKS) continue;
            s->next[len][j] = s->first[id];
            s->first[id] = (uint8_t)(j + 1);
        }
        double cost = 4;
        uint16_t id = t->chunks[w->latin[j] - 'a' + 1];
        for (size_t k = 0; row && k < nrow; k++)
            if (row[k].chunk == id) cost = row[k].cost / 64.0;
        s->chance += cost;
    }
}

/* Rows that speak for a unit between its neighbours, the narrowest known; returns how many (0 to 2). */
static size_t rows_for(const snd_table *t, uint16_t before, uint16_t unit, uint16_t after, const snd_entry *row[2],
                       size_t n[2])
{
    size_t k = 0;
    if ((row[0] = snd_row(t, SND_ROW(before, unit, after), &n[0]))) return 1;
    if ((row[k] = snd_row(t, SND_ROW(before, unit, SND_SYM_ANY), &n[k]))) k++;
    if ((row[k] = snd_row(t, SND_ROW(SND_SYM_ANY, unit, after), &n[k]))) k++;
    if (k == 0 && (row[0] = snd_row(t, SND_ROW(SND_SYM_ANY, unit, SND_SYM_ANY), &n[0]))) k = 1;
    return k;
}

/* ln probability that the units are spelt as s. */
static double align(const snd_table *t, const snd_word *w, const spelling *s)
{
    float a[SND_MAX_LETTERS + 4] = {1}, b[SND_MAX_LETTERS + 4];
    float *from = a, *to = b;
    uint16_t before = 0;
    double scale = 0, last = s->n ? -1000 : 0, best = -1000;

    for (size_t i = 0; i < w->nunits; i++) {
        const snd_entry *row[2];
        size_t n[2], k = i + 1;
        while (k < w->nunits && w->gap[k]) k++;
        size_t rows = rows_for(t, before, w->unit[i], k < w->nunits ? w->unit[k] : 0, row, n);
        float share = rows == 2 ? 0.5f : 1.0f;

        memset(to, 0, (s->n + 4) * sizeof *to);
        for (size_t r = 0; r < rows; r++)
            for (const snd_entry *e = row[r], *end = e + n[r]; e < end; e++) {
                if (e->chunk == 0) {
                    float p = t->exp[e->cost] * share;
                    for (size_t j = 0; j <= s->n; j++) to[j] += from[j] * p;
                    continue;
                }
                uint8_t at = s->first[e->chunk];
                if (at == 0) continue;
                uint8_t len = t->chunk_len[e->chunk];
                float p = t->exp[e->cost] * share;
                for (; at; at = s->next[len][at - 1]) to[at - 1 + len] += from[at - 1] * p;
            }
        float gap = w->gap[i] ? 0 : 1, top = 0;
        for (size_t j = 0; j <= s->n; j++) {
            to[j] += from[j] * UNHEARD;
            if (j) to[j] += gap * from[j - 1] * OTHER + to[j - 1] * EXTRA;
            if (to[j] > top) top = to[j];
        }
        if (top <= 0) return -1000;
        if (top < 1e-12f) { /* keep clear of the smallest float */
            for (size_t j = 0; j <= s->n; j++) to[j] /= top;
            scale += log((double)top);
        }
        if (!w->gap[i]) before = w->unit[i];
        float *swap = from;
        from = to;
        to = swap;
        last = from[s->n] > 0 ? log((double)from[s->n]) + scale : -1000;
        if (i + 1 >= CUT_AFTER && last + CUT > best) best = last + CUT;
    }
    return last > best ? last : best;
}

/* ---- two words ---- */

/* Units of a word as if it had been written in Latin letters. */
static void as_latin(snd_word *w)
{
    w->nunits = 0;
    for (size_t i = 0; i < w->nlatin; i++) {
        w->unit[i] = (uint16_t)(letter(w->latin[i]) - 'a' + 1);
        w->gap[i] = 0;
        w->nunits++;
    }
    w->is_latin = true;
}

static bool hides_vowels(const snd_word *w)
{
    for (size_t i = 0; i < w->nunits; i++)
        if (w->gap[i]) return true;
    return false;
}

/* Which of two scripts is worth keeping as it is: the one whose spelling tells least about its vowels. */
static int weight_of_units(const snd_word *w)
{
    return w->is_latin ? 0 : w->has_han ? 2 : hides_vowels(w) ? 3 : 1;
}

/* Classes of consonants in a reading, a bit each. */
static uint32_t consonants(const snd_word *w)
{
    /*                              abcdefghijklmnopqrstuvwxyz */
    static const char classes[] = "-bkd-fg--ggrmn-bgrsd-f-s-s";
    uint32_t bits = 0;
    for (size_t i = 0; i < w->nlatin; i++) {
        char c = classes[letter(w->latin[i]) - 'a'];
        if (c != '-') bits |= 1u << (c - 'a');
    }
    return bits;
}

/* The other readings of Han characters, tried where most consonants could be theirs; nats that they are worth
   less than the first. */
static double other_readings(const snd_table *t, syn_str han, const snd_word *latin, const spelling *s, double best)
{
    static const struct {
        snd_han how;
        double less;
    } others[] = {{SND_CANTONESE, 3}, {SND_ON, 3}, {SND_KUN, 2.5}, {SND_KOREAN, 2.5}, {SND_VIETNAMESE, 4}};
    uint32_t want = consonants(latin);
    for (size_t i = 0; i < SYN_COUNT(others); i++) {
        snd_word w;
        if (!snd_read(t, han, others[i].how, &w)) continue;
        int shared = __builtin_popcount(want & consonants(&w));
        if (3 * shared < 2 * __builtin_popcount(want) || 2 * shared < __builtin_popcount(consonants(&w))) continue;
        double v = align(t, &w, s) - others[i].less;
        if (v > best) best = v;
    }
    return best;
}

/* What two words have in common, in nats; and what there was to have, in *of. */
static double common(const snd_table *t, syn_str a, syn_str b, double *of)
{
    snd_word wa, wb;
    spelling s;
    *of = 1;
    if (!snd_read(t, a, SND_MANDARIN, &wa) || !snd_read(t, b, SND_MANDARIN, &wb)) return -5;
    if (weight_of_units(&wa) > weight_of_units(&wb)) { /* the first is to be the spelling */
        snd_word word = wa;
        wa = wb;
        wb = word;
        b = a;
    }
    spelling_of(t, &wa, &s);
    *of = s.chance;
    double best;
    if (wa.is_latin) {
        best = align(t, &wb, &s);
    } else if (hides_vowels(&wa)) { /* both do */
        as_latin(&wb);
        best = align(t, &wb, &s);
    } else {
        best = align(t, &wb, &s);
        as_latin(&wb);
        double v = align(t, &wb, &s);
        if (v > best) best = v;
    }
    if (wb.has_han && !wa.has_han && best + s.chance < 0.6 * s.chance) best = other_readings(t, b, &wa, &s, best);
    return best + s.chance;
}

/* ---- two names ---- */

typedef struct parts {
    syn_str word[MAX_WORDS];
    size_t n;
} parts;

static bool parts_words(const snd_table *t, uint32_t cp)
{
    return cp != '\'' && cp != 0x2019 && cp != 0x5F3 && cp != 0x200C && cp != 0x200D &&
           snd_char_of(t, cp)->kind == SND_NONE && !(syn_char_of(cp)->flags & (SYN_CH_MARK | SYN_CH_LETTER));
}

static parts parts_of(const snd_table *t, syn_str name)
{
    parts p = {.n = 0};
    size_t start = 0, at = 0;
    while (at <= name.n) {
        uint32_t cp = ' ';
        size_t len = at < name.n ? syn_utf8_next(name, at, &cp) : 1;
        if (parts_words(t, cp)) {
            if (at > start && p.n < MAX_WORDS) p.word[p.n++] = syn_slice(name, start, at);
            start = at + len;
        }
        at += len;
    }
    return p;
}

/* One letter that stands for a name; one character of these scripts may be all of it. */
static bool initial(syn_str s)
{
    uint32_t cp;
    if (s.n == 0 || syn_utf8_next(s, 0, &cp) < s.n) return false;
    uint8_t script = syn_char_of(cp)->script;
    return script != SYN_SCRIPT_HAN && script != SYN_SCRIPT_HANGUL && script != SYN_SCRIPT_KANA;
}

static double part_value(const snd_table *t, syn_str a, syn_str b, double *of)
{
    snd_word wa, wb;
    if (!initial(a) && !initial(b)) {
        double v = common(t, a, b, of);
        return v < -8 ? -8 : v;
    }
    *of = 3;
    if (!snd_read(t, a, SND_MANDARIN, &wa) || !snd_read(t, b, SND_MANDARIN, &wb)) return -3;
    return wa.latin[0] == wb.latin[0] ? 1.5 : -3;
}

static double likelihood(double value, double of)
{
    double share = value / (of > 1 ? of : 1);
    return 1 / (1 + exp(-(0.35 * (value - 5) + 6 * (share - 0.5))));
}

static void better(double *best, double v, double of)
{
    double p = likelihood(v, of);
    if (p > *best) *best = p;
}

/* Two words next to each other as one. */
static syn_str joined(const parts *p, size_t i, char text[PART_BYTES])
{
    syn_str a = p->word[i], b = p->word[i + 1];
    if (a.n + b.n > PART_BYTES) return a;
    memcpy(text, a.p, a.n);
    memcpy(text + a.n, b.p, b.n);
    return (syn_str){text, a.n + b.n};
}

/* How much word i of a resembles some word of b, or two of them, or, with a word beside it, one of them: what one
   script writes as one word another parts. */
static double best_alike(const snd_table *t, const parts *a, size_t i, const parts *b)
{
    char text[PART_BYTES];
    double best = 0, of, v;
    for (size_t j = 0; j + 1 < b->n; j++) {
        v = part_value(t, a->word[i], joined(b, j, text), &of);
        better(&best, v, of);
    }
    for (size_t k = i ? i - 1 : 0; k <= i && k + 1 < a->n; k++)
        for (size_t j = 0; j < b->n; j++) {
            v = part_value(t, joined(a, k, text), b->word[j], &of);
            better(&best, v, of);
        }
    return best;
}

/* How sure the two words that fit least are two names' different parts, 0 to 1: short words and initials never are. */
static double strange(const snd_table *t, const parts *a, size_t i, const parts *b, size_t j, double value, double of)
{
    double alike = likelihood(value, of), back = part_value(t, b->word[j], a->word[i], &of);
    if (likelihood(back, of) < alike)
        alike = likelihood(back, of); /* of two in Latin letters either may be the spelling */
    if (of < LONG_ENOUGH || alike > STRANGE_BELOW) return 0;
    if (a->n != b->n && (best_alike(t, a, i, b) > PARTED || best_alike(t, b, j, a) > PARTED)) return 0;
    return alike < STRANGE ? 1 : (STRANGE_BELOW - alike) / (STRANGE_BELOW - STRANGE);
}

/* Best partners first, whatever the order; words without a partner cost little, pairs that do not fit cost much.
 *stranger: how surely a part of the one has another part in the other (strange). */
static double pair_up(const snd_table *t, const parts *a, const parts *b, double *of, double *stranger)
{
    double value[MAX_WORDS][MAX_WORDS], has[MAX_WORDS][MAX_WORDS], sum = 0;
    bool used_a[MAX_WORDS] = {false}, used_b[MAX_WORDS] = {false};
    size_t rounds = a->n < b->n ? a->n : b->n, rest = a->n + b->n - 2 * rounds;

    for (size_t i = 0; i < a->n; i++)
        for (size_t j = 0; j < b->n; j++) value[i][j] = part_value(t, a->word[i], b->word[j], &has[i][j]);
    *of = 0;
    *stranger = 0;
    for (size_t k = 0; k < rounds; k++) {
        size_t bi = 0, bj = 0;
        double best = -INFINITY;
        for (size_t i = 0; i < a->n; i++)
            for (size_t j = 0; j < b->n; j++)
                if (!used_a[i] && !used_b[j] && value[i][j] > best) {
                    best = value[i][j];
                    bi = i;
                    bj = j;
                }
        used_a[bi] = used_b[bj] = true;
        sum += best;
        *of += has[bi][bj];
        if (k + 1 == rounds && rounds > 1) *stranger = strange(t, a, bi, b, bj, value[bi][bj], has[bi][bj]);
    }
    return sum - 1.5 * (double)rest;
}

/* ---- spelt as those spell it who bear it ---- */

enum { SPELT_MOST = 4, SPELT_KEY = 96 };
/* Likeness from which a syllable is what the letters say without being spelt so by custom. */
static const double SOUNDS_SO = 0.9;

/* The characters of a name of two to four in a script that writes a syllable with each. */
static size_t syllables_of(const parts *p, syn_str out[SPELT_MOST])
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        for (size_t at = 0; at < p->word[i].n;) {
            uint32_t cp;
            size_t len = syn_utf8_next(p->word[i], at, &cp);
            uint8_t script = syn_char_of(cp)->script;
            if ((script != SYN_SCRIPT_HANGUL && script != SYN_SCRIPT_HAN) || n == SPELT_MOST) return 0;
            out[n++] = syn_slice(p->word[i], at, at + len);
            at += len;
        }
    return n;
}

/* Whether letters are a way to spell the syllable in such a name; *less: nats that a seldom one is worth less. */
static bool spelt(const syn_lexicon *lex, syn_str syllable, syn_str letters, uint32_t id, double *less)
{
    char key[SPELT_KEY];
    syn_lex_hit hits[4];
    if (syllable.n + 1 + letters.n > sizeof key) return false;
    memcpy(key, syllable.p, syllable.n);
    key[syllable.n] = ' ';
    memcpy(key + syllable.n + 1, letters.p, letters.n);
    size_t n = syn_lexicon_find(lex, SYN_LANG_UNKNOWN, SYN_LEX_SPELT, (syn_str){key, syllable.n + 1 + letters.n}, hits,
                                SYN_COUNT(hits));
    for (size_t i = 0; i < n && i < SYN_COUNT(hits); i++) {
        if (hits[i].id != id) continue;
        *less = 0.7 + 0.3 * hits[i].value;
        return true;
    }
    return false;
}

/* What a name has in common with one in Latin letters, word by word for its syllables, the family name at either end
   and spelt by custom ("Lee" for 이), the given names by custom or as they sound; 0 where one of them does not fit.
   Syllables of a given name may be written as one word. */
static double by_custom(const syn_lexicon *lex, const snd_table *t, const syn_str *syllable, size_t n, const parts *p)
{
    enum { FAMILY, GIVEN };
    char letters[SPELT_MOST][SND_MAX_LETTERS];
    syn_str word[SPELT_MOST];
    double chance[SPELT_MOST], best = 0, less;
    for (size_t i = 0; i < p->n; i++) {
        snd_word w;
        spelling s;
        if (!snd_read(t, p->word[i], SND_MANDARIN, &w) || !w.is_latin) return 0;
        memcpy(letters[i], w.latin, w.nlatin);
        word[i] = (syn_str){letters[i], w.nlatin};
        spelling_of(t, &w, &s);
        chance[i] = s.chance;
    }
    for (int last = 0; last < 2; last++) {
        size_t family = last ? p->n - 1 : 0, from = last ? 0 : 1, k = 1;
        if (!spelt(lex, syllable[0], word[family], FAMILY, &less)) continue;
        double v = chance[family] - less, of = chance[family];
        bool fits = true;
        for (size_t i = from; fits && i < from + p->n - 1; i++) {
            if (k >= n) break;
            size_t cut = 0;
            double other;
            if (p->n - 1 == n - 1) {
                fits = spelt(lex, syllable[k], word[i], GIVEN, &less);
                k++;
            } else { /* the given name's two syllables in one word */
                fits = false;
                for (cut = 1; !fits && cut < word[i].n; cut++)
                    fits = spelt(lex, syllable[1], syn_slice(word[i], 0, cut), GIVEN, &less) &&
                           spelt(lex, syllable[2], syn_slice(word[i], cut, word[i].n), GIVEN, &other);
                if (fits) less += other;
                k = n;
            }
            of += chance[i];
            if (fits) {
                v += chance[i] - less;
                continue;
            }
            syn_str rest = {syllable[cut ? 1 : k - 1].p,
                            (size_t)(syllable[k - 1].p + syllable[k - 1].n - syllable[cut ? 1 : k - 1].p)};
            double has, value = common(t, word[i], rest, &has);
            fits = likelihood(value, has) > SOUNDS_SO;
            v += value;
        }
        if (fits && k == n) better(&best, v, of);
    }
    return best;
}

static double customary(const syn_lexicon *lex, const snd_table *t, const parts *a, const parts *b)
{
    syn_str syllable[SPELT_MOST];
    const parts *latin = b;
    size_t n = syllables_of(a, syllable);
    if (!n) {
        n = syllables_of(b, syllable);
        latin = a;
    }
    if (n < 2 || latin->n < 2 || latin->n > n || (latin->n != n && (n != 3 || latin->n != 2))) return 0;
    return by_custom(lex, t, syllable, n, latin);
}

/* The name with its first or last word moved to the other end: family names stand first or last. */
static double turned(const snd_table *t, const parts *p, bool last_first, syn_str other, double *of)
{
    char text[256];
    size_t n = 0;
    for (size_t k = 0; k < p->n; k++) {
        syn_str w = p->word[last_first ? (k + p->n - 1) % p->n : (k + 1) % p->n];
        if (n + w.n > sizeof text) break;
        memcpy(text + n, w.p, w.n);
        n += w.n;
    }
    return common(t, (syn_str){text, n}, other, of);
}

double syn_name_similarity(const syn_lexicon *lex, syn_str a, syn_str b)
{
    snd_table t;
    double of, stranger, best = 0;
    a = syn_trim(a);
    b = syn_trim(b);
    if (syn_str_eq(a, b)) return a.n ? 1 : 0;
    if (!snd_open(lex, &t)) return 0;
    parts pa = parts_of(&t, a), pb = parts_of(&t, b);
    if (pa.n == 0 || pb.n == 0) return 0;
    if (pa.n == 1 && pb.n == 1) {
        double v = common(&t, pa.word[0], pb.word[0], &of);
        return likelihood(v, of);
    }
    double v = common(&t, a, b, &of);
    better(&best, v, of);
    v = pair_up(&t, &pa, &pb, &of, &stranger);
    better(&best, v, of);
    if ((pa.n == 1) != (pb.n == 1)) {
        const parts *many = pa.n > 1 ? &pa : &pb;
        syn_str one = pa.n > 1 ? pb.word[0] : pa.word[0];
        for (int last = 0; last < (many->n > 2 ? 2 : 1); last++) {
            v = turned(&t, many, last, one, &of);
            better(&best, v, of);
        }
    }
    double most = 1 - (1 - HELD) * stranger, custom = customary(lex, &t, &pa, &pb);
    if (best > most) best = most;
    return custom > best ? custom : best;
}
