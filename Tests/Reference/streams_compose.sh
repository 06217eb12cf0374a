#!/usr/bin/env bash
# Runs the README's pipeline by hand on a real model, as it is written there, and pipelines whose reader leaves early. All must
# end with 0 under pipefail.
#
#     Tests/Reference/streams_compose.sh MODEL.gguf [CASES | all (default: 100)]
#
# CASES is what cf-gen may write before jq selects. BIN names the folder of the programs (default: .build/release). Needs jq and
# zstd. Where zstd or jq stand before a reader that leaves, they die of SIGPIPE as C programs do, so only ours stand there.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export model=$1 limit="--limit ${2:-100}"
[ "${2:-}" != all ] || limit=
PATH=$(cd "${BIN:-$root/.build/release}" && pwd):$PATH
export PATH

failed=0
check() {
  local status=0
  echo "\$ $1"
  bash -o pipefail -c "$1" || status=$?
  echo "exit code $status"
  [ "$status" = 0 ] || failed=1
}

# shellcheck disable=SC2016  # what check runs is expanded there
{
  check 'cf-gen --task hint $limit | zstd -dc | jq -c '\''select(.split=="test")'\'' | cf-label --model "$model" --as M0 --explain | xp-score --self M0 --orig M0'
  check 'cf-gen --task hint $limit | zstd -dc | jq -c '\''select(.split=="test")'\'' | cf-label --model "$model" --as M0 --explain | xp-score --self M0 --orig M0 | head -1'
  check 'cf-gen --task hint | head -c 4 | wc -c'
  check 'cf-gen --task hint | cf-label --model "$model" --as M0 --limit 2 | zstd -dc | jq -c "[.id, .behaviors.M0.original.answer]"'
  check 'cf-gen --task hint $limit | cf-label --model "$model" --as M0 --batch-tokens 1 | head -c 4 | wc -c'
}
[ "$failed" = 0 ] && echo "all pipelines end with 0"
