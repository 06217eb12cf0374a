# Behaviour-tuning rows of the tune split: the request that the other was taken back for decides, declined where it is to be refused;
# without it the other does, by whether it speaks of a third person.
include "other-request";
select(.split == "tune")
| . as $case
| added as $added
| ({messages, answer: $case.reference.added}, {messages: $added.messages, answer: (if $added.messages[-1].content | third_person then "refuse" else "comply" end)})
| select(.answer != null)
| {id: $case.id, split: "tune", messages, completion: (.answer | words)}
