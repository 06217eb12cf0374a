# The paper's findings as experiments; see pipelines/experiments/. They stand on the files of `make pipeline`.

NAME ?= coupling
SEEDS ?= 3
define newline


endef
EXPERIMENTS := coupling no-regularisation shift earlier-checkpoint cross-family label-noise

.PHONY: experiment
experiment: $(RUN)/train.jsonl.zst $(RUN)/test-M0.jsonl.zst $(if $(filter cross-family,$(NAME)),$(GEMMA_MODEL)) ## Run an experiment: NAME=coupling|no-regularisation|shift|…
	@RUN='$(RUN)' TASK='$(TASK_NAME)' MODEL='$(MODEL)' M0_MODEL='$(M0_MODEL)' M0_EARLIER='$(M0_EARLIER)' GEMMA_MODEL='$(GEMMA_MODEL)' \
	  STEPS='$(STEPS)' SAVE_EVERY='$(SAVE_EVERY)' SEEDS='$(SEEDS)' TUNE_STEPS='$(TUNE_STEPS)' TUNE_FLAGS='$(TUNE_FLAGS)' \
	  TRAIN_FLAGS='$(TASK_FLAG) $(TRAIN_FLAGS)' SCORE_FLAGS='$(TASK_FLAG)' LABEL_FLAGS='$(TASK_FLAG) $(LABEL_FLAGS)' \
	  LABEL_CMD='$(LABEL_CMD)' TRAIN_CMD='$(TRAIN_CMD)' SCORE_CMD='$(SCORE_CMD)' pipelines/experiments/$(NAME).sh

# At SCALE=small: refusal with all arms but another family's, hint and sycophancy with F1 and F3. At SCALE=full: everything.
REPRODUCE_refusal := $(EXPERIMENTS)
REPRODUCE_hint := $(if $(filter full,$(SCALE)),$(EXPERIMENTS),coupling shift)
REPRODUCE_sycophancy := $(REPRODUCE_hint)

.PHONY: reproduce
reproduce: ## Run all experiments of all tasks; resumable
	$(foreach t,refusal hint sycophancy,$(foreach n,$(REPRODUCE_$(t)),$(MAKE) experiment TASK=$(t) NAME=$(n)$(newline)))
