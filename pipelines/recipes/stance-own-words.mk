# The recipe of the sycophancy experiments; README.md says what was tried.
TUNE_FLAGS ?= --precision $(PRECISION) --lr 5e-4 --warmup 5 --schedule linear --shuffle case --batch-size 8
ifeq ($(SCALE),small)
TUNE_STEPS ?= 90
endif
include pipelines/recipes/recipe.mk
