/* html.h - stage 1: bytes of UTF-8 to the tree that browsers build.  Uses base.h. */
#ifndef SYN_HTML_H
#define SYN_HTML_H

#include "../base/base.h"

typedef enum syn_node_type {
    SYN_NODE_DOCUMENT,
    SYN_NODE_DOCTYPE,
    SYN_NODE_ELEMENT,
    SYN_NODE_TEXT,
    SYN_NODE_COMMENT,
    SYN_NODE_FRAGMENT /* a template's content */
} syn_node_type;
typedef enum syn_ns { SYN_NS_HTML, SYN_NS_SVG, SYN_NS_MATHML } syn_ns;

/* SYN_TAG_A, SYN_TAG_ABBR, ... one for each name in tags.def; SYN_TAG_UNKNOWN for others. */
typedef enum syn_tag {
    SYN_TAG_UNKNOWN,
#define SYN_TAG(id, name) SYN_TAG_##id,
#include "tags.def"
#undef SYN_TAG
    SYN_TAG_COUNT
} syn_tag;

typedef struct syn_attr {
    syn_str name; /* lower case in HTML */
    syn_str value;
    const char *prefix; /* "xlink", "xml", "xmlns" of foreign attributes, then name is the local one; or NULL */
} syn_attr;

/* Read-only to users.  Strings are slices of the input wherever nothing was decoded, else arena-owned (names of known
   tags: static).  A doctype's identifiers are its attributes "public" and "system". */
typedef struct syn_node syn_node;
struct syn_node {
    syn_node *parent, *first, *last, *prev, *next; /* a template's content is a FRAGMENT as its only child */
    syn_str text;                                  /* element: tag name; text, comment: content; doctype: name */
    const syn_attr *attrs;
    uint32_t nattrs;
    uint16_t tag; /* syn_tag, of elements only */
    uint8_t type; /* syn_node_type */
    uint8_t ns;   /* syn_ns */
};

typedef struct syn_document {
    syn_node *root;               /* DOCUMENT */
    syn_node *html, *head, *body; /* body may be a frameset's NULL */
    bool quirks;
    bool depth_capped; /* what lay deeper than SYN_MAX_TREE_DEPTH became children of the deepest allowed element */
} syn_document;

typedef struct syn_html_options {
    bool scripting;          /* noscript content as text; false: parsed */
    const char *fragment_of; /* context element ("td", "svg path") for the fragment algorithm, or NULL */
} syn_html_options;

/* Parse well-formed UTF-8 into a tree that lives in arena and borrows input.  Any input gives a tree.  O(n) in bytes.
   options may be NULL.  A fragment's nodes hang right under root; html, head and body are NULL then.  SYN_ENOMEM: the
   arena's limit.

   The tree is the WHATWG standard's, but for what would cost more than O(n) or serve no reader: of an element's
   attributes the first SYN_MAX_ATTRIBUTES are kept, nothing is read after SYN_MAX_OPEN_ELEMENTS, an end tag rearranges
   no more than the innermost thousand elements, open formatting elements beyond a few hundred are forgotten, and
   <selectedcontent> is not filled with a copy. */
syn_code syn_html_parse(syn_arena *arena, syn_str input, const syn_html_options *options, syn_document **out,
                        syn_err *err);

/* Value of an attribute; empty where absent.  present may be NULL. */
syn_str syn_html_attr(const syn_node *n, const char *name, bool *present);
/* Next node in tree order within top (NULL at the end); skip: do not enter n. */
const syn_node *syn_html_next(const syn_node *n, const syn_node *top, bool skip);
static inline bool syn_html_is(const syn_node *n, syn_tag tag)
{
    return n && n->type == SYN_NODE_ELEMENT && n->ns == SYN_NS_HTML && n->tag == tag;
}

#endif
