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
    bool may; /* a form may begin with the word, whatever follows it here */
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

static bool filtered(const table *in, uint64_t hash)
{
    uint64_t bit = syn_concepts_filter_bit(in->l, hash);
    return in->c->filters[in->l->filter + bit / 64] >> bit % 64 & 1;
}

static void take(const table *in, uint64_t hash, size_t tokens, found *f)
{
    const syn_concepts *c = in->c;
    uint64_t mask = ((uint64_t)1 << c->head->bits) - 1;
    if (!filtered(in, hash)) return;
    for (uint64_t i = hash & mask; c->slots[i]; i = (i + 1) & mask)
        if (c->slots[i] >> 16 == hash >> 16) take_id(c->ids[(c->slots[i] & 0xFFFF) - 1], tokens, f);
}

/* The longest known beginning, or ending, of a word. */
static void find_part(const table *in, syn_str word, bool end, found *f)
{
    const syn_concepts_lang *l = in->l;
    uint64_t h = syn_concepts_seed(in->lang), best = 0;
    size_t chars = 0;
    unsigned kind = end ? SYN_CONCEPT_END : SYN_CONCEPT_BEGIN;
    for (size_t k = 0; k < word.n; k++) {
        const char *p = end ? word.p + word.n - 1 - k : word.p + k;
        h = syn_concepts_feed(h, (syn_str){p, 1});
        bool whole = end ? ((uint8_t)*p & 0xC0) != 0x80 : k + 1 == word.n || ((uint8_t)p[1] & 0xC0) != 0x80;
        if (!whole || ++chars < 3) continue;
        uint64_t hash = syn_concepts_close(h, kind);
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
        take(in, syn_concepts_close(h, SYN_CONCEPT_PHRASE), tokens, &trial);
        if (trial.n) best = syn_concepts_close(h, SYN_CONCEPT_PHRASE);
    }
    if (best) take(in, best, tokens, f);
}

/* Hashes of a phrase so far, one for each way to read its words: by their stems, as they are, as they are printed. */
typedef struct chains {
    uint64_t stem, whole, written;
} chains;

static uint64_t feed(uint64_t h, bool space, syn_str s)
{
    return syn_concepts_feed(space ? syn_concepts_feed(h, SYN_STR(" ")) : h, s);
}

static void feed_word(chains *h, bool space, const syn_concept_word *w, unsigned kinds)
{
    bool same = h->stem == h->whole && syn_str_eq(w->stem, w->folded);
    h->stem = feed(h->stem, space, w->stem);
    h->whole = same ? h->stem : feed(h->whole, space, w->folded);
    if (kinds & SYN_CONCEPT_WRITTEN) h->written = feed(h->written, space, w->printed);
}

/* Whether the filter has any of the readings. */
static bool any_filtered(const table *in, const chains *h, unsigned kind)
{
    return filtered(in, syn_concepts_close(h->stem, kind)) ||
           (h->whole != h->stem && filtered(in, syn_concepts_close(h->whole, kind))) ||
           ((in->l->kinds & SYN_CONCEPT_WRITTEN) && filtered(in, syn_concepts_close(h->written, kind)));
}

/* The words as written win over the words as they are, these over their stems, and a stem over a word that is another
 * form's stem. */
static void take_best(const table *in, const chains *h, size_t tokens, found *f)
{
    unsigned kinds = in->l->kinds;
    if (kinds & SYN_CONCEPT_WRITTEN) take(in, syn_concepts_close(h->written, SYN_CONCEPT_WRITTEN), tokens, f);
    if (f->n && f->tokens >= tokens) return;
    if (kinds & SYN_CONCEPT_EXACT) take(in, syn_concepts_close(h->whole, SYN_CONCEPT_EXACT), tokens, f);
    if (f->n && f->tokens >= tokens) return;
    if (!(kinds & SYN_CONCEPT_STEM)) return;
    take(in, syn_concepts_close(h->stem, SYN_CONCEPT_STEM), tokens, f);
    if (h->whole != h->stem && !(f->n && f->tokens >= tokens))
        take(in, syn_concepts_close(h->whole, SYN_CONCEPT_STEM), tokens, f);
}

static syn_str first_char(syn_str s)
{
    uint32_t cp;
    return s.n ? syn_slice(s, 0, syn_utf8_next(s, 0, &cp)) : s;
}

/* Whether a form begins with the word, or its first character where the script has no spaces. */
static bool may_begin(const table *in, const syn_concept_word *w)
{
    uint64_t seed = syn_concepts_seed(in->lang);
    chains h = {seed, seed, seed};
    syn_concept_word first = *w;
    if (w->unspaced) {
        first.stem = first_char(w->stem);
        first.folded = first_char(w->folded);
        first.printed = first_char(w->printed);
    }
    feed_word(&h, false, &first, in->l->kinds);
    return any_filtered(in, &h, SYN_CONCEPT_FIRST);
}

static void find_phrases(const table *in, syn_texter *t, const syn_text *text, size_t i, const syn_concept_word *first,
                         found *f)
{
    const syn_concepts_lang *l = in->l;
    syn_concept_word w = *first;
    uint64_t seed = syn_concepts_seed(in->lang);
    chains h = {seed, seed, seed};
    size_t most = first->unspaced && l->words ? SYN_CONCEPT_PIECES : l->words;
    if (!may_begin(in, first)) return;
    f->may = true;
    for (size_t n = 0, at = i; n < most; n++) {
        bool space = false;
        if (n) {
            bool was_unspaced = w.unspaced;
            at = syn_concept_next(text, at);
            if (at == SIZE_MAX || !syn_concept_word_at(t, text, at, &w)) return;
            space = !was_unspaced || !w.unspaced || text->tokens[at].flags & SYN_TOK_SPACE;
            if (l->kinds & SYN_CONCEPT_PHRASE)
                find_last(in, feed(h.stem, space, (syn_str){"", 0}), w.folded, at + 1 - i, f);
        }
        feed_word(&h, space, &w, l->kinds);
        take_best(in, &h, at + 1 - i, f);
        if (!any_filtered(in, &h, SYN_CONCEPT_GOES_ON)) return;
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
    *tokens = 0;
    for (size_t k = 0; k < t->nconcepts && !any; k++) any = speaks(&t->concepts[k], lang);
    if (!any || !syn_concept_word_at(t, text, i, &w)) return 0;
    for (size_t k = 0; k < t->nconcepts; k++) { /* a pack's forms count beside what the language's table has */
        found own = {0};
        find_in(&t->concepts[k], t, text, i, &w, &own);
        for (size_t m = 0; m < own.n; m++) take_id(own.ids[m], own.tokens, &f);
        f.may |= own.may;
    }
    memcpy(ids, f.ids, f.n * sizeof *ids);
    *tokens = f.n ? f.tokens : f.may;
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
