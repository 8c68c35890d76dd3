/* retry.c - stage 2b: when to ask again, and what is worth reading: RFC 9110's Retry-After, statuses and types. */
#include <curl/curl.h>

#include "internal.h"

bool syn_fetch_retry_after(syn_str value, int64_t now, int64_t *seconds)
{
    char z[64];
    uint64_t n = 0;
    value = syn_trim(value);
    if (!value.n || value.n >= sizeof z) return false;
    memcpy(z, value.p, value.n);
    z[value.n] = 0;
    if (value.p[0] >= '0' && value.p[0] <= '9') {
        if (!syn_parse_u64(value, &n)) return false;
        *seconds = n > INT32_MAX ? INT32_MAX : (int64_t)n;
        return true;
    }
    if (value.p[0] == '-' || value.p[0] == '+') return false;
    time_t when = curl_getdate(z, NULL);
    if (when < 0) return false;
    *seconds = (int64_t)when > now ? (int64_t)when - now : 0;
    if (*seconds > INT32_MAX) *seconds = INT32_MAX;
    return true;
}

uint32_t syn_fetch_backoff(unsigned tries, uint32_t pace)
{
    uint64_t wait = pace ? pace : 1;
    for (unsigned i = 0; i < tries && wait < SYN_MAX_BACKOFF; i++) wait *= 2;
    return wait < SYN_MAX_BACKOFF ? (uint32_t)wait : SYN_MAX_BACKOFF;
}

int64_t syn_fetch_due(int64_t every, unsigned fails, int64_t wait)
{
    int64_t due = every > 0 ? every : 1, most = every > SYN_MAX_FEED_WAIT ? every : SYN_MAX_FEED_WAIT;
    for (unsigned i = 0; i < fails && due < most; i++) due *= 2;
    if (due > most) due = most;
    return wait > due ? wait : due;
}

int64_t syn_fetch_again(int64_t seen, int64_t now)
{
    static const int64_t AFTER[] = {3600, 6 * 3600, 24 * 3600, 3 * 24 * 3600};
    for (size_t i = 0; i < SYN_COUNT(AFTER); i++) {
        if (seen + AFTER[i] > now) return seen + AFTER[i];
    }
    return 0;
}

bool syn_fetch_passing(int status)
{
    return status == 408 || status == 425 || status == 429 || status == 500 || (status >= 502 && status <= 504);
}

bool syn_fetch_readable_type(syn_str content_type)
{
    static const char *const TYPES[] = {"application/xhtml+xml", "application/xml", "application/json",
                                        "application/octet-stream"}; /* the last: of servers that do not know feeds */
    size_t end = syn_find_byte(content_type, ';', 0);
    syn_str type = syn_trim(syn_slice(content_type, 0, end));
    if (!type.n || syn_starts_i(type, SYN_STR("text/"))) return true;
    for (size_t i = 0; i < SYN_COUNT(TYPES); i++) {
        if (syn_str_ieq(type, syn_str_of(TYPES[i]))) return true;
    }
    if (!syn_starts_i(type, SYN_STR("application/"))) return false;
    size_t plus = syn_find_byte(type, '+', 0);
    syn_str suffix = syn_slice(type, plus == SIZE_MAX ? type.n : plus, type.n);
    return syn_str_ieq(suffix, SYN_STR("+xml")) || syn_str_ieq(suffix, SYN_STR("+json"));
}
