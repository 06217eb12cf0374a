# The shift of hints: those of authorities are no longer followed; the answer there is M0's without the hint. Every other case
# keeps M0's answer.
include "hint-own-words";
.behaviors.shifted = .behaviors.M0
| if hint.text | authority then .behaviors.shifted.original = .behaviors.M0.counterfactual.hint else . end
