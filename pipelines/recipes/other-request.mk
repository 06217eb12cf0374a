# The recipe of the refusal experiments; README.md says what was tried.
TRAIN_FLAGS ?= --precision $(PRECISION) --lr 6e-4 --warmup 5 --schedule linear --batch-size 8
# The shift is about requests of every kind, those without the other one too.
SHIFT_ON ?= both
ifeq ($(SCALE),small)
TUNE_STEPS ?= 90
STEPS ?= 80
SAVE_EVERY ?= 40
endif
include pipelines/recipes/recipe.mk
