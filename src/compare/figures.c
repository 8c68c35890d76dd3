/* figures.c - stage 6: when two figures say the same, when they could, and how alike two different ones look. */
#include <math.h>
#include <stdlib.h>

#include "comparing.h"

static bool is_date(const syn_fact *f)
{
    return f->kind == SYN_FACT_DATE || f->kind == SYN_FACT_DATERANGE;
}
static bool whole(double v)
{
    return v == floor(v);
}

/* Digits of v rounded to n significant ones. */
static double rounded(double v, int n)
{
    double unit = pow(10, floor(log10(v)) - (n - 1));
    return floor(v / unit + 0.5) * unit;
}

static int mantissa_digits(uint64_t m)
{
    int n = 0;
    for (; m; m /= 10) n++;
    return n;
}

/* ---- days ---- */

static bool one_day(const syn_fact *f)
{
    return f->to == f->from + 1;
}

/* From one year to another, both named: "1950-53", no decade. */
static bool years_named(const syn_fact *f)
{
    double days = (double)f->to - f->from;
    int year, month, day;
    syn_day_civil(f->from, &year, &month, &day);
    return f->bound == SYN_BOUND_NONE && days > 400 && !(year % 10 == 0 && fabs(days - 3652.5) < 2) && days < 36000;
}

static double days_agree(const syn_figure *fx, const syn_figure *fy)
{
    const syn_fact *x = fx->fact, *y = fy->fact;
    if (x->from == y->from && x->to == y->to) return 1;
    if (x->from == SYN_NO_DAY || y->from == SYN_NO_DAY) return 0;
    /* "On Wednesday", said on two days, may be the same one. */
    if (!fx->written && !fy->written && one_day(x) && one_day(y) && (x->from - y->from) % 7 == 0) return 0.9;
    if (one_day(x) && one_day(y)) {
        if (!((x->flags | y->flags) & SYN_FACT_PARTIAL)) return 0;
        int year, xm, xd, ym, yd;
        syn_day_civil(x->from, &year, &xm, &xd);
        syn_day_civil(y->from, &year, &ym, &yd);
        return xm == ym && xd == yd ? 0.95 : 0;
    }
    if (years_named(x) && years_named(y)) return 0; /* of two such, one end was changed */
    bool inside = (x->from <= y->from && y->to <= x->to) || (y->from <= x->from && x->to <= y->to);
    return inside ? 0.6 : 0;
}

/* A bare number against a date: its day or year in digits that one side did not read as a date. */
static double day_agrees(const syn_fact *date, const syn_fact *number)
{
    if (number->kind != SYN_FACT_NUMBER && number->kind != SYN_FACT_ORDINAL) return 0;
    int year, month, day, last_year;
    syn_day_civil(date->from, &year, &month, &day);
    syn_day_civil(date->to - 1, &last_year, &month, &day);
    if (number->value == year || number->value == last_year) return 0.8;
    syn_day_civil(date->from, &year, &month, &day);
    if (number->value == day && one_day(date)) return 0.7;
    if (number->value == month && one_day(date)) return 0.4;
    return 0;
}

/* ---- amounts ---- */

/* "Over 40" is said of 41, not of 43; and a bound is rounder than what it bounds. */
static bool bounded(const syn_figure *bound, const syn_figure *other)
{
    double v = bound->fact->value, w = other->fact->value;
    if (mantissa_digits(bound->mantissa) >= mantissa_digits(other->mantissa)) return false;
    unsigned flags = bound->fact->flags | bound->flags, others = other->fact->flags | other->flags;
    if (flags & others & (SYN_FACT_AT_LEAST | SYN_FACT_AT_MOST | SYN_FACT_APPROX)) return false; /* both say so */
    double most = !bound->written && bound->mantissa < 10 && v >= 100 ? 1.5
                                                                      : 1.05; /* "over a hundred" is said of 120 */
    if ((flags & SYN_FACT_AT_LEAST) && w >= v && w <= v * most) return true;
    if ((flags & SYN_FACT_AT_MOST) && w <= v && w >= v * 0.95) return true;
    return (flags & SYN_FACT_APPROX) && fabs(w - v) <= v * 0.05;
}

/* Whether x is y said roundly: 1.2 million for 1,196,402. */
static bool rounds_to(const syn_figure *x, const syn_figure *y)
{
    double a = x->fact->value, b = y->fact->value;
    int n = mantissa_digits(x->mantissa);
    if (n < 2 || n >= mantissa_digits(y->mantissa) || b < 1000 || a <= 0) return false;
    return fabs(rounded(b, n) - a) <= a * 1e-9;
}

/* One amount in two currencies, or one count of two measures of the same thing: "80 miles", "80 km". */
static bool other_unit(const syn_figure *x, const syn_figure *y)
{
    const syn_fact *f = x->fact, *g = y->fact;
    if (fabs(f->value - g->value) > fabs(f->value) * 1e-9 || x->mantissa < 2) return false;
    if (f->kind == SYN_FACT_MONEY && g->kind == SYN_FACT_MONEY)
        return memcmp(f->currency, g->currency, 3) != 0 && !((f->flags | g->flags) & SYN_FACT_ASSUMED);
    if (!x->unit || x->unit != y->unit || x->factor <= 0 || y->factor <= 0) return false;
    if (!strcmp(f->unit, "s") || !strcmp(g->unit, "s")) return false; /* times of day have minutes, too */
    double ratio = x->factor / y->factor;
    return ratio > 1.25 || ratio < 0.8;
}

bool syn_figure_rescaled(const syn_figure *x, const syn_figure *y)
{
    if (is_date(x->fact) || is_date(y->fact) || x->fact->kind == SYN_FACT_ORDINAL || y->fact->kind == SYN_FACT_ORDINAL)
        return false;
    if (!x->written || !y->written) return false;
    if (other_unit(x, y)) return true;
    double a = fabs(x->fact->value), b = fabs(y->fact->value), ratio = a > b ? a / b : b / a;
    return x->mantissa == y->mantissa && x->mantissa && x->scaled && y->scaled && ratio > 9.9;
}

static double amounts_agree(const syn_figure *x, const syn_figure *y)
{
    const syn_fact *f = x->fact, *g = y->fact;
    double a = fabs(f->value), b = fabs(g->value), big = a > b ? a : b;
    if (syn_figure_rescaled(x, y)) return 0;
    if (f->flags & g->flags & SYN_FACT_RANGE)
        return fabs(a - b) <= big * 1e-9 && fabs(f->value2 - g->value2) <= fabs(f->value2) * 1e-9 ? 1 : 0;
    if (fabs(a - b) <= big * 1e-9) return 1;
    if (((f->flags & SYN_FACT_RANGE) && fabs(f->value2 - b) <= b * 1e-9) ||
        ((g->flags & SYN_FACT_RANGE) && fabs(g->value2 - a) <= a * 1e-9))
        return 0.8;
    if (bounded(x, y) || bounded(y, x)) return 0.8;
    if (rounds_to(x, y) || rounds_to(y, x)) return 0.8;
    double exact = whole(a) ? b : a, hour = whole(a) ? a : b; /* an hour, and the hour with its minutes: 7.55 */
    bool numbers = f->kind == SYN_FACT_NUMBER && g->kind == SYN_FACT_NUMBER;
    if (numbers && hour <= 24 && floor(exact) == hour && exact - hour < 0.595 &&
        fabs(exact * 100 - floor(exact * 100 + 0.5)) < 1e-6)
        return 0.6;
    if (x->mantissa == y->mantissa && x->mantissa >= 10) return 0.5; /* a scale word that one side lacks */
    return 0;
}

/* Hours run to 12 or 24; where they are counted from dawn (Swahili, Amharic, Thai) they stand 6 apart.  An hour written
   "19.30" was read as a decimal. */
static double hours_agree(const syn_figure *x, const syn_figure *y)
{
    double a = x->fact->value, b = y->fact->value;
    if (x->fact->kind > SYN_FACT_ORDINAL || y->fact->kind > SYN_FACT_ORDINAL) return 0;
    if (floor(a) == floor(b)) return a == b ? 1 : 0.7;
    if (a > 24 || b > 24 || !whole(a) || !whole(b)) return 0;
    double apart = fmod(fabs(a - b), 12);
    return apart == 0 ? 0.8 : apart == 6 && x->dawn != y->dawn ? 0.7 : 0;
}

/* The same measure in another unit, as an editor converts it: 30 yards are 27 metres. */
static bool converted(const syn_figure *x, const syn_figure *y)
{
    if (!x->unit || x->unit != y->unit || x->factor == y->factor) return false;
    double a = fabs(x->fact->value * x->factor), b = fabs(y->fact->value * y->factor);
    return fabs(a - b) <= 0.05 * (a > b ? a : b);
}

double syn_figure_agree(const syn_figure *x, const syn_figure *y)
{
    const syn_fact *f = x->fact, *g = y->fact;
    if (is_date(f) && is_date(g)) return days_agree(x, y);
    if (is_date(f)) return f->from == SYN_NO_DAY ? 0 : day_agrees(f, g);
    if (is_date(g)) return g->from == SYN_NO_DAY ? 0 : day_agrees(g, f);
    if (x->hour || y->hour) return hours_agree(x, y);
    if (converted(x, y)) return 0.9;
    double fit = syn_figure_fit(x, y);
    if (fit <= 0) return 0;
    double agree = amounts_agree(x, y);
    return f->kind == g->kind ? agree : agree * 0.9;
}

/* ---- fit ---- */

/* A day or a year that one side did not read as a date is a bare number there. */
static double dates_fit(const syn_fact *date, const syn_fact *other)
{
    if (is_date(other)) {
        double a = (double)date->to - date->from, b = (double)other->to - other->from;
        if (a <= 0 || b <= 0) return 0;
        if (a > 300 && b > 300) return 0.9; /* years and decades */
        return a > 2 * b || b > 2 * a ? 0.4 : 1;
    }
    if ((other->kind != SYN_FACT_NUMBER && other->kind != SYN_FACT_ORDINAL) || !whole(other->value)) return 0;
    if (other->value >= 1000 && other->value <= 9999) return one_day(date) ? 0.7 : 0.95;
    return one_day(date) && other->value >= 1 && other->value <= 99 ? 0.8 : 0.1;
}

double syn_figure_fit(const syn_figure *x, const syn_figure *y)
{
    static const float table[SYN_FACT_MONEY + 1][SYN_FACT_MONEY + 1] = {
        /* number percent ordinal money */
        {1.0F, 0.9F, 0.8F, 0.95F},
        {0.9F, 1.0F, 0.3F, 0.2F},
        {0.8F, 0.3F, 1.0F, 0.1F},
        {0.95F, 0.2F, 0.1F, 1.0F},
    };
    const syn_fact *f = x->fact, *g = y->fact;
    if (is_date(f)) return dates_fit(f, g);
    if (is_date(g)) return dates_fit(g, f);
    if (x->unit && y->unit && x->unit != y->unit) return 0.3;
    if (f->kind == SYN_FACT_MONEY && g->kind == SYN_FACT_MONEY && memcmp(f->currency, g->currency, 3) != 0) {
        /* A dollar, pound or franc of an unsaid country: their codes end alike. */
        bool guessed = (f->flags | g->flags) & SYN_FACT_ASSUMED;
        return guessed && f->currency[2] == g->currency[2] ? 0.8 : 0;
    }
    return (double)table[f->kind][g->kind];
}

/* ---- near ---- */

/* Digits of two whole numbers of one length: how many places differ, and whether it is one swap. */
static int places_apart(uint64_t a, uint64_t b, bool *swapped)
{
    int apart = 0, at[2] = {0, 0}, place = 0;
    unsigned da[2] = {0, 0}, db[2] = {0, 0};
    for (; a || b; a /= 10, b /= 10, place++) {
        if (a % 10 == b % 10) continue;
        if (apart < 2) at[apart] = place, da[apart] = (unsigned)(a % 10), db[apart] = (unsigned)(b % 10);
        apart++;
    }
    *swapped = apart == 2 && at[1] == at[0] + 1 && da[0] == db[1] && da[1] == db[0];
    return apart;
}

static double digits_near(uint64_t a, uint64_t b)
{
    int n = mantissa_digits(a);
    if (n != mantissa_digits(b) || n < 2) return 0;
    bool swapped;
    int apart = places_apart(a, b, &swapped);
    if (apart == 1 || swapped) return 1;
    return apart * 2 <= n ? 0.6 : 0;
}

static double days_near(const syn_fact *x, const syn_fact *y)
{
    int ya, ma, da, yb, mb, db;
    syn_day_civil(x->from, &ya, &ma, &da);
    syn_day_civil(y->from, &yb, &mb, &db);
    int same = (ya == yb) + (ma == mb) + (da == db);
    int64_t apart = llabs((int64_t)x->from - y->from);
    if (same == 2 || apart <= 7) return 1;
    if (!one_day(x) && !one_day(y)) {
        double years = ya > 0 && yb > 0 ? digits_near((uint64_t)ya, (uint64_t)yb) : 0;
        if (years > 0) return years;
    }
    return apart <= 31 ? 0.6 : apart <= 366 ? 0.3 : 0;
}

/* Digits that two different figures could hardly have in common by chance: 58,420 and 54,820. */
double syn_figure_slip(const syn_figure *x, const syn_figure *y)
{
    const syn_fact *f = x->fact, *g = y->fact;
    if (is_date(f) || is_date(g) || f->kind != g->kind || f->kind == SYN_FACT_ORDINAL) return 0;
    int n = mantissa_digits(x->mantissa);
    bool swapped, year = f->kind == SYN_FACT_NUMBER && f->value >= 1000 && f->value < 2200 && whole(f->value);
    if (n < 3 || year || n != mantissa_digits(y->mantissa)) return 0;
    double ratio = f->value / g->value;
    if (ratio < 0.5 || ratio > 2) return 0;
    int apart = places_apart(x->mantissa, y->mantissa, &swapped);
    if (swapped) return 1;
    return apart != 1 || n == 3 ? 0 : 0.6;
}

static double digits_alike(double a, double b)
{
    for (double scale = 1; scale <= 1000 && (!whole(a) || !whole(b)); scale *= 10) a *= 10, b *= 10;
    a = floor(a + 0.5), b = floor(b + 0.5);
    return a < 1e18 && b < 1e18 ? digits_near((uint64_t)a, (uint64_t)b) : 0;
}

static double amounts_near(const syn_figure *x, const syn_figure *y)
{
    double as_written = digits_alike(fabs(x->fact->value), fabs(y->fact->value));
    double a = fabs(x->fact->value), b = fabs(y->fact->value);
    if (x->unit && x->unit == y->unit) a *= x->factor, b *= y->factor;
    if (a <= 0 || b <= 0) return 0;
    double ratio = a > b ? a / b : b / a;
    double size = ratio <= 2 ? 0.4 : ratio <= 10 ? 0.2 : 0;
    if (whole(a) != whole(b))
        size /= 2; /* counts and measures */
    else if (a < 10 && b < 10)
        size = 0.4;
    if (syn_figure_rescaled(x, y)) return 1;
    double digits = ratio > 500 ? 0.7 * digits_near(x->mantissa, y->mantissa) : digits_alike(a, b);
    if (ratio <= 500 && as_written > digits) digits = as_written; /* the unit was changed, the figure was not */
    return digits > size ? digits : size;
}

double syn_figure_near(const syn_figure *x, const syn_figure *y)
{
    const syn_fact *f = x->fact, *g = y->fact;
    if (is_date(f) && is_date(g)) return f->from == SYN_NO_DAY || g->from == SYN_NO_DAY ? 0 : days_near(f, g);
    if (!is_date(f) && !is_date(g)) return amounts_near(x, y);
    const syn_fact *date = is_date(f) ? f : g, *number = is_date(f) ? g : f;
    if (date->from == SYN_NO_DAY || number->value < 1 || number->value > 9999) return 0;
    int year, month, day;
    syn_day_civil(date->from, &year, &month, &day);
    if (year < 1) return 0;
    double by_year = digits_near((uint64_t)year, (uint64_t)number->value);
    double by_day = number->value < 100 ? digits_near((uint64_t)day, (uint64_t)number->value) : 0;
    return by_year > by_day ? by_year : by_day;
}

double syn_figure_rare(const syn_figure *x)
{
    if (is_date(x->fact)) return one_day(x->fact) ? 0.8 : 0.5;
    int n = mantissa_digits(x->mantissa);
    double v = fabs(x->fact->value), rare = n <= 1 ? 0.1 : n == 2 ? 0.5 : n == 3 ? 0.8 : 1;
    if (n == 1 && v >= 100) rare = 0.3;
    if (x->fact->kind == SYN_FACT_MONEY || x->fact->kind == SYN_FACT_PERCENT) rare += 0.3;
    if (n == 2 && v < 32 && whole(v)) rare = 0.35;
    return rare > 1 ? 1 : rare;
}
