/* atom.c - stage 8: stories as Atom feeds (RFC 4287): the latest of all, and those of a topic. */
#include "internal.h"

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
        UI_TELLINGS, (int64_t)s->articles - s->reprints, UI_OUTLETS, (int64_t)s->outlets);
    for (size_t i = 0; i < card->headlines.n; i++)
        syn_page_put(w, "<li><a href=\"%t/article/%i\"%l>%t</a></li>", w->frame->base, rows[i].article, rows[i].a.lang,
                     rows[i].a.title);
    syn_page_put(w, "</ul></div></content></entry>\n");
}

static void put_feed(const syn_page_out *w, syn_str path, syn_str page_path, syn_str title, const syn_front *page)
{
    char updated[40];
    int64_t latest = page->n ? page->cards[0].story.last : 0;
    syn_str base = w->frame->base;
    syn_time_format((syn_time){latest, 0, false}, updated);
    syn_page_put(
        w,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%z\">"
        "<id>%t%t</id><title>%k%z%t</title><subtitle>%k</subtitle><updated>%z</updated>"
        "<author><name>%k</name></author><link rel=\"self\" href=\"%t%t\"/><link href=\"%t%t\"/>\n",
        syn_view_tag(w->view), base, path, UI_NAME, title.n ? ": " : "", title, UI_TAGLINE, updated, UI_NAME, base,
        path, base, page_path);
    for (size_t i = 0; i < page->n; i++) put_entry(w, &page->cards[i]);
    syn_page_put(w, "</feed>\n");
}

void syn_view_feed(const syn_frame *f, const syn_front *page, syn_buf *out)
{
    syn_page_out w = {out, f, f->view};
    put_feed(&w, SYN_STR("/feed.atom"), SYN_STR("/"), (syn_str){"", 0}, page);
}

void syn_view_topic_feed(const syn_frame *f, const syn_topic_row *topic, const syn_front *page, syn_buf *out)
{
    syn_page_out w = {out, f, f->view};
    syn_buf path = {.max = SYN_MAX_URL}, name = {.max = 4 * SYN_MAX_TITLE};
    syn_buf_format(&path, "/topic/%lld/feed.atom", (long long)topic->topic);
    syn_view_topic_name(f->view, topic, &name);
    syn_str whole = syn_buf_str(&path);
    put_feed(&w, whole, syn_slice(whole, 0, whole.n - sizeof "/feed.atom" + 1), syn_buf_str(&name), page);
    syn_buf_free(&path);
    syn_buf_free(&name);
}
