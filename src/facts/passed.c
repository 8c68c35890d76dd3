/* passed.c - stage 4: what is written in digits and is no figure: addresses, times of day, telephone numbers, codes. */
#include "figures.h"

/* An address: nothing in it is a figure. */
size_t pass_address(const scan *s, size_t at)
{
    static const char *const heads[] = {"http://", "https://", "www."};
    syn_str rest = syn_slice(s->t, at, s->t.n);
    for (size_t i = 0; i < SYN_COUNT(heads); i++)
        if (syn_starts(rest, syn_str_of(heads[i]))) {
            size_t space = syn_find_byte(s->t, ' ', at);
            return space == SIZE_MAX ? s->t.n : space;
        }
    return 0;
}

/* A time of day, "17:30", "17:30:05": no figure to compare. */
size_t pass_clock(const scan *s, size_t at)
{
    quantity hour;
    if (!digits_at(s, at, &hour) || !hour.plain || hour.digits > 2 || hour.value > 24) return 0;
    size_t pos = hour.end;
    while (scan_char(s, pos) == ':' && scan_digit(s, pos + 1) && scan_digit(s, pos + 2) && !scan_digit(s, pos + 3))
        pos += 3;
    return pos > hour.end ? pos : 0;
}

/* "every Monday", "每周一": no day of its own. */
size_t pass_every(const scan *s, size_t at)
{
    syn_lex_hit hits[8];
    size_t n, len = scan_role(s, SYN_LEX_PERIOD, PERIOD_EVERY, at, NULL), next = scan_space(s, at + len);
    size_t what = len ? scan_key(s, SYN_LEX_WEEKDAY | SYN_LEX_PERIOD | SYN_LEX_MONTH, next, hits, 8, &n) : 0;
    uint32_t cp;
    size_t head = syn_utf8_next(s->t, at, &cp), of;
    if (len && !scan_spaced(cp)) {
        of = scan_role(s, SYN_LEX_PERIOD, PERIOD_OF, next, NULL); /* 毎週の月曜日 */
        size_t named = of ? scan_key(s, SYN_LEX_WEEKDAY, next + of, hits, 8, &n) : 0;
        if (named) return next + of + named;
        if (!what) { /* 每周一: the weekday begins inside the key */
            what = scan_key(s, SYN_LEX_WEEKDAY, at + head, hits, 8, &n);
            return what ? at + head + what : 0;
        }
    }
    if (!what) return 0;
    for (size_t i = 0; i < n && i < 8; i++)
        if (hits[i].kind != SYN_LEX_PERIOD || (hits[i].id >= SPAN_DAY && hits[i].id <= SPAN_HALF_YEAR))
            return next + what;
    return 0;
}

static size_t run_of_digits(const scan *s, size_t at)
{
    while (scan_digit(s, at)) at++;
    return at;
}

/* A telephone number: "+46 8 123 456 78", or what has two hyphens and seven digits and more: "010-1234-5678".
   "2026-03-05" and "05-03-2026" have the shape of a date. */
size_t pass_phone(const scan *s, size_t at)
{
    bool plus = scan_char(s, at) == '+';
    size_t pos = plus ? at + 1 : at, end = pos, digits = 0, hyphens = 0, groups = 0, width[8] = {0};
    while (scan_digit(s, pos) && groups < SYN_COUNT(width)) {
        end = run_of_digits(s, pos);
        digits += end - pos;
        width[groups++] = end - pos;
        char mark = end < s->t.n ? s->t.p[end] : 0;
        if (mark == '-')
            hyphens++;
        else if (!plus || mark != ' ')
            break;
        pos = end + 1;
    }
    if (!plus && groups == 3 && width[1] <= 2 && ((width[0] == 4 && width[2] <= 2) || (width[0] <= 2 && width[2] == 4)))
        return 0;
    if (plus ? digits >= 8 && digits <= 15 && groups > 1 : digits >= 7 && hyphens >= 2 && groups > hyphens) return end;
    return 0;
}

/* Digits joined so that they are no quantities: a result ("3-1", "2:0"), a reference ("555-0199"), an address of the
   network or a version ("192.168.1.2").  "5-10" is a range and none of these. */
size_t pass_chain(const scan *s, size_t at)
{
    size_t first = run_of_digits(s, at), end = first;
    char mark = first < s->t.n ? s->t.p[first] : 0;
    if ((mark != '-' && mark != ':' && mark != '.') || !scan_digit(s, first + 1)) return 0;
    size_t groups = 1;
    while (end < s->t.n && s->t.p[end] == mark && scan_digit(s, end + 1) && groups < 16) {
        end = run_of_digits(s, end + 1);
        groups++;
    }
    if (!scan_word_ends(s, end)) return 0;
    if (mark == '.') return groups == 4 && end - at <= 15 ? end : 0;
    if (groups != 2) return 0;
    size_t low = first - at, high = end - first - 1;
    if (mark == ':') return low <= 2 && high <= 2 ? end : 0;
    bool zero = s->t.p[first + 1] == '0' || (low == 1 && s->t.p[at] == '0');
    bool upward = high > low || (high == low && memcmp(s->t.p + at, s->t.p + first + 1, low) < 0);
    return zero || !upward ? end : 0;
}

/* "COVID-19", "F-16": a hyphen ties the digits to letters before them, which are no short head as Hebrew writes one. */
bool pass_code(const scan *s, size_t at)
{
    if (at < 2 || s->t.p[at - 1] != '-') return false;
    size_t pos = at - 1;
    uint32_t cp = scan_char_before(s, pos);
    if (!(syn_char_of(cp)->flags & (SYN_CH_LETTER | SYN_CH_MARK))) return false;
    if ((syn_char_of(cp)->flags & (SYN_CH_LOWER | SYN_CH_UPPER)) || !scan_spaced(cp)) return true;
    int letters = 0;
    for (; letters < 3 && pos > 0 && scan_wordy(scan_char_before(s, pos)); letters++) pos = syn_utf8_prev(s->t, pos);
    return letters > 2;
}
