/* when.c - stage 2: dates as pages print them, in words of any language and calendar, with any digits, and in
   addresses.  Month names come from the lexicon; the order of bare numbers from the language's table.  No clock but the
   day the page was fetched (else today) bounds them: a page is not written in the future. */
#include "when.h"

#include <time.h>

enum {
    MAX_BYTES = 1500,
    MAX_GAP = 5 /* a comma of three bytes between spaces */,
    PERIOD_MONTH = 4,
    PERIOD_ERA = 50,
    PERIOD_ERA_UNNAMED = 55
};

/* A date found in a line: its day and the tokens it spans. */
typedef struct found {
    syn_day day;
    syn_calendar calendar;
    size_t first, last;
} found;

bool syn_read_time_plausible(const syn_reading *r, syn_time t)
{
    int64_t now = r->page && r->page->fetched > 0 ? r->page->fetched : (int64_t)time(NULL);
    return t.seconds > (int64_t)-3 * 365 * 86400 && t.seconds < now + 2 * 86400;
}

/* Whether d may be when a page on the web was published: not before there was one. */
static bool plausible_day(const syn_reading *r, syn_day day)
{
    return day != SYN_NO_DAY && day > 7305 /* 1990 */ &&
           syn_read_time_plausible(r, (syn_time){(int64_t)day * 86400, 0, true});
}

/* ---- years ---- */

/* A year as printed tells its calendar: those of living calendars hardly overlap. */
static bool by_year(const syn_reading *r, int y, int m, int d, found *out)
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
        out->calendar = YEARS[i].calendar;
        out->day = syn_day_in(YEARS[i].calendar, y, m, d);
        if (plausible_day(r, out->day)) return true;
    }
    return false;
}

/* A year of two digits: of this century, or of the era that the language's readers count in. */
static bool by_short_year(const syn_reading *r, int y, int m, int d, found *out)
{
    if (by_year(r, 2000 + y, m, d, out)) return true;
    syn_lex_hit hit;
    return r->lex && syn_lexicon_find(r->lex, r->lang, SYN_LEX_PERIOD, SYN_STR("*era"), &hit, 1) &&
           hit.id == PERIOD_ERA_UNNAMED && by_year(r, 2500 + y + (int)hit.value, m, d, out);
}

/* The year that number i means after an era's name ("令和7年"), else the number. */
static uint32_t year_of_era(const syn_when_line *l, size_t i)
{
    const syn_when_token *t = &l->t[i];
    if (!i || t[-1].number || t->gap > 1 || t->digits > 3 || !l->r->lex) return t->value;
    syn_str name = t[-1].text;
    for (size_t at = 0, tries = 0; at < name.n && tries < 8; tries++) {
        syn_lex_hit hits[4];
        size_t n = syn_lexicon_find(l->r->lex, l->r->lang, SYN_LEX_PERIOD, syn_slice(name, at, name.n), hits,
                                    SYN_COUNT(hits));
        for (size_t k = 0; k < n && k < SYN_COUNT(hits); k++) {
            if (hits[k].id == PERIOD_ERA && hits[k].value > 0) return t->value + (uint32_t)hits[k].value;
        }
        uint32_t cp;
        at += syn_utf8_next(name, at, &cp);
    }
    return t->value;
}

static bool number_at(const syn_when_line *l, size_t i, uint32_t low, uint32_t high)
{
    return i < l->n && l->t[i].number && l->t[i].value >= low && l->t[i].value <= high && l->t[i].digits <= 4;
}

static bool is_year(const syn_when_line *l, size_t i)
{
    return number_at(l, i, 1300, 2700) && l->t[i].digits == 4;
}

static bool is_day(const syn_when_line *l, size_t i)
{
    bool minutes = i && syn_when_colon(l, i - 1);
    return number_at(l, i, 1, 31) && l->t[i].digits <= 2 && !minutes && !syn_when_colon(l, i);
}

/* ---- months by name ---- */

/* How much the numbers around a word ask for a month. */
typedef enum surety {
    UNSURE,
    LIKELY, /* a day and a year are near */
    SURE    /* and the day stands right before it */
} surety;

typedef struct month_name {
    syn_lex_hit hits[4]; /* a name may be of several calendars */
    size_t n, last;      /* last: token it ends with */
} month_name;

/* Roman numerals for months stand between day and year. */
static int roman(syn_str s)
{
    static const char *const MONTHS[] = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"};
    for (size_t i = 0; i < SYN_COUNT(MONTHS); i++) {
        if (syn_str_is(s, MONTHS[i])) return (int)i + 1;
    }
    return 0;
}

static size_t letters_of(syn_str s)
{
    size_t n = 0;
    uint32_t cp;
    for (size_t i = 0; i < s.n; n++) i += syn_utf8_next(s, i, &cp);
    return n;
}

static bool is_month_word(const syn_when_line *l, syn_str word)
{
    syn_lex_hit hit;
    return word.n && syn_lexicon_find(l->r->lex, l->r->lang, SYN_LEX_PERIOD, word, &hit, 1) && hit.id == PERIOD_MONTH;
}

/* A month's name with an ending ("decembrī"), after a preposition or beside the word for a month, both written with it
   ("آذرماه"). */
static size_t inflected(const syn_when_line *l, syn_str word, syn_lex_hit hits[4], surety sure)
{
    const syn_lexicon *lex = l->r->lex;
    uint32_t cp;
    size_t skip = syn_utf8_next(word, 0, &cp), n = 0;
    unsigned script = syn_char_of(cp)->script;
    if (word.n >= 8 && (script == SYN_SCRIPT_HEBREW || script == SYN_SCRIPT_ARABIC)) {
        n = syn_lexicon_find(lex, l->r->lang, SYN_LEX_MONTH, syn_slice(word, skip, word.n), hits, 4);
        if (n) return n < 4 ? n : 4;
    }
    size_t head = syn_lexicon_longest(lex, l->r->lang, SYN_LEX_PERIOD, word, hits, 4, &n);
    if (head && head < word.n && is_month_word(l, syn_slice(word, 0, head))) {
        n = syn_lexicon_find(lex, l->r->lang, SYN_LEX_MONTH, syn_slice(word, head, word.n), hits, 4);
        if (n) return n < 4 ? n : 4;
    }
    head = syn_lexicon_longest(lex, l->r->lang, SYN_LEX_MONTH, word, hits, 4, &n);
    if (!head || head == word.n) return 0;
    size_t letters = letters_of(syn_slice(word, 0, head));
    bool enough = letters >= (sure == SURE ? 3 : 5) || is_month_word(l, syn_slice(word, head, word.n));
    return sure == UNSURE || !enough ? 0 : n < 4 ? n : 4;
}

/* The month that a word of any other language names, if those languages that know the word agree. */
static size_t foreign(const syn_when_line *l, syn_str word, syn_lex_hit hits[4])
{
    size_t found_n = 0;
    for (size_t lang = 1; lang <= syn_lexicon_langs(l->r->lex); lang++) {
        syn_lex_hit other[4];
        if (!syn_lexicon_find(l->r->lex, (syn_lang)lang, SYN_LEX_MONTH, word, other, 4)) continue;
        if (found_n && (other[0].value != hits[0].value || other[0].id != hits[0].id)) return 0;
        hits[0] = other[0];
        found_n = 1;
    }
    return found_n;
}

/* The month that token i names; the surer, the less of the word the tables need to know. */
static bool month_at(const syn_when_line *l, size_t i, surety sure, month_name *out)
{
    syn_str word = l->t[i].text;
    if (!l->r->lex || l->t[i].number) return false;
    out->last = i;
    out->n = word.n > 1 ? syn_when_words(l, i, SYN_LEX_MONTH, out->hits, 4, &out->last) : 0;
    if (!out->n && word.n > 2) out->n = inflected(l, word, out->hits, sure);
    bool latin = (unsigned char)word.p[0] < 0x80;
    if (!out->n && (sure == SURE || (sure == LIKELY && !latin)) && word.n > 2) out->n = foreign(l, word, out->hits);
    int number = !out->n && sure == SURE ? roman(word) : 0;
    if (number) {
        out->hits[0] = (syn_lex_hit){SYN_LEX_MONTH, SYN_GREGORIAN, number};
        out->n = 1;
    }
    return out->n > 0;
}

/* ---- dates ---- */

/* The next number within two words after i that test accepts, or SIZE_MAX. */
static size_t ahead(const syn_when_line *l, size_t i, bool (*test)(const syn_when_line *, size_t))
{
    for (size_t k = i + 1; k < l->n && k <= i + 3 && l->t[k].gap <= MAX_GAP; k++) {
        if (test(l, k)) return k;
        if (l->t[k].number) break;
    }
    return SIZE_MAX;
}

static size_t behind(const syn_when_line *l, size_t i, bool (*test)(const syn_when_line *, size_t))
{
    for (size_t k = i, words = 0; k-- > 0 && words < 3; words++) {
        if (l->t[k + 1].gap > MAX_GAP) break;
        if (test(l, k)) return k;
        if (l->t[k].number) break;
    }
    return SIZE_MAX;
}

static bool by_hits(const syn_when_line *l, const month_name *m, uint32_t y, uint32_t d, found *out)
{
    for (size_t i = 0; i < m->n; i++) {
        int month = (int)m->hits[i].value;
        if (m->hits[i].id == SYN_GREGORIAN) {
            if (by_year(l->r, (int)y, month, (int)d, out)) return true;
            continue;
        }
        out->calendar = (syn_calendar)m->hits[i].id;
        out->day = syn_day_in(out->calendar, (int)y, month, (int)d);
        if (plausible_day(l->r, out->day)) return true;
    }
    return false;
}

/* A year of two digits right after the month, where it can be no day ("Dec 25") nor a count: "03 Dec 25, 14:30". */
static bool is_short_year(const syn_when_line *l, size_t d, size_t i)
{
    if (i >= l->n || !l->t[i].number || l->t[i].digits != 2 || l->t[i].gap > 3 || syn_when_colon(l, i)) return false;
    if (l->t[i].before == '\'') return true;
    if (l->t[i].value < 32 && l->t[d].digits < 2) return false;
    return i + 1 >= l->n || l->t[i + 1].gap > 1 || syn_when_near_clock(l, i + 1);
}

/* "3 de diciembre de 2025", "December 3, 2025", "2025 m. gruodžio 3 d.", "2025-yil 3-dekabr" around a month's name at
   token i. */
static bool around_month(const syn_when_line *l, size_t i, found *out)
{
    size_t d = behind(l, i, is_day), y_before = behind(l, d != SIZE_MAX ? d : i, is_year);
    bool near = i + 1 < l->n && (ahead(l, i, is_year) != SIZE_MAX || ahead(l, i, is_day) != SIZE_MAX);
    if (d == SIZE_MAX && y_before == SIZE_MAX && !near) return false;
    size_t day_after = ahead(l, i, is_day);
    bool year_near = y_before != SIZE_MAX || ahead(l, i, is_year) != SIZE_MAX ||
                     (day_after != SIZE_MAX && ahead(l, day_after, is_year) != SIZE_MAX);
    surety sure = !year_near                                        ? UNSURE
                  : d != SIZE_MAX && d + 1 == i && l->t[i].gap <= 3 ? SURE
                  : day_after != SIZE_MAX                           ? LIKELY
                                                                    : UNSURE;
    month_name m;
    if (!month_at(l, i, sure, &m)) return false;
    size_t y = ahead(l, m.last, is_year);
    if (d != SIZE_MAX && y != SIZE_MAX) {
        out->first = d, out->last = y;
        return by_hits(l, &m, l->t[y].value, l->t[d].value, out);
    }
    size_t after = ahead(l, m.last, is_day);
    if (after != SIZE_MAX && y_before != SIZE_MAX && d == SIZE_MAX) {
        out->first = y_before, out->last = after;
        return by_hits(l, &m, l->t[y_before].value, l->t[after].value, out);
    }
    if (d != SIZE_MAX && y_before != SIZE_MAX) {
        out->first = y_before, out->last = m.last;
        return by_hits(l, &m, l->t[y_before].value, l->t[d].value, out);
    }
    if (after != SIZE_MAX && (y = ahead(l, after, is_year)) != SIZE_MAX) {
        out->first = i, out->last = y;
        return by_hits(l, &m, l->t[y].value, l->t[after].value, out);
    }
    if (d != SIZE_MAX && is_short_year(l, d, m.last + 1) && m.hits[0].id == SYN_GREGORIAN) {
        out->first = d, out->last = m.last + 1;
        return by_short_year(l->r, (int)l->t[m.last + 1].value, (int)m.hits[0].value, (int)l->t[d].value, out);
    }
    return false;
}

/* Whether numbers i, i + 1, i + 2 are parted alike: "3/12/2025", "02. 12. 2025" with spaces after the marks. */
static bool parted_alike(const syn_when_line *l, size_t i)
{
    const syn_when_token *b = &l->t[i + 1], *c = b + 1;
    if (b->before == ' ' && b->gap <= 3) return b->gap >= 2 && c->gap >= 2;
    bool same = b->before == c->before || (b->before == '.' && c->before == ' ');
    return same && (b->before == '.' || b->before == '/' || b->before == '-') && b->gap <= 3 && c->gap <= 3;
}

/* Past one word after number i, or two: the next number, or SIZE_MAX. */
static size_t past_words(const syn_when_line *l, size_t i, size_t words)
{
    size_t k = i + 1;
    for (; k < l->n && !l->t[k].number && k <= i + words; k++) {
        if (l->t[k].gap > MAX_GAP || l->t[k].text.n > 24) return SIZE_MAX;
    }
    return k > i + 1 && k < l->n && l->t[k].number && l->t[k].gap <= MAX_GAP ? k : SIZE_MAX;
}

static bool month_first(const syn_reading *r)
{
    return r->lex && syn_lexicon_info(r->lex, r->lang)->date_order[0] == 'm';
}

/* Three numbers alike in their marks: "2025-12-03", "3.12.25", "12/3/2025". */
static bool by_marks(const syn_when_line *l, size_t i, found *out)
{
    const syn_when_token *t = &l->t[i];
    if (i + 2 >= l->n || !t[1].number || !t[2].number || !parted_alike(l, i) || t[1].digits > 2) return false;
    if (i && l->t[i - 1].number && t->gap == 1 && t->before == t[1].before) return false; /* an address, a version */
    int x = (int)t[0].value, y = (int)t[1].value, z = (int)t[2].value;
    out->first = i, out->last = i + 2;
    bool han = l->r->lex && syn_lexicon_info(l->r->lex, l->r->lang)->script == SYN_SCRIPT_HAN;
    if ((t->digits == 4 || (t->digits == 3 && han)) && t[2].digits <= 2) return by_year(l->r, x, y, z, out);
    if (t->digits > 2 || t[2].digits == 3 || t[2].digits > 4 || t[2].digits < 2) return false;
    bool month = t[1].before == '/' && month_first(l->r);
    if (x > 12) month = false;
    if (y > 12) month = true;
    bool (*read)(const syn_reading *, int, int, int, found *) = t[2].digits == 2 ? by_short_year : by_year;
    return read(l->r, z, month ? x : y, month ? y : x, out) || read(l->r, z, month ? y : x, month ? x : y, out);
}

/* Three numbers with their units between them: "2025年12月3日", "ngày 2 tháng 12 năm 2025". */
static bool by_units(const syn_when_line *l, size_t i, found *out)
{
    if (i && syn_when_colon(l, i - 1)) return false;
    size_t b = past_words(l, i, 1), c = b == SIZE_MAX ? b : past_words(l, b, l->t[i].digits == 4 ? 2 : 1);
    if (c == SIZE_MAX || l->t[b].digits > 2 || syn_when_colon(l, b) || syn_when_colon(l, c)) return false;
    syn_lex_hit hit;
    size_t last;
    for (size_t k = i + 1; k < c; k++) {
        if (!l->t[k].number && syn_when_words(l, k, SYN_LEX_MONTH, &hit, 1, &last)) return false;
    }
    int x = (int)year_of_era(l, i), y = (int)l->t[b].value, z = (int)l->t[c].value;
    bool year_first = x > 99 && l->t[c].digits <= 2;
    out->first = i, out->last = c;
    if (year_first) return by_year(l->r, x, y, z, out);
    return l->t[i].digits <= 2 && l->t[c].digits == 4 && by_year(l->r, z, y, x, out);
}

static bool date_at(const syn_when_line *l, size_t i, found *out)
{
    if (!l->t[i].number) return around_month(l, i, out);
    return by_marks(l, i, out) || by_units(l, i, out);
}

/* The first date from token i on. */
static bool next_date(const syn_when_line *l, size_t i, found *out)
{
    for (; i < l->n; i++) {
        if (date_at(l, i, out)) return true;
    }
    return false;
}

static bool may_hold_digits(syn_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c >= '0' && c <= '9') || c >= 0xD9 /* where digits of other scripts begin */) return true;
    }
    return false;
}

bool syn_read_find_date(syn_reading *r, syn_str text, syn_time *out, syn_span *at)
{
    syn_folded folded;
    syn_when_line line;
    text = syn_utf8_head(text, MAX_BYTES);
    if (!may_hold_digits(text) || syn_fold(r->arena, text, true, &folded, NULL)) return false;
    syn_when_tokenize(r, folded.text, &line);
    found date, other;
    if (!next_date(&line, 0, &date)) return false;
    /* Moons are sighted, tables reckoned: a Gregorian date printed beside a Hijri one is the surer. */
    if (date.calendar == SYN_HIJRI && next_date(&line, date.last + 1, &other) && other.calendar == SYN_GREGORIAN &&
        other.day - date.day <= 2 && date.day - other.day <= 2) {
        date.day = other.day;
        date.last = other.last;
    }
    syn_when_clock clock;
    bool timed = syn_when_clock_near(&line, date.first, date.last, &clock);
    *out = (syn_time){(int64_t)date.day * 86400, SYN_NO_ZONE, !timed};
    if (timed) {
        out->seconds += clock.minutes * 60;
        out->zone = (int16_t)clock.zone;
        if (clock.zone != SYN_NO_ZONE) out->seconds -= clock.zone * 60;
    }
    *at = (syn_span){folded.map[line.t[date.first].start], folded.map[line.t[date.last].end]};
    return true;
}

/* ---- dates in addresses ---- */

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
