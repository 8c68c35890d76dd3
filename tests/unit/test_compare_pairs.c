/* test_compare_pairs.c - stage 6: tests/cases/compare/pairs/LANG-LANG.txt, what an editor would note of two tellings
   (README.md there), against what comparing finds: how much of what is reported is right, and how much is found. */
#include <dirent.h>

#include "../../src/compare/compare.h"
#include "test.h"

#define LEAST_PRECISION 0.95
#define LEAST_RECALL 0.90
enum { WANTED = 8 };

typedef struct bench {
    syn_lexicon *lex;
    syn_texter *texter;
    syn_arena arena;
    const char *file;
    size_t pairs, wanted, found, reported, right;
    size_t of_wanted[SYN_DIFF_KINDS], of_found[SYN_DIFF_KINDS];
} bench;

typedef struct want {
    syn_str kind, a, b;
} want;

typedef struct pair {
    syn_str what, lang[2], published[2], text[2];
    want wants[WANTED];
    size_t n;
} pair;

static void ready(bench *b, const pair *p, int side, syn_telling *out)
{
    syn_err err = {0};
    syn_text *text;
    syn_facts *facts = SYN_NEW(&b->arena, syn_facts);
    syn_time when = SYN_NO_TIME;
    if (!syn_time_parse(p->published[side], &when)) when = SYN_NO_TIME;
    assert_int_equal(syn_text_of(b->texter, &b->arena, p->text[side], p->lang[side], &text, &err), SYN_OK);
    assert_int_equal(syn_facts_find(&b->arena, b->lex, text, syn_time_day(when), facts, &err), SYN_OK);
    assert_int_equal(
        syn_telling_ready(&b->arena, b->texter, p->lang[side], p->lang[side], text, facts, when, out, &err), SYN_OK);
}

/* One may say a word more or less than the other: "12", "12 euros". */
static bool is_said(const syn_telling *t, const syn_saying *s, syn_str wanted)
{
    syn_str got = syn_slice(t->text->src, s->span.start, s->span.end);
    if (syn_str_is(wanted, "-")) return !got.n;
    return got.n && (syn_find(got, wanted, 0) != SIZE_MAX || syn_find(wanted, got, 0) != SIZE_MAX);
}

static void show(const bench *b, const pair *p, const char *what, syn_str kind, syn_str x, syn_str y)
{
    print_message("# %s, %.*s: %s %.*s: %.*s | %.*s\n", b->file, SYN_FMT(p->what), what, SYN_FMT(kind), SYN_FMT(x),
                  SYN_FMT(y));
}

static size_t kind_of(syn_str name)
{
    for (size_t i = 0; i < SYN_DIFF_KINDS; i++)
        if (syn_str_is(name, syn_difference_names[i])) return i;
    fail_msg("no kind %.*s", SYN_FMT(name));
    return 0;
}

static void check_pair(bench *b, const pair *p)
{
    syn_err err = {0};
    syn_telling t[2];
    syn_differences got;
    bool used[WANTED] = {false};
    if (!p->what.n) return;
    ready(b, p, 0, &t[0]);
    ready(b, p, 1, &t[1]);
    assert_int_equal(syn_compare_pair(&b->arena, b->lex, &t[0], &t[1], &got, &err), SYN_OK);
    b->pairs++, b->wanted += p->n, b->reported += got.n;
    for (size_t i = 0; i < got.n; i++) {
        const syn_difference *d = &got.items[i];
        size_t k = 0;
        while (k < p->n && (used[k] || !syn_str_is(p->wants[k].kind, syn_difference_names[d->kind]) ||
                            !is_said(&t[0], &d->a, p->wants[k].a) || !is_said(&t[1], &d->b, p->wants[k].b)))
            k++;
        if (k < p->n) {
            used[k] = true;
            b->right++, b->of_found[d->kind]++;
            continue;
        }
        show(b, p, "made up", syn_str_of(syn_difference_names[d->kind]),
             syn_slice(t[0].text->src, d->a.span.start, d->a.span.end),
             syn_slice(t[1].text->src, d->b.span.start, d->b.span.end));
    }
    for (size_t k = 0; k < p->n; k++) {
        b->of_wanted[kind_of(p->wants[k].kind)]++, b->found += used[k];
        if (!used[k]) show(b, p, "not found", p->wants[k].kind, p->wants[k].a, p->wants[k].b);
    }
    syn_arena_reset(&b->arena);
}

static void read_want(pair *p, syn_str line)
{
    want *w = &p->wants[p->n++];
    assert_true(p->n < WANTED);
    assert_true(syn_split(&line, '\t', &w->kind) && syn_split(&line, '\t', &w->a) && syn_split(&line, '\t', &w->b));
}

/* The whole file: pairs one after the other. */
static void run_file(bench *b, const char *name)
{
    char path[400];
    snprintf(path, sizeof path, "tests/cases/compare/pairs/%.255s", name);
    syn_arena file = {.limit = SYN_MAX_PAGE_MEMORY};
    syn_str rest = test_file(&file, path), line;
    const char *dash = strchr(name, '-'), *dot = strchr(name, '.');
    pair p = {0};
    int side = -1;
    b->file = name;
    while (syn_split(&rest, '\n', &line)) {
        if (syn_starts(line, SYN_STR("## "))) {
            check_pair(b, &p);
            p = (pair){.what = syn_slice(line, 3, line.n),
                       .lang = {{name, (size_t)(dash - name)}, {dash + 1, (size_t)(dot - dash - 1)}}};
        } else if (syn_starts(line, SYN_STR("> "))) {
            read_want(&p, syn_slice(line, 2, line.n));
        } else if (line.n && (line.p[0] == 'a' || line.p[0] == 'b') && (line.n == 1 || line.p[1] == ' ') &&
                   (line.n == 1 || (line.p[2] >= '0' && line.p[2] <= '9' && line.n == 22))) {
            side = line.p[0] - 'a';
            p.published[side] = syn_slice(line, line.n > 1 ? 2 : 1, line.n);
        } else if (line.n && side >= 0) {
            if (p.text[side].n)
                p.text[side].n = (size_t)(line.p + line.n - p.text[side].p);
            else
                p.text[side] = line;
        }
    }
    check_pair(b, &p);
    syn_arena_free(&file);
}

static void what_an_editor_would_note(void **state)
{
    (void)state;
    bench b = {0};
    syn_err err = {0};
    char folder[512];
    assert_int_equal(syn_lexicon_open(&b.lex, &err), SYN_OK);
    assert_int_equal(syn_texter_new(b.lex, &b.texter, &err), SYN_OK);
    struct dirent **names;
    int n = scandir(test_path(folder, "tests/cases/compare/pairs"), &names, NULL, alphasort);
    assert_true(n > 2);
    for (int i = 0; i < n; i++) {
        if (syn_ends(syn_str_of(names[i]->d_name), SYN_STR(".txt"))) run_file(&b, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    syn_arena_free(&b.arena);
    syn_texter_free(b.texter);
    syn_lexicon_close(b.lex);
    for (size_t k = 0; k < SYN_DIFF_KINDS; k++)
        print_message("# %-12s %zu of %zu found\n", syn_difference_names[k], b.of_found[k], b.of_wanted[k]);
    double precision = b.reported ? (double)b.right / (double)b.reported : 0;
    double recall = b.wanted ? (double)b.found / (double)b.wanted : 0;
    print_message("# %zu pairs: precision %.3f (%zu of %zu reported), recall %.3f (%zu of %zu)\n", b.pairs, precision,
                  b.right, b.reported, recall, b.found, b.wanted);
    assert_true(b.pairs >= 120);
    assert_true(precision >= LEAST_PRECISION);
    assert_true(recall >= LEAST_RECALL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_an_editor_would_note)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
