/* compare_inside.c - how long it takes to compare the tellings of one story, text and facts ready, on one core.

   usage: compare_inside ROUNDS TELLINGS FILE     FILE: articles as `synoptic read` writes them, taken in turn until
   there are TELLINGS of them; prints tellings, bytes, rows, differences and the median round's milliseconds, in JSON */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../src/compare/compare.h"
#include "../src/read/read.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static syn_str slurp(syn_arena *arena, const char *path)
{
    FILE *f = fopen(path, "rb");
    long n = f && !fseek(f, 0, SEEK_END) ? ftell(f) : -1;
    char *p = n >= 0 && !fseek(f, 0, SEEK_SET) ? syn_alloc(arena, (size_t)n + 1) : NULL;
    bool ok = p && fread(p, 1, (size_t)n, f) == (size_t)n;
    if (f) fclose(f);
    return ok ? (syn_str){p, (size_t)n} : (syn_str){NULL, 0};
}

static syn_code ready(syn_arena *arena, const syn_lexicon *lex, syn_texter *texter, syn_str line, syn_telling *out,
                      syn_err *err)
{
    syn_article *a;
    syn_text *text;
    syn_facts *facts = SYN_NEW(arena, syn_facts);
    syn_json *j = syn_json_parse(line, err);
    if (!j || !facts) return SYN_EFORMAT;
    syn_code rc = syn_article_parse(arena, j, &a, err);
    syn_json_free(j);
    if (!rc) rc = syn_text_of(texter, arena, a->text, a->lang, &text, err);
    if (!rc) rc = syn_facts_find(arena, lex, text, syn_time_day(a->published), facts, err);
    return rc ? rc : syn_telling_ready(arena, texter, a->id, a->lang, text, facts, a->published, out, err);
}

int main(int argc, char **argv)
{
    int rounds = argc == 4 ? atoi(argv[1]) : 0, n = argc == 4 ? atoi(argv[2]) : 0;
    if (rounds < 1 || rounds > 1000 || n < 2 || n > SYN_MAX_TELLINGS) {
        fprintf(stderr, "usage: compare_inside ROUNDS TELLINGS FILE\n");
        return 2;
    }
    syn_lexicon *lex;
    syn_texter *texter;
    syn_err err = {0};
    syn_arena arena = {.limit = SYN_MAX_PAGE_MEMORY}, mem = {.limit = SYN_MAX_PAGE_MEMORY};
    if (syn_lexicon_open(&lex, &err) || syn_texter_new(lex, &texter, &err)) {
        fprintf(stderr, "%s\n", err.line);
        return 1;
    }
    static syn_telling tellings[SYN_MAX_TELLINGS];
    const syn_telling *list[SYN_MAX_TELLINGS];
    syn_str all = slurp(&arena, argv[3]), rest = all, line;
    size_t bytes = 0;
    for (int i = 0; i < n; i++) {
        if (!syn_split(&rest, '\n', &line) || !line.n) rest = all, syn_split(&rest, '\n', &line);
        if (ready(&arena, lex, texter, line, &tellings[i], &err)) {
            fprintf(stderr, "%s: no articles: %s\n", argv[3], err.line);
            return 1;
        }
        list[i] = &tellings[i];
        bytes += tellings[i].text->src.n;
    }
    double *took = calloc((size_t)rounds, sizeof *took);
    syn_table table = {0};
    for (int k = 0; took && k < rounds; k++) {
        double start = now();
        syn_arena_reset(&mem);
        if (syn_compare_story(&mem, lex, list, (size_t)n, SYN_STR("en"), &table, &err)) return 1;
        took[k] = now() - start;
    }
    if (!took) return 1;
    qsort(took, (size_t)rounds, sizeof *took, by_size);
    printf("{\"tellings\":%d,\"bytes\":%zu,\"rows\":%zu,\"differences\":%zu,\"milliseconds\":%.2f}\n", n, bytes,
           table.n, table.ndifferences, took[rounds / 2] * 1e3);
    free(took);
    syn_arena_free(&mem);
    syn_arena_free(&arena);
    syn_texter_free(texter);
    syn_lexicon_close(lex);
    return 0;
}
