/* words.c - stage 4: finds the words and digits of a number in the text and hands them to the grammar (chain.c). */
#include "chain.h"

#define MAX_PARTS 12
#define MAX_COMPOUND 160 /* bytes of one joined word */

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
                   a->num->id == ROLE_MINUS || a->num->id == ROLE_PARTS))
        return false;
    if (a->num && a->num->id == ROLE_AND) return !joined || a->num->value == AND_JOINED;
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
    while (limit > at && (len = scan_head(s, ATOM_KINDS, at, limit, hits, 6, &found)) > 0) {
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
            len = scan_head(s, SYN_LEX_NUMERAL, at, limit, hits, 6, &found);
            if (!len) return 0;
            const syn_lex_hit *h = &hits[0];
            joint = h->id == ROLE_PREFIX || (h->id == ROLE_AND && h->value == AND_JOINED);
            limit = at + len - 1;
        }
        if (!joint || at + len >= end) return 0;
        fill_atom(&parts[n], hits, found < 6 ? found : 6, at + len);
        at += len;
        if (scan_digit(s, at) && parts[n].num->id == ROLE_AND) return n + 1; /* و٣ */
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
    if (!scan_head(s, ATOM_KINDS, at, end, hits, 1, &n)) return 0;
    return split_word(s, at, end, parts, 0, &count, bad, at) ? count : 0;
}

/* What is said after "point": digits one by one, or a number whose digits they are ("coma doscientos"): adds them to
 *value; the end, or at where there are none. */
static size_t said_decimals(const scan *s, size_t at, bool large, double *value)
{
    double unit = 0.1;
    size_t end = scan_space(s, at);
    if (scan_digit(s, end)) {
        if (large) return at;
        for (; scan_digit(s, end); unit /= 10) *value += (s->t.p[end++] - '0') * unit;
        return end;
    }
    end = at;
    bool zeros = true;
    for (int i = 0; i < 12; i++) {
        syn_lex_hit hits[6];
        size_t n, from = scan_space(s, end), len = scan_key(s, SYN_LEX_NUMERAL | SYN_LEX_SCALE, from, hits, 6, &n);
        const syn_lex_hit *h = len ? scan_pick(hits, n, SYN_LEX_NUMERAL, ROLE_NUMBER) : NULL;
        quantity q;
        if (zeros && len && scan_spaced(scan_char(s, from)) && (!h || h->value >= 10) && !s->in_decimals) {
            scan inner = *s;
            inner.in_decimals = true;
            if (!quantity_at(&inner, from, &q) || q.fraction || q.ordinal || q.weak || q.value < 10 || q.value >= 1e9)
                break;
            for (double v = q.value; v >= 10; v /= 10) unit /= 10;
            *value += q.value * unit;
            return q.end;
        }
        if (!h && len) h = scan_pick(hits, n, SYN_LEX_NUMERAL, ROLE_ARTICLE);
        if (!h || h->value >= 10 || large) break;
        zeros &= h->value == 0;
        *value += h->value * unit;
        unit /= 10;
        end = from + len;
    }
    return end;
}

/* Whether the digits at a place stand alone on their line but for a sign or word of scale or percent: in a cell of a
   table "- 10 k" is a negative number, in running text a dash and a number. */
static bool alone_in_line(const scan *s, size_t at)
{
    size_t end = at;
    while (end < s->t.n && end - at < 32 && (scan_digit(s, end) || strchr(".,/ ", s->t.p[end]))) end++;
    if (end == at || end == s->t.n || s->text->src.p[s->map[end - 1]] == '\n') return end > at;
    size_t hits, len = scan_key(s, SYN_LEX_SCALE | SYN_LEX_PERCENT, end, NULL, 0, &hits);
    size_t after = len ? scan_space(s, end + len) : 0;
    return len && (after >= s->t.n || s->text->src.p[s->map[after]] == '\n');
}

static bool minus_at(const scan *s, size_t at, size_t *after)
{
    if (at < s->t.n && s->t.p[at] == '-') {
        uint32_t before = scan_char_before(s, at);
        if (before && before != ' ' && before != '(' && before != '[' && before != ':' && before != '~' &&
            syn_script_spaced((syn_script)syn_char_of(before)->script))
            return false;
        *after = at + 1;
        if (scan_digit(s, at + 1) || (at + 1 < s->t.n && s->t.p[at + 1] == s->info->decimal)) return true;
        *after = scan_space(s, at + 1);
        return scan_digit(s, *after) && scan_line_starts(s, at) && alone_in_line(s, *after);
    }
    size_t len = scan_role(s, SYN_LEX_NUMERAL, ROLE_MINUS, at, NULL);
    *after = scan_space(s, at + len);
    return len > 0;
}

/* One character of Hangul or Han next to which more letters stand that are neither a counting word nor a measure: too
   short to be sure of. */
static bool short_syllable(const scan *s, size_t start, size_t end)
{
    uint8_t script = syn_char_of(scan_char(s, start))->script;
    if ((script != SYN_SCRIPT_HANGUL && script != SYN_SCRIPT_HAN) || end - start > 3) return false;
    uint32_t next = scan_char(s, end);
    return next != 0 && (syn_char_of(next)->flags & SYN_CH_LETTER) &&
           !scan_role(s, SYN_LEX_NUMERAL, ROLE_COUNTER, end, NULL) &&
           !scan_role(s, SYN_LEX_NUMERAL, ROLE_AND, end, NULL) &&
           !scan_role(s, SYN_LEX_NUMERAL, ROLE_PARTS_OF, end, NULL) &&
           !scan_role(s, SYN_LEX_SCALE, SCALE_WORD, end, NULL) && !scan_role(s, SYN_LEX_UNIT, ANY_ID, end, NULL);
}

/* A lone number word with a capital inside a sentence is part of a name: "Formula One", "Việt Nam". */
static bool part_of_name(const scan *s, size_t at)
{
    if (!scan_upper(s, at) || at < 2 || s->t.p[at - 1] != ' ') return false;
    uint32_t before = scan_char_before(s, at - 1);
    return (syn_char_of(before)->flags & SYN_CH_LETTER) != 0 && s->text->src.p[s->map[at - 1]] != '\n';
}

/* Whether the language says 二百五 for 250. */
static bool trailing_scales(const scan *s)
{
    syn_lex_hit hit;
    return syn_lexicon_find(s->lex, s->lang, SYN_LEX_NUMERAL, SYN_STR("*trailing"), &hit, 1) > 0;
}

/* 二百五: the last digit stands on the place below. */
static void settle_trailing(const scan *s, chain *c)
{
    if (c->trailing > 0 && !c->ordinal && c->n > 0 && trailing_scales(s)) c->term[c->n - 1].value *= c->trailing / 10;
    c->trailing = 0;
}

/* A number on its way: how far it is sure, and how far it was before its last "and". */
typedef struct reading {
    size_t start, body, pos; /* body: past the sign */
    size_t end, joint_end;
    chain c, safe, joint;
    chain before; /* what stood before "out of" and its like, in case nothing comes of them */
    size_t before_end;
    quantity digits; /* what it begins with, if those are digits */
    double sign;
    bool only_digits, joint_digits;
    int atoms;
} reading;

/* A number that is whole by its shape: "3/4", "1.1^23", "½". */
static bool shaped_number(const scan *s, reading *r, const quantity *d, quantity *q)
{
    double value = d->value;
    size_t after;
    bool over = digits_over(s, d, &value, &after);
    if (!over && (after = digits_power(s, d->end, &value)) == 0) return false;
    *q = (quantity){.start = r->start, .end = after, .value = r->sign * value, .fraction = over, .unit = 1};
    return true;
}

/* "1 1/2", "1½": a fraction after the whole; its end, and its value added. */
static void mixed_fraction(const scan *s, reading *r, const quantity *d, atom *a)
{
    quantity part;
    double value;
    size_t after, gap = scan_space(s, d->end);
    if ((d->plain && gap == d->end + 1 && scan_digit(s, gap) && digits_at(s, gap, &part) &&
         digits_over(s, &part, &value, &after) && value < 1) ||
        digits_vulgar(s, d->end, &value, &after)) {
        a->number += value;
        a->end = after;
        r->digits.plain = false;
    }
}

/* After words, digits go on only as a smaller part that has its own scale or is written joined. */
static bool digits_go_on(const scan *s, const reading *r, const quantity *d)
{
    const chain *c = &r->c;
    if (r->pos == r->body || r->pos <= r->end || scan_char_before(s, r->pos) != ' ') return true;
    bool tail = c->waiting > 0 ||
                (c->digits && c->scaled && c->n > 0 && c->term[c->n - 1].place <= 1000); /* "3 hundred 21" */
    size_t hits;
    if (!d->plain && c->waiting == 0 && /* "milioni 1.5"; but "1억 2,300만" */
        !(d->value < 1e9 && d->value == (double)(int64_t)d->value &&
          scan_key(s, SYN_LEX_SCALE, d->end, NULL, 0, &hits)))
        return false;
    return c->pending_and || c->out_of || c->over || tail ||
           scan_key(s, SYN_LEX_SCALE, scan_space(s, d->end), NULL, 0, &hits) > 0;
}

/* Whether a lone syllable is the head of another word: 조 of 조각, a piece, is no trillion. */
static bool head_of_word(const scan *s, const reading *r, const atom *a)
{
    if (a->digits || scan_digit(s, r->pos ? r->pos - 1 : 0) || !short_syllable(s, r->pos, a->end)) return false;
    if (r->c.over && r->c.n == 0) return false; /* 오분의 일이다 */
    if (r->atoms && !a->scale && !(a->num && a->num->id != ROLE_NUMBER) && scan_char_before(s, r->pos) == ' ')
        return true;
    return a->scale && !(a->num && a->num->id != ROLE_NUMBER) &&
           syn_char_of(scan_char(s, r->pos))->script == SYN_SCRIPT_HANGUL &&
           !scan_head(s, ATOM_KINDS | SYN_LEX_CURRENCY, a->end, s->t.n, NULL, 0, NULL);
}

/* "comma five" after what is settled. */
static void take_decimals(const scan *s, reading *r, bool digits)
{
    double decimals = 0, kind = 0;
    size_t from = scan_space(s, r->pos), len = scan_role(s, SYN_LEX_NUMERAL, ROLE_POINT, from, &kind);
    if (!len || (kind == POINT_WORDS && (digits || scan_digit(s, from + len)))) return;
    size_t said = said_decimals(s, from + len, kind == POINT_LARGE, &decimals);
    if (said <= from + len) return;
    settle_trailing(s, &r->c);
    r->c.term[r->c.n - 1].value += decimals;
    r->c.term[r->c.n - 1].place = 0;
    r->pos = r->end = said;
    r->atoms++;
    r->safe = r->c;
    r->only_digits = false;
}

/* The next shorter key at the place of an atom, where words are not parted. */
static bool shorter_atom(const scan *s, size_t at, atom *a)
{
    syn_lex_hit hits[6];
    size_t n, len = scan_head(s, ATOM_KINDS, at, a->end - 1, hits, 6, &n);
    if (!len) return false;
    fill_atom(a, hits, n < 6 ? n : 6, at + len);
    return usable(a, false);
}

/* The next word or digits; false where the number ends.  *whole: q is a number of its own shape. */
static bool read_on(const scan *s, reading *r, quantity *q, bool *whole)
{
    atom parts[MAX_PARTS];
    int n = 0;
    quantity d;
    size_t after;
    bool first = r->pos == r->body, spaced = true;
    uint32_t cp = scan_char(s, r->pos);
    if (r->c.over && r->c.n == 0 && (after = scan_role(s, SYN_LEX_NUMERAL, ROLE_MINUS, r->pos, NULL)) > 0) {
        r->sign = -r->sign; /* 五分之负一 */
        r->pos = scan_space(s, r->pos + after);
        cp = scan_char(s, r->pos);
    }
    if ((first || (cp >= '0' && cp <= '9')) && digits_at(s, r->pos, &d)) {
        if (first) r->digits = d;
        if (first && shaped_number(s, r, &d, q)) return *whole = true;
        parts[0] = (atom){.end = d.end, .number = d.value, .digits = true};
        n = 1;
        double over;
        if (first)
            mixed_fraction(s, r, &d, &parts[0]);
        else if (r->c.pending_and && r->c.n == 1 && d.plain && digits_over(s, &d, &over, &after) && over < 1) {
            *q = (quantity){.start = r->start, .end = after, .fraction = true, .unit = 1}; /* "2 e 1/4" */
            q->value = r->sign * (chain_sum(&r->c, 0) + over);
            return *whole = true;
        }
        if (!digits_go_on(s, r, &d)) return false;
    } else if (cp) {
        spaced = syn_script_spaced((syn_script)syn_char_of(cp)->script);
        n = word_atoms(s, r->pos, parts);
    }
    if (n == 0 || (n == 1 && head_of_word(s, r, &parts[0]))) return false;
    chain trial = r->c;
    int i = 0;
    while (i < n && chain_take(&trial, &parts[i], spaced)) i++;
    while (i < n && n == 1 && !spaced && !parts[0].digits && shorter_atom(s, r->pos, &parts[0]))
        if (chain_take(&trial, &parts[0], spaced)) i = n; /* 一十五: 十五 is a key, too */
    if (i < n) { /* "3 hundred and 2 | hundred": the "and" joined two numbers */
        if (parts[i].scale && parts[i].scale->id == SCALE_WORD && r->joint_end &&
            (!parts[i].num || parts[i].num->value == parts[i].scale->value)) {
            r->safe = r->joint;
            r->end = r->joint_end;
            r->only_digits = r->joint_digits;
        }
        return false;
    }
    if (trial.pending_and && !r->c.pending_and) {
        r->joint = r->safe;
        r->joint_end = r->end;
        r->joint_digits = r->only_digits;
    } else if (!r->c.pending_and) {
        r->joint_end = 0;
    }
    if ((trial.out_of || trial.over) && !r->c.out_of && !r->c.over) {
        r->before = r->safe;
        r->before_end = r->end;
    }
    r->atoms += n;
    r->c = trial;
    r->pos = parts[n - 1].end;
    if (chain_settled(&r->c)) {
        r->end = r->pos;
        if (!parts[n - 1].digits) r->only_digits = false;
        r->safe = r->c;
        if (!r->c.fraction && !r->c.ordinal) take_decimals(s, r, parts[n - 1].digits);
    }
    size_t next = scan_space(s, r->pos);
    if (next == r->pos && scan_char(s, r->pos) == '-' && !parts[n - 1].digits) next = r->pos + 1;
    r->pos = next;
    return scan_char(s, next) != 0;
}

/* Most words lead to no number. */
static bool may_begin(const scan *s, size_t at)
{
    if (at >= s->t.n) return false;
    char c = s->t.p[at];
    return (unsigned)(c - '0') <= 9 || c == '-' || c == '.' || c == ',' || (scan_keys(s, at)->kinds & ATOM_KINDS);
}

static bool read_number(const scan *s, size_t at, quantity *q)
{
    reading r = {.start = at, .body = at, .end = 0, .sign = 1, .only_digits = true};
    double value;
    bool whole = false;
    r.c.scale_first = r.safe.scale_first = s->scale_first;
    size_t after;
    if (minus_at(s, at, &after)) {
        r.sign = -1;
        r.body = after;
    }
    if (digits_vulgar(s, r.body, &value, &after)) {
        *q = (quantity){.start = at, .end = after, .value = r.sign * value, .fraction = true, .unit = 1};
        return true;
    }
    r.pos = r.body;
    while (read_on(s, &r, q, &whole))
        if (whole) return true;
    chain *c = &r.safe;
    if (r.end <= r.body || c->n == 0) return false;
    settle_trailing(s, c);
    if (!chain_value(c, &value)) {
        c = &r.before;
        r.end = r.before_end;
        if (r.end <= r.body || c->n == 0 || !chain_value(c, &value)) return false;
    }
    bool plus = r.sign > 0, spelled = r.digits.end == 0;
    bool one_scale = c->n == 1 && c->scaled && !c->fraction && !c->out_of && !c->over;
    *q = (quantity){
        .start = at,
        .end = r.end,
        .value = r.sign * value,
        .digits = r.only_digits && plus ? r.digits.digits : 0,
        .plain = r.only_digits && r.digits.plain && plus,
        .ordinal = c->ordinal && !c->of_ordinal,
        .fraction = c->fraction || c->over || c->out_of,
        .spelled = spelled,
        .weak = plus && ((c->article && r.atoms == 1) ||
                         (r.atoms == 1 && spelled && (short_syllable(s, r.body, r.end) || part_of_name(s, r.body)))),
        .scaled = c->scaled,
        .some = c->some,
        .unit = one_scale && c->term[0].place >= 1000 ? c->term[0].place : 1,
    };
    if (!s->in_decimals && !q->ordinal) quantity_power(s, q);
    return true;
}

bool quantity_at(const scan *s, size_t at, quantity *q)
{
    if (!may_begin(s, at)) return false;
    if (s->in_decimals) return read_number(s, at, q);
    scan_place *p = scan_keys(s, at);
    if (p->read == NUMBER_UNREAD) {
        bool read = read_number(s, at, q);
        p = scan_keys(s, at); /* another place may have taken its room */
        p->read = read ? NUMBER_READ : NUMBER_NONE;
        if (read) p->number = *q;
        return read;
    }
    if (p->read == NUMBER_READ) *q = p->number;
    return p->read == NUMBER_READ;
}
