/* record.h - stage 6: the record of a topic: what its tellings add up to, in order of time.  Uses compare.h.

   Found by tables of event words (data/events/) over the facts of each telling, without a model: a word for an event
   with the day, period, sum, count, rank or name that belongs to it is a mention; mentions of different tellings and
   languages that agree in kind, date, value and parties are one entry. */
#ifndef SYN_COMPARE_RECORD_H
#define SYN_COMPARE_RECORD_H

#include "compare.h"

/* Kinds of entries are the cues of text.h from SYN_CUE_VISIT to SYN_CUE_VERDICT, and two more. */
enum {
    SYN_ENTRY_FIGURE = SYN_CUES, /* a figure of a measure in a period: a point of a series */
    SYN_ENTRY_AHEAD,             /* a day to come of which no word says what it is */
    SYN_ENTRY_KINDS
};
const char *syn_entry_kind_name(uint8_t kind); /* "visit", ... "figure", "ahead" */

/* One telling of a topic.  Borrowed until the record is no longer used. */
typedef struct syn_recorded {
    syn_telling telling;
    syn_str title, outlet, url; /* may be empty */
    syn_day published;          /* SYN_NO_DAY: not known */
} syn_recorded;

typedef struct syn_spelling {
    syn_str name, lang;
    uint32_t tellings; /* that spell it so */
} syn_spelling;
typedef enum syn_party_kind { SYN_PARTY_PERSON, SYN_PARTY_BODY, SYN_PARTY_PLACE, SYN_PARTY_KINDS } syn_party_kind;
extern const char *const syn_party_kind_names[SYN_PARTY_KINDS];
/* A person, body or place that the tellings name. */
typedef struct syn_party {
    uint8_t kind;
    uint32_t country; /* of a place: lexicon id, 0 unknown */
    const syn_spelling *spellings;
    size_t n; /* the commonest first, those of other languages before more of the same */
    uint32_t tellings;
} syn_party;

/* A sentence that bears an entry out. */
typedef struct syn_evidence {
    uint32_t telling;
    syn_span sentence, at; /* bytes of its text; at: the date, figure or word */
    uint8_t value;         /* which of the entry's values it says; SYN_NO_VALUE: none */
} syn_evidence;
enum { SYN_NO_VALUE = UINT8_MAX };

/* A value that an entry has, and who gives it. */
typedef struct syn_record_value {
    double value;
    uint32_t tellings, voices;
} syn_record_value;

enum {                         /* bits of syn_record_entry.flags */
       SYN_ENTRY_VALUE = 1,    /* value is set */
       SYN_ENTRY_CHANGE = 2,   /* change is set */
       SYN_ENTRY_REPORTED = 4, /* no day is said: from is the day it was first reported */
       SYN_ENTRY_OPEN = 8      /* the period ends with "by": from its beginning nothing is known */
};
typedef struct syn_record_entry {
    uint8_t kind, flags;
    uint8_t measure;                /* syn_cue: what is measured or counted, SYN_CUE_NONE */
    uint32_t ordinal;               /* "48th" session, "50th" anniversary; 0 none */
    syn_day from, to;               /* day or period, to exclusive; SYN_NO_DAY: none */
    double value;                   /* whole units; the one that most give */
    const syn_record_value *values; /* that one first; two or more: the tellings contradict each other */
    size_t nvalues;
    char currency[4];        /* ISO 4217, or empty */
    char unit[4];            /* of the SI, as facts have it, or empty */
    double change;           /* per cent against the period before */
    const uint32_t *parties; /* indices into the record's */
    size_t nparties;
    const syn_evidence *evidence; /* by telling, then place */
    size_t nevidence;
    uint32_t tellings, voices; /* voices: tellings of one outlet, and reprints, are one */
} syn_record_entry;

/* Figures of one measure over time. */
typedef struct syn_series {
    uint8_t measure;
    char currency[4];
    const uint32_t *points; /* entries, by period */
    size_t npoints;
    const uint32_t *targets; /* entries that say what it shall be */
    size_t ntargets;
} syn_series;

typedef struct syn_record {
    const syn_record_entry *entries; /* by day, those without one last */
    size_t n;
    const syn_series *series; /* of two points and targets or more */
    size_t nseries;
    const syn_party *parties; /* by how many tellings name them */
    size_t nparties;
    const syn_recorded *tellings;
    size_t ntellings;
    syn_day latest; /* publication, SYN_NO_DAY where none is known */
} syn_record;

/* A record being made, in arena.  Add each telling right after the texter has cut its text; finish once.  O(n log n) in
   the tellings' words.  SYN_ELIMIT: more than SYN_MAX_RECORD_TELLINGS. */
typedef struct syn_recorder syn_recorder;
syn_recorder *syn_recorder_new(syn_arena *arena, const syn_lexicon *lex); /* NULL: no memory */
syn_code syn_recorder_add(syn_recorder *r, syn_texter *texter, const syn_recorded *telling, syn_err *err);
syn_code syn_recorder_finish(syn_recorder *r, syn_record *out, syn_err *err);

#endif
