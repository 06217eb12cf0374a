#!/usr/bin/env bash
# F3: the explanations track a shift of behaviour. The shift is another objective (shift-TASK.jq says which inputs change their
# answer), trained at the same time as the explanations, whose labels stay M0's. Controls: the same shift without
# explanations; explanations first (F1's arm), shift after.
. "$(dirname "$0")/arms.sh"
shifted=$RUN/train-shifted.jsonl.zst
zstd -dc "$labels" | jq -c -f "$(dirname "$0")/shift-$TASK.jq" | zstd -q -f -o "$shifted"
arm coupling --explain "$labels" --behave "$labels"
course=1 arm shift --explain "$labels" --target M0 --behave "$shifted" --behave-as shifted
arm shift-alone --behave "$shifted" --behave-as shifted
after=coupling arm shift-after --behave "$shifted" --behave-as shifted
report shift
