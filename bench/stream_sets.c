/* stream_sets.c - labelled articles, and the stream made from them. */
#include "stream.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../src/story/internal.h"

enum { TEXT_KEPT = 450, FEW = 2, OWN = UINT32_MAX };

/* Keys that are alike: of one signal, of one language or of several, held by about as many stories. */
typedef struct class
{
    uint64_t *keys;
    size_t n, cap;
} class_t;

/* A feature's change is OWN, or its key's place in all keys of all classes. */
struct classes {
    struct place {
        uint32_t class, at;
    } * places;
    class_t *all;
    size_t nplaces, places_cap, n, cap;
};

_Noreturn void stream_die(const char *what)
{
    fprintf(stderr, "stream: %s\n", what);
    exit(1);
}

static syn_str slurp(const char *path)
{
    FILE *f = fopen(path, "rb");
    syn_buf b = {0};
    char piece[1 << 16];
    if (!f) stream_die(path);
    for (size_t got; (got = fread(piece, 1, sizeof piece, f)) > 0;) syn_buf_add(&b, (syn_str){piece, got});
    fclose(f);
    if (b.failed) stream_die("no memory");
    return syn_buf_str(&b);
}

/* ---- labelled articles ---- */

static syn_signature *kept(syn_arena *mem, const syn_signature *s)
{
    syn_buf packed = {0};
    syn_signature *out;
    syn_err err = {0};
    if (syn_signature_pack(s, &packed) || syn_signature_unpack(mem, syn_dup(mem, syn_buf_str(&packed)), &out, &err))
        stream_die("no memory");
    syn_buf_free(&packed);
    return out;
}

static void keep_text(sets *s, syn_session *session, telling *t, const syn_article *a)
{
    syn_err err = {0};
    syn_str text = syn_dup(&s->mem, syn_utf8_head(a->text, TEXT_KEPT));
    syn_arena *scratch = &session->mem;
    t->article = SYN_NEW(&s->mem, syn_article);
    if (!t->article) stream_die("no memory");
    t->article->title = syn_dup(&s->mem, a->title);
    t->article->lang = syn_dup(&s->mem, a->lang);
    t->article->outlet = syn_dup(&s->mem, a->outlet);
    t->article->text = text;
    /* tokens and facts live as long as the set */
    syn_arena whole = *scratch;
    *scratch = s->mem;
    if (syn_api_understand(session, text, a->lang, SYN_NO_DAY, &t->text, &t->facts, &err)) stream_die(err.line);
    s->mem = *scratch;
    *scratch = whole;
}

void stream_load(sets *s, syn_session *session, const char *articles, const char *stories, bool text)
{
    syn_err err = {0};
    syn_arena mem = {0};
    syn_map story_of = {.arena = &mem}, numbers = {.arena = &mem};
    syn_str gold = slurp(stories), lines = slurp(articles);
    for (syn_str rest = gold, line, id, story; syn_split(&rest, '\n', &line);) {
        if (!line.n || line.p[0] == '#' || !syn_split(&line, '\t', &id) || !syn_split(&line, '\t', &story)) continue;
        uint64_t *v = syn_map_add(&story_of, id);
        if (!v) stream_die("no memory");
        *v = syn_hash(story, 1);
    }
    for (syn_str rest = lines, line; syn_split(&rest, '\n', &line);) {
        syn_article *a;
        syn_derived d;
        syn_json *j = syn_json_parse(line, &err);
        syn_arena_reset(&session->mem);
        if (!j || syn_article_parse(&session->mem, j, &a, &err)) stream_die(err.line);
        const uint64_t *story = syn_map_get(&story_of, a->id);
        if (story && a->text.n) {
            if (syn_api_derive(session, a, &d, &err)) stream_die(err.line);
            if (!syn_grow(&s->mem, &s->tellings, &s->cap, s->n + 1, sizeof *s->tellings)) stream_die("no memory");
            telling *t = &s->tellings[s->n++];
            *t = (telling){.gold = *story, .signature = kept(&s->mem, d.signature)};
            if (text) keep_text(s, session, t, a);
            uint64_t *number = syn_map_add(&numbers, (syn_str){(const char *)story, sizeof *story});
            if (!number || !syn_grow(&s->mem, &s->stories, &s->stories_cap, s->nstories + 1, sizeof *s->stories))
                stream_die("no memory");
            if (!*number) {
                s->stories[s->nstories] = (telling_list){0};
                *number = ++s->nstories;
            }
            t->story = (uint32_t)*number - 1;
            telling_list *l = &s->stories[t->story];
            if (!syn_grow(&s->mem, &l->items, &l->cap, l->n + 1, sizeof *l->items)) stream_die("no memory");
            l->items[l->n++] = (uint32_t)(s->n - 1);
        }
        syn_json_free(j);
    }
    free((void *)(uintptr_t)gold.p);
    free((void *)(uintptr_t)lines.p);
    syn_arena_free(&mem);
}

/* What is known of a key over all the sets. */
typedef struct holding {
    uint32_t holders, last; /* stories; 1 + the one counted last */
    uint32_t lang;          /* hash of its language, 0: several */
    uint32_t common;        /* as the feature's: the rarest that it was taken for */
} holding;

static uint32_t magnitude(uint32_t n)
{
    uint32_t m = 0;
    while (n >> (m + 1)) m++;
    return m;
}

static table count_holders(const sets *s, holding **out)
{
    table numbers = {0};
    holding *all = NULL;
    size_t n = 0, cap = 0;
    for (uint32_t story = 0; story < s->nstories; story++) {
        for (size_t k = 0; k < s->stories[story].n; k++) {
            const syn_signature *sig = s->tellings[s->stories[story].items[k]].signature;
            uint32_t lang = (uint32_t)syn_hash(sig->lang, 3) | 1;
            for (uint32_t f = 0; f < sig->nfeatures; f++) {
                uint32_t *number = syn_table_add(&numbers, sig->features[f].key);
                if (!number || !syn_story_grow(&all, &cap, n + 1, sizeof *all)) stream_die("no memory");
                if (!*number) {
                    all[n] = (holding){.lang = lang, .common = sig->features[f].common};
                    *number = (uint32_t)++n;
                }
                holding *h = &all[*number - 1];
                h->holders += h->last != story + 1;
                h->last = story + 1;
                if (h->lang != lang) h->lang = 0;
                if (sig->features[f].common < h->common) h->common = sig->features[f].common;
            }
        }
    }
    *out = all;
    return numbers;
}

static uint32_t place_of(sets *s, table *classes, const syn_feature *f, const holding *h)
{
    struct classes *c = s->classes;
    uint64_t kind[4] = {f->signal, magnitude(h->holders), h->lang, h->common};
    uint32_t *number = syn_table_add(classes, syn_hash((syn_str){(const char *)kind, sizeof kind}, 4) | 1);
    if (!number || !syn_grow(&s->mem, &c->all, &c->cap, c->n + 1, sizeof *c->all)) stream_die("no memory");
    if (!*number) *number = (uint32_t)++c->n;
    class_t *x = &c->all[*number - 1];
    if (!syn_grow(&s->mem, &x->keys, &x->cap, x->n + 1, sizeof *x->keys) ||
        !syn_grow(&s->mem, &c->places, &c->places_cap, c->nplaces + 1, sizeof *c->places))
        stream_die("no memory");
    c->places[c->nplaces] = (struct place){*number - 1, (uint32_t)x->n};
    x->keys[x->n++] = f->key;
    return (uint32_t)c->nplaces++;
}

void stream_ready(sets *s)
{
    table classes = {0}, placed = {0}; /* kind -> 1 + its class; key -> 1 + its place */
    holding *all;
    table numbers = count_holders(s, &all);
    s->classes = SYN_NEW(&s->mem, struct classes);
    if (!s->classes) stream_die("no memory");
    for (size_t i = 0; i < s->n; i++) {
        const syn_signature *sig = s->tellings[i].signature;
        uint32_t *changes = s->tellings[i].changes = SYN_NEW_ARRAY(&s->mem, uint32_t, sig->nfeatures);
        if (!changes) stream_die("no memory");
        for (uint32_t f = 0; f < sig->nfeatures; f++) {
            const syn_feature *x = &sig->features[f];
            const holding *h = &all[*syn_table_get(&numbers, x->key) - 1];
            bool limited = x->signal == SYN_SIGNAL_CONCEPT || x->signal == SYN_SIGNAL_PLACE;
            changes[f] = OWN;
            if (h->holders <= FEW && !limited) continue;
            uint32_t *place = syn_table_add(&placed, x->key);
            if (!place) stream_die("no memory");
            if (!*place) *place = 1 + place_of(s, &classes, x, h);
            changes[f] = *place - 1;
        }
    }
    free(all);
    syn_table_free(&numbers);
    syn_table_free(&classes);
    syn_table_free(&placed);
}

/* ---- the stream ---- */

typedef struct coming {
    double when; /* days */
    uint64_t event;
    uint32_t telling;
} coming;

struct stream {
    const sets *s;
    uint64_t chance, event, number;
    double now, every; /* days; between two events */
    coming *heap;
    size_t n, cap;
    uint32_t *drawn;
    made out;
    syn_feature features[8192];
    syn_str surfaces[8192];
    uint64_t shingles[64];
};

static uint64_t mixed(uint64_t a, uint64_t b)
{
    uint64_t h = (a ^ b * 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u;
    h = (h ^ h >> 29) * 0x94D049BB133111EBu;
    return h ^ h >> 32;
}

static double draw(stream *m)
{
    m->chance = m->chance * 6364136223846793005u + 1442695040888963407u;
    return (double)(m->chance >> 11) / 9007199254740992.0;
}

/* How many outlets tell it: most events one or two, a few nearly all. */
static size_t how_many(double u, size_t n)
{
    size_t k = (size_t)pow((double)n, u * u);
    return k < 1 ? 1 : k > n ? n : k;
}

stream *stream_new(const sets *s, double a_day, uint64_t seed)
{
    stream *m = calloc(1, sizeof *m);
    double mean = 0;
    size_t most = 0;
    if (!m) stream_die("no memory");
    for (size_t k = 0; k < s->nstories; k++) {
        if (s->stories[k].n > most) most = s->stories[k].n;
        for (int u = 0; u < 1000; u++) mean += (double)how_many((u + 0.5) / 1000, s->stories[k].n) / 1000;
    }
    m->s = s;
    m->chance = seed;
    m->every = mean / (double)s->nstories / a_day;
    m->drawn = calloc(most + 1, sizeof *m->drawn);
    if (!m->drawn) stream_die("no memory");
    return m;
}

void stream_free(stream *m)
{
    free(m->heap);
    free(m->drawn);
    free(m);
}

static bool sooner(const coming *a, const coming *b)
{
    return a->when != b->when ? a->when < b->when : a->telling < b->telling;
}

static void push(stream *m, coming c)
{
    if (!syn_story_grow(&m->heap, &m->cap, m->n + 1, sizeof *m->heap)) stream_die("no memory");
    size_t i = m->n++;
    for (; i && sooner(&c, &m->heap[(i - 1) / 2]); i = (i - 1) / 2) m->heap[i] = m->heap[(i - 1) / 2];
    m->heap[i] = c;
}

static coming pop(stream *m)
{
    coming top = m->heap[0], c = m->heap[--m->n];
    size_t i = 0;
    for (size_t child; (child = 2 * i + 1) < m->n; i = child) {
        if (child + 1 < m->n && sooner(&m->heap[child + 1], &m->heap[child])) child++;
        if (!sooner(&m->heap[child], &c)) break;
        m->heap[i] = m->heap[child];
    }
    if (m->n) m->heap[i] = c;
    return top;
}

static void happen(stream *m)
{
    const double hours = 10.0 / 24; /* between two tellings of it, on the mean from its first */
    const telling_list *l = &m->s->stories[(size_t)(draw(m) * (double)m->s->nstories)];
    size_t k = how_many(draw(m), l->n);
    memcpy(m->drawn, l->items, l->n * sizeof *m->drawn);
    m->event++;
    for (size_t i = 0; i < k; i++) {
        size_t j = i + (size_t)(draw(m) * (double)(l->n - i));
        uint32_t drawn = m->drawn[j];
        m->drawn[j] = m->drawn[i];
        m->drawn[i] = drawn;
        push(m, (coming){m->now + (i ? -log(1 - draw(m)) * hours : 0), m->event, drawn});
    }
    m->now += -log(1 - draw(m)) * m->every;
}

/* One of n as this event has it: a permutation of a power of two, walked until it falls among them (Black and Rogaway
   2002, cycle walking). */
static size_t permuted(size_t place, size_t n, uint64_t event)
{
    size_t mask = 1;
    while (mask < n) mask = mask << 1 | 1;
    uint64_t a = mixed(event, 1) | 1, b = mixed(event, 2);
    do {
        place = (size_t)(place * a + b) & mask;
        place ^= place >> 3;
        place = (size_t)(place * (a >> 20 | 1) + (b >> 20)) & mask;
    } while (place >= n);
    return place;
}

static uint64_t changed_key(const sets *s, const syn_feature *f, uint32_t change, uint64_t event)
{
    if (change == OWN) {
        uint64_t key = mixed(f->key, event);
        return key ? key : 1;
    }
    const struct place *p = &s->classes->places[change];
    const class_t *c = &s->classes->all[p->class];
    return c->keys[permuted(p->at, c->n, event)];
}

static int by_signal_and_key(const void *a, const void *b)
{
    const syn_feature *x = a, *y = b;
    if (x->signal != y->signal) return x->signal < y->signal ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

static void change(stream *m, const telling *t, uint64_t event)
{
    const syn_signature *from = t->signature;
    uint32_t n = from->nfeatures < SYN_COUNT(m->features) ? from->nfeatures : SYN_COUNT(m->features);
    for (uint32_t f = 0; f < n; f++) {
        m->features[f] = from->features[f];
        m->features[f].key = changed_key(m->s, &from->features[f], t->changes[f], event);
        m->features[f].span.start = f; /* finds its words again */
    }
    qsort(m->features, n, sizeof *m->features, by_signal_and_key);
    for (uint32_t f = 0; f < n; f++) {
        uint32_t was = m->features[f].span.start;
        m->surfaces[f] = from->surfaces[was];
        m->features[f].span = from->features[was].span;
    }
    for (uint32_t k = 0; k < from->nshingles && k < SYN_COUNT(m->shingles); k++)
        m->shingles[k] = from->shingles[k] == UINT64_MAX ? UINT64_MAX : mixed(from->shingles[k], event) >> 1;
    m->out.signature = *from;
    m->out.signature.features = m->features;
    m->out.signature.surfaces = m->surfaces;
    m->out.signature.nfeatures = n;
    m->out.signature.shingles = m->shingles;
    m->out.signature.content = from->content ? mixed(from->content, event) : 0;
}

const made *stream_next(stream *m)
{
    const int64_t epoch = 1767225600; /* 2026-01-01 */
    while (!m->n || m->heap[0].when > m->now) happen(m);
    coming c = pop(m);
    const telling *t = &m->s->tellings[c.telling];
    change(m, t, c.event);
    m->out.of = t;
    m->out.event = c.event;
    snprintf(m->out.id, sizeof m->out.id, "n%llu", (unsigned long long)m->number++);
    m->out.signature.id = syn_str_of(m->out.id);
    m->out.signature.when = epoch + (int64_t)(c.when * 86400);
    m->out.signature.spoken_of = SYN_NO_DAY;
    return &m->out;
}

/* ---- quality ---- */

/* Of an article's group by one, how much has both in common with it; the mean. */
static double mean_share(const uint64_t *both, const uint64_t *one, size_t n)
{
    table of = {0}, shared = {0};
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t *a = syn_table_add(&of, mixed(one[i], 7) | 1), *b;
        if (!a) stream_die("no memory");
        ++*a;
        b = syn_table_add(&shared, both[i] | 1);
        if (!b) stream_die("no memory");
        ++*b;
    }
    for (size_t i = 0; i < n; i++)
        sum += (double)*syn_table_get(&shared, both[i] | 1) / (double)*syn_table_get(&of, mixed(one[i], 7) | 1);
    syn_table_free(&of);
    syn_table_free(&shared);
    return sum / (double)n;
}

double stream_b_cubed(const uint64_t *gold, const uint64_t *found, size_t n, double *precision, double *recall)
{
    uint64_t *both = calloc(n ? n : 1, sizeof *both);
    if (!both) stream_die("no memory");
    for (size_t i = 0; i < n; i++) both[i] = mixed(gold[i], found[i]);
    *precision = n ? mean_share(both, found, n) : 0;
    *recall = n ? mean_share(both, gold, n) : 0;
    free(both);
    return *precision + *recall > 0 ? 2 * *precision * *recall / (*precision + *recall) : 0;
}
