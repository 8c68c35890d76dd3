/* packed.c - stage 7: signatures as they are kept: column by column, in the order in which the text prints the
   features, where neighbours resemble each other.  Older stores hold syn_signature_pack's bytes, bare or as a frame of
   Zstandard (RFC 8878).

   "SC", version 1, two frames with their lengths before them, then what nothing makes smaller: the keys, 8 bytes each,
   and the sketch.  The first frame: language, moments and hashes; how many shingles, features and different weights;
   the weights; of each feature, a column each: signal, alt, common, its weight's place (or the weight itself, where
   there are more than 255), the distance of its span from the one before, the span's length, and that of its words, 0
   where they are those of the one before, else one more.  The second: the words.  Numbers as bytes.h keeps small ones.
 */
#include "bytes.h"
#include "internal.h"

#include <stdlib.h>
#include <zstd.h>

enum {
    LEVEL = 1,
    MOST = 64 << 20,   /* bytes of one signature, unpacked */
    FEW_WEIGHTS = 255, /* whose places take a byte */
    LEAST_FEATURE = 7  /* bytes of one within the first frame */
};

static const syn_str frame_mark = {"\x28\xB5\x2F\xFD", 4}, column_mark = {"SC\x01", 3};

static syn_code no_memory(syn_err *err)
{
    return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
}

void syn_store_packer_free(syn_store *s)
{
    ZSTD_freeCCtx(s->packer);
    ZSTD_freeDCtx(s->unpacker);
}

/* ---- packing ---- */

typedef struct placed { /* a feature's place in the signature, in the order of the text */
    syn_span span;
    uint32_t at;
} placed;

static int by_span(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
    if (x->span.end != y->span.end) return x->span.end < y->span.end ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

typedef struct weights { /* the different ones, as they come */
    float values[FEW_WEIGHTS];
    size_t n;
    bool many;
} weights;

static size_t place_of(weights *w, float weight)
{
    size_t i = w->n; /* the latest are the likeliest */
    while (i && memcmp(&w->values[i - 1], &weight, sizeof weight) != 0) i--;
    if (i) return i - 1;
    if (w->n == FEW_WEIGHTS) {
        w->many = true;
        return 0;
    }
    w->values[w->n] = weight;
    return w->n++;
}

static void put_head(const syn_signature *s, const weights *w, syn_buf *out)
{
    syn_bytes_put_str(out, s->lang);
    syn_bytes_put(out, (uint64_t)s->when, 8);
    syn_bytes_put(out, (uint32_t)s->spoken_of, 4);
    syn_bytes_put(out, s->content, 8);
    syn_bytes_put(out, s->outlet, 8);
    syn_bytes_put(out, s->site, 8);
    syn_bytes_put(out, s->source, 8);
    syn_bytes_put_small(out, s->nshingles);
    syn_bytes_put_small(out, s->nfeatures);
    syn_bytes_put_small(out, w->many ? 0 : w->n);
    for (size_t i = 0; i < w->n && !w->many; i++) syn_bytes_put_float(out, w->values[i]);
}

static void put_columns(const syn_signature *s, const placed *order, weights *w, syn_buf *out, syn_buf *words)
{
    syn_str last = {NULL, 0};
    uint32_t start = 0;
    for (uint32_t i = 0; i < s->nfeatures; i++) syn_buf_c(out, (char)s->features[order[i].at].signal);
    for (uint32_t i = 0; i < s->nfeatures; i++) syn_buf_c(out, (char)s->features[order[i].at].alt);
    for (uint32_t i = 0; i < s->nfeatures; i++) syn_buf_c(out, (char)s->features[order[i].at].common);
    for (uint32_t i = 0; i < s->nfeatures; i++) {
        float weight = s->features[order[i].at].weight;
        if (w->many)
            syn_bytes_put_float(out, weight);
        else
            syn_buf_c(out, (char)place_of(w, weight));
    }
    for (uint32_t i = 0; i < s->nfeatures; start = order[i++].span.start)
        syn_bytes_put_small(out, order[i].span.start - start);
    for (uint32_t i = 0; i < s->nfeatures; i++) syn_bytes_put_small(out, order[i].span.end - order[i].span.start);
    for (uint32_t i = 0; i < s->nfeatures; i++) {
        syn_str own = s->surfaces[order[i].at];
        bool same = i > 0 && syn_str_eq(own, last);
        syn_bytes_put_small(out, same ? 0 : own.n + 1);
        if (!same) syn_buf_add(words, own);
        last = own;
    }
}

static void put_frame(syn_store *s, syn_str bytes, syn_buf *out)
{
    size_t room = ZSTD_compressBound(bytes.n), n = 0;
    char *frame = malloc(room);
    if (!s->packer) s->packer = ZSTD_createCCtx();
    if (frame && s->packer) n = ZSTD_compressCCtx(s->packer, frame, room, bytes.p, bytes.n, LEVEL);
    if (!frame || !s->packer || ZSTD_isError(n))
        out->failed = true;
    else
        syn_bytes_put_str(out, (syn_str){frame, n});
    free(frame);
}

syn_code syn_store_pack(syn_store *s, const syn_signature *signature, syn_buf *out, syn_err *err)
{
    syn_buf bare = {0}, words = {0};
    weights w = {.n = 0};
    placed *order = calloc((size_t)signature->nfeatures + 1, sizeof *order);
    if (!order) return no_memory(err);
    for (uint32_t i = 0; i < signature->nfeatures; i++) {
        order[i] = (placed){signature->features[i].span, i};
        place_of(&w, signature->features[i].weight);
    }
    qsort(order, signature->nfeatures, sizeof *order, by_span);
    put_head(signature, &w, &bare);
    put_columns(signature, order, &w, &bare, &words);
    syn_buf_add(out, column_mark);
    if (bare.failed || words.failed || bare.n > MOST || words.n > MOST) out->failed = true;
    if (!out->failed) put_frame(s, syn_buf_str(&bare), out);
    if (!out->failed) put_frame(s, syn_buf_str(&words), out);
    for (uint32_t i = 0; i < signature->nfeatures; i++) syn_bytes_put(out, signature->features[order[i].at].key, 8);
    for (uint32_t i = 0; i < signature->nshingles; i++) syn_bytes_put(out, signature->shingles[i], 8);
    syn_buf_free(&bare);
    syn_buf_free(&words);
    free(order);
    return out->failed ? syn_fail(err, SYN_ENOMEM, 0, "store: the signature cannot be packed") : SYN_OK;
}

/* ---- and back ---- */

static syn_code damaged(syn_err *err)
{
    return syn_fail(err, SYN_EFORMAT, 0, "store: a signature is damaged");
}

static syn_code open_frame(syn_store *s, syn_arena *arena, syn_str frame, syn_str *out, syn_err *err)
{
    unsigned long long n = ZSTD_getFrameContentSize(frame.p, frame.n);
    if (n == ZSTD_CONTENTSIZE_UNKNOWN || n == ZSTD_CONTENTSIZE_ERROR || n > MOST) return damaged(err);
    char *bare = syn_alloc(arena, (size_t)n + 1);
    if (!s->unpacker) s->unpacker = ZSTD_createDCtx();
    if (!bare || !s->unpacker) return no_memory(err);
    size_t got = ZSTD_decompressDCtx(s->unpacker, bare, (size_t)n, frame.p, frame.n);
    if (ZSTD_isError(got) || got != n) return damaged(err);
    *out = (syn_str){bare, (size_t)n};
    return SYN_OK;
}

/* A feature as it is read, in the text's order, with its words. */
typedef struct feature {
    syn_feature f;
    syn_str words;
} feature;

typedef struct sorting { /* in the order that a signature has: by signal, key, place in the text */
    uint64_t key;
    uint32_t signal, at;
} sorting;

static int by_signal(const void *a, const void *b)
{
    const sorting *x = a, *y = b;
    if (x->signal != y->signal) return x->signal < y->signal ? -1 : 1;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static void get_columns(syn_bytes *in, syn_bytes *words, syn_bytes *keys, feature *all, uint32_t n, const float *values,
                        size_t nvalues)
{
    for (uint32_t i = 0; i < n; i++) all[i].f.signal = (uint8_t)syn_bytes_get(in, 1);
    for (uint32_t i = 0; i < n; i++) all[i].f.alt = (uint8_t)syn_bytes_get(in, 1);
    for (uint32_t i = 0; i < n; i++) all[i].f.common = (uint8_t)syn_bytes_get(in, 1);
    for (uint32_t i = 0; i < n; i++) {
        size_t place = nvalues ? (size_t)syn_bytes_get(in, 1) : 0;
        all[i].f.weight = !nvalues ? syn_bytes_get_float(in) : place < nvalues ? values[place] : -1;
    }
    uint32_t start = 0;
    for (uint32_t i = 0; i < n; i++) all[i].f.span.start = start += (uint32_t)syn_bytes_get_small(in);
    for (uint32_t i = 0; i < n; i++) all[i].f.span.end = all[i].f.span.start + (uint32_t)syn_bytes_get_small(in);
    for (uint32_t i = 0; i < n; i++) all[i].words.n = (size_t)syn_bytes_get_small(in);
    for (uint32_t i = 0; i < n; i++) {
        bool same = i > 0 && all[i].words.n == 0;
        if (!same && all[i].words.n == 0) in->bad = true;
        all[i].words = same ? all[i - 1].words : syn_bytes_take(words, all[i].words.n - !in->bad);
        all[i].f.key = syn_bytes_get(keys, 8);
        if (all[i].f.signal >= SYN_SIGNALS || all[i].f.common > 3 || !(all[i].f.weight >= 0)) in->bad = true;
    }
    if (words->bad) in->bad = true;
}

static syn_code unpack_columns(syn_store *store, syn_arena *arena, syn_str bytes, syn_signature **out, syn_err *err)
{
    syn_bytes all = {.s = bytes, .at = column_mark.n}, in = {.bad = false}, words = {.bad = false};
    float values[FEW_WEIGHTS];
    syn_str frame = syn_bytes_get_str(&all), printed = syn_bytes_get_str(&all);
    syn_code code = all.bad ? damaged(err) : open_frame(store, arena, frame, &in.s, err);
    if (!code) code = open_frame(store, arena, printed, &words.s, err);
    if (code) return code;
    syn_signature *s = SYN_NEW(arena, syn_signature);
    if (!s) return no_memory(err);
    s->lang = syn_bytes_get_str(&in);
    s->when = (int64_t)syn_bytes_get(&in, 8);
    s->spoken_of = (syn_day)syn_bytes_get(&in, 4);
    s->content = syn_bytes_get(&in, 8);
    s->outlet = syn_bytes_get(&in, 8);
    s->site = syn_bytes_get(&in, 8);
    s->source = syn_bytes_get(&in, 8);
    uint64_t nshingles = syn_bytes_get_small(&in), n = syn_bytes_get_small(&in), nvalues = syn_bytes_get_small(&in);
    size_t left = all.s.n - all.at;
    if (in.bad || nvalues > FEW_WEIGHTS || n > (in.s.n - in.at) / LEAST_FEATURE || n > left / 8 ||
        nshingles != left / 8 - n || left % 8)
        return damaged(err);
    for (size_t i = 0; i < nvalues; i++) values[i] = syn_bytes_get_float(&in);
    feature *features = SYN_NEW_ARRAY(arena, feature, n + 1);
    sorting *order = SYN_NEW_ARRAY(arena, sorting, n + 1);
    syn_feature *sorted = SYN_NEW_ARRAY(arena, syn_feature, n + 1);
    syn_str *surfaces = SYN_NEW_ARRAY(arena, syn_str, n + 1);
    uint64_t *shingles = SYN_NEW_ARRAY(arena, uint64_t, nshingles + 1);
    if (!features || !order || !sorted || !surfaces || !shingles) return no_memory(err);
    get_columns(&in, &words, &all, features, (uint32_t)n, values, (size_t)nvalues);
    if (in.bad) return damaged(err);
    for (size_t i = 0; i < n; i++) order[i] = (sorting){features[i].f.key, features[i].f.signal, (uint32_t)i};
    qsort(order, (size_t)n, sizeof *order, by_signal);
    for (size_t i = 0; i < n; i++) {
        sorted[i] = features[order[i].at].f;
        surfaces[i] = features[order[i].at].words;
    }
    for (size_t i = 0; i < nshingles; i++) shingles[i] = syn_bytes_get(&all, 8);
    s->features = sorted;
    s->surfaces = surfaces;
    s->nfeatures = (uint32_t)n;
    s->shingles = shingles;
    s->nshingles = (uint32_t)nshingles;
    *out = s;
    return SYN_OK;
}

syn_code syn_store_unpack(syn_store *s, syn_arena *arena, syn_str bytes, syn_signature **out, syn_err *err)
{
    if (syn_starts(bytes, column_mark)) return unpack_columns(s, arena, bytes, out, err);
    if (!syn_starts(bytes, frame_mark)) return syn_signature_unpack(arena, bytes, out, err);
    syn_str bare;
    syn_code code = open_frame(s, arena, bytes, &bare, err);
    return code ? code : syn_signature_unpack(arena, bare, out, err);
}
