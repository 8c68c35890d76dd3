/* topic_rarity.c - stage 10: how common a key is among the stories of a store: all, and those that one outlet or one
   language tells alone.  Every look-up is bounded. */
#include "topics.h"

#include <math.h>

#define NEARLY_ALL 0.9 /* of all stories: a language that tells so many has no words of its own */

/* The newest holders show how dense a common key is. */
static double holding(const syn_linking *l, const int64_t *stories, size_t n)
{
    if (n < SYN_LINK_HOLDERS) return (double)n;
    double span = (double)(l->highest - stories[n - 1] + 1);
    double all = span > 0 ? (double)n * (double)l->highest / span : l->stories;
    return all < l->stories ? all : l->stories;
}

static syn_code no_memory(syn_linking *l)
{
    return syn_fail(l->err, SYN_ENOMEM, 0, "no memory to link topics");
}

syn_code syn_link_look_up(syn_linking *l, const syn_story_key *key, syn_link_holders *out)
{
    int64_t stories[SYN_LINK_HOLDERS];
    size_t n;
    uint64_t *at = syn_map_add(&l->keys, (syn_str){(const char *)&key->key, sizeof key->key});
    if (!at || (!*at && !syn_grow(&l->mem, &l->of_key, &l->of_key_cap, l->nof_key + 1, sizeof *l->of_key)))
        return no_memory(l);
    if (!*at) {
        syn_code rc = syn_store_holders(l->desk->store, key->key, false, stories, SYN_LINK_HOLDERS, &n, l->err);
        if (rc) return rc;
        int64_t *kept = SYN_NEW_ARRAY(&l->mem, int64_t, n + 1);
        if (!kept) return no_memory(l);
        if (n) memcpy(kept, stories, n * sizeof *kept);
        float rarity = syn_topics_rarity(key->signal, holding(l, stories, n), l->stories);
        l->of_key[l->nof_key] = (syn_link_holders){kept, (uint32_t)n, rarity};
        *at = ++l->nof_key;
    }
    *out = l->of_key[*at - 1];
    return SYN_OK;
}

syn_code syn_link_keys(syn_linking *l, int64_t story, syn_story_key out[SYN_LINK_KEYS], size_t *n)
{
    uint64_t *at = syn_map_add(&l->subjects, (syn_str){(const char *)&story, sizeof story});
    if (!at ||
        (!*at && !syn_grow(&l->mem, &l->of_subject, &l->of_subject_cap, l->nof_subject + 1, sizeof *l->of_subject)))
        return no_memory(l);
    if (!*at) {
        syn_code rc = syn_store_keys(l->desk->store, story, false, out, SYN_LINK_KEYS, n, l->err);
        if (rc) return rc;
        syn_story_key *kept = SYN_NEW_ARRAY(&l->mem, syn_story_key, *n + 1);
        if (!kept) return no_memory(l);
        if (*n) memcpy(kept, out, *n * sizeof *kept);
        l->of_subject[l->nof_subject].keys = kept;
        l->of_subject[l->nof_subject].n = *n;
        *at = ++l->nof_subject;
        return SYN_OK;
    }
    *n = l->of_subject[*at - 1].n;
    if (*n) memcpy(out, l->of_subject[*at - 1].keys, *n * sizeof *out);
    return SYN_OK;
}

syn_code syn_link_company(syn_linking *l, int64_t story, syn_company *out)
{
    uint64_t *at = syn_map_add(&l->companies, (syn_str){(const char *)&story, sizeof story});
    bool room = at && (*at || syn_grow(&l->mem, &l->of_story, &l->of_story_cap, l->nof_story + 1, sizeof *l->of_story));
    if (!room) return syn_fail(l->err, SYN_ENOMEM, 0, "no memory to link topics");
    if (!*at) {
        syn_code rc = syn_store_company(l->desk->store, story, &l->of_story[l->nof_story], l->err);
        if (rc) return rc;
        *at = ++l->nof_story;
    }
    *out = l->of_story[*at - 1];
    return SYN_OK;
}

typedef struct among { /* stories of an outlet, or in a language, that hold a key; those that share it left out */
    double others, holding;
} among;

static among count(const syn_linking *l, const syn_company *holders, size_t n, double scale, uint64_t outlet,
                   uint64_t lang)
{
    among c = {0};
    for (size_t i = 0; i < l->nsample; i++) {
        const syn_company *x = &l->sample[i];
        c.others += outlet ? x->outlet == outlet : x->lang == lang;
    }
    if (l->nsample) c.others *= l->stories / (double)l->nsample;
    for (size_t i = 0; i < n; i++) c.holding += outlet ? holders[i].outlet == outlet : holders[i].lang == lang;
    c.holding = c.holding * scale - 2;
    c.others -= 2;
    if (c.holding < 0) c.holding = 0;
    if (c.others < c.holding) c.others = c.holding;
    return c;
}

/* What the key says at most among the stories of the outlet, and in the language, that both have. */
static syn_code in_company(syn_linking *l, const syn_story_key *key, const syn_subject *a, const syn_subject *b,
                           float *rarity)
{
    syn_company holders[SYN_LINK_HOLDERS];
    syn_link_holders of = {.n = 0};
    syn_code rc = syn_link_look_up(l, key, &of);
    size_t n = of.n;
    for (size_t i = 0; i < n && !rc; i++) rc = syn_link_company(l, of.stories[i], &holders[i]);
    if (rc) return rc;
    *rarity = of.rarity;
    double scale = n ? holding(l, of.stories, n) / (double)n : 1;
    if (a->outlet && a->outlet == b->outlet) {
        among c = count(l, holders, n, scale, a->outlet, 0);
        float least = syn_topics_rarity_of_outlet(c.holding, c.others);
        if (least < *rarity) *rarity = least;
    }
    if (a->lang && a->lang == b->lang) {
        among c = count(l, holders, n, scale, 0, a->lang);
        float least = syn_topics_rarity_of_language(c.holding, c.others);
        if (least < *rarity && c.others < NEARLY_ALL * l->stories) *rarity = least;
    }
    return SYN_OK;
}

float syn_link_rarity(void *linking, const syn_story_key *key, const syn_subject *a, const syn_subject *b)
{
    syn_linking *l = linking;
    float rarity = 0;
    if (syn_topics_rarity(key->signal, 0, 1) <= 0) return 0;
    syn_link_holders of = {.rarity = 0};
    syn_code rc = a && b ? in_company(l, key, a, b, &rarity) : syn_link_look_up(l, key, &of);
    if (rc && !l->rc) l->rc = rc;
    if (rc) return 0;
    return a && b ? rarity : roundf(of.rarity * 1000) / 1000;
}
