/* bounds.c - stage 4: periods told from another: its part ("the end of May"), all that comes before or after it ("since
   2010"), the week around a day, a day that leaves its month unsaid. */
#include "dates.h"

/* Past an ending that an apostrophe parts from its figure: "2010'dan". */
size_t date_ending_end(const scan *s, size_t at)
{
    uint32_t cp = scan_char(s, at);
    return cp == '\'' || cp == 0x2019 ? scan_word_end(s, at + (cp == '\'' ? 1 : 3)) : at;
}

/* ---- parts ---- */

bool date_part_at(const scan *s, size_t at, date_span *r)
{
    double part;
    syn_lex_hit longest[8];
    size_t n, len = scan_role(s, SYN_LEX_PERIOD, PERIOD_PART, at, &part);
    if (!len) return false;
    if (scan_key(s, SYN_LEX_PERIOD, at, longest, 8, &n) > len && scan_pick(longest, n, SYN_LEX_PERIOD, SPAN_WEEKEND))
        return false; /* "fin de semana" */
    pieces p;
    date_span whole = {0};
    syn_lex_hit hits[8];
    size_t next = date_joiners(s, at + len), unit = 0;
    if (scan_char(s, next) == '-') next++;
    bool found = s->ref != SYN_NO_DAY && date_phrase_at(s, next, &whole) && whole.to - whole.from >= 7;
    if (!found) {
        whole = (date_span){0};
        found = date_decade_at(s, next, &whole) || date_century_at(s, next, &whole);
        whole.approx = found; /* "the early 2000s" */
    }
    if (!found) {
        whole = (date_span){0};
        found = date_absolute_at(s, next, &p, &whole) && whole.range;
    }
    if (!found && s->ref != SYN_NO_DAY && (unit = scan_key(s, SYN_LEX_PERIOD, next, hits, 8, &n)) > 0)
        for (size_t i = 0; i < n && i < 8 && !found; i++)
            if (hits[i].id == SPAN_WEEK || hits[i].id == SPAN_MONTH || hits[i].id == SPAN_YEAR) {
                found = unit_span((int)hits[i].id, 0, s->ref, &whole.from, &whole.to);
                whole.range = true;
                whole.end = next + unit;
            }
    if (!found || whole.from == SYN_NO_DAY) return false;
    *r = whole;
    date_part_of(r, (int)part, s->ref);
    return true;
}

bool date_parts_after(const scan *s)
{
    syn_lex_hit hit;
    return syn_lexicon_find(s->lex, s->lang, SYN_LEX_PERIOD, SYN_STR("*part-after"), &hit, 1) > 0;
}

bool date_part_after(const scan *s, date_span *r)
{
    double part;
    size_t from = date_joiners(s, r->end), len = scan_role(s, SYN_LEX_PERIOD, PERIOD_PART, from, &part);
    if (!len) { /* "Temmuz'un sonundan" */
        from = scan_space(s, date_ending_end(s, r->end));
        len = scan_role(s, SYN_LEX_PERIOD, PERIOD_PART, from, &part);
    }
    if (!len) return false;
    bool joined = date_unspaced(s, from) || from > r->end + 1 || date_parts_after(s);
    if (!len || !joined || !r->range) return false;
    date_part_of(r, (int)part, s->ref);
    r->end = from + len;
    return true;
}

/* ---- open at one end ---- */

bool date_told_at(const scan *s, size_t at, bool now, date_span *r)
{
    pieces p;
    size_t len = now ? scan_role(s, SYN_LEX_PERIOD, PERIOD_NOW, at, NULL) : 0;
    *r = (date_span){0};
    if (len && s->ref != SYN_NO_DAY) { /* a moment: nothing of the day is past it */
        *r = (date_span){.from = s->ref, .to = s->ref, .end = at + len};
        return true;
    }
    if (date_part_at(s, at, r)) return true;
    *r = (date_span){0};
    if (date_decade_at(s, at, r) || date_century_at(s, at, r)) return true;
    *r = (date_span){0};
    if (s->ref != SYN_NO_DAY && date_nth_at(s, at, r)) return r->from != SYN_NO_DAY;
    *r = (date_span){0};
    if (s->ref != SYN_NO_DAY && date_phrase_at(s, at, r)) {
        date_narrow(s, r);
        if (!date_nth_after(s, r)) date_part_after(s, r);
        return r->from != SYN_NO_DAY;
    }
    *r = (date_span){0};
    if (date_holiday_at(s, at, r)) return true;
    *r = (date_span){0};
    if (!date_absolute_at(s, at, &p, r) || r->from == SYN_NO_DAY) return false;
    if (r->range && !date_nth_after(s, r)) date_part_after(s, r);
    return true;
}

/* "before the end of May" runs to that end, "after the beginning of March" from that beginning. */
static syn_bound bound_by_part(const scan *s, size_t at, syn_bound bound)
{
    double part = 0;
    if (!scan_role(s, SYN_LEX_PERIOD, PERIOD_PART, at, &part)) return bound;
    if (bound == SYN_BOUND_BEFORE && part == 3) return SYN_BOUND_UNTIL;
    return bound == SYN_BOUND_AFTER && part == 1 ? SYN_BOUND_SINCE : bound;
}

/* "até o dia 30", "bis zum 15.": a day that leaves its month unsaid, past what joins it to the bound. */
static bool day_told(const scan *s, size_t at, date_span *r)
{
    *r = (date_span){0};
    return date_day_at(s, scan_space(s, at), r) || date_day_at(s, date_joiners(s, at), r);
}

static bool bound_known(double value)
{
    return value >= SYN_BOUND_SINCE && value <= SYN_BOUND_UNTIL;
}

bool date_bound_at(const scan *s, size_t at, date_span *r)
{
    double value = 0;
    size_t len = scan_role(s, SYN_LEX_PERIOD, PERIOD_BOUND, at, &value);
    if (!len || !bound_known(value)) return false;
    size_t next = date_joiners(s, at + len);
    date_span around = {0};
    quantity q; /* "vor 2000 Jahren" */
    if (s->ref != SYN_NO_DAY && quantity_at(s, next, &q) && date_around_at(s, next, &q, &around)) return false;
    if (scan_char(s, at + len) == ',') return false;
    if (date_told_at(s, scan_space(s, at + len), false, r))
        next = scan_space(s, at + len);
    else if (!date_told_at(s, next, false, r) && !day_told(s, at + len, r))
        return false;
    r->bound = bound_by_part(s, next, (syn_bound)value);
    r->range = true;
    syn_lex_hit weekday;
    size_t n, named = r->bound >= SYN_BOUND_BEFORE ? scan_key(s, SYN_LEX_WEEKDAY, next, &weekday, 1, &n) : 0;
    if (named && next + named == r->end) { /* "by Friday" looks ahead */
        r->from = weekday_near((int)weekday.value, 2, s->ref);
        r->to = r->from + 1;
    }
    return true;
}

void date_bound_after(const scan *s, date_span *r)
{
    double value = 0;
    size_t from = scan_space(s, r->end), len = scan_role(s, SYN_LEX_PERIOD, PERIOD_BOUND_AFTER, from, &value);
    if (!len) {
        from = scan_space(s, date_ending_end(s, r->end));
        len = scan_role(s, SYN_LEX_PERIOD, PERIOD_BOUND_AFTER, from, &value);
    }
    quantity q; /* "2024年前7个月" has a first, no before */
    if (!len || !bound_known(value) || r->from == SYN_NO_DAY) return;
    date_span next; /* "2018 or before 2000" has another date behind */
    size_t after = scan_space(s, from + len);
    if (quantity_at(s, after, &q) && (!date_unspaced(s, from) || after == from + len))
        return; /* "आज से 2 हफ्ते पहले", "पिछले साल से 12 प्रतिशत अधिक": something is measured from there */
    if (!date_unspaced(s, from) && date_told_at(s, after, false, &next)) return;
    r->bound = (syn_bound)value;
    r->range = true;
    r->end = from + len;
}

/* ---- the week of a day, the day of a month ---- */

static void widen_to_week(date_span *r, size_t end)
{
    r->from -= syn_day_weekday(r->from);
    r->to = r->from + 7;
    r->range = true;
    r->end = end;
}

/* Nothing that the number could count or belong to follows. */
static bool closes(const scan *s, size_t at)
{
    uint32_t touching = scan_char(s, at), next = scan_char(s, scan_space(s, at));
    if (touching == '%' || touching == '/' || touching == '-' || touching == ':' || touching == '\'') return false;
    if ((touching == '.' || touching == ',') && scan_digit(s, at + 1)) return false;
    return !(syn_char_of(next)->flags & (SYN_CH_LETTER | SYN_CH_DIGIT)) || next == 0;
}

/* A day of the month in words behind its word: "el día veintinueve". */
static bool spelled_day(const scan *s, size_t pos, date_span *r)
{
    quantity q;
    if (!quantity_at(s, pos, &q) || q.fraction || q.ordinal || q.weak || !q.spelled || q.value < 1 || q.value > 31 ||
        date_unspaced(s, pos) || !closes(s, q.end))
        return false;
    *r = (date_span){.from = nearest_dom(date_whole(&q), s->ref), .partial = true, .end = q.end};
    r->to = r->from + 1;
    return r->from != SYN_NO_DAY;
}

/* A bare day of the month; sure: it needs no ordinal ending. */
static bool day_of_month(const scan *s, size_t pos, bool sure, bool headed, date_span *r)
{
    quantity q;
    if (s->ref == SYN_NO_DAY) return false;
    if (!scan_digit(s, pos)) return sure && headed && spelled_day(s, pos, r);
    if (!digits_at(s, pos, &q) || q.digits > 2 || q.digits < 1 || q.value < 1 || q.value > 31 || q.fraction)
        return false;
    size_t stop = pos;
    while (scan_digit(s, stop)) stop++;
    size_t tail = scan_role(s, SYN_LEX_PERIOD, PERIOD_DAY_TAIL, scan_space(s, stop), NULL);
    size_t ending = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, stop, NULL);
    size_t after = tail ? scan_space(s, stop) + tail : stop + ending;
    date_span month = {0}; /* "the 21st of this month" */
    if ((headed || tail || ending) && date_phrase_at(s, date_joiners(s, after), &month) &&
        month.to - month.from >= 28 && month.to - month.from <= 31 && q.value <= month.to - month.from) {
        *r = (date_span){.from = month.from + date_whole(&q) - 1, .end = month.end};
        r->to = r->from + 1;
        return true;
    }
    if (tail)
        stop = scan_space(s, stop) + tail;
    else if (!headed || (!ending && !sure) || !closes(s, stop + ending))
        return false;
    else
        stop += ending;
    r->from = nearest_dom(date_whole(&q), s->ref);
    r->to = r->from + 1;
    r->partial = true;
    r->end = stop;
    return r->from != SYN_NO_DAY;
}

bool date_day_at(const scan *s, size_t at, date_span *r)
{
    double bare = 0;
    size_t head = scan_role(s, SYN_LEX_PERIOD, PERIOD_DAY_HEAD, at, &bare), from = scan_space(s, at + head), end;
    pieces p;
    if (head && s->info->date_order[0] == 'd' && scan_digit(s, from) && date_day_and_month(s, from, &p, &end) &&
        end > from + 3 && s->t.p[end - 3] == '.') { /* "am 22.04" */
        r->end = end;
        return s->ref != SYN_NO_DAY && pieces_span(&p, s->ref, &r->from, &r->to, &r->partial);
    }
    return day_of_month(s, from, bare != 0, head > 0, r);
}

bool date_week_of(const scan *s, size_t at, date_span *r)
{
    size_t len = scan_role(s, SYN_LEX_PERIOD, PERIOD_WEEK_OF, at, NULL), next = date_joiners(s, at + len);
    pieces p;
    if (!len) return false;
    if (!date_absolute_at(s, next, &p, r)) {
        *r = (date_span){0}; /* "the week of the 18th" */
        if (!day_of_month(s, next, false, true, r)) return false;
    }
    if (r->from == SYN_NO_DAY || r->to != r->from + 1) return false;
    widen_to_week(r, r->end);
    return true;
}

void date_week_after(const scan *s, date_span *r)
{
    size_t from = scan_space(s, r->end), len = scan_role(s, SYN_LEX_PERIOD, PERIOD_WEEK_OF_AFTER, from, NULL);
    if (len && r->from != SYN_NO_DAY && r->to == r->from + 1) widen_to_week(r, from + len);
}
