/* comparing.c - stage 10: two articles, or all of a story, compared: JSON in; JSON, a table or a page out. */
#include "api.h"

#include "../compare/compare.h"
#include "../view/view.h"

#include <stdlib.h>

void synoptic_session_reader(syn_session *s, syn_str tag)
{
    s->ui = syn_view_choose(tag, (syn_str){NULL, 0});
}

static syn_code told_of(syn_session *s, const syn_json *object, const char *side, syn_told *out, syn_err *err)
{
    syn_article *a;
    syn_text *text;
    if (!syn_json_is_object(object)) return syn_fail(err, SYN_EFORMAT, 0, "\"%s\" is not an article", side);
    syn_code rc = syn_article_parse(&s->mem, object, &a, err);
    if (!rc) rc = syn_api_understand(s, a->text, a->lang, syn_time_day(a->published), &text, &out->facts, err);
    if (rc) return rc;
    if (!a->lang.n) a->lang = syn_str_of(syn_lexicon_info(s->engine->lex, text->lang)->tag);
    out->row.a = *a;
    out->row.article = ++s->compared;
    out->text = text;
    return syn_telling_ready(&s->mem, s->texter, a->id, a->lang, text, &out->facts, a->published, &out->ready, err);
}

static syn_code bring(syn_session *s, const syn_json *j, syn_compared *out, syn_err *err)
{
    const syn_json *articles = syn_json_get(j, "articles");
    syn_told *told = SYN_NEW_ARRAY(&s->mem, syn_told, SYN_MAX_TELLINGS);
    syn_code rc = told ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "no memory");
    *out = (syn_compared){.id = syn_json_get_str(j, "id"), .told = told, .pair = !articles};
    for (const syn_json *a = syn_json_first(articles); a && !rc; a = syn_json_next(a)) {
        if (out->n == SYN_MAX_TELLINGS) return syn_fail(err, SYN_ELIMIT, 0, "more than %d articles", SYN_MAX_TELLINGS);
        rc = told_of(s, a, "articles", &told[out->n++], err);
    }
    if (!rc && !articles) rc = told_of(s, syn_json_get(j, "a"), "a", &told[out->n++], err);
    if (!rc && !articles) rc = told_of(s, syn_json_get(j, "b"), "b", &told[out->n++], err);
    if (!rc && articles && !out->id.n && out->n) out->id = told[0].row.a.id;
    return rc;
}

/* Of two alone, as JSON, their differences; else the table of what all say. */
static syn_code compare(syn_session *s, syn_compared *c, bool table, syn_err *err)
{
    const syn_telling *list[SYN_MAX_TELLINGS];
    syn_differences found;
    for (size_t i = 0; i < c->n; i++) list[i] = &c->told[i].ready;
    if (table) {
        syn_str reader = syn_arena_format(&s->mem, "%s,en", syn_view_language(s->ui));
        return syn_compare_story(&s->mem, s->engine->lex, list, c->n, reader, &c->table, err);
    }
    syn_code rc = syn_compare_pair(&s->mem, s->engine->lex, list[0], list[1], &found, err);
    if (!rc) c->table = (syn_table){.ntellings = 2, .differences = found.items, .ndifferences = found.n};
    return rc;
}

static syn_code answer_compare(syn_session *s, const syn_json *j, syn_err *err)
{
    syn_compared c;
    syn_code rc = bring(s, j, &c, err);
    if (!rc) rc = compare(s, &c, !c.pair, err);
    if (!rc) syn_view_compared_json(s->ui, &c, &s->out);
    return rc;
}

syn_code synoptic_compare(syn_session *s, syn_str json, syn_sink *sink, void *context, syn_err *err)
{
    return syn_api_answer(s, json, answer_compare, sink, context, err);
}

/* ---- tables and pages ---- */

struct syn_comparison {
    syn_session *session;
    syn_view *view; /* of a page; NULL: a table */
};

/* What stands in the session's buffer goes out, or the reason why it cannot. */
static syn_code send(syn_session *s, syn_sink *sink, void *context, syn_err *err)
{
    if (s->out.failed) return syn_fail(err, SYN_ELIMIT, 0, "the comparison is too long");
    sink(context, syn_buf_str(&s->out));
    return SYN_OK;
}

syn_code synoptic_comparison_begin(syn_session *s, syn_str format, syn_comparison **out, syn_sink *sink, void *context,
                                   syn_err *err)
{
    bool page = syn_str_is(format, "html");
    syn_code rc = SYN_OK;
    if (!page && !syn_str_is(format, "csv"))
        return syn_fail(err, SYN_EINVAL, 0, "a comparison is written as json, csv or html, not \"%.*s\"",
                        SYN_FMT(syn_utf8_head(format, 40)));
    syn_comparison *c = calloc(1, sizeof *c);
    if (!c) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    c->session = s;
    if (page) rc = syn_view_open(s->engine->lex, syn_str_of(syn_view_language(s->ui)), &c->view, err);
    syn_buf_clear(&s->out);
    if (!rc && page)
        syn_view_alone_begin(c->view, (syn_str){NULL, 0}, &s->out);
    else if (!rc)
        syn_view_compared_csv_head(&s->out);
    if (!rc) rc = send(s, sink, context, err);
    if (rc) {
        synoptic_comparison_free(c);
        return rc;
    }
    *out = c;
    return SYN_OK;
}

syn_code synoptic_comparison_add(syn_comparison *c, syn_str json, syn_sink *sink, void *context, syn_err *err)
{
    syn_session *s = c->session;
    syn_compared compared;
    syn_json *j = syn_json_parse(json, err);
    if (!j) return SYN_EFORMAT;
    syn_arena_reset(&s->mem);
    syn_buf_clear(&s->out);
    syn_code rc = bring(s, j, &compared, err);
    if (!rc) rc = compare(s, &compared, true, err);
    if (!rc && c->view) syn_view_compared(c->view, &compared, &s->out);
    if (!rc && !c->view) syn_view_compared_csv(s->ui, &compared, &s->out);
    if (!rc) rc = send(s, sink, context, err);
    syn_json_free(j);
    return rc;
}

syn_code synoptic_comparison_end(syn_comparison *c, syn_sink *sink, void *context, syn_err *err)
{
    syn_buf_clear(&c->session->out);
    if (c->view) syn_view_alone_end(c->view, &c->session->out);
    return send(c->session, sink, context, err);
}

void synoptic_comparison_free(syn_comparison *c)
{
    if (!c) return;
    syn_view_close(c->view);
    free(c);
}
