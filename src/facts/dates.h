/* dates.h - stage 4, inside: the parts of a date as written, and the days they come to. */
#ifndef SYN_FACTS_DATES_H
#define SYN_FACTS_DATES_H

#include "figures.h"

typedef struct pieces {
    int day, month, year; /* 0: not said */
    int weekday;          /* -1: not said */
    syn_calendar calendar;
    bool year_given;
    bool inferred; /* the year was */
    bool sure;     /* a calendar or era is named */
} pieces;

/* What a reader of dates found. */
typedef struct date_span {
    syn_day from, to;            /* to is exclusive */
    bool partial, approx, range; /* range: not one day */
    bool closed;                 /* both ends were told */
    bool named_day;              /* a weekday told as last, next or this */
    bool lone_weekday;           /* a weekday and nothing else */
    bool month_day;              /* a day told with its month */
    syn_bound bound;
    uint16_t clock;      /* the minute of the day and 1 */
    uint8_t part_of_day; /* DAY_... */
    size_t end;
} date_span;

/* Days [from, to) of what is said; false where it is no date.  *partial: the year was inferred, or a day is missing. */
bool pieces_span(const pieces *p, syn_day ref, syn_day *from, syn_day *to, bool *partial);
/* The span of the unit (SPAN_...) that is n units after the one of ref. */
bool unit_span(int unit, int n, syn_day ref, syn_day *from, syn_day *to);
/* The day n units from ref; SYN_NO_DAY where there is none. */
syn_day unit_shift(int unit, double n, syn_day ref);
/* The day of that number, of ref's month and those beside it, nearest to ref; SYN_NO_DAY where none has it. */
syn_day nearest_dom(int dom, syn_day ref);
/* A weekday beside ref: side -1 the last one before it, 0 in its week (Monday first), 1 in the next week, 2 the first
   after it, 3 the last one up to ref. */
syn_day weekday_near(int weekday, int side, syn_day ref);

/* ---- parts.c ---- */

int date_whole(const quantity *q); /* -1: too large for a part of a date */
/* A number beside a unit or month: where its word is a fraction, too, the number it names. */
bool date_count_at(const scan *s, size_t at, quantity *q);
/* Past spaces, one comma and the words that join a date's parts ("of", "de"). */
size_t date_joiners(const scan *s, size_t at);
bool date_unspaced(const scan *s, size_t at);
bool date_unspaced_before(const scan *s, size_t at);
/* The mark of year, month or day (SPAN_...) that directly follows a number, in scripts that write dates so; 0: none. */
int date_mark_after(const scan *s, size_t at, size_t *end);
bool date_capital_at(const scan *s, size_t at); /* the source has a capital there */
/* Eras and calendars that are understood rather than written: Thai years from 2400 on, Persian ones around 1400. */
void date_settle_calendar(const scan *s, pieces *p);
/* A name without its capital that is an ordinary word, too: "may". */
bool date_common_word(const scan *s, size_t at, size_t end);
/* The hit that is a unit of time, days to half-years; NULL where there is none. */
const syn_lex_hit *date_unit_of(const syn_lex_hit *hits, size_t n);
/* The same where a number orders it: "half", too. */
const syn_lex_hit *date_part_unit_of(const syn_lex_hit *hits, size_t n);

static inline bool date_plausible_year(const quantity *q) /* four digits that may be a year */
{
    return q->plain && q->digits == 4 && q->value >= 1000 && q->value < 2700;
}

/* ---- written.c, numeric.c ---- */

/* The parts of a date from at on: true where they make one. */
bool date_pieces_at(const scan *s, size_t at, pieces *p, size_t *end);
/* "2026-03-05", "5/3/2026", "5.3.": digits with one mark between them. */
bool date_numeric_at(const scan *s, size_t at, pieces *p, size_t *end);
/* "23-Sep-2020", "2020/23/Sep": day, year and a month's name in any order, with one mark between them. */
bool date_marked_at(const scan *s, size_t at, pieces *p, size_t *end);
/* "7.6", "7-6": a day and a month in the language's order, where something beside them says that they are. */
bool date_day_and_month(const scan *s, size_t at, pieces *p, size_t *end);

/* ---- years.c ---- */

/* "18年10月": two digits of a year, sure where a month follows or the first is 0. */
bool date_short_year(const scan *s, const quantity *q, size_t after);
/* A year in words after "in": "en dos mil veinte"; no round number, which may count something. */
bool date_told_year(const scan *s, size_t at, quantity *q);
/* "nineteen eighty-six": a century and a year of it, in words; 0 where there is none. */
int date_spoken_year(const scan *s, const quantity *century, size_t *end);
/* A year spoken so stands behind what ends at a place. */
bool date_year_spoken(const scan *s, size_t at);
/* A joining word and a year follow. */
bool date_year_joined(const scan *s, size_t at);
/* A year that touches the hyphen after a month's name: "Sept-2020". */
bool date_hyphened_year(const scan *s, size_t at);

/* ---- dates.c ---- */

/* A date or period with parts of its own: "5 May 2026", "May", "2026", "Tuesday". */
bool date_absolute_at(const scan *s, size_t at, pieces *p, date_span *r);

/* ---- ranges.c ---- */

/* Past what stands between the two ends of a range; 0 if nothing does. */
size_t date_range_mark(const scan *s, size_t at, bool between);
/* "3-5 May", "from 3 to 5 May 2026": a bare day before the range mark.  between: "and" parts the ends, too. */
bool date_days_range(const scan *s, size_t at, bool between, date_span *r);
/* "next month from 4 to 23": r, a month just read, becomes those days of it. */
bool date_month_days(const scan *s, date_span *r);
/* The other end of a range, after first; r, its days, grows to it. */
bool date_second_end(const scan *s, const pieces *first, bool between, date_span *r);
/* The period from first, just read at a place, to an end told behind it in any way, or with what closes "between". */
bool date_ends(const scan *s, size_t at, const date_span *first, date_span *r);
/* "between May 5 and now", "from next Monday to Friday": each end told in any way. */
bool date_told_range(const scan *s, size_t at, bool between, date_span *r);

/* A day of the month, in digits or as an ordinal in words, past an article; 0 where there is none. */
int date_dom_at(const scan *s, size_t at, size_t *end);

/* ---- lists.c ---- */

/* "18 and 19 June": a day whose month follows with the last of a list. */
bool date_listed_at(const scan *s, size_t at, date_span *r);
/* "June 18 and 19": a day of the month of the date just before it. */
bool date_listed_after(const scan *s, size_t at, date_span *r);

/* ---- feasts.c ---- */

/* "Christmas", "Easter Monday 2026". */
bool date_holiday_at(const scan *s, size_t at, date_span *r);
/* The feast at a place, as the shift-th one ahead of the article's day, or behind it. */
syn_day date_holiday_in(const scan *s, size_t at, int shift);
/* The feast at a place in a year named before it: "2018年圣诞节". */
bool date_feast_of_year(const scan *s, size_t at, int year, date_span *r);

/* ---- moon.c ---- */

/* The first new moon, or full one, from a day on, by the days of China; SYN_NO_DAY outside 1900 to 2099. */
syn_day date_moon_from(syn_day first, bool full);

/* ---- moments.c ---- */

/* What stands before a time: nothing, a day, or a word that only a time follows. */
typedef enum moment_lead { MOMENT_ALONE, MOMENT_BESIDE, MOMENT_LED } moment_lead;

/* A time of day: "17:30", "9 pm", "kl. 21.40", "下午5点". */
bool moment_at(const scan *s, size_t at, moment_lead lead, moment *m);
/* The time told after r, a day: "Monday at 10.30", "on 5 May in the evening". */
void date_moment_after(const scan *s, date_span *r);
/* The time told just before the day r that begins at a place; the span then starts with it. */
void date_moment_before(const scan *s, size_t at, date_span *r, size_t *start);

/* ---- ages.c ---- */

/* A number in Roman capitals, up to 30; 0 where there is none. */
int date_roman_at(const scan *s, size_t at, size_t *end);
bool date_decade_at(const scan *s, size_t at, date_span *r);  /* "the 1990s", "1990-talet", "los años noventa" */
bool date_century_at(const scan *s, size_t at, date_span *r); /* "the 21st century", "siglo XXI" */

/* ---- bounds.c ---- */

/* A day or period told in any way: "next Monday", "the end of May", "3 May"; with now, "now", too. */
bool date_told_at(const scan *s, size_t at, bool now, date_span *r);
/* "since 2010", "before the end of May": open at one end. */
bool date_bound_at(const scan *s, size_t at, date_span *r);
/* The same with its word behind: r, just read, is opened ("2010年以降", "2010 onwards"). */
void date_bound_after(const scan *s, date_span *r);
/* "the week of 10 April". */
bool date_week_of(const scan *s, size_t at, date_span *r);
/* The same with the week behind: r, a day just read, becomes its week ("18日の週"). */
void date_week_after(const scan *s, date_span *r);
/* "on the 15th", "le 15": a day of the month without its month, the nearest. */
bool date_day_at(const scan *s, size_t at, date_span *r);
/* "the end of May", "Ende 1989", "late this month", "the end of the week". */
bool date_part_at(const scan *s, size_t at, date_span *r);
/* Past an ending that an apostrophe parts from its figure or name: "2010'dan". */
size_t date_ending_end(const scan *s, size_t at);
/* Whether the language puts parts after their period ("ay sonunda"). */
bool date_parts_after(const scan *s);
/* The part behind its period: "9月上旬", "जुलाई के आखिर", "2026 végén". */
bool date_part_after(const scan *s, date_span *r);

/* ---- relative.c ---- */

/* "yesterday", "last week", "next Monday", "the last ten weeks". */
bool date_phrase_at(const scan *s, size_t at, date_span *r);
/* The day nearest to r, a day counted from another, that is a weekday: "two weeks from now | on Monday", and before it.
 */
void date_weekday_after(const scan *s, date_span *r);
bool date_weekday_of(const scan *s, int weekday, size_t at, date_span *r);
/* "the last three years and two months": so many units up to the article's day, or from the one after it, ending at
   r->end, and what follows of the length. */
bool date_stretch(const scan *s, int unit, double count, date_span *r);
/* The n units up to the article's day, or from the day after it. */
bool units_beside(int unit, double n, syn_day ref, date_span *r);
/* "2 upcoming months", "5 past years", and with an anchor "two weeks before May 13"; the number stands at q. */
bool date_counted_at(const scan *s, const quantity *q, date_span *r);
/* Narrow a month or year to its beginning (1), middle or end (3), or to what is left (6) or gone (7) of it on ref. */
void date_part_of(date_span *r, int part, syn_day ref);
/* A week or month just read, narrowed by a weekday or a day of the month after it. */
void date_narrow(const scan *s, date_span *r);

/* ---- lengths.c ---- */

/* "3 days ago", "vor zwei Jahren und drei Monaten": its first number stands at q; it may begin words before at. */
bool date_around_at(const scan *s, size_t at, const quantity *q, date_span *r);
/* "昨日の2日前", "आज से दो दिन बाद": r, a day just read, is what the count starts from. */
bool date_counted_from(const scan *s, date_span *r);

/* ---- nth.c ---- */

/* "the last week of July", "the third quarter of 2018", "Q3 2018", "week 31 of 2019". */
bool date_nth_at(const scan *s, size_t at, date_span *r);
/* The same with the period first: r, just read, is narrowed to its part ("2021年的第一周", "2018 Q3"). */
bool date_nth_after(const scan *s, date_span *r);

#endif
