/* body.c - stage 1: the insertion mode "in body". */
#include "internal.h"

static void text(parser *p)
{
    syn_str s = syn_text_without_nul(p);
    if (!s.n) return;
    syn_formatting_reconstruct(p);
    syn_insert_text(p, s);
    if (p->frameset_ok) {
        syn_take_space(&s);
        if (s.n) p->frameset_ok = false;
    }
}

/* The start tag of a second html or body adds what attributes the first did not have. */
static void html_again(parser *p)
{
    if (!is_open(p, SYN_TAG_TEMPLATE)) syn_add_missing_attrs(p, p->open[0].node);
}

static void body_again(parser *p)
{
    if (p->nopen < 2 || !syn_html_is(p->open[1].node, SYN_TAG_BODY) || is_open(p, SYN_TAG_TEMPLATE)) return;
    p->frameset_ok = false;
    syn_add_missing_attrs(p, p->open[1].node);
}

static void frameset_start(parser *p)
{
    if (p->nopen < 2 || !syn_html_is(p->open[1].node, SYN_TAG_BODY) || !p->frameset_ok) return;
    syn_node_detach(p->open[1].node);
    p->doc->body = NULL;
    syn_open_pop_to(p, 1);
    syn_insert_element(p);
    p->mode = MODE_IN_FRAMESET;
}

static void block_start(parser *p)
{
    syn_open_close_p(p);
    syn_insert_element(p);
}

static bool is_heading(const syn_node *n)
{
    return n->ns == SYN_NS_HTML && n->tag >= SYN_TAG_H1 && n->tag <= SYN_TAG_H6;
}

static void heading_start(parser *p)
{
    syn_open_close_p(p);
    if (is_heading(current_node(p))) syn_open_pop(p);
    syn_insert_element(p);
}

static void pre_start(parser *p)
{
    block_start(p);
    p->skip_newline = true;
    p->frameset_ok = false;
}

static void form_start(parser *p)
{
    bool in_template = is_open(p, SYN_TAG_TEMPLATE);
    if (p->form && !in_template) return;
    syn_open_close_p(p);
    syn_node *n = syn_insert_element(p);
    if (!in_template) p->form = n;
}

/* A list item ends the one before it, unless something special lies between them. */
static void item_start(parser *p, syn_tag one, syn_tag other)
{
    p->frameset_ok = false;
    uint32_t stop = p->open[p->nopen - 1].stop[STOP_ITEM], a = p->last_open[one], b = p->last_open[other];
    syn_tag topmost = b != NOT_OPEN && (a == NOT_OPEN || b > a) ? other : one;
    uint32_t at = p->last_open[topmost];
    if (at != NOT_OPEN && at >= stop) {
        syn_open_imply_ends(p, topmost);
        syn_open_pop_through(p, topmost);
    }
    block_start(p);
}

static void button_start(parser *p)
{
    if (syn_open_has(p, SYN_TAG_BUTTON, STOP_SCOPE)) {
        syn_open_imply_ends(p, SYN_TAG_UNKNOWN);
        syn_open_pop_through(p, SYN_TAG_BUTTON);
    }
    syn_formatting_reconstruct(p);
    syn_insert_element(p);
    p->frameset_ok = false;
}

static void ordinary_start(parser *p)
{
    syn_formatting_reconstruct(p);
    syn_insert_element(p);
}

static void formatting_start(parser *p)
{
    syn_formatting_reconstruct(p);
    syn_node *n = syn_insert_element(p);
    syn_formatting_push(p, n);
}

static void anchor_start(parser *p)
{
    const syn_node *a = syn_formatting_last(p, SYN_TAG_A);
    if (a) {
        syn_adopt(p, SYN_TAG_A);
        syn_formatting_remove(p, a);
        uint32_t at = NOT_OPEN;
        for (uint32_t i = p->last_open[SYN_TAG_A]; i != NOT_OPEN && at == NOT_OPEN; i = p->open[i].same) {
            if (p->open[i].node == a) at = i;
            /* One that lies deep under others stays: to take it out would cost their number each time. */
            if (p->nopen - i > SYN_MAX_TREE_DEPTH) break;
        }
        if (at != NOT_OPEN) syn_open_remove(p, at);
    }
    formatting_start(p);
}

static void nobr_start(parser *p)
{
    syn_formatting_reconstruct(p);
    if (syn_open_has(p, SYN_TAG_NOBR, STOP_SCOPE)) syn_adopt(p, SYN_TAG_NOBR);
    formatting_start(p);
}

static void object_start(parser *p)
{
    ordinary_start(p);
    syn_formatting_marker(p);
    p->frameset_ok = false;
}

static void table_start(parser *p)
{
    if (!p->doc->quirks) syn_open_close_p(p);
    syn_insert_element(p);
    p->frameset_ok = false;
    p->mode = MODE_IN_TABLE;
}

static void void_start(parser *p)
{
    syn_formatting_reconstruct(p);
    syn_insert_void(p);
    p->frameset_ok = false;
}

static bool in_select_fragment(const parser *p)
{
    return syn_html_is(p->context, SYN_TAG_SELECT);
}

static void input_start(parser *p)
{
    if (in_select_fragment(p)) return;
    if (syn_open_has(p, SYN_TAG_SELECT, STOP_SCOPE)) syn_open_pop_through(p, SYN_TAG_SELECT);
    bool frameset_ok = p->frameset_ok;
    void_start(p);
    const token *k = &p->t.tok;
    for (uint32_t i = 0; i < k->nattrs; i++) {
        if (syn_str_is(k->attrs[i].name, "type") && syn_str_ieq(k->attrs[i].value, SYN_STR("hidden")))
            p->frameset_ok = frameset_ok;
    }
}

static void hr_start(parser *p)
{
    syn_open_close_p(p);
    if (syn_open_has(p, SYN_TAG_SELECT, STOP_SCOPE)) syn_open_imply_ends(p, SYN_TAG_UNKNOWN);
    syn_insert_void(p);
    p->frameset_ok = false;
}

static void select_start(parser *p)
{
    if (in_select_fragment(p)) return;
    if (syn_open_has(p, SYN_TAG_SELECT, STOP_SCOPE)) {
        syn_open_pop_through(p, SYN_TAG_SELECT);
        return;
    }
    ordinary_start(p);
    p->frameset_ok = false;
}

static void option_start(parser *p, syn_tag keep)
{
    if (syn_open_has(p, SYN_TAG_SELECT, STOP_SCOPE))
        syn_open_imply_ends(p, keep);
    else if (current_is(p, SYN_TAG_OPTION))
        syn_open_pop(p);
    ordinary_start(p);
}

static void ruby_start(parser *p, syn_tag keep)
{
    if (syn_open_has(p, SYN_TAG_RUBY, STOP_SCOPE)) syn_open_imply_ends(p, keep);
    syn_insert_element(p);
}

static void foreign_start(parser *p, syn_ns ns)
{
    syn_formatting_reconstruct(p);
    syn_foreign_insert(p, ns);
    if (p->t.tok.self_closing) syn_open_pop(p);
}

static void raw_start(parser *p)
{
    p->frameset_ok = false;
    syn_insert_raw(p, TEXT_RAW);
}

static void start(parser *p)
{
    token *k = &p->t.tok;
    switch (k->tag) {
    case SYN_TAG_HTML:
        html_again(p);
        break;
    case SYN_TAG_BASE:
    case SYN_TAG_BASEFONT:
    case SYN_TAG_BGSOUND:
    case SYN_TAG_LINK:
    case SYN_TAG_META:
    case SYN_TAG_NOFRAMES:
    case SYN_TAG_SCRIPT:
    case SYN_TAG_STYLE:
    case SYN_TAG_TEMPLATE:
    case SYN_TAG_TITLE:
        syn_mode_in_head(p);
        break;
    case SYN_TAG_BODY:
        body_again(p);
        break;
    case SYN_TAG_FRAMESET:
        frameset_start(p);
        break;
    case SYN_TAG_ADDRESS:
    case SYN_TAG_ARTICLE:
    case SYN_TAG_ASIDE:
    case SYN_TAG_BLOCKQUOTE:
    case SYN_TAG_CENTER:
    case SYN_TAG_DETAILS:
    case SYN_TAG_DIALOG:
    case SYN_TAG_DIR:
    case SYN_TAG_DIV:
    case SYN_TAG_DL:
    case SYN_TAG_FIELDSET:
    case SYN_TAG_FIGCAPTION:
    case SYN_TAG_FIGURE:
    case SYN_TAG_FOOTER:
    case SYN_TAG_HEADER:
    case SYN_TAG_HGROUP:
    case SYN_TAG_MAIN:
    case SYN_TAG_MENU:
    case SYN_TAG_NAV:
    case SYN_TAG_OL:
    case SYN_TAG_P:
    case SYN_TAG_SEARCH:
    case SYN_TAG_SECTION:
    case SYN_TAG_SUMMARY:
    case SYN_TAG_UL:
        block_start(p);
        break;
    case SYN_TAG_H1:
    case SYN_TAG_H2:
    case SYN_TAG_H3:
    case SYN_TAG_H4:
    case SYN_TAG_H5:
    case SYN_TAG_H6:
        heading_start(p);
        break;
    case SYN_TAG_PRE:
    case SYN_TAG_LISTING:
        pre_start(p);
        break;
    case SYN_TAG_FORM:
        form_start(p);
        break;
    case SYN_TAG_LI:
        item_start(p, SYN_TAG_LI, SYN_TAG_LI);
        break;
    case SYN_TAG_DD:
    case SYN_TAG_DT:
        item_start(p, SYN_TAG_DD, SYN_TAG_DT);
        break;
    case SYN_TAG_PLAINTEXT:
        block_start(p);
        p->t.mode = TEXT_PLAIN;
        break;
    case SYN_TAG_BUTTON:
        button_start(p);
        break;
    case SYN_TAG_A:
        anchor_start(p);
        break;
    case SYN_TAG_B:
    case SYN_TAG_BIG:
    case SYN_TAG_CODE:
    case SYN_TAG_EM:
    case SYN_TAG_FONT:
    case SYN_TAG_I:
    case SYN_TAG_S:
    case SYN_TAG_SMALL:
    case SYN_TAG_STRIKE:
    case SYN_TAG_STRONG:
    case SYN_TAG_TT:
    case SYN_TAG_U:
        formatting_start(p);
        break;
    case SYN_TAG_NOBR:
        nobr_start(p);
        break;
    case SYN_TAG_APPLET:
    case SYN_TAG_MARQUEE:
    case SYN_TAG_OBJECT:
        object_start(p);
        break;
    case SYN_TAG_TABLE:
        table_start(p);
        break;
    case SYN_TAG_IMAGE:
        k->tag = SYN_TAG_IMG;
        k->text = syn_tag_name(SYN_TAG_IMG);
        void_start(p);
        break;
    case SYN_TAG_AREA:
    case SYN_TAG_BR:
    case SYN_TAG_EMBED:
    case SYN_TAG_IMG:
    case SYN_TAG_KEYGEN:
    case SYN_TAG_WBR:
        void_start(p);
        break;
    case SYN_TAG_INPUT:
        input_start(p);
        break;
    case SYN_TAG_PARAM:
    case SYN_TAG_SOURCE:
    case SYN_TAG_TRACK:
        syn_insert_void(p);
        break;
    case SYN_TAG_HR:
        hr_start(p);
        break;
    case SYN_TAG_TEXTAREA:
        p->skip_newline = true;
        p->frameset_ok = false;
        syn_insert_raw(p, TEXT_RCDATA);
        break;
    case SYN_TAG_XMP:
        syn_open_close_p(p);
        syn_formatting_reconstruct(p);
        raw_start(p);
        break;
    case SYN_TAG_IFRAME:
        raw_start(p);
        break;
    case SYN_TAG_NOEMBED:
        syn_insert_raw(p, TEXT_RAW);
        break;
    case SYN_TAG_NOSCRIPT:
        if (p->options->scripting)
            syn_insert_raw(p, TEXT_RAW);
        else
            ordinary_start(p);
        break;
    case SYN_TAG_SELECT:
        select_start(p);
        break;
    case SYN_TAG_OPTION:
        option_start(p, SYN_TAG_OPTGROUP);
        break;
    case SYN_TAG_OPTGROUP:
        option_start(p, SYN_TAG_UNKNOWN);
        break;
    case SYN_TAG_RB:
    case SYN_TAG_RTC:
        ruby_start(p, SYN_TAG_UNKNOWN);
        break;
    case SYN_TAG_RP:
    case SYN_TAG_RT:
        ruby_start(p, SYN_TAG_RTC);
        break;
    case SYN_TAG_MATH:
        foreign_start(p, SYN_NS_MATHML);
        break;
    case SYN_TAG_SVG:
        foreign_start(p, SYN_NS_SVG);
        break;
    case SYN_TAG_CAPTION:
    case SYN_TAG_COL:
    case SYN_TAG_COLGROUP:
    case SYN_TAG_FRAME:
    case SYN_TAG_HEAD:
    case SYN_TAG_TBODY:
    case SYN_TAG_TD:
    case SYN_TAG_TFOOT:
    case SYN_TAG_TH:
    case SYN_TAG_THEAD:
    case SYN_TAG_TR:
        break;
    default:
        ordinary_start(p);
        break;
    }
}

/* </body> and </html> */
static bool body_end(parser *p)
{
    if (!syn_open_has(p, SYN_TAG_BODY, STOP_SCOPE)) return false;
    p->mode = MODE_AFTER_BODY;
    return true;
}

/* Close the element where the scope holds one. */
static bool scoped_end(parser *p, syn_tag tag, stop_kind scope, syn_tag except)
{
    if (!syn_open_has(p, tag, scope)) return false;
    syn_open_imply_ends(p, except);
    syn_open_pop_through(p, tag);
    return true;
}

static void form_end(parser *p)
{
    if (is_open(p, SYN_TAG_TEMPLATE)) {
        scoped_end(p, SYN_TAG_FORM, STOP_SCOPE, SYN_TAG_UNKNOWN);
        return;
    }
    const syn_node *form = p->form;
    p->form = NULL;
    uint32_t at = p->last_open[SYN_TAG_FORM], stop = p->open[p->nopen - 1].stop[STOP_SCOPE];
    while (at != NOT_OPEN && at >= stop && p->open[at].node != form) at = p->open[at].same;
    if (!form || at == NOT_OPEN || at < stop) return;
    syn_open_imply_ends(p, SYN_TAG_UNKNOWN);
    syn_open_remove(p, at);
}

static void heading_end(parser *p)
{
    if (!syn_open_has_heading(p)) return;
    syn_open_imply_ends(p, SYN_TAG_UNKNOWN);
    uint32_t topmost = 0;
    for (syn_tag tag = SYN_TAG_H1; tag <= SYN_TAG_H6; tag++) {
        if (is_open(p, tag) && p->last_open[tag] > topmost) topmost = p->last_open[tag];
    }
    syn_open_pop_to(p, topmost);
}

static void end(parser *p)
{
    token *k = &p->t.tok;
    switch (k->tag) {
    case SYN_TAG_TEMPLATE:
        syn_template_end(p);
        break;
    case SYN_TAG_BODY:
        body_end(p);
        break;
    case SYN_TAG_HTML:
        if (body_end(p)) p->again = true;
        break;
    case SYN_TAG_ADDRESS:
    case SYN_TAG_ARTICLE:
    case SYN_TAG_ASIDE:
    case SYN_TAG_BLOCKQUOTE:
    case SYN_TAG_BUTTON:
    case SYN_TAG_CENTER:
    case SYN_TAG_DETAILS:
    case SYN_TAG_DIALOG:
    case SYN_TAG_DIR:
    case SYN_TAG_DIV:
    case SYN_TAG_DL:
    case SYN_TAG_FIELDSET:
    case SYN_TAG_FIGCAPTION:
    case SYN_TAG_FIGURE:
    case SYN_TAG_FOOTER:
    case SYN_TAG_HEADER:
    case SYN_TAG_HGROUP:
    case SYN_TAG_LISTING:
    case SYN_TAG_MAIN:
    case SYN_TAG_MENU:
    case SYN_TAG_NAV:
    case SYN_TAG_OL:
    case SYN_TAG_PRE:
    case SYN_TAG_SEARCH:
    case SYN_TAG_SECTION:
    case SYN_TAG_SELECT:
    case SYN_TAG_SUMMARY:
    case SYN_TAG_UL:
        scoped_end(p, k->tag, STOP_SCOPE, SYN_TAG_UNKNOWN);
        break;
    case SYN_TAG_FORM:
        form_end(p);
        break;
    case SYN_TAG_P:
        if (!syn_open_has(p, SYN_TAG_P, STOP_BUTTON)) syn_insert_named(p, SYN_TAG_P);
        syn_open_close_p(p);
        break;
    case SYN_TAG_LI:
        scoped_end(p, SYN_TAG_LI, STOP_LIST, SYN_TAG_LI);
        break;
    case SYN_TAG_DD:
    case SYN_TAG_DT:
        scoped_end(p, k->tag, STOP_SCOPE, k->tag);
        break;
    case SYN_TAG_H1:
    case SYN_TAG_H2:
    case SYN_TAG_H3:
    case SYN_TAG_H4:
    case SYN_TAG_H5:
    case SYN_TAG_H6:
        heading_end(p);
        break;
    case SYN_TAG_A:
    case SYN_TAG_B:
    case SYN_TAG_BIG:
    case SYN_TAG_CODE:
    case SYN_TAG_EM:
    case SYN_TAG_FONT:
    case SYN_TAG_I:
    case SYN_TAG_NOBR:
    case SYN_TAG_S:
    case SYN_TAG_SMALL:
    case SYN_TAG_STRIKE:
    case SYN_TAG_STRONG:
    case SYN_TAG_TT:
    case SYN_TAG_U:
        syn_adopt(p, k->tag);
        break;
    case SYN_TAG_APPLET:
    case SYN_TAG_MARQUEE:
    case SYN_TAG_OBJECT:
        if (scoped_end(p, k->tag, STOP_SCOPE, SYN_TAG_UNKNOWN)) syn_formatting_clear(p);
        break;
    case SYN_TAG_BR:
        k->nattrs = 0;
        void_start(p);
        break;
    default:
        syn_any_other_end(p);
        break;
    }
}

void syn_mode_in_body(parser *p)
{
    switch (p->t.tok.type) {
    case TOKEN_TEXT:
        text(p);
        break;
    case TOKEN_START:
        start(p);
        break;
    case TOKEN_END:
        end(p);
        break;
    case TOKEN_COMMENT:
        syn_insert_comment(p, NULL);
        break;
    case TOKEN_DOCTYPE:
        break;
    case TOKEN_EOF:
        if (p->ntemplates)
            syn_mode_in_template(p);
        else
            p->stopped = true;
        break;
    }
}
