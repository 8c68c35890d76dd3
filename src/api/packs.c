/* packs.c - stage 10: users' own terms, for a session or kept in a store. */
#include "desk.h"

#include <time.h>

syn_code synoptic_session_pack(syn_session *s, syn_str tsv, syn_err *err)
{
    return syn_texter_add_pack(s->texter, tsv, NULL, err);
}

syn_code syn_desk_use_packs(syn_desk *d, syn_err *err)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    syn_list list = {0};
    if (d->packs_used) return SYN_OK;
    syn_code rc = syn_store_packs(d->store, &mem, &list, err);
    const syn_pack_row *rows = rc ? NULL : list.items;
    for (size_t i = 0; !rc && i < list.n; i++) {
        syn_err why = {0};
        rc = syn_texter_add_pack(d->session->texter, rows[i].body, NULL, &why);
        if (rc)
            rc = syn_fail(err, rc, 0, "pack %.*s: %s", (int)syn_utf8_head(rows[i].name, 80).n, rows[i].name.p,
                          why.line);
    }
    d->packs_used = !rc;
    syn_arena_free(&mem);
    return rc;
}

/* How many packs there would be with one of this name. */
static syn_code count_with(syn_desk *d, syn_str name, size_t *n, syn_err *err)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    syn_list list = {0};
    syn_code rc = syn_store_packs(d->store, &mem, &list, err);
    const syn_pack_row *rows = rc ? NULL : list.items;
    *n = list.n + 1;
    for (size_t i = 0; i < list.n; i++)
        if (syn_str_eq(rows[i].name, name)) --*n;
    syn_arena_free(&mem);
    return rc;
}

syn_code synoptic_desk_pack_add(syn_desk *d, syn_str name, syn_str tsv, uint64_t *terms, syn_err *err)
{
    syn_texter *trial = NULL;
    size_t n = 0, packs = 0;
    if (!name.n || name.n > 200 || !syn_utf8_valid(name))
        return syn_fail(err, SYN_EINVAL, 0, "a pack's name is 1 to 200 bytes of UTF-8");
    syn_code rc = syn_texter_new(d->engine->lex, &trial, err);
    if (!rc) rc = syn_texter_add_pack(trial, tsv, &n, err);
    syn_texter_free(trial);
    if (!rc) rc = count_with(d, name, &packs, err);
    if (!rc && packs > SYN_MAX_PACKS) rc = syn_fail(err, SYN_ELIMIT, 0, "more than %d packs", SYN_MAX_PACKS);
    if (!rc) rc = syn_store_put_pack(d->store, &(syn_pack_row){name, (int64_t)time(NULL), n, tsv}, err);
    if (!rc && d->packs_used) rc = syn_texter_add_pack(d->session->texter, tsv, NULL, err);
    if (!rc) *terms = n;
    return rc;
}

syn_code synoptic_desk_pack_remove(syn_desk *d, syn_str name, syn_err *err)
{
    return syn_store_drop_pack(d->store, name, err);
}

syn_code synoptic_desk_packs(syn_desk *d, syn_sink *sink, void *context, syn_err *err)
{
    syn_session *s = d->session;
    syn_list list = {0};
    syn_arena_reset(&s->mem);
    syn_code rc = syn_store_packs(d->store, &s->mem, &list, err);
    const syn_pack_row *rows = rc ? NULL : list.items;
    for (size_t i = 0; !rc && i < list.n; i++) {
        char added[40];
        syn_jsonw w = {.out = &s->out};
        syn_buf_clear(&s->out);
        syn_time_format((syn_time){rows[i].added, 0, false}, added);
        syn_jw_open(&w, '{');
        syn_jw_field(&w, "name", rows[i].name);
        syn_jw_key(&w, "terms");
        syn_jw_int(&w, (int64_t)rows[i].terms);
        syn_jw_field(&w, "added", syn_str_of(added));
        syn_jw_close(&w, '}');
        rc = syn_api_emit(s, sink, context, err);
    }
    return rc;
}
