/* tokens.c - stage 2: a line of text cut into numbers and words, for finding dates in it. */
#include "when.h"

/* The value of a Han digit, 10 for ten, -1 for any other character. */
static int han_digit(uint32_t cp)
{
    static const uint16_t DIGITS[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                      0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341};
    for (size_t i = 0; i < SYN_COUNT(DIGITS); i++) {
        if (cp == DIGITS[i]) return (int)i;
    }
    return cp == 0x96F6 /* zero */ ? 0 : -1;
}

static bool dates_sign(uint32_t cp)
{
    return cp == 0x5E74 /* year */ || cp == 0x6708 /* month */ || cp == 0x65E5 || cp == 0x53F7 /* day */;
}

/* A Han numeral right before the sign of a year, month or day: its bytes, or 0.  An era's first year is written with a
   sign of its own. */
static size_t han_number(syn_str s, size_t at, uint32_t *value, uint8_t *digits)
{
    size_t i = at, n = 0;
    uint32_t cp = 0, total = 0, last = 0;
    bool tens = false;
    for (; i < s.n && n < 5; n++) {
        size_t step = syn_utf8_next(s, i, &cp);
        int d = n == 0 && cp == 0x5143 /* first */ ? 1 : han_digit(cp);
        if (d < 0) break;
        if (d == 10) {
            total = (n ? last : 1) * 10;
            tens = true;
        } else {
            total = tens ? total - total % 10 + (uint32_t)d : total * 10 + (uint32_t)d;
            last = total;
        }
        i += step;
    }
    if (!n || i >= s.n) return 0;
    syn_utf8_next(s, i, &cp);
    if (!dates_sign(cp)) return 0;
    *value = total;
    *digits = (uint8_t)(total > 999 ? 4 : total > 99 ? 3 : total > 9 ? 2 : 1);
    return i - at;
}

static size_t ascii_number(syn_str s, size_t at, uint32_t *value, uint8_t *digits)
{
    size_t i = at;
    *value = 0, *digits = 0;
    for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++) {
        if (i - at < 9) *value = *value * 10 + (uint32_t)(s.p[i] - '0');
        if (*digits < 100) ++*digits;
    }
    return i - at;
}

static bool of_word(uint32_t cp)
{
    return syn_char_of(cp)->flags & (SYN_CH_LETTER | SYN_CH_MARK);
}

void syn_when_tokenize(syn_reading *r, syn_str folded, syn_when_line *out)
{
    out->r = r;
    out->folded = folded;
    out->n = 0;
    char before = 0;
    size_t end = 0;
    for (size_t i = 0, step; i < folded.n && out->n < SYN_WHEN_TOKENS; i += step) {
        uint32_t cp;
        step = syn_utf8_next(folded, i, &cp);
        syn_when_token t = {.start = (uint32_t)i, .before = before};
        size_t size = ascii_number(folded, i, &t.value, &t.digits);
        if (!size && cp >= 0x3007) size = han_number(folded, i, &t.value, &t.digits);
        t.number = size > 0;
        if (!t.number && of_word(cp)) {
            for (size = step; i + size < folded.n; size += step) {
                uint32_t value;
                uint8_t digits;
                step = syn_utf8_next(folded, i + size, &cp);
                if (!of_word(cp) || (cp >= 0x3007 && han_number(folded, i + size, &value, &digits))) break;
            }
        }
        if (!size) {
            before = cp < 0x80 ? (char)cp : '?';
            continue;
        }
        t.gap = (uint8_t)(i - end > 200 ? 200 : i - end);
        step = size;
        end = i + size;
        t.end = (uint32_t)end;
        t.text = syn_slice(folded, i, end);
        out->t[out->n++] = t;
        before = 0;
    }
}

size_t syn_when_words(const syn_when_line *l, size_t i, uint32_t kinds, syn_lex_hit *hits, size_t max, size_t *last)
{
    const syn_lexicon *lex = l->r->lex;
    const syn_lang langs[] = {l->r->lang, l->r->english};
    for (size_t k = 0; lex && k < SYN_COUNT(langs); k++) {
        size_t n = 0, from = l->t[i].start,
               size = syn_lexicon_longest(lex, langs[k], kinds, syn_slice(l->folded, from, l->folded.n), hits, max, &n);
        for (size_t j = i; size && j < l->n && j < i + 4 && l->t[j].start < from + size; j++) {
            if (from + size < l->t[j].end) break;
            if (j + 1 < l->n && l->t[j + 1].start < from + size) continue;
            *last = j;
            return n < max ? n : max;
        }
        n = syn_lexicon_find(lex, langs[k], kinds, l->t[i].text, hits, max);
        *last = i;
        if (n) return n < max ? n : max;
    }
    return 0;
}

bool syn_when_colon(const syn_when_line *l, size_t i)
{
    return i + 1 < l->n && l->t[i].number && l->t[i + 1].number && l->t[i + 1].before == ':' && l->t[i + 1].gap == 1;
}

bool syn_when_near_clock(const syn_when_line *l, size_t i)
{
    if (i < l->n && !l->t[i].number) i++;
    if (i + 1 >= l->n || !l->t[i].number || !l->t[i + 1].number || l->t[i].value > 23) return false;
    const syn_when_token *minutes = &l->t[i + 1];
    return minutes->gap == 1 && minutes->digits == 2 && (minutes->before == ':' || minutes->before == '.');
}
