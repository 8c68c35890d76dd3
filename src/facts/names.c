/* names.c - stage 4: names of people, organisations and places.  Every token is looked up once; then capitals
   (cased.c), or titles and places (uncased.c), say what is a name.  Rather miss a name than call a word one. */
#include <stdlib.h>

#include "naming.h"

enum { KEYS_A_WORD = 8, KEYS_A_NAME = 40, ELIDED = 6 };

/* People; below it a name is likelier something else.  Without capitals to tell, more are needed. */
static const double SMALLEST_PLACE = 15000, SMALLEST_UNCASED = 300000, SMALLEST_LONG = 100000;

bool naming_cased(syn_script s)
{
    return s == SYN_SCRIPT_LATIN || s == SYN_SCRIPT_GREEK || s == SYN_SCRIPT_CYRILLIC || s == SYN_SCRIPT_ARMENIAN;
}

char naming_sign(const naming *n, size_t i)
{
    if (i >= n->text->ntokens || n->text->tokens[i].kind != SYN_TOK_PUNCT) return 0;
    syn_str s = syn_token_str(n->text, i);
    return s.n == 1 ? s.p[0] : 0;
}

bool naming_adjacent(const naming *n, size_t i, bool close)
{
    const syn_text *t = n->text;
    if (i + 1 >= t->ntokens || t->tokens[i].sentence != t->tokens[i + 1].sentence) return false;
    if (t->tokens[i + 1].flags & SYN_TOK_PARAGRAPH) return false;
    size_t a = t->tokens[i].end, b = t->tokens[i + 1].start;
    if (close) return a == b;
    for (; a < b; a++)
        if (t->src.p[a] == '\n') return false;
    return true;
}

bool naming_opens(const naming *n, size_t i)
{
    if (n->text->tokens[i].flags & SYN_TOK_FIRST) return true;
    if (i == 0 || n->text->tokens[i - 1].kind != SYN_TOK_PUNCT) return i == 0;
    char sign = naming_sign(n, i - 1);
    return sign != ',' && sign != '-' && sign != '(' && sign != '/' && sign != '&';
}

/* ---- looking tokens up ---- */

void naming_note(naming_mark *m, const syn_lex_hit *hits, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (hits[i].kind == SYN_LEX_CURRENCY && hits[i].value == SYN_CURRENCY_OF_COUNTRY) continue;
        m->kinds |= hits[i].kind;
        if (hits[i].kind == SYN_LEX_PARTICLE && hits[i].id < 8) m->ids |= (uint16_t)(1u << hits[i].id);
        if (hits[i].kind == SYN_LEX_TITLE && hits[i].id < 2) m->ids |= (uint16_t)(256u << hits[i].id);
        if (hits[i].kind == SYN_LEX_ORGWORD && hits[i].id == 0 && hits[i].value > 0 && hits[i].value <= HEAD_FIRST)
            m->ids |= (uint16_t)(1024u << (int)hits[i].value);
    }
}

/* Letters that make a name too long to be a word by chance; none do where vowels are not written. */
static size_t long_name(const syn_token *t)
{
    if (t->script == SYN_SCRIPT_ARABIC || t->script == SYN_SCRIPT_HEBREW) return SIZE_MAX;
    return t->script == SYN_SCRIPT_HAN || t->script == SYN_SCRIPT_HANGUL ? 3 : 5;
}

bool naming_large(const naming *n, size_t i, syn_str name, double people)
{
    const syn_token *t = &n->text->tokens[i];
    if (people == 0) return true;
    if (naming_cased((syn_script)t->script)) return people >= SMALLEST_PLACE;
    return people >= (syn_utf8_count(name) >= long_name(t) ? SMALLEST_LONG : SMALLEST_UNCASED);
}

/* The longest title, place, organisation word or verb of saying that starts at token i, after skip bytes, and ends with
   a token. */
static const uint32_t LONG_KINDS = SYN_LEX_TITLE | SYN_LEX_PLACE | SYN_LEX_ORGWORD | SYN_LEX_SAY;
static void look_up_long(naming *n, size_t i, size_t skip, uint32_t kinds)
{
    enum { LONGEST_KEY = 96 };
    const syn_token *tok = n->text->tokens;
    syn_lex_hit hits[8];
    size_t nhits = 0, at = tok[i].fold_start + skip;
    if (!skip && !syn_token_known(n->text, i)->names) return;
    syn_str rest = syn_slice(n->text->folded.text, at, at + LONGEST_KEY);
    size_t len = syn_lexicon_longest(n->lex, n->text->lang, kinds, rest, hits, SYN_COUNT(hits), &nhits);
    if (at + len < tok[i].fold_end) return;
    size_t last = i;
    while (last + 1 < n->text->ntokens && tok[last + 1].fold_end <= at + len) last++;
    if (tok[last].fold_end != at + len) /* the key ends inside a word: a shorter one may not */
        for (;; last--) {
            nhits = syn_lexicon_find(n->lex, n->text->lang, kinds,
                                     syn_slice(n->text->folded.text, at, tok[last].fold_end), hits, SYN_COUNT(hits));
            if (nhits || last == i) break;
        }
    if (nhits > SYN_COUNT(hits)) nhits = SYN_COUNT(hits);
    if (nhits == 0 || (skip && last == i)) return;
    naming_mark *m = &n->mark[i];
    bool none = naming_no_place(hits, nhits);
    for (size_t k = 0; k < nhits; k++) {
        if (none && hits[k].kind == SYN_LEX_PLACE) continue;
        if (hits[k].kind != SYN_LEX_PLACE) {
            naming_note(m, &hits[k], 1);
            for (size_t j = i + 1; j <= last; j++) naming_note(&n->mark[j], &hits[k], 1);
        } else if (naming_large(n, i, syn_slice(n->text->folded.text, at, tok[last].fold_end), hits[k].value)) {
            m->kinds |= SYN_LEX_PLACE;
            if (m->place == 0) m->place = hits[k].id;
            naming_note_size(m, &hits[k]);
        }
    }
    m->span = (uint8_t)(last - i + 1 > 255 ? 255 : last - i + 1);
    for (size_t k = 0; k < nhits; k++)
        if (hits[k].kind == SYN_LEX_ORGWORD && hits[k].id == BODY_WHOLE) m->body = m->span;
}

static bool particle(const naming *n, syn_str s, uint32_t id)
{
    syn_lex_hit hits[4];
    size_t k = syn_lexicon_find(n->lex, n->text->lang, SYN_LEX_PARTICLE, s, hits, SYN_COUNT(hits));
    for (size_t h = 0; h < k && h < SYN_COUNT(hits); h++)
        if (hits[h].id == id) return true;
    return false;
}

bool naming_prefix_is(const naming *n, size_t i, uint32_t id)
{
    return n->mark[i].prefix && particle(n, syn_slice(syn_token_folded(n->text, i), 0, n->mark[i].prefix), id);
}

/* Particles written together with a word that is not known by itself. */
static void look_up_clitics(naming *n, size_t i)
{
    syn_str word = syn_token_folded(n->text, i);
    size_t at = 0;
    for (int chars = 0; chars < 3 && at < word.n; chars++) {
        uint32_t cp;
        at += syn_utf8_next(word, at, &cp);
        if (word.n - at < 4) break;
        if (particle(n, syn_slice(word, 0, at), PARTICLE_PREFIX)) n->mark[i].prefix = (uint8_t)at;
    }
    at = word.n;
    for (int chars = 0; chars < 3 && at > 0; chars++) {
        at = syn_utf8_prev(word, at);
        if (at < 6) break;
        if (particle(n, syn_slice(word, at, word.n), PARTICLE_SUFFIX)) n->mark[i].suffix = (uint8_t)(word.n - at);
    }
}

/* An article or preposition before an apostrophe: "l'Espagne", "dell'Iran".  What follows has the capital. */
static bool look_up_elided(naming *n, size_t i)
{
    syn_str word = syn_token_folded(n->text, i), source = syn_token_str(n->text, i);
    size_t at = syn_find_byte(word, '\'', 1), from;
    uint32_t cp;
    if (at == SIZE_MAX || at > ELIDED || word.n - at < 4 || source.n < word.n - at) return false;
    if (!particle(n, syn_slice(word, 0, at + 1), PARTICLE_PREFIX)) return false;
    from = source.n - (word.n - at - 1);
    while (from > 0 && (source.p[from] & 0xC0) == 0x80) from--;
    syn_utf8_next(source, from, &cp);
    if (!(syn_char_of(cp)->flags & SYN_CH_UPPER)) return false;
    n->mark[i].prefix = (uint8_t)(at + 1);
    return true;
}

/* A possessive or case ending after an apostrophe ("Obama's", "Ankara'da"), or in letters without capitals (Korean
   after Latin letters).  A capital after the apostrophe is part of the name. */
static void look_up_ending(naming *n, size_t i)
{
    syn_str word = syn_token_folded(n->text, i), source = syn_token_str(n->text, i);
    uint32_t cp;
    for (size_t at = 0; at < word.n;) {
        size_t len = syn_utf8_next(word, at, &cp);
        const syn_char *c = syn_char_of(cp);
        if (at > 0 && (c->flags & SYN_CH_LETTER) && c->script != SYN_SCRIPT_COMMON &&
            !naming_cased((syn_script)c->script)) {
            n->mark[i].suffix = (uint8_t)(word.n - at < 255 ? word.n - at : 0);
            return;
        }
        at += len;
    }
    size_t at = syn_find_byte(word, '\'', 2);
    if (at == SIZE_MAX || at + 1 >= word.n || word.n - at > 8) return;
    size_t from = source.n - (word.n - at - 1);
    if (from >= source.n) return;
    syn_utf8_next(source, from, &cp);
    if (!(syn_char_of(cp)->flags & SYN_CH_UPPER)) n->mark[i].suffix = (uint8_t)(word.n - at);
}

/* Letters of an organisation's name that is no word by chance behind a particle: Arabic "بحماس" is "eagerly". */
static size_t long_body(const naming *n, size_t i)
{
    uint8_t script = n->text->tokens[i].script;
    return script == SYN_SCRIPT_ARABIC || script == SYN_SCRIPT_HEBREW ? 5 : 2;
}

static size_t look_up_part(naming *n, size_t i, size_t from, size_t to)
{
    static const uint32_t kinds = NAMING_COMMON | SYN_LEX_TITLE | SYN_LEX_PLACE | SYN_LEX_ORGWORD | SYN_LEX_GIVEN;
    syn_str part = syn_slice(syn_token_folded(n->text, i), from, to);
    naming_mark *m = &n->mark[i];
    syn_lex_hit hits[8];
    size_t k = syn_lexicon_find(n->lex, n->text->lang, kinds, part, hits, SYN_COUNT(hits));
    bool none = naming_no_place(hits, k < SYN_COUNT(hits) ? k : SYN_COUNT(hits));
    for (size_t h = 0; h < k && h < SYN_COUNT(hits); h++) {
        if (hits[h].kind == SYN_LEX_PLACE && (none || !naming_large(n, i, part, hits[h].value))) continue;
        naming_note(m, &hits[h], 1);
        if (hits[h].kind == SYN_LEX_ORGWORD && hits[h].id == BODY_WHOLE && syn_utf8_count(part) >= long_body(n, i))
            m->body = 1;
        if (hits[h].kind != SYN_LEX_PLACE) continue;
        if (m->place == 0) m->place = hits[h].id;
        naming_note_size(m, &hits[h]);
    }
    return k;
}

/* What is known of a word without its particles: the fewest that leave a word, before they are taken for others. */
static void look_up_stripped(naming *n, size_t i)
{
    naming_mark *m = &n->mark[i];
    syn_str word = syn_token_folded(n->text, i);
    for (int how = 0; how < 3; how++) {
        size_t to = word.n - (how == 0 ? 0 : m->suffix), from = how == 1 ? 0 : m->prefix;
        for (size_t at = 0; how != 1 && at < m->prefix;) {
            uint32_t cp;
            at += syn_utf8_next(word, at, &cp);
            if (at >= to || !particle(n, syn_slice(word, 0, at), PARTICLE_PREFIX) || !look_up_part(n, i, at, to))
                continue;
            m->prefix = (uint8_t)at;
            return;
        }
        if ((from || to < word.n) && from < to && look_up_part(n, i, from, to)) return;
    }
}

/* Han characters that all spell the sounds of foreign names. */
static void look_up_sounds(naming *n, size_t i, naming_mark *m)
{
    syn_str word = syn_token_folded(n->text, i);
    syn_lex_hit hits[4];
    for (size_t at = 0; at < word.n;) {
        uint32_t cp;
        size_t len = syn_utf8_next(word, at, &cp);
        size_t k = syn_lexicon_find(n->lex, n->text->lang, SYN_LEX_PARTICLE, syn_slice(word, at, at + len), hits,
                                    SYN_COUNT(hits));
        bool sound = false;
        for (size_t h = 0; h < k && h < SYN_COUNT(hits); h++) sound |= hits[h].id == PARTICLE_SOUND;
        if (!sound) return;
        at += len;
    }
    m->ids |= 1u << PARTICLE_SOUND;
}

/* What is known of a token's word. */
static naming_known *known_of(naming *n, size_t i)
{
    static const uint32_t kinds = NAMING_COMMON | SYN_LEX_TITLE | SYN_LEX_PARTICLE | SYN_LEX_ORGWORD | SYN_LEX_GIVEN;
    naming_known *known = &n->known[n->text->tokens[i].word];
    if (known->looked) return known;
    const syn_lex_known *all = syn_token_known(n->text, i);
    for (size_t k = 0; k < all->n; k++)
        if (all->hits[k].kind & kinds) naming_note(&known->found, &all->hits[k], 1);
    if (n->text->tokens[i].script == SYN_SCRIPT_HAN) look_up_sounds(n, i, &known->found);
    known->looked = true;
    return known;
}

/* The longest key behind a particle: behind a part of what looks like several, where a name of more words begins there
   with its own article ("و | الأمم المتحدة"), else behind them all. */
static void look_up_behind(naming *n, size_t i)
{
    naming_mark *m = &n->mark[i];
    syn_str word = syn_token_folded(n->text, i);
    for (size_t at = 0; at < m->prefix;) {
        uint32_t cp;
        at += syn_utf8_next(word, at, &cp);
        if (at >= m->prefix || !particle(n, syn_slice(word, 0, at), PARTICLE_PREFIX)) continue;
        naming_mark before = *m;
        m->span = 0;
        look_up_long(n, i, at, SYN_LEX_ORGWORD | SYN_LEX_PLACE);
        if (m->span > 1) {
            m->prefix = (uint8_t)at;
            return;
        }
        *m = before;
    }
    look_up_long(n, i, m->prefix, LONG_KINDS);
}

static void look_up(naming *n, size_t i)
{
    const syn_token *t = &n->text->tokens[i];
    bool cased = naming_cased((syn_script)t->script), capital = t->flags & SYN_TOK_CAPITAL;
    naming_known *known = known_of(n, i);
    n->mark[i].kinds |= known->found.kinds; /* a longer key before it may have left some */
    n->mark[i].ids |= known->found.ids;
    look_up_long(n, i, 0, cased && !capital ? LONG_KINDS & ~(uint32_t)SYN_LEX_PLACE : LONG_KINDS);
    if (cased && !n->mark[i].kinds && look_up_elided(n, i)) {
        look_up_long(n, i, n->mark[i].prefix, LONG_KINDS);
        if (!n->mark[i].kinds) look_up_stripped(n, i);
        return;
    }
    if (n->mark[i].kinds || (cased && !capital)) return;
    if (!cased && known->has_stripped) {
        n->mark[i] = known->stripped;
        if (n->mark[i].prefix) look_up_behind(n, i);
        return;
    }
    if (cased)
        look_up_ending(n, i);
    else
        look_up_clitics(n, i);
    if (n->mark[i].prefix || n->mark[i].suffix) look_up_stripped(n, i);
    if (!n->mark[i].kinds && !(cased && n->mark[i].suffix)) naming_inflected(n, i);
    known->stripped = n->mark[i];
    known->has_stripped = true;
    if (!cased && n->mark[i].prefix) look_up_behind(n, i);
}

/* ---- counting words ---- */

/* The index of a word's counts, new where it has none; 0 where there is no room. */
static uint32_t count_index(naming *n, syn_str word)
{
    size_t slot = syn_hash(word, 0) & n->count_mask;
    for (; n->count_slots[slot]; slot = (slot + 1) & n->count_mask)
        if (syn_str_eq(n->count[n->count_slots[slot]].word, word)) return n->count_slots[slot];
    if (n->ncounts > n->text->ntokens) return 0;
    n->count[n->ncounts].word = word;
    return n->count_slots[slot] = (uint32_t)n->ncounts++;
}

naming_count *naming_count_of(naming *n, size_t token)
{
    naming_mark *m = &n->mark[token];
    if (m->count) return &n->count[m->count];
    syn_str word = syn_token_folded(n->text, token);
    bool cut = (m->prefix || m->suffix) && (size_t)m->prefix + m->suffix < word.n;
    uint32_t *whole = &n->known[n->text->tokens[token].word].count;
    if (cut)
        m->count = count_index(n, syn_slice(word, m->prefix, word.n - m->suffix));
    else
        m->count = *whole = *whole ? *whole : count_index(n, word);
    return &n->count[m->count];
}

/* Whether the language parts nouns, which all have capitals, by articles. */
static bool has_articles(const naming *n)
{
    for (size_t i = 0; i < n->text->ntokens; i++)
        if (MARK_PARTICLE(&n->mark[i], PARTICLE_ARTICLE)) return true;
    return false;
}

/* Sentences whose capitals tell nothing: most words have one, or all that are no function words, be the sentence long
   enough to hold more than names.  Where nouns have capitals a plain title may look so. */
static void find_headlines(naming *n)
{
    enum { CONTENT = 4 };
    const syn_text *t = n->text;
    bool nouns = has_articles(n);
    for (size_t i = 0; i < t->ntokens;) {
        size_t words = 0, capitals = 0, content = 0, small = 0, sentence = t->tokens[i].sentence;
        for (; i < t->ntokens && t->tokens[i].sentence == sentence; i++) {
            if (t->tokens[i].kind != SYN_TOK_WORD) continue;
            bool capital = t->tokens[i].flags & SYN_TOK_CAPITAL;
            words++;
            capitals += capital;
            if (n->mark[i].kinds & (SYN_LEX_STOP | SYN_LEX_PARTICLE)) continue;
            content++;
            small += !capital;
        }
        char end = naming_sign(n, i - 1);
        bool closed = end == '.' || end == '?' || end == '!' || end == '"';
        bool titled = !nouns && content >= CONTENT && small * 10 <= content;
        if (sentence < t->nsentences)
            n->headline[sentence] = !closed && words >= 4 && (capitals * 10 >= words * 7 || titled);
    }
}

static void count_words(naming *n)
{
    const syn_text *t = n->text;
    size_t inside = 0, capitals = 0;
    bool articles = false;
    for (size_t i = 0; i < t->ntokens; i++) {
        if (t->tokens[i].kind != SYN_TOK_WORD) continue;
        naming_count *c = naming_count_of(n, i);
        bool capital = (t->tokens[i].flags & SYN_TOK_CAPITAL) || naming_capital(n, i);
        articles |= MARK_PARTICLE(&n->mark[i], PARTICLE_ARTICLE) != 0;
        if (!capital) c->lower++;
        if (naming_opens(n, i) || n->headline[t->tokens[i].sentence]) continue;
        if (capital) c->capital++;
        inside++;
        capitals += capital;
    }
    n->nouns_have_capitals = articles && capitals * 6 > inside;
}

/* ---- facts ---- */

static size_t add_word_keys(naming *n, syn_str word, uint64_t *keys, size_t k)
{
    uint64_t one[KEYS_A_WORD];
    int strength;
    size_t got = syn_name_keys(n->lex, word, n->text->lang, one, SYN_COUNT(one), &strength);
    if (strength < 2 && k > 0) return k; /* initials and particles tell nothing beside other words */
    for (size_t i = 0; i < got && k < KEYS_A_NAME; i++) {
        bool old = false;
        for (size_t j = 0; j < k && !old; j++) old = keys[j] == one[i];
        if (!old) keys[k++] = one[i];
    }
    return k;
}

/* Keys of each run of letters; particles between the words have none. */
static bool add_keys(naming *n, size_t first, size_t last, syn_span span, syn_fact *f)
{
    uint64_t keys[KEYS_A_NAME];
    size_t k = 0;
    const syn_token *tok = n->text->tokens;
    for (size_t i = first; i <= last;) {
        if (tok[i].kind != SYN_TOK_WORD ||
            (first != last && (n->mark[i].kinds & SYN_LEX_PARTICLE) && !(tok[i].flags & SYN_TOK_CAPITAL) &&
             naming_cased((syn_script)tok[i].script))) {
            i++;
            continue;
        }
        size_t end = i;
        while (end < last && tok[end].end == tok[end + 1].start && tok[end + 1].kind == SYN_TOK_WORD) end++;
        size_t from = tok[i].start > span.start ? tok[i].start : span.start;
        k = add_word_keys(n, syn_slice(n->text->src, from, tok[end].end < span.end ? tok[end].end : span.end), keys, k);
        i = end + 1;
    }
    uint64_t *copy = SYN_NEW_ARRAY(n->out->arena, uint64_t, k);
    if (!copy) return false;
    memcpy(copy, keys, k * sizeof *keys);
    f->keys = copy;
    f->nkeys = (uint32_t)k;
    return true;
}

/* As printed, white space made single. */
static syn_str tidy(syn_arena *arena, syn_str s)
{
    syn_str out = syn_dup(arena, s);
    char *p = out.n ? syn_alloc(arena, s.n + 1) : NULL;
    size_t n = 0;
    if (!p) return out;
    for (size_t at = 0; at < s.n;) {
        uint32_t cp;
        size_t len = syn_utf8_next(s, at, &cp);
        if (syn_char_of(cp)->flags & SYN_CH_SPACE) {
            if (n && p[n - 1] != ' ') p[n++] = ' ';
        } else {
            memcpy(p + n, s.p + at, len);
            n += len;
        }
        at += len;
    }
    return (syn_str){p, n};
}

static uint32_t source_offset(const naming *n, uint32_t folded, uint32_t otherwise)
{
    return n->text->folded.map ? n->text->folded.map[folded] : otherwise;
}

/* Where a word's own letters end. */
static uint32_t without_ending(const naming *n, size_t token)
{
    const syn_token *tok = &n->text->tokens[token];
    if (n->mark[token].suffix == 0) return tok->end;
    return source_offset(n, tok->fold_end - n->mark[token].suffix, tok->end);
}

bool naming_add(naming *n, size_t first, size_t last, uint8_t kind, uint8_t flags, uint32_t place)
{
    const syn_token *tok = n->text->tokens;
    syn_span span = {source_offset(n, tok[first].fold_start + n->mark[first].prefix, tok[first].start),
                     without_ending(n, last)};
    if (span.end <= span.start) return true;
    syn_fact f = {.kind = kind,
                  .flags = flags,
                  .sentence = tok[first].sentence,
                  .span = span,
                  .from = SYN_NO_DAY,
                  .to = SYN_NO_DAY,
                  .place = place & 0xFFFF};
    syn_lexicon_city(n->lex, place, &f.lat, &f.lon);
    f.name = tidy(n->out->arena, syn_slice(n->text->src, span.start, span.end));
    if (!add_keys(n, first, last, span, &f) || (!f.name.p && span.end > span.start)) return false;
    for (size_t i = first; i <= last; i++) {
        n->mark[i].taken = true;
        if (tok[i].kind == SYN_TOK_WORD && kind == SYN_FACT_NAME) naming_count_of(n, i)->flags |= flags | 1;
    }
    if (place && n->out->n < SYN_MAX_FACTS) {
        if (!syn_grow(n->arena, &n->places, &n->cap_places, n->nplaces + 1, sizeof *n->places)) return false;
        n->places[n->nplaces++] = (naming_place){f.span, f.sentence, place, (uint32_t)n->out->n};
        n->homonyms |= syn_lexicon_homonym(place);
    }
    return syn_fact_push(n->out, &f) || !n->out->arena->failed; /* past the ceiling facts are dropped */
}

/* ---- the whole ---- */

static void take_figures(naming *n, const syn_fact_list *figures)
{
    size_t i = 0;
    for (size_t k = 0; figures && k < figures->n; k++) {
        syn_span s = figures->items[k].span;
        while (i < n->text->ntokens && n->text->tokens[i].end <= s.start) i++;
        for (size_t j = i; j < n->text->ntokens && n->text->tokens[j].start < s.end; j++)
            if (!(n->mark[j].place && without_ending(n, j) > s.end))
                n->mark[j].taken = true; /* 제네, in 제네바, is no fourth */
    }
}

static int by_span(const void *a, const void *b)
{
    const syn_fact *x = a, *y = b;
    if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
    return x->span.end > y->span.end ? -1 : x->span.end < y->span.end;
}

syn_code syn_names_find(const syn_lexicon *lex, const syn_text *text, const syn_fact_list *figures, syn_fact_list *out,
                        syn_err *err)
{
    size_t before = out->n;
    syn_arena scratch = {.limit = SYN_MAX_PAGE_MEMORY};
    naming n = {.lex = lex, .text = text, .arena = &scratch, .out = out, .ncounts = 1, .count_mask = 63};
    syn_code rc = SYN_OK;

    n.mark = SYN_NEW_ARRAY(&scratch, naming_mark, text->ntokens + 1);
    n.count = SYN_NEW_ARRAY(&scratch, naming_count, text->ntokens + 2);
    n.known = SYN_NEW_ARRAY(&scratch, naming_known, text->nwords + 1);
    n.headline = SYN_NEW_ARRAY(&scratch, bool, text->nsentences + 1);
    while (n.count_mask < 2 * text->ntokens) n.count_mask = 2 * n.count_mask + 1;
    n.count_slots = SYN_NEW_ARRAY(&scratch, uint32_t, n.count_mask + 1);
    if (!n.count_slots || !n.mark || !n.count || !n.known || !n.headline) {
        rc = syn_fail(err, SYN_ENOMEM, 0, "no memory for the names of a text");
        goto done;
    }
    for (size_t i = 0; i < text->ntokens; i++)
        if (text->tokens[i].kind == SYN_TOK_WORD) look_up(&n, i);
    take_figures(&n, figures);
    find_headlines(&n);
    count_words(&n);
    rc = naming_cased_find(&n, err);
    if (!rc) rc = naming_uncased_find(&n, err);
    if (!rc && n.homonyms && !naming_places_settle(&n)) rc = syn_fail(err, SYN_ENOMEM, 0, "no memory for places");
    if (!rc) rc = naming_quotes_find(&n, err);
    if (!rc && out->n > before) qsort(out->items + before, out->n - before, sizeof *out->items, by_span);
done:
    syn_arena_free(&scratch);
    return rc;
}
