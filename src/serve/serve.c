/* serve.c - stage 9: sockets and libmicrohttpd: from a connection to a request, from an answer to a response. */
#include "internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#define SYN_SERVE_CONNECTIONS 512 /* at once */
#define SYN_SERVE_PER_ADDRESS 128 /* of one client at once */
#define SYN_SERVE_IDLE 20         /* seconds */
#define SYN_SERVE_ROOMS 8
#define SYN_SERVE_MEMORY ((size_t)512 << 20) /* bytes that one answer may need */
#define SYN_SERVE_BODY ((size_t)64 << 20)    /* bytes of one answer */
#define LEAST_SQUEEZED 1024                  /* bytes of an answer that is worth it */
#define SYN_SERVE_FORM ((size_t)16 << 10)    /* bytes of what an editor sends */

typedef struct server {
    const syn_serve_options *options;
    struct MHD_Daemon *daemon;
    syn_room rooms[SYN_SERVE_ROOMS];
    size_t nrooms;
    pthread_mutex_t lock; /* of taken */
    pthread_cond_t free;
    syn_door *door; /* NULL: nobody may say anything */
} server;

/* ---- rooms ---- */

static syn_code furnish(server *s, size_t n, syn_err *err)
{
    syn_code code = SYN_OK;
    for (; s->nrooms < n && !code; s->nrooms++) {
        syn_room *room = &s->rooms[s->nrooms];
        room->lex = s->options->lex;
        room->door = s->door;
        room->mem.limit = SYN_SERVE_MEMORY;
        code = syn_store_open_to_read(s->options->store, room->lex, &room->store, err);
        if (!code) code = syn_texter_new(room->lex, &room->texter, err);
    }
    return code;
}

static void clear_out(server *s)
{
    for (size_t i = 0; i < s->nrooms; i++) {
        syn_room *room = &s->rooms[i];
        for (size_t k = 0; k < SYN_SERVE_UI; k++) syn_view_close(room->views[k]);
        syn_texter_free(room->texter);
        syn_store_close(room->store);
        syn_arena_free(&room->mem);
    }
}

static syn_room *enter(server *s)
{
    syn_room *room = NULL;
    pthread_mutex_lock(&s->lock);
    while (!room) {
        for (size_t i = 0; i < s->nrooms && !room; i++)
            if (!s->rooms[i].taken) room = &s->rooms[i];
        if (!room) pthread_cond_wait(&s->free, &s->lock);
    }
    room->taken = true;
    pthread_mutex_unlock(&s->lock);
    return room;
}

static void leave(server *s, syn_room *room)
{
    pthread_mutex_lock(&s->lock);
    room->taken = false;
    pthread_cond_signal(&s->free);
    pthread_mutex_unlock(&s->lock);
}

/* ---- one request ---- */

static syn_str argument(struct MHD_Connection *connection, enum MHD_ValueKind kind, const char *name)
{
    const char *value = NULL;
    size_t n = 0;
    if (MHD_lookup_connection_value_n(connection, kind, name, strlen(name), &value, &n) != MHD_YES || !value)
        return (syn_str){NULL, 0};
    return (syn_str){value, n};
}

static void add_headers(struct MHD_Response *response, const syn_answer *a, const char *tag)
{
    static const char *const always[][2] = {
        {"Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
                                    "base-uri 'none'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
    };
    const char *kept = a->forever    ? "public, max-age=31536000, immutable"
                       : a->personal ? "private, no-cache"
                                     : "no-cache";
    for (size_t i = 0; i < SYN_COUNT(always); i++) MHD_add_response_header(response, always[i][0], always[i][1]);
    MHD_add_response_header(response, "Content-Type", a->type);
    MHD_add_response_header(response, "Cache-Control", kept);
    MHD_add_response_header(response, "Vary",
                            a->personal ? "Accept-Encoding, Accept-Language, Cookie"
                                        : "Accept-Encoding, Accept-Language");
    /* without a referrer browsers do not say where a form comes from */
    MHD_add_response_header(response, "Referrer-Policy", a->personal ? "same-origin" : "no-referrer");
    if (a->cookie[0]) MHD_add_response_header(response, "Set-Cookie", a->cookie);
    if (tag[0]) MHD_add_response_header(response, "ETag", tag);
    if (a->file[0]) {
        char named[80];
        snprintf(named, sizeof named, "attachment; filename=\"%s\"", a->file);
        MHD_add_response_header(response, "Content-Disposition", named);
    }
    if (a->location[0]) MHD_add_response_header(response, "Location", a->location);
    if (a->status == 405) MHD_add_response_header(response, "Allow", "GET, HEAD");
}

/* Small answers, and those that hold an editor's seal, go as they are (BREACH: what is compressed beside what a
   stranger chooses can be guessed). */
static bool squeeze(syn_buf *body)
{
    z_stream z = {0};
    if (body->n < LEAST_SQUEEZED || deflateInit2(&z, 5, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    uLong most = deflateBound(&z, (uLong)body->n);
    char *out = malloc(most);
    z.next_in = (unsigned char *)body->p, z.avail_in = (unsigned)body->n;
    z.next_out = (unsigned char *)out, z.avail_out = (unsigned)most;
    bool done = out && deflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out < body->n;
    size_t n = z.total_out;
    deflateEnd(&z);
    if (!done) {
        free(out);
        return false;
    }
    memcpy(body->p, out, n);
    body->n = n;
    free(out);
    return true;
}

/* Hands the body's memory over. */
static enum MHD_Result respond(struct MHD_Connection *connection, syn_answer *a)
{
    char tag[24] = "";
    syn_str known = argument(connection, MHD_HEADER_KIND, "If-None-Match");
    if (a->status == 200) {
        snprintf(tag, sizeof tag, "W/\"%016llx\"", (unsigned long long)syn_hash(syn_buf_str(&a->body), 0));
        if (known.n && syn_find(known, syn_str_of(tag + 2), 0) != SIZE_MAX) {
            a->status = 304;
            a->body.n = 0;
        }
    }
    syn_str accepts = argument(connection, MHD_HEADER_KIND, "Accept-Encoding");
    bool squeezed = !a->sealed && syn_find(accepts, SYN_STR("gzip"), 0) != SIZE_MAX && squeeze(&a->body);
    struct MHD_Response *response = MHD_create_response_from_buffer(a->body.n, a->body.p, MHD_RESPMEM_MUST_FREE);
    if (!response) {
        syn_buf_free(&a->body);
        return MHD_NO;
    }
    add_headers(response, a, tag);
    if (squeezed) MHD_add_response_header(response, "Content-Encoding", "gzip");
    enum MHD_Result queued = MHD_queue_response(connection, (unsigned)a->status, response);
    MHD_destroy_response(response);
    return queued;
}

/* What a request sends, as it comes in. */
typedef struct upload {
    syn_buf form;
} upload;

static void on_end(void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode why)
{
    upload *u = *state;
    (void)context;
    (void)connection;
    (void)why;
    if (u) syn_buf_free(&u->form);
    free(u);
    *state = NULL;
}

static syn_str header(struct MHD_Connection *connection, const char *name)
{
    return argument(connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *sent, size_t *nsent, void **state)
{
    server *s = context;
    upload *u = *state;
    bool post = !strcmp(method, "POST");
    (void)version;
    if (!u) { /* MHD asks for an answer after the head */
        u = calloc(1, sizeof *u);
        if (u) u->form.max = SYN_SERVE_FORM;
        *state = u;
        return u ? MHD_YES : MHD_NO;
    }
    if (*nsent) { /* what nobody may send is read and dropped */
        if (post && s->door) syn_buf_add(&u->form, (syn_str){sent, *nsent});
        *nsent = 0;
        return MHD_YES;
    }
    size_t length = strlen(url);
    syn_request request = {
        .path = {url, length},
        .q = argument(connection, MHD_GET_ARGUMENT_KIND, "q"),
        .lang = argument(connection, MHD_GET_ARGUMENT_KIND, "lang"),
        .from = argument(connection, MHD_GET_ARGUMENT_KIND, "from"),
        .told = argument(connection, MHD_GET_ARGUMENT_KIND, "told"),
        .ui = argument(connection, MHD_GET_ARGUMENT_KIND, "ui"),
        .accept_language = header(connection, "Accept-Language"),
        .host = header(connection, "Host"),
        .cookie = header(connection, "Cookie"),
        .origin = header(connection, "Origin"),
        .fetch_site = header(connection, "Sec-Fetch-Site"),
        .body = syn_buf_str(&u->form),
        .read_only = !strcmp(method, "GET") || !strcmp(method, "HEAD"),
        .post = post,
        .secure = syn_str_is(header(connection, "X-Forwarded-Proto"), "https"),
        .whole = length <= SYN_MAX_URL && !u->form.failed,
    };
    syn_answer answer = {.body = {.max = SYN_SERVE_BODY}};
    syn_room *room = enter(s);
    syn_serve_answer(room, &request, &answer);
    leave(s, room);
    return respond(connection, &answer);
}

/* ---- listening ---- */

typedef union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
} address;

static syn_code parse_address(const char *text, uint16_t port, address *out, socklen_t *size, syn_err *err)
{
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, text, &out->v4.sin_addr) == 1) {
        out->v4.sin_family = AF_INET;
        out->v4.sin_port = htons(port);
        *size = sizeof out->v4;
    } else if (inet_pton(AF_INET6, text, &out->v6.sin6_addr) == 1) {
        out->v6.sin6_family = AF_INET6;
        out->v6.sin6_port = htons(port);
        *size = sizeof out->v6;
    } else
        return syn_fail(err, SYN_EINVAL, 0, "\"%.100s\" is no IPv4 or IPv6 address", text);
    return SYN_OK;
}

static syn_code listen_on(const char *text, uint16_t port, int *out, uint16_t *bound, syn_err *err)
{
    address a;
    socklen_t size;
    int yes = 1;
    syn_code code = parse_address(text, port, &a, &size, err);
    if (code) return code;
    int fd = socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return syn_fail(err, SYN_EIO, 0, "no socket: %s", strerror(errno));
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, &a.any, size) || listen(fd, 128) || getsockname(fd, &a.any, &size)) {
        int cause = errno;
        close(fd);
        if (cause == EADDRINUSE)
            return syn_fail(err, SYN_EBUSY, 0, "port %u of %s is taken: choose another", (unsigned)port, text);
        return syn_fail(err, SYN_EIO, 0, "%s port %u: %s", text, (unsigned)port, strerror(cause));
    }
    *out = fd;
    *bound = ntohs(a.any.sa_family == AF_INET ? a.v4.sin_port : a.v6.sin6_port);
    return SYN_OK;
}

static void announce(const syn_serve_options *o, const char *text, uint16_t port)
{
    char line[96];
    bool v6 = strchr(text, ':') != NULL;
    snprintf(line, sizeof line, v6 ? "http://[%.50s]:%u/" : "http://%.50s:%u/", text, (unsigned)port);
    if (o->ready) o->ready(o->context, syn_str_of(line));
}

static unsigned threads_of(const syn_serve_options *o)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned n = o->threads ? o->threads : cores > 0 ? (unsigned)cores : 1;
    return n > SYN_SERVE_ROOMS ? SYN_SERVE_ROOMS : n;
}

static syn_code start(server *s, int fd, syn_err *err)
{
    unsigned n = threads_of(s->options);
    syn_code code = furnish(s, n, err);
    if (code) return code;
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_ITC;
    s->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, n > 1 ? n : 0,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)SYN_SERVE_CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        (unsigned)SYN_SERVE_PER_ADDRESS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SYN_SERVE_IDLE,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32768, MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_END);
    return s->daemon ? SYN_OK : syn_fail(err, SYN_EIO, 0, "the HTTP server did not start");
}

syn_code syn_serve_run(const syn_serve_options *options, syn_err *err)
{
    const char *text = options->address ? options->address : "127.0.0.1";
    int fd = -1;
    uint16_t port = 0;
    server *s = calloc(1, sizeof *s);
    if (!s) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    s->options = options;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->free, NULL);
    syn_code code = options->editors ? syn_serve_door_new(options->editors, &s->door, err) : SYN_OK;
    if (!code) code = listen_on(text, options->port, &fd, &port, err);
    if (!code) code = start(s, fd, err);
    if (!code) {
        announce(options, text, port);
        while (!*options->stop) nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
        MHD_stop_daemon(s->daemon); /* closes fd */
    } else if (fd >= 0)
        close(fd);
    clear_out(s);
    syn_serve_door_free(s->door);
    pthread_cond_destroy(&s->free);
    pthread_mutex_destroy(&s->lock);
    free(s);
    return code;
}
