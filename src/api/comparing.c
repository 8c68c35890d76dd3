/* comparing.c - stage 10: two articles, or all of a story, compared: JSON in, JSON out. */
#include "api.h"

#include "../compare/compare.h"
#include "../view/view.h"

#include <stdlib.h>

void synoptic_session_reader(syn_session *s, syn_str tag)
{
    s->ui = syn_view_choose(tag, (syn_str){NULL, 0});
}

static syn_code telling_of(syn_session *s, const syn_json *object, const char *side, syn_telling *out, syn_err *err)
{
    syn_article *a;
    syn_text *text;
    syn_facts *facts = SYN_NEW(&s->mem, syn_facts);
    if (!facts) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    if (!syn_json_is_object(object)) return syn_fail(err, SYN_EFORMAT, 0, "\"%s\" is not an article", side);
    syn_code rc = syn_article_parse(&s->mem, object, &a, err);
    if (!rc) rc = syn_api_understand(s, a->text, a->lang, syn_time_day(a->published), &text, facts, err);
    if (rc) return rc;
    syn_str lang = a->lang.n ? a->lang : syn_str_of(syn_lexicon_info(s->engine->lex, text->lang)->tag);
    return syn_telling_ready(&s->mem, s->texter, a->id, lang, text, facts, a->published, out, err);
}

/* ---- writing ---- */

static void write_day(syn_buf *out, syn_day day)
{
    int y, m, d;
    syn_day_civil(day, &y, &m, &d);
    syn_buf_format(out, "%04d-%02d-%02d", y, m, d);
}

/* Where, what is printed there, and its value: a number, an ISO date, a period "from/to" with its first and last day,
   or the words themselves. */
static void write_saying(syn_session *s, syn_jsonw *w, const syn_telling *t, const syn_saying *said)
{
    const syn_fact *f = said->fact;
    syn_str printed = syn_slice(t->text->src, said->span.start, said->span.end);
    syn_jw_key(w, "start");
    syn_jw_int(w, said->span.start);
    syn_jw_key(w, "end");
    syn_jw_int(w, said->span.end);
    syn_jw_field(w, "text", printed);
    if (f) syn_jw_field(w, "kind", syn_str_of(syn_fact_kind_names[f->kind]));
    syn_jw_key(w, "value");
    if (f && f->kind <= SYN_FACT_MONEY) {
        syn_jw_double(w, f->value);
        if (f->kind == SYN_FACT_MONEY) syn_jw_field(w, "currency", syn_str_of(f->currency));
    } else if (f && f->kind <= SYN_FACT_DATERANGE && f->from != SYN_NO_DAY) {
        syn_buf days = {0};
        write_day(&days, f->from);
        if (f->to > f->from + 1) syn_buf_c(&days, '/'), write_day(&days, f->to - 1);
        syn_jw_str(w, syn_dup(&s->mem, syn_buf_str(&days)));
        syn_buf_free(&days);
    } else {
        syn_jw_str(w, f && f->name.n ? f->name : printed);
    }
}

static void write_side(syn_session *s, syn_jsonw *w, const char *key, const syn_telling *t, const syn_saying *said,
                       bool named)
{
    syn_jw_key(w, key);
    if (said->span.end <= said->span.start) {
        syn_jw_null(w);
        return;
    }
    syn_jw_open(w, '{');
    if (named) syn_jw_field(w, "article", t->id);
    write_saying(s, w, t, said);
    syn_jw_close(w, '}');
}

static void write_difference(syn_session *s, syn_jsonw *w, const syn_difference *d, const syn_telling *const *t,
                             bool named)
{
    syn_buf why = {0};
    syn_jw_open(w, '{');
    syn_jw_field(w, "kind", syn_str_of(syn_difference_names[d->kind]));
    syn_jw_field(w, "field", SYN_STR("text"));
    syn_jw_key(w, "severity");
    syn_jw_int(w, d->severity);
    syn_view_why(s->ui, &why, d, t, NULL);
    syn_jw_field(w, "why", syn_buf_str(&why));
    syn_buf_free(&why);
    write_side(s, w, "a", t[d->in_a], &d->a, named);
    write_side(s, w, "b", t[d->in_b], &d->b, named);
    syn_jw_close(w, '}');
}

/* Conflicts as "differences"; what is but to be noted as "notes", where there is anything. */
static void write_differences(syn_session *s, syn_jsonw *w, const syn_difference *items, size_t n,
                              const syn_telling *const *t, bool named)
{
    static const char *const keys[] = {"differences", "notes"};
    size_t conflicts = 0;
    for (size_t i = 0; i < n; i++) conflicts += items[i].severity >= SYN_CONFLICTS;
    for (int notes = 0; notes < (conflicts < n ? 2 : 1); notes++) {
        syn_jw_key(w, keys[notes]);
        syn_jw_open(w, '[');
        for (size_t i = 0; i < n; i++)
            if ((items[i].severity < SYN_CONFLICTS) == notes) write_difference(s, w, &items[i], t, named);
        syn_jw_close(w, ']');
    }
}

static void write_fact(syn_session *s, syn_jsonw *w, const syn_row *row, const syn_telling *const *t, size_t n)
{
    syn_jw_open(w, '{');
    syn_jw_field(w, "kind", syn_str_of(syn_fact_kind_names[row->kind]));
    syn_jw_field(w, "label", row->label);
    if (row->label.n) syn_jw_field(w, "label_lang", t[row->told]->lang);
    syn_jw_key(w, "differs");
    syn_jw_bool(w, row->differs);
    if (row->differs && row->severity) syn_jw_field(w, "difference", syn_str_of(syn_difference_names[row->difference]));
    syn_jw_key(w, "said");
    syn_jw_open(w, '[');
    for (size_t i = 0; i < n; i++) {
        const syn_fact *f = row->cells[i].fact;
        if (!f) continue;
        syn_jw_open(w, '{');
        syn_jw_field(w, "article", t[i]->id);
        syn_jw_field(w, "lang", t[i]->lang);
        write_saying(s, w, t[i], &(syn_saying){f->span, f});
        syn_jw_key(w, "group");
        syn_jw_int(w, row->cells[i].value);
        if (f->sentence < t[i]->text->nsentences) {
            syn_span whole = t[i]->text->sentences[f->sentence];
            syn_jw_field(w, "sentence", syn_slice(t[i]->text->src, whole.start, whole.end));
        }
        syn_jw_close(w, '}');
    }
    syn_jw_close(w, ']');
    syn_jw_close(w, '}');
}

/* ---- two, and many ---- */

static syn_code answer_pair(syn_session *s, const syn_json *j, syn_err *err)
{
    syn_telling a, b;
    const syn_telling *both[2] = {&a, &b};
    syn_differences found;
    syn_code rc = telling_of(s, syn_json_get(j, "a"), "a", &a, err);
    if (!rc) rc = telling_of(s, syn_json_get(j, "b"), "b", &b, err);
    if (!rc) rc = syn_compare_pair(&s->mem, s->engine->lex, &a, &b, &found, err);
    if (rc) return rc;
    syn_jsonw w = {.out = &s->out};
    syn_jw_open(&w, '{');
    syn_jw_field(&w, "id", syn_json_get_str(j, "id"));
    write_differences(s, &w, found.items, found.n, both, false);
    syn_jw_close(&w, '}');
    return SYN_OK;
}

static syn_code answer_story(syn_session *s, const syn_json *j, const syn_json *articles, syn_err *err)
{
    syn_telling *tellings = SYN_NEW_ARRAY(&s->mem, syn_telling, SYN_MAX_TELLINGS);
    const syn_telling *list[SYN_MAX_TELLINGS];
    syn_table table;
    size_t n = 0;
    syn_code rc = tellings ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "no memory");
    for (const syn_json *a = syn_json_first(articles); a && !rc; a = syn_json_next(a), n++) {
        if (n == SYN_MAX_TELLINGS) return syn_fail(err, SYN_ELIMIT, 0, "more than %d articles", SYN_MAX_TELLINGS);
        rc = telling_of(s, a, "articles", &tellings[n], err);
        list[n] = &tellings[n];
    }
    syn_str reader = syn_arena_format(&s->mem, "%s,en", syn_view_language(s->ui));
    if (!rc) rc = syn_compare_story(&s->mem, s->engine->lex, list, n, reader, &table, err);
    if (rc) return rc;
    syn_jsonw w = {.out = &s->out};
    syn_jw_open(&w, '{');
    syn_jw_field(&w, "id", syn_json_get_str(j, "id").n || !n ? syn_json_get_str(j, "id") : list[0]->id);
    syn_jw_key(&w, "facts");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < table.n; i++) write_fact(s, &w, &table.rows[i], list, n);
    syn_jw_close(&w, ']');
    write_differences(s, &w, table.differences, table.ndifferences, list, true);
    syn_jw_close(&w, '}');
    return SYN_OK;
}

static syn_code answer_compare(syn_session *s, const syn_json *j, syn_err *err)
{
    const syn_json *articles = syn_json_get(j, "articles");
    return articles ? answer_story(s, j, articles, err) : answer_pair(s, j, err);
}

syn_code synoptic_compare(syn_session *s, syn_str json, syn_sink *sink, void *context, syn_err *err)
{
    return syn_api_answer(s, json, answer_compare, sink, context, err);
}
