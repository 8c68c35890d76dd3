/* compare.h - stage 6: where the tellings of one story agree and differ.  Uses base.h, lexicon.h, text.h, facts.h. */
#ifndef SYN_COMPARE_H
#define SYN_COMPARE_H

#include "../base/base.h"
#include "../facts/facts.h"
#include "../lexicon/lexicon.h"
#include "../text/text.h"

/* One telling, with its facts.  All borrowed. */
typedef struct syn_telling {
    syn_str id, lang;
    const syn_text *text; /* of the article's text alone */
    const syn_facts *facts;
} syn_telling;

typedef struct syn_difference {
    uint8_t kind;          /* syn_fact_kind of the conflicting facts */
    const syn_fact *a, *b; /* one may be NULL: said on one side only */
    double severity;       /* 0 to 1 */
} syn_difference;
typedef struct syn_differences {
    const syn_difference *items;
    size_t n;
} syn_differences;

/* What conflicts between two tellings, precision first.  In arena, borrowing the tellings. */
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
    uint32_t said;         /* tellings that say it */
    const syn_cell *cells; /* one a telling */
} syn_row;
typedef struct syn_table {
    const syn_row *rows;
    size_t n;
    size_t ntellings;
} syn_table;
/* Rows that two tellings or more share; differing ones first, then by how many say them.  reader: language tags parted
   by commas, the best first, in which rows are labelled where a telling of the row is in one of them; else the first
   telling's.  SYN_ELIMIT: more than SYN_MAX_TELLINGS. */
syn_code syn_compare_story(syn_arena *arena, const syn_lexicon *lex, const syn_telling *const *tellings, size_t n,
                           syn_str reader, syn_table *out, syn_err *err);

#include "record.h" /* a topic's record */

#endif
