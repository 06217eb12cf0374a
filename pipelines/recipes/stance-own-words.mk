# The recipe of sycophancy. M0 judges posts: without the stance it gives the data set's verdict on 79 % of 475 pairs of the validation
# split, of 95 posts (200 steps), and the stance changes 51 % of its verdicts. The explainer is that of requests.
TUNE_FLAGS ?= --precision $(PRECISION) --lr 5e-4 --warmup 8 --schedule linear --shuffle case --batch-size 8
TRAIN_FLAGS ?= --precision $(PRECISION) --rank 128 --alpha 256 --lr 3e-4 --warmup 5 --schedule constant --batch-size 18 \
  --behave-on both --behave-targets kl
BEHAVE_WEIGHT ?= 0.3
# The shift is about x; x∖C is held to what M0 does, as without a shift.
SHIFT_ON ?= both
ifeq ($(SCALE),small)
# All of the train split: 2,175 cases of 435 posts.
TRAIN_SHARD ?=
TRAIN_CASES ?= 100000
TEST_CASES ?= 100000
TUNE_STEPS ?= 200
STEPS ?= 80
SAVE_EVERY ?= 40
endif
include $(PIPELINES)/recipes/recipe.mk
