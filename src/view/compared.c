/* compared.c - stage 8: tellings compared, to be kept: as JSON, as a table (RFC 4180) and as a page of its own. */
#include "internal.h"

syn_compared syn_view_compared_of(const syn_story_page *page)
{
    return (syn_compared){
        .id = page->n ? page->told[0].row.story_id : (syn_str){NULL, 0},
        .told = page->told,
        .n = page->table.ntellings,
        .table = page->table,
        .pair = false,
    };
}

typedef struct writing {
    const syn_compared *c;
    const syn_telling *tellings[SYN_MAX_TELLINGS];
    size_t ui;
    syn_jsonw json;
    syn_buf *out;
} writing;

static void begin(writing *w, size_t ui, const syn_compared *c, syn_buf *out)
{
    *w = (writing){.c = c, .ui = ui, .json = {.out = out}, .out = out};
    for (size_t i = 0; i < c->n; i++) w->tellings[i] = &c->told[i].ready;
}

static syn_str sentence_of(const syn_text *text, const syn_fact *f)
{
    if (f->sentence >= text->nsentences) return (syn_str){"", 0};
    syn_span whole = text->sentences[f->sentence];
    return syn_slice(text->src, whole.start, whole.end);
}

/* An ISO day, or a period "from/to" with its first and last day. */
static void put_days(syn_buf *out, const syn_fact *f)
{
    char from[16], to[16];
    syn_view_iso_day(f->from, from);
    syn_view_iso_day(f->to == SYN_NO_DAY ? SYN_NO_DAY : f->to - 1, to);
    syn_buf_z(out, from);
    if (f->to == SYN_NO_DAY || f->to > f->from + 1) syn_buf_c(out, '/'), syn_buf_z(out, to);
}

static bool dated(const syn_fact *f)
{
    return f->kind > SYN_FACT_MONEY && f->kind <= SYN_FACT_DATERANGE && f->from != SYN_NO_DAY;
}

/* ---- JSON ---- */

/* Where, what is printed there, and its value: a number, days, or the words themselves. */
static void put_saying(syn_jsonw *w, const syn_telling *t, const syn_saying *said)
{
    const syn_fact *f = said->fact;
    syn_str printed = syn_slice(t->text->src, said->span.start, said->span.end);
    syn_view_json_int(w, "start", said->span.start);
    syn_view_json_int(w, "end", said->span.end);
    syn_jw_field(w, "text", printed);
    if (f) syn_jw_field(w, "kind", syn_str_of(syn_fact_kind_names[f->kind]));
    syn_jw_key(w, "value");
    if (f && f->kind <= SYN_FACT_MONEY) {
        syn_jw_double(w, f->value);
        if (f->kind == SYN_FACT_MONEY) syn_jw_field(w, "currency", syn_str_of(f->currency));
    } else if (f && dated(f)) {
        syn_buf days = {.max = 64};
        put_days(&days, f);
        syn_jw_str(w, syn_buf_str(&days));
        syn_buf_free(&days);
    } else {
        syn_jw_str(w, f && f->name.n ? f->name : printed);
    }
}

static void put_side(writing *w, const char *key, uint32_t telling, const syn_saying *said)
{
    syn_jsonw *j = &w->json;
    syn_jw_key(j, key);
    if (said->span.end <= said->span.start) {
        syn_jw_null(j);
        return;
    }
    syn_jw_open(j, '{');
    if (!w->c->pair) syn_jw_field(j, "article", w->tellings[telling]->id);
    put_saying(j, w->tellings[telling], said);
    syn_jw_close(j, '}');
}

static void put_difference(writing *w, const syn_difference *d)
{
    syn_buf why = {.max = 1 << 16};
    syn_jsonw *j = &w->json;
    syn_jw_open(j, '{');
    syn_jw_field(j, "kind", syn_str_of(syn_difference_names[d->kind]));
    syn_jw_field(j, "field", SYN_STR("text"));
    syn_view_json_int(j, "severity", d->severity);
    syn_view_why(w->ui, &why, d, w->tellings, NULL);
    syn_jw_field(j, "why", syn_buf_str(&why));
    if (why.failed) w->out->failed = true;
    syn_buf_free(&why);
    put_side(w, "a", d->in_a, &d->a);
    put_side(w, "b", d->in_b, &d->b);
    syn_jw_close(j, '}');
}

/* Conflicts as "differences"; what is but to be noted as "notes", where there is anything. */
static void put_differences(writing *w)
{
    static const char *const keys[] = {"differences", "notes"};
    const syn_table *t = &w->c->table;
    size_t conflicts = 0;
    for (size_t i = 0; i < t->ndifferences; i++) conflicts += t->differences[i].severity >= SYN_CONFLICTS;
    for (int notes = 0; notes < (conflicts < t->ndifferences ? 2 : 1); notes++) {
        syn_jw_key(&w->json, keys[notes]);
        syn_jw_open(&w->json, '[');
        for (size_t i = 0; i < t->ndifferences; i++)
            if ((t->differences[i].severity < SYN_CONFLICTS) == notes) put_difference(w, &t->differences[i]);
        syn_jw_close(&w->json, ']');
    }
}

static void put_fact(writing *w, const syn_row *row)
{
    syn_jsonw *j = &w->json;
    syn_jw_open(j, '{');
    syn_jw_field(j, "kind", syn_str_of(syn_fact_kind_names[row->kind]));
    syn_jw_field(j, "label", row->label);
    if (row->label.n) syn_jw_field(j, "label_lang", w->tellings[row->told]->lang);
    syn_jw_key(j, "differs");
    syn_jw_bool(j, row->differs);
    if (row->differs && row->severity) syn_jw_field(j, "difference", syn_str_of(syn_difference_names[row->difference]));
    syn_jw_key(j, "said");
    syn_jw_open(j, '[');
    for (size_t i = 0; i < w->c->n; i++) {
        const syn_fact *f = row->cells[i].fact;
        const syn_telling *t = w->tellings[i];
        if (!f) continue;
        syn_jw_open(j, '{');
        syn_jw_field(j, "article", t->id);
        syn_jw_field(j, "lang", t->lang);
        put_saying(j, t, &(syn_saying){f->span, f});
        syn_view_json_int(j, "group", row->cells[i].value);
        syn_str sentence = sentence_of(t->text, f);
        if (sentence.n) syn_jw_field(j, "sentence", sentence);
        syn_jw_close(j, '}');
    }
    syn_jw_close(j, ']');
    syn_jw_close(j, '}');
}

void syn_view_compared_json(size_t ui, const syn_compared *c, syn_buf *out)
{
    writing w;
    begin(&w, ui, c, out);
    syn_jw_open(&w.json, '{');
    syn_jw_field(&w.json, "id", c->id);
    if (!c->pair) {
        syn_jw_key(&w.json, "facts");
        syn_jw_open(&w.json, '[');
        for (size_t i = 0; i < c->table.n; i++) put_fact(&w, &c->table.rows[i]);
        syn_jw_close(&w.json, ']');
    }
    put_differences(&w);
    syn_jw_close(&w.json, '}');
}

/* ---- a table ---- */

static void put_value(syn_buf *out, const syn_fact *f)
{
    syn_jsonw number = {.out = out};
    if (f && f->kind <= SYN_FACT_MONEY)
        syn_jw_double(&number, f->value);
    else if (f && dated(f))
        put_days(out, f);
    syn_buf_c(out, ',');
    if (f && f->kind == SYN_FACT_MONEY)
        syn_buf_z(out, f->currency);
    else if (f)
        syn_buf_z(out, f->unit);
}

/* One telling's part of row number: what it says, why that differs, where it stands. */
static void put_cells(const writing *w, size_t number, const char *kind, syn_str label, const syn_difference *d,
                      uint32_t group, uint32_t telling, const syn_saying *said)
{
    char iso[40] = "";
    const syn_article *a = &w->c->told[telling].row.a;
    const syn_telling *t = w->tellings[telling];
    syn_buf why = {.max = 1 << 16};
    if (d) syn_view_why(w->ui, &why, d, w->tellings, NULL);
    if (syn_time_known(a->published)) syn_time_format(a->published, iso);
    syn_view_csv_cells(w->out, &w->c->id, 1);
    syn_buf_format(w->out, ",%zu,%s,", number, kind);
    syn_view_csv_cells(w->out, &label, 1);
    syn_buf_format(w->out, ",%s,", d ? syn_difference_names[d->kind] : "");
    if (d) syn_buf_format(w->out, "%u", (unsigned)d->severity);
    syn_buf_format(w->out, ",%u,", (unsigned)group + 1);
    put_value(w->out, said->fact);
    syn_buf_c(w->out, ',');
    syn_str cells[] = {
        syn_slice(t->text->src, said->span.start, said->span.end),
        a->outlet,
        t->lang,
        t->id,
        syn_str_of(iso),
        a->url,
        said->fact ? sentence_of(t->text, said->fact) : (syn_str){"", 0},
        syn_buf_str(&why),
    };
    syn_view_csv_row(w->out, cells, SYN_COUNT(cells));
    if (why.failed) w->out->failed = true;
    syn_buf_free(&why);
}

/* The difference that a cell has a part in: the commonest value is held against each other one. */
static const syn_difference *of_cell(const writing *w, const syn_row *row, size_t i)
{
    const syn_table *t = &w->c->table;
    for (size_t k = 0; row->differs && k < t->ndifferences; k++) {
        const syn_difference *d = &t->differences[k];
        if (!syn_view_of_row(d, row)) continue;
        uint32_t value = row->cells[i].value;
        if (row->cells[d->in_a].value == value || row->cells[d->in_b].value == value) return d;
    }
    return NULL;
}

void syn_view_compared_csv_head(syn_buf *out)
{
    syn_buf_z(out,
              "id,row,kind,label,difference,severity,group,value,unit,said,outlet,lang,article,published,url,sentence,"
              "why\r\n");
}

void syn_view_compared_csv(size_t ui, const syn_compared *c, syn_buf *out)
{
    writing w;
    size_t number = 0;
    begin(&w, ui, c, out);
    for (size_t i = 0; i < c->table.n; i++) {
        const syn_row *row = &c->table.rows[i];
        number++;
        for (size_t k = 0; k < c->n; k++) {
            const syn_fact *f = row->cells[k].fact;
            if (!f) continue;
            put_cells(&w, number, syn_fact_kind_names[row->kind], row->label, of_cell(&w, row, k), row->cells[k].value,
                      (uint32_t)k, &(syn_saying){f->span, f});
        }
    }
    for (size_t i = 0; i < c->table.ndifferences; i++) {
        const syn_difference *d = &c->table.differences[i];
        const syn_saying *sides[] = {&d->a, &d->b};
        if (syn_view_of_rows(d, &c->table)) continue;
        number++;
        for (uint32_t k = 0; k < 2; k++) {
            const char *kind = sides[k]->fact ? syn_fact_kind_names[sides[k]->fact->kind] : "";
            if (sides[k]->span.end > sides[k]->span.start)
                put_cells(&w, number, kind, (syn_str){"", 0}, d, k, k ? d->in_b : d->in_a, sides[k]);
        }
    }
}

/* ---- a page of its own ---- */

static const syn_frame no_frame;

void syn_view_alone_begin(const syn_view *v, syn_str title, syn_buf *out)
{
    syn_page_out w = {out, &no_frame, v};
    syn_page_alone_begin(&w, title.n ? title : syn_str_of(syn_view_text(v, UI_COMPARE_TITLE)));
}

void syn_view_alone_end(const syn_view *v, syn_buf *out)
{
    syn_page_out w = {out, &no_frame, v};
    syn_page_alone_end(&w);
}

static void put_telling(const syn_page_out *w, const syn_told *t)
{
    const syn_article *a = &t->row.a;
    syn_page_put(w, "<li id=\"t%i\"><p class=\"from\">", t->row.article);
    syn_page_outlet(w, a->outlet);
    syn_page_put(w, " ");
    syn_page_language(w, a->lang);
    syn_page_put(w, " ");
    syn_page_time(w, &t->row);
    syn_page_put(w, "</p>");
    if (a->title.n) syn_page_put(w, "<p%l>%t</p>", a->lang, a->title);
    if (a->url.n) syn_page_put(w, "<p class=\"meta\" dir=\"ltr\">%t</p>", a->url);
    syn_page_put(w, "</li>\n");
}

void syn_view_compared(const syn_view *v, const syn_compared *c, syn_buf *out)
{
    syn_page_out w = {out, &no_frame, v};
    syn_str title = c->n ? c->told[0].row.a.title : (syn_str){"", 0};
    syn_page_put(&w, "<header class=\"head\">");
    if (title.n)
        syn_page_put(&w, "<h1%l>%t</h1>", c->told[0].row.a.lang, title);
    else
        syn_page_put(&w, "<h1>%k</h1>", UI_UNTITLED);
    syn_page_put(&w, "<p class=\"told\"><span>%c</span></p></header>\n", UI_TELLINGS, (int64_t)c->n);
    syn_page_comparison(&w, c);
    syn_page_put(&w, "<section><h2>%k</h2><ol class=\"told-by\">\n", UI_TELLINGS_TITLE);
    for (size_t i = 0; i < c->n; i++) put_telling(&w, &c->told[i]);
    syn_page_put(&w, "</ol></section>\n");
}
