/* feed_json.c - stage 2: articles from JSON: a JSON Feed (jsonfeed.org, versions 1 and 1.1), or a line that tells an
   article as the command writes it. */
#include "reading.h"

static syn_str keep(syn_reading *r, syn_str s)
{
    return s.n ? syn_dup(r->arena, s) : s;
}

static void add_authors(syn_reading *r, const syn_json *item, syn_list *out)
{
    const syn_json *list = syn_json_get(item, "authors");
    if (!list) {
        const syn_json *one = syn_json_get(item, "author");
        if (one) syn_read_split_authors(r, keep(r, syn_json_get_str(one, "name")), out);
        return;
    }
    for (const syn_json *c = syn_json_is_array(list) ? syn_json_first(list) : NULL; c; c = syn_json_next(c)) {
        syn_read_split_authors(r, keep(r, syn_json_get_str(c, "name")), out);
    }
}

static void read_item(syn_reading *r, const syn_json *feed, const syn_json *item, syn_article *a)
{
    syn_list authors = {0}, tags = {0};
    syn_time t;
    syn_str home = keep(r, syn_json_get_str(feed, "home_page_url")), address = keep(r, syn_json_get_str(item, "url"));
    if (!home.n) home = r->page->url;
    if (!address.n && syn_starts_i(syn_json_get_str(item, "id"), SYN_STR("http")))
        address = keep(r, syn_json_get_str(item, "id"));
    a->url = syn_read_resolve(r->arena, home, address);
    a->title = syn_utf8_head(syn_read_collapse(r->arena, syn_json_get_str(item, "title")), SYN_MAX_TITLE);
    a->outlet = keep(r, syn_json_get_str(feed, "title"));
    a->source = keep(r, syn_json_get_str(item, "external_url"));
    syn_str declared = keep(r, syn_json_get_str(item, "language"));
    if (!declared.n) declared = keep(r, syn_json_get_str(feed, "language"));
    if (r->lex && declared.n) r->lang = syn_lexicon_lang(r->lex, declared);
    syn_str html = keep(r, syn_json_get_str(item, "content_html")),
            text = keep(r, syn_json_get_str(item, "content_text"));
    syn_str summary = keep(r, syn_json_get_str(item, "summary"));
    syn_read_item_body(r, html.n ? html : text.n ? text : summary, a);
    if (html.n || text.n) a->lead = syn_read_collapse(r->arena, summary);
    syn_str image = keep(r, syn_json_get_str(item, "image"));
    if (image.n && !a->nimages && (a->images = SYN_NEW(r->arena, syn_image)))
        a->images[a->nimages++] = (syn_image){.src = syn_read_resolve(r->arena, home, image)};
    if (syn_read_time(r, syn_json_get_str(item, "date_published"), &t)) a->published = t;
    if (syn_read_time(r, syn_json_get_str(item, "date_modified"), &t)) a->modified = t;
    add_authors(r, item, &authors);
    if (!authors.n) add_authors(r, feed, &authors);
    const syn_json *list = syn_json_get(item, "tags");
    for (const syn_json *c = list && syn_json_is_array(list) ? syn_json_first(list) : NULL; c; c = syn_json_next(c)) {
        syn_list_add(r->arena, &tags, keep(r, syn_json_str(c)), SYN_MAX_TAGS);
    }
    a->authors = authors.items;
    a->nauthors = authors.n;
    a->tags = tags.items;
    a->ntags = tags.n;
    syn_read_language(r, a->text.n ? a->text : a->title, declared, a);
    if (!a->text.n) a->why = SYN_STR("no text: the feed gives only a title");
}

/* An article that was read before. */
static syn_code read_again(syn_reading *r, const syn_json *object, syn_articles *out)
{
    syn_err why = {0};
    syn_article *a;
    syn_str error = syn_json_get_str(object, "error");
    if (error.n) return syn_fail(r->err, SYN_EFORMAT, 0, "%.*s: %.*s", SYN_FMT(r->page->id), SYN_FMT(error));
    syn_code rc = syn_article_parse(r->arena, object, &a, &why);
    if (rc) return syn_fail(r->err, rc, why.offset, "%.*s: %s", SYN_FMT(r->page->id), why.line);
    if (!a->id.n) a->id = a->url.n ? a->url : r->page->id;
    out->items = SYN_NEW(r->arena, syn_article *);
    if (!out->items) return syn_fail(r->err, SYN_ENOMEM, 0, "no memory for the article");
    out->items[0] = a;
    out->n = 1;
    return SYN_OK;
}

syn_code syn_read_json(syn_reading *r, syn_str text, syn_articles *out)
{
    bool line = syn_str_is(r->page->content_type, SYN_LINES_TYPE);
    syn_json *root = syn_json_parse(text, NULL);
    if (!root && line) return syn_fail(r->err, SYN_EFORMAT, 0, "%.*s: not JSON", SYN_FMT(r->page->id));
    if (!root) return SYN_ENOTFOUND;
    if (line) {
        syn_code rc = read_again(r, root, out);
        syn_json_free(root);
        return rc;
    }
    const syn_json *items = syn_json_get(root, "items");
    bool feed = items && syn_json_is_array(items) &&
                syn_find(syn_json_get_str(root, "version"), SYN_STR("jsonfeed.org"), 0) != SIZE_MAX;
    syn_items found = {0};
    for (const syn_json *c = feed ? syn_json_first(items) : NULL; c; c = syn_json_next(c)) {
        syn_article *a = syn_json_is_object(c) ? syn_read_item(r, &found) : NULL;
        if (a) {
            a->charset = SYN_STR("UTF-8");
            read_item(r, root, c, a);
            syn_read_item_key(&found, keep(r, syn_json_get_str(c, "id")));
        }
    }
    syn_json_free(root);
    if (!feed) return syn_fail(r->err, SYN_EFORMAT, 0, "%.*s: JSON, but no JSON Feed", SYN_FMT(r->page->id));
    return syn_read_items_end(r, &found, out);
}
