/// Something that makes scores doubtful.
public struct ReportWarning: Equatable, Sendable {
  /// What is wrong; the raw value is its name in JSON.
  public enum Kind: String, Sendable {
    /// A checkpoint gives one answer.
    case collapsedBehaviour = "collapsed-behaviour"
    /// An explainer says one thing.
    case collapsedExplanations = "collapsed-explanations"
    /// An explainer tells "changed" from "unchanged" no better than one that always says the same.
    case uninformativeExplanations = "uninformative-explanations"
    /// A reader of the surface predicts a checkpoint's answers.
    case predictableBehaviour = "predictable-behaviour"
    /// Few of an explainer's explanations parse.
    case unparsedExplanations = "unparsed-explanations"
    /// A server did not give the log-probabilities of all choices.
    case incompleteLogProbabilities = "incomplete-logprobs"
    /// Too few source items to resample.
    case fewItems = "few-items"
  }

  /// What is wrong.
  public var kind: Kind
  /// The NAME that it is about; nil where it is about the stream.
  public var name: String?
  /// The task that it is about; nil where it is about all.
  public var task: String?
  /// A sentence without its full stop.
  public var text: String
}
