#!/usr/bin/env bash
# F4: labels by a behaviourally similar model of another family still couple. Here: Gemma 3 270M (make gemma-model), tuned on
# the rows that made M0; its labels alone, and in shares of 25, 50 and 75 % beside M0's. Control: labels by the same model before
# that, which behaves otherwise.
. "$(dirname "$0")/arms.sh"
gemma=(--model "$GEMMA_MODEL" --chat-template plain)
read -ra tune_flags <<<"$TUNE_FLAGS"
"${train[@]}" "${gemma[@]}" --behave "$RUN/tune.jsonl.zst" --split tune --steps "$TUNE_STEPS" "${tune_flags[@]}" --resume \
  -o "$RUN/gemma"
labeller gemma "${gemma[@]}" --adapter "$(printf '%s/gemma/checkpoints/step-%06d' "$RUN" "$TUNE_STEPS")"
labeller gemma-untuned "${gemma[@]}"
arm --at 0 coupling --explain "$labels" --behave "$held"
for share in 25 50 75; do
  mixture=$(labels_of gemma-$share)
  [ -e "$mixture" ] || { zstd -dc "$(labels_of gemma)" | jq -n -c --arg other gemma --argjson share $share -f "$here/mixture.jq" \
    | zstd -q -f -o "$mixture.partial" && mv "$mixture.partial" "$mixture"; }
  arm --at $share labels-gemma-$share --explain "$mixture" --target gemma-$share --behave "$held" --behave-as M0
done
arm --at 100 labels-gemma --explain "$(labels_of gemma)" --target gemma --behave "$held" --behave-as M0
arm labels-gemma-untuned --explain "$(labels_of gemma-untuned)" --target gemma-untuned --behave "$held" --behave-as M0
report cross-family --orig gemma --orig gemma-untuned --claim 'F4: labels-gemma/gemma.gap-over-null > 0' \
  --claim 'F4: labels-gemma/gemma.gap-over-null > labels-gemma-untuned/gemma-untuned.gap-over-null'
