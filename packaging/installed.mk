# The pipeline of an installed package: the programs are there, and nothing is built. `cf-pipeline` runs it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := pipeline

TASK  ?= hint
SCALE ?= small

PREFIX := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))../..)
PIPELINES := $(PREFIX)/share/introspective-coupling/pipelines
MODELS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/introspective-coupling
BUILD_DIRECTORY := $(PREFIX)/bin
TOOLS := $(addprefix $(BUILD_DIRECTORY)/,cf-gen cf-label xp-train xp-score)
# The libraries that the programs need lie beside them.
SYSTEM_PACKAGES :=
ONEDNN := 1

include $(PIPELINES)/settings.mk
include $(PIPELINES)/model.mk
include $(PIPELINES)/gemma.mk
include $(PIPELINES)/pipeline.mk
include $(PIPELINES)/experiment.mk
