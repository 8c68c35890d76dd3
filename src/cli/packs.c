/* packs.c - stage 11: users' own packs of terms: the verb pack, and --pack of group. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A whole file, to be freed; NULL after filling err. */
static char *slurp(const char *path, size_t *n, syn_err *err)
{
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char *p = NULL;
    size_t cap = 0, got = 1;
    *n = 0;
    while (f && got) {
        if (*n == cap) {
            cap = cap ? cap * 2 : 1 << 16;
            char *bigger = cap > (size_t)1 << 28 ? NULL : realloc(p, cap);
            if (!bigger) break;
            p = bigger;
        }
        got = fread(p + *n, 1, cap - *n, f);
        *n += got;
    }
    bool bad = !f || ferror(f) || got;
    if (bad) {
        err->code = SYN_EIO;
        snprintf(err->line, sizeof err->line, "%s: %s", path, f && got ? "too long" : strerror(errno));
        free(p);
        p = NULL;
    }
    if (f && f != stdin) fclose(f);
    return p;
}

/* What is wrong with a pack, with its path before it. */
static syn_code with_path(const char *path, syn_code rc, const syn_err *why, syn_err *err)
{
    if (!rc) return rc;
    err->code = rc;
    snprintf(err->line, sizeof err->line, "%.100s: %.130s", path, why->line);
    return rc;
}

syn_code cli_use_packs(const cli_args *args, syn_session *session, syn_err *err)
{
    syn_code rc = SYN_OK;
    for (int i = 0; !rc && i < args->nmany; i++) {
        size_t n;
        syn_err why = {0};
        char *p = slurp(args->many[i], &n, err);
        if (!p) return err->code;
        rc = with_path(args->many[i], synoptic_session_pack(session, (syn_str){p, n}, &why), &why, err);
        free(p);
    }
    return rc;
}

/* "glossary" of "folder/glossary.tsv" */
static syn_str name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t n = strlen(name);
    if (n > 4 && strcmp(name + n - 4, ".tsv") == 0) n -= 4;
    return (syn_str){name, n};
}

static syn_code add_files(syn_desk *desk, const cli_args *args, syn_err *err)
{
    syn_code rc = SYN_OK;
    for (int i = 1; !rc && i < args->nwords; i++) {
        size_t n;
        uint64_t terms = 0;
        syn_err why = {0};
        const char *path = args->words[i];
        char *p = slurp(path, &n, err);
        if (!p) return err->code;
        syn_str name = name_of(path);
        rc = with_path(path, synoptic_desk_pack_add(desk, name, (syn_str){p, n}, &terms, &why), &why, err);
        if (!rc) fprintf(stderr, "pack %.*s: %llu terms\n", (int)name.n, name.p, (unsigned long long)terms);
        free(p);
    }
    return rc;
}

int cli_pack(const cli_command *c, int argc, char **argv)
{
    cli_args args;
    syn_engine *engine = NULL;
    syn_desk *desk = NULL;
    syn_err err = {0};
    if (!cli_parse(c, argc, argv, &args)) return EXIT_MISUSE;
    const char *what = args.nwords ? args.words[0] : "";
    bool add = !strcmp(what, "add"), list = !strcmp(what, "list"), drop = !strcmp(what, "remove");
    if (!add && !list && !drop) return cli_misuse(c, "pack takes add, list or remove");
    if (list ? args.nwords != 1 : args.nwords < 2)
        return cli_misuse(c, list ? "pack list takes no more words" : "pack %s needs a %s", what,
                          add ? "file" : "name");
    syn_code rc = synoptic_open(&engine, &err);
    if (!rc) rc = synoptic_desk_open(engine, args.value[0] ? args.value[0] : "synoptic.db", list, &desk, &err);
    if (!rc && add) rc = add_files(desk, &args, &err);
    if (!rc && list) rc = synoptic_desk_packs(desk, cli_print, NULL, &err);
    for (int i = 1; !rc && drop && i < args.nwords; i++)
        rc = synoptic_desk_pack_remove(desk, (syn_str){args.words[i], strlen(args.words[i])}, &err);
    synoptic_desk_close(desk);
    synoptic_close(engine);
    return rc ? cli_broken(&err) : EXIT_DONE;
}
