#!/usr/bin/env bash
# F1: the explanations follow the explainer's own behaviour (self > orig), although their labels are M0's and fixed.
# Controls, both rows of the table: the untrained M0 as explainer, the majority of the labels.
. "$(dirname "$0")/arms.sh"
course=1 arm coupling --explain "$labels" --behave "$labels"
report coupling
