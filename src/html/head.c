/* head.c - stage 1: insertion modes up to the body: document type, html, head; and text that its own end tag ends. */
#include "internal.h"

static void add_doctype(parser *p)
{
    const token *k = &p->t.tok;
    syn_node *n = syn_node_new(p, SYN_NODE_DOCTYPE);
    n->text = k->text;
    if (k->has_public || k->has_system) {
        syn_attr *ids = SYN_NEW_ARRAY(p->arena, syn_attr, 2);
        if (!ids) {
            p->failed = true;
            return;
        }
        if (k->has_public) ids[n->nattrs++] = (syn_attr){SYN_STR("public"), k->public_id, NULL};
        if (k->has_system) ids[n->nattrs++] = (syn_attr){SYN_STR("system"), k->system_id, NULL};
        n->attrs = ids;
    }
    syn_node_put((place){p->doc->root, NULL}, n);
    p->doc->quirks = syn_doctype_is_quirky(k);
}

void syn_mode_initial(parser *p)
{
    token *k = &p->t.tok;
    if (k->type == TOKEN_TEXT) {
        syn_take_space(&k->text);
        if (!k->text.n) return;
    } else if (k->type == TOKEN_COMMENT) {
        syn_insert_comment(p, p->doc->root);
        return;
    } else if (k->type == TOKEN_DOCTYPE) {
        add_doctype(p);
        p->mode = MODE_BEFORE_HTML;
        return;
    }
    p->doc->quirks = true;
    switch_mode(p, MODE_BEFORE_HTML);
}

/* An end tag that counts before there is a body; the others are ignored. */
static bool end_tag_counts(syn_tag tag)
{
    return tag == SYN_TAG_HEAD || tag == SYN_TAG_BODY || tag == SYN_TAG_HTML || tag == SYN_TAG_BR;
}

static void put_html(parser *p, syn_node *n)
{
    syn_node_put((place){p->doc->root, NULL}, n);
    syn_open_push(p, n);
    p->doc->html = n;
}

void syn_mode_before_html(parser *p)
{
    token *k = &p->t.tok;
    switch (k->type) {
    case TOKEN_DOCTYPE:
        return;
    case TOKEN_COMMENT:
        syn_insert_comment(p, p->doc->root);
        return;
    case TOKEN_TEXT:
        syn_take_space(&k->text);
        if (!k->text.n) return;
        break;
    case TOKEN_START:
        if (k->tag != SYN_TAG_HTML) break;
        put_html(p, syn_node_element(p, SYN_NS_HTML));
        p->mode = MODE_BEFORE_HEAD;
        return;
    case TOKEN_END:
        if (!end_tag_counts(k->tag)) return;
        break;
    case TOKEN_EOF:
        break;
    }
    syn_node *html = syn_node_new(p, SYN_NODE_ELEMENT);
    html->tag = SYN_TAG_HTML;
    html->text = syn_tag_name(SYN_TAG_HTML);
    put_html(p, html);
    switch_mode(p, MODE_BEFORE_HEAD);
}

void syn_mode_before_head(parser *p)
{
    token *k = &p->t.tok;
    switch (k->type) {
    case TOKEN_DOCTYPE:
        return;
    case TOKEN_COMMENT:
        syn_insert_comment(p, NULL);
        return;
    case TOKEN_TEXT:
        syn_take_space(&k->text);
        if (!k->text.n) return;
        break;
    case TOKEN_START:
        if (k->tag == SYN_TAG_HTML) {
            syn_mode_in_body(p);
            return;
        }
        if (k->tag == SYN_TAG_HEAD) {
            p->doc->head = syn_insert_element(p);
            p->mode = MODE_IN_HEAD;
            return;
        }
        break;
    case TOKEN_END:
        if (!end_tag_counts(k->tag)) return;
        break;
    case TOKEN_EOF:
        break;
    }
    p->doc->head = syn_insert_named(p, SYN_TAG_HEAD);
    switch_mode(p, MODE_IN_HEAD);
}

static void template_start(parser *p)
{
    syn_insert_element(p);
    syn_formatting_marker(p);
    p->frameset_ok = false;
    p->mode = MODE_IN_TEMPLATE;
    if (syn_parser_grow(p, &p->template_modes, &p->template_cap, p->ntemplates + 1, 1))
        p->template_modes[p->ntemplates++] = MODE_IN_TEMPLATE;
    p->depth_risk++;
}

void syn_template_end(parser *p)
{
    if (!is_open(p, SYN_TAG_TEMPLATE)) return;
    syn_open_imply_ends_thoroughly(p);
    syn_open_pop_through(p, SYN_TAG_TEMPLATE);
    syn_formatting_clear(p);
    if (p->ntemplates) p->ntemplates--;
    syn_reset_mode(p);
}

/* The start tags that the head allows; false for others. */
static bool head_start(parser *p)
{
    switch ((int)p->t.tok.tag) {
    case SYN_TAG_BASE:
    case SYN_TAG_BASEFONT:
    case SYN_TAG_BGSOUND:
    case SYN_TAG_LINK:
    case SYN_TAG_META:
        syn_insert_void(p);
        return true;
    case SYN_TAG_TITLE:
        syn_insert_raw(p, TEXT_RCDATA);
        return true;
    case SYN_TAG_NOFRAMES:
    case SYN_TAG_STYLE:
        syn_insert_raw(p, TEXT_RAW);
        return true;
    case SYN_TAG_NOSCRIPT:
        if (p->options->scripting) {
            syn_insert_raw(p, TEXT_RAW);
        } else {
            syn_insert_element(p);
            p->mode = MODE_IN_HEAD_NOSCRIPT;
        }
        return true;
    case SYN_TAG_SCRIPT:
        syn_insert_raw(p, TEXT_SCRIPT);
        return true;
    case SYN_TAG_TEMPLATE:
        template_start(p);
        return true;
    case SYN_TAG_HEAD:
        return true; /* ignored */
    default:
        return false;
    }
}

void syn_mode_in_head(parser *p)
{
    token *k = &p->t.tok;
    switch (k->type) {
    case TOKEN_DOCTYPE:
        return;
    case TOKEN_COMMENT:
        syn_insert_comment(p, NULL);
        return;
    case TOKEN_TEXT:
        syn_insert_text(p, syn_take_space(&k->text));
        if (!k->text.n) return;
        break;
    case TOKEN_START:
        if (k->tag == SYN_TAG_HTML) {
            syn_mode_in_body(p);
            return;
        }
        if (head_start(p)) return;
        break;
    case TOKEN_END:
        if (k->tag == SYN_TAG_HEAD) {
            syn_open_pop(p);
            p->mode = MODE_AFTER_HEAD;
            return;
        }
        if (k->tag == SYN_TAG_TEMPLATE) syn_template_end(p);
        if (k->tag != SYN_TAG_BODY && k->tag != SYN_TAG_HTML && k->tag != SYN_TAG_BR) return;
        break;
    case TOKEN_EOF:
        break;
    }
    syn_open_pop(p);
    switch_mode(p, MODE_AFTER_HEAD);
}

void syn_mode_in_head_noscript(parser *p)
{
    token *k = &p->t.tok;
    switch (k->type) {
    case TOKEN_DOCTYPE:
        return;
    case TOKEN_COMMENT:
        syn_mode_in_head(p);
        return;
    case TOKEN_TEXT:
        syn_insert_text(p, syn_take_space(&k->text));
        if (!k->text.n) return;
        break;
    case TOKEN_START:
        switch ((int)k->tag) {
        case SYN_TAG_HTML:
            syn_mode_in_body(p);
            return;
        case SYN_TAG_BASEFONT:
        case SYN_TAG_BGSOUND:
        case SYN_TAG_LINK:
        case SYN_TAG_META:
        case SYN_TAG_NOFRAMES:
        case SYN_TAG_STYLE:
            syn_mode_in_head(p);
            return;
        case SYN_TAG_HEAD:
        case SYN_TAG_NOSCRIPT:
            return;
        default:
            break;
        }
        break;
    case TOKEN_END:
        if (k->tag == SYN_TAG_NOSCRIPT) {
            syn_open_pop(p);
            p->mode = MODE_IN_HEAD;
            return;
        }
        if (k->tag != SYN_TAG_BR) return;
        break;
    case TOKEN_EOF:
        break;
    }
    syn_open_pop(p);
    switch_mode(p, MODE_IN_HEAD);
}

void syn_mode_after_head(parser *p)
{
    token *k = &p->t.tok;
    switch (k->type) {
    case TOKEN_DOCTYPE:
        return;
    case TOKEN_COMMENT:
        syn_insert_comment(p, NULL);
        return;
    case TOKEN_TEXT:
        syn_insert_text(p, syn_take_space(&k->text));
        if (!k->text.n) return;
        break;
    case TOKEN_START:
        switch ((int)k->tag) {
        case SYN_TAG_HTML:
            syn_mode_in_body(p);
            return;
        case SYN_TAG_BODY:
            p->doc->body = syn_insert_element(p);
            p->frameset_ok = false;
            p->mode = MODE_IN_BODY;
            return;
        case SYN_TAG_FRAMESET:
            syn_insert_element(p);
            p->mode = MODE_IN_FRAMESET;
            return;
        case SYN_TAG_BASE:
        case SYN_TAG_BASEFONT:
        case SYN_TAG_BGSOUND:
        case SYN_TAG_LINK:
        case SYN_TAG_META:
        case SYN_TAG_NOFRAMES:
        case SYN_TAG_SCRIPT:
        case SYN_TAG_STYLE:
        case SYN_TAG_TEMPLATE:
        case SYN_TAG_TITLE: {
            /* They still belong into the head. */
            syn_node *head = p->doc->head;
            syn_open_push(p, head);
            head_start(p);
            uint32_t at = p->failed ? NOT_OPEN : syn_open_find(p, head);
            if (at != NOT_OPEN) syn_open_remove(p, at);
            return;
        }
        case SYN_TAG_HEAD:
            return;
        default:
            break;
        }
        break;
    case TOKEN_END:
        if (k->tag == SYN_TAG_TEMPLATE) {
            syn_template_end(p);
            return;
        }
        if (k->tag != SYN_TAG_BODY && k->tag != SYN_TAG_HTML && k->tag != SYN_TAG_BR) return;
        break;
    case TOKEN_EOF:
        break;
    }
    p->doc->body = syn_insert_named(p, SYN_TAG_BODY);
    switch_mode(p, MODE_IN_BODY);
}

void syn_mode_text(parser *p)
{
    const token *k = &p->t.tok;
    if (k->type == TOKEN_TEXT) {
        syn_insert_text(p, k->text);
        return;
    }
    syn_open_pop(p);
    p->mode = p->original_mode;
    if (k->type == TOKEN_EOF) p->again = true;
}
