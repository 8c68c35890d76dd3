/* lexicon.h - stage 0b: what is known of languages, compiled from data/ and CLDR into one read-only block inside the
   program.  Uses base.h.  Nothing here changes after opening: share it between threads. */
#ifndef SYN_LEXICON_H
#define SYN_LEXICON_H

#include "../base/base.h"

typedef struct syn_lexicon syn_lexicon;
typedef uint16_t syn_lang; /* index of a language in the lexicon; 0: not known */
#define SYN_LANG_UNKNOWN 0

/* What a key means.  One bit each so that a search can name several. */
typedef enum syn_lex_kind {
    SYN_LEX_MONTH = 1u << 0,     /* value 1..12, of the calendar in id (syn_calendar) */
    SYN_LEX_WEEKDAY = 1u << 1,   /* value 0 Monday .. 6 Sunday */
    SYN_LEX_NUMERAL = 1u << 2,   /* written number: value; id: role, see data/README.md */
    SYN_LEX_SCALE = 1u << 3,     /* thousand, lakh, million, ...: value */
    SYN_LEX_ORDINAL = 1u << 4,   /* written ordinal: value; or (id 1) an ending or mark of ordinals, value 0 */
    SYN_LEX_PERCENT = 1u << 5,   /* percent word or sign */
    SYN_LEX_CURRENCY = 1u << 6,  /* id: three letters of ISO 4217 packed a<<16|b<<8|c; value: data/README.md */
    SYN_LEX_UNIT = 1u << 7,      /* measure: value factor to the SI unit in id */
    SYN_LEX_RELDAY = 1u << 8,    /* today, yesterday: value days from the article's day */
    SYN_LEX_PERIOD = 1u << 9,    /* words of dates and periods: id says which, see data/README.md */
    SYN_LEX_TITLE = 1u << 10,    /* word before (id 0) or after (id 1) a person's name */
    SYN_LEX_PARTICLE = 1u << 11, /* "van", "bin", inside a name */
    SYN_LEX_ORGWORD = 1u << 12,  /* "ministry", "bank": part of an organisation's name */
    SYN_LEX_PLACE = 1u << 13,   /* name of a territory, region or city; id: ISO 3166 alpha-2 packed a<<8|b, above its 16
                                   bits a city's number or that of a name of several: syn_lexicon_places; value:
                                   population */
    SYN_LEX_GIVEN = 1u << 14,   /* common given name */
    SYN_LEX_CONCEPT = 1u << 15, /* id: concept shared between languages */
    SYN_LEX_STOP = 1u << 16,    /* function word */
    SYN_LEX_CREDIT = 1u << 17,  /* "Photo:", label before a picture's credit */
    SYN_LEX_SOURCE = 1u << 18,  /* "Source:", label before where it was first published */
    SYN_LEX_BYLINE = 1u << 19,  /* "By", "Text:", before an author */
    SYN_LEX_FURNITURE = 1u << 20, /* line of site furniture: "No data", "Comment (0)", "Read also" (id: 0 whole line, 1
                                     start of line, 2 ends the article) */
    SYN_LEX_DESK = 1u << 21,      /* not a person: "Editorial staff" */
    SYN_LEX_SAY = 1u << 22,       /* verbs of saying, near quotations */
    SYN_LEX_EVENT = 1u << 23,     /* event words: id says which */
    SYN_LEX_APPROX = 1u << 24,    /* "about", "more than": value -1 less, 0 about, 1 more */
    SYN_LEX_PUBLISHED = 1u << 25, /* label before a visible date: id 0 published, 1 modified */
    SYN_LEX_ENDING = 1u << 26, /* ending of a name's case: value letters that must be left; id: up to two letters that
                                  the name itself has there, the first above 16 bits, 0 none */
    SYN_LEX_SHORT = 1u << 27,  /* character that stands for a country, id as of a place; value 1: word of such
                                  characters, id 0 */
    SYN_LEX_JOINED = 1u << 28, /* no word without the joiner that it is written with */
    SYN_LEX_SPELT = 1u << 29   /* character of a person's name, a space, how those who bear it spell it in Latin
                                  letters; id 0 as a family name, 1 in a given name; value 0 the usual way, 1 and more
                                  others */
} syn_lex_kind;
enum { SYN_CURRENCY_OF_COUNTRY = 1 }; /* value of a currency that says only whose money it is: "USA", "Canadian" */

typedef struct syn_lex_hit {
    uint32_t kind; /* syn_lex_kind */
    uint32_t id;
    double value;
} syn_lex_hit;

typedef struct syn_lang_info {
    const char *tag;     /* BCP 47: "sv", "zh-Hans", "sr" */
    const char *name;    /* in English */
    const char *autonym; /* in the language itself */
    uint8_t script;      /* syn_script, the main one */
    bool rtl;
    bool spaced; /* words parted by spaces */
    bool cased;
    char date_order[4];  /* "dmy", "mdy", "ymd" */
    char decimal;        /* '.' or ',' */
    const char *stemmer; /* libstemmer's name or NULL */
    uint16_t parent;     /* syn_lang consulted where this one has no key: 0 none */
    uint16_t kin;        /* of two languages the same where readers of one read the other's news: no, da; hr, sr */
} syn_lang_info;

/* Bytes of a text that are in another language than the whole: a paragraph. */
typedef struct syn_passage {
    syn_span span;
    syn_lang lang;
    syn_str tag; /* BCP 47 */
} syn_passage;
typedef struct syn_passages {
    const syn_passage *items; /* in order, apart */
    size_t n;
} syn_passages;

/* The block inside the program.  Opens in well under 5 ms: nothing is copied.  Free with syn_lexicon_close. */
syn_code syn_lexicon_open(syn_lexicon **out, syn_err *err);
void syn_lexicon_close(syn_lexicon *lex);

size_t syn_lexicon_langs(const syn_lexicon *lex); /* languages are 1..this */
/* Best language for a BCP 47 tag ("pt-BR" gives pt, "zh-TW" zh-Hant, "nb" no...), SYN_LANG_UNKNOWN if none. */
syn_lang syn_lexicon_lang(const syn_lexicon *lex, syn_str tag);
const syn_lang_info *syn_lexicon_info(const syn_lexicon *lex,
                                      syn_lang lang); /* never NULL: lang 0 has neutral values */

/* Whether the table of lang, or of a parent, has anything of kinds. */
bool syn_lexicon_has(const syn_lexicon *lex, syn_lang lang, uint32_t kinds);

/* Entries of kinds (bits of syn_lex_kind) whose key is exactly folded (see syn_fold).  Looks in lang, its parents, then
   in the language-neutral table.  Fills at most max hits, returns how many there were.  O(log keys). */
size_t syn_lexicon_find(const syn_lexicon *lex, syn_lang lang, uint32_t kinds, syn_str folded, syn_lex_hit *hits,
                        size_t max);
/* All that is known of a word, asked once for all who want to know. */
typedef struct syn_lex_known {
    const syn_lex_hit *hits; /* of every kind, in the order of syn_lexicon_find */
    uint32_t n, kinds;       /* of all of them */
    bool figures;            /* a key of figures or dates is a head of the word, or begins with it */
    bool names;              /* a key of names, titles, places or verbs of saying begins with the word */
} syn_lex_known;
enum { SYN_LEX_KNOWN = 64 /* hits of a word at most; further ones are left out */ };

/* What is known of n folded words, into out[n]; hits in arena.  Faster than as many calls of syn_lexicon_find, for the
   waits for memory overlap.  False without memory.  O(n log keys). */
bool syn_lexicon_know(const syn_lexicon *lex, syn_lang lang, const syn_str *words, size_t n, syn_arena *arena,
                      syn_lex_known *out);

/* The longest key of kinds, not of concepts, that is a head of folded; returns its length in bytes, 0 if none, and its
   hits.  Word ends are the caller's to check. */
size_t syn_lexicon_longest(const syn_lexicon *lex, syn_lang lang, uint32_t kinds, syn_str folded, syn_lex_hit *hits,
                           size_t max, size_t *nhits);

/* A key that heads a text, with one of its hits. */
typedef struct syn_lex_head {
    syn_lex_hit hit;
    uint32_t len;
} syn_lex_head;

/* Every key of kinds that is a head of folded, longest first, of one length the nearer table's first.  Fills at most
   max, returns how many there are. */
size_t syn_lexicon_heads(const syn_lexicon *lex, syn_lang lang, uint32_t kinds, syn_str folded, syn_lex_head *heads,
                         size_t max);

/* One of the places that a name may mean. */
typedef struct syn_lex_place {
    uint32_t country; /* ISO 3166 alpha-2 packed a<<8|b */
    uint32_t region;  /* GeoNames' code of the country's first division, packed; 0 not known */
    uint32_t people;  /* 0 not known */
    uint8_t wide;     /* where the name means this city: 0 everywhere, 1 in its country, 2 in its region, 3 nowhere */
    bool city;        /* else a country, or a region where region is known */
    int32_t lat, lon; /* of a city: 1/10000 degrees north and east */
} syn_lex_place;
enum { SYN_LEX_PLACES = 8 };

/* The places that a place's id may mean, a country first, then those of most people.  Returns how many, at most
   SYN_LEX_PLACES; 0 for no place's id. */
size_t syn_lexicon_places(const syn_lexicon *lex, uint32_t place_id, syn_lex_place out[SYN_LEX_PLACES]);
/* Whether an id is of a name that may need its text to say what it means. */
bool syn_lexicon_homonym(uint32_t place_id);
/* Whether the first of a name's places is the one meant where nothing is said: no other has an eighth of its people. */
bool syn_lexicon_dwarfs(const syn_lex_place *places, size_t n);
/* Where the city lies that a place's id means by itself, in 1/10000 degrees north and east; false where there is none.
 */
bool syn_lexicon_city(const syn_lexicon *lex, uint32_t place_id, int32_t *lat, int32_t *lon);

/* Name of a concept, place or language in a reader's language, for reasons and pages; empty if unknown. */
syn_str syn_lexicon_concept_name(const syn_lexicon *lex, uint32_t concept_id, syn_lang reader);
syn_str syn_lexicon_place_name(const syn_lexicon *lex, uint32_t place_id, syn_lang reader);
syn_str syn_lexicon_language_name(const syn_lexicon *lex, syn_lang lang, syn_lang reader);

/* The i-th of the concepts that have a name in a language itself, ascending; 0 past the last. */
uint32_t syn_lexicon_concept(const syn_lexicon *lex, syn_lang lang, size_t i);

/* A named binary table compiled beside the lexicon (the language model, sounds of letters): its bytes, 8-byte aligned,
   or empty.  Tables: "langmodel", "sounds", "readmodel". */
syn_str syn_lexicon_table(const syn_lexicon *lex, const char *name);

#endif
