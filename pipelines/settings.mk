# Every setting of `make pipeline` and `make experiment` with its default; README.md says what they mean. The first to set one wins: the
# command line, the task or its recipe, the scale, then what stands below.

TASKS := hint sycophancy refusal
SCALES := smoke small full
EXPERIMENTS := coupling few-shot regularisation explanations rank learning-rate shift earlier-checkpoint cross-family label-noise

TASK ?= hint
SCALE ?= small
# Not from the environment, where some systems have a NAME.
NAME := coupling

include $(PIPELINES)/checks.mk

MODEL ?= $(DEFAULT_MODEL)
INPUT ?=
SEED ?= 0
# The seed of M0's tuning alone: for another M0 on the same cases.
TUNE_SEED ?= $(SEED)

# The task file that stands for a built-in task (recipes/README.md); RECIPE= for the built-in task itself.
RECIPE_hint := $(PIPELINES)/recipes/hint-own-words.json
RECIPE_sycophancy := $(PIPELINES)/recipes/stance-own-words.json
RECIPE_refusal := $(PIPELINES)/recipes/other-request.json
RECIPE ?= $(RECIPE_$(TASK))

# A task of one's own is a file: TASK=mine.json.
TASK_FILE := $(or $(RECIPE),$(filter %.json,$(TASK)))
TASK_NAME := $(basename $(notdir $(or $(TASK_FILE),$(TASK))))
TASK_FLAG := $(addprefix --task ,$(TASK_FILE))

# The programs of the stages, any of which can be another.
GEN_CMD ?= $(BUILD_DIRECTORY)/cf-gen
TUNE_CMD ?= $(BUILD_DIRECTORY)/xp-train
LABEL_CMD ?= $(BUILD_DIRECTORY)/cf-label
TRAIN_CMD ?= $(BUILD_DIRECTORY)/xp-train
SCORE_CMD ?= $(BUILD_DIRECTORY)/xp-score

# What a recipe computes in: bf16 where the processor has such products, fp32 elsewhere. The programs are not asked, because a dry run
# of make must know it before they are built.
PRECISION ?= $(if $(and $(filter 1,$(ONEDNN)),$(filter-out _x86-64-v2 _x86-64-v3,_$(CF_CPU))),$(if $(shell grep -ow -m 1 avx512_bf16 /proc/cpuinfo),bf16,fp32),fp32)

# A task file may have settings of its own beside it, in a file of its name.
include $(if $(TASK_FILE),$(or $(wildcard $(TASK_FILE:.json=.mk)),$(PIPELINES)/tasks/own.mk),$(PIPELINES)/tasks/built-in.mk)
include $(PIPELINES)/scales/$(SCALE).mk

# The program that makes behaviour-tuning rows out of cases.
TUNE_ROWS ?= $(PIPELINES)/tasks/tune-rows.jq
# Which part of the train split is labelled, I/N, so that few cases come from many rows; all by default.
TRAIN_SHARD ?=
# How much a token of the behaviour regularisation counts beside one of an explanation.
BEHAVE_WEIGHT ?= 1
# Further flags of cf-label, such as a precision, and those of xp-score. The untrained M0 is the baseline explainer.
LABEL_FLAGS ?=
SCORE_FLAGS ?= $(addprefix --self ,$(CHECKPOINT_NAMES)) --orig M0 --baseline M0
# A run ends before the explainer is trained where M0 leaves nothing to explain, unless ACCEPT_M0=1.
ACCEPT_M0 ?= 0
# With SIDE_BY_SIDE=1 each checkpoint has a stream of its own, beside M0, so that they can be labelled at the same time.
SIDE_BY_SIDE ?= 0

# How often an arm of an experiment is trained, and how many M0s `make over-m0s` has.
SEEDS ?= 3
M0S ?= 5
# The program that says on which inputs the shift changes the answer, and where that is taught: on x, or on both x and every x∖C.
SHIFT ?= $(if $(TASK_FILE),$(TASK_FILE:.json=.shift.jq),$(PIPELINES)/tasks/shift.jq)
SHIFT_ON ?= x

# A file knows when it is older than another, not that it was made with other settings: settings that the command line
# or the environment changes have a run of their own.
SETTINGS := MODEL TUNE_STEPS STEPS SAVE_EVERY TRAIN_CASES TEST_CASES GEN_FLAGS TUNE_FLAGS LABEL_FLAGS TRAIN_FLAGS SCORE_FLAGS \
  PRECISION TRAIN_SHARD TUNE_ROWS SHIFT SHIFT_ON TUNE_SEED BEHAVE_WEIGHT
CHANGED := $(foreach s,$(SETTINGS),$(if $(call given,$(s)),$(s)))
as_file_name = $(shell printf '%s' $(call quoted,$(1)) | tr -cs 'A-Za-z0-9._' -)
# A path by its last part and a digest of the whole: mmlu/test and arc/test are not one.
digest = $(if $(findstring /,$(1)),-$(shell printf '%s' $(call quoted,$(1)) | sha256sum | head -c 6))
short_name = $(call as_file_name,$(notdir $(patsubst %/,%,$(1))))$(call digest,$(patsubst %/,%,$(1)))
VARIANT := $(foreach s,$(CHANGED),-$(s)-$(call short_name,$($(s))))
DATA := $(if $(INPUT),-$(call short_name,$(INPUT)))
empty :=
RUN ?= runs/$(TASK_NAME)-$(SCALE)$(DATA)-seed$(SEED)$(subst $(empty) ,,$(VARIANT))
