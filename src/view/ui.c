/* ui.c - stage 8: the interface's texts, and numbers, dates, plurals and names of languages as its readers write them
   (ICU). */
#define SYN_UI_TABLE
#include "internal.h"

#include <stdlib.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/unumberformatter.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

enum { FORM_CHARS = 160 /* UTF-16 units of one formatted value */ };
#define COMPACT_DIGITS 1e5 /* a short form has up to five digits */

struct syn_view {
    const syn_lexicon *lex;
    size_t ui;
    UPluralRules *plural;
    UNumberFormat *number, *percent, *money;
    UNumberFormat *bare;                    /* without marks of thousands */
    UDateFormat *day, *minute, *minute_utc; /* in the calendar its readers count in */
    UDateFormat *month, *year;              /* Gregorian: a period was meant so where it was printed */
    ULocaleDisplayNames *names;
};

size_t syn_view_languages(void)
{
    return SYN_COUNT(ui_codes);
}
const char *syn_view_language(size_t i)
{
    return i < SYN_COUNT(ui_codes) ? ui_codes[i] : ui_codes[0];
}
const char *syn_view_autonym(size_t i)
{
    return ui_texts[i < SYN_COUNT(ui_codes) ? i : 0][UI_AUTONYM][0];
}

const syn_lexicon *syn_view_lexicon(const syn_view *v)
{
    return v->lex;
}

/* ---- choosing ---- */

static syn_str primary(syn_str tag)
{
    return syn_slice(tag, 0, syn_find_byte(tag, '-', 0));
}

/* The interface language for one tag: the same, else of the same primary language; SYN_COUNT if none. */
static size_t find_language(syn_str tag)
{
    for (size_t i = 0; i < SYN_COUNT(ui_codes); i++)
        if (syn_str_ieq(syn_str_of(ui_codes[i]), tag)) return i;
    for (size_t i = 0; tag.n && i < SYN_COUNT(ui_codes); i++)
        if (syn_str_ieq(primary(syn_str_of(ui_codes[i])), primary(tag))) return i;
    return SYN_COUNT(ui_codes);
}

/* "q=0.8" of one entry's parameters; 1 without. */
static double quality(syn_str parameters)
{
    double q = 1;
    syn_str one;
    while (syn_split(&parameters, ';', &one)) {
        one = syn_trim(one);
        if (syn_starts_i(one, SYN_STR("q=")) && !syn_parse_double(syn_slice(one, 2, one.n), &q)) q = 0;
    }
    return q;
}

size_t syn_view_choose(syn_str asked, syn_str accept)
{
    size_t best = find_language(asked), n = 0;
    double best_q = 0;
    syn_str entry;
    if (best < SYN_COUNT(ui_codes)) return best;
    best = 0;
    while (n++ < 32 && syn_split(&accept, ',', &entry)) {
        size_t semicolon = syn_find_byte(entry, ';', 0);
        size_t ui = find_language(syn_trim(syn_slice(entry, 0, semicolon)));
        double q = semicolon == SIZE_MAX ? 1 : quality(syn_slice(entry, semicolon + 1, entry.n));
        if (ui == SYN_COUNT(ui_codes) || q <= best_q) continue;
        best = ui;
        best_q = q;
    }
    return best;
}

/* ---- opening ---- */

static UDateFormat *by_skeleton(const char *locale, const char *skeleton, UErrorCode *status)
{
    UChar wanted[32], pattern[64], gmt[4];
    UDateTimePatternGenerator *g = udatpg_open(locale, status);
    u_uastrcpy(wanted, skeleton);
    u_uastrcpy(gmt, "UTC");
    int32_t n = udatpg_getBestPattern(g, wanted, -1, pattern, 63, status);
    udatpg_close(g);
    return U_FAILURE(*status) ? NULL : udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, gmt, 3, pattern, n, status);
}

syn_code syn_view_open(const syn_lexicon *lex, syn_str ui, syn_view **out, syn_err *err)
{
    UErrorCode status = U_ZERO_ERROR;
    syn_view *v = calloc(1, sizeof *v);
    if (!v) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    v->lex = lex;
    v->ui = syn_view_choose(ui, (syn_str){NULL, 0});
    char locale[ULOC_FULLNAME_CAPACITY];
    uloc_forLanguageTag(ui_codes[v->ui], locale, sizeof locale, NULL, &status);
    v->plural = uplrules_open(locale, &status);
    v->number = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, &status);
    v->bare = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, &status);
    v->percent = unum_open(UNUM_PERCENT, NULL, 0, locale, NULL, &status);
    v->money = unum_open(UNUM_CURRENCY, NULL, 0, locale, NULL, &status);
    v->day = by_skeleton(locale, "yMMMMd", &status);
    v->minute = by_skeleton(locale, "yMMMdjm", &status);
    v->minute_utc = by_skeleton(locale, "yMMMdjmz", &status);
    v->names = uldn_open(locale, ULDN_DIALECT_NAMES, &status);
    uloc_setKeywordValue("calendar", "gregorian", locale, sizeof locale, &status);
    v->month = by_skeleton(locale, "yMMMM", &status);
    v->year = by_skeleton(locale, "y", &status);
    if (U_FAILURE(status)) {
        syn_view_close(v);
        return syn_fail(err, SYN_EINVAL, 0, "interface language %s: %s", locale, u_errorName(status));
    }
    unum_setAttribute(v->number, UNUM_MAX_FRACTION_DIGITS, 2);
    unum_setAttribute(v->bare, UNUM_GROUPING_USED, 0);
    unum_setAttribute(v->percent, UNUM_MAX_FRACTION_DIGITS, 2);
    *out = v;
    return SYN_OK;
}

void syn_view_close(syn_view *v)
{
    if (!v) return;
    if (v->plural) uplrules_close(v->plural);
    if (v->number) unum_close(v->number);
    if (v->bare) unum_close(v->bare);
    if (v->percent) unum_close(v->percent);
    if (v->money) unum_close(v->money);
    if (v->day) udat_close(v->day);
    if (v->minute) udat_close(v->minute);
    if (v->minute_utc) udat_close(v->minute_utc);
    if (v->month) udat_close(v->month);
    if (v->year) udat_close(v->year);
    if (v->names) uldn_close(v->names);
    free(v);
}

/* ---- texts ---- */

const char *syn_view_tag(const syn_view *v)
{
    return ui_codes[v->ui];
}
const char *syn_view_text(const syn_view *v, int key)
{
    return ui_texts[v->ui][key][0];
}
const char *syn_view_text_in(size_t ui, int key)
{
    return ui_texts[ui < SYN_COUNT(ui_codes) ? ui : 0][key][0];
}
size_t syn_view_number(const syn_view *v)
{
    return v->ui;
}

const char *syn_view_plural(const syn_view *v, int key, int64_t n)
{
    static const char *const forms[] = {"other", "zero", "one", "two", "few", "many"}; /* as tools/ui.c orders them */
    UErrorCode status = U_ZERO_ERROR;
    UChar keyword[16];
    char name[16] = "";
    const char *const *texts = ui_texts[v->ui][key];
    int32_t length = uplrules_select(v->plural, (double)n, keyword, 15, &status);
    if (U_FAILURE(status) || length > 15) return texts[0];
    u_austrncpy(name, keyword, length);
    name[length] = 0;
    for (size_t i = 1; i < SYN_COUNT(forms); i++)
        if (!strcmp(name, forms[i]) && texts[i]) return texts[i];
    return texts[0];
}

/* ---- forms ---- */

static void add_utf16(syn_buf *out, const UChar *u, int32_t n, UErrorCode status)
{
    char utf8[FORM_CHARS * 3];
    int32_t length = 0;
    if (U_FAILURE(status) || n > FORM_CHARS) return;
    u_strToUTF8(utf8, sizeof utf8, &length, u, n, &status);
    if (U_SUCCESS(status)) syn_view_escape(out, (syn_str){utf8, (size_t)length});
}

void syn_view_count(const syn_view *v, syn_buf *out, int64_t n)
{
    UChar u[FORM_CHARS];
    UErrorCode status = U_ZERO_ERROR;
    add_utf16(out, u, unum_formatInt64(v->number, n, u, FORM_CHARS, NULL, &status), status);
}

static void add_number(const UNumberFormat *form, syn_buf *out, double value)
{
    UChar u[FORM_CHARS];
    UErrorCode status = U_ZERO_ERROR;
    add_utf16(out, u, unum_formatDouble(form, value, u, FORM_CHARS, NULL, &status), status);
}

static void add_date(const UDateFormat *form, syn_buf *out, double milliseconds)
{
    UChar u[FORM_CHARS];
    UErrorCode status = U_ZERO_ERROR;
    add_utf16(out, u, udat_format(form, milliseconds, u, FORM_CHARS, NULL, &status), status);
}

void syn_view_day(const syn_view *v, syn_buf *out, syn_day day)
{
    add_date(v->day, out, (double)day * 86400e3);
}

void syn_view_moment(const syn_view *v, syn_buf *out, int64_t seconds, int16_t zone, bool date_only)
{
    double east = date_only && zone != SYN_NO_ZONE ? zone * 60.0 : 0;
    add_date(date_only             ? v->day
             : zone == SYN_NO_ZONE ? v->minute
                                   : v->minute_utc,
             out, ((double)seconds + east) * 1000);
}

/* One name for the whole, or its first and last day in that form. */
static void add_period(const UDateFormat *form, syn_buf *out, syn_day from, syn_day to, bool one)
{
    add_date(form, out, (double)from * 86400e3);
    if (one) return;
    syn_buf_z(out, " – ");
    add_date(form, out, (double)(to - 1) * 86400e3);
}

static void add_days(const syn_view *v, syn_buf *out, syn_day from, syn_day to)
{
    int y, m, d, y2, m2, d2;
    if (from == SYN_NO_DAY) return;
    if (to == SYN_NO_DAY || to <= from + 1) {
        syn_view_day(v, out, from);
        return;
    }
    syn_day_civil(from, &y, &m, &d);
    syn_day_civil(to, &y2, &m2, &d2);
    if (d == 1 && d2 == 1 && m == 1 && m2 == 1)
        add_period(v->year, out, from, to, y2 == y + 1);
    else if (d == 1 && d2 == 1)
        add_period(v->month, out, from, to, y2 * 12 + m2 == y * 12 + m + 1);
    else
        add_period(v->day, out, from, to, false);
}

/* Whether a very large figure has so few digits that a short form shows them all. */
static bool is_short(double value)
{
    double digits = value;
    if (!(value >= 1e8 && value < 1e15) || value != (double)(int64_t)value) return false;
    while (digits >= COMPACT_DIGITS && digits == 10 * (double)(int64_t)(digits / 10)) digits /= 10;
    return digits < COMPACT_DIGITS;
}

static void add_money(const syn_view *v, syn_buf *out, const char *code, double value)
{
    UChar u[FORM_CHARS], currency[4] = {0};
    UErrorCode status = U_ZERO_ERROR;
    if (strnlen(code, 4) != 3) {
        add_number(v->number, out, value);
        return;
    }
    if (is_short(value)) {
        syn_view_compact(v, out, value, code, "");
        return;
    }
    UNumberFormat *form = unum_clone(v->money, &status); /* digits after the point are an attribute of the form */
    if (U_FAILURE(status)) return;
    u_charsToUChars(code, currency, 3);
    unum_setTextAttribute(form, UNUM_CURRENCY_CODE, currency, 3, &status);
    if (value == (double)(int64_t)value) unum_setAttribute(form, UNUM_FRACTION_DIGITS, 0);
    add_utf16(out, u, unum_formatDouble(form, value, u, FORM_CHARS, NULL, &status), status);
    unum_close(form);
}

/* A number printed as four digits without a mark may be a year and is shown so; a digit has one to four bytes. */
static bool four_digits(const syn_fact *f)
{
    uint32_t bytes = f->span.end - f->span.start;
    return f->kind == SYN_FACT_NUMBER && f->value >= 1000 && f->value <= 9999 && f->value == (double)(int)f->value &&
           bytes % 4 == 0 && bytes <= 16;
}

static void add_bare(const syn_view *v, syn_buf *out, const syn_fact *f, double value)
{
    switch (f->kind) {
    case SYN_FACT_PERCENT:
        add_number(v->percent, out, value / 100);
        break;
    case SYN_FACT_MONEY:
        add_money(v, out, f->currency, value);
        break;
    default:
        if (is_short(value)) {
            syn_view_compact(v, out, value, "", "");
            break;
        }
        add_number(four_digits(f) ? v->bare : v->number, out, value);
        break;
    }
}

void syn_view_value(const syn_view *v, syn_buf *out, const syn_fact *f)
{
    if (f->kind == SYN_FACT_DATE || f->kind == SYN_FACT_DATERANGE) {
        add_days(v, out, f->from, f->to);
        return;
    }
    if (f->kind == SYN_FACT_NAME || f->kind == SYN_FACT_PLACE || f->kind == SYN_FACT_QUOTE) {
        syn_view_escape(out, f->name);
        return;
    }
    int key = f->flags & SYN_FACT_AT_LEAST  ? UI_AT_LEAST
              : f->flags & SYN_FACT_AT_MOST ? UI_AT_MOST
              : f->flags & SYN_FACT_APPROX  ? UI_ABOUT_VALUE
                                            : UI_KEYS;
    syn_str form = key == UI_KEYS ? SYN_STR("{v}") : syn_str_of(syn_view_text(v, key));
    size_t hole = syn_find(form, SYN_STR("{v}"), 0);
    syn_view_escape(out, syn_slice(form, 0, hole));
    add_bare(v, out, f, f->value);
    if (f->flags & SYN_FACT_RANGE) {
        syn_buf_z(out, " – ");
        add_bare(v, out, f, f->value2);
    }
    if (hole != SIZE_MAX) syn_view_escape(out, syn_slice(form, hole + 3, form.n));
}

void syn_view_compact(const syn_view *v, syn_buf *out, double value, const char *currency, const char *unit)
{
    UChar skeleton[96], u[FORM_CHARS];
    char locale[ULOC_FULLNAME_CAPACITY], form[96];
    UErrorCode status = U_ZERO_ERROR;
    bool sum = strnlen(currency, 4) == 3, metres = strcmp(unit, "m") == 0, kilometres = metres && value >= 1000;
    if (kilometres) value /= 1000;
    syn_buf b = {.max = sizeof form - 1};
    syn_buf_z(&b, "compact-short @####");
    if (sum) syn_buf_format(&b, " currency/%.3s", currency);
    if (metres) syn_buf_format(&b, " unit/%s unit-width-short", kilometres ? "kilometer" : "meter");
    memcpy(form, b.p ? b.p : "", b.n);
    form[b.n] = 0;
    syn_buf_free(&b);
    u_charsToUChars(form, skeleton, (int32_t)strlen(form) + 1);
    uloc_forLanguageTag(ui_codes[v->ui], locale, sizeof locale, NULL, &status);
    UNumberFormatter *f = unumf_openForSkeletonAndLocale(skeleton, -1, locale, &status);
    UFormattedNumber *r = unumf_openResult(&status);
    unumf_formatDouble(f, value, r, &status);
    int32_t n = unumf_resultToString(r, u, FORM_CHARS, &status);
    add_utf16(out, u, n, status);
    unumf_closeResult(r);
    unumf_close(f);
}

void syn_view_language_name(const syn_view *v, syn_buf *out, syn_str tag)
{
    char code[64], locale[ULOC_FULLNAME_CAPACITY];
    UChar u[FORM_CHARS];
    UErrorCode status = U_ZERO_ERROR;
    if (!tag.n || tag.n >= sizeof code || syn_str_is(tag, "und")) {
        syn_view_escape(out, syn_str_of(syn_view_text(v, UI_UNKNOWN_LANGUAGE)));
        return;
    }
    memcpy(code, tag.p, tag.n);
    code[tag.n] = 0;
    int32_t used = 0;
    uloc_forLanguageTag(code, locale, sizeof locale, &used, &status);
    int32_t n = uldn_localeDisplayName(v->names, locale, u, FORM_CHARS, &status);
    if (U_FAILURE(status) || !used)
        syn_view_escape(out, tag);
    else
        add_utf16(out, u, n, status);
}

bool syn_view_rtl(syn_str lang)
{
    char code[64], locale[ULOC_FULLNAME_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    if (lang.n >= sizeof code || !lang.n) return false;
    memcpy(code, lang.p, lang.n);
    code[lang.n] = 0;
    uloc_forLanguageTag(code, locale, sizeof locale, NULL, &status);
    return U_SUCCESS(status) && uloc_isRightToLeft(locale);
}
