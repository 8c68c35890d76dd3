/* ages.c - stage 4: decades and centuries. */
#include "dates.h"

int date_roman_at(const scan *s, size_t at, size_t *end)
{
    int value = 0, last = 0;
    for (*end = at; *end < s->t.n && *end < at + 6; (*end)++) {
        char c = s->t.p[*end];
        int v = c == 'i' ? 1 : c == 'v' ? 5 : c == 'x' ? 10 : 0;
        if (!v || !date_capital_at(s, *end)) break;
        value += v > last ? v - 2 * last : v;
        last = v;
    }
    return *end > at && value >= 1 && value <= 30 ? value : 0;
}

bool date_roman(const scan *s, size_t at)
{
    size_t end;
    return date_roman_at(s, at, &end) > 0;
}

/* "los años noventa", "les années 1990" */
static bool decade_after_head(const scan *s, size_t at, date_span *r)
{
    quantity q;
    size_t len = scan_role(s, SYN_LEX_PERIOD, PERIOD_DECADE_HEAD, at, NULL), next = scan_space(s, at + len);
    if (!len) return false;
    if (scan_char(s, next) == '\'') next++;
    if (!quantity_at(s, next, &q) || q.ordinal || q.fraction || date_whole(&q) < 10 || date_whole(&q) % 10)
        return false;
    int year = date_whole(&q);
    if (year < 100)
        year += year < 30 ? 2000 : 1900;
    else if (year < 1500 || year > 2100 || (year % 100 == 0 && !q.plain))
        return false;
    *r = (date_span){.from = syn_day_of(year, 1, 1), .to = syn_day_of(year + 10, 1, 1), .range = true, .end = q.end};
    return true;
}

bool date_decade_at(const scan *s, size_t at, date_span *r)
{
    quantity q;
    if (decade_after_head(s, at, r)) return true;
    size_t in = scan_role(s, SYN_LEX_PERIOD, PERIOD_IN_YEAR, at, NULL); /* "в 1990-х годах" */
    if (in && scan_digit(s, scan_space(s, at + in))) at = scan_space(s, at + in);
    bool said = !scan_digit(s, at); /* 九十年代 */
    if (said ? !date_unspaced(s, at) || !quantity_at(s, at, &q) || q.ordinal : !digits_at(s, at, &q) || !q.plain)
        return false;
    int year = date_whole(&q);
    if (year < 10 || year % 10 || (year >= 100 && year < 1000) || year > 2100) return false;
    if (year < 100 && !said && q.digits != 2) return false;
    if (year < 100) year += year < 30 ? 2000 : 1900;
    size_t from = q.end;
    size_t len = scan_role(s, SYN_LEX_PERIOD, PERIOD_DECADE_ENDING, from, NULL);
    if (!len && scan_char(s, from) == ' ')
        len = scan_role(s, SYN_LEX_PERIOD, PERIOD_DECADE_ENDING, from = scan_space(s, from), NULL);
    if (!len) return false;
    int years = year % 100 == 0 && year < 2000 ? 100 : 10;
    *r = (date_span){
        .from = syn_day_of(year, 1, 1), .to = syn_day_of(year + years, 1, 1), .range = true, .end = from + len};
    return r->from != SYN_NO_DAY;
}

bool date_century_at(const scan *s, size_t at, date_span *r)
{
    quantity q;
    size_t pos, from, end = at, head = scan_role(s, SYN_LEX_PERIOD, SPAN_CENTURY, at, NULL);
    if (head) from = scan_space(s, at + head);
    int roman = date_roman_at(s, head ? from : at, &end), number = roman;
    if (head && date_unspaced(s, at)) return false;
    if (!roman) {
        if (!quantity_at(s, head ? from : at, &q) || q.value < 1 || q.value > 30 || q.fraction || q.scaled)
            return false;
        number = date_whole(&q);
        end = q.end;
    }
    if (head) { /* "siglo XXI" */
        if (!roman && !q.plain) return false;
        if (!scan_word_ends(s, end)) return false;
    } else {
        size_t ending = !roman && q.ordinal ? 0 : scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, end, NULL);
        pos = end + ending;
        bool ordinal = roman || q.ordinal || ending;
        if (!ordinal && scan_char(s, pos) == '.') pos++;
        if (roman && scan_char(s, pos) == '.') pos++;
        from = scan_space(s, pos);
        if (!ordinal) { /* "15 वीं शताब्दी" */
            ending = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, from, NULL);
            if (ending > 1) from = scan_space(s, pos = from + ending);
            ordinal = ending > 1;
        }
        size_t len = scan_role(s, SYN_LEX_PERIOD, SPAN_CENTURY, from, NULL);
        if (!len || (!ordinal && pos == end && !date_unspaced(s, from))) return false;
        end = from + len;
    }
    int first = (number - 1) * 100;
    *r = (date_span){.from = syn_day_of(first ? first : 1, 1, 1), .to = syn_day_of(first + 100, 1, 1), .range = true};
    r->end = end;
    if (r->from == SYN_NO_DAY || r->to == SYN_NO_DAY) return false;
    date_span ten; /* 十九世纪七十年代 */
    int year, month, dom;
    if (!date_unspaced(s, end) || !date_decade_at(s, date_joiners(s, end), &ten) || ten.to - ten.from > 3660)
        return true;
    syn_day_civil(ten.from, &year, &month, &dom);
    if (year / 100 * 100 != first && year / 100 < 19) return true;
    r->from = syn_day_of(first + year % 100, 1, 1);
    r->to = syn_day_of(first + year % 100 + 10, 1, 1);
    r->end = ten.end;
    return r->from != SYN_NO_DAY && r->to != SYN_NO_DAY;
}
