#!/usr/bin/env bash
# F1: the explanations follow the explainer's own behaviour (self > orig), although their labels are M0's and fixed.
# Controls, both rows of the table: the untrained M0 as explainer, the majority of the labels.
. "$(dirname "$0")/arms.sh"
course=1 arm coupling --explain "$labels" --behave "$held"
report coupling --claim 'F1: coupling.gap > 0' --claim 'F1: coupling.gap-over-null > 0' --claim 'F1: coupling.self > M0.self' \
  --claim 'F1: coupling.self > coupling.majority'
