import Foundation

/// How likely an explainer says each answer, pair by pair, where its records have that: the log-probabilities
/// of the explanations, one an answer.
struct SaidProbabilities: Sendable {
  typealias Symbol = SymbolTable.Symbol

  /// Of one pair, normalised over the readout's answers.
  struct Distribution {
    let answers: ArraySlice<Symbol>
    /// Natural logarithms, in the order of the answers.
    let logProbabilities: [Double]

    /// The place of the likeliest answer; ties go to the first.
    private var bestPlace: Int {
      logProbabilities.indices.dropFirst().reduce(0) {
        logProbabilities[$1] > logProbabilities[$0] ? $1 : $0
      }
    }

    /// The likeliest answer.
    var best: Symbol { answers[answers.startIndex + bestPlace] }

    /// How likely that is.
    var bestProbability: Double { exp(logProbabilities[bestPlace]) }

    /// The log-probability of an answer; nil where it is none of the readout's.
    func logProbability(of answer: Symbol) -> Double? {
      answers.firstIndex(of: answer).map { logProbabilities[$0 - answers.startIndex] }
    }

    /// The squared distance of the probabilities from certainty of an answer, summed over the answers: 0 to 2
    /// (Brier 1950).
    func brierScore(truth: Symbol) -> Double {
      zip(answers, logProbabilities).reduce(0) { sum, said in
        let error = exp(said.1) - (said.0 == truth ? 1 : 0)
        return sum + error * error
      }
    }
  }

  /// Where a pair's answers begin and how many they are; nil where it has none.
  private var places: [Range<Int>?] = []
  private var answers: [Symbol] = []
  private var logProbabilities: [Double] = []

  /// Adds a pair, or several without probabilities.
  mutating func append(_ values: [(answer: Symbol, logProbability: Double)]?) {
    guard let values else { return appendNone(count: 1) }
    places.append(answers.count..<answers.count + values.count)
    answers += values.map(\.answer)
    logProbabilities += values.map(\.logProbability)
  }

  mutating func appendNone(count: Int) { places.append(contentsOf: repeatElement(nil, count: count)) }

  /// Writes what other pairs have in place of a range of these.
  mutating func replace(_ pairs: Range<Int>, with other: SaidProbabilities) {
    for (pair, place) in zip(pairs, other.places) {
      places[pair] = place.map { answers.count..<answers.count + $0.count }
      guard let place else { continue }
      answers += other.answers[place]
      logProbabilities += other.logProbabilities[place]
    }
  }

  /// Visits the answers of every pair that has probabilities.
  func forEachAnswer(_ visit: (_ pair: Int, _ answer: Symbol) -> Void) {
    for (pair, place) in places.enumerated() {
      for index in place ?? 0..<0 { visit(pair, answers[index]) }
    }
  }

  /// Replaces the symbols of answers.
  mutating func rename(_ name: (_ pair: Int, _ answer: Symbol) -> Symbol) {
    for (pair, place) in places.enumerated() {
      for index in place ?? 0..<0 { answers[index] = name(pair, answers[index]) }
    }
  }

  /// nil where the pair's record has no probabilities.
  func distribution(of pair: Int) -> Distribution? {
    guard let place = places[pair], let highest = logProbabilities[place].max() else { return nil }
    let total = highest + log(logProbabilities[place].reduce(0) { $0 + exp($1 - highest) })
    return Distribution(
      answers: answers[place], logProbabilities: logProbabilities[place].map { $0 - total })
  }
}
