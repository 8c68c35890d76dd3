/* conflicts.c - stage 6: entries that tell one thing with different values become one, with its values and who says
   which.  One thing: a figure of one measure and period, a target of one year, what was signed or opened on one day.
   A value is another's rounding where it is the same to as many digits as it has; that is no conflict.  Nor is what one
   telling says beside the other value, which is two things, nor what is told weeks later, which is a revision. */
#include "recording.h"

#include <math.h>

enum {
    AT_ONCE = 7 /* days between tellings of which neither revises the other */,
    SOON = 3 /* days from an event to the report that names no day */,
    CANDIDATES = 200,
    LOOKED_AT = 24, /* mentions of one entry whose parties are looked at */
    NAMED = 64,
    DIGITS = 7
};

/* What mentions of an entry say of it as a whole. */
typedef struct whole {
    size_t first, n;  /* its mentions, by entry */
    syn_day from, to; /* the earliest and the latest publication, SYN_NO_DAY: none known */
    uint32_t tellings;
} whole;

typedef struct joining {
    const syn_cast *cast;
    const syn_recorded *tellings;
    const syn_mention *mentions;
    const uint32_t *order; /* mentions by entry, then telling */
    const syn_record_entry *entries;
    whole *wholes;
} joining;

/* Significant digits, DIGITS at most; *power: of ten of the first. */
static int digits_of(double v, double *power)
{
    int n = DIGITS;
    *power = floor(log10(v));
    double m = floor(v / pow(10, *power - DIGITS + 1) + 0.5);
    while (n > 1 && fmod(m, 10) < 0.5) m /= 10, n--;
    return n;
}

bool syn_value_rounds(double a, double b)
{
    double power_a, power_b;
    if (!(a > 0) || !(b > 0)) return a <= b && a >= b;
    int na = digits_of(a, &power_a), nb = digits_of(b, &power_b), n = na < nb ? na : nb;
    double fine = na < nb ? b : a, coarse = na < nb ? a : b;
    double step = pow(10, (na < nb ? power_a : power_b) - n + 1);
    if (na == nb || n < 2) return fabs(a - b) <= 1e-6 * b; /* "1 billion" rounds nothing that is 1.3 */
    return fabs(fine - coarse) <= step * 0.5 + 1e-6 * coarse;
}

static bool can_conflict(const syn_record_entry *e)
{
    if (!(e->flags & SYN_ENTRY_VALUE) || !(e->value > 0)) return false;
    return (e->kind == SYN_ENTRY_FIGURE && e->measure) ||
           (e->kind == SYN_CUE_TARGET && e->measure && !(e->flags & SYN_ENTRY_REPORTED)) ||
           (e->kind == SYN_CUE_SIGNING && e->measure == SYN_CUE_DOCUMENT && e->from != SYN_NO_DAY) ||
           (e->kind == SYN_CUE_OPENING && e->from != SYN_NO_DAY && !(e->flags & SYN_ENTRY_REPORTED));
}

static bool same_time(const syn_record_entry *a, const syn_record_entry *b)
{
    if (a->kind == SYN_CUE_TARGET) return a->to == b->to;
    if (a->kind != SYN_CUE_SIGNING) return a->from == b->from && a->to == b->to;
    bool said_a = !(a->flags & SYN_ENTRY_REPORTED), said_b = !(b->flags & SYN_ENTRY_REPORTED);
    if (said_a == said_b) return a->from == b->from;
    syn_day after = said_a ? b->from - a->from : a->from - b->from;
    return after >= 0 && after <= SOON;
}

static bool same_thing(const syn_record_entry *a, const syn_record_entry *b)
{
    return a->kind == b->kind && a->measure == b->measure && strcmp(a->currency, b->currency) == 0 &&
           strcmp(a->unit, b->unit) == 0 && same_time(a, b);
}

/* The telling of the next mention that gives a value; UINT32_MAX: none is left. */
static uint32_t teller(const joining *j, const whole *w, size_t *i)
{
    for (; *i < w->n; ++*i) {
        const syn_mention *m = &j->mentions[j->order[w->first + *i]];
        if (m->flags & SYN_ENTRY_VALUE) return m->telling;
    }
    return UINT32_MAX;
}

static bool share_a_telling(const joining *j, const whole *a, const whole *b)
{
    for (size_t i = 0, k = 0;;) {
        uint32_t x = teller(j, a, &i), y = teller(j, b, &k);
        if (x == UINT32_MAX || y == UINT32_MAX) return false;
        if (x == y) return true;
        if (x < y)
            i++;
        else
            k++;
    }
}

static bool at_once(const whole *a, const whole *b)
{
    if (a->from == SYN_NO_DAY || b->from == SYN_NO_DAY) return true;
    return a->from <= b->to + AT_ONCE && b->from <= a->to + AT_ONCE;
}

static size_t add_party(uint32_t *list, size_t n, uint32_t party)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == party) return n;
    if (n < NAMED) list[n++] = party;
    return n;
}

/* Who and what the sentences of an entry name; where they name nobody ("the two sides"), whom their tellings do. */
static size_t named_beside(const joining *j, const whole *w, uint32_t list[NAMED])
{
    uint32_t own[SYN_SENTENCE_PARTIES];
    size_t n = 0, looked = w->n < LOOKED_AT ? w->n : LOOKED_AT;
    for (size_t i = 0; i < looked; i++) {
        const syn_mention *x = &j->mentions[j->order[w->first + i]];
        size_t k = syn_cast_of(j->cast, &j->tellings[x->telling], x->telling, x->sentence, own);
        while (k) n = add_party(list, n, own[--k]);
    }
    for (size_t i = 0; !n && i < looked; i++) {
        uint32_t t = j->mentions[j->order[w->first + i]].telling;
        for (size_t k = 0; k < j->cast->noccurrences[t] && n < NAMED; k++)
            n = add_party(list, n, j->cast->occurrences[t][k].party);
    }
    return n;
}

/* Two signings of a day may be others'. */
static bool share_a_party(const joining *j, const whole *a, const whole *b)
{
    uint32_t mine[NAMED], others[NAMED];
    size_t n = named_beside(j, a, mine), m = named_beside(j, b, others);
    for (size_t p = 0; p < n; p++)
        for (size_t q = 0; q < m; q++)
            if (mine[p] == others[q]) return true;
    return false;
}

static bool belong_together(const joining *j, uint32_t x, uint32_t y)
{
    const syn_record_entry *a = &j->entries[x], *b = &j->entries[y];
    const whole *wa = &j->wholes[x], *wb = &j->wholes[y];
    if (!same_thing(a, b)) return false;
    if (a->kind != SYN_CUE_SIGNING && syn_value_rounds(a->value, b->value)) return true;
    if (share_a_telling(j, wa, wb) || !at_once(wa, wb)) return false;
    return a->kind == SYN_ENTRY_FIGURE || a->kind == SYN_CUE_TARGET || share_a_party(j, wa, wb);
}

/* ---- in order ---- */

typedef struct place {
    uint32_t entry, telling, mention;
} place;

static int by_entry(const void *pa, const void *pb)
{
    const place *a = pa, *b = pb;
    if (a->entry != b->entry) return a->entry < b->entry ? -1 : 1;
    if (a->telling != b->telling) return a->telling < b->telling ? -1 : 1;
    return a->mention < b->mention ? -1 : a->mention > b->mention;
}

typedef struct candidate {
    const syn_record_entry *e;
    uint32_t entry, tellings;
} candidate;

static syn_day day_of(const syn_record_entry *e)
{
    return e->kind == SYN_CUE_TARGET ? e->to : e->from;
}

/* What may be one thing stands together, what most tell first on its day. */
static int by_thing(const void *pa, const void *pb)
{
    const candidate *a = pa, *b = pb;
    if (a->e->kind != b->e->kind) return (int)a->e->kind - (int)b->e->kind;
    if (a->e->measure != b->e->measure) return (int)a->e->measure - (int)b->e->measure;
    if (day_of(a->e) != day_of(b->e)) return day_of(a->e) < day_of(b->e) ? -1 : 1;
    if (a->tellings != b->tellings) return a->tellings > b->tellings ? -1 : 1;
    return a->entry < b->entry ? -1 : a->entry > b->entry;
}

static bool take_wholes(syn_arena *scratch, joining *j, size_t nmentions, size_t n)
{
    place *places = SYN_NEW_ARRAY(scratch, place, nmentions);
    uint32_t *order = SYN_NEW_ARRAY(scratch, uint32_t, nmentions);
    j->wholes = SYN_NEW_ARRAY(scratch, whole, n);
    size_t count = 0;
    if (!places || !order || !j->wholes) return false;
    for (size_t i = 0; i < nmentions; i++)
        if (j->mentions[i].entry < n)
            places[count++] = (place){j->mentions[i].entry, j->mentions[i].telling, (uint32_t)i};
    syn_record_sort(places, count, sizeof *places, by_entry);
    for (size_t i = 0; i < n; i++) j->wholes[i] = (whole){.first = 0, .n = 0, .from = SYN_NO_DAY, .to = SYN_NO_DAY};
    for (size_t i = 0; i < count; i++) {
        whole *w = &j->wholes[places[i].entry];
        syn_day p = j->tellings[places[i].telling].published;
        order[i] = places[i].mention;
        if (!w->n++) w->first = i;
        w->tellings += w->n == 1 || places[i - 1].telling != places[i].telling;
        if (p == SYN_NO_DAY) continue;
        if (w->from == SYN_NO_DAY || p < w->from) w->from = p;
        if (w->to == SYN_NO_DAY || p > w->to) w->to = p;
    }
    j->order = order;
    return true;
}

syn_code syn_mentions_join_values(syn_arena *scratch, const syn_cast *cast, const syn_recorded *tellings,
                                  syn_mention *mentions, size_t nmentions, const syn_record_entry *entries, size_t n,
                                  syn_err *err)
{
    joining j = {.cast = cast, .tellings = tellings, .mentions = mentions, .entries = entries};
    uint32_t *instead = SYN_NEW_ARRAY(scratch, uint32_t, n);
    candidate *list = SYN_NEW_ARRAY(scratch, candidate, n);
    size_t count = 0;
    if (!instead || !list || !take_wholes(scratch, &j, nmentions, n))
        return syn_fail(err, SYN_ENOMEM, 0, "values of a record");
    for (size_t i = 0; i < n; i++) {
        instead[i] = (uint32_t)i;
        if (can_conflict(&entries[i]) && j.wholes[i].n)
            list[count++] = (candidate){&entries[i], (uint32_t)i, j.wholes[i].tellings};
    }
    syn_record_sort(list, count, sizeof *list, by_thing);
    for (size_t x = 0; x < count; x++)
        for (size_t y = x + 1; y < count && y < x + CANDIDATES; y++) {
            uint32_t a = list[x].entry, b = list[y].entry;
            if (list[x].e->kind != list[y].e->kind || list[x].e->measure != list[y].e->measure ||
                day_of(list[y].e) > day_of(list[x].e) + SOON)
                break;
            if (instead[a] != a || instead[b] != b || !belong_together(&j, a, b)) continue;
            bool said = !(entries[b].flags & SYN_ENTRY_REPORTED) && entries[a].flags & SYN_ENTRY_REPORTED;
            if (said || (list[y].tellings > list[x].tellings && !(entries[b].flags & SYN_ENTRY_REPORTED)))
                instead[a] = b;
            else
                instead[b] = a;
        }
    for (size_t i = 0; i < nmentions; i++) {
        syn_mention *m = &mentions[i];
        if (m->entry >= n || instead[m->entry] == m->entry) continue;
        while (instead[m->entry] != m->entry) m->entry = instead[m->entry];
        m->kind = entries[m->entry].kind;
    }
    return SYN_OK;
}

/* ---- values of one entry ---- */

static bool equal(double a, double b)
{
    return fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b));
}

static int by_voices(const void *pa, const void *pb)
{
    const syn_record_value *a = pa, *b = pb;
    if (a->voices != b->voices) return a->voices > b->voices ? -1 : 1;
    if (a->tellings != b->tellings) return a->tellings > b->tellings ? -1 : 1;
    return a->value < b->value ? -1 : a->value > b->value;
}

/* Who gives a value, or one that it rounds. */
static void count_voices(const syn_mention *m, size_t n, const uint32_t *voice, uint32_t *heard, uint32_t *mark,
                         bool exact, syn_record_value *v)
{
    uint32_t last = UINT32_MAX;
    ++*mark;
    v->tellings = v->voices = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(m[i].flags & SYN_ENTRY_VALUE) || m[i].telling == last) continue;
        if (!equal(m[i].value, v->value) && (exact || !syn_value_rounds(m[i].value, v->value))) continue;
        last = m[i].telling;
        v->tellings++;
        if (heard[voice[last]] != *mark) heard[voice[last]] = *mark, v->voices++;
    }
}

bool syn_record_take_values(syn_arena *keep, const syn_mention *m, size_t n, const uint32_t *voice, uint32_t *heard,
                            uint32_t *mark, syn_record_entry *e)
{
    syn_record_value found[SYN_RECORD_VALUES], *kept;
    size_t count = 0, distinct = 0;
    bool exact = e->kind == SYN_CUE_SIGNING;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        if (!(m[i].flags & SYN_ENTRY_VALUE)) continue;
        while (k < count && !equal(found[k].value, m[i].value)) k++;
        if (k == count && count < SYN_RECORD_VALUES)
            found[count++] = (syn_record_value){.value = m[i].value, .tellings = 0, .voices = 0};
    }
    if (!count) return true;
    for (size_t k = 0; k < count; k++) count_voices(m, n, voice, heard, mark, true, &found[k]);
    syn_record_sort(found, count, sizeof *found, by_voices);
    for (size_t k = 0; k < count; k++) {
        bool same = false;
        for (size_t i = 0; i < distinct && !same && !exact; i++)
            same = syn_value_rounds(found[i].value, found[k].value);
        if (!same) found[distinct++] = found[k];
    }
    kept = SYN_NEW_ARRAY(keep, syn_record_value, distinct);
    if (!kept) return false;
    for (size_t k = 0; k < distinct; k++) {
        kept[k] = found[k];
        count_voices(m, n, voice, heard, mark, exact, &kept[k]);
    }
    e->values = kept;
    e->nvalues = distinct;
    e->value = kept[0].value;
    e->flags |= SYN_ENTRY_VALUE;
    return true;
}

uint8_t syn_record_value_of(const syn_record_entry *e, const syn_mention *m)
{
    if (!(m->flags & SYN_ENTRY_VALUE)) return SYN_NO_VALUE;
    for (size_t k = 0; k < e->nvalues; k++)
        if (equal(e->values[k].value, m->value)) return (uint8_t)k;
    for (size_t k = 0; k < e->nvalues; k++)
        if (syn_value_rounds(e->values[k].value, m->value)) return (uint8_t)k;
    return SYN_NO_VALUE;
}
