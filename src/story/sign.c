/* sign.c - stage 5: what of an article is evidence that it tells one story with another.

   Every word gives its consonant skeleton, which a name keeps from one script to the next (and a cognate from one
   language to the next); figures, days, countries and concepts mean the same in every language; stems serve articles
   of one language.  How rare a key is, and so how much it says, is the grouper's to judge. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

const char *const syn_signal_names[SYN_SIGNALS] = {"name",  "figure", "concept", "word",
                                                   "place", "date",   "link",    "learned"};

enum {
    MAX_READINGS = 6,   /* keys of a word */
    MAX_ANNOTATED = 8,  /* concepts of a word that CLDR annotates */
    MAX_FEATURES = 4000 /* features kept of an article: the first ones, which stand in title and lead */
};

syn_str syn_story_whole(syn_arena *arena, const syn_article *a)
{
    const syn_str parts[] = {a->title, a->lead, a->text};
    syn_str out = {"", 0};
    size_t n = 0;
    char *p = syn_alloc(arena, a->title.n + a->lead.n + a->text.n + 3);
    if (!p) return out;
    for (size_t i = 0; i < SYN_COUNT(parts); i++) {
        /* a lead that the text repeats says nothing twice */
        if (!parts[i].n || (i == 1 && (syn_starts(a->text, a->lead) || syn_str_eq(a->lead, a->title)))) continue;
        if (n) p[n++] = '\n';
        memcpy(p + n, parts[i].p, parts[i].n);
        n += parts[i].n;
    }
    return (syn_str){p, n};
}

/* ---- collecting ---- */

/* What a word gives whenever it is said, kept by its first telling and used where another is printed alike. */
typedef struct given {
    syn_str printed;  /* empty: nothing is kept */
    bool stop, whole; /* whole: the rest is filled, too, which function words seldom need */
    bool no_phrase;   /* it begins none of the news' concepts */
    uint8_t nconcepts, nkeys;
    int strength;
    uint32_t concepts[MAX_ANNOTATED];
    uint64_t stem, keys[MAX_READINGS];
} given;

typedef struct collector {
    syn_arena *arena;
    const syn_lexicon *lex;
    syn_texter *texter;
    const syn_text *text;
    given *given;        /* by word of the text */
    uint64_t vocabulary; /* of the text's language */
    syn_str title;
    syn_feature *features;
    syn_str *surfaces;
    size_t n, cap;
    uint32_t *slots; /* hash of (signal, key) -> 1 + feature */
    size_t nslots;
    uint8_t alternatives;
    bool failed;
} collector;

static float position_weight(const collector *c, size_t at)
{
    if (at < c->title.n) return 3.0f;
    return at < c->title.n + 600 ? 2.0f : 1.0f;
}

/* Equal keys of two signals must not meet. */
static uint64_t of_signal(syn_signal signal, uint64_t key)
{
    key ^= (uint64_t)(signal + 1) * 0x9E3779B97F4A7C15u;
    return key ? key : 1;
}

static uint64_t concept_key(uint32_t id)
{
    return syn_hash((syn_str){(const char *)&id, sizeof id}, 1);
}

static uint64_t place_key(uint32_t place)
{
    return syn_hash((syn_str){(const char *)&place, sizeof place}, 4);
}

uint64_t syn_story_name_key(uint64_t key)
{
    return of_signal(SYN_SIGNAL_NAME, key);
}

uint64_t syn_story_place_key(uint32_t place)
{
    return of_signal(SYN_SIGNAL_PLACE, place_key(place));
}

uint64_t syn_story_concept_key(uint32_t id)
{
    return of_signal(SYN_SIGNAL_CONCEPT, concept_key(id));
}

static void collect(collector *c, syn_signal signal, uint64_t key, float weight, uint8_t alt, uint8_t common,
                    syn_span span)
{
    if (c->failed) return;
    key = of_signal(signal, key);
    weight *= position_weight(c, span.start);
    size_t i = key & (c->nslots - 1);
    while (c->slots[i]) {
        syn_feature *f = &c->features[c->slots[i] - 1];
        if (f->key == key) {
            f->weight += weight * 0.5f;
            if (common < f->common) f->common = common;
            return;
        }
        i = (i + 1) & (c->nslots - 1);
    }
    if (c->n >= MAX_FEATURES) return;
    if (!syn_grow(c->arena, &c->features, &c->cap, c->n + 1, sizeof *c->features)) {
        c->failed = true;
        return;
    }
    c->features[c->n] = (syn_feature){key, weight, (uint8_t)signal, alt, common, span};
    c->slots[i] = (uint32_t)++c->n;
}

/* Language tag without region: words of "pt-BR" and "pt" are one vocabulary. */
static uint64_t vocabulary(const syn_lexicon *lex, syn_lang lang)
{
    return syn_hash(syn_str_of(syn_lexicon_info(lex, lang)->tag), 77);
}

static void collect_concept(collector *c, uint32_t id, float weight, syn_span span)
{
    collect(c, SYN_SIGNAL_CONCEPT, concept_key(id), weight, 0, 2, span);
}

static void take_annotations(const syn_lex_hit *hits, size_t n, given *g)
{
    for (size_t k = 0; k < n && g->nconcepts < MAX_ANNOTATED; k++)
        if (hits[k].kind == SYN_LEX_CONCEPT) g->concepts[g->nconcepts++] = hits[k].id;
}

/* CLDR's annotations of a word, which every language has, or of its stem. */
static void find_annotated(const collector *c, const syn_lex_known *known, syn_lang lang, syn_str folded, syn_str stem,
                           given *g)
{
    syn_lex_hit hits[MAX_ANNOTATED];
    take_annotations(known->hits, known->n, g);
    if (g->nconcepts || stem.n >= folded.n) return;
    size_t n = syn_lexicon_find(c->lex, lang, SYN_LEX_CONCEPT, stem, hits, MAX_ANNOTATED);
    take_annotations(hits, n < MAX_ANNOTATED ? n : MAX_ANNOTATED, g);
}

/* What the lexicon has of token i; *own is where to put it if it is of another language than the text. */
static const syn_lex_known *known_at(const collector *c, size_t i, syn_lang lang, syn_lex_known *own)
{
    if (lang == c->text->lang) return syn_token_known(c->text, i);
    syn_str word = syn_token_folded(c->text, i);
    *own = (syn_lex_known){.hits = NULL};
    syn_lexicon_know(c->lex, lang, &word, 1, c->arena, own);
    return own;
}

/* What token i's word gives; own is where to put it if it is of another language than the text. */
static given *given_by(const collector *c, size_t i, bool in_name, given *own)
{
    const syn_text *t = c->text;
    syn_lang lang = syn_token_lang(t, i);
    syn_str printed = syn_token_str(t, i);
    given *g = lang == t->lang ? &c->given[t->tokens[i].word] : own;
    syn_lex_known other;
    const syn_lex_known *known = known_at(c, i, lang, &other);
    if (lang != t->lang || !syn_str_eq(g->printed, printed))
        *g = (given){.printed = printed, .stop = (known->kinds & SYN_LEX_STOP) != 0};
    if (g->whole || (g->stop && !in_name)) return g;
    syn_str stem = syn_text_stem_at(c->texter, t, i);
    g->whole = true;
    g->stem = syn_hash(stem, lang == t->lang ? c->vocabulary : vocabulary(c->lex, lang));
    find_annotated(c, known, lang, syn_token_folded(t, i), stem, g);
    g->nkeys = (uint8_t)syn_name_keys(c->lex, printed, lang, g->keys, MAX_READINGS, &g->strength);
    return g;
}

/* The concepts of token i: of the news, which may be a phrase up to *end, and those that its word is annotated with. */
static void collect_concepts(collector *c, size_t i, given *g, size_t *end)
{
    const syn_token *tok = &c->text->tokens[i];
    uint32_t ids[SYN_CONCEPTS_AT];
    size_t tokens = 0, nids = 0;
    if (i >= *end && !g->no_phrase) {
        nids = syn_text_concepts(c->texter, c->text, i, ids, &tokens);
        g->no_phrase = !tokens;
    }
    for (size_t k = 0; k < nids; k++)
        collect_concept(c, ids[k], 1.0f / (float)nids, (syn_span){tok->start, c->text->tokens[i + tokens - 1].end});
    if (nids) *end = i + tokens;
    if (g->stop) return;
    for (size_t k = 0; k < g->nconcepts; k++) {
        bool known = false;
        for (size_t m = 0; m < nids; m++) known |= ids[m] == g->concepts[k];
        if (!known) collect_concept(c, g->concepts[k], 1.0f / (float)g->nconcepts, (syn_span){tok->start, tok->end});
    }
}

static void collect_word(collector *c, size_t i, bool in_name, size_t *concept_end)
{
    const syn_token *tok = &c->text->tokens[i];
    syn_span span = {tok->start, tok->end};
    given own;
    if (tok->fold_start == tok->fold_end) return;
    given *g = given_by(c, i, in_name, &own);
    collect_concepts(c, i, g, concept_end);
    if (g->stop && !in_name) return;
    uint8_t common = in_name ? 0 : 2;
    collect(c, SYN_SIGNAL_WORD, g->stem, 1, 0, common, span);
    if (g->strength < 2) return;
    uint8_t alt = 0;
    if (g->nkeys > 1) alt = c->alternatives = (uint8_t)(c->alternatives == 255 ? 1 : c->alternatives + 1);
    common = (uint8_t)(common + (g->strength < 4)); /* short skeletons meet by chance */
    float weight = (g->strength == 2 ? 0.5f : g->strength == 3 ? 0.8f : 1.0f) * (in_name ? 1.5f : 1.0f);
    for (size_t k = 0; k < g->nkeys; k++) collect(c, SYN_SIGNAL_NAME, g->keys[k], weight, alt, common, span);
}

/* A value as a key: six digits count, so that a rounding by the reader of digits does not part equal figures. */
static uint64_t figure_key(double v)
{
    char digits[32];
    int n = snprintf(digits, sizeof digits, "%.6g", fabs(v));
    return syn_hash((syn_str){digits, n > 0 ? (size_t)n : 0}, 2);
}

/* Everyone counts to twelve; years and round tens are everywhere. */
static uint8_t figure_common(double v)
{
    v = fabs(v);
    if (v <= 12) return 3;
    return v <= 100 || (v >= 1900 && v <= 2100 && v == floor(v)) ? 2 : 0;
}

/* Digits that count nothing, a match's score or an aircraft's type, tell a story all the same. */
static void collect_digits(collector *c, const syn_text *t, size_t i)
{
    double v;
    if (!syn_parse_double(syn_token_folded(t, i), &v)) return;
    collect(c, SYN_SIGNAL_FIGURE, figure_key(v), 1, 0, figure_common(v),
            (syn_span){t->tokens[i].start, t->tokens[i].end});
}

static void collect_fact(collector *c, const syn_fact *f)
{
    int32_t days[2] = {f->from, f->to};
    switch ((syn_fact_kind)f->kind) {
    case SYN_FACT_NUMBER:
    case SYN_FACT_PERCENT:
    case SYN_FACT_MONEY:
    case SYN_FACT_ORDINAL:
        collect(c, SYN_SIGNAL_FIGURE, figure_key(f->value), f->kind == SYN_FACT_ORDINAL ? 0.5f : 1.0f, 0,
                figure_common(f->value), f->span);
        if (f->flags & SYN_FACT_RANGE)
            collect(c, SYN_SIGNAL_FIGURE, figure_key(f->value2), 1, 0, figure_common(f->value2), f->span);
        break;
    case SYN_FACT_DATE:
    case SYN_FACT_DATERANGE:
        if (f->from != SYN_NO_DAY)
            collect(c, SYN_SIGNAL_DATE, syn_hash((syn_str){(const char *)days, sizeof days}, 3), 1, 0,
                    f->to - f->from > 31 ? 2 : 0, f->span);
        break;
    case SYN_FACT_PLACE:
        /* not every language's table has the regions: their names say more than their country */
        if (f->place && !f->region) collect(c, SYN_SIGNAL_PLACE, place_key(f->place), 1, 0, 2, f->span);
        break;
    default:
        break;
    }
}

/* ---- reprints: a sketch of the text's word runs ---- */

enum {
    SHINGLE = 4,
    SKETCH = 64,
    LEAST_REPRINT = 80 /* bytes of folded text: a shorter one may be said twice without being copied */
};

static void sketch(const syn_text *t, syn_signature *s, uint64_t *out)
{
    uint64_t run[SHINGLE] = {0};
    size_t words = 0;
    for (size_t k = 0; k < SKETCH; k++) out[k] = UINT64_MAX;
    for (size_t i = 0; i < t->ntokens; i++) {
        if (t->tokens[i].kind == SYN_TOK_PUNCT) continue;
        memmove(run, run + 1, sizeof run - sizeof *run);
        run[SHINGLE - 1] = syn_hash(syn_token_folded(t, i), 5);
        if (++words < SHINGLE) continue;
        /* one-permutation min-hash: each run falls into one of SKETCH bins (Li, Owen, Zhang 2012) */
        uint64_t h = syn_hash((syn_str){(const char *)run, sizeof run}, 6);
        size_t bin = h % SKETCH;
        if (h / SKETCH < out[bin]) out[bin] = h / SKETCH;
    }
    s->shingles = out;
    s->nshingles = words >= 40 ? SKETCH : 0; /* shorter texts have too few runs to judge by */
}

static syn_day spoken_of(const syn_facts *facts)
{
    syn_day latest = SYN_NO_DAY;
    size_t n = 0;
    for (size_t i = 0; i < facts->n; i++) {
        const syn_fact *f = &facts->items[i];
        if ((f->kind != SYN_FACT_DATE && f->kind != SYN_FACT_DATERANGE) || f->from == SYN_NO_DAY) continue;
        if ((int64_t)f->to - f->from > 366) continue; /* a plan's period says nothing of the day */
        n++;
        if (f->to > latest) latest = f->to;
    }
    return n >= 2 ? latest : SYN_NO_DAY;
}

/* A host with whatever follows it, or a name: hashed without its "www." and what follows; 0 for none. */
static uint64_t host_hash(syn_str host)
{
    for (size_t i = 0; i < host.n; i++)
        if (host.p[i] == '/' || host.p[i] == '?' || host.p[i] == '#') host = syn_slice(host, 0, i);
    if (syn_starts_i(host, SYN_STR("www."))) host = syn_slice(host, 4, host.n);
    host = syn_trim(host);
    return host.n ? syn_hash(host, 9) : 0;
}

/* The same of an address; 0 where it has no host. */
static uint64_t host_of(syn_str url)
{
    size_t at = syn_find(url, SYN_STR("://"), 0);
    return at == SIZE_MAX ? 0 : host_hash(syn_slice(url, at + 3, url.n));
}

/* A source is given as an address, a host or a name. */
static uint64_t source_of(syn_str source)
{
    uint64_t host = host_of(source);
    return host ? host : host_hash(source);
}

static int by_signal_and_key(const void *a, const void *b)
{
    const syn_feature *x = a, *y = b;
    if (x->signal != y->signal) return x->signal < y->signal ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

/* Keys are hashes, so that their first bits deal them out evenly. */
enum { DEALT_BITS = 8, DEALT = SYN_SIGNALS << DEALT_BITS, FEW = 16 };

static size_t dealt_to(const syn_feature *f)
{
    return (size_t)f->signal << DEALT_BITS | f->key >> (64 - DEALT_BITS);
}

static void sort_few(syn_feature *f, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        syn_feature one = f[i];
        size_t at = i;
        for (; at > 0 && by_signal_and_key(&f[at - 1], &one) > 0; at--) f[at] = f[at - 1];
        f[at] = one;
    }
}

/* Features in the order of signal and key, surfaces alongside. */
static bool sort_features(collector *c)
{
    syn_feature *sorted = SYN_NEW_ARRAY(c->arena, syn_feature, c->n + 1);
    syn_str *surfaces = SYN_NEW_ARRAY(c->arena, syn_str, c->n + 1);
    uint32_t *end = SYN_NEW_ARRAY(c->arena, uint32_t, DEALT + 1);
    if (!sorted || !surfaces || !end) return false;
    for (size_t i = 0; i < c->n; i++) end[dealt_to(&c->features[i]) + 1]++;
    for (size_t k = 1; k <= DEALT; k++) end[k] += end[k - 1];
    for (size_t i = 0; i < c->n; i++) sorted[end[dealt_to(&c->features[i])]++] = c->features[i];
    for (size_t k = 0, from = 0; k < DEALT; from = end[k++]) {
        if (end[k] - from > FEW)
            qsort(sorted + from, end[k] - from, sizeof *sorted, by_signal_and_key);
        else
            sort_few(sorted + from, end[k] - from);
    }
    /* alt is unique only among 255 neighbours; span.start finds the surface again */
    for (size_t i = 0; i < c->n; i++) surfaces[i] = syn_slice(c->text->src, sorted[i].span.start, sorted[i].span.end);
    c->features = sorted;
    c->surfaces = surfaces;
    return true;
}

syn_code syn_story_sign(syn_arena *arena, const syn_lexicon *lex, syn_texter *texter, const syn_article *article,
                        const syn_text *whole, const syn_facts *facts, syn_signature **out, syn_err *err)
{
    syn_signature *s = SYN_NEW(arena, syn_signature);
    uint64_t *shingles = SYN_NEW_ARRAY(arena, uint64_t, SKETCH);
    collector c = {.arena = arena, .lex = lex, .texter = texter, .text = whole, .title = article->title};
    c.nslots = 4 * 8192;
    c.vocabulary = vocabulary(lex, whole->lang);
    while (c.nslots > 256 && c.nslots / 8 > whole->ntokens) c.nslots /= 2;
    c.slots = SYN_NEW_ARRAY(arena, uint32_t, c.nslots);
    c.given = SYN_NEW_ARRAY(arena, given, whole->nwords + 1);
    size_t likely = 2 * whole->ntokens + 64 < MAX_FEATURES ? 2 * whole->ntokens + 64 : MAX_FEATURES;
    if (!s || !shingles || !c.slots || !c.given || !syn_grow(arena, &c.features, &c.cap, likely, sizeof *c.features))
        return syn_fail(err, SYN_ENOMEM, 0, "no memory for a signature");

    size_t fact = 0, concept_end = 0;
    uint32_t name_end = 0, figure_end = 0;
    for (size_t i = 0; i < whole->ntokens; i++) {
        const syn_token *tok = &whole->tokens[i];
        for (; fact < facts->n && facts->items[fact].span.start <= tok->start; fact++) {
            const syn_fact *f = &facts->items[fact];
            if (f->kind == SYN_FACT_NAME || f->kind == SYN_FACT_PLACE) {
                if (f->span.end > name_end) name_end = f->span.end;
            } else if (f->kind != SYN_FACT_QUOTE && f->span.end > figure_end) {
                figure_end = f->span.end;
            }
            collect_fact(&c, f);
        }
        if (tok->start < figure_end) continue;
        if (tok->kind == SYN_TOK_WORD)
            collect_word(&c, i, tok->start < name_end, &concept_end);
        else if (tok->kind == SYN_TOK_NUMBER)
            collect_digits(&c, whole, i);
    }
    for (size_t i = 0; i < article->nimages; i++) {
        syn_str src = article->images[i].src;
        size_t slash = src.n;
        while (slash && src.p[slash - 1] != '/') slash--;
        syn_str file = syn_slice(src, slash, src.n);
        if (file.n >= 8) collect(&c, SYN_SIGNAL_LINK, syn_hash(file, 7), 1, 0, 0, (syn_span){0, 0});
    }
    if (article->source.n > 12) collect(&c, SYN_SIGNAL_LINK, syn_hash(article->source, 7), 2, 0, 0, (syn_span){0, 0});
    if (article->url.n > 12) collect(&c, SYN_SIGNAL_LINK, syn_hash(article->url, 7), 2, 0, 0, (syn_span){0, 0});
    for (size_t i = 0; i < article->nalternates; i++)
        collect(&c, SYN_SIGNAL_LINK, syn_hash(article->alternates[i].url, 7), 2, 0, 0, (syn_span){0, 0});
    if (c.failed || !sort_features(&c)) return syn_fail(err, SYN_ENOMEM, 0, "no memory for a signature");

    s->id = article->id;
    s->lang = article->lang;
    s->when = article->published.seconds;
    s->spoken_of = spoken_of(facts);
    s->outlet = article->outlet.n ? syn_hash(article->outlet, 9) : host_of(article->url);
    s->site = host_of(article->url);
    s->source = source_of(article->source);
    s->content = whole->folded.text.n >= LEAST_REPRINT ? syn_hash(whole->folded.text, 8) : 0;
    sketch(whole, s, shingles);
    s->features = c.features;
    s->nfeatures = (uint32_t)c.n;
    s->surfaces = c.surfaces;
    *out = s;
    return SYN_OK;
}
