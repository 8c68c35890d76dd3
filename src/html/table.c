/* table.c - stage 1: insertion modes of tables. */
#include "internal.h"

/* "Clear the stack back to a table context". */
static void clear_to_table(parser *p)
{
    syn_open_pop_to(p, p->open[p->nopen - 1].stop[STOP_TABLE] + 1);
}

static bool ends_row_context(const parser *p)
{
    return current_is(p, SYN_TAG_TEMPLATE) || current_is(p, SYN_TAG_HTML) || p->nopen == 1;
}

static void clear_to_row(parser *p)
{
    while (!current_is(p, SYN_TAG_TR) && !ends_row_context(p)) syn_open_pop(p);
}

static void clear_to_body(parser *p)
{
    while (!current_is(p, SYN_TAG_TBODY) && !current_is(p, SYN_TAG_TFOOT) && !current_is(p, SYN_TAG_THEAD) &&
           !ends_row_context(p))
        syn_open_pop(p);
}

static bool in_table_scope(const parser *p, syn_tag tag)
{
    return syn_open_has(p, tag, STOP_TABLE);
}

/* Content that does not belong into a table goes before it. */
static void foster(parser *p)
{
    p->foster = true;
    syn_mode_in_body(p);
    p->foster = false;
}

static bool takes_table_text(const syn_node *n)
{
    return n->ns == SYN_NS_HTML && ((syn_tag_traits(n->tag) & TRAIT_FOSTER) || n->tag == SYN_TAG_TEMPLATE);
}

static bool table_end(parser *p)
{
    if (!in_table_scope(p, SYN_TAG_TABLE)) return false;
    syn_open_pop_through(p, SYN_TAG_TABLE);
    syn_reset_mode(p);
    return true;
}

static bool is_hidden_input(const token *k)
{
    for (uint32_t i = 0; i < k->nattrs; i++) {
        if (syn_str_is(k->attrs[i].name, "type")) return syn_str_ieq(k->attrs[i].value, SYN_STR("hidden"));
    }
    return false;
}

static void table_form(parser *p)
{
    if (p->form || is_open(p, SYN_TAG_TEMPLATE)) return;
    p->form = syn_insert_element(p);
    syn_open_pop(p);
}

static void table_start_tag(parser *p)
{
    const token *k = &p->t.tok;
    switch ((int)k->tag) {
    case SYN_TAG_CAPTION:
        clear_to_table(p);
        syn_formatting_marker(p);
        syn_insert_element(p);
        p->mode = MODE_IN_CAPTION;
        break;
    case SYN_TAG_COLGROUP:
        clear_to_table(p);
        syn_insert_element(p);
        p->mode = MODE_IN_COLUMN_GROUP;
        break;
    case SYN_TAG_COL:
        clear_to_table(p);
        syn_insert_named(p, SYN_TAG_COLGROUP);
        switch_mode(p, MODE_IN_COLUMN_GROUP);
        break;
    case SYN_TAG_TBODY:
    case SYN_TAG_TFOOT:
    case SYN_TAG_THEAD:
        clear_to_table(p);
        syn_insert_element(p);
        p->mode = MODE_IN_TABLE_BODY;
        break;
    case SYN_TAG_TD:
    case SYN_TAG_TH:
    case SYN_TAG_TR:
        clear_to_table(p);
        syn_insert_named(p, SYN_TAG_TBODY);
        switch_mode(p, MODE_IN_TABLE_BODY);
        break;
    case SYN_TAG_TABLE:
        if (table_end(p)) p->again = true;
        break;
    case SYN_TAG_STYLE:
    case SYN_TAG_SCRIPT:
    case SYN_TAG_TEMPLATE:
        syn_mode_in_head(p);
        break;
    case SYN_TAG_INPUT:
        if (is_hidden_input(k))
            syn_insert_void(p);
        else
            foster(p);
        break;
    case SYN_TAG_FORM:
        table_form(p);
        break;
    default:
        foster(p);
        break;
    }
}

void syn_mode_in_table(parser *p)
{
    const token *k = &p->t.tok;
    switch (k->type) {
    case TOKEN_TEXT:
        if (!takes_table_text(current_node(p))) {
            foster(p);
            return;
        }
        p->npending = 0;
        p->original_mode = p->mode;
        switch_mode(p, MODE_IN_TABLE_TEXT);
        return;
    case TOKEN_COMMENT:
        syn_insert_comment(p, NULL);
        return;
    case TOKEN_DOCTYPE:
        return;
    case TOKEN_START:
        table_start_tag(p);
        return;
    case TOKEN_EOF:
        syn_mode_in_body(p);
        return;
    case TOKEN_END:
        break;
    }
    switch ((int)k->tag) {
    case SYN_TAG_TABLE:
        table_end(p);
        break;
    case SYN_TAG_BODY:
    case SYN_TAG_CAPTION:
    case SYN_TAG_COL:
    case SYN_TAG_COLGROUP:
    case SYN_TAG_HTML:
    case SYN_TAG_TBODY:
    case SYN_TAG_TD:
    case SYN_TAG_TFOOT:
    case SYN_TAG_TH:
    case SYN_TAG_THEAD:
    case SYN_TAG_TR:
        break;
    case SYN_TAG_TEMPLATE:
        syn_template_end(p);
        break;
    default:
        foster(p);
        break;
    }
}

void syn_mode_in_table_text(parser *p)
{
    token *k = &p->t.tok;
    if (k->type == TOKEN_TEXT) {
        syn_str s = syn_text_without_nul(p);
        if (s.n && syn_parser_grow(p, &p->pending, &p->pending_cap, p->npending + 1, sizeof(syn_str)))
            p->pending[p->npending++] = s;
        return;
    }
    bool space_only = true;
    for (size_t i = 0; i < p->npending && space_only; i++) {
        syn_str s = p->pending[i];
        syn_take_space(&s);
        space_only = !s.n;
    }
    token saved = *k;
    k->type = TOKEN_TEXT;
    k->has_nul = false;
    for (size_t i = 0; i < p->npending; i++) {
        k->text = p->pending[i];
        if (space_only)
            syn_insert_text(p, k->text);
        else
            foster(p);
    }
    *k = saved;
    switch_mode(p, p->original_mode);
}

static bool starts_table_part(const token *k)
{
    if (k->type != TOKEN_START) return false;
    switch ((int)k->tag) {
    case SYN_TAG_CAPTION:
    case SYN_TAG_COL:
    case SYN_TAG_COLGROUP:
    case SYN_TAG_TBODY:
    case SYN_TAG_TD:
    case SYN_TAG_TFOOT:
    case SYN_TAG_TH:
    case SYN_TAG_THEAD:
    case SYN_TAG_TR:
        return true;
    default:
        return false;
    }
}

static bool is_end(const token *k, syn_tag tag)
{
    return k->type == TOKEN_END && k->tag == tag;
}

void syn_mode_in_caption(parser *p)
{
    const token *k = &p->t.tok;
    bool part = starts_table_part(k) || is_end(k, SYN_TAG_TABLE);
    if (part || is_end(k, SYN_TAG_CAPTION)) {
        if (!in_table_scope(p, SYN_TAG_CAPTION)) return;
        syn_open_imply_ends(p, SYN_TAG_UNKNOWN);
        syn_open_pop_through(p, SYN_TAG_CAPTION);
        syn_formatting_clear(p);
        p->mode = MODE_IN_TABLE;
        p->again = part;
        return;
    }
    if (k->type == TOKEN_END) {
        switch ((int)k->tag) {
        case SYN_TAG_BODY:
        case SYN_TAG_COL:
        case SYN_TAG_COLGROUP:
        case SYN_TAG_HTML:
        case SYN_TAG_TBODY:
        case SYN_TAG_TD:
        case SYN_TAG_TFOOT:
        case SYN_TAG_TH:
        case SYN_TAG_THEAD:
        case SYN_TAG_TR:
            return;
        default:
            break;
        }
    }
    syn_mode_in_body(p);
}

void syn_mode_in_column_group(parser *p)
{
    token *k = &p->t.tok;
    switch (k->type) {
    case TOKEN_TEXT:
        syn_insert_text(p, syn_take_space(&k->text));
        if (!k->text.n) return;
        break;
    case TOKEN_COMMENT:
        syn_insert_comment(p, NULL);
        return;
    case TOKEN_DOCTYPE:
        return;
    case TOKEN_EOF:
        syn_mode_in_body(p);
        return;
    case TOKEN_START:
        if (k->tag == SYN_TAG_HTML) {
            syn_mode_in_body(p);
            return;
        }
        if (k->tag == SYN_TAG_COL) {
            syn_insert_void(p);
            return;
        }
        if (k->tag == SYN_TAG_TEMPLATE) {
            syn_mode_in_head(p);
            return;
        }
        break;
    case TOKEN_END:
        if (k->tag == SYN_TAG_COLGROUP) {
            if (!current_is(p, SYN_TAG_COLGROUP)) return;
            syn_open_pop(p);
            p->mode = MODE_IN_TABLE;
            return;
        }
        if (k->tag == SYN_TAG_COL) return;
        if (k->tag == SYN_TAG_TEMPLATE) {
            syn_template_end(p);
            return;
        }
        break;
    }
    if (!current_is(p, SYN_TAG_COLGROUP)) return;
    syn_open_pop(p);
    switch_mode(p, MODE_IN_TABLE);
}

static bool is_section(syn_tag tag)
{
    return tag == SYN_TAG_TBODY || tag == SYN_TAG_TFOOT || tag == SYN_TAG_THEAD;
}

void syn_mode_in_table_body(parser *p)
{
    const token *k = &p->t.tok;
    bool start = k->type == TOKEN_START, cell = k->tag == SYN_TAG_TD || k->tag == SYN_TAG_TH;
    if (start && (k->tag == SYN_TAG_TR || cell)) {
        clear_to_body(p);
        if (cell)
            syn_insert_named(p, SYN_TAG_TR);
        else
            syn_insert_element(p);
        p->mode = MODE_IN_ROW;
        p->again = cell;
        return;
    }
    if (k->type == TOKEN_END && is_section(k->tag)) {
        if (!in_table_scope(p, k->tag)) return;
        clear_to_body(p);
        syn_open_pop(p);
        p->mode = MODE_IN_TABLE;
        return;
    }
    if (starts_table_part(k) || is_end(k, SYN_TAG_TABLE)) {
        if (!in_table_scope(p, SYN_TAG_TBODY) && !in_table_scope(p, SYN_TAG_THEAD) && !in_table_scope(p, SYN_TAG_TFOOT))
            return;
        clear_to_body(p);
        syn_open_pop(p);
        switch_mode(p, MODE_IN_TABLE);
        return;
    }
    syn_mode_in_table(p);
}

static bool row_end(parser *p)
{
    if (!in_table_scope(p, SYN_TAG_TR)) return false;
    clear_to_row(p);
    syn_open_pop(p);
    p->mode = MODE_IN_TABLE_BODY;
    return true;
}

void syn_mode_in_row(parser *p)
{
    const token *k = &p->t.tok;
    if (k->type == TOKEN_START && (k->tag == SYN_TAG_TD || k->tag == SYN_TAG_TH)) {
        clear_to_row(p);
        syn_insert_element(p);
        p->mode = MODE_IN_CELL;
        syn_formatting_marker(p);
    } else if (is_end(k, SYN_TAG_TR)) {
        row_end(p);
    } else if (starts_table_part(k) || is_end(k, SYN_TAG_TABLE)) {
        if (row_end(p)) p->again = true;
    } else if (k->type == TOKEN_END && is_section(k->tag)) {
        if (in_table_scope(p, k->tag) && row_end(p)) p->again = true;
    } else if (!is_end(k, SYN_TAG_TD) && !is_end(k, SYN_TAG_TH)) {
        syn_mode_in_table(p);
    }
}

/* Close the open cell, a td or th. */
static void close_cell(parser *p)
{
    uint32_t td = p->last_open[SYN_TAG_TD], th = p->last_open[SYN_TAG_TH];
    syn_open_imply_ends(p, SYN_TAG_UNKNOWN);
    if (td != NOT_OPEN && (th == NOT_OPEN || td > th))
        syn_open_pop_through(p, SYN_TAG_TD);
    else
        syn_open_pop_through(p, SYN_TAG_TH);
    syn_formatting_clear(p);
    p->mode = MODE_IN_ROW;
}

void syn_mode_in_cell(parser *p)
{
    const token *k = &p->t.tok;
    if (starts_table_part(k)) {
        if (!in_table_scope(p, SYN_TAG_TD) && !in_table_scope(p, SYN_TAG_TH)) return;
        close_cell(p);
        p->again = true;
        return;
    }
    if (k->type == TOKEN_END) {
        switch ((int)k->tag) {
        case SYN_TAG_TD:
        case SYN_TAG_TH:
            if (!in_table_scope(p, k->tag)) return;
            syn_open_imply_ends(p, SYN_TAG_UNKNOWN);
            syn_open_pop_through(p, k->tag);
            syn_formatting_clear(p);
            p->mode = MODE_IN_ROW;
            return;
        case SYN_TAG_BODY:
        case SYN_TAG_CAPTION:
        case SYN_TAG_COL:
        case SYN_TAG_COLGROUP:
        case SYN_TAG_HTML:
            return;
        case SYN_TAG_TABLE:
        case SYN_TAG_TBODY:
        case SYN_TAG_TFOOT:
        case SYN_TAG_THEAD:
        case SYN_TAG_TR:
            if (!in_table_scope(p, k->tag)) return;
            close_cell(p);
            p->again = true;
            return;
        default:
            break;
        }
    }
    syn_mode_in_body(p);
}
