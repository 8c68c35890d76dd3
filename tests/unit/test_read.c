/* test_read.c - sources, charsets and the article's JSON. */
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "../../src/read/read.h"
#include "test.h"

static syn_lexicon *lexicon;

/* ---- charsets ---- */

static void decodes(syn_str bytes, const char *content_type, const char *charset, const char *text, size_t bad)
{
    syn_arena mem = {0};
    syn_str out, name;
    size_t replaced = 0;
    syn_err err = {0};
    assert_int_equal(syn_read_decode(&mem, bytes, syn_str_of(content_type), &out, &name, &replaced, &err), SYN_OK);
    assert_str(name, syn_str_of(charset));
    assert_str(out, syn_str_of(text));
    assert_int_equal(replaced, bad);
    syn_arena_free(&mem);
}

static void test_charset(void **state)
{
    (void)state;
    decodes(SYN_STR("\xEF\xBB\xBFhej"), "text/html; charset=koi8-r", "UTF-8", "hej", 0);
    decodes(SYN_STR("h\0e\0j\0"), "text/html; charset=utf-16", "UTF-16LE", "hej", 0);
    decodes(SYN_STR("\xFE\xFF\0h\0i"), "", "UTF-16BE", "hi", 0);
    decodes(SYN_STR("sm\xF6r"), "text/html; charset=\"ISO-8859-1\"", "windows-1252", "sm\xC3\xB6r", 0);
    decodes(SYN_STR("<meta charset=' cp1251 '>\xCC\xE8\xF0"), "", "windows-1251",
            "<meta charset=' cp1251 '>\xD0\x9C\xD0\xB8\xD1\x80", 0);
    decodes(
        SYN_STR("<!-- <meta charset=big5> --><meta http-equiv=Content-Type content='text/html; "
                "charset=shift_jis'>\x93\xFA"),
        "", "Shift_JIS",
        "<!-- <meta charset=big5> --><meta http-equiv=Content-Type content='text/html; charset=shift_jis'>\xE6\x97\xA5",
        0);
    decodes(SYN_STR("\xB0\xA1"), "text/html;charset=gb2312", "GBK", "\xE5\x95\x8A", 0);
    decodes(SYN_STR("a\xFF"
                    "b"),
            "text/html;charset=utf8", "UTF-8",
            "a\xEF\xBF\xBD"
            "b",
            1);
    decodes(SYN_STR("a\xC8"), "text/html;charset=euc-kr", "EUC-KR", "a\xEF\xBF\xBD", 1);
    decodes(SYN_STR("<meta charset=iso-8859-1>sm\xC3\xB6r"), "", "UTF-8", "<meta charset=iso-8859-1>sm\xC3\xB6r", 0);
    decodes(SYN_STR("plain"), "", "UTF-8", "plain", 0);
    syn_arena mem = {0};
    syn_str out, name;
    size_t replaced;
    assert_int_equal(
        syn_read_decode(&mem, SYN_STR("x"), SYN_STR("text/html;charset=hz-gb-2312"), &out, &name, &replaced, NULL),
        SYN_EFORMAT);
    syn_arena_free(&mem);
}

/* ---- sources ---- */

static char root[64];

static void put(const char *name, syn_str bytes)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", root, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    if (bytes.n) assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
    fclose(f);
}

static syn_str gzip(syn_arena *mem, syn_str s)
{
    z_stream z = {0};
    char *p = syn_alloc(mem, s.n + 200);
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (unsigned char *)(uintptr_t)s.p;
    z.avail_in = (unsigned)s.n;
    z.next_out = (unsigned char *)p;
    z.avail_out = (unsigned)(s.n + 200);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return (syn_str){p, z.total_out};
}

static syn_str join(syn_arena *mem, syn_str a, syn_str b)
{
    char *p = syn_alloc(mem, a.n + b.n + 1);
    memcpy(p, a.p, a.n);
    memcpy(p + a.n, b.p, b.n);
    return (syn_str){p, a.n + b.n};
}

/* Walk path and write what comes, a line an item, without the folder's name. */
static void walks(const char *relative, const char *want)
{
    char path[200], got[4000] = "";
    snprintf(path, sizeof path, "%s%s%s", root, *relative ? "/" : "", relative);
    syn_str paths[] = {syn_str_of(path)};
    syn_source *source;
    syn_page page;
    size_t skip = strlen(root) + 1;
    assert_int_equal(syn_source_open(paths, 1, &source, NULL), SYN_OK);
    for (int i = 0; i < 100; i++) {
        syn_err err = {0};
        syn_code rc = syn_source_next(source, &page, &err);
        if (rc == SYN_ENOTFOUND) break;
        size_t n = strlen(got);
        syn_str id = syn_slice(page.id, skip, page.id.n);
        if (rc)
            snprintf(got + n, sizeof got - n, "! %s\n", err.line + skip);
        else
            snprintf(got + n, sizeof got - n, "%.*s=%.*s\n", SYN_FMT(id), SYN_FMT(page.bytes));
    }
    syn_source_close(source);
    assert_string_equal(got, want);
}

#define RECORD(type, content, length, body)                                                                            \
    "WARC/1.0\r\nWARC-Type: " type "\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: " content                  \
    "\r\nContent-Length: " length "\r\n\r\n" body "\r\n\r\n"
#define RESPONSE "application/http; msgtype=response"

static void test_sources(void **state)
{
    (void)state;
    syn_arena mem = {0};
    snprintf(root, sizeof root, "/tmp/syn-read-XXXXXX");
    assert_non_null(mkdtemp(root));
    char inner[100];
    snprintf(inner, sizeof inner, "%s/inner", root);
    assert_int_equal(mkdir(inner, 0700), 0);
    put("b.html", SYN_STR("two"));
    put("a.html.gz", join(&mem, gzip(&mem, SYN_STR("one ")), gzip(&mem, SYN_STR("more"))));
    char packed[200];
    size_t n = ZSTD_compress(packed, sizeof packed, "three", 5, 3);
    put("c.txt.zst", (syn_str){packed, n});
    put("inner/d", SYN_STR("four"));
    put("README.md", SYN_STR("not a page"));
    put("table.tsv", SYN_STR("not\ta page"));
    put(".hidden.html", SYN_STR("no"));
    put("empty.html", (syn_str){0});
    syn_str whole = gzip(&mem, SYN_STR("a text that is cut in two before it ends"));
    put("e.gz", syn_slice(whole, 0, whole.n - 12));
    walks("", "a.html.gz=one more\nb.html=two\nc.txt.zst=three\n! e.gz: truncated gzip\n! empty.html: empty "
              "file\ninner/d=four\n");
    walks("README.md", "README.md=not a page\n");
    walks("none.html", "! none.html: No such file\n");

    syn_str archive = SYN_STR(
        RECORD("warcinfo", "text/plain", "4", "info") RECORD("response", RESPONSE, "49",
                                                             "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nhello")
            RECORD("response", RESPONSE, "27", "HTTP/1.1 404 Gone\r\n\r\nnever!")
                RECORD("response", RESPONSE, "73",
                       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n\r\n")
                    RECORD("conversion", "text/plain", "5", "plain"));
    put("x.warc", archive);
    walks("x.warc", "x.warc#1=hello\nx.warc#2=abcde\nx.warc#3=plain\n");
    size_t half = syn_find(archive, SYN_STR("WARC/1.0"), 10);
    put("y.warc.gz",
        join(&mem, gzip(&mem, syn_slice(archive, 0, half)), gzip(&mem, syn_slice(archive, half, archive.n))));
    walks("y.warc.gz", "y.warc.gz#1=hello\ny.warc.gz#2=abcde\ny.warc.gz#3=plain\n");
    put("z.warc", syn_slice(archive, 0, archive.n - 6));
    walks("z.warc", "z.warc#1=hello\nz.warc#2=abcde\n! z.warc#3: the archive ends inside a record\n");

    /* What is damaged is skipped, each with a line, and the rest is read. */
    syn_str damaged = SYN_STR(
        RECORD("conversion", "text/plain", "5",
               "plain") "noise\r\nWARC-Type: response\r\n\r\n" RECORD("conversion", "text/plain", "many", "lost")
            RECORD("conversion", "text/plain", "3", "short") RECORD("conversion", "text/plain", "4", "last"));
    put("v.warc", damaged);
    walks("v.warc", "v.warc#1=plain\n! v.warc#2: no WARC record at byte 125\n! v.warc#3: a WARC record without its "
                    "length at byte 274\nv.warc#4=sho\n! v.warc#5: no WARC record at byte 401\nv.warc#6=last\n");
    syn_str member[3], one = SYN_STR(RECORD("conversion", "text/plain", "5", "plain"));
    for (size_t i = 0; i < SYN_COUNT(member); i++) member[i] = gzip(&mem, one);
    memset((char *)(uintptr_t)member[1].p + 30, 0x55, 20);
    put("w.warc.gz", join(&mem, join(&mem, member[0], member[1]), member[2]));
    walks("w.warc.gz", "w.warc.gz#1=plain\n! w.warc.gz#2: no WARC record at byte 125\nw.warc.gz#3=plain\n");
    snprintf(inner, sizeof inner, "rm -r %s", root);
    assert_int_equal(system(inner), 0);
    syn_arena_free(&mem);
}

/* ---- pages that are none ---- */

static void refuses(syn_str bytes, const char *want)
{
    syn_arena mem = {0};
    syn_articles got;
    syn_err err = {0};
    syn_page page = {.id = SYN_STR("p"), .bytes = bytes};
    assert_int_equal(syn_read_page(&mem, lexicon, &page, NULL, &got, &err), SYN_EFORMAT);
    assert_string_equal(err.line, want);
    syn_arena_free(&mem);
}

static void test_no_pages(void **state)
{
    (void)state;
    refuses((syn_str){0}, "p: empty");
    refuses(SYN_STR("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), "p: not HTML, feed, archive or text");
    refuses(SYN_STR("\1\2\3\4\5\6\7\0\1\2\3\4"), "p: not HTML, feed, archive or text");
    refuses(SYN_STR("<?xml version='1.0'?><urlset><url/></urlset>"), "p: a sitemap, which holds no articles");
    refuses(SYN_STR("{\"a\": 1}"), "p: JSON, but no JSON Feed");
    refuses(SYN_STR("<rss><channel><title>t</title></channel></rss>"), "p: a feed without items");
}

static void test_json_feed(void **state)
{
    (void)state;
    syn_arena mem = {0};
    syn_articles got;
    syn_page page = {
        .id = SYN_STR("f"),
        .bytes = SYN_STR(
            "{\"version\":\"https://jsonfeed.org/version/"
            "1.1\",\"title\":\"T\",\"language\":\"en\",\"items\":[{\"id\":\"1\",\"url\":\"https://a.example/1\","
            "\"title\":\"One\",\"content_html\":\"<p>First.</p><p>Second.</"
            "p>\",\"date_published\":\"2025-12-03T10:00:00Z\",\"authors\":[{\"name\":\"Ada "
            "Moss\"}],\"tags\":[\"x\"]}]}")};
    assert_int_equal(syn_read_page(&mem, lexicon, &page, NULL, &got, NULL), SYN_OK);
    assert_int_equal(got.n, 1);
    assert_int_equal(got.items[0]->id.n, strlen("f#") + 16);
    assert_true(syn_starts(got.items[0]->id, SYN_STR("f#")));
    assert_str(got.items[0]->text, SYN_STR("First.\nSecond."));
    assert_str(got.items[0]->authors[0], SYN_STR("Ada Moss"));
    assert_str(got.items[0]->outlet, SYN_STR("T"));
    syn_arena_free(&mem);
}

/* ---- JSON ---- */

static void test_article_json(void **state)
{
    (void)state;
    static const char *const LINE =
        "{\"id\":\"x\",\"url\":\"u\",\"lang\":\"sv\",\"title\":\"t\",\"lead\":\"l\",\"text\":\"a\\nb\",\"published\":"
        "\"2025-12-03T10:00:00+01:00\",\"authors\":[\"A\",\"B\"],"
        "\"outlet\":\"o\",\"section\":\"s\",\"tags\":[\"g\"],\"images\":[{\"src\":\"i\",\"caption\":\"c\",\"credit\":"
        "\"d\"}],\"source\":\"q\",\"alternates\":[{\"lang\":\"fi\",\"url\":\"v\"}],\"charset\":\"UTF-8\",\"replaced\":"
        "2,\"why\":\"w\"}";
    syn_arena mem = {0};
    syn_err err = {0};
    syn_json *j = syn_json_parse(syn_str_of(LINE), &err);
    assert_non_null(j);
    syn_article *a;
    assert_int_equal(syn_article_parse(&mem, j, &a, &err), SYN_OK);
    syn_json_free(j);
    syn_buf out = {0};
    syn_jsonw w = {.out = &out};
    syn_article_write(&w, a);
    assert_str(syn_buf_str(&out), syn_str_of(LINE));
    syn_buf_free(&out);
    j = syn_json_parse(SYN_STR("{\"title\":\"t\"}"), NULL);
    assert_int_equal(syn_article_parse(&mem, j, &a, &err), SYN_OK);
    assert_int_equal(a->id.n, 0);
    syn_json_free(j);
    err = (syn_err){0};
    j = syn_json_parse(SYN_STR("{\"id\":\"x\",\"text\":7}"), NULL);
    assert_int_equal(syn_article_parse(&mem, j, &a, &err), SYN_EFORMAT);
    syn_json_free(j);
    syn_arena_free(&mem);
}

/* ---- Burmese as fonts had it ---- */

static void reads_burmese(const char *title, const char *text, const char *want_title, const char *want_text)
{
    syn_arena mem = {0};
    syn_err err = {0};
    syn_str author = SYN_STR("Ada"), tag = syn_str_of(title);
    syn_article a = {.title = syn_str_of(title),
                     .text = syn_str_of(text),
                     .authors = &author,
                     .nauthors = 1,
                     .tags = &tag,
                     .ntags = 1};
    assert_int_equal(syn_article_unicode(&mem, &a, &err), SYN_OK);
    assert_str(a.title, syn_str_of(want_title));
    assert_str(a.text, syn_str_of(want_text));
    assert_str(a.tags[0], syn_str_of(want_title));
    assert_str(a.authors[0], SYN_STR("Ada"));
    syn_arena_free(&mem);
}

static void test_zawgyi(void **state)
{
    (void)state;
    static const char *const title = "မြန်မာနိုင်ငံ သတင်း", *const text = "ရန်ကုန်မြို့တွင် စာကြည့်တိုက် ဖွင့်လှစ်သည်။\nBBC 12";
    reads_burmese("ျမန္မာႏိုင္ငံ သတင္း", "ရန္ကုန္ၿမိဳ႕တြင္ စာၾကည့္တိုက္ ဖြင့္လွစ္သည္။\nBBC 12", title, text);
    reads_burmese(title, text, title, text); /* Unicode stays */
    reads_burmese("ဗုဒ္ဓ", "သက္ကရာဇ်၊ အက္ခရာ", "ဗုဒ္ဓ", "သက္ကရာဇ်၊ အက္ခရာ");
    reads_burmese("A bridge", "closed", "A bridge", "closed");
}

static void test_long_zawgyi(void **state)
{
    (void)state;
    syn_arena mem = {0};
    syn_err err = {0};
    syn_buf text = {0};
    for (size_t i = 0; i < 40000; i++) syn_buf_z(&text, i % 500 ? "တင္း" : "တင္း\xE1 "); /* hardly a space, and torn */
    syn_article a = {.text = syn_buf_str(&text)};
    assert_int_equal(syn_article_unicode(&mem, &a, &err), SYN_OK);
    assert_true(syn_find(a.text, SYN_STR("တင်း"), 0) != SIZE_MAX);
    assert_true(a.text.n <= text.n + text.n / 2);
    syn_buf_free(&text);
    syn_arena_free(&mem);
}

int main(void)
{
    assert_int_equal(syn_lexicon_open(&lexicon, NULL), SYN_OK);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_charset),     cmocka_unit_test(test_sources),      cmocka_unit_test(test_no_pages),
        cmocka_unit_test(test_json_feed),   cmocka_unit_test(test_article_json), cmocka_unit_test(test_zawgyi),
        cmocka_unit_test(test_long_zawgyi),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    syn_lexicon_close(lexicon);
    return failed;
}
