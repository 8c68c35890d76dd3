/* whole.c - stage 10: whether a feed's item is the article itself, so that its page need not be fetched. */
#include "fetching.h"

enum {
    WHOLE = 500,    /* letters from which an item is taken for the whole article */
    WHOLE_OWN = 250 /* and where the feed tells text and summary apart */
};

static size_t letters_of(syn_str text, size_t most)
{
    size_t n = 0;
    for (size_t at = 0; at < text.n && n < most;) {
        uint32_t cp;
        at += syn_utf8_next(text, at, &cp);
        const syn_char *c = syn_char_of(cp);
        if (c->flags & SYN_CH_LETTER) n += syn_script_spaced((syn_script)c->script) ? 1 : 2;
    }
    return n;
}

static bool is_cut(syn_str text)
{
    static const char *const MARKS[] = {"...", "\u2026", "[...]", "[\u2026]", "(...)", "(\u2026)"};
    text = syn_trim(text);
    for (size_t i = 0; i < SYN_COUNT(MARKS); i++) {
        if (syn_ends(text, syn_str_of(MARKS[i]))) return true;
    }
    return false;
}

bool syn_fetching_is_whole(const syn_article *a)
{
    size_t least = a->lead.n ? WHOLE_OWN : WHOLE;
    return letters_of(a->text, least) >= least && !is_cut(a->text);
}
