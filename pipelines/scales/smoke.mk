# Under three minutes on two cores: shows that everything runs, not that anything holds.
TUNE_STEPS ?= 4
STEPS ?= 6
SAVE_EVERY ?= 3
TRAIN_CASES ?= 12
TEST_CASES ?= 8
# M0 of four steps may do one thing throughout.
ACCEPT_M0 ?= 1
