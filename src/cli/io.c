/* io.c - stage 11: lines in, lines out, and how far it has come. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAX_LINE ((size_t)64 << 20) /* bytes; a longer line is an error of its own and the next one is read */

struct cli_lines {
    char **paths;
    int n, at;
    FILE *file;
    bool own; /* file is ours to close */
    char *line;
    size_t cap;
};

cli_lines *cli_lines_open(char **paths, int n)
{
    cli_lines *l = calloc(1, sizeof *l);
    if (!l) return NULL;
    l->paths = paths;
    l->n = n;
    if (n == 0) l->file = stdin;
    return l;
}

void cli_lines_close(cli_lines *l)
{
    if (!l) return;
    if (l->own) fclose(l->file);
    free(l->line);
    free(l);
}

static bool open_next(cli_lines *l, bool *failed, syn_err *why)
{
    const char *path = l->paths[l->at++];
    bool named = strcmp(path, "-") != 0;
    l->file = named ? fopen(path, "rb") : stdin;
    l->own = named && l->file;
    if (l->file) return true;
    *failed = true;
    why->code = SYN_EIO;
    snprintf(why->line, sizeof why->line, "%s: %s", path, strerror(errno));
    return false;
}

bool cli_lines_next(cli_lines *l, syn_str *line, bool *failed, syn_err *why)
{
    *failed = false;
    *why = (syn_err){0};
    for (;;) {
        if (!l->file) {
            if (l->at == l->n) return false;
            if (!open_next(l, failed, why)) return true;
        }
        size_t n = 0;
        bool too_long = false;
        int c;
        while ((c = getc_unlocked(l->file)) != EOF && c != '\n') {
            if (n == l->cap) {
                size_t cap = l->cap ? l->cap * 2 : 65536;
                char *p = cap <= MAX_LINE ? realloc(l->line, cap) : NULL;
                if (!p) {
                    too_long = true;
                    break;
                }
                l->line = p;
                l->cap = cap;
            }
            l->line[n++] = (char)c;
        }
        if (too_long) {
            while ((c = getc_unlocked(l->file)) != EOF && c != '\n') {
            }
            *failed = true;
            why->code = SYN_ELIMIT;
            snprintf(why->line, sizeof why->line, "a line longer than %zu MB", MAX_LINE >> 20);
            return true;
        }
        if (c == EOF && n == 0) {
            if (l->own) fclose(l->file);
            l->own = false;
            l->file = NULL;
            if (l->at == l->n) return false;
            continue;
        }
        if (n && l->line[n - 1] == '\r') n--;
        *line = (syn_str){l->line ? l->line : "", n};
        return true;
    }
}

void cli_print(void *context, syn_str line)
{
    (void)context;
    fwrite(line.n ? line.p : "", 1, line.n, stdout);
    putchar_unlocked('\n');
}

void cli_print_whole(void *context, syn_str text)
{
    (void)context;
    fwrite(text.p, 1, text.n, stdout);
}

void cli_complain(void *context, syn_str line)
{
    (void)context;
    cli_progress_end();
    fprintf(stderr, "synoptic: %.*s\n", (int)line.n, line.p);
}

/* The terminal's line of progress: the one thing of this program that is one a process. */
static struct {
    bool known, terminal, shown;
    struct timespec start, last;
} terminal;

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

void cli_progress(void *context, uint64_t done)
{
    (void)context;
    if (!terminal.known) {
        terminal.known = true;
        terminal.terminal = isatty(STDERR_FILENO);
        clock_gettime(CLOCK_MONOTONIC, &terminal.start);
        terminal.last = terminal.start;
    }
    if (!terminal.terminal || (done & 15) || seconds_since(&terminal.start) < 1 || seconds_since(&terminal.last) < 0.1)
        return;
    clock_gettime(CLOCK_MONOTONIC, &terminal.last);
    fprintf(stderr, "\r%llu pages, %.0f a second ", (unsigned long long)done,
            (double)done / seconds_since(&terminal.start));
    fflush(stderr);
    terminal.shown = true;
}

void cli_progress_end(void)
{
    if (terminal.shown) fputs("\r\033[K", stderr);
    terminal.shown = false;
}
