/* feed.c - stage 2: articles from RSS 0.9x, 1.0 and 2.0 with their common modules, Atom, and sitemaps of news.  Read by
   libxml2: entities stay unexpanded, nothing is fetched, broken feeds are read as far as they go. */
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "reading.h"

#define CONTENT_NS "http://purl.org/rss/1.0/modules/content/"
#define DC_NS "http://purl.org/dc/elements/1.1/"
#define MEDIA_NS "http://search.yahoo.com/mrss/"
#define FEEDBURNER_NS "http://rssnamespace.org/feedburner/ext/1.0"

static bool named(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

static bool in_ns(const xmlNode *n, const char *ns)
{
    return n->ns && n->ns->href && strcmp((const char *)n->ns->href, ns) == 0;
}

/* Text and CDATA below a node, as they stand. */
static syn_str content_of(syn_reading *r, const xmlNode *n)
{
    xmlChar *s = xmlNodeGetContent(n);
    if (!s) return (syn_str){0};
    syn_str copy = syn_dup(r->arena, syn_trim(syn_str_of((const char *)s)));
    xmlFree(s);
    return copy;
}

static syn_str attribute(syn_reading *r, const xmlNode *n, const char *name)
{
    xmlChar *s = xmlGetNoNsProp(n, (const xmlChar *)name);
    if (!s) return (syn_str){0};
    syn_str copy = syn_dup(r->arena, syn_trim(syn_str_of((const char *)s)));
    xmlFree(s);
    return copy;
}

/* Atom's xhtml content: the markup itself. */
static syn_str markup_of(syn_reading *r, xmlNode *n)
{
    xmlBuffer *b = xmlBufferCreate();
    if (!b) return (syn_str){0};
    for (xmlNode *c = n->children; c; c = c->next) xmlNodeDump(b, n->doc, c, 0, 0);
    syn_str s = syn_dup(r->arena, (syn_str){(const char *)xmlBufferContent(b), (size_t)xmlBufferLength(b)});
    xmlBufferFree(b);
    return s;
}

/* What addresses below a node are relative to: its xml:base, else the channel's own address or the feed's. */
static syn_str base_of(syn_reading *r, const xmlNode *n, syn_str channel)
{
    syn_str otherwise = channel.n ? syn_read_resolve(r->arena, r->page->url, channel) : r->page->url;
    xmlChar *s = xmlNodeGetBase(n->doc, n);
    if (!s) return otherwise;
    syn_str base = syn_read_resolve(r->arena, otherwise, syn_str_of((const char *)s));
    base = syn_dup(r->arena, base);
    xmlFree(s);
    return base;
}

typedef struct channel {
    syn_str title, link, lang;
} channel;

typedef struct item {
    syn_str body, summary, guid, origin;
    bool permalink;
    syn_list authors, tags;
    syn_article *a;
    size_t cap_images;
} item;

static void add_image(syn_reading *r, item *it, syn_str src, syn_str caption, syn_str credit)
{
    syn_article *a = it->a;
    if (!src.n || a->nimages >= SYN_MAX_IMAGES) return;
    for (size_t i = 0; i < a->nimages; i++) {
        if (syn_str_eq(a->images[i].src, src)) return;
    }
    if (syn_grow(r->arena, &a->images, &it->cap_images, a->nimages + 1, sizeof *a->images))
        a->images[a->nimages++] = (syn_image){src, caption, credit};
}

static void read_media(syn_reading *r, xmlNode *n, item *it, int depth)
{
    if (named(n, "group") && depth < 3) {
        for (xmlNode *c = n->children; c; c = c->next) {
            if (c->type == XML_ELEMENT_NODE) read_media(r, c, it, depth + 1);
        }
        return;
    }
    bool content = named(n, "content"), thumbnail = named(n, "thumbnail");
    if (!content && !thumbnail) return;
    syn_str type = attribute(r, n, "type"), medium = attribute(r, n, "medium"), caption = {0}, credit = {0};
    if (content && !syn_str_is(medium, "image") && !syn_starts_i(type, SYN_STR("image/")) && (type.n || medium.n))
        return;
    if (thumbnail && it->a->nimages) return;
    for (xmlNode *c = n->children; c; c = c->next) {
        if (named(c, "description") || (named(c, "title") && !caption.n))
            caption = syn_read_plain_words(r, content_of(r, c));
        if (named(c, "credit")) credit = syn_read_plain_words(r, content_of(r, c));
    }
    add_image(r, it, attribute(r, n, "url"), caption, credit);
}

/* "mail@example.org (Ada Byron)" names Ada Byron. */
static syn_str person(syn_str s)
{
    size_t open = syn_find_byte(s, '(', 0), close = syn_find_byte(s, ')', 0);
    if (syn_find_byte(s, '@', 0) != SIZE_MAX && open != SIZE_MAX && close != SIZE_MAX && close > open)
        return syn_slice(s, open + 1, close);
    return s;
}

static void set_time(syn_reading *r, syn_time *slot, syn_str s)
{
    syn_time t;
    if (!syn_time_known(*slot) && syn_read_time(r, s, &t)) *slot = t;
}

static void read_link(syn_reading *r, const xmlNode *n, item *it)
{
    syn_str href = attribute(r, n, "href"), rel = attribute(r, n, "rel");
    if (!href.n) {
        syn_str text = content_of(r, n);
        if (text.n && !it->a->url.n) it->a->url = text;
    } else if (!rel.n || syn_str_is(rel, "alternate")) {
        if (!it->a->url.n) it->a->url = href;
    } else if (syn_str_is(rel, "enclosure") && syn_starts_i(attribute(r, n, "type"), SYN_STR("image/"))) {
        add_image(r, it, href, (syn_str){0}, (syn_str){0});
    } else if (syn_str_is(rel, "via") && !it->a->source.n) {
        it->a->source = href;
    }
}

static void read_field(syn_reading *r, xmlNode *n, item *it)
{
    syn_article *a = it->a;
    if (in_ns(n, MEDIA_NS))
        read_media(r, n, it, 0);
    else if (named(n, "encoded") && in_ns(n, CONTENT_NS))
        it->body = content_of(r, n);
    else if (named(n, "creator") && in_ns(n, DC_NS))
        syn_read_split_authors(r, syn_read_plain_words(r, content_of(r, n)), &it->authors);
    else if (named(n, "title") && !a->title.n)
        a->title = syn_utf8_head(syn_read_plain_words(r, content_of(r, n)), SYN_MAX_TITLE);
    else if (named(n, "link"))
        read_link(r, n, it);
    else if (named(n, "origLink") && in_ns(n, FEEDBURNER_NS)) /* the page itself, where link counts readers */
        it->origin = content_of(r, n);
    else if (named(n, "guid") || named(n, "id")) {
        it->guid = content_of(r, n);
        it->permalink = !syn_str_is(attribute(r, n, "isPermaLink"), "false");
    } else if (named(n, "description") || named(n, "summary"))
        it->summary = content_of(r, n);
    else if (named(n, "content")) {
        it->body = syn_str_is(attribute(r, n, "type"), "xhtml") ? markup_of(r, n) : content_of(r, n);
    } else if (named(n, "pubDate") || named(n, "published") || named(n, "issued") || named(n, "created") ||
               named(n, "date")) {
        set_time(r, &a->published, content_of(r, n));
    } else if (named(n, "updated") || named(n, "modified")) {
        set_time(r, &a->modified, content_of(r, n));
    } else if (named(n, "author")) {
        syn_str name = {0};
        for (xmlNode *c = n->children; c; c = c->next) {
            if (named(c, "name")) name = content_of(r, c);
        }
        if (!name.n) name = person(content_of(r, n));
        syn_read_split_authors(r, syn_read_plain_words(r, name), &it->authors);
    } else if (named(n, "category") || named(n, "subject")) {
        syn_str term = attribute(r, n, "label");
        if (!term.n) term = attribute(r, n, "term");
        if (!term.n) term = syn_read_plain_words(r, content_of(r, n));
        syn_list_add(r->arena, &it->tags, term, SYN_MAX_TAGS);
    } else if (named(n, "enclosure")) {
        if (syn_starts_i(attribute(r, n, "type"), SYN_STR("image/")))
            add_image(r, it, attribute(r, n, "url"), (syn_str){0}, (syn_str){0});
    } else if (named(n, "source") && !a->source.n) {
        a->source = attribute(r, n, "url");
        if (!a->source.n) a->source = syn_read_collapse(r->arena, content_of(r, n));
    }
}

static syn_str read_item(syn_reading *r, xmlNode *n, const channel *ch, syn_article *a)
{
    item it = {.a = a, .permalink = true};
    xmlChar *lang = xmlNodeGetLang(n);
    syn_str declared = lang ? syn_dup(r->arena, syn_str_of((const char *)lang)) : ch->lang;
    xmlFree(lang);
    for (xmlNode *c = n->children; c; c = c->next) {
        if (c->type == XML_ELEMENT_NODE) read_field(r, c, &it);
    }
    if (it.origin.n) a->url = it.origin;
    if (!a->url.n && it.permalink && syn_starts_i(it.guid, SYN_STR("http"))) a->url = it.guid;
    syn_str base = base_of(r, n, ch->link);
    a->url = syn_read_resolve(r->arena, base, a->url);
    for (size_t i = 0; i < a->nimages; i++) a->images[i].src = syn_read_resolve(r->arena, base, a->images[i].src);
    a->outlet = ch->title;
    if (r->lex && declared.n) r->lang = syn_lexicon_lang(r->lex, declared);
    syn_str body = it.body.n ? it.body : it.summary;
    size_t images = a->nimages;
    syn_image *media = a->images;
    syn_read_item_body(r, body, a);
    syn_image *inside = a->images;
    size_t ninside = a->images == media ? 0 : a->nimages;
    a->images = media;
    a->nimages = images;
    it.cap_images = images; /* the next one moves the list */
    for (size_t i = 0; i < ninside; i++) add_image(r, &it, inside[i].src, inside[i].caption, inside[i].credit);
    if (it.body.n && it.summary.n) a->lead = syn_read_plain_words(r, it.summary);
    syn_read_language(r, a->text.n ? a->text : a->title, declared, a);
    a->authors = it.authors.items;
    a->nauthors = it.authors.n;
    a->tags = it.tags.items;
    a->ntags = it.tags.n;
    if (!syn_time_known(a->published)) a->published = a->modified;
    if (!a->text.n) a->why = SYN_STR("no text: the feed gives only a title");
    return it.guid;
}

/* ---- sitemaps ---- */

/* What Google's extension for news says of a place. */
static void read_news(syn_reading *r, const xmlNode *n, item *it, syn_str *declared)
{
    syn_str rest, word;
    for (xmlNode *c = n->children; c; c = c->next) {
        if (named(c, "title")) it->a->title = syn_utf8_head(syn_read_plain_words(r, content_of(r, c)), SYN_MAX_TITLE);
        if (named(c, "publication_date")) set_time(r, &it->a->published, content_of(r, c));
        for (rest = named(c, "keywords") ? content_of(r, c) : (syn_str){0}; syn_split(&rest, ',', &word);)
            syn_list_add(r->arena, &it->tags, syn_trim(word), SYN_MAX_TAGS);
        for (xmlNode *d = named(c, "publication") ? c->children : NULL; d; d = d->next) {
            if (named(d, "name")) it->a->outlet = syn_read_plain_words(r, content_of(r, d));
            if (named(d, "language")) *declared = content_of(r, d);
        }
    }
}

static void read_image(syn_reading *r, const xmlNode *n, item *it)
{
    syn_str src = {0}, caption = {0};
    for (xmlNode *c = n->children; c; c = c->next) {
        if (named(c, "loc")) src = content_of(r, c);
        if (named(c, "caption") || (named(c, "title") && !caption.n))
            caption = syn_read_plain_words(r, content_of(r, c));
    }
    add_image(r, it, src, caption, (syn_str){0});
}

static void read_alternate(syn_reading *r, const xmlNode *n, item *it, size_t *cap)
{
    syn_article *a = it->a;
    syn_str lang = attribute(r, n, "hreflang"), href = attribute(r, n, "href");
    if (!lang.n || !href.n || syn_str_ieq(lang, SYN_STR("x-default")) || a->nalternates >= SYN_MAX_ALTERNATES) return;
    if (syn_grow(r->arena, &a->alternates, cap, a->nalternates + 1, sizeof *a->alternates))
        a->alternates[a->nalternates++] = (syn_alternate){lang, href};
}

/* <url> with the extensions for news, pictures and other languages.  False: it is no news. */
static bool read_place(syn_reading *r, const xmlNode *n, syn_article *a)
{
    item it = {.a = a};
    syn_str loc = {0}, declared = {0};
    size_t cap = 0;
    bool news = false;
    for (xmlNode *c = n->children; c; c = c->next) {
        if (named(c, "loc")) loc = content_of(r, c);
        if (named(c, "lastmod")) set_time(r, &a->modified, content_of(r, c));
        if (named(c, "image")) read_image(r, c, &it);
        if (named(c, "link")) read_alternate(r, c, &it, &cap);
        if (!named(c, "news")) continue;
        news = true;
        read_news(r, c, &it, &declared);
    }
    if (!news || !loc.n) return false;
    a->url = syn_read_resolve(r->arena, r->page->url, loc);
    a->tags = it.tags.items;
    a->ntags = it.tags.n;
    if (r->lex && declared.n) r->lang = syn_lexicon_lang(r->lex, declared);
    syn_read_language(r, a->title, declared, a);
    a->why = SYN_STR("no text: a sitemap gives only titles");
    return true;
}

static bool has_news(const xmlNode *place)
{
    for (const xmlNode *c = place->children; c; c = c->next) {
        if (named(c, "news")) return true;
    }
    return false;
}

static void read_channel(syn_reading *r, xmlNode *root, channel *ch)
{
    for (xmlNode *c = root->children; c; c = c->next) {
        if (c->type != XML_ELEMENT_NODE) continue;
        if (named(c, "title") && !ch->title.n)
            ch->title = syn_read_plain_words(r, content_of(r, c));
        else if (named(c, "language"))
            ch->lang = content_of(r, c);
        else if (named(c, "link") && !ch->link.n && !in_ns(c, "http://www.w3.org/2005/Atom"))
            ch->link = content_of(r, c);
        if (named(c, "link") && !ch->link.n) {
            syn_str rel = attribute(r, c, "rel");
            if (!rel.n || syn_str_is(rel, "alternate")) ch->link = attribute(r, c, "href");
        }
    }
}

syn_code syn_read_feed(syn_reading *r, syn_str bytes, syn_articles *out)
{
    syn_str text, charset;
    size_t replaced = 0;
    syn_items items = {0};
    syn_code rc = syn_read_decode(r->arena, bytes, r->page->content_type, &text, &charset, &replaced, r->err);
    if (rc) return rc;
    text = syn_trim(text);
    if (text.n > INT32_MAX) return syn_fail(r->err, SYN_ELIMIT, 0, "%.*s: the feed is too large", SYN_FMT(r->page->id));
    xmlDoc *doc = xmlReadMemory(text.p, (int)text.n, NULL, "UTF-8",
                                XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    channel ch = {0};
    if (root && !r->arena->failed) {
        xmlNode *at = root;
        const bool sitemap = named(root, "urlset");
        read_channel(r, root, &ch);
        xmlChar *lang = xmlNodeGetLang(root);
        if (lang && !ch.lang.n) ch.lang = syn_dup(r->arena, syn_str_of((const char *)lang));
        xmlFree(lang);
        for (xmlNode *c = root->children; c; c = c->next) {
            if (named(c, "channel")) {
                read_channel(r, c, &ch);
                at = c;
            }
        }
        xmlNode *lists[2] = {at, at == root ? NULL : root}; /* RSS 1.0 has its items beside the channel */
        for (int k = 0; k < 2 && lists[k]; k++) {
            for (xmlNode *c = lists[k]->children; c; c = c->next) {
                bool place = sitemap && named(c, "url") && has_news(c);
                if (!place && (sitemap || (!named(c, "item") && !named(c, "entry")))) continue;
                syn_article *a = syn_read_item(r, &items);
                if (!a) break;
                a->charset = charset;
                if (!place)
                    syn_read_item_key(&items, read_item(r, c, &ch, a));
                else if (!read_place(r, c, a))
                    syn_read_item_drop(&items);
            }
        }
    }
    xmlFreeDoc(doc);
    return syn_read_items_end(r, &items, out);
}
