/* input.h - stage 2, inside: bytes of a file as a stream, unpacked on the way (unpack.c), and archives of records
   (warc.c, lines.c).  Used by source.c. */
#ifndef SYN_READ_INPUT_H
#define SYN_READ_INPUT_H

#include "read.h"

/* A file descriptor's bytes, gzip (any number of members) and Zstandard frames unpacked.  Memory does not grow with the
   file, and serves one file after the other. */
typedef struct syn_unpacker syn_input;
syn_code syn_input_new(syn_input **out, syn_err *err);
void syn_input_open(syn_input *in, int fd); /* owns fd from now on; ends the file before it */
void syn_input_end(syn_input *in);          /* close the file */
int syn_input_take(syn_input *in);          /* give its fd to the caller instead */
void syn_input_free(syn_input *in);
/* At least one unpacked byte ready, or *ready empty at the end.  Valid until the next call on in. */
syn_code syn_input_peek(syn_input *in, size_t want, syn_str *ready, syn_err *err);
void syn_input_skip(syn_input *in, size_t n); /* of what peek showed */
uint64_t syn_input_at(const syn_input *in);   /* unpacked bytes skipped so far */
/* After a failure of what is packed: go to the next member or frame.  False where there is none. */
bool syn_input_resync(syn_input *in);
/* Append all that is left to b; SYN_ELIMIT where it is more than b holds. */
syn_code syn_input_rest(syn_input *in, syn_buf *b, syn_err *err);

/* Unpack a whole gzip, zlib or raw deflate body. */
syn_code syn_inflate(syn_str packed, syn_buf *out, syn_err *err);

/* The next page of a WARC or WET archive: text in body (kept by the caller), url and content_type in scratch.
   SYN_ENOTFOUND at the end.  After a damaged record the next call goes on with the next one; *broken: there is none. */
syn_code syn_warc_next(syn_input *in, syn_arena *scratch, syn_buf *body, syn_page *page, bool *broken, syn_err *err);

/* Whether the file holds lines of JSON, by its head (lines.c). */
bool syn_lines_are(syn_input *in);
/* The next line that is not blank, the same way. */
syn_code syn_lines_next(syn_input *in, syn_buf *body, syn_page *page, bool *broken, syn_err *err);

#endif
