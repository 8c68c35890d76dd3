/* title.c - stage 2: the title as printed.  Headings, Open Graph, JSON-LD and <title> are witnesses that mostly tell
   the same title with different tails; the heading that agrees with another witness is the printed one. */
#include "reading.h"

enum { MAX_WORDS = 60 };
#define SAME_TITLE 0.97 /* share of common words */

/* Hashes of the words of a folded text. */
static size_t words_of(syn_reading *r, syn_str s, uint64_t words[MAX_WORDS])
{
    syn_folded folded;
    if (syn_fold(r->arena, syn_utf8_head(s, 600), false, &folded, NULL)) return 0;
    size_t n = 0, start = 0;
    for (size_t i = 0; i <= folded.text.n && n < MAX_WORDS;) {
        uint32_t cp = ' ';
        size_t step = i < folded.text.n ? syn_utf8_next(folded.text, i, &cp) : 1;
        const syn_char *c = syn_char_of(cp);
        bool in = c->flags & (SYN_CH_LETTER | SYN_CH_DIGIT | SYN_CH_MARK);
        bool alone = in && !syn_script_spaced(c->script); /* each character a word where spaces part none */
        if ((!in || alone) && i > start) words[n++] = syn_hash(syn_slice(folded.text, start, i), 1);
        if (alone && n < MAX_WORDS) words[n++] = syn_hash(syn_slice(folded.text, i, i + step), 1);
        i += step;
        if (!in || alone) start = i;
    }
    return n;
}

typedef struct bag {
    uint64_t words[MAX_WORDS];
    size_t n;
} bag;

/* Words that both hold, each as often as in the one that has it less. */
static size_t shared(const bag *a, const bag *b)
{
    bool used[MAX_WORDS] = {false};
    size_t both = 0;
    for (size_t i = 0; i < a->n; i++) {
        for (size_t k = 0; k < b->n; k++) {
            if (used[k] || a->words[i] != b->words[k]) continue;
            used[k] = true;
            both++;
            break;
        }
    }
    return both;
}

static double alike(const bag *a, const bag *b)
{
    return a->n && b->n ? 2.0 * (double)shared(a, b) / (double)(a->n + b->n) : 0;
}

/* How much of a's words b holds. */
static double within(const bag *a, const bag *b)
{
    return a->n ? (double)shared(a, b) / (double)a->n : 0;
}

double syn_read_alike(syn_reading *r, syn_str a, syn_str b)
{
    bag x, y;
    x.n = words_of(r, a, x.words);
    y.n = words_of(r, b, y.words);
    return alike(&x, &y);
}

/* Marks that part a title from the site's name. */
static bool parts_at(syn_str s, size_t i, size_t *width)
{
    static const char *const MARKS[] = {" | ",
                                        " - ",
                                        " \xE2\x80\x93 ",
                                        " \xE2\x80\x94 ",
                                        " \xC2\xBB ",
                                        " :: ",
                                        " / ",
                                        " \xC2\xB7 ",
                                        " \xE2\x80\xA2 ",
                                        " // ",
                                        " < ",
                                        "\xEF\xBD\x9C",
                                        " \xE2\x88\x92 ",
                                        "\xEF\xBC\x8D",
                                        " ~ ",
                                        " _ ",
                                        " \xE2\x80\xBA ",
                                        " \xE2\x88\xA3 ",
                                        ": "};
    char first = s.p[i];
    if ((first == '_' || first == '|' || first == '-') && i) { /* "...重新开放_经济_...": no spaces about it */
        *width = 1;
        return syn_read_between_unspaced(s, i);
    }
    if (first != ' ' && first != ':' && first != '\xEF') return false;
    for (size_t k = 0; k < SYN_COUNT(MARKS); k++) {
        if (MARKS[k][0] != first) continue;
        syn_str mark = syn_str_of(MARKS[k]);
        if (i + mark.n <= s.n && memcmp(s.p + i, mark.p, mark.n) == 0) {
            *width = mark.n;
            return mark.p[0] != ':';
        }
    }
    return false;
}

/* The part of a document title that is not the site's: cut the shorter end at a mark, more surely where it names the
   site. */
static syn_str cut_site(syn_reading *r, syn_str title, syn_str site)
{
    for (int round = 0; round < 3; round++) {
        size_t width = 0, first = SIZE_MAX, first_width = 0, last = SIZE_MAX, last_width = 0;
        for (size_t i = 1; i < title.n; i++) {
            if (!parts_at(title, i, &width)) continue;
            if (first == SIZE_MAX) first = i, first_width = width;
            last = i, last_width = width;
            i += width - 1;
        }
        if (last == SIZE_MAX) return title;
        syn_str head = syn_slice(title, 0, first), tail = syn_slice(title, last + last_width, title.n);
        bool head_is_site = site.n && syn_read_alike(r, head, site) >= 0.6;
        bool tail_is_site = site.n && syn_read_alike(r, tail, site) >= 0.6;
        if (head_is_site && !tail_is_site)
            title = syn_trim(syn_slice(title, first + first_width, title.n));
        else if (tail_is_site || tail.n * 5 < last * 3)
            title = syn_trim(syn_slice(title, 0, last));
        else
            return title;
    }
    return title;
}

/* A heading's first line may stand in a box of its own and leave ": and so on": the witness that ends so has it whole.
 */
static syn_str with_kicker(syn_str printed, const syn_str *told, size_t n)
{
    if (!syn_starts(printed, SYN_STR(":"))) return printed;
    for (size_t k = 0; k < n; k++) {
        if (told[k].n > printed.n && syn_ends(told[k], printed)) return told[k];
    }
    return syn_trim(syn_slice(printed, 1, printed.n));
}

enum { PARTS_LOOKED_AT = 16 };

/* A heading may hold more than the title: a kicker, a line below it, a badge.  Where a witness tells one end of it and
   an element of the heading holds just that end or just the rest, the witness has the title. */
static syn_str without_parts(syn_reading *r, const syn_node *heading, syn_str printed, syn_str told)
{
    if (!told.n || told.n >= printed.n) return printed;
    bool head = syn_starts(printed, told), tail = !head && syn_ends(printed, told);
    if (!head && !tail) return printed;
    syn_str rest = syn_trim(head ? syn_slice(printed, told.n, printed.n) : syn_slice(printed, 0, printed.n - told.n));
    int looked = 0;
    for (const syn_node *n = syn_html_next(heading, heading, false); n && looked < PARTS_LOOKED_AT;
         n = syn_html_next(n, heading, false)) {
        if (n->type != SYN_NODE_ELEMENT) continue;
        looked++;
        syn_str text = syn_read_text_of(r->arena, n);
        if (syn_str_eq(text, rest) || syn_str_eq(text, told)) return told;
    }
    return printed;
}

syn_str syn_read_title(syn_reading *r, const syn_layout *l, const syn_evidence *e, uint32_t *block)
{
    syn_str site = e->site_name.n ? e->site_name : e->publisher;
    syn_str witnesses[] = {e->ld_headline, e->og_title, e->tw_title, e->meta_title, e->doc_title};
    bag told_words[SYN_COUNT(witnesses)], site_words, words;
    for (size_t k = 0; k < SYN_COUNT(witnesses); k++) told_words[k].n = words_of(r, witnesses[k], told_words[k].words);
    site_words.n = words_of(r, site, site_words.words);
    *block = SYN_NONE;
    double best = 0;
    for (uint32_t i = 0; i < l->nblocks; i++) {
        const syn_block *b = &l->blocks[i];
        const syn_box *box = &l->boxes[b->box];
        uint32_t hints = box->around | b->inner;
        bool candidate = (b->heading && b->heading <= 3) || (box->hints & SYN_HINT_TITLE) ||
                         (b->inner & SYN_HINT_TITLE);
        if (!candidate || b->chars < 6 || b->text.n > SYN_MAX_TITLE || b->chars > 400) continue;
        double score = b->heading == 1 ? 0.45 : b->heading == 2 ? 0.2 : 0.1;
        double agree = 0;
        words.n = words_of(r, b->text, words.words);
        for (size_t k = 0; k < SYN_COUNT(witnesses); k++) {
            if (!witnesses[k].n) continue;
            double a = alike(&words, &told_words[k]);
            double inside = k == 4 ? within(&words, &told_words[k]) : 0;
            if (inside == 1 && b->words >= 4 && a < 0.9) a = 0.9;
            if (a > agree) agree = a;
        }
        score += agree * 1.5;
        if (hints & (SYN_HINT_RELATED | SYN_HINT_NAV | SYN_HINT_SIDE | SYN_HINT_COMMENT)) score -= 0.3;
        if (box->in & (SYN_IN_NAV | SYN_IN_ASIDE | SYN_IN_FOOTER | SYN_IN_HIDDEN)) score -= 0.3;
        if (hints & SYN_HINT_TITLE) score += 0.1;
        if (b->linked * 2 > b->chars) score -= 0.25;
        if (alike(&words, &site_words) > 0.8) score -= 0.8;
        score -= 0.1 * (double)i / (double)(l->nblocks + 1);
        if (score > best) {
            best = score;
            *block = i;
        }
    }
    syn_str printed = *block != SYN_NONE ? l->blocks[*block].text : (syn_str){0};
    syn_str told = {0};
    for (size_t k = 0; k < SYN_COUNT(witnesses) && !told.n; k++) told = witnesses[k];
    if (best < 0.5) *block = SYN_NONE;
    /* Where two of JSON-LD, Open Graph and <title> tell one title and the heading another, the heading is a variant for
       this page.  Open Graph and <title> alone are a pair only where JSON-LD is silent. */
    words.n = words_of(r, printed, words.words);
    syn_str doc = cut_site(r, e->doc_title, site);
    bag doc_words;
    doc_words.n = words_of(r, doc, doc_words.words);
    bool by_json = alike(&told_words[0], &told_words[1]) > SAME_TITLE ||
                   (alike(&told_words[0], &doc_words) > SAME_TITLE && alike(&words, &told_words[1]) < SAME_TITLE);
    bool by_graph = !e->ld_headline.n && alike(&told_words[1], &doc_words) > SAME_TITLE;
    const bag *twice = &told_words[by_json ? 0 : 1];
    if (printed.n && (by_json || by_graph) && alike(&words, twice) < SAME_TITLE && within(&words, twice) < 1)
        return by_json ? e->ld_headline : doc;
    for (size_t k = 0; printed.n && *block != SYN_NONE && k < SYN_COUNT(witnesses); k++) {
        const syn_node *heading = l->boxes[l->blocks[*block].box].node;
        syn_str part = without_parts(r, heading, printed, k == SYN_COUNT(witnesses) - 1 ? doc : witnesses[k]);
        if (part.n < printed.n) return part;
    }
    if (printed.n && best >= 0.85)
        return with_kicker(printed, witnesses,
                           SYN_COUNT(witnesses) - 1); /* a heading that a witness confirms, or a lone <h1> */
    if (!told.n) return best > 0.3 ? printed : (syn_str){0};
    told = cut_site(r, told, site);
    if (printed.n && best >= 0.5 && (l->blocks[*block].heading == 1) && !e->ld_headline.n && !e->og_title.n)
        return printed;
    return told;
}
