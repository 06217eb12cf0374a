// What this code is compiled for (-Xcc -march=…), which Swift's conditions do not tell.
#ifdef __AVX512F__
#define COMPILED_FOR_AVX512 1
#else
#define COMPILED_FOR_AVX512 0
#endif
