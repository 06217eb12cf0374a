import Checkpoints
import Labelling
import Streams
import Testing
import Tokenizers

/// Markers of thoughts that are special tokens, as Magistral's are, and have no text.
@Suite struct ThoughtMarkerTests {
  /// Letters by their codes, two markers, and an end of turn.
  private struct LetterTokenizer: Tokenizer {
    private let special: [String: Int32] = ["[THINK]": 200, "[/THINK]": 201, "<|im_end|>": 202]

    var vocabularySize: Int { 203 }
    var roles: TokenRoles { TokenRoles() }
    var endOfTurnTokens: Set<Int32> { [202] }
    var templateTokens: [TemplateToken] { special.map { TemplateToken(text: $0.key, id: $0.value) } }
    var lossesInGGUF: [String] { [] }
    func encode(_ text: String, after: PrecedingText, without: TakenSpace) -> [Int32] {
      text.utf8.map { Int32($0) }
    }
    func firstTextToken(from id: Int) -> Int32? { Int32(id) }
    func spaceTaken(by special: Int32) -> (before: Bool, after: Bool) { (false, false) }
    func id(ofSpecial text: String) -> Int32? { special[text] }
    func vocabularyText(_ id: Int32) -> String { "" }
    func decodeBytes(_ tokens: some Sequence<Int32>) -> [UInt8] {
      tokens.compactMap { $0 < 128 ? UInt8($0) : nil }
    }
    func tokenizerJSON() throws(ToolError) -> [UInt8] { [] }
    func ggufEntries(vocabularySize: Int) throws(ToolError) -> [GGUFEntry] { [] }
  }

  private func text(_ parts: Any...) -> String {
    let tokens = parts.flatMap { part in
      (part as? String).map { $0.utf8.map { Int32($0) } } ?? [Int32(part as? Int ?? 0)]
    }
    return LetterTokenizer().decodeWithThoughtMarkers(tokens)
  }

  @Test func markersAreShown() {
    #expect(text(200, "Hm.", 201, "No.", 202) == "[THINK]Hm.[/THINK]No.")
    #expect(text("No.", 202) == "No.")
    #expect(Thought(in: text(200, "Hm.", 201, "No.")).answer == "No.")
    #expect(Thought(in: text(200, "Hm.")).answer == nil)
    #expect(Thought(in: "Hm.", after: text(202, 200)).answer == nil)
  }
}
