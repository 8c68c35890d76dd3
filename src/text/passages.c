/* passages.c - stage 3: paragraphs that are surely in another language than the text around them: a quotation, a
   statement left untranslated.  The script is looked at first; within one script a paragraph must have fewer of the
   language's function words than the text has, or letters that the rest of it does without, and only then is it put to
   the model. */
#include "text.h"

enum {
    LEAST_TEXT = 160, /* bytes of a text in which to look */
    LEAST_OTHER = 24, /* letters of a passage in another script; half of them where a letter is a syllable or a word */
    LEAST_SAME = 60,  /* in the text's own script */
    LEAST_WORDS = 6,
    KANA_SHARE = 10,     /* of Japanese letters, at the least */
    SAMPLE = 24,         /* letters that tell the script */
    HEAD_BYTES = 64,     /* of every paragraph, in which function words are counted */
    GLANCED_BYTES = 110, /* of one that has few of them, which mostly settle that it is none */
    JUDGED_BYTES = 600,
    MISSES = 3, /* paragraphs of the text's own language put to the model for nothing, then no more are */
    LETTERED_BYTES = 160,
    LETTERS = 512,    /* kept apart, by their code points */
    ALIEN = 3,        /* letters of a paragraph's head that hardly another has */
    ALIEN_SHARE = 16, /* one paragraph in so many may have them */
    SPEAKS_SHARE = 8, /* one word in so many must be such a word for their lack to tell anything */
    SPOKEN_SHARE = 10 /* and in a passage, of its own language */
};
/* How sure the model must be, the text's own language being its witness. */
static const double SURE_OTHER = 0.9, SURE_SAME = 0.97;

typedef struct counted {
    size_t words, function;
} counted;

typedef struct judge {
    const syn_lexicon *lex;
    syn_arena *scratch;
    syn_lang lang;
    bool spaced;
    syn_script script; /* of most of its paragraphs */
    syn_str tag;
    counted text; /* by the heads of its paragraphs */
    size_t paragraphs;
    uint16_t with[LETTERS]; /* paragraphs that have the letter in their heads */
} judge;

typedef struct paragraph {
    syn_str p;
    counted head;
    syn_script script;
    uint64_t letters[LETTERS / 64]; /* of its head, those of ASCII aside, as bits; of the text's own script alone */
} paragraph;

static bool is_ascii_letter(uint32_t cp)
{
    return (cp | 0x20) - 'a' < 26u;
}

/* Whether a character belongs to a word; most are ASCII, and settled without the tables. */
static bool in_word(uint32_t cp)
{
    return cp < 0x80 ? is_ascii_letter(cp) : (syn_char_of(cp)->flags & (SYN_CH_LETTER | SYN_CH_MARK)) != 0;
}

/* The script that most of the first letters are in; Han beside kana is Japanese.  *letters: how many there were. */
static syn_script script_of(syn_str p, size_t most, size_t *letters)
{
    uint16_t count[SYN_SCRIPT_COUNT] = {0};
    size_t n = 0, best = SYN_SCRIPT_COMMON;
    for (size_t at = 0; at < p.n && n < most;) {
        uint32_t cp;
        at += syn_utf8_next(p, at, &cp);
        if (cp < 0x80 && !is_ascii_letter(cp)) continue;
        const syn_char *c = cp < 0x80 ? NULL : syn_char_of(cp);
        if (c && !(c->flags & SYN_CH_LETTER)) continue;
        unsigned script = c ? c->script : (unsigned)SYN_SCRIPT_LATIN;
        n++;
        if (++count[script] > count[best] || best == SYN_SCRIPT_COMMON) best = script;
    }
    *letters = n;
    return (size_t)count[SYN_SCRIPT_KANA] * KANA_SHARE > n ? SYN_SCRIPT_KANA : (syn_script)best;
}

/* Words of folded text that the language has as function words; where words are not parted, how many such are found. */
static counted function_words(const syn_lexicon *lex, syn_lang lang, syn_str folded)
{
    bool spaced = syn_lexicon_info(lex, lang)->spaced;
    counted c = {0, 0};
    syn_lex_hit hit;
    for (size_t at = 0; at < folded.n;) {
        uint32_t cp;
        size_t start = at;
        at += syn_utf8_next(folded, at, &cp);
        if (!in_word(cp)) continue;
        c.words++;
        if (spaced) {
            for (size_t n; at < folded.n; at += n) {
                n = syn_utf8_next(folded, at, &cp);
                if (!in_word(cp)) break;
            }
            c.function += syn_lexicon_find(lex, lang, SYN_LEX_STOP, syn_slice(folded, start, at), &hit, 1) > 0;
        } else {
            size_t len = syn_lexicon_longest(lex, lang, SYN_LEX_STOP, syn_slice(folded, start, folded.n), &hit, 1,
                                             NULL);
            c.function += len > 0;
            if (len > at - start) at = start + len;
        }
    }
    return c;
}

static counted count_head(const judge *j, syn_lang lang, syn_str p, size_t bytes)
{
    syn_folded folded;
    counted none = {0, 0};
    char lower[HEAD_BYTES];
    size_t n = 0;
    p = syn_utf8_head(p, bytes);
    while (n < p.n && n < sizeof lower && (unsigned char)p.p[n] < 0x80) {
        char c = p.p[n];
        lower[n++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    if (n == p.n) return function_words(j->lex, lang, (syn_str){lower, n}); /* ASCII folds to itself in small letters */
    if (syn_fold(j->scratch, p, false, &folded, NULL)) return none;
    return function_words(j->lex, lang, folded.text);
}

/* Little more than half of what the text has, or less. */
static bool speaks_less(const judge *j, counted c)
{
    return c.function * j->text.words * 20 < j->text.function * c.words * 11;
}

/* Names alone, a table of players, are in no language: half of a passage's words begin small where they could. */
static bool only_names(syn_str p)
{
    size_t small = 0, capital = 0;
    bool inside = false;
    for (size_t at = 0; at < p.n;) {
        uint32_t cp;
        at += syn_utf8_next(p, at, &cp);
        const syn_char *c = syn_char_of(cp);
        bool letter = c->flags & (SYN_CH_LETTER | SYN_CH_MARK);
        if (letter && !inside && c->flags & SYN_CH_UPPER) capital++;
        if (letter && !inside && c->flags & SYN_CH_LOWER) small++;
        inside = letter;
    }
    return small < capital;
}

/* Not where letters are syllables and any text has some that another has not. */
static void note_letters(judge *j, paragraph *g)
{
    if (g->script == SYN_SCRIPT_HANGUL || g->script == SYN_SCRIPT_ETHIOPIC) return;
    for (size_t at = 0; at < g->p.n && at < LETTERED_BYTES;) {
        uint32_t cp;
        if ((unsigned char)g->p.p[at] < 0x80) {
            at++;
            continue;
        }
        at += syn_utf8_next(g->p, at, &cp);
        if (syn_char_of(cp)->flags & SYN_CH_LETTER) g->letters[cp % LETTERS / 64] |= 1ull << cp % 64;
    }
    for (size_t k = 0; k < LETTERS / 64; k++)
        for (uint64_t bits = g->letters[k]; bits; bits &= bits - 1) j->with[k * 64 + (size_t)__builtin_ctzll(bits)]++;
}

static bool has_alien_letters(const judge *j, const paragraph *g)
{
    size_t n = 0, few = j->paragraphs / ALIEN_SHARE;
    for (size_t k = 0; k < LETTERS / 64; k++)
        for (uint64_t bits = g->letters[k]; bits; bits &= bits - 1)
            n += j->with[k * 64 + (size_t)__builtin_ctzll(bits)] <= (few ? few : 1);
    return n >= ALIEN;
}

/* What can be told of it without the model. */
static bool may_be_other(const judge *j, const paragraph *g)
{
    if (g->script != j->script) return g->p.n >= LEAST_OTHER;
    if (g->p.n < LEAST_SAME || !j->spaced) return false;
    if (has_alien_letters(j, g)) return !only_names(g->p);
    if (j->text.function * SPEAKS_SHARE < j->text.words || !speaks_less(j, g->head)) return false;
    return !only_names(g->p) && speaks_less(j, count_head(j, j->lang, g->p, JUDGED_BYTES));
}

/* The language of a paragraph that is surely another, SYN_LANG_UNKNOWN where it is none. */
static syn_lang other_language(const judge *j, syn_str p, bool same, char tag[16])
{
    double sure;
    syn_str head = syn_utf8_head(p, GLANCED_BYTES);
    syn_lang_identify(j->lex, head, j->tag, tag, &sure);
    syn_lang lang = syn_lexicon_lang(j->lex, syn_str_of(tag));
    if (lang == j->lang) return SYN_LANG_UNKNOWN;
    if (p.n > head.n) {
        head = syn_utf8_head(p, JUDGED_BYTES);
        syn_lang_identify(j->lex, head, j->tag, tag, &sure);
        lang = syn_lexicon_lang(j->lex, syn_str_of(tag));
    }
    const syn_lang_info *info = syn_lexicon_info(j->lex, lang);
    if (!lang || info->kin == syn_lexicon_info(j->lex, j->lang)->kin || sure < (same ? SURE_SAME : SURE_OTHER))
        return SYN_LANG_UNKNOWN;
    size_t letters;
    script_of(head, SIZE_MAX, &letters);
    if (letters < (!info->spaced ? LEAST_OTHER / 2 : same ? LEAST_SAME : LEAST_OTHER) || only_names(head))
        return SYN_LANG_UNKNOWN;
    counted c = count_head(j, lang, head, JUDGED_BYTES);
    if (info->spaced && c.words < LEAST_WORDS) return SYN_LANG_UNKNOWN;
    bool spoken = c.function > 0 && (!same || c.function * SPOKEN_SHARE >= c.words);
    return spoken || !syn_lexicon_has(j->lex, lang, SYN_LEX_STOP) ? lang : SYN_LANG_UNKNOWN;
}

/* The paragraphs, by their heads. */
static size_t look(judge *j, syn_str text, paragraph **out)
{
    size_t n = 0, cap = 0, bytes[SYN_SCRIPT_COUNT] = {0}, letters;
    j->script = SYN_SCRIPT_COMMON;
    for (syn_str p; syn_split(&text, '\n', &p);) {
        if (p.n < LEAST_OTHER) continue;
        if (!syn_grow(j->scratch, out, &cap, n + 1, sizeof **out)) return n;
        syn_script script = script_of(p, SAMPLE, &letters);
        (*out)[n++] = (paragraph){.p = p, .script = script};
        bytes[script] += p.n;
        if (bytes[script] > bytes[j->script]) j->script = script;
    }
    for (size_t i = 0; j->spaced && i < n; i++) {
        paragraph *g = &(*out)[i];
        if (g->script != j->script || g->p.n < LEAST_SAME) continue;
        g->head = count_head(j, j->lang, g->p, HEAD_BYTES);
        note_letters(j, g);
        j->paragraphs++;
        j->text.words += g->head.words;
        j->text.function += g->head.function;
    }
    return n;
}

syn_code syn_lang_passages(const syn_lexicon *lex, syn_arena *arena, syn_str text, syn_str lang, syn_passages *out,
                           syn_err *err)
{
    *out = (syn_passages){NULL, 0};
    if (text.n < LEAST_TEXT || syn_find_byte(text, '\n', 0) == SIZE_MAX) return SYN_OK;
    syn_arena scratch = {.limit = SYN_MAX_PAGE_MEMORY};
    judge j = {.lex = lex, .scratch = &scratch, .lang = syn_lexicon_lang(lex, lang), .tag = lang};
    if (!j.lang) return SYN_OK;
    j.spaced = syn_lexicon_info(lex, j.lang)->spaced;
    paragraph *all = NULL;
    syn_passage *list = NULL;
    size_t nall = look(&j, text, &all), n = 0, cap = 0, bytes = 0;
    size_t misses = 0;
    for (size_t i = 0; i < nall && n < SYN_MAX_PASSAGES; i++) {
        char tag[16];
        bool same = all[i].script == j.script;
        if ((same && misses == MISSES) || !may_be_other(&j, &all[i])) continue;
        syn_lang other = other_language(&j, all[i].p, same, tag);
        misses += same && !other;
        if (!other) continue;
        if (!syn_grow(arena, &list, &cap, n + 1, sizeof *list)) break;
        uint32_t start = (uint32_t)(all[i].p.p - text.p), end = start + (uint32_t)all[i].p.n;
        list[n++] = (syn_passage){{start, end}, other, syn_dup(arena, syn_str_of(tag))};
        bytes += all[i].p.n;
    }
    bool failed = scratch.failed || arena->failed;
    syn_arena_free(&scratch);
    if (failed) return syn_fail(err, SYN_ENOMEM, 0, "no memory for passages");
    /* most of it: then it is the text's own language that is not what was said */
    if (bytes * 2 < text.n) *out = (syn_passages){list, n};
    return SYN_OK;
}
