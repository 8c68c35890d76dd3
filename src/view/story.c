/* story.c - stage 8: one story: where its tellings differ and agree, the tellings side by side, names in every
 * spelling. */
#include "internal.h"

enum { OPEN_PARAGRAPHS = 3, OPEN_ROWS = 12, OPEN_AGREEING = 12 }; /* shown without asking */

static void put_told_by(const syn_page_out *w, const syn_told *t)
{
    syn_page_put(w, "<a class=\"by\" href=\"#t%i\">", t->row.article);
    syn_page_outlet(w, t->row.a.outlet);
    syn_page_put(w, " ");
    syn_page_language(w, t->row.a.lang);
    syn_page_put(w, "</a>");
}

/* ---- comparison ---- */

static bool is_name(uint8_t kind)
{
    return kind == SYN_FACT_NAME || kind == SYN_FACT_PLACE;
}

/* The sentence of a fact as evidence, with the fact marked. */
static void put_evidence(const syn_page_out *w, const syn_told *t, const syn_fact *fact)
{
    const syn_text *text = t->text;
    if (!text || fact->span.end > text->src.n) return;
    syn_span s = fact->span;
    if (fact->sentence < text->nsentences) {
        syn_span whole = text->sentences[fact->sentence];
        if (whole.start <= s.start && s.end <= whole.end) s = whole;
    }
    syn_page_put(w, "<blockquote%l>%t<mark>%t</mark>%t</blockquote>", t->row.a.lang,
                 syn_slice(text->src, s.start, fact->span.start),
                 syn_slice(text->src, fact->span.start, fact->span.end), syn_slice(text->src, fact->span.end, s.end));
}

/* The first to say a value, of those who say it in the row's kind if any does: a year as a year, not as a number. */
static const syn_fact *first_saying(const syn_story_page *page, const syn_row *row, uint32_t value, size_t *telling)
{
    const syn_fact *found = NULL;
    for (size_t i = 0; i < page->n; i++) {
        const syn_fact *fact = row->cells[i].fact;
        if (!fact || row->cells[i].value != value || (found && fact->kind != row->kind)) continue;
        *telling = i;
        found = fact;
        if (fact->kind == row->kind) break;
    }
    return found;
}

static void put_said(const syn_page_out *w, const syn_row *row, const syn_fact *fact, syn_str lang)
{
    if (is_name(row->kind) || row->kind == SYN_FACT_QUOTE) {
        syn_page_put(w, "<strong><bdi%l>%t</bdi></strong>", lang, fact->name);
        return;
    }
    syn_page_put(w, "<strong><bdi>");
    syn_view_value(w->view, w->out, fact);
    syn_page_put(w, "</bdi></strong>");
}

static void put_sentences(const syn_page_out *w, const syn_story_page *page, const syn_row *row, uint32_t value)
{
    for (size_t i = 0; i < page->n; i++) {
        if (!row->cells[i].fact || row->cells[i].value != value) continue;
        syn_page_put(w, "<div class=\"evidence\"><p>");
        put_told_by(w, &page->told[i]);
        syn_page_put(w, "</p>");
        put_evidence(w, &page->told[i], row->cells[i].fact);
        syn_page_put(w, "</div>");
    }
}

/* What is counted, in the words of a telling that the reader understands if there is one. */
static void put_label(const syn_page_out *w, const syn_story_page *page, const syn_row *row)
{
    syn_page_put(w, "<span class=\"kind\">%k</span>", syn_view_kind_key(row->kind));
    if (row->label.n && row->told < page->n)
        syn_page_put(w, " <bdi%l>%t</bdi>", page->told[row->told].row.a.lang, row->label);
}

/* ---- where they differ: loud ---- */

/* One value of a row with those who say it. */
static void put_value(const syn_page_out *w, const syn_story_page *page, const syn_row *row, uint32_t value)
{
    size_t first;
    const syn_fact *fact = first_saying(page, row, value, &first);
    if (!fact) return;
    syn_page_put(w, "<li class=\"value%z\"><p class=\"said\">", value ? " other" : "");
    put_said(w, row, fact, page->told[first].row.a.lang);
    syn_page_put(w, " <span class=\"who\">");
    for (size_t i = 0; i < page->n; i++)
        if (row->cells[i].fact && row->cells[i].value == value) put_told_by(w, &page->told[i]);
    syn_page_put(w, "</span></p><details><summary>%k</summary>", UI_EVIDENCE);
    put_sentences(w, page, row, value);
    syn_page_put(w, "</details></li>");
}

static void put_differences(const syn_page_out *w, const syn_story_page *page)
{
    int64_t n = 0, shown = 0;
    for (size_t i = 0; i < page->table.n; i++) n += page->table.rows[i].differs;
    if (!n) {
        syn_page_put(w, "<p class=\"note\">%k</p>\n", UI_NO_DIFFERENCE);
        return;
    }
    bool folded = n > OPEN_ROWS + 3;
    syn_page_put(w, "<table class=\"compare\"><caption>%k</caption><tbody>\n", UI_DIFFER);
    for (size_t i = 0; i < page->table.n; i++) {
        const syn_row *row = &page->table.rows[i];
        if (!row->differs) continue;
        if (shown++ == OPEN_ROWS && folded)
            syn_page_put(
                w, "</tbody></table><details class=\"more\"><summary>%c</summary><table class=\"compare\"><tbody>",
                UI_MORE_ROWS, n - OPEN_ROWS);
        syn_page_put(w, "<tr><th scope=\"row\">");
        put_label(w, page, row);
        syn_page_put(w, "</th><td><ul>");
        for (uint32_t v = 0; v < page->n; v++) put_value(w, page, row, v);
        syn_page_put(w, "</ul></td></tr>\n");
    }
    syn_page_put(w, folded ? "</tbody></table></details>\n" : "</tbody></table>\n");
}

/* ---- where they agree: quiet ---- */

static bool agrees(const syn_row *row)
{
    return !row->differs && !is_name(row->kind);
}

static void put_agreements(const syn_page_out *w, const syn_story_page *page)
{
    int64_t n = 0, shown = 0;
    for (size_t i = 0; i < page->table.n; i++) n += agrees(&page->table.rows[i]);
    if (!n) return;
    bool folded = n > OPEN_AGREEING + 3;
    syn_page_put(w, "<h3>%k</h3><ul class=\"agreed\">\n", UI_AGREE);
    for (size_t i = 0; i < page->table.n; i++) {
        const syn_row *row = &page->table.rows[i];
        size_t first;
        const syn_fact *fact = agrees(row) ? first_saying(page, row, 0, &first) : NULL;
        if (!fact) continue;
        if (shown++ == OPEN_AGREEING && folded)
            syn_page_put(w, "</ul><details class=\"more\"><summary>%c</summary><ul class=\"agreed\">\n", UI_MORE_ROWS,
                         n - OPEN_AGREEING);
        syn_page_put(w, "<li><details><summary>");
        put_said(w, row, fact, page->told[first].row.a.lang);
        syn_page_put(w, " <span class=\"count\">%c</span> ", UI_TELLINGS, (int64_t)row->said);
        put_label(w, page, row);
        syn_page_put(w, "</summary>");
        put_sentences(w, page, row, 0);
        syn_page_put(w, "</details></li>\n");
    }
    syn_page_put(w, folded ? "</ul></details>\n" : "</ul>\n");
}

static void put_comparison(const syn_page_out *w, const syn_story_page *page)
{
    syn_page_put(w, "<section class=\"comparison\" aria-labelledby=\"compare\"><h2 id=\"compare\">%k</h2>\n",
                 UI_COMPARE_TITLE);
    if (page->n < 2)
        syn_page_put(w, "<p class=\"note\">%k</p>\n", UI_ONE_TELLING);
    else {
        put_differences(w, page);
        put_agreements(w, page);
    }
    syn_page_put(w, "</section>\n");
}

/* ---- names ---- */

static void put_spellings(const syn_page_out *w, const syn_story_page *page, const syn_row *row)
{
    syn_page_put(w, "<li>");
    for (size_t i = 0; i < page->n; i++) {
        const syn_fact *fact = row->cells[i].fact;
        bool seen = !fact;
        for (size_t k = 0; !seen && k < i; k++)
            seen = row->cells[k].fact && syn_str_eq(row->cells[k].fact->name, fact->name);
        if (seen) continue;
        syn_page_put(w, "<span class=\"spelling\">");
        syn_page_name_link(w, fact->name, page->told[i].row.a.lang);
        syn_page_put(w, " ");
        syn_page_language(w, page->told[i].row.a.lang);
        syn_page_put(w, "</span> ");
    }
    syn_page_put(w, "</li>\n");
}

static void put_names(const syn_page_out *w, const syn_story_page *page)
{
    size_t n = 0;
    for (size_t i = 0; i < page->table.n && n < 40; i++) {
        const syn_row *row = &page->table.rows[i];
        if (!is_name(row->kind) || row->differs) continue;
        if (!n++)
            syn_page_put(
                w,
                "<section class=\"names\" aria-labelledby=\"names\"><h2 id=\"names\">%k</h2><p class=\"intro\">%k</p>"
                "<ul class=\"spellings\">\n",
                UI_NAMES_TITLE, UI_NAMES_INTRO);
        put_spellings(w, page, row);
    }
    if (n) syn_page_put(w, "</ul></section>\n");
}

/* ---- tellings ---- */

static void put_paragraphs(const syn_page_out *w, const syn_told *t)
{
    syn_str rest = t->row.a.text, p;
    int64_t n = 0, shown = 0;
    while (syn_split(&rest, '\n', &p)) n += syn_trim(p).n > 0;
    rest = t->row.a.text;
    syn_page_put(w, "<div class=\"text\"%l>", t->row.a.lang);
    while (syn_split(&rest, '\n', &p)) {
        if (!syn_trim(p).n) continue;
        if (shown++ == OPEN_PARAGRAPHS && n > OPEN_PARAGRAPHS + 1)
            syn_page_put(w, "</div><details class=\"rest\"><summary>%c</summary><div class=\"text\"%l>", UI_REST,
                         n - OPEN_PARAGRAPHS, t->row.a.lang);
        size_t start = (size_t)(p.p - t->row.a.text.p);
        syn_page_paragraph(w, t->row.a.text, start, start + p.n, &t->facts, t->text ? &t->text->passages : NULL);
    }
    syn_page_put(w, "</div>");
    if (n > OPEN_PARAGRAPHS + 1) syn_page_put(w, "</details>");
}

static void put_telling(const syn_page_out *w, const syn_told *t)
{
    const syn_article *a = &t->row.a;
    syn_page_put(w, "<article class=\"telling\" id=\"t%i\"><header><p class=\"from\">", t->row.article);
    syn_page_outlet(w, a->outlet);
    syn_page_put(w, " ");
    syn_page_language(w, a->lang);
    if (t->row.reprint_of) syn_page_put(w, " <span class=\"badge\">%k</span>", UI_REPRINT);
    syn_page_put(w, "</p><p class=\"meta\">");
    syn_page_time(w, &t->row);
    syn_page_put(w, "</p></header><h3%l>", a->lang);
    if (a->title.n)
        syn_page_put(w, "%t</h3>", a->title);
    else
        syn_page_put(w, "%k</h3>", UI_UNTITLED);
    if (a->lead.n && !syn_starts(a->text, a->lead)) syn_page_put(w, "<p class=\"lead\"%l>%t</p>", a->lang, a->lead);
    put_paragraphs(w, t);
    syn_page_put(w, "<footer><p class=\"links\"><a href=\"/article/%i%a\">%k</a>", t->row.article, '?', UI_READ_WHOLE);
    if (syn_view_link_ok(a->url))
        syn_page_put(w, " <a class=\"out\" rel=\"external nofollow noreferrer\" href=\"%u\">%k</a>", a->url,
                     UI_ORIGINAL);
    syn_page_put(w, "</p>");
    syn_page_reasons(w, t);
    syn_page_put(w, "</footer></article>\n");
}

void syn_view_story(const syn_frame *f, const syn_story_page *page, syn_buf *out)
{
    syn_page_out w = {out, f, f->view};
    const syn_story_row *s = &page->story;
    syn_page_begin(&w, s->title, UI_STORIES);
    syn_page_put(&w, "<header class=\"head\"><h1%l>", s->lang);
    if (s->title.n)
        syn_page_put(&w, "%t</h1>", s->title);
    else
        syn_page_put(&w, "%k</h1>", UI_UNTITLED);
    syn_page_put(&w, "<p class=\"told\"><span>%c</span> <span>%c</span> ", UI_TELLINGS, (int64_t)s->articles,
                 UI_OUTLETS, (int64_t)s->outlets);
    syn_page_languages(&w, s->lang_list);
    syn_page_put(&w, "</p><p class=\"meta\">");
    syn_page_moment(&w, s->first);
    if (s->last > s->first) {
        syn_page_put(&w, " – ");
        syn_page_moment(&w, s->last);
    }
    syn_page_put(&w, "</p></header>\n");
    put_comparison(&w, page);
    syn_page_put(&w,
                 "<section class=\"wide\" aria-labelledby=\"tellings\"><h2 id=\"tellings\">%k</h2><div "
                 "class=\"tellings n%i\">\n",
                 UI_TELLINGS_TITLE, (int64_t)(page->n < 4 ? page->n : 4));
    for (size_t i = 0; i < page->n; i++) put_telling(&w, &page->told[i]);
    syn_page_put(&w, "</div></section>\n");
    put_names(&w, page);
    syn_page_end(&w);
}
