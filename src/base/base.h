/* base.h - stage 0: what every stage stands on: text slices, arenas, buffers with ceilings, errors, UTF-8, folding,
   JSON, hashing and days.  Uses nothing of the project but the public header's syn_code, syn_err and syn_str. */
#ifndef SYN_BASE_H
#define SYN_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <synoptic.h> /* syn_code, syn_err, syn_str */

#include "limits.h"

/* ---- errors ---- */

/* Record the first cause: a filled err keeps what it has.  err may be NULL.  Returns code. */
syn_code syn_fail(syn_err *err, syn_code code, size_t offset, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
const char *syn_code_name(syn_code code);

/* ---- slices ---- */

/* A range of bytes of some text, [start, end). */
typedef struct syn_span {
    uint32_t start, end;
} syn_span;

#define SYN_STR(literal) ((syn_str){"" literal, sizeof(literal) - 1})
#define SYN_FMT(s) (int)((s).n > INT32_MAX ? INT32_MAX : (s).n), ((s).p ? (s).p : "")
#define SYN_COUNT(array) (sizeof(array) / sizeof((array)[0]))

static inline syn_str syn_str_of(const char *z)
{
    return (syn_str){z, z ? strlen(z) : 0};
}
static inline syn_str syn_slice(syn_str s, size_t start, size_t end)
{
    if (end > s.n) end = s.n;
    if (start > end) start = end;
    return (syn_str){s.p ? s.p + start : NULL, end - start};
}
static inline bool syn_str_eq(syn_str a, syn_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
static inline bool syn_str_is(syn_str a, const char *z)
{
    return syn_str_eq(a, syn_str_of(z));
}
static inline bool syn_starts(syn_str s, syn_str head)
{
    return s.n >= head.n && (head.n == 0 || memcmp(s.p, head.p, head.n) == 0);
}
static inline bool syn_ends(syn_str s, syn_str tail)
{
    return s.n >= tail.n && (tail.n == 0 || memcmp(s.p + s.n - tail.n, tail.p, tail.n) == 0);
}
int syn_str_cmp(syn_str a, syn_str b);                   /* by bytes, shorter first; for sorting */
bool syn_str_ieq(syn_str a, syn_str b);                  /* ASCII letters without case */
bool syn_starts_i(syn_str s, syn_str head);              /* ASCII letters without case */
syn_str syn_trim(syn_str s);                             /* without ASCII and Unicode white space at the ends */
size_t syn_find(syn_str hay, syn_str needle, size_t at); /* first offset >= at, or SIZE_MAX; O(n) */
size_t syn_find_byte(syn_str hay, char c, size_t at);    /* or SIZE_MAX */
/* Cut the next piece up to sep off *rest; false when nothing is left.  An empty last piece is not reported. */
bool syn_split(syn_str *rest, char sep, syn_str *piece);

/* ---- arenas ---- */

/* Memory that dies together.  Zero-initialise, set limit (bytes, 0: none), free once.  Not for sharing between threads.
 */
typedef struct syn_arena {
    struct syn_chunk *chunk;
    size_t used;  /* bytes handed out */
    size_t limit; /* most bytes it hands out; 0: no limit */
    bool failed;  /* sticky: an allocation was refused */
} syn_arena;

/* Zeroed memory aligned for any type; NULL (and failed set) when the limit or the machine refuses.  n 0 gives a valid
   pointer.  O(n). */
void *syn_alloc(syn_arena *arena, size_t n);
/* count * size checked. */
void *syn_alloc_array(syn_arena *arena, size_t count, size_t size);
#define SYN_NEW(arena, type) ((type *)syn_alloc((arena), sizeof(type)))
#define SYN_NEW_ARRAY(arena, type, count) ((type *)syn_alloc_array((arena), (count), sizeof(type)))
/* A copy that ends in NUL (not counted); empty on failure. */
syn_str syn_dup(syn_arena *arena, syn_str s);
syn_str syn_arena_format(syn_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Make *items (of size bytes each, *cap of them) hold at least need; old content kept (the old block stays in the
   arena).  False on failure. */
bool syn_grow(syn_arena *arena, void *items, size_t *cap, size_t need, size_t size);
void syn_arena_reset(syn_arena *arena); /* empty it, keeping its largest chunk for reuse; limit kept, failed cleared */
void syn_arena_free(syn_arena *arena);  /* idempotent */

/* ---- buffers ---- */

/* A growing byte buffer with a ceiling.  After a refused write it stays as it was and failed is set: write freely,
   check once.  Zero-initialise with .max set (0: SYN_MAX_BUFFER). */
typedef struct syn_buf {
    char *p;
    size_t n, cap, max;
    bool failed;
} syn_buf;

void syn_buf_add(syn_buf *b, syn_str s);
void syn_buf_z(syn_buf *b, const char *z);
void syn_buf_c(syn_buf *b, char c);
void syn_buf_utf8(syn_buf *b, uint32_t cp);
void syn_buf_format(syn_buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline syn_str syn_buf_str(const syn_buf *b)
{
    return (syn_str){b->p, b->n};
}
void syn_buf_clear(syn_buf *b); /* keeps the memory, clears failed */
void syn_buf_free(syn_buf *b);

/* ---- UTF-8 ---- */

#define SYN_BAD_CP 0xFFFDu

/* Decode the character at s[at] (at < s.n) into *cp; returns its length in bytes, at least 1.  Ill-formed bytes give
   U+FFFD and the length of their maximal subpart (Unicode 3.9, table 3-7). */
size_t syn_utf8_next_any(syn_str s, size_t at, uint32_t *cp); /* without the short cuts */
static inline size_t syn_utf8_next(syn_str s, size_t at, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)s.p + at;
    if (p[0] < 0x80) {
        *cp = p[0];
        return 1;
    }
    /* What nearly all other text is: every tail is good after these heads. */
    if (p[0] >= 0xC2 && p[0] <= 0xDF && s.n - at > 1 && (p[1] & 0xC0) == 0x80) {
        *cp = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
        return 2;
    }
    if (p[0] >= 0xE1 && p[0] <= 0xEC && s.n - at > 2 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
        *cp = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
        return 3;
    }
    return syn_utf8_next_any(s, at, cp);
}
/* Start of the character before at (at > 0). */
size_t syn_utf8_prev(syn_str s, size_t at);
size_t syn_utf8_put(char out[4], uint32_t cp); /* bytes written; surrogates and beyond give U+FFFD */
bool syn_utf8_valid(syn_str s);
/* s itself where it is well-formed, else a copy in which ill-formed bytes are U+FFFD; adds their count to *bad. */
syn_str syn_utf8_repair(syn_arena *arena, syn_str s, size_t *bad);
size_t syn_utf8_count(syn_str s); /* characters */
/* The longest head of at most max bytes that ends on a character. */
syn_str syn_utf8_head(syn_str s, size_t max);

/* ---- characters (from generated Unicode tables; no locale) ---- */

typedef enum syn_script {
    SYN_SCRIPT_COMMON, /* digits, punctuation, marks */
    SYN_SCRIPT_LATIN,
    SYN_SCRIPT_GREEK,
    SYN_SCRIPT_CYRILLIC,
    SYN_SCRIPT_ARMENIAN,
    SYN_SCRIPT_GEORGIAN,
    SYN_SCRIPT_HEBREW,
    SYN_SCRIPT_ARABIC,
    SYN_SCRIPT_SYRIAC,
    SYN_SCRIPT_THAANA,
    SYN_SCRIPT_NKO,
    SYN_SCRIPT_DEVANAGARI,
    SYN_SCRIPT_BENGALI,
    SYN_SCRIPT_GURMUKHI,
    SYN_SCRIPT_GUJARATI,
    SYN_SCRIPT_ORIYA,
    SYN_SCRIPT_TAMIL,
    SYN_SCRIPT_TELUGU,
    SYN_SCRIPT_KANNADA,
    SYN_SCRIPT_MALAYALAM,
    SYN_SCRIPT_SINHALA,
    SYN_SCRIPT_THAI,
    SYN_SCRIPT_LAO,
    SYN_SCRIPT_TIBETAN,
    SYN_SCRIPT_MYANMAR,
    SYN_SCRIPT_KHMER,
    SYN_SCRIPT_ETHIOPIC,
    SYN_SCRIPT_CHEROKEE,
    SYN_SCRIPT_MONGOLIAN,
    SYN_SCRIPT_HAN,
    SYN_SCRIPT_KANA,
    SYN_SCRIPT_HANGUL,
    SYN_SCRIPT_BOPOMOFO,
    SYN_SCRIPT_TIFINAGH,
    SYN_SCRIPT_OL_CHIKI,
    SYN_SCRIPT_OTHER,
    SYN_SCRIPT_COUNT
} syn_script;

enum { /* bits of syn_char.flags */
       SYN_CH_LETTER = 1,
       SYN_CH_UPPER = 2,
       SYN_CH_DIGIT = 4,
       SYN_CH_MARK = 8,
       SYN_CH_SPACE = 16,
       SYN_CH_PUNCT = 32,
       SYN_CH_SYMBOL = 64,
       SYN_CH_LOWER = 128
};
typedef struct syn_char {
    uint8_t flags;
    uint8_t script;   /* syn_script */
    int8_t digit;     /* 0..9 of a decimal digit in any script, else -1 */
    uint8_t fold_n;   /* code points of its folding, 0..7 */
    uint32_t fold_at; /* where they stand in the generated table */
} syn_char;
const syn_char *syn_char_of(uint32_t cp); /* never NULL; O(1) */
bool syn_script_spaced(syn_script s);     /* whether the script parts words by spaces */

/* Text folded for matching: compatibility forms and width, case, diacritics of Latin/Greek/Cyrillic, Arabic and Persian
   letter variants, harakat, niqqud, tatweel, joiners, bidi controls, digits to ASCII, any white space to one U+0020,
   dashes to '-', apostrophes to '\''.  Never shown to a reader.  Idempotent; NFC and NFD agree. */
typedef struct syn_folded {
    syn_str text;        /* arena-owned, NUL at the end */
    const uint32_t *map; /* text.n + 1 entries: for each folded byte the offset in the source of the character it came
                            from; the last one is the source's length; NULL where not asked for */
} syn_folded;
syn_code syn_fold(syn_arena *arena, syn_str source, bool with_map, syn_folded *out, syn_err *err);

/* ---- hashing and maps ---- */

uint64_t syn_hash(syn_str s, uint64_t seed); /* XXH3; the same on every machine */

/* Byte strings to values; keys are copied into the arena.  Zero-initialise with .arena set. */
typedef struct syn_map {
    syn_arena *arena;
    struct syn_map_slot *slots;
    size_t n, cap;
} syn_map;
/* The value's place for key; added as 0 where absent.  NULL on failure.  Valid until the next add. */
uint64_t *syn_map_add(syn_map *m, syn_str key);
uint64_t *syn_map_get(const syn_map *m, syn_str key); /* NULL where absent */
/* The next key, *at 0 for the first, in an order of no meaning that is the same every time; false at the end. */
bool syn_map_next(const syn_map *m, size_t *at, syn_str *key);

/* ---- numbers and days ---- */

/* ASCII decimal with optional sign, fraction and exponent, whole string; no locale.  False if it is none. */
bool syn_parse_double(syn_str s, double *value);
bool syn_parse_u64(syn_str s, uint64_t *value);

typedef int32_t syn_day; /* days since 1970-01-01, proleptic Gregorian */
#define SYN_NO_DAY INT32_MIN

/* month 1..12, day 1..31; SYN_NO_DAY where there is no such day. */
syn_day syn_day_of(int year, int month, int day);
void syn_day_civil(syn_day d, int *year, int *month, int *day);
int syn_day_weekday(syn_day d); /* 0 Monday .. 6 Sunday */
int syn_days_in_month(int year, int month);
typedef enum syn_calendar {
    SYN_GREGORIAN,
    SYN_JALALI,
    SYN_HIJRI,
    SYN_BUDDHIST,
    SYN_ETHIOPIC,
    SYN_ROC /* Minguo */
} syn_calendar;
/* SYN_NO_DAY where the calendar has no such day.  Hijri is the tabular civil calendar. */
syn_day syn_day_in(syn_calendar c, int year, int month, int day);

/* A moment with the zone it was written in. */
typedef struct syn_time {
    int64_t seconds; /* since 1970-01-01T00:00:00Z; INT64_MIN: none */
    int16_t zone;    /* minutes east of UTC; SYN_NO_ZONE: not said */
    bool date_only;
} syn_time;
#define SYN_NO_TIME ((syn_time){INT64_MIN, 0, false})
#define SYN_NO_ZONE INT16_MIN
static inline bool syn_time_known(syn_time t)
{
    return t.seconds != INT64_MIN;
}
/* The day in its own zone. */
syn_day syn_time_day(syn_time t);
/* ISO 8601 (date, date and time, with or without zone, 'T' or space) or RFC 5322 ("Tue, 02 Dec 2025 10:00:00 GMT").
   False if it is neither. */
bool syn_time_parse(syn_str s, syn_time *out);
void syn_time_format(syn_time t, char out[40]); /* ISO 8601 in its own zone; "" if none */

/* ---- JSON ---- */

/* Read: a tree of cJSON behind our own small surface, depth capped, numbers as doubles.  Owned by the caller. */
typedef struct cJSON syn_json;
/* NULL on bad JSON (err says where).  Free with syn_json_free. */
syn_json *syn_json_parse(syn_str text, syn_err *err);
void syn_json_free(syn_json *j);
const syn_json *syn_json_get(const syn_json *object, const char *key); /* exact case; NULL where absent or null */
syn_str syn_json_str(const syn_json *j);                               /* of a string value, else empty; borrowed */
syn_str syn_json_get_str(const syn_json *object, const char *key);
bool syn_json_number(const syn_json *j, double *value);
bool syn_json_is_array(const syn_json *j);
bool syn_json_is_object(const syn_json *j);
const syn_json *syn_json_first(const syn_json *array_or_object); /* children */
const syn_json *syn_json_next(const syn_json *j);

/* Write: commas and escapes are its business; one line.  Zero-initialise with .out set. */
typedef struct syn_jsonw {
    syn_buf *out;
    uint64_t comma; /* a bit a level: a comma is due */
    int depth;      /* at most 63 */
} syn_jsonw;
void syn_jw_open(syn_jsonw *w, char bracket); /* '{' or '[' */
void syn_jw_close(syn_jsonw *w, char bracket);
void syn_jw_key(syn_jsonw *w, const char *key);
void syn_jw_str(syn_jsonw *w, syn_str s); /* ill-formed UTF-8 becomes U+FFFD */
void syn_jw_int(syn_jsonw *w, int64_t v);
void syn_jw_double(syn_jsonw *w, double v); /* shortest that reads back, at most 15 digits; not finite: null */
void syn_jw_bool(syn_jsonw *w, bool v);
void syn_jw_null(syn_jsonw *w);
/* key and string, left out where s is empty */
void syn_jw_field(syn_jsonw *w, const char *key, syn_str s);

#endif
