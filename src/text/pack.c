/* pack.c - stage 3: a user's own terms, compiled when they are given. */
#include "concepts.h"

bool syn_texter_open_concepts(syn_texter *t)
{
    t->packs.limit = SYN_MAX_PACKS * SYN_MAX_PACK * 4;
    t->concepts = SYN_NEW_ARRAY(&t->packs, syn_concepts, SYN_MAX_PACKS + 1);
    t->cues = SYN_NEW(&t->packs, syn_concepts);
    if (!t->concepts || !t->cues) return false;
    *t->cues = syn_concepts_open(syn_lexicon_table(t->lex, "events"), t->lex);
    t->concepts[t->nconcepts++] = syn_concepts_open(syn_lexicon_table(t->lex, "concepts"), t->lex);
    return true;
}

static bool is_key(syn_str s)
{
    if (!s.n || s.n > 64 || s.p[0] == '-' || s.p[s.n - 1] == '-') return false;
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] == '-' || (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9'))) return false;
    return true;
}

static syn_code add_line(syn_concept_maker *m, const syn_concepts *known, syn_map *keys, syn_str line, syn_err *err)
{
    syn_str key, tag, form, forms = line;
    if (!syn_split(&forms, '\t', &key) || !syn_split(&forms, '\t', &tag) || !forms.n)
        return syn_fail(err, SYN_EFORMAT, 0, "a row is key, language, forms, with tabs between them");
    if (!is_key(key))
        return syn_fail(err, SYN_EFORMAT, 0, "a key is small letters a to z, digits, hyphens: \"%.*s\"",
                        (int)syn_utf8_head(key, 64).n, key.p);
    syn_lang lang = syn_str_is(tag, "und") ? SYN_LANG_UNKNOWN : syn_lexicon_lang(m->texter->lex, tag);
    if (!lang && !syn_str_is(tag, "und"))
        return syn_fail(err, SYN_EFORMAT, 0, "no such language: \"%.*s\"", (int)syn_utf8_head(tag, 32).n, tag.p);
    if (syn_find_byte(forms, '\t', 0) != SIZE_MAX)
        return syn_fail(err, SYN_EFORMAT, 0, "a fourth column: \"%.*s\"", (int)syn_utf8_head(forms, 64).n, forms.p);
    if (!syn_map_add(keys, key)) return syn_fail(err, SYN_ENOMEM, 0, "no memory for a pack");
    uint32_t id = syn_concepts_id(known, key);
    while (syn_split(&forms, '|', &form)) {
        syn_code rc = syn_concept_maker_add(m, lang, id, form, err);
        if (rc) return rc;
    }
    return SYN_OK;
}

static syn_code make(syn_texter *t, syn_arena *arena, syn_str tsv, syn_buf *out, size_t *terms, syn_err *err)
{
    syn_concept_maker m;
    syn_map keys = {.arena = arena};
    syn_str line;
    syn_code rc = syn_concept_maker_open(&m, arena, t, err);
    for (size_t number = 1; !rc && syn_split(&tsv, '\n', &line); number++) {
        syn_err why = {0};
        if (number == 1 && syn_starts(line, SYN_STR("\xEF\xBB\xBF"))) line = syn_slice(line, 3, line.n);
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (!syn_trim(line).n || line.p[0] == '#') continue;
        rc = syn_utf8_valid(line) ? add_line(&m, &t->concepts[0], &keys, line, &why)
                                  : syn_fail(&why, SYN_EFORMAT, 0, "not UTF-8");
        if (rc) return syn_fail(err, rc, 0, "line %zu: %s", number, why.line);
    }
    if (!rc && !keys.n) return syn_fail(err, SYN_EFORMAT, 0, "no terms in it");
    if (!rc) rc = syn_concept_maker_write(&m, NULL, 0, out, err);
    *terms = keys.n;
    return rc;
}

syn_code syn_texter_add_pack(syn_texter *t, syn_str tsv, size_t *terms, syn_err *err)
{
    if (t->nconcepts > SYN_MAX_PACKS) return syn_fail(err, SYN_ELIMIT, 0, "more than %d packs", SYN_MAX_PACKS);
    if (tsv.n > SYN_MAX_PACK)
        return syn_fail(err, SYN_ELIMIT, SYN_MAX_PACK, "a pack longer than %zu bytes", SYN_MAX_PACK);
    syn_arena scratch = {.limit = SYN_MAX_PAGE_MEMORY};
    syn_buf made = {0};
    size_t n = 0;
    syn_code rc = make(t, &scratch, tsv, &made, &n, err);
    if (!rc) {
        syn_str kept = syn_dup(&t->packs, syn_buf_str(&made));
        if (kept.n != made.n)
            rc = syn_fail(err, SYN_ENOMEM, 0, "no memory for a pack");
        else
            t->concepts[t->nconcepts++] = syn_concepts_open(kept, t->lex);
    }
    if (!rc && terms) *terms = n;
    syn_buf_free(&made);
    syn_arena_free(&scratch);
    return rc;
}
