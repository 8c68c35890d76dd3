/* spellings.c - stage 7: how the articles of the store spell a name, in every script: names that share the consonant
   skeleton of the query's strongest word, judged word by word. */
#include "internal.h"

#include <stdlib.h>

enum { WORDS = 6, LOOKED_AT = 4000 /* names that share a key */ };
static const double ALIKE = 0.5;

typedef struct word {
    syn_str s;
    uint64_t keys[SYN_STORE_WORD_KEYS];
    size_t n;
    int strength;
} word;

typedef struct spelling_search {
    syn_store *s;
    syn_arena *arena;
    syn_str query;
    word words[WORDS + 1]; /* the last one: all of them as one */
    size_t n;
    syn_map likes;  /* printed name: how much it is the query, in thousandths, and 1 */
    syn_map groups; /* language, tab, folded name: 1 + row */
    syn_map seen;   /* group and article */
    syn_spelling_row *rows;
    size_t nrows, cap;
} spelling_search;

static size_t words_of(spelling_search *x, syn_str name, syn_str *out, size_t max)
{
    syn_text *t;
    syn_span at;
    size_t n = 0, token = 0;
    if (syn_text_of(x->s->texter, x->arena, name, (syn_str){"", 0}, &t, NULL)) return 0;
    while (n < max && syn_words_name(t, &token, t->ntokens, &at)) out[n++] = syn_slice(name, at.start, at.end);
    return n;
}

static void set_word(spelling_search *x, word *w, syn_str s)
{
    w->s = s;
    w->n = syn_name_keys(x->s->lex, s, SYN_LANG_UNKNOWN, w->keys, SYN_STORE_WORD_KEYS, &w->strength);
    if (w->n > SYN_STORE_WORD_KEYS) w->n = SYN_STORE_WORD_KEYS;
}

/* As a whole, or each word of the query in some word of the name, which may have more: a surname finds its bearers. */
static double like_of(spelling_search *x, syn_str name)
{
    syn_str in[WORDS * 2];
    double whole = syn_name_similarity(x->s->lex, x->query, name), least = 1;
    size_t n = words_of(x, name, in, SYN_COUNT(in));
    for (size_t i = 0; i < x->n && least > whole; i++) {
        double best = 0;
        for (size_t k = 0; k < n; k++) {
            double like = syn_name_similarity(x->s->lex, x->words[i].s, in[k]);
            if (like > best) best = like;
        }
        if (best < least) least = best;
    }
    return n && least > whole ? least : whole;
}

static syn_code no_memory(syn_err *err)
{
    return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
}

static syn_code take(spelling_search *x, syn_query *q, syn_err *err)
{
    syn_str name = syn_trim(syn_store_column(q, 0)), lang = syn_store_column(q, 1);
    uint64_t *like = syn_map_add(&x->likes, name);
    if (!like) return no_memory(err);
    if (!*like) *like = 1 + (uint64_t)(1000 * like_of(x, name));
    double v = (double)(*like - 1) / 1000;
    if (v < ALIKE || !name.n) return SYN_OK;
    syn_folded folded;
    syn_code rc = syn_fold(x->arena, name, false, &folded, err);
    if (rc) return rc;
    syn_str group = syn_arena_format(x->arena, "%.*s\t%.*s", SYN_FMT(lang), SYN_FMT(folded.text));
    int64_t article = sqlite3_column_int64(q, 2);
    uint64_t *at = syn_map_add(&x->groups, group);
    syn_str once = syn_arena_format(x->arena, "%lld\t%.*s", (long long)article, SYN_FMT(group));
    uint64_t *seen = syn_map_add(&x->seen, once);
    if (!at || !seen) return no_memory(err);
    if ((*seen)++) return SYN_OK;
    if (!*at) {
        if (!syn_grow(x->arena, &x->rows, &x->cap, x->nrows + 1, sizeof *x->rows)) return no_memory(err);
        x->rows[x->nrows] = (syn_spelling_row){
            .name = syn_dup(x->arena, name), .lang = syn_dup(x->arena, lang), .like = v, .sorted = INT64_MIN};
        *at = ++x->nrows;
    }
    syn_spelling_row *row = &x->rows[*at - 1];
    row->articles++;
    if (sqlite3_column_int64(q, 3) <= row->sorted) return SYN_OK;
    row->sorted = sqlite3_column_int64(q, 3);
    row->article = article;
    row->title = syn_store_column_dup(x->arena, q, 4);
    row->id = syn_store_column_dup(x->arena, q, 5);
    return SYN_OK;
}

/* A name in a text that was not known as one has its words alone. */
static syn_code by_key(spelling_search *x, uint64_t key, syn_err *err)
{
    static const char sql[] =
        "SELECT coalesce(f.name, CAST(substr(CAST(a.text AS BLOB), k.start + 1, k.end - k.start) AS TEXT)), a.lang, "
        "a.row, a.sorted, a.title, a.id FROM name_key k JOIN article a ON a.doc = k.doc LEFT JOIN fact f ON "
        "f.article = a.row AND f.kind IN (?2, ?3) AND f.start <= k.start AND f.end >= k.end "
        "WHERE k.key = ?1 AND k.field = 0 ORDER BY k.doc DESC LIMIT ?4";
    syn_query *q = syn_store_query(x->s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, (int64_t)key);
    sqlite3_bind_int(q, 2, SYN_FACT_NAME);
    sqlite3_bind_int(q, 3, SYN_FACT_PLACE);
    sqlite3_bind_int(q, 4, LOOKED_AT);
    syn_code rc;
    while ((rc = syn_store_step(x->s, q, "searching names", err)) == SYN_OK) {
        rc = take(x, q, err);
        if (!rc) continue;
        sqlite3_reset(q);
        return rc;
    }
    return rc == SYN_ENOTFOUND ? SYN_OK : rc;
}

static int by_articles(const void *left, const void *right)
{
    const syn_spelling_row *a = left, *b = right;
    if (a->articles != b->articles) return a->articles < b->articles ? 1 : -1;
    int c = syn_str_cmp(a->lang, b->lang);
    return c ? c : syn_str_cmp(a->name, b->name);
}

syn_code syn_store_spellings(syn_store *s, syn_arena *arena, syn_str name, size_t limit, syn_list *out, syn_err *err)
{
    size_t bad = 0, lead = 0;
    spelling_search x = {.s = s, .arena = arena};
    x.likes.arena = x.groups.arena = x.seen.arena = arena;
    x.query = syn_trim(syn_utf8_repair(arena, syn_utf8_head(name, SYN_MAX_QUERY), &bad));
    syn_str in[WORDS];
    syn_buf joined = {.max = SYN_MAX_QUERY};
    x.n = words_of(&x, x.query, in, WORDS);
    for (size_t i = 0; i < x.n; i++) {
        set_word(&x, &x.words[i], in[i]);
        if (x.words[i].strength > x.words[lead].strength) lead = i;
        syn_buf_add(&joined, in[i]);
    }
    set_word(&x, &x.words[x.n], syn_dup(arena, syn_buf_str(&joined)));
    syn_buf_free(&joined);
    syn_code rc = SYN_OK;
    for (size_t i = 0; x.n && i < x.words[lead].n && !rc; i++) rc = by_key(&x, x.words[lead].keys[i], err);
    for (size_t i = 0; x.n > 1 && i < x.words[x.n].n && !rc; i++) rc = by_key(&x, x.words[x.n].keys[i], err);
    if (rc) return rc;
    if (arena->failed) return no_memory(err);
    if (x.nrows) qsort(x.rows, x.nrows, sizeof *x.rows, by_articles);
    *out = (syn_list){x.rows, x.nrows < limit ? x.nrows : limit, x.nrows};
    return SYN_OK;
}
