/* record.c - stage 11: the record of a topic. */
#include "cli.h"

#include <string.h>

static syn_str str_of(const char *z, const char *otherwise)
{
    if (!z) z = otherwise;
    return (syn_str){z, strlen(z)};
}

enum { FORMAT, NOW, UI, TOPIC, STORE }; /* places in the table of options */

static syn_code add_lines(syn_recording *recording, syn_session *session, const cli_args *args, uint64_t *bad)
{
    syn_str line;
    syn_err why;
    bool failed;
    uint64_t number = 0;
    cli_lines *lines = cli_lines_open(args->words, args->nwords);
    while (lines && cli_lines_next(lines, &line, &failed, &why)) {
        number++;
        if (!failed && !synoptic_record_add(recording, session, line, &why)) {
            cli_progress(NULL, number);
            continue;
        }
        ++*bad;
        cli_progress_end();
        fprintf(stderr, "synoptic: line %llu: %s\n", (unsigned long long)number, why.line);
    }
    cli_lines_close(lines);
    return SYN_OK;
}

static syn_code add_topic(syn_recording *recording, const syn_engine *engine, const cli_args *args, int64_t topic,
                          syn_err *err)
{
    syn_desk *desk = NULL;
    syn_code rc = synoptic_desk_open(engine, args->value[STORE] ? args->value[STORE] : "synoptic.db", true, &desk, err);
    if (!rc) rc = synoptic_desk_record(desk, topic, recording, err);
    synoptic_desk_close(desk);
    return rc;
}

int cli_record(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    syn_engine *engine = NULL;
    syn_session *session = NULL;
    syn_recording *recording = NULL;
    syn_err err = {0};
    uint64_t bad = 0;
    bool ok;
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    int64_t topic = (int64_t)cli_number(c, &args, TOPIC, 1, INT32_MAX, 0, &ok);
    if (!ok) return EXIT_MISUSE;
    if (topic && args.nwords) return cli_misuse(c, "a topic's articles are those of the store");
    syn_str format = str_of(args.value[FORMAT], "json");
    syn_code rc = synoptic_open(&engine, &err);
    if (!rc) rc = synoptic_session_new(engine, &session, &err);
    if (!rc) rc = synoptic_record_new(engine, &recording, &err);
    if (!rc) rc = topic ? add_topic(recording, engine, &args, topic, &err) : add_lines(recording, session, &args, &bad);
    if (!rc)
        rc = synoptic_record_write(recording, format, str_of(args.value[NOW], ""), str_of(args.value[UI], ""),
                                   strcmp(format.p, "json") ? cli_print_whole : cli_print, NULL, &err);
    synoptic_record_free(recording);
    synoptic_session_free(session);
    synoptic_close(engine);
    if (rc == SYN_EINVAL) return cli_misuse(c, "%s", err.line);
    if (rc) return cli_broken(&err);
    return bad ? EXIT_SOME_FAILED : EXIT_DONE;
}
