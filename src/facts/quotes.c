/* quotes.c - stage 4: what somebody is quoted with, in the quotation marks of any language. */
#include "naming.h"

enum { QUOTE_MAX_BYTES = 3000, QUOTE_MIN_WORDS = 4, QUOTE_MIN_HAN = 8, QUOTE_MAX_OPEN = 16 };

typedef struct pair {
    uint32_t open;
    uint32_t close[4];
} pair;

static const pair pairs[] = {
    {0x201C, {0x201D, 0x201C}},         /* English; also closed like Danish */
    {0x201E, {0x201C, 0x201D, 0x201F}}, /* German, Polish, Romanian */
    {0x201D, {0x201D}},                 /* Swedish, Finnish */
    {0x2018, {0x2019}},
    {0x201A, {0x2018, 0x2019}},
    {0xAB, {0xBB, 0xAB}},
    {0xBB, {0xAB, 0xBB}}, /* Danish, German */
    {0x300C, {0x300D}},
    {0x300E, {0x300F}},
    {0x2039, {0x203A}},
    {0x300A, {0x300B}},
    {'"', {'"'}},
};

static const pair *opening(uint32_t cp)
{
    for (size_t i = 0; i < SYN_COUNT(pairs); i++)
        if (pairs[i].open == cp) return &pairs[i];
    return NULL;
}

static bool closes(const pair *p, uint32_t cp)
{
    for (size_t i = 0; i < SYN_COUNT(p->close) && p->close[i]; i++)
        if (p->close[i] == cp) return true;
    return false;
}

static uint32_t sign_of(const naming *n, size_t i)
{
    uint32_t cp = 0;
    if (n->text->tokens[i].kind == SYN_TOK_PUNCT) syn_utf8_next(syn_token_str(n->text, i), 0, &cp);
    return cp;
}

/* Before a word and not right after one: where a mark that could do both opens. */
static bool opens_here(const naming *n, size_t i, uint32_t cp)
{
    const syn_token *t = n->text->tokens;
    if (i + 1 >= n->text->ntokens || (t[i + 1].flags & SYN_TOK_PARAGRAPH)) return false;
    if ((t[i + 1].flags & SYN_TOK_SPACE) && cp != 0xAB && cp != 0x2039) return false; /* French parts « from its word */
    if (i == 0 || (t[i].flags & (SYN_TOK_SPACE | SYN_TOK_PARAGRAPH))) return true;
    return t[i - 1].kind == SYN_TOK_PUNCT || !syn_script_spaced((syn_script)t[i - 1].script);
}

/* Enough words to be somebody's, not a title or a word held at arm's length. */
static bool substantial(const naming *n, size_t first, size_t end)
{
    size_t words = 0, unspaced = 0;
    for (size_t i = first; i < end; i++) {
        const syn_token *t = &n->text->tokens[i];
        if (t->kind == SYN_TOK_PUNCT) continue;
        if (t->kind == SYN_TOK_WORD && !syn_script_spaced((syn_script)t->script))
            unspaced += syn_utf8_count(syn_token_str(n->text, i));
        else
            words++;
    }
    return words >= QUOTE_MIN_WORDS || unspaced >= QUOTE_MIN_HAN || (words + unspaced / 2 >= QUOTE_MIN_WORDS);
}

/* U+2019 inside a word is an apostrophe. */
static bool apostrophe(const naming *n, size_t i, uint32_t cp)
{
    const syn_token *t = n->text->tokens;
    return cp == 0x2019 && i + 1 < n->text->ntokens && t[i + 1].kind == SYN_TOK_WORD &&
           !(t[i + 1].flags & SYN_TOK_SPACE);
}

static bool add_quote(naming *n, size_t open, size_t close)
{
    const syn_token *t = n->text->tokens;
    syn_fact f = {.kind = SYN_FACT_QUOTE,
                  .sentence = t[open].sentence,
                  .span = {t[open].start, t[close].end},
                  .from = SYN_NO_DAY,
                  .to = SYN_NO_DAY};
    if (close == open + 1 || f.span.end - f.span.start > QUOTE_MAX_BYTES || !substantial(n, open + 1, close))
        return true;
    f.name = syn_trim(syn_slice(n->text->src, t[open + 1].start, t[close - 1].end));
    return syn_fact_push(n->out, &f) || !n->out->arena->failed; /* past the ceiling facts are dropped */
}

syn_code naming_quotes_find(naming *n, syn_err *err)
{
    struct {
        size_t token, facts; /* where it opened; how many facts there were */
        const pair *p;
    } open[QUOTE_MAX_OPEN];
    size_t depth = 0;

    for (size_t i = 0; i < n->text->ntokens; i++) {
        if (n->text->tokens[i].flags & SYN_TOK_PARAGRAPH) depth = 0;
        uint32_t cp = sign_of(n, i);
        if (cp == 0 || apostrophe(n, i, cp)) continue;
        const pair *p = opening(cp);
        bool may_open = p && opens_here(n, i, cp);
        size_t level = depth;
        while (level > 0 && !closes(open[level - 1].p, cp)) level--;
        const pair *top = depth ? open[depth - 1].p : NULL;
        if (top && top->open != cp && top->close[0] == cp) may_open = false;
        if (level > 0 && !may_open) {
            depth = level - 1;
            size_t inside = open[depth].facts, all = n->out->n;
            if (!add_quote(n, open[depth].token, i)) return syn_fail(err, SYN_ENOMEM, 0, "no memory for quotations");
            if (n->out->n > all) { /* the quotations inside it go */
                n->out->items[inside] = n->out->items[all];
                n->out->n = inside + 1;
            }
        } else if (may_open) {
            if (depth == QUOTE_MAX_OPEN) memmove(open, open + 1, --depth * sizeof *open);
            open[depth].token = i;
            open[depth].facts = n->out->n;
            open[depth++].p = p;
        }
    }
    return SYN_OK;
}
