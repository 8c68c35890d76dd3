/* words.c - stage 3: which of a text's tokens are one word, and what the lexicon knows of each, so that it is asked
   once a text: more than a third of the words of news were said before in it. */
#include <stdlib.h>
#include <string.h>

#include "texter.h"

static bool same(const syn_cutter *c, size_t a, size_t b)
{
    const syn_token *x = &c->t->tokens[a], *y = &c->t->tokens[b];
    uint32_t n = x->fold_end - x->fold_start;
    return n == y->fold_end - y->fold_start && !memcmp(c->folded.p + x->fold_start, c->folded.p + y->fold_start, n);
}

/* Twice as many slots as there are tokens at the least, all empty; their number, a power of two. */
static size_t slots_for(syn_cutter *c)
{
    syn_texter *t = c->t;
    size_t need = 64;
    while (need < 2 * c->ntokens) need *= 2;
    if (need > t->word_slots_cap) {
        free(t->word_slots);
        t->word_slots = malloc(need * sizeof *t->word_slots);
        t->word_slots_cap = t->word_slots ? need : 0;
    }
    if (t->word_slots) memset(t->word_slots, 0, need * sizeof *t->word_slots);
    c->failed |= !t->word_slots;
    return need;
}

void syn_cut_words(syn_cutter *c)
{
    syn_token *all = c->t->tokens;
    size_t mask = slots_for(c) - 1;
    for (size_t i = 0; i < c->ntokens && !c->failed; i++) {
        if (all[i].kind == SYN_TOK_PUNCT) continue;
        syn_str word = syn_slice(c->folded, all[i].fold_start, all[i].fold_end);
        uint64_t hash = syn_hash(word, 0);
        syn_word_slot *slot = &c->t->word_slots[hash & mask];
        while (slot->first && !(slot->hash == hash >> 32 && same(c, i, slot->first - 1)))
            slot = &c->t->word_slots[(size_t)(slot - c->t->word_slots + 1) & mask];
        if (!slot->first) {
            *slot = (syn_word_slot){(uint32_t)(hash >> 32), (uint32_t)i + 1};
            all[i].word = (uint32_t)c->nwords++;
        } else {
            all[i].word = all[slot->first - 1].word;
        }
    }
}

bool syn_know_words(const syn_lexicon *lex, syn_arena *arena, syn_text *text)
{
    syn_str *words = SYN_NEW_ARRAY(arena, syn_str, text->nwords);
    syn_lex_known *known = SYN_NEW_ARRAY(arena, syn_lex_known, text->nwords);
    if (!words || !known) return false;
    for (size_t i = text->ntokens; i-- > 0;)
        if (text->tokens[i].kind != SYN_TOK_PUNCT) words[text->tokens[i].word] = syn_token_folded(text, i);
    text->known = known;
    return syn_lexicon_know(lex, text->lang, words, text->nwords, arena, known);
}
