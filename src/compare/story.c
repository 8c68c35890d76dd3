/* story.c - stage 6: the table of a story: what its tellings say, side by side. */
#include "comparing.h"

#define MAX_READER_LANGUAGES 8

syn_row *syn_row_add(syn_row_list *list, uint8_t kind, syn_cell **cells)
{
    if (list->n == SYN_MAX_TABLE_ROWS) return NULL;
    *cells = SYN_NEW_ARRAY(list->arena, syn_cell, list->ntellings);
    if (!*cells || !syn_grow(list->arena, &list->items, &list->cap, list->n + 1, sizeof *list->items)) return NULL;
    syn_row *row = &list->items[list->n++];
    *row = (syn_row){.kind = kind, .cells = *cells};
    return row;
}

void syn_row_settle(syn_row *row, syn_cell *cells, const uint32_t *values, size_t n)
{
    uint32_t distinct[SYN_MAX_TELLINGS], said[SYN_MAX_TELLINGS];
    size_t nvalues = 0;
    row->said = 0;
    for (size_t i = 0; i < n; i++) {
        if (!cells[i].fact) continue;
        size_t v = 0;
        while (v < nvalues && distinct[v] != values[i]) v++;
        if (v == nvalues) distinct[nvalues] = values[i], said[nvalues++] = 0;
        said[v]++, row->said++;
        cells[i].value = (uint32_t)v;
    }
    /* Rank: how many values are commoner, or as common and earlier. */
    uint32_t rank[SYN_MAX_TELLINGS];
    for (size_t v = 0; v < nvalues; v++) {
        rank[v] = 0;
        for (size_t w = 0; w < nvalues; w++) rank[v] += said[w] > said[v] || (said[w] == said[v] && w < v);
    }
    for (size_t i = 0; i < n; i++)
        if (cells[i].fact) cells[i].value = rank[cells[i].value];
    row->differs = nvalues > 1;
}

_Static_assert(SYN_MAX_TELLINGS <= 64, "a set of tellings is a word of bits");

static const syn_cell *first_cell(const syn_row *r, size_t *telling)
{
    *telling = 0;
    while (!r->cells[*telling].fact) ++*telling; /* a row has two cells at least */
    return &r->cells[*telling];
}

static int by_interest(const void *pa, const void *pb)
{
    const syn_row *x = pa, *y = pb;
    if (x->differs != y->differs) return x->differs ? -1 : 1;
    if (x->severity != y->severity) return x->severity > y->severity ? -1 : 1;
    if (x->said != y->said) return x->said > y->said ? -1 : 1;
    size_t tx, ty;
    const syn_cell *cx = first_cell(x, &tx), *cy = first_cell(y, &ty);
    if (tx != ty) return tx < ty ? -1 : 1;
    if (cx->fact->span.start != cy->fact->span.start) return cx->fact->span.start < cy->fact->span.start ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

static syn_str language_of(syn_str tag)
{
    size_t end = syn_find_byte(tag, '-', 0);
    return end == SIZE_MAX ? tag : syn_slice(tag, 0, end);
}

static uint8_t script_of(const syn_lexicon *lex, syn_str tag)
{
    syn_lang lang = syn_lexicon_lang(lex, tag);
    return lang == SYN_LANG_UNKNOWN ? 0 : syn_lexicon_info(lex, lang)->script;
}

/* Tellings in the reader's languages come first, then those in the script of the best of these, which can be read aloud
   at least, then the others as they stand. */
static void order_for(const syn_lexicon *lex, syn_str reader, const syn_telling *const *tellings, size_t n,
                      uint32_t *order)
{
    uint64_t placed = 0;
    size_t at = 0;
    syn_str tag;
    uint8_t script = script_of(lex, syn_slice(reader, 0, syn_find_byte(reader, ',', 0)));
    for (int k = 0; k < MAX_READER_LANGUAGES && syn_split(&reader, ',', &tag); k++)
        for (size_t i = 0; i < n; i++) {
            if (placed >> i & 1 || !syn_str_eq(language_of(tellings[i]->lang), language_of(tag))) continue;
            order[at++] = (uint32_t)i, placed |= 1ull << i;
        }
    for (int same = 1; same >= 0; same--)
        for (size_t i = 0; i < n; i++) {
            if (placed >> i & 1 || (same && (!script || script_of(lex, tellings[i]->lang) != script))) continue;
            order[at++] = (uint32_t)i, placed |= 1ull << i;
        }
}

static const syn_figure *figure_of(const syn_side *s, const syn_fact *f)
{
    size_t lo = 0, hi = s->nfigures;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (s->figures[mid].fact->span.start < f->span.start)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < s->nfigures && s->figures[lo].fact == f ? &s->figures[lo] : NULL;
}

static size_t first_with(const syn_row *row, size_t n, uint32_t value)
{
    size_t i = 0;
    while (i < n && !(row->cells[i].fact && row->cells[i].value == value)) i++;
    return i;
}

/* A count was carried on where nobody who tells it earlier, tells so after those who tell it later. */
static bool carried_on(const syn_side *sides, size_t n, const syn_row *row, uint32_t v, uint32_t w)
{
    int64_t last[2] = {INT64_MIN, INT64_MIN}, first[2] = {INT64_MAX, INT64_MAX};
    for (size_t i = 0; i < n; i++) {
        if (!row->cells[i].fact || (row->cells[i].value != v && row->cells[i].value != w)) continue;
        if (!syn_time_known(sides[i].telling->published)) return false;
        int64_t at = sides[i].telling->published.seconds;
        int k = row->cells[i].value == w;
        if (at > last[k]) last[k] = at;
        if (at < first[k]) first[k] = at;
    }
    return last[0] < first[1] || last[1] < first[0];
}

/* The commonest value of a row against each other one, by the first to say it. */
static bool row_differs(const syn_side *sides, size_t n, syn_row *row, syn_difference_list *out)
{
    size_t i = first_with(row, n, 0), j;
    for (uint32_t v = 1; (j = first_with(row, n, v)) < n; v++) {
        const syn_fact *x = row->cells[i].fact, *y = row->cells[j].fact;
        const syn_figure *fx = figure_of(&sides[i], x), *fy = figure_of(&sides[j], y);
        syn_difference d = {
            .kind = SYN_DIFF_NAME, .severity = 2, .of = row->kind, .a = {x->span, x}, .b = {y->span, y}};
        if (fx && fy) syn_differ_figures(&sides[i], fx, &sides[j], fy, row->said > 2 ? 1 : 0, &d);
        d.in_a = (uint32_t)i, d.in_b = (uint32_t)j;
        if (d.kind == SYN_DIFF_UPDATE && !carried_on(sides, n, row, 0, v)) d.kind = SYN_DIFF_FIGURE, d.severity = 3;
        if (d.severity > row->severity) row->severity = d.severity, row->difference = d.kind;
        if (!syn_differ_push(out, d)) return false;
    }
    return true;
}

/* What is no row: what was spoilt in a text, and in two tellings alone whom only one of them knows. */
static syn_code texts_differ(syn_arena *scratch, const syn_lexicon *lex, const syn_side *sides, size_t n,
                             syn_difference_list *out, syn_err *err)
{
    syn_links links;
    bool good = syn_urls_differ(sides, n, out);
    for (size_t i = 0; i < n && good; i++) good = syn_marks_differ(lex, &sides[i], (uint32_t)i, out);
    if (!good) return syn_fail(err, SYN_ENOMEM, 0, "differences of a story");
    syn_code rc = syn_remains_differ(scratch, lex, sides, n, out, err);
    if (rc || n != 2) return rc;
    rc = syn_link_sides(scratch, &sides[0], &sides[1], &links, err);
    return rc ? rc : syn_persons_differ(scratch, lex, &sides[0], &sides[1], &links.align, out, err);
}

syn_code syn_compare_story(syn_arena *arena, const syn_lexicon *lex, const syn_telling *const *tellings, size_t n,
                           syn_str reader, syn_table *out, syn_err *err)
{
    if (n > SYN_MAX_TELLINGS) return syn_fail(err, SYN_ELIMIT, 0, "%zu tellings, at most %d", n, SYN_MAX_TELLINGS);
    syn_arena scratch = {.limit = arena->limit};
    syn_side sides[SYN_MAX_TELLINGS];
    uint32_t order[SYN_MAX_TELLINGS];
    syn_difference_list found = {.arena = arena};
    syn_row_list rows = {.arena = arena, .ntellings = n, .order = order, .differences = &found};
    order_for(lex, reader, tellings, n, order);
    syn_code rc = syn_sides_prepare(&scratch, arena, lex, tellings, n, sides, err);
    if (!rc) rc = syn_rows_of_figures(&scratch, sides, n, &rows, err);
    if (!rc) rc = syn_rows_of_names(&scratch, lex, sides, n, &rows, err);
    if (!rc) rc = syn_rows_of_quotes(&scratch, sides, n, &rows, err);
    for (size_t i = 0; i < rows.n && !rc; i++)
        if (rows.items[i].differs && !row_differs(sides, n, &rows.items[i], &found))
            rc = syn_fail(err, SYN_ENOMEM, 0, "differences of a story");
    if (!rc && n > 1) rc = texts_differ(&scratch, lex, sides, n, &found, err);
    syn_arena_free(&scratch);
    if (rc) return rc;
    syn_sort(rows.items, rows.n, sizeof *rows.items, by_interest);
    syn_differ_sort(&found);
    *out = (syn_table){.rows = rows.items, .n = rows.n, .ntellings = n};
    out->differences = found.items, out->ndifferences = found.n;
    return SYN_OK;
}
