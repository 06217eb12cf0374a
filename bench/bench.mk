# The benchmark: ours against PyTorch and llama.cpp on the same cases. See bench/README.md.

BENCH_DIRECTORY ?= build/bench
BENCH_VENV ?= build/bench-venv
BENCH_PACKAGES := python3-venv g++
BENCH_FLAGS = $(if $(QUICK),--quick) $(if $(CASES),--cases $(CASES)) $(if $(ROUNDS),--rounds $(ROUNDS)) \
  $(if $(WORK),--work $(WORK)) $(if $(WHO),--who $(WHO)) $(if $(HINT_INPUT),--hint-input $(HINT_INPUT)) \
  $(if $(SYCOPHANCY_INPUT),--sycophancy-input $(SYCOPHANCY_INPUT)) \
  $(if $(REFUSAL_INPUT),--refusal-input $(REFUSAL_INPUT)) $(if $(TRAIN_INPUT),--train-input $(TRAIN_INPUT))

.PHONY: bench
bench: $(TOOLS) $(DEFAULT_MODEL) $(BENCH_VENV)/installed ## Measure ours against PyTorch and llama.cpp (QUICK=1: five minutes)
	$(BENCH_VENV)/bin/python bench/run.py --tools $(BUILD_DIRECTORY) --model $(DEFAULT_MODEL) \
	  --directory $(BENCH_DIRECTORY) $(BENCH_FLAGS)

# llama-cpp-python is compiled on this machine, for its processor: by clang, which comes with Swift. GCC 12 passes only the first
# eight bytes of a tile configuration on, so that what it makes for a processor with AMX ends at the first product.
BENCH_COMPILER := $(if $(shell command -v clang++),CC=clang CXX=clang++)

$(BENCH_VENV)/installed: bench/requirements.txt | $(SYSTEM_PACKAGES)
	$(call install_missing,$(BENCH_PACKAGES))
	python3 -m venv $(@D)
	$(BENCH_COMPILER) $(@D)/bin/python -m pip install --quiet --requirement $<
	@touch $@
