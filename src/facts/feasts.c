/* feasts.c - stage 4: days told by their feast: of a fixed day of the year, of the western Easter, of a weekday in its
   month, of the Hijri calendar. */
#include "dates.h"

/* Easter Sunday of the western churches, by Butcher's rule. */
static syn_day easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451, sum = h + l - 7 * m + 114;
    return syn_day_of(year, sum / 31, sum % 31 + 1);
}

/* The nth weekday of a month; the fifth is its last: "the fourth Thursday of November". */
static syn_day nth_weekday(int year, int month, int nth, int weekday)
{
    syn_day first = syn_day_of(year, month, 1);
    if (first == SYN_NO_DAY) return SYN_NO_DAY;
    syn_day day = first + (weekday - syn_day_weekday(first) + 7) % 7 + 7 * (nth - 1);
    return nth == 5 && day >= first + syn_days_in_month(year, month) ? day - 7 : day;
}

/* The first day of that month and day of the Hijri calendar in a civil year; a year may hold two, the first counts. */
static syn_day hijri_in(int year, int month, int dom)
{
    int guess = (int)((year - 622) * 33.0 / 32.0);
    syn_day first = syn_day_of(year, 1, 1);
    for (int y = guess - 1; y <= guess + 2; y++) {
        syn_day day = syn_day_in(SYN_HIJRI, y, month, dom);
        if (day != SYN_NO_DAY && day >= first) return day;
    }
    return SYN_NO_DAY;
}

/* A feast as its row tells it: how it moves, and its figure. */
typedef struct feast {
    uint32_t role;
    double value;
} feast;

static size_t feast_at(const scan *s, size_t at, feast *f)
{
    static const uint32_t roles[] = {PERIOD_FEAST, PERIOD_EASTER, PERIOD_FEAST_NTH, PERIOD_FEAST_HIJRI};
    for (size_t i = 0; i < SYN_COUNT(roles); i++) {
        size_t len = scan_role(s, SYN_LEX_PERIOD, roles[i], at, &f->value);
        f->role = roles[i];
        if (len) return len;
    }
    return 0;
}

static syn_day feast_in(const feast *f, int year)
{
    int value = (int)f->value;
    switch (f->role) {
    case PERIOD_EASTER: {
        syn_day sunday = easter(year);
        return sunday == SYN_NO_DAY ? sunday : sunday + value;
    }
    case PERIOD_FEAST_NTH: {
        syn_day day = nth_weekday(year, value / 1000, value / 100 % 10, value / 10 % 10);
        return day == SYN_NO_DAY ? day : day + value % 10;
    }
    case PERIOD_FEAST_HIJRI:
        return hijri_in(year, value / 100, value % 100);
    default:
        return syn_day_of(year, value / 100, value % 100);
    }
}

syn_day date_holiday_in(const scan *s, size_t at, int shift)
{
    feast f;
    int year, month, dom;
    if (!feast_at(s, at, &f) || s->ref == SYN_NO_DAY) return SYN_NO_DAY;
    syn_day_civil(s->ref, &year, &month, &dom);
    if (shift < 0 && feast_in(&f, year) < s->ref) shift++;
    if (shift > 0 && feast_in(&f, year) > s->ref) shift--;
    return feast_in(&f, year + shift);
}

bool date_holiday_at(const scan *s, size_t at, date_span *r)
{
    feast f;
    size_t len = feast_at(s, at, &f);
    if (!len) return false;
    int year = 0, month, dom, best = 0;
    quantity q;
    size_t next = date_joiners(s, at + len);
    r->end = at + len;
    r->partial = true;
    date_span named = {0};
    if (next > r->end && digits_at(s, next, &q) && q.plain && q.digits == 4 && q.value >= 1900 && q.value < 2100) {
        best = date_whole(&q);
        r->end = q.end;
        r->partial = false;
    } else if (next > r->end && s->ref != SYN_NO_DAY && !scan_digit(s, next) && date_phrase_at(s, next, &named) &&
               named.to - named.from > 360 && named.to - named.from < 370) {
        syn_day_civil(named.from, &best, &month, &dom);
        r->end = named.end;
        r->partial = false;
    } else if (s->ref == SYN_NO_DAY) {
        return false;
    }
    if (!best) syn_day_civil(s->ref, &year, &month, &dom);
    int64_t least = INT64_MAX;
    for (int y = best ? best : year - 1; y <= (best ? best : year + 1); y++) {
        syn_day day = feast_in(&f, y);
        int64_t away = best ? 0 : day > s->ref ? (int64_t)day - s->ref : (int64_t)s->ref - day;
        if (day == SYN_NO_DAY || away >= least) continue;
        least = away;
        r->from = day;
    }
    r->to = r->from + 1;
    r->approx = f.role == PERIOD_FEAST_HIJRI; /* the moon is seen a day sooner or later than reckoned */
    return least != INT64_MAX;
}
