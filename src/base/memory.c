/* memory.c - stage 0: errors, arenas and buffers. */
#include "base.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const code_names[] = {"ok",      "invalid", "no memory", "limit",     "input/output", "format",
                                         "no text", "store",   "version",   "not found", "busy"};

const char *syn_code_name(syn_code code)
{
    return (size_t)code < SYN_COUNT(code_names) ? code_names[code] : "unknown";
}

syn_code syn_fail(syn_err *err, syn_code code, size_t offset, const char *format, ...)
{
    if (err && err->code == SYN_OK) {
        va_list ap;
        err->code = code;
        err->offset = offset;
        va_start(ap, format);
        vsnprintf(err->line, sizeof err->line, format, ap);
        va_end(ap);
        for (char *p = err->line; *p; p++)
            if ((unsigned char)*p < ' ') *p = ' '; /* one line, whatever a file's name holds */
    }
    return code;
}

/* ---- arenas ---- */

typedef struct syn_chunk {
    struct syn_chunk *next;
    size_t size, used; /* of data */
    _Alignas(max_align_t) char data[];
} syn_chunk;

enum { FIRST_CHUNK = 16 << 10, MOST_CHUNK = 4 << 20, ALIGN = _Alignof(max_align_t) };

void *syn_alloc(syn_arena *arena, size_t n)
{
    if (n > SIZE_MAX / 2) goto refused;
    n = n ? (n + ALIGN - 1) / ALIGN * ALIGN : ALIGN;
    if (arena->limit && (arena->used > arena->limit || n > arena->limit - arena->used)) goto refused;
    syn_chunk *c = arena->chunk;
    if (!c || n > c->size - c->used) {
        size_t size = c ? c->size * 2 : FIRST_CHUNK;
        if (size > MOST_CHUNK) size = MOST_CHUNK;
        if (size < n) size = n;
        syn_chunk *fresh = malloc(sizeof *fresh + size);
        if (!fresh) goto refused;
        fresh->size = size;
        fresh->used = 0;
        if (c && n > MOST_CHUNK / 2) { /* a huge block stands behind, so that the current chunk keeps its room */
            fresh->next = c->next;
            c->next = fresh;
        } else {
            fresh->next = c;
            arena->chunk = fresh;
        }
        c = fresh;
    }
    void *p = c->data + c->used;
    c->used += n;
    arena->used += n;
    return memset(p, 0, n);
refused:
    arena->failed = true;
    return NULL;
}

void *syn_alloc_array(syn_arena *arena, size_t count, size_t size)
{
    size_t n;
    if (__builtin_mul_overflow(count, size, &n)) {
        arena->failed = true;
        return NULL;
    }
    return syn_alloc(arena, n);
}

syn_str syn_dup(syn_arena *arena, syn_str s)
{
    char *p = s.n < SIZE_MAX ? syn_alloc(arena, s.n + 1) : NULL;
    if (!p) return (syn_str){"", 0};
    if (s.n) memcpy(p, s.p, s.n);
    return (syn_str){p, s.n};
}

syn_str syn_arena_format(syn_arena *arena, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    char *p = n >= 0 ? syn_alloc(arena, (size_t)n + 1) : NULL;
    if (!p) return (syn_str){"", 0};
    va_start(ap, format);
    vsnprintf(p, (size_t)n + 1, format, ap);
    va_end(ap);
    return (syn_str){p, (size_t)n};
}

bool syn_grow(syn_arena *arena, void *items, size_t *cap, size_t need, size_t size)
{
    void *old;
    memcpy(&old, items, sizeof old);
    if (need <= *cap) return true;
    size_t more = *cap ? *cap + *cap / 2 + 8 : 16;
    if (more < need) more = need;
    void *fresh = syn_alloc_array(arena, more, size);
    if (!fresh) return false;
    if (*cap) memcpy(fresh, old, *cap * size);
    memcpy(items, &fresh, sizeof fresh);
    *cap = more;
    return true;
}

void syn_arena_reset(syn_arena *arena)
{
    syn_chunk *keep = NULL;
    for (syn_chunk *c = arena->chunk, *next; c; c = next) {
        next = c->next;
        if (c->size <= MOST_CHUNK && (!keep || c->size > keep->size)) {
            free(keep);
            keep = c;
        } else {
            free(c);
        }
    }
    if (keep) {
        keep->next = NULL;
        keep->used = 0;
    }
    arena->chunk = keep;
    arena->used = 0;
    arena->failed = false;
}

void syn_arena_free(syn_arena *arena)
{
    for (syn_chunk *c = arena->chunk, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    arena->chunk = NULL;
    arena->used = 0;
}

/* ---- buffers ---- */

static char *room(syn_buf *b, size_t more)
{
    size_t max = b->max ? b->max : SYN_MAX_BUFFER;
    if (b->failed || more >= max || b->n > max - more - 1) {
        b->failed = true;
        return NULL;
    }
    if (b->n + more + 1 > b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 256;
        if (cap < b->n + more + 1) cap = b->n + more + 1;
        if (cap > max) cap = max;
        char *p = realloc(b->p, cap);
        if (!p) {
            b->failed = true;
            return NULL;
        }
        b->p = p;
        b->cap = cap;
    }
    return b->p + b->n;
}

void syn_buf_add(syn_buf *b, syn_str s)
{
    char *p = room(b, s.n);
    if (!p) return;
    if (s.n) memcpy(p, s.p, s.n);
    p[s.n] = 0;
    b->n += s.n;
}

void syn_buf_z(syn_buf *b, const char *z)
{
    syn_buf_add(b, syn_str_of(z));
}
void syn_buf_c(syn_buf *b, char c)
{
    syn_buf_add(b, (syn_str){&c, 1});
}

void syn_buf_utf8(syn_buf *b, uint32_t cp)
{
    char c[4];
    syn_buf_add(b, (syn_str){c, syn_utf8_put(c, cp)});
}

void syn_buf_format(syn_buf *b, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    char *p = n >= 0 ? room(b, (size_t)n) : NULL;
    if (!p) return;
    va_start(ap, format);
    vsnprintf(p, (size_t)n + 1, format, ap);
    va_end(ap);
    b->n += (size_t)n;
}

void syn_buf_clear(syn_buf *b)
{
    b->n = 0;
    b->failed = false;
    if (b->p) b->p[0] = 0;
}

void syn_buf_free(syn_buf *b)
{
    free(b->p);
    b->p = NULL;
    b->n = b->cap = 0;
}
