/* decode.c - stage 2: bytes of a legacy charset to UTF-8 as the WHATWG Encoding Standard has it.  ICU's converters know
   the characters; how bytes are framed, and what a broken frame costs, is the standard's: no byte of ASCII is ever
   swallowed by a broken one before it. */
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/utf16.h>

#include "reading.h"

enum { BAD = 0xFFFD };

/* ---- charsets of single bytes: a table of the upper half ---- */

static const uint16_t ISO_8859_16[96] = {
    0xA0,  0x104, 0x105, 0x141, 0x20AC, 0x201E, 0x160, 0xA7,   0x161, 0xA9,  0x218, 0xAB,  0x179, 0xAD,
    0x17A, 0x17B, 0xB0,  0xB1,  0x10C,  0x142,  0x17D, 0x201D, 0xB6,  0xB7,  0x17E, 0x10D, 0x219, 0xBB,
    0x152, 0x153, 0x178, 0x17C, 0xC0,   0xC1,   0xC2,  0x102,  0xC4,  0x106, 0xC6,  0xC7,  0xC8,  0xC9,
    0xCA,  0xCB,  0xCC,  0xCD,  0xCE,   0xCF,   0x110, 0x143,  0xD2,  0xD3,  0xD4,  0x150, 0xD6,  0x15A,
    0x170, 0xD9,  0xDA,  0xDB,  0xDC,   0x118,  0x21A, 0xDF,   0xE0,  0xE1,  0xE2,  0x103, 0xE4,  0x107,
    0xE6,  0xE7,  0xE8,  0xE9,  0xEA,   0xEB,   0xEC,  0xED,   0xEE,  0xEF,  0x111, 0x144, 0xF2,  0xF3,
    0xF4,  0x151, 0xF6,  0x15B, 0x171,  0xF9,   0xFA,  0xFB,   0xFC,  0x119, 0x21B, 0xFF}; /* ICU has it not */

static const struct {
    const char *name;
    uint8_t byte;
    uint16_t is;
} EXCEPTIONS[] = {
    {"KOI8-U", 0xAE, 0x45E},    {"KOI8-U", 0xBE, 0x40E},    {"windows-1253", 0xAA, BAD}, {"windows-1255", 0xCA, 0x5BA},
    {"windows-874", 0xDB, BAD}, {"windows-874", 0xDC, BAD}, {"windows-874", 0xDD, BAD},  {"windows-874", 0xDE, BAD},
    {"windows-874", 0xFC, BAD}, {"windows-874", 0xFD, BAD}, {"windows-874", 0xFE, BAD},  {"windows-874", 0xFF, BAD},
};

static void fill_table(const char *name, UConverter *cnv, uint16_t table[128])
{
    for (unsigned i = 0; i < 128; i++) {
        char byte = (char)(0x80 + i);
        UChar wide[2] = {BAD, 0};
        UErrorCode status = U_ZERO_ERROR;
        bool own = strcmp(name, "x-user-defined") == 0, romanian = strcmp(name, "ISO-8859-16") == 0;
        if (cnv && !own && !romanian) ucnv_toUChars(cnv, wide, 2, &byte, 1, &status);
        table[i] = own        ? (uint16_t)(0xF780 + i)
                   : romanian ? (uint16_t)(i < 32 ? 0x80 + i : ISO_8859_16[i - 32])
                              : wide[0];
    }
    for (size_t i = 0; i < SYN_COUNT(EXCEPTIONS); i++) {
        if (strcmp(EXCEPTIONS[i].name, name) == 0) table[EXCEPTIONS[i].byte - 0x80] = EXCEPTIONS[i].is;
    }
}

static void by_table(const uint16_t table[128], syn_str bytes, syn_buf *out, size_t *bad)
{
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        if (c < 0x80) {
            syn_buf_c(out, (char)c);
            continue;
        }
        *bad += table[c - 0x80] == BAD;
        syn_buf_utf8(out, table[c - 0x80]);
    }
}

/* ---- charsets of two bytes and more, framed as the standard frames them ---- */

typedef struct range {
    uint8_t from, to;
} range;

typedef struct framing {
    const char *name;
    range lead[2], trail[2];
    range alone;      /* single bytes beyond ASCII that are characters */
    uint16_t is_80;   /* what a lone 0x80 is */
    bool three, four; /* 0x8F opens three bytes; a digit after a lead opens four */
    bool private_use; /* its table holds characters for private use */
} framing;

static const framing FRAMINGS[] = {
    {"Big5", {{0x81, 0xFE}}, {{0x40, 0x7E}, {0xA1, 0xFE}}, {1, 0}, BAD, false, false, false},
    {"EUC-JP", {{0x8E, 0x8E}, {0xA1, 0xFE}}, {{0xA1, 0xFE}}, {1, 0}, BAD, true, false, false},
    {"EUC-KR", {{0x81, 0xFE}}, {{0x41, 0xFE}}, {1, 0}, BAD, false, false, false},
    {"GBK", {{0x81, 0xFE}}, {{0x40, 0x7E}, {0x80, 0xFE}}, {1, 0}, 0x20AC, false, true, true},
    {"Shift_JIS", {{0x81, 0x9F}, {0xE0, 0xFC}}, {{0x40, 0x7E}, {0x80, 0xFC}}, {0xA1, 0xDF}, 0x80, false, false, true},
    {"gb18030", {{0x81, 0xFE}}, {{0x40, 0x7E}, {0x80, 0xFE}}, {1, 0}, 0x20AC, false, true, true},
};

static const framing *framing_of(const char *name)
{
    for (size_t i = 0; i < SYN_COUNT(FRAMINGS); i++) {
        if (strcmp(FRAMINGS[i].name, name) == 0) return &FRAMINGS[i];
    }
    return NULL;
}

static bool in(range r, unsigned char c)
{
    return c >= r.from && c <= r.to;
}

/* A letter with a mark after it is kept as one value: the mark's place after U+0300 above the letter's bits. */
enum { LETTER_BITS = 21, MARKS = 0x300, PAIRS = 128 * 256 };

/* Where ICU's tables are older than the standard's: GB 18030 of 2022, and Big5's letters with two marks. */
static const struct {
    uint16_t pair, is;
} NEWER_GB[] = {{0xA3A0, 0x3000}, {0xA6D9, 0xFE10}, {0xA6DA, 0xFE12}, {0xA6DB, 0xFE11}, {0xA6DC, 0xFE13},
                {0xA6DD, 0xFE14}, {0xA6DE, 0xFE15}, {0xA6DF, 0xFE16}, {0xA6EC, 0xFE17}, {0xA6ED, 0xFE18},
                {0xA6F3, 0xFE19}, {0xFE59, 0x9FB4}, {0xFE61, 0x9FB5}, {0xFE66, 0x9FB6}, {0xFE67, 0x9FB7},
                {0xFE6D, 0x9FB8}, {0xFE7E, 0x9FB9}, {0xFE90, 0x9FBA}, {0xFEA0, 0x9FBB}};
static const struct {
    uint16_t pair;
    uint8_t letter, mark;
} MARKED_BIG5[] = {{0x8862, 0xCA, 0x04}, {0x8864, 0xCA, 0x0C}, {0x88A3, 0xEA, 0x04}, {0x88A5, 0xEA, 0x0C}};

static uint32_t newer(const framing *f, unsigned bytes)
{
    for (size_t i = 0; f->four && i < SYN_COUNT(NEWER_GB); i++) {
        if (NEWER_GB[i].pair == bytes) return NEWER_GB[i].is;
    }
    for (size_t i = 0; f == &FRAMINGS[0] && i < SYN_COUNT(MARKED_BIG5); i++) {
        if (MARKED_BIG5[i].pair == bytes) return MARKED_BIG5[i].letter | (uint32_t)MARKED_BIG5[i].mark << LETTER_BITS;
    }
    return 0;
}

typedef struct reader {
    const framing *f;
    UConverter *cnv;
    uint32_t *pairs; /* of two bytes, as they are asked for; 0: not asked yet */
    syn_buf *out;
    size_t bad;
} reader;

static uint32_t ask(const reader *r, const char *s, size_t n)
{
    UChar wide[8];
    UErrorCode status = U_ZERO_ERROR;
    ucnv_resetToUnicode(r->cnv);
    int32_t length = ucnv_toUChars(r->cnv, wide, SYN_COUNT(wide), s, (int32_t)n, &status), at = 0;
    if (U_FAILURE(status) || length < 1) return BAD;
    UChar32 cp;
    U16_NEXT(wide, at, length, cp);
    if (cp < 0xA0 && !(r->f->four && n == 4)) return BAD;
    if (cp >= 0xE000 && cp < 0xF900 && !r->f->private_use) return BAD;
    if (at == length) return (uint32_t)cp;
    return length == at + 1 && wide[at] > MARKS && wide[at] < MARKS + 0x70
               ? (uint32_t)cp | (uint32_t)(wide[at] - MARKS) << LETTER_BITS
               : BAD;
}

static uint32_t pair(reader *r, const char *s)
{
    const unsigned char *c = (const unsigned char *)s;
    uint32_t *known = &r->pairs[(c[0] & 0x7F) << 8 | c[1]];
    if (!*known) *known = newer(r->f, (unsigned)c[0] << 8 | c[1]);
    if (!*known) *known = ask(r, s, 2);
    return *known;
}

static void put(reader *r, uint32_t value)
{
    r->bad += value == BAD;
    syn_buf_utf8(r->out, value & ((1U << LETTER_BITS) - 1));
    if (value >> LETTER_BITS) syn_buf_utf8(r->out, MARKS + (value >> LETTER_BITS));
}

/* A character of four bytes at s, where a digit follows its first; the bytes that are used up. */
static size_t put_four(reader *r, const char *s, size_t left)
{
    static const range LEAD = {0x81, 0xFE}, DIGIT = {'0', '9'};
    const unsigned char *c = (const unsigned char *)s;
    if ((left > 2 && !in(LEAD, c[2])) || (left > 3 && !in(DIGIT, c[3]))) {
        put(r, BAD);
        return 1;
    }
    put(r, left < 4 ? BAD : ask(r, s, 4));
    return left < 4 ? left : 4;
}

/* The character at s, which begins with no ASCII; the bytes that are used up. */
static size_t put_one(reader *r, const char *s, size_t left)
{
    const framing *f = r->f;
    const unsigned char *c = (const unsigned char *)s;
    bool three = f->three && *c == 0x8F;
    if (!in(f->lead[0], *c) && !in(f->lead[1], *c) && !three) {
        put(r, *c == 0x80 ? f->is_80 : in(f->alone, *c) ? ask(r, s, 1) : BAD);
        return 1;
    }
    if (f->four && left > 1 && c[1] >= '0' && c[1] <= '9') return put_four(r, s, left);
    size_t n = three && left > 1 && in(f->trail[0], c[1]) ? 3 : 2;
    if (left < n) {
        put(r, BAD);
        return left;
    }
    bool whole = (!three || n == 3) && (in(f->trail[0], c[n - 1]) || in(f->trail[1], c[n - 1]));
    if (f->three && ((n == 3 && c[1] > 0xED) || (*c == 0x8E && c[1] > 0xDF))) whole = false; /* a vendor's own */
    uint32_t value = !whole ? BAD : n == 3 ? ask(r, s, 3) : pair(r, s);
    put(r, value);
    return value == BAD && c[n - 1] < 0x80 ? n - 1 : n; /* ASCII is never swallowed */
}

static void by_framing(reader *r, syn_str bytes)
{
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(r->cnv, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    for (size_t i = 0; i < bytes.n && !r->out->failed;) {
        if ((unsigned char)bytes.p[i] < 0x80)
            syn_buf_c(r->out, bytes.p[i++]);
        else
            i += put_one(r, bytes.p + i, bytes.n - i);
    }
}

/* ---- the rest: UTF-16 and ISO-2022-JP ---- */

static void U_CALLCONV on_bad(const void *context, UConverterToUnicodeArgs *args, const char *units, int32_t length,
                              UConverterCallbackReason reason, UErrorCode *status)
{
    static const UChar MARK = BAD;
    if (reason > UCNV_IRREGULAR) return;
    ++*(size_t *)(uintptr_t)context;
    *status = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(args, &MARK, 1, 0, status);
    (void)units;
    (void)length;
}

static void by_converter(UConverter *cnv, syn_str bytes, syn_buf *out, size_t *bad)
{
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(cnv, on_bad, bad, NULL, NULL, &status);
    UChar wide[4096];
    const char *source = bytes.p, *end = bytes.p + bytes.n;
    uint32_t high = 0;
    for (bool more = true; more && !out->failed;) {
        UChar *target = wide;
        status = U_ZERO_ERROR;
        ucnv_toUnicode(cnv, &target, wide + SYN_COUNT(wide), &source, end, NULL, true, &status);
        more = status == U_BUFFER_OVERFLOW_ERROR;
        if (U_FAILURE(status) && !more) break;
        for (const UChar *w = wide; w < target; w++) {
            if (U16_IS_LEAD(*w)) {
                high = *w;
                continue;
            }
            syn_buf_utf8(out, high && U16_IS_TRAIL(*w) ? (uint32_t)U16_GET_SUPPLEMENTARY(high, *w) : *w);
            high = 0;
        }
    }
}

static UConverter *open_converter(const char *name, const char *converter)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *cnv = ucnv_open(converter, &status);
    if (U_SUCCESS(status)) return cnv;
    status = U_ZERO_ERROR;
    return ucnv_open(name, &status); /* NULL where it fails */
}

syn_code syn_read_convert(syn_arena *arena, syn_str bytes, const char *name, const char *converter, syn_str *out,
                          size_t *bad, syn_err *err)
{
    bool own = strcmp(converter, "-") == 0;
    UConverter *cnv = own ? NULL : open_converter(name, converter);
    if (!own && !cnv) return syn_fail(err, SYN_EFORMAT, 0, "no converter for charset %s", name);
    syn_buf b = {.max = 3 * SYN_MAX_PAGE + 16};
    reader r = {.f = framing_of(name), .cnv = cnv, .out = &b};
    if (r.f) {
        r.pairs = SYN_NEW_ARRAY(arena, uint32_t, PAIRS);
        if (r.pairs) by_framing(&r, bytes);
    } else if (strncmp(name, "UTF-16", 6) == 0 || strcmp(name, "ISO-2022-JP") == 0) {
        by_converter(cnv, bytes, &b, &r.bad);
    } else {
        uint16_t table[128];
        fill_table(name, cnv, table);
        by_table(table, bytes, &b, &r.bad);
    }
    ucnv_close(cnv);
    *out = syn_dup(arena, syn_buf_str(&b));
    *bad += r.bad;
    bool failed = b.failed || arena->failed;
    syn_buf_free(&b);
    return failed ? syn_fail(err, SYN_ENOMEM, 0, "no memory to decode the page") : SYN_OK;
}
