# Settings are checked before anything runs: a mistyped one would be passed over in silence. Known are those that a makefile
# gives a default (?=), and the few that have none.

TASKS := hint sycophancy refusal
SCALES := smoke small full
EXPERIMENTS := coupling few-shot regularisation explanations rank learning-rate shift earlier-checkpoint cross-family label-noise

# Not from the environment, where some systems have a NAME.
NAME := coupling

KNOWN_SETTINGS := $(sort NAME QUICK CASES ROUNDS WORK WHO HINT_INPUT SYCOPHANCY_INPUT REFUSAL_INPUT TRAIN_INPUT ACCEPT_GEMMA_TERMS CC CXX \
  $(shell sed -En 's/^(export )?([A-Z][A-Z0-9_]*) *\?=.*/\2/p' Makefile bench/*.mk pipelines/*.mk pipelines/recipes/*.mk \
    $(wildcard $(patsubst %.json,%.mk,$(filter %.json,$(TASK))))))
GIVEN_SETTINGS := $(foreach v,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(v)))),$(v)))
UNKNOWN_SETTINGS := $(filter-out $(KNOWN_SETTINGS) -%,$(GIVEN_SETTINGS))

$(if $(UNKNOWN_SETTINGS),$(error unknown setting $(firstword $(UNKNOWN_SETTINGS)); known are: $(KNOWN_SETTINGS)))
$(if $(filter $(TASKS) %.json,$(TASK)),,$(error TASK=$(TASK) is unknown; known are: $(TASKS), and task files (*.json)))
$(foreach file,$(filter %.json,$(TASK)),$(if $(wildcard $(file)),,$(error TASK=$(file): there is no such file)))
$(if $(filter $(SCALES),$(SCALE)),,$(error SCALE=$(SCALE) is unknown; known are: $(SCALES)))
$(if $(filter $(EXPERIMENTS),$(NAME)),,$(error NAME=$(NAME) is unknown; known are: $(EXPERIMENTS)))
