/* name.c - stage 8: one name in every spelling that the store has of it, with its languages and latest articles. */
#include "internal.h"

void syn_page_name_link(const syn_page_out *w, syn_str name, syn_str lang)
{
    syn_page_put(w, "<a class=\"name\" href=\"/name?q=%q%a\"><bdi%l>%t</bdi></a>", name, '&', lang, name);
}

static void put_spelling(const syn_page_out *w, const syn_spelling_row *row)
{
    syn_page_put(w, "<li><h2><bdi%l>%t</bdi></h2><p class=\"from\">", row->lang, row->name);
    syn_page_language(w, row->lang);
    syn_page_put(w, " <span>%c</span></p><p><a href=\"/article/%i%a\">", UI_ARTICLES, (int64_t)row->articles,
                 row->article, '?');
    if (row->title.n)
        syn_page_put(w, "<bdi%l>%t</bdi></a></p></li>\n", row->lang, row->title);
    else
        syn_page_put(w, "%k</a></p></li>\n", UI_UNTITLED);
}

void syn_view_name(const syn_frame *f, const syn_name_page *page, syn_buf *out)
{
    syn_page_out w = {out, f, f->view};
    const syn_spelling_row *rows = page->spellings.items;
    syn_page_begin(&w, page->query.n ? page->query : syn_str_of(syn_view_text(f->view, UI_NAMES_TITLE)), 0);
    syn_page_put(&w, "<h1><bdi>%t</bdi></h1>\n<p class=\"intro\">%k</p>\n", page->query, UI_NAMES_TITLE);
    if (page->spellings.n)
        syn_page_put(&w, "<ol class=\"results\">\n");
    else
        syn_page_put(&w, "<p class=\"note\" role=\"status\">%k</p>\n", UI_NO_RESULTS);
    for (size_t i = 0; i < page->spellings.n; i++) put_spelling(&w, &rows[i]);
    if (page->spellings.n) syn_page_put(&w, "</ol>\n");
    syn_page_put(&w, "<p class=\"links\"><a href=\"/search?q=%q%a\">%k</a></p>\n", page->query, '&', UI_SEARCH);
    syn_page_end(&w);
}

void syn_view_spelling_write(syn_jsonw *w, const syn_spelling_row *row)
{
    syn_jw_open(w, '{');
    syn_jw_field(w, "name", row->name);
    syn_jw_field(w, "lang", row->lang);
    syn_jw_key(w, "articles");
    syn_jw_int(w, row->articles);
    syn_jw_key(w, "alike");
    syn_jw_double(w, (double)(int)(row->like * 100 + 0.5) / 100);
    syn_jw_key(w, "latest");
    syn_jw_open(w, '{');
    syn_jw_key(w, "article");
    syn_jw_int(w, row->article);
    syn_jw_field(w, "id", row->id);
    syn_jw_field(w, "title", row->title);
    syn_jw_close(w, '}');
    syn_jw_close(w, '}');
}

void syn_view_name_json(const syn_name_page *page, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    const syn_spelling_row *rows = page->spellings.items;
    syn_jw_open(&w, '{');
    syn_jw_field(&w, "query", page->query);
    syn_jw_key(&w, "spellings");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < page->spellings.n; i++) syn_view_spelling_write(&w, &rows[i]);
    syn_jw_close(&w, ']');
    syn_jw_close(&w, '}');
    syn_buf_c(out, '\n');
}
