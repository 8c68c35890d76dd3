/* topics.h - stage 5: which stories belong to one topic, months or years apart: the same parties and matter.  Uses
   base.h, facts.h, lexicon.h, story.h.

   Nothing is kept here: whoever calls brings what stories are about, and how common each key is among them. */
#ifndef SYN_TOPICS_H
#define SYN_TOPICS_H

#include "story.h"

enum {
    SYN_TOPIC_CORE = 8,    /* stories of a topic that stand for all: the first that joined it */
    SYN_TOPIC_THEME = 24,  /* keys that they have in common */
    SYN_STORY_TOPICS = 4,  /* topics of one story */
    SYN_TOPIC_PARTIES = 12 /* names of a topic, with the concepts that it may be called by */
};

/* The keys of what has a name in the lexicon: places with the words that name them, concepts. */
typedef struct syn_topics syn_topics;
syn_code syn_topics_new(const syn_lexicon *lex, syn_topics **out, syn_err *err);
void syn_topics_free(syn_topics *t);
const syn_lexicon *syn_topics_lexicon(const syn_topics *t);

/* What a story is about: its keys, sorted by key. */
typedef struct syn_subject {
    int64_t story;
    const syn_story_key *keys;
    size_t n;
} syn_subject;
/* The place or concept of a key, 0 if it is none. */
uint32_t syn_topics_place(const syn_topics *t, uint64_t key);
uint32_t syn_topics_concept(const syn_topics *t, uint64_t key);
/* Whether the key is of a word that names the place in English; whether a text is its name in a language. */
bool syn_topics_names_place(const syn_topics *t, uint64_t key, uint32_t place);
bool syn_topics_is_place(const syn_topics *t, syn_str text, syn_str lang, uint32_t place);
void syn_topics_sort(syn_story_key *keys, size_t n);

/* How much it says that two stories share a key which so many of all stories hold, 0 to 4. */
float syn_topics_rarity(unsigned signal, double holding, double stories);
/* The rarity of a key as the caller knows it. */
typedef float syn_rarity_fn(void *context, const syn_story_key *key);

/* What two stories have in common. */
typedef struct syn_kinship {
    double parties; /* names and places; a place and its name count once */
    double matter;  /* concepts */
    double score;   /* of both: matter alone is none */
} syn_kinship;
syn_kinship syn_topics_compare(const syn_topics *t, const syn_subject *a, const syn_subject *b, syn_rarity_fn *rarity,
                               void *context);
/* Whether two stories so alike found a topic among so many stories. */
bool syn_topics_found(const syn_kinship *k, double stories);
/* Whether a story belongs to a topic, by its mean score against the core; member: it did before. */
bool syn_topics_belongs(double score, bool member);

/* What the core has in common, sorted by key; weights are means over the core.  How many, at most SYN_TOPIC_THEME. */
size_t syn_topics_theme(const syn_subject *core, size_t n, syn_rarity_fn *rarity, void *context, syn_story_key *out);
/* How much of what two stories share a theme holds, 0 to 1. */
double syn_topics_covered(const syn_subject *a, const syn_subject *b, const syn_story_key *theme, size_t n,
                          syn_rarity_fn *rarity, void *context);

/* ---- names ---- */

typedef enum syn_party_kind { SYN_PARTY_NAME, SYN_PARTY_PLACE, SYN_PARTY_CONCEPT } syn_party_kind;
typedef struct syn_spelling {
    syn_str lang, text; /* as printed in texts of that language */
    uint32_t times;
} syn_spelling;
/* Who or what a topic is about; commonest first. */
typedef struct syn_party {
    uint8_t kind;                  /* syn_party_kind */
    uint32_t id;                   /* place or concept in the lexicon, 0 of a name */
    const syn_spelling *spellings; /* most used first, the founding story's where equal; none of a concept */
    size_t n;
} syn_party;

/* A name or place as articles print it. */
typedef struct syn_mention {
    syn_str lang, text;
    const uint64_t *keys; /* syn_name_keys of its words */
    uint32_t nkeys, place, times;
} syn_mention;
/* The parties of a theme, by how they are mentioned in its stories, the founding one's first; then its concepts.  All in
   arena. */
syn_code syn_topics_parties(const syn_topics *t, syn_arena *arena, const syn_story_key *theme, size_t ntheme,
                            const syn_mention *mentions, size_t n, syn_party **out, size_t *nout, syn_err *err);

/* What a party is called in a reader's language; *lang: the language that is in, empty for the reader's own. */
syn_str syn_topic_called(const syn_lexicon *lex, const syn_party *p, syn_str reader, syn_str *lang);
/* Which parties name the topic: the two commonest, or one with what it is about; how many. */
size_t syn_topic_named_by(const syn_party *parties, size_t n, const syn_party *out[2]);
/* Those called so, joined by a dash, as plain text. */
syn_str syn_topic_title(syn_arena *arena, const syn_lexicon *lex, const syn_party *parties, size_t n, syn_str reader);

#endif
