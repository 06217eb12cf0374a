// What this code is compiled for (-Xcc -march=…), which Swift's conditions do not tell.
#ifdef __AVX512F__
#define COMPILED_FOR_AVX512 1
#else
#define COMPILED_FOR_AVX512 0
#endif

#if defined(__FMA__) || defined(__aarch64__)
#define COMPILED_WITH_FMA 1
#else
#define COMPILED_WITH_FMA 0
#endif
