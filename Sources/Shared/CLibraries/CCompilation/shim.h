// What this code is compiled for (-Xcc -march=…), which Swift's conditions do not tell.
#ifdef __AVX512F__
#define COMPILED_FOR_AVX512 1
#else
#define COMPILED_FOR_AVX512 0
#endif

// Whether vectors of 256 bits are used where the processor has them: x86-64 code for any processor has half of them.
#if defined(__x86_64__) && !defined(__AVX2__)
#define COMPILED_WITHOUT_AVX2 1
static inline int processor_has_avx2(void) { return __builtin_cpu_supports("avx2") != 0; }
#else
#define COMPILED_WITHOUT_AVX2 0
static inline int processor_has_avx2(void) { return 0; }
#endif

#if defined(__FMA__) || defined(__aarch64__)
#define COMPILED_WITH_FMA 1
#else
#define COMPILED_WITH_FMA 0
#endif
