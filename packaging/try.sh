#!/usr/bin/env bash
# try.sh ROOT PACKAGE…: installs each package (.whl, .deb, .tar.gz) in a copy of the Debian system in ROOT, which has neither Swift nor
# what the build needs, as its user would, and runs the programs there: versions, a man page, and the smoke pipeline on the real
# model. Needs root. ROOT is what `debootstrap --variant=minbase bookworm ROOT` makes. MODEL names a model file to use; without it, it is fetched.
set -euo pipefail
root=$1
shift

try() {  # PACKAGE, in the root of a copy
  local file
  file=/tmp/$(basename "$1")
  case $file in
    *.deb)
      apt-get install -y -q --no-install-recommends "$file" python3-pip man-db
      prefix=/usr
      ;;
    *.whl)
      apt-get install -y -q --no-install-recommends python3-venv make
      su user -c "python3 -m venv /home/user/venv && /home/user/venv/bin/pip install -q $file"
      prefix=/home/user/venv
      ;;
    *.tar.gz)
      apt-get install -y -q --no-install-recommends make python3-pip
      su user -c "tar -C /home/user -xzf $file"
      prefix=$(echo /home/user/introspective-coupling-*)
      ;;
  esac
  ! command -v swift clang gcc
  su user -c "cd /home/user && export PATH=$prefix/bin:\$PATH \
    && cf-gen --version && cf-label --version && xp-train --version && xp-score --version && cf-pipeline --help >/dev/null \
    && test -s $(ls "$prefix"/share/man/man1/cf-label.1*) && test -s $(ls "$prefix"/share/man/man1/cf-pipeline.1*) \
    && cf-pipeline hint SCALE=smoke ${GIVEN_MODEL:+MODEL=/tmp/model.gguf} && ls runs/*/report.html"
}

for package; do
  echo "== $package"
  copy=$(mktemp -d)
  cp -a "$root/." "$copy/"
  cp "$package" "$copy/tmp/"
  cp /etc/resolv.conf "$copy/etc/"
  cp /etc/ssl/certs/ca-certificates.crt "$copy/tmp/"
  [ -z "${MODEL:-}" ] || cp "$MODEL" "$copy/tmp/model.gguf"
  mount --bind /proc "$copy/proc"
  mount --bind /dev "$copy/dev"
  status=0
  chroot "$copy" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive GIVEN_MODEL="${MODEL:-}" \
    PIP_CERT=/tmp/ca-certificates.crt bash -euc "$(declare -f try); useradd -m user; apt-get update -q; try '$package'" || status=$?
  umount "$copy/dev" "$copy/proc"
  rm -rf "$copy"
  [ $status = 0 ] || { echo "try.sh: $package failed" >&2; exit 1; }
done
