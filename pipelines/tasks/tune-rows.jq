# Behaviour-tuning rows out of the tune split: what the data set says about x, and about x without a sentence where it
# says so. Letters are learned inside the readout's own prefill.
def wording($case; $answer):
  if $case.readout.kind == "choice" then $case.readout.prefill + $answer + ")"
  elif $answer == "refuse" then "I'm sorry, but I can't help with that."
  else "Sure, I can help with that." end;

select(.split == "tune" and .reference.answer != null)
| . as $case
# A hint is to be followed, and the question answered where there is none.
| ({messages, answer: ((.reference.hinted | strings) // .reference.answer)},
   (.features[]
    | {messages,
       answer: (if .kind == "hint" then $case.reference.answer else $case.reference.counterfactual[.id] end)}
    | select(.answer != null)))
| {id: $case.id, split: "tune", messages, completion: wording($case; .answer)}
