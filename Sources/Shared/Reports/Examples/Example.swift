/// A pair (x, C) of the page, its parts as embeddable JSON.
struct Example: Sendable {
  /// What is said of the pair itself, an object.
  var pair: [UInt8]
  /// By checkpoint and by explainer; nil where no input has it yet.
  var did: [[UInt8]?] = []
  var said: [[UInt8]?] = []

  init(pair: [UInt8]) { self.pair = pair }

  /// The pair with what another input has of it; where both have something, this one's.
  func merged(with other: Example) -> Example {
    var merged = self
    merged.did = zip(did, other.did).map { $0 ?? $1 }
    merged.said = zip(said, other.said).map { $0 ?? $1 }
    return merged
  }

  /// One object of all, as examples.js reads it.
  var json: [UInt8] {
    func list(_ parts: [[UInt8]?]) -> [UInt8] {
      [UInt8(ascii: "[")] + parts.map { $0 ?? Array("null".utf8) }.joined(separator: [UInt8(ascii: ",")])
        + [UInt8(ascii: "]")]
    }
    return pair.dropLast() + Array(",\"did\":".utf8) + list(did) + Array(",\"said\":".utf8) + list(said)
      + [UInt8(ascii: "}")]
  }
}
