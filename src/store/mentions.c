/* mentions.c - stage 7: how the stories of a topic print the names of its theme: what facts know as names, and words
   that sound like them.  A few articles of a few stories are looked at, however large the topic. */
#include "internal.h"

enum {
    LATEST = 4,             /* stories beside the core */
    ARTICLES_OF_STORY = 12, /* the first ones */
    MOST_MENTIONS = 4000,
    NAME_KEYS = 32, /* of one name */
    LONG_ENOUGH = 2 /* syn_feature's common: shorter words sound alike by chance */
};

typedef struct mentions {
    syn_arena *arena;
    syn_actor_mention *items;
    size_t n, cap;
    syn_map seen; /* language, place, whether likely, text -> 1 + mention */
    syn_story_key theme[SYN_TOPIC_THEME];
    size_t ntheme;
} mentions;

static syn_code add_mention(mentions *m, const syn_actor_mention *x, syn_err *err)
{
    syn_str id = syn_arena_format(m->arena, "%.*s\t%u\t%d\t%.*s", SYN_FMT(x->lang), (unsigned)x->place, x->likely,
                                  SYN_FMT(x->text));
    uint64_t *known = syn_map_add(&m->seen, id);
    if (!known) return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    if (*known) {
        m->items[*known - 1].times++;
        return SYN_OK;
    }
    if (m->n == MOST_MENTIONS) return SYN_OK;
    uint64_t *keys = SYN_NEW_ARRAY(m->arena, uint64_t, x->nkeys + 1);
    if (!keys || !syn_grow(m->arena, &m->items, &m->cap, m->n + 1, sizeof *m->items))
        return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    if (x->nkeys) memcpy(keys, x->keys, x->nkeys * sizeof *keys);
    m->items[m->n] = *x;
    m->items[m->n].text = syn_dup(m->arena, x->text);
    m->items[m->n].keys = keys;
    m->items[m->n++].times = 1;
    *known = m->n;
    return SYN_OK;
}

/* Words that sound like a name of the theme, of scripts that do not show which words are names; where no spaces are
   written a word is not sure to be one. */
static syn_code likely_in(syn_store *s, mentions *m, int64_t article, syn_str lang, syn_err *err)
{
    static const char sql[] = "SELECT bytes FROM signature WHERE article = ?1";
    syn_signature *signature = NULL;
    const syn_lang_info *info = syn_lexicon_info(s->lex, syn_lexicon_lang(s->lex, lang));
    if (!info->spaced || info->cased) return SYN_OK;
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, article);
    syn_code code = syn_store_step(s, q, "reading names", err);
    if (code == SYN_ENOTFOUND) return SYN_OK;
    syn_arena mem = {.limit = SYN_MAX_PAGE_MEMORY};
    if (!code) code = syn_store_unpack(s, &mem, syn_store_column_dup(&mem, q, 0), &signature, err);
    sqlite3_reset(q);
    for (uint32_t f = 0; !code && f < signature->nfeatures; f++) {
        const syn_feature *x = &signature->features[f];
        if (x->signal != SYN_SIGNAL_NAME || x->common > LONG_ENOUGH) continue;
        for (size_t k = 0; k < m->ntheme && !code; k++) {
            if (m->theme[k].key != x->key) continue;
            syn_actor_mention one = {lang, signature->surfaces[f], &x->key, 1, 0, 1, true};
            code = add_mention(m, &one, err);
        }
    }
    syn_arena_free(&mem);
    return code;
}

static syn_code mentions_of(syn_store *s, mentions *m, int64_t article, syn_str lang, syn_err *err)
{
    static const char sql[] = "SELECT name, place, keys FROM fact WHERE article = ?1 AND kind IN (?2, ?3) ORDER BY n";
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, article);
    sqlite3_bind_int(q, 2, SYN_FACT_NAME);
    sqlite3_bind_int(q, 3, SYN_FACT_PLACE);
    syn_code code;
    while ((code = syn_store_step(s, q, "reading names", err)) == SYN_OK) {
        uint64_t keys[NAME_KEYS];
        syn_str bytes = syn_store_column(q, 2);
        syn_actor_mention one = {.lang = lang, .text = syn_store_column(q, 0), .keys = keys};
        one.place = (uint32_t)sqlite3_column_int64(q, 1);
        for (size_t k = 0; k < bytes.n / 8 && k < NAME_KEYS; k++) {
            uint64_t key = 0;
            for (size_t b = 0; b < 8; b++) key |= (uint64_t)(unsigned char)bytes.p[8 * k + b] << (8 * b);
            keys[one.nkeys++] = syn_story_name_key(key);
        }
        code = add_mention(m, &one, err);
        if (!code) continue;
        sqlite3_reset(q);
        return code;
    }
    return code == SYN_ENOTFOUND ? likely_in(s, m, article, lang, err) : code;
}

typedef struct told { /* an article of a story, on its own */
    int64_t article;
    syn_str lang;
} told;

static syn_code mentions_in(syn_store *s, mentions *m, int64_t story, syn_err *err)
{
    static const char sql[] = "SELECT row, lang FROM article WHERE story = ?1 ORDER BY sorted, row LIMIT ?2";
    told list[ARTICLES_OF_STORY];
    size_t n = 0;
    syn_query *q = syn_store_query(s, sql, err);
    if (!q) return SYN_EDB;
    sqlite3_bind_int64(q, 1, story);
    sqlite3_bind_int(q, 2, ARTICLES_OF_STORY);
    syn_code code;
    while ((code = syn_store_step(s, q, "reading a story", err)) == SYN_OK && n < ARTICLES_OF_STORY)
        list[n++] = (told){sqlite3_column_int64(q, 0), syn_store_column_dup(m->arena, q, 1)};
    sqlite3_reset(q);
    if (code == SYN_ENOTFOUND) code = SYN_OK;
    for (size_t i = 0; i < n && !code; i++) code = mentions_of(s, m, list[i].article, list[i].lang, err);
    return code;
}

/* The core in the order it joined, then the latest. */
static syn_code looked_at(syn_store *s, int64_t topic, int64_t out[SYN_TOPIC_CORE + LATEST], size_t *n, syn_err *err)
{
    static const char latest[] = "SELECT story FROM story_topic WHERE topic = ?1 AND core = 0 ORDER BY n DESC LIMIT ?2";
    syn_membership core[SYN_TOPIC_CORE];
    syn_code code = syn_store_core(s, topic, core, SYN_TOPIC_CORE, n, err);
    syn_query *q = code ? NULL : syn_store_query(s, latest, err);
    if (!q) return code ? code : SYN_EDB;
    for (size_t i = 0; i < *n; i++) out[i] = core[i].story;
    sqlite3_bind_int64(q, 1, topic);
    sqlite3_bind_int(q, 2, LATEST);
    while ((code = syn_store_step(s, q, "reading a topic", err)) == SYN_OK && *n < SYN_TOPIC_CORE + LATEST)
        out[(*n)++] = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return code == SYN_ENOTFOUND ? SYN_OK : code;
}

syn_code syn_store_mentions(syn_store *s, syn_arena *arena, int64_t topic, syn_list *out, syn_err *err)
{
    int64_t stories[SYN_TOPIC_CORE + LATEST];
    size_t n = 0;
    mentions m = {.arena = arena, .seen = {.arena = arena}};
    syn_code code = syn_store_keys(s, topic, true, m.theme, SYN_TOPIC_THEME, &m.ntheme, err);
    if (!code) code = looked_at(s, topic, stories, &n, err);
    for (size_t i = 0; i < n && !code; i++) code = mentions_in(s, &m, stories[i], err);
    if (code) return code;
    if (arena->failed) return syn_fail(err, SYN_ENOMEM, 0, "store: no memory");
    *out = (syn_list){m.items, m.n, m.n};
    return SYN_OK;
}
