/* search.c - stage 6: full names looked for in every telling of a topic, by the keys of their words' sounds, so that a
   name that one telling shows is found in scripts without capitals, too. */
#include "casting.h"

enum { KEYS = 6, WORDS = 5, RIVALS = 12 /* names tried at one word */, LEAST_SOUNDS = 3 };

typedef struct word_keys {
    uint64_t keys[WORDS][KEYS];
    size_t n[WORDS], words;
    int strength;
} word_keys;

static void keys_of_name(const syn_lexicon *lex, syn_str name, syn_lang lang, word_keys *out)
{
    *out = (word_keys){0};
    for (size_t at = 0, start = 0; at <= name.n;) {
        uint32_t cp = ' ';
        size_t n = at < name.n ? syn_utf8_next(name, at, &cp) : 1;
        if (syn_cast_parts_words(cp)) {
            int strength = 0;
            if (out->words < WORDS && at > start) {
                out->n[out->words] = syn_name_keys(lex, syn_slice(name, start, at), lang, out->keys[out->words], KEYS,
                                                   &strength);
                out->words++;
                out->strength += strength;
            }
            start = at + n;
        }
        at += n;
    }
}

static bool shares(const uint64_t *a, size_t na, const uint64_t *b, size_t nb)
{
    for (size_t i = 0; i < na; i++)
        for (size_t k = 0; k < nb; k++)
            if (a[i] == b[k]) return true;
    return false;
}

typedef struct wanted {
    word_keys words;
    uint32_t form, next; /* next: 1 + another with the same key of its first word */
} wanted;

/* Names worth looking for: full, and told with a capital or a title, or by two tellings. */
static bool is_full(const syn_cast_form *f)
{
    return f->words > 1 && f->words <= WORDS && !f->place && (f->cased || f->titled || f->tellings > 1);
}

static wanted *wanted_names(syn_casting *c, syn_map *first, size_t *n)
{
    *n = 0;
    wanted *w = SYN_NEW_ARRAY(c->arena, wanted, c->nforms * KEYS + 1);
    for (size_t i = 0; w && i < c->nforms; i++) {
        word_keys k;
        if (!is_full(&c->forms[i])) continue;
        keys_of_name(c->lex, c->forms[i].name, syn_lexicon_lang(c->lex, c->forms[i].lang), &k);
        if (k.words < 2 || k.strength < LEAST_SOUNDS) continue;
        for (size_t j = 0; j < k.n[0]; j++) {
            uint64_t *at = syn_map_add(first, (syn_str){(const char *)&k.keys[0][j], sizeof(uint64_t)});
            if (!at) return NULL;
            w[*n] = (wanted){k, (uint32_t)i, (uint32_t)*at};
            *at = ++*n;
        }
    }
    return w;
}

static bool stands_at(const syn_casting *c, const syn_text *t, const wanted *w, uint32_t token, uint32_t *end)
{
    uint64_t keys[KEYS];
    int strength;
    uint32_t at = token;
    for (size_t i = 1; i < w->words.words; i++) {
        at++;
        if (at < t->ntokens && t->tokens[at].kind == SYN_TOK_PUNCT) {
            uint32_t cp;
            syn_utf8_next(syn_token_str(t, at), 0, &cp);
            if (syn_cast_parts_words(cp)) at++;
        }
        if (at >= t->ntokens || t->tokens[at].kind != SYN_TOK_WORD || t->tokens[at].flags & SYN_TOK_PARAGRAPH)
            return false;
        size_t n = syn_name_keys(c->lex, syn_token_folded(t, at), t->lang, keys, KEYS, &strength);
        if (!shares(keys, n, w->words.keys[i], w->words.n[i])) return false;
    }
    *end = at + 1;
    syn_str here = syn_slice(t->src, t->tokens[token].start, t->tokens[at].end);
    return syn_name_similarity(c->lex, here, c->forms[w->form].name) >= SYN_CAST_SAME;
}

static bool look_for(syn_casting *c, const wanted *wanted_list, const syn_map *first, uint32_t telling)
{
    const syn_telling *told = &c->tellings[telling].telling;
    const syn_text *t = told->text;
    for (uint32_t i = 0; i < t->ntokens; i++) {
        uint64_t keys[KEYS];
        int strength;
        uint32_t end = 0, index;
        if (t->tokens[i].sentence >= SYN_MAX_COMPARED_SENTENCES) break;
        if (t->tokens[i].kind != SYN_TOK_WORD) continue;
        size_t n = syn_name_keys(c->lex, syn_token_folded(t, i), t->lang, keys, KEYS, &strength);
        const wanted *hit = NULL;
        for (size_t k = 0; k < n && !hit; k++) {
            uint64_t *at = syn_map_get(first, (syn_str){(const char *)&keys[k], sizeof keys[k]});
            int tries = 0;
            for (uint64_t w = at ? *at : 0; w && !hit && tries < RIVALS; w = wanted_list[w - 1].next, tries++)
                if (stands_at(c, t, &wanted_list[w - 1], i, &end)) hit = &wanted_list[w - 1];
        }
        if (!hit) continue;
        syn_fact made = {.kind = SYN_FACT_NAME};
        made.name = syn_slice(t->src, t->tokens[i].start, t->tokens[end - 1].end);
        syn_cast_form *f = syn_cast_form_of(c, &made, told->lang, &index);
        if (!f) return !c->arena->failed;
        f->person |= c->forms[hit->form].person;
        syn_cast_join(c->forms, index, hit->form);
        if (!syn_cast_see(c, telling, (syn_cast_seen){i, end, index})) return false;
        i = end - 1;
    }
    return true;
}

bool syn_cast_search(syn_casting *c)
{
    syn_map first = {.arena = c->arena};
    size_t n;
    wanted *w = wanted_names(c, &first, &n);
    if (!w) return false;
    for (size_t i = 0; n && i < c->n; i++)
        if (!look_for(c, w, &first, (uint32_t)i)) return false;
    return true;
}
