# A section of docs/findings/ out of the report.json of an experiment: its claims, its arms, and the health of M0.
# Arguments: $title, $made (the command, and in which precision), $folder (of the figures, relative to the page), $figures (their names),
# $inputs (the manifest's, with digests).
include "numbers";

"## \($title)",
"",
(first(.rows[] | select(.baseline)) | .baselines.majority_training.orig) as $majority
| "\($made). \(.pairs) test pairs a checkpoint, of \(.items) items. " + (.health[] | select(.name == "M0")
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
(["arm", "labels of", "seeds", "self", "orig", "gap [95 %]", "over null [95 %]", "exact gap [95 %]", "agreement", "mean \\|D\\|", "D→self", "D→orig"] | row),
"| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
(.arms[] | [.label, .orig, (.names | length | tostring), (.answer_accuracy.self.value | share), (.answer_accuracy.orig.value | share),
    (.answer_accuracy.gap | estimate), (.gap_over_null | estimate), (.exact_gap | estimate), (.agreement.value | share),
    (.diverged.pairs | round | tostring), (.diverged.self.value | share), (.diverged.orig.value | share)] | row),
"",
# Each explainer against the first orig.
(["explainer", "self", "orig", "gap [95 %]", "null gap", "over null [95 %]", "where its answer changes", "\\|D\\| (items)", "κ", "entropy on x∖C", "valid"] | row),
"| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
(.health as $health | .rows[0].orig as $orig | .rows[] | select(.orig == $orig and (.baseline | not)) | .self as $name
  | [$name, (.answer_accuracy.self.value | share), (.answer_accuracy.orig.value | share), (.answer_accuracy.gap | estimate),
      (.null.all.null_gap.value | signed), (.null.all.gap_over_null | estimate), (.null.where_changed.gap_over_null | estimate),
      "\(.diverged.pairs) (\(.diverged.items))", (.agreement.counterfactual.kappa | if . == null or . >= 0 then share else signed end),
      (first($health[] | select(.name == $name)) | .counterfactual.entropy_bits | bits), (.valid.value | share)] | row),
"",
({arms: "the gap of each arm", steps: "self and orig over the steps of the first arm"} | to_entries[] | select(.key | IN($figures[]))
  | "![\($title): \(.value)](\($folder)/\(.key).svg)", ""),
"Digests: " + ($inputs | map("`\(.path | split("/") | last)` \(.sha256)") | join(", ")) + ".",
""
