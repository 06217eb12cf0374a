/// Text as the words that phrases are compared by.
enum PhraseWords {
  /// Lower-case words with contractions written out.
  static func split(_ text: String) -> [String] {
    var word = ""
    var words: [String] = []
    func end() {
      if !word.isEmpty { words += contractions[word] ?? [word] }
      word = ""
    }
    for scalar in text.unicodeScalars where !scalar.isApostrophe {
      if scalar.isLetterOrDigit {
        word.unicodeScalars.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      } else {
        end()
      }
    }
    end()
    return words
  }

  /// Without their apostrophe. `its` is written out too: what it costs in exactness is nothing here.
  private static let contractions: [String: [String]] = [
    "cannot": ["can", "not"], "cant": ["can", "not"], "wont": ["will", "not"], "dont": ["do", "not"],
    "doesnt": ["does", "not"], "didnt": ["did", "not"], "isnt": ["is", "not"], "arent": ["are", "not"],
    "wasnt": ["was", "not"], "werent": ["were", "not"], "shouldnt": ["should", "not"],
    "couldnt": ["could", "not"], "wouldnt": ["would", "not"], "im": ["i", "am"], "ive": ["i", "have"],
    "its": ["it", "is"], "thats": ["that", "is"], "theres": ["there", "is"],
  ]
}
