/* urls.c - stage 6: addresses printed in a text, and those that changed on the way: nearly the same as one of the other
   telling, which has not this one. */
#include "comparing.h"

#define LIKE 0.6 /* share of an address, at its ends, that a changed one keeps */

static bool url_byte(unsigned char c)
{
    return c > 0x20 && c < 0x7F && c != '<' && c != '>' && c != '"' && c != '`' && c != '{' && c != '}';
}

static size_t head_of(syn_str s, size_t at)
{
    static const char *const heads[] = {"https://", "http://", "www."};
    syn_str rest = syn_slice(s, at, s.n);
    for (size_t i = 0; i < SYN_COUNT(heads); i++)
        if (syn_starts_i(rest, syn_str_of(heads[i]))) return strlen(heads[i]);
    return 0;
}

syn_code syn_urls_find(syn_arena *arena, syn_side *s, syn_err *err)
{
    syn_str t = s->telling->text->src;
    size_t cap = 0;
    for (size_t at = 0; at < t.n && s->nurls < SYN_MAX_COMPARED_URLS;) {
        bool inside = at && url_byte((unsigned char)t.p[at - 1]) && t.p[at - 1] != '(';
        size_t head = inside ? 0 : head_of(t, at), end = at + head;
        if (!head) {
            at++;
            continue;
        }
        while (end < t.n && url_byte((unsigned char)t.p[end])) end++;
        while (end > at + head && strchr(".,;:!?)]'", t.p[end - 1])) end--;
        if (end > at + head) {
            if (!syn_grow(arena, &s->urls, &cap, s->nurls + 1, sizeof *s->urls))
                return syn_fail(err, SYN_ENOMEM, 0, "addresses in a telling");
            s->urls[s->nurls++] = (syn_span){(uint32_t)at, (uint32_t)end};
        }
        at = end;
    }
    return SYN_OK;
}

static syn_str url(const syn_side *s, size_t i)
{
    syn_str u = syn_slice(s->telling->text->src, s->urls[i].start, s->urls[i].end);
    size_t at = syn_find(u, SYN_STR("://"), 0);
    u = at == SIZE_MAX ? u : syn_slice(u, at + 3, u.n);
    if (syn_starts_i(u, SYN_STR("www."))) u = syn_slice(u, 4, u.n);
    while (u.n && u.p[u.n - 1] == '/') u.n--;
    return u;
}

static bool has_url(const syn_side *s, syn_str u)
{
    for (size_t i = 0; i < s->nurls; i++)
        if (syn_str_eq(url(s, i), u)) return true;
    return false;
}

/* A page's own language stands in its address: "/sv/", "lang=en", "fr.". */
static bool names_language(syn_str part)
{
    size_t letters = 0;
    for (size_t i = 0; i < part.n; i++) {
        unsigned char c = (unsigned char)part.p[i] | 0x20u;
        if (c < 'a' || c > 'z') return false;
        letters++;
    }
    return letters == 2 || letters == 3;
}

static bool separator(char c)
{
    return c == '/' || c == '.' || c == '-' || c == '_' || c == '=' || c == '?' || c == '&' || c == '#';
}

/* What two addresses share at their beginning and end, of the longer one; 0 where they differ in their language alone.
 */
static double alike(syn_str a, syn_str b)
{
    size_t least = a.n < b.n ? a.n : b.n, most = a.n < b.n ? b.n : a.n, head = 0, tail = 0;
    while (head < least && a.p[head] == b.p[head]) head++;
    while (tail < least - head && a.p[a.n - 1 - tail] == b.p[b.n - 1 - tail]) tail++;
    size_t from = head, to = tail;
    while (from && !separator(a.p[from - 1])) from--;
    while (to && !separator(a.p[a.n - to])) to--;
    if (names_language(syn_slice(a, from, a.n - to)) && names_language(syn_slice(b, from, b.n - to))) return 0;
    return (double)(head + tail) / (double)most;
}

static bool differ(const syn_side *sides, uint32_t ia, uint32_t ib, syn_difference_list *out)
{
    const syn_side *a = &sides[ia], *b = &sides[ib];
    for (size_t i = 0; i < a->nurls; i++) {
        syn_str u = url(a, i);
        double best = LIKE;
        size_t found = SIZE_MAX;
        if (has_url(b, u)) continue;
        for (size_t j = 0; j < b->nurls; j++) {
            double like = alike(u, url(b, j));
            if (like < best || has_url(a, url(b, j))) continue;
            best = like, found = j;
        }
        if (found == SIZE_MAX) continue;
        syn_difference d = {.kind = SYN_DIFF_LINK, .severity = 2, .in_a = ia, .in_b = ib};
        d.a.span = a->urls[i], d.b.span = b->urls[found];
        if (!syn_differ_push(out, d)) return false;
    }
    return true;
}

bool syn_urls_differ(const syn_side *sides, size_t n, syn_difference_list *out)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (sides[i].nurls && sides[j].nurls && !differ(sides, (uint32_t)i, (uint32_t)j, out)) return false;
    return true;
}
