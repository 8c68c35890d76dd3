/* after.c - stage 1: insertion modes after the body, of framesets and of templates. */
#include "internal.h"

/* Of text, only its white space. */
static void insert_space_only(parser *p)
{
    syn_str text = p->t.tok.text;
    while (text.n) {
        syn_insert_text(p, syn_take_space(&text));
        size_t skip = 0;
        while (skip < text.n && !is_space(text.p[skip])) skip++;
        text = syn_slice(text, skip, text.n);
    }
}

void syn_mode_after_body(parser *p)
{
    token *k = &p->t.tok;
    switch (k->type) {
    case TOKEN_DOCTYPE:
        return;
    case TOKEN_COMMENT:
        syn_insert_comment(p, p->open[0].node);
        return;
    case TOKEN_EOF:
        p->stopped = true;
        return;
    case TOKEN_TEXT: {
        syn_str text = k->text, space = syn_take_space(&text);
        if (space.n) {
            k->text = space;
            syn_mode_in_body(p);
            k->text = text;
        }
        if (!text.n) return;
        break;
    }
    case TOKEN_START:
        if (k->tag != SYN_TAG_HTML) break;
        syn_mode_in_body(p);
        return;
    case TOKEN_END:
        if (k->tag != SYN_TAG_HTML) break;
        if (!p->context) p->mode = MODE_AFTER_AFTER_BODY;
        return;
    }
    switch_mode(p, MODE_IN_BODY);
}

void syn_mode_after_after_body(parser *p)
{
    token *k = &p->t.tok;
    switch (k->type) {
    case TOKEN_COMMENT:
        syn_insert_comment(p, p->doc->root);
        return;
    case TOKEN_EOF:
        p->stopped = true;
        return;
    case TOKEN_DOCTYPE:
        return;
    case TOKEN_TEXT: {
        syn_str text = k->text, space = syn_take_space(&text);
        if (space.n) {
            k->text = space;
            syn_mode_in_body(p);
            k->text = text;
        }
        if (!text.n) return;
        break;
    }
    case TOKEN_START:
        if (k->tag != SYN_TAG_HTML) break;
        syn_mode_in_body(p);
        return;
    case TOKEN_END:
        break;
    }
    switch_mode(p, MODE_IN_BODY);
}

/* What the three modes of framesets do alike; comments go to parent, or where things are inserted if that is NULL. */
static void beside_frames(parser *p, syn_node *parent)
{
    const token *k = &p->t.tok;
    switch (k->type) {
    case TOKEN_COMMENT:
        syn_insert_comment(p, parent);
        return;
    case TOKEN_EOF:
        p->stopped = true;
        return;
    case TOKEN_TEXT:
        insert_space_only(p);
        return;
    case TOKEN_START:
        if (k->tag == SYN_TAG_HTML)
            syn_mode_in_body(p);
        else if (k->tag == SYN_TAG_NOFRAMES)
            syn_mode_in_head(p);
        return;
    case TOKEN_DOCTYPE:
    case TOKEN_END:
        return;
    }
}

void syn_mode_in_frameset(parser *p)
{
    const token *k = &p->t.tok;
    if (k->type == TOKEN_START && k->tag == SYN_TAG_FRAMESET) {
        syn_insert_element(p);
    } else if (k->type == TOKEN_START && k->tag == SYN_TAG_FRAME) {
        syn_insert_void(p);
    } else if (k->type == TOKEN_END && k->tag == SYN_TAG_FRAMESET && p->nopen > 1) {
        syn_open_pop(p);
        if (!p->context && !current_is(p, SYN_TAG_FRAMESET)) p->mode = MODE_AFTER_FRAMESET;
    } else {
        beside_frames(p, NULL);
    }
}

void syn_mode_after_frameset(parser *p)
{
    const token *k = &p->t.tok;
    if (k->type == TOKEN_END && k->tag == SYN_TAG_HTML)
        p->mode = MODE_AFTER_AFTER_FRAMESET;
    else
        beside_frames(p, NULL);
}

void syn_mode_after_after_frameset(parser *p)
{
    beside_frames(p, p->doc->root);
}

static void become(parser *p, insertion_mode mode)
{
    if (p->ntemplates) p->template_modes[p->ntemplates - 1] = (uint8_t)mode;
    switch_mode(p, mode);
}

void syn_mode_in_template(parser *p)
{
    const token *k = &p->t.tok;
    switch (k->type) {
    case TOKEN_TEXT:
    case TOKEN_COMMENT:
    case TOKEN_DOCTYPE:
        syn_mode_in_body(p);
        return;
    case TOKEN_EOF:
        if (!is_open(p, SYN_TAG_TEMPLATE)) {
            p->stopped = true;
            return;
        }
        syn_open_pop_through(p, SYN_TAG_TEMPLATE);
        syn_formatting_clear(p);
        if (p->ntemplates) p->ntemplates--;
        syn_reset_mode(p);
        p->again = true;
        return;
    case TOKEN_END:
        if (k->tag == SYN_TAG_TEMPLATE) syn_mode_in_head(p);
        return;
    case TOKEN_START:
        break;
    }
    switch ((int)k->tag) {
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
        return;
    case SYN_TAG_CAPTION:
    case SYN_TAG_COLGROUP:
    case SYN_TAG_TBODY:
    case SYN_TAG_TFOOT:
    case SYN_TAG_THEAD:
        become(p, MODE_IN_TABLE);
        return;
    case SYN_TAG_COL:
        become(p, MODE_IN_COLUMN_GROUP);
        return;
    case SYN_TAG_TR:
        become(p, MODE_IN_TABLE_BODY);
        return;
    case SYN_TAG_TD:
    case SYN_TAG_TH:
        become(p, MODE_IN_ROW);
        return;
    default:
        become(p, MODE_IN_BODY);
        return;
    }
}
