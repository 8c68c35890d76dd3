/* spellings.c - stage 10: how the store's articles spell a name. */
#include "desk.h"

#include "../view/view.h"

syn_code synoptic_desk_who(syn_desk *d, syn_str name, size_t limit, syn_sink *sink, void *context, syn_err *err)
{
    syn_session *s = d->session;
    syn_list found = {0};
    syn_arena_reset(&s->mem);
    syn_code rc = syn_store_spellings(d->store, &s->mem, name, limit, &found, err);
    const syn_spelling_row *rows = rc ? NULL : found.items;
    for (size_t i = 0; !rc && i < found.n; i++) {
        syn_jsonw w = {.out = &s->out};
        syn_buf_clear(&s->out);
        syn_view_spelling_write(&w, &rows[i]);
        rc = syn_api_emit(s, sink, context, err);
    }
    return rc;
}
