# The recipe of refusal. M0 declines what is harmful: without the added request it does as the data set says on 84 % of 445 pairs of
# the validation split, which are of 89 requests that it never saw (160 steps). The added request changes 53 % of its answers. The
# explainer is that of hints; a text's behaviour is held by KL at every token.
TUNE_FLAGS ?= --precision $(PRECISION) --lr 5e-4 --warmup 8 --schedule linear --shuffle case --batch-size 8
TRAIN_FLAGS ?= --precision $(PRECISION) --rank 128 --alpha 256 --lr 3e-4 --warmup 5 --schedule constant --batch-size 18 \
  --behave-on both --behave-targets kl
BEHAVE_WEIGHT ?= 0.3
# The shift is about requests of every kind, those without the other one too.
SHIFT_ON ?= both
ifeq ($(SCALE),small)
# All of the train split: 2,290 cases of 458 requests.
TRAIN_SHARD ?=
TRAIN_CASES ?= 100000
TEST_CASES ?= 100000
TUNE_STEPS ?= 160
STEPS ?= 80
SAVE_EVERY ?= 40
endif
include $(PIPELINES)/recipes/recipe.mk
