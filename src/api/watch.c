/* watch.c - stage 10: following feeds.  A feed's items that come with their text are taken as they are; of the others
   the page is fetched, and where it cannot be had, what the feed says of it is taken.  A feed is asked for its changes
   alone only once every item of its last answer is settled, so that nothing is lost when the program ends in between.
 */
#include "fetching.h"

#include <stdlib.h>
#include <time.h>

enum {
    GIVE_UP = 5,    /* failures in a row after which an item's page is not asked for again */
    REVISITS = 256, /* pages looked at again that are under way at once */
    VALIDATOR = 512 /* bytes of an ETag or date that are kept */
};

typedef struct feed {
    syn_str url;
    int64_t due;
    bool asked;                                /* it, or pages of its items, are under way */
    bool led;                                  /* named by a page or sitemap that was asked for */
    bool whole;                                /* every item of its answer is settled so far */
    size_t pending;                            /* pages of its items under way */
    char etag[VALIDATOR], modified[VALIDATOR]; /* of the answer */
} feed;

/* An item whose page is under way, or a page of an earlier one that is looked at again. */
typedef struct link {
    struct link *prev, *next;
    size_t feed;  /* NO_FEED: looked at again */
    syn_buf item; /* as the feed has it, in JSON */
} link;

#define NO_FEED SIZE_MAX

typedef struct watcher {
    syn_fetching f;
    syn_arena mem; /* the feeds' addresses */
    feed *feeds;
    size_t n, cap;
    uint32_t every;
    bool once;
    link *links;
    size_t nlinks;
    syn_arena asked_mem; /* addresses under way; emptied when none is */
    syn_map asked;
    int64_t look;     /* when pages may be due that are looked at again */
    uint64_t settled; /* articles added when the stories were last looked at */
    syn_added told;   /* what the caller knows of */
} watcher;

static int64_t now(void)
{
    return (int64_t)time(NULL);
}

static bool stopped(const watcher *w)
{
    return w->f.stop && *w->f.stop;
}

/* Tags of the fetcher's: a feed's place, or the address of a link, which is even. */
static uint64_t tag_of_feed(size_t i)
{
    return (uint64_t)i * 2 + 1;
}

/* ---- items ---- */

static link *new_link(watcher *w, size_t feed_at, const syn_article *a)
{
    link *l = calloc(1, sizeof *l);
    if (!l) return NULL;
    syn_jsonw json = {.out = &l->item};
    l->feed = feed_at;
    l->item.max = SYN_MAX_TEXT;
    if (a) syn_article_write(&json, a);
    if (l->item.failed) syn_buf_clear(&l->item); /* then nothing stands in for the page */
    l->next = w->links;
    if (l->next) l->next->prev = l;
    w->links = l;
    w->nlinks++;
    return l;
}

static void drop_link(watcher *w, link *l)
{
    if (l->prev)
        l->prev->next = l->next;
    else
        w->links = l->next;
    if (l->next) l->next->prev = l->prev;
    syn_buf_free(&l->item);
    free(l);
    if (--w->nlinks) return;
    syn_arena_reset(&w->asked_mem);
    w->asked = (syn_map){.arena = &w->asked_mem};
}

/* Whether the page of an item need not be fetched: it was, or it is under way. */
static syn_code is_settled(watcher *w, syn_str url, bool *settled, syn_err *err)
{
    syn_fetch_row row;
    *settled = syn_map_get(&w->asked, url) != NULL;
    if (*settled) return SYN_OK;
    syn_code rc = syn_store_fetch(w->f.desk->store, &w->f.desk->session->mem, url, &row, err);
    if (!rc) *settled = row.settled;
    return rc == SYN_ENOTFOUND ? SYN_OK : rc;
}

static syn_code take(watcher *w, syn_article *a, syn_err *err)
{
    return syn_desk_take(w->f.desk, a, w->f.complain, w->f.context, &w->f.added, err);
}

static syn_code take_item(watcher *w, size_t feed_at, syn_article *a, syn_err *err)
{
    bool settled = false, asked = false;
    if (!syn_fetch_is_url(a->url) || syn_fetching_is_whole(a)) return take(w, a, err);
    syn_code rc = is_settled(w, a->url, &settled, err);
    if (rc || settled) {
        w->f.added.same += !rc;
        return rc;
    }
    link *l = new_link(w, feed_at, a);
    if (!l || !syn_map_add(&w->asked, syn_dup(&w->asked_mem, a->url)))
        return syn_fail(err, SYN_ENOMEM, 0, "no memory for a feed's links");
    rc = syn_fetching_ask(&w->f, a->url, false, (uint64_t)(uintptr_t)l, &asked, err);
    if (!asked) drop_link(w, l);
    if (asked) w->feeds[feed_at].pending++;
    return !rc && !asked && a->text.n ? take(w, a, err) : rc;
}

/* ---- feeds ---- */

static syn_code know_feed(watcher *w, syn_arena *mem, const feed *at, syn_feed_row *row, syn_err *err)
{
    *row = (syn_feed_row){.url = at->url};
    syn_code rc = syn_store_feed(w->f.desk->store, mem, at->url, row, err);
    return rc == SYN_ENOTFOUND ? SYN_OK : rc;
}

/* Keep how asking a feed went; its articles, where there were any, are still in the session's memory. */
static syn_code note_feed(watcher *w, feed *at, const syn_fetched *got, const syn_articles *items, uint64_t added,
                          const syn_err *why, syn_err *err)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE};
    syn_feed_row row;
    syn_code rc = know_feed(w, &mem, at, &row, err);
    row.fetched = now();
    row.fails = why ? row.fails + 1 : 0;
    row.error = why ? syn_str_of(why->line) : (syn_str){0};
    if (!why) row.answered = row.fetched;
    if (items->n) {
        row.items = (uint32_t)items->n;
        if (items->items[0]->outlet.n) row.title = items->items[0]->outlet;
    }
    row.added += added;
    row.due = row.fetched + syn_fetch_due(w->every, row.fails, got->wait);
    if (!w->once) at->due = row.due;
    if (!rc) rc = syn_store_put_feed(w->f.desk->store, &row, err);
    syn_arena_free(&mem);
    return rc;
}

static void keep_validator(char out[VALIDATOR], syn_str value)
{
    size_t n = value.n < VALIDATOR ? value.n : 0;
    if (n) memcpy(out, value.p, n);
    out[n] = 0;
}

/* Once nothing of a feed is under way: the next time it may be asked for its changes alone. */
static syn_code close_feed(watcher *w, feed *at, syn_err *err)
{
    if (at->pending) return SYN_OK;
    at->asked = false;
    if (!at->whole) return SYN_OK;
    syn_fetched got = {.url = at->url, .etag = syn_str_of(at->etag), .modified = syn_str_of(at->modified)};
    return syn_fetching_note(&w->f, &got, NULL, false, NULL, err);
}

static syn_code follow(watcher *w, syn_str url, int64_t due, bool led, syn_err *err)
{
    for (size_t i = 0; i < w->n; i++) {
        if (syn_str_eq(w->feeds[i].url, url)) return SYN_OK;
    }
    if (!syn_grow(&w->mem, &w->feeds, &w->cap, w->n + 1, sizeof *w->feeds))
        return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    w->feeds[w->n++] = (feed){.url = syn_dup(&w->mem, url), .due = due, .led = led};
    return w->mem.failed ? syn_fail(err, SYN_ENOMEM, 0, "no memory") : SYN_OK;
}

/* What is no feed, but names some: they are followed, beside a sitemap of sitemaps or instead of a page.  What they
   name in turn is not, so that following never becomes crawling.  *led: it is so. */
static syn_code take_leads(watcher *w, size_t i, const syn_fetched *got, bool *led, syn_err *err)
{
    syn_leads leads;
    syn_err why = {0};
    syn_arena_reset(&w->f.desk->session->mem);
    syn_code rc = w->feeds[i].led ? SYN_ENOTFOUND : syn_fetching_leads(&w->f, got, &leads, &why);
    *led = !rc && leads.n;
    if (!*led) return SYN_OK;
    rc = SYN_OK;
    for (size_t k = 0; !rc && k < leads.n; k++) {
        syn_err told = {0};
        rc = follow(w, leads.urls[k], 0, true, err);
        if (leads.sitemaps) continue;
        syn_fail(&told, SYN_EFORMAT, 0, "a page, no feed; the feed that it names is followed: %.*s",
                 SYN_FMT(leads.urls[k]));
        syn_desk_complain(w->f.complain, w->f.context, got->url, &told);
    }
    feed *at = &w->feeds[i];
    if (leads.sitemaps && !rc) return note_feed(w, at, got, &(syn_articles){0}, 0, NULL, err);
    at->due = INT64_MAX;
    return rc;
}

static syn_code take_feed(watcher *w, size_t i, const syn_fetched *got, syn_err *failed, syn_err *err)
{
    syn_articles items = {0};
    bool is_feed = false, led = false;
    uint64_t before = w->f.added.added;
    syn_code rc = SYN_OK;
    w->f.added.pages++;
    if (!failed->code && !got->unchanged) {
        syn_fetching_read(&w->f, got, &items, &is_feed, failed);
        if (!is_feed && (!failed->code || failed->code == SYN_EFORMAT)) rc = take_leads(w, i, got, &led, err);
        if (!failed->code && !is_feed) syn_fail(failed, SYN_EFORMAT, 0, "not a feed");
        if (!is_feed) items.n = 0;
    }
    feed *at = &w->feeds[i];
    bool idle_part = failed->code == SYN_EFORMAT && at->led; /* a sitemap of old pages, a link that leads nowhere */
    at->asked = at->asked && !led && !idle_part;
    if (rc || led) return rc;
    if (idle_part) {
        at->due = INT64_MAX;
        return SYN_OK;
    }
    if (failed->code) {
        w->f.added.failed++;
        syn_desk_complain(w->f.complain, w->f.context, got->url, failed);
    }
    for (size_t k = 0; !rc && k < items.n; k++) rc = take_item(w, i, items.items[k], err);
    if (!rc) rc = note_feed(w, at, got, &items, w->f.added.added - before, failed->code ? failed : NULL, err);
    at->whole = !failed->code && !got->unchanged;
    keep_validator(at->etag, got->etag);
    keep_validator(at->modified, got->modified);
    return rc ? rc : close_feed(w, at, err);
}

/* ---- pages of items ---- */

/* What the feed said of the page, for what the page does not say. */
static syn_article *item_of(watcher *w, const link *l)
{
    syn_article *a = NULL;
    syn_json *json = l->item.n ? syn_json_parse(syn_buf_str(&l->item), NULL) : NULL;
    if (json && syn_article_parse(&w->f.desk->session->mem, json, &a, NULL)) a = NULL;
    syn_json_free(json);
    return a;
}

static syn_code add_to_feed(watcher *w, const feed *at, uint64_t added, syn_err *err)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE};
    syn_feed_row row;
    syn_code rc = added ? know_feed(w, &mem, at, &row, err) : SYN_OK;
    if (!rc && added) {
        row.added += added;
        rc = syn_store_put_feed(w->f.desk->store, &row, err);
    }
    syn_arena_free(&mem);
    return rc;
}

/* A page that never told its time keeps the one that a feed told of it. */
static syn_code keep_time(watcher *w, syn_article *a, syn_err *err)
{
    syn_article_row row;
    if (syn_time_known(a->published)) return SYN_OK;
    syn_code rc = syn_store_article_by_id(w->f.desk->store, &w->f.desk->session->mem, a->id, &row, err);
    if (!rc) a->published = row.a.published;
    return rc == SYN_ENOTFOUND ? SYN_OK : rc;
}

static syn_code take_link(watcher *w, link *l, const syn_fetched *got, syn_err *failed, syn_err *err)
{
    feed *at = l->feed == NO_FEED ? NULL : &w->feeds[l->feed];
    syn_articles articles = {0};
    syn_article *a = NULL;
    bool is_feed = false;
    uint64_t before = w->f.added.added;
    uint32_t fails = 0;
    bool temporary = failed->code && got->temporary;
    w->f.added.pages++;
    if (!failed->code && !got->unchanged)
        syn_fetching_read(&w->f, got, &articles, &is_feed, failed);
    else
        syn_arena_reset(&w->f.desk->session->mem);
    w->f.added.same += !failed->code && got->unchanged;
    if (!failed->code && !is_feed && articles.n && articles.items[0]->text.n) a = articles.items[0];
    if (failed->code) {
        w->f.added.failed++;
        syn_desk_complain(w->f.complain, w->f.context, got->url, failed);
    }
    syn_code rc = syn_fetching_note(&w->f, got, failed->code ? failed : NULL, !temporary, &fails, err);
    bool given_up = temporary && fails >= GIVE_UP;
    if (!rc && given_up) rc = syn_fetching_note(&w->f, got, failed, true, NULL, err);
    syn_article *item = item_of(w, l);
    if (a && item && !syn_time_known(a->published)) a->published = item->published;
    if (!rc && a && !at) rc = keep_time(w, a, err);
    if (w->look > now() + 3600) w->look = now() + 3600;
    if (!a && (!temporary || given_up) && item && item->text.n) a = item;
    if (!rc && a) rc = take(w, a, err);
    drop_link(w, l);
    if (rc || !at) return rc;
    rc = add_to_feed(w, at, w->f.added.added - before, err);
    at->whole = at->whole && (!temporary || given_up);
    at->pending--;
    return rc ? rc : close_feed(w, at, err);
}

/* ---- the round ---- */

/* Those named, or those of the store.  One that fails waits its time out, however often the program is started; asked
   once, it is asked now. */
static syn_code choose(watcher *w, const syn_str *feeds, size_t n, syn_err *err)
{
    syn_list known = {0};
    syn_arena mem = {.limit = SYN_MAX_PAGE};
    syn_code rc = syn_store_feeds(w->f.desk->store, &mem, &known, err);
    const syn_feed_row *rows = known.items;
    for (size_t i = 0; !rc && i < (n ? n : known.n); i++) {
        syn_str url = n ? feeds[i] : rows[i].url;
        int64_t due = 0;
        for (size_t k = 0; !w->once && k < known.n; k++) {
            if (syn_str_eq(rows[k].url, url) && rows[k].fails) due = rows[k].due;
        }
        rc = follow(w, url, due, false, err);
    }
    if (!rc && !w->n) rc = syn_fail(err, SYN_EINVAL, 0, "the store follows no feed yet: name one");
    syn_arena_free(&mem);
    return rc;
}

/* Pages of items are looked at again, for what was corrected since. */
static syn_code ask_again(watcher *w, int64_t t, syn_err *err)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE};
    syn_list due = {0};
    int64_t next = 0;
    syn_code rc = syn_store_due(w->f.desk->store, &mem, t, REVISITS, &due, &next, err);
    const syn_str *urls = due.items;
    w->look = next ? next : INT64_MAX;
    if (w->look <= t) w->look = t + 60; /* the rest, once these have come */
    for (size_t i = 0; !rc && i < due.n; i++) {
        bool asked = false;
        if (syn_map_get(&w->asked, urls[i])) continue;
        link *l = new_link(w, NO_FEED, NULL);
        if (!l || !syn_map_add(&w->asked, syn_dup(&w->asked_mem, urls[i]))) {
            rc = syn_fail(err, SYN_ENOMEM, 0, "no memory for pages to look at again");
            break;
        }
        rc = syn_fetching_ask(&w->f, urls[i], true, (uint64_t)(uintptr_t)l, &asked, err);
        if (!asked) drop_link(w, l);
    }
    syn_arena_free(&mem);
    return rc;
}

static syn_code ask_due(watcher *w, syn_err *err)
{
    syn_code rc = SYN_OK;
    int64_t t = now();
    if (t >= w->look) rc = ask_again(w, t, err);
    for (size_t i = 0; !rc && i < w->n; i++) {
        feed *at = &w->feeds[i];
        if (at->asked || at->due > t) continue;
        rc = syn_fetching_ask(&w->f, at->url, true, tag_of_feed(i), &at->asked, err);
        at->due = w->once || !at->asked ? INT64_MAX : t + w->every;
    }
    return rc;
}

static syn_code settle(watcher *w, syn_err *err)
{
    if (w->f.added.added == w->settled) return SYN_OK;
    w->settled = w->f.added.added;
    syn_code rc = syn_fetching_begin(&w->f, err);
    return rc ? rc : syn_fetching_end(&w->f, syn_desk_settle(w->f.desk, err), err);
}

static void tell(watcher *w, syn_round *round)
{
    syn_added *a = &w->f.added, *b = &w->told;
    syn_added since = {a->pages - b->pages,       a->articles - b->articles, a->added - b->added,  a->same - b->same,
                       a->versions - b->versions, a->empty - b->empty,       a->failed - b->failed};
    if (round && since.pages + since.failed) round(w->f.context, &since);
    *b = *a;
}

/* When a feed is due next; INT64_MAX: none ever. */
static int64_t next_due(const watcher *w)
{
    int64_t due = w->once ? INT64_MAX : w->look;
    for (size_t i = 0; i < w->n; i++) due = w->feeds[i].due < due ? w->feeds[i].due : due;
    return due;
}

static void nap(const watcher *w, int64_t due)
{
    while (!stopped(w) && now() < due) nanosleep(&(struct timespec){.tv_nsec = 500000000}, NULL);
}

static syn_code take_next(watcher *w, bool *idle, syn_err *err)
{
    syn_fetched got;
    syn_err failed = {0};
    *idle = syn_fetch_next(w->f.fetcher, &got, &failed) == SYN_ENOTFOUND;
    if (*idle) return SYN_OK;
    if (!got.url.n) return syn_fail(err, failed.code, 0, "%s", failed.line);
    syn_code rc = syn_desk_wake_for(w->f.desk, w->f.added.added, err);
    if (!rc) rc = syn_fetching_begin(&w->f, err);
    if (rc) return rc;
    if (got.tag & 1)
        rc = take_feed(w, (size_t)(got.tag / 2), &got, &failed, err);
    else
        rc = take_link(w, (link *)(uintptr_t)got.tag, &got, &failed, err);
    rc = syn_fetching_end(&w->f, rc, err);
    return rc || w->f.added.added - w->settled < SYN_DESK_BATCH ? rc : settle(w, err);
}

syn_code synoptic_desk_watch(syn_desk *d, const syn_str *feeds, size_t n, uint32_t every, bool once, const syn_net *net,
                             syn_sink *complain, syn_round *round, void *context, syn_added *total, syn_err *err)
{
    watcher w = {.every = every ? every : 1,
                 .once = once,
                 .mem = {.limit = SYN_MAX_PAGE},
                 .asked_mem = {.limit = SYN_MAX_BUFFER}};
    bool idle = false;
    w.asked.arena = &w.asked_mem;
    syn_code rc = syn_fetching_open(d, net, complain, context, &w.f, err);
    if (!rc) rc = choose(&w, feeds, n, err);
    while (!rc && !stopped(&w)) {
        rc = ask_due(&w, err);
        if (!rc) rc = take_next(&w, &idle, err);
        if (rc || !idle) continue;
        rc = settle(&w, err);
        tell(&w, round);
        int64_t due = next_due(&w);
        if (rc || due == INT64_MAX) break;
        nap(&w, due);
    }
    if (!rc) rc = settle(&w, err);
    tell(&w, round);
    while (w.links) drop_link(&w, w.links);
    syn_fetching_close(&w.f);
    syn_arena_free(&w.mem);
    syn_arena_free(&w.asked_mem);
    *total = w.f.added;
    return rc;
}
