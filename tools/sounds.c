/* sounds.c - build tool: writes the table "sounds" (src/facts/sounds.h): for every letter how it is said in Latin
   letters, and what each sound unit costs against a spelling.
   usage: sounds OUT data/sounds/NAME.tsv... < Unihan_Readings.txt
   A letter's reading comes from the tables, then from ICU's Any-Latin on the single character; Han readings from
   Unihan (Mandarin, Cantonese, Japanese On and Kun, Korean, Vietnamese). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "../src/base/base.h"
#include "../src/facts/sounds.h"

enum {
    MAX_READINGS = 12000,
    MAX_CHARS = 65000,
    MAX_HAN = 40000,
    MAX_ROWS = 1 << 15,
    MAX_ENTRIES = 400000,
    MAX_CHUNKS = 8000
};

typedef struct row {
    uint32_t key, at, end;
} row;

static struct {
    syn_arena arena;
    syn_map readings, syms, chunk_ids, dedupe;
    syn_str reading[MAX_READINGS];
    uint32_t nreadings;
    syn_str sym[SND_SYM_ANY];
    uint32_t nsyms;
    snd_char chars[MAX_CHARS];
    uint32_t nchars;
    uint16_t of[SND_MAX_CP]; /* index into chars */
    uint16_t han[MAX_HAN][SND_HAN_READINGS];
    uint32_t nhan;
    uint16_t mandarin[MAX_READINGS][2];
    uint16_t chunks[27 * 27 * 27];
    uint8_t chunk_len[MAX_CHUNKS];
    uint32_t nchunks;
    row rows[MAX_ROWS];
    uint32_t nrows;
    snd_entry entries[MAX_ENTRIES];
    uint32_t nentries;
    uint16_t gap_arabic, gap_hebrew;
    UTransliterator *latin;
    const UNormalizer2 *nfd, *nfkc;
} S;

static void die(const char *what, const char *detail)
{
    fprintf(stderr, "sounds: %s %s\n", what, detail);
    exit(1);
}

static uint16_t reading_id(syn_str s)
{
    uint64_t *v = syn_map_add(&S.readings, s);
    if (!v) die("no memory for", "readings");
    if (*v == 0) {
        if (S.nreadings == MAX_READINGS) die("too many", "readings");
        S.reading[S.nreadings] = syn_dup(&S.arena, s);
        *v = ++S.nreadings;
    }
    return (uint16_t)(*v - 1);
}

static uint16_t sym_id(syn_str name)
{
    uint64_t *v = syn_map_add(&S.syms, name);
    if (!v) die("no memory for", "units");
    if (*v == 0) {
        if (S.nsyms == SND_SYM_ANY) die("too many", "units");
        S.sym[S.nsyms] = syn_dup(&S.arena, name);
        *v = S.nsyms++;
    }
    return (uint16_t)*v;
}

static uint16_t sym_of(const char *script, syn_str rest)
{
    char name[64];
    int n = snprintf(name, sizeof name, "%s%.*s", script, SYN_FMT(rest));
    return sym_id((syn_str){name, (size_t)n});
}

/* Lao's letters stand in the order of Thai's and spell foreign names as those do; few say or look another thing. */
static UChar32 lao_as_thai(UChar32 cp)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar32 thai = cp == 0xE8A   ? 0xE0B /* s */
                   : cp == 0xEDC ? 0xE19 /* n, m with a silent h */
                   : cp == 0xEDD ? 0xE21
                                 : cp - 0x80;
    return u_charType(thai) != U_UNASSIGNED && uscript_getScript(thai, &e) == USCRIPT_THAI ? thai : cp;
}

/* The unit, or two, of a letter of a script whose letters have costs of their own.  The scripts of India stand in one
   order and share theirs, but for Tamil, which writes b as p; an Ethiopic syllable is its consonant and its vowel. */
static void own_units(UChar32 cp, UScriptCode script, snd_char *c)
{
    char name[8];
    UChar32 base = cp;
    switch (script) {
    case USCRIPT_BENGALI:
    case USCRIPT_DEVANAGARI:
    case USCRIPT_GUJARATI:
    case USCRIPT_GURMUKHI:
    case USCRIPT_KANNADA:
    case USCRIPT_MALAYALAM:
    case USCRIPT_ORIYA:
    case USCRIPT_TELUGU:
        if (cp < 0xD80) base = 0x900 | (cp & 0x7F);
        break;
    case USCRIPT_LAO:
        base = lao_as_thai(cp);
        break;
    case USCRIPT_ETHIOPIC:
        if (cp >= 0x1360) return;
        base = cp & ~7;
        snprintf(name, sizeof name, "am:%d", (int)(cp & 7));
        c->sym[1] = sym_id(syn_str_of(name));
        break;
    case USCRIPT_GREEK: {
        UErrorCode e = U_ZERO_ERROR;
        UChar d[8];
        UChar one[2] = {(UChar)cp, 0};
        if (cp > 0xFFFF || unorm2_normalize(S.nfd, one, 1, d, 8, &e) < 1 || U_FAILURE(e)) return;
        base = d[0];
        if (base < 0x3B1 || base > 0x3C9) return;
        break;
    }
    case USCRIPT_ARMENIAN:
    case USCRIPT_GEORGIAN:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
    case USCRIPT_SINHALA:
    case USCRIPT_TAMIL:
    case USCRIPT_THAI:
        if (cp >= 0x10A0 && cp < 0x10D0) return; /* capitals that nobody writes */
        break;
    default:
        return;
    }
    size_t n = syn_utf8_put(name, (uint32_t)base);
    c->sym[0] = sym_id((syn_str){name, n});
}

static uint16_t char_id(snd_char c)
{
    uint64_t *v = syn_map_add(&S.dedupe, (syn_str){(const char *)&c, sizeof c});
    if (!v) die("no memory for", "letters");
    if (*v == 0) {
        if (S.nchars == MAX_CHARS) die("too many", "letters");
        S.chars[S.nchars] = c;
        *v = ++S.nchars;
    }
    return (uint16_t)(*v - 1);
}

/* ---- readings from ICU ---- */

static const struct {
    uint32_t from;
    const char *to;
} after_icu[] = {
    {0x10D, "ch"},  {0x161, "sh"}, {0x17E, "zh"},  {0x15D, "sh"}, {0x15F, "sh"}, {0x1F0, "j"},
    {0x1E63, "sh"}, {0x1E96, "h"}, {0x15B, "sh"},  {0x142, "l"},  {0x111, "d"},  {0x131, "i"},
    {0xE7, "ch"},   {0xF1, "ny"},  {0x1E45, "ng"}, {0x14B, "ng"}, {0xE6, "ae"},  {0xF8, "o"},
    {0xDF, "ss"},   {0x259, "a"},  {0x14D, "o"},   {0x1E33, "k"}, {0x1E41, "m"},
};

/* Lower-case a-z of what ICU makes of a text; kept: which marks tell another sound. */
static syn_str plain(const UChar *u, int32_t n, char out[64], bool marks)
{
    size_t len = 0;
    UChar d[64];
    UErrorCode e = U_ZERO_ERROR;
    for (int32_t i = 0; i < n;) {
        UChar32 c;
        U16_NEXT(u, i, n, c);
        c = u_tolower(c);
        const char *special = NULL;
        for (size_t k = 0; marks && k < SYN_COUNT(after_icu); k++)
            if (after_icu[k].from == (uint32_t)c) special = after_icu[k].to;
        if (special) {
            for (; *special && len < 60; special++) out[len++] = *special;
            continue;
        }
        UChar one[2];
        int32_t on = 0;
        U16_APPEND_UNSAFE(one, on, c);
        int32_t dn = unorm2_normalize(S.nfd, one, on, d, 64, &e);
        for (int32_t k = 0; k < dn; k++) {
            UChar x = (UChar)u_tolower(d[k]);
            if (x == 0x131) x = 'i';
            if (x == 0x111) x = 'd';
            if (x >= 'a' && x <= 'z' && len < 60) out[len++] = (char)x;
        }
    }
    return (syn_str){out, len};
}

static syn_str icu_reading(UChar32 cp, char out[64])
{
    UChar u[64];
    int32_t n = 0, limit;
    UErrorCode e = U_ZERO_ERROR;
    U16_APPEND_UNSAFE(u, n, cp);
    limit = n;
    utrans_transUChars(S.latin, u, &n, 64, 0, &limit, &e);
    if (U_FAILURE(e)) return (syn_str){out, 0};
    for (int32_t i = 0; i < n;) { /* left as it was: ICU has nothing for it */
        UChar32 c;
        U16_NEXT(u, i, n, c);
        UScriptCode s = uscript_getScript(c, &e);
        if (s != USCRIPT_LATIN && s != USCRIPT_COMMON && s != USCRIPT_INHERITED) return (syn_str){out, 0};
    }
    return plain(u, n, out, true);
}

static bool vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static uint16_t kana_record(syn_str s, uint16_t kind, UChar32 cp)
{
    snd_char c = {reading_id(s), kind, {0, 0}};
    size_t k = 0;
    if (kind == SND_KANA) {
        while (k < s.n && !vowel(s.p[k])) k++;
        if (k) c.sym[0] = sym_of("ja:", syn_slice(s, 0, k));
        if (k < s.n) c.sym[1] = sym_of("ja:", syn_slice(s, k, s.n));
    } else {
        char name[4];
        if (cp >= 0x3041 && cp <= 0x3096) cp += 0x60; /* Hiragana shares Katakana's units */
        size_t n = syn_utf8_put(name, (uint32_t)cp);
        c.sym[0] = sym_of("ja:", (syn_str){name, n});
    }
    return char_id(c);
}

static uint16_t record_from_icu(UChar32 cp)
{
    char buf[64];
    UErrorCode e = U_ZERO_ERROR;
    int8_t category = u_charType(cp);
    UScriptCode script = uscript_getScript(cp, &e);
    bool indic = script == USCRIPT_DEVANAGARI || script == USCRIPT_BENGALI || script == USCRIPT_GUJARATI ||
                 script == USCRIPT_GURMUKHI || script == USCRIPT_ORIYA || script == USCRIPT_TAMIL ||
                 script == USCRIPT_TELUGU || script == USCRIPT_KANNADA || script == USCRIPT_MALAYALAM;
    bool silent = script == USCRIPT_DEVANAGARI || script == USCRIPT_BENGALI || script == USCRIPT_GUJARATI ||
                  script == USCRIPT_GURMUKHI;
    bool mark = category == U_NON_SPACING_MARK || category == U_COMBINING_SPACING_MARK;

    snd_char c = {0, SND_LETTER, {0, 0}};
    syn_str s = icu_reading(cp, buf);
    if (indic && u_getCombiningClass(cp) == 9) {
        c.kind = SND_KILL;
        s.n = 0;
    } else if (indic && u_getCombiningClass(cp) == 7) {
        c.kind = SND_NUKTA;
        s.n = 0;
    } else if (s.n == 0 || (mark && !indic)) {
        return 0;
    } else if (mark) {
        c.kind = vowel(s.p[0]) ? SND_SIGN : SND_FINAL;
    } else if (script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA) {
        return kana_record(s, SND_KANA, cp);
    } else if (indic && s.n > 1 && s.p[s.n - 1] == 'a' && !vowel(s.p[0])) {
        c.kind = silent ? SND_SILENT_A : SND_INHERENT;
        s.n--;
    }
    c.reading = reading_id(s);
    own_units(cp, script, &c);
    return char_id(c);
}

/* ---- our tables ---- */

static const struct {
    const char *name;
    snd_kind kind;
} kinds[] = {
    {"letter", SND_LETTER},    {"abjad", SND_ABJAD},        {"glide", SND_GLIDE},     {"inherent", SND_INHERENT},
    {"silent", SND_SILENT_A},  {"sign", SND_SIGN},          {"kill", SND_KILL},       {"final", SND_FINAL},
    {"medial", SND_MEDIAL},    {"lead", SND_LEAD},          {"glottal", SND_GLOTTAL}, {"silence", SND_SILENCE},
    {"nukta", SND_NUKTA},      {"geresh", SND_GERESH},      {"mark", SND_MARK},       {"kana", SND_KANA},
    {"small", SND_KANA_SMALL}, {"double", SND_KANA_DOUBLE}, {"long", SND_KANA_LONG},
};

static syn_str read_all(FILE *f)
{
    syn_buf b = {0};
    char block[65536];
    size_t n;
    while ((n = fread(block, 1, sizeof block, f)) > 0) syn_buf_add(&b, (syn_str){block, n});
    if (b.failed || ferror(f)) die("cannot read", "input");
    return syn_buf_str(&b);
}

static void letter_row(syn_str line)
{
    syn_str letter, sound = {0}, kind = {0};
    uint32_t cp;
    syn_split(&line, '\t', &letter);
    syn_split(&line, '\t', &sound);
    syn_split(&line, '\t', &kind);
    size_t len = letter.n ? syn_utf8_next(letter, 0, &cp) : 0;
    if (len == 0 || len != letter.n || cp >= SND_MAX_CP) die("bad letter", "in a table");
    snd_kind k = SND_NONE;
    for (size_t i = 0; i < SYN_COUNT(kinds); i++)
        if (syn_str_is(kind, kinds[i].name)) k = kinds[i].kind;
    if (k == SND_NONE) die("bad kind", "in a table");
    if (k >= SND_KANA) {
        S.of[cp] = kana_record(sound, (uint16_t)k, (UChar32)cp);
        return;
    }
    UErrorCode e = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)cp, &e);
    snd_char c = {reading_id(sound), (uint16_t)k, {0, 0}};
    bool sounds = k == SND_LETTER || k == SND_ABJAD || k == SND_GLIDE || k == SND_GERESH;
    if (sounds && (script == USCRIPT_ARABIC || script == USCRIPT_HEBREW || script == USCRIPT_CYRILLIC ||
                   script == USCRIPT_HANGUL)) {
        c.sym[0] = sym_id(letter);
        if (k == SND_ABJAD || k == SND_GLIDE) c.sym[1] = script == USCRIPT_HEBREW ? S.gap_hebrew : S.gap_arabic;
    } else if (k != SND_MARK) {
        own_units((UChar32)cp, script, &c);
    }
    S.of[cp] = char_id(c);
}

static uint16_t context(syn_str s)
{
    if (syn_str_is(s, "*")) return (uint16_t)SND_SYM_ANY;
    if (syn_str_is(s, "#")) return 0;
    return sym_id(s);
}

static uint16_t chunk_id(syn_str s)
{
    size_t index = 0;
    if (s.n > 3) die("long spelling", "in costs.tsv");
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < 'a' || s.p[i] > 'z') die("bad spelling", "in costs.tsv");
        index = index * 27 + (size_t)(s.p[i] - 'a' + 1);
    }
    if (S.chunks[index] == 0xFFFF) {
        if (S.nchunks == MAX_CHUNKS) die("too many", "spellings");
        S.chunks[index] = (uint16_t)S.nchunks;
        S.chunk_len[S.nchunks++] = (uint8_t)s.n;
    }
    return S.chunks[index];
}

/* before, unit, after, "letters:cost ..." */
static void cost_row(syn_str line)
{
    syn_str f[4] = {{0}}, one;
    for (size_t i = 0; i < 4; i++) syn_split(&line, '\t', &f[i]);
    if (S.nrows == MAX_ROWS) die("too many", "rows of costs");
    row *r = &S.rows[S.nrows++];
    r->key = SND_ROW(context(f[0]), context(f[1]), context(f[2]));
    r->at = S.nentries;
    while (syn_split(&f[3], ' ', &one)) {
        size_t colon = syn_find_byte(one, ':', 0);
        uint64_t cost = 0;
        if (colon == SIZE_MAX || !syn_parse_u64(syn_slice(one, colon + 1, one.n), &cost))
            die("bad cost", "in costs.tsv");
        syn_str letters = syn_slice(one, 0, colon);
        if (syn_str_is(letters, "-")) letters.n = 0;
        if (S.nentries == MAX_ENTRIES) die("too many", "costs");
        S.entries[S.nentries++] = (snd_entry){chunk_id(letters), (uint16_t)(cost < SND_COSTS ? cost : SND_COSTS - 1)};
    }
    r->end = S.nentries;
}

/* ---- Han ---- */

static syn_str first_word(syn_str s)
{
    syn_str one = {0};
    syn_split(&s, ' ', &one);
    return one;
}

static void mandarin_units(uint16_t id)
{
    static const char *const heads[] = {"zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g",
                                        "k",  "h",  "j",  "q", "x", "r", "z", "c", "s", "y", "w"};
    syn_str s = S.reading[id], head = SYN_STR("0"), rest = s;
    for (size_t i = 0; i < SYN_COUNT(heads); i++) {
        if (!syn_starts(s, syn_str_of(heads[i]))) continue;
        head = syn_str_of(heads[i]);
        rest = syn_slice(s, head.n, s.n);
        break;
    }
    S.mandarin[id][0] = sym_of("zh:", head);
    S.mandarin[id][1] = sym_of("zh:", rest);
}

static syn_str han_reading(syn_str value, snd_han how, char out[64])
{
    UChar u[64];
    int32_t n;
    UErrorCode e = U_ZERO_ERROR;
    value = first_word(value);
    if (how == SND_KOREAN) {
        uint32_t cp;
        size_t len = 0;
        syn_utf8_next(value, 0, &cp);
        if (cp < 0xAC00 || cp > 0xD7A3) return (syn_str){out, 0};
        uint32_t s = cp - 0xAC00, jamo[3] = {0x1100 + s / 588, 0x1161 + s % 588 / 28, s % 28 ? 0x11A7 + s % 28 : 0};
        for (size_t i = 0; i < 3 && jamo[i]; i++) {
            syn_str r = S.reading[S.chars[S.of[jamo[i]]].reading];
            memcpy(out + len, r.p, r.n);
            len += r.n;
        }
        return (syn_str){out, len};
    }
    u_strFromUTF8(u, 64, &n, value.p, (int32_t)(value.n < 40 ? value.n : 40), &e);
    if (U_FAILURE(e)) return (syn_str){out, 0};
    syn_str s = plain(u, n, out, false);
    if (how == SND_CANTONESE) { /* Jyutping to what Hong Kong writes: j y, z ts, c ch */
        char wide[64];
        size_t len = 0;
        for (size_t i = 0; i < s.n && len < 60; i++) {
            char c = s.p[i];
            if (c == 'z')
                wide[len++] = 't', wide[len++] = 's';
            else if (c == 'c')
                wide[len++] = 'c', wide[len++] = 'h';
            else
                wide[len++] = c == 'j' ? 'y' : c;
        }
        memcpy(out, wide, len);
        s.n = len;
    }
    return s;
}

static void han_line(syn_str line)
{
    static const char *const fields[SND_HAN_READINGS] = {"kMandarin",    "kCantonese", "kJapaneseOn",
                                                         "kJapaneseKun", "kHangul",    "kVietnamese"};
    syn_str code, field;
    char buf[64];
    uint32_t cp = 0;
    if (!syn_starts(line, SYN_STR("U+"))) return;
    syn_split(&line, '\t', &code);
    syn_split(&line, '\t', &field);
    for (size_t i = 2; i < code.n; i++) {
        char c = code.p[i];
        cp = cp * 16 + (uint32_t)(c <= '9' ? c - '0' : c - 'A' + 10);
    }
    if (cp > 0xFFFF) return; /* rare characters: their table would be larger than the rest */
    for (size_t k = 0; k < SND_HAN_READINGS; k++) {
        if (!syn_str_is(field, fields[k])) continue;
        syn_str s = han_reading(line, (snd_han)k, buf);
        if (s.n == 0) return;
        if (S.of[cp] == 0) {
            if (S.nhan == MAX_HAN) die("too many", "Han characters");
            S.of[cp] = char_id((snd_char){(uint16_t)S.nhan++, SND_HAN, {0, 0}});
        }
        uint16_t id = reading_id(s);
        S.han[S.chars[S.of[cp]].reading][k] = id;
        if (k == SND_MANDARIN) mandarin_units(id);
    }
}

/* ---- every code point ---- */

/* A simplified character is read as the traditional one in the languages that have no reading of it. */
static void read_simplified(void)
{
    UErrorCode e = U_ZERO_ERROR;
    UTransliterator *traditional = utrans_openU(u"Hans-Hant", -1, UTRANS_FORWARD, NULL, 0, NULL, &e);
    if (U_FAILURE(e)) die("ICU", u_errorName(e));
    for (UChar32 cp = 0x3400; cp < 0xFB00; cp++) {
        UChar u[8] = {(UChar)cp};
        int32_t n = 1, limit = 1;
        if (!S.of[cp] || S.chars[S.of[cp]].kind != SND_HAN) continue;
        utrans_transUChars(traditional, u, &n, SYN_COUNT(u), 0, &limit, &e);
        if (U_FAILURE(e)) die("ICU", u_errorName(e));
        if (n != 1 || u[0] == cp || !S.of[u[0]] || S.chars[S.of[u[0]]].kind != SND_HAN) continue;
        uint16_t *own = S.han[S.chars[S.of[cp]].reading];
        const uint16_t *other = S.han[S.chars[S.of[u[0]]].reading];
        for (size_t k = 0; k < SND_HAN_READINGS; k++)
            if (!own[k]) own[k] = other[k];
    }
    utrans_close(traditional);
}

/* Upper case, width and precomposed forms are what their simple form is. */
static void follow_forms(void)
{
    UErrorCode e = U_ZERO_ERROR;
    for (UChar32 cp = 0; cp < (UChar32)SND_MAX_CP; cp++) {
        UChar u[8], k[32];
        int32_t n = 0;
        if (S.of[cp] || !u_isdefined(cp)) continue;
        UChar32 to = u_tolower(cp);
        if (to == cp) {
            U16_APPEND_UNSAFE(u, n, cp);
            int32_t kn = unorm2_normalize(S.nfkc, u, n, k, 32, &e);
            if (U_FAILURE(e)) {
                e = U_ZERO_ERROR;
                continue;
            }
            int32_t i = 0;
            U16_NEXT(k, i, kn, to);
            if (i != kn) continue;
            to = u_tolower(to);
        }
        if (to != cp && to < (UChar32)SND_MAX_CP) S.of[cp] = S.of[to];
    }
}

static void letters_from_icu(void)
{
    UErrorCode e = U_ZERO_ERROR;
    for (UChar32 cp = 'a'; cp < 0x20000; cp++) {
        if (S.of[cp] || !u_isdefined(cp)) continue;
        if (!u_isalpha(cp) && u_charType(cp) != U_NON_SPACING_MARK && u_charType(cp) != U_COMBINING_SPACING_MARK)
            continue;
        UScriptCode script = uscript_getScript(cp, &e);
        if (script == USCRIPT_HAN || (script == USCRIPT_HANGUL) || script == USCRIPT_YI || script == USCRIPT_TANGUT)
            continue;
        if (u_tolower(cp) != cp) continue;
        S.of[cp] = record_from_icu(cp);
    }
}

/* ---- writing ---- */

static void part(FILE *f, snd_head *h, int which, const void *data, size_t count, size_t size)
{
    static const char zeros[8];
    h->part[which].at = (uint32_t)ftell(f);
    h->part[which].n = (uint32_t)count;
    fwrite(data, size, count, f);
    fwrite(zeros, 1, (8 - count * size % 8) % 8, f);
}

static void write_letters(FILE *f, snd_head *h)
{
    static uint16_t stage1[SND_MAX_CP >> 7], stage2[SND_MAX_CP];
    size_t blocks = 0;
    for (size_t b = 0; b < SYN_COUNT(stage1); b++) {
        size_t k = 0;
        while (k < blocks && memcmp(stage2 + k * 128, S.of + b * 128, 256) != 0) k++;
        if (k == blocks) memcpy(stage2 + blocks++ * 128, S.of + b * 128, 256);
        stage1[b] = (uint16_t)k;
    }
    part(f, h, SND_S_STAGE1, stage1, SYN_COUNT(stage1), 2);
    part(f, h, SND_S_STAGE2, stage2, blocks * 128, 2);
    part(f, h, SND_S_CHARS, S.chars, S.nchars, sizeof S.chars[0]);

    static uint32_t at[MAX_READINGS + 1];
    syn_buf pool = {0};
    for (uint32_t i = 0; i < S.nreadings; i++) {
        at[i] = (uint32_t)pool.n;
        syn_buf_add(&pool, S.reading[i]);
    }
    at[S.nreadings] = (uint32_t)pool.n;
    part(f, h, SND_S_READ_AT, at, S.nreadings + 1, 4);
    part(f, h, SND_S_POOL, pool.p, pool.n, 1);
    syn_buf_free(&pool);
    part(f, h, SND_S_HAN, S.han, (size_t)S.nhan * SND_HAN_READINGS, 2);
    part(f, h, SND_S_MANDARIN, S.mandarin, (size_t)S.nreadings * 2, 2);
}

static void write_costs(FILE *f, snd_head *h)
{
    static uint32_t keys[4 * MAX_ROWS], at[8 * MAX_ROWS];
    static float e[SND_COSTS];
    uint32_t size = 64;
    while (size < S.nrows * 2) size *= 2;
    for (uint32_t i = 0; i < S.nrows; i++) {
        uint32_t k = S.rows[i].key, slot = (k * 2654435761u) ^ (k >> 13);
        while (keys[slot & (size - 1)]) slot++;
        keys[slot & (size - 1)] = k;
        at[2 * (slot & (size - 1))] = S.rows[i].at;
        at[2 * (slot & (size - 1)) + 1] = S.rows[i].end;
    }
    for (int i = 0; i < SND_COSTS; i++) e[i] = (float)exp(-i / 64.0);
    part(f, h, SND_S_CHUNKS, S.chunks, SYN_COUNT(S.chunks), 2);
    part(f, h, SND_S_CHUNK_LEN, S.chunk_len, S.nchunks, 1);
    part(f, h, SND_S_ROW_KEYS, keys, size, 4);
    part(f, h, SND_S_ROW_AT, at, 2 * (size_t)size, 4);
    part(f, h, SND_S_ENTRIES, S.entries, S.nentries, sizeof S.entries[0]);
    part(f, h, SND_S_EXP, e, SND_COSTS, sizeof e[0]);
    syn_buf names = {0};
    for (uint32_t i = 0; i < S.nsyms; i++) {
        syn_buf_add(&names, S.sym[i]);
        syn_buf_c(&names, 0);
    }
    part(f, h, SND_S_NAMES, names.p, names.n, 1);
    syn_buf_free(&names);
}

static void start(void)
{
    UErrorCode e = U_ZERO_ERROR;
    static const UChar id[] = u"Any-Latin";
    S.latin = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &e);
    S.nfd = unorm2_getNFDInstance(&e);
    S.nfkc = unorm2_getNFKCInstance(&e);
    if (U_FAILURE(e)) die("ICU", u_errorName(e));
    S.readings.arena = S.syms.arena = S.chunk_ids.arena = S.dedupe.arena = &S.arena;
    memset(S.chunks, 0xFF, sizeof S.chunks);
    reading_id((syn_str){"", 0});
    char_id((snd_char){0, SND_NONE, {0, 0}});
    S.sym[S.nsyms++] = SYN_STR("#");
    for (char c = 'a'; c <= 'z'; c++) sym_id((syn_str){&c, 1});
    chunk_id((syn_str){"", 0});
    S.gap_arabic = sym_id(SYN_STR("ar:gap"));
    S.gap_hebrew = sym_id(SYN_STR("he:gap"));
    for (char c = 'a'; c <= 'z'; c++) {
        S.of[(unsigned char)c] = char_id((snd_char){reading_id((syn_str){&c, 1}), SND_LETTER, {0, 0}});
        chunk_id((syn_str){&c, 1});
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) die("usage: sounds OUT TABLE...", "< Unihan_Readings.txt");
    start();
    for (int pass = 0; pass < 2; pass++) { /* letters first: costs name their units */
        for (int i = 2; i < argc; i++) {
            bool costs = syn_ends(syn_str_of(argv[i]), SYN_STR("costs.tsv"));
            if (costs != (pass == 1)) continue;
            FILE *f = fopen(argv[i], "rb");
            if (!f) die("cannot read", argv[i]);
            syn_str rest = read_all(f), line;
            fclose(f);
            while (syn_split(&rest, '\n', &line)) {
                if (line.n == 0 || line.p[0] == '#') {
                    if (line.n < 2 || line.p[1] != '\t') continue; /* "#" as a context starts a row, too */
                }
                if (costs)
                    cost_row(line);
                else
                    letter_row(line);
            }
        }
        if (pass == 0) {
            syn_str rest = read_all(stdin), line;
            letters_from_icu();
            while (syn_split(&rest, '\n', &line)) han_line(line);
            read_simplified();
            follow_forms();
        }
    }
    FILE *f = fopen(argv[1], "wb");
    if (!f) die("cannot write", argv[1]);
    snd_head h = {.magic = SND_MAGIC, .gap_arabic = S.gap_arabic, .gap_hebrew = S.gap_hebrew, .nsyms = S.nsyms};
    fwrite(&h, sizeof h, 1, f);
    fseek(f, (long)((sizeof h + 7) / 8 * 8), SEEK_SET);
    write_letters(f, &h);
    write_costs(f, &h);
    h.size = (uint32_t)ftell(f);
    rewind(f);
    fwrite(&h, sizeof h, 1, f);
    if (fclose(f) != 0) die("cannot write", argv[1]);
    return 0;
}
