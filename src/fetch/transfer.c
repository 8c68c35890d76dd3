/* transfer.c - stage 2b: one request by libcurl, and what its answer means (RFC 9110). */
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>

#include "fetching.h"

enum {
    CONNECT_MS = 10000,
    SLOW_BYTES = 64, /* a second, and for how many seconds that is borne */
    SLOW_SECONDS = 20,
    SHRUG = 1 << 16 /* bytes of a failure's body that are read to keep the connection */
};

/* The last word on where a connection leads: the address itself, after every resolution and redirect. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    syn_job *job = context;
    (void)purpose;
    if (!job->host->allowed && !syn_fetch_public(&address->addr)) {
        job->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static int proxy_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    (void)context;
    (void)purpose;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static syn_str header_of(CURL *easy, const char *name)
{
    struct curl_header *h;
    return curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &h) == CURLHE_OK ? syn_str_of(h->value) : (syn_str){"", 0};
}

static int status_of(CURL *easy)
{
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    return (int)status;
}

static size_t take_header(char *p, size_t size, size_t n, void *context)
{
    syn_job *job = context;
    (void)p;
    job->head += size * n;
    if (job->head <= SYN_MAX_FETCH_HEADERS) return size * n;
    job->too_large = true;
    return 0;
}

static size_t take_body(char *p, size_t size, size_t n, void *context)
{
    syn_job *job = context;
    size_t bytes = size * n;
    int status = status_of(job->easy);
    if (status < 200 || status > 299) { /* nobody reads it */
        job->enough = (job->head += bytes) > SHRUG;
        return job->enough ? 0 : bytes;
    }
    if (job->robots_of) {
        size_t room = SYN_MAX_ROBOTS - job->body.n;
        job->enough = bytes > room;
        syn_buf_add(&job->body, (syn_str){p, job->enough ? room : bytes});
        return job->enough ? 0 : bytes;
    }
    if (!job->body.n && !syn_fetch_readable_type(header_of(job->easy, "Content-Type"))) {
        job->wrong_type = true;
        return 0;
    }
    if (bytes > SYN_MAX_PAGE - job->body.n) {
        job->too_large = true;
        return 0;
    }
    syn_buf_add(&job->body, (syn_str){p, bytes});
    return job->body.failed ? 0 : bytes;
}

static bool add_header(syn_job *job, const char *name, syn_str value)
{
    if (!value.n) return true;
    for (size_t i = 0; i < value.n; i++) {
        if ((unsigned char)value.p[i] < 32 || value.p[i] == 127) return true; /* not a value that was ever sent */
    }
    syn_str line = syn_arena_format(&job->mem, "%s: %.*s", name, SYN_FMT(value));
    struct curl_slist *more = job->mem.failed ? NULL : curl_slist_append(job->headers, line.p);
    if (more) job->headers = more;
    return more != NULL;
}

static bool set_up(syn_fetcher *f, syn_job *job)
{
    static const char ACCEPT[] = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,"
                                 "application/feed+json,application/xml;q=0.9,text/*;q=0.8,*/*;q=0.1";
    CURL *e = job->easy;
    const long whole = (long)f->options.timeout, connect = whole < CONNECT_MS ? whole : CONNECT_MS;
    const long slow = whole / 1000 < SLOW_SECONDS ? whole / 1000 + 1 : SLOW_SECONDS;
    const bool proxy = f->options.proxy.n > 0;
    bool ok = add_header(job, "Accept", syn_str_of(ACCEPT));
    if (!job->robots_of && !job->hops) {
        ok = ok && add_header(job, "If-None-Match", job->etag);
        ok = ok && add_header(job, "If-Modified-Since", job->modified);
    }
#define SET(option, value) ok = ok && curl_easy_setopt(e, option, value) == CURLE_OK
    SET(CURLOPT_URL, job->target.url.p);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_FOLLOWLOCATION, 0L); /* each hop is looked at first */
    SET(CURLOPT_USERAGENT, f->agent.p);
    SET(CURLOPT_HTTPHEADER, job->headers);
    SET(CURLOPT_ACCEPT_ENCODING, ""); /* all that this libcurl can unpack */
    SET(CURLOPT_PROXY, proxy ? f->options.proxy.p : "");
    SET(CURLOPT_NOPROXY, "");
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_NOPROGRESS, 1L);
    SET(CURLOPT_ERRORBUFFER, job->error);
    SET(CURLOPT_CONNECTTIMEOUT_MS, connect);
    SET(CURLOPT_TIMEOUT_MS, whole);
    SET(CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    SET(CURLOPT_LOW_SPEED_TIME, slow);
    SET(CURLOPT_OPENSOCKETFUNCTION, proxy ? (curl_opensocket_callback)proxy_socket : open_socket);
    SET(CURLOPT_OPENSOCKETDATA, job);
    SET(CURLOPT_HEADERFUNCTION, take_header);
    SET(CURLOPT_HEADERDATA, job);
    SET(CURLOPT_WRITEFUNCTION, take_body);
    SET(CURLOPT_WRITEDATA, job);
    SET(CURLOPT_PRIVATE, job);
    if (!job->robots_of) SET(CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)SYN_MAX_PAGE);
#undef SET
    return ok;
}

syn_code syn_transfer_start(syn_fetcher *f, syn_job *job, syn_err *err)
{
    syn_buf_clear(&job->body);
    job->body.max = SYN_MAX_PAGE + 1; /* with its NUL */
    job->head = 0;
    job->refused = job->too_large = job->wrong_type = job->enough = false;
    job->error[0] = 0;
    job->easy = curl_easy_init();
    if (job->easy && set_up(f, job) && curl_multi_add_handle(f->multi, job->easy) == CURLM_OK) return SYN_OK;
    curl_easy_cleanup(job->easy);
    curl_slist_free_all(job->headers);
    job->easy = NULL;
    job->headers = NULL;
    return syn_fail(err, SYN_ENOMEM, 0, "%s: the request cannot be made", syn_fetch_shown(job->asked).z);
}

void syn_transfer_end(syn_fetcher *f, syn_job *job)
{
    if (!job->easy) return;
    curl_multi_remove_handle(f->multi, job->easy);
    curl_easy_cleanup(job->easy);
    curl_slist_free_all(job->headers);
    job->easy = NULL;
    job->headers = NULL;
}

static void fail(syn_verdict *v, syn_code code, bool temporary, bool again, const char *why)
{
    v->outcome = GOT_FAILURE;
    v->code = code;
    v->temporary = temporary;
    v->again = again;
    snprintf(v->why, sizeof v->why, "%s", why);
}

/* The transfer itself failed. */
static void judge_result(const syn_fetcher *f, const syn_job *job, CURLcode result, syn_verdict *v)
{
    if (job->too_large || result == CURLE_FILESIZE_EXCEEDED) {
        bool head = job->head > SYN_MAX_FETCH_HEADERS;
        fail(v, SYN_ELIMIT, false, false, "");
        snprintf(v->why, sizeof v->why, head ? "more than %zu bytes of headers" : "larger than %zu bytes",
                 head ? SYN_MAX_FETCH_HEADERS : SYN_MAX_PAGE);
        return;
    }
    if (job->wrong_type) {
        syn_str type = syn_utf8_head(header_of(job->easy, "Content-Type"), 60);
        fail(v, SYN_EFORMAT, false, false, "");
        snprintf(v->why, sizeof v->why, "of type %.*s, which holds no article", SYN_FMT(type));
        return;
    }
    if (job->refused && (result == CURLE_COULDNT_CONNECT || result == CURLE_COULDNT_RESOLVE_HOST)) {
        fail(v, SYN_EINVAL, false, false, "");
        snprintf(v->why, sizeof v->why, "%.100s is at a private address and not among the hosts allowed",
                 job->host->name);
        return;
    }
    switch (result) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        fail(v, SYN_EIO, true, false, "no such host");
        break;
    case CURLE_COULDNT_CONNECT:
        fail(v, SYN_EIO, true, true, "cannot connect");
        break;
    case CURLE_OPERATION_TIMEDOUT:
        fail(v, SYN_ELIMIT, true, false, "");
        snprintf(v->why, sizeof v->why, "%s within %u.%u seconds", job->head ? "not complete" : "no answer",
                 f->options.timeout / 1000, f->options.timeout / 100 % 10);
        break;
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        fail(v, SYN_EIO, true, true, "the answer broke off");
        break;
    case CURLE_GOT_NOTHING:
        fail(v, SYN_EIO, true, true, "an empty answer");
        break;
    case CURLE_BAD_CONTENT_ENCODING:
        fail(v, SYN_EFORMAT, false, false, "a body whose compression is damaged");
        break;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
        fail(v, SYN_EFORMAT, false, false, "no answer of HTTP");
        break;
    case CURLE_PEER_FAILED_VERIFICATION:
        fail(v, SYN_EIO, true, false, "its certificate is not to be trusted");
        break;
    case CURLE_WRITE_ERROR:
    case CURLE_OUT_OF_MEMORY:
        fail(v, SYN_ENOMEM, true, false, "no memory for it");
        break;
    default:
        fail(v, SYN_EIO, true, false, job->error[0] ? job->error : curl_easy_strerror(result));
        break;
    }
}

void syn_transfer_judge(syn_fetcher *f, syn_job *job, CURLcode result, int64_t now, syn_verdict *v)
{
    *v = (syn_verdict){.wait = -1};
    v->status = status_of(job->easy);
    if (result != CURLE_OK && !job->enough) {
        judge_result(f, job, result, v);
        for (char *p = v->why; *p; p++) { /* some of it may be the server's words */
            if ((unsigned char)*p < 32 || *p == 127) *p = ' ';
        }
        return;
    }
    int64_t wait;
    if (syn_fetch_retry_after(header_of(job->easy, "Retry-After"), now, &wait)) v->wait = wait;
    syn_str location = header_of(job->easy, "Location");
    if (v->status >= 200 && v->status <= 299) {
        v->outcome = GOT_PAGE;
    } else if (v->status == 304 && (job->etag.n || job->modified.n) && !job->robots_of) {
        v->outcome = GOT_UNCHANGED;
    } else if ((v->status == 301 || v->status == 302 || v->status == 303 || v->status == 307 || v->status == 308) &&
               location.n) {
        v->outcome = GOT_REDIRECT;
        v->location = syn_dup(&job->mem, location);
    } else {
        bool passing = syn_fetch_passing(v->status);
        fail(v, SYN_EIO, passing || v->status >= 500, passing, "");
        snprintf(v->why, sizeof v->why, "the server answers %d", v->status);
    }
    if (v->outcome != GOT_PAGE && v->outcome != GOT_UNCHANGED) return;
    job->out.etag = syn_dup(&job->mem, header_of(job->easy, "ETag"));
    job->out.modified = syn_dup(&job->mem, header_of(job->easy, "Last-Modified"));
    job->out.page.content_type = syn_dup(&job->mem, header_of(job->easy, "Content-Type"));
}
