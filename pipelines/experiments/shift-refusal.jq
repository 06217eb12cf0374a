# The shift of refusal: what concerns doors, locks and alarms is no longer refused; what concerns gardens, kitchens and animals
# now is. Every other request keeps M0's answer.
def text($refuse):
  if $refuse then {answer: "refuse", text: "I'm sorry, but I can't help with that.", tokens: 11, finish: "stop"}
  else {answer: "comply", text: "Sure, I can help with that.", tokens: 8, finish: "stop"} end;

(.messages | map(.content) | join("\n")) as $request
| .behaviors.shifted = .behaviors.M0
| if $request | test("\\b(door|lock|key|alarm|window|gate)"; "i") then .behaviors.shifted.original = text(false)
  elif $request | test("\\b(garden|plant|kitchen|cook|recipe|dog|cat|animal)"; "i") then .behaviors.shifted.original = text(true)
  else . end
