# The pipeline of an installed package: the programs are there, and nothing is built. `cf-pipeline` runs it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := pipeline

PREFIX := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))../..)
PIPELINES := $(PREFIX)/share/introspective-coupling/pipelines
CACHE := $(or $(XDG_CACHE_HOME),$(if $(HOME),$(HOME)/.cache))
# make reads a path with a space as two.
MODELS := $(if $(filter 1,$(words $(CACHE))),$(CACHE)/introspective-coupling)
BUILD_DIRECTORY := $(PREFIX)/bin
TOOLS := $(addprefix $(BUILD_DIRECTORY)/,cf-gen cf-label xp-train xp-score)
# The libraries that the programs need lie beside them.
SYSTEM_PACKAGES :=
ONEDNN := 1

include $(PIPELINES)/models/default.mk
include $(PIPELINES)/models/gemma.mk

# A model that is to be fetched needs a place, and a dry run says so too: whether a folder can be made there is tried.
FETCHED := $(filter $(DEFAULT_MODEL) $(GEMMA_MODEL),$(or $(MODEL),$(DEFAULT_MODEL)) \
  $(if $(filter gemma-model cross-family,$(MAKECMDGOALS) $(NAME)),$(GEMMA_MODEL)))
can_be_made = $(shell folder='$(1)'; until [ -e "$$folder" ]; do folder=$$(dirname "$$folder"); done; \
  tried=$$(mktemp -d "$$folder/XXXXXX" 2>/dev/null) && rmdir "$$tried" && echo yes)
ifneq ($(filter-out $(wildcard $(FETCHED)),$(FETCHED)),)
$(if $(and $(MODELS),$(call can_be_made,$(MODELS))),,$(error the model cannot be kept: \
  $(if $(CACHE),no folder can be made at $(CACHE)/introspective-coupling,neither HOME nor XDG_CACHE_HOME is set). \
  Set HOME or XDG_CACHE_HOME to a folder of yours, without spaces, or give MODEL=FILE))
endif

include $(PIPELINES)/settings.mk
include $(PIPELINES)/pipeline.mk
include $(PIPELINES)/experiments/experiment.mk
