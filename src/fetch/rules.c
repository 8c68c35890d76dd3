/* rules.c - stage 2b: the robots.txt of each origin: asked for, kept for a day, in the caller's memory beyond the run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "fetching.h"

#define CRAWLER "synoptic"

enum {
    ROBOTS_FOR = 24 * 3600,   /* seconds that a robots.txt is good for (RFC 9309 2.4) */
    UNREACHABLE_FOR = 10 * 60 /* and until it is asked for again where it could not be had */
};

static void drop_robots(syn_fetcher *f, syn_origin *o)
{
    if (!o->robots) return;
    f->robots_bytes -= syn_robots_bytes(o->robots);
    syn_robots_free(o->robots);
    o->robots = NULL;
}

/* Those of hosts that nothing waits for are asked for again when something does. */
static void make_room(syn_fetcher *f)
{
    for (size_t i = 0; f->robots_bytes > SYN_MAX_ROBOTS_KEPT && i < f->nhosts; i++) {
        const syn_host *h = f->hosts[i];
        if (h->active || h->first) continue;
        for (syn_origin *o = h->origins; o; o = o->next) {
            if (o->state == ROBOTS_KNOWN) o->state = ROBOTS_UNKNOWN;
            drop_robots(f, o);
        }
    }
}

/* What the file says, for what is left of its day.  False: no memory. */
static bool know(syn_fetcher *f, syn_origin *o, syn_str body, int64_t age)
{
    drop_robots(f, o);
    make_room(f);
    o->expires = syn_fetch_clock() + (ROBOTS_FOR - age) * 1000;
    o->state = ROBOTS_NONE;
    if (!body.n) return true;
    o->robots = syn_robots_parse(body, SYN_STR(CRAWLER));
    if (!o->robots) return false;
    f->robots_bytes += syn_robots_bytes(o->robots);
    o->state = ROBOTS_KNOWN;
    return true;
}

void syn_rules_recall(syn_fetcher *f, syn_origin *o)
{
    const syn_robots_memory *m = &f->options.robots;
    syn_arena mem = {.limit = 4 * SYN_MAX_ROBOTS};
    syn_str body = {0};
    int64_t fetched = 0;
    o->state = ROBOTS_UNKNOWN;
    if (m->recall && m->recall(m->context, &mem, syn_str_of(o->key), &body, &fetched)) {
        int64_t age = (int64_t)time(NULL) - fetched;
        if (age >= 0 && age < ROBOTS_FOR && !know(f, o, body, age)) o->state = ROBOTS_UNKNOWN;
    }
    syn_arena_free(&mem);
}

void syn_rules_settle(syn_fetcher *f, syn_job *job, const syn_verdict *v, bool too_far)
{
    syn_origin *o = job->robots_of;
    drop_robots(f, o);
    bool none = too_far || (v->outcome == GOT_FAILURE && v->status >= 400 && v->status <= 499 && v->status != 429);
    if (none || (v->outcome == GOT_PAGE && know(f, o, syn_buf_str(&job->body), 0))) {
        const syn_robots_memory *m = &f->options.robots;
        syn_str body = none ? (syn_str){0} : syn_buf_str(&job->body);
        if (none) know(f, o, body, 0); /* RFC 9309 2.3.1.3: a host without rules */
        if (m->keep) m->keep(m->context, syn_str_of(o->key), body, (int64_t)time(NULL));
    } else { /* RFC 9309 2.3.1.4: nobody can say what they are */
        o->state = ROBOTS_UNREACHABLE;
        o->expires = syn_fetch_clock() + (int64_t)UNREACHABLE_FOR * 1000;
        o->code = v->outcome == GOT_FAILURE ? v->code : SYN_ENOMEM;
        o->temporary = v->outcome != GOT_FAILURE || v->temporary;
        o->wait = v->wait;
        if (v->status)
            snprintf(o->why, sizeof o->why, "left alone, for its robots.txt cannot be had: %.90s", v->why);
        else
            snprintf(o->why, sizeof o->why, "%s", v->outcome == GOT_FAILURE ? v->why : "no memory for its robots.txt");
    }
    syn_job_free(f, job);
}

bool syn_rules_ask(syn_fetcher *f, syn_host *h, syn_origin *o)
{
    syn_job *job = calloc(1, sizeof *job);
    if (!job) return false;
    job->mem.limit = SYN_MAX_FETCH_HEADERS + ((size_t)1 << 20);
    job->robots_of = o;
    job->asked = syn_arena_format(&job->mem, "%s/robots.txt", o->key);
    if (job->mem.failed || syn_target_of(&job->mem, (syn_str){0}, job->asked, &job->target, NULL)) {
        syn_job_free(f, job);
        return false;
    }
    job->host = h;
    job->origin = o;
    o->state = ROBOTS_ASKED;
    syn_job_push_front(f, job);
    return true;
}
