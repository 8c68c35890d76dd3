/* written.c - stage 4: dates by their parts, in words and digits of any calendar: "Tuesday, 5 May 2026", "令和6年5月".
 */
#include "dates.h"

/* The month, of those around ref's, in which the day falls on the weekday: the nearest.  False where there is none. */
static bool weekday_day(pieces *p, syn_day ref)
{
    int year, month, dom;
    syn_day_civil(ref, &year, &month, &dom);
    static const int order[] = {0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6};
    for (size_t i = 0; i < SYN_COUNT(order); i++) {
        int total = year * 12 + month - 1 + order[i];
        syn_day day = syn_day_of(total / 12, total % 12 + 1, p->day);
        if (day == SYN_NO_DAY || syn_day_weekday(day) != p->weekday) continue;
        p->year = total / 12;
        p->month = total % 12 + 1;
        p->inferred = p->year_given = true;
        return true;
    }
    return false;
}

/* "23-2020" after the month's name. */
static bool dashed_day(const scan *s, size_t at)
{
    size_t pos = at;
    while (scan_digit(s, pos)) pos++;
    if (pos - at > 2 || scan_char(s, pos) != '-') return false;
    size_t year = pos + 1;
    for (pos = year; scan_digit(s, pos);) pos++;
    return pos - year == 4 && scan_word_ends(s, pos);
}

/* Beside a weekday two short numbers are a day and a month; "Monday 3-8" may be hours: then the day must fall on it. */
static bool day_and_month(const scan *s, size_t at, int weekday, pieces *p, size_t *end)
{
    syn_day from, to;
    bool partial;
    if (!date_day_and_month(s, at, p, end)) return false;
    return memchr(s->t.p + at, '-', *end - at) == NULL ||
           (pieces_span(p, s->ref, &from, &to, &partial) && syn_day_weekday(from) == weekday);
}

/* Whether what stands after digits may be what they count. */
static bool counted_after(const scan *s, size_t at)
{
    uint32_t touching = scan_char(s, at), next = scan_char(s, scan_space(s, at));
    if (touching == '%' || touching == '/' || touching == '-' || touching == ':') return true;
    if ((touching == '.' || touching == ',') && scan_digit(s, at + 1)) return true;
    return (syn_char_of(next)->flags & (SYN_CH_LETTER | SYN_CH_DIGIT)) != 0 && next != 0;
}

static bool decimals_follow(const scan *s, size_t at)
{
    uint32_t mark = scan_char(s, at);
    return (mark == '.' || mark == ',') && scan_digit(s, at + 1);
}

/* "2020 में 28 जून": past a word for "in" between a year and its month. */
static size_t past_in(const scan *s, size_t at)
{
    syn_lex_hit hit;
    size_t n, from = scan_space(s, at), in = scan_role(s, SYN_LEX_PERIOD, PERIOD_IN_YEAR, from, NULL);
    size_t next = scan_space(s, from + in), day = next;
    if (!in || from == at || s->info->cased) return at;
    while (scan_digit(s, day) && day - next < 3) day++;
    return scan_key(s, SYN_LEX_MONTH, scan_space(s, day), &hit, 1, &n) ? next : at;
}

static bool time_follows(const scan *s, size_t at)
{
    date_span day = {.from = 0, .to = 1, .end = at};
    date_moment_after(s, &day);
    return day.clock > 0;
}

/* A date read part by part: what was found so far, and what the parts still leave open. */
typedef struct parts {
    const scan *s;
    pieces *p;
    size_t pos;       /* what comes next */
    size_t good;      /* the end of the last part that makes a date with those before it */
    size_t loose_end; /* of a day that waits for its month */
    int n;            /* parts read */
    double era;       /* what years of the era that was named count from */
    bool era_said;
    bool loose_day; /* a day still waits for its month */
    bool bare_day;  /* it is digits or a cardinal alone */
    bool counted;   /* it is a cardinal in words */
    bool year_last; /* the year follows the month's name: no day does */
    bool marked;    /* by a mark of year, month or day: 年, 月, 日 */
    bool named;     /* the month is, by its name */
    bool dashes;    /* hyphens or strokes join the parts */
} parts;

static bool accept(parts *r, size_t end)
{
    r->good = r->pos = end;
    return true;
}

static void past_stop(parts *r)
{
    if (scan_char(r->s, r->pos) == '.') r->pos++;
}

/* ---- parts told in words ---- */

static bool take_month(parts *r, const syn_lex_hit *month, size_t len)
{
    r->p->month = (int)month->value;
    r->p->calendar = (syn_calendar)month->id;
    r->p->sure |= month->id != 0;
    r->named = true;
    r->loose_day = false;
    accept(r, r->pos + len);
    past_stop(r);
    return true;
}

static bool take_weekday(parts *r, const syn_lex_hit *weekday, size_t len)
{
    if (r->counted && r->loose_day) return false; /* "two Fridays" */
    r->p->weekday = (int)weekday->value;
    r->pos += len;
    if (!r->loose_day) r->good = r->pos;
    past_stop(r);
    return true;
}

/* The word for an era, before its year or after it; after a year also that of a calendar. */
static bool take_era(parts *r, const syn_lex_hit *hits, size_t n, size_t len)
{
    pieces *p = r->p;
    const syn_lex_hit *era = scan_pick(hits, n, SYN_LEX_PERIOD, PERIOD_ERA);
    if (era) {
        r->era = era->value;
        r->era_said = true;
        r->pos += len;
        if (!p->year_given) return true;
        p->year += (int)r->era;
        p->sure = true;
        return accept(r, r->pos);
    }
    if (!p->year_given) return false;
    bool hijri = !p->sure && scan_pick(hits, n, SYN_LEX_PERIOD, PERIOD_HIJRI) != NULL;
    if (!hijri && !scan_pick(hits, n, SYN_LEX_PERIOD, PERIOD_JALALI)) return false;
    p->calendar = hijri ? SYN_HIJRI : SYN_JALALI;
    p->sure = true;
    return accept(r, r->pos + len);
}

/* "year 2026", "sensommaren år 1999", "en dos mil veinte". */
static bool take_year_word(parts *r, const syn_lex_hit *hits, size_t n, size_t len)
{
    const scan *s = r->s;
    quantity q;
    if (r->p->year_given || (!r->p->month && r->n > 0)) return false;
    if (!scan_pick(hits, n, SYN_LEX_PERIOD, PERIOD_IN_YEAR) &&
        (!scan_pick(hits, n, SYN_LEX_PERIOD, SPAN_YEAR) || date_unspaced(s, r->pos)))
        return false;
    size_t year = scan_space(s, r->pos + len);
    bool digits = digits_at(s, year, &q) && date_plausible_year(&q);
    if (!digits && (r->n > 0 || !date_told_year(s, year, &q))) return false;
    r->pos += len;
    if (q.plain) return true; /* the digits are the next part */
    r->p->year = date_whole(&q);
    r->p->year_given = r->p->sure = true;
    return accept(r, q.end);
}

/* A day in words: "the fifth of May", "May twenty nine". */
static bool told_day_at(const parts *r, const quantity *q)
{
    const scan *s = r->s;
    if (r->p->day || q->value > 31 || q->weak || (q->ordinal && date_unspaced(s, r->pos))) return false;
    if (q->ordinal || r->n == 0 || r->p->weekday >= 0) return true;
    return r->named && !r->p->year_given &&
           (!counted_after(s, q->end) || time_follows(s, q->end) || date_year_spoken(s, q->end));
}

/* A number in words: a part by the mark behind it, a year, or a day. */
static bool take_number_word(parts *r)
{
    const scan *s = r->s;
    pieces *p = r->p;
    size_t after;
    quantity q;
    size_t first = r->era_said ? scan_role(s, SYN_LEX_PERIOD, PERIOD_FIRST_YEAR, r->pos, NULL) : 0;
    if (first && !p->year_given) { /* "平成元年" */
        p->year = (int)r->era + 1;
        p->year_given = p->sure = r->marked = true;
        return accept(r, r->pos + first);
    }
    if (!date_count_at(s, r->pos, &q) || q.fraction || q.value < 1) return false;
    int kind = date_mark_after(s, q.end, &after);
    if (kind == SPAN_MONTH && !p->month && q.value <= 13) {
        p->month = date_whole(&q);
        r->loose_day = false;
        r->marked = true;
        return accept(r, after);
    }
    if (kind == SPAN_DAY && !p->day && q.value <= 31 && (p->month || (r->n == 0 && q.value > 10))) {
        r->marked |= !p->month; /* "二十九日"; "三日" is as often three days */
        p->day = date_whole(&q);
        return accept(r, after);
    }
    if (kind == SPAN_YEAR && !p->year_given && (q.value >= 1000 || r->era_said)) {
        p->year = date_whole(&q) + (r->era_said ? (int)r->era : 0);
        p->year_given = r->marked = true;
        p->sure |= r->era_said;
        return accept(r, after);
    }
    if (p->month && !p->year_given && q.value >= 1000 && q.value <= 2100 && !q.ordinal) {
        p->year = date_whole(&q); /* "dos mil dieciocho" */
        p->year_given = true;
        return accept(r, q.end);
    }
    if (p->month && p->day && !p->year_given && (p->year = date_spoken_year(s, &q, &after)) > 0) {
        p->year_given = true;
        return accept(r, after);
    }
    if (!kind && q.ordinal && q.value <= 12 && r->loose_day && !r->counted && p->weekday >= 0 && !p->month &&
        !p->year_given && s->info->date_order[0] == 'd') {
        p->month = date_whole(&q); /* "Donnerstag, den siebten vierten" */
        r->loose_day = false;
        return accept(r, q.end);
    }
    if (kind || !told_day_at(r, &q)) return false;
    p->day = date_whole(&q);
    r->counted = !q.ordinal;
    r->bare_day = r->counted && p->month == 0 && p->weekday >= 0;
    r->loose_end = r->pos = q.end;
    r->loose_day = p->month == 0;
    if (!r->loose_day) r->good = r->pos;
    return true;
}

/* "sept heures": the word is a number, too, and hours follow. */
static bool counts_hours(const scan *s, size_t at, size_t len)
{
    size_t next = scan_space(s, at + len);
    return scan_role(s, SYN_LEX_NUMERAL, ROLE_NUMBER, at, NULL) == len &&
           (scan_role(s, SYN_LEX_PERIOD, SPAN_HOUR, next, NULL) ||
            scan_role(s, SYN_LEX_PERIOD, PERIOD_CLOCK_AFTER, next, NULL));
}

static bool take_word(parts *r)
{
    syn_lex_hit hits[8];
    size_t n;
    size_t len = scan_key(r->s, SYN_LEX_MONTH | SYN_LEX_WEEKDAY | SYN_LEX_PERIOD, r->pos, hits, SYN_COUNT(hits), &n);
    if (!len) return take_number_word(r);
    const syn_lex_hit *month = scan_pick(hits, n, SYN_LEX_MONTH, SYN_GREGORIAN);
    if (!month) month = scan_pick(hits, n, SYN_LEX_MONTH, ANY_ID);
    const syn_lex_hit *weekday = scan_pick(hits, n, SYN_LEX_WEEKDAY, ANY_ID);
    if (month && !r->p->month && !counts_hours(r->s, r->pos, len)) return take_month(r, month, len);
    if (weekday && r->p->weekday < 0 && (r->n == 0 || r->p->month || r->p->day)) return take_weekday(r, weekday, len);
    return take_era(r, hits, n, len) || take_year_word(r, hits, n, len) || take_number_word(r);
}

/* ---- parts in digits ---- */

/* Digits with a mark of year, month or day behind them: 年, 月, 日. */
static bool take_marked(parts *r, const quantity *q, int kind, size_t after)
{
    pieces *p = r->p;
    if (kind == SPAN_YEAR && !p->year_given && (q->digits == 4 || r->era_said || date_short_year(r->s, q, after))) {
        p->year = date_whole(q) + (int)r->era;
        if (q->digits == 2 && !r->era_said) p->year += p->year < 50 ? 2000 : 1900;
        p->sure |= r->era_said;
        p->year_given = true;
    } else if (kind == SPAN_MONTH && !p->month && !p->day && q->value >= 1 && q->value <= 13) {
        p->month = date_whole(q);
    } else if (kind == SPAN_DAY && !p->day && q->value >= 1 && q->value <= 31) {
        p->day = date_whole(q);
    } else {
        return false;
    }
    r->marked = true;
    return accept(r, after);
}

static bool take_year(parts *r, const quantity *q)
{
    const scan *s = r->s;
    pieces *p = r->p;
    syn_lex_hit month;
    size_t n;
    p->year = date_whole(q) + (r->era_said ? (int)r->era : 0);
    p->sure |= r->era_said;
    p->year_given = true;
    r->year_last = r->named;
    accept(r, q->end);
    size_t next = scan_space(s, r->pos + 1); /* "2026. május", "2026. gada maijs" */
    if (scan_char(s, r->pos) == '.' && scan_char(s, r->pos + 1) == ' ' && !p->month &&
        (scan_key(s, SYN_LEX_MONTH, next, &month, 1, &n) || scan_role(s, SYN_LEX_PERIOD, PERIOD_OF, next, NULL)))
        r->pos++;
    size_t word = scan_space(s, r->pos);
    size_t unit = date_unspaced(s, word) ? 0 : scan_role(s, SYN_LEX_PERIOD, SPAN_YEAR, word, NULL);
    if (unit && p->month) {
        accept(r, word + unit);
        past_stop(r);
    }
    if (!p->month) r->pos = past_in(s, r->pos);
    return true;
}

static bool take_day(parts *r, const quantity *q)
{
    const scan *s = r->s;
    pieces *p = r->p;
    if (p->month && p->year_given && (r->n > 2 || (r->year_last && !r->dashes))) return false;
    if (scan_char(s, q->end) == ':' && scan_digit(s, q->end + 1)) return false; /* an hour */
    if (p->month && r->marked && !r->named && r->pos != r->good) return false; /* "4月，3人": days have their mark */
    p->day = date_whole(q);
    r->pos = q->end;
    r->loose_day = p->month == 0;
    size_t ending = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, r->pos, NULL);
    if (!ending && !s->info->cased && scan_char(s, r->pos) == ' ' && /* "22 वें" */
        (ending = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, r->pos + 1, NULL)) > 6)
        ending++;
    if (ending && date_unspaced(s, r->pos)) return false; /* "17번째로 7월" */
    r->loose_end = r->pos += ending;
    uint32_t next = scan_char(s, r->pos);
    r->bare_day = r->loose_day && !ending && (next != '.' || scan_digit(s, r->pos + 1)) &&
                  r->pos - q->start == (size_t)q->digits;
    if (next != '.' && !scan_word_ends(s, r->pos)) return false;
    if (!r->loose_day) r->good = r->pos;
    past_stop(r);
    return true;
}

static bool take_digits(parts *r)
{
    const scan *s = r->s;
    pieces *p = r->p;
    quantity q;
    size_t after;
    if (!digits_at(s, r->pos, &q)) return false;
    if (r->n == 1 && p->weekday >= 0 && scan_char(s, q.end) == '-' && time_follows(s, r->good))
        return false; /* "1-3 pm" */
    if (!q.plain) {   /* "5.2026" after a month's word, or a day with its full stop */
        size_t stop = r->pos;
        while (scan_digit(s, stop)) stop++;
        q = (quantity){.start = r->pos, .end = stop, .digits = (int)(stop - r->pos), .plain = true};
        for (size_t k = r->pos; k < stop && k < r->pos + 9; k++) q.value = q.value * 10 + (s->t.p[k] - '0');
    }
    int kind = date_mark_after(s, q.end, &after);
    if (kind) return take_marked(r, &q, kind, after);
    if ((date_plausible_year(&q) || (r->era_said && q.plain && q.value > 0 && q.value < 3000)) && !p->year_given &&
        (!p->day || p->month || !r->loose_day))
        return take_year(r, &q);
    if (!q.plain || q.value < 1 || q.digits > 2) return false;
    if (q.value <= 31 && !p->day) return take_day(r, &q);
    if (q.value <= 12 && r->loose_day && !p->month && r->n == 1 && scan_char_before(s, r->pos) == ' ' &&
        r->pos > r->loose_end + 1 && date_year_joined(s, q.end)) {
        p->month = date_whole(&q); /* "9 de 8 de 1971" */
        r->loose_day = false;
        r->pos = q.end;
        return true;
    }
    if (q.digits != 2 || q.value <= 31 || !p->month || !r->named || p->year_given || counted_after(s, q.end))
        return false;
    p->year = 1900 + date_whole(&q); /* "July 98" */
    p->year_given = true;
    return accept(r, q.end);
}

/* ---- between the parts ---- */

/* Past a hyphen or stroke that joins two parts: "23-Sep-2020", "Sep/23/2020".  False where it closes the date. */
static bool past_dash(parts *r, bool *past)
{
    const scan *s = r->s;
    const pieces *p = r->p;
    syn_lex_hit hits[8];
    size_t n, next = r->pos + 1;
    uint32_t mark = scan_char(s, r->pos);
    *past = false;
    if (mark != '-' && mark != '/') return true;
    bool touching = r->good == r->pos, digit = scan_digit(s, next);
    bool name = !digit && !touching && scan_key(s, SYN_LEX_MONTH, next, hits, SYN_COUNT(hits), &n) > 0;
    bool after_name = digit && p->month && r->named && (!p->day || !p->year_given) &&
                      (r->dashes || (mark == '/' && touching));
    if (!name && !after_name) {
        if (mark == '-' && p->month && !p->day && r->named && touching && digit &&
            (dashed_day(s, next) || (!p->year_given && date_hyphened_year(s, next)))) /* "Sep-23-2020" */
            after_name = true;
        else if (mark == '-' && p->month && !p->year_given && digit)
            return false;
        else if (!p->month && scan_digit(s, r->pos - 1) && !digit)
            name = scan_key(s, SYN_LEX_MONTH, next, hits, SYN_COUNT(hits), &n) > 0;
    }
    if (!name && !after_name) return true;
    r->dashes = *past = true;
    r->pos = next;
    return true;
}

/* What the parts come to. */
static bool settle(const parts *r, size_t *end)
{
    const scan *s = r->s;
    pieces *p = r->p;
    bool counts = r->bare_day && counted_after(s, r->loose_end) &&
                  (decimals_follow(s, r->loose_end) || !time_follows(s, r->loose_end));
    if (r->loose_day && p->weekday >= 0 && !p->year_given && s->ref != SYN_NO_DAY && !counts &&
        weekday_day(p, s->ref)) {
        *end = r->loose_end; /* "Monday the 5th" */
        return true;
    }
    *end = r->good;
    if (r->loose_day) {
        p->day = 0;
        if (p->weekday >= 0 && !p->month && !p->year_given) return r->good > 0;
        if (!p->month && !p->year_given) return false; /* "2025, 18 of them" is the year */
    }
    if (!r->good) return false;
    date_settle_calendar(s, p);
    if (p->day && !p->month && p->weekday >= 0 && !p->year_given) /* "31日の日曜日" */
        return s->ref != SYN_NO_DAY && weekday_day(p, s->ref);
    if (p->day && !p->month) /* "4日以上" is a length of time */
        return r->marked && !p->year_given && !scan_role(s, SYN_LEX_APPROX, 1, r->good, NULL);
    return p->month || p->year_given || p->weekday >= 0;
}

/* "Friday 12/05": a date in digits behind a weekday. */
static bool numeric_behind(parts *r, size_t *end)
{
    pieces numeric;
    int weekday = r->p->weekday;
    if (r->n != 1 || weekday < 0 || !scan_digit(r->s, r->pos) ||
        (!date_numeric_at(r->s, r->pos, &numeric, end) && !day_and_month(r->s, r->pos, weekday, &numeric, end)))
        return false;
    numeric.weekday = weekday;
    *r->p = numeric;
    return true;
}

/* Past the mark between a day and its weekday: "10月12日、月曜日". */
static size_t past_mark(const scan *s, size_t at)
{
    enum { MARK = 0x3001, BYTES = 3 };
    syn_lex_hit hit;
    size_t n;
    return scan_char(s, at) == MARK && scan_key(s, SYN_LEX_WEEKDAY, at + BYTES, &hit, 1, &n) ? at + BYTES : at;
}

bool date_pieces_at(const scan *s, size_t at, pieces *p, size_t *end)
{
    enum { MOST = 10 }; /* parts */
    if (date_marked_at(s, at, p, end)) return true;
    *p = (pieces){.weekday = -1};
    for (parts r = {.s = s, .p = p, .pos = at};; r.n++) {
        bool past = false;
        if (numeric_behind(&r, end)) return true;
        if (r.n == MOST || r.pos >= s->t.n || !(scan_digit(s, r.pos) ? take_digits(&r) : take_word(&r)) ||
            !past_dash(&r, &past))
            return settle(&r, end);
        if (!past) r.pos = date_joiners(s, past_mark(s, r.pos));
    }
}
