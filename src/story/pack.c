/* pack.c - stage 5: a signature as portable bytes, and back.

   Little-endian: "SG", version 3, then id, lang, when, spoken_of, content, outlet (not in version 1), site and
   source (not before version 3), shingles, features with their surfaces; texts and counts with a 32-bit length before
   them. */
#include "internal.h"

enum { PACK_VERSION = 3 };

static void put32(syn_buf *b, uint32_t v)
{
    char c[4] = {(char)v, (char)(v >> 8), (char)(v >> 16), (char)(v >> 24)};
    syn_buf_add(b, (syn_str){c, 4});
}

static void put64(syn_buf *b, uint64_t v)
{
    put32(b, (uint32_t)v);
    put32(b, (uint32_t)(v >> 32));
}

static void put_str(syn_buf *b, syn_str s)
{
    put32(b, (uint32_t)s.n);
    syn_buf_add(b, s);
}

syn_code syn_signature_pack(const syn_signature *s, syn_buf *out)
{
    syn_buf_add(out, SYN_STR("SG"));
    syn_buf_c(out, PACK_VERSION);
    put_str(out, s->id);
    put_str(out, s->lang);
    put64(out, (uint64_t)s->when);
    put32(out, (uint32_t)s->spoken_of);
    put64(out, s->content);
    put64(out, s->outlet);
    put64(out, s->site);
    put64(out, s->source);
    put32(out, s->nshingles);
    for (uint32_t i = 0; i < s->nshingles; i++) put64(out, s->shingles[i]);
    put32(out, s->nfeatures);
    for (uint32_t i = 0; i < s->nfeatures; i++) {
        const syn_feature *f = &s->features[i];
        uint32_t weight;
        memcpy(&weight, &f->weight, sizeof weight);
        put64(out, f->key);
        put32(out, weight);
        syn_buf_c(out, (char)f->signal);
        syn_buf_c(out, (char)f->alt);
        syn_buf_c(out, (char)f->common);
        put32(out, f->span.start);
        put32(out, f->span.end);
        put_str(out, s->surfaces[i]);
    }
    return out->failed ? SYN_ELIMIT : SYN_OK;
}

typedef struct cursor {
    syn_str s;
    size_t at;
    bool bad;
} cursor;

static syn_str take(cursor *c, size_t n)
{
    if (c->bad || n > c->s.n - c->at) {
        c->bad = true;
        return (syn_str){"", 0};
    }
    syn_str out = syn_slice(c->s, c->at, c->at + n);
    c->at += n;
    return out;
}

static uint32_t get32(cursor *c)
{
    syn_str s = take(c, 4);
    const unsigned char *p = (const unsigned char *)s.p;
    return s.n == 4 ? (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24 : 0;
}

static uint64_t get64(cursor *c)
{
    uint64_t low = get32(c);
    return low | (uint64_t)get32(c) << 32;
}

syn_code syn_signature_unpack(syn_arena *arena, syn_str bytes, syn_signature **out, syn_err *err)
{
    syn_str copy = syn_dup(arena, bytes); /* surfaces stay slices of it */
    cursor c = {.s = copy};
    syn_signature *s = SYN_NEW(arena, syn_signature);
    if (!s || arena->failed) return syn_fail(err, SYN_ENOMEM, 0, "no memory for a signature");
    syn_str head = take(&c, 3);
    if (head.n < 3 || !syn_str_eq(syn_slice(head, 0, 2), SYN_STR("SG")) || head.p[2] < 1 || head.p[2] > PACK_VERSION)
        return syn_fail(err, SYN_EFORMAT, 0, "not a signature");
    s->id = take(&c, get32(&c));
    s->lang = take(&c, get32(&c));
    s->when = (int64_t)get64(&c);
    s->spoken_of = (syn_day)get32(&c);
    s->content = get64(&c);
    s->outlet = head.p[2] > 1 ? get64(&c) : 0;
    s->site = head.p[2] > 2 ? get64(&c) : 0;
    s->source = head.p[2] > 2 ? get64(&c) : 0;
    s->nshingles = get32(&c);
    if (s->nshingles > (c.s.n - c.at) / 8) c.bad = true;
    uint64_t *shingles = c.bad ? NULL : SYN_NEW_ARRAY(arena, uint64_t, s->nshingles);
    for (uint32_t i = 0; shingles && i < s->nshingles; i++) shingles[i] = get64(&c);
    s->shingles = shingles;
    s->nfeatures = get32(&c);
    if (s->nfeatures > (c.s.n - c.at) / 27) c.bad = true;
    syn_feature *features = c.bad ? NULL : SYN_NEW_ARRAY(arena, syn_feature, s->nfeatures);
    syn_str *surfaces = c.bad ? NULL : SYN_NEW_ARRAY(arena, syn_str, s->nfeatures);
    for (uint32_t i = 0; features && surfaces && i < s->nfeatures; i++) {
        features[i].key = get64(&c);
        uint32_t weight = get32(&c);
        memcpy(&features[i].weight, &weight, sizeof weight);
        syn_str three = take(&c, 3);
        features[i].signal = three.n ? (uint8_t)three.p[0] : 0;
        features[i].alt = three.n ? (uint8_t)three.p[1] : 0;
        features[i].common = three.n ? (uint8_t)three.p[2] : 0;
        features[i].span.start = get32(&c);
        features[i].span.end = get32(&c);
        surfaces[i] = take(&c, get32(&c));
        if (features[i].signal >= SYN_SIGNALS || features[i].common > 3 || !(features[i].weight >= 0)) c.bad = true;
    }
    s->features = features;
    s->surfaces = surfaces;
    if (c.bad) return syn_fail(err, SYN_EFORMAT, c.at, "a signature is damaged at byte %zu", c.at);
    if (arena->failed) return syn_fail(err, SYN_ENOMEM, 0, "no memory for a signature");
    *out = s;
    return SYN_OK;
}
