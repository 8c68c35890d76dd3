/* days.c - stage 0: days of the calendars that news is dated in, and moments with their zone.
   A day is counted from 1970-01-01 in the proleptic Gregorian calendar, years -9999 to 9999.  Algorithms: E. M.
   Reingold and N. Dershowitz, Calendrical Calculations (arithmetic Hijri, Ethiopic); Jalali by the 33-year rule with
   the break table of K. M. Borkowski, The Persian calendar for 3000 years (1996), exact for 1178 to 1633 by the rule
   alone. */
#include "base.h"

#include <stdio.h>

static bool leap(int y)
{
    return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

int syn_days_in_month(int year, int month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) return 0;
    return days[month - 1] + (month == 2 && leap(year));
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

syn_day syn_day_of(int year, int month, int day)
{
    if (year < -9999 || year > 9999 || day < 1 || day > syn_days_in_month(year, month)) return SYN_NO_DAY;
    int64_t y = year - (month <= 2), era = floor_div(y, 400), of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return (syn_day)(era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468);
}

void syn_day_civil(syn_day d, int *year, int *month, int *day)
{
    int64_t z = (int64_t)d + 719468, era = floor_div(z, 146097), of_era = z - era * 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = (int)(y + era * 400 + (*month <= 2));
}

int syn_day_weekday(syn_day d)
{
    return (int)(((int64_t)d % 7 + 7 + 3) % 7);
}

/* In the 33-year cycle the years 1, 5, 9, 13, 17, 22, 26, 30 are leap. */
static bool jalali_leap(int y)
{
    int r = (y % 33 + 33) % 33;
    return r == 1 || r == 5 || r == 9 || r == 13 || r == 17 || r == 22 || r == 26 || r == 30;
}

static syn_day jalali(int y, int m, int d)
{
    if (y < 1178 || y > 1633 || m < 1 || m > 12 || d < 1) return SYN_NO_DAY;
    if (d > (m <= 6 ? 31 : m <= 11 ? 30 : 29 + jalali_leap(y))) return SYN_NO_DAY;
    int days = 0;
    for (int k = 1404; k < y; k++) days += 365 + jalali_leap(k);
    for (int k = y; k < 1404; k++) days -= 365 + jalali_leap(k);
    return syn_day_of(2025, 3, 21) + days + (m <= 6 ? (m - 1) * 31 : 186 + (m - 7) * 30) + d - 1;
}

static syn_day hijri(int y, int m, int d)
{
    if (y < 1 || y > 2000 || m < 1 || m > 12 || d < 1) return SYN_NO_DAY;
    bool long_year = (11 * y + 14) % 30 < 11;
    if (d > (m % 2 ? 30 : m == 12 && long_year ? 30 : 29)) return SYN_NO_DAY;
    int64_t n = d + (29 * (m - 1) + m / 2) + (int64_t)(y - 1) * 354 + (3 + 11 * (int64_t)y) / 30;
    return (syn_day)(n - 1 + -492148); /* 1 Muharram 1 is 16 July 622 Julian */
}

static syn_day ethiopic(int y, int m, int d)
{
    if (y < 1 || y > 9000 || m < 1 || m > 13 || d < 1 || d > (m <= 12 ? 30 : 5 + (y % 4 == 3))) return SYN_NO_DAY;
    return (syn_day)(-716367 + (int64_t)365 * (y - 1) + y / 4 + 30 * (m - 1) + d - 1); /* 29 August 8 Julian */
}

syn_day syn_day_in(syn_calendar c, int year, int month, int day)
{
    switch (c) {
    case SYN_GREGORIAN:
        return syn_day_of(year, month, day);
    case SYN_JALALI:
        return jalali(year, month, day);
    case SYN_HIJRI:
        return hijri(year, month, day);
    case SYN_BUDDHIST:
        return year > 543 ? syn_day_of(year - 543, month, day) : SYN_NO_DAY;
    case SYN_ETHIOPIC:
        return ethiopic(year, month, day);
    case SYN_ROC:
        return year > 0 && year < 8000 ? syn_day_of(year + 1911, month, day) : SYN_NO_DAY;
    }
    return SYN_NO_DAY;
}

/* ---- moments ---- */

syn_day syn_time_day(syn_time t)
{
    if (!syn_time_known(t)) return SYN_NO_DAY;
    int64_t local = t.seconds + (t.zone == SYN_NO_ZONE ? 0 : t.zone * 60);
    return (syn_day)floor_div(local, 86400);
}

static bool digits(syn_str s, size_t at, size_t n, int *v)
{
    *v = 0;
    if (at + n > s.n) return false;
    for (size_t i = 0; i < n; i++) {
        unsigned d = (unsigned char)s.p[at + i] - (unsigned)'0';
        if (d > 9) return false;
        *v = *v * 10 + (int)d;
    }
    return true;
}

static bool zone_of(syn_str s, int16_t *zone)
{
    static const struct {
        const char *name;
        int16_t minutes;
    } names[] = {{"Z", 0},      {"GMT", 0},    {"UTC", 0},    {"UT", 0},     {"EST", -300}, {"EDT", -240},
                 {"CST", -360}, {"CDT", -300}, {"MST", -420}, {"MDT", -360}, {"PST", -480}, {"PDT", -420},
                 {"CET", 60},   {"CEST", 120}, {"EET", 120},  {"EEST", 180}, {"MSK", 180},  {"IST", 330},
                 {"JST", 540},  {"KST", 540},  {"BST", 60}};
    int h = 0, m = 0;
    s = syn_trim(s);
    if (!s.n) {
        *zone = SYN_NO_ZONE;
        return true;
    }
    for (size_t i = 0; i < SYN_COUNT(names); i++)
        if (syn_str_ieq(s, syn_str_of(names[i].name))) {
            *zone = names[i].minutes;
            return true;
        }
    if ((s.p[0] != '+' && s.p[0] != '-') || !digits(s, 1, 2, &h) || h > 18) return false;
    size_t at = s.n > 3 && s.p[3] == ':' ? 4 : 3;
    if (at < s.n && (!digits(s, at, 2, &m) || m > 59 || at + 2 != s.n)) return false;
    *zone = (int16_t)((s.p[0] == '-' ? -1 : 1) * (h * 60 + m));
    return true;
}

/* hh:mm[:ss[.fff]] and a zone, from at on. */
static bool clock_of(syn_str s, size_t at, syn_day day, syn_time *out)
{
    int h, m, sec = 0;
    size_t hn = at + 1 < s.n && s.p[at + 1] == ':' ? 1 : 2;
    if (!digits(s, at, hn, &h)) return false;
    at += hn;
    if (at < s.n && s.p[at] == ':') at++;
    if (!digits(s, at, 2, &m)) return false;
    at += 2;
    if (at < s.n && s.p[at] == ':') at++;
    if (digits(s, at, 2, &sec)) at += 2;
    if (at < s.n && (s.p[at] == '.' || s.p[at] == ','))
        for (at++; at < s.n && s.p[at] >= '0' && s.p[at] <= '9';) at++;
    int16_t zone;
    if (h > 24 || m > 59 || sec > 60 || !zone_of(syn_slice(s, at, s.n), &zone)) return false;
    *out = (syn_time){(int64_t)day * 86400 + h * 3600 + m * 60 + sec - (zone == SYN_NO_ZONE ? 0 : zone * 60), zone,
                      false};
    return true;
}

static bool rfc5322(syn_str s, syn_time *out)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    size_t comma = syn_find_byte(s, ',', 0);
    if (comma != SIZE_MAX && comma <= 9) s = syn_trim(syn_slice(s, comma + 1, s.n));
    int d, y, month = 0;
    size_t at = s.n > 1 && s.p[1] >= '0' && s.p[1] <= '9' ? 2 : 1;
    if (!digits(s, 0, at, &d) || at >= s.n || (s.p[at] != ' ' && s.p[at] != '-') || at + 4 > s.n) return false;
    for (int m = 0; m < 12 && !month; m++)
        if (syn_str_ieq(syn_slice(s, at + 1, at + 4), (syn_str){months + m * 3, 3})) month = m + 1;
    if (!month) return false;
    at += 4;
    while (at < s.n && s.p[at] != ' ' && s.p[at] != '-') at++;
    if (++at >= s.n) return false;
    if (digits(s, at, 4, &y))
        at += 4;
    else if (digits(s, at, 2, &y)) {
        at += 2;
        y += y < 70 ? 2000 : 1900;
    } else
        return false;
    syn_day day = syn_day_of(y, month, d);
    if (day == SYN_NO_DAY) return false;
    while (at < s.n && s.p[at] == ' ') at++;
    if (at == s.n) {
        *out = (syn_time){(int64_t)day * 86400, SYN_NO_ZONE, true};
        return true;
    }
    return clock_of(s, at, day, out);
}

bool syn_time_parse(syn_str s, syn_time *out)
{
    int y, m, d;
    s = syn_trim(s);
    if (!digits(s, 0, 4, &y)) return rfc5322(s, out);
    size_t at = 4;
    char sep = at < s.n ? s.p[at] : 0;
    if (sep == '-' || sep == '/' || sep == '.')
        at++;
    else
        sep = 0;
    if (!digits(s, at, 2, &m)) return false;
    at += 2;
    if (sep) {
        if (at >= s.n || s.p[at] != sep) return false;
        at++;
    }
    if (!digits(s, at, 2, &d)) return false;
    at += 2;
    syn_day day = syn_day_of(y, m, d);
    if (day == SYN_NO_DAY || y < 1) return false;
    *out = (syn_time){(int64_t)day * 86400, SYN_NO_ZONE, true};
    if (at == s.n) return true;
    if (s.p[at] == 'Z') return at + 1 == s.n;
    if (s.p[at] != 'T' && s.p[at] != 't' && s.p[at] != ' ') return false;
    while (at < s.n && (s.p[at] == 'T' || s.p[at] == 't' || s.p[at] == ' ')) at++;
    return clock_of(s, at, day, out);
}

void syn_time_format(syn_time t, char out[40])
{
    int y, m, d;
    out[0] = 0;
    if (!syn_time_known(t) || t.seconds < -377705116800 || t.seconds > 253402300799) return;
    int zone = t.zone == SYN_NO_ZONE ? 0 : t.zone;
    int64_t local = t.seconds + (int64_t)zone * 60;
    int64_t of_day = local - floor_div(local, 86400) * 86400;
    syn_day_civil((syn_day)floor_div(local, 86400), &y, &m, &d);
    int n = snprintf(out, 40, "%04d-%02d-%02d", y, m, d);
    if (t.date_only) return;
    n += snprintf(out + n, 40 - (size_t)n, "T%02d:%02d:%02d", (int)(of_day / 3600), (int)(of_day / 60 % 60),
                  (int)(of_day % 60));
    if (t.zone == 0)
        snprintf(out + n, 40 - (size_t)n, "Z");
    else if (t.zone != SYN_NO_ZONE)
        snprintf(out + n, 40 - (size_t)n, "%c%02d:%02d", zone < 0 ? '-' : '+', (zone < 0 ? -zone : zone) / 60,
                 (zone < 0 ? -zone : zone) % 60);
}
