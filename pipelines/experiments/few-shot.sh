#!/usr/bin/env bash
# Is training needed? M0, which was not trained to explain, after four explanations of the train split in front of the question:
# the fair untrained baseline. Beside it F1's arm, and M0 without examples as the last row.
. "$(dirname "$0")/arms.sh"
arm coupling --explain "$labels" --behave "$held"
"${label[@]}" "${m0_model[@]}" --as M0-few-shot --explain --shots 4 --shots-from "$labels" --shots-as M0 "${label_flags[@]}" \
  --resume -o "$RUN/test-M0-few-shot.jsonl.zst" "$test"
streams+=("$RUN/test-M0-few-shot.jsonl.zst")
scored+=(--self M0-few-shot)
pooled+=(--arm few-shot=M0-few-shot)
report few-shot --claim 'Few-shot: coupling.self > few-shot.self'
