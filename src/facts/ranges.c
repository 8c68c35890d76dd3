/* ranges.c - stage 4: periods told by their two ends: "3-5 May", "from 2026 to 2030", "between May and now". */
#include "dates.h"

size_t date_range_mark(const scan *s, size_t at, bool between)
{
    size_t pos = scan_space(s, at), len = 0;
    uint32_t cp = scan_char(s, at);
    if (cp == '\'' || cp == 0x2019) { /* "2010'dan 2018'e": an ending after the figure says so */
        size_t from = at + (cp == '\'' ? 1 : 3);
        if ((len = scan_role(s, SYN_LEX_PERIOD, PERIOD_TO, from, NULL)) > 0) return scan_space(s, from + len);
        if (between) pos = scan_space(s, scan_word_end(s, from));
    }
    if (cp == '.' && scan_char(s, at + 1) == ' ') pos = scan_space(s, at + 1); /* "Jul. y 30 Sept." */
    if (pos < s->t.n && (s->t.p[pos] == '-' || s->t.p[pos] == '~')) len = 1;
    if (!len) len = scan_role(s, SYN_LEX_PERIOD, PERIOD_TO, pos, NULL);
    if (!len && between) len = scan_role(s, SYN_LEX_PERIOD, PERIOD_AND, pos, NULL);
    return len ? scan_space(s, pos + len) : 0;
}

/* What closes "between" behind the second end: "arasında", "के बीच", "之间"; 0 if nothing does. */
static size_t closed_at(const scan *s, size_t at)
{
    uint32_t cp = scan_char(s, at);
    if (cp == '\'' || cp == 0x2019) at = scan_word_end(s, at + (cp == '\'' ? 1 : 3));
    size_t from = scan_space(s, at), len = scan_role(s, SYN_LEX_PERIOD, PERIOD_CLOSE, from, NULL);
    return len ? from + len : 0;
}

int date_dom_at(const scan *s, size_t at, size_t *end)
{
    quantity q;
    if (!scan_digit(s, at)) {
        at = date_joiners(s, at);
        if (!scan_digit(s, at)) {
            size_t after = 0;
            if (!date_count_at(s, at, &q) || q.value < 1 || q.value > 31 || q.fraction) return 0;
            if (!q.ordinal && date_mark_after(s, q.end, &after) != SPAN_DAY) return 0;
            *end = q.ordinal ? q.end : after;
            return date_whole(&q);
        }
    }
    size_t stop = at, mark;
    int day = 0;
    for (; scan_digit(s, stop) && stop - at < 3; stop++) day = day * 10 + (s->t.p[stop] - '0');
    if (stop - at > 2 || day < 1 || day > 31 || scan_digit(s, stop)) return 0;
    uint32_t touching = scan_char(s, stop);
    if ((touching == ':' || touching == 'h') && scan_digit(s, stop + 1)) return 0; /* "03/05/18 à 17:49" */
    if (scan_char(s, stop) == '.') stop++;
    size_t ending = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, stop, NULL);
    if (ending)
        stop += ending;
    else if (date_mark_after(s, stop, &mark) == SPAN_DAY)
        stop = mark;
    *end = stop;
    return day;
}

/* "4 to 23 of next month": the second day stands at a place, before the phrase that names its month. */
static bool days_of_phrase(const scan *s, size_t at, int first, date_span *r)
{
    size_t end;
    date_span month = {0};
    int last = date_dom_at(s, at, &end);
    if (last <= first || s->ref == SYN_NO_DAY) return false;
    size_t next = date_joiners(s, end), in = scan_role(s, SYN_LEX_PERIOD, PERIOD_IN_YEAR, next, NULL);
    if (in) next = scan_space(s, next + in);
    if (!date_phrase_at(s, next, &month) || month.to - month.from < 28 || last > month.to - month.from) return false;
    *r = (date_span){
        .from = month.from + first - 1, .to = month.from + last, .range = true, .closed = true, .end = month.end};
    return month.to - month.from <= 31;
}

bool date_month_days(const scan *s, date_span *r)
{
    size_t from = date_joiners(s, r->end), end, stop;
    size_t opener = scan_role(s, SYN_LEX_PERIOD, PERIOD_FROM, from, NULL);
    if (opener) from = scan_space(s, from + opener);
    int first = date_dom_at(s, from, &end), last;
    if (!first || r->to - r->from < 28 || r->to - r->from > 31) return false;
    size_t next = date_range_mark(s, end, false);
    if (!next || (last = date_dom_at(s, date_joiners(s, next), &stop)) <= first || last > r->to - r->from) return false;
    size_t until = scan_role(s, SYN_LEX_PERIOD, PERIOD_UNTIL, scan_space(s, stop), NULL);
    r->to = r->from + last;
    r->from += first - 1;
    r->closed = true;
    r->end = until ? scan_space(s, stop) + until : stop;
    return true;
}

bool date_days_range(const scan *s, size_t at, bool between, date_span *r)
{
    pieces p;
    size_t end, stop;
    int first = date_dom_at(s, at, &stop);
    size_t next = first ? date_range_mark(s, stop, between) : 0;
    if (next && days_of_phrase(s, next, first, r)) return true;
    if (next && !scan_digit(s, next) && !date_pieces_at(s, next, &p, &end)) next = date_joiners(s, next);
    if (!next || (!(scan_digit(s, next) && date_numeric_at(s, next, &p, &end)) && !date_pieces_at(s, next, &p, &end)) ||
        !p.day || !p.month || first >= p.day)
        return false;
    syn_day from, to;
    bool partial;
    if (!pieces_span(&p, s->ref, &from, &to, &partial)) return false;
    *r = (date_span){
        .from = from - (p.day - first), .to = to, .partial = partial, .range = true, .closed = true, .end = end};
    return true;
}

/* "9 April to 17 of May": the day's own month follows. */
static bool month_alone(const scan *s, size_t at)
{
    syn_lex_hit hit;
    size_t n;
    return scan_key(s, SYN_LEX_MONTH, date_joiners(s, at), &hit, 1, &n) > 0;
}

/* "4月1日から2割", "from May 5 to 20 %": the number counts something else. */
static bool counted(const scan *s, size_t at, size_t end)
{
    size_t n, next = scan_space(s, end);
    if (scan_key(s, SYN_LEX_PERCENT | SYN_LEX_SCALE | SYN_LEX_UNIT, next, NULL, 0, &n)) return true;
    return scan_digit(s, at) && scan_digit(s, end - 1) && next == end && date_unspaced(s, end) &&
           !scan_key(s, SYN_LEX_PERIOD, end, NULL, 0, &n);
}

/* "from March to September": the years of the ends, so that the article's day is among them, else the start nearest. */
static bool years_of_ends(pieces *low, pieces *high, syn_day ref)
{
    syn_day start, end;
    bool partial, wraps = high->month < low->month;
    int year, month, dom;
    if (!pieces_span(low, ref, &start, &end, &partial)) return false;
    syn_day_civil(start, &year, &month, &dom);
    if (low->calendar == SYN_GREGORIAN) {
        syn_day from = syn_day_of(year - 1, low->month, low->day ? low->day : 1);
        syn_day to = syn_day_of(year - 1 + wraps, high->month, high->day ? high->day : 28);
        if (from != SYN_NO_DAY && to != SYN_NO_DAY && ref >= from && ref <= to) {
            low->year = --year;
            low->year_given = low->inferred = true;
        }
    }
    high->year = year + wraps;
    high->year_given = true;
    return true;
}

/* The other end, which stands at next, of the range that first opens. */
static bool far_end(const scan *s, const pieces *first, size_t next, date_span *r)
{
    size_t end, last = 0;
    int day;
    quantity q;
    pieces p;
    bool month_told = first->year_given && !first->month && date_pieces_at(s, next, &p, &end) && p.month;
    if (first->year_given && !first->month && !month_told && digits_at(s, next, &q) && q.plain) { /* 2026-2030 */
        int year = date_whole(&q);
        if (q.digits == 2) year += first->year / 100 * 100;
        if (q.digits != 4 && !(q.digits == 2 && s->t.p[next - 1] == '-')) return false;
        p = (pieces){.year = year, .year_given = true, .weekday = -1};
        if (q.digits == 4) date_settle_calendar(s, &p);
        if (p.calendar != first->calendar || q.digits == 2) p.calendar = first->calendar;
        if (p.year <= first->year || p.year > first->year + 400) return false;
        end = q.end;
        size_t marked;
        if (date_mark_after(s, end, &marked) == SPAN_YEAR) end = marked;
    } else if (first->month && first->day && (day = date_dom_at(s, next, &last)) > first->day &&
               !counted(s, next, last) &&
               !(scan_digit(s, next) &&
                 (date_numeric_at(s, next, &p, &end) || date_day_and_month(s, next, &p, &end))) &&
               !date_pieces_at(s, next, &p, &end) && !month_alone(s, last)) {
        p = *first; /* November 18-19, "April ninth to seventeenth" */
        p.day = day;
        end = last;
    } else if (!(scan_digit(s, next) && date_numeric_at(s, next, &p, &end)) && !date_pieces_at(s, next, &p, &end) &&
               !(first->month && first->day && date_day_and_month(s, next, &p, &end))) {
        return false;
    }
    pieces low = *first;
    if (p.year_given && !low.year_given && low.month) {
        low.year = p.year;
        low.year_given = true;
        if (low.month > p.month && p.month) low.year--;
    }
    if (low.year_given && !p.year_given && p.month) {
        p.year = low.year + (p.month < low.month);
        p.year_given = true;
    }
    if (!p.month && !p.year_given && p.day) {
        p.month = low.month;
        p.year = low.year;
        p.year_given = low.year_given;
    }
    if (p.weekday >= 0 && !p.month && !p.year_given) {
        if (low.weekday < 0 || low.month) return false;
        r->to = r->from + (p.weekday - low.weekday + 7) % 7 + 1;
        r->end = end;
        return r->range = r->closed = true;
    }
    syn_day from, to, ignored;
    bool partial, partial_high;
    if (!low.year_given && !p.year_given && low.month && p.month) {
        if (!years_of_ends(&low, &p, s->ref)) return false;
    }
    if (!pieces_span(&low, s->ref, &from, &ignored, &partial) || !pieces_span(&p, s->ref, &ignored, &to, &partial_high))
        return false;
    if (to <= from) return false;
    *r = (date_span){
        .from = from, .to = to, .partial = partial || partial_high, .range = true, .closed = true, .end = end};
    size_t until = scan_role(s, SYN_LEX_PERIOD, PERIOD_UNTIL, scan_space(s, end), NULL);
    if (until) r->end = scan_space(s, end) + until;
    return true;
}

bool date_second_end(const scan *s, const pieces *first, bool between, date_span *r)
{
    date_span both = *r;
    size_t next = date_range_mark(s, r->end, between), close = 0;
    if (next) {
        if (!far_end(s, first, next, &both)) return false;
    } else {
        next = between ? 0 : date_range_mark(s, r->end, true);
        if (!next || !far_end(s, first, next, &both) || !(close = closed_at(s, both.end))) return false;
    }
    *r = both;
    if (close || (close = closed_at(s, r->end)) != 0) r->end = close;
    return true;
}

bool date_ends(const scan *s, size_t at, const date_span *first, date_span *r)
{
    size_t close;
    if (date_range_mark(s, first->end, false)) return date_told_range(s, at, false, r) && r->end > first->end;
    if (!date_range_mark(s, first->end, true) || !date_told_range(s, at, true, r) || !(close = closed_at(s, r->end)))
        return false;
    r->end = close;
    return true;
}

bool date_told_range(const scan *s, size_t at, bool between, date_span *r)
{
    date_span low, high;
    if (!date_told_at(s, at, true, &low) && !date_told_at(s, date_joiners(s, at), true, &low)) return false;
    size_t next = date_range_mark(s, low.end, between);
    if (!next || (!date_told_at(s, next, true, &high) && !date_told_at(s, date_joiners(s, next), true, &high)))
        return false;
    syn_lex_hit weekday;
    size_t n;
    if (high.to - high.from == 1 && low.from - high.to < 21 && scan_key(s, SYN_LEX_WEEKDAY, next, &weekday, 1, &n))
        /* the first of that name after the first end */
        while (high.to <= low.from) high.to += 7;
    if (high.to <= low.from && high.partial && !low.partial) { /* "between now and 5 May" */
        high.to = unit_shift(SPAN_YEAR, 1, high.to);
        if (high.to == SYN_NO_DAY) return false;
    } else if (high.to <= low.from && low.partial) { /* "between May and now" */
        low.from = unit_shift(SPAN_YEAR, -1, low.from);
        if (low.from == SYN_NO_DAY) return false;
    }
    if (high.to <= low.from) return false;
    *r = (date_span){.from = low.from,
                     .to = high.to,
                     .range = true,
                     .closed = true,
                     .partial = low.partial || high.partial,
                     .end = high.end};
    return true;
}
