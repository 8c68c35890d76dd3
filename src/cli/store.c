/* store.c - stage 11: the verbs about a store: add, serve, search, topics, export, explain. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static const char *db_of(const cli_args *a)
{
    return a->value[0] ? a->value[0] : "synoptic.db";
}

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

static void sum(syn_added *to, const syn_added *more)
{
    to->pages += more->pages;
    to->articles += more->articles;
    to->added += more->added;
    to->same += more->same;
    to->versions += more->versions;
    to->empty += more->empty;
    to->failed += more->failed;
}

/* Files and folders first, then what is on the network. */
static syn_code add_all(syn_desk *desk, const cli_args *args, syn_net *net, syn_added *added, syn_err *err)
{
    size_t n = (size_t)args->nwords, files = 0, urls = 0;
    syn_added part = {0};
    syn_code rc = SYN_OK;
    syn_str *words = calloc(n, sizeof *words);
    if (!words) return err->code = SYN_ENOMEM;
    for (size_t i = 0; i < n; i++) {
        size_t at = cli_is_url(args->words[i]) ? n - ++urls : files++;
        words[at] = (syn_str){args->words[i], strlen(args->words[i])};
    }
    for (size_t i = files, k = n; i < --k; i++) { /* in the order of the command line */
        syn_str swap = words[i];
        words[i] = words[k];
        words[k] = swap;
    }
    if (files) rc = synoptic_desk_add(desk, words, files, cli_complain, cli_progress, NULL, added, err);
    if (urls) net->stop = cli_stop(); /* what was fetched until then is kept */
    if (!rc && urls)
        rc = synoptic_desk_fetch(desk, words + files, urls, net, cli_complain, cli_progress, NULL, &part, err);
    sum(added, &part);
    free(words);
    return rc;
}

int cli_add(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    cli_net net;
    opened o;
    syn_err err = {0};
    syn_added added = {0};
    uint64_t articles = 0, stories = 0;
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    if (!args.nwords) return cli_misuse(c, "add needs a file, a folder or an address");
    if (!cli_net_of(c, &args, 1, &net)) return EXIT_MISUSE;
    syn_code rc = open_desk(&args, false, &o, &err);
    if (!rc) rc = add_all(o.desk, &args, &net.net, &added, &err);
    if (!rc) rc = synoptic_desk_count(o.desk, &articles, &stories, &err);
    cli_progress_end();
    if (!rc) {
        cli_say_added(&added);
        fprintf(stderr, "; %llu articles in %llu stories\n", (unsigned long long)articles, (unsigned long long)stories);
    }
    int status = close_desk(&o, rc, &err);
    if (!status && net.net.stop && *net.net.stop) status = EXIT_BROKEN;
    return status ? status : added.failed ? EXIT_SOME_FAILED : EXIT_DONE;
}

typedef syn_code ask_fn(syn_desk *desk, syn_str query, syn_str lang, size_t limit, syn_err *err);

static syn_code ask_search(syn_desk *desk, syn_str query, syn_str lang, size_t limit, syn_err *err)
{
    return synoptic_desk_search(desk, query, lang, limit, cli_print, NULL, err);
}

static syn_code ask_who(syn_desk *desk, syn_str query, syn_str lang, size_t limit, syn_err *err)
{
    (void)lang;
    return synoptic_desk_who(desk, query, limit, cli_print, NULL, err);
}

/* A verb that asks the store for the words of its line.  lang: the option that names a language, 0 for none. */
static int ask(const cli_command *c, int argc, char **argv, ask_fn *fn, int lang_option, int limit_option)
{
    cli_args args;
    opened o;
    syn_err err = {0};
    bool ok;
    char query[512] = "";
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    if (!args.nwords) return cli_misuse(c, "%s needs a word", c->name);
    size_t limit = (size_t)cli_number(c, &args, limit_option, 1, 1000, 20, &ok);
    if (!ok) return EXIT_MISUSE;
    for (int i = 0; i < args.nwords; i++) {
        size_t n = strlen(query);
        if (n + strlen(args.words[i]) + 2 > sizeof query)
            return cli_misuse(c, "a search has at most %zu bytes", sizeof query - 2);
        snprintf(query + n, sizeof query - n, "%s%s", n ? " " : "", args.words[i]);
    }
    const char *tag = lang_option && args.value[lang_option] ? args.value[lang_option] : "";
    syn_str lang = {tag, strlen(tag)};
    syn_code rc = open_desk(&args, true, &o, &err);
    if (!rc) rc = fn(o.desk, (syn_str){query, strlen(query)}, lang, limit, &err);
    return close_desk(&o, rc, &err);
}

int cli_search(const cli_command *c, int argc, char **argv)
{
    return ask(c, argc, argv, ask_search, 1, 2);
}

int cli_who(const cli_command *c, int argc, char **argv)
{
    return ask(c, argc, argv, ask_who, 0, 1);
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

int cli_topics(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    opened o;
    syn_err err = {0};
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    if (args.nwords) return cli_misuse(c, "topics takes no words");
    syn_str lang = args.value[1] ? (syn_str){args.value[1], strlen(args.value[1])} : (syn_str){"", 0};
    syn_code rc = open_desk(&args, true, &o, &err);
    if (!rc && args.value[2])
        rc = synoptic_desk_topics(o.desk, lang, cli_print, NULL, &err);
    else if (!rc)
        rc = synoptic_desk_topics_plain(o.desk, lang, cli_print, NULL, &err);
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
    const volatile int *stop = cli_stop();
    syn_code rc = synoptic_open(&engine, &err);
    if (!rc)
        rc = synoptic_serve(engine, db_of(&args), args.value[2] ? args.value[2] : "127.0.0.1", port, args.value[3],
                            stop, ready, NULL, &err);
    synoptic_close(engine);
    return rc ? cli_broken(&err) : EXIT_DONE;
}
