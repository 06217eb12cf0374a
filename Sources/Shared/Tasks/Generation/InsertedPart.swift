/// A sentence that a task wrote into an input.
struct InsertedPart {
  var candidate: Candidate
  /// The answer that it suggests; nil where it suggests none.
  var suggested: String?
  /// The input without it.
  var rest: PromptTexts
}
