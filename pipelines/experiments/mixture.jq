# Labels of two labellers mixed: of every hundred source items, $share have the behaviour of $other, spread evenly, and the others
# M0's; all cases of an item have the same labeller. Use: jq -n -c --arg other gemma --argjson share 25 -f mixture.jq
# The mixture is the behaviour "OTHER-SHARE", as gemma-25.
foreach inputs as $case ({item: null, count: 0};
  if $case.source.item == .item then . else {item: $case.source.item, count: (.count + 1)} end
  | .theirs = ((.count * $share / 100 | floor) > ((.count - 1) * $share / 100 | floor));
  .theirs as $theirs
  | $case | .behaviors["\($other)-\($share)"] = if $theirs then .behaviors[$other] else .behaviors.M0 end)
