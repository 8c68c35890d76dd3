/* record.c - stage 11: the record of a topic. */
#include "cli.h"

#include <string.h>

static syn_str str_of(const char *z, const char *otherwise)
{
    if (!z) z = otherwise;
    return (syn_str){z, strlen(z)};
}

static void print_whole(void *context, syn_str text)
{
    (void)context;
    fwrite(text.p, 1, text.n, stdout);
}

int cli_record(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    syn_engine *engine = NULL;
    syn_session *session = NULL;
    syn_recording *recording = NULL;
    syn_err err = {0}, why;
    syn_str line;
    bool failed;
    uint64_t bad = 0, number = 0;
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    syn_str format = str_of(args.value[0], "json");
    syn_code rc = synoptic_open(&engine, &err);
    if (!rc) rc = synoptic_session_new(engine, &session, &err);
    if (!rc) rc = synoptic_record_new(engine, &recording, &err);
    cli_lines *lines = rc ? NULL : cli_lines_open(args.words, args.nwords);
    while (lines && cli_lines_next(lines, &line, &failed, &why)) {
        number++;
        if (!failed && !synoptic_record_add(recording, session, line, &why)) {
            cli_progress(NULL, number);
            continue;
        }
        bad++;
        cli_progress_end();
        fprintf(stderr, "synoptic: line %llu: %s\n", (unsigned long long)number, why.line);
    }
    bool lines_of_json = !strcmp(format.p, "json");
    if (!rc)
        rc = synoptic_record_write(recording, format, str_of(args.value[1], ""), str_of(args.value[2], ""),
                                   lines_of_json ? cli_print : print_whole, NULL, &err);
    cli_lines_close(lines);
    synoptic_record_free(recording);
    synoptic_session_free(session);
    synoptic_close(engine);
    if (rc == SYN_EINVAL) return cli_misuse(c, "%s", err.line);
    if (rc) return cli_broken(&err);
    return bad ? EXIT_SOME_FAILED : EXIT_DONE;
}
