# What the recipes share, where they do not say otherwise; the files of a recipe have its task file's name.
TUNE_ROWS ?= $(TASK_FILE:.json=.tune.jq)
SHIFT ?= $(TASK_FILE:.json=.shift.jq)
TUNE_FLAGS ?= --precision $(PRECISION) --lr 5e-4 --warmup 5 --schedule linear --shuffle case
TRAIN_FLAGS ?= --precision $(PRECISION) --lr 5e-4 --warmup 5 --schedule linear --batch-size 8
LABEL_FLAGS ?= --precision $(PRECISION)
ifeq ($(SCALE),small)
TRAIN_SHARD ?= 0/5
TUNE_STEPS ?= 60
STEPS ?= 50
SAVE_EVERY ?= 25
TRAIN_CASES ?= 2000
TEST_CASES ?= 1000
endif
