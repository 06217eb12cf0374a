# The recipe of the refusal experiments; README.md says what was tried.
TUNE_ROWS ?= pipelines/recipes/other-request.tune.jq
SHIFT ?= pipelines/recipes/other-request.shift.jq
# The shift is about requests of every kind, those without the other one too.
SHIFT_ON ?= both
TUNE_FLAGS ?= --precision $(PRECISION) --lr 5e-4 --warmup 5 --schedule linear --shuffle case
TRAIN_FLAGS ?= --precision $(PRECISION) --lr 2e-4 --warmup 5 --schedule linear
LABEL_FLAGS ?= --precision $(PRECISION)
ifeq ($(SCALE),small)
TRAIN_SHARD ?= 0/5
TUNE_STEPS ?= 90
STEPS ?= 60
SAVE_EVERY ?= 30
TRAIN_CASES ?= 400
TEST_CASES ?= 1500
endif
