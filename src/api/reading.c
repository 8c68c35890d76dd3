/* reading.c - stage 10: pages of any source to lines of JSON, by one thread or many, in the order of the input. */
#include "api.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static syn_code read_into(syn_session *s, const syn_page *page, syn_buf *out, syn_err *err)
{
    syn_read_options options = {syn_api_identify, s->engine->lex};
    syn_articles articles;
    syn_arena_reset(&s->mem);
    syn_code rc = syn_read_page(&s->mem, s->engine->lex, page, &options, &articles, err);
    if (rc) return rc;
    for (size_t i = 0; i < articles.n; i++) {
        syn_jsonw w = {.out = out};
        syn_article_write(&w, articles.items[i]);
        syn_buf_c(out, '\n');
    }
    if (out->failed) return syn_fail(err, SYN_ELIMIT, 0, "%.*s: the answer is too long", SYN_FMT(page->id));
    return SYN_OK;
}

static void emit_lines(syn_str lines, syn_sink *sink, void *context)
{
    syn_str line;
    while (syn_split(&lines, '\n', &line)) sink(context, line);
}

syn_code synoptic_read(syn_session *s, syn_str id, syn_str bytes, syn_str url, syn_str content_type, syn_sink *sink,
                       void *context, syn_err *err)
{
    syn_page page = {.id = id, .bytes = bytes, .url = url, .content_type = content_type};
    syn_buf_clear(&s->out);
    syn_code rc = read_into(s, &page, &s->out, err);
    if (!rc) emit_lines(syn_buf_str(&s->out), sink, context);
    return rc;
}

/* ---- many pages ---- */

/* A page on its way: filled by the caller's thread while FREE, answered by a worker, emitted by the caller's thread.
   Only state is shared, and only under the pool's lock. */
typedef struct job {
    enum { FREE, READY, TAKEN, DONE } state;
    bool failed;   /* out holds an error line */
    syn_arena mem; /* the page's own copy */
    syn_page page;
    syn_buf out;
} job;

typedef struct pool {
    const syn_engine *engine;
    pthread_mutex_t lock;
    pthread_cond_t ready, done;
    job *jobs;
    size_t njobs;
    size_t next; /* the job that a worker takes next: they are taken in order */
    bool closing;
} pool;

static void fail_job(job *j, const syn_err *why)
{
    j->failed = true;
    syn_buf_clear(&j->out);
    syn_api_error_line(&j->out, j->page.id, why);
    syn_buf_c(&j->out, '\n');
}

static void answer(syn_session *s, job *j)
{
    syn_err why = {0};
    if (j->failed) return; /* the source could not give the page */
    syn_buf_clear(&j->out);
    if (read_into(s, &j->page, &j->out, &why)) fail_job(j, &why);
}

static void *work(void *argument)
{
    pool *p = argument;
    syn_session *s;
    if (synoptic_session_new(p->engine, &s, NULL)) return NULL;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        job *j = &p->jobs[p->next];
        if (j->state != READY) {
            if (p->closing) break;
            pthread_cond_wait(&p->ready, &p->lock);
            continue;
        }
        j->state = TAKEN;
        p->next = (p->next + 1) % p->njobs;
        pthread_mutex_unlock(&p->lock);
        answer(s, j);
        pthread_mutex_lock(&p->lock);
        j->state = DONE;
        pthread_cond_signal(&p->done);
    }
    pthread_mutex_unlock(&p->lock);
    synoptic_session_free(s);
    return NULL;
}

/* The next page of the source into a free job, or its failure as the answer.  False at the end. */
static bool fill(syn_source *source, job *j)
{
    syn_page page = {0};
    syn_err why = {0};
    syn_code rc = syn_source_next(source, &page, &why);
    if (rc == SYN_ENOTFOUND) return false;
    syn_arena_reset(&j->mem);
    j->failed = false;
    j->page = (syn_page){.id = syn_dup(&j->mem, page.id), .fetched = page.fetched};
    if (!rc) {
        j->page.bytes = syn_dup(&j->mem, page.bytes);
        j->page.url = syn_dup(&j->mem, page.url);
        j->page.content_type = syn_dup(&j->mem, page.content_type);
        if (j->mem.failed) rc = syn_fail(&why, SYN_ENOMEM, 0, "%.*s: no memory", SYN_FMT(page.id));
    }
    if (rc) fail_job(j, &why);
    return true;
}

static void set_state(pool *p, job *j, int state)
{
    pthread_mutex_lock(&p->lock);
    j->state = state;
    if (state == READY) pthread_cond_signal(&p->ready);
    pthread_mutex_unlock(&p->lock);
}

static void wait_for(pool *p, const job *j)
{
    pthread_mutex_lock(&p->lock);
    while (j->state != DONE) pthread_cond_wait(&p->done, &p->lock);
    pthread_mutex_unlock(&p->lock);
}

syn_code synoptic_read_paths(const syn_engine *engine, const syn_str *paths, size_t n, unsigned threads, syn_sink *sink,
                             syn_progress *progress, void *context, uint64_t *failed, syn_err *err)
{
    syn_source *source = NULL;
    syn_session *own = NULL;
    pthread_t workers[SYN_MAX_THREADS];
    unsigned started = 0;
    uint64_t done = 0, bad = 0;
    pool p = {.engine = engine,
              .lock = PTHREAD_MUTEX_INITIALIZER,
              .ready = PTHREAD_COND_INITIALIZER,
              .done = PTHREAD_COND_INITIALIZER};
    if (!threads) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        threads = cores > 1 ? (unsigned)cores : 1;
    }
    if (threads > SYN_MAX_THREADS) threads = SYN_MAX_THREADS;
    syn_code rc = syn_source_open(paths, n, &source, err);
    if (!rc) rc = synoptic_session_new(engine, &own, err);
    p.njobs = threads == 1 ? 1 : threads * 8u;
    p.jobs = rc ? NULL : calloc(p.njobs, sizeof *p.jobs);
    if (!rc && !p.jobs) rc = syn_fail(err, SYN_ENOMEM, 0, "no memory");
    /* with one thread, or none to be had, the caller's does the work itself */
    while (!rc && threads > 1 && started < threads && pthread_create(&workers[started], NULL, work, &p) == 0) started++;

    size_t head = 0, tail = 0, waiting = 0; /* jobs [head, tail) are under way */
    for (bool end = false; !rc && (!end || waiting);) {
        while (!end && waiting < p.njobs) {
            if (!fill(source, &p.jobs[tail])) {
                end = true;
                break;
            }
            set_state(&p, &p.jobs[tail], READY);
            tail = (tail + 1) % p.njobs;
            waiting++;
        }
        if (!waiting) break;
        job *j = &p.jobs[head];
        if (started)
            wait_for(&p, j);
        else
            answer(own, j);
        bad += j->failed;
        emit_lines(syn_buf_str(&j->out), sink, context);
        if (progress) progress(context, ++done);
        set_state(&p, j, FREE);
        head = (head + 1) % p.njobs;
        waiting--;
    }
    pthread_mutex_lock(&p.lock);
    p.closing = true;
    pthread_cond_broadcast(&p.ready);
    pthread_mutex_unlock(&p.lock);
    for (unsigned i = 0; i < started; i++) pthread_join(workers[i], NULL);
    for (size_t i = 0; p.jobs && i < p.njobs; i++) {
        syn_arena_free(&p.jobs[i].mem);
        syn_buf_free(&p.jobs[i].out);
    }
    free(p.jobs);
    synoptic_session_free(own);
    syn_source_close(source);
    if (!rc && failed) *failed = bad;
    return rc;
}
