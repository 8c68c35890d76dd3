/* page.c - stage 2: what the bytes of a page are, and the way to its articles. */
#include "reading.h"

static bool head_has(syn_str s, const char *word)
{
    return syn_find(s, syn_str_of(word), 0) != SIZE_MAX;
}

syn_form syn_read_sniff(syn_str bytes, syn_str content_type)
{
    static const struct {
        const char *magic;
        size_t n;
    } MAGIC[] = {
        {"\x89PNG", 4},
        {"\xFF\xD8\xFF", 3},
        {"GIF8", 4},
        {"%PDF", 4},
        {"PK\x03\x04", 4},
        {"\x7F"
         "ELF",
         4},
        {"RIFF", 4},
        {"\x00\x00\x01\x00", 4},
        {"ID3", 3},
        {"OggS", 4},
        {"BZh", 3},
        {"\xFD"
         "7zXZ",
         5},
        {"Rar!", 4},
        {"7z\xBC\xAF", 4},
        {"SQLite format 3", 15},
        {"wOFF", 4},
        {"wOF2", 4},
        {"\xCA\xFE\xBA\xBE", 4},
    };
    if (!bytes.n) return SYN_FORM_EMPTY;
    for (size_t i = 0; i < SYN_COUNT(MAGIC); i++) {
        if (bytes.n >= MAGIC[i].n && memcmp(bytes.p, MAGIC[i].magic, MAGIC[i].n) == 0) return SYN_FORM_BINARY;
    }
    if (syn_starts(bytes, SYN_STR("\xFE\xFF")) || syn_starts(bytes, SYN_STR("\xFF\xFE"))) {
        return SYN_FORM_HTML; /* UTF-16: looked at again once decoded */
    }
    size_t look = bytes.n < 4096 ? bytes.n : 4096, control = 0;
    for (size_t i = 0; i < look; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        control += c < 9 || (c > 13 && c < 32 && c != 27);
    }
    if (control * 50 > look) return SYN_FORM_BINARY;
    if (syn_starts(bytes, SYN_STR("\xEF\xBB\xBF"))) bytes = syn_slice(bytes, 3, bytes.n);
    bytes = syn_trim(syn_slice(bytes, 0, 65536));
    if (!bytes.n) return SYN_FORM_EMPTY;
    syn_str head = syn_slice(bytes, 0, 4096);
    if (bytes.p[0] == '{' || bytes.p[0] == '[') return SYN_FORM_JSON;
    bool xml = syn_starts_i(head, SYN_STR("<?xml"));
    if (bytes.p[0] == '<') {
        if (head_has(head, "<rss") || head_has(head, "<feed") || head_has(head, "<rdf:RDF") ||
            head_has(head, "<atom:feed"))
            return SYN_FORM_XML_FEED;
        if (head_has(head, "<urlset") || head_has(head, "<sitemapindex")) return SYN_FORM_SITEMAP;
        if (head_has(head, "<html") || head_has(head, "<HTML") || head_has(head, "<!DOCTYPE") ||
            head_has(head, "<!doctype"))
            return SYN_FORM_HTML;
        return xml ? SYN_FORM_XML : SYN_FORM_HTML;
    }
    static const char *const TAGS[] = {"<html", "<HTML", "<!DOCTYPE", "<!doctype", "<body", "<head",
                                       "<p>",   "<div",  "<p ",       "<br>",      "<br/>"};
    for (size_t i = 0; i < SYN_COUNT(TAGS); i++) {
        if (head_has(bytes, TAGS[i])) return SYN_FORM_HTML;
    }
    return syn_starts_i(content_type, SYN_STR("text/html")) ? SYN_FORM_HTML : SYN_FORM_TEXT;
}

static syn_code one(syn_reading *r, syn_article *a, syn_articles *out)
{
    out->items = SYN_NEW_ARRAY(r->arena, syn_article *, 1);
    if (!out->items) return syn_fail(r->err, SYN_ENOMEM, 0, "no memory for the article");
    out->items[0] = a;
    out->n = 1;
    return SYN_OK;
}

static syn_code read_page(syn_arena *arena, const syn_lexicon *lex, const syn_page *page,
                          const syn_read_options *options, syn_articles *out, syn_err *err)
{
    syn_reading r = {.arena = arena, .lex = lex, .page = page, .options = options, .err = err};
    if (lex) r.english = syn_lexicon_lang(lex, SYN_STR("en"));
    syn_articles found = {0};
    syn_form form = syn_read_sniff(page->bytes, page->content_type);
    if (page->bytes.n > SYN_MAX_PAGE)
        return syn_fail(err, SYN_ELIMIT, 0, "%.*s: more than %zu bytes", SYN_FMT(page->id), SYN_MAX_PAGE);
    if (syn_str_is(page->content_type, SYN_LINES_TYPE)) return syn_read_json(&r, page->bytes, out);
    if (form == SYN_FORM_EMPTY) return syn_fail(err, SYN_EFORMAT, 0, "%.*s: empty", SYN_FMT(page->id));
    if (form == SYN_FORM_BINARY)
        return syn_fail(err, SYN_EFORMAT, 0, "%.*s: not HTML, feed, archive or text", SYN_FMT(page->id));
    if (form == SYN_FORM_XML_FEED || form == SYN_FORM_SITEMAP) {
        syn_err none = {0};
        bool sitemap = form == SYN_FORM_SITEMAP;
        if (sitemap) r.err = &none;
        syn_code rc = syn_read_feed(&r, page->bytes, &found);
        if (rc && sitemap) return syn_fail(err, rc, 0, "%.*s: a sitemap, which holds no articles", SYN_FMT(page->id));
        if (!rc) *out = found;
        return rc;
    }
    syn_article *a = SYN_NEW(arena, syn_article);
    if (!a) return syn_fail(err, SYN_ENOMEM, 0, "no memory for the article");
    a->id = page->id;
    a->url = page->url;
    a->published = a->modified = SYN_NO_TIME;
    syn_str text;
    syn_code rc = syn_read_decode(arena, page->bytes, page->content_type, &text, &a->charset, &a->replaced, err);
    if (rc) return rc;
    if (form == SYN_FORM_HTML) form = syn_read_sniff(text, page->content_type);
    if (form == SYN_FORM_JSON) {
        rc = syn_read_json(&r, text, &found);
        if (!rc) *out = found;
        if (rc != SYN_ENOTFOUND) return rc;
        form = SYN_FORM_TEXT; /* begins with a bracket, but is no JSON */
    }
    rc = form == SYN_FORM_TEXT ? syn_read_plain(&r, text, a) : syn_read_html(&r, text, a);
    if (!rc) rc = one(&r, a, &found);
    if (!rc) *out = found;
    return rc;
}

syn_code syn_read_page(syn_arena *arena, const syn_lexicon *lex, const syn_page *page, const syn_read_options *options,
                       syn_articles *out, syn_err *err)
{
    syn_articles found = {0};
    syn_code rc = read_page(arena, lex, page, options, &found, err);
    for (size_t i = 0; i < found.n && !rc; i++) rc = syn_article_unicode(arena, found.items[i], err);
    if (!rc) *out = found;
    return rc;
}
