/* plain.c - stage 2: an article from plain text, often copied off a page with its furniture: site line, title, lead,
   outlet and date run together, file names and captions of pictures, credits, a source, comments and lists of more. */
#include "reading.h"

enum { LONG = 90, MAX_CAPTION = 500, MAX_TITLE = 240 };

typedef enum what { TEXT, OUT, CAPTION, PICTURE, TITLE } what;

typedef struct line {
    syn_str text;
    syn_block m; /* its measures */
    syn_line kind;
    syn_str rest; /* after its label */
    uint8_t what;
} line;

typedef struct pages_lines {
    syn_reading *r;
    line *l;
    size_t n, cap;
    syn_article *a;
    size_t cap_images;
} lines;

/* "example.org", "Example.vn - ...": a host's name in a line. */
static bool names_host(syn_str s)
{
    for (size_t i = 1; i + 2 < s.n; i++) {
        if (s.p[i] != '.') continue;
        size_t start = i, end = i + 1;
        while (start && ((s.p[start - 1] | 32) >= 'a' && (s.p[start - 1] | 32) <= 'z')) start--;
        while (end < s.n && (s.p[end] | 32) >= 'a' && (s.p[end] | 32) <= 'z') end++;
        bool bounded = end == s.n || s.p[end] == ' ' || s.p[end] == '/' || s.p[end] == ',';
        if (i - start >= 3 && end - i >= 3 && end - i <= 9 && bounded) return true;
    }
    return false;
}

static bool has_separator(syn_str s)
{
    return syn_find(s, SYN_STR(" - "), 0) != SIZE_MAX || syn_find(s, SYN_STR(" | "), 0) != SIZE_MAX ||
           syn_find(s, SYN_STR(" \xE2\x80\x93 "), 0) != SIZE_MAX || syn_find(s, SYN_STR(" \xC2\xBB "), 0) != SIZE_MAX;
}

static bool is_site_line(const line *l)
{
    return l->m.chars <= 90 && names_host(l->text) && (has_separator(l->text) || l->m.words <= 2) &&
           !syn_starts_i(l->text, SYN_STR("http"));
}

static void split(lines *s, syn_str text)
{
    syn_str rest = text, piece;
    while (syn_split(&rest, '\n', &piece)) {
        piece = syn_read_collapse(s->r->arena, piece);
        if (!piece.n || !syn_grow(s->r->arena, &s->l, &s->cap, s->n + 1, sizeof *s->l)) continue;
        line *l = &s->l[s->n++];
        *l = (line){.text = piece, .m.text = piece};
        syn_read_measure(&l->m);
    }
}

/* A count in brackets after a few words: "Comments (0)". */
static bool counts(const line *l)
{
    syn_str s = l->text;
    if (l->m.words > 4 || s.n < 5 || s.p[s.n - 1] != ')') return false;
    size_t i = s.n - 1;
    while (i && s.p[i - 1] >= '0' && s.p[i - 1] <= '9') i--;
    return i < s.n - 1 && i && s.p[i - 1] == '(' && l->m.digits <= 5;
}

static void judge(lines *s)
{
    uint64_t good = 0, before = 0;
    for (size_t i = 0; i < s->n; i++) {
        line *l = &s->l[i];
        l->kind = l->text.n <= 400 ? syn_read_line(s->r, l->text, &l->rest) : SYN_LINE_TEXT;
        if (l->m.chars >= LONG && l->m.ends) good += l->m.chars;
    }
    bool over = false;
    for (size_t i = 0; i < s->n; i++) {
        line *l = &s->l[i];
        if (l->m.chars >= LONG && l->m.ends) before += l->m.chars;
        bool late = before * 2 >= good;
        if (late && (l->kind == SYN_LINE_END || (l->kind == SYN_LINE_TEXT && counts(l)))) over = true;
        if (over || l->kind == SYN_LINE_FURNITURE || l->kind == SYN_LINE_END) l->what = OUT;
    }
}

/* X written twice in a row gives X. */
static syn_str undouble(syn_str s)
{
    s = syn_trim(s);
    for (size_t half = s.n / 2, gap = s.n % 2; half > 1; half = 0) {
        syn_str a = syn_slice(s, 0, half), b = syn_slice(s, half + gap, s.n);
        if (syn_str_eq(a, b)) return syn_trim(a);
    }
    return s;
}

static syn_str bare(syn_str s)
{
    static const char *const MARKS[] = {"-", "|", ",", "\xC2\xB7", "\xE2\x80\xA2", "\xE2\x80\x93", "\xE2\x80\x94", ":"};
    for (bool again = true; again;) {
        again = false;
        s = syn_trim(s);
        for (size_t i = 0; i < SYN_COUNT(MARKS); i++) {
            syn_str m = syn_str_of(MARKS[i]);
            if (syn_starts(s, m)) s = syn_slice(s, m.n, s.n), again = true;
            if (syn_ends(s, m)) s = syn_slice(s, 0, s.n - m.n), again = true;
        }
    }
    return s;
}

/* "Outlet 02/12/2025", "By Ada Byron, 3 December 2025 10:30". */
static bool read_dateline(lines *s, line *l, bool at_top)
{
    syn_time t;
    syn_span at;
    syn_str text = l->kind == SYN_LINE_DATE ? l->rest : l->text;
    if (l->m.chars > 120 || (l->m.ends && l->m.chars > 60) || !syn_read_find_date(s->r, text, &t, &at)) return false;
    size_t left = text.n - (at.end - at.start);
    if (l->kind != SYN_LINE_DATE && (!at_top || left > 80)) return false;
    uint32_t id = 0;
    bool changed = l->kind == SYN_LINE_DATE && syn_read_label(s->r, SYN_LEX_PUBLISHED, l->text, &id) && id == 1;
    if (changed)
        s->a->modified = t;
    else if (!syn_time_known(s->a->published))
        s->a->published = t;
    if (l->kind == SYN_LINE_DATE) return true;
    syn_str who = undouble(bare(syn_slice(text, 0, at.start))), rest;
    if (!who.n) return true;
    syn_list names = {s->a->authors, s->a->nauthors, s->a->nauthors};
    if (syn_read_line(s->r, who, &rest) == SYN_LINE_BYLINE) {
        syn_read_split_authors(s->r, rest, &names);
        s->a->authors = names.items;
        s->a->nauthors = names.n;
    } else if (!s->a->outlet.n && who.n <= 60) {
        s->a->outlet = who;
    }
    return true;
}

static void add_picture(lines *s, syn_str src, syn_str caption, syn_str credit)
{
    syn_article *a = s->a;
    for (size_t i = 0; i < a->nimages; i++) {
        bool same_src = src.n && syn_str_eq(a->images[i].src, src),
             same = caption.n && syn_str_eq(a->images[i].caption, caption);
        if (!same_src && !(same && (!src.n || !a->images[i].src.n))) continue;
        if (!a->images[i].src.n) a->images[i].src = src;
        return;
    }
    if (a->nimages >= SYN_MAX_IMAGES) return;
    if (syn_grow(s->r->arena, &a->images, &s->cap_images, a->nimages + 1, sizeof *a->images))
        a->images[a->nimages++] = (syn_image){src, caption, credit};
}

/* A caption that ends in its credit. */
static bool credited(lines *s, const line *l, syn_str *caption, syn_str *credit)
{
    if (l->m.chars > MAX_CAPTION || l->kind == SYN_LINE_SOURCE) return false;
    *caption = syn_read_credit(s->r, l->text, credit);
    return credit->n && credit->n <= 160 && caption->n < l->text.n;
}

static void find_pictures(lines *s)
{
    for (size_t i = 0; i < s->n; i++) {
        line *l = &s->l[i];
        syn_str caption = {0}, credit = {0};
        if (l->what != TEXT) continue;
        if (l->kind == SYN_LINE_FILE) {
            l->what = PICTURE;
            line *next = i + 1 < s->n ? &s->l[i + 1] : NULL;
            if (next && next->kind == SYN_LINE_CREDIT)
                credit = next->rest, next->what = CAPTION;
            else if (next && credited(s, next, &caption, &credit))
                next->what = CAPTION;
            else if (next && next->kind == SYN_LINE_TEXT && !next->m.ends && next->m.chars <= 300)
                caption = next->text, next->what = CAPTION;
            add_picture(s, l->text, caption, credit);
        } else if (l->kind == SYN_LINE_CREDIT) {
            l->what = CAPTION;
            credit = l->rest;
            if (i && s->l[i - 1].what == TEXT && s->l[i - 1].m.chars <= 300 && s->l[i - 1].kind == SYN_LINE_TEXT) {
                s->l[i - 1].what = CAPTION;
                caption = s->l[i - 1].text;
            }
            add_picture(s, (syn_str){0}, caption, credit);
        } else if (l->kind != SYN_LINE_BYLINE && l->kind != SYN_LINE_DATE && credited(s, l, &caption, &credit)) {
            l->what = CAPTION;
            add_picture(s, (syn_str){0}, caption, credit);
        }
    }
}

static void find_title(lines *s)
{
    size_t title = SIZE_MAX;
    for (size_t i = 0; i < s->n && i < 8; i++) {
        line *l = &s->l[i];
        if (l->what != TEXT) continue;
        if (is_site_line(l)) {
            l->what = OUT;
            continue;
        }
        if (l->m.chars >= LONG && l->m.ends && l->m.stops) break;
        syn_time t;
        syn_span at;
        if (l->m.chars < 8 || l->m.chars > MAX_TITLE || l->kind != SYN_LINE_TEXT) continue;
        if (l->m.chars < 60 && syn_read_find_date(s->r, l->text, &t, &at)) continue;
        if (title == SIZE_MAX) title = i;
    }
    if (title == SIZE_MAX || title + 1 >= s->n) return;
    s->l[title].what = TITLE;
    s->a->title = s->l[title].text;
    for (size_t i = 0; i < s->n; i++) { /* its repeats, often a picture's name, cut short */
        line *l = &s->l[i];
        if (l->what == TEXT && l->text.n >= 12 && l->m.chars < LONG && syn_starts(s->a->title, l->text)) l->what = OUT;
    }
}

static void find_top(lines *s)
{
    size_t paragraphs = 0;
    syn_str first = {0};
    for (size_t i = 0; i < s->n; i++) {
        line *l = &s->l[i];
        if (l->what != TEXT) continue;
        bool top = paragraphs <= 2 && i < 12;
        if (read_dateline(s, l, top)) {
            l->what = OUT;
            if (top && paragraphs == 1 && s->a->title.n && !s->a->lead.n) s->a->lead = first;
            continue;
        }
        if (l->m.chars >= LONG && paragraphs++ == 0) first = l->text;
    }
}

static void find_credits(lines *s)
{
    syn_list names = {s->a->authors, s->a->nauthors, s->a->nauthors};
    for (size_t i = 0; i < s->n; i++) {
        line *l = &s->l[i];
        if (l->kind == SYN_LINE_SOURCE) {
            l->what = OUT;
            bool address = syn_starts_i(l->rest, SYN_STR("http")), had = syn_starts_i(s->a->source, SYN_STR("http"));
            if (!s->a->source.n || (address && !had)) s->a->source = l->rest;
        } else if (l->what == TEXT && l->kind == SYN_LINE_BYLINE) {
            uint32_t id = 0;
            l->what = OUT;
            syn_read_label(s->r, SYN_LEX_BYLINE, l->text, &id);
            if (id == 0) syn_read_split_authors(s->r, l->rest, &names);
        }
    }
    s->a->authors = names.items;
    s->a->nauthors = names.n;
}

syn_code syn_read_plain(syn_reading *r, syn_str text, syn_article *a)
{
    lines s = {.r = r, .a = a};
    syn_read_language(r, syn_utf8_head(text, 4096), (syn_str){0}, a);
    split(&s, text);
    judge(&s);
    find_title(&s);
    find_credits(&s);
    find_pictures(&s);
    find_top(&s);
    syn_buf b = {.max = SYN_MAX_TEXT};
    for (size_t i = 0; i < s.n; i++) {
        if (s.l[i].what != TEXT) continue;
        if (b.n) syn_buf_c(&b, '\n');
        syn_buf_add(&b, s.l[i].text);
    }
    a->text = syn_dup(r->arena, syn_buf_str(&b));
    syn_buf_free(&b);
    if (!a->text.n) a->why = SYN_STR("no text: the page holds hardly any");
    return r->arena->failed ? syn_fail(r->err, SYN_ENOMEM, 0, "no memory for the page") : SYN_OK;
}
