/* What src/html/html.h promises beside the right tree: slices, walking, limits, and any input at all. */
#include "../../src/html/html.h"
#include "test.h"

static syn_document *parse(syn_arena *mem, syn_str input, const syn_html_options *options)
{
    syn_document *doc = NULL;
    syn_err err = {0};
    assert_int_equal(syn_html_parse(mem, input, options, &doc, &err), SYN_OK);
    return doc;
}

/* Links agree both ways, types and tags are in range, no node is deeper than allowed; returns the nodes. */
static size_t check_tree(const syn_document *doc)
{
    size_t nodes = 0, depth = 0, deepest = 0;
    for (const syn_node *n = doc->root; n;) {
        nodes++;
        assert_true(n->type <= SYN_NODE_FRAGMENT && n->ns <= SYN_NS_MATHML);
        assert_true(n->type != SYN_NODE_ELEMENT || n->tag < SYN_TAG_COUNT);
        assert_true(n->nattrs == 0 || n->attrs);
        if (n->first) {
            assert_true(n->type == SYN_NODE_DOCUMENT || n->type == SYN_NODE_ELEMENT || n->type == SYN_NODE_FRAGMENT);
            assert_ptr_equal(n->first->parent, n);
            assert_null(n->first->prev);
            n = n->first;
            depth++;
        } else {
            while (n && !n->next) {
                if (n->parent) assert_ptr_equal(n->parent->last, n);
                n = n->parent;
                depth--;
            }
            if (n) {
                assert_ptr_equal(n->next->prev, n);
                assert_ptr_equal(n->next->parent, n->parent);
                n = n->next;
            }
        }
        if (n && depth > deepest) deepest = depth;
    }
    assert_true(deepest <= SYN_MAX_TREE_DEPTH);
    return nodes;
}

static const syn_node *find(const syn_document *doc, syn_tag tag)
{
    for (const syn_node *n = doc->root; n; n = syn_html_next(n, doc->root, false)) {
        if (syn_html_is(n, tag)) return n;
    }
    return NULL;
}

static bool within(syn_str part, syn_str whole)
{
    return part.p >= whole.p && part.p + part.n <= whole.p + whole.n;
}

static void borrows_the_input(void **state)
{
    (void)state;
    syn_arena mem = {0};
    syn_str input = SYN_STR("<p id=one title='två'>ett <x-y>två</foo>tre</x-y> &auml;r</p>");
    const syn_document *doc = parse(&mem, input, NULL);
    const syn_node *p = find(doc, SYN_TAG_P);
    assert_str(p->text, SYN_STR("p"));
    assert_str(p->first->text, SYN_STR("ett "));
    assert_true(within(p->first->text, input));
    assert_true(within(syn_html_attr(p, "title", NULL), input));
    const syn_node *custom = p->first->next;
    assert_int_equal(custom->tag, SYN_TAG_UNKNOWN);
    assert_true(within(custom->text, input));
    assert_str(custom->first->text, SYN_STR("tvåtre"));
    assert_null(custom->first->next);
    assert_str(custom->next->text, SYN_STR(" är"));
    assert_false(within(custom->next->text, input));
    syn_arena_free(&mem);
}

static void finds_attributes(void **state)
{
    (void)state;
    syn_arena mem = {0};
    const syn_document *doc = parse(&mem, SYN_STR("<a HREF='?a=1&amp;b=&quot;' hidden>x"), NULL);
    const syn_node *a = find(doc, SYN_TAG_A);
    bool present = false;
    assert_str(syn_html_attr(a, "href", &present), SYN_STR("?a=1&b=\""));
    assert_true(present);
    assert_str(syn_html_attr(a, "hidden", &present), SYN_STR(""));
    assert_true(present);
    assert_str(syn_html_attr(a, "title", &present), SYN_STR(""));
    assert_false(present);
    assert_str(syn_html_attr(NULL, "href", &present), SYN_STR(""));
    assert_false(present);
    syn_arena_free(&mem);
}

static void walks_in_order(void **state)
{
    (void)state;
    syn_arena mem = {0};
    const syn_document *doc = parse(&mem, SYN_STR("<div>a<p>b<i>c</i></p>d</div>e"), NULL);
    const syn_node *div = find(doc, SYN_TAG_DIV), *p = find(doc, SYN_TAG_P);
    syn_buf seen = {0};
    for (const syn_node *n = div; n; n = syn_html_next(n, div, false)) {
        if (n->type == SYN_NODE_TEXT) syn_buf_add(&seen, n->text);
    }
    assert_str(syn_buf_str(&seen), SYN_STR("abcd"));
    syn_buf_clear(&seen);
    for (const syn_node *n = div; n; n = syn_html_next(n, div, n == p)) {
        if (n->type == SYN_NODE_TEXT) syn_buf_add(&seen, n->text);
    }
    assert_str(syn_buf_str(&seen), SYN_STR("ad"));
    assert_null(syn_html_next(div, div, true));
    assert_null(syn_html_next(NULL, div, false));
    syn_buf_free(&seen);
    syn_arena_free(&mem);
}

static void fills_the_document(void **state)
{
    (void)state;
    syn_arena mem = {0};
    const syn_document *doc = parse(&mem, (syn_str){NULL, 0}, NULL);
    assert_non_null(doc->html);
    assert_ptr_equal(doc->html->first, doc->head);
    assert_ptr_equal(doc->head->next, doc->body);
    assert_true(doc->quirks);
    assert_false(doc->depth_capped);
    doc = parse(&mem, SYN_STR("<!doctype html><frameset><frame></frameset>"), NULL);
    assert_null(doc->body);
    assert_false(doc->quirks);
    doc = parse(&mem, SYN_STR("<!DOCTYPE html PUBLIC \"a\" \"b\">"), NULL);
    assert_str(syn_html_attr(doc->root->first, "public", NULL), SYN_STR("a"));
    assert_str(syn_html_attr(doc->root->first, "system", NULL), SYN_STR("b"));
    syn_arena_free(&mem);
}

static void heeds_its_options(void **state)
{
    (void)state;
    syn_arena mem = {0};
    syn_str input = SYN_STR("<body><noscript><img src=a></noscript>");
    assert_non_null(find(parse(&mem, input, NULL), SYN_TAG_IMG));
    syn_html_options options = {.scripting = true};
    const syn_document *doc = parse(&mem, input, &options);
    assert_null(find(doc, SYN_TAG_IMG));
    assert_str(find(doc, SYN_TAG_NOSCRIPT)->first->text, SYN_STR("<img src=a>"));
    options = (syn_html_options){.fragment_of = "tr"};
    doc = parse(&mem, SYN_STR("<td>x<td>y"), &options);
    assert_null(doc->html);
    assert_true(syn_html_is(doc->root->first, SYN_TAG_TD) && syn_html_is(doc->root->last, SYN_TAG_TD));
    assert_ptr_equal(doc->root->first->parent, doc->root);
    syn_arena_free(&mem);
}

/* A page with something of everything, cut at every byte, whole characters or not. */
static const char sampler[] =
    "\xEF\xBB\xBF<!DOCTYPE html PUBLIC '-//X//Y' \"sys\"><html lang=sv><head><title>T&amp;t</title><meta charset=utf-8>"
    "<style>a{}</style><script>if(a<b)<!--<script>x</script>--></script><noscript><link></noscript></head>"
    "<body class = 'a b' id=x data-y=&quot;><!-- c --><p>ett<b>två<p>tre</b> &nbsp;&#x627;&#1583;&unknown;"
    "<table>x<tr><td><a href=1>a<a href=2>b</a></td></tr><caption>c</caption><col></table><ul><li>1<li>2</ul>"
    "<svg viewbox='0'><foreignObject><p>f</p></foreignObject><![CDATA[ c ]]><path/></svg><math><mi>x</mi></math>"
    "<template><tr><td>t</template><select><option>o<optgroup><input></select><textarea>\n a</textarea>"
    "<pre>\r\nb</pre><ruby>r<rt>t</ruby><object>o</b></object></div></p></br><form><form></form>"
    "<frameset></body></html><!-- end --><plaintext>\0rest";

static void takes_any_end(void **state)
{
    (void)state;
    syn_arena mem = {0};
    for (size_t n = 0; n < sizeof(sampler); n++) {
        /* A copy of its own size, so that a read past the end is seen. */
        char *copy = malloc(n + !n);
        memcpy(copy, sampler, n);
        check_tree(parse(&mem, (syn_str){copy, n}, NULL));
        free(copy);
        syn_arena_reset(&mem);
    }
    syn_arena_free(&mem);
}

static void takes_any_byte(void **state)
{
    (void)state;
    static const char odd[] = {'\0', '<', '>', '"', '\'', '&', '/', '!', '-', '\r', '=', ' ', ';', ']', '?'};
    syn_arena mem = {0};
    for (size_t at = 0; at + 1 < sizeof(sampler); at++) {
        char page[sizeof(sampler)];
        memcpy(page, sampler, sizeof(sampler));
        for (size_t i = 0; i < SYN_COUNT(odd); i++) {
            page[at] = odd[i];
            check_tree(parse(&mem, (syn_str){page, sizeof(page)}, NULL));
            syn_arena_reset(&mem);
        }
    }
    syn_arena_free(&mem);
}

static void takes_any_fragment(void **state)
{
    (void)state;
    static const char *const contexts[] = {"html",
                                           "head",
                                           "body",
                                           "table",
                                           "tbody",
                                           "tr",
                                           "td",
                                           "select",
                                           "template",
                                           "title",
                                           "script",
                                           "colgroup",
                                           "frameset",
                                           "form",
                                           "svg svg",
                                           "math",
                                           "math mi",
                                           "svg title",
                                           "textarea",
                                           "",
                                           "x-y",
                                           "caption",
                                           "math annotation-xml"};
    syn_arena mem = {0};
    for (size_t i = 0; i < SYN_COUNT(contexts); i++) {
        syn_html_options options = {.fragment_of = contexts[i]};
        for (size_t n = 0; n < sizeof(sampler); n += 7) {
            check_tree(parse(&mem, (syn_str){sampler + n, sizeof(sampler) - n}, &options));
            syn_arena_reset(&mem);
        }
    }
    syn_arena_free(&mem);
}

static void stops_at_the_arenas_limit(void **state)
{
    (void)state;
    size_t refused = 0, parsed = 0;
    for (size_t limit = 1; limit < 40000; limit += 61) {
        syn_arena mem = {.limit = limit};
        syn_document *doc = NULL;
        syn_err err = {0};
        syn_code rc = syn_html_parse(&mem, (syn_str){sampler, sizeof(sampler)}, NULL, &doc, &err);
        assert_true(rc == SYN_OK || rc == SYN_ENOMEM);
        assert_true((rc == SYN_OK) == (doc != NULL));
        assert_int_equal(err.code, rc);
        if (rc == SYN_OK)
            parsed++;
        else
            refused++;
        syn_arena_free(&mem);
    }
    assert_true(refused > 0 && parsed > 0);
}

/* head, then unit over and over, then as often end, '%' standing for a running number. */
typedef struct flood {
    const char *head, *unit, *end;
    size_t nodes_each; /* most nodes that one unit and its end may make */
} flood;

static void add_units(syn_buf *b, const char *unit, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (const char *c = unit; *c; c++) {
            if (*c == '%')
                syn_buf_format(b, "%zu", i);
            else
                syn_buf_c(b, *c == '\1' ? '\0' : *c);
        }
    }
}

static void is_not_swamped(void **state)
{
    (void)state;
    static const flood floods[] = {
        {"", "<div>", "</div>", 1},
        {"", "<b>", "", 1},
        {"", "<b><i>", "<p>", 6},
        {"", "<font color=%>", "<p>x", 24},
        {"", "</p>", "", 1},
        {"<p><object>", "<span>", "</p>", 2},
        {"", "<b><div>", "</b>", 3},
        {"<b>", "<div>", "</b><b>", 24},
        {"", "<a><div>", "", 3},
        {"", "<x-%>", "</y>", 1},
        {"<svg>", "<g%>", "</y>", 1},
        {"", "<div>", "<li></li>", 2},
        {"", "<table><td>", "", 4},
        {"", "<template>", "</template>", 2},
        {"<table>", "a<td>x</foo>y</td>", "", 6},
        {"", "a</foo>", "", 1},
        {"<p ", "a% ", "", 1},
        {"", "<html a%=1>", "", 1},
        {"", "<form><div>", "</form><form>", 2},
        {"", "<table><td><object>", "</table>", 5},
        {"", "<aside><b>", "</aside>", 24},
        {"", "<math><mi>", "</p>", 3},
        {"<title>", "</titl", "", 1},
        {"", "<!--", "", 1},
        {"", "<script><!--<script>", "", 1},
        {"<svg>", "<![CDATA[]]>", "", 1},
        {"", "\1&#0;&nGt;\r", "", 1},
        {"", "<frameset>", "</frameset>", 1},
        {"", "<ruby><rt>", "", 2},
    };
    const size_t count = 20000;
    for (size_t i = 0; i < SYN_COUNT(floods); i++) {
        syn_arena mem = {0};
        syn_buf page = {0};
        syn_buf_z(&page, floods[i].head);
        add_units(&page, floods[i].unit, count);
        add_units(&page, floods[i].end, count);
        size_t nodes = check_tree(parse(&mem, syn_buf_str(&page), NULL));
        if (nodes > 5000 + count * floods[i].nodes_each) fail_msg("%s: %zu nodes", floods[i].unit, nodes);
        syn_buf_free(&page);
        syn_arena_free(&mem);
    }
}

static void caps_the_depth(void **state)
{
    (void)state;
    syn_arena mem = {0};
    syn_buf page = {0};
    add_units(&page, "<div>%", 200000);
    const syn_document *doc = parse(&mem, syn_buf_str(&page), NULL);
    assert_true(doc->depth_capped);
    assert_int_equal(check_tree(doc), 4 + 400000); /* nothing is lost */
    const syn_node *n = doc->body;
    for (size_t i = 0; n->last; i++) n = n->last;
    assert_str(n->text, SYN_STR("199999"));
    syn_buf_clear(&page);
    add_units(&page, "<div>", 500);
    assert_false(parse(&mem, syn_buf_str(&page), NULL)->depth_capped);
    syn_buf_free(&page);
    syn_arena_free(&mem);
}

static void takes_a_huge_attribute(void **state)
{
    (void)state;
    syn_arena mem = {0};
    syn_buf page = {0};
    syn_buf_z(&page, "<p title='");
    add_units(&page, "0123456789", 1000000);
    syn_buf_z(&page, "' lang=ar>");
    const syn_node *p = find(parse(&mem, syn_buf_str(&page), NULL), SYN_TAG_P);
    assert_int_equal(syn_html_attr(p, "title", NULL).n, 10000000);
    assert_str(syn_html_attr(p, "lang", NULL), SYN_STR("ar"));
    assert_true(mem.used < 100000);
    syn_buf_clear(&page);
    syn_buf_z(&page, "<p ");
    add_units(&page, "a%=% ", 100000);
    syn_buf_z(&page, ">x");
    p = find(parse(&mem, syn_buf_str(&page), NULL), SYN_TAG_P);
    assert_int_equal(p->nattrs, SYN_MAX_ATTRIBUTES);
    assert_str(p->first->text, SYN_STR("x"));
    syn_buf_free(&page);
    syn_arena_free(&mem);
}

static void names_every_tag(void **state)
{
    (void)state;
    static const char *const names[] = {
        "",
#define SYN_TAG(id, name) name,
#include "../../src/html/tags.def"
#undef SYN_TAG
    };
    for (unsigned i = 1; i < SYN_TAG_COUNT; i++) {
        syn_arena mem = {0};
        char page[64];
        syn_html_options options = {.fragment_of = "math"};
        snprintf(page, sizeof(page), "<mi><%s>", names[i]);
        syn_html_options context = {.fragment_of = names[i]};
        check_tree(parse(&mem, SYN_STR("x"), &context));
        const syn_document *doc = parse(&mem, syn_str_of(page), &options);
        const syn_node *n = doc->root->first->first;
        /* Some are ignored there or go by another name. */
        if (n && i != SYN_TAG_IMAGE) {
            assert_int_equal(n->tag, i);
            assert_str(n->text, syn_str_of(names[i]));
        }
        syn_arena_free(&mem);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(borrows_the_input),
        cmocka_unit_test(finds_attributes),
        cmocka_unit_test(walks_in_order),
        cmocka_unit_test(fills_the_document),
        cmocka_unit_test(heeds_its_options),
        cmocka_unit_test(takes_any_end),
        cmocka_unit_test(takes_any_byte),
        cmocka_unit_test(takes_any_fragment),
        cmocka_unit_test(stops_at_the_arenas_limit),
        cmocka_unit_test(is_not_swamped),
        cmocka_unit_test(caps_the_depth),
        cmocka_unit_test(takes_a_huge_attribute),
        cmocka_unit_test(names_every_tag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
