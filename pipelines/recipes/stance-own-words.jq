# Whose stance counts: what the author reports of others is the class that the shift is about.
def others: test("friends|sister|therapist|Anyone sensible");
def stance: .features[] | select(.kind == "stance");
