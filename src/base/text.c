/* text.c - stage 0: slices, UTF-8, hashing and maps. */
#include "base.h"

#define XXH_INLINE_ALL /* keys are short: the call would cost more than the hash */
#include <xxhash.h>

static inline char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

int syn_str_cmp(syn_str a, syn_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool syn_str_ieq(syn_str a, syn_str b)
{
    return a.n == b.n && syn_starts_i(a, b);
}

bool syn_starts_i(syn_str s, syn_str head)
{
    if (s.n < head.n) return false;
    for (size_t i = 0; i < head.n; i++)
        if (lower(s.p[i]) != lower(head.p[i])) return false;
    return true;
}

syn_str syn_trim(syn_str s)
{
    size_t start = 0, end = s.n;
    uint32_t cp;
    while (start < end) {
        size_t k = syn_utf8_next(s, start, &cp);
        if (!(syn_char_of(cp)->flags & SYN_CH_SPACE) && cp != 0xFEFF) break;
        start += k;
    }
    while (end > start) {
        size_t before = syn_utf8_prev(s, end);
        syn_utf8_next(s, before, &cp);
        if (!(syn_char_of(cp)->flags & SYN_CH_SPACE) && cp != 0xFEFF) break;
        end = before;
    }
    return syn_slice(s, start, end);
}

size_t syn_find(syn_str hay, syn_str needle, size_t at)
{
    if (at > hay.n || needle.n > hay.n - at) return SIZE_MAX;
    if (!needle.n) return at;
    const char *p = memmem(hay.p + at, hay.n - at, needle.p, needle.n);
    return p ? (size_t)(p - hay.p) : SIZE_MAX;
}

size_t syn_find_byte(syn_str hay, char c, size_t at)
{
    const char *p = at < hay.n ? memchr(hay.p + at, c, hay.n - at) : NULL;
    return p ? (size_t)(p - hay.p) : SIZE_MAX;
}

bool syn_split(syn_str *rest, char sep, syn_str *piece)
{
    if (!rest->n) return false;
    size_t at = syn_find_byte(*rest, sep, 0);
    *piece = syn_slice(*rest, 0, at == SIZE_MAX ? rest->n : at);
    *rest = syn_slice(*rest, at == SIZE_MAX ? rest->n : at + 1, rest->n);
    return true;
}

/* ---- UTF-8 (Unicode 15, section 3.9, table 3-7) ---- */

size_t syn_utf8_next_any(syn_str s, size_t at, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)s.p + at;
    size_t left = s.n - at;
    unsigned c = p[0], low = 0x80, high = 0xBF;
    size_t need;
    uint32_t value;
    if (c < 0x80) {
        *cp = c;
        return 1;
    }
    if (c >= 0xC2 && c <= 0xDF) {
        need = 1;
        value = c & 0x1F;
    } else if (c >= 0xE0 && c <= 0xEF) {
        need = 2;
        value = c & 0x0F;
        if (c == 0xE0) low = 0xA0;
        if (c == 0xED) high = 0x9F;
    } else if (c >= 0xF0 && c <= 0xF4) {
        need = 3;
        value = c & 0x07;
        if (c == 0xF0) low = 0x90;
        if (c == 0xF4) high = 0x8F;
    } else {
        *cp = SYN_BAD_CP;
        return 1;
    }
    for (size_t i = 1; i <= need; i++) {
        if (i >= left || p[i] < low || p[i] > high) {
            *cp = SYN_BAD_CP;
            return i;
        }
        value = value << 6 | (p[i] & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    *cp = value;
    return need + 1;
}

size_t syn_utf8_prev(syn_str s, size_t at)
{
    size_t i = at - 1;
    while (i > 0 && at - i < 4 && ((unsigned char)s.p[i] & 0xC0) == 0x80) i--;
    uint32_t cp;
    return i + syn_utf8_next(s, i, &cp) == at ? i : at - 1;
}

size_t syn_utf8_put(char out[4], uint32_t cp)
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) cp = SYN_BAD_CP;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* First offset from at on that is not the start of a well-formed character; s.n if there is none. */
static size_t first_bad(syn_str s, size_t at)
{
    while (at < s.n) {
        uint64_t eight;
        if (s.n - at >= 8 && (memcpy(&eight, s.p + at, 8), !(eight & 0x8080808080808080u))) {
            at += 8;
            continue;
        }
        uint32_t cp;
        size_t k = syn_utf8_next(s, at, &cp);
        if (cp == SYN_BAD_CP && !(k == 3 && !memcmp(s.p + at, "\xEF\xBF\xBD", 3))) return at;
        at += k;
    }
    return s.n;
}

bool syn_utf8_valid(syn_str s)
{
    return first_bad(s, 0) == s.n;
}

syn_str syn_utf8_repair(syn_arena *arena, syn_str s, size_t *bad)
{
    size_t at = first_bad(s, 0);
    if (at == s.n) return s;
    size_t from = 0, n = 0, count = 0;
    char *out = s.n < SIZE_MAX / 4 ? syn_alloc(arena, s.n * 3 + 1) : NULL; /* a bad byte becomes three */
    if (!out) return (syn_str){"", 0};
    while (at < s.n) {
        uint32_t cp;
        memcpy(out + n, s.p + from, at - from);
        n += at - from;
        memcpy(out + n, "\xEF\xBF\xBD", 3);
        n += 3;
        count++;
        from = at + syn_utf8_next(s, at, &cp);
        at = first_bad(s, from);
    }
    memcpy(out + n, s.p + from, s.n - from);
    n += s.n - from;
    if (bad) *bad += count;
    return (syn_str){out, n};
}

size_t syn_utf8_count(syn_str s)
{
    size_t count = 0;
    uint32_t cp;
    for (size_t i = 0; i < s.n; count++) i += syn_utf8_next(s, i, &cp);
    return count;
}

syn_str syn_utf8_head(syn_str s, size_t max)
{
    if (s.n <= max) return s;
    size_t end = max;
    while (end > 0 && max - end < 4 && ((unsigned char)s.p[end] & 0xC0) == 0x80) end--;
    return syn_slice(s, 0, end);
}

/* ---- hashing and maps ---- */

uint64_t syn_hash(syn_str s, uint64_t seed)
{
    return XXH3_64bits_withSeed(s.n ? s.p : "", s.n, seed);
}

typedef struct syn_map_slot {
    syn_str key;
    uint64_t hash; /* 0: empty */
    uint64_t value;
} syn_map_slot;

static uint64_t map_hash(syn_str key)
{
    uint64_t h = syn_hash(key, 0);
    return h ? h : 1;
}

static syn_map_slot *map_slot(syn_map_slot *slots, size_t cap, uint64_t hash, syn_str key)
{
    size_t i = hash & (cap - 1);
    while (slots[i].hash && !(slots[i].hash == hash && syn_str_eq(slots[i].key, key))) i = (i + 1) & (cap - 1);
    return &slots[i];
}

uint64_t *syn_map_add(syn_map *m, syn_str key)
{
    if (m->n * 4 >= m->cap * 3) {
        size_t cap = m->cap ? m->cap * 2 : 64;
        syn_map_slot *fresh = syn_alloc_array(m->arena, cap, sizeof *fresh);
        if (!fresh) return NULL;
        for (size_t i = 0; i < m->cap; i++)
            if (m->slots[i].hash) *map_slot(fresh, cap, m->slots[i].hash, m->slots[i].key) = m->slots[i];
        m->slots = fresh;
        m->cap = cap;
    }
    uint64_t hash = map_hash(key);
    syn_map_slot *slot = map_slot(m->slots, m->cap, hash, key);
    if (!slot->hash) {
        syn_str copy = syn_dup(m->arena, key);
        if (m->arena->failed) return NULL;
        *slot = (syn_map_slot){copy, hash, 0};
        m->n++;
    }
    return &slot->value;
}

uint64_t *syn_map_get(const syn_map *m, syn_str key)
{
    if (!m->n) return NULL;
    syn_map_slot *slot = map_slot(m->slots, m->cap, map_hash(key), key);
    return slot->hash ? &slot->value : NULL;
}

bool syn_map_next(const syn_map *m, size_t *at, syn_str *key)
{
    while (*at < m->cap) {
        const syn_map_slot *slot = &m->slots[(*at)++];
        if (!slot->hash) continue;
        *key = slot->key;
        return true;
    }
    return false;
}
