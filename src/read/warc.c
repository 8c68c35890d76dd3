/* warc.c - stage 2: pages out of web archives: WARC 1.0 and 1.1 (ISO 28500) response and resource records, WET
   conversion records.  Bodies are taken out of HTTP's chunks and compression. */
#include "input.h"

enum { MAX_HEADER = 1 << 16 };

static bool blank_line(syn_str s, size_t at, size_t *width)
{
    if (syn_starts(syn_slice(s, at, s.n), SYN_STR("\r\n\r\n"))) return *width = 4, true;
    if (syn_starts(syn_slice(s, at, s.n), SYN_STR("\n\n"))) return *width = 2, true;
    return false;
}

/* The end of a header block (after its blank line) in s, or SIZE_MAX. */
static size_t header_end(syn_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        size_t width;
        if ((s.p[i] == '\r' || s.p[i] == '\n') && blank_line(s, i, &width)) return i + width;
    }
    return SIZE_MAX;
}

static syn_str field(syn_str header, const char *name)
{
    syn_str rest = header, line, key = syn_str_of(name);
    while (syn_split(&rest, '\n', &line)) {
        if (line.n > key.n && line.p[key.n] == ':' && syn_starts_i(line, key))
            return syn_trim(syn_slice(line, key.n + 1, line.n));
    }
    return (syn_str){0};
}

static int hex(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Chunks joined in place: RFC 9112, 7.1.  A body cut short keeps what came. */
static size_t unchunk(char *p, size_t n)
{
    size_t in = 0, out = 0;
    while (in < n) {
        size_t size = 0, digits = 0;
        while (in < n && hex(p[in]) >= 0 && digits < 8) size = size * 16 + (size_t)hex(p[in++]), digits++;
        while (in < n && p[in] != '\n') in++;
        if (in < n) in++;
        if (!digits || !size) break;
        if (size > n - in) size = n - in;
        memmove(p + out, p + in, size);
        out += size;
        in += size;
        while (in < n && (p[in] == '\r' || p[in] == '\n')) in++;
    }
    return out;
}

static bool readable(syn_str type)
{
    static const char *const TYPES[] = {"text/html",          "application/xhtml", "text/plain",
                                        "text/xml",           "application/xml",   "application/rss",
                                        "application/atom",   "application/json",  "application/feed+json",
                                        "application/rdf+xml"};
    if (!type.n) return true;
    for (size_t i = 0; i < SYN_COUNT(TYPES); i++) {
        if (syn_starts_i(type, syn_str_of(TYPES[i]))) return true;
    }
    return false;
}

/* The HTTP response in body becomes its content; false where it is no page. */
static syn_code open_http(syn_arena *scratch, syn_buf *body, syn_page *page, bool *is_page, syn_err *err)
{
    syn_str all = syn_buf_str(body);
    size_t end = header_end(syn_slice(all, 0, MAX_HEADER));
    *is_page = false;
    if (end == SIZE_MAX || !syn_starts(all, SYN_STR("HTTP/"))) return SYN_OK;
    syn_str header = syn_dup(scratch, syn_slice(all, 0, end));
    size_t space = syn_find_byte(header, ' ', 0);
    if (space == SIZE_MAX || !syn_starts(syn_slice(header, space, header.n), SYN_STR(" 200"))) return SYN_OK;
    page->content_type = field(header, "Content-Type");
    if (!readable(page->content_type)) return SYN_OK;
    syn_str coding = field(header, "Content-Encoding"), transfer = field(header, "Transfer-Encoding");
    memmove(body->p, body->p + end, body->n - end);
    body->n -= end;
    /* Crawlers often undo chunks and leave the field: only what looks like a chunk's size is one. */
    if (syn_starts_i(transfer, SYN_STR("chunked")) && body->n && hex(body->p[0]) >= 0)
        body->n = unchunk(body->p, body->n);
    bool packed = syn_str_ieq(coding, SYN_STR("gzip")) || syn_str_ieq(coding, SYN_STR("x-gzip")) ||
                  syn_str_ieq(coding, SYN_STR("deflate"));
    bool plain = body->n && (body->p[0] == '<' || body->p[0] == '\n' || body->p[0] == '\r' || body->p[0] == ' ');
    if (packed && !plain) {
        syn_buf out = {.max = SYN_MAX_PAGE};
        syn_code rc = syn_inflate(syn_buf_str(body), &out, err);
        if (!rc) {
            syn_buf_clear(body);
            syn_buf_add(body, syn_buf_str(&out));
        }
        syn_buf_free(&out);
        if (rc) return rc;
    } else if (coding.n && !packed && !plain && !syn_str_ieq(coding, SYN_STR("identity"))) {
        return syn_fail(err, SYN_EFORMAT, 0, "compressed as %.*s, which is not read", SYN_FMT(coding));
    }
    *is_page = true;
    return SYN_OK;
}

static syn_code take_body(syn_input *in, uint64_t left, syn_buf *body, syn_err *err)
{
    while (left) {
        syn_str ready;
        syn_code rc = syn_input_peek(in, 1, &ready, err);
        if (rc) return rc;
        if (!ready.n) return syn_fail(err, SYN_EFORMAT, 0, "the archive ends inside a record");
        if (ready.n > left) ready.n = (size_t)left;
        if (body) syn_buf_add(body, ready);
        syn_input_skip(in, ready.n);
        left -= ready.n;
    }
    return SYN_OK;
}

/* *broken: it is not known where the next record begins. */
static syn_code next_page(syn_input *in, syn_arena *scratch, syn_buf *body, syn_page *page, bool *broken, syn_err *err)
{
    *broken = true;
    for (;;) {
        syn_arena_reset(scratch);
        syn_buf_clear(body);
        syn_str ready;
        syn_code rc;
        while ((rc = syn_input_peek(in, 1, &ready, err)) == SYN_OK && ready.n &&
               (ready.p[0] == '\r' || ready.p[0] == '\n')) {
            syn_input_skip(in, 1);
        }
        if (rc) return rc;
        if (!ready.n) return SYN_ENOTFOUND;
        rc = syn_input_peek(in, MAX_HEADER, &ready, err);
        if (rc && !ready.n) return rc;
        size_t end = header_end(syn_slice(ready, 0, MAX_HEADER));
        if (!syn_starts(ready, SYN_STR("WARC/")) || end == SIZE_MAX) {
            return syn_fail(err, SYN_EFORMAT, (size_t)syn_input_at(in), "no WARC record at byte %llu",
                            (unsigned long long)syn_input_at(in));
        }
        syn_str header = syn_dup(scratch, syn_slice(ready, 0, end));
        syn_input_skip(in, end);
        uint64_t length;
        if (!syn_parse_u64(field(header, "Content-Length"), &length)) {
            return syn_fail(err, SYN_EFORMAT, (size_t)syn_input_at(in), "a WARC record without its length at byte %llu",
                            (unsigned long long)syn_input_at(in));
        }
        syn_str type = field(header, "WARC-Type"), content = field(header, "Content-Type"),
                url = field(header, "WARC-Target-URI");
        if (url.n > 1 && url.p[0] == '<') url = syn_slice(url, 1, url.n - 1);
        bool response = syn_str_ieq(type, SYN_STR("response")) && syn_starts_i(content, SYN_STR("application/http"));
        bool page_itself = (syn_str_ieq(type, SYN_STR("conversion")) || syn_str_ieq(type, SYN_STR("resource"))) &&
                           readable(content);
        bool wanted = (response || page_itself) && length <= SYN_MAX_PAGE;
        bool large = (response || page_itself) && !wanted;
        rc = take_body(in, length, wanted ? body : NULL, err);
        if (rc) return rc;
        page->url = url;
        page->content_type = response ? (syn_str){0} : content;
        syn_time t;
        page->fetched = syn_time_parse(field(header, "WARC-Date"), &t) ? t.seconds : 0;
        if (!wanted && !large) continue;
        *broken = false;
        if (large) return syn_fail(err, SYN_ELIMIT, 0, "%.*s: larger than %zu bytes", SYN_FMT(url), SYN_MAX_PAGE);
        if (body->failed) return syn_fail(err, SYN_ENOMEM, 0, "no memory to hold a record");
        bool is_page = page_itself;
        if (response && (rc = open_http(scratch, body, page, &is_page, err)) != SYN_OK) return rc;
        if (is_page && body->n) return SYN_OK;
        *broken = true;
    }
}

enum { GLANCE = 4096 };

/* Go to where the next record begins, after a damaged one; false where none does. */
static bool find_next(syn_input *in)
{
    static const char MARK[] = "\nWARC/1.";
    const size_t width = sizeof MARK - 1;
    bool fresh = false; /* at the beginning of a packed member */
    for (;;) {
        syn_str ready;
        if (syn_input_peek(in, GLANCE, &ready, NULL)) {
            if (!syn_input_resync(in)) return false;
            fresh = true;
            continue;
        }
        if (fresh && syn_starts(ready, (syn_str){MARK + 1, width - 1})) return true;
        fresh = false;
        size_t at = syn_find(ready, (syn_str){MARK, width}, 0);
        if (at != SIZE_MAX) {
            syn_input_skip(in, at + 1);
            return true;
        }
        if (!ready.n) return false;
        syn_input_skip(in, ready.n < width ? ready.n : ready.n - (width - 1)); /* so few only where the bytes end */
    }
}

syn_code syn_warc_next(syn_input *in, syn_arena *scratch, syn_buf *body, syn_page *page, bool *broken, syn_err *err)
{
    syn_code rc = next_page(in, scratch, body, page, broken, err);
    if (rc && rc != SYN_ENOTFOUND && *broken) *broken = !find_next(in);
    return rc;
}
