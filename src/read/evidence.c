/* evidence.c - stage 2: what the page says of itself: meta elements (Open Graph, Dublin Core, Parsely, Sailthru and the
   like), links, microdata, RDFa, time elements, JSON-LD.  Witnesses, not verdicts: each keeps its own place. */
#include "reading.h"

enum {
    TO_NOTHING,
    TO_OG_TITLE,
    TO_TW_TITLE,
    TO_META_TITLE,
    TO_OG_DESCRIPTION,
    TO_DESCRIPTION,
    TO_SITE,
    TO_SECTION,
    TO_TAG,
    TO_AUTHOR,
    TO_PUBLISHED,
    TO_LOOSE_PUBLISHED,
    TO_MODIFIED,
    TO_LOOSE_MODIFIED,
    TO_IMAGE,
    TO_URL,
    TO_LANG,
    TO_KEYWORDS,
    TO_PUBLISHER,
    TO_TIER,
    TO_SOURCE
};

#define META(name, to)                                                                                                 \
    {                                                                                                                  \
        name, sizeof name - 1, to                                                                                      \
    }
static const struct {
    const char *name;
    uint8_t length, to;
} METAS[] = {
    META("og:title", TO_OG_TITLE),
    META("twitter:title", TO_TW_TITLE),
    META("dc.title", TO_META_TITLE),
    META("parsely-title", TO_META_TITLE),
    META("sailthru.title", TO_META_TITLE),
    META("headline", TO_META_TITLE),
    META("citation_title", TO_META_TITLE),
    META("og:description", TO_OG_DESCRIPTION),
    META("description", TO_DESCRIPTION),
    META("twitter:description", TO_DESCRIPTION),
    META("dc.description", TO_DESCRIPTION),
    META("og:site_name", TO_SITE),
    META("application-name", TO_PUBLISHER),
    META("dc.publisher", TO_PUBLISHER),
    META("article:section", TO_SECTION),
    META("parsely-section", TO_SECTION),
    META("section", TO_SECTION),
    META("article:tag", TO_TAG),
    META("og:article:tag", TO_TAG),
    META("news_keywords", TO_KEYWORDS),
    META("parsely-tags", TO_KEYWORDS),
    META("sailthru.tags", TO_KEYWORDS),
    META("keywords", TO_KEYWORDS),
    META("author", TO_AUTHOR),
    META("article:author", TO_AUTHOR),
    META("og:article:author", TO_AUTHOR),
    META("dc.creator", TO_AUTHOR),
    META("dcterms.creator", TO_AUTHOR),
    META("parsely-author", TO_AUTHOR),
    META("sailthru.author", TO_AUTHOR),
    META("byl", TO_AUTHOR),
    META("citation_author", TO_AUTHOR),
    META("article:author_name", TO_AUTHOR),
    META("twitter:data1", TO_NOTHING),
    META("article:published_time", TO_PUBLISHED),
    META("og:article:published_time", TO_PUBLISHED),
    META("article:published", TO_PUBLISHED),
    META("og:published_time", TO_PUBLISHED),
    META("datepublished", TO_PUBLISHED),
    META("publishdate", TO_PUBLISHED),
    META("publish-date", TO_PUBLISHED),
    META("publish_date", TO_PUBLISHED),
    META("published_time", TO_PUBLISHED),
    META("published-date", TO_PUBLISHED),
    META("pubdate", TO_PUBLISHED),
    META("publication_date", TO_PUBLISHED),
    META("publication-date", TO_PUBLISHED),
    META("parsely-pub-date", TO_PUBLISHED),
    META("sailthru.date", TO_PUBLISHED),
    META("cxenseparse:recs:publishtime", TO_PUBLISHED),
    META("dc.date.issued", TO_PUBLISHED),
    META("dcterms.issued", TO_PUBLISHED),
    META("dcterms.created", TO_PUBLISHED),
    META("dc.date.created", TO_PUBLISHED),
    META("citation_publication_date", TO_PUBLISHED),
    META("citation_date", TO_PUBLISHED),
    META("og:pubdate", TO_PUBLISHED),
    META("article.published", TO_PUBLISHED),
    META("article.created", TO_PUBLISHED),
    META("article_date_original", TO_PUBLISHED),
    META("originalpublicationdate", TO_PUBLISHED),
    META("displaydate", TO_PUBLISHED),
    META("rnews:datepublished", TO_PUBLISHED),
    META("date_published", TO_PUBLISHED),
    META("datecreated", TO_PUBLISHED),
    META("bt:pubdate", TO_PUBLISHED),
    META("published_at", TO_PUBLISHED),
    META("release_date", TO_PUBLISHED),
    META("ptime", TO_PUBLISHED),
    META("vr:published_time", TO_PUBLISHED),
    META("mediator_published_time", TO_PUBLISHED),
    META("video:release_date", TO_LOOSE_PUBLISHED),
    META("date", TO_LOOSE_PUBLISHED),
    META("dc.date", TO_LOOSE_PUBLISHED),
    META("dcterms.date", TO_LOOSE_PUBLISHED),
    META("created", TO_LOOSE_PUBLISHED),
    META("dc.created", TO_LOOSE_PUBLISHED),
    META("shareaholic:article_published_time", TO_PUBLISHED),
    META("article:post_date", TO_PUBLISHED),
    META("article:published_date", TO_PUBLISHED),
    META("article:publicationdate", TO_PUBLISHED),
    META("published_date", TO_PUBLISHED),
    META("dateposted", TO_PUBLISHED),
    META("dc.date.publication", TO_PUBLISHED),
    META("dc.date.published", TO_PUBLISHED),
    META("dcterms.available", TO_PUBLISHED),
    META("og:datepublished", TO_PUBLISHED),
    META("og:publish_date", TO_PUBLISHED),
    META("og:regdate", TO_PUBLISHED),
    META("doc_date", TO_PUBLISHED),
    META("pdate", TO_PUBLISHED),
    META("publishtime", TO_PUBLISHED),
    META("publish_time", TO_PUBLISHED),
    META("date_created", TO_PUBLISHED),
    META("date.created", TO_PUBLISHED),
    META("content_create_date", TO_PUBLISHED),
    META("twt-published-at", TO_PUBLISHED),
    META("weibo:article:create_at", TO_PUBLISHED),
    META("analyticsattributes.articledate", TO_PUBLISHED),
    META("citation_online_date", TO_PUBLISHED),
    META("timestamp", TO_LOOSE_PUBLISHED),
    META("gentime", TO_LOOSE_PUBLISHED),
    META("article:modified_date", TO_MODIFIED),
    META("article:updated_time", TO_MODIFIED),
    META("article:updated", TO_MODIFIED),
    META("dc.modified", TO_MODIFIED),
    META("modified_time", TO_MODIFIED),
    META("date_modified", TO_MODIFIED),
    META("weibo:article:update_at", TO_MODIFIED),
    META("parsely-last-mod", TO_MODIFIED),
    META("article:modified_time", TO_MODIFIED),
    META("og:article:modified_time", TO_MODIFIED),
    META("datemodified", TO_MODIFIED),
    META("og:updated_time", TO_LOOSE_MODIFIED),
    META("article:modified", TO_MODIFIED),
    META("dc.date.modified", TO_MODIFIED),
    META("dcterms.modified", TO_MODIFIED),
    META("article.updated", TO_MODIFIED),
    META("lastmod", TO_LOOSE_MODIFIED),
    META("last-modified", TO_LOOSE_MODIFIED),
    META("lastmodified", TO_LOOSE_MODIFIED),
    META("revised", TO_LOOSE_MODIFIED),
    META("utime", TO_MODIFIED),
    META("updated_time", TO_LOOSE_MODIFIED),
    META("shareaholic:article_modified_time", TO_MODIFIED),
    META("og:image", TO_IMAGE),
    META("twitter:image", TO_IMAGE),
    META("og:url", TO_URL),
    META("og:locale", TO_LANG),
    META("content-language", TO_LANG),
    META("dc.language", TO_LANG),
    META("article:content_tier", TO_TIER),
    META("original-source", TO_SOURCE),
    META("syndication-source", TO_SOURCE),
};

static void first(syn_str *slot, syn_str s)
{
    if (!slot->n) *slot = s;
}

static void first_time(syn_reading *r, syn_time *slot, syn_str s)
{
    syn_time t;
    if (!syn_time_known(*slot) && syn_read_time(r, s, &t)) *slot = t;
}

static bool is_address(syn_str s)
{
    return syn_starts_i(s, SYN_STR("http")) || (s.n && s.p[0] == '/');
}

static void read_meta(syn_reading *r, const syn_node *n, syn_evidence *e)
{
    syn_str content = syn_html_attr(n, "content", NULL);
    if (!content.n) return;
    static const char *const KEYS[] = {"property", "name", "itemprop", "http-equiv"};
    for (size_t k = 0; k < SYN_COUNT(KEYS); k++) {
        syn_str key = syn_html_attr(n, KEYS[k], NULL);
        if (!key.n) continue;
        int to = TO_NOTHING;
        for (size_t i = 0; i < SYN_COUNT(METAS) && !to; i++) {
            if (METAS[i].length == key.n && syn_str_ieq(key, (syn_str){METAS[i].name, key.n})) to = METAS[i].to;
        }
        if (!to) continue;
        syn_str s = syn_read_collapse(r->arena, content), rest, piece;
        switch (to) {
        case TO_OG_TITLE:
            first(&e->og_title, s);
            break;
        case TO_TW_TITLE:
            first(&e->tw_title, s);
            break;
        case TO_META_TITLE:
            first(&e->meta_title, s);
            break;
        case TO_OG_DESCRIPTION:
            first(&e->og_description, s);
            break;
        case TO_DESCRIPTION:
            first(&e->meta_description, s);
            break;
        case TO_SITE:
            first(&e->site_name, s);
            break;
        case TO_PUBLISHER:
            first(&e->publisher, s);
            break;
        case TO_SECTION:
            if (!is_address(s)) first(&e->section, s);
            break;
        case TO_TAG:
            syn_list_add(r->arena, &e->tags, s, SYN_MAX_TAGS);
            break;
        case TO_KEYWORDS:
            for (rest = s; syn_split(&rest, ',', &piece);)
                syn_list_add(r->arena, &e->tags, syn_trim(piece), SYN_MAX_TAGS);
            break;
        case TO_AUTHOR:
            if (!is_address(s)) syn_list_add(r->arena, &e->meta_authors, s, SYN_MAX_AUTHORS);
            break;
        case TO_PUBLISHED:
            first_time(r, &e->meta_published, s);
            break;
        case TO_LOOSE_PUBLISHED:
            first_time(r, &e->loose_published, s);
            break;
        case TO_MODIFIED:
            first_time(r, &e->meta_modified, s);
            break;
        case TO_LOOSE_MODIFIED:
            first_time(r, &e->loose_modified, s);
            break;
        case TO_IMAGE:
            first(&e->image, s);
            break;
        case TO_URL:
            first(&e->og_url, s);
            break;
        case TO_LANG:
            first(&e->lang, s);
            break;
        case TO_TIER:
            if (syn_str_ieq(s, SYN_STR("locked"))) e->paywalled = true;
            break;
        case TO_SOURCE:
            first(&e->source, s);
            break;
        default:
            break;
        }
        return;
    }
}

static void read_link(syn_reading *r, const syn_node *n, syn_evidence *e)
{
    syn_str rel = syn_html_attr(n, "rel", NULL), href = syn_trim(syn_html_attr(n, "href", NULL));
    if (!href.n) return;
    if (syn_str_ieq(rel, SYN_STR("canonical"))) first(&e->canonical, href);
    syn_str lang = syn_html_attr(n, "hreflang", NULL);
    if (syn_str_ieq(rel, SYN_STR("alternate")) && lang.n && lang.n < 36 && !syn_str_ieq(lang, SYN_STR("x-default")) &&
        e->nalternates < SYN_MAX_ALTERNATES &&
        syn_grow(r->arena, &e->alternates, &e->cap_alternates, e->nalternates + 1, sizeof *e->alternates)) {
        e->alternates[e->nalternates++] = (syn_alternate){lang, href};
    }
}

static bool has(syn_str s, const char *word)
{
    return syn_find(s, syn_str_of(word), 0) != SIZE_MAX;
}

/* The value of a microdata property as an element prints it. */
static syn_str value_of(syn_reading *r, const syn_node *n)
{
    static const char *const KEYS[] = {"content", "datetime"};
    for (size_t i = 0; i < SYN_COUNT(KEYS); i++) {
        syn_str s = syn_html_attr(n, KEYS[i], NULL);
        if (s.n) return syn_read_collapse(r->arena, s);
    }
    return syn_read_text_of(r->arena, n);
}

static bool in_comment(const syn_node *n)
{
    for (int i = 0; n && i < 12; n = n->parent, i++) {
        if (n->type == SYN_NODE_ELEMENT && (syn_read_hints(syn_html_attr(n, "class", NULL)) & SYN_HINT_COMMENT))
            return true;
        if (n->type == SYN_NODE_ELEMENT && (syn_read_hints(syn_html_attr(n, "id", NULL)) & SYN_HINT_COMMENT))
            return true;
        if (has(syn_html_attr(n, "itemtype", NULL), "Comment")) return true;
    }
    return false;
}

/* Whether an element is a link to the front page, or holds one and nothing else: a banner, whatever it is called. */
static bool is_banner(const syn_node *n)
{
    const syn_node *a = n;
    while (a && !(a->type == SYN_NODE_ELEMENT && a->tag == SYN_TAG_A))
        a = a->type == SYN_NODE_ELEMENT ? a->first : a->next;
    return a && syn_read_leads_home(syn_trim(syn_html_attr(a, "href", NULL)));
}

enum { LONGEST_SECTION = 80 };

static void read_prop(syn_reading *r, const syn_node *n, syn_str prop, syn_evidence *e)
{
    if (syn_starts(prop, SYN_STR("schema:"))) prop = syn_slice(prop, 7, prop.n);
    if (has(prop, "datePublished") || has(prop, "dateCreated") || has(prop, "dc:date") || has(prop, "dc:created")) {
        if (!syn_time_known(e->prop_published) && !in_comment(n)) first_time(r, &e->prop_published, value_of(r, n));
    } else if (has(prop, "dateModified")) {
        if (!in_comment(n)) first_time(r, &e->prop_modified, value_of(r, n));
    } else if (syn_str_is(prop, "author") || syn_str_is(prop, "creator")) {
        if (in_comment(n)) return;
        for (const syn_node *c = n; c; c = syn_html_next(c, n, false)) {
            syn_str inner = c != n ? syn_html_attr(c, "itemprop", NULL) : (syn_str){0};
            if (c != n && !inner.n) inner = syn_html_attr(c, "property", NULL);
            if (syn_str_is(inner, "name") || syn_str_is(inner, "schema:name")) {
                syn_list_add(r->arena, &e->prop_authors, value_of(r, c), SYN_MAX_AUTHORS);
                return;
            }
        }
        syn_str s = value_of(r, n);
        if (s.n < 120 && !is_address(s)) syn_list_add(r->arena, &e->prop_authors, s, SYN_MAX_AUTHORS);
    } else if (syn_str_is(prop, "articleSection")) {
        syn_str s = value_of(r, n);
        if (s.n < LONGEST_SECTION) first(&e->section, s);
    } else if (syn_str_is(prop, "keywords") && n->tag != SYN_TAG_META) { /* as a meta element it is read with those */
        for (syn_str rest = value_of(r, n), piece; syn_split(&rest, ',', &piece);)
            syn_list_add(r->arena, &e->tags, syn_trim(piece), SYN_MAX_TAGS);
    } else if (syn_str_is(prop, "headline") && !e->meta_title.n && n->tag != SYN_TAG_META) {
        syn_str s = value_of(r, n);
        if (s.n < SYN_MAX_TITLE && !in_comment(n) && !is_banner(n)) e->meta_title = s;
    }
}

void syn_read_evidence(syn_reading *r, const syn_document *doc, syn_evidence *e)
{
    *e = (syn_evidence){.ld_published = SYN_NO_TIME,
                        .ld_modified = SYN_NO_TIME,
                        .meta_published = SYN_NO_TIME,
                        .meta_modified = SYN_NO_TIME,
                        .prop_published = SYN_NO_TIME,
                        .prop_modified = SYN_NO_TIME,
                        .loose_published = SYN_NO_TIME,
                        .loose_modified = SYN_NO_TIME};
    syn_str lang = syn_html_attr(doc->html, "lang", NULL);
    if (!lang.n) lang = syn_html_attr(doc->html, "xml:lang", NULL);
    e->lang = syn_trim(lang);
    bool in_svg = false;
    for (const syn_node *n = syn_html_next(doc->root, doc->root, false); n; n = syn_html_next(n, doc->root, in_svg)) {
        in_svg = n->type == SYN_NODE_ELEMENT && n->ns == SYN_NS_SVG;
        if (n->type != SYN_NODE_ELEMENT || n->ns != SYN_NS_HTML || (!n->nattrs && n->tag != SYN_TAG_TITLE)) continue;
        if (n->tag == SYN_TAG_META)
            read_meta(r, n, e);
        else if (n->tag == SYN_TAG_LINK)
            read_link(r, n, e);
        else if (n->tag == SYN_TAG_BASE)
            first(&e->base, syn_trim(syn_html_attr(n, "href", NULL)));
        else if (n->tag == SYN_TAG_TITLE)
            first(&e->doc_title, syn_read_text_of(r->arena, n));
        else if (n->tag == SYN_TAG_SCRIPT) {
            syn_str type = syn_html_attr(n, "type", NULL);
            if (syn_starts_i(syn_trim(type), SYN_STR("application/ld+json")) && n->first)
                syn_read_jsonld(r, n->first->text, e);
            continue;
        }
        if (n->tag == SYN_TAG_A && syn_str_ieq(syn_html_attr(n, "rel", NULL), SYN_STR("author")) && !in_comment(n)) {
            syn_list_add(r->arena, &e->rel_authors, syn_read_text_of(r->arena, n), SYN_MAX_AUTHORS);
        }
        for (uint32_t i = 0; i < n->nattrs; i++) {
            const syn_attr *a = &n->attrs[i];
            if (a->name.n == 8 && a->value.n && (syn_str_is(a->name, "itemprop") || syn_str_is(a->name, "property"))) {
                read_prop(r, n, a->value, e);
            }
        }
    }
}

bool syn_read_time(syn_reading *r, syn_str s, syn_time *out)
{
    syn_time t;
    uint64_t unix_time;
    s = syn_trim(s);
    if (syn_time_parse(s, &t)) {
        *out = t;
        return syn_read_time_plausible(r, t);
    }
    if ((s.n == 10 || s.n == 13) && syn_parse_u64(s, &unix_time)) {
        t = (syn_time){(int64_t)(s.n == 13 ? unix_time / 1000 : unix_time), 0, false};
        *out = t;
        return syn_read_time_plausible(r, t);
    }
    syn_span at;
    return s.n < 200 && syn_read_find_date(r, s, out, &at);
}
