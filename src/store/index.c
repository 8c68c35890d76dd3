/* index.c - stage 7: what an article is found by: its words, and the sounds of its names. */
#include "internal.h"

/* Names of one text, each word with its keys.  A name's words stand side by side; all of it run together stands apart,
   for scripts that write "Kim Jong Un" as one word. */
typedef struct name_index {
    syn_store *s;
    syn_lang lang;
    bool cased;
    int64_t doc;
    int field;
    int64_t pos;
    syn_map seen;
} name_index;

static syn_code add_key(name_index *x, uint64_t key, syn_span at, syn_err *err)
{
    static const char sql[] = "INSERT OR IGNORE INTO name_key(key, doc, pos, field, start, end) VALUES(?,?,?,?,?,?)";
    syn_query *q = syn_store_query(x->s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, (int64_t)key);
    sqlite3_bind_int64(q, 2, x->doc);
    sqlite3_bind_int64(q, 3, x->pos);
    sqlite3_bind_int(q, 4, x->field);
    sqlite3_bind_int64(q, 5, at.start);
    sqlite3_bind_int64(q, 6, at.end);
    return syn_store_run(x->s, q, "indexing a name", err);
}

static syn_code add_word_keys(name_index *x, syn_str word, syn_span at, syn_err *err)
{
    uint64_t keys[SYN_STORE_WORD_KEYS];
    int strength = 0;
    size_t n = 0;
    if (word.n <= SYN_STORE_NAME_BYTES)
        n = syn_name_keys(x->s->lex, word, x->lang, keys, SYN_STORE_WORD_KEYS, &strength);
    syn_code code = SYN_OK;
    for (size_t i = 0; i < n && i < SYN_STORE_WORD_KEYS && !code; i++) code = add_key(x, keys[i], at, err);
    x->pos++;
    return code;
}

/* True the first time that this field holds these folded words; false where memory fails, for then nothing is added. */
static bool is_new(name_index *x, const syn_text *text, size_t first, size_t last)
{
    syn_str words = syn_slice(text->folded.text, text->tokens[first].fold_start, text->tokens[last].fold_end);
    uint64_t *seen = syn_map_add(&x->seen, words);
    return seen && !(*seen)++;
}

/* Tokens [first, end) of text as one name. */
static syn_code add_name(name_index *x, const syn_text *text, size_t first, size_t end, syn_err *err)
{
    if (first >= end || !is_new(x, text, first, end - 1)) return SYN_OK;
    syn_span whole = {text->tokens[first].start, text->tokens[end - 1].end}, word;
    syn_buf joined = {.max = SYN_STORE_NAME_BYTES + 1};
    size_t words = 0;
    syn_code code = SYN_OK;
    for (size_t at = first; !code && syn_words_name(text, &at, end, &word); words++) {
        syn_str w = syn_slice(text->src, word.start, word.end);
        syn_buf_add(&joined, w);
        code = add_word_keys(x, w, word, err);
    }
    x->pos += SYN_STORE_NAME_GAP;
    if (!code && words > 1 && words <= 6 && !joined.failed) {
        code = add_word_keys(x, syn_buf_str(&joined), whole, err);
        x->pos += SYN_STORE_NAME_GAP;
    }
    syn_buf_free(&joined);
    return code;
}

static size_t token_at(const syn_text *text, uint32_t byte)
{
    size_t lo = 0, hi = text->ntokens;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (text->tokens[mid].start < byte)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static syn_code add_fact_names(name_index *x, const syn_text *text, const syn_facts *facts, syn_err *err)
{
    syn_code code = SYN_OK;
    for (size_t i = 0; i < facts->n && !code; i++) {
        const syn_fact *f = &facts->items[i];
        if (f->kind != SYN_FACT_NAME && f->kind != SYN_FACT_PLACE) continue;
        code = add_name(x, text, token_at(text, f->span.start), token_at(text, f->span.end), err);
    }
    return code;
}

/* Words that may be names though nobody said so: runs of capitals where the language has them; where it has none but
   parts words by spaces, every word, each pair once. */
static syn_code add_likely_names(name_index *x, const syn_text *text, syn_err *err)
{
    syn_code code = SYN_OK;
    size_t first = 0, added = 0;
    for (size_t i = 0; i <= text->ntokens && !code && added < SYN_STORE_LIKELY_NAMES; i++) {
        const syn_token *t = i < text->ntokens ? &text->tokens[i] : NULL;
        bool in = t && t->kind == SYN_TOK_WORD;
        if (x->cased) {
            if (in && (t->flags & SYN_TOK_CAPITAL)) continue;
            added += i > first;
            code = add_name(x, text, first, i, err);
            first = i + 1;
        } else if (in && syn_script_spaced((syn_script)t->script)) {
            bool follows = i > 0 && text->tokens[i - 1].kind == SYN_TOK_WORD &&
                           text->tokens[i - 1].sentence == t->sentence;
            if (!follows) x->pos += SYN_STORE_NAME_GAP;
            added++;
            if (is_new(x, text, follows ? i - 1 : i, i))
                code = add_word_keys(x, syn_token_str(text, i), (syn_span){t->start, t->end}, err);
            else
                x->pos += SYN_STORE_NAME_GAP;
        }
    }
    return code;
}

static syn_code put_words(syn_store *s, const syn_words *head, const syn_words *body, int64_t article, int64_t *doc,
                          syn_err *err)
{
    static const char sql[] = "INSERT INTO find(title, body, grams) VALUES(?, ?, ?)";
    static const char link[] = "UPDATE article SET doc = ?1 WHERE row = ?2";
    if (head->words.failed || body->words.failed || body->grams.failed)
        return syn_fail(err, SYN_ENOMEM, 0, "store: no memory for the index");
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, syn_buf_str(&head->words));
    syn_store_bind(q, 2, syn_buf_str(&body->words));
    syn_store_bind(q, 3, syn_buf_str(&body->grams));
    syn_code code = syn_store_run(s, q, "indexing words", err);
    if (code) return code;
    *doc = sqlite3_last_insert_rowid(s->db);
    q = syn_store_query(s, link, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, *doc);
    sqlite3_bind_int64(q, 2, article);
    return syn_store_run(s, q, "indexing words", err);
}

static syn_code put_names(syn_store *s, syn_arena *arena, const syn_entry *e, const syn_text *title,
                          const syn_text *lead, int64_t doc, syn_err *err)
{
    syn_lang lang = syn_lexicon_lang(s->lex, e->article->lang);
    name_index x = {.s = s, .lang = lang, .cased = syn_lexicon_info(s->lex, lang)->cased, .doc = doc};
    x.seen.arena = arena;
    syn_code code = add_fact_names(&x, e->text, e->facts, err);
    if (!code && !x.cased) code = add_likely_names(&x, e->text, err);
    x.field = 1;
    x.seen = (syn_map){.arena = arena};
    if (!code) code = add_likely_names(&x, title, err);
    x.field = 2;
    x.seen = (syn_map){.arena = arena};
    if (!code) code = add_likely_names(&x, lead, err);
    return code;
}

syn_code syn_store_index(syn_store *s, syn_arena *arena, const syn_entry *e, int64_t article, syn_err *err)
{
    const syn_article *a = e->article;
    syn_text *title, *lead;
    syn_words head = {0}, body = {0};
    int64_t doc = 0;
    syn_code code = syn_text_of(s->texter, arena, a->title, a->lang, &title, err);
    if (!code) code = syn_text_of(s->texter, arena, a->lead, a->lang, &lead, err);
    if (!code) {
        syn_words_add(arena, title, &head);
        syn_words_add(arena, lead, &body);
        syn_words_add(arena, e->text, &body);
        syn_buf_add(&body.grams, syn_buf_str(&head.grams));
        code = put_words(s, &head, &body, article, &doc, err);
    }
    if (!code) code = put_names(s, arena, e, title, lead, doc, err);
    syn_words_free(&head);
    syn_words_free(&body);
    return code;
}
