/* cast.c - stage 6: the persons, bodies and places of a topic, each in all its spellings.  Names that the facts of any
   telling hold are put together by the keys of their words' sounds and by likeness; then every full name is looked for
   in all tellings (search.c), which finds it in scripts without capitals. */
#include "casting.h"

enum {
    RIVALS = 16 /* names of one sound that a name is likened to */,
    WORDS = 6,
    INFLECTION = 2 /* letters */,
    BETWEEN = 6
};
#define SAME_SINGLE 0.8 /* least likeness of two single words */
#define SAME_WORD 0.15  /* of two words in the same place of two full names */

static uint8_t words_of(syn_str s)
{
    uint8_t n = 1;
    for (size_t at = 0; at < s.n && n < 20;) {
        uint32_t cp;
        at += syn_utf8_next(s, at, &cp);
        n = (uint8_t)(n + syn_cast_parts_words(cp));
    }
    return n;
}

bool syn_cast_see(syn_casting *c, uint32_t telling, syn_cast_seen one)
{
    if (c->nseen[telling] == SYN_MAX_RECORD_SEEN) return true;
    if (!syn_grow(c->arena, &c->seen[telling], &c->seen_cap[telling], c->nseen[telling] + 1, sizeof one)) return false;
    c->seen[telling][c->nseen[telling]++] = one;
    syn_cast_form *f = &c->forms[one.form];
    if (f->last != telling + 1) f->last = telling + 1, f->tellings++;
    return true;
}

/* ---- names of the facts ---- */

static bool has_title(const syn_casting *c, const syn_text *t, uint32_t token, uint32_t token_end)
{
    syn_lex_hit hit;
    if (token && syn_lexicon_find(c->lex, t->lang, SYN_LEX_TITLE, syn_token_folded(t, token - 1), &hit, 1) && !hit.id)
        return true;
    return token_end < t->ntokens &&
           syn_lexicon_find(c->lex, t->lang, SYN_LEX_TITLE, syn_token_folded(t, token_end), &hit, 1) && hit.id == 1;
}

syn_cast_form *syn_cast_form_of(syn_casting *c, const syn_fact *f, syn_str lang, uint32_t *index)
{
    uint64_t *at = syn_map_add(&c->names, syn_arena_format(c->arena, "%d %.*s %.*s", f->kind == SYN_FACT_PLACE,
                                                           SYN_FMT(lang), SYN_FMT(syn_utf8_head(f->name, 200))));
    if (!at) return NULL;
    if (!*at) {
        if (c->nforms == SYN_MAX_RECORD_NAMES ||
            !syn_grow(c->arena, &c->forms, &c->cap, c->nforms + 1, sizeof *c->forms))
            return NULL;
        c->forms[c->nforms] = (syn_cast_form){.name = f->name, .lang = lang, .keys = f->keys, .nkeys = f->nkeys};
        c->forms[c->nforms].words = words_of(f->name);
        c->forms[c->nforms].parent = (uint32_t)c->nforms;
        *at = ++c->nforms;
    }
    *index = (uint32_t)*at - 1;
    return &c->forms[*index];
}

static bool take_facts(syn_casting *c, uint32_t telling)
{
    const syn_telling *t = &c->tellings[telling].telling;
    const syn_text *text = t->text;
    bool cased = syn_lexicon_info(c->lex, text->lang)->cased;
    uint32_t token = 0, index;
    for (size_t i = 0; i < t->facts->n; i++) {
        const syn_fact *f = &t->facts->items[i];
        if (f->sentence >= SYN_MAX_COMPARED_SENTENCES) break;
        if ((f->kind != SYN_FACT_NAME && f->kind != SYN_FACT_PLACE) || !f->nkeys) continue;
        while (token < text->ntokens && text->tokens[token].end <= f->span.start) token++;
        uint32_t end = token;
        while (end < text->ntokens && text->tokens[end].start < f->span.end) end++;
        if (end == token) continue;
        syn_cast_form *m = syn_cast_form_of(c, f, t->lang, &index);
        if (!m) {
            if (c->nforms == SYN_MAX_RECORD_NAMES) continue;
            return false;
        }
        m->person |= (f->flags & SYN_FACT_PERSON) != 0;
        m->body |= (f->flags & SYN_FACT_ORG) != 0;
        m->place |= f->kind == SYN_FACT_PLACE;
        m->cased |= cased && text->tokens[token].flags & SYN_TOK_CAPITAL;
        m->titled = m->titled || has_title(c, text, token, end);
        m->uses++;
        if (f->place) m->country = f->place;
        if (!syn_cast_see(c, telling, (syn_cast_seen){token, end, index})) return false;
    }
    return true;
}

/* ---- spellings of one name ---- */

uint32_t syn_cast_root(syn_cast_form *f, uint32_t i)
{
    while (f[i].parent != i) i = f[i].parent = f[f[i].parent].parent;
    return i;
}

static size_t split_words(syn_str name, syn_str words[WORDS])
{
    size_t n = 0, start = 0;
    for (size_t at = 0; at <= name.n;) {
        uint32_t cp = ' ';
        size_t step = at < name.n ? syn_utf8_next(name, at, &cp) : 1;
        if (syn_cast_parts_words(cp)) {
            if (at > start && n < WORDS) words[n++] = syn_slice(name, start, at);
            start = at + step;
        }
        at += step;
    }
    return n;
}

/* A shared surname makes no family one person. */
static bool word_by_word(const syn_lexicon *lex, syn_str a, syn_str b)
{
    syn_str x[WORDS], y[WORDS];
    size_t n = split_words(a, x);
    if (n != split_words(b, y)) return true;
    for (size_t i = 0; i < n; i++)
        if (syn_name_similarity(lex, x[i], y[i]) < SAME_WORD) return false;
    return true;
}

/* A name with more around it begins or ends as the bare one does. */
static bool same_end(const syn_lexicon *lex, syn_str a, syn_str b)
{
    syn_str x[WORDS], y[WORDS];
    size_t n = split_words(a, x), m = split_words(b, y);
    return n && m &&
           (syn_name_similarity(lex, x[n - 1], y[m - 1]) >= 0.5 || syn_name_similarity(lex, x[0], y[0]) >= 0.5);
}

static bool same(const syn_lexicon *lex, const syn_cast_form *a, const syn_cast_form *b)
{
    if (a->place != b->place || (a->words > 1) != (b->words > 1)) return false;
    if (a->place && a->country && b->country && a->country != b->country) return false;
    if (a->words == 1) return syn_name_similarity(lex, a->name, b->name) >= SAME_SINGLE;
    uint32_t few = a->nkeys < b->nkeys ? a->nkeys : b->nkeys;
    if (few > 1 && syn_cast_shared_keys(a, b) == few && same_end(lex, a->name, b->name)) return true;
    return syn_name_similarity(lex, a->name, b->name) >= SYN_CAST_SAME && word_by_word(lex, a->name, b->name);
}

typedef struct keyed {
    uint64_t key;
    uint32_t form;
} keyed;

static int by_key(const void *pa, const void *pb)
{
    const keyed *a = pa, *b = pb;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return a->form < b->form ? -1 : a->form > b->form;
}

static keyed *keyed_forms(syn_casting *c, size_t *n)
{
    size_t total = 0, at = 0;
    for (size_t i = 0; i < c->nforms; i++) total += c->forms[i].nkeys;
    keyed *keys = SYN_NEW_ARRAY(c->arena, keyed, total);
    if (!keys) return NULL;
    for (size_t i = 0; i < c->nforms; i++)
        for (uint32_t k = 0; k < c->forms[i].nkeys; k++) keys[at++] = (keyed){c->forms[i].keys[k], (uint32_t)i};
    syn_record_sort(keys, total, sizeof *keys, by_key);
    *n = total;
    return keys;
}

void syn_cast_join(syn_cast_form *forms, uint32_t a, uint32_t b)
{
    a = syn_cast_root(forms, a), b = syn_cast_root(forms, b);
    if (a != b) forms[a < b ? b : a].parent = a < b ? a : b;
}

static bool join_same(syn_casting *c)
{
    size_t n = 0;
    keyed *keys = keyed_forms(c, &n);
    if (!keys) return false;
    for (size_t i = 0, end; i < n; i = end) {
        uint32_t rivals[RIVALS];
        size_t nrivals = 0;
        for (end = i; end < n && keys[end].key == keys[i].key; end++) {
            uint32_t f = keys[end].form;
            bool known = false;
            for (size_t k = 0; k < nrivals && !known; k++) {
                known = syn_cast_root(c->forms, rivals[k]) == syn_cast_root(c->forms, f) ||
                        same(c->lex, &c->forms[rivals[k]], &c->forms[f]);
                if (known) syn_cast_join(c->forms, rivals[k], f);
            }
            if (nrivals < RIVALS) rivals[nrivals++] = f;
        }
    }
    return true;
}

static int by_spelling(const void *pa, const void *pb)
{
    const syn_cast_form *const *a = pa, *const *b = pb;
    int c = syn_str_cmp((*a)->lang, (*b)->lang);
    return c ? c : syn_str_cmp((*a)->name, (*b)->name);
}

/* "Vietnam", "Vietnams": single words of one language, one with an ending of a letter or two. */
static bool join_inflected(syn_casting *c)
{
    const syn_cast_form **order = SYN_NEW_ARRAY(c->arena, const syn_cast_form *, c->nforms);
    if (!order) return false;
    for (size_t i = 0; i < c->nforms; i++) order[i] = &c->forms[i];
    syn_record_sort(order, c->nforms, sizeof *order, by_spelling);
    for (size_t i = 1; i < c->nforms; i++)
        for (size_t k = i; k > 0 && k + BETWEEN > i; k--) {
            const syn_cast_form *a = order[k - 1], *b = order[i];
            if (a->words > 1 || b->words > 1 || !a->cased || a->place != b->place || !syn_str_eq(a->lang, b->lang))
                continue;
            size_t more = syn_utf8_count(b->name) - syn_utf8_count(a->name);
            if (syn_starts(b->name, a->name) && a->name.n > 3 && more <= INFLECTION)
                syn_cast_join(c->forms, (uint32_t)(a - c->forms), (uint32_t)(b - c->forms));
        }
    return true;
}

syn_code syn_cast_find(syn_arena *scratch, syn_arena *keep, const syn_lexicon *lex, const syn_recorded *tellings,
                       size_t n, syn_cast *out, syn_err *err)
{
    syn_casting c = {.arena = scratch, .lex = lex, .tellings = tellings, .n = n, .names.arena = scratch};
    c.seen = SYN_NEW_ARRAY(scratch, syn_cast_seen *, n);
    c.nseen = SYN_NEW_ARRAY(scratch, size_t, n);
    c.seen_cap = SYN_NEW_ARRAY(scratch, size_t, n);
    bool good = c.seen && c.nseen && c.seen_cap;
    for (size_t i = 0; i < n && good; i++) good = take_facts(&c, (uint32_t)i);
    good = good && join_same(&c) && join_inflected(&c) && syn_cast_search(&c) && syn_cast_parties(&c, keep, out);
    return good ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "names of a topic");
}

size_t syn_cast_of(const syn_cast *cast, const syn_recorded *r, uint32_t telling, uint32_t sentence,
                   uint32_t parties[SYN_SENTENCE_PARTIES])
{
    const syn_text *t = r->telling.text;
    const syn_occurrence *list = cast->occurrences[telling];
    size_t lo = 0, hi = cast->noccurrences[telling], n = 0;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (t->tokens[list[mid].token].sentence < sentence)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < cast->noccurrences[telling] && t->tokens[list[lo].token].sentence == sentence; lo++) {
        bool known = false;
        for (size_t k = 0; k < n && !known; k++) known = parties[k] == list[lo].party;
        if (!known && n < SYN_SENTENCE_PARTIES) parties[n++] = list[lo].party;
    }
    return n;
}
