/* lengths.c - stage 4: a day told by a length of time from the article's day or from another: "3 days ago", "vor zwei
   Jahren und drei Monaten", "昨日の2日前". */
#include <math.h>

#include "dates.h"

enum { TERMS = 4, HEAD_BYTES = 60, HEAD_WORDS = 3 };

/* A length as told: so many of a unit, the largest unit first. */
typedef struct length {
    int unit[TERMS];
    double count[TERMS];
    int n;
    size_t end;
} length;

/* The phrase around the number at q that heads the words, of which the first head bytes stand before the number. */
static const syn_lex_hit *around_key(const scan *s, const quantity *q, const char *words, size_t head,
                                     syn_lex_hit *hits, size_t *end)
{
    char buf[160];
    size_t n, from = scan_space(s, q->end);
    syn_str rest = syn_slice(s->t, from, from + HEAD_BYTES);
    if (head) memcpy(buf, words, head);
    buf[head] = '#';
    memcpy(buf + head + 1, rest.p, rest.n);
    syn_str key = {buf, head + 1 + rest.n};
    for (size_t limit = key.n, len; limit > head; limit = len - 1) {
        len = syn_lexicon_longest(s->lex, s->lang, SYN_LEX_PERIOD, syn_slice(key, 0, limit), hits, 4, &n);
        if (len <= head + 1) return NULL;
        *end = from + len - head - 1;
        if (scan_word_ends(s, *end) && hits[0].id > PERIOD_AROUND) return &hits[0];
    }
    return NULL;
}

/* The same with none to three words before the number at a place: "il y a deux ans". */
static const syn_lex_hit *around_at(const scan *s, size_t at, const quantity *q, syn_lex_hit *hits, size_t *end)
{
    size_t before = at;
    for (int words = 0; words <= HEAD_WORDS; words++) {
        if (words) {
            if (before < 2 || s->t.p[before - 1] != ' ') return NULL;
            before--;
            while (before > 0 && s->t.p[before - 1] != ' ' && at - before < HEAD_BYTES) before--;
            if (at - before >= HEAD_BYTES) return NULL;
        }
        const syn_lex_hit *hit = around_key(s, q, s->t.p + before, words ? at - 1 - before : 0, hits, end);
        if (hit) return hit;
    }
    return NULL;
}

/* Past what parts the terms of a length: spaces, a comma, "and", written with the number or apart. */
static size_t next_term(const scan *s, size_t at)
{
    size_t pos = scan_space(s, at), n;
    syn_lex_hit hits[4];
    uint32_t cp = scan_char(s, pos);
    if (cp == ',' || cp == 0x60C || cp == 0x3001) pos = scan_space(s, pos + (cp == ',' ? 1 : cp == 0x60C ? 2 : 3));
    size_t len = scan_role(s, SYN_LEX_PERIOD, PERIOD_AND, pos, NULL);
    if (!len) len = scan_role(s, SYN_LEX_NUMERAL, ROLE_AND, pos, NULL);
    if (len) return scan_space(s, pos + len);
    len = scan_head(s, SYN_LEX_NUMERAL, pos, s->t.n, hits, SYN_COUNT(hits), &n);
    for (size_t i = 0; len && i < n && i < SYN_COUNT(hits); i++)
        if (hits[i].id == ROLE_AND && hits[i].value == AND_JOINED) return pos + len;
    return pos;
}

/* How much of a calendar's order a unit has: a length goes from years down to days. */
static int order_of(int unit)
{
    return unit == SPAN_YEAR ? 4 : unit == SPAN_MONTH ? 3 : unit == SPAN_WEEK ? 2 : unit == SPAN_DAY ? 1 : 0;
}

static bool add_term(length *l, int unit, double count, size_t end)
{
    if (l->n == TERMS || !order_of(unit) || (l->n && order_of(unit) >= order_of(l->unit[l->n - 1]))) return false;
    l->unit[l->n] = unit;
    l->count[l->n++] = count;
    l->end = end;
    return true;
}

/* A number of whole units that may be a term of a length. */
static bool counts(const quantity *q)
{
    return !q->ordinal && !q->fraction && q->value >= 1 && q->value < 1000;
}

/* The number and its unit at a place. */
static bool take_term(const scan *s, const quantity *q, length *l)
{
    syn_lex_hit hits[8];
    size_t n, from = scan_space(s, q->end), len = scan_key(s, SYN_LEX_PERIOD, from, hits, SYN_COUNT(hits), &n);
    if (!len && date_unspaced(s, from)) /* "3ปีก่อน": what follows the unit touches it */
        len = scan_head(s, SYN_LEX_PERIOD, from, s->t.n, hits, SYN_COUNT(hits), &n);
    const syn_lex_hit *unit = len ? date_unit_of(hits, n < SYN_COUNT(hits) ? n : SYN_COUNT(hits)) : NULL;
    return unit && add_term(l, (int)unit->id, q->value * unit->value, from + len);
}

/* Terms that follow a length whose direction is told: "hace dos años | y tres meses".  One that has a direction of its
   own is another length. */
static void more_terms(const scan *s, length *l)
{
    syn_lex_hit hits[4];
    quantity q;
    size_t end;
    while (l->n < TERMS) {
        size_t next = next_term(s, l->end);
        if (!quantity_at(s, next, &q) || !counts(&q) || around_key(s, &q, NULL, 0, hits, &end)) return;
        if (!take_term(s, &q, l)) return;
    }
}

static bool shift_by(const scan *s, const length *l, int side, date_span *r)
{
    syn_day day = s->ref;
    for (int i = 0; i < l->n && day != SYN_NO_DAY; i++) day = unit_shift(l->unit[i], l->count[i] * side, day);
    r->from = day;
    r->to = day + 1;
    r->approx = l->unit[l->n - 1] != SPAN_DAY;
    r->end = l->end;
    return day != SYN_NO_DAY;
}

bool date_stretch(const scan *s, int unit, double count, date_span *r)
{
    length l = {.n = 0};
    size_t end = r->end;
    if (!units_beside(unit, count, s->ref, r)) return false;
    if (fabs(count) >= 1000 || !add_term(&l, unit, fabs(count), end)) return true;
    more_terms(s, &l);
    date_span far = {0};
    if (l.n < 2 || !shift_by(s, &l, count < 0 ? -1 : 1, &far)) return true;
    if (count < 0) r->from = far.from;
    if (count > 0) r->to = far.to;
    r->end = l.end;
    return true;
}

/* "two years and three months ago", "2年3か月前": the direction stands behind the last of several terms. */
static bool told_behind(const scan *s, const quantity *first, date_span *r)
{
    length l = {.n = 0};
    quantity q = *first;
    while (counts(&q) && take_term(s, &q, &l)) {
        syn_lex_hit hits[4];
        size_t end, next = next_term(s, l.end);
        if (!quantity_at(s, next, &q) || !counts(&q)) return false;
        const syn_lex_hit *hit = around_key(s, &q, NULL, 0, hits, &end);
        if (!hit || hit->id > PERIOD_STRETCH) continue;
        return add_term(&l, (int)hit->id - PERIOD_AROUND, q.value, end) && shift_by(s, &l, hit->value < 0 ? -1 : 1, r);
    }
    return false;
}

bool date_around_at(const scan *s, size_t at, const quantity *q, date_span *r)
{
    syn_lex_hit hits[4];
    size_t end;
    const syn_lex_hit *hit = around_at(s, at, q, hits, &end);
    if (!hit) return told_behind(s, q, r);
    r->end = end;
    if (hit->id > PERIOD_STRETCH) return date_stretch(s, (int)hit->id - PERIOD_STRETCH, q->value * hit->value, r);
    int unit = (int)hit->id - PERIOD_AROUND;
    if (unit == SPAN_YEAR && q->plain && q->digits == 2 && s->t.p[q->start] == '0') return false; /* 07年以后 */
    if (unit == SPAN_YEAR && q->plain && q->value >= 1000) {
        /* 2018年前 is the year 2018, and what was before; 2000 years ago is no date */
        r->from = r->to = SYN_NO_DAY;
        return !date_unspaced(s, scan_space(s, q->end));
    }
    length l = {.n = 0};
    if (counts(q) && add_term(&l, unit, q->value, end)) {
        more_terms(s, &l);
        if (l.n > 1) return shift_by(s, &l, hit->value < 0 ? -1 : 1, r);
    }
    r->from = unit_shift(unit, q->value * hit->value, s->ref);
    r->to = r->from + 1;
    r->approx = unit != SPAN_DAY;
    return r->from != SYN_NO_DAY;
}

bool date_counted_from(const scan *s, date_span *r)
{
    static const uint32_t joints[] = {PERIOD_TO, PERIOD_FROM, PERIOD_BOUND_AFTER, PERIOD_OF};
    syn_lex_hit hits[4];
    quantity q;
    size_t pos = scan_space(s, r->end), len = 0, end;
    if (r->from == SYN_NO_DAY || r->to != r->from + 1 || r->range) return false;
    for (size_t i = 0; i < SYN_COUNT(joints) && !len; i++) len = scan_role(s, SYN_LEX_PERIOD, joints[i], pos, NULL);
    if (!len || scan_spaced(scan_char_before(s, pos + len)) != !date_unspaced(s, pos)) return false;
    pos = scan_space(s, pos + len);
    if (!quantity_at(s, pos, &q) || q.ordinal || q.value <= 0 || q.value > 1000) return false;
    const syn_lex_hit *hit = around_key(s, &q, NULL, 0, hits, &end);
    if (!hit || hit->id > PERIOD_STRETCH) return false;
    syn_day day = unit_shift((int)hit->id - PERIOD_AROUND, q.value * hit->value, r->from);
    if (day == SYN_NO_DAY) return false;
    *r = (date_span){.from = day, .to = day + 1, .end = end};
    return true;
}

/* The weekday's day nearest to a day. */
static syn_day nearest_weekday(int weekday, syn_day day)
{
    int ahead = (weekday - syn_day_weekday(day) + 7) % 7;
    return day + ahead - (ahead > 3 ? 7 : 0);
}

void date_weekday_after(const scan *s, date_span *r)
{
    syn_lex_hit hits[8];
    size_t n, from = scan_space(s, r->end), on = scan_role(s, SYN_LEX_PERIOD, PERIOD_ON, from, NULL);
    if (r->from == SYN_NO_DAY || r->to != r->from + 1 || !on) return;
    size_t at = scan_space(s, from + on), len = scan_key(s, SYN_LEX_WEEKDAY, at, hits, SYN_COUNT(hits), &n);
    if (!len) return;
    r->from = nearest_weekday((int)hits[0].value, r->from);
    r->to = r->from + 1;
    r->approx = false;
    r->end = at + len;
}

bool date_weekday_of(const scan *s, int weekday, size_t at, date_span *r)
{
    quantity q;
    date_span day = {0};
    if (s->ref == SYN_NO_DAY || !date_count_at(s, at, &q) || q.value <= 0 || q.ordinal) return false;
    if (!date_counted_at(s, &q, &day)) {
        day = (date_span){0};
        if (!date_around_at(s, at, &q, &day)) return false;
    }
    if (day.from == SYN_NO_DAY || day.range || day.to != day.from + 1) return false;
    *r = (date_span){.from = nearest_weekday(weekday, day.from), .end = day.end};
    r->to = r->from + 1;
    return true;
}
