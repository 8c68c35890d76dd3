/* currencies.c - stage 4: whose dollar an assumed currency is: that of the country named beside it, or of the only such
   country that the whole text is about.  The mark that it is a guess stays. */
#include "facts.h"

enum { COUNTRIES = 64, DOMINANT = 2 /* times that a country must be named to settle what its sentence does not */ };

/* A currency and the family of those that share its name: dollars, pounds.  Rows "*au", "*aud" of the neutral table. */
typedef struct kin {
    uint32_t id; /* ISO 4217, packed as in the lexicon; 0: none */
    double family;
} kin;

/* A country named in the text, or a word that goes with its money alone ("Canadian"). */
typedef struct clue {
    uint32_t start, end, sentence;
    kin money;
} clue;

static kin kin_of(const syn_lexicon *lex, const char *letters, size_t n)
{
    char key[8] = "*";
    syn_lex_hit hit;
    for (size_t i = 0; i < n; i++)
        key[i + 1] = (char)(letters[i] >= 'A' && letters[i] <= 'Z' ? letters[i] + 'a' - 'A' : letters[i]);
    if (!syn_lexicon_find(lex, SYN_LANG_UNKNOWN, SYN_LEX_CURRENCY, (syn_str){key, n + 1}, &hit, 1)) return (kin){0, 0};
    return (kin){hit.id, hit.value};
}

static uint32_t packed(const char *code)
{
    return (uint32_t)(unsigned char)code[0] << 16 | (uint32_t)(unsigned char)code[1] << 8 | (unsigned char)code[2];
}

/* The currency that a word names by its country: "canadian", with an ending of inflection or without. */
static kin by_word(const syn_lexicon *lex, const syn_text *text, syn_str word)
{
    enum { STEM = 4, ENDING = 8 };
    syn_lex_hit hits[4];
    size_t n, len = syn_lexicon_longest(lex, text->lang, SYN_LEX_CURRENCY, word, hits, 4, &n);
    if (len < word.n && (len < STEM || word.n - len > ENDING)) return (kin){0, 0};
    if (n > 4) n = 4;
    for (size_t i = 0; i < n; i++)
        if (hits[i].value != SYN_CURRENCY_OF_COUNTRY) return (kin){0, 0}; /* the money's own name */
    if (n == 0) return (kin){0, 0};
    char code[3] = {(char)(hits[0].id >> 16), (char)(hits[0].id >> 8), (char)hits[0].id};
    return kin_of(lex, code, 3);
}

static size_t gather(const syn_lexicon *lex, const syn_text *text, const syn_fact_list *names, clue *out, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < names->n && n < max; i++) {
        const syn_fact *f = &names->items[i];
        char code[2] = {(char)(f->place >> 8), (char)f->place};
        kin money = f->place ? kin_of(lex, code, 2) : (kin){0, 0};
        if (money.family > 0) out[n++] = (clue){f->span.start, f->span.end, f->sentence, money};
    }
    for (size_t i = 0; i < text->ntokens && n < max; i++) {
        const syn_token *t = &text->tokens[i];
        bool initials = (t->flags & SYN_TOK_ALLCAPS) != 0; /* "US" is no "us" */
        if (t->kind != SYN_TOK_WORD || (t->fold_end - t->fold_start < 4 && !initials)) continue;
        kin money = by_word(lex, text, syn_slice(text->folded.text, t->fold_start, t->fold_end));
        if (money.family > 0) out[n++] = (clue){t->start, t->end, t->sentence, money};
    }
    return n;
}

/* The currency of the family that alone is named, often enough, in all of the text; 0 where there is none. */
static uint32_t dominant(const clue *clues, size_t n, double family)
{
    uint32_t only = 0;
    size_t times = 0;
    for (size_t i = 0; i < n; i++) {
        if (clues[i].money.family != family) continue;
        if (only && clues[i].money.id != only) return 0;
        only = clues[i].money.id;
        times++;
    }
    return times >= DOMINANT ? only : 0;
}

static void settle(syn_fact *f, const clue *clues, size_t n, const kin *guess)
{
    uint32_t best = 0, least = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        const clue *c = &clues[i];
        if (c->sentence != f->sentence || c->money.family != guess->family) continue;
        if (c->money.id == guess->id) return; /* the usual one's country stands there, too */
        uint32_t away = c->end <= f->span.start   ? f->span.start - c->end
                        : c->start >= f->span.end ? c->start - f->span.end
                                                  : 0;
        if (away >= least) continue;
        least = away;
        best = c->money.id;
    }
    if (!best) best = dominant(clues, n, guess->family);
    if (!best) return;
    f->currency[0] = (char)(best >> 16);
    f->currency[1] = (char)(best >> 8);
    f->currency[2] = (char)best;
}

syn_code syn_money_settle(const syn_lexicon *lex, const syn_text *text, syn_fact_list *figures,
                          const syn_fact_list *names, syn_err *err)
{
    clue *clues = NULL;
    size_t n = 0;
    for (size_t i = 0; i < figures->n; i++) {
        syn_fact *f = &figures->items[i];
        if (f->kind != SYN_FACT_MONEY || !(f->flags & SYN_FACT_ASSUMED)) continue;
        kin guess = kin_of(lex, f->currency, 3);
        if (guess.family <= 0 || packed(f->currency) != guess.id) continue;
        if (!clues) { /* seldom wanted, so not before */
            if (!(clues = SYN_NEW_ARRAY(figures->arena, clue, COUNTRIES)))
                return syn_fail(err, SYN_ENOMEM, 0, "no memory for the countries of a text");
            n = gather(lex, text, names, clues, COUNTRIES);
        }
        settle(f, clues, n, &guess);
    }
    return SYN_OK;
}
