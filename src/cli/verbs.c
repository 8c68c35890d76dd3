/* verbs.c - stage 11: the verbs that are filters: lines or pages in, lines out. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* A verb that answers each line on its own: with one line, also of JSON that says what failed. */
typedef syn_code answer_fn(syn_engine *engine, syn_session *session, syn_str line, syn_err *err);

static void error_line(const syn_err *why)
{
    fputs("{\"error\":\"", stdout);
    for (const char *p = why->line[0] ? why->line : "failed"; *p; p++) {
        if (*p == '"' || *p == '\\') putchar('\\');
        putchar((unsigned char)*p < ' ' ? ' ' : *p);
    }
    fputs("\"}\n", stdout);
}

/* Open engine, session and lines, answer each.  json: a line that could not be read gives {"error"}, else an empty one.
 */
static int filter(const cli_command *c, int argc, char **argv, answer_fn *answer, bool json)
{
    cli_args args;
    syn_engine *engine = NULL;
    syn_session *session = NULL;
    syn_err err = {0}, why;
    syn_str line;
    bool failed;
    uint64_t bad = 0, number = 0;
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    syn_code rc = synoptic_open(&engine, &err);
    if (!rc) rc = synoptic_session_new(engine, &session, &err);
    cli_lines *lines = rc ? NULL : cli_lines_open(args.words, args.nwords);
    while (lines && cli_lines_next(lines, &line, &failed, &why)) {
        number++;
        if (!failed && !answer(engine, session, line, &why)) continue;
        bad++;
        fprintf(stderr, "synoptic: line %llu: %s\n", (unsigned long long)number, why.line);
        if (!json)
            putchar('\n');
        else if (failed)
            error_line(&why);
    }
    cli_lines_close(lines);
    synoptic_session_free(session);
    synoptic_close(engine);
    if (rc) return cli_broken(&err);
    return bad ? EXIT_SOME_FAILED : EXIT_DONE;
}

static syn_code answer_lang(syn_engine *engine, syn_session *session, syn_str line, syn_err *err)
{
    char tag[16];
    double confidence;
    (void)engine;
    (void)err;
    synoptic_lang(session, line, tag, &confidence);
    printf("%s\t%.3f\n", tag, confidence);
    return SYN_OK;
}

static syn_code answer_names(syn_engine *engine, syn_session *session, syn_str line, syn_err *err)
{
    const char *tab = memchr(line.p, '\t', line.n);
    (void)session;
    if (!tab) {
        err->code = SYN_EFORMAT;
        snprintf(err->line, sizeof err->line, "two names with a tab between them are needed");
        return SYN_EFORMAT;
    }
    size_t n = (size_t)(tab - line.p);
    printf("%.9g\n", synoptic_names(engine, (syn_str){line.p, n}, (syn_str){tab + 1, line.n - n - 1}));
    return SYN_OK;
}

static syn_code answer_facts(syn_engine *engine, syn_session *session, syn_str line, syn_err *err)
{
    (void)engine;
    return synoptic_facts(session, line, cli_print, NULL, err);
}

int cli_lang(const cli_command *c, int argc, char **argv)
{
    return filter(c, argc, argv, answer_lang, false);
}
int cli_names(const cli_command *c, int argc, char **argv)
{
    return filter(c, argc, argv, answer_names, false);
}
int cli_facts(const cli_command *c, int argc, char **argv)
{
    return filter(c, argc, argv, answer_facts, true);
}
int cli_group(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    syn_engine *engine = NULL;
    syn_session *session = NULL;
    syn_group *group = NULL;
    syn_err err = {0}, why;
    syn_str line;
    bool failed;
    uint64_t bad = 0, number = 0;
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    syn_code rc = synoptic_open(&engine, &err);
    if (!rc) rc = synoptic_session_new(engine, &session, &err);
    if (!rc) rc = cli_use_packs(&args, session, &err);
    if (!rc) rc = synoptic_group_new(engine, &group, &err);
    cli_lines *lines = rc ? NULL : cli_lines_open(args.words, args.nwords);
    while (!rc && lines && cli_lines_next(lines, &line, &failed, &why)) {
        number++;
        if (!failed && !synoptic_group_add(group, session, line, &why)) {
            cli_progress(NULL, number);
            continue;
        }
        bad++;
        cli_progress_end();
        fprintf(stderr, "synoptic: line %llu: %s\n", (unsigned long long)number, why.line);
        rc = synoptic_group_skip(group, &why, &err);
    }
    if (!rc) rc = synoptic_group_finish(group, args.value[0] != NULL, cli_print, NULL, &err);
    cli_lines_close(lines);
    synoptic_group_free(group);
    synoptic_session_free(session);
    synoptic_close(engine);
    if (rc) return cli_broken(&err);
    return bad ? EXIT_SOME_FAILED : EXIT_DONE;
}

/* ---- read ---- */

typedef struct path_list {
    syn_str *items;
    size_t n, cap;
} path_list;

static bool add_path(path_list *l, const char *p, size_t n)
{
    char *copy = malloc(n + 1);
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 64;
        syn_str *items = realloc(l->items, cap * sizeof *items);
        if (items) {
            l->items = items;
            l->cap = cap;
        }
    }
    if (!copy || l->n == l->cap) {
        free(copy);
        return false;
    }
    memcpy(copy, p, n);
    copy[n] = 0;
    l->items[l->n++] = (syn_str){copy, n};
    return true;
}

static void free_paths(path_list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        union {
            const char *borrowed;
            char *owned;
        } p = {l->items[i].p};
        free(p.owned);
    }
    free(l->items);
}

static bool paths_of(const cli_args *args, path_list *out, syn_err *err)
{
    bool ok = true, failed;
    syn_str line;
    char list[4096];
    for (int i = 0; ok && i < args->nwords; i++) ok = add_path(out, args->words[i], strlen(args->words[i]));
    if (ok && args->value[0]) {
        snprintf(list, sizeof list, "%s", args->value[0]);
        char *one = list;
        cli_lines *lines = cli_lines_open(&one, 1);
        while (lines && ok && cli_lines_next(lines, &line, &failed, err)) {
            if (failed) {
                cli_lines_close(lines);
                return false;
            }
            if (line.n) ok = add_path(out, line.p, line.n);
        }
        cli_lines_close(lines);
    } else if (ok && !args->nwords) {
        ok = add_path(out, "-", 1);
    }
    if (!ok) snprintf(err->line, sizeof err->line, "no memory");
    return ok;
}

int cli_read(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    path_list paths = {0};
    syn_engine *engine = NULL;
    syn_err err = {0};
    uint64_t failed = 0;
    bool ok;
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    unsigned threads = (unsigned)cli_number(c, &args, 1, 1, 64, 0, &ok);
    if (!ok) return EXIT_MISUSE;
    if (!paths_of(&args, &paths, &err)) {
        free_paths(&paths);
        return cli_broken(&err);
    }
    syn_code rc = synoptic_open(&engine, &err);
    if (!rc)
        rc = synoptic_read_paths(engine, paths.items, paths.n, threads, cli_print, cli_progress, NULL, &failed, &err);
    free_paths(&paths);
    synoptic_close(engine);
    cli_progress_end();
    if (rc) return cli_broken(&err);
    if (failed) fprintf(stderr, "synoptic: %llu could not be read; their lines say why\n", (unsigned long long)failed);
    return failed ? EXIT_SOME_FAILED : EXIT_DONE;
}
