/* copies.c - stage 8: copies of a text: reprints under their original, and what changed from one text to the next. */
#include "internal.h"

enum { CHANGES = 60 /* sentences shown of one reprint */ };

size_t syn_page_changes(const syn_page_out *w, const syn_changes *c, const syn_text *was, const syn_text *is,
                        syn_str lang)
{
    size_t n = 0;
    for (size_t k = 0; k < c->n && n < CHANGES; k++) {
        const syn_change *change = &c->items[k];
        if (change->kind == SYN_KEPT) continue;
        bool out = change->kind == SYN_TAKEN_OUT;
        syn_str src = out ? was->src : is->src;
        if (!n++) syn_page_put(w, "<ul class=\"changes\">");
        syn_page_put(w,
                     out ? "<li class=\"gone\"><span class=\"kind\">%k</span><del%l>%t</del></li>"
                         : "<li class=\"new\"><span class=\"kind\">%k</span><ins%l>%t</ins></li>",
                     out ? UI_TAKEN_OUT : UI_PUT_IN, lang, syn_slice(src, change->span.start, change->span.end));
    }
    if (n)
        syn_page_put(w, "</ul>");
    else
        syn_page_put(w, "<p class=\"note\">%k</p>", UI_NO_CHANGE);
    return n;
}

size_t syn_view_altered(const syn_reprint *r)
{
    size_t n = 0;
    for (size_t k = 0; k < r->altered.n; k++) n += r->altered.items[k].severity >= SYN_CONFLICTS;
    return n;
}

/* How grave, and why, in the reader's language. */
static void put_altered(const syn_page_out *w, const syn_story_page *page, const syn_reprint *r,
                        const syn_difference *d)
{
    const syn_telling *both[2] = {&page->told[r->of].ready, &r->told.ready};
    syn_page_put(w, "<p class=\"differs s%i\"><strong>%k</strong> <span class=\"grave\">%k</span> <span>",
                 (int64_t)d->severity, UI_ALTERED_REPRINT, syn_view_severity_key(d->severity));
    syn_view_why(syn_view_number(w->view), w->out, d, both, w->view);
    syn_page_put(w, "</span></p>");
}

static void put_reprint(const syn_page_out *w, const syn_story_page *page, const syn_reprint *r)
{
    const syn_article *a = &r->told.row.a;
    const syn_told *original = &page->told[r->of];
    syn_page_put(w, "<li id=\"t%i\"><p class=\"from\">", r->told.row.article);
    syn_page_outlet(w, a->outlet);
    syn_page_put(w, " ");
    syn_page_time(w, &r->told.row);
    syn_page_put(w, "</p><p class=\"title\"%l><a href=\"/article/%i%a\">", a->lang, r->told.row.article, '?');
    if (a->title.n)
        syn_page_put(w, "%t</a></p>", a->title);
    else
        syn_page_put(w, "%k</a></p>", UI_UNTITLED);
    for (size_t k = 0; k < r->altered.n; k++)
        if (r->altered.items[k].severity >= SYN_CONFLICTS) put_altered(w, page, r, &r->altered.items[k]);
    if (original->text && r->told.text) syn_page_changes(w, &r->changes, original->text, r->told.text, a->lang);
    if (syn_view_link_ok(a->url))
        syn_page_put(w,
                     "<p class=\"links\"><a class=\"out\" rel=\"external nofollow noreferrer\" href=\"%u\">%k</a></p>",
                     a->url, UI_ORIGINAL);
    syn_page_reasons(w, &r->told, &page->words);
    syn_page_judge(w, &r->told.row, false);
    syn_page_put(w, "</li>\n");
}

void syn_page_reprints(const syn_page_out *w, const syn_story_page *page, size_t telling)
{
    int64_t n = 0, named = 0;
    for (size_t i = 0; i < page->nreprints; i++) n += page->reprints[i].of == telling;
    if (!n) return;
    syn_page_put(w, "<details class=\"reprints\"><summary>%c: ", UI_REPRINTS, n);
    for (size_t i = 0; i < page->nreprints; i++) {
        if (page->reprints[i].of != telling) continue;
        if (named++) syn_page_put(w, ", ");
        syn_page_outlet(w, page->reprints[i].told.row.a.outlet);
    }
    syn_page_put(w, "</summary><ul>\n");
    for (size_t i = 0; i < page->nreprints; i++)
        if (page->reprints[i].of == telling) put_reprint(w, page, &page->reprints[i]);
    syn_page_put(w, "</ul></details>\n");
}

void syn_page_altered_reprints(const syn_page_out *w, const syn_story_page *page)
{
    size_t shown = 0;
    for (size_t i = 0; i < page->nreprints; i++) {
        const syn_reprint *r = &page->reprints[i];
        for (size_t k = 0; k < r->altered.n; k++) {
            const syn_difference *d = &r->altered.items[k];
            if (d->severity < SYN_CONFLICTS) continue;
            syn_page_put(w, shown++ ? "<li>" : "<ul class=\"spoilt\">\n<li>");
            put_altered(w, page, r, d);
            syn_page_put(w, "<details><summary>%k</summary>", UI_EVIDENCE);
            syn_page_evidence(w, &page->told[r->of], &d->a);
            syn_page_evidence(w, &r->told, &d->b);
            syn_page_put(w, "</details></li>\n");
        }
    }
    if (shown) syn_page_put(w, "</ul>\n");
}

void syn_page_told_by(const syn_page_out *w, int64_t tellings, int64_t reprints, int64_t outlets)
{
    syn_page_put(w, "<span>%c</span> ", UI_TELLINGS, tellings);
    if (reprints) syn_page_put(w, "<span>%c</span> ", UI_REPRINTS, reprints);
    syn_page_put(w, "<span>%c</span> ", UI_OUTLETS, outlets);
}
