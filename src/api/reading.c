/* reading.c - stage 10: pages of any source to lines of JSON, by one thread or many, in the order of the input. */
#include "api.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* Bytes that a thread or a job keeps for its next page. */
enum { KEEP = 4 << 20 };
/* The caller's thread waits for this part of the jobs under way. */
enum { BATCH = 4 };

static syn_code read_into(syn_session *s, const syn_page *page, syn_buf *out, syn_err *err)
{
    syn_read_options options = {syn_api_identify, s->engine->lex};
    syn_articles articles;
    syn_arena_reset(&s->mem);
    syn_code rc = syn_read_page(&s->mem, s->engine->lex, page, &options, &articles, err);
    if (!rc) rc = syn_api_passages(s->engine, &s->mem, &articles, err);
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
    int file;      /* open on the page's file; -1: the page is here */
    syn_arena mem; /* the page's own copy, or its name alone */
    syn_page page;
    syn_buf out;
} job;

/* What a thread reads with, over and over. */
typedef struct hand {
    syn_session *session;
    syn_unpacker *unpacker;
    syn_buf body;
} hand;

typedef struct pool {
    pthread_mutex_t lock;
    pthread_cond_t ready, done;
    job *jobs;
    size_t njobs;
    size_t next;       /* the job that a worker takes next: they are taken in order */
    const job *wanted; /* the one that the caller's thread waits for */
    bool closing;
} pool;

typedef struct worker {
    pool *pool;
    hand hand;
    pthread_t thread;
} worker;

static void fail_job(job *j, const syn_err *why)
{
    j->failed = true;
    syn_buf_clear(&j->out);
    syn_api_error_line(&j->out, j->page.id, why);
    syn_buf_c(&j->out, '\n');
}

static syn_code hand_new(const syn_engine *engine, hand *out, syn_err *err)
{
    *out = (hand){.body.max = SYN_MAX_PAGE};
    syn_code rc = synoptic_session_new(engine, &out->session, err);
    return rc ? rc : syn_unpacker_new(&out->unpacker, err);
}

static void hand_free(hand *h)
{
    synoptic_session_free(h->session);
    syn_unpacker_free(h->unpacker);
    syn_buf_free(&h->body);
}

static void answer(hand *h, job *j)
{
    syn_err why = {0};
    syn_code rc = SYN_OK;
    if (j->failed) return; /* the source could not give the page */
    syn_buf_clear(&j->out);
    if (j->file >= 0) {
        rc = syn_unpack_file(h->unpacker, j->file, j->page.id, &h->body, &why);
        j->file = -1;
        j->page.bytes = syn_buf_str(&h->body);
    }
    if (!rc) rc = read_into(h->session, &j->page, &j->out, &why);
    if (rc) fail_job(j, &why);
    if (h->body.cap > KEEP) syn_buf_free(&h->body);
}

static void *work(void *argument)
{
    worker *self = argument;
    pool *p = self->pool;
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
        answer(&self->hand, j);
        pthread_mutex_lock(&p->lock);
        j->state = DONE;
        if (p->wanted == j) pthread_cond_signal(&p->done);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static bool start_worker(worker *w, const syn_engine *engine, pool *p)
{
    *w = (worker){.pool = p};
    if (!hand_new(engine, &w->hand, NULL) && pthread_create(&w->thread, NULL, work, w) == 0) return true;
    hand_free(&w->hand);
    return false;
}

/* The next page of the source into a free job, or its failure as the answer.  False at the end. */
static bool fill(syn_source *source, job *j)
{
    syn_page page = {0};
    syn_err why = {0};
    syn_code rc = syn_source_walk(source, &page, &j->file, &why);
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
    if (rc && j->file >= 0) close(j->file);
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

/* Until the n jobs from head on are done; the last first, for then the others mostly are, too. */
static void wait_for(pool *p, size_t head, size_t n)
{
    pthread_mutex_lock(&p->lock);
    while (n-- > 0) {
        p->wanted = &p->jobs[(head + n) % p->njobs];
        while (p->wanted->state != DONE) pthread_cond_wait(&p->done, &p->lock);
    }
    p->wanted = NULL;
    pthread_mutex_unlock(&p->lock);
}

syn_code synoptic_read_paths(const syn_engine *engine, const syn_str *paths, size_t n, unsigned threads, syn_sink *sink,
                             syn_progress *progress, void *context, uint64_t *failed, syn_err *err)
{
    syn_source *source = NULL;
    worker workers[SYN_MAX_THREADS];
    hand own = {0};
    unsigned started = 0;
    uint64_t done = 0, bad = 0;
    pool p = {.lock = PTHREAD_MUTEX_INITIALIZER, .ready = PTHREAD_COND_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};
    if (!threads) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        threads = cores > 1 ? (unsigned)cores : 1;
    }
    if (threads > SYN_MAX_THREADS) threads = SYN_MAX_THREADS;
    syn_code rc = syn_source_open(paths, n, &source, err);
    p.njobs = threads == 1 ? 1 : threads * 8u;
    p.jobs = rc ? NULL : calloc(p.njobs, sizeof *p.jobs);
    if (!rc && !p.jobs) rc = syn_fail(err, SYN_ENOMEM, 0, "no memory");
    while (!rc && threads > 1 && started < threads && start_worker(&workers[started], engine, &p)) started++;
    /* with one thread, or none to be had, the caller's does the work itself */
    if (!rc && !started) rc = hand_new(engine, &own, err);

    size_t head = 0, tail = 0, waiting = 0; /* jobs [head, tail) are under way */
    size_t ready = 0;                       /* of them known to be done */
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
        if (!started) {
            answer(&own, j);
        } else if (!ready) { /* for several at once: each wait costs two switches of threads */
            ready = (waiting + BATCH - 1) / BATCH;
            wait_for(&p, head, ready);
        }
        bad += j->failed;
        emit_lines(syn_buf_str(&j->out), sink, context);
        if (progress) progress(context, ++done);
        if (j->out.cap > KEEP) syn_buf_free(&j->out);
        set_state(&p, j, FREE);
        head = (head + 1) % p.njobs;
        waiting--;
        if (ready) ready--;
    }
    pthread_mutex_lock(&p.lock);
    p.closing = true;
    pthread_cond_broadcast(&p.ready);
    pthread_mutex_unlock(&p.lock);
    for (unsigned i = 0; i < started; i++) {
        pthread_join(workers[i].thread, NULL);
        hand_free(&workers[i].hand);
    }
    for (size_t i = 0; p.jobs && i < p.njobs; i++) {
        syn_arena_free(&p.jobs[i].mem);
        syn_buf_free(&p.jobs[i].out);
    }
    free(p.jobs);
    hand_free(&own);
    syn_source_close(source);
    if (!rc && failed) *failed = bad;
    return rc;
}
