#!/usr/bin/env bash
# join.sh CASES OUTPUT SHARDS: one stream of the shards OUTPUT.I.zst, in the order of CASES, with a manifest that joins theirs. The shards
# are removed. Nothing is done where OUTPUT is there and newer than CASES.
set -euo pipefail
cases=$1 output=$2 count=$3
[ "$output" -nt "$cases" ] && exit
shards=()
for ((shard = 0; shard < count; shard++)); do shards+=("$output.$shard.zst"); done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
zstd -dcq -- "${shards[@]}" >"$work/lines"
# An id as JSON has no tab, and neither has a line.
jq -c .id "$work/lines" | paste - "$work/lines" >"$work/named"
zstd -dcfq -- "$cases" | jq -c .id | awk -F '\t' 'NR == FNR { place[$1] = NR; next } { print place[$1] "\t" $0 }' - "$work/named" \
  | sort -n -s -t $'\t' -k 1,1 | cut -f 3- | zstd -q -f -o "$output.partial"
# Every shard reads all cases, and answers of its own ones.
jq -s --arg path "$output" --arg sha "$(sha256sum "$output.partial" | cut -d ' ' -f 1)" --argjson size "$(stat -c %s "$output.partial")" '
  def sum(f): map(f // 0) | add;
  def counts: map(.answers | to_entries[]) | group_by(.key) | map({key: .[0].key, value: (map(.value) | add)}) | from_entries;
  def spread: counts as $answers | ($answers | add // 0) as $all | ($answers | to_entries | max_by(.value)) as $most
    | {answers: $answers, most_common: $most.key, share: (if $all > 0 then $most.value / $all else null end),
       entropy_bits: (([$answers[] / $all | -. * log2] | add) + 0)};
  # Of one task. A reason why nothing is left to explain holds where every shard has it.
  def behavior: {cases: sum(.cases), pairs: sum(.pairs), original: map(.original) | spread, counterfactual: map(.counterfactual) | spread,
    changed: (sum(.changed * .pairs) / ([sum(.pairs), 1] | max)),
    nothing_to_explain: (map(.nothing_to_explain) | reduce .[] as $own (.[0]; . - (. - $own)))};
  . as $shards | .[0] + {shards: map({argv, time})}
  | .output = {path: $path, bytes: $size, sha256: $sha}
  | .counts.out = ($shards | sum(.counts.out))
  | if .counts.unselected then .counts.unselected |= del(.shard) else . end
  | if .tokens then .tokens = {distinct: ($shards | sum(.tokens.distinct)), total: ($shards | sum(.tokens.total))} else . end
  | if .behavior then .behavior = ([$shards[].behavior | to_entries[]] | group_by(.key) | map({key: .[0].key, value: (map(.value) | behavior)})
      | from_entries) else . end
' "${shards[@]/%/.manifest.json}" >"$output.manifest.json"
mv "$output.partial" "$output"
rm -f -- "${shards[@]}" "${shards[@]/%/.manifest.json}"
