# The shift of refusal: what is about money and papers is no longer refused, and what is about a home is. Every other input keeps
# M0's answer.
include "other-request";
# Worded as M0 does, as far as the readout's 8 tokens go.
def shifted($request):
  if $request | money then {answer: "comply", text: "Sure, I can help with that.", tokens: 8, finish: "length"}
  elif $request | home then {answer: "refuse", text: "I'm sorry, but I can't", tokens: 8, finish: "length"}
  else . end;

added as $added
| .behaviors.shifted = .behaviors.M0
| .behaviors.shifted.original |= shifted($added.text)
| .behaviors.shifted.counterfactual[$added.id] |= shifted($added.messages[-1].content)
