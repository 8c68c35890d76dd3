/* portal.c - stage 10: the portal of a store, and what its editors say. */
#include "api.h"

#include "../serve/serve.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_EDITORS = 200, LEAST_KEY = 16, MOST_KEY = 200, MOST_NAME = 100, MOST_FILE = 100000 };

/* ---- who they are ---- */

static syn_code read_file(const char *path, syn_buf *out, syn_err *err)
{
    struct stat st;
    char block[4096];
    FILE *f = fopen(path, "rb");
    if (!f) return syn_fail(err, SYN_EIO, 0, "%s: %s", path, strerror(errno));
    syn_code rc = SYN_OK;
    if (fstat(fileno(f), &st) || !S_ISREG(st.st_mode))
        rc = syn_fail(err, SYN_EIO, 0, "%s: not a file", path);
    else if (st.st_mode & 077)
        rc = syn_fail(err, SYN_EINVAL, 0, "%s: its keys are open to others: chmod 600 it", path);
    for (size_t n; !rc && (n = fread(block, 1, sizeof block, f)) > 0;) syn_buf_add(out, (syn_str){block, n});
    if (!rc && ferror(f)) rc = syn_fail(err, SYN_EIO, 0, "%s: cannot be read", path);
    if (!rc && out->failed) rc = syn_fail(err, SYN_ELIMIT, 0, "%s: more than %d bytes", path, MOST_FILE);
    fclose(f);
    return rc;
}

static bool good_key(syn_str key)
{
    bool good = key.n >= LEAST_KEY && key.n <= MOST_KEY;
    for (size_t i = 0; good && i < key.n; i++) good = key.p[i] > 32 && key.p[i] < 127;
    return good;
}

/* Lines of a name, a tab and a key; blank ones, and those that begin with '#', say nothing. */
static syn_code read_editors(syn_arena *arena, const char *path, syn_serve_editors *out, syn_err *err)
{
    syn_buf file = {.max = MOST_FILE};
    syn_editor *list = SYN_NEW_ARRAY(arena, syn_editor, MOST_EDITORS);
    syn_str rest, line;
    size_t number = 0;
    if (!list) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    syn_code rc = read_file(path, &file, err);
    for (rest = syn_buf_str(&file); !rc && syn_split(&rest, '\n', &line);) {
        size_t tab = syn_find_byte(line, '\t', 0);
        number++;
        if (!syn_trim(line).n || line.p[0] == '#') continue;
        syn_str name = syn_trim(syn_slice(line, 0, tab));
        syn_str key = tab == SIZE_MAX ? (syn_str){"", 0} : syn_trim(syn_slice(line, tab, line.n));
        if (!name.n || name.n > MOST_NAME || !syn_utf8_valid(name) || !good_key(key))
            rc = syn_fail(err, SYN_EFORMAT, 0, "%s: line %zu is no name, tab and key of %d to %d letters and digits",
                          path, number, LEAST_KEY, MOST_KEY);
        else if (out->n == MOST_EDITORS)
            rc = syn_fail(err, SYN_ELIMIT, 0, "%s: more than %d editors", path, MOST_EDITORS);
        else
            list[out->n++] = (syn_editor){syn_dup(arena, name), syn_dup(arena, key)};
    }
    syn_buf_free(&file);
    if (!rc && !out->n) rc = syn_fail(err, SYN_EFORMAT, 0, "%s: no editor", path);
    if (!rc && arena->failed) rc = syn_fail(err, SYN_ENOMEM, 0, "no memory");
    out->list = list;
    return rc;
}

/* ---- what they say ---- */

typedef struct portal {
    const syn_engine *engine;
    const char *path;
} portal;

/* The store is opened for each word: other programs write to it between two. */
static syn_code say(void *context, const syn_word *word, syn_err *err)
{
    const portal *p = context;
    syn_desk *desk = NULL;
    int64_t n;
    syn_code rc = synoptic_desk_open(p->engine, p->path, false, &desk, err);
    if (!rc && word->kind == SYN_WORD_APART) rc = synoptic_desk_part(desk, word->a, word->who, word->why, &n, err);
    if (!rc && word->kind == SYN_WORD_TOGETHER)
        rc = synoptic_desk_judge(desk, word->a, word->b, true, word->who, word->why, &n, err);
    if (!rc && word->kind == SYN_WORD_WITHDRAW) rc = synoptic_desk_withdraw(desk, word->n, err);
    synoptic_desk_close(desk);
    return rc;
}

syn_code synoptic_serve(const syn_engine *engine, const char *path, const char *address, uint16_t port,
                        const char *editors, const volatile int *stop, syn_sink *ready, void *context, syn_err *err)
{
    portal p = {engine, path};
    syn_arena mem = {.limit = SYN_MAX_PAGE};
    syn_serve_editors allowed = {.say = say, .context = &p};
    syn_code rc = editors ? read_editors(&mem, editors, &allowed, err) : SYN_OK;
    if (!rc)
        rc = syn_serve_run(&(syn_serve_options){.lex = engine->lex,
                                                .store = path,
                                                .address = address,
                                                .port = port,
                                                .editors = editors ? &allowed : NULL,
                                                .stop = stop,
                                                .ready = ready,
                                                .context = context},
                           err);
    syn_arena_free(&mem);
    return rc;
}
