/* test_read_linear.c - reading takes time linear in the bytes whatever they are: the work of what invites quadratic
   time is counted (tests/counted/count.h) at a size and at twice that size. */
#include "../../src/html/html.h"
#include "../../src/read/read.h"
#include "test.h"

/* Counted by the library's objects. */
extern uint64_t syn_work;
uint64_t syn_work;
void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
    syn_work++;
}

/* head, then unit over and over, then as often end, then tail; '%' stands for a running number. */
typedef struct flood {
    const char *head, *unit, *end, *tail;
} flood;

static void add_units(syn_buf *b, const char *unit, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (const char *c = unit; *c; c++) {
            if (*c == '%')
                syn_buf_format(b, "%zu", i);
            else
                syn_buf_c(b, *c);
        }
    }
}

static void make(syn_buf *page, const flood *f, size_t count)
{
    syn_buf_z(page, f->head);
    add_units(page, f->unit, count);
    add_units(page, f->end, count);
    syn_buf_z(page, f->tail);
}

typedef uint64_t work_fn(syn_str bytes);

static uint64_t parse(syn_str bytes)
{
    syn_arena mem = {0};
    syn_document *doc;
    syn_work = 0;
    assert_int_equal(syn_html_parse(&mem, bytes, NULL, &doc, NULL), SYN_OK);
    uint64_t work = syn_work;
    syn_arena_free(&mem);
    return work;
}

static syn_lexicon *lexicon;

static uint64_t read(syn_str bytes)
{
    syn_arena mem = {0};
    syn_page page = {.id = SYN_STR("flood"), .bytes = bytes, .url = SYN_STR("https://example.org/a/b")};
    syn_articles all;
    syn_work = 0;
    assert_int_equal(syn_read_page(&mem, lexicon, &page, NULL, &all, NULL), SYN_OK);
    uint64_t work = syn_work;
    syn_arena_free(&mem);
    return work;
}

/* Twice the bytes may cost a little more than twice the work (rounding up, tables that double), never four times; and
   no byte more than so much work. */
static void is_linear(const flood *f, work_fn *work, size_t count, double most_each)
{
    uint64_t once, twice;
    syn_buf page = {0};
    make(&page, f, count);
    once = work(syn_buf_str(&page));
    syn_buf_clear(&page);
    make(&page, f, 2 * count);
    twice = work(syn_buf_str(&page));
    double ratio = (double)twice / (double)(once + 1), each = (double)twice / (double)page.n;
    if (getenv("SYN_SHOW")) printf("%6.2f times %8.1f a byte: %.40s %.40s\n", ratio, each, f->head, f->unit);
    if (ratio > 2.5 || each > most_each)
        fail_msg("%s%s: %.2f times the work at twice the size, %.1f a byte", f->head, f->unit, ratio, each);
    syn_buf_free(&page);
}

static void trees(void **state)
{
    (void)state;
    static const flood floods[] = {
        {"", "<div>", "", ""},
        {"", "<div>", "</div>", ""},
        {"", "<b>", "", ""},
        {"", "<b><i>", "<p>", ""},
        {"", "<font color=%>", "<p>x", ""},
        {"", "<b id=%><p>x", "", ""},
        {"", "<a href=%>", "", ""},
        {"", "<a><div>", "", ""},
        {"", "<b><div>", "</b>", ""},
        {"<b>", "<div>", "</b><b>", ""},
        {"", "<nobr>", "", ""},
        {"", "</p>", "", ""},
        {"", "</br>", "", ""},
        {"<p><object>", "<span>", "</p>", ""},
        {"", "<x-%>", "</y>", ""},
        {"<svg>", "<g%>", "</y>", ""},
        {"<svg>", "<g>", "</p>", ""},
        {"<math>", "<mi>", "</p>", ""},
        {"", "<svg><foreignObject>", "", ""},
        {"", "<div>", "<li></li>", ""},
        {"", "<ul><li>", "", ""},
        {"", "<li>x", "", ""},
        {"", "<dl><dd>", "<dt>", ""},
        {"", "<table><td>", "", ""},
        {"", "<table><tr><td>", "</td></tr></table>", ""},
        {"<table>", "x", "", ""},
        {"<table>", "<p>x", "", ""},
        {"<table>", "a<td>x</foo>y</td>", "", ""},
        {"<table>", "<tr><b>x", "", ""},
        {"<table>", "<b>x</b>", "", ""},
        {"", "<table>x", "", ""},
        {"<table>", "<caption>", "</table>", ""},
        {"", "<table><td><object>", "</table>", ""},
        {"", "<template>", "", ""},
        {"", "<template>", "</template>", ""},
        {"<table>", "<template><td>", "</tr>", ""},
        {"", "<select>", "", ""},
        {"", "<select><option>", "", ""},
        {"<select>", "<optgroup><option>x", "", ""},
        {"<select>", "<div><b>", "</select>", ""},
        {"", "<form>", "", ""},
        {"", "<form><div>", "</form><form>", ""},
        {"", "<button>", "", ""},
        {"", "<aside><b>", "</aside>", ""},
        {"", "<ruby><rt>", "", ""},
        {"", "<frameset>", "</frameset>", ""},
        {"", "<body a%=1>", "", ""},
        {"", "<html a%=1>", "", ""},
        {"<p ", "a%=% ", "", ">"},
        {"<p ", "a=1 ", "", ">"},
        {"<p title='", "&amp;", "", "'>"},
        {"<p title='", "&", "", "'>"},
        {"<p title='", "a", "", ""},
        {"", "<p title='", "", ""},
        {"", "<!--", "", ""},
        {"", "<!-", "", ""},
        {"<!--", "--!", "", ""},
        {"", "<![CDATA[", "", ""},
        {"<svg>", "<![CDATA[]]>", "", ""},
        {"<title>", "</titl", "", ""},
        {"<textarea>", "</textare", "", ""},
        {"<script>", "<!--<script ", "</script", ""},
        {"", "<script><!--<script>", "", ""},
        {"<plaintext>", "</plaintext>", "", ""},
        {"", "&#0;&nGt;\r", "", ""},
        {"", "&#x41", "", ""},
        {"", "&notit", "", ""},
        {"", "a\r\n", "", ""},
        {"<pre>", "\n", "", ""},
        {"", "<!doctype a>", "", ""},
        {"<!doctype a public '", "a", "", ""},
        {"", "<image>", "<isindex>", ""},
        {"", "<h1>", "</h2>", ""},
        {"", "<marquee><b>", "</marquee>", ""},
        {"", "a</foo>", "", ""},
    };
    for (size_t i = 0; i < SYN_COUNT(floods); i++) is_linear(&floods[i], parse, 6000, 500);
}

/* 200,000 elements in one another, and one attribute of 50 MB. */
static void giants(void **state)
{
    (void)state;
    static const flood nested = {"", "<div>", "", ""}, attribute = {"<p title='", "0123456789", "", "'>x"};
    is_linear(&nested, parse, 100000, 100);
    is_linear(&attribute, parse, 2500000, 1);
    is_linear(&nested, read, 100000, 200);
    is_linear(&attribute, read, 500000, 20);
}

static void articles(void **state)
{
    (void)state;
    assert_int_equal(syn_lexicon_open(&lexicon, NULL), SYN_OK);
    static const flood floods[] = {
        {"<h1>Title of it</h1>", "<p>Words of a sentence number % that goes on for a while, and then it ends.", "", ""},
        {"", "<div><p>Words of a sentence number % that goes on for a while, and ends.</p>", "", ""},
        {"<p>", "Words of a sentence. ", "", ""},
        {"<p>", "word", "", ""},
        {"<p>", "ข่าว", "", ""},
        {"", "<h1>Title number %</h1>", "", ""},
        {"<title>", "Part - ", "", "</title><h1>Part</h1>"},
        {"<title>", "a | ", "", "</title><h1>Part</h1>"},
        {"", "<a href=/%>Link number %</a>", "", ""},
        {"", "<a href=/%>Link number %</a><br>", "", ""},
        {"<p>Text.", "<img src=/%.jpg><p>Foto: A B (Foto: C D)</p>", "", ""},
        {"", "<figure><img src=/%><figcaption>Foto: A B</figcaption></figure>", "", ""},
        {"<figure><img src=/a>", "<figcaption>(Photo: A B) / ", "", ""},
        {"<figure><img src=/a><figcaption>", "(Photo: A / ", "", ""},
        {"", "<figure><img src=/%>", "", ""},
        {"", "<ul><li>One thing and another", "", ""},
        {"<ul>", "<li>One thing and another.</li>", "", ""},
        {"<table>", "<tr><td>One<td>two", "", ""},
        {"", "<time datetime=2025-01-02T03:04:05Z>2 January 2025</time><p>x", "", ""},
        {"<p>", "2 January 2025, 3:04 ", "", ""},
        {"<p class=date>", "12.12.12 ", "", ""},
        {"", "<p class=date>3 March 20%", "", ""},
        {"<p class=byline>By ", "Ann Bee, ", "", ""},
        {"", "<p class=byline>By Ann Bee</p>", "", ""},
        {"", "<a rel=author href=/%>Ann Bee %</a>", "", ""},
        {"", "<meta name=author content='Ann Bee %'>", "", ""},
        {"", "<meta property=article:tag content='tag %'>", "", ""},
        {"<meta name=keywords content='", "word %,", "", "'>"},
        {"", "<link rel=alternate hreflang=sv href=/%>", "", ""},
        {"", "<span itemprop=author><span itemprop=author>", "", "Ann"},
        {"", "<div class=comment><span itemprop=datePublished>", "", "2025-01-02"},
        {"", "<div itemprop=author>", "", "Ann"},
        {"", "<div itemprop=headline>", "", "Title"},
        {"<p class='", "content-title ad% ", "", "'>x"},
        {"", "<p class='article-body story-text widget-%'>Some words.", "", ""},
        {"<script type=application/ld+json>[", "{\"@type\":\"NewsArticle\",\"headline\":\"A %\"},", "",
         "{\"@type\":\"NewsArticle\",\"headline\":\"A\"}]</script>"},
        {"<script type=application/ld+json>", "[", "", "</script>"},
        {"<script type=application/ld+json>", "{\"@graph\":", "", "</script>"},
        {"<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"", "a\\n", "", "\"}</script>"},
        {"", "<script type=application/ld+json>{\"@type\":\"NewsArticle\"}</script>", "", ""},
        {"<script>", "\"datePublished\":", "", "</script>"},
        {"<script>", "\"datePublished\":\"", "", "</script>"},
        {"<script>", "12:00:00+0", "", "</script>"},
        {"<script>a=", "\\\\\\", "", "</script>"},
        {"<body>", "\"2025-01-02", "", ""},
        {"<base href=/a/>", "<img src=../", "", ">"},
        {"", "<meta charset", "", ""},
        {"", "<meta http-equiv=content-type content='text/html;", "", ""},
        {"", "<template><p>Words of a sentence.</p>", "", ""},
        {"", "<noscript><p>Words.", "", ""},
        {"", "<blockquote><p>Words of a sentence, said somebody.", "", ""},
        {"", "<aside><h2>Related</h2><p>Words of a sentence.", "", ""},
        {"", "<section><h2>Comments</h2><p>Words of a sentence.", "", ""},
    };
    for (size_t i = 0; i < SYN_COUNT(floods); i++) is_linear(&floods[i], read, 2500, 2000);
}

static void other_forms(void **state)
{
    (void)state;
    static const flood floods[] = {
        {"Title of it\n\n", "Words of a sentence number % that goes on for a while.\n\n", "", ""},
        {"Title of it\n\n", "Menu %\n", "", ""},
        {"Title of it\n\n", "Published 2 January 2025\nBy Ann Bee\n", "", ""},
        {"", "\n", "", "x"},
        {"", "word ", "", ""},
        {"<rss version='2.0'><channel>", "<item><title>A %</title><link>/%</link><description>b</description></item>",
         "", "</channel></rss>"},
        {"<rss version='2.0'><channel><item>", "<description>b</description>", "", "</item></channel></rss>"},
        {"<rss version='2.0'><channel><item><description>", "&lt;p&gt;b", "", "</description></item></channel></rss>"},
        {"<rss version='2.0'><channel>", "<item><guid>same</guid></item>", "", "</channel></rss>"},
        {"<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry><id>%</id><title>A %</title></entry>", "", "</feed>"},
        {"{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[", "{\"id\":\"%\",\"title\":\"A %\"},", "",
         "{\"id\":\"a\"}]}"},
        {"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
         "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>",
         "<url><loc>https://example.org/%</loc><news:news><news:title>A %</news:title></news:news></url>", "",
         "</urlset>"},
    };
    for (size_t i = 0; i < SYN_COUNT(floods); i++) is_linear(&floods[i], read, 1500, 2000);
    syn_lexicon_close(lexicon);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(trees), cmocka_unit_test(giants), cmocka_unit_test(articles),
                                       cmocka_unit_test(other_forms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
