#!/usr/bin/env bash
# Runs the README's pipeline by hand on a real model, under pipefail, with any number of cases, and with a reader that leaves.
#
#     Tests/Reference/streams_compose.sh MODEL.gguf [CASES (default: 40)]
#
# BIN names the folder of the programs (default: .build/release). Needs jq and zstd.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
model=$1
count=${2:-40}
binaries=$(cd "${BIN:-$root/.build/release}" && pwd)
export PATH=$binaries:$PATH

# Runs a pipeline and says how it ended.
check() {
  local status=0
  echo "\$ $1"
  model=$model count=$count bash -o pipefail -c "$1" || status=$?
  echo "exit code $status"
  [ "$status" = 0 ]
}

# shellcheck disable=SC2016
{
  check 'cf-gen --task hint | zstd -dc | jq -c '\''select(.split=="test")'\'' | cf-label --model "$model" --as M0 --explain --limit "$count" | xp-score --self M0 --orig M0'
  check 'cf-gen --task hint | zstd -dc | jq -c '\''select(.split=="test")'\'' | head -n "$count" | cf-label --model "$model" --as M0 --explain | xp-score --self M0 --orig M0'
  check 'cf-gen --task hint | zstd -dc | head -1 | jq -r .id'
  check 'cf-gen --task hint | cf-label --model "$model" --as M0 --limit 2 | zstd -dc | head -1 | jq -c .behaviors.M0.original'
  check 'cf-gen --task hint | cf-label --model "$model" --as M0 --limit "$count" --batch-tokens 1 | head -c 1 | wc -c'
}
