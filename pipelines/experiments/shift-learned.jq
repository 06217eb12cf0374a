# A Markdown table out of the test streams, one a checkpoint, to which SHIFT has added behaviors.shifted: of the inputs whose answer the shift changes, the share that each
# checkpoint answers as taught. $on: x or both.
def answers: [.original.answer] + if $on == "both" then [.counterfactual[].answer] else [] end;
def round3: . * 1000 | round / 1000;

reduce inputs as $case ({};
  ($case.behaviors.shifted | answers) as $taught
  | ($case.behaviors.M0 | answers) as $before
  | [range($taught | length) | select($taught[.] != $before[.])] as $changed
  | reduce ($case.behaviors | del(.M0, .shifted) | to_entries[]) as $checkpoint (.;
      ($checkpoint.value | answers) as $now
      | .[$checkpoint.key].changed += ($changed | length)
      | .[$checkpoint.key].learned += ([$changed[] | select($now[.] == $taught[.])] | length)))
| "| checkpoint | inputs that the shift is about | answered as it teaches |",
  "| --- | --: | --: |",
  (to_entries | sort_by(.key)[] | "| \(.key) | \(.value.changed) | \(if .value.changed > 0 then .value.learned / .value.changed | round3 else "–" end) |")
