/* routes.c - stage 9: the table of addresses, and what every answer has: a language, a status. */
#include "internal.h"

#define HTML SYN_TYPE_HTML
#define JSON SYN_TYPE_JSON

/* '#' stands for a number, '*' for the rest; without a type the answer sets its own. */
static const struct route {
    const char *pattern;
    syn_code (*answer)(syn_call *);
    const char *type;
} routes[] = {
    {"/", syn_serve_front, HTML},
    {"/story/#", syn_serve_story, HTML},
    {"/story/#/record", syn_serve_record_page, HTML},
    {"/story/#/record.*", syn_serve_record_export, NULL},
    {"/story/#/compare.*", syn_serve_compare_export, NULL},
    {"/article/#", syn_serve_article, HTML},
    {"/topics", syn_serve_topics, HTML},
    {"/topic/#", syn_serve_topic, HTML},
    {"/topic/#/record.*", syn_serve_topic_export, NULL},
    {"/topic/#/feed.atom", syn_serve_topic_feed, "application/atom+xml; charset=utf-8"},
    {"/search", syn_serve_search, HTML},
    {"/name", syn_serve_name, HTML},
    {"/sources", syn_serve_sources, HTML},
    {"/about", syn_serve_about, HTML},
    {"/editor", syn_serve_editor, HTML},
    {"/feed.atom", syn_serve_feed, "application/atom+xml; charset=utf-8"},
    {"/api/stories.json", syn_serve_front_json, JSON},
    {"/api/stories/#.json", syn_serve_story_json, JSON},
    {"/api/stories/#/record.*", syn_serve_record_export, NULL},
    {"/api/articles/#.json", syn_serve_article_json, JSON},
    {"/api/topics.json", syn_serve_topics_json, JSON},
    {"/api/topics/#.json", syn_serve_topic_json, JSON},
    {"/api/search.json", syn_serve_search_json, JSON},
    {"/api/name.json", syn_serve_name_json, JSON},
    {"/api/sources.json", syn_serve_sources_json, JSON},
    {"/style-*", syn_serve_style, "text/css; charset=utf-8"},
    {"/icon.svg", syn_serve_icon, "image/svg+xml"},
};

/* What editors send; all but the first by a form that bears their seal. */
static const struct route posts[] = {
    {"/editor", syn_serve_enter, HTML},
    {"/editor/leave", syn_serve_leave, HTML},
    {"/article/#/apart", syn_serve_apart, HTML},
    {"/article/#/together", syn_serve_together, HTML},
    {"/word/#/withdraw", syn_serve_withdraw, HTML},
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

static const struct route *find_in(const struct route *list, size_t n, syn_str path, int64_t *number)
{
    for (size_t i = 0; i < n; i++)
        if (match(list[i].pattern, path, number)) return &list[i];
    return NULL;
}

static const struct route *find_route(syn_str path, int64_t *number)
{
    return find_in(routes, SYN_COUNT(routes), path, number);
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
static syn_str own_path(syn_call *c)
{
    syn_buf b = {.max = 4 * SYN_MAX_URL};
    int64_t number;
    const syn_request *r = c->request;
    syn_buf_add(&b, find_route(r->path, &number) ? r->path : SYN_STR("/"));
    percent(&b, "q=", r->q);
    percent(&b, "lang=", r->lang);
    percent(&b, "told=", r->told);
    percent(&b, "from=", r->from);
    syn_str s = syn_dup(&c->room->mem, syn_buf_str(&b));
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

static syn_code make_frame(syn_call *c)
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
    c->frame.editors = c->room->door != NULL;
    c->out->personal = c->frame.editors;
    if (c->room->door)
        c->out->sealed = syn_serve_door_knows(c->room->door, r->cookie, &c->room->mem, &c->frame.editor,
                                              &c->frame.seal);
    c->frame.path = own_path(c);
    c->frame.base = syn_arena_format(&c->room->mem, "http://%.*s",
                                     SYN_FMT(host_ok(r->host) ? r->host : SYN_STR("localhost")));
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

static int status_of(syn_code code, bool post)
{
    if (post && (code == SYN_ENOTFOUND || code == SYN_EINVAL)) return 422;
    if (code == SYN_EBUSY) return 503;
    return code == SYN_ENOTFOUND ? 404 : code == SYN_EINVAL ? 400 : 500;
}

static void refuse(syn_call *c, int status)
{
    static const char last[] = "The portal failed.\n";
    bool json = syn_starts(c->request->path, SYN_STR("/api/"));
    c->out->status = status;
    c->out->type = json ? JSON : HTML;
    c->out->forever = false;
    c->out->location[0] = c->out->file[0] = c->out->cookie[0] = 0;
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

static bool sealed(const syn_call *c)
{
    return syn_serve_sealed(c->frame.seal, syn_serve_field(&c->room->mem, c->request->body, "seal"));
}

void syn_serve_answer(syn_room *room, const syn_request *request, syn_answer *out)
{
    syn_call c = {.room = room, .request = request, .out = out};
    uint64_t from = 0;
    syn_arena_reset(&room->mem);
    syn_code code = make_frame(&c);
    if (code) {
        refuse(&c, 500);
        return;
    }
    bool whole = request->whole && request->q.n <= SYN_MAX_QUERY && request->lang.n <= 35;
    if (request->from.n) whole = whole && syn_parse_u64(request->from, &from) && from <= 1000000;
    c.shared = syn_str_eq(request->told, SYN_STR("many"));
    whole = whole && (c.shared || !request->told.n);
    bool post = request->post && room->door;
    const struct route *route = post ? find_in(posts, SYN_COUNT(posts), request->path, &c.number)
                                     : find_route(request->path, &c.number);
    if (!request->read_only && !(post && route))
        refuse(&c, 405);
    else if (!whole)
        refuse(&c, 400);
    else if (!route)
        refuse(&c, 404);
    else if (post && !(syn_serve_from_here(request) && (route == posts || sealed(&c))))
        refuse(&c, 403);
    else {
        c.from = (size_t)from;
        out->status = 200;
        out->type = route->type;
        code = route->answer(&c);
        if (!code && out->body.failed) code = SYN_ENOMEM;
        if (code) refuse(&c, status_of(code, post));
    }
}
