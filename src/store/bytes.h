/* bytes.h - stage 7, inside: what is kept whole, as bytes: written to a buffer, read back with every step checked. */
#ifndef SYN_STORE_BYTES_H
#define SYN_STORE_BYTES_H

#include "../base/base.h"

/* The low bytes of a number, 1 to 8 of them, least first; and seven bits a byte, the least first, the last without the
   high bit. */
void syn_bytes_put(syn_buf *out, uint64_t value, int bytes);
void syn_bytes_put_small(syn_buf *out, uint64_t value);
void syn_bytes_put_float(syn_buf *out, float value);
void syn_bytes_put_str(syn_buf *out, syn_str s); /* its length before it */

/* Reading: once something was not there, bad is set and all that follows is 0 or empty. */
typedef struct syn_bytes {
    syn_str s;
    size_t at;
    bool bad;
} syn_bytes;
uint64_t syn_bytes_get(syn_bytes *in, int bytes);
uint64_t syn_bytes_get_small(syn_bytes *in);
float syn_bytes_get_float(syn_bytes *in);
syn_str syn_bytes_get_str(syn_bytes *in);          /* borrowed from what is read */
syn_str syn_bytes_take(syn_bytes *in, uint64_t n); /* so many, borrowed */

#endif
