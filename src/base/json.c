/* json.c - stage 0: JSON in through cJSON, JSON out by our own writer. */
#include "base.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>

/* cJSON recurses: nesting is bounded before it sees the text. */
static bool too_deep(syn_str s)
{
    int depth = 0;
    bool string = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (string) {
            if (c == '\\')
                i++;
            else if (c == '"')
                string = false;
        } else if (c == '"') {
            string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > SYN_MAX_JSON_DEPTH) return true;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return false;
}

syn_json *syn_json_parse(syn_str text, syn_err *err)
{
    const char *end = NULL;
    if (too_deep(text)) {
        syn_fail(err, SYN_ELIMIT, 0, "JSON nested deeper than %d", SYN_MAX_JSON_DEPTH);
        return NULL;
    }
    text = syn_trim(text);
    cJSON *j = cJSON_ParseWithLengthOpts(text.n ? text.p : "", text.n, &end, 0);
    if (j && end != text.p + text.n) {
        cJSON_Delete(j);
        j = NULL;
    }
    if (!j) {
        size_t at = end && text.p && end >= text.p ? (size_t)(end - text.p) : 0;
        syn_fail(err, SYN_EFORMAT, at, "not JSON (byte %zu)", at);
    }
    return j;
}

void syn_json_free(syn_json *j)
{
    cJSON_Delete(j);
}

const syn_json *syn_json_get(const syn_json *object, const char *key)
{
    const cJSON *v = cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, key) : NULL;
    return v && !cJSON_IsNull(v) ? v : NULL;
}

syn_str syn_json_str(const syn_json *j)
{
    return cJSON_IsString(j) ? syn_str_of(j->valuestring) : (syn_str){"", 0};
}

syn_str syn_json_get_str(const syn_json *object, const char *key)
{
    return syn_json_str(syn_json_get(object, key));
}

bool syn_json_number(const syn_json *j, double *value)
{
    if (!cJSON_IsNumber(j)) return false;
    *value = j->valuedouble;
    return true;
}

bool syn_json_is_array(const syn_json *j)
{
    return cJSON_IsArray(j);
}
bool syn_json_is_object(const syn_json *j)
{
    return cJSON_IsObject(j);
}
const syn_json *syn_json_first(const syn_json *j)
{
    return j && (cJSON_IsArray(j) || cJSON_IsObject(j)) ? j->child : NULL;
}
const syn_json *syn_json_next(const syn_json *j)
{
    return j ? j->next : NULL;
}

/* ---- writing ---- */

static void value_due(syn_jsonw *w)
{
    if (w->comma >> w->depth & 1) syn_buf_c(w->out, ',');
    w->comma |= (uint64_t)1 << w->depth;
}

void syn_jw_open(syn_jsonw *w, char bracket)
{
    value_due(w);
    syn_buf_c(w->out, bracket);
    if (w->depth < 63)
        w->depth++;
    else
        w->out->failed = true;
    w->comma &= ~((uint64_t)1 << w->depth);
}

void syn_jw_close(syn_jsonw *w, char bracket)
{
    if (w->depth > 0) w->depth--;
    syn_buf_c(w->out, bracket == '{' || bracket == '}' ? '}' : ']');
}

static void string(syn_buf *b, syn_str s)
{
    syn_buf_c(b, '"');
    for (size_t i = 0, from = 0; i <= s.n;) {
        uint32_t cp = 0;
        unsigned char c = i < s.n ? (unsigned char)s.p[i] : 0;
        bool plain = i < s.n && c >= ' ' && c < 0x80 && c != '"' && c != '\\';
        size_t k = 1;
        if (i < s.n && c >= 0x80) {
            k = syn_utf8_next(s, i, &cp);
            plain = cp != SYN_BAD_CP && cp != 0x2028 && cp != 0x2029;
        }
        if (plain) {
            i += k;
            continue;
        }
        syn_buf_add(b, syn_slice(s, from, i));
        if (i == s.n) break;
        if (c >= 0x80)
            syn_buf_format(b, cp == SYN_BAD_CP ? "\xEF\xBF\xBD" : "\\u%04x", (unsigned)cp);
        else if (c == '"' || c == '\\')
            syn_buf_format(b, "\\%c", c);
        else if (c == '\n')
            syn_buf_z(b, "\\n");
        else if (c == '\t')
            syn_buf_z(b, "\\t");
        else if (c == '\r')
            syn_buf_z(b, "\\r");
        else
            syn_buf_format(b, "\\u%04x", c);
        i += k;
        from = i;
    }
    syn_buf_c(b, '"');
}

void syn_jw_key(syn_jsonw *w, const char *key)
{
    value_due(w);
    string(w->out, syn_str_of(key));
    syn_buf_c(w->out, ':');
    w->comma &= ~((uint64_t)1 << w->depth);
}

void syn_jw_str(syn_jsonw *w, syn_str s)
{
    value_due(w);
    string(w->out, s);
}

void syn_jw_int(syn_jsonw *w, int64_t v)
{
    value_due(w);
    syn_buf_format(w->out, "%lld", (long long)v);
}

void syn_jw_double(syn_jsonw *w, double v)
{
    char text[40];
    double back;
    if (!isfinite(v)) {
        syn_jw_null(w);
        return;
    }
    value_due(w);
    if (v == floor(v) && fabs(v) < 1e15) {
        syn_buf_format(w->out, "%.0f", v == 0 ? 0.0 : v);
        return;
    }
    for (int digits = 1; digits <= 15; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, v); /* the program never sets a locale: '.' is the mark */
        if (syn_parse_double(syn_str_of(text), &back) && back == v) break;
    }
    syn_buf_z(w->out, text);
}

void syn_jw_bool(syn_jsonw *w, bool v)
{
    value_due(w);
    syn_buf_z(w->out, v ? "true" : "false");
}

void syn_jw_null(syn_jsonw *w)
{
    value_due(w);
    syn_buf_z(w->out, "null");
}

void syn_jw_field(syn_jsonw *w, const char *key, syn_str s)
{
    if (!s.n) return;
    syn_jw_key(w, key);
    syn_jw_str(w, s);
}
