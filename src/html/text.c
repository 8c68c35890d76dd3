/* text.c - stage 1: characters: decoding a run of them, and finding where text ends that only its own end tag ends. */
#include "internal.h"

static bool holds(const tokenizer *t, size_t start, size_t end, unsigned how)
{
    for (size_t i = start; i < end; i++) {
        char c = t->p[i];
        if (c == '\r' || (c == '\0' && (how & DECODE_REPLACE_NUL)) || (c == '&' && (how & DECODE_REFS)) ||
            ((how & DECODE_LOWER) && to_lower(c) != c))
            return true;
    }
    return false;
}

/* Whether a run needs decoding at all.  The places of the next '&', CR and NUL are remembered in order of the input; a
   look back (at names) scans. */
static bool is_plain(tokenizer *t, size_t start, size_t end, unsigned how)
{
    if (how & DECODE_LOWER) return !holds(t, start, end, how);
    if (tokenizer_find(t, &t->next_cr, start, '\r') < end) return false;
    if ((how & DECODE_REFS) && tokenizer_find(t, &t->next_amp, start, '&') < end) return false;
    return !(how & DECODE_REPLACE_NUL) || tokenizer_find(t, &t->next_nul, start, '\0') >= end;
}

syn_str syn_text_decode(tokenizer *t, size_t start, size_t end, unsigned how)
{
    syn_str raw = {t->p + start, end - start};
    if (start >= end || is_plain(t, start, end, how)) return raw;
    syn_buf *b = &t->scratch;
    syn_buf_clear(b);
    size_t done = 0;
    for (size_t i = 0; i < raw.n;) {
        char c = raw.p[i];
        bool ref = c == '&' && (how & DECODE_REFS), nul = c == '\0' && (how & DECODE_REPLACE_NUL);
        bool upper = (how & DECODE_LOWER) && to_lower(c) != c;
        if (!ref && !nul && !upper && c != '\r') {
            i++;
            continue;
        }
        syn_buf_add(b, (syn_str){raw.p + done, i - done});
        done = i;
        if (ref) {
            size_t took = syn_entity_decode(raw, i, how & DECODE_IN_ATTRIBUTE, b);
            i += took ? took : 1;
            if (took) done = i;
            continue;
        }
        done = ++i;
        if (nul)
            syn_buf_utf8(b, SYN_BAD_CP);
        else if (upper)
            syn_buf_c(b, to_lower(c));
        else if (i >= raw.n || raw.p[i] != '\n')
            syn_buf_c(b, '\n');
    }
    syn_buf_add(b, (syn_str){raw.p + done, raw.n - done});
    char *copy = b->failed ? NULL : syn_alloc(t->arena, b->n);
    if (!copy) {
        t->failed = true;
        return (syn_str){"", 0};
    }
    if (b->n) memcpy(copy, b->p, b->n);
    return (syn_str){copy, b->n};
}

/* Whether name (lower case) stands at `at`, followed by what ends a tag name. */
static bool tag_name_at(const tokenizer *t, size_t at, syn_str name)
{
    if (at + name.n >= t->n) return false;
    for (size_t i = 0; i < name.n; i++) {
        if (to_lower(t->p[at + i]) != name.p[i]) return false;
    }
    char after = t->p[at + name.n];
    return is_space(after) || after == '/' || after == '>';
}

/* Script data: within "<!--" a "<script" makes its own "</script" part of the text, until "-->". */
static size_t script_end(tokenizer *t, size_t at)
{
    enum { PLAIN, ESCAPED, DOUBLE } state = PLAIN;
    const syn_str script = SYN_STR("script");
    size_t escape = 0; /* where the escape's dashes begin */
    while (at < t->n) {
        if (state == PLAIN) {
            at = tokenizer_find(t, &t->next_lt, at, '<');
            if (at >= t->n) break;
            if (at + 1 < t->n && t->p[at + 1] == '/' && tag_name_at(t, at + 2, script)) return at;
            if (t->n - at >= 4 && memcmp(t->p + at, "<!--", 4) == 0) {
                state = ESCAPED;
                escape = at + 2;
                at += 4;
            } else {
                at++;
            }
            continue;
        }
        char c = t->p[at];
        if (c == '>' && at >= escape + 2 && t->p[at - 1] == '-' && t->p[at - 2] == '-') {
            state = PLAIN;
        } else if (c == '<' && at + 1 < t->n && t->p[at + 1] == '/' && tag_name_at(t, at + 2, script)) {
            if (state == ESCAPED) return at;
            state = ESCAPED;
        } else if (c == '<' && state == ESCAPED && tag_name_at(t, at + 1, script)) {
            state = DOUBLE;
        }
        at++;
    }
    return t->n;
}

size_t syn_text_raw_end(tokenizer *t, size_t at)
{
    /* A fragment that begins within such text has no end tag of its own. */
    if (t->mode == TEXT_PLAIN || t->raw_tag == SYN_TAG_UNKNOWN) return t->n;
    if (t->mode == TEXT_SCRIPT) return script_end(t, at);
    syn_str name = syn_tag_name(t->raw_tag);
    for (; (at = tokenizer_find(t, &t->next_lt, at, '<')) < t->n; at++) {
        if (at + 1 < t->n && t->p[at + 1] == '/' && tag_name_at(t, at + 2, name)) return at;
    }
    return t->n;
}
