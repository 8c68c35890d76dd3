/* learn_blocks.c - learns src/read/block_model.inc: boosted trees that tell which blocks of a page are its article.

   usage: learn_blocks FOLDER [--check | --from WHENCE] > block_model.inc
   FOLDER holds pages NAME.html, each with the article's text beside it as NAME.txt, a paragraph a line.

   Every page is read as it is and in variants that take away what a poorer page lacks (structured data, class names,
   elements with a meaning, paragraphs) or add what a richer one has (strangers' sentences below the text), so that no
   single kind of evidence is trusted alone.  A block is labelled by the share of its words, four in a row, that stand
   in the article's text.  Then gradient boosting on the logistic loss with second-order gains (Friedman 2001; Chen and
   Guestrin 2016), histograms of 64 bins, a page's words weighing the same in all pages.  Deterministic.
   --check: five folds over pages instead, printing loss and accuracy on the pages left out. */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../src/read/content.h"

enum { TREES = 150, DEPTH = 5, BINS = 64, FOLDS = 5, MAX_PAGES = 4000, MAX_NODES = 64 };
static const double RATE = 0.1, RIDGE = 3, LEAST_HESSIAN = 5, SAMPLED = 0.7, ASKED = 0.5, SAME = 0.6;

typedef struct row {
    float f[SYN_FEATURES];
    double weight;
    int page;
    bool inside;
} row;

typedef struct table {
    row *rows;
    size_t n, cap;
    uint8_t *bins; /* SYN_FEATURES a row */
    float edges[SYN_FEATURES][BINS];
    int nedges[SYN_FEATURES];
} table;

static void *must(void *p)
{
    if (p) return p;
    fprintf(stderr, "learn_blocks: no memory\n");
    exit(1);
}

/* ---- pages and their variants ---- */

static syn_str slurp(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) return (syn_str){0};
    syn_buf b = {.max = (size_t)1 << 28};
    char part[65536];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;) syn_buf_add(&b, (syn_str){part, n});
    fclose(f);
    return syn_buf_str(&b);
}

typedef struct change {
    const char *from, *to;
} change;

static syn_str changed(syn_arena *arena, syn_str html, const change *changes, size_t n)
{
    syn_buf b = {.max = (size_t)1 << 28};
    for (size_t i = 0; i < html.n;) {
        size_t k = 0;
        syn_str rest = syn_slice(html, i, html.n);
        while (k < n && !syn_starts_i(rest, syn_str_of(changes[k].from))) k++;
        if (k < n) {
            syn_buf_z(&b, changes[k].to);
            i += strlen(changes[k].from);
        } else {
            syn_buf_c(&b, html.p[i++]);
        }
    }
    syn_str s = syn_dup(arena, syn_buf_str(&b));
    syn_buf_free(&b);
    return s;
}

#define UNTOLD                                                                                                         \
    {                                                                                                                  \
        "application/ld+json", "x"                                                                                     \
    }
#define UNNAMED                                                                                                        \
    {" class=", " k="},                                                                                                \
    {                                                                                                                  \
        " id=", " j="                                                                                                  \
    }
#define UNMARKED                                                                                                       \
    {"<article", "<div"}, {"</article", "</div"}, {"<main", "<div"}, {"</main", "</div"}, {"<section", "<div"},        \
        {"</section", "</div"}, {"<header", "<div"}, {"</header", "</div"}, {"<aside", "<div"}, {"</aside", "</div"},  \
        {"<footer", "<div"}, {"</footer", "</div"},                                                                    \
    {                                                                                                                  \
        "itemprop=\"articleBody\"", ""                                                                                 \
    }
static const change NO_JSON[] = {UNTOLD};
static const change NO_NAMES[] = {UNTOLD, UNNAMED};
static const change NO_MARKS[] = {UNTOLD, UNMARKED};
static const change NO_PARAGRAPHS[] = {UNTOLD, {"<p>", "<div>"}, {"<p ", "<div "}, {"</p>", "</div>"}};
static const change BARE[] = {UNTOLD, UNNAMED, UNMARKED};
static const struct {
    const change *changes;
    size_t n;
    enum { NOTHING, STRANGERS, LISTS } added;
    double weight;
} VARIANTS[] = {
    {NULL, 0, NOTHING, 1},
    {NO_JSON, SYN_COUNT(NO_JSON), NOTHING, 1},
    {NO_NAMES, SYN_COUNT(NO_NAMES), NOTHING, 0.5},
    {NO_MARKS, SYN_COUNT(NO_MARKS), NOTHING, 0.5},
    {NO_PARAGRAPHS, SYN_COUNT(NO_PARAGRAPHS), NOTHING, 0.4},
    {BARE, SYN_COUNT(BARE), NOTHING, 0.3},
    {NO_JSON, SYN_COUNT(NO_JSON), STRANGERS, 0.7},
    {NO_MARKS, SYN_COUNT(NO_MARKS), STRANGERS, 0.4},
    {NO_JSON, SYN_COUNT(NO_JSON), LISTS, 0.6},
    {NO_NAMES, SYN_COUNT(NO_NAMES), LISTS, 0.4},
    {NO_MARKS, SYN_COUNT(NO_MARKS), LISTS, 0.4},
    {NO_JSON, SYN_COUNT(NO_JSON), LISTS, 0.4},
};

/* Sentences of another page's article as readers' comments, teasers or a notice below the page. */
static syn_str with_strangers(syn_arena *arena, syn_str html, syn_str other, uint32_t kind)
{
    size_t at = SIZE_MAX;
    static const char *const BEFORE[] = {"<footer", "</main", "</body"};
    for (size_t k = 0; k < SYN_COUNT(BEFORE) && at == SIZE_MAX; k++)
        at = syn_find(html, syn_str_of(BEFORE[k]), html.n / 4);
    if (at == SIZE_MAX) return html;
    syn_buf b = {.max = (size_t)1 << 28};
    syn_buf_add(&b, syn_slice(html, 0, at));
    syn_str line;
    int lines = 0;
    syn_buf_z(&b, kind % 3 == 0 ? "<div><h3>12</h3>" : "<div>");
    while (syn_split(&other, '\n', &line) && lines < 14) {
        line = syn_trim(line);
        if (line.n < 30) continue;
        lines++;
        if (kind % 3 == 0)
            syn_buf_format(&b, "<div><div><a href=\"#\">Ann B.</a> <span>2 %d</span></div><p>", lines);
        else if (kind % 3 == 1)
            syn_buf_z(&b, "<div><a href=\"/x\"><h4>Abc def ghi jkl mno</h4></a><p>");
        else
            syn_buf_z(&b, "<div><p>");
        syn_buf_add(&b, syn_utf8_head(line, kind % 3 == 0 ? 400 : 240));
        syn_buf_z(&b, "</p></div>");
    }
    syn_buf_z(&b, "</div>");
    syn_buf_add(&b, syn_slice(html, at, html.n));
    syn_str s = syn_dup(arena, syn_buf_str(&b));
    syn_buf_free(&b);
    return s;
}

/* A few words of a text, other ones for every number. */
static syn_str piece(syn_str text, uint32_t number, size_t bytes)
{
    size_t at = text.n > 200 ? number * 7919u % (text.n - 100) : 0;
    while (at < text.n && text.p[at] != ' ') at++;
    syn_str s = syn_utf8_head(syn_trim(syn_slice(text, at, text.n)), bytes);
    size_t line = syn_find_byte(s, '\n', 0);
    return syn_trim(line == SIZE_MAX ? s : syn_slice(s, 0, line));
}

/* Articles also hold lists, tables, short lines and quoted posts: one of another page's words after a paragraph in the
   middle or at the end.  Its lines are added to the article's text.  False where no paragraph is found. */
static bool with_list(syn_arena *arena, syn_str *html, syn_str *gold, syn_str other, uint32_t number)
{
    syn_str rest = *gold, line, lines[400];
    size_t n = 0, at = SIZE_MAX;
    while (n < SYN_COUNT(lines) && syn_split(&rest, '\n', &line)) lines[n++] = line;
    for (size_t k = number % 2 ? n / 2 + 1 : n; k-- > 0 && at == SIZE_MAX;) {
        if (lines[k].n < 60) continue;
        at = syn_find(*html, syn_utf8_head(lines[k], 30), 0);
        if (at != SIZE_MAX) at = syn_find(*html, SYN_STR("</p>"), at);
    }
    if (at == SIZE_MAX) return false;
    static const struct {
        const char *open, *row, *before, *after, *end_row, *close;
        int rows, cells;
        size_t bytes;
    } FORMS[] = {
        {"<ul>", "", "<li>", "</li>", "", "</ul>", 9, 1, 60},
        {"", "", "<p>", "</p>", "", "", 14, 1, 48},
        {"<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", 8, 4, 16},
        {"<p>", "", "", "<br>", "", "</p>", 12, 1, 44},
        {"<blockquote>", "", "<p>", "</p>", "", "</blockquote>", 3, 1, 110},
        {"<ol>", "", "<li><a href=\"#a\">", "</a></li>", "", "</ol>", 6, 1, 40},
        {"", "<h3>7</h3>", "<p>", "</p>", "", "", 4, 1, 90},
    };
    unsigned form = number / 2 % SYN_COUNT(FORMS);
    syn_buf page = {.max = (size_t)1 << 28}, text = {.max = (size_t)1 << 28};
    syn_buf_add(&page, syn_slice(*html, 0, at + 4));
    syn_buf_add(&text, *gold);
    syn_buf_z(&page, FORMS[form].open);
    for (int i = 0; i < FORMS[form].rows; i++) {
        syn_buf_z(&page, FORMS[form].row);
        for (int k = 0; k < FORMS[form].cells; k++) {
            uint32_t seed = number * 131 + (uint32_t)(i * 7 + k);
            syn_str words = piece(other, seed, FORMS[form].bytes / 2 + seed % FORMS[form].bytes);
            syn_buf_z(&page, FORMS[form].before);
            syn_buf_add(&page, words);
            syn_buf_z(&page, FORMS[form].after);
            syn_buf_c(&text, '\n');
            syn_buf_add(&text, words);
        }
        syn_buf_z(&page, FORMS[form].end_row);
    }
    syn_buf_z(&page, FORMS[form].close);
    syn_buf_add(&page, syn_slice(*html, at + 4, html->n));
    *html = syn_dup(arena, syn_buf_str(&page));
    *gold = syn_dup(arena, syn_buf_str(&text));
    syn_buf_free(&page);
    syn_buf_free(&text);
    return true;
}

/* ---- labels ---- */

/* Words as hashes; a script without spaces gives a word a character. */
static size_t words_of(syn_arena *arena, syn_str s, uint64_t **out)
{
    syn_folded folded;
    if (syn_fold(arena, s, false, &folded, NULL)) return 0;
    uint64_t *words = must(SYN_NEW_ARRAY(arena, uint64_t, folded.text.n + 1));
    size_t n = 0, start = 0;
    for (size_t i = 0; i <= folded.text.n;) {
        uint32_t cp = ' ';
        size_t step = i < folded.text.n ? syn_utf8_next(folded.text, i, &cp) : 1;
        const syn_char *c = syn_char_of(cp);
        bool in = c->flags & (SYN_CH_LETTER | SYN_CH_DIGIT | SYN_CH_MARK), alone = in && !syn_script_spaced(c->script);
        if ((!in || alone) && i > start) words[n++] = syn_hash(syn_slice(folded.text, start, i), 1);
        if (alone) words[n++] = syn_hash(syn_slice(folded.text, i, i + step), 1);
        i += step;
        if (!in || alone) start = i;
    }
    *out = words;
    return n;
}

static syn_str four(const uint64_t *words)
{
    return (syn_str){(const char *)words, 4 * sizeof *words};
}

/* What the article's text holds: four words in a row, and whole short lines. */
typedef struct truth {
    syn_map runs, lines;
} truth;

static void learn_truth(syn_arena *arena, syn_str text, truth *t)
{
    uint64_t *words;
    syn_str line;
    *t = (truth){{.arena = arena}, {.arena = arena}};
    size_t n = words_of(arena, text, &words);
    for (size_t i = 0; i + 4 <= n; i++) syn_map_add(&t->runs, four(words + i));
    while (syn_split(&text, '\n', &line)) {
        n = words_of(arena, line, &words);
        if (n) syn_map_add(&t->lines, (syn_str){(const char *)words, n * sizeof *words});
    }
}

static bool is_inside(const truth *t, const uint64_t *words, size_t n)
{
    if (n < 5) return syn_map_get(&t->lines, (syn_str){(const char *)words, n * sizeof *words}) != NULL;
    size_t same = 0;
    for (size_t i = 0; i + 4 <= n; i++) same += syn_map_get(&t->runs, four(words + i)) != NULL;
    return (double)same >= SAME * (double)(n - 3);
}

/* ---- rows ---- */

static void add_page(table *t, const syn_lexicon *lex, syn_str html, syn_str gold, int number, double weight)
{
    syn_arena arena = {0};
    syn_err err = {0};
    syn_page page = {.bytes = html};
    syn_reading r = {.arena = &arena, .lex = lex, .page = &page, .err = &err};
    r.english = syn_lexicon_lang(lex, SYN_STR("en"));
    syn_document *doc;
    syn_layout l;
    syn_evidence e;
    syn_article a = {0};
    syn_str text, charset;
    size_t bad = 0;
    syn_content c = {.title_block = SYN_NONE};
    syn_judge judge;
    if (syn_read_decode(&arena, html, page.content_type, &text, &charset, &bad, &err) ||
        syn_html_parse(&arena, text, NULL, &doc, &err) || syn_read_layout(&r, doc, &l))
        goto out;
    syn_read_evidence(&r, doc, &e);
    syn_read_language(&r, (syn_str){0}, e.lang, &a);
    syn_read_title(&r, &l, &e, &c.title_block);
    if (syn_read_judge_page(&r, &l, &e, &c, &judge)) goto out;
    truth known;
    learn_truth(&arena, gold, &known);
    size_t first = t->n;
    double total = 0;
    for (uint32_t i = 0; i < l.nblocks; i++) {
        uint64_t *words;
        if (!syn_read_candidate(&judge, i)) continue;
        size_t n = words_of(&arena, l.blocks[i].text, &words);
        if (!n) continue;
        if (t->n == t->cap) {
            t->cap = t->cap ? t->cap * 2 : 65536;
            t->rows = must(realloc(t->rows, t->cap * sizeof *t->rows));
        }
        row *to = &t->rows[t->n++];
        *to = (row){.page = number, .weight = (double)n + 4, .inside = is_inside(&known, words, n)};
        syn_read_features(&judge, i, to->f);
        if (to->inside) total += (double)n;
    }
    if (total < 100) total = 100;
    for (size_t i = first; i < t->n; i++) t->rows[i].weight *= weight / total;
out:
    syn_arena_free(&arena);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int read_folder(table *t, const syn_lexicon *lex, const char *folder)
{
    static char *names[MAX_PAGES];
    static syn_str gold[MAX_PAGES];
    int n = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *d; dir && n < MAX_PAGES && (d = readdir(dir));) {
        size_t length = strlen(d->d_name);
        if (length > 5 && strcmp(d->d_name + length - 5, ".html") == 0) names[n++] = must(strdup(d->d_name));
    }
    if (dir) closedir(dir);
    qsort(names, (size_t)n, sizeof *names, by_name);
    char path[4096];
    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/%.*s.txt", folder, (int)strlen(names[i]) - 5, names[i]);
        gold[i] = slurp(path);
    }
    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        syn_str html = slurp(path);
        for (size_t v = 0; v < SYN_COUNT(VARIANTS) && gold[i].n; v++) {
            syn_arena arena = {0};
            syn_str made = changed(&arena, html, VARIANTS[v].changes, VARIANTS[v].n), text = gold[i],
                    other = gold[(i + 1) % n];
            bool good = true;
            if (VARIANTS[v].added == STRANGERS) made = with_strangers(&arena, made, other, (uint32_t)i);
            if (VARIANTS[v].added == LISTS) good = with_list(&arena, &made, &text, other, (uint32_t)i + (uint32_t)v);
            if (good) add_page(t, lex, made, text, i, VARIANTS[v].weight);
            syn_arena_free(&arena);
        }
        free((void *)(uintptr_t)html.p);
    }
    return n;
}

/* ---- boosting ---- */

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Bounds between bins: every value where there are few, else quantiles. */
static void find_edges(table *t)
{
    float *column = must(malloc(t->n * sizeof *column));
    t->bins = must(malloc(t->n * SYN_FEATURES));
    for (int k = 0; k < SYN_FEATURES; k++) {
        for (size_t i = 0; i < t->n; i++) column[i] = t->rows[i].f[k];
        qsort(column, t->n, sizeof *column, by_value);
        size_t distinct = 1, n = 0;
        for (size_t i = 1; i < t->n; i++) distinct += column[i] > column[i - 1];
        for (size_t i = 1, last = 0; i < t->n && n + 1 < BINS; i++) {
            bool due = distinct <= BINS || i - last >= t->n / BINS;
            if (column[i] <= column[i - 1] || !due) continue;
            t->edges[k][n++] = (column[i] + column[i - 1]) / 2;
            last = i;
        }
        t->nedges[k] = (int)n;
        for (size_t i = 0; i < t->n; i++) {
            uint8_t bin = 0;
            while (bin < n && t->rows[i].f[k] > t->edges[k][bin]) bin++;
            t->bins[i * SYN_FEATURES + (size_t)k] = bin;
        }
    }
    free(column);
}

typedef struct node {
    int feature, right;
    double value;
} node;
typedef struct tree {
    node nodes[MAX_NODES];
    int n;
} tree;

typedef struct boost {
    const table *t;
    double *gradient, *hessian, *score;
    uint32_t *sample;
    bool asked[SYN_FEATURES]; /* features that this tree may ask */
} boost;

static void grow(const boost *b, tree *to, uint32_t *rows, size_t n, int depth)
{
    node *me = &to->nodes[to->n++];
    double g = 0, h = 0;
    for (size_t i = 0; i < n; i++) g += b->gradient[rows[i]], h += b->hessian[rows[i]];
    *me = (node){-1, 0, g / (h + RIDGE) * RATE};
    if (depth == DEPTH || n < 20) return;
    double best = 1e-3, all = g * g / (h + RIDGE);
    int bin = 0;
    for (int k = 0; k < SYN_FEATURES; k++) {
        double hg[BINS] = {0}, hh[BINS] = {0}, lg = 0, lh = 0;
        if (!b->t->nedges[k] || !b->asked[k]) continue;
        for (size_t i = 0; i < n; i++) {
            unsigned at = b->t->bins[(size_t)rows[i] * SYN_FEATURES + (size_t)k];
            hg[at] += b->gradient[rows[i]];
            hh[at] += b->hessian[rows[i]];
        }
        for (int e = 0; e < b->t->nedges[k]; e++) {
            lg += hg[e], lh += hh[e];
            if (lh < LEAST_HESSIAN || h - lh < LEAST_HESSIAN) continue;
            double gain = lg * lg / (lh + RIDGE) + (g - lg) * (g - lg) / (h - lh + RIDGE) - all;
            if (gain > best) best = gain, me->feature = k, bin = e;
        }
    }
    if (me->feature < 0) return;
    size_t left = 0;
    for (size_t i = 0; i < n; i++) {
        if (b->t->bins[(size_t)rows[i] * SYN_FEATURES + (size_t)me->feature] > bin) continue;
        uint32_t swap = rows[i];
        rows[i] = rows[left];
        rows[left++] = swap;
    }
    me->value = b->t->edges[me->feature][bin];
    grow(b, to, rows, left, depth + 1);
    me->right = to->n;
    grow(b, to, rows + left, n - left, depth + 1);
}

static double answer(const tree *t, const float *f)
{
    int at = 0;
    while (t->nodes[at].feature >= 0)
        at = f[t->nodes[at].feature] <= (float)t->nodes[at].value ? at + 1 : t->nodes[at].right;
    return t->nodes[at].value;
}

/* Learn from every page whose number is not fold modulo FOLDS; returns the score that all blocks start from. */
static double learn(const table *t, boost *b, int fold, tree *trees)
{
    double inside = 0, all = 0;
    uint32_t state = 12345;
    for (size_t i = 0; i < t->n; i++) {
        if (t->rows[i].page % FOLDS == fold) continue;
        all += t->rows[i].weight;
        if (t->rows[i].inside) inside += t->rows[i].weight;
    }
    double base = log(inside / (all - inside));
    for (size_t i = 0; i < t->n; i++) b->score[i] = base;
    for (int k = 0; k < TREES; k++) {
        size_t n = 0;
        for (size_t i = 0; i < t->n; i++) {
            double p = 1 / (1 + exp(-b->score[i])), w = t->rows[i].weight * (double)t->n / all;
            b->gradient[i] = w * (t->rows[i].inside - p);
            b->hessian[i] = w * p * (1 - p);
            state = state * 1664525u + 1013904223u;
            if (t->rows[i].page % FOLDS != fold && (state >> 8) < SAMPLED * 16777216) b->sample[n++] = (uint32_t)i;
        }
        for (int f = 0; f < SYN_FEATURES; f++) {
            state = state * 1664525u + 1013904223u;
            b->asked[f] = (state >> 8) < ASKED * 16777216;
        }
        trees[k].n = 0;
        grow(b, &trees[k], b->sample, n, 0);
        for (size_t i = 0; i < t->n; i++) b->score[i] += answer(&trees[k], t->rows[i].f);
    }
    return base;
}

static void check(const table *t, boost *b, tree *trees)
{
    double loss = 0, right = 0, all = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
        learn(t, b, fold, trees);
        for (size_t i = 0; i < t->n; i++) {
            if (t->rows[i].page % FOLDS != fold) continue;
            double p = 1 / (1 + exp(-b->score[i])), w = t->rows[i].weight;
            loss -= w * log(fmax(1e-6, t->rows[i].inside ? p : 1 - p));
            right += (p > 0.5) == t->rows[i].inside ? w : 0;
            all += w;
        }
    }
    printf("loss %.4f, right %.4f of the weight, on pages left out\n", loss / all, right / all);
}

/* ---- the table ---- */

static int column = 0;
static void item(const char *text)
{
    column += (int)strlen(text);
    if (column > 116) {
        printf("\n   ");
        column = (int)strlen(text) + 3;
    }
    printf("%s", text);
}

static void write_model(const tree *trees, double base, int pages, size_t rows, const char *from)
{
    char text[80];
    printf("/* block_model.inc - stage 2: boosted trees that judge blocks of text.  Made by tools/learn_blocks.c\n"
           "   (make learn-blocks) from %d pages: %s.\n"
           "   %zu blocks of the pages and of their variants, %d trees of depth %d.  The features and their order are\n"
           "   features.c's.  A node: feature to ask and bound (not above: the next node, else `right`), or feature -1 "
           "and\n"
           "   what the leaf adds. */\n"
           "typedef struct model_node {\n    int8_t feature;\n    uint8_t right;\n    float value;\n} model_node;\n\n"
           "#define MODEL_BASE (%.6g)\nstatic const model_node MODEL_NODES[] = {\n   ",
           pages, from, rows, TREES, DEPTH, base);
    for (int k = 0; k < TREES; k++) {
        for (int i = 0; i < trees[k].n; i++) {
            const node *n = &trees[k].nodes[i];
            char value[40];
            snprintf(value, sizeof value, "%.5g", n->value);
            snprintf(text, sizeof text, " {%d, %d, %s%sF},", n->feature, n->feature < 0 ? 0 : n->right, value,
                     strpbrk(value, ".e") ? "" : ".0");
            item(text);
        }
    }
    printf("\n};\nstatic const uint16_t MODEL_TREES[] = {\n   ");
    column = 3;
    for (int k = 0, at = 0; k < TREES; at += trees[k++].n) {
        snprintf(text, sizeof text, " %d,", at);
        item(text);
    }
    printf("\n};\n");
}

int main(int argc, char **argv)
{
    static table t;
    static tree trees[TREES];
    syn_lexicon *lex;
    if (argc < 2 || syn_lexicon_open(&lex, NULL)) {
        fprintf(stderr, "usage: learn_blocks FOLDER [--check | --from WHENCE]\n");
        return 2;
    }
    int pages = read_folder(&t, lex, argv[1]);
    if (!t.n) {
        fprintf(stderr, "learn_blocks: no pages NAME.html with NAME.txt in %s\n", argv[1]);
        return 1;
    }
    find_edges(&t);
    boost b = {&t,
               must(malloc(t.n * sizeof(double))),
               must(malloc(t.n * sizeof(double))),
               must(malloc(t.n * sizeof(double))),
               must(malloc(t.n * sizeof(uint32_t))),
               {false}};
    if (argc > 2 && strcmp(argv[2], "--check") == 0) {
        check(&t, &b, trees);
        return 0;
    }
    double base = learn(&t, &b, -1, trees);
    const char *from = argc > 3 && strcmp(argv[2], "--from") == 0 ? argv[3] : "whence is not said";
    write_model(trees, base, pages, t.n, from);
    return 0;
}
