/* article_json.c - stage 2: an article as the command writes it, one JSON object, and back. */
#include "reading.h"

static void write_list(syn_jsonw *w, const char *key, const syn_str *items, size_t n)
{
    if (!n) return;
    syn_jw_key(w, key);
    syn_jw_open(w, '[');
    for (size_t i = 0; i < n; i++) syn_jw_str(w, items[i]);
    syn_jw_close(w, ']');
}

static void write_time(syn_jsonw *w, const char *key, syn_time t)
{
    char text[40];
    if (!syn_time_known(t)) return;
    syn_time_format(t, text);
    syn_jw_field(w, key, syn_str_of(text));
}

void syn_article_write(syn_jsonw *w, const syn_article *a)
{
    syn_jw_open(w, '{');
    syn_jw_field(w, "id", a->id);
    syn_jw_field(w, "url", a->url);
    syn_jw_field(w, "lang", a->lang);
    syn_jw_field(w, "title", a->title);
    syn_jw_field(w, "lead", a->lead);
    syn_jw_field(w, "text", a->text);
    if (a->passages.n) {
        syn_jw_key(w, "passages");
        syn_jw_open(w, '[');
        for (size_t i = 0; i < a->passages.n; i++) {
            const syn_passage *p = &a->passages.items[i];
            syn_jw_open(w, '{');
            syn_jw_key(w, "start");
            syn_jw_int(w, p->span.start);
            syn_jw_key(w, "end");
            syn_jw_int(w, p->span.end);
            syn_jw_field(w, "lang", p->tag);
            syn_jw_close(w, '}');
        }
        syn_jw_close(w, ']');
    }
    write_time(w, "published", a->published);
    write_time(w, "modified", a->modified);
    write_list(w, "authors", a->authors, a->nauthors);
    syn_jw_field(w, "outlet", a->outlet);
    syn_jw_field(w, "section", a->section);
    write_list(w, "tags", a->tags, a->ntags);
    if (a->nimages) {
        syn_jw_key(w, "images");
        syn_jw_open(w, '[');
        for (size_t i = 0; i < a->nimages; i++) {
            syn_jw_open(w, '{');
            syn_jw_field(w, "src", a->images[i].src);
            syn_jw_field(w, "caption", a->images[i].caption);
            syn_jw_field(w, "credit", a->images[i].credit);
            syn_jw_close(w, '}');
        }
        syn_jw_close(w, ']');
    }
    syn_jw_field(w, "source", a->source);
    if (a->nalternates) {
        syn_jw_key(w, "alternates");
        syn_jw_open(w, '[');
        for (size_t i = 0; i < a->nalternates; i++) {
            syn_jw_open(w, '{');
            syn_jw_field(w, "lang", a->alternates[i].lang);
            syn_jw_field(w, "url", a->alternates[i].url);
            syn_jw_close(w, '}');
        }
        syn_jw_close(w, ']');
    }
    syn_jw_field(w, "charset", a->charset);
    if (a->replaced) {
        syn_jw_key(w, "replaced");
        syn_jw_int(w, (int64_t)a->replaced);
    }
    syn_jw_field(w, "why", a->why);
    syn_jw_close(w, '}');
}

typedef struct parsing {
    syn_arena *arena;
    const syn_json *object;
    syn_err *err;
    syn_code rc;
} parsing;

static syn_str take(parsing *p, const syn_json *object, const char *key)
{
    const syn_json *v = syn_json_get(object, key);
    if (!v) return (syn_str){0};
    syn_str s = syn_json_str(v);
    double number;
    bool other = syn_json_is_array(v) || syn_json_is_object(v) || syn_json_number(v, &number);
    if (other && !p->rc) p->rc = syn_fail(p->err, SYN_EFORMAT, 0, "\"%s\" is not a string", key);
    size_t bad = 0;
    return syn_utf8_repair(p->arena, syn_dup(p->arena, s), &bad);
}

static size_t count_of(parsing *p, const char *key, size_t max, const syn_json **list)
{
    *list = syn_json_get(p->object, key);
    if (!*list) return 0;
    if (!syn_json_is_array(*list)) {
        if (!p->rc) p->rc = syn_fail(p->err, SYN_EFORMAT, 0, "\"%s\" is not a list", key);
        return 0;
    }
    size_t n = 0;
    for (const syn_json *c = syn_json_first(*list); c && n < max; c = syn_json_next(c)) n++;
    return n;
}

static syn_str *take_list(parsing *p, const char *key, size_t max, size_t *n)
{
    const syn_json *list;
    size_t most = count_of(p, key, max, &list);
    syn_str *items = SYN_NEW_ARRAY(p->arena, syn_str, most + 1);
    *n = 0;
    if (!items || !most) return NULL;
    for (const syn_json *c = syn_json_first(list); c && *n < most; c = syn_json_next(c)) {
        syn_str s = syn_json_str(c);
        if (s.n) items[(*n)++] = syn_dup(p->arena, s);
    }
    return items;
}

static syn_time take_time(parsing *p, const char *key)
{
    syn_str s = syn_json_get_str(p->object, key);
    syn_time t = SYN_NO_TIME;
    if (s.n && !syn_time_parse(s, &t) && !p->rc)
        p->rc = syn_fail(p->err, SYN_EFORMAT, 0, "\"%s\" is not a time of ISO 8601", key);
    return t;
}

/* Those that lie in the text one after the other; which languages they are is told by their tags alone. */
static void take_passages(parsing *p, syn_article *a)
{
    const syn_json *list;
    size_t most = count_of(p, "passages", SYN_MAX_PASSAGES, &list), n = 0;
    syn_passage *items = most ? SYN_NEW_ARRAY(p->arena, syn_passage, most) : NULL;
    double start, end, least = 0;
    for (const syn_json *c = items ? syn_json_first(list) : NULL; c && n < most; c = syn_json_next(c)) {
        if (!syn_json_number(syn_json_get(c, "start"), &start) || !syn_json_number(syn_json_get(c, "end"), &end) ||
            !(start >= least && end > start && end <= (double)a->text.n))
            continue;
        items[n++] = (syn_passage){.span = {(uint32_t)start, (uint32_t)end}, .tag = take(p, c, "lang")};
        least = end;
    }
    a->passages = (syn_passages){items, n};
}

syn_code syn_article_parse(syn_arena *arena, const syn_json *object, syn_article **out, syn_err *err)
{
    parsing p = {arena, object, err, SYN_OK};
    syn_article *a = SYN_NEW(arena, syn_article);
    if (!a) return syn_fail(err, SYN_ENOMEM, 0, "no memory for the article");
    if (!object || !syn_json_is_object(object)) return syn_fail(err, SYN_EFORMAT, 0, "not a JSON object");
    a->id = take(&p, object, "id");
    a->url = take(&p, object, "url");
    a->lang = take(&p, object, "lang");
    a->title = take(&p, object, "title");
    a->lead = take(&p, object, "lead");
    a->text = take(&p, object, "text");
    a->outlet = take(&p, object, "outlet");
    a->section = take(&p, object, "section");
    a->source = take(&p, object, "source");
    a->charset = take(&p, object, "charset");
    a->why = take(&p, object, "why");
    a->published = take_time(&p, "published");
    a->modified = take_time(&p, "modified");
    a->authors = take_list(&p, "authors", SYN_MAX_AUTHORS, &a->nauthors);
    a->tags = take_list(&p, "tags", SYN_MAX_TAGS, &a->ntags);
    const syn_json *list;
    size_t n = count_of(&p, "images", SYN_MAX_IMAGES, &list);
    a->images = n ? SYN_NEW_ARRAY(arena, syn_image, n) : NULL;
    for (const syn_json *c = n ? syn_json_first(list) : NULL; a->images && c && a->nimages < n; c = syn_json_next(c)) {
        a->images[a->nimages++] = (syn_image){take(&p, c, "src"), take(&p, c, "caption"), take(&p, c, "credit")};
    }
    n = count_of(&p, "alternates", SYN_MAX_ALTERNATES, &list);
    a->alternates = n ? SYN_NEW_ARRAY(arena, syn_alternate, n) : NULL;
    for (const syn_json *c = n ? syn_json_first(list) : NULL; a->alternates && c && a->nalternates < n;
         c = syn_json_next(c)) {
        a->alternates[a->nalternates++] = (syn_alternate){take(&p, c, "lang"), take(&p, c, "url")};
    }
    take_passages(&p, a);
    double replaced;
    if (syn_json_number(syn_json_get(object, "replaced"), &replaced) && replaced >= 0 && replaced < 1e9)
        a->replaced = (size_t)replaced;
    if (!p.rc && arena->failed) p.rc = syn_fail(err, SYN_ENOMEM, 0, "no memory for the article");
    if (!p.rc) *out = a;
    return p.rc;
}
