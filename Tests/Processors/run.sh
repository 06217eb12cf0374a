#!/usr/bin/env bash
# See README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=${BIN:-.build/release}
[ "$(uname -m)" = x86_64 ] || { echo "no x86-64: nothing to check"; exit 0; }

for tool in cf-label xp-train; do
  found=$(objdump -d --no-show-raw-insn "$bin/$tool" | awk -f Tests/Processors/foreign.awk)
  [ -z "$found" ] || { echo "$tool: AVX outside of the kernels for it, in"; echo "$found"; exit 1; }
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
head -2 Tests/Fixtures/streams/cases.jsonl >"$scratch/cases.jsonl"

# label NAME PREFIX…: labels the cases and prints their log-probabilities; the manifest must name the variant.
label() {
  local name=$1 out=$scratch/$1.zst
  shift
  "$@" "$bin/cf-label" --quiet --model Tests/Fixtures/tiny-llama/tiny-llama-f32.gguf --as M0 --threads 1 --force \
    -o "$out" "$scratch/cases.jsonl" 2>"$scratch/stderr" || { cat "$scratch/stderr"; exit 1; }
  found=$(jq -r .cpu_variant "$out.manifest.json")
  [ "$found" = "${name%-emulated}" ] || { echo "$name: the manifest names $found"; exit 1; }
  zstd -dc "$out" | jq -c '[.behaviors.M0 | .. | numbers]' >"$scratch/$name.json"
}

label x86-64-v2-emulated qemu-x86_64 -cpu Nehalem
label x86-64-v3-emulated qemu-x86_64 -cpu Haswell
reference=x86-64-v2-emulated
for name in x86-64-v3-emulated x86-64-v2 x86-64-v3 x86-64-v4; do
  if [ ! -e "$scratch/$name.json" ]; then
    refusal=$(CF_CPU=$name "$bin/cf-label" --quiet --model none --as M0 -o "$scratch/none" </dev/null 2>&1 || true)
    if [[ $refusal == *'lacks instructions'* ]]; then
      echo "$name: not on this processor"
      continue
    fi
    label "$name" env CF_CPU="$name"
  fi
  jq -n -e --slurpfile a "$scratch/$reference.json" --slurpfile b "$scratch/$name.json" \
    '[($a | flatten), ($b | flatten)] | (.[0] | length) == (.[1] | length)
      and (transpose | all(.[]; (.[0] - .[1] | fabs) <= 1e-4))' >/dev/null \
    || { echo "$name: other log-probabilities than $reference"; exit 1; }
  echo "$name: as $reference"
done
