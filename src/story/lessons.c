/* lessons.c - stage 5: links of words that were learned, or taught by an earlier run: a word of one language and the
   concept, or the word of a language that is read much, that it kept meeting.  An article whose words have such links
   means what they mean, at the lesson's weight. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

static uint64_t word_key(uint64_t word, uint32_t lang)
{
    uint64_t h = word ^ (uint64_t)(lang + 1) * 0x9E3779B97F4A7C15u;
    return h ? h : 1;
}

static uint32_t first_of(const lessons *l, uint64_t word, uint32_t lang)
{
    const uint32_t *at = syn_table_get(&l->words, word_key(word, lang));
    return at ? *at : 0;
}

lesson *syn_lessons_find(const lessons *l, uint64_t word, uint64_t meaning, uint32_t lang)
{
    for (uint32_t k = first_of(l, word, lang); k; k = l->items[k - 1].next) {
        lesson *x = &l->items[k - 1];
        if (x->said.word == word && x->said.meaning == meaning && x->lang == lang) return x;
    }
    return NULL;
}

bool syn_lessons_forgotten(const lessons *l, uint64_t word, uint64_t meaning, uint32_t lang)
{
    const lesson *one = syn_lessons_find(l, word, meaning, lang), *all = syn_lessons_find(l, word, 0, lang);
    return (one && one->forgotten) || (all && all->forgotten);
}

static lesson *add(lessons *l, const syn_lesson *said, uint32_t lang)
{
    if (!syn_story_grow(&l->items, &l->cap, l->n + 1, sizeof *l->items)) return NULL;
    uint32_t *first = syn_table_add(&l->words, word_key(said->word, lang));
    if (!first) return NULL;
    lesson *x = &l->items[l->n];
    *x = (lesson){.said = *said, .lang = lang, .next = *first, .round = l->round};
    x->said.lang = syn_dup(&l->mem, said->lang);
    x->said.word_text = syn_dup(&l->mem, said->word_text);
    x->said.meaning_text = syn_dup(&l->mem, said->meaning_text);
    x->said.meaning_lang = syn_dup(&l->mem, said->meaning_lang);
    for (size_t w = 0; w < SYN_MAX_WITNESSES; w++) x->said.witnesses[w] = syn_dup(&l->mem, said->witnesses[w]);
    *first = (uint32_t)++l->n;
    return l->mem.failed ? NULL : x;
}

bool syn_lessons_keep(lessons *l, const syn_lesson *said, uint32_t lang)
{
    lesson *x = syn_lessons_find(l, said->word, said->meaning, lang);
    size_t meanings = 0;
    bool better = !x || said->stories > x->said.stories;
    if (syn_lessons_forgotten(l, said->word, said->meaning, lang)) return true;
    bool again = x && x->round != l->round;                           /* as if for the first time */
    if (x && !again && said->stories <= x->said.stories) return true; /* nothing that was not known */
    if (!x) {
        for (uint32_t k = first_of(l, said->word, lang); k; k = l->items[k - 1].next) meanings++;
        if (l->n >= SYN_MAX_LESSONS || meanings >= SYN_MAX_LESSONS_OF_WORD) return true;
        x = add(l, said, lang);
        if (!x) return false;
        l->fresh = true;
    }
    if (better) x->fresh = l->news = true;
    x->said.stories = said->stories;
    x->said.weight = said->weight;
    x->round = l->round;
    return true;
}

syn_code syn_grouper_teach(syn_grouper *g, const syn_lesson *said, syn_err *err)
{
    lessons *l = &g->lessons;
    uint32_t lang;
    if (l->off || !said->word || !said->meaning || !(said->weight > 0 && said->weight <= 1)) return SYN_OK;
    bool news = l->news, ok = syn_grouper_lang(g, said->lang, &lang) && syn_lessons_keep(l, said, lang);
    if (!ok) return syn_fail(err, SYN_ENOMEM, 0, "no memory for what was learned");
    lesson *x = syn_lessons_find(l, said->word, said->meaning, lang);
    if (x) x->fresh = false; /* who teaches it knows it */
    if (x) x->taught = true;
    l->news = news;
    return SYN_OK;
}

syn_code syn_grouper_forget(syn_grouper *g, uint64_t word, uint64_t meaning, syn_str tag, syn_err *err)
{
    lessons *l = &g->lessons;
    const syn_lesson none = {.word = word, .meaning = meaning, .lang = tag};
    uint32_t lang;
    lesson *x = NULL;
    if (syn_grouper_lang(g, tag, &lang)) {
        x = syn_lessons_find(l, word, meaning, lang);
        if (!x) x = add(l, &none, lang);
    }
    if (!x) return syn_fail(err, SYN_ENOMEM, 0, "no memory for what was forgotten");
    x->forgotten = l->fresh = true;
    return SYN_OK;
}

syn_code syn_grouper_lessons(syn_grouper *g, syn_lesson_fn *fn, void *context, syn_err *err)
{
    lessons *l = &g->lessons;
    syn_code rc = SYN_OK;
    for (size_t k = 0; !rc && l->news && k < l->n; k++) {
        if (!l->items[k].fresh || l->items[k].forgotten) continue;
        rc = fn(context, &l->items[k].said, err);
        l->items[k].fresh = false;
    }
    if (!rc) l->news = false;
    return rc;
}

/* ---- what an article means ---- */

static int heaviest(const void *a, const void *b)
{
    const meant *x = a, *y = b;
    if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

bool syn_lessons_apply(syn_grouper *g, uint32_t i, bool *changed)
{
    enum { MOST = MAX_PARTS * SYN_MAX_LESSONS_OF_WORD };
    const lessons *l = &g->lessons;
    const item *it = g->items[i];
    meant found[MOST];
    size_t n = 0;
    *changed = false;
    if (!l->n || syn_index_lack(&g->index, it->lang) <= 0) return true;
    for (uint32_t p = it->start[SYN_SIGNAL_WORD]; p < it->start[SYN_SIGNAL_WORD + 1]; p++) {
        uint64_t word = g->index.keys[it->keys[p]].key;
        for (uint32_t k = first_of(l, word, it->lang); k; k = l->items[k - 1].next) {
            const lesson *x = &l->items[k - 1];
            size_t same = 0;
            if (x->said.word != word || x->lang != it->lang || !x->said.meaning) continue;
            if (!x->taught && x->round != l->round) continue;
            if (syn_lessons_forgotten(l, word, x->said.meaning, it->lang)) continue;
            int16_t weight = (int16_t)((float)abs(it->parts[p].weight) * sqrtf(x->said.weight));
            while (same < n && found[same].key != x->said.meaning) same++;
            if (same == MOST) continue;
            if (same < n && found[same].weight >= weight) continue;
            found[same] = (meant){x->said.meaning, weight, it->parts[p].surface};
            if (same == n) n++;
        }
    }
    if (n > MAX_MEANT) qsort(found, n, sizeof *found, heaviest);
    return syn_item_means(g, i, found, n, changed);
}

bool syn_lessons_apply_all(syn_grouper *g, bool *changed)
{
    *changed = false;
    if (!g->lessons.fresh) return true;
    for (uint32_t i = 0; i < g->nitems; i++) {
        bool other = false;
        if (g->items[i] && !syn_lessons_apply(g, i, &other)) return false;
        *changed |= other;
    }
    g->lessons.fresh = false;
    return true;
}

static uint32_t stories_of(const syn_grouper *g, const item *it, uint64_t meaning)
{
    uint32_t most = 0;
    for (uint32_t p = it->start[SYN_SIGNAL_WORD]; p < it->start[SYN_SIGNAL_WORD + 1]; p++) {
        const lesson *x = syn_lessons_find(&g->lessons, g->index.keys[it->keys[p]].key, meaning, it->lang);
        if (x && !x->forgotten && x->said.stories > most) most = x->said.stories;
    }
    return most;
}

uint32_t syn_lessons_stories(const syn_grouper *g, const item *a, const item *b, uint32_t key)
{
    uint64_t meaning = g->index.keys[key].key;
    uint32_t here = stories_of(g, a, meaning), there = stories_of(g, b, meaning);
    return !here ? there : !there || here < there ? here : there;
}

void syn_lessons_free(lessons *l)
{
    free(l->items);
    syn_table_free(&l->words);
    syn_arena_free(&l->mem);
}
