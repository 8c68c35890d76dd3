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

bool syn_serve_moved(syn_call *c, int64_t number)
{
    syn_str path = c->request->path;
    size_t at = 0, end;
    if (number == c->number) return false;
    while (at < path.n && (path.p[at] < '0' || path.p[at] > '9')) at++;
    for (end = at; end < path.n && path.p[end] >= '0' && path.p[end] <= '9';) end++;
    c->out->status = 308;
    snprintf(c->out->location, sizeof c->out->location, "%.*s%lld%.*s%s%s", (int)at, path.p, (long long)number,
             (int)(path.n - end), path.p + end, c->frame.sticky ? "?ui=" : "",
             c->frame.sticky ? syn_view_language(syn_view_choose(c->request->ui, (syn_str){NULL, 0})) : "");
    return true;
}

syn_code syn_serve_story(syn_call *c)
{
    syn_story_page page = {0};
    syn_code code = syn_serve_bring_story(c, c->number, &page);
    if (!code) code = syn_serve_bring_words(c, &page);
    if (!code && !syn_serve_moved(c, page.story.story)) syn_view_story(&c->frame, &page, &c->out->body);
    return code;
}

syn_code syn_serve_story_json(syn_call *c)
{
    syn_story_page page = {0};
    syn_code code = syn_serve_bring_story(c, c->number, &page);
    if (!code) code = syn_serve_bring_words(c, &page);
    if (!code && !syn_serve_moved(c, page.story.story)) syn_view_story_json(&c->frame, &page, &c->out->body);
    return code;
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
    if (code || syn_serve_moved(c, page.topic.topic)) return code;
    if (!c->from) code = syn_serve_topic_record(c, &page.topic, &page.record);
    if (!code) syn_view_topic(&c->frame, &page, &c->out->body);
    return code;
}

syn_code syn_serve_topic_json(syn_call *c)
{
    syn_topic_page page = {0};
    syn_code code = syn_serve_bring_topic(c, false, SYN_TOPIC_ROWS, &page);
    if (!code && !syn_serve_moved(c, page.topic.topic)) syn_view_topic_json(&c->frame, &page, &c->out->body);
    return code;
}

syn_code syn_serve_topic_feed(syn_call *c)
{
    syn_topic_page page = {0};
    syn_front front = {0};
    c->from = 0;
    syn_code code = syn_serve_bring_topic(c, true, SYN_FEED_ROWS, &page);
    if (!code) code = syn_serve_bring_cards(c, &page.stories, &front);
    if (!code && !syn_serve_moved(c, page.topic.topic))
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
