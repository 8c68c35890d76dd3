/* words.c - stage 7: what the full-text index sees of a text.
   Folded words by spaces; a word with an apostrophe or a joiner inside also in its parts, so that either way of typing
   finds it.  Dictionary words of scripts without spaces depend on their surroundings, so those scripts are also indexed
   as pairs of characters: a run of pairs is the run of characters, however it was parted. */
#include "internal.h"

bool syn_words_unspaced(uint32_t cp)
{
    const syn_char *c = syn_char_of(cp);
    return (c->flags & SYN_CH_LETTER) && c->script != SYN_SCRIPT_COMMON && !syn_script_spaced((syn_script)c->script);
}

static bool continues(uint32_t cp)
{
    return syn_words_unspaced(cp) || (syn_char_of(cp)->flags & SYN_CH_MARK);
}

void syn_words_plain(syn_str folded, syn_buf *out)
{
    for (size_t i = 0; i < folded.n; i++) {
        unsigned char c = (unsigned char)folded.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || c >= 0x80) syn_buf_c(out, (char)c);
    }
}

static void add_plain(syn_str folded, syn_buf *out)
{
    size_t before = out->n;
    syn_words_plain(folded, out);
    if (out->n > before) syn_buf_c(out, ' ');
}

static bool parts_here(uint32_t cp)
{
    return cp == 0x200C || cp == 0x200D || cp == '\'' || cp == 0x2019 || cp == '-';
}

void syn_words_parts(syn_arena *arena, syn_str word, syn_buf *out)
{
    size_t start = 0;
    uint32_t cp;
    for (size_t at = 0, n; at <= word.n; at += n) {
        bool end = at == word.n;
        n = end ? 1 : syn_utf8_next(word, at, &cp);
        if (!end && !parts_here(cp)) continue;
        if (end && start == 0) return; /* nothing parted it */
        syn_folded part;
        if (at > start && !syn_fold(arena, syn_slice(word, start, at), false, &part, NULL)) add_plain(part.text, out);
        start = at + n;
    }
}

void syn_words_pairs(syn_str run, syn_buf *out)
{
    uint32_t cp;
    for (size_t at = 0, n, next; at < run.n; at += n) {
        n = syn_utf8_next(run, at, &cp);
        next = at + n < run.n ? syn_utf8_next(run, at + n, &cp) : 0;
        syn_buf_add(out, syn_slice(run, at, at + n + next));
        syn_buf_c(out, ' ');
    }
}

static void add_grams(syn_str folded, syn_buf *out)
{
    uint32_t cp;
    size_t start = SIZE_MAX;
    for (size_t at = 0, n; at <= folded.n; at += n) {
        bool in = false;
        n = 1;
        if (at < folded.n) {
            n = syn_utf8_next(folded, at, &cp);
            in = start == SIZE_MAX ? syn_words_unspaced(cp) : continues(cp);
        }
        if (in && start == SIZE_MAX) start = at;
        if (in || start == SIZE_MAX) continue;
        syn_words_pairs(syn_slice(folded, start, at), out);
        start = SIZE_MAX;
    }
}

void syn_words_add(syn_arena *arena, const syn_text *text, syn_words *out)
{
    for (size_t i = 0; i < text->ntokens; i++) {
        if (text->tokens[i].kind == SYN_TOK_PUNCT) continue;
        add_plain(syn_token_folded(text, i), &out->words);
        if (text->tokens[i].kind == SYN_TOK_WORD) syn_words_parts(arena, syn_token_str(text, i), &out->words);
    }
    add_grams(text->folded.text, &out->grams);
}

void syn_words_free(syn_words *w)
{
    syn_buf_free(&w->words);
    syn_buf_free(&w->grams);
}

bool syn_words_name(const syn_text *text, size_t *at, size_t end, syn_span *word)
{
    while (*at < end && text->tokens[*at].kind != SYN_TOK_WORD) ++*at;
    if (*at >= end) return false;
    const syn_token *t = &text->tokens[*at];
    *word = (syn_span){t->start, t->end};
    bool joins = !syn_script_spaced((syn_script)t->script);
    for (++*at; joins && *at < end; ++*at) {
        const syn_token *next = &text->tokens[*at];
        if (next->kind != SYN_TOK_WORD || next->script != t->script || next->start != word->end) break;
        word->end = next->end;
    }
    return true;
}
