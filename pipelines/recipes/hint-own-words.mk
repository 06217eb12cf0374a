# The recipe of the hint experiments; README.md says what was tried.
TUNE_FLAGS ?= --precision $(PRECISION) --lr 5e-4 --warmup 10 --schedule linear --shuffle case
TRAIN_FLAGS ?= --precision $(PRECISION) --lr 5e-4 --warmup 10 --schedule linear
ifeq ($(SCALE),small)
TRAIN_SHARD ?= 0/6
TUNE_STEPS ?= 150
STEPS ?= 70
SAVE_EVERY ?= 35
endif
include pipelines/recipes/recipe.mk
