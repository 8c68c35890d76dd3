/* cased.c - stage 4: names in scripts with capitals.  A run of capital words is a name where something speaks for it:
   it stands inside a sentence, a title goes before it, it comes again, it is a place or a given name.  Where all nouns
   have capitals (measured in the text itself) one capital word alone is no evidence. */
#include "naming.h"

typedef struct run {
    size_t first, last; /* tokens */
    size_t words;       /* capital words */
    bool org, given, acronym, titled, sure;
} run;

static bool has(const naming *n, size_t i, uint32_t kinds)
{
    return n->mark[i].kinds & kinds;
}

static bool capital(const naming *n, size_t i)
{
    return i < n->text->ntokens && naming_capital(n, i);
}

static size_t letters(const naming *n, size_t i)
{
    return syn_utf8_count(syn_token_str(n->text, i));
}

/* All capitals in a text that does not shout. */
static bool acronym(const naming *n, size_t i)
{
    const syn_token *t = n->text->tokens;
    if (!(t[i].flags & SYN_TOK_ALLCAPS) || letters(n, i) > 6) return false;
    bool before = i > 0 && t[i - 1].kind == SYN_TOK_WORD && (t[i - 1].flags & SYN_TOK_ALLCAPS) &&
                  t[i - 1].sentence == t[i].sentence;
    bool after = naming_word(n, i + 1) && (t[i + 1].flags & SYN_TOK_ALLCAPS) && t[i + 1].sentence == t[i].sentence;
    return !before && !after && !has(n, i, SYN_LEX_STOP);
}

/* I, II, IV ... after a name, not by themselves. */
static bool roman(const naming *n, size_t i)
{
    syn_str s = syn_token_str(n->text, i);
    for (size_t k = 0; k < s.n; k++)
        if (!memchr("IVXLC", s.p[k], 5)) return false;
    return s.n > 0;
}

/* Does the text itself say that this word is a name?  It has a capital inside sentences and never a small letter. */
static bool known_elsewhere(naming *n, size_t i)
{
    const naming_count *c = naming_count_of(n, i);
    return (c->flags & (SYN_FACT_PERSON | SYN_FACT_ORG)) || (c->lower == 0 && c->capital >= 1);
}

static bool title(const naming *n, size_t i)
{
    return naming_word(n, i) && MARK_TITLE(&n->mark[i], 0);
}

/* The word can be part of a name: a capital that is no function word, date word or title. */
static bool nameable(naming *n, size_t i)
{
    if (!capital(n, i) || n->mark[i].taken) return false;
    if (n->headline[n->text->tokens[i].sentence] && !has(n, i, SYN_LEX_PLACE | SYN_LEX_GIVEN) && !known_elsewhere(n, i))
        return false;
    if (has(n, i, SYN_LEX_MONTH | SYN_LEX_WEEKDAY) && !has(n, i, SYN_LEX_GIVEN)) return false;
    if (has(n, i, SYN_LEX_PLACE | SYN_LEX_GIVEN | SYN_LEX_ORGWORD)) return true;
    if (letters(n, i) == 1) return naming_sign(n, i + 1) == '.' && naming_adjacent(n, i, true);
    if (naming_opens(n, i) && has(n, i, NAMING_COMMON)) return false;
    return !has(n, i, SYN_LEX_STOP | SYN_LEX_RELDAY | SYN_LEX_NUMERAL | SYN_LEX_SCALE | SYN_LEX_CURRENCY) ||
           acronym(n, i);
}

/* A function word with a capital inside a sentence, in a name that has begun: Vietnamese "Chinh", French "Le". */
static bool joins(const naming *n, size_t i)
{
    return capital(n, i) && !n->mark[i].taken && !naming_opens(n, i) && letters(n, i) > 1 &&
           !n->headline[n->text->tokens[i].sentence] && !n->nouns_have_capitals &&
           has(n, i, SYN_LEX_STOP | SYN_LEX_RELDAY | SYN_LEX_NUMERAL | SYN_LEX_SCALE | SYN_LEX_CURRENCY) &&
           !(n->text->tokens[i].flags & SYN_TOK_ALLCAPS);
}

static size_t span_of(const naming *n, size_t i)
{
    return n->mark[i].span ? n->mark[i].span : 1;
}

/* Whether the run goes on after token i: with a capital word, one after an initial's point or a hyphen, or, in the name
   of an organisation or what looks like a person's, one after particles.  *last is the token that it is. */
static bool continues(naming *n, size_t i, bool org, bool person, size_t words, size_t *last)
{
    if (i + 1 >= n->text->ntokens || n->mark[i].suffix) return false;
    if (n->mark[i].oblique && n->mark[i].place && span_of(n, i) == 1) return false;
    char sign = naming_sign(n, i + 1);
    if (sign == '.' && letters(n, i) == 1 && naming_adjacent(n, i, true) && naming_adjacent(n, i + 1, false) &&
        capital(n, i + 2)) {
        *last = i + 2;
        return nameable(n, i + 2);
    }
    if (sign == '-' && naming_adjacent(n, i, true) && naming_adjacent(n, i + 1, true) && capital(n, i + 2)) {
        *last = i + 2;
        return !n->mark[i + 2].taken;
    }
    if (!naming_adjacent(n, i, false)) return false;
    if (n->mark[i + 1].prefix && !org) return false; /* another noun, with its article */
    if (words > 1 && !org && n->mark[i + 1].oblique && n->mark[i + 1].place) return false; /* where a person did it */
    if (nameable(n, i + 1) || joins(n, i + 1)) {
        *last = i + 1;
        return true;
    }
    size_t j = i + 1;
    if (naming_word(n, j) && MARK_PARTICLE(&n->mark[j], PARTICLE_ARTICLE)) return false;
    while (j < i + 4 && naming_word(n, j) && !(n->text->tokens[j].flags & SYN_TOK_CAPITAL) &&
           ((person && MARK_PARTICLE(&n->mark[j], PARTICLE_INSIDE)) ||
            (org && MARK_PARTICLE(&n->mark[j], PARTICLE_ORG))) &&
           naming_adjacent(n, j, false))
        j++;
    if (j == i + 1 || !nameable(n, j) || (person && !org && has(n, j, SYN_LEX_ORGWORD))) return false;
    *last = j;
    return true;
}

static run run_from(naming *n, size_t first)
{
    run r = {.first = first, .last = first};
    size_t next = first;
    bool person = first > 0 && naming_word(n, first - 1) && has(n, first - 1, SYN_LEX_TITLE | SYN_LEX_SAY);
    for (;;) {
        if (capital(n, next)) r.words++;
        person |= title(n, next) || has(n, next, SYN_LEX_GIVEN);
        r.org |= has(n, next, SYN_LEX_ORGWORD);
        r.given |= has(n, next, SYN_LEX_GIVEN) && next == first;
        r.acronym |= acronym(n, next);
        r.last = next;
        if (r.words == NAME_MAX_WORDS || !continues(n, next, r.org, person, r.words, &next)) break;
    }
    return r;
}

static size_t words_of(const naming *n, size_t first, size_t last)
{
    size_t words = 0;
    for (size_t i = first; i <= last; i++) words += capital(n, i);
    return words;
}

/* A title before the run, or among its first words ("French President"): those are left out of the name.  After a given
   name a title is a family name ("Martin Luther King"). */
static void drop_titles(const naming *n, run *r)
{
    size_t first = r->first;
    for (size_t i = r->first; i < r->last && !r->org && !has(n, i, SYN_LEX_GIVEN); i++)
        if (title(n, i) && capital(n, i + 1))
            first = i + 1;
        else if (title(n, i) && naming_sign(n, i + 1) == '.' && capital(n, i + 2))
            first = i + 2; /* "M. Macron" */
    if (first != r->first) {
        r->first = first;
        r->titled = true;
        r->given = has(n, first, SYN_LEX_GIVEN);
    }
    while (r->first < r->last && MARK_PARTICLE(&n->mark[r->first], PARTICLE_INSIDE) &&
           !(n->text->tokens[r->first].flags & SYN_TOK_CAPITAL))
        r->first++;
    if (r->first > 0 && title(n, r->first - 1) && naming_adjacent(n, r->first - 1, false)) r->titled = true;
    if (r->first > 1 && naming_sign(n, r->first - 1) == '.' && title(n, r->first - 2) &&
        naming_adjacent(n, r->first - 2, true))
        r->titled = true;
    size_t after = r->first + span_of(n, r->first);
    if (n->mark[r->first].place && after <= r->last && capital(n, after) &&
        !has(n, r->first, SYN_LEX_GIVEN | SYN_LEX_ORGWORD) &&
        ((r->titled && n->mark[r->first].major) || (n->mark[r->first].known && has(n, after, SYN_LEX_GIVEN)))) {
        r->first = after; /* the country of a president */
        r->given = has(n, after, SYN_LEX_GIVEN);
    }
    for (size_t i = r->first, end = i + 2; r->titled && i < r->last && i <= end; i++)
        if (has(n, i, SYN_LEX_GIVEN)) {
            r->first = i;
            break;
        }
    while (r->last > r->first && !r->given && !r->org && title(n, r->last) && capital(n, r->last) &&
           capital(n, r->last - 1))
        r->last--;
    r->words = words_of(n, r->first, r->last);
}

static bool said(const naming *n, const run *r)
{
    if (naming_word(n, r->last + 1) && has(n, r->last + 1, SYN_LEX_SAY)) return true;
    return r->first > 0 && naming_word(n, r->first - 1) && has(n, r->first - 1, SYN_LEX_SAY);
}

static bool believed(naming *n, run *r)
{
    bool first = naming_opens(n, r->first) || n->headline[n->text->tokens[r->first].sentence],
         common = has(n, r->first, NAMING_COMMON);
    if (r->words == 1 && title(n, r->first)) return false;
    if (r->titled) return true;
    if (r->acronym && r->words == 1) return true;
    if (r->words == 1) {
        if (roman(n, r->first) || letters(n, r->first) < 2) return false;
        if (has(n, r->first, SYN_LEX_ORGWORD)) return false;
        if (common) return false;
        if (n->nouns_have_capitals) {
            bool article = r->first > 0 && MARK_PARTICLE(&n->mark[r->first - 1], PARTICLE_ARTICLE);
            naming_count *c = naming_count_of(n, r->first);
            if (c->flags & SYN_FACT_PERSON) return true;
            return !article && c->lower == 0 && (r->given || said(n, r));
        }
        return first ? known_elsewhere(n, r->first) : naming_count_of(n, r->first)->lower == 0;
    }
    if (n->nouns_have_capitals) {
        size_t odd = 0;
        for (size_t i = r->first; i <= r->last; i++)
            if (naming_word(n, i) && capital(n, i) && has(n, i, NAMING_COMMON)) odd++;
        bool article = r->first > 0 && MARK_PARTICLE(&n->mark[r->first - 1], PARTICLE_ARTICLE);
        return r->given || r->org || r->acronym || (odd == 0 && !article);
    }
    return !first || !common || r->given || r->org;
}

/* A noun with a capital that is the sentence's or the language's, and a place: "Жители Москвы".  The place is the name.
 */
static void drop_noun(naming *n, run *r)
{
    size_t next = r->first + 1;
    if (r->first == r->last || !capital(n, next) || n->mark[r->first].kinds & ~(uint32_t)(NAMING_COMMON)) return;
    if (!n->mark[next].place || next + span_of(n, next) - 1 != r->last || has(n, next, SYN_LEX_GIVEN)) return;
    if (!n->nouns_have_capitals && (!naming_opens(n, r->first) || known_elsewhere(n, r->first))) return;
    bool word = n->mark[r->first].kinds || naming_count_of(n, r->first)->lower; /* no "Steve Israel" */
    if (acronym(n, r->first) || (!n->mark[next].oblique && !(n->mark[next].major && word))) return;
    r->first = next;
    r->words = words_of(n, r->first, r->last);
}

/* A smaller city by a single word that opens a sentence, "Mission complete": one only where it
   has its capital inside a sentence, too, or a sign shows that the place alone is told. */
static bool chance_city(naming *n, const run *r)
{
    if (r->words != 1 || n->mark[r->first].known || n->mark[r->first].oblique || !naming_opens(n, r->first))
        return false;
    if (!naming_word(n, r->last + 1) || naming_count_of(n, r->first)->capital > 0) return false;
    return !n->headline[n->text->tokens[r->first].sentence];
}

/* A smaller city's name of one word, all in capitals inside a sentence that has none such beside it, is an
   abbreviation; one beside another capital word of a headline is part of what cannot be told there. */
static bool chance_sign(const naming *n, const run *r)
{
    enum { SIGN_LETTERS = 4 };
    const naming_mark *m = &n->mark[r->first];
    if (r->words != 1 || m->major || m->oblique) return false;
    if (acronym(n, r->first) && letters(n, r->first) <= SIGN_LETTERS) return !naming_opens(n, r->first);
    if (m->known || !n->headline[n->text->tokens[r->first].sentence]) return false;
    bool before = r->first > 0 && capital(n, r->first - 1) && naming_adjacent(n, r->first - 1, false);
    return before || (capital(n, r->last + 1) && naming_adjacent(n, r->last, false));
}

/* Whether a place's name is rather a word here.  Where its sentence opens with it, that of a country or a large city is
   one only if it is known for more than a concept (its country's own is one), or has a small letter elsewhere. */
static bool word_too(naming *n, size_t i)
{
    uint32_t common = n->mark[i].kinds & NAMING_COMMON;
    if (!common || !n->mark[i].major) return common != 0;
    return naming_opens(n, i) && ((common & ~(uint32_t)SYN_LEX_CONCEPT) || naming_count_of(n, i)->lower);
}

/* A run may be, or end in, a place; the longest that the lexicon knows decides. */
static bool add_run(naming *n, run r)
{
    size_t start = r.first;
    drop_titles(n, &r);
    if (r.first == start && !r.titled) drop_noun(n, &r);
    if (r.words == 0 || !capital(n, r.first)) return true;
    for (size_t i = start; i < r.first; i++) { /* words between title and name are no names by themselves */
        size_t end = i + span_of(n, i);
        if (n->mark[i].taken) continue;
        if (n->mark[i].place && capital(n, i) && end <= r.first && !title(n, i) &&
            !naming_add(n, i, end - 1, SYN_FACT_PLACE, 0, n->mark[i].place))
            return false;
        n->mark[i].taken = true;
    }
    const naming_mark *m = &n->mark[r.first];
    size_t covered = r.first + span_of(n, r.first) - 1;
    bool person = !m->major && (naming_count_of(n, r.first)->flags & 1);      /* somebody's family name, in this text */
    bool country = m->oblique && m->major && !has(n, r.first, SYN_LEX_GIVEN); /* of who has the title */
    if ((m->kinds & SYN_LEX_PLACE) && m->place && covered >= r.last && (!r.titled || country) && !person &&
        !(r.words == 1 && word_too(n, r.first)) && !chance_city(n, &r) && !chance_sign(n, &r) &&
        !(n->nouns_have_capitals && !m->major && r.first > 0 && MARK_PARTICLE(&n->mark[r.first - 1], PARTICLE_ARTICLE)))
        return naming_add(n, r.first, r.last, SYN_FACT_PLACE, 0, m->place);
    if (!believed(n, &r)) return true;
    uint8_t flags = 0;
    if (r.titled || (r.given && r.words > 1))
        flags = SYN_FACT_PERSON;
    else if (r.org || (r.acronym && r.words == 1))
        flags = SYN_FACT_ORG;
    else if (said(n, &r) && r.words <= 4)
        flags = SYN_FACT_PERSON;
    return naming_add(n, r.first, r.last, SYN_FACT_NAME, flags, 0);
}

/* Places by their longest key first: "United States", "New York", also with small words inside. */
static bool add_places(naming *n)
{
    for (size_t i = 0; i < n->text->ntokens; i++) {
        const naming_mark *m = &n->mark[i];
        if (!capital(n, i) || m->taken || m->span < 2 || (m->place == 0 && !m->body)) continue;
        size_t last = i + m->span - 1, next;
        if (!naming_free(n, i, last) || continues(n, last, false, false, 0, &next) ||
            (i > 0 && capital(n, i - 1) && naming_adjacent(n, i - 1, false) && !naming_opens(n, i - 1)))
            continue;
        if (m->body ? !naming_add(n, i, last, SYN_FACT_NAME, SYN_FACT_ORG, 0)
                    : !naming_add(n, i, last, SYN_FACT_PLACE, 0, m->place))
            return false;
        i = last;
    }
    return true;
}

enum { TITLED, SEVERAL_WORDS, ANY };

static bool add_names(naming *n, int which)
{
    for (size_t i = 0; i < n->text->ntokens; i++) {
        if (!(n->text->tokens[i].flags & SYN_TOK_CAPITAL)) continue; /* neither of what follows */
        if (!nameable(n, i) && !(i > 0 && title(n, i - 1) && joins(n, i))) continue;
        run r = run_from(n, i), probe = r;
        drop_titles(n, &probe);
        if (which == ANY || probe.titled || (which == SEVERAL_WORDS && probe.words > 1))
            if (!add_run(n, r)) return false;
        i = r.last;
    }
    return true;
}

syn_code naming_cased_find(naming *n, syn_err *err)
{
    /* Names with titles go first, then those of several words: they vouch for their words elsewhere. */
    if (add_places(n) && add_names(n, TITLED) && add_names(n, SEVERAL_WORDS) && add_names(n, ANY)) return SYN_OK;
    return syn_fail(err, SYN_ENOMEM, 0, "no memory for names");
}
