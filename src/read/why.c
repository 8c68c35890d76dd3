/* why.c - stage 2: why a page has no text, told apart for the person who asks: it is sold, it is built by script, it
   asks something first, or there is nothing. */
#include "reading.h"

enum { MAX_LINES = 200, LONG_LINE = 400, LITTLE = 600, HARDLY_ANY = 200, A_PROGRAM = 2000 };

/* Which notices the page prints, a bit each: phrases of the tables at the start of a line or of a word in it. */
static unsigned notices(syn_reading *r, const syn_layout *l)
{
    unsigned found = 0;
    for (size_t i = 0; i < l->nblocks && i < MAX_LINES; i++) {
        const syn_block *b = &l->blocks[i];
        if (b->text.n > LONG_LINE) continue;
        bool start = true;
        for (size_t at = 0; at < b->text.n;) {
            uint32_t cp, id = 0;
            size_t step = syn_utf8_next(b->text, at, &cp);
            const syn_char *c = syn_char_of(cp);
            bool letter = (c->flags & (SYN_CH_LETTER | SYN_CH_MARK)) != 0;
            if (letter && (start || !syn_script_spaced(c->script)) &&
                syn_read_label(r, SYN_LEX_FURNITURE, syn_slice(b->text, at, b->text.n), &id) && id >= SYN_NOTICE_PAID &&
                id <= SYN_NOTICE_CHECK)
                found |= 1U << id;
            start = !letter;
            at += step;
        }
    }
    return found;
}

/* Marks of a program that fills the page: its empty mount, its state, its bundle. */
static bool has_program(const syn_document *doc)
{
    static const char *const MOUNTS[] = {"root",   "app",        "__next",   "__nuxt",   "___gatsby",
                                         "svelte", "react-root", "app-root", "main-app", "ember-application",
                                         "q-app"};
    static const char *const STATES[] = {"__NEXT_DATA__", "__NUXT_DATA__", "serverApp-state", "ng-state"};
    size_t scripts = 0, bytes = 0;
    bool mount = false, bundle = false;
    for (const syn_node *n = doc->root; n; n = syn_html_next(n, doc->root, false)) {
        if (n->type != SYN_NODE_ELEMENT) continue;
        syn_str id = syn_html_attr(n, "id", NULL);
        if (syn_html_is(n, SYN_TAG_SCRIPT)) {
            syn_str type = syn_html_attr(n, "type", NULL);
            for (size_t i = 0; i < SYN_COUNT(STATES); i++) mount = mount || syn_str_is(id, STATES[i]);
            if (syn_starts_i(type, SYN_STR("application/ld"))) continue;
            scripts++;
            bundle = bundle || syn_html_attr(n, "src", NULL).n || syn_str_ieq(type, SYN_STR("module"));
            if (n->first) bytes += n->first->text.n;
            continue;
        }
        for (size_t i = 0; i < SYN_COUNT(MOUNTS) && id.n; i++) mount = mount || syn_str_is(id, MOUNTS[i]);
    }
    return (mount && scripts) || (bundle && scripts >= 2) || scripts >= 3 || bytes >= A_PROGRAM;
}

static bool walled(const syn_layout *l)
{
    static const char *const WORDS[] = {"paywall",         "regwall",         "piano-offer",
                                        "tp-modal",        "subscriber-only", "subscription-required",
                                        "premium-content", "locked-content"};
    for (size_t i = 0; i < l->nboxes; i++) {
        const syn_node *n = l->boxes[i].node;
        if (syn_html_is(n, SYN_TAG_BODY) || syn_html_is(n, SYN_TAG_HTML)) continue;
        syn_str names[] = {syn_html_attr(n, "class", NULL), syn_html_attr(n, "id", NULL)};
        for (size_t k = 0; k < SYN_COUNT(names) * SYN_COUNT(WORDS); k++) {
            syn_str name = names[k / SYN_COUNT(WORDS)];
            if (name.n && name.n < 300 && syn_find(name, syn_str_of(WORDS[k % SYN_COUNT(WORDS)]), 0) != SIZE_MAX)
                return true;
        }
    }
    return false;
}

syn_str syn_read_why(syn_reading *r, const syn_layout *l, const syn_evidence *e)
{
    unsigned told = notices(r, l);
    bool program = has_program(l->doc);
    if (e->paywalled || (told & (1U << SYN_NOTICE_PAID)) || walled(l)) return SYN_STR("no text: behind a paywall");
    if (told & (1U << SYN_NOTICE_CHECK)) return SYN_STR("no text: the site asks to prove that a person reads");
    if ((told & (1U << SYN_NOTICE_SCRIPT)) || (program && l->chars < LITTLE))
        return SYN_STR("no text: built by script");
    if (!l->nblocks && !l->nimages) return SYN_STR("no text: the page is empty");
    if (l->chars < HARDLY_ANY) return SYN_STR("no text: the page holds hardly any");
    return SYN_STR("no text: no block of the page reads as an article");
}
