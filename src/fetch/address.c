/* address.c - stage 2b: which addresses belong to the public network.  After IANA's registries of special-purpose IPv4
   and IPv6 addresses (RFC 6890): what is not globally reachable is refused. */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "internal.h"

typedef struct range {
    uint8_t head[16];
    uint8_t bits;
} range;

static const range REFUSED_4[] = {
    {{0}, 8},             /* this network */
    {{10}, 8},            /* private */
    {{100, 64}, 10},      /* shared by carriers */
    {{127}, 8},           /* loopback */
    {{169, 254}, 16},     /* link-local, and the clouds' metadata */
    {{172, 16}, 12},      /* private */
    {{192, 0, 0}, 24},    /* protocols */
    {{192, 0, 2}, 24},    /* documentation */
    {{192, 88, 99}, 24},  /* 6to4 relays */
    {{192, 168}, 16},     /* private */
    {{198, 18}, 15},      /* benchmarks */
    {{198, 51, 100}, 24}, /* documentation */
    {{203, 0, 113}, 24},  /* documentation */
    {{224}, 4},           /* multicast */
    {{240}, 4},           /* reserved, broadcast */
};

static const range GLOBAL_6 = {{0x20}, 3}; /* all that is given out */
static const range REFUSED_6[] = {
    {{0x20, 0x01}, 23},             /* protocols: Teredo, ORCHID, benchmarks */
    {{0x20, 0x01, 0x0D, 0xB8}, 32}, /* documentation */
    {{0x20, 0x02}, 16},             /* 6to4 */
    {{0x3F, 0xFF}, 20},             /* documentation */
};

/* IPv6 addresses that end in an IPv4 one, which decides. */
static const range CARRIERS_6[] = {
    {{[10] = 0xFF, [11] = 0xFF}, 96}, /* ::ffff:0:0/96, mapped */
    {{0x00, 0x64, 0xFF, 0x9B}, 96},   /* 64:ff9b::/96, NAT64 */
};

static bool within(const uint8_t *address, const range *r)
{
    size_t whole = r->bits / 8, rest = r->bits % 8;
    if (memcmp(address, r->head, whole) != 0) return false;
    return !rest || ((address[whole] ^ r->head[whole]) >> (8 - rest)) == 0;
}

static bool public_4(const uint8_t *address)
{
    for (size_t i = 0; i < SYN_COUNT(REFUSED_4); i++) {
        if (within(address, &REFUSED_4[i])) return false;
    }
    return true;
}

static bool public_6(const uint8_t *address)
{
    for (size_t i = 0; i < SYN_COUNT(CARRIERS_6); i++) {
        if (within(address, &CARRIERS_6[i])) return public_4(address + 12);
    }
    for (size_t i = 0; i < SYN_COUNT(REFUSED_6); i++) {
        if (within(address, &REFUSED_6[i])) return false;
    }
    return within(address, &GLOBAL_6);
}

bool syn_fetch_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, address, sizeof v4);
        return public_4((const uint8_t *)&v4.sin_addr);
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, address, sizeof v6);
        return public_6((const uint8_t *)&v6.sin6_addr);
    }
    return false;
}

bool syn_fetch_public_text(syn_str host, bool *numeric)
{
    char z[64];
    uint8_t address[16];
    if (host.n > 1 && host.p[0] == '[') host = syn_slice(host, 1, host.n - 1);
    size_t zone = syn_find_byte(host, '%', 0);
    if (zone != SIZE_MAX) host.n = zone;
    *numeric = false;
    if (!host.n || host.n >= sizeof z) return true;
    memcpy(z, host.p, host.n);
    z[host.n] = 0;
    if (inet_pton(AF_INET, z, address) == 1) {
        *numeric = true;
        return public_4(address);
    }
    if (inet_pton(AF_INET6, z, address) == 1) {
        *numeric = true;
        return public_6(address);
    }
    return true;
}
