/* lookahead.c - stage 3: runs of Thai, Lao, Khmer and Burmese cut into words: at each place the word of the dictionary
   that lets two more follow, the longest such; what is no word joins its neighbour until a word may begin.  Dictionary
   and thresholds are ICU's, and so are the cuts. */
#include "texter.h"

enum {
    AHEAD = 3,  /* words looked at together */
    FORMS = 20, /* words that begin at a place, the shortest first */
    ROOT = 3,   /* a word of fewer units takes what is none behind it, ... */
    PREFIX = 3, /* ... if fewer units of that begin a word, the one that does not go on counted */
    PAIYANNOI = 0x0E2F,
    MAIYAMOK = 0x0E46
};

/* How a script is written. */
typedef struct manner {
    UChar first, last;      /* its letters and marks */
    UChar begin, begin_end; /* those that a word may begin with, ... */
    UChar more, more_end;   /* ... these too, ... */
    UChar lead, lead_end;   /* ... and vowels before their consonant, which none ends with */
    UChar no_end;           /* neither with this one */
    uint8_t least;          /* a run of fewer units is one word */
} manner;
static const manner manners[] = {
    {0x0E01, 0x0E4E, 0x0E01, 0x0E2E, 0, 0, 0x0E40, 0x0E44, 0x0E31, 5},      /* Thai */
    {0x0E81, 0x0EDF, 0x0E81, 0x0EAE, 0x0EDC, 0x0EDD, 0x0EC0, 0x0EC4, 0, 4}, /* Lao */
    {0x1780, 0x17DD, 0x1780, 0x17B3, 0, 0, 0, 0, 0x17D2, 4},                /* Khmer */
    {0x1000, 0x109F, 0x1000, 0x102A, 0, 0, 0, 0, 0, 4},                     /* Burmese */
};

/* Words that may begin at a place. */
typedef struct possible {
    bool looked;
    size_t at, n, prefix; /* prefix: units that the dictionary could follow, and the one that it could not */
    size_t len[FORMS];
} possible;

typedef struct cutter {
    const syn_segments *dictionary;
    const manner *how;
    const UChar *run;
    size_t n;
    possible ahead[AHEAD];
} cutter;

static bool within(UChar c, UChar first, UChar last)
{
    return c >= first && c <= last;
}

static const possible *look(cutter *c, size_t word, size_t at)
{
    possible *p = &c->ahead[word % AHEAD];
    if (p->looked && p->at == at) return p;
    uint64_t node = SYN_SEGMENTS_ROOT;
    uint32_t cost;
    *p = (possible){.looked = true, .at = at};
    for (size_t k = at; k < c->n; k++) {
        p->prefix++;
        if (!syn_segments_step(c->dictionary, &node, c->run[k], &cost)) break;
        if (cost && p->n < FORMS) p->len[p->n++] = k + 1 - at;
        if (node == SYN_SEGMENTS_ROOT) break; /* no longer word goes on from here */
    }
    return p;
}

/* The word at a place that lets the most words follow, at most two; 0 where there is none. */
static size_t choose(cutter *c, size_t word, size_t at)
{
    const possible *first = look(c, word, at);
    if (!first->n) return 0;
    size_t best = first->len[first->n - 1];
    if (first->n == 1 || at + best >= c->n) return best;
    for (size_t i = first->n; i-- > 0;) {
        size_t next = at + first->len[i];
        const possible *second = look(c, word + 1, next);
        if (!second->n) continue;
        best = first->len[i];
        if (next + second->len[second->n - 1] >= c->n) return best;
        for (size_t k = second->n; k-- > 0;)
            if (look(c, word + 2, next + second->len[k])->n) return best;
    }
    return best;
}

static bool may_begin(const manner *m, UChar c)
{
    return within(c, m->begin, m->begin_end) || within(c, m->more, m->more_end) || within(c, m->lead, m->lead_end);
}

static bool may_end(const manner *m, UChar c)
{
    return c != m->no_end && !within(c, m->lead, m->lead_end);
}

/* From a place where no word begins to one where a word may. */
static size_t past_unknown(cutter *c, size_t word, size_t at)
{
    for (at++; at < c->n; at++)
        if (may_end(c->how, c->run[at - 1]) && may_begin(c->how, c->run[at]) && look(c, word + 1, at)->n) break;
    return at;
}

static bool is_suffix(UChar c)
{
    return c == PAIYANNOI || c == MAIYAMOK;
}

/* Past the marks of abbreviation and repetition that end a word. */
static size_t past_suffix(cutter *c, size_t word, size_t at)
{
    if (at >= c->n || !is_suffix(c->run[at]) || look(c, word, at)->n) return at;
    if (c->run[at] == PAIYANNOI && !is_suffix(c->run[at - 1])) at++;
    if (at < c->n && c->run[at] == MAIYAMOK && c->run[at - 1] != MAIYAMOK) at++;
    return at;
}

unsigned syn_lookahead_script(uint32_t cp)
{
    for (unsigned i = 0; i < SYN_COUNT(manners); i++)
        if (cp >= manners[i].first && cp <= manners[i].last) return i + 1;
    return 0;
}

size_t syn_lookahead_cut(const syn_segments *s, unsigned script, const UChar *run, size_t n, uint32_t *ends)
{
    const manner *how = &manners[script - 1];
    cutter c = {.dictionary = s, .how = how, .run = run, .n = n};
    size_t words = 0, count = 0;
    for (size_t at = 0, end; at < n && n >= how->least; at = end) {
        size_t len = choose(&c, words, at);
        words += len > 0;
        end = at + len;
        if (end < n && len < ROOT) {
            const possible *next = look(&c, words, end);
            if (!next->n && (!len || next->prefix < PREFIX)) {
                end = past_unknown(&c, words, end);
                words += !len;
            }
        }
        while (end < n && (syn_char_of(run[end])->flags & SYN_CH_MARK)) end++;
        if (how == &manners[0]) end = past_suffix(&c, words, end);
        ends[count++] = (uint32_t)end;
    }
    if (!count) ends[count++] = (uint32_t)n;
    return count;
}
