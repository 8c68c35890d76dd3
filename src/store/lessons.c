/* lessons.c - stage 7: what was learned from reading: links of words, kept, listed, forgotten. */
#include "internal.h"

#include <time.h>

static syn_str folded_of(syn_arena *mem, syn_str word)
{
    syn_folded folded;
    return syn_fold(mem, word, false, &folded, NULL) ? word : folded.text;
}

syn_code syn_store_put_lesson(syn_store *s, const syn_lesson *l, syn_err *err)
{
    static const char sql[] =
        "INSERT INTO lesson(lang, word, meaning, word_text, folded, meaning_text, meaning_lang, weight, stories, "
        "witnesses, first, last) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11) "
        "ON CONFLICT(word, meaning, lang) DO UPDATE SET weight = ?8, stories = ?9, last = ?11 WHERE forgotten IS NULL";
    syn_arena mem = {.limit = SYN_MAX_PAGE};
    syn_buf witnesses = {0};
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    for (size_t w = 0; w < SYN_MAX_WITNESSES && l->witnesses[w].n; w++) {
        if (w) syn_buf_c(&witnesses, '\n');
        syn_buf_add(&witnesses, l->witnesses[w]);
    }
    syn_store_bind(q, 1, l->lang);
    sqlite3_bind_int64(q, 2, (int64_t)l->word);
    sqlite3_bind_int64(q, 3, (int64_t)l->meaning);
    syn_store_bind(q, 4, l->word_text);
    syn_store_bind(q, 5, folded_of(&mem, l->word_text));
    syn_store_bind(q, 6, l->meaning_text);
    syn_store_bind(q, 7, l->meaning_lang);
    sqlite3_bind_double(q, 8, (double)l->weight);
    sqlite3_bind_int64(q, 9, l->stories);
    syn_store_bind(q, 10, syn_buf_str(&witnesses));
    sqlite3_bind_int64(q, 11, (int64_t)time(NULL));
    syn_code code = syn_store_run(s, q, "keeping what was learned", err);
    syn_buf_free(&witnesses);
    syn_arena_free(&mem);
    return code;
}

static syn_code no_memory(syn_err *err)
{
    return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
}

syn_code syn_store_lessons(syn_store *s, syn_arena *arena, syn_str lang, syn_list *out, syn_err *err)
{
    static const char sql[] =
        "SELECT n, lang, word, meaning, word_text, meaning_text, meaning_lang, weight, stories, witnesses, "
        "first, last, coalesce(forgotten, 0) FROM lesson WHERE ?1 = '' OR lang = ?1 ORDER BY lang, word_text, n";
    syn_lesson_row *rows = NULL;
    size_t n = 0, cap = 0;
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    syn_store_bind(q, 1, lang);
    syn_code code;
    while ((code = syn_store_step(s, q, "reading what was learned", err)) == SYN_OK) {
        if (!syn_grow(arena, &rows, &cap, n + 1, sizeof *rows)) {
            sqlite3_reset(q);
            return no_memory(err);
        }
        syn_lesson l = {.lang = syn_store_column_dup(arena, q, 1),
                        .word = (uint64_t)sqlite3_column_int64(q, 2),
                        .meaning = (uint64_t)sqlite3_column_int64(q, 3),
                        .word_text = syn_store_column_dup(arena, q, 4),
                        .meaning_text = syn_store_column_dup(arena, q, 5),
                        .meaning_lang = syn_store_column_dup(arena, q, 6),
                        .weight = (float)sqlite3_column_double(q, 7),
                        .stories = (uint32_t)sqlite3_column_int64(q, 8)};
        syn_str witnesses = syn_store_column_dup(arena, q, 9);
        for (size_t w = 0; w < SYN_MAX_WITNESSES; w++)
            if (!syn_split(&witnesses, '\n', &l.witnesses[w])) break;
        rows[n++] = (syn_lesson_row){sqlite3_column_int64(q, 0), l, sqlite3_column_int64(q, 10),
                                     sqlite3_column_int64(q, 11), sqlite3_column_int64(q, 12)};
    }
    if (code != SYN_ENOTFOUND) return code;
    *out = (syn_list){rows, n, n};
    return arena->failed ? no_memory(err) : SYN_OK;
}

syn_code syn_store_forgotten(syn_store *s, int64_t *since, syn_forgotten_fn *fn, void *context, syn_err *err)
{
    static const char sql[] = "SELECT word, meaning, lang, forgotten FROM lesson WHERE forgotten >= ?1";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, *since);
    syn_code code;
    while ((code = syn_store_step(s, q, "reading what was forgotten", err)) == SYN_OK) {
        syn_lesson l = {.word = (uint64_t)sqlite3_column_int64(q, 0),
                        .meaning = (uint64_t)sqlite3_column_int64(q, 1),
                        .lang = syn_store_column(q, 2)};
        if (sqlite3_column_int64(q, 3) > *since) *since = sqlite3_column_int64(q, 3);
        code = fn(context, l.word, l.meaning, l.lang, err);
        if (code) {
            sqlite3_reset(q);
            return code;
        }
    }
    return code == SYN_ENOTFOUND ? SYN_OK : code;
}

static syn_code change(syn_store *s, syn_query *q, uint64_t *gone, syn_err *err)
{
    syn_code code = q ? syn_store_run(s, q, "forgetting what was learned", err) : SYN_EDB;
    if (!code) *gone += (uint64_t)sqlite3_changes(s->db);
    return code;
}

syn_code syn_store_forget_lesson(syn_store *s, int64_t n, uint64_t *gone, syn_err *err)
{
    static const char sql[] = "UPDATE lesson SET forgotten = ?2 WHERE n = ?1 AND forgotten IS NULL";
    syn_query *q = syn_store_query(s, sql, err);
    *gone = 0;
    if (q) {
        sqlite3_bind_int64(q, 1, n);
        sqlite3_bind_int64(q, 2, (int64_t)time(NULL));
    }
    syn_code code = change(s, q, gone, err);
    if (!code && !*gone) return syn_fail(err, SYN_ENOTFOUND, 0, "store: no link %lld to forget", (long long)n);
    return code;
}

syn_code syn_store_forget_word(syn_store *s, syn_str word, uint64_t *gone, syn_err *err)
{
    /* the word as a whole, so that it is not learned anew with another meaning */
    static const char whole[] =
        "INSERT INTO lesson(lang, word, meaning, word_text, folded, meaning_text, meaning_lang, weight, stories, "
        "witnesses, first, last, forgotten) SELECT lang, word, 0, min(word_text), folded, '', '', 0, 0, '', ?2, ?2, ?2 "
        "FROM lesson WHERE folded = ?1 AND meaning != 0 GROUP BY lang, word ON CONFLICT DO NOTHING";
    static const char links[] = "UPDATE lesson SET forgotten = ?2 WHERE folded = ?1 AND forgotten IS NULL";
    syn_arena mem = {.limit = SYN_MAX_PAGE};
    syn_str folded = folded_of(&mem, word);
    uint64_t words = 0;
    *gone = 0;
    syn_code code = syn_store_savepoint(s, err);
    const char *const both[] = {whole, links};
    for (size_t k = 0; !code && k < SYN_COUNT(both); k++) {
        syn_query *q = syn_store_query(s, both[k], err);
        if (q) {
            syn_store_bind(q, 1, folded);
            sqlite3_bind_int64(q, 2, (int64_t)time(NULL));
        }
        code = change(s, q, k ? gone : &words, err);
        if (k) code = syn_store_release(s, code, err);
    }
    if (!code && !*gone && !words)
        code = syn_fail(err, SYN_ENOTFOUND, 0, "store: nothing was learned of \"%.*s\"",
                        SYN_FMT(syn_utf8_head(word, 100)));
    syn_arena_free(&mem);
    return code;
}
