#!/usr/bin/env bash
# What capacity does it take? (The paper's appendix: the effect appears from rank 96 on.) F1's arm as an adapter of rank 8 and
# 32, alpha twice the rank; the recipes' rank is 128. All weights at once are an arm beside the curve, at a rate that suits them.
. "$(dirname "$0")/arms.sh"
arm --at 128 coupling --explain "$labels" --behave "$held"
for rank in 8 32; do
  arm --at $rank "rank-$rank" --explain "$labels" --behave "$held" --rank $rank --alpha $((2 * rank))
done
arm --all-weights full --explain "$labels" --behave "$held" --lr 5e-5
report rank --claim 'Rank: coupling.gap-over-null > rank-8.gap-over-null'
