/* tokenizer.c - stage 1: bytes to tokens: runs of text, tags with their attributes.  The states of the standard's
   section 13.2.5 are places in this code; a byte is looked at once or passed over by memchr. */
#include <stdlib.h>

#include "internal.h"

enum { ENDS_NAME = 1, ENDS_ATTR = 2, CHANGES = 4 }; /* a tag's name, an attribute's name; not itself in lower case */

static inline unsigned class_of(char c)
{
    static const uint8_t classes[256] = {
        ['\t'] = 3, ['\n'] = 3, ['\f'] = 3, ['\r'] = 3, [' '] = 3, ['/'] = 3, ['>'] = 3, ['='] = 2, ['\0'] = 4,
        ['A'] = 4,  ['B'] = 4,  ['C'] = 4,  ['D'] = 4,  ['E'] = 4, ['F'] = 4, ['G'] = 4, ['H'] = 4, ['I'] = 4,
        ['J'] = 4,  ['K'] = 4,  ['L'] = 4,  ['M'] = 4,  ['N'] = 4, ['O'] = 4, ['P'] = 4, ['Q'] = 4, ['R'] = 4,
        ['S'] = 4,  ['T'] = 4,  ['U'] = 4,  ['V'] = 4,  ['W'] = 4, ['X'] = 4, ['Y'] = 4, ['Z'] = 4,
    };
    return classes[(unsigned char)c];
}

static size_t first(const tokenizer *t, char c)
{
    const char *hit = t->n ? memchr(t->p, c, t->n) : NULL;
    return hit ? (size_t)(hit - t->p) : t->n;
}

syn_code syn_tokenizer_open(tokenizer *t, syn_arena *arena, syn_str input)
{
    *t = (tokenizer){.arena = arena, .p = input.p ? input.p : "", .n = input.n};
    t->scratch.max = SYN_MAX_BUFFER;
    t->next_lt = first(t, '<');
    t->next_amp = first(t, '&');
    t->next_cr = first(t, '\r');
    t->next_nul = first(t, '\0');
    t->attrs = malloc(SYN_MAX_ATTRIBUTES * sizeof(syn_attr));
    t->hashes = malloc(SYN_MAX_ATTRIBUTES * sizeof(uint32_t));
    return t->attrs && t->hashes ? SYN_OK : SYN_ENOMEM;
}

void syn_tokenizer_close(tokenizer *t)
{
    free(t->attrs);
    free(t->hashes);
    syn_buf_free(&t->scratch);
}

static void end_of_file(tokenizer *t)
{
    t->at = t->n;
    t->tok.type = TOKEN_EOF;
}

static void text_token(tokenizer *t, size_t end, unsigned how)
{
    token *k = &t->tok;
    k->type = TOKEN_TEXT;
    k->has_nul = !(how & DECODE_REPLACE_NUL) && tokenizer_find(t, &t->next_nul, t->at, '\0') < end;
    k->text = syn_text_decode(t, t->at, end, how);
    t->at = end;
}

/* The end of the text that starts at `at`: where markup begins. */
static size_t data_end(tokenizer *t, size_t at)
{
    for (;; at++) {
        at = tokenizer_find(t, &t->next_lt, at, '<');
        if (at + 1 >= t->n) return t->n;
        char c = t->p[at + 1];
        if (is_alpha(c) || c == '!' || c == '?' || (c == '/' && at + 2 < t->n)) return at;
    }
}

static size_t skip_space(const tokenizer *t, size_t i)
{
    while (i < t->n && is_space(t->p[i])) i++;
    return i;
}

static void add_attribute(tokenizer *t, syn_str name, uint32_t hash, syn_str value)
{
    token *k = &t->tok;
    if (k->nattrs == SYN_MAX_ATTRIBUTES) return;
    for (uint32_t i = 0; i < k->nattrs; i++) {
        if (t->hashes[i] == hash && syn_str_eq(t->attrs[i].name, name)) return;
    }
    t->hashes[k->nattrs] = hash;
    t->attrs[k->nattrs++] = (syn_attr){name, value, NULL};
}

/* The attribute whose name starts at i; returns where it ends, or t->n at the input's end. */
static size_t attribute(tokenizer *t, size_t i)
{
    size_t start = i;
    uint32_t hash = 2166136261u;
    unsigned seen = 0, class;
    /* A name may start with '='. */
    do {
        class = class_of(t->p[i]);
        seen |= class;
        hash = (hash ^ (unsigned char)to_lower(t->p[i])) * 16777619u;
        i++;
    } while (i < t->n && !(class_of(t->p[i]) & ENDS_ATTR));
    syn_str name = {t->p + start, i - start};
    if (seen & CHANGES) name = syn_text_decode(t, start, i, DECODE_LOWER | DECODE_REPLACE_NUL);
    syn_str value = {"", 0};
    i = skip_space(t, i);
    if (i < t->n && t->p[i] == '=') {
        i = skip_space(t, i + 1);
        if (i >= t->n) return t->n;
        char quote = t->p[i];
        size_t from = i, to;
        if (quote == '"' || quote == '\'') {
            from++;
            const char *hit = memchr(t->p + from, quote, t->n - from);
            if (!hit) return t->n;
            to = (size_t)(hit - t->p);
            i = to + 1;
        } else {
            while (i < t->n && !is_space(t->p[i]) && t->p[i] != '>') i++;
            to = i;
        }
        if (t->tok.type == TOKEN_START)
            value = syn_text_decode(t, from, to, DECODE_REFS | DECODE_IN_ATTRIBUTE | DECODE_REPLACE_NUL);
    }
    if (t->tok.type == TOKEN_START) add_attribute(t, name, hash, value);
    return i;
}

/* A tag whose name starts at i.  One that the input's end cuts off is dropped. */
static void tag(tokenizer *t, token_type type, size_t i)
{
    token *k = &t->tok;
    k->type = type;
    k->self_closing = false;
    k->nattrs = 0;
    k->attrs = t->attrs;
    size_t start = i, length = 0;
    uint64_t word[2] = {0, 0};
    unsigned seen = 0;
    for (; i < t->n && !(class_of(t->p[i]) & ENDS_NAME); i++, length++) {
        seen |= class_of(t->p[i]);
        if (length < 16) word[length >> 3] |= (uint64_t)(unsigned char)to_lower(t->p[i]) << (8 * (length & 7));
    }
    k->tag = length <= 16 ? syn_tag_find((tag_key){word[0], word[1]}) : SYN_TAG_UNKNOWN;
    k->text = syn_tag_name(k->tag);
    /* A NUL in the name made the key of a shorter one. */
    if (k->text.n != length) {
        k->tag = SYN_TAG_UNKNOWN;
        k->text = (syn_str){t->p + start, length};
        if (seen & CHANGES) k->text = syn_text_decode(t, start, i, DECODE_LOWER | DECODE_REPLACE_NUL);
    }
    while (i < t->n) {
        char c = t->p[i];
        if (c == '>') {
            t->at = i + 1;
            return;
        }
        if (is_space(c)) {
            i++;
        } else if (c == '/') {
            i++;
            k->self_closing = i < t->n && t->p[i] == '>';
        } else {
            i = attribute(t, i);
        }
    }
    end_of_file(t);
}

/* Character data of foreign content; false if it is empty. */
static bool cdata(tokenizer *t)
{
    t->at += sizeof("<![CDATA[") - 1;
    size_t end = syn_find((syn_str){t->p, t->n}, SYN_STR("]]>"), t->at);
    bool closed = end != SIZE_MAX;
    if (!closed) end = t->n;
    bool some = end > t->at;
    if (some) text_token(t, end, 0);
    t->at = closed ? end + 3 : end;
    return some;
}

void syn_tokenizer_next(tokenizer *t)
{
    for (;;) {
        if (t->mode != TEXT_DATA) {
            size_t end = syn_text_raw_end(t, t->at);
            unsigned how = t->mode == TEXT_RCDATA ? DECODE_REFS | DECODE_REPLACE_NUL : DECODE_REPLACE_NUL;
            t->mode = TEXT_DATA; /* what follows is the end tag or nothing */
            if (end > t->at) {
                text_token(t, end, how);
                return;
            }
        }
        if (t->at >= t->n) {
            end_of_file(t);
            return;
        }
        size_t end = data_end(t, t->at);
        if (end > t->at) {
            text_token(t, end, DECODE_REFS);
            return;
        }
        syn_str rest = {t->p + t->at, t->n - t->at};
        char c = rest.p[1];
        if (is_alpha(c)) {
            tag(t, TOKEN_START, t->at + 1);
            return;
        }
        if (c == '/' && is_alpha(rest.p[2])) {
            tag(t, TOKEN_END, t->at + 2);
            return;
        }
        if (c == '/' && rest.p[2] == '>') {
            t->at += 3;
        } else if (t->allow_cdata && syn_starts(rest, SYN_STR("<![CDATA["))) {
            if (cdata(t)) return;
        } else if (c == '!') {
            t->at += 2;
            syn_markup_declaration(t);
            return;
        } else {
            t->at += c == '/' ? 2 : 1;
            syn_markup_bogus(t);
            return;
        }
    }
}
