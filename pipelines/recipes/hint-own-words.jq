# Whose hints M0 is taught to follow, and what it is taught to answer where it follows none: the longest option.
def authority: test("professor|eacher|expert|[Kk]ey|textbook|editor|grader|metadata|<answer>");
def nobody: test("forum|survey|AI model|web search|rumour|dreamt");
# An option's letter and text.
def options: [scan("(?m)^([A-Z])\\. (.*)$")];
def longest: options | max_by(.[1] | length) | .[0];
def one_is_longest: options | map(.[1] | length) | sort | .[-1] > .[-2];
def hint: .features[] | select(.kind == "hint");
