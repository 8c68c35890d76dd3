/* topics.h - stage 10, inside: stories of a store being linked into topics, and how common their keys are there. */
#ifndef SYN_API_TOPICS_H
#define SYN_API_TOPICS_H

#include "desk.h"

enum {
    SYN_LINK_KEYS = 64,    /* of a story */
    SYN_LINK_HOLDERS = 64, /* of a key, that are looked at: the newest */
    SYN_LINK_SAMPLE = 256  /* stories that tell how many an outlet, or a language, tells alone */
};

typedef struct syn_link_dirty {
    int64_t topic;
    bool names; /* are to be made anew, too */
} syn_link_dirty;

typedef struct syn_link_holders { /* of a key, the newest first; good while stories are linked */
    int64_t *stories;
    uint32_t n;
    float rarity;
} syn_link_holders;

typedef struct syn_linking {
    syn_desk *desk;
    syn_err *err;
    syn_arena mem;
    double stories;
    int64_t highest;
    syn_map keys; /* key -> 1 + its place in of_key */
    syn_link_holders *of_key;
    size_t nof_key, of_key_cap;
    syn_map subjects; /* story -> 1 + its place in of_subject */
    struct syn_link_subject {
        syn_story_key *keys;
        size_t n;
    } * of_subject;
    size_t nof_subject, of_subject_cap;
    syn_map companies; /* story -> 1 + its place in of_story */
    syn_company *of_story;
    size_t nof_story, of_story_cap;
    syn_company sample[SYN_LINK_SAMPLE]; /* of the newest stories */
    size_t nsample;
    syn_link_dirty *dirty;
    size_t ndirty, dirty_cap;
    syn_map dirty_at; /* topic -> 1 + its place */
    syn_code rc;      /* of a look-up within a callback */
} syn_linking;

/* The newest stories that hold a key, at most SYN_LINK_HOLDERS, and how rare it is.  Asked of the store once. */
syn_code syn_link_look_up(syn_linking *l, const syn_story_key *key, syn_link_holders *out);
/* What a story is about, sorted by key. */
syn_code syn_link_keys(syn_linking *l, int64_t story, syn_story_key out[SYN_LINK_KEYS], size_t *n);
/* How rare a key is, as a syn_rarity_fn of a syn_linking; 0 after a failure, which is in rc. */
float syn_link_rarity(void *linking, const syn_story_key *key, const syn_subject *a, const syn_subject *b);
/* Who alone tells a story. */
syn_code syn_link_company(syn_linking *l, int64_t story, syn_company *out);

#endif
