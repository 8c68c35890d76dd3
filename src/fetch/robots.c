/* robots.c - stage 2b: robots.txt as RFC 9309 has it, with Crawl-delay.  Groups that name us are put together; if none
   does, those for "*".  The longest pattern that matches decides, and Allow wins a draw. */
#include <stdlib.h>

#include "internal.h"

typedef struct rule {
    syn_str pattern; /* normal form, stars kept, without the '$' at its end */
    size_t weight;   /* bytes of the pattern as it was */
    bool allow, to_end;
} rule;

struct syn_robots {
    syn_arena mem;
    rule *rules;
    size_t n, cap;
    uint32_t delay;
};

static int hex_of(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool unreserved(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

/* One spelling for all that mean the same (RFC 9309 2.2.2): bytes beyond ASCII and, of a path, the two signs of the
   patterns are escaped; escaped letters and figures are not. */
static void spell(syn_str s, bool pattern, syn_buf *out)
{
    static const char HEX[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool escape = c <= 32 || c >= 127 || (c == '*' && !pattern) || c == '$';
        if (c == '%' && i + 2 < s.n && hex_of(s.p[i + 1]) >= 0 && hex_of(s.p[i + 2]) >= 0) {
            c = (unsigned char)(hex_of(s.p[i + 1]) << 4 | hex_of(s.p[i + 2]));
            i += 2;
            escape = !unreserved(c);
        } else if (c == '%') {
            escape = true;
        }
        if (escape) {
            syn_buf_c(out, '%');
            syn_buf_c(out, HEX[c >> 4]);
            syn_buf_c(out, HEX[c & 15]);
        } else {
            syn_buf_c(out, (char)c);
        }
    }
}

static void add_rule(syn_robots *r, syn_str value, bool allow)
{
    syn_buf b = {.max = 3 * SYN_MAX_ROBOTS};
    bool to_end = syn_ends(value, SYN_STR("$"));
    if (!value.n) return; /* "Disallow:" forbids nothing */
    if (to_end) value.n--;
    if (value.n && value.p[0] != '/' && value.p[0] != '*') syn_buf_c(&b, '/');
    spell(value, true, &b);
    if (!b.failed && syn_grow(&r->mem, &r->rules, &r->cap, r->n + 1, sizeof *r->rules))
        r->rules[r->n++] = (rule){syn_dup(&r->mem, syn_buf_str(&b)), b.n + to_end, allow, to_end};
    syn_buf_free(&b);
}

static void set_delay(syn_robots *r, syn_str value)
{
    double seconds;
    if (!syn_parse_double(value, &seconds) || !(seconds > 0)) return;
    double ms = seconds * 1000;
    r->delay = ms < SYN_MAX_CRAWL_DELAY ? (uint32_t)ms : SYN_MAX_CRAWL_DELAY;
}

/* "Name: value # comment" */
static bool field_of(syn_str line, syn_str *name, syn_str *value)
{
    line.n = syn_find_byte(line, '#', 0) < line.n ? syn_find_byte(line, '#', 0) : line.n;
    size_t colon = syn_find_byte(line, ':', 0);
    if (colon == SIZE_MAX) return false;
    *name = syn_trim(syn_slice(line, 0, colon));
    *value = syn_trim(syn_slice(line, colon + 1, line.n));
    return true;
}

/* A crawler's name ends where letters, '-' and '_' do: "Synoptic/1.0" speaks of Synoptic. */
static bool names(syn_str value, syn_str name)
{
    size_t n = 0;
    while (n < value.n && (unreserved((unsigned char)value.p[n]) && !(value.p[n] >= '0' && value.p[n] <= '9') &&
                           value.p[n] != '.' && value.p[n] != '~'))
        n++;
    return n && syn_str_ieq(syn_slice(value, 0, n), name);
}

static bool next_line(syn_str *rest, syn_str *line)
{
    if (!rest->n) return false;
    size_t n = 0;
    while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r') n++;
    *line = syn_slice(*rest, 0, n);
    *rest = syn_slice(*rest, n + 1, rest->n);
    return true;
}

/* Take the rules of the groups for name ("*" too is one) into r; whether there was such a group. */
static bool gather(syn_robots *r, syn_str text, syn_str wanted)
{
    bool ours = false, heading = false, found = false;
    syn_str line, name, value;
    while (next_line(&text, &line)) {
        if (!field_of(line, &name, &value)) continue;
        if (syn_str_ieq(name, SYN_STR("user-agent"))) {
            if (!heading) ours = false; /* a new group begins */
            heading = true;
            bool this_one = syn_str_is(wanted, "*") ? syn_starts(value, SYN_STR("*")) : names(value, wanted);
            ours = ours || this_one;
            found = found || this_one;
            continue;
        }
        bool allow = syn_str_ieq(name, SYN_STR("allow")), disallow = syn_str_ieq(name, SYN_STR("disallow")),
             delay = syn_str_ieq(name, SYN_STR("crawl-delay"));
        if (!allow && !disallow && !delay) continue; /* sitemaps and the like stand anywhere */
        heading = false;
        if (!ours) continue;
        if (delay)
            set_delay(r, value);
        else
            add_rule(r, value, allow);
    }
    return found;
}

syn_robots *syn_robots_parse(syn_str text, syn_str name)
{
    syn_robots *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    r->mem.limit = 64 * SYN_MAX_ROBOTS;
    if (text.n >= SYN_MAX_ROBOTS) { /* what may be the head of a line only is not read */
        text.n = SYN_MAX_ROBOTS;
        while (text.n && text.p[text.n - 1] != '\n' && text.p[text.n - 1] != '\r') text.n--;
    }
    if (syn_starts(text, SYN_STR("\xEF\xBB\xBF"))) text = syn_slice(text, 3, text.n);
    if (!gather(r, text, name)) gather(r, text, SYN_STR("*"));
    if (r->mem.failed) {
        syn_robots_free(r);
        return NULL;
    }
    return r;
}

void syn_robots_free(syn_robots *r)
{
    if (!r) return;
    syn_arena_free(&r->mem);
    free(r);
}

size_t syn_robots_bytes(const syn_robots *r)
{
    return sizeof *r + r->mem.used;
}

uint32_t syn_robots_delay(const syn_robots *r)
{
    return r->delay;
}

/* Pieces between stars are looked for from left to right, each at its first place: with stars alone no other choice can
   do better.  The last one stands at the end where the pattern does. */
static bool matches(const rule *r, syn_str path)
{
    syn_str rest = r->pattern;
    size_t at = 0, star = syn_find_byte(rest, '*', 0);
    if (star == SIZE_MAX) return r->to_end ? syn_str_eq(rest, path) : syn_starts(path, rest);
    if (!syn_starts(path, syn_slice(rest, 0, star))) return false;
    at = star;
    for (;;) {
        rest = syn_slice(rest, star + 1, rest.n);
        star = syn_find_byte(rest, '*', 0);
        if (star == SIZE_MAX) break;
        size_t found = syn_find(path, syn_slice(rest, 0, star), at);
        if (found == SIZE_MAX) return false;
        at = found + star;
    }
    if (r->to_end) return path.n - at >= rest.n && syn_ends(path, rest);
    return syn_find(path, rest, at) != SIZE_MAX;
}

bool syn_robots_allow(const syn_robots *r, syn_str path)
{
    syn_buf b = {.max = 16 * SYN_MAX_URL};
    const rule *best = NULL;
    if (syn_str_is(path, "/robots.txt")) return true;
    spell(path, false, &b);
    for (size_t i = 0; !b.failed && i < r->n; i++) {
        const rule *it = &r->rules[i];
        if (best && (it->weight < best->weight || (it->weight == best->weight && !it->allow))) continue;
        if (matches(it, syn_buf_str(&b))) best = it;
    }
    bool allowed = !b.failed && (!best || best->allow);
    syn_buf_free(&b);
    return allowed;
}
