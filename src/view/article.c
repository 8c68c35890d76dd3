/* article.c - stage 8: one article with what can be compared marked, its pictures as links, its earlier versions. */
#include "internal.h"

static void put_item(const syn_page_out *w, int key, syn_str value)
{
    if (value.n) syn_page_put(w, "<div><dt>%k</dt><dd><bdi>%t</bdi></dd></div>", key, value);
}

static void put_when(const syn_page_out *w, int key, syn_time t)
{
    if (!syn_time_known(t)) return;
    syn_article_row row = {.a.published = t};
    syn_page_put(w, "<div><dt>%k</dt><dd>", key);
    syn_page_time(w, &row);
    syn_page_put(w, "</dd></div>");
}

static void put_details(const syn_page_out *w, const syn_article *a)
{
    syn_page_put(w, "<dl class=\"facts\">");
    put_when(w, UI_PUBLISHED, a->published);
    put_when(w, UI_MODIFIED, a->modified);
    if (a->nauthors) {
        syn_page_put(w, "<div><dt>%k</dt><dd>", UI_BY);
        for (size_t i = 0; i < a->nauthors; i++) syn_page_put(w, "%z<bdi>%t</bdi>", i ? ", " : "", a->authors[i]);
        syn_page_put(w, "</dd></div>");
    }
    put_item(w, UI_SECTION, a->section);
    if (syn_view_link_ok(a->source))
        syn_page_put(
            w, "<div><dt>%k</dt><dd><a rel=\"external nofollow noreferrer\" href=\"%u\" dir=\"ltr\">%t</a></dd></div>",
            UI_FIRST_PUBLISHED, a->source, a->source);
    else
        put_item(w, UI_FIRST_PUBLISHED, a->source);
    if (syn_view_link_ok(a->url))
        syn_page_put(
            w, "<div><dt>%k</dt><dd><a rel=\"external nofollow noreferrer\" href=\"%u\" dir=\"ltr\">%t</a></dd></div>",
            UI_ORIGINAL, a->url, a->url);
    if (a->nalternates) {
        syn_page_put(w, "<div><dt>%k</dt><dd>", UI_ALSO_IN);
        for (size_t i = 0; i < a->nalternates && i < 60; i++) {
            if (!syn_view_link_ok(a->alternates[i].url)) continue;
            syn_page_put(w, "<a rel=\"external nofollow noreferrer\" href=\"%u\">", a->alternates[i].url);
            syn_page_language(w, a->alternates[i].lang);
            syn_page_put(w, "</a> ");
        }
        syn_page_put(w, "</dd></div>");
    }
    syn_page_put(w, "</dl>\n");
}

static syn_str host_of(syn_str url)
{
    size_t at = syn_find(url, SYN_STR("://"), 0);
    syn_str host = syn_slice(url, at == SIZE_MAX ? url.n : at + 3, url.n);
    return syn_slice(host, 0, syn_find_byte(host, '/', 0));
}

/* Nothing is loaded unasked: a picture is its caption and a link. */
static void put_pictures(const syn_page_out *w, const syn_article *a)
{
    if (!a->nimages) return;
    syn_page_put(w, "<section class=\"pictures\" aria-labelledby=\"pictures\"><h2 id=\"pictures\">%k</h2><ul>",
                 UI_PICTURES);
    for (size_t i = 0; i < a->nimages && i < 40; i++) {
        const syn_image *image = &a->images[i];
        syn_page_put(w, "<li>");
        if (image->caption.n) syn_page_put(w, "<p%l>%t</p>", a->lang, image->caption);
        if (image->credit.n) syn_page_put(w, "<p class=\"credit\"%l>%t</p>", a->lang, image->credit);
        if (syn_view_link_ok(image->src)) {
            syn_str form = syn_str_of(syn_view_text(w->view, UI_LOAD_PICTURE));
            size_t hole = syn_find(form, SYN_STR("{v}"), 0);
            syn_page_put(w,
                         "<p><a class=\"out\" rel=\"external nofollow noreferrer\" href=\"%u\">%t<bdi "
                         "dir=\"ltr\">%t</bdi>%t</a></p>",
                         image->src, syn_slice(form, 0, hole), host_of(image->src),
                         syn_slice(form, hole == SIZE_MAX ? form.n : hole + 3, form.n));
        }
        syn_page_put(w, "</li>");
    }
    syn_page_put(w, "</ul></section>\n");
}

static void put_text(const syn_page_out *w, syn_str text, const syn_facts *facts, const syn_passages *passages)
{
    syn_str rest = text, p;
    while (syn_split(&rest, '\n', &p)) {
        size_t start = (size_t)(p.p - text.p);
        if (syn_trim(p).n) syn_page_paragraph(w, text, start, start + p.n, facts, passages);
    }
}

static void put_versions(const syn_page_out *w, const syn_article_page *page)
{
    const syn_version_row *rows = page->versions.items;
    if (!page->versions.n) return;
    syn_page_put(w, "<section class=\"versions\" aria-labelledby=\"versions\"><h2 id=\"versions\">%k</h2>",
                 UI_VERSIONS);
    for (size_t i = 0; i < page->versions.n; i++) {
        syn_page_put(w, "<details><summary>");
        syn_page_moment(w, rows[i].when);
        syn_page_put(w, " <bdi%l>%t</bdi></summary>", page->told.row.a.lang, rows[i].title);
        if (page->changes) {
            syn_page_put(w, "<h3>%k</h3>", UI_CHANGED_SENTENCES);
            syn_page_changes(w, &page->changes[i], page->texts[i], i ? page->texts[i - 1] : page->told.text,
                             page->told.row.a.lang);
        }
        syn_page_put(w, "<div class=\"text\"%l>", page->told.row.a.lang);
        if (rows[i].lead.n) syn_page_put(w, "<p class=\"lead\">%t</p>", rows[i].lead);
        put_text(w, rows[i].text, NULL, NULL);
        syn_page_put(w, "</div></details>");
    }
    syn_page_put(w, "</section>\n");
}

static void put_legend(const syn_page_out *w)
{
    static const struct {
        const char *class;
        int key;
    } marks[] = {{"name", UI_KIND_NAME},
                 {"place", UI_KIND_PLACE},
                 {"figure", UI_KIND_NUMBER},
                 {"sum", UI_KIND_MONEY},
                 {"date", UI_KIND_DATE}};
    syn_page_put(w, "<ul class=\"legend\" aria-label=\"%k\">", UI_LEGEND);
    for (size_t i = 0; i < SYN_COUNT(marks); i++)
        syn_page_put(w, "<li><mark class=\"%z\">%k</mark></li>", marks[i].class, marks[i].key);
    syn_page_put(w, "</ul>");
}

void syn_view_article(const syn_frame *f, const syn_article_page *page, syn_buf *out)
{
    syn_page_out w = {out, f, f->view};
    const syn_article *a = &page->told.row.a;
    syn_page_begin(&w, a->title, 0);
    syn_page_put(&w, "<article class=\"article\"><header class=\"head\"><p class=\"from\">");
    syn_page_outlet(&w, a->outlet);
    syn_page_put(&w, " ");
    syn_page_language(&w, a->lang);
    if (page->told.row.reprint_of)
        syn_page_put(&w, " <a class=\"badge\" href=\"/article/%i%a\">%k</a>", page->told.row.reprint_of, '?',
                     UI_REPRINT);
    syn_page_put(&w, "</p><h1%l>", a->lang);
    if (a->title.n)
        syn_page_put(&w, "%t</h1>", a->title);
    else
        syn_page_put(&w, "%k</h1>", UI_UNTITLED);
    if (a->lead.n && !syn_starts(a->text, a->lead)) syn_page_put(&w, "<p class=\"lead\"%l>%t</p>", a->lang, a->lead);
    syn_page_put(&w, "</header>\n");
    if (page->story.story) {
        syn_page_put(&w, "<p class=\"part\">%k <a href=\"/story/%i%a\"><bdi%l>%t</bdi></a> <span>%c</span></p>\n",
                     UI_PART_OF, page->story.story, '?', page->story.lang, page->story.title, UI_TELLINGS,
                     (int64_t)page->story.articles);
    }
    syn_page_put(&w,
                 "<div class=\"columns\"><div class=\"body\"><input type=\"checkbox\" id=\"marks\" checked>"
                 "<label for=\"marks\">%k</label>",
                 UI_MARKS);
    put_legend(&w);
    syn_page_put(&w, "<div class=\"text\"%l>\n", a->lang);
    put_text(&w, a->text, &page->told.facts, page->told.text ? &page->told.text->passages : NULL);
    syn_page_put(&w, "</div></div>\n<div class=\"aside\">");
    put_details(&w, a);
    syn_page_reasons(&w, &page->told, &page->words);
    put_pictures(&w, a);
    put_versions(&w, page);
    syn_page_put(&w, "</div></div></article>\n");
    syn_page_end(&w);
}
