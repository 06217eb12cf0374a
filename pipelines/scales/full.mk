# Everything there is, three passes over the training cases; hours on two cores.
TUNE_STEPS ?= 150
STEPS ?= 900
SAVE_EVERY ?= 100
TRAIN_CASES ?= 100000
TEST_CASES ?= 100000
