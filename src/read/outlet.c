/* outlet.c - stage 2: who publishes a page that does not say so in its metadata.  Two places print it: the part of
   <title> that is not the article's, and the link to the front page at the head of the page. */
#include "reading.h"

enum { LONGEST_OUTLET = 80, MOST_WORDS = 5, LOOKED_AT = 4000 }; /* bytes, words, nodes */

/* A few words that no sentence ends: what a name looks like. */
static bool is_name(syn_str s)
{
    syn_block b = {.text = s};
    if (s.n < 2 || s.n > LONGEST_OUTLET) return false;
    syn_read_measure(&b);
    return b.words <= MOST_WORDS && !b.commas && b.chars >= 2 && b.chars <= 40 && b.digits <= 4;
}

static bool joins(uint32_t cp)
{
    return cp != '.' && cp != ')' && cp != '"' && cp != '\'' && cp != 0x201D && cp != 0x2019 && cp != 0x300D &&
           cp != 0xBB && cp != '!' && cp != '?' &&
           !(syn_char_of(cp)->flags & (SYN_CH_LETTER | SYN_CH_DIGIT | SYN_CH_MARK));
}

static bool is_unspaced(uint32_t cp)
{
    const syn_char *c = syn_char_of(cp);
    return (c->flags & SYN_CH_LETTER) && !syn_script_spaced(c->script);
}

bool syn_read_between_unspaced(syn_str s, size_t at)
{
    uint32_t before, after;
    if (!at || at + 1 >= s.n) return false;
    syn_utf8_next(s, syn_utf8_prev(s, at), &before);
    syn_utf8_next(s, at + 1, &after);
    return is_unspaced(before) && is_unspaced(after);
}

/* The last part of s, after a mark with white space about it or a full-width one. */
static syn_str last_part(syn_str s)
{
    for (size_t i = s.n; i > 0;) {
        size_t at = syn_utf8_prev(s, i);
        uint32_t cp;
        size_t end = at + syn_utf8_next(s, at, &cp);
        bool wide = cp == 0xFF5C || cp == 0xFF0D || cp == 0xFF1A || cp == 0xFF5E;
        bool mark = joins(cp) && cp != ' ' && cp != 0xA0 && at && s.p[at - 1] == ' ' && end < s.n && s.p[end] == ' ';
        bool close = (cp == '_' || cp == '|' || cp == '-') && syn_read_between_unspaced(s, at);
        if (wide || mark || close) return syn_trim(syn_slice(s, end, s.n));
        i = at;
    }
    return s;
}

/* What <title> prints after the article's title, or before it: its last part. */
static syn_str beside_title(const syn_evidence *e, syn_str title)
{
    size_t at = title.n >= 8 ? syn_find(e->doc_title, title, 0) : SIZE_MAX;
    if (at == SIZE_MAX) return (syn_str){0};
    bool after = at + title.n < e->doc_title.n;
    syn_str s = syn_trim(after ? syn_slice(e->doc_title, at + title.n, e->doc_title.n)
                               : syn_slice(e->doc_title, 0, at));
    size_t start = 0, end = s.n;
    for (uint32_t cp; start < end; start += syn_utf8_next(s, start, &cp)) {
        syn_utf8_next(s, start, &cp);
        if (!joins(cp)) break;
    }
    while (end > start) {
        uint32_t cp;
        size_t before = syn_utf8_prev(s, end);
        syn_utf8_next(s, before, &cp);
        if (!joins(cp)) break;
        end = before;
    }
    if (!(after ? start : s.n - end))
        return (syn_str){0}; /* no mark parts it from the title: it is more of the title */
    return last_part(syn_trim(syn_slice(s, start, end)));
}

bool syn_read_leads_home(syn_str href)
{
    href = syn_trim(href);
    if (syn_str_is(href, "/") || syn_str_is(href, "./")) return true;
    size_t at = syn_find(href, SYN_STR("://"), 0);
    if (at == SIZE_MAX && syn_starts(href, SYN_STR("//"))) at = 0, href = syn_slice(href, 2, href.n);
    if (at == SIZE_MAX) return syn_starts_i(href, SYN_STR("/index.")) || syn_starts_i(href, SYN_STR("index."));
    size_t slash = syn_find_byte(href, '/', at ? at + 3 : 0);
    return slash == SIZE_MAX || slash + 1 == href.n;
}

/* What the first link to the front page is called: its text, its picture's alternative text, its own title. */
static syn_str home_link(syn_reading *r, const syn_document *doc)
{
    int looked = 0;
    for (const syn_node *n = syn_html_next(doc->root, doc->root, false); n && looked < LOOKED_AT;
         n = syn_html_next(n, doc->root, n->ns == SYN_NS_SVG), looked++) {
        if (!syn_html_is(n, SYN_TAG_A) || !syn_read_leads_home(syn_html_attr(n, "href", NULL))) continue;
        syn_str s = syn_read_text_of(r->arena, n);
        for (const syn_node *c = n; c && !s.n; c = syn_html_next(c, n, false)) {
            if (syn_html_is(c, SYN_TAG_IMG)) s = syn_read_collapse(r->arena, syn_html_attr(c, "alt", NULL));
        }
        if (!s.n) s = syn_read_collapse(r->arena, syn_html_attr(n, "title", NULL));
        if (!s.n) s = syn_read_collapse(r->arena, syn_html_attr(n, "aria-label", NULL));
        if (s.n) return s;
    }
    return (syn_str){0};
}

/* Whether a line with a copyright mark holds s. */
static bool has_rights(const syn_layout *l, syn_str s)
{
    for (size_t i = l->nblocks; i-- > 0 && l->nblocks - i < 60;) {
        syn_str text = l->blocks[i].text;
        if (text.n < 2000 && syn_find(text, SYN_STR("\xC2\xA9"), 0) != SIZE_MAX && syn_find(text, s, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

syn_str syn_read_outlet(syn_reading *r, const syn_layout *l, const syn_evidence *e, syn_str title)
{
    syn_str beside = beside_title(e, title), home = home_link(r, l->doc);
    if (!is_name(home)) home = (syn_str){0};
    if (home.n && (syn_find(e->doc_title, home, 0) != SIZE_MAX || has_rights(l, home))) return home;
    return is_name(beside) && (!e->section.n || !syn_str_ieq(beside, e->section)) ? beside : (syn_str){0};
}
