# The stages of `make pipeline`, each a file. Long stages are told to --resume, so an interrupted `make` goes on where it
# was; an output that is there but older than what it was made from is removed first. The settings are in settings.mk.

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

# 6. Is what it says what it does?
# The train split is read for the majority of the training labels.
$(RUN)/table.md: $(TEST_STREAMS) $(RUN)/train.jsonl.zst
	$(SCORE_CMD) $(SCORE_FLAGS) $(TASK_FLAG) --format json --force -o $(RUN)/scores.json $^
	$(SCORE_CMD) $(SCORE_FLAGS) $(TASK_FLAG) --force -o $@ $^

# The same as a page with figures, examples and how all of it was made; losses where the training runs left them.
$(RUN)/report.html: $(TEST_STREAMS) $(RUN)/train.jsonl.zst
	$(SCORE_CMD) $(SCORE_FLAGS) $(TASK_FLAG) --format html $$(ls -d $(RUN)/{m0,explainer}/metrics.jsonl 2>/dev/null | sed 's/^/--metrics /') \
	  --force -o $@ $^

# What a run is, for scripts that run its stages themselves (experiments/arms.sh, batch/submit.sh): settings as the shell reads them.
EXPLAINER := $(RUN)/explainer/checkpoints
RUN_SETTINGS := RUN MODEL M0_MODEL M0_READY M0_EARLIER GEMMA_MODEL TASK_FLAG TUNE_STEPS TUNE_FLAGS EXPLAINER STEPS SAVE_EVERY CHECKPOINT_STEPS \
  TRAIN_CASES TEST_CASES TRAIN_SHARD BEHAVE_WEIGHT SEEDS SHIFT SHIFT_ON LABEL_FLAGS TRAIN_FLAGS LABEL_CMD TRAIN_CMD SCORE_CMD
run_environment = printf '%s=%q\n' $(foreach s,$(RUN_SETTINGS),$(s) $(call quoted,$($(s))))

.PHONY: run-env
run-env:
	@$(run_environment)
