/* plain.c - stage 8: search, sources, about and errors. */
#include "internal.h"

static void put_form(const syn_page_out *w, const syn_search_page *page)
{
    syn_page_put(w, "<form class=\"search\" action=\"/search\" method=\"get\" role=\"search\">");
    if (w->frame->sticky) syn_page_put(w, "<input type=\"hidden\" name=\"ui\" value=\"%z\">", syn_view_tag(w->view));
    syn_page_put(
        w,
        "<p><label for=\"q\">%k</label><input id=\"q\" type=\"search\" name=\"q\" maxlength=\"200\" dir=\"auto\" "
        "value=\"%t\" aria-describedby=\"hint\"></p><p><label for=\"lang\">%k</label><select id=\"lang\" name=\"lang\">"
        "<option value=\"\">%k</option>",
        UI_SEARCH_LABEL, page->query, UI_SEARCH_LANGUAGE, UI_SEARCH_ALL);
    for (size_t i = 0; i < page->nlangs; i++) {
        syn_page_put(w, "<option value=\"%t\"%z>", page->langs[i],
                     syn_str_eq(page->langs[i], page->lang) ? " selected" : "");
        syn_view_language_name(w->view, w->out, page->langs[i]);
        syn_page_put(w, "</option>");
    }
    syn_page_put(w, "</select></p><p><button>%k</button></p><p id=\"hint\" class=\"hint\">%k</p></form>\n",
                 UI_SEARCH_GO, UI_SEARCH_HINT);
}

static void put_found(const syn_page_out *w, const syn_article_row *row)
{
    const syn_article *a = &row->a;
    syn_span hit = row->hit;
    if (hit.end > a->lead.n || hit.end < hit.start) hit = (syn_span){0, 0};
    syn_page_put(w, "<li><article class=\"found\"><p class=\"from\">");
    syn_page_outlet(w, a->outlet);
    syn_page_put(w, " ");
    syn_page_language(w, a->lang);
    syn_page_put(w, " ");
    syn_page_time(w, row);
    syn_page_put(w, "</p><h2%l><a href=\"/article/%i%a\">", a->lang, row->article, '?');
    if (a->title.n)
        syn_page_put(w, "%t</a></h2>", a->title);
    else
        syn_page_put(w, "%k</a></h2>", UI_UNTITLED);
    syn_page_put(w, "<p class=\"snippet\"%l>%t", a->lang, syn_slice(a->lead, 0, hit.start));
    if (hit.end > hit.start) syn_page_put(w, "<mark>%t</mark>", syn_slice(a->lead, hit.start, hit.end));
    syn_page_put(w, "%t</p>", syn_slice(a->lead, hit.end, a->lead.n));
    if (row->story)
        syn_page_put(w, "<p class=\"links\"><a href=\"/story/%i%a\">%k</a></p>", row->story, '?', UI_TELLINGS_TITLE);
    syn_page_put(w, "</article></li>\n");
}

void syn_view_search(const syn_frame *f, const syn_search_page *page, syn_buf *out)
{
    syn_page_out w = {out, f, f->view};
    const syn_article_row *rows = page->found.items;
    syn_page_begin(&w, page->query.n ? page->query : syn_str_of(syn_view_text(f->view, UI_SEARCH)), UI_SEARCH);
    syn_page_put(&w, "<h1>%k</h1>\n", UI_SEARCH);
    put_form(&w, page);
    if (page->query.n && page->found.total)
        syn_page_put(&w, "<p class=\"count\" role=\"status\">%c</p>\n<ol class=\"results\">\n", UI_RESULTS,
                     (int64_t)page->found.total);
    else if (page->query.n)
        syn_page_put(&w, "<p class=\"note\" role=\"status\">%k</p>\n", UI_NO_RESULTS);
    for (size_t i = 0; i < page->found.n; i++) put_found(&w, &rows[i]);
    if (page->query.n && page->found.total) syn_page_put(&w, "</ol>\n");
    syn_buf path = {.max = 4 * SYN_MAX_URL};
    syn_buf_z(&path, "/search?q=");
    syn_view_percent(&path, page->query);
    syn_buf_z(&path, "&lang=");
    syn_view_percent(&path, page->lang);
    syn_buf_z(&path, "&");
    syn_page_turn(&w, syn_buf_str(&path), page->offset, page->limit, page->found.n, page->found.total);
    syn_buf_free(&path);
    syn_page_end(&w);
}

void syn_view_sources(const syn_frame *f, const syn_list *sources, const syn_list *feeds, syn_buf *out)
{
    static const int columns[] = {UI_COLUMN_OUTLET,  UI_COLUMN_LANGUAGES, UI_COLUMN_ARTICLES,
                                  UI_COLUMN_STORIES, UI_COLUMN_FIRST,     UI_COLUMN_LAST};
    syn_page_out w = {out, f, f->view};
    const syn_source_row *rows = sources->items;
    syn_page_begin(&w, syn_str_of(syn_view_text(f->view, UI_SOURCES)), UI_SOURCES);
    syn_page_put(&w, "<h1>%k</h1><p class=\"intro\">%k</p>\n<table class=\"sources\"><thead><tr>", UI_SOURCES_TITLE,
                 UI_SOURCES_INTRO);
    for (size_t i = 0; i < SYN_COUNT(columns); i++) syn_page_put(&w, "<th scope=\"col\">%k</th>", columns[i]);
    syn_page_put(&w, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < sources->n; i++) {
        syn_page_put(&w, "<tr><th scope=\"row\">");
        syn_page_outlet(&w, rows[i].outlet);
        syn_page_put(&w, "</th><td>");
        syn_page_languages(&w, rows[i].langs);
        syn_page_put(&w, "</td><td class=\"n\"><span class=\"cell\">%k</span> ", UI_COLUMN_ARTICLES);
        syn_view_count(f->view, out, rows[i].articles);
        syn_page_put(&w, "</td><td class=\"n\"><span class=\"cell\">%k</span> ", UI_COLUMN_STORIES);
        syn_view_count(f->view, out, rows[i].stories);
        syn_page_put(&w, "</td><td><span class=\"cell\">%k</span> ", UI_COLUMN_FIRST);
        syn_page_moment(&w, rows[i].first);
        syn_page_put(&w, "</td><td><span class=\"cell\">%k</span> ", UI_COLUMN_LAST);
        syn_page_moment(&w, rows[i].last);
        syn_page_put(&w, "</td></tr>\n");
    }
    syn_page_put(&w, "</tbody></table>\n");
    syn_page_feeds(&w, feeds);
    syn_page_end(&w);
}

void syn_view_about(const syn_frame *f, uint64_t articles, uint64_t stories, syn_buf *out)
{
    static const char *const paths[] = {"/api/stories.json",   "/api/stories/1.json", "/api/articles/1.json",
                                        "/api/search.json?q=", "/api/topics.json",    "/api/sources.json",
                                        "/feed.atom"};
    syn_page_out w = {out, f, f->view};
    syn_page_begin(&w, syn_str_of(syn_view_text(f->view, UI_ABOUT)), UI_ABOUT);
    syn_page_put(
        &w,
        "<div class=\"prose\"><h1>%k</h1><p class=\"lead\">%k</p><p>%k</p><p>%k</p><p class=\"told\"><span>%c</span> "
        "<span>%c</span></p><h2>%k</h2><p>%k</p><ul>",
        UI_ABOUT_TITLE, UI_ABOUT_1, UI_ABOUT_2, UI_ABOUT_3, UI_ARTICLES, (int64_t)articles, UI_STORIES_COUNT,
        (int64_t)stories, UI_ABOUT_API, UI_ABOUT_API_TEXT);
    for (size_t i = 0; i < SYN_COUNT(paths); i++)
        syn_page_put(&w, "<li><a href=\"%z\" dir=\"ltr\"><code>%z</code></a></li>", paths[i], paths[i]);
    syn_page_put(&w, "</ul></div>\n");
    syn_page_end(&w);
}

void syn_view_error(const syn_frame *f, int status, syn_buf *out)
{
    syn_page_out w = {out, f, f->view};
    int title = UI_ERROR_500, text = UI_ERROR_500_TEXT;
    if (status == 400)
        title = UI_ERROR_400, text = UI_ERROR_400_TEXT;
    else if (status == 404)
        title = UI_ERROR_404, text = UI_ERROR_404_TEXT;
    else if (status == 405)
        title = UI_ERROR_405, text = UI_ERROR_405_TEXT;
    else if (status == 403)
        title = UI_ERROR_403, text = UI_ERROR_403_TEXT;
    else if (status == 422)
        title = UI_ERROR_422, text = UI_ERROR_422_TEXT;
    else if (status == 503)
        title = UI_ERROR_503, text = UI_ERROR_503_TEXT;
    syn_page_begin(&w, syn_str_of(syn_view_text(f->view, title)), 0);
    syn_page_put(
        &w, "<div class=\"prose\"><p class=\"status\">%i</p><h1>%k</h1><p>%k</p><p><a href=\"/%a\">%k</a></p></div>\n",
        (int64_t)status, title, text, '?', UI_HOME);
    syn_page_end(&w);
}
