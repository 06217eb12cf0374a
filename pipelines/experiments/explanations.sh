#!/usr/bin/env bash
# How many explanations does it take? F1's arm with the first 128, 512 and 2,048 labelled cases of the train split, and with all
# of them, over the same number of steps. The fewer there are, the more often each is seen.
. "$(dirname "$0")/arms.sh"
total=$(zstd -dc "$labels" | wc -l)
for count in 128 512 2048; do
  [ "$count" -lt "$total" ] || continue
  part=$RUN/train-first-$count.jsonl.zst
  # sed reads on to the end, so that zstd is not stopped by a closed pipe.
  [ -e "$part" ] || { zstd -dc "$labels" | sed -n "1,${count}p" | zstd -q -f -o "$part.partial" && mv "$part.partial" "$part"; }
  arm --at $count "first-$count" --explain "$part" --behave "$part:$BEHAVE_WEIGHT"
done
arm --at $total coupling --explain "$labels" --behave "$held"
# Where there are fewer than 128 there is nothing to compare with.
claims=()
[ "$total" -le 128 ] || claims=(--claim 'Number of explanations: coupling.self > first-128.self')
report explanations ${claims[@]+"${claims[@]}"}
