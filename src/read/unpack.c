/* unpack.c - stage 2: a file's bytes as a stream, gzip (RFC 1952, many members) and Zstandard (RFC 8878) unpacked as
   they come. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "input.h"

enum { PACKED = 1 << 16, SHOWN = 1 << 17, GLANCE = 64, GLANCE_PACKED = 4096 };

typedef enum packing { PLAIN, GZIP, ZSTD } packing;

struct syn_unpacker {
    int fd;
    packing packing;
    bool started, eof, ended; /* format known; file read; unpacked stream over */
    bool between;             /* at a member's or frame's end */
    bool zlib;                /* z is set up */
    z_stream z;
    ZSTD_DStream *zstd;
    unsigned char packed[PACKED];
    size_t packed_at, packed_n;
    uint64_t dropped, resumed; /* packed bytes before packed[0]; where the member began that resync went to */
    char shown[SHOWN];
    size_t at, n;
    uint64_t passed;
    syn_err cause; /* of a failure met while bytes before it were still to be shown */
};

syn_code syn_input_new(syn_input **out, syn_err *err)
{
    syn_input *in = malloc(sizeof *in);
    if (!in) return syn_fail(err, SYN_ENOMEM, 0, "no memory to read a file");
    in->fd = -1;
    in->zlib = false;
    in->zstd = NULL;
    *out = in;
    return SYN_OK;
}

void syn_input_end(syn_input *in)
{
    if (in->fd > STDIN_FILENO) close(in->fd);
    in->fd = -1;
}

int syn_input_take(syn_input *in)
{
    int fd = in->fd;
    in->fd = -1;
    return fd;
}

void syn_input_open(syn_input *in, int fd)
{
    syn_input_end(in);
    in->fd = fd;
    in->packing = PLAIN;
    in->started = in->eof = in->ended = in->between = false;
    in->packed_at = in->packed_n = in->at = in->n = 0;
    in->passed = in->dropped = in->resumed = 0;
    in->cause = (syn_err){0};
}

void syn_input_free(syn_input *in)
{
    if (!in) return;
    syn_input_end(in);
    if (in->zlib) inflateEnd(&in->z);
    ZSTD_freeDStream(in->zstd);
    free(in);
}

uint64_t syn_input_at(const syn_input *in)
{
    return in->passed;
}

/* More packed bytes behind those at hand. */
static syn_code refill(syn_input *in, syn_err *err)
{
    if (in->packed_at) {
        memmove(in->packed, in->packed + in->packed_at, in->packed_n - in->packed_at);
        in->dropped += in->packed_at;
        in->packed_n -= in->packed_at;
        in->packed_at = 0;
    }
    size_t most = in->started ? PACKED : GLANCE_PACKED; /* the head alone is often all that is looked at */
    while (!in->eof && in->packed_n < most) {
        ssize_t got = read(in->fd, in->packed + in->packed_n, most - in->packed_n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return syn_fail(err, SYN_EIO, 0, errno == EISDIR ? "Is a folder" : "cannot be read");
        if (got == 0) in->eof = true;
        in->packed_n += (size_t)got;
        break;
    }
    return SYN_OK;
}

static syn_code start(syn_input *in, syn_err *err)
{
    while (in->packed_n < 4 && !in->eof) {
        syn_code rc = refill(in, err);
        if (rc) return rc;
    }
    in->started = true;
    const unsigned char *p = in->packed;
    if (in->packed_n >= 3 && p[0] == 0x1F && p[1] == 0x8B && p[2] == 8) {
        if (!in->zlib) memset(&in->z, 0, sizeof in->z);
        if (in->zlib ? inflateReset(&in->z) != Z_OK : inflateInit2(&in->z, 15 + 16) != Z_OK)
            return syn_fail(err, SYN_ENOMEM, 0, "no memory to unpack gzip");
        in->zlib = true;
        in->packing = GZIP;
    } else if (in->packed_n >= 4 && memcmp(p, "\x28\xB5\x2F\xFD", 4) == 0) {
        if (!in->zstd) in->zstd = ZSTD_createDStream();
        if (!in->zstd || ZSTD_isError(ZSTD_DCtx_reset(in->zstd, ZSTD_reset_session_only)))
            return syn_fail(err, SYN_ENOMEM, 0, "no memory to unpack zstd");
        ZSTD_DCtx_setParameter(in->zstd, ZSTD_d_windowLogMax, 27);
        in->packing = ZSTD;
    }
    return SYN_OK;
}

static syn_code step_gzip(syn_input *in, size_t upto, syn_err *err)
{
    if (in->between) {
        const unsigned char *p = in->packed + in->packed_at;
        if (in->packed_n - in->packed_at < 2 || p[0] != 0x1F || p[1] != 0x8B) { /* padding after the last member */
            in->ended = in->packed_n - in->packed_at >= 2 || in->eof;
            return SYN_OK;
        }
        inflateReset(&in->z);
        in->between = false;
    }
    in->z.next_in = in->packed + in->packed_at;
    in->z.avail_in = (uInt)(in->packed_n - in->packed_at);
    in->z.next_out = (unsigned char *)in->shown + in->n;
    in->z.avail_out = (uInt)(upto - in->n);
    int rc = inflate(&in->z, Z_NO_FLUSH);
    in->packed_at = in->packed_n - in->z.avail_in;
    in->n = upto - in->z.avail_out;
    if (rc == Z_STREAM_END)
        in->between = true;
    else if (rc != Z_OK && rc != Z_BUF_ERROR)
        return syn_fail(err, SYN_EFORMAT, 0, "damaged gzip");
    return SYN_OK;
}

static syn_code step_zstd(syn_input *in, size_t upto, syn_err *err)
{
    ZSTD_inBuffer source = {in->packed, in->packed_n, in->packed_at};
    ZSTD_outBuffer target = {in->shown, upto, in->n};
    size_t rc = ZSTD_decompressStream(in->zstd, &target, &source);
    in->packed_at = source.pos;
    in->n = target.pos;
    if (ZSTD_isError(rc)) return syn_fail(err, SYN_EFORMAT, 0, "damaged zstd");
    in->between = rc == 0;
    return SYN_OK;
}

/* One step towards more bytes to show, upto bytes of them in all. */
static syn_code step(syn_input *in, size_t upto, syn_err *err)
{
    if (in->packed_at == in->packed_n || (in->between && in->packed_n - in->packed_at < 2)) {
        syn_code rc = refill(in, err);
        if (rc) return rc;
    }
    if (in->packed_at == in->packed_n && in->eof) {
        in->ended = true;
        if (in->packing == PLAIN || in->between) return SYN_OK;
        return syn_fail(err, SYN_EFORMAT, 0, in->packing == GZIP ? "truncated gzip" : "truncated zstd");
    }
    if (in->packing == GZIP) return step_gzip(in, upto, err);
    if (in->packing == ZSTD) return step_zstd(in, upto, err);
    size_t n = in->packed_n - in->packed_at, room = upto - in->n;
    if (n > room) n = room;
    memcpy(in->shown + in->n, in->packed + in->packed_at, n);
    in->packed_at += n;
    in->n += n;
    return SYN_OK;
}

syn_code syn_input_peek(syn_input *in, size_t want, syn_str *ready, syn_err *err)
{
    syn_code rc = in->started ? SYN_OK : start(in, err);
    if (rc) return rc;
    if (want > SHOWN) want = SHOWN;
    if (in->at && in->at + want > in->n) {
        memmove(in->shown, in->shown + in->at, in->n - in->at);
        in->n -= in->at;
        in->at = 0;
    }
    size_t upto = in->passed || want > GLANCE ? SHOWN
                                              : GLANCE; /* of a file that is only looked at, no more is unpacked */
    while (!in->ended && !in->cause.code && in->n - in->at < want) step(in, upto, &in->cause);
    if (in->cause.code && in->n == in->at) return syn_fail(err, in->cause.code, in->cause.offset, "%s", in->cause.line);
    *ready = (syn_str){in->shown + in->at, in->n - in->at};
    return SYN_OK;
}

static bool begins_member(const syn_input *in, const unsigned char *p)
{
    if (in->packing == GZIP) return p[0] == 0x1F && p[1] == 0x8B && p[2] == 8 && p[3] < 0x20; /* RFC 1952, 2.3.1 */
    return memcmp(p, "\x28\xB5\x2F\xFD", 4) == 0;
}

bool syn_input_resync(syn_input *in)
{
    if (in->packing == PLAIN) return false;
    in->at = in->n = 0;
    in->cause = (syn_err){0};
    if (in->dropped + in->packed_at == in->resumed && in->packed_at < in->packed_n)
        in->packed_at++; /* the decoder refused that member without taking a byte of it */
    for (;;) {
        for (; in->packed_at + 4 <= in->packed_n; in->packed_at++) {
            if (!begins_member(in, in->packed + in->packed_at)) continue;
            if (in->packing == GZIP ? inflateReset(&in->z) != Z_OK
                                    : ZSTD_isError(ZSTD_DCtx_reset(in->zstd, ZSTD_reset_session_only)))
                return false;
            in->between = in->ended = false;
            in->resumed = in->dropped + in->packed_at;
            return true;
        }
        if (in->eof || refill(in, NULL)) return false;
    }
}

void syn_input_skip(syn_input *in, size_t n)
{
    in->at += n;
    in->passed += n;
}

syn_code syn_input_rest(syn_input *in, syn_buf *b, syn_err *err)
{
    syn_str ready;
    syn_code rc;
    while ((rc = syn_input_peek(in, 1, &ready, err)) == SYN_OK && ready.n) {
        if (b->n + ready.n >= b->max) return syn_fail(err, SYN_ELIMIT, b->n, "larger than %zu bytes", b->max);
        syn_buf_add(b, ready);
        if (b->failed) return syn_fail(err, SYN_ENOMEM, b->n, "no memory to hold it");
        syn_input_skip(in, ready.n);
    }
    return rc;
}

syn_code syn_inflate(syn_str packed, syn_buf *out, syn_err *err)
{
    bool wrapped = packed.n >= 2 && (((unsigned char)packed.p[0] == 0x1F && (unsigned char)packed.p[1] == 0x8B) ||
                                     (((unsigned char)packed.p[0] << 8 | (unsigned char)packed.p[1]) % 31 == 0 &&
                                      (packed.p[0] & 15) == 8));
    z_stream z = {0};
    if (inflateInit2(&z, wrapped ? 15 + 32 : -15) != Z_OK) return syn_fail(err, SYN_ENOMEM, 0, "no memory to unpack");
    z.next_in = (unsigned char *)(uintptr_t)packed.p;
    z.avail_in = (uInt)packed.n;
    char piece[16384];
    int rc = Z_OK;
    while (rc == Z_OK && !out->failed) {
        z.next_out = (unsigned char *)piece;
        z.avail_out = sizeof piece;
        rc = inflate(&z, Z_NO_FLUSH);
        syn_buf_add(out, (syn_str){piece, sizeof piece - z.avail_out});
        if (rc == Z_STREAM_END && z.avail_in > 2 && z.next_in[0] == 0x1F && z.next_in[1] == 0x8B) rc = inflateReset(&z);
    }
    inflateEnd(&z);
    if (out->failed) return syn_fail(err, SYN_ELIMIT, 0, "a body larger than %zu bytes", out->max);
    return rc == Z_STREAM_END || out->n ? SYN_OK : syn_fail(err, SYN_EFORMAT, 0, "damaged compressed body");
}
