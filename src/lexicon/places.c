/* places.c - stage 0b: what a place's id means: a country, a city, or one of several places of a name. */
#include "block.h"

enum { DWARFS = 8 }; /* as tools/lexc.c and tools/cldr.mjs have it */

/* A place without what its homonyms say.  False where the id is no place's. */
static bool place_of(syn_str cities, uint32_t id, syn_lex_place *out)
{
    int32_t point[3]; /* latitude, longitude, region */
    uint32_t city = id >> 16;
    *out = (syn_lex_place){.country = id & 0xFFFF};
    if (!city) return out->country != 0;
    if (city > cities.n / sizeof point) return false;
    memcpy(point, cities.p + (city - 1) * sizeof point, sizeof point);
    out->city = true;
    out->lat = point[0];
    out->lon = point[1];
    out->region = (uint32_t)point[2];
    return true;
}

size_t syn_lexicon_places(const syn_lexicon *lex, uint32_t place_id, syn_lex_place out[SYN_LEX_PLACES])
{
    syn_str cities = syn_lexicon_table(lex, "places");
    if (!syn_lexicon_homonym(place_id)) return place_of(cities, place_id, out);
    syn_str table = syn_lexicon_table(lex, "homonyms");
    const uint32_t *head = (const void *)table.p; /* how many names, where each begins, where the last ends */
    uint32_t name = (place_id & ~BLOCK_HOMONYM) >> 16;
    size_t n = 0;
    if (table.n < sizeof *head || name >= head[0]) return 0;
    const block_place *all = (const void *)(head + head[0] + 2);
    for (uint32_t i = head[1 + name]; i < head[2 + name] && n < SYN_LEX_PLACES; i++) {
        if (!place_of(cities, all[i].id, &out[n])) continue;
        if (all[i].region) out[n].region = all[i].region;
        out[n].people = all[i].people;
        out[n++].wide = (uint8_t)all[i].wide;
    }
    return n;
}

bool syn_lexicon_homonym(uint32_t place_id)
{
    return (place_id & BLOCK_HOMONYM) != 0;
}

bool syn_lexicon_dwarfs(const syn_lex_place *places, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (places[0].people / DWARFS < places[i].people) return false;
    return n > 0 && places[0].wide == 0;
}

bool syn_lexicon_city(const syn_lexicon *lex, uint32_t place_id, int32_t *lat, int32_t *lon)
{
    syn_lex_place places[SYN_LEX_PLACES];
    if (place_id <= 0xFFFF) return false;
    size_t n = syn_lexicon_places(lex, place_id, places);
    if (!n || !places[0].city || !syn_lexicon_dwarfs(places, n)) return false;
    *lat = places[0].lat;
    *lon = places[0].lon;
    return true;
}
