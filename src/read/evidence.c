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

static const struct {
    const char *name;
    uint8_t to;
} METAS[] = {
    {"og:title", TO_OG_TITLE},
    {"twitter:title", TO_TW_TITLE},
    {"dc.title", TO_META_TITLE},
    {"parsely-title", TO_META_TITLE},
    {"sailthru.title", TO_META_TITLE},
    {"headline", TO_META_TITLE},
    {"citation_title", TO_META_TITLE},
    {"og:description", TO_OG_DESCRIPTION},
    {"description", TO_DESCRIPTION},
    {"twitter:description", TO_DESCRIPTION},
    {"dc.description", TO_DESCRIPTION},
    {"og:site_name", TO_SITE},
    {"application-name", TO_PUBLISHER},
    {"dc.publisher", TO_PUBLISHER},
    {"article:section", TO_SECTION},
    {"parsely-section", TO_SECTION},
    {"section", TO_SECTION},
    {"article:tag", TO_TAG},
    {"og:article:tag", TO_TAG},
    {"news_keywords", TO_KEYWORDS},
    {"parsely-tags", TO_KEYWORDS},
    {"sailthru.tags", TO_KEYWORDS},
    {"keywords", TO_KEYWORDS},
    {"author", TO_AUTHOR},
    {"article:author", TO_AUTHOR},
    {"og:article:author", TO_AUTHOR},
    {"dc.creator", TO_AUTHOR},
    {"dcterms.creator", TO_AUTHOR},
    {"parsely-author", TO_AUTHOR},
    {"sailthru.author", TO_AUTHOR},
    {"byl", TO_AUTHOR},
    {"citation_author", TO_AUTHOR},
    {"article:author_name", TO_AUTHOR},
    {"twitter:data1", TO_NOTHING},
    {"article:published_time", TO_PUBLISHED},
    {"og:article:published_time", TO_PUBLISHED},
    {"article:published", TO_PUBLISHED},
    {"og:published_time", TO_PUBLISHED},
    {"datepublished", TO_PUBLISHED},
    {"publishdate", TO_PUBLISHED},
    {"publish-date", TO_PUBLISHED},
    {"publish_date", TO_PUBLISHED},
    {"published_time", TO_PUBLISHED},
    {"published-date", TO_PUBLISHED},
    {"pubdate", TO_PUBLISHED},
    {"publication_date", TO_PUBLISHED},
    {"publication-date", TO_PUBLISHED},
    {"parsely-pub-date", TO_PUBLISHED},
    {"sailthru.date", TO_PUBLISHED},
    {"cxenseparse:recs:publishtime", TO_PUBLISHED},
    {"dc.date.issued", TO_PUBLISHED},
    {"dcterms.issued", TO_PUBLISHED},
    {"dcterms.created", TO_PUBLISHED},
    {"dc.date.created", TO_PUBLISHED},
    {"citation_publication_date", TO_PUBLISHED},
    {"citation_date", TO_PUBLISHED},
    {"og:pubdate", TO_PUBLISHED},
    {"article.published", TO_PUBLISHED},
    {"article.created", TO_PUBLISHED},
    {"article_date_original", TO_PUBLISHED},
    {"originalpublicationdate", TO_PUBLISHED},
    {"displaydate", TO_PUBLISHED},
    {"rnews:datepublished", TO_PUBLISHED},
    {"date_published", TO_PUBLISHED},
    {"datecreated", TO_PUBLISHED},
    {"bt:pubdate", TO_PUBLISHED},
    {"published_at", TO_PUBLISHED},
    {"release_date", TO_PUBLISHED},
    {"ptime", TO_PUBLISHED},
    {"vr:published_time", TO_PUBLISHED},
    {"mediator_published_time", TO_PUBLISHED},
    {"video:release_date", TO_LOOSE_PUBLISHED},
    {"date", TO_LOOSE_PUBLISHED},
    {"dc.date", TO_LOOSE_PUBLISHED},
    {"dcterms.date", TO_LOOSE_PUBLISHED},
    {"created", TO_LOOSE_PUBLISHED},
    {"dc.created", TO_LOOSE_PUBLISHED},
    {"shareaholic:article_published_time", TO_PUBLISHED},
    {"article:post_date", TO_PUBLISHED},
    {"article:published_date", TO_PUBLISHED},
    {"article:publicationdate", TO_PUBLISHED},
    {"published_date", TO_PUBLISHED},
    {"dateposted", TO_PUBLISHED},
    {"dc.date.publication", TO_PUBLISHED},
    {"dc.date.published", TO_PUBLISHED},
    {"dcterms.available", TO_PUBLISHED},
    {"og:datepublished", TO_PUBLISHED},
    {"og:publish_date", TO_PUBLISHED},
    {"og:regdate", TO_PUBLISHED},
    {"doc_date", TO_PUBLISHED},
    {"pdate", TO_PUBLISHED},
    {"publishtime", TO_PUBLISHED},
    {"publish_time", TO_PUBLISHED},
    {"date_created", TO_PUBLISHED},
    {"date.created", TO_PUBLISHED},
    {"content_create_date", TO_PUBLISHED},
    {"twt-published-at", TO_PUBLISHED},
    {"weibo:article:create_at", TO_PUBLISHED},
    {"analyticsattributes.articledate", TO_PUBLISHED},
    {"citation_online_date", TO_PUBLISHED},
    {"timestamp", TO_LOOSE_PUBLISHED},
    {"gentime", TO_LOOSE_PUBLISHED},
    {"article:modified_date", TO_MODIFIED},
    {"article:updated_time", TO_MODIFIED},
    {"article:updated", TO_MODIFIED},
    {"dc.modified", TO_MODIFIED},
    {"modified_time", TO_MODIFIED},
    {"date_modified", TO_MODIFIED},
    {"weibo:article:update_at", TO_MODIFIED},
    {"parsely-last-mod", TO_MODIFIED},
    {"article:modified_time", TO_MODIFIED},
    {"og:article:modified_time", TO_MODIFIED},
    {"datemodified", TO_MODIFIED},
    {"og:updated_time", TO_LOOSE_MODIFIED},
    {"article:modified", TO_MODIFIED},
    {"dc.date.modified", TO_MODIFIED},
    {"dcterms.modified", TO_MODIFIED},
    {"article.updated", TO_MODIFIED},
    {"lastmod", TO_LOOSE_MODIFIED},
    {"last-modified", TO_LOOSE_MODIFIED},
    {"lastmodified", TO_LOOSE_MODIFIED},
    {"revised", TO_LOOSE_MODIFIED},
    {"utime", TO_MODIFIED},
    {"updated_time", TO_LOOSE_MODIFIED},
    {"shareaholic:article_modified_time", TO_MODIFIED},
    {"og:image", TO_IMAGE},
    {"twitter:image", TO_IMAGE},
    {"og:url", TO_URL},
    {"og:locale", TO_LANG},
    {"content-language", TO_LANG},
    {"dc.language", TO_LANG},
    {"article:content_tier", TO_TIER},
    {"original-source", TO_SOURCE},
    {"syndication-source", TO_SOURCE},
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
            if (syn_str_ieq(key, syn_str_of(METAS[i].name))) to = METAS[i].to;
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

static void read_prop(syn_reading *r, const syn_node *n, syn_str prop, syn_evidence *e)
{
    if (has(prop, "datePublished") || has(prop, "dateCreated") || has(prop, "dc:date") || has(prop, "dc:created")) {
        if (!syn_time_known(e->prop_published) && !in_comment(n)) first_time(r, &e->prop_published, value_of(r, n));
    } else if (has(prop, "dateModified")) {
        if (!in_comment(n)) first_time(r, &e->prop_modified, value_of(r, n));
    } else if (syn_str_is(prop, "author") || syn_str_is(prop, "creator") || syn_str_is(prop, "schema:author")) {
        if (in_comment(n)) return;
        for (const syn_node *c = n; c; c = syn_html_next(c, n, false)) {
            syn_str inner = c != n ? syn_html_attr(c, "itemprop", NULL) : (syn_str){0};
            if (syn_str_is(inner, "name")) {
                syn_list_add(r->arena, &e->prop_authors, value_of(r, c), SYN_MAX_AUTHORS);
                return;
            }
        }
        syn_str s = value_of(r, n);
        if (s.n < 120 && !is_address(s)) syn_list_add(r->arena, &e->prop_authors, s, SYN_MAX_AUTHORS);
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
