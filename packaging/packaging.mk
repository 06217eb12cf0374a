# Packages that need neither Swift nor root: `make wheel`, `make deb`, `make tarball`. Each holds the same folder (stage.sh).

PACKAGE := introspective-coupling
VERSION := $(shell sed -n 's/.*static let string = "\(.*\)"/\1/p' Sources/Shared/CommandSupport/ToolVersion.swift)
PACKAGES := build/packages
STAGE := $(PACKAGES)/$(PACKAGE)-$(VERSION)
PACKAGE_TOOLS := patchelf
# The oldest C library that the programs and what lies beside them run on.
GLIBC = $(shell find $(STAGE) -type f \( -perm -u+x -o -name '*.so*' \) -exec objdump -T {} + 2>/dev/null \
  | grep -o 'GLIBC_[0-9.]*' | cut -d _ -f 2 | sort -V | tail -n 1)

.PHONY: stage wheel deb tarball
stage: $(TOOLS) | $(SYSTEM_PACKAGES)
	$(call install_missing,$(PACKAGE_TOOLS))
	BUILD_COMMIT=$$(git describe --always --dirty) swift build $(SWIFT_FLAGS)
	packaging/stage.sh $(BUILD_DIRECTORY) $(STAGE)

tarball: stage ## Make a tarball of the programs and the pipeline
	tar -C $(PACKAGES) --owner 0 --group 0 --sort name -czf $(STAGE)-linux-x86_64.tar.gz $(notdir $(STAGE))
	@ls -l $(STAGE)-linux-x86_64.tar.gz

deb: stage ## Make a package for Debian and Ubuntu
	packaging/deb.sh $(STAGE) $(VERSION) $(GLIBC) $(PACKAGES)

wheel: stage ## Make a Python wheel, whose scripts are the programs
	packaging/wheel.sh $(STAGE) $(VERSION) $(GLIBC) $(PACKAGES)
