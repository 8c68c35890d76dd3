/* endings.c - stage 3: looking up the table of data/stem/: endings and prefixes of languages that no stemmer serves,
   abbreviations and habits of writing. */
#include "endings.h"
#include "texter.h"

enum { LONGEST = 32 /* bytes of an ending */ };

/* The row's byte plus one, 0 where there is none. */
static unsigned find(const syn_texter *t, syn_str tag, syn_ending_kind kind, syn_str form)
{
    syn_endings head;
    if (t->endings.n < sizeof head) return 0;
    memcpy(&head, t->endings.p, sizeof head);
    const uint64_t *slot = (const void *)(t->endings.p + sizeof head);
    uint64_t hash = syn_endings_hash(tag, kind, form), mask = ((uint64_t)1 << head.bits) - 1;
    for (uint64_t i = hash & mask; slot[i]; i = (i + 1) & mask) {
        if (slot[i] >> 8 == hash >> 8) return (unsigned)(slot[i] & 255);
    }
    return 0;
}

bool syn_endings_open(syn_texter *t)
{
    syn_endings head;
    t->endings = syn_lexicon_table(t->lex, "stems");
    if (t->endings.n < sizeof head) return false;
    memcpy(&head, t->endings.p, sizeof head);
    if (head.magic == SYN_ENDINGS_MAGIC && head.bits < 24 &&
        t->endings.n == sizeof head + (sizeof(uint64_t) << head.bits))
        return true;
    t->endings = (syn_str){NULL, 0};
    return false;
}

static syn_str tag_of(const syn_texter *t, syn_lang lang)
{
    return syn_str_of(syn_lexicon_info(t->lex, lang)->tag);
}

bool syn_endings_has(const syn_texter *t, syn_lang lang, syn_ending_kind kind, syn_str word)
{
    return word.n <= LONGEST && ((lang && find(t, tag_of(t, lang), kind, word)) || find(t, SYN_STR("und"), kind, word));
}

syn_str syn_endings_cut(const syn_texter *t, syn_lang lang, syn_str word)
{
    syn_str tag = tag_of(t, lang);
    size_t letters = syn_utf8_count(word);
    size_t from = word.n < LONGEST ? word.n : LONGEST;
    for (size_t n = from; n > 0; n--) { /* longest first */
        if (n < word.n && ((unsigned char)word.p[n] & 0xC0) == 0x80) continue;
        syn_str head = syn_slice(word, 0, n);
        unsigned rest = find(t, tag, SYN_ENDING_PREFIX, head);
        if (!rest || letters < syn_utf8_count(head) + rest) continue;
        letters -= syn_utf8_count(head);
        word = syn_slice(word, n, word.n);
        break;
    }
    for (size_t at = word.n > LONGEST ? word.n - LONGEST : 0; at < word.n; at++) {
        if (((unsigned char)word.p[at] & 0xC0) == 0x80) continue;
        syn_str tail = syn_slice(word, at, word.n);
        unsigned rest = find(t, tag, SYN_ENDING_SUFFIX, tail);
        if (rest && letters >= syn_utf8_count(tail) + rest) return syn_slice(word, 0, at);
    }
    return word;
}
