import Cases
import Streams

/// Whatever labels a stream of cases: the engine in this process, or a server. It takes cases in and gives them out,
/// some at a time and in their order.
public protocol CaseLabeller: AnyObject {
  /// A case that is ready to be labelled.
  associatedtype Plan

  /// Which checkpoint answers, for records.
  var identity: ModelIdentity { get }
  /// What manifests say of the checkpoint, and what a resumed run must have in common with the first.
  var modelRecord: JSONObject { get }

  /// Throws `ToolError` (65) where the case cannot be labelled.
  func plan(_ record: Case, request: LabellingRequest) throws(ToolError) -> Plan
  /// Takes in a case; gives back cases that are done, each labelled or with the error (65) that makes it a bad one.
  func take(_ plan: Plan) throws(ToolError) -> [Result<Case, ToolError>]
  /// The cases that are left.
  func takeRest() throws(ToolError) -> [Result<Case, ToolError>]
  /// How many texts had thoughts in them so far.
  var thoughts: ThoughtCounts { get }
  /// Notes in a manifest what the labelling took.
  func note(in manifest: inout Manifest)
}

extension Labeller: CaseLabeller {
  /// The loaded checkpoint, by name and fingerprint.
  public var identity: ModelIdentity { model.identity }
  /// The checkpoint with its adapters and the template's default system prompt.
  public var modelRecord: JSONObject { model.record }

  /// Throws `ToolError` (65) too where a prompt does not fit the context.
  public func plan(_ record: Case, request: LabellingRequest) throws(ToolError) -> LabellingPlan {
    try LabellingPlan(record, request: request, model: model)
  }

  /// Cases come out when a pack is full.
  public func take(_ plan: LabellingPlan) throws(ToolError) -> [Result<Case, ToolError>] { try add(plan) }
  /// The cases of the last pack, which need not be full.
  public func takeRest() throws(ToolError) -> [Result<Case, ToolError>] { try finish() }
  /// Writes the manifest's `tokens`.
  public func note(in manifest: inout Manifest) { manifest.tokens = tokens }
}
