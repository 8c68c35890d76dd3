/* topic_data.c - stage 8: topics as JSON. */
#include "internal.h"

static const char *const kinds[] = {
    [SYN_ACTOR_NAME] = "name", [SYN_ACTOR_PLACE] = "place", [SYN_ACTOR_CONCEPT] = "concept"};

static void put_party(syn_jsonw *w, const syn_lexicon *lex, const syn_actor *p, syn_str reader)
{
    syn_str lang, name = syn_topic_called(lex, p, reader, &lang);
    syn_jw_open(w, '{');
    syn_jw_field(w, "kind", syn_str_of(kinds[p->kind < SYN_COUNT(kinds) ? p->kind : SYN_ACTOR_NAME]));
    syn_jw_field(w, "name", name);
    if (p->n) syn_jw_key(w, "spellings");
    if (p->n) syn_jw_open(w, '[');
    for (size_t i = 0; i < p->n; i++) {
        syn_jw_open(w, '{');
        syn_jw_field(w, "lang", p->spellings[i].lang);
        syn_jw_field(w, "text", p->spellings[i].text);
        syn_view_json_int(w, "times", p->spellings[i].times);
        syn_jw_close(w, '}');
    }
    if (p->n) syn_jw_close(w, ']');
    syn_jw_close(w, '}');
}

void syn_view_topic_brief(syn_jsonw *w, syn_arena *arena, const syn_lexicon *lex, const syn_topic_row *row,
                          syn_str reader)
{
    syn_jw_open(w, '{');
    syn_view_json_int(w, "topic", row->topic);
    syn_jw_field(w, "name", syn_topic_title(arena, lex, row->parties, row->nparties, reader));
    syn_jw_close(w, '}');
}

void syn_view_topic_fields(syn_jsonw *w, syn_arena *arena, const syn_lexicon *lex, const syn_topic_row *row,
                           syn_str reader)
{
    syn_view_json_int(w, "topic", row->topic);
    syn_jw_field(w, "name", syn_topic_title(arena, lex, row->parties, row->nparties, reader));
    syn_view_json_int(w, "stories", row->stories);
    syn_view_json_int(w, "articles", row->articles);
    syn_view_json_langs(w, "langs", row->lang_list);
    syn_view_json_moment(w, "first", row->first);
    syn_view_json_moment(w, "last", row->last);
    syn_jw_key(w, "parties");
    syn_jw_open(w, '[');
    for (size_t i = 0; i < row->nparties; i++) put_party(w, lex, &row->parties[i], reader);
    syn_jw_close(w, ']');
}

void syn_view_topics_json(const syn_frame *f, const syn_topics_page *page, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    const syn_topic_row *rows = page->topics.items;
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    syn_jw_open(&w, '{');
    syn_view_json_int(&w, "total", (int64_t)page->topics.total);
    syn_view_json_int(&w, "from", (int64_t)page->offset);
    syn_jw_key(&w, "topics");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < page->topics.n; i++) {
        syn_jw_open(&w, '{');
        syn_view_topic_fields(&w, &mem, syn_view_lexicon(f->view), &rows[i], syn_str_of(syn_view_tag(f->view)));
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    syn_jw_close(&w, '}');
    syn_buf_c(out, '\n');
    syn_arena_free(&mem);
}

void syn_view_topic_json(const syn_frame *f, const syn_topic_page *page, syn_buf *out)
{
    syn_jsonw w = {.out = out};
    const syn_story_row *rows = page->stories.items;
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    syn_jw_open(&w, '{');
    syn_view_topic_fields(&w, &mem, syn_view_lexicon(f->view), &page->topic, syn_str_of(syn_view_tag(f->view)));
    syn_view_json_int(&w, "from", (int64_t)page->offset);
    syn_jw_key(&w, "members");
    syn_jw_open(&w, '[');
    for (size_t i = 0; i < page->stories.n; i++) {
        syn_view_json_story(&w, &rows[i]);
        syn_jw_close(&w, '}');
    }
    syn_jw_close(&w, ']');
    syn_jw_close(&w, '}');
    syn_buf_c(out, '\n');
    syn_arena_free(&mem);
}
