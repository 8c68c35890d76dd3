/* topics.c - stage 5: the keys of what the lexicon has a name for: places with the words that name them, concepts. */
#include "story.h"

#include <stdio.h>
#include <stdlib.h>

enum { NAME_WORDS = 8 };

typedef struct known_key {
    uint64_t key;
    uint32_t id; /* of the place or concept */
} known_key;

struct syn_topics {
    const syn_lexicon *lex;
    known_key *words; /* by key: of a word of a place's name */
    size_t nwords, words_cap;
    known_key *places; /* of the place itself */
    size_t nplaces, places_cap;
    known_key *concepts; /* the same of concepts */
    size_t nconcepts, concepts_cap;
    known_key *languages; /* those of them that are a language: where it is spoken is a party already */
    size_t nlanguages, languages_cap;
};

/* ---- places and the words that name them ---- */

static int by_id_key(const void *a, const void *b)
{
    const known_key *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static bool add(known_key **list, size_t *n, size_t *cap, uint64_t key, uint32_t id)
{
    if (*n == *cap) {
        size_t more = *cap ? *cap * 2 : 512;
        known_key *fresh = realloc(*list, more * sizeof *fresh);
        if (!fresh) return false;
        *list = fresh;
        *cap = more;
    }
    (*list)[(*n)++] = (known_key){key, id};
    return true;
}

static bool add_place(syn_topics *t, uint32_t place, syn_lang english)
{
    syn_str name = syn_lexicon_place_name(t->lex, place, english), word;
    if (!name.n) return true;
    if (!add(&t->places, &t->nplaces, &t->places_cap, syn_story_place_key(place), place)) return false;
    while (syn_split(&name, ' ', &word)) {
        uint64_t keys[NAME_WORDS];
        int strength;
        size_t n = syn_name_keys(t->lex, word, english, keys, NAME_WORDS, &strength);
        for (size_t k = 0; k < n; k++)
            if (!add(&t->words, &t->nwords, &t->words_cap, syn_story_name_key(keys[k]), place)) return false;
    }
    return true;
}

/* "Russian" says that Russia is in it.  Its concept is named as the lexicon's compiler does; Chinese is that of all its
   scripts. */
static bool add_languages(syn_topics *t)
{
    for (size_t lang = 1; lang <= syn_lexicon_langs(t->lex); lang++) {
        syn_str tag = syn_str_of(syn_lexicon_info(t->lex, (syn_lang)lang)->tag);
        size_t dash = syn_find_byte(tag, '-', 0);
        char name[64];
        int n = snprintf(name, sizeof name, "language:%.*s", (int)(dash < tag.n ? dash : tag.n), tag.p);
        if (n <= 0 || (size_t)n >= sizeof name) continue;
        uint32_t id = (uint32_t)syn_hash((syn_str){name, (size_t)n}, 0) | 1;
        if (!add(&t->languages, &t->nlanguages, &t->languages_cap, syn_story_concept_key(id), id)) return false;
    }
    return true;
}

syn_code syn_topics_new(const syn_lexicon *lex, syn_topics **out, syn_err *err)
{
    syn_topics *t = calloc(1, sizeof *t);
    bool ok = t;
    if (t) t->lex = lex;
    syn_lang english = syn_lexicon_lang(lex, SYN_STR("en"));
    for (uint32_t a = 'A'; ok && a <= 'Z'; a++)
        for (uint32_t b = 'A'; ok && b <= 'Z'; b++) ok = add_place(t, a << 8 | b, english);
    uint32_t id;
    for (size_t i = 0; ok && (id = syn_lexicon_concept(lex, english, i)) != 0; i++)
        ok = add(&t->concepts, &t->nconcepts, &t->concepts_cap, syn_story_concept_key(id), id);
    ok = ok && add_languages(t);
    if (!ok) {
        syn_topics_free(t);
        return syn_fail(err, SYN_ENOMEM, 0, "no memory for topics");
    }
    if (t->nwords) qsort(t->words, t->nwords, sizeof *t->words, by_id_key);
    if (t->nplaces) qsort(t->places, t->nplaces, sizeof *t->places, by_id_key);
    if (t->nconcepts) qsort(t->concepts, t->nconcepts, sizeof *t->concepts, by_id_key);
    if (t->nlanguages) qsort(t->languages, t->nlanguages, sizeof *t->languages, by_id_key);
    *out = t;
    return SYN_OK;
}

void syn_topics_free(syn_topics *t)
{
    if (!t) return;
    free(t->words);
    free(t->places);
    free(t->concepts);
    free(t->languages);
    free(t);
}

const syn_lexicon *syn_topics_lexicon(const syn_topics *t)
{
    return t->lex;
}

static uint32_t id_of(const known_key *list, size_t n, uint64_t key)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (list[mid].key < key)
            low = mid + 1;
        else
            high = mid;
    }
    return low < n && list[low].key == key ? list[low].id : 0;
}

uint32_t syn_topics_place(const syn_topics *t, uint64_t key)
{
    return id_of(t->places, t->nplaces, key);
}

uint32_t syn_topics_concept(const syn_topics *t, uint64_t key)
{
    return id_of(t->concepts, t->nconcepts, key);
}

bool syn_topics_is_language(const syn_topics *t, uint64_t key)
{
    return id_of(t->languages, t->nlanguages, key) != 0;
}

bool syn_topics_names_place(const syn_topics *t, uint64_t key, uint32_t place)
{
    return id_of(t->words, t->nwords, key) == place;
}

bool syn_topics_is_place(const syn_topics *t, syn_str text, syn_str lang, uint32_t place)
{
    syn_lang known = syn_lexicon_lang(t->lex, lang);
    return known != SYN_LANG_UNKNOWN && syn_str_eq(syn_lexicon_place_name(t->lex, place, known), text);
}
