/* formatting.c - stage 1: the list of active formatting elements and what end tags do to misnested ones: the adoption
   agency (section 13.2.6.4.7). */
#include "internal.h"

#define MAX_REACH 1024 /* open elements that one misnested end tag may rearrange */
#define MAX_WALK 128   /* open elements without a number that an end tag is compared with */
#define MAX_ALIKE 32   /* entries of one name whose attributes are compared */

uint32_t syn_formatting_pos(const parser *p, uint32_t index)
{
    const formatting *f = &p->list[index];
    return f->node && f->pos < p->nopen && p->open[f->pos].node == f->node ? f->pos : NOT_OPEN;
}

static void drop(parser *p, uint32_t index)
{
    p->nlist--;
    memmove(&p->list[index], &p->list[index + 1], (p->nlist - index) * sizeof(formatting));
}

static void add(parser *p, formatting f)
{
    if (p->nlist == MAX_FORMATTING) drop(p, 0);
    p->list[p->nlist++] = f;
}

/* The same attributes in any order; of many, in the same order only. */
static bool same_attrs(const syn_node *a, const syn_node *b)
{
    if (a->nattrs != b->nattrs) return false;
    if (a->attrs == b->attrs) return true;
    for (uint32_t i = 0; i < a->nattrs; i++) {
        const syn_attr *x = &a->attrs[i];
        bool found = syn_str_eq(x->name, b->attrs[i].name) && syn_str_eq(x->value, b->attrs[i].value);
        for (uint32_t j = 0; !found && a->nattrs <= 8 && j < b->nattrs; j++) {
            found = syn_str_eq(x->name, b->attrs[j].name) && syn_str_eq(x->value, b->attrs[j].value);
        }
        if (!found) return false;
    }
    return true;
}

void syn_formatting_push(parser *p, syn_node *n)
{
    unsigned alike = 0, compared = 0;
    uint32_t earliest = 0;
    for (uint32_t i = p->nlist; i-- > 0 && p->list[i].node && compared < MAX_ALIKE;) {
        const syn_node *have = p->list[i].node;
        if (have->tag != n->tag) continue;
        compared++;
        if (!same_attrs(have, n)) continue;
        alike++;
        earliest = i;
    }
    if (alike >= 3) drop(p, earliest);
    add(p, (formatting){n, p->nopen - 1});
}

void syn_formatting_marker(parser *p)
{
    add(p, (formatting){NULL, NOT_OPEN});
}

void syn_formatting_clear(parser *p)
{
    while (p->nlist && p->list[--p->nlist].node) {
    }
}

static uint32_t list_index(const parser *p, const syn_node *n)
{
    for (uint32_t i = p->nlist; i-- > 0;) {
        if (p->list[i].node == n) return i;
    }
    return NOT_OPEN;
}

void syn_formatting_remove(parser *p, const syn_node *n)
{
    uint32_t i = list_index(p, n);
    if (i != NOT_OPEN) drop(p, i);
}

static uint32_t last_index(const parser *p, syn_tag tag)
{
    for (uint32_t i = p->nlist; i-- > 0 && p->list[i].node;) {
        if (p->list[i].node->tag == tag) return i;
    }
    return NOT_OPEN;
}

syn_node *syn_formatting_last(const parser *p, syn_tag tag)
{
    uint32_t i = last_index(p, tag);
    return i == NOT_OPEN ? NULL : p->list[i].node;
}

void syn_formatting_reconstruct(parser *p)
{
    uint32_t i = p->nlist;
    while (i > 0 && p->list[i - 1].node && syn_formatting_pos(p, i - 1) == NOT_OPEN) i--;
    if (i == p->nlist) return;
    /* A few bytes could ask for hundreds of elements each time: there is a purse for the whole page. */
    if (p->clones_left < p->nlist - i) {
        p->nlist = i;
        return;
    }
    p->clones_left -= p->nlist - i;
    for (; i < p->nlist; i++) {
        syn_node *n = syn_node_clone(p, p->list[i].node);
        syn_node_put(syn_place(p, NULL), n);
        syn_open_push(p, n);
        p->list[i] = (formatting){n, p->nopen - 1};
    }
}

void syn_any_other_end(parser *p)
{
    const token *k = &p->t.tok;
    uint32_t stop = p->open[p->nopen - 1].stop[STOP_SPECIAL], at = p->last_open[k->tag];
    if (k->tag == SYN_TAG_UNKNOWN) {
        for (unsigned steps = 0; at != NOT_OPEN && at >= stop && !syn_str_eq(p->open[at].node->text, k->text);
             steps++) {
            at = steps < MAX_WALK ? p->open[at].same : NOT_OPEN;
        }
    }
    if (at == NOT_OPEN || at < stop) return;
    syn_open_imply_ends(p, k->tag);
    syn_open_pop_to(p, at);
}

static void move_children(syn_node *from, syn_node *to)
{
    for (syn_node *c = from->first; c; c = c->next) c->parent = to;
    to->first = from->first;
    to->last = from->last;
    from->first = from->last = NULL;
}

/* Wrap what lies between the formatting element at list[f] and the furthest block in copies; returns the node that is
   to go under the common ancestor.  *bookmark is the place in the list for the formatting element's own copy. */
static syn_node *inner_loop(parser *p, uint32_t f, uint32_t *furthest, uint32_t *bookmark)
{
    const syn_node *format = p->list[f].node, *block = p->open[*furthest].node;
    syn_node *last = p->open[*furthest].node;
    unsigned count = 0;
    for (uint32_t at = *furthest; at-- > 0 && p->open[at].node != format;) {
        syn_node *node = p->open[at].node;
        uint32_t entry = list_index(p, node);
        if (++count > 3 && entry != NOT_OPEN) {
            drop(p, entry);
            if (entry < *bookmark) --*bookmark;
            entry = NOT_OPEN;
        }
        if (entry == NOT_OPEN) {
            syn_open_remove(p, at);
            --*furthest;
            continue;
        }
        syn_node *copy = syn_node_clone(p, node);
        p->list[entry].node = p->open[at].node = copy;
        if (last == block) *bookmark = entry + 1;
        syn_node_detach(last);
        syn_node_put((place){copy, NULL}, last);
        last = copy;
    }
    return last;
}

void syn_adopt(parser *p, syn_tag tag)
{
    if (current_is(p, tag) && list_index(p, current_node(p)) == NOT_OPEN) {
        syn_open_pop(p);
        return;
    }
    for (unsigned round = 0; round < 8 && !p->failed; round++) {
        uint32_t f = last_index(p, tag);
        if (f == NOT_OPEN) {
            syn_any_other_end(p);
            return;
        }
        uint32_t at = syn_formatting_pos(p, f);
        if (at == NOT_OPEN) {
            drop(p, f);
            return;
        }
        const open_element *top = &p->open[p->nopen - 1];
        if (at < top->stop[STOP_SCOPE]) return;
        if (top->stop[STOP_SPECIAL] < at) {
            syn_open_pop_to(p, at);
            drop(p, f);
            return;
        }
        if (p->nopen - at > MAX_REACH) {
            drop(p, f);
            return;
        }
        uint32_t furthest = at + 1;
        while (!syn_node_is_special(p->open[furthest].node)) furthest++;
        syn_node *ancestor = p->open[at - 1].node, *format = p->list[f].node, *block = p->open[furthest].node;
        uint32_t bookmark = f;
        syn_node *last = inner_loop(p, f, &furthest, &bookmark);
        if (p->failed) return;
        syn_node_detach(last);
        syn_node_put(syn_place(p, ancestor), last);
        syn_node *copy = syn_node_clone(p, format);
        move_children(block, copy);
        syn_node_put((place){block, NULL}, copy);
        uint32_t old = list_index(p, format);
        if (old < bookmark) bookmark--;
        drop(p, old);
        memmove(&p->list[bookmark + 1], &p->list[bookmark], (p->nlist - bookmark) * sizeof(formatting));
        p->nlist++;
        p->list[bookmark] = (formatting){copy, NOT_OPEN};
        syn_open_remove(p, syn_open_find(p, format));
        syn_open_insert(p, furthest, copy);
        p->list[bookmark].pos = furthest;
        p->depth_risk += 2;
    }
}
