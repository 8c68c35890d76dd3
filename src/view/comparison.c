/* comparison.c - stage 8: a story's facts by its tellings: a row a fact, a column a telling, and in one look how many
   give which value.  A fact's sentence shows when it is pointed at or focused (a tap focuses), all of a row's on
   demand; nothing of it needs a script. */
#include "internal.h"

enum { OPEN_AGREEING = 10 /* rows shown without asking */, NAMED_TELLERS = 3 /* of one value */, MOST_DOTS = 24 };

typedef struct comparison {
    const syn_page_out *w;
    const syn_compared *page;
    const syn_telling *tellings[SYN_MAX_TELLINGS];
    size_t order[SYN_MAX_TELLINGS]; /* of the columns: those that differ most from the others first */
    int64_t number;                 /* of its first telling: ids on a page of several comparisons differ by it */
    uint32_t tips;                  /* sentences shown so far: each has an id of its own */
} comparison;

static bool is_name(uint8_t kind)
{
    return kind == SYN_FACT_NAME || kind == SYN_FACT_PLACE || kind == SYN_FACT_QUOTE;
}

static void put_told_by(const syn_page_out *w, const syn_told *t)
{
    syn_page_put(w, "<a class=\"by\" href=\"#t%i\">", t->row.article);
    syn_page_outlet(w, t->row.a.outlet);
    syn_page_put(w, " ");
    syn_page_language(w, t->row.a.lang);
    syn_page_put(w, "</a>");
}

/* The sentence of a span as evidence, with the span marked. */
static void put_sentence(const syn_page_out *w, const syn_told *t, syn_span span, uint32_t sentence)
{
    const syn_text *text = t->text;
    if (!text || span.end > text->src.n) return;
    syn_span s = span;
    if (sentence < text->nsentences) {
        syn_span whole = text->sentences[sentence];
        if (whole.start <= s.start && s.end <= whole.end) s = whole;
    }
    syn_page_put(w, "%t<mark>%t</mark>%t", syn_slice(text->src, s.start, span.start),
                 syn_slice(text->src, span.start, span.end), syn_slice(text->src, span.end, s.end));
}

static bool is_day(uint8_t kind)
{
    return kind == SYN_FACT_DATE || kind == SYN_FACT_DATERANGE;
}

/* A day where others have a number, or the other way round, was read otherwise than they were: as it is printed. */
static void put_said(const syn_page_out *w, const syn_row *row, const syn_told *t, const syn_fact *fact)
{
    if (is_name(fact->kind)) {
        syn_page_put(w, "<bdi%l>%t</bdi>", t->row.a.lang, fact->name);
        return;
    }
    if (is_day(fact->kind) != is_day(row->kind) && t->text) {
        syn_page_put(w, "<bdi%l>%t</bdi>", t->row.a.lang, syn_slice(t->text->src, fact->span.start, fact->span.end));
        return;
    }
    syn_page_put(w, "<bdi>");
    syn_view_value(w->view, w->out, fact);
    syn_page_put(w, "</bdi>");
}

static void put_sentences(const syn_page_out *w, const syn_compared *page, const syn_row *row)
{
    syn_page_put(w, "<details><summary>%k</summary>", UI_EVIDENCE);
    for (size_t i = 0; i < page->n; i++) {
        const syn_fact *fact = row->cells[i].fact;
        if (!fact) continue;
        syn_page_put(w, "<div class=\"evidence\"><p>");
        put_told_by(w, &page->told[i]);
        syn_page_put(w, "</p><blockquote%l>", page->told[i].row.a.lang);
        put_sentence(w, &page->told[i], fact->span, fact->sentence);
        syn_page_put(w, "</blockquote></div>");
    }
    syn_page_put(w, "</details>");
}

static void put_cell(comparison *c, const syn_row *row, size_t i)
{
    const syn_page_out *w = c->w;
    const syn_fact *fact = row->cells[i].fact;
    const syn_told *t = &c->page->told[i];
    if (!fact) {
        syn_page_put(w, "<td class=\"unsaid\"></td>");
        return;
    }
    bool other = row->differs && row->cells[i].value > 0;
    syn_page_put(w, "<td class=\"%z\"><span class=\"teller\">", other ? "other" : "said");
    syn_page_language(w, t->row.a.lang);
    syn_page_put(w, "</span> <span class=\"fact\" tabindex=\"0\" aria-describedby=\"s%i-%i\">", c->number,
                 (int64_t)c->tips);
    put_said(w, row, t, fact);
    syn_page_put(w, "</span><span class=\"tip\" role=\"tooltip\" id=\"s%i-%i\"><span class=\"from\">", c->number,
                 (int64_t)c->tips++);
    syn_page_outlet(w, t->row.a.outlet);
    syn_page_put(w, "</span> <q%l>", t->row.a.lang);
    put_sentence(w, t, fact->span, fact->sentence);
    syn_page_put(w, "</q></span></td>");
}

/* What is counted, in the words of a telling that the reader understands if there is one. */
static void put_label(const syn_page_out *w, const syn_compared *page, const syn_row *row)
{
    syn_page_put(w, "<span class=\"kind\">%k</span>", syn_view_kind_key(row->kind));
    if (row->label.n && row->told < page->n && row->kind != SYN_FACT_QUOTE)
        syn_page_put(w, " <bdi%l>%t</bdi>", page->told[row->told].row.a.lang, row->label);
}

/* ---- differences ---- */

bool syn_view_of_row(const syn_difference *d, const syn_row *row)
{
    return d->a.fact && d->b.fact && row->cells[d->in_a].fact == d->a.fact && row->cells[d->in_b].fact == d->b.fact;
}

/* Its kind, how grave it is in words and in weight, and why. */
static void put_why(comparison *c, const syn_difference *d)
{
    const syn_page_out *w = c->w;
    syn_page_put(w, "<p class=\"differs s%i\"><strong>%k</strong> <span class=\"grave\">%k</span> <span>",
                 (int64_t)d->severity, syn_view_difference_key(d->kind), syn_view_severity_key(d->severity));
    syn_view_why(syn_view_number(w->view), w->out, d, c->tellings, w->view);
    syn_page_put(w, "</span></p>");
}

/* Each value with how many tellings give it, the commonest first; few tellers are named. */
static void put_tally(comparison *c, const syn_row *row)
{
    const syn_page_out *w = c->w;
    size_t left = row->said;
    syn_page_put(w, "<ul class=\"tally\">");
    for (uint32_t value = 0; left && value < SYN_MAX_TELLINGS; value++) {
        size_t first = SIZE_MAX;
        int64_t n = 0;
        for (size_t i = 0; i < c->page->n; i++) {
            if (!row->cells[i].fact || row->cells[i].value != value) continue;
            bool read = is_day(row->cells[i].fact->kind) == is_day(row->kind);
            if (!n++ || (read && is_day(row->cells[first].fact->kind) != is_day(row->kind))) first = i;
        }
        if (!n) continue;
        left -= (size_t)n;
        syn_page_put(w, value ? "<li class=\"other\"><span class=\"value\">" : "<li><span class=\"value\">");
        put_said(w, row, &c->page->told[first], row->cells[first].fact);
        syn_page_put(w, "</span> <span class=\"dots\" aria-hidden=\"true\">");
        for (int64_t k = 0; k < n && k < MOST_DOTS; k++) syn_buf_z(w->out, "\xE2\x97\x8F");
        syn_page_put(w, "</span> <span class=\"count\">%c</span>", UI_TELLINGS, n);
        for (size_t i = 0; row->differs && n <= NAMED_TELLERS && i < c->page->n; i++) {
            if (!row->cells[i].fact || row->cells[i].value != value) continue;
            syn_page_put(w, " ");
            put_told_by(w, &c->page->told[i]);
        }
        syn_page_put(w, "</li>");
    }
    syn_page_put(w, "</ul>");
}

static void put_row(comparison *c, const syn_row *row)
{
    const syn_page_out *w = c->w;
    const syn_table *table = &c->page->table;
    syn_page_put(w, "<tr class=\"%z\"><th scope=\"row\">", row->differs ? "loud" : "same");
    put_label(w, c->page, row);
    put_tally(c, row);
    for (size_t k = 0; k < table->ndifferences; k++)
        if (row->differs && syn_view_of_row(&table->differences[k], row)) put_why(c, &table->differences[k]);
    put_sentences(w, c->page, row);
    syn_page_put(w, "</th>");
    for (size_t i = 0; i < c->page->n; i++) put_cell(c, row, c->order[i]);
    syn_page_put(w, "</tr>\n");
}

bool syn_view_of_rows(const syn_difference *d, const syn_table *table)
{
    for (size_t i = 0; i < table->n; i++)
        if (table->rows[i].differs && syn_view_of_row(d, &table->rows[i])) return true;
    return false;
}

void syn_page_evidence(const syn_page_out *w, const syn_told *t, const syn_saying *said)
{
    if (said->span.end <= said->span.start || !t->text) return;
    uint32_t sentence = 0;
    while (sentence < t->text->nsentences && t->text->sentences[sentence].end < said->span.end) sentence++;
    syn_page_put(w, "<div class=\"evidence\"><p>");
    put_told_by(w, t);
    syn_page_put(w, "</p><blockquote%l>", t->row.a.lang);
    put_sentence(w, t, said->span, sentence);
    syn_page_put(w, "</blockquote></div>");
}

/* What has no row: names of two tellings, links, what was not translated; or only one telling says. */
static size_t put_others(comparison *c, bool only, bool count)
{
    const syn_table *table = &c->page->table;
    size_t n = 0;
    for (size_t k = 0; k < table->ndifferences; k++) {
        const syn_difference *d = &table->differences[k];
        if ((d->kind == SYN_DIFF_ONLY) != only || syn_view_of_rows(d, table)) continue;
        n++;
        if (count) continue;
        syn_page_put(c->w, "<li>");
        put_why(c, d);
        syn_page_put(c->w, "<details><summary>%k</summary>", UI_EVIDENCE);
        syn_page_evidence(c->w, &c->page->told[d->in_a], &d->a);
        syn_page_evidence(c->w, &c->page->told[d->in_b], &d->b);
        syn_page_put(c->w, "</details></li>\n");
    }
    return n;
}

/* ---- the table ---- */

static void put_head(const comparison *c, int caption)
{
    const syn_page_out *w = c->w;
    syn_page_put(w, "<div class=\"sheet\" tabindex=\"0\" role=\"group\" aria-label=\"%k\"><table class=\"compare\">",
                 UI_COMPARE_TITLE);
    if (caption != UI_KEYS) syn_page_put(w, "<caption>%k</caption>", caption);
    syn_page_put(w, "<thead><tr><td></td>");
    for (size_t i = 0; i < c->page->n; i++) {
        syn_page_put(w, "<th scope=\"col\">");
        put_told_by(w, &c->page->told[c->order[i]]);
        syn_page_put(w, "</th>");
    }
    syn_page_put(w, "</tr></thead><tbody>\n");
}

static void put_tail(const comparison *c)
{
    syn_page_put(c->w, "</tbody></table></div>\n");
}

static bool agrees(const syn_row *row)
{
    return !row->differs && row->kind != SYN_FACT_NAME && row->kind != SYN_FACT_PLACE;
}

static void put_differing(comparison *c)
{
    const syn_table *table = &c->page->table;
    size_t rows = 0, others = put_others(c, false, true);
    for (size_t i = 0; i < table->n; i++) rows += table->rows[i].differs;
    if (!rows && !others) {
        syn_page_put(c->w, "<p class=\"note\">%k</p>\n", UI_NO_DIFFERENCE);
        return;
    }
    if (rows) {
        put_head(c, UI_DIFFER);
        for (size_t i = 0; i < table->n; i++)
            if (table->rows[i].differs) put_row(c, &table->rows[i]);
        put_tail(c);
    }
    if (!others) return;
    syn_page_put(c->w, "<ul class=\"spoilt\">\n");
    put_others(c, false, false);
    syn_page_put(c->w, "</ul>\n");
}

static void put_agreeing(comparison *c)
{
    const syn_table *table = &c->page->table;
    int64_t n = 0, shown = 0;
    for (size_t i = 0; i < table->n; i++) n += agrees(&table->rows[i]);
    if (!n) return;
    bool folded = n > OPEN_AGREEING + 3;
    syn_page_put(c->w, "<div class=\"quiet\">");
    put_head(c, UI_AGREE);
    for (size_t i = 0; i < table->n; i++) {
        if (!agrees(&table->rows[i])) continue;
        if (shown++ == OPEN_AGREEING && folded) {
            put_tail(c);
            syn_page_put(c->w, "<details class=\"more\"><summary>%c</summary>", UI_MORE_ROWS, n - OPEN_AGREEING);
            put_head(c, UI_KEYS);
        }
        put_row(c, &table->rows[i]);
    }
    put_tail(c);
    syn_page_put(c->w, folded ? "</details></div>\n" : "</div>\n");
}

static void put_only(comparison *c)
{
    int64_t n = (int64_t)put_others(c, true, true);
    if (!n) return;
    syn_page_put(c->w,
                 "<details class=\"more\"><summary>%k <span class=\"count\">%c</span></summary><ul class=\"spoilt\">\n",
                 UI_ONLY_ONE, UI_NOTES, n);
    put_others(c, true, false);
    syn_page_put(c->w, "</ul></details>\n");
}

static size_t others_of(const syn_table *table, size_t telling)
{
    size_t n = 0;
    for (size_t i = 0; i < table->n; i++)
        n += table->rows[i].differs && table->rows[i].cells[telling].fact && table->rows[i].cells[telling].value > 0;
    return n;
}

/* A difference far to the side would not be seen. */
static void order_columns(comparison *c)
{
    size_t differing[SYN_MAX_TELLINGS];
    for (size_t i = 0; i < c->page->n && i < SYN_MAX_TELLINGS; i++) {
        size_t n = others_of(&c->page->table, i), at = i;
        for (; at > 0 && differing[at - 1] < n; at--)
            differing[at] = differing[at - 1], c->order[at] = c->order[at - 1];
        differing[at] = n, c->order[at] = i;
    }
}

void syn_page_comparison(const syn_page_out *w, const syn_compared *page)
{
    comparison c = {.w = w, .page = page, .number = page->n ? page->told[0].row.article : 0};
    for (size_t i = 0; i < page->n && i < SYN_MAX_TELLINGS; i++) c.tellings[i] = &page->told[i].ready;
    syn_page_put(w, "<section class=\"comparison\" aria-labelledby=\"compare%i\"><h2 id=\"compare%i\">%k</h2>\n",
                 c.number, c.number, UI_COMPARE_TITLE);
    if (page->n < 2) {
        syn_page_put(w, "<p class=\"note\">%k</p>\n", UI_ONE_TELLING);
    } else {
        order_columns(&c);
        put_differing(&c);
        put_agreeing(&c);
        put_only(&c);
    }
    syn_page_put(w, "</section>\n");
}
