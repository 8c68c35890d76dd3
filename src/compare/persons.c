/* persons.c - stage 6: people whom the other telling does not know.  A name is known where the other telling has one that
   sounds like it, or a word that does.  A name without its like that stands where the other telling has one without its
   like, in a sentence that reports the same, was got wrong on the way: surest where they share a word (the given name)
   and the rest sounds nothing alike. */
#include "comparing.h"

#define KNOWN 0.25     /* likeness of two names from which they may be one */
#define SAME_WORD 0.5  /* likeness of two words of names that are one */
#define OTHER_WORD 0.1 /* and of two that are not */
#define PLACED 0.3     /* least surety that two sentences report the same, where a word is shared */
#define LONE 0.5       /* and where none is */
#define WORDS 4

typedef struct person {
    syn_figure at; /* the fullest form and its tokens */
    uint32_t times;
    bool told; /* with a title, or by given name: a person in so many words */
    bool known;
} person;

typedef struct persons {
    person *items;
    size_t n, cap;
} persons;

static bool share_key(const syn_fact *a, const syn_fact *b)
{
    for (uint32_t i = 0; i < a->nkeys; i++)
        for (uint32_t j = 0; j < b->nkeys; j++)
            if (a->keys[i] == b->keys[j]) return true;
    return false;
}

static bool collect(syn_arena *arena, const syn_side *s, persons *out)
{
    const syn_text *t = s->telling->text;
    uint32_t token = 0;
    for (size_t i = 0; i < s->telling->facts->n; i++) {
        const syn_fact *f = &s->telling->facts->items[i];
        if (f->kind != SYN_FACT_NAME || !f->nkeys || (f->flags & SYN_FACT_ORG)) continue;
        while (token < t->ntokens && t->tokens[token].end <= f->span.start) token++;
        uint32_t end = token;
        while (end < t->ntokens && t->tokens[end].start < f->span.end) end++;
        if (end == token) continue;
        person *known = NULL;
        for (size_t k = 0; k < out->n && !known; k++)
            if (share_key(f, out->items[k].at.fact)) known = &out->items[k];
        syn_figure at = {.fact = f, .token = token, .token_end = end};
        if (known) {
            known->times++;
            known->told |= (f->flags & SYN_FACT_PERSON) != 0;
            if (f->nkeys > known->at.fact->nkeys) known->at = at;
            continue;
        }
        if (out->n == SYN_MAX_COMPARED_NAMES) break;
        if (!syn_grow(arena, &out->items, &out->cap, out->n + 1, sizeof *out->items)) return false;
        out->items[out->n++] = (person){.at = at, .times = 1, .told = (f->flags & SYN_FACT_PERSON) != 0};
    }
    return true;
}

static size_t words_of(const syn_side *s, const person *p, syn_str out[WORDS])
{
    size_t n = 0;
    for (uint32_t i = p->at.token; i < p->at.token_end && n < WORDS; i++)
        if (s->telling->text->tokens[i].kind == SYN_TOK_WORD) out[n++] = syn_token_str(s->telling->text, i);
    return n;
}

/* Known: as a whole to another telling's names, or by the word that it is called by for short, its first or last. */
static bool known_to(const syn_lexicon *lex, const person *p, const syn_side *other)
{
    const syn_facts *facts = other->telling->facts;
    for (size_t i = 0; i < facts->n; i++) {
        const syn_fact *f = &facts->items[i];
        if (f->kind != SYN_FACT_NAME && f->kind != SYN_FACT_PLACE) continue;
        if (syn_name_similarity(lex, p->at.fact->name, f->name) >= KNOWN) return true;
    }
    return false;
}

static bool unspaced(const syn_side *s, const person *p)
{
    return !syn_script_spaced((syn_script)s->telling->text->tokens[p->at.token].script);
}

/* How surely x and y stand for one another; 0 where they do not. */
static double swapped(const syn_lexicon *lex, const syn_side *a, const person *x, const syn_side *b, const person *y,
                      const syn_alignment *align)
{
    syn_str wx[WORDS], wy[WORDS];
    size_t n = words_of(a, x, wx), m = words_of(b, y, wy), shared = 0;
    double place = syn_align_place(align, x->at.fact->sentence, y->at.fact->sentence), most = 0;
    if (place < PLACED || !(x->told || y->told)) return 0;
    uint32_t used = 0;
    for (size_t i = 0; i < n; i++) {
        double best = 0;
        size_t found = 0;
        for (size_t j = 0; j < m; j++) {
            double like = used >> j & 1 ? 0 : syn_name_similarity(lex, wx[i], wy[j]);
            if (like > best) best = like, found = j;
        }
        if (best >= SAME_WORD)
            shared++, used |= 1u << found;
        else if (best > most)
            most = best;
    }
    if (most > OTHER_WORD || (shared == n && shared == m)) return 0;
    if (shared) return n >= 2 && m >= 2 ? place + 1 : 0;
    bool full = (n >= 2 || unspaced(a, x)) && (m >= 2 || unspaced(b, y));
    return full && x->told && y->told && place >= LONE ? place : 0;
}

syn_code syn_persons_differ(syn_arena *scratch, const syn_lexicon *lex, const syn_side *a, const syn_side *b,
                            const syn_alignment *align, syn_difference_list *out, syn_err *err)
{
    persons pa = {0}, pb = {0};
    if (!collect(scratch, a, &pa) || !collect(scratch, b, &pb)) return syn_fail(err, SYN_ENOMEM, 0, "names");
    for (size_t i = 0; i < pa.n; i++) pa.items[i].known = known_to(lex, &pa.items[i], b);
    for (size_t j = 0; j < pb.n; j++) pb.items[j].known = known_to(lex, &pb.items[j], a);
    for (size_t i = 0; i < pa.n; i++) {
        person *x = &pa.items[i], *found = NULL;
        double best = 0;
        for (size_t j = 0; j < pb.n; j++) {
            person *y = &pb.items[j];
            if (x->known && y->known) continue;
            double score = swapped(lex, a, x, b, y, align);
            if (score > best) best = score, found = y;
        }
        if (!found) continue;
        found->known = true;
        syn_difference d = {.kind = SYN_DIFF_NAME, .severity = 2, .of = SYN_FACT_NAME, .in_b = 1};
        d.a = (syn_saying){x->at.fact->span, x->at.fact}, d.b = (syn_saying){found->at.fact->span, found->at.fact};
        if (!syn_differ_push(out, d)) return syn_fail(err, SYN_ENOMEM, 0, "names");
    }
    return SYN_OK;
}
