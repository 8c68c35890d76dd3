/* test_read_opinions.c - the tree of every page at hand beside those of two other parsers: the same elements and the
   same text in the same order.  Pages: samples/, and $SYN_GOLD/article where
   that is set.  Where the others follow an older standard or err, tests/cases/html/opinions.tsv lists the page and why.
 */
#include <dirent.h>
#include <fcntl.h>
#include <gumbo.h>
#include <myhtml/api.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../src/html/html.h"
#include "../../src/read/input.h"
#include "../../src/read/read.h"
#include "test.h"

enum { SHOWN = 120, LONGEST_PATH = 1024, LONGEST_NAME = 64 };

/* ---- trees as text: marks that no UTF-8 holds, names, and the page's own text ---- */

static const char OPEN = '\xF8', NAMED = '\xF9', CLOSE = '\xFA';

static void open_element(syn_buf *out, syn_str name)
{
    syn_buf_c(out, OPEN);
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        syn_buf_c(out, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
    }
    syn_buf_c(out, NAMED);
}

static void close_element(syn_buf *out)
{
    syn_buf_c(out, CLOSE);
}

static bool is_element(const syn_node *n)
{
    return n->type == SYN_NODE_ELEMENT;
}

static void write_ours(syn_buf *out, const syn_node *root)
{
    const syn_node *n = root;
    while (n) {
        if (is_element(n)) open_element(out, n->text);
        if (n->type == SYN_NODE_TEXT) syn_buf_add(out, n->text);
        if (n->first) {
            n = n->first;
            continue;
        }
        while (n) {
            if (is_element(n)) close_element(out);
            if (n == root) return;
            if (n->next) {
                n = n->next;
                break;
            }
            n = n->parent;
        }
    }
}

static const GumboVector *children_of(const GumboNode *n)
{
    if (n->type == GUMBO_NODE_DOCUMENT) return &n->v.document.children;
    return n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE ? &n->v.element.children : NULL;
}

static void write_gumbo_head(syn_buf *out, const GumboNode *n)
{
    if (n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_WHITESPACE || n->type == GUMBO_NODE_CDATA)
        syn_buf_z(out, n->v.text.text);
    if (n->type != GUMBO_NODE_ELEMENT && n->type != GUMBO_NODE_TEMPLATE) return;
    const GumboElement *e = &n->v.element;
    if (e->tag != GUMBO_TAG_UNKNOWN) {
        open_element(out, syn_str_of(gumbo_normalized_tagname(e->tag)));
        return;
    }
    GumboStringPiece name = e->original_tag;
    gumbo_tag_from_original_text(&name);
    open_element(out, (syn_str){name.data, name.length});
}

static void write_gumbo(syn_buf *out, const GumboNode *root)
{
    const GumboNode *n = root;
    while (n) {
        write_gumbo_head(out, n);
        const GumboVector *below = children_of(n);
        if (below && below->length) {
            n = below->data[0];
            continue;
        }
        while (n) {
            if (n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE) close_element(out);
            if (n == root) return;
            const GumboVector *beside = children_of(n->parent);
            if (n->index_within_parent + 1 < beside->length) {
                n = beside->data[n->index_within_parent + 1];
                break;
            }
            n = n->parent;
        }
    }
}

static void write_myhtml(syn_buf *out, myhtml_tree_t *tree, myhtml_tree_node_t *root)
{
    myhtml_tree_node_t *n = root;
    while (n) {
        myhtml_tag_id_t tag = myhtml_node_tag_id(n);
        bool element = tag != MyHTML_TAG__UNDEF && tag != MyHTML_TAG__TEXT && tag != MyHTML_TAG__COMMENT &&
                       tag != MyHTML_TAG__DOCTYPE;
        size_t size = 0;
        const char *s = tag == MyHTML_TAG__TEXT ? myhtml_node_text(n, &size) : NULL;
        if (s) syn_buf_add(out, (syn_str){s, size});
        if (element && n != root) {
            const char *name = myhtml_tag_name_by_id(tree, tag, &size);
            open_element(out, (syn_str){name, size});
        }
        if (myhtml_node_child(n)) {
            n = myhtml_node_child(n);
            continue;
        }
        while (n) {
            tag = myhtml_node_tag_id(n);
            if (tag != MyHTML_TAG__TEXT && tag != MyHTML_TAG__COMMENT && tag != MyHTML_TAG__DOCTYPE && n != root)
                close_element(out);
            if (n == root) return;
            if (myhtml_node_next(n)) {
                n = myhtml_node_next(n);
                break;
            }
            n = myhtml_node_parent(n);
        }
    }
}

/* ---- the others ---- */

static void ask_gumbo(syn_buf *out, syn_str page)
{
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    GumboOutput *tree = gumbo_parse_with_options(&options, page.p, page.n);
    write_gumbo(out, tree->document);
    gumbo_destroy_output(&options, tree);
}

static void ask_myhtml(syn_buf *out, syn_str page)
{
    myhtml_t *parser = myhtml_create();
    myhtml_tree_t *tree = myhtml_tree_create();
    assert_int_equal(myhtml_init(parser, MyHTML_OPTIONS_PARSE_MODE_SINGLE, 1, 0), MyHTML_STATUS_OK);
    assert_int_equal(myhtml_tree_init(tree, parser), MyHTML_STATUS_OK);
    assert_int_equal(myhtml_parse(tree, MyENCODING_UTF_8, page.p, page.n), MyHTML_STATUS_OK);
    write_myhtml(out, tree, myhtml_tree_get_document(tree));
    myhtml_tree_destroy(tree);
    myhtml_destroy(parser);
}

static const struct {
    const char *name;
    void (*ask)(syn_buf *out, syn_str page);
    bool order; /* only the order of elements and text: gumbo hangs the white space before </form> behind the form */
} OTHERS[] = {{"gumbo", ask_gumbo, true}, {"myhtml", ask_myhtml, false}};

/* ---- the list of what is known: hash of the page's text, parser, reason ---- */

static bool is_listed(syn_str list, uint64_t hash, const char *name)
{
    char key[LONGEST_NAME];
    int n = snprintf(key, sizeof key, "%016llx\t%s\t", (unsigned long long)hash, name);
    return syn_find(list, (syn_str){key, (size_t)n}, 0) != SIZE_MAX;
}

typedef struct tally {
    size_t pages, agreed, listed, failed;
} tally;

/* A tree's text without what closes. */
static void add_order(syn_buf *out, const syn_buf *tree)
{
    syn_str rest = syn_buf_str(tree), piece;
    while (syn_split(&rest, CLOSE, &piece)) syn_buf_add(out, piece);
}

static void show(const char *whose, const syn_buf *b, size_t at)
{
    syn_str s = syn_slice(syn_buf_str(b), at > SHOWN ? at - SHOWN : 0, at + SHOWN);
    printf("  %s: ", whose);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        putchar(c == OPEN ? '<' : c == NAMED ? ' ' : c == CLOSE ? '>' : c == '\n' ? '~' : c);
    }
    putchar('\n');
}

static void compare_page(const char *path, syn_str page, syn_str list, tally *t)
{
    syn_arena mem = {0};
    syn_document *doc;
    syn_buf ours = {0};
    assert_int_equal(syn_html_parse(&mem, page, NULL, &doc, NULL), SYN_OK);
    write_ours(&ours, doc->root);
    uint64_t hash = syn_hash(page, 0);
    syn_buf order = {0};
    add_order(&order, &ours);
    for (size_t i = 0; i < SYN_COUNT(OTHERS); i++) {
        syn_buf theirs = {0};
        OTHERS[i].ask(&theirs, page);
        t->pages++;
        const syn_buf *mine = &ours;
        if (OTHERS[i].order) {
            syn_buf all = theirs;
            theirs = (syn_buf){0};
            add_order(&theirs, &all);
            syn_buf_free(&all);
            mine = &order;
        }
        if (syn_str_eq(syn_buf_str(mine), syn_buf_str(&theirs))) {
            t->agreed++;
        } else if (is_listed(list, hash, OTHERS[i].name)) {
            t->listed++;
        } else {
            size_t at = 0;
            while (at < mine->n && at < theirs.n && mine->p[at] == theirs.p[at]) at++;
            t->failed++;
            printf("FAILED %s %016llx against %s at byte %zu\n", path, (unsigned long long)hash, OTHERS[i].name, at);
            show("ours  ", mine, at);
            show("theirs", &theirs, at);
        }
        syn_buf_free(&theirs);
    }
    syn_buf_free(&order);
    syn_buf_free(&ours);
    syn_arena_free(&mem);
}

/* ---- pages ---- */

static void read_page(syn_unpacker *in, const char *path, syn_str list, tally *t)
{
    syn_arena mem = {0};
    syn_buf bytes = {.max = SYN_MAX_PAGE};
    syn_str text, charset;
    size_t bad = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(syn_unpack_file(in, fd, syn_str_of(path), &bytes, NULL), SYN_OK);
    assert_int_equal(syn_read_decode(&mem, syn_buf_str(&bytes), (syn_str){0}, &text, &charset, &bad, NULL), SYN_OK);
    compare_page(path, text, list, t);
    syn_buf_free(&bytes);
    syn_arena_free(&mem);
}

static void walk(syn_unpacker *in, const char *folder, int depth, syn_str list, tally *t)
{
    struct dirent **names = NULL;
    int n = scandir(folder, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char path[LONGEST_PATH];
        struct stat is;
        syn_str name = syn_str_of(names[i]->d_name);
        int length = snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
        if (name.p[0] != '.' && length < LONGEST_PATH && stat(path, &is) == 0) {
            bool page = syn_ends(name, SYN_STR(".html")) || (syn_ends(name, SYN_STR(".gz")));
            if (S_ISDIR(is.st_mode) && depth > 0)
                walk(in, path, depth - 1, list, t);
            else if (S_ISREG(is.st_mode) && page)
                read_page(in, path, list, t);
        }
        free(names[i]);
    }
    free(names);
}

static tally run_folder(const char *folder)
{
    syn_arena mem = {0};
    syn_unpacker *in;
    tally t = {0};
    syn_str list = test_file(&mem, "tests/cases/html/opinions.tsv");
    assert_int_equal(syn_unpacker_new(&in, NULL), SYN_OK);
    walk(in, folder, 3, list, &t);
    syn_unpacker_free(in);
    syn_arena_free(&mem);
    printf("%s: %zu trees beside ours: %zu agree, %zu differ as listed, %zu fail\n", folder, t.pages, t.agreed,
           t.listed, t.failed);
    return t;
}

static void samples(void **state)
{
    (void)state;
    char path[512];
    tally t = run_folder(test_path(path, "samples"));
    assert_true(t.pages > 0);
    assert_int_equal(t.failed, 0);
}

static void labelled_pages(void **state)
{
    (void)state;
    const char *gold = getenv("SYN_GOLD");
    char path[512];
    struct stat is;
    snprintf(path, sizeof(path), "%s/article", gold ? gold : "");
    if (!gold || stat(path, &is) != 0) {
        printf("SYN_GOLD names no folder with article/: skipped\n");
        skip();
        return;
    }
    assert_int_equal(run_folder(path).failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(samples), cmocka_unit_test(labelled_pages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
