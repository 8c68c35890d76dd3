/* data.c - stage 8: the same records as JSON, and stories as an Atom feed. */
#include "internal.h"

static void put_int(syn_jsonw *w, const char *key, int64_t v)
{
    syn_jw_key(w, key);
    syn_jw_int(w, v);
}

static void put_moment(syn_jsonw *w, const char *key, int64_t seconds)
{
    char iso[40];
    syn_time_format((syn_time){seconds, 0, false}, iso);
    syn_jw_field(w, key, syn_str_of(iso));
}

static void put_langs(syn_jsonw *w, const char *key, syn_str by_comma)
{
    syn_str tag;
    syn_jw_key(w, key);
    syn_jw_open(w, '[');
    while (syn_split(&by_comma, ',', &tag)) syn_jw_str(w, tag);
    syn_jw_close(w, ']');
}

/* Opens an object and leaves it open for what its page adds. */
static void open_story(syn_jsonw *w, const syn_story_row *s)
{
    syn_jw_open(w, '{');
    put_int(w, "story", s->story);
    syn_jw_field(w, "title", s->title);
    syn_jw_field(w, "lang", s->lang);
    syn_jw_field(w, "lead", s->lead);
    put_moment(w, "first", s->first);
    put_moment(w, "last", s->last);
    put_int(w, "articles", s->articles);
    put_int(w, "outlets", s->outlets);
    put_langs(w, "langs", s->lang_list);
}

static void open_row(syn_jsonw *w, const syn_article_row *row)
{
    syn_jw_open(w, '{');
    put_int(w, "article", row->article);
    if (row->story) put_int(w, "story", row->story);
    if (row->reprint_of) put_int(w, "reprint_of", row->reprint_of);
    syn_jw_key(w, "score");
    syn_jw_double(w, row->score);
    syn_jw_key(w, "page");
    syn_article_write(w, &row->a);
}

static void put_told(syn_jsonw *w, const syn_told *t)
{
    const syn_reason *reasons = t->reasons.items;
    open_row(w, &t->row);
    syn_jw_key(w, "facts");
    syn_jw_open(w, '[');
    for (size_t i = 0; i < t->facts.n; i++) syn_fact_write(w, &t->facts.items[i]);
    syn_jw_close(w, ']');
    syn_jw_key(w, "reasons");
    syn_jw_open(w, '[');
    for (size_t i = 0; i < t->reasons.n; i++) {
        syn_jw_open(w, '{');
        if (reasons[i].signal < SYN_SIGNALS) syn_jw_field(w, "signal", syn_str_of(syn_signal_names[reasons[i].signal]));
        syn_jw_key(w, "weight");
        syn_jw_double(w, (double)reasons[i].weight);
        syn_jw_field(w, "here", reasons[i].here);
        syn_jw_field(w, "there", reasons[i].there);
        syn_jw_field(w, "there_id", reasons[i].there_id);
        if (reasons[i].stories) {
            syn_jw_key(w, "stories");
            syn_jw_int(w, (int64_t)reasons[i].stories);
        }
        syn_jw_close(w, '}');
    }
    syn_jw_close(w, ']');
}

static void put_row(syn_jsonw *w, const syn_story_page *page, const syn_row *row)
{
    syn_jw_open(w, '{');
    if (row->kind < SYN_FACT_KINDS) syn_jw_field(w, "kind", syn_str_of(syn_fact_kind_names[row->kind]));
    syn_jw_field(w, "label", row->label);
    if (row->label.n && row->told < page->n) syn_jw_field(w, "label_lang", page->told[row->told].row.a.lang);
    syn_jw_key(w, "differs");
    syn_jw_bool(w, row->differs);
    syn_jw_key(w, "said");
    syn_jw_open(w, '[');
    for (size_t i = 0; i < page->n; i++) {
        if (!row->cells[i].fact) continue;
        syn_jw_open(w, '{');
        put_int(w, "article", page->told[i].row.article);
        put_int(w, "value", row->cells[i].value);
        syn_jw_key(w, "fact");
        syn_fact_write(w, row->cells[i].fact);
        syn_jw_close(w, '}');
    }
    syn_jw_close(w, ']');
    syn_jw_close(w, '}');
}

static void finish(syn_jsonw *w)
{
    syn_jw_close(w, '}');
    syn_buf_c(w->out, '\n');
}

void syn_view_front_json(const syn_front *page, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    syn_jw_open(&w, '{');
    put_int(&w, "total", (int64_t)page->total);
    put_int(&w, "from", (int64_t)page->offset);
    syn_jw_key(&w, "stories");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < page->n; i++) {
        open_story(&w, &page->cards[i].story);
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    finish(&w);
}

void syn_view_story_json(const syn_story_page *page, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    open_story(&w, &page->story);
    syn_jw_key(&w, "compared");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < page->table.n; i++) put_row(&w, page, &page->table.rows[i]);
    syn_jw_close(&w, ']');
    syn_jw_key(&w, "tellings");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < page->n; i++) {
        put_told(&w, &page->told[i]);
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    finish(&w);
}

void syn_view_article_json(const syn_article_page *page, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    const syn_version_row *rows = page->versions.items;
    put_told(&w, &page->told);
    syn_jw_key(&w, "versions");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < page->versions.n; i++) {
        syn_jw_open(&w, '{');
        put_moment(&w, "added", rows[i].when);
        syn_jw_field(&w, "title", rows[i].title);
        syn_jw_field(&w, "lead", rows[i].lead);
        syn_jw_field(&w, "text", rows[i].text);
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    finish(&w);
}

void syn_view_search_json(const syn_search_page *page, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    const syn_article_row *rows = page->found.items;
    syn_jw_open(&w, '{');
    syn_jw_field(&w, "query", page->query);
    put_int(&w, "total", (int64_t)page->found.total);
    put_int(&w, "from", (int64_t)page->offset);
    syn_jw_key(&w, "articles");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < page->found.n; i++) {
        syn_article_row row = rows[i];
        row.a.lead.n = 0;
        open_row(&w, &row);
        syn_jw_field(&w, "snippet", rows[i].a.lead);
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    finish(&w);
}

void syn_view_sources_json(const syn_list *sources, const syn_list *feeds, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    const syn_source_row *rows = sources->items;
    syn_jw_open(&w, '{');
    syn_jw_key(&w, "sources");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < sources->n; i++) {
        syn_jw_open(&w, '{');
        syn_jw_field(&w, "outlet", rows[i].outlet);
        put_langs(&w, "langs", rows[i].langs);
        put_int(&w, "articles", rows[i].articles);
        put_int(&w, "stories", rows[i].stories);
        put_moment(&w, "first", rows[i].first);
        put_moment(&w, "last", rows[i].last);
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    const syn_feed_row *followed = feeds->items;
    syn_jw_key(&w, "feeds");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < feeds->n; i++) {
        syn_jw_open(&w, '{');
        syn_jw_field(&w, "url", followed[i].url);
        syn_jw_field(&w, "title", followed[i].title);
        put_int(&w, "items", followed[i].items);
        put_int(&w, "articles", (int64_t)followed[i].added);
        if (followed[i].fetched) put_moment(&w, "fetched", followed[i].fetched);
        if (followed[i].answered) put_moment(&w, "answered", followed[i].answered);
        if (followed[i].due) put_moment(&w, "due", followed[i].due);
        put_int(&w, "fails", followed[i].fails);
        syn_jw_field(&w, "error", followed[i].error);
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    finish(&w);
}

void syn_view_error_json(int status, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    syn_jw_open(&w, '{');
    put_int(&w, "status", status);
    syn_jw_field(&w, "error",
                 status == 404   ? SYN_STR("nothing is here")
                 : status == 400 ? SYN_STR("the address cannot be right")
                 : status == 405 ? SYN_STR("only GET and HEAD are answered")
                                 : SYN_STR("the store could not answer"));
    finish(&w);
}

/* ---- feed ---- */

static void put_entry(const syn_page_out *w, const syn_card *card)
{
    const syn_story_row *s = &card->story;
    const syn_article_row *rows = card->headlines.items;
    char last[40], first[40];
    syn_time_format((syn_time){s->last, 0, false}, last);
    syn_time_format((syn_time){s->first, 0, false}, first);
    syn_page_put(
        w,
        "<entry><id>%t/story/%i</id><title xml:lang=\"%t\">%t</title><updated>%z</updated><published>%z</published>"
        "<link href=\"%t/story/%i\"/><summary xml:lang=\"%t\">%t</summary>"
        "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>%c, %c</p><ul>",
        w->frame->base, s->story, s->lang, s->title, last, first, w->frame->base, s->story, s->lang, s->lead,
        UI_TELLINGS, (int64_t)s->articles, UI_OUTLETS, (int64_t)s->outlets);
    for (size_t i = 0; i < card->headlines.n; i++)
        syn_page_put(w, "<li><a href=\"%t/article/%i\"%l>%t</a></li>", w->frame->base, rows[i].article, rows[i].a.lang,
                     rows[i].a.title);
    syn_page_put(w, "</ul></div></content></entry>\n");
}

void syn_view_feed(const syn_frame *f, const syn_front *page, syn_buf *out)
{
    syn_page_out w = {out, f, f->view};
    char updated[40];
    int64_t latest = page->n ? page->cards[0].story.last : 0;
    syn_time_format((syn_time){latest, 0, false}, updated);
    syn_page_put(
        &w,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%z\">"
        "<id>%t/feed.atom</id><title>%k</title><subtitle>%k</subtitle><updated>%z</updated>"
        "<author><name>%k</name></author><link rel=\"self\" href=\"%t/feed.atom\"/><link href=\"%t/\"/>\n",
        syn_view_tag(f->view), f->base, UI_NAME, UI_TAGLINE, updated, UI_NAME, f->base, f->base);
    for (size_t i = 0; i < page->n; i++) put_entry(&w, &page->cards[i]);
    syn_page_put(&w, "</feed>\n");
}
