/* stem.c - stage 3: light stems, so that inflected words of one language meet. */
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "texter.h"

enum { LONGEST_WORD = 100 /* bytes; longer ones are no words to stem */ };

static struct sb_stemmer *stemmer_of(syn_texter *t, syn_lang lang)
{
    if (!t->stemmers[lang]) {
        const char *name = syn_lexicon_info(t->lex, lang)->stemmer;
        if (name) t->stemmers[lang] = sb_stemmer_new(name, "UTF_8");
    }
    return t->stemmers[lang];
}

syn_str syn_text_stem(syn_texter *t, syn_lang lang, syn_str folded_word)
{
    if (!lang || lang > syn_lexicon_langs(t->lex) || !folded_word.n || folded_word.n > LONGEST_WORD) return folded_word;
    struct sb_stemmer *s = stemmer_of(t, lang);
    if (!s) return syn_endings_cut(t, lang, folded_word);
    const sb_symbol *stem = sb_stemmer_stem(s, (const sb_symbol *)folded_word.p, (int)folded_word.n);
    if (!stem) return folded_word;
    return (syn_str){(const char *)stem, (size_t)sb_stemmer_length(s)};
}

static bool is_ascii(syn_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80) return false;
    return true;
}

/* In small letters and NFC; empty where it is longer than words are. */
static syn_str small_letters(syn_str s, char to[LONGEST_WORD + 8])
{
    UErrorCode failed = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&failed);
    UChar32 last = 0;
    size_t n = 0, last_at = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t cp;
        at += syn_utf8_next(s, at, &cp);
        UChar32 c = u_tolower((UChar32)cp);
        UChar32 whole = last && U_SUCCESS(failed) ? unorm2_composePair(nfc, last, c) : -1;
        if (whole >= 0) {
            c = whole;
            n = last_at;
        }
        if (n > LONGEST_WORD) return (syn_str){"", 0};
        last_at = n;
        last = c;
        n += syn_utf8_put(to + n, (uint32_t)c);
    }
    return (syn_str){to, n};
}

static syn_str stem_by_accents(syn_texter *t, syn_lang lang, syn_str printed, syn_str folded)
{
    char small[LONGEST_WORD + 8];
    syn_folded again;
    syn_str word = small_letters(printed, small);
    if (!word.n) return syn_text_stem(t, lang, folded);
    syn_arena_reset(&t->stems);
    return syn_fold(&t->stems, syn_text_stem(t, lang, word), false, &again, NULL) ? folded : again.text;
}

syn_str syn_stem_printed(syn_texter *t, syn_lang lang, syn_str printed, syn_str folded)
{
    if (!lang || lang > syn_lexicon_langs(t->lex)) return folded;
    if (!t->endings_of[lang] && !syn_lexicon_info(t->lex, lang)->stemmer) return folded;
    bool accents = !is_ascii(printed) && syn_endings_has(t, lang, SYN_ENDING_RULE, SYN_STR("accents"));
    syn_str word = accents ? printed : folded; /* what the stem follows from */
    syn_stem_known *k = &t->known[syn_hash(word, lang) % STEMS_KNOWN];
    if (k->word == word.n && k->lang == lang && word.n && !memcmp(k->p, word.p, word.n))
        return (syn_str){k->p + k->word, k->stem};
    syn_str stem = accents ? stem_by_accents(t, lang, printed, folded) : syn_text_stem(t, lang, folded);
    if (word.n + stem.n > sizeof k->p) return stem;
    *k = (syn_stem_known){.lang = lang, .word = (uint8_t)word.n, .stem = (uint8_t)stem.n};
    memcpy(k->p, word.p, word.n);
    memcpy(k->p + word.n, stem.p, stem.n);
    return (syn_str){k->p + k->word, k->stem};
}
