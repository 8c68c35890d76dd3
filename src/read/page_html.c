/* page_html.c - stage 2: an article from a page of HTML: layout, evidence, title, content, then the parts around it. */
#include "reading.h"

/* JSON-LD's body stands in where the shown text is this many times shorter: a teaser, or a page built by script. */
#define TOLD_LONGER 4
enum { MAX_LEAD_LINES = 6 };
enum { FEW_SENTENCES = 360, MANY_SENTENCES = 2400 }; /* bytes that tell the language */
#define NO_DOUBT 0.97
#define LIKELY 0.7 /* where the page declares the same */

/* Text that stands in the page but not in its shown tree: JSON-LD's body. */
static syn_str told_body(syn_reading *r, syn_str body)
{
    if (syn_find_byte(body, '<', 0) != SIZE_MAX && syn_find(body, SYN_STR("</"), 0) != SIZE_MAX) {
        syn_article inner = {0};
        if (syn_read_html_body(r, body, &inner) == SYN_OK) return inner.text;
    }
    syn_buf b = {.max = SYN_MAX_TEXT};
    syn_str rest = body, line;
    while (syn_split(&rest, '\n', &line)) {
        line = syn_read_collapse(r->arena, line);
        if (!line.n) continue;
        if (b.n) syn_buf_c(&b, '\n');
        syn_buf_add(&b, line);
    }
    syn_str s = syn_dup(r->arena, syn_buf_str(&b));
    syn_buf_free(&b);
    return s;
}

static bool is_lead_block(const syn_layout *l, uint32_t i)
{
    const syn_block *b = &l->blocks[i];
    const syn_box *box = &l->boxes[b->box];
    uint32_t parent = box->parent != SYN_NONE ? l->boxes[box->parent].hints : 0;
    uint32_t hints = box->hints | b->inner | parent;
    return (hints & SYN_HINT_LEAD) &&
           !((box->around | b->inner) & (SYN_HINTS_AGAINST | SYN_HINT_CAPTION) & ~(uint32_t)SYN_HINT_SIDE) &&
           !(box->in & (SYN_IN_NAV | SYN_IN_ASIDE | SYN_IN_FOOTER | SYN_IN_CAPTION | SYN_IN_FORM)) && b->heading != 1 &&
           b->chars >= 30 && b->chars <= 900 && b->linked * 2 < b->chars;
}

/* The first block of the text where it stands in a box of its own, above the paragraphs: SYN_NONE if it does not. */
static uint32_t standing_apart(const syn_layout *l, const syn_content *c)
{
    uint32_t first = SYN_NONE, second = SYN_NONE, third = SYN_NONE;
    for (uint32_t i = c->first; i < c->last && third == SYN_NONE; i++) {
        if (c->role[i] != SYN_ROLE_TEXT || l->blocks[i].heading) continue;
        *(first == SYN_NONE ? &first : second == SYN_NONE ? &second : &third) = i;
    }
    if (third == SYN_NONE || (c->title_block != SYN_NONE && first < c->title_block)) return SYN_NONE;
    const syn_block *b = &l->blocks[first];
    uint32_t home = syn_read_home(l, b), body = syn_read_home(l, &l->blocks[second]);
    if (home == body || body != syn_read_home(l, &l->blocks[third])) return SYN_NONE;
    if (body == SYN_NONE || (l->boxes[b->box].in & (SYN_IN_LIST | SYN_IN_QUOTE))) return SYN_NONE;
    return b->chars >= 40 && b->chars <= 600 && b->linked * 4 < b->chars ? first : SYN_NONE;
}

/* A heading of a sentence's length right below the title, beside it: SYN_NONE if there is none. */
static uint32_t under_title(const syn_layout *l, const syn_content *c)
{
    if (c->title_block == SYN_NONE) return SYN_NONE;
    uint32_t home = syn_read_home(l, &l->blocks[c->title_block]);
    for (uint32_t i = c->title_block + 1; i < l->nblocks && i <= c->title_block + 2; i++) {
        const syn_block *b = &l->blocks[i];
        if (b->heading > 1 && b->chars >= 50 && b->chars <= 600 && !b->linked && syn_read_home(l, b) == home) return i;
    }
    return SYN_NONE;
}

/* The items of a list that opens the text: the first, or SYN_NONE; *n: how many. */
static uint32_t opening_list(const syn_layout *l, const syn_content *c, uint32_t *n)
{
    uint32_t first = c->first;
    while (first < c->last && c->role[first] != SYN_ROLE_TEXT) first++;
    *n = 0;
    if (first >= c->last) return SYN_NONE;
    uint32_t list = l->boxes[l->blocks[first].box].parent, i = first;
    for (; i < c->last && l->blocks[i].item && l->boxes[l->blocks[i].box].parent == list; i++) {
        if (l->blocks[i].linked * 2 > l->blocks[i].chars || l->blocks[i].chars > 400) return SYN_NONE;
        (*n)++;
    }
    return *n >= 2 && *n < MAX_LEAD_LINES && i < c->last ? first : SYN_NONE;
}

/* The lead as the page prints it, else as its metadata tell it.  A printed lead becomes part of the text. */
static syn_str find_lead(syn_reading *r, const syn_layout *l, const syn_evidence *e, syn_content *c)
{
    uint32_t from = c->title_block != SYN_NONE ? c->title_block : c->first > 6 ? c->first - 6 : 0;
    uint32_t to = c->last > c->first ? c->first + 3 : from + 12;
    syn_str told = e->ld_description.n >= e->og_description.n ? e->ld_description : e->og_description;
    if (!told.n) told = e->meta_description;
    uint32_t lead = SYN_NONE;
    for (uint32_t i = from; i < to && i < l->nblocks && lead == SYN_NONE; i++) {
        if (c->role[i] != SYN_ROLE_TITLE && is_lead_block(l, i)) lead = i;
    }
    for (uint32_t i = from; i < to && i < l->nblocks && lead == SYN_NONE && told.n > 40; i++) {
        if (c->role[i] == SYN_ROLE_TITLE || l->blocks[i].chars < 30 || l->blocks[i].chars > 900) continue;
        if (syn_read_alike(r, l->blocks[i].text, told) >= 0.75) lead = i;
    }
    if (lead == SYN_NONE) {
        for (uint32_t i = c->first; i < c->last && i < c->first + 2 && lead == SYN_NONE; i++) {
            const syn_block *b = &l->blocks[i];
            if (c->role[i] == SYN_ROLE_TEXT && !b->heading && b->chars >= 60 && b->strong * 10 > b->chars * 8) lead = i;
        }
    }
    uint32_t items = 0;
    if (lead == SYN_NONE) lead = under_title(l, c);
    if (lead == SYN_NONE) lead = standing_apart(l, c);
    if (lead == SYN_NONE) lead = opening_list(l, c, &items);
    if (lead == SYN_NONE) return told;
    c->role[lead] = SYN_ROLE_LEAD;
    if (lead < c->first) c->first = lead;
    if (lead >= c->last) c->last = lead + 1;
    /* A lead of several lines: a list, or more that says so in the same box. */
    syn_buf more = {.max = SYN_MAX_TEXT};
    syn_buf_add(&more, l->blocks[lead].text);
    uint32_t home = syn_read_home(l, &l->blocks[lead]);
    for (uint32_t i = lead + 1; i < l->nblocks && i < lead + MAX_LEAD_LINES; i++) {
        if (items ? i >= lead + items : !is_lead_block(l, i)) break;
        if (syn_read_home(l, &l->blocks[i]) != home || syn_find(syn_buf_str(&more), l->blocks[i].text, 0) != SIZE_MAX)
            break;
        syn_buf_c(&more, '\n');
        syn_buf_add(&more, l->blocks[i].text);
        c->role[i] = SYN_ROLE_LEAD;
        if (i >= c->last) c->last = i + 1;
    }
    syn_str text = syn_dup(r->arena, syn_buf_str(&more));
    syn_buf_free(&more);
    return text;
}

static syn_str join(syn_reading *r, const syn_layout *l, const syn_content *c)
{
    syn_buf b = {.max = SYN_MAX_TEXT};
    for (uint32_t i = c->first; i < c->last; i++) {
        if (c->role[i] != SYN_ROLE_TEXT && c->role[i] != SYN_ROLE_LEAD) continue;
        if (b.n) syn_buf_c(&b, '\n');
        syn_buf_add(&b, l->blocks[i].text);
    }
    syn_str s = syn_dup(r->arena, syn_buf_str(&b));
    syn_buf_free(&b);
    return s;
}

/* "Source: ..." lines within and right after the text. */
static syn_str find_source(syn_reading *r, const syn_layout *l, syn_content *c)
{
    syn_str source = {0};
    for (uint32_t i = c->first; i < c->last + 6 && i < l->nblocks; i++) {
        const syn_block *b = &l->blocks[i];
        if (b->text.n > 300 || c->last == c->first || (l->boxes[b->box].in & SYN_IN_FIGURE)) continue;
        syn_str rest;
        syn_str inner = syn_read_unbracket(b->text);
        if (syn_read_line(r, inner, &rest) != SYN_LINE_SOURCE) continue;
        if (inner.n == b->text.n) c->role[i] = SYN_ROLE_OUT;
        source = rest;
    }
    return source;
}

static void metadata(syn_reading *r, const syn_evidence *e, syn_article *a)
{
    syn_str base = syn_read_base(r, e, r->page->url);
    syn_str canonical = e->canonical.n ? e->canonical : e->og_url;
    a->url = syn_read_resolve(r->arena, base, canonical);
    if (!syn_starts_i(a->url, SYN_STR("http"))) a->url = r->page->url.n ? r->page->url : a->url;
    a->outlet = e->site_name.n ? e->site_name : e->publisher;
    a->section = e->section;
    a->tags = e->tags.items;
    a->ntags = e->tags.n;
    a->source = e->source;
    a->alternates = e->alternates;
    a->nalternates = e->nalternates;
    for (size_t i = 0; i < a->nalternates; i++)
        a->alternates[i].url = syn_read_resolve(r->arena, syn_read_base(r, e, a->url), a->alternates[i].url);
}

double syn_read_language(syn_reading *r, syn_str text, syn_str declared, syn_article *a)
{
    char tag[16] = "";
    double confidence = 0;
    declared = syn_trim(declared);
    for (size_t i = 0; i < declared.n; i++) {
        if (declared.p[i] == ',' || declared.p[i] == ' ' || declared.p[i] == ';') declared = syn_slice(declared, 0, i);
    }
    if (r->options && r->options->identify && text.n) {
        r->options->identify(r->options->identify_context, text, declared, tag, &confidence);
    }
    syn_str found = syn_str_of(tag);
    if (found.n && !syn_str_is(found, "und"))
        a->lang = syn_dup(r->arena, found);
    else if (declared.n && declared.n <= 15) {
        a->lang = syn_dup(r->arena, declared);
        char *p = (char *)(uintptr_t)a->lang.p;
        for (size_t i = 0; p && i < a->lang.n; i++) {
            if (p[i] == '_') p[i] = '-';
        }
    }
    if (r->lex && a->lang.n) r->lang = syn_lexicon_lang(r->lex, a->lang);
    return confidence;
}

/* About so many bytes of the page's running text, to tell the language before tables are asked. */
static syn_str sample(syn_reading *r, const syn_layout *l, size_t bytes)
{
    syn_buf b = {.max = 4096};
    for (size_t i = 0; i < l->nblocks && b.n < bytes; i++) {
        const syn_block *k = &l->blocks[i];
        if (k->chars < 80 || k->linked * 3 > k->chars) continue;
        syn_buf_add(&b, syn_utf8_head(k->text, bytes / 3));
        syn_buf_c(&b, '\n');
    }
    syn_str s = syn_dup(r->arena, syn_buf_str(&b));
    syn_buf_free(&b);
    return s;
}

/* Identifying is dear: a few sentences are enough where they leave no doubt. */
static void identify(syn_reading *r, const syn_layout *l, syn_str declared, syn_article *a)
{
    syn_str few = sample(r, l, FEW_SENTENCES);
    double sure = syn_read_language(r, few, declared, a);
    bool as_declared = r->lex && declared.n && r->lang != SYN_LANG_UNKNOWN &&
                       r->lang == syn_lexicon_lang(r->lex, syn_trim(declared));
    if (sure >= NO_DOUBT || (as_declared && sure >= LIKELY)) return;
    syn_str more = sample(r, l, MANY_SENTENCES);
    if (more.n > few.n) syn_read_language(r, more, declared, a);
}

syn_code syn_read_html(syn_reading *r, syn_str html, syn_article *a)
{
    syn_document *doc;
    syn_layout l;
    syn_evidence e;
    syn_code rc = syn_html_parse(r->arena, html, NULL, &doc, r->err);
    if (!rc) rc = syn_read_layout(r, doc, &l);
    if (rc) return rc;
    syn_str lang = syn_html_attr(doc->html, "lang", NULL);
    if (r->lex && lang.n) r->lang = syn_lexicon_lang(r->lex, syn_trim(lang));
    if (r->options && r->options->identify) identify(r, &l, lang, a);
    syn_read_evidence(r, doc, &e);
    if (!a->lang.n) syn_read_language(r, (syn_str){0}, e.lang, a);
    metadata(r, &e, a);
    syn_content c = {.title_block = SYN_NONE};
    a->title = syn_utf8_head(syn_read_title(r, &l, &e, &c.title_block), SYN_MAX_TITLE);
    rc = syn_read_content(r, &l, &e, &c);
    if (rc) return rc;
    syn_read_captions(r, &l, &c);
    if (!a->outlet.n) a->outlet = syn_read_outlet(r, &l, &e, a->title);
    syn_read_published(r, &l, &e, &c, html, a);
    syn_str source = find_source(r, &l, &c);
    if (source.n) a->source = source;
    syn_read_authors(r, &l, &e, &c, a);
    syn_read_cut_signs(r, &l, a, &c);
    a->lead = find_lead(r, &l, &e, &c);
    a->text = join(r, &l, &c);
    if (e.ld_body.n > 400 && e.ld_body.n > TOLD_LONGER * a->text.n) {
        syn_str told = told_body(r, e.ld_body);
        if (told.n > TOLD_LONGER * a->text.n) a->text = told;
    }
    syn_read_pictures(r, &l, &e, &c, a);
    if (!a->text.n) a->why = syn_read_why(r, &l, &e);
    return r->arena->failed ? syn_fail(r->err, SYN_ENOMEM, 0, "no memory for the page") : SYN_OK;
}

syn_code syn_read_html_body(syn_reading *r, syn_str html, syn_article *a)
{
    syn_document *doc;
    syn_layout l;
    syn_code rc = syn_html_parse(r->arena, html, NULL, &doc, r->err);
    if (!rc) rc = syn_read_layout(r, doc, &l);
    if (rc) return rc;
    syn_content c = {.title_block = SYN_NONE, .last = (uint32_t)l.nblocks};
    c.role = syn_alloc(r->arena, l.nblocks + 1);
    if (!c.role) return syn_fail(r->err, SYN_ENOMEM, 0, "no memory for the item");
    syn_evidence e = {0};
    for (uint32_t i = 0; i < l.nblocks; i++) {
        const syn_block *b = &l.blocks[i];
        const syn_box *box = &l.boxes[b->box];
        syn_str rest;
        syn_line line = b->text.n <= 200 ? syn_read_line(r, b->text, &rest) : SYN_LINE_TEXT;
        if (line == SYN_LINE_END && i * 2 > l.nblocks) break;
        if (line == SYN_LINE_SOURCE) a->source = rest;
        if (line != SYN_LINE_TEXT || (box->in & (SYN_IN_FIGURE | SYN_IN_CAPTION | SYN_IN_FORM | SYN_IN_NAV))) continue;
        if ((box->around & (SYN_HINT_SHARE | SYN_HINT_RELATED | SYN_HINT_AD | SYN_HINT_CAPTION)) && b->chars < 200)
            continue;
        if (b->linked * 10 > b->chars * 9 && !(box->in & SYN_IN_LIST) && b->chars < 120 && i + 2 >= l.nblocks && i)
            continue;
        c.role[i] = SYN_ROLE_TEXT;
    }
    a->text = join(r, &l, &c);
    syn_read_pictures(r, &l, &e, &c, a);
    return SYN_OK;
}
