/* content.c - stage 2: which blocks are the article.  First every block gets a worth from its form (length, links,
   marks that end sentences); the box whose blocks' worth sums highest holds the article (the maximum-subsequence idea
   of Pasternack and Roth, "Extracting article text from the web with maximum subsequence segmentation", 2009, taken
   over subtrees).  Then each block is judged by a small model of boosted trees over its form, place, neighbours and
   hints (features.c, block_model.inc).  O(blocks + boxes). */
#include "content.h"

/* Thresholds of the first pass; chosen on the press pages of the labelled sets, whole set at once. */
#define LINKED_MUCH 0.5  /* share of link text above which a block counts against its box */
#define LINKED_SOME 0.3  /* below it, an item of a list or a cell of a table counts neither way */
#define LONG_ENOUGH 120  /* characters of a paragraph that need not end as a sentence */
#define SENTENCE 40      /* characters of a block that ends as a sentence */
#define MOST_WORTH 800.0 /* one block adds at most this */
#define MOST 0.6         /* share of the text that carries a hint, from which it says nothing */

/* What changes the model's probability. */
#define LABELLED 0.3F  /* times: a short line's label says that it is none of the text */
#define COMMENTED 0.1F /* times: a box says that it holds comments */
#define UNSEEN 0.3F    /* times: the block is hidden and the article is not */
#define HINTED 0.5F    /* times: a short line whose own box hints at what is never of an article */
#define APART (SYN_HINT_AD | SYN_HINT_SHARE | SYN_HINT_SIGNUP | SYN_HINT_COMMENT | SYN_HINT_NAV)

/* What is kept. */
#define KEEP 0.5          /* from this probability */
#define SCANT 0.3         /* kept less than this of the box's good characters: decide anew */
#define ENOUGH 300        /* characters, unless it is at least so many */
#define KEEP_AT_NEED 0.15 /* then this probability suffices */
#define WORTHY 40.0       /* or this worth */
#define HOME 0.5          /* a box is the text's own that holds this share of it in its children */
#define KEEP_AT_HOME 0.1F /* there this suffices for what is neither linked nor hinted against */
#define SET_OFF 0.03F     /* and this for a list, a table or a subheading among the paragraphs */

/* Where a line stands that ends articles. */
#define LATE 60    /* per cent of the text before it, from where it is believed */
#define LAST 85    /* the same, where it stands among the paragraphs */
#define SURE 0.85F /* probability of a block after it that it does not unseat */

static double worth_of(const syn_layout *l, const syn_block *b, uint32_t deaf)
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
    uint32_t against = (box->around | b->inner) & ~deaf & (SYN_HINTS_AGAINST | SYN_HINT_CAPTION | SYN_HINT_AUTHOR);
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
static void decide(const syn_judge *judge, const float *p, syn_content *out)
{
    const syn_layout *l = judge->l;
    const double *worth = judge->worth;
    const syn_box *root = &l->boxes[out->root];
    double kept = 0, good = 0;
    for (uint32_t i = 0; i < l->nblocks; i++) {
        if (p[i] < KEEP) continue;
        out->role[i] = SYN_ROLE_TEXT;
        kept += l->blocks[i].chars;
    }
    for (uint32_t i = root->block0; i < root->block1; i++) good += worth[i] >= WORTHY ? l->blocks[i].chars : 0;
    if (kept >= ENOUGH || (kept >= SCANT * good && kept >= 1)) return;
    for (uint32_t i = root->block0; i < root->block1; i++) {
        if (judge->line[i] == SYN_LINE_TEXT && (p[i] >= KEEP_AT_NEED || worth[i] >= WORTHY))
            out->role[i] = SYN_ROLE_TEXT;
    }
}

uint32_t syn_read_home(const syn_layout *l, const syn_block *b)
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

enum { LONGEST_CLASS = 300 }; /* bytes that are compared, block by block */

/* Whether two boxes are parts of one text: the same element with the same class. */
static bool same_kind(const syn_layout *l, uint32_t a, uint32_t b)
{
    const syn_node *x = l->boxes[a].node, *y = l->boxes[b].node;
    syn_str class = syn_html_attr(x, "class", NULL);
    return a == b || (x->tag == y->tag && class.n && class.n < LONGEST_CLASS &&
                      syn_str_eq(class, syn_html_attr(y, "class", NULL)));
}

/* Whether the blocks next to this one, kept and at most one further, stand in boxes of the same kind as its own. */
static bool between_kin(const syn_layout *l, const syn_content *out, uint32_t i, uint32_t home)
{
    bool before = false, after = false;
    for (uint32_t d = 1; d <= 2; d++) {
        uint32_t low = i >= d ? i - d : i, high = i + d < l->nblocks ? i + d : i;
        uint32_t a = syn_read_home(l, &l->blocks[low]), b = syn_read_home(l, &l->blocks[high]);
        before = before || (out->role[low] == SYN_ROLE_TEXT && a != SYN_NONE && same_kind(l, a, home));
        after = after || (out->role[high] == SYN_ROLE_TEXT && b != SYN_NONE && same_kind(l, b, home));
    }
    return before && after;
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
        uint32_t home = syn_read_home(l, &l->blocks[i]);
        if (home != SYN_NONE) kept[home] += l->blocks[i].chars;
        all += l->blocks[i].chars;
        if (first == SYN_NONE) first = i;
        last = i;
    }
    for (uint32_t i = first; first != SYN_NONE && i <= last + 3 && i < l->nblocks; i++) {
        const syn_block *b = &l->blocks[i];
        const syn_box *box = &l->boxes[b->box];
        bool heads = b->heading && i < last && out->role[i + 1] == SYN_ROLE_TEXT;
        bool goes_on = i && b->item && out->role[i - 1] == SYN_ROLE_TEXT && l->blocks[i - 1].item &&
                       l->boxes[l->blocks[i - 1].box].parent == box->parent;
        bool set_off = ((box->in & (SYN_IN_LIST | SYN_IN_TABLE)) || heads) && !b->linked && (i < last || goes_on);
        if (out->role[i] != SYN_ROLE_OUT || p[i] < (set_off ? SET_OFF : KEEP_AT_HOME) ||
            judge->line[i] != SYN_LINE_TEXT)
            continue;
        uint32_t home = syn_read_home(l, b), own = box->hints | b->inner;
        if (home == SYN_NONE || b->linked * 3 > b->chars) continue;
        if ((double)kept[home] < HOME * (double)all && !between_kin(l, out, i, home)) continue;
        if (own & ~judge->deaf & (SYN_HINTS_AGAINST | SYN_HINT_CAPTION | SYN_HINT_META)) continue;
        if (box->in & (SYN_IN_FIGURE | SYN_IN_FORM | SYN_IN_ASIDE | SYN_IN_NAV | SYN_IN_HIDDEN)) continue;
        out->role[i] = SYN_ROLE_TEXT;
    }
}

/* An article follows its title: where enough does, what stands before the title in other boxes is of another, and what
   is no sentence is a label. */
static void cut_head(const syn_layout *l, syn_content *out)
{
    if (out->title_block == SYN_NONE) return;
    double after = 0;
    for (uint32_t i = out->title_block; i < l->nblocks; i++)
        after += out->role[i] == SYN_ROLE_TEXT ? l->blocks[i].chars : 0;
    uint32_t title = syn_read_home(l, &l->blocks[out->title_block]);
    for (uint32_t i = 0; i < out->title_block && after >= ENOUGH; i++) {
        const syn_block *b = &l->blocks[i];
        bool said = b->ends && b->chars >= SENTENCE;
        if (!said || syn_read_home(l, b) != title) out->role[i] = SYN_ROLE_OUT;
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
        uint32_t home = syn_read_home(l, &l->blocks[i]);
        if (out->role[i] != SYN_ROLE_TEXT || home == SYN_NONE) continue;
        all += l->blocks[i].chars;
        kept[home] += l->blocks[i].chars;
        if (kept[home] > kept[main_home]) main_home = home;
    }
    bool ended = false, apart = false, parted = false;
    for (uint32_t i = 0; i < l->nblocks; i++) {
        const syn_block *b = &l->blocks[i];
        uint32_t home = syn_read_home(l, b);
        if (judge->line[i] == SYN_LINE_END && b->chars <= 60 && before * 100 >= all * LATE) {
            if (home != main_home)
                apart = true;
            else
                ended = ended || before * 100 >= all * LAST;
        }
        /* A heading of that kind below an article that stands in one box. */
        parted = parted || (judge->line[i] == SYN_LINE_END && b->heading && home != main_home && home != SYN_NONE &&
                            before >= ENOUGH && kept[main_home] * 2 >= before && !same_kind(l, home, main_home));
        if (out->role[i] != SYN_ROLE_TEXT) continue;
        before += b->chars;
        bool elsewhere = home != main_home && (home == SYN_NONE || !same_kind(l, home, main_home));
        if (ended || (elsewhere && (parted || (apart && p[i] < SURE)))) out->role[i] = SYN_ROLE_OUT;
    }
}

/* A hint that most of the running text of the box with most of it carries says nothing: builders name by looks too. */
static uint32_t deaf_to(syn_reading *r, const syn_layout *l)
{
    enum { BITS = 32 };
    const uint32_t doubted = SYN_HINT_META | SYN_HINT_SIDE | SYN_HINT_NOTICE | SYN_HINT_SHARE | SYN_HINT_SIGNUP |
                             SYN_HINT_HIDDEN | SYN_HINT_TAGS | SYN_HINT_MEDIA | SYN_HINT_DATE | SYN_HINT_AUTHOR |
                             SYN_HINT_LEAD | SYN_HINT_TITLE;
    uint64_t *own = SYN_NEW_ARRAY(r->arena, uint64_t, l->nboxes + 1), with[BITS] = {0};
    uint32_t best = 0, deaf = 0;
    for (int pass = 0; pass < 2 && own; pass++) {
        for (uint32_t i = 0; i < l->nblocks; i++) {
            const syn_block *b = &l->blocks[i];
            const syn_box *box = &l->boxes[b->box];
            if (b->heading || !b->ends || b->chars < SENTENCE || b->linked * 2 > b->chars) continue;
            uint32_t home = syn_read_home(l, b);
            if (home == SYN_NONE) continue;
            if (pass == 0) {
                own[home] += b->chars;
                if (own[home] > own[best]) best = home;
            } else if (home == best) {
                uint32_t hints = (box->around | box->hints | b->inner) & doubted;
                for (int k = 0; hints; k++, hints >>= 1) with[k] += hints & 1 ? b->chars : 0;
            }
        }
    }
    for (int k = 0; own && k < BITS; k++) {
        if (own[best] && (double)with[k] > MOST * (double)own[best]) deaf |= 1U << k;
    }
    return deaf;
}

syn_code syn_read_judge_page(syn_reading *r, const syn_layout *l, const syn_evidence *e, syn_content *out,
                             syn_judge *judge)
{
    double *worth = SYN_NEW_ARRAY(r->arena, double, l->nblocks + 1),
           *sum = SYN_NEW_ARRAY(r->arena, double, l->nblocks + 1);
    if (!worth || !sum) return syn_fail(r->err, SYN_ENOMEM, 0, "no memory for the page's blocks");
    uint32_t deaf = deaf_to(r, l);
    for (size_t i = 0; i < l->nblocks; i++) {
        worth[i] = worth_of(l, &l->blocks[i], deaf);
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
    *judge = (syn_judge){
        .r = r, .l = l, .e = e, .worth = worth, .sum = sum, .root = out->root, .title = out->title_block, .deaf = deaf};
    return syn_read_judge_start(judge);
}

syn_code syn_read_content(syn_reading *r, const syn_layout *l, const syn_evidence *e, syn_content *out)
{
    *out = (syn_content){.title_block = out->title_block};
    out->role = syn_alloc(r->arena, l->nblocks + 1);
    if (!out->role) return syn_fail(r->err, SYN_ENOMEM, 0, "no memory for the page's blocks");
    syn_judge judge;
    syn_code rc = syn_read_judge_page(r, l, e, out, &judge);
    if (rc) return rc;
    float *p = SYN_NEW_ARRAY(r->arena, float, l->nblocks + 1);
    if (!p) return syn_fail(r->err, SYN_ENOMEM, 0, "no memory for the page's blocks");
    for (uint32_t i = 0; i < l->nblocks; i++) {
        if (!syn_read_candidate(&judge, i)) continue;
        p[i] = (float)syn_read_judge(&judge, i);
        if (l->boxes[l->blocks[i].box].around & SYN_HINT_COMMENT) p[i] *= COMMENTED;
        if ((l->boxes[l->blocks[i].box].hints | l->blocks[i].inner) & ~judge.deaf & APART && l->blocks[i].chars < 100)
            p[i] *= HINTED;
        if (l->boxes[l->blocks[i].box].in & ~l->boxes[judge.core].in & SYN_IN_HIDDEN) p[i] *= UNSEEN;
        if (judge.line[i] != SYN_LINE_TEXT && l->blocks[i].chars < 100) p[i] *= LABELLED;
    }
    share_fate(l, p);
    decide(&judge, p, out);
    keep_siblings(r, &judge, p, out);
    cut_head(l, out);
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
