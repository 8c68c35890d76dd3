/* background.c - stage 5: what two unrelated articles of two languages have in common by chance.

   Two Swedish articles share more words than a Thai and a Russian one whatever they tell, so a similarity says nothing
   until it is held against the others of its pair of languages: (similarity - mean) / deviation.  A pair of languages
   with few articles borrows from what each of the two has in common with any, and they from all. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

enum {
    BORROWED = 40, /* pairs' worth of what is borrowed */
    AT_LARGE = 150 /* of news at large */
};

/* Mean and deviation between unrelated articles in streams of some thirty, as measured on news in twenty languages:
   where a young stream starts.  [same language] */
static const struct {
    double mean, deviation;
} at_large[2][SYN_SIGNALS] = {
    {[SYN_SIGNAL_NAME] = {0.05, 0.05},
     [SYN_SIGNAL_FIGURE] = {0.06, 0.12},
     [SYN_SIGNAL_CONCEPT] = {0.04, 0.04},
     [SYN_SIGNAL_WORD] = {0, 0.02},
     [SYN_SIGNAL_PLACE] = {0.08, 0.22},
     [SYN_SIGNAL_DATE] = {0.01, 0.06},
     [SYN_SIGNAL_LINK] = {0, 0.02},
     [SYN_SIGNAL_LEARNED] = {0.02, 0.04}},
    {[SYN_SIGNAL_NAME] = {0.09, 0.07},
     [SYN_SIGNAL_FIGURE] = {0.08, 0.13},
     [SYN_SIGNAL_CONCEPT] = {0.08, 0.07},
     [SYN_SIGNAL_WORD] = {0.05, 0.04},
     [SYN_SIGNAL_PLACE] = {0.12, 0.25},
     [SYN_SIGNAL_DATE] = {0.01, 0.06},
     [SYN_SIGNAL_LINK] = {0, 0.02},
     [SYN_SIGNAL_LEARNED] = {0.02, 0.04}},
};

static void put(moments *m, double v)
{
    m->n++;
    m->sum += v;
    m->squares += v * v;
}

static moments *pair_moments(const background *b, uint32_t la, uint32_t lb, int signal)
{
    uint32_t low = la < lb ? la : lb, high = la < lb ? lb : la;
    moments *of = b->pairs[low];
    return of ? &of[high * SYN_SIGNALS + (uint32_t)signal] : NULL;
}

bool syn_background_add(background *b, uint32_t la, uint32_t lb, const float similarity[SYN_SIGNALS], int first)
{
    uint32_t low = la < lb ? la : lb;
    bool same = la == lb;
    if (!b->pairs[low]) {
        b->pairs[low] = calloc((size_t)MAX_LANGS * SYN_SIGNALS, sizeof(moments));
        if (!b->pairs[low]) return false;
    }
    for (int s = first; s < SYN_SIGNALS; s++) {
        double v = similarity[s];
        put(&b->all[same][s], v);
        put(&b->of[same][la][s], v);
        if (!same) put(&b->of[same][lb][s], v);
        put(pair_moments(b, la, lb, s), v);
    }
    b->age++;
    return true;
}

/* m and n pairs' worth of what it borrows from. */
static moments leaning(const moments *m, moments on, double n)
{
    double share = on.n > 0 ? n / on.n : 0;
    return (moments){m->n + on.n * share, m->sum + on.sum * share, m->squares + on.squares * share};
}

static void measure(const background *b, uint32_t la, uint32_t lb, int signal, unrelated *out)
{
    const double least = 0.02; /* of the deviation: a few articles without anything in common prove nothing */
    bool same = la == lb;
    double mean0 = at_large[same][signal].mean, deviation0 = at_large[same][signal].deviation;
    moments large = {1, mean0, mean0 * mean0 + deviation0 * deviation0};
    moments all = leaning(&b->all[same][signal], large, AT_LARGE);
    moments of_a = leaning(&b->of[same][la][signal], all, BORROWED);
    moments of_b = leaning(&b->of[same][lb][signal], all, BORROWED);
    moments any = {of_a.n + of_b.n, of_a.sum + of_b.sum, of_a.squares + of_b.squares};
    const moments *own = pair_moments(b, la, lb, signal), none = {0};
    moments m = leaning(own ? own : &none, any, BORROWED);
    double mean = m.sum / m.n, variance = m.squares / m.n - mean * mean;
    double deviation = sqrt(variance > 0 ? variance : 0);
    if (deviation < least) deviation = least;
    out->mean[signal] = (float)mean;
    out->deviations[signal] = (float)(1 / deviation);
}

const unrelated *syn_background_chance(background *b, uint32_t la, uint32_t lb)
{
    uint32_t low = la < lb ? la : lb, high = la < lb ? lb : la;
    if (!b->known[low]) b->known[low] = calloc(MAX_LANGS, sizeof(unrelated));
    if (!b->known[low]) return NULL;
    unrelated *c = &b->known[low][high];
    if (c->age == b->age + 1) return c;
    for (int s = 0; s < SYN_SIGNALS; s++) measure(b, low, high, s, c);
    c->age = b->age + 1;
    return c;
}

void syn_background_clear(background *b)
{
    for (size_t l = 0; l < MAX_LANGS; l++)
        if (b->pairs[l]) memset(b->pairs[l], 0, (size_t)MAX_LANGS * SYN_SIGNALS * sizeof(moments));
    memset(b->of, 0, sizeof b->of);
    memset(b->all, 0, sizeof b->all);
    b->age++;
}

void syn_background_unlearn(background *b)
{
    const moments none = {0};
    for (size_t l = 0; l < MAX_LANGS; l++) {
        for (size_t m = 0; b->pairs[l] && m < MAX_LANGS; m++) b->pairs[l][m * SYN_SIGNALS + SYN_SIGNAL_LEARNED] = none;
        b->of[0][l][SYN_SIGNAL_LEARNED] = b->of[1][l][SYN_SIGNAL_LEARNED] = none;
    }
    b->all[0][SYN_SIGNAL_LEARNED] = b->all[1][SYN_SIGNAL_LEARNED] = none;
    b->age++;
}

void syn_background_free(background *b)
{
    for (size_t l = 0; l < MAX_LANGS; l++) {
        free(b->pairs[l]);
        free(b->known[l]);
    }
}
