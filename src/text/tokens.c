/* tokens.c - stage 3: words, numbers and marks of a text, by character class.  Runs in scripts that part no words go
   through a dictionary, our own (segment.c) or ICU's, everything else through the loop here. */
#include <limits.h>
#include <stdlib.h>

#include "texter.h"

enum { ZWNJ = 0x200C, ZWJ = 0x200D, SOFT_HYPHEN = 0x00AD, MIDDLE_DOT = 0x00B7, GERESH = 0x05F3, GERSHAYIM = 0x05F4 };

static void push(syn_cutter *c, syn_token_kind kind, size_t start, size_t end, unsigned flags, unsigned script)
{
    syn_texter *t = c->t;
    if (c->ntokens == t->tokens_cap) {
        size_t cap = t->tokens_cap ? t->tokens_cap * 2 : 1024;
        syn_token *bigger = realloc(t->tokens, cap * sizeof *bigger);
        if (!bigger) {
            c->failed = true;
            return;
        }
        t->tokens = bigger;
        t->tokens_cap = cap;
    }
    t->tokens[c->ntokens++] = (syn_token){.start = (uint32_t)start,
                                          .end = (uint32_t)end,
                                          .kind = (uint8_t)kind,
                                          .flags = (uint8_t)(flags | c->pending),
                                          .script = (uint8_t)script};
    c->pending = 0;
}

static bool by_dictionary(unsigned script)
{
    switch (script) {
    case SYN_SCRIPT_THAI:
    case SYN_SCRIPT_LAO:
    case SYN_SCRIPT_KHMER:
    case SYN_SCRIPT_MYANMAR:
    case SYN_SCRIPT_HAN:
    case SYN_SCRIPT_KANA:
        return true;
    default:
        return false;
    }
}

static bool attaches(uint32_t cp, const syn_char *ch)
{
    return (ch->flags & SYN_CH_MARK) || cp == ZWNJ || cp == ZWJ || cp == SOFT_HYPHEN;
}

/* Control and format characters: they part nothing and are nothing. */
static bool is_invisible(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == SOFT_HYPHEN || (cp >= 0x200B && cp <= 0x200F) ||
           (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF || cp == 0x061C;
}

/* Punctuation that belongs to a word when it stands between two of its letters. */
static bool joins(uint32_t cp, unsigned script)
{
    switch (cp) {
    case '\'':
    case 0x2019:
    case MIDDLE_DOT:
        return true;
    case '"':
    case GERESH:
    case GERSHAYIM:
        return script == SYN_SCRIPT_HEBREW;
    default:
        return false;
    }
}

static bool letter_at(syn_str s, size_t at)
{
    uint32_t cp;
    if (at >= s.n) return false;
    syn_utf8_next(s, at, &cp);
    const syn_char *ch = syn_char_of(cp);
    return (ch->flags & SYN_CH_LETTER) && !by_dictionary(ch->script);
}

/* A word of a spaced script from start on; returns its end. */
static size_t word(syn_cutter *c, size_t start)
{
    size_t at = start, end = start, letters = 0;
    unsigned script = SYN_SCRIPT_COMMON, flags = 0;
    bool lower = false, upper = false;
    while (at < c->src.n) {
        uint32_t cp = (unsigned char)c->src.p[at];
        if ((cp | 0x20) - 'a' < 26u) { /* most letters, settled without the tables */
            bool capital = cp < 'a';
            if (!letters++) {
                script = SYN_SCRIPT_LATIN;
                if (capital) flags |= SYN_TOK_CAPITAL;
            }
            upper |= capital;
            lower |= !capital;
            end = ++at;
            continue;
        }
        size_t next = at + syn_utf8_next(c->src, at, &cp);
        const syn_char *ch = syn_char_of(cp);
        if (ch->flags & SYN_CH_LETTER) {
            if (by_dictionary(ch->script)) break;
            if (!letters) {
                script = ch->script;
                if (ch->flags & SYN_CH_UPPER) flags |= SYN_TOK_CAPITAL;
            }
            letters++;
            if (ch->flags & SYN_CH_UPPER)
                upper = true;
            else
                lower = true;
        } else if (!attaches(cp, ch) && !(joins(cp, script) && letters && letter_at(c->src, next))) {
            break;
        }
        at = next;
        if (cp != SOFT_HYPHEN) end = at;
    }
    if (letters > 1 && upper && !lower) flags |= SYN_TOK_ALLCAPS;
    push(c, SYN_TOK_WORD, start, end, flags, script);
    return at;
}

static size_t number(syn_cutter *c, size_t start)
{
    size_t at = start;
    unsigned script = SYN_SCRIPT_COMMON;
    while (at < c->src.n) {
        uint32_t cp;
        size_t next = at + syn_utf8_next(c->src, at, &cp);
        const syn_char *ch = syn_char_of(cp);
        if (ch->digit < 0 && (at == start || !(ch->flags & SYN_CH_MARK))) break;
        if (at == start) script = ch->script;
        at = next;
    }
    push(c, SYN_TOK_NUMBER, start, at, 0, script);
    return at;
}

/* A word of a run, from one unit to another. */
static void push_piece(syn_cutter *c, size_t from, size_t to, unsigned script)
{
    const uint32_t *at = c->t->run_at;
    uint32_t cp;
    syn_utf8_next(c->src, at[from], &cp);
    unsigned own = syn_char_of(cp)->script;
    push(c, SYN_TOK_WORD, at[from], at[to], 0, own == SYN_SCRIPT_COMMON ? script : own);
}

/* own: what our own segmenters say of all characters of the run, a bit each that can cut it. */
static void dictionary_words(syn_cutter *c, int32_t units, unsigned script, unsigned own)
{
    syn_texter *t = c->t;
    if (own && t->segments.edges) {
        size_t n = own & 1
                       ? syn_segments_cut(&t->segments, t->run, (size_t)units, t->path, t->ends)
                       : syn_lookahead_cut(&t->segments, (unsigned)__builtin_ctz(own), t->run, (size_t)units, t->ends);
        for (size_t k = 0; k < n; k++) push_piece(c, k ? t->ends[k - 1] : 0, t->ends[k], script);
        return;
    }
    UErrorCode failed = U_ZERO_ERROR;
    if (t->words) ubrk_setText(t->words, t->run, units, &failed);
    if (!t->words || U_FAILURE(failed)) {
        push(c, SYN_TOK_WORD, t->run_at[0], t->run_at[units], 0, script);
        return;
    }
    int32_t from = ubrk_first(t->words);
    for (int32_t to = ubrk_next(t->words); to != UBRK_DONE; from = to, to = ubrk_next(t->words))
        push_piece(c, (size_t)from, (size_t)to, script);
}

/* A run of dictionary scripts from start on; returns its end, never past TEXT_RUN units. */
static size_t run(syn_cutter *c, size_t start)
{
    syn_texter *t = c->t;
    size_t at = start;
    int32_t units = 0;
    unsigned script = SYN_SCRIPT_COMMON;
    unsigned own = UINT_MAX;
    while (at < c->src.n && units + 2 <= TEXT_RUN) {
        uint32_t cp;
        size_t next = at + syn_utf8_next(c->src, at, &cp);
        const syn_char *ch = syn_char_of(cp);
        bool inside = (ch->flags & SYN_CH_LETTER) ? by_dictionary(ch->script) || cp == 0x30FC : attaches(cp, ch);
        if (!inside) break;
        if (script == SYN_SCRIPT_COMMON) script = ch->script;
        own &= syn_segments_has(cp) ? 1u : 1u << syn_lookahead_script(cp) & ~1u;
        if (!units && (ch->flags & SYN_CH_MARK)) own = 0; /* a mark without its letter is ICU's to place */
        t->run_at[units] = (uint32_t)at;
        if (cp >= 0x10000) {
            t->run[units++] = (UChar)(0xD7C0 + (cp >> 10));
            t->run_at[units] = (uint32_t)at;
            t->run[units++] = (UChar)(0xDC00 | (cp & 0x3FF));
        } else {
            t->run[units++] = (UChar)cp;
        }
        at = next;
    }
    t->run_at[units] = (uint32_t)at;
    dictionary_words(c, units, script, own);
    return at;
}

void syn_cut_tokens(syn_cutter *c)
{
    c->pending = SYN_TOK_PARAGRAPH;
    for (size_t at = 0; at < c->src.n && !c->failed;) {
        uint32_t cp;
        size_t next = at + syn_utf8_next(c->src, at, &cp);
        const syn_char *ch = syn_char_of(cp);
        if (ch->flags & SYN_CH_SPACE) {
            c->pending |= cp == '\n' ? SYN_TOK_SPACE | SYN_TOK_PARAGRAPH : SYN_TOK_SPACE;
            at = next;
        } else if (ch->digit >= 0) {
            at = number(c, at);
        } else if (ch->flags & SYN_CH_LETTER) {
            at = by_dictionary(ch->script) ? run(c, at) : word(c, at);
        } else if (is_invisible(cp)) {
            at = next;
        } else if ((ch->flags & SYN_CH_MARK) && c->ntokens && c->t->tokens[c->ntokens - 1].end == at) {
            c->t->tokens[c->ntokens - 1].end = (uint32_t)next; /* a mark or variation selector on a symbol */
            at = next;
        } else if (ch->flags & SYN_CH_MARK) {
            at = word(c, at);
        } else {
            push(c, SYN_TOK_PUNCT, at, next, 0, ch->script);
            at = next;
        }
    }
}
