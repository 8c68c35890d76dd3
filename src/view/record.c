/* record.c - stage 8: the record of a topic. */
#include "internal.h"

const syn_spelling *syn_view_spelling(const syn_view *v, const syn_party *p)
{
    (void)v;
    return &p->spellings[0];
}
void syn_view_entry_kind(const syn_view *v, syn_buf *out, const syn_record_entry *e)
{
    (void)v;
    syn_buf_z(out, syn_entry_kind_name(e->kind));
}
void syn_view_record_alone(const syn_view *v, const syn_record_page *page, syn_buf *out)
{
    (void)v, (void)page;
    syn_buf_z(out, "");
}
