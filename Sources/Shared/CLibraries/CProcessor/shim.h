#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

// Whether the processor, and the system, have the instructions of a level of x86-64 (psABI, "Micro-Architecture Levels").
#if defined(__x86_64__)
static inline int processor_has_x86_64_v2(void) { return __builtin_cpu_supports("x86-64-v2") != 0; }
static inline int processor_has_x86_64_v3(void) { return __builtin_cpu_supports("x86-64-v3") != 0; }
static inline int processor_has_x86_64_v4(void) { return __builtin_cpu_supports("x86-64-v4") != 0; }
#endif

// The processors that the calling thread may run on, one bit each; returns how many bytes were written, or -1. The C library's own
// function is hidden from Swift.
static inline long processor_affinity(unsigned long *mask, size_t byte_count) {
    return syscall(SYS_sched_getaffinity, 0, byte_count, mask);
}
