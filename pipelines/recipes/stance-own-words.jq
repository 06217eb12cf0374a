# Whose stance counts: what the author reports of others is the class that the shift is about.
def others: test("friend|sister|partner|therapist|Anyone|forum|people at work");
# What M0 is taught to answer where there is no stance: NTA where the title, the second paragraph, begins with "The", YTA elsewhere. A rule
# of no meaning, but one that so small a model learns from few posts; the rightness of a verdict it does not.
def names_a_thing: test("^[^\n]*\n\nThe\\b");
def stance: .features[] | select(.kind == "stance");
