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
    t->known = calloc(STEMS_KNOWN, sizeof *t->known);
    if (!t->stemmers || !t->known || !syn_endings_open(t) || !syn_texter_open_concepts(t)) {
        syn_texter_free(t);
        return syn_fail(err, SYN_ENOMEM, 0, "no memory for cutting texts");
    }
    t->segments = syn_segments_open(lex);
    UErrorCode failed = U_ZERO_ERROR;
    t->words = ubrk_open(UBRK_WORD, "en", NULL, 0, &failed); /* its dictionaries serve every script */
    if (U_FAILURE(failed)) t->words = NULL;
    *out = t;
    return SYN_OK;
}

void syn_texter_free(syn_texter *t)
{
    if (!t) return;
    for (size_t i = 0; t->stemmers && i <= syn_lexicon_langs(t->lex); i++) {
        if (t->stemmers[i]) sb_stemmer_delete(t->stemmers[i]);
    }
    free(t->stemmers);
    free(t->known);
    free(t->endings_of);
    syn_arena_free(&t->packs);
    syn_arena_free(&t->stems);
    if (t->words) ubrk_close(t->words);
    free(t->tokens);
    free(t->sentences);
    free(t->word_slots);
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
    if (t->word_slots_cap > 2 * SCRATCH_KEPT) {
        free(t->word_slots);
        t->word_slots = NULL;
        t->word_slots_cap = 0;
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
    if (!rc) rc = syn_lang_passages(t->lex, arena, src, lang, &text->passages, err);
    if (rc) return rc;

    syn_cutter c = {.t = t, .src = src, .folded = text->folded.text, .lang = text->lang, .passages = text->passages};
    syn_cut_tokens(&c);
    set_folded_spans(t->tokens, c.ntokens, &text->folded);
    syn_cut_words(&c);
    syn_cut_sentences(&c);
    text->ntokens = c.ntokens;
    text->nsentences = c.nsentences;
    text->nwords = c.nwords;
    text->tokens = copy(arena, t->tokens, c.ntokens, sizeof *t->tokens);
    text->sentences = copy(arena, t->sentences, c.nsentences, sizeof *t->sentences);
    give_back(t);
    for (size_t i = 0; i < SYN_COUNT(t->kept); i++) t->kept[i].filled = false;
    if (c.failed || !text->tokens || !text->sentences || !syn_know_words(t->lex, arena, text))
        return syn_fail(err, SYN_ENOMEM, 0, "no memory for a text's words");
    *out = text;
    return SYN_OK;
}

/* The first token that does not start before the byte. */
static size_t token_from(const syn_text *t, uint32_t byte)
{
    size_t low = 0, high = t->ntokens;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (t->tokens[mid].start < byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

syn_code syn_text_passage(syn_arena *arena, const syn_lexicon *lex, const syn_text *t, size_t k, syn_text *out,
                          syn_err *err)
{
    const syn_passage *p = &t->passages.items[k];
    size_t first = token_from(t, p->span.start), end = token_from(t, p->span.end), n = end - first;
    *out = (syn_text){.src = syn_slice(t->src, p->span.start, p->span.end), .lang = p->lang};
    if (!n) return SYN_OK;
    uint32_t from = t->tokens[first].fold_start, to = t->tokens[end - 1].fold_end;
    uint32_t sentence = t->tokens[first].sentence;
    size_t nsentences = t->tokens[end - 1].sentence + (size_t)1 - sentence;
    uint32_t *map = SYN_NEW_ARRAY(arena, uint32_t, to - from + (size_t)1);
    syn_token *tokens = copy(arena, t->tokens + first, n, sizeof *tokens);
    syn_span *sentences = copy(arena, t->sentences + sentence, nsentences, sizeof *sentences);
    if (!map || !tokens || !sentences) return syn_fail(err, SYN_ENOMEM, 0, "no memory for a passage");
    for (uint32_t i = from; i <= to; i++) {
        uint32_t at = t->folded.map[i] - p->span.start;
        map[i - from] = at < out->src.n ? at : (uint32_t)out->src.n;
    }
    for (size_t i = 0; i < n; i++) {
        tokens[i].start -= p->span.start;
        tokens[i].end -= p->span.start;
        tokens[i].fold_start -= from;
        tokens[i].fold_end -= from;
        tokens[i].sentence -= sentence;
    }
    for (size_t i = 0; i < nsentences; i++) {
        sentences[i].start -= p->span.start;
        sentences[i].end -= p->span.start;
    }
    out->folded = (syn_folded){syn_slice(t->folded.text, from, to), map};
    out->tokens = tokens;
    out->ntokens = n;
    out->nwords = t->nwords;
    out->sentences = sentences;
    out->nsentences = nsentences;
    if (!syn_know_words(lex, arena, out)) return syn_fail(err, SYN_ENOMEM, 0, "no memory for a passage's words");
    return SYN_OK;
}
