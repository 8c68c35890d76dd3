/* topics.c - stage 5: what two stories have in common, and whether that makes a topic.

   Evidence is names, places and concepts, each weighed by how prominent it is in both stories and by the square of its
   surprise among stories (Shannon 1948), so that what every tenth story names says little; days, figures and words say
   nothing, for they change from one story of a topic to the next.  Concepts count for no more than the parties that
   share them: two earthquakes in two countries are no topic, nor are two matters of one country.  Thresholds were
   chosen on invented stories and on some 500 read ones. */
#include "story.h"

#include <math.h>
#include <stdlib.h>

#define FOUND 9.5         /* score of the two stories that found a topic in a small store */
#define FOUND_GROWTH 0.25 /* for each e-fold of stories: more of them are alike by chance */
#define FOUND_PARTIES 4.0
#define FOUND_MATTER 2.0
#define JOIN 6.2
#define STAY 5.2
#define MATTER 0.6 /* of a concept against a name */
#define CEILING 4.0
enum { SMALL_STORE = 100, AT_LARGE = 100, NAME_WORDS = 8, SHARED_PLACES = 16 };

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
    if (!ok) {
        syn_topics_free(t);
        return syn_fail(err, SYN_ENOMEM, 0, "no memory for topics");
    }
    if (t->nwords) qsort(t->words, t->nwords, sizeof *t->words, by_id_key);
    if (t->nplaces) qsort(t->places, t->nplaces, sizeof *t->places, by_id_key);
    if (t->nconcepts) qsort(t->concepts, t->nconcepts, sizeof *t->concepts, by_id_key);
    *out = t;
    return SYN_OK;
}

void syn_topics_free(syn_topics *t)
{
    if (!t) return;
    free(t->words);
    free(t->places);
    free(t->concepts);
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

bool syn_topics_names_place(const syn_topics *t, uint64_t key, uint32_t place)
{
    return id_of(t->words, t->nwords, key) == place;
}

bool syn_topics_is_place(const syn_topics *t, syn_str text, syn_str lang, uint32_t place)
{
    syn_lang known = syn_lexicon_lang(t->lex, lang);
    return known != SYN_LANG_UNKNOWN && syn_str_eq(syn_lexicon_place_name(t->lex, place, known), text);
}

/* ---- what two stories share ---- */

static int by_key(const void *a, const void *b)
{
    const syn_story_key *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

void syn_topics_sort(syn_story_key *keys, size_t n)
{
    if (n) qsort(keys, n, sizeof *keys, by_key);
}

float syn_topics_rarity(unsigned signal, double holding, double stories)
{
    /* the share of stories that hold such a key, before any was seen: as of articles (index.c) */
    static const double priors[SYN_SIGNALS] = {
        [SYN_SIGNAL_NAME] = 0.004, [SYN_SIGNAL_CONCEPT] = 0.02, [SYN_SIGNAL_PLACE] = 0.03};
    if (signal >= SYN_SIGNALS || priors[signal] <= 0) return 0;
    double p = (holding + AT_LARGE * priors[signal]) / (stories + AT_LARGE);
    double surprise = p < 1 ? -log(p) : 0;
    if (surprise > CEILING) surprise = CEILING;
    return (float)(surprise * surprise / CEILING);
}

typedef struct shared_place {
    uint32_t place;
    double best;
} shared_place;

/* A place and the words of its name are one party. */
static bool is_place(shared_place *places, size_t *n, uint32_t place, bool itself, double says)
{
    for (size_t i = 0; i < *n; i++) {
        if (places[i].place != place) continue;
        if (says > places[i].best) places[i].best = says;
        return true;
    }
    if (!itself || *n == SHARED_PLACES) return false;
    places[(*n)++] = (shared_place){place, says};
    return true;
}

typedef struct meeting { /* one key of two stories */
    const syn_story_key *key;
    double says;
} meeting;

static size_t meet(const syn_subject *a, const syn_subject *b, syn_rarity_fn *rarity, void *context, meeting *out,
                   size_t most)
{
    size_t n = 0;
    for (size_t i = 0, j = 0; i < a->n && j < b->n && n < most;) {
        if (a->keys[i].key != b->keys[j].key) {
            if (a->keys[i].key < b->keys[j].key)
                i++;
            else
                j++;
            continue;
        }
        double weight = sqrt((double)a->keys[i].weight * (double)b->keys[j].weight);
        double says = weight > 0 ? weight * (double)rarity(context, &a->keys[i]) : 0;
        if (says > 0) out[n++] = (meeting){&a->keys[i], says};
        i++, j++;
    }
    return n;
}

syn_kinship syn_topics_compare(const syn_topics *t, const syn_subject *a, const syn_subject *b, syn_rarity_fn *rarity,
                               void *context)
{
    enum { MOST = 64 };
    syn_kinship k = {0};
    meeting shared[MOST];
    shared_place places[SHARED_PLACES];
    size_t n = meet(a, b, rarity, context, shared, MOST), nplaces = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t place = shared[i].key->signal == SYN_SIGNAL_PLACE ? syn_topics_place(t, shared[i].key->key) : 0;
        if (place && is_place(places, &nplaces, place, true, shared[i].says)) shared[i].says = 0;
    }
    for (size_t i = 0; i < n; i++) {
        uint64_t key = shared[i].key->key;
        uint32_t place = shared[i].key->signal == SYN_SIGNAL_NAME ? id_of(t->words, t->nwords, key) : 0;
        if (place && is_place(places, &nplaces, place, false, shared[i].says)) continue;
        if (shared[i].key->signal == SYN_SIGNAL_CONCEPT)
            k.matter += shared[i].says;
        else
            k.parties += shared[i].says;
    }
    for (size_t i = 0; i < nplaces; i++) k.parties += places[i].best;
    double matter = MATTER * k.matter;
    k.score = k.parties + (matter < k.parties ? matter : k.parties);
    return k;
}

bool syn_topics_found(const syn_kinship *k, double stories)
{
    double growth = stories > SMALL_STORE ? FOUND_GROWTH * log(stories / SMALL_STORE) : 0;
    return k->score >= FOUND + growth && k->parties >= FOUND_PARTIES && k->matter >= FOUND_MATTER;
}

bool syn_topics_belongs(double score, bool member)
{
    return score >= (member ? STAY : JOIN);
}

/* ---- what a topic is about ---- */

static int by_said(const void *a, const void *b)
{
    const meeting *x = a, *y = b;
    if (x->says != y->says) return x->says > y->says ? -1 : 1;
    return by_key(x->key, y->key);
}

size_t syn_topics_theme(const syn_subject *core, size_t n, syn_rarity_fn *rarity, void *context, syn_story_key *out)
{
    enum { OF_EACH = 64 };
    syn_story_key all[SYN_TOPIC_CORE * OF_EACH];
    meeting kept[SYN_TOPIC_CORE * OF_EACH];
    size_t total = 0, nkept = 0;
    for (size_t i = 0; i < n && i < SYN_TOPIC_CORE; i++)
        for (size_t k = 0; k < core[i].n && k < OF_EACH; k++) all[total++] = core[i].keys[k];
    syn_topics_sort(all, total);
    for (size_t i = 0, end; i < total; i = end) {
        for (end = i + 1; end < total && all[end].key == all[i].key; end++) all[i].weight += all[end].weight;
        if (end - i < 2 || 2 * (end - i) < n) continue; /* half of them, two at least */
        all[i].weight /= (float)n;
        double says = (double)(all[i].weight * rarity(context, &all[i]));
        if (says > 0) kept[nkept++] = (meeting){&all[i], says};
    }
    if (nkept) qsort(kept, nkept, sizeof *kept, by_said);
    if (nkept > SYN_TOPIC_THEME) nkept = SYN_TOPIC_THEME;
    for (size_t i = 0; i < nkept; i++) out[i] = *kept[i].key;
    syn_topics_sort(out, nkept);
    return nkept;
}

double syn_topics_covered(const syn_subject *a, const syn_subject *b, const syn_story_key *theme, size_t n,
                          syn_rarity_fn *rarity, void *context)
{
    enum { MOST = 64 };
    meeting shared[MOST];
    double all = 0, held = 0;
    size_t nshared = meet(a, b, rarity, context, shared, MOST);
    for (size_t i = 0; i < nshared; i++) {
        all += shared[i].says;
        if (n && bsearch(shared[i].key, theme, n, sizeof *theme, by_key)) held += shared[i].says;
    }
    return all > 0 ? held / all : 0;
}
