/* internal.h - what the files of the story stage share: the grouper's memory of its window.

   index.c      which articles hold which keys, and how common a key is in a language
   background.c what two unrelated articles of two languages have in common by chance
   score.c      how much two articles have in common beyond that
   cluster.c    average linking of articles, or stories, by those scores
   reasons.c    the strongest common keys, for a reader
   grouper.c    the stream: join, found, settle */
#ifndef SYN_STORY_INTERNAL_H
#define SYN_STORY_INTERNAL_H

#include "story.h"

#include <stdio.h>

/* One occurrence of a key; postings of a key are chained blocks, oldest first. */
typedef struct posting {
    uint32_t article;
    float weight; /* root of the feature's weight in that article */
    float value;  /* weight by rarity in the article's language, as last known */
} posting;
typedef struct posting_block {
    struct posting_block *next;
    uint32_t n;
    posting items[5];
} posting_block;

typedef struct key_entry { /* stays where it is */
    uint64_t key;
    uint32_t df; /* articles that hold it */
    float prior; /* the share of articles that hold such a key, before any was seen */
    posting_block *first, *last;
} key_entry;

typedef struct pair_count { /* df of a key in a language */
    uint64_t pair;          /* key ^ language's hash; 0: free */
    uint32_t df;
} pair_count;

typedef struct index {
    key_entry **keys;  /* open addressing */
    size_t nkeys, cap; /* cap: power of two */
    pair_count *pairs;
    size_t npairs, pairs_cap;
    uint32_t articles;     /* N */
    uint32_t *articles_of; /* by language */
    size_t nlangs;
} index_t;

typedef struct item {         /* an article in the window */
    const syn_signature *sig; /* own copy */
    const key_entry **keys;   /* one a feature */
    float *values;            /* one a feature: root of its weight by rarity, as last known */
    uint32_t lang;            /* dense number of its vocabulary */
    uint32_t story;           /* index of its founder */
    uint32_t members;         /* of the story that it founded */
    uint32_t reprint_of;      /* 1 + index, 0 none */
    float norm[SYN_SIGNALS];
    double score; /* of its decision */
} item;

/* Similarities of one signal between articles of two languages, over all pairs seen, the many without anything in
   common included: enough to say how surprising one is. */
typedef struct moments {
    double n, sum, squares;
} moments;

enum { MAX_LANGS = 512 };

typedef struct background {
    moments *pairs[MAX_LANGS];   /* [smaller language] -> array of [MAX_LANGS][SYN_SIGNALS], made when needed */
    moments all[2][SYN_SIGNALS]; /* [same language] */
} background;

struct syn_grouper {
    const syn_lexicon *lex;
    double threshold;
    int64_t window;
    syn_arena mem;
    index_t index;
    background background;
    syn_map langs;      /* vocabulary's tag -> 1 + dense number */
    syn_map by_id;      /* id -> 1 + latest item */
    syn_map by_content; /* hash of the folded text -> 1 + the first item with it */
    item *items;
    size_t n, cap;
    size_t settled; /* items before this were settled or restored */
    int64_t *times; /* publication of the items that say it, sorted */
    size_t ntimes, times_cap;
    /* scratch of one row: similarities of one article to all others */
    float (*row)[SYN_SIGNALS];
    uint32_t *touched;
    bool *is_touched;
    double *sums; /* a story: scores of the touched items in it */
    size_t ntouched, row_cap;
};

/* index.c */
/* keys receives the entry of each feature. */
bool syn_index_add(index_t *x, syn_arena *mem, uint32_t article, uint32_t lang, const syn_signature *s,
                   const key_entry **keys);
/* How much a key says in a language: -log of how often an article of that language holds it. */
double syn_index_rarity(const index_t *x, const key_entry *k, uint32_t lang);
void syn_index_free(index_t *x);

/* background.c */
bool syn_background_add(background *b, syn_arena *mem, uint32_t la, uint32_t lb, const float similarity[SYN_SIGNALS],
                        double n);
/* Standard deviations above chance, between -1 and a ceiling. */
double syn_background_surprise(const background *b, uint32_t la, uint32_t lb, int signal, double similarity);

/* score.c */
/* Keep a moment of publication; false: no memory. */
bool syn_score_time(syn_grouper *g, int64_t when);
/* Values, norms and postings of the item just indexed. */
void syn_score_enter(syn_grouper *g, size_t i);
/* The same for every item and posting. */
void syn_score_refresh_all(syn_grouper *g);
/* Fill g->row and g->touched with the similarities of item i to items [0, end), i left out. */
bool syn_score_row(syn_grouper *g, size_t i, size_t end);
void syn_score_clear(syn_grouper *g);
/* Evidence that two articles tell one story, as log odds above the floor, from a filled row. */
double syn_score_pair(const syn_grouper *g, size_t i, size_t j, const float similarity[SYN_SIGNALS]);

/* cluster.c */
typedef struct edge {
    uint32_t a, b;
    float score;
} edge;
/* Average linking: start clusters in of[n] (their numbers are item indexes), edges as pair scores (absent: 0), until no
   two clusters reach threshold.  of[] is rewritten: each item gets its cluster's smallest item. */
syn_code syn_cluster_link(syn_arena *mem, uint32_t *of, size_t n, const edge *edges, size_t nedges, double threshold,
                          syn_err *err);

/* reasons.c */
syn_code syn_reasons_find(const syn_grouper *g, syn_arena *arena, size_t i, const uint32_t *others, size_t nothers,
                          syn_decision *out, syn_err *err);

#endif
