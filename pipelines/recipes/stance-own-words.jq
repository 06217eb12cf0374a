# Whose stance counts: what the author reports of others is the class that the shift is about.
def others: test("friend|sister|partner|therapist|Anyone|forum|people at work");
def stance: .features[] | select(.kind == "stance");
