/* chain.c - stage 4: how the parts of a number in words come together. */
#include "chain.h"

#include <math.h>

static double place_of(double v)
{
    if (!(fabs(v) < 9e18) || v != (double)(int64_t)v) return 0;
    double place = 1;
    while (v >= 10 && v == 10 * (double)(int64_t)(v / 10) && place < 1e15) {
        v /= 10;
        place *= 10;
    }
    return place;
}

static bool push(chain *c, double value, double place)
{
    if (c->n == CHAIN_TERMS) return false;
    c->term[c->n].value = value;
    c->term[c->n++].place = place;
    return true;
}

double chain_sum(const chain *c, int from)
{
    double sum = 0;
    for (int i = from; i < c->n; i++) sum += c->term[i].value;
    return sum;
}

bool chain_settled(const chain *c)
{
    return c->n > 0 && !c->pending_and && !c->unsettled && !c->unsettled_zero && !c->of_scale && !c->pending_some &&
           (!c->of_ordinal || c->ordinal);
}

bool chain_value(const chain *c, double *value)
{
    double sum = chain_sum(c, 0);
    if (c->over) {
        if (c->below <= 0) return false;
        *value = c->whole + sum / c->below;
        return true;
    }
    if (!c->out_of) {
        *value = sum;
        return true;
    }
    bool part = sum > c->above && (sum <= 1000 || c->term[0].place >= 1000);
    if (sum <= 0 || (!part && !c->of_ordinal && c->out_of_kind != OUT_OF_DIVIDES)) return false;
    *value = c->above / sum;
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
        if (c->pending_and && c->only_fraction) {
            ok = c->unsettled = v > 0 && push(c, v, digits ? 1 : place_of(v));
        } else if (v < place && v > 0 && !(c->digits && c->n == 1 && !c->scaled)) {
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
    int floor = c->only_fraction ? c->since_and : 0;
    if (floor && c->pending_and && c->n == floor && bare) { /* 又千分之三 */
        c->pending_and = false;
        c->unsettled = true;
        return push(c, scale, scale);
    }
    if (c->pending_and || (c->unsettled && !floor)) return false;
    if (c->part > 0 && c->n >= 2 && scale >= 1000 && scale < c->term[c->n - 2].place) {
        c->term[c->n - 1].value = c->part * scale; /* "one billion and a half million" */
        c->term[c->n - 1].place = scale;
        c->part = 0;
        return true;
    }
    double sum = 0;
    int keep = c->n;
    while (keep > floor && (c->term[keep - 1].value < scale || (c->digits && c->n == 1 && !c->scaled)))
        sum += c->term[--keep].value;
    if (sum == 0) {
        if (keep < c->n || (keep == 0 && !bare)) return false;
        if (keep > 0 && (scale >= c->term[keep - 1].place || !bare)) return false;
        sum = 1;
    }
    if (keep > floor && sum * scale >= c->term[keep - 1].place) return false; /* "300 and 200" */
    c->n = keep;
    c->scaled = true;
    if (c->since_and > keep) c->since_and = keep;
    return push(c, sum * scale, scale);
}

static bool divide(chain *c, double by)
{
    int from = c->since_and;
    if (c->n <= from || by <= 0) return false;
    double value = chain_sum(c, from) / by;
    if (value >= 1 && from > 0 && !c->pending_and) { /* "a hundred and thirty fifths" */
        from = c->since_and = 0;
        value = chain_sum(c, 0) / by;
    }
    if (c->digits && from == 0 && value >= 1) return false; /* "7 quarters" */
    c->part = from > 0 ? value : 0;
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
    if (c->prefixes && c->pending_and && top < 10 && v >= 20 && v <= 90) { /* "الواحد والعشرون" */
        c->term[c->n - 1].value += v;
        c->ordinal = true;
        c->pending_and = c->article = false;
        return true;
    }
    if (c->digits) return false;                                                    /* "280 million first" */
    if (c->article && c->n == 1 && v >= 100 && !c->of_ordinal) return divide(c, v); /* "a hundredth" */
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

/* "a half", "three and a quarter", "five and a half million". */
static bool take_fraction(chain *c, double v, bool half_more)
{
    bool ok;
    if (c->n && c->article && c->n == 1) c->n = 0; /* "a half", "a quarter" */
    if (c->unsettled) {
        ok = divide(c, 1 / v);
    } else if (c->n && (c->pending_and || half_more)) {
        double place = c->term[c->n - 1].place;
        c->part = v;
        ok = push(c, v * (c->scaled && place >= 1000 ? place : 1), 0);
    } else if (c->n) {
        ok = v < 0.5 && c->term[c->n - 1].value < 1 / v && divide(c, 1 / v);
    } else {
        ok = !half_more && push(c, v, 0);
    }
    c->fraction = true;
    c->article = c->pending_and = false;
    return ok && !c->ordinal; /* "the third quarter" */
}

static bool take_dozen(chain *c, double v)
{
    if (c->pending_and || (c->unsettled && !c->only_fraction) || c->ordinal) return false;
    int from = c->n > c->since_and ? c->since_and : 0; /* "300 and 2 dozen" */
    double count = c->n ? chain_sum(c, from) : 1;
    c->n = from;
    c->unsettled = c->article = false;
    c->scaled = c->closed = true;
    return push(c, count * v, 0);
}

/* "x out of": the numerator is done, the denominator comes. */
static bool take_out_of(chain *c, double kind)
{
    bool implied = kind == OUT_OF_IMPLIED && c->n == 0;
    if ((!implied && c->n == 0) || c->out_of || c->over || c->pending_and || (c->scaled && kind != OUT_OF_DIVIDES))
        return false;
    c->above = implied ? 1 : chain_sum(c, 0);
    if (kind == OUT_OF_ONE && c->above != 1) return false;
    c->out_of_kind = kind;
    c->article = c->digits = c->scaled = false;
    c->out_of = c->unsettled = true;
    c->n = c->since_and = 0;
    return true;
}

static bool take_parts_of(chain *c)
{
    if (c->n <= c->since_and || c->over) return false;
    c->below = chain_sum(c, c->since_and);
    c->whole = chain_sum(c, 0) - c->below;
    c->over = true;
    c->n = c->since_and = 0;
    c->pending_and = c->digits = c->scaled = c->unsettled = c->only_fraction = false;
    return true;
}

/* "a quarter of" before a scale; with value 1 what an ordinal will divide. */
static bool take_of(chain *c, bool ordinal)
{
    if (c->pending_and || c->unsettled || c->ordinal || c->n == 0 || c->out_of || c->over) return false;
    if (!ordinal) return c->of_scale = c->fraction && c->n == 1 && !c->scaled;
    if (c->fraction || c->digits) return false;
    c->above = chain_sum(c, 0);
    c->n = c->since_and = 0;
    c->article = c->scaled = false;
    return c->out_of = c->of_ordinal = true;
}

/* A word of SYN_LEX_NUMERAL that is no plain number. */
static bool take_role(chain *c, const syn_lex_hit *num)
{
    switch (num->id) {
    case ROLE_AND:
        if (c->n == 0 || c->pending_and || c->unsettled || c->over) return false;
        c->pending_and = true;
        c->only_fraction = num->value == AND_FRACTION;
        c->since_and = c->n;
        return true;
    case ROLE_ARTICLE:
        c->article = c->n == 0;
        return (c->fraction && c->n == 1 && !c->pending_and) || add_number(c, num->value, false); /* "half a million" */
    case ROLE_BEFORE_SCALE:
        return add_number(c, num->value, false);
    case ROLE_FRACTION:
        return take_fraction(c, num->value, false);
    case ROLE_HALF_MORE:
        return take_fraction(c, num->value, true);
    case ROLE_DENOMINATOR:
        if (!divide(c, num->value)) return false;
        c->article = false;
        return true;
    case ROLE_DOZEN:
        return take_dozen(c, num->value);
    case ROLE_PARTS_OF:
        return take_parts_of(c);
    case ROLE_OUT_OF:
        return take_out_of(c, num->value);
    case ROLE_OF:
        return take_of(c, num->value != 0);
    case ROLE_SOME:
        return c->n > 0 && !c->fraction && !c->ordinal && !c->pending_and && !c->pending_some &&
               (c->pending_some = true);
    case ROLE_PREFIX:
        if (c->n && !c->pending_and) return false;
        if (++c->prefixes > 1) c->ordinal = true; /* "the one and the twenty" */
        return true;
    default:
        return false;
    }
}

static bool take_number(chain *c, double v, bool spaced)
{
    if (v >= 1000 && c->n == 0) {
        c->scaled = true;
        return push(c, v, v);
    }
    if (!spaced && v < 10 && c->n == 1 && !c->scaled && !c->pending_and && !c->digits &&
        (c->positional || c->term[0].value < 10)) {
        c->term[0].value = c->term[0].value * 10 + v; /* 二〇二六 */
        return c->positional = c->term[0].value < 1e15;
    }
    if (!spaced && v >= 100) c->scaled = true;
    double scale = c->n && c->scaled && !c->unsettled_zero && v < 10 ? c->term[c->n - 1].place : 0;
    if (!add_number(c, v, false)) return false;
    c->trailing = scale >= 100 ? scale : 0;
    return !(c->ordinal && v < 10);
}

bool chain_take(chain *state, const atom *a, bool spaced)
{
    chain c = *state;
    bool ok = false;
    uint32_t role = a->num ? a->num->id : ROLE_NUMBER;
    if (c.closed && !spaced) return false;
    if ((c.of_scale || c.pending_some) && !a->scale) return false;
    if (a->digits) {
        ok = add_number(&c, a->number, true);
    } else if (a->scale && short_scale(a->scale, a) && !c.digits) {
        return false;
    } else if (a->scale && (c.n > 0 || c.scale_first) && !c.ordinal &&
               add_scale(&c, a->scale->value, !spaced || a->num)) {
        ok = true;
    } else if (c.of_scale || c.pending_some) {
        return false;
    } else if (a->num && role != ROLE_NUMBER) {
        ok = take_role(&c, a->num);
    } else if (a->ordinal && !(a->num && a->num->value == a->ordinal->value) &&
               (!a->num || c.n == 0 || a->num->value >= c.term[c.n - 1].place)) {
        ok = add_ordinal(&c, a->ordinal->value, !c.digits);
    } else if (a->num) {
        if (a->num->value == 0 && !spaced && c.scaled) {
            state->unsettled_zero = true; /* 一千零一 */
            return true;
        }
        ok = take_number(&c, a->num->value, spaced);
    } else if (a->scale) {
        bool bare = (!spaced && a->scale->value < 1e4) || (c.out_of && c.n == 0); /* "one out of a million" */
        ok = add_scale(&c, a->scale->value, bare && a->scale->id == SCALE_WORD);
    }
    if (!ok) return false;
    if (!(a->num && (role == ROLE_SOME || role == ROLE_OF))) {
        c.some |= c.pending_some;
        c.pending_some = c.of_scale = false;
    }
    c.unsettled_zero = false;
    if (a->scale || a->digits) c.trailing = 0;
    if (c.out_of && c.unsettled && c.n > 0) c.unsettled = false;
    if (!(a->num && role == ROLE_ARTICLE) && !a->digits && c.n > state->n && state->article) c.article = false;
    if (a->scale && c.scaled) c.article = false;
    c.words++;
    *state = c;
    return true;
}
