/* Addresses and answers, with and without sockets. */
#include "test.h"

#include "../../src/serve/internal.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct house {
    char path[64];
    syn_lexicon *lex;
    syn_store *writer;
    syn_room room;
    syn_answer answer;
} house;

static int set_up(void **state)
{
    house *h = calloc(1, sizeof *h);
    syn_err err = {0};
    snprintf(h->path, sizeof h->path, "/tmp/synoptic-serve-XXXXXX");
    int fd = mkstemp(h->path);
    if (fd < 0) return -1;
    close(fd);
    *state = h;
    if (syn_lexicon_open(&h->lex, &err) || syn_store_open(h->path, h->lex, false, &h->writer, &err)) return -1;
    h->room.lex = h->lex;
    return syn_texter_new(h->lex, &h->room.texter, &err) || syn_store_open(h->path, h->lex, true, &h->room.store, &err);
}

static int tear_down(void **state)
{
    house *h = *state;
    char path[80];
    for (size_t i = 0; i < SYN_SERVE_UI; i++) syn_view_close(h->room.views[i]);
    syn_texter_free(h->room.texter);
    syn_store_close(h->room.store);
    syn_store_close(h->writer);
    syn_arena_free(&h->room.mem);
    syn_buf_free(&h->answer.body);
    syn_lexicon_close(h->lex);
    unlink(h->path);
    snprintf(path, sizeof path, "%s-wal", h->path);
    unlink(path);
    snprintf(path, sizeof path, "%s-shm", h->path);
    unlink(path);
    free(h);
    return 0;
}

static void keep(house *h, const char *id, const char *lang, const char *title, const char *text, const char *founder)
{
    syn_article a = {.id = syn_str_of(id),
                     .lang = syn_str_of(lang),
                     .title = syn_str_of(title),
                     .text = syn_str_of(text),
                     .published = SYN_NO_TIME,
                     .modified = SYN_NO_TIME,
                     .outlet = SYN_STR("Nordan")};
    syn_arena mem = {0};
    syn_text *t;
    syn_facts none = {0};
    int64_t row = 0;
    syn_err err = {0};
    syn_decision d = {.story = syn_str_of(founder)};
    assert_int_equal(syn_text_of(h->room.texter, &mem, a.text, a.lang, &t, &err), SYN_OK);
    assert_int_equal(syn_store_put(h->writer, &(syn_entry){&a, t, &none, NULL}, &row, &err), SYN_OK);
    assert_int_equal(syn_store_decide(h->writer, row, &d, &err), SYN_OK);
    syn_arena_free(&mem);
}

static int ask(house *h, syn_request r)
{
    syn_buf_free(&h->answer.body);
    h->answer = (syn_answer){.body = {.max = (size_t)1 << 24}};
    syn_serve_answer(&h->room, &r, &h->answer);
    return h->answer.status;
}

static int get(house *h, const char *path)
{
    return ask(h, (syn_request){.path = syn_str_of(path), .read_only = true, .whole = true});
}

static bool says(const house *h, const char *what)
{
    return syn_find(syn_buf_str(&h->answer.body), syn_str_of(what), 0) != SIZE_MAX;
}

static void every_address_answers(void **state)
{
    house *h = *state;
    assert_int_equal(get(h, "/"), 200); /* an empty store too */
    assert_true(says(h, "synoptic add"));
    keep(h, "a", "en", "Talks begin", "Talks began in Orlen with 40 people.", "a");
    keep(h, "b", "fa", "گفت‌وگو", "گفت‌وگوها با ۴۰ نفر آغاز شد.", "a");
    static const char *const pages[] = {"/",       "/story/1", "/article/1", "/article/2",
                                        "/search", "/name",    "/sources",   "/about"};
    for (size_t i = 0; i < SYN_COUNT(pages); i++) {
        assert_int_equal(get(h, pages[i]), 200);
        assert_string_equal(h->answer.type, "text/html; charset=utf-8");
        assert_true(says(h, "<main id=\"main\">"));
        assert_true(says(h, "</html>"));
    }
    static const char *const records[] = {"/api/stories.json", "/api/stories/1.json", "/api/articles/2.json",
                                          "/api/search.json",  "/api/name.json",      "/api/sources.json"};
    for (size_t i = 0; i < SYN_COUNT(records); i++) {
        syn_err err = {0};
        assert_int_equal(get(h, records[i]), 200);
        syn_json *json = syn_json_parse(syn_buf_str(&h->answer.body), &err);
        assert_non_null(json);
        syn_json_free(json);
    }
    assert_int_equal(get(h, "/feed.atom"), 200);
    assert_int_equal(get(h, "/icon.svg"), 200);
}

static void wrong_addresses_are_answered_too(void **state)
{
    house *h = *state;
    static const char *const wrong[] = {"",
                                        "x",
                                        "//",
                                        "/story/",
                                        "/story/0",
                                        "/story/01",
                                        "/story/-1",
                                        "/story/1x",
                                        "/story/99999999999999999999",
                                        "/story/5",
                                        "/article/5",
                                        "/Search",
                                        "/search/",
                                        "/../etc/passwd",
                                        "/style-0.css",
                                        "/api/",
                                        "/api/stories/9.json",
                                        "/story/1\xff"};
    for (size_t i = 0; i < SYN_COUNT(wrong); i++) assert_int_equal(get(h, wrong[i]), 404);
    assert_int_equal(ask(h, (syn_request){.path = SYN_STR("/"), .whole = true}), 405);
    assert_int_equal(ask(h, (syn_request){.path = SYN_STR("/"), .read_only = true}), 400);
    static const char *const from[] = {"-1", "x", "1.5", "99999999999", "1000001"};
    for (size_t i = 0; i < SYN_COUNT(from); i++)
        assert_int_equal(
            ask(h, (syn_request){.path = SYN_STR("/"), .from = syn_str_of(from[i]), .read_only = true, .whole = true}),
            400);
    char *query = calloc(1, 5000);
    memset(query, 'q', 5000);
    assert_int_equal(
        ask(h, (syn_request){.path = SYN_STR("/search"), .q = {query, 5000}, .read_only = true, .whole = true}), 400);
    free(query);
}

static void merged_stories_lead_on(void **state)
{
    house *h = *state;
    syn_decision d = {.story = SYN_STR("a")};
    syn_err err = {0};
    keep(h, "a", "en", "One", "Text.", "a");
    keep(h, "b", "en", "Two", "Other text.", "b");
    assert_int_equal(syn_store_decide_id(h->writer, SYN_STR("b"), &d, &err), SYN_OK);
    assert_int_equal(get(h, "/story/2"), 308);
    assert_string_equal(h->answer.location, "/story/1");
    assert_int_equal(get(h, "/api/stories/2.json"), 308);
    assert_string_equal(h->answer.location, "/api/stories/1.json");
}

static void pages_speak_the_reader_s_language(void **state)
{
    house *h = *state;
    syn_request r = {
        .path = SYN_STR("/"), .accept_language = SYN_STR("fa-IR,en;q=0.5"), .read_only = true, .whole = true};
    assert_int_equal(ask(h, r), 200);
    assert_true(says(h, "<html lang=\"fa\" dir=\"rtl\">"));
    assert_false(says(h, "href=\"/about?ui=fa\""));
    r.ui = SYN_STR("sv");
    assert_int_equal(ask(h, r), 200);
    assert_true(says(h, "<html lang=\"sv\" dir=\"ltr\">"));
    assert_true(says(h, "href=\"/about?ui=sv\""));
}

static void style_is_found_under_its_hash(void **state)
{
    house *h = *state;
    char path[48];
    syn_view_style_path(path);
    assert_int_equal(get(h, path), 200);
    assert_true(h->answer.forever);
    assert_int_equal(get(h, "/"), 200);
    assert_true(says(h, path));
}

/* ---- with sockets ---- */

typedef struct running {
    syn_serve_options options;
    volatile int stop;
    volatile unsigned port;
    syn_code code;
    syn_err err;
} running;

static void on_ready(void *context, syn_str address)
{
    running *r = context;
    unsigned port = 0;
    size_t colon = syn_find_byte(address, ':', 6);
    for (size_t i = colon + 1; i < address.n && address.p[i] != '/'; i++)
        port = port * 10 + (unsigned)(address.p[i] - '0');
    r->port = port;
}

static void *run(void *context)
{
    running *r = context;
    r->code = syn_serve_run(&r->options, &r->err);
    return NULL;
}

static void exchange(unsigned port, const char *request, char *out, size_t size)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
    assert_int_equal(write(fd, request, strlen(request)), (ssize_t)strlen(request));
    size_t n = 0;
    for (ssize_t got; n + 1 < size && (got = read(fd, out + n, size - n - 1)) > 0;) n += (size_t)got;
    out[n] = 0;
    close(fd);
}

static void serves_over_http_until_told_to_stop(void **state)
{
    house *h = *state;
    running r = {.options = {.lex = h->lex, .store = h->path, .threads = 2}};
    pthread_t thread;
    static char out[65536];
    r.options.stop = &r.stop;
    r.options.ready = on_ready;
    r.options.context = &r;
    assert_int_equal(pthread_create(&thread, NULL, run, &r), 0);
    for (int i = 0; i < 500 && !r.port; i++) usleep(10000);
    assert_true(r.port > 0);

    exchange(r.port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", out, sizeof out);
    assert_non_null(strstr(out, "HTTP/1.1 200"));
    assert_non_null(strstr(out, "Content-Security-Policy: default-src 'none'; style-src 'self'"));
    assert_non_null(strstr(out, "X-Content-Type-Options: nosniff"));
    assert_non_null(strstr(out, "Referrer-Policy: no-referrer"));
    char tag[32], request[256];
    const char *at = strstr(out, "ETag: ");
    assert_non_null(at);
    snprintf(tag, sizeof tag, "%.20s", at + 6);
    snprintf(request, sizeof request, "GET / HTTP/1.1\r\nHost: x\r\nIf-None-Match: %s\r\nConnection: close\r\n\r\n",
             tag);
    exchange(r.port, request, out, sizeof out);
    assert_non_null(strstr(out, "HTTP/1.1 304"));
    exchange(r.port, "HEAD /about HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", out, sizeof out);
    assert_non_null(strstr(out, "HTTP/1.1 200"));
    assert_null(strstr(out, "<html"));
    exchange(r.port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\na=b", out,
             sizeof out);
    assert_non_null(strstr(out, "HTTP/1.1 405"));
    assert_non_null(strstr(out, "Allow: GET, HEAD"));
    exchange(r.port, "GET /%00%2e%2e/<script> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", out, sizeof out);
    assert_null(strstr(out, "<script>"));
    exchange(r.port, "\x16\x03\x01 nonsense\r\n\r\n", out, sizeof out);

    /* the same port again */
    syn_serve_options second = r.options;
    syn_err err = {0};
    second.port = (uint16_t)r.port;
    assert_int_equal(syn_serve_run(&second, &err), SYN_EBUSY);
    snprintf(request, sizeof request, "%u", r.port);
    assert_non_null(strstr(err.line, request));

    r.stop = 1;
    pthread_join(thread, NULL);
    assert_int_equal(r.code, SYN_OK);
}

static void says_why_it_cannot_start(void **state)
{
    house *h = *state;
    volatile int stop = 1;
    syn_err err = {0};
    syn_serve_options o = {.lex = h->lex, .store = h->path, .address = "localhost", .stop = &stop};
    assert_int_equal(syn_serve_run(&o, &err), SYN_EINVAL);
    memset(&err, 0, sizeof err);
    o.address = NULL;
    o.store = "/nowhere/store.db";
    assert_int_equal(syn_serve_run(&o, &err), SYN_EIO);
    assert_non_null(strstr(err.line, "/nowhere/store.db"));
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(every_address_answers),         T(wrong_addresses_are_answered_too),
        T(merged_stories_lead_on),        T(pages_speak_the_reader_s_language),
        T(style_is_found_under_its_hash), T(serves_over_http_until_told_to_stop),
        T(says_why_it_cannot_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
