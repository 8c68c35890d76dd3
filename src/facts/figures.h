/* figures.h - stage 4, inside: what the readers of figures, money and dates share.  They read the folded text, in which
   digits are ASCII, case is gone and white space is one space; spans lead back through its map. */
#ifndef SYN_FACTS_FIGURES_H
#define SYN_FACTS_FIGURES_H

#include "facts.h"

/* Roles of SYN_LEX_NUMERAL, SYN_LEX_PERIOD and others: data/README.md. */
enum {
    ROLE_NUMBER,
    ROLE_AND,
    ROLE_FRACTION,
    ROLE_POINT,
    ROLE_MINUS,
    ROLE_HALF_MORE,
    ROLE_BEFORE_SCALE,
    ROLE_DOZEN,
    ROLE_ARTICLE,
    ROLE_COUNTER,
    ROLE_ENDING,
    ROLE_DENOMINATOR,
    ROLE_PREFIX,
    ROLE_PARTS_OF,
    ROLE_OUT_OF,
    ROLE_TRAILING,
    ROLE_SCALE_FIRST,
    ROLE_OF,
    ROLE_SOME,
    ROLE_PARTS,
    ROLE_POWER_OF,
    ROLE_POWER
};
enum { AND_JOINED = 1, AND_FRACTION };                                /* values of ROLE_AND */
enum { OUT_OF_IMPLIED = -1, OUT_OF_ANY, OUT_OF_ONE, OUT_OF_DIVIDES }; /* of ROLE_OUT_OF */
enum { POINT_ANY, POINT_WORDS, POINT_LARGE };                         /* of ROLE_POINT */
enum {
    SPAN_DAY = 1,
    SPAN_WEEK,
    SPAN_MONTH,
    SPAN_YEAR,
    SPAN_QUARTER,
    SPAN_WEEKEND,
    SPAN_DECADE,
    SPAN_CENTURY,
    SPAN_HALF_YEAR,
    SPAN_HOUR,
    SPAN_MINUTE,
    SPAN_SECOND,
    SPAN_DURATION,
    PERIOD_NOTHING,
    PERIOD_CLOCK_BEFORE,
    PERIOD_CLOCK_AFTER,
    PERIOD_EVERY,
    SPAN_WORKDAY,
    PERIOD_LAST = 30,
    PERIOD_NEXT,
    PERIOD_THIS,
    PERIOD_AGO,
    PERIOD_LATER,
    PERIOD_FROM = 40,
    PERIOD_TO,
    PERIOD_BETWEEN,
    PERIOD_AND,
    PERIOD_UNTIL,
    PERIOD_CLOSE,
    PERIOD_NOW,
    PERIOD_OFFSET,
    PERIOD_BOUND,
    PERIOD_BOUND_AFTER,
    PERIOD_ERA = 50,
    PERIOD_BEFORE_CHRIST,
    PERIOD_HIJRI,
    PERIOD_JALALI,
    PERIOD_ETHIOPIC,
    PERIOD_OWN_ERA,
    PERIOD_OWN_JALALI,
    PERIOD_PART = 60,
    PERIOD_SEASON,
    PERIOD_OF,
    PERIOD_DECADE_ENDING,
    PERIOD_IN_YEAR,
    PERIOD_QUARTER_NAME,
    PERIOD_HALF_NAME,
    PERIOD_DECADE_HEAD,
    PERIOD_FEAST,
    PERIOD_EASTER,
    PERIOD_WEEK_HEAD,
    PERIOD_WEEK_OF,
    PERIOD_WEEK_OF_AFTER,
    PERIOD_DAY_HEAD,
    PERIOD_DAY_TAIL,
    PERIOD_FIRST_YEAR,
    PERIOD_FIRST,
    PERIOD_ON,
    PERIOD_DAY_PART,
    PERIOD_CLOCK_HOUR,
    PERIOD_FEAST_NTH,
    PERIOD_FEAST_HIJRI,
    PERIOD_FEAST_JALALI,
    PERIOD_FEAST_EASTERN,
    PERIOD_FEAST_NEW_MOON,
    PERIOD_FEAST_FULL_MOON,
    PERIOD_FEAST_JEWISH,
    PERIOD_TO_DATE,
    PERIOD_PHRASE = 100,
    PERIOD_AROUND = 120,
    PERIOD_STRETCH = 140
};
/* A role of feasts. */
static inline bool date_feast(uint32_t role)
{
    return role == PERIOD_FEAST || role == PERIOD_EASTER || (role >= PERIOD_FEAST_NTH && role <= PERIOD_FEAST_JEWISH);
}
enum { DAY_ADVERB = 10 }; /* added to a part of the day that may follow a bare hour: "in the morning" */
enum { SCALE_WORD, SCALE_SHORT, SCALE_LETTER };
enum { ORDINAL_WORD, ORDINAL_ENDING, ORDINAL_PREFIX, ORDINAL_OPENER };

/* A number as written: digits, words or both. */
typedef struct quantity {
    size_t start, end;
    double value;
    int digits;    /* digits of the integer part where it is digits alone, else 0 */
    bool plain;    /* only digits: no separator, sign, scale or fraction */
    bool ordinal;  /* a written ordinal */
    bool fraction; /* written as a fraction */
    bool spelled;  /* begins with a word */
    bool weak;     /* a word that is a number only beside something: an article, one syllable inside a longer word */
    bool scaled;   /* ends in a word of scale */
    bool some;     /* "500 余万": at least so much */
    double unit;   /* the scale that all of it stands on: 1e6 of "two million"; else 1 */
} quantity;

/* The keys at a place and the number that begins there, kept: the readers ask at one place again and again. */
enum { SCAN_PLACES = 32, SCAN_KEYS = 20, SCAN_REACH = 96 /* bytes that a key may have */ };
#define SCAN_KINDS                                                                                                     \
    (SYN_LEX_MONTH | SYN_LEX_WEEKDAY | SYN_LEX_NUMERAL | SYN_LEX_SCALE | SYN_LEX_ORDINAL | SYN_LEX_PERCENT |           \
     SYN_LEX_CURRENCY | SYN_LEX_UNIT | SYN_LEX_RELDAY | SYN_LEX_PERIOD | SYN_LEX_APPROX)
typedef struct scan_place {
    size_t at;
    uint32_t kinds;  /* of all keys here */
    uint32_t n;      /* more than SCAN_KEYS: not all are kept */
    uint64_t ending; /* a bit for each that ends with its word */
    syn_lex_head key[SCAN_KEYS];
    enum { NUMBER_UNREAD, NUMBER_NONE, NUMBER_READ } read;
    quantity number;
} scan_place;

/* A time of day as told. */
typedef struct moment {
    int minute; /* of the day; -1: only its part is told */
    int part;   /* DAY_..., 0 where none is told */
    size_t start, end;
} moment;

typedef struct scan {
    const syn_lexicon *lex;
    const syn_text *text;
    const syn_lang_info *info;
    syn_lang lang;
    syn_str t;           /* the folded text */
    const uint32_t *map; /* its offsets to the source's */
    syn_day ref;
    syn_fact_list *out;
    size_t approx_end; /* end of the last word of SYN_LEX_APPROX, with its value */
    double approx;
    size_t between_end; /* end of the last "between" */
    moment told;        /* the last time of day, for the day that may follow */
    size_t listed_end;  /* end of the last date that told its month and day, for those of a list behind it; else 0 */
    syn_day listed;
    bool listed_partial;
    bool full;
    scan_place *places; /* SCAN_PLACES of them */
    bool in_decimals;   /* inside what was said after a point, or an exponent */
    bool parts;         /* the language says "avos" */
    bool scale_first;   /* the language puts words of scale before their number */
    bool unit_first;    /* ... and those of measures */
} scan;

/* ---- the ground: places in the folded text ---- */

static inline bool scan_wordy(uint32_t cp) /* a letter, mark or digit */
{
    return cp && (syn_char_of(cp)->flags & (SYN_CH_LETTER | SYN_CH_MARK | SYN_CH_DIGIT));
}

static inline bool scan_spaced(uint32_t cp) /* of a script that parts words by spaces */
{
    return syn_script_spaced((syn_script)syn_char_of(cp)->script);
}

uint32_t scan_char(const scan *s, size_t at); /* 0 past the end */
uint32_t scan_char_before(const scan *s, size_t at);
bool scan_word_starts(const scan *s, size_t at); /* no letter, mark or digit runs into it */
bool scan_word_ends(const scan *s, size_t at);
size_t scan_word_end(const scan *s, size_t at); /* end of the run of letters, marks and digits */
size_t scan_space(const scan *s, size_t at);    /* past spaces that end no line */
/* The keys at a place, the longest first. */
scan_place *scan_look(const scan *s, size_t at); /* looked up */
static inline scan_place *scan_keys(const scan *s, size_t at)
{
    scan_place *p = &s->places[at % SCAN_PLACES];
    return p->at == at ? p : scan_look(s, at);
}
/* The longest key of kinds that begins at a place and ends by limit, whether its word ends there or not; 0 if none. */
size_t scan_head(const scan *s, uint32_t kinds, size_t at, size_t limit, syn_lex_hit *hits, size_t max, size_t *n);
/* The longest key of kinds at a place that ends with its word; 0 if none. */
size_t scan_key(const scan *s, uint32_t kinds, size_t at, syn_lex_hit *hits, size_t max, size_t *n);
/* The same for one kind and one id; its value in *value (may be NULL). */
size_t scan_role_of(const scan *s, const scan_place *p, uint32_t kind, uint32_t id, double *value);
static inline size_t scan_role(const scan *s, uint32_t kind, uint32_t id, size_t at, double *value)
{
    if (at >= s->t.n) return 0;
    const scan_place *p = scan_keys(s, at);
    return p->kinds & kind ? scan_role_of(s, p, kind, id, value) : 0;
}
const syn_lex_hit *scan_pick(const syn_lex_hit *hits, size_t n, uint32_t kind, uint32_t id);
#define ANY_ID UINT32_MAX
bool scan_digit(const scan *s, size_t at); /* a digit that is one in the source, too */

/* What folding took away: whether a line begins at a place, and whether its letter is a capital. */
bool scan_line_starts(const scan *s, size_t at);
bool scan_upper(const scan *s, size_t at);

/* ---- readers: true and the result where something begins at the place ---- */

bool digits_at(const scan *s, size_t at, quantity *q);
bool digits_over(const scan *s, const quantity *q, double *value, size_t *end); /* "3/4" */
bool digits_vulgar(const scan *s, size_t at, double *value, size_t *end);       /* "½" */
/* "1の10乗", "12×10の14乗", "6.2x10^-4": what q, just read, is raised to or multiplied by. */
void quantity_power(const scan *s, quantity *q);
size_t digits_power(const scan *s, size_t at, double *value); /* "e+14", "^23" after digits */
bool quantity_at(const scan *s, size_t at, quantity *q);
/* Money at a place, or a quantity already read there with its currency after it. */
bool money_at(const scan *s, size_t at, syn_fact *fact, size_t *end);
bool money_after(const scan *s, const quantity *q, syn_fact *fact, size_t *end);
/* What looks like figures and is none: the end of an address, a time of day, "every Monday", a telephone number, a
   version; 0 where there is none. */
size_t pass_address(const scan *s, size_t at);
size_t pass_clock(const scan *s, size_t at);
size_t pass_moment(scan *s, size_t at); /* moments.c; kept in told */
size_t pass_every(const scan *s, size_t at);
size_t pass_phone(const scan *s, size_t at);
size_t pass_chain(const scan *s, size_t at);
bool pass_code(const scan *s, size_t at);

/* *start: where a time told before the day begins, else at. */
bool date_at(scan *s, size_t at, syn_fact *fact, size_t *start, size_t *end);
bool date_roman(const scan *s, size_t at); /* Roman capitals, as of a century */

#endif
