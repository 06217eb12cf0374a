#!/usr/bin/env bash
# submit.sh [SETTING=VALUE]…: the stages of `make pipeline` as jobs of Slurm, with their dependencies. Run it in the clone, on the
# head node, with the programs built. The settings are those of make, and of this script:
#
#   SHARDS=8        jobs that a stream is labelled by
#   CPUS=8          processors of a job          MEMORY=4G       memory of a labelling job
#   TIME=12:00:00   of a job                     TRAIN_MEMORY=8G of a training job, on each of its nodes
#   PARTITION=NAME  where they run               SBATCH_ARGUMENTS='…' anything else that sbatch takes
#   TRAIN_PROCESSES=1  processes that train the explainer together, by MPI (docs/several-machines.md), each with CPUS
#
# Submitted again, it goes on where the files are. A job that comes near its time limit saves its state, and is queued again.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
SHARDS=8 CPUS=8 MEMORY=4G TRAIN_MEMORY=8G TRAIN_PROCESSES=1 TIME=12:00:00 PARTITION='' SBATCH_ARGUMENTS=''
settings=(SIDE_BY_SIDE=1)
for word; do
  case $word in
    SHARDS=* | CPUS=* | MEMORY=* | TRAIN_MEMORY=* | TRAIN_PROCESSES=* | TIME=* | PARTITION=* | SBATCH_ARGUMENTS=*) declare "$word" ;;
    *=*) settings+=("$word") ;;
    *) echo "submit.sh: $word is no SETTING=VALUE" >&2; exit 64 ;;
  esac
done
[[ $SHARDS =~ ^[1-9][0-9]*$ ]] || { echo "submit.sh: SHARDS=$SHARDS is no whole number from 1 on" >&2; exit 64; }
[[ $TRAIN_PROCESSES =~ ^(1|2|4|8|16|32|64|128|256|512|1024)$ ]] || { echo "submit.sh: TRAIN_PROCESSES=$TRAIN_PROCESSES is no power of two from 1 to 1024" >&2; exit 64; }
# An unknown setting ends it here.
run_env=$(make --no-print-directory -s run-env "${settings[@]}")
eval "$run_env"
[ -z "$TRAIN_SHARD" ] || { echo "submit.sh: TRAIN_SHARD=$TRAIN_SHARD: shards are this script's own" >&2; exit 64; }
mkdir -p "$RUN/jobs"
read -ra more <<<"$SBATCH_ARGUMENTS"
[ -z "$PARTITION" ] || more+=(--partition "$PARTITION")
read -ra m0 <<<"$M0_MODEL"
read -ra task <<<"$TASK_FLAG"
read -ra flags <<<"$LABEL_FLAGS"
export LABEL_CMD

# job NAME MEMORY DEPENDENCY [SBATCH OPTION…] -- COMMAND…: prints the job's number.
job() {
  local name=$1 memory=$2 after=$3 options=()
  shift 3
  while [ "$1" != -- ]; do options+=("$1"); shift; done
  shift
  sbatch --parsable --job-name "$name" --cpus-per-task "$CPUS" --mem "$memory" --time "$TIME" --output "$RUN/jobs/%x-%A.log" \
    ${after:+--dependency "afterok:$after"} "${options[@]}" "${more[@]}" "$here/stage.sbatch" "$@"
}
# stage NAME MEMORY DEPENDENCY FILE…: files of the run, made as `make` makes them.
stage() {
  local name=$1 memory=$2 after=$3
  shift 3
  job "$name" "$memory" "$after" -- make --no-print-directory "${settings[@]}" "$@"
}
# label NAME DEPENDENCY CASES OUTPUT FLAG…: an array of shards, and the job that joins them.
label() {
  local name=$1 after=$2 cases=$3 output=$4 array
  shift 4
  array=$(job "$name" "$MEMORY" "$after" --array "0-$((SHARDS - 1))" -- "$here/label-shard.sh" "$SHARDS" "$cases" "$output" "${task[@]}" "${flags[@]}" "$@")
  job "$name-join" "$MEMORY" "$array" -- "$here/join.sh" "$cases" "$output" "$SHARDS"
}

cases=$RUN/cases.jsonl.zst
m0_job=$(stage m0 "$TRAIN_MEMORY" '' "$cases" "$M0_READY")
train_job=$(label train "$m0_job" "$cases" "$RUN/train.jsonl.zst" "${m0[@]}" --as M0 --split train --limit "$TRAIN_CASES")
test_job=$(label test "$m0_job" "$cases" "$RUN/test-M0.jsonl.zst" "${m0[@]}" --as M0 --explain --split test --limit "$TEST_CASES")
last=${CHECKPOINT_STEPS##* }
together=()
if [ "$TRAIN_PROCESSES" -gt 1 ]; then
  together=(--ntasks "$TRAIN_PROCESSES")
  settings+=("TRAIN_CMD=srun --mpi=pmix --kill-on-bad-exit=1 --cpus-per-task=$CPUS $TRAIN_CMD")
fi
explainer_job=$(job explainer "$TRAIN_MEMORY" "$train_job" "${together[@]}" -- \
  make --no-print-directory "${settings[@]}" "$EXPLAINER/$(printf 'step-%06d' "$last")")
scored=$train_job
for step in $CHECKPOINT_STEPS; do
  labelled=$(label "test-M$step" "$explainer_job:$test_job" "$RUN/test-M0.jsonl.zst" "$RUN/test-M$step.jsonl.zst" "${m0[@]}" \
    --adapter "$EXPLAINER/$(printf 'step-%06d' "$step")" --as "M$step" --explain)
  scored+=:$labelled
done
report_job=$(stage report "$MEMORY" "$scored" pipeline)
echo "The last job is $report_job; logs are in $RUN/jobs, the report will be $RUN/report.html."
