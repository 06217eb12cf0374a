# The system packages of a fresh Debian machine, installed where they are missing.

APT_PACKAGES := libcurl4 libjansson-dev libzstd-dev libopenblas-dev libdnnl-dev pkg-config python3-pip zstd jq
SYSTEM_PACKAGES := build/system-packages

# install_missing: apt-get, as root or with sudo, only where one of the packages $(1) is not there.
define install_missing
@if ! dpkg-query -W -f '$${Status}\n' $(1) 2>/dev/null \
  | awk '/install ok installed/ { n++ } END { exit n != $(words $(1)) }'; then \
  run=$$([ "$$(id -u)" = 0 ] || echo sudo); \
  $$run apt-get update -q && $$run apt-get install -y -q --no-install-recommends $(1); \
fi
endef

$(SYSTEM_PACKAGES):
	@mkdir -p $(@D)
	$(call install_missing,$(APT_PACKAGES))
	@touch $@
