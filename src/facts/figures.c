/* figures.c - stage 4: walks the folded text once and lets money, dates, percentages, ordinals and plain numbers claim
   what begins at each place, the more specific first, so that a figure is one fact. */
#include "figures.h"

/* ---- the ground ---- */

uint32_t scan_char(const scan *s, size_t at)
{
    uint32_t cp = 0;
    if (at < s->t.n) syn_utf8_next(s->t, at, &cp);
    return cp;
}

uint32_t scan_char_before(const scan *s, size_t at)
{
    uint32_t cp = 0;
    if (at > 0 && at <= s->t.n) syn_utf8_next(s->t, syn_utf8_prev(s->t, at), &cp);
    return cp;
}

static bool wordy(uint32_t cp)
{
    return cp && (syn_char_of(cp)->flags & (SYN_CH_LETTER | SYN_CH_MARK | SYN_CH_DIGIT));
}

static bool spaced(uint32_t cp)
{
    return syn_script_spaced((syn_script)syn_char_of(cp)->script);
}

bool scan_word_starts(const scan *s, size_t at)
{
    uint32_t before = scan_char_before(s, at), cp = scan_char(s, at);
    if (!wordy(before) || !wordy(cp)) return true;
    return !spaced(cp) || !spaced(before) || (syn_char_of(before)->digit >= 0 && syn_char_of(cp)->digit < 0);
}

bool scan_word_ends(const scan *s, size_t at)
{
    uint32_t before = scan_char_before(s, at), cp = scan_char(s, at);
    if (!wordy(cp) || !wordy(before)) return true;
    if (!spaced(before) || syn_char_of(before)->script == SYN_SCRIPT_HANGUL) return true;
    return !spaced(cp) || (syn_char_of(cp)->script != syn_char_of(before)->script && syn_char_of(cp)->digit < 0 &&
                           !(syn_char_of(cp)->flags & SYN_CH_MARK));
}

size_t scan_word_end(const scan *s, size_t at)
{
    for (size_t from = at; at < s->t.n;) {
        uint32_t cp;
        size_t n = syn_utf8_next(s->t, at, &cp);
        if (!wordy(cp) || (at > from && !spaced(cp))) break;
        at += n;
    }
    return at;
}

size_t scan_space(const scan *s, size_t at)
{
    while (at < s->t.n && s->t.p[at] == ' ' && s->text->src.p[s->map[at]] != '\n') at++;
    return at;
}

static bool blank(const scan *s, size_t at, uint32_t kinds)
{
    const scan_blank *b = &s->blanks[at % SCAN_BLANKS];
    return b->at == at && !(kinds & ~b->kinds);
}

static void remember_blank(const scan *s, size_t at, uint32_t kinds)
{
    scan_blank *b = &s->blanks[at % SCAN_BLANKS];
    if (b->at != at) *b = (scan_blank){at, 0};
    b->kinds |= kinds;
}

size_t scan_key(const scan *s, uint32_t kinds, size_t at, syn_lex_hit *hits, size_t max, size_t *n)
{
    size_t limit = s->t.n, len;
    *n = 0;
    if (at >= s->t.n || blank(s, at, kinds)) return 0;
    if (limit - at > 96) limit = at + 96;
    size_t first = limit;
    while ((len = syn_lexicon_longest(s->lex, s->lang, kinds, syn_slice(s->t, at, limit), hits, max, n)) > 0) {
        if (*n > max) *n = max;
        if (scan_word_ends(s, at + len)) return len;
        limit = at + len - 1;
    }
    if (!len && limit == first) remember_blank(s, at, kinds);
    *n = 0;
    return 0;
}

const syn_lex_hit *scan_pick(const syn_lex_hit *hits, size_t n, uint32_t kind, uint32_t id)
{
    for (size_t i = 0; i < n; i++)
        if (hits[i].kind == kind && (id == ANY_ID || hits[i].id == id)) return &hits[i];
    return NULL;
}

size_t scan_role(const scan *s, uint32_t kind, uint32_t id, size_t at, double *value)
{
    syn_lex_hit hits[8];
    size_t limit = s->t.n, len, n;
    if (at >= s->t.n || blank(s, at, kind)) return 0;
    if (limit - at > 96) limit = at + 96;
    size_t first = limit;
    while ((len = syn_lexicon_longest(s->lex, s->lang, kind, syn_slice(s->t, at, limit), hits, 8, &n)) > 0) {
        const syn_lex_hit *h = scan_pick(hits, n < 8 ? n : 8, kind, id);
        if (h && scan_word_ends(s, at + len)) {
            if (value) *value = h->value;
            return len;
        }
        limit = at + len - 1;
    }
    if (limit == first) remember_blank(s, at, kind);
    return 0;
}

/* ---- facts ---- */

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
    if (f->kind != SYN_FACT_ORDINAL && s->approx_end && scan_space(s, s->approx_end) == start)
        f->flags |= s->approx < 0 ? SYN_FACT_AT_MOST : s->approx > 0 ? SYN_FACT_AT_LEAST : SYN_FACT_APPROX;
    if (!syn_fact_push(s->out, f)) s->full = true;
}

/* A percent sign or word before the number ("yüzde 5", "%5"). */
static bool percent_at(const scan *s, size_t at, syn_fact *f, size_t *end)
{
    double factor;
    size_t len = scan_role(s, SYN_LEX_PERCENT, 1, at, &factor);
    quantity q;
    if (!len || !quantity_at(s, scan_space(s, at + len), &q) || q.ordinal) return false;
    f->kind = SYN_FACT_PERCENT;
    f->value = q.value * factor;
    *end = q.end;
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

/* Whether letters run on after digits as part of a code or a measure: "180ml", "5G". */
static bool glued(const scan *s, const quantity *q)
{
    uint32_t next = scan_char(s, q->end);
    if (!wordy(next) || syn_char_of(next)->digit >= 0) return false;
    return spaced(next) && syn_char_of(next)->script != SYN_SCRIPT_HANGUL && !q->spelled && !q->scaled &&
           !scan_role(s, SYN_LEX_NUMERAL, ROLE_ENDING, q->end, NULL) &&
           !scan_role(s, SYN_LEX_NUMERAL, ROLE_COUNTER, q->end, NULL);
}

/* The short words of scale that must touch their digits or follow them: taken here, where a number stands alone. */
static bool ordinal_at(const scan *s, size_t at, syn_fact *f, size_t *end)
{
    size_t len = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_PREFIX, at, NULL);
    quantity q;
    if (!len) return false;
    size_t from = scan_space(s, at + len);
    if (!quantity_at(s, from, &q) || q.fraction || q.value < 1) return false;
    f->kind = SYN_FACT_ORDINAL;
    f->value = q.value;
    *end = q.end;
    size_t ending = scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, q.end, NULL);
    if (ending) *end += ending;
    return true;
}

/* The upper end of "5-10 percent", "between 5 and 10 kronor". */
static bool upper_end(const scan *s, const quantity *low, bool between, quantity *high)
{
    size_t at = scan_space(s, low->end), len = 0;
    if (at < s->t.n && s->t.p[at] == '-') len = 1;
    if (!len) len = scan_role(s, SYN_LEX_PERIOD, PERIOD_TO, at, NULL);
    if (!len && between) len = scan_role(s, SYN_LEX_PERIOD, PERIOD_AND, at, NULL);
    if (!len) return false;
    size_t from = scan_space(s, at + len);
    return scan_char(s, from) != '-' && quantity_at(s, from, high) && high->value > low->value && !high->ordinal;
}

/* "10M", "15k": one letter that touches its digits; "100m" is a length. */
static void letter_scale(const scan *s, quantity *q)
{
    syn_lex_hit hits[4];
    size_t n, len = q->scaled || q->spelled ? 0 : scan_key(s, SYN_LEX_SCALE, q->end, hits, 4, &n);
    const syn_lex_hit *h = len ? scan_pick(hits, n, SYN_LEX_SCALE, SCALE_LETTER) : NULL;
    uint32_t cp;
    if (!h) return;
    syn_utf8_next(s->text->src, s->map[q->end], &cp);
    quantity scaled = *q;
    scaled.value *= h->value;
    scaled.end += len;
    scaled.scaled = true;
    scaled.plain = false;
    if (h->value > 1000 && !(syn_char_of(cp)->flags & SYN_CH_UPPER)) { /* "5m" is a length, "5m euros" is none */
        syn_fact money = {0};
        size_t end;
        if (!money_after(s, &scaled, &money, &end)) return;
    }
    *q = scaled;
}

static bool number_at(const scan *s, size_t at, syn_fact *f, size_t *end)
{
    quantity q, high;
    double factor = 1;
    if (!quantity_at(s, at, &q)) return false;
    letter_scale(s, &q);
    f->value = q.value;
    if (money_after(s, &q, f, end)) /* "a $ 5 billion deal": the sign belongs to what follows */
        return !q.weak || (q.value == 1 && (syn_char_of(scan_char_before(s, *end))->flags & SYN_CH_LETTER));
    size_t after = percent_after(s, q.end, &factor);
    if (after) {
        f->kind = SYN_FACT_PERCENT;
        f->value = q.value * factor;
        *end = after;
        return true;
    }
    if (!q.ordinal && upper_end(s, &q, false, &high)) {
        /* the unit stands once, at the end of the range */
        syn_fact upper = *f;
        if (money_after(s, &high, &upper, end)) {
            double scale = high.scaled && !q.scaled && high.value >= 1000 ? 1 : 0;
            if (!scale || q.value >= 1000) {
                *f = upper;
                f->value = q.value;
                f->value2 = high.value;
                f->flags |= SYN_FACT_RANGE;
                return true;
            }
        } else if ((after = percent_after(s, high.end, &factor)) != 0) {
            f->kind = SYN_FACT_PERCENT;
            f->value = q.value * factor;
            f->value2 = high.value * factor;
            f->flags |= SYN_FACT_RANGE;
            *end = after;
            return true;
        }
    }
    *end = q.end;
    size_t ending = q.fraction ? 0 : scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, q.end, NULL);
    if (q.ordinal || (ending && q.value >= 1 && (q.plain || q.spelled || q.scaled))) {
        f->kind = SYN_FACT_ORDINAL;
        if (!q.ordinal) *end += ending;
        return true;
    }
    f->kind = SYN_FACT_NUMBER;
    return !q.weak && !glued(s, &q);
}

/* An address: nothing in it is a figure. */
static size_t address_end(const scan *s, size_t at)
{
    static const char *const heads[] = {"http://", "https://", "www."};
    syn_str rest = syn_slice(s->t, at, s->t.n);
    for (size_t i = 0; i < SYN_COUNT(heads); i++)
        if (syn_starts(rest, syn_str_of(heads[i]))) {
            size_t space = syn_find_byte(s->t, ' ', at);
            return space == SIZE_MAX ? s->t.n : space;
        }
    return 0;
}

/* A time of day, "17:30", "17:30:05": no figure to compare. */
static size_t clock_end(const scan *s, size_t at)
{
    quantity hour;
    if (!digits_at(s, at, &hour) || !hour.plain || hour.digits > 2 || hour.value > 24) return 0;
    size_t pos = hour.end;
    while (scan_char(s, pos) == ':' && scan_digit(s, pos + 1) && scan_digit(s, pos + 2) && !scan_digit(s, pos + 3))
        pos += 3;
    return pos > hour.end ? pos : 0;
}

/* "every Monday", "每周一": no day of its own. */
static size_t every_end(const scan *s, size_t at)
{
    syn_lex_hit hits[8];
    size_t n, len = scan_role(s, SYN_LEX_PERIOD, PERIOD_EVERY, at, NULL), next = scan_space(s, at + len);
    size_t what = len ? scan_key(s, SYN_LEX_WEEKDAY | SYN_LEX_PERIOD | SYN_LEX_MONTH, next, hits, 8, &n) : 0;
    if (!what) return 0;
    for (size_t i = 0; i < n && i < 8; i++)
        if (hits[i].kind != SYN_LEX_PERIOD || (hits[i].id >= SPAN_DAY && hits[i].id <= SPAN_HALF_YEAR))
            return next + what;
    return 0;
}

/* A time of day told with words: "kl. 21.40", "21.40 Uhr", "9 pm". */
static size_t spoken_clock_end(const scan *s, size_t at)
{
    size_t before = scan_role(s, SYN_LEX_PERIOD, PERIOD_CLOCK_BEFORE, at, NULL), pos = at + before;
    if (before && scan_char(s, pos) == '.') pos++;
    if (before) pos = scan_space(s, pos);
    int hour = 0, minute = 0;
    size_t from = pos;
    while (scan_digit(s, pos) && pos - from < 3) hour = hour * 10 + (s->t.p[pos++] - '0');
    if (pos == from || pos - from > 2 || hour > 24) return 0;
    bool minutes = (scan_char(s, pos) == '.' || scan_char(s, pos) == ':') && scan_digit(s, pos + 1) &&
                   scan_digit(s, pos + 2) && !scan_digit(s, pos + 3);
    if (minutes) {
        minute = (s->t.p[pos + 1] - '0') * 10 + (s->t.p[pos + 2] - '0');
        pos += 3;
    }
    if (minute > 59 || !scan_word_ends(s, pos) || (scan_char(s, pos) == '.' && scan_digit(s, pos + 1))) return 0;
    double bare = 0;
    size_t next = scan_space(s, pos), after = scan_role(s, SYN_LEX_PERIOD, PERIOD_CLOCK_AFTER, next, &bare);
    if (after && (before || minutes || bare != 0)) return next + after;
    return before ? pos : 0;
}

#define START_KINDS                                                                                                    \
    (SYN_LEX_MONTH | SYN_LEX_WEEKDAY | SYN_LEX_NUMERAL | SYN_LEX_SCALE | SYN_LEX_ORDINAL | SYN_LEX_PERCENT |           \
     SYN_LEX_CURRENCY | SYN_LEX_RELDAY | SYN_LEX_PERIOD | SYN_LEX_APPROX)

/* What may begin at a place, from the keys there: most function words lead nowhere and cost one look. */
typedef struct start {
    uint32_t kinds;
    bool date, number;
} start;

static bool number_role(const syn_lex_hit *h)
{
    if (h->kind == SYN_LEX_SCALE || h->kind == SYN_LEX_ORDINAL) return true;
    return h->kind == SYN_LEX_NUMERAL && h->id != ROLE_AND && h->id != ROLE_POINT && h->id != ROLE_COUNTER &&
           h->id != ROLE_ENDING && h->id != ROLE_PARTS_OF && h->id != ROLE_OUT_OF;
}

/* 1: begins a date by itself; 2: only with something after it. */
static int date_role(const scan *s, const syn_lex_hit *h, size_t at)
{
    if (h->kind & (SYN_LEX_MONTH | SYN_LEX_WEEKDAY | SYN_LEX_RELDAY)) return 1;
    if (h->kind != SYN_LEX_PERIOD) return 0;
    if (h->id == PERIOD_ERA || h->id == PERIOD_PART || h->id == PERIOD_FEAST || h->id == PERIOD_EASTER ||
        h->id == PERIOD_QUARTER_NAME || h->id == PERIOD_HALF_NAME || h->id == SPAN_CENTURY || h->id > PERIOD_PHRASE)
        return 1;
    if (h->id == PERIOD_OF) return spaced(scan_char(s, at)) ? 0 : 2;
    return h->id <= SPAN_HALF_YEAR || (h->id >= PERIOD_LAST && h->id <= PERIOD_THIS) || h->id == PERIOD_FROM ||
                   h->id == PERIOD_BETWEEN || h->id == PERIOD_IN_YEAR || h->id == PERIOD_DECADE_HEAD ||
                   h->id == PERIOD_WEEK_HEAD
               ? 2
               : 0;
}

static start start_at(const scan *s, size_t at)
{
    syn_lex_hit hits[12];
    size_t n, limit = s->t.n - at > 96 ? at + 96 : s->t.n;
    start r = {0};
    size_t len = syn_lexicon_longest(s->lex, s->lang, START_KINDS, syn_slice(s->t, at, limit), hits, 12, &n);
    if (!len) {
        r.date = date_roman(s, at);
        return r;
    }
    if (n > 12) n = 12;
    for (size_t i = 0; i < n; i++) {
        r.number |= number_role(&hits[i]) || (hits[i].kind == SYN_LEX_NUMERAL && hits[i].value == 1);
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
    if (date == 2) {
        size_t next = scan_space(s, at + len);
        if (next < s->t.n && s->t.p[next] == '\'') next++;
        r.date = scan_digit(s, next) ||
                 syn_lexicon_longest(s->lex, s->lang, START_KINDS & ~(uint32_t)(SYN_LEX_CURRENCY | SYN_LEX_PERCENT),
                                     syn_slice(s->t, next, next + 96), NULL, 0, NULL);
    } else {
        r.date = date == 1 || r.number;
    }
    return r;
}

/* What begins at a place; its end in *end. */
static bool figure_at(scan *s, size_t at, start what, syn_fact *f, size_t *end)
{
    *f = (syn_fact){.from = SYN_NO_DAY, .to = SYN_NO_DAY};
    if (what.date && date_at(s, at, f, end)) return true;
    *f = (syn_fact){.from = SYN_NO_DAY, .to = SYN_NO_DAY};
    if ((what.kinds & SYN_LEX_CURRENCY) && money_at(s, at, f, end)) return true;
    if ((what.kinds & SYN_LEX_PERCENT) && percent_at(s, at, f, end)) return true;
    if ((what.kinds & SYN_LEX_ORDINAL) && ordinal_at(s, at, f, end)) return true;
    return what.number && number_at(s, at, f, end);
}

/* The length of an "and" written as one word with the digits after it; 0 if there is none. */
static size_t and_before_digits(const scan *s, size_t at)
{
    syn_lex_hit hits[4];
    size_t n, end = at;
    while (end < s->t.n && !scan_digit(s, end) && wordy(scan_char(s, end)))
        end += syn_utf8_next(s->t, end, &(uint32_t){0});
    if (end == at || !scan_digit(s, end)) return 0;
    n = syn_lexicon_find(s->lex, s->lang, SYN_LEX_NUMERAL, syn_slice(s->t, at, end), hits, 4);
    for (size_t i = 0; i < n && i < 4; i++)
        if (hits[i].id == ROLE_AND && hits[i].value == 1) return end - at;
    return 0;
}

static void walk(scan *s)
{
    size_t open = 0; /* digits may begin here though a letter touches them: Arabic's "and" */
    for (size_t at = 0, step; at < s->t.n && !s->full; at += step) {
        uint32_t cp;
        step = syn_utf8_next(s->t, at, &cp);
        if (cp == ' ') continue;
        bool digit = cp < 0x80 && cp >= '0' && cp <= '9', letter = wordy(cp) && !digit;
        if (letter && !scan_word_starts(s, at)) {
            if (spaced(cp)) step = scan_word_end(s, at) - at;
            continue;
        }
        if (digit && at != open && !scan_word_starts(s, at)) {
            step = scan_word_end(s, at) - at;
            continue;
        }
        size_t end;
        bool mark = cp == '-' || cp == '.' || cp == ',';
        start what = {0, digit, digit || mark};
        if (!digit && !mark) what = start_at(s, at);
        uint32_t kinds = what.kinds;
        if ((digit && (end = clock_end(s, at)) > 0) ||
            ((digit || (kinds & SYN_LEX_PERIOD)) && (end = spoken_clock_end(s, at)) > 0) ||
            ((kinds & SYN_LEX_PERIOD) && (end = every_end(s, at)) > 0)) {
            step = end - at;
            continue;
        }
        if ((kinds & SYN_LEX_PERIOD) && (end = scan_role(s, SYN_LEX_PERIOD, PERIOD_NOTHING, at, NULL)) > 0) {
            step = end;
            continue;
        }
        if (letter && (cp == 'h' || cp == 'w') && (end = address_end(s, at)) > 0) {
            step = end - at;
            continue;
        }
        if (!digit && !kinds && !mark && !what.date) {
            if (letter && spaced(cp)) step = scan_word_end(s, at) - at;
            continue;
        }
        double approx;
        size_t len;
        if ((kinds & SYN_LEX_APPROX) && (len = scan_role(s, SYN_LEX_APPROX, 0, at, &approx)) > 0) {
            s->approx = approx;
            s->approx_end = at + len;
        }
        syn_fact f;
        if (figure_at(s, at, what, &f, &end) && end > at) {
            if (f.kind != SYN_FACT_DATE || f.from != SYN_NO_DAY) push_fact(s, &f, at, end);
            step = end - at;
        } else if (letter && (len = and_before_digits(s, at)) > 0) {
            step = len;
            open = at + len;
        } else if (letter && spaced(cp) && !scan_role(s, SYN_LEX_NUMERAL, ROLE_PREFIX, at, NULL)) {
            step = scan_word_end(s, at) - at;
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
    scan_blank blanks[SCAN_BLANKS] = {{0}};
    blanks[0].at = SIZE_MAX;
    s.blanks = blanks;
    syn_lex_hit mark;
    s.scale_first = syn_lexicon_find(lex, s.lang, SYN_LEX_NUMERAL, SYN_STR("*scale-first"), &mark, 1) > 0;
    walk(&s);
    return out->arena->failed ? syn_fail(err, SYN_ENOMEM, 0, "no memory for the facts") : SYN_OK;
}
