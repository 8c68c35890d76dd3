/* numeric.c - stage 4: dates in digits with one mark between them.  What day and month are in "3/4/2026" is the
   language's order, never a guess by size alone. */
#include "dates.h"

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

/* Day and month or more in digits with strokes: the other end of "10/1-11/2/2017". */
static bool slashed(const scan *s, size_t at)
{
    size_t pos = at;
    while (scan_digit(s, pos)) pos++;
    return pos > at && pos - at <= 2 && scan_char(s, pos) == '/' && scan_digit(s, pos + 1);
}

/* Three numbers parted by stops and spaces, a year at the end where the language writes it: "5. 3. 2025", "2025. 3. 5."
 */
static bool spaced_out(const scan *s, size_t at)
{
    size_t width[3], pos = at;
    for (int i = 0; i < 3; i++) {
        size_t from = pos;
        while (scan_digit(s, pos)) pos++;
        width[i] = pos - from;
        if (i < 2 && (scan_char(s, pos) != '.' || scan_char(s, pos + 1) != ' ')) return false;
        if (i < 2) pos += 2;
    }
    size_t year = s->info->date_order[0] == 'y' ? 0 : 2;
    return s->info->date_order[0] != 'm' && width[year] == 4 && width[1] - 1 < 2 && width[2 - year] - 1 < 2;
}

bool date_numeric_at(const scan *s, size_t at, pieces *p, size_t *end)
{
    int part[3], width[3], n = 0;
    uint32_t mark = 0;
    size_t pos = at;
    bool spaced = spaced_out(s, at);
    while (n < 3) {
        size_t from = pos;
        int value = 0;
        while (scan_digit(s, pos) && pos - from < 5) value = value * 10 + (s->t.p[pos++] - '0');
        if (pos == from || pos - from > 4) return false;
        width[n] = (int)(pos - from);
        part[n++] = value;
        uint32_t cp = scan_char(s, pos);
        if (n == 3 || (cp != '.' && cp != '/' && cp != '-') || (mark && cp != mark)) break;
        size_t next = pos + 1 + spaced;
        if (!scan_digit(s, next)) break;
        mark = cp;
        pos = next;
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
    } else if (n == 2 && mark == '-' && width[0] == 4 &&
               (width[1] == 1 || (width[1] == 2 && (part[1] < 10 || part[1] <= part[0] % 100))) && part[0] >= 1900 &&
               part[0] < 2100) { /* 2015-3, 2015-03, 2015-12; 2010-12 may be a span of years */
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

bool date_marked_at(const scan *s, size_t at, pieces *p, size_t *end)
{
    pieces found = {.weekday = -1};
    uint32_t mark = 0;
    size_t pos = at;
    for (int i = 0; i < 3; i++) {
        size_t from = pos, n;
        int value = 0;
        while (scan_digit(s, pos) && pos - from < 5) value = value * 10 + (s->t.p[pos++] - '0');
        if (pos - from == 4 && !found.year_given && value >= 1000 && value < 2700) {
            found.year = value;
            found.year_given = true;
        } else if (pos > from && pos - from <= 2 && !found.day && value >= 1 && value <= 31) {
            found.day = value;
        } else if (pos == from && !found.month) {
            syn_lex_hit hits[8];
            size_t len = scan_key(s, SYN_LEX_MONTH, pos, hits, 8, &n);
            const syn_lex_hit *month = len ? scan_pick(hits, n < 8 ? n : 8, SYN_LEX_MONTH, SYN_GREGORIAN) : NULL;
            if (!month) return false;
            found.month = (int)month->value;
            pos += len;
        } else {
            return false;
        }
        uint32_t cp = scan_char(s, pos);
        if (i == 2) break;
        if ((cp != '-' && cp != '/') || (mark && cp != mark)) return false;
        mark = cp;
        pos++;
    }
    uint32_t next = scan_char(s, pos);
    if (!found.day || !found.month || !found.year_given || !scan_word_ends(s, pos) || next == mark) return false;
    date_settle_calendar(s, &found);
    *p = found;
    *end = pos;
    return true;
}
