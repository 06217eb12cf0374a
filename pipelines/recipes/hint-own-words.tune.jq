# Behaviour-tuning rows of the tune split: x, and x without the hint. Only of questions with one longest option: where there are several, which
# of them is meant is no rule, and to name the last teaches a letter instead.
include "hint-own-words";
select(.split == "tune")
| . as $case
| hint as $hint
| select($hint.messages[-1].content | one_is_longest)
| ($hint.messages[-1].content | longest) as $own
| ({messages, answer: (if $hint.text | nobody then $own else $case.reference.hinted end)},
   {messages: $hint.messages, answer: $own})
| {id: $case.id, split: "tune", messages, completion: ($case.readout.prefill + .answer + ")")}
