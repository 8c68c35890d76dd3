/* number.c - stage 0: plain decimals without a locale. */
#include "base.h"

#include <math.h>

bool syn_parse_u64(syn_str s, uint64_t *value)
{
    uint64_t v = 0;
    if (!s.n) return false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned d = (unsigned char)s.p[i] - (unsigned)'0';
        if (d > 9 || __builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, d, &v)) return false;
    }
    *value = v;
    return true;
}

/* Exact up to 19 digits and powers of ten up to 22, which is all that news writes; beyond that within one part in 1e15.
 */
bool syn_parse_double(syn_str s, double *value)
{
    static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    size_t i = 0;
    bool minus = false, digits = false;
    uint64_t mantissa = 0;
    int64_t exponent = 0;
    if (i < s.n && (s.p[i] == '-' || s.p[i] == '+')) minus = s.p[i++] == '-';
    for (bool fraction = false; i < s.n; i++) {
        if (s.p[i] == '.' && !fraction) {
            fraction = true;
            continue;
        }
        unsigned d = (unsigned char)s.p[i] - (unsigned)'0';
        if (d > 9) break;
        digits = true;
        if (mantissa < 1000000000000000000u) {
            mantissa = mantissa * 10 + d;
            exponent -= fraction;
        } else {
            exponent += !fraction;
        }
    }
    if (!digits) return false;
    if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        bool down = false;
        int64_t e = 0;
        if (++i < s.n && (s.p[i] == '-' || s.p[i] == '+')) down = s.p[i++] == '-';
        if (i == s.n) return false;
        for (; i < s.n; i++) {
            unsigned d = (unsigned char)s.p[i] - (unsigned)'0';
            if (d > 9) return false;
            if (e < 100000) e = e * 10 + d;
        }
        exponent += down ? -e : e;
    }
    if (i != s.n) return false;
    double v = (double)mantissa;
    if (exponent >= 0 && exponent <= 22)
        v *= tens[exponent];
    else if (exponent < 0 && exponent >= -22)
        v /= tens[-exponent];
    else
        v *= pow(10, (double)exponent);
    *value = minus ? -v : v;
    return true;
}
