#!/usr/bin/env bash
# F4: labels by an earlier checkpoint still couple. Here: of the run that made M0, at half its steps. Control: labels by a
# dissimilar checkpoint, the model before that run.
. "$(dirname "$0")/arms.sh"
labeller earlier --model "$MODEL" --adapter "$M0_EARLIER"
labeller dissimilar --model "$MODEL"
arm coupling --explain "$labels" --behave "$held"
for who in earlier dissimilar; do
  arm labels-$who --explain "$(labels_of $who)" --target $who --behave "$held" --behave-as M0
done
report earlier-checkpoint --orig earlier --orig dissimilar --claim 'F4: labels-earlier/earlier.gap-over-null > 0' \
  --claim 'F4: labels-earlier/earlier.gap-over-null > labels-dissimilar/dissimilar.gap-over-null'
