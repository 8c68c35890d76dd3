/* moments.c - stage 4: times of day, and the day beside which one stands: "Monday at 10.30", "3 pm today",
   "明天下午5点". A time by itself is no fact; a day told with one is a moment, and remembers the minute or the part of
   the day. */
#include "dates.h"

enum { SKIPS = 5 };

static size_t two_digits(const scan *s, size_t at, int *value)
{
    if (!scan_digit(s, at) || !scan_digit(s, at + 1) || scan_digit(s, at + 2)) return 0;
    *value = (s->t.p[at] - '0') * 10 + (s->t.p[at + 1] - '0');
    return *value < 60 ? at + 2 : 0;
}

/* ":30", ".30", "h30" after an hour in digits, and seconds; at where there are none. */
static size_t minutes_at(const scan *s, size_t at, int *minute)
{
    uint32_t mark = scan_char(s, at);
    if (mark != ':' && mark != '.' && mark != 'h') return at;
    size_t end = two_digits(s, at + 1, minute);
    if (!end) return at;
    int second;
    size_t more = mark == ':' && scan_char(s, end) == ':' ? two_digits(s, end + 1, &second) : 0;
    return more ? more : end;
}

/* The word for an hour of the clock that directly follows its number ("点", "시"), then minutes with theirs or a half;
   at where there is none.  *sure: it counts nothing else. */
static size_t marked_hour(const scan *s, size_t at, int *minute, bool *sure)
{
    double alone = 0;
    size_t from = scan_space(s, at), len = scan_role(s, SYN_LEX_PERIOD, PERIOD_CLOCK_HOUR, from, &alone);
    quantity q;
    if (!len) return at;
    size_t end = from + len, next = scan_space(s, end), half;
    *sure = alone != 0;
    half = scan_role(s, SYN_LEX_NUMERAL, ROLE_FRACTION, next, NULL);
    if (!half) half = scan_role(s, SYN_LEX_NUMERAL, ROLE_HALF_MORE, next, NULL);
    if (half) {
        *minute = 30;
        *sure = true;
        return next + half;
    }
    if (!quantity_at(s, next, &q) || q.value < 0 || q.value > 59 || q.fraction) return end;
    size_t mark = scan_space(s, q.end), minutes = scan_role(s, SYN_LEX_PERIOD, SPAN_MINUTE, mark, NULL);
    if (!minutes && !(date_unspaced(s, next) && q.value >= 10)) return end;
    *minute = date_whole(&q);
    *sure = true;
    return minutes ? mark + minutes : q.end;
}

/* "morning", "pm"; adverb: only what may follow a bare hour, as "in the morning". */
static size_t day_part_at(const scan *s, size_t at, bool adverb, int *part)
{
    double value = 0;
    size_t len = scan_role(s, SYN_LEX_PERIOD, PERIOD_DAY_PART, at, &value);
    if (!len || (adverb && value < DAY_ADVERB)) return 0;
    *part = (int)value % DAY_ADVERB;
    return len;
}

static int minute_of(int hour, int minute, int part)
{
    if (part >= SYN_PART_NOON && part <= SYN_PART_EVENING && hour < 12 && !(part == SYN_PART_NOON && hour > 6))
        hour += 12;
    if (part == SYN_PART_NIGHT && hour >= 6 && hour < 12) hour += 12;
    if ((part == SYN_PART_MORNING || part == SYN_PART_NIGHT || part == SYN_PART_MIDNIGHT) && hour == 12) hour = 0;
    return hour % 24 * 60 + minute;
}

/* Nothing that a bare number could count or belong to follows. */
static bool stands_alone(const scan *s, size_t at)
{
    uint32_t touching = scan_char(s, at), next = scan_char(s, scan_space(s, at));
    if (touching == '%' || touching == '/' || touching == '-' || touching == ':' || touching == '\'') return false;
    if ((touching == '.' || touching == ',') && scan_digit(s, at + 1)) return false;
    return next == 0 || !(syn_char_of(next)->flags & (SYN_CH_LETTER | SYN_CH_DIGIT));
}

/* The number of an hour, in digits or words; -1 where there is none. */
static int hour_at(const scan *s, size_t at, size_t *end)
{
    quantity q;
    int hour = 0;
    *end = at;
    if (scan_digit(s, at)) {
        while (scan_digit(s, *end) && *end - at < 3) hour = hour * 10 + (s->t.p[(*end)++] - '0');
        return *end - at <= 2 && hour <= 24 ? hour : -1;
    }
    if (scan_char(s, at) == '.' || !quantity_at(s, at, &q) || q.fraction || q.ordinal || q.scaled || q.weak ||
        q.value > 24)
        return -1;
    *end = q.end;
    return date_whole(&q);
}

bool moment_at(const scan *s, size_t at, moment_lead lead, moment *m)
{
    double weak = 0, bare = 0;
    size_t before = scan_role(s, SYN_LEX_PERIOD, PERIOD_CLOCK_BEFORE, at, &weak), from = at + before, pos;
    *m = (moment){.minute = -1, .start = at};
    if (before && weak != 0 && lead == MOMENT_ALONE) return false;
    if (before && weak == 0) lead = MOMENT_LED;
    if (before && scan_char(s, from) == '.') from++;
    from = scan_space(s, from);
    size_t told = day_part_at(s, from, false, &m->part);
    if (told) from = scan_space(s, from + told);
    bool digits = scan_digit(s, from), sure = false;
    if (!digits && lead == MOMENT_ALONE && !date_unspaced(s, from)) return false;
    int minute = 0, hour = hour_at(s, from, &pos);
    if (hour < 0) return false;
    size_t end = digits ? minutes_at(s, pos, &minute) : pos;
    bool minutes = end > pos, marked = false;
    if (minutes) {
        sure = scan_char(s, pos) != '.';
    } else {
        end = marked_hour(s, pos, &minute, &sure);
        marked = end > pos;
    }
    if (digits && (!scan_word_ends(s, end) || (scan_char(s, end) == '.' && scan_digit(s, end + 1)))) return false;
    size_t next = scan_space(s, end), after = scan_role(s, SYN_LEX_PERIOD, PERIOD_CLOCK_AFTER, next, &bare);
    int part = 0;
    if (after && (lead == MOMENT_LED || minutes || bare != 0 ||
                  (lead == MOMENT_BESIDE && (before || day_part_at(s, scan_space(s, next + after), true, &part))))) {
        sure = true;
        end = next + after;
        next = scan_space(s, end);
    }
    after = told ? 0 : day_part_at(s, next, !sure && !marked && lead != MOMENT_LED, &part);
    if (after) {
        m->part = part;
        end = next + after;
        sure = true;
    }
    bool near = lead == MOMENT_BESIDE && (marked || minutes || (before && stands_alone(s, end)));
    if (!sure && lead != MOMENT_LED && !near && !(told && (digits || marked))) return false;
    m->minute = minute_of(hour, minute, m->part);
    m->end = end;
    return true;
}

/* Past what joins a day and its time: spaces, a comma, "at", "from", "around". */
static size_t past_joint(const scan *s, size_t at, bool *opened)
{
    static const uint32_t roles[] = {PERIOD_OF,       PERIOD_ON,    PERIOD_FROM,  PERIOD_BETWEEN,
                                     PERIOD_DAY_HEAD, PERIOD_BOUND, PERIOD_OFFSET};
    at = date_ending_end(s, at);
    for (int i = 0; i < SKIPS; i++) {
        size_t next = scan_space(s, at), len = 0;
        uint32_t cp = scan_char(s, next);
        if (i < 2 && (cp == ',' || cp == '@' || cp == '-' || cp == '(' || cp == 0x60C || cp == 0x3001)) {
            at = next + (cp < 0x80 ? 1 : cp < 0x800 ? 2 : 3);
            continue;
        }
        for (size_t k = 0; k < SYN_COUNT(roles) && !len; k++) {
            len = scan_role(s, SYN_LEX_PERIOD, roles[k], next, NULL);
            if (len && k < 4) *opened = true;
        }
        if (!len) len = scan_role(s, SYN_LEX_APPROX, 0, next, NULL);
        if (!len) return next;
        at = next + len;
    }
    return scan_space(s, at);
}

/* The other end of a stretch of hours: "10.30-12", "von 5 bis 6 Uhr". */
static size_t until_hour(const scan *s, size_t end)
{
    moment last;
    size_t next = date_range_mark(s, end, true);
    return next && moment_at(s, next, MOMENT_LED, &last) ? last.end : end;
}

/* "3 to 5", "10 and 11:30", "3 to 5 pm" after "from", "between": a bare hour, then one that nothing is counted by; not
   opened so, only where the second is told as an hour. */
static bool bare_hours(const scan *s, size_t at, bool opened, moment *m)
{
    quantity low, high;
    moment last;
    if (!digits_at(s, at, &low) || !low.plain || low.value > 24) return false;
    size_t next = date_range_mark(s, low.end, true);
    if (!next || !moment_at(s, next, MOMENT_LED, &last)) return false;
    bool bare = digits_at(s, next, &high) && last.end == high.end;
    if (bare && (!opened || !stands_alone(s, high.end))) return false;
    if (!opened && !last.part && scan_char(s, high.end) != ':') return false;
    int hour = date_whole(&low);
    *m = (moment){.part = last.part, .start = at, .end = last.end};
    m->minute = minute_of(hour, 0, last.part);
    if (m->minute > last.minute) m->minute = hour % 24 * 60; /* "from 9 to 5 pm" */
    return true;
}

static void take_moment(date_span *r, const moment *m, size_t end)
{
    if (m->minute >= 0) r->clock = (uint16_t)(m->minute + 1);
    if (m->part && (!r->part_of_day || r->part_of_day >= SYN_PART_START)) r->part_of_day = (uint8_t)m->part;
    r->end = end;
}

static bool after_comma(const scan *s, size_t at)
{
    while (at > 0 && s->t.p[at - 1] == ' ') at--;
    uint32_t cp = scan_char_before(s, at);
    return cp == ',' || cp == 0x60C || cp == 0x3001;
}

void date_moment_after(const scan *s, date_span *r)
{
    if (r->from == SYN_NO_DAY || r->to != r->from + 1 || r->range) return;
    for (int i = 0; i < 2; i++) {
        bool opened = false;
        moment m = {.minute = -1};
        size_t pos = scan_space(s, r->end);
        double value;
        if (!r->clock && moment_at(s, pos, MOMENT_BESIDE, &m)) {
            take_moment(r, &m, until_hour(s, m.end));
            continue;
        }
        pos = past_joint(s, r->end, &opened);
        if (!r->clock && moment_at(s, pos, MOMENT_BESIDE, &m)) {
            take_moment(r, &m, until_hour(s, m.end));
            continue;
        }
        if (!r->clock && bare_hours(s, pos, opened, &m)) {
            take_moment(r, &m, m.end);
            continue;
        }
        if (r->part_of_day && r->part_of_day < SYN_PART_START) return;
        size_t len = day_part_at(s, pos, false, &m.part);
        if (!len && (len = scan_role(s, SYN_LEX_PERIOD, PERIOD_PART, pos, &value)) > 0 && value <= 3 && value >= 1 &&
            pos > r->end + 1 && !after_comma(s, pos))
            m.part = SYN_PART_START + (int)value - 1;
        if (!len || !m.part) return;
        take_moment(r, &m, pos + len);
    }
}

/* Nothing but what joins the two lies between. */
static bool leads_to(const scan *s, size_t from, size_t at)
{
    bool opened = false;
    for (int i = 0; i < SKIPS && from < at; i++) {
        size_t next = past_joint(s, from, &opened);
        if (next == from) break;
        from = next;
    }
    return from == at;
}

void date_moment_before(const scan *s, size_t at, date_span *r, size_t *start)
{
    *start = at;
    const moment *m = &s->told;
    if (!m->end || m->end > at || at - m->end > 40 || r->from == SYN_NO_DAY || r->to != r->from + 1 || r->range) return;
    if (!leads_to(s, m->end, at)) return;
    take_moment(r, m, r->end);
    *start = m->start;
}

size_t pass_moment(scan *s, size_t at)
{
    moment m;
    double value;
    bool opened = false;
    if (moment_at(s, at, MOMENT_ALONE, &m)) {
        m.end = until_hour(s, m.end);
        s->told = m;
        return m.end;
    }
    /* what is a time only if a day follows: "om 20.30 vandaag", "between 3 and 8 yesterday" */
    if (moment_at(s, at, MOMENT_BESIDE, &m)) {
        m.end = until_hour(s, m.end);
        s->told = m;
        return 0;
    }
    size_t hours = scan_digit(s, at) ? at : past_joint(s, at, &opened);
    if ((opened || hours == at) && bare_hours(s, hours, opened, &m)) {
        m.start = at;
        s->told = m;
        return opened ? 0 : m.end;
    }
    size_t len = day_part_at(s, at, false, &m.part);
    if (!len && (len = scan_role(s, SYN_LEX_PERIOD, PERIOD_PART, at, &value)) > 0 && value >= 1 && value <= 3) {
        bool of = memchr(s->t.p + at, ' ', len) || /* "end of Sunday", no "end Sunday" */
                  scan_role(s, SYN_LEX_PERIOD, PERIOD_OF, scan_space(s, at + len), NULL);
        m.part = of ? SYN_PART_START + (int)value - 1 : 0;
    }
    if (len && m.part) s->told = (moment){.minute = -1, .part = m.part, .start = at, .end = at + len};
    return 0;
}
