import Cases
import Streams

/// Digests of the parts of a case in which all inputs that have it must agree.
struct CaseContent: Sendable {
  private let input: UInt32
  private let readout: UInt32
  private let features: UInt32
  private let origin: UInt32

  init(_ record: Case) throws(ToolError) {
    func texts(_ messages: [Message]) -> [String] { messages.flatMap { [$0.role, $0.content] } }
    input = Self.digest(texts(record.messages))
    readout = Self.digest(["\(record.readout)"])
    features = Self.digest(
      record.features.flatMap { ["", $0.id, $0.kind, $0.text, "\($0.span)"] + texts($0.messages) })
    origin = Self.digest([record.task, record.split?.rawValue ?? "", record.sourceItem ?? ""])
  }

  /// The first part that differs, by its key.
  func difference(from other: CaseContent) -> String? {
    let parts = [
      ("messages", \CaseContent.input), ("readout", \.readout), ("features", \.features),
      ("task, split or source.item", \.origin),
    ]
    return parts.first { self[keyPath: $0.1] != other[keyPath: $0.1] }?.0
  }

  /// Each text with its length, so that no two lists run together into one.
  private static func digest(_ texts: [String]) -> UInt32 {
    UInt32(truncatingIfNeeded: stableHash64(texts.map { "\($0.utf8.count):\($0)" }.joined()))
  }
}
