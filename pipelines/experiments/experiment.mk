# The paper's findings as experiments; see pipelines/experiments/. They stand on the files of `make pipeline`.

define newline


endef
# What the arms start from.
EXPERIMENT_INPUTS := $(RUN)/train.jsonl.zst $(RUN)/test-M0.jsonl.zst $(if $(filter cross-family,$(NAME)),$(GEMMA_MODEL)) \
  $(if $(filter shift,$(NAME)),$(SHIFT))

.PHONY: experiment
experiment: $(EXPERIMENT_INPUTS) ## Run an experiment: NAME=coupling|few-shot|regularisation|…
	@$(CHECK_M0) $<.manifest.json
	@mkdir -p $(RUN)/experiments/$(NAME)
	@$(run_environment) >$(RUN)/experiments/$(NAME)/run.env
	@$(PIPELINES)/experiments/$(NAME).sh $(RUN)/experiments/$(NAME)/run.env

# An experiment with M0S M0s, tuned with seeds from SEED on, because the intervals of one run do not cover M0. The first is that of
# `make experiment`.
M0_SEEDS = $(shell seq $(SEED) $$(( $(SEED) + $(M0S) - 1 )))
M0_EXPERIMENTS = $(foreach s,$(M0_SEEDS),$(RUN)$(if $(filter-out $(SEED),$(s)),-TUNE_SEED-$(s))/experiments/$(NAME))

.PHONY: over-m0s
over-m0s: ## Run an experiment once an M0, M0S of them, and average
	$(foreach s,RUN TUNE_SEED,$(if $(call given,$(s)),$(error over-m0s chooses $(s) itself, one an M0)))
	$(if $(M0_SEEDS),,$(error M0S=$(M0S) are no M0s))
	$(if $(filter 0,$(TUNE_STEPS)),$(error With TUNE_STEPS=0 M0 is the model as it is: there is one))
	$(foreach s,$(M0_SEEDS),$(MAKE) -f $(firstword $(MAKEFILE_LIST)) experiment $(if $(filter-out $(SEED),$(s)),TUNE_SEED=$(s))$(newline))
	@$(SCORE_CMD) pool --title '$(NAME) on $(TASK_NAME), over M0s' $(M0_SEEDS:%=--label %) --force \
	  -o $(firstword $(M0_EXPERIMENTS))/over-m0s.md $(M0_EXPERIMENTS:%=%/report.json)
	@cat $(firstword $(M0_EXPERIMENTS))/over-m0s.md

# At SCALE=small: refusal with all arms, hint and sycophancy with F1 and F3. At SCALE=full: everything. Gemma takes part where its terms
# were accepted.
AVAILABLE := $(if $(wildcard $(GEMMA_MODEL))$(filter 1,$(ACCEPT_GEMMA_TERMS)),$(EXPERIMENTS),$(filter-out cross-family,$(EXPERIMENTS)))
REPRODUCE_refusal := $(AVAILABLE)
REPRODUCE_hint := $(if $(filter full,$(SCALE)),$(AVAILABLE),coupling shift)
REPRODUCE_sycophancy := $(REPRODUCE_hint)

.PHONY: reproduce
reproduce: export FINDINGS := runs/findings-$(SCALE).txt
reproduce: ## Run all experiments of all tasks; resumable
	@mkdir -p runs && : >$(FINDINGS)
	$(foreach t,refusal hint sycophancy,$(foreach n,$(REPRODUCE_$(t)),$(MAKE) -f $(firstword $(MAKEFILE_LIST)) experiment TASK=$(t) NAME=$(n)$(newline)))
	@$(if $(filter cross-family,$(AVAILABLE)),,echo 'Without cross-family, for which ACCEPT_GEMMA_TERMS=1 fetches Gemma 3 270M (make gemma-model).')
	@printf '\nFindings:\n' && cat $(FINDINGS)

.PHONY: findings
findings: ## Write docs/findings/SCALE.md out of the experiments that were run
	$(PIPELINES)/experiments/findings.sh $(SCALE) docs/findings '$(EXPERIMENTS)' $(foreach t,refusal sycophancy hint,$(t)=$(RECIPE_$(t)))
