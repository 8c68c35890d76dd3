/* when.h - stage 2, inside: a line of text as numbers and words, for those who look for a day (when.c) or a time of day
   (clock.c) in it. */
#ifndef SYN_WHEN_H
#define SYN_WHEN_H

#include "reading.h"

typedef struct syn_when_token {
    bool number;
    uint8_t digits; /* how many it is written with */
    uint32_t value;
    syn_str text;        /* folded */
    uint32_t start, end; /* in the folded line */
    char before;         /* the ASCII character right before it, '?' for any other; 0: it touches the token before */
    uint8_t gap;         /* bytes between it and the token before */
} syn_when_token;

enum { SYN_WHEN_TOKENS = 300 };

typedef struct syn_when_line {
    syn_reading *r;
    syn_str folded;
    syn_when_token t[SYN_WHEN_TOKENS];
    size_t n;
} syn_when_line;

/* ---- tokens.c ---- */

/* Cut a folded line into tokens, as many as fit.  Han numerals before a year's, month's or day's sign are numbers. */
void syn_when_tokenize(syn_reading *r, syn_str folded, syn_when_line *out);
/* The longest entry of kinds that begins at token i and ends where a token ends; in the page's language, else in
   English.  Returns how many hits were filled (at most max); *last: the token it ends with. */
size_t syn_when_words(const syn_when_line *l, size_t i, uint32_t kinds, syn_lex_hit *hits, size_t max, size_t *last);
/* Whether two numbers stand at i as a clock prints them: "14:30". */
bool syn_when_colon(const syn_when_line *l, size_t i);
/* Whether token i, or the one after the word at i, begins a time of day: "14:30", "time 14.30". */
bool syn_when_near_clock(const syn_when_line *l, size_t i);

/* ---- clock.c ---- */

typedef struct syn_when_clock {
    int minutes; /* of the day */
    int zone;    /* minutes east of UTC, SYN_NO_ZONE where none is named */
} syn_when_clock;
/* The time of day printed near the date that spans the tokens first to last. */
bool syn_when_clock_near(const syn_when_line *l, size_t first, size_t last, syn_when_clock *out);

/* ---- scripts.c ---- */

/* The value of a key that names the day of publication, in any script of the page: "publishedAt":"2025-12-03". */
bool syn_read_script_date(syn_reading *r, syn_str html, syn_time *out);
/* The same, of values that are a day without a clock. */
bool syn_read_script_day(syn_reading *r, syn_str html, syn_time *out);
/* The first date with a time of day that a script of the page holds between quotes: the last resort. */
bool syn_read_quoted_date(syn_reading *r, syn_str html, syn_time *out);

/* ---- zone.c ---- */

/* A time in UTC as the newsroom's calendar has it, which is known from the day (or day and clock) that the page shows
   or its address holds.  shown may be SYN_NO_TIME. */
syn_time syn_read_newsroom_day(syn_time utc, syn_time shown);
/* A time in UTC with the zone that the page's other stamps ("...T18:00:00-04:00") nearly all are written in. */
syn_time syn_read_newsroom_zone(syn_time utc, syn_str html);

#endif
