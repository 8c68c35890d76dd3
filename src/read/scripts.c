/* scripts.c - stage 2: the day of publication where only scripts hold it, as pages do that are built by one. */
#include "when.h"

enum { MAX_KEY = 40, MAX_VALUE = 48, MAX_TRIES = 400 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool of_key(char c)
{
    c = lower(c);
    return (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

/* A key without case and joiners is one of these, or ends in one: "article.publishedAt", "first_publish_date". */
static bool names_publication(syn_str key)
{
    static const char *const ENDS[] = {
        "datepublished", "publishedat",  "publishdate",    "publicationdate", "publisheddate", "pubdate",
        "publishedtime", "publishtime",  "publishedon",    "firstpublished",  "datecreated",   "createdat",
        "posteddate",    "dateposted",   "releasedate",    "published",       "createddate",   "creationdate",
        "publishat",     "datecreation", "datepublication"};
    char word[MAX_KEY], last = key.n ? lower(key.p[key.n - 1]) : 0;
    size_t n = 0;
    if (last != 'd' && last != 't' && last != 'e' && last != 'n') return false; /* what the words below end in */
    for (size_t i = 0; i < key.n && n < sizeof word; i++) {
        if (key.p[i] != '_' && key.p[i] != '-') word[n++] = lower(key.p[i]);
    }
    for (size_t i = 0; i < SYN_COUNT(ENDS); i++) {
        if (syn_ends((syn_str){word, n}, syn_str_of(ENDS[i]))) return true;
    }
    return syn_str_is((syn_str){word, n}, "datetime");
}

static bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

/* What stands between quotes from at on; quotes that are themselves quoted count ("\\\"a\\\""). */
static syn_str quoted(syn_str s, size_t at)
{
    while (at < s.n && s.p[at] == '\\') at++;
    if (at >= s.n || !is_quote(s.p[at])) return (syn_str){0};
    size_t from = ++at;
    while (at < s.n && at - from < MAX_VALUE && !is_quote(s.p[at]) && s.p[at] != '\\') at++;
    return at < s.n && (is_quote(s.p[at]) || s.p[at] == '\\') ? syn_slice(s, from, at) : (syn_str){0};
}

/* Past the sign between a key and its value; SIZE_MAX if there is none. */
static size_t past_sign(syn_str s, size_t at)
{
    bool sign = false;
    while (at < s.n && (s.p[at] == '\\' || is_quote(s.p[at]))) at++;
    for (; at < s.n && (s.p[at] == ' ' || s.p[at] == ':' || s.p[at] == '='); at++) sign = sign || s.p[at] != ' ';
    return sign ? at : SIZE_MAX;
}

/* The first such value, or the first that is a day without a clock. */
static bool script_date(syn_reading *r, syn_str html, bool day_only, syn_time *out)
{
    size_t tries = 0;
    for (size_t sign = 0; sign < html.n && tries < MAX_TRIES; sign++) {
        if (html.p[sign] != ':' && html.p[sign] != '=') continue;
        size_t end = sign;
        while (end && sign - end < 4 &&
               (html.p[end - 1] == ' ' || html.p[end - 1] == '\\' || is_quote(html.p[end - 1])))
            end--;
        size_t from = end;
        while (from && end - from < MAX_KEY && of_key(html.p[from - 1])) from--;
        if (end - from < 7 || !names_publication(syn_slice(html, from, end))) continue;
        size_t at = past_sign(html, sign);
        tries++;
        syn_str value = at == SIZE_MAX ? (syn_str){0} : quoted(html, at);
        if (value.n >= 8 && syn_read_time(r, value, out) && (out->date_only || !day_only)) return true;
    }
    return false;
}

bool syn_read_script_date(syn_reading *r, syn_str html, syn_time *out)
{
    return script_date(r, html, false, out);
}

bool syn_read_script_day(syn_reading *r, syn_str html, syn_time *out)
{
    return script_date(r, html, true, out);
}

bool syn_read_quoted_date(syn_reading *r, syn_str html, syn_time *out)
{
    size_t tries = 0, at = syn_find(html, SYN_STR("<body"), 0);
    for (at = at == SIZE_MAX ? 0 : at; at + 16 < html.n && tries < MAX_TRIES; at++) {
        if (!is_quote(html.p[at]) || (html.p[at + 1] != '2' && html.p[at + 1] != '1')) continue;
        char mark = html.p[at + 5];
        if ((mark != '-' && mark != '/' && mark != '.') || html.p[at + 8] != mark) continue;
        tries++;
        syn_str value = quoted(html, at);
        if (value.n >= 16 && syn_read_time(r, value, out) && !out->date_only) return true;
    }
    return false;
}
