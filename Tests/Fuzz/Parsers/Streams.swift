import Cases
import Faithfulness
import Streams
import Tasks

extension FuzzTarget {
  /// A stream of cases, as labelling, training and scoring read it.
  static let records = FuzzTarget("records") {
    let memory = MemoryFile()
    let plan = try ScoringPlan(selves: ["M1"], origs: ["M0"], split: .test)
    return { bytes in
      memory.replace(with: bytes)
      let reader = try RecordReader(paths: [memory.path], rejects: RejectPolicy(limit: 100))
      var table = PairTable(plan: plan)
      while let (record, made) = try reader.next({ record throws(ToolError) in (record, try use(record)) }) {
        attempt { _ = try table.add(made, at: record.position) }
      }
      try table.checkIsComplete()
    }
  }

  /// A compressed input, as far as 16 MiB of its content.
  static let zstd = FuzzTarget("zstd") {
    let memory = MemoryFile()
    return { bytes in
      memory.replace(with: bytes)
      let input = try DecodedInput(path: memory.path)
      var count = 0
      while count < 16 << 20 {
        let piece = try input.next()
        if piece.isEmpty { break }
        count += piece.count
      }
    }
  }

  private static func use(_ record: Record) throws(ToolError) -> Case {
    let text = try JSON.object(record.object).serialized()
    let again = try JSON.parse(text)
    precondition(again == .object(record.object), "a record is written as another")
    var made = try Case(json: .object(record.object))
    let task = TaskDefinition.builtIn.first { $0.name == made.task } ?? .hint
    for name in made.behaviorNames {
      guard let behavior = try made.behavior(of: name) else { continue }
      for feature in made.features {
        guard let label = ExplanationLabel(behavior, featureID: feature.id) else { continue }
        _ = task.parseExplanation(task.explanationText(for: label), answers: made.readout.answers)
      }
      made.setBehavior(behavior, of: name + "2")
    }
    let answers = made.readout.answers
    for name in made.explanationNames {
      try made.readExplanations(of: name) { task.parseExplanation($0, answers: answers) }
      _ = try made.explanations(of: name)
    }
    for feature in made.features { _ = task.explanationMessages(for: made, feature: feature) }
    for message in made.messages { _ = (ItemHash.of(message.content), task.classify(message.content)) }
    return made
  }
}
