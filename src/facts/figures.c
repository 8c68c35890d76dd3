/* figures.c - stage 4: walks the folded text once and lets money, dates, percentages, ordinals and plain numbers claim
   what begins at each place, the more specific first, so that a figure is one fact. */
#include "figures.h"

/* ---- facts ---- */

static uint8_t approx_flag(double value)
{
    return value < 0 ? SYN_FACT_AT_MOST : value > 0 ? SYN_FACT_AT_LEAST : SYN_FACT_APPROX;
}

/* "about" before the figure, "or more" after it and its counting word. */
static uint8_t approx_flags(const scan *s, size_t start, size_t end)
{
    double value;
    uint8_t flags = s->approx_end && scan_space(s, s->approx_end) == start ? approx_flag(s->approx) : 0;
    size_t at = scan_space(s, end), counter = scan_role(s, SYN_LEX_NUMERAL, ROLE_COUNTER, at, NULL);
    if (scan_role(s, SYN_LEX_APPROX, 1, at, &value) ||
        (counter && scan_role(s, SYN_LEX_APPROX, 1, scan_space(s, at + counter), &value)))
        flags |= approx_flag(value);
    return flags;
}

static void push_fact(scan *s, syn_fact *f, size_t start, size_t end)
{
    f->span = (syn_span){s->map[start], s->map[end]};
    while (f->span.end > f->span.start && (unsigned char)s->text->src.p[f->span.end - 1] <= ' ') f->span.end--;
    size_t low = 0, high = s->text->nsentences;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->text->sentences[mid].end <= f->span.start)
            low = mid + 1;
        else
            high = mid;
    }
    f->sentence = (uint32_t)(low < s->text->nsentences ? low : low ? low - 1 : 0);
    if (f->kind != SYN_FACT_ORDINAL) f->flags |= approx_flags(s, start, end);
    if (!syn_fact_push(s->out, f)) s->full = true;
}

/* "10M", "15k": one letter that touches its digits or closes the line after a space; "100m" is a length. */
static void letter_scale(const scan *s, quantity *q)
{
    syn_lex_hit hits[4];
    if (q->scaled || q->spelled) return;
    size_t n, at = scan_space(s, q->end), len = scan_key(s, SYN_LEX_SCALE, at, hits, 4, &n);
    const syn_lex_hit *h = len ? scan_pick(hits, n, SYN_LEX_SCALE, SCALE_LETTER) : NULL;
    if (!h || (at > q->end && (h->value != 1000 || !scan_line_starts(s, scan_space(s, at + len))))) return;
    quantity scaled = *q;
    scaled.value *= h->value;
    scaled.end = at + len;
    scaled.scaled = true;
    scaled.plain = false;
    if (h->value > 1000 && !scan_upper(s, at)) { /* "5m" is a length, "5m euros" is none */
        syn_fact money = {0};
        size_t end;
        if (!money_after(s, &scaled, &money, &end)) return;
    }
    *q = scaled;
}

/* The upper end of "5-10 percent", "between 5 and 10 kronor"; a scale that stands once, at the end, is put on both. */
static bool range_end(const scan *s, quantity *low, quantity *high)
{
    size_t at = scan_space(s, low->end), len = 0;
    bool between = s->between_end && scan_space(s, s->between_end) == low->start;
    if (low->ordinal) return false;
    if (at < s->t.n && s->t.p[at] == '-') len = 1;
    if (!len) len = scan_role(s, SYN_LEX_PERIOD, PERIOD_TO, at, NULL);
    if (!len && between) len = scan_role(s, SYN_LEX_PERIOD, PERIOD_AND, at, NULL);
    if (!len) return false;
    size_t from = scan_space(s, at + len);
    if (scan_char(s, from) == '-' || !quantity_at(s, from, high) || high->ordinal) return false;
    letter_scale(s, high);
    if (high->unit > 1 && low->value < high->value / high->unit && low->value >= 0) low->value *= high->unit;
    return high->value > low->value;
}

/* A percent sign or word before the number ("yüzde 5", "%5", "eksi yüzde beş"). */
static bool percent_at(const scan *s, size_t at, syn_fact *f, size_t *end)
{
    double factor;
    size_t minus = scan_role(s, SYN_LEX_NUMERAL, ROLE_MINUS, at, NULL);
    if (minus) at = scan_space(s, at + minus);
    size_t len = scan_role(s, SYN_LEX_PERCENT, 1, at, &factor);
    quantity q, high;
    if (!len || !quantity_at(s, scan_space(s, at + len), &q) || q.ordinal) return false;
    letter_scale(s, &q);
    f->kind = SYN_FACT_PERCENT;
    f->value = q.value * (minus ? -factor : factor);
    *end = q.end;
    if (!minus && range_end(s, &q, &high)) {
        f->value2 = high.value * factor;
        f->flags |= SYN_FACT_RANGE;
        *end = high.end;
    }
    return true;
}

static size_t percent_after(const scan *s, size_t at, double *factor)
{
    size_t from = scan_space(s, at), len;
    if (from < s->t.n && s->t.p[from] == '-') from++;
    len = scan_role(s, SYN_LEX_PERCENT, 0, from, factor);
    if (!len) len = scan_role(s, SYN_LEX_PERCENT, 2, from, factor);
    return len ? from + len : 0;
}

/* Tenths: 七成六 is 76, 5割半 is 55, and 75折 has the second digit already. */
static double percent_of(const scan *s, double value, double factor, size_t *end)
{
    if (factor != 10) return value * factor;
    double half = 0;
    syn_lex_hit hits[4];
    size_t n, at = scan_space(s, *end), len = scan_role(s, SYN_LEX_NUMERAL, ROLE_FRACTION, at, &half);
    if (!len) len = scan_role(s, SYN_LEX_NUMERAL, ROLE_HALF_MORE, at, &half);
    if (!len && (len = scan_key(s, SYN_LEX_NUMERAL, at, hits, 4, &n)) > 0) {
        const syn_lex_hit *digit = scan_pick(hits, n, SYN_LEX_NUMERAL, ROLE_NUMBER);
        bool last = digit && digit->value > 0 && digit->value < 10 && !scan_wordy(scan_char(s, at + len));
        half = last ? digit->value / 10 : 0;
    }
    if (half > 0 && half < 1) {
        *end = at + len;
        value += half;
    }
    return value > 10 ? value : value * factor;
}

/* Whether letters run on after digits as part of a code or a measure: "180ml", "5G". */
static bool glued(const scan *s, const quantity *q)
{
    uint32_t next = scan_char(s, q->end);
    if (!scan_wordy(next) || syn_char_of(next)->digit >= 0) return false;
    return scan_spaced(next) && syn_char_of(next)->script != SYN_SCRIPT_HANGUL && !q->spelled && !q->scaled &&
           !scan_role(s, SYN_LEX_NUMERAL, ROLE_ENDING, q->end, NULL) &&
           !scan_role(s, SYN_LEX_NUMERAL, ROLE_COUNTER, q->end, NULL);
}

/* A word before the number makes it an ordinal ("第3", "ke-3"). */
static bool ordinal_at(const scan *s, size_t at, syn_fact *f, size_t *end)
{
    size_t len = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_PREFIX, at, NULL), n;
    quantity q;
    syn_lex_hit hit;
    if (!len) return false;
    size_t from = scan_space(s, at + len);
    if (!quantity_at(s, from, &q) || q.fraction || q.value < 1) return false;
    if (scan_key(s, SYN_LEX_CURRENCY, scan_space(s, q.end), &hit, 1, &n)) return false; /* "อยู่ที่ 3 บาท" */
    f->kind = SYN_FACT_ORDINAL;
    f->value = q.value;
    *end = q.end;
    size_t ending = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, q.end, NULL);
    if (ending) *end += ending;
    return true;
}

/* "vinte vinte e cinco avos": the number after this one is a denominator. */
static bool parts_after(const scan *s, const quantity *q, syn_fact *f, size_t *end)
{
    quantity below;
    size_t at = scan_space(s, q->end);
    if ((!q->spelled && !q->plain) || q->ordinal || q->fraction || at == q->end || !s->parts || scan_digit(s, at))
        return false;
    if (!quantity_at(s, at, &below) || below.value < 2 || below.fraction || below.ordinal) return false;
    size_t from = scan_space(s, below.end), len = scan_role(s, SYN_LEX_NUMERAL, ROLE_PARTS, from, NULL);
    if (!len) return false;
    f->kind = SYN_FACT_NUMBER;
    f->value = q->value / below.value;
    *end = from + len;
    return true;
}

/* "3. Platz": a point that makes an ordinal stands before a word in small letters, or where a word that opens ordinals
   ("der") stands before the number; a sentence does not end there. */
static bool dotted_ordinal(const scan *s, const quantity *q)
{
    size_t next = scan_space(s, q->end + 1);
    if (!q->plain || q->value > 999 || next == q->end + 1) return false;
    if (!(syn_char_of(scan_char(s, next))->flags & SYN_CH_LETTER)) return false;
    uint32_t stop = s->map[q->end + 1];
    for (size_t low = 0, high = s->text->nsentences; low < high;) {
        size_t mid = low + (high - low) / 2;
        uint32_t end = s->text->sentences[mid].end;
        if (end >= stop && end <= s->map[next]) return false;
        if (end < stop)
            low = mid + 1;
        else
            high = mid;
    }
    if (!scan_upper(s, next)) return true;
    size_t at = q->start;
    if (at < 2 || s->t.p[at - 1] != ' ') return false;
    at--;
    while (at > 0 && q->start - at < 16 && s->t.p[at - 1] != ' ') at--;
    return scan_role(s, SYN_LEX_ORDINAL, ORDINAL_OPENER, at, NULL) == q->start - 1 - at;
}

static size_t ordinal_ending(const scan *s, const quantity *q)
{
    if (q->fraction || q->value < 1 || !(q->plain || q->spelled || q->scaled)) return 0;
    size_t len = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, q->end, NULL), apart = scan_space(s, q->end);
    if (!len && q->plain && !s->info->cased && apart > q->end) { /* "22 वां", in scripts without capitals */
        len = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, apart, NULL);
        return len && syn_utf8_count(syn_slice(s->t, apart, apart + len)) > 2 ? apart - q->end + len : 0;
    }
    return len == 1 && s->t.p[q->end] == '.' && !dotted_ordinal(s, q) ? 0 : len;
}

/* The measure named at a place, in units of the SI; its length, 0 where there is none. */
static size_t measure_at(const scan *s, size_t at, syn_fact *f)
{
    static const char units[][4] = {"", "m", "kg", "s", "m2", "m3", "m/s", "W", "J", "C", "F"};
    syn_lex_hit hits[6];
    size_t n, len = scan_key(s, SYN_LEX_UNIT, at, hits, 6, &n);
    const syn_lex_hit *unit = len ? scan_pick(hits, n < 6 ? n : 6, SYN_LEX_UNIT, ANY_ID) : NULL;
    if (!unit || unit->id >= SYN_COUNT(units)) return 0;
    memcpy(f->unit, units[unit->id], sizeof f->unit);
    f->si = unit->value;
    if (f->unit[0] == 'F') { /* 32 °F is 0 °C */
        f->unit[0] = 'C';
        f->si_zero = -32 * unit->value;
    }
    return len;
}

/* "kilomita 20", "kilomita za mraba 20": in languages that put measures before their number, one to three words. */
static void measure_before(const scan *s, size_t at, syn_fact *f)
{
    size_t from = at;
    for (int words = 0; words < 3 && from > 1 && s->t.p[from - 1] == ' '; words++) {
        for (from--; from > 0 && s->t.p[from - 1] != ' ' && at - from < 60;) from--;
        syn_fact m = *f;
        size_t len = measure_at(s, from, &m);
        if (len && scan_space(s, from + len) == at) *f = m;
    }
}

/* The measure of the number that ends at a place: behind it, or in the language's way before it. */
static void measure(const scan *s, size_t start, size_t end, syn_fact *f)
{
    size_t from = scan_space(s, end);
    if (from < s->t.n && s->t.p[from] == '-') from++;
    if (!measure_at(s, from, f) && s->unit_first) measure_before(s, start, f);
}

/* "5 to 10 billion dollars": the unit stands once, at the end; a plain range is one fact only where its ends share a
   word of scale, else two numbers. */
static bool range_at(const scan *s, quantity low, syn_fact *f, size_t *end)
{
    quantity high;
    double written = low.value, factor;
    size_t after;
    if (low.weak || !range_end(s, &low, &high)) return false;
    syn_fact upper = *f;
    if (money_after(s, &high, &upper, end)) {
        *f = upper;
        f->value = low.value * (upper.value / high.value);
        f->value2 = upper.value;
    } else if ((after = percent_after(s, high.end, &factor)) != 0) {
        f->kind = SYN_FACT_PERCENT;
        f->value2 = percent_of(s, high.value, factor, &after);
        f->value = low.value * (f->value2 / high.value);
        *end = after;
    } else if (low.value != written) {
        f->kind = SYN_FACT_NUMBER;
        f->value = low.value;
        f->value2 = high.value;
        measure(s, low.start, high.end, f);
        *end = high.end;
    } else {
        return false;
    }
    f->flags |= SYN_FACT_RANGE;
    return true;
}

static bool number_at(const scan *s, size_t at, syn_fact *f, size_t *end)
{
    quantity q;
    double factor = 1;
    if (!quantity_at(s, at, &q)) return false;
    letter_scale(s, &q);
    f->value = q.value;
    if (q.some) f->flags |= SYN_FACT_AT_LEAST;
    if (money_after(s, &q, f, end)) /* "a $ 5 billion deal": the sign belongs to what follows */
        return !q.weak || (q.value == 1 && (syn_char_of(scan_char_before(s, *end))->flags & SYN_CH_LETTER));
    size_t after = percent_after(s, q.end, &factor);
    if (after) {
        f->kind = SYN_FACT_PERCENT;
        f->value = percent_of(s, q.value, factor, &after);
        *end = after;
        return true;
    }
    if (range_at(s, q, f, end) || parts_after(s, &q, f, end)) return true;
    *end = q.end;
    size_t ending = ordinal_ending(s, &q);
    if (q.ordinal || ending) {
        f->kind = SYN_FACT_ORDINAL;
        if (!q.ordinal) *end += ending;
        return true;
    }
    f->kind = SYN_FACT_NUMBER;
    measure(s, at, q.end, f);
    quantity low = q, high;
    if (!f->unit[0] && range_end(s, &low, &high)) measure(s, at, high.end, f); /* "5-10 km": of both ends */
    return !q.weak && !glued(s, &q) && !(q.plain && pass_code(s, at));
}

#define START_KINDS                                                                                                    \
    (SYN_LEX_MONTH | SYN_LEX_WEEKDAY | SYN_LEX_NUMERAL | SYN_LEX_SCALE | SYN_LEX_ORDINAL | SYN_LEX_PERCENT |           \
     SYN_LEX_CURRENCY | SYN_LEX_RELDAY | SYN_LEX_PERIOD | SYN_LEX_APPROX)

/* What may begin at a place, from the keys there: most function words lead nowhere and cost one look. */
typedef struct start {
    uint32_t kinds;
    bool date, number, moment;
} start;

static bool number_role(const syn_lex_hit *h)
{
    if (h->kind == SYN_LEX_SCALE || h->kind == SYN_LEX_ORDINAL) return true;
    return h->kind == SYN_LEX_NUMERAL && h->id != ROLE_AND && h->id != ROLE_POINT && h->id != ROLE_COUNTER &&
           h->id != ROLE_ENDING && h->id != ROLE_PARTS_OF && h->id != ROLE_OF && h->id != ROLE_SOME &&
           h->id != ROLE_PARTS && (h->id != ROLE_OUT_OF || h->value == OUT_OF_IMPLIED);
}

/* 1: begins a date by itself; 2: only with something after it. */
static int date_role(const scan *s, const syn_lex_hit *h, size_t at)
{
    if (h->kind & (SYN_LEX_MONTH | SYN_LEX_WEEKDAY | SYN_LEX_RELDAY)) return 1;
    if (h->kind != SYN_LEX_PERIOD) return 0;
    if (h->id == PERIOD_ERA || h->id == PERIOD_PART || h->id == PERIOD_TO_DATE || date_feast(h->id) ||
        h->id == SPAN_WEEKEND || h->id == PERIOD_QUARTER_NAME || h->id == PERIOD_HALF_NAME || h->id == SPAN_CENTURY ||
        h->id > PERIOD_PHRASE)
        return 1;
    if (h->id == PERIOD_OF) return scan_spaced(scan_char(s, at)) ? 0 : 2;
    return h->id <= SPAN_HALF_YEAR || (h->id >= PERIOD_LAST && h->id <= PERIOD_THIS) || h->id == PERIOD_FROM ||
                   h->id == PERIOD_BOUND || h->id == PERIOD_WEEK_OF || h->id == PERIOD_DAY_HEAD ||
                   h->id == PERIOD_BETWEEN || h->id == PERIOD_NOW || h->id == PERIOD_IN_YEAR ||
                   h->id == PERIOD_DECADE_HEAD || h->id == PERIOD_WEEK_HEAD
               ? 2
               : 0;
}

static start start_at(const scan *s, size_t at)
{
    syn_lex_hit hits[12];
    size_t n;
    start r = {0};
    quantity q;
    bool head = false; /* of a number, which may stop inside the word */
    size_t len = scan_head(s, START_KINDS, at, s->t.n, hits, 12, &n);
    if (!len) {
        r.date = date_roman(s, at);
        return r;
    }
    if (n > 12) n = 12;
    for (size_t i = 0; i < n; i++) {
        head |= number_role(&hits[i]) ||
                (hits[i].kind == SYN_LEX_NUMERAL && hits[i].id == ROLE_AND && hits[i].value == AND_JOINED);
        r.kinds |= hits[i].kind;
    }
    if (!scan_word_ends(s, at + len)) {
        len = scan_key(s, START_KINDS, at, hits, 12, &n);
        for (size_t i = 0; i < n; i++) r.kinds |= hits[i].kind;
    }
    int date = 0;
    for (size_t i = 0; len && i < n; i++) {
        int role = date_role(s, &hits[i], at);
        if (role == 1 || (role == 2 && !date)) date = role;
        r.number |= number_role(&hits[i]);
    }
    if (head && !r.number) r.number = quantity_at(s, at, &q); /* kept for those who read it */
    /* of all that tells a time, only its number may stop inside the word */
    r.moment = (r.kinds & SYN_LEX_PERIOD) && (r.number || scan_role(s, SYN_LEX_PERIOD, ANY_ID, at, NULL));
    if (date == 2) {
        size_t next = scan_space(s, at + len);
        if (next < s->t.n && s->t.p[next] == '\'') next++;
        r.date = scan_digit(s, next) || date_roman(s, next) ||
                 scan_head(s, START_KINDS & ~(uint32_t)(SYN_LEX_CURRENCY | SYN_LEX_PERCENT), next, s->t.n, NULL, 0,
                           NULL);
    } else {
        r.date = date == 1 || r.number || (head && date_roman(s, at));
    }
    return r;
}

/* What begins at a place; its end in *end. */
static bool figure_at(scan *s, size_t at, start what, syn_fact *f, size_t *begin, size_t *end)
{
    *f = (syn_fact){.from = SYN_NO_DAY, .to = SYN_NO_DAY};
    if (what.date && date_at(s, at, f, begin, end)) return true;
    *begin = at;
    *f = (syn_fact){.from = SYN_NO_DAY, .to = SYN_NO_DAY};
    if ((what.kinds & SYN_LEX_CURRENCY) && money_at(s, at, f, end)) return true;
    if ((what.kinds & (what.number ? SYN_LEX_PERCENT | SYN_LEX_NUMERAL : SYN_LEX_PERCENT)) && percent_at(s, at, f, end))
        return true;
    if ((what.kinds & SYN_LEX_ORDINAL) && ordinal_at(s, at, f, end)) return true;
    return what.number && number_at(s, at, f, end);
}

/* The length of a head written as one word with the number after it: "and" before digits or words of a number (Arabic),
   one or two letters before digits in a script without capitals (Ethiopic, Hebrew); 0 if there is none. */
static size_t joined_head(const scan *s, size_t at, bool keyed)
{
    syn_lex_hit hits[4];
    size_t n, end = at, letters = 0, most = keyed ? 6 : 3;
    uint32_t cp;
    while (letters < most && scan_wordy(cp = scan_char(s, end)) && syn_char_of(cp)->digit < 0) {
        if ((syn_char_of(cp)->flags & (SYN_CH_LOWER | SYN_CH_UPPER)) || !scan_spaced(cp)) return 0;
        end += syn_utf8_next(s->t, end, &cp);
        letters++;
    }
    if (end > at && letters <= 2 && scan_digit(s, end)) return end - at;
    if (!keyed || end == at) return 0;
    for (size_t limit = end, len; limit > at; limit = at + len - 1) {
        len = scan_head(s, SYN_LEX_NUMERAL, at, limit, hits, 4, &n);
        if (!len) return 0;
        for (size_t i = 0; i < n && i < 4; i++)
            if (hits[i].id == ROLE_AND && hits[i].value == AND_JOINED && scan_wordy(scan_char(s, at + len)) &&
                (scan_digit(s, at + len) ||
                 scan_key(s, SYN_LEX_NUMERAL | SYN_LEX_SCALE | SYN_LEX_WEEKDAY | SYN_LEX_RELDAY | SYN_LEX_PERIOD,
                          at + len, NULL, 0, &n)))
                return len;
    }
    return 0;
}

/* The end of the word at a place, and of what runs on in a code: "A320", "v2.0". */
static size_t word_over(const scan *s, size_t at)
{
    size_t end = scan_word_end(s, at);
    while (end > at && scan_digit(s, end - 1) && end < s->t.n && s->t.p[end] == '.' && scan_digit(s, end + 1))
        end = scan_word_end(s, end + 1);
    return end;
}

static void drop_after(scan *s, size_t begin)
{
    while (s->out->n && s->out->items[s->out->n - 1].span.start >= s->map[begin]) s->out->n--;
}

/* Whether a place is the start of a word that no figure begins with, the words before the place having been passed. */
static bool leads_nowhere(const scan *s, size_t at, size_t *token)
{
    const syn_text *t = s->text;
    while (*token < t->ntokens && t->tokens[*token].fold_end <= at) ++*token;
    return *token < t->ntokens && t->tokens[*token].fold_start == at && t->tokens[*token].kind == SYN_TOK_WORD &&
           !syn_token_known(t, *token)->figures;
}

static void walk(scan *s)
{
    size_t open = 0;  /* a figure may begin here though a letter touches it: Arabic's "and" */
    size_t token = 0; /* at the place or after it */
    for (size_t at = 0, step; at < s->t.n && !s->full; at += step) {
        uint32_t cp;
        step = syn_utf8_next(s->t, at, &cp);
        if (cp == ' ') continue;
        bool digit = cp < 0x80 && cp >= '0' && cp <= '9', letter = scan_wordy(cp) && !digit;
        bool cased = syn_char_of(cp)->flags & (SYN_CH_LOWER | SYN_CH_UPPER); /* then it joins no figure */
        if (letter && at != open && !scan_word_starts(s, at)) {
            if (scan_spaced(cp)) step = word_over(s, at) - at;
            continue;
        }
        if (digit && at != open && !scan_word_starts(s, at)) {
            step = word_over(s, at) - at;
            continue;
        }
        size_t end;
        bool mark = cp == '-' || cp == '.' || cp == ',';
        start what = {0, digit, digit || mark, digit};
        if (letter && leads_nowhere(s, at, &token))
            what.date = date_roman(s, at);
        else if (!digit && !mark)
            what = start_at(s, at);
        uint32_t kinds = what.kinds;
        if ((what.moment && (end = pass_moment(s, at)) > 0) || (digit && (end = pass_clock(s, at)) > 0) ||
            ((digit || cp == '+') && (end = pass_phone(s, at)) > 0) ||
            ((kinds & SYN_LEX_PERIOD) && (end = pass_every(s, at)) > 0)) {
            step = end - at;
            continue;
        }
        if ((kinds & SYN_LEX_PERIOD) && (end = scan_role(s, SYN_LEX_PERIOD, PERIOD_NOTHING, at, NULL)) > 0) {
            step = end;
            continue;
        }
        if (letter && (cp == 'h' || cp == 'w') && (end = pass_address(s, at)) > 0) {
            step = end - at;
            continue;
        }
        size_t len;
        if (!digit && !kinds && !mark && !what.date) {
            if (letter && !cased && scan_spaced(cp) && (len = joined_head(s, at, false)) > 0)
                open = at + (step = len);
            else if (letter && scan_spaced(cp))
                step = word_over(s, at) - at;
            continue;
        }
        double approx;
        if ((kinds & SYN_LEX_APPROX) && (len = scan_role(s, SYN_LEX_APPROX, 0, at, &approx)) > 0) {
            s->approx = approx;
            s->approx_end = at + len;
        }
        if ((kinds & SYN_LEX_PERIOD) && (len = scan_role(s, SYN_LEX_PERIOD, PERIOD_BETWEEN, at, NULL)) > 0)
            s->between_end = at + len;
        syn_fact f;
        size_t begin;
        if (figure_at(s, at, what, &f, &begin, &end) && end > at) {
            if (digit && f.kind == SYN_FACT_NUMBER && (len = pass_chain(s, at)) > end) {
                step = len - at;
                continue;
            }
            if (begin < at) drop_after(s, begin); /* the hours of "between 3 and 8 yesterday" */
            if (f.kind == SYN_FACT_DATE || end > s->told.end) s->told = (moment){0};
            if (f.kind != SYN_FACT_DATE || f.from != SYN_NO_DAY) push_fact(s, &f, begin, end);
            step = end - at;
        } else if (letter && !cased && (len = joined_head(s, at, kinds & SYN_LEX_NUMERAL)) > 0) {
            open = at + (step = len);
        } else if (letter && scan_spaced(cp) && !scan_role(s, SYN_LEX_NUMERAL, ROLE_PREFIX, at, NULL)) {
            step = word_over(s, at) - at;
        } else if (digit) {
            quantity q;
            if (digits_at(s, at, &q)) step = q.end - at;
        }
    }
}

syn_code syn_figures_find(const syn_lexicon *lex, const syn_text *text, syn_day ref, syn_fact_list *out, syn_err *err)
{
    if (!text->folded.map && text->folded.text.n)
        return syn_fail(err, SYN_EINVAL, 0, "the text was folded without its map");
    scan s = {
        .lex = lex,
        .text = text,
        .info = syn_lexicon_info(lex, text->lang),
        .lang = text->lang,
        .t = text->folded.text,
        .map = text->folded.map,
        .ref = ref,
        .out = out,
    };
    scan_place places[SCAN_PLACES];
    for (size_t i = 0; i < SCAN_PLACES; i++) places[i].at = SIZE_MAX;
    s.places = places;
    syn_lex_hit mark;
    s.parts = syn_lexicon_find(lex, s.lang, SYN_LEX_NUMERAL, SYN_STR("avos"), &mark, 1) > 0;
    s.unit_first = syn_lexicon_find(lex, s.lang, SYN_LEX_NUMERAL, SYN_STR("*unit-first"), &mark, 1) > 0;
    s.scale_first = syn_lexicon_find(lex, s.lang, SYN_LEX_NUMERAL, SYN_STR("*scale-first"), &mark, 1) > 0;
    walk(&s);
    return out->arena->failed ? syn_fail(err, SYN_ENOMEM, 0, "no memory for the facts") : SYN_OK;
}
