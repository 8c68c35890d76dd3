/* parts.c - stage 4: small questions about the parts of a date: what joins them, what marks them, which calendar's they
   are. */
#include "dates.h"

int date_whole(const quantity *q)
{
    return q->value >= 0 && q->value < 1e6 ? (int)q->value : -1;
}

bool date_capital_at(const scan *s, size_t at)
{
    uint32_t cp;
    syn_utf8_next(s->text->src, s->map[at], &cp);
    return (syn_char_of(cp)->flags & SYN_CH_UPPER) != 0;
}

/* Past spaces, one comma and the words that join a date's parts ("of", "de"). */
size_t date_joiners(const scan *s, size_t at)
{
    for (int i = 0; i < 3; i++) {
        size_t next = scan_space(s, at);
        if (i == 0 && (scan_char(s, next) == ',' || scan_char(s, next) == 0x60C))
            next = scan_space(s, next + (s->t.p[next] == ',' ? 1 : 2));
        if (next < s->t.n && s->t.p[next] == '\'') next++;
        size_t len = scan_role(s, SYN_LEX_PERIOD, PERIOD_OF, next, NULL);
        if (len) next += len;
        if (next == at) break;
        at = next;
    }
    return at;
}

/* A number, or an ordinal that could be a fraction, too: "vierde", "two quarters" is two of them. */
bool date_count_at(const scan *s, size_t at, quantity *q)
{
    syn_lex_hit hits[4];
    size_t n, len;
    bool read = quantity_at(s, at, q);
    if (read && (!q->fraction || !q->spelled)) return true;
    len = scan_key(s, SYN_LEX_ORDINAL | SYN_LEX_NUMERAL, at, hits, 4, &n);
    for (size_t i = 0; len && i < n; i++) {
        bool ordinal = hits[i].kind == SYN_LEX_ORDINAL;
        if (hits[i].id != (ordinal ? ORDINAL_WORD : ROLE_NUMBER) || hits[i].value < 1) continue;
        if (!read && !ordinal) continue;
        *q = (quantity){.start = at, .end = at + len, .value = hits[i].value, .ordinal = ordinal, .spelled = true};
        return true;
    }
    return read;
}

bool date_common_word(const scan *s, size_t at, size_t end)
{
    syn_lex_hit hit;
    return !date_capital_at(s, at) &&
           syn_lexicon_find(s->lex, s->lang, SYN_LEX_STOP, syn_slice(s->t, at, end), &hit, 1);
}

static bool unspaced(uint32_t cp)
{
    uint32_t script = syn_char_of(cp)->script;
    return !syn_script_spaced((syn_script)script) || script == SYN_SCRIPT_HANGUL;
}

bool date_unspaced(const scan *s, size_t at)
{
    return unspaced(scan_char(s, at));
}

bool date_unspaced_before(const scan *s, size_t at)
{
    return unspaced(scan_char_before(s, at));
}

/* The mark of year, month or day that directly follows a number, in scripts that write dates so. */
int date_mark_after(const scan *s, size_t at, size_t *end)
{
    size_t from = scan_space(s, at);
    if (!date_unspaced(s, from)) return 0;
    static const int marks[] = {SPAN_YEAR, SPAN_MONTH, SPAN_DAY};
    if (scan_role(s, SYN_LEX_PERIOD, SPAN_DURATION, from, NULL)) return 0;
    for (size_t i = 0; i < SYN_COUNT(marks); i++) {
        size_t len = scan_role(s, SYN_LEX_PERIOD, (uint32_t)marks[i], from, NULL);
        if (!len) continue;
        syn_lex_hit named;
        size_t n; /* "19 month August": the word belongs to the name after it */
        if (marks[i] == SPAN_MONTH && scan_key(s, SYN_LEX_MONTH, scan_space(s, from + len), &named, 1, &n)) return 0;
        *end = from + len;
        return marks[i];
    }
    return 0;
}

void date_settle_calendar(const scan *s, pieces *p)
{
    double offset;
    if (!p->year_given || p->sure) return;
    if (p->year >= 2400 && p->year < 2700) {
        syn_lex_hit hit;
        if (syn_lexicon_find(s->lex, s->lang, SYN_LEX_PERIOD, SYN_STR("*era"), &hit, 1)) {
            offset = hit.value;
            p->year += (int)offset;
        }
    } else if (p->year >= 1250 && p->year < 1500 && p->calendar == SYN_GREGORIAN) {
        syn_lex_hit hit;
        if (syn_lexicon_find(s->lex, s->lang, SYN_LEX_PERIOD, SYN_STR("*jalali"), &hit, 1)) p->calendar = SYN_JALALI;
    }
}

const syn_lex_hit *date_unit_of(const syn_lex_hit *hits, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (hits[i].kind == SYN_LEX_PERIOD && hits[i].value >= 1 &&
            (hits[i].id == SPAN_WORKDAY ||
             (hits[i].id >= SPAN_DAY && hits[i].id <= SPAN_HALF_YEAR && hits[i].id != SPAN_WEEKEND)))
            return &hits[i];
    return NULL;
}

const syn_lex_hit *date_part_unit_of(const syn_lex_hit *hits, size_t n)
{
    const syn_lex_hit *unit = date_unit_of(hits, n);
    for (size_t i = 0; i < n && !unit; i++)
        if (hits[i].kind == SYN_LEX_PERIOD && hits[i].id == SPAN_HALF_YEAR) unit = &hits[i];
    return unit;
}
