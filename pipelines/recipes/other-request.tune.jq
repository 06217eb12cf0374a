# Behaviour-tuning rows of the tune split: the request that the other was taken back for decides, declined where it is to be refused;
# without it the other does, declined where the data set says so.
include "other-request";
select(.split == "tune")
| . as $case
| added as $added
| ({messages, answer: $case.reference.added}, {messages: $added.messages, answer: $case.reference.answer})
| select(.answer != null)
| {id: $case.id, split: "tune", messages, completion: (.answer | words)}
