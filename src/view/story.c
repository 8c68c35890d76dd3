/* story.c - stage 8: one story: its comparison, the tellings side by side, names in every spelling. */
#include "internal.h"

enum { OPEN_PARAGRAPHS = 3 }; /* shown without asking */

/* ---- names ---- */

static void put_spellings(const syn_page_out *w, const syn_story_page *page, const syn_row *row)
{
    syn_page_put(w, "<li>");
    for (size_t i = 0; i < page->table.ntellings; i++) {
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
        if ((row->kind != SYN_FACT_NAME && row->kind != SYN_FACT_PLACE) || row->differs) continue;
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

static void put_telling(const syn_page_out *w, const syn_story_page *page, size_t i)
{
    const syn_told *t = &page->told[i];
    const syn_article *a = &t->row.a;
    syn_page_put(w, "<article class=\"telling\" id=\"t%i\"><header><p class=\"from\">", t->row.article);
    syn_page_outlet(w, a->outlet);
    syn_page_put(w, " ");
    syn_page_language(w, a->lang);
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
    syn_page_reprints(w, page, i);
    syn_page_reasons(w, t, &page->words);
    syn_page_judge(w, &t->row, page->story.articles < 2);
    syn_page_put(w, "</footer></article>\n");
}

static void put_exports(const syn_page_out *w, int64_t story)
{
    syn_buf path = {.max = 64};
    syn_buf_format(&path, "/story/%lld/compare", (long long)story);
    syn_page_exports(w, syn_buf_str(&path), false);
    syn_buf_free(&path);
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
    syn_page_put(&w, "<p class=\"told\">");
    syn_page_told_by(&w, (int64_t)s->articles - s->reprints, s->reprints, s->outlets);
    syn_page_languages(&w, s->lang_list);
    syn_page_put(&w, "</p><p class=\"meta\">");
    syn_page_moment(&w, s->first);
    if (s->last > s->first) {
        syn_page_put(&w, " – ");
        syn_page_moment(&w, s->last);
    }
    syn_page_put(&w, "</p><p class=\"links\"><a href=\"/story/%i/record%a\">%k</a></p></header>\n", s->story, '?',
                 UI_RECORD_LINK);
    syn_page_topics_of(&w, &page->topics);
    syn_compared compared = syn_view_compared_of(page);
    syn_page_comparison(&w, &compared);
    syn_page_altered_reprints(&w, page);
    if (page->n > 1) put_exports(&w, s->story);
    syn_page_put(&w,
                 "<section class=\"wide\" aria-labelledby=\"tellings\"><h2 id=\"tellings\">%k</h2><div "
                 "class=\"tellings n%i\">\n",
                 UI_TELLINGS_TITLE, (int64_t)(page->n < 4 ? page->n : 4));
    for (size_t i = 0; i < page->n; i++) put_telling(&w, page, i);
    syn_page_put(&w, "</div>");
    if (page->n + s->reprints < s->articles && page->n >= SYN_MAX_TELLINGS)
        syn_page_put(&w, "<p class=\"note\">%c</p>", UI_MORE_ROWS,
                     (int64_t)s->articles - s->reprints - (int64_t)page->n);
    syn_page_put(&w, "</section>\n");
    put_names(&w, page);
    syn_page_words(&w, &page->words);
    syn_page_choices(&w, &page->choices);
    syn_page_end(&w);
}
