/* candidates.c - stage 5: the few articles that may tell what an article tells, by the rare keys that they share; the
   rest of the window is never looked at. */
#include "internal.h"

#include <stdlib.h>

/* What a share of an article's evidence of one kind says at first sight: its odds by its deviation between unrelated
   articles, as in score.c and background.c. */
static const float first_sight[SYN_SIGNALS] = {
    [SYN_SIGNAL_NAME] = 28,    [SYN_SIGNAL_FIGURE] = 6, [SYN_SIGNAL_CONCEPT] = 15, [SYN_SIGNAL_WORD] = 35,
    [SYN_SIGNAL_PLACE] = 2.5f, [SYN_SIGNAL_DATE] = 6,   [SYN_SIGNAL_LINK] = 70,    [SYN_SIGNAL_LEARNED] = 8,
};

static bool worse(const candidate *a, const candidate *b)
{
    return a->score != b->score ? a->score < b->score : a->item > b->item;
}

static int best_first(const void *a, const void *b)
{
    return worse(a, b) ? 1 : worse(b, a) ? -1 : 0;
}

/* One more into the best so far, a heap of at most room with the worst on top. */
static size_t keep_best(candidate *best, size_t n, size_t room, candidate c)
{
    size_t at;
    if (n < room) {
        for (at = n++; at && worse(&c, &best[(at - 1) / 2]); at = (at - 1) / 2) best[at] = best[(at - 1) / 2];
    } else {
        if (!worse(&best[0], &c)) return n;
        for (at = 0;;) {
            size_t child = 2 * at + 1;
            if (child >= n) break;
            if (child + 1 < n && worse(&best[child + 1], &best[child])) child++;
            if (!worse(&best[child], &c)) break;
            best[at] = best[child];
            at = child;
        }
    }
    best[at] = c;
    return n;
}

bool syn_candidates_room(syn_grouper *g)
{
    size_t cap = g->quick_cap, same = g->quick_cap;
    if (g->nitems > cap) {
        if (!syn_story_grow(&g->quick, &cap, g->nitems, sizeof *g->quick)) return false;
        memset(g->quick + same, 0, (cap - same) * sizeof *g->quick);
        if (!syn_story_grow(&g->touched, &same, cap, sizeof *g->touched)) return false;
        g->quick_cap = cap;
    }
    return true;
}

size_t syn_candidates_find(syn_grouper *g, uint32_t i, candidate out[MAX_CANDIDATES])
{
    const item *it = g->items[i];
    size_t nsame = 0, nother = 0;
    candidate *other = out + OF_ONE_LANGUAGE; /* articles of one language have more in common, whatever they tell */
    for (uint32_t p = 0; p < it->nparts; p++) {
        const key_entry *k = &g->index.keys[it->keys[p]];
        unsigned signal = it->parts[p].signal;
        float norm = it->norm[signal];
        if (k->n < 2 || norm <= 0) continue;
        float share = it->values[p] / norm, says = first_sight[signal] * share * share;
        if (says <= 0) continue;
        for (uint16_t n = 0; n < k->n; n++) {
            uint32_t j = k->postings[n];
            if (j == i) continue;
            if (g->quick[j].score == 0) g->touched[g->ntouched++] = j;
            g->quick[j].score += says;
        }
    }
    for (size_t t = 0; t < g->ntouched; t++) {
        uint32_t j = g->touched[t];
        candidate c = {j, g->quick[j].score};
        g->quick[j].score = 0;
        if (g->quick[j].lang == it->lang)
            nsame = keep_best(out, nsame, OF_ONE_LANGUAGE, c);
        else
            nother = keep_best(other, nother, MAX_CANDIDATES - OF_ONE_LANGUAGE, c);
    }
    g->ntouched = 0;
    memmove(out + nsame, other, nother * sizeof *out);
    qsort(out, nsame + nother, sizeof *out, best_first);
    return nsame + nother;
}
