/* clock.c - stage 2: the time of day printed beside a date, and its zone. */
#include "when.h"

enum { REACH = 6, PERIOD_HALF_DAY = 18, PERIOD_HOUR_SIGN = 19 };

/* Names of zones that mean one offset all over the world's press, in minutes; others, such as IST, tell nothing. */
static const struct {
    const char *name; /* folded */
    int16_t minutes;
} ZONES[] = {
    {"z", 0},      {"gmt", 0},    {"utc", 0},    {"wet", 0},    {"west", 60},  {"cet", 60},   {"cest", 120},
    {"wat", 60},   {"cat", 120},  {"sast", 120}, {"eet", 120},  {"eest", 180}, {"eat", 180},  {"msk", 180},
    {"pkt", 300},  {"npt", 345},  {"wib", 420},  {"ict", 420},  {"wita", 480}, {"hkt", 480},  {"sgt", 480},
    {"myt", 480},  {"wit", 540},  {"jst", 540},  {"kst", 540},  {"aest", 600}, {"aedt", 660}, {"nzst", 720},
    {"nzdt", 780}, {"est", -300}, {"edt", -240}, {"cdt", -300}, {"mdt", -360}, {"pst", -480}, {"pdt", -420},
};

static bool in_hour(const syn_when_token *t)
{
    return t->number && t->value < 60 && t->digits == 2;
}

/* Hour and minute at i; returns the token after them, or 0. */
static size_t clock_at(const syn_when_line *l, size_t i, bool after, syn_when_clock *out)
{
    const syn_when_token *t = &l->t[i];
    if (!t->number || t->value > 23 || t->digits > 2 || i + 1 >= l->n) return 0;
    out->minutes = (int)t->value * 60;
    if (syn_when_colon(l, i)) {
        if (!in_hour(t + 1)) return 0;
        out->minutes += (int)t[1].value;
        return syn_when_colon(l, i + 1) ? i + 3 : i + 2;
    }
    if (after && in_hour(t + 1) && t[1].before == '.' && t[1].gap == 1 && t->before != '.') { /* "kl. 14.30" */
        bool more = i + 2 < l->n && t[2].number && t[2].before == '.' && t[2].gap == 1;
        out->minutes += (int)t[1].value;
        return more ? 0 : i + 2;
    }
    if (t[1].number || t[1].gap > 1) return 0;
    syn_lex_hit hits[4]; /* "14h30", "14時30分" */
    size_t last, n = syn_when_words(l, i + 1, SYN_LEX_PERIOD, hits, 4, &last);
    bool hour = false;
    for (size_t k = 0; k < n; k++) hour = hour || (last == i + 1 && hits[k].id == PERIOD_HOUR_SIGN);
    if (!hour) return 0;
    if (i + 2 >= l->n || !in_hour(t + 2) || t[2].gap > 1) return after ? i + 2 : 0;
    out->minutes += (int)t[2].value;
    return i + 3;
}

/* Whether a word at i tells the half of the day: 0 or 12 hours, else -1.  *next: the token after it. */
static int half_at(const syn_when_line *l, size_t i, size_t *next)
{
    syn_lex_hit hits[4];
    size_t last, n = i < l->n && !l->t[i].number ? syn_when_words(l, i, SYN_LEX_PERIOD, hits, 4, &last) : 0;
    for (size_t k = 0; k < n; k++) {
        if (hits[k].id != PERIOD_HALF_DAY) continue;
        *next = last + 1;
        return (int)hits[k].value;
    }
    return -1;
}

/* "+02:00", "+7", "-0500": the sign and hours at token i. */
static bool offset_at(const syn_when_line *l, size_t i, int *zone)
{
    if (i >= l->n) return false;
    const syn_when_token *t = &l->t[i];
    if (!t->number || (t->before != '+' && t->before != '-') || t->gap > 2) return false;
    int hours = (int)t->value, minutes = 0;
    if (t->digits == 4) {
        minutes = hours % 100;
        hours /= 100;
    } else if (syn_when_colon(l, i)) {
        minutes = (int)t[1].value;
    }
    if (t->digits == 3 || t->digits > 4 || hours > 14 || minutes > 59) return false;
    *zone = (t->before == '-' ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

static int zone_at(const syn_when_line *l, size_t i)
{
    int zone;
    if (offset_at(l, i, &zone)) return zone;
    if (i >= l->n || l->t[i].gap > 3) return SYN_NO_ZONE;
    for (size_t k = 0; k < SYN_COUNT(ZONES); k++) {
        if (!syn_str_is(l->t[i].text, ZONES[k].name)) continue;
        return ZONES[k].minutes == 0 && offset_at(l, i + 1, &zone) ? zone : ZONES[k].minutes;
    }
    return SYN_NO_ZONE;
}

bool syn_when_clock_near(const syn_when_line *l, size_t first, size_t last, syn_when_clock *out)
{
    size_t from = first > REACH ? first - REACH : 0, to = last + REACH < l->n ? last + REACH : l->n;
    for (size_t pass = 0; pass < 2; pass++) { /* what follows the date first, then what is before it */
        size_t i = pass ? from : last + 1, stop = pass ? first : to;
        for (; i < stop; i++) {
            size_t next = clock_at(l, i, !pass, out), skip;
            if (!next) continue;
            int half = half_at(l, next, &next), hour = out->minutes / 60;
            if (half < 0 && i > 0) half = half_at(l, i - 1, &skip);
            if (half == 12 && hour < 12) out->minutes += 12 * 60;
            if (half == 0 && hour == 12) out->minutes -= 12 * 60;
            out->zone = zone_at(l, next);
            return true;
        }
    }
    return false;
}
