/* verdicts.c - stage 10: users' words on what belongs together: kept, obeyed at once, listed for whoever asks. */
#include "desk.h"

enum { BROUGHT = 32 /* articles of a story that is brought into the window */ };

/* The article's story into the window, where it sleeps. */
static syn_code bring(syn_desk *d, syn_str id, syn_err *err)
{
    syn_list found = {0};
    syn_str founder;
    syn_code rc = syn_store_story_signatures(d->store, &d->session->mem, id, BROUGHT, &found, &founder, err);
    if (rc || syn_grouper_holds(d->grouper, founder)) return rc;
    syn_signature *const *signatures = found.items;
    for (size_t i = 0; !rc && i < found.n; i++)
        rc = syn_grouper_restore(d->grouper, signatures[i], founder, false, err);
    return rc;
}

/* The end of a change within a transaction; where it failed the grouping is made anew. */
static syn_code finish(syn_desk *d, syn_code rc, syn_err *err)
{
    if (!rc) rc = syn_store_commit(d->store, err);
    if (!rc) return SYN_OK;
    syn_store_rollback(d->store);
    syn_desk_forget(d);
    return rc;
}

syn_code synoptic_desk_judge(syn_desk *d, syn_str a, syn_str b, bool together, syn_str who, syn_str why, int64_t *n,
                             syn_err *err)
{
    const syn_verdict_row row = {.a = a, .b = b, .together = together, .who = who, .why = why};
    if (syn_str_eq(a, b)) return syn_fail(err, SYN_EINVAL, 0, "an article is not held against itself");
    if (who.n > SYN_MAX_QUERY || why.n > SYN_MAX_QUERY || !syn_utf8_valid(who) || !syn_utf8_valid(why))
        return syn_fail(err, SYN_EINVAL, 0, "who and why are at most %zu bytes of UTF-8", SYN_MAX_QUERY);
    syn_arena_reset(&d->session->mem);
    syn_code rc = syn_desk_wake(d, err);
    if (!rc) rc = syn_store_begin(d->store, err);
    if (rc) return rc;
    rc = bring(d, a, err);
    if (!rc) rc = bring(d, b, err);
    if (!rc) rc = syn_store_put_verdict(d->store, &row, n, err);
    if (!rc) rc = syn_grouper_verdict(d->grouper, a, b, together, err);
    if (!rc) rc = syn_desk_settle(d, err);
    return finish(d, rc, err);
}

/* The two articles of a word that holds. */
static syn_code articles_of(syn_desk *d, syn_arena *mem, int64_t n, syn_str *a, syn_str *b, syn_err *err)
{
    syn_list rows = {0};
    syn_code rc = syn_store_verdicts(d->store, mem, true, &rows, err);
    const syn_verdict_row *v = rows.items;
    for (size_t i = 0; !rc && i < rows.n; i++) {
        if (v[i].n != n) continue;
        *a = v[i].a;
        *b = v[i].b;
        return SYN_OK;
    }
    return rc ? rc : syn_fail(err, SYN_ENOTFOUND, 0, "no word %lld that holds", (long long)n);
}

static syn_code withdraw(syn_desk *d, int64_t n, const syn_str both[2], syn_err *err)
{
    syn_code rc = syn_store_withdraw(d->store, n, err);
    syn_desk_forget(d); /* what it knew of users' words is no longer so */
    if (!rc) rc = syn_desk_wake(d, err);
    for (int k = 0; !rc && k < 2; k++) rc = bring(d, both[k], err);
    for (int k = 0; !rc && k < 2; k++) rc = syn_grouper_look_again(d->grouper, both[k], err);
    return rc ? rc : syn_desk_settle(d, err);
}

syn_code synoptic_desk_withdraw(syn_desk *d, int64_t n, syn_err *err)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE};
    syn_str both[2];
    syn_code rc = articles_of(d, &mem, n, &both[0], &both[1], err);
    if (!rc) rc = syn_store_begin(d->store, err);
    if (!rc) rc = finish(d, withdraw(d, n, both, err), err);
    syn_arena_free(&mem);
    return rc;
}

static void put_time(syn_jsonw *w, const char *key, int64_t when)
{
    char text[40];
    if (!when) return;
    syn_time_format((syn_time){when, 0, false}, text);
    syn_jw_field(w, key, syn_str_of(text));
}

syn_code synoptic_desk_verdicts(syn_desk *d, syn_sink *sink, void *context, syn_err *err)
{
    syn_session *s = d->session;
    syn_list rows = {0};
    syn_arena_reset(&s->mem);
    syn_code rc = syn_store_verdicts(d->store, &s->mem, false, &rows, err);
    const syn_verdict_row *v = rows.items;
    for (size_t i = 0; !rc && i < rows.n; i++) {
        syn_jsonw w = {.out = &s->out};
        syn_buf_clear(&s->out);
        syn_jw_open(&w, '{');
        syn_jw_key(&w, "n");
        syn_jw_int(&w, v[i].n);
        syn_jw_field(&w, "verdict", v[i].together ? SYN_STR("together") : SYN_STR("apart"));
        syn_jw_field(&w, "a", v[i].a);
        syn_jw_field(&w, "b", v[i].b);
        syn_jw_field(&w, "who", v[i].who);
        syn_jw_field(&w, "why", v[i].why);
        put_time(&w, "said", v[i].said);
        put_time(&w, "withdrawn", v[i].withdrawn);
        syn_jw_close(&w, '}');
        rc = syn_api_emit(s, sink, context, err);
    }
    return rc;
}
