/* engine.c - stage 10: the engine, its sessions, and the verbs that answer from one text. */
#include "api.h"

#include <stdlib.h>

const char *synoptic_version(void)
{
    return SYN_VERSION;
}

syn_code synoptic_open(syn_engine **out, syn_err *err)
{
    syn_engine *e = calloc(1, sizeof *e);
    if (!e) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    syn_code rc = syn_lexicon_open(&e->lex, err);
    if (rc) {
        free(e);
        return rc;
    }
    *out = e;
    return SYN_OK;
}

void synoptic_close(syn_engine *engine)
{
    if (!engine) return;
    syn_lexicon_close(engine->lex);
    free(engine);
}

syn_code synoptic_session_new(const syn_engine *engine, syn_session **out, syn_err *err)
{
    syn_session *s = calloc(1, sizeof *s);
    if (!s) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    s->engine = engine;
    s->mem.limit = SYN_MAX_PAGE_MEMORY;
    syn_code rc = syn_texter_new(engine->lex, &s->texter, err);
    if (rc) {
        free(s);
        return rc;
    }
    *out = s;
    return SYN_OK;
}

void synoptic_session_free(syn_session *s)
{
    if (!s) return;
    syn_texter_free(s->texter);
    syn_arena_free(&s->mem);
    syn_buf_free(&s->out);
    free(s);
}

void syn_api_identify(void *context, syn_str text, syn_str declared, char tag[16], double *confidence)
{
    syn_lang_identify(context, text, declared, tag, confidence);
}

syn_code syn_api_passages(const syn_engine *engine, syn_arena *arena, const syn_articles *articles, syn_err *err)
{
    syn_code rc = SYN_OK;
    for (size_t i = 0; i < articles->n && !rc; i++) {
        syn_article *a = articles->items[i];
        rc = syn_lang_passages(engine->lex, arena, a->text, a->lang, &a->passages, err);
    }
    return rc;
}

syn_code syn_api_emit(syn_session *s, syn_sink *sink, void *context, syn_err *err)
{
    if (s->out.failed) return syn_fail(err, SYN_ELIMIT, 0, "the answer is too long");
    sink(context, syn_buf_str(&s->out));
    return SYN_OK;
}

void syn_api_error_line(syn_buf *out, syn_str id, const syn_err *why)
{
    syn_jsonw w = {.out = out};
    syn_jw_open(&w, '{');
    syn_jw_field(&w, "id", id);
    syn_jw_key(&w, "error");
    syn_jw_str(&w, syn_str_of(why->line[0] ? why->line : syn_code_name(why->code)));
    syn_jw_close(&w, '}');
}

syn_code syn_api_understand(syn_session *s, syn_str text, syn_str lang, syn_day written, syn_text **out,
                            syn_facts *facts, syn_err *err)
{
    char tag[16];
    if (!lang.n) {
        double confidence;
        syn_lang_identify(s->engine->lex, text, lang, tag, &confidence);
        lang = syn_dup(&s->mem, syn_str_of(tag));
    }
    syn_code rc = syn_text_of(s->texter, &s->mem, text, lang, out, err);
    if (!rc) rc = syn_facts_find(&s->mem, s->engine->lex, *out, written, facts, err);
    return rc;
}

syn_code syn_api_derive(syn_session *s, syn_article *a, syn_derived *out, syn_err *err)
{
    syn_derived d = {0};
    syn_str whole = syn_story_whole(&s->mem, a);
    if (!a->lang.n) {
        char tag[16];
        double confidence;
        syn_lang_identify(s->engine->lex, whole, a->lang, tag, &confidence);
        a->lang = syn_dup(&s->mem, syn_str_of(tag));
    }
    syn_code rc = syn_api_understand(s, whole, a->lang, syn_time_day(a->published), &d.whole, &d.facts, err);
    if (!rc) rc = syn_story_sign(&s->mem, s->engine->lex, s->texter, a, d.whole, &d.facts, &d.signature, err);
    if (!rc) *out = d;
    return rc;
}

void synoptic_lang(syn_session *s, syn_str text, char tag[16], double *confidence)
{
    size_t bad = 0;
    syn_arena_reset(&s->mem);
    syn_lang_identify(s->engine->lex, syn_utf8_repair(&s->mem, text, &bad), (syn_str){"", 0}, tag, confidence);
}

double synoptic_names(const syn_engine *engine, syn_str a, syn_str b)
{
    return syn_name_similarity(engine->lex, a, b);
}

/* The day of an ISO 8601 date, alone or with a time. */
static syn_day day_of(syn_str iso)
{
    syn_time t;
    return syn_time_parse(iso, &t) ? syn_time_day(t) : SYN_NO_DAY;
}

/* A JSON string copied where it must be: ill-formed bytes repaired. */
static syn_str clean(syn_session *s, syn_str text)
{
    size_t bad = 0;
    return syn_utf8_repair(&s->mem, text, &bad);
}

/* The line of an item that failed, with its id where it has one. */
static void send_failure(syn_session *s, const syn_json *j, const syn_err *why, syn_sink *sink, void *context)
{
    syn_buf_clear(&s->out);
    syn_api_error_line(&s->out, clean(s, syn_json_get_str(j, "id")), why);
    sink(context, syn_buf_str(&s->out));
}

static syn_code answer_facts(syn_session *s, const syn_json *j, syn_err *err)
{
    syn_text *text;
    syn_facts facts;
    if (!syn_json_is_object(j)) return syn_fail(err, SYN_EFORMAT, 0, "not a JSON object");
    syn_code rc = syn_api_understand(s, clean(s, syn_json_get_str(j, "text")), clean(s, syn_json_get_str(j, "lang")),
                                     day_of(syn_json_get_str(j, "ref")), &text, &facts, err);
    if (rc) return rc;
    syn_jsonw w = {.out = &s->out};
    syn_jw_open(&w, '{');
    syn_jw_field(&w, "id", syn_json_get_str(j, "id"));
    syn_jw_key(&w, "facts");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < facts.n; i++) syn_fact_write(&w, &facts.items[i]);
    syn_jw_close(&w, ']');
    syn_jw_close(&w, '}');
    return SYN_OK;
}

syn_code syn_api_answer(syn_session *s, syn_str json, syn_api_fill *fill, syn_sink *sink, void *context, syn_err *err)
{
    syn_err why = {0};
    syn_arena_reset(&s->mem);
    syn_buf_clear(&s->out);
    syn_json *j = syn_json_parse(json, &why);
    syn_code rc = j ? fill(s, j, &why) : why.code;
    if (!rc) rc = syn_api_emit(s, sink, context, &why);
    if (rc) send_failure(s, j, &why, sink, context);
    syn_json_free(j);
    return rc ? syn_fail(err, rc, why.offset, "%s", why.line) : SYN_OK;
}

syn_code synoptic_facts(syn_session *s, syn_str json, syn_sink *sink, void *context, syn_err *err)
{
    return syn_api_answer(s, json, answer_facts, sink, context, err);
}
