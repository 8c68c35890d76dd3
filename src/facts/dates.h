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

/* Days [from, to) of what is said; false where it is no date.  *partial: the year was inferred, or a day is missing. */
bool pieces_span(const pieces *p, syn_day ref, syn_day *from, syn_day *to, bool *partial);
/* The span of the unit (SPAN_...) that is n units after the one of ref. */
bool unit_span(int unit, int n, syn_day ref, syn_day *from, syn_day *to);
/* The day n units from ref; SYN_NO_DAY where there is none. */
syn_day unit_shift(int unit, double n, syn_day ref);
/* A weekday beside ref: side -1 the last one before it, 0 in its week (Monday first), 1 in the next week, 2 the last
   one up to ref. */
syn_day weekday_near(int weekday, int side, syn_day ref);

#endif
