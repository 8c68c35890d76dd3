/* stem.c - stage 3: light stems, so that inflected words of one language meet. */
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
