/* byline.c - stage 2: authors as persons' names: from JSON-LD, meta elements, microdata, then the printed byline. */
#include "reading.h"

enum { MAX_NAME = 90, MAX_NAME_WORDS = 7 };

static bool is_name(syn_str s)
{
    if (s.n < 2 || s.n > MAX_NAME) return false;
    if (syn_starts_i(s, SYN_STR("http")) || syn_starts_i(s, SYN_STR("www."))) return false;
    size_t words = 1, letters = 0, digits = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        i += syn_utf8_next(s, i, &cp);
        const syn_char *c = syn_char_of(cp);
        if (cp == '@' || cp == '<' || cp == '>' || cp == '{' || cp == '=' || cp == '?' || cp == '!') return false;
        words += cp == ' ';
        letters += (c->flags & SYN_CH_LETTER) != 0;
        digits += (c->flags & SYN_CH_DIGIT) != 0;
    }
    return letters >= 2 && words <= MAX_NAME_WORDS && digits <= 2;
}

/* Offset and width of the next mark or word between two names, or SIZE_MAX. */
static size_t next_joint(syn_reading *r, syn_str s, size_t at, size_t *width)
{
    static const char *const MARKS[] = {",",
                                        ";",
                                        "/",
                                        "|",
                                        "&",
                                        "\xC2\xB7",
                                        "\xE2\x80\xA2",
                                        "\xE3\x80\x81",
                                        "\xEF\xBC\x8C",
                                        "\xD8\x8C",
                                        "\xD8\x9B",
                                        "\xEF\xBC\x9B",
                                        " - ",
                                        " \xE2\x80\x93 ",
                                        " \xE2\x80\x94 ",
                                        "\n",
                                        " + "};
    for (size_t i = at; i < s.n; i++) {
        for (size_t k = 0; k < SYN_COUNT(MARKS); k++) {
            syn_str mark = syn_str_of(MARKS[k]);
            if (s.p[i] == mark.p[0] && syn_starts(syn_slice(s, i, s.n), mark)) {
                *width = mark.n;
                return i;
            }
        }
        if (s.p[i] != ' ' || !r->lex) continue;
        size_t end = i + 1;
        while (end < s.n && s.p[end] != ' ') end++;
        syn_str word = syn_slice(s, i + 1, end);
        syn_folded folded;
        syn_lex_hit hits[4];
        if (word.n > 16 || syn_fold(r->arena, word, false, &folded, NULL)) continue;
        size_t n = syn_lexicon_find(r->lex, r->lang, SYN_LEX_BYLINE, folded.text, hits, 4);
        if (!n) n = syn_lexicon_find(r->lex, r->english, SYN_LEX_BYLINE, folded.text, hits, 4);
        for (size_t k = 0; k < n && k < 4; k++) {
            if (hits[k].id == 1) {
                *width = end - i;
                return i;
            }
        }
    }
    return SIZE_MAX;
}

static void add_name(syn_reading *r, syn_str s, syn_list *out)
{
    size_t cut = syn_find_byte(s, '(', 0);
    if (cut != SIZE_MAX) s = syn_slice(s, 0, cut);
    s = syn_trim(s);
    size_t label = syn_read_label(r, SYN_LEX_BYLINE, s, NULL);
    if (label && label < s.n) s = syn_trim(syn_slice(s, label, s.n));
    syn_str head = syn_read_before_label(r, s);
    if (head.n) s = head;
    while (s.n && (s.p[s.n - 1] == '.' || s.p[s.n - 1] == ':' || s.p[s.n - 1] == '-') && s.n > 4)
        s = syn_trim(syn_slice(s, 0, s.n - 1));
    syn_time t;
    syn_span at;
    if (!is_name(s) || syn_read_find_date(r, s, &t, &at)) return;
    syn_list_add(r->arena, out, syn_dup(r->arena, s), SYN_MAX_AUTHORS);
}

void syn_read_split_authors(syn_reading *r, syn_str printed, syn_list *out)
{
    printed = syn_utf8_head(syn_trim(printed), 600);
    for (size_t at = 0; at <= printed.n;) {
        size_t width = 0, joint = next_joint(r, printed, at, &width);
        if (joint == SIZE_MAX) {
            add_name(r, syn_slice(printed, at, printed.n), out);
            return;
        }
        add_name(r, syn_slice(printed, at, joint), out);
        at = joint + width;
    }
}

static void split_all(syn_reading *r, const syn_list *from, syn_list *out)
{
    for (size_t i = 0; i < from->n; i++) syn_read_split_authors(r, from->items[i], out);
}

/* "Lake Gazette" of https://www.lakegazette.example/. */
static bool is_host(syn_str name, syn_str url)
{
    size_t at = syn_find(url, SYN_STR("://"), 0);
    if (at == SIZE_MAX) return false;
    syn_str host = syn_slice(url, at + 3, url.n), label;
    size_t end = syn_find_byte(host, '/', 0);
    if (end != SIZE_MAX) host.n = end;
    while (syn_split(&host, '.', &label)) {
        size_t k = 0, letters = 0;
        for (size_t i = 0; i < name.n; i++) {
            char c = name.p[i];
            if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) continue;
            letters++;
            k += k < label.n && label.p[k] == c;
        }
        if (letters >= 3 && letters == label.n && k == letters) return true;
    }
    return false;
}

static bool is_outlet(syn_reading *r, const syn_evidence *e, syn_str name)
{
    return is_host(name, e->canonical) || is_host(name, e->og_url) ||
           (e->site_name.n && syn_read_alike(r, name, e->site_name) > 0.7) ||
           (e->publisher.n && syn_read_alike(r, name, e->publisher) > 0.7);
}

/* The byline that the page prints near its title or around its text. */
static void printed(syn_reading *r, const syn_layout *l, const syn_content *c, syn_list *out)
{
    uint32_t from = c->title_block != SYN_NONE ? c->title_block : c->first > 12 ? c->first - 12 : 0;
    if (from > 4) from -= 4;
    uint32_t to = c->last > c->first ? c->first + 4 : from + 20;
    for (int pass = 0; pass < 3 && !out->n; pass++) {
        uint32_t low = from, high = to;
        if (pass == 2) low = c->last > 2 ? c->last - 2 : 0, high = c->last + 6;
        for (uint32_t i = low; i < high && i < l->nblocks && !out->n; i++) {
            const syn_block *b = &l->blocks[i];
            const syn_box *box = &l->boxes[b->box];
            uint32_t parent = box->parent != SYN_NONE ? l->boxes[box->parent].hints : 0;
            uint32_t near = box->hints | b->inner | parent;
            if (b->heading == 1 || b->chars > 140 || (box->around & (SYN_HINT_COMMENT | SYN_HINT_RELATED))) continue;
            syn_str rest;
            syn_line line = syn_read_line(r, b->text, &rest);
            bool labelled = line == SYN_LINE_BYLINE;
            if (!labelled && line != SYN_LINE_TEXT) continue;
            bool hinted = (near & SYN_HINT_AUTHOR) && !(near & (SYN_HINT_TITLE | SYN_HINT_SHARE)) && b->words <= 8;
            bool signs = labelled || ((box->hints & SYN_HINT_AUTHOR) && b->words <= 5 && !b->heading && !b->stops);
            if (pass == 0 ? !(hinted && (labelled || b->linked)) : pass == 1 ? !(hinted || labelled) : !signs) continue;
            syn_read_split_authors(r, labelled ? rest : b->text, out);
        }
    }
    /* A line of nothing but names opens or closes the text. */
    const uint32_t ends[] = {c->first, c->first + 1, c->first + 2, c->last, c->last - 1, c->last + 1};
    for (size_t i = 0; i < SYN_COUNT(ends) && !out->n && c->last > c->first + 2; i++) {
        if (ends[i] >= l->nblocks) continue;
        const syn_block *b = &l->blocks[ends[i]];
        const syn_box *box = &l->boxes[b->box];
        if (b->words < 2 || b->words > 5 || b->chars > 60 || b->stops || b->digits || b->linked || b->heading) continue;
        syn_str rest;
        if ((box->hints | b->inner) & (SYN_HINTS_AGAINST | SYN_HINT_CAPTION)) continue;
        if (syn_read_line(r, b->text, &rest) != SYN_LINE_TEXT) continue;
        if (box->in & (SYN_IN_FIGURE | SYN_IN_ASIDE | SYN_IN_NAV | SYN_IN_LIST | SYN_IN_TABLE)) continue;
        if (syn_read_like_names(b->text)) syn_read_split_authors(r, b->text, out);
    }
}

/* Whether anybody but the outlet and its desk is named. */
static bool names_persons(syn_reading *r, const syn_evidence *e, const syn_list *names)
{
    for (size_t i = 0; i < names->n; i++) {
        if (!is_outlet(r, e, names->items[i]) && !syn_read_is_desk(r, names->items[i])) return true;
    }
    return false;
}

void syn_read_authors(syn_reading *r, const syn_layout *l, const syn_evidence *e, const syn_content *c, syn_article *a)
{
    const syn_list *witnesses[] = {&e->ld_authors, &e->meta_authors, &e->prop_authors, &e->rel_authors};
    syn_list found = {0}, spare = {0};
    for (size_t i = 0; i < SYN_COUNT(witnesses) && !names_persons(r, e, &found); i++) {
        if (!spare.n) spare = found;
        found = (syn_list){0};
        split_all(r, witnesses[i], &found);
    }
    if (!names_persons(r, e, &found)) {
        if (!spare.n) spare = found;
        found = (syn_list){0};
        if (l) printed(r, l, c, &found);
        if (!names_persons(r, e, &found) && spare.n) found = spare;
    }
    syn_list kept = {0};
    for (size_t i = 0; i < found.n; i++) { /* the desk and the outlet only where nobody else is named */
        if (found.n > 1 && (is_outlet(r, e, found.items[i]) || syn_read_is_desk(r, found.items[i]))) continue;
        syn_list_add(r->arena, &kept, found.items[i], SYN_MAX_AUTHORS);
    }
    if (!kept.n) kept = found;
    a->authors = kept.items;
    a->nauthors = kept.n;
}

/* ---- who and when, printed as lines of the text ---- */

enum { SIGN_CHARS = 90, SIGNS_AT_HEAD = 4, SIGNS_AT_END = 3, BESIDE_DATE_LETTERS = 14, BESIDE_DATE_WORDS = 3 };

/* A date and hardly a letter beside it: a weekday, "kl.", a zone. */
static bool is_bare_date(syn_reading *r, syn_str s)
{
    syn_time t;
    syn_span at;
    if (!syn_read_find_date(r, s, &t, &at)) return false;
    size_t letters = 0, words = 0;
    bool inside = false;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t from = i;
        i += syn_utf8_next(s, i, &cp);
        if (from >= at.start && from < at.end) {
            inside = false;
            continue;
        }
        bool letter = syn_char_of(cp)->flags & SYN_CH_LETTER;
        letters += letter;
        words += letter && !inside;
        inside = letter;
    }
    return letters <= BESIDE_DATE_LETTERS && words <= BESIDE_DATE_WORDS;
}

static bool is_author(syn_reading *r, const syn_article *a, syn_str s)
{
    syn_list names = {0};
    syn_read_split_authors(r, s, &names);
    size_t known = 0;
    for (size_t i = 0; i < names.n; i++) {
        for (size_t k = 0; k < a->nauthors; k++) known += syn_str_ieq(names.items[i], a->authors[k]);
    }
    return names.n && known == names.n;
}

void syn_read_cut_signs(syn_reading *r, const syn_layout *l, const syn_article *a, syn_content *c)
{
    for (uint32_t i = c->first; i < c->last; i++) {
        const syn_block *b = &l->blocks[i];
        const syn_box *box = &l->boxes[b->box];
        if (i >= c->first + SIGNS_AT_HEAD && i + SIGNS_AT_END < c->last) continue;
        if (c->role[i] != SYN_ROLE_TEXT || b->chars > SIGN_CHARS || b->heading || (b->ends && b->stops)) continue;
        if (box->in & (SYN_IN_LIST | SYN_IN_TABLE | SYN_IN_QUOTE)) continue;
        if (is_bare_date(r, b->text) || is_author(r, a, b->text)) c->role[i] = SYN_ROLE_OUT;
    }
    while (c->first < c->last && c->role[c->first] == SYN_ROLE_OUT) c->first++;
    while (c->last > c->first && c->role[c->last - 1] == SYN_ROLE_OUT) c->last--;
}
