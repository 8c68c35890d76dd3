/* door.c - stage 9: who may say what belongs together: editors' keys, the passes they get for them, where a request
   comes from.  A pass is 256 random bits in a cookie and lives in this process; a second random value in every form
   shows that the form is ours. */
#include "internal.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

enum { PASSES = 64, PASS_SECONDS = 12 * 3600, KEY_ROOM = 256 };

typedef struct pass {
    char id[SYN_PASS + 1], seal[SYN_PASS + 1];
    size_t editor;
    int64_t until; /* seconds of the monotonic clock; 0: free */
} pass;

struct syn_door {
    const syn_serve_editors *editors;
    pthread_mutex_t lock;   /* of passes */
    pthread_mutex_t saying; /* one word at a time */
    pass passes[PASSES];
};

syn_code syn_serve_door_new(const syn_serve_editors *editors, syn_door **out, syn_err *err)
{
    syn_door *d = calloc(1, sizeof *d);
    if (!d) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    d->editors = editors;
    pthread_mutex_init(&d->lock, NULL);
    pthread_mutex_init(&d->saying, NULL);
    *out = d;
    return SYN_OK;
}

void syn_serve_door_free(syn_door *d)
{
    if (!d) return;
    pthread_mutex_destroy(&d->lock);
    pthread_mutex_destroy(&d->saying);
    free(d);
}

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec + 1;
}

static bool random_text(char out[SYN_PASS + 1])
{
    unsigned char bytes[SYN_PASS / 2];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) return false;
    for (size_t i = 0; i < sizeof bytes; i++) {
        out[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
    }
    out[SYN_PASS] = 0;
    return true;
}

/* In a time that depends on neither. */
static bool same_secret(syn_str a, syn_str b)
{
    unsigned differ = a.n != b.n || a.n > KEY_ROOM;
    for (size_t i = 0; i < KEY_ROOM; i++) {
        unsigned x = i < a.n ? (unsigned char)a.p[i] : 0, y = i < b.n ? (unsigned char)b.p[i] : 0;
        differ |= x ^ y;
    }
    return !differ;
}

bool syn_serve_door_enter(syn_door *d, syn_str key, char id[SYN_PASS + 1])
{
    size_t who = SIZE_MAX, oldest = 0;
    pass fresh = {.until = now() + PASS_SECONDS};
    for (size_t i = 0; i < d->editors->n; i++)
        if (same_secret(d->editors->list[i].key, key)) who = i;
    if (who == SIZE_MAX || !random_text(fresh.id) || !random_text(fresh.seal)) return false;
    fresh.editor = who;
    pthread_mutex_lock(&d->lock);
    for (size_t i = 1; i < PASSES; i++)
        if (d->passes[i].until < d->passes[oldest].until) oldest = i;
    d->passes[oldest] = fresh;
    pthread_mutex_unlock(&d->lock);
    memcpy(id, fresh.id, SYN_PASS + 1);
    return true;
}

/* The cookie's pass; under the lock. */
static pass *find(syn_door *d, syn_str cookies)
{
    syn_str one;
    while (syn_split(&cookies, ';', &one)) {
        one = syn_trim(one);
        if (!syn_starts(one, SYN_STR(SYN_PASS_COOKIE "="))) continue;
        syn_str id = syn_slice(one, sizeof SYN_PASS_COOKIE, one.n);
        for (size_t i = 0; i < PASSES; i++) {
            pass *p = &d->passes[i];
            if (p->until > now() && same_secret((syn_str){p->id, SYN_PASS}, id)) return p;
        }
    }
    return NULL;
}

bool syn_serve_door_knows(syn_door *d, syn_str cookies, syn_arena *arena, syn_str *name, syn_str *seal)
{
    if (!cookies.n) return false;
    pthread_mutex_lock(&d->lock);
    const pass *p = find(d, cookies);
    if (p) {
        *name = d->editors->list[p->editor].name;
        *seal = syn_dup(arena, (syn_str){p->seal, SYN_PASS});
    }
    pthread_mutex_unlock(&d->lock);
    return p && !arena->failed;
}

void syn_serve_door_leave(syn_door *d, syn_str cookies)
{
    pthread_mutex_lock(&d->lock);
    pass *p = find(d, cookies);
    if (p) *p = (pass){.until = 0};
    pthread_mutex_unlock(&d->lock);
}

bool syn_serve_sealed(syn_str seal, syn_str given)
{
    return seal.n == SYN_PASS && same_secret(seal, given);
}

/* Browsers say where a form comes from; who says nothing is no browser that could be made to send one. */
bool syn_serve_from_here(const syn_request *r)
{
    syn_str origin = r->origin;
    if (r->fetch_site.n && !syn_str_is(r->fetch_site, "same-origin")) return false;
    if (!origin.n) return true;
    size_t at = syn_find(origin, SYN_STR("://"), 0);
    return at != SIZE_MAX && r->host.n && syn_str_ieq(syn_slice(origin, at + 3, origin.n), r->host);
}

syn_code syn_serve_say_word(syn_door *d, const syn_word *word, syn_err *err)
{
    pthread_mutex_lock(&d->saying);
    syn_code rc = d->editors->say(d->editors->context, word, err);
    pthread_mutex_unlock(&d->saying);
    return rc;
}
