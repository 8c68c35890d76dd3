/* chars.c - stage 0: what a character is, and text folded for matching.  Tables made by tools/unicode.c. */
#include "base.h"

#include "unicode.inc"

const syn_char *syn_char_of(uint32_t cp)
{
    if (cp > 0x10FFFF) cp = SYN_BAD_CP;
    return &records[record_of[block_of[cp >> 8]][cp & 255]];
}

bool syn_script_spaced(syn_script s)
{
    switch (s) {
    case SYN_SCRIPT_THAI:
    case SYN_SCRIPT_LAO:
    case SYN_SCRIPT_KHMER:
    case SYN_SCRIPT_MYANMAR:
    case SYN_SCRIPT_TIBETAN:
    case SYN_SCRIPT_HAN:
    case SYN_SCRIPT_KANA:
    case SYN_SCRIPT_BOPOMOFO:
        return false;
    default:
        return true;
    }
}

enum { VOICED = 0x3099, SEMI_VOICED = 0x309A };

/* The composed character of a kana and a voicing mark, or of Hangul jamo (Unicode 3.12); 0 where there is none.
   Everything else stays decomposed, so that NFC and NFD fold alike. */
static uint32_t compose(uint32_t a, uint32_t b)
{
    if (b == VOICED || b == SEMI_VOICED) {
        uint32_t k = a >= 0x30A1 && a <= 0x30FE ? a - 0x60 : a; /* as Hiragana */
        uint32_t shift = a - k;
        if (b == SEMI_VOICED) return k >= 0x306F && k <= 0x307B && (k - 0x306F) % 3 == 0 ? k + 2 + shift : 0;
        if (k >= 0x304B && k <= 0x3061 && (k & 1)) return k + 1 + shift;
        if (k >= 0x3064 && k <= 0x3068 && !(k & 1)) return k + 1 + shift;
        if (k >= 0x306F && k <= 0x307B && (k - 0x306F) % 3 == 0) return k + 1 + shift;
        if (k == 0x3046) return 0x3094 + shift;
        if (k == 0x309D) return 0x309E + shift;
        if (a >= 0x30EF && a <= 0x30F2) return a + 8;
        return 0;
    }
    if (a >= 0x1100 && a <= 0x1112 && b >= 0x1161 && b <= 0x1175)
        return 0xAC00 + ((a - 0x1100) * 21 + (b - 0x1161)) * 28;
    if (a >= 0xAC00 && a <= 0xD7A3 && (a - 0xAC00) % 28 == 0 && b >= 0x11A8 && b <= 0x11C2) return a + (b - 0x11A7);
    return 0;
}

/* Worst growth: a two-byte character folds to SYN_CH_FOLD characters of up to four bytes; measured over all of Unicode
   it is 11 bytes for one of two and 21 for one of three. */
enum { FOLD_GROWTH = 8 };

static bool is_tone(uint32_t cp)
{
    return (cp >= 0x0E48 && cp <= 0x0E4B) || (cp >= 0x0EC8 && cp <= 0x0ECB);
}

/* A nikhahit of Thai or Lao behind a tone mark, which Unicode's order of marks leaves as it was typed: ນ້ຳ, ນໍ້າ. */
static bool after_tone(uint32_t tone, uint32_t cp)
{
    return (cp == 0x0E4D || cp == 0x0ECD) && is_tone(tone);
}

/* Whether a folded character may join, pass or drop out beside the one before it. */
static bool joins(uint32_t f)
{
    return is_tone(f) || f == 0x0E4D || f == 0x0ECD || (f >= 0x1161 && f <= 0x11C2) || f == VOICED || f == SEMI_VOICED;
}

syn_code syn_fold(syn_arena *arena, syn_str source, bool with_map, syn_folded *out, syn_err *err)
{
    if (source.n > UINT32_MAX / FOLD_GROWTH) return syn_fail(err, SYN_ELIMIT, 0, "text too long to fold");
    /* Nearly all text folds to no more than its own length: grow only when it does not. */
    size_t cap = source.n + source.n / 8 + 64, n = 0;
    char *text = syn_alloc(arena, cap);
    uint32_t *map = with_map ? syn_alloc_array(arena, cap, sizeof *map) : NULL;
    if (!text || (with_map && !map)) goto no_memory;
    uint32_t last = 0;
    size_t last_at = 0;
    bool space = true; /* also at the start: a head of white space is dropped */
    for (size_t at = 0; at < source.n;) {
        uint32_t cp = (unsigned char)source.p[at];
        if (cp < 0x80 && n + 8 <= cap) { /* most text: a byte for a byte, which joins nothing before it */
            uint32_t f = ascii_fold[cp];
            if (f < 0x80) {
                if (f != ' ' || !space) {
                    if (map) map[n] = (uint32_t)at;
                    last = f;
                    last_at = n;
                    text[n++] = (char)f;
                }
                space = f == ' ';
                at++;
                continue;
            }
        }
        size_t k = syn_utf8_next(source, at, &cp);
        const syn_char *ch = syn_char_of(cp);
        uint32_t alone = ch->fold_n != 1 ? ' ' : ch->fold_at == UINT32_MAX ? cp : fold_pool[ch->fold_at];
        if (alone != ' ' && n + 8 <= cap && !joins(alone)) { /* most text of other scripts: one for one */
            size_t bytes = syn_utf8_put(text + n, alone);
            for (size_t b = 0; map && b < bytes; b++) map[n + b] = (uint32_t)at;
            last = alone;
            last_at = n;
            n += bytes;
            space = false;
            at += k;
            continue;
        }
        for (unsigned i = 0; i < ch->fold_n; i++) {
            uint32_t f = ch->fold_at == UINT32_MAX ? cp : fold_pool[ch->fold_at + i];
            if (f == ' ') {
                if (space) continue;
                space = true;
            } else {
                space = false;
            }
            if (is_tone(last) && is_tone(f)) continue; /* one is enough, and so there is never more to pass */
            size_t to = n;
            uint32_t joined = last ? compose(last, f) : 0;
            if (joined) {
                f = joined;
                to = last_at;
            }
            if (to + 8 > cap) {
                size_t wide = cap, more = cap + cap / 2 + 64;
                if (!syn_grow(arena, &text, &wide, more, 1)) goto no_memory;
                if (map) {
                    size_t entries = cap;
                    if (!syn_grow(arena, &map, &entries, more, sizeof *map)) goto no_memory;
                    if (entries < wide) wide = entries;
                }
                cap = wide;
            }
            if (after_tone(last, f)) { /* both orders are typed: the tone last */
                char tone[4];
                size_t bytes = n - last_at;
                memcpy(tone, text + last_at, bytes);
                size_t own = syn_utf8_put(text + last_at, f);
                memcpy(text + last_at + own, tone, bytes);
                if (map)
                    for (size_t b = last_at; b < n + own; b++) map[b] = map[last_at];
                n += own;
                last_at += own;
                continue;
            }
            size_t bytes = syn_utf8_put(text + to, f);
            if (map)
                for (size_t b = joined ? n - to : 0; b < bytes; b++)
                    map[to + b] = joined && n > to ? map[to] : (uint32_t)at;
            n = to + bytes;
            last = f;
            last_at = to;
        }
        at += k;
    }
    text[n] = 0;
    if (map) map[n] = (uint32_t)source.n;
    *out = (syn_folded){{text, n}, map};
    return SYN_OK;
no_memory:
    return syn_fail(err, SYN_ENOMEM, 0, "no memory to fold a text");
}
