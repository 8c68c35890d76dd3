/* parse.c - stage 1: the parser's main loop, the fragment algorithm, and the cap on the finished tree's depth. */
#include <stdlib.h>

#include "internal.h"

void syn_process(parser *p, insertion_mode mode)
{
    switch (mode) {
    case MODE_INITIAL:
        syn_mode_initial(p);
        break;
    case MODE_BEFORE_HTML:
        syn_mode_before_html(p);
        break;
    case MODE_BEFORE_HEAD:
        syn_mode_before_head(p);
        break;
    case MODE_IN_HEAD:
        syn_mode_in_head(p);
        break;
    case MODE_IN_HEAD_NOSCRIPT:
        syn_mode_in_head_noscript(p);
        break;
    case MODE_AFTER_HEAD:
        syn_mode_after_head(p);
        break;
    case MODE_IN_BODY:
        syn_mode_in_body(p);
        break;
    case MODE_TEXT:
        syn_mode_text(p);
        break;
    case MODE_IN_TABLE:
        syn_mode_in_table(p);
        break;
    case MODE_IN_TABLE_TEXT:
        syn_mode_in_table_text(p);
        break;
    case MODE_IN_CAPTION:
        syn_mode_in_caption(p);
        break;
    case MODE_IN_COLUMN_GROUP:
        syn_mode_in_column_group(p);
        break;
    case MODE_IN_TABLE_BODY:
        syn_mode_in_table_body(p);
        break;
    case MODE_IN_ROW:
        syn_mode_in_row(p);
        break;
    case MODE_IN_CELL:
        syn_mode_in_cell(p);
        break;
    case MODE_IN_TEMPLATE:
        syn_mode_in_template(p);
        break;
    case MODE_AFTER_BODY:
        syn_mode_after_body(p);
        break;
    case MODE_IN_FRAMESET:
        syn_mode_in_frameset(p);
        break;
    case MODE_AFTER_FRAMESET:
        syn_mode_after_frameset(p);
        break;
    case MODE_AFTER_AFTER_BODY:
        syn_mode_after_after_body(p);
        break;
    case MODE_AFTER_AFTER_FRAMESET:
        syn_mode_after_after_frameset(p);
        break;
    }
}

/* The mode that an element asks for when the mode is reset; root: it is the lowest one, or stands for it. */
static insertion_mode mode_of(const parser *p, const syn_node *n, bool root)
{
    if (n->ns != SYN_NS_HTML) return MODE_IN_BODY;
    switch ((int)n->tag) {
    case SYN_TAG_TD:
    case SYN_TAG_TH:
        return root ? MODE_IN_BODY : MODE_IN_CELL;
    case SYN_TAG_TR:
        return MODE_IN_ROW;
    case SYN_TAG_TBODY:
    case SYN_TAG_TFOOT:
    case SYN_TAG_THEAD:
        return MODE_IN_TABLE_BODY;
    case SYN_TAG_CAPTION:
        return MODE_IN_CAPTION;
    case SYN_TAG_COLGROUP:
        return MODE_IN_COLUMN_GROUP;
    case SYN_TAG_TABLE:
        return MODE_IN_TABLE;
    case SYN_TAG_TEMPLATE:
        return p->ntemplates ? (insertion_mode)p->template_modes[p->ntemplates - 1] : MODE_IN_BODY;
    case SYN_TAG_HEAD:
        return root ? MODE_IN_BODY : MODE_IN_HEAD;
    case SYN_TAG_FRAMESET:
        return MODE_IN_FRAMESET;
    case SYN_TAG_HTML:
        return p->doc->head ? MODE_AFTER_HEAD : MODE_BEFORE_HEAD;
    default:
        return MODE_IN_BODY;
    }
}

void syn_reset_mode(parser *p)
{
    uint32_t at = p->open[p->nopen - 1].stop[STOP_MODE];
    bool root = at == 0;
    p->mode = mode_of(p, root && p->context ? p->context : p->open[at].node, root);
}

static void one_token(parser *p)
{
    p->t.allow_cdata = p->nopen && adjusted_node(p)->ns != SYN_NS_HTML;
    syn_tokenizer_next(&p->t);
    token *k = &p->t.tok;
    if (p->skip_newline) {
        p->skip_newline = false;
        if (k->type == TOKEN_TEXT && k->text.n && k->text.p[0] == '\n') {
            k->text = syn_slice(k->text, 1, k->text.n);
            if (!k->text.n) return;
        }
    }
    do {
        p->again = false;
        if (syn_foreign_is_next(p))
            syn_foreign_content(p);
        else
            syn_process(p, p->mode);
    } while (p->again && !p->stopped && !p->failed);
}

static text_mode text_mode_of(const parser *p, syn_tag tag)
{
    switch ((int)tag) {
    case SYN_TAG_TITLE:
    case SYN_TAG_TEXTAREA:
        return TEXT_RCDATA;
    case SYN_TAG_STYLE:
    case SYN_TAG_XMP:
    case SYN_TAG_IFRAME:
    case SYN_TAG_NOEMBED:
    case SYN_TAG_NOFRAMES:
        return TEXT_RAW;
    case SYN_TAG_SCRIPT:
        return TEXT_SCRIPT;
    case SYN_TAG_NOSCRIPT:
        return p->options->scripting ? TEXT_RAW : TEXT_DATA;
    case SYN_TAG_PLAINTEXT:
        return TEXT_PLAIN;
    default:
        return TEXT_DATA;
    }
}

/* Make the context element of "td" or "svg path" and the root that stands for its document. */
static void begin_fragment(parser *p, syn_str name)
{
    syn_node *context = syn_node_new(p, SYN_NODE_ELEMENT), *html = syn_node_new(p, SYN_NODE_ELEMENT);
    if (syn_starts(name, SYN_STR("svg "))) {
        context->ns = SYN_NS_SVG;
        name = syn_slice(name, 4, name.n);
    } else if (syn_starts(name, SYN_STR("math "))) {
        context->ns = SYN_NS_MATHML;
        name = syn_slice(name, 5, name.n);
    }
    tag_key key = {0, 0};
    for (size_t i = 0; i < name.n && i < 16; i++) {
        *(i < 8 ? &key.low : &key.high) |= (uint64_t)(unsigned char)to_lower(name.p[i]) << (8 * (i & 7));
    }
    context->tag = (uint16_t)(name.n <= 16 ? syn_tag_find(key) : SYN_TAG_UNKNOWN);
    context->text = name;
    html->tag = SYN_TAG_HTML;
    html->text = syn_tag_name(SYN_TAG_HTML);
    p->context = context;
    syn_node_put((place){p->doc->root, NULL}, html);
    syn_open_push(p, html);
    if (p->failed) return;
    if (context->ns == SYN_NS_HTML) p->t.mode = text_mode_of(p, context->tag);
    if (syn_html_is(context, SYN_TAG_TEMPLATE) && syn_parser_grow(p, &p->template_modes, &p->template_cap, 1, 1))
        p->template_modes[p->ntemplates++] = MODE_IN_TEMPLATE;
    if (syn_html_is(context, SYN_TAG_FORM)) p->form = context;
    syn_reset_mode(p);
}

/* A fragment's nodes belong right under the root. */
static void end_fragment(parser *p)
{
    syn_node *root = p->doc->root, *html = p->open[0].node;
    syn_node_detach(html);
    p->doc->head = p->doc->body = NULL;
    if (!html->first) return;
    for (syn_node *n = html->first; n; n = n->next) n->parent = root;
    html->first->prev = root->last;
    if (root->last)
        root->last->next = html->first;
    else
        root->first = html->first;
    root->last = html->last;
    html->first = html->last = NULL;
}

/* Put the children of n after it. */
static void flatten(syn_node *n)
{
    syn_node *parent = n->parent;
    for (syn_node *c = n->first; c; c = c->next) c->parent = parent;
    n->last->next = n->next;
    if (n->next)
        n->next->prev = n->last;
    else
        parent->last = n->last;
    n->first->prev = n;
    n->next = n->first;
    n->first = n->last = NULL;
}

static void cap_depth(syn_document *doc)
{
    size_t depth = 0;
    for (syn_node *n = doc->root; n;) {
        if (n->first && depth == SYN_MAX_TREE_DEPTH) {
            flatten(n);
            doc->depth_capped = true;
        }
        if (n->first) {
            n = n->first;
            depth++;
            continue;
        }
        while (n && !n->next) {
            n = n->parent;
            depth--;
        }
        if (n) n = n->next;
    }
}

syn_code syn_html_parse(syn_arena *arena, syn_str input, const syn_html_options *options, syn_document **out,
                        syn_err *err)
{
    static const syn_html_options defaults = {false, NULL};
    parser *p = calloc(1, sizeof(parser));
    if (!p) return syn_fail(err, SYN_ENOMEM, 0, "no memory to parse HTML");
    p->arena = arena;
    p->options = options ? options : &defaults;
    p->frameset_ok = true;
    p->clones_left = 4096 + input.n / 8;
    for (size_t i = 0; i < SYN_TAG_COUNT; i++) p->last_open[i] = NOT_OPEN;
    p->doc = SYN_NEW(arena, syn_document);
    p->failed = syn_tokenizer_open(&p->t, arena, input) != SYN_OK || !p->doc;
    if (!p->failed) p->doc->root = syn_node_new(p, SYN_NODE_DOCUMENT);
    if (!p->failed && p->options->fragment_of) begin_fragment(p, syn_str_of(p->options->fragment_of));
    while (!p->failed && !p->stopped) {
        one_token(p);
        p->failed |= p->t.failed;
    }
    if (!p->failed) {
        if (p->context) end_fragment(p);
        if ((size_t)p->max_open + p->depth_risk >= SYN_MAX_TREE_DEPTH) cap_depth(p->doc);
        *out = p->doc;
    }
    syn_code rc = p->failed ? syn_fail(err, SYN_ENOMEM, p->t.at, "the page's memory limit is reached") : SYN_OK;
    syn_tokenizer_close(&p->t);
    free(p->open);
    free(p->template_modes);
    free(p->pending);
    free(p);
    return rc;
}
