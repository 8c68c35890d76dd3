/* profile.c - stage 5: what a story is about, in keys that mean the same in every language; by them it is found again
   when it sleeps, and its topics are found. */
#include "internal.h"

#include <stdlib.h>

static bool across_languages(unsigned signal)
{
    return signal != SYN_SIGNAL_WORD && signal != SYN_SIGNAL_DATE && signal != SYN_SIGNAL_LEARNED;
}

static int by_key(const void *a, const void *b)
{
    const syn_story_key *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static int by_weight(const void *a, const void *b)
{
    const syn_story_key *x = a, *y = b;
    if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
    return by_key(a, b);
}

size_t syn_grouper_profile(const syn_grouper *g, syn_str founder, syn_story_key *out, size_t most)
{
    uint32_t sample[SAMPLE], story = syn_story_by_founder(g, founder);
    if (story == NONE) return 0;
    size_t members = syn_story_sample(g, story, SAMPLE, sample), n = 0, kept = 0;
    syn_story_key *all = calloc(members * MAX_PARTS, sizeof *all);
    if (!all) return 0;
    for (size_t m = 0; m < members; m++) {
        const item *it = g->items[sample[m]];
        for (uint32_t p = 0; p < it->nparts; p++) {
            unsigned signal = it->parts[p].signal;
            float share = it->norm[signal] > 0 ? it->values[p] / it->norm[signal] : 0;
            if (across_languages(signal) && share > 0)
                all[n++] = (syn_story_key){g->index.keys[it->keys[p]].key, (uint8_t)signal, share / (float)members};
        }
    }
    qsort(all, n, sizeof *all, by_key);
    for (size_t i = 0; i < n; i++) {
        if (kept && all[kept - 1].key == all[i].key)
            all[kept - 1].weight += all[i].weight;
        else
            all[kept++] = all[i];
    }
    qsort(all, kept, sizeof *all, by_weight);
    if (kept > most) kept = most;
    memcpy(out, all, kept * sizeof *out);
    free(all);
    return kept;
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
        const uint32_t *number = syn_table_get(&g->index.numbers, x->key);
        float r = x->weight / (1 + (number ? g->index.keys[*number - 1].df : 0));
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
