/* feeds.c - stage 8: how the feeds that are followed fare, below the sources. */
#include "internal.h"

static void put_state(const syn_page_out *w, const syn_feed_row *row)
{
    syn_page_put(w, "<td><span class=\"cell\">%k</span> ", UI_COLUMN_LOOKED);
    if (row->fetched) syn_page_moment(w, row->fetched);
    syn_page_put(w, "</td><td><span class=\"cell\">%k</span> ", UI_COLUMN_DUE);
    if (row->due) syn_page_moment(w, row->due);
    syn_page_put(w, "</td><td><span class=\"cell\">%k</span> ", UI_COLUMN_FAILURE);
    if (row->error.n) syn_page_put(w, "<bdi lang=\"en\" dir=\"ltr\">%t</bdi>", row->error);
    syn_page_put(w, "</td></tr>\n");
}

void syn_page_feeds(const syn_page_out *w, const syn_list *feeds)
{
    static const int columns[] = {UI_COLUMN_FEED,   UI_COLUMN_ITEMS, UI_COLUMN_ARTICLES,
                                  UI_COLUMN_LOOKED, UI_COLUMN_DUE,   UI_COLUMN_FAILURE};
    const syn_feed_row *rows = feeds->items;
    if (!feeds->n) return;
    syn_page_put(w, "<h2>%k</h2>\n<table class=\"sources feeds\"><thead><tr>", UI_FEEDS_TITLE);
    for (size_t i = 0; i < SYN_COUNT(columns); i++) syn_page_put(w, "<th scope=\"col\">%k</th>", columns[i]);
    syn_page_put(w, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < feeds->n; i++) {
        syn_page_put(w, "<tr><th scope=\"row\"><a href=\"%u\" rel=\"noreferrer\"><bdi>%t</bdi></a></th>", rows[i].url,
                     rows[i].title.n ? rows[i].title : rows[i].url);
        syn_page_put(w, "<td class=\"n\"><span class=\"cell\">%k</span> ", UI_COLUMN_ITEMS);
        syn_view_count(w->view, w->out, rows[i].items);
        syn_page_put(w, "</td><td class=\"n\"><span class=\"cell\">%k</span> ", UI_COLUMN_ARTICLES);
        syn_view_count(w->view, w->out, (int64_t)rows[i].added);
        syn_page_put(w, "</td>");
        put_state(w, &rows[i]);
    }
    syn_page_put(w, "</tbody></table>\n");
}
