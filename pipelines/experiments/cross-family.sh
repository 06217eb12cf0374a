#!/usr/bin/env bash
# F4: labels by a behaviourally similar model of another family still couple. Here: Gemma 3 270M (make gemma-model), tuned on
# the rows that made M0. Control: labels by the same model before that, which behaves otherwise.
. "$(dirname "$0")/arms.sh"
gemma=(--model "$GEMMA_MODEL" --chat-template plain)
read -ra tune_flags <<<"${TUNE_FLAGS:-}"
"${train[@]}" "${gemma[@]}" --behave "$RUN/tune.jsonl.zst" --split tune --steps "$TUNE_STEPS" "${tune_flags[@]}" --resume \
  -o "$RUN/gemma"
giver gemma "${gemma[@]}" --adapter "$(printf '%s/gemma/checkpoints/step-%06d' "$RUN" "$TUNE_STEPS")"
giver gemma-untuned "${gemma[@]}"
arm coupling --explain "$labels" --behave "$held"
for who in gemma gemma-untuned; do
  arm labels-$who --explain "$(labels_of $who)" --target $who --behave "$(labels_of $who)" --behave-as M0
done
report cross-family --orig gemma --orig gemma-untuned --claim 'F4: labels-gemma/gemma.gap-over-null > 0' \
  --claim 'F4: labels-gemma/gemma.gap-over-null > labels-gemma-untuned/gemma-untuned.gap-over-null'
