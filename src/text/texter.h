/* texter.h - stage 3, inside: what a texter holds, and what its files ask of each other. */
#ifndef SYN_TEXT_TEXTER_H
#define SYN_TEXT_TEXTER_H

#include <libstemmer.h>
#include <unicode/ubrk.h>

#include "endings.h"
#include "segments.h"
#include "text.h"

enum { TEXT_RUN = 2048 /* UTF-16 units given to a dictionary at once */ };

typedef struct syn_stem_kept {
    const syn_text *text;
    size_t token;
    uint8_t n;
    bool filled;
    char p[100];
} syn_stem_kept;

/* A word and its stem, one after the other: a text says most of its words more than once. */
enum { STEMS_KNOWN = 1024 };
typedef struct syn_stem_known {
    syn_lang lang;
    uint8_t word, stem; /* bytes; word 0: empty */
    char p[60];
} syn_stem_known;

/* words.c: a word by the first token that says it. */
typedef struct syn_word_slot {
    uint32_t hash, first; /* 1 + the token; 0: free */
} syn_word_slot;

/* segment.c: the dictionary, and the cheapest way to a place in a run: its cost, and where its last word begins. */
typedef struct syn_segments {
    const uint64_t *edges; /* NULL: there is none */
    uint32_t n, lowest, roots;
} syn_segments;
typedef struct syn_path {
    uint32_t cost, from;
} syn_path;

struct syn_texter {
    const syn_lexicon *lex;
    syn_segments segments;
    UBreakIterator *words; /* for other runs; NULL where ICU has none: they stay whole */
    syn_path path[TEXT_RUN + 1];
    uint32_t ends[TEXT_RUN];
    UChar run[TEXT_RUN];
    uint32_t run_at[TEXT_RUN + 1]; /* source offset of each unit */
    struct sb_stemmer **stemmers;  /* one a language, made when first asked for */
    const syn_endings *endings;    /* the table "stems", NULL where the lexicon has none */
    const uint64_t *ending_slots;
    const syn_endings_lang **endings_of; /* by language; NULL: it has no rows */
    struct syn_concepts *concepts;       /* the lexicon's own, then the packs; concepts.h */
    size_t nconcepts;
    struct syn_concepts *cues; /* words of events: the table "events", made as concepts are */
    syn_arena packs;           /* the packs' bytes */
    syn_arena stems;           /* the last stem that was folded */
    syn_stem_kept kept[8];     /* the last stems of the text that was cut last */
    syn_stem_known *known;     /* STEMS_KNOWN of them, by the word's hash */
    syn_token *tokens;         /* scratch, kept between texts */
    size_t tokens_cap;
    syn_span *sentences;
    size_t sentences_cap;
    syn_word_slot *word_slots;
    size_t word_slots_cap;
};

/* A text being cut; failed is sticky. */
typedef struct syn_cutter {
    syn_texter *t;
    syn_str src;
    syn_str folded;
    syn_lang lang; /* of the text, then of the passage that is being cut */
    syn_passages passages;
    size_t ntokens, nsentences, nwords;
    uint8_t pending; /* flags of the next token */
    bool failed;
} syn_cutter;

/* tokens.c: src into t->tokens; sentence and fold spans are not yet set. */
void syn_cut_tokens(syn_cutter *c);
/* sentences.c: tokens into t->sentences; sets the tokens' sentence and SYN_TOK_FIRST. */
void syn_cut_sentences(syn_cutter *c);

/* segment.c: the dictionary "segments"; empty where the lexicon has none. */
syn_segments syn_segments_open(const syn_lexicon *lex);
/* The edge of a node for a unit, 0 where no word goes on so.  O(log) of the node's edges. */
static inline uint64_t syn_segments_find(const syn_segments *s, uint64_t node, UChar unit)
{
    if (node == SYN_SEGMENTS_ROOT) return unit - s->lowest < s->roots ? s->edges[unit - s->lowest] : 0;
    uint32_t first = syn_segments_first(node), n = syn_segments_n(node);
    if (!n || first > s->n || n > s->n - first) return 0;
    const uint64_t *at = s->edges + first;
    for (uint32_t half; n > 1; n -= half) {
        half = n / 2;
        at += syn_segments_unit(at[half]) <= unit ? half : 0;
    }
    return syn_segments_unit(*at) == unit ? *at : 0;
}
/* One unit further from a node, SYN_SEGMENTS_ROOT at first: false where no word goes on so.  *cost: 1 + the cost of the
   word that ends there, 0 where none does; *node is SYN_SEGMENTS_ROOT where none goes on from there. */
static inline bool syn_segments_step(const syn_segments *s, uint64_t *node, UChar unit, uint32_t *cost)
{
    uint64_t edge = syn_segments_find(s, *node, unit);
    *cost = syn_segments_cost(edge);
    *node = syn_segments_n(edge) ? edge : SYN_SEGMENTS_ROOT;
    return edge != 0;
}
/* Whether a character is one of those that runs for syn_segments_cut are of: others are cut by ICU's own rules. */
bool syn_segments_has(uint32_t cp);
/* The words of a run of n units into ends, where each one ends; returns how many.  path: n + 1 of them, ends: n.
   O(n). */
size_t syn_segments_cut(const syn_segments *s, const UChar *run, size_t n, syn_path *path, uint32_t *ends);

/* lookahead.c: the same for Thai, Lao, Khmer and Burmese; script: what syn_lookahead_script says of every unit of the
   run, 0 for other characters. */
unsigned syn_lookahead_script(uint32_t cp);
size_t syn_lookahead_cut(const syn_segments *s, unsigned script, const UChar *run, size_t n, uint32_t *ends);

/* words.c: tells the tokens, their folded spans set, which of them are one word. */
void syn_cut_words(syn_cutter *c);
/* What the lexicon knows of the words of a text whose tokens are set, into its known; false without memory. */
bool syn_know_words(const syn_lexicon *lex, syn_arena *arena, syn_text *text);

/* stem.c: the folded stem of a word: of the word as printed where the language's stemmer goes by accents. */
syn_str syn_stem_printed(syn_texter *t, syn_lang lang, syn_str printed, syn_str folded);

/* endings.c: the table of data/stem/.  Words are folded.  Open: false without memory. */
bool syn_endings_open(syn_texter *t);
/* Whether word is a row of that kind for lang, or of the languages in common. */
bool syn_endings_has(const syn_texter *t, syn_lang lang, syn_ending_kind kind, syn_str word);
/* word without its longest prefix and suffix of lang, each leaving the characters its row asks for. */
syn_str syn_endings_cut(const syn_texter *t, syn_lang lang, syn_str word);

#endif
