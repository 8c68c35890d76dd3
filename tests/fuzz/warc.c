/* warc.c - libFuzzer target: an archive, packed or not, to pages.  make fuzz */
#include "targets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_warc((syn_str){(const char *)data, size});
    return 0;
}
