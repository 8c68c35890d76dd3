/* test_read_cases.c - the golden cases of reading: tests/cases/read/README.md says how one is written. */
#include <dirent.h>

#include "../../src/read/read.h"
#include "test.h"

static syn_lexicon *lexicon;

/* The cases name no language: what the page declares, else the script's commonest. */
static void identify(void *context, syn_str text, syn_str declared, char tag[16], double *confidence)
{
    (void)context;
    *confidence = 1;
    size_t persian = 0;
    for (size_t i = 0; i < text.n;) {
        uint32_t cp;
        i += syn_utf8_next(text, i, &cp);
        persian += cp == 0x6CC || cp == 0x67E || cp == 0x6AF || cp == 0x686;
    }
    if (declared.n)
        snprintf(tag, 16, "%.*s", SYN_FMT(declared));
    else
        snprintf(tag, 16, "%s", persian ? "fa" : "und");
}

static void same(const char *name, const char *key, syn_str got, syn_str want)
{
    if (!syn_str_eq(got, want)) fail_msg("%s: %s is \"%.*s\", want \"%.*s\"", name, key, SYN_FMT(got), SYN_FMT(want));
}

static void check_list(const char *name, const char *key, const syn_json *want, const syn_str *got, size_t n)
{
    size_t i = 0;
    for (const syn_json *c = syn_json_first(want); c; c = syn_json_next(c), i++) {
        same(name, key, i < n ? got[i] : (syn_str){0}, syn_json_str(c));
    }
    if (i != n) fail_msg("%s: %zu %s, want %zu", name, n, key, i);
}

static void check_count(const char *name, const syn_json *want, const char *key, size_t got)
{
    double n;
    const syn_json *v = syn_json_get(want, key);
    if (v && syn_json_number(v, &n) && (size_t)n != got) fail_msg("%s: %zu %s, want %zu", name, got, key, (size_t)n);
}

static void check_article(const char *name, const syn_json *want, const syn_article *a)
{
    const struct {
        const char *key;
        syn_str got;
    } STRINGS[] = {{"title", a->title},   {"lead", a->lead},     {"lang", a->lang},
                   {"url", a->url},       {"outlet", a->outlet}, {"section", a->section},
                   {"source", a->source}, {"why", a->why},       {"text", a->text}};
    for (size_t i = 0; i < SYN_COUNT(STRINGS); i++) {
        const syn_json *v = syn_json_get(want, STRINGS[i].key);
        if (v) same(name, STRINGS[i].key, STRINGS[i].got, syn_json_str(v));
    }
    const struct {
        const char *key;
        syn_time got;
    } TIMES[] = {{"published", a->published}, {"modified", a->modified}};
    for (size_t i = 0; i < SYN_COUNT(TIMES); i++) {
        const syn_json *v = syn_json_get(want, TIMES[i].key);
        char text[40];
        syn_time_format(TIMES[i].got, text);
        if (v && !syn_starts(syn_str_of(text), syn_json_str(v))) fail_msg("%s: %s is %s", name, TIMES[i].key, text);
    }
    const syn_json *v;
    if ((v = syn_json_get(want, "authors"))) check_list(name, "authors", v, a->authors, a->nauthors);
    if ((v = syn_json_get(want, "tags"))) check_list(name, "tags", v, a->tags, a->ntags);
    syn_str captions[8], credits[8], pictures[8];
    for (size_t i = 0; i < a->nimages && i < 8; i++)
        captions[i] = a->images[i].caption, credits[i] = a->images[i].credit, pictures[i] = a->images[i].src;
    if ((v = syn_json_get(want, "pictures"))) check_list(name, "pictures", v, pictures, a->nimages);
    if ((v = syn_json_get(want, "captions"))) check_list(name, "captions", v, captions, a->nimages);
    if ((v = syn_json_get(want, "credits"))) check_list(name, "credits", v, credits, a->nimages);
    check_count(name, want, "images", a->nimages);
    check_count(name, want, "alternates", a->nalternates);
    size_t paragraphs = a->text.n > 0;
    for (size_t i = 0; i < a->text.n; i++) paragraphs += a->text.p[i] == '\n';
    check_count(name, want, "paragraphs", paragraphs);
    for (const syn_json *c = (v = syn_json_get(want, "text_has")) ? syn_json_first(v) : NULL; c; c = syn_json_next(c)) {
        if (syn_find(a->text, syn_json_str(c), 0) == SIZE_MAX)
            fail_msg("%s: the text lacks \"%.*s\": %.*s", name, SYN_FMT(syn_json_str(c)), SYN_FMT(a->text));
    }
    for (const syn_json *c = (v = syn_json_get(want, "text_lacks")) ? syn_json_first(v) : NULL; c;
         c = syn_json_next(c)) {
        if (syn_find(a->text, syn_json_str(c), 0) != SIZE_MAX)
            fail_msg("%s: the text has \"%.*s\": %.*s", name, SYN_FMT(syn_json_str(c)), SYN_FMT(a->text));
    }
}

static void check_case(const char *stem)
{
    static const char *const ENDS[] = {"html", "txt", "xml"};
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    char path[300];
    syn_str bytes = {0};
    for (size_t i = 0; i < SYN_COUNT(ENDS) && !bytes.p; i++) {
        snprintf(path, sizeof path, "tests/cases/read/%s.%s", stem, ENDS[i]);
        bytes = test_file(&mem, path);
    }
    if (!bytes.p) fail_msg("%s.json has no page", stem);
    syn_page page = {.id = syn_str_of(stem), .bytes = bytes};
    syn_read_options options = {.identify = identify};
    syn_articles got;
    syn_err err = {0};
    if (syn_read_page(&mem, lexicon, &page, &options, &got, &err)) fail_msg("%s: %s", stem, err.line);
    snprintf(path, sizeof path, "tests/cases/read/%s.json", stem);
    syn_json *want = syn_json_parse(test_file(&mem, path), &err);
    if (!want) fail_msg("%s.json: %s", stem, err.line);
    size_t n = 0;
    if (syn_json_is_array(want)) {
        for (const syn_json *c = syn_json_first(want); c; c = syn_json_next(c), n++) {
            if (n < got.n) check_article(stem, c, got.items[n]);
        }
    } else {
        check_article(stem, want, got.items[n++]);
    }
    if (n != got.n) fail_msg("%s: %zu articles, want %zu", stem, got.n, n);
    syn_json_free(want);
    syn_arena_free(&mem);
}

static void test_cases(void **state)
{
    (void)state;
    char path[512];
    struct dirent **names;
    int n = scandir(test_path(path, "tests/cases/read"), &names, NULL, alphasort);
    int cases = 0;
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        char stem[256];
        size_t len = strlen(names[i]->d_name);
        if (len > 5 && len < sizeof stem && strcmp(names[i]->d_name + len - 5, ".json") == 0) {
            memcpy(stem, names[i]->d_name, len - 5);
            stem[len - 5] = 0;
            check_case(stem);
            cases++;
        }
        free(names[i]);
    }
    free(names);
    assert_true(cases >= 8);
}

int main(void)
{
    assert_int_equal(syn_lexicon_open(&lexicon, NULL), SYN_OK);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    syn_lexicon_close(lexicon);
    return failed;
}
