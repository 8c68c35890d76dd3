/* names.c - stage 6: the rows of a story's table that hold names and places.  In each telling the fullest form of a
   name stands for its shorter ones; forms of two tellings that share a key of a word are likened as names.  Another
   spelling is no difference; a name of a telling's own in the place of one that it lacks, and a little like it, is. */
#include "comparing.h"

#define SAME 0.6      /* least likeness of two spellings of one name */
#define WRONG 0.05    /* least score, likeness with the words around, of a name got wrong */
#define INFLECTED 0.2 /* score from which it is another form of the same name */

typedef struct form {
    syn_figure at; /* the fact and its tokens */
    uint32_t side, parent;
    uint64_t said;
    uint32_t value;
} form;

typedef struct forms {
    form *items;
    size_t n, cap;
} forms;

typedef struct key_of_form {
    uint64_t key;
    uint32_t form;
} key_of_form;

static uint32_t root(forms *f, uint32_t i)
{
    while (f->items[i].parent != i) i = f->items[i].parent = f->items[f->items[i].parent].parent;
    return i;
}

static void join(forms *f, uint32_t a, uint32_t b)
{
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    f->items[high].parent = low;
    f->items[low].said |= f->items[high].said;
}

static size_t shared_keys(const syn_fact *a, const syn_fact *b)
{
    size_t n = 0;
    for (uint32_t i = 0; i < a->nkeys; i++)
        for (uint32_t j = 0; j < b->nkeys; j++)
            if (a->keys[i] == b->keys[j]) {
                n++;
                break;
            }
    return n;
}

/* The forms of one telling: a name whose every key a longer one has is that one said short. */
static bool collect(syn_arena *arena, const syn_side *s, uint32_t side, forms *out)
{
    const syn_facts *facts = s->telling->facts;
    const syn_text *t = s->telling->text;
    size_t first = out->n;
    uint32_t token = 0;
    for (size_t i = 0; i < facts->n; i++) {
        const syn_fact *f = &facts->items[i];
        if ((f->kind != SYN_FACT_NAME && f->kind != SYN_FACT_PLACE) || f->nkeys == 0) continue;
        while (token < t->ntokens && t->tokens[token].end <= f->span.start) token++;
        uint32_t end = token;
        while (end < t->ntokens && t->tokens[end].start < f->span.end) end++;
        form *known = NULL;
        for (size_t k = first; k < out->n && !known; k++) {
            size_t shared = shared_keys(f, out->items[k].at.fact);
            if (shared && (shared == f->nkeys || shared == out->items[k].at.fact->nkeys)) known = &out->items[k];
        }
        syn_figure at = {.fact = f, .token = token, .token_end = end};
        if (known) {
            if (f->nkeys > known->at.fact->nkeys) known->at = at;
            continue;
        }
        if (out->n - first == SYN_MAX_COMPARED_NAMES) break;
        if (!syn_grow(arena, &out->items, &out->cap, out->n + 1, sizeof *out->items)) return false;
        uint32_t self = (uint32_t)out->n++;
        out->items[self] = (form){.at = at, .side = side, .parent = self, .said = 1ull << side};
    }
    return true;
}

static int by_key(const void *pa, const void *pb)
{
    const key_of_form *x = pa, *y = pb;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return x->form < y->form ? -1 : x->form > y->form;
}

/* One name, in two tellings: alike as wholes, or one the other's surname. */
static bool same_name(const syn_lexicon *lex, const syn_fact *a, const syn_fact *b)
{
    if (syn_str_eq(a->name, b->name)) return true;
    size_t few = a->nkeys < b->nkeys ? a->nkeys : b->nkeys, shared = shared_keys(a, b);
    if (shared * 10 >= few * 8) return true;
    return syn_name_similarity(lex, a->name, b->name) >= SAME;
}

static syn_code join_same(syn_arena *arena, const syn_lexicon *lex, forms *f, syn_err *err)
{
    size_t total = 0, at = 0;
    for (size_t i = 0; i < f->n; i++) total += f->items[i].at.fact->nkeys;
    key_of_form *keys = SYN_NEW_ARRAY(arena, key_of_form, total);
    if (!keys) return syn_fail(err, SYN_ENOMEM, 0, "names of a story");
    for (size_t i = 0; i < f->n; i++)
        for (uint32_t k = 0; k < f->items[i].at.fact->nkeys; k++)
            keys[at++] = (key_of_form){f->items[i].at.fact->keys[k], (uint32_t)i};
    syn_sort(keys, total, sizeof *keys, by_key);
    for (size_t i = 0; i < total;) {
        size_t end = i + 1;
        while (end < total && keys[end].key == keys[i].key) end++;
        for (size_t x = i; x < end; x++)
            for (size_t y = x + 1; y < end; y++) {
                uint32_t a = root(f, keys[x].form), b = root(f, keys[y].form);
                if (a == b || (f->items[a].said & f->items[b].said)) continue;
                if (same_name(lex, f->items[keys[x].form].at.fact, f->items[keys[y].form].at.fact)) join(f, a, b);
            }
        i = end;
    }
    for (size_t i = 0; i < f->n; i++) f->items[i].value = root(f, (uint32_t)i);
    return SYN_OK;
}

/* Two words or more, the first and the last with a capital: where capitals mark names, their ends are sure enough for
   half a name not to pass for another one. */
static bool full_name(const syn_side *s, const syn_figure *at)
{
    const syn_token *k = s->telling->text->tokens;
    return at->token_end >= at->token + 2 && (k[at->token].flags & SYN_TOK_CAPITAL) &&
           (k[at->token_end - 1].flags & SYN_TOK_CAPITAL);
}

static bool may_be_person(const syn_side *sides, const form *a, const form *b)
{
    const syn_fact *x = a->at.fact, *y = b->at.fact;
    if (x->kind != SYN_FACT_NAME || y->kind != SYN_FACT_NAME || !((x->flags | y->flags) & SYN_FACT_PERSON))
        return false;
    return full_name(&sides[a->side], &a->at) && full_name(&sides[b->side], &b->at);
}

/* A full name that one telling alone has, in the place of one that most others have and it lacks: names of two people
   are hardly ever this much alike. */
static void join_wrong(const syn_lexicon *lex, const syn_side *sides, size_t nsides, forms *f)
{
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t self = root(f, i);
        if (__builtin_popcountll(f->items[self].said) != 1) continue;
        double best = 0;
        uint32_t found = UINT32_MAX;
        for (uint32_t j = 0; j < f->n; j++) {
            uint32_t r = root(f, j);
            size_t said = (size_t)__builtin_popcountll(f->items[r].said);
            if (said < 2 || 2 * said < nsides || (f->items[r].said & f->items[i].said)) continue;
            if (!may_be_person(sides, &f->items[i], &f->items[j])) continue;
            double alike = syn_name_similarity(lex, f->items[i].at.fact->name, f->items[j].at.fact->name);
            double around = syn_sides_around(&sides[f->items[i].side], &f->items[i].at, &sides[f->items[j].side],
                                             &f->items[j].at);
            double score = alike * (0.5 + around);
            if (score >= WRONG && score > best) best = score, found = j;
        }
        if (found == UINT32_MAX) continue;
        if (best >= INFLECTED) f->items[i].value = f->items[found].value;
        join(f, self, root(f, found));
    }
}

static syn_code make_rows(syn_arena *arena, forms *f, size_t nsides, syn_row_list *rows, syn_err *err)
{
    uint32_t values[SYN_MAX_TELLINGS];
    uint32_t *next = SYN_NEW_ARRAY(arena, uint32_t, f->n), *last = SYN_NEW_ARRAY(arena, uint32_t, f->n);
    if (arena->failed) return syn_fail(err, SYN_ENOMEM, 0, "names of a story");
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t r = root(f, i);
        next[i] = UINT32_MAX, last[i] = i;
        if (r != i) next[last[r]] = i, last[r] = i;
    }
    for (uint32_t i = 0; i < f->n; i++) {
        if (root(f, i) != i || __builtin_popcountll(f->items[i].said) < 2) continue;
        syn_cell *cells;
        syn_row *row = syn_row_add(rows, f->items[i].at.fact->kind, &cells);
        if (!row) break;
        for (uint32_t k = i; k != UINT32_MAX; k = next[k])
            cells[f->items[k].side].fact = f->items[k].at.fact, values[f->items[k].side] = f->items[k].value;
        syn_row_settle(row, cells, values, nsides);
        for (size_t k = 0; k < nsides && !row->label.n; k++) {
            row->told = rows->order[k];
            if (cells[row->told].fact) row->label = syn_dup(rows->arena, cells[row->told].fact->name);
        }
    }
    return rows->arena->failed ? syn_fail(err, SYN_ENOMEM, 0, "names of a story") : SYN_OK;
}

syn_code syn_rows_of_names(syn_arena *scratch, const syn_lexicon *lex, const syn_side *sides, size_t n,
                           syn_row_list *rows, syn_err *err)
{
    forms f = {0};
    for (size_t i = 0; i < n; i++)
        if (!collect(scratch, &sides[i], (uint32_t)i, &f)) return syn_fail(err, SYN_ENOMEM, 0, "names of a story");
    syn_code rc = join_same(scratch, lex, &f, err);
    if (rc) return rc;
    join_wrong(lex, sides, n, &f);
    return make_rows(scratch, &f, n, rows, err);
}
