#!/usr/bin/env bash
# findings.sh SCALE DIRECTORY 'EXPERIMENT…' TASK=RECIPE.json…: writes DIRECTORY/SCALE.md, a section an experiment that was run at that
# scale, in the order of the list, with its figures. A page that has experiments which were not run here is not replaced, but for FORCE=1.
set -euo pipefail
scale=$1 directory=$2
read -ra experiments <<<"$3"
shift 3
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

# A page of xp-score as part of this one: its headings a level lower.
lowered() { sed 's/^#/##/' "$1"; }

# The digests of what a page was made from.
digests() {  # PAGE
  jq -r '"Digests: " + (.inputs | map("`\(.path | sub("^.*runs/"; ""))` \(.sha256)") | join(", ")) + ".\n"' "$1.manifest.json"
}

# The section of an experiment: its report under a title of its own; copies its figures beside the page.
section() {  # RUN TASK NAME DATA
  local experiment=$1/experiments/$3 figures=$scale/$2${4:+-${4//\//-}}-$3 title="$2: $3${4:+, INPUT=$4}" precision
  mkdir -p "$made/$figures"
  figure "$experiment" 'The gap of each arm (' "$made/$figures/arms.svg"
  figure "$experiment" 'Faithfulness over the training steps' "$made/$figures/steps.svg"
  precision=$(jq -r .options.precision "$1/train.jsonl.zst.manifest.json")
  printf '## %s\n\n`make experiment TASK=%s NAME=%s SCALE=%s%s`, in %s.\n\n' "$title" "$2" "$3" "$scale" "${4:+ INPUT=$4}" "$precision"
  # Without its own title.
  lowered "$experiment/report.md" | sed 1,2d
  echo
  if [ -e "$made/$figures/arms.svg" ]; then printf '![%s: the gap of each arm](%s/arms.svg)\n\n' "$title" "$figures"; fi
  if [ -e "$made/$figures/steps.svg" ]; then
    printf '![%s: self and orig over the steps of the first arm](%s/steps.svg)\n\n' "$title" "$figures"
  fi
  digests "$experiment/report.md"
  if [ -e "$experiment/learned.md" ]; then cat "$experiment/learned.md" && echo; fi
  if [ -e "$experiment/over-m0s.md" ]; then lowered "$experiment/over-m0s.md" && echo && digests "$experiment/over-m0s.md"; fi
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
      for name in "${experiments[@]}"; do
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
