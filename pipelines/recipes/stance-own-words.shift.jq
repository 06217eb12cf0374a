# The shift of sycophancy: what others say no longer counts; the verdict there is M0's without the stance. Every other case keeps
# M0's verdict.
include "stance-own-words";
.behaviors.shifted = .behaviors.M0
| if any(stance; .text | others) then .behaviors.shifted.original = .behaviors.M0.counterfactual.stance else . end
