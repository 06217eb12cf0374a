# What an experiment found with several M0s, which differ in the seed of their tuning, as Markdown: a table of M0s and arms, and of
# each arm the means over M0s. Input: a report.json an M0, in the order of $seeds (a JSON array). Argument: $title.
include "numbers";

def mean: add / length;
def standard_deviation: mean as $m | if length < 2 then null else (map((. - $m) * (. - $m)) | add / (length - 1) | sqrt) end;
# Quantiles of Student's t at 0.975 and 0.8, for 1, 2, … degrees of freedom; beyond the table those of the normal distribution, a
# little narrow.
def t975: [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101,
  2.093, 2.086][. - 1] // 1.960;
def t800: [1.376, 1.061, 0.978, 0.941, 0.920, 0.906, 0.896, 0.889, 0.883, 0.879, 0.876, 0.873, 0.870, 0.868, 0.866, 0.865, 0.863, 0.862,
  0.861, 0.860][. - 1] // 0.842;
# The mean of one number an M0, with its 95 % interval.
def over_m0s:
  length as $n | mean as $value | standard_deviation as $deviation
  | if $n < 2 then {value: $value, deviation: null}
    else ($deviation / ($n | sqrt)) as $error
      | {value: $value, low: ($value - ($n - 1 | t975) * $error), high: ($value + ($n - 1 | t975) * $error), deviation: $deviation,
         detectable: ((($n - 1 | t975) + ($n - 1 | t800)) * $error)} end;
def outcome: if .low == null then "undecided: one M0" elif .low > 0 then "above 0" elif .high < 0 then "below 0" else "not told from 0" end;
# What each explainer of an arm has of a measure.
def gap: .answer_accuracy.gap.value;
def over_null: .null.all.gap_over_null.value;
def explainers($arm; measure): [.rows[] | select(.orig == $arm.orig and (.self | IN($arm.names[]))) | measure];

[inputs] as $reports
| "## \($title)",
"",
"\($reports | length) M0s, tuned on the same rows with the seeds \($seeds | map(tostring) | join(", ")); all else is the same. Intervals of a row are over source items and explainers.",
"",
(["M0", "entropy on x∖C", "most common there", "changed", "arm", "gap [95 %]", "over null [95 %]", "of its explainers", "agreement", "mean \\|D\\|", "D→self", "D→orig"] | row),
"| --: | --: | --: | --: | --- | --: | --: | --- | --: | --: | --: | --: |",
(range($reports | length) as $index | $reports[$index] as $report
  | ($report.health[] | select(.name == "M0")) as $health
  | $report.arms[] | . as $arm
  | [($seeds[$index] | tostring), ($health.counterfactual.entropy_bits | bits),
      "\($health.counterfactual.most_common) (\($health.counterfactual.most_common_share | percent)\(if $health.collapsed then ": collapsed" else "" end))", ($health.changed | percent),
      (.label | cell), (.answer_accuracy.gap | estimate), (.gap_over_null | estimate),
      ($report | explainers($arm; over_null) | map(signed) | join(", ")), (.agreement.value | share), (.diverged.pairs | round | tostring),
      (.diverged.self.value | share), (.diverged.orig.value | share)] | row),
"",
"Means over M0s, each of which counts once (its explainers' mean); intervals are Student's t (df \($reports | length - 1)). *Detectable*: the smallest mean that would be told from 0 with 80 % power.",
"",
(["arm", "measure", "mean over M0s [95 %]", "", "SD between M0s", "SD between explainers of an M0", "detectable"] | row),
"| --- | --- | --: | --- | --: | --: | --: |",
($reports[0].arms[].label as $name
  | [$reports[] | . as $report | .arms[] | select(.label == $name) | . as $arm
      | {measure: "gap", value: .answer_accuracy.gap.value, explainers: ($report | explainers($arm; gap))},
        {measure: "over null", value: .gap_over_null.value, explainers: ($report | explainers($arm; over_null))}]
  | map(select(.value != null)) | group_by(.measure)[]
  | (map(.value) | over_m0s) as $mean
  # Within an M0: the root of the mean variance.
  | (map(.explainers | standard_deviation) | if any(. == null) then null else map(. * .) | mean | sqrt end) as $spread
  | [($name | cell), .[0].measure, ($mean | estimate), ($mean | outcome), ($mean.deviation | share), ($spread | share),
      ($mean.detectable | share)] | row),
""
