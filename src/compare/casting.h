/* casting.h - inside stage 6: names of a topic while they are put together.  Uses recording.h. */
#ifndef SYN_COMPARE_CASTING_H
#define SYN_COMPARE_CASTING_H

#include "recording.h"

#define SYN_CAST_SAME 0.6 /* least likeness of two full names */

typedef struct syn_cast_form {
    syn_str name, lang;
    const uint64_t *keys;
    uint32_t nkeys, country, parent, uses, last, tellings; /* last: 1 + the telling that was seen last with it */
    uint8_t words;
    bool person, body, place, cased, titled;
} syn_cast_form;

typedef struct syn_cast_seen {
    uint32_t token, token_end, form;
} syn_cast_seen;

typedef struct syn_casting {
    syn_arena *arena;
    const syn_lexicon *lex;
    const syn_recorded *tellings;
    size_t n;
    syn_map names;
    syn_cast_form *forms;
    size_t nforms, cap;
    syn_cast_seen **seen; /* a list a telling */
    size_t *nseen, *seen_cap;
} syn_casting;

static inline bool syn_cast_parts_words(uint32_t cp)
{
    return cp == ' ' || cp == 0xA0 || cp == 0xB7 || cp == 0x30FB || cp == 0xFF1D;
}

static inline uint32_t syn_cast_shared_keys(const syn_cast_form *a, const syn_cast_form *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->nkeys; i++)
        for (uint32_t k = 0; k < b->nkeys; k++)
            if (a->keys[i] == b->keys[k]) {
                n++;
                break;
            }
    return n;
}

/* ---- cast.c ---- */

/* The form of a name as a language spells it, made where it is new; NULL when full or without memory. */
syn_cast_form *syn_cast_form_of(syn_casting *c, const syn_fact *f, syn_str lang, uint32_t *index);
bool syn_cast_see(syn_casting *c, uint32_t telling, syn_cast_seen one);
uint32_t syn_cast_root(syn_cast_form *forms, uint32_t i);
void syn_cast_join(syn_cast_form *forms, uint32_t a, uint32_t b);

/* ---- search.c ---- */

/* Looks for every full name in all tellings.  False without memory. */
bool syn_cast_search(syn_casting *c);

/* ---- parties.c ---- */

/* Which names are parties, in which spellings, and where they stand. */
bool syn_cast_parties(syn_casting *c, syn_arena *keep, syn_cast *out);

#endif
