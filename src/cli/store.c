/* store.c - stage 11: the verbs about a store: add, serve, search, export, explain. */
#include "cli.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static const char *db_of(const cli_args *a) { return a->value[0] ? a->value[0] : "synoptic.db"; }

typedef struct opened {
    syn_engine *engine;
    syn_desk *desk;
} opened;

static syn_code open_desk(const cli_args *a, bool read_only, opened *out, syn_err *err)
{
    *out = (opened){0};
    syn_code rc = synoptic_open(&out->engine, err);
    if (!rc) rc = synoptic_desk_open(out->engine, db_of(a), read_only, &out->desk, err);
    return rc;
}

static int close_desk(opened *o, syn_code rc, const syn_err *err)
{
    synoptic_desk_close(o->desk);
    synoptic_close(o->engine);
    return rc ? cli_broken(err) : EXIT_DONE;
}

int cli_add(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    opened o;
    syn_err err = {0};
    syn_added added = {0};
    uint64_t articles = 0, stories = 0;
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    if (!args.nwords) return cli_misuse(c, "add needs a file or folder");
    syn_str *paths = calloc((size_t)args.nwords, sizeof *paths);
    if (!paths) return EXIT_BROKEN;
    for (int i = 0; i < args.nwords; i++) paths[i] = (syn_str){args.words[i], strlen(args.words[i])};
    syn_code rc = open_desk(&args, false, &o, &err);
    if (!rc)
        rc = synoptic_desk_add(o.desk, paths, (size_t)args.nwords, cli_complain, cli_progress, NULL, &added, &err);
    if (!rc) rc = synoptic_desk_count(o.desk, &articles, &stories, &err);
    free(paths);
    cli_progress_end();
    if (!rc)
        fprintf(stderr, "%llu pages: %llu new articles, %llu new versions, %llu known, %llu without text, %llu failed; "
                        "%llu articles in %llu stories\n",
                (unsigned long long)added.pages, (unsigned long long)added.added, (unsigned long long)added.versions,
                (unsigned long long)added.same, (unsigned long long)added.empty, (unsigned long long)added.failed,
                (unsigned long long)articles, (unsigned long long)stories);
    int status = close_desk(&o, rc, &err);
    return status ? status : added.failed ? EXIT_SOME_FAILED : EXIT_DONE;
}

int cli_search(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    opened o;
    syn_err err = {0};
    bool ok;
    char query[512] = "";
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    if (!args.nwords) return cli_misuse(c, "search needs a word");
    size_t limit = (size_t)cli_number(c, &args, 2, 1, 1000, 20, &ok);
    if (!ok) return EXIT_MISUSE;
    for (int i = 0; i < args.nwords; i++) {
        size_t n = strlen(query);
        if (n + strlen(args.words[i]) + 2 > sizeof query) return cli_misuse(c, "a search has at most %zu bytes", sizeof query - 2);
        snprintf(query + n, sizeof query - n, "%s%s", n ? " " : "", args.words[i]);
    }
    syn_str lang = args.value[1] ? (syn_str){args.value[1], strlen(args.value[1])} : (syn_str){"", 0};
    syn_code rc = open_desk(&args, true, &o, &err);
    if (!rc) rc = synoptic_desk_search(o.desk, (syn_str){query, strlen(query)}, lang, limit, cli_print, NULL, &err);
    return close_desk(&o, rc, &err);
}

int cli_export(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    opened o;
    syn_err err = {0};
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    if (args.nwords) return cli_misuse(c, "export takes no words");
    syn_code rc = open_desk(&args, true, &o, &err);
    if (!rc) rc = synoptic_desk_export(o.desk, cli_print, NULL, &err);
    return close_desk(&o, rc, &err);
}

int cli_explain(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    opened o;
    syn_err err = {0};
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    if (args.nwords != 1) return cli_misuse(c, "explain needs the id of one article");
    syn_code rc = open_desk(&args, true, &o, &err);
    if (!rc) rc = synoptic_desk_explain(o.desk, (syn_str){args.words[0], strlen(args.words[0])}, cli_print, NULL, &err);
    int status = close_desk(&o, rc, &err);
    return rc == SYN_ENOTFOUND ? EXIT_SOME_FAILED : status;
}

/* ---- serve ---- */

static volatile int stop; /* set by the signal's handler, which can reach nothing else */

static void on_signal(int number)
{
    (void)number;
    stop = 1;
}

static void ready(void *context, syn_str address)
{
    (void)context;
    printf("%.*s\n", (int)address.n, address.p);
    fflush(stdout);
}

int cli_serve(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    syn_engine *engine = NULL;
    syn_err err = {0};
    bool ok;
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    if (args.nwords) return cli_misuse(c, "serve takes no words");
    uint16_t port = (uint16_t)cli_number(c, &args, 1, 1, 65535, 8080, &ok);
    if (!ok) return EXIT_MISUSE;
    struct sigaction act = {.sa_handler = on_signal};
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    signal(SIGPIPE, SIG_IGN);
    syn_code rc = synoptic_open(&engine, &err);
    if (!rc) rc = synoptic_serve(engine, db_of(&args), args.value[2] ? args.value[2] : "127.0.0.1", port, &stop, ready, NULL, &err);
    synoptic_close(engine);
    return rc ? cli_broken(&err) : EXIT_DONE;
}
