/* places.c - stage 4: which place a name of several means.  Countries and regions that the text names, and its cities
   that are but one, speak for the places that lie there; a region or country behind the name, "Paris, Texas", says it.
   Where nothing speaks for another, a country before a region, then the place of most people. */
#include <stdlib.h>

#include "naming.h"

/* Different places and names of a text that are weighed; names of a sentence. */
enum { WITNESSES = 128, NAMES = 64, TOGETHER = 24 };
/* What is said for a place: its country is named, its region, either in the name's sentence, either behind the name. */
enum { BY_COUNTRY = 1, BY_REGION = 2, NEAR = 1, BEHIND = 64 };

/* A name of several places. */
typedef struct homonym {
    uint32_t id;
    syn_lex_place place[SYN_LEX_PLACES];
    size_t n;
    uint32_t said[SYN_LEX_PLACES];
    bool dwarfs, territory;
} homonym;

/* A place that is but one. */
typedef struct witness {
    uint32_t id;
    syn_lex_place place;
} witness;

typedef struct weighing {
    witness witness[WITNESSES];
    size_t nwitnesses;
    homonym name[NAMES];
    size_t nnames;
} weighing;

static int by_start(const void *x, const void *y)
{
    const naming_place *a = x, *b = y;
    if (a->span.start != b->span.start) return a->span.start < b->span.start ? -1 : 1;
    return a->span.end < b->span.end ? -1 : a->span.end > b->span.end;
}

static homonym *name_of(weighing *w, uint32_t id)
{
    for (size_t i = 0; i < w->nnames; i++)
        if (w->name[i].id == id) return &w->name[i];
    return NULL;
}

static const witness *witness_of(const weighing *w, uint32_t id)
{
    for (size_t i = 0; i < w->nwitnesses; i++)
        if (w->witness[i].id == id) return &w->witness[i];
    return NULL;
}

/* The names of the text, each once; one that means its largest place where nothing is said is a witness, too. */
static void gather(const naming *n, weighing *w)
{
    for (size_t i = 0; i < n->nplaces; i++) {
        uint32_t id = n->places[i].id;
        if (name_of(w, id) || witness_of(w, id)) continue;
        homonym h = {.id = id};
        h.n = syn_lexicon_places(n->lex, id, h.place);
        if (!h.n) continue;
        h.dwarfs = syn_lexicon_dwarfs(h.place, h.n);
        h.territory = !h.place[0].city && !h.place[0].region;
        if ((h.n == 1 || h.dwarfs) && w->nwitnesses < WITNESSES)
            w->witness[w->nwitnesses++] = (witness){id, h.place[0]};
        if (syn_lexicon_homonym(id) && w->nnames < NAMES) w->name[w->nnames++] = h;
    }
}

/* What a witness says for one of a name's places.  A country against a region of another is news of both countries as
   often as not, so there only the region, its neighbours and its cities count. */
static uint32_t speaks(const homonym *h, const syn_lex_place *place, const syn_lex_place *by)
{
    if (place->country != by->country) return 0;
    if (place->region && place->region == by->region) return BY_REGION;
    if (h->territory && place->region) return !by->city && by->region ? BY_COUNTRY : 0;
    return BY_COUNTRY;
}

static void weigh(homonym *h, const witness *by)
{
    if (h->id == by->id) return;
    for (size_t i = 0; i < h->n; i++) h->said[i] += speaks(h, &h->place[i], &by->place);
}

/* Names and witnesses of one sentence. */
static void weigh_together(weighing *w, const naming_place *places, size_t n)
{
    if (n > TOGETHER) n = TOGETHER;
    for (size_t i = 0; i < n; i++) {
        homonym *h = name_of(w, places[i].id);
        for (size_t k = 0; h && k < n; k++) {
            const witness *by = k == i ? NULL : witness_of(w, places[k].id);
            if (!by || by->id == h->id) continue;
            for (size_t p = 0; p < h->n; p++) h->said[p] += speaks(h, &h->place[p], &by->place) ? NEAR : 0;
        }
    }
}

/* How a place stands beside the one that follows it: "Paris, Texas"; "Paris (Texas)"; in scripts that say the larger
   first and part no words, "得克萨斯州巴黎". */
typedef enum beside { BESIDE_NOT, BESIDE_COMMA, BESIDE_BRACKET, BESIDE_LARGER_FIRST } beside;
static beside stands(const naming *n, const naming_place *a, const naming_place *b)
{
    enum { GAP = 5 };
    if (b->span.start < a->span.end || b->span.start - a->span.end > GAP) return BESIDE_NOT;
    syn_str gap = syn_trim(syn_slice(n->text->src, a->span.end, b->span.start));
    if (syn_str_is(gap, ",") || syn_str_is(gap, "،") || syn_str_is(gap, "，")) return BESIDE_COMMA;
    if (syn_str_is(gap, "(") || syn_str_is(gap, "（")) return BESIDE_BRACKET;
    if (a->span.end == b->span.start) return BESIDE_LARGER_FIRST;
    return BESIDE_NOT;
}

/* The name's place that lies in a region or country that larger may name; SYN_LEX_PLACES: none.  A country after a
   comma may be the next of a list, so it does not turn a name from the place that it means everywhere else. */
static size_t lies_in(const naming *n, const homonym *h, uint32_t larger, beside how)
{
    syn_lex_place in[SYN_LEX_PLACES];
    size_t nin = syn_lexicon_places(n->lex, larger, in);
    for (size_t k = 0; k < nin; k++)
        for (size_t i = 0; i < h->n && !in[k].city; i++) {
            if (h->place[i].country != in[k].country || !h->place[i].city) continue;
            if (in[k].region ? in[k].region == h->place[i].region : !h->dwarfs || how != BESIDE_COMMA) return i;
        }
    return SYN_LEX_PLACES;
}

/* The place that what stands beside places[i] makes of it; SYN_LEX_PLACES: nothing does. */
static size_t told_beside(const naming *n, const homonym *h, size_t i)
{
    const naming_place *p = &n->places[i];
    size_t said = SYN_LEX_PLACES;
    if (i + 1 < n->nplaces) {
        beside how = stands(n, p, p + 1);
        if (how == BESIDE_COMMA || how == BESIDE_BRACKET) said = lies_in(n, h, p[1].id, how);
    }
    if (said == SYN_LEX_PLACES && i > 0 && stands(n, p - 1, p) == BESIDE_LARGER_FIRST)
        said = lies_in(n, h, p[-1].id, BESIDE_LARGER_FIRST);
    return said;
}

/* Which place the name means in the text as a whole. */
static size_t meant(const homonym *h)
{
    size_t best = 0;
    for (size_t i = 1; i < h->n; i++) {
        if (h->dwarfs && (h->said[0] || h->said[i] < BEHIND)) continue;
        if (h->said[i] > h->said[best]) best = i;
    }
    return best;
}

/* Whether the name can be no other city than this place: where it is told, it has no equal. */
static bool sure(const homonym *h, size_t best, bool told)
{
    const syn_lex_place *p = &h->place[best];
    if (!p->city || (best == 0 && h->dwarfs)) return p->city;
    for (size_t i = 0; i < h->n; i++) {
        bool equal = told ? h->place[i].country == p->country && h->place[i].region == p->region
                          : h->said[i] == h->said[best];
        if (i != best && equal && !(p->people / 8 > h->place[i].people)) return false;
    }
    if (p->wide == 0) return true;
    return p->wide == 1 ? told || h->said[best] : p->wide == 2 && (told || h->said[best] >= BY_REGION + NEAR);
}

bool naming_places_settle(naming *n)
{
    weighing *w = syn_alloc(n->arena, sizeof *w);
    if (!w) return false;
    w->nnames = w->nwitnesses = 0;
    qsort(n->places, n->nplaces, sizeof *n->places, by_start);
    gather(n, w);
    for (size_t i = 0; i < w->nnames; i++)
        for (size_t k = 0; k < w->nwitnesses; k++) weigh(&w->name[i], &w->witness[k]);
    for (size_t i = 0, end; i < n->nplaces; i = end) {
        for (end = i + 1; end < n->nplaces && n->places[end].sentence == n->places[i].sentence;) end++;
        if (end - i > 1) weigh_together(w, n->places + i, end - i);
    }
    for (size_t i = 0; i < n->nplaces; i++) {
        homonym *h = name_of(w, n->places[i].id);
        size_t said = h ? told_beside(n, h, i) : SYN_LEX_PLACES;
        if (said < SYN_LEX_PLACES && h->said[said] < BEHIND) h->said[said] += BEHIND;
    }
    for (size_t i = 0; i < n->nplaces; i++) {
        const homonym *h = name_of(w, n->places[i].id);
        if (!h) continue;
        size_t said = told_beside(n, h, i), best = said < SYN_LEX_PLACES ? said : meant(h);
        syn_fact *f = &n->out->items[n->places[i].fact];
        bool known = sure(h, best, said < SYN_LEX_PLACES || h->said[best] >= BEHIND);
        f->place = h->place[best].country;
        f->region = !h->place[best].city && h->place[best].region;
        f->lat = known ? h->place[best].lat : 0;
        f->lon = known ? h->place[best].lon : 0;
    }
    return true;
}
