# Under twenty minutes on two cores.
TUNE_STEPS ?= 50
STEPS ?= 120
SAVE_EVERY ?= 60
TRAIN_CASES ?= 300
TEST_CASES ?= 180
