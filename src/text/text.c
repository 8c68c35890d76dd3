/* text.c - stage 3: a text cut into sentences and words, with offsets into its source and into its folding. */
#include <stdlib.h>

#include "concepts.h"

enum { SCRATCH_KEPT = 1 << 20 /* tokens and sentences kept between texts, more are given back */ };

syn_code syn_texter_new(const syn_lexicon *lex, syn_texter **out, syn_err *err)
{
    syn_texter *t = calloc(1, sizeof *t);
    if (!t) return syn_fail(err, SYN_ENOMEM, 0, "no memory for cutting texts");
    t->lex = lex;
    t->stemmers = calloc(syn_lexicon_langs(lex) + 1, sizeof *t->stemmers);
    if (!t->stemmers) {
        free(t);
        return syn_fail(err, SYN_ENOMEM, 0, "no memory for stemmers");
    }
    UErrorCode failed = U_ZERO_ERROR;
    t->words = ubrk_open(UBRK_WORD, "en", NULL, 0, &failed); /* its dictionaries serve every script */
    if (U_FAILURE(failed)) t->words = NULL;
    syn_endings_open(t);
    if (!syn_texter_open_concepts(t)) {
        syn_texter_free(t);
        return syn_fail(err, SYN_ENOMEM, 0, "no memory for concepts");
    }
    *out = t;
    return SYN_OK;
}

void syn_texter_free(syn_texter *t)
{
    if (!t) return;
    for (size_t i = 0; i <= syn_lexicon_langs(t->lex); i++) {
        if (t->stemmers[i]) sb_stemmer_delete(t->stemmers[i]);
    }
    free(t->stemmers);
    syn_arena_free(&t->packs);
    if (t->words) ubrk_close(t->words);
    free(t->tokens);
    free(t->sentences);
    free(t);
}

static void give_back(syn_texter *t)
{
    if (t->tokens_cap > SCRATCH_KEPT) {
        free(t->tokens);
        t->tokens = NULL;
        t->tokens_cap = 0;
    }
    if (t->sentences_cap > SCRATCH_KEPT) {
        free(t->sentences);
        t->sentences = NULL;
        t->sentences_cap = 0;
    }
}

/* The folded bytes of each token: the map rises with the source, as the tokens do. */
static void set_folded_spans(syn_token *tokens, size_t n, const syn_folded *f)
{
    uint32_t at = 0, all = (uint32_t)f->text.n;
    for (size_t i = 0; i < n; i++) {
        while (at < all && f->map[at] < tokens[i].start) at++;
        tokens[i].fold_start = at;
        while (at < all && f->map[at] < tokens[i].end) at++;
        tokens[i].fold_end = at;
    }
}

static void *copy(syn_arena *arena, const void *items, size_t n, size_t size)
{
    void *to = syn_alloc_array(arena, n, size);
    if (to && n) memcpy(to, items, n * size);
    return to;
}

syn_code syn_text_of(syn_texter *t, syn_arena *arena, syn_str src, syn_str lang, syn_text **out, syn_err *err)
{
    if (src.n > SYN_MAX_TEXT)
        return syn_fail(err, SYN_ELIMIT, SYN_MAX_TEXT, "text longer than %zu bytes", SYN_MAX_TEXT);
    syn_text *text = SYN_NEW(arena, syn_text);
    if (!text) return syn_fail(err, SYN_ENOMEM, 0, "no memory for a text");
    text->src = src;
    text->lang = lang.n ? syn_lexicon_lang(t->lex, lang) : SYN_LANG_UNKNOWN;
    syn_code rc = syn_fold(arena, src, true, &text->folded, err);
    if (rc) return rc;

    syn_cutter c = {.t = t, .src = src, .folded = text->folded.text, .lang = text->lang};
    syn_cut_tokens(&c);
    set_folded_spans(t->tokens, c.ntokens, &text->folded);
    syn_cut_sentences(&c);
    text->ntokens = c.ntokens;
    text->nsentences = c.nsentences;
    text->tokens = copy(arena, t->tokens, c.ntokens, sizeof *t->tokens);
    text->sentences = copy(arena, t->sentences, c.nsentences, sizeof *t->sentences);
    give_back(t);
    for (size_t i = 0; i < SYN_COUNT(t->kept); i++) t->kept[i].filled = false;
    if (c.failed || !text->tokens || !text->sentences)
        return syn_fail(err, SYN_ENOMEM, 0, "no memory for a text's words");
    *out = text;
    return SYN_OK;
}
