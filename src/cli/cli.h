/* cli.h - stage 11: the command line.  Uses the public header alone. */
#ifndef SYN_CLI_H
#define SYN_CLI_H

#include <stdio.h>
#include <synoptic.h>

/* Exit statuses, as --help says them. */
enum { EXIT_DONE = 0, EXIT_BROKEN = 1, EXIT_MISUSE = 2, EXIT_SOME_FAILED = 3 };

enum { CLI_OPTIONS = 10, CLI_MANY = 32 };

typedef struct cli_option {
    const char *name;     /* "--threads" */
    const char *argument; /* "N", or NULL where it takes none */
    const char *help;
    bool many; /* may be given again; a verb has one such option at most */
} cli_option;

typedef struct cli_command {
    const char *name;
    int (*run)(const struct cli_command *self, int argc, char **argv); /* argv[0] is the first word after the verb */
    const char *synopsis;
    const char *help;
    cli_option options[CLI_OPTIONS]; /* ends at a NULL name */
} cli_command;

extern const cli_command cli_commands[]; /* ends at a NULL name */

/* What stood on the command line: words in order, option values by their place in the command's table. */
typedef struct cli_args {
    char **words;
    int nwords;
    const char *value[CLI_OPTIONS]; /* NULL: not given; "" given without an argument; the last of many */
    const char *many[CLI_MANY];
    int nmany;
} cli_args;

/* False after saying on standard error what is wrong; then the command returns EXIT_MISUSE. */
bool cli_parse(const cli_command *c, int argc, char **argv, cli_args *out);
/* A number of option i within [least, most], or otherwise; *ok false after saying so. */
uint64_t cli_number(const cli_command *c, const cli_args *a, int i, uint64_t least, uint64_t most, uint64_t otherwise,
                    bool *ok);
int cli_misuse(const cli_command *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Says "synoptic: LINE" and gives EXIT_BROKEN. */
int cli_broken(const syn_err *err);

/* ---- lines of standard input and files ---- */

/* One line without its end; false at the end of all files.  failed: the line, or the file, could not be read; then why
   is filled.  The text is valid until the next call. */
typedef struct cli_lines cli_lines;
cli_lines *cli_lines_open(char **paths, int n); /* standard input where n is 0; NULL: no memory */
bool cli_lines_next(cli_lines *l, syn_str *line, bool *failed, syn_err *why);
void cli_lines_close(cli_lines *l);

/* ---- output ---- */

void cli_print(void *context, syn_str line);       /* a syn_sink onto standard output */
void cli_print_whole(void *context, syn_str text); /* the same without a line's end */
void cli_complain(void *context, syn_str line);    /* a syn_sink onto standard error */
void cli_progress(void *context, uint64_t done);   /* on a terminal, after the first second */
void cli_progress_end(void);

/* ---- what add and watch share (watch.c) ---- */

typedef struct cli_net {
    syn_net net;
    syn_str allow[4 * CLI_MANY];
} cli_net;
/* Options of fetching, which begin at option first: allow, pace, timeout, contact, proxy. */
bool cli_net_of(const cli_command *c, const cli_args *a, int first, cli_net *out);
bool cli_is_url(const char *word);
/* A flag that SIGINT and SIGTERM set; a broken pipe is then no signal. */
const volatile int *cli_stop(void);
/* What was added, in a line to standard error, without its end. */
void cli_say_added(const syn_added *added);

/* The packs named by the option that may be given again, into the session (packs.c). */
syn_code cli_use_packs(const cli_args *args, syn_session *session, syn_err *err);

/* verbs */
int cli_read(const cli_command *c, int argc, char **argv);
int cli_lang(const cli_command *c, int argc, char **argv);
int cli_facts(const cli_command *c, int argc, char **argv);
int cli_names(const cli_command *c, int argc, char **argv);
int cli_group(const cli_command *c, int argc, char **argv);
int cli_compare(const cli_command *c, int argc, char **argv);
int cli_record(const cli_command *c, int argc, char **argv);
int cli_watch(const cli_command *c, int argc, char **argv);
int cli_add(const cli_command *c, int argc, char **argv);
int cli_serve(const cli_command *c, int argc, char **argv);
int cli_search(const cli_command *c, int argc, char **argv);
int cli_topics(const cli_command *c, int argc, char **argv);
int cli_who(const cli_command *c, int argc, char **argv);
int cli_export(const cli_command *c, int argc, char **argv);
int cli_pack(const cli_command *c, int argc, char **argv);
int cli_lexicon(const cli_command *c, int argc, char **argv);
int cli_judge(const cli_command *c, int argc, char **argv);
int cli_explain(const cli_command *c, int argc, char **argv);

#endif
