/* targets.h - what the fuzzers throw bytes at; the unit tests replay the corpora through the same functions.  Each
   promises besides not crashing: what comes out is well-formed and within its ceilings. */
#ifndef SYN_FUZZ_TARGETS_H
#define SYN_FUZZ_TARGETS_H

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../src/html/html.h"
#include "../../src/read/input.h"
#include "../../src/read/read.h"

static inline void fuzz_must(bool kept)
{
    if (!kept) abort();
}

/* Markup to a tree: every node hangs where it says, no deeper than the ceiling. */
static inline void fuzz_html(syn_str bytes)
{
    syn_arena mem = {.limit = (size_t)256 << 20};
    syn_document *doc;
    if (syn_html_parse(&mem, bytes, NULL, &doc, NULL) == SYN_OK) {
        size_t steps = 0;
        for (const syn_node *n = doc->root; n; n = syn_html_next(n, doc->root, false)) {
            size_t depth = 0;
            for (const syn_node *up = n; up && depth <= 2 * SYN_MAX_TREE_DEPTH; up = up->parent) depth++;
            fuzz_must(depth <= SYN_MAX_TREE_DEPTH + 16);
            fuzz_must(!n->first || n->first->parent == n);
            fuzz_must(!n->next || n->next->parent == n->parent);
            if (++steps > 4096) break; /* climbing from every node is dear */
        }
    }
    syn_arena_free(&mem);
}

static inline void fuzz_articles(const syn_articles *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const syn_article *a = all->items[i];
        syn_buf line = {0};
        syn_jsonw w = {.out = &line};
        syn_article_write(&w, a);
        fuzz_must(!line.failed && syn_utf8_valid(syn_buf_str(&line)));
        fuzz_must(syn_utf8_valid(a->title) && syn_utf8_valid(a->lead) && syn_utf8_valid(a->text));
        syn_arena mem = {0};
        syn_article *back;
        syn_json *j = syn_json_parse(syn_buf_str(&line), NULL);
        fuzz_must(j && syn_article_parse(&mem, j, &back, NULL) == SYN_OK);
        syn_json_free(j);
        syn_arena_free(&mem);
        syn_buf_free(&line);
    }
}

/* The tables are opened once and kept. */
static inline const syn_lexicon *fuzz_lexicon(void)
{
    static syn_lexicon *lexicon;
    if (!lexicon) fuzz_must(syn_lexicon_open(&lexicon, NULL) == SYN_OK);
    return lexicon;
}

/* A page of any format.  Its first line may be "Content-Type: ...", as a server would have sent it. */
static inline void fuzz_page(syn_str bytes)
{
    syn_str type = {0}, label = SYN_STR("Content-Type:");
    if (syn_starts(bytes, label)) {
        size_t end = syn_find_byte(bytes, '\n', 0);
        if (end == SIZE_MAX) end = bytes.n;
        type = syn_trim(syn_slice(bytes, label.n, end));
        bytes = syn_slice(bytes, end + 1, bytes.n);
    }
    syn_arena mem = {.limit = (size_t)512 << 20};
    syn_page page = {.id = SYN_STR("fuzz"), .bytes = bytes, .content_type = type, .fetched = 1764720000};
    page.url = SYN_STR("https://example.org/a/b?c=d");
    syn_articles all = {0};
    if (syn_read_page(&mem, fuzz_lexicon(), &page, NULL, &all, NULL) == SYN_OK) fuzz_articles(&all);
    syn_arena_free(&mem);
}

/* Bytes to text under the charset that their first line names: well-formed, and each byte that did not fit counted. */
static inline void fuzz_charset(syn_str bytes)
{
    size_t end = syn_find_byte(bytes, '\n', 0), bad = 0;
    if (end == SIZE_MAX) end = 0;
    syn_arena mem = {.limit = (size_t)256 << 20};
    syn_str label = syn_trim(syn_slice(bytes, 0, end)), text, name;
    syn_str type = label.n ? syn_arena_format(&mem, "text/html; charset=%.*s", SYN_FMT(label)) : (syn_str){0};
    bytes = syn_slice(bytes, end, bytes.n);
    if (syn_read_decode(&mem, bytes, type, &text, &name, &bad, NULL) == SYN_OK) {
        fuzz_must(syn_utf8_valid(text) && name.n && bad <= bytes.n);
        size_t marks = 0;
        for (size_t at = 0; (at = syn_find(text, SYN_STR("\xEF\xBF\xBD"), at)) != SIZE_MAX; at += 3) marks++;
        fuzz_must(bad <= marks);
    }
    syn_arena_free(&mem);
}

/* The same with what makes it a feed in front of it, unless it has that already. */
static inline void fuzz_feed(syn_str bytes)
{
    if (!bytes.n || bytes.p[0] == '{' || bytes.p[0] == '<') {
        fuzz_page(bytes);
        return;
    }
    syn_buf b = {0};
    syn_buf_z(&b, "<rss version=\"2.0\"><channel><item><title>a</title><description>");
    syn_buf_add(&b, bytes);
    syn_buf_z(&b, "</description></item></channel></rss>");
    fuzz_page(syn_buf_str(&b));
    syn_buf_free(&b);
}

/* An archive, packed or not, record by record. */
static inline void fuzz_warc(syn_str bytes)
{
    int fd = memfd_create("fuzz", 0);
    if (fd < 0 || write(fd, bytes.p, bytes.n) != (ssize_t)bytes.n || lseek(fd, 0, SEEK_SET) < 0) {
        if (fd >= 0) close(fd);
        return;
    }
    syn_input *in;
    if (syn_input_new(&in, NULL)) {
        close(fd);
        return;
    }
    syn_input_open(in, fd);
    syn_arena mem = {.limit = (size_t)64 << 20};
    syn_buf body = {.max = (size_t)32 << 20};
    bool broken = false;
    for (int i = 0; i < 1000 && !broken; i++) {
        syn_page page = {0};
        syn_arena_reset(&mem);
        syn_buf_clear(&body);
        if (syn_warc_next(in, &mem, &body, &page, &broken, NULL) == SYN_ENOTFOUND) break;
    }
    syn_buf_free(&body);
    syn_arena_free(&mem);
    syn_input_free(in);
}

#endif
