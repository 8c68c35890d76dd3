/* profile.c - stage 5: what a story is about, in keys that mean the same in every language; by them it is found again
   when it sleeps, and its topics are found. */
#include "internal.h"

#include <stdlib.h>

/* Kept of each signal: words and days are of one language, or of one day. */
static const size_t shares[SYN_SIGNALS] = {
    [SYN_SIGNAL_NAME] = 24, [SYN_SIGNAL_FIGURE] = 8, [SYN_SIGNAL_CONCEPT] = 12,
    [SYN_SIGNAL_PLACE] = 6, [SYN_SIGNAL_LINK] = 6,
};

typedef struct gathered {
    syn_story_key key;
    float share; /* of its signal's evidence: by it and the key's prominence it is chosen */
    bool named;  /* in one article at least: scripts without capitals seldom show it */
} gathered;

static int by_key(const void *a, const void *b)
{
    const gathered *x = a, *y = b;
    return (x->key.key > y->key.key) - (x->key.key < y->key.key);
}

static int by_weight(const void *a, const void *b)
{
    const gathered *x = a, *y = b;
    float a_says = x->share * x->key.weight, b_says = y->share * y->key.weight;
    if (a_says != b_says) return a_says > b_says ? -1 : 1;
    return by_key(a, b);
}

/* 0 to 1, by where an article says it and how often: a word of the title that is said again has 1.  Of the readings of
   one word all may be kept. */
static float prominence(const part *p)
{
    float root = (float)abs(p->weight) / (2.4f * PART_ONE);
    if (root > 1) root = 1;
    return p->weight < 0 ? root / 2 : root;
}

size_t syn_grouper_profile(const syn_grouper *g, syn_str founder, syn_story_key *out, size_t most)
{
    uint32_t sample[SAMPLE], story = syn_story_by_founder(g, founder);
    if (story == NONE) return 0;
    size_t members = syn_story_sample(g, story, SAMPLE, sample), n = 0, kept = 0, taken[SYN_SIGNALS] = {0}, given = 0;
    gathered *all = calloc(members * MAX_PARTS, sizeof *all);
    if (!all) return 0;
    for (size_t m = 0; m < members; m++) {
        const item *it = g->items[sample[m]];
        for (uint32_t p = 0, signal = 0; p < it->nparts; p++) {
            while (p >= it->start[signal + 1]) signal++;
            float share = it->norm[signal] > 0 ? it->values[p] / it->norm[signal] : 0;
            if (!shares[signal] || share <= 0) continue;
            uint64_t key = g->index.keys[it->keys[p]].key;
            float weight = prominence(&it->parts[p]) / (float)members;
            all[n++] = (gathered){{key, (uint8_t)signal, weight}, share / (float)members, it->parts[p].named};
        }
    }
    qsort(all, n, sizeof *all, by_key);
    for (size_t i = 0; i < n; i++) {
        if (kept && all[kept - 1].key.key == all[i].key.key) {
            all[kept - 1].key.weight += all[i].key.weight;
            all[kept - 1].share += all[i].share;
            all[kept - 1].named |= all[i].named;
        } else {
            all[kept++] = all[i];
        }
    }
    qsort(all, kept, sizeof *all, by_weight);
    for (size_t i = 0; i < kept && given < most; i++) {
        unsigned signal = all[i].key.signal;
        if (signal == SYN_SIGNAL_NAME && !all[i].named) continue;
        if (taken[signal]++ < shares[signal]) out[given++] = all[i].key;
    }
    free(all);
    return given;
}

size_t syn_grouper_rarest(const syn_grouper *g, const syn_signature *s, uint64_t *out, size_t most)
{
    enum { MOST = 32 };
    float rarity[MOST];
    size_t n = 0;
    if (most > MOST) most = MOST;
    for (uint32_t f = 0; f < s->nfeatures; f++) {
        const syn_feature *x = &s->features[f];
        if (x->signal != SYN_SIGNAL_NAME && x->signal != SYN_SIGNAL_FIGURE && x->signal != SYN_SIGNAL_LINK) continue;
        if (x->common > 1) continue;
        uint32_t number = syn_index_find(&g->index, x->key);
        float r = x->weight / (1 + (number != NONE ? g->index.keys[number].df : 0));
        size_t at = n < most ? n++ : most;
        if (at == most && rarity[--at] >= r) continue;
        for (; at && rarity[at - 1] < r; at--) {
            rarity[at] = rarity[at - 1];
            out[at] = out[at - 1];
        }
        rarity[at] = r;
        out[at] = x->key;
    }
    return n;
}

bool syn_grouper_holds(const syn_grouper *g, syn_str founder)
{
    return syn_story_by_founder(g, founder) != NONE;
}
