# A built-in task itself (RECIPE=). The base model answers hints nearly always with C, gives posts nearly always one verdict, and
# complies with every request, so M0 is tuned on the tune split first.
GEN_FLAGS ?=
TUNE_FLAGS ?= --lr 5e-4 --warmup 5
TRAIN_FLAGS ?= --lr 5e-4 --warmup 5
