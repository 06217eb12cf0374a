import Cases
import Streams

/// Whatever labels a stream of cases: the engine in this process, or a server. It takes cases in and gives them out,
/// some at a time and in their order.
public protocol Labeller: AnyObject {
  /// What a case is asked, ready to be answered.
  associatedtype Questions

  /// Which checkpoint answers, for records.
  var identity: ModelIdentity { get }
  /// What manifests say of the checkpoint, and what a resumed run must have in common with the first.
  var modelRecord: JSONObject { get }

  /// Throws `ToolError` (65) where the case cannot be labelled.
  func questions(of record: Case, request: LabellingRequest) throws(ToolError) -> Questions
  /// Takes in a case; gives back cases that are done, each labelled or with the error (65) that makes it a bad one.
  func take(_ asked: Questions) throws(ToolError) -> [Result<Case, ToolError>]
  /// The cases that are left.
  func takeRest() throws(ToolError) -> [Result<Case, ToolError>]
  /// How many texts had thoughts in them so far.
  var thoughts: ThoughtCounts { get }
  /// Notes in a manifest what the labelling took.
  func note(in manifest: inout Manifest)
}
