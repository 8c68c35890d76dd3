/* stories.c - stage 10: the desk's grouping: the window brought up from the store, stories roused from sleep, what was
   decided kept. */
#include "desk.h"

enum {
    ALL_AWAKE = 3000,   /* articles of a store that are all brought up */
    DAYS_AWAKE = 28,    /* before the newest that a store brings up */
    LEAST_AWAKE = 2000, /* articles that it brings up, where it has them, */
    MOST_AWAKE = 16000, /* and at most: two seconds' work; the others are found by their keys as those that sleep */
    FEW_AWAKE = 2000,   /* for a few articles: what it takes to know what is rare */
    FEW_DAYS = 7,       /* a story told since then does not sleep, though it is not brought up for a few */
    FEW_ROUSED = 6,     /* stories that an article's keys then bring up */
    STRAY = 20,         /* of the newest may have a wrong date */
    RARE_KEYS = 12,     /* of an article, that rouse a story */
    ROUSED = 16,        /* articles of a story that are brought back */
    PROFILE = 64        /* keys that a story is found by when it sleeps */
};

static syn_code restore(void *context, const syn_signature *s, syn_str story, syn_err *err)
{
    /* one without a story came in before an end that nobody planned */
    return story.n ? syn_grouper_restore(context, s, story, false, err) : syn_grouper_add(context, s, err);
}

static syn_code heed_verdicts(syn_desk *d, syn_err *err)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    syn_list rows = {0};
    syn_code rc = syn_store_verdicts(d->store, &mem, true, &rows, err);
    const syn_verdict_row *v = rows.items;
    for (size_t i = 0; !rc && i < rows.n; i++) rc = syn_grouper_verdict(d->grouper, v[i].a, v[i].b, v[i].together, err);
    syn_arena_free(&mem);
    return rc;
}

/* How far back the window reaches: some weeks, and what it takes to know what is rare. */
static syn_code window(syn_desk *d, int64_t until, int64_t *since, syn_err *err)
{
    int64_t newest = INT64_MIN, known = INT64_MIN;
    syn_code rc = syn_store_latest(d->store, until, STRAY, &newest, err);
    if (!rc) rc = syn_store_latest(d->store, until, LEAST_AWAKE, &known, err);
    *since = newest == INT64_MIN ? INT64_MIN : newest - (int64_t)DAYS_AWAKE * 86400;
    if (known < *since) *since = known;
    return rc;
}

static syn_code wake(syn_desk *d, int64_t until, bool few, syn_err *err)
{
    syn_group_options options = {.most = SYN_DESK_AWAKE};
    int64_t since = INT64_MIN, rows = 0;
    uint64_t articles = 0, stories = 0;
    if (d->grouper && (few || !d->few)) return SYN_OK;
    syn_desk_forget(d);
    syn_code rc = syn_desk_use_packs(d, err);
    if (!rc) rc = syn_store_rows(d->store, &rows, err);
    options.partly = rows > ALL_AWAKE || until < INT64_MAX;
    if (!rc && few && options.partly) rc = syn_store_count(d->store, &articles, &stories, err);
    /* at most so many have more than one telling */
    options.stories = (size_t)(articles - stories < stories ? articles - stories : stories);
    if (!rc) rc = syn_grouper_new(d->engine->lex, &options, &d->grouper, err);
    if (!rc) rc = syn_desk_teach(d, err);
    if (!rc && options.partly) rc = window(d, until, &since, err);
    d->few = few && options.partly;
    if (!rc)
        rc = syn_store_signatures(d->store, since, until, d->few ? FEW_AWAKE : MOST_AWAKE, restore, d->grouper, err);
    if (!rc) rc = heed_verdicts(d, err);
    if (rc) syn_desk_forget(d);
    return rc;
}

syn_code syn_desk_wake_at(syn_desk *d, int64_t until, syn_err *err)
{
    return wake(d, until, false, err);
}

syn_code syn_desk_wake_for(syn_desk *d, uint64_t added, syn_err *err)
{
    return wake(d, INT64_MAX, added < SYN_DESK_FEW, err);
}

void syn_desk_forget(syn_desk *d)
{
    syn_grouper_free(d->grouper);
    d->grouper = NULL;
}

static bool asleep(void *context, syn_str founder)
{
    const syn_desk *d = context;
    return !syn_grouper_holds(d->grouper, founder);
}

/* Whether the story was told in the days before the article: then it only was not brought up. */
static bool is_told(const syn_desk *d, const syn_signature *s, const syn_list *signatures)
{
    syn_signature *const *of = signatures->items;
    for (size_t i = 0; i < signatures->n && d->few; i++)
        if (of[i]->when != INT64_MIN && s->when != INT64_MIN && of[i]->when > s->when - (int64_t)FEW_DAYS * 86400)
            return true;
    return false;
}

/* Stories that sleep and share the article's rarest keys are brought back, so that they can be joined: the one that
   shares most, or several where few are awake. */
static syn_code rouse(syn_desk *d, const syn_signature *s, syn_err *err)
{
    uint64_t keys[RARE_KEYS];
    size_t n = syn_grouper_rarest(d->grouper, s, keys, RARE_KEYS);
    syn_code rc = SYN_OK;
    for (size_t k = 0; k < (d->few ? FEW_ROUSED : 1) && !rc; k++) {
        syn_list found = {0};
        syn_str founder;
        rc = syn_store_rouse(d->store, &d->session->mem, keys, n, ROUSED, asleep, d, &found, &founder, err);
        syn_signature *const *signatures = found.items;
        bool woken = !is_told(d, s, &found);
        for (size_t i = 0; !rc && i < found.n; i++)
            rc = syn_grouper_restore(d->grouper, signatures[i], founder, woken, err);
    }
    return rc == SYN_ENOTFOUND ? SYN_OK : rc;
}

syn_code syn_desk_group(syn_desk *d, const syn_signature *s, syn_err *err)
{
    syn_code rc = rouse(d, s, err);
    return rc ? rc : syn_grouper_add(d->grouper, s, err);
}

typedef struct settling {
    syn_desk *desk;
    syn_map touched; /* founders of stories that changed */
    syn_arena mem;
    syn_code rc;
    syn_err err;
} settling;

static void decided(void *context, syn_str id, const syn_decision *decision)
{
    settling *s = context;
    if (s->rc) return;
    s->rc = syn_store_decide_id(s->desk->store, id, decision, &s->err);
    if (s->rc == SYN_ENOTFOUND) s->rc = SYN_OK; /* an article of an older store that has gone: nothing to move */
    if (!s->rc && !syn_map_add(&s->touched, decision->story))
        s->rc = syn_fail(&s->err, SYN_ENOMEM, 0, "no memory to settle");
}

syn_code syn_desk_settle(syn_desk *d, syn_err *err)
{
    settling s = {.desk = d};
    syn_story_key keys[PROFILE];
    s.touched.arena = &s.mem;
    syn_arena_reset(&d->session->mem);
    syn_code rc = syn_desk_heed_forgotten(d, err);
    syn_store_hold(d->store);
    if (!rc) rc = syn_grouper_settle(d->grouper, &d->session->mem, true, decided, &s, err);
    if (!rc && s.rc) {
        *err = s.err;
        rc = s.rc;
    }
    syn_err why = {0};
    syn_code counted = syn_store_release_held(d->store, &why);
    if (!rc && counted) {
        *err = why;
        rc = counted;
    }
    if (!rc) rc = syn_desk_keep_lessons(d, err);
    syn_str founder;
    for (size_t at = 0; !rc && syn_map_next(&s.touched, &at, &founder);) {
        size_t n = syn_grouper_profile(d->grouper, founder, keys, PROFILE);
        rc = syn_store_put_keys(d->store, founder, keys, n, err);
        if (rc == SYN_ENOTFOUND) rc = SYN_OK;
    }
    if (!rc) rc = syn_desk_link(d, &s.touched, err);
    syn_arena_free(&s.mem);
    return rc;
}
