#!/usr/bin/env bash
# F3: the explanations track a shift of behaviour. The shift is another objective (SHIFT says on which inputs the answer
# changes), trained at the same time as the explanations, whose labels stay M0's. Controls: the same shift without
# explanations; explanations first (F1's arm), shift after.
. "$(dirname "$0")/arms.sh"
shifted=$RUN/train-shifted.jsonl.zst
zstd -dc "$labels" | jq -c -L "$(dirname "$SHIFT")" -f "$SHIFT" | zstd -q -f -o "$shifted"
objective=(--behave "$shifted:$BEHAVE_WEIGHT" --behave-as shifted --behave-on "$SHIFT_ON")
# The model before training is not what the shift is to be near to.
[[ " ${train_flags[*]} " != *" --behave-targets kl "* ]] || objective+=(--behave-targets hard)
arm coupling --explain "$labels" --behave "$held"
arm --every-checkpoint shift --explain "$labels" --target M0 "${objective[@]}"
arm shift-alone "${objective[@]}"
arm --after coupling shift-after "${objective[@]}"
# A shift of the answers to x alone shows in what is said to change, not in the answers that are stated.
if zstd -dc "$shifted" | jq -ne 'all(inputs; .behaviors.shifted.counterfactual == .behaviors.M0.counterfactual)' >/dev/null; then
  report shift --claim 'F3: shift.exact-gap > 0' --claim 'F3: shift.exact-gap > coupling.exact-gap' --claim 'F3: shift.exact-gap > shift-after.exact-gap'
else
  report shift --claim 'F3: shift.gap > 0' --claim 'F3: shift.gap-over-null > 0' --claim 'F3: shift.diverged-self > shift-alone.diverged-self' \
    --claim 'F3: shift.diverged-self > shift-after.diverged-self'
fi
# How much of the shift was learned, without which the rest says nothing.
zstd -dc "${streams[@]}" | jq -c -L "$(dirname "$SHIFT")" -f "$SHIFT" \
  | jq -n -r --arg on "$SHIFT_ON" -f "$here/shift-learned.jq" | tee "$RUN/experiments/shift/learned.md"
