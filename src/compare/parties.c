/* parties.c - stage 6: which names of a topic are persons, bodies and places, their spellings, and where they stand. */
#include "casting.h"

enum { SPELLINGS = 24 };

typedef struct group {
    uint32_t party;                                       /* 1 + its number, 0: none */
    uint32_t tellings, last, country, full, person, body; /* person, body: tellings whose facts say so */
    bool place, cased, titled, tongues;                   /* tongues: of two languages or more */
    syn_str lang;
} group;

static int by_token(const void *pa, const void *pb)
{
    const syn_cast_seen *a = pa, *b = pb;
    if (a->token != b->token) return a->token < b->token ? -1 : 1;
    if (a->token_end != b->token_end) return a->token_end > b->token_end ? -1 : 1;
    return a->form < b->form ? -1 : a->form > b->form;
}

/* ---- words that are in use otherwise ---- */

static syn_str word_key(syn_arena *arena, syn_str lang, syn_str folded)
{
    return syn_arena_format(arena, "%.*s %.*s", SYN_FMT(lang), SYN_FMT(syn_utf8_head(folded, 100)));
}

static bool count_words(syn_casting *c, syn_map *words)
{
    words->arena = c->arena;
    for (size_t i = 0; i < c->n; i++) {
        const syn_telling *told = &c->tellings[i].telling;
        if (syn_lexicon_info(c->lex, told->text->lang)->cased) continue;
        for (uint32_t k = 0; k < told->text->ntokens; k++) {
            if (told->text->tokens[k].sentence >= SYN_MAX_COMPARED_SENTENCES) break;
            if (told->text->tokens[k].kind != SYN_TOK_WORD) continue;
            uint64_t *n = syn_map_add(words, word_key(c->arena, told->lang, syn_token_folded(told->text, k)));
            if (!n) return false;
            ++*n;
        }
    }
    return true;
}

/* Without capitals a name of one language alone is only believed where its words are hardly used apart from it. */
static bool words_are_its_own(const syn_casting *c, const syn_map *words, uint32_t telling, const syn_cast_seen *s)
{
    const syn_telling *told = &c->tellings[telling].telling;
    for (uint32_t k = s->token; k < s->token_end; k++) {
        if (told->text->tokens[k].kind != SYN_TOK_WORD) continue;
        uint64_t *n = syn_map_get(words, word_key(c->arena, told->lang, syn_token_folded(told->text, k)));
        uint64_t uses = c->forms[s->form].uses; /* a surname stands alone more often */
        if (n && *n > (k == s->token ? uses + uses / 2 : 3 * uses)) return false;
    }
    return true;
}

static bool worth(const group *g)
{
    if (g->place) return true;
    if (!g->full) return g->cased && g->tellings > 1;
    return (g->person || g->body || g->cased) && (g->cased || g->tongues || g->titled);
}

/* A single word is the full name of its own telling that has its sound, if one alone has: its root, else its own. */
static uint32_t whose(syn_casting *c, uint32_t telling, uint32_t self)
{
    const syn_cast_form *f = &c->forms[self];
    uint32_t own = syn_cast_root(c->forms, self), found = UINT32_MAX;
    if (f->words > 1 || f->place) return own;
    for (size_t i = 0; i < c->nseen[telling]; i++) {
        const syn_cast_form *o = &c->forms[c->seen[telling][i].form];
        uint32_t root = syn_cast_root(c->forms, c->seen[telling][i].form);
        if (o->words < 2 || root == found || syn_cast_shared_keys(f, o) < f->nkeys) continue;
        if (found != UINT32_MAX) return own;
        found = root;
    }
    return found != UINT32_MAX ? found : own;
}

/* Each form's root in each telling, as a list beside that of what was seen. */
static uint32_t **assign(syn_casting *c)
{
    uint32_t **roots = SYN_NEW_ARRAY(c->arena, uint32_t *, c->n);
    uint32_t *cache = SYN_NEW_ARRAY(c->arena, uint32_t, c->nforms),
             *cached = SYN_NEW_ARRAY(c->arena, uint32_t, c->nforms);
    if (!roots || !cache || !cached) return NULL;
    for (uint32_t t = 0; t < c->n; t++) {
        syn_record_sort(c->seen[t], c->nseen[t], sizeof **c->seen, by_token);
        roots[t] = SYN_NEW_ARRAY(c->arena, uint32_t, c->nseen[t]);
        if (!roots[t]) return NULL;
        for (size_t i = 0; i < c->nseen[t]; i++) {
            uint32_t f = c->seen[t][i].form;
            if (cached[f] != t + 1) cached[f] = t + 1, cache[f] = whose(c, t, f);
            roots[t][i] = cache[f];
        }
    }
    return roots;
}

static group *groups_of(syn_casting *c, uint32_t *const *roots)
{
    syn_map words = {0};
    group *groups = SYN_NEW_ARRAY(c->arena, group, c->nforms);
    if (!groups || !count_words(c, &words)) return NULL;
    for (size_t i = 0; i < c->nforms; i++) {
        const syn_cast_form *f = &c->forms[i];
        group *g = &groups[syn_cast_root(c->forms, (uint32_t)i)];
        g->person += f->person ? f->tellings : 0, g->body += f->body ? f->tellings : 0;
        g->place |= f->place, g->cased |= f->cased, g->full += f->words > 1;
        if (f->country) g->country = f->country;
        if (g->lang.n && !syn_str_eq(g->lang, f->lang)) g->tongues = true;
        g->lang = f->lang;
    }
    for (uint32_t t = 0; t < c->n; t++)
        for (size_t i = 0; i < c->nseen[t]; i++) {
            group *g = &groups[roots[t][i]];
            const syn_cast_seen *s = &c->seen[t][i];
            if (g->last != t + 1) g->last = t + 1, g->tellings++;
            if (!g->cased && !g->tongues && c->forms[s->form].titled && c->forms[s->form].words > 1 && !g->titled)
                g->titled = words_are_its_own(c, &words, t, s);
        }
    return groups;
}

static int by_use(const void *pa, const void *pb)
{
    const syn_spelling *a = pa, *b = pb;
    if (a->tellings != b->tellings) return a->tellings > b->tellings ? -1 : 1;
    if (a->name.n != b->name.n) return a->name.n < b->name.n ? -1 : 1;
    return syn_str_cmp(a->name, b->name);
}

/* The best spelling of every language comes before more of the same. */
static void languages_first(syn_spelling *s, size_t n)
{
    size_t done = 0;
    for (size_t i = 0; i < n; i++) {
        bool known = false;
        for (size_t k = 0; k < done && !known; k++) known = syn_str_eq(s[k].lang, s[i].lang);
        if (known) continue;
        syn_spelling one = s[i];
        memmove(s + done + 1, s + done, (i - done) * sizeof *s);
        s[done++] = one;
    }
}

static bool fill_party(syn_casting *c, syn_arena *keep, const uint32_t *members, size_t n, const group *g,
                       syn_party *out)
{
    syn_spelling *s = SYN_NEW_ARRAY(c->arena, syn_spelling, n);
    if (!s) return false;
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        const syn_cast_form *f = &c->forms[members[i]];
        if (f->tellings && (f->words > 1 || !g->full)) s[m++] = (syn_spelling){f->name, f->lang, f->tellings};
    }
    syn_record_sort(s, m, sizeof *s, by_use);
    languages_first(s, m);
    if (m > SPELLINGS) m = SPELLINGS;
    syn_spelling *kept = SYN_NEW_ARRAY(keep, syn_spelling, m);
    if (!kept) return false;
    if (m) memcpy(kept, s, m * sizeof *s);
    uint8_t kind = g->place                                        ? SYN_PARTY_PLACE
                   : !g->full || g->body > g->person || !g->person ? SYN_PARTY_BODY
                                                                   : SYN_PARTY_PERSON;
    *out = (syn_party){kind, g->country, kept, m, g->tellings};
    return true;
}

typedef struct ranked {
    uint32_t root, tellings;
} ranked;

static int by_tellings(const void *pa, const void *pb)
{
    const ranked *a = pa, *b = pb;
    if (a->tellings != b->tellings) return a->tellings > b->tellings ? -1 : 1;
    return a->root < b->root ? -1 : a->root > b->root;
}

static bool make_parties(syn_casting *c, syn_arena *keep, group *groups, syn_cast *out)
{
    ranked *order = SYN_NEW_ARRAY(c->arena, ranked, c->nforms);
    uint32_t *next = SYN_NEW_ARRAY(c->arena, uint32_t, c->nforms),
             *members = SYN_NEW_ARRAY(c->arena, uint32_t, c->nforms);
    size_t n = 0;
    if (!order || !next || !members) return false;
    for (uint32_t i = 0; i < c->nforms; i++)
        if (syn_cast_root(c->forms, i) == i && groups[i].tellings && worth(&groups[i]))
            order[n++] = (ranked){i, groups[i].tellings};
    syn_record_sort(order, n, sizeof *order, by_tellings);
    syn_party *parties = SYN_NEW_ARRAY(keep, syn_party, n);
    if (!parties) return false;
    /* next chains the forms of one root, which heads its chain. */
    uint32_t *tail = SYN_NEW_ARRAY(c->arena, uint32_t, c->nforms);
    if (!tail) return false;
    for (uint32_t i = 0; i < c->nforms; i++) {
        uint32_t r = syn_cast_root(c->forms, i);
        next[i] = UINT32_MAX, tail[i] = i;
        if (r != i) next[tail[r]] = i, tail[r] = i;
    }
    for (size_t i = 0; i < n; i++) {
        size_t m = 0;
        for (uint32_t k = order[i].root; k != UINT32_MAX; k = next[k]) members[m++] = k;
        if (!fill_party(c, keep, members, m, &groups[order[i].root], &parties[i])) return false;
        groups[order[i].root].party = (uint32_t)i + 1;
    }
    out->parties = parties;
    out->n = n;
    return true;
}

/* ---- where they stand ---- */

static bool make_occurrences(syn_casting *c, uint32_t *const *roots, const group *groups, syn_cast *out)
{
    syn_occurrence **lists = SYN_NEW_ARRAY(c->arena, syn_occurrence *, c->n);
    size_t *counts = SYN_NEW_ARRAY(c->arena, size_t, c->n);
    if (!lists || !counts) return false;
    for (uint32_t t = 0; t < c->n; t++) {
        lists[t] = SYN_NEW_ARRAY(c->arena, syn_occurrence, c->nseen[t]);
        if (!lists[t]) return false;
        uint32_t end = 0;
        for (size_t i = 0; i < c->nseen[t]; i++) {
            const syn_cast_seen *s = &c->seen[t][i];
            uint32_t party = groups[roots[t][i]].party;
            if (s->token < end || !party) continue;
            lists[t][counts[t]++] = (syn_occurrence){s->token, s->token_end, party - 1};
            end = s->token_end;
        }
    }
    out->occurrences = (const syn_occurrence *const *)lists;
    out->noccurrences = counts;
    return true;
}

bool syn_cast_parties(syn_casting *c, syn_arena *keep, syn_cast *out)
{
    uint32_t **roots = assign(c);
    group *groups = roots ? groups_of(c, roots) : NULL;
    return groups && make_parties(c, keep, groups, out) && make_occurrences(c, roots, groups, out);
}
