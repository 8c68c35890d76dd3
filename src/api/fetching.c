/* fetching.c - stage 10: pages of the network into the store. */
#include "fetching.h"

#include <time.h>

static bool recall(void *context, syn_arena *arena, syn_str origin, syn_str *body, int64_t *fetched)
{
    return syn_store_robots(context, arena, origin, body, fetched, NULL) == SYN_OK;
}

static void keep(void *context, syn_str origin, syn_str body, int64_t fetched)
{
    syn_store_put_robots(context, origin, body, fetched, NULL); /* where it fails, it is asked for again */
}

syn_code syn_fetching_open(syn_desk *d, const syn_net *net, syn_sink *complain, void *context, syn_fetching *out,
                           syn_err *err)
{
    syn_fetch_options options = {.allow = net->allow,
                                 .nallow = net->nallow,
                                 .contact = net->contact,
                                 .proxy = net->proxy,
                                 .pace = net->pace,
                                 .timeout = net->timeout,
                                 .stop = net->stop,
                                 .robots = {d->store, recall, keep}};
    *out = (syn_fetching){.desk = d, .stop = net->stop, .complain = complain, .context = context};
    syn_code rc = syn_desk_wake_for(d, 0, err);
    return rc ? rc : syn_fetcher_new(&options, &out->fetcher, err);
}

void syn_fetching_close(syn_fetching *f)
{
    syn_fetcher_free(f->fetcher);
    f->fetcher = NULL;
}

syn_code syn_fetching_ask(syn_fetching *f, syn_str url, bool conditional, uint64_t tag, bool *asked, syn_err *err)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE};
    syn_fetch_row row = {0};
    syn_err why = {0};
    syn_code rc = conditional ? syn_store_fetch(f->desk->store, &mem, url, &row, err) : SYN_ENOTFOUND;
    *asked = false;
    if (rc == SYN_ENOTFOUND) rc = SYN_OK;
    if (!rc) *asked = syn_fetch_add(f->fetcher, &(syn_fetch_request){url, row.etag, row.modified, tag}, &why) == SYN_OK;
    if (!rc && !*asked) {
        f->added.failed++;
        syn_desk_complain(f->complain, f->context, (syn_str){0}, &why);
    }
    syn_arena_free(&mem);
    return rc;
}

syn_code syn_fetching_begin(syn_fetching *f, syn_err *err)
{
    for (;;) {
        syn_err why = {0};
        syn_code rc = syn_store_begin(f->desk->store, &why);
        if (!rc) return SYN_OK;
        if (rc != SYN_EBUSY || (f->stop && *f->stop)) return syn_fail(err, rc, 0, "%s", why.line);
    }
}

syn_code syn_fetching_end(syn_fetching *f, syn_code rc, syn_err *err)
{
    if (!rc) rc = syn_store_commit(f->desk->store, err);
    if (!rc) return SYN_OK;
    syn_store_rollback(f->desk->store);
    syn_desk_forget(f->desk);
    return rc;
}

/* Whether an item's address can be its name: it goes to the terminal too. */
static bool can_name(syn_str url)
{
    for (size_t i = 0; i < url.n; i++) {
        if ((unsigned char)url.p[i] <= 32 || url.p[i] == 127) return false;
    }
    return url.n > 0;
}

syn_code syn_fetching_read(syn_fetching *f, const syn_fetched *got, syn_articles *out, bool *feed, syn_err *why)
{
    syn_session *s = f->desk->session;
    syn_read_options options = {syn_api_identify, s->engine->lex};
    syn_arena_reset(&s->mem);
    syn_code rc = syn_read_page(&s->mem, s->engine->lex, &got->page, &options, out, why);
    if (!rc) rc = syn_api_passages(s->engine, &s->mem, out, why);
    if (rc) return rc;
    *feed = out->n > 0 && !syn_str_eq(out->items[0]->id, got->page.id);
    for (size_t i = 0; *feed && i < out->n; i++) {
        syn_article *a = out->items[i];
        if (can_name(a->url)) a->id = a->url;
    }
    return s->mem.failed ? syn_fail(why, SYN_ENOMEM, 0, "no memory for the page") : SYN_OK;
}

syn_code syn_fetching_leads(syn_fetching *f, const syn_fetched *got, syn_leads *out, syn_err *err)
{
    syn_leads all;
    syn_code rc = syn_read_leads(&f->desk->session->mem, &got->page, &all, err);
    if (rc) return rc;
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        if (syn_fetch_is_url(all.urls[i]) && can_name(all.urls[i])) all.urls[n++] = all.urls[i];
    }
    all.n = n;
    *out = all;
    return SYN_OK;
}

syn_code syn_fetching_note(syn_fetching *f, const syn_fetched *got, const syn_err *why, bool settled, uint32_t *fails,
                           syn_err *err)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE};
    syn_fetch_row row = {.url = got->url};
    syn_code rc = syn_store_fetch(f->desk->store, &mem, got->url, &row, err);
    if (rc == SYN_ENOTFOUND) rc = SYN_OK;
    row.fetched = (int64_t)time(NULL);
    row.settled = row.settled || settled;
    row.fails = why ? row.fails + 1 : 0;
    row.error = why ? syn_str_of(why->line) : (syn_str){0};
    if (settled && !why && !row.seen) row.seen = row.fetched;
    if (row.seen) row.due = syn_fetch_again(row.seen, row.fetched);
    if (!why && !got->unchanged) {
        row.etag = got->etag;
        row.modified = got->modified;
    }
    if (!rc) rc = syn_store_put_fetch(f->desk->store, &row, err);
    if (!rc && fails) *fails = row.fails;
    syn_arena_free(&mem);
    return rc;
}

/* ---- adding ---- */

/* A page without an article that names a feed: its reader may want that one. */
static void name_feed(syn_fetching *f, const syn_fetched *got, syn_article *a)
{
    syn_leads leads;
    if (syn_fetching_leads(f, got, &leads, NULL) || !leads.n || leads.sitemaps) return;
    a->why = syn_arena_format(&f->desk->session->mem, "no article, but it names a feed that can be watched: %.*s",
                              SYN_FMT(leads.urls[0]));
}

/* One answer, its articles into the store; within a transaction. */
static syn_code take_answer(syn_fetching *f, const syn_fetched *got, syn_err *failed, syn_err *err)
{
    syn_articles articles = {0};
    bool feed = false;
    syn_code rc = SYN_OK;
    f->added.pages++;
    if (!failed->code && got->unchanged)
        f->added.same++;
    else if (!failed->code)
        syn_fetching_read(f, got, &articles, &feed, failed);
    if (failed->code) {
        f->added.failed++;
        syn_desk_complain(f->complain, f->context, got->url, failed);
    }
    if (!failed->code && !feed && articles.n == 1 && !articles.items[0]->text.n) name_feed(f, got, articles.items[0]);
    for (size_t i = 0; !failed->code && !rc && i < articles.n; i++)
        rc = syn_desk_take(f->desk, articles.items[i], f->complain, f->context, &f->added, err);
    return rc ? rc : syn_fetching_note(f, got, failed->code ? failed : NULL, false, NULL, err);
}

syn_code synoptic_desk_fetch(syn_desk *d, const syn_str *urls, size_t n, const syn_net *net, syn_sink *complain,
                             syn_progress *progress, void *context, syn_added *added, syn_err *err)
{
    syn_fetching f;
    syn_fetched got;
    bool asked;
    syn_code rc = syn_fetching_open(d, net, complain, context, &f, err);
    for (size_t i = 0; !rc && i < n; i++) rc = syn_fetching_ask(&f, urls[i], true, i, &asked, err);
    while (!rc) {
        syn_err failed = {0};
        if (syn_fetch_next(f.fetcher, &got, &failed) == SYN_ENOTFOUND) break;
        rc = syn_desk_wake_for(d, f.added.added, err);
        if (!rc) rc = syn_fetching_begin(&f, err);
        if (!rc) rc = syn_fetching_end(&f, take_answer(&f, &got, &failed, err), err);
        if (progress) progress(context, f.added.pages);
    }
    if (!rc && f.added.added) {
        rc = syn_fetching_begin(&f, err);
        if (!rc) rc = syn_fetching_end(&f, syn_desk_settle(d, err), err);
    }
    syn_fetching_close(&f);
    *added = f.added;
    return rc;
}
