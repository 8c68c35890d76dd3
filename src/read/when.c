/* when.c - stage 2: dates as pages print them, in words of any language and calendar, with any digits, and in
   addresses. Month names come from the lexicon; the order of bare numbers from the language's table.  No clock but the
   day the page was fetched (else today) bounds them: a page is not written in the future. */
#include <time.h>

#include "reading.h"

enum { MAX_TOKENS = 300, MAX_BYTES = 1500 };

typedef struct token {
    bool number;
    uint8_t digits;
    uint32_t value;
    syn_str text; /* folded */
    uint32_t start, end;
    char before; /* last character between this token and the one before; 0: none */
    uint8_t gap; /* characters between */
} token;

typedef struct scan {
    syn_reading *r;
    token t[MAX_TOKENS];
    size_t n;
} scan;

typedef struct civil {
    syn_calendar calendar;
    int y, m, d;
} civil;

bool syn_read_time_plausible(const syn_reading *r, syn_time t)
{
    int64_t now = r->page && r->page->fetched > 0 ? r->page->fetched : (int64_t)time(NULL);
    return t.seconds > (int64_t)-3 * 365 * 86400 && t.seconds < now + 2 * 86400;
}

static bool plausible_day(scan *s, syn_day day)
{
    return day != SYN_NO_DAY && day > 7305 /* 1990 */ &&
           syn_read_time_plausible(s->r, (syn_time){(int64_t)day * 86400, 0, true});
}

/* A year as printed tells its calendar: those of living calendars hardly overlap. */
static syn_day day_of(scan *s, int y, int m, int d)
{
    static const struct {
        int from, to;
        syn_calendar calendar;
    } YEARS[] = {
        {1900, 2100, SYN_GREGORIAN}, {1370, 1419, SYN_JALALI}, {1420, 1500, SYN_HIJRI},
        {2500, 2700, SYN_BUDDHIST},  {80, 200, SYN_ROC},
    };
    for (size_t i = 0; i < SYN_COUNT(YEARS); i++) {
        if (y < YEARS[i].from || y > YEARS[i].to) continue;
        syn_day day = syn_day_in(YEARS[i].calendar, y, m, d);
        if (plausible_day(s, day)) return day;
    }
    return SYN_NO_DAY;
}

static void tokenize(scan *s, syn_str folded)
{
    s->n = 0;
    size_t i = 0, end = 0;
    char before = 0;
    while (i < folded.n && s->n < MAX_TOKENS) {
        uint32_t cp;
        size_t step = syn_utf8_next(folded, i, &cp), start = i;
        const syn_char *c = syn_char_of(cp);
        if (cp >= '0' && cp <= '9') {
            token *t = &s->t[s->n++];
            *t = (token){.number = true, .start = (uint32_t)start, .before = before};
            while (i < folded.n && folded.p[i] >= '0' && folded.p[i] <= '9') {
                if (t->digits < 9) t->value = t->value * 10 + (uint32_t)(folded.p[i] - '0');
                t->digits++;
                i++;
            }
            t->gap = (uint8_t)(start - end > 200 ? 200 : start - end);
            t->end = (uint32_t)i;
            t->text = syn_slice(folded, start, i);
        } else if (c->flags & (SYN_CH_LETTER | SYN_CH_MARK)) {
            token *t = &s->t[s->n++];
            *t = (token){
                .start = (uint32_t)start, .before = before, .gap = (uint8_t)(start - end > 200 ? 200 : start - end)};
            do {
                i += step;
                if (i >= folded.n) break;
                step = syn_utf8_next(folded, i, &cp);
                c = syn_char_of(cp);
            } while (c->flags & (SYN_CH_LETTER | SYN_CH_MARK));
            t->end = (uint32_t)i;
            t->text = syn_slice(folded, start, i);
        } else {
            before = cp < 0x80 ? (char)cp : '?';
            i += step;
            continue;
        }
        end = i;
        before = 0;
    }
}

/* Months that a word may name, in any calendar; tried in the page's language, then in English. */
static size_t months(scan *s, syn_str word, syn_lex_hit hits[4])
{
    const syn_lexicon *lex = s->r->lex;
    if (!lex || word.n < 2) return 0;
    size_t n = syn_lexicon_find(lex, s->r->lang, SYN_LEX_MONTH, word, hits, 4);
    if (!n) n = syn_lexicon_find(lex, s->r->english, SYN_LEX_MONTH, word, hits, 4);
    if (!n && word.n >= 8) { /* a preposition written with its noun */
        uint32_t cp;
        size_t skip = syn_utf8_next(word, 0, &cp);
        unsigned script = syn_char_of(cp)->script;
        if (script == SYN_SCRIPT_HEBREW || script == SYN_SCRIPT_ARABIC) {
            n = syn_lexicon_find(lex, s->r->lang, SYN_LEX_MONTH, syn_slice(word, skip, word.n), hits, 4);
        }
    }
    return n > 4 ? 4 : n;
}

static bool number_at(const scan *s, size_t i, uint32_t low, uint32_t high)
{
    return i < s->n && s->t[i].number && s->t[i].value >= low && s->t[i].value <= high && s->t[i].digits <= 4;
}

static bool is_year(const scan *s, size_t i)
{
    return number_at(s, i, 1300, 2700) && s->t[i].digits == 4;
}
static bool is_day(const scan *s, size_t i)
{
    return number_at(s, i, 1, 31) && s->t[i].digits <= 2;
}
static bool is_clock(const scan *s, size_t i)
{
    return i + 1 < s->n && s->t[i + 1].number && s->t[i + 1].before == ':';
}

/* The next number within two words after i that test accepts, or SIZE_MAX. */
static size_t ahead(const scan *s, size_t i, bool (*test)(const scan *, size_t))
{
    for (size_t k = i + 1; k < s->n && k <= i + 3 && s->t[k].gap <= 4; k++) {
        if (test(s, k)) return k;
        if (s->t[k].number) break;
    }
    return SIZE_MAX;
}

static size_t behind(const scan *s, size_t i, bool (*test)(const scan *, size_t))
{
    for (size_t k = i, words = 0; k-- > 0 && words < 3; words++) {
        if (s->t[k + 1].gap > 4) break;
        if (test(s, k)) return k;
        if (s->t[k].number) break;
    }
    return SIZE_MAX;
}

static syn_day by_hits(scan *s, const syn_lex_hit *hits, size_t n, uint32_t y, uint32_t d)
{
    for (size_t i = 0; i < n; i++) {
        int month = (int)hits[i].value;
        syn_day day = hits[i].id == SYN_GREGORIAN ? day_of(s, (int)y, month, (int)d)
                                                  : syn_day_in((syn_calendar)hits[i].id, (int)y, month, (int)d);
        if (plausible_day(s, day)) return day;
    }
    return SYN_NO_DAY;
}

/* "3 de diciembre de 2025", "December 3, 2025", "2025 m. gruodzio 3 d." around a month's name at i. */
static syn_day around_month(scan *s, size_t i, size_t *first, size_t *last)
{
    syn_lex_hit hits[4];
    size_t n = months(s, s->t[i].text, hits);
    if (!n) return SYN_NO_DAY;
    size_t d = behind(s, i, is_day), y;
    if (d != SIZE_MAX && (y = ahead(s, i, is_year)) != SIZE_MAX) {
        *first = d, *last = y;
        return by_hits(s, hits, n, s->t[y].value, s->t[d].value);
    }
    y = behind(s, i, is_year);
    size_t after = ahead(s, i, is_day);
    if (y != SIZE_MAX && after != SIZE_MAX && !is_clock(s, after)) {
        *first = y, *last = after;
        return by_hits(s, hits, n, s->t[y].value, s->t[after].value);
    }
    if (after != SIZE_MAX && !is_clock(s, after) && (y = ahead(s, after, is_year)) != SIZE_MAX) {
        *first = i, *last = y;
        return by_hits(s, hits, n, s->t[y].value, s->t[after].value);
    }
    return SYN_NO_DAY;
}

static bool same_separator(const scan *s, size_t i)
{
    char a = s->t[i + 1].before, b = s->t[i + 2].before;
    return (a == b || (a == '.' && b == ' ') || (a == ' ' && b == '.')) && (a == '.' || a == '/' || a == '-') &&
           s->t[i + 1].gap <= 3 && s->t[i + 2].gap <= 3;
}

/* Three numbers by their separators or with a word or letter between each two ("2025年12月3日", "2 tháng 12 năm 2025").
 */
static syn_day of_numbers(scan *s, size_t i, size_t *first, size_t *last)
{
    size_t a = i, b = i + 1, c = i + 2;
    if (!s->t[a].number) return SYN_NO_DAY;
    bool plain = c < s->n && s->t[b].number && s->t[c].number;
    if (plain) {
        if (s->t[b].before == ' ' && s->t[b].gap <= 3) { /* "02. 12. 2025" ends its separators with a space */
            if (s->t[b].gap < 2 || s->t[c].gap < 2) return SYN_NO_DAY;
        } else if (!same_separator(s, i)) {
            return SYN_NO_DAY;
        }
    } else {
        if (i + 4 >= s->n || s->t[i + 1].number || !s->t[i + 2].number || s->t[i + 3].number || !s->t[i + 4].number) {
            return SYN_NO_DAY;
        }
        b = i + 2, c = i + 4;
        if (s->t[i + 1].text.n > 12 || s->t[i + 3].text.n > 12) return SYN_NO_DAY;
    }
    uint32_t x = s->t[a].value, y = s->t[b].value, z = s->t[c].value;
    *first = a, *last = c;
    if (s->t[b].digits > 2) return SYN_NO_DAY;
    if ((s->t[a].digits == 4 || (!plain && s->t[a].digits == 3)) && s->t[c].digits <= 2) {
        return day_of(s, (int)x, (int)y, (int)z);
    }
    if (s->t[a].digits > 2) return SYN_NO_DAY;
    if (s->t[c].digits == 2 && plain && (s->t[b].before == '.' || s->t[b].before == '/'))
        z += 2000;
    else if (s->t[c].digits != 4)
        return SYN_NO_DAY;
    bool month_first = false;
    if (s->t[b].before == '/' && s->r->lex) {
        month_first = syn_lexicon_info(s->r->lex, s->r->lang)->date_order[0] == 'm';
    }
    if (x > 12) month_first = false;
    if (y > 12) month_first = true;
    syn_day day = month_first ? day_of(s, (int)z, (int)x, (int)y) : day_of(s, (int)z, (int)y, (int)x);
    if (day == SYN_NO_DAY && plain)
        day = month_first ? day_of(s, (int)z, (int)y, (int)x) : day_of(s, (int)z, (int)x, (int)y);
    return day;
}

/* "20:15", "8:15 pm" within a few tokens of the date. */
static int clock_near(const scan *s, size_t first, size_t last)
{
    size_t from = first > 5 ? first - 5 : 0, to = last + 6 < s->n ? last + 6 : s->n;
    for (size_t i = from; i + 1 < to; i++) {
        if (i >= first && i <= last) continue;
        if (!s->t[i].number || !s->t[i + 1].number || s->t[i + 1].before != ':' || s->t[i + 1].gap != 1) continue;
        if (s->t[i].value > 23 || s->t[i + 1].value > 59 || s->t[i].digits > 2 || s->t[i + 1].digits != 2) continue;
        int hour = (int)s->t[i].value;
        size_t k = i + 2 < s->n && s->t[i + 2].number && s->t[i + 2].before == ':' ? i + 3 : i + 2;
        if (k < s->n && s->t[k].text.n >= 1 && s->t[k].text.p[0] == 'p' && hour < 12 &&
            (syn_str_is(s->t[k].text, "pm") ||
             (syn_str_is(s->t[k].text, "p") && k + 1 < s->n && syn_str_is(s->t[k + 1].text, "m")))) {
            hour += 12;
        } else if (k < s->n && hour == 12 && syn_str_is(s->t[k].text, "am")) {
            hour = 0;
        }
        return hour * 60 + (int)s->t[i + 1].value;
    }
    return -1;
}

bool syn_read_find_date(syn_reading *r, syn_str text, syn_time *out, syn_span *at)
{
    syn_folded folded;
    text = syn_utf8_head(text, MAX_BYTES);
    bool digit = false;
    for (size_t i = 0; i < text.n && !digit; i++)
        digit = (text.p[i] >= '0' && text.p[i] <= '9') || (unsigned char)text.p[i] >= 0xD9;
    if (!digit || syn_fold(r->arena, text, true, &folded, NULL)) return false;
    scan place, *s = &place;
    s->r = r;
    tokenize(s, folded.text);
    for (size_t i = 0; i < s->n; i++) {
        size_t first = i, last = i;
        syn_day day = s->t[i].number ? of_numbers(s, i, &first, &last) : around_month(s, i, &first, &last);
        if (day == SYN_NO_DAY) continue;
        int minutes = clock_near(s, first, last);
        *out = (syn_time){(int64_t)day * 86400 + (minutes > 0 ? minutes * 60 : 0), SYN_NO_ZONE, minutes < 0};
        *at = (syn_span){folded.map[s->t[first].start], folded.map[s->t[last].end]};
        return true;
    }
    return false;
}

static bool digits_at(syn_str s, size_t at, size_t n, int *value)
{
    if (at + n > s.n) return false;
    *value = 0;
    for (size_t i = at; i < at + n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        *value = *value * 10 + (s.p[i] - '0');
    }
    return true;
}

static bool digit_at(syn_str s, size_t at)
{
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* /2025/12/03/, /2025-12-03, /20251203; a month alone is not enough. */
bool syn_read_url_date(syn_str url, syn_time *out)
{
    for (size_t i = 0; i + 8 <= url.n; i++) {
        int y, m, d;
        if (digit_at(url, i ? i - 1 : 0) && i) continue;
        if (!digits_at(url, i, 4, &y) || y < 1995 || y > 2100) continue;
        size_t k = i + 4;
        char sep = k < url.n ? url.p[k] : 0;
        bool parted = sep == '/' || sep == '-' || sep == '_';
        if (parted) k++;
        size_t wide = 2;
        if (!digits_at(url, k, 2, &m)) {
            if (!parted || !digits_at(url, k, 1, &m)) continue;
            wide = 1;
        }
        k += wide;
        if (parted) {
            if (k >= url.n || url.p[k] != sep) continue;
            k++;
        }
        wide = 2;
        if (!digits_at(url, k, 2, &d)) {
            if (!parted || !digits_at(url, k, 1, &d)) continue;
            wide = 1;
        }
        if (digit_at(url, k + wide)) continue;
        syn_day day = syn_day_of(y, m, d);
        if (day == SYN_NO_DAY) continue;
        *out = (syn_time){(int64_t)day * 86400, SYN_NO_ZONE, true};
        return true;
    }
    return false;
}
