/* relative.c - stage 4: days and periods told from the day of the article or from another date: "last week", "in three
   days", "the third quarter of 2018", "two weeks before May 13". */
#include "dates.h"

bool units_beside(int unit, double n, syn_day ref, date_span *r)
{
    syn_day start = n < 0 ? ref : ref + 1, other = unit_shift(unit, n, start), ignored;
    if (unit == SPAN_QUARTER || unit == SPAN_HALF_YEAR) { /* they are the calendar's */
        r->range = true;
        return unit_span(unit, n < 0 ? (int)n : 1, ref, &r->from, &ignored) &&
               unit_span(unit, n < 0 ? -1 : (int)n, ref, &ignored, &r->to);
    }
    if (other == SYN_NO_DAY) return false;
    r->from = n < 0 ? other : start;
    r->to = n < 0 ? start : other;
    r->range = r->approx = r->closed = true;
    return r->from < r->to;
}

/* "next 6 April", "last Easter": the first that lies ahead of the article's day, or the last behind it. */
static bool date_beside(const scan *s, size_t at, int side, date_span *r)
{
    pieces p;
    date_span found = {0};
    syn_day to;
    bool partial;
    if (date_holiday_at(s, at, &found)) {
        if (!found.partial) return false;
        syn_day moved = found.from;
        for (int i = 0; i < 2 && (side < 0 ? moved >= s->ref : moved <= s->ref); i++)
            moved = date_holiday_in(s, at, side < 0 ? -1 - i : 1 + i);
        found.from = moved;
    } else {
        if (!(scan_digit(s, at) && date_numeric_at(s, at, &p, &found.end)) && !date_pieces_at(s, at, &p, &found.end))
            return false;
        if (!p.day || !p.month || p.year_given || p.weekday >= 0 || p.calendar != SYN_GREGORIAN) return false;
        int month, dom;
        syn_day_civil(s->ref, &p.year, &month, &dom);
        p.year_given = true;
        p.year += side < 0 ? -(p.month * 32 + p.day >= month * 32 + dom) : p.month * 32 + p.day <= month * 32 + dom;
        if (!pieces_span(&p, s->ref, &found.from, &to, &partial)) return false;
    }
    if (found.from == SYN_NO_DAY) return false;
    *r = (date_span){.from = found.from, .to = found.from + 1, .end = found.end};
    return true;
}

/* A weekend by itself is the nearest; one of several is none: "three weekends". */
static bool weekend_at(const scan *s, size_t at, const syn_lex_hit *weekend, date_span *r)
{
    syn_lex_hit hit;
    size_t n, from = at;
    if (weekend->value != 1) return false;
    if (from > 1 && s->t.p[from - 1] == ' ')
        for (from--; from > 0 && s->t.p[from - 1] != ' ' && at - from < 24;) from--;
    if (from < at && (scan_digit(s, from) || scan_key(s, SYN_LEX_NUMERAL, from, &hit, 1, &n))) {
        if (scan_digit(s, from) || (hit.id == ROLE_NUMBER && hit.value != 1)) return false;
    }
    int since = syn_day_weekday(s->ref); /* until Tuesday it is the last one */
    r->partial = r->range = true;
    return unit_span(SPAN_WEEKEND, since <= 1 ? -1 : 0, s->ref, &r->from, &r->to);
}

/* "महीने के अंत", "ay sonunda": this week, month or year by its part. */
static bool unit_part(const scan *s, size_t end, const syn_lex_hit *unit, date_span *r)
{
    double part;
    size_t next = date_joiners(s, end), len = scan_role(s, SYN_LEX_PERIOD, PERIOD_PART, next, &part);
    if (!len || part > 3 || unit->value != 1 || unit->id > SPAN_YEAR || unit->id < SPAN_WEEK) return false;
    if (!date_unspaced(s, next) && next <= end + 1 && !date_parts_after(s)) return false;
    r->range = true;
    if (!unit_span((int)unit->id, 0, s->ref, &r->from, &r->to)) return false;
    r->end = next + len;
    date_part_of(r, (int)part, s->ref);
    return true;
}

bool date_phrase_at(const scan *s, size_t at, date_span *r)
{
    syn_lex_hit hits[8];
    size_t n, len = scan_key(s, SYN_LEX_RELDAY | SYN_LEX_PERIOD, at, hits, 8, &n);
    const syn_lex_hit *day = scan_pick(hits, n, SYN_LEX_RELDAY, ANY_ID);
    r->end = at + len;
    if (day) {
        r->from = s->ref + (syn_day)day->value;
        r->to = r->from + 1;
        r->part_of_day = (uint8_t)(day->id < SYN_PART_PARTS ? day->id : 0);
        return true;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t id = hits[i].id;
        if (id > PERIOD_PHRASE && id < PERIOD_AROUND) {
            r->range = id != PERIOD_PHRASE + SPAN_DAY;
            return unit_span((int)id - PERIOD_PHRASE, (int)hits[i].value, s->ref, &r->from, &r->to);
        }
        if (id == PERIOD_TO_DATE) { /* "the year to date": nothing of the article's day is past it */
            r->to = s->ref;
            r->range = r->closed = true;
            syn_day ignored;
            return unit_span((int)hits[i].value, 0, s->ref, &r->from, &ignored) && r->from < r->to;
        }
        if (id < PERIOD_LAST || id > PERIOD_THIS) continue;
        /* last, next, this, and then a unit, a weekday or a month */
        int side = (int)hits[i].value;
        syn_lex_hit what[8];
        size_t m, from = scan_space(s, at + len);
        quantity count;
        if (side && date_count_at(s, from, &count) && !count.fraction && !count.ordinal && count.value >= 2 &&
            count.value <= 1000) {
            /* "the last 10 weeks", "the next three years" */
            size_t unit_at = scan_space(s, count.end), k = 0;
            size_t unit_len = scan_key(s, SYN_LEX_PERIOD, unit_at, what, 8, &m);
            while (unit_len && k < m && what[k].id != SPAN_WORKDAY &&
                   !(what[k].id >= SPAN_DAY && what[k].id <= SPAN_DECADE))
                k++;
            if (unit_len && k < m) {
                r->end = unit_at + unit_len;
                return date_stretch(s, (int)what[k].id, count.value * (side < 0 ? -1 : 1), r);
            }
        }
        if (side && date_beside(s, from, side, r)) return true;
        size_t more = scan_key(s, SYN_LEX_PERIOD | SYN_LEX_WEEKDAY | SYN_LEX_MONTH, from, what, 8, &m);
        const syn_lex_hit *part = side <= 0 ? scan_pick(what, m, SYN_LEX_PERIOD, PERIOD_DAY_PART) : NULL;
        if (more && part) { /* "this morning", "last night" */
            r->end = from + more;
            r->from = s->ref + side;
            r->to = r->from + 1;
            r->part_of_day = (uint8_t)((int)part->value % DAY_ADVERB);
            return true;
        }
        const syn_lex_hit *weekday = scan_pick(what, m, SYN_LEX_WEEKDAY, ANY_ID);
        const syn_lex_hit *month = scan_pick(what, m, SYN_LEX_MONTH, SYN_GREGORIAN);
        if (!more || (month && date_common_word(s, from, from + more))) continue;
        r->end = from + more;
        if (weekday) {
            r->from = weekday_near((int)weekday->value, side, s->ref);
            r->to = r->from + 1;
            r->named_day = true;
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
            if (what[k].kind == SYN_LEX_PERIOD && what[k].id >= SPAN_WEEK && what[k].id <= SPAN_HALF_YEAR &&
                what[k].value >= 1) {
                r->range = true;
                return unit_span((int)what[k].id, side > 1 ? 1 : side, s->ref, &r->from, &r->to);
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
    if (len && !more) {
        const syn_lex_hit *weekend = scan_pick(unit, m, SYN_LEX_PERIOD, SPAN_WEEKEND), *bare = date_unit_of(unit, m);
        r->end = at + len;
        return weekend ? weekend_at(s, at, weekend, r) : bare && unit_part(s, at + len, bare, r);
    }
    if (!len) return false;
    r->end = from + more;
    const syn_lex_hit *weekday = scan_pick(unit, m, SYN_LEX_WEEKDAY, ANY_ID);
    if (weekday) {
        r->from = weekday_near((int)weekday->value, (int)side, s->ref);
        r->to = r->from + 1;
        r->named_day = true;
        return true;
    }
    for (size_t k = 0; k < m; k++)
        if (unit[k].kind == SYN_LEX_PERIOD && unit[k].id >= SPAN_WEEK && unit[k].id <= SPAN_HALF_YEAR &&
            unit[k].value >= 1) {
            r->range = true;
            return unit_span((int)unit[k].id, side > 1 ? 1 : (int)side, s->ref, &r->from, &r->to);
        }
    return false;
}

/* A year goes by thirds, a month by halves with ten days in its middle, a week by its Thursday. */
void date_part_of(date_span *r, int part, syn_day ref)
{
    syn_day days = r->to - r->from;
    int year, month, dom;
    if (part == 4 || part == 5) { /* the first, the last ten days */
        if (days < 28 || days > 31) return;
        r->partial = true;
        if (part == 5) r->from += 20;
        if (part == 4) r->to = r->from + 10;
        return;
    }
    if ((part == 6 || part == 7) && ref > r->from && ref < r->to) {
        if (part == 6) r->from = ref;
        if (part == 7) r->to = ref;
        r->approx = true;
        return;
    }
    if (part < 1 || part > 3 || (days != 7 && days < 27)) return;
    r->partial = r->approx = true;
    if (days == 7) {
        if (part > 1) r->from += part == 2 ? 2 : 3;
        if (part < 3) r->to = r->from + (part == 1 ? 3 : 2);
    } else if (days <= 31) {
        syn_day first = r->from;
        if (part > 1) r->from = first + (part == 2 ? 9 : 15);
        if (part < 3) r->to = first + (part == 1 ? 15 : 20);
    } else if (days <= 366) {
        syn_day_civil(r->from, &year, &month, &dom);
        if (month != 1) return;
        if (part > 1) r->from = syn_day_of(year, part == 2 ? 5 : 9, 1);
        if (part < 3) r->to = syn_day_of(year, part == 1 ? 5 : 9, 1);
    }
}

/* "this Friday, 15 June", "next Friday (15/6)": the date itself is sure. */
static bool date_itself(const scan *s, size_t at, date_span *r)
{
    pieces p;
    date_span day = {0};
    if (scan_char(s, at) == '(' || scan_char(s, at) == '-') at = scan_space(s, at + 1);
    if (!date_absolute_at(s, at, &p, &day)) {
        if (!scan_digit(s, at) || !date_day_and_month(s, at, &p, &day.end) ||
            !pieces_span(&p, s->ref, &day.from, &day.to, &day.partial))
            return false;
    }
    if (!p.day || !p.month || day.range || day.from == SYN_NO_DAY) return false;
    if (memchr(s->t.p + at, '-', day.end - at) && !p.year_given &&
        syn_day_weekday(day.from) != syn_day_weekday(r->from))
        return false; /* "next Monday 6-8" may be hours */
    r->from = day.from;
    r->to = day.to;
    r->end = day.end;
    r->partial = day.partial;
    return true;
}

static size_t day_tail(const scan *s, size_t at)
{
    size_t from = scan_space(s, at), len = scan_role(s, SYN_LEX_PERIOD, PERIOD_DAY_TAIL, from, NULL);
    return len ? from + len : 0;
}

/* Where a month may begin that belongs to the year told before it: "last year in April", "去年4月", "geçen yıl 5
   Mayıs". A comma parts them. */
static bool month_behind(const scan *s, size_t at, size_t *pos)
{
    size_t next = scan_space(s, at), in = scan_role(s, SYN_LEX_PERIOD, PERIOD_IN_YEAR, next, NULL);
    if (date_unspaced(s, *pos) || date_unspaced_before(s, at))
        return scan_digit(s, *pos) || date_unspaced(s, *pos) == date_unspaced_before(s, at);
    if (scan_char(s, next) == ',' || scan_char(s, next) == 0x60C) return false;
    if (in) *pos = scan_space(s, next + in);
    return true;
}

/* The week, month or year just read, narrowed by a weekday, a day or a month after it: "来月の4日", "this week on
 * Friday", "来年の2月". */
void date_narrow(const scan *s, date_span *r)
{
    syn_lex_hit hits[4];
    size_t n, len, pos = scan_space(s, r->end), on = scan_role(s, SYN_LEX_PERIOD, PERIOD_ON, pos, NULL);
    pos = on ? scan_space(s, pos + on) : date_joiners(s, r->end);
    len = scan_key(s, SYN_LEX_WEEKDAY, pos, hits, 4, &n);
    syn_day days = r->to - r->from;
    quantity q;
    pieces p;
    size_t after;
    if (days == 1) {
        if (r->named_day) date_itself(s, pos, r);
        return;
    }
    if (days == 7 && len) {
        r->from += (syn_day)hits[0].value;
        r->end = pos + len;
        r->named_day = true;
    } else if (days >= 28 && days <= 31 && date_month_days(s, r)) {
        return;
    } else if (days >= 28 && days <= 31 && quantity_at(s, pos, &q) && q.value >= 1 && q.value <= days &&
               (date_mark_after(s, q.end, &after) == SPAN_DAY || (after = day_tail(s, q.end)) > 0)) {
        r->from += date_whole(&q) - 1;
        r->end = after;
    } else if (days > 360 && days < 370 && month_behind(s, r->end, &pos) && date_pieces_at(s, pos, &p, &after) &&
               p.month && !p.year_given && !date_common_word(s, pos, after)) {
        int month, dom;
        syn_day from, to;
        bool partial;
        syn_day_civil(r->from, &p.year, &month, &dom);
        p.year_given = true;
        if (!pieces_span(&p, s->ref, &from, &to, &partial)) return;
        *r = (date_span){.from = from, .to = to, .partial = partial, .range = !p.day, .end = after};
        return;
    } else {
        return;
    }
    r->to = r->from + 1;
    r->range = false;
    if (r->named_day) date_itself(s, date_joiners(s, r->end), r);
}

/* ---- counted from the article's day or another ---- */

bool date_counted_at(const scan *s, const quantity *q, date_span *r)
{
    syn_lex_hit hits[8];
    size_t n, at = scan_space(s, q->end);
    double side;
    if (q->ordinal || q->value < 1 || q->value > 1000) return false;
    size_t len = scan_role(s, SYN_LEX_PERIOD, PERIOD_LAST, at, &side);
    if (!len) len = scan_role(s, SYN_LEX_PERIOD, PERIOD_NEXT, at, &side);
    if (scan_key(s, SYN_LEX_PERIOD, at, hits, 8, &n))
        for (size_t i = 0; i < n; i++) /* "we are 3 next week" */
            if (hits[i].id > PERIOD_PHRASE && hits[i].id < PERIOD_AROUND) return false;
    size_t unit_at = len ? scan_space(s, at + len) : at, unit_len = scan_key(s, SYN_LEX_PERIOD, unit_at, hits, 8, &n);
    const syn_lex_hit *unit = unit_len ? date_unit_of(hits, n < 8 ? n : 8) : NULL;
    if (!unit) return false;
    size_t end = unit_at + unit_len;
    if (len) {
        r->end = end;
        return date_stretch(s, (int)unit->id, q->value * (side < 0 ? -1 : 1), r);
    }
    size_t from = scan_space(s, end);
    len = scan_role(s, SYN_LEX_PERIOD, PERIOD_OFFSET, from, &side);
    if (!len || unit->id == SPAN_CENTURY) return false;
    pieces p;
    date_span anchor = {0};
    from = scan_space(s, from + len);
    if (!date_phrase_at(s, from, &anchor) && !date_holiday_at(s, date_joiners(s, from), &anchor) &&
        !date_absolute_at(s, date_joiners(s, from), &p, &anchor))
        return false;
    if (anchor.from == SYN_NO_DAY || anchor.to - anchor.from != 1) return false;
    *r = (date_span){.from = unit_shift((int)unit->id, q->value * side, anchor.from), .end = anchor.end};
    r->to = r->from + 1;
    return r->from != SYN_NO_DAY;
}
