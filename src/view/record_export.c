/* record_export.c - stage 8: a topic's record as lines of JSON, as a table (RFC 4180) and as a calendar of what is to
   come (RFC 5545). */
#include "internal.h"

enum { FOLD = 75 /* octets of a calendar's line */, SUMMARY_PARTIES = 3 };

void syn_view_iso_day(syn_day day, char out[16])
{
    int y, m, d;
    syn_buf b = {.max = 15};
    if (day != SYN_NO_DAY) {
        syn_day_civil(day, &y, &m, &d);
        syn_buf_format(&b, "%04d-%02d-%02d", y, m, d);
    }
    memcpy(out, b.p ? b.p : "", b.n);
    out[b.n] = 0;
    syn_buf_free(&b);
}

bool syn_view_entry_dated(const syn_record_entry *e)
{
    return e->from != SYN_NO_DAY && e->to == e->from + 1 && !(e->flags & SYN_ENTRY_REPORTED);
}

/* ---- JSON ---- */

static void put_day(syn_jsonw *w, const char *key, syn_day day)
{
    char iso[16];
    syn_view_iso_day(day, iso);
    syn_jw_field(w, key, syn_str_of(iso));
}

static void put_when(syn_jsonw *w, const syn_record_entry *e)
{
    if (e->from == SYN_NO_DAY) return;
    if (e->flags & SYN_ENTRY_REPORTED)
        put_day(w, "reported", e->from);
    else if (syn_view_entry_dated(e))
        put_day(w, "date", e->from);
    else {
        if (!(e->flags & SYN_ENTRY_OPEN)) put_day(w, "from", e->from);
        put_day(w, "to", e->to);
    }
}

static void put_party(syn_jsonw *w, const syn_party *p)
{
    syn_jw_field(w, "kind", syn_str_of(syn_party_kind_names[p->kind]));
    syn_jw_key(w, "names");
    syn_jw_open(w, '[');
    for (size_t i = 0; i < p->n; i++) {
        syn_jw_open(w, '{');
        syn_jw_field(w, "name", p->spellings[i].name);
        syn_jw_field(w, "lang", p->spellings[i].lang);
        syn_jw_close(w, '}');
    }
    syn_jw_close(w, ']');
}

static void put_int(syn_jsonw *w, const char *key, int64_t v)
{
    syn_jw_key(w, key);
    syn_jw_int(w, v);
}

/* The values that contradict each other. */
static void put_values(syn_jsonw *w, const syn_record_entry *e)
{
    if (e->nvalues < 2) return;
    syn_jw_key(w, "values");
    syn_jw_open(w, '[');
    for (size_t i = 0; i < e->nvalues; i++) {
        syn_jw_open(w, '{');
        syn_jw_key(w, "value");
        syn_jw_double(w, e->values[i].value);
        put_int(w, "voices", e->values[i].voices);
        put_int(w, "tellings", e->values[i].tellings);
        syn_jw_close(w, '}');
    }
    syn_jw_close(w, ']');
}

static void put_sentences(syn_jsonw *w, const syn_record *r, const syn_record_entry *e)
{
    syn_jw_key(w, "sentences");
    syn_jw_open(w, '[');
    for (size_t i = 0; i < e->nevidence; i++) {
        const syn_evidence *v = &e->evidence[i];
        const syn_telling *t = &r->tellings[v->telling].telling;
        syn_jw_open(w, '{');
        syn_jw_field(w, "id", t->id);
        syn_jw_field(w, "lang", t->lang);
        put_int(w, "start", v->sentence.start);
        put_int(w, "end", v->sentence.end);
        if (e->nvalues > 1 && v->value < e->nvalues) {
            syn_jw_key(w, "value");
            syn_jw_double(w, e->values[v->value].value);
        }
        syn_jw_field(w, "text", syn_slice(t->text->src, v->sentence.start, v->sentence.end));
        syn_jw_close(w, '}');
    }
    syn_jw_close(w, ']');
}

void syn_view_entry_json(const syn_record *r, size_t i, syn_buf *out)
{
    const syn_record_entry *e = &r->entries[i];
    syn_jsonw w = {.out = out};
    syn_jw_open(&w, '{');
    syn_jw_field(&w, "record", SYN_STR("entry"));
    syn_jw_field(&w, "kind", syn_str_of(syn_entry_kind_name(e->kind)));
    put_when(&w, e);
    if (e->ordinal) put_int(&w, "ordinal", e->ordinal);
    if (e->flags & SYN_ENTRY_VALUE) {
        syn_jw_key(&w, "value");
        syn_jw_double(&w, e->value);
        syn_jw_field(&w, "currency", syn_str_of(e->currency));
        syn_jw_field(&w, "unit", syn_str_of(e->unit));
    }
    put_values(&w, e);
    syn_jw_field(&w, "of", syn_str_of(syn_cue_names[e->measure < SYN_CUES ? e->measure : 0]));
    if (e->flags & SYN_ENTRY_CHANGE) {
        syn_jw_key(&w, "change");
        syn_jw_double(&w, e->change);
    }
    put_int(&w, "voices", e->voices);
    put_int(&w, "tellings", e->tellings);
    syn_jw_key(&w, "parties");
    syn_jw_open(&w, '[');
    for (size_t k = 0; k < e->nparties; k++) {
        syn_jw_open(&w, '{');
        put_party(&w, &r->parties[e->parties[k]]);
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    put_sentences(&w, r, e);
    syn_jw_close(&w, '}');
}

void syn_view_series_json(const syn_record *r, size_t i, syn_buf *out)
{
    const syn_series *s = &r->series[i];
    syn_jsonw w = {.out = out};
    syn_jw_open(&w, '{');
    syn_jw_field(&w, "record", SYN_STR("series"));
    syn_jw_field(&w, "of", syn_str_of(syn_cue_names[s->measure < SYN_CUES ? s->measure : 0]));
    syn_jw_field(&w, "currency", syn_str_of(s->currency));
    for (int targets = 0; targets < 2; targets++) {
        const uint32_t *list = targets ? s->targets : s->points;
        syn_jw_key(&w, targets ? "targets" : "points");
        syn_jw_open(&w, '[');
        for (size_t k = 0; k < (targets ? s->ntargets : s->npoints); k++) {
            const syn_record_entry *e = &r->entries[list[k]];
            syn_jw_open(&w, '{');
            put_when(&w, e);
            syn_jw_key(&w, "value");
            syn_jw_double(&w, e->value);
            put_values(&w, e);
            if (e->flags & SYN_ENTRY_CHANGE) {
                syn_jw_key(&w, "change");
                syn_jw_double(&w, e->change);
            }
            put_int(&w, "voices", e->voices);
            put_int(&w, "tellings", e->tellings);
            syn_jw_close(&w, '}');
        }
        syn_jw_close(&w, ']');
    }
    syn_jw_close(&w, '}');
}

void syn_view_party_json(const syn_record *r, size_t i, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    syn_jw_open(&w, '{');
    syn_jw_field(&w, "record", SYN_STR("party"));
    put_party(&w, &r->parties[i]);
    put_int(&w, "tellings", r->parties[i].tellings);
    syn_jw_close(&w, '}');
}

void syn_view_record_json(const syn_record *r, syn_buf *out)
{
    static void (*const put[])(const syn_record *, size_t, syn_buf *) = {syn_view_entry_json, syn_view_series_json,
                                                                         syn_view_party_json};
    const char *const keys[] = {"entries", "series", "parties"};
    size_t counts[] = {r->n, r->nseries, r->nparties};
    for (size_t k = 0; k < SYN_COUNT(put); k++) {
        syn_buf_format(out, "%c\"%s\":[", k ? ',' : '{', keys[k]);
        for (size_t i = 0; i < counts[k]; i++) {
            if (i) syn_buf_c(out, ',');
            put[k](r, i, out);
        }
        syn_buf_c(out, ']');
    }
    syn_buf_z(out, "}\n");
}

/* ---- a table ---- */

/* What a spreadsheet would run, in its wide form too. */
static bool formula(syn_str s)
{
    static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    size_t at = 0;
    while (at < s.n && (unsigned char)s.p[at] <= ' ') at++; /* some take the blanks before it away */
    s = syn_slice(s, at, s.n);
    for (size_t i = 0; i < SYN_COUNT(wide); i++)
        if (syn_starts(s, syn_str_of(wide[i]))) return true;
    return s.n && strchr("=+-@", s.p[0]) != NULL;
}

static void put_cell(syn_buf *out, syn_str s)
{
    syn_buf_c(out, '"');
    if (formula(s) || (s.n && strchr("\t\r", s.p[0]))) syn_buf_c(out, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') syn_buf_c(out, '"');
        syn_buf_c(out, s.p[i] == '\n' || s.p[i] == '\r' || !s.p[i] ? ' ' : s.p[i]);
    }
    syn_buf_c(out, '"');
}

void syn_view_csv_cells(syn_buf *out, const syn_str *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i) syn_buf_c(out, ',');
        put_cell(out, cells[i]);
    }
}

void syn_view_csv_row(syn_buf *out, const syn_str *cells, size_t n)
{
    syn_view_csv_cells(out, cells, n);
    syn_buf_z(out, "\r\n");
}

static void put_number_cell(syn_buf *out, bool there, double v)
{
    syn_jsonw w = {.out = out};
    if (there) syn_jw_double(&w, v);
}

static void put_row(const syn_record *r, const syn_record_entry *e, const syn_evidence *v, syn_buf *out)
{
    char from[16], to[16], published[16];
    const syn_recorded *t = &r->tellings[v->telling];
    syn_view_iso_day(e->flags & SYN_ENTRY_OPEN ? SYN_NO_DAY : e->from, from);
    syn_view_iso_day(syn_view_entry_dated(e) || e->flags & SYN_ENTRY_REPORTED ? SYN_NO_DAY : e->to, to);
    syn_view_iso_day(t->published, published);
    syn_buf_format(out, "%s,%s,%s,%s,", syn_entry_kind_name(e->kind), e->flags & SYN_ENTRY_REPORTED ? "" : from, to,
                   e->flags & SYN_ENTRY_REPORTED ? from : "");
    if (e->ordinal) syn_buf_format(out, "%u", e->ordinal);
    syn_buf_c(out, ',');
    put_number_cell(out, e->flags & SYN_ENTRY_VALUE, v->value < e->nvalues ? e->values[v->value].value : e->value);
    syn_buf_format(out, ",%s,%s,", e->currency[0] ? e->currency : e->unit,
                   syn_cue_names[e->measure < SYN_CUES ? e->measure : 0]);
    put_number_cell(out, e->flags & SYN_ENTRY_CHANGE, e->change);
    syn_buf_format(out, ",%s,%u,%u,", e->nvalues > 1 ? "conflict" : "", e->voices, e->tellings);
    syn_str cells[] = {t->outlet,     t->telling.lang,
                       t->telling.id, syn_str_of(published),
                       t->url,        syn_slice(t->telling.text->src, v->sentence.start, v->sentence.end)};
    syn_view_csv_row(out, cells, SYN_COUNT(cells));
}

void syn_view_record_csv(const syn_record *r, syn_buf *out)
{
    syn_buf_z(out, "kind,from,to,reported,ordinal,value,unit,of,change,values,voices,tellings,outlet,lang,id,published,"
                   "url,sentence"
                   "\r\n");
    for (size_t i = 0; i < r->n; i++) {
        const syn_record_entry *e = &r->entries[i];
        for (size_t k = 0; k < e->nevidence; k++)
            if (!k || e->evidence[k].telling != e->evidence[k - 1].telling) put_row(r, e, &e->evidence[k], out);
    }
}

/* ---- a calendar ---- */

/* A content line, folded so that no line is longer than 75 octets and no character is cut. */
static void put_line(syn_buf *out, syn_str line)
{
    size_t room = FOLD;
    for (size_t at = 0; at < line.n;) {
        syn_str piece = syn_utf8_head(syn_slice(line, at, line.n), room);
        if (!piece.n) piece = syn_slice(line, at, at + room);
        if (at) syn_buf_z(out, "\r\n ");
        syn_buf_add(out, piece);
        at += piece.n;
        room = FOLD - 1;
    }
    syn_buf_z(out, "\r\n");
}

static void add_text(syn_buf *b, syn_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\\' || c == ';' || c == ',') syn_buf_c(b, '\\');
        if (c == '\n')
            syn_buf_z(b, "\\n");
        else
            syn_buf_c(b, (unsigned char)c < ' ' ? ' ' : c);
    }
}

static void put_day_line(syn_buf *out, const char *name, syn_day day)
{
    int y, m, d;
    syn_day_civil(day, &y, &m, &d);
    syn_buf_format(out, "%s:%04d%02d%02d\r\n", name, y, m, d);
}

static void put_event(const syn_view *v, const syn_record *r, const syn_record_entry *e, syn_day now, syn_buf *out)
{
    int y, m, d;
    syn_buf line = {.max = 1 << 20}, kind = {.max = 1 << 12};
    const syn_evidence *first = &e->evidence[0];
    const syn_telling *t = &r->tellings[first->telling].telling;
    uint64_t uid = syn_hash(t->id, (uint64_t)e->from * 64 + e->kind);
    syn_day_civil(now, &y, &m, &d);
    syn_buf_format(out, "BEGIN:VEVENT\r\nUID:%016llx@synoptic\r\nDTSTAMP:%04d%02d%02dT000000Z\r\n",
                   (unsigned long long)uid, y, m, d);
    put_day_line(out, "DTSTART;VALUE=DATE", e->from);
    put_day_line(out, "DTEND;VALUE=DATE", e->to);
    syn_buf_z(&line, "SUMMARY:");
    syn_view_entry_kind(v, &kind, e);
    add_text(&line, syn_buf_str(&kind));
    for (size_t i = 0, shown = 0; i < e->nparties && shown < SUMMARY_PARTIES; i++) {
        const syn_party *p = &r->parties[e->parties[i]];
        if (!p->n) continue;
        syn_buf_z(&line, shown++ ? "\\, " : ": ");
        add_text(&line, syn_view_spelling(v, p)->name);
    }
    put_line(out, syn_buf_str(&line));
    syn_buf_clear(&line);
    syn_buf_z(&line, "DESCRIPTION:");
    for (size_t i = 0; i < e->nevidence && i < 8; i++) {
        const syn_evidence *x = &e->evidence[i];
        const syn_recorded *told = &r->tellings[x->telling];
        if (i) syn_buf_z(&line, "\\n\\n");
        if (told->outlet.n) add_text(&line, told->outlet), syn_buf_z(&line, ": ");
        add_text(&line, syn_slice(told->telling.text->src, x->sentence.start, x->sentence.end));
    }
    put_line(out, syn_buf_str(&line));
    if (syn_view_link_ok(r->tellings[first->telling].url)) {
        syn_buf_clear(&line);
        syn_buf_z(&line, "URL:");
        syn_buf_add(&line, r->tellings[first->telling].url);
        put_line(out, syn_buf_str(&line));
    }
    syn_buf_z(out, "END:VEVENT\r\n");
    if (line.failed || kind.failed) out->failed = true;
    syn_buf_free(&line);
    syn_buf_free(&kind);
}

void syn_view_record_ics(const syn_view *v, const syn_record *r, syn_day now, syn_buf *out)
{
    if (now == SYN_NO_DAY) now = r->latest == SYN_NO_DAY ? 0 : r->latest;
    syn_buf_z(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Synoptic//Record//EN\r\nCALSCALE:GREGORIAN\r\n");
    for (size_t i = 0; i < r->n; i++) {
        const syn_record_entry *e = &r->entries[i];
        if (syn_view_entry_dated(e) && e->from >= now && e->nevidence) put_event(v, r, e, now, out);
    }
    syn_buf_z(out, "END:VCALENDAR\r\n");
}
