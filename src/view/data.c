/* data.c - stage 8: the same records as JSON. */
#include "internal.h"

void syn_view_json_int(syn_jsonw *w, const char *key, int64_t v)
{
    syn_jw_key(w, key);
    syn_jw_int(w, v);
}

void syn_view_json_moment(syn_jsonw *w, const char *key, int64_t seconds)
{
    char iso[40];
    syn_time_format((syn_time){seconds, 0, false}, iso);
    syn_jw_field(w, key, syn_str_of(iso));
}

void syn_view_json_langs(syn_jsonw *w, const char *key, syn_str by_comma)
{
    syn_str tag;
    syn_jw_key(w, key);
    syn_jw_open(w, '[');
    while (syn_split(&by_comma, ',', &tag)) syn_jw_str(w, tag);
    syn_jw_close(w, ']');
}

void syn_view_json_story(syn_jsonw *w, const syn_story_row *s)
{
    syn_jw_open(w, '{');
    syn_view_json_int(w, "story", s->story);
    syn_jw_field(w, "title", s->title);
    syn_jw_field(w, "lang", s->lang);
    syn_jw_field(w, "lead", s->lead);
    syn_view_json_moment(w, "first", s->first);
    syn_view_json_moment(w, "last", s->last);
    syn_view_json_int(w, "articles", s->articles);
    syn_view_json_int(w, "reprints", s->reprints);
    syn_view_json_int(w, "outlets", s->outlets);
    syn_view_json_langs(w, "langs", s->lang_list);
}

static void open_row(syn_jsonw *w, const syn_article_row *row)
{
    syn_jw_open(w, '{');
    syn_view_json_int(w, "article", row->article);
    if (row->story) syn_view_json_int(w, "story", row->story);
    if (row->reprint_of) syn_view_json_int(w, "reprint_of", row->reprint_of);
    syn_jw_key(w, "score");
    syn_jw_double(w, row->score);
    syn_jw_key(w, "page");
    syn_article_write(w, &row->a);
}

static void put_told(syn_jsonw *w, const syn_told *t)
{
    const syn_reason *reasons = t->reasons.items;
    open_row(w, &t->row);
    syn_jw_key(w, "facts");
    syn_jw_open(w, '[');
    for (size_t i = 0; i < t->facts.n; i++) syn_fact_write(w, &t->facts.items[i]);
    syn_jw_close(w, ']');
    syn_jw_key(w, "reasons");
    syn_jw_open(w, '[');
    for (size_t i = 0; i < t->reasons.n; i++) {
        syn_jw_open(w, '{');
        if (reasons[i].signal < SYN_SIGNALS) syn_jw_field(w, "signal", syn_str_of(syn_signal_names[reasons[i].signal]));
        syn_jw_key(w, "weight");
        syn_jw_double(w, (double)reasons[i].weight);
        syn_jw_field(w, "here", reasons[i].here);
        syn_jw_field(w, "there", reasons[i].there);
        syn_jw_field(w, "there_id", reasons[i].there_id);
        if (reasons[i].stories) {
            syn_jw_key(w, "stories");
            syn_jw_int(w, (int64_t)reasons[i].stories);
        }
        syn_jw_close(w, '}');
    }
    syn_jw_close(w, ']');
}

static void put_row(syn_jsonw *w, const syn_story_page *page, const syn_row *row)
{
    syn_jw_open(w, '{');
    if (row->kind < SYN_FACT_KINDS) syn_jw_field(w, "kind", syn_str_of(syn_fact_kind_names[row->kind]));
    syn_jw_field(w, "label", row->label);
    if (row->label.n && row->told < page->n) syn_jw_field(w, "label_lang", page->told[row->told].row.a.lang);
    syn_jw_key(w, "differs");
    syn_jw_bool(w, row->differs);
    if (row->differs && row->severity) {
        syn_jw_field(w, "difference", syn_str_of(syn_difference_names[row->difference]));
        syn_view_json_int(w, "severity", row->severity);
    }
    syn_jw_key(w, "said");
    syn_jw_open(w, '[');
    for (size_t i = 0; i < page->table.ntellings; i++) {
        if (!row->cells[i].fact) continue;
        syn_jw_open(w, '{');
        syn_view_json_int(w, "article", page->told[i].row.article);
        syn_view_json_int(w, "value", row->cells[i].value);
        syn_jw_key(w, "fact");
        syn_fact_write(w, row->cells[i].fact);
        syn_jw_close(w, '}');
    }
    syn_jw_close(w, ']');
    syn_jw_close(w, '}');
}

static void put_words(syn_jsonw *w, const syn_list *words)
{
    const syn_word_row *rows = words->items;
    if (!words->n) return;
    syn_jw_key(w, "words");
    syn_jw_open(w, '[');
    for (size_t i = 0; i < words->n; i++) {
        const syn_verdict_row *v = &rows[i].said;
        syn_jw_open(w, '{');
        syn_view_json_int(w, "n", v->n);
        syn_jw_field(w, "verdict", v->together ? SYN_STR("together") : SYN_STR("apart"));
        syn_view_json_int(w, "a", rows[i].a.article);
        syn_view_json_int(w, "b", rows[i].b.article);
        if (rows[i].others) syn_view_json_int(w, "others", rows[i].others);
        syn_jw_field(w, "who", v->who);
        syn_jw_field(w, "why", v->why);
        syn_view_json_moment(w, "said", v->said);
        if (v->withdrawn) syn_view_json_moment(w, "withdrawn", v->withdrawn);
        syn_jw_close(w, '}');
    }
    syn_jw_close(w, ']');
}

/* Sentences that were taken out and put in from one text to the next. */
static void put_changes(syn_jsonw *w, const syn_changes *c, const syn_text *was, const syn_text *is)
{
    static const char *const keys[] = {"", "taken_out", "put_in"};
    for (uint8_t kind = SYN_TAKEN_OUT; kind <= SYN_PUT_IN; kind++) {
        syn_str src = kind == SYN_TAKEN_OUT ? was->src : is->src;
        syn_jw_key(w, keys[kind]);
        syn_jw_open(w, '[');
        for (size_t k = 0; k < c->n; k++)
            if (c->items[k].kind == kind) syn_jw_str(w, syn_slice(src, c->items[k].span.start, c->items[k].span.end));
        syn_jw_close(w, ']');
    }
}

static void put_side(syn_jsonw *w, const char *key, const syn_saying *said)
{
    syn_jw_key(w, key);
    syn_jw_open(w, '{');
    syn_view_json_int(w, "start", said->span.start);
    syn_view_json_int(w, "end", said->span.end);
    syn_jw_close(w, '}');
}

/* What each reprint of a telling altered: a in its original, b in itself. */
static void put_reprints(syn_jsonw *w, const syn_story_page *page, size_t telling)
{
    syn_jw_key(w, "reprints");
    syn_jw_open(w, '[');
    for (size_t i = 0; i < page->nreprints; i++) {
        const syn_reprint *r = &page->reprints[i];
        if (r->of != telling) continue;
        put_told(w, &r->told);
        syn_jw_key(w, "altered");
        syn_jw_open(w, '[');
        for (size_t k = 0; k < r->altered.n; k++) {
            const syn_difference *d = &r->altered.items[k];
            syn_jw_open(w, '{');
            syn_jw_field(w, "kind", syn_str_of(syn_difference_names[d->kind]));
            syn_view_json_int(w, "severity", d->severity);
            put_side(w, "a", &d->a);
            put_side(w, "b", &d->b);
            syn_jw_close(w, '}');
        }
        syn_jw_close(w, ']');
        if (page->told[telling].text && r->told.text)
            put_changes(w, &r->changes, page->told[telling].text, r->told.text);
        syn_jw_close(w, '}');
    }
    syn_jw_close(w, ']');
}

static void finish(syn_jsonw *w)
{
    syn_jw_close(w, '}');
    syn_buf_c(w->out, '\n');
}

void syn_view_front_json(const syn_front *page, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    syn_jw_open(&w, '{');
    syn_view_json_int(&w, "total", (int64_t)page->total);
    syn_view_json_int(&w, "from", (int64_t)page->offset);
    syn_jw_key(&w, "stories");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < page->n; i++) {
        syn_view_json_story(&w, &page->cards[i].story);
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    finish(&w);
}

static void put_topics(syn_jsonw *w, const syn_frame *f, const syn_list *topics)
{
    const syn_topic_row *rows = topics->items;
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    if (topics->n) syn_jw_key(w, "topics");
    if (topics->n) syn_jw_open(w, '[');
    for (size_t i = 0; i < topics->n; i++)
        syn_view_topic_brief(w, &mem, syn_view_lexicon(f->view), &rows[i], syn_str_of(syn_view_tag(f->view)));
    if (topics->n) syn_jw_close(w, ']');
    syn_arena_free(&mem);
}

void syn_view_story_json(const syn_frame *f, const syn_story_page *page, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    syn_view_json_story(&w, &page->story);
    put_topics(&w, f, &page->topics);
    put_words(&w, &page->words);
    syn_jw_key(&w, "compared");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < page->table.n; i++) put_row(&w, page, &page->table.rows[i]);
    syn_jw_close(&w, ']');
    syn_jw_key(&w, "tellings");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < page->n; i++) {
        put_told(&w, &page->told[i]);
        put_reprints(&w, page, i);
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    finish(&w);
}

void syn_view_article_json(const syn_article_page *page, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    const syn_version_row *rows = page->versions.items;
    put_told(&w, &page->told);
    syn_jw_key(&w, "versions");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < page->versions.n; i++) {
        syn_jw_open(&w, '{');
        syn_view_json_moment(&w, "added", rows[i].when);
        syn_jw_field(&w, "title", rows[i].title);
        syn_jw_field(&w, "lead", rows[i].lead);
        syn_jw_field(&w, "text", rows[i].text);
        if (page->changes) put_changes(&w, &page->changes[i], page->texts[i], i ? page->texts[i - 1] : page->told.text);
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    finish(&w);
}

void syn_view_search_json(const syn_search_page *page, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    const syn_article_row *rows = page->found.items;
    syn_jw_open(&w, '{');
    syn_jw_field(&w, "query", page->query);
    syn_view_json_int(&w, "total", (int64_t)page->found.total);
    syn_view_json_int(&w, "from", (int64_t)page->offset);
    syn_jw_key(&w, "articles");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < page->found.n; i++) {
        syn_article_row row = rows[i];
        row.a.lead.n = 0;
        open_row(&w, &row);
        syn_jw_field(&w, "snippet", rows[i].a.lead);
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    finish(&w);
}

void syn_view_sources_json(const syn_list *sources, const syn_list *feeds, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    const syn_source_row *rows = sources->items;
    syn_jw_open(&w, '{');
    syn_jw_key(&w, "sources");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < sources->n; i++) {
        syn_jw_open(&w, '{');
        syn_jw_field(&w, "outlet", rows[i].outlet);
        syn_view_json_langs(&w, "langs", rows[i].langs);
        syn_view_json_int(&w, "articles", rows[i].articles);
        syn_view_json_int(&w, "stories", rows[i].stories);
        syn_view_json_moment(&w, "first", rows[i].first);
        syn_view_json_moment(&w, "last", rows[i].last);
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    const syn_feed_row *followed = feeds->items;
    syn_jw_key(&w, "feeds");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < feeds->n; i++) {
        syn_jw_open(&w, '{');
        syn_jw_field(&w, "url", followed[i].url);
        syn_jw_field(&w, "title", followed[i].title);
        syn_view_json_int(&w, "items", followed[i].items);
        syn_view_json_int(&w, "articles", (int64_t)followed[i].added);
        if (followed[i].fetched) syn_view_json_moment(&w, "fetched", followed[i].fetched);
        if (followed[i].answered) syn_view_json_moment(&w, "answered", followed[i].answered);
        if (followed[i].due) syn_view_json_moment(&w, "due", followed[i].due);
        syn_view_json_int(&w, "fails", followed[i].fails);
        syn_jw_field(&w, "error", followed[i].error);
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    finish(&w);
}

void syn_view_error_json(int status, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    syn_jw_open(&w, '{');
    syn_view_json_int(&w, "status", status);
    syn_jw_field(&w, "error",
                 status == 404   ? SYN_STR("nothing is here")
                 : status == 400 ? SYN_STR("the address cannot be right")
                 : status == 405 ? SYN_STR("only GET and HEAD are answered")
                                 : SYN_STR("the store could not answer"));
    finish(&w);
}
