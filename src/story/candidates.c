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

/* The item's keys from rare to common, until their postings come to what is looked at; how many. */
static uint32_t rare_keys(const syn_grouper *g, const item *it, uint32_t most, uint16_t out[MOST_PARTS])
{
    uint16_t at[MAX_POSTINGS + 2] = {0}, postings[MOST_PARTS];
    uint32_t n = 0;
    for (uint32_t p = 0; p < it->nparts; p++) {
        if (p + 8 < it->nparts) __builtin_prefetch(&g->index.keys[it->keys[p + 8]]);
        uint16_t k = g->index.keys[it->keys[p]].n;
        postings[p] = k < 2 || it->values[p] <= 0 ? 0 : k;
        at[postings[p] + 1]++;
    }
    at[1] = 0; /* those that lead nowhere */
    for (uint32_t k = 1; k <= MAX_POSTINGS; k++) at[k + 1] = (uint16_t)(at[k + 1] + at[k]);
    for (uint32_t p = 0; p < it->nparts; p++)
        if (postings[p]) out[at[postings[p]]++] = (uint16_t)p;
    for (uint32_t sum = 0; n < at[MAX_POSTINGS] && sum < most; n++) sum += postings[out[n]];
    return n;
}

size_t syn_candidates_find(syn_grouper *g, uint32_t i, bool thoroughly, candidate out[MAX_CANDIDATES])
{
    enum { AT_FIRST = 1200, THOROUGHLY = 8000 }; /* postings looked at */
    const item *it = g->items[i];
    size_t nsame = 0, nother = 0;
    candidate *other = out + OF_ONE_LANGUAGE; /* articles of one language have more in common, whatever they tell */
    uint16_t rare[MOST_PARTS];
    uint32_t n = rare_keys(g, it, thoroughly ? THOROUGHLY : AT_FIRST, rare);
    for (uint32_t r = 0; r < n; r++) {
        if (r + 4 < n) __builtin_prefetch(syn_index_postings(&g->index.keys[it->keys[rare[r + 4]]]));
        const key_entry *k = &g->index.keys[it->keys[rare[r]]];
        unsigned signal = syn_item_learned(it, rare[r]) ? SYN_SIGNAL_LEARNED : k->signal;
        float norm = it->norm[signal];
        if (norm <= 0) continue;
        float share = it->values[rare[r]] / norm, says = first_sight[signal] * share * share;
        const uint32_t *postings = syn_index_postings(k);
        for (uint16_t m = 0; m < k->n; m++) {
            uint32_t j = postings[m];
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
