/* lexc_places.c - of lexc.c: which places a name may mean.  A name of one place is its id; a name of several, or of a
   place that only its surroundings make certain, has a number. */
#include "lexc_places.h"

static bool is_territory(const block_place *p)
{
    return p->id <= 0xFFFF && !p->region;
}

/* A territory comes first, then those of most people. */
static bool before(const block_place *a, const block_place *b)
{
    if (is_territory(a) != is_territory(b)) return is_territory(a);
    return a->people > b->people;
}

/* Into a key's places, in their order; a country's name means none of its cities, and a place is there once. */
static size_t add_place(block_place *places, size_t n, block_place p)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        bool country = (places[i].id & 0xFFFF) == (p.id & 0xFFFF);
        if (country && (is_territory(&places[i]) || (places[i].id == p.id && places[i].region == p.region))) return n;
    }
    if (is_territory(&p)) {
        size_t kept = 0;
        for (size_t i = 0; i < n; i++)
            if ((places[i].id & 0xFFFF) != (p.id & 0xFFFF)) places[kept++] = places[i];
        n = kept;
    }
    while (at < n && !before(&p, &places[at])) at++;
    if (at == BLOCK_CANDIDATES) return n;
    if (n < BLOCK_CANDIDATES) n++;
    memmove(&places[at + 1], &places[at], (n - 1 - at) * sizeof *places);
    places[at] = p;
    return n;
}

/* The id of a name of these places; false where it cannot be numbered. */
static bool number(place_book *b, const block_place *places, size_t n, uint32_t *id)
{
    bool city = places[0].id > 0xFFFF, alone = n == 1 && !places[0].region;
    *id = places[0].id;
    if (alone && (!city || places[0].wide == 0)) return true;
    *id &= 0xFFFF;
    if (alone && places[0].wide == 3) return true;
    uint64_t *at = syn_map_add(&b->numbers, (syn_str){(const char *)places, n * sizeof *places});
    if (!at) return false;
    if (!*at) {
        if (b->nnames >= BLOCK_HOMONYM >> 16 ||
            !syn_grow(b->arena, &b->meant, &b->cap_meant, b->nmeant + n, sizeof *b->meant) ||
            !syn_grow(b->arena, &b->from, &b->cap_names, b->nnames + 2, sizeof *b->from))
            return false;
        b->from[b->nnames++] = (uint32_t)b->nmeant;
        memcpy(b->meant + b->nmeant, places, n * sizeof *places);
        b->nmeant += n;
        b->from[b->nnames] = (uint32_t)b->nmeant;
        *at = b->nnames;
    }
    *id |= BLOCK_HOMONYM | (uint32_t)(*at - 1) << 16;
    return true;
}

/* Keeps the places of a key of the neutral table. */
static bool list(place_book *b, syn_str key, const block_place *places, size_t n)
{
    uint64_t *at = syn_map_add(&b->neutral, key);
    if (!at || !syn_grow(b->arena, &b->listed, &b->cap_listed, b->nlisted + n + 1, sizeof *b->listed)) return false;
    *at = b->nlisted + 1;
    memcpy(b->listed + b->nlisted, places, n * sizeof *places);
    b->nlisted += n;
    b->listed[b->nlisted++] = (block_place){.id = 0};
    return true;
}

bool places_settle(place_book *b, syn_str key, bool neutral, const block_place *rows, size_t n, syn_lex_hit *hit)
{
    block_place places[BLOCK_CANDIDATES + 1];
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count = add_place(places, count, rows[i]);
    const uint64_t *at = neutral ? NULL : syn_map_get(&b->neutral, key);
    for (size_t i = at ? *at - 1 : b->nlisted; i < b->nlisted && b->listed[i].id; i++)
        count = add_place(places, count, b->listed[i]);
    if (neutral && !list(b, key, places, count)) return false;
    *hit = (syn_lex_hit){.kind = SYN_LEX_PLACE, .id = 0, .value = places[0].people};
    for (size_t i = 1; i < count && hit->value > 0; i++) /* 0: a country of whose people nothing is known */
        if (places[i].people > hit->value) hit->value = places[i].people;
    return number(b, places, count, &hit->id);
}

bool places_table(const place_book *b, syn_str *out)
{
    size_t head = (b->nnames + 2) * sizeof(uint32_t), n = head + b->nmeant * sizeof *b->meant;
    char *p = syn_alloc(b->arena, n);
    if (!p) return false;
    memset(p, 0, head);
    memcpy(p, &(uint32_t){(uint32_t)b->nnames}, sizeof(uint32_t));
    if (b->nnames) memcpy(p + sizeof(uint32_t), b->from, (b->nnames + 1) * sizeof *b->from);
    if (b->nmeant) memcpy(p + head, b->meant, b->nmeant * sizeof *b->meant);
    *out = (syn_str){p, n};
    return true;
}
