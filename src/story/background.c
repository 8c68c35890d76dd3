/* background.c - stage 5: what two unrelated articles of two languages have in common by chance.

   Two Swedish articles share more words than a Thai and a Russian one whatever they tell, so a similarity says nothing
   until it is held against the others of its pair of languages: (similarity - mean) / deviation.  A pair of languages
   with few articles borrows from all pairs. */
#include "internal.h"

#include <math.h>

enum { BORROWED = 40 }; /* pairs' worth of the whole that a pair of languages starts from */

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
    double n = BORROWED, sum, squares;
    const double least = 0.02; /* of the deviation: a few articles without anything in common prove nothing */
    if (all->n > 0) {
        sum = all->sum / all->n * BORROWED;
        squares = all->squares / all->n * BORROWED;
    } else {
        sum = squares = 0;
    }
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
