/* judge.c - stage 11: users' words on what belongs together. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static syn_str str_of(const char *text)
{
    return text ? (syn_str){text, strlen(text)} : (syn_str){"", 0};
}

static bool number(const char *text, int64_t *out)
{
    char *end;
    if (text[0] < '1' || text[0] > '9') return false;
    *out = strtoll(text, &end, 10);
    return *out > 0 && !*end;
}

int cli_judge(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    syn_engine *engine = NULL;
    syn_desk *desk = NULL;
    syn_err err = {0};
    int64_t n = 0;
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    const char *what = args.nwords ? args.words[0] : "";
    bool together = !strcmp(what, "together"), apart = !strcmp(what, "apart");
    bool list = !strcmp(what, "list"), withdraw = !strcmp(what, "withdraw");
    if (!together && !apart && !list && !withdraw)
        return cli_misuse(c, "judge takes together, apart, list or withdraw");
    bool alone = apart && args.nwords == 2;
    if (args.nwords != (list ? 1 : withdraw || alone ? 2 : 3))
        return cli_misuse(c, "judge %s takes %s", what,
                          list       ? "no more words"
                          : withdraw ? "a number"
                          : apart    ? "one or two articles"
                                     : "two articles");
    if (withdraw && !number(args.words[1], &n)) return cli_misuse(c, "\"%s\" is no number of a word", args.words[1]);
    syn_code rc = synoptic_open(&engine, &err);
    if (!rc) rc = synoptic_desk_open(engine, args.value[0] ? args.value[0] : "synoptic.db", list, &desk, &err);
    if (!rc && list) rc = synoptic_desk_verdicts(desk, cli_print, NULL, &err);
    if (!rc && withdraw) rc = synoptic_desk_withdraw(desk, n, &err);
    if (!rc && alone)
        rc = synoptic_desk_part(desk, str_of(args.words[1]), str_of(args.value[1]), str_of(args.value[2]), &n, &err);
    else if (!rc && (together || apart))
        rc = synoptic_desk_judge(desk, str_of(args.words[1]), str_of(args.words[2]), together, str_of(args.value[1]),
                                 str_of(args.value[2]), &n, &err);
    if (!rc && (together || apart)) fprintf(stderr, "%s: kept as word %lld\n", what, (long long)n);
    synoptic_desk_close(desk);
    synoptic_close(engine);
    return rc ? cli_broken(&err) : EXIT_DONE;
}
