# The recipe of the hint experiments; README.md says what was tried.
TUNE_FLAGS ?= --precision $(PRECISION) --lr 5e-4 --warmup 10 --schedule linear --shuffle case
ifeq ($(SCALE),small)
TRAIN_SHARD ?= 0/6
TUNE_STEPS ?= 150
STEPS ?= 60
SAVE_EVERY ?= 30
# Six cases a question: whole questions.
TEST_CASES ?= 1002
endif
include pipelines/recipes/recipe.mk
