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

static bool blank(const scan *s, size_t at, uint32_t kinds)
{
    const scan_blank *b = &s->blanks[at % SCAN_BLANKS];
    return b->at == at && !(kinds & ~b->kinds);
}

static void remember_blank(const scan *s, size_t at, uint32_t kinds)
{
    scan_blank *b = &s->blanks[at % SCAN_BLANKS];
    if (b->at != at) *b = (scan_blank){at, 0};
    b->kinds |= kinds;
}

size_t scan_key(const scan *s, uint32_t kinds, size_t at, syn_lex_hit *hits, size_t max, size_t *n)
{
    size_t limit = s->t.n, len;
    *n = 0;
    if (at >= s->t.n || blank(s, at, kinds)) return 0;
    if (limit - at > 96) limit = at + 96;
    size_t first = limit;
    while ((len = syn_lexicon_longest(s->lex, s->lang, kinds, syn_slice(s->t, at, limit), hits, max, n)) > 0) {
        if (*n > max) *n = max;
        if (scan_word_ends(s, at + len)) return len;
        limit = at + len - 1;
    }
    if (!len && limit == first) remember_blank(s, at, kinds);
    *n = 0;
    return 0;
}

const syn_lex_hit *scan_pick(const syn_lex_hit *hits, size_t n, uint32_t kind, uint32_t id)
{
    for (size_t i = 0; i < n; i++)
        if (hits[i].kind == kind && (id == ANY_ID || hits[i].id == id)) return &hits[i];
    return NULL;
}

size_t scan_role(const scan *s, uint32_t kind, uint32_t id, size_t at, double *value)
{
    syn_lex_hit hits[8];
    size_t limit = s->t.n, len, n;
    if (at >= s->t.n || blank(s, at, kind)) return 0;
    if (limit - at > 96) limit = at + 96;
    size_t first = limit;
    while ((len = syn_lexicon_longest(s->lex, s->lang, kind, syn_slice(s->t, at, limit), hits, 8, &n)) > 0) {
        const syn_lex_hit *h = scan_pick(hits, n < 8 ? n : 8, kind, id);
        if (h && scan_word_ends(s, at + len)) {
            if (value) *value = h->value;
            return len;
        }
        limit = at + len - 1;
    }
    if (limit == first) remember_blank(s, at, kind);
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
