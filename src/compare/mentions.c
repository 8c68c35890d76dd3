/* mentions.c - stage 6: what a sentence mentions: a word for an event with the nearest day of the sentence; a body's
   session or an anniversary with its rank; an agreement or plan with its period; documents with their count.  An event
   without a day is kept, to be matched with one that has it. */
#include "recording.h"

enum {
    MOST_YEARS = 30,
    FAR_AHEAD = 3653 /* days */,
    MOST_DOCUMENTS = 200,
    MOST_SESSIONS = 500,
    LEAST_NOTED = 3,
    WEEK = 7,
    UNIT_YEAR = 4 /* of the words for periods */,
    SHORT_BACK = 4, /* years told with two digits, before and after the publication */
    SHORT_AHEAD = 5
};

bool syn_fact_is_day(const syn_fact *f)
{
    return (f->kind == SYN_FACT_DATE || f->kind == SYN_FACT_DATERANGE) && f->from != SYN_NO_DAY && f->to == f->from + 1;
}

static bool whole_years(const syn_fact *f, syn_day *from, syn_day *to)
{
    int y, m, d, y2, m2, d2;
    if (f->kind != SYN_FACT_DATERANGE || f->from == SYN_NO_DAY || f->to == SYN_NO_DAY) return false;
    syn_day_civil(f->from, &y, &m, &d);
    syn_day_civil(f->to, &y2, &m2, &d2);
    *from = f->from, *to = f->to;
    return m == 1 && d == 1 && m2 == 1 && d2 == 1 && y2 > y;
}

/* Two digits that a word for year follows at once: "24年". */
static bool short_year(const syn_scene *s, const syn_fact_at *f, int *year)
{
    int y, m, d;
    syn_lex_hit hits[4];
    const syn_fact *x = f->fact;
    if (syn_lexicon_info(s->lex, s->text->lang)->date_order[0] != 'y' || s->published == SYN_NO_DAY) return false;
    if (f->token_end >= s->token_end || s->text->tokens[f->token_end].start != x->span.end) return false;
    size_t n = syn_lexicon_find(s->lex, s->text->lang, SYN_LEX_PERIOD, syn_token_folded(s->text, f->token_end), hits,
                                4);
    for (size_t i = 0; i < n && i < 4; i++) {
        if (hits[i].id != UNIT_YEAR) continue;
        syn_day_civil(s->published, &y, &m, &d);
        *year = y - y % 100 + (int)x->value;
        if (*year > y + 50) *year -= 100;
        return *year >= y - SHORT_BACK && *year <= y + SHORT_AHEAD;
    }
    return false;
}

bool syn_fact_years(const syn_scene *s, const syn_fact_at *f, syn_day *from, syn_day *to)
{
    const syn_fact *x = f->fact;
    if (whole_years(x, from, to)) return true;
    if (x->kind != SYN_FACT_NUMBER || x->unit[0] || x->flags & ~(unsigned)SYN_FACT_ASSUMED) return false;
    if (f->token_end != f->token + 1 || s->text->tokens[f->token].kind != SYN_TOK_NUMBER) return false;
    if (x->value != (double)(int)x->value) return false;
    int year = (int)x->value;
    size_t digits = syn_utf8_count(syn_token_str(s->text, f->token));
    if (digits == 2 ? !short_year(s, f, &year) : digits != 4 || year < 1900 || year >= 2100) return false;
    *from = syn_day_of(year, 1, 1), *to = syn_day_of(year + 1, 1, 1);
    return true;
}

syn_mention *syn_mention_add(syn_mentions *list, const syn_scene *s, uint32_t telling, uint8_t kind, syn_span at)
{
    if (list->n == SYN_MAX_RECORD_MENTIONS ||
        !syn_grow(list->arena, &list->items, &list->cap, list->n + 1, sizeof *list->items))
        return NULL;
    syn_mention *m = &list->items[list->n++];
    *m = (syn_mention){.kind = kind, .telling = telling, .sentence = s->sentence, .at = at};
    m->from = m->to = SYN_NO_DAY;
    m->entry = UINT32_MAX;
    return m;
}

static syn_span span_of(const syn_scene *s, uint32_t token, uint32_t token_end)
{
    return (syn_span){s->text->tokens[token].start, s->text->tokens[token_end - 1].end};
}

/* From the earlier of the two to the later: what a reader must see. */
static syn_span span_over(const syn_scene *s, const syn_cue_at *c, const syn_fact_at *f)
{
    uint32_t token = c->token < f->token ? c->token : f->token;
    return span_of(s, token, c->token_end > f->token_end ? c->token_end : f->token_end);
}

/* ---- ranks: the 48th session, the 50th anniversary ---- */

static bool counts(const syn_fact *f, uint8_t cue)
{
    if (f->value != (double)(uint32_t)f->value) return false;
    if (cue == SYN_CUE_SESSION) return f->kind == SYN_FACT_ORDINAL && f->value >= 2 && f->value <= MOST_SESSIONS;
    return (f->kind == SYN_FACT_ORDINAL || f->kind == SYN_FACT_NUMBER) && !f->unit[0] && f->value >= 1 &&
           f->value <= 5000;
}

/* A day that is named, or told by its weekday; not reckoned from a length of time ("in three months"). */
static bool is_named_day(const syn_lexicon *lex, const syn_scene *s, const syn_fact_at *f)
{
    syn_lex_hit hit;
    int numbers = 0;
    for (uint32_t i = f->token; i < f->token_end; i++) {
        numbers += s->text->tokens[i].kind == SYN_TOK_NUMBER;
        size_t nhits = 0; /* the head of a word: "Nisan'da", "월요일에" */
        if (syn_lexicon_longest(lex, s->text->lang, SYN_LEX_MONTH | SYN_LEX_WEEKDAY, syn_token_folded(s->text, i), &hit,
                                1, &nhits) > 2)
            return true;
    }
    return numbers > 1;
}

static const syn_fact_at *day_nearest(const syn_scene *s, uint32_t token, uint32_t token_end)
{
    const syn_fact_at *best = NULL;
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < s->nfacts; i++) {
        const syn_fact_at *f = &s->facts[i];
        uint32_t gap = syn_scene_gap(token, token_end, f->token, f->token_end);
        if (syn_fact_is_day(f->fact) && gap < least) least = gap, best = f;
    }
    return best;
}

/* Days reckoned that are far from the publication are too vague to date an event: they leave the scene. */
static void drop_vague_days(const syn_lexicon *lex, syn_scene *s, syn_day published)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->nfacts; i++) {
        const syn_fact *x = s->facts[i].fact;
        bool far = published == SYN_NO_DAY || x->from < published - WEEK || x->from > published + WEEK;
        if (syn_fact_is_day(x) && far && !is_named_day(lex, s, &s->facts[i])) continue;
        s->facts[kept++] = s->facts[i];
    }
    s->nfacts = kept;
}

static void find_ranks(syn_mentions *list, syn_scene *s, uint32_t telling)
{
    for (size_t i = 0; i < s->nfacts; i++) {
        const syn_fact_at *f = &s->facts[i];
        syn_cue_at *best = NULL;
        uint32_t least = s->near / 3 + 2;
        for (size_t k = 0; k < s->ncues; k++) {
            syn_cue_at *c = &s->cues[k];
            uint32_t gap = syn_scene_gap(c->token, c->token_end, f->token, f->token_end);
            if ((c->cue != SYN_CUE_SESSION && c->cue != SYN_CUE_ANNIVERSARY) || !counts(f->fact, c->cue)) continue;
            if (gap < least) least = gap, best = c;
        }
        if (!best) continue;
        const syn_fact_at *day = day_nearest(s, best->token, best->token_end);
        syn_mention *m = syn_mention_add(list, s, telling, best->cue, span_over(s, best, f));
        if (!m) return;
        m->ordinal = (uint32_t)f->fact->value;
        if (day) m->from = day->fact->from, m->to = day->fact->to;
        for (size_t k = 0; k < s->ncues; k++) /* "the 7th meeting" is the session, not one more meeting */
            if (s->cues[k].token <= best->token_end && best->token <= s->cues[k].token_end) s->cues[k].taken = true;
    }
}

/* ---- periods of agreements and plans ---- */

/* "2024~2028" where the facts see two years: a mark between them, and none but them. */
static bool joined_years(const syn_scene *s, size_t i, syn_day *from, syn_day *to)
{
    syn_day from2, to2;
    if (i + 1 >= s->nfacts || !syn_fact_years(s, &s->facts[i], from, to)) return false;
    const syn_fact_at *f = &s->facts[i], *g = &s->facts[i + 1];
    if (!syn_fact_years(s, g, &from2, &to2) || g->token != f->token_end + 1 || *from >= from2) return false;
    if (s->text->tokens[f->token_end].kind != SYN_TOK_PUNCT || s->text->tokens[g->token].flags & SYN_TOK_SPACE)
        return false;
    *to = to2;
    return true;
}

static void find_periods(syn_mentions *list, syn_scene *s, uint32_t telling)
{
    for (size_t i = 0; i < s->nfacts; i++) {
        syn_day from, to;
        const syn_fact_at *f = &s->facts[i];
        bool joined = joined_years(s, i, &from, &to);
        if (!joined && (!whole_years(f->fact, &from, &to) || f->fact->bound != SYN_BOUND_NONE)) continue;
        if (to - from <= 366 || to - from > MOST_YEARS * 366) continue;
        syn_cue_at *best = NULL;
        uint32_t least = 4 * s->near;
        for (size_t k = 0; k < s->ncues; k++) {
            syn_cue_at *c = &s->cues[k];
            if (c->cue != SYN_CUE_AGREEMENT && c->cue != SYN_CUE_PLAN) continue;
            uint32_t gap = syn_scene_gap(c->token, c->token_end, f->token, f->token_end);
            if (gap < least) least = gap, best = c;
        }
        if (!best) continue;
        syn_mention *m = syn_mention_add(list, s, telling, best->cue, span_over(s, best, f));
        if (!m) return;
        m->from = from, m->to = to;
    }
}

/* ---- documents signed or handed over ---- */

static const syn_cue_at *cue_nearest(const syn_scene *s, uint8_t cue, uint32_t token, uint32_t token_end, uint32_t most)
{
    const syn_cue_at *best = NULL;
    uint32_t least = most;
    for (size_t i = 0; i < s->ncues; i++) {
        const syn_cue_at *c = &s->cues[i];
        uint32_t gap = syn_scene_gap(c->token, c->token_end, token, token_end);
        if (c->cue == cue && gap < least) least = gap, best = c;
    }
    return best;
}

/* A word of its own, not part of a date, a sum or a longer word. */
static bool stands_alone(const syn_scene *s, const syn_fact_at *f)
{
    const syn_token *last = &s->text->tokens[f->token_end - 1];
    bool cut = s->text->tokens[f->token].start != f->fact->span.start || last->end != f->fact->span.end;
    if (cut && syn_script_spaced((syn_script)last->script)) return false;
    for (size_t i = 0; i < s->nfacts; i++) {
        const syn_fact_at *g = &s->facts[i];
        if (g != f && g->fact->kind != SYN_FACT_NAME && g->fact->kind != SYN_FACT_PLACE && g->token <= f->token &&
            f->token_end <= g->token_end)
            return false;
    }
    return true;
}

/* "a 5-year agreement" counts years. */
static bool counts_time(const syn_lexicon *lex, const syn_scene *s, const syn_fact_at *f, const syn_cue_at *c)
{
    syn_lex_hit hit;
    for (uint32_t i = f->token_end; i < c->token && i < f->token_end + 3; i++) {
        syn_str word = syn_token_folded(s->text, i);
        for (size_t at = 0; at < word.n;) { /* "カ年": dictionaries leave what stands before a unit with it */
            uint32_t cp;
            if (syn_lexicon_find(lex, s->text->lang, SYN_LEX_PERIOD, syn_slice(word, at, word.n), &hit, 1) &&
                hit.id <= 12)
                return true;
            at += syn_utf8_next(word, at, &cp);
            if (syn_script_spaced((syn_script)s->text->tokens[i].script)) break;
        }
    }
    return false;
}

static void find_counts(syn_mentions *list, const syn_lexicon *lex, syn_scene *s, uint32_t telling)
{
    const syn_cue_at *signing = cue_nearest(s, SYN_CUE_SIGNING, s->token, s->token, UINT32_MAX);
    for (size_t i = 0; signing && i < s->nfacts; i++) {
        const syn_fact_at *f = &s->facts[i];
        double v = f->fact->value;
        if (f->fact->kind != SYN_FACT_NUMBER || v < 2 || v > MOST_DOCUMENTS || v != (double)(int)v ||
            f->fact->unit[0] || !stands_alone(s, f))
            continue;
        const syn_cue_at *what = cue_nearest(s, SYN_CUE_DOCUMENT, f->token, f->token_end, v < 3 ? 1 : s->near / 2);
        if (!what || counts_time(lex, s, f, what)) continue;
        signing = cue_nearest(s, SYN_CUE_SIGNING, f->token, f->token_end, UINT32_MAX);
        const syn_fact_at *day = day_nearest(s, signing->token, signing->token_end);
        syn_mention *m = syn_mention_add(list, s, telling, SYN_CUE_SIGNING, span_over(s, what, f));
        if (!m) return;
        m->flags = SYN_ENTRY_VALUE, m->value = v, m->measure = SYN_CUE_DOCUMENT;
        if (day) m->from = day->fact->from, m->to = day->fact->to;
    }
}

/* ---- events with and without a day ---- */

static const uint8_t EVENTS[] = {SYN_CUE_VISIT, SYN_CUE_MEETING, SYN_CUE_TALKS,   SYN_CUE_SIGNING,  SYN_CUE_APPOINTMENT,
                                 SYN_CUE_AWARD, SYN_CUE_PROJECT, SYN_CUE_OPENING, SYN_CUE_ELECTION, SYN_CUE_VERDICT};

static bool is_event(uint8_t cue)
{
    for (size_t i = 0; i < SYN_COUNT(EVENTS); i++)
        if (EVENTS[i] == cue) return true;
    return false;
}

static uint8_t class_of(uint8_t cue)
{
    return cue == SYN_CUE_TALKS ? SYN_CUE_MEETING : cue;
}

typedef struct dated {
    const syn_fact_at *day; /* the nearest, NULL: none in the sentence */
    uint32_t gap;
} dated;

static void find_days(const syn_scene *s, dated days[SYN_SENTENCE_CUES])
{
    for (size_t i = 0; i < s->ncues; i++) {
        const syn_cue_at *c = &s->cues[i];
        days[i].day = day_nearest(s, c->token, c->token_end);
        if (!days[i].day) continue;
        days[i].gap = syn_scene_gap(c->token, c->token_end, days[i].day->token, days[i].day->token_end);
    }
}

/* Of the words of one class that have the same day nearest, the nearest alone is on that day. */
static bool nearest_of_class(const syn_scene *s, const dated *days, size_t self)
{
    for (size_t i = 0; i < s->ncues; i++) {
        if (i == self || s->cues[i].taken || class_of(s->cues[i].cue) != class_of(s->cues[self].cue)) continue;
        if (days[i].day == days[self].day && days[i].gap < days[self].gap) return false;
    }
    return true;
}

/* The length of what was opened: "the first 86 kilometres". */
static void take_measure(const syn_scene *s, const syn_cue_at *c, syn_mention *m)
{
    for (size_t i = 0; i < s->nfacts; i++) {
        const syn_fact_at *f = &s->facts[i];
        if (f->fact->kind != SYN_FACT_NUMBER || strcmp(f->fact->unit, "m") != 0 || m->flags & SYN_ENTRY_VALUE) continue;
        if (syn_scene_gap(c->token, c->token_end, f->token, f->token_end) > 2 * s->near) continue;
        m->flags |= SYN_ENTRY_VALUE;
        m->value = f->fact->value * f->fact->si + f->fact->si_zero;
        memcpy(m->unit, f->fact->unit, sizeof m->unit);
    }
}

static void find_events(syn_mentions *list, syn_scene *s, uint32_t telling)
{
    dated days[SYN_SENTENCE_CUES];
    uint32_t told = 0; /* classes told without a day: once a sentence */
    find_days(s, days);
    for (size_t i = 0; i < s->ncues; i++) {
        const syn_cue_at *c = &s->cues[i];
        if (c->taken || !is_event(c->cue)) continue;
        const syn_fact_at *day = days[i].day && nearest_of_class(s, days, i) ? days[i].day : NULL;
        if (!day && told >> c->cue & 1) continue;
        if (!day) told |= 1u << c->cue;
        syn_mention *m = syn_mention_add(list, s, telling, c->cue,
                                         day ? span_over(s, c, day) : span_of(s, c->token, c->token_end));
        if (!m) return;
        if (day) m->from = day->fact->from, m->to = day->fact->to;
        if (c->cue == SYN_CUE_OPENING) take_measure(s, c, m);
    }
}

/* A day to come, whatever it will bring. */
static void find_ahead(syn_mentions *list, syn_scene *s, uint32_t telling, syn_day published, size_t first)
{
    for (size_t i = 0; i < s->nfacts && published != SYN_NO_DAY; i++) {
        const syn_fact_at *f = &s->facts[i];
        if (!syn_fact_is_day(f->fact) || f->fact->from < published + LEAST_NOTED ||
            f->fact->from > published + FAR_AHEAD)
            continue;
        bool told = false;
        for (size_t k = first; k < list->n && !told; k++) told = list->items[k].from == f->fact->from;
        if (told) continue;
        syn_mention *m = syn_mention_add(list, s, telling, SYN_ENTRY_AHEAD, f->fact->span);
        if (!m) return;
        m->from = f->fact->from, m->to = f->fact->to;
    }
}

bool syn_mentions_of(syn_mentions *list, const syn_lexicon *lex, syn_texter *texter, const syn_recorded *r,
                     uint32_t telling)
{
    syn_scene s = {.published = r->published};
    syn_scene_walk at = {0};
    syn_before before = {SYN_CUE_NONE, SYN_NO_DAY, SYN_NO_DAY};
    size_t most = list->n + SYN_MAX_TELLING_MENTIONS;
    while (list->n < most && syn_scene_next(lex, texter, &r->telling, &at, &s)) {
        size_t first = list->n;
        if (s.text->tokens[s.token].flags & SYN_TOK_PARAGRAPH)
            before = (syn_before){SYN_CUE_NONE, SYN_NO_DAY, SYN_NO_DAY};
        drop_vague_days(lex, &s, r->published);
        find_ranks(list, &s, telling);
        find_periods(list, &s, telling);
        find_counts(list, lex, &s, telling);
        syn_mentions_of_amounts(list, &s, telling, &before);
        find_events(list, &s, telling);
        find_ahead(list, &s, telling, r->published, first);
        syn_before_next(&s, &before);
    }
    return !list->arena->failed;
}
