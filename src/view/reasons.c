/* reasons.c - stage 8: why a telling is in its story: users' words, and what it shares with others, each as both print
   it and, where it has a value or a name in the tables, as the reader would put it. */
#include "internal.h"

enum { SHOWN = 14 };
#define DOUBTFUL 0.2f /* of the strongest reason */

static syn_str said(const syn_told *t, syn_span span)
{
    return syn_slice(t->row.a.text, span.start, span.end);
}

/* A figure, day or place, escaped. */
static void put_fact(const syn_page_out *w, const syn_told *t, const syn_reason *r, syn_lang reader, syn_buf *out)
{
    for (size_t i = 0; i < t->facts.n && !out->n; i++) {
        const syn_fact *f = &t->facts.items[i];
        bool place = r->signal == SYN_SIGNAL_PLACE;
        if (!syn_str_eq(said(t, f->span), r->here) && !(place && syn_str_eq(f->name, r->here))) continue;
        if (place && f->place)
            syn_view_escape(out, syn_lexicon_place_name(syn_view_lexicon(w->view), f->place, reader));
        else if (!place && f->kind <= SYN_FACT_DATERANGE)
            syn_view_value(w->view, out, f);
    }
}

static void put_concept(const syn_page_out *w, const syn_told *t, const syn_reason *r, syn_lang reader, syn_buf *out)
{
    for (size_t i = 0; t->text && i < t->ready.nconcepts && !out->n; i++) {
        const syn_concept_at *c = &t->ready.concepts[i];
        if (!c->tokens || c->token + c->tokens > t->text->ntokens) continue;
        syn_span span = {t->text->tokens[c->token].start, t->text->tokens[c->token + c->tokens - 1].end};
        if (syn_str_eq(said(t, span), r->here))
            syn_view_escape(out, syn_lexicon_concept_name(syn_view_lexicon(w->view), c->id, reader));
    }
}

/* What it means to the reader, where that is not what one of the tellings prints. */
static void put_meaning(const syn_page_out *w, const syn_told *t, const syn_reason *r)
{
    syn_buf out = {.max = SYN_MAX_TITLE};
    syn_lang reader = syn_lexicon_lang(syn_view_lexicon(w->view), syn_str_of(syn_view_tag(w->view)));
    if (r->signal == SYN_SIGNAL_CONCEPT || r->signal == SYN_SIGNAL_LEARNED)
        put_concept(w, t, r, reader, &out);
    else if (r->signal == SYN_SIGNAL_FIGURE || r->signal == SYN_SIGNAL_DATE || r->signal == SYN_SIGNAL_PLACE)
        put_fact(w, t, r, reader, &out);
    syn_str meaning = syn_buf_str(&out);
    if (meaning.n && !out.failed && !syn_str_ieq(meaning, r->here) && !syn_str_ieq(meaning, r->there)) {
        syn_page_put(w, " <bdi class=\"meaning\">");
        syn_buf_add(w->out, meaning);
        syn_page_put(w, "</bdi>");
    }
    syn_buf_free(&out);
}

/* A word that sounds alike and is known as no name may be chance, unless it weighs much. */
static bool doubtful(const syn_told *t, const syn_reason *r, float most)
{
    if (r->signal != SYN_SIGNAL_NAME || r->weight >= DOUBTFUL * most) return false;
    for (size_t i = 0; i < t->facts.n; i++) {
        const syn_fact *f = &t->facts.items[i];
        bool name = f->kind == SYN_FACT_NAME || f->kind == SYN_FACT_PLACE;
        if (name && syn_find(said(t, f->span), r->here, 0) != SIZE_MAX) return false;
    }
    return true;
}

/* most: weight of the strongest. */
static void put_reason(const syn_page_out *w, const syn_told *t, const syn_reason *r, float most)
{
    int64_t share = most > 0 ? (int64_t)(100 * r->weight / most + 0.5f) : 0;
    syn_page_put(w, "<li><span class=\"signal\">%k</span> <meter min=\"0\" max=\"100\" value=\"%i\">%i%%</meter> ",
                 syn_view_signal_key(r->signal), share, share);
    if (r->signal == SYN_SIGNAL_NAME)
        syn_page_name_link(w, r->here, t->row.a.lang);
    else if (r->here.n)
        syn_page_put(w, "<bdi%l>%t</bdi>", t->row.a.lang, r->here);
    if (r->there.n && !syn_str_eq(r->here, r->there))
        syn_page_put(w, " <span class=\"to\">=</span> <bdi>%t</bdi>", r->there);
    put_meaning(w, t, r);
    if (r->stories) syn_page_put(w, " <span class=\"count\">%c</span>", UI_STORIES_COUNT, (int64_t)r->stories);
    syn_page_put(w, "</li>");
}

void syn_page_reasons(const syn_page_out *w, const syn_told *told, const syn_list *words)
{
    const syn_reason *reasons = told->reasons.items;
    size_t n = told->reasons.n < SHOWN ? told->reasons.n : SHOWN;
    syn_page_put(w, "<details class=\"why\"><summary>%k</summary>", UI_WHY);
    size_t decided = syn_page_words_of(w, words, told->row.article);
    if (told->row.reprint_of)
        syn_page_put(w, "<p>%k <a href=\"/article/%i%a\">%k</a></p>", UI_WHY_REPRINT, told->row.reprint_of, '?',
                     UI_REPRINT);
    if (n) {
        syn_page_put(w, "<p>%k</p><ul class=\"reasons\">", UI_WHY_INTRO);
        for (size_t i = 0; i < n; i++)
            if (!doubtful(told, &reasons[i], reasons[0].weight)) put_reason(w, told, &reasons[i], reasons[0].weight);
        syn_page_put(w, "</ul>");
    } else if (syn_str_eq(told->row.story_id, told->row.a.id))
        syn_page_put(w, "<p>%k</p>", UI_WHY_FOUNDER);
    else if (!told->row.reprint_of && !decided)
        syn_page_put(w, "<p>%k</p>", UI_WHY_NONE);
    syn_page_put(w, "</details>");
}
