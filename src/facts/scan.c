/* scan.c - stage 4: places in the folded text: where words begin and end, and what keys stand there. */
#include "figures.h"

uint32_t scan_char(const scan *s, size_t at)
{
    uint32_t cp = 0;
    if (at < s->t.n) syn_utf8_next(s->t, at, &cp);
    return cp;
}

uint32_t scan_char_before(const scan *s, size_t at)
{
    uint32_t cp = 0;
    if (at > 0 && at <= s->t.n) syn_utf8_next(s->t, syn_utf8_prev(s->t, at), &cp);
    return cp;
}

bool scan_word_starts(const scan *s, size_t at)
{
    if (at == 0 || s->t.p[at - 1] == ' ') return true;
    uint32_t before = scan_char_before(s, at), cp = scan_char(s, at);
    if (!scan_wordy(before) || !scan_wordy(cp)) return true;
    return !scan_spaced(cp) || !scan_spaced(before) || (syn_char_of(before)->digit >= 0 && syn_char_of(cp)->digit < 0);
}

bool scan_word_ends(const scan *s, size_t at)
{
    uint32_t before = scan_char_before(s, at), cp = scan_char(s, at);
    if (!scan_wordy(cp) || !scan_wordy(before)) return true;
    if (!scan_spaced(before) || syn_char_of(before)->script == SYN_SCRIPT_HANGUL) return true;
    return !scan_spaced(cp) || (syn_char_of(cp)->script != syn_char_of(before)->script && syn_char_of(cp)->digit < 0 &&
                                !(syn_char_of(cp)->flags & SYN_CH_MARK));
}

size_t scan_word_end(const scan *s, size_t at)
{
    for (size_t from = at; at < s->t.n;) {
        if ((unsigned)(s->t.p[at] - 'a') < 26u) { /* capitals are folded away */
            at++;
            continue;
        }
        uint32_t cp;
        size_t n = syn_utf8_next(s->t, at, &cp);
        if (!scan_wordy(cp) || (at > from && !scan_spaced(cp))) break;
        at += n;
    }
    return at;
}

size_t scan_space(const scan *s, size_t at)
{
    while (at < s->t.n && s->t.p[at] == ' ' && s->text->src.p[s->map[at]] != '\n') at++;
    return at;
}

scan_place *scan_look(const scan *s, size_t at)
{
    scan_place *p = &s->places[at % SCAN_PLACES];
    size_t limit = s->t.n - at > SCAN_REACH ? at + SCAN_REACH : s->t.n;
    p->at = at;
    p->n = (uint32_t)syn_lexicon_heads(s->lex, s->lang, SCAN_KINDS, syn_slice(s->t, at, limit), p->key, SCAN_KEYS);
    p->kinds = 0;
    p->ending = 0;
    p->read = NUMBER_UNREAD;
    uint32_t last = 0;
    bool ends = false;
    for (uint32_t i = 0; i < p->n && i < SCAN_KEYS; i++) {
        p->kinds |= p->key[i].hit.kind;
        if (p->key[i].len != last) ends = scan_word_ends(s, at + (last = p->key[i].len));
        p->ending |= (uint64_t)ends << i;
    }
    if (p->n > SCAN_KEYS) p->kinds = SCAN_KINDS;
    return p;
}

size_t scan_head(const scan *s, uint32_t kinds, size_t at, size_t limit, syn_lex_hit *hits, size_t max, size_t *n)
{
    size_t len = 0, found = 0;
    if (n) *n = 0;
    if (at >= s->t.n || limit <= at) return 0;
    const scan_place *p = scan_keys(s, at);
    if (!(p->kinds & kinds)) return 0;
    if (p->n > SCAN_KEYS) return syn_lexicon_longest(s->lex, s->lang, kinds, syn_slice(s->t, at, limit), hits, max, n);
    for (uint32_t i = 0; i < p->n; i++) {
        if (len && p->key[i].len != len) break;
        if (!(p->key[i].hit.kind & kinds) || p->key[i].len > limit - at) continue;
        len = p->key[i].len;
        if (found < max) hits[found] = p->key[i].hit;
        found++;
    }
    if (n) *n = found;
    return len;
}

size_t scan_key(const scan *s, uint32_t kinds, size_t at, syn_lex_hit *hits, size_t max, size_t *n)
{
    *n = 0;
    if (at >= s->t.n) return 0;
    const scan_place *p = scan_keys(s, at);
    if (!(p->kinds & kinds)) return 0;
    if (p->n > SCAN_KEYS) {
        size_t limit = s->t.n - at > SCAN_REACH ? at + SCAN_REACH : s->t.n, len;
        for (; (len = scan_head(s, kinds, at, limit, hits, max, n)) > 0; limit = at + len - 1) {
            if (*n > max) *n = max;
            if (scan_word_ends(s, at + len)) return len;
        }
        return 0;
    }
    size_t len = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        if (len && p->key[i].len != len) break;
        if (!(p->key[i].hit.kind & kinds) || !(p->ending >> i & 1)) continue;
        len = p->key[i].len;
        if (*n < max) hits[(*n)++] = p->key[i].hit;
    }
    return len;
}

const syn_lex_hit *scan_pick(const syn_lex_hit *hits, size_t n, uint32_t kind, uint32_t id)
{
    for (size_t i = 0; i < n; i++)
        if (hits[i].kind == kind && (id == ANY_ID || hits[i].id == id)) return &hits[i];
    return NULL;
}

size_t scan_role_of(const scan *s, const scan_place *p, uint32_t kind, uint32_t id, double *value)
{
    if (p->n > SCAN_KEYS) {
        syn_lex_hit hits[8];
        size_t at = p->at, limit = s->t.n - at > SCAN_REACH ? at + SCAN_REACH : s->t.n, len, n;
        for (; (len = scan_head(s, kind, at, limit, hits, 8, &n)) > 0; limit = at + len - 1) {
            const syn_lex_hit *h = scan_pick(hits, n < 8 ? n : 8, kind, id);
            if (!h || !scan_word_ends(s, at + len)) continue;
            if (value) *value = h->value;
            return len;
        }
        return 0;
    }
    for (uint32_t i = 0; i < p->n; i++) {
        const syn_lex_head *k = &p->key[i];
        if (k->hit.kind != kind || (id != ANY_ID && k->hit.id != id) || !(p->ending >> i & 1)) continue;
        if (value) *value = k->hit.value;
        return k->len;
    }
    return 0;
}

bool scan_line_starts(const scan *s, size_t at)
{
    for (uint32_t from = at < s->t.n ? s->map[at] : 0; from > 0; from--) {
        unsigned char c = (unsigned char)s->text->src.p[from - 1];
        if (c == '\n') return true;
        if (c > ' ') return false;
    }
    return true;
}

bool scan_upper(const scan *s, size_t at)
{
    uint32_t cp;
    if (at >= s->t.n) return false;
    syn_utf8_next(s->text->src, s->map[at], &cp);
    return (syn_char_of(cp)->flags & SYN_CH_UPPER) != 0;
}
