/* topics.c - stage 10: stories that changed are linked anew into topics: with the topics, and the stories outside them,
   that hold their rarest keys.  A story joins a topic by its mean score against the core, whatever joined last, so that
   no chain leads away; two stories found one.  What a story costs does not grow with the store. */
#include "topics.h"

#include <stdlib.h>

enum {
    CANDIDATES = 24,     /* stories held against the one at hand */
    TOPICS = 16,         /* topics likewise */
    NAMED_ALWAYS = 16,   /* up to so many stories a topic's names are made anew with each; then at powers of two */
    MOST_DIRTY = 1 << 16 /* topics that change in one settling */
};
#define LEAST_SAYS 0.4f /* a key that says less leads to nobody */
#define WAITING 5.5     /* the score of a story that its topic has lost all others of: it stays, behind better ones */
#define COVERED 0.6     /* of what two stories share, in a topic's theme: then that is their topic */
#define SAME_THEME 0.6  /* keys that two topics have in common, which then are one */

typedef struct candidate {
    syn_story_key keys[SYN_LINK_KEYS];
    syn_subject subject;
    syn_kinship kin;
} candidate;

typedef struct at_hand { /* a story with all that it is held against */
    syn_story_key keys[SYN_LINK_KEYS];
    syn_subject subject;
    float says[SYN_LINK_KEYS]; /* of each key: prominence by rarity */
    candidate *list;           /* CANDIDATES */
    size_t n;
    syn_membership joined[SYN_STORY_TOPICS];
    size_t njoined;
} at_hand;

/* ---- what changed ---- */

static syn_code soil(syn_linking *l, int64_t topic, bool names)
{
    uint64_t *at = syn_map_add(&l->dirty_at, (syn_str){(const char *)&topic, sizeof topic});
    if (at && !*at && l->ndirty < MOST_DIRTY &&
        syn_grow(&l->mem, &l->dirty, &l->dirty_cap, l->ndirty + 1, sizeof *l->dirty)) {
        l->dirty[l->ndirty++] = (syn_link_dirty){topic, false};
        *at = l->ndirty;
    }
    if (!at || !*at) return syn_fail(l->err, SYN_ENOMEM, 0, "no memory to link topics");
    if (names) l->dirty[*at - 1].names = true;
    return SYN_OK;
}

static bool worth_naming(uint32_t n)
{
    return n <= NAMED_ALWAYS || (n & (n - 1)) == 0;
}

static syn_code join(syn_linking *l, syn_membership m)
{
    uint32_t n = 0;
    syn_code rc = syn_store_topic_join(l->desk->store, &m, &n, l->err);
    return rc ? rc : soil(l, m.topic, worth_naming(n));
}

static syn_code leave(syn_linking *l, int64_t topic, int64_t story)
{
    syn_code rc = syn_store_topic_leave(l->desk->store, topic, story, l->err);
    return rc ? rc : soil(l, topic, true);
}

/* ---- who else holds its keys ---- */

typedef struct vote {
    int64_t of; /* story or topic */
    float says;
} vote;

static int by_number(const void *a, const void *b)
{
    const vote *x = a, *y = b;
    return (x->of > y->of) - (x->of < y->of);
}

static int by_says(const void *a, const void *b)
{
    const vote *x = a, *y = b;
    if (x->says != y->says) return x->says > y->says ? -1 : 1;
    return by_number(a, b);
}

/* Votes added up, in the order of what they are for. */
static size_t add_up(vote *votes, size_t n)
{
    size_t kept = 0;
    if (n) qsort(votes, n, sizeof *votes, by_number);
    for (size_t i = 0; i < n; i++) {
        if (kept && votes[kept - 1].of == votes[i].of)
            votes[kept - 1].says += votes[i].says;
        else
            votes[kept++] = votes[i];
    }
    return kept;
}

/* The most of them first, at most so many. */
static size_t count(vote *votes, size_t n, size_t most)
{
    n = add_up(votes, n);
    if (n <= most) {
        if (n) qsort(votes, n, sizeof *votes, by_says);
        return n;
    }
    for (size_t i = 1; i < n; i++) { /* the first ones are kept sorted; what passes their last is let in */
        size_t at = i < most ? i : most;
        if (at == most && by_says(&votes[i], &votes[most - 1]) > 0) continue;
        vote one = votes[i];
        if (at == most) at--;
        for (; at && by_says(&votes[at - 1], &one) > 0; at--) votes[at] = votes[at - 1];
        votes[at] = one;
    }
    return most;
}

static syn_code load(syn_linking *l, int64_t story, syn_story_key keys[SYN_LINK_KEYS], syn_subject *out)
{
    syn_company c = {0};
    *out = (syn_subject){.story = story, .keys = keys};
    syn_code rc = syn_link_company(l, story, &c);
    if (!rc) rc = syn_link_keys(l, story, keys, &out->n);
    out->outlet = c.outlet;
    out->lang = c.lang;
    out->when = c.when;
    return rc;
}

static syn_kinship kinship(syn_linking *l, const syn_subject *a, const syn_subject *b)
{
    return syn_topics_compare(l->desk->topics, a, b, syn_link_rarity, l);
}

static int by_score(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->kin.score != y->kin.score) return x->kin.score > y->kin.score ? -1 : 1;
    return (x->subject.story > y->subject.story) - (x->subject.story < y->subject.story);
}

static syn_code find_candidates(syn_linking *l, at_hand *h, vote *votes)
{
    size_t n = 0;
    for (size_t k = 0; k < h->subject.n; k++) {
        syn_link_holders of;
        h->says[k] = 0;
        if (syn_topics_rarity(h->keys[k].signal, 0, 1) <= 0) continue;
        syn_code rc = syn_link_look_up(l, &h->keys[k], &of);
        if (rc) return rc;
        h->says[k] = of.rarity * h->keys[k].weight;
        for (size_t i = 0; i < of.n && h->says[k] >= LEAST_SAYS; i++)
            if (of.stories[i] != h->subject.story) votes[n++] = (vote){of.stories[i], h->says[k]};
    }
    h->n = count(votes, n, CANDIDATES);
    for (size_t i = 0; i < h->n; i++) {
        candidate *c = &h->list[i];
        syn_code rc = load(l, votes[i].of, c->keys, &c->subject);
        if (rc) return rc;
        c->kin = kinship(l, &h->subject, &c->subject);
    }
    if (h->n) qsort(h->list, h->n, sizeof *h->list, by_score);
    for (size_t i = 0; i < h->n; i++) h->list[i].subject.keys = h->list[i].keys; /* they moved with it */
    return l->rc;
}

/* ---- topics that there are ---- */

static syn_code find_topics(syn_linking *l, const at_hand *h, vote *votes, size_t *n)
{
    syn_membership of[SYN_STORY_TOPICS * 2];
    int64_t topics[SYN_LINK_HOLDERS];
    size_t found;
    *n = 0;
    for (size_t i = 0; i <= h->n; i++) { /* its own, and its candidates' */
        int64_t story = i < h->n ? h->list[i].subject.story : h->subject.story;
        syn_code rc = syn_store_memberships(l->desk->store, story, of, SYN_COUNT(of), &found, l->err);
        if (rc) return rc;
        float says = i < h->n ? (float)h->list[i].kin.score : 1e6f;
        for (size_t k = 0; k < found; k++) votes[(*n)++] = (vote){of[k].topic, says};
    }
    for (size_t k = 0; k < h->subject.n; k++) {
        if (h->says[k] < LEAST_SAYS) continue;
        syn_code rc = syn_store_holders(l->desk->store, h->keys[k].key, true, topics, SYN_LINK_HOLDERS, &found, l->err);
        if (rc) return rc;
        for (size_t i = 0; i < found; i++) votes[(*n)++] = (vote){topics[i], h->says[k]};
    }
    *n = count(votes, *n, TOPICS);
    return SYN_OK;
}

/* The mean score against the core of a topic; *member: the story was in it. */
static syn_code hold_against(syn_linking *l, const at_hand *h, int64_t topic, double *score, bool *member, bool *core)
{
    syn_membership of[SYN_TOPIC_CORE], own[SYN_STORY_TOPICS * 2];
    syn_story_key keys[SYN_LINK_KEYS];
    size_t n, nown, others = 0;
    double sum = 0;
    syn_kinship last = {0};
    syn_code rc = syn_store_core(l->desk->store, topic, of, SYN_TOPIC_CORE, &n, l->err);
    if (!rc) rc = syn_store_memberships(l->desk->store, h->subject.story, own, SYN_COUNT(own), &nown, l->err);
    if (rc) return rc;
    *member = *core = false;
    for (size_t i = 0; i < nown; i++) {
        if (own[i].topic != topic) continue;
        *member = true;
        *core = own[i].core;
    }
    if (!*core) *core = n < SYN_TOPIC_CORE;
    for (size_t i = 0; i < n && !rc; i++) {
        syn_subject other;
        if (of[i].story == h->subject.story) continue;
        rc = load(l, of[i].story, keys, &other);
        if (rc) return rc;
        last = kinship(l, &h->subject, &other);
        sum += last.score;
        others++;
    }
    *score = others ? sum / (double)others : *member ? WAITING : 0;
    if (others < 2 && !*member && !syn_topics_found(&last, l->stories)) *score = 0; /* one story is no topic yet */
    return l->rc;
}

static int by_fit(const void *a, const void *b)
{
    const syn_membership *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    return (x->topic > y->topic) - (x->topic < y->topic);
}

/* Into the topics that it fits, the best ones, and out of the others. */
static syn_code fit(syn_linking *l, at_hand *h, const vote *topics, size_t n)
{
    syn_membership fits[TOPICS];
    bool was[TOPICS];
    size_t nfits = 0;
    syn_code rc = SYN_OK;
    for (size_t i = 0; i < n && !rc; i++) {
        syn_membership m = {.topic = topics[i].of, .story = h->subject.story};
        rc = hold_against(l, h, m.topic, &m.score, &was[i], &m.core);
        if (!rc && syn_topics_belongs(m.score, was[i])) fits[nfits++] = m;
    }
    if (rc) return rc;
    if (nfits) qsort(fits, nfits, sizeof *fits, by_fit);
    for (size_t i = 0; i < nfits && h->njoined < SYN_STORY_TOPICS && !rc; i++) {
        h->joined[h->njoined++] = fits[i];
        rc = join(l, fits[i]);
    }
    for (size_t i = 0; i < n && !rc; i++) {
        bool in = false;
        for (size_t k = 0; k < h->njoined; k++) in |= h->joined[k].topic == topics[i].of;
        if (was[i] && !in) rc = leave(l, topics[i].of, h->subject.story);
    }
    return rc;
}

/* ---- new topics ---- */

static syn_code share_of(syn_linking *l, const at_hand *h, const candidate *c, int64_t topic, double *covered)
{
    syn_story_key theme[SYN_TOPIC_THEME];
    size_t n;
    syn_code rc = syn_store_keys(l->desk->store, topic, true, theme, SYN_TOPIC_THEME, &n, l->err);
    if (!rc) *covered = syn_topics_covered(&h->subject, &c->subject, theme, n, syn_link_rarity, l);
    return rc ? rc : l->rc;
}

/* Whether a topic of one of the two is what both are about; the other joins it then. */
static syn_code already(syn_linking *l, at_hand *h, const candidate *c, bool *done)
{
    syn_membership of[SYN_STORY_TOPICS * 2];
    size_t n;
    syn_code rc = syn_store_memberships(l->desk->store, c->subject.story, of, SYN_COUNT(of), &n, l->err);
    *done = false;
    for (size_t i = 0; i < n && !rc; i++)
        for (size_t k = 0; k < h->njoined; k++) *done |= h->joined[k].topic == of[i].topic;
    for (size_t i = 0; i < n && !rc && !*done; i++) {
        double covered = 0;
        rc = share_of(l, h, c, of[i].topic, &covered);
        if (rc || covered < COVERED) continue;
        *done = true;
        syn_membership m = {of[i].topic, h->subject.story, c->kin.score * covered, false};
        h->joined[h->njoined++] = m;
        rc = join(l, m);
    }
    for (size_t i = 0; i < h->njoined && !rc && !*done; i++) {
        double covered = 0;
        rc = share_of(l, h, c, h->joined[i].topic, &covered);
        if (rc || covered < COVERED) continue;
        *done = true;
        if (n < SYN_STORY_TOPICS)
            rc = join(l, (syn_membership){h->joined[i].topic, c->subject.story, c->kin.score * covered, false});
    }
    return rc;
}

static syn_code put_theme(syn_linking *l, int64_t topic)
{
    syn_membership of[SYN_TOPIC_CORE];
    syn_story_key *keys = SYN_NEW_ARRAY(&l->mem, syn_story_key, SYN_TOPIC_CORE * SYN_LINK_KEYS), theme[SYN_TOPIC_THEME];
    syn_subject core[SYN_TOPIC_CORE];
    size_t n = 0;
    if (!keys) return syn_fail(l->err, SYN_ENOMEM, 0, "no memory to link topics");
    syn_code rc = syn_store_core(l->desk->store, topic, of, SYN_TOPIC_CORE, &n, l->err);
    for (size_t i = 0; i < n && !rc; i++) rc = load(l, of[i].story, keys + i * SYN_LINK_KEYS, &core[i]);
    if (rc || n < 2) return rc; /* one that waits for a second story keeps its theme */
    size_t ntheme = syn_topics_theme(core, n, syn_link_rarity, l, theme);
    return l->rc ? l->rc : syn_store_put_theme(l->desk->store, topic, theme, ntheme, l->err);
}

static syn_code found(syn_linking *l, at_hand *h, size_t at)
{
    const candidate *c = &h->list[at];
    int64_t topic = 0;
    size_t core = 2;
    syn_code rc = syn_store_topic_new(l->desk->store, &topic, l->err);
    syn_membership mine = {topic, h->subject.story, c->kin.score, true};
    if (!rc) rc = join(l, (syn_membership){topic, c->subject.story, c->kin.score, true});
    if (!rc) rc = join(l, mine);
    h->joined[h->njoined++] = mine;
    for (size_t i = at + 1; i < h->n && core < SYN_TOPIC_CORE && !rc; i++) {
        const candidate *d = &h->list[i];
        double mean = (d->kin.score + kinship(l, &c->subject, &d->subject).score) / 2;
        if (l->rc || !syn_topics_belongs(mean, false)) continue;
        rc = join(l, (syn_membership){topic, d->subject.story, mean, true});
        core++;
    }
    if (!rc) rc = put_theme(l, topic);
    return rc ? rc : l->rc;
}

static syn_code link_story(syn_linking *l, int64_t story, at_hand *h, vote *votes)
{
    size_t n;
    h->njoined = 0;
    syn_code rc = load(l, story, h->keys, &h->subject);
    if (!rc) rc = find_candidates(l, h, votes);
    if (!rc) rc = find_topics(l, h, votes, &n);
    if (!rc) rc = fit(l, h, votes, n);
    for (size_t i = 0; i < h->n && h->njoined < SYN_STORY_TOPICS && !rc; i++) {
        bool done;
        if (!syn_topics_found(&h->list[i].kin, l->stories)) continue;
        rc = already(l, h, &h->list[i], &done);
        if (!rc && !done && h->njoined < SYN_STORY_TOPICS) rc = found(l, h, i);
    }
    return rc;
}

/* ---- what topics add up to ---- */

static syn_code themes_alike(syn_linking *l, int64_t a, int64_t b, bool *alike)
{
    syn_story_key x[SYN_TOPIC_THEME], y[SYN_TOPIC_THEME];
    size_t nx, ny, both = 0;
    syn_code rc = syn_store_keys(l->desk->store, a, true, x, SYN_TOPIC_THEME, &nx, l->err);
    if (!rc) rc = syn_store_keys(l->desk->store, b, true, y, SYN_TOPIC_THEME, &ny, l->err);
    if (rc) return rc;
    for (size_t i = 0, j = 0; i < nx && j < ny;) {
        both += x[i].key == y[j].key;
        if (x[i].key == y[j].key)
            i++, j++;
        else if (x[i].key < y[j].key)
            i++;
        else
            j++;
    }
    *alike = nx && ny && (double)both >= SAME_THEME * (double)(nx < ny ? nx : ny);
    return SYN_OK;
}

/* Two topics that hold each other's core and are about the same are one; the older number stays. */
static syn_code merge_if_one(syn_linking *l, int64_t topic, bool *gone)
{
    syn_membership core[SYN_TOPIC_CORE], of[SYN_STORY_TOPICS * 2];
    vote others[SYN_TOPIC_CORE * SYN_STORY_TOPICS * 2];
    size_t n, nof, nothers = 0;
    syn_code rc = syn_store_core(l->desk->store, topic, core, SYN_TOPIC_CORE, &n, l->err);
    for (size_t i = 0; i < n && !rc; i++) {
        rc = syn_store_memberships(l->desk->store, core[i].story, of, SYN_COUNT(of), &nof, l->err);
        for (size_t k = 0; k < nof && !rc; k++)
            if (of[k].topic != topic) others[nothers++] = (vote){of[k].topic, 1};
    }
    nothers = rc ? 0 : count(others, nothers, nothers);
    *gone = false;
    for (size_t i = 0; i < nothers && !rc && !*gone; i++) {
        bool alike = false;
        if (others[i].says < 2 || 2 * (size_t)others[i].says < n) break;
        rc = themes_alike(l, topic, others[i].of, &alike);
        if (rc || !alike) continue;
        int64_t into = others[i].of < topic ? others[i].of : topic, from = into == topic ? others[i].of : topic;
        rc = syn_store_topic_merge(l->desk->store, from, into, l->err);
        if (!rc) rc = soil(l, into, true);
        *gone = from == topic;
    }
    return rc;
}

static syn_code name_topic(syn_linking *l, int64_t topic)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    syn_story_key theme[SYN_TOPIC_THEME];
    size_t n, nparties;
    syn_list mentions = {0};
    syn_actor *parties;
    syn_code rc = syn_store_keys(l->desk->store, topic, true, theme, SYN_TOPIC_THEME, &n, l->err);
    if (!rc) rc = syn_store_mentions(l->desk->store, &mem, topic, &mentions, l->err);
    if (!rc)
        rc = syn_topics_parties(l->desk->topics, &mem, theme, n, mentions.items, mentions.n, &parties, &nparties,
                                l->err);
    if (!rc) rc = syn_store_put_parties(l->desk->store, topic, parties, nparties, l->err);
    syn_arena_free(&mem);
    return rc;
}

static syn_code tidy(syn_linking *l)
{
    syn_code rc = SYN_OK;
    for (size_t i = 0; i < l->ndirty && !rc; i++) { /* it may grow by what merges */
        int64_t topic = l->dirty[i].topic;
        bool gone = false;
        rc = put_theme(l, topic);
        if (!rc) rc = merge_if_one(l, topic, &gone);
        if (!rc && !gone && l->dirty[i].names) rc = name_topic(l, topic);
        if (!rc && !gone) rc = syn_store_topic_recount(l->desk->store, topic, l->err);
    }
    return rc;
}

static int by_story(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

syn_code syn_desk_link(syn_desk *d, const syn_map *founders, syn_err *err)
{
    syn_linking l = {.desk = d, .err = err, .mem = {.limit = SYN_MAX_PAGE_MEMORY}};
    l.keys.arena = l.subjects.arena = l.companies.arena = l.dirty_at.arena = &l.mem;
    size_t n = 0;
    int64_t *stories = SYN_NEW_ARRAY(&l.mem, int64_t, founders->n + 1);
    vote *votes = SYN_NEW_ARRAY(&l.mem, vote,
                                SYN_LINK_KEYS * SYN_LINK_HOLDERS + (CANDIDATES + 1) * SYN_STORY_TOPICS * 2);
    at_hand *h = SYN_NEW(&l.mem, at_hand);
    if (h) h->list = SYN_NEW_ARRAY(&l.mem, candidate, CANDIDATES);
    syn_code rc = stories && votes && h && h->list ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "no memory to link topics");
    if (!rc && !d->topics) rc = syn_topics_new(d->engine->lex, &d->topics, err);
    if (!rc) rc = syn_store_stories_held(d->store, &l.stories, &l.highest, err);
    if (!rc) rc = syn_store_companies(d->store, l.sample, SYN_LINK_SAMPLE, &l.nsample, err);
    syn_str founder;
    for (size_t at = 0; !rc && syn_map_next(founders, &at, &founder);) {
        syn_err none = {0};
        if (!syn_store_founded(d->store, founder, &stories[n], &none)) n++;
    }
    if (n) qsort(stories, n, sizeof *stories, by_story);
    for (size_t i = 0; i < n && !rc; i++) rc = link_story(&l, stories[i], h, votes);
    if (!rc) rc = tidy(&l);
    syn_arena_free(&l.mem);
    return rc;
}
