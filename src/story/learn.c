/* learn.c - stage 5: words of a language that keep meeting one meaning in stories that are sure of themselves.

   Counted are stories, not articles: whether the language's tellings hold the word, and whether the others' hold the
   meaning.  Association by the likelihood ratio (Dunning 1993), which rare events do not flatter; then the best first,
   each word and each meaning taken by few (competitive linking, Melamed 2000).  Few words of a stream teach: an outlet
   counts on one day so many times, and what one outlet said on one day alone is not learned. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

enum {
    LEAST_STORIES = 3,
    LEAST_LESSONS = 12,  /* stories of a language before anything is learned */
    MOST_LESSONS = 4000, /* of a language at once, the latest */
    WORDS_OF_UNIT = 128, /* words of a language's side of a story, the rarest */
    WORDS_OF_MEANING = 3,
    MEMBERS = 3 /* articles of one language in one story that are read */
};
#define LEAST_RATIO 15 /* G2 */
#define LEAST_DICE 0.3
#define NEXT_BEST 0.6 /* of the best for the same word or meaning */

typedef struct unit {     /* one language's side of one story */
    uint32_t lang, story; /* story: number in the school */
    uint32_t item;
    uint64_t order;
} unit;

typedef struct term { /* a word of the language, or a meaning */
    uint32_t key, stories;
    float sum;
    uint32_t latest; /* 1 + the unit that was counted last */
    const item *of;
    uint32_t part;
    const sense *m;
} term;

typedef struct met {        /* a word and a meaning */
    uint32_t word, meaning; /* terms */
    float sum;
    uint32_t stories, own; /* own: the word's articles hold the meaning anyway */
    bool sources;          /* more than one, or unknown */
    uint32_t witnesses[SYN_MAX_WITNESSES];
    double ratio;
} met;

typedef struct heard { /* in the unit at hand */
    uint32_t term;
    float weight, worth;
} heard;

typedef struct study { /* of one language */
    syn_grouper *g;
    const school *school;
    syn_arena mem;
    const unit *units;
    size_t nunits;    /* rows */
    uint32_t stories; /* units */
    table words, meanings;
    term *word, *meaning;
    size_t nwords, words_cap, nmeanings, meanings_cap;
    met *met;
    size_t nmet, met_cap;
} study;

static int by_unit(const void *a, const void *b)
{
    const unit *x = a, *y = b;
    if (x->lang != y->lang) return x->lang < y->lang ? -1 : 1;
    if (x->story != y->story) return x->story < y->story ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

/* ---- which words and meanings are there often enough ---- */

static term *term_of(study *s, table *t, term **terms, size_t *n, size_t *cap, uint32_t key)
{
    uint32_t *at = syn_table_add(t, (uint64_t)key + 1);
    if (!at) return NULL;
    if (*at) return &(*terms)[*at - 1];
    if (!syn_grow(&s->mem, terms, cap, *n + 1, sizeof **terms)) return NULL;
    (*terms)[(*n)++] = (term){.key = key};
    *at = (uint32_t)*n;
    return &(*terms)[*n - 1];
}

static bool is_word(const syn_grouper *g, const item *it, uint32_t p)
{
    return it->values[p] > 0 && !syn_index_too_common(&g->index, it->keys[p]);
}

static size_t rows_of(const study *s, size_t at)
{
    size_t n = 1;
    while (at + n < s->nunits && s->units[at + n].story == s->units[at].story) n++;
    return n;
}

static bool count_terms(study *s)
{
    const syn_grouper *g = s->g;
    for (size_t at = 0, n; at < s->nunits; at += n) {
        const taught *t = &s->school->stories[s->units[at].story];
        n = rows_of(s, at);
        s->stories++;
        for (size_t r = 0; r < n && r < MEMBERS; r++) {
            const item *it = g->items[s->units[at + r].item];
            for (uint32_t p = it->start[SYN_SIGNAL_WORD]; p < it->start[SYN_SIGNAL_WORD + 1]; p++) {
                if (!is_word(g, it, p)) continue;
                term *w = term_of(s, &s->words, &s->word, &s->nwords, &s->words_cap, it->keys[p]);
                if (!w) return false;
                float weight = syn_school_presence(&it->parts[p]);
                if (w->latest != s->stories) {
                    w->latest = s->stories;
                    w->stories++;
                    w->sum += weight;
                }
                if (!w->of || !*syn_item_words(w->of, w->part)) {
                    w->of = it;
                    w->part = p;
                }
            }
        }
        for (uint32_t k = 0; k < t->n; k++) {
            const sense *m = &s->school->meanings[t->first + k];
            if (m->lang == s->units[at].lang) continue;
            term *x = term_of(s, &s->meanings, &s->meaning, &s->nmeanings, &s->meanings_cap, m->key);
            if (!x) return false;
            x->stories++;
            x->sum += m->share;
            if (!x->m || !*syn_item_words(x->m->of, x->m->part)) x->m = m;
        }
    }
    return true;
}

/* ---- what they say of each other ---- */

static double nats(double k, double expected)
{
    return k > 0 && expected > 0 ? k * log(k / expected) : 0;
}

static double ratio_of(const study *s, const met *m)
{
    double n = s->stories, both = m->sum, a = s->word[m->word].sum, b = s->meaning[m->meaning].sum;
    if (both > a) a = both;
    if (both > b) b = both;
    double neither = n - a - b + both > 0 ? n - a - b + both : 0;
    if (both * n <= a * b) return 0;
    return 2 * (nats(both, a * b / n) + nats(a - both, a * (n - b) / n) + nats(b - both, b * (n - a) / n) +
                nats(neither, (n - a) * (n - b) / n));
}

static double dice(const study *s, const met *m)
{
    return 2.0 * (double)m->sum / (double)(s->word[m->word].sum + s->meaning[m->meaning].sum);
}

/* Whether they meet so often that it is no chance. */
static bool surely(const study *s, met *m)
{
    if (m->stories < LEAST_STORIES || dice(s, m) < LEAST_DICE) return false;
    m->ratio = ratio_of(s, m);
    return m->ratio >= LEAST_RATIO;
}

/* ---- which of them meet ---- */

static int by_worth(const void *a, const void *b)
{
    const heard *x = a, *y = b;
    if (x->worth != y->worth) return x->worth > y->worth ? -1 : 1;
    return (x->term > y->term) - (x->term < y->term);
}

static size_t words_of_unit(study *s, size_t at, size_t n, heard *out)
{
    const syn_grouper *g = s->g;
    size_t k = 0;
    for (size_t r = 0; r < n && r < MEMBERS; r++) {
        const item *it = g->items[s->units[at + r].item];
        for (uint32_t p = it->start[SYN_SIGNAL_WORD]; p < it->start[SYN_SIGNAL_WORD + 1]; p++) {
            if (!is_word(g, it, p)) continue;
            uint32_t w = *syn_table_get(&s->words, (uint64_t)it->keys[p] + 1) - 1;
            if (s->word[w].stories < LEAST_STORIES || s->word[w].latest == UINT32_MAX - (uint32_t)at) continue;
            s->word[w].latest = UINT32_MAX - (uint32_t)at; /* once for all of them */
            out[k++] = (heard){w, syn_school_presence(&it->parts[p]), it->values[p]};
        }
    }
    if (k > WORDS_OF_UNIT) qsort(out, k, sizeof *out, by_worth);
    return k < WORDS_OF_UNIT ? k : WORDS_OF_UNIT;
}

static bool holds(const item *it, const sense *m)
{
    int signal = m->word ? SYN_SIGNAL_WORD : SYN_SIGNAL_CONCEPT;
    for (uint32_t p = it->start[signal]; p < it->start[signal + 1]; p++)
        if (it->keys[p] == m->key) return true;
    return false;
}

/* Who said it, and on what day: 0 where neither is known. */
static uint64_t source_of(const item *it)
{
    uint64_t two[2] = {it->outlet, it->when == INT64_MIN ? 0 : (uint64_t)(it->when / 86400)};
    return it->outlet || it->when != INT64_MIN ? syn_hash((syn_str){(const char *)two, sizeof two}, 61) : 0;
}

/* A story's side with its words, which stand one after another, and what its story means, likewise. */
typedef struct side {
    uint32_t unit, means, nmeans;
} side;

typedef struct meets { /* a meaning of a side */
    uint32_t term;
    float share;
} meets;

typedef struct place { /* a word on a side, in the order of words */
    uint32_t word, side;
    float weight;
} place;

typedef struct sides {
    side *all;
    meets *means;
    place *places;
    size_t n, nmeans, means_cap, nplaces, places_cap;
} sides;

static bool lay_out(study *s, sides *out)
{
    heard words[MEMBERS * MAX_PARTS];
    out->all = SYN_NEW_ARRAY(&s->mem, side, s->stories + 1);
    for (size_t at = 0, n; out->all && at < s->nunits; at += n) {
        const taught *t = &s->school->stories[s->units[at].story];
        n = rows_of(s, at);
        size_t k = words_of_unit(s, at, n, words);
        side *x = &out->all[out->n];
        *x = (side){(uint32_t)at, (uint32_t)out->nmeans, 0};
        if (!syn_grow(&s->mem, &out->means, &out->means_cap, out->nmeans + t->n + 1, sizeof *out->means)) return false;
        if (!syn_grow(&s->mem, &out->places, &out->places_cap, out->nplaces + k + 1, sizeof *out->places)) return false;
        for (uint32_t m = 0; m < t->n; m++) {
            const sense *of = &s->school->meanings[t->first + m];
            const uint32_t *number = syn_table_get(&s->meanings, (uint64_t)of->key + 1);
            if (!number || of->lang == s->units[at].lang || s->meaning[*number - 1].stories < LEAST_STORIES) continue;
            out->means[out->nmeans++] = (meets){*number - 1, of->share};
            x->nmeans++;
        }
        for (size_t w = 0; w < k; w++)
            out->places[out->nplaces++] = (place){words[w].term, (uint32_t)out->n, words[w].weight};
        out->n++;
    }
    return out->all;
}

/* The places in the order of words, those of one word in the order of sides. */
static bool order_places(study *s, sides *in, uint32_t **first)
{
    uint32_t *at = SYN_NEW_ARRAY(&s->mem, uint32_t, s->nwords + 2);
    place *sorted = SYN_NEW_ARRAY(&s->mem, place, in->nplaces + 1);
    if (!at || !sorted) return false;
    for (size_t k = 0; k < in->nplaces; k++) at[in->places[k].word + 2]++;
    for (size_t w = 0; w < s->nwords; w++) at[w + 2] += at[w + 1];
    for (size_t k = 0; k < in->nplaces; k++) sorted[at[in->places[k].word + 1]++] = in->places[k];
    in->places = sorted;
    *first = at;
    return true;
}

/* Who told of both, and whether the word's articles hold the meaning anyway. */
static void find_witnesses(const study *s, const sides *in, const place *from, const place *to, met *m)
{
    const sense *x = s->meaning[m->meaning].m;
    uint32_t n = 0;
    uint64_t source = 0;
    for (const place *p = from; p < to; p++) {
        const side *on = &in->all[p->side];
        const unit *u = &s->units[on->unit];
        const item *it = s->g->items[u->item];
        const meets *one = in->means + on->means, *end = one + on->nmeans;
        while (one < end && one->term != m->meaning) one++;
        if (one == end) continue;
        m->own += holds(it, x);
        if (!n) source = source_of(it);
        m->sources |= !source || source_of(it) != source;
        if (n < SYN_MAX_WITNESSES) m->witnesses[n++] = u->story;
    }
}

/* Word by word: what its stories mean is added up meaning by meaning. */
static bool count_pairs(study *s)
{
    sides in = {0};
    uint32_t *first;
    if (!lay_out(s, &in) || !order_places(s, &in, &first)) return false;
    struct {
        float sum;
        uint32_t stories;
    } *sums = syn_alloc_array(&s->mem, s->nmeanings + 1, sizeof *sums);
    uint32_t *touched = SYN_NEW_ARRAY(&s->mem, uint32_t, s->nmeanings + 1);
    if (!sums || !touched) return false;
    for (uint32_t w = 0; w < s->nwords; w++) {
        const place *from = in.places + first[w], *to = in.places + first[w + 1];
        size_t n = 0;
        if (to - from < LEAST_STORIES) continue;
        for (const place *p = from; p < to; p++) {
            const meets *m = in.means + in.all[p->side].means, *end = m + in.all[p->side].nmeans;
            for (; m < end; m++) {
                if (!sums[m->term].stories++) touched[n++] = m->term;
                sums[m->term].sum += m->share < p->weight ? m->share : p->weight;
            }
        }
        for (size_t k = 0; k < n; k++) {
            uint32_t m = touched[k];
            met x = {.word = w, .meaning = m, .sum = sums[m].sum, .stories = sums[m].stories};
            sums[m].sum = 0;
            sums[m].stories = 0;
            if (!surely(s, &x)) continue;
            find_witnesses(s, &in, from, to, &x);
            if (!x.sources || x.own * 2 >= x.stories) continue;
            if (!syn_grow(&s->mem, &s->met, &s->met_cap, s->nmet + 1, sizeof *s->met)) return false;
            s->met[s->nmet++] = x;
        }
    }
    return true;
}

/* ---- which are kept ---- */

static int by_ratio(const void *a, const void *b)
{
    const met *x = a, *y = b;
    if (x->ratio != y->ratio) return x->ratio > y->ratio ? -1 : 1;
    if (x->word != y->word) return x->word < y->word ? -1 : 1;
    return (x->meaning > y->meaning) - (x->meaning < y->meaning);
}

static syn_str lang_name(const syn_grouper *g, uint32_t lang)
{
    syn_str tag;
    for (size_t at = 0; syn_map_next(&g->langs, &at, &tag);)
        if (*syn_map_get(&g->langs, tag) == lang + 1) return tag;
    return SYN_STR("und");
}

static bool keep(study *s, const met *m)
{
    syn_grouper *g = s->g;
    const term *w = &s->word[m->word], *x = &s->meaning[m->meaning];
    double of_word = (double)(m->sum / w->sum), n = m->stories;
    syn_lesson said = {.word = g->index.keys[w->key].key,
                       .meaning = g->index.keys[x->key].key,
                       .lang = lang_name(g, s->units[0].lang),
                       .word_text = syn_str_of(syn_item_words(w->of, w->part)),
                       .weight = (float)(0.6 * (of_word < 1 ? of_word : 1) * n / (n + 2)),
                       .stories = m->stories};
    said.meaning_text = syn_str_of(syn_item_words(x->m->of, x->m->part));
    if (x->m->word) said.meaning_lang = lang_name(g, x->m->of->lang);
    for (size_t k = 0; k < SYN_MAX_WITNESSES && k < m->stories; k++)
        said.witnesses[k] = g->stories[s->school->stories[m->witnesses[k]].story].founder;
    return syn_lessons_keep(&g->lessons, &said, s->units[0].lang);
}

typedef struct taken {
    double best;
    uint32_t n;
    bool kinds[2]; /* of a word: a concept, a word of another language */
} taken;

static bool choose(study *s)
{
    size_t n = s->nmet;
    taken *words = SYN_NEW_ARRAY(&s->mem, taken, s->nwords + 1);
    taken *meanings = SYN_NEW_ARRAY(&s->mem, taken, s->nmeanings + 1);
    if (!words || !meanings) return false;
    if (n) qsort(s->met, n, sizeof *s->met, by_ratio);
    for (size_t k = 0; k < n; k++) {
        const met *m = &s->met[k];
        taken *w = &words[m->word], *x = &meanings[m->meaning];
        bool kind = s->meaning[m->meaning].m->word;
        if (w->kinds[kind] || x->n >= WORDS_OF_MEANING) continue;
        if (m->ratio < NEXT_BEST * w->best || m->ratio < NEXT_BEST * x->best) continue;
        if (!keep(s, m)) return false;
        w->kinds[kind] = true;
        w->best = w->n++ ? w->best : m->ratio;
        x->best = x->n++ ? x->best : m->ratio;
    }
    return true;
}

/* ---- the whole ---- */

/* Units of one language, sides of one outlet on one day beyond the ceiling left out, the latest where there are many.
 */
static size_t ration(const syn_grouper *g, unit *units, size_t n, bool *ok)
{
    table days = {0};
    size_t kept = 0;
    for (size_t k = 0; *ok && k < n; k++) {
        uint64_t source = source_of(g->items[units[k].item]);
        uint32_t *count = syn_table_add(&days, source ? source : 1);
        *ok = count != NULL;
        if (count && ++*count <= SYN_MAX_TAUGHT_A_DAY) units[kept++] = units[k];
    }
    syn_table_free(&days);
    if (kept > MOST_LESSONS) {
        memmove(units, units + (kept - MOST_LESSONS), MOST_LESSONS * sizeof *units);
        kept = MOST_LESSONS;
    }
    return kept;
}

static bool study_one(syn_grouper *g, const school *from, unit *units, size_t n)
{
    study s = {.g = g, .school = from, .units = units};
    bool ok = true;
    s.nunits = ration(g, units, n, &ok);
    if (ok && s.nunits >= LEAST_LESSONS) ok = count_terms(&s) && count_pairs(&s) && choose(&s);
    syn_table_free(&s.words);
    syn_table_free(&s.meanings);
    syn_arena_free(&s.mem);
    return ok;
}

bool syn_learn(syn_grouper *g)
{
    school from = {0};
    unit *units = NULL;
    size_t n = 0, cap = 0;
    bool ok = syn_school_open(&from, g);
    for (uint32_t t = 0; ok && t < from.nstories; t++) {
        const story_t *story = &g->stories[from.stories[t].story];
        for (size_t m = 0; ok && m < story->n; m++) {
            uint32_t i = story->members[m];
            if (!from.sure[i]) continue;
            ok = syn_grow(&from.mem, &units, &cap, n + 1, sizeof *units);
            if (ok) units[n++] = (unit){g->items[i]->lang, t, i, g->items[i]->order};
        }
    }
    if (ok && n) qsort(units, n, sizeof *units, by_unit);
    for (size_t at = 0, to; ok && at < n; at = to) {
        for (to = at; to < n && units[to].lang == units[at].lang; to++) {
        }
        if (syn_index_lack(&g->index, units[at].lang) > 0) ok = study_one(g, &from, units + at, to - at);
    }
    syn_school_close(&from);
    return ok;
}
