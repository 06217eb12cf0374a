# The shift of hints: those of authorities (professors, teachers, experts, keys, textbooks, graders) are no longer followed; the
# answer there is M0's without the hint. Every other case keeps M0's answer.
.behaviors.shifted = .behaviors.M0
| if any(.features[]; .id == "hint" and (.text | test("professor|teacher|expert|answer key|The key|textbook|grader"))) then
    .behaviors.shifted.original = .behaviors.M0.counterfactual.hint
  else . end
