/* chain.h - stage 4, inside: the grammar of numbers in words, one for all languages.  Tables give whole small numbers
   and words of scale; what is left is a stack of terms, in which a word of scale multiplies every smaller term above it
   ("two hundred | thousand", "三千二百 | 万"), and a smaller number adds itself. */
#ifndef SYN_FACTS_CHAIN_H
#define SYN_FACTS_CHAIN_H

#include "figures.h"

#define CHAIN_TERMS 10

/* What one word, or one part of a joined word, may mean; or a number in digits. */
typedef struct atom {
    size_t end;
    const syn_lex_hit *num, *scale, *ordinal;
    syn_lex_hit kept[3];
    double number; /* of digits */
    bool digits;
} atom;

typedef struct chain {
    struct {
        double value, place;
    } term[CHAIN_TERMS];
    int n, since_and; /* terms before the last "and" */
    bool pending_and, ordinal, fraction, article, digits, scaled, positional, over;
    bool unsettled_zero;
    bool unsettled;      /* ends in what is a number only if more follows: "three and a ... fifth" */
    bool only_fraction;  /* the last "and" joins a fraction and nothing else */
    bool of_scale;       /* "a quarter of a ...": a scale must follow */
    bool of_ordinal;     /* "तीन का ...": an ordinal must close it, and divides */
    bool pending_some;   /* "五百余 ...": a scale must follow */
    bool some;           /* it did: the number is a least */
    bool closed;         /* after a dozen: nothing joins without a space */
    double trailing;     /* the scale before a single last digit: 二百五 */
    double part;         /* a fraction after "and", before the scale of what it joins was put on it */
    double below, whole; /* "x 分の": the denominator, and what stood before "and" */
    double above;        /* "x out of": the numerator */
    double out_of_kind;  /* see ROLE_OUT_OF */
    bool out_of;
    int words, prefixes;
    bool scale_first; /* "elfu tatu": the scale stands before what it multiplies */
    double waiting;   /* such a scale, until its number comes */
} chain;

/* Whether the atom carries the number on; the chain is changed only if so.  spaced: a space may part it from the last.
 */
bool chain_take(chain *c, const atom *a, bool spaced);
/* Whether the number may end here. */
bool chain_settled(const chain *c);
double chain_sum(const chain *c, int from);
/* The number; false where its parts do not come to one. */
bool chain_value(const chain *c, double *value);

#endif
