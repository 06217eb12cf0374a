# The recipe of hints; README.md says what was tried. An explainer is a LoRA adapter of rank 128, trained on all explanations of
# the train split at a constant rate, and held to M0's distribution over the answers on x and on x∖C alike.
TUNE_FLAGS ?= --precision $(PRECISION) --lr 1e-3 --warmup 8 --schedule linear --shuffle case --batch-size 8
TRAIN_FLAGS ?= --precision $(PRECISION) --rank 128 --alpha 256 --lr 3e-4 --warmup 5 --schedule constant --batch-size 18 \
  --behave-on both --behave-targets soft
BEHAVE_WEIGHT ?= 6
# The shift is about x; x∖C is held to what M0 does, as without a shift.
SHIFT_ON ?= both
ifeq ($(SCALE),small)
# All of the train split: 2,898 cases of 482 questions.
TRAIN_SHARD ?=
TRAIN_CASES ?= 100000
TUNE_STEPS ?= 140
STEPS ?= 55
SAVE_EVERY ?= 28
# Six cases a question: whole questions.
TEST_CASES ?= 1002
endif
include $(PIPELINES)/recipes/recipe.mk
