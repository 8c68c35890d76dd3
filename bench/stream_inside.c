/* stream_inside.c - what grouping costs as a stream grows, inside a process, on one core.

   usage: stream_inside once ARTICLES STORIES          a set from ready signatures, settled once
          stream_inside orders ARTICLES STORIES        the same in other orders, settled every 256, against that
          stream_inside group N ARTICLES STORIES ...   N articles made of the sets, settled every 256
          stream_inside store N FILE ARTICLES STORIES ...   the same into a store, as `add` does

   ARTICLES: lines of JSON; STORIES: rows of id and story.  Prints a line of JSON a measurement. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "../src/api/desk.h"
#include "stream.h"

enum {
    A_DAY = 6000,
    RANGE = 20000,      /* articles that quality is measured over, the latest */
    OUTLETS = 40,       /* in a language, for articles that name none */
    EVERY = 10000,      /* articles between two lines of progress */
    LEFT_ON_DISK = 8000 /* megabytes: with fewer a store grows no more */
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double megabytes(void)
{
    long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f && fscanf(f, "%*d %ld", &pages) != 1) pages = 0;
    if (f) fclose(f);
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

/* ---- a set at once ---- */

typedef struct judged {
    uint64_t *gold, *found;
    uint64_t from, n; /* articles numbered from..from + n, in rings of RANGE or whole */
} judged;

static judged judged_new(size_t n)
{
    judged j = {calloc(n + 1, sizeof(uint64_t)), calloc(n + 1, sizeof(uint64_t)), 0, n};
    if (!j.gold || !j.found) stream_die("no memory");
    return j;
}

static void judged_free(judged *j)
{
    free(j->gold);
    free(j->found);
}

static uint64_t number_of(syn_str id)
{
    uint64_t n = 0;
    for (size_t i = 1; i < id.n; i++) n = n * 10 + (uint64_t)(id.p[i] - '0');
    return n;
}

static void note(void *context, syn_str id, const syn_decision *d)
{
    judged *j = context;
    uint64_t n = number_of(id);
    if (n + j->n >= j->from) j->found[n % j->n] = syn_hash(d->story, 1);
}

static void tell_quality(const judged *j, size_t n)
{
    double p, r, f1 = stream_b_cubed(j->gold, j->found, n, &p, &r);
    printf("\"f1\":%.4f,\"precision\":%.4f,\"recall\":%.4f", f1, p, r);
}

/* order: 0 as they stand, 1 backwards, else shuffled by it; every: articles between two settlings, 0: one at the end.
 */
static void group_set(const syn_engine *engine, const sets *s, uint64_t order, size_t every, judged *j)
{
    syn_err err = {0};
    syn_grouper *g;
    syn_arena mem = {0};
    double add = 0, settle = 0;
    uint32_t *places = calloc(s->n + 1, sizeof *places);
    if (!places || syn_grouper_new(engine->lex, NULL, &g, &err)) stream_die("no memory");
    for (size_t i = 0; i < s->n; i++) places[i] = (uint32_t)(order == 1 ? s->n - 1 - i : i);
    for (size_t i = s->n; order > 1 && i > 1; i--) {
        order = order * 6364136223846793005u + 1442695040888963407u;
        size_t k = (order >> 33) % i;
        uint32_t at = places[i - 1];
        places[i - 1] = places[k];
        places[k] = at;
    }
    for (size_t i = 0; i < s->n; i++) {
        char id[24];
        syn_signature renamed = *s->tellings[places[i]].signature;
        snprintf(id, sizeof id, "n%u", places[i]);
        renamed.id = syn_str_of(id);
        j->gold[places[i]] = s->tellings[places[i]].gold;
        double start = now();
        if (syn_grouper_add(g, &renamed, &err)) stream_die(err.line);
        double added = now();
        add += added - start;
        if (i + 1 < s->n && (!every || (i + 1) % every)) continue;
        if (syn_grouper_settle(g, &mem, false, note, j, &err)) stream_die(err.line);
        syn_arena_reset(&mem);
        settle += now() - added;
    }
    printf("\"articles\":%zu,\"every\":%zu,\"add\":%.1f,\"settle\":%.1f,\"rate\":%.0f,\"megabytes\":%.0f,", s->n, every,
           add / (double)s->n * 1e6, settle / (double)s->n * 1e6, (double)s->n / (add + settle), megabytes());
    tell_quality(j, s->n);
    syn_grouper_free(g);
    syn_arena_free(&mem);
    free(places);
}

static void once(const syn_engine *engine, const sets *s, bool orders)
{
    static const struct {
        uint64_t order;
        size_t every;
    } ways[] = {{0, 0}, {0, 256}, {1, 256}, {7, 256}, {8, 256}};
    judged first = judged_new(s->n);
    for (size_t k = 0; k < (orders ? SYN_COUNT(ways) : 1); k++) {
        judged j = judged_new(s->n);
        printf("{\"order\":%llu,", (unsigned long long)ways[k].order);
        group_set(engine, s, ways[k].order, ways[k].every, k ? &j : &first);
        double p, r;
        if (k) printf(",\"agrees\":%.4f", stream_b_cubed(first.found, j.found, s->n, &p, &r));
        printf("}\n");
        fflush(stdout);
        judged_free(&j);
    }
    judged_free(&first);
}

/* ---- a stream ---- */

/* Measured at 1, 2 and 5 times the powers of ten, over the stretch since the measurement before. */
static size_t next_stop(size_t n)
{
    size_t power = 1;
    while (power * 10 <= n) power *= 10;
    return n < 2 * power ? 2 * power : n < 5 * power ? 5 * power : 10 * power;
}

typedef struct span {
    double add, settle;
    size_t n;
} span;

static void tell(const span *since, size_t n, const judged *j, const char *path)
{
    struct stat file = {0};
    size_t known = n < RANGE ? n : RANGE;
    printf("{\"articles\":%zu,\"add\":%.1f,\"settle\":%.1f,\"megabytes\":%.0f,", n, since->add / (double)since->n * 1e6,
           since->settle / (double)since->n * 1e6, megabytes());
    tell_quality(j, known);
    if (path && !stat(path, &file)) printf(",\"file\":%.0f", (double)file.st_size / 1e6);
    printf("}\n");
    fflush(stdout);
}

static void group_stream(const syn_engine *engine, const sets *s, size_t most)
{
    syn_err err = {0};
    syn_grouper *g;
    syn_arena mem = {0};
    judged j = judged_new(RANGE);
    span since = {0};
    stream *m = stream_new(s, A_DAY, 1);
    const syn_group_options options = {.most = SYN_DESK_AWAKE};
    if (syn_grouper_new(engine->lex, &options, &g, &err)) stream_die(err.line);
    for (size_t n = 1, stop = 1000; n <= most; n++) {
        const made *a = stream_next(m);
        j.from = n - 1;
        j.gold[(n - 1) % RANGE] = a->event;
        double start = now();
        if (syn_grouper_add(g, &a->signature, &err)) stream_die(err.line);
        double added = now();
        since.add += added - start;
        since.n++;
        if (n % SYN_DESK_BATCH && n != stop && n != most) continue;
        if (syn_grouper_settle(g, &mem, false, note, &j, &err)) stream_die(err.line);
        syn_arena_reset(&mem);
        since.settle += now() - added;
        if (n != stop && n != most) continue;
        tell(&since, n, &j, NULL);
        since = (span){0};
        stop = next_stop(stop);
    }
    syn_grouper_free(g);
    syn_arena_free(&mem);
    stream_free(m);
    judged_free(&j);
}

/* A few outlets publish most. */
static syn_str outlet_of(syn_arena *mem, const made *a)
{
    uint64_t chance = syn_hash(a->signature.id, 9);
    unsigned u = (unsigned)(chance % 1000), number = u * u / 1000 * OUTLETS / 1000;
    return syn_arena_format(mem, "%.*s outlet %u", SYN_FMT(a->of->article->lang), number);
}

static void put(syn_desk *d, syn_arena *mem, const made *a, syn_err *err)
{
    syn_article article = *a->of->article;
    syn_put how;
    int64_t row;
    article.id = a->signature.id;
    article.title = syn_arena_format(mem, "%.*s %s", SYN_FMT(article.title), a->id);
    article.url = syn_arena_format(mem, "https://news.example/%s", a->id);
    article.published.seconds = a->signature.when;
    if (!article.outlet.n) article.outlet = outlet_of(mem, a);
    syn_arena_reset(&d->session->mem);
    if (syn_store_known(d->store, &article, &how, &row, err) ||
        syn_store_put(d->store, &(syn_entry){&article, a->of->text, &a->of->facts, &a->signature}, &row, err) ||
        syn_desk_group(d, &a->signature, err))
        stream_die(err->line);
}

/* Where the store says that the latest articles are. */
static void look(syn_desk *d, size_t n, judged *j)
{
    size_t known = n < RANGE ? n : RANGE;
    for (size_t i = n - known; i < n; i++) {
        char id[24];
        syn_err err = {0};
        syn_article_row row;
        syn_arena_reset(&d->session->mem);
        snprintf(id, sizeof id, "n%zu", i);
        if (syn_store_article_by_id(d->store, &d->session->mem, syn_str_of(id), &row, &err)) stream_die(err.line);
        j->found[i % RANGE] = (uint64_t)row.story;
    }
}

static double wall(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A line for who waits; false where the disk is nearly full. */
static bool goes_on(size_t n, const char *path, double cpu, double took)
{
    struct stat file = {0};
    struct statvfs disk = {0};
    if (stat(path, &file) || statvfs(path, &disk)) return true;
    double left = (double)disk.f_bavail * (double)disk.f_frsize / 1e6;
    fprintf(stderr, "%zu articles, %.2f ms of CPU and %.2f ms in all an article, %.0f MB resident, file %.0f MB\n", n,
            cpu / EVERY * 1e3, took / EVERY * 1e3, megabytes(), (double)file.st_size / 1e6);
    if (left < LEFT_ON_DISK) fprintf(stderr, "%.0f MB left on the disk: stopped\n", left);
    return left >= LEFT_ON_DISK;
}

static void store_stream(const syn_engine *engine, const sets *s, size_t most, const char *path)
{
    syn_err err = {0};
    syn_desk *d;
    syn_arena mem = {0};
    judged j = judged_new(RANGE);
    span since = {0};
    stream *m = stream_new(s, A_DAY, 1);
    if (synoptic_desk_open(engine, path, false, &d, &err) || syn_desk_wake_for(d, SYN_DESK_FEW, &err))
        stream_die(err.line);
    bool open = false;
    double cpu = now(), clock = wall();
    for (size_t n = 1, stop = 1000; n <= most; n++) {
        const made *a = stream_next(m);
        j.gold[(n - 1) % RANGE] = a->event;
        double start = now();
        if (!open && syn_store_begin(d->store, &err)) stream_die(err.line);
        open = true;
        put(d, &mem, a, &err);
        syn_arena_reset(&mem);
        double added = now();
        since.add += added - start;
        since.n++;
        if (n % EVERY == 0) {
            if (!goes_on(n, path, now() - cpu, wall() - clock)) most = n;
            cpu = now();
            clock = wall();
        }
        if (n % SYN_DESK_BATCH && n != stop && n != most) continue;
        if (syn_desk_settle(d, &err) || syn_store_commit(d->store, &err)) stream_die(err.line);
        open = false;
        since.settle += now() - added;
        if (n != stop && n != most) continue;
        look(d, n, &j);
        tell(&since, n, &j, path);
        since = (span){0};
        stop = next_stop(stop);
    }
    synoptic_desk_close(d);
    syn_arena_free(&mem);
    stream_free(m);
    judged_free(&j);
}

int main(int argc, char **argv)
{
    syn_engine *engine;
    syn_session *session;
    syn_err err = {0};
    sets s = {0};
    const char *verb = argc > 1 ? argv[1] : "";
    bool store = !strcmp(verb, "store"), group = !strcmp(verb, "group");
    int first = store ? 4 : group ? 3 : 2;
    if (!(store || group || !strcmp(verb, "once") || !strcmp(verb, "orders")) || argc < first + 2 || (argc - first) % 2)
        stream_die("usage: stream_inside once | orders | group N | store N FILE  ARTICLES STORIES ...");
    if (synoptic_open(&engine, &err) || synoptic_session_new(engine, &session, &err)) stream_die(err.line);
    for (int i = first; i < argc; i += 2) stream_load(&s, session, argv[i], argv[i + 1], store);
    if (!s.n) stream_die("no article of a known story");
    size_t most = first > 2 ? strtoul(argv[2], NULL, 10) : 0;
    if (first > 2) stream_ready(&s);
    if (store)
        store_stream(engine, &s, most, argv[3]);
    else if (group)
        group_stream(engine, &s, most);
    else
        once(engine, &s, !strcmp(verb, "orders"));
    synoptic_session_free(session);
    synoptic_close(engine);
    syn_arena_free(&s.mem);
    return 0;
}
