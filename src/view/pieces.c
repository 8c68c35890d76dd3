/* pieces.c - stage 8: pieces that several pages share: times, outlets, languages, marked text. */
#include "internal.h"

int syn_view_kind_key(uint8_t kind)
{
    static const int keys[SYN_FACT_KINDS] = {
        [SYN_FACT_NUMBER] = UI_KIND_NUMBER,   [SYN_FACT_PERCENT] = UI_KIND_PERCENT,
        [SYN_FACT_ORDINAL] = UI_KIND_ORDINAL, [SYN_FACT_MONEY] = UI_KIND_MONEY,
        [SYN_FACT_DATE] = UI_KIND_DATE,       [SYN_FACT_DATERANGE] = UI_KIND_DATERANGE,
        [SYN_FACT_NAME] = UI_KIND_NAME,       [SYN_FACT_PLACE] = UI_KIND_PLACE,
        [SYN_FACT_QUOTE] = UI_KIND_QUOTE};
    return keys[kind < SYN_FACT_KINDS ? kind : SYN_FACT_NUMBER];
}

int syn_view_signal_key(uint8_t signal)
{
    static const int keys[SYN_SIGNALS] = {
        [SYN_SIGNAL_NAME] = UI_SIGNAL_NAME,       [SYN_SIGNAL_FIGURE] = UI_SIGNAL_FIGURE,
        [SYN_SIGNAL_CONCEPT] = UI_SIGNAL_CONCEPT, [SYN_SIGNAL_WORD] = UI_SIGNAL_WORD,
        [SYN_SIGNAL_PLACE] = UI_SIGNAL_PLACE,     [SYN_SIGNAL_DATE] = UI_SIGNAL_DATE,
        [SYN_SIGNAL_LINK] = UI_SIGNAL_LINK,       [SYN_SIGNAL_LEARNED] = UI_SIGNAL_LEARNED};
    return keys[signal < SYN_SIGNALS ? signal : SYN_SIGNAL_WORD];
}

const char *syn_view_mark_class(uint8_t kind)
{
    switch (kind) {
    case SYN_FACT_NUMBER:
    case SYN_FACT_PERCENT:
        return "figure";
    case SYN_FACT_MONEY:
        return "sum";
    case SYN_FACT_DATE:
    case SYN_FACT_DATERANGE:
        return "date";
    case SYN_FACT_NAME:
        return "name";
    case SYN_FACT_PLACE:
        return "place";
    default:
        return NULL;
    }
}

void syn_page_moment(const syn_page_out *w, int64_t seconds)
{
    char iso[40];
    syn_time_format((syn_time){seconds, 0, false}, iso);
    syn_page_put(w, "<time datetime=\"%z\">", iso);
    syn_view_moment(w->view, w->out, seconds, 0, false);
    syn_page_put(w, "</time>");
}

static void put_time(const syn_page_out *w, syn_time t)
{
    char iso[40];
    syn_time_format(t, iso);
    syn_page_put(w, "<time datetime=\"%z\">", iso);
    syn_view_moment(w->view, w->out, t.seconds, t.zone, t.date_only);
    syn_page_put(w, "</time>");
}

void syn_page_time(const syn_page_out *w, const syn_article_row *row)
{
    if (syn_time_known(row->a.published)) put_time(w, row->a.published);
}

void syn_page_outlet(const syn_page_out *w, syn_str outlet)
{
    if (outlet.n)
        syn_page_put(w, "<bdi class=\"outlet\">%t</bdi>", outlet);
    else
        syn_page_put(w, "<span class=\"outlet none\">%k</span>", UI_UNKNOWN_OUTLET);
}

void syn_page_language(const syn_page_out *w, syn_str tag)
{
    syn_page_put(w, "<span class=\"tongue\">");
    syn_view_language_name(w->view, w->out, tag);
    syn_page_put(w, "</span>");
}

void syn_page_languages(const syn_page_out *w, syn_str by_comma)
{
    syn_str tag;
    syn_page_put(w, "<span class=\"tongues\">");
    for (int n = 0; n < 40 && syn_split(&by_comma, ',', &tag); n++) {
        syn_page_language(w, tag);
        if (by_comma.n) syn_page_put(w, " ");
    }
    syn_page_put(w, "</span>");
}

void syn_page_marked(const syn_page_out *w, syn_str src, size_t start, size_t end, const syn_facts *facts)
{
    size_t at = start;
    for (size_t i = 0; facts && i < facts->n; i++) {
        const syn_fact *f = &facts->items[i];
        const char *class = syn_view_mark_class(f->kind);
        if (f->span.start >= end) break;
        if (!class || f->span.start < at || f->span.end > end || f->span.end <= f->span.start) continue;
        syn_page_put(w, "%t<mark class=\"%z\">%t</mark>", syn_slice(src, at, f->span.start), class,
                     syn_slice(src, f->span.start, f->span.end));
        at = f->span.end;
    }
    syn_page_put(w, "%t", syn_slice(src, at, end));
}

void syn_page_paragraph(const syn_page_out *w, syn_str src, size_t start, size_t end, const syn_facts *facts,
                        const syn_passages *passages)
{
    size_t k = 0;
    while (passages && k < passages->n && passages->items[k].span.end <= start) k++;
    if (passages && k < passages->n && passages->items[k].span.start <= start)
        syn_page_put(w, "<p%l>", passages->items[k].tag);
    else
        syn_page_put(w, "<p>");
    syn_page_marked(w, src, start, end, facts);
    syn_page_put(w, "</p>\n");
}
