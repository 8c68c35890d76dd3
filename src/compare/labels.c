/* labels.c - stage 6: what a figure counts, in the words of its telling. */
#include "comparing.h"

#define WORDS 4          /* on either side, where words are parted by spaces */
#define WORDS_UNSPACED 6 /* shorter words of ICU's dictionaries */
#define LABEL_BYTES 120

/* A mark within a number: "1.9", "12,400". */
static bool within_number(const syn_text *t, uint32_t i)
{
    const syn_token *k = &t->tokens[i];
    return k->kind == SYN_TOK_PUNCT && i > 0 && i + 1 < t->ntokens && k[-1].kind == SYN_TOK_NUMBER &&
           k[1].kind == SYN_TOK_NUMBER && k[-1].end == k->start && k->end == k[1].start;
}

/* Whether a label ends here: a clause does. */
static bool parts_clause(const syn_text *t, uint32_t i)
{
    if (t->tokens[i].kind != SYN_TOK_PUNCT || within_number(t, i)) return false;
    uint32_t cp;
    syn_utf8_next(syn_token_str(t, i), 0, &cp);
    switch (cp) {
    case ',':
    case ';':
    case ':':
    case '(':
    case ')':
    case '.':
    case '!':
    case '?':
    case '"':
    case 0xAB:
    case 0xBB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2013:
    case 0x2014:
    case 0x60C:
    case 0x61B:
    case 0x61F:
    case 0x6D4:
    case 0x964:
    case 0x1361:
    case 0x1362:
    case 0x1363:
    case 0x1364:
    case 0x3001:
    case 0x3002:
    case 0x300C:
    case 0x300D:
    case 0xFF0C:
    case 0xFF08:
    case 0xFF09:
    case 0xFF1A:
        return true;
    default:
        return false;
    }
}

typedef enum extent { CLAUSE, SENTENCE, TEXT, EXTENTS } extent;

static bool ends_label(const syn_text *t, uint32_t i, uint32_t sentence, extent within)
{
    if (within != TEXT && t->tokens[i].sentence != sentence) return true;
    return within == CLAUSE && parts_clause(t, i);
}

static bool unspaced_word(const syn_token *k)
{
    return k->kind == SYN_TOK_WORD && !syn_script_spaced((syn_script)k->script);
}

static syn_str words_around(syn_arena *arena, const syn_text *t, const syn_figure *f, extent within)
{
    uint32_t sentence = f->fact->sentence, from = f->token, to = f->token_end;
    int most = syn_script_spaced((syn_script)t->tokens[from].script) ? WORDS : WORDS_UNSPACED;
    for (int i = 0; from > 0 && i < most; i++, from--) {
        const syn_token *k = &t->tokens[from - 1];
        if (ends_label(t, from - 1, sentence, within) || f->fact->span.start - k->start > LABEL_BYTES) break;
        if (unspaced_word(k)) most = WORDS_UNSPACED;
    }
    for (int i = 0; to < t->ntokens && i < most; i++, to++) {
        const syn_token *k = &t->tokens[to];
        if (ends_label(t, to, sentence, within) || k->end - f->fact->span.end > LABEL_BYTES) break;
        if (i == 0 && unspaced_word(k)) most = WORDS_UNSPACED;
    }
    while (from > 0 && from < f->token && (within_number(t, from) || within_number(t, from - 1))) from--;
    while (to > f->token_end && to < t->ntokens && (within_number(t, to) || within_number(t, to - 1))) to++;
    while (from < f->token && parts_clause(t, from)) from++;
    while (to > f->token_end && parts_clause(t, to - 1)) to--;
    syn_str before = {0}, after = {0};
    if (from < f->token) before = syn_slice(t->src, t->tokens[from].start, f->fact->span.start);
    if (to > f->token_end) after = syn_slice(t->src, f->fact->span.end, t->tokens[to - 1].end);
    if (syn_trim(before).n + syn_trim(after).n == 0) return (syn_str){0};
    syn_str label = syn_arena_format(arena, "%.*s\xE2\x80\xA6%.*s", SYN_FMT(before), SYN_FMT(after));
    char *line = SYN_NEW_ARRAY(arena, char, label.n);
    if (!line) return (syn_str){0};
    for (size_t i = 0; i < label.n; i++) line[i] = label.p[i] == '\n' ? ' ' : label.p[i];
    return (syn_str){line, label.n};
}

syn_str syn_label_figure(syn_arena *arena, const syn_side *s, const syn_figure *f)
{
    const syn_text *t = s->telling->text;
    syn_str label = {0};
    if (f->token >= t->ntokens) return label;
    for (int within = CLAUSE; within < EXTENTS && !label.n; within++) label = words_around(arena, t, f, (extent)within);
    return label;
}
