/* record.c - stage 9: the record of the tellings that the store brought. */
#include "internal.h"

syn_code syn_serve_record(syn_room *room, const syn_told *told, size_t n, syn_record_page *page, syn_err *err)
{
    syn_record *record = SYN_NEW(&room->mem, syn_record);
    int64_t *articles = SYN_NEW_ARRAY(&room->mem, int64_t, n);
    syn_recorder *r = syn_recorder_new(&room->mem, room->lex);
    if (!record || !articles || !r) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    syn_code rc = SYN_OK;
    for (size_t i = 0; i < n && i < SYN_MAX_RECORD_TELLINGS && !rc; i++) {
        const syn_article *a = &told[i].row.a;
        syn_recorded one = {told[i].ready, a->title, a->outlet, a->url, SYN_NO_DAY};
        if (syn_time_known(a->published)) one.published = syn_time_day(a->published);
        articles[i] = told[i].row.article;
        rc = syn_recorder_add(r, room->texter, &one, err);
    }
    if (!rc) rc = syn_recorder_finish(r, record, err);
    page->record = record;
    page->articles = articles;
    page->now = SYN_NO_DAY;
    return rc;
}
