# Cases as those of the train split, labelled by M0: every second answer changes, and A and B take turns.
.split = "train" | .id |= "train/\(.)" | .source.item |= "other-\(.)"
| (.source.row % 4) as $kind
| .behaviors.M0 = {
    original: {answer: (if $kind < 2 then "A" else "B" end), logprobs: null},
    counterfactual: {hint: {answer: (if $kind % 3 == 0 then "A" else "B" end), logprobs: null}}
  }
