/* recording.c - stage 10: articles of one topic to its record. */
#include "desk.h"

#include "../view/view.h"

#include <stdlib.h>

struct syn_recording {
    const syn_engine *engine;
    syn_arena mem; /* texts, facts and the record, until the topic is freed */
    syn_recorder *recorder;
    const syn_topic_row *topic; /* that it is the record of, where the store knows it */
    bool finished;
};

syn_code synoptic_record_new(const syn_engine *engine, syn_recording **out, syn_err *err)
{
    syn_recording *t = calloc(1, sizeof *t);
    if (!t) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    t->engine = engine;
    t->mem.limit = SYN_MAX_PAGE_MEMORY;
    t->recorder = syn_recorder_new(&t->mem, engine->lex);
    if (!t->recorder) {
        free(t);
        return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    }
    *out = t;
    return SYN_OK;
}

void synoptic_record_free(syn_recording *t)
{
    if (!t) return;
    syn_arena_free(&t->mem);
    free(t);
}

/* a: in the topic's memory. */
static syn_code add_article(syn_recording *t, syn_session *s, syn_article *a, syn_err *err)
{
    syn_text *text;
    char tag[16];
    double confidence;
    syn_recorded r = {0};
    syn_facts *facts = SYN_NEW(&t->mem, syn_facts);
    if (!facts) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    if (!a->lang.n) {
        syn_lang_identify(t->engine->lex, a->text, a->lang, tag, &confidence);
        a->lang = syn_dup(&t->mem, syn_str_of(tag));
    }
    syn_day published = syn_time_known(a->published) ? syn_time_day(a->published) : SYN_NO_DAY;
    syn_code rc = syn_text_of(s->texter, &t->mem, a->text, a->lang, &text, err);
    if (!rc) rc = syn_facts_find(&t->mem, t->engine->lex, text, published, facts, err);
    if (rc) return rc;
    r.telling = (syn_telling){.id = a->id, .lang = a->lang, .text = text, .facts = facts, .published = a->published};
    r.title = a->title, r.outlet = a->outlet, r.url = a->url, r.published = published;
    return syn_recorder_add(t->recorder, s->texter, &r, err);
}

static syn_code add(syn_recording *t, syn_session *s, const syn_json *j, syn_err *err)
{
    syn_article *a;
    syn_code rc = syn_article_parse(&t->mem, j, &a, err);
    return rc ? rc : add_article(t, s, a, err);
}

syn_code synoptic_desk_record(syn_desk *d, int64_t topic, syn_recording *t, syn_err *err)
{
    syn_list list;
    syn_topic_row *row = SYN_NEW(&t->mem, syn_topic_row);
    if (!row) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    if (t->finished) return syn_fail(err, SYN_EINVAL, 0, "the record is finished");
    syn_code rc = syn_store_topic(d->store, &t->mem, topic, row, err);
    if (rc == SYN_ENOTFOUND) return syn_fail(err, rc, 0, "no topic %lld in the store", (long long)topic);
    if (!rc) rc = syn_store_topic_tellings(d->store, &t->mem, row->topic, SYN_MAX_RECORD_TELLINGS, &list, err);
    if (rc) return rc;
    syn_article_row *rows = list.items;
    for (size_t i = 0; i < list.n && !rc; i++) rc = add_article(t, d->session, &rows[i].a, err);
    t->topic = row;
    return rc;
}

syn_code synoptic_record_add(syn_recording *t, syn_session *s, syn_str json, syn_err *err)
{
    syn_json *j = syn_json_parse(json, err);
    if (!j) return SYN_EFORMAT;
    syn_code rc = SYN_OK;
    if (t->finished)
        rc = syn_fail(err, SYN_EINVAL, 0, "the record is finished");
    else if (!syn_json_is_object(j))
        rc = syn_fail(err, SYN_EFORMAT, 0, "not a JSON object");
    if (!rc) rc = add(t, s, j, err);
    syn_json_free(j);
    return rc;
}

static void emit_lines(const syn_record *r, syn_buf *out, syn_sink *sink, void *context)
{
    static void (*const put[])(const syn_record *, size_t, syn_buf *) = {syn_view_entry_json, syn_view_series_json,
                                                                         syn_view_party_json};
    size_t counts[] = {r->n, r->nseries, r->nparties};
    for (size_t k = 0; k < SYN_COUNT(put); k++)
        for (size_t i = 0; i < counts[k] && !out->failed; i++) {
            syn_buf_clear(out);
            put[k](r, i, out);
            if (!out->failed) sink(context, syn_buf_str(out));
        }
}

static syn_code emit_whole(syn_recording *t, const syn_record *r, syn_str format, syn_day now, syn_str ui, syn_buf *out,
                           syn_err *err)
{
    if (syn_str_is(format, "csv")) {
        syn_view_record_csv(r, out);
        return SYN_OK;
    }
    syn_view *view;
    syn_code rc = syn_view_open(t->engine->lex, ui, &view, err);
    if (rc) return rc;
    syn_record_page page = {.record = r, .now = now};
    if (t->topic) {
        page.lang = syn_str_of(syn_view_language(syn_view_number(view)));
        page.title = syn_topic_title(&t->mem, t->engine->lex, t->topic->parties, t->topic->nparties, page.lang);
    } else if (r->ntellings)
        page.title = r->tellings[0].title, page.lang = r->tellings[0].telling.lang;
    if (syn_str_is(format, "ics"))
        syn_view_record_ics(view, r, now, out);
    else
        syn_view_record_alone(view, &page, out);
    syn_view_close(view);
    return SYN_OK;
}

syn_code synoptic_record_write(syn_recording *t, syn_str format, syn_str now, syn_str ui, syn_sink *sink, void *context,
                               syn_err *err)
{
    static const char *const known[] = {"json", "csv", "ics", "html"};
    syn_time when = SYN_NO_TIME;
    syn_record r;
    syn_buf out = {0};
    size_t which = 0;
    while (which < SYN_COUNT(known) && !syn_str_is(format, known[which])) which++;
    if (which == SYN_COUNT(known))
        return syn_fail(err, SYN_EINVAL, 0, "a record is written as json, csv, ics or html, not \"%.*s\"",
                        SYN_FMT(syn_utf8_head(format, 40)));
    if (now.n && !syn_time_parse(now, &when))
        return syn_fail(err, SYN_EINVAL, 0, "not a day: \"%.*s\"", SYN_FMT(syn_utf8_head(now, 40)));
    if (t->finished) return syn_fail(err, SYN_EINVAL, 0, "the record is finished");
    t->finished = true;
    syn_code rc = syn_recorder_finish(t->recorder, &r, err);
    if (rc) return rc;
    if (!which)
        emit_lines(&r, &out, sink, context);
    else
        rc = emit_whole(t, &r, format, now.n ? syn_time_day(when) : SYN_NO_DAY, ui, &out, err);
    if (!rc && out.failed) rc = syn_fail(err, SYN_ELIMIT, 0, "the record is too long");
    if (!rc && which) sink(context, syn_buf_str(&out));
    syn_buf_free(&out);
    return rc;
}
