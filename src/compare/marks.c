/* marks.c - stage 6: controls of a text that came to harm: directions that are never closed or turn letters round
   (UAX 9, 2.7), signs that stand for a joiner inside a word, and texts that lost all of theirs. */
#include "comparing.h"

enum {
    SOFT_HYPHEN = 0xAD,
    NOT_SIGN = 0xAC,
    ZWNJ = 0x200C,
    ZWJ = 0x200D,
    LRM = 0x200E,
    RLM = 0x200F,
    LRE = 0x202A,
    RLE = 0x202B,
    PDF = 0x202C,
    LRO = 0x202D,
    RLO = 0x202E,
    LRI = 0x2066,
    RLI = 0x2067,
    FSI = 0x2068,
    PDI = 0x2069
};
enum { DEPTH = 125 }; /* max_depth of UAX 9 */

static bool put(syn_difference_list *out, uint32_t telling, uint8_t kind, uint8_t severity, size_t start, size_t end)
{
    return syn_differ_alone(out, (syn_difference){.kind = kind, .severity = severity}, telling,
                            (syn_saying){{(uint32_t)start, (uint32_t)end}, NULL});
}

/* The first control of a paragraph that is not closed in it, or overrides the letters' own direction. */
static bool directions(const syn_side *s, uint32_t telling, syn_difference_list *out)
{
    syn_str t = s->telling->text->src;
    size_t open[DEPTH], depth = 0;
    uint32_t cp, kind[DEPTH];
    for (size_t at = 0, n; at < t.n; at += n) {
        unsigned char c = (unsigned char)t.p[at];
        if (c != 0xE2 && c != '\n') {
            n = 1;
            continue;
        }
        n = syn_utf8_next(t, at, &cp);
        bool embeds = cp == LRE || cp == RLE || cp == LRO || cp == RLO, isolates = cp >= LRI && cp <= FSI;
        if (cp == LRO || cp == RLO) return put(out, telling, SYN_DIFF_BIDI, 2, at, at + n);
        if ((embeds || isolates) && depth < DEPTH) open[depth] = at, kind[depth++] = cp;
        bool closes = (cp == PDF && depth && kind[depth - 1] < LRI) || (cp == PDI && depth && kind[depth - 1] >= LRI);
        if (closes) depth--;
        if (c == '\n' && depth) break;
    }
    if (!depth) return true;
    return put(out, telling, SYN_DIFF_BIDI, 2, open[0], open[0] + 3);
}

static bool joins_letters(uint32_t cp)
{
    const syn_char *c = syn_char_of(cp);
    bool script = c->script == SYN_SCRIPT_ARABIC || c->script == SYN_SCRIPT_SYRIAC ||
                  c->script == SYN_SCRIPT_MONGOLIAN ||
                  (c->script >= SYN_SCRIPT_DEVANAGARI && c->script <= SYN_SCRIPT_SINHALA);
    return script && (c->flags & (SYN_CH_LETTER | SYN_CH_MARK));
}

/* "می­شود" with a soft hyphen, "می&zwnj;شود": the joiner was lost, what stands for it was not. */
static size_t false_joiner(syn_str t, size_t at, uint32_t cp, size_t n)
{
    static const char *const printed[] = {"&zwnj;", "&#8204;", "&zwj;", "&#8205;", "&shy;"};
    if (cp == SOFT_HYPHEN || cp == NOT_SIGN || cp == RLM || cp == LRM) return n;
    if (cp == ZWNJ || cp == ZWJ) {
        uint32_t next;
        size_t m = at + n < t.n ? syn_utf8_next(t, at + n, &next) : 0;
        return m && next == cp ? n + m : 0; /* twice */
    }
    for (size_t i = 0; cp == '&' && i < SYN_COUNT(printed); i++)
        if (syn_starts(syn_slice(t, at, t.n), syn_str_of(printed[i]))) return strlen(printed[i]);
    return 0;
}

static bool joiners(const syn_side *s, uint32_t telling, syn_difference_list *out)
{
    syn_str t = s->telling->text->src;
    uint32_t cp, before = ' ', after;
    for (size_t at = 0, n; at < t.n; at += n, before = cp) {
        n = syn_utf8_next(t, at, &cp);
        if (!joins_letters(before)) continue;
        size_t bytes = false_joiner(t, at, cp, n);
        if (!bytes || at + bytes >= t.n) continue;
        syn_utf8_next(t, at + bytes, &after);
        if (joins_letters(after))
            return put(out, telling, SYN_DIFF_JOINER, 1, at, at + bytes); /* once a text is enough */
    }
    return true;
}

static bool has_joiner(syn_str word)
{
    uint32_t cp;
    for (size_t at = 0; at < word.n; at += syn_utf8_next(word, at, &cp)) {
        syn_utf8_next(word, at, &cp);
        if (cp == ZWNJ || cp == ZWJ) return true;
    }
    return false;
}

/* "میشود" again and again where others write "می‌شود": some who write so leave out a joiner here and there,
   nobody all of them in words that need one. */
static bool lost_joiners(const syn_lexicon *lex, const syn_side *s, uint32_t telling, syn_difference_list *out)
{
    const syn_text *t = s->telling->text;
    uint64_t first = 0;
    syn_span where = {0, 0};
    bool several = false;
    for (uint32_t i = 0; i < t->ntokens; i++) {
        syn_lex_hit hit;
        syn_str word = syn_token_str(t, i), folded = syn_token_folded(t, i);
        if (t->tokens[i].kind != SYN_TOK_WORD) continue;
        if (has_joiner(word)) return true;
        if (several || !syn_lexicon_find(lex, t->lang, SYN_LEX_JOINED, folded, &hit, 1)) continue;
        uint64_t hash = syn_hash(folded, 0);
        if (!where.end)
            first = hash, where = (syn_span){t->tokens[i].start, t->tokens[i].end};
        else
            several = hash != first;
    }
    return !several || put(out, telling, SYN_DIFF_JOINER, 1, where.start, where.end);
}

bool syn_marks_differ(const syn_lexicon *lex, const syn_side *s, uint32_t telling, syn_difference_list *out)
{
    return directions(s, telling, out) && joiners(s, telling, out) && lost_joiners(lex, s, telling, out);
}
