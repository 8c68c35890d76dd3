/* persons.c - stage 6: people whom the other telling does not know.  Two names are one where each word of the shorter
   sounds like one of the other.  A name without its like was got wrong where the other telling, in a sentence that
   reports the same, has one of its words (the given name) beside another word: neither that nor the one it stands for
   is heard anywhere else in the other text.  Where no word is shared, both must be told as persons, and more than once.
 */
#include "comparing.h"

#define SAME 0.25       /* likeness of two words of names that may be one */
#define SHARED 0.7      /* and of two that surely are */
#define STRANGE 0.01    /* and of two that are not */
#define HEARD 0.05      /* likeness from which a word is heard in a text */
#define HEARD_WHOLE 0.3 /* the same of a whole name, which more words are a little like */
#define PLACED 0.3      /* least surety that two sentences report the same, where a word is shared */
#define LONE 0.45       /* and where none is */
#define FOLLOWS 0.5     /* and of one telling following the other: those told apart name people of their own */
#define LISTENS 400000  /* pairs of words likened at most */
#define WORDS 4
#define TOWN 50000 /* people from which a place is better known than those called like it */

/* Likening costs; a text made to cost more than it is worth is heard no further: then everybody is known. */
typedef struct listener {
    const syn_lexicon *lex;
    long left;
} listener;

static double sounds(listener *ear, syn_str a, syn_str b)
{
    return ear->left-- > 0 ? syn_name_similarity(ear->lex, a, b) : 1;
}

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

/* The words of a name; a capital beside it in a cased script belongs to it too. */
static size_t words_of(const syn_side *s, const person *p, uint32_t out[WORDS])
{
    const syn_token *k = s->telling->text->tokens;
    uint32_t from = p->at.token, to = p->at.token_end;
    size_t n = 0;
    bool cased = (k[from].flags & SYN_TOK_CAPITAL) != 0;
    while (cased && from && k[from - 1].kind == SYN_TOK_WORD && (k[from - 1].flags & SYN_TOK_CAPITAL) &&
           !(k[from - 1].flags & SYN_TOK_FIRST) && k[from - 1].sentence == k[from].sentence && to - from < 3)
        from--;
    for (uint32_t i = from; i < to && n < WORDS; i++)
        if (k[i].kind == SYN_TOK_WORD) out[n++] = i;
    return n;
}

static syn_str word(const syn_side *s, uint32_t token)
{
    return syn_token_str(s->telling->text, token);
}

/* Whether the names are one: as wholes, or each word of the shorter in the longer. */
static bool one_name(listener *ear, const syn_side *a, const person *x, const syn_side *b, const person *y)
{
    uint32_t wx[WORDS], wy[WORDS];
    size_t n = words_of(a, x, wx), m = words_of(b, y, wy), paired = 0;
    if (n < 2 || m < 2) return sounds(ear, x->at.fact->name, y->at.fact->name) >= SAME;
    for (size_t i = 0; i < n; i++) {
        double best = 0;
        for (size_t j = 0; j < m; j++) {
            double like = sounds(ear, word(a, wx[i]), word(b, wy[j]));
            if (like > best) best = like;
        }
        paired += best >= SAME;
    }
    return paired >= (n < m ? n : m);
}

/* Whether a word sounds like any of a text, or like two that stand together where no spaces part them. */
static bool heard(listener *ear, syn_str w, const syn_side *s, double least)
{
    const syn_text *t = s->telling->text;
    for (uint32_t i = 0; i < t->ntokens; i++) {
        if (t->tokens[i].kind != SYN_TOK_WORD) continue;
        if (sounds(ear, w, syn_token_str(t, i)) >= least) return true;
        bool run = i + 1 < t->ntokens && t->tokens[i + 1].kind == SYN_TOK_WORD &&
                   !(t->tokens[i + 1].flags & SYN_TOK_SPACE);
        if (run && sounds(ear, w, syn_slice(t->src, t->tokens[i].start, t->tokens[i + 1].end)) >= least) return true;
    }
    return false;
}

/* A word that can be part of a name: no function word, and with a capital where the script has them. */
static bool may_name(listener *ear, const syn_side *s, uint32_t token, bool cased)
{
    const syn_text *t = s->telling->text;
    syn_lex_hit hit;
    if (t->tokens[token].kind != SYN_TOK_WORD || (cased && !(t->tokens[token].flags & SYN_TOK_CAPITAL))) return false;
    if (syn_utf8_count(syn_token_str(t, token)) < 3) return false;
    return !syn_lexicon_find(ear->lex, t->lang,
                             SYN_LEX_STOP | SYN_LEX_TITLE | SYN_LEX_SAY | SYN_LEX_MONTH | SYN_LEX_WEEKDAY,
                             syn_token_folded(t, token), &hit, 1);
}

static bool punct(const syn_text *t, uint32_t at)
{
    return at >= t->ntokens || t->tokens[at].kind == SYN_TOK_PUNCT;
}

/* "The envoy, Leila Saberi, said": between two marks a name stands in apposition. */
static bool apposed(const syn_text *t, uint32_t from, uint32_t to)
{
    return from && punct(t, from - 1) && punct(t, to);
}

/* Where no capitals mark names: known as a name, in apposition, or used again. */
static bool named(const syn_side *s, uint32_t from, uint32_t to)
{
    const syn_text *t = s->telling->text;
    const syn_facts *facts = s->telling->facts;
    for (size_t i = 0; i < facts->n; i++)
        if (facts->items[i].kind == SYN_FACT_NAME && facts->items[i].span.start <= t->tokens[from].start &&
            facts->items[i].span.end >= t->tokens[to - 1].end)
            return true;
    size_t times = 0;
    syn_str last = syn_token_folded(t, to - 1);
    for (uint32_t i = 0; i < t->ntokens; i++) times += syn_str_eq(syn_token_folded(t, i), last);
    return times > 1 || apposed(t, from, to);
}

/* "Nottingham East", "Republic North": a town, or a word, is not what people are called by. */
static bool means_something(listener *ear, const syn_telling *telling, uint32_t token, syn_lang other)
{
    const syn_text *t = telling->text;
    syn_lex_hit hits[8];
    if (syn_lexicon_find(ear->lex, t->lang, SYN_LEX_GIVEN, syn_token_folded(t, token), hits, 1) ||
        syn_lexicon_find(ear->lex, other, SYN_LEX_GIVEN, syn_token_folded(t, token), hits, 1))
        return false;
    ear->left -= (long)telling->nconcepts;
    for (size_t i = 0; i < telling->nconcepts && telling->concepts[i].token <= token; i++)
        if (token < telling->concepts[i].token + telling->concepts[i].tokens) return true;
    size_t n = syn_lexicon_find(ear->lex, t->lang, SYN_LEX_PLACE | SYN_LEX_ORGWORD | SYN_LEX_CONCEPT,
                                syn_token_folded(t, token), hits, SYN_COUNT(hits));
    for (size_t i = 0; i < n && i < SYN_COUNT(hits); i++)
        if (hits[i].kind != SYN_LEX_PLACE || hits[i].value >= TOWN) return true;
    return false;
}

/* The other telling's words for x: one of its own, at the same end, and a strange one beside. */
static bool half_known(listener *ear, const syn_side *a, const person *x, const syn_side *b, const syn_alignment *align,
                       bool last, bool turned, syn_span *mine, syn_span *other)
{
    const syn_text *t = b->telling->text;
    uint32_t w[WORDS];
    size_t n = words_of(a, x, w);
    size_t from = last && n > 2 ? n - 2 : 0;
    if ((last && !from) || n < 2 || !(x->told || x->times > 1 || apposed(a->telling->text, w[0], w[n - 1] + 1)))
        return false;
    if (means_something(ear, a->telling, w[from], t->lang)) return false;
    for (uint32_t i = 0; i < t->ntokens; i++) {
        const syn_token *k = &t->tokens[i];
        uint32_t here = x->at.fact->sentence, there = k->sentence;
        if (k->kind != SYN_TOK_WORD || !syn_script_spaced((syn_script)k->script)) continue;
        if ((turned ? syn_align_place(align, there, here) : syn_align_place(align, here, there)) < PLACED) continue;
        bool cased = syn_lexicon_info(ear->lex, t->lang)->cased;
        if (!may_name(ear, b, i, cased) || i + 1 >= t->ntokens || t->tokens[i + 1].sentence != there ||
            !may_name(ear, b, i + 1, cased))
            continue;
        syn_str given = word(a, w[from]), rest = word(a, w[n - 1]), beside = syn_token_str(t, i + 1);
        if (sounds(ear, given, syn_token_str(t, i)) < SHARED) continue;
        ear->left -= (long)t->ntokens;
        if ((!cased && !named(b, i, i + 2)) || means_something(ear, b->telling, i, a->telling->text->lang)) continue;
        if (sounds(ear, rest, beside) > STRANGE) continue;
        if (heard(ear, rest, b, HEARD) || heard(ear, beside, a, HEARD)) continue;
        *mine = (syn_span){a->telling->text->tokens[w[from]].start, a->telling->text->tokens[w[n - 1]].end};
        *other = (syn_span){k->start, t->tokens[i + 1].end};
        return true;
    }
    return false;
}

static bool strangers(listener *ear, const syn_side *a, const person *x, const syn_side *b, const person *y,
                      const syn_alignment *align)
{
    if (align->parallel < FOLLOWS || x->known || y->known || !x->told || !y->told || x->times + y->times < 3)
        return false;
    if (syn_align_place(align, x->at.fact->sentence, y->at.fact->sentence) < LONE) return false;
    if (sounds(ear, x->at.fact->name, y->at.fact->name) > STRANGE) return false;
    return !heard(ear, y->at.fact->name, a, HEARD_WHOLE) && !heard(ear, x->at.fact->name, b, HEARD_WHOLE);
}

static bool overlaps(const syn_difference_list *l, syn_span a, syn_span b)
{
    for (size_t i = 0; i < l->n; i++) {
        const syn_difference *d = &l->items[i];
        if (d->kind != SYN_DIFF_NAME) continue;
        if ((d->a.span.start < a.end && a.start < d->a.span.end) ||
            (d->b.span.start < b.end && b.start < d->b.span.end))
            return true;
    }
    return false;
}

static bool put(syn_difference_list *out, syn_span a, syn_span b)
{
    syn_difference d = {
        .kind = SYN_DIFF_NAME, .severity = 2, .of = SYN_FACT_NAME, .in_b = 1, .a = {a, NULL}, .b = {b, NULL}};
    return overlaps(out, a, b) || syn_differ_push(out, d);
}

static void mark_known(listener *ear, const syn_side *a, persons *pa, const syn_side *b, const persons *pb)
{
    for (size_t i = 0; i < pa->n; i++)
        for (size_t j = 0; j < pb->n && !pa->items[i].known; j++)
            pa->items[i].known = one_name(ear, a, &pa->items[i], b, &pb->items[j]);
}

syn_code syn_persons_differ(syn_arena *scratch, const syn_lexicon *lex, const syn_side *a, const syn_side *b,
                            const syn_alignment *align, syn_difference_list *out, syn_err *err)
{
    listener listening = {lex, LISTENS}, *ear = &listening;
    persons pa = {0}, pb = {0};
    bool good = collect(scratch, a, &pa) && collect(scratch, b, &pb);
    if (good) mark_known(ear, a, &pa, b, &pb), mark_known(ear, b, &pb, a, &pa);
    for (size_t k = 0; k < 2 * (pa.n + pb.n) && good; k++) {
        bool turned = k / 2 >= pa.n;
        const person *p = turned ? &pb.items[k / 2 - pa.n] : &pa.items[k / 2];
        syn_span x, y;
        if (p->known) continue;
        if (turned && half_known(ear, b, p, a, align, k % 2, true, &y, &x)) good = put(out, x, y);
        if (!turned && half_known(ear, a, p, b, align, k % 2, false, &x, &y)) good = put(out, x, y);
    }
    for (size_t i = 0; i < pa.n && good; i++)
        for (size_t j = 0; j < pb.n && good; j++)
            if (strangers(ear, a, &pa.items[i], b, &pb.items[j], align))
                good = put(out, pa.items[i].at.fact->span, pb.items[j].at.fact->span);
    return good ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "names");
}
