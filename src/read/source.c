/* source.c - stage 2: where pages come from: files, folders in sorted order, archives, standard input.  One file is
   open at a time and one page held; a folder costs its names. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input.h"

typedef struct folder {
    char *path;
    char **names; /* sorted by bytes */
    size_t n, at;
    dev_t device;
    ino_t inode;
} folder;

struct syn_source {
    char **paths;
    size_t npaths, at;
    folder folders[SYN_MAX_FOLDER_DEPTH];
    int depth;
    syn_input *input;
    bool archive; /* input is open on one */
    bool lines;   /* of JSON, else of WARC */
    char *id;     /* of the file at hand */
    size_t record;
    syn_buf body, name; /* the page's bytes; "path#N" */
    syn_arena scratch;
};

static char *copy_of(syn_str s)
{
    char *p = malloc(s.n + 1);
    if (!p) return NULL;
    if (s.n) memcpy(p, s.p, s.n);
    p[s.n] = 0;
    return p;
}

syn_code syn_source_open(const syn_str *paths, size_t n, syn_source **out, syn_err *err)
{
    syn_source *s = calloc(1, sizeof *s);
    if (s) s->paths = calloc(n ? n : 1, sizeof *s->paths);
    if (!s || !s->paths) {
        free(s);
        return syn_fail(err, SYN_ENOMEM, 0, "no memory to walk the paths");
    }
    s->body.max = SYN_MAX_PAGE;
    s->name.max = 1 << 16;
    syn_code rc = syn_input_new(&s->input, err);
    if (rc) {
        syn_source_close(s);
        return rc;
    }
    for (size_t i = 0; i < n; i++, s->npaths++) {
        s->paths[i] = copy_of(paths[i]);
        if (s->paths[i]) continue;
        syn_source_close(s);
        return syn_fail(err, SYN_ENOMEM, 0, "no memory to walk the paths");
    }
    *out = s;
    return SYN_OK;
}

static void leave_folder(syn_source *s)
{
    folder *f = &s->folders[--s->depth];
    for (size_t i = 0; i < f->n; i++) free(f->names[i]);
    free(f->names);
    free(f->path);
    *f = (folder){0};
}

static void close_archive(syn_source *s)
{
    syn_input_end(s->input);
    s->archive = false;
}

void syn_source_close(syn_source *s)
{
    if (!s) return;
    syn_input_free(s->input);
    while (s->depth) leave_folder(s);
    for (size_t i = 0; i < s->npaths; i++) free(s->paths[i]);
    free(s->paths);
    free(s->id);
    syn_buf_free(&s->body);
    syn_buf_free(&s->name);
    syn_arena_free(&s->scratch);
    free(s);
}

static const char *reason(int number)
{
    switch (number) {
    case ENOENT:
        return "No such file";
    case ENOTDIR:
        return "No such file";
    case EACCES:
        return "Permission denied";
    case EPERM:
        return "Permission denied";
    case ELOOP:
        return "links in a circle";
    case EMFILE:
    case ENFILE:
        return "too many open files";
    case ENAMETOOLONG:
        return "the name is too long";
    default:
        return "cannot be opened";
    }
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static syn_code enter_folder(syn_source *s, const char *path, const struct stat *st, syn_err *err)
{
    if (s->depth == SYN_MAX_FOLDER_DEPTH) return syn_fail(err, SYN_ELIMIT, 0, "%s: folders nested too deep", path);
    for (int i = 0; i < s->depth; i++) {
        if (s->folders[i].device == st->st_dev && s->folders[i].inode == st->st_ino)
            return syn_fail(err, SYN_ELIMIT, 0, "%s: a folder within itself", path);
    }
    DIR *d = opendir(path);
    if (!d) return syn_fail(err, SYN_EIO, 0, "%s: %s", path, reason(errno));
    folder *f = &s->folders[s->depth];
    *f = (folder){.path = copy_of(syn_str_of(path)), .device = st->st_dev, .inode = st->st_ino};
    size_t cap = 0;
    bool failed = !f->path;
    for (struct dirent *e; !failed && (e = readdir(d));) {
        if (e->d_name[0] == '.') continue;
        if (f->n == cap) {
            cap = cap ? 2 * cap : 64;
            char **more = realloc(f->names, cap * sizeof *more);
            if (more) f->names = more;
            failed = !more;
        }
        if (!failed) failed = !(f->names[f->n] = copy_of(syn_str_of(e->d_name)));
        if (!failed) f->n++;
    }
    closedir(d);
    s->depth++;
    if (failed) {
        leave_folder(s);
        return syn_fail(err, SYN_ENOMEM, 0, "%s: no memory to walk it", path);
    }
    if (f->n) qsort(f->names, f->n, sizeof *f->names, by_bytes);
    return SYN_OK;
}

/* Within a folder only names that pages have, or none, are looked at, and pictures and the like, which are reported. */
static bool looked_at(const char *name)
{
    static const char *const ENDS[] = {"html", "htm",  "xhtml", "shtml", "mhtml", "php", "asp",   "aspx",  "jsp", "cgi",
                                       "txt",  "text", "xml",   "rss",   "atom",  "rdf", "json",  "warc",  "wet", "png",
                                       "jpg",  "jpeg", "gif",   "webp",  "avif",  "bmp", "ico",   "svg",   "pdf", "zip",
                                       "mp3",  "mp4",  "doc",   "docx",  "bin",   "exe", "jsonl", "ndjson"};
    syn_str s = syn_str_of(name);
    for (int packed = 0; packed < 2; packed++) {
        size_t dot = s.n;
        while (dot && s.p[dot - 1] != '.') dot--;
        if (!dot) return true;
        syn_str end = syn_slice(s, dot, s.n);
        size_t query = syn_find_byte(end, '?', 0);
        if (query != SIZE_MAX) end.n = query;
        if (syn_str_ieq(end, SYN_STR("gz")) || syn_str_ieq(end, SYN_STR("zst"))) {
            s.n = dot - 1;
            continue;
        }
        for (size_t i = 0; i < SYN_COUNT(ENDS); i++) {
            if (syn_str_ieq(end, syn_str_of(ENDS[i]))) return true;
        }
        return false;
    }
    return false;
}

static syn_code rest_of(syn_input *in, syn_str id, syn_buf *body, syn_err *err)
{
    syn_err cause = {0};
    syn_buf_clear(body);
    syn_code rc = syn_input_rest(in, body, &cause);
    syn_input_end(in);
    if (!rc && !body->n) rc = syn_fail(&cause, SYN_EFORMAT, 0, "empty file");
    return rc ? syn_fail(err, rc, cause.offset, "%.*s: %s", SYN_FMT(id), cause.line) : SYN_OK;
}

syn_code syn_unpacker_new(syn_unpacker **out, syn_err *err)
{
    return syn_input_new(out, err);
}

void syn_unpacker_free(syn_unpacker *u)
{
    syn_input_free(u);
}

syn_code syn_unpack_file(syn_unpacker *u, int fd, syn_str id, syn_buf *body, syn_err *err)
{
    syn_input_open(u, fd);
    return rest_of(u, id, body, err);
}

/* Open the file at hand.  An archive stays open; of others the page is read, or left to the caller where he takes it.
 */
static syn_code read_file(syn_source *s, syn_page *page, int *file, syn_err *err)
{
    int fd = STDIN_FILENO;
    page->id = syn_str_of(s->id);
    if (strcmp(s->id, "-") != 0 && (fd = open(s->id, O_RDONLY | O_CLOEXEC)) < 0) {
        return syn_fail(err, SYN_EIO, 0, "%s: %s", s->id, reason(errno));
    }
    syn_str head = {0};
    syn_input_open(s->input, fd);
    syn_code rc = syn_input_peek(s->input, 16, &head, NULL);
    bool warc = !rc && syn_starts(head, SYN_STR("WARC/"));
    s->lines = !rc && !warc && syn_lines_are(s->input);
    if (warc || s->lines) {
        s->archive = true;
        s->record = 0;
        return SYN_OK;
    }
    if (file && fd != STDIN_FILENO && lseek(fd, 0, SEEK_SET) == 0) {
        *file = syn_input_take(s->input);
        return SYN_OK;
    }
    rc = rest_of(s->input, page->id, &s->body, err); /* what looking at it failed for fails it again */
    page->bytes = syn_buf_str(&s->body);
    return rc;
}

static syn_code next_record(syn_source *s, syn_page *page, bool *over, syn_err *err)
{
    bool broken;
    syn_err cause = {0};
    syn_code rc = s->lines ? syn_lines_next(s->input, &s->body, page, &broken, &cause)
                           : syn_warc_next(s->input, &s->scratch, &s->body, page, &broken, &cause);
    *over = rc == SYN_ENOTFOUND;
    if (rc && broken) close_archive(s);
    if (*over) return SYN_OK;
    syn_buf_clear(&s->name);
    syn_buf_format(&s->name, "%s#%zu", s->id, ++s->record);
    page->id = syn_buf_str(&s->name);
    if (rc) return syn_fail(err, rc, cause.offset, "%.*s: %s", SYN_FMT(page->id), cause.line);
    page->bytes = syn_buf_str(&s->body);
    return SYN_OK;
}

/* The next path of the walk into s->id: SYN_ENOTFOUND at the end; *named: the caller named it himself. */
static syn_code next_path(syn_source *s, bool *named, syn_err *err)
{
    free(s->id);
    s->id = NULL;
    while (s->depth) {
        folder *f = &s->folders[s->depth - 1];
        if (f->at == f->n) {
            leave_folder(s);
            continue;
        }
        const char *name = f->names[f->at++];
        size_t n = strlen(f->path), m = strlen(name);
        bool slash = n && f->path[n - 1] == '/';
        s->id = malloc(n + m + 2);
        if (!s->id) return syn_fail(err, SYN_ENOMEM, 0, "no memory for a path");
        memcpy(s->id, f->path, n);
        if (!slash) s->id[n++] = '/';
        memcpy(s->id + n, name, m + 1);
        *named = false;
        return SYN_OK;
    }
    if (s->at == s->npaths) return SYN_ENOTFOUND;
    s->id = copy_of(syn_str_of(s->paths[s->at++]));
    *named = true;
    return s->id ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "no memory for a path");
}

syn_code syn_source_next(syn_source *s, syn_page *page, syn_err *err)
{
    return syn_source_walk(s, page, NULL, err);
}

syn_code syn_source_walk(syn_source *s, syn_page *page, int *file, syn_err *err)
{
    if (file) *file = -1;
    for (;;) {
        *page = (syn_page){0};
        if (s->archive) {
            bool over;
            syn_code rc = next_record(s, page, &over, err);
            if (!over) return rc;
        }
        bool named;
        syn_code rc = next_path(s, &named, err);
        if (rc) return rc;
        page->id = syn_str_of(s->id);
        struct stat st = {0};
        if (strcmp(s->id, "-") != 0) {
            if (stat(s->id, &st) < 0) return syn_fail(err, SYN_EIO, 0, "%s: %s", s->id, reason(errno));
            if (S_ISDIR(st.st_mode)) {
                rc = enter_folder(s, s->id, &st, err);
                if (rc) return rc;
                continue;
            }
            size_t slash = strlen(s->id);
            while (slash && s->id[slash - 1] != '/') slash--;
            if (!named && (!S_ISREG(st.st_mode) || !looked_at(s->id + slash))) continue;
        }
        rc = read_file(s, page, file, err);
        if (rc || !s->archive) return rc;
    }
}
