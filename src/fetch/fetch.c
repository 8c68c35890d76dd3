/* fetch.c - stage 2b: which page is asked for when.  A host has one queue, one connection and one pace; what a host
   asks to wait holds for all its pages; its robots.txt goes first.  Redirects put a page at the head of another queue.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "fetching.h"

enum { LISTEN = 200 }; /* milliseconds after which stop is looked at again */

int64_t syn_fetch_clock(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- made and ended ---- */

syn_code syn_fetcher_new(const syn_fetch_options *options, syn_fetcher **out, syn_err *err)
{
    syn_fetcher *f = calloc(1, sizeof *f);
    if (!f) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    f->mem.limit = SYN_MAX_PAGE;
    f->names.arena = &f->mem;
    f->options = *options;
    if (!f->options.pace) f->options.pace = 1000;
    if (!f->options.timeout) f->options.timeout = 60000;
    f->options.proxy = syn_dup(&f->mem, options->proxy);
    syn_str *allow = SYN_NEW_ARRAY(&f->mem, syn_str, options->nallow ? options->nallow : 1);
    for (size_t i = 0; allow && i < options->nallow; i++) {
        syn_str host = options->allow[i];
        if (host.n > 1 && host.p[0] == '[') host = syn_slice(host, 1, host.n - 1);
        allow[i] = syn_dup(&f->mem, host);
    }
    f->options.allow = allow;
    f->agent = options->contact.n
                   ? syn_arena_format(&f->mem, "Synoptic/" SYN_VERSION " (+%.*s)", SYN_FMT(options->contact))
                   : syn_dup(&f->mem, SYN_STR("Synoptic/" SYN_VERSION));
    f->global = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    f->multi = f->global ? curl_multi_init() : NULL;
    if (!f->multi || f->mem.failed) {
        syn_fetcher_free(f);
        return syn_fail(err, SYN_ENOMEM, 0, "fetching cannot be set up");
    }
    curl_multi_setopt(f->multi, CURLMOPT_MAXCONNECTS, (long)(2 * SYN_MAX_FETCH_HOSTS));
    *out = f;
    return SYN_OK;
}

void syn_job_free(syn_fetcher *f, syn_job *job)
{
    if (!job) return;
    syn_transfer_end(f, job);
    syn_buf_free(&job->body);
    syn_arena_free(&job->mem);
    free(job);
}

static void free_jobs(syn_fetcher *f, syn_job *job)
{
    while (job) {
        syn_job *next = job->next;
        syn_job_free(f, job);
        job = next;
    }
}

static void free_host(syn_fetcher *f, syn_host *h)
{
    syn_job_free(f, h->active);
    free_jobs(f, h->first);
    while (h->origins) {
        syn_origin *o = h->origins;
        h->origins = o->next;
        syn_robots_free(o->robots);
        free(o->key);
        free(o);
    }
    free(h->name);
    free(h);
}

void syn_fetcher_free(syn_fetcher *f)
{
    if (!f) return;
    for (size_t i = 0; i < f->nhosts; i++) free_host(f, f->hosts[i]);
    free_jobs(f, f->done);
    syn_job_free(f, f->shown);
    curl_multi_cleanup(f->multi);
    if (f->global) curl_global_cleanup();
    syn_arena_free(&f->mem);
    free(f);
}

/* ---- hosts and queues ---- */

static char *copy_of(syn_str s)
{
    char *z = malloc(s.n + 1);
    if (!z) return NULL;
    if (s.n) memcpy(z, s.p, s.n);
    z[s.n] = 0;
    return z;
}

static bool is_allowed(const syn_fetcher *f, syn_str host)
{
    for (size_t i = 0; i < f->options.nallow; i++) {
        if (syn_str_ieq(f->options.allow[i], host)) return true;
    }
    return false;
}

static syn_host *host_of(syn_fetcher *f, syn_str name)
{
    uint64_t *known = syn_map_add(&f->names, name);
    if (!known) return NULL;
    if (*known) return f->hosts[*known - 1];
    if (!syn_grow(&f->mem, &f->hosts, &f->cap_hosts, f->nhosts + 1, sizeof(syn_host *))) return NULL;
    syn_host *h = calloc(1, sizeof *h);
    if (h && !(h->name = copy_of(name))) {
        free(h);
        h = NULL;
    }
    if (!h) return NULL;
    h->allowed = is_allowed(f, name);
    f->hosts[f->nhosts++] = h;
    *known = f->nhosts;
    return h;
}

static syn_origin *origin_of(syn_host *h, syn_str key)
{
    for (syn_origin *o = h->origins; o; o = o->next) {
        if (syn_str_is(key, o->key)) return o;
    }
    syn_origin *o = calloc(1, sizeof *o);
    if (!o || !(o->key = copy_of(key))) {
        free(o);
        return NULL;
    }
    o->next = h->origins;
    h->origins = o;
    return o;
}

static void push_back(syn_fetcher *f, syn_job *job)
{
    syn_host *h = job->host;
    job->next = NULL;
    if (h->last)
        h->last->next = job;
    else
        h->first = job;
    h->last = job;
    f->waiting++;
}

void syn_job_push_front(syn_fetcher *f, syn_job *job)
{
    syn_host *h = job->host;
    job->next = h->first;
    h->first = job;
    if (!h->last) h->last = job;
    f->waiting++;
}

static syn_job *pop(syn_fetcher *f, syn_host *h)
{
    syn_job *job = h->first;
    h->first = job->next;
    if (!h->first) h->last = NULL;
    job->next = NULL;
    f->waiting--;
    return job;
}

/* Where the job goes to now: its host and origin by its target. */
static bool place(syn_fetcher *f, syn_job *job)
{
    job->host = host_of(f, job->target.host);
    job->origin = job->host ? origin_of(job->host, job->target.origin) : NULL;
    return job->origin != NULL;
}

syn_code syn_fetch_add(syn_fetcher *f, const syn_fetch_request *request, syn_err *err)
{
    if (f->waiting >= SYN_MAX_FETCHES)
        return syn_fail(err, SYN_ELIMIT, 0, "%s: more than %d pages wait to be fetched",
                        syn_fetch_shown(request->url).z, SYN_MAX_FETCHES);
    syn_job *job = calloc(1, sizeof *job);
    if (!job) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    job->mem.limit = SYN_MAX_FETCH_HEADERS + ((size_t)1 << 20);
    job->asked = syn_dup(&job->mem, syn_trim(request->url));
    job->etag = syn_dup(&job->mem, request->etag);
    job->modified = syn_dup(&job->mem, request->modified);
    job->tag = request->tag;
    syn_code rc = syn_target_of(&job->mem, (syn_str){0}, job->asked, &job->target, err);
    if (!rc && (job->mem.failed || !place(f, job))) rc = syn_fail(err, SYN_ENOMEM, 0, "no memory");
    if (rc) {
        syn_job_free(f, job);
        return rc;
    }
    push_back(f, job);
    return SYN_OK;
}

/* ---- answers ---- */

static void deliver(syn_fetcher *f, syn_job *job)
{
    job->next = NULL;
    job->out.url = job->asked;
    job->out.tag = job->tag;
    if (f->last_done)
        f->last_done->next = job;
    else
        f->done = job;
    f->last_done = job;
}

static void fail_page(syn_fetcher *f, syn_job *job, syn_code code, const char *why, int status, bool temporary,
                      int64_t wait)
{
    const syn_shown url = syn_fetch_shown(job->asked);
    job->out.status = status;
    job->out.temporary = temporary;
    job->out.wait = wait > 0 ? wait : 0;
    if (job->hops)
        syn_fail(&job->why, code, 0, "%s: redirected to %.60s: %s", url.z, job->target.host.p, why);
    else
        syn_fail(&job->why, code, 0, "%s: %s", url.z, why);
    deliver(f, job);
}

static void succeed_page(syn_fetcher *f, syn_job *job, const syn_verdict *v)
{
    job->out.status = v->status;
    job->out.unchanged = v->outcome == GOT_UNCHANGED;
    job->out.page.id = job->asked;
    job->out.page.url = job->target.url;
    job->out.page.fetched = (int64_t)time(NULL);
    if (!job->out.unchanged) job->out.page.bytes = syn_buf_str(&job->body);
    deliver(f, job);
}

/* ---- what robots.txt allows ---- */

/* Whether the page at the head of the host's queue may go now; where it may not, it has been answered or waits. */
static bool cleared(syn_fetcher *f, syn_host *h, int64_t now)
{
    syn_job *job = h->first;
    syn_origin *o = job->origin;
    if (job->robots_of) return true;
    bool asked = o->state == ROBOTS_ASKED;
    if (asked) return false;
    if (o->state == ROBOTS_UNKNOWN || o->expires <= now) syn_rules_recall(f, o);
    if (o->state == ROBOTS_UNKNOWN) {
        if (syn_rules_ask(f, h, o)) return true;
        fail_page(f, pop(f, h), SYN_ENOMEM, "no memory", 0, true, 0);
        return false;
    }
    if (o->state == ROBOTS_UNREACHABLE) {
        fail_page(f, pop(f, h), o->code, o->why, 0, o->temporary, o->wait);
        return false;
    }
    if (o->robots && !syn_robots_allow(o->robots, job->target.path)) {
        fail_page(f, pop(f, h), SYN_EINVAL, "its robots.txt forbids it", 0, false, 0);
        return false;
    }
    return true;
}

/* ---- requests ---- */

/* With a proxy nobody here sees the address that a name leads to. */
static bool refused_before(const syn_fetcher *f, const syn_job *job)
{
    bool numeric;
    return f->options.proxy.n && !job->host->allowed && !syn_fetch_public_text(job->target.host, &numeric);
}

static void start(syn_fetcher *f, syn_host *h)
{
    syn_job *job = pop(f, h);
    syn_err why = {0};
    syn_verdict v = {.outcome = GOT_FAILURE, .wait = -1, .code = SYN_EINVAL};
    if (!refused_before(f, job) && !syn_transfer_start(f, job, &why)) {
        h->active = job;
        f->active++;
        return;
    }
    if (why.code) v.code = why.code;
    snprintf(v.why, sizeof v.why, "%s",
             why.code ? "the request cannot be made" : "a private address, and not among the hosts allowed");
    if (job->robots_of)
        syn_rules_settle(f, job, &v, false);
    else
        fail_page(f, job, v.code, v.why, 0, false, 0);
}

/* Start what may start; milliseconds until more may. */
static int64_t start_due(syn_fetcher *f, int64_t now)
{
    int64_t soonest = LISTEN;
    for (size_t i = 0; i < f->nhosts && f->active < SYN_MAX_FETCH_HOSTS; i++) {
        size_t at = (f->turn + i) % f->nhosts;
        syn_host *h = f->hosts[at];
        while (!h->active && h->first && h->next_at <= now && cleared(f, h, now)) start(f, h);
        if (h->active || !h->first) continue;
        if (h->next_at > now && h->next_at - now < soonest) soonest = h->next_at - now;
    }
    if (f->nhosts) f->turn = (f->turn + 1) % f->nhosts;
    return soonest;
}

static bool redirect(syn_fetcher *f, syn_job *job, const syn_verdict *v)
{
    syn_target next;
    syn_err why = {0};
    char line[160];
    if (job->hops == SYN_MAX_REDIRECTS) {
        if (job->robots_of)
            syn_rules_settle(f, job, v, true);
        else
            fail_page(f, job, SYN_ELIMIT, "more redirects than are followed", v->status, false, 0);
        return false;
    }
    syn_code rc = syn_target_of(&job->mem, job->target.url, v->location, &next, &why);
    if (!rc) {
        job->target = next;
        if (!place(f, job)) rc = syn_fail(&why, SYN_ENOMEM, 0, "no memory");
    }
    job->hops++;
    job->tries = 0;
    if (!rc) {
        syn_job_push_front(f, job);
        return true;
    }
    snprintf(line, sizeof line, "leads to %.140s", why.line);
    syn_verdict bad = {.outcome = GOT_FAILURE, .code = rc, .wait = -1, .status = v->status};
    snprintf(bad.why, sizeof bad.why, "%s", line);
    job->hops--;
    if (job->robots_of)
        syn_rules_settle(f, job, &bad, false);
    else
        fail_page(f, job, rc, line, v->status, false, 0);
    return false;
}

static void finish(syn_fetcher *f, syn_job *job, CURLcode result)
{
    syn_host *h = job->host;
    syn_verdict v;
    int64_t now = syn_fetch_clock();
    uint32_t pace = f->options.pace, asked = job->origin->robots ? syn_robots_delay(job->origin->robots) : 0;
    syn_transfer_judge(f, job, result, (int64_t)time(NULL), &v);
    syn_transfer_end(f, job);
    h->active = NULL;
    f->active--;
    h->next_at = now + (asked > pace ? asked : pace);
    job->tries++;
    if (v.outcome == GOT_REDIRECT) {
        redirect(f, job, &v);
        return;
    }
    if (v.outcome == GOT_FAILURE && v.again && job->tries < SYN_MAX_FETCH_TRIES && v.wait <= SYN_MAX_RETRY_AFTER) {
        int64_t wait = v.wait >= 0 ? v.wait * 1000 : (int64_t)syn_fetch_backoff(job->tries, pace);
        if (now + wait > h->next_at) h->next_at = now + wait;
        syn_job_push_front(f, job);
        return;
    }
    if (job->robots_of)
        syn_rules_settle(f, job, &v, false);
    else if (v.outcome == GOT_FAILURE)
        fail_page(f, job, v.code, v.why, v.status, v.temporary, v.wait);
    else
        succeed_page(f, job, &v);
}

static bool stopped(const syn_fetcher *f)
{
    return f->options.stop && *f->options.stop;
}

static syn_code step(syn_fetcher *f, syn_err *err)
{
    int running, left;
    int64_t wait = start_due(f, syn_fetch_clock());
    if (f->done) return SYN_OK;
    CURLMcode rc = curl_multi_perform(f->multi, &running);
    bool any = false;
    for (CURLMsg *m; !rc && (m = curl_multi_info_read(f->multi, &left));) {
        syn_job *job = NULL;
        if (m->msg != CURLMSG_DONE) continue;
        CURLcode result = m->data.result;
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&job);
        finish(f, job, result);
        any = true;
    }
    if (!rc && !any && !f->done) rc = curl_multi_poll(f->multi, NULL, 0, (int)wait, NULL);
    f->broken = rc != CURLM_OK;
    return rc ? syn_fail(err, SYN_EIO, 0, "fetching: %s", curl_multi_strerror(rc)) : SYN_OK;
}

syn_code syn_fetch_next(syn_fetcher *f, syn_fetched *out, syn_err *err)
{
    syn_job_free(f, f->shown);
    f->shown = NULL;
    *out = (syn_fetched){0};
    while (!f->done) {
        if (stopped(f) || f->broken || (!f->waiting && !f->active)) return SYN_ENOTFOUND;
        syn_code rc = step(f, err);
        if (rc) return rc;
    }
    syn_job *job = f->shown = f->done;
    f->done = job->next;
    if (!f->done) f->last_done = NULL;
    *out = job->out;
    if (!job->why.code) return SYN_OK;
    return syn_fail(err, job->why.code, 0, "%s", job->why.line);
}
