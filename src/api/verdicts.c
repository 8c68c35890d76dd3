/* verdicts.c - stage 10: users' words on what belongs together: kept, obeyed at once, listed for whoever asks. */
#include "desk.h"

enum {
    BROUGHT = 32,     /* articles of a story that is brought into the window */
    DAYS_AFTER = 14,  /* of what was told after a story, */
    MOST_AFTER = 2000 /* or so many articles, tell what is rare, too */
};

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

/* The articles find their places anew, by what the store says now, among what was told at the time; within a
   transaction.  only: of stories that exist, the first of them alone may leave its own. */
static syn_code obey(syn_desk *d, const syn_str *ids, size_t n, bool only, syn_err *err)
{
    int64_t until = 0, later = 0;
    syn_desk_forget(d); /* it may know words that no longer hold */
    syn_code rc = syn_store_moment(d->store, ids[0], &until, err);
    if (!rc) rc = syn_store_later(d->store, until, MOST_AFTER, &later, err);
    until += (int64_t)DAYS_AFTER * 86400;
    if (!rc) rc = syn_desk_wake_at(d, later > until ? later : until, err);
    for (size_t i = 0; !rc && i < n; i++) rc = bring(d, ids[i], err);
    for (size_t i = 0; !rc && i < n; i++) rc = syn_grouper_look_again(d->grouper, ids[i], err);
    if (!rc && only) syn_grouper_only(d->grouper, ids[0]);
    if (!rc) rc = syn_desk_settle(d, err);
    syn_desk_forget(d);
    return rc;
}

static syn_code check(syn_str who, syn_str why, syn_err *err)
{
    if (who.n > SYN_MAX_QUERY || why.n > SYN_MAX_QUERY || !syn_utf8_valid(who) || !syn_utf8_valid(why))
        return syn_fail(err, SYN_EINVAL, 0, "who and why are at most %zu bytes of UTF-8", SYN_MAX_QUERY);
    return SYN_OK;
}

/* One word of ids[0] and each other, which is numbered as the first. */
static syn_code say(syn_desk *d, const syn_str *ids, size_t n, bool together, syn_str who, syn_str why, int64_t *word,
                    syn_err *err)
{
    int64_t first = 0, number = 0;
    syn_code rc = SYN_OK;
    for (size_t i = 1; !rc && i < n; i++) {
        const syn_verdict_row row = {
            .a = ids[0], .b = ids[i], .together = together, .who = who, .why = why, .word = first};
        rc = syn_store_put_verdict(d->store, &row, &number, err);
        if (!first) first = number;
    }
    if (!rc) rc = syn_store_supersede(d->store, first, err);
    if (!rc) rc = obey(d, ids, n, true, err);
    if (!rc) *word = first;
    return rc;
}

syn_code synoptic_desk_judge(syn_desk *d, syn_str a, syn_str b, bool together, syn_str who, syn_str why, int64_t *n,
                             syn_err *err)
{
    const syn_str both[2] = {a, b};
    if (syn_str_eq(a, b)) return syn_fail(err, SYN_EINVAL, 0, "an article is not held against itself");
    syn_code rc = check(who, why, err);
    if (!rc) rc = syn_store_begin(d->store, err);
    return rc ? rc : finish(d, say(d, both, 2, together, who, why, n, err), err);
}

syn_code synoptic_desk_part(syn_desk *d, syn_str a, syn_str who, syn_str why, int64_t *n, syn_err *err)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE};
    syn_article_row row;
    syn_list others = {0};
    syn_code rc = check(who, why, err);
    if (!rc) rc = syn_store_article_by_id(d->store, &mem, a, &row, err);
    if (!rc) rc = syn_store_others(d->store, &mem, row.a.id, &others, err);
    if (!rc && !others.n) rc = syn_fail(err, SYN_EINVAL, 0, "the article is alone in its story");
    syn_str *ids = rc ? NULL : SYN_NEW_ARRAY(&mem, syn_str, others.n + 1);
    if (!rc && !ids) rc = syn_fail(err, SYN_ENOMEM, 0, "no memory");
    if (!rc) rc = syn_store_begin(d->store, err);
    if (!rc) {
        ids[0] = row.a.id;
        memcpy(ids + 1, others.items, others.n * sizeof *ids);
        rc = finish(d, say(d, ids, others.n + 1, false, who, why, n, err), err);
    }
    syn_arena_free(&mem);
    return rc;
}

/* The articles of a word that holds. */
static syn_code articles_of(syn_desk *d, syn_arena *mem, int64_t n, syn_list *ids, bool *together, syn_err *err)
{
    syn_list rows = {0};
    syn_code rc = syn_store_verdicts(d->store, mem, true, &rows, err);
    const syn_verdict_row *v = rows.items;
    syn_str *found = rc ? NULL : SYN_NEW_ARRAY(mem, syn_str, 2 * rows.n + 1);
    int64_t word = 0;
    if (!rc && !found) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    *ids = (syn_list){found, 0, 0};
    for (size_t i = 0; !rc && i < rows.n; i++)
        if (v[i].n == n) word = v[i].word, *together = v[i].together;
    for (size_t i = 0; !rc && word && i < rows.n; i++) {
        if (v[i].word != word) continue;
        if (!ids->n) found[ids->n++] = v[i].a;
        found[ids->n++] = v[i].b;
    }
    return rc || word ? rc : syn_fail(err, SYN_ENOTFOUND, 0, "no word %lld that holds", (long long)n);
}

static syn_code withdraw(syn_desk *d, int64_t n, const syn_list *ids, bool together, syn_err *err)
{
    syn_code rc = syn_store_withdraw(d->store, n, err);
    return rc ? rc : obey(d, ids->items, ids->n, !together, err);
}

syn_code synoptic_desk_withdraw(syn_desk *d, int64_t n, syn_err *err)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    syn_list ids;
    bool together = false;
    syn_code rc = articles_of(d, &mem, n, &ids, &together, err);
    if (!rc) rc = syn_store_begin(d->store, err);
    if (!rc) rc = finish(d, withdraw(d, n, &ids, together, err), err);
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

static void put_said(syn_jsonw *w, const syn_verdict_row *v)
{
    syn_jw_field(w, "verdict", v->together ? SYN_STR("together") : SYN_STR("apart"));
    syn_jw_field(w, "a", v->a);
    syn_jw_field(w, "b", v->b);
    syn_jw_field(w, "who", v->who);
    syn_jw_field(w, "why", v->why);
    put_time(w, "said", v->said);
    put_time(w, "withdrawn", v->withdrawn);
}

void syn_desk_write_words(syn_jsonw *w, const syn_list *words)
{
    const syn_word_row *rows = words->items;
    size_t n = 0;
    for (size_t i = 0; i < words->n; i++) {
        if (rows[i].said.withdrawn) continue;
        if (!n++) {
            syn_jw_key(w, "words");
            syn_jw_open(w, '[');
        }
        syn_jw_open(w, '{');
        syn_jw_key(w, "n");
        syn_jw_int(w, rows[i].said.n);
        put_said(w, &rows[i].said);
        if (rows[i].others) {
            syn_jw_key(w, "others");
            syn_jw_int(w, rows[i].others);
        }
        syn_jw_close(w, '}');
    }
    if (n) syn_jw_close(w, ']');
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
        if (v[i].word != v[i].n) {
            syn_jw_key(&w, "with");
            syn_jw_int(&w, v[i].word);
        }
        put_said(&w, &v[i]);
        syn_jw_close(&w, '}');
        rc = syn_api_emit(s, sink, context, err);
    }
    return rc;
}
