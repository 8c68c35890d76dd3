/* sides.c - stage 6: a telling made ready for comparing: its figures, and the clues by which a sentence is known again
   in another language: keys of words' consonant skeletons, concepts, figures.  A clue weighs by its rarity among all
   the sentences compared, as inverse document frequency. */
#include <math.h>

#include "comparing.h"

#define MAX_KEYS 6
#define MAX_CONCEPTS 4
#define AROUND 8 /* tokens on either side of a figure that tell what it counts */

typedef struct clue_list {
    syn_arena *arena;
    syn_clue *items;
    size_t n, cap;
} clue_list;

static bool clue_add(clue_list *list, uint64_t key, uint32_t token, uint32_t sentence, double weight)
{
    if (list->n == SYN_MAX_CLUES) return true;
    if (!syn_grow(list->arena, &list->items, &list->cap, list->n + 1, sizeof *list->items)) return false;
    list->items[list->n++] = (syn_clue){key, token, sentence, (float)weight};
    return true;
}

static uint64_t key_of(uint64_t what, uint64_t kind)
{
    return syn_hash((syn_str){(const char *)&what, sizeof what}, kind);
}

/* Significant digits of v as an integer: 1200 and 1.2 both give 12. */
static uint64_t mantissa(double v)
{
    v = fabs(v);
    if (!(v > 0) || v > 1e18) return 0;
    double scaled = v * pow(10, 11 - floor(log10(v)));
    uint64_t m = (uint64_t)(scaled + 0.5);
    m = (m + 5) / 10 * 10; /* the last of twelve digits is noise of the conversion */
    while (m && m % 10 == 0) m /= 10;
    return m;
}

static bool has_digits(const syn_text *t, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (t->tokens[i].kind == SYN_TOK_NUMBER) return true;
    return false;
}

/* A number that no fact knows becomes a fact of its own, in the arena. */
static bool own_figure(syn_arena *arena, const syn_text *t, uint32_t from, uint32_t to, double value, syn_figure *out)
{
    syn_fact *f = SYN_NEW(arena, syn_fact);
    if (!f) return false;
    f->kind = SYN_FACT_NUMBER;
    f->span = (syn_span){t->tokens[from].start, t->tokens[to - 1].end};
    f->sentence = t->tokens[from].sentence;
    f->value = f->value2 = value;
    f->from = f->to = SYN_NO_DAY;
    *out = (syn_figure){.fact = f, .token = from, .token_end = to, .written = true, .loose = true};
    out->mantissa = mantissa(value);
    return true;
}

static bool small_number(const syn_text *t, uint32_t i, double limit, double *value)
{
    return i < t->ntokens && t->tokens[i].kind == SYN_TOK_NUMBER && syn_utf8_count(syn_token_str(t, i)) <= 2 &&
           syn_parse_double(syn_token_folded(t, i), value) && *value < limit;
}

enum { BEFORE_HOUR = 15, AFTER_HOUR = 16 }; /* roles of a period's words, see data/README.md */

static bool tells_hour(const syn_lexicon *lex, const syn_text *t, uint32_t i, uint32_t role)
{
    syn_lex_hit hits[4];
    if (i >= t->ntokens || t->tokens[i].kind != SYN_TOK_WORD) return false;
    size_t n = syn_lexicon_find(lex, t->lang, SYN_LEX_PERIOD, syn_token_folded(t, i), hits, SYN_COUNT(hits));
    for (size_t h = 0; h < n && h < SYN_COUNT(hits); h++)
        if (hits[h].id == role && (role == BEFORE_HOUR) == (hits[h].value == 0)) return true;
    return false;
}

/* The hour of "14:05", "14 h 05": two digits of minutes follow; or a word of the hour stands beside it. */
static bool is_hour(const syn_lexicon *lex, const syn_text *t, uint32_t i)
{
    double hour, minute;
    if (small_number(t, i, 25, &hour) &&
        ((i && tells_hour(lex, t, i - 1, BEFORE_HOUR)) || tells_hour(lex, t, i + 1, AFTER_HOUR)))
        return true;
    if (!small_number(t, i, 25, &hour) || !small_number(t, i + 2, 60, &minute)) return false;
    syn_str mark = syn_token_folded(t, i + 1);
    if ((!syn_str_is(mark, ":") && !syn_str_is(mark, "h")) || syn_utf8_count(syn_token_str(t, i + 2)) != 2)
        return false;
    bool spaced = (t->tokens[i + 1].flags | t->tokens[i + 2].flags) & SYN_TOK_SPACE;
    return !spaced || !syn_str_is(mark, ":");
}

/* The measure right after a figure, or right before it where a language puts it there. */
static void find_unit(const syn_lexicon *lex, const syn_text *t, syn_figure *f)
{
    uint32_t beside[2] = {f->token_end, f->token - 1}; /* wraps to no token */
    for (int i = 0; i < 2; i++) {
        syn_lex_hit hit;
        if (beside[i] >= t->ntokens || t->tokens[beside[i]].sentence != f->fact->sentence) continue;
        if (!syn_lexicon_find(lex, syn_token_lang(t, beside[i]), SYN_LEX_UNIT, syn_token_folded(t, beside[i]), &hit, 1))
            continue;
        f->unit = hit.id, f->factor = hit.value;
        return;
    }
}

static bool in_url(const syn_side *s, uint32_t at)
{
    for (size_t i = 0; i < s->nurls; i++)
        if (s->urls[i].start <= at && at < s->urls[i].end) return true;
    return false;
}

static bool has_scale(const syn_lexicon *lex, const syn_text *t, uint32_t from, uint32_t to)
{
    syn_lex_hit hit;
    size_t n;
    for (uint32_t i = from; i < to; i++)
        if (t->tokens[i].kind == SYN_TOK_WORD &&
            syn_lexicon_longest(lex, t->lang, SYN_LEX_SCALE, syn_token_folded(t, i), &hit, 1, &n))
            return true;
    return false;
}

/* Keys of data/concepts/, or the emoji they are linked to, for what is counted while an event goes on. */
static const char *const tallies[] = {
    "death",  "death-toll", "kill",   "injured",   "casualty", "victim",   "missing", "dead-body", "evacuate", "rescue",
    "arrest", "displaced",  "detain", "infection", "homeless", "survivor", "🏥",       "destroy",   "damage"};

static bool is_tally(uint32_t concept)
{
    for (size_t i = 0; i < SYN_COUNT(tallies); i++)
        if (concept == ((uint32_t)syn_hash(syn_str_of(tallies[i]), 0) | 1)) return true;
    return false;
}

static bool near_tally(const syn_telling *t, const syn_figure *f)
{
    size_t lo = 0, hi = t->nconcepts;
    uint32_t from = f->token > AROUND ? f->token - AROUND : 0;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (t->concepts[mid].token < from)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < t->nconcepts && t->concepts[lo].token < f->token_end + AROUND; lo++)
        if (t->text->tokens[t->concepts[lo].token].sentence == f->fact->sentence && is_tally(t->concepts[lo].id))
            return true;
    return false;
}

static bool is_word_of(const syn_lexicon *lex, const syn_text *t, uint32_t i, uint32_t kinds)
{
    syn_lex_hit hit;
    return i < t->ntokens && t->tokens[i].kind == SYN_TOK_WORD &&
           syn_lexicon_find(lex, t->lang, kinds, syn_token_folded(t, i), &hit, 1) > 0;
}

/* A weekday that is named by its rank: "thứ Sáu". */
static bool is_weekday(const syn_lexicon *lex, const syn_text *t, uint32_t from, uint32_t to)
{
    syn_lex_hit hit;
    syn_str words = syn_slice(t->folded.text, t->tokens[from].fold_start, t->tokens[to - 1].fold_end);
    return syn_lexicon_find(lex, t->lang, SYN_LEX_WEEKDAY, words, &hit, 1) > 0;
}

/* What follows a figure's measure and makes a bound of it: "120분이 넘는". */
static uint8_t bound_after(const syn_lexicon *lex, const syn_text *t, const syn_figure *f)
{
    for (uint32_t i = f->token_end; i < t->ntokens && i < f->token_end + 3; i++) {
        syn_lex_hit hits[4];
        if (t->tokens[i].sentence != f->fact->sentence || t->tokens[i].kind == SYN_TOK_NUMBER) break;
        size_t n = syn_lexicon_find(lex, syn_token_lang(t, i), SYN_LEX_APPROX, syn_token_folded(t, i), hits, 4);
        for (size_t h = 0; h < n && h < 4; h++)
            if (hits[h].id == 1)
                return hits[h].value < 0 ? SYN_FACT_AT_MOST : hits[h].value > 0 ? SYN_FACT_AT_LEAST : SYN_FACT_APPROX;
    }
    return 0;
}

/* "Amihan-2": digits that a hyphen ties to the word before them. */
static bool part_of_name(const syn_text *t, uint32_t i)
{
    return i >= 2 && t->tokens[i].kind == SYN_TOK_NUMBER && syn_str_is(syn_token_folded(t, i - 1), "-") &&
           t->tokens[i - 2].kind == SYN_TOK_WORD && !((t->tokens[i].flags | t->tokens[i - 1].flags) & SYN_TOK_SPACE);
}

static bool is_figure(const syn_fact *f)
{
    return f->kind <= SYN_FACT_DATERANGE;
}

/* Tokens and facts both come in order of place: one walk. */
static syn_code find_figures(syn_arena *arena, syn_arena *keep, const syn_lexicon *lex, syn_side *s, syn_err *err)
{
    const syn_text *t = s->telling->text;
    const syn_facts *facts = s->telling->facts;
    size_t cap = 0, at = 0;
    syn_lex_hit hit;
    bool dawn = syn_lexicon_find(lex, t->lang, SYN_LEX_PERIOD, SYN_STR("*dawn"), &hit, 1) > 0;
    for (uint32_t i = 0; i < t->ntokens && s->nfigures < SYN_MAX_COMPARED_FIGURES;) {
        const syn_token *tok = &t->tokens[i];
        while (at < facts->n && (!is_figure(&facts->items[at]) || facts->items[at].span.start < tok->start)) at++;
        syn_figure figure = {0};
        bool found = false;
        if (at < facts->n && facts->items[at].span.start < tok->end) {
            const syn_fact *f = &facts->items[at++];
            uint32_t end = i + 1;
            while (end < t->ntokens && t->tokens[end].start < f->span.end) end++;
            figure = (syn_figure){.fact = f, .token = i, .token_end = end, .written = has_digits(t, i, end)};
            if (f->kind < SYN_FACT_DATE) figure.mantissa = mantissa(f->value);
            found = true;
        } else if (tok->kind == SYN_TOK_NUMBER) {
            double value;
            found = syn_parse_double(syn_token_folded(t, i), &value) && own_figure(keep, t, i, i + 1, value, &figure);
        }
        /* "One" in words is an article in too many languages. */
        bool article = found && !figure.written && figure.fact->kind == SYN_FACT_NUMBER && figure.fact->value <= 1;
        article |= found && figure.fact->kind == SYN_FACT_ORDINAL && is_weekday(lex, t, i, figure.token_end);
        if (article || (found && in_url(s, figure.fact->span.start))) {
            i = figure.token_end;
        } else if (found) {
            figure.hour = figure.fact->kind == SYN_FACT_NUMBER && is_hour(lex, t, i);
            if (figure.fact->kind == SYN_FACT_NUMBER && !figure.hour) find_unit(lex, t, &figure);
            if (figure.fact->kind == SYN_FACT_NUMBER) figure.named = part_of_name(t, i);
            if (figure.fact->kind <= SYN_FACT_MONEY) figure.flags = bound_after(lex, t, &figure);
            figure.dawn = dawn;
            figure.monthly = figure.fact->kind <= SYN_FACT_ORDINAL && figure.fact->kind != SYN_FACT_PERCENT &&
                             (is_word_of(lex, t, figure.token_end, SYN_LEX_MONTH) ||
                              (i && is_word_of(lex, t, i - 1, SYN_LEX_MONTH)));
            figure.scaled = has_scale(lex, t, i, figure.token_end);
            figure.tally = figure.fact->kind == SYN_FACT_NUMBER && near_tally(s->telling, &figure);
            figure.shaky = !figure.written && figure.token_end == i + 1 && !syn_script_spaced((syn_script)tok->script);
            if (!syn_grow(arena, &s->figures, &cap, s->nfigures + 1, sizeof *s->figures)) break;
            s->figures[s->nfigures++] = figure;
            i = figure.token_end;
        } else {
            i++;
        }
    }
    return arena->failed || keep->failed ? syn_fail(err, SYN_ENOMEM, 0, "figures of a telling") : SYN_OK;
}

/* Concepts of the news that begin at token i; *at walks along. */
static bool concept_clues(clue_list *list, const syn_telling *t, uint32_t i, size_t *at, size_t *n)
{
    *n = 0;
    while (*at < t->nconcepts && t->concepts[*at].token < i) ++*at;
    size_t from = *at;
    while (*at < t->nconcepts && t->concepts[*at].token == i) ++*at;
    *n = *at - from;
    for (size_t k = from; k < *at; k++)
        if (!clue_add(list, key_of(t->concepts[k].id, 2), i, t->text->tokens[i].sentence, 0.8 / sqrt((double)*n)))
            return false;
    return true;
}

static bool word_clues(clue_list *list, const syn_lexicon *lex, const syn_text *t, uint32_t i, bool known)
{
    const syn_token *tok = &t->tokens[i];
    syn_str word = syn_token_folded(t, i);
    if (word.n < 2) return true;
    syn_lex_hit hits[MAX_CONCEPTS];
    size_t nhits = syn_lexicon_find(lex, syn_token_lang(t, i), SYN_LEX_STOP | SYN_LEX_CONCEPT, word, hits,
                                    MAX_CONCEPTS);
    if (nhits > MAX_CONCEPTS) nhits = MAX_CONCEPTS;
    for (size_t h = 0; h < nhits; h++)
        if (hits[h].kind == SYN_LEX_STOP) return true;
    double share = nhits ? 0.8 / sqrt((double)nhits) : 0;
    for (size_t h = 0; h < nhits && !known; h++)
        if (!clue_add(list, key_of(hits[h].id, 2), i, tok->sentence, share)) return false;

    uint64_t keys[MAX_KEYS];
    int strength = 0;
    size_t nkeys = syn_name_keys(lex, syn_token_str(t, i), syn_token_lang(t, i), keys, MAX_KEYS, &strength);
    if (nkeys > MAX_KEYS) nkeys = MAX_KEYS;
    bool capital = (tok->flags & (SYN_TOK_CAPITAL | SYN_TOK_ALLCAPS)) && !(tok->flags & SYN_TOK_FIRST);
    if (!nkeys || strength < (capital ? 2 : 3)) return true;
    share = (strength < 3 ? 0.5 : 1.0) / sqrt((double)nkeys);
    for (size_t k = 0; k < nkeys; k++)
        if (!clue_add(list, keys[k], i, tok->sentence, share)) return false;
    return true;
}

static bool figure_clue(clue_list *list, const syn_figure *f)
{
    uint64_t what = f->mantissa;
    if (f->fact->kind >= SYN_FACT_DATE)
        what = (uint64_t)(uint32_t)f->fact->from << 1 | 1u << 31;
    else if (what < 10 && fabs(f->fact->value) < 1000)
        return true;
    return clue_add(list, key_of(what, 1), f->token, f->fact->sentence, 1);
}

static syn_code find_clues(syn_arena *arena, const syn_lexicon *lex, syn_side *s, syn_err *err)
{
    const syn_text *t = s->telling->text;
    clue_list list = {.arena = arena};
    size_t at = 0, concept = 0, named = 0;
    bool good = true;
    for (uint32_t i = 0; i < t->ntokens && good && t->tokens[i].sentence < s->nsentences; i++) {
        if (at < s->nfigures && i == s->figures[at].token) {
            good = figure_clue(&list, &s->figures[at]);
            i = s->figures[at++].token_end - 1;
        } else if (t->tokens[i].kind == SYN_TOK_WORD) {
            good = concept_clues(&list, s->telling, i, &concept, &named) && word_clues(&list, lex, t, i, named > 0);
        }
    }
    if (!good) return syn_fail(err, SYN_ENOMEM, 0, "clues of a telling");
    s->clues = list.items;
    s->nclues = list.n;
    return SYN_OK;
}

/* ---- weights ---- */

typedef struct mention {
    uint64_t key;
    uint32_t side, sentence, clue;
} mention;

static int by_mention(const void *pa, const void *pb)
{
    const mention *a = pa, *b = pb;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    if (a->side != b->side) return a->side < b->side ? -1 : 1;
    if (a->sentence != b->sentence) return a->sentence < b->sentence ? -1 : 1;
    return a->clue < b->clue ? -1 : a->clue > b->clue;
}

static int by_key(const void *pa, const void *pb)
{
    const syn_clue *a = pa, *b = pb;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    if (a->sentence != b->sentence) return a->sentence < b->sentence ? -1 : 1;
    return a->token < b->token ? -1 : a->token > b->token;
}

/* A run of mentions of one key: its rarity, 0 where one side alone has it. */
static double rarity(const mention *run, size_t n, size_t sentences)
{
    size_t df = 1, nsides = 1;
    for (size_t i = 1; i < n; i++) {
        if (run[i].side != run[i - 1].side)
            nsides++, df++;
        else if (run[i].sentence != run[i - 1].sentence)
            df++;
    }
    if (nsides < 2) return 0;
    /* Said in every telling is no blemish: what counts is how often a telling says it. */
    double often = (double)df / (double)nsides;
    double all = (double)sentences / (double)nsides;
    return all > 1 ? log(1 + all / often) / log(1 + all) : 1;
}

static void settle_side(syn_arena *arena, syn_side *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->nclues; i++)
        if (s->clues[i].weight > 0) s->clues[kept++] = s->clues[i];
    s->nclues = kept;
    s->keyed = SYN_NEW_ARRAY(arena, syn_clue, kept);
    s->norm = SYN_NEW_ARRAY(arena, float, s->nsentences);
    if (!s->keyed || !s->norm) return;
    if (kept) memcpy(s->keyed, s->clues, kept * sizeof *s->keyed);
    syn_sort(s->keyed, kept, sizeof *s->keyed, by_key);
    for (size_t i = 0; i < kept; i++) s->norm[s->clues[i].sentence] += s->clues[i].weight * s->clues[i].weight;
    for (size_t i = 0; i < s->nsentences; i++) s->norm[i] = sqrtf(s->norm[i]);
}

static syn_code weigh(syn_arena *arena, syn_side *sides, size_t n, syn_err *err)
{
    size_t total = 0, sentences = 0, at = 0;
    for (size_t i = 0; i < n; i++) total += sides[i].nclues, sentences += sides[i].nsentences;
    mention *all = SYN_NEW_ARRAY(arena, mention, total);
    if (!all) return syn_fail(err, SYN_ENOMEM, 0, "clues of the tellings");
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < sides[i].nclues; c++)
            all[at++] = (mention){sides[i].clues[c].key, (uint32_t)i, sides[i].clues[c].sentence, (uint32_t)c};
    syn_sort(all, total, sizeof *all, by_mention);
    for (size_t i = 0; i < total;) {
        size_t end = i + 1;
        while (end < total && all[end].key == all[i].key) end++;
        double r = rarity(all + i, end - i, sentences);
        for (; i < end; i++) sides[all[i].side].clues[all[i].clue].weight *= (float)r;
    }
    for (size_t i = 0; i < n; i++) settle_side(arena, &sides[i]);
    return arena->failed ? syn_fail(err, SYN_ENOMEM, 0, "clues of the tellings") : SYN_OK;
}

syn_code syn_sides_prepare(syn_arena *scratch, syn_arena *keep, const syn_lexicon *lex,
                           const syn_telling *const *tellings, size_t n, syn_side *sides, syn_err *err)
{
    syn_code rc = SYN_OK;
    for (size_t i = 0; i < n && !rc; i++) {
        sides[i] = (syn_side){.telling = tellings[i], .nsentences = tellings[i]->text->nsentences};
        if (sides[i].nsentences > SYN_MAX_COMPARED_SENTENCES) sides[i].nsentences = SYN_MAX_COMPARED_SENTENCES;
        rc = syn_urls_find(scratch, &sides[i], err);
        if (!rc) rc = find_figures(scratch, keep, lex, &sides[i], err);
        if (!rc) rc = find_clues(scratch, lex, &sides[i], err);
    }
    return rc ? rc : weigh(scratch, sides, n, err);
}

/* ---- around a figure ---- */

bool syn_sides_print(const syn_side *s, const syn_side *of, const syn_figure *f)
{
    const syn_text *t = s->telling->text, *o = of->telling->text;
    for (uint32_t k = f->token; k < f->token_end; k++) {
        if (o->tokens[k].kind != SYN_TOK_NUMBER) continue;
        syn_str digits = syn_token_folded(o, k);
        for (uint32_t i = 0; i < t->ntokens; i++)
            if (t->tokens[i].kind == SYN_TOK_NUMBER && syn_str_eq(syn_token_folded(t, i), digits)) return true;
        return false;
    }
    return false;
}

static size_t first_clue(const syn_side *s, uint32_t token)
{
    size_t lo = 0, hi = s->nclues;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (s->clues[mid].token < token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static double nearness(const syn_figure *f, uint32_t token)
{
    uint32_t d = token < f->token ? f->token - token : token - f->token_end + 1;
    return d > AROUND ? 0 : 1.0 / (1.0 + 0.25 * (double)d);
}

double syn_sides_around(const syn_side *a, const syn_figure *x, const syn_side *b, const syn_figure *y)
{
    double shared = 0;
    uint32_t from = x->token > AROUND ? x->token - AROUND : 0;
    uint32_t other = y->token > AROUND ? y->token - AROUND : 0;
    size_t first = first_clue(b, other);
    uint32_t last = UINT32_MAX; /* token of a counted already: its other readings add nothing */
    for (size_t i = first_clue(a, from); i < a->nclues && a->clues[i].token < x->token_end + AROUND; i++) {
        const syn_clue *c = &a->clues[i];
        if (c->sentence != x->fact->sentence || c->token == x->token || c->token == last) continue;
        for (size_t j = first; j < b->nclues && b->clues[j].token < y->token_end + AROUND; j++) {
            const syn_clue *d = &b->clues[j];
            if (d->key != c->key || d->sentence != y->fact->sentence || d->token == y->token) continue;
            shared += sqrt((double)c->weight * d->weight * nearness(x, c->token) * nearness(y, d->token));
            last = c->token;
            break;
        }
    }
    return 1 - exp(-1.5 * shared);
}
