/* charset.c - libFuzzer target: bytes under a label to UTF-8.  make fuzz */
#include "targets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_charset((syn_str){(const char *)data, size});
    return 0;
}
