/* html_tags - prints a perfect hash table over the names of src/html/tags.def: the multiplier under which no two names
   meet, the names as two words each, and the table. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "../src/html/tag_hash.h"

static const char *const names[] = {
    "",
#define SYN_TAG(id, name) name,
#include "../src/html/tags.def"
#undef SYN_TAG
};
#define NAMES (sizeof(names) / sizeof(names[0]))
#define SLOTS (1u << TAG_HASH_BITS)

static uint64_t words[NAMES][2];
static unsigned char table[SLOTS];

static int try_multiplier(uint64_t multiplier)
{
    memset(table, 0, sizeof(table));
    for (unsigned i = 1; i < NAMES; i++) {
        unsigned char *slot = &table[tag_hash(words[i][0], words[i][1], multiplier)];
        if (*slot) return 0;
        *slot = (unsigned char)i;
    }
    return 1;
}

int main(void)
{
    for (unsigned i = 1; i < NAMES; i++) {
        size_t n = strlen(names[i]);
        if (n > 16 || NAMES > 256) return fprintf(stderr, "html_tags: %s is too much for the table\n", names[i]), 1;
        for (size_t k = 0; k < n; k++) words[i][k / 8] |= (uint64_t)(unsigned char)names[i][k] << (8 * (k % 8));
    }
    uint64_t multiplier = 0x9e3779b97f4a7c15;
    long tries = 0;
    while (!try_multiplier(multiplier)) {
        if (++tries > 100000000) return fprintf(stderr, "html_tags: no multiplier found\n"), 1;
        multiplier = (multiplier * 6364136223846793005u + 1442695040888963407u) | 1;
    }
    printf("#define TAG_MULTIPLIER 0x%016" PRIx64 "u\n", multiplier);
    printf("static const tag_key tag_keys[] = {{0, 0},\n");
    for (unsigned i = 1; i < NAMES; i++) printf("{0x%" PRIx64 "u, 0x%" PRIx64 "u},\n", words[i][0], words[i][1]);
    printf("};\nstatic const uint8_t tag_table[] = {");
    for (unsigned i = 0; i < SLOTS; i++) printf("%s%u,", i % 24 ? "" : "\n", (unsigned)table[i]);
    printf("};\n");
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
