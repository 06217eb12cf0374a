#!/usr/bin/env bash
# findings.sh SCALE DIRECTORY TASK=RECIPE.json…: writes DIRECTORY/SCALE.md, a section an experiment that was run at that scale, with its
# figures. A page that has experiments which were not run here is not replaced, but for FORCE=1.
set -euo pipefail
scale=$1 directory=$2
shift 2
here=$(dirname "${BASH_SOURCE[0]}")
if ! compgen -G "runs/*-$scale*-seed0/experiments/*/report.json" >/dev/null; then
  echo "findings.sh: no experiment was run at SCALE=$scale; make reproduce runs them" >&2
  exit 66
fi
mkdir -p "$directory"
# Made whole first: nothing that is published goes where something fails.
made=$(mktemp -d "$directory/.$scale.XXXXXX")
trap 'rm -rf "$made"' EXIT
page=$made/$scale.md

# The first figure of an experiment whose caption begins with these words, copied under a name.
figure() {  # EXPERIMENT CAPTION NAME
  local file
  file=$(awk -F '\t' -v words="$2" 'index($2, words) == 1 && !found { print $1; found = 1 }' "$1/figures/captions.txt")
  [ -z "$file" ] || cp "$1/figures/$file" "$3"
}

# The section of an experiment; copies its figures beside the page.
section() {  # RUN TASK NAME DATA
  local experiment=$1/experiments/$3 figures=$scale/$2${4:+-${4//\//-}}-$3 names precision
  mkdir -p "$made/$figures"
  figure "$experiment" 'The gap of each arm (' "$made/$figures/arms.svg"
  figure "$experiment" 'Faithfulness over the training steps' "$made/$figures/steps.svg"
  names=$(cd "$made/$figures" && printf '%s\n' *.svg | jq -R 'rtrimstr(".svg")' | jq -s -c .)
  precision=$(jq -r .options.precision "$1/train.jsonl.zst.manifest.json")
  jq -r -L "$here" --arg title "$2: $3${4:+, INPUT=$4}" --arg folder "$figures" --argjson figures "$names" \
    --arg made "\`make experiment TASK=$2 NAME=$3 SCALE=$scale${4:+ INPUT=$4}\`, in $precision" \
    --argjson inputs "$(jq -c .inputs "$experiment/report.json.manifest.json")" -f "$here/findings.jq" "$experiment/report.json"
  if [ -e "$experiment/learned.md" ]; then cat "$experiment/learned.md" && echo; fi
  if [ -e "$experiment/over-m0s.md" ]; then cat "$experiment/over-m0s.md"; fi
}

# What a run was made from, by the last two parts of its path; nothing for the embedded data.
data() {  # RUN
  jq -r '.options.input // [] | first // "" | rtrimstr("/") | split("/")[-2:] | join("/")' "$1/cases.jsonl.zst.manifest.json"
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
      [ -d "$made_in" ] || continue
      for name in coupling no-regularisation shift earlier-checkpoint cross-family label-noise; do
        [ ! -e "$made_in/experiments/$name/report.json" ] || section "$made_in" "${task%%=*}" "$name" "$(data "$made_in")"
      done
    done
  done
} >"$page"

titles() { if [ -e "$1" ]; then grep '^## ' "$1" | sort; fi; }
gone=$(comm -23 <(titles "$directory/$scale.md") <(titles "$page"))
if [ -n "$gone" ] && [ -z "${FORCE:-}" ]; then
  printf 'findings.sh: %s has experiments that were not run here; FORCE=1 replaces it:\n%s\n' "$directory/$scale.md" "$gone" >&2
  exit 73
fi
rm -rf "${directory:?}/$scale"
mv "$made/$scale" "$page" "$directory"
echo "$directory/$scale.md" >&2
