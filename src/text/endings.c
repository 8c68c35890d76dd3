/* endings.c - stage 3: looking up the table of data/stem/: endings and prefixes of languages that no stemmer serves,
   abbreviations and habits of writing. */
#include "endings.h"

#include <stdlib.h>

#include "texter.h"

/* The row's byte plus one, 0 where there is none. */
static unsigned find(const syn_texter *t, const syn_endings_lang *l, syn_ending_kind kind, syn_str form)
{
    const syn_endings_kind *k = &l->kinds[kind];
    uint8_t last = form.n ? (uint8_t)form.p[form.n - 1] : 0;
    if (form.n > SYN_ENDING_LONGEST || !(k->lengths >> form.n & 1) || !(k->lasts[last / 64] >> last % 64 & 1)) return 0;
    uint64_t hash = syn_endings_hash(l->tag, kind, form), mask = ((uint64_t)1 << t->endings->bits) - 1;
    for (uint64_t i = hash & mask; t->ending_slots[i]; i = (i + 1) & mask) {
        if (t->ending_slots[i] >> 8 == hash >> 8) return (unsigned)(t->ending_slots[i] & 255);
    }
    return 0;
}

static const syn_endings_lang *rows_of(const syn_endings_lang *all, size_t n, syn_str tag)
{
    uint64_t hash = syn_endings_tag(tag);
    for (size_t i = 0; i < n; i++)
        if (all[i].tag == hash) return &all[i];
    return NULL;
}

bool syn_endings_open(syn_texter *t)
{
    size_t langs = syn_lexicon_langs(t->lex);
    syn_str bytes = syn_lexicon_table(t->lex, "stems");
    const syn_endings *head = (const void *)bytes.p; /* 8-byte aligned by the lexicon's contract */
    t->endings_of = calloc(langs + 1, sizeof *t->endings_of);
    if (!t->endings_of) return false;
    if (bytes.n < sizeof *head || head->magic != SYN_ENDINGS_MAGIC || head->bits > 23) return true;
    size_t slots = sizeof(uint64_t) << head->bits;
    if (bytes.n != sizeof *head + slots + head->nlangs * sizeof(syn_endings_lang)) return true;
    const syn_endings_lang *all = (const void *)(bytes.p + sizeof *head + slots);
    t->endings = head;
    t->ending_slots = (const void *)(bytes.p + sizeof *head);
    for (size_t i = 0; i <= langs; i++)
        t->endings_of[i] = rows_of(all, head->nlangs,
                                   i ? syn_str_of(syn_lexicon_info(t->lex, (syn_lang)i)->tag) : SYN_STR("und"));
    return true;
}

bool syn_endings_has(const syn_texter *t, syn_lang lang, syn_ending_kind kind, syn_str word)
{
    const syn_endings_lang *own = t->endings_of[lang], *all = t->endings_of[0];
    return (own && find(t, own, kind, word)) || (all && all != own && find(t, all, kind, word));
}

static bool starts_char(syn_str word, size_t at)
{
    return at >= word.n || ((unsigned char)word.p[at] & 0xC0) != 0x80;
}

/* The lengths of kind that a part of n bytes may have. */
static uint64_t lengths(const syn_endings_lang *l, syn_ending_kind kind, size_t n)
{
    uint64_t fit = ((uint64_t)2 << (n < SYN_ENDING_LONGEST ? n : SYN_ENDING_LONGEST)) - 1;
    return l->kinds[kind].lengths & fit;
}

syn_str syn_endings_cut(const syn_texter *t, syn_lang lang, syn_str word)
{
    const syn_endings_lang *l = t->endings_of[lang];
    if (!l) return word;
    size_t letters = syn_utf8_count(word);
    for (uint64_t left = lengths(l, SYN_ENDING_PREFIX, word.n); left;) { /* longest first */
        size_t n = 63 - (size_t)__builtin_clzll(left);
        left ^= (uint64_t)1 << n;
        syn_str head = syn_slice(word, 0, n);
        unsigned rest = starts_char(word, n) ? find(t, l, SYN_ENDING_PREFIX, head) : 0;
        if (!rest || letters < syn_utf8_count(head) + rest) continue;
        letters -= syn_utf8_count(head);
        word = syn_slice(word, n, word.n);
        break;
    }
    for (uint64_t left = lengths(l, SYN_ENDING_SUFFIX, word.n); left;) {
        size_t n = 63 - (size_t)__builtin_clzll(left);
        left ^= (uint64_t)1 << n;
        syn_str tail = syn_slice(word, word.n - n, word.n);
        unsigned rest = starts_char(tail, 0) ? find(t, l, SYN_ENDING_SUFFIX, tail) : 0;
        if (rest && letters >= syn_utf8_count(tail) + rest) return syn_slice(word, 0, word.n - n);
    }
    return word;
}
