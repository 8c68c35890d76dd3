/* spans.c - stage 4: the days that the parts of a date come to. */
#include <stdlib.h>

#include "dates.h"

static bool month_span(syn_calendar c, int year, int month, syn_day *from, syn_day *to)
{
    int next_year = month == (c == SYN_ETHIOPIC ? 13 : 12) ? year + 1 : year;
    int next = next_year > year ? 1 : month + 1;
    *from = syn_day_in(c, year, month, 1);
    *to = syn_day_in(c, next_year, next, 1);
    return *from != SYN_NO_DAY && *to != SYN_NO_DAY;
}

/* The year of the calendar in which ref lies. */
static int year_of(syn_calendar c, syn_day ref)
{
    int year, month, day;
    syn_day_civil(ref, &year, &month, &day);
    static const int shift[] = {0, -621, -579, 543, -7, -1911};
    int guess = c == SYN_HIJRI ? (int)((year - 622) * 33.0 / 32.0) + 2 : year + shift[c] + 1;
    while (guess > 1) {
        syn_day first = syn_day_in(c, guess, 1, 1);
        if (first != SYN_NO_DAY && first <= ref) return guess;
        guess--;
    }
    return guess;
}

/* The year, of those around ref's, that puts the month and day nearest to ref. */
static int nearest_year(const pieces *p, syn_day ref)
{
    int near = year_of(p->calendar, ref), best = near;
    int64_t least = INT64_MAX;
    for (int year = near - 1; year <= near + 1; year++) {
        syn_day from = syn_day_in(p->calendar, year, p->month, p->day ? p->day : 15);
        if (from == SYN_NO_DAY) continue;
        int64_t away = from > ref ? (int64_t)from - ref : (int64_t)ref - from;
        if (away < least) {
            least = away;
            best = year;
        }
    }
    return best;
}

syn_day nearest_dom(int dom, syn_day ref)
{
    int year, month, day;
    syn_day best = SYN_NO_DAY;
    syn_day_civil(ref, &year, &month, &day);
    for (int shift = -1; shift <= 1; shift++) {
        int total = year * 12 + month - 1 + shift;
        syn_day found = syn_day_of(total / 12, total % 12 + 1, dom);
        if (found == SYN_NO_DAY) continue;
        if (best == SYN_NO_DAY || llabs((int64_t)found - ref) < llabs((int64_t)best - ref)) best = found;
    }
    return best;
}

bool pieces_span(const pieces *p, syn_day ref, syn_day *from, syn_day *to, bool *partial)
{
    int year = p->year;
    *partial = !p->year_given || p->inferred || !p->day;
    if (p->month && !p->year_given) {
        if (ref == SYN_NO_DAY) return false;
        year = nearest_year(p, ref);
    }
    if (p->month && p->day) {
        *from = syn_day_in(p->calendar, year, p->month, p->day);
        *to = *from + 1;
        return *from != SYN_NO_DAY;
    }
    if (p->month) return month_span(p->calendar, year, p->month, from, to);
    if (p->year_given && !p->day) {
        *from = syn_day_in(p->calendar, year, 1, 1);
        *to = syn_day_in(p->calendar, year + 1, 1, 1);
        return *from != SYN_NO_DAY && *to != SYN_NO_DAY;
    }
    if (ref == SYN_NO_DAY) return false;
    if (p->day && !p->year_given) {
        *from = nearest_dom(p->day, ref);
        *to = *from + 1;
        return *from != SYN_NO_DAY;
    }
    return false;
}

bool unit_span(int unit, int n, syn_day ref, syn_day *from, syn_day *to)
{
    int year, month, day;
    if (ref == SYN_NO_DAY) return false;
    syn_day_civil(ref, &year, &month, &day);
    int months = unit == SPAN_MONTH ? 1 : unit == SPAN_QUARTER ? 3 : unit == SPAN_HALF_YEAR ? 6 : 0;
    if (months) {
        int first = (year * 12 + month - 1) / months * months + n * months, last = first + months;
        *from = syn_day_of(first / 12, first % 12 + 1, 1);
        *to = syn_day_of(last / 12, last % 12 + 1, 1);
        return true;
    }
    switch (unit) {
    case SPAN_DAY:
        *from = ref + n;
        *to = *from + 1;
        return true;
    case SPAN_WEEK:
        *from = ref - syn_day_weekday(ref) + 7 * n;
        *to = *from + 7;
        return true;
    case SPAN_WEEKEND:
        *from = ref - syn_day_weekday(ref) + 5 + 7 * n;
        *to = *from + 2;
        return true;
    case SPAN_YEAR:
    case SPAN_DECADE:
    case SPAN_CENTURY: {
        int years = unit == SPAN_YEAR ? 1 : unit == SPAN_DECADE ? 10 : 100;
        int first = (year / years + n) * years;
        *from = syn_day_of(first, 1, 1);
        *to = syn_day_of(first + years, 1, 1);
        return *from != SYN_NO_DAY && *to != SYN_NO_DAY;
    }
    default:
        return false;
    }
}

/* The day after the nth working day from a day on, or the nth before it; feasts are not known. */
static syn_day workdays_from(int n, syn_day day)
{
    enum { MOST = 2000, SATURDAY = 5 };
    if (n > MOST || n < -MOST) return SYN_NO_DAY;
    for (; n > 0; day++) n -= syn_day_weekday(day) < SATURDAY;
    for (; n < 0; day--) n += syn_day_weekday(day - 1) < SATURDAY;
    return day;
}

syn_day unit_shift(int unit, double n, syn_day ref)
{
    int year, month, day;
    if (ref == SYN_NO_DAY || n > 1e5 || n < -1e5) return SYN_NO_DAY;
    if (unit == SPAN_DAY || unit == SPAN_WEEK) return ref + (syn_day)(n * (unit == SPAN_WEEK ? 7 : 1));
    if (unit == SPAN_WORKDAY) return workdays_from((int)n, ref);
    syn_day_civil(ref, &year, &month, &day);
    static const int months[] = {
        [SPAN_MONTH] = 1, [SPAN_YEAR] = 12, [SPAN_QUARTER] = 3, [SPAN_DECADE] = 120, [SPAN_HALF_YEAR] = 6};
    if (unit < SPAN_MONTH || (size_t)unit >= SYN_COUNT(months) || !months[unit]) return SYN_NO_DAY;
    int total = year * 12 + month - 1 + (int)(n * months[unit]);
    if (total < 12) return SYN_NO_DAY;
    int last = syn_days_in_month(total / 12, total % 12 + 1);
    return syn_day_of(total / 12, total % 12 + 1, day < last ? day : last);
}

syn_day weekday_near(int weekday, int side, syn_day ref)
{
    if (ref == SYN_NO_DAY) return SYN_NO_DAY;
    int ahead = (weekday - syn_day_weekday(ref) + 7) % 7;
    switch (side) {
    case -1:
        return ref + (ahead ? ahead - 7 : -7);
    case 0:
        return ref - syn_day_weekday(ref) + weekday;
    case 1:
        return ref - syn_day_weekday(ref) + 7 + weekday; /* of the next week */
    case 2:
        return ref + (ahead ? ahead : 7);
    default:
        return ref + (ahead ? ahead - 7 : 0);
    }
}
