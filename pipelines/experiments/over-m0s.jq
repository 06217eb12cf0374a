# What an experiment found with several M0s, which differ in the seed of their tuning, as Markdown: a table of M0s and arms, and the
# means over M0s of each arm's measures and of each claim. Input: a report.json an M0, in the order of $seeds (a JSON array).
# Arguments: $title, $made (the command, and in which precision), $digests (of what was scored, one an M0).
include "numbers";

def mean: add / length;
def standard_deviation: if length < 2 then null else mean as $m | (map((. - $m) * (. - $m)) | add / (length - 1) | sqrt) end;
# Quantiles of Student's t at 0.975 and 0.8 for 1, 2, … degrees of freedom; beyond the tables their last, which is a little wide.
def t975: [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101,
  2.093, 2.086][([., 20] | min) - 1];
def t800: [1.376, 1.061, 0.978, 0.941, 0.920, 0.906, 0.896, 0.889, 0.883, 0.879, 0.876, 0.873, 0.870, 0.868, 0.866, 0.865, 0.863, 0.862,
  0.861, 0.860][([., 20] | min) - 1];
# The mean of one number an M0, with its 95 % interval.
def over_m0s:
  length as $n | mean as $value | standard_deviation as $deviation
  | if $n < 2 then {value: $value}
    else ($deviation / ($n | sqrt)) as $error
      | {value: $value, low: ($value - ($n - 1 | t975) * $error), high: ($value + ($n - 1 | t975) * $error), deviation: $deviation,
         detectable: ((($n - 1 | t975) + ($n - 1 | t800)) * $error)} end;
def outcome: if .low == null then "one M0 tells nothing" elif .low > 0 then "above 0" elif .high < 0 then "below 0" else "not told from 0" end;
# What each explainer of an arm has of a measure.
def explainers($arm; measure): [.rows[] | select(.orig == $arm.orig and (.self | IN($arm.names[]))) | measure | values];
# The measures of an arm, and of its explainers.
def measures($arm):
  {name: "gap", value: $arm.answer_accuracy.gap.value, explainers: explainers($arm; .answer_accuracy.gap.value)},
  {name: "over null", value: $arm.gap_over_null.value, explainers: explainers($arm; .null.all.gap_over_null.value)},
  {name: "exact gap", value: $arm.exact_gap.value,
   explainers: explainers($arm; .exact_match | select(.self.value != null) | .self.value - .orig.value)},
  {name: "agreement", value: $arm.agreement.value, explainers: explainers($arm; .agreement.counterfactual.accuracy.value)};
# A behaviour by its most common answer without the feature.
def common: "\(.counterfactual.most_common) \(.counterfactual.most_common_share | percent)\(if .collapsed then " (collapsed)" else "" end)";
def behaviour($name): first(.health[] | select(.name == $name));
# Whether a checkpoint of its arms or origs has one answer, so that its claims tell nothing.
def has_collapsed: [.arms[] | .names[], .orig] as $names | any(.health[]; .collapsed and (.name | IN($names[])));
# An arm and whose labels it is scored against, where they are not M0's.
def heading: .label + (if .orig == "M0" then "" else "/" + .orig end) | cell;

# A line of means, of one {value, explainers} an M0.
def means($heading; $name):
  map(select(.value != null))
  | select(. != [])
  | (map(.value) | over_m0s) as $mean
  # Within an M0: the root of the mean variance.
  | (map(.explainers | standard_deviation) | if any(. == null) then null else map(. * .) | mean | sqrt end) as $spread
  | [$heading, $name, (length | tostring), ($mean | estimate), ($mean | if $name == "agreement" then "" else outcome end), ($mean.deviation | share),
     ($spread | share), ($mean.detectable | if $name == "agreement" then null else . end | share)] | row;
def means_head:
  (["arm or claim", "measure", "M0s", "mean over M0s [95 %]", "", "SD between M0s", "SD between explainers of an M0", "detectable"] | row),
  "| --- | --- | --: | --: | --- | --: | --: | --: |";
# All means of some reports.
def arm_means:
  . as $reports
  | ($reports[0].arms[] | [.label, .orig, heading]) as [$arm, $orig, $heading]
  | ("gap", "over null", "exact gap", "agreement") as $name
  | [$reports[] | . as $report | .arms[] | select(.label == $arm and .orig == $orig) | . as $arm | $report | measures($arm) | select(.name == $name)]
  | means($heading; $name);
def claim_means:
  . as $reports
  | ($reports[0].findings | map(.claims[].claim))[] as $claim
  | [$reports[].findings[].claims[] | select(.claim == $claim) | {value: .difference.value, explainers: []}]
  | means($claim | cell; "difference");

[inputs] as $reports
| if ($reports | length) != ($seeds | length) then error("\($reports | length) reports of \($seeds | length) M0s") else . end
| ($reports | map(select(has_collapsed | not))) as $healthy
| "## \($title)",
"",
"\($made). \($reports | length) M0s, tuned on the same rows with the seeds \($seeds | map(tostring) | join(", ")); all else is the same, the order of the explainers' examples too. Intervals of a row are over source items and explainers.",
"",
(["M0", "entropy on x∖C", "most common there", "changed", "arm", "gap [95 %]", "over null [95 %]", "of its explainers", "their most common answers there", "agreement", "mean \\|D\\|", "D→self", "D→orig"] | row),
"| --: | --: | --: | --: | --- | --: | --: | --- | --- | --: | --: | --: | --: |",
(range($reports | length) as $index | $reports[$index] as $report
  | ($report | behaviour("M0")) as $health
  | $report.arms[] | . as $arm
  | [($seeds[$index] | tostring), ($health.counterfactual.entropy_bits | bits), ($health | common), ($health.changed | percent),
      heading, (.answer_accuracy.gap | estimate), (.gap_over_null | estimate),
      ($report | explainers($arm; .null.all.gap_over_null.value) | map(signed) | join(", ")),
      ([$arm.names[] as $name | $report | behaviour($name) | common] | join(", ")),
      (.agreement.value | share), (.diverged.pairs | round | tostring), (.diverged.self.value | share), (.diverged.orig.value | share)] | row),
"",
"Means over M0s, each of which counts once (its explainers' mean); intervals are Student's t, for M0s of this recipe on these items and with these explainer seeds. *Detectable*: the smallest mean that would be told from 0 with 80 % power.",
"",
means_head,
($reports | arm_means, claim_means),
"",
(if ($healthy | length) < ($reports | length) then
  "A checkpoint with one answer (*collapsed*) has nothing over the null whatever it knows. Without the M0s that have one among their checkpoints:",
  "",
  (if $healthy == [] then "none is left." else means_head, ($healthy | arm_means, claim_means) end),
  ""
else empty end),
"Digests of `test.jsonl.zst`, an M0 each: " + ($digests | map("`\(.)`") | join(", ")) + ".",
""
