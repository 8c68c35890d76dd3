/* background.c - stage 5: what two unrelated articles of two languages have in common by chance.

   Two Swedish articles share more words than a Thai and a Russian one whatever they tell, so a similarity says nothing
   until it is held against the others of its pair of languages: (similarity - mean) / deviation.  A pair of languages
   with few articles borrows from all pairs. */
#include "internal.h"

#include <math.h>

enum {
    BORROWED = 40,
    AT_LARGE = 150
}; /* pairs' worth: of the whole for a pair of languages, of news at large for all */

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
     [SYN_SIGNAL_LINK] = {0, 0.02}},
    {[SYN_SIGNAL_NAME] = {0.09, 0.07},
     [SYN_SIGNAL_FIGURE] = {0.08, 0.13},
     [SYN_SIGNAL_CONCEPT] = {0.08, 0.07},
     [SYN_SIGNAL_WORD] = {0.05, 0.04},
     [SYN_SIGNAL_PLACE] = {0.12, 0.25},
     [SYN_SIGNAL_DATE] = {0.01, 0.06},
     [SYN_SIGNAL_LINK] = {0, 0.02}},
};

static void put(moments *m, double v, double n)
{
    m->n += n;
    m->sum += v * n;
    m->squares += v * v * n;
}

static moments *pair_moments(const background *b, uint32_t la, uint32_t lb, int signal)
{
    uint32_t low = la < lb ? la : lb, high = la < lb ? lb : la;
    moments *of = low < MAX_LANGS && high < MAX_LANGS ? b->pairs[low] : NULL;
    return of ? &of[high * SYN_SIGNALS + (uint32_t)signal] : NULL;
}

bool syn_background_add(background *b, syn_arena *mem, uint32_t la, uint32_t lb, const float similarity[SYN_SIGNALS],
                        double n)
{
    uint32_t low = la < lb ? la : lb, high = la < lb ? lb : la;
    if (high >= MAX_LANGS) return true;
    if (!b->pairs[low]) {
        b->pairs[low] = SYN_NEW_ARRAY(mem, moments, (size_t)MAX_LANGS * SYN_SIGNALS);
        if (!b->pairs[low]) return false;
    }
    for (int s = 0; s < SYN_SIGNALS; s++) {
        double v = similarity ? similarity[s] : 0;
        put(&b->all[la == lb][s], v, n);
        put(&b->pairs[low][high * SYN_SIGNALS + (uint32_t)s], v, n);
    }
    return true;
}

double syn_background_surprise(const background *b, uint32_t la, uint32_t lb, int signal, double similarity)
{
    const moments *all = &b->all[la == lb][signal], *own = pair_moments(b, la, lb, signal);
    const double least = 0.02; /* of the deviation: a few articles without anything in common prove nothing */
    double mean0 = at_large[la == lb][signal].mean, deviation0 = at_large[la == lb][signal].deviation;
    double share = BORROWED / (all->n + AT_LARGE), n = BORROWED;
    double sum = (all->sum + AT_LARGE * mean0) * share;
    double squares = (all->squares + AT_LARGE * (mean0 * mean0 + deviation0 * deviation0)) * share;
    if (own) {
        n += own->n;
        sum += own->sum;
        squares += own->squares;
    }
    double mean = sum / n, variance = squares / n - mean * mean;
    double deviation = sqrt(variance > 0 ? variance : 0);
    if (deviation < least) deviation = least;
    double z = (similarity - mean) / deviation;
    return z < -1 ? -1 : z;
}
