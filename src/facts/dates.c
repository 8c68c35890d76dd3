/* dates.c - stage 4: dates and periods: the order in which their readers are asked, and what goes on from what one of
   them read. */
#include "dates.h"

/* A year alone, which a careful reader takes for one: four digits from 1500 on, nothing counted after it. */
static bool lone_year(const scan *s, size_t at, size_t end)
{
    quantity q;
    syn_fact money = {0};
    size_t after;
    if (!digits_at(s, at, &q)) return true;
    if (q.end > end) return false; /* the head of "1111.13" */
    if (q.end < end) return true;  /* with the mark of a year: 2009年 */
    if (!date_plausible_year(&q)) return false;
    uint32_t before = scan_char_before(s, at);
    if (before && before != ' ' && before != '(' && before != '-' && !(syn_char_of(before)->flags & SYN_CH_LETTER))
        return false;
    if (q.value < 1500 || q.value > 2100) return false;
    if (scan_char(s, q.end) == '-' && scan_digit(s, q.end + 1)) { /* "2015-1-32" is no date */
        size_t pos = q.end + 1;
        while (scan_digit(s, pos)) pos++;
        if (scan_char(s, pos) == '-' && scan_digit(s, pos + 1)) return false;
    }
    if (before == '-' && at > 2 && scan_digit(s, at - 2) && scan_digit(s, at - 3))
        return false; /* a telephone number */
    if (money_after(s, &q, &money, &after)) return false;
    size_t next = scan_space(s, q.end);
    syn_lex_hit hits[4];
    size_t n;
    if (scan_key(s, SYN_LEX_PERCENT | SYN_LEX_SCALE | SYN_LEX_UNIT, next, hits, 4, &n)) return false;
    return true;
}

/* After a word that opens a period or stands between its ends: "na feb", "van sep tot nov". */
static bool led(const scan *s, size_t at)
{
    syn_lex_hit hits[8];
    size_t from = at, n;
    if (at < 3 || s->t.p[at - 1] != ' ') return false;
    from--;
    while (from > 0 && s->t.p[from - 1] != ' ' && at - from < 24) from--;
    size_t len = scan_key(s, SYN_LEX_PERIOD, from, hits, 8, &n);
    if (from + len + 1 != at) return false;
    for (size_t i = 0; i < n; i++)
        if (hits[i].id == PERIOD_FROM || hits[i].id == PERIOD_TO || hits[i].id == PERIOD_BETWEEN ||
            (hits[i].id == PERIOD_BOUND && hits[i].value != 0) || hits[i].id == PERIOD_PART)
            return true;
    return false;
}

/* "mei tot maart", "nov-feb": a range to another month. */
static bool month_range(const scan *s, size_t end)
{
    syn_lex_hit hit;
    size_t n, next = date_range_mark(s, end, false);
    if (!next) return false;
    while (scan_digit(s, next)) next++;
    return scan_key(s, SYN_LEX_MONTH, scan_space(s, next), &hit, 1, &n) > 0;
}

/* "30 February", "29 February 2019". */
static bool no_such_day(const pieces *p)
{
    int year = p->year_given ? p->year : 2000;
    return p->calendar == SYN_GREGORIAN && p->month <= 12 && p->day > 28 && p->day > syn_days_in_month(year, p->month);
}

bool date_absolute_at(const scan *s, size_t at, pieces *p, date_span *r)
{
    uint32_t cp = scan_char(s, at);
    bool digit = cp >= '0' && cp <= '9';
    if (!(digit && date_numeric_at(s, at, p, &r->end)) && !date_pieces_at(s, at, p, &r->end)) return false;
    if (p->weekday >= 0 && !p->month && !p->year_given) {
        /* a short weekday in small letters is another word: "sun", "mar" */
        if (r->end < at + 4 && s->info->cased && scan_char(s, r->end) != '.' && !date_capital_at(s, at)) return false;
        r->from = weekday_near(p->weekday, 3, s->ref);
        r->to = r->from + 1;
        r->partial = r->lone_weekday = true;
        return r->from != SYN_NO_DAY;
    }
    if (p->year_given && !p->month && !p->sure && !lone_year(s, at, r->end)) return false;
    if (p->month && !p->day && !p->year_given && !date_unspaced(s, at)) {
        /* a month's name that is a common word, too, needs its capital */
        if (!led(s, at) && !month_range(s, r->end) &&
            (date_common_word(s, at, r->end) || (r->end - at < 4 && !date_capital_at(s, at))))
            return false;
    }
    if (!pieces_span(p, s->ref, &r->from, &r->to, &r->partial)) {
        r->from = r->to = SYN_NO_DAY; /* a date, but not to be placed: still no figure */
        return p->month && ((s->ref == SYN_NO_DAY && !p->year_given) || no_such_day(p));
    }
    r->range = r->to - r->from != 1;
    return true;
}

/* After "from", "between": two ends, or one that "since" opens. */
static bool opened_at(const scan *s, size_t at, size_t begin, bool between, date_span *r)
{
    pieces p, q;
    size_t end, next;
    if (date_days_range(s, begin, between, r)) return true;
    /* "van 25-10 tot 25-1" */
    if (scan_digit(s, begin) && date_day_and_month(s, begin, &p, &end) &&
        (next = date_range_mark(s, end, between)) > 0 && date_day_and_month(s, next, &q, &r->end)) {
        r->end = end;
        if (date_second_end(s, &p, between, r)) return true;
    }
    *r = (date_span){0};
    if (date_absolute_at(s, begin, &p, r) && date_second_end(s, &p, between, r)) return true;
    return date_told_range(s, begin, between, r) || date_bound_at(s, at, r);
}

/* A day told from the article's, or from a period: "last week", "3 days ago". */
static bool relative_at(const scan *s, size_t at, bool digit, date_span *r)
{
    quantity q;
    if (s->ref == SYN_NO_DAY) return false;
    if (!digit && date_phrase_at(s, at, r)) {
        date_narrow(s, r);
        if (date_counted_from(s, r)) return true;
        if (!date_nth_after(s, r)) date_part_after(s, r);
        return true;
    }
    *r = (date_span){0};
    if (!date_count_at(s, at, &q) || q.value <= 0 || q.ordinal) return false;
    if (!date_counted_at(s, &q, r)) { /* "two days after today" before "two days after" */
        *r = (date_span){0};
        if (!date_around_at(s, at, &q, r)) return false;
    }
    bool more = s->approx_end && scan_space(s, s->approx_end) == at && s->approx > 0;
    if (more && r->from != SYN_NO_DAY && !r->range) { /* "more than two weeks ago" is before that day */
        r->bound = r->from < s->ref ? SYN_BOUND_BEFORE : SYN_BOUND_AFTER;
        r->range = true;
    }
    if (!r->range && !r->bound) date_weekday_after(s, r);
    return true;
}

/* "5 May last year", "abril del año pasado": the year told after a month; a word that joins them may be its head, too.
 */
static bool of_year(const scan *s, pieces *p, date_span *r)
{
    size_t next[2] = {scan_space(s, r->end), date_joiners(s, r->end)};
    for (int i = 0; i < 4; i++) {
        size_t at = next[i / 2], joined = i % 2 ? scan_role(s, SYN_LEX_PERIOD, PERIOD_FROM, at, NULL) : 0;
        date_span year = {0};
        pieces whole = *p;
        syn_day from, to;
        bool partial;
        int month, dom;
        if ((i % 2 && !joined) || !date_phrase_at(s, scan_space(s, at + joined), &year)) continue;
        if (year.to - year.from < 360 || year.to - year.from > 370) continue;
        syn_day_civil(year.from, &whole.year, &month, &dom);
        whole.year_given = true;
        if (!pieces_span(&whole, s->ref, &from, &to, &partial)) continue;
        *p = whole;
        r->from = from;
        r->to = to;
        r->partial = partial;
        r->end = year.end;
        return true;
    }
    return false;
}

/* "avril dernier", "5 أبريل الماضي": the last or the next of that name, by a word behind it. */
static void beside(const scan *s, pieces *p, date_span *r)
{
    double side = 0;
    int year, month, dom;
    size_t next = scan_space(s, r->end), len = scan_role(s, SYN_LEX_PERIOD, PERIOD_AGO, next, &side);
    if (!len) len = scan_role(s, SYN_LEX_PERIOD, PERIOD_LATER, next, &side);
    if (!len || !side || p->weekday >= 0 || next == r->end || scan_char_before(s, r->end) == ',') return;
    pieces whole = *p;
    syn_day_civil(s->ref, &year, &month, &dom);
    int now = month * 32 + (p->day ? dom : 0), then = p->month * 32 + p->day;
    whole.year = year + (side < 0 ? -(then >= now) : then <= now);
    whole.year_given = true;
    syn_day from, to;
    bool partial;
    if (!pieces_span(&whole, s->ref, &from, &to, &partial)) return;
    *p = whole;
    r->from = from;
    r->to = to;
    r->partial = partial;
    r->end = next + len;
}

/* A date by its own parts, and what goes on from it. */
static bool absolute_at(const scan *s, size_t at, bool digit, date_span *r)
{
    pieces p = {.weekday = -1};
    size_t body = at; /* "วันที่ 2 ธันวาคม": the words before the day are part of it where no space parts words */
    if (!digit && date_unspaced(s, at) && !date_absolute_at(s, at, &p, r)) body = date_joiners(s, at);
    *r = (date_span){0};
    if (!date_absolute_at(s, body, &p, r) || (body != at && !p.day)) return false;
    if (r->from == SYN_NO_DAY) return true;
    r->month_day = p.month && p.day;
    date_span week = {0}, day = {0};
    if (p.month && !p.year_given && s->ref != SYN_NO_DAY && p.calendar == SYN_GREGORIAN && !of_year(s, &p, r))
        beside(s, &p, r);
    if (p.weekday >= 0 && !p.month && date_phrase_at(s, date_joiners(s, r->end), &week) && week.to - week.from == 7) {
        r->from = week.from + p.weekday; /* "Tuesday of last week" */
        r->to = r->from + 1;
        r->end = week.end;
    } else if (r->lone_weekday && date_weekday_of(s, p.weekday, date_joiners(s, r->end), &day)) {
        *r = day;
    } else if (p.year_given && !p.month && p.weekday < 0 && p.calendar == SYN_GREGORIAN &&
               date_feast_of_year(s, date_joiners(s, r->end), p.year, &day)) {
        *r = day;
    } else if (date_counted_from(s, r)) {
        return true;
    } else if (!date_second_end(s, &p, false, r)) {
        date_span both;
        if (date_ends(s, at, r, &both))
            *r = both;
        else if (r->range && !date_nth_after(s, r))
            date_part_after(s, r);
    }
    return true;
}

/* The roles below 128 that words at a place have, a bit each: one walk of its keys saves asking reader by reader. */
typedef struct roles {
    uint64_t bits[2];
} roles;

static bool has(const roles *r, unsigned role)
{
    return (r->bits[role / 64] >> role % 64 & 1) != 0;
}

static roles roles_at(const scan *s, size_t at)
{
    roles r = {{0, 0}};
    const scan_place *p = scan_keys(s, at);
    if (p->n > SCAN_KEYS) return (roles){{UINT64_MAX, UINT64_MAX}};
    for (uint32_t i = 0; i < p->n; i++) {
        const syn_lex_hit *h = &p->key[i].hit;
        if (h->kind == SYN_LEX_PERIOD && h->id < 128) r.bits[h->id / 64] |= (uint64_t)1 << h->id % 64;
    }
    return r;
}

/* "5/1 से 5/7/2020": a day and a month, whose year is told with the other end. */
static bool two_numbered_days(const scan *s, size_t at, date_span *r)
{
    pieces p, q;
    size_t end, stop, next;
    date_span both = {0};
    if (!date_day_and_month(s, at, &p, &end) || !(next = date_range_mark(s, end, false))) return false;
    if (!scan_digit(s, next) || !date_numeric_at(s, next, &q, &stop) || !q.year_given || !q.day) return false;
    both.end = end;
    if (!date_second_end(s, &p, false, &both)) return false;
    *r = both;
    return true;
}

static bool feast(const roles *r)
{
    for (uint32_t role = PERIOD_FEAST; role <= PERIOD_FEAST_JEWISH; role++)
        if (date_feast(role) && has(r, role)) return true;
    return false;
}

/* "अब और 21 मई के बीच": now as the first end, where what closes the period shows it. */
static bool from_now(const scan *s, size_t at, date_span *r)
{
    size_t len = scan_role(s, SYN_LEX_PERIOD, PERIOD_NOW, at, NULL);
    date_span now = {.from = s->ref, .to = s->ref, .end = at + len};
    return len && s->ref != SYN_NO_DAY && date_ends(s, at, &now, r);
}

/* The readers in their order; each starts from an empty span. */
static bool span_at(const scan *s, size_t at, bool digit, date_span *r)
{
    roles words = {{0, 0}};
    if (!digit) {
        words = roles_at(s, at);
        if (has(&words, PERIOD_TO_DATE) && s->ref != SYN_NO_DAY && date_phrase_at(s, at, r)) return true;
        *r = (date_span){0};
        size_t between = has(&words, PERIOD_BETWEEN) ? scan_role(s, SYN_LEX_PERIOD, PERIOD_BETWEEN, at, NULL) : 0;
        size_t opened = between || !has(&words, PERIOD_FROM) ? between
                                                             : scan_role(s, SYN_LEX_PERIOD, PERIOD_FROM, at, NULL);
        if (opened) return opened_at(s, at, scan_space(s, at + opened), between > 0, r);
        if (has(&words, PERIOD_BOUND) && date_bound_at(s, at, r)) return true;
        if (has(&words, PERIOD_WEEK_OF) && date_week_of(s, at, r)) return true;
        *r = (date_span){0};
        if (has(&words, PERIOD_NOW) && from_now(s, at, r)) return true;
        *r = (date_span){0};
    }
    if (date_decade_at(s, at, r) || (digit && date_days_range(s, at, false, r))) return true;
    *r = (date_span){0};
    if (digit && two_numbered_days(s, at, r)) return true;
    *r = (date_span){0};
    size_t body = !digit && date_unspaced(s, at) ? date_joiners(s, at) : at; /* "วันที่ 18 และ 19 มิถุนายน" */
    if (scan_digit(s, body) && date_listed_at(s, body, r)) return r->month_day = true;
    *r = (date_span){0};
    if (date_century_at(s, at, r) || (s->ref != SYN_NO_DAY && date_nth_at(s, at, r))) return true;
    *r = (date_span){0};
    if (feast(&words) && date_holiday_at(s, at, r)) return true;
    *r = (date_span){0};
    if (has(&words, PERIOD_PART) && date_part_at(s, at, r)) return true;
    *r = (date_span){0};
    if (relative_at(s, at, digit, r)) return true;
    *r = (date_span){0};
    if (absolute_at(s, at, digit, r)) return true;
    *r = (date_span){0};
    return (digit || has(&words, PERIOD_DAY_HEAD)) && date_day_at(s, at, r);
}

/* "Wednesday evening next week" */
static void week_after(const scan *s, date_span *r)
{
    date_span week = {0};
    if (!date_phrase_at(s, date_joiners(s, r->end), &week) || week.to - week.from != 7) return;
    r->from = week.from + syn_day_weekday(r->from);
    r->to = r->from + 1;
    r->end = week.end;
}

bool date_at(scan *s, size_t at, syn_fact *fact, size_t *start, size_t *end)
{
    date_span r = {0};
    *start = at;
    uint32_t cp = scan_char(s, at);
    if (cp == '-' || cp == '.' || cp == ',' || cp == '+') return false;
    bool digit = cp >= '0' && cp <= '9';
    if (digit && date_listed_after(s, at, &r)) {
        r.month_day = true;
    } else {
        r = (date_span){0};
        if (!span_at(s, at, digit, &r)) return false;
    }
    s->listed_end = 0;
    if (r.month_day && !r.range && !r.bound && r.from != SYN_NO_DAY) {
        s->listed_end = r.end;
        s->listed = r.from;
        s->listed_partial = r.partial;
    }
    date_span both;
    if (!r.bound && !r.closed && r.from != SYN_NO_DAY && s->ref != SYN_NO_DAY && date_ends(s, at, &r, &both)) r = both;
    if (!r.bound && !r.closed && r.from != SYN_NO_DAY) {
        date_week_after(s, &r);
        date_bound_after(s, &r);
    }
    if (!r.bound) date_moment_before(s, at, &r, start);
    if (!r.bound) date_moment_after(s, &r);
    if (r.lone_weekday && r.part_of_day) week_after(s, &r);
    fact->kind = r.range ? SYN_FACT_DATERANGE : SYN_FACT_DATE;
    fact->from = r.from;
    fact->to = r.to;
    fact->bound = (uint8_t)r.bound;
    fact->clock = r.clock;
    fact->part_of_day = r.part_of_day;
    if (r.partial) fact->flags |= SYN_FACT_PARTIAL;
    if (r.approx) fact->flags |= SYN_FACT_APPROX;
    *end = r.end;
    return true;
}
