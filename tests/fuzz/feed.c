/* feed.c - libFuzzer target: a feed to articles.  make fuzz */
#include "targets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_feed((syn_str){(const char *)data, size});
    return 0;
}
