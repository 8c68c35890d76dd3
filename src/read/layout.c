/* layout.c - stage 2: the tree as a reader sees it, flattened.  Boxes are the elements that break lines, in tree order
   with the end of their subtree; blocks are the runs of text between breaks.  Blocks of a subtree are contiguous, so
   sums over any subtree come from prefix sums.  One walk, O(nodes). */
#include "reading.h"

enum { KIND_INLINE, KIND_BOX, KIND_SKIP, KIND_BREAK };

static int kind_of(const syn_node *n)
{
    if (n->ns == SYN_NS_SVG) return KIND_SKIP;
    if (n->ns != SYN_NS_HTML) return KIND_INLINE;
    switch (n->tag) {
    case SYN_TAG_SCRIPT:
    case SYN_TAG_STYLE:
    case SYN_TAG_TEMPLATE:
    case SYN_TAG_IFRAME:
    case SYN_TAG_OBJECT:
    case SYN_TAG_EMBED:
    case SYN_TAG_CANVAS:
    case SYN_TAG_AUDIO:
    case SYN_TAG_VIDEO:
    case SYN_TAG_SELECT:
    case SYN_TAG_TEXTAREA:
    case SYN_TAG_INPUT:
    case SYN_TAG_HEAD:
    case SYN_TAG_SVG:
    case SYN_TAG_RT:
    case SYN_TAG_RP:
    case SYN_TAG_NOEMBED:
    case SYN_TAG_NOFRAMES:
    case SYN_TAG_BUTTON:
    case SYN_TAG_PROGRESS:
    case SYN_TAG_METER:
    case SYN_TAG_DATALIST:
    case SYN_TAG_APPLET:
    case SYN_TAG_MAP:
    case SYN_TAG_TITLE:
        return KIND_SKIP;
    case SYN_TAG_BR:
    case SYN_TAG_HR:
        return KIND_BREAK;
    case SYN_TAG_ADDRESS:
    case SYN_TAG_ARTICLE:
    case SYN_TAG_ASIDE:
    case SYN_TAG_BLOCKQUOTE:
    case SYN_TAG_CENTER:
    case SYN_TAG_DD:
    case SYN_TAG_DETAILS:
    case SYN_TAG_DIALOG:
    case SYN_TAG_DIR:
    case SYN_TAG_DIV:
    case SYN_TAG_DL:
    case SYN_TAG_DT:
    case SYN_TAG_FIELDSET:
    case SYN_TAG_FIGCAPTION:
    case SYN_TAG_FIGURE:
    case SYN_TAG_FOOTER:
    case SYN_TAG_FORM:
    case SYN_TAG_H1:
    case SYN_TAG_H2:
    case SYN_TAG_H3:
    case SYN_TAG_H4:
    case SYN_TAG_H5:
    case SYN_TAG_H6:
    case SYN_TAG_HEADER:
    case SYN_TAG_HGROUP:
    case SYN_TAG_LI:
    case SYN_TAG_MAIN:
    case SYN_TAG_MENU:
    case SYN_TAG_NAV:
    case SYN_TAG_OL:
    case SYN_TAG_P:
    case SYN_TAG_PRE:
    case SYN_TAG_SEARCH:
    case SYN_TAG_SECTION:
    case SYN_TAG_SUMMARY:
    case SYN_TAG_TABLE:
    case SYN_TAG_TBODY:
    case SYN_TAG_TD:
    case SYN_TAG_TFOOT:
    case SYN_TAG_TH:
    case SYN_TAG_THEAD:
    case SYN_TAG_TR:
    case SYN_TAG_UL:
    case SYN_TAG_BODY:
    case SYN_TAG_CAPTION:
    case SYN_TAG_LEGEND:
    case SYN_TAG_LISTING:
    case SYN_TAG_XMP:
    case SYN_TAG_PLAINTEXT:
    case SYN_TAG_NOSCRIPT:
        return KIND_BOX;
    default:
        return KIND_INLINE;
    }
}

static uint32_t stands_in(const syn_node *n)
{
    switch (n->tag) {
    case SYN_TAG_ARTICLE:
        return SYN_IN_ARTICLE;
    case SYN_TAG_MAIN:
        return SYN_IN_MAIN;
    case SYN_TAG_NAV:
    case SYN_TAG_MENU:
        return SYN_IN_NAV;
    case SYN_TAG_ASIDE:
        return SYN_IN_ASIDE;
    case SYN_TAG_FOOTER:
        return SYN_IN_FOOTER;
    case SYN_TAG_HEADER:
        return SYN_IN_HEADER;
    case SYN_TAG_FORM:
    case SYN_TAG_SEARCH:
        return SYN_IN_FORM;
    case SYN_TAG_FIGURE:
        return SYN_IN_FIGURE;
    case SYN_TAG_FIGCAPTION:
        return SYN_IN_CAPTION | SYN_IN_FIGURE;
    case SYN_TAG_LI:
    case SYN_TAG_DD:
    case SYN_TAG_DT:
        return SYN_IN_LIST;
    case SYN_TAG_TD:
    case SYN_TAG_TH:
        return SYN_IN_TABLE;
    case SYN_TAG_BLOCKQUOTE:
        return SYN_IN_QUOTE;
    case SYN_TAG_PRE:
        return SYN_IN_PRE;
    case SYN_TAG_H1:
    case SYN_TAG_H2:
    case SYN_TAG_H3:
    case SYN_TAG_H4:
    case SYN_TAG_H5:
    case SYN_TAG_H6:
        return SYN_IN_HEADING;
    case SYN_TAG_DIALOG:
        return SYN_IN_DIALOG;
    case SYN_TAG_DETAILS:
        return SYN_IN_DETAILS;
    case SYN_TAG_NOSCRIPT:
        return SYN_IN_HIDDEN;
    default:
        return 0;
    }
}

static bool has_word(syn_str s, const char *word)
{
    return syn_find(s, syn_str_of(word), 0) != SIZE_MAX;
}

/* Hints and places that attributes give. */
static uint32_t attributes(const syn_node *n, uint32_t *in)
{
    uint32_t hints = 0;
    for (uint32_t i = 0; i < n->nattrs; i++) {
        const syn_attr *a = &n->attrs[i];
        if (a->name.n == 5 && memcmp(a->name.p, "class", 5) == 0)
            hints |= syn_read_hints(a->value);
        else if (a->name.n == 2 && memcmp(a->name.p, "id", 2) == 0)
            hints |= syn_read_hints(a->value);
        else if (syn_str_is(a->name, "role")) {
            if (syn_str_is(a->value, "navigation") || syn_str_is(a->value, "menu") || syn_str_is(a->value, "menubar"))
                *in |= SYN_IN_NAV;
            else if (syn_str_is(a->value, "main"))
                *in |= SYN_IN_MAIN;
            else if (syn_str_is(a->value, "article"))
                *in |= SYN_IN_ARTICLE;
            else if (syn_str_is(a->value, "complementary"))
                *in |= SYN_IN_ASIDE;
            else if (syn_str_is(a->value, "contentinfo"))
                *in |= SYN_IN_FOOTER;
            else if (syn_str_is(a->value, "banner"))
                *in |= SYN_IN_HEADER;
            else if (syn_str_is(a->value, "search"))
                *in |= SYN_IN_FORM;
            else if (syn_str_is(a->value, "dialog"))
                *in |= SYN_IN_DIALOG;
        } else if (syn_str_is(a->name, "itemprop") || syn_str_is(a->name, "property")) {
            if (has_word(a->value, "articleBody") || syn_ends(a->value, SYN_STR("content:encoded"))) *in |= SYN_IN_PROP;
        } else if (syn_str_is(a->name, "hidden"))
            *in |= SYN_IN_HIDDEN;
        else if (syn_str_is(a->name, "style")) {
            if (has_word(a->value, "display:none") || has_word(a->value, "display: none") ||
                has_word(a->value, "visibility:hidden") || has_word(a->value, "visibility: hidden"))
                *in |= SYN_IN_HIDDEN;
        }
    }
    return hints;
}

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
    syn_str value = syn_html_attr(n, "datetime", NULL);
    if (!value.n && (hints & SYN_HINT_DATE)) value = syn_html_attr(n, "title", NULL);
    if (!value.n || value.n > 60 || l->ntimes >= 500) return;
    if (!syn_grow(w->r->arena, &l->times, &l->cap_times, l->ntimes + 1, sizeof *l->times)) return;
    l->times[l->ntimes++] = (syn_time_mark){n, value, w->box, (uint32_t)l->nblocks, hints | w->hint_bits};
}

static bool add_box(walk *w, const syn_node *n, uint32_t hints, uint32_t in)
{
    syn_layout *l = w->l;
    if (!syn_grow(w->r->arena, &l->boxes, &l->cap_boxes, l->nboxes + 1, sizeof *l->boxes)) return false;
    syn_box *b = &l->boxes[l->nboxes];
    *b = (syn_box){.node = n, .parent = l->nboxes ? w->box : SYN_NONE, .block0 = (uint32_t)l->nblocks, .hints = hints};
    b->in = in | stands_in(n) | (l->nboxes ? l->boxes[w->box].in : 0);
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
    int kind = kind_of(n);
    syn_layout *l = w->l;
    if (kind == KIND_SKIP) return false;
    if (kind == KIND_BREAK) {
        end_block(w, true);
        return false;
    }
    if (n->tag == SYN_TAG_IMG || n->tag == SYN_TAG_IMAGE || (custom(n) && syn_str_is(n->text, "amp-img"))) {
        add_image(w, n);
        if (n->tag != SYN_TAG_UNKNOWN) return false;
    }
    if (w->depth >= SYN_MAX_TREE_DEPTH + 8) return false;
    uint32_t in = 0, hints = n->nattrs ? attributes(n, &in) : 0;
    open_element *o = &w->open[w->depth];
    *o = (open_element){.node = n, .box = w->box};
    /* Elements of unknown names that hint at something, or hold boxes, are boxes themselves. */
    if (n->tag == SYN_TAG_BLOCKQUOTE) hints &= ~(uint32_t)SYN_HINT_SHARE; /* a quoted post, not a button */
    bool boxed = kind == KIND_BOX || custom(n) || (in & (SYN_IN_PROP | SYN_IN_HIDDEN | SYN_IN_NAV));
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

static bool ends_sentence(uint32_t cp)
{
    switch (cp) {
    case '.':
    case '!':
    case '?':
    case 0x2026:
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF0E:
    case 0x0964:
    case 0x0965:
    case 0x061F:
    case 0x06D4:
    case 0x104B:
    case 0x17D4:
    case 0x1362:
    case 0x0589:
    case 0x037E:
    case 0x1367:
    case 0x0F0D:
        return true;
    default:
        return false;
    }
}

static bool closes(uint32_t cp)
{
    switch (cp) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case 0x2019:
    case 0x201D:
    case 0x00BB:
    case 0x201C:
    case 0x300D:
    case 0x300F:
    case 0xFF09:
    case 0x203A:
    case 0x2018:
    case 0x00AB:
        return true;
    default:
        return false;
    }
}

void syn_read_measure(syn_block *b)
{
    uint32_t last = 0;
    bool space = true;
    for (size_t i = 0; i < b->text.n;) {
        uint32_t cp = (unsigned char)b->text.p[i];
        if ((cp | 0x20) - 'a' < 26) { /* most of what there is */
            i++;
            b->chars++;
            b->words += space;
            space = false;
            last = cp;
            continue;
        }
        if (cp < 0x80)
            i++;
        else
            i += syn_utf8_next(b->text, i, &cp);
        bool wide = (cp >= 0x2E80 && cp <= 0xA4CF) || (cp >= 0xAC00 && cp <= 0xD7A3) ||
                    (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF);
        b->chars += wide ? 2 : 1;
        if (ends_sentence(cp))
            b->stops++;
        else if (cp == ',' || cp == 0x060C || cp == 0x3001 || cp == 0xFF0C || cp == ';')
            b->commas++;
        else if (cp >= '0' && cp <= '9')
            b->digits++;
        bool blank = cp == ' ' || cp == 0xA0;
        if (!blank && space) b->words++;
        space = blank;
        if (!blank && !closes(cp)) last = cp;
    }
    b->ends = ends_sentence(last) || last == ':' || last == 0xFF1A;
}

syn_str syn_read_collapse(syn_arena *arena, syn_str s)
{
    s = syn_trim(s);
    char *p = syn_alloc(arena, s.n + 1);
    if (!p) return (syn_str){"", 0};
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] > ' ')
            p[n++] = s.p[i];
        else if (n && p[n - 1] != ' ')
            p[n++] = ' ';
    }
    return (syn_str){p, n};
}

syn_str syn_read_text_of(syn_arena *arena, const syn_node *node)
{
    syn_buf b = {.max = (size_t)1 << 16};
    for (const syn_node *n = syn_html_next(node, node, false); n;) {
        bool skip = n->type == SYN_NODE_ELEMENT && kind_of(n) == KIND_SKIP;
        if (n->type == SYN_NODE_TEXT)
            syn_buf_add(&b, n->text);
        else if (n->type == SYN_NODE_ELEMENT && kind_of(n) != KIND_INLINE)
            syn_buf_c(&b, ' ');
        n = syn_html_next(n, node, skip);
    }
    syn_str s = syn_read_collapse(arena, syn_buf_str(&b));
    syn_buf_free(&b);
    return s;
}

void syn_list_add(syn_arena *arena, syn_list *list, syn_str s, size_t max)
{
    if (!s.n || list->n >= max) return;
    for (size_t i = 0; i < list->n; i++) {
        if (syn_str_ieq(list->items[i], s)) return;
    }
    if (syn_grow(arena, &list->items, &list->cap, list->n + 1, sizeof *list->items)) list->items[list->n++] = s;
}
