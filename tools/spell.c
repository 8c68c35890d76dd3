/* spell.c - numbers written out and months of other calendars, as ICU (CLDR) spells them, as rows for the lexicon.
     spell LANGUAGES.tsv
   Each language's rule sets spell 0..100 and the hundreds whole, so that no grammar of tens is needed; words of scale
   are what is left when the spelling of a small number is taken off the front of its thousandfold. */
#include <stdio.h>
#include <stdlib.h>
#include <unicode/udat.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "../src/base/base.h"

static syn_arena arena;
static syn_map seen;

static bool utf8(const UChar *s, int32_t n, char out[512])
{
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8(out, 512, NULL, s, n, &status);
    return status == U_ZERO_ERROR;
}

static void row(const char *lang, const char *kind, const char *form, double value, const char *id)
{
    char line[1024];
    snprintf(line, sizeof line, "%s\t%s\t%s\t%.15g\t%s", lang, kind, form, value, id);
    uint64_t *known = syn_map_add(&seen, syn_str_of(line));
    if (!known) exit(1);
    if (!*known) puts(line);
    *known = 1;
}

static bool spell(UNumberFormat *f, double value, char out[512])
{
    UChar wide[256];
    UErrorCode status = U_ZERO_ERROR;
    int32_t n = unum_formatDouble(f, value, wide, 256, NULL, &status);
    if (status != U_ZERO_ERROR || !utf8(wide, n, out)) return false;
    /* soft hyphens show where compounds part; news does not print them */
    char *to = out;
    for (const char *p = out; *p;) {
        if (memcmp(p, "\xC2\xAD", 2) == 0)
            p += 2;
        else
            *to++ = *p++;
    }
    *to = 0;
    for (const char *p = out; *p; p++)
        if (*p >= '0' && *p <= '9') return false; /* no words for it */
    return out[0] != 0;
}

static void scales_of(const char *lang, UNumberFormat *f)
{
    static const double scales[] = {1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
    static const int counts[] = {2, 3, 4, 5, 7, 9};
    char whole[512], small[512], known[SYN_COUNT(scales)][64] = {{0}};
    for (size_t s = 0; s < SYN_COUNT(scales); s++)
        for (size_t c = 0; c < SYN_COUNT(counts); c++) {
            if (!spell(f, counts[c] * scales[s], whole) || !spell(f, counts[c], small)) continue;
            size_t n = strlen(small);
            if (strncmp(whole, small, n) != 0) continue;
            const char *rest = whole + n + strspn(whole + n, " -");
            if (strchr(rest, ' ') || strchr(rest, '-') || strlen(rest) < 3 || strlen(rest) > 60) continue;
            /* "hunderttausend" is made of smaller ones: only a scale that ends in no known one is new */
            bool made = false;
            for (size_t k = 0; k < s; k++) {
                size_t len = strlen(known[k]), have = strlen(rest);
                made |= len && have > len && strcmp(rest + have - len, known[k]) == 0;
            }
            if (made) continue;
            snprintf(known[s], sizeof known[s], "%s", rest);
            row(lang, "scale", rest, scales[s], "");
        }
}

static void numbers_of(const char *lang)
{
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormat *f = unum_open(UNUM_SPELLOUT, NULL, 0, lang, NULL, &status);
    if (U_FAILURE(status)) return;
    const char *actual = unum_getLocaleByType(f, ULOC_ACTUAL_LOCALE, &status);
    if (U_FAILURE(status) || !actual || strcmp(actual, "root") == 0 || !*actual) {
        unum_close(f);
        return;
    }
    UChar sets[2048], one[128];
    int32_t nsets = unum_getTextAttribute(f, UNUM_PUBLIC_RULESETS, sets, 2047, &status);
    if (U_FAILURE(status)) nsets = 0;
    sets[nsets] = 0;
    for (const UChar *p = sets; *p;) {
        int32_t n = 0;
        while (p[n] && p[n] != ';') n++;
        char name[512];
        if (n < 127 && utf8(p, n, name)) {
            u_memcpy(one, p, n);
            one[n] = 0;
            status = U_ZERO_ERROR;
            unum_setTextAttribute(f, UNUM_DEFAULT_RULESET, one, n, &status);
            bool ordinal = strstr(name, "ordinal") != NULL;
            bool usable = !strstr(name, "year") && !strstr(name, "verbose") && !strstr(name, "percent");
            for (int v = 0; usable && U_SUCCESS(status) && v <= 1000; v += v < 100 ? 1 : 100) {
                char form[512];
                if (spell(f, v, form) && (v || !ordinal)) row(lang, ordinal ? "ordinal" : "numeral", form, v, "");
            }
            if (usable && !ordinal && U_SUCCESS(status)) scales_of(lang, f);
        }
        p += n + (p[n] != 0);
    }
    unum_close(f);
}

static void months_of(const char *lang)
{
    static const struct {
        const char *icu, *ours;
    } calendars[] = {{"persian", "jalali"}, {"islamic-civil", "hijri"}, {"ethiopic", "ethiopic"}};
    for (size_t c = 0; c < SYN_COUNT(calendars); c++) {
        char locale[64], form[512];
        snprintf(locale, sizeof locale, "%.30s@calendar=%s", lang, calendars[c].icu);
        UErrorCode status = U_ZERO_ERROR;
        UDateFormat *f = udat_open(UDAT_LONG, UDAT_LONG, locale, NULL, 0, NULL, 0, &status);
        if (U_FAILURE(status)) continue;
        int32_t n = udat_countSymbols(f, UDAT_MONTHS);
        for (int32_t m = 0; m < n; m++) {
            UChar name[128];
            status = U_ZERO_ERROR;
            int32_t len = udat_getSymbols(f, UDAT_MONTHS, m, name, 128, &status);
            if (status == U_ZERO_ERROR && utf8(name, len, form) && !(form[0] >= '0' && form[0] <= '9') &&
                strlen(form) > 3)
                row(lang, "month", form, m + 1, calendars[c].ours);
        }
        udat_close(f);
    }
}

int main(int argc, char **argv)
{
    char line[1024];
    FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!f) return 2;
    seen.arena = &arena;
    while (fgets(line, sizeof line, f)) {
        if (line[0] == '#' || line[0] == '\n') continue;
        line[strcspn(line, "\t")] = 0;
        numbers_of(line);
        months_of(line);
    }
    fclose(f);
    return 0;
}
