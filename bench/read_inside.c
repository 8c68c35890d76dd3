/* read_inside.c - how fast the library reads pages inside a process, on one core: parsing, extraction and the line of
   JSON, without start-up, files and pipes.

   usage: read_inside ROUNDS FILE ...     prints pages, bytes, seconds of the median round, in JSON */
#include <stdio.h>
#include <stdlib.h>
#include <synoptic.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool slurp(const char *path, syn_str *out)
{
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    long n = fseek(f, 0, SEEK_END) ? -1 : ftell(f);
    char *p = n >= 0 && !fseek(f, 0, SEEK_SET) ? malloc((size_t)n + 1) : NULL;
    bool ok = p && fread(p, 1, (size_t)n, f) == (size_t)n;
    fclose(f);
    if (ok)
        *out = (syn_str){p, (size_t)n};
    else
        free(p);
    return ok;
}

static void count(void *context, syn_str line)
{
    *(size_t *)context += line.n;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 0, pages = argc - 2;
    if (rounds < 1 || rounds > 1000 || pages < 1) {
        fprintf(stderr, "usage: read_inside ROUNDS FILE ...\n");
        return 2;
    }
    syn_engine *engine;
    syn_session *session;
    syn_err err = {0};
    if (synoptic_open(&engine, &err) || synoptic_session_new(engine, &session, &err)) {
        fprintf(stderr, "%s\n", err.line);
        return 1;
    }
    syn_str *all = calloc((size_t)pages, sizeof *all);
    double *took = calloc((size_t)rounds, sizeof *took);
    if (!all || !took) return 1;
    size_t bytes = 0, answered = 0, none = 0;
    for (int i = 0; i < pages; i++) {
        if (slurp(argv[2 + i], &all[i])) bytes += all[i].n;
    }
    for (int k = 0; k < rounds; k++) {
        double start = now();
        for (int i = 0; i < pages; i++) {
            syn_str id = {argv[2 + i], 1}, no = {0};
            syn_err why = {0};
            none += synoptic_read(session, id, all[i], no, no, count, &answered, &why) != SYN_OK;
        }
        took[k] = now() - start;
    }
    qsort(took, (size_t)rounds, sizeof *took, by_size);
    printf("{\"pages\":%d,\"bytes\":%zu,\"seconds\":%.6f,\"failed\":%zu}\n", pages, bytes, took[rounds / 2],
           none / (size_t)rounds);
    for (int i = 0; i < pages; i++) free((void *)(uintptr_t)all[i].p);
    free(all);
    free(took);
    synoptic_session_free(session);
    synoptic_close(engine);
    return 0;
}
