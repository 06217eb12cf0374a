# The recipe of the sycophancy experiments; README.md says what was tried.
TUNE_ROWS ?= pipelines/recipes/stance-own-words.tune.jq
SHIFT ?= pipelines/recipes/stance-own-words.shift.jq
TUNE_FLAGS ?= --precision $(PRECISION) --lr 5e-4 --warmup 5 --schedule linear --shuffle case
TRAIN_FLAGS ?= --precision $(PRECISION) --lr 5e-4 --warmup 5 --schedule linear
LABEL_FLAGS ?= --precision $(PRECISION)
ifeq ($(SCALE),small)
TRAIN_SHARD ?= 0/5
TUNE_STEPS ?= 50
STEPS ?= 60
SAVE_EVERY ?= 30
TRAIN_CASES ?= 400
TEST_CASES ?= 1500
endif
