/* packed.c - stage 7: signatures as they are kept: syn_signature_pack's bytes, as a frame of Zstandard (RFC 8878).
   Older stores hold them bare. */
#include "internal.h"

#include <stdlib.h>
#include <zstd.h>

enum { LEVEL = 3, MOST = 64 << 20 /* bytes of one signature, unpacked */ };

syn_code syn_store_pack(const syn_signature *signature, syn_buf *out, syn_err *err)
{
    syn_buf bare = {0};
    syn_code code = syn_signature_pack(signature, &bare);
    size_t room = ZSTD_compressBound(bare.n), n = 0;
    char *frame = code || bare.failed ? NULL : malloc(room);
    if (frame) n = ZSTD_compress(frame, room, bare.p, bare.n, LEVEL);
    if (!frame || ZSTD_isError(n))
        code = syn_fail(err, code ? code : SYN_ENOMEM, 0, "store: the signature cannot be packed");
    else
        syn_buf_add(out, (syn_str){frame, n});
    free(frame);
    syn_buf_free(&bare);
    return !code && out->failed ? syn_fail(err, SYN_ENOMEM, 0, "store: no memory") : code;
}

syn_code syn_store_unpack(syn_arena *arena, syn_str bytes, syn_signature **out, syn_err *err)
{
    if (!syn_starts(bytes, SYN_STR("\x28\xB5\x2F\xFD"))) return syn_signature_unpack(arena, bytes, out, err);
    unsigned long long n = ZSTD_getFrameContentSize(bytes.p, bytes.n);
    if (n == ZSTD_CONTENTSIZE_UNKNOWN || n == ZSTD_CONTENTSIZE_ERROR || n > MOST)
        return syn_fail(err, SYN_EFORMAT, 0, "store: a signature is damaged");
    char *bare = syn_alloc(arena, (size_t)n + 1);
    if (!bare) return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    size_t got = ZSTD_decompress(bare, (size_t)n, bytes.p, bytes.n);
    if (ZSTD_isError(got) || got != n) return syn_fail(err, SYN_EFORMAT, 0, "store: a signature is damaged");
    return syn_signature_unpack(arena, (syn_str){bare, (size_t)n}, out, err);
}
