/* cues.c - stage 6: the words of events and the facts of one sentence, by token.  A cue that asks for something near
   counts only where a fact of that kind stands within reach. */
#include "recording.h"

enum { NEAR = 8, NEAR_UNSPACED = 14 }; /* tokens of a script that parts words, and of dictionaries' shorter words */

static uint32_t near_of(const syn_fact *f)
{
    switch (f->kind) {
    case SYN_FACT_MONEY:
        return SYN_NEAR_MONEY;
    case SYN_FACT_NUMBER:
    case SYN_FACT_PERCENT:
        return SYN_NEAR_NUMBER;
    case SYN_FACT_ORDINAL:
        return SYN_NEAR_ORDINAL;
    case SYN_FACT_DATE:
        return SYN_NEAR_DATE;
    case SYN_FACT_DATERANGE:
        return SYN_NEAR_DATE | SYN_NEAR_PERIOD;
    case SYN_FACT_NAME:
        return SYN_NEAR_NAME;
    default:
        return 0;
    }
}

static bool has_near(const syn_scene *s, const syn_cue_at *c, uint32_t what)
{
    for (size_t i = 0; what && i < s->nfacts; i++) {
        const syn_fact_at *f = &s->facts[i];
        if (near_of(f->fact) & what && syn_scene_gap(c->token, c->token_end, f->token, f->token_end) <= s->near)
            return true;
    }
    return !what;
}

static void take_facts(const syn_telling *t, syn_scene_walk *at, syn_scene *s)
{
    const syn_facts *facts = t->facts;
    uint32_t token = s->token;
    s->nfacts = 0;
    for (; at->fact < facts->n && facts->items[at->fact].sentence <= s->sentence; at->fact++) {
        const syn_fact *f = &facts->items[at->fact];
        if (f->sentence < s->sentence || s->nfacts == SYN_SENTENCE_FACTS || f->kind == SYN_FACT_QUOTE) continue;
        while (token < s->token_end && s->text->tokens[token].end <= f->span.start) token++;
        uint32_t end = token;
        while (end < s->token_end && s->text->tokens[end].start < f->span.end) end++;
        if (end > token) s->facts[s->nfacts++] = (syn_fact_at){f, token, end};
    }
}

static void take_cues(syn_texter *texter, syn_scene *s)
{
    s->ncues = 0;
    for (uint32_t i = s->token; i < s->token_end;) {
        uint32_t ids[SYN_CONCEPTS_AT];
        size_t tokens = 0, n = syn_text_cues(texter, s->text, i, ids, &tokens);
        uint32_t end = n && i + tokens <= s->token_end ? i + (uint32_t)tokens : i + 1;
        for (size_t k = 0; k < n && s->ncues < SYN_SENTENCE_CUES; k++) {
            syn_cue_at c = {.cue = (uint8_t)ids[k], .token = i, .token_end = end};
            if (c.cue && c.cue < SYN_CUES && has_near(s, &c, ids[k] >> 8 & 0xFF)) s->cues[s->ncues++] = c;
        }
        i = end;
    }
}

bool syn_scene_next(const syn_lexicon *lex, syn_texter *texter, const syn_telling *t, syn_scene_walk *at, syn_scene *s)
{
    const syn_text *text = t->text;
    if (at->token >= text->ntokens || text->tokens[at->token].sentence >= SYN_MAX_COMPARED_SENTENCES) return false;
    s->lex = lex;
    s->text = text;
    s->token = at->token;
    s->sentence = text->tokens[at->token].sentence;
    s->token_end = s->token;
    while (s->token_end < text->ntokens && text->tokens[s->token_end].sentence == s->sentence) s->token_end++;
    at->token = s->token_end;
    s->near = syn_lexicon_info(lex, text->lang)->spaced ? NEAR : NEAR_UNSPACED;
    take_facts(t, at, s);
    take_cues(texter, s);
    return true;
}
