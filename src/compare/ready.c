/* ready.c - stage 6: a telling put together: its text and facts, and the concepts of the news in it. */
#include "comparing.h"

syn_code syn_telling_ready(syn_arena *arena, syn_texter *texter, syn_str id, syn_str lang, const syn_text *text,
                           const syn_facts *facts, syn_time published, syn_telling *out, syn_err *err)
{
    syn_concept_at *items = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < text->ntokens && n < SYN_MAX_CLUES;) {
        uint32_t ids[SYN_CONCEPTS_AT];
        size_t tokens = 1, found = 0;
        if (text->tokens[i].kind == SYN_TOK_WORD) found = syn_text_concepts(texter, text, i, ids, &tokens);
        for (size_t k = 0; k < found; k++) {
            if (!syn_grow(arena, &items, &cap, n + 1, sizeof *items))
                return syn_fail(err, SYN_ENOMEM, 0, "concepts of a telling");
            items[n++] = (syn_concept_at){(uint32_t)i, (uint32_t)tokens, ids[k]};
        }
        i += found && tokens ? tokens : 1;
    }
    *out = (syn_telling){id, lang, text, facts, items, n, published};
    return SYN_OK;
}
