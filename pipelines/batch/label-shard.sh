#!/usr/bin/env bash
# label-shard.sh SHARDS CASES OUTPUT FLAG…: the shard of this task of an array (SLURM_ARRAY_TASK_ID), labelled.
# OUTPUT.I.zst is what comes of it. Nothing is done where OUTPUT is there and newer than CASES.
set -euo pipefail
shards=$1 cases=$2 output=$3
shift 3
[ "$output" -nt "$cases" ] && exit
shard=${SLURM_ARRAY_TASK_ID:-0}
read -ra label <<<"${LABEL_CMD:-.build/release/cf-label}"
exec "${label[@]}" "$@" --shard "$shard/$shards" --threads "${SLURM_CPUS_PER_TASK:-1}" --resume -o "$output.$shard.zst" "$cases"
