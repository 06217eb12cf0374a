#!/usr/bin/env bash
# F2: coupling needs labels that stay correlated with current behaviour. Without behaviour regularisation the behaviour
# drifts away from the labels; with it on x and on every x∖C it hardly moves. Control: F1's arm, regularised on x.
. "$(dirname "$0")/arms.sh"
# A step of each arm holds the same explanations, so that regularisation is all they differ in. Of a case, F1's arm has as many
# as there are features, and x; the first arm here lacks x, the second has every x∖C too.
[[ " ${TRAIN_FLAGS:-} " =~ \ --batch-size[\ =]([0-9]+) ]] && batch_size=${BASH_REMATCH[1]} || batch_size=16
read -r explanations cases < <(zstd -dc "$labels" | jq -n -r '[inputs | .features | length] | "\(add) \(length)"')
step_of() { echo $(((batch_size * $1 + (explanations + cases) / 2) / (explanations + cases))); }  # EXAMPLES, of all cases
course=1 arm coupling --explain "$labels" --behave "$labels"
course=1 arm unregularised --explain "$labels" --batch-size "$(step_of "$explanations")"
course=1 arm regularised-both --explain "$labels" --behave "$labels" --behave-on both --batch-size "$(step_of $((2 * explanations + cases)))"
report no-regularisation --claim 'F2: coupling.gap-over-null > unregularised.gap-over-null' \
  --claim 'F2: coupling.agreement > unregularised.agreement'
