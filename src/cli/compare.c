/* compare.c - stage 11: two articles a line compared, or the articles of one story, a line each. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { LANG, STORY, FORMAT };         /* places in the table of options */
#define MAX_STORY ((size_t)256 << 20) /* bytes of one story's lines */

/* Lines gathered into one: {"articles":[LINE,LINE]}. */
typedef struct gathered {
    char *p;
    size_t n, cap;
} gathered;

static bool add(gathered *g, const char *p, size_t n)
{
    if (n > MAX_STORY - g->n) return false;
    if (g->n + n > g->cap) {
        size_t cap = g->cap ? g->cap : 4096;
        while (cap < g->n + n) cap *= 2;
        char *grown = realloc(g->p, cap);
        if (!grown) return false;
        g->p = grown, g->cap = cap;
    }
    memcpy(g->p + g->n, p, n);
    g->n += n;
    return true;
}

static void complain(uint64_t number, const syn_err *why)
{
    fprintf(stderr, "synoptic: line %llu: %s\n", (unsigned long long)number, why->line);
}

typedef struct comparing {
    syn_session *session;
    syn_comparison *comparison; /* a table or a page; NULL: lines of JSON */
} comparing;

static syn_code put(const comparing *c, syn_str json, syn_err *why)
{
    if (c->comparison) return synoptic_comparison_add(c->comparison, json, cli_print_whole, NULL, why);
    return synoptic_compare(c->session, json, cli_print, NULL, why);
}

/* Each line on its own; returns how many failed. */
static uint64_t compare_each(const comparing *c, cli_lines *lines)
{
    syn_str line;
    syn_err why;
    bool failed;
    uint64_t bad = 0, number = 0;
    while (cli_lines_next(lines, &line, &failed, &why)) {
        number++;
        if (!failed && !put(c, line, &why)) continue;
        complain(number, &why);
        if (failed && !c->comparison) printf("{\"error\":\"the line could not be read\"}\n");
        bad++;
    }
    return bad;
}

/* All lines together; those that cannot be read are left out and counted. */
static uint64_t compare_all(const comparing *c, cli_lines *lines)
{
    gathered g = {0};
    syn_str line;
    syn_err why = {0};
    bool failed, first = true;
    uint64_t bad = 0, number = 0;
    bool fits = add(&g, "{\"articles\":[", 13);
    while (fits && cli_lines_next(lines, &line, &failed, &why)) {
        number++;
        if (failed) {
            complain(number, &why);
            bad++;
            continue;
        }
        if (!line.n) continue;
        fits = (first || add(&g, ",", 1)) && add(&g, line.p, line.n);
        first = false;
    }
    fits = fits && add(&g, "]}", 2);
    why = (syn_err){0};
    if (!fits) {
        complain(number, &(syn_err){.line = "the story is too long"});
        if (!c->comparison) printf("{\"error\":\"the story is too long\"}\n");
        bad++;
    } else if (put(c, (syn_str){g.p, g.n}, &why)) {
        fprintf(stderr, "synoptic: %s\n", why.line);
        bad++;
    }
    free(g.p);
    return bad;
}

static syn_code compare(const cli_args *args, syn_session *session, cli_lines *lines, uint64_t *bad, syn_err *err)
{
    comparing c = {.session = session};
    const char *format = args->value[FORMAT] ? args->value[FORMAT] : "json";
    syn_code rc = SYN_OK;
    if (args->value[LANG]) synoptic_session_reader(session, (syn_str){args->value[LANG], strlen(args->value[LANG])});
    if (strcmp(format, "json") != 0)
        rc = synoptic_comparison_begin(session, (syn_str){format, strlen(format)}, &c.comparison, cli_print_whole, NULL,
                                       err);
    if (!rc) *bad = args->value[STORY] ? compare_all(&c, lines) : compare_each(&c, lines);
    if (!rc && c.comparison) rc = synoptic_comparison_end(c.comparison, cli_print_whole, NULL, err);
    synoptic_comparison_free(c.comparison);
    return rc;
}

int cli_compare(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    syn_engine *engine = NULL;
    syn_session *session = NULL;
    cli_lines *lines = NULL;
    syn_err err = {0};
    uint64_t bad = 0;
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    syn_code rc = synoptic_open(&engine, &err);
    if (!rc) rc = synoptic_session_new(engine, &session, &err);
    if (!rc) lines = cli_lines_open(args.words, args.nwords);
    if (lines) rc = compare(&args, session, lines, &bad, &err);
    cli_lines_close(lines);
    synoptic_session_free(session);
    synoptic_close(engine);
    if (rc == SYN_EINVAL) return cli_misuse(c, "%s", err.line);
    if (rc) return cli_broken(&err);
    return bad ? EXIT_SOME_FAILED : EXIT_DONE;
}
