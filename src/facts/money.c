/* money.c - stage 4: a currency's symbol, code or name beside a quantity. */
#include "figures.h"

enum { NAMES_ONE, A_GUESS = 2, CODE, MINOR, HISTORIC, TENTH }; /* values of SYN_LEX_CURRENCY that name money */

typedef struct currency {
    size_t end;
    uint32_t id;
    bool assumed, minor, symbol, code;
    double parts; /* how many make one: 100 cents, 10 jiao; 1 */
} currency;

static bool capitals(const scan *s, size_t at, size_t end)
{
    for (; at < end; at++) {
        uint32_t cp;
        syn_utf8_next(s->text->src, s->map[at], &cp);
        if (!(syn_char_of(cp)->flags & SYN_CH_UPPER)) return false;
    }
    return true;
}

/* The currency named at a place.  A symbol may touch what follows, a word may not.  joined: it may touch what is
 * before. */
static bool currency_at(const scan *s, size_t at, bool free_case, bool joined, currency *c)
{
    syn_lex_hit hits[8];
    size_t n, limit = s->t.n, len;
    if (at >= s->t.n || s->t.p[at] == '*') return false; /* "*au" is a row of currencies.c */
    while ((len = scan_head(s, SYN_LEX_CURRENCY, at, limit, hits, 8, &n)) > 0) {
        size_t end = at + len;
        uint32_t first = scan_char(s, at), last = scan_char_before(s, end), next = scan_char(s, end);
        const syn_char *last_class = syn_char_of(last), *next_class = syn_char_of(next);
        bool symbol = !(last_class->flags & (SYN_CH_LETTER | SYN_CH_MARK));
        bool ends = symbol || scan_word_ends(s, end) || (next >= '0' && next <= '9' && len <= 4) ||
                    scan_role(s, SYN_LEX_NUMERAL, ROLE_ENDING, end, NULL) ||
                    (!syn_script_spaced((syn_script)last_class->script) && next_class->digit < 0) ||
                    last_class->script == SYN_SCRIPT_HANGUL;
        bool starts = joined || !(syn_char_of(first)->flags & SYN_CH_LETTER) || scan_word_starts(s, at) ||
                      (scan_char_before(s, at) >= '0' && scan_char_before(s, at) <= '9');
        const syn_lex_hit *best = NULL;
        for (size_t i = 0; i < n && i < 8 && ends && starts; i++) {
            if (hits[i].value == SYN_CURRENCY_OF_COUNTRY) continue;
            if (hits[i].value == CODE && !free_case && !capitals(s, at, end)) continue;
            if (!best || hits[i].value < best->value) best = &hits[i];
        }
        if (best) {
            bool tenth = best->value == TENTH, minor = best->value == MINOR || tenth;
            *c = (currency){end,
                            best->id,
                            best->value == A_GUESS,
                            minor,
                            symbol,
                            best->value == CODE,
                            tenth ? 10 : minor ? 100 : 1};
            return true;
        }
        limit = end - 1;
    }
    return false;
}

static void name_currency(syn_fact *f, const currency *c)
{
    f->currency[0] = (char)(c->id >> 16);
    f->currency[1] = (char)(c->id >> 8);
    f->currency[2] = (char)c->id;
    f->currency[3] = 0;
    if (c->assumed)
        f->flags |= SYN_FACT_ASSUMED;
    else
        f->flags &= (uint8_t)~SYN_FACT_ASSUMED;
}

/* "and 45 cents", or the two digits of "15 dollars 50". */
static bool take_minor(const scan *s, syn_fact *f, size_t *end)
{
    size_t at = scan_space(s, *end);
    quantity q;
    currency c;
    size_t joined = scan_role(s, SYN_LEX_NUMERAL, ROLE_AND, at, NULL);
    size_t from = joined ? scan_space(s, at + joined) : at;
    if (scan_char(s, from) == '-' || !quantity_at(s, from, &q) || q.value < 0 || q.value >= 100 || q.fraction)
        return false;
    size_t after = scan_space(s, q.end);
    if (currency_at(s, after, false, after == q.end, &c)) {
        if (!c.minor) return false;
        f->value += q.value / c.parts;
        *end = c.end;
        return true;
    } else if ((q.plain && q.digits == 2 && q.end == from + 2) || (q.spelled && !joined && q.value >= 10)) {
        uint32_t next = scan_char(s, q.end);
        if (next && !(syn_char_of(next)->flags & SYN_CH_PUNCT)) return false;
        if (next == '-' || next == '%') return false;
        f->value += q.value / 100;
        *end = q.end;
    }
    return false;
}

bool money_after(const scan *s, const quantity *q, syn_fact *fact, size_t *end)
{
    currency c, again;
    if (q->ordinal) return false;
    size_t at = scan_space(s, q->end), of = scan_role(s, SYN_LEX_PERIOD, PERIOD_OF, at, NULL);
    if (scan_char(s, at) == '-') at++;
    if (q->scaled && of) {
        at = scan_space(s, at + of);
        if (scan_char(s, at) == '\'') at++;
    }
    if (!currency_at(s, at, false, at == q->end, &c)) return false;
    fact->kind = SYN_FACT_MONEY;
    fact->value = q->value / c.parts;
    name_currency(fact, &c);
    if (c.minor) fact->flags |= SYN_FACT_ASSUMED;
    *end = c.end;
    syn_lex_hit scale; /* "75 USD million" */
    size_t hits, from = scan_space(s, c.end), len = q->scaled ? 0 : scan_key(s, SYN_LEX_SCALE, from, &scale, 1, &hits);
    if (len && scale.value >= 1e6 && scale.id == 0) {
        fact->value *= scale.value;
        *end = from + len;
        return true;
    }
    /* "125 $ US": a symbol and then the code that settles it */
    if (c.symbol && currency_at(s, scan_space(s, c.end), false, false, &again) && again.code) {
        name_currency(fact, &again);
        *end = again.end;
    } else if (c.parts != 100) {
        for (int i = 0; i < 2 && take_minor(s, fact, end);) i++; /* 50元6角三分 */
    }
    return true;
}

/* A word in small letters: "kr 50" is a price, "won 3" is a victory. */
static bool small_word(const scan *s, size_t at, size_t end)
{
    uint32_t cp;
    syn_utf8_next(s->text->src, s->map[at], &cp);
    return (syn_char_of(cp)->flags & SYN_CH_LOWER) && syn_utf8_count(syn_slice(s->t, at, end)) > 2;
}

/* "$5-10 million", "$5 million to $10 million": the upper end of a price whose sign stood before it. */
static void upper_price(const scan *s, const quantity *q, const currency *c, syn_fact *fact, size_t *end)
{
    size_t at = scan_space(s, q->end), to;
    bool dash = at < s->t.n && s->t.p[at] == '-';
    currency again;
    quantity high;
    syn_lex_hit scale;
    to = dash ? 1 : scan_role(s, SYN_LEX_PERIOD, PERIOD_TO, at, NULL);
    if (!to) return;
    size_t from = scan_space(s, at + to), hits;
    bool named = currency_at(s, from, true, false, &again) && again.symbol && again.id == c->id;
    if (named) from = scan_space(s, again.end);
    if (scan_char(s, from) == '-' || !quantity_at(s, from, &high) || high.ordinal || high.fraction) return;
    size_t letter = high.scaled ? 0 : scan_key(s, SYN_LEX_SCALE, high.end, &scale, 1, &hits);
    if (letter && scale.id == SCALE_LETTER) {
        high.value *= high.unit = scale.value;
        high.end += letter;
        high.scaled = true;
    }
    if (!named && !high.scaled && !dash) return; /* "paid $5 to 10 people" */
    double low = fact->value;
    if (high.unit > 1 && low < high.value / high.unit && low >= 0) low *= high.unit;
    if (high.value <= low) return;
    fact->value = low;
    fact->value2 = high.value;
    fact->flags |= SYN_FACT_RANGE;
    *end = high.end;
}

bool money_at(const scan *s, size_t at, syn_fact *fact, size_t *end)
{
    currency c, second;
    quantity q;
    if (!currency_at(s, at, true, false, &c) || c.minor) return false;
    size_t name = at, named = c.end;
    if (currency_at(s, c.end, true, true, &second) && second.symbol) { /* "NZ$", "nzd$", "US$" */
        named = second.end;
        if (c.assumed) c = second;
    } else if (c.code && !capitals(s, name, c.end)) {
        return false;
    }
    if (!s->scale_first && !c.symbol && !c.code && named == c.end && (named - name > 6 || small_word(s, name, named)))
        return false; /* a whole word before is no price */
    size_t from = named;
    if (scan_char(s, from) == '.') from++;
    from = scan_space(s, from);
    if (!quantity_at(s, from, &q) || q.ordinal || q.weak || (q.spelled && !c.symbol && !c.code && !s->scale_first))
        return false;
    fact->kind = SYN_FACT_MONEY;
    fact->value = q.value;
    name_currency(fact, &c);
    *end = q.end;
    syn_lex_hit scale; /* "$5m": one letter is a word of scale beside money only */
    size_t hits, letter = q.scaled ? 0 : scan_key(s, SYN_LEX_SCALE, q.end, &scale, 1, &hits);
    if (letter && scale.id == SCALE_LETTER) {
        fact->value = q.value *= scale.value;
        *end = q.end += letter;
        q.scaled = true;
    }
    upper_price(s, &q, &c, fact, end);
    currency after; /* "$10 dollars", "$10 billion USD" */
    size_t next = scan_space(s, *end);
    if (currency_at(s, next, false, next == *end, &after) && !after.minor && (c.assumed || after.id == c.id)) {
        name_currency(fact, &after);
        *end = after.end;
    }
    return true;
}
