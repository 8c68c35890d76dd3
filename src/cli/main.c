/* main.c - stage 11: the table of commands, help, and the way in. */
#include "cli.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* A table is read in columns. */
/* clang-format off */
#define DB      {"--db", "FILE", "the store (default synoptic.db)", false}
#define NET     {"--allow", "HOST,...", "may be at a private address", true}, \
                {"--pace", "MS", "between two requests to a host (default 1000)", false}, \
                {"--timeout", "SECONDS", "for one page (default 60)", false}, \
                {"--contact", "URL", "for those who wonder who is asking", false}, \
                {"--proxy", "URL", "to ask through", false}

const cli_command cli_commands[] = {
    {"read", cli_read, "[PATH ...]", "articles of pages, feeds and archives, one line of JSON each",
     {{"--files-from", "LIST", "paths to read, one a line", false},
      {"--threads", "N", "how many (default: the cores)", false}}},
    {"lang", cli_lang, "[FILE ...]", "the language of each line: BCP 47 tag, tab, confidence", {{0}}},
    {"facts", cli_facts, "[FILE ...]", "figures, sums, dates, names and places of {\"lang\",\"text\",\"ref\"} lines", {{0}}},
    {"names", cli_names, "[FILE ...]", "how likely the two names of each line name the same, 0 to 1", {{0}}},
    {"group", cli_group, "[FILE ...]", "the story of each article, as lines of \"read\"",
     {{"--explain", NULL, "with the reasons", false},
      {"--pack", "FILE", "terms of your own: key, language, forms", true}}},
    {"compare", cli_compare, "[FILE ...]", "where articles agree and differ: {\"id\",\"a\",\"b\"} or {\"id\",\"articles\"} lines",
     {{"--lang", "TAG", "explain in this language (default en)", false},
      {"--story", NULL, "the lines are the articles of one story", false},
      {"--format", "json|csv|html", "how it is written (default json)", false}}},
    {"record", cli_record, "[FILE ...]", "what one topic's articles add up to: events, agreements, targets, figures",
     {{"--format", "json|csv|ics|html", "how it is written (default json)", false},
      {"--now", "DATE", "what is to come begins here (default: the latest publication)", false},
      {"--ui", "LANGUAGE", "of labels (default en)", false},
      {"--topic", "N", "of the store's topic with this number, instead of files", false},
      DB}},
    {"add", cli_add, "PATH|URL ...", "pages into the store, and into their stories", {DB, NET}},
    {"watch", cli_watch, "[FEED ...]", "follow feeds (those of the store if none is named) until interrupted",
     {DB,
      {"--every", "SECONDS", "between two looks at a feed (default 900)", false},
      {"--once", NULL, "look at each once", false},
      NET}},
    {"serve", cli_serve, "", "the portal of the store",
     {DB,
      {"--port", "N", "(default 8080)", false},
      {"--address", "IP", "(default 127.0.0.1)", false},
      {"--editors", "FILE", "who may say what belongs together: lines of name, tab, key", false}}},
    {"search", cli_search, "WORD ...", "articles of the store, in every script",
     {DB,
      {"--lang", "TAG", "only in this language", false},
      {"--limit", "N", "at most (default 20)", false}}},
    {"topics", cli_topics, "", "stories of the same parties and matter over time",
     {DB,
      {"--lang", "TAG", "names in this language (default en)", false},
      {"--json", NULL, "with the parties in every spelling, one line of JSON each", false}}},
    {"who", cli_who, "NAME", "every spelling of a name in the store, with its languages",
     {DB, {"--limit", "N", "at most (default 20)", false}}},
    {"export", cli_export, "", "every article of the store, one line of JSON each", {DB}},
    {"explain", cli_explain, "ARTICLE", "why the article with this id or address is in its story", {DB}},
    {"pack", cli_pack, "add FILE ... | list | remove NAME ...", "terms of your own, for the stories of the store", {DB}},
    {"lexicon", cli_lexicon, "[forget WORD|N]", "what the store learned from reading: words that mean the same",
     {DB,
      {"--lang", "TAG", "only words of this language", false},
      {"--json", NULL, "whole, with witnesses and what was forgotten", false}}},
    {"judge", cli_judge, "together|apart ARTICLE ARTICLE | apart ARTICLE | list | withdraw N", "a user's word on what belongs together",
     {DB,
      {"--who", "NAME", "who says so", false},
      {"--why", "TEXT", "and why", false}}},
    {NULL, NULL, NULL, NULL, {{0}}}};
/* clang-format on */

static void help(FILE *to)
{
    fprintf(to, "synoptic %s: every telling of one story side by side\n\n", synoptic_version());
    for (const cli_command *c = cli_commands; c->name; c++) {
        fprintf(to, "  synoptic %s %s\n      %s\n", c->name, c->synopsis, c->help);
        for (const cli_option *o = c->options; o->name; o++)
            fprintf(to, "      %s %s  %s\n", o->name, o->argument ? o->argument : "", o->help);
    }
    fputs("\nVerbs read standard input where no file is named and write to standard output; words for people go to\n"
          "standard error.  Exit status: 0 everything was answered, 3 some items were not, 2 misuse, 1 the whole "
          "failed.\n",
          to);
}

int cli_misuse(const cli_command *c, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    fputs("synoptic: ", stderr);
    vfprintf(stderr, format, ap);
    va_end(ap);
    if (c) fprintf(stderr, "\nusage: synoptic %s %s", c->name, c->synopsis);
    fputs("\nsynoptic --help says more\n", stderr);
    return EXIT_MISUSE;
}

int cli_broken(const syn_err *err)
{
    fprintf(stderr, "synoptic: %s\n", err->line);
    return EXIT_BROKEN;
}

bool cli_parse(const cli_command *c, int argc, char **argv, cli_args *out)
{
    bool only_words = false;
    *out = (cli_args){.words = argv};
    for (int i = 0; i < argc; i++) {
        char *word = argv[i];
        if (!only_words && strcmp(word, "--") == 0) {
            only_words = true;
            continue;
        }
        if (only_words || word[0] != '-' || !word[1]) {
            argv[out->nwords++] = word;
            continue;
        }
        size_t name = strcspn(word, "="), k = 0;
        while (k < CLI_OPTIONS && c->options[k].name &&
               (strlen(c->options[k].name) != name || strncmp(c->options[k].name, word, name) != 0))
            k++;
        if (k == CLI_OPTIONS || !c->options[k].name) {
            cli_misuse(c, "%s takes no option %s", c->name, word);
            return false;
        }
        const cli_option *o = &c->options[k];
        if (o->argument && !word[name] && i + 1 == argc) {
            cli_misuse(c, "%s needs %s", o->name, o->argument);
            return false;
        }
        if (!o->argument && word[name]) {
            cli_misuse(c, "%s takes no argument", o->name);
            return false;
        }
        if (o->many && out->nmany == CLI_MANY) {
            cli_misuse(c, "%s at most %d times", o->name, CLI_MANY);
            return false;
        }
        out->value[k] = !o->argument ? "" : word[name] ? word + name + 1 : argv[++i];
        if (o->many) out->many[out->nmany++] = out->value[k];
    }
    return true;
}

uint64_t cli_number(const cli_command *c, const cli_args *a, int i, uint64_t least, uint64_t most, uint64_t otherwise,
                    bool *ok)
{
    const char *text = a->value[i];
    uint64_t v = 0;
    *ok = true;
    if (!text) return otherwise;
    for (const char *p = text; *ok && (*p || p == text); p++) {
        unsigned d = (unsigned char)*p - (unsigned)'0';
        if (d > 9 || v > UINT64_MAX / 100)
            *ok = false;
        else
            v = v * 10 + d;
    }
    if (!*ok || v < least || v > most) {
        *ok = false;
        cli_misuse(c, "%s needs a number from %llu to %llu, not \"%s\"", c->options[i].name, (unsigned long long)least,
                   (unsigned long long)most, text);
    }
    return v;
}

/* False where any of it was lost, not only the last of it. */
static bool close_output(void)
{
    bool lost = ferror(stdout) != 0;
    return fclose(stdout) == 0 && !lost;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        help(stderr);
        return EXIT_MISUSE;
    }
    const char *verb = argv[1];
    if (!strcmp(verb, "--help") || !strcmp(verb, "-h") || !strcmp(verb, "help")) {
        help(stdout);
        return close_output() ? EXIT_DONE : EXIT_BROKEN;
    }
    if (!strcmp(verb, "--version")) {
        printf("synoptic %s\n", synoptic_version());
        return close_output() ? EXIT_DONE : EXIT_BROKEN;
    }
    for (const cli_command *c = cli_commands; c->name; c++) {
        if (strcmp(c->name, verb) != 0) continue;
        for (int i = 2; i < argc && strcmp(argv[i], "--"); i++)
            if (!strcmp(argv[i], "--help")) {
                help(stdout);
                return close_output() ? EXIT_DONE : EXIT_BROKEN;
            }
        int status = c->run(c, argc - 2, argv + 2);
        cli_progress_end();
        if (!close_output()) {
            perror("synoptic: standard output");
            return EXIT_BROKEN;
        }
        return status;
    }
    return cli_misuse(NULL, "no verb \"%s\"", verb);
}
