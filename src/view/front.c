/* front.c - stage 8: the latest stories. */
#include "internal.h"

enum { LEAD = 420, ALSO = 3 }; /* bytes of a lead; titles in other languages */

/* Cut at a word's end where the script has any. */
static syn_str clip(syn_str s, size_t max, bool *cut)
{
    *cut = s.n > max;
    if (!*cut) return s;
    syn_str head = syn_utf8_head(s, max);
    for (size_t i = head.n; i > head.n - head.n / 4; i--)
        if (head.p[i - 1] == ' ') return syn_slice(head, 0, i - 1);
    return head;
}

static void put_headlines(const syn_page_out *w, const syn_card *card)
{
    const syn_article_row *rows = card->headlines.items;
    size_t shown = 0;
    for (size_t i = 0; i < card->headlines.n && shown < ALSO; i++) {
        const syn_article *a = &rows[i].a;
        if (!a->title.n || syn_str_eq(a->lang, card->story.lang)) continue;
        if (!shown++) syn_page_put(w, "<ul class=\"also\" aria-label=\"%k\">", UI_ALSO_TOLD);
        syn_page_put(w, "<li>");
        syn_page_language(w, a->lang);
        syn_page_put(w, " <a href=\"/article/%i%a\"%l>%t</a></li>", rows[i].article, '?', a->lang, a->title);
    }
    if (shown) syn_page_put(w, "</ul>");
}

static void put_card(const syn_page_out *w, const syn_card *card, bool first)
{
    const syn_story_row *s = &card->story;
    bool cut;
    syn_str lead = clip(s->lead, first ? LEAD * 3 / 2 : LEAD, &cut);
    syn_page_put(w, "<article class=\"story%z%z\"><p class=\"meta\">", first ? " first" : "",
                 s->articles < 2 ? " lone" : "");
    syn_page_moment(w, s->last);
    syn_page_put(w, "</p><h2%l><a href=\"/story/%i%a\">", s->lang, s->story, '?');
    if (s->title.n)
        syn_page_put(w, "%t</a></h2>", s->title);
    else
        syn_page_put(w, "%k</a></h2>", UI_UNTITLED);
    if (lead.n) syn_page_put(w, "<p class=\"lead\"%l>%t%z</p>", s->lang, lead, cut ? " …" : "");
    syn_page_put(w, "<p class=\"told\">");
    syn_page_told_by(w, (int64_t)s->articles - s->reprints, s->reprints, s->outlets);
    if (card->differences)
        syn_page_put(w, "<strong class=\"differ\">%c</strong> ", UI_DIFFERENCES, (int64_t)card->differences);
    syn_page_languages(w, s->lang_list);
    syn_page_put(w, "</p>");
    put_headlines(w, card);
    syn_page_put(w, "</article>\n");
}

/* All stories, or those that several outlets tell. */
static void put_choice(const syn_page_out *w, bool shared)
{
    syn_page_put(w, "<nav class=\"choice\" aria-label=\"%k\"><a href=\"/%a\"%z>%k</a> ", UI_STORIES, '?',
                 shared ? "" : " aria-current=\"page\"", UI_ALL_STORIES);
    syn_page_put(w, "<a href=\"/?told=many%a\"%z>%k</a></nav>\n", '&', shared ? " aria-current=\"page\"" : "",
                 UI_SHARED_STORIES);
}

void syn_view_front(const syn_frame *f, const syn_front *page, syn_buf *out)
{
    syn_page_out w = {out, f, f->view};
    syn_page_begin(&w, (syn_str){NULL, 0}, UI_STORIES);
    syn_page_put(&w, "<h1 class=\"unseen\">%k</h1>\n", UI_LATEST);
    if (page->total || page->shared) put_choice(&w, page->shared);
    if (!page->total && page->shared)
        syn_page_put(&w, "<p class=\"note\">%k</p>", UI_NONE_SHARED);
    else if (!page->total)
        syn_page_put(&w, "<div class=\"note\"><p>%k</p><pre dir=\"ltr\">synoptic add samples</pre></div>", UI_EMPTY);
    syn_page_put(&w, "<div class=\"stories\">\n");
    for (size_t i = 0; i < page->n; i++) put_card(&w, &page->cards[i], i == 0 && page->offset == 0);
    syn_page_put(&w, "</div>\n");
    syn_page_turn(&w, page->shared ? SYN_STR("/?told=many&") : SYN_STR("/?"), page->offset, page->limit, page->n,
                  page->total);
    syn_page_end(&w);
}
