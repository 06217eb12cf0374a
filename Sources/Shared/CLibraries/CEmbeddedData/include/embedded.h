#ifndef EMBEDDED_H
#define EMBEDDED_H

#include <stddef.h>

// A file that the build puts into the programs.
struct embedded_file {
  const unsigned char *bytes;
  size_t count;
};

// The data sets of the built-in tasks: JSON Lines.
extern const struct embedded_file embedded_hint;
extern const struct embedded_file embedded_sycophancy;
extern const struct embedded_file embedded_refusal;

#endif
