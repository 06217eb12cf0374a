#!/usr/bin/env bash
# F5: coupling is robust to noise in the labels. A share of the explanation labels is redrawn at random. Control: F1's arm,
# in which none is.
. "$(dirname "$0")/arms.sh"
arm --at 0 coupling --explain "$labels" --behave "$held"
for percent in 10 30 50; do
  arm --at 0.$percent noise-$percent --explain "$labels" --behave "$held" --label-noise 0.$percent
done
report label-noise --claim 'F5: noise-10.gap-over-null > 0' --claim 'F5: noise-30.gap-over-null > 0' \
  --claim 'F5: noise-50.gap-over-null > 0'
