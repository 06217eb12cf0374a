#!/usr/bin/env bash
# F1: the explanations follow the explainer's own behaviour (self > orig), although their labels are M0's and fixed.
# Controls: the untrained M0 as explainer and the majority of the labels, both rows of the table; explainers of labels that
# are dealt out anew among the cases, which share every drift of behaviour and know nothing of M0; and the cross matrix, in
# which explanations are scored on the behaviour of the other seeds.
. "$(dirname "$0")/arms.sh"
arm --every-checkpoint coupling --explain "$labels" --behave "$held"
arm shuffled --explain "$labels" --behave "$held" --shuffle-labels
report coupling --matrix --claim 'F1: coupling.gap > 0' --claim 'F1: coupling.gap-over-null > 0' --claim 'F1: coupling.self > M0.self' \
  --claim 'F1: coupling.self > coupling.majority' --claim 'F1: coupling.gap-over-null > shuffled.gap-over-null'
