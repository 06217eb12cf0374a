import Foundation

/// What happens to text before it is split, as the `normalizer` of tokenizer.json says.
struct Normalization: Sendable, Equatable {
  enum Step: Sendable, Equatable {
    /// Unicode's normalization forms.
    case nfc, nfd, nfkc, nfkd
    /// Every code point's lower case by itself, so a final sigma is like any other.
    case lowercase
    case prepend(String)
    case replace(String, with: String)
  }

  var steps: [Step] = []

  var isEmpty: Bool { steps.isEmpty }

  func apply(to text: String) -> String { steps.reduce(text) { text, step in step.apply(to: text) } }
}

extension Normalization.Step {
  fileprivate func apply(to text: String) -> String {
    switch self {
    case .nfc: return text.precomposedStringWithCanonicalMapping
    case .nfd: return text.decomposedStringWithCanonicalMapping
    case .nfkc: return text.precomposedStringWithCompatibilityMapping
    case .nfkd: return text.decomposedStringWithCompatibilityMapping
    case .lowercase: return text.unicodeScalars.reduce(into: "") { $0 += $1.properties.lowercaseMapping }
    case .prepend(let prefix): return text.isEmpty ? text : prefix + text
    case .replace(let old, let new):
      // Bytes, since characters of Swift may hold several code points.
      let bytes = Array(text.utf8).replacing(Array(old.utf8), with: Array(new.utf8))
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
