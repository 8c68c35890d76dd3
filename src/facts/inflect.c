/* inflect.c - stage 4: names that do not stand as the tables have them: with the ending of a case, and countries
   shortened to one character. */
#include "naming.h"

enum {
    ENDING_LETTERS = 10, /* of the longest ending */
    BASE_BYTES = 96,
    GUESS_ENDING = 2, /* letters of an ending that no table has, and what must be left before it */
    GUESS_LEFT = 5
};

/* People: what has an ending is no small place, and no city where the ending is a guess: "Samsung" is not of Samsun. */
static const double CASED_PEOPLE = 100000;

static bool is_city(const naming *n, uint32_t id)
{
    syn_lex_place places[SYN_LEX_PLACES];
    return syn_lexicon_places(n->lex, id, places) > 0 && places[0].city;
}

static size_t append(char *base, size_t n, uint32_t letters)
{
    if (letters >> 16) n += syn_utf8_put(base + n, letters >> 16);
    if (letters & 0xFFFF) n += syn_utf8_put(base + n, letters & 0xFFFF);
    return n;
}

/* Whether a name of tokens i..last is known by these letters: the mark says what. */
static bool known_name(naming *n, size_t i, size_t last, syn_str base, bool guess)
{
    syn_lex_hit hits[8];
    size_t k = syn_lexicon_find(n->lex, n->text->lang, SYN_LEX_PLACE | SYN_LEX_GIVEN, base, hits, SYN_COUNT(hits));
    naming_mark *m = &n->mark[i], found = {.kinds = 0};
    if (naming_no_place(hits, k < SYN_COUNT(hits) ? k : SYN_COUNT(hits))) return false;
    for (size_t h = 0; h < k && h < SYN_COUNT(hits); h++) {
        bool place = hits[h].kind == SYN_LEX_PLACE;
        if (place && (!naming_large(n, i, base, hits[h].value) || (hits[h].value && hits[h].value < CASED_PEOPLE)))
            continue;
        if (place && guess && is_city(n, hits[h].id)) continue;
        naming_note(&found, &hits[h], 1);
        if (hits[h].kind == SYN_LEX_PLACE && found.place == 0) found.place = hits[h].id;
        if (hits[h].kind == SYN_LEX_PLACE) naming_note_size(&found, &hits[h]);
    }
    if (!found.kinds) return false;
    m->kinds |= found.kinds;
    m->place = found.place;
    m->span = (uint8_t)(last - i + 1);
    m->major = found.major;
    m->known = found.known;
    m->oblique = true;
    return true;
}

static bool by_table(naming *n, size_t i, size_t last, syn_str word)
{
    size_t at = word.n;
    for (size_t letters = 0; letters < ENDING_LETTERS && at > 0; letters++) {
        syn_lex_hit hits[8];
        at = syn_utf8_prev(word, at);
        size_t k = syn_lexicon_find(n->lex, n->text->lang, SYN_LEX_ENDING, syn_slice(word, at, word.n), hits,
                                    SYN_COUNT(hits));
        if (k == 0 || at > BASE_BYTES - 8) continue;
        double left = (double)syn_utf8_count(syn_slice(word, 0, at));
        for (size_t h = 0; h < k && h < SYN_COUNT(hits); h++) {
            char base[BASE_BYTES];
            if (left < hits[h].value) continue;
            memcpy(base, word.p, at);
            if (known_name(n, i, last, (syn_str){base, append(base, at, hits[h].id)}, false)) return true;
        }
    }
    return false;
}

void naming_inflected(naming *n, size_t i)
{
    syn_str word = syn_token_folded(n->text, i), source = syn_token_str(n->text, i);
    bool cased = naming_cased((syn_script)n->text->tokens[i].script);
    size_t at = source.n;
    uint32_t last;
    syn_lex_hit hits[4];
    size_t k = syn_lexicon_find(n->lex, n->text->lang, SYN_LEX_PLACE, word, hits, SYN_COUNT(hits));
    if (naming_no_place(hits, k < SYN_COUNT(hits) ? k : SYN_COUNT(hits))) return;
    do {
        at = syn_utf8_prev(source, at);
        syn_utf8_next(source, at, &last);
    } while (at > 0 && (syn_char_of(last)->flags & SYN_CH_MARK));
    at = word.n;
    if (cased && !(syn_char_of(last)->flags & SYN_CH_LOWER)) return;
    if (syn_lexicon_has(n->lex, n->text->lang, SYN_LEX_ENDING)) {
        if (by_table(n, i, i, word)) return;
        if (cased && naming_sign(n, i + 1) == '-' && naming_adjacent(n, i, true) && naming_adjacent(n, i + 1, true) &&
            naming_word(n, i + 2)) { /* "Санкт-Петербурга" */
            const syn_token *tok = n->text->tokens;
            syn_str whole = syn_slice(n->text->folded.text, tok[i].fold_start, tok[i + 2].fold_end);
            if (by_table(n, i, i + 2, whole)) return;
        }
    }
    for (int letters = 0; cased && letters < GUESS_ENDING && at > 0; letters++) {
        at = syn_utf8_prev(word, at);
        if (syn_utf8_count(syn_slice(word, 0, at)) < GUESS_LEFT) return;
        if (!known_name(n, i, i, syn_slice(word, 0, at), true)) continue;
        n->mark[i].oblique = false; /* a guess parts no names */
        return;
    }
}

/* ---- countries of one character ---- */

static bool short_country(const naming *n, syn_str s, double value, uint32_t *id)
{
    syn_lex_hit hits[4];
    size_t k = syn_lexicon_find(n->lex, n->text->lang, SYN_LEX_SHORT, s, hits, SYN_COUNT(hits));
    for (size_t h = 0; h < k && h < SYN_COUNT(hits); h++)
        if (hits[h].value == value) {
            *id = hits[h].id;
            return true;
        }
    return false;
}

/* Each character of the token, up to its ending, a place.  Its sound tells nothing. */
static bool add_characters(naming *n, size_t i)
{
    syn_str word = syn_token_folded(n->text, i);
    naming_mark whole = n->mark[i];
    for (size_t at = 0, len; at + whole.suffix < word.n; at += len) {
        uint32_t cp, id;
        len = syn_utf8_next(word, at, &cp);
        if (!short_country(n, syn_slice(word, at, at + len), 0, &id)) continue;
        n->mark[i].prefix = (uint8_t)at;
        n->mark[i].suffix = (uint8_t)(word.n - at - len);
        size_t before = n->out->n;
        if (!naming_add(n, i, i, SYN_FACT_PLACE, 0, id)) return false;
        if (n->out->n > before) n->out->items[before].nkeys = 0;
    }
    n->mark[i].prefix = whole.prefix;
    n->mark[i].suffix = whole.suffix;
    return true;
}

/* End of the tokens, i and on, that are a word of such characters; i where there is none. */
static size_t short_word(const naming *n, size_t i)
{
    const syn_token *tok = n->text->tokens;
    size_t at = tok[i].fold_start, last = i, nhits;
    syn_lex_hit hits[4];
    syn_str rest = syn_slice(n->text->folded.text, at, at + BASE_BYTES);
    size_t len = syn_lexicon_longest(n->lex, n->text->lang, SYN_LEX_SHORT, rest, hits, SYN_COUNT(hits), &nhits);
    if (!len || !nhits || hits[0].value != 1) return i;
    while (last + 1 < n->text->ntokens && tok[last + 1].fold_end <= at + len) last++;
    if (tok[last].fold_end - n->mark[last].suffix != at + len) return i;
    for (size_t k = i; k <= last; k++)
        if (n->mark[k].taken) return i;
    return last + 1;
}

bool naming_short_places(naming *n)
{
    if (!syn_lexicon_has(n->lex, n->text->lang, SYN_LEX_SHORT)) return true;
    for (size_t i = 0; i < n->text->ntokens; i++) {
        uint32_t id;
        if (!naming_uncased(n, i) || n->mark[i].taken) continue;
        size_t end = short_word(n, i);
        bool titled = end == i && naming_word(n, i + 1) && naming_adjacent(n, i, true) &&
                      MARK_TITLE(&n->mark[i + 1], 0); /* "英首相" */
        if (titled && short_country(n, syn_token_folded(n->text, i), 0, &id)) end = i + 1;
        for (size_t k = i; k < end; k++)
            if (!add_characters(n, k)) return false;
        if (end > i) i = end - 1;
    }
    return true;
}
