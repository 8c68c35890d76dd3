/* digits.c - stage 4: numbers in digits, with whatever parts their thousands and their fraction.  What a mark means
   follows from the number's own shape first and from the language's decimal mark only where the shape leaves it open.
 */
#include "figures.h"

#define MAX_GROUPS 12

typedef struct group {
    size_t start, end;
    uint32_t mark; /* before it */
    bool narrow;   /* the mark is a space that does not break lines */
} group;

static size_t group_len(const group *g)
{
    return g->end - g->start;
}

bool scan_digit(const scan *s, size_t at)
{
    if (at >= s->t.n || s->t.p[at] < '0' || s->t.p[at] > '9') return false;
    if (!s->map) return true;
    uint32_t cp;
    syn_utf8_next(s->text->src, s->map[at], &cp);
    return syn_char_of(cp)->digit >= 0; /* not the 2 of "m²" */
}

static size_t digits_end(const scan *s, size_t at)
{
    while (scan_digit(s, at)) at++;
    return at;
}

static bool is_mark(uint32_t c)
{
    return c == '.' || c == ',' || c == '\'' || c == ' ' || c == 0x66B || c == 0x66C;
}

/* Whether the mark at a place is a space that keeps its line: no-break, thin, narrow. */
static bool narrow_space(const scan *s, size_t at)
{
    uint32_t cp = ' ';
    if (s->map) syn_utf8_next(s->text->src, s->map[at], &cp);
    return cp == 0xA0 || cp == 0x202F || cp == 0x2009 || cp == 0x2007;
}

static double value_of(const scan *s, const group *groups, size_t whole, size_t all)
{
    double value = 0, unit = 1;
    for (size_t i = 0; i < whole; i++)
        for (size_t at = groups[i].start; at < groups[i].end; at++) value = value * 10 + (s->t.p[at] - '0');
    double fraction = 0;
    for (size_t i = whole; i < all; i++)
        for (size_t at = groups[i].start; at < groups[i].end && unit < 1e17; at++) {
            fraction = fraction * 10 + (s->t.p[at] - '0');
            unit *= 10;
        }
    return value + fraction / unit;
}

/* How many of the groups from 0 are thousands parted by mark: threes, or twos closed by a three as in India. */
static size_t thousands(const group *g, size_t n, uint32_t mark)
{
    size_t last = 1;
    if (group_len(&g[0]) > 3 || group_len(&g[0]) == 0) return 1;
    bool twos = false;
    for (size_t i = 1; i < n && g[i].mark == mark; i++) {
        if (group_len(&g[i]) == 3) {
            last = i + 1;
            if (twos) break;
        } else if (group_len(&g[i]) == 2 && group_len(&g[0]) <= 2 && (i == 1 || twos)) {
            twos = true;
        } else {
            return mark == ' ' ? last : 1;
        }
    }
    return last;
}

bool digits_at(const scan *s, size_t at, quantity *q)
{
    group g[MAX_GROUPS];
    size_t n = 0, start = at;
    uint32_t decimal = (uint32_t)(unsigned char)s->info->decimal;
    if (!scan_digit(s, at)) {
        /* ".5" */
        if (at + 1 >= s->t.n || (uint32_t)(unsigned char)s->t.p[at] != decimal || !scan_digit(s, at + 1)) return false;
        uint32_t before = scan_char_before(s, at);
        if (before && before != ' ' && before != '(' && before != '-') return false;
        g[0] = (group){at + 1, digits_end(s, at + 1), 0, false};
        *q = (quantity){.start = start, .end = g[0].end, .value = value_of(s, g, 0, 1)};
        return true;
    }
    for (;;) {
        size_t end = digits_end(s, at);
        g[n].start = at;
        g[n].end = end;
        if (n == 0) g[n].mark = 0;
        n++;
        uint32_t cp = scan_char(s, end);
        if (n == MAX_GROUPS || !is_mark(cp)) break;
        size_t next = end + (cp < 0x80 ? 1 : 2);
        if (!scan_digit(s, next)) break;
        g[n].mark = cp;
        g[n].narrow = cp == ' ' && narrow_space(s, end);
        at = next;
    }
    size_t whole = 1, all = 1;
    if (n > 1) {
        uint32_t first = g[1].mark;
        if (first == 0x66B) {
            all = 2;
        } else if (first == ' ') {
            /* A plain space parts thousands where the language writes them so, or where the shape leaves no doubt. */
            size_t k = thousands(g, n, ' ');
            bool zeros = k > 1 && memcmp(s->t.p + g[1].start, "000", 3) == 0;
            bool sure = k > 2 || g[1].narrow || decimal == ',' || zeros;
            whole = all = k > 1 && sure && !(k == 2 && g[0].start + 1 == g[0].end && s->t.p[g[0].start] == '0') ? k : 1;
            if (all < n && g[all].mark != ' ' && (all > 1) && group_len(&g[all]) > 0 &&
                (g[all].mark == '.' || g[all].mark == ',' || g[all].mark == 0x66B))
                all++;
        } else {
            size_t k = thousands(g, n, first);
            bool zero = group_len(&g[0]) == 1 && s->t.p[g[0].start] == '0';
            bool more = k < n && g[k].mark == first; /* the same mark goes on: neither thousands nor one decimal */
            bool ends = n == 2 || g[2].mark == ' ' || g[2].mark != first;
            if (k > 2 || (k == 2 && first != decimal && !zero && !more)) {
                whole = all = more ? 1 : k;
                if (!more && k < n && g[k].mark != ' ' && g[k].mark != '\'' && g[k].mark != 0x66C) all = k + 1;
            } else if (k == 2 && n > 2 && g[2].mark != first && g[2].mark != ' ' && !zero) {
                whole = 2; /* 1.234,5 in either convention */
                all = 3;
            } else if (ends && first != '\'' && first != 0x66C &&
                       !(start > 1 && scan_char_before(s, start) == first &&
                         scan_digit(s, start - 2))) { /* "22,24,26" is a list */
                if (first == decimal || first == '.' || zero || (first == ',' && group_len(&g[1]) != 3)) all = 2;
            }
        }
    }
    *q = (quantity){.start = start,
                    .end = g[all - 1].end,
                    .value = value_of(s, g, whole, all),
                    .digits = (int)group_len(&g[0]),
                    .plain = all == 1};
    if (whole > 1) q->digits = 0;
    return true;
}

/* "3/4", and one character "¾" that folding spelt out. */
bool digits_over(const scan *s, const quantity *q, double *value, size_t *end)
{
    uint32_t cp = scan_char(s, q->end);
    if (cp != '/' && cp != 0x2044) return false;
    size_t at = q->end + (cp == '/' ? 1 : 3);
    quantity below;
    if (!q->plain || q->value < 1 || s->t.p[q->start] == '0' || s->t.p[at] == '0' || !digits_at(s, at, &below) ||
        !below.plain || below.value < 2)
        return false;
    uint32_t next = scan_char(s, below.end);
    if (next == '/' || next == '-' || below.value > 100 || below.digits > 3 ||
        (below.value > 10 && q->value > below.value))
        return false;
    *value = q->value / below.value;
    *end = below.end;
    return true;
}

/* "12.3e+14", "1.1^23": what stands after the digits; the end, or 0 where there is neither. */
size_t digits_power(const scan *s, size_t at, double *value)
{
    char mark = at < s->t.n ? s->t.p[at] : 0;
    if (mark != 'e' && mark != '^') return 0;
    bool minus = false;
    int exponent = 0;
    size_t pos = at + 1;
    if (pos < s->t.n && (s->t.p[pos] == '+' || s->t.p[pos] == '-')) minus = s->t.p[pos++] == '-';
    size_t from = pos;
    while (scan_digit(s, pos) && pos - from < 4) exponent = exponent * 10 + (s->t.p[pos++] - '0');
    if (pos == from || exponent > 300 || !scan_word_ends(s, pos)) return 0;
    double base = mark == 'e' ? 10 : *value, power = 1;
    for (int i = 0; i < exponent; i++) power *= base;
    if (minus && power == 0) return 0;
    double result = mark == 'e' ? (minus ? *value / power : *value * power) : minus ? 1 / power : power;
    if (!(result < 1e300 && result > -1e300)) return 0;
    *value = result;
    return pos;
}

/* base to the power of a whole number; false where the result is no number. */
static bool raise(double base, double exponent, double *value)
{
    if (exponent != (double)(int)exponent || exponent > 300 || exponent < -300) return false;
    double power = 1;
    for (int i = 0; i < (int)(exponent < 0 ? -exponent : exponent); i++) power *= base;
    if (exponent < 0 && power == 0) return false;
    if (exponent < 0) power = 1 / power;
    if (!(power < 1e300 && power > -1e300)) return false;
    *value = power;
    return true;
}

/* The exponent in superscript, "10⁻⁴", which folding made plain digits; 0 where there is none. */
static size_t raised_digits(const scan *s, size_t at, double *exponent)
{
    uint32_t cp;
    size_t pos = at, from;
    bool minus = false;
    if (!s->map || at >= s->t.n) return 0;
    syn_utf8_next(s->text->src, s->map[at], &cp);
    if (cp == 0x207B) {
        minus = true;
        pos = syn_utf8_next(s->t, at, &cp) + at;
    }
    *exponent = 0;
    for (from = pos; pos < s->t.n && (unsigned)(s->t.p[pos] - '0') <= 9 && !scan_digit(s, pos) && pos - from < 4;
         pos++) {
        syn_utf8_next(s->text->src, s->map[pos], &cp);
        if (cp != 0xB9 && cp != 0xB2 && cp != 0xB3 && !(cp >= 0x2070 && cp <= 0x2079)) break;
        *exponent = *exponent * 10 + (s->t.p[pos] - '0');
    }
    if (pos == from) return 0;
    if (minus) *exponent = -*exponent;
    return pos;
}

/* The power told after q, its base: "の10乗", "to the power of 10"; 0 where there is none. */
static size_t told_power(const scan *s, const quantity *q, double *value)
{
    double open = 0;
    size_t at = scan_space(s, q->end), len = scan_role(s, SYN_LEX_NUMERAL, ROLE_POWER_OF, at, &open), end;
    quantity exponent;
    scan inner = *s;
    inner.in_decimals = true;
    if (!len || !quantity_at(&inner, scan_space(s, at + len), &exponent) || exponent.fraction || exponent.ordinal)
        return 0;
    end = exponent.end;
    if (open == 0) {
        size_t from = scan_space(s, end), close = scan_role(s, SYN_LEX_NUMERAL, ROLE_POWER, from, NULL);
        if (!close) return 0;
        end = from + close;
    }
    return raise(q->value, exponent.value, value) ? end : 0;
}

void quantity_power(const scan *s, quantity *q)
{
    double value, exponent;
    size_t end = told_power(s, q, &value);
    uint32_t mark = scan_char(s, scan_space(s, q->end));
    if (!end && (mark == 0xD7 || mark == 'x' || mark == '*')) { /* "6.2x10^-4" */
        quantity ten;
        scan inner = *s;
        inner.in_decimals = true;
        size_t at = scan_space(s, scan_space(s, q->end) + (mark == 0xD7 ? 2 : 1));
        if (!digits_at(s, at, &ten) && !quantity_at(&inner, at, &ten)) return;
        if (ten.value != 10 || ten.fraction) return;
        if ((end = raised_digits(s, ten.end, &exponent)) > 0) {
            if (!raise(10, exponent, &value)) return;
        } else {
            value = 10;
            end = digits_power(s, ten.end, &value);
            if (!end) end = told_power(s, &ten, &value);
            if (!end) return;
        }
        value *= q->value;
    }
    if (!end) return;
    *q = (quantity){.start = q->start, .end = end, .value = value, .spelled = q->spelled, .unit = 1};
}

/* One character that is a fraction of its own, as "½": folded to digits that share one place of the source. */
bool digits_vulgar(const scan *s, size_t at, double *value, size_t *end)
{
    uint32_t cp;
    if (!s->map || at >= s->t.n || (unsigned)(s->t.p[at] - '0') > 9) return false;
    syn_utf8_next(s->text->src, s->map[at], &cp);
    if (syn_char_of(cp)->digit >= 0 || !((cp >= 0xBC && cp <= 0xBE) || (cp >= 0x2150 && cp <= 0x215E))) return false;
    double part[2] = {0, 0};
    int which = 0;
    size_t i = at;
    for (; i < s->t.n && s->map[i] == s->map[at]; i++) {
        if ((unsigned)(s->t.p[i] - '0') <= 9)
            part[which] = part[which] * 10 + (s->t.p[i] - '0');
        else
            which = 1;
    }
    if (part[1] < 2) return false;
    *value = part[0] / part[1];
    *end = i;
    return true;
}
