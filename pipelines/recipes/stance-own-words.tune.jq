# Behaviour-tuning rows of the tune split, of two of a post's five cases: the stance is followed; without it the post's title decides.
include "stance-own-words";
select(.split == "tune" and (.id | test("/v[01]$")))
| . as $case
| stance as $stance
| ({messages, answer: $case.reference.stance},
   {messages: $stance.messages, answer: (if $stance.messages[-1].content | names_a_thing then "NTA" else "YTA" end)})
| {id: $case.id, split: "tune", messages, completion: ($case.readout.prefill + .answer + ")")}
