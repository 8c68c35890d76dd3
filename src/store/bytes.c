/* bytes.c - stage 7: numbers and texts as bytes, and back. */
#include "bytes.h"

void syn_bytes_put(syn_buf *out, uint64_t value, int bytes)
{
    char c[8];
    for (int i = 0; i < bytes; i++) c[i] = (char)(value >> (8 * i) & 0xff);
    syn_buf_add(out, (syn_str){c, (size_t)bytes});
}

void syn_bytes_put_small(syn_buf *out, uint64_t value)
{
    char c[10];
    size_t n = 0;
    for (; value > 0x7f; value >>= 7) c[n++] = (char)(0x80 | (value & 0x7f));
    c[n++] = (char)value;
    syn_buf_add(out, (syn_str){c, n});
}

void syn_bytes_put_float(syn_buf *out, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    syn_bytes_put(out, bits, 4);
}

void syn_bytes_put_str(syn_buf *out, syn_str s)
{
    syn_bytes_put_small(out, s.n);
    syn_buf_add(out, s);
}

syn_str syn_bytes_take(syn_bytes *in, uint64_t n)
{
    if (in->bad || n > in->s.n - in->at) {
        in->bad = true;
        return (syn_str){"", 0};
    }
    syn_str out = syn_slice(in->s, in->at, in->at + (size_t)n);
    in->at += (size_t)n;
    return out;
}

uint64_t syn_bytes_get(syn_bytes *in, int bytes)
{
    syn_str s = syn_bytes_take(in, (uint64_t)bytes);
    uint64_t value = 0;
    for (size_t i = 0; i < s.n; i++) value |= (uint64_t)(unsigned char)s.p[i] << (8 * i);
    return value;
}

uint64_t syn_bytes_get_small(syn_bytes *in)
{
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && !in->bad; shift += 7) {
        if (in->at == in->s.n) break;
        unsigned char c = (unsigned char)in->s.p[in->at++];
        value |= (uint64_t)(c & 0x7f) << shift;
        if (c < 0x80) return value;
    }
    in->bad = true;
    return 0;
}

float syn_bytes_get_float(syn_bytes *in)
{
    uint32_t bits = (uint32_t)syn_bytes_get(in, 4);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

syn_str syn_bytes_get_str(syn_bytes *in)
{
    return syn_bytes_take(in, syn_bytes_get_small(in));
}
