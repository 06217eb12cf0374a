# A section of docs/findings/ out of the report.json of an experiment: its claims, its arms, and the health of M0.
# Arguments: $title, $folder (of the figures, relative to the page), $figures (their names), $inputs (the manifest's, with digests).
def sign: if . < 0 then "−" else "+" end;
def digits: . * 1000 | round | fabs | tostring | ("000" + .)[-([length, 4] | max):] | sub("(?<a>\\d+)(?<b>\\d{3})$"; "\(.a).\(.b)");
def share: if . == null then "–" else digits end;
def signed: if . == null then "–" else sign + digits end;
def estimate: if .value == null then "–" else (.value | signed) + (if .low == null then "" else " [\(.low | signed), \(.high | signed)]" end) end;
def probability: if . == null then "–" elif . < 0.001 then "<0.001" else (. * 1000 | round / 1000 | tostring) end;
def bits: (. * 100 | round) as $h | "\($h / 100 | floor).\("0\($h % 100)"[-2:])";
def percent: . * 100 | round | tostring + " %";
def cell: gsub("\\|"; "\\|");
def row: "| " + join(" | ") + " |";

"## \($title)",
"",
(first(.rows[] | select(.baseline)) | .baselines.majority_training.orig) as $majority
| "\(.pairs) test pairs a checkpoint, of \(.items) items. " + (.health[] | select(.name == "M0")
  | "M0: entropy of its answers \(.original.entropy_bits | bits) bits on x, \(.counterfactual.entropy_bits | bits) on x∖C; "
    + "most common there \(.counterfactual.most_common) (\(.counterfactual.most_common_share | percent)); removal changes \(.changed | percent). "
    + "The most common training label is right for \($majority | percent) of M0's answers on x∖C."),
"",
(.findings[] | "**\(.label): \(.outcome).**",
  "",
  (["claim", "difference [95 %]", "p (Holm)", "", "detectable"] | row),
  "| --- | --: | --: | --- | --: |",
  (.claims[] | [(.claim | cell), (.difference | estimate), (.holm_p | probability), .outcome
      + (if .reasons == [] then "" else ": " + (.reasons | join("; ") | cell) end), (.detectable_difference | share)] | row),
  ""),
(["arm", "labels of", "seeds", "self", "orig", "gap [95 %]", "over null [95 %]", "agreement", "mean \\|D\\|", "D→self", "D→orig"] | row),
"| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
(.arms[] | [.label, .orig, (.names | length | tostring), (.answer_accuracy.self.value | share), (.answer_accuracy.orig.value | share),
    (.answer_accuracy.gap | estimate), (.gap_over_null | estimate), (.agreement.value | share), (.diverged.pairs | round | tostring),
    (.diverged.self.value | share), (.diverged.orig.value | share)] | row),
"",
({arms: "the gap of each arm", steps: "self and orig over the steps of the first arm"} | to_entries[] | select(.key | IN($figures[]))
  | "![\($title): \(.value)](\($folder)/\(.key).svg)", ""),
"Digests: " + ($inputs | map("`\(.path | split("/") | last)` \(.sha256[0:23])…") | join(", ")) + ".",
""
