/* recording.h - inside stage 6: the steps from tellings to a record.  Uses record.h. */
#ifndef SYN_COMPARE_RECORDING_H
#define SYN_COMPARE_RECORDING_H

#include <stdlib.h>

#include "record.h"

static inline void syn_record_sort(void *items, size_t n, size_t size, int (*order)(const void *, const void *))
{
    if (n > 1) qsort(items, n, size, order);
}

/* What one sentence says: a word for an event with what belongs to it. */
typedef struct syn_mention {
    uint8_t kind, flags, measure; /* as of an entry */
    bool aimed;                   /* a figure beside a word for a target */
    bool until;                   /* its period is "by", "until" */
    uint32_t ordinal;
    syn_day from, to;
    double value, change;
    char currency[4], unit[4];
    uint32_t telling, sentence;
    syn_span at;
    uint32_t entry; /* found when mentions are merged */
} syn_mention;

typedef struct syn_mentions {
    syn_arena *arena;
    syn_mention *items;
    size_t n, cap;
} syn_mentions;

/* ---- cues.c: words of events and facts of one sentence, by token ---- */

typedef struct syn_cue_at {
    uint8_t cue;
    bool taken; /* told of already */
    uint32_t token, token_end;
} syn_cue_at;
typedef struct syn_fact_at {
    const syn_fact *fact;
    uint32_t token, token_end;
} syn_fact_at;
enum { SYN_SENTENCE_CUES = 64, SYN_SENTENCE_FACTS = 64 }; /* more are left out */
typedef struct syn_scene {
    const syn_lexicon *lex;
    const syn_text *text;
    syn_day published; /* set by the caller; SYN_NO_DAY: not known */
    uint32_t sentence, token, token_end;
    uint32_t near; /* tokens within which two things belong together */
    syn_cue_at cues[SYN_SENTENCE_CUES];
    size_t ncues;
    syn_fact_at facts[SYN_SENTENCE_FACTS];
    size_t nfacts;
} syn_scene;
/* Goes through a text's sentences; false at its end.  Start with zeroed at. */
typedef struct syn_scene_walk {
    uint32_t token;
    size_t fact;
} syn_scene_walk;
bool syn_scene_next(const syn_lexicon *lex, syn_texter *texter, const syn_telling *t, syn_scene_walk *at,
                    syn_scene *out);
/* Tokens between two stretches of tokens; 0 where they touch. */
static inline uint32_t syn_scene_gap(uint32_t a, uint32_t a_end, uint32_t b, uint32_t b_end)
{
    return a_end <= b ? b - a_end : b_end <= a ? a - b_end : 0;
}

/* ---- mentions.c, amounts.c ---- */

/* What a telling mentions, appended.  False without memory. */
bool syn_mentions_of(syn_mentions *list, const syn_lexicon *lex, syn_texter *texter, const syn_recorded *r,
                     uint32_t telling);
syn_mention *syn_mention_add(syn_mentions *list, const syn_scene *s, uint32_t telling, uint8_t kind, syn_span at);
/* What sentences before, of the same paragraph, told of. */
typedef struct syn_before {
    uint8_t measure;
    syn_day from, to; /* the period last told, SYN_NO_DAY: none */
} syn_before;
/* Sums and figures of a sentence. */
void syn_mentions_of_amounts(syn_mentions *list, const syn_scene *s, uint32_t telling, const syn_before *before);
/* What the next sentence may take up. */
void syn_before_next(const syn_scene *s, syn_before *before);
/* A day, else false. */
bool syn_fact_is_day(const syn_fact *f);
/* Whole years, from and to, else false; "2024" without a word that says it is one, too, and "24" before a word for year
   where dates begin with the year, of years near the publication. */
bool syn_fact_years(const syn_scene *s, const syn_fact_at *f, syn_day *from, syn_day *to);

/* ---- cast.c, search.c, parties.c: who and where ---- */

typedef struct syn_occurrence {
    uint32_t token, token_end, party;
} syn_occurrence;
typedef struct syn_cast {
    const syn_party *parties;
    size_t n;
    const syn_occurrence *const *occurrences; /* one list a telling, by token */
    const size_t *noccurrences;
} syn_cast;
syn_code syn_cast_find(syn_arena *scratch, syn_arena *keep, const syn_lexicon *lex, const syn_recorded *tellings,
                       size_t n, syn_cast *out, syn_err *err);
enum { SYN_SENTENCE_PARTIES = 16 };
/* The parties that a sentence names, each once, by number. */
size_t syn_cast_of(const syn_cast *cast, const syn_recorded *r, uint32_t telling, uint32_t sentence,
                   uint32_t parties[SYN_SENTENCE_PARTIES]);

/* ---- voices.c ---- */

/* Whose voice each telling is: the number of the first of its outlet or of those it reprints. */
syn_code syn_voices_find(syn_arena *arena, const syn_recorded *tellings, size_t n, uint32_t *voice, syn_err *err);

/* ---- merge.c ---- */

/* Mentions to entries, with their mentions' entry set; parties and evidence are filled by record.c. */
syn_code syn_mentions_merge(syn_arena *scratch, const syn_cast *cast, const syn_recorded *tellings, syn_day latest,
                            syn_mention *mentions, size_t n, syn_record_entry **out, size_t *nout, syn_err *err);

/* ---- conflicts.c ---- */

enum { SYN_RECORD_VALUES = 8 }; /* of one entry; more are left out */
/* Whether two values are one, told to more digits here and to fewer there. */
bool syn_value_rounds(double a, double b);
/* Entries that tell one thing with different values become one: their mentions move. */
syn_code syn_mentions_join_values(syn_arena *scratch, const syn_cast *cast, const syn_recorded *tellings,
                                  syn_mention *mentions, size_t nmentions, const syn_record_entry *entries, size_t n,
                                  syn_err *err);
/* The values that an entry's mentions, by telling, give.  heard, one a telling, and *mark go from entry to entry. */
bool syn_record_take_values(syn_arena *keep, const syn_mention *m, size_t n, const uint32_t *voice, uint32_t *heard,
                            uint32_t *mark, syn_record_entry *e);
uint8_t syn_record_value_of(const syn_record_entry *e, const syn_mention *m); /* SYN_NO_VALUE: none */

#endif
