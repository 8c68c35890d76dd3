/* content.h - stage 2, inside: between content.c, which finds the article's box, and features.c, which judges blocks.
 */
#ifndef SYN_READ_CONTENT_H
#define SYN_READ_CONTENT_H

#include "reading.h"

typedef struct syn_judge {
    syn_reading *r;
    const syn_layout *l;
    const syn_evidence *e;
    const double *worth, *sum; /* of each block; running sums, one more */
    uint32_t root, title;
    /* filled by the start */
    uint32_t from, to;              /* blocks looked at closer: the root's and some around it */
    uint32_t first_good, last_good; /* blocks of good worth in the root */
    uint8_t *line;                  /* syn_line of each block */
    int8_t *told;                   /* whether JSON-LD's body holds the block: 1, 0, -1 not known */
    bool *again;                    /* the text stood before */
    double root_total;
    uint32_t deaf;             /* hints that are not listened to: most of the text carries them */
    uint32_t core, core_depth; /* the box whose own children hold the most worth, and boxes above it */
} syn_judge;

/* Bump when the list of features changes: the model names the one it was learned on. */
#define SYN_FEATURES 96

enum { SYN_AROUND_ROOT = 120 }; /* blocks before and after the root that are looked at closer */

/* Whether a block can be of the article at all. */
static inline bool syn_read_candidate(const syn_judge *j, uint32_t block)
{
    if (block < j->from || block >= j->to) return j->worth[block] >= 20;
    const syn_box *root = &j->l->boxes[j->root];
    const syn_block *b = &j->l->blocks[block];
    return (block >= root->block0 && block < root->block1) || b->linked < b->chars; /* links alone are none */
}

/* The first pass: worth of the blocks, the box that holds most of it (out->root), and what the model looks at. */
syn_code syn_read_judge_page(syn_reading *r, const syn_layout *l, const syn_evidence *e, syn_content *out,
                             syn_judge *judge);
syn_code syn_read_judge_start(syn_judge *j);
void syn_read_features(const syn_judge *j, uint32_t block, float f[SYN_FEATURES]);
/* The probability that a block is of the article. */
double syn_read_judge(const syn_judge *j, uint32_t block);

#endif
