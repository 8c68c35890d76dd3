/* passages.c - stage 4: facts of paragraphs in other languages than the text's, each read as a text of its own. */
#include "facts.h"

/* Facts that begin in a passage leave the list. */
static void drop(syn_fact_list *list, syn_passages passages)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        uint32_t at = list->items[i].span.start;
        bool inside = false;
        for (size_t k = 0; k < passages.n && !inside; k++)
            inside = at >= passages.items[k].span.start && at < passages.items[k].span.end;
        if (!inside) list->items[kept++] = list->items[i];
    }
    list->n = kept;
}

/* Facts from the n-th on were found in a part of the text that begins at byte and at sentence. */
static void shift(syn_fact_list *list, size_t n, uint32_t byte, uint32_t sentence)
{
    for (; n < list->n; n++) {
        list->items[n].span.start += byte;
        list->items[n].span.end += byte;
        list->items[n].sentence += sentence;
    }
}

static uint32_t sentence_at(const syn_text *text, uint32_t byte)
{
    uint32_t low = 0, high = (uint32_t)text->nsentences;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (text->sentences[mid].end <= byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

syn_code syn_passages_find(const syn_lexicon *lex, const syn_text *text, syn_day ref, syn_fact_list *figures,
                           syn_fact_list *names, syn_err *err)
{
    syn_code rc = SYN_OK;
    if (!text->passages.n) return SYN_OK;
    drop(figures, text->passages);
    drop(names, text->passages);
    for (size_t k = 0; k < text->passages.n && !rc; k++) {
        syn_text part;
        uint32_t start = text->passages.items[k].span.start;
        size_t nfigures = figures->n, nnames = names->n;
        syn_fact_list own = {.arena = figures->arena};
        rc = syn_text_passage(figures->arena, lex, text, k, &part, err);
        if (!rc && part.ntokens) rc = syn_figures_find(lex, &part, ref, &own, err);
        if (!rc && part.ntokens) rc = syn_names_find(lex, &part, &own, names, err);
        for (size_t i = 0; i < own.n; i++) syn_fact_push(figures, &own.items[i]);
        shift(figures, nfigures, start, sentence_at(text, start));
        shift(names, nnames, start, sentence_at(text, start));
    }
    return rc;
}
