/* desk.c - stage 10: a store with its grouping: pages in, stories out. */
#include "desk.h"

#include <stdlib.h>

syn_code synoptic_desk_open(const syn_engine *engine, const char *path, bool read_only, syn_desk **out, syn_err *err)
{
    syn_desk *d = calloc(1, sizeof *d);
    if (!d) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    d->engine = engine;
    syn_code rc = synoptic_session_new(engine, &d->session, err);
    if (!rc)
        rc = read_only ? syn_store_open_to_read(path, engine->lex, &d->store, err)
                       : syn_store_open(path, engine->lex, false, &d->store, err);
    if (rc) {
        synoptic_desk_close(d);
        return rc;
    }
    *out = d;
    return SYN_OK;
}

void synoptic_desk_close(syn_desk *d)
{
    if (!d) return;
    syn_grouper_free(d->grouper);
    syn_topics_free(d->topics);
    syn_store_close(d->store);
    synoptic_session_free(d->session);
    free(d);
}

syn_code synoptic_desk_count(syn_desk *d, uint64_t *articles, uint64_t *stories, syn_err *err)
{
    return syn_store_count(d->store, articles, stories, err);
}

/* ---- adding ---- */

static void complain_of(syn_sink *complain, void *context, syn_str id, syn_str line)
{
    syn_buf b = {0};
    if (!complain) return;
    syn_buf_add(&b, id);
    syn_buf_z(&b, ": ");
    syn_buf_add(&b, line);
    complain(context, syn_buf_str(&b));
    syn_buf_free(&b);
}

void syn_desk_complain(syn_sink *complain, void *context, syn_str id, const syn_err *why)
{
    syn_str line = syn_str_of(why->line);
    /* whether the line names the item already */
    if (id.n && syn_find(line, id, 0) == SIZE_MAX)
        complain_of(complain, context, id, line);
    else if (complain)
        complain(context, line);
}

/* The article into the store and its story.  One without text is left out: it has nothing to say. */
static syn_code add_article(syn_desk *d, syn_article *a, syn_sink *complain, void *context, syn_added *added,
                            syn_err *err)
{
    syn_session *s = d->session;
    syn_derived derived;
    syn_text *text;
    syn_facts facts;
    syn_put how;
    int64_t row;
    syn_code rc = syn_store_known(d->store, a, &how, &row, err);
    if (rc) return rc;
    if (how == SYN_PUT_SAME) {
        added->same++;
        return SYN_OK;
    }
    syn_err why = {0};
    rc = syn_api_derive(s, a, &derived, &why);
    if (!rc) rc = syn_api_understand(s, a->text, a->lang, syn_time_day(a->published), &text, &facts, &why);
    if (rc) { /* this article alone: the store has not been touched */
        added->failed++;
        syn_desk_complain(complain, context, a->id, &why);
        return SYN_OK;
    }
    rc = syn_store_put(d->store, &(syn_entry){a, text, &facts, derived.signature}, &row, err);
    /* a later version of a page stays in its story */
    if (!rc && how == SYN_PUT_NEW) rc = syn_desk_group(d, derived.signature, err);
    if (rc) return rc;
    if (how == SYN_PUT_NEW)
        added->added++;
    else
        added->versions++;
    return SYN_OK;
}

syn_code syn_desk_take(syn_desk *d, syn_article *a, syn_sink *complain, void *context, syn_added *added, syn_err *err)
{
    added->articles++;
    if (a->text.n) return add_article(d, a, complain, context, added, err);
    added->empty++;
    complain_of(complain, context, a->id, a->why.n ? a->why : SYN_STR("no text"));
    return SYN_OK;
}

static syn_code add_page(syn_desk *d, const syn_page *page, syn_sink *complain, void *context, syn_added *added,
                         syn_err *err)
{
    syn_read_options options = {syn_api_identify, d->engine->lex};
    syn_articles articles;
    syn_err why = {0};
    syn_session *s = d->session;
    syn_arena_reset(&s->mem);
    if (syn_read_page(&s->mem, d->engine->lex, page, &options, &articles, &why) ||
        syn_api_passages(d->engine, &s->mem, &articles, &why)) {
        added->failed++;
        syn_desk_complain(complain, context, page->id, &why);
        return SYN_OK;
    }
    for (size_t i = 0; i < articles.n; i++) {
        syn_code rc = syn_desk_take(d, articles.items[i], complain, context, added, err);
        if (rc) return rc;
    }
    return SYN_OK;
}

syn_code synoptic_desk_add(syn_desk *d, const syn_str *paths, size_t n, syn_sink *complain, syn_progress *progress,
                           void *context, syn_added *out, syn_err *err)
{
    syn_source *source;
    syn_added added = {0};
    bool open = false;
    uint64_t since = 0;
    syn_code rc = syn_source_open(paths, n, &source, err);
    if (rc) return rc;
    rc = syn_desk_wake_for(d, 0, err);
    while (!rc) {
        syn_page page = {0};
        syn_err why = {0};
        syn_code got = syn_source_next(source, &page, &why);
        if (got == SYN_ENOTFOUND) break;
        added.pages++;
        if (got) {
            added.failed++;
            syn_desk_complain(complain, context, page.id, &why);
            continue;
        }
        if (!open) rc = syn_store_begin(d->store, err);
        open = true;
        if (!rc) rc = add_page(d, &page, complain, context, &added, err);
        if (progress) progress(context, added.pages);
        if (!rc && d->few && added.added >= SYN_DESK_FEW) { /* there are many, then */
            rc = syn_desk_settle(d, err);
            if (!rc) rc = syn_desk_wake_for(d, added.added, err);
        }
        if (!rc && added.articles - since >= SYN_DESK_BATCH) {
            rc = syn_desk_settle(d, err);
            if (!rc) rc = syn_store_commit(d->store, err);
            open = false;
            since = added.articles;
        }
    }
    if (!rc && added.added) {
        if (!open) rc = syn_store_begin(d->store, err);
        open = true;
        if (!rc) rc = syn_desk_settle(d, err);
    }
    if (open && !rc)
        rc = syn_store_commit(d->store, err);
    else if (open)
        syn_store_rollback(d->store);
    syn_source_close(source);
    if (rc) syn_desk_forget(d);
    *out = added;
    return rc;
}

/* ---- asking ---- */

static void write_row(syn_jsonw *w, const syn_article_row *row, bool explain)
{
    syn_jw_open(w, '{');
    syn_jw_field(w, "id", row->a.id);
    syn_jw_key(w, "story");
    syn_jw_int(w, row->story);
    syn_jw_field(w, "story_id", row->story_id);
    if (explain) {
        syn_jw_key(w, "score");
        syn_jw_double(w, (double)(int)(row->score * 1000 + 0.5) / 1000);
    }
    syn_jw_key(w, "article");
    syn_article_write(w, &row->a);
}

syn_code synoptic_desk_search(syn_desk *d, syn_str query, syn_str lang, size_t limit, syn_sink *sink, void *context,
                              syn_err *err)
{
    syn_session *s = d->session;
    syn_list found = {0};
    syn_arena_reset(&s->mem);
    syn_code rc = syn_store_search(d->store, &s->mem, query, lang, 0, limit, &found, err);
    const syn_article_row *rows = rc ? NULL : found.items;
    for (size_t i = 0; !rc && i < found.n; i++) {
        syn_jsonw w = {.out = &s->out};
        syn_buf_clear(&s->out);
        write_row(&w, &rows[i], false);
        syn_jw_close(&w, '}');
        rc = syn_api_emit(s, sink, context, err);
    }
    return rc;
}

typedef struct exporting {
    syn_desk *desk;
    syn_sink *sink;
    void *context;
} exporting;

static syn_code export_row(void *context, const syn_article_row *row, syn_err *err)
{
    exporting *e = context;
    syn_session *s = e->desk->session;
    syn_list topics = {0};
    syn_jsonw w = {.out = &s->out};
    syn_arena_reset(&s->mem);
    syn_buf_clear(&s->out);
    syn_code rc = syn_store_story_topics(e->desk->store, &s->mem, row->story, &topics, err);
    if (rc) return rc;
    write_row(&w, row, false);
    syn_desk_write_topics(e->desk, &w, &topics);
    syn_jw_close(&w, '}');
    return syn_api_emit(s, e->sink, e->context, err);
}

syn_code synoptic_desk_export(syn_desk *d, syn_sink *sink, void *context, syn_err *err)
{
    return syn_store_each(d->store, export_row, &(exporting){d, sink, context}, err);
}

syn_code synoptic_desk_explain(syn_desk *d, syn_str id, syn_sink *sink, void *context, syn_err *err)
{
    syn_session *s = d->session;
    syn_article_row row;
    syn_list reasons = {0};
    syn_arena_reset(&s->mem);
    syn_code rc = syn_store_article_by_id(d->store, &s->mem, id, &row, err);
    if (!rc) rc = syn_store_reasons(d->store, &s->mem, row.article, &reasons, err);
    syn_article_row original = {0};
    syn_list words = {0};
    if (!rc) rc = syn_store_words(d->store, &s->mem, 0, row.article, &words, err);
    if (!rc && row.reprint_of) rc = syn_store_article(d->store, &s->mem, row.reprint_of, &original, err);
    if (rc) return rc;
    const syn_reason *r = reasons.items;
    syn_jsonw w = {.out = &s->out};
    syn_buf_clear(&s->out);
    row.a.text = (syn_str){"", 0};
    write_row(&w, &row, true);
    syn_jw_field(&w, "reprint_of", original.a.id);
    syn_desk_write_words(&w, &words);
    syn_jw_key(&w, "reasons");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < reasons.n; i++) syn_reason_write(&w, &r[i]);
    syn_jw_close(&w, ']');
    syn_jw_close(&w, '}');
    return syn_api_emit(s, sink, context, err);
}
