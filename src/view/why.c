/* why.c - stage 8: a difference between tellings in one line of the reader's language. */
#include "internal.h"

static const int kinds[SYN_DIFF_KINDS] = {UI_DIFFERS_FIGURE, UI_DIFFERS_DATE, UI_DIFFERS_NAME,         UI_DIFFERS_SCALE,
                                          UI_DIFFERS_UPDATE, UI_DIFFERS_ONLY, UI_DIFFERS_UNTRANSLATED, UI_DIFFERS_LINK,
                                          UI_DIFFERS_JOINER, UI_DIFFERS_BIDI};
static const int whys[SYN_DIFF_KINDS] = {UI_WHY_FIGURE, UI_WHY_DATE,         UI_WHY_NAME, UI_WHY_SCALE,  UI_WHY_UPDATE,
                                         UI_WHY_ONLY,   UI_WHY_UNTRANSLATED, UI_WHY_LINK, UI_WHY_JOINER, UI_WHY_BIDI};

int syn_view_difference_key(uint8_t kind)
{
    return kinds[kind < SYN_DIFF_KINDS ? kind : 0];
}
int syn_view_severity_key(uint8_t severity)
{
    return severity >= 3 ? UI_SEVERITY_3 : severity == 2 ? UI_SEVERITY_2 : UI_SEVERITY_1;
}

enum { QUOTED_BYTES = 160 }; /* of a sentence left in another language */

static syn_str shown(syn_str said)
{
    size_t n = said.n < QUOTED_BYTES ? said.n : QUOTED_BYTES;
    while (n < said.n && n && ((unsigned char)said.p[n] & 0xC0) == 0x80) n--;
    return syn_slice(said, 0, n);
}

static void put_part(syn_buf *out, syn_str part, const syn_telling *by, const syn_fact *f, const syn_view *v)
{
    if (!v) {
        syn_buf_z(out, by ? "\xE2\x81\xA8" : ""); /* isolated: its direction may be another one */
        syn_buf_add(out, part);
        syn_buf_z(out, by ? "\xE2\x81\xA9" : "");
        return;
    }
    if (!by) {
        syn_view_escape(out, part);
        return;
    }
    if (f && f->kind <= SYN_FACT_DATERANGE) { /* figures and days in the reader's own digits and calendar */
        syn_buf_z(out, "<bdi>");
        syn_view_value(v, out, f);
        syn_buf_z(out, "</bdi>");
        return;
    }
    syn_buf_z(out, "<bdi lang=\"");
    syn_view_escape(out, by->lang);
    syn_buf_z(out, "\">");
    syn_view_escape(out, part);
    syn_buf_z(out, "</bdi>");
}

/* An update is told in the order of publishing; what one side alone says, by that side. */
static bool turned(const syn_difference *d, const syn_telling *a, const syn_telling *b)
{
    if (d->kind == SYN_DIFF_UPDATE) return a->published.seconds > b->published.seconds;
    return d->a.span.end == d->a.span.start;
}

void syn_view_why(size_t ui, syn_buf *out, const syn_difference *d, const syn_telling *const *tellings,
                  const syn_view *v)
{
    const syn_telling *a = tellings[d->in_a], *b = tellings[d->in_b];
    const syn_saying *x = &d->a, *y = &d->b;
    if (turned(d, a, b)) {
        const syn_telling *t = a;
        a = b, b = t;
        x = &d->b, y = &d->a;
    }
    syn_str form = syn_str_of(syn_view_text_in(ui, whys[d->kind < SYN_DIFF_KINDS ? d->kind : 0]));
    size_t done = 0;
    for (size_t at = 0; at + 3 <= form.n; at++) {
        if (form.p[at] != '{' || form.p[at + 2] != '}') continue;
        bool first = form.p[at + 1] == 'a';
        put_part(out, syn_slice(form, done, at), NULL, NULL, v);
        put_part(out,
                 shown(syn_slice(first ? a->text->src : b->text->src, first ? x->span.start : y->span.start,
                                 first ? x->span.end : y->span.end)),
                 first ? a : b, first ? x->fact : y->fact, v);
        done = at + 3;
    }
    put_part(out, syn_slice(form, done, form.n), NULL, NULL, v);
}
