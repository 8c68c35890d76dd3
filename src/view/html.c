/* html.c - stage 8: the writer of pages.  Markup stands as literals; whatever fills a hole is escaped for that hole. */
#include "internal.h"

extern const char syn_view_style_start[], syn_view_style_end[], syn_view_icon_start[], syn_view_icon_end[];

syn_str syn_view_style(void)
{
    return (syn_str){syn_view_style_start, (size_t)(syn_view_style_end - syn_view_style_start)};
}
syn_str syn_view_icon(void)
{
    return (syn_str){syn_view_icon_start, (size_t)(syn_view_icon_end - syn_view_icon_start)};
}

void syn_view_style_path(char out[48])
{
    syn_buf b = {.max = 47};
    syn_buf_format(&b, "/style-%016llx.css", (unsigned long long)syn_hash(syn_view_style(), 0));
    memcpy(out, b.p ? b.p : "", b.n);
    out[b.n] = 0;
    syn_buf_free(&b);
}

/* Embeddings, overrides and isolates: a foreign text stands in an isolate of its own and needs none. */
static bool steers_direction(uint32_t cp)
{
    return (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

void syn_view_escape(syn_buf *out, syn_str s)
{
    size_t done = 0;
    for (size_t at = 0, n; at < s.n; at += n) {
        unsigned char c = (unsigned char)s.p[at];
        uint32_t cp = c;
        const char *instead = NULL;
        n = c < 0x80 ? 1 : syn_utf8_next(s, at, &cp);
        if (c == '&')
            instead = "&amp;";
        else if (c == '<')
            instead = "&lt;";
        else if (c == '>')
            instead = "&gt;";
        else if (c == '"')
            instead = "&quot;";
        else if (c == '\'')
            instead = "&#39;";
        else if (cp < 0x20 && c != '\n' && c != '\t')
            instead = "\xEF\xBF\xBD";
        else if ((cp >= 0x7F && cp < 0xA0) || cp == SYN_BAD_CP)
            instead = "\xEF\xBF\xBD";
        else if (steers_direction(cp))
            instead = "";
        if (!instead) continue;
        syn_buf_add(out, syn_slice(s, done, at));
        syn_buf_z(out, instead);
        done = at + n;
    }
    syn_buf_add(out, syn_slice(s, done, s.n));
}

void syn_view_percent(syn_buf *out, syn_str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                     c == '_' || c == '.' || c == '~';
        if (plain) {
            syn_buf_c(out, (char)c);
            continue;
        }
        syn_buf_c(out, '%');
        syn_buf_c(out, hex[c >> 4]);
        syn_buf_c(out, hex[c & 15]);
    }
}

bool syn_view_link_ok(syn_str url)
{
    size_t head = syn_starts_i(url, SYN_STR("https://")) ? 8 : syn_starts_i(url, SYN_STR("http://")) ? 7 : 0;
    if (!head || url.n == head || url.n > SYN_MAX_URL) return false;
    for (size_t at = 0, n; at < url.n; at += n) {
        uint32_t cp;
        n = syn_utf8_next(url, at, &cp);
        if (cp <= 0x20 || cp == 0x7F || cp == SYN_BAD_CP || cp == '\\' || steers_direction(cp)) return false;
        if (syn_char_of(cp)->flags & SYN_CH_SPACE) return false;
    }
    return true;
}

static void put_lang(const syn_page_out *w, syn_str lang)
{
    bool known = lang.n && !syn_str_is(lang, "und");
    syn_buf_z(w->out, " lang=\"");
    if (known) syn_view_escape(w->out, lang);
    syn_buf_z(w->out, !known ? "\" dir=\"auto\"" : syn_view_rtl(lang) ? "\" dir=\"rtl\"" : "\" dir=\"ltr\"");
}

static void put_plural(const syn_page_out *w, int key, int64_t n)
{
    syn_str form = syn_str_of(syn_view_plural(w->view, key, n));
    size_t hole = syn_find(form, SYN_STR("{n}"), 0);
    syn_view_escape(w->out, syn_slice(form, 0, hole));
    if (hole == SIZE_MAX) return;
    syn_view_count(w->view, w->out, n);
    syn_view_escape(w->out, syn_slice(form, hole + 3, form.n));
}

static void put_keep(const syn_page_out *w, int first)
{
    if (!w->frame->sticky) return;
    syn_buf_z(w->out, first == '?' ? "?ui=" : "&amp;ui=");
    syn_view_escape(w->out, syn_str_of(syn_view_tag(w->view)));
}

void syn_page_put(const syn_page_out *w, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    for (const char *p = format; *p; p++) {
        const char *end = strchr(p, '%');
        if (!end) {
            syn_buf_z(w->out, p);
            break;
        }
        syn_buf_add(w->out, (syn_str){p, (size_t)(end - p)});
        p = end + 1;
        switch (*p) {
        case 't':
            syn_view_escape(w->out, va_arg(args, syn_str));
            break;
        case 'z':
            syn_view_escape(w->out, syn_str_of(va_arg(args, const char *)));
            break;
        case 'i':
            syn_buf_format(w->out, "%lld", (long long)va_arg(args, int64_t));
            break;
        case 'q':
            syn_view_percent(w->out, va_arg(args, syn_str));
            break;
        case 'l':
            put_lang(w, va_arg(args, syn_str));
            break;
        case 'k':
            syn_view_escape(w->out, syn_str_of(syn_view_text(w->view, va_arg(args, int))));
            break;
        case 'a':
            put_keep(w, va_arg(args, int));
            break;
        case 'c': {
            int key = va_arg(args, int);
            put_plural(w, key, va_arg(args, int64_t));
            break;
        }
        case 'u': {
            syn_str url = va_arg(args, syn_str);
            syn_view_escape(w->out, syn_view_link_ok(url) ? url : SYN_STR("#"));
            break;
        }
        case '%':
            syn_buf_c(w->out, '%');
            break;
        default:
            w->out->failed = true;
            p = ".";
            break; /* a hole that does not exist: no page rather than a wrong one */
        }
    }
    va_end(args);
}

/* ---- what every page has around it ---- */

static void put_nav(const syn_page_out *w, int active)
{
    static const struct {
        int key;
        const char *path;
    } items[] = {{UI_STORIES, "/"},
                 {UI_TOPICS, "/topics"},
                 {UI_SEARCH, "/search"},
                 {UI_SOURCES, "/sources"},
                 {UI_ABOUT, "/about"}};
    syn_page_put(w, "<nav class=\"pages\" aria-label=\"%k\"><ul>", UI_NAV);
    for (size_t i = 0; i < SYN_COUNT(items); i++)
        syn_page_put(w,
                     items[i].key == active ? "<li><a href=\"%z%a\" aria-current=\"page\">%k</a></li>"
                                            : "<li><a href=\"%z%a\">%k</a></li>",
                     items[i].path, '?', items[i].key);
    syn_page_put(w, "</ul></nav>");
}

static void put_search_box(const syn_page_out *w)
{
    syn_page_put(w, "<form class=\"find\" action=\"/search\" method=\"get\" role=\"search\">");
    if (w->frame->sticky) syn_page_put(w, "<input type=\"hidden\" name=\"ui\" value=\"%z\">", syn_view_tag(w->view));
    syn_page_put(w,
                 "<label class=\"unseen\" for=\"find\">%k</label><input id=\"find\" type=\"search\" name=\"q\" "
                 "maxlength=\"200\" dir=\"auto\" placeholder=\"%k\"><button>%k</button></form>",
                 UI_SEARCH_LABEL, UI_SEARCH_LABEL, UI_SEARCH_GO);
}

static void put_languages(const syn_page_out *w)
{
    syn_str path = w->frame->path;
    char glue = syn_find_byte(path, '?', 0) == SIZE_MAX ? '?' : '&';
    syn_page_put(w, "<nav class=\"tongues\" aria-label=\"%k\"><ul>", UI_LANGUAGES_NAV);
    for (size_t i = 0; i < syn_view_languages(); i++) {
        syn_str tag = syn_str_of(syn_view_language(i));
        bool here = syn_str_is(tag, syn_view_tag(w->view));
        syn_page_put(w, "<li><a href=\"%t%zui=%t\" hreflang=\"%t\"%l%z>", path, glue == '?' ? "?" : "&", tag, tag, tag,
                     here ? " aria-current=true" : "");
        syn_view_escape(w->out, syn_str_of(syn_view_autonym(i)));
        syn_page_put(w, "</a></li>");
    }
    syn_page_put(w, "</ul></nav>");
}

void syn_page_begin(const syn_page_out *w, syn_str title, int active)
{
    char style[48];
    syn_view_style_path(style);
    syn_page_put(
        w,
        "<!doctype html>\n<html%l><head><meta charset=\"utf-8\"><title>%t%z%k</title>"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        "<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\">"
        "<link rel=\"stylesheet\" href=\"%z\"><link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\">"
        "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/feed.atom%a\" title=\"%k\"></head>\n<body>"
        "<a class=\"skip\" href=\"#main\">%k</a>\n<header class=\"mast\"><p class=\"brand\"><a href=\"/%a\">"
        "<span class=\"mark\" aria-hidden=\"true\"></span>%k</a></p><p class=\"tagline\">%k</p>",
        syn_str_of(syn_view_tag(w->view)), title, title.n ? " · " : "", UI_NAME, style, '?', UI_STORIES, UI_SKIP, '?',
        UI_NAME, UI_TAGLINE);
    if (active != UI_SEARCH) put_search_box(w);
    put_nav(w, active);
    syn_page_put(w, "</header>\n<main id=\"main\">\n");
}

void syn_page_end(const syn_page_out *w)
{
    syn_page_put(w, "</main>\n<footer class=\"foot\">");
    put_languages(w);
    syn_page_put(w, "<p>%k <a href=\"/feed.atom%a\">%k</a>", UI_FOOTER, '?', UI_FEED);
    if (w->frame->editor.n)
        syn_page_put(w, " · %k <a href=\"/editor%a\"><bdi>%t</bdi></a>", UI_EDITOR_AS, '?', w->frame->editor);
    else if (w->frame->editors)
        syn_page_put(w, " · <a href=\"/editor%a\">%k</a>", '?', UI_EDITOR_TITLE);
    syn_page_put(w, "</p></footer></body></html>\n");
}

void syn_page_turn(const syn_page_out *w, syn_str path, size_t offset, size_t limit, size_t n, uint64_t total)
{
    if (!offset && offset + n >= total) return;
    syn_page_put(w, "<nav class=\"turn\" aria-label=\"%k\">", UI_PAGES);
    if (offset) {
        size_t before = offset > limit ? offset - limit : 0;
        syn_page_put(w, "<a rel=\"prev\" href=\"%tfrom=%i%a\">%k</a>", path, (int64_t)before, '&', UI_NEWER);
    }
    if (offset + n < total)
        syn_page_put(w, "<a rel=\"next\" href=\"%tfrom=%i%a\">%k</a>", path, (int64_t)(offset + n), '&', UI_OLDER);
    syn_page_put(w, "</nav>\n");
}
