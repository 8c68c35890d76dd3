/* compare.c - stage 11: two articles a line compared, or the articles of one story, a line each. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { LANG, STORY };                 /* places in the table of options */
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

static void complain(uint64_t number, const syn_err *why, bool read)
{
    fprintf(stderr, "synoptic: line %llu: %s\n", (unsigned long long)number, why->line);
    if (!read) printf("{\"error\":\"the line could not be read\"}\n");
}

/* Each line on its own; returns how many failed. */
static uint64_t compare_each(syn_session *session, cli_lines *lines)
{
    syn_str line;
    syn_err why;
    bool failed;
    uint64_t bad = 0, number = 0;
    while (cli_lines_next(lines, &line, &failed, &why)) {
        number++;
        if (!failed && !synoptic_compare(session, line, cli_print, NULL, &why)) continue;
        complain(number, &why, !failed);
        bad++;
    }
    return bad;
}

/* All lines together; those that cannot be read are left out and counted. */
static uint64_t compare_all(syn_session *session, cli_lines *lines)
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
            fprintf(stderr, "synoptic: line %llu: %s\n", (unsigned long long)number, why.line);
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
        complain(number, &(syn_err){.line = "the story is too long"}, false);
        bad++;
    } else if (synoptic_compare(session, (syn_str){g.p, g.n}, cli_print, NULL, &why)) {
        fprintf(stderr, "synoptic: %s\n", why.line);
        bad++;
    }
    free(g.p);
    return bad;
}

int cli_compare(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    syn_engine *engine = NULL;
    syn_session *session = NULL;
    syn_err err = {0};
    uint64_t bad = 0;
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    syn_code rc = synoptic_open(&engine, &err);
    if (!rc) rc = synoptic_session_new(engine, &session, &err);
    cli_lines *lines = rc ? NULL : cli_lines_open(args.words, args.nwords);
    if (!rc && args.value[LANG])
        synoptic_session_reader(session, (syn_str){args.value[LANG], strlen(args.value[LANG])});
    if (lines) bad = args.value[STORY] ? compare_all(session, lines) : compare_each(session, lines);
    cli_lines_close(lines);
    synoptic_session_free(session);
    synoptic_close(engine);
    if (rc) return cli_broken(&err);
    return bad ? EXIT_SOME_FAILED : EXIT_DONE;
}
