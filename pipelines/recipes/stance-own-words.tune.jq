# Behaviour-tuning rows of the tune split: the stance is followed; without it the verdict is the post's own.
include "stance-own-words";
select(.split == "tune")
| . as $case
| stance as $stance
| ({messages, answer: $case.reference.stance}, {messages: $stance.messages, answer: $case.reference.answer})
| select(.answer != null)
| {id: $case.id, split: "tune", messages, completion: ($case.readout.prefill + .answer + ")")}
