/* routes.c - stage 9: the table of addresses, and how each answer is put together from store and view. */
#include "internal.h"

#include <stdio.h>

enum { FRONT_ROWS = 20, TOPIC_ROWS = 60, SEARCH_ROWS = 20, FEED_ROWS = 40, HEADLINES = 6, COUNTED_TELLINGS = 12 };

typedef syn_call call;

static syn_arena *mem(call *c)
{
    return &c->room->mem;
}

/* ---- bringing records ---- */

/* Stories with their headlines. */
static syn_code bring_cards(call *c, const syn_list *stories, syn_front *page)
{
    syn_code code = SYN_OK;
    const syn_story_row *rows = stories->items;
    syn_card *cards = SYN_NEW_ARRAY(mem(c), syn_card, stories->n);
    if (!cards) return SYN_ENOMEM;
    for (size_t i = 0; i < stories->n && !code; i++) {
        cards[i].story = rows[i];
        code = syn_store_headlines(c->room->store, mem(c), rows[i].story, HEADLINES, &cards[i].headlines, &c->err);
    }
    *page = (syn_front){cards, stories->n, c->from, stories->n, stories->total};
    return code;
}

static syn_code bring_front(call *c, size_t limit, syn_front *page)
{
    syn_list list;
    syn_code code = syn_store_stories(c->room->store, mem(c), c->reader, c->from, limit, &list, &c->err);
    if (!code) code = bring_cards(c, &list, page);
    page->limit = limit;
    return code;
}

static syn_code bring_topics(call *c, syn_topics_page *page)
{
    page->offset = c->from;
    page->limit = FRONT_ROWS;
    return syn_store_topics(c->room->store, mem(c), c->from, FRONT_ROWS, &page->topics, &c->err);
}

static syn_code bring_topic(call *c, bool latest, size_t limit, syn_topic_page *page)
{
    syn_code code = syn_store_topic(c->room->store, mem(c), c->number, &page->topic, &c->err);
    page->offset = c->from;
    page->limit = limit;
    if (code) return code;
    return syn_store_topic_stories(c->room->store, mem(c), page->topic.topic, c->reader, latest, c->from, limit,
                                   &page->stories, &c->err);
}

static syn_code bring_told(call *c, syn_told *told)
{
    syn_text *text = NULL;
    const syn_article *a = &told->row.a;
    syn_code code = syn_store_facts(c->room->store, mem(c), told->row.article, &told->facts, &c->err);
    if (!code) code = syn_store_reasons(c->room->store, mem(c), told->row.article, &told->reasons, &c->err);
    if (!code) code = syn_text_of(c->room->texter, mem(c), a->text, a->lang, &text, &c->err);
    told->text = text;
    if (!code)
        code = syn_telling_ready(mem(c), c->room->texter, a->id, a->lang, text, &told->facts, a->published,
                                 &told->ready, &c->err);
    return code;
}

syn_code syn_serve_told(call *c, const syn_list *rows, syn_told **out)
{
    const syn_article_row *row = rows->items;
    syn_told *told = SYN_NEW_ARRAY(mem(c), syn_told, rows->n);
    if (!told) return SYN_ENOMEM;
    for (size_t i = 0; i < rows->n; i++) {
        told[i].row = row[i];
        syn_code code = bring_told(c, &told[i]);
        if (code) return code;
    }
    *out = told;
    return SYN_OK;
}

/* Of more tellings than a table holds, the first. */
static syn_code compare(call *c, syn_story_page *page)
{
    size_t n = page->n < SYN_MAX_TELLINGS ? page->n : SYN_MAX_TELLINGS;
    const syn_telling **list = SYN_NEW_ARRAY(mem(c), const syn_telling *, n);
    if (!list) return SYN_ENOMEM;
    for (size_t i = 0; i < n; i++) list[i] = &page->told[i].ready;
    syn_str reader = syn_arena_format(mem(c), "%.*s,en", SYN_FMT(c->reader));
    return syn_compare_story(mem(c), c->room->lex, list, n, reader, &page->table, &c->err);
}

syn_code syn_serve_tellings(call *c, int64_t number, syn_story_page *page)
{
    syn_list list;
    syn_told *told;
    syn_code code = syn_store_story(c->room->store, mem(c), number, c->reader, &page->story, &c->err);
    if (!code) code = syn_store_tellings(c->room->store, mem(c), page->story.story, &list, &c->err);
    if (!code) code = syn_serve_told(c, &list, &told);
    if (code) return code;
    page->told = told;
    page->n = list.n;
    return SYN_OK;
}

syn_code syn_serve_story(call *c, int64_t number, syn_story_page *page)
{
    syn_code code = syn_serve_tellings(c, number, page);
    if (!code && page->n > 1) code = compare(c, page);
    if (!code) code = syn_store_story_topics(c->room->store, mem(c), page->story.story, &page->topics, &c->err);
    return code;
}

/* In how many things the tellings of each story differ; stories of many tellings are left to their own page. */
static syn_code count_differences(call *c, syn_front *page)
{
    syn_code code = SYN_OK;
    for (size_t i = 0; i < page->n && !code; i++) {
        syn_card *card = &page->cards[i];
        syn_story_page story = {0};
        if (card->story.articles < 2 || card->story.articles > COUNTED_TELLINGS) continue;
        code = syn_serve_story(c, card->story.story, &story);
        for (size_t k = 0; k < story.table.ndifferences && !code; k++)
            card->differences += story.table.differences[k].severity >= SYN_CONFLICTS;
    }
    return code;
}

/* Versions come latest first: each is held against the one before it in the list, the first against the article. */
static syn_code bring_changes(call *c, syn_article_page *page)
{
    const syn_version_row *rows = page->versions.items;
    const syn_text *next = page->told.text;
    const syn_text **texts = SYN_NEW_ARRAY(mem(c), const syn_text *, page->versions.n);
    syn_changes *changes = SYN_NEW_ARRAY(mem(c), syn_changes, page->versions.n);
    if (mem(c)->failed) return SYN_ENOMEM;
    for (size_t i = 0; i < page->versions.n; i++) {
        syn_text *text;
        syn_code code = syn_text_of(c->room->texter, mem(c), rows[i].text, page->told.row.a.lang, &text, &c->err);
        if (!code) code = syn_compare_versions(mem(c), text, next, &changes[i], &c->err);
        if (code) return code;
        texts[i] = next = text;
    }
    page->texts = texts, page->changes = changes;
    return SYN_OK;
}

static syn_code bring_article(call *c, syn_article_page *page)
{
    syn_code code = syn_store_article(c->room->store, mem(c), c->number, &page->told.row, &c->err);
    if (!code) code = bring_told(c, &page->told);
    if (!code && page->told.row.story)
        code = syn_store_story(c->room->store, mem(c), page->told.row.story, c->reader, &page->story, &c->err);
    if (!code) code = syn_store_versions(c->room->store, mem(c), c->number, &page->versions, &c->err);
    return code ? code : bring_changes(c, page);
}

static syn_code bring_search(call *c, syn_search_page *page)
{
    size_t bad = 0;
    syn_list langs;
    page->query = syn_trim(syn_utf8_repair(mem(c), c->request->q, &bad));
    page->lang = syn_utf8_repair(mem(c), c->request->lang, &bad);
    page->offset = c->from;
    page->limit = SEARCH_ROWS;
    syn_code code = syn_store_langs(c->room->store, mem(c), &langs, &c->err);
    if (code) return code;
    page->langs = langs.items;
    page->nlangs = langs.n;
    if (!page->query.n) return SYN_OK;
    return syn_store_search(c->room->store, mem(c), page->query, page->lang, c->from, SEARCH_ROWS, &page->found,
                            &c->err);
}

/* ---- answers ---- */

static syn_code front(call *c)
{
    syn_front page = {0};
    syn_code code = bring_front(c, FRONT_ROWS, &page);
    if (!code) code = count_differences(c, &page);
    if (!code) syn_view_front(&c->frame, &page, &c->out->body);
    return code;
}

static syn_code front_json(call *c)
{
    syn_front page = {0};
    syn_code code = bring_front(c, FRONT_ROWS, &page);
    if (!code) syn_view_front_json(&page, &c->out->body);
    return code;
}

static syn_code feed(call *c)
{
    syn_front page = {0};
    c->from = 0;
    syn_code code = bring_front(c, FEED_ROWS, &page);
    if (!code) syn_view_feed(&c->frame, &page, &c->out->body);
    return code;
}

bool syn_serve_moved(call *c, int64_t number)
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

static syn_code story(call *c)
{
    syn_story_page page = {0};
    syn_code code = syn_serve_story(c, c->number, &page);
    if (!code && !syn_serve_moved(c, page.story.story)) syn_view_story(&c->frame, &page, &c->out->body);
    return code;
}

static syn_code story_json(call *c)
{
    syn_story_page page = {0};
    syn_code code = syn_serve_story(c, c->number, &page);
    if (!code && !syn_serve_moved(c, page.story.story)) syn_view_story_json(&c->frame, &page, &c->out->body);
    return code;
}

static syn_code article(call *c)
{
    syn_article_page page = {0};
    syn_code code = bring_article(c, &page);
    if (!code) syn_view_article(&c->frame, &page, &c->out->body);
    return code;
}

static syn_code article_json(call *c)
{
    syn_article_page page = {0};
    syn_code code = bring_article(c, &page);
    if (!code) syn_view_article_json(&page, &c->out->body);
    return code;
}

static syn_code topics(call *c)
{
    syn_topics_page page = {0};
    syn_code code = bring_topics(c, &page);
    if (!code) syn_view_topics(&c->frame, &page, &c->out->body);
    return code;
}

static syn_code topics_json(call *c)
{
    syn_topics_page page = {0};
    syn_code code = bring_topics(c, &page);
    if (!code) syn_view_topics_json(&c->frame, &page, &c->out->body);
    return code;
}

static syn_code topic(call *c)
{
    syn_topic_page page = {0};
    syn_code code = bring_topic(c, false, TOPIC_ROWS, &page);
    if (code || syn_serve_moved(c, page.topic.topic)) return code;
    if (!c->from) code = syn_serve_topic_record(c, &page.topic, &page.record);
    if (!code) syn_view_topic(&c->frame, &page, &c->out->body);
    return code;
}

static syn_code topic_json(call *c)
{
    syn_topic_page page = {0};
    syn_code code = bring_topic(c, false, TOPIC_ROWS, &page);
    if (!code && !syn_serve_moved(c, page.topic.topic)) syn_view_topic_json(&c->frame, &page, &c->out->body);
    return code;
}

static syn_code topic_feed(call *c)
{
    syn_topic_page page = {0};
    syn_front front = {0};
    c->from = 0;
    syn_code code = bring_topic(c, true, FEED_ROWS, &page);
    if (!code) code = bring_cards(c, &page.stories, &front);
    if (!code && !syn_serve_moved(c, page.topic.topic))
        syn_view_topic_feed(&c->frame, &page.topic, &front, &c->out->body);
    return code;
}

static syn_code search(call *c)
{
    syn_search_page page = {0};
    syn_code code = bring_search(c, &page);
    if (!code) syn_view_search(&c->frame, &page, &c->out->body);
    return code;
}

static syn_code search_json(call *c)
{
    syn_search_page page = {0};
    syn_code code = bring_search(c, &page);
    if (!code) syn_view_search_json(&page, &c->out->body);
    return code;
}

static syn_code sources(call *c)
{
    syn_list list = {0}, feeds = {0};
    syn_code code = syn_store_sources(c->room->store, mem(c), &list, &c->err);
    if (!code) code = syn_store_feeds(c->room->store, mem(c), &feeds, &c->err);
    if (!code) syn_view_sources(&c->frame, &list, &feeds, &c->out->body);
    return code;
}

static syn_code bring_name(call *c, syn_name_page *page)
{
    size_t bad = 0;
    page->query = syn_trim(syn_utf8_repair(mem(c), c->request->q, &bad));
    return syn_store_spellings(c->room->store, mem(c), page->query, SYN_MAX_PAGE_ROWS, &page->spellings, &c->err);
}

static syn_code name(call *c)
{
    syn_name_page page = {0};
    syn_code code = bring_name(c, &page);
    if (!code) syn_view_name(&c->frame, &page, &c->out->body);
    return code;
}

static syn_code name_json(call *c)
{
    syn_name_page page = {0};
    syn_code code = bring_name(c, &page);
    if (!code) syn_view_name_json(&page, &c->out->body);
    return code;
}

static syn_code sources_json(call *c)
{
    syn_list list = {0}, feeds = {0};
    syn_code code = syn_store_sources(c->room->store, mem(c), &list, &c->err);
    if (!code) code = syn_store_feeds(c->room->store, mem(c), &feeds, &c->err);
    if (!code) syn_view_sources_json(&list, &feeds, &c->out->body);
    return code;
}

static syn_code about(call *c)
{
    uint64_t articles = 0, stories = 0;
    syn_code code = syn_store_count(c->room->store, &articles, &stories, &c->err);
    if (!code) syn_view_about(&c->frame, articles, stories, &c->out->body);
    return code;
}

static syn_code style(call *c)
{
    char path[48];
    syn_view_style_path(path);
    if (!syn_str_is(c->request->path, path)) return SYN_ENOTFOUND;
    syn_buf_add(&c->out->body, syn_view_style());
    c->out->forever = true;
    return SYN_OK;
}

static syn_code icon(call *c)
{
    syn_buf_add(&c->out->body, syn_view_icon());
    return SYN_OK;
}

#define HTML SYN_TYPE_HTML
#define JSON SYN_TYPE_JSON

/* '#' stands for a number, '*' for the rest; without a type the answer sets its own. */
static const struct route {
    const char *pattern;
    syn_code (*answer)(call *);
    const char *type;
} routes[] = {
    {"/", front, HTML},
    {"/story/#", story, HTML},
    {"/story/#/record", syn_serve_record_page, HTML},
    {"/story/#/record.*", syn_serve_record_export, NULL},
    {"/story/#/compare.*", syn_serve_compare_export, NULL},
    {"/article/#", article, HTML},
    {"/topics", topics, HTML},
    {"/topic/#", topic, HTML},
    {"/topic/#/record.*", syn_serve_topic_export, NULL},
    {"/topic/#/feed.atom", topic_feed, "application/atom+xml; charset=utf-8"},
    {"/search", search, HTML},
    {"/name", name, HTML},
    {"/sources", sources, HTML},
    {"/about", about, HTML},
    {"/feed.atom", feed, "application/atom+xml; charset=utf-8"},
    {"/api/stories.json", front_json, JSON},
    {"/api/stories/#.json", story_json, JSON},
    {"/api/stories/#/record.*", syn_serve_record_export, NULL},
    {"/api/articles/#.json", article_json, JSON},
    {"/api/topics.json", topics_json, JSON},
    {"/api/topics/#.json", topic_json, JSON},
    {"/api/search.json", search_json, JSON},
    {"/api/name.json", name_json, JSON},
    {"/api/sources.json", sources_json, JSON},
    {"/style-*", style, "text/css; charset=utf-8"},
    {"/icon.svg", icon, "image/svg+xml"},
};

static bool match(const char *pattern, syn_str path, int64_t *number)
{
    size_t at = 0;
    for (; *pattern; pattern++) {
        if (*pattern == '*') return true;
        if (*pattern != '#') {
            if (at >= path.n || path.p[at++] != *pattern) return false;
            continue;
        }
        size_t start = at;
        int64_t n = 0;
        while (at < path.n && path.p[at] >= '0' && path.p[at] <= '9' && at - start < 15)
            n = n * 10 + (path.p[at++] - '0');
        if (at == start || path.p[start] == '0') return false;
        *number = n;
    }
    return at == path.n;
}

static const struct route *find_route(syn_str path, int64_t *number)
{
    for (size_t i = 0; i < SYN_COUNT(routes); i++)
        if (match(routes[i].pattern, path, number)) return &routes[i];
    return NULL;
}

/* ---- the frame ---- */

static void percent(syn_buf *b, const char *key, syn_str value)
{
    if (!value.n) return;
    syn_buf_z(b, syn_find_byte(syn_buf_str(b), '?', 0) == SIZE_MAX ? "?" : "&");
    syn_buf_z(b, key);
    for (size_t i = 0; i < value.n; i++) syn_buf_format(b, "%%%02X", (unsigned)(unsigned char)value.p[i]);
}

/* This page's own address, without the interface language. */
static syn_str own_path(call *c)
{
    syn_buf b = {.max = 4 * SYN_MAX_URL};
    int64_t number;
    const syn_request *r = c->request;
    syn_buf_add(&b, find_route(r->path, &number) ? r->path : SYN_STR("/"));
    percent(&b, "q=", r->q);
    percent(&b, "lang=", r->lang);
    percent(&b, "from=", r->from);
    syn_str s = syn_dup(mem(c), syn_buf_str(&b));
    syn_buf_free(&b);
    return s;
}

static bool host_ok(syn_str host)
{
    for (size_t i = 0; i < host.n; i++) {
        char h = host.p[i];
        bool ok = (h >= 'a' && h <= 'z') || (h >= 'A' && h <= 'Z') || (h >= '0' && h <= '9') || h == '.' || h == '-' ||
                  h == ':' || h == '[' || h == ']';
        if (!ok) return false;
    }
    return host.n > 0 && host.n <= 255;
}

static syn_code make_frame(call *c)
{
    const syn_request *r = c->request;
    size_t ui = syn_view_choose(r->ui, r->accept_language);
    if (ui >= SYN_SERVE_UI) ui = 0;
    syn_view **view = &c->room->views[ui];
    if (!*view) {
        syn_code code = syn_view_open(c->room->lex, syn_str_of(syn_view_language(ui)), view, &c->err);
        if (code) return code;
    }
    c->frame.view = *view;
    c->frame.sticky = r->ui.n > 0;
    c->frame.path = own_path(c);
    c->frame.base = syn_arena_format(mem(c), "http://%.*s", SYN_FMT(host_ok(r->host) ? r->host : SYN_STR("localhost")));
    c->reader = syn_str_of(syn_view_language(ui));
    if (!r->ui.n && r->accept_language.n) {
        size_t end = 0;
        while (end < r->accept_language.n && r->accept_language.p[end] != ',' && r->accept_language.p[end] != ';')
            end++;
        syn_str first = syn_trim(syn_slice(r->accept_language, 0, end));
        if (first.n && first.n < 36 && !syn_str_is(first, "*")) c->reader = first;
    }
    return SYN_OK;
}

static int status_of(syn_code code)
{
    return code == SYN_ENOTFOUND ? 404 : code == SYN_EINVAL ? 400 : 500;
}

static void refuse(call *c, int status)
{
    static const char last[] = "The portal failed.\n";
    bool json = syn_starts(c->request->path, SYN_STR("/api/"));
    c->out->status = status;
    c->out->type = json ? JSON : HTML;
    c->out->forever = false;
    c->out->location[0] = c->out->file[0] = 0;
    syn_buf_clear(&c->out->body);
    if (json)
        syn_view_error_json(status, &c->out->body);
    else if (c->frame.view)
        syn_view_error(&c->frame, status, &c->out->body);
    if (c->out->body.n && !c->out->body.failed) return;
    syn_buf_clear(&c->out->body);
    syn_buf_z(&c->out->body, last);
    c->out->type = "text/plain; charset=utf-8";
}

void syn_serve_answer(syn_room *room, const syn_request *request, syn_answer *out)
{
    call c = {.room = room, .request = request, .out = out};
    uint64_t from = 0;
    syn_arena_reset(&room->mem);
    syn_code code = make_frame(&c);
    if (code) {
        refuse(&c, 500);
        return;
    }
    bool whole = request->whole && request->q.n <= SYN_MAX_QUERY && request->lang.n <= 35;
    if (request->from.n) whole = whole && syn_parse_u64(request->from, &from) && from <= 1000000;
    const struct route *route = find_route(request->path, &c.number);
    if (!request->read_only)
        refuse(&c, 405);
    else if (!whole)
        refuse(&c, 400);
    else if (!route)
        refuse(&c, 404);
    else {
        c.from = (size_t)from;
        out->status = 200;
        out->type = route->type;
        code = route->answer(&c);
        if (!code && out->body.failed) code = SYN_ENOMEM;
        if (code) refuse(&c, status_of(code));
    }
}
