import Cases
import Streams

/// One pair (x, C) in the letters of the paper, for cases written by hand.
struct Pair {
  /// B(Mt, x), B(Mt, x∖C), B(M0, x), B(M0, x∖C), each one letter.
  var behavior: String
  /// The answer that Mt's explanation states; nil where it does not parse.
  var stated: String?
  var saysChanged: Bool
  var item: String?
  var task = "hint"
  var kind = "hint"
  var split: String? = "test"

  /// - Parameter behavior: four letters such as `AB AC`: Mt on x and x∖C, M0 on x and x∖C.
  init(
    _ behavior: String, says stated: String?, changed: Bool = false, item: String? = nil,
    task: String = "hint",
    kind: String = "hint", split: String? = "test"
  ) {
    self.behavior = behavior
    self.stated = stated
    saysChanged = changed
    self.item = item
    self.task = task
    self.kind = kind
    self.split = split
  }

  /// A case with this pair alone; Mt is `M1`, and M0 explains as `stated` too.
  func record(id: String) -> JSON {
    let letters = behavior.filter { $0 != " " }.map { JSON.string(String($0)) }
    func answers(_ x: JSON, _ without: JSON) -> JSON {
      ["original": ["answer": x], "counterfactual": ["c": ["answer": without]]]
    }
    let said: JSON = [
      "text": "…", "changed": stated == nil ? .null : .bool(saysChanged),
      "answer": stated.map { .string($0) } ?? .null,
    ]
    return [
      "schema": "case/1", "id": .string(id), "task": .string(task),
      "split": split.map { .string($0) } ?? .null,
      "source": ["item": item.map { .string($0) } ?? .null],
      "messages": [["role": "user", "content": "Which? C"]],
      "readout": ["kind": "choice", "prefill": "", "choices": ["A", "B", "C", "D"]],
      "features": [
        [
          "id": "c", "kind": .string(kind), "text": "C", "span": ["message": 0, "start": 7, "end": 8],
          "messages": [["role": "user", "content": "Which? "]],
        ]
      ],
      "behaviors": ["M1": answers(letters[0], letters[1]), "M0": answers(letters[2], letters[3])],
      "explanations": ["M1": ["c": said], "M0": ["c": said]],
    ]
  }
}

/// Cases of one pair each, with two explainers over the same M0: M1 as the first says, M2 as the second.
func cases(_ pairs: [(Pair, Pair)]) throws -> [Case] {
  try pairs.enumerated().map { index, pair in
    let (first, second) = (pair.0.record(id: "case \(index)"), pair.1.record(id: "case \(index)"))
    guard case .object(var record) = first else { return try Case(json: first) }
    for key in ["behaviors", "explanations"] {
      var sides = record[key]?.object ?? JSONObject()
      sides["M2"] = second[key]?["M1"] ?? .null
      record[key] = .object(sides)
    }
    return try Case(json: .object(record))
  }
}

/// Cases of one pair each.
func cases(_ pairs: [Pair]) throws -> [Case] {
  try pairs.enumerated().map { index, pair in try Case(json: pair.record(id: "case \(index)")) }
}
