/* charset.c - stage 2: bytes to UTF-8 as the WHATWG standards have it: byte order mark, the transport's charset, a
   prescan of the first 1024 bytes for <meta>, then what the bytes themselves tell: well-formed UTF-8, libuchardet's
   guess, and windows-1252 at last. */
#include <uchardet/uchardet.h>

#include "reading.h"

typedef struct charset {
    const char *label, *name, *converter;
} charset;

static const charset CHARSETS[] = {
#define SYN_CHARSET(label, name, converter) {label, name, converter},
#include "charsets.def"
#undef SYN_CHARSET
};

enum { PRESCAN = 1024, GUESS = 65536 };

static const charset *by_label(syn_str label)
{
    char lower[32];
    label = syn_trim(label);
    if (!label.n || label.n >= sizeof lower) return NULL;
    for (size_t i = 0; i < label.n; i++) {
        char c = label.p[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    lower[label.n] = 0;
    size_t low = 0, high = SYN_COUNT(CHARSETS);
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = strcmp(CHARSETS[mid].label, lower);
        if (order == 0) return &CHARSETS[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* The value after "charset=" (the standard's "extracting a character encoding from a meta element"). */
static syn_str charset_in(syn_str s)
{
    for (size_t at = 0; at + 7 <= s.n; at++) {
        if (!syn_starts_i(syn_slice(s, at, s.n), SYN_STR("charset"))) continue;
        size_t i = at + 7;
        while (i < s.n && is_space(s.p[i])) i++;
        if (i >= s.n || s.p[i] != '=') continue;
        i++;
        while (i < s.n && is_space(s.p[i])) i++;
        if (i >= s.n) break;
        if (s.p[i] == '"' || s.p[i] == '\'') {
            size_t end = syn_find_byte(s, s.p[i], i + 1);
            return end == SIZE_MAX ? (syn_str){0} : syn_slice(s, i + 1, end);
        }
        size_t end = i;
        while (end < s.n && !is_space(s.p[end]) && s.p[end] != ';') end++;
        return syn_slice(s, i, end);
    }
    return (syn_str){0};
}

/* The next attribute of a tag at *at (the standard's "get an attribute", bytes only).  False at the tag's end. */
static bool attribute(syn_str s, size_t *at, syn_str *name, syn_str *value)
{
    size_t i = *at;
    while (i < s.n && (is_space(s.p[i]) || s.p[i] == '/')) i++;
    *name = *value = (syn_str){0};
    if (i >= s.n || s.p[i] == '>') {
        *at = i;
        return false;
    }
    size_t start = i;
    while (i < s.n && !is_space(s.p[i]) && s.p[i] != '/' && s.p[i] != '>' && (s.p[i] != '=' || i == start)) i++;
    *name = syn_slice(s, start, i);
    while (i < s.n && is_space(s.p[i])) i++;
    if (i < s.n && s.p[i] == '=') {
        i++;
        while (i < s.n && is_space(s.p[i])) i++;
        if (i < s.n && (s.p[i] == '"' || s.p[i] == '\'')) {
            size_t end = syn_find_byte(s, s.p[i], i + 1);
            if (end == SIZE_MAX) end = s.n;
            *value = syn_slice(s, i + 1, end);
            i = end < s.n ? end + 1 : end;
        } else {
            size_t from = i;
            while (i < s.n && !is_space(s.p[i]) && s.p[i] != '>') i++;
            *value = syn_slice(s, from, i);
        }
    }
    *at = i;
    return true;
}

static const charset *of_meta(syn_str s, size_t *at)
{
    syn_str name, value, charset_value = {0}, content = {0};
    bool pragma = false;
    while (attribute(s, at, &name, &value)) {
        if (syn_str_ieq(name, SYN_STR("charset")))
            charset_value = value;
        else if (syn_str_ieq(name, SYN_STR("content")))
            content = value;
        else if (syn_str_ieq(name, SYN_STR("http-equiv")))
            pragma = syn_str_ieq(value, SYN_STR("content-type"));
    }
    const charset *found = charset_value.n ? by_label(charset_value) : pragma ? by_label(charset_in(content)) : NULL;
    if (!found) return NULL;
    /* What was read as bytes of ASCII cannot be UTF-16. */
    if (strncmp(found->name, "UTF-16", 6) == 0) return by_label(SYN_STR("utf-8"));
    return strcmp(found->name, "x-user-defined") == 0 ? by_label(SYN_STR("windows-1252")) : found;
}

static const charset *prescan(syn_str bytes)
{
    syn_str s = syn_slice(bytes, 0, PRESCAN);
    if (syn_starts_i(s, SYN_STR("<?xml"))) { /* feeds and XHTML name it in their declaration */
        size_t end = syn_find_byte(s, '>', 0), at = syn_find(s, SYN_STR("encoding="), 0);
        if (end != SIZE_MAX && at != SIZE_MAX && at + 10 < end) {
            size_t close = syn_find_byte(s, s.p[at + 9], at + 10);
            const charset *found = close < end ? by_label(syn_slice(s, at + 10, close)) : NULL;
            if (found) return strncmp(found->name, "UTF-16", 6) == 0 ? by_label(SYN_STR("utf-8")) : found;
        }
    }
    for (size_t i = 0; i < s.n; i++) {
        syn_str rest = syn_slice(s, i, s.n);
        if (s.p[i] != '<') continue;
        if (syn_starts(rest, SYN_STR("<!--"))) {
            size_t end = syn_find(s, SYN_STR("-->"), i + 2);
            if (end == SIZE_MAX) return NULL;
            i = end + 2;
        } else if (syn_starts_i(rest, SYN_STR("<meta")) && rest.n > 5 && (is_space(rest.p[5]) || rest.p[5] == '/')) {
            i += 5;
            const charset *found = of_meta(s, &i);
            if (found) return found;
        } else if (rest.n > 1 && (rest.p[1] == '!' || rest.p[1] == '/' || rest.p[1] == '?')) {
            size_t end = syn_find_byte(s, '>', i);
            if (end == SIZE_MAX) return NULL;
            i = end;
        }
    }
    return NULL;
}

static const charset *guess(syn_str bytes)
{
    uchardet_t detector = uchardet_new();
    if (!detector) return NULL;
    syn_str head = syn_slice(bytes, 0, GUESS);
    const charset *found = NULL;
    if (uchardet_handle_data(detector, head.p, head.n) == 0) {
        uchardet_data_end(detector);
        found = by_label(syn_str_of(uchardet_get_charset(detector)));
    }
    uchardet_delete(detector);
    return found;
}

static const charset *choose(syn_str bytes, syn_str content_type, size_t *skip)
{
    *skip = 0;
    if (syn_starts(bytes, SYN_STR("\xEF\xBB\xBF"))) {
        *skip = 3;
        return by_label(SYN_STR("utf-8"));
    }
    if (syn_starts(bytes, SYN_STR("\xFE\xFF")) || syn_starts(bytes, SYN_STR("\xFF\xFE"))) {
        *skip = 2;
        return by_label(bytes.p[0] == '\xFE' ? SYN_STR("utf-16be") : SYN_STR("utf-16le"));
    }
    const charset *found = by_label(charset_in(content_type));
    if (!found) found = prescan(bytes);
    /* A page that is well-formed UTF-8 with more than ASCII in it is UTF-8, whatever a template of old declares: no
       legacy text passes by chance. */
    if (found && strcmp(found->name, "UTF-8") != 0 && strncmp(found->name, "UTF-16", 6) != 0 &&
        strcmp(found->name, "ISO-2022-JP") != 0 && syn_utf8_valid(bytes)) {
        for (size_t i = 0; i < bytes.n; i++) {
            if ((unsigned char)bytes.p[i] >= 0x80) return by_label(SYN_STR("utf-8"));
        }
    }
    if (found) return found;
    if (syn_utf8_valid(bytes)) return by_label(SYN_STR("utf-8"));
    found = guess(bytes);
    return found ? found : by_label(SYN_STR("windows-1252"));
}

syn_code syn_read_decode(syn_arena *arena, syn_str bytes, syn_str content_type, syn_str *out, syn_str *name,
                         size_t *replaced, syn_err *err)
{
    size_t skip = 0, bad = 0;
    const charset *c = choose(bytes, content_type, &skip);
    if (strcmp(c->converter, "*") == 0)
        return syn_fail(err, SYN_EFORMAT, 0, "charset %s is not safe to decode", c->label);
    syn_str body = syn_slice(bytes, skip, bytes.n), text = body;
    syn_code rc = SYN_OK;
    if (strcmp(c->name, "UTF-8") == 0) {
        text = syn_utf8_repair(arena, body, &bad);
        if (arena->failed) rc = syn_fail(err, SYN_ENOMEM, 0, "no memory to decode the page");
    } else {
        rc = syn_read_convert(arena, body, c->name, c->converter, &text, &bad, err);
    }
    if (rc) return rc;
    *out = text;
    *name = syn_str_of(c->name);
    *replaced = bad;
    return SYN_OK;
}
