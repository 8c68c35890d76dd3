/* unicode.c - build tool: prints the character tables of src/base/chars.c from ICU's Unicode data.
   A two-stage table of 256-entry blocks over all code points; equal characters share one record. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "../src/base/base.h"

#define CODE_POINTS 0x110000
#define BLOCK 256
#define MAX_FOLD 7

static const struct {
    UScriptCode icu;
    syn_script script;
} scripts[] = {
    {USCRIPT_LATIN, SYN_SCRIPT_LATIN},
    {USCRIPT_GREEK, SYN_SCRIPT_GREEK},
    {USCRIPT_CYRILLIC, SYN_SCRIPT_CYRILLIC},
    {USCRIPT_ARMENIAN, SYN_SCRIPT_ARMENIAN},
    {USCRIPT_GEORGIAN, SYN_SCRIPT_GEORGIAN},
    {USCRIPT_HEBREW, SYN_SCRIPT_HEBREW},
    {USCRIPT_ARABIC, SYN_SCRIPT_ARABIC},
    {USCRIPT_SYRIAC, SYN_SCRIPT_SYRIAC},
    {USCRIPT_THAANA, SYN_SCRIPT_THAANA},
    {USCRIPT_NKO, SYN_SCRIPT_NKO},
    {USCRIPT_DEVANAGARI, SYN_SCRIPT_DEVANAGARI},
    {USCRIPT_BENGALI, SYN_SCRIPT_BENGALI},
    {USCRIPT_GURMUKHI, SYN_SCRIPT_GURMUKHI},
    {USCRIPT_GUJARATI, SYN_SCRIPT_GUJARATI},
    {USCRIPT_ORIYA, SYN_SCRIPT_ORIYA},
    {USCRIPT_TAMIL, SYN_SCRIPT_TAMIL},
    {USCRIPT_TELUGU, SYN_SCRIPT_TELUGU},
    {USCRIPT_KANNADA, SYN_SCRIPT_KANNADA},
    {USCRIPT_MALAYALAM, SYN_SCRIPT_MALAYALAM},
    {USCRIPT_SINHALA, SYN_SCRIPT_SINHALA},
    {USCRIPT_THAI, SYN_SCRIPT_THAI},
    {USCRIPT_LAO, SYN_SCRIPT_LAO},
    {USCRIPT_TIBETAN, SYN_SCRIPT_TIBETAN},
    {USCRIPT_MYANMAR, SYN_SCRIPT_MYANMAR},
    {USCRIPT_KHMER, SYN_SCRIPT_KHMER},
    {USCRIPT_ETHIOPIC, SYN_SCRIPT_ETHIOPIC},
    {USCRIPT_CHEROKEE, SYN_SCRIPT_CHEROKEE},
    {USCRIPT_MONGOLIAN, SYN_SCRIPT_MONGOLIAN},
    {USCRIPT_HAN, SYN_SCRIPT_HAN},
    {USCRIPT_HIRAGANA, SYN_SCRIPT_KANA},
    {USCRIPT_KATAKANA, SYN_SCRIPT_KANA},
    {USCRIPT_HANGUL, SYN_SCRIPT_HANGUL},
    {USCRIPT_BOPOMOFO, SYN_SCRIPT_BOPOMOFO},
    {USCRIPT_TIFINAGH, SYN_SCRIPT_TIFINAGH},
    {USCRIPT_OL_CHIKI, SYN_SCRIPT_OL_CHIKI},
    {USCRIPT_COMMON, SYN_SCRIPT_COMMON},
    {USCRIPT_INHERITED, SYN_SCRIPT_COMMON},
};

static syn_script script_of(UChar32 c)
{
    UErrorCode e = U_ZERO_ERROR;
    UScriptCode s = uscript_getScript(c, &e);
    if (c == 0x30FC) return SYN_SCRIPT_KANA; /* the long-vowel mark is Common in Unicode, a letter of kana words here */
    for (size_t i = 0; i < SYN_COUNT(scripts); i++)
        if (scripts[i].icu == s) return scripts[i].script;
    return SYN_SCRIPT_OTHER;
}

/* Marks that spell nothing of their own: they are dropped in matching.  The vowel signs of Indic and South-East Asian
   scripts and the voicing marks of kana are letters in all but name and stay. */
static bool dropped_mark(UChar32 c)
{
    int8_t t = u_charType(c);
    if (t != U_NON_SPACING_MARK && t != U_ENCLOSING_MARK && t != U_COMBINING_SPACING_MARK) return false;
    if (c == 0x3099 || c == 0x309A) return false;
    switch (script_of(c)) {
    case SYN_SCRIPT_COMMON:
    case SYN_SCRIPT_LATIN:
    case SYN_SCRIPT_GREEK:
    case SYN_SCRIPT_CYRILLIC:
    case SYN_SCRIPT_ARABIC:
    case SYN_SCRIPT_HEBREW:
    case SYN_SCRIPT_SYRIAC:
        return true;
    default:
        break;
    }
    /* nuktas: a dot that writers leave out */
    return c == 0x093C || c == 0x09BC || c == 0x0A3C || c == 0x0ABC || c == 0x0B3C || c == 0x0CBC;
}

static UChar32 variant_of(UChar32 c)
{
    switch (c) {
    case 0x0622:
    case 0x0623:
    case 0x0625:
    case 0x0671:
    case 0x0672:
    case 0x0673:
        return 0x0627; /* alef */
    case 0x0643:
    case 0x06AA:
        return 0x06A9; /* kaf -> keheh */
    case 0x0649:
    case 0x064A:
    case 0x0626:
    case 0x06CD:
    case 0x06D0:
    case 0x06D2:
        return 0x06CC; /* yeh */
    case 0x0629:
    case 0x06C0:
    case 0x06C1:
    case 0x06C2:
    case 0x06C3:
    case 0x06D5:
    case 0x06BE:
        return 0x0647; /* heh */
    case 0x0624:
        return 0x0648; /* waw */
    case 0x0EBC:
        return 0x0EA5; /* the Lao sign below for the letter lo: both spellings are printed */
    case 0x81FA:
        return 0x53F0; /* Han characters that newspapers print either way: tai, wu, zhan, li, xian, feng, qun */
    case 0x6C59:
    case 0x6C5A:
        return 0x6C61;
    case 0x4F54:
        return 0x5360;
    case 0x88CF:
        return 0x88E1;
    case 0x7DAB:
        return 0x7DDA;
    case 0x5CEF:
        return 0x5CF0;
    case 0x7FA3:
        return 0x7FA4;
    case 0x0110:
    case 0x0111:
    case 0x00F0:
    case 0x0256:
        return 'd';
    case 0x0141:
    case 0x0142:
        return 'l';
    case 0x00F8:
    case 0x00D8:
        return 'o';
    case 0x0131:
        return 'i';
    case 0x0127:
    case 0x0126:
        return 'h';
    case 0x0167:
    case 0x0166:
        return 't';
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x02BB:
    case 0x02B9:
    case 0x02BE:
    case 0x02BF:
    case 0x00B4:
    case 0x0060:
    case 0x2032:
    case 0x05F3:
    case 0xFF07:
    case 0x201B:
        return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0x05BE:
    case 0xFE58:
    case 0xFF0D:
    case 0xFE63:
        return '-';
    case 0x066B:
        return '.';
    case 0x066C:
        return ',';
    default:
        return c;
    }
}

static bool is_space(UChar32 c)
{
    return u_isUWhiteSpace(c) || c == 0x200B || c == 0x1361 || c == 0x00A0 || c == 0x202F; /* Ethiopic wordspace too */
}

/* The folding of one character, itself folded: applied until nothing changes. */
static int fold_once(const UNormalizer2 *nfkd, UChar32 c, UChar32 out[], int max)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar buf[64], folded[64], again[64];
    int32_t n = 0, m = 0;
    if (c == '\n') {
        out[0] = ' ';
        return 1;
    }
    if (is_space(c)) {
        out[0] = ' ';
        return 1;
    }
    int8_t type = u_charType(c);
    if (type == U_FORMAT_CHAR || type == U_CONTROL_CHAR || c == 0x0640 ||
        u_hasBinaryProperty(c, UCHAR_VARIATION_SELECTOR))
        return 0;
    int digit = u_charDigitValue(c);
    if (type == U_DECIMAL_DIGIT_NUMBER && digit >= 0) {
        out[0] = '0' + digit;
        return 1;
    }
    UChar32 v = variant_of(c);
    if (v != c) {
        out[0] = v;
        return 1;
    }
    if (dropped_mark(c)) return 0;
    if (c >= 0xAC00 && c <= 0xD7A3) {
        out[0] = c;
        return 1;
    }
    UBool bad = false;
    U16_APPEND(buf, n, 64, c, bad);
    if (bad) return 0;
    /* apart first, so that a mark is dropped before case folding makes a letter of it (Greek iota subscript) */
    m = unorm2_normalize(nfkd, buf, n, again, 64, &e);
    if (U_SUCCESS(e) && m == n && u_memcmp(again, buf, n) == 0)
        m = u_strFoldCase(again, 64, buf, n, U_FOLD_CASE_DEFAULT, &e);
    if (U_FAILURE(e)) {
        out[0] = c;
        return 1;
    }
    /* kana and Hangul are put together again; everything else stays apart so that NFD input agrees */
    syn_script s = script_of(c);
    if (s == SYN_SCRIPT_KANA || s == SYN_SCRIPT_HANGUL) {
        const UNormalizer2 *nfc = unorm2_getNFCInstance(&e);
        m = unorm2_normalize(nfc, again, m, folded, 64, &e);
        memcpy(again, folded, (size_t)m * sizeof(UChar));
    }
    int k = 0;
    for (int32_t i = 0; i < m;) {
        UChar32 d;
        U16_NEXT(again, i, m, d);
        if (k < max) out[k++] = d;
    }
    return k;
}

static int fold(const UNormalizer2 *nfkd, UChar32 c, UChar32 out[MAX_FOLD])
{
    UChar32 now[32] = {c}, next[32];
    int n = 1;
    for (int round = 0; round < 6; round++) {
        int m = 0;
        for (int i = 0; i < n; i++) {
            UChar32 part[16];
            int k = fold_once(nfkd, now[i], part, 16);
            for (int j = 0; j < k && m < 32; j++) next[m++] = part[j];
        }
        bool same = m == n && memcmp(now, next, (size_t)n * sizeof *now) == 0;
        memcpy(now, next, (size_t)m * sizeof *now);
        n = m;
        if (same) break;
    }
    /* a few compatibility ligatures spell whole phrases: they are left as they are */
    if (n > MAX_FOLD) {
        out[0] = c;
        return 1;
    }
    memcpy(out, now, (size_t)n * sizeof *out);
    return n;
}

static uint8_t flags_of(UChar32 c)
{
    int8_t t = u_charType(c);
    uint8_t f = 0;
    if (u_isalpha(c) || t == U_LETTER_NUMBER) f |= SYN_CH_LETTER;
    if (t == U_UPPERCASE_LETTER || t == U_TITLECASE_LETTER) f |= SYN_CH_UPPER;
    if (t == U_LOWERCASE_LETTER) f |= SYN_CH_LOWER;
    if (t == U_DECIMAL_DIGIT_NUMBER) f |= SYN_CH_DIGIT;
    if (t == U_NON_SPACING_MARK || t == U_ENCLOSING_MARK || t == U_COMBINING_SPACING_MARK) f |= SYN_CH_MARK;
    if (is_space(c)) f |= SYN_CH_SPACE;
    if (!is_space(c) && u_ispunct(c)) f |= SYN_CH_PUNCT;
    if (t == U_MATH_SYMBOL || t == U_CURRENCY_SYMBOL || t == U_MODIFIER_SYMBOL || t == U_OTHER_SYMBOL)
        f |= SYN_CH_SYMBOL;
    return f;
}

int main(void)
{
    UErrorCode e = U_ZERO_ERROR;
    const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&e);
    static syn_char records[16384];
    static uint16_t of[CODE_POINTS];
    static UChar32 pool[65536];
    static uint16_t blocks[CODE_POINTS / BLOCK];
    static uint32_t hash_head[65536];
    static uint32_t hash_next[16384];
    size_t nrec = 0, npool = 0;
    if (U_FAILURE(e)) return 1;
    for (UChar32 c = 0; c < CODE_POINTS; c++) {
        UChar32 f[MAX_FOLD];
        syn_char r;
        memset(&r, 0, sizeof r);
        r.flags = flags_of(c);
        r.script = (uint8_t)script_of(c);
        r.digit = (r.flags & SYN_CH_DIGIT) ? (int8_t)u_charDigitValue(c) : -1;
        int n = fold(nfkd, c, f);
        if (n == 1 && f[0] == c) {
            r.fold_n = 1;
            r.fold_at = UINT32_MAX; /* itself */
        } else {
            size_t at = npool;
            for (size_t i = 0; n > 0 && i + (size_t)n <= npool; i++)
                if (memcmp(pool + i, f, (size_t)n * sizeof *f) == 0) {
                    at = i;
                    break;
                }
            if (at == npool)
                for (int i = 0; i < n; i++) pool[npool++] = f[i];
            r.fold_n = (uint8_t)n;
            r.fold_at = n ? (uint32_t)at : 0;
        }
        uint32_t h = (r.flags * 31u + r.script * 1009u + (uint32_t)r.digit * 7u + r.fold_n * 131u +
                      r.fold_at * 2654435761u) >>
                         3 &
                     65535;
        uint32_t i = hash_head[h];
        while (i && memcmp(&records[i - 1], &r, sizeof r) != 0) i = hash_next[i - 1];
        if (!i) {
            if (nrec == SYN_COUNT(records)) return 1;
            records[nrec] = r;
            hash_next[nrec] = hash_head[h];
            hash_head[h] = i = (uint32_t)++nrec;
        }
        of[c] = (uint16_t)(i - 1);
    }
    size_t nblocks = 0;
    static uint16_t first_of_block[CODE_POINTS / BLOCK];
    for (size_t b = 0; b < CODE_POINTS / BLOCK; b++) {
        size_t k = 0;
        while (k < nblocks && memcmp(of + (size_t)first_of_block[k] * BLOCK, of + b * BLOCK, BLOCK * sizeof *of) != 0)
            k++;
        if (k == nblocks) first_of_block[nblocks++] = (uint16_t)b;
        blocks[b] = (uint16_t)k;
    }
    printf("/* Made by tools/unicode.c from ICU %s (Unicode %s). */\n", U_ICU_VERSION, U_UNICODE_VERSION);
    printf("static const syn_char records[%zu] = {\n", nrec);
    for (size_t i = 0; i < nrec; i++)
        printf("{%u,%u,%d,%u,%uu},\n", records[i].flags, records[i].script, records[i].digit, records[i].fold_n,
               records[i].fold_at);
    printf("};\nstatic const uint32_t fold_pool[%zu] = {\n", npool + 1);
    for (size_t i = 0; i < npool; i++) printf("%u,%s", (unsigned)pool[i], i % 16 == 15 ? "\n" : "");
    printf("0};\nstatic const uint16_t block_of[%d] = {\n", CODE_POINTS / BLOCK);
    for (size_t i = 0; i < CODE_POINTS / BLOCK; i++) printf("%u,%s", blocks[i], i % 24 == 23 ? "\n" : "");
    printf("};\nstatic const uint16_t record_of[%zu][%d] = {\n", nblocks, BLOCK);
    for (size_t k = 0; k < nblocks; k++) {
        printf("{");
        for (size_t i = 0; i < BLOCK; i++) printf("%u,", of[(size_t)first_of_block[k] * BLOCK + i]);
        printf("},\n");
    }
    printf("};\nstatic const unsigned char ascii_fold[128] = { /* 128: not to one other */\n");
    for (size_t c = 0; c < 128; c++) {
        const syn_char *r = &records[of[c]];
        UChar32 to = r->fold_n != 1 ? 128 : r->fold_at == UINT32_MAX ? (UChar32)c : pool[r->fold_at];
        printf("%u,%s", to < 128 ? (unsigned)to : 128, c % 16 == 15 ? "\n" : "");
    }
    printf("};\n");
    return 0;
}
