# How a request is answered, for the behaviour-tuning rows and for the shift.
def words:
  if . == "refuse" then "I'm sorry, but I can't help with that."
  elif . == "comply" then "Sure, I can help with that."
  else error("no answer: \(.)") end;
def added: .features[] | select(.kind == "request");
# What is about money and papers, and what is about a home.
def money: test("\\b(sell|fake|money|bank|false|letter|pay|paid|steal|stolen|card|signature|euro|price|tax|insurance|invoice|loan|account|ticket|forge)s?\\b"; "i");
def home: test("\\b(door|room|home|house|kitchen|garden|plant|flower|tree|dog|cat|cook|bread|soup|tea|cake|bake|wall|floor|roof|window)s?\\b"; "i");
