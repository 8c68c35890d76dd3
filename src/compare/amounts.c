/* amounts.c - stage 6: sums and figures of a sentence: what is measured, in which period or by when, and by how much it
   changed.  Sums and periods are paired nearest first, a clause's mark between them counting against a pair. */
#include "recording.h"

enum {
    CLAUSE = 3 /* tokens that a mark counts for */,
    LEAST_COUNT = 1000,
    LEAST_COST = 1000000,
    MOST_AMOUNTS = 12,
    MOST_PERIODS = 16,
    FAR = 200
};

typedef struct amount {
    const syn_fact_at *at;
    const syn_fact_at *when; /* NULL: no period */
    bool told;
    syn_day from, to;
} amount;

/* Tokens between, and more for each mark that parts clauses. */
static uint32_t way(const syn_scene *s, uint32_t a, uint32_t a_end, uint32_t b, uint32_t b_end)
{
    uint32_t gap = syn_scene_gap(a, a_end, b, b_end), from = a_end <= b ? a_end : b_end;
    uint32_t end = from + gap;
    if (gap > FAR) return gap;
    for (uint32_t i = from; i < end && i < s->token_end; i++) {
        const syn_token *k = &s->text->tokens[i];
        if (k->kind == SYN_TOK_PUNCT && !(i + 1 < s->token_end && k->end == s->text->tokens[i + 1].start &&
                                          k->start == s->text->tokens[i ? i - 1 : 0].end))
            gap += CLAUSE;
    }
    return gap;
}

static const syn_cue_at *nearest(const syn_scene *s, const syn_fact_at *f, uint8_t from, uint8_t to, uint32_t *least)
{
    const syn_cue_at *best = NULL;
    for (size_t i = 0; i < s->ncues; i++) {
        const syn_cue_at *c = &s->cues[i];
        if (c->cue < from || c->cue > to) continue;
        uint32_t gap = way(s, f->token, f->token_end, c->token, c->token_end);
        if (gap < *least) *least = gap, best = c;
    }
    return best;
}

static bool is_amount(const syn_scene *s, const syn_fact_at *f)
{
    syn_day from, to;
    uint32_t reach = s->near + 1;
    const syn_fact *x = f->fact;
    if (x->value < 0 || x->flags & SYN_FACT_RANGE) return false;
    if (x->kind == SYN_FACT_MONEY) return x->currency[0] != 0;
    if (x->kind != SYN_FACT_NUMBER || x->value < LEAST_COUNT || x->unit[0]) return false;
    if (syn_fact_years(s, f, &from, &to)) return false;
    return nearest(s, f, SYN_CUE_TRADE, SYN_CUE_OUTPUT, &reach) ||
           nearest(s, f, SYN_CUE_TARGET, SYN_CUE_TARGET, &reach);
}

/* A period of figures: years, months of one, a year up to which. */
static bool is_period(const syn_scene *s, const syn_fact_at *f, syn_day *from, syn_day *to)
{
    const syn_fact *x = f->fact;
    if (syn_fact_years(s, f, from, to)) return *to - *from <= 366 * 2;
    if (x->kind != SYN_FACT_DATERANGE || x->from == SYN_NO_DAY || x->to == SYN_NO_DAY) return false;
    *from = x->from, *to = x->to;
    return x->to - x->from >= 28 && x->to - x->from <= 366 * 2;
}

/* The pair with the shortest way that is left, until none is: each sum has one period, each period one value. */
static void pair_up(const syn_scene *s, amount *amounts, size_t n)
{
    struct {
        const syn_fact_at *at;
        syn_day from, to;
        double value; /* of the sum that has it */
        bool used;
    } periods[MOST_PERIODS];
    uint32_t ways[MOST_AMOUNTS][MOST_PERIODS];
    size_t np = 0;
    for (size_t k = 0; k < s->nfacts && np < MOST_PERIODS; k++) {
        periods[np].at = &s->facts[k], periods[np].used = false;
        np += is_period(s, &s->facts[k], &periods[np].from, &periods[np].to);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < np; k++)
            ways[i][k] = way(s, amounts[i].at->token, amounts[i].at->token_end, periods[k].at->token,
                             periods[k].at->token_end);
    for (size_t round = 0; round < n; round++) {
        uint32_t least = 6 * s->near;
        size_t who = n, which = 0;
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < np && !amounts[i].when; k++)
                if (ways[i][k] < least && (!periods[k].used || !(periods[k].value < amounts[i].at->fact->value ||
                                                                 periods[k].value > amounts[i].at->fact->value)))
                    least = ways[i][k], who = i, which = k;
        if (who == n) return;
        amounts[who].when = periods[which].at;
        amounts[who].from = periods[which].from, amounts[who].to = periods[which].to;
        periods[which].used = true;
        periods[which].value = amounts[who].at->fact->value;
    }
}

static void take_change(const syn_scene *s, const amount *amounts, size_t n, const amount *own, syn_mention *m)
{
    for (size_t i = 0; i < s->nfacts; i++) {
        const syn_fact_at *p = &s->facts[i];
        if (p->fact->kind != SYN_FACT_PERCENT || m->flags & SYN_ENTRY_CHANGE) continue;
        uint32_t rise = 3 * s->near, fall = 3 * s->near;
        const syn_cue_at *up = nearest(s, p, SYN_CUE_RISE, SYN_CUE_RISE, &rise);
        const syn_cue_at *down = nearest(s, p, SYN_CUE_FALL, SYN_CUE_FALL, &fall);
        if (!up && !down) continue;
        bool nearest_amount = true;
        uint32_t gap = way(s, own->at->token, own->at->token_end, p->token, p->token_end);
        for (size_t k = 0; k < n; k++)
            if (&amounts[k] != own &&
                way(s, amounts[k].at->token, amounts[k].at->token_end, p->token, p->token_end) < gap)
                nearest_amount = false;
        if (!nearest_amount) continue;
        m->flags |= SYN_ENTRY_CHANGE;
        m->change = !up || (down && fall < rise) ? -p->fact->value : p->fact->value;
    }
}

static void tell(syn_mentions *list, const syn_scene *s, uint32_t telling, const amount *amounts, size_t n, amount *a,
                 const syn_before *before)
{
    const syn_fact *x = a->at->fact;
    uint32_t cost = s->near + 1, measure = 6 * s->near, aim = 6 * s->near;
    const syn_cue_at *price = nearest(s, a->at, SYN_CUE_COST, SYN_CUE_COST, &cost);
    const syn_cue_at *what = nearest(s, a->at, SYN_CUE_TRADE, SYN_CUE_OUTPUT, &measure);
    const syn_cue_at *target = nearest(s, a->at, SYN_CUE_TARGET, SYN_CUE_TARGET, &aim);
    uint32_t then = 3 * s->near;
    /* "That year it rose to 1.6 billion": the period of the sentence before */
    bool taken_up = !a->when && what && before->from != SYN_NO_DAY &&
                    nearest(s, a->at, SYN_CUE_THEN, SYN_CUE_THEN, &then) != NULL;
    bool project = price && x->kind == SYN_FACT_MONEY && x->value >= LEAST_COST && (!what || cost <= measure);
    if (!project && !what && !(a->when && before->measure) && !target) return;
    if (!project && !a->when && !target && !taken_up) return;
    syn_span at = x->span;
    if (a->when && !project) {
        if (a->when->fact->span.start < at.start) at.start = a->when->fact->span.start;
        if (a->when->fact->span.end > at.end) at.end = a->when->fact->span.end;
    }
    syn_mention *m = syn_mention_add(list, s, telling, project ? SYN_CUE_PROJECT : SYN_ENTRY_FIGURE, at);
    if (!m) return;
    m->flags = SYN_ENTRY_VALUE;
    m->value = x->value;
    memcpy(m->currency, x->currency, sizeof m->currency);
    if (project) {
        m->measure = SYN_CUE_COST;
        return;
    }
    m->measure = what ? what->cue : before->measure;
    a->told = true;
    m->aimed = target && aim <= 3 * s->near;
    if (taken_up) {
        m->from = before->from, m->to = before->to;
        take_change(s, amounts, n, a, m);
    }
    if (!a->when) return;
    m->from = a->from, m->to = a->to;
    m->until = a->when->fact->bound == SYN_BOUND_UNTIL || a->when->fact->bound == SYN_BOUND_BEFORE;
    take_change(s, amounts, n, a, m);
}

/* "It is to be finished in 2027": a year ahead is judged when the day of publication is known. */
static void find_due(syn_mentions *list, const syn_scene *s, uint32_t telling, const amount *amounts, size_t n)
{
    for (size_t i = 0; i < s->nfacts; i++) {
        syn_day from, to;
        const syn_fact_at *p = &s->facts[i];
        uint32_t least = s->near + 1;
        bool used = false;
        for (size_t k = 0; k < n; k++) used |= amounts[k].when == p && amounts[k].told;
        if (used || !syn_fact_years(s, p, &from, &to) || to - from > 366) continue;
        if (!nearest(s, p, SYN_CUE_DONE, SYN_CUE_DONE, &least)) continue;
        syn_mention *m = syn_mention_add(list, s, telling, SYN_CUE_PROJECT, p->fact->span);
        if (!m) return;
        m->measure = SYN_CUE_DONE;
        m->from = from, m->to = to;
        m->until = true;
    }
}

void syn_mentions_of_amounts(syn_mentions *list, const syn_scene *s, uint32_t telling, const syn_before *before)
{
    amount amounts[MOST_AMOUNTS];
    size_t n = 0;
    for (size_t i = 0; i < s->nfacts && n < MOST_AMOUNTS; i++)
        if (is_amount(s, &s->facts[i])) amounts[n++] = (amount){.at = &s->facts[i]};
    pair_up(s, amounts, n);
    for (size_t i = 0; i < n; i++) tell(list, s, telling, amounts, n, &amounts[i], before);
    find_due(list, s, telling, amounts, n);
}

void syn_before_next(const syn_scene *s, syn_before *before)
{
    for (size_t i = 0; i < s->ncues; i++)
        if (s->cues[i].cue >= SYN_CUE_TRADE) before->measure = s->cues[i].cue;
    for (size_t i = 0; i < s->nfacts; i++) {
        syn_day from, to;
        if (is_period(s, &s->facts[i], &from, &to)) before->from = from, before->to = to;
    }
}
