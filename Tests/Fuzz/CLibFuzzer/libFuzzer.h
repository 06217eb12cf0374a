#include <stddef.h>
#include <stdint.h>

/// libFuzzer as a library: takes the options of its command line, calls `run` with input after input, and ends the process.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*run)(const uint8_t *data, size_t size));
