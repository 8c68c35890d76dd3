/* concepts.c - stage 3: which concepts stand in a text: words and phrases of data/concepts/ and of users' packs. */
#include "concepts.h"

/* ---- words of phrases ---- */

static bool joins_words(const syn_text *text, size_t i)
{
    syn_str mark = syn_token_folded(text, i);
    return text->tokens[i].kind == SYN_TOK_PUNCT && mark.n == 1 && strchr("-/.&'", mark.p[0]);
}

size_t syn_concept_next(const syn_text *text, size_t i)
{
    size_t next = i + 1;
    if (next < text->ntokens && joins_words(text, next) && !(text->tokens[next].flags & SYN_TOK_SPACE)) {
        next++;
        if (next < text->ntokens && text->tokens[next].flags & SYN_TOK_SPACE) return SIZE_MAX;
    }
    if (next >= text->ntokens || text->tokens[next].kind == SYN_TOK_PUNCT ||
        text->tokens[next].flags & SYN_TOK_PARAGRAPH)
        return SIZE_MAX;
    return next;
}

/* ASCII's, as folding leaves it, and the typographer's. */
static size_t apostrophe(syn_str word, size_t *len)
{
    for (size_t at = 0, n; at < word.n; at += n) {
        uint32_t cp;
        n = syn_utf8_next(word, at, &cp);
        *len = n;
        if (cp == '\'' || cp == 0x2019 || cp == 0x02BC || cp == 0xFF07) return at;
    }
    return SIZE_MAX;
}

/* The word itself beside an apostrophe: what follows an elided one ("l'état", "dell'acqua"), or what an ending is tied
   to ("NATO'nun"), as the language's table says. */
static syn_str core_of(const syn_texter *t, syn_lang lang, syn_str word)
{
    size_t len, at = apostrophe(word, &len);
    if (at == SIZE_MAX || !at || !lang) return word;
    syn_str head = syn_slice(word, 0, at), tail = syn_slice(word, at + len, word.n);
    if (syn_endings_has(t, lang, SYN_ENDING_RULE, SYN_STR("apostrophe-ends")))
        return syn_utf8_count(head) > 1 ? head : word;
    if (syn_utf8_count(head) > SYN_CONCEPT_ELISION || syn_utf8_count(tail) < 3 ||
        !syn_endings_has(t, lang, SYN_ENDING_RULE, SYN_STR("elision")))
        return word;
    return tail;
}

/* Token i's word, its stem still to be found. */
static void cores_at(const syn_texter *t, const syn_text *text, size_t i, syn_lang lang, syn_concept_word *w)
{
    w->folded = syn_token_folded(text, i);
    w->printed = syn_token_str(text, i);
    if (syn_find_byte(w->folded, '\'', 0) == SIZE_MAX) return; /* folding leaves this one alone of all apostrophes */
    w->folded = core_of(t, lang, w->folded);
    w->printed = core_of(t, lang, w->printed);
}

static syn_str stem_at(syn_texter *t, const syn_text *text, size_t i, syn_lang lang, const syn_concept_word *w)
{
    syn_stem_kept *kept = &t->kept[i % SYN_COUNT(t->kept)];
    if (kept->text == text && kept->token == i && kept->filled) return (syn_str){kept->p, kept->n};
    syn_str stem = syn_stem_printed(t, lang, w->printed, w->folded);
    if (stem.n > sizeof kept->p) return stem;
    kept->text = text;
    kept->token = i;
    kept->n = (uint8_t)stem.n;
    kept->filled = true;
    memcpy(kept->p, stem.p, stem.n);
    return (syn_str){kept->p, kept->n};
}

syn_str syn_text_stem_at(syn_texter *t, const syn_text *text, size_t i)
{
    syn_concept_word w;
    syn_lang lang = syn_token_lang(text, i);
    cores_at(t, text, i, lang, &w);
    return stem_at(t, text, i, lang, &w);
}

bool syn_concept_word_at(syn_texter *t, const syn_text *text, size_t i, syn_concept_word *out)
{
    const syn_token *tok = &text->tokens[i];
    size_t bytes = tok->fold_end - tok->fold_start;
    if (tok->kind == SYN_TOK_PUNCT || !bytes || bytes > SYN_CONCEPT_LONGEST) return false;
    syn_lang lang = syn_token_lang(text, i);
    cores_at(t, text, i, lang, out);
    out->stem = tok->kind == SYN_TOK_NUMBER ? out->folded : stem_at(t, text, i, lang, out);
    out->unspaced = tok->kind == SYN_TOK_WORD && !syn_script_spaced((syn_script)tok->script);
    return true;
}

uint64_t syn_concept_head(const syn_concept_word *w, bool exact)
{
    syn_str s = exact ? w->folded : w->stem;
    uint32_t cp = 0;
    if (w->unspaced && s.n) s.n = syn_utf8_next(s, 0, &cp);
    return syn_concepts_close(syn_concepts_feed(exact, s));
}

/* ---- the table ---- */

syn_concepts syn_concepts_open(syn_str bytes, const syn_lexicon *lex)
{
    syn_concepts c = {0};
    syn_concepts_head head;
    if (bytes.n < sizeof head) return c;
    memcpy(&head, bytes.p, sizeof head);
    if (head.magic != SYN_CONCEPTS_MAGIC || head.bits > 24 || head.nlangs != syn_lexicon_langs(lex)) return c;
    size_t slots = sizeof head, filters = slots + (sizeof(uint64_t) << head.bits);
    size_t langs = filters + head.nfilter * sizeof(uint64_t);
    size_t ids = langs + (head.nlangs + (size_t)1) * sizeof *c.langs, links = ids + head.nids * sizeof *c.ids;
    if (bytes.n != links + head.nlinks * sizeof *c.links) return c;
    c.slots = (const void *)(bytes.p + slots);
    c.filters = (const void *)(bytes.p + filters);
    c.langs = (const void *)(bytes.p + langs);
    c.ids = (const void *)(bytes.p + ids);
    c.links = (const void *)(bytes.p + links);
    c.head = (const void *)bytes.p;
    return c;
}

uint32_t syn_concepts_id(const syn_concepts *c, syn_str key)
{
    uint32_t id = (uint32_t)syn_hash(key, 0) | 1; /* as tools/lexc.c names concepts */
    for (uint32_t i = 0; c->head && i < c->head->nlinks; i++)
        if (c->links[i].key == id) return c->links[i].id;
    return id;
}

/* ---- finding ---- */

typedef struct found {
    uint32_t ids[SYN_CONCEPTS_AT];
    size_t n, tokens;
} found;

static void take_id(uint32_t id, size_t tokens, found *f)
{
    bool known = false;
    if (tokens < f->tokens) return; /* a phrase beats its words */
    if (tokens > f->tokens) f->n = 0;
    f->tokens = tokens;
    for (size_t k = 0; k < f->n; k++) known |= f->ids[k] == id;
    if (!known && f->n < SYN_COUNT(f->ids)) f->ids[f->n++] = id;
}

/* Where a search looks: the forms of one language, or those of every language. */
typedef struct table {
    const syn_concepts *c;
    const syn_concepts_lang *l;
    uint32_t lang;
} table;

static void take(const table *in, uint64_t hash, size_t tokens, found *f)
{
    const syn_concepts *c = in->c;
    uint64_t mask = ((uint64_t)1 << c->head->bits) - 1, bit = syn_concepts_filter_bit(in->l, hash);
    if (!(c->filters[in->l->filter + bit / 64] >> bit % 64 & 1)) return;
    for (uint64_t i = hash & mask; c->slots[i]; i = (i + 1) & mask)
        if (c->slots[i] >> 16 == hash >> 16) take_id(c->ids[(c->slots[i] & 0xFFFF) - 1], tokens, f);
}

/* The longest known beginning, or ending, of a word. */
static void find_part(const table *in, syn_str word, bool end, found *f)
{
    const syn_concepts_lang *l = in->l;
    uint64_t h = syn_concepts_seed(in->lang, end ? SYN_CONCEPT_END : SYN_CONCEPT_BEGIN), best = 0;
    size_t chars = 0;
    for (size_t k = 0; k < word.n; k++) {
        const char *p = end ? word.p + word.n - 1 - k : word.p + k;
        h = syn_concepts_feed(h, (syn_str){p, 1});
        bool whole = end ? ((uint8_t)*p & 0xC0) != 0x80 : k + 1 == word.n || ((uint8_t)p[1] & 0xC0) != 0x80;
        if (!whole || ++chars < 3) continue;
        uint64_t hash = syn_concepts_close(h);
        if (chars == 3 && !syn_concepts_bit(end ? l->ends : l->begins, end ? sizeof l->ends : sizeof l->begins, hash))
            return;
        found trial = {0};
        take(in, hash, 1, &trial);
        if (trial.n) best = hash;
    }
    if (best) take(in, best, 1, f);
}

/* The longest known beginning of a phrase's last word; h: of the words before it. */
static void find_last(const table *in, uint64_t h, syn_str word, size_t tokens, found *f)
{
    uint64_t best = 0;
    for (size_t k = 0, chars = 0; k < word.n; k++) {
        h = syn_concepts_feed(h, (syn_str){word.p + k, 1});
        bool whole = k + 1 == word.n || ((uint8_t)word.p[k + 1] & 0xC0) != 0x80;
        if (!whole || ++chars < 3) continue;
        found trial = {0};
        take(in, syn_concepts_close(h), tokens, &trial);
        if (trial.n) best = syn_concepts_close(h);
    }
    if (best) take(in, best, tokens, f);
}

/* Hashes of a phrase so far, one for each way to read its words.  whole and begin are kept only where they are asked
   for: beside a stem that differs from its word, and in a phrase that goes on. */
typedef struct chains {
    uint64_t stem, whole, exact, written, begin;
    bool differs; /* whole is not stem */
} chains;

static chains chains_of(uint32_t lang)
{
    return (chains){.stem = syn_concepts_seed(lang, SYN_CONCEPT_STEM),
                    .exact = syn_concepts_seed(lang, SYN_CONCEPT_EXACT),
                    .written = syn_concepts_seed(lang, SYN_CONCEPT_WRITTEN),
                    .begin = syn_concepts_seed(lang, SYN_CONCEPT_PHRASE)};
}

static void feed_space(chains *h)
{
    h->stem = syn_concepts_feed(h->stem, SYN_STR(" "));
    h->whole = syn_concepts_feed(h->whole, SYN_STR(" "));
    h->exact = syn_concepts_feed(h->exact, SYN_STR(" "));
    h->written = syn_concepts_feed(h->written, SYN_STR(" "));
    h->begin = syn_concepts_feed(h->begin, SYN_STR(" "));
}

static void feed_word(chains *h, const syn_concept_word *w, unsigned kinds)
{
    bool differs = h->differs || !syn_str_eq(w->stem, w->folded);
    if (differs) h->whole = syn_concepts_feed(h->differs ? h->whole : h->stem, w->folded);
    h->differs = differs;
    h->stem = syn_concepts_feed(h->stem, w->stem);
    h->exact = syn_concepts_feed(h->exact, w->folded);
    if (kinds & SYN_CONCEPT_WRITTEN) h->written = syn_concepts_feed(h->written, w->printed);
}

/* The words as written win over the words as they are, these over their stems, and a stem over a word that is another
 * form's stem. */
static void take_best(const table *in, const chains *h, size_t tokens, found *f)
{
    unsigned kinds = in->l->kinds;
    if (kinds & SYN_CONCEPT_WRITTEN) take(in, syn_concepts_close(h->written), tokens, f);
    if (f->n && f->tokens >= tokens) return;
    if (kinds & SYN_CONCEPT_EXACT) take(in, syn_concepts_close(h->exact), tokens, f);
    if (f->n && f->tokens >= tokens) return;
    if (!(kinds & SYN_CONCEPT_STEM)) return;
    take(in, syn_concepts_close(h->stem), tokens, f);
    if (h->differs && !(f->n && f->tokens >= tokens)) take(in, syn_concepts_close(h->whole), tokens, f);
}

static bool may_go_on(const table *in, const syn_concept_word *w)
{
    const syn_concepts_lang *l = in->l;
    return syn_concepts_bit(l->phrases, sizeof l->phrases, syn_concept_head(w, false)) ||
           syn_concepts_bit(l->phrases, sizeof l->phrases, syn_concept_head(w, true));
}

static void find_phrases(const table *in, syn_texter *t, const syn_text *text, size_t i, const syn_concept_word *first,
                         found *f)
{
    const syn_concepts_lang *l = in->l;
    syn_concept_word w = *first;
    chains h = chains_of(in->lang);
    size_t most = first->unspaced && l->words ? SYN_CONCEPT_PIECES : l->words;
    for (size_t n = 0, at = i; n < most; n++) {
        if (n) {
            bool was_unspaced = w.unspaced;
            if (l->kinds & SYN_CONCEPT_PHRASE) h.begin = syn_concepts_feed(h.begin, w.stem);
            at = syn_concept_next(text, at);
            if (at == SIZE_MAX || !syn_concept_word_at(t, text, at, &w)) return;
            if (!was_unspaced || !w.unspaced || text->tokens[at].flags & SYN_TOK_SPACE) feed_space(&h);
            if (l->kinds & SYN_CONCEPT_PHRASE) find_last(in, h.begin, w.folded, at + 1 - i, f);
        }
        feed_word(&h, &w, l->kinds);
        take_best(in, &h, at + 1 - i, f);
        if (!n && !may_go_on(in, &w)) return;
    }
}

/* The forms that serve a language, its own or those of every language; false where there are none. */
static bool table_of(const syn_concepts *c, syn_lang lang, table *out)
{
    uint32_t at = c->head ? c->langs[lang].table : 0;
    if (!at) return false;
    *out = (table){c, &c->langs[at - 1], at - 1};
    return true;
}

static void find_in(const syn_concepts *c, syn_texter *t, const syn_text *text, size_t i, const syn_concept_word *w,
                    found *f)
{
    syn_lang lang = syn_token_lang(text, i);
    for (int own = lang != 0; own >= 0; own--) {
        table in;
        if (!table_of(c, own ? lang : 0, &in)) continue;
        size_t before = f->n;
        find_phrases(&in, t, text, i, w, f);
        if (f->n > before || f->tokens > 1 || text->tokens[i].kind != SYN_TOK_WORD) continue;
        if (in.l->kinds & SYN_CONCEPT_BEGIN) find_part(&in, w->folded, false, f);
        if (f->n == before && in.l->kinds & SYN_CONCEPT_END) find_part(&in, w->folded, true, f);
    }
}

/* Whether any form may be found in a language: for most languages there is none. */
static bool speaks(const syn_concepts *c, syn_lang lang)
{
    return c->head && (c->langs[lang].table || c->langs[0].table);
}

size_t syn_text_concepts(syn_texter *t, const syn_text *text, size_t i, uint32_t ids[SYN_CONCEPTS_AT], size_t *tokens)
{
    found f = {0};
    syn_concept_word w;
    syn_lang lang = syn_token_lang(text, i);
    bool any = false;
    for (size_t k = 0; k < t->nconcepts && !any; k++) any = speaks(&t->concepts[k], lang);
    if (!any || !syn_concept_word_at(t, text, i, &w)) return 0;
    for (size_t k = 0; k < t->nconcepts; k++) { /* a pack's forms count beside what the language's table has */
        found own = {0};
        find_in(&t->concepts[k], t, text, i, &w, &own);
        for (size_t m = 0; m < own.n; m++) take_id(own.ids[m], own.tokens, &f);
    }
    memcpy(ids, f.ids, f.n * sizeof *ids);
    *tokens = f.tokens;
    return f.n;
}

size_t syn_text_cues(syn_texter *t, const syn_text *text, size_t i, uint32_t ids[SYN_CONCEPTS_AT], size_t *tokens)
{
    found f = {0};
    syn_concept_word w;
    if (!speaks(t->cues, syn_token_lang(text, i)) || !syn_concept_word_at(t, text, i, &w)) return 0;
    find_in(t->cues, t, text, i, &w, &f);
    memcpy(ids, f.ids, f.n * sizeof *ids);
    *tokens = f.tokens;
    return f.n;
}
