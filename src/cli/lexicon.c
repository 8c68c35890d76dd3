/* lexicon.c - stage 11: what a store learned from reading. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* 0: it is no number of a link. */
static int64_t number(const char *text)
{
    char *end;
    if (text[0] < '1' || text[0] > '9' || strlen(text) > 18) return 0;
    int64_t n = strtoll(text, &end, 10);
    return *end ? 0 : n;
}

int cli_lexicon(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    syn_engine *engine = NULL;
    syn_desk *desk = NULL;
    syn_err err = {0};
    uint64_t gone = 0;
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    bool forget = args.nwords && !strcmp(args.words[0], "forget");
    if (forget ? args.nwords != 2 || !args.words[1][0] : args.nwords > 0)
        return cli_misuse(c, forget ? "lexicon forget takes a word or the number of a link"
                                    : "lexicon takes no words but forget");
    if (forget && (args.value[1] || args.value[2])) return cli_misuse(c, "--lang and --json are for the list");
    syn_code rc = synoptic_open(&engine, &err);
    if (!rc) rc = synoptic_desk_open(engine, args.value[0] ? args.value[0] : "synoptic.db", !forget, &desk, &err);
    if (!rc && forget) {
        int64_t n = number(args.words[1]);
        syn_str word = {args.words[1], n ? 0 : strlen(args.words[1])};
        rc = synoptic_desk_unlearn(desk, word, n, &gone, &err);
        if (!rc) fprintf(stderr, "forgotten: %llu\n", (unsigned long long)gone);
    } else if (!rc) {
        const char *lang = args.value[1] ? args.value[1] : "";
        rc = synoptic_desk_lexicon(desk, (syn_str){lang, strlen(lang)}, args.value[2] != NULL, cli_print, NULL, &err);
    }
    synoptic_desk_close(desk);
    synoptic_close(engine);
    return rc ? cli_broken(&err) : EXIT_DONE;
}
