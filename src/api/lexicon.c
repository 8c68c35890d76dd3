/* lexicon.c - stage 10: what a desk learned from reading: brought up with the grouping, kept, listed, forgotten. */
#include "desk.h"

static syn_code unlearn(void *context, uint64_t word, uint64_t meaning, syn_str lang, syn_err *err)
{
    return syn_grouper_forget(context, word, meaning, lang, err);
}

syn_code syn_desk_heed_forgotten(syn_desk *d, syn_err *err)
{
    return syn_store_forgotten(d->store, &d->forgotten, unlearn, d->grouper, err);
}

syn_code syn_desk_teach(syn_desk *d, syn_err *err)
{
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    syn_list list = {0};
    d->forgotten = 0;
    syn_code rc = syn_store_lessons(d->store, &mem, SYN_STR(""), &list, err);
    const syn_lesson_row *rows = rc ? NULL : list.items;
    for (size_t i = 0; !rc && i < list.n; i++)
        if (!rows[i].forgotten) rc = syn_grouper_teach(d->grouper, &rows[i].lesson, err);
    if (!rc) rc = syn_desk_heed_forgotten(d, err);
    syn_arena_free(&mem);
    return rc;
}

static syn_code keep(void *context, const syn_lesson *lesson, syn_err *err)
{
    const syn_desk *d = context;
    return syn_store_put_lesson(d->store, lesson, err);
}

syn_code syn_desk_keep_lessons(syn_desk *d, syn_err *err)
{
    return syn_grouper_lessons(d->grouper, keep, d, err);
}

static void put_day(syn_jsonw *w, const char *key, int64_t when)
{
    char text[40];
    if (!when) return;
    syn_time_format((syn_time){when, 0, false}, text);
    syn_jw_field(w, key, syn_str_of(text));
}

static void write_json(syn_buf *out, const syn_lesson_row *row)
{
    const syn_lesson *l = &row->lesson;
    syn_jsonw w = {.out = out};
    syn_jw_open(&w, '{');
    syn_jw_key(&w, "n");
    syn_jw_int(&w, row->n);
    syn_jw_field(&w, "lang", l->lang);
    syn_jw_field(&w, "word", l->word_text);
    syn_jw_field(&w, "meaning", l->meaning_text);
    syn_jw_field(&w, "meaning_lang", l->meaning_lang);
    syn_jw_key(&w, "weight");
    syn_jw_double(&w, (double)(int)(l->weight * 1000 + 0.5f) / 1000);
    syn_jw_key(&w, "stories");
    syn_jw_int(&w, (int64_t)l->stories);
    syn_jw_key(&w, "witnesses");
    syn_jw_open(&w, '[');
    for (size_t k = 0; k < SYN_MAX_WITNESSES && l->witnesses[k].n; k++) syn_jw_str(&w, l->witnesses[k]);
    syn_jw_close(&w, ']');
    put_day(&w, "first", row->first);
    put_day(&w, "last", row->last);
    put_day(&w, "forgotten", row->forgotten);
    syn_jw_close(&w, '}');
}

/* Its own line and column, whatever a page called its language. */
static void put_plain(syn_buf *out, syn_str s)
{
    for (size_t i = 0; i < s.n; i++) syn_buf_c(out, (unsigned char)s.p[i] < ' ' || s.p[i] == 127 ? ' ' : s.p[i]);
    syn_buf_c(out, '\t');
}

static void write_line(syn_buf *out, const syn_lesson_row *row)
{
    const syn_lesson *l = &row->lesson;
    syn_buf_format(out, "%lld\t", (long long)row->n);
    put_plain(out, l->lang);
    put_plain(out, l->word_text);
    put_plain(out, l->meaning_text);
    put_plain(out, l->meaning_lang.n ? l->meaning_lang : SYN_STR("concept"));
    syn_buf_format(out, "%.2f\t%u", (double)l->weight, l->stories);
}

syn_code synoptic_desk_lexicon(syn_desk *d, syn_str lang, bool json, syn_sink *sink, void *context, syn_err *err)
{
    syn_session *s = d->session;
    syn_list list = {0};
    syn_arena_reset(&s->mem);
    syn_code rc = syn_store_lessons(d->store, &s->mem, lang, &list, err);
    const syn_lesson_row *rows = rc ? NULL : list.items;
    for (size_t i = 0; !rc && i < list.n; i++) {
        if (!json && rows[i].forgotten) continue;
        syn_buf_clear(&s->out);
        if (json)
            write_json(&s->out, &rows[i]);
        else
            write_line(&s->out, &rows[i]);
        rc = syn_api_emit(s, sink, context, err);
    }
    return rc;
}

syn_code synoptic_desk_unlearn(syn_desk *d, syn_str word, int64_t n, uint64_t *gone, syn_err *err)
{
    syn_code rc = word.n ? syn_store_forget_word(d->store, word, gone, err)
                         : syn_store_forget_lesson(d->store, n, gone, err);
    return !rc && d->grouper ? syn_desk_heed_forgotten(d, err) : rc;
}
