/* dates.c - stage 4: dates and periods: in digits, in words of any calendar, relative to the day of the article, and
   ranges of them.  What day and month are in "3/4/2026" is the language's order, never a guess by size alone. */
#include "dates.h"

typedef struct result {
    syn_day from, to;
    bool partial, approx, range; /* range: not one day */
    size_t end;
} result;

static int whole(const quantity *q)
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
static size_t joiners(const scan *s, size_t at)
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

static bool unspaced_at(const scan *s, size_t at)
{
    uint32_t script = syn_char_of(scan_char(s, at))->script;
    return !syn_script_spaced((syn_script)script) || script == SYN_SCRIPT_HANGUL;
}

/* The mark of year, month or day that directly follows a number, in scripts that write dates so. */
static int mark_after(const scan *s, size_t at, size_t *end)
{
    size_t from = scan_space(s, at);
    if (!unspaced_at(s, from)) return 0;
    static const int marks[] = {SPAN_YEAR, SPAN_MONTH, SPAN_DAY};
    if (scan_role(s, SYN_LEX_PERIOD, SPAN_DURATION, from, NULL)) return 0;
    for (size_t i = 0; i < SYN_COUNT(marks); i++) {
        size_t len = scan_role(s, SYN_LEX_PERIOD, (uint32_t)marks[i], from, NULL);
        if (len) {
            *end = from + len;
            return marks[i];
        }
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

/* The parts of a date from at on: true where they make one. */
static bool pieces_at(const scan *s, size_t at, pieces *p, size_t *end)
{
    *p = (pieces){.weekday = -1};
    size_t good = 0, pos = at, loose_end = 0;
    bool loose_day = false; /* a day still waits for its month */
    double era = 0;
    bool era_said = false, marked = false, named = false, dashes = false;
    for (int i = 0; i < 10 && pos < s->t.n; i++) {
        uint32_t cp = scan_char(s, pos);
        syn_lex_hit hits[8];
        size_t n, len = 0;
        quantity q;
        if (cp < '0' || cp > '9') {
            len = scan_key(s, SYN_LEX_MONTH | SYN_LEX_WEEKDAY | SYN_LEX_PERIOD, pos, hits, 8, &n);
            const syn_lex_hit *month = len ? scan_pick(hits, n, SYN_LEX_MONTH, ANY_ID) : NULL;
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
                        scan_pick(hits, n, SYN_LEX_PERIOD, SPAN_YEAR)) &&
                       digits_at(s, scan_space(s, pos + len), &q) && plausible_year(&q) && !unspaced_at(s, pos)) {
                pos += len; /* "year 2026", "sensommaren år 1999" */
            } else {
                size_t after;
                if (!quantity_at(s, pos, &q) || q.fraction || q.value < 1) break;
                int kind = mark_after(s, q.end, &after);
                if (kind == SPAN_MONTH && !p->month && q.value <= 13) {
                    p->month = whole(&q);
                    loose_day = false;
                    good = pos = after;
                    marked = true;
                } else if (kind == SPAN_DAY && !p->day && q.value <= 31 && p->month) {
                    p->day = whole(&q);
                    good = pos = after;
                } else if (kind == SPAN_YEAR && !p->year_given && (q.value >= 1000 || era_said)) {
                    p->year = whole(&q) + (era_said ? (int)era : 0);
                    p->year_given = true;
                    p->sure |= era_said;
                    good = pos = after;
                    marked = true;
                } else if (p->month && !p->year_given && q.value >= 1900 && q.value <= 2100 && !q.ordinal) {
                    p->year = whole(&q); /* "dos mil dieciocho" */
                    p->year_given = true;
                    good = pos = q.end;
                } else if (!p->day && q.value <= 31 && !q.weak && kind == 0 &&
                           (q.ordinal || i == 0 || p->weekday >= 0)) {
                    p->day = whole(&q); /* "the fifth of May" */
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
            int kind = mark_after(s, q.end, &after);
            if (kind == SPAN_YEAR && !p->year_given && (q.digits == 4 || era_said)) {
                p->year = whole(&q) + (int)era;
                p->sure |= era_said;
                p->year_given = marked = true;
                good = pos = after;
            } else if (kind == SPAN_MONTH && !p->month && q.value >= 1 && q.value <= 13) {
                p->month = whole(&q);
                marked = true;
                good = pos = after;
            } else if (kind == SPAN_DAY && !p->day && q.value >= 1 && q.value <= 31) {
                p->day = whole(&q);
                marked = true;
                good = pos = after;
            } else if (kind) {
                break;
            } else if ((plausible_year(&q) || (era_said && q.plain && q.value > 0 && q.value < 3000)) &&
                       !p->year_given && (!p->day || p->month || loose_day == false)) {
                p->year = whole(&q) + (era_said ? (int)era : 0);
                p->sure |= era_said;
                p->year_given = true;
                good = pos = q.end;
                size_t word = scan_space(s, pos),
                       suffix = unspaced_at(s, word) ? 0 : scan_role(s, SYN_LEX_PERIOD, SPAN_YEAR, word, NULL);
                if (suffix && p->month) {
                    good = pos = word + suffix;
                    if (scan_char(s, pos) == '.') pos++;
                }
            } else if (q.plain && q.value >= 1 && q.value <= 31 && q.digits <= 2 && !p->day) {
                if (p->month && p->year_given && i > 2) break;
                p->day = whole(&q);
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
        pos = joiners(s, pos);
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
        if (!p->month) return false;
    }
    if (!good) return false;
    settle_calendar(s, p);
    *end = good;
    if (p->day && !p->month) return marked && !p->year_given;
    return p->month || p->year_given || p->weekday >= 0;
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
    if (!scan_word_ends(s, pos) || next == '/' || ((next == '-' || next == '.') && n < 3 && scan_digit(s, pos + 1)))
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

static bool absolute_at(const scan *s, size_t at, pieces *p, result *r)
{
    uint32_t cp = scan_char(s, at);
    bool digit = cp >= '0' && cp <= '9';
    if (!(digit && numeric_at(s, at, p, &r->end)) && !pieces_at(s, at, p, &r->end)) return false;
    if (p->weekday >= 0 && !p->month && !p->year_given) {
        r->from = weekday_near(p->weekday, 2, s->ref);
        r->to = r->from + 1;
        r->partial = true;
        return r->from != SYN_NO_DAY;
    }
    if (p->year_given && !p->month && !p->sure && !lone_year(s, at, r->end)) return false;
    if (p->month && !p->day && !p->year_given && !unspaced_at(s, at)) {
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

/* ---- relative to the day of the article ---- */

static bool phrase_at(const scan *s, size_t at, result *r)
{
    syn_lex_hit hits[8];
    size_t n, len = scan_key(s, SYN_LEX_RELDAY | SYN_LEX_PERIOD, at, hits, 8, &n);
    const syn_lex_hit *day = scan_pick(hits, n, SYN_LEX_RELDAY, ANY_ID);
    r->end = at + len;
    if (day) {
        r->from = s->ref + (syn_day)day->value;
        r->to = r->from + 1;
        return true;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t id = hits[i].id;
        if (id > PERIOD_PHRASE && id < PERIOD_AROUND) {
            r->range = true;
            return unit_span((int)id - PERIOD_PHRASE, (int)hits[i].value, s->ref, &r->from, &r->to);
        }
        if (id < PERIOD_LAST || id > PERIOD_THIS) continue;
        /* last, next, this, and then a unit, a weekday or a month */
        int side = (int)hits[i].value;
        syn_lex_hit what[8];
        size_t m, from = scan_space(s, at + len);
        quantity count;
        if (side && quantity_at(s, from, &count) && !count.ordinal && count.value >= 2 && count.value <= 1000) {
            /* "the last 10 weeks", "the next three years" */
            size_t unit_at = scan_space(s, count.end), k = 0;
            size_t unit_len = scan_key(s, SYN_LEX_PERIOD, unit_at, what, 8, &m);
            while (k < m && !(what[k].id >= SPAN_DAY && what[k].id <= SPAN_DECADE)) k++;
            if (!unit_len || k == m) continue;
            syn_day other = unit_shift((int)what[k].id, count.value * side, s->ref);
            *r = (result){
                .from = side < 0 ? other : s->ref, .to = side < 0 ? s->ref : other, .approx = true, .range = true};
            r->end = unit_at + unit_len;
            return other != SYN_NO_DAY;
        }
        size_t more = scan_key(s, SYN_LEX_PERIOD | SYN_LEX_WEEKDAY | SYN_LEX_MONTH, from, what, 8, &m);
        const syn_lex_hit *weekday = scan_pick(what, m, SYN_LEX_WEEKDAY, ANY_ID);
        const syn_lex_hit *month = scan_pick(what, m, SYN_LEX_MONTH, SYN_GREGORIAN);
        if (!more) continue;
        r->end = from + more;
        if (weekday) {
            r->from = weekday_near((int)weekday->value, side, s->ref);
            r->to = r->from + 1;
            return true;
        }
        if (month) {
            int year, now, dom;
            syn_day_civil(s->ref, &year, &now, &dom);
            pieces p = {.month = (int)month->value, .weekday = -1, .year_given = true};
            p.year = year + (side < 0 && p.month >= now ? -1 : side > 0 && p.month <= now ? 1 : 0);
            r->range = r->partial = true;
            return pieces_span(&p, s->ref, &r->from, &r->to, &r->partial);
        }
        for (size_t k = 0; k < m; k++)
            if (what[k].kind == SYN_LEX_PERIOD && what[k].id >= SPAN_WEEK && what[k].id <= SPAN_HALF_YEAR) {
                r->range = true;
                return unit_span((int)what[k].id, side, s->ref, &r->from, &r->to);
            }
    }
    /* a unit or weekday with its "last" or "next" behind: "la semana pasada", "lundi dernier" */
    syn_lex_hit unit[8];
    size_t m, from, more;
    len = scan_key(s, SYN_LEX_PERIOD | SYN_LEX_WEEKDAY, at, unit, 8, &m);
    from = scan_space(s, at + len);
    double side;
    more = scan_role(s, SYN_LEX_PERIOD, PERIOD_AGO, from, &side);
    if (!more) more = scan_role(s, SYN_LEX_PERIOD, PERIOD_LATER, from, &side);
    if (!len || !more) return false;
    r->end = from + more;
    const syn_lex_hit *weekday = scan_pick(unit, m, SYN_LEX_WEEKDAY, ANY_ID);
    if (weekday) {
        r->from = weekday_near((int)weekday->value, (int)side, s->ref);
        r->to = r->from + 1;
        return true;
    }
    for (size_t k = 0; k < m; k++)
        if (unit[k].kind == SYN_LEX_PERIOD && unit[k].id >= SPAN_WEEK && unit[k].id <= SPAN_HALF_YEAR) {
            r->range = true;
            return unit_span((int)unit[k].id, (int)side, s->ref, &r->from, &r->to);
        }
    return false;
}

/* "3 days ago", "vor zwei Tagen", "3日前": a phrase whose number stands at q; it may begin one word before at. */
static bool around_at(const scan *s, size_t at, const quantity *q, result *r)
{
    char buf[160];
    size_t head = 0, n, before = at;
    syn_lex_hit hits[4];
    syn_str rest = syn_slice(s->t, scan_space(s, q->end), scan_space(s, q->end) + 60);
    for (int with_word = 0; with_word < 2; with_word++) {
        if (with_word) {
            if (at < 2 || s->t.p[at - 1] != ' ') return false;
            before = at - 1;
            while (before > 0 && s->t.p[before - 1] != ' ' && at - before < 40) before--;
            head = at - 1 - before;
            memcpy(buf, s->t.p + before, head);
        }
        buf[head] = '#';
        memcpy(buf + head + 1, rest.p, rest.n);
        syn_str key = {buf, head + 1 + rest.n};
        for (size_t limit = key.n, len; limit > head; limit = len - 1) {
            len = syn_lexicon_longest(s->lex, s->lang, SYN_LEX_PERIOD, syn_slice(key, 0, limit), hits, 4, &n);
            if (len <= head + 1) break;
            size_t end = (size_t)(rest.p - s->t.p) + len - head - 1;
            if (!scan_word_ends(s, end) || hits[0].id <= PERIOD_AROUND) continue;
            r->from = unit_shift((int)hits[0].id - PERIOD_AROUND, q->value * hits[0].value, s->ref);
            r->to = r->from + 1;
            r->approx = hits[0].id != PERIOD_AROUND + SPAN_DAY;
            r->end = end;
            return r->from != SYN_NO_DAY;
        }
    }
    return false;
}

/* Narrow a month or year to its beginning, middle or end: thirds. */
static void third_of(result *r, int part)
{
    syn_day days = r->to - r->from;
    int year, month, dom;
    if (part < 1 || part > 3 || days < 27) return;
    r->partial = r->approx = true;
    if (days <= 31) {
        syn_day first = r->from;
        if (part > 1) r->from = first + (part == 2 ? 10 : 20);
        if (part < 3) r->to = first + (part == 1 ? 10 : 20);
    } else if (days <= 366) {
        syn_day_civil(r->from, &year, &month, &dom);
        if (month != 1) return;
        if (part > 1) r->from = syn_day_of(year, part == 2 ? 5 : 9, 1);
        if (part < 3) r->to = syn_day_of(year, part == 1 ? 5 : 9, 1);
    }
}

/* The week or month just read, narrowed by a weekday or a day of the month after it: "来月の4日", "this week on
 * Friday". */
static void narrow_phrase(const scan *s, result *r)
{
    syn_lex_hit hits[4];
    size_t n, pos = joiners(s, r->end), len = scan_key(s, SYN_LEX_WEEKDAY, pos, hits, 4, &n);
    syn_day days = r->to - r->from;
    quantity q;
    size_t after;
    if (days == 7 && len) {
        r->from += (syn_day)hits[0].value;
        r->end = pos + len;
    } else if (days >= 28 && days <= 31 && quantity_at(s, pos, &q) && q.value >= 1 && q.value <= days &&
               mark_after(s, q.end, &after) == SPAN_DAY) {
        r->from += whole(&q) - 1;
        r->end = after;
    } else {
        return;
    }
    r->to = r->from + 1;
    r->range = false;
}

/* ---- ranges ---- */

/* Past what stands between the two ends of a range; 0 if nothing does. */
static size_t range_mark(const scan *s, size_t at, bool between)
{
    size_t pos = scan_space(s, at), len = 0;
    if (pos < s->t.n && (s->t.p[pos] == '-' || s->t.p[pos] == '~')) len = 1;
    if (!len) len = scan_role(s, SYN_LEX_PERIOD, PERIOD_TO, pos, NULL);
    if (!len && between) len = scan_role(s, SYN_LEX_PERIOD, PERIOD_AND, pos, NULL);
    return len ? scan_space(s, pos + len) : 0;
}

/* "3-5 May", "from 3 to 5 May 2026": a bare day before the range mark. */
static bool days_range(const scan *s, size_t at, bool between, result *r)
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
    *r = (result){.from = from - (p.day - first), .to = to, .partial = partial, .range = true, .end = end};
    return true;
}

static bool second_end(const scan *s, const pieces *first, bool between, result *r)
{
    size_t next = range_mark(s, r->end, between), end;
    if (!next) return false;
    quantity q;
    pieces p;
    if (first->year_given && !first->month && digits_at(s, next, &q) && q.plain) { /* 2026-2030, 2026-30 */
        int year = whole(&q);
        if (q.digits == 2) year += first->year / 100 * 100;
        if (q.digits != 4 && !(q.digits == 2 && s->t.p[next - 1] == '-')) return false;
        if (year <= first->year || year > first->year + 400) return false;
        p = (pieces){.year = year, .year_given = true, .weekday = -1};
        end = q.end;
    } else if (first->month && first->day && digits_at(s, next, &q) && q.plain && q.value <= 31 &&
               q.value > first->day && !pieces_at(s, next, &p, &end)) {
        p = *first; /* November 18-19 */
        p.day = whole(&q);
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
    if (!low.year_given && !p.year_given && low.month && p.month && p.month < low.month) {
        int year, month, dom; /* "from November to March" */
        if (!pieces_span(&low, s->ref, &from, &to, &partial)) return false;
        syn_day_civil(from, &year, &month, &dom);
        p.year = year + 1;
        p.year_given = true;
    }
    if (!pieces_span(&low, s->ref, &from, &ignored, &partial) || !pieces_span(&p, s->ref, &ignored, &to, &partial_high))
        return false;
    if (to <= from) return false;
    *r = (result){.from = from, .to = to, .partial = partial || partial_high, .range = true, .end = end};
    size_t until = scan_role(s, SYN_LEX_PERIOD, PERIOD_UNTIL, scan_space(s, end), NULL);
    if (until) r->end = scan_space(s, end) + until;
    return true;
}

/* "the 1990s", "1990-talet" */
static bool decade_at(const scan *s, size_t at, result *r)
{
    quantity q;
    if (!digits_at(s, at, &q) || !q.plain || q.digits != 4 || (int)q.value % 10) return false;
    size_t from = q.end;
    size_t len = scan_role(s, SYN_LEX_PERIOD, PERIOD_DECADE_ENDING, from, NULL);
    if (!len && scan_char(s, from) == ' ')
        len = scan_role(s, SYN_LEX_PERIOD, PERIOD_DECADE_ENDING, from = scan_space(s, from), NULL);
    if (!len) return false;
    int year = whole(&q), years = year % 100 == 0 && year < 2000 ? 100 : 10;
    *r = (result){
        .from = syn_day_of(year, 1, 1), .to = syn_day_of(year + years, 1, 1), .range = true, .end = from + len};
    return r->from != SYN_NO_DAY;
}

/* "the 21st century" */
static bool century_at(const scan *s, size_t at, result *r)
{
    quantity q;
    if (!quantity_at(s, at, &q) || q.value < 1 || q.value > 30 || q.fraction || q.scaled) return false;
    size_t ending = q.ordinal ? 0 : scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, q.end, NULL);
    size_t pos = q.end + ending;
    if (!q.ordinal && !ending && scan_char(s, pos) == '.') pos++;
    size_t from = scan_space(s, pos), len = scan_role(s, SYN_LEX_PERIOD, SPAN_CENTURY, from, NULL);
    if (!len || (!q.ordinal && pos == q.end && !unspaced_at(s, from))) return false;
    int first = (whole(&q) - 1) * 100;
    *r = (result){.from = syn_day_of(first ? first : 1, 1, 1), .to = syn_day_of(first + 100, 1, 1), .range = true};
    r->end = from + len;
    return r->from != SYN_NO_DAY && r->to != SYN_NO_DAY;
}

bool date_at(const scan *s, size_t at, syn_fact *fact, size_t *end)
{
    result r = {0};
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
                if (!absolute_at(s, begin, &p, &r) || !second_end(s, &p, between, &r)) return false;
                found = true;
            }
        }
    }
    if (!found && digit) found = decade_at(s, at, &r) || days_range(s, at, false, &r);
    if (!found) found = century_at(s, at, &r);
    if (!found && s->ref != SYN_NO_DAY && !digit && phrase_at(s, at, &r)) {
        found = true;
        narrow_phrase(s, &r);
    }
    if (!found && s->ref != SYN_NO_DAY && quantity_at(s, at, &q) && q.value > 0 && !q.ordinal)
        found = around_at(s, at, &q, &r);
    double part;
    size_t part_len = found || digit ? 0 : scan_role(s, SYN_LEX_PERIOD, PERIOD_PART, at, &part);
    if (part_len) { /* "at the end of May", "Ende 1989" */
        size_t next = joiners(s, at + part_len);
        if (scan_char(s, next) == '-') next++;
        if (!absolute_at(s, next, &p, &r) || !r.range) return false;
        third_of(&r, (int)part);
        found = true;
    }
    size_t body = at; /* "วันที่ 2 ธันวาคม": the words before the day are part of it where no space parts words */
    if (!found && !digit && unspaced_at(s, at) && !absolute_at(s, at, &p, &r)) body = joiners(s, at);
    if (!found && absolute_at(s, body, &p, &r) && (body == at || p.day)) {
        found = true;
        result week = {0};
        size_t after = joiners(s, r.end);
        if (r.from == SYN_NO_DAY) {
        } else if (p.weekday >= 0 && !p.month && phrase_at(s, after, &week) && week.to - week.from == 7) {
            r.from = week.from + p.weekday; /* "Tuesday of last week" */
            r.to = r.from + 1;
            r.end = week.end;
        } else if (!second_end(s, &p, false, &r) && r.range) {
            size_t from = joiners(s, r.end);
            part_len = scan_role(s, SYN_LEX_PERIOD, PERIOD_PART, from, &part);
            if (part_len && (unspaced_at(s, from) || from > r.end + 1)) { /* "9月上旬", "जुलाई के आखिर" */
                third_of(&r, (int)part);
                r.end = from + part_len;
            }
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
