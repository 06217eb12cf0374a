# Settings are checked before anything runs: a mistyped one would be passed over in silence. Known are those that a makefile
# gives a default (?=), and the few that have none.

KNOWN_SETTINGS := $(sort NAME QUICK CASES ROUNDS WORK WHO HINT_INPUT SYCOPHANCY_INPUT REFUSAL_INPUT TRAIN_INPUT ACCEPT_GEMMA_TERMS CC CXX \
  $(shell sed -En 's/^(export )?([A-Z][A-Z0-9_]*) *\?=.*/\2/p' \
    $(wildcard $(firstword $(MAKEFILE_LIST)) bench/*.mk $(PIPELINES)/*.mk $(PIPELINES)/*/*.mk $(patsubst %.json,%.mk,$(filter %.json,$(TASK))))))
GIVEN_SETTINGS := $(foreach v,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(v)))),$(v)))
UNKNOWN_SETTINGS := $(filter-out $(KNOWN_SETTINGS) -%,$(GIVEN_SETTINGS))

# Whether a setting was given, on the command line or by the environment.
given = $(filter command environment,$(firstword $(origin $(1))))

$(if $(UNKNOWN_SETTINGS),$(error unknown setting $(firstword $(UNKNOWN_SETTINGS)); known are: $(KNOWN_SETTINGS)))

# make reads a space as the end of a name: a path with one would become two, in `rm -rf` too. INPUT may be several.
FILE_SETTINGS := MODEL RUN RECIPE TUNE_ROWS SHIFT GEMMA_MODEL
no_spaces = $(error $(1)='$($(1))' has a space in the name of a file, which make cannot have: rename it, or link to it)
$(foreach s,$(FILE_SETTINGS) TASK NAME SCALE,$(if $(word 2,_$($(s))_),$(call no_spaces,$(s))))
$(if $(word 2,$(INPUT)),$(if $(shell [ ! -e '$(INPUT)' ] && ls -d $(INPUT) 2>/dev/null | wc -l | grep -x $(words $(INPUT))),,$(call no_spaces,INPUT)))

# What else make or the shell take for their own, and a dash that begins an option. A slash at the end of RUN says nothing.
hash := \#
SPECIAL_CHARACTERS := ' " ` ; & | < > ( ) * ? [ ] { } % : ! ~ ^ \ $$ $(hash)
$(foreach s,$(FILE_SETTINGS) INPUT TASK,$(if $(call given,$(s)),$(foreach c,$(SPECIAL_CHARACTERS),$(if $(findstring $(c),$(value $(s))),\
  $(error $(s) has a $(c) in the name of a file, which make or the shell take for their own: rename it, or link to it)))\
  $(foreach name,$(filter -%,$($(s))),$(error $(s)=$(name) begins as an option does: write ./$(name)))))
ifneq ($(call given,RUN),)
override RUN := $(patsubst %/,%,$(RUN))
$(if $(RUN),,$(error RUN is no directory))
endif

# Whole numbers: any, and those from 1 on.
digits_left_out = $(subst 0,,$(subst 1,,$(subst 2,,$(subst 3,,$(subst 4,,$(subst 5,,$(subst 6,,$(subst 7,,$(subst 8,,$(subst 9,,$(1)))))))))))
is_number = $(if $(filter _,$(call digits_left_out,_$(1))),$(if $(word 2,$(1)),,$(1)))
$(foreach s,SEED TUNE_SEED TUNE_STEPS,$(if $(call given,$(s)),$(if $(call is_number,$($(s))),,$(error $(s)=$($(s)) is no whole number))))
$(foreach s,SEEDS M0S STEPS SAVE_EVERY TRAIN_CASES TEST_CASES,$(if $(call given,$(s)),\
  $(if $(and $(call is_number,$($(s))),$(subst 0,,$($(s)))),,$(error $(s)=$($(s)) is no whole number from 1 on))))

$(if $(filter $(TASKS) %.json,$(TASK)),,$(error TASK=$(TASK) is unknown; known are: $(TASKS), and task files (*.json)))
no_file = $(if $(wildcard $(2)),,$(error $(1)=$(2): there is no such file))
$(foreach file,$(filter %.json,$(TASK)),$(call no_file,TASK,$(file)))
# The models that make fetches need not be there.
$(if $(call given,MODEL),$(if $(filter $(DEFAULT_MODEL) $(GEMMA_MODEL),$(MODEL)),,$(call no_file,MODEL,$(MODEL))))
$(foreach file,$(INPUT),$(call no_file,INPUT,$(file)))
$(if $(call given,RECIPE),$(foreach file,$(RECIPE),$(if $(filter %.json,$(wildcard $(file))),,\
  $(error RECIPE=$(file) is no task file; there are: $(wildcard $(PIPELINES)/recipes/*.json)))))
$(if $(filter $(SCALES),$(SCALE)),,$(error SCALE=$(SCALE) is unknown; known are: $(SCALES)))
$(if $(filter $(EXPERIMENTS),$(NAME)),,$(error NAME=$(NAME) is unknown; known are: $(EXPERIMENTS)))

# A text as one word of the shell.
quoted = '$(subst ','\'',$(1))'
