/* signs.c - stage 4: names in scripts without capitals that signs give away: a middle dot between their words, Han
   characters that foreign names are spelt with, or the name in Latin letters in parentheses behind. */
#include "naming.h"

enum {
    DOTTED_PART_LETTERS = 6,
    SOUND_PART_LETTERS = 8,
    SOUND_NAME_SHORTEST = 4,
    SPELT_TOKENS = 10,
    SPELT_WORDS = 4,
    SPELT_LETTERS = 6
};

/* How alike a name and its Latin spelling must sound (syn_name_similarity). */
static const double SPELT_ALIKE = 0.6;

static bool has(const naming *n, size_t i, uint32_t kinds)
{
    return n->mark[i].kinds & kinds;
}

static bool middle_dot(const naming *n, size_t i)
{
    if (i >= n->text->ntokens || n->text->tokens[i].kind != SYN_TOK_PUNCT) return false;
    uint32_t cp;
    syn_utf8_next(syn_token_str(n->text, i), 0, &cp);
    return cp == 0xB7 || cp == 0x30FB || cp == 0x2022 || cp == 0x2027 || cp == 0x30A0 || cp == 0xFF1D || cp == '=';
}

/* ---- names with a middle dot: Katakana or Han ---- */

/* A word of Han characters that starts with a function word. */
static bool function_head(const naming *n, size_t i)
{
    syn_lex_hit hit;
    syn_str word = syn_token_folded(n->text, i);
    uint32_t cp;
    size_t len = word.n ? syn_utf8_next(word, 0, &cp) : 0;
    return syn_lexicon_find(n->lex, n->text->lang, SYN_LEX_STOP, syn_slice(word, 0, len), &hit, 1) > 0;
}

/* One part of such a name beside the dot at i, going by step; returns its furthest token, i where there is none. */
static size_t dotted_part(const naming *n, size_t i, int step)
{
    size_t at = i, count = 0;
    bool sounds = false; /* Han characters that spell sounds */
    bool word = false;   /* one word that the dictionary knows, with single characters around it, is all */
    for (;;) {
        size_t next = step > 0 ? at + 1 : at - 1;
        if ((step < 0 && at == 0) || next >= n->text->ntokens) break;
        if (!naming_adjacent(n, step > 0 ? at : next, true) || !naming_han_or_kana(n, next) || n->mark[next].taken)
            break;
        bool kana = naming_katakana(n, next), sound = !kana && naming_sound(n, next);
        if (sounds && !sound) break; /* what sounds foreign is the name, and nothing else */
        if (sound && (at == i || sounds)) {
            count += naming_letters(n, next);
            if (count > SOUND_PART_LETTERS) break;
            sounds = true;
            at = next;
            continue;
        }
        if (!kana && (has(n, next, SYN_LEX_STOP | SYN_LEX_SAY | SYN_LEX_TITLE | SYN_LEX_ORGWORD) ||
                      (has(n, next, NAMING_COMMON | SYN_LEX_PLACE) && naming_letters(n, next) > 1)))
            break;
        if (!kana && n->text->tokens[next].script == SYN_SCRIPT_KANA) break; /* Hiragana: grammar */
        if (at != i && kana != naming_katakana(n, at)) break;
        count += naming_letters(n, next);
        if (!kana && (count > DOTTED_PART_LETTERS || (naming_letters(n, next) > 1 && (word || function_head(n, next)))))
            break;
        word |= naming_letters(n, next) > 1;
        at = next;
        if (!kana && naming_letters(n, at) > (step < 0 ? 1u : 2u)) break;
    }
    return at;
}

static bool add_dotted(naming *n)
{
    for (size_t i = 1; i + 1 < n->text->ntokens; i++) {
        if (!middle_dot(n, i)) continue;
        size_t first = dotted_part(n, i, -1), last = dotted_part(n, i, 1);
        if (first == i || last == i) continue;
        size_t dots = 1;
        while (middle_dot(n, last + 1) && naming_adjacent(n, last, true) && dots < NAME_MAX_WORDS) {
            size_t more = dotted_part(n, last + 1, 1);
            if (more == last + 1) break;
            last = more;
            dots++;
        }
        if (!naming_add(n, first, last, SYN_FACT_NAME, SYN_FACT_PERSON, 0)) return false;
        i = last;
    }
    return true;
}

/* ---- foreign names in Han characters, without a dot ---- */

/* Nothing but its sound is known of the token: no word of the language. */
static bool only_sound(const naming *n, size_t i)
{
    return !has(n, i, NAMING_COMMON | SYN_LEX_PLACE | SYN_LEX_TITLE | SYN_LEX_ORGWORD);
}

static bool add_sounds(naming *n)
{
    for (size_t i = 0; i < n->text->ntokens; i++) {
        if (n->mark[i].place && n->mark[i].span > 1) i += n->mark[i].span - 1; /* a place that is spelt so */
        if (!naming_sound(n, i) || !only_sound(n, i)) continue;
        size_t last = i, count = naming_letters(n, i);
        while (naming_adjacent(n, last, true) && naming_sound(n, last + 1) &&
               (naming_letters(n, last + 1) == 1 || only_sound(n, last + 1)) && count < SOUND_PART_LETTERS)
            count += naming_letters(n, ++last);
        while (last > i && !only_sound(n, last)) count -= naming_letters(n, last--);
        if (count >= SOUND_NAME_SHORTEST && !naming_add(n, i, last, SYN_FACT_NAME, 0, 0)) return false;
        i = last;
    }
    return true;
}

/* ---- the Latin spelling in parentheses ---- */

static bool opens_parenthesis(const naming *n, size_t i)
{
    uint32_t cp = 0;
    if (n->text->tokens[i].kind != SYN_TOK_PUNCT) return false;
    syn_utf8_next(syn_token_str(n->text, i), 0, &cp);
    return cp == '(' || cp == 0xFF08;
}

/* Last of the Latin words with capitals that start at token i, i - 1 where there are none. */
static size_t latin_words(const naming *n, size_t i)
{
    size_t last = i - 1;
    for (size_t words = 0; words < SPELT_WORDS; words++) {
        size_t at = last + 1;
        while (at > i && naming_sign(n, at) == '-') at++;
        if (!naming_word(n, at) || n->text->tokens[at].script != SYN_SCRIPT_LATIN) break;
        if (!(n->text->tokens[at].flags & SYN_TOK_CAPITAL)) break;
        last = at;
    }
    return last;
}

static bool add_spelt(naming *n)
{
    const syn_token *tok = n->text->tokens;
    for (size_t i = 1; i + 1 < n->text->ntokens; i++) {
        if (!opens_parenthesis(n, i) || !naming_uncased(n, i - 1)) continue;
        size_t last = latin_words(n, i + 1), first = i, best_first = i, words = 0;
        if (last == i) continue;
        syn_str latin = syn_slice(n->text->src, tok[i + 1].start, tok[last].end);
        bool spaced = syn_script_spaced((syn_script)tok[i - 1].script) && !naming_han_or_kana(n, i - 1);
        double best = SPELT_ALIKE;
        size_t letters = 0, spelling = syn_utf8_count(latin);
        for (size_t k = 0; k < SPELT_TOKENS && first > 0 && words < SPELT_WORDS; k++) {
            bool dot = first < i && middle_dot(n, first - 1);
            if ((!dot && !naming_uncased(n, first - 1)) || n->mark[first - 1].taken) break;
            if (first < i && !naming_adjacent(n, first - 1, false)) break;
            first--;
            words += spaced;
            if (dot) continue;
            letters += naming_letters(n, first);
            if (letters > 2 * spelling) break; /* no sound is spelt so long or so short */
            if (letters * SPELT_LETTERS < spelling) continue;
            syn_str own = syn_slice(n->text->src, tok[first].start, tok[i - 1].end);
            double alike = syn_name_similarity(n->lex, own, latin);
            if (alike <= best) continue;
            best = alike;
            best_first = first;
        }
        if (best_first == i || (best_first + 1 == i && n->mark[i - 1].place)) continue;
        uint8_t flags = has(n, i + 1, SYN_LEX_GIVEN) ? SYN_FACT_PERSON : 0;
        if (!naming_add(n, best_first, i - 1, SYN_FACT_NAME, flags, 0)) return false;
    }
    return true;
}

bool naming_signs_find(naming *n)
{
    return add_dotted(n) && add_spelt(n) && add_sounds(n);
}
