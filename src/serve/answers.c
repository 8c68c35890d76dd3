/* answers.c - stage 9: each address's answer: records from bring.c, written by the view. */
#include "internal.h"

#include <stdio.h>

syn_code syn_serve_front(syn_call *c)
{
    syn_front page = {0};
    syn_code code = syn_serve_bring_front(c, SYN_FRONT_ROWS, &page);
    if (!code) code = syn_serve_count_differences(c, &page);
    if (!code) syn_view_front(&c->frame, &page, &c->out->body);
    return code;
}

syn_code syn_serve_front_json(syn_call *c)
{
    syn_front page = {0};
    syn_code code = syn_serve_bring_front(c, SYN_FRONT_ROWS, &page);
    if (!code) syn_view_front_json(&page, &c->out->body);
    return code;
}

syn_code syn_serve_feed(syn_call *c)
{
    syn_front page = {0};
    c->from = 0;
    syn_code code = syn_serve_bring_front(c, SYN_FEED_ROWS, &page);
    if (!code) syn_view_feed(&c->frame, &page, &c->out->body);
    return code;
}

/* A story that was merged into another has moved there. */
static bool moved(syn_call *c, int64_t story, const char *before, const char *after)
{
    if (story == c->number) return false;
    c->out->status = 308;
    snprintf(c->out->location, sizeof c->out->location, "%s%lld%s", before, (long long)story, after);
    return true;
}

syn_code syn_serve_story(syn_call *c)
{
    syn_story_page page = {0};
    syn_code code = syn_serve_bring_story(c, c->number, &page);
    if (!code && !moved(c, page.story.story, "/story/", "")) syn_view_story(&c->frame, &page, &c->out->body);
    return code;
}

syn_code syn_serve_story_json(syn_call *c)
{
    syn_story_page page = {0};
    syn_code code = syn_serve_bring_story(c, c->number, &page);
    if (!code && !moved(c, page.story.story, "/api/stories/", ".json"))
        syn_view_story_json(&c->frame, &page, &c->out->body);
    return code;
}

/* The record of a story, as one of its addresses gives it. */
static syn_code write_record(syn_call *c, const char *before, const char *tail,
                             void (*write)(syn_call *c, const syn_record_page *page))
{
    syn_story_page from = {0};
    syn_record_page page = {0};
    syn_code code = syn_serve_bring_tellings(c, c->number, &from);
    if (code || moved(c, from.story.story, before, tail)) return code;
    page.title = from.story.title;
    page.lang = from.story.lang;
    page.home = syn_arena_format(&c->room->mem, "/story/%lld", (long long)c->number);
    page.exports = syn_arena_format(&c->room->mem, "/api/stories/%lld/record", (long long)c->number);
    code = syn_serve_record(c->room, from.told, from.n, &page, &c->err);
    if (!code) write(c, &page);
    return code;
}

static void record_html(syn_call *c, const syn_record_page *page)
{
    syn_view_record(&c->frame, page, &c->out->body);
}
static void record_json(syn_call *c, const syn_record_page *page)
{
    syn_view_record_json(page->record, &c->out->body);
}
static void record_csv(syn_call *c, const syn_record_page *page)
{
    syn_view_record_csv(page->record, &c->out->body);
}
static void record_ics(syn_call *c, const syn_record_page *page)
{
    syn_view_record_ics(c->frame.view, page->record, page->now, &c->out->body);
}

syn_code syn_serve_story_record(syn_call *c)
{
    return write_record(c, "/story/", "/record", record_html);
}
syn_code syn_serve_story_record_json(syn_call *c)
{
    return write_record(c, "/api/stories/", "/record.json", record_json);
}
syn_code syn_serve_story_record_csv(syn_call *c)
{
    return write_record(c, "/api/stories/", "/record.csv", record_csv);
}
syn_code syn_serve_story_record_ics(syn_call *c)
{
    return write_record(c, "/api/stories/", "/record.ics", record_ics);
}

syn_code syn_serve_article(syn_call *c)
{
    syn_article_page page = {0};
    syn_code code = syn_serve_bring_article(c, &page);
    if (!code) syn_view_article(&c->frame, &page, &c->out->body);
    return code;
}

syn_code syn_serve_article_json(syn_call *c)
{
    syn_article_page page = {0};
    syn_code code = syn_serve_bring_article(c, &page);
    if (!code) syn_view_article_json(&page, &c->out->body);
    return code;
}

syn_code syn_serve_topics(syn_call *c)
{
    syn_topics_page page = {0};
    syn_code code = syn_serve_bring_topics(c, &page);
    if (!code) syn_view_topics(&c->frame, &page, &c->out->body);
    return code;
}

syn_code syn_serve_topics_json(syn_call *c)
{
    syn_topics_page page = {0};
    syn_code code = syn_serve_bring_topics(c, &page);
    if (!code) syn_view_topics_json(&c->frame, &page, &c->out->body);
    return code;
}

syn_code syn_serve_topic(syn_call *c)
{
    syn_topic_page page = {0};
    syn_code code = syn_serve_bring_topic(c, false, SYN_TOPIC_ROWS, &page);
    if (!code && !moved(c, page.topic.topic, "/topic/", "")) syn_view_topic(&c->frame, &page, &c->out->body);
    return code;
}

syn_code syn_serve_topic_json(syn_call *c)
{
    syn_topic_page page = {0};
    syn_code code = syn_serve_bring_topic(c, false, SYN_TOPIC_ROWS, &page);
    if (!code && !moved(c, page.topic.topic, "/api/topics/", ".json"))
        syn_view_topic_json(&c->frame, &page, &c->out->body);
    return code;
}

syn_code syn_serve_topic_feed(syn_call *c)
{
    syn_topic_page page = {0};
    syn_front front = {0};
    c->from = 0;
    syn_code code = syn_serve_bring_topic(c, true, SYN_FEED_ROWS, &page);
    if (!code) code = syn_serve_bring_cards(c, &page.stories, &front);
    if (!code && !moved(c, page.topic.topic, "/topic/", "/feed.atom"))
        syn_view_topic_feed(&c->frame, &page.topic, &front, &c->out->body);
    return code;
}

syn_code syn_serve_search(syn_call *c)
{
    syn_search_page page = {0};
    syn_code code = syn_serve_bring_search(c, &page);
    if (!code) syn_view_search(&c->frame, &page, &c->out->body);
    return code;
}

syn_code syn_serve_search_json(syn_call *c)
{
    syn_search_page page = {0};
    syn_code code = syn_serve_bring_search(c, &page);
    if (!code) syn_view_search_json(&page, &c->out->body);
    return code;
}

syn_code syn_serve_sources(syn_call *c)
{
    syn_list list = {0}, feeds = {0};
    syn_code code = syn_store_sources(c->room->store, &c->room->mem, &list, &c->err);
    if (!code) code = syn_store_feeds(c->room->store, &c->room->mem, &feeds, &c->err);
    if (!code) syn_view_sources(&c->frame, &list, &feeds, &c->out->body);
    return code;
}

syn_code syn_serve_name(syn_call *c)
{
    syn_name_page page = {0};
    syn_code code = syn_serve_bring_name(c, &page);
    if (!code) syn_view_name(&c->frame, &page, &c->out->body);
    return code;
}

syn_code syn_serve_name_json(syn_call *c)
{
    syn_name_page page = {0};
    syn_code code = syn_serve_bring_name(c, &page);
    if (!code) syn_view_name_json(&page, &c->out->body);
    return code;
}

syn_code syn_serve_sources_json(syn_call *c)
{
    syn_list list = {0}, feeds = {0};
    syn_code code = syn_store_sources(c->room->store, &c->room->mem, &list, &c->err);
    if (!code) code = syn_store_feeds(c->room->store, &c->room->mem, &feeds, &c->err);
    if (!code) syn_view_sources_json(&list, &feeds, &c->out->body);
    return code;
}

syn_code syn_serve_about(syn_call *c)
{
    uint64_t articles = 0, stories = 0;
    syn_code code = syn_store_count(c->room->store, &articles, &stories, &c->err);
    if (!code) syn_view_about(&c->frame, articles, stories, &c->out->body);
    return code;
}

syn_code syn_serve_style(syn_call *c)
{
    char path[48];
    syn_view_style_path(path);
    if (!syn_str_is(c->request->path, path)) return SYN_ENOTFOUND;
    syn_buf_add(&c->out->body, syn_view_style());
    c->out->forever = true;
    return SYN_OK;
}

syn_code syn_serve_icon(syn_call *c)
{
    syn_buf_add(&c->out->body, syn_view_icon());
    return SYN_OK;
}
