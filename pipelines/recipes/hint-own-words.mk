# The recipe of the hint experiments; README.md says what was tried.
TUNE_FLAGS ?= --precision $(PRECISION) --lr 1e-3 --warmup 8 --schedule linear --shuffle case --batch-size 8
ifeq ($(SCALE),small)
TRAIN_SHARD ?= 0/6
TUNE_STEPS ?= 140
STEPS ?= 60
SAVE_EVERY ?= 30
# Six cases a question: whole questions.
TEST_CASES ?= 1002
endif
include pipelines/recipes/recipe.mk
