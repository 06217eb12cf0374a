#!/usr/bin/env bash
# Does a higher learning rate widen the gap? (The paper's appendix says so.) F1's arm at a third and at three times its rate.
. "$(dirname "$0")/arms.sh"
arm coupling --explain "$labels" --behave "$held"
rate=$(jq -r .lr "$arms/coupling/seed0/config.json")
for factor in 0.33 3; do
  arm "rate-times-$factor" --explain "$labels" --behave "$held" --lr "$(jq -n "$rate * $factor")"
done
report learning-rate --claim 'Learning rate: rate-times-3.gap > rate-times-0.33.gap'
