/* record.c - stage 8: the record of a topic: a line of time whose entries open the sentences they rest on, series drawn
   (record_series.c), and who and where in every spelling. */
#include "internal.h"

enum { SHOWN_PARTIES = 4, SHOWN_EVIDENCE = 60, OPEN_PEOPLE = 24, OPEN_PLACES = 24 };

static const int kind_keys[SYN_ENTRY_KINDS] = {
    [SYN_CUE_VISIT] = UI_ENTRY_VISIT,
    [SYN_CUE_MEETING] = UI_ENTRY_MEETING,
    [SYN_CUE_TALKS] = UI_ENTRY_TALKS,
    [SYN_CUE_SIGNING] = UI_ENTRY_SIGNING,
    [SYN_CUE_AGREEMENT] = UI_ENTRY_AGREEMENT,
    [SYN_CUE_PLAN] = UI_ENTRY_PLAN,
    [SYN_CUE_TARGET] = UI_ENTRY_TARGET,
    [SYN_CUE_ANNIVERSARY] = UI_ENTRY_ANNIVERSARY,
    [SYN_CUE_APPOINTMENT] = UI_ENTRY_APPOINTMENT,
    [SYN_CUE_AWARD] = UI_ENTRY_AWARD,
    [SYN_CUE_PROJECT] = UI_ENTRY_PROJECT,
    [SYN_CUE_OPENING] = UI_ENTRY_OPENING,
    [SYN_CUE_SESSION] = UI_ENTRY_SESSION,
    [SYN_CUE_ELECTION] = UI_ENTRY_ELECTION,
    [SYN_CUE_VERDICT] = UI_ENTRY_VERDICT,
    [SYN_ENTRY_FIGURE] = UI_ENTRY_FIGURE,
    [SYN_ENTRY_AHEAD] = UI_ENTRY_AHEAD,
};
static const int measure_keys[SYN_CUES] = {
    [SYN_CUE_DOCUMENT] = UI_MEASURE_DOCUMENT,
    [SYN_CUE_COST] = UI_MEASURE_COST,
    [SYN_CUE_DONE] = UI_MEASURE_DONE,
    [SYN_CUE_TRADE] = UI_MEASURE_TRADE,
    [SYN_CUE_EXPORT] = UI_MEASURE_EXPORT,
    [SYN_CUE_IMPORT] = UI_MEASURE_IMPORT,
    [SYN_CUE_INVESTMENT] = UI_MEASURE_INVESTMENT,
    [SYN_CUE_AID] = UI_MEASURE_AID,
    [SYN_CUE_TOURISM] = UI_MEASURE_TOURISM,
    [SYN_CUE_OUTPUT] = UI_MEASURE_OUTPUT,
};

const char *syn_view_measure(const syn_view *v, uint8_t measure)
{
    int key = measure < SYN_CUES ? measure_keys[measure] : 0;
    return key ? syn_view_text(v, key) : "";
}

/* A text with {v} in it, filled with what is escaped already. */
void syn_view_form(const syn_view *v, syn_buf *out, int key, syn_str value)
{
    syn_str form = syn_str_of(syn_view_text(v, key));
    size_t hole = syn_find(form, SYN_STR("{v}"), 0);
    syn_view_escape(out, syn_slice(form, 0, hole));
    if (hole == SIZE_MAX) return;
    syn_buf_add(out, value);
    syn_view_escape(out, syn_slice(form, hole + 3, form.n));
}

void syn_view_entry_kind(const syn_view *v, syn_buf *out, const syn_record_entry *e)
{
    int key = e->kind < SYN_ENTRY_KINDS && kind_keys[e->kind] ? kind_keys[e->kind] : UI_ENTRY_AHEAD;
    syn_buf_z(out, syn_view_text(v, key));
}

static syn_str language_of(syn_str tag)
{
    return syn_slice(tag, 0, syn_find_byte(tag, '-', 0));
}

const syn_spelling *syn_view_spelling(const syn_view *v, const syn_party *p)
{
    static const char *const others[] = {"en"};
    for (size_t k = 0; k <= SYN_COUNT(others); k++)
        for (size_t i = 0; i < p->n; i++) {
            const char *wanted = k ? others[k - 1] : syn_view_tag(v);
            if (syn_str_eq(language_of(p->spellings[i].lang), language_of(syn_str_of(wanted)))) return &p->spellings[i];
        }
    return &p->spellings[0];
}

/* ---- one entry ---- */

void syn_view_entry_period(const syn_view *v, syn_buf *out, const syn_record_entry *e)
{
    syn_buf day = {.max = 1 << 12};
    syn_fact f = {.kind = SYN_FACT_DATERANGE, .from = e->from, .to = e->to};
    bool reported = e->flags & SYN_ENTRY_REPORTED, open = e->flags & SYN_ENTRY_OPEN;
    syn_view_value(v, &day, &f);
    if (reported || open)
        syn_view_form(v, out, open ? UI_BY_VALUE : UI_REPORTED_VALUE, syn_buf_str(&day));
    else
        syn_buf_add(out, syn_buf_str(&day));
    if (day.failed) out->failed = true;
    syn_buf_free(&day);
}

static void put_value(const syn_page_out *w, const syn_record_entry *e)
{
    syn_page_put(w, " <strong class=\"sum\"><bdi>");
    syn_view_compact(w->view, w->out, e->value, e->currency, e->unit);
    syn_page_put(w, "</bdi></strong>");
}

static void put_rank(const syn_page_out *w, uint32_t ordinal)
{
    syn_buf n = {.max = 64};
    syn_view_count(w->view, &n, ordinal);
    syn_page_put(w, " <strong class=\"sum\">");
    syn_view_form(w->view, w->out, UI_RANK_VALUE, syn_buf_str(&n));
    syn_page_put(w, "</strong>");
    syn_buf_free(&n);
}

static void put_change(const syn_page_out *w, const syn_record_entry *e)
{
    syn_buf b = {.max = 256};
    syn_fact f = {.kind = SYN_FACT_PERCENT, .value = e->change < 0 ? -e->change : e->change};
    syn_buf_z(&b, e->change < 0 ? "\xE2\x88\x92" : "+");
    syn_view_value(w->view, &b, &f);
    syn_page_put(w, " <span class=\"moved\"><bdi>");
    syn_view_form(w->view, w->out, UI_CHANGE_VALUE, syn_buf_str(&b));
    syn_page_put(w, "</bdi></span>");
    syn_buf_free(&b);
}

static bool readable(const syn_page_out *w, syn_str lang)
{
    const syn_lexicon *lex = syn_view_lexicon(w->view);
    syn_lang a = syn_lexicon_lang(lex, lang), b = syn_lexicon_lang(lex, syn_str_of(syn_view_tag(w->view)));
    if (a == SYN_LANG_UNKNOWN || b == SYN_LANG_UNKNOWN) return false;
    return syn_lexicon_info(lex, a)->script == syn_lexicon_info(lex, b)->script;
}

/* Persons first; those that stand in no script of the reader's only where nobody else does. */
static void put_parties(const syn_page_out *w, const syn_record *r, const syn_record_entry *e)
{
    size_t shown = 0;
    if (e->kind == SYN_ENTRY_FIGURE || e->kind == SYN_CUE_TARGET) return; /* who is named there is who said it */
    for (int pass = 0; pass < 4 && !(pass == 2 && shown); pass++)
        for (size_t i = 0; i < e->nparties && shown < SHOWN_PARTIES; i++) {
            const syn_party *p = &r->parties[e->parties[i]];
            if (!p->n || (p->kind == SYN_PARTY_PERSON) != (pass % 2 == 0)) continue;
            const syn_spelling *s = syn_view_spelling(w->view, p);
            if (readable(w, s->lang) != (pass < 2)) continue;
            syn_page_put(w, shown++ ? ", <bdi%l>%t</bdi>" : " <span class=\"parties\"><bdi%l>%t</bdi>", s->lang,
                         s->name);
        }
    if (shown) syn_page_put(w, "</span>");
}

/* Values that contradict each other, each with its voices. */
static void put_conflict(const syn_page_out *w, const syn_record_entry *e)
{
    if (e->nvalues < 2) return;
    syn_page_put(w, " <span class=\"clash\"><strong>%k</strong>", UI_DIFFERS_FIGURE);
    for (size_t i = 0; i < e->nvalues; i++) {
        syn_page_put(w, i ? " <span class=\"other\"><bdi class=\"value\">" : " <span><bdi class=\"value\">");
        syn_view_compact(w->view, w->out, e->values[i].value, e->currency, e->unit);
        syn_page_put(w, "</bdi>: <span class=\"count\">%c</span></span>", UI_VOICES, (int64_t)e->values[i].voices);
    }
    syn_page_put(w, "</span>");
}

static void put_evidence(const syn_page_out *w, const syn_record_page *page, const syn_record_entry *e)
{
    const syn_record *r = page->record;
    for (size_t i = 0; i < e->nevidence && i < SHOWN_EVIDENCE; i++) {
        const syn_evidence *v = &e->evidence[i];
        const syn_recorded *t = &r->tellings[v->telling];
        bool again = i && e->evidence[i - 1].telling == v->telling;
        if (!again) {
            if (i) syn_page_put(w, "</div>");
            syn_page_put(w, "<div class=\"evidence\"><p class=\"by\">");
            if (page->articles)
                syn_page_put(w, "<a class=\"by\" href=\"/article/%i%a\">", page->articles[v->telling], '?');
            syn_page_outlet(w, t->outlet);
            syn_page_put(w, " ");
            syn_page_language(w, t->telling.lang);
            syn_page_put(w, page->articles ? "</a></p>" : "</p>");
        }
        syn_str src = t->telling.text->src;
        syn_span at = v->at, s = v->sentence;
        if (at.start < s.start || at.end > s.end) at = (syn_span){s.start, s.start};
        syn_page_put(w,
                     v->value != SYN_NO_VALUE && v->value > 0
                         ? "<blockquote class=\"other\"%l>%t<mark>%t</mark>%t</blockquote>"
                         : "<blockquote%l>%t<mark>%t</mark>%t</blockquote>",
                     t->telling.lang, syn_slice(src, s.start, at.start), syn_slice(src, at.start, at.end),
                     syn_slice(src, at.end, s.end));
    }
    if (e->nevidence) syn_page_put(w, "</div>");
}

static void put_entry(const syn_page_out *w, const syn_record_page *page, const syn_record_entry *e)
{
    syn_buf kind = {.max = 1 << 12};
    const char *measure = syn_view_measure(w->view, e->measure);
    if (e->kind == SYN_ENTRY_FIGURE && measure[0]) { /* "Trade $1.2B" says more than "Figure" */
        syn_buf_z(&kind, measure);
        measure = "";
    } else
        syn_view_entry_kind(w->view, &kind, e);
    syn_page_put(w, "<li class=\"entry\"><details><summary><span class=\"when\">");
    if (e->from != SYN_NO_DAY) syn_view_entry_period(w->view, w->out, e);
    syn_page_put(w, "</span> <span class=\"what\"><span class=\"kind\">%t</span>", syn_buf_str(&kind));
    if (e->ordinal) put_rank(w, e->ordinal);
    if (e->flags & SYN_ENTRY_VALUE) put_value(w, e);
    if (measure[0]) syn_page_put(w, " <span class=\"of\">%z</span>", measure);
    if (e->flags & SYN_ENTRY_CHANGE) put_change(w, e);
    put_conflict(w, e);
    put_parties(w, page->record, e);
    syn_page_put(w, "</span> <span class=\"count\">%c</span></summary>", UI_VOICES, (int64_t)e->voices);
    put_evidence(w, page, e);
    syn_page_put(w, "</details></li>\n");
    syn_buf_free(&kind);
}

/* ---- the line of time ---- */

static int year_of(const syn_record_entry *e)
{
    int y, m, d;
    if (e->from == SYN_NO_DAY) return INT32_MIN;
    syn_day_civil(e->flags & SYN_ENTRY_OPEN ? e->to - 1 : e->from, &y, &m, &d);
    return y;
}

static bool is_ahead(const syn_record_entry *e, syn_day now)
{
    return e->from != SYN_NO_DAY && now != SYN_NO_DAY && (e->flags & SYN_ENTRY_OPEN ? e->to - 1 > now : e->from > now);
}

/* Entries of a year under its heading; those to come after all others. */
static void put_line(const syn_page_out *w, const syn_record_page *page, syn_day now, bool ahead)
{
    const syn_record *r = page->record;
    int year = INT32_MAX;
    bool any = false;
    for (size_t i = 0; i < r->n; i++) {
        const syn_record_entry *e = &r->entries[i];
        if (is_ahead(e, now) != ahead) continue;
        if (ahead && !any) syn_page_put(w, "<h3 class=\"ahead\">%k</h3>\n", UI_RECORD_AHEAD);
        if (year_of(e) != year) {
            if (any) syn_page_put(w, "</ol></div>\n");
            year = year_of(e);
            syn_page_put(w, ahead ? "<div class=\"year\"><h4>" : "<div class=\"year\"><h3>");
            if (year == INT32_MIN)
                syn_page_put(w, "%k", UI_RECORD_UNDATED);
            else {
                syn_fact f = {
                    .kind = SYN_FACT_DATERANGE, .from = syn_day_of(year, 1, 1), .to = syn_day_of(year + 1, 1, 1)};
                syn_view_value(w->view, w->out, &f);
            }
            syn_page_put(w, ahead ? "</h4><ol class=\"line\">\n" : "</h3><ol class=\"line\">\n");
        }
        any = true;
        put_entry(w, page, e);
    }
    if (any) syn_page_put(w, "</ol></div>\n");
}

/* ---- who and where ---- */

static size_t put_party_list(const syn_page_out *w, const syn_record *r, syn_party_kind kind, int heading, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < r->nparties && n < most; i++) {
        const syn_party *p = &r->parties[i];
        if (p->kind != kind || !p->n) continue;
        if (!n++) syn_page_put(w, "<h3>%k</h3><ul class=\"spellings\">\n", heading);
        const syn_spelling *own = syn_view_spelling(w->view, p);
        syn_page_put(w, "<li><span class=\"spelling own\"><bdi%l>%t</bdi></span>", own->lang, own->name);
        for (size_t k = 0; k < p->n; k++) {
            const syn_spelling *s = &p->spellings[k];
            bool seen = s == own || syn_str_eq(s->name, own->name);
            for (size_t j = 0; j < k && !seen; j++) seen = syn_str_eq(p->spellings[j].name, s->name);
            if (seen) continue;
            syn_page_put(w, " <span class=\"spelling\"><bdi%l>%t</bdi> ", s->lang, s->name);
            syn_page_language(w, s->lang);
            syn_page_put(w, "</span>");
        }
        syn_page_put(w, "</li>\n");
    }
    if (n) syn_page_put(w, "</ul>\n");
    return n;
}

void syn_page_record_line(const syn_page_out *w, const syn_record_page *page, bool titled)
{
    const syn_record *r = page->record;
    syn_day now = page->now != SYN_NO_DAY ? page->now : r->latest;
    syn_page_put(w, "<section class=\"timeline\" aria-labelledby=\"record\"><h2 id=\"record\" class=\"%z\">%k</h2>\n",
                 titled ? "unseen" : "shown", UI_RECORD_TITLE);
    if (!titled) syn_page_put(w, "<p class=\"intro\">%k</p>\n", UI_RECORD_INTRO);
    if (!r->n) syn_page_put(w, "<p class=\"note\">%k</p>\n", UI_RECORD_EMPTY);
    put_line(w, page, now, false);
    put_line(w, page, now, true);
    syn_page_put(w, "</section>\n");
}

void syn_page_record_series(const syn_page_out *w, const syn_record *r)
{
    if (!r->nseries) return;
    syn_page_put(w, "<section class=\"series\" aria-labelledby=\"series\"><h2 id=\"series\">%k</h2>\n",
                 UI_SERIES_TITLE);
    for (size_t i = 0; i < r->nseries; i++) syn_page_series(w, r, &r->series[i], i);
    syn_page_put(w, "</section>\n");
}

void syn_page_record_cast(const syn_page_out *w, const syn_record *r)
{
    if (!r->nparties) return;
    syn_page_put(w,
                 "<section class=\"cast\" aria-labelledby=\"cast\"><h2 id=\"cast\">%k</h2><p class=\"intro\">%k</p>\n",
                 UI_NAMES_TITLE, UI_NAMES_INTRO);
    put_party_list(w, r, SYN_PARTY_PERSON, UI_PEOPLE_TITLE, OPEN_PEOPLE);
    put_party_list(w, r, SYN_PARTY_PLACE, UI_PLACES_TITLE, OPEN_PLACES);
    put_party_list(w, r, SYN_PARTY_BODY, UI_BODIES_TITLE, OPEN_PLACES);
    syn_page_put(w, "</section>\n");
}

static void put_body(const syn_page_out *w, const syn_record_page *page)
{
    syn_page_record_line(w, page, true);
    syn_page_record_series(w, page->record);
    syn_page_record_cast(w, page->record);
}

static void put_head(const syn_page_out *w, const syn_record_page *page)
{
    syn_page_put(w, "<header class=\"head\">");
    if (page->title.n && page->home.n)
        syn_page_put(w, "<p class=\"kicker\"><a href=\"%t%a\"%l>%t</a></p>", page->home, '?', page->lang, page->title);
    else if (page->title.n)
        syn_page_put(w, "<p class=\"kicker\"%l>%t</p>", page->lang, page->title);
    syn_page_put(w, "<h1>%k</h1><p class=\"intro\">%k</p><p class=\"told\"><span>%c</span></p></header>\n",
                 UI_RECORD_TITLE, UI_RECORD_INTRO, UI_TELLINGS, (int64_t)page->record->ntellings);
}

void syn_page_exports(const syn_page_out *w, syn_str path, bool calendar)
{
    if (!path.n) return;
    syn_page_put(
        w, "<p class=\"links exports\"><span>%k</span> <a href=\"%t.html%a\">%k</a> <a href=\"%t.csv%a\">CSV</a> ",
        UI_EXPORTS, path, '?', UI_PRINTABLE, path, '?');
    if (calendar) syn_page_put(w, "<a href=\"%t.ics%a\">%k</a> ", path, '?', UI_CALENDAR);
    syn_page_put(w, "<a href=\"%t.json%a\">JSON</a></p>\n", path, '?');
}

void syn_view_record(const syn_frame *f, const syn_record_page *page, syn_buf *out)
{
    syn_page_out w = {out, f, f->view};
    syn_page_begin(&w, page->title, UI_STORIES);
    put_head(&w, page);
    put_body(&w, page);
    syn_page_exports(&w, page->exports, true);
    syn_page_end(&w);
}

void syn_page_alone_begin(const syn_page_out *w, syn_str title)
{
    syn_page_put(w,
                 "<!doctype html>\n<html%l><head><meta charset=\"utf-8\"><title>%t</title>"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                 "<meta name=\"color-scheme\" content=\"light dark\"><style>\n",
                 syn_str_of(syn_view_tag(w->view)), title);
    syn_buf_add(w->out, syn_view_style());
    syn_page_put(w, "</style></head>\n<body class=\"alone\"><main>\n");
}

void syn_page_alone_end(const syn_page_out *w)
{
    syn_page_put(w, "</main></body></html>\n");
}

void syn_view_record_alone(const syn_view *v, const syn_record_page *page, syn_buf *out)
{
    syn_frame frame = {0};
    syn_page_out w = {out, &frame, v};
    syn_record_page bare = *page;
    bare.home = bare.exports = (syn_str){"", 0};
    bare.articles = NULL;
    syn_page_alone_begin(&w, page->title.n ? page->title : syn_str_of(syn_view_text(v, UI_RECORD_TITLE)));
    put_head(&w, &bare);
    put_body(&w, &bare);
    syn_page_alone_end(&w);
}
