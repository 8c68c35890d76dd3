/* lexicon.c - stage 0b: reads the block that tools/lexc.c compiled; nothing is copied but the languages' descriptions.
   The longest key that heads a text is found by one binary search: of all keys not after the text, the last one either
   heads it or shares with it whatever key does, and the chain of a key's own heads is stored with it. */
#include "block.h"

#include <stdlib.h>

extern const char syn_lexicon_blob[], syn_lexicon_blob_end[];

struct syn_lexicon {
    const char *block;
    const block_head *head;
    const block_lang *langs;
    const block_lang **tables; /* of language 0, then 1, ...: its own, its parents', the neutral one */
    uint32_t *first;           /* head->nlangs + 2: where those of a language begin */
    syn_lang_info info[];      /* head->nlangs + 1 */
};

static syn_str text_at(const syn_lexicon *lex, block_text t)
{
    return t.n ? (syn_str){lex->block + t.at, t.n} : (syn_str){"", 0};
}

static const void *at(const syn_lexicon *lex, uint32_t offset)
{
    return lex->block + offset;
}

/* The tables to consult for lang: its own, its parents', the neutral one.  False when there is none left. */
static bool next_table(const syn_lexicon *lex, uint32_t *lang, int *step)
{
    if (*step == 0) {
        if (*lang > lex->head->nlangs) *lang = 0;
    } else if (*lang == 0 || *step > 6) {
        return false;
    } else {
        *lang = lex->langs[*lang].parent;
    }
    ++*step;
    return true;
}

/* Which tables to look in for each language, once and for all; empty ones are left out. */
static bool list_tables(syn_lexicon *lex)
{
    uint32_t n = 0, nlangs = lex->head->nlangs;
    lex->first = calloc(nlangs + (size_t)2, sizeof *lex->first);
    for (int pass = 0; lex->first && pass < 2; pass++) {
        if (pass && !(lex->tables = calloc(n ? n : 1, sizeof *lex->tables))) return false;
        n = 0;
        for (uint32_t lang = 0; lang <= nlangs; lang++) {
            uint32_t table = lang;
            lex->first[lang] = n;
            for (int step = 0; next_table(lex, &table, &step);) {
                if (!lex->langs[table].wholes.kinds) continue;
                if (pass) lex->tables[n] = &lex->langs[table];
                n++;
            }
        }
        lex->first[nlangs + 1] = n;
    }
    return lex->first != NULL;
}

syn_code syn_lexicon_open(syn_lexicon **out, syn_err *err)
{
    size_t size = (size_t)(syn_lexicon_blob_end - syn_lexicon_blob);
    const block_head *head = (const void *)syn_lexicon_blob;
    if (size < sizeof *head || head->magic != BLOCK_MAGIC || head->size > size)
        return syn_fail(err, SYN_EFORMAT, 0, "the lexicon inside the program is damaged");
    syn_lexicon *lex = calloc(1, sizeof *lex + (head->nlangs + 1) * sizeof lex->info[0]);
    if (!lex) return syn_fail(err, SYN_ENOMEM, 0, "no memory for the lexicon");
    lex->block = syn_lexicon_blob;
    lex->head = head;
    lex->langs = at(lex, head->langs);
    for (uint32_t i = 0; i <= head->nlangs; i++) {
        const block_lang *l = &lex->langs[i];
        lex->info[i] = (syn_lang_info){
            .tag = text_at(lex, l->tag).p,
            .name = text_at(lex, l->name).p,
            .autonym = text_at(lex, l->autonym).p,
            .script = l->script,
            .rtl = l->rtl,
            .spaced = l->spaced,
            .cased = l->cased,
            .decimal = l->decimal,
            .stemmer = l->stemmer.n ? text_at(lex, l->stemmer).p : NULL,
            .parent = l->parent,
            .kin = l->kin,
        };
        memcpy(lex->info[i].date_order, l->order, sizeof l->order);
    }
    if (!list_tables(lex)) {
        syn_lexicon_close(lex);
        return syn_fail(err, SYN_ENOMEM, 0, "no memory for the lexicon");
    }
    *out = lex;
    return SYN_OK;
}

void syn_lexicon_close(syn_lexicon *lex)
{
    if (!lex) return;
    free(lex->tables);
    free(lex->first);
    free(lex);
}

size_t syn_lexicon_langs(const syn_lexicon *lex)
{
    return lex->head->nlangs;
}

/* By bytes with ASCII letters in lower case and '_' as '-'; tags in the block are compared the same way. */
static bool tag_eq(syn_str a, syn_str b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++) {
        unsigned char x = (unsigned char)a.p[i], y = (unsigned char)b.p[i];
        if (x >= 'A' && x <= 'Z') x = (unsigned char)(x + 32);
        if (y >= 'A' && y <= 'Z') y = (unsigned char)(y + 32);
        if (x == '_') x = '-';
        if (x != y) return false;
    }
    return true;
}

syn_lang syn_lexicon_lang(const syn_lexicon *lex, syn_str tag)
{
    const block_tag *tags = at(lex, lex->head->tags);
    tag = syn_trim(tag);
    if (tag.n > 64) return SYN_LANG_UNKNOWN;
    while (tag.n) {
        for (uint32_t i = 0; i < lex->head->ntags; i++)
            if (tag_eq(tag, text_at(lex, tags[i].tag))) return (syn_lang)tags[i].lang;
        /* A region between language and script hides no script: zh-Hant-TW, then zh-Hant, then zh. */
        size_t cut = tag.n;
        while (cut && tag.p[cut - 1] != '-' && tag.p[cut - 1] != '_') cut--;
        tag.n = cut ? cut - 1 : 0;
    }
    return SYN_LANG_UNKNOWN;
}

const syn_lang_info *syn_lexicon_info(const syn_lexicon *lex, syn_lang lang)
{
    return &lex->info[lang <= lex->head->nlangs ? lang : 0];
}

/* ---- searching ---- */

typedef struct finding {
    uint32_t kinds;
    syn_lex_hit *hits;
    size_t max, n;
} finding;

static void take_hit(finding *f, syn_lex_hit hit)
{
    if (!(hit.kind & f->kinds)) return;
    for (size_t i = 0; i < f->n && i < f->max; i++)
        if (f->hits[i].kind == hit.kind && f->hits[i].id == hit.id) return; /* the nearer table had it */
    if (f->n < f->max) f->hits[f->n] = hit;
    f->n++;
}

static void take_hits(const syn_lexicon *lex, const block_group_head *g, bool concepts, const block_key *key,
                      finding *f)
{
    for (uint32_t i = key->hits; i < key->hits + key->nhits; i++) {
        if (concepts) {
            take_hit(f, (syn_lex_hit){SYN_LEX_CONCEPT, ((const uint32_t *)at(lex, g->hits))[i], 0});
        } else {
            take_hit(f, ((const syn_lex_hit *)at(lex, g->hits))[i]);
        }
    }
}

static bool key_has(const syn_lexicon *lex, const block_group_head *g, const block_key *key, uint32_t kinds)
{
    const syn_lex_hit *hits = at(lex, g->hits);
    for (uint32_t i = key->hits; i < key->hits + key->nhits; i++)
        if (hits[i].kind & kinds) return true;
    return false;
}

/* What a text is looked up by. */
typedef struct starts {
    uint64_t first;   /* its first bytes */
    uint32_t lengths; /* bit k: it has block_start_bytes[k] bytes */
} starts;

static starts starts_of(syn_str text)
{
    static const uint8_t lengths[9] = {0, 1, 3, 7, 15, 15, 31, 31, 63};
    return (starts){block_first(text.p, text.n), lengths[text.n < 8 ? text.n : 8]};
}

/* Whether a key that heads the text may be in the group. */
static bool may_head(const syn_lexicon *lex, const block_group_head *g, const starts *t)
{
    const uint64_t *filter = at(lex, g->starts);
    for (uint32_t left = g->lengths & t->lengths; left; left &= left - 1) {
        uint32_t hash = block_start(t->first, (uint32_t)__builtin_ctz(left));
        if (block_has_bit(filter, block_bit(hash, g->start_bits))) return true;
    }
    return false;
}

/* How many keys are not after text; head: its own. */
static uint32_t keys_upto(const syn_lexicon *lex, const block_group_head *g, uint64_t head, syn_str text)
{
    const block_key *keys = at(lex, g->keys);
    const uint32_t *buckets = at(lex, g->buckets);
    uint64_t bucket = (head - g->least) >> g->shift;
    if (head < g->least) return 0;
    if (bucket >= g->nbuckets) return g->nkeys;
    uint32_t low = buckets[bucket], high = buckets[bucket + 1];
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        bool after = keys[mid].head > head;
        if (keys[mid].head == head && (keys[mid].n > 8 || text.n > 8 || keys[mid].n != text.n))
            after = syn_str_cmp((syn_str){lex->block + keys[mid].text, keys[mid].n}, text) > 0;
        if (after)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

/* Whether a key heads a text; its own head mostly tells, and saves going to its bytes. */
static bool heads_text(const syn_lexicon *lex, const block_key *key, uint64_t head, syn_str text)
{
    if (key->n > text.n) return false;
    if (key->n <= 8) return !key->n || (key->head ^ head) >> (64 - 8 * key->n) == 0;
    return key->head == head && memcmp(lex->block + key->text, text.p, key->n) == 0;
}

/* The tables of a language, up to *end. */
static const block_lang **tables_of(const syn_lexicon *lex, syn_lang lang, const block_lang ***end)
{
    uint32_t l = lang <= lex->head->nlangs ? lang : 0;
    *end = lex->tables + lex->first[l + 1];
    return lex->tables + lex->first[l];
}

bool syn_lexicon_has(const syn_lexicon *lex, syn_lang lang, uint32_t kinds)
{
    uint32_t table = lang;
    for (int step = 0; next_table(lex, &table, &step);)
        for (int i = 0; table && i < GROUPS; i++)
            if (lex->langs[table].groups[i].kinds & kinds) return true;
    return false;
}

/* A word that is looked for whole. */
typedef struct whole {
    syn_str word;
    uint64_t head;
    uint32_t hash;
} whole;

static whole whole_of(syn_str word)
{
    return (whole){word, block_key_head(word.p, word.n), block_whole(word.p, word.n)};
}

static bool begins_with(const syn_lexicon *lex, const block_key *key, const whole *w)
{
    size_t n = w->word.n;
    if (key->n < n) return false;
    if (n <= 8) return (key->head ^ w->head) >> (64 - 8 * n) == 0;
    return key->head == w->head && !memcmp(lex->block + key->text, w->word.p, n);
}

static bool in_filter(const syn_lexicon *lex, const block_lang *l, const whole *w)
{
    return block_has_bit(at(lex, l->wholes.filter), block_bit(w->hash, l->wholes.filter_bits));
}

/* What one language's own keys say of a word that is in its filter; *begins: bits of the groups in which a key begins
   with it. */
static void find_whole(const syn_lexicon *lex, const block_lang *l, const whole *w, finding *f, unsigned *begins)
{
    const block_wholes *all = &l->wholes;
    const uint32_t *slots = at(lex, all->slots), mask = (1u << all->bits) - 1;
    for (uint32_t i = w->hash & mask; slots[i]; i = (i + 1) & mask) {
        if ((slots[i] ^ w->hash) >> 24) continue;
        uint32_t group = slots[i] >> BLOCK_INDEX_BITS & 3, index = slots[i] & ((1u << BLOCK_INDEX_BITS) - 1);
        const block_group_head *g = &l->groups[group];
        if (!(g->kinds & f->kinds)) continue;
        const block_key *key = (const block_key *)at(lex, g->keys) + index - 1;
        if (!begins_with(lex, key, w)) continue;
        *begins |= 1u << group;
        if (key->n == w->word.n) take_hits(lex, g, group == GROUP_CONCEPTS, key, f);
    }
}

size_t syn_lexicon_find(const syn_lexicon *lex, syn_lang lang, uint32_t kinds, syn_str folded, syn_lex_hit *hits,
                        size_t max)
{
    finding f = {kinds, hits, max, 0};
    if (folded.n == 0) return 0;
    whole w = whole_of(folded);
    const block_lang **end;
    unsigned begins = 0;
    for (const block_lang **t = tables_of(lex, lang, &end); t < end; t++)
        if (((*t)->wholes.kinds & kinds) && in_filter(lex, *t, &w)) find_whole(lex, *t, &w, &f, &begins);
    return f.n;
}

/* The first key that a word's hash leads to, NULL where it leads to none. */
static const block_key *first_key(const syn_lexicon *lex, const block_lang *l, const whole *w,
                                  const block_group_head **g)
{
    const uint32_t *slots = at(lex, l->wholes.slots), slot = slots[w->hash & ((1u << l->wholes.bits) - 1)];
    if (!slot || (slot ^ w->hash) >> 24) return NULL;
    *g = &l->groups[slot >> BLOCK_INDEX_BITS & 3];
    return (const block_key *)at(lex, (*g)->keys) + (slot & ((1u << BLOCK_INDEX_BITS) - 1)) - 1;
}

/* Where the keys that may be a head of a word begin in a group, as keys_upto looks for them. */
static const uint32_t *bucket_of(const syn_lexicon *lex, const block_group_head *g, const whole *w)
{
    uint64_t bucket = w->head < g->least ? 0 : (w->head - g->least) >> g->shift;
    return (const uint32_t *)at(lex, g->buckets) + (bucket < g->nbuckets ? bucket : g->nbuckets);
}

/* Whether a key of the group is a head of the word. */
static bool any_heads(const syn_lexicon *lex, const block_group_head *g, const whole *w)
{
    const block_key *keys = at(lex, g->keys);
    for (uint32_t k = keys_upto(lex, g, w->head, w->word); k; k = keys[k - 1].up)
        if (heads_text(lex, &keys[k - 1], w->head, w->word)) return true;
    return false;
}

/* in, heads: a bit for each of the tables that may have the word, or a figure's key that is a head of it. */
static bool know(const syn_lexicon *lex, const block_lang **tables, unsigned in, unsigned heads, const whole *w,
                 syn_arena *arena, syn_lex_known *out)
{
    syn_lex_hit hits[SYN_LEX_KNOWN];
    finding f = {UINT32_MAX, hits, SYN_LEX_KNOWN, 0};
    unsigned begins = 0;
    *out = (syn_lex_known){NULL, 0, 0, false, false};
    if (!w->word.n) return true;
    for (; in; in &= in - 1) find_whole(lex, tables[__builtin_ctz(in)], w, &f, &begins);
    for (; heads && !out->figures; heads &= heads - 1)
        out->figures = any_heads(lex, &tables[__builtin_ctz(heads)]->groups[GROUP_FIGURES], w);
    out->figures |= begins >> GROUP_FIGURES & 1;
    out->names = begins >> GROUP_NAMES & 1;
    out->n = (uint32_t)(f.n < SYN_LEX_KNOWN ? f.n : SYN_LEX_KNOWN);
    if (!out->n) return true;
    syn_lex_hit *kept = SYN_NEW_ARRAY(arena, syn_lex_hit, out->n);
    if (!kept) return false;
    for (uint32_t k = 0; k < out->n; k++) out->kinds |= hits[k].kind;
    memcpy(kept, hits, out->n * sizeof *kept);
    out->hits = kept;
    return true;
}

enum { TOGETHER = 64 /* words that wait for memory together */ };

bool syn_lexicon_know(const syn_lexicon *lex, syn_lang lang, const syn_str *words, size_t n, syn_arena *arena,
                      syn_lex_known *out)
{
    whole w[TOGETHER];
    uint8_t in[TOGETHER], heads[TOGETHER];
    const block_lang **end, **tables = tables_of(lex, lang, &end);
    size_t ntables = (size_t)(end - tables);
    for (size_t from = 0; from < n; from += TOGETHER) {
        const block_group_head *g;
        const block_key *key;
        size_t some = n - from < TOGETHER ? n - from : TOGETHER;
        /* A pass for each step on the way to a word's hits, so that one's wait hides another's. */
        for (size_t i = 0; i < some; i++) {
            w[i] = whole_of(words[from + i]);
            starts start = starts_of(words[from + i]);
            in[i] = heads[i] = 0;
            for (size_t t = 0; t < ntables; t++) {
                in[i] |= (uint8_t)(in_filter(lex, tables[t], &w[i]) << t);
                heads[i] |= (uint8_t)(may_head(lex, &tables[t]->groups[GROUP_FIGURES], &start) << t);
            }
        }
        for (size_t i = 0; i < some; i++)
            for (unsigned left = in[i]; left; left &= left - 1) {
                const block_wholes *all = &tables[__builtin_ctz(left)]->wholes;
                __builtin_prefetch((const uint32_t *)at(lex, all->slots) + (w[i].hash & ((1u << all->bits) - 1)));
            }
        for (size_t i = 0; i < some; i++)
            for (unsigned left = heads[i]; left; left &= left - 1)
                __builtin_prefetch(bucket_of(lex, &tables[__builtin_ctz(left)]->groups[GROUP_FIGURES], &w[i]));
        for (size_t i = 0; i < some; i++)
            for (unsigned left = heads[i]; left; left &= left - 1) {
                g = &tables[__builtin_ctz(left)]->groups[GROUP_FIGURES];
                __builtin_prefetch((const block_key *)at(lex, g->keys) + *bucket_of(lex, g, &w[i]));
            }
        for (size_t i = 0; i < some; i++)
            for (unsigned left = in[i]; left; left &= left - 1)
                if ((key = first_key(lex, tables[__builtin_ctz(left)], &w[i], &g)) != NULL) __builtin_prefetch(key);
        for (size_t i = 0; i < some; i++)
            for (unsigned left = in[i]; left; left &= left - 1) {
                const block_lang *l = tables[__builtin_ctz(left)];
                if ((key = first_key(lex, l, &w[i], &g)) == NULL) continue;
                size_t size = g == &l->groups[GROUP_CONCEPTS] ? sizeof(uint32_t) : sizeof(syn_lex_hit);
                __builtin_prefetch((const char *)at(lex, g->hits) + key->hits * size);
            }
        for (size_t i = 0; i < some; i++)
            if (!know(lex, tables, in[i], heads[i], &w[i], arena, &out[from + i])) return false;
    }
    return true;
}

size_t syn_lexicon_longest(const syn_lexicon *lex, syn_lang lang, uint32_t kinds, syn_str folded, syn_lex_hit *hits,
                           size_t max, size_t *nhits)
{
    finding f = {kinds, hits, max, 0};
    size_t best = 0;
    if (nhits) *nhits = 0;
    if (folded.n == 0) return 0;
    starts start = starts_of(folded);
    uint64_t head = block_key_head(folded.p, folded.n);
    const block_lang **end;
    for (const block_lang **t = tables_of(lex, lang, &end); t < end; t++)
        for (int i = 0; i < GROUPS; i++) {
            const block_group_head *g = &(*t)->groups[i];
            if (i == GROUP_CONCEPTS || !(g->kinds & kinds) || !may_head(lex, g, &start)) continue;
            const block_key *keys = at(lex, g->keys);
            uint32_t k = keys_upto(lex, g, head, folded);
            while (k) {
                const block_key *key = &keys[k - 1];
                if (key->n < best) break;
                if (heads_text(lex, key, head, folded) && key_has(lex, g, key, kinds)) {
                    if (key->n > best) f.n = 0;
                    best = key->n;
                    take_hits(lex, g, false, key, &f);
                    break;
                }
                k = key->up;
            }
        }
    if (nhits) *nhits = f.n;
    return best;
}

/* Into the list where the longer stand first and of one length those that came first; a hit that the nearer table had
   at the same length is none. */
static void take_head(syn_lex_head *heads, size_t *n, size_t max, syn_lex_hit hit, uint32_t len)
{
    size_t at = *n < max ? *n : max;
    while (at > 0 && heads[at - 1].len < len) at--;
    for (size_t i = at; i > 0 && heads[i - 1].len == len; i--)
        if (heads[i - 1].hit.kind == hit.kind && heads[i - 1].hit.id == hit.id) return;
    if (at < max) {
        size_t kept = *n < max ? *n : max - 1;
        memmove(&heads[at + 1], &heads[at], (kept - at) * sizeof *heads);
        heads[at] = (syn_lex_head){hit, len};
    }
    ++*n;
}

size_t syn_lexicon_heads(const syn_lexicon *lex, syn_lang lang, uint32_t kinds, syn_str folded, syn_lex_head *heads,
                         size_t max)
{
    size_t n = 0;
    if (folded.n == 0) return 0;
    starts start = starts_of(folded);
    uint64_t head = block_key_head(folded.p, folded.n);
    const block_lang **end;
    for (const block_lang **t = tables_of(lex, lang, &end); t < end; t++)
        for (int i = 0; i < GROUPS; i++) {
            const block_group_head *g = &(*t)->groups[i];
            if (i == GROUP_CONCEPTS || !(g->kinds & kinds) || !may_head(lex, g, &start)) continue;
            const block_key *keys = at(lex, g->keys);
            const syn_lex_hit *hits = at(lex, g->hits);
            for (uint32_t k = keys_upto(lex, g, head, folded); k; k = keys[k - 1].up) {
                const block_key *key = &keys[k - 1];
                if (!heads_text(lex, key, head, folded)) continue;
                for (uint32_t h = key->hits; h < key->hits + key->nhits; h++)
                    if (hits[h].kind & kinds) take_head(heads, &n, max, hits[h], key->n);
            }
        }
    return n;
}

/* ---- names for readers ---- */

static syn_str name_of(const syn_lexicon *lex, int which, uint32_t id, syn_lang reader)
{
    uint32_t table = reader;
    for (int step = 0; next_table(lex, &table, &step);) {
        block_names names = lex->langs[table].names[which];
        const block_name *list = at(lex, names.at);
        uint32_t low = 0, high = names.n;
        while (low < high) {
            uint32_t mid = low + (high - low) / 2;
            if (list[mid].id < id)
                low = mid + 1;
            else
                high = mid;
        }
        if (low < names.n && list[low].id == id) return text_at(lex, list[low].text);
    }
    return (syn_str){"", 0};
}

syn_str syn_lexicon_concept_name(const syn_lexicon *lex, uint32_t concept_id, syn_lang reader)
{
    return name_of(lex, NAMES_CONCEPTS, concept_id, reader);
}

syn_str syn_lexicon_place_name(const syn_lexicon *lex, uint32_t place_id, syn_lang reader)
{
    return name_of(lex, NAMES_PLACES, place_id, reader);
}

syn_str syn_lexicon_language_name(const syn_lexicon *lex, syn_lang lang, syn_lang reader)
{
    return name_of(lex, NAMES_LANGUAGES, lang, reader);
}

uint32_t syn_lexicon_concept(const syn_lexicon *lex, syn_lang lang, size_t i)
{
    if (lang > lex->head->nlangs) return 0;
    block_names names = lex->langs[lang].names[NAMES_CONCEPTS];
    const block_name *list = at(lex, names.at);
    return i < names.n ? list[i].id : 0;
}

syn_str syn_lexicon_table(const syn_lexicon *lex, const char *name)
{
    const block_table *tables = at(lex, lex->head->tables);
    for (uint32_t i = 0; i < lex->head->ntables; i++)
        if (tables[i].name[0] == name[0] && strcmp(tables[i].name, name) == 0)
            return (syn_str){lex->block + tables[i].at, tables[i].n};
    return (syn_str){"", 0};
}
