/* bring.c - stage 9: what the pages need, brought from the store, compared and counted. */
#include "internal.h"

enum { HEADLINES = 6, COUNTED_TELLINGS = 12, CHOICES = 60 };

static syn_arena *mem(syn_call *c)
{
    return &c->room->mem;
}

/* Stories with their headlines. */
syn_code syn_serve_bring_cards(syn_call *c, const syn_list *stories, syn_front *page)
{
    syn_code code = SYN_OK;
    const syn_story_row *rows = stories->items;
    syn_card *cards = SYN_NEW_ARRAY(mem(c), syn_card, stories->n);
    if (!cards) return SYN_ENOMEM;
    for (size_t i = 0; i < stories->n && !code; i++) {
        cards[i].story = rows[i];
        code = syn_store_headlines(c->room->store, mem(c), rows[i].story, HEADLINES, &cards[i].headlines, &c->err);
    }
    *page = (syn_front){cards, stories->n, c->from, stories->n, stories->total, c->shared};
    return code;
}

syn_code syn_serve_bring_front(syn_call *c, size_t limit, syn_front *page)
{
    syn_list list;
    syn_code code = syn_store_stories(c->room->store, mem(c), c->shared, c->reader, c->from, limit, &list, &c->err);
    if (!code) code = syn_serve_bring_cards(c, &list, page);
    page->limit = limit;
    return code;
}

syn_code syn_serve_bring_topics(syn_call *c, syn_topics_page *page)
{
    page->offset = c->from;
    page->limit = SYN_FRONT_ROWS;
    return syn_store_topics(c->room->store, mem(c), c->from, SYN_FRONT_ROWS, &page->topics, &c->err);
}

syn_code syn_serve_bring_topic(syn_call *c, bool latest, size_t limit, syn_topic_page *page)
{
    syn_code code = syn_store_topic(c->room->store, mem(c), c->number, &page->topic, &c->err);
    page->offset = c->from;
    page->limit = limit;
    if (code) return code;
    return syn_store_topic_stories(c->room->store, mem(c), page->topic.topic, c->reader, latest, c->from, limit,
                                   &page->stories, &c->err);
}

static syn_code bring_told(syn_call *c, syn_told *told)
{
    syn_text *text = NULL;
    const syn_article *a = &told->row.a;
    syn_code code = syn_store_facts(c->room->store, mem(c), told->row.article, &told->facts, &c->err);
    if (!code) code = syn_store_reasons(c->room->store, mem(c), told->row.article, &told->reasons, &c->err);
    if (!code) code = syn_text_of(c->room->texter, mem(c), a->text, a->lang, &text, &c->err);
    told->text = text;
    if (!code)
        code = syn_telling_ready(mem(c), c->room->texter, a->id, a->lang, text, &told->facts, a->published,
                                 &told->ready, &c->err);
    return code;
}

syn_code syn_serve_bring_told(syn_call *c, const syn_list *rows, syn_told **out)
{
    const syn_article_row *row = rows->items;
    syn_told *told = SYN_NEW_ARRAY(mem(c), syn_told, rows->n);
    if (!told) return SYN_ENOMEM;
    for (size_t i = 0; i < rows->n; i++) {
        told[i].row = row[i];
        syn_code code = bring_told(c, &told[i]);
        if (code) return code;
    }
    *out = told;
    return SYN_OK;
}

static syn_code compare(syn_call *c, syn_story_page *page)
{
    const syn_telling **list = SYN_NEW_ARRAY(mem(c), const syn_telling *, page->n);
    if (!list) return SYN_ENOMEM;
    for (size_t i = 0; i < page->n; i++) list[i] = &page->told[i].ready;
    syn_str reader = syn_arena_format(mem(c), "%.*s,en", SYN_FMT(c->reader));
    return syn_compare_story(mem(c), c->room->lex, list, page->n, reader, &page->table, &c->err);
}

syn_code syn_serve_bring_tellings(syn_call *c, int64_t number, syn_story_page *page)
{
    syn_list list;
    syn_code code = syn_store_story(c->room->store, mem(c), number, c->reader, &page->story, &c->err);
    if (!code) code = syn_store_tellings(c->room->store, mem(c), page->story.story, &list, &c->err);
    if (code) return code;
    const syn_article_row *rows = list.items;
    syn_told *told = SYN_NEW_ARRAY(mem(c), syn_told, list.n);
    syn_reprint *reprints = SYN_NEW_ARRAY(mem(c), syn_reprint, list.n);
    if (!told || !reprints) return SYN_ENOMEM;
    for (size_t i = 0; i < list.n && !code; i++) {
        size_t of = 0;
        while (of < page->n && (!rows[i].reprint_of || told[of].row.article != rows[i].reprint_of)) of++;
        bool reprint = of < page->n; /* one whose original is not among so many is a telling as good as any */
        syn_told *t = reprint ? &reprints[page->nreprints].told : &told[page->n];
        if (reprint) reprints[page->nreprints++].of = of;
        if (!reprint) page->n++;
        t->row = rows[i];
        code = bring_told(c, t);
    }
    page->told = told;
    page->reprints = reprints;
    return code;
}

/* What each reprint has otherwise than its original. */
static syn_code hold_reprints(syn_call *c, syn_story_page *page)
{
    syn_reprint *reprints = SYN_NEW_ARRAY(mem(c), syn_reprint, page->nreprints);
    if (!reprints) return SYN_ENOMEM;
    size_t n = 0;
    for (size_t i = 0; i < page->nreprints; i++) {
        if (page->reprints[i].of >= page->n) continue;
        syn_reprint *r = &reprints[n++];
        *r = page->reprints[i];
        const syn_told *original = &page->told[r->of];
        syn_code code = syn_compare_pair(mem(c), c->room->lex, &original->ready, &r->told.ready, &r->altered, &c->err);
        if (!code) code = syn_compare_versions(mem(c), original->text, r->told.text, &r->changes, &c->err);
        if (code) return code;
    }
    page->reprints = reprints;
    page->nreprints = n;
    return SYN_OK;
}

syn_code syn_serve_bring_story(syn_call *c, int64_t number, syn_story_page *page)
{
    syn_code code = syn_serve_bring_tellings(c, number, page);
    if (page->n > SYN_MAX_TELLINGS) page->n = SYN_MAX_TELLINGS;
    if (!code && page->n > 1) code = compare(c, page);
    if (!code && page->nreprints) code = hold_reprints(c, page);
    if (!code) code = syn_store_story_topics(c->room->store, mem(c), page->story.story, &page->topics, &c->err);
    return code;
}

/* What users said of a story, and for an editor the stories to choose from. */
syn_code syn_serve_bring_words(syn_call *c, syn_story_page *page)
{
    syn_code code = syn_store_words(c->room->store, mem(c), page->story.story, 0, &page->words, &c->err);
    if (code || !c->frame.editor.n) return code;
    return syn_store_stories(c->room->store, mem(c), false, c->reader, 0, CHOICES, &page->choices, &c->err);
}

/* In how many things the tellings of each story differ; stories of many tellings are left to their own page. */
syn_code syn_serve_count_differences(syn_call *c, syn_front *page)
{
    syn_code code = SYN_OK;
    for (size_t i = 0; i < page->n && !code; i++) {
        syn_card *card = &page->cards[i];
        syn_story_page story = {0};
        if (card->story.articles < 2 || card->story.articles > COUNTED_TELLINGS) continue;
        code = syn_serve_bring_story(c, card->story.story, &story);
        for (size_t k = 0; k < story.table.ndifferences && !code; k++)
            card->differences += story.table.differences[k].severity >= SYN_CONFLICTS;
        for (size_t k = 0; k < story.nreprints && !code; k++)
            card->differences += (uint32_t)syn_view_altered(&story.reprints[k]);
    }
    return code;
}

/* Versions come latest first: each is held against the one before it in the list, the first against the article. */
static syn_code bring_changes(syn_call *c, syn_article_page *page)
{
    const syn_version_row *rows = page->versions.items;
    const syn_text *next = page->told.text;
    const syn_text **texts = SYN_NEW_ARRAY(mem(c), const syn_text *, page->versions.n);
    syn_changes *changes = SYN_NEW_ARRAY(mem(c), syn_changes, page->versions.n);
    if (mem(c)->failed) return SYN_ENOMEM;
    for (size_t i = 0; i < page->versions.n; i++) {
        syn_text *text;
        syn_code code = syn_text_of(c->room->texter, mem(c), rows[i].text, page->told.row.a.lang, &text, &c->err);
        if (!code) code = syn_compare_versions(mem(c), text, next, &changes[i], &c->err);
        if (code) return code;
        texts[i] = next = text;
    }
    page->texts = texts, page->changes = changes;
    return SYN_OK;
}

syn_code syn_serve_bring_article(syn_call *c, syn_article_page *page)
{
    syn_code code = syn_store_article(c->room->store, mem(c), c->number, &page->told.row, &c->err);
    if (!code) code = bring_told(c, &page->told);
    if (!code && page->told.row.story)
        code = syn_store_story(c->room->store, mem(c), page->told.row.story, c->reader, &page->story, &c->err);
    if (!code) code = syn_store_words(c->room->store, mem(c), 0, c->number, &page->words, &c->err);
    if (!code) code = syn_store_versions(c->room->store, mem(c), c->number, &page->versions, &c->err);
    return code ? code : bring_changes(c, page);
}

syn_code syn_serve_bring_search(syn_call *c, syn_search_page *page)
{
    size_t bad = 0;
    syn_list langs;
    page->query = syn_trim(syn_utf8_repair(mem(c), c->request->q, &bad));
    page->lang = syn_utf8_repair(mem(c), c->request->lang, &bad);
    page->offset = c->from;
    page->limit = SYN_SEARCH_ROWS;
    syn_code code = syn_store_langs(c->room->store, mem(c), &langs, &c->err);
    if (code) return code;
    page->langs = langs.items;
    page->nlangs = langs.n;
    if (!page->query.n) return SYN_OK;
    return syn_store_search(c->room->store, mem(c), page->query, page->lang, c->from, SYN_SEARCH_ROWS, &page->found,
                            &c->err);
}

syn_code syn_serve_bring_name(syn_call *c, syn_name_page *page)
{
    size_t bad = 0;
    page->query = syn_trim(syn_utf8_repair(mem(c), c->request->q, &bad));
    return syn_store_spellings(c->room->store, mem(c), page->query, SYN_MAX_PAGE_ROWS, &page->spellings, &c->err);
}
