/* merge.c - stage 6: mentions of all tellings to entries.  Those with a key of their own (a day, a period, a value, a
   rank) meet in buckets of that key; an event without a day goes to the dated one that shares most persons, bodies and
   places with its sentence, if any is surely the same. */
#include "recording.h"

#include <math.h>

enum {
    ONE_EVENT = 30 /* days between two reports of one signing */,
    CLOSE = 3,
    CANDIDATES = 200,
    PARTIES = 24,
    LIKENED = 2000000
};
#define SURE 3.5   /* points from which an event without a day is the dated one */
#define SHARED 2.5 /* of them from what both name: one person is in many places */

typedef struct draft {
    uint8_t kind, class, measure;
    char currency[4], unit[4];
    uint32_t ordinal, next; /* next: 1 + another of its bucket */
    syn_day from, to, reported;
    double value;
    bool valued;
    uint32_t parties[PARTIES];
    size_t nparties, nmentions;
} draft;

typedef struct merging {
    syn_arena *arena;
    const syn_cast *cast;
    const syn_recorded *tellings;
    syn_day latest;
    syn_map buckets;
    draft *drafts;
    size_t n, cap;
    uint32_t *of_party; /* 1 + the latest draft that names a party, chained by links */
    struct link {
        uint32_t draft, next;
    } * links;
    size_t nlinks, links_cap;
    size_t likened; /* events without a day against dated ones: at most LIKENED */
} merging;

static uint8_t class_of(uint8_t kind)
{
    return kind == SYN_CUE_TALKS ? SYN_CUE_MEETING : kind == SYN_CUE_PLAN ? SYN_CUE_AGREEMENT : kind;
}

/* Three significant digits, as an integer with its power of ten. */
static int64_t rounded(double v)
{
    if (!(v > 0)) return 0;
    double power = floor(log10(v)) - 2;
    return (int64_t)(v / pow(10, power) + 0.5) * 64 + (int64_t)power;
}

static syn_day reported(const merging *m, const syn_mention *x)
{
    return m->tellings[x->telling].published;
}

/* A figure of a period to come, or "by", beside a word for a target, is a target; whatever else has no period is none.
   False: the mention says too little. */
static bool settle_figure(const merging *m, syn_mention *x)
{
    syn_day now = reported(m, x) != SYN_NO_DAY ? reported(m, x) : m->latest;
    bool due = x->kind == SYN_CUE_PROJECT && x->measure == SYN_CUE_DONE;
    if (x->kind != SYN_ENTRY_FIGURE && !due) return true;
    bool ahead = x->from != SYN_NO_DAY && now != SYN_NO_DAY && (x->from > now || (x->until && x->to > now));
    if (due) return ahead;
    if (x->from == SYN_NO_DAY) {
        if (!x->aimed) return false;
        x->kind = SYN_CUE_TARGET;
        return x->measure != SYN_CUE_NONE;
    }
    if (ahead || (x->until && x->aimed)) {
        x->kind = SYN_CUE_TARGET;
        x->flags |= SYN_ENTRY_OPEN;
        return x->measure != SYN_CUE_NONE || x->currency[0];
    }
    return x->measure != SYN_CUE_NONE && x->value > 0 && (x->currency[0] || !x->aimed);
}

typedef struct bucket_key {
    int64_t value;
    uint32_t ordinal;
    syn_day from, to;
    uint32_t what;
} bucket_key;
_Static_assert(sizeof(bucket_key) == 8 + 4 * 4, "its bytes are a key: no padding");

/* False: an event without a day. */
static bool key_of(const syn_mention *x, bucket_key *k)
{
    *k = (bucket_key){.from = SYN_NO_DAY, .to = SYN_NO_DAY, .what = class_of(x->kind)};
    switch (k->what) {
    case SYN_ENTRY_FIGURE:
        k->value = rounded(x->value), k->from = x->from, k->to = x->to;
        return true;
    case SYN_CUE_TARGET:
        k->value = rounded(x->value);
        return true;
    case SYN_CUE_SESSION:
    case SYN_CUE_ANNIVERSARY:
        k->ordinal = x->ordinal;
        return true;
    case SYN_CUE_PROJECT:
        if (x->measure == SYN_CUE_COST || x->measure == SYN_CUE_DONE) {
            k->value = rounded(x->value), k->from = x->measure == SYN_CUE_DONE ? x->from : SYN_NO_DAY;
            k->ordinal = x->measure;
            return true;
        }
        break;
    case SYN_CUE_OPENING:
        if (x->flags & SYN_ENTRY_VALUE) { /* the first 86 kilometres, whenever told of */
            k->value = rounded(x->value);
            return true;
        }
        break;
    case SYN_CUE_SIGNING:
        if (x->measure == SYN_CUE_DOCUMENT) {
            k->value = rounded(x->value), k->ordinal = x->measure;
            return true;
        }
        break;
    default:
        break;
    }
    k->from = x->from;
    if (k->what == SYN_CUE_AGREEMENT) k->to = x->to;
    return x->from != SYN_NO_DAY;
}

static bool days_apart(syn_day a, syn_day b, syn_day most)
{
    return a != SYN_NO_DAY && b != SYN_NO_DAY && (a > b ? a - b : b - a) > most;
}

static bool same_money(const char *a, const char *b)
{
    return !a[0] || !b[0] || strcmp(a, b) == 0;
}

static bool fits(const merging *m, const draft *d, const syn_mention *x)
{
    if (d->class != class_of(x->kind) || !same_money(d->currency, x->currency)) return false;
    if (d->class == SYN_CUE_SIGNING) { /* as many documents at another time are others */
        syn_day a = d->from != SYN_NO_DAY ? d->from : d->reported, b = x->from != SYN_NO_DAY ? x->from : reported(m, x);
        bool said = d->from != SYN_NO_DAY && x->from != SYN_NO_DAY;
        return !days_apart(a, b, said ? 0 : ONE_EVENT);
    }
    if (d->class == SYN_CUE_TARGET && d->from != SYN_NO_DAY && x->from != SYN_NO_DAY && d->to != x->to) return false;
    if (d->class == SYN_CUE_TARGET || d->class == SYN_ENTRY_FIGURE)
        return !d->measure || !x->measure || d->measure == x->measure;
    return true;
}

static draft *draft_of(merging *m, const syn_mention *x, const bucket_key *k)
{
    uint64_t *at = syn_map_add(&m->buckets, (syn_str){(const char *)k, sizeof *k});
    if (!at) return NULL;
    for (uint64_t i = *at; i; i = m->drafts[i - 1].next)
        if (fits(m, &m->drafts[i - 1], x)) return &m->drafts[i - 1];
    if (m->n == SYN_MAX_RECORD_ENTRIES || !syn_grow(m->arena, &m->drafts, &m->cap, m->n + 1, sizeof *m->drafts))
        return NULL;
    draft *d = &m->drafts[m->n++];
    *d = (draft){.kind = x->kind, .class = class_of(x->kind), .measure = x->measure, .ordinal = x->ordinal};
    d->from = x->from, d->to = x->to, d->reported = reported(m, x);
    d->value = x->value, d->valued = x->flags & SYN_ENTRY_VALUE;
    memcpy(d->currency, x->currency, sizeof d->currency);
    memcpy(d->unit, x->unit, sizeof d->unit);
    d->next = (uint32_t)*at;
    *at = m->n;
    return d;
}

static bool has_party(const draft *d, uint32_t party)
{
    for (size_t i = 0; i < d->nparties; i++)
        if (d->parties[i] == party) return true;
    return false;
}

static bool add_party(merging *m, draft *d, uint32_t party)
{
    if (d->nparties == PARTIES || has_party(d, party)) return true;
    if (!syn_grow(m->arena, &m->links, &m->links_cap, m->nlinks + 1, sizeof *m->links)) return false;
    d->parties[d->nparties++] = party;
    m->links[m->nlinks] = (struct link){(uint32_t)(d - m->drafts), m->of_party[party]};
    m->of_party[party] = (uint32_t)++m->nlinks;
    return true;
}

static bool join(merging *m, draft *d, syn_mention *x)
{
    uint32_t parties[SYN_SENTENCE_PARTIES];
    x->entry = (uint32_t)(d - m->drafts);
    d->nmentions++;
    if (!d->measure) d->measure = x->measure;
    if (!d->currency[0]) memcpy(d->currency, x->currency, sizeof d->currency);
    if (d->from == SYN_NO_DAY) d->from = x->from, d->to = x->to;
    syn_day r = reported(m, x);
    if (r != SYN_NO_DAY && (d->reported == SYN_NO_DAY || r < d->reported)) d->reported = r;
    size_t n = syn_cast_of(m->cast, &m->tellings[x->telling], x->telling, x->sentence, parties);
    for (size_t i = 0; i < n; i++)
        if (!add_party(m, d, parties[i])) return false;
    return true;
}

/* Documents signed on a day without their number belong to those counted that day, in the same telling if it counts. */
static draft *counted_that_day(merging *m, const syn_mention *x, const syn_mention *first, const syn_mention *end)
{
    draft *best = NULL;
    const syn_mention *from = x;
    if (x->kind != SYN_CUE_SIGNING || x->measure) return NULL;
    while (from > first && from[-1].telling == x->telling) from--;
    for (; from < end && from->telling == x->telling; from++) {
        if (from->kind != SYN_CUE_SIGNING || from->measure != SYN_CUE_DOCUMENT || from->entry == UINT32_MAX) continue;
        if (m->drafts[from->entry].from == x->from) return &m->drafts[from->entry];
    }
    for (size_t i = 0; i < m->n; i++) {
        draft *d = &m->drafts[i];
        if (d->class != SYN_CUE_SIGNING || d->measure != SYN_CUE_DOCUMENT || d->from != x->from) continue;
        if (!best || d->nmentions > best->nmentions) best = d;
    }
    return best;
}

/* ---- events without a day ---- */

static double weight_of(const syn_party *p)
{
    return p->kind == SYN_PARTY_PERSON ? 2 : p->kind == SYN_PARTY_BODY ? 1 : 0.5;
}

static double likeness(const merging *m, const draft *d, const syn_mention *x, const uint32_t *parties, size_t n)
{
    double points = d->kind == x->kind ? 1 : 0, shared = 0;
    for (size_t i = 0; i < n; i++) {
        const syn_party *p = &m->cast->parties[parties[i]];
        if (has_party(d, parties[i]))
            points += weight_of(p), shared += weight_of(p);
        else if (p->kind == SYN_PARTY_PERSON)
            points -= 1.5;
    }
    syn_day r = reported(m, x);
    if (r == SYN_NO_DAY || d->from == SYN_NO_DAY) return shared < SHARED ? 0 : points;
    if (!days_apart(d->from, r, CLOSE)) return shared < SHARED ? 0 : points + 1.5;
    return points - (d->from > r || days_apart(d->from, r, ONE_EVENT) ? 3 : 0);
}

static draft *most_alike(merging *m, const syn_mention *x)
{
    uint32_t parties[SYN_SENTENCE_PARTIES];
    size_t n = syn_cast_of(m->cast, &m->tellings[x->telling], x->telling, x->sentence, parties);
    draft *best = NULL;
    double most = SURE;
    for (size_t i = 0; i < n; i++) {
        uint32_t at = m->of_party[parties[i]];
        for (int tries = 0; at && tries < CANDIDATES && m->likened < LIKENED; at = m->links[at - 1].next, tries++) {
            draft *d = &m->drafts[m->links[at - 1].draft];
            if (d == best || d->class != class_of(x->kind) || d->from == SYN_NO_DAY) continue;
            m->likened++;
            double points = likeness(m, d, x, parties, n);
            if (points > most || (best && points >= most && d < best)) most = points, best = d;
        }
    }
    return best;
}

/* What hardly happens twice within days: the verdict, the opening that are in the news. */
static draft *only_one_near(merging *m, const syn_mention *x)
{
    static const uint8_t kinds[] = {SYN_CUE_AWARD,    SYN_CUE_APPOINTMENT, SYN_CUE_VERDICT,
                                    SYN_CUE_ELECTION, SYN_CUE_OPENING,     SYN_CUE_PROJECT};
    draft *found = NULL;
    syn_day r = reported(m, x);
    bool once = false;
    for (size_t i = 0; i < SYN_COUNT(kinds); i++) once |= kinds[i] == x->kind;
    for (size_t i = 0; once && r != SYN_NO_DAY && i < m->n; i++) {
        draft *d = &m->drafts[i];
        if (d->class != x->kind || d->from == SYN_NO_DAY || d->to != d->from + 1 || days_apart(d->from, r, CLOSE))
            continue;
        if (found) return NULL;
        found = d;
    }
    return found;
}

/* What one person is given or sentenced to has that person for its key. */
static draft *of_person(merging *m, const syn_mention *x)
{
    uint32_t parties[SYN_SENTENCE_PARTIES];
    if (x->kind != SYN_CUE_AWARD && x->kind != SYN_CUE_APPOINTMENT && x->kind != SYN_CUE_VERDICT) return NULL;
    size_t n = syn_cast_of(m->cast, &m->tellings[x->telling], x->telling, x->sentence, parties);
    for (size_t i = 0; i < n; i++) {
        if (m->cast->parties[parties[i]].kind != SYN_PARTY_PERSON) continue;
        bucket_key k = {.ordinal = parties[i] + 1, .from = SYN_NO_DAY, .to = SYN_NO_DAY, .what = class_of(x->kind)};
        return draft_of(m, x, &k);
    }
    return NULL;
}

/* ---- all of it ---- */

/* A figure beside a word for a target, the value of one that is known, tells of it whatever period stands near. */
static draft *known_target(merging *m, const syn_mention *x)
{
    if (x->kind != SYN_ENTRY_FIGURE || !x->aimed) return NULL;
    bucket_key k = {.value = rounded(x->value), .from = SYN_NO_DAY, .to = SYN_NO_DAY, .what = SYN_CUE_TARGET};
    uint64_t *at = syn_map_get(&m->buckets, (syn_str){(const char *)&k, sizeof k});
    for (uint64_t i = at ? *at : 0; i; i = m->drafts[i - 1].next) {
        draft *d = &m->drafts[i - 1];
        if (same_money(d->currency, x->currency) && (!x->measure || !d->measure || d->measure == x->measure)) return d;
    }
    return NULL;
}

/* Targets and whatever else has a key come first, then figures, then the uncounted signings of a day. */
static int turn_of(const syn_mention *x)
{
    if (x->kind == SYN_ENTRY_FIGURE) return 1;
    return x->kind == SYN_CUE_SIGNING && x->measure != SYN_CUE_DOCUMENT ? 2 : 0;
}

static bool merge_keyed(merging *m, syn_mention *mentions, size_t n)
{
    bucket_key k;
    for (size_t i = 0; i < n; i++) {
        if (settle_figure(m, &mentions[i])) continue;
        mentions[i].kind = SYN_ENTRY_FIGURE, mentions[i].flags = 0; /* too little is said: no entry */
    }
    for (int turn = 0; turn < 3; turn++) {
        for (size_t i = 0; i < n; i++) {
            syn_mention *x = &mentions[i];
            bool none = x->kind == SYN_ENTRY_FIGURE && !(x->flags & SYN_ENTRY_VALUE);
            if (turn_of(x) != turn || none || !key_of(x, &k)) continue;
            draft *d = turn == 1   ? known_target(m, x)
                       : turn == 2 ? counted_that_day(m, x, mentions, mentions + n)
                                   : NULL;
            if (d && d->class == SYN_CUE_TARGET) x->kind = SYN_CUE_TARGET, x->from = x->to = SYN_NO_DAY;
            if (!d) d = draft_of(m, x, &k);
            if (d && !join(m, d, x)) return false;
        }
    }
    return true;
}

static void merge_undated(merging *m, syn_mention *mentions, size_t n)
{
    bucket_key k;
    size_t dated = m->n;
    for (size_t i = 0; i < n; i++) {
        syn_mention *x = &mentions[i];
        if (x->entry != UINT32_MAX || x->kind == SYN_ENTRY_FIGURE || key_of(x, &k)) continue;
        draft *d = most_alike(m, x);
        if (!d || d >= m->drafts + dated) d = only_one_near(m, x);
        if (!d) d = of_person(m, x);
        if (!d) continue;
        x->entry = (uint32_t)(d - m->drafts); /* its parties are not the entry's: one mistake must not draw another */
        d->nmentions++;
    }
}

typedef struct on_day {
    syn_day day;
    uint32_t draft;
} on_day;

static int by_day(const void *pa, const void *pb)
{
    const on_day *a = pa, *b = pb;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    return a->draft < b->draft ? -1 : a->draft > b->draft;
}

/* Whether x is only another word for y, on the same day: a day ahead that others say what it is, a word that one
   telling alone uses for a day ahead, the meeting that is a counted session. */
static bool is_other_word(const draft *x, const draft *y)
{
    if (x->kind == SYN_ENTRY_AHEAD) return y->kind != SYN_ENTRY_AHEAD && y->nmentions * 2 > x->nmentions;
    if (y->kind == SYN_ENTRY_AHEAD) return x->nmentions * 2 <= y->nmentions;
    return x->class == SYN_CUE_MEETING && y->class == SYN_CUE_SESSION && y->nmentions > x->nmentions;
}

static bool join_days(merging *m, syn_mention *mentions, size_t n)
{
    on_day *days = SYN_NEW_ARRAY(m->arena, on_day, m->n);
    uint32_t *instead = SYN_NEW_ARRAY(m->arena, uint32_t, m->n);
    size_t count = 0;
    if (!days || !instead) return false;
    for (size_t i = 0; i < m->n; i++) {
        const draft *d = &m->drafts[i];
        instead[i] = (uint32_t)i;
        if (d->from != SYN_NO_DAY && d->to == d->from + 1) days[count++] = (on_day){d->from, (uint32_t)i};
    }
    syn_record_sort(days, count, sizeof *days, by_day);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && days[end].day == days[i].day;) end++;
        for (size_t x = i; x < end; x++)
            for (size_t y = i; y < end && instead[days[x].draft] == days[x].draft && end - i <= CANDIDATES; y++)
                if (x != y && instead[days[y].draft] == days[y].draft &&
                    is_other_word(&m->drafts[days[x].draft], &m->drafts[days[y].draft]))
                    instead[days[x].draft] = days[y].draft;
    }
    for (size_t i = 0; i < n; i++) {
        syn_mention *x = &mentions[i];
        if (x->entry == UINT32_MAX || instead[x->entry] == x->entry) continue;
        while (instead[x->entry] != x->entry) x->entry = instead[x->entry];
        x->kind = m->drafts[x->entry].kind;
    }
    return true;
}

static bool merge(merging *m, syn_mention *mentions, size_t n)
{
    if (!merge_keyed(m, mentions, n)) return false;
    merge_undated(m, mentions, n);
    return join_days(m, mentions, n) && !m->arena->failed;
}

static void fill(const draft *d, syn_record_entry *e)
{
    *e = (syn_record_entry){
        .kind = d->kind, .measure = d->measure, .ordinal = d->ordinal, .from = d->from, .to = d->to};
    if (d->valued) e->flags |= SYN_ENTRY_VALUE, e->value = d->value;
    memcpy(e->currency, d->currency, sizeof e->currency);
    memcpy(e->unit, d->unit, sizeof e->unit);
    if (e->from == SYN_NO_DAY && d->reported != SYN_NO_DAY) {
        e->flags |= SYN_ENTRY_REPORTED;
        e->from = d->reported, e->to = d->reported + 1;
    }
}

syn_code syn_mentions_merge(syn_arena *scratch, const syn_cast *cast, const syn_recorded *tellings, syn_day latest,
                            syn_mention *mentions, size_t n, syn_record_entry **out, size_t *nout, syn_err *err)
{
    merging m = {.arena = scratch, .cast = cast, .tellings = tellings, .latest = latest, .buckets.arena = scratch};
    m.of_party = SYN_NEW_ARRAY(scratch, uint32_t, cast->n);
    if (!m.of_party || !merge(&m, mentions, n)) return syn_fail(err, SYN_ENOMEM, 0, "entries of a record");
    syn_record_entry *entries = SYN_NEW_ARRAY(scratch, syn_record_entry, m.n);
    if (!entries) return syn_fail(err, SYN_ENOMEM, 0, "entries of a record");
    for (size_t i = 0; i < m.n; i++) fill(&m.drafts[i], &entries[i]);
    *out = entries;
    *nout = m.n;
    return SYN_OK;
}
