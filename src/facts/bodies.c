/* bodies.c - stage 4: organisations in scripts without capitals: what the tables know by its whole name, and a
   university, a bank, a court by its place. */
#include "naming.h"

enum { BETWEEN = 2 /* words between a body's place and its head: "北京 | 师范 | 大学" */ };

bool naming_free(const naming *n, size_t i, size_t last)
{
    for (; i <= last; i++)
        if (i >= n->text->ntokens || n->mark[i].taken) return false;
    return true;
}

/* Whether nothing parts two neighbours of one name: a space may in scripts that part words so. */
static bool together(const naming *n, size_t i)
{
    return naming_adjacent(n, i, !syn_script_spaced((syn_script)n->text->tokens[i].script));
}

/* A word that may stand between a place and its body, and is neither. */
static bool links(const naming *n, size_t i)
{
    static const uint32_t other = SYN_LEX_STOP | SYN_LEX_SAY | SYN_LEX_TITLE | SYN_LEX_MONTH | SYN_LEX_WEEKDAY |
                                  SYN_LEX_NUMERAL | SYN_LEX_RELDAY | SYN_LEX_PERIOD | SYN_LEX_CURRENCY | SYN_LEX_PLACE;
    return naming_uncased(n, i) && !n->mark[i].taken && !(n->mark[i].kinds & other) && !n->mark[i].suffix &&
           !MARK_PARTICLE(&n->mark[i], PARTICLE_SUFFIX);
}

static bool known(naming *n)
{
    for (size_t i = 0; i < n->text->ntokens; i++) {
        const naming_mark *m = &n->mark[i];
        if (!m->body || !naming_uncased(n, i) || !naming_free(n, i, i + m->body - 1)) continue;
        size_t last = i + m->body - 1;
        if (!naming_add(n, i, last, SYN_FACT_NAME, SYN_FACT_ORG, 0)) return false;
        i = last;
    }
    return true;
}

/* Where the place begins that stands before the head at a token; the token itself where there is none. */
static size_t place_before(const naming *n, size_t head)
{
    for (size_t i = head, words = 0; i > 0 && together(n, i - 1); words++) {
        for (size_t k = 1; k <= i && k <= 3; k++) { /* a place of several tokens that ends here */
            const naming_mark *m = &n->mark[i - k];
            size_t span = m->span ? m->span : 1;
            if (m->place && span == k && !m->suffix && naming_free(n, i - k, i - 1)) return i - k;
        }
        if (words == BETWEEN || !links(n, i - 1)) break;
        i--;
    }
    return head;
}

/* The last token of the place behind the head at a token, past one word at most; the token itself where there is none.
 */
static size_t place_behind(const naming *n, size_t head)
{
    for (size_t i = head, words = 0; together(n, i); words++, i++) {
        const naming_mark *m = &n->mark[i + 1];
        size_t last = i + (m->span ? m->span : 1);
        bool prefix = m->prefix && !naming_prefix_is(n, i + 1, PARTICLE_THE);
        if (m->place && !prefix && naming_free(n, i + 1, last)) return last;
        if (words || prefix || !links(n, i + 1)) break;
    }
    return head;
}

/* Whether one word is a place and the body behind it: "부산 | 대학교". */
static bool compound(const naming *n, size_t i)
{
    syn_str word = syn_token_folded(n->text, i);
    const naming_mark *m = &n->mark[i];
    if (n->text->tokens[i].script != SYN_SCRIPT_HANGUL || m->place || m->suffix >= word.n) return false;
    word = syn_slice(word, 0, word.n - m->suffix);
    for (size_t at = 0; at < word.n;) {
        syn_lex_hit hits[4];
        uint32_t cp;
        at += syn_utf8_next(word, at, &cp);
        size_t k = syn_lexicon_find(n->lex, n->text->lang, SYN_LEX_ORGWORD, syn_slice(word, at, word.n), hits, 4);
        if (k == 0 || k > 4 || hits[0].id || hits[0].value != HEAD_LAST) continue;
        k = syn_lexicon_find(n->lex, n->text->lang, SYN_LEX_PLACE, syn_slice(word, 0, at), hits, 4);
        for (size_t h = 0; h < k && h < 4; h++)
            if (naming_large(n, i, syn_slice(word, 0, at), hits[h].value)) return true;
    }
    return false;
}

static bool placed(naming *n)
{
    for (size_t i = 0; i < n->text->ntokens; i++) {
        const naming_mark *m = &n->mark[i];
        if (!naming_uncased(n, i) || m->taken) continue;
        bool whole = compound(n, i);
        if (!whole && !MARK_HEAD(m, HEAD_LAST) && !MARK_HEAD(m, HEAD_FIRST)) continue;
        size_t first = i, end = i + ((m->kinds & SYN_LEX_ORGWORD) && m->span ? m->span : 1) - 1, last = end;
        if (!naming_free(n, i, end)) continue;
        if (MARK_HEAD(m, HEAD_LAST)) first = place_before(n, i);
        if (first == i && MARK_HEAD(m, HEAD_FIRST) && !m->suffix) last = place_behind(n, end);
        if (first == i && last == end && !whole) continue;
        if (!naming_add(n, first, last, SYN_FACT_NAME, SYN_FACT_ORG, 0)) return false;
        i = last;
    }
    return true;
}

bool naming_bodies_find(naming *n)
{
    return known(n) && placed(n);
}
