#!/usr/bin/env bash
# deb.sh STAGE VERSION GLIBC DIRECTORY: the staged folder as a package for Debian and Ubuntu, in DIRECTORY.
set -euo pipefail
stage=$1 version=$2 glibc=$3 directory=$4
name=introspective-coupling
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
mkdir -p "$root/DEBIAN" "$root/usr"
cp -r "$stage"/. "$root/usr/"
# Debian has its completions and man pages where the staged folder has them, but for zsh's.
mkdir -p "$root/usr/share/zsh/vendor-completions"
mv "$root"/usr/share/zsh/site-functions/* "$root/usr/share/zsh/vendor-completions/"
rmdir "$root/usr/share/zsh/site-functions"
# jq and zstd are Debian's.
rm -r "$root/usr/lib/$name/bin"
find "$root/usr/share/man" -name '*.1' -exec gzip -9n {} +
cat >"$root/DEBIAN/control" <<END
Package: $name
Version: $version
Architecture: amd64
Maintainer: The authors of introspective-coupling <authors@introspective-coupling.invalid>
Installed-Size: $(du -sk "$root/usr" | cut -f 1)
Depends: libc6 (>= $glibc), libstdc++6 (>= 12), libgcc-s1, make, jq, zstd, python3
Recommends: python3-pip
Suggests: libcurl4
Section: science
Priority: optional
Description: train a language model to explain itself, and measure whether it is true
 cf-gen makes inputs and their counterfactuals, cf-label records what a checkpoint
 does on each, xp-train fine-tunes a language model to say how its answer would
 change, and xp-score measures whether what it says is what it does. cf-pipeline
 runs all of them.
END
file=$directory/${name}_${version}_amd64.deb
dpkg-deb --build --root-owner-group -Zxz "$root" "$file" >/dev/null
ls -l "$file"
