/* insert.c - stage 1: making nodes and putting them where they belong. */
#include "internal.h"

syn_node *syn_node_new(parser *p, syn_node_type type)
{
    if (!p->block_left) {
        /* A small page pays for few nodes, a large one asks rarely. */
        p->block_size = p->block_size < 512 ? (p->block_size ? p->block_size * 2 : 16) : 1024;
        p->block = SYN_NEW_ARRAY(p->arena, syn_node, p->block_size);
        if (!p->block) {
            p->failed = true;
            p->block_size = 0;
            p->spare = (syn_node){.type = (uint8_t)type};
            return &p->spare;
        }
        p->block_left = p->block_size;
    }
    p->block_left--;
    syn_node *n = p->block++;
    n->type = (uint8_t)type;
    return n;
}

static syn_node *fill_template(parser *p, syn_node *n)
{
    if (syn_html_is(n, SYN_TAG_TEMPLATE) && !p->failed)
        syn_node_put((place){n, NULL}, syn_node_new(p, SYN_NODE_FRAGMENT));
    return n;
}

syn_node *syn_node_clone(parser *p, const syn_node *from)
{
    syn_node *n = syn_node_new(p, SYN_NODE_ELEMENT);
    n->text = from->text;
    n->attrs = from->attrs;
    n->nattrs = from->nattrs;
    n->tag = from->tag;
    n->ns = from->ns;
    return n;
}

syn_node *syn_node_element(parser *p, syn_ns ns)
{
    const token *k = &p->t.tok;
    syn_node *n = syn_node_new(p, SYN_NODE_ELEMENT);
    n->text = k->text;
    n->tag = (uint16_t)k->tag;
    n->ns = (uint8_t)ns;
    if (k->nattrs) {
        syn_attr *attrs = SYN_NEW_ARRAY(p->arena, syn_attr, k->nattrs);
        if (attrs) {
            memcpy(attrs, k->attrs, k->nattrs * sizeof(syn_attr));
            n->attrs = attrs;
            n->nattrs = k->nattrs;
        } else {
            p->failed = true;
        }
    }
    return fill_template(p, n);
}

void syn_node_put(place at, syn_node *n)
{
    syn_node *before = at.before, *parent = at.parent;
    n->parent = parent;
    n->next = before;
    n->prev = before ? before->prev : parent->last;
    if (n->prev)
        n->prev->next = n;
    else
        parent->first = n;
    if (before)
        before->prev = n;
    else
        parent->last = n;
}

void syn_node_detach(syn_node *n)
{
    syn_node *parent = n->parent;
    if (!parent) return;
    if (n->prev)
        n->prev->next = n->next;
    else
        parent->first = n->next;
    if (n->next)
        n->next->prev = n->prev;
    else
        parent->last = n->prev;
    n->parent = n->prev = n->next = NULL;
}

place syn_place(const parser *p, syn_node *target)
{
    if (!target) target = current_node(p);
    place at = {target, NULL};
    if (p->foster && target->ns == SYN_NS_HTML && (syn_tag_traits(target->tag) & TRAIT_FOSTER)) {
        uint32_t table = p->last_open[SYN_TAG_TABLE], template = p->last_open[SYN_TAG_TEMPLATE];
        if (template != NOT_OPEN && (table == NOT_OPEN || template > table)) {
            at.parent = p->open[template].node;
        } else if (table == NOT_OPEN) {
            at.parent = p->open[0].node;
        } else if (p->open[table].node->parent) {
            at = (place){p->open[table].node->parent, p->open[table].node};
        } else {
            at.parent = p->open[table - 1].node;
        }
    }
    if (syn_html_is(at.parent, SYN_TAG_TEMPLATE) && at.parent->first) at.parent = at.parent->first;
    return at;
}

syn_node *syn_insert_element(parser *p)
{
    syn_node *n = syn_node_element(p, SYN_NS_HTML);
    syn_node_put(syn_place(p, NULL), n);
    syn_open_push(p, n);
    return n;
}

syn_node *syn_insert_named(parser *p, syn_tag tag)
{
    syn_node *n = syn_node_new(p, SYN_NODE_ELEMENT);
    n->tag = (uint16_t)tag;
    n->text = syn_tag_name(tag);
    syn_node_put(syn_place(p, NULL), n);
    syn_open_push(p, n);
    return n;
}

void syn_insert_void(parser *p)
{
    syn_node_put(syn_place(p, NULL), syn_node_element(p, SYN_NS_HTML));
}

void syn_insert_raw(parser *p, text_mode mode)
{
    p->t.mode = mode;
    p->t.raw_tag = p->t.tok.tag;
    syn_insert_element(p);
    p->original_mode = p->mode;
    p->mode = MODE_TEXT;
}

void syn_insert_comment(parser *p, syn_node *parent)
{
    syn_node *n = syn_node_new(p, SYN_NODE_COMMENT);
    n->text = p->t.tok.text;
    syn_node_put(parent ? (place){parent, NULL} : syn_place(p, NULL), n);
}

/* Join more to the text node n.  Neighbours in the input stay one slice.  Otherwise the text moves into a block of a
   power of two bytes, its logarithm kept in n->tag, so that joining piece by piece costs O(1) a byte. */
static void join_text(parser *p, syn_node *n, syn_str more)
{
    bool of_input = n->text.p >= p->t.p && n->text.p + n->text.n <= p->t.p + p->t.n;
    if (n->text.p + n->text.n == more.p && of_input && more.p >= p->t.p && more.p < p->t.p + p->t.n) {
        n->text.n += more.n;
        return;
    }
    size_t need = n->text.n + more.n;
    if (!n->tag || (size_t)1 << n->tag < need) {
        unsigned log = 6;
        while ((size_t)1 << log < need && log < 62) log++;
        char *block = syn_alloc(p->arena, (size_t)1 << log);
        if (!block) {
            p->failed = true;
            return;
        }
        memcpy(block, n->text.p, n->text.n);
        n->text.p = block;
        n->tag = (uint16_t)log;
    }
    char *end;
    const char *start = n->text.p + n->text.n;
    memcpy(&end, &start, sizeof(end)); /* the parser's own block */
    memcpy(end, more.p, more.n);
    n->text.n = need;
}

void syn_insert_text(parser *p, syn_str text)
{
    if (!text.n) return;
    place at = syn_place(p, NULL);
    if (at.parent->type == SYN_NODE_DOCUMENT) return;
    syn_node *before = at.before ? at.before->prev : at.parent->last;
    if (before && before->type == SYN_NODE_TEXT) {
        join_text(p, before, text);
        return;
    }
    syn_node *n = syn_node_new(p, SYN_NODE_TEXT);
    n->text = text;
    syn_node_put(at, n);
}

syn_str syn_text_without_nul(parser *p)
{
    syn_str s = p->t.tok.text;
    if (!p->t.tok.has_nul) return s;
    char *out = syn_alloc(p->arena, s.n);
    size_t n = 0;
    if (!out) p->failed = true;
    for (size_t i = 0; out && i < s.n; i++) {
        if (s.p[i]) out[n++] = s.p[i];
    }
    return (syn_str){out, n};
}

void syn_add_missing_attrs(parser *p, syn_node *n)
{
    const token *k = &p->t.tok;
    uint32_t missing = 0;
    for (uint32_t i = 0; i < k->nattrs; i++) {
        bool present = false;
        for (uint32_t j = 0; j < n->nattrs && !present; j++) present = syn_str_eq(n->attrs[j].name, k->attrs[i].name);
        if (!present) k->attrs[missing++] = k->attrs[i];
    }
    if (!missing || n->nattrs + missing > SYN_MAX_ATTRIBUTES) return;
    syn_attr *all = SYN_NEW_ARRAY(p->arena, syn_attr, n->nattrs + missing);
    if (!all) {
        p->failed = true;
        return;
    }
    if (n->nattrs) memcpy(all, n->attrs, n->nattrs * sizeof(syn_attr));
    memcpy(all + n->nattrs, k->attrs, missing * sizeof(syn_attr));
    n->attrs = all;
    n->nattrs += missing;
}

syn_str syn_take_space(syn_str *text)
{
    size_t n = 0;
    while (n < text->n && is_space(text->p[n])) n++;
    syn_str space = {text->p, n};
    text->p += n;
    text->n -= n;
    return space;
}
