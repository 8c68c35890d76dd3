/* concept_table.c - stage 3: forms of concepts compiled into the table that concepts.c reads; at build time for
   data/concepts/, at run time for users' packs. */
#include "concepts.h"

struct syn_concept_row {
    uint64_t hash;
    uint16_t concept, lang;
};

enum { LETTERS_BESIDE_STAR = 4, LETTERS_ELSEWHERE = 3 };

syn_code syn_concept_maker_open(syn_concept_maker *m, syn_arena *arena, syn_texter *texter, syn_err *err)
{
    *m = (syn_concept_maker){.texter = texter, .arena = arena, .forms.arena = arena, .concepts.arena = arena};
    m->langs = SYN_NEW_ARRAY(arena, syn_concepts_lang, syn_lexicon_langs(texter->lex) + 1);
    return m->langs ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "no memory for concepts");
}

static syn_code no_memory(syn_err *err)
{
    return syn_fail(err, SYN_ENOMEM, 0, "no memory for concepts");
}

static syn_code index_of(syn_concept_maker *m, uint32_t id, size_t *index, syn_err *err)
{
    uint64_t *at = syn_map_add(&m->concepts, (syn_str){(const char *)&id, sizeof id});
    if (!at) return no_memory(err);
    if (!*at) {
        if (m->nids == SYN_CONCEPT_MAX)
            return syn_fail(err, SYN_ELIMIT, 0, "more than %d concepts", (int)SYN_CONCEPT_MAX);
        if (!syn_grow(m->arena, &m->ids, &m->id_cap, m->nids + 1, sizeof *m->ids)) return no_memory(err);
        m->ids[m->nids++] = id;
        *at = m->nids;
    }
    *index = (size_t)*at;
    return SYN_OK;
}

static void set_bit(uint8_t *bits, size_t bytes, uint64_t h)
{
    h %= bytes * 8;
    bits[h / 8] |= (uint8_t)(1u << h % 8);
}

static syn_code put(syn_concept_maker *m, syn_lang lang, uint64_t hash, uint32_t id, syn_str form, syn_err *err)
{
    size_t index = 0;
    syn_code rc = index_of(m, id, &index, err);
    if (rc) return rc;
    uint64_t *named = syn_map_add(&m->forms, (syn_str){(const char *)&hash, sizeof hash});
    if (!named) return no_memory(err);
    for (uint64_t rest = *named; rest; rest >>= 16)
        if ((rest & 0xFFFF) == index) return SYN_OK;
    if (*named >> 16 * (SYN_CONCEPT_SHARED - 1))
        return syn_fail(err, SYN_EFORMAT, 0, "\"%.*s\" would name more than %d concepts", (int)form.n, form.p,
                        (int)SYN_CONCEPT_SHARED);
    *named = *named << 16 | index;
    if (!syn_grow(m->arena, &m->rows, &m->row_cap, m->nrows + 1, sizeof *m->rows)) return no_memory(err);
    m->rows[m->nrows++] = (syn_concept_row){hash, (uint16_t)index, lang};
    return SYN_OK;
}

/* A beginning or an ending: the folded bytes, an ending from the last to the first. */
static syn_code add_part(syn_concept_maker *m, syn_lang lang, uint32_t id, syn_str form, bool end, syn_err *err)
{
    syn_folded folded;
    syn_code rc = syn_fold(m->arena, form, false, &folded, err);
    if (rc) return rc;
    syn_str word = syn_trim(folded.text);
    uint32_t cp = 0;
    if (word.n) syn_utf8_next(word, 0, &cp);
    unsigned script = syn_char_of(cp)->script;
    bool long_words = script == SYN_SCRIPT_LATIN || script == SYN_SCRIPT_GREEK || script == SYN_SCRIPT_CYRILLIC;
    size_t least = long_words ? LETTERS_BESIDE_STAR : LETTERS_ELSEWHERE;
    if (syn_utf8_count(word) < least || word.n > SYN_CONCEPT_LONGEST || syn_find_byte(word, ' ', 0) != SIZE_MAX)
        return syn_fail(err, SYN_EFORMAT, 0, "beside a star there must be one word of at least %zu letters: \"%.*s\"",
                        least, (int)form.n, form.p);
    syn_concepts_lang *l = &m->langs[lang];
    unsigned kind = end ? SYN_CONCEPT_END : SYN_CONCEPT_BEGIN;
    uint64_t h = syn_concepts_seed(lang);
    size_t chars = 0;
    for (size_t k = 0; k < word.n; k++) {
        const char *p = end ? word.p + word.n - 1 - k : word.p + k;
        h = syn_concepts_feed(h, (syn_str){p, 1});
        bool whole = end ? ((uint8_t)*p & 0xC0) != 0x80 : k + 1 == word.n || ((uint8_t)p[1] & 0xC0) != 0x80;
        if (whole && ++chars == 3)
            set_bit(end ? l->ends : l->begins, end ? sizeof l->ends : sizeof l->begins, syn_concepts_close(h, kind));
    }
    l->kinds |= (uint8_t)kind;
    return put(m, lang, syn_concepts_close(h, kind), id, form, err);
}

/* A form's hash for each choice of stem or whole word for its words: a stemmer may leave one inflected form the stem
   that another has as a whole.  The first is that of all stems. */
typedef struct readings {
    uint64_t h[1 << SYN_CONCEPT_WORDS];
    size_t n;
} readings;

static void feed_all(readings *r, syn_str s)
{
    for (size_t i = 0; i < r->n; i++) r->h[i] = syn_concepts_feed(r->h[i], s);
}

static void feed_word(readings *r, const syn_concept_word *w)
{
    size_t n = r->n;
    if (!syn_str_eq(w->stem, w->folded) && 2 * n <= SYN_COUNT(r->h)) {
        for (size_t i = 0; i < n; i++) r->h[n + i] = syn_concepts_feed(r->h[i], w->folded);
        r->n = 2 * n;
    }
    for (size_t i = 0; i < n; i++) r->h[i] = syn_concepts_feed(r->h[i], w->stem);
}

/* How a form is matched. */
typedef enum how { BY_STEM, AS_IT_IS, AS_WRITTEN, LAST_BEGINS } how;

static syn_code keep(syn_concept_maker *m, syn_lang lang, const readings *r, uint64_t exact, how by, uint32_t id,
                     syn_str form, syn_err *err)
{
    syn_concepts_lang *l = &m->langs[lang];
    size_t index = 0;
    if (by == AS_WRITTEN || by == LAST_BEGINS) {
        unsigned kind = by == AS_WRITTEN ? SYN_CONCEPT_WRITTEN : SYN_CONCEPT_PHRASE;
        l->kinds |= (uint8_t)kind;
        return put(m, lang, syn_concepts_close(by == AS_WRITTEN ? exact : r->h[0], kind), id, form, err);
    }
    syn_code rc = put(m, lang, syn_concepts_close(exact, SYN_CONCEPT_EXACT), id, form, err);
    l->kinds |= SYN_CONCEPT_EXACT;
    if (rc || by == AS_IT_IS) return rc;
    l->kinds |= SYN_CONCEPT_STEM;
    rc = put(m, lang, syn_concepts_close(r->h[0], SYN_CONCEPT_STEM), id, form, err);
    if (!rc) rc = index_of(m, id, &index, err);
    for (size_t i = 1; !rc && i < r->n; i++) {
        if (!syn_grow(m->arena, &m->more, &m->more_cap, m->nmore + 1, sizeof *m->more)) return no_memory(err);
        m->more[m->nmore++] = (syn_concept_row){syn_concepts_close(r->h[i], SYN_CONCEPT_STEM), (uint16_t)index, lang};
    }
    return rc;
}

static bool mark(syn_concept_maker *m, syn_lang lang, uint64_t h, unsigned kind)
{
    if (!syn_grow(m->arena, &m->marks, &m->mark_cap, m->nmarks + 1, sizeof *m->marks)) return false;
    m->marks[m->nmarks++] = (syn_concept_row){syn_concepts_close(h, kind), 0, lang};
    return true;
}

/* Into the filter how a form begins and that it goes on, with one way to read its next word; h: the words before it. */
static bool mark_word(syn_concept_maker *m, syn_lang lang, uint64_t h, bool first, bool unspaced, syn_str word)
{
    if (!unspaced) return !first || mark(m, lang, syn_concepts_feed(h, word), SYN_CONCEPT_FIRST);
    for (size_t at = 0, n; at < word.n; at += n) {
        uint32_t cp;
        n = syn_utf8_next(word, at, &cp);
        h = syn_concepts_feed(h, syn_slice(word, at, at + n));
        if (first && !at && !mark(m, lang, h, SYN_CONCEPT_FIRST)) return false;
        if (at + n < word.n && !mark(m, lang, h, SYN_CONCEPT_GOES_ON)) return false;
    }
    return true;
}

static syn_code add_phrase(syn_concept_maker *m, syn_lang lang, uint32_t id, syn_str form, how by, syn_err *err)
{
    syn_text *text;
    syn_str tag = lang ? syn_str_of(syn_lexicon_info(m->texter->lex, lang)->tag) : (syn_str){"", 0};
    syn_code rc = syn_text_of(m->texter, m->arena, form, tag, &text, err);
    if (rc) return rc;
    syn_concepts_lang *l = &m->langs[lang];
    syn_concept_word w = {0};
    uint64_t seed = syn_concepts_seed(lang), exact = seed;
    readings stems = {.h = {seed}, .n = 1};
    size_t words = 0, last = 0;
    bool any_unspaced = false, ok = true;
    for (size_t at = 0; at < text->ntokens; at = syn_concept_next(text, at)) {
        bool was_unspaced = w.unspaced;
        if (!syn_concept_word_at(m->texter, text, at, &w)) break;
        if (words)
            ok = ok && mark(m, lang, stems.h[0], SYN_CONCEPT_GOES_ON) && mark(m, lang, exact, SYN_CONCEPT_GOES_ON);
        if (words && (!was_unspaced || !w.unspaced || text->tokens[at].flags & SYN_TOK_SPACE)) {
            feed_all(&stems, SYN_STR(" "));
            exact = syn_concepts_feed(exact, SYN_STR(" "));
        }
        syn_str stem = by == LAST_BEGINS && at + 1 == text->ntokens ? w.folded : w.stem;
        syn_str whole = by == AS_WRITTEN ? w.printed : w.folded;
        ok = ok && mark_word(m, lang, stems.h[0], !words, w.unspaced, stem) &&
             mark_word(m, lang, exact, !words, w.unspaced, whole);
        if (by == LAST_BEGINS)
            stems.h[0] = syn_concepts_feed(stems.h[0], stem);
        else
            feed_word(&stems, &w);
        exact = syn_concepts_feed(exact, whole);
        words++;
        any_unspaced |= w.unspaced;
        last = at;
    }
    if (!ok) return no_memory(err);
    if (!words || last + 1 < text->ntokens)
        return syn_fail(err, SYN_EFORMAT, 0, "a form is words, with hyphens or apostrophes at most: \"%.*s\"",
                        (int)form.n, form.p);
    if (words > (any_unspaced ? (size_t)SYN_CONCEPT_PIECES : (size_t)SYN_CONCEPT_WORDS))
        return syn_fail(err, SYN_EFORMAT, 0, "a form of more than %d words: \"%.*s\"", (int)SYN_CONCEPT_WORDS,
                        (int)form.n, form.p);
    if (words > l->words) l->words = (uint8_t)words;
    return keep(m, lang, &stems, exact, by, id, form, err);
}

syn_code syn_concept_maker_add(syn_concept_maker *m, syn_lang lang, uint32_t id, syn_str form, syn_err *err)
{
    form = syn_trim(form);
    if (!form.n) return syn_fail(err, SYN_EFORMAT, 0, "an empty form");
    if (form.n > SYN_CONCEPT_FORM_MAX)
        return syn_fail(err, SYN_EFORMAT, 0, "a form longer than %d bytes", (int)SYN_CONCEPT_FORM_MAX);
    if (form.p[0] == '!') { /* shown, never matched */
        uint32_t cp = 0;
        if (form.n > 1) syn_utf8_next(form, 1, &cp);
        if (syn_char_of(cp)->flags & (SYN_CH_LETTER | SYN_CH_DIGIT)) return SYN_OK;
        return syn_fail(err, SYN_EFORMAT, 0, "a form is words: \"%.*s\"", (int)form.n, form.p);
    }
    if (form.p[0] == '*') return add_part(m, lang, id, syn_slice(form, 1, form.n), true, err);
    if (form.p[form.n - 1] == '*') {
        form.n--;
        return syn_find_byte(form, ' ', 0) == SIZE_MAX ? add_part(m, lang, id, form, false, err)
                                                       : add_phrase(m, lang, id, form, LAST_BEGINS, err);
    }
    size_t marks = form.p[0] != '=' ? 0 : form.n > 1 && form.p[1] == '=' ? 2 : 1;
    how by = marks == 2 ? AS_WRITTEN : marks || !lang ? AS_IT_IS : BY_STEM; /* of every language: whose stems? */
    return add_phrase(m, lang, id, syn_slice(form, marks, form.n), by, err);
}

/* Each language is served by its own forms, or by those of the nearest parent that has some. */
static void settle_languages(syn_concept_maker *m)
{
    size_t n = syn_lexicon_langs(m->texter->lex);
    for (size_t lang = 0; lang <= n; lang++) {
        size_t at = lang;
        for (int step = 0; step < 6 && at && !m->langs[at].kinds; step++)
            at = syn_lexicon_info(m->texter->lex, (syn_lang)at)->parent;
        m->langs[lang].table = m->langs[at].kinds && (at || !lang) ? (uint16_t)(at + 1) : 0;
    }
}

/* The other readings, where no form claims them by its stems. */
static syn_code put_more(syn_concept_maker *m, syn_err *err)
{
    for (size_t i = 0; i < m->nmore; i++) {
        uint64_t hash = m->more[i].hash;
        uint64_t *named = syn_map_add(&m->forms, (syn_str){(const char *)&hash, sizeof hash});
        if (!named || !syn_grow(m->arena, &m->rows, &m->row_cap, m->nrows + 1, sizeof *m->rows)) return no_memory(err);
        if (*named) continue;
        *named = m->more[i].concept;
        m->rows[m->nrows++] = m->more[i];
    }
    return SYN_OK;
}

static void put_filters(uint64_t *filters, const syn_concepts_lang *langs, const syn_concept_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const syn_concepts_lang *l = &langs[rows[i].lang];
        uint64_t bit = syn_concepts_filter_bit(l, rows[i].hash);
        filters[l->filter + bit / 64] |= (uint64_t)1 << bit % 64;
    }
}

/* Room for every language's filter, then the filters. */
static uint64_t *make_filters(syn_concept_maker *m, size_t *words)
{
    size_t n = syn_lexicon_langs(m->texter->lex);
    size_t *hashes = SYN_NEW_ARRAY(m->arena, size_t, n + 1);
    *words = 0;
    if (!hashes) return NULL;
    for (size_t i = 0; i < m->nrows; i++) hashes[m->rows[i].lang]++;
    for (size_t i = 0; i < m->nmarks; i++) hashes[m->marks[i].lang]++;
    for (size_t lang = 0; lang <= n; lang++) {
        syn_concepts_lang *l = &m->langs[lang];
        l->filter = (uint32_t)*words;
        l->filter_bits = 6;
        while (((size_t)1 << l->filter_bits) < SYN_CONCEPT_SPARSE * hashes[lang]) l->filter_bits++;
        if (hashes[lang]) *words += ((size_t)1 << l->filter_bits) / 64;
    }
    uint64_t *filters = SYN_NEW_ARRAY(m->arena, uint64_t, *words + 1); /* one more: that of languages without forms */
    if (!filters) return NULL;
    put_filters(filters, m->langs, m->rows, m->nrows);
    put_filters(filters, m->langs, m->marks, m->nmarks);
    ++*words;
    return filters;
}

syn_code syn_concept_maker_write(syn_concept_maker *m, const syn_concepts_link *links, size_t nlinks, syn_buf *out,
                                 syn_err *err)
{
    syn_concepts_head head = {SYN_CONCEPTS_MAGIC, 4, (uint32_t)syn_lexicon_langs(m->texter->lex), 0,
                              (uint32_t)nlinks,   0};
    syn_code rc = put_more(m, err);
    if (rc) return rc;
    head.nids = (uint32_t)m->nids;
    while (((size_t)2 << head.bits) < 3 * m->nrows + 3) head.bits++;
    uint64_t *slots = head.bits > 24 ? NULL : SYN_NEW_ARRAY(m->arena, uint64_t, (size_t)1 << head.bits);
    if (!slots) return no_memory(err);
    uint64_t mask = ((uint64_t)1 << head.bits) - 1;
    for (size_t i = 0; i < m->nrows; i++) {
        uint64_t at = m->rows[i].hash & mask;
        while (slots[at]) at = (at + 1) & mask;
        slots[at] = (m->rows[i].hash & ~(uint64_t)0xFFFF) | m->rows[i].concept;
    }
    size_t words;
    const uint64_t *filters = make_filters(m, &words);
    if (!filters) return no_memory(err);
    head.nfilter = (uint32_t)words;
    settle_languages(m);
    syn_buf_add(out, (syn_str){(const char *)&head, sizeof head});
    syn_buf_add(out, (syn_str){(const char *)slots, sizeof *slots << head.bits});
    syn_buf_add(out, (syn_str){(const char *)filters, words * sizeof *filters});
    syn_buf_add(out, (syn_str){(const char *)m->langs, (head.nlangs + (size_t)1) * sizeof *m->langs});
    syn_buf_add(out, (syn_str){(const char *)m->ids, m->nids * sizeof *m->ids});
    syn_buf_add(out, (syn_str){(const char *)links, nlinks * sizeof *links});
    return out->failed ? no_memory(err) : SYN_OK;
}
