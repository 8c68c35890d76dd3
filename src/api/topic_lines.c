/* topic_lines.c - stage 10: topics as lines, and those of an article's story. */
#include "desk.h"

#include "../view/view.h"

enum { AT_ONCE = SYN_MAX_PAGE_ROWS };

static syn_str reader_of(syn_str reader)
{
    return reader.n ? reader : SYN_STR("en");
}

void syn_desk_write_topics(syn_desk *d, syn_jsonw *w, const syn_list *topics)
{
    const syn_topic_row *rows = topics->items;
    if (!topics->n) return;
    syn_jw_key(w, "topics");
    syn_jw_open(w, '[');
    for (size_t i = 0; i < topics->n; i++)
        syn_view_topic_brief(w, &d->session->mem, d->engine->lex, &rows[i], SYN_STR("en"));
    syn_jw_close(w, ']');
}

static void day_of(int64_t seconds, syn_buf *out)
{
    char iso[40];
    syn_time_format((syn_time){seconds, 0, true}, iso);
    syn_buf_add(out, syn_utf8_head(syn_str_of(iso), 10));
}

static void write_plain(syn_desk *d, const syn_topic_row *row, syn_str reader)
{
    syn_buf *out = &d->session->out;
    syn_str name = syn_topic_title(&d->session->mem, d->engine->lex, row->parties, row->nparties, reader);
    syn_buf_format(out, "%lld\t", (long long)row->topic);
    for (size_t i = 0; i < name.n; i++) syn_buf_c(out, (unsigned char)name.p[i] < 32 ? ' ' : name.p[i]);
    syn_buf_format(out, "\t%u\t%u\t", (unsigned)row->stories, (unsigned)row->articles);
    day_of(row->first, out);
    syn_buf_c(out, '\t');
    day_of(row->last, out);
}

static void write_json(syn_desk *d, const syn_topic_row *row, syn_str reader)
{
    syn_jsonw w = {.out = &d->session->out};
    syn_jw_open(&w, '{');
    syn_view_topic_fields(&w, &d->session->mem, d->engine->lex, row, reader);
    syn_jw_close(&w, '}');
}

static syn_code each(syn_desk *d, syn_str reader, bool plain, syn_sink *sink, void *context, syn_err *err)
{
    syn_session *s = d->session;
    syn_list list = {.total = 1};
    syn_code rc = SYN_OK;
    for (size_t from = 0; from < list.total && !rc; from += AT_ONCE) {
        syn_arena_reset(&s->mem);
        rc = syn_store_topics(d->store, &s->mem, from, AT_ONCE, &list, err);
        const syn_topic_row *rows = rc ? NULL : list.items;
        for (size_t i = 0; !rc && i < list.n; i++) {
            syn_buf_clear(&s->out);
            (plain ? write_plain : write_json)(d, &rows[i], reader_of(reader));
            rc = syn_api_emit(s, sink, context, err);
        }
    }
    return rc;
}

syn_code synoptic_desk_topics(syn_desk *d, syn_str reader, syn_sink *sink, void *context, syn_err *err)
{
    return each(d, reader, false, sink, context, err);
}

syn_code synoptic_desk_topics_plain(syn_desk *d, syn_str reader, syn_sink *sink, void *context, syn_err *err)
{
    return each(d, reader, true, sink, context, err);
}
