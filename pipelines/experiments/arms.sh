# What the experiments are made of; each sources this file. Every line runs one of the four tools with --resume, so an
# experiment that was interrupted goes on where it was, and an arm that several experiments have is run once.
#
# From the environment: RUN, the directory of `make pipeline`, which has cases, M0 and its labels; MODEL; M0_MODEL, the flags
# that load M0; STEPS, SAVE_EVERY, SEEDS; LABEL_CMD, TRAIN_CMD, SCORE_CMD; LABEL_FLAGS, TRAIN_FLAGS, SCORE_FLAGS; BEHAVE_WEIGHT; FINDINGS, a file to
# which the findings are added, a line each. Some experiments need more: SHIFT, SHIFT_ON; M0_EARLIER; GEMMA_MODEL, TUNE_STEPS, TUNE_FLAGS.
set -euo pipefail
read -ra m0_model <<<"$M0_MODEL"
# Programs with arguments of their own too, as `make pipeline` takes them.
read -ra label <<<"$LABEL_CMD"
read -ra train <<<"$TRAIN_CMD"
read -ra score <<<"$SCORE_CMD"
read -ra label_flags <<<"${LABEL_FLAGS:-}"
read -ra train_flags <<<"${TRAIN_FLAGS:-}"
read -ra score_flags <<<"${SCORE_FLAGS:-}"
here=$(dirname "${BASH_SOURCE[0]}")
arms=$RUN/arms
# What M0 does: on the train split, for labels; on the test split, to be scored against.
labels=$RUN/train.jsonl.zst
test=$RUN/test-M0.jsonl.zst
# The same labels as behaviour to be held to, with the weight of that beside explanations.
held=$labels:${BEHAVE_WEIGHT:-1}

checkpoint() { printf '%s/%s/seed%d/checkpoints/step-%06d' "$arms" "$1" "$2" "$3"; }  # ARM SEED STEP
name() { printf '%s-s%d-%d' "$1" "$2" "$3"; }                                         # ARM SEED STEP
note() { printf '%s\n' "$*" >&2; }

# The steps of a seed at which an arm is scored: the last; with `course`, of the first seed every one that was saved.
steps() {  # SEED
  if [ -n "${course:-}" ] && [ "$1" = 0 ]; then seq "$SAVE_EVERY" "$SAVE_EVERY" $((STEPS - 1)); fi
  echo "$STEPS"
}

# arm NAME FLAGS…: trains M0 with these flags, which win over TRAIN_FLAGS, once a seed, and records on the test split what it
# does and says then.
# Before it may stand: after=ARM, to start from the last checkpoint of another arm; course=1, to score the first seed's at every step;
# at=X, a number to plot the arm against; method=full, to train all weights.
declare -a scored=() pooled=() streams=() losses=()
arm() {
  local arm=$1 seed step members=() start trained
  shift
  for ((seed = 0; seed < SEEDS; seed++)); do
    note "arm $arm, seed $seed"
    start=("${m0_model[@]}")
    [ -z "${after:-}" ] || start+=(--adapter "$(checkpoint "$after" $seed "$STEPS")")
    "${train[@]}" "${start[@]}" --seed $seed --steps "$STEPS" --save-every "$SAVE_EVERY" --method "${method:-lora}" \
      "${train_flags[@]}" "$@" --resume -o "$arms/$arm/seed$seed"
    for step in $(steps $seed); do
      trained=("${start[@]}" --adapter "$(checkpoint "$arm" $seed "$step")")
      [ "${method:-lora}" = lora ] || trained=(--model "$(checkpoint "$arm" $seed "$step")")
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

# giver NAME FLAGS…: another checkpoint, loaded with these flags, as the giver of labels: what it does on the train split, in
# the stream that `labels_of NAME` names, and on the test split.
labels_of() { printf '%s/train-%s.jsonl.zst' "$RUN" "$1"; }
giver() {
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
