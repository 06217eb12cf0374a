#!/usr/bin/env bash
# findings.sh SCALE DIRECTORY TASK=RECIPE.json…: writes DIRECTORY/SCALE.md, a section an experiment that was run at that scale, with its figures.
set -euo pipefail
scale=$1 directory=$2
shift 2
here=$(dirname "${BASH_SOURCE[0]}")
page=$directory/$scale.md
mkdir -p "$directory"
rm -rf "${directory:?}/$scale"

# The first figure of an experiment whose caption begins with these words, copied under a name.
figure() {  # EXPERIMENT CAPTION NAME
  local file
  file=$(awk -F '\t' -v words="$2" 'index($2, words) == 1 && !found { print $1; found = 1 }' "$1/figures/captions.txt")
  [ -z "$file" ] || cp "$1/figures/$file" "$3"
}

{
  cat <<END
# Every experiment at SCALE=$scale

Made by \`make findings SCALE=$scale\` out of the runs of \`make reproduce SCALE=$scale\`; what it means is in [findings.md](../findings.md).
Scores, nulls, intervals and how a claim is judged are explained in [xp-score.md](../xp-score.md).

END
  for task in "$@"; do
    for name in coupling no-regularisation shift earlier-checkpoint cross-family label-noise; do
      experiment=runs/$(basename "${task#*=}" .json)-$scale-seed0/experiments/$name
      [ -e "$experiment/report.json" ] || continue
      figures=$scale/${task%%=*}-$name
      mkdir -p "$directory/$figures"
      figure "$experiment" 'The gap of each arm (' "$directory/$figures/arms.svg"
      figure "$experiment" 'Faithfulness over the training steps' "$directory/$figures/steps.svg"
      jq -r --arg title "${task%%=*}: $name" --arg folder "$figures" \
        --argjson figures "$(cd "$directory/$figures" && printf '%s\n' *.svg | jq -R 'rtrimstr(".svg")' | jq -s -c .)" --argjson inputs "$(jq -c .inputs "$experiment/report.json.manifest.json")" \
        -f "$here/findings.jq" "$experiment/report.json"
    done
  done
} >"$page"
echo "$page" >&2
