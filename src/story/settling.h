/* settling.h - what settle.c, block.c and anew.c share: a batch on its way into its stories. */
#ifndef SYN_STORY_SETTLING_H
#define SYN_STORY_SETTLING_H

#include "internal.h"

enum {
    MOST_IN_BLOCK = 400, /* articles of a neighbourhood */
    TAKEN_APART = 64,    /* articles of a story that is linked anew */
    STANDS_FOR = 24,     /* members of a larger story that stand for it */
    YOUNG = 3000         /* articles that are all linked anew whenever something is settled */
};

typedef struct tie { /* between two stories */
    uint32_t a, b;
    double score;
} tie;

/* What is new, each with the articles that it may belong to, best first. */
typedef struct looked {
    uint32_t item, n;
    candidate near[MAX_CANDIDATES];
} looked;

typedef struct settling {
    syn_grouper *g;
    syn_arena mem;
    tie *ties;
    size_t nties, ties_cap;
    double weak; /* evidence that makes neighbours */
    looked *looked;
    size_t nlooked;
    bool moved;      /* something, in this round */
    uint32_t *root;  /* by story: neighbourhoods as a forest */
    uint32_t *size;  /* articles, at roots */
    bool *tied;      /* of them, there is more than one story in it */
    uint32_t *block; /* items of the neighbourhood at hand */
    size_t nblock;
    uint32_t *place;   /* by item: its place in the block, or NONE; NULL where no user said anything */
    struct anew *anew; /* where everything is settled anew */
} settling;

/* ---- block.c ---- */

/* Members that a story brings into a neighbourhood: all, or those that stand for a large one. */
uint32_t syn_block_weight(const story_t *t);
void syn_block_add(settling *s, uint32_t story);
/* The neighbourhood's members into stories by average linking, with their reprints. */
syn_code syn_block_link(settling *s, syn_err *err);

/* ---- anew.c ---- */

/* Whether all that was ever seen is in memory and little enough to be looked at again. */
bool syn_anew_may(const syn_grouper *g);
/* Everything apart and new, in an order of which the order of arrival knows nothing; what was learned is unlearned but
   for what others taught.  False: no memory, and the grouper is of no use any more. */
bool syn_anew_begin(settling *s);
/* Stories get their names back: an old one goes where its founder is, else most of its members; of several in one story
   the oldest stays.  False as above. */
bool syn_anew_end(settling *s);
/* The items, in that order; how many. */
const uint32_t *syn_anew_order(const settling *s, size_t *n);

#endif
