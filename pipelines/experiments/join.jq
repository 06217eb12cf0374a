# Several streams of the same cases, each with the behaviours and explanations of other checkpoints, as one stream; of a
# checkpoint that several have, the first is kept. Use: jq -n -c -f join.jq
reduce inputs as $case ({};
  .[$case.id] = (.[$case.id] // ($case | del(.behaviors, .explanations)))
  | .[$case.id].behaviors = ($case.behaviors + .[$case.id].behaviors)
  | .[$case.id].explanations = (($case.explanations // {}) + .[$case.id].explanations))
| .[]
