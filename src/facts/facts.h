/* facts.h - stage 4: what an article says that can be compared.  Uses base.h, lexicon.h, text.h. */
#ifndef SYN_FACTS_H
#define SYN_FACTS_H

#include "../base/base.h"
#include "../lexicon/lexicon.h"
#include "../text/text.h"

typedef enum syn_fact_kind {
    SYN_FACT_NUMBER,
    SYN_FACT_PERCENT,
    SYN_FACT_ORDINAL,
    SYN_FACT_MONEY,
    SYN_FACT_DATE,
    SYN_FACT_DATERANGE,
    SYN_FACT_NAME,
    SYN_FACT_PLACE,
    SYN_FACT_QUOTE,
    SYN_FACT_KINDS
} syn_fact_kind;
extern const char *const syn_fact_kind_names[SYN_FACT_KINDS]; /* "number", ... as the command writes them */

enum {                        /* bits of syn_fact.flags */
       SYN_FACT_APPROX = 1,   /* "about" */
       SYN_FACT_AT_LEAST = 2, /* "over", "at least" */
       SYN_FACT_AT_MOST = 4,  /* "nearly", "up to" */
       SYN_FACT_ASSUMED = 8,  /* the currency is a guess: "dollar" without a country */
       SYN_FACT_PARTIAL = 16, /* a date without a day or year of its own: see from, to */
       SYN_FACT_PERSON = 32,
       SYN_FACT_ORG = 64,
       SYN_FACT_RANGE = 128 /* value..value2 */
};

/* A period open at one end: from, to hold the day or period named; the JSON tells what is meant. */
typedef enum syn_bound {
    SYN_BOUND_NONE,
    SYN_BOUND_SINCE,  /* from its first day on */
    SYN_BOUND_AFTER,  /* from the day after its last; from the day itself where one is named: it may see what follows */
    SYN_BOUND_BEFORE, /* up to the day before its first */
    SYN_BOUND_UNTIL   /* up to its last day */
} syn_bound;

/* Part of a day, where a date tells no more of the time. */
enum {
    SYN_PART_MORNING = 1,
    SYN_PART_NOON,
    SYN_PART_AFTERNOON,
    SYN_PART_EVENING,
    SYN_PART_NIGHT,
    SYN_PART_MIDNIGHT,
    SYN_PART_START,
    SYN_PART_MIDDLE,
    SYN_PART_END,
    SYN_PART_PARTS
};

typedef struct syn_fact {
    uint8_t kind; /* syn_fact_kind */
    uint8_t flags;
    uint8_t bound;       /* daterange: syn_bound */
    uint8_t part_of_day; /* date: DAY_...; 0 not told */
    uint16_t clock;      /* date: 1 + minute of the day told with it; 0 not told.  The JSON's kind is then "datetime" */
    uint32_t sentence;   /* index into the text's sentences */
    syn_span span;       /* bytes of the text */
    double value;        /* number, percent (16.7 for 16.7 %), ordinal, money in whole units */
    double value2;       /* upper end of a range */
    char currency[4];    /* ISO 4217 of money */
    char unit[4];        /* number that measures: its unit of the SI, "m", "kg", "m/s", "C" */
    double si, si_zero;  /* value * si + si_zero is in that unit */
    syn_day from, to;    /* date: from is the day (to = from + 1); range or partial date: to is exclusive */
    syn_str name;        /* name, place: as printed, white space made single; quote: its inner text */
    uint32_t place;      /* a place's country (alpha-2 packed a<<8|b), by the other places of the text; 0 unknown */
    int32_t lat, lon;    /* place: in 1/10000 degrees north and east, where it can be but one city; else both 0 */
    bool region;         /* place: part of its country: a state, not a city */
    const uint64_t *keys; /* name, place: keys of its words for matching across scripts, see syn_name_keys */
    uint32_t nkeys;
} syn_fact;

typedef struct syn_facts {
    const syn_fact *items; /* in order of span.start, then the longer first */
    size_t n;
} syn_facts;

/* Find the facts of text.  ref: the day it was written, for "yesterday"; SYN_NO_DAY: relative dates are left out.
   Results live in arena.  O(n) in the text's bytes.  Facts past SYN_MAX_FACTS are dropped. */
syn_code syn_facts_find(syn_arena *arena, const syn_lexicon *lex, const syn_text *text, syn_day ref, syn_facts *out,
                        syn_err *err);

/* The two halves of it: numbers, percentages, ordinals, money, dates (figures.c, dates.c); names, places and
   quotations (names.c, quotes.c).  Each appends in order; syn_facts_find merges. */
typedef struct syn_fact_list {
    syn_arena *arena;
    syn_fact *items;
    size_t n, cap;
} syn_fact_list;
syn_code syn_figures_find(const syn_lexicon *lex, const syn_text *text, syn_day ref, syn_fact_list *out, syn_err *err);
syn_code syn_names_find(const syn_lexicon *lex, const syn_text *text, const syn_fact_list *figures, syn_fact_list *out,
                        syn_err *err);
/* currencies.c: an assumed currency becomes that of the country named in its sentence, else of the only country with
   such money that text names repeatedly; the mark stays.  O(n) where there is one to settle. */
syn_code syn_money_settle(const syn_lexicon *lex, const syn_text *text, syn_fact_list *figures,
                          const syn_fact_list *names, syn_err *err);
/* passages.c: facts of text's passages by their own languages, instead of those that the finders took them for. */
syn_code syn_passages_find(const syn_lexicon *lex, const syn_text *text, syn_day ref, syn_fact_list *figures,
                           syn_fact_list *names, syn_err *err);
/* Append a copy; false when full or out of memory. */
bool syn_fact_push(syn_fact_list *list, const syn_fact *f);

/* ---- names across scripts ---- */

/* How likely two names, each in any script, name the same: 0 to 1.  No state, O(|a| * |b|). */
double syn_name_similarity(const syn_lexicon *lex, syn_str a, syn_str b);

/* Keys of a word in any script: hashes of its consonant skeleton in Latin, one for each way to read it (Han has up to
   five), without duplicates.  Two spellings of one name usually share a key.  Fills at most max, returns the count.
   *strength: how many consonant classes the first skeleton has (1 or 2: weak evidence).  lang steers Han readings. */
size_t syn_name_keys(const syn_lexicon *lex, syn_str word, syn_lang lang, uint64_t *keys, size_t max, int *strength);

/* The word spelt in plain Latin letters, for a reader or a search; NUL-terminated in arena. */
syn_str syn_name_latin(syn_arena *arena, const syn_lexicon *lex, syn_str word, syn_lang lang);

/* The JSON of one fact, as the command writes it. */
void syn_fact_write(syn_jsonw *w, const syn_fact *f);

#endif
