#!/usr/bin/env bash
# findings.sh SCALE DIRECTORY TASK=RECIPE.json…: writes DIRECTORY/SCALE.md, a section an experiment that was run at that scale, with its figures.
set -euo pipefail
scale=$1 directory=$2
shift 2
here=$(dirname "${BASH_SOURCE[0]}")
page=$directory/$scale.md
if ! compgen -G "runs/*-$scale*-seed0/experiments/*/report.json" >/dev/null; then
  echo "findings.sh: no experiment was run at SCALE=$scale; make reproduce runs them" >&2
  exit 66
fi
mkdir -p "$directory"
rm -rf "${directory:?}/$scale"

# The first figure of an experiment whose caption begins with these words, copied under a name.
figure() {  # EXPERIMENT CAPTION NAME
  local file
  file=$(awk -F '\t' -v words="$2" 'index($2, words) == 1 && !found { print $1; found = 1 }' "$1/figures/captions.txt")
  [ -z "$file" ] || cp "$1/figures/$file" "$3"
}

# The section of an experiment; copies its figures beside the page.
section() {  # EXPERIMENT TASK NAME DATA
  local figures=$scale/$2${4:+-$4}-$3 names
  mkdir -p "$directory/$figures"
  figure "$1" 'The gap of each arm (' "$directory/$figures/arms.svg"
  figure "$1" 'Faithfulness over the training steps' "$directory/$figures/steps.svg"
  names=$(cd "$directory/$figures" && printf '%s\n' *.svg | jq -R 'rtrimstr(".svg")' | jq -s -c .)
  jq -r --arg title "$2: $3${4:+, INPUT=$4}" --arg folder "$figures" --argjson figures "$names" \
    --argjson inputs "$(jq -c .inputs "$1/report.json.manifest.json")" -f "$here/findings.jq" "$1/report.json"
  if [ -e "$1/learned.md" ]; then cat "$1/learned.md" && echo; fi
}

{
  cat <<END
# Every experiment at SCALE=$scale

Made by \`make findings SCALE=$scale\` out of the runs of \`make reproduce SCALE=$scale\`; what it means is in [findings.md](../findings.md).
Scores, nulls, intervals and how a claim is judged are explained in [xp-score.md](../xp-score.md).

END
  for task in "$@"; do
    run=runs/$(basename "${task#*=}" .json)-$scale
    # Those on the embedded data, then those on files (INPUT=), which are named after them.
    for made_in in "$run"-seed0 "$run"-*-seed0; do
      data=${made_in#"$run"}
      data=${data%-seed0}
      for name in coupling no-regularisation shift earlier-checkpoint cross-family label-noise; do
        [ ! -e "$made_in/experiments/$name/report.json" ] || section "$made_in/experiments/$name" "${task%%=*}" "$name" "${data#-}"
      done
    done
  done
} >"$page"
echo "$page" >&2
