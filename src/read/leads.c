/* leads.c - stage 2: from pages that are no feeds to feeds: <link rel=alternate> of HTML (RFC 8288's relation, as every
   browser reads it), and sitemaps of sitemaps (sitemaps.org). */
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>

#include "reading.h"

typedef struct lead {
    syn_str url;
    int64_t changed; /* seconds; INT64_MIN where it does not say */
    size_t at;       /* its place on the page */
    bool news;
} lead;

static bool has_word(syn_str words, const char *word)
{
    syn_str one;
    while (syn_split(&words, ' ', &one)) {
        if (syn_str_ieq(syn_trim(one), syn_str_of(word))) return true;
    }
    return false;
}

static bool is_feed_type(syn_str type)
{
    static const char *const TYPES[] = {"application/rss+xml", "application/atom+xml", "application/feed+json",
                                        "application/rdf+xml", "text/rss+xml"};
    size_t end = syn_find_byte(type, ';', 0);
    type = syn_trim(syn_slice(type, 0, end));
    for (size_t i = 0; i < SYN_COUNT(TYPES); i++) {
        if (syn_str_ieq(type, syn_str_of(TYPES[i]))) return true;
    }
    return false;
}

static bool add(syn_arena *arena, syn_leads *out, syn_str url)
{
    if (!url.n || url.n > SYN_MAX_URL) return true;
    for (size_t i = 0; i < out->n; i++) {
        if (syn_str_eq(out->urls[i], url)) return true;
    }
    out->urls[out->n++] = syn_dup(arena, url);
    return out->n < SYN_MAX_LEADS;
}

static syn_code from_html(syn_arena *arena, const syn_page *page, syn_leads *out, syn_err *err)
{
    syn_str text, charset;
    size_t replaced = 0;
    syn_document *doc;
    syn_str base = page->url;
    syn_code rc = syn_read_decode(arena, page->bytes, page->content_type, &text, &charset, &replaced, err);
    if (!rc) rc = syn_html_parse(arena, text, NULL, &doc, err);
    if (rc) return rc;
    for (const syn_node *n = doc->root; n; n = syn_html_next(n, doc->root, false)) {
        if (syn_html_is(n, SYN_TAG_BASE) && syn_str_eq(base, page->url))
            base = syn_read_resolve(arena, page->url, syn_trim(syn_html_attr(n, "href", NULL)));
        if (!syn_html_is(n, SYN_TAG_LINK) || !has_word(syn_html_attr(n, "rel", NULL), "alternate")) continue;
        if (!is_feed_type(syn_html_attr(n, "type", NULL))) continue;
        if (!add(arena, out, syn_read_resolve(arena, base, syn_trim(syn_html_attr(n, "href", NULL))))) break;
    }
    return SYN_OK;
}

static syn_str content_of(syn_arena *arena, const xmlNode *n)
{
    xmlChar *s = xmlNodeGetContent(n);
    syn_str copy = syn_dup(arena, syn_trim(syn_str_of(s ? (const char *)s : "")));
    xmlFree(s);
    return copy;
}

static bool is(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

static int by_use(const void *a, const void *b)
{
    const lead *x = a, *y = b;
    if (x->news != y->news) return y->news - x->news;
    if (x->changed != y->changed) return x->changed < y->changed ? 1 : -1;
    return x->at < y->at ? -1 : 1;
}

static syn_code from_index(syn_arena *arena, const syn_page *page, syn_leads *out, syn_err *err)
{
    lead *all = NULL;
    size_t n = 0, cap = 0;
    if (page->bytes.n > SYN_MAX_PAGE) return syn_fail(err, SYN_ELIMIT, 0, "the sitemap is too large");
    xmlDoc *doc = xmlReadMemory(page->bytes.p, (int)page->bytes.n, NULL, NULL,
                                XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    for (const xmlNode *c = root && is(root, "sitemapindex") ? root->children : NULL; c; c = c->next) {
        lead one = {.changed = INT64_MIN, .at = n};
        syn_time t;
        if (!is(c, "sitemap") || n >= SYN_MAX_FEED_ITEMS) continue;
        for (const xmlNode *d = c->children; d; d = d->next) {
            if (is(d, "loc")) one.url = syn_read_resolve(arena, page->url, content_of(arena, d));
            if (is(d, "lastmod") && syn_time_parse(content_of(arena, d), &t)) one.changed = t.seconds;
        }
        one.news = syn_find(one.url, SYN_STR("news"), 0) != SIZE_MAX;
        if (one.url.n && syn_grow(arena, &all, &cap, n + 1, sizeof *all)) all[n++] = one;
    }
    xmlFreeDoc(doc);
    if (n) qsort(all, n, sizeof *all, by_use);
    for (size_t i = 0; i < n && all[i].news == all[0].news && add(arena, out, all[i].url); i++) {
    }
    out->sitemaps = out->n > 0;
    return SYN_OK;
}

syn_code syn_read_leads(syn_arena *arena, const syn_page *page, syn_leads *out, syn_err *err)
{
    *out = (syn_leads){.urls = SYN_NEW_ARRAY(arena, syn_str, SYN_MAX_LEADS)};
    syn_form form = syn_read_sniff(page->bytes, page->content_type);
    syn_code rc = SYN_OK;
    if (out->urls && form == SYN_FORM_HTML) rc = from_html(arena, page, out, err);
    if (out->urls && form == SYN_FORM_SITEMAP) rc = from_index(arena, page, out, err);
    return !rc && arena->failed ? syn_fail(err, SYN_ENOMEM, 0, "no memory for the page's links") : rc;
}
