/* naming.h - inside stage 4: what the finders of names share.  names.c looks every token up and owns this;
   cased.c finds names by capitals, uncased.c by titles and places, signs.c by signs around and inside them. */
#ifndef SYN_FACTS_NAMING_H
#define SYN_FACTS_NAMING_H

#include "facts.h"

/* What the id of a SYN_LEX_PARTICLE says (data/names/README.md). */
enum {
    PARTICLE_INSIDE = 0,  /* between the words of a name: "van", "bin" */
    PARTICLE_PREFIX = 1,  /* written together with the word after it: Arabic wa-, Hebrew be- */
    PARTICLE_SUFFIX = 2,  /* written together with the word before it: Korean -eun */
    PARTICLE_ORG = 3,     /* inside names of organisations only: "of" */
    PARTICLE_ARTICLE = 4, /* where all nouns have capitals: the word after it is a noun */
    PARTICLE_SOUND = 5,   /* Han character that foreign names are written with; a word of such characters alone */
    PARTICLE_THE = 6,     /* of PARTICLE_PREFIX: the article; a family name may have it */
    PARTICLE_AND = 7      /* of PARTICLE_PREFIX: "and"; what follows is another name */
};

/* What an SYN_LEX_ORGWORD says: its id, and where that is 0 its value. */
enum {
    BODY_WHOLE = 1, /* id: the whole name of an organisation */
    HEAD_LAST = 1,  /* value: names a body with the place before it, "北京 | 大学" */
    HEAD_FIRST = 2  /* with the place behind it, "جامعة | القاهرة" */
};

enum { NAME_MAX_WORDS = 8 };

/* Everything a word can be that speaks against its being a name. */
#define NAMING_COMMON                                                                                                  \
    (SYN_LEX_CONCEPT | SYN_LEX_STOP | SYN_LEX_MONTH | SYN_LEX_WEEKDAY | SYN_LEX_NUMERAL | SYN_LEX_SCALE |              \
     SYN_LEX_ORDINAL | SYN_LEX_PERCENT | SYN_LEX_CURRENCY | SYN_LEX_UNIT | SYN_LEX_RELDAY | SYN_LEX_PERIOD |           \
     SYN_LEX_SAY | SYN_LEX_EVENT | SYN_LEX_APPROX | SYN_LEX_PUBLISHED | SYN_LEX_CREDIT | SYN_LEX_SOURCE |              \
     SYN_LEX_BYLINE)

typedef struct naming_mark {
    uint32_t kinds; /* SYN_LEX_* of the token, alone or as part of a longer key */
    uint32_t place; /* lexicon id of the place that starts here: country and city */
    uint16_t ids;   /* bit n: a particle with id n; bit 8 + n: a title with id n; bit 10 + n: a head with value n */
    uint8_t span;   /* tokens of the longest title, place or organisation word that starts here */
    uint8_t body;   /* tokens of a well-known organisation's whole name that starts here */
    uint8_t prefix; /* bytes of the token that are a particle written together with it */
    uint8_t suffix;
    bool oblique;   /* a place or given name in a case of its own */
    bool major;     /* the place is a territory or has a million people */
    bool known;     /* a territory of any size, or a city that news of other countries names without more */
    bool taken;     /* part of a figure, a date or a name already found */
    uint32_t count; /* index into naming.count, 0: not known yet */
} naming_mark;
#define MARK_PARTICLE(m, id) ((m)->ids & 1u << (id))
#define MARK_TITLE(m, id) ((m)->ids & 256u << (id))
#define MARK_HEAD(m, value) ((m)->ids & 1024u << (value))

enum { NAMING_OWNER = 2 }; /* in naming_count.flags: whose ministry, whose army it is */

/* How often a word occurs, by its folded form. */
typedef struct naming_count {
    syn_str word;
    uint32_t lower, capital; /* capital: inside a sentence */
    uint8_t flags;           /* SYN_FACT_PERSON or SYN_FACT_ORG where a name has it; 1: part of a name */
} naming_count;

/* What was found of a word, by its folded form: a text says most of its words more than once. */
typedef struct naming_known {
    naming_mark found; /* as it stands; the rest with its clitics off */
    naming_mark stripped;
    bool looked, has_stripped;
    uint32_t count; /* of the whole word, as in a mark */
} naming_known;

/* A place among the facts found, by what the lexicon knows it as. */
typedef struct naming_place {
    syn_span span;
    uint32_t sentence, id, fact;
} naming_place;

typedef struct naming {
    const syn_lexicon *lex;
    const syn_text *text;
    syn_arena *arena;
    syn_fact_list *out;
    naming_mark *mark;
    naming_count *count; /* from 1 on */
    size_t ncounts;
    uint32_t *count_slots; /* folded word: index into count, 0: free */
    size_t count_mask;
    naming_known *known;      /* by word of the text */
    bool nouns_have_capitals; /* the language writes all nouns with capitals, and this text does */
    bool *headline;           /* by sentence: nearly every word has a capital */
    naming_place *places;     /* in the order in which they were found */
    size_t nplaces, cap_places;
    bool homonyms; /* one of them may need the others to say which place it is */
} naming;

/* inflect.c: a capital word, or one of a script without capitals, that is a place or a given name with an ending of the
   language's table, or a large place with one or two letters more. */
void naming_inflected(naming *n, size_t i);
/* Countries written with one character each, "中美": each a place; and one before a title.  False without memory. */
bool naming_short_places(naming *n);
/* Whether a place of so many people, 0 not known, is large enough for its name at token i to be taken for one. */
bool naming_large(const naming *n, size_t i, syn_str name, double people);
/* Whether the particle that token i begins with has the id. */
bool naming_prefix_is(const naming *n, size_t i, uint32_t id);
/* A row of the language itself says that the word, a place of that name notwithstanding, is none. */
static inline bool naming_no_place(const syn_lex_hit *hits, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (hits[i].kind == SYN_LEX_PLACE && hits[i].value < 0) return true;
    return false;
}
/* Notes how large a place is that a hit names. */
static inline void naming_note_size(naming_mark *m, const syn_lex_hit *hit)
{
    static const double major = 1e6, known = 260000;
    m->major |= hit->value == 0 || hit->value >= major;
    m->known |= m->major || hit->value >= known || hit->id >> 16 == 0;
}
/* Notes what a hit says. */
void naming_note(naming_mark *m, const syn_lex_hit *hits, size_t n);

/* The counts of a token's word; never NULL. */
naming_count *naming_count_of(naming *n, size_t token);
/* Tokens first..last become a fact of kind with flags; what they were looked up as is kept from being found again. */
bool naming_add(naming *n, size_t first, size_t last, uint8_t kind, uint8_t flags, uint32_t place);
/* Whether token i + 1 follows token i with white space only, on the same line; close: with nothing. */
bool naming_adjacent(const naming *n, size_t i, bool close);
static inline bool naming_word(const naming *n, size_t i)
{
    return i < n->text->ntokens && n->text->tokens[i].kind == SYN_TOK_WORD;
}
/* The one-byte punctuation that token i is, else 0. */
char naming_sign(const naming *n, size_t i);
bool naming_cased(syn_script s);
/* A word with a capital, be it behind an elided article. */
static inline bool naming_capital(const naming *n, size_t i)
{
    const syn_token *t = &n->text->tokens[i];
    return naming_word(n, i) && naming_cased((syn_script)t->script) &&
           ((t->flags & SYN_TOK_CAPITAL) || n->mark[i].prefix);
}
/* First in its sentence, or after a sign that may open one. */
bool naming_opens(const naming *n, size_t i);

/* What uncased.c and signs.c ask of a token: it has no capitals; its characters; nothing is known of it; it may stand
   in a name; its script; it parts the words of a foreign name. */
bool naming_uncased(const naming *n, size_t i);
size_t naming_letters(const naming *n, size_t i);
bool naming_unknown(const naming *n, size_t i);
bool naming_han_or_kana(const naming *n, size_t i);
bool naming_katakana(const naming *n, size_t i);
/* A foreign name that Han characters spell by sound may hold token i. */
bool naming_sound(const naming *n, size_t i);
/* Names with a middle dot, foreign names in Han characters, names with their Latin spelling behind; false without
   memory. */
bool naming_signs_find(naming *n);

/* bodies.c: organisations in scripts without capitals: those known by their whole names, and bodies with their place.
   False without memory. */
bool naming_bodies_find(naming *n);
/* Whether tokens i..last are in no name or figure yet. */
bool naming_free(const naming *n, size_t i, size_t last);

/* places.c: which of several places each name means, by the others that the text names.  False without memory. */
bool naming_places_settle(naming *n);

syn_code naming_cased_find(naming *n, syn_err *err);
syn_code naming_uncased_find(naming *n, syn_err *err);
syn_code naming_quotes_find(naming *n, syn_err *err);

#endif
