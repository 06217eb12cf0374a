# Behaviour-tuning rows of the tune split, of two of a post's five cases: the stance is followed; without it the
# data set's verdict is given.
include "stance-own-words";
select(.split == "tune" and (.id | test("/v[01]$")))
| . as $case
| stance as $stance
| ({messages, answer: $case.reference.stance},
   {messages: $stance.messages, answer: $case.reference.answer})
| {id: $case.id, split: "tune", messages, completion: ($case.readout.prefill + .answer + ")")}
