/* written.c - stage 4: dates by their parts, in words and digits of any calendar: "Tuesday, 5 May 2026", "令和6年5月".
 */
#include "dates.h"

/* The month, of those around ref's, in which the day falls on the weekday: the nearest.  False where there is none. */
static bool weekday_day(pieces *p, syn_day ref)
{
    int year, month, dom;
    syn_day_civil(ref, &year, &month, &dom);
    static const int order[] = {0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6};
    for (size_t i = 0; i < SYN_COUNT(order); i++) {
        int total = year * 12 + month - 1 + order[i];
        syn_day day = syn_day_of(total / 12, total % 12 + 1, p->day);
        if (day == SYN_NO_DAY || syn_day_weekday(day) != p->weekday) continue;
        p->year = total / 12;
        p->month = total % 12 + 1;
        p->inferred = p->year_given = true;
        return true;
    }
    return false;
}

/* "23-2020" after the month's name. */
static bool dashed_day(const scan *s, size_t at)
{
    size_t pos = at;
    while (scan_digit(s, pos)) pos++;
    if (pos - at > 2 || scan_char(s, pos) != '-') return false;
    size_t year = pos + 1;
    for (pos = year; scan_digit(s, pos);) pos++;
    return pos - year == 4 && scan_word_ends(s, pos);
}

/* "18年10月": two digits of a year, sure where a month follows or the first is 0. */
static bool short_year(const scan *s, const quantity *q, size_t after)
{
    quantity month;
    size_t end;
    if (!q->plain || q->digits != 2) return false;
    if (s->t.p[q->start] == '0') return true;
    return date_count_at(s, after, &month) && date_mark_after(s, month.end, &end) == SPAN_MONTH;
}

/* Beside a weekday two short numbers are a day and a month; "Monday 3-8" may be hours: then the day must fall on it. */
static bool day_and_month(const scan *s, size_t at, int weekday, pieces *p, size_t *end)
{
    syn_day from, to;
    bool partial;
    if (!date_day_and_month(s, at, p, end)) return false;
    return memchr(s->t.p + at, '-', *end - at) == NULL ||
           (pieces_span(p, s->ref, &from, &to, &partial) && syn_day_weekday(from) == weekday);
}

/* Whether what stands after digits may be what they count. */
static bool counted_after(const scan *s, size_t at)
{
    uint32_t touching = scan_char(s, at), next = scan_char(s, scan_space(s, at));
    if (touching == '%' || touching == '/' || touching == '-' || touching == ':') return true;
    if ((touching == '.' || touching == ',') && scan_digit(s, at + 1)) return true;
    return (syn_char_of(next)->flags & (SYN_CH_LETTER | SYN_CH_DIGIT)) != 0 && next != 0;
}

static bool decimals_follow(const scan *s, size_t at)
{
    uint32_t mark = scan_char(s, at);
    return (mark == '.' || mark == ',') && scan_digit(s, at + 1);
}

/* "2020 में 28 जून": past a word for "in" between a year and its month. */
static size_t past_in(const scan *s, size_t at)
{
    syn_lex_hit hit;
    size_t n, from = scan_space(s, at), in = scan_role(s, SYN_LEX_PERIOD, PERIOD_IN_YEAR, from, NULL);
    size_t next = scan_space(s, from + in), day = next;
    if (!in || from == at || s->info->cased) return at;
    while (scan_digit(s, day) && day - next < 3) day++;
    return scan_key(s, SYN_LEX_MONTH, scan_space(s, day), &hit, 1, &n) ? next : at;
}

/* A year in words after "in": "en dos mil veinte"; no round number, which may count something. */
static bool told_year(const scan *s, size_t at, quantity *q)
{
    return !scan_digit(s, at) && !date_unspaced(s, at) && quantity_at(s, at, q) && !q->ordinal && !q->fraction &&
           q->value > 1900 && q->value < 2100 && date_whole(q) % 100 && q->value == (double)date_whole(q);
}

/* "nineteen eighty-six": a century and a year of it, in words; 0 where there is none. */
static int spoken_year(const scan *s, const quantity *century, size_t *end)
{
    quantity year;
    size_t at = scan_space(s, century->end);
    if (!century->spelled || century->ordinal || century->value < 10 || century->value > 20 || scan_digit(s, at) ||
        !quantity_at(s, at, &year) || year.ordinal || year.fraction || year.value < 10 || year.value > 99)
        return 0;
    *end = year.end;
    return date_whole(century) * 100 + date_whole(&year);
}

static bool year_told_after(const scan *s, size_t at)
{
    quantity q;
    size_t end;
    return quantity_at(s, scan_space(s, at), &q) && spoken_year(s, &q, &end) > 0;
}

/* A joining word and a year follow. */
static bool year_after(const scan *s, size_t at)
{
    quantity q;
    size_t next = date_joiners(s, at);
    return next > at + 1 && digits_at(s, next, &q) && date_plausible_year(&q);
}

/* A year that touches the hyphen after a month's name: "Sept-2020". */
static bool hyphened_year(const scan *s, size_t at)
{
    quantity q;
    return digits_at(s, at, &q) && date_plausible_year(&q) && scan_word_ends(s, q.end);
}

static bool time_follows(const scan *s, size_t at)
{
    date_span day = {.from = 0, .to = 1, .end = at};
    date_moment_after(s, &day);
    return day.clock > 0;
}

bool date_pieces_at(const scan *s, size_t at, pieces *p, size_t *end)
{
    if (date_marked_at(s, at, p, end)) return true;
    *p = (pieces){.weekday = -1};
    size_t good = 0, pos = at, loose_end = 0;
    bool loose_day = false; /* a day still waits for its month */
    bool bare_day = false;  /* it is digits or a cardinal alone */
    bool counted = false;   /* it is a cardinal in words */
    bool year_last = false; /* the year follows the month's name: no day does */
    double era = 0;
    bool era_said = false, marked = false, named = false, dashes = false;
    for (int i = 0; i < 10 && pos < s->t.n; i++) {
        uint32_t cp = scan_char(s, pos);
        syn_lex_hit hits[8];
        size_t n, len = 0;
        quantity q;
        if (cp < '0' || cp > '9') {
            len = scan_key(s, SYN_LEX_MONTH | SYN_LEX_WEEKDAY | SYN_LEX_PERIOD, pos, hits, 8, &n);
            const syn_lex_hit *month = len ? scan_pick(hits, n, SYN_LEX_MONTH, SYN_GREGORIAN) : NULL;
            if (len && !month) month = scan_pick(hits, n, SYN_LEX_MONTH, ANY_ID);
            const syn_lex_hit *weekday = len ? scan_pick(hits, n, SYN_LEX_WEEKDAY, ANY_ID) : NULL;
            const syn_lex_hit *mark = len ? scan_pick(hits, n, SYN_LEX_PERIOD, PERIOD_ERA) : NULL;
            if (month && !p->month) {
                p->month = (int)month->value;
                named = true;
                p->calendar = (syn_calendar)month->id;
                p->sure |= month->id != 0;
                loose_day = false;
                good = pos += len;
                if (scan_char(s, pos) == '.') pos++;
            } else if (weekday && p->weekday < 0 && (i == 0 || p->month || p->day)) {
                if (counted && loose_day) break; /* "two Fridays" */
                p->weekday = (int)weekday->value;
                pos += len;
                if (!loose_day) good = pos;
                if (scan_char(s, pos) == '.') pos++;
            } else if (mark) {
                era = mark->value;
                era_said = true;
                pos += len;
                if (p->year_given) {
                    p->year += (int)era;
                    p->sure = true;
                    good = pos;
                }
            } else if (len && p->year_given && !p->sure && scan_pick(hits, n, SYN_LEX_PERIOD, PERIOD_HIJRI)) {
                p->calendar = SYN_HIJRI;
                p->sure = true;
                good = pos += len;
            } else if (len && p->year_given && scan_pick(hits, n, SYN_LEX_PERIOD, PERIOD_JALALI)) {
                p->calendar = SYN_JALALI;
                p->sure = true;
                good = pos += len;
            } else if (len && !p->year_given && (p->month || i == 0) &&
                       (scan_pick(hits, n, SYN_LEX_PERIOD, PERIOD_IN_YEAR) ||
                        (scan_pick(hits, n, SYN_LEX_PERIOD, SPAN_YEAR) && !date_unspaced(s, pos))) &&
                       ((digits_at(s, scan_space(s, pos + len), &q) && date_plausible_year(&q)) ||
                        (i == 0 && told_year(s, scan_space(s, pos + len), &q)))) {
                pos += len; /* "year 2026", "sensommaren år 1999" */
                if (!q.plain) {
                    p->year = date_whole(&q);
                    p->year_given = p->sure = true;
                    good = pos = q.end;
                }
            } else {
                size_t after, first = era_said ? scan_role(s, SYN_LEX_PERIOD, PERIOD_FIRST_YEAR, pos, NULL) : 0;
                if (first && !p->year_given) { /* "平成元年" */
                    p->year = (int)era + 1;
                    p->year_given = p->sure = marked = true;
                    good = pos += first;
                    continue;
                }
                if (!date_count_at(s, pos, &q) || q.fraction || q.value < 1) break;
                int kind = date_mark_after(s, q.end, &after);
                if (kind == SPAN_MONTH && !p->month && q.value <= 13) {
                    p->month = date_whole(&q);
                    loose_day = false;
                    good = pos = after;
                    marked = true;
                } else if (kind == SPAN_DAY && !p->day && q.value <= 31 && p->month) {
                    p->day = date_whole(&q);
                    good = pos = after;
                } else if (kind == SPAN_YEAR && !p->year_given && (q.value >= 1000 || era_said)) {
                    p->year = date_whole(&q) + (era_said ? (int)era : 0);
                    p->year_given = true;
                    p->sure |= era_said;
                    good = pos = after;
                    marked = true;
                } else if (p->month && !p->year_given && q.value >= 1000 && q.value <= 2100 && !q.ordinal) {
                    p->year = date_whole(&q); /* "dos mil dieciocho" */
                    p->year_given = true;
                    good = pos = q.end;
                } else if (p->month && p->day && !p->year_given && (p->year = spoken_year(s, &q, &after)) > 0) {
                    p->year_given = true;
                    good = pos = after;
                } else if (!p->day && q.value <= 31 && !q.weak && kind == 0 && !(q.ordinal && date_unspaced(s, pos)) &&
                           ((q.ordinal && !date_unspaced(s, pos)) || i == 0 || p->weekday >= 0 ||
                            (named && !p->year_given &&
                             (!counted_after(s, q.end) || time_follows(s, q.end) || year_told_after(s, q.end))))) {
                    p->day = date_whole(&q); /* "the fifth of May", "May twenty nine" */
                    counted = !q.ordinal;
                    bare_day = counted && p->month == 0 && p->weekday >= 0;
                    loose_end = pos = q.end;
                    loose_day = p->month == 0;
                    if (!loose_day) good = pos;
                } else {
                    break;
                }
            }
        } else {
            size_t after;
            pieces numeric;
            if (i == 1 && p->weekday >= 0 &&
                (date_numeric_at(s, pos, &numeric, &after) || day_and_month(s, pos, p->weekday, &numeric, &after))) {
                numeric.weekday = p->weekday; /* "Friday 12/05" */
                *p = numeric;
                *end = after;
                return true;
            }
            if (!digits_at(s, pos, &q)) break;
            if (i == 1 && p->weekday >= 0 && scan_char(s, q.end) == '-' && time_follows(s, good)) break; /* "1-3 pm" */
            if (!q.plain) { /* "5.2026" after a month's word, or a day with its full stop */
                size_t stop = pos;
                while (scan_digit(s, stop)) stop++;
                q = (quantity){.start = pos, .end = stop, .digits = (int)(stop - pos), .plain = true};
                for (size_t k = pos; k < stop && k < pos + 9; k++) q.value = q.value * 10 + (s->t.p[k] - '0');
            }
            int kind = date_mark_after(s, q.end, &after);
            if (kind == SPAN_YEAR && !p->year_given && (q.digits == 4 || era_said || short_year(s, &q, after))) {
                p->year = date_whole(&q) + (int)era;
                if (q.digits == 2 && !era_said) p->year += p->year < 50 ? 2000 : 1900;
                p->sure |= era_said;
                p->year_given = marked = true;
                good = pos = after;
            } else if (kind == SPAN_MONTH && !p->month && !p->day && q.value >= 1 && q.value <= 13) {
                p->month = date_whole(&q);
                marked = true;
                good = pos = after;
            } else if (kind == SPAN_DAY && !p->day && q.value >= 1 && q.value <= 31) {
                p->day = date_whole(&q);
                marked = true;
                good = pos = after;
            } else if (kind) {
                break;
            } else if ((date_plausible_year(&q) || (era_said && q.plain && q.value > 0 && q.value < 3000)) &&
                       !p->year_given && (!p->day || p->month || loose_day == false)) {
                p->year = date_whole(&q) + (era_said ? (int)era : 0);
                p->sure |= era_said;
                p->year_given = true;
                year_last = named;
                good = pos = q.end;
                syn_lex_hit named_next; /* "2026. május", "2026. gada maijs" */
                if (scan_char(s, pos) == '.' && scan_char(s, pos + 1) == ' ' && !p->month &&
                    (scan_key(s, SYN_LEX_MONTH, scan_space(s, pos + 1), &named_next, 1, &n) ||
                     scan_role(s, SYN_LEX_PERIOD, PERIOD_OF, scan_space(s, pos + 1), NULL)))
                    pos++;
                size_t word = scan_space(s, pos),
                       suffix = date_unspaced(s, word) ? 0 : scan_role(s, SYN_LEX_PERIOD, SPAN_YEAR, word, NULL);
                if (suffix && p->month) {
                    good = pos = word + suffix;
                    if (scan_char(s, pos) == '.') pos++;
                }
                if (!p->month) pos = past_in(s, pos);
            } else if (q.plain && q.value >= 1 && q.value <= 31 && q.digits <= 2 && !p->day) {
                if (p->month && p->year_given && (i > 2 || (year_last && !dashes))) break;
                if (scan_char(s, q.end) == ':' && scan_digit(s, q.end + 1)) break; /* an hour */
                if (p->month && marked && !named && pos != good) break; /* "4月，3人": days have their mark */
                p->day = date_whole(&q);
                pos = q.end;
                loose_day = p->month == 0;
                size_t ending = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, pos, NULL);
                if (!ending && !s->info->cased && scan_char(s, pos) == ' ' && /* "22 वें" */
                    (ending = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, pos + 1, NULL)) > 6)
                    ending++;
                if (ending && date_unspaced(s, pos)) break; /* "17번째로 7월" */
                if (ending) pos += ending;
                loose_end = pos;
                bare_day = loose_day && !ending && scan_char(s, pos) != '.' && pos - q.start == (size_t)q.digits;
                uint32_t next = scan_char(s, pos);
                if (next != '.' && !scan_word_ends(s, pos)) break;
                if (!loose_day) {
                    /* "March 5" but not "in March 5 people": the number must close or be followed by a year */
                    good = pos;
                }
                if (next == '.') pos++;
            } else if (q.plain && q.digits <= 2 && q.value >= 1 && q.value <= 12 && loose_day && p->day && !p->month &&
                       i == 1 && scan_char_before(s, pos) == ' ' && pos > loose_end + 1 && year_after(s, q.end)) {
                p->month = date_whole(&q); /* "9 de 8 de 1971" */
                loose_day = false;
                pos = q.end;
            } else if (q.plain && q.digits == 2 && q.value > 31 && p->month && named && !p->year_given &&
                       !counted_after(s, q.end)) {
                p->year = 1900 + date_whole(&q); /* "July 98" */
                p->year_given = true;
                good = pos = q.end;
            } else {
                break;
            }
        }
        uint32_t mark = scan_char(s, pos);
        if (mark == '-' || mark == '/') { /* "23-Sep-2020", "Sep/23/2020" */
            size_t next = pos + 1;
            bool name = !scan_digit(s, next) && scan_key(s, SYN_LEX_MONTH, next, hits, 8, &n) > 0 && good != pos;
            bool after_name = scan_digit(s, next) && p->month && named && (!p->day || !p->year_given) &&
                              (dashes || (mark == '/' && good == pos));
            if (!name && !after_name) {
                if (mark == '-' && p->month && !p->day && named && good == pos && scan_digit(s, next) &&
                    (dashed_day(s, next) || (!p->year_given && hyphened_year(s, next)))) {
                    dashes = true; /* "Sep-23-2020" */
                    pos = next;
                    continue;
                }
                if (mark == '-' && p->month && !p->year_given && scan_digit(s, next)) break;
                if (!p->month && scan_digit(s, pos - 1) && !scan_digit(s, next))
                    name = scan_key(s, SYN_LEX_MONTH, next, hits, 8, &n) > 0;
            }
            if (name || after_name) {
                dashes = true;
                pos = next;
                continue;
            }
        }
        pos = date_joiners(s, pos);
    }
    if (loose_day && p->weekday >= 0 && !p->year_given && s->ref != SYN_NO_DAY &&
        !(bare_day && counted_after(s, loose_end) && (decimals_follow(s, loose_end) || !time_follows(s, loose_end))) &&
        weekday_day(p, s->ref)) {
        *end = loose_end; /* "Monday the 5th" */
        return true;
    }
    if (loose_day) {
        p->day = 0;
        if (p->weekday >= 0 && !p->month && !p->year_given) {
            *end = good;
            return good > 0;
        }
        if (!p->month && !p->year_given) return false; /* "2025, 18 of them" is the year */
    }
    if (!good) return false;
    date_settle_calendar(s, p);
    *end = good;
    if (p->day && !p->month && p->weekday >= 0 && !p->year_given) /* "31日の日曜日" */
        return s->ref != SYN_NO_DAY && weekday_day(p, s->ref);
    if (p->day && !p->month) /* "4日以上" is a length of time */
        return marked && !p->year_given && !scan_role(s, SYN_LEX_APPROX, 1, good, NULL);
    return p->month || p->year_given || p->weekday >= 0;
}
