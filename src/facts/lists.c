/* lists.c - stage 4: days that share the month told with one of them: "18 and 19 June", "11月18日、19日". */
#include "dates.h"

enum { LISTED = 8 }; /* days of one list */

/* Past what joins the items of a list, a comma or "and", with or without one; 0 where nothing does. */
static size_t list_joint(const scan *s, size_t at, bool *joined)
{
    syn_lex_hit hits[4];
    size_t n, next = scan_space(s, at), len = 0;
    uint32_t cp = scan_char(s, next);
    bool comma = cp == ',' || cp == 0x3001 || cp == 0x60C;
    if (comma) next = scan_space(s, next + (cp < 0x80 ? 1 : cp < 0x800 ? 2 : 3));
    if (cp == '&') len = 1;
    if (!len) len = scan_role(s, SYN_LEX_PERIOD, PERIOD_AND, next, NULL);
    if (!len) len = scan_role(s, SYN_LEX_NUMERAL, ROLE_AND, next, NULL);
    if (!len && (len = scan_head(s, SYN_LEX_NUMERAL, next, s->t.n, hits, 4, &n)) > 0) { /* "و19" */
        const syn_lex_hit *and = scan_pick(hits, n < 4 ? n : 4, SYN_LEX_NUMERAL, ROLE_AND);
        if (!and || and->value != AND_JOINED || !scan_digit(s, next + len)) len = 0;
    }
    if (!len && !comma) return 0;
    *joined |= len > 0 || cp == 0x3001;
    return scan_space(s, next + len);
}

bool date_listed_at(const scan *s, size_t at, date_span *r)
{
    pieces p;
    size_t end, pos;
    bool joined = false;
    int first = date_dom_at(s, at, &pos), last = first;
    r->end = pos;
    if (!first ||
        (scan_char_before(s, r->end) == '.' && !scan_role(s, SYN_LEX_ORDINAL, ORDINAL_ENDING, r->end - 1, NULL)))
        return false;
    for (int i = 0; i < LISTED; i++) {
        int day;
        size_t next = list_joint(s, pos, &joined);
        if (!next || !scan_digit(s, next)) return false;
        if ((date_numeric_at(s, next, &p, &end) || date_pieces_at(s, next, &p, &end)) && p.month) {
            if (!joined || p.day <= last || p.weekday >= 0) return false;
            p.day = first;
            return pieces_span(&p, s->ref, &r->from, &r->to, &r->partial);
        }
        if ((day = date_dom_at(s, next, &pos)) <= last) return false;
        last = day;
    }
    return false;
}

/* Nothing that the number could count follows: the end of a clause, a function word, or its own mark. */
static bool closes(const scan *s, size_t at)
{
    uint32_t touching = scan_char(s, at);
    size_t next = scan_space(s, at), end = next;
    if (touching == '%' || touching == '/' || touching == '-' || touching == ':' || touching == '\'') return false;
    if ((touching == '.' || touching == ',') && scan_digit(s, at + 1)) return false;
    uint32_t cp = scan_char(s, next);
    if (!(syn_char_of(cp)->flags & (SYN_CH_LETTER | SYN_CH_DIGIT))) return cp != '$' && cp != '%';
    syn_lex_hit hit;
    end = scan_word_end(s, next);
    return !scan_digit(s, next) && next > at &&
           syn_lexicon_find(s->lex, s->lang, SYN_LEX_STOP, syn_slice(s->t, next, end), &hit, 1) > 0 &&
           !scan_key(s, SYN_LEX_SCALE | SYN_LEX_UNIT | SYN_LEX_PERCENT | SYN_LEX_CURRENCY, next, &hit, 1, &end);
}

bool date_listed_after(const scan *s, size_t at, date_span *r)
{
    pieces p;
    bool joined = false;
    size_t after, stop = s->listed_end ? list_joint(s, s->listed_end, &joined) : 0;
    int year, month, dom, day;
    if (!stop || stop != at || !scan_digit(s, at) || (day = date_dom_at(s, at, &r->end)) == 0) return false;
    syn_day_civil(s->listed, &year, &month, &dom);
    bool marked = date_unspaced_before(s, r->end);
    date_span own = {0}; /* "3, 4 and 5 May" */
    if ((date_pieces_at(s, at, &p, &after) && p.month) || date_listed_at(s, at, &own)) return false;
    if (day <= dom || (!marked && (!joined || !closes(s, r->end)))) return false;
    if (date_mark_after(s, r->end, &after) || scan_role(s, SYN_LEX_PERIOD, SPAN_DURATION, r->end, NULL)) return false;
    r->from = syn_day_of(year, month, day);
    r->to = r->from + 1;
    r->partial = s->listed_partial;
    return r->from != SYN_NO_DAY;
}
