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
    size_t end;
} date_span;

/* Days [from, to) of what is said; false where it is no date.  *partial: the year was inferred, or a day is missing. */
bool pieces_span(const pieces *p, syn_day ref, syn_day *from, syn_day *to, bool *partial);
/* The span of the unit (SPAN_...) that is n units after the one of ref. */
bool unit_span(int unit, int n, syn_day ref, syn_day *from, syn_day *to);
/* The day n units from ref; SYN_NO_DAY where there is none. */
syn_day unit_shift(int unit, double n, syn_day ref);
/* A weekday beside ref: side -1 the last one before it, 0 in its week (Monday first), 1 in the next week, 2 the first
   after it, 3 the last one up to ref. */
syn_day weekday_near(int weekday, int side, syn_day ref);

/* ---- dates.c ---- */

int date_whole(const quantity *q); /* -1: too large for a part of a date */
/* Past spaces, one comma and the words that join a date's parts ("of", "de"). */
size_t date_joiners(const scan *s, size_t at);
bool date_unspaced(const scan *s, size_t at);
/* The mark of year, month or day (SPAN_...) that directly follows a number, in scripts that write dates so; 0: none. */
int date_mark_after(const scan *s, size_t at, size_t *end);
/* A date or period with parts of its own: "5 May 2026", "May", "2026", "Tuesday". */
bool date_absolute_at(const scan *s, size_t at, pieces *p, date_span *r);

/* ---- relative.c ---- */

/* "yesterday", "last week", "next Monday", "the last ten weeks". */
bool date_phrase_at(const scan *s, size_t at, date_span *r);
/* "3 days ago", "vor zwei Tagen": a phrase whose number stands at q; it may begin one word before at. */
bool date_around_at(const scan *s, size_t at, const quantity *q, date_span *r);
/* "2 upcoming months", "5 past years", and with an anchor "two weeks before May 13"; the number stands at q. */
bool date_counted_at(const scan *s, const quantity *q, date_span *r);
/* "the last week of July", "the third quarter of 2018", "Q3 2018", "week 31 of 2019". */
bool date_nth_at(const scan *s, size_t at, date_span *r);
/* The same with the period first: r, just read, is narrowed to its part ("2021年的第一周", "2018 Q3"). */
bool date_nth_after(const scan *s, date_span *r);
/* "Christmas", "Easter Monday 2026". */
bool date_holiday_at(const scan *s, size_t at, date_span *r);
/* Narrow a month or year to its beginning (1), middle or end (3). */
void date_part_of(date_span *r, int part);
/* A week or month just read, narrowed by a weekday or a day of the month after it. */
void date_narrow(const scan *s, date_span *r);

#endif
