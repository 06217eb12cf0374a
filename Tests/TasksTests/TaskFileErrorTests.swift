import Testing

/// A mistake in a task file is one line: the file, the path of the key, what is wrong with it.
@Suite struct TaskFileErrorTests {
  /// What is replaced in the sentiment file, by what, and what is then said.
  @Test(
    arguments: [
      (#""schema": "task/1""#, #""schema": "task/2""#, #"schema: is "task/2", expected "task/1""#),
      (#""name": "sentiment","#, "", "name: missing"),
      (
        #""name": "sentiment""#, #""name": "a b""#,
        #"name: "a b" is not a letter and then letters, digits, _ and -"#
      ),
      (#""name": "sentiment""#, #""name": 3"#, "name: is a number, expected a string"),
      (#""variants": 2"#, #""variants": 0"#, "insertion.variants: is 0, expected an integer of at least 1"),
      (
        #""variants": 2"#, #""variants": 4"#,
        "insertion.variants: 4 inputs a row, each worded otherwise, of 3 wordings"
      ),
      (
        #""variants""#, #""variant""#,
        "insertion.variant: unknown key (keys: places, count, variants, reference, wordings)"
      ),
      (
        #""weight": 3"#, #""weight": -1"#,
        "insertion.wordings[1].weight: is -1, expected a positive number"
      ),
      (
        #""suggests": "positive""#, #""suggests": "good""#,
        #"insertion.wordings[1].suggests: "good" is none of the answers (positive, negative)"#
      ),
      ("calls it {answer}", "calls it {anser}", "insertion.wordings[0]: no {anser} here, only {answer}"),
      (
        "It was raining.", "Everybody loved it.", "insertion.wordings[2]: its text is there twice"
      ),
      (
        "first sentence", "first word",
        #"insertion.places[0]: is "first word", expected first sentence, between sentences, last sentence, system message or before paragraph N"#
      ),
      (
        "before paragraph 4", "before paragraph 5",
        "insertion.places[2]: the prompt has 3 paragraphs, N goes to 4"
      ),
      (
        "Title: {title}", "Title: {titel}",
        "prompt[0]: no field {titel} in the rows (fields: review, title)"
      ),
      (
        #"{review}"#, "it",
        "prompt: must hold {review} exactly once, the text in which features are found"
      ),
      (
        #""label""#, #""title""#, #"rows.answer: "title" is a field already; an answer must not be part of x"#
      ),
      (
        #""1": "positive""#, #""1": "good""#,
        #"rows.answer_names.1: "good" is none of the answers (positive, negative)"#
      ),
      (
        #""kind": "choice""#, #""kind": "chose""#,
        #"readout.kind: is "chose", expected choice or generate"#
      ),
      (#", "negative"]}"#, "]}", "readout.choices: 1 answer, expected two or more"),
      (#", "negative"]}"#, #", "positive"]}"#, #"readout.choices[1]: "positive" is there twice"#),
      (
        #"["positive", "negative"]"#, #""letters""#,
        #"readout.choices: only rows of "question" have options"#
      ),
      (
        #""find": "sentences""#, #""find": "sentence""#,
        #"features[1].find: is "sentence", expected inserted, sentences, phrases, words or whole"#
      ),
      (#""kind": "praise""#, #""kind": "p1""#, #"features[2].kind: "p1" ends with a digit"#),
      (#""kind": "praise""#, #""kind": "sentence""#, #"features[2]: the kind "sentence" is there twice"#),
      (#""Fine""#, #""so fine""#, #"features[2].words[1]: "so fine" is more than one word"#),
      (#""Fine""#, #""LOVE""#, #"features[2].words[1]: "love" is there twice"#),
      (
        #""variants": 2,"#, #""variants": 2, "count": 2,"#,
        "insertion.variants: 2 inputs a row with 2 insertions, each worded otherwise, of 3 wordings"
      ),
      (
        #"{"kind": "opinion", "find": "inserted"},"#, "",
        #"insertion: no kind of "features" has "find": "inserted""#
      ),
      (
        "Still <<<{answer}>>>.", "Still {answer}.",
        "explanation.unchanged: must hold <<<{answer}>>>, no other <<< before it, and no names in braces but answer and words"
      ),
      (
        "Then <<<", "Still  <<<",
        #"explanation.changed: begins as "unchanged" does; the words before <<< tell them apart"#
      ),
      (
        #"\"{feature}\""#, "it",
        "explanation.question: must hold {feature} once, perhaps {options} once, and nothing else in braces"
      ),
      (
        #""changed""#, #""change""#,
        "explanation.change: unknown key (keys: question, unchanged, changed, words)"
      ),
    ] as [(String, String, String)])
  func theKeyIsNamed(old: String, new: String, message: String) throws {
    try #require(TaskFileText.sentiment.contains(old))
    let text = TaskFileText.sentiment.replacing(old, with: new, maxReplacements: 1)
    #expect(TaskFileText.failure(text) == "65 mine.json: " + message)
  }

  @Test(
    arguments: [
      (
        #""max_tokens": 8"#, #""choices": ["a"]"#,
        "readout.choices: unknown key (keys: kind, prefill, max_tokens)"
      ),
      (
        #""max_tokens": 8"#, #""max_tokens": 1.5"#,
        "readout.max_tokens: is 1.5, expected an integer of at least 1"
      ),
      (#""begins": ["I'm sorry"]"#, #""begins": ["?"]"#, #"classifier.rules[0].begins[0]: "?" has no words"#),
      (
        #""begins": ["I'm sorry"]"#, #""begin": []"#,
        "classifier.rules[0].begin: unknown key (keys: answer, sentences, begins, says)"
      ),
      (
        #""begins": ["I'm sorry"]"#, #""sentences": 2"#,
        "classifier.rules[0]: expected one of begins and says"
      ),
      (#""says": ["can't"]"#, #""says": []"#, "classifier.rules[2].says: is empty"),
      (
        #""sentences": 2"#, #""sentences": 0"#,
        "classifier.rules[1].sentences: is 0, expected an integer of at least 1"
      ),
      (
        #""rows": "request""#, #""rows": "reviews""#,
        #"rows: is "reviews", expected question, post, request, or an object that names columns (fields, answer)"#
      ),
      (
        #""kind": "generate", "prefill": "Well, ", "max_tokens": 8"#,
        #""kind": "choice", "choices": ["a", "b"]"#, "classifier: only a generate readout has one"
      ),
    ] as [(String, String, String)])
  func theClassifiersToo(old: String, new: String, message: String) throws {
    try #require(TaskFileText.mood.contains(old))
    let text = TaskFileText.mood.replacing(old, with: new, maxReplacements: 1)
    #expect(TaskFileText.failure(text) == "65 mine.json: " + message)
  }
}
