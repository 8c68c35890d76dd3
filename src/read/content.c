/* content.c - stage 2: which blocks are the article.  First every block gets a worth from its form (length, links,
   marks that end sentences); the box whose blocks' worth sums highest holds the article (the maximum-subsequence idea
   of Pasternack and Roth, "Extracting article text from the web with maximum subsequence segmentation", 2009, taken
   over subtrees).  Then each block is judged by a small model of boosted trees over its form, place, neighbours and
   hints (features.c, block_model.inc).  O(blocks + boxes). */
#include "content.h"

/* Thresholds of the first pass; chosen on the press pages of the labelled sets, whole set at once. */
#define LINKED_MUCH 0.5   /* share of link text above which a block counts against its box */
#define LINKED_SOME 0.3   /* below it, an item of a list or a cell of a table counts neither way */
#define LONG_ENOUGH 120   /* characters of a paragraph that need not end as a sentence */
#define SENTENCE 40       /* characters of a block that ends as a sentence */
#define MOST_WORTH 800.0  /* one block adds at most this */
#define KEEP 0.5          /* the model's probability from which a block is kept */
#define SCANT 0.3         /* kept less than this of the box's good characters: decide anew */
#define KEEP_AT_NEED 0.15 /* then this suffices */
#define WORTHY 40.0       /* or this worth */
#define LABELLED 0.3F     /* times the probability, where a short line's label says that it is none of the text */
#define SET_OFF 0.03F     /* probability that suffices among the paragraphs for a list or a table without links */
#define LAST 85           /* the same, where the line stands among the paragraphs */
#define SURE 0.85F        /* probability of a block that such a line before it does not unseat */
#define LATE 60           /* per cent of the text before a line that ends articles, from where it is believed */
#define COMMENTED 0.1F    /* times the probability, where a box says that it holds comments */
#define HOME 0.5          /* a box is the text's own that holds this share of it in its children */
#define KEEP_AT_HOME 0.1F /* there this probability suffices for what is neither linked nor hinted against */

static double worth_of(const syn_layout *l, const syn_block *b)
{
    const syn_box *box = &l->boxes[b->box];
    double linked = b->chars ? (double)b->linked / b->chars : 0, worth;
    if (b->heading) return 0;
    if (linked > LINKED_MUCH)
        worth = -(8 + 0.3 * (b->chars < 100 ? b->chars : 100));
    else if ((b->ends && b->stops && b->chars >= SENTENCE) || b->chars >= LONG_ENOUGH) {
        worth = (b->chars < MOST_WORTH ? b->chars : MOST_WORTH) * (1 - linked);
    } else if (box->in & (SYN_IN_LIST | SYN_IN_TABLE) && linked < LINKED_SOME)
        worth = 0; /* items and cells are short */
    else
        worth = -6 - 0.2 * (b->chars < 40 ? b->chars : 40);
    uint32_t against = (box->around | b->inner) & (SYN_HINTS_AGAINST | SYN_HINT_CAPTION | SYN_HINT_AUTHOR);
    if (worth > 0 && (against || (box->in & (SYN_IN_NAV | SYN_IN_ASIDE | SYN_IN_FOOTER | SYN_IN_CAPTION | SYN_IN_FORM |
                                             SYN_IN_DIALOG | SYN_IN_LINK)))) {
        worth *= 0.1;
    }
    if (worth > 0 && (box->in & SYN_IN_HIDDEN)) worth *= 0.3;
    if (worth > 0 && ((box->in & SYN_IN_PROP) || (box->around & SYN_HINT_BODY))) worth *= 1.3;
    return worth;
}

/* What stands together stays together: the items of a list, the cells of a table and the lines parted by <br> alone
   share the mean of their judgements, by characters. */
static void share_fate(const syn_layout *l, float *p)
{
    uint32_t done = 0;
    for (size_t i = 0; i < l->nboxes; i++) {
        const syn_box *box = &l->boxes[i];
        unsigned tag = box->node->tag;
        bool list = tag == SYN_TAG_UL || tag == SYN_TAG_OL || tag == SYN_TAG_DL || tag == SYN_TAG_TABLE;
        bool lines = box->block1 > box->block0 + 1 && box->end == i + 1;
        if ((!list && !lines) || box->block0 < done || box->block1 <= box->block0 + 1) continue;
        double sum = 0, chars = 0;
        for (uint32_t k = box->block0; k < box->block1; k++) {
            sum += (double)p[k] * (l->blocks[k].chars + 5);
            chars += l->blocks[k].chars + 5;
        }
        if (tag == SYN_TAG_TABLE && chars > 2000) continue; /* a layout's table, not one of data */
        float mean = (float)(sum / chars);
        for (uint32_t k = box->block0; k < box->block1; k++) p[k] = (p[k] + 3 * mean) / 4;
        done = box->block1;
    }
}

/* Keep what is likely; where next to nothing is, what is worth most in the box that holds the most. */
static void decide(const syn_layout *l, const double *worth, const float *p, syn_content *out)
{
    const syn_box *root = &l->boxes[out->root];
    double kept = 0, good = 0;
    for (uint32_t i = 0; i < l->nblocks; i++) {
        if (p[i] < KEEP) continue;
        out->role[i] = SYN_ROLE_TEXT;
        kept += l->blocks[i].chars;
    }
    for (uint32_t i = root->block0; i < root->block1; i++) good += worth[i] > 0 ? l->blocks[i].chars : 0;
    if (kept >= SCANT * good && kept >= 1) return;
    for (uint32_t i = root->block0; i < root->block1; i++) {
        if (p[i] >= KEEP_AT_NEED || worth[i] >= WORTHY) out->role[i] = SYN_ROLE_TEXT;
    }
}

/* The box in which a block stands beside others: its box's parent, past lists and tables. */
static uint32_t home_of(const syn_layout *l, const syn_block *b)
{
    const syn_box *box = &l->boxes[b->box];
    uint32_t at = box->parent;
    for (int i = 0; i < 4 && at != SYN_NONE && (box->in & (SYN_IN_LIST | SYN_IN_TABLE | SYN_IN_QUOTE)); i++) {
        unsigned tag = l->boxes[at].node->tag;
        bool inner = tag == SYN_TAG_UL || tag == SYN_TAG_OL || tag == SYN_TAG_LI || tag == SYN_TAG_TABLE ||
                     tag == SYN_TAG_TR || tag == SYN_TAG_TBODY || tag == SYN_TAG_TD || tag == SYN_TAG_BLOCKQUOTE ||
                     tag == SYN_TAG_DL;
        if (!inner) break;
        at = l->boxes[at].parent;
    }
    return at;
}

/* What stands among the paragraphs of the text, in the same box, is of the text: lists, quotations, short lines. */
static void keep_siblings(syn_reading *r, const syn_judge *judge, const float *p, syn_content *out)
{
    const syn_layout *l = judge->l;
    uint64_t *kept = SYN_NEW_ARRAY(r->arena, uint64_t, l->nboxes + 1), all = 0;
    if (!kept) return;
    uint32_t first = SYN_NONE, last = 0;
    for (uint32_t i = 0; i < l->nblocks; i++) {
        if (out->role[i] != SYN_ROLE_TEXT) continue;
        uint32_t home = home_of(l, &l->blocks[i]);
        if (home != SYN_NONE) kept[home] += l->blocks[i].chars;
        all += l->blocks[i].chars;
        if (first == SYN_NONE) first = i;
        last = i;
    }
    for (uint32_t i = first; first != SYN_NONE && i <= last + 3 && i < l->nblocks; i++) {
        const syn_block *b = &l->blocks[i];
        const syn_box *box = &l->boxes[b->box];
        bool set_off = (box->in & (SYN_IN_LIST | SYN_IN_TABLE)) && !b->linked && i < last;
        if (out->role[i] != SYN_ROLE_OUT || p[i] < (set_off ? SET_OFF : KEEP_AT_HOME) ||
            judge->line[i] != SYN_LINE_TEXT)
            continue;
        uint32_t home = home_of(l, b), own = box->hints | b->inner;
        if (home == SYN_NONE || (double)kept[home] < HOME * (double)all || b->linked * 3 > b->chars) continue;
        if (own & (SYN_HINTS_AGAINST | SYN_HINT_CAPTION | SYN_HINT_META)) continue;
        if (box->in & (SYN_IN_FIGURE | SYN_IN_FORM | SYN_IN_ASIDE | SYN_IN_NAV | SYN_IN_HIDDEN)) continue;
        out->role[i] = SYN_ROLE_TEXT;
    }
}

/* After a line that the tables know to end an article ("Comments", "You may also like") little more is of it.  Where
   the line stands among the paragraphs, late in the text, nothing is; elsewhere what stands apart from the paragraphs
   is not. */
static void cut_tail(syn_reading *r, const syn_judge *judge, const float *p, syn_content *out)
{
    const syn_layout *l = judge->l;
    uint64_t *kept = SYN_NEW_ARRAY(r->arena, uint64_t, l->nboxes + 1), all = 0, before = 0;
    uint32_t main_home = 0;
    if (!kept) return;
    for (uint32_t i = 0; i < l->nblocks; i++) {
        uint32_t home = home_of(l, &l->blocks[i]);
        if (out->role[i] != SYN_ROLE_TEXT || home == SYN_NONE) continue;
        all += l->blocks[i].chars;
        kept[home] += l->blocks[i].chars;
        if (kept[home] > kept[main_home]) main_home = home;
    }
    bool ended = false, apart = false;
    for (uint32_t i = 0; i < l->nblocks; i++) {
        const syn_block *b = &l->blocks[i];
        uint32_t home = home_of(l, b);
        if (judge->line[i] == SYN_LINE_END && b->chars <= 60 && before * 100 >= all * LATE) {
            if (home != main_home)
                apart = true;
            else
                ended = ended || before * 100 >= all * LAST;
        }
        if (out->role[i] != SYN_ROLE_TEXT) continue;
        before += b->chars;
        if (ended || (apart && home != main_home && p[i] < SURE)) out->role[i] = SYN_ROLE_OUT;
    }
}

syn_code syn_read_content(syn_reading *r, const syn_layout *l, const syn_evidence *e, syn_content *out)
{
    *out = (syn_content){.title_block = out->title_block};
    out->role = syn_alloc(r->arena, l->nblocks + 1);
    double *worth = SYN_NEW_ARRAY(r->arena, double, l->nblocks + 1),
           *sum = SYN_NEW_ARRAY(r->arena, double, l->nblocks + 1);
    if (!out->role || !worth || !sum) return syn_fail(r->err, SYN_ENOMEM, 0, "no memory for the page's blocks");
    for (size_t i = 0; i < l->nblocks; i++) {
        worth[i] = worth_of(l, &l->blocks[i]);
        sum[i + 1] = sum[i] + worth[i];
    }
    double best = 0;
    for (size_t i = 0; i < l->nboxes; i++) {
        const syn_box *box = &l->boxes[i];
        double total = sum[box->block1] - sum[box->block0];
        if (total >= best) { /* the deepest of equals */
            best = total;
            out->root = (uint32_t)i;
        }
    }
    syn_judge judge = {
        .r = r, .l = l, .e = e, .worth = worth, .sum = sum, .root = out->root, .title = out->title_block};
    syn_code rc = syn_read_judge_start(&judge);
    if (rc) return rc;
    float *p = SYN_NEW_ARRAY(r->arena, float, l->nblocks + 1);
    if (!p) return syn_fail(r->err, SYN_ENOMEM, 0, "no memory for the page's blocks");
    for (uint32_t i = 0; i < l->nblocks; i++) {
        if (!syn_read_candidate(&judge, i)) continue;
        p[i] = (float)syn_read_judge(&judge, i);
        if (l->boxes[l->blocks[i].box].around & SYN_HINT_COMMENT) p[i] *= COMMENTED;
        if (judge.line[i] != SYN_LINE_TEXT && l->blocks[i].chars < 100) p[i] *= LABELLED;
    }
    share_fate(l, p);
    decide(l, worth, p, out);
    keep_siblings(r, &judge, p, out);
    cut_tail(r, &judge, p, out);
    if (out->title_block != SYN_NONE) out->role[out->title_block] = SYN_ROLE_TITLE;
    /* A heading without text after it heads nothing that was kept. */
    for (uint32_t i = (uint32_t)l->nblocks, text = 0; i-- > 0;) {
        if (out->role[i] != SYN_ROLE_TEXT) {
            if (text && out->title_block == i) text = 0;
            continue;
        }
        if (!l->blocks[i].heading)
            text = 1;
        else if (!text)
            out->role[i] = SYN_ROLE_OUT;
    }
    out->first = out->last = 0;
    for (uint32_t i = 0; i < l->nblocks; i++) {
        if (out->role[i] != SYN_ROLE_TEXT) continue;
        if (out->last == 0) out->first = i;
        out->last = i + 1;
    }
    return SYN_OK;
}
