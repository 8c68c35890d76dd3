/* nth.c - stage 4: parts of a period by their number: "the last week of July", "Q3 2018", "week 31", "2018年の第3週".
 */
#include "dates.h"

/* A period told apart from a day: the year or month that holds the part; the article's own where only its unit
   stands. */
static bool holder_at(const scan *s, size_t at, date_span *r)
{
    pieces p;
    date_span found = {0};
    if (date_phrase_at(s, at, &found) && found.to - found.from > 7) {
        *r = found;
        return true;
    }
    found = (date_span){0};
    if (!date_absolute_at(s, at, &p, &found) || found.from == SYN_NO_DAY || found.to - found.from < 28) return false;
    *r = found;
    return true;
}

/* A year by four digits alone, where a part of one goes before them. */
static bool year_at(const scan *s, size_t at, date_span *r)
{
    quantity q;
    pieces p = {.weekday = -1, .year_given = true};
    bool partial;
    if (!scan_digit(s, at) || !digits_at(s, at, &q) || !date_plausible_year(&q) || !scan_word_ends(s, q.end))
        return false;
    p.year = date_whole(&q);
    date_settle_calendar(s, &p);
    r->end = q.end;
    return p.year >= 1300 && p.year <= 2100 && pieces_span(&p, s->ref, &r->from, &r->to, &partial);
}

/* The same behind a part of it, past the words that join them, one by one: the word for a year may be one. */
static bool holder_after(const scan *s, size_t at, date_span *r)
{
    size_t pos = scan_space(s, at);
    for (int i = 0; i < 3 && pos < s->t.n; i++) {
        if ((pos > at || date_unspaced(s, pos)) && holder_at(s, pos, r)) return true;
        size_t of = scan_role(s, SYN_LEX_PERIOD, PERIOD_OF, pos, NULL);
        if (!of) break;
        pos = scan_space(s, pos + of);
    }
    pos = date_joiners(s, at);
    return pos > at && (holder_at(s, pos, r) || (date_unspaced_before(s, at) && year_at(s, pos, r)));
}

static syn_day monday_of(syn_day day)
{
    return day - syn_day_weekday(day);
}

/* The nth of units inside, or count of them from there; nth 0: the last. */
static bool inside(const date_span *holder, int unit, int nth, int count, date_span *r)
{
    int year, month, dom, skip = nth ? nth - 1 : 0;
    if (unit == SPAN_DAY) {
        r->from = nth ? holder->from + skip : holder->to - count;
        r->to = r->from + count;
        r->range = count > 1;
    } else if (unit == SPAN_WEEK) { /* a week belongs to the month and year that hold its Thursday */
        r->from = nth ? monday_of(holder->from + 3) + 7 * skip : monday_of(holder->to - 4) - 7 * (count - 1);
        r->to = r->from + 7 * count;
        r->range = true;
    } else {
        int months = unit == SPAN_MONTH ? 1 : unit == SPAN_QUARTER ? 3 : unit == SPAN_HALF_YEAR ? 6 : 0;
        syn_day days = holder->to - holder->from;
        if (unit == SPAN_HALF_YEAR && days >= 28 && days <= 31 && count == 1 && nth <= 2) {
            r->from = nth == 1 ? holder->from : holder->from + 15;
            r->to = nth == 1 ? holder->from + 15 : holder->to;
            return r->range = true;
        }
        if (!months || days < 360 || days > 370) return false;
        syn_day_civil(holder->from, &year, &month, &dom);
        int first = year * 12 + month - 1 + (nth ? skip * months : 12 - count * months), last = first + months * count;
        r->from = syn_day_of(first / 12, first % 12 + 1, dom);
        r->to = syn_day_of(last / 12, last % 12 + 1, dom);
        r->range = true;
    }
    return r->from != SYN_NO_DAY && r->to != SYN_NO_DAY && r->from >= holder->from - 6 && r->to <= holder->to + 6;
}

/* "third", "3rd", "3.", "last" and what is counted so: weeks, quarters, Mondays. */
typedef struct nth_unit {
    int nth, count, unit, weekday;
    bool named; /* "Q3": by a name of its own */
    size_t end;
} nth_unit;

/* A quarter or half-year by a word that means nothing else: "Quartal", "semestre", no "quarter". */
static bool named_part(const scan *s, size_t at, const syn_lex_hit *unit)
{
    syn_lex_hit hit;
    size_t n;
    return (unit->id == SPAN_QUARTER || unit->id == SPAN_HALF_YEAR) && unit->value == 1 &&
           !scan_key(s, SYN_LEX_NUMERAL, at, &hit, 1, &n);
}

/* "الأسبوع الأول", "tuần thứ ba", "wiki ya kwanza", "quý 3": the unit first, then its number; "of" must follow, or a
   year. */
static bool unit_nth_at(const scan *s, size_t at, nth_unit *u)
{
    syn_lex_hit hits[8];
    size_t n, len = scan_key(s, SYN_LEX_PERIOD, at, hits, 8, &n);
    const syn_lex_hit *unit = len ? date_part_unit_of(hits, n < 8 ? n : 8) : NULL;
    quantity q;
    if (!unit || unit->value > 1) return false;
    size_t pos = scan_space(s, at + len), of = scan_role(s, SYN_LEX_PERIOD, PERIOD_OF, pos, NULL);
    for (int i = 0; i < 2; i++) {
        size_t from = i ? scan_space(s, pos + of) : pos,
               prefix = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_PREFIX, from, NULL);
        if (i && !of) break;
        size_t last = scan_role(s, SYN_LEX_PERIOD, PERIOD_LAST, from, NULL);
        size_t number = scan_space(s, from + prefix);
        *u = (nth_unit){.count = 1, .weekday = -1, .unit = (int)unit->id};
        if (last) {
            u->end = from + last;
            return true;
        }
        bool part = unit->id == SPAN_QUARTER || unit->id == SPAN_HALF_YEAR;
        int roman = part ? date_roman_at(s, number, &u->end) : 0;
        if (roman && roman <= 4 && scan_word_ends(s, u->end)) {
            u->nth = roman;
            u->named = true;
            return true;
        }
        if (!date_count_at(s, number, &q) || q.fraction || q.value < 1 || q.value > 53) continue;
        if (unit->id == SPAN_DAY && scan_digit(s, number)) continue; /* "dne 4. ledna" is a date of its own */
        size_t ending = q.ordinal ? 0 : scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, q.end, NULL);
        if (!q.ordinal && !prefix && !ending && !(part && (q.plain || i) && q.value <= 4)) continue;
        u->nth = date_whole(&q);
        u->end = q.end + ending;
        u->named = named_part(s, at, unit);
        return true;
    }
    return false;
}

static bool nth_unit_at(const scan *s, size_t at, nth_unit *u)
{
    syn_lex_hit hits[8];
    size_t n, pos, len;
    quantity q;
    double value;
    *u = (nth_unit){.count = 1, .weekday = -1};
    if ((len = scan_role(s, SYN_LEX_PERIOD, PERIOD_QUARTER_NAME, at, &value)) > 0 ||
        (len = scan_role(s, SYN_LEX_PERIOD, PERIOD_HALF_NAME, at, &value)) > 0) {
        u->nth = (int)value;
        u->unit = scan_role(s, SYN_LEX_PERIOD, PERIOD_HALF_NAME, at, NULL) ? SPAN_HALF_YEAR : SPAN_QUARTER;
        u->end = at + len;
        u->named = true;
        return true;
    }
    int roman = date_roman_at(s, at, &pos);
    if (roman && roman <= 4 && scan_char(s, pos) == ' ') { /* "III quarter": of quarters and halves only */
        u->nth = roman;
        len = scan_key(s, SYN_LEX_PERIOD, scan_space(s, pos), hits, 8, &n);
        const syn_lex_hit *part = len ? date_unit_of(hits, n < 8 ? n : 8) : NULL;
        if (!part || (part->id != SPAN_QUARTER && part->id != SPAN_HALF_YEAR)) return false;
    } else if ((len = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_PREFIX, at, NULL)) > 0) {
        if (!quantity_at(s, scan_space(s, at + len), &q) || q.value < 1 || q.value > 53 || q.fraction) return false;
        u->nth = date_whole(&q);
        pos = q.end; /* 第3週: the counting word may be the unit itself, or head a weekday's name */
        if (!scan_key(s, SYN_LEX_WEEKDAY, pos, hits, 8, &n) &&
            !((len = scan_key(s, SYN_LEX_PERIOD, pos, hits, 8, &n)) > 0 && date_unit_of(hits, n)))
            pos += scan_role(s, SYN_LEX_NUMERAL, ROLE_COUNTER, pos, NULL);
    } else if ((len = scan_role(s, SYN_LEX_PERIOD, PERIOD_LAST, at, NULL)) > 0) {
        pos = at + len;
    } else if ((len = scan_role(s, SYN_LEX_PERIOD, PERIOD_FIRST, at, NULL)) > 0 &&
               scan_role(s, SYN_LEX_ORDINAL, ORDINAL_WORD, at, NULL) <= len) {
        u->nth = 1;
        pos = at + len;
    } else {
        syn_lex_hit word; /* "third quarter" is no three quarters: the ordinal's own word first */
        len = scan_key(s, SYN_LEX_ORDINAL, at, &word, 1, &n);
        if (len && word.id == ORDINAL_WORD && word.value <= 53) {
            u->nth = (int)word.value;
            pos = at + len;
        } else if (digits_at(s, at, &q) && q.value >= 1 && q.value <= 53 && q.digits <= 2) {
            size_t stop = at;
            while (scan_digit(s, stop)) stop++;
            if (scan_char(s, stop) == '\'') stop++; /* "3'üncü" */
            len = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, stop, NULL);
            if (!len && scan_char(s, stop) != '.') return false;
            pos = stop + (len ? len : 1);
            u->nth = date_whole(&q);
        } else {
            return false;
        }
        if (u->nth < 1) return false;
    }
    pos = scan_space(s, pos);
    if (date_count_at(s, pos, &q) && !q.ordinal && !q.fraction && q.value >= 2 && q.value <= 31 && u->nth <= 1) {
        u->count = date_whole(&q);
        pos = scan_space(s, q.end);
    }
    len = scan_key(s, SYN_LEX_PERIOD | SYN_LEX_WEEKDAY, pos, hits, 8, &n);
    const syn_lex_hit *unit = len ? date_part_unit_of(hits, n < 8 ? n : 8) : NULL;
    const syn_lex_hit *weekday = len ? scan_pick(hits, n < 8 ? n : 8, SYN_LEX_WEEKDAY, ANY_ID) : NULL;
    if (unit) u->named = named_part(s, pos, unit) && u->nth > 0 && u->count == 1;
    if (unit)
        u->unit = (int)unit->id;
    else if (weekday)
        u->weekday = (int)weekday->value;
    else
        return false;
    u->end = pos + len;
    return true;
}

/* "first" or "last" of several, as an ordinal or by the word for the head or the end of a period; which: 1, or 0 the
   last.  The length. */
static size_t end_word_at(const scan *s, size_t at, int *which)
{
    syn_lex_hit hits[8];
    size_t n, len = scan_key(s, SYN_LEX_ORDINAL, at, hits, 8, &n);
    for (size_t i = 0; len && i < n && i < 8; i++)
        if (hits[i].id == ORDINAL_WORD && hits[i].value == 1) return *which = 1, len;
    if ((len = scan_role(s, SYN_LEX_PERIOD, PERIOD_LAST, at, NULL)) > 0) return *which = 0, len;
    if ((len = scan_role(s, SYN_LEX_PERIOD, PERIOD_FIRST, at, NULL)) > 0) return *which = 1, len;
    double part;
    len = scan_role(s, SYN_LEX_PERIOD, PERIOD_PART, at, &part);
    if (!len || (part != 1 && part != 3)) return 0;
    return *which = part == 1, len;
}

/* "first seven months" in any order of its words: "sept premiers mois", "7 เดือนแรก", "الأشهر السبعة الأولى". */
static bool end_units_at(const scan *s, size_t at, nth_unit *u)
{
    *u = (nth_unit){.nth = -1, .weekday = -1};
    size_t pos = at;
    for (int i = 0; i < 3; i++) {
        syn_lex_hit hits[8];
        quantity q;
        size_t n, len;
        if (i > 0) pos = scan_space(s, pos);
        len = u->unit ? 0 : scan_key(s, SYN_LEX_PERIOD, pos, hits, 8, &n);
        const syn_lex_hit *unit = len ? date_unit_of(hits, n < 8 ? n : 8) : NULL;
        if (i > 0 && !unit) pos = scan_space(s, pos + scan_role(s, SYN_LEX_PERIOD, PERIOD_OF, pos, NULL));
        int which;
        if (unit && unit->value == 1) {
            u->unit = (int)unit->id;
            pos += len;
        } else if (u->nth < 0 && (len = end_word_at(s, pos, &which)) > 0) {
            u->nth = which;
            pos += len;
        } else if (!u->count && date_count_at(s, pos, &q) && !q.ordinal && !q.fraction && q.value >= 2 &&
                   q.value <= 31) {
            u->count = date_whole(&q);
            pos = q.end;
        } else {
            return false;
        }
    }
    u->end = pos;
    return true;
}

static bool nth_inside(const date_span *holder, const nth_unit *u, date_span *r)
{
    if (u->unit) return inside(holder, u->unit, u->nth, u->count, r);
    if (u->count != 1 || holder->to - holder->from > 31) return false;
    syn_day first = holder->from + (u->weekday - syn_day_weekday(holder->from) + 7) % 7;
    syn_day last = holder->to - 1 - (syn_day_weekday(holder->to - 1) - u->weekday + 7) % 7;
    r->from = u->nth ? first + 7 * (u->nth - 1) : last;
    r->to = r->from + 1;
    return r->from < holder->to;
}

/* A week's number with its word before it, "week 31", or behind it, "33주차"; 0 where there is none.  *sure: the word
   is one of numbered weeks. */
static int week_number(const scan *s, size_t at, size_t *end, bool *sure)
{
    size_t head = scan_role(s, SYN_LEX_PERIOD, PERIOD_WEEK_HEAD, at, NULL);
    size_t len = head ? head : scan_role(s, SYN_LEX_PERIOD, SPAN_WEEK, at, NULL), from = scan_space(s, at + len);
    quantity q;
    double behind = 0;
    *sure = head > 0;
    if ((len && date_unspaced(s, at)) || !scan_digit(s, from) || !digits_at(s, from, &q) || !q.plain || q.digits > 2 ||
        q.value < 1 || q.value > 53)
        return 0;
    *end = q.end;
    if (len) return scan_word_ends(s, q.end) ? date_whole(&q) : 0;
    len = scan_role(s, SYN_LEX_PERIOD, PERIOD_WEEK_HEAD, q.end, &behind);
    *end += len;
    return len && behind != 0 ? date_whole(&q) : 0;
}

/* "week 31", "vecka 31": of the article's year, or of the one named after it; "semana 31 de embarazo" is none. */
static bool week_at(const scan *s, size_t at, date_span *r)
{
    bool sure;
    size_t end;
    int week = week_number(s, at, &end, &sure);
    if (!week) return false;
    date_span year = {0};
    size_t next = date_joiners(s, end);
    bool named = next > end && holder_at(s, next, &year) && year.to - year.from > 360;
    bool of = scan_role(s, SYN_LEX_PERIOD, PERIOD_OF, scan_space(s, end), NULL) > 0;
    if (!named && (!sure || of || !unit_span(SPAN_YEAR, 0, s->ref, &year.from, &year.to))) return false;
    r->end = named ? year.end : end;
    r->partial = !named;
    return inside(&year, SPAN_WEEK, week, 1, r);
}

/* "Q3" alone, and "the first week of the month": of the article's own year or month; of a quarter the nearest. */
static bool own_holder(const scan *s, const nth_unit *u, date_span *holder)
{
    size_t next = u->end;
    syn_lex_hit hits[8];
    size_t n, len = 0, of = 1;
    const syn_lex_hit *unit = NULL;
    for (size_t pos = scan_space(s, u->end); !unit && of && pos > u->end; pos = scan_space(s, pos + of)) {
        len = date_unspaced(s, pos) ? 0 : scan_key(s, SYN_LEX_PERIOD, pos, hits, 8, &n);
        unit = len ? date_unit_of(hits, n < 8 ? n : 8) : NULL; /* "nusu ya kwanza ya mwaka": it may join dates, too */
        of = scan_role(s, SYN_LEX_PERIOD, PERIOD_OF, next = pos, NULL);
    }
    holder->partial = true;
    if (unit && next > u->end + 1 && unit->value == 1 && (unit->id == SPAN_YEAR || unit->id == SPAN_MONTH)) {
        holder->end = next + len;
        return unit_span((int)unit->id, 0, s->ref, &holder->from, &holder->to);
    }
    if (!u->named) return false;
    int64_t least = INT64_MAX;
    for (int shift = -1; shift <= 1; shift++) {
        date_span year = {0}, part = {0};
        if (!unit_span(SPAN_YEAR, shift, s->ref, &year.from, &year.to) || !inside(&year, u->unit, u->nth, 1, &part))
            continue;
        int64_t away = 2 * (int64_t)s->ref - part.from - part.to;
        if (away < 0) away = -away;
        if (away >= least) continue;
        least = away;
        holder->from = year.from;
        holder->to = year.to;
    }
    holder->end = u->end;
    return least != INT64_MAX;
}

/* "1-7月", "1至7月": months by number that share their mark; two numbers before what only counts months are none. */
static bool numbered_months_at(const scan *s, size_t at, nth_unit *u)
{
    quantity low, high;
    size_t next, end;
    if (!date_count_at(s, at, &low) || low.ordinal || low.fraction || low.value < 1) return false;
    if (!(next = date_range_mark(s, low.end, false)) || !date_count_at(s, next, &high) || high.ordinal) return false;
    if (high.fraction || high.value > 12 || high.value <= low.value) return false;
    if (date_mark_after(s, high.end, &end) != SPAN_MONTH) return false;
    *u = (nth_unit){.weekday = -1, .unit = SPAN_MONTH, .nth = date_whole(&low), .end = end};
    u->count = date_whole(&high) - u->nth + 1;
    return true;
}

bool date_nth_at(const scan *s, size_t at, date_span *r)
{
    nth_unit u;
    date_span holder = {0};
    if (week_at(s, at, r)) return true;
    if (numbered_months_at(s, at, &u)) {
        r->partial = true;
        r->end = u.end;
        return unit_span(SPAN_YEAR, 0, s->ref, &holder.from, &holder.to) && nth_inside(&holder, &u, r);
    }
    if (!end_units_at(s, at, &u) && !nth_unit_at(s, at, &u) && !unit_nth_at(s, at, &u)) return false;
    size_t next = date_joiners(s, u.end);
    uint32_t mark = scan_char(s, next);
    if (!u.nth && scan_char(s, scan_space(s, u.end)) == ',') return false; /* "last week, next year" */
    bool touching = next == u.end && (mark == '-' || mark == '/') && scan_digit(s, next + 1); /* "Q1-2017" */
    if (!(touching ? holder_at(s, next + 1, &holder) || year_at(s, next + 1, &holder)
                   : holder_after(s, u.end, &holder)) &&
        !own_holder(s, &u, &holder))
        return false;
    r->end = holder.end;
    r->partial = holder.partial;
    return nth_inside(&holder, &u, r);
}

bool date_nth_after(const scan *s, date_span *r)
{
    nth_unit u;
    date_span part = {0};
    size_t next = r->end;
    if (r->from == SYN_NO_DAY || r->to - r->from < 28) return false;
    if (scan_char(s, next) == '\'' || scan_char(s, next) == 0x2019) { /* "2016'nın son haftası" */
        next += scan_char(s, next) == '\'' ? 1 : 3;
        next = scan_word_end(s, next);
    }
    if (scan_char(s, next) == '.' && scan_role(s, SYN_LEX_PERIOD, PERIOD_OF, scan_space(s, next + 1), NULL))
        next++; /* "2024. gada pirmajos" */
    if (scan_char(s, next) == '-' && !scan_digit(s, next + 1) && !scan_role(s, SYN_LEX_PERIOD, PERIOD_OF, next, NULL))
        next++; /* "2019-H2" */
    else
        next = date_joiners(s, next);
    bool sure;
    size_t end;
    int week = r->to - r->from > 360 ? week_number(s, next, &end, &sure) : 0;
    if (week && inside(r, SPAN_WEEK, week, 1, &part)) { /* "2018 के सप्ताह 33" */
        part.end = end;
        *r = part;
        return true;
    }
    bool numbered = numbered_months_at(s, next, &u);
    if ((!numbered && !end_units_at(s, next, &u) && !nth_unit_at(s, next, &u)) ||
        (!numbered && u.unit != SPAN_QUARTER && u.unit != SPAN_HALF_YEAR && next == r->end && !date_unspaced(s, next)))
        return false;
    if (!u.nth && next <= r->end + 1 && !date_unspaced(s, next)) return false; /* "2018, last week" */
    if (scan_char(s, r->end) == ',' && r->to - r->from < 360) return false;
    if (!nth_inside(r, &u, &part)) return false;
    part.end = u.end;
    part.partial = r->partial;
    *r = part;
    return true;
}
