/* text.h - stage 3: language, sentences and words of a text, with offsets that lead back to it.
   Uses base.h, lexicon.h. */
#ifndef SYN_TEXT_H
#define SYN_TEXT_H

#include "../base/base.h"
#include "../lexicon/lexicon.h"

/* Language of a text: script first, then the model.  declared: what the page says, or empty; a witness, not a judge.
   Writes a BCP 47 tag, "und" where it cannot tell, and how sure it is, 0 to 1.  O(n) up to 4 KB of text. */
void syn_lang_identify(const syn_lexicon *lex, syn_str text, syn_str declared, char tag[16], double *confidence);

/* Paragraphs of text that are surely in another language than lang: in another script, or without a function word of
   lang and certain to the model.  Siblings (syn_lang_info.kin), names and figures alone are none.  In arena.  O(n). */
syn_code syn_lang_passages(const syn_lexicon *lex, syn_arena *arena, syn_str text, syn_str lang, syn_passages *out,
                           syn_err *err);

enum {                        /* bits of syn_token.flags */
       SYN_TOK_CAPITAL = 1,   /* first letter is upper or title case */
       SYN_TOK_ALLCAPS = 2,   /* two letters or more, all upper case */
       SYN_TOK_SPACE = 4,     /* white space before it */
       SYN_TOK_FIRST = 8,     /* first word of its sentence */
       SYN_TOK_PARAGRAPH = 16 /* first token of a paragraph */
};
typedef enum syn_token_kind {
    SYN_TOK_WORD,   /* letters and marks, with apostrophes and joiners inside */
    SYN_TOK_NUMBER, /* digits of any script only: "12"; separators are punctuation tokens of their own */
    SYN_TOK_PUNCT   /* one character of punctuation or symbol */
} syn_token_kind;

typedef struct syn_token {
    uint32_t start, end;           /* bytes of text->src */
    uint32_t fold_start, fold_end; /* bytes of text->folded.text */
    uint32_t sentence;             /* index into text->sentences */
    uint32_t word;                 /* below text->nwords, the same for all tokens that fold alike; punctuation: 0 */
    uint8_t kind, flags, script;
} syn_token;

typedef struct syn_text {
    syn_str src;           /* the article's text, borrowed */
    syn_lang lang;         /* of the whole */
    syn_passages passages; /* in other languages */
    syn_folded folded;     /* of src, with its map */
    const syn_token *tokens;
    size_t ntokens, nwords;
    const syn_lex_known *known; /* by word: what the lexicon has of it in the language of the whole */
    const syn_span *sentences;
    size_t nsentences; /* bytes of src, trimmed, in order, none across a paragraph */
} syn_text;

/* Holds break iterators and stemmers between texts; one a thread. */
typedef struct syn_texter syn_texter;
syn_code syn_texter_new(const syn_lexicon *lex, syn_texter **out, syn_err *err);
void syn_texter_free(syn_texter *t);

/* Sentences and words of src.  lang: the article's (BCP 47); "" or und: by script.  In arena, borrowing src.  O(n).
   Words of Thai, Lao, Khmer, Burmese, Chinese and Japanese come from ICU's dictionaries, where its own iterator would
   cut them. */
syn_code syn_text_of(syn_texter *t, syn_arena *arena, syn_str src, syn_str lang, syn_text **out, syn_err *err);

static inline syn_str syn_token_str(const syn_text *t, size_t i)
{
    return syn_slice(t->src, t->tokens[i].start, t->tokens[i].end);
}
static inline syn_str syn_token_folded(const syn_text *t, size_t i)
{
    return syn_slice(t->folded.text, t->tokens[i].fold_start, t->tokens[i].fold_end);
}
/* What the lexicon has of token i, a word or number, in t's language. */
static inline const syn_lex_known *syn_token_known(const syn_text *t, size_t i)
{
    return &t->known[t->tokens[i].word];
}
/* The language of token i: its passage's where it stands in one. */
static inline syn_lang syn_token_lang(const syn_text *t, size_t i)
{
    for (size_t k = 0; k < t->passages.n; k++) {
        syn_span s = t->passages.items[k].span;
        if (t->tokens[i].start < s.end) return t->tokens[i].start < s.start ? t->lang : t->passages.items[k].lang;
    }
    return t->lang;
}
/* A passage as a text of its own, in its language: offsets count from passage k's start.  In arena, borrowing t. */
syn_code syn_text_passage(syn_arena *arena, const syn_lexicon *lex, const syn_text *t, size_t k, syn_text *out,
                          syn_err *err);
/* Light stem of a folded word: libstemmer where it has the language, tables of endings where not, the word itself
   where there is neither.  Valid until the next call with t. */
syn_str syn_text_stem(syn_texter *t, syn_lang lang, syn_str folded_word);
/* The stem of token i of a text that t cut last, without an elided word before it ("l'"); valid until t is asked for
   eight others. */
syn_str syn_text_stem_at(syn_texter *t, const syn_text *text, size_t i);

/* Concepts: words and phrases that mean the same whatever the language, from data/concepts/ and from packs.

   The concepts of the longest phrase that begins at token i of a text that t cut last: returns how many it names, their
   ids (as SYN_LEX_CONCEPT has them) and how many tokens it covers.  Where there are none, *tokens is 0 if no phrase
   begins with that word, whatever follows.  O(1). */
enum { SYN_CONCEPTS_AT = 4 };
size_t syn_text_concepts(syn_texter *t, const syn_text *text, size_t i, uint32_t ids[SYN_CONCEPTS_AT], size_t *tokens);

/* Cues of events: words of data/events/, found as concepts are.  An id is a syn_cue, and in its second byte what must
   stand near it (bits of syn_near); 0 nothing. */
typedef enum syn_cue {
    SYN_CUE_NONE,
    /* what happens */
    SYN_CUE_VISIT,
    SYN_CUE_MEETING,
    SYN_CUE_TALKS,
    SYN_CUE_SIGNING, /* or handing over, of documents */
    SYN_CUE_AGREEMENT,
    SYN_CUE_PLAN,
    SYN_CUE_TARGET,
    SYN_CUE_ANNIVERSARY,
    SYN_CUE_APPOINTMENT,
    SYN_CUE_AWARD,
    SYN_CUE_PROJECT, /* works begin */
    SYN_CUE_OPENING, /* of what was built */
    SYN_CUE_SESSION, /* a body that meets, and its sittings, which are counted */
    SYN_CUE_ELECTION,
    SYN_CUE_VERDICT,
    SYN_CUE_EVENTS,
    /* what is said of figures */
    SYN_CUE_DOCUMENT = SYN_CUE_EVENTS, /* what is signed and counted */
    SYN_CUE_COST,
    SYN_CUE_DONE, /* finished, to be finished */
    SYN_CUE_RISE,
    SYN_CUE_FALL,
    SYN_CUE_THEN, /* takes up the period told before: "that year" */
    /* what is measured */
    SYN_CUE_TRADE,
    SYN_CUE_EXPORT,
    SYN_CUE_IMPORT,
    SYN_CUE_INVESTMENT,
    SYN_CUE_AID,
    SYN_CUE_TOURISM,
    SYN_CUE_OUTPUT, /* the gross domestic product */
    SYN_CUES
} syn_cue;
extern const char *const syn_cue_names[SYN_CUES]; /* "visit", ... as data/events/ and the record write them */
typedef enum syn_near {
    SYN_NEAR_MONEY = 1,
    SYN_NEAR_NUMBER = 2,
    SYN_NEAR_DATE = 4,
    SYN_NEAR_PERIOD = 8,
    SYN_NEAR_ORDINAL = 16,
    SYN_NEAR_NAME = 32
} syn_near;
size_t syn_text_cues(syn_texter *t, const syn_text *text, size_t i, uint32_t ids[SYN_CONCEPTS_AT], size_t *tokens);

/* A user's own terms, used by t from now on: rows `key TAB language TAB form|form`, borrowed for the call.  A key of
   data/concepts/ gets further forms, any other is a new concept; the language `und` is every language.  *terms (may be
   NULL): keys that it holds.  SYN_EFORMAT names the line and what is wrong with it.  O(n) and its memory. */
syn_code syn_texter_add_pack(syn_texter *t, syn_str tsv, size_t *terms, syn_err *err);

#endif
