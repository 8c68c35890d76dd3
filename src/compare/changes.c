/* changes.c - stage 6: what changed between two versions of a text, by sentence: a longest common subsequence in linear
   space (Hirschberg 1975), the common ends set aside first; what is left of two texts that have next to nothing in
   common and are too long for it, is all changed. */
#include "comparing.h"

enum { MOST_CELLS = 1 << 20 }; /* cells of the table walked at most */

typedef struct line {
    uint64_t hash;
    syn_span span;
} line;

/* U+00A0, U+202F and their like lay a line out and say nothing; soft hyphens and zero-width spaces are not seen. */
static bool lays_out(uint32_t cp, bool *seen)
{
    *seen = cp != 0xAD && cp != 0x200B && cp != 0xFEFF;
    return cp <= ' ' || cp == 0xA0 || !*seen || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x205F ||
           cp == 0x3000;
}

/* A sentence as its words, by one space each. */
static uint64_t hash_of(syn_str s, syn_buf *words)
{
    syn_buf_clear(words);
    for (size_t at = 0, from = 0, n; at <= s.n; at += n) {
        uint32_t cp = ' ';
        bool seen = true;
        n = at < s.n ? syn_utf8_next(s, at, &cp) : 1;
        if (!lays_out(cp, &seen)) continue;
        syn_buf_add(words, syn_slice(s, from, at));
        if (seen && words->n && words->p[words->n - 1] != ' ') syn_buf_c(words, ' ');
        from = at + n;
    }
    return syn_hash(syn_buf_str(words), 0);
}

static size_t split(const syn_text *t, line *out, syn_buf *words)
{
    size_t n = 0;
    for (size_t i = 0; i < t->nsentences; i++) {
        syn_str s = syn_trim(syn_slice(t->src, t->sentences[i].start, t->sentences[i].end));
        if (s.n) out[n++] = (line){hash_of(s, words), t->sentences[i]};
    }
    return n;
}

static bool put(syn_arena *arena, syn_changes *out, size_t *cap, uint8_t kind, syn_span span)
{
    if (!syn_grow(arena, &out->items, cap, out->n + 1, sizeof *out->items)) return false;
    out->items[out->n++] = (syn_change){kind, span};
    return true;
}

/* Lengths of the longest common runs of a's head, or tail, with each head or tail of b. */
static void lengths(const line *a, size_t n, const line *b, size_t m, bool back, uint32_t *row, uint32_t *before)
{
    memset(row, 0, (m + 1) * sizeof *row);
    for (size_t i = 0; i < n; i++) {
        memcpy(before, row, (m + 1) * sizeof *row);
        const line *x = back ? &a[n - 1 - i] : &a[i];
        for (size_t j = 0; j < m; j++) {
            const line *y = back ? &b[m - 1 - j] : &b[j];
            row[j + 1] = x->hash == y->hash ? before[j] + 1 : before[j + 1] > row[j] ? before[j + 1] : row[j];
        }
    }
}

/* Marks the lines that both keep.  Depth: the logarithm of n. */
static void keep_common(const line *a, size_t n, uint8_t *ka, const line *b, size_t m, uint8_t *kb, uint32_t *room,
                        size_t width)
{
    while (n && m && a[0].hash == b[0].hash) *ka++ = *kb++ = 1, a++, b++, n--, m--;
    while (n && m && a[n - 1].hash == b[m - 1].hash) ka[--n] = kb[--m] = 1;
    if (!n || !m || n > MOST_CELLS / m) return;
    if (n == 1) {
        for (size_t j = 0; j < m; j++)
            if (b[j].hash == a[0].hash) {
                ka[0] = kb[j] = 1;
                return;
            }
        return;
    }
    size_t half = n / 2, best = 0;
    uint32_t *head = room, *tail = room + width, *before = room + 2 * width;
    lengths(a, half, b, m, false, head, before);
    lengths(a + half, n - half, b, m, true, tail, before);
    for (size_t j = 1; j <= m; j++)
        if (head[j] + tail[m - j] > head[best] + tail[m - best]) best = j;
    keep_common(a, half, ka, b, best, kb, room, width);
    keep_common(a + half, n - half, ka + half, b + best, m - best, kb + best, room, width);
}

syn_code syn_compare_versions(syn_arena *arena, const syn_text *was, const syn_text *is, syn_changes *out, syn_err *err)
{
    syn_arena scratch = {.limit = arena->limit};
    size_t width = is->nsentences + 1, cap = 0;
    line *a = SYN_NEW_ARRAY(&scratch, line, was->nsentences), *b = SYN_NEW_ARRAY(&scratch, line, is->nsentences);
    uint8_t *ka = SYN_NEW_ARRAY(&scratch, uint8_t, was->nsentences);
    uint8_t *kb = SYN_NEW_ARRAY(&scratch, uint8_t, is->nsentences);
    uint32_t *room = SYN_NEW_ARRAY(&scratch, uint32_t, 3 * width);
    syn_changes found = {0};
    syn_buf words = {0};
    bool good = !scratch.failed;
    if (good) {
        size_t n = split(was, a, &words), m = split(is, b, &words), i = 0, j = 0;
        good = !words.failed;
        keep_common(a, n, ka, b, m, kb, room, width);
        while (good && (i < n || j < m)) {
            if (i < n && !ka[i])
                good = put(arena, &found, &cap, SYN_TAKEN_OUT, a[i++].span);
            else if (j < m && !kb[j])
                good = put(arena, &found, &cap, SYN_PUT_IN, b[j++].span);
            else
                i++, good = put(arena, &found, &cap, SYN_KEPT, b[j++].span);
        }
    }
    syn_arena_free(&scratch);
    syn_buf_free(&words);
    if (!good) return syn_fail(err, SYN_ENOMEM, 0, "changes of a text");
    *out = found;
    return SYN_OK;
}
