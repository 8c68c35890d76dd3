/* furniture.c - stage 2: short lines judged by the tables (data/read) and by form: labels before sources, credits,
   authors and dates, lines of the site, file names. */
#include "reading.h"

enum {
    LABEL_BYTES = 84,
    MAX_TRIES = 40,   /* places where a credit is looked for, from a caption's end */
    LONGEST_TIME = 24 /* bytes of a time of day after a date: " - 15:40 Uhr" */
};

static bool ends_word(syn_str text, size_t at)
{
    if (at >= text.n) return true;
    uint32_t next, last;
    syn_utf8_next(text, at, &next);
    const syn_char *c = syn_char_of(next);
    if (!(c->flags & (SYN_CH_LETTER | SYN_CH_MARK))) return true;
    syn_utf8_next(text, syn_utf8_prev(text, at), &last);
    return !(syn_char_of(last)->flags & SYN_CH_LETTER) || !syn_script_spaced(syn_char_of(last)->script);
}

/* The longest key of kinds at the head of text: its end in text, 0 if none. */
static size_t key_at(syn_reading *r, uint32_t kinds, syn_str text, syn_lex_hit *hit)
{
    if (!r->lex || !text.n) return 0;
    syn_str head = syn_utf8_head(text, LABEL_BYTES);
    syn_folded folded;
    if (syn_fold(r->arena, head, true, &folded, NULL)) return 0;
    syn_lang asked[2] = {r->lang, r->english};
    size_t best = 0;
    for (int i = 0; i < 2; i++) {
        if (i && asked[1] == asked[0]) break;
        syn_lex_hit hits[4];
        size_t n = 0, bytes = syn_lexicon_longest(r->lex, asked[i], kinds, folded.text, hits, 4, &n);
        if (!bytes || !n || bytes > folded.text.n) continue;
        size_t end = folded.map[bytes];
        if (end > best && ends_word(text, end)) {
            best = end;
            *hit = hits[0];
        }
    }
    return best;
}

static size_t skip_colon(syn_str text, size_t at, bool *colon)
{
    static const char *const COLONS[] = {":",
                                         "\xEF\xBC\x9A",
                                         "\xD6\x83",
                                         "\xE1\x8D\xA1",
                                         "\xE1\x8D\xA5",
                                         "\xE1\x8D\xA6",
                                         "\xE1\x9F\x96",
                                         "\xE3\x83\xBB",
                                         "\xEF\xBC\x8F",
                                         "=",
                                         "\xEF\xBC\x9D"};
    *colon = at && (text.p[at - 1] == ':' || text.p[at - 1] == '.'); /* "Fot." needs none */
    for (bool more = true; more && at < text.n;) {
        more = false;
        while (at < text.n && (text.p[at] == ' ' || text.p[at] == '\t')) at++;
        if (at + 1 < text.n && (unsigned char)text.p[at] == 0xC2 && (unsigned char)text.p[at + 1] == 0xA0)
            at += 2, more = true;
        for (size_t i = 0; i < SYN_COUNT(COLONS) && !*colon; i++) {
            syn_str c = syn_str_of(COLONS[i]);
            if (syn_starts(syn_slice(text, at, text.n), c)) {
                at += c.n;
                *colon = more = true;
            }
        }
    }
    return at;
}

size_t syn_read_label(syn_reading *r, uint32_t kinds, syn_str text, uint32_t *id)
{
    syn_lex_hit hit;
    size_t end = key_at(r, kinds, text, &hit);
    if (!end) return 0;
    bool colon;
    if (id) *id = hit.id;
    return skip_colon(text, end, &colon);
}

static bool is_file(syn_str s)
{
    static const char *const TAILS[] = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".svg", ".mp4"};
    size_t spaces = 0;
    for (size_t i = 0; i < s.n; i++) spaces += s.p[i] == ' ';
    if (spaces > 3 || s.n > 300) return false;
    for (size_t i = 0; i < SYN_COUNT(TAILS); i++) {
        syn_str tail = syn_str_of(TAILS[i]);
        if (s.n > tail.n && syn_str_ieq(syn_slice(s, s.n - tail.n, s.n), tail)) return true;
    }
    return false;
}

/* "Comments (0)": a few words and a count. */
static bool is_count(syn_str s)
{
    if (s.n < 5 || s.n > 60 || s.p[s.n - 1] != ')') return false;
    size_t i = s.n - 1;
    while (i && s.p[i - 1] >= '0' && s.p[i - 1] <= '9') i--;
    return i < s.n - 1 && i && s.p[i - 1] == '(' && s.n - 1 - i <= 4 && syn_find_byte(s, '.', 0) == SIZE_MAX;
}

/* Nothing, or marks that lead on: "...", ">>". */
static bool is_trail(syn_str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        i += syn_utf8_next(s, i, &cp);
        if (syn_char_of(cp)->flags & (SYN_CH_LETTER | SYN_CH_DIGIT | SYN_CH_MARK)) return false;
    }
    return true;
}

bool syn_read_like_names(syn_str s)
{
    size_t words = 0, upper = 0;
    bool start = true;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        i += syn_utf8_next(s, i, &cp);
        if (start && cp != ' ') {
            words++;
            upper += (syn_char_of(cp)->flags & SYN_CH_UPPER) != 0;
        }
        start = cp == ' ' || cp == '-';
    }
    return words && words <= 8 && upper * 3 >= words * 2;
}

static bool has_case(syn_str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        i += syn_utf8_next(s, i, &cp);
        if (syn_char_of(cp)->flags & (SYN_CH_UPPER | SYN_CH_LOWER)) return true;
    }
    return false;
}

syn_str syn_read_unbracket(syn_str s)
{
    static const char *const PAIRS[][2] = {{"(", ")"},
                                           {"[", "]"},
                                           {"\xEF\xBC\x88", "\xEF\xBC\x89"},
                                           {"\xE3\x80\x90", "\xE3\x80\x91"},
                                           {"\xEF\xBC\xBB", "\xEF\xBC\xBD"}};
    for (size_t i = 0; i < SYN_COUNT(PAIRS); i++) {
        syn_str open = syn_str_of(PAIRS[i][0]), close = syn_str_of(PAIRS[i][1]);
        if (s.n <= open.n + close.n || !syn_starts(s, open) || !syn_ends(s, close)) continue;
        if (syn_find(s, close, 0) != s.n - close.n) continue;
        return syn_trim(syn_slice(s, open.n, s.n - close.n));
    }
    return s;
}

/* A family name and a given name in ideographs, a space between, as papers sign with: at most four each. */
static bool is_signature(syn_str s)
{
    size_t run = 0, words = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        i += syn_utf8_next(s, i, &cp);
        if (cp >= 0x4E00 && cp <= 0x9FFF) {
            if (run == 0) words++;
            if (++run > 4) return false;
        } else if ((cp == ' ' || cp == 0x3000) && run) {
            run = 0;
        } else {
            return false;
        }
    }
    return words == 2 && run;
}

/* Cut off the date that follows names: "Josef Ander · 23 January 2025, 15:40".  Whether there was one. */
static bool cut_date(syn_reading *r, syn_str *names)
{
    syn_time t;
    syn_span at;
    if (names->n > 300 || !syn_read_find_date(r, *names, &t, &at) || at.start >= names->n) return false;
    if (at.end < names->n && names->n - at.end > LONGEST_TIME) return false;
    syn_str head = syn_trim(syn_slice(*names, 0, at.start));
    while (head.n) { /* marks between, and a word such as "on" is left to the table of names */
        size_t last = syn_utf8_prev(head, head.n);
        uint32_t cp;
        syn_utf8_next(head, last, &cp);
        if (cp == '.' || cp == ')' || (syn_char_of(cp)->flags & (SYN_CH_LETTER | SYN_CH_MARK | SYN_CH_DIGIT))) break;
        head.n = last;
    }
    *names = head;
    return true;
}

enum {
    NAMES_WORDS = 4, /* of names that a label without a colon stands before, or that one stands after */
    NAMES_CHARS = 30,
    LABEL_AFTER = 3, /* the byline's id in the table */
    LABEL_CHARS = 6
};

/* Short, without a digit, a mark or the end of a sentence: what names are in scripts without capitals. */
static bool is_short_name(syn_str s)
{
    syn_block b = {.text = s};
    syn_read_measure(&b);
    return b.words >= 1 && b.words <= NAMES_WORDS && b.chars >= 2 && b.chars <= NAMES_CHARS && !b.digits && !b.stops &&
           !b.commas && !has_case(s);
}

static bool is_label_after(syn_reading *r, syn_str word)
{
    syn_folded folded;
    syn_lex_hit hits[4];
    if (!r->lex || !word.n || syn_fold(r->arena, word, false, &folded, NULL)) return false;
    size_t n = syn_lexicon_find(r->lex, r->lang, SYN_LEX_BYLINE, folded.text, hits, SYN_COUNT(hits));
    for (size_t i = 0; i < n && i < SYN_COUNT(hits); i++) {
        if (hits[i].id == LABEL_AFTER) return true;
    }
    return false;
}

syn_str syn_read_before_label(syn_reading *r, syn_str line)
{
    if (line.n > 4 * NAMES_CHARS || has_case(line)) return (syn_str){0};
    size_t at = line.n;
    for (size_t k = 0; k < LABEL_CHARS && at; k++) {
        uint32_t cp;
        at = syn_utf8_prev(line, at);
        syn_utf8_next(line, at, &cp);
        const syn_char *c = syn_char_of(cp);
        if (!(c->flags & (SYN_CH_LETTER | SYN_CH_MARK))) break;
        bool parted = at && line.p[at - 1] == ' ';
        if (!parted && syn_script_spaced(c->script)) continue; /* Hangul stands apart, ideographs need not */
        syn_str head = syn_trim(syn_slice(line, 0, at));
        if (is_label_after(r, syn_slice(line, at, line.n))) return is_short_name(head) ? head : (syn_str){0};
    }
    return (syn_str){0};
}

/* An address for letters after a name is cut off. */
static syn_str without_mail(syn_str s)
{
    size_t at = s.n;
    while (at && s.p[at - 1] != ' ') at--;
    return at && syn_find_byte(syn_slice(s, at, s.n), '@', 0) != SIZE_MAX ? syn_trim(syn_slice(s, 0, at)) : s;
}

static syn_line byline(syn_reading *r, bool colon, bool parted, bool bracketed, syn_str *rest)
{
    bool dated = cut_date(r, rest);
    if (!rest->n) return SYN_LINE_TEXT;
    syn_block b = {.text = *rest};
    syn_read_measure(&b);
    bool alone = parted && is_short_name(*rest);
    if (!colon && !syn_read_like_names(*rest) && !alone && !((dated || bracketed) && !has_case(*rest)))
        return SYN_LINE_TEXT;
    return b.words <= 10 && b.chars <= 90 && !(b.ends && b.stops) && b.digits == 0 ? SYN_LINE_BYLINE : SYN_LINE_TEXT;
}

syn_line syn_read_line(syn_reading *r, syn_str line, syn_str *rest)
{
    line = syn_trim(line);
    *rest = line;
    if (!line.n) return SYN_LINE_FURNITURE;
    syn_str inner = syn_read_unbracket(line);
    bool bracketed = inner.n < line.n;
    if (bracketed && is_signature(inner)) {
        *rest = inner;
        return SYN_LINE_BYLINE;
    }
    line = inner;
    if (is_file(line)) return SYN_LINE_FILE;
    syn_lex_hit hit = {0};
    size_t end = key_at(r, SYN_LEX_SOURCE | SYN_LEX_CREDIT | SYN_LEX_BYLINE | SYN_LEX_PUBLISHED | SYN_LEX_FURNITURE,
                        line, &hit);
    syn_str names = syn_read_before_label(r, without_mail(line));
    if (names.n) {
        *rest = names;
        return SYN_LINE_BYLINE;
    }
    if (!end) return SYN_LINE_TEXT;
    bool colon;
    size_t after = skip_colon(line, end, &colon);
    *rest = syn_trim(syn_slice(line, after, line.n));
    syn_time t;
    syn_span at;
    syn_block b = {.text = *rest};
    syn_read_measure(&b);
    switch (hit.kind) {
    case SYN_LEX_SOURCE:
        if (bracketed) return SYN_LINE_TEXT; /* the last words of a paragraph, set apart */
        if (syn_starts_i(*rest, SYN_STR("http"))) return SYN_LINE_SOURCE;
        return colon && rest->n && b.chars <= 160 && b.stops <= 2 ? SYN_LINE_SOURCE : SYN_LINE_TEXT;
    case SYN_LEX_CREDIT:
        return (colon || b.words <= 5) && b.chars <= 100 && b.commas < 3 ? SYN_LINE_CREDIT : SYN_LINE_TEXT;
    case SYN_LEX_BYLINE:
        return hit.id == 1 ? SYN_LINE_TEXT : byline(r, colon, end < line.n && line.p[end] == ' ', bracketed, rest);
    case SYN_LEX_PUBLISHED:
        return b.chars <= 90 && syn_read_find_date(r, *rest, &t, &at) ? SYN_LINE_DATE : SYN_LINE_TEXT;
    case SYN_LEX_FURNITURE:
        if (hit.id >= SYN_NOTICE_PAID) return b.chars <= 200 ? SYN_LINE_FURNITURE : SYN_LINE_TEXT;
        if (hit.id == 1) return b.chars <= 200 || (end >= 16 && b.chars <= 800) ? SYN_LINE_FURNITURE : SYN_LINE_TEXT;
        if (is_trail(*rest) || is_count(line)) return hit.id == 2 ? SYN_LINE_END : SYN_LINE_FURNITURE;
        return SYN_LINE_TEXT;
    default:
        return SYN_LINE_TEXT;
    }
}

bool syn_read_is_desk(syn_reading *r, syn_str name)
{
    syn_lex_hit hit;
    size_t end = key_at(r, SYN_LEX_DESK, name, &hit);
    return end && end == name.n;
}

/* Where a credit may begin: after a mark; or, if a colon follows its label (*weak), after a space alone and anywhere in
   scripts without spaces. */
static bool opens(syn_str s, size_t at, bool *weak)
{
    static const uint32_t MARKS[] = {'(',    '[',    '/',    '|',    '.',    '-',    '"',    '!',    '?',   0xB7,
                                     0x3002, 0xFF08, 0x2013, 0x2014, 0x201D, 0x0964, 0x2022, 0xFF1D, 0x1362};
    *weak = false;
    syn_str head = syn_trim(syn_slice(s, 0, at));
    if (!head.n) return true;
    uint32_t mark;
    syn_utf8_next(head, syn_utf8_prev(head, head.n), &mark);
    for (size_t i = 0; i < SYN_COUNT(MARKS); i++) {
        if (mark == MARKS[i]) return true;
    }
    uint32_t before;
    syn_utf8_next(s, syn_utf8_prev(s, at), &before);
    const syn_char *c = syn_char_of(before);
    if (before == 0x3000) return true;
    *weak = before == ' ' ||
            ((c->flags & (SYN_CH_LETTER | SYN_CH_DIGIT | SYN_CH_MARK)) && !syn_script_spaced(c->script));
    return *weak;
}

syn_str syn_read_credit(syn_reading *r, syn_str caption, syn_str *credit)
{
    *credit = (syn_str){0};
    caption = syn_trim(caption);
    size_t tries = 0;
    for (size_t i = caption.n; i-- > 0 && tries < MAX_TRIES && caption.n - i < 200;) {
        bool first = ((unsigned char)caption.p[i] & 0xC0) != 0x80, weak; /* of a character */
        if (!first || caption.p[i] == ' ' || !opens(caption, i, &weak)) continue;
        tries++;
        syn_str tail = syn_slice(caption, i, caption.n);
        size_t skip = 0;
        if (syn_starts(tail, SYN_STR("\xC2\xA9")))
            skip = 2;
        else if (syn_starts_i(tail, SYN_STR("(c)")))
            skip = 3;
        syn_lex_hit hit;
        uint32_t kinds = SYN_LEX_CREDIT | (weak ? 0 : SYN_LEX_SOURCE);
        size_t end = skip ? skip : key_at(r, kinds, tail, &hit);
        if (!end) continue;
        bool colon;
        size_t after = skip_colon(tail, end, &colon);
        if (weak && !skip && !colon) continue;
        char open = i ? caption.p[i - 1] : 0;
        if (!colon && !skip && open != '(' && open != '[') {
            if (i || tail.n - after > 60 || after >= tail.n) continue;
        }
        *credit = syn_trim(syn_slice(tail, after, tail.n));
        if (syn_ends(*credit, SYN_STR("\xEF\xBC\x89"))) credit->n -= 3;
        while (credit->n &&
               (credit->p[credit->n - 1] == ')' || credit->p[credit->n - 1] == ']' || credit->p[credit->n - 1] == '.'))
            credit->n--;
        syn_str head = syn_slice(caption, 0, i);
        while (head.n && (head.p[head.n - 1] == '(' || head.p[head.n - 1] == '[' || head.p[head.n - 1] == ' ' ||
                          head.p[head.n - 1] == '/' || head.p[head.n - 1] == '|' || head.p[head.n - 1] == '-'))
            head.n--;
        for (int k = 0; k < 2; k++) {
            if (syn_ends(head, SYN_STR("\xEF\xBC\x88")) || syn_ends(head, SYN_STR("\xEF\xBC\x9D")))
                head.n -= 3;
            else if (syn_ends(head, SYN_STR("\xE2\x80\x93")) || syn_ends(head, SYN_STR("\xE2\x80\x94")))
                head.n -= 3;
        }
        if (!credit->n) *credit = syn_trim(syn_slice(tail, 0, tail.n));
        return syn_trim(head);
    }
    return caption;
}
