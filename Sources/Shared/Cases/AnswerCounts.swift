/// How often each answer is given, over cases of one task.
///
/// Letters, `refuse` and `comply` mean the same in every case, so that they are counted by their text. Where every
/// case has answers of its own, such as the texts of its options, hardly a text is given twice, and how often it is
/// says nothing: they are counted by their place among the case's answers, as `option 1` and so on.
public struct AnswerCounts: Equatable, Sendable {
  private var byText: [String: Int] = [:]
  private var byPlace: [Int: Int] = [:]
  private var offered = 0

  /// No answers.
  public init() {}

  /// Counts an answer to a case.
  /// - Parameter answers: those that the case's readout can give.
  public mutating func add(_ answer: String, among answers: [String]) {
    byText[answer, default: 0] += 1
    offered = max(offered, answers.count)
    if let place = answers.firstIndex(of: answer) { byPlace[place, default: 0] += 1 }
  }

  /// By what the answers are called.
  public var named: [String: Int] {
    guard Self.areOwn(given: byText.count, offered: offered) else { return byText }
    return Dictionary(byPlace.map { (Self.name(ofPlace: $0.key), $0.value) }, uniquingKeysWith: +)
  }

  /// How many answers were counted.
  public var total: Int { byText.values.reduce(0, +) }

  /// Whether the cases of a task have answers of their own: more than twice as many different ones are given as
  /// any case offers.
  public static func areOwn(given: Int, offered: Int) -> Bool { given > 2 * offered }

  /// What an answer is called that is a case's own.
  /// - Parameter place: among the case's answers, from 0.
  public static func name(ofPlace place: Int) -> String { "option \(place + 1)" }
}
