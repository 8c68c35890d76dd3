/* elements.c - stage 2: what single elements are to a reader: which break lines, which are never shown, where their
   text stands, and the text below one. */
#include "reading.h"

syn_kind syn_read_kind(const syn_node *n)
{
    if (n->ns == SYN_NS_SVG) return SYN_KIND_SKIP;
    if (n->ns != SYN_NS_HTML) return SYN_KIND_INLINE;
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
        return SYN_KIND_SKIP;
    case SYN_TAG_BR:
    case SYN_TAG_HR:
        return SYN_KIND_BREAK;
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
        return SYN_KIND_BOX;
    default:
        return SYN_KIND_INLINE;
    }
}

uint32_t syn_read_stands_in(const syn_node *n)
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

uint32_t syn_read_attributes(const syn_node *n, uint32_t *in)
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
            if (syn_ends(a->value, SYN_STR("creditText")) || syn_ends(a->value, SYN_STR("copyrightHolder")))
                hints |= SYN_HINT_CREDIT | SYN_HINT_CAPTION;
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

syn_str syn_read_text_of(syn_arena *arena, const syn_node *node)
{
    syn_buf b = {.max = (size_t)1 << 16};
    for (const syn_node *n = syn_html_next(node, node, false); n;) {
        bool skip = n->type == SYN_NODE_ELEMENT && syn_read_kind(n) == SYN_KIND_SKIP;
        if (n->type == SYN_NODE_TEXT)
            syn_buf_add(&b, n->text);
        else if (n->type == SYN_NODE_ELEMENT && syn_read_kind(n) != SYN_KIND_INLINE)
            syn_buf_c(&b, ' ');
        n = syn_html_next(n, node, skip);
    }
    syn_str s = syn_read_collapse(arena, syn_buf_str(&b));
    syn_buf_free(&b);
    return s;
}
