/* Trees against cases in html5lib's format: the .dat files of tests/cases/html, and of $SYN_GOLD/html where that is
 * set. */
#include <dirent.h>

#include "../../src/html/html.h"
#include "test.h"

typedef struct tree_case {
    syn_str data, context, document;
    bool scripting;
} tree_case;

typedef struct tally {
    size_t passed, failed, skipped;
} tally;

/* ---- reading cases ---- */

static syn_str next_line(syn_str *rest)
{
    size_t end = syn_find_byte(*rest, '\n', 0);
    syn_str line = syn_slice(*rest, 0, end);
    *rest = end == SIZE_MAX ? (syn_str){NULL, 0} : syn_slice(*rest, end + 1, rest->n);
    return line;
}

/* A section's text runs to the line before the next heading; the last one's to the empty line before "#data". */
static syn_str section(syn_str *rest)
{
    static const char *const headings[] = {"#data",      "#errors",     "#new-errors", "#document-fragment",
                                           "#script-on", "#script-off", "#document"};
    const char *start = rest->p;
    const char *end = start;
    while (rest->n) {
        syn_str peek = *rest, line = next_line(&peek);
        for (size_t i = 0; i < SYN_COUNT(headings); i++) {
            if (syn_str_is(line, headings[i])) return (syn_str){start, end > start ? (size_t)(end - start) - 1 : 0};
        }
        end = line.p + line.n + 1;
        *rest = peek;
    }
    return (syn_str){start, end > start ? (size_t)(end - start) - 1 : 0};
}

static bool next_case(syn_str *rest, tree_case *c)
{
    *c = (tree_case){{NULL, 0}, {NULL, 0}, {NULL, 0}, false};
    while (rest->n) {
        syn_str before = *rest, line = next_line(rest);
        if (syn_str_is(line, "#data")) {
            if (c->document.p) {
                *rest = before;
                return true;
            }
            c->data = section(rest);
        } else if (syn_str_is(line, "#document-fragment")) {
            c->context = section(rest);
        } else if (syn_str_is(line, "#script-on")) {
            c->scripting = true;
        } else if (syn_str_is(line, "#document")) {
            c->document = section(rest);
            while (c->document.n && c->document.p[c->document.n - 1] == '\n') c->document.n--;
        }
    }
    return c->document.p != NULL;
}

/* ---- writing trees ---- */

static void indent(syn_buf *out, int depth)
{
    syn_buf_z(out, "| ");
    for (int i = 0; i < depth; i++) syn_buf_z(out, "  ");
}

static int by_name(const void *a, const void *b)
{
    const syn_str *x = a, *y = b;
    return syn_str_cmp(*x, *y);
}

static void write_attrs(syn_arena *mem, syn_buf *out, const syn_node *n, int depth)
{
    syn_str *lines = SYN_NEW_ARRAY(mem, syn_str, n->nattrs + 1);
    for (uint32_t i = 0; i < n->nattrs; i++) {
        const syn_attr *a = &n->attrs[i];
        syn_buf line = {0};
        if (a->prefix) syn_buf_format(&line, "%s ", a->prefix);
        syn_buf_add(&line, a->name);
        syn_buf_z(&line, "=\"");
        syn_buf_add(&line, a->value);
        syn_buf_z(&line, "\"\n");
        lines[i] = syn_dup(mem, syn_buf_str(&line));
        syn_buf_free(&line);
    }
    qsort(lines, n->nattrs, sizeof(syn_str), by_name);
    for (uint32_t i = 0; i < n->nattrs; i++) {
        indent(out, depth);
        syn_buf_add(out, lines[i]);
    }
}

static void write_node(syn_arena *mem, syn_buf *out, const syn_node *n, int depth)
{
    indent(out, depth);
    switch ((syn_node_type)n->type) {
    case SYN_NODE_ELEMENT:
        syn_buf_z(out, n->ns == SYN_NS_SVG ? "<svg " : n->ns == SYN_NS_MATHML ? "<math " : "<");
        syn_buf_add(out, n->text);
        syn_buf_z(out, ">\n");
        write_attrs(mem, out, n, depth + 1);
        return;
    case SYN_NODE_TEXT:
        syn_buf_c(out, '"');
        syn_buf_add(out, n->text);
        syn_buf_z(out, "\"\n");
        return;
    case SYN_NODE_COMMENT:
        syn_buf_z(out, "<!-- ");
        syn_buf_add(out, n->text);
        syn_buf_z(out, " -->\n");
        return;
    case SYN_NODE_DOCTYPE:
        syn_buf_z(out, "<!DOCTYPE ");
        syn_buf_add(out, n->text);
        if (n->nattrs) {
            syn_str pub = syn_html_attr(n, "public", NULL), sys = syn_html_attr(n, "system", NULL);
            syn_buf_format(out, " \"%.*s\" \"%.*s\"", SYN_FMT(pub), SYN_FMT(sys));
        }
        syn_buf_z(out, ">\n");
        return;
    case SYN_NODE_FRAGMENT:
        syn_buf_z(out, "content\n");
        return;
    case SYN_NODE_DOCUMENT:
        return;
    }
}

static void write_tree(syn_arena *mem, syn_buf *out, const syn_node *root)
{
    for (const syn_node *n = syn_html_next(root, root, false); n; n = syn_html_next(n, root, false)) {
        int depth = -1;
        for (const syn_node *a = n; a != root; a = a->parent) depth++;
        write_node(mem, out, n, depth);
    }
    while (out->n && out->p[out->n - 1] == '\n') out->n--;
}

/* ---- running ---- */

static void run_case(const char *file, size_t number, const tree_case *c, tally *t)
{
    syn_arena mem = {0};
    syn_err err = {0};
    syn_document *doc = NULL;
    char context[64];
    snprintf(context, sizeof(context), "%.*s", SYN_FMT(c->context));
    syn_html_options options = {false, c->context.n ? context : NULL};
    assert_int_equal(syn_html_parse(&mem, c->data, &options, &doc, &err), SYN_OK);
    syn_buf got = {0};
    write_tree(&mem, &got, doc->root);
    if (syn_str_eq(syn_buf_str(&got), c->document)) {
        t->passed++;
    } else {
        t->failed++;
        printf("FAILED %s case %zu%s%s: %.*s\n--- want\n%.*s\n--- got\n%.*s\n", file, number,
               c->context.n ? " in " : "", context, SYN_FMT(c->data), SYN_FMT(c->document), SYN_FMT(syn_buf_str(&got)));
    }
    syn_buf_free(&got);
    syn_arena_free(&mem);
}

static syn_str read_whole(syn_arena *mem, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) return (syn_str){NULL, 0};
    fseek(f, 0, SEEK_END);
    long n = ftell(f);
    rewind(f);
    char *p = syn_alloc(mem, (size_t)n + 1);
    size_t got = fread(p, 1, (size_t)n, f);
    fclose(f);
    return (syn_str){p, got};
}

static tally run_folder(const char *folder)
{
    tally t = {0, 0, 0};
    struct dirent **names = NULL;
    int n = scandir(folder, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char path[1024];
        snprintf(path, sizeof(path), "%s/%s", folder, names[i]->d_name);
        if (syn_ends(syn_str_of(names[i]->d_name), SYN_STR(".dat"))) {
            syn_arena mem = {0};
            syn_str rest = read_whole(&mem, path);
            tree_case c;
            for (size_t number = 1; next_case(&rest, &c); number++) {
                if (c.scripting)
                    t.skipped++;
                else
                    run_case(names[i]->d_name, number, &c, &t);
            }
            syn_arena_free(&mem);
        }
        free(names[i]);
    }
    free(names);
    printf("%s: %zu of %zu trees as expected (%.2f %%), %zu with scripting skipped\n", folder, t.passed,
           t.passed + t.failed, 100.0 * (double)t.passed / (double)(t.passed + t.failed + !t.passed), t.skipped);
    return t;
}

static void own_cases(void **state)
{
    (void)state;
    char path[512];
    tally t = run_folder(test_path(path, "tests/cases/html"));
    assert_true(t.passed >= 50);
    assert_int_equal(t.failed, 0);
}

static void labelled_cases(void **state)
{
    (void)state;
    const char *gold = getenv("SYN_GOLD");
    char path[512];
    snprintf(path, sizeof(path), "%s/html", gold ? gold : "");
    DIR *d = gold ? opendir(path) : NULL;
    if (!d) {
        printf("SYN_GOLD names no folder with html/*.dat: skipped\n");
        skip();
        return;
    }
    closedir(d);
    tally t = run_folder(path);
    assert_true(t.passed * 100 >= (t.passed + t.failed) * 99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(own_cases), cmocka_unit_test(labelled_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
