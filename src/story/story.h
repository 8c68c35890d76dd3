/* story.h - stage 5: which articles tell one story, which stories belong to one topic.  Uses base.h, lexicon.h, read.h
   (the article), text.h, facts.h. */
#ifndef SYN_STORY_H
#define SYN_STORY_H

#include "../base/base.h"
#include "../facts/facts.h"
#include "../lexicon/lexicon.h"
#include "../read/read.h"
#include "../text/text.h"

/* The kinds of evidence, each explainable to a reader in one line. */
typedef enum syn_signal {
    SYN_SIGNAL_NAME,    /* words of names, across scripts, by consonant skeleton */
    SYN_SIGNAL_FIGURE,  /* numbers, sums, percentages by value */
    SYN_SIGNAL_CONCEPT, /* words that CLDR ties together across languages */
    SYN_SIGNAL_WORD,    /* stems, between articles of one language */
    SYN_SIGNAL_PLACE,   /* countries and cities */
    SYN_SIGNAL_DATE,    /* days named in the text */
    SYN_SIGNAL_LINK,    /* same source address, picture file or alternate */
    SYN_SIGNAL_LEARNED, /* words that met in stories of two languages; counts beside other evidence only */
    SYN_SIGNALS
} syn_signal;
extern const char *const syn_signal_names[SYN_SIGNALS]; /* "name", ... */

/* One feature of an article. */
typedef struct syn_feature {
    uint64_t key;   /* same key: same evidence, whatever the language; never 0 */
    float weight;   /* how much it says in this article: frequency, position */
    uint8_t signal; /* syn_signal */
    uint8_t alt;    /* features with the same alt (not 0) are readings of one word: at most one counts */
    uint8_t common; /* how common such a thing is in news at large, before any was seen: 0 rare .. 3 everyday */
    syn_span span;  /* where in title + '\n' + lead + '\n' + text it stands first, for the reader */
} syn_feature;

/* What grouping needs of an article; self-contained, can be stored and loaded. */
typedef struct syn_signature {
    syn_str id;
    syn_str lang;
    int64_t when;      /* published, seconds; INT64_MIN unknown */
    syn_day spoken_of; /* end of the latest day, month or year that the text names, where it names two or more; or
                          SYN_NO_DAY */
    uint64_t content;  /* hash of the folded text, for exact reprints; 0: too short to tell */
    uint64_t outlet;   /* hash of who published it; 0 unknown */
    uint64_t site;     /* hash of its address's host; 0 unknown */
    uint64_t source;   /* hash of the host or outlet that it names as where it was first published; 0 none */
    const uint64_t *shingles;
    uint32_t nshingles;          /* min-hash of word runs: near reprints */
    const syn_feature *features; /* sorted by signal, key */
    uint32_t nfeatures;
    const syn_str *surfaces; /* one a feature: the words as printed, for reasons */
} syn_signature;

/* The text that signing and spans refer to: title, lead and text joined by '\n' (empty ones left out). */
syn_str syn_story_whole(syn_arena *arena, const syn_article *a);
/* whole: tokens of syn_story_whole; facts: found in it. */
syn_code syn_story_sign(syn_arena *arena, const syn_lexicon *lex, syn_texter *texter, const syn_article *article,
                        const syn_text *whole, const syn_facts *facts, syn_signature **out, syn_err *err);
/* Portable bytes and back; the loaded one lives in arena. */
syn_code syn_signature_pack(const syn_signature *s, syn_buf *out);
syn_code syn_signature_unpack(syn_arena *arena, syn_str bytes, syn_signature **out, syn_err *err);

/* ---- grouping ---- */

/* One reason why an article was put into its story. */
typedef struct syn_reason {
    uint8_t signal;
    float weight;        /* its share of the score */
    syn_str here, there; /* as printed in this article and in the story's */
    syn_str there_id;    /* which article of the story */
    uint32_t stories;    /* SYN_SIGNAL_LEARNED: it was learned from so many; else 0 */
} syn_reason;

typedef struct syn_decision {
    syn_str story;             /* id of its founding article; the article's own id if it founds one */
    double score;              /* of the best story; 0 for a founder without candidates */
    syn_str reprint_of;        /* id of the original whose text it repeats, (nearly) the same; empty for an original */
    const syn_reason *reasons; /* strongest first */
    size_t nreasons;
} syn_decision;

/* {"signal","weight","here","there","there_id"}, and "stories" where it was learned */
void syn_reason_write(syn_jsonw *w, const syn_reason *r);

/* Groups a stream.  Deterministic.  Holds signatures of its window by copy. */
typedef struct syn_grouper syn_grouper;
typedef struct syn_group_options {
    int64_t window;   /* seconds between two articles of a story, at most; 0: default */
    double threshold; /* 0: default */
    size_t most;      /* articles held; the stories silent longest sleep when there are more; 0: default */
    bool unlearned;   /* nothing is learned, and what was taught does not count */
    bool partly;      /* a store knows more articles than are restored: their stories are not taken apart */
    size_t stories;   /* of several articles that a store knows, where few are restored: among many more is asked */
} syn_group_options;
syn_code syn_grouper_new(const syn_lexicon *lex, const syn_group_options *options, syn_grouper **out, syn_err *err);
void syn_grouper_free(syn_grouper *g);
/* Put an article that was already decided back (from the store); no decision is made.  woken: its story had slept and
   takes new articles on strong evidence only, until it has been settled. */
syn_code syn_grouper_restore(syn_grouper *g, const syn_signature *s, syn_str story, bool woken, syn_err *err);
/* An article that is in the window is looked at again when it is settled next. */
syn_code syn_grouper_look_again(syn_grouper *g, syn_str id, syn_err *err);
/* A user's word that two articles belong together, or apart; it holds from the next decision or settling on, and the
   later word of two that contradict each other. */
syn_code syn_grouper_verdict(syn_grouper *g, syn_str a, syn_str b, bool together, syn_err *err);
/* In the next settling stories stay as they are, but for this article, and what joins them or users part. */
void syn_grouper_only(syn_grouper *g, syn_str id);
/* What a story is about: a key that means the same in every language. */
typedef struct syn_story_key {
    uint64_t key;
    uint8_t signal; /* syn_signal */
    float weight;   /* 0 to 1: how prominent it is, on the mean of the story's articles */
    uint16_t word;  /* keys of one story with the same number, not 0, are of the same words; and the flags below */
} syn_story_key;
enum {
    SYN_STORY_PLAIN = 1 << 15,  /* the words of a name mean something by themselves, too */
    SYN_STORY_LIKELY = 1 << 14, /* not known as a name here, though it may be one */
    SYN_STORY_WORDS = SYN_STORY_LIKELY - 1
};
/* The key of what is known otherwise: a word of a name (syn_name_keys), a place, a concept of the lexicon. */
uint64_t syn_story_name_key(uint64_t key);
uint64_t syn_story_place_key(uint32_t place);
uint64_t syn_story_concept_key(uint32_t id);
/* The keys that the members of a story in the window hold most of, strongest first, so many at most of each signal; how
   many. */
size_t syn_grouper_profile(const syn_grouper *g, syn_str founder, syn_story_key *out, size_t most);
/* The rarest names, figures and links of a signature; how many. */
size_t syn_grouper_rarest(const syn_grouper *g, const syn_signature *s, uint64_t *out, size_t most);
bool syn_grouper_holds(const syn_grouper *g, syn_str founder);

/* ---- what is learned from reading ---- */

/* A word of one language and what it means: a concept, or a word of a language that is read much.  They kept meeting in
   stories founded on other evidence. */
typedef struct syn_lesson {
    uint64_t word, meaning;               /* keys of features; meaning 0: the whole word (only where it is forgotten) */
    syn_str lang;                         /* of the word */
    syn_str word_text;                    /* as first printed */
    syn_str meaning_text;                 /* in a language that is read much, where it was found in one */
    syn_str meaning_lang;                 /* of a word; empty: a concept */
    float weight;                         /* 0 to 1, beside a dictionary's 1 */
    uint32_t stories;                     /* in which they met */
    syn_str witnesses[SYN_MAX_WITNESSES]; /* founders of some of them; empty ones at the end */
} syn_lesson;
/* What an earlier run learned; it counts from the next article or settling on.  Past SYN_MAX_LESSONS nothing is taken.
 */
syn_code syn_grouper_teach(syn_grouper *g, const syn_lesson *lesson, syn_err *err);
/* A lesson, or with meaning 0 all of a word, is taken back and never learned again. */
syn_code syn_grouper_forget(syn_grouper *g, uint64_t word, uint64_t meaning, syn_str lang, syn_err *err);
/* What was learned, or is better known, since the last call.  fn's strings live as long as g. */
typedef syn_code syn_lesson_fn(void *context, const syn_lesson *lesson, syn_err *err);
syn_code syn_grouper_lessons(syn_grouper *g, syn_lesson_fn *fn, void *context, syn_err *err);

/* An article into the window; where it belongs is decided when it is settled. */
syn_code syn_grouper_add(syn_grouper *g, const syn_signature *s, syn_err *err);
/* After a batch, which may be one article: what is new is linked with its neighbours by average linking; stories merge
   and split, strays move.  fn is called for each new article and for each other whose story changed; the decision's
   strings live in arena.  reasons: whether the reasons come with it. */
typedef void syn_moved_fn(void *context, syn_str id, const syn_decision *decision);
syn_code syn_grouper_settle(syn_grouper *g, syn_arena *arena, bool reasons, syn_moved_fn *fn, void *context,
                            syn_err *err);

/* ---- topics: which stories belong together over time, months or years apart: the same parties and matter ----

   Nothing is kept here: whoever calls brings what stories are about, and how common each key is among them. */

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
    uint64_t outlet, lang; /* hashes: the only ones that tell it; 0: there are several, or it is not known */
    int64_t when;          /* seconds: its founding article was published; 0: not known */
} syn_subject;
/* The place or concept of a key, 0 if it is none. */
uint32_t syn_topics_place(const syn_topics *t, uint64_t key);
uint32_t syn_topics_concept(const syn_topics *t, uint64_t key);
/* Whether the key is of the concept that a language is. */
bool syn_topics_is_language(const syn_topics *t, uint64_t key);
/* Whether the key is of a word that names the place in English; whether a text is its name in a language. */
bool syn_topics_names_place(const syn_topics *t, uint64_t key, uint32_t place);
bool syn_topics_is_place(const syn_topics *t, syn_str text, syn_str lang, uint32_t place);
void syn_topics_sort(syn_story_key *keys, size_t n);

/* How much it says that two stories share a key which so many of all stories hold, 0 to 4. */
float syn_topics_rarity(unsigned signal, double holding, double stories);
/* The same where both stories are told by one outlet alone, or in one language alone: among its other stories.  What
   most articles of an outlet hold is the outlet's: its own name, bylines, sections; else an outlet lessens nothing. */
float syn_topics_rarity_of_outlet(double others_holding, double others);
float syn_topics_rarity_of_language(double others_holding, double others);
/* The rarity of a key as the caller knows it; with a and b, which share it, what it says least: among all stories, or
   among those of the outlet or the language that both have. */
typedef float syn_rarity_fn(void *context, const syn_story_key *key, const syn_subject *a, const syn_subject *b);

/* What two stories have in common. */
typedef struct syn_kinship {
    double parties;           /* names and places; keys of the same words, a place and its name, count once */
    double matter;            /* concepts, and names of words that mean something by themselves */
    double score;             /* of both: neither alone is much */
    unsigned actors, matters; /* how many of each say something by themselves */
    bool at_once;             /* they began together: more likely two parts of one event than a matter that goes on */
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

typedef enum syn_actor_kind { SYN_ACTOR_NAME, SYN_ACTOR_PLACE, SYN_ACTOR_CONCEPT } syn_actor_kind;
typedef struct syn_actor_spelling {
    syn_str lang, text; /* as printed in texts of that language */
    uint32_t times;
} syn_actor_spelling;
/* Who or what a topic is about; commonest first. */
typedef struct syn_actor {
    uint8_t kind;                        /* syn_actor_kind */
    uint32_t id;                         /* place or concept in the lexicon, 0 of a name */
    const syn_actor_spelling *spellings; /* most used first, the founding story's where equal; none of a concept */
    size_t n;
} syn_actor;

/* A name or place as articles print it. */
typedef struct syn_actor_mention {
    syn_str lang, text;
    const uint64_t *keys; /* of its words: syn_story_name_key */
    uint32_t nkeys, place, times;
    bool likely; /* a word that sounds so, not known as a name: counts in languages that have no other */
} syn_actor_mention;
/* The parties of a theme, by how they are mentioned in its stories, the founding one's first; then its concepts.  All
   in arena. */
syn_code syn_topics_parties(const syn_topics *t, syn_arena *arena, const syn_story_key *theme, size_t ntheme,
                            const syn_actor_mention *mentions, size_t n, syn_actor **out, size_t *nout, syn_err *err);

/* What a party is called in a reader's language; *lang: the language that is in, empty for the reader's own. */
syn_str syn_topic_called(const syn_lexicon *lex, const syn_actor *p, syn_str reader, syn_str *lang);
/* Which parties name the topic for a reader: the two commonest of different names, or one with what it is about; how
   many. */
size_t syn_topic_named_by(const syn_lexicon *lex, const syn_actor *parties, size_t n, syn_str reader,
                          const syn_actor *out[2]);
/* Those called so, joined by a dash, as plain text. */
syn_str syn_topic_title(syn_arena *arena, const syn_lexicon *lex, const syn_actor *parties, size_t n, syn_str reader);

#endif
