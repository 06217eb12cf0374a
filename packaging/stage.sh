#!/usr/bin/env bash
# stage.sh PROGRAMS DIRECTORY: lays out in DIRECTORY what every package holds, from the built programs in PROGRAMS:
#
#   bin/                              the four programs and cf-pipeline
#   lib/introspective-coupling/       the libraries that the programs need; bin/ of it: jq and zstd
#   share/introspective-coupling/     the pipelines, as data
#   share/{man,bash-completion,zsh,fish,doc}
#
# Programs find their libraries from where they lie, so that the folder can stand anywhere. Swift's library is among them: linked into the
# programs, Foundation's Unicode tables alone would take 40 MB in each of the four.
set -euo pipefail
programs=$1
out=$2
here=$(dirname "$0")
name=introspective-coupling
libraries=$out/lib/$name
rm -rf "$out"
mkdir -p "$out"/bin "$libraries"/bin "$out"/share/{$name,man/man1,bash-completion/completions,zsh/site-functions,fish/vendor_completions.d} \
  "$out"/share/doc/$name/licenses

# The libraries that a file needs, without those of every GNU/Linux system (as the manylinux policy has them).
needed() {
  ldd "$1" | awk '$2 == "=>" { print $3 }' \
    | grep -Ev '/lib(c|m|dl|rt|pthread|resolv|util|gcc_s|stdc\+\+)\.so\.' || true
}
license() {  # LIBRARY
  local real package
  real=$(readlink -f "$1")
  # One of the two names is the one that the package has.
  package=$(dpkg-query -S "$real" "${real#/usr}" 2>/dev/null || true)
  package=${package%%:*}
  if [ -n "$package" ]; then
    cp "/usr/share/doc/$package/copyright" "$out/share/doc/$name/licenses/$package"
  else  # of the Swift toolchain
    cp "${real%/lib/swift/*}/share/swift/LICENSE.txt" "$out/share/doc/$name/licenses/swift"
  fi
}

for program in cf-gen cf-label xp-train xp-score; do
  install -m 755 "$programs/$program" "$out/bin/$program"
  strip "$out/bin/$program"
  needed "$programs/$program"
done | sort -u >"$out/needed"
for tool in jq zstd; do
  install -m 755 "$(command -v $tool)" "$libraries/bin/$tool"
  license "$(command -v $tool)"
  needed "$libraries/bin/$tool" >>"$out/needed"
  patchelf --set-rpath '$ORIGIN/..' "$libraries/bin/$tool"
done
sort -u "$out/needed" | while read -r library; do
  install -m 644 "$library" "$libraries/$(basename "$library")"
  patchelf --set-rpath '$ORIGIN' "$libraries/$(basename "$library")"
  license "$library"
done
rm "$out/needed"
for program in cf-gen cf-label xp-train xp-score; do
  patchelf --set-rpath "\$ORIGIN/../lib/$name" "$out/bin/$program"
  python3 "$here/manual.py" "$out/bin/$program" "$out/share/man/man1"
  "$out/bin/$program" --generate-completion-script bash >"$out/share/bash-completion/completions/$program"
  "$out/bin/$program" --generate-completion-script zsh >"$out/share/zsh/site-functions/_$program"
  "$out/bin/$program" --generate-completion-script fish >"$out/share/fish/vendor_completions.d/$program.fish"
done
install -m 755 "$here/cf-pipeline" "$out/bin/cf-pipeline"
python3 "$here/pipeline_manual.py" "$out"
python3 "$here/pipeline_completions.py" "$out"

cp "$here/installed.mk" "$out/share/$name/"
cp -r "$here/../pipelines" "$out/share/$name/"
cp -r "$here/../README.md" "$here/../docs" "$out/share/doc/$name/"
cp "$here/../LICENSE" "$out/share/doc/$name/licenses/$name"
