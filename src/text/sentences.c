/* sentences.c - stage 3: where sentences end, from the tokens alone: by end marks of every script, guarded where a full
   stop also shortens words, marks ordinals or parts digits.  Thai and Lao end none with a mark: a space in a long
   stretch has to do. */
#include <stdlib.h>

#include "texter.h"

enum {
    WEAK_BYTES = 240, /* a Thai or Lao stretch this long ends at its next space */
    GROUP = 16,       /* end marks and closing marks that end a sentence together */
    ABBREVIATION = 4  /* letters of a word without vowels that is taken for shortened */
};

typedef enum end_mark {
    END_NOT,
    END_ALWAYS, /* whatever follows */
    END_SPACED, /* before a space, unless a small letter follows */
    END_STOP    /* likewise, and guarded against abbreviations and ordinals */
} end_mark;

static uint32_t char_of(const syn_cutter *c, const syn_token *t)
{
    uint32_t cp;
    syn_utf8_next(c->src, t->start, &cp);
    return cp;
}

static end_mark mark_of(uint32_t cp)
{
    switch (cp) {
    case '.':
        return END_STOP;
    case '!':
    case '?':
    case 0x2026:
    case 0x203C:
    case 0x203D:
    case 0x2047:
    case 0x2048:
    case 0x2049:
    case 0x037E:
        return END_SPACED;
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF61:
    case 0xFF0E: /* Chinese, Japanese */
    case 0x0964:
    case 0x0965: /* danda */
    case 0x061F:
    case 0x06D4:
    case 0x061D: /* Arabic, Urdu */
    case 0x0589: /* Armenian */
    case 0x1362:
    case 0x1367:
    case 0x1368: /* Ethiopic */
    case 0x104B: /* Burmese */
    case 0x17D4:
    case 0x17D5: /* Khmer */
    case 0x0F0D:
    case 0x0F0E: /* Tibetan */
    case 0x1803:
    case 0x0700:
    case 0x07F9:
    case 0x1C7E:
    case 0xABEB: /* Mongolian, Syriac, NKo, Ol Chiki, Meetei */
        return END_ALWAYS;
    default:
        return END_NOT;
    }
}

static bool closes(uint32_t cp)
{
    switch (cp) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case '}':
    case 0x00BB:
    case 0x2019:
    case 0x201D:
    case 0x201C:
    case 0x203A:
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0x300B:
    case 0x3009:
    case 0xFF09:
    case 0xFF02:
    case 0xFD3E:
        return true;
    default:
        return false;
    }
}

/* "« Quoi ? » dit-il": a guillemet with a space on both sides closes; one that opens stands at its word. */
static bool closes_apart(const syn_cutter *c, size_t i)
{
    const syn_token *t = &c->t->tokens[i];
    return char_of(c, t) == 0x00BB && !(t->flags & SYN_TOK_PARAGRAPH) &&
           (i + 1 == c->ntokens || (t[1].flags & SYN_TOK_SPACE));
}

/* Speech that its sentence goes on after: a particle after the closing mark in Japanese; in Chinese a question or a
   call, then who made it. */
static bool speech_goes_on(const syn_cutter *c, uint32_t end, const syn_token *next)
{
    if (next->kind != SYN_TOK_WORD || (next->flags & SYN_TOK_SPACE)) return false;
    uint32_t cp = char_of(c, next);
    return (cp >= 0x3041 && cp <= 0x309F) || (next->script == SYN_SCRIPT_HAN && (end == 0xFF1F || end == 0xFF01));
}

/* Latin letters without a vowel among them, few enough for "Dr", "St", "kl". */
static bool without_vowels(const syn_cutter *c, const syn_token *t)
{
    syn_str s = syn_slice(c->src, t->start, t->end);
    if (t->script != SYN_SCRIPT_LATIN || s.n > ABBREVIATION || s.n < 2) return false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char l = (unsigned char)s.p[i] | 0x20;
        if (l < 'a' || l > 'z' || memchr("aeiouy", l, 6)) return false;
    }
    return true;
}

static bool is_abbreviation(const syn_cutter *c, const syn_token *t, bool before_number)
{
    if (without_vowels(c, t)) return true;
    syn_str word = syn_slice(c->folded, t->fold_start, t->fold_end);
    return syn_endings_has(c->t, c->lang, SYN_ENDING_ABBREVIATION, word) ||
           (before_number && syn_endings_has(c->t, c->lang, SYN_ENDING_ABBREVIATION_NUMBER, word));
}

/* Whether the full stop at token i shortens, counts or parts rather than ends; next: the token after it and its closing
   marks. */
static bool stop_is_inner(const syn_cutter *c, size_t i, size_t next)
{
    const syn_token *all = c->t->tokens, *t = &all[i], *before = i ? t - 1 : NULL, *after = &all[next];
    if (!before || before->end != t->start) return false;
    if (before->kind == SYN_TOK_NUMBER) {
        return syn_utf8_count(syn_slice(c->src, before->start, before->end)) <= 2 && after->kind == SYN_TOK_WORD &&
               syn_endings_has(c->t, c->lang, SYN_ENDING_RULE, SYN_STR("ordinal-dot"));
    }
    if (before->kind != SYN_TOK_WORD) return false;
    bool one = syn_utf8_count(syn_slice(c->src, before->start, before->end)) == 1;
    if (one && (before->flags & SYN_TOK_CAPITAL)) return true;
    /* "e.g.": a short word after a stop and a word with nothing between */
    if (i >= 3 && all[i - 2].end == before->start && char_of(c, &all[i - 2]) == '.' &&
        before->end - before->start <= 3 && all[i - 3].end == all[i - 2].start && all[i - 3].kind == SYN_TOK_WORD)
        return true;
    return is_abbreviation(c, before, after->kind == SYN_TOK_NUMBER);
}

/* Whether a sentence ends with token i; *last is its last token, closing marks included. */
static bool ends_at(const syn_cutter *c, size_t i, size_t *last)
{
    const syn_token *all = c->t->tokens;
    if (all[i].kind != SYN_TOK_PUNCT) return false;
    uint32_t cp = char_of(c, &all[i]);
    end_mark mark = mark_of(cp);
    if (cp == ';' && i && all[i - 1].script == SYN_SCRIPT_GREEK) mark = END_SPACED;
    if (mark == END_NOT) return false;
    size_t n = i + 1;
    for (; n < c->ntokens && n - i < GROUP && all[n].kind == SYN_TOK_PUNCT; n++) {
        if ((all[n].flags & SYN_TOK_SPACE) && !closes_apart(c, n)) break;
        uint32_t more = char_of(c, &all[n]);
        if (mark_of(more) == END_NOT && !closes(more)) break;
        if (mark_of(more) == END_ALWAYS) mark = END_ALWAYS;
    }
    *last = n - 1;
    if (n == c->ntokens || (all[n].flags & SYN_TOK_PARAGRAPH)) return true;
    if (mark == END_ALWAYS) return n == i + 1 || !speech_goes_on(c, cp, &all[n]);
    if (!(all[n].flags & SYN_TOK_SPACE)) return false;
    if (all[n].kind == SYN_TOK_WORD) {
        uint32_t first = char_of(c, &all[n]);
        if (syn_char_of(first)->flags & SYN_CH_LOWER) return false;
    }
    return mark != END_STOP || n > i + 1 || !stop_is_inner(c, i, n);
}

static bool weakly_ends(const syn_cutter *c, size_t start, size_t i)
{
    const syn_token *all = c->t->tokens, *next = &all[i + 1];
    return (all[i].script == SYN_SCRIPT_THAI || all[i].script == SYN_SCRIPT_LAO) && (next->flags & SYN_TOK_SPACE) &&
           next->kind == SYN_TOK_WORD && next->script == all[i].script && all[i].end - all[start].start >= WEAK_BYTES;
}

static void push_sentence(syn_cutter *c, size_t first, size_t last)
{
    syn_texter *t = c->t;
    if (c->nsentences == t->sentences_cap) {
        size_t cap = t->sentences_cap ? t->sentences_cap * 2 : 256;
        syn_span *bigger = realloc(t->sentences, cap * sizeof *bigger);
        if (!bigger) {
            c->failed = true;
            return;
        }
        t->sentences = bigger;
        t->sentences_cap = cap;
    }
    bool named = false;
    for (size_t i = first; i <= last; i++) {
        t->tokens[i].sentence = (uint32_t)c->nsentences;
        if (!named && t->tokens[i].kind == SYN_TOK_WORD) {
            t->tokens[i].flags |= SYN_TOK_FIRST;
            named = true;
        }
    }
    t->sentences[c->nsentences++] = (syn_span){t->tokens[first].start, t->tokens[last].end};
}

void syn_cut_sentences(syn_cutter *c)
{
    const syn_token *all = c->t->tokens;
    const syn_lang own = c->lang;
    size_t start = 0, passage = 0;
    for (size_t i = 0; i < c->ntokens && !c->failed; i++) {
        size_t last = i;
        while (passage < c->passages.n && all[i].start >= c->passages.items[passage].span.end) passage++;
        bool inside = passage < c->passages.n && all[i].start >= c->passages.items[passage].span.start;
        c->lang = inside ? c->passages.items[passage].lang : own;
        bool over = i + 1 == c->ntokens || (all[i + 1].flags & SYN_TOK_PARAGRAPH) || ends_at(c, i, &last) ||
                    weakly_ends(c, start, i);
        if (!over) continue;
        push_sentence(c, start, last);
        start = last + 1;
        i = last;
    }
}
