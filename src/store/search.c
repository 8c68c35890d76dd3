/* search.c - stage 7: a reader's search, over every script.
   Three ways to be found, each below the one before: the words as written; words that begin so; names that sound so
   (the consonant skeletons of facts.h, all words of the query side by side in one name).  Nothing of the query reaches
   FTS5 but letters and digits inside quotes. */
#include "internal.h"

#include <stdlib.h>

#define SYN_SEARCH_SNIPPET 360 /* bytes of a snippet, about */
#define SYN_SEARCH_WORD 60     /* bytes within which a snippet is cut at a space */
#define SYN_SEARCH_LOOKED 3000 /* of the documents that hold the words, the newest, which are ranked */
#define SYN_SEARCH_LOOKED_OF_LANG 12000
#define SYN_SEARCH_SOUNDING 600   /* articles looked at for names that sound so */
#define SYN_SEARCH_STRENGTH 3     /* consonant classes from which a name's sound says something */
#define SYN_SEARCH_ALIKE 0.5      /* similarity that each word must have to the one it was found by */
#define SYN_SEARCH_ALIKE_WEAK 0.8 /* the same for a name with fewer classes */

/* A word of the query, or a run of a script that writes no spaces. */
typedef struct unit {
    syn_str word;  /* folded, letters and digits alone */
    syn_str print; /* as typed */
    syn_str parts; /* folded parts by spaces, where an apostrophe or joiner parts it */
    syn_str words; /* run: its dictionary words by spaces, where each has two characters or more */
    syn_str grams; /* run: its pairs by spaces */
    bool run;
} unit;

typedef struct hit {
    int64_t row;
    double score;
    int field;     /* of name_key */
    syn_span span; /* sounding name in that field; empty for words */
} hit;

typedef struct search {
    syn_store *s;
    syn_arena *arena;
    syn_str lang;
    unit units[SYN_MAX_QUERY_WORDS];
    size_t n;
    hit *hits;
    size_t nhits, cap;
    syn_map seen; /* row to 1 */
} search;

/* ---- the query's words ---- */

static syn_str kept(syn_arena *arena, syn_buf *b)
{
    syn_str s = syn_dup(arena, syn_trim(syn_buf_str(b)));
    syn_buf_clear(b);
    return s;
}

static void add_run(search *x, const syn_text *t, size_t first, size_t end, syn_buf *b)
{
    unit *u = &x->units[x->n];
    bool words = true;
    u->run = true;
    u->print = syn_slice(t->src, t->tokens[first].start, t->tokens[end - 1].end);
    u->word = syn_slice(t->folded.text, t->tokens[first].fold_start, t->tokens[end - 1].fold_end);
    for (size_t i = first; i < end; i++) {
        words = words && syn_utf8_count(syn_token_folded(t, i)) > 1;
        syn_words_plain(syn_token_folded(t, i), b);
        syn_buf_c(b, ' ');
    }
    u->words = kept(x->arena, b);
    if (!words) u->words.n = 0;
    syn_words_plain(u->word, b);
    u->word = kept(x->arena, b);
    syn_words_pairs(u->word, b);
    u->grams = kept(x->arena, b);
    /* the last pair is the last character alone: not wanted in a phrase unless there is no other */
    for (size_t i = u->grams.n; i > 0; i--) {
        if (u->grams.p[i - 1] != ' ') continue;
        u->grams.n = i - 1;
        break;
    }
    if (u->word.n) x->n++;
}

static void add_word(search *x, const syn_text *t, size_t i, syn_buf *b)
{
    unit *u = &x->units[x->n];
    u->print = syn_token_str(t, i);
    syn_words_plain(syn_token_folded(t, i), b);
    u->word = kept(x->arena, b);
    syn_words_parts(x->arena, u->print, b);
    u->parts = kept(x->arena, b);
    if (u->word.n) x->n++;
}

static syn_code parse(search *x, syn_str query, syn_err *err)
{
    size_t bad = 0;
    syn_text *t;
    syn_str clean = syn_utf8_repair(x->arena, syn_utf8_head(query, SYN_MAX_QUERY), &bad);
    syn_code code = syn_text_of(x->s->texter, x->arena, clean, x->lang, &t, err);
    if (code) return code;
    syn_buf b = {0};
    for (size_t i = 0; i < t->ntokens && x->n < SYN_MAX_QUERY_WORDS; i++) {
        const syn_token *k = &t->tokens[i];
        if (k->kind == SYN_TOK_PUNCT) continue;
        if (k->kind == SYN_TOK_NUMBER || syn_script_spaced((syn_script)k->script)) {
            add_word(x, t, i, &b);
            continue;
        }
        size_t end = i + 1;
        while (end < t->ntokens && t->tokens[end].kind == SYN_TOK_WORD &&
               t->tokens[end].start == t->tokens[end - 1].end && !syn_script_spaced((syn_script)t->tokens[end].script))
            end++;
        add_run(x, t, i, end, &b);
        i = end - 1;
    }
    syn_buf_free(&b);
    return x->arena->failed ? syn_fail(err, SYN_ENOMEM, 0, "store: no memory") : SYN_OK;
}

/* ---- words ---- */

static void quoted(syn_buf *b, syn_str s, bool begins)
{
    syn_buf_c(b, '"');
    syn_buf_add(b, s);
    syn_buf_z(b, begins ? "\" *" : "\"");
}

static void match_run(syn_buf *b, const unit *u)
{
    bool single = syn_utf8_count(u->word) == 1;
    syn_buf_z(b, "(grams : ");
    quoted(b, u->grams.n ? u->grams : u->word, single);
    if (u->words.n) {
        syn_str rest = u->words, word;
        const char *glue = " OR {title body} : (";
        while (syn_split(&rest, ' ', &word)) {
            syn_buf_z(b, glue);
            quoted(b, word, false);
            glue = " AND ";
        }
        syn_buf_z(b, ")");
    }
    syn_buf_z(b, ")");
}

static void or_joined(syn_buf *b, const unit *left, const unit *right)
{
    if (left->run || right->run) return;
    syn_buf_z(b, " OR \"");
    syn_buf_add(b, left->word);
    syn_buf_add(b, right->word);
    syn_buf_c(b, '"');
}

/* A word may be typed in two and printed in one, or the other way about. */
static void match_word(syn_buf *b, const search *x, size_t i, bool begins)
{
    const unit *u = &x->units[i];
    syn_buf_z(b, "{title body} : (");
    quoted(b, u->word, begins && syn_utf8_count(u->word) >= 3);
    if (u->parts.n) {
        syn_buf_z(b, " OR ");
        quoted(b, u->parts, false);
    }
    if (i > 0) or_joined(b, &x->units[i - 1], u);
    if (i + 1 < x->n) or_joined(b, u, &x->units[i + 1]);
    syn_buf_c(b, ')');
}

static syn_code add_hit(search *x, hit h, syn_err *err)
{
    uint64_t *seen = syn_map_add(&x->seen, (syn_str){(const char *)&h.row, sizeof h.row});
    if (!seen) return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    if (*seen || x->nhits == SYN_MAX_HITS) return SYN_OK;
    void *items = x->hits;
    if (!syn_grow(x->arena, &items, &x->cap, x->nhits + 1, sizeof h))
        return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    x->hits = items;
    x->hits[x->nhits++] = h;
    *seen = 1;
    return SYN_OK;
}

static syn_code by_words(search *x, bool begins, double base, syn_err *err)
{
    static const char sql[] =
        "SELECT row, b FROM (SELECT a.row, CASE WHEN ?2 = '' OR a.lang = ?2 OR substr(a.lang, 1, length(?2) + 1) = ?2 "
        "|| '-' THEN closeness(find, 4.0) END AS b FROM find CROSS JOIN article a ON a.doc = find.rowid WHERE find "
        "MATCH ?1 ORDER BY find.rowid DESC LIMIT ?4) WHERE b IS NOT NULL ORDER BY b DESC, row DESC LIMIT ?3";
    syn_buf match = {.max = 64 * SYN_MAX_QUERY};
    for (size_t i = 0; i < x->n; i++) {
        if (i) syn_buf_z(&match, " AND ");
        if (x->units[i].run)
            match_run(&match, &x->units[i]);
        else
            match_word(&match, x, i, begins);
    }
    syn_code code = match.failed ? syn_fail(err, SYN_ELIMIT, 0, "store: the query is too long") : SYN_OK;
    syn_query *q = code ? NULL : syn_store_query(x->s, sql, err);
    if (!q) {
        syn_buf_free(&match);
        return code ? code : SYN_EDB;
    }
    syn_store_bind(q, 1, syn_buf_str(&match));
    syn_store_bind(q, 2, x->lang);
    sqlite3_bind_int(q, 3, SYN_MAX_HITS);
    sqlite3_bind_int(q, 4, x->lang.n ? SYN_SEARCH_LOOKED_OF_LANG : SYN_SEARCH_LOOKED);
    while ((code = syn_store_step(x->s, q, "searching", err)) == SYN_OK) {
        double b = sqlite3_column_double(q, 1);
        hit h = {.row = sqlite3_column_int64(q, 0), .score = base + (b > 0 ? b / (1 + b) : 0)};
        if ((code = add_hit(x, h, err)) != SYN_OK) break;
    }
    sqlite3_reset(q);
    sqlite3_clear_bindings(q);
    syn_buf_free(&match);
    return code == SYN_ENOTFOUND ? SYN_OK : code;
}

/* ---- names that sound so ---- */

typedef struct sound {
    syn_str word;
    uint64_t keys[SYN_STORE_WORD_KEYS];
    size_t n;
    int strength;
} sound;

static sound sound_of(const search *x, syn_str word)
{
    sound w = {.word = word};
    w.n = syn_name_keys(x->s->lex, word, syn_lexicon_lang(x->s->lex, x->lang), w.keys, SYN_STORE_WORD_KEYS,
                        &w.strength);
    if (w.n > SYN_STORE_WORD_KEYS) w.n = SYN_STORE_WORD_KEYS;
    return w;
}

/* What stands in one field of an article at a span; in the arena. */
static syn_code printed(search *x, int64_t row, int field, syn_span at, syn_str *out, syn_err *err)
{
    static const char sql[] =
        "SELECT CASE ?2 WHEN 0 THEN text WHEN 1 THEN title ELSE lead END FROM article WHERE row = ?1";
    syn_query *q = syn_store_query(x->s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, row);
    sqlite3_bind_int(q, 2, field);
    syn_code code = syn_store_step(x->s, q, "reading a name", err);
    if (code) return code;
    *out = syn_dup(x->arena, syn_slice(syn_store_column(q, 0), at.start, at.end));
    sqlite3_reset(q);
    return SYN_OK;
}

/* Whether the word stands within reach of pos in that document; its span if so. */
static syn_code near(search *x, const sound *w, int64_t doc, int64_t pos, size_t reach, syn_span *at, syn_err *err)
{
    static const char sql[] = "SELECT start, end FROM name_key WHERE key = ?1 AND doc = ?2 AND pos BETWEEN ?3 AND ?4 "
                              "AND pos <> ?5 LIMIT 1";
    for (size_t i = 0; i < w->n; i++) {
        syn_query *q = syn_store_query(x->s, sql, err);
        if (!q) return SYN_EDB;
        sqlite3_bind_int64(q, 1, (int64_t)w->keys[i]);
        sqlite3_bind_int64(q, 2, doc);
        sqlite3_bind_int64(q, 3, pos - (int64_t)reach);
        sqlite3_bind_int64(q, 4, pos + (int64_t)reach);
        sqlite3_bind_int64(q, 5, pos);
        syn_code code = syn_store_step(x->s, q, "searching names", err);
        if (code == SYN_ENOTFOUND) continue;
        if (code) return code;
        *at = (syn_span){(uint32_t)sqlite3_column_int64(q, 0), (uint32_t)sqlite3_column_int64(q, 1)};
        sqlite3_reset(q);
        return SYN_OK;
    }
    return SYN_ENOTFOUND;
}

typedef struct candidate {
    int64_t row, doc, pos;
    int field;
    syn_span at;
} candidate;

/* Articles, latest first, with a word of this sound; candidates in the arena. */
static syn_code candidates(search *x, const sound *w, candidate **out, size_t *n, syn_err *err)
{
    static const char sql[] =
        "SELECT a.row, k.doc, k.pos, k.field, k.start, k.end FROM name_key k JOIN article a ON a.doc = k.doc WHERE "
        "k.key = ?1 AND (?2 = '' OR a.lang = ?2 OR substr(a.lang, 1, length(?2) + 1) = ?2 || '-') "
        "ORDER BY k.doc DESC, k.pos LIMIT ?3";
    void *items = NULL;
    size_t cap = 0;
    *n = 0;
    for (size_t i = 0; i < w->n; i++) {
        syn_query *q = syn_store_query(x->s, sql, err);
        if (!q) return SYN_EDB;
        sqlite3_bind_int64(q, 1, (int64_t)w->keys[i]);
        syn_store_bind(q, 2, x->lang);
        sqlite3_bind_int(q, 3, SYN_SEARCH_SOUNDING);
        syn_code code;
        while ((code = syn_store_step(x->s, q, "searching names", err)) == SYN_OK) {
            if (!syn_grow(x->arena, &items, &cap, *n + 1, sizeof(candidate))) {
                sqlite3_reset(q);
                return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
            }
            ((candidate *)items)[(*n)++] = (candidate){
                sqlite3_column_int64(q, 0),
                sqlite3_column_int64(q, 1),
                sqlite3_column_int64(q, 2),
                sqlite3_column_int(q, 3),
                {(uint32_t)sqlite3_column_int64(q, 4), (uint32_t)sqlite3_column_int64(q, 5)}};
        }
        if (code != SYN_ENOTFOUND) return code;
    }
    *out = items;
    return SYN_OK;
}

static syn_code alike(search *x, const sound *w, const candidate *c, syn_span at, double *least, syn_err *err)
{
    syn_str there;
    syn_code code = printed(x, c->row, c->field, at, &there, err);
    if (code) return code;
    double like = syn_name_similarity(x->s->lex, w->word, there);
    if (like < *least) *least = like;
    return SYN_OK;
}

/* The other words of the name must stand beside the candidate; a strong name may hold one word more. */
static syn_code consider(search *x, const sound *words, size_t n, size_t lead, int strength, const candidate *c,
                         syn_err *err)
{
    double least = 1, needed = strength < SYN_SEARCH_STRENGTH ? SYN_SEARCH_ALIKE_WEAK : SYN_SEARCH_ALIKE;
    size_t reach = strength > SYN_SEARCH_STRENGTH + 1 ? n : n - 1;
    syn_span whole = c->at, at;
    if (syn_map_get(&x->seen, (syn_str){(const char *)&c->row, sizeof c->row})) return SYN_OK;
    syn_code code = alike(x, &words[lead], c, c->at, &least, err);
    for (size_t i = 0; i < n && !code && least >= needed; i++) {
        if (i == lead) continue;
        code = near(x, &words[i], c->doc, c->pos, reach, &at, err);
        if (code == SYN_ENOTFOUND) return SYN_OK;
        if (!code) code = alike(x, &words[i], c, at, &least, err);
        if (!code && at.start < whole.start) whole.start = at.start;
        if (!code && at.end > whole.end) whole.end = at.end;
    }
    if (code || least < needed) return code;
    return add_hit(x, (hit){.row = c->row, .score = least, .field = c->field, .span = whole}, err);
}

static syn_code by_one_name(search *x, const sound *words, size_t n, syn_err *err)
{
    size_t lead = 0, found = 0;
    int strength = 0;
    candidate *list = NULL;
    for (size_t i = 0; i < n; i++) {
        strength += words[i].strength;
        if (words[i].strength > words[lead].strength) lead = i;
        if (!words[i].n) return SYN_OK;
    }
    if (strength < 2 || (strength < SYN_SEARCH_STRENGTH && syn_utf8_count(words[0].word) < 4)) return SYN_OK;
    syn_code code = candidates(x, &words[lead], &list, &found, err);
    for (size_t i = 0; i < found && !code; i++) code = consider(x, words, n, lead, strength, &list[i], err);
    return code;
}

static syn_code by_sound(search *x, syn_err *err)
{
    sound words[SYN_MAX_QUERY_WORDS];
    syn_buf joined = {.max = SYN_MAX_QUERY};
    if (x->n > 6) return SYN_OK; /* longer than names are */
    for (size_t i = 0; i < x->n; i++) {
        words[i] = sound_of(x, x->units[i].print);
        syn_buf_add(&joined, x->units[i].print);
    }
    syn_code code = by_one_name(x, words, x->n, err);
    if (!code && x->n > 1) {
        sound whole = sound_of(x, syn_dup(x->arena, syn_buf_str(&joined)));
        code = by_one_name(x, &whole, 1, err);
    }
    syn_buf_free(&joined);
    return code;
}

/* ---- what is shown ---- */

static uint32_t source_of(const syn_text *t, size_t folded)
{
    return t->folded.map ? t->folded.map[folded] : 0;
}

/* Where the unit stands in tokens of sentence; false if it does not. */
static bool stands(const syn_text *t, const unit *u, size_t token, syn_buf *plain, syn_span *at)
{
    if (t->tokens[token].kind == SYN_TOK_PUNCT) return false;
    *at = (syn_span){t->tokens[token].start, t->tokens[token].end};
    syn_buf_clear(plain);
    syn_words_plain(syn_token_folded(t, token), plain);
    syn_str word = syn_buf_str(plain);
    if (syn_str_eq(word, u->word)) return true;
    if (u->run) return false;
    return syn_utf8_count(u->word) >= 3 && syn_starts(word, u->word);
}

static bool stands_any(const search *x, const syn_text *t, size_t token, syn_buf *plain, syn_span *at)
{
    for (size_t u = 0; u < x->n; u++)
        if (stands(t, &x->units[u], token, plain, at)) return true;
    return false;
}

/* Take in the words after it that were asked for too. */
static void widen(const search *x, const syn_text *t, syn_span *at)
{
    syn_buf plain = {0};
    syn_span next;
    size_t i = 0;
    while (i < t->ntokens && t->tokens[i].start < at->end) i++;
    for (; i < t->ntokens && stands_any(x, t, i, &plain, &next); i++) at->end = next.end;
    syn_buf_free(&plain);
}

/* The sentence that holds most of the query's words, the first of equals. */
static bool best_sentence(const search *x, const syn_text *t, size_t *sentence, syn_span *at)
{
    syn_buf plain = {0};
    size_t best = 0;
    uint32_t current = UINT32_MAX;
    uint64_t met = 0;
    syn_span span, first = {0, 0};
    for (size_t i = 0; i < t->ntokens; i++) {
        if (t->tokens[i].sentence != current) {
            current = t->tokens[i].sentence;
            met = 0;
        }
        for (size_t u = 0; u < x->n; u++) {
            if ((met >> u & 1) || !stands(t, &x->units[u], i, &plain, &span)) continue;
            if (!met) first = span;
            met |= (uint64_t)1 << u;
            size_t count = (size_t)__builtin_popcountll(met);
            if (count <= best) continue;
            best = count;
            *sentence = current;
            *at = first;
        }
    }
    syn_buf_free(&plain);
    if (best > 1) widen(x, t, at);
    for (size_t u = 0; u < x->n && !best; u++) { /* a run across dictionary words */
        size_t f = x->units[u].run ? syn_find(t->folded.text, x->units[u].word, 0) : SIZE_MAX;
        if (f == SIZE_MAX) continue;
        *at = (syn_span){source_of(t, f), source_of(t, f + x->units[u].word.n)};
        for (*sentence = 0; *sentence + 1 < t->nsentences && t->sentences[*sentence].end <= at->start;) ++*sentence;
        best = 1;
    }
    return best > 0;
}

static size_t char_start(syn_str s, size_t at)
{
    while (at > 0 && at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80) at--;
    return at;
}

/* The first character after a space from at on, or the space before at, within a few words; at itself where no spaces
   are written. */
static size_t after_space(syn_str s, size_t at, size_t end)
{
    size_t space = syn_find_byte(s, ' ', at);
    return space < end && space - at < SYN_SEARCH_WORD ? space + 1 : at;
}

static size_t before_space(syn_str s, size_t at, size_t start)
{
    for (size_t i = at; i > start && at - i < SYN_SEARCH_WORD; i--)
        if (s.p[i - 1] == ' ') return i - 1;
    return at;
}

/* Cut the sentence around what was found. */
static void snippet(search *x, syn_str text, syn_span sentence, syn_span at, syn_article_row *row)
{
    size_t start = sentence.start, end = sentence.end;
    if (at.end < at.start || at.start < start || at.end > end) at = (syn_span){sentence.start, sentence.start};
    if (end - start > SYN_SEARCH_SNIPPET) {
        if (at.start - start > SYN_SEARCH_SNIPPET / 3)
            start = after_space(text, char_start(text, at.start - SYN_SEARCH_SNIPPET / 3), at.start);
        if (end - start > SYN_SEARCH_SNIPPET)
            end = before_space(text, char_start(text, start + SYN_SEARCH_SNIPPET), start);
        if (end < at.end) end = at.end;
    }
    syn_str before = start > sentence.start ? SYN_STR("…") : SYN_STR("");
    syn_str after = end < sentence.end ? SYN_STR("…") : SYN_STR("");
    row->a.lead = syn_arena_format(x->arena, "%.*s%.*s%.*s", SYN_FMT(before), SYN_FMT(syn_slice(text, start, end)),
                                   SYN_FMT(after));
    row->hit = (syn_span){(uint32_t)(at.start - start + before.n), (uint32_t)(at.end - start + before.n)};
}

static syn_code show(search *x, const hit *h, syn_article_row *row, syn_err *err)
{
    syn_text *t;
    size_t sentence = 0;
    syn_span at = h->span;
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    syn_code code = syn_store_article(x->s, x->arena, h->row, row, err);
    if (!code) code = syn_text_of(x->s->texter, &mem, row->a.text, row->a.lang, &t, err);
    if (!code && t->nsentences) {
        bool found = false;
        if (h->span.end && h->field == 0) {
            found = true;
            while (sentence + 1 < t->nsentences && t->sentences[sentence].end <= at.start) sentence++;
        } else if (!h->span.end)
            found = best_sentence(x, t, &sentence, &at);
        if (found)
            snippet(x, row->a.text, t->sentences[sentence], at, row);
        else if (!row->a.lead.n)
            snippet(x, row->a.text, t->sentences[0], (syn_span){0, 0}, row);
    }
    syn_arena_free(&mem);
    row->a.text = (syn_str){NULL, 0};
    row->score = h->score;
    return code;
}

static int by_score(const void *left, const void *right)
{
    const hit *a = left, *b = right;
    if (a->score != b->score) return a->score < b->score ? 1 : -1;
    return (a->row < b->row) - (a->row > b->row);
}

syn_code syn_store_search(syn_store *s, syn_arena *arena, syn_str query, syn_str lang, size_t offset, size_t limit,
                          syn_list *out, syn_err *err)
{
    search x = {.s = s, .arena = arena, .lang = lang, .seen = {.arena = arena}};
    syn_code code = parse(&x, query, err);
    if (code) return code;
    if (x.n) {
        code = by_words(&x, false, 3, err);
        if (!code && x.nhits < SYN_MAX_HITS) code = by_words(&x, true, 2, err);
        if (!code && x.nhits < SYN_MAX_HITS) code = by_sound(&x, err);
        if (code) return code;
    }
    if (x.nhits) qsort(x.hits, x.nhits, sizeof *x.hits, by_score);
    if (limit > SYN_MAX_PAGE_ROWS) limit = SYN_MAX_PAGE_ROWS;
    if (offset > x.nhits) offset = x.nhits;
    size_t n = x.nhits - offset < limit ? x.nhits - offset : limit;
    syn_article_row *rows = SYN_NEW_ARRAY(arena, syn_article_row, n);
    if (!rows) return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    for (size_t i = 0; i < n; i++)
        if ((code = show(&x, &x.hits[offset + i], &rows[i], err)) != SYN_OK) return code;
    *out = (syn_list){rows, n, x.nhits};
    return SYN_OK;
}
