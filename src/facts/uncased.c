/* uncased.c - stage 4: names in scripts without capitals, after what signs tell (signs.c): titles before or after,
   places of the lexicon; and what was a name once in this text is one again. */
#include "naming.h"

enum {
    SPACED_NAME_WORDS = 2,
    UNSPACED_NAME_LETTERS = 24,
    UNSPACED_NAME_SHORTEST = 4,
    UNSPACED_PART_SHORTEST = 2,
    HAN_NAME_LETTERS = 4,
    SOUND_NAME_LETTERS = 8
};

static bool has(const naming *n, size_t i, uint32_t kinds)
{
    return n->mark[i].kinds & kinds;
}
bool naming_uncased(const naming *n, size_t i)
{
    const syn_token *t = &n->text->tokens[i];
    return i < n->text->ntokens && t->kind == SYN_TOK_WORD && t->script != SYN_SCRIPT_COMMON &&
           !naming_cased((syn_script)t->script);
}
size_t naming_letters(const naming *n, size_t i)
{
    return syn_utf8_count(syn_token_str(n->text, i));
}

/* A word that nothing is known of: it may be part of a name. */
bool naming_unknown(const naming *n, size_t i)
{
    static const uint32_t other = NAMING_COMMON | SYN_LEX_TITLE | SYN_LEX_ORGWORD | SYN_LEX_PLACE;
    return naming_uncased(n, i) && !n->mark[i].taken && !has(n, i, other) &&
           !MARK_PARTICLE(&n->mark[i], PARTICLE_SUFFIX);
}

static bool part_of_name(const naming *n, size_t i)
{
    return naming_unknown(n, i) ||
           (naming_uncased(n, i) && !n->mark[i].taken && has(n, i, SYN_LEX_GIVEN) && !has(n, i, SYN_LEX_STOP)) ||
           (naming_uncased(n, i) && MARK_PARTICLE(&n->mark[i], PARTICLE_INSIDE) && naming_unknown(n, i + 1));
}

bool naming_han_or_kana(const naming *n, size_t i)
{
    uint8_t s = n->text->tokens[i].script;
    return naming_uncased(n, i) && (s == SYN_SCRIPT_HAN || s == SYN_SCRIPT_KANA);
}

bool naming_katakana(const naming *n, size_t i)
{
    if (i >= n->text->ntokens || n->text->tokens[i].kind != SYN_TOK_WORD) return false;
    uint32_t cp;
    syn_utf8_next(syn_token_str(n->text, i), 0, &cp);
    return cp >= 0x30A1 && cp <= 0x30FE;
}

bool naming_sound(const naming *n, size_t i)
{
    return naming_uncased(n, i) && n->text->tokens[i].script == SYN_SCRIPT_HAN && !n->mark[i].taken &&
           MARK_PARTICLE(&n->mark[i], PARTICLE_SOUND) && !has(n, i, SYN_LEX_TITLE | SYN_LEX_SAY | SYN_LEX_ORGWORD);
}

/* ---- titles ---- */

static bool title(const naming *n, size_t i, int id)
{
    return i < n->text->ntokens && n->text->tokens[i].kind == SYN_TOK_WORD && MARK_TITLE(&n->mark[i], id);
}

/* What looks like a particle and a word, of which nothing is known, is a family name that begins so: that of an
   article, or any but "and". */
static bool family_prefix(const naming *n, size_t i)
{
    return !naming_prefix_is(n, i, PARTICLE_AND) && !n->mark[i].place;
}

/* A word that is a concept and no more, behind a given name. */
static bool family_word(const naming *n, size_t i)
{
    return naming_uncased(n, i) && !n->mark[i].taken && n->mark[i].kinds == SYN_LEX_CONCEPT &&
           has(n, i - 1, SYN_LEX_GIVEN);
}

/* Last token of the name that starts at first in a script with spaces. */
static size_t spaced_name(const naming *n, size_t first)
{
    size_t last = first;
    for (size_t words = 1; words < SPACED_NAME_WORDS && naming_adjacent(n, last, false); words++) {
        if (n->mark[last].suffix || !(part_of_name(n, last + 1) || family_word(n, last + 1))) break;
        if (n->mark[last + 1].prefix && !family_prefix(n, last + 1)) break;
        n->mark[++last].prefix = 0;
        if (MARK_PARTICLE(&n->mark[last], PARTICLE_INSIDE)) words--;
    }
    return last;
}

/* Tokens up to the next space, of a script that parts phrases only; its end, first where the phrase is too long or says
   what it is. */
static size_t phrase(const naming *n, size_t first, size_t least, size_t most)
{
    static const uint32_t breaks = SYN_LEX_TITLE | SYN_LEX_ORGWORD | SYN_LEX_PLACE;
    size_t end = first, count = 0;
    for (;;) {
        if (!naming_uncased(n, end) || n->mark[end].taken || has(n, end, SYN_LEX_SAY)) break;
        if (MARK_PARTICLE(&n->mark[end], PARTICLE_SUFFIX)) break;
        if (has(n, end, breaks) || (end == first && has(n, end, SYN_LEX_STOP))) return first;
        count += naming_letters(n, end);
        if (count > most) return first;
        end++;
        if (!naming_adjacent(n, end - 1, true)) break;
    }
    return count >= least ? end : first;
}

/* A name without spaces between its syllables: up to the next space, and one part more (given and family name). */
static size_t unspaced_name(const naming *n, size_t first)
{
    size_t end = phrase(n, first, UNSPACED_PART_SHORTEST, UNSPACED_NAME_LETTERS), own = end;
    if (end == first) return first;
    if (naming_adjacent(n, end - 1, false) && !naming_adjacent(n, end - 1, true)) {
        size_t more = phrase(n, end, UNSPACED_PART_SHORTEST, UNSPACED_NAME_LETTERS / 2);
        if (more > end + 1 || (more == end + 1 && naming_unknown(n, end))) end = more;
    }
    if (end == own && phrase(n, first, UNSPACED_NAME_SHORTEST, UNSPACED_NAME_LETTERS) == first) return first - 1;
    return end - 1;
}

/* Family name and given name in Han characters, or a run of Katakana. */
static size_t han_name(const naming *n, size_t first)
{
    size_t last = first, count = naming_letters(n, first);
    if (naming_sound(n, first) && !naming_katakana(n, first)) {
        while (naming_adjacent(n, last, true) && naming_sound(n, last + 1) && count < SOUND_NAME_LETTERS)
            count += naming_letters(n, ++last);
        if (count >= 2 && last > first) return last;
        count = naming_letters(n, last = first);
    }
    while (naming_adjacent(n, last, true) && part_of_name(n, last + 1) &&
           naming_katakana(n, last + 1) == naming_katakana(n, first) &&
           n->text->tokens[last + 1].script == n->text->tokens[first].script) {
        size_t more = naming_letters(n, last + 1);
        if (!naming_katakana(n, first) && (count + more > HAN_NAME_LETTERS || (count >= 2 && more >= 2))) break;
        count += more;
        last++;
    }
    return last;
}

static bool long_enough(const naming *n, size_t first, size_t last)
{
    size_t count = 0;
    for (size_t i = first; i <= last; i++) count += naming_letters(n, i);
    return count >= 2;
}

/* Han characters beside a title are a name when they start with a family name, are no words of the dictionary, or come
   again. */
static bool han_evidence(naming *n, size_t first, size_t end)
{
    bool single = end - first >= 2;
    syn_lex_hit hit;
    syn_str word = syn_token_folded(n->text, first);
    uint32_t cp;
    size_t len = syn_utf8_next(word, 0, &cp);
    if (naming_katakana(n, first) || has(n, first, SYN_LEX_GIVEN)) return true;
    if (syn_lexicon_find(n->lex, n->text->lang, SYN_LEX_GIVEN, syn_slice(word, 0, len), &hit, 1)) return true;
    for (size_t i = first; i < end; i++) single &= naming_letters(n, i) == 1;
    return single || (naming_letters(n, first) >= 3 && naming_count_of(n, first)->lower >= 2);
}

static bool add_after_title(naming *n, size_t i)
{
    size_t first = i + 1;
    if (n->mark[i].suffix) return true;
    if (naming_sign(n, first) == '.' && naming_adjacent(n, i, true)) first++; /* "डॉ." */
    while (title(n, first, 0) && naming_adjacent(n, first - 1, false)) first++;
    /* an adjective between title and name: an attributive place, or a word with the article before one without */
    if (naming_uncased(n, first) && has(n, first, SYN_LEX_PLACE) && naming_adjacent(n, first - 1, false))
        first += n->mark[first].place && n->mark[first].span ? n->mark[first].span : 1;
    if (naming_prefix_is(n, first, PARTICLE_THE) && part_of_name(n, first) && first + 1 < n->text->ntokens &&
        part_of_name(n, first + 1) && !naming_prefix_is(n, first + 1, PARTICLE_THE) && naming_adjacent(n, first, false))
        first++;
    if (!naming_uncased(n, first) || n->mark[first].taken || !naming_adjacent(n, first - 1, false)) return true;
    bool phrases = !naming_han_or_kana(n, first) && !syn_script_spaced((syn_script)n->text->tokens[first].script);
    if (phrases ? phrase(n, first, UNSPACED_PART_SHORTEST, UNSPACED_NAME_LETTERS) == first : !part_of_name(n, first))
        return true;
    if (n->text->tokens[first].script == SYN_SCRIPT_KANA && !naming_katakana(n, first)) return true;
    size_t last = naming_han_or_kana(n, first)                                   ? han_name(n, first)
                  : syn_script_spaced((syn_script)n->text->tokens[first].script) ? spaced_name(n, first)
                                                                                 : unspaced_name(n, first);
    if (last < first || !long_enough(n, first, last)) return true;
    if (!n->mark[first].place && !has(n, first, SYN_LEX_GIVEN)) n->mark[first].prefix = 0;
    if (n->text->tokens[first].script == SYN_SCRIPT_HAN && !han_evidence(n, first, last + 1)) return true;
    for (size_t k = i; k < first; k++)
        if (has(n, k, SYN_LEX_TITLE)) n->mark[k].taken = true;
    return naming_add(n, first, last, SYN_FACT_NAME, SYN_FACT_PERSON, 0);
}

static bool add_before_title(naming *n, size_t i)
{
    size_t count = 0, end = i;
    if (end > 1 && n->mark[end - 1].place && !n->mark[end - 1].taken && n->mark[end - 1].span < 2)
        end--; /* "X, US president" */
    size_t first = end;
    bool spaced = !naming_han_or_kana(n, i) && syn_script_spaced((syn_script)n->text->tokens[i].script);
    while (first > 0 && naming_adjacent(n, first - 1, !spaced) && part_of_name(n, first - 1)) {
        const syn_token *t = &n->text->tokens[first - 1];
        if (n->mark[first - 1].suffix || (t->script == SYN_SCRIPT_KANA && !naming_katakana(n, first - 1))) break;
        if (first < end && naming_katakana(n, first - 1) != naming_katakana(n, first)) break;
        count += naming_letters(n, first - 1);
        if (spaced ? end - first >= 2 : !naming_katakana(n, first - 1) && count > HAN_NAME_LETTERS) break;
        first--;
    }
    if (first == end || !long_enough(n, first, end - 1)) return true;
    if (naming_han_or_kana(n, first) && !han_evidence(n, first, end)) return true;
    return naming_add(n, first, end - 1, SYN_FACT_NAME, SYN_FACT_PERSON, 0);
}

/* What stands behind the name of an authority, "وزارت دفاع", and comes again, is whose it is. */
static bool add_owner(naming *n, size_t i)
{
    size_t first = i + n->mark[i].span;
    if (n->mark[i].span < 2 || first >= n->text->ntokens || !naming_adjacent(n, first - 1, false)) return true;
    if (!naming_unknown(n, first) || !syn_script_spaced((syn_script)n->text->tokens[first].script)) return true;
    if (naming_letters(n, first) < 3 || naming_prefix_is(n, first, PARTICLE_THE)) return true;
    naming_count *c = naming_count_of(n, first);
    if (c->lower < 2) return true;
    c->flags |= NAMING_OWNER;
    return naming_add(n, first, first, SYN_FACT_NAME, 0, 0);
}

static bool add_titled(naming *n)
{
    for (size_t i = 0; i < n->text->ntokens; i++) {
        if (!naming_uncased(n, i) || n->mark[i].taken) continue;
        if (title(n, i, 0) && i + 1 < n->text->ntokens && !add_after_title(n, i)) return false;
        if (title(n, i, 1) && !add_before_title(n, i)) return false;
        if (has(n, i, SYN_LEX_ORGWORD) && !add_owner(n, i)) return false;
    }
    return true;
}

/* ---- places, given names, and what is known already ---- */

/* Of a script in which two letters may be any word. */
static bool hides_vowels(const naming *n, size_t i)
{
    uint8_t script = n->text->tokens[i].script;
    return script == SYN_SCRIPT_ARABIC || script == SYN_SCRIPT_HEBREW;
}

static bool add_places(naming *n)
{
    for (size_t i = 0; i < n->text->ntokens; i++) {
        const naming_mark *m = &n->mark[i];
        if (!naming_uncased(n, i) || m->taken || m->place == 0) continue;
        size_t last = i + (m->span ? m->span : 1) - 1, count = 0;
        bool free = true;
        for (size_t k = i; k <= last; k++) {
            free &= !n->mark[k].taken;
            count += naming_letters(n, k);
        }
        uint32_t other = NAMING_COMMON | SYN_LEX_GIVEN;
        if (m->major) other &= ~(uint32_t)SYN_LEX_CONCEPT; /* the country's concept */
        if (last > i) other = 0;                           /* what is known of its first word is not of the whole */
        size_t least = naming_han_or_kana(n, i) || (m->major && !hides_vowels(n, i)) ? 2 : 3;
        if (!free || (m->kinds & other) || count < least) continue;
        if (!naming_add(n, i, last, SYN_FACT_PLACE, 0, m->place)) return false;
        i = last;
    }
    return true;
}

static bool add_given(naming *n)
{
    for (size_t i = 0; i < n->text->ntokens; i++) {
        if (!naming_uncased(n, i) || n->mark[i].taken || !has(n, i, SYN_LEX_GIVEN) || has(n, i, NAMING_COMMON))
            continue;
        if (!syn_script_spaced((syn_script)n->text->tokens[i].script)) continue;
        size_t last = spaced_name(n, i);
        if (last == i) continue;
        if (!naming_add(n, i, last, SYN_FACT_NAME, SYN_FACT_PERSON, 0)) return false;
        i = last;
    }
    return true;
}

static bool add_known(naming *n)
{
    for (size_t i = 0; i < n->text->ntokens; i++) {
        if (!naming_unknown(n, i)) continue;
        uint8_t flags = naming_count_of(n, i)->flags;
        if (!(flags & (SYN_FACT_PERSON | NAMING_OWNER))) continue;
        if (naming_letters(n, i) < (n->text->tokens[i].script == SYN_SCRIPT_HAN ? 2u : 3u)) continue;
        size_t last = i;
        while (last + 1 < n->text->ntokens && naming_adjacent(n, last, false) && naming_unknown(n, last + 1) &&
               !n->mark[last].suffix && (naming_count_of(n, last + 1)->flags & SYN_FACT_PERSON) &&
               last - i + 1 < SPACED_NAME_WORDS)
            last++;
        if (!naming_add(n, i, last, SYN_FACT_NAME, flags & SYN_FACT_PERSON, 0)) return false;
        i = last;
    }
    return true;
}

syn_code naming_uncased_find(naming *n, syn_err *err)
{
    size_t i = 0;
    while (i < n->text->ntokens && !naming_uncased(n, i)) i++;
    if (i == n->text->ntokens) return SYN_OK; /* all that is found here begins at such a word, or beside one */
    if (naming_bodies_find(n) && naming_short_places(n) && naming_signs_find(n) && add_titled(n) && add_given(n) &&
        add_places(n) && add_known(n))
        return SYN_OK;
    return syn_fail(err, SYN_ENOMEM, 0, "no memory for names");
}
