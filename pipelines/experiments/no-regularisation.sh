#!/usr/bin/env bash
# F2: coupling needs labels that stay correlated with current behaviour. Without behaviour regularisation the behaviour
# drifts away from the labels; with it on x and on every x∖C it hardly moves. Control: F1's arm, regularised on x.
. "$(dirname "$0")/arms.sh"
course=1 arm coupling --explain "$labels" --behave "$labels"
course=1 arm unregularised --explain "$labels"
course=1 arm regularised-both --explain "$labels" --behave "$labels" --behave-on both
report no-regularisation --claim 'F2: coupling.gap-over-null > unregularised.gap-over-null' \
  --claim 'F2: coupling.agreement > unregularised.agreement'
