#!/usr/bin/env bash
# F2: coupling needs labels that stay correlated with current behaviour. Without behaviour regularisation the behaviour
# drifts away from the labels; with it on x and on every x∖C it hardly moves. Control: F1's arm, regularised on x.
. "$(dirname "$0")/arms.sh"
course=1 arm coupling --explain "$labels" --behave "$held"
# A step of the other arms holds as many explanations as one of F1's arm, rounded: without x a batch is smaller, with every x∖C, of
# which there is one an explanation, it is larger.
counts=$(jq -r '"\(.batch_size) \(.objectives.explain) \(.objectives.behave)"' "$arms/coupling/seed0/config.json")
read -r batch_size explanations inputs <<<"$counts"
batch_of() {  # EXAMPLES, of which F1's arm has explanations + inputs
  local size=$(((batch_size * $1 + (explanations + inputs) / 2) / (explanations + inputs)))
  echo $((size > 0 ? size : 1))
}
alone=$(batch_of "$explanations")
both=$(batch_of $((2 * explanations + inputs)))
course=1 arm unregularised --explain "$labels" --batch-size "$alone"
course=1 arm regularised-both --explain "$labels" --behave "$held" --behave-on both --batch-size "$both"
report no-regularisation --claim 'F2: coupling.gap-over-null > unregularised.gap-over-null' \
  --claim 'F2: coupling.agreement > unregularised.agreement'
