/* compare.h - stage 6: where the tellings of one story agree and differ.  Uses base.h, lexicon.h, text.h, facts.h. */
#ifndef SYN_COMPARE_H
#define SYN_COMPARE_H

#include "../base/base.h"
#include "../facts/facts.h"
#include "../lexicon/lexicon.h"
#include "../text/text.h"

/* A concept of the news in a telling: its id and the tokens that say it. */
typedef struct syn_concept_at {
    uint32_t token, tokens, id;
} syn_concept_at;

/* One telling, with its facts.  All borrowed. */
typedef struct syn_telling {
    syn_str id, lang;
    const syn_text *text; /* of the article's text alone */
    const syn_facts *facts;
    const syn_concept_at *concepts; /* by token */
    size_t nconcepts;
    syn_time published; /* SYN_NO_TIME: nothing is called an update of it */
} syn_telling;

/* Put a telling together: the text is the one that texter cut last.  In arena, borrowing the rest.  O(tokens). */
syn_code syn_telling_ready(syn_arena *arena, syn_texter *texter, syn_str id, syn_str lang, const syn_text *text,
                           const syn_facts *facts, syn_time published, syn_telling *out, syn_err *err);

typedef enum syn_difference_kind {
    SYN_DIFF_FIGURE,       /* two figures for one thing */
    SYN_DIFF_DATE,         /* two days or periods */
    SYN_DIFF_NAME,         /* someone whom the other telling does not know */
    SYN_DIFF_SCALE,        /* the same digits at another scale or in another unit */
    SYN_DIFF_UPDATE,       /* a count that the later telling carries on */
    SYN_DIFF_ONLY,         /* a figure that one telling leaves out */
    SYN_DIFF_UNTRANSLATED, /* words left in another language */
    SYN_DIFF_LINK,         /* an address that changed on the way */
    SYN_DIFF_JOINER,       /* a joiner inside a word that something else stands for, or all of a text's lost */
    SYN_DIFF_BIDI,         /* a control of direction that is never closed, or turns letters round */
    SYN_DIFF_KINDS
} syn_difference_kind;
extern const char *const syn_difference_names[SYN_DIFF_KINDS]; /* "figure", ... as the command writes them */

/* Where a telling says its side of a difference; start == end: it says nothing. */
typedef struct syn_saying {
    syn_span span;
    const syn_fact *fact; /* NULL: words that are no fact */
} syn_saying;

#define SYN_CONFLICTS                                                                                                  \
    2 /* severity from which tellings contradict each other or a text is spoilt; below, it is a note */
typedef struct syn_difference {
    uint8_t kind;        /* syn_difference_kind */
    uint8_t severity;    /* 1 to be noted, 2 to be looked at, 3 grave */
    uint8_t of;          /* syn_fact_kind of conflicting facts */
    uint32_t in_a, in_b; /* index of each side's telling */
    syn_saying a, b;
} syn_difference;
typedef struct syn_differences {
    const syn_difference *items;
    size_t n;
} syn_differences;

/* What differs between two tellings, precision first: conflicts and notes by place.  In arena, borrowing the
   tellings. */
syn_code syn_compare_pair(syn_arena *arena, const syn_lexicon *lex, const syn_telling *a, const syn_telling *b,
                          syn_differences *out, syn_err *err);

/* A row of a story's table: one thing said, by which tellings, with which values. */
typedef struct syn_cell {
    const syn_fact *fact; /* NULL: this telling does not say it */
    uint32_t value;       /* index of its value among the row's, 0 the commonest */
} syn_cell;
typedef struct syn_row {
    uint8_t kind;
    syn_str label;         /* what is counted: the words around it, or the name; empty only where nothing is around */
    uint32_t told;         /* the telling whose words the label is */
    bool differs;          /* two values or more */
    uint8_t difference;    /* syn_difference_kind of the gravest difference, where it differs */
    uint8_t severity;      /* of it; 0: none */
    uint32_t said;         /* tellings that say it */
    const syn_cell *cells; /* one a telling */
} syn_row;
typedef struct syn_table {
    const syn_row *rows;
    size_t n;
    size_t ntellings;
    const syn_difference *differences; /* all that differs, those of rows first: the gravest first */
    size_t ndifferences;
} syn_table;
/* Rows that two tellings or more share; differing ones first, then by how many say them.  reader: language tags parted
   by commas, the best first, in which rows are labelled where a telling of the row is in one of them; else the first
   telling's.  SYN_ELIMIT: more than SYN_MAX_TELLINGS. */
syn_code syn_compare_story(syn_arena *arena, const syn_lexicon *lex, const syn_telling *const *tellings, size_t n,
                           syn_str reader, syn_table *out, syn_err *err);

/* What became of a sentence from one version of a text to the next. */
enum { SYN_KEPT, SYN_TAKEN_OUT, SYN_PUT_IN };
typedef struct syn_change {
    uint8_t kind;
    syn_span span; /* of the older text where it was taken out, else of the newer */
} syn_change;
typedef struct syn_changes {
    syn_change *items;
    size_t n;
} syn_changes;
/* Sentences in order, what was taken out before what was put in at its place.  In arena; O(n) space, time bounded
   whatever the texts. */
syn_code syn_compare_versions(syn_arena *arena, const syn_text *was, const syn_text *is, syn_changes *out,
                              syn_err *err);

#include "record.h" /* a topic's record */

#endif
