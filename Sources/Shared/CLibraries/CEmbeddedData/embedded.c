#include "embedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#if !defined(__has_embed)
#error "This compiler cannot embed files: Swift 6.2 or later is needed"
#endif

static const unsigned char hint[] = {
#embed "../../Tasks/Data/hint.jsonl"
};
static const unsigned char sycophancy[] = {
#embed "../../Tasks/Data/sycophancy.jsonl"
};
static const unsigned char refusal[] = {
#embed "../../Tasks/Data/refusal.jsonl"
};

const struct embedded_file embedded_hint = {hint, sizeof hint};
const struct embedded_file embedded_sycophancy = {sycophancy, sizeof sycophancy};
const struct embedded_file embedded_refusal = {refusal, sizeof refusal};
