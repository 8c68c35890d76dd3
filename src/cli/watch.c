/* watch.c - stage 11: the verb watch, and what it shares with the other verbs that fetch or run until they are told to
   end. */
#include "cli.h"

#include <signal.h>
#include <string.h>

static volatile int stop; /* set by the signal's handler, which can reach nothing else */

static void on_signal(int number)
{
    (void)number;
    stop = 1;
}

const volatile int *cli_stop(void)
{
    struct sigaction act = {.sa_handler = on_signal};
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    signal(SIGPIPE, SIG_IGN);
    return &stop;
}

bool cli_is_url(const char *word)
{
    static const char SCHEME[] = "http";
    size_t n = 0;
    while (n < 4 && (word[n] | 32) == SCHEME[n]) n++;
    if (n == 4 && (word[n] | 32) == 's') n++;
    return n >= 4 && !strncmp(word + n, "://", 3);
}

static syn_str text_of(const char *z)
{
    return z ? (syn_str){z, strlen(z)} : (syn_str){"", 0};
}

/* "a,b" of every --allow */
static bool allow_of(const cli_command *c, const cli_args *a, cli_net *out)
{
    for (int i = 0; i < a->nmany; i++) {
        for (const char *p = a->many[i]; *p; p += *p == ',') {
            size_t n = strcspn(p, ",");
            if (n && out->net.nallow == sizeof out->allow / sizeof out->allow[0]) {
                cli_misuse(c, "--allow takes at most %zu hosts", out->net.nallow);
                return false;
            }
            if (n) out->allow[out->net.nallow++] = (syn_str){p, n};
            p += n;
        }
    }
    out->net.allow = out->allow;
    return true;
}

bool cli_net_of(const cli_command *c, const cli_args *a, int first, cli_net *out)
{
    bool ok;
    memset(out, 0, sizeof *out);
    if (!allow_of(c, a, out)) return false;
    out->net.pace = (uint32_t)cli_number(c, a, first + 1, 1, 600000, 1000, &ok);
    if (ok) out->net.timeout = 1000 * (uint32_t)cli_number(c, a, first + 2, 1, 3600, 60, &ok);
    out->net.contact = text_of(a->value[first + 3]);
    out->net.proxy = text_of(a->value[first + 4]);
    return ok;
}

void cli_say_added(const syn_added *added)
{
    fprintf(stderr, "%llu pages: %llu new articles, %llu new versions, %llu known, %llu without text, %llu failed",
            (unsigned long long)added->pages, (unsigned long long)added->added, (unsigned long long)added->versions,
            (unsigned long long)added->same, (unsigned long long)added->empty, (unsigned long long)added->failed);
}

static void round_done(void *context, const syn_added *added)
{
    (void)context;
    cli_say_added(added);
    fputc('\n', stderr);
}

int cli_watch(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    cli_net net;
    syn_engine *engine = NULL;
    syn_desk *desk = NULL;
    syn_err err = {0};
    syn_added added = {0};
    syn_str feeds[1024];
    bool ok;
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    uint32_t every = (uint32_t)cli_number(c, &args, 1, 1, 604800, 900, &ok);
    if (!ok || !cli_net_of(c, &args, 3, &net)) return EXIT_MISUSE;
    if (args.nwords > (int)(sizeof feeds / sizeof feeds[0]))
        return cli_misuse(c, "at most %zu feeds", sizeof feeds / sizeof feeds[0]);
    for (int i = 0; i < args.nwords; i++) {
        if (!cli_is_url(args.words[i])) return cli_misuse(c, "\"%s\" is no address of http or https", args.words[i]);
        feeds[i] = text_of(args.words[i]);
    }
    net.net.stop = cli_stop();
    bool once = args.value[2] != NULL;
    syn_code rc = synoptic_open(&engine, &err);
    if (!rc) rc = synoptic_desk_open(engine, args.value[0] ? args.value[0] : "synoptic.db", false, &desk, &err);
    if (!rc)
        rc = synoptic_desk_watch(desk, feeds, (size_t)args.nwords, every, once, &net.net, cli_complain, round_done,
                                 NULL, &added, &err);
    synoptic_desk_close(desk);
    synoptic_close(engine);
    if (rc) return cli_broken(&err);
    return once && added.failed ? EXIT_SOME_FAILED : EXIT_DONE;
}
