# The recipe of the hint experiments; README.md says what was tried.
TUNE_ROWS ?= pipelines/recipes/hint-own-words.tune.jq
SHIFT ?= pipelines/recipes/hint-own-words.shift.jq
TUNE_FLAGS ?= --precision $(PRECISION) --lr 5e-4 --warmup 10 --schedule linear --shuffle case
TRAIN_FLAGS ?= --precision $(PRECISION) --lr 5e-4 --warmup 10 --schedule linear
LABEL_FLAGS ?= --precision $(PRECISION)
ifeq ($(SCALE),small)
TRAIN_SHARD ?= 0/6
TUNE_STEPS ?= 150
STEPS ?= 70
SAVE_EVERY ?= 35
TRAIN_CASES ?= 400
TEST_CASES ?= 1500
endif
