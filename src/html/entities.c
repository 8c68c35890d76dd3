/* entities.c - stage 1: character references, named and numeric (the standard's section 13.2.5.72 and after). */
#include "internal.h"

typedef struct entity {
    uint16_t at;         /* of the name in its letter's text; the characters follow it */
    uint8_t name, value; /* bytes */
} entity;

typedef struct letter_table {
    const char *text;
    const entity *rows; /* in order of names' bytes */
    size_t n;
} letter_table;

#include "entities.inc"

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

/* What the numbers of C1 controls stand for: windows-1252. */
static const uint16_t c1[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

static size_t numeric(syn_str s, size_t at, syn_buf *out)
{
    size_t i = at + 2;
    bool hex = i < s.n && (s.p[i] | 0x20) == 'x';
    size_t first = i + hex;
    uint32_t cp = 0;
    for (i = first; i < s.n; i++) {
        char c = s.p[i];
        uint32_t digit;
        if (is_digit(c))
            digit = (uint32_t)(c - '0');
        else if (hex && (unsigned char)((c | 0x20) - 'a') < 6)
            digit = (uint32_t)((c | 0x20) - 'a' + 10);
        else
            break;
        if (cp <= 0x10FFFF) cp = cp * (hex ? 16 : 10) + digit;
    }
    if (i == first) return 0;
    if (i < s.n && s.p[i] == ';') i++;
    if (cp >= 0x80 && cp < 0xA0) cp = c1[cp - 0x80];
    if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) cp = SYN_BAD_CP;
    syn_buf_utf8(out, cp);
    return i - at;
}

/* Narrow rows [*lo, *hi) to those whose byte at offset k is c. */
static void narrow(const letter_table *t, size_t *lo, size_t *hi, size_t k, unsigned char c)
{
    size_t bounds[2];
    for (unsigned upper = 0; upper < 2; upper++) {
        size_t a = *lo, b = *hi;
        while (a < b) {
            size_t mid = a + (b - a) / 2;
            const entity *e = &t->rows[mid];
            int have = k < e->name ? (unsigned char)t->text[e->at + k] : -1;
            if (have < c + (int)upper)
                a = mid + 1;
            else
                b = mid;
        }
        bounds[upper] = a;
    }
    *lo = bounds[0];
    *hi = bounds[1];
}

size_t syn_entity_decode(syn_str s, size_t at, bool in_attribute, syn_buf *out)
{
    if (at + 1 >= s.n) return 0;
    if (s.p[at + 1] == '#') return numeric(s, at, out);
    if (!is_alpha(s.p[at + 1])) return 0;
    const letter_table *t = &letters[(unsigned char)s.p[at + 1]];
    const entity *best = NULL;
    size_t lo = 0, hi = t->n;
    for (size_t k = 1; at + 1 + k < s.n && lo < hi; k++) {
        narrow(t, &lo, &hi, k, (unsigned char)s.p[at + 1 + k]);
        /* The shortest of those with a common head comes first. */
        if (lo < hi && t->rows[lo].name == k + 1) best = &t->rows[lo];
    }
    if (!best) return 0;
    size_t end = at + 1 + best->name;
    bool closed = s.p[end - 1] == ';';
    /* "?a=1&copy=2" in an address means what it says. */
    if (in_attribute && !closed && end < s.n && (s.p[end] == '=' || is_alpha(s.p[end]) || is_digit(s.p[end]))) return 0;
    syn_buf_add(out, (syn_str){t->text + best->at + best->name, best->value});
    return end - at;
}
