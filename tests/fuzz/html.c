/* html.c - libFuzzer target: markup to a tree.  make fuzz */
#include "targets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_html((syn_str){(const char *)data, size});
    return 0;
}
