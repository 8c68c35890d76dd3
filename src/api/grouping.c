/* grouping.c - stage 10: a stream of articles to the story of each.  Up to AT_ONCE articles are settled when all are
   there; a longer stream is settled then and every BATCH articles from there on, as a store is, and its oldest stories
   sleep. */
#include "api.h"

#include <stdlib.h>

enum { AT_ONCE = 60000, BATCH = 256, AWAKE = 64000 /* a little more than a gigabyte */ };

typedef struct member {
    syn_str id;
    syn_str error; /* the line to print instead, if it failed */
    syn_decision decision;
    size_t next_same; /* 1 + an earlier member with the same id, 0 none */
} member;

struct syn_group {
    const syn_engine *engine;
    syn_grouper *grouper;
    syn_arena mem; /* ids and decisions, until the group is freed */
    syn_map by_id; /* id -> 1 + index of its latest member */
    member *members;
    size_t n, cap;
    size_t at_once, batch; /* articles */
    size_t added;
};

syn_code syn_api_group_new(const syn_engine *engine, size_t at_once, size_t batch, size_t awake, syn_group **out,
                           syn_err *err)
{
    syn_group *g = calloc(1, sizeof *g);
    if (!g) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    g->engine = engine;
    g->by_id.arena = &g->mem;
    g->at_once = at_once;
    g->batch = batch;
    const syn_group_options options = {.most = awake};
    syn_code rc = syn_grouper_new(engine->lex, &options, &g->grouper, err);
    if (rc) {
        free(g);
        return rc;
    }
    *out = g;
    return SYN_OK;
}

syn_code synoptic_group_new(const syn_engine *engine, syn_group **out, syn_err *err)
{
    return syn_api_group_new(engine, AT_ONCE, BATCH, AWAKE, out, err);
}

void synoptic_group_free(syn_group *g)
{
    if (!g) return;
    syn_grouper_free(g->grouper);
    syn_arena_free(&g->mem);
    free(g);
}

static member *add_member(syn_group *g, syn_str id, syn_err *err)
{
    if (!syn_grow(&g->mem, &g->members, &g->cap, g->n + 1, sizeof *g->members)) {
        syn_fail(err, SYN_ENOMEM, 0, "no memory");
        return NULL;
    }
    member *m = &g->members[g->n++];
    *m = (member){.id = syn_dup(&g->mem, id)};
    return m;
}

syn_code synoptic_group_skip(syn_group *g, const syn_err *why, syn_err *err)
{
    syn_buf line = {0};
    member *m = add_member(g, (syn_str){"", 0}, err);
    if (!m) return SYN_ENOMEM;
    syn_api_error_line(&line, m->id, why);
    m->error = syn_dup(&g->mem, syn_buf_str(&line));
    syn_buf_free(&line);
    return g->mem.failed ? syn_fail(err, SYN_ENOMEM, 0, "no memory") : SYN_OK;
}

static void moved(void *context, syn_str id, const syn_decision *decision)
{
    syn_group *g = context;
    uint64_t *latest = syn_map_get(&g->by_id, id);
    for (size_t i = latest ? (size_t)*latest : 0; i; i = g->members[i - 1].next_same)
        g->members[i - 1].decision = *decision;
}

/* Of a long stream, what has come so far.  Nobody said yet whether reasons will be asked for. */
static syn_code settle_some(syn_group *g, syn_err *err)
{
    if (++g->added < g->at_once || (g->added - g->at_once) % g->batch) return SYN_OK;
    return syn_grouper_settle(g->grouper, &g->mem, true, moved, g, err);
}

syn_code synoptic_group_add(syn_group *g, syn_session *s, syn_str json, syn_err *err)
{
    syn_article *a;
    syn_derived d;
    syn_arena_reset(&s->mem);
    syn_json *j = syn_json_parse(json, err);
    if (!j) return SYN_EFORMAT;
    syn_code rc = syn_article_parse(&s->mem, j, &a, err);
    if (!rc && !a->id.n) rc = syn_fail(err, SYN_EFORMAT, 0, "the article has no \"id\"");
    if (!rc) rc = syn_article_unicode(&s->mem, a, err);
    if (!rc) rc = syn_api_derive(s, a, &d, err);
    if (!rc) rc = syn_grouper_add(g->grouper, d.signature, err);
    if (!rc) {
        member *m = add_member(g, a->id, err);
        uint64_t *latest = m ? syn_map_add(&g->by_id, m->id) : NULL;
        if (latest) {
            m->next_same = (size_t)*latest;
            *latest = g->n;
        } else {
            rc = SYN_ENOMEM;
        }
    }
    syn_json_free(j);
    return rc ? rc : settle_some(g, err);
}

static void write_member(syn_buf *out, const member *m, bool explain)
{
    const syn_decision *d = &m->decision;
    syn_jsonw w = {.out = out};
    syn_jw_open(&w, '{');
    syn_jw_key(&w, "id");
    syn_jw_str(&w, m->id);
    syn_jw_key(&w, "story");
    syn_jw_str(&w, d->story);
    if (explain) {
        syn_jw_key(&w, "score");
        syn_jw_double(&w, (double)(int)(d->score * 1000 + 0.5) / 1000);
        syn_jw_field(&w, "reprint_of", d->reprint_of);
        syn_jw_key(&w, "reasons");
        syn_jw_open(&w, '[');
        for (size_t i = 0; i < d->nreasons; i++) syn_reason_write(&w, &d->reasons[i]);
        syn_jw_close(&w, ']');
    }
    syn_jw_close(&w, '}');
}

syn_code synoptic_group_finish(syn_group *g, bool explain, syn_sink *sink, void *context, syn_err *err)
{
    syn_buf line = {0};
    syn_code rc = syn_grouper_settle(g->grouper, &g->mem, explain, moved, g, err);
    for (size_t i = 0; !rc && i < g->n; i++) {
        const member *m = &g->members[i];
        syn_buf_clear(&line);
        if (m->error.n)
            syn_buf_add(&line, m->error);
        else
            write_member(&line, m, explain);
        if (line.failed)
            rc = syn_fail(err, SYN_ENOMEM, 0, "no memory");
        else
            sink(context, syn_buf_str(&line));
    }
    syn_buf_free(&line);
    return rc;
}
