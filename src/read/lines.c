/* lines.c - stage 2: JSON Lines as an archive of articles, one a line, as the command writes them.  A JSON Feed on one
   line stays a page. */
#include "input.h"

enum { LOOK = 1 << 16 }; /* bytes of the first line that are looked at */

bool syn_lines_are(syn_input *in)
{
    syn_str head = {0};
    if (syn_input_peek(in, 1, &head, NULL) || !head.n || head.p[0] != '{') return false;
    if (syn_input_peek(in, LOOK, &head, NULL)) return false;
    size_t end = syn_find_byte(head, '\n', 0);
    syn_str first = syn_trim(syn_slice(head, 0, end == SIZE_MAX ? head.n : end));
    if (end != SIZE_MAX && (first.n < 2 || first.p[first.n - 1] != '}')) return false; /* an object of several lines */
    if (syn_starts(first, SYN_STR("{\"id\":"))) return true;
    syn_str rest = end == SIZE_MAX ? (syn_str){0} : syn_trim(syn_slice(head, end, head.n));
    return rest.n && rest.p[0] == '{';
}

static syn_code past_line(syn_input *in, syn_buf *body, bool *whole, syn_err *err)
{
    syn_str ready;
    syn_code rc;
    *whole = true;
    while ((rc = syn_input_peek(in, 1, &ready, err)) == SYN_OK && ready.n) {
        size_t end = syn_find_byte(ready, '\n', 0), n = end == SIZE_MAX ? ready.n : end;
        if (*whole && n < body->max - body->n)
            syn_buf_add(body, syn_slice(ready, 0, n));
        else
            *whole = false;
        syn_input_skip(in, end == SIZE_MAX ? n : n + 1);
        if (end != SIZE_MAX) break;
    }
    return rc;
}

syn_code syn_lines_next(syn_input *in, syn_buf *body, syn_page *page, bool *broken, syn_err *err)
{
    for (;;) {
        syn_str ready;
        bool whole;
        *broken = true;
        syn_buf_clear(body);
        syn_code rc = syn_input_peek(in, 1, &ready, err);
        if (!rc && !ready.n) return SYN_ENOTFOUND;
        if (!rc) rc = past_line(in, body, &whole, err);
        if (rc) return rc;
        *broken = body->failed;
        if (body->failed) return syn_fail(err, SYN_ENOMEM, 0, "no memory to hold a line");
        page->content_type = SYN_STR(SYN_LINES_TYPE);
        if (!whole) return syn_fail(err, SYN_ELIMIT, 0, "a line longer than %zu bytes", body->max);
        if (syn_trim(syn_buf_str(body)).n) return SYN_OK;
    }
}
