/* dates.c - stage 4: dates and periods: in digits, in words of any calendar, relative to the day of the article, and
   ranges of them.  What day and month are in "3/4/2026" is the language's order, never a guess by size alone. */
#include "dates.h"

int date_whole(const quantity *q)
{
    return q->value >= 0 && q->value < 1e6 ? (int)q->value : -1;
}

static bool capital_at(const scan *s, size_t at)
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

/* Eras and calendars that are understood rather than written: Thai years from 2400 on, Persian ones around 1400. */
static void settle_calendar(const scan *s, pieces *p)
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

static bool numeric_at(const scan *s, size_t at, pieces *p, size_t *end);

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

/* "18年10月": two digits of a year, sure where a month follows or the first is 0. */
static bool short_year(const scan *s, const quantity *q, size_t after)
{
    quantity month;
    size_t end;
    if (!q->plain || q->digits != 2) return false;
    if (s->t.p[q->start] == '0') return true;
    return digits_at(s, after, &month) && date_mark_after(s, month.end, &end) == SPAN_MONTH;
}

/* Whether what stands after digits may be what they count. */
static bool counted_after(const scan *s, size_t at)
{
    uint32_t touching = scan_char(s, at), next = scan_char(s, scan_space(s, at));
    if (touching == '%' || touching == '/' || touching == '-' || touching == ':') return true;
    if ((touching == '.' || touching == ',') && scan_digit(s, at + 1)) return true;
    return (syn_char_of(next)->flags & (SYN_CH_LETTER | SYN_CH_DIGIT)) != 0 && next != 0;
}

/* The parts of a date from at on: true where they make one. */
static bool pieces_at(const scan *s, size_t at, pieces *p, size_t *end)
{
    *p = (pieces){.weekday = -1};
    size_t good = 0, pos = at, loose_end = 0;
    bool loose_day = false; /* a day still waits for its month */
    bool told_day = false;  /* it is a word */
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
                       digits_at(s, scan_space(s, pos + len), &q) && plausible_year(&q)) {
                pos += len; /* "year 2026", "sensommaren år 1999" */
            } else {
                size_t after;
                if (!quantity_at(s, pos, &q) || q.fraction || q.value < 1) break;
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
                } else if (p->month && !p->year_given && q.value >= 1900 && q.value <= 2100 && !q.ordinal) {
                    p->year = date_whole(&q); /* "dos mil dieciocho" */
                    p->year_given = true;
                    good = pos = q.end;
                } else if (!p->day && q.value <= 31 && !q.weak && kind == 0 &&
                           ((q.ordinal && !date_unspaced(s, pos)) || i == 0 || p->weekday >= 0)) {
                    p->day = date_whole(&q); /* "the fifth of May" */
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
            if (i == 1 && p->weekday >= 0 && numeric_at(s, pos, &numeric, &after)) {
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
            } else if (q.plain && q.value >= 1 && q.value <= 31 && q.digits <= 2 && !p->day) {
                if (p->month && p->year_given && i > 2) break;
                p->day = date_whole(&q);
                pos = q.end;
                loose_day = p->month == 0;
                size_t ending = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, pos, NULL);
                if (ending) pos += ending;
                loose_end = pos;
                uint32_t next = scan_char(s, pos);
                if (next != '.' && !scan_word_ends(s, pos)) break;
                if (!loose_day) {
                    /* "March 5" but not "in March 5 people": the number must close or be followed by a year */
                    good = pos;
                }
                if (next == '.') pos++;
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
            bool after_name = scan_digit(s, next) && p->month && named && (!p->day || !p->year_given) && dashes;
            if (!name && !after_name) {
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
    if (loose_day && p->weekday >= 0 && !p->year_given && s->ref != SYN_NO_DAY && weekday_day(p, s->ref)) {
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
    settle_calendar(s, p);
    *end = good;
    if (p->day && !p->month) return marked && !p->year_given;
    return p->month || p->year_given || p->weekday >= 0;
}

/* Day and month or more in digits with strokes: the other end of "10/1-11/2/2017". */
static bool slashed(const scan *s, size_t at)
{
    size_t pos = at;
    while (scan_digit(s, pos)) pos++;
    return pos > at && pos - at <= 2 && scan_char(s, pos) == '/' && scan_digit(s, pos + 1);
}

/* "2026-03-05", "5/3/2026", "5.3.": digits with one mark between them. */
static bool numeric_at(const scan *s, size_t at, pieces *p, size_t *end)
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
                   (part[0] > 9 || part[1] > 9 || width[0] + width[1] == 4)) {
            bool month_first = order[0] != 'd';
            p->month = part[month_first ? 0 : 1];
            p->day = part[month_first ? 1 : 0];
            if (p->day <= p->month && !month_first && p->month > 12) return false;
        } else {
            return false;
        }
    } else {
        return false;
    }
    if (p->month < 1 || p->month > 12 || p->day < 0 || p->day > 31 || (n == 3 && p->day < 1)) return false;
    settle_calendar(s, p);
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
    if (money_after(s, &q, &money, &after)) return false;
    size_t next = scan_space(s, q.end);
    syn_lex_hit hits[4];
    size_t n;
    if (scan_key(s, SYN_LEX_PERCENT | SYN_LEX_SCALE | SYN_LEX_UNIT, next, hits, 4, &n)) return false;
    return true;
}

bool date_absolute_at(const scan *s, size_t at, pieces *p, date_span *r)
{
    uint32_t cp = scan_char(s, at);
    bool digit = cp >= '0' && cp <= '9';
    if (!(digit && numeric_at(s, at, p, &r->end)) && !pieces_at(s, at, p, &r->end)) return false;
    if (p->weekday >= 0 && !p->month && !p->year_given) {
        r->from = weekday_near(p->weekday, 3, s->ref);
        r->to = r->from + 1;
        r->partial = true;
        return r->from != SYN_NO_DAY;
    }
    if (p->year_given && !p->month && !p->sure && !lone_year(s, at, r->end)) return false;
    if (p->month && !p->day && !p->year_given && !date_unspaced(s, at)) {
        /* a month's name that is a common word, too, needs its capital */
        syn_lex_hit hit;
        syn_str word = syn_slice(s->t, at, r->end);
        if (!capital_at(s, at) && (syn_lexicon_find(s->lex, s->lang, SYN_LEX_STOP, word, &hit, 1) || word.n < 4))
            return false;
    }
    if (!pieces_span(p, s->ref, &r->from, &r->to, &r->partial)) {
        r->from = r->to = SYN_NO_DAY; /* a date, but not to be placed: still no figure */
        return s->ref == SYN_NO_DAY && p->month && !p->year_given;
    }
    r->range = r->to - r->from != 1;
    return true;
}

/* ---- ranges ---- */

/* "the end of May", "Ende 1989", "late this month", "the end of the week". */
static bool part_at(const scan *s, size_t at, date_span *r)
{
    double part;
    size_t n, len = scan_role(s, SYN_LEX_PERIOD, PERIOD_PART, at, &part);
    if (!len) return false;
    pieces p;
    date_span whole = {0};
    syn_lex_hit hits[8];
    size_t next = date_joiners(s, at + len), unit = 0;
    if (scan_char(s, next) == '-') next++;
    bool found = s->ref != SYN_NO_DAY && date_phrase_at(s, next, &whole) && whole.to - whole.from >= 7;
    if (!found) {
        whole = (date_span){0};
        found = date_absolute_at(s, next, &p, &whole) && whole.range;
    }
    if (!found && s->ref != SYN_NO_DAY && (unit = scan_key(s, SYN_LEX_PERIOD, next, hits, 8, &n)) > 0)
        for (size_t i = 0; i < n && i < 8 && !found; i++)
            if (hits[i].id == SPAN_WEEK || hits[i].id == SPAN_MONTH || hits[i].id == SPAN_YEAR) {
                found = unit_span((int)hits[i].id, 0, s->ref, &whole.from, &whole.to);
                whole.range = true;
                whole.end = next + unit;
            }
    if (!found || whole.from == SYN_NO_DAY) return false;
    *r = whole;
    date_part_of(r, (int)part);
    return true;
}

/* The part behind its period: "9月上旬", "जुलाई के आखिर", "2026 végén". */
static bool part_after(const scan *s, date_span *r)
{
    double part;
    size_t from = date_joiners(s, r->end), len = scan_role(s, SYN_LEX_PERIOD, PERIOD_PART, from, &part);
    bool joined = date_unspaced(s, from) || from > r->end + 1 || s->info->date_order[0] == 'y';
    if (!len || !joined || !r->range) return false;
    date_part_of(r, (int)part);
    r->end = from + len;
    return true;
}

/* Past what stands between the two ends of a range; 0 if nothing does. */
static size_t range_mark(const scan *s, size_t at, bool between)
{
    size_t pos = scan_space(s, at), len = 0;
    uint32_t cp = scan_char(s, at);
    if (cp == '\'' || cp == 0x2019) { /* "2010'dan 2018'e": an ending after the figure says so */
        size_t from = at + (cp == '\'' ? 1 : 3);
        if ((len = scan_role(s, SYN_LEX_PERIOD, PERIOD_TO, from, NULL)) > 0) return scan_space(s, from + len);
        if (between) pos = scan_space(s, scan_word_end(s, from));
    }
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

/* "3-5 May", "from 3 to 5 May 2026": a bare day before the range mark. */
static bool days_range(const scan *s, size_t at, bool between, date_span *r)
{
    quantity low;
    pieces p;
    size_t end;
    if (!digits_at(s, at, &low)) return false;
    size_t stop = at;
    while (scan_digit(s, stop)) stop++;
    int first = 0;
    for (size_t k = at; k < stop && k < at + 3; k++) first = first * 10 + (s->t.p[k] - '0');
    if (stop - at > 2 || first < 1 || first > 31) return false;
    if (scan_char(s, stop) == '.') stop++;
    size_t ending = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, stop, NULL);
    size_t next = range_mark(s, stop + ending, between);
    if (!next || !pieces_at(s, next, &p, &end) || !p.day || !p.month || first >= p.day) return false;
    syn_day from, to;
    bool partial;
    if (!pieces_span(&p, s->ref, &from, &to, &partial)) return false;
    *r = (date_span){.from = from - (p.day - first), .to = to, .partial = partial, .range = true, .end = end};
    return true;
}

static bool far_end(const scan *s, const pieces *first, size_t next, date_span *r)
{
    size_t end;
    quantity q;
    pieces p;
    if (first->year_given && !first->month && digits_at(s, next, &q) && q.plain) { /* 2026-2030, 2026-30 */
        int year = date_whole(&q);
        if (q.digits == 2) year += first->year / 100 * 100;
        if (q.digits != 4 && !(q.digits == 2 && s->t.p[next - 1] == '-')) return false;
        if (year <= first->year || year > first->year + 400) return false;
        p = (pieces){.year = year, .year_given = true, .weekday = -1};
        end = q.end;
        size_t marked;
        if (date_mark_after(s, end, &marked) == SPAN_YEAR) end = marked;
    } else if (first->month && first->day && digits_at(s, next, &q) && q.plain && q.value <= 31 &&
               q.value > first->day && !numeric_at(s, next, &p, &end) && !pieces_at(s, next, &p, &end)) {
        p = *first; /* November 18-19 */
        p.day = date_whole(&q);
        end = q.end;
    } else if (!(scan_digit(s, next) && numeric_at(s, next, &p, &end)) && !pieces_at(s, next, &p, &end)) {
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
        return r->range = true;
    }
    syn_day from, to, ignored;
    bool partial, partial_high;
    if (!low.year_given && !p.year_given && low.month && p.month) {
        int year, month, dom; /* "from November to March" */
        if (!pieces_span(&low, s->ref, &from, &to, &partial)) return false;
        syn_day_civil(from, &year, &month, &dom);
        p.year = year + (p.month < low.month);
        p.year_given = true;
    }
    if (!pieces_span(&low, s->ref, &from, &ignored, &partial) || !pieces_span(&p, s->ref, &ignored, &to, &partial_high))
        return false;
    if (to <= from) return false;
    *r = (date_span){.from = from, .to = to, .partial = partial || partial_high, .range = true, .end = end};
    size_t until = scan_role(s, SYN_LEX_PERIOD, PERIOD_UNTIL, scan_space(s, end), NULL);
    if (until) r->end = scan_space(s, end) + until;
    return true;
}

static bool second_end(const scan *s, const pieces *first, bool between, date_span *r)
{
    date_span both = *r;
    size_t next = range_mark(s, r->end, between), close = 0;
    if (next) {
        if (!far_end(s, first, next, &both)) return false;
    } else {
        next = between ? 0 : range_mark(s, r->end, true);
        if (!next || !far_end(s, first, next, &both) || !(close = closed_at(s, both.end))) return false;
    }
    *r = both;
    if (close || (close = closed_at(s, r->end)) != 0) r->end = close;
    return true;
}

/* One end of a range, told in any way. */
static bool any_end_at(const scan *s, size_t at, date_span *r)
{
    pieces p;
    size_t len = scan_role(s, SYN_LEX_PERIOD, PERIOD_NOW, at, NULL);
    *r = (date_span){0};
    if (len && s->ref != SYN_NO_DAY) {
        *r = (date_span){.from = s->ref, .to = s->ref + 1, .end = at + len};
        return true;
    }
    if (part_at(s, at, r)) return true;
    *r = (date_span){0};
    if (s->ref != SYN_NO_DAY && (date_nth_at(s, at, r) || date_phrase_at(s, at, r))) return r->from != SYN_NO_DAY;
    *r = (date_span){0};
    return date_absolute_at(s, at, &p, r) && r->from != SYN_NO_DAY;
}

/* "between May 5 and now", "from next Monday to Friday" */
static bool told_range(const scan *s, size_t at, bool between, date_span *r)
{
    date_span low, high;
    if (!any_end_at(s, at, &low)) return false;
    size_t next = range_mark(s, low.end, between);
    if (!next || !any_end_at(s, next, &high)) return false;
    if (high.to <= low.from && high.to - high.from == 1 && low.from - high.to < 21) /* a weekday after the first end */
        while (high.to <= low.from) high.to += 7;
    if (high.to <= low.from && low.partial) { /* "between May and now" */
        low.from = unit_shift(SPAN_YEAR, -1, low.from);
        if (low.from == SYN_NO_DAY) return false;
    }
    if (high.to <= low.from) return false;
    *r = (date_span){
        .from = low.from, .to = high.to, .range = true, .partial = low.partial || high.partial, .end = high.end};
    return true;
}

/* A number in Roman capitals, up to 30: centuries. */
static int roman_at(const scan *s, size_t at, size_t *end)
{
    int value = 0, last = 0;
    for (*end = at; *end < s->t.n && *end < at + 6; (*end)++) {
        char c = s->t.p[*end];
        int v = c == 'i' ? 1 : c == 'v' ? 5 : c == 'x' ? 10 : 0;
        if (!v || !capital_at(s, *end)) break;
        value += v > last ? v - 2 * last : v;
        last = v;
    }
    return *end > at && value >= 1 && value <= 30 ? value : 0;
}

bool date_roman(const scan *s, size_t at)
{
    size_t end;
    return roman_at(s, at, &end) > 0;
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

/* "the 1990s", "1990-talet" */
static bool decade_at(const scan *s, size_t at, date_span *r)
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

/* "the 21st century" */
static bool century_at(const scan *s, size_t at, date_span *r)
{
    quantity q;
    size_t pos, from, end = at, head = scan_role(s, SYN_LEX_PERIOD, SPAN_CENTURY, at, NULL);
    if (head) from = scan_space(s, at + head);
    int roman = roman_at(s, head ? from : at, &end), number = roman;
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
        size_t len = scan_role(s, SYN_LEX_PERIOD, SPAN_CENTURY, from, NULL);
        if (!len || (!ordinal && pos == end && !date_unspaced(s, from))) return false;
        end = from + len;
    }
    int first = (number - 1) * 100;
    *r = (date_span){.from = syn_day_of(first ? first : 1, 1, 1), .to = syn_day_of(first + 100, 1, 1), .range = true};
    r->end = end;
    return r->from != SYN_NO_DAY && r->to != SYN_NO_DAY;
}

bool date_at(const scan *s, size_t at, syn_fact *fact, size_t *end)
{
    date_span r = {0};
    pieces p = {.weekday = -1};
    quantity q;
    bool found = false;
    uint32_t cp = scan_char(s, at);
    bool digit = cp >= '0' && cp <= '9';
    size_t begin = at, opened;
    if (cp == '-' || cp == '.' || cp == ',' || cp == '+') return false;
    bool between = false;
    if (!digit) {
        opened = scan_role(s, SYN_LEX_PERIOD, PERIOD_BETWEEN, at, NULL);
        between = opened > 0;
        if (!opened) opened = scan_role(s, SYN_LEX_PERIOD, PERIOD_FROM, at, NULL);
        if (opened) {
            begin = scan_space(s, at + opened);
            found = days_range(s, begin, between, &r);
            if (!found) {
                found = (date_absolute_at(s, begin, &p, &r) && second_end(s, &p, between, &r)) ||
                        told_range(s, begin, between, &r);
                if (!found) return false;
            }
        }
    }
    if (!found) found = decade_at(s, at, &r) || (digit && days_range(s, at, false, &r));
    if (!found) found = century_at(s, at, &r) || (s->ref != SYN_NO_DAY && date_nth_at(s, at, &r));
    if (!found) r = (date_span){0};
    if (!found && !digit) found = date_holiday_at(s, at, &r) || part_at(s, at, &r);
    if (!found) r = (date_span){0};
    if (!found && s->ref != SYN_NO_DAY && !digit && date_phrase_at(s, at, &r)) {
        found = true;
        date_narrow(s, &r);
        if (!date_nth_after(s, &r)) part_after(s, &r);
    }
    if (!found && s->ref != SYN_NO_DAY && quantity_at(s, at, &q) && q.value > 0 && !q.ordinal)
        found = date_around_at(s, at, &q, &r) || date_counted_at(s, &q, &r);
    if (!found) r = (date_span){0};
    size_t body = at; /* "วันที่ 2 ธันวาคม": the words before the day are part of it where no space parts words */
    if (!found && !digit && date_unspaced(s, at) && !date_absolute_at(s, at, &p, &r)) body = date_joiners(s, at);
    if (!found && date_absolute_at(s, body, &p, &r) && (body == at || p.day)) {
        found = true;
        date_span week = {0};
        size_t after = date_joiners(s, r.end);
        if (r.from == SYN_NO_DAY) {
        } else if (p.weekday >= 0 && !p.month && date_phrase_at(s, after, &week) && week.to - week.from == 7) {
            r.from = week.from + p.weekday; /* "Tuesday of last week" */
            r.to = r.from + 1;
            r.end = week.end;
        } else if (!second_end(s, &p, false, &r) && r.range) {
            if (!part_after(s, &r)) date_nth_after(s, &r);
        }
    }
    if (!found) return false;
    fact->kind = r.range ? SYN_FACT_DATERANGE : SYN_FACT_DATE;
    fact->from = r.from;
    fact->to = r.to;
    if (r.partial) fact->flags |= SYN_FACT_PARTIAL;
    if (r.approx) fact->flags |= SYN_FACT_APPROX;
    *end = r.end;
    return true;
}
