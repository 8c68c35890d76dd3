/* facts_inside.c - how long an article's understanding takes inside a process, on one core, stage by stage: cutting and
   folding (text), figures and dates, names; and how many sentences a second the language is told of.

   usage: facts_inside ROUNDS FILE     FILE: articles, a line of JSON each, with "lang", "text", "published"
   prints a line for each article: language, characters, sentences, and of each stage the milliseconds of the median
   round: text, figures, names, language of every sentence */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../src/facts/facts.h"

enum { STAGES = 4, ROUNDS_MOST = 101 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool slurp(const char *path, syn_str *out)
{
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    long n = fseek(f, 0, SEEK_END) ? -1 : ftell(f);
    char *p = n >= 0 && !fseek(f, 0, SEEK_SET) ? malloc((size_t)n + 1) : NULL;
    bool ok = p && fread(p, 1, (size_t)n, f) == (size_t)n;
    fclose(f);
    if (ok)
        *out = (syn_str){p, (size_t)n};
    else
        free(p);
    return ok;
}

/* One round of an article; false where a stage fails. */
static bool measure(const syn_lexicon *lex, syn_texter *texter, syn_str text, syn_str lang, syn_day ref,
                    double took[STAGES], size_t *sentences)
{
    syn_arena mem = {0};
    syn_text *cut;
    syn_fact_list figures = {.arena = &mem}, names = {.arena = &mem};
    double start = now(), end;
    bool ok = !syn_text_of(texter, &mem, text, lang, &cut, NULL);
    took[0] = (end = now()) - start;
    ok = ok && !syn_figures_find(lex, cut, ref, &figures, NULL);
    took[1] = -end + (start = now());
    ok = ok && !syn_names_find(lex, cut, &figures, &names, NULL);
    took[2] = (end = now()) - start;
    for (size_t i = 0; ok && i < cut->nsentences; i++) {
        char tag[16];
        double sure;
        syn_span at = cut->sentences[i];
        syn_lang_identify(lex, syn_slice(text, at.start, at.end), (syn_str){"", 0}, tag, &sure);
    }
    took[3] = now() - end;
    *sentences = ok ? cut->nsentences : 0;
    syn_arena_free(&mem);
    return ok;
}

static void report(const syn_lexicon *lex, syn_texter *texter, const syn_json *j, int rounds)
{
    syn_str text = syn_json_get_str(j, "text"), lang = syn_json_get_str(j, "lang");
    syn_time when;
    bool dated = syn_time_parse(syn_json_get_str(j, "published"), &when);
    double took[STAGES][ROUNDS_MOST], one[STAGES];
    size_t sentences = 0;
    if (!text.n) return;
    for (int k = 0; k < rounds; k++) {
        if (!measure(lex, texter, text, lang, dated ? syn_time_day(when) : SYN_NO_DAY, one, &sentences)) return;
        for (int i = 0; i < STAGES; i++) took[i][k] = one[i];
    }
    printf("{\"lang\":\"%.*s\",\"chars\":%zu,\"sentences\":%zu", SYN_FMT(lang), syn_utf8_count(text), sentences);
    static const char *const names[STAGES] = {"text", "figures", "names", "language"};
    for (int i = 0; i < STAGES; i++) {
        qsort(took[i], (size_t)rounds, sizeof took[i][0], by_size);
        printf(",\"%s\":%.6f", names[i], took[i][rounds / 2]);
    }
    printf("}\n");
}

int main(int argc, char **argv)
{
    int rounds = argc == 3 ? atoi(argv[1]) : 0;
    syn_lexicon *lex;
    syn_texter *texter;
    syn_str all, rest, line;
    syn_err err = {0};
    if (rounds < 1 || rounds > ROUNDS_MOST || !slurp(argv[2], &all)) {
        fprintf(stderr, "usage: facts_inside ROUNDS FILE\n");
        return 2;
    }
    if (syn_lexicon_open(&lex, &err) || syn_texter_new(lex, &texter, &err)) {
        fprintf(stderr, "%s\n", err.line);
        return 1;
    }
    for (rest = all; syn_split(&rest, '\n', &line);) {
        syn_json *j = line.n ? syn_json_parse(line, NULL) : NULL;
        if (j) report(lex, texter, j, rounds);
        syn_json_free(j);
    }
    syn_texter_free(texter);
    syn_lexicon_close(lex);
    free((void *)(uintptr_t)all.p);
    return 0;
}
