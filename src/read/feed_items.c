/* feed_items.c - stage 2: what feeds of every form share: their items, what these are called, and their text. */
#include "reading.h"

syn_article *syn_read_item(syn_reading *r, syn_items *items)
{
    if (items->n >= SYN_MAX_FEED_ITEMS) return NULL;
    syn_article *a = SYN_NEW(r->arena, syn_article);
    if (!a || !syn_grow(r->arena, &items->all, &items->cap, items->n + 1, sizeof *items->all)) return NULL;
    items->all[items->n++] = (syn_item){.article = a};
    a->published = a->modified = SYN_NO_TIME;
    return a;
}

void syn_read_item_key(syn_items *items, syn_str key)
{
    items->all[items->n - 1].key = key;
}

void syn_read_item_drop(syn_items *items)
{
    items->n--;
}

static uint64_t other_words(const syn_article *a)
{
    char published[40];
    if (a->url.n) return syn_hash(a->url, 2);
    syn_time_format(a->published, published);
    return syn_hash(a->title, syn_hash(syn_str_of(published), 3));
}

/* What an item is called must outlast its place in the feed and a new wording: its key (guid or id), else its address,
   else title and day.  A key that stands on different items, as careless feeds have it, is none. */
syn_code syn_read_items_end(syn_reading *r, syn_items *items, syn_articles *out)
{
    syn_map keys = {.arena = r->arena};
    for (size_t i = 0; i < items->n; i++) {
        const syn_item *it = &items->all[i];
        uint64_t words = other_words(it->article) | 1, *first = it->key.n ? syn_map_add(&keys, it->key) : NULL;
        if (first) *first = !*first || *first == words ? words : 2;
    }
    out->items = SYN_NEW_ARRAY(r->arena, syn_article *, items->n);
    for (size_t i = 0; out->items && i < items->n; i++) {
        const syn_item *it = &items->all[i];
        const uint64_t *words = it->key.n ? syn_map_get(&keys, it->key) : NULL;
        uint64_t name = words && *words != 2 ? syn_hash(it->key, 1) : other_words(it->article);
        it->article->id = syn_arena_format(r->arena, "%.*s#%016llx", SYN_FMT(r->page->id), (unsigned long long)name);
        out->items[out->n++] = it->article;
    }
    if (r->arena->failed) return syn_fail(r->err, SYN_ENOMEM, 0, "%.*s: no memory for the feed", SYN_FMT(r->page->id));
    return out->n ? SYN_OK : syn_fail(r->err, SYN_EFORMAT, 0, "%.*s: a feed without items", SYN_FMT(r->page->id));
}

syn_str syn_read_plain_words(syn_reading *r, syn_str s)
{
    if (syn_find_byte(s, '<', 0) == SIZE_MAX && syn_find_byte(s, '&', 0) == SIZE_MAX)
        return syn_read_collapse(r->arena, s);
    syn_document *doc;
    if (syn_html_parse(r->arena, s, &(syn_html_options){.fragment_of = "div"}, &doc, NULL))
        return syn_read_collapse(r->arena, s);
    return syn_read_text_of(r->arena, doc->root);
}

void syn_read_item_body(syn_reading *r, syn_str body, syn_article *a)
{
    if (!body.n) return;
    bool html = syn_find_byte(body, '<', 0) != SIZE_MAX || syn_find_byte(body, '&', 0) != SIZE_MAX;
    if (html && syn_read_html_body(r, body, a) == SYN_OK) return;
    syn_buf b = {.max = SYN_MAX_TEXT};
    syn_str rest = body, line;
    while (syn_split(&rest, '\n', &line)) {
        line = syn_read_collapse(r->arena, line);
        if (line.n && b.n) syn_buf_c(&b, '\n');
        syn_buf_add(&b, line);
    }
    a->text = syn_dup(r->arena, syn_buf_str(&b));
    syn_buf_free(&b);
}
