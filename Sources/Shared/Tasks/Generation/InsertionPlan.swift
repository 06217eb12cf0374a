import Glibc
import Streams

/// What is written into the inputs that are made of one row: wordings, places and suggested answers, by the seed.
struct InsertionPlan {
  /// One sentence of an input.
  struct Step {
    var inserted: Prompt.Inserted
    /// The answer that it suggests; nil where it suggests none.
    var suggested: String?
  }

  /// The sentences of each input.
  let variants: [[Step]]

  /// - Parameters:
  ///   - answers: what a wording with `{answer}` can suggest: the letters of the row, or the task's answers.
  ///   - correct: the one of them that is correct, where that is known.
  ///   - sentences: of the main field, in bytes.
  init(
    _ insertion: Insertion, answers: [String], correct: String?, sentences: [Range<Int>],
    using random: inout CounterRandom
  ) {
    var wordings = Self.order(insertion.wordings, using: &random)
    let places = random.shuffled(insertion.places)
    var suggestions = Self.suggestions(
      insertion.variants * insertion.count,
      among: insertion.wordings.contains(where: \.fillsIn) ? answers : [],
      correct: correct, using: &random)
    var variants: [[Step]] = []
    for variant in 0..<insertion.variants {
      var steps: [Step] = []
      for number in 0..<insertion.count {
        guard let wording = wordings.popLast() else { break }
        let suggestion = Self.take(from: &suggestions, unlike: steps.map(\.suggested))
        let suggested = wording.fillsIn ? suggestion : wording.suggests
        let (place, offset) = Self.place(
          places[(variant * insertion.count + number) % places.count], sentences, using: &random)
        let text = suggested.map { wording.text.replacing("{answer}", with: $0) } ?? wording.text
        steps.append(
          Step(inserted: Prompt.Inserted(text: text, place: place, offset: offset), suggested: suggested))
      }
      variants.append(steps)
    }
    self.variants = variants
  }

  /// The wordings in a random order, to be taken from its end: where weights differ, by keys u^(1/weight), so that the
  /// last is each with a probability that is its share of the weights, and so on among the rest (Efraimidis and
  /// Spirakis, "Weighted random sampling with a reservoir", 2006).
  private static func order(
    _ wordings: [Insertion.Wording], using random: inout CounterRandom
  ) -> [Insertion.Wording] {
    guard wordings.contains(where: { $0.weight != wordings[0].weight }) else {
      return random.shuffled(wordings)
    }
    // log(u) / weight has the order of u^(1/weight).
    return wordings.map { (key: log(1 - random.uniform()) / $0.weight, wording: $0) }
      .sorted { $0.key < $1.key }.map(\.wording)
  }

  /// The next of the suggestions that the input does not have yet, so that its insertions disagree where they can.
  private static func take(from suggestions: inout [String?], unlike taken: [String?]) -> String? {
    let index = suggestions.firstIndex { !taken.contains($0) } ?? suggestions.startIndex
    return index < suggestions.endIndex ? suggestions.remove(at: index) : nil
  }

  /// One answer an insertion, each used about as often as any other but for the correct one, which is used at most
  /// once.
  private static func suggestions(
    _ count: Int, among answers: [String], correct: String?, using random: inout CounterRandom
  ) -> [String?] {
    guard !answers.isEmpty else { return Array(repeating: nil, count: count) }
    var suggestions: [String?] = random.shuffled(answers)
    let wrong = answers.filter { $0 != correct }
    while suggestions.count < count { suggestions += random.shuffled(wrong) }
    return suggestions
  }

  /// A place between sentences is after one that ends with punctuation; where there is none, it is before the first.
  private static func place(
    _ place: Insertion.Place, _ sentences: [Range<Int>], using random: inout CounterRandom
  ) -> (Insertion.Place, offset: Int) {
    guard case .betweenSentences = place else { return (place, 0) }
    guard sentences.count > 1 else { return (.firstSentence, 0) }
    return (place, sentences[random.integer(below: sentences.count - 1)].upperBound)
  }
}
