/* internal.h - what the files of the story stage share: the grouper's memory of its window.

   table.c      a hash table that forgets
   index.c      which articles hold which keys, and how common a key is in a language
   items.c      the articles of the window, each compact; stories and their members
   background.c what two unrelated articles of two languages have in common by chance
   score.c      how much two articles have in common beyond that
   pairs.c      what all pairs of some articles have in common
   candidates.c the few articles that may tell the same
   reprints.c   copies of a text
   cluster.c    average linking by those scores
   verdicts.c   what users said
   settle.c     a batch linked anew, neighbourhood by neighbourhood
   block.c      one neighbourhood
   anew.c       a young stream settled as if it had come at once
   profile.c    what a story is about
   lessons.c    links of words that were learned, and what articles mean by them
   taught.c     what the sure members of stories say in every language
   learn.c      words of a language that keep meeting the same meaning
   reasons.c    the strongest common keys, for a reader
   topics.c     the keys of places and concepts that have a name (of no grouper: it keeps nothing)
   kinship.c    what two stories share, and whether that makes a topic (likewise)
   topic_names.c who a topic is about, in every spelling
   grouper.c    the stream: articles in, silent stories to sleep */
#ifndef SYN_STORY_INTERNAL_H
#define SYN_STORY_INTERNAL_H

#include "story.h"

#include <stdio.h>

#define NONE UINT32_MAX

enum {
    MAX_LANGS = 512,
    WITH_WORDS = 128, /* of them keep their words for a reader */
    MAX_PARTS = 384,  /* features of an article that stay in memory: those that say most */
    MAX_MEANT = 64,   /* meanings of learned words beside them */
    MOST_PARTS = MAX_PARTS + MAX_MEANT,
    MAX_POSTINGS = 256, /* articles that a key leads to, the latest */
    SKETCH_BINS = 64,
    SAMPLE = 24 /* members of a story that stand for all */
};

/* ---- table.c ---- */

typedef struct table_slot {
    uint64_t key; /* 0: free */
    uint32_t value;
} table_slot;
typedef struct table { /* zero-initialise */
    table_slot *slots;
    size_t n, cap;
} table;
uint32_t *syn_table_get(const table *t, uint64_t key); /* NULL where absent; valid until the next change */
uint32_t *syn_table_add(table *t, uint64_t key);       /* 0 where it was absent; NULL: no memory */
void syn_table_prefetch(const table *t, uint64_t key);
void syn_table_remove(table *t, uint64_t key);
/* Values pass through fn; those that become 0 are removed. */
void syn_table_fade(table *t, uint32_t (*fn)(uint32_t));
void syn_table_free(table *t);
/* Doubles an array from malloc until it holds need; false leaves it as it was. */
bool syn_story_grow(void *items, size_t *cap, size_t need, size_t size);

/* ---- index.c ---- */

typedef struct key_entry {
    uint64_t key;   /* 0: free */
    float df;       /* articles that held it; older ones fade */
    uint32_t refs;  /* parts of the window's items */
    uint32_t own;   /* df in the first language that held it, in sixteenths */
    uint16_t lang;  /* that language, NO_LANG before there is one */
    uint8_t signal; /* syn_signal */
    uint8_t common; /* the rarest that any article took it for: what is supposed before it was seen */
    uint16_t n;     /* postings */
    uint16_t cap;   /* more than FEW_POSTINGS: they stand apart */
    bool meant;     /* a learned word means it */
    union {
        uint32_t few[2];
        uint32_t *many;
    } at; /* items, oldest first */
} key_entry;
enum { FEW_POSTINGS = 2, NO_LANG = UINT16_MAX };
static inline const uint32_t *syn_index_postings(const key_entry *k)
{
    return k->cap > FEW_POSTINGS ? k->at.many : k->at.few;
}

typedef struct key_slot { /* number 0: free */
    uint32_t number, tag; /* 1 + that of the key; half of the key, by which it is placed */
} key_slot;

typedef struct index {
    key_entry *keys; /* their numbers stay */
    size_t nkeys, keys_cap;
    key_slot *slots; /* open addressing */
    size_t nslots, slots_used;
    uint32_t *free_keys;
    size_t nfree, free_cap;
    table pairs;     /* 1 + number * MAX_LANGS + another language -> df in that, in sixteenths */
    double articles; /* counted like df */
    double articles_of[MAX_LANGS];
    double words_of[MAX_LANGS], concepts_of[MAX_LANGS]; /* of their articles */
} index_t;

/* Number of a key, NONE where it was never counted. */
uint32_t syn_index_find(const index_t *x, uint64_t key);
/* Numbers of the features' keys, each counted for one more article of lang; false: no memory. */
bool syn_index_count(index_t *x, const syn_feature *features, uint32_t n, uint32_t lang, uint32_t *numbers);
/* One less of lang holds the key. */
void syn_index_uncount(index_t *x, uint32_t key, uint32_t lang);
/* One more article of lang was counted; past so many the counts are halved. */
void syn_index_counted(index_t *x, const syn_signature *s, uint32_t lang);
/* How much a language lacks a dictionary: 1 where none of its words is known to mean anything, 0 from one in four on.
 */
double syn_index_lack(const index_t *x, uint32_t lang);
/* How much keys say in a language: -log of how often an article of that language holds each. */
void syn_index_rarities(const index_t *x, const uint32_t *keys, uint32_t n, uint32_t lang, float *out);
/* The same before anything was counted. */
float syn_index_expected(const syn_feature *f);
/* A key in more than this share of all articles parts nothing. */
bool syn_index_too_common(const index_t *x, uint32_t key);
bool syn_index_post(index_t *x, uint32_t key, uint32_t i);
void syn_index_unpost(index_t *x, uint32_t key, uint32_t i);
void syn_index_free(index_t *x);

/* ---- items.c ---- */

typedef struct item item;
typedef struct part {      /* one feature of an article, what is seldom asked for of it */
    int16_t weight;        /* root of its weight, in PART_ONE; negative for one of several readings of a word */
    uint16_t surface : 15; /* where its words stand in the item's surfaces; NO_WORDS for one that says little */
    uint16_t named : 1;    /* a word of what the article itself prints as a name */
} part;
enum { PART_ONE = 512, NO_WORDS = 0x7FFF };
const char *syn_item_words(const item *it, uint32_t p); /* of part p; may be empty */

struct item {       /* an article in the window; one block of memory */
    uint64_t order; /* of arrival, from 1 */
    syn_str id;
    int64_t when;
    syn_day spoken_of;
    uint64_t content, outlet, site, source;
    uint32_t lang; /* dense number of its vocabulary */
    uint32_t story;
    uint32_t reprint_of; /* item that came first of those with this text, or NONE */
    uint32_t nparts;
    bool fresh;                      /* not settled yet */
    bool listed;                     /* among those that may have changed since the last settling */
    bool loose;                      /* free to leave its story where others are not */
    uint16_t words;                  /* bytes of surfaces */
    uint16_t start[SYN_SIGNALS + 1]; /* of each signal's parts */
    uint16_t salient[SYN_SIGNALS]; /* end of those of each signal's parts that it is above all about: they come first */
    float norm[SYN_SIGNALS];
    float about[2];       /* what the salient parts say, words of its language left out and counted in */
    double score;         /* of its decision */
    uint64_t was;         /* key of its story as last told, 0: never */
    uint32_t *keys;       /* numbers of its features' keys, signal by signal */
    float *values;        /* of each: root of its weight by rarity, as last known */
    part *parts;          /* of each */
    uint32_t *sketch;     /* SKETCH_BINS, or NULL */
    const char *surfaces; /* NUL after each */
};
/* Whether part p is what a learned word means: these come last. */
static inline bool syn_item_learned(const item *it, uint32_t p)
{
    return p >= it->start[SYN_SIGNAL_LEARNED];
}

typedef struct story {
    uint64_t order; /* of its founder; 0: free */
    uint64_t key;   /* of the founder's id */
    syn_str founder;
    uint32_t *members; /* items in the order they joined */
    size_t n, cap;
    uint64_t last_order; /* of the latest that joined */
    bool woken;          /* from sleep: asks for strong evidence until it is settled */
} story_t;

/* What learned words of an item mean. */
typedef struct meant {
    uint64_t key;
    int16_t weight;   /* root of its weight, in PART_ONE */
    uint16_t surface; /* of the word, or NO_WORDS */
} meant;
/* The item's learned features become these, MAX_MEANT at most; a key that it holds otherwise is left out.  *changed is
   set where there are others than before.  False: no memory. */
bool syn_item_means(syn_grouper *g, uint32_t i, const meant *means, size_t n, bool *changed);
/* A new item for s, in no story; NONE: no memory. */
uint32_t syn_item_new(syn_grouper *g, const syn_signature *s, uint32_t lang);
void syn_item_free(syn_grouper *g, uint32_t i);
uint32_t syn_item_number(const syn_grouper *g, syn_str id); /* NONE: not in the window */
/* A new story without members; NONE: no memory. */
uint32_t syn_story_new(syn_grouper *g, syn_str founder, uint64_t order);
/* Another name for a story that is in the table of founders no more. */
bool syn_story_rename(syn_grouper *g, uint32_t story, syn_str founder, uint64_t order);
/* No story is left, and items are in none. */
void syn_story_forget_all(syn_grouper *g);
uint32_t syn_story_by_founder(const syn_grouper *g, syn_str founder);
/* Out of its story, which goes where it was the last one, and into another. */
bool syn_story_move(syn_grouper *g, uint32_t i, uint32_t to);
/* Up to SAMPLE members that stand for all, reprints left out; the founder first. */
size_t syn_story_sample(const syn_grouper *g, uint32_t story, size_t most, uint32_t out[SAMPLE]);

/* ---- background.c ---- */

typedef struct moments { /* similarities of one signal over pairs of articles, those with nothing in common included */
    double n, sum, squares;
} moments;

typedef struct background {
    moments *pairs[MAX_LANGS];             /* [smaller language] -> [MAX_LANGS][SYN_SIGNALS], made when needed */
    moments of[2][MAX_LANGS][SYN_SIGNALS]; /* [same language][language]: with any other */
    moments all[2][SYN_SIGNALS];           /* [same language] */
    struct unrelated *known[MAX_LANGS];    /* [smaller language] -> [MAX_LANGS], made when needed */
    uint32_t age;                          /* changes with what was learned */
} background;

/* What two unrelated articles have in common, of the signals from first on; false: no memory. */
bool syn_background_add(background *b, uint32_t la, uint32_t lb, const float similarity[SYN_SIGNALS], int first);
typedef struct unrelated {
    uint32_t age;                                     /* 1 + that of the background that it was made of */
    float mean[SYN_SIGNALS], deviations[SYN_SIGNALS]; /* a similarity of 1 is so many */
} unrelated;
/* What similarities of two languages' unrelated articles are like; NULL: no memory. */
const unrelated *syn_background_chance(background *b, uint32_t la, uint32_t lb);
void syn_background_clear(background *b);
void syn_background_unlearn(background *b); /* of what was learned alone */
void syn_background_free(background *b);

/* What a standard deviation of each signal adds to the log odds that two articles tell one story, and the odds of a
   pair without anything in common; [of one language]. */
typedef struct syn_odds {
    double says[SYN_SIGNALS], base, about, length;
} syn_odds;
extern const syn_odds syn_story_odds[2];

/* ---- lessons.c ---- */

typedef struct lesson {
    syn_lesson said;
    uint32_t lang;  /* dense number of its vocabulary */
    uint32_t next;  /* 1 + another of the same word, 0 none */
    uint32_t round; /* in which it was learned last */
    bool forgotten, fresh;
    bool taught; /* by an earlier run: it counts in every round */
} lesson;

typedef struct lessons {
    lesson *items;
    size_t n, cap;
    table words;           /* word -> 1 + its first */
    syn_arena mem;         /* their strings */
    bool off, fresh, news; /* nothing is learned; items do not know of all; some are to be told */
    uint32_t round;        /* changes when all is learned anew */
    double learned;        /* articles counted when was learned last */
} lessons;

/* The lesson of a word of a language, NULL if there is none; forgotten ones too. */
lesson *syn_lessons_find(const lessons *l, uint64_t word, uint64_t meaning, uint32_t lang);
/* Whether a user took it back, alone or with the whole word. */
bool syn_lessons_forgotten(const lessons *l, uint64_t word, uint64_t meaning, uint32_t lang);
/* One that is new or better known; false: no memory. */
bool syn_lessons_keep(lessons *l, const syn_lesson *said, uint32_t lang);
/* The words of item i get the meanings that were learned; *changed as above.  False: no memory. */
bool syn_lessons_apply(syn_grouper *g, uint32_t i, bool *changed);
/* All items, where there is something new; *changed: some item means more than before. */
bool syn_lessons_apply_all(syn_grouper *g, bool *changed);
/* In how many stories the words of two items met that have this meaning in common. */
uint32_t syn_lessons_stories(const syn_grouper *g, const item *a, const item *b, uint32_t key);
void syn_lessons_free(lessons *l);

/* ---- the grouper ---- */

/* Two articles that a user put together or apart. */
typedef struct verdict {
    syn_str a, b;
    bool together;
} verdict;

struct syn_grouper {
    const syn_lexicon *lex;
    const syn_odds *odds; /* [2] */
    double threshold;
    double accompanied; /* share of its articles that are not alone in their story */
    int64_t window;
    size_t most; /* articles in memory */
    index_t index;
    background background;
    syn_arena mem; /* of langs and verdicts */
    syn_map langs; /* vocabulary's tag -> 1 + dense number */
    uint64_t order;
    item **items; /* NULL: free */
    size_t nitems, items_cap, living;
    uint32_t *free_items;
    size_t nfree_items, free_items_cap;
    story_t *stories;
    size_t nstories, stories_cap;
    uint32_t *free_stories;
    size_t nfree_stories, free_stories_cap;
    table ids;       /* hash of the id -> 1 + item */
    table founders;  /* hash of the founder's id -> 1 + story */
    table contents;  /* hash of the folded text -> 1 + the first item with it */
    table bands;     /* of sketches -> 1 + the latest item with it */
    uint32_t *days;  /* half day since 1900 -> articles published then */
    uint32_t *until; /* the same -> articles published before, as of the latest settling */
    verdict *verdicts;
    size_t nverdicts, verdicts_cap;
    bool only;       /* what is not loose stays together in the next settling */
    uint32_t *fresh; /* items since the last settling */
    size_t nfresh, fresh_cap;
    uint32_t *changed; /* items whose story may have changed since */
    size_t nchanged, changed_cap;
    bool partly;           /* a store knows more articles */
    bool slept, settled;   /* some story went to sleep; something was settled */
    double stories_known;  /* in the window when it was last settled */
    double stories_beside; /* that the store knows, see syn_group_options */
    double refreshed;      /* articles counted when all values were last made anew */
    lessons lessons;
    struct { /* scratch of candidates, an item each */
        float score;
        uint32_t lang;
    } * quick;
    uint32_t *heads; /* scratch of neighbourhoods, a key each; zero but while one is linked */
    size_t heads_cap;
    uint32_t *touched;
    size_t ntouched, quick_cap;
};

/* Two tags of one vocabulary ("pt", "pt-BR") get one number; past the last number languages share it. */
bool syn_grouper_lang(syn_grouper *g, syn_str tag, uint32_t *out);
/* Item i is looked at when it settles next; false: no memory. */
bool syn_grouper_fresh(syn_grouper *g, uint32_t i);

/* ---- pairs.c ---- */

/* What two articles have in common: products of the values of each signal's keys. */
typedef struct in_common {
    float of[SYN_SIGNALS];
    float salient[2]; /* of what each is above all about, what the other has of it */
} in_common;

/* Products of values that the articles in places k and m < k have in common, signal by signal; false ends it. */
typedef bool syn_pair_fn(void *context, uint32_t k, uint32_t m, const in_common *common);
/* All pairs of n articles, also those without anything in common; false: fn said so, or no memory. */
bool syn_pairs_each(syn_grouper *g, const uint32_t *items, uint32_t n, syn_pair_fn *fn, void *context);

/* ---- score.c ---- */

/* An article laid out to be held against many. */
typedef struct probe {
    const item *of;
    uint64_t bits[256]; /* which keys it may have */
    uint32_t keys[1024];
    uint16_t parts[1024];
} probe;
void syn_score_probe(probe *p, const item *of);
static inline uint32_t syn_score_spread(uint32_t key)
{
    return key * 2654435761u;
}
uint32_t syn_score_look(const probe *p, uint32_t key); /* of a key that its bits let through */
/* The part of the probe's article with this key, NONE if it has none. */
static inline uint32_t syn_score_find(const probe *p, uint32_t key)
{
    uint32_t h = syn_score_spread(key);
    return p->bits[h >> 24] >> (h >> 18 & 63) & 1 ? syn_score_look(p, key) : NONE;
}
/* Products of the values that they have in common, signal by signal, what either means by learned words apart; says:
   signals that count, NULL: all. */
void syn_score_common(const probe *p, const item *b, const double *says, in_common *out);
/* Evidence that they tell one story by what they have in common, as log odds above the floor. */
double syn_score_evidence(syn_grouper *g, const item *a, const item *b, const in_common *common);
double syn_score_pair(syn_grouper *g, const probe *p, const item *b);
/* Values and norms of an item by what is known of rarity now. */
void syn_score_refresh(const syn_grouper *g, item *it);
/* Its norm by what learned words are known to mean now. */
void syn_score_hear(const syn_grouper *g, item *it);
/* Count a moment of publication. */
bool syn_score_time(syn_grouper *g, int64_t when);
/* Moments counted so far are used from now on. */
bool syn_score_ready(syn_grouper *g);
/* Hold an item against others by chance, to learn what chance looks like. */
bool syn_score_learn(syn_grouper *g, uint32_t i);
/* The same of all items, in an order of which chance knows nothing (NULL: as they stand), of the signals from first
   on. */
bool syn_score_learn_all(syn_grouper *g, const uint32_t *order, size_t n, int first);
/* Mean evidence over those that stand for a story, at most so many, i itself left out; of the first few alone where
   that is less than least. */
double syn_score_story(syn_grouper *g, const probe *p, uint32_t i, uint32_t story, size_t most, double least);
/* The same without anything that was learned. */
double syn_score_unlearned(syn_grouper *g, const probe *p, uint32_t i, uint32_t story, size_t most);
typedef struct bar {
    double clusters, alone; /* the mean of clusters; what is asked of two articles alone in addition */
} syn_bar;
syn_bar syn_score_bar(const syn_grouper *g);

/* ---- taught.c ---- */

/* What the surest members of a story mean, other than by the words of one language. */
typedef struct sense {
    uint32_t key;
    float share;   /* 0 to 1: of the members that may hold it, those in title and lead whole, others in half */
    uint32_t lang; /* of a word, or the only language that holds a concept; NONE: several do */
    bool word;
    const item *of; /* who prints it in the language that is read most */
    uint32_t part;  /* where */
} sense;
typedef struct taught { /* a story that is sure of itself */
    uint32_t story;
    uint32_t first, n; /* meanings */
} taught;
typedef struct school {
    syn_arena mem;
    bool *sure; /* by item: it belongs to its story by evidence that was not learned */
    taught *stories;
    size_t nstories, stories_cap;
    sense *meanings;
    size_t nmeanings, meanings_cap;
    uint32_t pivots[3]; /* languages that are read most; NONE past the last */
} school;
/* How much of an article a part is, 0 to 1: once in the tail is half. */
float syn_school_presence(const part *p);
bool syn_school_open(school *s, syn_grouper *g);
void syn_school_close(school *s);

/* ---- learn.c ---- */

/* Lessons from all stories of the window; false: no memory. */
bool syn_learn(syn_grouper *g);

/* ---- candidates.c ---- */

enum { MAX_CANDIDATES = 40, OF_ONE_LANGUAGE = 10 };
typedef struct candidate {
    uint32_t item;
    float score; /* at first sight */
} candidate;
/* Articles that share rare keys with item i, best first; there must be room.  thoroughly: keys that are less rare, too,
   which a stray needs. */
size_t syn_candidates_find(syn_grouper *g, uint32_t i, bool thoroughly, candidate out[MAX_CANDIDATES]);
bool syn_candidates_room(syn_grouper *g);

/* ---- reprints.c ---- */

/* The item whose text i repeats, NONE if none; i is entered for later ones. */
uint32_t syn_reprints_enter(syn_grouper *g, uint32_t i);
void syn_reprints_leave(syn_grouper *g, uint32_t i);
/* The original of each item's copies (itself where it is that), in mem, where one of them is new or moved; NONE of the
   others, and of those without copies.  Of copies the original is one that another outlet names as its source and that
   names none, else what names none and was published first, then what arrived first.  moved: by item; items: the same
   as a list; told: those that have an original.  NULL: no memory. */
uint32_t *syn_reprints_originals(const syn_grouper *g, syn_arena *mem, const bool *moved, const uint32_t *items,
                                 size_t n, uint32_t **told, size_t *ntold);

/* ---- verdicts.c ---- */

/* The items that word v speaks of, a copy by the first of its text, which takes it along.  False: one is not in the
   window, or they are one. */
bool syn_verdict_items(const syn_grouper *g, size_t v, uint32_t *a, uint32_t *b);
/* Their places in a neighbourhood, by item (NONE: not in it); false: one is not in it. */
bool syn_verdict_places(const syn_grouper *g, size_t v, const uint32_t *place, uint32_t *a, uint32_t *b);
/* What users parted leaves stories of more articles than that, which are linked as a whole.  False: no memory. */
bool syn_verdicts_take_out(syn_grouper *g, size_t most);
/* Whether a user's word parts the two. */
bool syn_verdicts_part(const syn_grouper *g, uint32_t i, uint32_t j);

/* ---- cluster.c ---- */

typedef struct edge {
    uint32_t a, b;
    float score;
} edge;
/* Average linking: start clusters in of[n] (their numbers are places in it), langs[n] the articles' languages, edges as
   pair scores (absent: 0), until no two clusters reach the bar, but those that are much less alike than each is in
   itself.  of[] is rewritten: each gets its cluster's smallest place. */
syn_code syn_cluster_link(syn_arena *mem, uint32_t *of, const uint32_t *langs, size_t n, const edge *edges,
                          size_t nedges, const syn_bar *bar, syn_err *err);

/* ---- reasons.c ---- */

/* The decision on item i as it stands; with reasons where it is laid out.  original: of its copies, i or NONE: it is no
   reprint. */
syn_code syn_reasons_decide(syn_grouper *g, syn_arena *arena, uint32_t i, uint32_t original, const probe *p,
                            syn_decision *out, syn_err *err);

#endif
