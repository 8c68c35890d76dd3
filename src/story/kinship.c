/* kinship.c - stage 5: what two stories have in common, whether that makes a topic, and what a topic's stories share.

   A topic is the same parties and the same matter.  Evidence is names, places and concepts, each weighed by how
   prominent it is in both stories and by the square of its surprise among stories (Shannon 1948), so that what every
   tenth story names says little; days, figures and words say nothing, for they change from one story of a topic to the
   next.  Keys of the same words count once.  Words that mean something by themselves ("Federal", "Conservative") are
   matter, not parties.  Neither parties nor matter count for much more than the other: two earthquakes in two countries
   are no topic, nor is all that one country's politicians do.  Thresholds were chosen on invented stories and on some
   500 read ones. */
#include "story.h"

#include <math.h>
#include <stdlib.h>

#define FOUND 8.5         /* score of the two stories that found a topic in a small store */
#define FOUND_GROWTH 0.25 /* for each e-fold of stories: more of them are alike by chance */
#define FOUND_PARTIES 4.0
#define JOIN 5.5
#define STAY 4.5
#define MATTER 0.8         /* of a concept against a name */
#define PLAIN 0.5          /* of a name that means something by itself, against a concept */
#define GUESSED 0.5        /* of a name that neither story is known to print as one */
#define A_PARTY 1.0        /* what says less is none */
#define A_MATTER 1.2       /* likewise */
#define UNMATCHED 1.0      /* parties that count without any matter, */
#define UNMATCHED_EACH 0.7 /* more with each of them, */
#define FOR_MATTER 1.3     /* and with the matter */
#define LEAST 0.05         /* what says less is left out */
#define CEILING 4.0
enum { AT_ONCE = 36 * 3600 }; /* seconds between two stories that began together */
enum { SMALL_STORE = 100, AT_LARGE = 100, SHARED = 64, PARTIES_COUNTED = 4 };

static int by_key(const void *a, const void *b)
{
    const syn_story_key *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

void syn_topics_sort(syn_story_key *keys, size_t n)
{
    if (n) qsort(keys, n, sizeof *keys, by_key);
}

/* ---- how much a key says ---- */

static float squared(double p)
{
    double surprise = p < 1 ? -log(p) : 0;
    if (surprise > CEILING) surprise = CEILING;
    return (float)(surprise * surprise / CEILING);
}

float syn_topics_rarity(unsigned signal, double holding, double stories)
{
    /* the share of stories that hold such a key, before any was seen: as of articles (index.c) */
    static const double priors[SYN_SIGNALS] = {
        [SYN_SIGNAL_NAME] = 0.004, [SYN_SIGNAL_CONCEPT] = 0.02, [SYN_SIGNAL_PLACE] = 0.03};
    if (signal >= SYN_SIGNALS || priors[signal] <= 0) return 0;
    return squared((holding + AT_LARGE * priors[signal]) / (stories + AT_LARGE));
}

float syn_topics_rarity_of_outlet(double others_holding, double others)
{
    double p = (others_holding + 1) / (others + 3);
    return p < 0.25 ? (float)CEILING : squared(p);
}

float syn_topics_rarity_of_language(double others_holding, double others)
{
    return squared((others_holding + 0.3) / (others + 3));
}

/* ---- what two stories share ---- */

typedef struct meeting { /* one key of two stories */
    const syn_story_key *a, *b;
    double says;
    size_t of; /* another one of the same words, itself for the first of them */
} meeting;

static size_t meet(const syn_subject *a, const syn_subject *b, bool company, syn_rarity_fn *rarity, void *context,
                   meeting out[SHARED])
{
    bool one_language = a->lang && a->lang == b->lang;
    size_t n = 0;
    for (size_t i = 0, j = 0; i < a->n && j < b->n && n < SHARED;) {
        const syn_story_key *x = &a->keys[i], *y = &b->keys[j];
        if (x->key != y->key) {
            if (x->key < y->key)
                i++;
            else
                j++;
            continue;
        }
        i++, j++;
        double weight = sqrt((double)x->weight * (double)y->weight);
        if (x->word & y->word & SYN_STORY_LIKELY) weight *= one_language ? 0 : GUESSED;
        double says = weight > 0 ? weight * (double)rarity(context, x, company ? a : NULL, company ? b : NULL) : 0;
        if (says < LEAST) continue;
        out[n] = (meeting){x, y, says, n};
        n++;
    }
    return n;
}

static size_t first_of(const meeting *m, size_t i)
{
    while (m[i].of != i) i = m[i].of;
    return i;
}

static bool same_word(const syn_story_key *x, const syn_story_key *y)
{
    return (x->word & SYN_STORY_WORDS) && (x->word & SYN_STORY_WORDS) == (y->word & SYN_STORY_WORDS);
}

/* A place and the words of its name are one party. */
static bool names(const syn_topics *t, const syn_story_key *word, const syn_story_key *place)
{
    if (word->signal != SYN_SIGNAL_NAME || place->signal != SYN_SIGNAL_PLACE) return false;
    uint32_t of = syn_topics_place(t, place->key);
    return of && syn_topics_names_place(t, word->key, of);
}

static void join_words(const syn_topics *t, meeting *m, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (!same_word(m[i].a, m[k].a) && !same_word(m[i].b, m[k].b) && !names(t, m[i].a, m[k].a) &&
                !names(t, m[k].a, m[i].a))
                continue;
            size_t x = first_of(m, i), y = first_of(m, k);
            m[x < y ? y : x].of = x < y ? x : y;
        }
    }
}

typedef struct words { /* keys that are of the same words */
    double says;       /* the most that one of them does */
    bool place, concept, name, plain;
} words;

static void add_up(syn_kinship *k, const words *w)
{
    bool matter = !w->place && (w->concept || w->plain);
    double says = w->concept || !matter ? w->says : PLAIN * w->says;
    if (matter) {
        k->matter += says;
        k->matters += says >= A_MATTER;
    } else if (w->place || w->name) {
        k->parties += says;
        k->actors += says >= A_PARTY;
    }
}

static syn_kinship weigh(const syn_topics *t, meeting *m, size_t n)
{
    syn_kinship k = {0};
    words all[SHARED] = {{0}};
    join_words(t, m, n);
    for (size_t i = 0; i < n; i++) {
        words *w = &all[first_of(m, i)];
        unsigned signal = m[i].a->signal;
        if (m[i].says > w->says) w->says = m[i].says;
        w->place |= signal == SYN_SIGNAL_PLACE;
        w->name |= signal == SYN_SIGNAL_NAME;
        w->concept |= signal == SYN_SIGNAL_CONCEPT && !syn_topics_is_language(t, m[i].a->key);
        w->plain |= signal == SYN_SIGNAL_NAME && (m[i].a->word & m[i].b->word & SYN_STORY_PLAIN);
    }
    for (size_t i = 0; i < n; i++)
        if (m[i].of == i) add_up(&k, &all[i]);
    double matter = MATTER * k.matter;
    double actors = k.actors < PARTIES_COUNTED ? k.actors : PARTIES_COUNTED;
    double most = UNMATCHED + UNMATCHED_EACH * actors + FOR_MATTER * matter;
    k.score = (k.parties < most ? k.parties : most) + (matter < k.parties ? matter : k.parties);
    return k;
}

syn_kinship syn_topics_compare(const syn_topics *t, const syn_subject *a, const syn_subject *b, syn_rarity_fn *rarity,
                               void *context)
{
    meeting shared[SHARED];
    syn_kinship k = weigh(t, shared, meet(a, b, false, rarity, context, shared));
    bool at_once = a->when && b->when && a->when - b->when < AT_ONCE && b->when - a->when < AT_ONCE;
    bool company = (a->outlet && a->outlet == b->outlet) || (a->lang && a->lang == b->lang);
    if (k.score >= STAY && company)
        k = weigh(t, shared, meet(a, b, true, rarity, context, shared)); /* less, if other */
    k.at_once = at_once;
    return k;
}

bool syn_topics_found(const syn_kinship *k, double stories)
{
    double growth = stories > SMALL_STORE ? FOUND_GROWTH * log(stories / SMALL_STORE) : 0;
    return k->score >= FOUND + growth && k->parties >= FOUND_PARTIES && k->actors >= 2 && k->matters >= 2 &&
           !k->at_once;
}

bool syn_topics_belongs(double score, bool member)
{
    return score >= (member ? STAY : JOIN);
}

/* ---- what a topic is about ---- */

typedef struct said {
    const syn_story_key *key;
    double says;
} said;

static int by_said(const void *a, const void *b)
{
    const said *x = a, *y = b;
    if (x->says != y->says) return x->says > y->says ? -1 : 1;
    return by_key(x->key, y->key);
}

size_t syn_topics_theme(const syn_subject *core, size_t n, syn_rarity_fn *rarity, void *context, syn_story_key *out)
{
    enum { OF_EACH = 64 };
    syn_story_key all[SYN_TOPIC_CORE * OF_EACH];
    said kept[SYN_TOPIC_CORE * OF_EACH];
    size_t total = 0, nkept = 0;
    for (size_t i = 0; i < n && i < SYN_TOPIC_CORE; i++)
        for (size_t k = 0; k < core[i].n && k < OF_EACH; k++) all[total++] = core[i].keys[k];
    syn_topics_sort(all, total);
    for (size_t i = 0, end; i < total; i = end) {
        for (end = i + 1; end < total && all[end].key == all[i].key; end++) all[i].weight += all[end].weight;
        if (end - i < 2 || 2 * (end - i) < n) continue; /* half of them, two at least */
        all[i].weight /= (float)n;
        double says = (double)(all[i].weight * rarity(context, &all[i], NULL, NULL));
        if (says > 0) kept[nkept++] = (said){&all[i], says};
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
    meeting shared[SHARED];
    double all = 0, held = 0;
    size_t nshared = meet(a, b, false, rarity, context, shared);
    for (size_t i = 0; i < nshared; i++) {
        all += shared[i].says;
        if (n && bsearch(shared[i].a, theme, n, sizeof *theme, by_key)) held += shared[i].says;
    }
    return all > 0 ? held / all : 0;
}
