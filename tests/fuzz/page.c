/* page.c - libFuzzer target: a page of any format and charset to articles.  make fuzz */
#include "targets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_page((syn_str){(const char *)data, size});
    return 0;
}
