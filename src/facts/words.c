/* words.c - stage 4: numbers in words, and in digits with words.  Tables give whole small numbers and words of scale;
   what is left is one grammar for all languages: a stack of terms, in which a word of scale multiplies every smaller
   term above it ("two hundred | thousand", "三千二百 | 万"), and a smaller number adds itself. */
#include "figures.h"

#define MAX_TERMS 10
#define MAX_PARTS 12
#define MAX_COMPOUND 160 /* bytes of one joined word */

typedef struct atom {
    size_t end;
    const syn_lex_hit *num, *scale, *ordinal;
    syn_lex_hit kept[3];
    double number; /* of digits */
    bool digits;
} atom;

typedef struct chain {
    struct {
        double value, place;
    } term[MAX_TERMS];
    int n, since_and; /* terms before the last "and" */
    bool pending_and, ordinal, fraction, article, digits, scaled, positional, over;
    bool unsettled_zero;
    bool unsettled;      /* ends in what is a number only if more follows: "three and a ... fifth" */
    double trailing;     /* the scale before a single last digit: 二百五 */
    double below, whole; /* "x 分の": the denominator, and what stood before "and" */
    double above;        /* "x out of": the numerator */
    bool out_of;
    int words, prefixes;
    bool scale_first; /* "elfu tatu": the scale stands before what it multiplies */
    double waiting;   /* such a scale, until its number comes */
} chain;

static double place_of(double v)
{
    if (v != (double)(int64_t)v) return 0;
    double place = 1;
    while (v >= 10 && v == 10 * (double)(int64_t)(v / 10) && place < 1e15) {
        v /= 10;
        place *= 10;
    }
    return place;
}

static bool push(chain *c, double value, double place)
{
    if (c->n == MAX_TERMS) return false;
    c->term[c->n].value = value;
    c->term[c->n++].place = place;
    return true;
}

static bool add_number(chain *c, double v, bool digits)
{
    bool ok;
    c->trailing = 0;
    if (c->waiting > 0 && v > 0 && v < 1000 && !c->pending_and) {
        c->term[c->n - 1].value = c->waiting * v;
        c->waiting = 0;
        return true;
    }
    c->waiting = 0;
    if (c->n == 0) {
        ok = push(c, v, digits ? (v == 0 ? 1 : place_of(v) > 0) : place_of(v));
    } else {
        double place = c->term[c->n - 1].place, *top = &c->term[c->n - 1].value;
        if (v < place && v > 0 && !(c->digits && c->n == 1 && !c->scaled)) {
            ok = push(c, v, place_of(v));
        } else if (place == 1 && *top < 10 && c->pending_and && v < 100 && v >= 20 && place_of(v) == 10) {
            *top += v; /* "five and twenty" */
            ok = true;
        } else if (c->pending_and && v > 0 && v < 1000 && !c->unsettled && !c->fraction && v == (double)(int)v) {
            ok = c->unsettled = push(c, v, place_of(v)); /* "three and two ... fifths" */
        } else {
            return false;
        }
    }
    if (digits && c->n == 1) c->digits = true;
    c->pending_and = false;
    return ok;
}

static bool add_scale(chain *c, double scale, bool bare)
{
    if (c->scale_first && !c->unsettled && (c->n == 0 || (c->waiting == 0 && scale < c->term[c->n - 1].place))) {
        c->waiting = scale;
        c->scaled = true;
        c->pending_and = false;
        return push(c, scale, scale);
    }
    if (c->pending_and || c->unsettled) return false;
    double sum = 0;
    int keep = c->n;
    while (keep > 0 && (c->term[keep - 1].value < scale || (c->digits && c->n == 1 && !c->scaled)))
        sum += c->term[--keep].value;
    if (sum == 0) {
        if (keep < c->n || (keep == 0 && !bare)) return false;
        if (keep > 0 && (scale >= c->term[keep - 1].place || !bare)) return false;
        sum = 1;
    }
    if (keep > 0 && sum * scale >= c->term[keep - 1].place) return false; /* "300 and 200" */
    c->n = keep;
    c->scaled = true;
    if (c->since_and > keep) c->since_and = keep;
    return push(c, sum * scale, scale);
}

static double sum_of(const chain *c, int from)
{
    double sum = 0;
    for (int i = from; i < c->n; i++) sum += c->term[i].value;
    return sum;
}

static bool divide(chain *c, double by)
{
    int from = c->since_and;
    if (c->n <= from || by <= 0) return false;
    double value = sum_of(c, from) / by;
    if (value >= 1 && from > 0 && !c->pending_and) { /* "a hundred and thirty fifths" */
        from = c->since_and = 0;
        value = sum_of(c, 0) / by;
    }
    if (c->digits && from == 0 && value >= 1) return false;                            /* "7 quarters" */
    if (from > 0 && c->term[from - 1].place >= 1000) value *= c->term[from - 1].place; /* "3 million and a quarter" */
    c->n = from;
    c->unsettled = false;
    c->fraction = true;
    c->pending_and = false;
    return push(c, value, 0);
}

static bool add_ordinal(chain *c, double v, bool spelled)
{
    if (c->n == 0 || (c->ordinal && v < c->term[c->n - 1].place)) {
        c->ordinal = true;
        return add_number(c, v, false);
    }
    double top = c->term[c->n - 1].value;
    if (c->ordinal) { /* "the fifth and twentieth" */
        if (!c->pending_and || top >= 10 || v < 20 || v > 90) return false;
        c->term[c->n - 1].value += v;
        c->pending_and = false;
        return true;
    }
    if (c->digits) return false; /* "280 million first" */
    if (v >= 100 && top < v && !c->pending_and) {
        if (!add_scale(c, v, false)) return false;
        c->ordinal = true;
        return true;
    }
    if (v < c->term[c->n - 1].place) {
        c->ordinal = true;
        return add_number(c, v, false);
    }
    return v >= 3 && v <= 100 && spelled && divide(c, v); /* "one fifth" */
}

/* A short form ("mn", "bn") scales digits only. */
static bool short_scale(const syn_lex_hit *scale, const atom *a)
{
    return scale->id == SCALE_SHORT && !a->num;
}

/* Whether the atom carries the number on; the chain is changed only if so. */
static bool apply(chain *state, const atom *a, bool spaced)
{
    chain c = *state;
    bool ok = false;
    uint32_t role = a->num ? a->num->id : ROLE_NUMBER;
    if (a->digits) {
        ok = add_number(&c, a->number, true);
    } else if (a->scale && short_scale(a->scale, a) && !c.digits) {
        return false;
    } else if (a->scale && (c.n > 0 || c.scale_first) && !c.ordinal &&
               add_scale(&c, a->scale->value, !spaced || a->num)) {
        ok = true;
    } else if (a->num && role != ROLE_NUMBER) {
        switch (role) {
        case ROLE_AND:
            ok = c.n > 0 && !c.pending_and && !c.unsettled && !c.over;
            c.pending_and = true;
            c.since_and = c.n;
            break;
        case ROLE_ARTICLE:
            c.article = c.n == 0;
            ok = (c.fraction && c.n == 1 && !c.pending_and) ||
                 add_number(&c, a->num->value, false); /* "half a million" */
            break;
        case ROLE_BEFORE_SCALE:
            ok = add_number(&c, a->num->value, false);
            break;
        case ROLE_FRACTION:
        case ROLE_HALF_MORE:
            if (c.n && c.article && c.n == 1) c.n = 0; /* "a half", "a quarter" */
            if (c.unsettled) {                         /* "three and a quarter" */
                ok = divide(&c, 1 / a->num->value);
            } else if (c.n && (c.pending_and || role == ROLE_HALF_MORE)) {
                double place = c.term[c.n - 1].place;
                ok = push(&c, a->num->value * (c.scaled && place >= 1000 ? place : 1), 0);
            } else if (c.n) {
                ok = a->num->value < 0.5 && c.term[c.n - 1].value < 1 / a->num->value && divide(&c, 1 / a->num->value);
            } else {
                ok = role == ROLE_FRACTION && push(&c, a->num->value, 0);
            }
            c.fraction = true;
            c.article = c.pending_and = false;
            if (c.ordinal) ok = false; /* "the third quarter" */
            break;
        case ROLE_DENOMINATOR:
            ok = divide(&c, a->num->value);
            c.article = false;
            break;
        case ROLE_DOZEN:
            ok = !c.pending_and && !c.unsettled && !c.ordinal;
            if (ok) {
                int from = c.n > c.since_and ? c.since_and : 0; /* "300 and 2 dozen" */
                double count = c.n ? sum_of(&c, from) : 1;
                c.n = from;
                ok = push(&c, count * a->num->value, 0);
            }
            c.scaled = true;
            c.article = false;
            break;
        case ROLE_PARTS_OF:
            ok = c.n > c.since_and && !c.over;
            c.below = sum_of(&c, c.since_and);
            c.whole = sum_of(&c, 0) - c.below;
            c.over = true;
            c.n = c.since_and = 0;
            c.pending_and = c.digits = c.scaled = c.unsettled = false;
            break;
        case ROLE_OUT_OF:
            ok = c.n > 0 && !c.out_of && !c.over && !c.pending_and && !c.scaled;
            c.article = false;
            c.out_of = c.unsettled = true;
            c.above = sum_of(&c, 0);
            c.n = c.since_and = 0;
            c.digits = false;
            break;
        case ROLE_PREFIX:
            ok = c.n == 0 || c.pending_and;
            if (++c.prefixes > 1) c.ordinal = true; /* "the one and the twenty" */
            break;
        default:
            break;
        }
    } else if (a->ordinal && !(a->num && a->num->value == a->ordinal->value) &&
               (!a->num || c.n == 0 || a->num->value >= c.term[c.n - 1].place)) {
        ok = add_ordinal(&c, a->ordinal->value, !c.digits);
    } else if (a->num) {
        double v = a->num->value;
        if (v == 0 && !spaced && c.scaled) {
            state->unsettled_zero = true; /* 一千零一 */
            return true;
        }
        if (v >= 1000 && c.n == 0) {
            c.scaled = true;
            ok = push(&c, v, v);
        } else if (!spaced && v < 10 && c.n == 1 && !c.scaled && !c.pending_and && !c.digits &&
                   (c.positional || c.term[0].value < 10)) {
            c.term[0].value = c.term[0].value * 10 + v; /* 二〇二六 */
            ok = c.positional = c.term[0].value < 1e15;
        } else {
            if (!spaced && v >= 100) c.scaled = true;
            double scale = c.n && c.scaled && !c.unsettled_zero && v < 10 ? c.term[c.n - 1].place : 0;
            ok = add_number(&c, v, false);
            c.trailing = scale >= 100 ? scale : 0;
        }
        if (ok && c.ordinal && v < 10) ok = false;
    } else if (a->scale) {
        ok = add_scale(&c, a->scale->value, !spaced && a->scale->value < 1e4 && a->scale->id == 0);
    }
    if (!ok) return false;
    c.unsettled_zero = false;
    if (a->scale || a->digits) c.trailing = 0;
    if (c.out_of && c.unsettled && c.n > 0) c.unsettled = false;
    if (!(a->num && a->num->id == ROLE_ARTICLE) && !a->digits && c.n > state->n && state->article) c.article = false;
    if (a->scale && c.scaled) c.article = false;
    c.words++;
    *state = c;
    return true;
}

static void fill_atom(atom *a, const syn_lex_hit *hits, size_t n, size_t end)
{
    *a = (atom){.end = end};
    for (size_t i = 0; i < n; i++) {
        const syn_lex_hit **kept = hits[i].kind == SYN_LEX_NUMERAL ? &a->num
                                   : hits[i].kind == SYN_LEX_SCALE ? &a->scale
                                   : hits[i].id == ORDINAL_WORD    ? &a->ordinal
                                                                   : NULL;
        if (!kept || *kept || (kept == &a->scale && hits[i].id == SCALE_LETTER)) continue; /* one letter: money.c */
        size_t at = kept == &a->num ? 0 : kept == &a->scale ? 1 : 2;
        a->kept[at] = hits[i];
        *kept = &a->kept[at];
    }
}

#define ATOM_KINDS (SYN_LEX_NUMERAL | SYN_LEX_SCALE | SYN_LEX_ORDINAL)

/* An "and" is part of a written word only where its table says so (value 1), as Arabic's and Hebrew's prefix is. */
static bool usable(const atom *a, bool joined)
{
    if (a->num && (a->num->id == ROLE_COUNTER || a->num->id == ROLE_ENDING || a->num->id == ROLE_POINT ||
                   a->num->id == ROLE_MINUS))
        return false;
    if (a->num && a->num->id == ROLE_AND) return !joined || a->num->value == 1;
    if (a->num && a->num->id == ROLE_PREFIX) return joined;
    return a->num || a->scale || a->ordinal;
}

/* Split the joined word [at, end) into atoms with nothing left over.  bad marks the offsets known to lead nowhere. */
static bool split_word(const scan *s, size_t at, size_t end, atom *parts, int n, int *count, uint8_t *bad, size_t base)
{
    if (at == end) {
        *count = n;
        return n > 0;
    }
    if (n == MAX_PARTS || bad[at - base]) return false;
    syn_lex_hit hits[6];
    size_t found, limit = end, len;
    while (limit > at &&
           (len = syn_lexicon_longest(s->lex, s->lang, ATOM_KINDS, syn_slice(s->t, at, limit), hits, 6, &found)) > 0) {
        fill_atom(&parts[n], hits, found < 6 ? found : 6, at + len);
        if (parts[n].num && parts[n].num->id == ROLE_ENDING && n > 0 && at + len == end) {
            *count = n; /* an ending of inflection closes the word */
            parts[n - 1].end = end;
            return true;
        }
        if (usable(&parts[n], true) && split_word(s, at + len, end, parts, n + 1, count, bad, base)) return true;
        limit = at + len - 1;
    }
    bad[at - base] = 1;
    return false;
}

/* "and", "the" written as heads of the word (Arabic, Hebrew) before a key that may go on past the word's end. */
static int prefixed_atoms(const scan *s, size_t at, size_t end, atom *parts)
{
    int n = 0;
    for (; n < 2; n++) {
        syn_lex_hit hits[6];
        size_t found, limit = end, len = 0;
        bool joint = false;
        while (limit > at && !joint) {
            len = syn_lexicon_longest(s->lex, s->lang, SYN_LEX_NUMERAL, syn_slice(s->t, at, limit), hits, 6, &found);
            if (!len) return 0;
            const syn_lex_hit *h = &hits[0];
            joint = h->id == ROLE_PREFIX || (h->id == ROLE_AND && h->value == 1);
            limit = at + len - 1;
        }
        if (!joint || at + len >= end) return 0;
        fill_atom(&parts[n], hits, found < 6 ? found : 6, at + len);
        at += len;
        len = scan_key(s, ATOM_KINDS, at, hits, 6, &found);
        if (!len) continue;
        fill_atom(&parts[n + 1], hits, found, at + len);
        return usable(&parts[n + 1], false) && !(parts[n + 1].num && parts[n + 1].num->id == ROLE_AND) ? n + 2 : 0;
    }
    return 0;
}

/* The atoms of the word at a place: one key (of several words, maybe), or the parts of a compound. */
static int word_atoms(const scan *s, size_t at, atom parts[MAX_PARTS])
{
    syn_lex_hit hits[6];
    size_t n, len = scan_key(s, ATOM_KINDS, at, hits, 6, &n);
    if (len) {
        fill_atom(&parts[0], hits, n < 6 ? n : 6, at + len);
        if (usable(&parts[0], false)) return 1;
        if (!(parts[0].num && parts[0].num->id == ROLE_ENDING)) return 0;
    }
    uint32_t script = syn_char_of(scan_char(s, at))->script;
    if (!syn_script_spaced((syn_script)script)) return 0;
    size_t end = scan_word_end(s, at);
    int heads = prefixed_atoms(s, at, end, parts);
    if (heads) return heads;
    uint8_t bad[MAX_COMPOUND] = {0};
    int count = 0;
    if (end - at >= MAX_COMPOUND) return 0;
    if (!syn_lexicon_longest(s->lex, s->lang, ATOM_KINDS, syn_slice(s->t, at, end), hits, 1, &n)) return 0;
    return split_word(s, at, end, parts, 0, &count, bad, at) ? count : 0;
}

/* Digits said one by one after "point": adds them to *value; the end, or at where there are none. */
static size_t said_decimals(const scan *s, size_t at, double *value)
{
    double unit = 0.1;
    size_t end = scan_space(s, at);
    if (scan_digit(s, end)) {
        for (; scan_digit(s, end); unit /= 10) *value += (s->t.p[end++] - '0') * unit;
        return end;
    }
    end = at;
    for (int i = 0; i < 12; i++) {
        syn_lex_hit hits[6];
        size_t n, from = scan_space(s, end), len = scan_key(s, SYN_LEX_NUMERAL, from, hits, 6, &n);
        const syn_lex_hit *h = len ? scan_pick(hits, n, SYN_LEX_NUMERAL, ROLE_NUMBER) : NULL;
        if (!h && len) h = scan_pick(hits, n, SYN_LEX_NUMERAL, ROLE_ARTICLE);
        if (!h || h->value >= 100 || (h->value >= 10 && i > 1)) break;
        *value += h->value * (h->value >= 10 ? unit / 10 : unit);
        unit /= 10;
        end = from + len;
        if (h->value >= 10) break;
    }
    return end;
}

static bool minus_at(const scan *s, size_t at, size_t *after)
{
    if (at < s->t.n && s->t.p[at] == '-') {
        uint32_t before = scan_char_before(s, at);
        if (before && before != ' ' && before != '(' && before != '[' && before != ':' && before != '~' &&
            syn_script_spaced((syn_script)syn_char_of(before)->script))
            return false;
        *after = at + 1;
        return scan_digit(s, at + 1) || (at + 1 < s->t.n && s->t.p[at + 1] == s->info->decimal);
    }
    size_t len = scan_role(s, SYN_LEX_NUMERAL, ROLE_MINUS, at, NULL);
    *after = scan_space(s, at + len);
    return len > 0;
}

/* "3/4", and one character "¾" that folding spelt out. */
static bool slash_fraction(const scan *s, const quantity *q, double *value, size_t *end)
{
    uint32_t cp = scan_char(s, q->end);
    if (cp != '/' && cp != 0x2044) return false;
    size_t at = q->end + (cp == '/' ? 1 : 3);
    quantity below;
    if (!q->plain || q->value < 1 || s->t.p[q->start] == '0' || s->t.p[at] == '0' || !digits_at(s, at, &below) ||
        !below.plain || below.value < 2)
        return false;
    uint32_t next = scan_char(s, below.end);
    if (next == '/' || next == '-' || below.value > 100 || below.digits > 3 ||
        (below.value > 10 && q->value > below.value))
        return false;
    *value = q->value / below.value;
    *end = below.end;
    return true;
}

/* "12.3e+14", "1.1^23": what stands after the digits; the end, or 0 where there is neither. */
static size_t power_at(const scan *s, size_t at, double *value)
{
    char mark = at < s->t.n ? s->t.p[at] : 0;
    if (mark != 'e' && mark != '^') return 0;
    bool minus = false;
    int exponent = 0;
    size_t pos = at + 1;
    if (pos < s->t.n && (s->t.p[pos] == '+' || s->t.p[pos] == '-')) minus = s->t.p[pos++] == '-';
    size_t from = pos;
    while (scan_digit(s, pos) && pos - from < 4) exponent = exponent * 10 + (s->t.p[pos++] - '0');
    if (pos == from || exponent > 300 || !scan_word_ends(s, pos)) return 0;
    double base = mark == 'e' ? 10 : *value, power = 1;
    for (int i = 0; i < exponent; i++) power *= base;
    if (minus && power == 0) return 0;
    double result = mark == 'e' ? (minus ? *value / power : *value * power) : minus ? 1 / power : power;
    if (!(result < 1e300 && result > -1e300)) return 0;
    *value = result;
    return pos;
}

/* One character that is a fraction of its own, as "½": folded to digits that share one place of the source. */
static bool vulgar_at(const scan *s, size_t at, double *value, size_t *end)
{
    uint32_t cp;
    if (!s->map || at >= s->t.n || (unsigned)(s->t.p[at] - '0') > 9) return false;
    syn_utf8_next(s->text->src, s->map[at], &cp);
    if (syn_char_of(cp)->digit >= 0 || !((cp >= 0xBC && cp <= 0xBE) || (cp >= 0x2150 && cp <= 0x215E))) return false;
    double part[2] = {0, 0};
    int which = 0;
    size_t i = at;
    for (; i < s->t.n && s->map[i] == s->map[at]; i++) {
        if ((unsigned)(s->t.p[i] - '0') <= 9)
            part[which] = part[which] * 10 + (s->t.p[i] - '0');
        else
            which = 1;
    }
    if (part[1] < 2) return false;
    *value = part[0] / part[1];
    *end = i;
    return true;
}

/* One character of Hangul or Han next to which more letters stand that are no counting word: too short to be sure of.
 */
static bool short_syllable(const scan *s, size_t start, size_t end)
{
    uint8_t script = syn_char_of(scan_char(s, start))->script;
    if ((script != SYN_SCRIPT_HANGUL && script != SYN_SCRIPT_HAN) || end - start > 3) return false;
    uint32_t next = scan_char(s, end);
    return next != 0 && (syn_char_of(next)->flags & SYN_CH_LETTER) &&
           !scan_role(s, SYN_LEX_NUMERAL, ROLE_COUNTER, end, NULL) &&
           !scan_role(s, SYN_LEX_NUMERAL, ROLE_AND, end, NULL) &&
           !scan_role(s, SYN_LEX_NUMERAL, ROLE_PARTS_OF, end, NULL);
}

/* A lone number word with a capital inside a sentence is part of a name: "Formula One", "Việt Nam". */
static bool part_of_name(const scan *s, size_t at)
{
    uint32_t cp;
    uint32_t from = s->map[at];
    syn_utf8_next(s->text->src, from, &cp);
    if (!(syn_char_of(cp)->flags & SYN_CH_UPPER) || at < 2 || s->t.p[at - 1] != ' ') return false;
    uint32_t before = scan_char_before(s, at - 1);
    return (syn_char_of(before)->flags & SYN_CH_LETTER) != 0 && s->text->src.p[s->map[at - 1]] != '\n';
}

/* Whether the language says 二百五 for 250. */
static bool trailing_scales(const scan *s)
{
    syn_lex_hit hit;
    return syn_lexicon_find(s->lex, s->lang, SYN_LEX_NUMERAL, SYN_STR("*trailing"), &hit, 1) > 0;
}

bool quantity_at(const scan *s, size_t at, quantity *q)
{
    chain c = {0}, safe = {0}; /* safe: up to end */
    c.scale_first = safe.scale_first = s->scale_first;
    quantity digits = {0};
    size_t start = at, body, end = at;
    double sign = 1;
    bool only_digits = true;
    int atoms = 0;
    if (minus_at(s, at, &body))
        sign = -1;
    else
        body = at;

    double vulgar;
    if (vulgar_at(s, body, &vulgar, &end)) {
        *q = (quantity){.start = start, .end = end, .value = sign * vulgar, .fraction = true};
        return true;
    }
    for (size_t pos = body;;) {
        atom parts[MAX_PARTS];
        int n = 0;
        quantity d;
        bool spaced = true;
        uint32_t cp = scan_char(s, pos);
        if (cp >= '0' && cp <= '9' ? digits_at(s, pos, &d) : (pos == body && digits_at(s, pos, &d))) {
            double value;
            size_t after;
            if (pos == body) digits = d;
            parts[0] = (atom){.end = d.end, .number = d.value, .digits = true};
            n = 1;
            if (pos == body && slash_fraction(s, &d, &value, &after)) {
                *q = (quantity){.start = start, .end = after, .value = sign * value, .fraction = true};
                return true;
            }
            if (pos == body && (after = power_at(s, d.end, &d.value)) != 0) {
                *q = (quantity){.start = start, .end = after, .value = sign * d.value};
                return true;
            }
            quantity part;
            size_t gap = scan_space(s, d.end);
            if (pos == body && d.plain && gap == d.end + 1 && scan_digit(s, gap) && digits_at(s, gap, &part) &&
                slash_fraction(s, &part, &value, &after) && value < 1) { /* "1 1/2" */
                parts[0].number += value;
                parts[0].end = after;
                digits.plain = false;
            }
            if (pos == body && vulgar_at(s, d.end, &value, &after)) {
                parts[0].number += value;
                parts[0].end = after;
                digits.plain = false;
            }
            /* after words, digits go on only as a smaller part that has its own scale or is written joined */
            if (pos != body && pos > end && scan_char_before(s, pos) == ' ') {
                syn_lex_hit hit;
                size_t hits, next = scan_space(s, d.end);
                bool tail = c.waiting > 0 ||
                            (c.digits && c.scaled && c.n > 0 && c.term[c.n - 1].place <= 1000); /* "3 hundred 21" */
                if (!d.plain && c.waiting == 0) break;                                          /* "milioni 1.5" */
                if (!scan_key(s, SYN_LEX_SCALE, next, &hit, 1, &hits) && !c.pending_and && !c.out_of && !tail) break;
            }
        } else if (cp) {
            spaced = syn_script_spaced((syn_script)syn_char_of(cp)->script);
            n = word_atoms(s, pos, parts);
        }
        if (n == 0) break;
        if (atoms && n == 1 && scan_char_before(s, pos) == ' ' && short_syllable(s, pos, parts[0].end) &&
            !parts[0].digits && !(parts[0].num && parts[0].num->id != ROLE_NUMBER) && !parts[0].scale)
            break; /* the head of another word */
        if (n == 1 && parts[0].scale && syn_char_of(cp)->script == SYN_SCRIPT_HANGUL &&
            short_syllable(s, pos, parts[0].end) &&
            !syn_lexicon_longest(s->lex, s->lang, ATOM_KINDS | SYN_LEX_CURRENCY, syn_slice(s->t, parts[0].end, s->t.n),
                                 NULL, 0, NULL))
            break; /* 조 of 조각, a piece, is no trillion */
        chain trial = c;
        int i = 0;
        while (i < n && apply(&trial, &parts[i], spaced)) i++;
        if (i < n) break;
        atoms += n;
        c = trial;
        size_t word_end = parts[n - 1].end;
        bool settled = !c.pending_and && c.n > 0 && !c.unsettled && !c.unsettled_zero;
        if (settled) {
            end = word_end;
            if (!parts[n - 1].digits) only_digits = false;
            safe = c;
        }
        pos = word_end;
        if (settled && !c.fraction && !c.ordinal) {
            double decimals = 0;
            size_t from = scan_space(s, pos), len = scan_role(s, SYN_LEX_NUMERAL, ROLE_POINT, from, NULL);
            size_t said = len ? said_decimals(s, from + len, &decimals) : 0;
            if (len && said > from + len) {
                c.term[c.n - 1].value += decimals;
                c.term[c.n - 1].place = 0;
                pos = end = said;
                safe = c;
                only_digits = false;
            }
        }
        size_t next = scan_space(s, pos);
        if (next == pos && scan_char(s, pos) == '-' && !parts[n - 1].digits) next = pos + 1;
        if (scan_char(s, next) == 0) break;
        pos = next;
    }
    c = safe;
    if (end <= body || c.n == 0) return false;
    double value = sum_of(&c, 0);
    if (c.trailing > 0 && !c.ordinal && trailing_scales(s)) value += c.term[c.n - 1].value * (c.trailing / 10 - 1);
    if (c.over) {
        if (c.below <= 0) return false;
        value = c.whole + value / c.below;
    } else if (c.out_of) {
        if (value <= c.above || value > 1000) return false;
        value = c.above / value;
    }
    *q = (quantity){
        .start = start,
        .end = end,
        .value = sign * value,
        .digits = only_digits && sign > 0 ? digits.digits : 0,
        .plain = only_digits && digits.plain && sign > 0,
        .ordinal = c.ordinal,
        .fraction = c.fraction || c.over || c.out_of,
        .spelled = digits.end == 0,
        .weak = (c.article && atoms == 1 && sign > 0) ||
                (atoms == 1 && digits.end == 0 && (short_syllable(s, body, end) || part_of_name(s, body))),
        .scaled = c.scaled,
    };
    return true;
}
