/* reasons.c - stage 5: a decision for a reader: the strongest keys that an article and its story have in common. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_REASONS = 12, NEAREST = 7, MOST_FOUND = NEAREST * (MAX_PARTS + MAX_MEANT) };

typedef struct found {
    float weight;
    uint32_t key;
    const char *here, *there;
    const item *of;
    unsigned signal;
} found;

static int by_key(const void *a, const void *b)
{
    const found *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
    return (x->of->order > y->of->order) - (x->of->order < y->of->order);
}

static int by_weight(const void *a, const void *b)
{
    const found *x = a, *y = b;
    if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

/* The founder, where it is still here, and the members that resemble the article most. */
static size_t nearest(syn_grouper *g, uint32_t i, const probe *p, const item *out[NEAREST])
{
    const story_t *s = &g->stories[g->items[i]->story];
    uint32_t sample[SAMPLE];
    double scores[NEAREST];
    size_t n = 0, first = 0, nsample = syn_story_sample(g, g->items[i]->story, SAMPLE, sample);
    for (size_t k = 0; k < nsample; k++) {
        if (sample[k] == i) continue;
        const item *b = g->items[sample[k]];
        if (!n && syn_str_eq(b->id, s->founder)) {
            out[n++] = b;
            first = 1;
            continue;
        }
        double score = syn_score_pair(g, p, b);
        size_t at = n < NEAREST ? n++ : NEAREST;
        if (at == NEAREST && scores[--at] >= score) continue;
        for (; at > first && scores[at - 1] < score; at--) {
            out[at] = out[at - 1];
            scores[at] = scores[at - 1];
        }
        out[at] = b;
        scores[at] = score;
    }
    return n;
}

static size_t find_common(const probe *p, const item *const *others, size_t nothers, found *out)
{
    const item *a = p->of;
    size_t n = 0, kept = 0;
    for (size_t o = 0; o < nothers; o++) {
        const item *b = others[o];
        for (uint32_t y = 0, of = 0; y < b->nparts; y++) {
            while (y >= b->start[of + 1]) of++;
            uint32_t x = syn_score_find(p, b->keys[y]);
            if (x == NONE) continue;
            unsigned signal = syn_item_learned(a, x) ? SYN_SIGNAL_LEARNED : of;
            float w = a->values[x] * b->values[y], norms = a->norm[signal] * b->norm[signal];
            if (w > 0 && norms > 0)
                out[n++] = (found){w / norms, a->keys[x], syn_item_words(a, x), syn_item_words(b, y), b, signal};
        }
    }
    qsort(out, n, sizeof *out, by_key);
    for (size_t k = 0; k < n; k++)
        if (!kept || out[k].key != out[kept - 1].key) out[kept++] = out[k];
    qsort(out, kept, sizeof *out, by_weight);
    return kept;
}

/* A reader wants a word once, though its skeleton, stem and concept may all have met. */
static bool says_something_new(const found *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(list[i].here, list[n].here)) return false;
    return true;
}

syn_code syn_reasons_decide(syn_grouper *g, syn_arena *arena, uint32_t i, uint32_t original, const probe *p,
                            syn_decision *out, syn_err *err)
{
    const item *it = g->items[i], *others[NEAREST];
    syn_decision d = {.story = syn_dup(arena, g->stories[it->story].founder), .score = it->score};
    if (original != NONE && original != i) d.reprint_of = syn_dup(arena, g->items[original]->id);
    size_t nothers = p ? nearest(g, i, p, others) : 0;
    found *list = nothers ? malloc(MOST_FOUND * sizeof *list) : NULL;
    syn_reason *reasons = nothers ? SYN_NEW_ARRAY(arena, syn_reason, MOST_REASONS) : NULL;
    size_t n = list && reasons ? find_common(p, others, nothers, list) : 0;
    for (size_t r = 0; r < n && d.nreasons < MOST_REASONS; r++) {
        unsigned signal = list[r].signal;
        if (!*list[r].here && signal != SYN_SIGNAL_LINK) continue;
        if (!says_something_new(list, r)) continue;
        reasons[d.nreasons++] = (syn_reason){
            (uint8_t)signal,
            list[r].weight,
            syn_dup(arena, syn_str_of(list[r].here)),
            syn_dup(arena, syn_str_of(list[r].there)),
            syn_dup(arena, list[r].of->id),
            signal == SYN_SIGNAL_LEARNED ? syn_lessons_stories(g, it, list[r].of, list[r].key) : 0};
    }
    d.reasons = reasons;
    bool failed = arena->failed || (nothers && !list);
    free(list);
    if (failed) return syn_fail(err, SYN_ENOMEM, 0, "no memory for reasons");
    *out = d;
    return SYN_OK;
}

void syn_reason_write(syn_jsonw *w, const syn_reason *r)
{
    syn_jw_open(w, '{');
    syn_jw_field(w, "signal", syn_str_of(r->signal < SYN_SIGNALS ? syn_signal_names[r->signal] : "other"));
    syn_jw_key(w, "weight");
    syn_jw_double(w, floor((double)r->weight * 10000 + 0.5) / 10000);
    syn_jw_field(w, "here", r->here);
    syn_jw_field(w, "there", r->there);
    syn_jw_field(w, "there_id", r->there_id);
    if (r->stories) {
        syn_jw_key(w, "stories");
        syn_jw_int(w, (int64_t)r->stories);
    }
    syn_jw_close(w, '}');
}
