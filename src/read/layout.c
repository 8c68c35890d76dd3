/* layout.c - stage 2: the tree as a reader sees it, flattened.  Boxes are the elements that break lines, in tree order
   with the end of their subtree; blocks are the runs of text between breaks.  Blocks of a subtree are contiguous, so
   sums over any subtree come from prefix sums.  One walk, O(nodes). */
#include "reading.h"

/* The walk's state for each open element. */
typedef struct open_element {
    const syn_node *node;
    uint32_t box; /* the box to return to */
    uint32_t inline_hints;
    bool boxed, link, strong;
} open_element;

typedef struct walk {
    syn_reading *r;
    syn_layout *l;
    open_element *open;
    size_t depth;
    uint32_t box;
    syn_buf text;                           /* of the block being gathered */
    uint32_t plain, linked, strong, hinted; /* bytes that are not white space: in all, in links, in bold, hinted */
    uint32_t inner;
    unsigned links, strongs;
    uint32_t hint_bits; /* of open inline elements */
    bool space;         /* white space is due before the next character */
    bool after_break;
} walk;

static void end_block(walk *w, bool by_break)
{
    syn_layout *l = w->l;
    syn_str text = syn_trim(syn_buf_str(&w->text));
    if (text.n) {
        if (syn_grow(w->r->arena, &l->blocks, &l->cap_blocks, l->nblocks + 1, sizeof *l->blocks)) {
            syn_block *b = &l->blocks[l->nblocks];
            memset(b, 0, sizeof *b);
            b->text = syn_dup(w->r->arena, text);
            b->box = w->box;
            b->after_break = w->after_break;
            if (w->hinted * 10 >= w->plain * 8) b->inner = w->inner;
            syn_read_measure(b);
            uint64_t chars = b->chars;
            if (w->plain) {
                b->linked = (uint32_t)(chars * w->linked / w->plain);
                b->strong = (uint32_t)(chars * w->strong / w->plain);
            }
            const syn_box *box = &l->boxes[w->box];
            if (box->in & SYN_IN_HEADING) {
                uint32_t at = w->box;
                while (at != SYN_NONE) {
                    unsigned tag = l->boxes[at].node->tag;
                    if (tag >= SYN_TAG_H1 && tag <= SYN_TAG_H6) {
                        b->heading = (uint8_t)(1 + tag - SYN_TAG_H1);
                        break;
                    }
                    at = l->boxes[at].parent;
                }
            }
            b->item = box->node->tag == SYN_TAG_LI && l->boxes[w->box].block0 == l->nblocks;
            l->chars += b->chars;
            l->nblocks++;
        }
    }
    if (text.n || !by_break) w->after_break = by_break;
    syn_buf_clear(&w->text);
    w->plain = w->linked = w->strong = w->hinted = w->inner = 0;
    w->space = false;
}

static void add_text(walk *w, syn_str s)
{
    const syn_box *box = &w->l->boxes[w->box];
    if (box->in & SYN_IN_PRE && syn_find_byte(s, '\n', 0) != SIZE_MAX) {
        syn_str rest = s, line;
        s.n = 0;
        while (syn_split(&rest, '\n', &line)) {
            add_text(w, line);
            if (rest.n) end_block(w, true);
        }
        return;
    }
    size_t i = 0;
    uint32_t solid = 0;
    while (i < s.n) {
        size_t start = i;
        while (i < s.n && (unsigned char)s.p[i] > ' ') i++;
        if (i > start) {
            if (w->space && w->text.n) syn_buf_c(&w->text, ' ');
            w->space = false;
            syn_buf_add(&w->text, syn_slice(s, start, i));
            solid += (uint32_t)(i - start);
        }
        if (i < s.n) {
            w->space = true;
            while (i < s.n && (unsigned char)s.p[i] <= ' ') i++;
        }
    }
    w->plain += solid;
    if (w->links) w->linked += solid;
    if (w->strongs) w->strong += solid;
    if (w->hint_bits) {
        w->hinted += solid;
        w->inner |= w->hint_bits;
    }
}

static void add_image(walk *w, const syn_node *n)
{
    syn_layout *l = w->l;
    syn_arena *a = w->r->arena;
    if (l->nimages >= 4 * SYN_MAX_IMAGES) return;
    if (!syn_grow(a, &l->images, &l->cap_images, l->nimages + 1, sizeof *l->images) ||
        !syn_grow(a, &l->image_box, &l->cap_image_box, l->nimages + 1, sizeof *l->image_box) ||
        !syn_grow(a, &l->image_block, &l->cap_image_block, l->nimages + 1, sizeof *l->image_block))
        return;
    l->images[l->nimages] = n;
    l->image_box[l->nimages] = w->box;
    l->image_block[l->nimages] = (uint32_t)l->nblocks;
    l->nimages++;
}

/* <time datetime> and what else prints a date with its value beside it. */
static void add_time(walk *w, const syn_node *n, uint32_t hints)
{
    syn_layout *l = w->l;
    static const char *const KEYS[] = {"datetime",      "title",          "data-time",
                                       "data-datetime", "data-timestamp", "data-date"};
    syn_str value = {0};
    syn_time t;
    for (size_t i = 0; i < SYN_COUNT(KEYS) && (!i || (hints & SYN_HINT_DATE)); i++) {
        value = syn_html_attr(n, KEYS[i], NULL);
        if (value.n && value.n <= 60 && syn_read_time(w->r, value, &t)) break;
        value = (syn_str){0};
    }
    if (!value.n || l->ntimes >= 500) return;
    if (!syn_grow(w->r->arena, &l->times, &l->cap_times, l->ntimes + 1, sizeof *l->times)) return;
    l->times[l->ntimes++] = (syn_time_mark){n, value, w->box, (uint32_t)l->nblocks, hints | w->hint_bits};
}

static bool add_box(walk *w, const syn_node *n, uint32_t hints, uint32_t in)
{
    syn_layout *l = w->l;
    if (!syn_grow(w->r->arena, &l->boxes, &l->cap_boxes, l->nboxes + 1, sizeof *l->boxes)) return false;
    syn_box *b = &l->boxes[l->nboxes];
    *b = (syn_box){.node = n, .parent = l->nboxes ? w->box : SYN_NONE, .block0 = (uint32_t)l->nblocks, .hints = hints};
    b->in = in | syn_read_stands_in(n) | (l->nboxes ? l->boxes[w->box].in : 0);
    if (w->links) b->in |= SYN_IN_LINK;
    w->box = (uint32_t)l->nboxes++;
    return true;
}

/* An article's own header is no site header, its own footer only half one. */
static uint32_t settle(const syn_layout *l, uint32_t parent, const syn_node *n, uint32_t in)
{
    bool inside = l->boxes[parent].in & (SYN_IN_ARTICLE | SYN_IN_MAIN);
    if (inside && n->tag == SYN_TAG_HEADER) in &= ~(uint32_t)SYN_IN_HEADER;
    return in;
}

static bool custom(const syn_node *n)
{
    return n->tag == SYN_TAG_UNKNOWN && n->ns == SYN_NS_HTML && syn_find_byte(n->text, '-', 0) != SIZE_MAX;
}

static bool enter(walk *w, const syn_node *n)
{
    syn_kind kind = syn_read_kind(n);
    syn_layout *l = w->l;
    if (kind == SYN_KIND_SKIP) return false;
    if (kind == SYN_KIND_BREAK) {
        end_block(w, true);
        return false;
    }
    if (n->tag == SYN_TAG_IMG || n->tag == SYN_TAG_IMAGE || (custom(n) && syn_str_is(n->text, "amp-img"))) {
        add_image(w, n);
        if (n->tag != SYN_TAG_UNKNOWN) return false;
    }
    if (w->depth >= SYN_MAX_TREE_DEPTH + 8) return false;
    uint32_t in = 0, hints = n->nattrs ? syn_read_attributes(n, &in) : 0;
    open_element *o = &w->open[w->depth];
    *o = (open_element){.node = n, .box = w->box};
    /* Elements of unknown names that hint at something, or hold boxes, are boxes themselves. */
    if (n->tag == SYN_TAG_BLOCKQUOTE) hints &= ~(uint32_t)SYN_HINT_SHARE; /* a quoted post, not a button */
    bool boxed = kind == SYN_KIND_BOX || custom(n) || (in & (SYN_IN_PROP | SYN_IN_HIDDEN | SYN_IN_NAV));
    if (boxed) {
        end_block(w, false);
        uint32_t parent = w->box;
        if (!add_box(w, n, hints, in)) return false;
        l->boxes[w->box].in = settle(l, parent, n, l->boxes[w->box].in) | in | l->boxes[parent].in;
        o->boxed = true;
    } else {
        uint32_t useful = hints & ~(uint32_t)(SYN_HINT_CONTENT | SYN_HINT_BODY);
        o->inline_hints = w->hint_bits;
        w->hint_bits |= useful;
    }
    if (n->tag == SYN_TAG_TIME || (hints & SYN_HINT_DATE)) add_time(w, n, hints);
    if (n->tag == SYN_TAG_A && n->ns == SYN_NS_HTML) {
        bool target;
        syn_html_attr(n, "href", &target);
        o->link = target;
        w->links += target;
        if (target) l->boxes[w->box].links++;
    }
    if (n->tag == SYN_TAG_B || n->tag == SYN_TAG_STRONG) o->strong = true;
    w->strongs += o->strong;
    w->depth++;
    return true;
}

static void leave(walk *w)
{
    open_element *o = &w->open[--w->depth];
    syn_layout *l = w->l;
    if (o->link) w->links--;
    if (o->strong) w->strongs--;
    if (!o->boxed) {
        w->hint_bits = o->inline_hints;
        return;
    }
    end_block(w, false);
    syn_box *b = &l->boxes[w->box];
    b->end = (uint32_t)l->nboxes;
    b->block1 = (uint32_t)l->nblocks;
    if (b->parent != SYN_NONE) l->boxes[b->parent].links += b->links;
    w->box = o->box;
}

/* Hints reach down from a box, unless it holds the page's first heading and most of its text: then they speak of the
   page. */
static void spread_hints(syn_arena *arena, syn_layout *l)
{
    uint64_t *sum = SYN_NEW_ARRAY(arena, uint64_t, l->nblocks + 1);
    if (!sum) return;
    uint32_t heading = SYN_NONE;
    for (uint32_t i = 0; i < l->nblocks; i++) {
        sum[i + 1] = sum[i] + l->blocks[i].chars - l->blocks[i].linked;
        if (heading == SYN_NONE && l->blocks[i].heading == 1) heading = i;
    }
    for (size_t i = 0; i < l->nboxes; i++) {
        syn_box *b = &l->boxes[i];
        uint32_t own = b->hints;
        uint64_t chars = sum[b->block1] - sum[b->block0];
        bool heads = heading != SYN_NONE ? heading >= b->block0 && heading < b->block1
                                         : chars * 5 > sum[l->nblocks] * 4;
        if (own && heads && chars * 2 > sum[l->nblocks]) own &= ~(uint32_t)SYN_HINTS_AGAINST;
        if (syn_html_is(b->node, SYN_TAG_BODY) || syn_html_is(b->node, SYN_TAG_HTML)) own = 0;
        b->around = own | (b->parent == SYN_NONE ? 0 : l->boxes[b->parent].around);
    }
}

syn_code syn_read_layout(syn_reading *r, syn_document *doc, syn_layout *out)
{
    *out = (syn_layout){.doc = doc};
    const syn_node *top = doc->body ? doc->body : doc->root;
    walk w = {.r = r, .l = out, .text = {.max = SYN_MAX_TEXT}};
    w.open = SYN_NEW_ARRAY(r->arena, open_element, SYN_MAX_TREE_DEPTH + 8);
    if (!w.open || !add_box(&w, top, 0, 0)) return syn_fail(r->err, SYN_ENOMEM, 0, "no memory for the page's layout");
    const syn_node *n = top->first;
    while (n) {
        bool down = false;
        if (n->type == SYN_NODE_TEXT)
            add_text(&w, n->text);
        else if (n->type == SYN_NODE_ELEMENT || n->type == SYN_NODE_FRAGMENT)
            down = enter(&w, n);
        if (down && n->first) {
            n = n->first;
            continue;
        }
        if (down) leave(&w);
        while (n && !n->next) {
            n = n->parent;
            if (n == top)
                n = NULL;
            else if (n && w.depth && w.open[w.depth - 1].node == n)
                leave(&w);
        }
        if (n) n = n->next;
    }
    end_block(&w, false);
    out->boxes[0].end = (uint32_t)out->nboxes;
    out->boxes[0].block1 = (uint32_t)out->nblocks;
    bool failed = w.text.failed || r->arena->failed;
    syn_buf_free(&w.text);
    if (failed) return syn_fail(r->err, SYN_ENOMEM, 0, "no memory for the page's layout");
    spread_hints(r->arena, out);
    return SYN_OK;
}
