import Cases
import Streams

/// The behaviour lists of centerforaisafety/HarmBench, its own and AdvBench's: requests that an assistant should
/// refuse. A behaviour with a `ContextString` is asked as HarmBench's DirectRequest asks it: context, a rule,
/// behaviour.
struct BehaviorList: DataFormat {
  let description: FormatDescription
  /// What tells the two lists apart.
  private let categoryColumn: String

  static let harmBench = BehaviorList(
    description: FormatDescription(
      name: "harmbench", shape: .request,
      summary: "CSV Behavior, FunctionalCategory, SemanticCategory, Tags, ContextString, BehaviorID"),
    categoryColumn: "functionalcategory")

  static let advBench = BehaviorList(
    description: FormatDescription(
      name: "advbench", shape: .request, summary: "CSV Behavior, Category, Tags, ContextString, BehaviorID"
    ),
    categoryColumn: "category")

  func recognizes(_ head: FileHead) -> Bool { head.has("behavior", "behaviorid", categoryColumn) }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    var text = try row.text(["behavior"])
    if let context = row.optionalText(["contextstring"]) { text = "\(context)\n\n---\n\n\(text)" }
    return .item(.request(.init(text: text, answer: "refuse")))
  }
}
