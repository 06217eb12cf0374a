# What the experiments are made of; each sources this file with its own argument: run.env, in which `make experiment` says what the run is
# (RUN_SETTINGS in pipeline.mk). Every line runs one of the four tools with --resume, so an experiment that was interrupted goes on
# where it was, and an arm that several experiments have is run once. From the environment: FINDINGS, a file to which the findings are
# added, a line each.
set -euo pipefail
. "${1:?make experiment names the run.env}"
read -ra m0_model <<<"$M0_MODEL"
# Programs with arguments of their own too, as `make pipeline` takes them.
read -ra label <<<"$LABEL_CMD"
read -ra train <<<"$TRAIN_CMD"
read -ra score <<<"$SCORE_CMD"
read -ra score_flags <<<"$TASK_FLAG"
read -ra label_flags <<<"$TASK_FLAG $LABEL_FLAGS"
read -ra train_flags <<<"$TASK_FLAG $TRAIN_FLAGS"
here=$(dirname "${BASH_SOURCE[0]}")
arms=$RUN/arms
# What M0 does: on the train split, for labels; on the test split, to be scored against.
labels=$RUN/train.jsonl.zst
test=$RUN/test-M0.jsonl.zst
# The same labels as behaviour to be held to, with the weight of that beside explanations.
held=$labels:$BEHAVE_WEIGHT

checkpoint() { printf '%s/%s/seed%d/checkpoints/step-%06d' "$arms" "$1" "$2" "$3"; }  # ARM SEED STEP
name() { printf '%s-s%d-%d' "$1" "$2" "$3"; }                                         # ARM SEED STEP
note() { printf '%s\n' "$*" >&2; }

# arm [OPTION…] NAME FLAGS…: trains M0 with these flags, which win over TRAIN_FLAGS, once a seed, and records on the test split what it
# does and says then. The options:
#   --after ARM          start from the last checkpoint of another arm
#   --every-checkpoint   score the first seed at every step that was saved, not at the last alone
#   --at X               a number to plot the arm against
#   --all-weights        train all weights, not an adapter
declare -a scored=() pooled=() streams=() losses=()
arm() {
  local arm seed step steps members=() start trained after='' every='' at='' method=lora
  while [[ $1 == --* ]]; do
    case $1 in
      --after) after=$2; shift ;;
      --every-checkpoint) every=1 ;;
      --at) at=$2; shift ;;
      --all-weights) method=full ;;
      *) note "arm: unknown option $1"; exit 64 ;;
    esac
    shift
  done
  arm=$1
  shift
  for ((seed = 0; seed < SEEDS; seed++)); do
    note "arm $arm, seed $seed"
    start=("${m0_model[@]}")
    [ -z "$after" ] || start+=(--adapter "$(checkpoint "$after" $seed "$STEPS")")
    "${train[@]}" "${start[@]}" --seed $seed --steps "$STEPS" --save-every "$SAVE_EVERY" --method "$method" \
      "${train_flags[@]}" "$@" --resume -o "$arms/$arm/seed$seed"
    steps=$STEPS
    [ -z "$every" ] || [ $seed != 0 ] || steps="$(seq "$SAVE_EVERY" "$SAVE_EVERY" $((STEPS - 1))) $STEPS"
    for step in $steps; do
      trained=("${start[@]}" --adapter "$(checkpoint "$arm" $seed "$step")")
      [ $method = lora ] || trained=(--model "$(checkpoint "$arm" $seed "$step")")
      "${label[@]}" "${trained[@]}" --as "$(name "$arm" $seed "$step")" --explain \
        "${label_flags[@]}" --resume -o "$arms/$arm/seed$seed/test-$step.jsonl.zst" "$test"
      streams+=("$arms/$arm/seed$seed/test-$step.jsonl.zst")
      scored+=(--self "$(name "$arm" $seed "$step")")
    done
    members+=("$(name "$arm" $seed "$STEPS")")
  done
  losses+=(--metrics "$arms/$arm/seed0/metrics.jsonl")
  pooled+=(--arm "$arm${at:+@$at}=$(IFS=,; echo "${members[*]}")")
}

# labeller NAME FLAGS…: another checkpoint, loaded with these flags, whose behaviour gives labels: what it does on the train split, in
# the stream that `labels_of NAME` names, and on the test split.
labels_of() { printf '%s/train-%s.jsonl.zst' "$RUN" "$1"; }
labeller() {
  local name=$1
  shift
  note "labels of $name"
  "${label[@]}" "$@" --as "$name" "${label_flags[@]}" --resume -o "$(labels_of "$name")" "$labels"
  "${label[@]}" "$@" --as "$name" "${label_flags[@]}" --resume -o "$RUN/test-$name.jsonl.zst" "$test"
  streams+=("$RUN/test-$name.jsonl.zst")
}

# report NAME FLAGS…: the table, every number, and the page of all arms so far, scored against M0 (`--orig` adds others).
report() {
  local directory=$RUN/experiments/$1
  shift
  mkdir -p "$directory"
  # The streams of the checkpoints, which have the same cases. The train split is read for the majority of the training labels.
  for format in json md html; do
    local figures=()
    [ $format != html ] || figures=(--figures "$directory/figures" "${losses[@]}")
    "${score[@]}" "${scored[@]}" --orig M0 --baseline M0 "${pooled[@]}" "$@" "${score_flags[@]}" --format $format "${figures[@]}" --force \
      -o "$directory/report.$format" "${streams[@]}" "$labels"
  done
  cat "$directory/report.md"
  jq -r --arg run "$(basename "$RUN")" '.findings[]? | "\($run): \(.label) \(.outcome)"' "$directory/report.json" >>"${FINDINGS:-/dev/null}"
  note "The page: $directory/report.html"
}
