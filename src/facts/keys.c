/* keys.c - stage 4: what a word's sound is looked up by: the classes of its consonants (b p, d t, g k q, s z sh, f v w,
   l r; vowels, h and y dropped), hashed.  Letters that spell more than one sound give more than one key. */
#include "facts.h"
#include "sounds.h"

/* ---- skeletons ---- */

enum {
    AMBIGUOUS_W = 1,
    AMBIGUOUS_C = 2,
    AMBIGUOUS_G = 4
}; /* bits of a variant: the second sound of w; ch, kh; g, j, ng */

/* Consonant class of the letters at w[i..]; *used letters.  0: none, dropped. */
static char consonant_class(const char *w, size_t n, size_t i, unsigned variant, unsigned *seen, size_t *used)
{
    char c = w[i], next = i + 1 < n ? w[i + 1] : 0, third = i + 2 < n ? w[i + 2] : 0;
    *used = 1;
    switch (c) {
    case 'b':
    case 'p':
        if (c == 'p' && next == 'h') { /* Greek and English ph is f; Indic and Thai ph is p */
            *used = 2;
            *seen |= AMBIGUOUS_C;
            return variant & AMBIGUOUS_C ? 'B' : 'F';
        }
        return 'B';
    case 'd':
        if (next == 'z' || next == 'j') {
            *used = third == 'h' ? 3 : 2;
            return 'S';
        }
        return 'D';
    case 't':
        if (next == 's' || (next == 'c' && third == 'h')) {
            *used = third == 'h' ? 3 : third == 'c' ? 4 : 2;
            if (*used > n - i) *used = n - i;
            return 'S';
        }
        return 'D';
    case 'c':
        if (next == 'h') {
            *used = 2;
            *seen |= AMBIGUOUS_C;
            return variant & AMBIGUOUS_C ? 'K' : 'S';
        }
        return next == 'e' || next == 'i' || next == 'y' ? 'S' : 'K';
    case 'k':
        if (next == 'h') {
            *used = 2;
            *seen |= AMBIGUOUS_C;
            return variant & AMBIGUOUS_C ? 0 : 'K';
        }
        return 'K';
    case 'g':
        if (next == 'e' || next == 'i' || next == 'y') {
            *seen |= AMBIGUOUS_G;
            return variant & AMBIGUOUS_G ? 'S' : 'K';
        }
        return 'K';
    case 'q':
        return 'K';
    case 'j':
        *seen |= AMBIGUOUS_G;
        return variant & AMBIGUOUS_G ? 0 : 'S';
    case 's':
    case 'z':
        if (next == 'h' || next == 'z' || next == 's') *used = 2;
        return 'S';
    case 'x':
        return 'X';
    case 'f':
    case 'v':
        return 'F';
    case 'w':
    case 'U':
        *seen |= AMBIGUOUS_W;
        return (c == 'w') == !(variant & AMBIGUOUS_W) ? 'F' : 0;
    case 'l':
    case 'r':
        return 'L';
    case 'm':
        return 'M';
    case 'n':
        if (next == 'g' && i + 2 == n) {
            *used = 2;
            *seen |= AMBIGUOUS_G;
            return variant & AMBIGUOUS_G ? 'N' : 'G'; /* G: written out as N K */
        }
        return 'N';
    default:
        return 0;
    }
}

/* What most letters are, whatever follows them; for the rest, which letters after them (by their last five bits, 0 the
   word's end) need a closer look. */
#define AFTER(l) (1u << ((l)&31))
static const struct {
    char class;
    uint32_t closer;
} plain[128] = {
    ['b'] = {'B', 0},
    ['p'] = {'B', AFTER('h')},
    ['d'] = {'D', AFTER('z') | AFTER('j')},
    ['t'] = {'D', AFTER('s') | AFTER('c')},
    ['c'] = {'K', AFTER('h') | AFTER('e') | AFTER('i') | AFTER('y')},
    ['k'] = {'K', AFTER('h')},
    ['g'] = {'K', AFTER('e') | AFTER('i') | AFTER('y')},
    ['q'] = {'K', 0},
    ['j'] = {0, UINT32_MAX},
    ['s'] = {'S', AFTER('h') | AFTER('z') | AFTER('s')},
    ['z'] = {'S', AFTER('h') | AFTER('z') | AFTER('s')},
    ['x'] = {0, UINT32_MAX},
    ['f'] = {'F', 0},
    ['v'] = {'F', 0},
    ['w'] = {0, UINT32_MAX},
    ['U'] = {0, UINT32_MAX},
    ['l'] = {'L', 0},
    ['r'] = {'L', 0},
    ['m'] = {'M', 0},
    ['n'] = {'N', AFTER('g')},
};

static size_t skeleton(const snd_word *w, unsigned variant, unsigned *seen, char out[SND_SKELETON])
{
    size_t n = 0, used;
    char last = 0;
    for (size_t i = 0; i < w->nlatin && n + 2 < SND_SKELETON; i += used) {
        unsigned letter = w->latin[i] & 127, next = i + 1 < w->nlatin ? w->latin[i + 1] & 31 : 0;
        char c = plain[letter].class;
        used = 1;
        if (plain[letter].closer >> next & 1) {
            c = consonant_class(w->latin, w->nlatin, i, variant, seen, &used);
            if (c == 'G' || c == 'X') {
                out[n++] = c == 'G' ? 'N' : 'K';
                c = c == 'G' ? 'K' : 'S';
                last = 0;
            }
        }
        out[n] = c;
        n += c && c != last;
        last = c;
    }
    return n;
}

size_t snd_skeletons(const snd_word *w, char out[][SND_SKELETON], uint8_t *len, size_t max)
{
    size_t count = 0;
    unsigned seen = 0;
    for (unsigned variant = 0; variant < 8 && count < max; variant++) {
        if (variant & ~seen) continue; /* seen is complete after the first */
        size_t n = skeleton(w, variant, &seen, out[count]);
        len[count] = (uint8_t)n;
        bool old = n == 0;
        for (size_t k = 0; k < count && !old; k++) old = len[k] == n && memcmp(out[k], out[count], n) == 0;
        if (!old) count++;
    }
    return count;
}

/* ---- keys ---- */

static size_t add_keys(const snd_word *w, uint64_t *keys, size_t n, size_t max, int *strength)
{
    char skeleton[4][SND_SKELETON];
    uint8_t len[4];
    size_t count = snd_skeletons(w, skeleton, len, SYN_COUNT(len));
    for (size_t i = 0; i < count && n < max; i++) {
        uint64_t key = syn_hash((syn_str){skeleton[i], len[i]}, SND_MAGIC);
        bool old = false;
        for (size_t k = 0; k < n && !old; k++) old = keys[k] == key;
        if (old) continue;
        if (n == 0 && strength) *strength = len[i];
        keys[n++] = key;
    }
    return n;
}

/* Readings of Han characters, those of the language's own script first. */
static const snd_han *han_order(const syn_lexicon *lex, syn_lang lang)
{
    static const snd_han chinese[] = {SND_MANDARIN, SND_ON, SND_KUN, SND_KOREAN, SND_CANTONESE, SND_VIETNAMESE};
    static const snd_han korean[] = {SND_KOREAN, SND_MANDARIN, SND_ON, SND_KUN, SND_CANTONESE, SND_VIETNAMESE};
    return syn_lexicon_info(lex, lang)->script == SYN_SCRIPT_HANGUL ? korean : chinese;
}

size_t syn_name_keys(const syn_lexicon *lex, syn_str word, syn_lang lang, uint64_t *keys, size_t max, int *strength)
{
    snd_table t;
    snd_word w;
    if (strength) *strength = 0;
    if (!snd_open(lex, &t) || !snd_read_letters(&t, word, SND_MANDARIN, &w)) return 0;
    if (!w.has_han) return add_keys(&w, keys, 0, max, strength);
    const snd_han *order = han_order(lex, lang);
    size_t n = 0;
    for (size_t i = 0; i < SND_HAN_READINGS; i++)
        if (snd_read_letters(&t, word, order[i], &w)) n = add_keys(&w, keys, n, max, strength);
    return n;
}

/* ---- for a reader ---- */

static void put_latin(syn_buf *out, const snd_table *t, syn_str word, snd_han han)
{
    snd_word w;
    uint32_t first = 0;
    if (!snd_read_letters(t, word, han, &w)) return;
    syn_utf8_next(word, 0, &first);
    if (out->n) syn_buf_c(out, ' ');
    for (size_t i = 0; i < w.nlatin; i++) {
        char c = w.latin[i] == 'U' ? 'u' : w.latin[i] == 'I' ? 'i' : w.latin[i];
        bool capital = i == 0 && !(syn_char_of(first)->flags & SYN_CH_LOWER);
        syn_buf_c(out, capital ? (char)(c - 'a' + 'A') : c);
    }
}

syn_str syn_name_latin(syn_arena *arena, const syn_lexicon *lex, syn_str word, syn_lang lang)
{
    snd_table t;
    syn_buf out = {.max = SYN_MAX_TITLE};
    size_t start = 0, at = 0;
    snd_han han = *han_order(lex, lang);
    if (!snd_open(lex, &t)) return syn_dup(arena, word);
    while (at <= word.n) {
        uint32_t cp = ' ';
        size_t len = at < word.n ? syn_utf8_next(word, at, &cp) : 1;
        if (syn_char_of(cp)->flags & (SYN_CH_SPACE | SYN_CH_PUNCT | SYN_CH_SYMBOL) && cp != '\'' && cp != 0x2019) {
            if (at > start) put_latin(&out, &t, syn_slice(word, start, at), han);
            start = at + len;
        }
        at += len;
    }
    syn_str s = syn_dup(arena, syn_buf_str(&out));
    syn_buf_free(&out);
    return s;
}
