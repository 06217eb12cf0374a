#!/usr/bin/env bash
# F2: coupling needs labels that stay correlated with current behaviour. A curve over the weight of the regularisation, from
# none, and x alone: the less a behaviour is held, the further it drifts from the labels. The figure plots the gap against the
# agreement of labels and behaviour. Control: F1's arm.
. "$(dirname "$0")/arms.sh"
arm --at $BEHAVE_WEIGHT coupling --explain "$labels" --behave "$held"
# Without regularisation a step holds as many explanations as one of F1's arm, rounded, so its batch is smaller.
counts=$(jq -r '"\(.batch_size) \(.objectives.explain) \(.objectives.behave)"' "$arms/coupling/seed0/config.json")
read -r batch_size explanations inputs <<<"$counts"
alone=$(((batch_size * explanations + (explanations + inputs) / 2) / (explanations + inputs)))
arm --at 0 unregularised --explain "$labels" --batch-size $((alone > 0 ? alone : 1))
for weight in 0.25 1 4 16; do
  [ "$weight" = "$BEHAVE_WEIGHT" ] || arm --at $weight "weight-$weight" --explain "$labels" --behave "$labels:$weight"
done
arm x-alone --explain "$labels" --behave "$held" --behave-on x --batch-size $((2 * alone > 0 ? 2 * alone : 1))
report regularisation --claim 'F2: coupling.gap-over-null > unregularised.gap-over-null' \
  --claim 'F2: coupling.agreement > unregularised.agreement'
