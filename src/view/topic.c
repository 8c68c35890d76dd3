/* topic.c - stage 8: topics: the latest ones, and one with its stories by time and who it is about in every spelling.
 */
#include "internal.h"

enum { SPELLINGS = 24 }; /* of one party, shown */

/* ---- names ---- */

static syn_str called(const syn_view *v, const syn_actor *p, syn_str *lang)
{
    syn_str name = syn_topic_called(syn_view_lexicon(v), p, syn_str_of(syn_view_tag(v)), lang);
    if (!lang->n) *lang = syn_str_of(syn_view_tag(v));
    return name;
}

static size_t named_by(const syn_view *v, const syn_topic_row *row, const syn_actor *by[2])
{
    return syn_topic_named_by(syn_view_lexicon(v), row->parties, row->nparties, syn_str_of(syn_view_tag(v)), by);
}

void syn_page_topic_name(const syn_page_out *w, const syn_topic_row *row)
{
    const syn_actor *by[2];
    size_t n = named_by(w->view, row, by);
    for (size_t i = 0; i < n; i++) {
        syn_str lang, name = called(w->view, by[i], &lang);
        if (i) syn_page_put(w, " – ");
        syn_page_put(w, "<bdi%l>%t</bdi>", lang, name);
    }
    if (!n) syn_page_put(w, "%k", UI_UNTITLED);
}

void syn_view_topic_name(const syn_view *v, const syn_topic_row *row, syn_buf *out)
{
    const syn_actor *by[2];
    size_t n = named_by(v, row, by);
    for (size_t i = 0; i < n; i++) {
        syn_str lang, name = called(v, by[i], &lang);
        if (i) syn_buf_z(out, " – ");
        syn_buf_add(out, name);
    }
    if (!out->n) syn_buf_z(out, syn_view_text(v, UI_UNTITLED));
}

void syn_page_topics_of(const syn_page_out *w, const syn_list *topics)
{
    const syn_topic_row *rows = topics->items;
    for (size_t i = 0; i < topics->n; i++) {
        syn_page_put(w, "<p class=\"part\"><a href=\"/topic/%i%a\">", rows[i].topic, '?');
        syn_page_topic_name(w, &rows[i]);
        syn_page_put(w, "</a> <span>%k, %c</span></p>\n", UI_PART_OF_TOPIC, UI_STORIES_COUNT, (int64_t)rows[i].stories);
    }
}

/* ---- pieces ---- */

static void put_day(const syn_page_out *w, int64_t seconds)
{
    char iso[40];
    syn_time_format((syn_time){seconds, 0, true}, iso);
    syn_page_put(w, "<time datetime=\"%z\">", iso);
    syn_view_moment(w->view, w->out, seconds, 0, true);
    syn_page_put(w, "</time>");
}

static void put_span(const syn_page_out *w, int64_t first, int64_t last)
{
    put_day(w, first);
    if (last / 86400 == first / 86400) return;
    syn_page_put(w, " – ");
    put_day(w, last);
}

static void put_told(const syn_page_out *w, const syn_topic_row *row)
{
    syn_page_put(w, "<p class=\"told\"><span>%c</span> <span>%c</span> ", UI_STORIES_COUNT, (int64_t)row->stories,
                 UI_ARTICLES, (int64_t)row->articles);
    syn_page_languages(w, row->lang_list);
    syn_page_put(w, "</p>");
}

/* ---- the list ---- */

static void put_card(const syn_page_out *w, const syn_topic_row *row)
{
    syn_page_put(w, "<article class=\"story\"><p class=\"meta\">");
    put_span(w, row->first, row->last);
    syn_page_put(w, "</p><h2><a href=\"/topic/%i%a\">", row->topic, '?');
    syn_page_topic_name(w, row);
    syn_page_put(w, "</a></h2>");
    put_told(w, row);
    syn_page_put(w, "</article>\n");
}

void syn_view_topics(const syn_frame *f, const syn_topics_page *page, syn_buf *out)
{
    syn_page_out w = {out, f, f->view};
    const syn_topic_row *rows = page->topics.items;
    syn_page_begin(&w, syn_str_of(syn_view_text(f->view, UI_TOPICS)), UI_TOPICS);
    syn_page_put(&w, "<h1>%k</h1><p class=\"intro\">%k</p>\n", UI_TOPICS, UI_TOPICS_INTRO);
    if (!page->topics.total) syn_page_put(&w, "<p class=\"note\">%k</p>\n", UI_NO_TOPICS);
    syn_page_put(&w, "<div class=\"stories\">\n");
    for (size_t i = 0; i < page->topics.n; i++) put_card(&w, &rows[i]);
    syn_page_put(&w, "</div>\n");
    syn_page_turn(&w, SYN_STR("/topics?"), page->offset, page->limit, page->topics.n, page->topics.total);
    syn_page_end(&w);
}

/* ---- one ---- */

static void put_story(const syn_page_out *w, const syn_story_row *s)
{
    syn_page_put(w, "<li><p class=\"meta\">");
    put_span(w, s->first, s->last);
    syn_page_put(w, "</p><div><h3%l><a href=\"/story/%i%a\">", s->lang, s->story, '?');
    if (s->title.n)
        syn_page_put(w, "%t</a></h3>", s->title);
    else
        syn_page_put(w, "%k</a></h3>", UI_UNTITLED);
    syn_page_put(w, "<p class=\"told\">");
    syn_page_told_by(w, (int64_t)s->articles - s->reprints, s->reprints, s->outlets);
    syn_page_languages(w, s->lang_list);
    syn_page_put(w, "</p></div></li>\n");
}

static void put_party(const syn_page_out *w, const syn_actor *p)
{
    syn_str lang, name = called(w->view, p, &lang);
    if (!name.n && !p->n) return;
    syn_page_put(w, "<li><strong><bdi%l>%t</bdi></strong>", lang, name);
    for (size_t i = 0; i < p->n && i < SPELLINGS; i++) {
        syn_page_put(w, " <span class=\"spelling\"><bdi%l>%t</bdi> ", p->spellings[i].lang, p->spellings[i].text);
        syn_page_language(w, p->spellings[i].lang);
        syn_page_put(w, "</span>");
    }
    syn_page_put(w, "</li>\n");
}

static void put_parties(const syn_page_out *w, const syn_topic_row *row)
{
    size_t subjects = 0;
    if (!row->nparties) return;
    syn_page_put(w,
                 "<section class=\"names\" aria-labelledby=\"parties\"><h2 id=\"parties\">%k</h2><p class=\"intro\">%k"
                 "</p><ul class=\"spellings\">\n",
                 UI_PARTIES_TITLE, UI_NAMES_INTRO);
    for (size_t i = 0; i < row->nparties; i++)
        if (row->parties[i].kind != SYN_ACTOR_CONCEPT) put_party(w, &row->parties[i]);
    syn_page_put(w, "</ul>\n");
    for (size_t i = 0; i < row->nparties; i++) {
        syn_str lang, name = called(w->view, &row->parties[i], &lang);
        if (row->parties[i].kind != SYN_ACTOR_CONCEPT || !name.n) continue;
        syn_page_put(w, subjects++ ? ", " : "<p class=\"subjects\"><span class=\"kind\">%k</span> ", UI_SIGNAL_CONCEPT);
        syn_page_put(w, "<bdi%l>%t</bdi>", lang, name);
    }
    syn_page_put(w, subjects ? "</p></section>\n" : "</section>\n");
}

void syn_view_topic(const syn_frame *f, const syn_topic_page *page, syn_buf *out)
{
    syn_page_out w = {out, f, f->view};
    const syn_story_row *stories = page->stories.items;
    syn_buf name = {.max = 4 * SYN_MAX_TITLE}, path = {.max = SYN_MAX_URL};
    syn_view_topic_name(f->view, &page->topic, &name);
    syn_page_begin(&w, syn_buf_str(&name), UI_TOPICS);
    syn_page_put(&w, "<header class=\"head\"><h1>");
    syn_page_topic_name(&w, &page->topic);
    syn_page_put(&w, "</h1>");
    put_told(&w, &page->topic);
    syn_page_put(&w, "<p class=\"meta\">");
    put_span(&w, page->topic.first, page->topic.last);
    syn_page_put(&w, "</p><p class=\"links\"><a href=\"/topic/%i/feed.atom%a\">%k</a></p></header>\n",
                 page->topic.topic, '?', UI_FEED);
    if (page->record.record) {
        syn_page_record_line(&w, &page->record, false);
        syn_page_record_series(&w, page->record.record);
        syn_page_exports(&w, page->record.exports, true);
    }
    syn_page_put(&w, "<section aria-labelledby=\"line\"><h2 id=\"line\">%k</h2><ol class=\"course\">\n",
                 UI_TIMELINE_TITLE);
    for (size_t i = 0; i < page->stories.n; i++) put_story(&w, &stories[i]);
    syn_page_put(&w, "</ol></section>\n");
    syn_buf_format(&path, "/topic/%lld?", (long long)page->topic.topic);
    syn_page_turn(&w, syn_buf_str(&path), page->offset, page->limit, page->stories.n, page->topic.stories);
    put_parties(&w, &page->topic);
    if (page->record.record && page->record.record->nparties) {
        syn_page_put(&w, "<details class=\"more\"><summary>%k</summary>\n", UI_NAMES_TITLE);
        syn_page_record_cast(&w, page->record.record);
        syn_page_put(&w, "</details>\n");
    }
    syn_page_end(&w);
    syn_buf_free(&name);
    syn_buf_free(&path);
}
