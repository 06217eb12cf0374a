#!/usr/bin/env bash
# wheel.sh STAGE VERSION GLIBC DIRECTORY: the staged folder as a Python wheel, in DIRECTORY. pip puts bin/ beside python, and lib/ and
# share/ into the same prefix.
set -euo pipefail
stage=$1 version=$2 glibc=$3 directory=$4
name=introspective_coupling
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
python3 -m pip install -q --target "$root/tools" wheel==0.45.1
tree=$root/wheel
mkdir -p "$tree/$name-$version.data" "$tree/$name-$version.dist-info/licenses"
cp -r "$stage/bin" "$tree/$name-$version.data/scripts"
mkdir "$tree/$name-$version.data/data"
cp -r "$stage/lib" "$stage/share" "$tree/$name-$version.data/data/"
cp "$stage"/share/doc/introspective-coupling/licenses/* "$tree/$name-$version.dist-info/licenses/"
{
  cat <<END
Metadata-Version: 2.4
Name: introspective-coupling
Version: $version
Summary: Train a language model to explain itself, and measure whether the explanations are true
License-Expression: MIT
Requires-Python: >=3.8
Description-Content-Type: text/markdown

END
  cat "$stage/share/doc/introspective-coupling/README.md"
} >"$tree/$name-$version.dist-info/METADATA"
cat >"$tree/$name-$version.dist-info/WHEEL" <<END
Wheel-Version: 1.0
Generator: introspective-coupling ($version)
Root-Is-Purelib: false
Tag: py3-none-manylinux_${glibc/./_}_x86_64
END
PYTHONPATH=$root/tools python3 -m wheel pack --dest-dir "$directory" "$tree"
ls -l "$directory"/$name-"$version"-*.whl
