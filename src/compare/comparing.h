/* comparing.h - inside stage 6: tellings made ready for comparing, and the steps from there to differences and tables.
   Uses compare.h. */
#ifndef SYN_COMPARING_H
#define SYN_COMPARING_H

#include <stdlib.h>

#include "compare.h"

/* qsort that takes an empty list without an array. */
static inline void syn_sort(void *items, size_t n, size_t size, int (*order)(const void *, const void *))
{
    if (n > 1) qsort(items, n, size, order);
}

/* A figure or a day of a telling, whether the facts know it or it is digits that they left over. */
typedef struct syn_figure {
    const syn_fact *fact;
    uint32_t token; /* its first token */
    uint32_t token_end;
    uint64_t mantissa; /* value's significant digits, without zeros at the end; 0 for dates */
    bool written;      /* in digits, not in words */
    bool loose;        /* digits without a fact: scores, telephone numbers */
    bool hour;         /* of a time of day: "19:30", "19 h 30" */
    bool named;        /* part of a name: "Amihan-2" */
    bool dawn;         /* its language counts hours from dawn */
    bool monthly;      /* a number beside the name of a month: a day of no known year */
    bool scaled;       /* with a word of scale */
    bool tally;        /* counts what grows in the course of an event: the dead, the arrested */
    bool shaky;        /* a word of a script without spaces, which may be a piece of a longer one */
    uint8_t flags;     /* the fact's, and what is said after the measure: "120 dakikadan fazla" */
    uint32_t unit;     /* SI unit of the measure beside it, 0 none */
    double factor;     /* of the measure, to that unit */
} syn_figure;

/* What a word, or a figure, says about where it stands: a key that another language's word for the same thing shares.
 */
typedef struct syn_clue {
    uint64_t key;
    uint32_t token, sentence;
    float weight; /* rarity among the tellings compared, 0 to 1; common to all or said by one telling only: dropped */
} syn_clue;

typedef struct syn_side {
    const syn_telling *telling;
    syn_span *urls; /* addresses printed in the text, by place */
    size_t nurls;
    syn_figure *figures; /* by place */
    size_t nfigures;
    syn_clue *clues; /* by token */
    size_t nclues;
    syn_clue *keyed; /* the same by key, then sentence */
    float *norm;     /* one a sentence: length of its vector of clues */
    size_t nsentences;
} syn_side;

/* ---- sides.c ---- */

/* Figures and weighted clues of n tellings, into n sides that live in scratch.  Figures that the facts missed become
   facts in keep: results point at them.  O(tokens * log tokens). */
syn_code syn_sides_prepare(syn_arena *scratch, syn_arena *keep, const syn_lexicon *lex,
                           const syn_telling *const *tellings, size_t n, syn_side *sides, syn_err *err);
/* How much the words around two figures say the same, 0 to 1. */
double syn_sides_around(const syn_side *a, const syn_figure *x, const syn_side *b, const syn_figure *y);

/* ---- figures.c ---- */

/* How surely two figures say the same value, in whatever unit or rounding: 1 equal, about 0.5 one within the other
   or the same digits at another scale, 0 not. */
double syn_figure_agree(const syn_figure *x, const syn_figure *y);
/* Whether two figures can speak of the same thing at all, by kind and currency: 0 to 1. */
double syn_figure_fit(const syn_figure *x, const syn_figure *y);
/* How near two different values look: one digit apart, swapped digits, same size: 0 to 1. */
double syn_figure_near(const syn_figure *x, const syn_figure *y);
/* How surely two different values are one, misprinted: swapped digits of a long figure: 0 to 1. */
double syn_figure_slip(const syn_figure *x, const syn_figure *y);
/* Whether they are the same digits at another scale, both of which are printed. */
bool syn_figure_rescaled(const syn_figure *x, const syn_figure *y);
/* How much of a coincidence an equal value would be: 0 for "two", 1 for 58,420. */
double syn_figure_rare(const syn_figure *x);

/* ---- align.c ---- */

/* Sentences of one side against those of another. */
typedef struct syn_alignment {
    size_t n, m;
    const float *place; /* n rows of m: how surely the two sentences report the same, 0 to 1 */
    double parallel;    /* 1: one follows the other sentence by sentence; 0: told independently */
} syn_alignment;
syn_code syn_align_sides(syn_arena *arena, const syn_side *a, const syn_side *b, syn_alignment *out, syn_err *err);
static inline double syn_align_place(const syn_alignment *al, uint32_t i, uint32_t j)
{
    return i < al->n && j < al->m ? (double)al->place[i * al->m + j] : 0;
}

/* ---- links.c ---- */

/* Two figures, one of each side, that speak of the same thing. */
typedef struct syn_link {
    uint32_t a, b; /* indices of figures */
    float score;   /* 0 to 1 */
    bool agree;    /* same value; else they conflict */
} syn_link;
typedef struct syn_links {
    syn_link *items;
    size_t n, cap;
    syn_alignment align;
    const uint8_t *known_a, *known_b; /* one a figure: the other side says its value, or another one for it */
} syn_links;
#define SYN_LINK_SURE 0.46 /* score from which a conflict is told of two tellings alone */
/* Agreements first, then conflicts, each strongest first; weak conflicts too, for others to bear out. */
syn_code syn_link_sides(syn_arena *arena, const syn_side *a, const syn_side *b, syn_links *out, syn_err *err);

/* ---- differ.c ---- */

typedef struct syn_difference_list {
    syn_arena *arena;
    syn_difference *items;
    size_t n, cap;
} syn_difference_list;
bool syn_differ_push(syn_difference_list *list, syn_difference d);
/* A difference that shows in one telling alone: its side a where that is the first of them, else b. */
bool syn_differ_alone(syn_difference_list *list, syn_difference d, uint32_t telling, syn_saying said);
/* Of what kind, and how grave, the conflict of two figures is.  score: how surely they speak of one thing. */
void syn_differ_figures(const syn_side *a, const syn_figure *x, const syn_side *b, const syn_figure *y, double score,
                        syn_difference *out);
/* A figure that the other tellings leave out, if it is worth a note. */
bool syn_differ_only(uint32_t telling, const syn_figure *f, syn_difference_list *out);
/* Whether a side prints a figure's digits somewhere, whatever they were read as. */
bool syn_sides_print(const syn_side *s, const syn_side *of, const syn_figure *f);
/* The gravest first, of those as grave the first in the tellings. */
void syn_differ_sort(syn_difference_list *list);

/* ---- persons.c ---- */

/* People whom the other telling does not know, where it has someone else whom this one does not. */
syn_code syn_persons_differ(syn_arena *scratch, const syn_lexicon *lex, const syn_side *a, const syn_side *b,
                            const syn_alignment *align, syn_difference_list *out, syn_err *err);

/* ---- remains.c, urls.c, marks.c: what was spoilt on the way ---- */

/* Sentences left in the language of another telling, or in one that none is told in.  O(tokens * log tokens). */
syn_code syn_remains_differ(syn_arena *scratch, const syn_lexicon *lex, const syn_side *sides, size_t n,
                            syn_difference_list *out, syn_err *err);
syn_code syn_urls_find(syn_arena *arena, syn_side *s, syn_err *err);
bool syn_urls_differ(const syn_side *sides, size_t n, syn_difference_list *out);
/* Directions and joiners of one text. */
bool syn_marks_differ(const syn_lexicon *lex, const syn_side *s, uint32_t telling, syn_difference_list *out);

/* ---- labels.c ---- */

/* The words around a figure, with an ellipsis in its place: those of its clause, else of its sentence, else those next
   to it. */
syn_str syn_label_figure(syn_arena *arena, const syn_side *s, const syn_figure *f);

/* ---- rows.c, names.c ---- */

typedef struct syn_row_list {
    syn_arena *arena;
    size_t ntellings;
    const uint32_t *order; /* the tellings by whose words the reader understands best */
    syn_row *items;
    size_t n, cap;
    syn_difference_list *differences;
} syn_row_list;
/* A row with empty cells at the list's end; *cells are its cells, to be filled.  NULL when full or out of memory. */
syn_row *syn_row_add(syn_row_list *list, uint8_t kind, syn_cell **cells);
/* Number a row's values by how many tellings say them; values: any number a value, one a telling, read where the cell
   has a fact.  Sets said and differs. */
void syn_row_settle(syn_row *row, syn_cell *cells, const uint32_t *values, size_t n);

/* Rows of figures and days that the links between the sides tie together. */
syn_code syn_rows_of_figures(syn_arena *scratch, const syn_side *sides, size_t n, syn_row_list *rows, syn_err *err);
/* Rows of names and places, spellings of one name in one row. */
syn_code syn_rows_of_names(syn_arena *scratch, const syn_lexicon *lex, const syn_side *sides, size_t n,
                           syn_row_list *rows, syn_err *err);
/* Rows of quotations. */
syn_code syn_rows_of_quotes(syn_arena *scratch, const syn_side *sides, size_t n, syn_row_list *rows, syn_err *err);

#endif
