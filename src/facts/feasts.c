/* feasts.c - stage 4: days told by their feast: of a fixed day of the year or of another calendar's, of an Easter, of a
   weekday in its month, of a new or full moon, of the Jewish New Year. */
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

/* Easter Sunday of the eastern churches, by Meeus' rule for the Julian calendar. */
static syn_day eastern_easter(int year)
{
    int d = (19 * (year % 19) + 15) % 30, e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7, sum = d + e + 114;
    syn_day day = syn_day_of(year, sum / 31, sum % 31 + 1);
    return day == SYN_NO_DAY ? day : day + year / 100 - year / 400 - 2; /* a Julian date */
}

/* The first day of that month and day of a calendar in a civil year; a year may hold two, the first counts.  guess: the
   calendar's year that begins in the civil one, or the one before. */
static syn_day calendar_in(syn_calendar calendar, int guess, int year, int month, int dom)
{
    syn_day first = syn_day_of(year, 1, 1);
    for (int y = guess - 1; y <= guess + 2; y++) {
        syn_day day = syn_day_in(calendar, y, month, dom);
        if (day != SYN_NO_DAY && day >= first) return day;
    }
    return SYN_NO_DAY;
}

/* Days from the Hebrew epoch to the mean New Year of a year, put off where its weekday forbids it (Calendrical
   Calculations; a day has 25920 parts). */
static int64_t hebrew_elapsed(int hebrew)
{
    int64_t months = (235 * (int64_t)hebrew - 234) / 19, parts = 12084 + 13753 * months;
    int64_t day = 29 * months + parts / 25920;
    return day + (3 * (day + 1) % 7 < 3);
}

/* The Jewish New Year of a civil year. */
static syn_day jewish_new_year(int year)
{
    enum { CIVIL = 3761, EPOCH = -2092590 };
    int64_t before = hebrew_elapsed(year + CIVIL - 1), day = hebrew_elapsed(year + CIVIL);
    int64_t after = hebrew_elapsed(year + CIVIL + 1);
    return (syn_day)(EPOCH + day + (after - day == 356 ? 2 : day - before == 382 ? 1 : 0));
}

/* The first new or full moon from a month and day on, and days after it: value as in data/README.md. */
static syn_day moon_in(int year, int value, bool full)
{
    enum { DAY_BEFORE = 99 };
    syn_day first = syn_day_of(year, value / 10000, value / 100 % 100);
    syn_day moon = first == SYN_NO_DAY ? first : date_moon_from(first, full);
    if (moon == SYN_NO_DAY) return moon;
    return value % 100 == DAY_BEFORE ? moon - 1 : moon + value % 100;
}

/* A feast as its row tells it: how it moves, and its figure. */
typedef struct feast {
    uint32_t role;
    double value;
} feast;

static size_t feast_at(const scan *s, size_t at, feast *f)
{
    size_t len = 0;
    const scan_place *p = scan_keys(s, at);
    for (uint32_t i = 0; i < p->n && i < SCAN_KEYS; i++) {
        if (p->key[i].hit.kind != SYN_LEX_PERIOD || !date_feast(p->key[i].hit.id)) continue;
        size_t found = scan_role(s, SYN_LEX_PERIOD, p->key[i].hit.id, at, NULL);
        if (found <= len) continue;
        len = found;
        f->role = p->key[i].hit.id;
        scan_role(s, SYN_LEX_PERIOD, f->role, at, &f->value);
    }
    return len;
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
    case PERIOD_FEAST_EASTERN: {
        syn_day sunday = eastern_easter(year);
        return sunday == SYN_NO_DAY ? sunday : sunday + value;
    }
    case PERIOD_FEAST_HIJRI:
        return calendar_in(SYN_HIJRI, (int)((year - 622) * 33.0 / 32.0), year, value / 100, value % 100);
    case PERIOD_FEAST_JALALI:
        return calendar_in(SYN_JALALI, year - 621, year, value / 100, value % 100);
    case PERIOD_FEAST_JEWISH:
        return jewish_new_year(year) + value;
    case PERIOD_FEAST_NEW_MOON:
    case PERIOD_FEAST_FULL_MOON:
        return moon_in(year, value, f->role == PERIOD_FEAST_FULL_MOON);
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

/* The civil year of a feast by a year in digits, of the language's own era or calendar where it has one; 0: none. */
static int civil_year(const scan *s, const feast *f, const quantity *q)
{
    enum { JALALI_BEHIND = 621, JALALI_WINTER = 1001 };
    pieces p = {.year = date_whole(q), .weekday = -1, .year_given = true};
    if (!q->plain || q->digits != 4) return 0;
    date_settle_calendar(s, &p);
    if (p.calendar == SYN_JALALI)
        p.year += JALALI_BEHIND + (f->role == PERIOD_FEAST_JALALI && f->value >= JALALI_WINTER);
    return p.year >= 1900 && p.year < 2100 ? p.year : 0;
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
    if (next > r->end && digits_at(s, next, &q) && (best = civil_year(s, &f, &q)) > 0) {
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
    /* the moon is seen a day sooner or later than reckoned */
    r->approx = f.role == PERIOD_FEAST_HIJRI || f.role == PERIOD_FEAST_NEW_MOON || f.role == PERIOD_FEAST_FULL_MOON;
    return least != INT64_MAX;
}

bool date_feast_of_year(const scan *s, size_t at, int year, date_span *r)
{
    feast f;
    size_t len = feast_at(s, at, &f);
    syn_day day = len ? feast_in(&f, year) : SYN_NO_DAY;
    if (day == SYN_NO_DAY) return false;
    *r = (date_span){.from = day, .to = day + 1, .end = at + len};
    return true;
}
