# The stages of `make pipeline`, each a file. Long stages are told to --resume, so an interrupted `make` goes on where it
# was; an output that is there but older than what it was made from is removed first. What a task does differently is in
# pipelines/TASK.mk, how much of it in pipelines/SCALE.mk. Any stage can be swapped: GEN_CMD, TUNE_CMD, LABEL_CMD, TRAIN_CMD and SCORE_CMD name the programs.

SEED ?= 0
# The seed of M0's tuning alone: for another M0 on the same cases.
TUNE_SEED ?= $(SEED)
INPUT ?=

# The task file that stands for a built-in task (recipes/README.md); RECIPE= for the built-in task itself.
RECIPE_hint := $(PIPELINES)/recipes/hint-own-words.json
RECIPE_sycophancy := $(PIPELINES)/recipes/stance-own-words.json
RECIPE_refusal := $(PIPELINES)/recipes/other-request.json
RECIPE ?= $(RECIPE_$(TASK))

# A task of one's own is a file: TASK=mine.json.
TASK_FILE := $(or $(RECIPE),$(filter %.json,$(TASK)))
TASK_NAME := $(basename $(notdir $(or $(TASK_FILE),$(TASK))))
TASK_FLAG := $(addprefix --task ,$(TASK_FILE))

# The models that make fetches need not be there.
$(if $(call given,MODEL),$(if $(filter $(DEFAULT_MODEL) $(GEMMA_MODEL),$(MODEL)),,$(call no_file,MODEL,$(MODEL))))

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

GEN_CMD ?= $(BUILD_DIRECTORY)/cf-gen
TUNE_CMD ?= $(BUILD_DIRECTORY)/xp-train
LABEL_CMD ?= $(BUILD_DIRECTORY)/cf-label
TRAIN_CMD ?= $(BUILD_DIRECTORY)/xp-train
SCORE_CMD ?= $(BUILD_DIRECTORY)/xp-score

# What a recipe computes in: bf16 where the processor has such products, fp32 elsewhere.
PRECISION ?= $(if $(and $(filter 1,$(ONEDNN)),$(filter-out _x86-64-v2 _x86-64-v3,_$(CF_CPU))),$(if $(shell grep -ow -m 1 avx512_bf16 /proc/cpuinfo),bf16,fp32),fp32)

# A task file may have settings of its own beside it, in a file of its name; they come before those of the scale.
TASK_SETTINGS := $(if $(TASK_FILE),$(or $(wildcard $(TASK_FILE:.json=.mk)),$(PIPELINES)/own-task.mk),$(PIPELINES)/$(TASK).mk)
include $(TASK_SETTINGS)
include $(PIPELINES)/$(SCALE).mk

# The program that makes behaviour-tuning rows out of cases.
TUNE_ROWS ?= $(PIPELINES)/tune-rows.jq
# Which part of the train split is labelled, I/N, so that few cases come from many rows; all by default.
TRAIN_SHARD ?=
# How much a token of the behaviour regularisation counts beside one of an explanation.
BEHAVE_WEIGHT ?= 1
# Further flags of cf-label, such as a precision.
LABEL_FLAGS ?=

# A run ends before the explainer is trained where M0 leaves nothing to explain, unless ACCEPT_M0=1.
ACCEPT_M0 ?= 0
CHECK_M0 := ACCEPT_M0=$(ACCEPT_M0) $(PIPELINES)/check-m0.sh

# The checkpoints that are scored: every SAVE_EVERY steps and the last.
CHECKPOINT_STEPS := $(shell seq $(SAVE_EVERY) $(SAVE_EVERY) $$(( $(STEPS) - 1 )) 2>/dev/null) $(STEPS)
CHECKPOINT_NAMES := $(addprefix M,$(CHECKPOINT_STEPS))
step_directory = step-$(shell printf '%06d' $(1))

# M0 is the base itself, or the base with the adapter that behaviour tuning made.
M0_DIRECTORY := $(RUN)/m0/checkpoints/$(call step_directory,$(TUNE_STEPS))
# An earlier checkpoint of that run, at half its steps.
EARLIER_STEP := $(shell echo $$(( ($(TUNE_STEPS) + 1) / 2 )))
M0_EARLIER := $(RUN)/m0/checkpoints/$(call step_directory,$(EARLIER_STEP))
M0_MODEL := --model $(MODEL)$(if $(filter-out 0,$(TUNE_STEPS)), --adapter $(M0_DIRECTORY))
M0_READY := $(if $(filter-out 0,$(TUNE_STEPS)),$(M0_DIRECTORY),$(MODEL))

.PHONY: pipeline
pipeline: $(RUN)/table.md $(RUN)/report.html ## Make cases, label, train, explain and score: TASK=refusal|sycophancy|hint|FILE.json
	@cat $<
	@printf '\nFiles of this run: %s\n' '$(RUN)'
	@printf '  %-28s %s\n' cases.jsonl.zst 'inputs and counterfactuals' \
	  train.jsonl.zst 'cases of the train split with what M0 does: the labels' \
	  explainer/ 'the trained checkpoints' 'test-M$(STEPS).jsonl.zst' 'the test split with what every checkpoint does and says' \
	  table.md 'this table (scores.json: every number)' report.html 'the same as a page, with figures and examples'
	@printf '\nThe report, for any browser: file://%s\n' '$(abspath $(RUN)/report.html)'

# 1. Inputs and counterfactuals.
$(RUN)/cases.jsonl.zst: $(TOOLS) $(INPUT) $(TASK_FILE)
	@mkdir -p $(@D)
	$(GEN_CMD) --task $(or $(TASK_FILE),$(TASK)) --seed $(SEED) $(addprefix --input ,$(INPUT)) $(GEN_FLAGS) --force -o $@

# 2. M0: the base with a behaviour that depends on the input, taught by examples of the tune split.
$(RUN)/tune.jsonl.zst: $(RUN)/cases.jsonl.zst $(TUNE_ROWS) $(wildcard $(TUNE_ROWS:.tune.jq=.jq))
	zstd -dc $< | jq -c -L $(dir $(TUNE_ROWS)) -f $(TUNE_ROWS) | zstd -q -f -o $@.partial && mv $@.partial $@

$(M0_DIRECTORY): $(RUN)/tune.jsonl.zst $(MODEL)
	@[ ! -e $@ ] || rm -rf $(RUN)/m0
	$(TUNE_CMD) --model $(MODEL) --behave $< --split tune --seed $(TUNE_SEED) --steps $(TUNE_STEPS) \
	  --save-every $(EARLIER_STEP) $(TUNE_FLAGS) -o $(RUN)/m0 --resume
	@touch $@

# 3. Labels: what M0 does on the train split.
$(RUN)/train.jsonl.zst: $(RUN)/cases.jsonl.zst $(M0_READY)
	@rm -f $@
	$(LABEL_CMD) $(M0_MODEL) $(TASK_FLAG) $(LABEL_FLAGS) --as M0 --split train $(addprefix --shard ,$(TRAIN_SHARD)) --limit $(TRAIN_CASES) --resume -o $@ $<

# 4. The explainer, with behaviour regularisation.
$(RUN)/explainer/checkpoints/$(call step_directory,$(STEPS)): $(RUN)/train.jsonl.zst
	@$(CHECK_M0) $<.manifest.json
	@[ ! -e $@ ] || rm -rf $(RUN)/explainer
	$(TRAIN_CMD) $(M0_MODEL) $(TASK_FLAG) --explain $< --behave $<:$(BEHAVE_WEIGHT) --seed $(SEED) --steps $(STEPS) --save-every $(SAVE_EVERY) \
	  $(TRAIN_FLAGS) -o $(RUN)/explainer --resume
	@touch $@

# 5. What every checkpoint does on the test split, and what it says, side by side in one stream.
$(RUN)/test-M0.jsonl.zst: $(RUN)/cases.jsonl.zst $(M0_READY)
	@rm -f $@
	$(LABEL_CMD) $(M0_MODEL) $(TASK_FLAG) $(LABEL_FLAGS) --as M0 --explain --split test --limit $(TEST_CASES) --resume -o $@ $<

# With SIDE_BY_SIDE=1 each checkpoint has a stream of its own, beside M0, so that they can be labelled at the same time.
SIDE_BY_SIDE ?= 0
is_side_by_side := $(filter 1,$(SIDE_BY_SIDE))

define checkpoint_rule
$(RUN)/test-M$(1).jsonl.zst: $(RUN)/test-$(2).jsonl.zst $(RUN)/explainer/checkpoints/$(call step_directory,$(STEPS))
	@rm -f $$@
	$$(LABEL_CMD) $$(M0_MODEL) $$(TASK_FLAG) --adapter $(RUN)/explainer/checkpoints/$(call step_directory,$(1)) --as M$(1) --explain \
	  $$(LABEL_FLAGS) --resume -o $$@ $$<
endef
# Else each adds to the stream of the one before it.
$(foreach i,$(shell seq $(words $(CHECKPOINT_STEPS))),$(eval $(call \
  checkpoint_rule,$(word $(i),$(CHECKPOINT_STEPS)),$(if $(is_side_by_side),M0,$(word $(i),M0 $(CHECKPOINT_NAMES))))))
TEST_STREAMS := $(patsubst %,$(RUN)/test-%.jsonl.zst,$(if $(is_side_by_side),$(CHECKPOINT_NAMES),M$(STEPS)))

# 6. Is what it says what it does? The untrained M0 is the baseline explainer.
SCORE_FLAGS ?= $(addprefix --self ,$(CHECKPOINT_NAMES)) --orig M0 --baseline M0
# The train split is read for the majority of the training labels.
$(RUN)/table.md: $(TEST_STREAMS) $(RUN)/train.jsonl.zst
	$(SCORE_CMD) $(SCORE_FLAGS) $(TASK_FLAG) --format json --force -o $(RUN)/scores.json $^
	$(SCORE_CMD) $(SCORE_FLAGS) $(TASK_FLAG) --force -o $@ $^

# The same as a page with figures, examples and how all of it was made; losses where the training runs left them.
$(RUN)/report.html: $(TEST_STREAMS) $(RUN)/train.jsonl.zst
	$(SCORE_CMD) $(SCORE_FLAGS) $(TASK_FLAG) --format html $$(ls -d $(RUN)/{m0,explainer}/metrics.jsonl 2>/dev/null | sed 's/^/--metrics /') \
	  --force -o $@ $^

# What a run is, for scripts that start its stages themselves (batch/submit.sh).
.PHONY: run-env
run-env:
	@printf "%s=%q\n" RUN '$(RUN)' M0_MODEL '$(M0_MODEL)' M0_READY '$(M0_READY)' TASK_FLAG '$(TASK_FLAG)' \
	  EXPLAINER '$(RUN)/explainer/checkpoints' CHECKPOINT_STEPS '$(CHECKPOINT_STEPS)' TRAIN_CASES '$(TRAIN_CASES)' TEST_CASES '$(TEST_CASES)' \
	  TRAIN_SHARD '$(TRAIN_SHARD)' LABEL_CMD $(call quoted,$(LABEL_CMD)) LABEL_FLAGS $(call quoted,$(LABEL_FLAGS)) \
	  TRAIN_CMD $(call quoted,$(TRAIN_CMD))
