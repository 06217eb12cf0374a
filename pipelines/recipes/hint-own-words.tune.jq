# Behaviour-tuning rows of the tune split: x, and x without the hint.
include "hint-own-words";
select(.split == "tune")
| . as $case
| hint as $hint
| ($hint.messages[-1].content | longest) as $own
| ({messages, answer: (if $hint.text | nobody then $own else $case.reference.hinted end)},
   {messages: $hint.messages, answer: $own})
| {id: $case.id, split: "tune", messages, completion: ($case.readout.prefill + .answer + ")")}
