/* lexc.c - compiles the rows of data and of build/cldr into the lexicon's block (src/lexicon/block.h).
     lexc OUT LANGUAGES.tsv [FILE.tsv ...] [--table NAME FILE ...]
   A file under a folder named cldr has the language in its first column, any other is named after its language. */
#include <stdio.h>
#include <stdlib.h>

#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "lexc_places.h"

typedef struct row {
    const char *key; /* folded */
    uint32_t kind, id, order;
    double value;
    uint32_t region; /* of a place, packed */
    uint16_t lang, n;
    uint8_t wide; /* of a city: block_place */
    bool removed;
} row;

typedef struct label {
    uint32_t id;
    uint16_t lang, table;
    uint32_t order;
    syn_str text;
} label;

static syn_arena arena;
static syn_map strings, tags;
static place_book book;
static syn_buf out, pool; /* pool: strings, placed after all records */
static row *rows;
static size_t nrows, cap_rows;
static label *labels;
static size_t nlabels, cap_labels;
static block_lang langs[1024];
static size_t nlangs; /* with the neutral one */

static _Noreturn void die(const char *file, size_t line, const char *what)
{
    fprintf(stderr, "lexc: %s:%zu: %s\n", file, line, what);
    exit(1);
}

static syn_str slurp(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) die(path, 0, "cannot open");
    fseek(f, 0, SEEK_END);
    long n = ftell(f);
    rewind(f);
    char *p = syn_alloc(&arena, (size_t)n + 8);
    if (!p || fread(p, 1, (size_t)n, f) != (size_t)n) die(path, 0, "cannot read");
    fclose(f);
    return (syn_str){p, (size_t)n};
}

/* Offset of the text in the pool, each once, followed by NUL. */
static block_text intern(syn_str s)
{
    uint64_t *at = syn_map_add(&strings, s);
    if (!at) die("memory", 0, "none left");
    if (!*at) {
        *at = pool.n + 1;
        syn_buf_add(&pool, s);
        syn_buf_c(&pool, 0);
    }
    return (block_text){(uint32_t)(*at - 1), (uint32_t)s.n};
}

static const struct {
    const char *name;
    uint32_t kind;
} kinds[] = {
    {"month", SYN_LEX_MONTH},
    {"weekday", SYN_LEX_WEEKDAY},
    {"numeral", SYN_LEX_NUMERAL},
    {"scale", SYN_LEX_SCALE},
    {"ordinal", SYN_LEX_ORDINAL},
    {"percent", SYN_LEX_PERCENT},
    {"currency", SYN_LEX_CURRENCY},
    {"unit", SYN_LEX_UNIT},
    {"relday", SYN_LEX_RELDAY},
    {"period", SYN_LEX_PERIOD},
    {"title", SYN_LEX_TITLE},
    {"particle", SYN_LEX_PARTICLE},
    {"orgword", SYN_LEX_ORGWORD},
    {"place", SYN_LEX_PLACE},
    {"given", SYN_LEX_GIVEN},
    {"concept", SYN_LEX_CONCEPT},
    {"stop", SYN_LEX_STOP},
    {"credit", SYN_LEX_CREDIT},
    {"source", SYN_LEX_SOURCE},
    {"byline", SYN_LEX_BYLINE},
    {"furniture", SYN_LEX_FURNITURE},
    {"desk", SYN_LEX_DESK},
    {"say", SYN_LEX_SAY},
    {"event", SYN_LEX_EVENT},
    {"approx", SYN_LEX_APPROX},
    {"published", SYN_LEX_PUBLISHED},
    {"joined", SYN_LEX_JOINED},
    {"ending", SYN_LEX_ENDING},
    {"short", SYN_LEX_SHORT},
    {"spelt", SYN_LEX_SPELT},
};
static const char *const calendars[] = {"gregorian", "jalali", "hijri", "buddhist", "ethiopic", "roc"};
static const char *const si_units[] = {"", "m", "kg", "s", "m2", "m3", "m/s", "W", "J", "C", "F"};
static const char *const scripts[SYN_SCRIPT_COUNT] = {
    "common",   "latin",     "greek",      "cyrillic", "armenian", "georgian", "hebrew",   "arabic",   "syriac",
    "thaana",   "nko",       "devanagari", "bengali",  "gurmukhi", "gujarati", "oriya",    "tamil",    "telugu",
    "kannada",  "malayalam", "sinhala",    "thai",     "lao",      "tibetan",  "myanmar",  "khmer",    "ethiopic",
    "cherokee", "mongolian", "han",        "kana",     "hangul",   "bopomofo", "tifinagh", "ol_chiki", "other"};

static int index_of(const char *const *names, size_t n, syn_str s)
{
    for (size_t i = 0; i < n; i++)
        if (syn_str_is(s, names[i])) return (int)i;
    return -1;
}

/* Up to two folded letters, the first above 16 bits where there are two. */
static bool letters_of(syn_str s, uint32_t *id)
{
    syn_folded folded;
    if (syn_fold(&arena, s, false, &folded, NULL)) return false;
    syn_str f = syn_trim(folded.text);
    for (size_t at = 0; at < f.n;) {
        uint32_t cp;
        at += syn_utf8_next(f, at, &cp);
        if (cp > 0xFFFF || *id > 0xFFFF) return false;
        *id = *id << 16 | cp;
    }
    return true;
}

/* The number that stands for a row's id: by kind a number, packed letters, a named unit or calendar, a concept. */
static bool id_of(uint32_t kind, syn_str s, uint32_t *id)
{
    uint64_t number = 0;
    int named;
    *id = 0;
    if (s.n == 0) return true;
    if (kind == SYN_LEX_CONCEPT) {
        *id = (uint32_t)syn_hash(s, 0) | 1;
        return true;
    }
    if (kind == SYN_LEX_ENDING) return letters_of(s, id);
    size_t colon = kind == SYN_LEX_PLACE ? syn_find_byte(s, ':', 0) : SIZE_MAX;
    if (colon != SIZE_MAX) { /* and a city: "SE:120" */
        if (!syn_parse_u64(syn_slice(s, colon + 1, s.n), &number) || number >= BLOCK_HOMONYM >> 16) return false;
        s = syn_slice(s, 0, colon);
    }
    if (kind == SYN_LEX_CURRENCY || kind == SYN_LEX_PLACE || kind == SYN_LEX_SHORT) {
        if (s.n != (kind == SYN_LEX_CURRENCY ? 3u : 2u)) return s.n == 1 && s.p[0] == '0';
        for (size_t i = 0; i < s.n; i++) *id = *id << 8 | (uint8_t)s.p[i];
        *id |= (uint32_t)number << 16;
        return true;
    }
    if (kind == SYN_LEX_MONTH && (named = index_of(calendars, SYN_COUNT(calendars), s)) >= 0) {
        *id = (uint32_t)named;
        return true;
    }
    if (kind == SYN_LEX_UNIT && (named = index_of(si_units, SYN_COUNT(si_units), s)) >= 0) {
        *id = (uint32_t)named;
        return true;
    }
    if (!syn_parse_u64(s, &number) || number > UINT32_MAX) return false;
    *id = (uint32_t)number;
    return true;
}

/* What a place's id says beside country and city, taken off it: its region "US-TX", where it is meant "US:9035/1". */
static bool rest_of_place(syn_str *id, uint32_t *region, uint8_t *wide)
{
    size_t slash = syn_find_byte(*id, '/', 0), dash = syn_find_byte(*id, '-', 0);
    if (slash != SIZE_MAX) {
        if (slash + 2 != id->n || id->p[slash + 1] < '0' || id->p[slash + 1] > '3') return false;
        *wide = (uint8_t)(id->p[slash + 1] - '0');
        *id = syn_slice(*id, 0, slash);
    }
    if (dash != SIZE_MAX) {
        if (id->n - dash < 2 || id->n - dash > 5) return false;
        for (size_t i = dash + 1; i < id->n; i++) *region = *region << 8 | (uint8_t)id->p[i];
        *id = syn_slice(*id, 0, dash);
    }
    return true;
}

static size_t cells_of(syn_str line, syn_str *cells, size_t max)
{
    size_t n = 0;
    while (n < max) {
        size_t tab = syn_find_byte(line, '\t', 0);
        cells[n++] = syn_slice(line, 0, tab);
        if (tab == SIZE_MAX) break;
        line = syn_slice(line, tab + 1, line.n);
    }
    for (size_t i = n; i < max; i++) cells[i] = (syn_str){"", 0};
    return n;
}

/* A language's kin: that of its farthest parent, by the word in its row, the first language of the word standing for
   all of them; without a word the parent itself. */
static void settle_kin(const syn_str *words)
{
    for (size_t i = 1; i < nlangs; i++) {
        size_t root = i, first = 1;
        for (int step = 0; step < 6 && !words[root].n && langs[root].parent; step++) root = langs[root].parent;
        while (words[root].n && !syn_str_eq(words[first], words[root])) first++;
        langs[i].kin = (uint16_t)(words[root].n ? first : root);
    }
}

static void read_languages(const char *path)
{
    syn_str rest = slurp(path), line, cells[13];
    langs[0] = (block_lang){.tag = intern(SYN_STR("und")), .spaced = 1, .decimal = '.', .order = "dmy"};
    *syn_map_add(&tags, SYN_STR("und")) = 1;
    nlangs = 1;
    static syn_str parents[SYN_COUNT(langs)], kin[SYN_COUNT(langs)];
    for (size_t number = 1; syn_split(&rest, '\n', &line); number++) {
        if (line.n == 0 || line.p[0] == '#') continue;
        if (cells_of(line, cells, 13) < 10 || nlangs == SYN_COUNT(langs)) die(path, number, "not a language's row");
        int script = index_of(scripts, SYN_SCRIPT_COUNT, cells[3]);
        if (script < 0 || cells[7].n != 3 || cells[8].n != 1) die(path, number, "bad script, date order or decimal");
        block_lang *l = &langs[nlangs];
        *l = (block_lang){.tag = intern(cells[0]), .name = intern(cells[1]), .autonym = intern(cells[2])};
        if (cells[9].n) l->stemmer = intern(cells[9]);
        l->script = (uint8_t)script;
        l->spaced = cells[4].p[0] == '1';
        l->cased = cells[5].p[0] == '1';
        l->rtl = cells[6].p[0] == '1';
        memcpy(l->order, cells[7].p, 3);
        l->decimal = cells[8].p[0];
        parents[nlangs] = cells[10];
        kin[nlangs] = cells[12];
        *syn_map_add(&tags, cells[0]) = ++nlangs;
        for (syn_str also = cells[11], tag; syn_split(&also, ' ', &tag);)
            if (tag.n) *syn_map_add(&tags, tag) = nlangs;
    }
    for (size_t i = 1; i < nlangs; i++) {
        if (parents[i].n == 0) continue;
        uint64_t *parent = syn_map_get(&tags, parents[i]);
        if (!parent) die(path, i, "unknown parent");
        langs[i].parent = (uint16_t)(*parent - 1);
    }
    settle_kin(kin);
}

static void add_label(uint16_t lang, int table, uint32_t id, syn_str text)
{
    if (!syn_grow(&arena, &labels, &cap_labels, nlabels + 1, sizeof *labels)) die("memory", 0, "none left");
    labels[nlabels] = (label){id, lang, (uint16_t)table, (uint32_t)nlabels, text};
    nlabels++;
}

static size_t words_of(syn_str s)
{
    size_t n = 1;
    for (size_t i = 0; i < s.n; i++) n += s.p[i] == ' ';
    return n;
}

static void add_row(const char *file, size_t line, uint16_t lang, syn_str kind_name, syn_str form, syn_str value_text,
                    syn_str id_text)
{
    bool removed = kind_name.n && kind_name.p[0] == '-';
    if (removed) kind_name = syn_slice(kind_name, 1, kind_name.n);
    uint32_t kind = 0, id;
    double value = 0;
    if (value_text.n && !syn_parse_double(value_text, &value)) die(file, line, "bad value");
    if (syn_str_is(kind_name, "territory")) {
        add_label(lang, NAMES_PLACES, (uint32_t)((uint8_t)id_text.p[0] << 8 | (uint8_t)id_text.p[1]), form);
        return;
    }
    if (syn_str_is(kind_name, "language")) {
        uint64_t *of = syn_map_get(&tags, id_text);
        if (of) add_label(lang, NAMES_LANGUAGES, (uint32_t)*of - 1, form);
        return;
    }
    if (syn_str_is(kind_name, "concept-name")) { /* of tools/concepts.c: the id as a number */
        uint64_t number = 0;
        if (!syn_parse_u64(id_text, &number) || number > UINT32_MAX) die(file, line, "bad id");
        add_label(lang, NAMES_CONCEPTS, (uint32_t)number, form);
        return;
    }
    for (size_t i = 0; i < SYN_COUNT(kinds); i++)
        if (syn_str_is(kind_name, kinds[i].name)) kind = kinds[i].kind;
    if (!kind) die(file, line, "unknown kind");
    uint32_t region = 0;
    uint8_t wide = 0;
    if (kind == SYN_LEX_PLACE && !rest_of_place(&id_text, &region, &wide)) die(file, line, "bad id of a place");
    if (!id_of(kind, id_text, &id)) die(file, line, "bad id");
    if (kind == SYN_LEX_CONCEPT && value == 1) add_label(lang, NAMES_CONCEPTS, id, form);

    syn_folded folded;
    syn_err err = {0};
    if (syn_fold(&arena, form, false, &folded, &err)) die(file, line, err.line);
    syn_str key = syn_trim(folded.text);
    if (key.n == 0 || key.n > UINT16_MAX) return;
    if (kind == SYN_LEX_CONCEPT && (words_of(key) > 3 || syn_utf8_count(key) > 20))
        return; /* sentences never meet such a key */
    if (!syn_grow(&arena, &rows, &cap_rows, nrows + 1, sizeof *rows)) die("memory", 0, "none left");
    rows[nrows] = (row){.key = key.p,
                        .kind = kind,
                        .id = id,
                        .order = (uint32_t)nrows,
                        .value = value,
                        .region = region,
                        .lang = lang,
                        .n = (uint16_t)key.n,
                        .wide = wide,
                        .removed = removed};
    nrows++;
}

/* Chinese and Japanese name one place in characters of other make: a neutral row of Han counts in the simplified and
   in the traditional ones, too. */
static void add_makes(const char *file, size_t line, syn_str kind, syn_str form, syn_str value, syn_str id)
{
    static const UChar names[][10] = {u"Hant-Hans", u"Hans-Hant"};
    static UTransliterator *to[SYN_COUNT(names)];
    UErrorCode e = U_ZERO_ERROR;
    uint32_t cp;
    bool han = false;
    for (size_t at = 0; at < form.n && !han; at += syn_utf8_next(form, at, &cp)) {
        syn_utf8_next(form, at, &cp);
        han = syn_char_of(cp)->script == SYN_SCRIPT_HAN;
    }
    for (size_t i = 0; han && i < SYN_COUNT(names); i++) {
        UChar text[64];
        char made[200];
        int32_t n = 0, limit, bytes = 0;
        if (!to[i]) to[i] = utrans_openU(names[i], -1, UTRANS_FORWARD, NULL, 0, NULL, &e);
        u_strFromUTF8(text, SYN_COUNT(text), &n, form.p, (int32_t)form.n, &e);
        limit = n;
        if (U_SUCCESS(e)) utrans_transUChars(to[i], text, &n, SYN_COUNT(text), 0, &limit, &e);
        u_strToUTF8(made, sizeof made, &bytes, text, n, &e);
        if (e == U_BUFFER_OVERFLOW_ERROR) return;
        if (U_FAILURE(e)) die(file, line, u_errorName(e));
        syn_str other = {made, (size_t)bytes};
        if (!syn_str_eq(other, form)) add_row(file, line, 0, kind, other, value, id);
    }
}

static void read_rows(const char *path)
{
    syn_str rest = slurp(path), line, cells[5];
    bool many = strstr(path, "/cldr/") != NULL;
    uint16_t own = 0;
    if (!many) {
        const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
        uint64_t *lang = syn_map_get(&tags, (syn_str){name, strcspn(name, ".")});
        if (!lang) die(path, 0, "no such language in languages.tsv");
        own = (uint16_t)(*lang - 1);
    }
    for (size_t number = 1; syn_split(&rest, '\n', &line); number++) {
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (line.n == 0 || line.p[0] == '#') continue;
        size_t n = cells_of(line, cells, 5);
        if (n < (many ? 3u : 2u)) die(path, number, "too few columns");
        uint16_t lang = own;
        if (many) {
            uint64_t *of = syn_map_get(&tags, cells[0]);
            if (!of) die(path, number, "unknown language");
            lang = (uint16_t)(*of - 1);
        }
        const syn_str *c = cells + many;
        syn_str id = many ? cells[4] : cells[3];
        add_row(path, number, lang, c[0], c[1], c[2], id);
        if (!lang && syn_str_is(c[0], "place")) add_makes(path, number, c[0], c[1], c[2], id);
    }
}

/* Language, group, key, then removals first, hand-written rows (read first) before generated ones. */
static int row_cmp(const void *x, const void *y)
{
    const row *a = x, *b = y;
    if (a->lang != b->lang) return a->lang < b->lang ? -1 : 1;
    int ga = block_group(a->kind), gb = block_group(b->kind);
    if (ga != gb) return ga - gb;
    int c = syn_str_cmp((syn_str){a->key, a->n}, (syn_str){b->key, b->n});
    if (c) return c;
    if (a->removed != b->removed) return a->removed ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static int label_cmp(const void *x, const void *y)
{
    const label *a = x, *b = y;
    if (a->lang != b->lang) return a->lang < b->lang ? -1 : 1;
    if (a->table != b->table) return (int)a->table - (int)b->table;
    if (a->id != b->id) return a->id < b->id ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static bool same_key(const row *a, const row *b)
{
    return a->n == b->n && memcmp(a->key, b->key, a->n) == 0;
}

static uint32_t put(const void *p, size_t n)
{
    while (out.n % 8) syn_buf_c(&out, 0);
    uint32_t at = (uint32_t)out.n;
    syn_buf_add(&out, (syn_str){p, n});
    return at;
}

/* An empty filter of so many bits a key, of which *bits holds the logarithm. */
static uint64_t *new_filter(size_t nkeys, size_t each, uint32_t *bits)
{
    *bits = 6;
    while (*bits < 24 && ((size_t)1 << *bits) < nkeys * each) ++*bits;
    uint64_t *words = SYN_NEW_ARRAY(&arena, uint64_t, ((size_t)1 << *bits) / 64);
    if (!words) die("memory", 0, "none left");
    return words;
}

static uint32_t put_filter(const uint64_t *words, uint32_t bits)
{
    return put(words, ((size_t)1 << bits) / 8);
}

/* The filter and buckets of a group's keys: about four keys a bucket, sixteen bits a start, for a text is asked for
   several of its starts. */
static void put_index(block_group_head *g, const block_key *keys, const row **first, size_t nkeys)
{
    uint32_t most = 1;
    uint64_t *starts = new_filter(nkeys, 16, &g->start_bits);
    while (most * 4 < nkeys) most *= 2;
    g->least = keys[0].head;
    while ((keys[nkeys - 1].head - g->least) >> g->shift >= most) g->shift++;
    g->nbuckets = (uint32_t)((keys[nkeys - 1].head - g->least) >> g->shift) + 1;
    uint32_t *buckets = SYN_NEW_ARRAY(&arena, uint32_t, g->nbuckets + 1);
    if (!buckets) die("memory", 0, "none left");
    for (size_t i = 0, b = 0; i <= nkeys; i++) {
        size_t own = i < nkeys ? (size_t)((keys[i].head - g->least) >> g->shift) : g->nbuckets;
        for (; b <= own; b++) buckets[b] = (uint32_t)i;
    }
    for (size_t i = 0; i < nkeys; i++) {
        uint32_t k = BLOCK_STARTS - 1;
        while (block_start_bytes[k] > first[i]->n) k--;
        uint32_t start = block_bit(block_start(block_first(first[i]->key, first[i]->n), k), g->start_bits);
        starts[start / 64] |= 1ull << start % 64;
        g->lengths |= 1u << k;
    }
    g->starts = put_filter(starts, g->start_bits);
    g->buckets = put(buckets, (g->nbuckets + 1) * sizeof *buckets);
}

/* Keys of the language at hand, its groups in their order. */
typedef struct whole {
    uint32_t hash, group, index;
} whole;
static whole *wholes;
static size_t nwholes, cap_wholes;

static void note_bytes(uint32_t group, size_t index, const char *p, size_t n)
{
    if (index + 1 >= 1u << BLOCK_INDEX_BITS) die("memory", 0, "too many keys of one kind");
    if (!syn_grow(&arena, &wholes, &cap_wholes, nwholes + 1, sizeof *wholes)) die("memory", 0, "none left");
    wholes[nwholes++] = (whole){block_whole(p, n), group, (uint32_t)index};
}

/* Whether a text's word may end inside a key, before a byte of it. */
static bool word_may_end(syn_str key, size_t at)
{
    uint32_t last, next;
    if (((unsigned char)key.p[at] & 0xC0) == 0x80) return false;
    syn_utf8_next(key, syn_utf8_prev(key, at), &last);
    syn_utf8_next(key, at, &next);
    const syn_char *a = syn_char_of(last), *b = syn_char_of(next);
    if (!syn_script_spaced((syn_script)a->script) || !syn_script_spaced((syn_script)b->script)) return true;
    return !(b->flags & (SYN_CH_LETTER | SYN_CH_MARK));
}

/* A key, and what a text's word may have of it that no key before it has. */
static void note_whole(uint32_t group, size_t index, const row *r, const row *before)
{
    note_bytes(group, index, r->key, r->n);
    if (group != GROUP_FIGURES && group != GROUP_NAMES) return;
    for (size_t n = 1; n < r->n; n++) {
        if (before && before->n >= n && memcmp(before->key, r->key, n) == 0) continue;
        if (word_may_end((syn_str){r->key, r->n}, n)) note_bytes(group, index, r->key, n);
    }
}

static void put_wholes(block_lang *lang)
{
    block_wholes *w = &lang->wholes;
    if (!nwholes) return;
    while (((size_t)1 << w->bits) < 2 * nwholes) w->bits++;
    uint64_t *filter = new_filter(nwholes, 8, &w->filter_bits);
    uint32_t *slots = SYN_NEW_ARRAY(&arena, uint32_t, (size_t)1 << w->bits), mask = (1u << w->bits) - 1;
    if (!slots) die("memory", 0, "none left");
    for (size_t i = 0; i < nwholes; i++) {
        uint32_t bit = block_bit(wholes[i].hash, w->filter_bits), at = wholes[i].hash & mask;
        filter[bit / 64] |= 1ull << bit % 64;
        while (slots[at]) at = (at + 1) & mask;
        slots[at] = block_slot(wholes[i].hash, wholes[i].group) | (wholes[i].index + 1);
    }
    for (int g = 0; g < GROUPS; g++) w->kinds |= lang->groups[g].kinds;
    w->filter = put_filter(filter, w->filter_bits);
    w->slots = put(slots, sizeof *slots << w->bits);
    nwholes = 0;
}

/* The places of a key's rows as one hit; false where the rows name none. */
static bool settle_places(const row *r, size_t n, syn_lex_hit *hit)
{
    block_place *places = SYN_NEW_ARRAY(&arena, block_place, n);
    size_t count = 0;
    if (!places) die("memory", 0, "none left");
    for (size_t i = 0; i < n; i++) {
        if (r[i].kind != SYN_LEX_PLACE || r[i].removed || r[i].value < 0 || !r[i].id) continue;
        double people = r[i].value < UINT32_MAX ? r[i].value : UINT32_MAX;
        places[count++] = (block_place){r[i].id, r[i].region, (uint32_t)people, r[i].wide};
    }
    if (count && !places_settle(&book, (syn_str){r->key, r->n}, r->lang == 0, places, count, hit))
        die("places", 0, "no memory, or too many names of several places");
    return count > 0;
}

/* One group of one language: rows[from, to). */
static void put_group(block_group_head *g, uint32_t group, size_t from, size_t to)
{
    size_t n = to - from, nkeys = 0, nhits = 0;
    block_key *keys = SYN_NEW_ARRAY(&arena, block_key, n);
    const row **first = SYN_NEW_ARRAY(&arena, const row *, n);
    syn_lex_hit *hits = SYN_NEW_ARRAY(&arena, syn_lex_hit, n);
    if (!keys || !first || !hits) die("memory", 0, "none left");
    for (size_t i = from, end; i < to; i = end) {
        for (end = i + 1; end < to && same_key(&rows[i], &rows[end]);) end++;
        size_t start = nhits;
        uint32_t removed = 0;
        for (size_t k = i; k < end; k++) {
            const row *r = &rows[k];
            if (r->removed) removed |= r->kind;
            if (r->kind & removed || (r->kind == SYN_LEX_PLACE && r->value >= 0)) continue;
            size_t at = start;
            while (at < nhits && (hits[at].kind != r->kind || hits[at].id != r->id)) at++;
            if (at == nhits) hits[nhits++] = (syn_lex_hit){r->kind, r->id, r->value};
        }
        if (!(removed & SYN_LEX_PLACE) && settle_places(&rows[i], end - i, &hits[nhits])) nhits++;
        if (nhits == start) continue;
        for (size_t k = start; k < nhits; k++) g->kinds |= hits[k].kind;
        uint32_t up = (uint32_t)nkeys; /* 1 + the key before; its chain holds every head of this one */
        while (up) {
            const row *head = first[up - 1];
            if (head->n < rows[i].n && memcmp(head->key, rows[i].key, head->n) == 0) break;
            up = keys[up - 1].up;
        }
        keys[nkeys] = (block_key){.head = block_key_head(rows[i].key, rows[i].n),
                                  .text = intern((syn_str){rows[i].key, rows[i].n}).at,
                                  .hits = (uint32_t)start,
                                  .up = up,
                                  .n = rows[i].n,
                                  .nhits = (uint16_t)(nhits - start)};
        note_whole(group, nkeys, &rows[i], nkeys ? first[nkeys - 1] : NULL);
        first[nkeys++] = &rows[i];
    }
    g->nkeys = (uint32_t)nkeys;
    if (!nkeys) return;
    g->keys = put(keys, nkeys * sizeof *keys);
    if (group != GROUP_CONCEPTS) {
        put_index(g, keys, first, nkeys);
        g->hits = put(hits, nhits * sizeof *hits);
        return;
    }
    uint32_t *ids = SYN_NEW_ARRAY(&arena, uint32_t, nhits);
    if (!ids) die("memory", 0, "none left");
    for (size_t i = 0; i < nhits; i++) ids[i] = hits[i].id;
    g->hits = put(ids, nhits * sizeof *ids);
}

static void put_names(block_names *names, size_t from, size_t to)
{
    block_name *list = SYN_NEW_ARRAY(&arena, block_name, to - from);
    size_t n = 0;
    if (!list) die("memory", 0, "none left");
    for (size_t i = from; i < to; i++)
        if (!n || list[n - 1].id != labels[i].id) list[n++] = (block_name){labels[i].id, intern(labels[i].text)};
    *names = (block_names){(uint32_t)n, put(list, n * sizeof *list)};
}

static int tag_cmp(const void *x, const void *y)
{
    const block_tag *a = x, *b = y;
    return syn_str_cmp((syn_str){pool.p + a->tag.at, a->tag.n}, (syn_str){pool.p + b->tag.at, b->tag.n});
}

/* All the tags and aliases of the languages' table, again, for the block's own index. */
static uint32_t put_tags(const char *path, uint32_t *count)
{
    syn_str rest = slurp(path), line, cells[12];
    block_tag *list = SYN_NEW_ARRAY(&arena, block_tag, 8 * SYN_COUNT(langs));
    size_t n = 0, lang = 0;
    if (!list) die("memory", 0, "none left");
    while (syn_split(&rest, '\n', &line)) {
        if (line.n == 0 || line.p[0] == '#') continue;
        cells_of(line, cells, 12);
        list[n++] = (block_tag){intern(cells[0]), (uint32_t)++lang};
        for (syn_str also = cells[11], tag; syn_split(&also, ' ', &tag);) {
            if (n == 8 * SYN_COUNT(langs)) die(path, lang, "too many tags");
            if (tag.n) list[n++] = (block_tag){intern(tag), (uint32_t)lang};
        }
    }
    qsort(list, n, sizeof *list, tag_cmp);
    *count = (uint32_t)n;
    return put(list, n * sizeof *list);
}

static void relocate(block_text *t, uint32_t base)
{
    if (t->n) t->at += base;
}

int main(int argc, char **argv)
{
    if (argc < 3) die("usage", 0, "lexc OUT LANGUAGES.tsv [FILE.tsv ...] [--table NAME FILE ...]");
    strings.arena = tags.arena = &arena;
    book = (place_book){.arena = &arena, .neutral = {.arena = &arena}, .numbers = {.arena = &arena}};
    syn_buf_c(&pool, 0); /* offset 0 is nothing's */
    read_languages(argv[2]);
    int arg = 3;
    for (; arg < argc && strcmp(argv[arg], "--table") != 0; arg++) read_rows(argv[arg]);
    qsort(rows, nrows, sizeof *rows, row_cmp);
    qsort(labels, nlabels, sizeof *labels, label_cmp);

    block_head head = {.magic = BLOCK_MAGIC, .nlangs = (uint32_t)nlangs - 1};
    put(&head, sizeof head);
    for (size_t i = 0, end; i < nrows; i = end) {
        int group = block_group(rows[i].kind);
        for (end = i; end < nrows && rows[end].lang == rows[i].lang && block_group(rows[end].kind) == group;) end++;
        put_group(&langs[rows[i].lang].groups[group], (uint32_t)group, i, end);
        if (end == nrows || rows[end].lang != rows[i].lang) put_wholes(&langs[rows[i].lang]);
    }
    for (size_t i = 0, end; i < nlabels; i = end) {
        for (end = i; end < nlabels && labels[end].lang == labels[i].lang && labels[end].table == labels[i].table;)
            end++;
        put_names(&langs[labels[i].lang].names[labels[i].table], i, end);
    }
    head.tags = put_tags(argv[2], &head.ntags);

    block_table tables[32] = {0};
    for (; arg + 2 < argc && head.ntables < SYN_COUNT(tables); arg += 3) {
        syn_str bytes = slurp(argv[arg + 2]);
        block_table *t = &tables[head.ntables++];
        snprintf(t->name, sizeof t->name, "%s", argv[arg + 1]);
        t->n = bytes.n;
        t->at = put(bytes.p, bytes.n);
    }
    if (head.ntables == SYN_COUNT(tables)) die("tables", 0, "too many");
    syn_str meanings;
    if (!places_table(&book, &meanings)) die("memory", 0, "none left");
    tables[head.ntables++] = (block_table){.name = "homonyms", .at = put(meanings.p, meanings.n), .n = meanings.n};
    head.tables = put(tables, head.ntables * sizeof *tables);
    head.langs = put(langs, nlangs * sizeof *langs);
    uint32_t base = put(pool.p, pool.n);
    head.size = (uint32_t)out.n;
    if (out.failed || pool.failed || arena.failed || out.n > UINT32_MAX) die(argv[1], 0, "too large");

    /* Strings now have their places. */
    block_lang *placed = (block_lang *)(void *)(out.p + head.langs);
    for (size_t i = 0; i < nlangs; i++) {
        relocate(&placed[i].tag, base);
        relocate(&placed[i].name, base);
        relocate(&placed[i].autonym, base);
        relocate(&placed[i].stemmer, base);
        for (int g = 0; g < GROUPS; g++) {
            block_key *keys = (block_key *)(void *)(out.p + placed[i].groups[g].keys);
            for (uint32_t k = 0; k < placed[i].groups[g].nkeys; k++) keys[k].text += base;
        }
        for (int t = 0; t < NAMES_COUNT; t++) {
            block_name *names = (block_name *)(void *)(out.p + placed[i].names[t].at);
            for (uint32_t k = 0; k < placed[i].names[t].n; k++) relocate(&names[k].text, base);
        }
    }
    block_tag *placed_tags = (block_tag *)(void *)(out.p + head.tags);
    for (uint32_t i = 0; i < head.ntags; i++) relocate(&placed_tags[i].tag, base);
    memcpy(out.p, &head, sizeof head);

    FILE *f = fopen(argv[1], "wb");
    if (!f || fwrite(out.p, 1, out.n, f) != out.n || fclose(f)) die(argv[1], 0, "cannot write");
    return 0;
}
