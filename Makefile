# The whole pipeline, from nothing to a page:   make pipeline
# `make help` lists targets and settings. Each stage is a target with a file of its own, so a second run redoes nothing.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := help

# The programs choose the kernels for their processor when they start (Sources/Shared/Kernels): one build is for all.
SWIFT_FLAGS ?= -c release
# oneDNN's products are built in where version 2 or 3 of the library is installed; ONEDNN=0 leaves them out.
export ONEDNN ?= $(shell grep -qs 'DNNL_VERSION_MAJOR [23]' /usr/include/oneapi/dnnl/dnnl_version.h && echo 1 || echo 0)

BUILD_DIRECTORY := .build/release
TOOLS := $(addprefix $(BUILD_DIRECTORY)/,cf-gen cf-label xp-train xp-score)
SOURCES := Package.swift $(shell find Sources -name '*.swift' -o -name '*.json' -o -name '*.modulemap' -o -name '*.h' -o -name '*.c' \
  -o -path '*/Assets/*')

# Where the stages of the pipeline lie, and where models are kept.
PIPELINES := pipelines
MODELS := models

include $(PIPELINES)/system.mk
include $(PIPELINES)/models/default.mk
include $(PIPELINES)/models/gemma.mk
include $(PIPELINES)/settings.mk
include $(PIPELINES)/pipeline.mk
include $(PIPELINES)/experiments/experiment.mk
include bench/bench.mk
include packaging/packaging.mk

.PHONY: help build test check unit-test golden-test processor-test smoke-test examples-test fuzz format lint clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\nSettings of `make pipeline` (NAME=value), with their values now:\n'
	@printf '  %-14s %s\n' $(foreach s,TASK RECIPE SCALE MODEL INPUT SEED STEPS RUN NAME SEEDS M0S,$(s) '$($(s))')
	@printf '  TASK is hint, sycophancy, refusal or a task file; SCALE is smoke, small or full. See pipelines/README.md.\n'

build: $(TOOLS) ## Build the four tools

# Programs that were built otherwise, or by hand since (swift build), are built again. One that a build leaves as it was keeps its
# time, so that runs made with it stay as they are.
BUILT_WITH := $(BUILD_DIRECTORY)/built-with
# Asked again when it is written: the first build may have installed oneDNN.
BUILD_SETTINGS = $(SWIFT_FLAGS) ONEDNN=$(ONEDNN)
BUILT_OTHERWISE := $(shell [ "$$(cat $(BUILT_WITH) 2>&1)" = '$(BUILD_SETTINGS)' ] && \
  [ -z "$$(find $(TOOLS) -newer $(BUILT_WITH) 2>/dev/null)" ] || echo built-otherwise)
.PHONY: built-otherwise

$(TOOLS) &: $(SOURCES) $(BUILT_OTHERWISE) | $(SYSTEM_PACKAGES)
	swift build $(SWIFT_FLAGS)
	@for tool in $(TOOLS); do [ -z "$$(find $(SOURCES) -newer $$tool -print -quit)" ] || touch -c $$tool; done
	@echo '$(BUILD_SETTINGS)' >$(BUILT_WITH)

test: unit-test golden-test processor-test smoke-test examples-test ## Run all tests, on the real default model too

unit-test: $(DEFAULT_MODEL) | $(SYSTEM_PACKAGES) ## Run the unit tests
	swift build $(SWIFT_FLAGS) --build-tests
	CF_TEST_MODEL=$(abspath $(DEFAULT_MODEL)) $(addprefix CF_TEST_GEMMA=,$(abspath $(wildcard $(GEMMA_MODEL)))) \
	  swift test $(SWIFT_FLAGS) --skip-build --parallel

check: lint $(TOOLS) ## Check the format, run the unit tests of modules changed since main, and the golden cases
	Tests/check.sh $(SWIFT_FLAGS)
	Tests/Cases/run.sh

golden-test: $(TOOLS) ## Run the tools on golden cases: stdout, stderr, exit code
	Tests/Cases/run.sh

processor-test: $(TOOLS) ## Look for instructions that older processors lack, and run the tools on such processors (emulated)
	$(call install_missing,binutils qemu-user)
	Tests/Processors/run.sh

smoke-test: ## Run the smallest pipeline of every task, and an experiment, on the real default model
	$(MAKE) pipeline SCALE=smoke
	$(MAKE) pipeline TASK=refusal RECIPE= SCALE=smoke
	$(MAKE) pipeline TASK=sycophancy RECIPE= SCALE=smoke
	$(MAKE) experiment NAME=shift TASK=hint SCALE=smoke SEEDS=1
	$(MAKE) over-m0s NAME=coupling TASK=hint SCALE=smoke SEEDS=1 M0S=2

# A Python that has pandas and the like, for the examples of docs/python.md; what lacks its packages is only compiled.
PYTHON ?= python3

examples-test: $(TOOLS) $(DEFAULT_MODEL) ## Run the examples of the pages of docs/ as they stand there
	python3 Tests/Examples/run.py docs/task-files.md --model $(DEFAULT_MODEL) --files Tests/Cases/task-files
	for page in stream cf-gen cf-label xp-train checkpoints xp-score; do \
	  python3 Tests/Examples/run.py docs/$$page.md --model $(DEFAULT_MODEL); done
	$(PYTHON) Tests/Examples/run.py docs/python.md --model $(DEFAULT_MODEL)

# For so many seconds a parser, or for so many inputs; all parsers, or those named.
SECONDS ?= 60
RUNS ?=
PARSER ?=

fuzz: | $(SYSTEM_PACKAGES) ## Look for inputs that break a parser: SECONDS=60 or RUNS=1000000 each, PARSER=all
	FUZZ=1 swift build -c release --scratch-path .build-fuzz --product fuzz
	Tests/Fuzz/run.sh $(if $(RUNS),-runs=$(RUNS),-max_total_time=$(SECONDS)) $(PARSER)

format: ## Format the Swift sources
	swift format -i -r -p Package.swift Sources Tests

lint: | $(SYSTEM_PACKAGES) ## Check the format of the Swift sources, their comments, circles of files, and the length of sentences in the documentation
	swift format lint -r -p --strict Package.swift Sources Tests
	python3 Tests/comments.py
	python3 Tests/circles.py
	python3 Tests/prose.py

clean: ## Remove builds and runs; downloaded models stay
	rm -rf .build .build-fuzz build/packages runs
