/* record.c - stage 6: a topic's record from its tellings' mentions: entries with their evidence, voices and parties, in
   order of time; series of figures. */
#include "recording.h"

enum { PARTIES = 12 /* of one entry */, VOTES = 24, NEWS = 3 /* days */ };

const char *const syn_party_kind_names[SYN_PARTY_KINDS] = {"person", "body", "place"};

const char *syn_entry_kind_name(uint8_t kind)
{
    return kind < SYN_CUES            ? syn_cue_names[kind]
           : kind == SYN_ENTRY_FIGURE ? "figure"
           : kind == SYN_ENTRY_AHEAD  ? "ahead"
                                      : "";
}

struct syn_recorder {
    syn_arena *arena;
    const syn_lexicon *lex;
    syn_mentions mentions;
    syn_recorded *tellings;
    size_t n, cap;
};

syn_recorder *syn_recorder_new(syn_arena *arena, const syn_lexicon *lex)
{
    syn_recorder *r = SYN_NEW(arena, syn_recorder);
    if (r) *r = (syn_recorder){.arena = arena, .lex = lex, .mentions.arena = arena};
    return r;
}

syn_code syn_recorder_add(syn_recorder *r, syn_texter *texter, const syn_recorded *telling, syn_err *err)
{
    if (r->n == SYN_MAX_RECORD_TELLINGS)
        return syn_fail(err, SYN_ELIMIT, 0, "more than %d tellings", SYN_MAX_RECORD_TELLINGS);
    if (!syn_grow(r->arena, &r->tellings, &r->cap, r->n + 1, sizeof *r->tellings) ||
        !syn_mentions_of(&r->mentions, r->lex, texter, telling, (uint32_t)r->n))
        return syn_fail(err, SYN_ENOMEM, 0, "a topic's record");
    r->tellings[r->n++] = *telling;
    return SYN_OK;
}

/* ---- entries from their mentions ---- */

static int by_entry(const void *pa, const void *pb)
{
    const syn_mention *a = pa, *b = pb;
    if (a->entry != b->entry) return a->entry < b->entry ? -1 : 1;
    if (a->telling != b->telling) return a->telling < b->telling ? -1 : 1;
    if (a->sentence != b->sentence) return a->sentence < b->sentence ? -1 : 1;
    if (a->at.start != b->at.start) return a->at.start < b->at.start ? -1 : 1;
    return (int)a->kind - (int)b->kind;
}

/* What mentions say the most, the earliest of equals. */
typedef struct votes {
    int64_t what[VOTES];
    uint32_t n[VOTES];
    size_t count;
} votes;

static void vote(votes *v, int64_t what, uint32_t weight)
{
    size_t i = 0;
    while (i < v->count && v->what[i] != what) i++;
    if (i == VOTES) return;
    if (i == v->count) v->what[v->count] = what, v->n[v->count++] = 0;
    v->n[i] += weight;
}

static bool elected(const votes *v, int64_t *what)
{
    size_t best = 0;
    for (size_t i = 1; i < v->count; i++)
        if (v->n[i] > v->n[best]) best = i;
    if (v->count) *what = v->what[best];
    return v->count > 0;
}

/* A day near the publication counts for more: that one is news. */
static uint32_t weight_of(const syn_recorded *tellings, const syn_mention *m)
{
    syn_day p = tellings[m->telling].published;
    return p != SYN_NO_DAY && m->from >= p - NEWS && m->from <= p + NEWS ? 2 : 1;
}

static void settle(const syn_recorded *tellings, const syn_mention *m, size_t n, syn_record_entry *e)
{
    votes kinds = {0}, days = {0};
    int64_t what;
    for (size_t i = 0; i < n; i++) {
        vote(&kinds, m[i].kind, 1);
        if (m[i].from != SYN_NO_DAY)
            vote(&days, (int64_t)m[i].from * ((int64_t)1 << 32) + (uint32_t)(m[i].to - m[i].from),
                 weight_of(tellings, &m[i]));
        if (!(e->flags & SYN_ENTRY_VALUE) && m[i].flags & SYN_ENTRY_VALUE) {
            e->flags |= SYN_ENTRY_VALUE, e->value = m[i].value;
            memcpy(e->unit, m[i].unit, sizeof e->unit);
        }
        if (!(e->flags & SYN_ENTRY_CHANGE) && m[i].flags & SYN_ENTRY_CHANGE)
            e->flags |= SYN_ENTRY_CHANGE, e->change = m[i].change;
        e->flags |= m[i].flags & SYN_ENTRY_OPEN;
    }
    if (elected(&kinds, &what)) e->kind = (uint8_t)what;
    if (elected(&days, &what)) e->from = (syn_day)(what >> 32), e->to = e->from + (syn_day)(uint32_t)what;
}

typedef struct tally {
    uint32_t party, n;
} tally;

static int by_tally(const void *pa, const void *pb)
{
    const tally *a = pa, *b = pb;
    if (a->n != b->n) return a->n > b->n ? -1 : 1;
    return a->party < b->party ? -1 : a->party > b->party;
}

/* Named in the most of an entry's sentences come first. */
static bool take_parties(syn_arena *scratch, syn_arena *keep, const syn_cast *cast, const syn_recorded *tellings,
                         const syn_mention *m, size_t n, uint32_t *counts, syn_record_entry *e)
{
    tally *list = NULL;
    size_t count = 0, cap = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t parties[SYN_SENTENCE_PARTIES];
        if (i && m[i].telling == m[i - 1].telling && m[i].sentence == m[i - 1].sentence) continue;
        size_t k = syn_cast_of(cast, &tellings[m[i].telling], m[i].telling, m[i].sentence, parties);
        for (size_t j = 0; j < k; j++) {
            if (counts[parties[j]]++) continue;
            if (!syn_grow(scratch, &list, &cap, count + 1, sizeof *list)) return false;
            list[count++].party = parties[j];
        }
    }
    for (size_t i = 0; i < count; i++) list[i].n = counts[list[i].party], counts[list[i].party] = 0;
    syn_record_sort(list, count, sizeof *list, by_tally);
    if (count > PARTIES) count = PARTIES;
    uint32_t *parties = SYN_NEW_ARRAY(keep, uint32_t, count);
    if (!parties) return false;
    for (size_t i = 0; i < count; i++) parties[i] = list[i].party;
    e->parties = parties;
    e->nparties = count;
    return true;
}

static bool take_evidence(syn_arena *keep, const syn_recorded *tellings, const syn_mention *m, size_t n,
                          const uint32_t *voice, uint32_t *heard, uint32_t mark, syn_record_entry *e)
{
    syn_evidence *list = SYN_NEW_ARRAY(keep, syn_evidence, n < SYN_MAX_RECORD_EVIDENCE ? n : SYN_MAX_RECORD_EVIDENCE);
    size_t count = 0;
    if (!list) return false;
    for (size_t i = 0; i < n; i++) {
        bool first = !i || m[i].telling != m[i - 1].telling;
        if (first) {
            e->tellings++;
            if (heard[voice[m[i].telling]] != mark) heard[voice[m[i].telling]] = mark, e->voices++;
        }
        if (!first && m[i].sentence == m[i - 1].sentence) {
            if (count && list[count - 1].value == SYN_NO_VALUE) list[count - 1].value = syn_record_value_of(e, &m[i]);
            continue;
        }
        if (count == SYN_MAX_RECORD_EVIDENCE) continue;
        list[count++] = (syn_evidence){
            .telling = m[i].telling,
            .sentence = tellings[m[i].telling].telling.text->sentences[m[i].sentence],
            .at = m[i].at,
            .value = syn_record_value_of(e, &m[i]),
        };
    }
    e->evidence = list;
    e->nevidence = count;
    return true;
}

static int by_day(const void *pa, const void *pb)
{
    const syn_record_entry *a = pa, *b = pb;
    bool none_a = a->from == SYN_NO_DAY, none_b = b->from == SYN_NO_DAY;
    if (none_a != none_b) return none_a ? 1 : -1;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->to != b->to) return a->to < b->to ? -1 : 1;
    if (a->kind != b->kind) return (int)a->kind - (int)b->kind;
    if (a->value < b->value || a->value > b->value) return a->value < b->value ? -1 : 1;
    if (a->ordinal != b->ordinal) return a->ordinal < b->ordinal ? -1 : 1;
    return strcmp(a->currency, b->currency);
}

static bool make_entries(syn_recorder *r, syn_arena *scratch, const syn_cast *cast, const uint32_t *voice,
                         syn_record_entry *drafts, size_t n, syn_record *out)
{
    syn_mention *m = r->mentions.items;
    uint32_t *counts = SYN_NEW_ARRAY(scratch, uint32_t, cast->n), *heard = SYN_NEW_ARRAY(scratch, uint32_t, r->n);
    syn_record_entry *entries = SYN_NEW_ARRAY(r->arena, syn_record_entry, n);
    size_t at = 0, made = 0;
    uint32_t mark = 0;
    if (!counts || !heard || !entries) return false;
    syn_record_sort(m, r->mentions.n, sizeof *m, by_entry);
    while (at < r->mentions.n && m[at].entry < n) {
        size_t end = at + 1;
        while (end < r->mentions.n && m[end].entry == m[at].entry) end++;
        syn_record_entry *e = &entries[made++];
        *e = drafts[m[at].entry];
        settle(r->tellings, m + at, end - at, e);
        if (!take_parties(scratch, r->arena, cast, r->tellings, m + at, end - at, counts, e) ||
            !syn_record_take_values(r->arena, m + at, end - at, voice, heard, &mark, e) ||
            !take_evidence(r->arena, r->tellings, m + at, end - at, voice, heard, ++mark, e))
            return false;
        at = end;
    }
    syn_record_sort(entries, made, sizeof *entries, by_day);
    out->entries = entries;
    out->n = made;
    return true;
}

/* ---- series ---- */

static bool is_point(const syn_record_entry *e)
{
    return e->kind == SYN_ENTRY_FIGURE || (e->kind == SYN_CUE_SIGNING && e->measure == SYN_CUE_DOCUMENT);
}

static bool of_series(const syn_record_entry *e, const syn_series *s)
{
    return e->measure == s->measure && (strcmp(e->currency, s->currency) == 0 || (!e->currency[0] && !is_point(e)));
}

static bool make_series(syn_arena *keep, syn_record *out)
{
    enum { MOST = 64 };
    syn_series *list = SYN_NEW_ARRAY(keep, syn_series, MOST);
    size_t n = 0;
    if (!list) return false;
    for (size_t i = 0; i < out->n && n < MOST; i++) {
        const syn_record_entry *e = &out->entries[i];
        bool known = false;
        if (!is_point(e) && e->kind != SYN_CUE_TARGET) continue;
        for (size_t k = 0; k < n && !known; k++) known = of_series(e, &list[k]);
        if (known || !e->measure || (e->kind == SYN_CUE_TARGET && !e->currency[0])) continue;
        syn_series s = {.measure = e->measure};
        memcpy(s.currency, e->currency, sizeof s.currency);
        uint32_t *points = SYN_NEW_ARRAY(keep, uint32_t, out->n), *targets = SYN_NEW_ARRAY(keep, uint32_t, out->n);
        if (!points || !targets) return false;
        for (size_t k = 0; k < out->n; k++) {
            const syn_record_entry *o = &out->entries[k];
            if (!of_series(o, &s)) continue;
            if (is_point(o)) points[s.npoints++] = (uint32_t)k;
            if (o->kind == SYN_CUE_TARGET) targets[s.ntargets++] = (uint32_t)k;
        }
        s.points = points, s.targets = targets;
        list[n++] = s;
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (list[i].npoints + list[i].ntargets > 1) list[kept++] = list[i];
    out->series = list;
    out->nseries = kept;
    return true;
}

syn_code syn_recorder_finish(syn_recorder *r, syn_record *out, syn_err *err)
{
    syn_arena scratch = {.limit = r->arena->limit};
    syn_record made = {.tellings = r->tellings, .ntellings = r->n, .latest = SYN_NO_DAY};
    uint32_t *voice = SYN_NEW_ARRAY(&scratch, uint32_t, r->n);
    syn_cast cast = {0};
    syn_record_entry *drafts = NULL;
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->tellings[i].published != SYN_NO_DAY && r->tellings[i].published > made.latest)
            made.latest = r->tellings[i].published;
    syn_code rc = voice ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "a topic's record");
    if (!rc) rc = syn_voices_find(&scratch, r->tellings, r->n, voice, err);
    if (!rc) rc = syn_cast_find(&scratch, r->arena, r->lex, r->tellings, r->n, &cast, err);
    if (!rc)
        rc = syn_mentions_merge(&scratch, &cast, r->tellings, made.latest, r->mentions.items, r->mentions.n, &drafts,
                                &n, err);
    if (!rc)
        rc = syn_mentions_join_values(&scratch, &cast, r->tellings, r->mentions.items, r->mentions.n, drafts, n, err);
    if (!rc && (!make_entries(r, &scratch, &cast, voice, drafts, n, &made) || !make_series(r->arena, &made)))
        rc = syn_fail(err, SYN_ENOMEM, 0, "a topic's record");
    syn_arena_free(&scratch);
    if (rc) return rc;
    made.parties = cast.parties;
    made.nparties = cast.n;
    *out = made;
    return SYN_OK;
}
