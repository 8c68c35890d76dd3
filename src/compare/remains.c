/* remains.c - stage 6: sentences that were not translated: the same words as the other telling's in the other's
   language; or words of a language that neither is told in, known by its function words, by lines that the tables call
   furniture, or by another script. */
#include "comparing.h"

#define LEAST_WORDS 4
#define LEAST_BYTES 20
#define LATIN_WORDS 3
#define QUOTED_BACK 4000 /* bytes of a paragraph before a sentence in which a quotation may open */

typedef struct sentence {
    uint64_t hash;
    uint32_t side, at; /* which sentence of which telling */
    uint32_t from, to; /* its tokens */
    uint32_t words, latin, lower;
} sentence;

/* Words of a sentence that are function words of a language and not of its text's own. */
static uint32_t sounds_like(const syn_lexicon *lex, const syn_text *t, const sentence *s, syn_lang lang, syn_lang but)
{
    uint32_t n = 0;
    syn_lex_hit hit;
    for (uint32_t i = s->from; i < s->to; i++) {
        syn_str word = syn_token_folded(t, i);
        if (t->tokens[i].kind != SYN_TOK_WORD || !syn_lexicon_find(lex, lang, SYN_LEX_STOP, word, &hit, 1)) continue;
        n += but == SYN_LANG_UNKNOWN || !syn_lexicon_find(lex, but, SYN_LEX_STOP, word, &hit, 1);
    }
    return n;
}

static int by_hash(const void *pa, const void *pb)
{
    const sentence *x = pa, *y = pb;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    if (x->side != y->side) return x->side < y->side ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static size_t collect(const syn_side *side, uint32_t number, sentence *out)
{
    const syn_text *t = side->telling->text;
    size_t n = 0;
    for (uint32_t i = 0; i < t->ntokens && n < side->nsentences;) {
        sentence s = {.side = number, .at = t->tokens[i].sentence, .from = i};
        for (; i < t->ntokens && t->tokens[i].sentence == s.at; i++) {
            const syn_token *k = &t->tokens[i];
            if (k->kind == SYN_TOK_PUNCT) continue;
            s.hash = syn_hash(syn_token_folded(t, i), s.hash);
            if (k->kind != SYN_TOK_WORD) continue;
            s.words++;
            s.latin += k->script == SYN_SCRIPT_LATIN;
            s.lower += !(k->flags & (SYN_TOK_CAPITAL | SYN_TOK_ALLCAPS));
        }
        s.to = i;
        if (s.at < side->nsentences) out[n++] = s;
    }
    return n;
}

static bool furniture(const syn_lexicon *lex, syn_lang lang, const syn_text *t, const sentence *s)
{
    syn_lex_hit hits[4];
    syn_str line = syn_slice(t->folded.text, t->tokens[s->from].fold_start, t->tokens[s->to - 1].fold_end);
    size_t n = syn_lexicon_find(lex, lang, SYN_LEX_FURNITURE, line, hits, SYN_COUNT(hits));
    for (size_t i = 0; i < n && i < SYN_COUNT(hits); i++)
        if (hits[i].id == 0) return true;
    return false;
}

/* What somebody said in another language is quoted, not left: a quotation of the paragraph is open, or opens here. */
static bool quoted(const syn_text *t, const sentence *s)
{
    syn_span span = t->sentences[s->at];
    size_t from = span.start;
    long depth = 0;
    uint32_t cp;
    while (from && t->src.p[from - 1] != '\n' && span.start - from < QUOTED_BACK) from--;
    for (size_t at = from, n; at < span.end; at += n) {
        n = syn_utf8_next(t->src, at, &cp);
        bool opens = cp == 0xAB || cp == 0x201E || cp == 0x300C || cp == 0x300E || cp == 0x300A || cp == 0x2039 ||
                     cp == '(';
        bool closes = cp == 0xBB || cp == 0x300D || cp == 0x300F || cp == 0x300B || cp == 0x203A || cp == ')';
        if (cp == '"' || cp == 0x201C || cp == 0x201D) /* which of them opens is the language's own affair */
            opens = depth <= 0, closes = !opens;
        if (at >= span.start) return depth > 0 || opens;
        depth += opens ? 1 : closes ? -1 : 0;
    }
    return depth > 0;
}

static syn_lang spoken_in(const syn_lexicon *lex, const syn_text *t, const sentence *s)
{
    char tag[16];
    double sure;
    syn_str words = syn_slice(t->src, t->sentences[s->at].start, t->sentences[s->at].end);
    syn_lang_identify(lex, words, (syn_str){0}, tag, &sure);
    return syn_lexicon_lang(lex, syn_str_of(tag));
}

/* Words of a language that neither telling is in: lower-case Latin in a text of another script; or in a Latin one,
   English by its function words and none of the text's own. */
static bool foreign(const syn_lexicon *lex, const syn_text *t, const sentence *s, syn_lang english)
{
    if (t->lang == english || t->lang == SYN_LANG_UNKNOWN || s->words < 2) return false;
    if (furniture(lex, english, t, s)) return true;
    if (s->words < LATIN_WORDS || s->latin < s->words || 2 * s->lower < s->words) return false;
    if (syn_lexicon_info(lex, t->lang)->script != SYN_SCRIPT_LATIN)
        return sounds_like(lex, t, s, english, t->lang) > 0 && spoken_in(lex, t, s) == english;
    return s->words >= LEAST_WORDS && 5 * sounds_like(lex, t, s, english, t->lang) >= 2 * s->words &&
           !sounds_like(lex, t, s, t->lang, SYN_LANG_UNKNOWN) && spoken_in(lex, t, s) == english;
}

/* Of sentences with the same words, the first in a telling whose language they are in: all in one walk. */
static const sentence *origin(const syn_lexicon *lex, const syn_side *sides, const sentence *group, size_t n)
{
    const syn_text *t = sides[group->side].telling->text;
    syn_span span = t->sentences[group->at];
    bool two = false;
    for (size_t i = 1; i < n && !two; i++) two = sides[group[i].side].telling->text->lang != t->lang;
    if (!two || (group->words < LEAST_WORDS && span.end - span.start < LEAST_BYTES)) return NULL;
    syn_lang spoken = spoken_in(lex, t, group);
    for (size_t i = 0; i < n; i++)
        if (sides[group[i].side].telling->text->lang == spoken) return &group[i];
    return NULL;
}

static bool put(const syn_side *sides, const sentence *s, const sentence *twin, syn_difference_list *out)
{
    syn_saying mine = {sides[s->side].telling->text->sentences[s->at], NULL}, other = {0};
    syn_difference d = {.kind = SYN_DIFF_UNTRANSLATED, .severity = 2};
    if (twin) other.span = sides[twin->side].telling->text->sentences[twin->at];
    uint32_t beside = twin ? twin->side : s->side == 0;
    bool first = twin ? s->side < twin->side : s->side == 0;
    d.a = first ? mine : other, d.b = first ? other : mine;
    d.in_a = first ? s->side : beside, d.in_b = first ? beside : s->side;
    return syn_differ_push(out, d);
}

syn_code syn_remains_differ(syn_arena *scratch, const syn_lexicon *lex, const syn_side *sides, size_t n,
                            syn_difference_list *out, syn_err *err)
{
    size_t total = 0, at = 0;
    syn_lang english = syn_lexicon_lang(lex, SYN_STR("en"));
    for (size_t i = 0; i < n; i++) total += sides[i].nsentences;
    sentence *all = SYN_NEW_ARRAY(scratch, sentence, total);
    bool good = all != NULL;
    for (size_t i = 0; good && i < n; i++) at += collect(&sides[i], (uint32_t)i, all + at);
    if (good) syn_sort(all, at, sizeof *all, by_hash);
    for (size_t i = 0, end; good && i < at; i = end) {
        for (end = i + 1; end < at && all[end].hash == all[i].hash; end++) {
        }
        const sentence *home = end - i > 1 ? origin(lex, sides, all + i, end - i) : NULL;
        syn_lang lang = home ? sides[home->side].telling->text->lang : SYN_LANG_UNKNOWN;
        for (size_t k = i; good && k < end; k++) {
            const syn_text *t = sides[all[k].side].telling->text;
            const sentence *twin = home && t->lang != lang ? home : NULL;
            if ((home && !twin) || quoted(t, &all[k])) continue;
            if (twin || foreign(lex, t, &all[k], english)) good = put(sides, &all[k], twin, out);
        }
    }
    return good ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "sentences of the tellings");
}
