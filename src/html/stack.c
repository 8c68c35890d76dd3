/* stack.c - stage 1: the stack of open elements.  Each entry remembers the next lower one of its tag and, for each kind
   of search, the topmost entry that ends it; so every question of scope costs the same at any depth. */
#include <stdlib.h>

#include "internal.h"

bool syn_parser_grow(parser *p, void *items, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap) return true;
    size_t wanted = *cap ? *cap : 32;
    while (wanted < need && wanted < SIZE_MAX / 2 / size) wanted *= 2;
    void *block;
    memcpy(&block, items, sizeof(block));
    block = wanted >= need ? realloc(block, wanted * size) : NULL;
    if (!block) {
        p->failed = true;
        return false;
    }
    memcpy(items, &block, sizeof(block));
    *cap = wanted;
    return true;
}

static bool is_foreign_scope(const syn_node *n)
{
    if (n->ns == SYN_NS_SVG) {
        return n->tag == SYN_TAG_TITLE || n->tag == SYN_TAG_DESC || n->tag == SYN_TAG_FOREIGNOBJECT;
    }
    return n->tag == SYN_TAG_MI || n->tag == SYN_TAG_MO || n->tag == SYN_TAG_MN || n->tag == SYN_TAG_MS ||
           n->tag == SYN_TAG_MTEXT || n->tag == SYN_TAG_ANNOTATION_XML;
}

bool syn_node_is_special(const syn_node *n)
{
    return n->ns == SYN_NS_HTML ? syn_tag_traits(n->tag) & TRAIT_SPECIAL : is_foreign_scope(n);
}

/* Bits of the kinds of search that n ends. */
static unsigned stops_of(const syn_node *n)
{
    const unsigned in_scopes = 1u << STOP_SCOPE | 1u << STOP_BUTTON | 1u << STOP_LIST;
    const unsigned special = 1u << STOP_SPECIAL | 1u << STOP_ITEM;
    if (n->ns != SYN_NS_HTML) return is_foreign_scope(n) ? in_scopes | special : 0;
    unsigned traits = syn_tag_traits(n->tag), stops = 0;
    if (traits & TRAIT_SCOPE) stops |= in_scopes;
    if (traits & TRAIT_LIST_SCOPE) stops |= 1u << STOP_LIST;
    if (traits & TRAIT_TABLE_SCOPE) stops |= 1u << STOP_TABLE;
    if (traits & TRAIT_MODE) stops |= 1u << STOP_MODE;
    if (traits & TRAIT_SPECIAL) stops |= special;
    if (n->tag == SYN_TAG_ADDRESS || n->tag == SYN_TAG_DIV || n->tag == SYN_TAG_P) stops &= ~(1u << STOP_ITEM);
    if (n->tag == SYN_TAG_BUTTON) stops |= 1u << STOP_BUTTON;
    return stops;
}

static void place_at(parser *p, uint32_t index, syn_node *n)
{
    open_element *e = &p->open[index];
    unsigned stops = stops_of(n);
    e->node = n;
    for (unsigned kind = 0; kind < STOP_KINDS; kind++) {
        e->stop[kind] = index == 0 || (stops >> kind & 1) ? index : e[-1].stop[kind];
    }
    e->same = NOT_OPEN;
    if (n->ns == SYN_NS_HTML) {
        e->same = p->last_open[n->tag];
        p->last_open[n->tag] = index;
    }
}

static void forget_top(parser *p)
{
    open_element *e = &p->open[--p->nopen];
    if (e->node->ns == SYN_NS_HTML) p->last_open[e->node->tag] = e->same;
}

void syn_open_push(parser *p, syn_node *n)
{
    size_t cap = p->open_cap;
    if (p->failed || !syn_parser_grow(p, &p->open, &cap, (size_t)p->nopen + 1, sizeof(open_element))) return;
    p->open_cap = (uint32_t)cap;
    place_at(p, p->nopen++, n);
    if (p->nopen > p->max_open) p->max_open = p->nopen;
    if (p->nopen >= SYN_MAX_OPEN_ELEMENTS) p->stopped = p->doc->depth_capped = true;
}

void syn_open_pop(parser *p)
{
    if (p->nopen > 1) forget_top(p);
}

void syn_open_pop_to(parser *p, uint32_t count)
{
    while (p->nopen > count && p->nopen > 1) forget_top(p);
}

void syn_open_pop_through(parser *p, syn_tag tag)
{
    if (is_open(p, tag)) syn_open_pop_to(p, p->last_open[tag]);
}

/* Take off what lies from index on and put it back without or with one more. */
void syn_open_remove(parser *p, uint32_t index)
{
    uint32_t top = p->nopen;
    p->depth_risk++; /* it stays in the tree, above those that follow */
    while (p->nopen > index) forget_top(p);
    for (uint32_t i = index + 1; i < top; i++) place_at(p, p->nopen++, p->open[i].node);
    for (uint32_t i = 0; i < p->nlist; i++) {
        formatting *f = &p->list[i];
        if (f->pos == index)
            f->pos = NOT_OPEN;
        else if (f->pos != NOT_OPEN && f->pos > index)
            f->pos--;
    }
}

void syn_open_insert(parser *p, uint32_t index, syn_node *n)
{
    if (index >= p->nopen) {
        syn_open_push(p, n);
        return;
    }
    syn_open_push(p, p->open[p->nopen - 1].node);
    if (p->failed) return;
    uint32_t top = p->nopen;
    while (p->nopen > index) forget_top(p);
    for (uint32_t i = top - 1; i > index; i--) p->open[i].node = p->open[i - 1].node;
    p->open[index].node = n;
    for (uint32_t i = index; i < top; i++) place_at(p, p->nopen++, p->open[i].node);
    for (uint32_t i = 0; i < p->nlist; i++) {
        formatting *f = &p->list[i];
        if (f->pos != NOT_OPEN && f->pos >= index) f->pos++;
    }
}

uint32_t syn_open_find(const parser *p, const syn_node *n)
{
    for (uint32_t i = p->nopen; i-- > 0;) {
        if (p->open[i].node == n) return i;
    }
    return NOT_OPEN;
}

bool syn_open_has(const parser *p, syn_tag tag, stop_kind kind)
{
    uint32_t at = p->last_open[tag];
    return at != NOT_OPEN && at >= p->open[p->nopen - 1].stop[kind];
}

bool syn_open_has_heading(const parser *p)
{
    for (syn_tag tag = SYN_TAG_H1; tag <= SYN_TAG_H6; tag++) {
        if (syn_open_has(p, tag, STOP_SCOPE)) return true;
    }
    return false;
}

static void imply_ends(parser *p, unsigned trait, syn_tag except)
{
    for (;;) {
        const syn_node *n = current_node(p);
        if (n->ns != SYN_NS_HTML || !(syn_tag_traits(n->tag) & trait) || (n->tag == except && except)) return;
        syn_open_pop(p);
    }
}

void syn_open_imply_ends(parser *p, syn_tag except)
{
    imply_ends(p, TRAIT_IMPLIED, except);
}

void syn_open_imply_ends_thoroughly(parser *p)
{
    imply_ends(p, TRAIT_THOROUGH, SYN_TAG_UNKNOWN);
}

void syn_open_close_p(parser *p)
{
    if (!syn_open_has(p, SYN_TAG_P, STOP_BUTTON)) return;
    syn_open_pop_through(p, SYN_TAG_P);
}
