/* record.c - stage 9: the record of a story's or a topic's tellings, and what a story's and a topic's pages give to be
   kept. */
#include "internal.h"

#include <stdio.h>

syn_code syn_serve_record(syn_room *room, const syn_told *told, size_t n, syn_record_page *page, syn_err *err)
{
    syn_record *record = SYN_NEW(&room->mem, syn_record);
    int64_t *articles = SYN_NEW_ARRAY(&room->mem, int64_t, n);
    syn_recorder *r = syn_recorder_new(&room->mem, room->lex);
    if (!record || !articles || !r) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    syn_code rc = SYN_OK;
    for (size_t i = 0; i < n && i < SYN_MAX_RECORD_TELLINGS && !rc; i++) {
        const syn_article *a = &told[i].row.a;
        syn_recorded one = {told[i].ready, a->title, a->outlet, a->url, SYN_NO_DAY};
        if (syn_time_known(a->published)) one.published = syn_time_day(a->published);
        articles[i] = told[i].row.article;
        rc = syn_recorder_add(r, room->texter, &one, err);
    }
    if (!rc) rc = syn_recorder_finish(r, record, err);
    page->record = record;
    page->articles = articles;
    page->now = SYN_NO_DAY;
    return rc;
}

static syn_code story_record(syn_call *c, syn_record_page *page, bool *moved)
{
    syn_story_page from = {0};
    syn_arena *mem = &c->room->mem;
    syn_code code = syn_serve_bring_tellings(c, c->number, &from);
    *moved = !code && syn_serve_moved(c, from.story.story);
    if (code || *moved) return code;
    page->title = from.story.title;
    page->lang = from.story.lang;
    page->home = syn_arena_format(mem, "/story/%lld", (long long)c->number);
    page->exports = syn_arena_format(mem, "/story/%lld/record", (long long)c->number);
    return syn_serve_record(c->room, from.told, from.n, page, &c->err);
}

syn_code syn_serve_topic_record(syn_call *c, const syn_topic_row *topic, syn_record_page *page)
{
    syn_list rows;
    syn_told *told;
    syn_arena *mem = &c->room->mem;
    syn_code code = syn_store_topic_tellings(c->room->store, mem, topic->topic, SYN_MAX_RECORD_TELLINGS, &rows,
                                             &c->err);
    if (!code) code = syn_serve_bring_told(c, &rows, &told);
    if (code) return code;
    page->title = syn_topic_title(mem, c->room->lex, topic->parties, topic->nparties, c->reader);
    page->lang = c->reader;
    page->home = syn_arena_format(mem, "/topic/%lld", (long long)topic->topic);
    page->exports = syn_arena_format(mem, "/topic/%lld/record", (long long)topic->topic);
    return syn_serve_record(c->room, told, rows.n, page, &c->err);
}

syn_code syn_serve_record_page(syn_call *c)
{
    syn_record_page page = {0};
    bool moved;
    syn_code code = story_record(c, &page, &moved);
    if (!code && !moved) syn_view_record(&c->frame, &page, &c->out->body);
    return code;
}

/* ---- to be kept ---- */

static void record_json(const syn_call *c, const syn_record_page *page)
{
    syn_view_record_json(page->record, &c->out->body);
}
static void record_csv(const syn_call *c, const syn_record_page *page)
{
    syn_view_record_csv(page->record, &c->out->body);
}
static void record_ics(const syn_call *c, const syn_record_page *page)
{
    syn_view_record_ics(c->frame.view, page->record, page->now, &c->out->body);
}
static void record_html(const syn_call *c, const syn_record_page *page)
{
    syn_view_record_alone(c->frame.view, page, &c->out->body);
}
static void compare_json(const syn_call *c, const syn_compared *compared)
{
    syn_view_compared_json(syn_view_number(c->frame.view), compared, &c->out->body);
    syn_buf_c(&c->out->body, '\n');
}
static void compare_csv(const syn_call *c, const syn_compared *compared)
{
    syn_view_compared_csv_head(&c->out->body);
    syn_view_compared_csv(syn_view_number(c->frame.view), compared, &c->out->body);
}
static void compare_html(const syn_call *c, const syn_compared *compared)
{
    syn_view_alone_begin(c->frame.view, compared->n ? compared->told[0].row.a.title : (syn_str){"", 0}, &c->out->body);
    syn_view_compared(c->frame.view, compared, &c->out->body);
    syn_view_alone_end(c->frame.view, &c->out->body);
}

static const struct form {
    const char *end, *type;
    void (*record)(const syn_call *c, const syn_record_page *page);
    void (*compare)(const syn_call *c, const syn_compared *compared);
} forms[] = {
    {".json", SYN_TYPE_JSON, record_json, compare_json},
    {".csv", "text/csv; charset=utf-8", record_csv, compare_csv},
    {".ics", "text/calendar; charset=utf-8", record_ics, NULL},
    {".html", SYN_TYPE_HTML, record_html, compare_html},
};

/* The form that the address asks for, "what" and its ending; what is no page to look at gets the name of a file. */
static const struct form *form_of(syn_call *c, const char *what, const char *file)
{
    char last[32];
    syn_str path = c->request->path;
    for (size_t i = 0; i < SYN_COUNT(forms); i++) {
        snprintf(last, sizeof last, "/%s%s", what, forms[i].end);
        if (!syn_ends(path, syn_str_of(last))) continue;
        c->out->type = forms[i].type;
        if (i) snprintf(c->out->file, sizeof c->out->file, "%s-%lld%s", file, (long long)c->number, forms[i].end);
        return &forms[i];
    }
    return NULL;
}

syn_code syn_serve_record_export(syn_call *c)
{
    const struct form *form = form_of(c, "record", "record");
    syn_record_page page = {0};
    bool moved;
    if (!form) return SYN_ENOTFOUND;
    syn_code code = story_record(c, &page, &moved);
    if (!code && !moved) form->record(c, &page);
    return code;
}

syn_code syn_serve_topic_export(syn_call *c)
{
    const struct form *form = form_of(c, "record", "topic");
    syn_record_page page = {0};
    syn_topic_row topic;
    if (!form) return SYN_ENOTFOUND;
    syn_code code = syn_store_topic(c->room->store, &c->room->mem, c->number, &topic, &c->err);
    if (code || syn_serve_moved(c, topic.topic)) return code;
    code = syn_serve_topic_record(c, &topic, &page);
    if (!code) form->record(c, &page);
    return code;
}

syn_code syn_serve_compare_export(syn_call *c)
{
    const struct form *form = form_of(c, "compare", "compare");
    syn_story_page page = {0};
    if (!form || !form->compare) return SYN_ENOTFOUND;
    syn_code code = syn_serve_bring_story(c, c->number, &page);
    if (code || syn_serve_moved(c, page.story.story)) return code;
    syn_compared compared = syn_view_compared_of(&page);
    form->compare(c, &compared);
    return SYN_OK;
}
