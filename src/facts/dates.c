/* dates.c - stage 4: dates by their own parts, in digits and in words of any calendar, and the order in which the
   readers of dates are asked.  What day and month are in "3/4/2026" is the language's order, never a guess by size
   alone. */
#include "dates.h"

int date_whole(const quantity *q)
{
    return q->value >= 0 && q->value < 1e6 ? (int)q->value : -1;
}

bool date_capital_at(const scan *s, size_t at)
{
    uint32_t cp;
    syn_utf8_next(s->text->src, s->map[at], &cp);
    return (syn_char_of(cp)->flags & SYN_CH_UPPER) != 0;
}

/* Past spaces, one comma and the words that join a date's parts ("of", "de"). */
size_t date_joiners(const scan *s, size_t at)
{
    for (int i = 0; i < 3; i++) {
        size_t next = scan_space(s, at);
        if (i == 0 && (scan_char(s, next) == ',' || scan_char(s, next) == 0x60C))
            next = scan_space(s, next + (s->t.p[next] == ',' ? 1 : 2));
        if (next < s->t.n && s->t.p[next] == '\'') next++;
        size_t len = scan_role(s, SYN_LEX_PERIOD, PERIOD_OF, next, NULL);
        if (len) next += len;
        if (next == at) break;
        at = next;
    }
    return at;
}

/* A number, or an ordinal that could be a fraction, too: "vierde", "two quarters" is two of them. */
bool date_count_at(const scan *s, size_t at, quantity *q)
{
    syn_lex_hit hits[4];
    size_t n, len;
    bool read = quantity_at(s, at, q);
    if (read && (!q->fraction || !q->spelled)) return true;
    len = scan_key(s, SYN_LEX_ORDINAL | SYN_LEX_NUMERAL, at, hits, 4, &n);
    for (size_t i = 0; len && i < n; i++) {
        bool ordinal = hits[i].kind == SYN_LEX_ORDINAL;
        if (hits[i].id != (ordinal ? ORDINAL_WORD : ROLE_NUMBER) || hits[i].value < 1) continue;
        if (!read && !ordinal) continue;
        *q = (quantity){.start = at, .end = at + len, .value = hits[i].value, .ordinal = ordinal, .spelled = true};
        return true;
    }
    return read;
}

bool date_common_word(const scan *s, size_t at, size_t end)
{
    syn_lex_hit hit;
    return !date_capital_at(s, at) &&
           syn_lexicon_find(s->lex, s->lang, SYN_LEX_STOP, syn_slice(s->t, at, end), &hit, 1);
}

bool date_unspaced(const scan *s, size_t at)
{
    uint32_t script = syn_char_of(scan_char(s, at))->script;
    return !syn_script_spaced((syn_script)script) || script == SYN_SCRIPT_HANGUL;
}

/* The mark of year, month or day that directly follows a number, in scripts that write dates so. */
int date_mark_after(const scan *s, size_t at, size_t *end)
{
    size_t from = scan_space(s, at);
    if (!date_unspaced(s, from)) return 0;
    static const int marks[] = {SPAN_YEAR, SPAN_MONTH, SPAN_DAY};
    if (scan_role(s, SYN_LEX_PERIOD, SPAN_DURATION, from, NULL)) return 0;
    for (size_t i = 0; i < SYN_COUNT(marks); i++) {
        size_t len = scan_role(s, SYN_LEX_PERIOD, (uint32_t)marks[i], from, NULL);
        if (!len) continue;
        syn_lex_hit named;
        size_t n; /* "19 month August": the word belongs to the name after it */
        if (marks[i] == SPAN_MONTH && scan_key(s, SYN_LEX_MONTH, scan_space(s, from + len), &named, 1, &n)) return 0;
        *end = from + len;
        return marks[i];
    }
    return 0;
}

static bool plausible_year(const quantity *q)
{
    return q->plain && q->digits == 4 && q->value >= 1000 && q->value < 2700;
}

void date_settle_calendar(const scan *s, pieces *p)
{
    double offset;
    if (!p->year_given || p->sure) return;
    if (p->year >= 2400 && p->year < 2700) {
        syn_lex_hit hit;
        if (syn_lexicon_find(s->lex, s->lang, SYN_LEX_PERIOD, SYN_STR("*era"), &hit, 1)) {
            offset = hit.value;
            p->year += (int)offset;
        }
    } else if (p->year >= 1250 && p->year < 1500 && p->calendar == SYN_GREGORIAN) {
        syn_lex_hit hit;
        if (syn_lexicon_find(s->lex, s->lang, SYN_LEX_PERIOD, SYN_STR("*jalali"), &hit, 1)) p->calendar = SYN_JALALI;
    }
}

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

bool date_day_and_month(const scan *s, size_t at, pieces *p, size_t *end)
{
    int part[2] = {0, 0};
    size_t pos = at;
    for (int i = 0; i < 2; i++) {
        size_t from = pos;
        while (scan_digit(s, pos) && pos - from < 3) part[i] = part[i] * 10 + (s->t.p[pos++] - '0');
        if (pos == from || pos - from > 2) return false;
        uint32_t mark = scan_char(s, pos);
        if (i == 0 && mark != '.' && mark != '/' && (mark != '-' || s->info->date_order[0] == 'y')) return false;
        pos += i == 0;
    }
    uint32_t next = scan_char(s, pos);
    if (!scan_word_ends(s, pos) || next == ':' ||
        ((next == '.' || next == '-' || next == '/') && scan_digit(s, pos + 1)))
        return false;
    bool month_first = s->info->date_order[0] != 'd';
    *p = (pieces){.weekday = -1, .month = part[!month_first], .day = part[month_first]};
    *end = pos;
    return p->month >= 1 && p->month <= 12 && p->day >= 1 && p->day <= 31;
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
    return next > at + 1 && digits_at(s, next, &q) && plausible_year(&q);
}

/* A year that touches the hyphen after a month's name: "Sept-2020". */
static bool hyphened_year(const scan *s, size_t at)
{
    quantity q;
    return digits_at(s, at, &q) && plausible_year(&q) && scan_word_ends(s, q.end);
}

static bool time_follows(const scan *s, size_t at)
{
    date_span day = {.from = 0, .to = 1, .end = at};
    date_moment_after(s, &day);
    return day.clock > 0;
}

bool date_pieces_at(const scan *s, size_t at, pieces *p, size_t *end)
{
    *p = (pieces){.weekday = -1};
    size_t good = 0, pos = at, loose_end = 0;
    bool loose_day = false; /* a day still waits for its month */
    bool told_day = false;  /* it is a word */
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
                       ((digits_at(s, scan_space(s, pos + len), &q) && plausible_year(&q)) ||
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
                            (named && !p->year_given && (!counted_after(s, q.end) || time_follows(s, q.end) ||
                                                         year_told_after(s, q.end))))) {
                    p->day = date_whole(&q); /* "the fifth of May", "May twenty nine" */
                    counted = !q.ordinal;
                    bare_day = counted && p->month == 0 && p->weekday >= 0;
                    loose_end = pos = q.end;
                    loose_day = p->month == 0;
                    told_day = true;
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
            } else if (kind == SPAN_MONTH && !p->month && q.value >= 1 && q.value <= 13) {
                p->month = date_whole(&q);
                marked = true;
                good = pos = after;
            } else if (kind == SPAN_DAY && !p->day && q.value >= 1 && q.value <= 31) {
                p->day = date_whole(&q);
                marked = true;
                good = pos = after;
            } else if (kind) {
                break;
            } else if ((plausible_year(&q) || (era_said && q.plain && q.value > 0 && q.value < 3000)) &&
                       !p->year_given && (!p->day || p->month || loose_day == false)) {
                p->year = date_whole(&q) + (era_said ? (int)era : 0);
                p->sure |= era_said;
                p->year_given = true;
                year_last = named;
                good = pos = q.end;
                syn_lex_hit named_next; /* "2026. május" */
                if (scan_char(s, pos) == '.' && scan_char(s, pos + 1) == ' ' && !p->month &&
                    scan_key(s, SYN_LEX_MONTH, scan_space(s, pos + 1), &named_next, 1, &n))
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
                p->day = date_whole(&q);
                pos = q.end;
                loose_day = p->month == 0;
                size_t ending = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, pos, NULL);
                if (!ending && !s->info->cased && scan_char(s, pos) == ' ' && /* "22 वें" */
                    (ending = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, pos + 1, NULL)) > 6)
                    ending++;
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
        !(bare_day && counted_after(s, loose_end) && !time_follows(s, loose_end)) && weekday_day(p, s->ref)) {
        *end = loose_end; /* "Monday the 5th" */
        return true;
    }
    if (loose_day) {
        p->day = 0;
        if (p->weekday >= 0 && !p->month && !p->year_given) {
            *end = good;
            return good > 0;
        }
        if (!p->month && !(told_day && p->year_given)) return false;
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

/* Day and month or more in digits with strokes: the other end of "10/1-11/2/2017". */
static bool slashed(const scan *s, size_t at)
{
    size_t pos = at;
    while (scan_digit(s, pos)) pos++;
    return pos > at && pos - at <= 2 && scan_char(s, pos) == '/' && scan_digit(s, pos + 1);
}

bool date_numeric_at(const scan *s, size_t at, pieces *p, size_t *end)
{
    int part[3], width[3], n = 0;
    uint32_t mark = 0;
    size_t pos = at;
    while (n < 3) {
        size_t from = pos;
        int value = 0;
        while (scan_digit(s, pos) && pos - from < 5) value = value * 10 + (s->t.p[pos++] - '0');
        if (pos == from || pos - from > 4) return false;
        width[n] = (int)(pos - from);
        part[n++] = value;
        uint32_t cp = scan_char(s, pos);
        if (n == 3 || (cp != '.' && cp != '/' && cp != '-') || (mark && cp != mark) || !scan_digit(s, pos + 1)) break;
        mark = cp;
        pos++;
    }
    uint32_t next = scan_char(s, pos);
    if (!scan_word_ends(s, pos) || next == '/' ||
        (!(n == 2 && mark == '/' && next == '-' && slashed(s, pos + 1)) && (next == '-' || next == '.') && n < 3 &&
         scan_digit(s, pos + 1)))
        return false;
    *p = (pieces){.weekday = -1};
    const char *order = s->info->date_order;
    if (n == 3) {
        if (scan_digit(s, pos + 1) && next == mark) return false;
        int year = 2, first = 0, second = 1;
        if (width[0] == 4) {
            year = 0, first = 1, second = 2;
        } else if (width[2] == 2 && order[0] == 'y' && mark != '/') {
            return false;
        }
        if (width[year] == 3 || width[year] == 1 || width[first] > 2 || width[second] > 2) return false;
        p->year = part[year] + (width[year] == 2 ? (part[year] < 70 ? 2000 : 1900) : 0);
        p->year_given = true;
        bool month_first = year == 0 || order[0] == 'm' || (order[0] == 'y' && year == 0);
        if (year == 2 && order[0] == 'y' && part[first] <= 12 && part[second] <= 12) return false;
        if (mark == '.' && year == 2) month_first = false;
        p->month = part[month_first ? first : second];
        p->day = part[month_first ? second : first];
        if (p->month > 12 && p->day <= 12 && year == 2) { /* only one reading is a date */
            int swap = p->month;
            p->month = p->day;
            p->day = swap;
        }
    } else if (n == 2 && mark == '-' && width[0] == 4 && (width[1] == 1 || (width[1] == 2 && part[1] < 10)) &&
               part[0] >= 1900 && part[0] < 2100) { /* 2015-3, 2015-03; 2010-12 may be a span of years */
        p->year = part[0];
        p->year_given = true;
        p->month = part[1];
    } else if (n == 2 && mark != '-') {
        bool dotted = mark == '.';
        if (width[0] > 2 && width[1] > 2) return false;
        if (width[1] == 4 && part[0] <= 12 && width[0] == 2 && !dotted) { /* 03/2026 */
            p->month = part[0];
            p->year = part[1];
            p->year_given = true;
        } else if (width[1] == 2 && width[0] <= 2 && dotted && next == '.' && s->info->decimal == ',' &&
                   part[1] <= 12) {
            p->day = part[0]; /* 5.03. */
            p->month = part[1];
            pos++;
        } else if (!dotted && width[0] <= 2 && width[1] <= 2 &&
                   (part[0] > 9 || part[1] > 9 || width[0] + width[1] == 4 || (next == '-' && slashed(s, pos + 1)))) {
            bool month_first = order[0] != 'd';
            p->month = part[month_first ? 0 : 1];
            p->day = part[month_first ? 1 : 0];
            if (p->month > 12 && p->day <= 12 && width[0] + width[1] == 4) { /* "29/03" */
                p->month = part[month_first ? 1 : 0];
                p->day = part[month_first ? 0 : 1];
            }
        } else {
            return false;
        }
    } else {
        return false;
    }
    if (p->month < 1 || p->month > 12 || p->day < 0 || p->day > 31 || (n == 3 && p->day < 1)) return false;
    date_settle_calendar(s, p);
    *end = pos;
    return true;
}

/* A year alone, which a careful reader takes for one: four digits from 1500 on, nothing counted after it. */
static bool lone_year(const scan *s, size_t at, size_t end)
{
    quantity q;
    syn_fact money = {0};
    size_t after;
    if (!digits_at(s, at, &q)) return true;
    if (q.end > end) return false; /* the head of "1111.13" */
    if (q.end < end) return true;  /* with the mark of a year: 2009年 */
    if (!plausible_year(&q)) return false;
    uint32_t before = scan_char_before(s, at);
    if (before && before != ' ' && before != '(' && before != '-' && !(syn_char_of(before)->flags & SYN_CH_LETTER))
        return false;
    if (q.value < 1500 || q.value > 2100) return false;
    if (scan_char(s, q.end) == '-' && scan_digit(s, q.end + 1)) { /* "2015-1-32" is no date */
        size_t pos = q.end + 1;
        while (scan_digit(s, pos)) pos++;
        if (scan_char(s, pos) == '-' && scan_digit(s, pos + 1)) return false;
    }
    if (before == '-' && at > 2 && scan_digit(s, at - 2) && scan_digit(s, at - 3))
        return false; /* a telephone number */
    if (money_after(s, &q, &money, &after)) return false;
    size_t next = scan_space(s, q.end);
    syn_lex_hit hits[4];
    size_t n;
    if (scan_key(s, SYN_LEX_PERCENT | SYN_LEX_SCALE | SYN_LEX_UNIT, next, hits, 4, &n)) return false;
    return true;
}

/* After a word that opens a period or stands between its ends: "na feb", "van sep tot nov". */
static bool led(const scan *s, size_t at)
{
    syn_lex_hit hits[8];
    size_t from = at, n;
    if (at < 3 || s->t.p[at - 1] != ' ') return false;
    from--;
    while (from > 0 && s->t.p[from - 1] != ' ' && at - from < 24) from--;
    size_t len = scan_key(s, SYN_LEX_PERIOD, from, hits, 8, &n);
    if (from + len + 1 != at) return false;
    for (size_t i = 0; i < n; i++)
        if (hits[i].id == PERIOD_FROM || hits[i].id == PERIOD_TO || hits[i].id == PERIOD_BETWEEN ||
            (hits[i].id == PERIOD_BOUND && hits[i].value != 0) || hits[i].id == PERIOD_PART)
            return true;
    return false;
}

/* "mei tot maart", "nov-feb": a range to another month. */
static bool month_range(const scan *s, size_t end)
{
    syn_lex_hit hit;
    size_t n, next = date_range_mark(s, end, false);
    if (!next) return false;
    while (scan_digit(s, next)) next++;
    return scan_key(s, SYN_LEX_MONTH, scan_space(s, next), &hit, 1, &n) > 0;
}

bool date_absolute_at(const scan *s, size_t at, pieces *p, date_span *r)
{
    uint32_t cp = scan_char(s, at);
    bool digit = cp >= '0' && cp <= '9';
    if (!(digit && date_numeric_at(s, at, p, &r->end)) && !date_pieces_at(s, at, p, &r->end)) return false;
    if (p->weekday >= 0 && !p->month && !p->year_given) {
        /* a short weekday in small letters is another word: "sun", "mar" */
        if (r->end < at + 4 && s->info->cased && scan_char(s, r->end) != '.' && !date_capital_at(s, at)) return false;
        r->from = weekday_near(p->weekday, 3, s->ref);
        r->to = r->from + 1;
        r->partial = r->lone_weekday = true;
        return r->from != SYN_NO_DAY;
    }
    if (p->year_given && !p->month && !p->sure && !lone_year(s, at, r->end)) return false;
    if (p->month && !p->day && !p->year_given && !date_unspaced(s, at)) {
        /* a month's name that is a common word, too, needs its capital */
        if (!led(s, at) && !month_range(s, r->end) && (date_common_word(s, at, r->end) || (r->end - at < 4 && !date_capital_at(s, at))))
            return false;
    }
    if (!pieces_span(p, s->ref, &r->from, &r->to, &r->partial)) {
        r->from = r->to = SYN_NO_DAY; /* a date, but not to be placed: still no figure */
        return s->ref == SYN_NO_DAY && p->month && !p->year_given;
    }
    r->range = r->to - r->from != 1;
    return true;
}

/* After "from", "between": two ends, or one that "since" opens. */
static bool opened_at(const scan *s, size_t at, size_t begin, bool between, date_span *r)
{
    pieces p, q;
    size_t end, next;
    if (date_days_range(s, begin, between, r)) return true;
    /* "van 25-10 tot 25-1" */
    if (scan_digit(s, begin) && date_day_and_month(s, begin, &p, &end) &&
        (next = date_range_mark(s, end, between)) > 0 && date_day_and_month(s, next, &q, &r->end)) {
        r->end = end;
        if (date_second_end(s, &p, between, r)) return true;
    }
    *r = (date_span){0};
    if (date_absolute_at(s, begin, &p, r) && date_second_end(s, &p, between, r)) return true;
    return date_told_range(s, begin, between, r) || date_bound_at(s, at, r);
}

/* A day told from the article's, or from a period: "last week", "3 days ago". */
static bool relative_at(const scan *s, size_t at, bool digit, date_span *r)
{
    quantity q;
    if (s->ref == SYN_NO_DAY) return false;
    if (!digit && date_phrase_at(s, at, r)) {
        date_narrow(s, r);
        if (date_counted_from(s, r)) return true;
        if (!date_nth_after(s, r)) date_part_after(s, r);
        date_span both;
        if (date_range_mark(s, r->end, false) && date_told_range(s, at, false, &both)) *r = both;
        return true;
    }
    *r = (date_span){0};
    if (!date_count_at(s, at, &q) || q.value <= 0 || q.ordinal) return false;
    if (date_counted_at(s, &q, r)) return true; /* "two days after today" before "two days after" */
    *r = (date_span){0};
    return date_around_at(s, at, &q, r);
}

/* A date by its own parts, and what goes on from it. */
static bool absolute_at(const scan *s, size_t at, bool digit, date_span *r)
{
    pieces p = {.weekday = -1};
    size_t body = at; /* "วันที่ 2 ธันวาคม": the words before the day are part of it where no space parts words */
    if (!digit && date_unspaced(s, at) && !date_absolute_at(s, at, &p, r)) body = date_joiners(s, at);
    *r = (date_span){0};
    if (!date_absolute_at(s, body, &p, r) || (body != at && !p.day)) return false;
    if (r->from == SYN_NO_DAY) return true;
    date_span week = {0}, year = {0};
    if (p.month && !p.year_given && s->ref != SYN_NO_DAY && p.calendar == SYN_GREGORIAN &&
        date_phrase_at(s, date_joiners(s, r->end), &year) && year.to - year.from > 360 && year.to - year.from < 370) {
        int month, dom; /* "5 May last year" */
        syn_day_civil(year.from, &p.year, &month, &dom);
        p.year_given = true;
        if (!pieces_span(&p, s->ref, &r->from, &r->to, &r->partial)) return false;
        r->end = year.end;
    }
    if (p.weekday >= 0 && !p.month && date_phrase_at(s, date_joiners(s, r->end), &week) && week.to - week.from == 7) {
        r->from = week.from + p.weekday; /* "Tuesday of last week" */
        r->to = r->from + 1;
        r->end = week.end;
    } else if (date_counted_from(s, r)) {
        return true;
    } else if (!date_second_end(s, &p, false, r)) {
        date_span both;
        if (date_range_mark(s, r->end, false) && date_told_range(s, at, false, &both))
            *r = both;
        else if (r->range && !date_nth_after(s, r))
            date_part_after(s, r);
    }
    return true;
}

/* The roles below 128 that words at a place have, a bit each: one walk of its keys saves asking reader by reader. */
typedef struct roles {
    uint64_t bits[2];
} roles;

static bool has(const roles *r, unsigned role)
{
    return (r->bits[role / 64] >> role % 64 & 1) != 0;
}

static roles roles_at(const scan *s, size_t at)
{
    roles r = {{0, 0}};
    const scan_place *p = scan_keys(s, at);
    if (p->n > SCAN_KEYS) return (roles){{UINT64_MAX, UINT64_MAX}};
    for (uint32_t i = 0; i < p->n; i++) {
        const syn_lex_hit *h = &p->key[i].hit;
        if (h->kind == SYN_LEX_PERIOD && h->id < 128) r.bits[h->id / 64] |= (uint64_t)1 << h->id % 64;
    }
    return r;
}

/* The readers in their order; each starts from an empty span. */
static bool span_at(const scan *s, size_t at, bool digit, date_span *r)
{
    roles words = {{0, 0}};
    if (!digit) {
        words = roles_at(s, at);
        size_t between = has(&words, PERIOD_BETWEEN) ? scan_role(s, SYN_LEX_PERIOD, PERIOD_BETWEEN, at, NULL) : 0;
        size_t opened = between || !has(&words, PERIOD_FROM) ? between
                                                             : scan_role(s, SYN_LEX_PERIOD, PERIOD_FROM, at, NULL);
        if (opened) return opened_at(s, at, scan_space(s, at + opened), between > 0, r);
        if (has(&words, PERIOD_BOUND) && date_bound_at(s, at, r)) return true;
        if (has(&words, PERIOD_WEEK_OF) && date_week_of(s, at, r)) return true;
        *r = (date_span){0};
    }
    if (date_decade_at(s, at, r) || (digit && date_days_range(s, at, false, r))) return true;
    if (date_century_at(s, at, r) || (s->ref != SYN_NO_DAY && date_nth_at(s, at, r))) return true;
    *r = (date_span){0};
    if ((has(&words, PERIOD_FEAST) || has(&words, PERIOD_EASTER) || has(&words, PERIOD_FEAST_NTH) ||
         has(&words, PERIOD_FEAST_HIJRI)) &&
        date_holiday_at(s, at, r))
        return true;
    *r = (date_span){0};
    if (has(&words, PERIOD_PART) && date_part_at(s, at, r)) return true;
    *r = (date_span){0};
    if (relative_at(s, at, digit, r)) return true;
    *r = (date_span){0};
    if (absolute_at(s, at, digit, r)) return true;
    *r = (date_span){0};
    return (digit || has(&words, PERIOD_DAY_HEAD)) && date_day_at(s, at, r);
}

/* "Wednesday evening next week" */
static void week_after(const scan *s, date_span *r)
{
    date_span week = {0};
    if (!date_phrase_at(s, date_joiners(s, r->end), &week) || week.to - week.from != 7) return;
    r->from = week.from + syn_day_weekday(r->from);
    r->to = r->from + 1;
    r->end = week.end;
}

bool date_at(const scan *s, size_t at, syn_fact *fact, size_t *start, size_t *end)
{
    date_span r = {0};
    *start = at;
    uint32_t cp = scan_char(s, at);
    if (cp == '-' || cp == '.' || cp == ',' || cp == '+') return false;
    if (!span_at(s, at, cp >= '0' && cp <= '9', &r)) return false;
    if (!r.bound && !r.closed && r.from != SYN_NO_DAY) {
        date_week_after(s, &r);
        date_bound_after(s, &r);
    }
    if (!r.bound) date_moment_before(s, at, &r, start);
    if (!r.bound) date_moment_after(s, &r);
    if (r.lone_weekday && r.part_of_day) week_after(s, &r);
    fact->kind = r.range ? SYN_FACT_DATERANGE : SYN_FACT_DATE;
    fact->from = r.from;
    fact->to = r.to;
    fact->bound = (uint8_t)r.bound;
    fact->clock = r.clock;
    fact->part_of_day = r.part_of_day;
    if (r.partial) fact->flags |= SYN_FACT_PARTIAL;
    if (r.approx) fact->flags |= SYN_FACT_APPROX;
    *end = r.end;
    return true;
}
