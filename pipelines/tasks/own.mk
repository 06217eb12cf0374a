# A task of one's own, TASK=FILE.json. How its M0 would be tuned only its maker knows, so M0 is the model as it is; rows to
# tune on are given to xp-train by hand, and the checkpoint to MODEL=.
GEN_FLAGS ?=
TUNE_FLAGS ?=
TRAIN_FLAGS ?= --lr 5e-4 --warmup 5
TUNE_STEPS ?= 0
