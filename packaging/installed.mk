# The pipeline of an installed package: the programs are there, and nothing is built. `cf-pipeline` runs it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := pipeline

PREFIX := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))../..)
PIPELINES := $(PREFIX)/share/introspective-coupling/pipelines
MODELS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/introspective-coupling
BUILD_DIRECTORY := $(PREFIX)/bin
TOOLS := $(addprefix $(BUILD_DIRECTORY)/,cf-gen cf-label xp-train xp-score)
# The libraries that the programs need lie beside them.
SYSTEM_PACKAGES :=
ONEDNN := 1

include $(PIPELINES)/models/default.mk
include $(PIPELINES)/models/gemma.mk
include $(PIPELINES)/settings.mk
include $(PIPELINES)/pipeline.mk
include $(PIPELINES)/experiments/experiment.mk
