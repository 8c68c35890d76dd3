/* reasons.c - stage 5: the strongest common keys of an article and its story, for a reader. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_REASONS = 12 };

typedef struct found {
    syn_reason reason;
    uint64_t key;
} found;

static int by_weight(const void *a, const void *b)
{
    const found *x = a, *y = b;
    if (x->reason.weight != y->reason.weight) return x->reason.weight > y->reason.weight ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

/* A reader wants a word once, though its skeleton, stem and concept may all have met. */
static bool says_something_new(const found *list, size_t n, const syn_reason *r)
{
    for (size_t i = 0; i < n; i++)
        if (syn_str_eq(list[i].reason.here, r->here)) return false;
    return true;
}

syn_code syn_reasons_find(const syn_grouper *g, syn_arena *arena, size_t i, const uint32_t *others, size_t nothers,
                          syn_decision *out, syn_err *err)
{
    const item *a = &g->items[i];
    found *list = SYN_NEW_ARRAY(arena, found, (size_t)a->sig->nfeatures + 1);
    if (!list) return syn_fail(err, SYN_ENOMEM, 0, "no memory for reasons");
    size_t n = 0;
    for (uint32_t f = 0; f < a->sig->nfeatures; f++) {
        const syn_feature *x = &a->sig->features[f];
        if (a->keys[f]->df < 2) continue;
        double best = 0;
        for (size_t o = 0; o < nothers; o++) {
            const item *b = &g->items[others[o]];
            size_t low = 0, high = b->sig->nfeatures;
            while (low < high) {
                size_t mid = low + (high - low) / 2;
                const syn_feature *y = &b->sig->features[mid];
                if (y->signal < x->signal || (y->signal == x->signal && y->key < x->key))
                    low = mid + 1;
                else
                    high = mid;
            }
            if (low == b->sig->nfeatures || b->sig->features[low].key != x->key) continue;
            double w = (double)a->values[f] * b->values[low];
            float norms = a->norm[x->signal] * b->norm[x->signal];
            w = norms > 0 ? w / norms : 0;
            if (w <= best) continue;
            best = w;
            list[n].key = x->key;
            list[n].reason = (syn_reason){x->signal, (float)w, a->sig->surfaces[f], b->sig->surfaces[low], b->sig->id};
        }
        if (best > 0) n++;
    }
    qsort(list, n, sizeof *list, by_weight);
    syn_reason *reasons = SYN_NEW_ARRAY(arena, syn_reason, MOST_REASONS);
    size_t kept = 0;
    for (size_t r = 0; r < n && kept < MOST_REASONS && reasons; r++) {
        if (!list[r].reason.here.n && list[r].reason.signal != SYN_SIGNAL_LINK) continue;
        if (!says_something_new(list, r, &list[r].reason)) continue;
        reasons[kept] = list[r].reason;
        reasons[kept].here = syn_dup(arena, list[r].reason.here);
        reasons[kept].there = syn_dup(arena, list[r].reason.there);
        reasons[kept].there_id = syn_dup(arena, list[r].reason.there_id);
        kept++;
    }
    if (arena->failed) return syn_fail(err, SYN_ENOMEM, 0, "no memory for reasons");
    out->reasons = reasons;
    out->nreasons = kept;
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
    syn_jw_close(w, '}');
}
