/* url.c - stage 2b: addresses, taken apart by libcurl's own parser so that what is checked is what is fetched. */
#include <curl/curl.h>
#include <stdlib.h>

#include "internal.h"

bool syn_fetch_is_url(syn_str word)
{
    return syn_starts_i(word, SYN_STR("http://")) || syn_starts_i(word, SYN_STR("https://"));
}

syn_shown syn_fetch_shown(syn_str url)
{
    syn_shown shown;
    syn_str head = syn_utf8_head(url, sizeof shown.z - 4);
    size_t n = 0;
    for (; n < head.n; n++) shown.z[n] = (unsigned char)head.p[n] < 32 || head.p[n] == 127 ? '?' : head.p[n];
    if (head.n < url.n) {
        memcpy(shown.z + n, "...", 3);
        n += 3;
    }
    shown.z[n] = 0;
    return shown;
}

static syn_str part(syn_arena *arena, CURLU *u, CURLUPart what, unsigned flags)
{
    char *value = NULL;
    if (curl_url_get(u, what, &value, flags)) return (syn_str){0};
    syn_str copy = syn_dup(arena, syn_str_of(value));
    curl_free(value);
    return copy;
}

static bool has(CURLU *u, CURLUPart what)
{
    char *value = NULL;
    bool there = !curl_url_get(u, what, &value, 0);
    curl_free(value);
    return there;
}

static syn_code take_apart(syn_arena *arena, CURLU *u, syn_str base, syn_str url, syn_target *out, syn_err *err)
{
    const unsigned set = CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME;
    const syn_shown shown = syn_fetch_shown(url);
    if (url.n > SYN_MAX_URL)
        return syn_fail(err, SYN_EINVAL, 0, "%s: an address of more than %zu bytes", shown.z, SYN_MAX_URL);
    for (size_t i = 0; i < url.n; i++) {
        if ((unsigned char)url.p[i] < 32 || url.p[i] == 127)
            return syn_fail(err, SYN_EINVAL, i, "%s: an address with control characters", shown.z);
    }
    syn_str copy = syn_dup(arena, url), from = syn_dup(arena, base);
    if (arena->failed) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    if ((base.n && curl_url_set(u, CURLUPART_URL, from.p, set)) || curl_url_set(u, CURLUPART_URL, copy.p, set))
        return syn_fail(err, SYN_EINVAL, 0, "%s: not an address", shown.z);
    syn_str scheme = part(arena, u, CURLUPART_SCHEME, 0);
    if (!syn_str_is(scheme, "http") && !syn_str_is(scheme, "https"))
        return syn_fail(err, SYN_EINVAL, 0, "%s: only http and https are fetched", shown.z);
    if (has(u, CURLUPART_USER) || has(u, CURLUPART_PASSWORD))
        return syn_fail(err, SYN_EINVAL, 0, "%s: an address with a password or user name", shown.z);
    curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0);
    syn_target t = {.url = part(arena, u, CURLUPART_URL, CURLU_PUNYCODE),
                    .host = part(arena, u, CURLUPART_HOST, CURLU_PUNYCODE)};
    syn_str port = part(arena, u, CURLUPART_PORT, CURLU_DEFAULT_PORT), path = part(arena, u, CURLUPART_PATH, 0),
            query = part(arena, u, CURLUPART_QUERY, 0);
    if (!t.url.n || !t.host.n || t.url.n > 3 * SYN_MAX_URL)
        return syn_fail(err, SYN_EINVAL, 0, "%s: not an address", shown.z);
    if (t.host.p[0] == '[') t.host = syn_dup(arena, syn_slice(t.host, 1, t.host.n - 1));
    bool v6 = syn_find_byte(t.host, ':', 0) != SIZE_MAX;
    syn_buf lower = {.max = SYN_MAX_URL};
    for (size_t i = 0; i < t.host.n; i++) {
        char c = t.host.p[i];
        syn_buf_c(&lower, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
    }
    if (lower.n > 1 && lower.p[lower.n - 1] == '.') lower.n--; /* the root's own dot names the same host */
    t.host = syn_dup(arena, syn_buf_str(&lower));
    syn_buf_free(&lower);
    t.origin = syn_arena_format(arena, v6 ? "%.*s://[%.*s]:%.*s" : "%.*s://%.*s:%.*s", SYN_FMT(scheme), SYN_FMT(t.host),
                                SYN_FMT(port));
    t.path = query.n ? syn_arena_format(arena, "%.*s?%.*s", SYN_FMT(path), SYN_FMT(query)) : path;
    if (arena->failed) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    *out = t;
    return SYN_OK;
}

syn_code syn_target_of(syn_arena *arena, syn_str base, syn_str url, syn_target *out, syn_err *err)
{
    CURLU *u = curl_url();
    if (!u) return syn_fail(err, SYN_ENOMEM, 0, "no memory");
    syn_code rc = take_apart(arena, u, base, syn_trim(url), out, err);
    curl_url_cleanup(u);
    return rc;
}
