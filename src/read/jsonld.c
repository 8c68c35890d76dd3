/* jsonld.c - stage 2: what JSON-LD says of the article (schema.org's Article and its kin).  Sloppy JSON is common: raw
   control characters and comment marks around it are taken out before parsing. */
#include "when.h"

enum { MAX_NODES = 400, MAX_DEPTH = 10 };

typedef struct ld {
    syn_reading *r;
    syn_evidence *e;
    const syn_json *root;
    bool not_free; /* the script says so somewhere, of the article or a part */
    int visited;
} ld;

/* How surely a node of this type is the article that the page is about. */
static int rank_of_type(syn_str type)
{
    static const struct {
        const char *name;
        int rank;
    } RANKS[] = {
        {"NewsArticle", 10},
        {"ReportageNewsArticle", 10},
        {"AnalysisNewsArticle", 10},
        {"OpinionNewsArticle", 10},
        {"BackgroundNewsArticle", 10},
        {"ReviewNewsArticle", 10},
        {"LiveBlogPosting", 9},
        {"Article", 9},
        {"BlogPosting", 8},
        {"Report", 8},
        {"ScholarlyArticle", 8},
        {"TechArticle", 8},
        {"SocialMediaPosting", 6},
        {"DiscussionForumPosting", 6},
        {"Review", 5},
        {"CreativeWork", 4},
        {"VideoObject", 2},
        {"Recipe", 4},
        {"WebPage", 3},
        {"ItemPage", 3},
        {"AboutPage", 1},
    };
    size_t slash = type.n;
    while (slash && type.p[slash - 1] != '/' && type.p[slash - 1] != ':') slash--;
    type = syn_slice(type, slash, type.n);
    for (size_t i = 0; i < SYN_COUNT(RANKS); i++) {
        if (syn_str_is(type, RANKS[i].name)) return RANKS[i].rank;
    }
    return 0;
}

static int rank_of(const syn_json *node)
{
    const syn_json *type = syn_json_get(node, "@type");
    int best = rank_of_type(syn_json_str(type));
    if (type && syn_json_is_array(type)) {
        for (const syn_json *t = syn_json_first(type); t; t = syn_json_next(t)) {
            int rank = rank_of_type(syn_json_str(t));
            if (rank > best) best = rank;
        }
    }
    return best;
}

static const syn_json *by_id(const syn_json *node, syn_str id, int depth, int *budget)
{
    if (depth > MAX_DEPTH || --*budget < 0) return NULL;
    if (syn_json_is_object(node) && syn_str_eq(syn_json_get_str(node, "@id"), id) && syn_json_get(node, "name")) {
        return node;
    }
    if (!syn_json_is_object(node) && !syn_json_is_array(node)) return NULL;
    for (const syn_json *c = syn_json_first(node); c; c = syn_json_next(c)) {
        const syn_json *found = by_id(c, id, depth + 1, budget);
        if (found) return found;
    }
    return NULL;
}

/* The name of a person or organisation given as a string, an object or a reference. */
static syn_str name_of(ld *d, const syn_json *v)
{
    syn_str s = syn_json_str(v);
    if (s.n || !syn_json_is_object(v)) return s;
    s = syn_json_get_str(v, "name");
    if (s.n) return s;
    const syn_json *list = syn_json_get(v, "name");
    if (list && syn_json_is_array(list)) return syn_json_str(syn_json_first(list));
    syn_str id = syn_json_get_str(v, "@id");
    int budget = MAX_NODES;
    const syn_json *there = id.n ? by_id(d->root, id, 0, &budget) : NULL;
    return there ? syn_json_get_str(there, "name") : s;
}

static syn_str keep(ld *d, syn_str s)
{
    return s.n ? syn_read_collapse(d->r->arena, s) : s;
}

/* JSON-LD strings are often escaped once more, as HTML. */
static syn_str unescape(ld *d, syn_str s)
{
    if (!s.n || syn_find_byte(s, '&', 0) == SIZE_MAX) return keep(d, s);
    if (syn_find(s, SYN_STR("&#"), 0) == SIZE_MAX && syn_find_byte(s, ';', 0) == SIZE_MAX) return keep(d, s);
    syn_document *doc;
    syn_str copy = syn_dup(d->r->arena, s);
    if (syn_html_parse(d->r->arena, copy, &(syn_html_options){.fragment_of = "div"}, &doc, NULL)) return keep(d, s);
    return syn_read_text_of(d->r->arena, doc->root);
}

static void add_names(ld *d, const syn_json *v, syn_list *out)
{
    if (!v) return;
    if (!syn_json_is_array(v)) {
        syn_list_add(d->r->arena, out, unescape(d, name_of(d, v)), SYN_MAX_AUTHORS);
        return;
    }
    for (const syn_json *c = syn_json_first(v); c; c = syn_json_next(c)) {
        syn_list_add(d->r->arena, out, unescape(d, name_of(d, c)), SYN_MAX_AUTHORS);
    }
}

static void add_tags(ld *d, const syn_json *v)
{
    if (!v) return;
    if (syn_json_is_array(v)) {
        for (const syn_json *c = syn_json_first(v); c; c = syn_json_next(c)) {
            syn_list_add(d->r->arena, &d->e->tags, unescape(d, name_of(d, c)), SYN_MAX_TAGS);
        }
        return;
    }
    syn_str rest = unescape(d, syn_json_str(v)), piece;
    while (syn_split(&rest, ',', &piece)) syn_list_add(d->r->arena, &d->e->tags, syn_trim(piece), SYN_MAX_TAGS);
}

static void read_image(ld *d, const syn_json *v)
{
    if (v && syn_json_is_array(v)) v = syn_json_first(v);
    if (!v || d->e->image.n) return;
    syn_str url = syn_json_str(v);
    if (!url.n) url = syn_json_get_str(v, "url");
    if (!url.n) url = syn_json_get_str(v, "contentUrl");
    d->e->image = keep(d, url);
    if (!syn_json_is_object(v)) return;
    d->e->image_caption = unescape(d, syn_json_get_str(v, "caption"));
    d->e->image_credit = unescape(d, syn_json_get_str(v, "creditText"));
}

static void set(syn_str *slot, syn_str s, bool better)
{
    if (s.n && (better || !slot->n)) *slot = s;
}

static void set_time(ld *d, syn_time *slot, const syn_json *node, const char *key, bool better)
{
    syn_time t;
    syn_str s = syn_json_get_str(node, key);
    if (s.n && (better || !syn_time_known(*slot)) && syn_read_time(d->r, s, &t)) *slot = t;
}

/* Whether the script says "isAccessibleForFree": false, as a literal, which the parsed tree does not tell from true. */
static bool says_not_free(syn_str text)
{
    const syn_str key = SYN_STR("\"isAccessibleForFree\"");
    for (size_t at = syn_find(text, key, 0); at != SIZE_MAX; at = syn_find(text, key, at)) {
        at += key.n;
        while (at < text.n && (text.p[at] == ' ' || text.p[at] == ':')) at++;
        if (syn_starts(syn_slice(text, at, text.n), SYN_STR("false"))) return true;
    }
    return false;
}

static bool not_free(const ld *d, const syn_json *node)
{
    const syn_json *v = syn_json_get(node, "isAccessibleForFree");
    double number;
    if (!v || syn_json_is_array(v) || syn_json_is_object(v)) return false;
    syn_str s = syn_json_str(v);
    if (s.n) return syn_str_ieq(s, SYN_STR("false"));
    return syn_json_number(v, &number) ? number == 0 : d->not_free;
}

/* Whether the article, or a part of it that the page leaves out, is for those who pay. */
static bool costs(const ld *d, const syn_json *node)
{
    if (not_free(d, node)) return true;
    const syn_json *part = syn_json_get(node, "hasPart");
    if (!part || !syn_json_is_array(part)) return part && not_free(d, part);
    for (const syn_json *c = syn_json_first(part); c; c = syn_json_next(c)) {
        if (not_free(d, c)) return true;
    }
    return false;
}

static void read_article(ld *d, const syn_json *node, int rank)
{
    syn_evidence *e = d->e;
    bool better = rank > e->ld_rank;
    if (better) e->ld_rank = rank;
    if (rank > 3) {
        set(&e->ld_headline, unescape(d, syn_json_get_str(node, "headline")), better);
        if (!e->ld_headline.n) e->ld_headline = unescape(d, syn_json_get_str(node, "name"));
        set(&e->ld_body, syn_dup(d->r->arena, syn_json_get_str(node, "articleBody")), better);
        set(&e->ld_description, unescape(d, syn_json_get_str(node, "description")), better);
    } else {
        set(&e->ld_description, unescape(d, syn_json_get_str(node, "description")), false);
    }
    set_time(d, &e->ld_published, node, "datePublished", better);
    if (rank > 3 && !syn_time_known(e->ld_published)) set_time(d, &e->ld_published, node, "dateCreated", false);
    set_time(d, &e->ld_modified, node, "dateModified", better);
    const syn_json *page = rank > 3 ? syn_json_get(node, "mainEntityOfPage") : NULL;
    if (page && syn_json_is_object(page)) { /* dates put one level too deep */
        set_time(d, &e->ld_published, page, "datePublished", false);
        set_time(d, &e->ld_modified, page, "dateModified", false);
    }
    if (rank >= 4) {
        if (better) e->ld_authors.n = 0;
        if (!e->ld_authors.n || better) add_names(d, syn_json_get(node, "author"), &e->ld_authors);
        if (!e->ld_authors.n) add_names(d, syn_json_get(node, "creator"), &e->ld_authors);
        const syn_json *section = syn_json_get(node, "articleSection");
        if (section && syn_json_is_array(section)) section = syn_json_first(section);
        set(&e->section, unescape(d, syn_json_str(section)), better);
        add_tags(d, syn_json_get(node, "keywords"));
        read_image(d, syn_json_get(node, "image"));
    }
    const syn_json *publisher = syn_json_get(node, "publisher");
    if (publisher && syn_json_is_array(publisher)) publisher = syn_json_first(publisher);
    if (publisher) set(&e->publisher, unescape(d, name_of(d, publisher)), better);
    syn_str lang = syn_json_get_str(node, "inLanguage");
    if (lang.n && lang.n <= 15) set(&e->lang, keep(d, lang), false);
    if (costs(d, node)) e->paywalled = true;
}

static void visit(ld *d, const syn_json *node, int depth)
{
    if (depth > MAX_DEPTH || ++d->visited > MAX_NODES) return;
    if (syn_json_is_array(node)) {
        for (const syn_json *c = syn_json_first(node); c; c = syn_json_next(c)) visit(d, c, depth + 1);
        return;
    }
    if (!syn_json_is_object(node)) return;
    int rank = rank_of(node);
    if (rank) read_article(d, node, rank);
    static const char *const INSIDE[] = {"@graph", "mainEntity", "mainEntityOfPage", "hasPart"};
    for (size_t i = 0; i < SYN_COUNT(INSIDE); i++) {
        const syn_json *v = syn_json_get(node, INSIDE[i]);
        if (v && (i == 0 || rank <= 3)) visit(d, v, depth + 1);
    }
}

/* One value that parses: control characters become spaces, comment marks and a tail are cut. */
static syn_str tidy(syn_arena *arena, syn_str s)
{
    s = syn_trim(s);
    if (syn_starts(s, SYN_STR("<!--"))) s = syn_trim(syn_slice(s, 4, s.n));
    if (syn_ends(s, SYN_STR("-->"))) s = syn_trim(syn_slice(s, 0, s.n - 3));
    if (syn_starts(s, SYN_STR("//<![CDATA["))) s = syn_trim(syn_slice(s, 11, s.n));
    if (syn_starts(s, SYN_STR("<![CDATA["))) s = syn_trim(syn_slice(s, 9, s.n));
    if (syn_ends(s, SYN_STR("]]>"))) s = syn_slice(s, 0, s.n - 3);
    while (s.n && s.p[s.n - 1] != '}' && s.p[s.n - 1] != ']') s.n--;
    s = syn_dup(arena, s);
    char *p = s.n ? syn_alloc(arena, s.n) : NULL;
    if (!p) return (syn_str){"", 0};
    for (size_t i = 0; i < s.n; i++) p[i] = (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i];
    return (syn_str){p, s.n};
}

void syn_read_jsonld(syn_reading *r, syn_str json, syn_evidence *e)
{
    syn_str text = tidy(r->arena, json);
    syn_json *root = text.n ? syn_json_parse(text, NULL) : NULL;
    if (!root) { /* broken beyond parsing, its date is still in it */
        syn_time t;
        if (!syn_time_known(e->ld_published) && syn_read_script_date(r, text, &t)) e->ld_published = t;
        return;
    }
    ld d = {.r = r, .e = e, .root = root, .not_free = says_not_free(text)};
    visit(&d, root, 0);
    syn_json_free(root);
}
