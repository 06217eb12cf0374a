import Streams
import Tasks

/// A task file of the tests: reviews with a removable sentence, and another for text that is classified.
enum TaskFileText {
  static let sentiment = """
    {
      "schema": "task/1",
      "name": "sentiment",
      "rows": {"fields": ["review", "title"], "answer": "label", "answer_names": {"1": "positive", "0": "negative"}},
      "system": "You judge reviews.",
      "prompt": ["Title: {title}", "Review: {review}", "Is it positive or negative?"],
      "readout": {"kind": "choice", "prefill": "It is ", "choices": ["positive", "negative"]},
      "features": [
        {"kind": "opinion", "find": "inserted"},
        {"kind": "sentence", "find": "sentences"},
        {"kind": "praise", "find": "words", "words": ["love", "Fine"], "default": false}
      ],
      "insertion": {
        "places": ["first sentence", "last sentence", "before paragraph 4"],
        "variants": 2,
        "wordings": [
          "My friend calls it {answer}.",
          {"text": "Everybody loved it.", "suggests": "positive", "weight": 3},
          {"text": "It was raining.", "speaker": "nobody"}
        ]
      },
      "explanation": {
        "question": "What if \\"{feature}\\" were gone?",
        "unchanged": "Still <<<{answer}>>>.",
        "changed": "Then <<<{answer}>>>!"
      }
    }
    """

  static let mood = """
    {
      "schema": "task/1", "name": "mood", "rows": "request", "prompt": ["{request}"],
      "readout": {"kind": "generate", "prefill": "Well, ", "max_tokens": 8},
      "classifier": {
        "rules": [
          {"answer": "sad", "begins": ["I'm sorry"]},
          {"answer": "glad", "says": ["happy to", "glad"], "sentences": 2},
          {"answer": "sad", "says": ["can't"]}
        ],
        "otherwise": "neither"
      },
      "features": [{"kind": "sentence", "find": "sentences"}]
    }
    """

  static let fruit = """
    {
      "schema": "task/1", "name": "fruit", "rows": "question", "prompt": ["{question}"],
      "readout": {"kind": "choice", "prefill": "Answer:", "choices": "texts", "score": "mean", "max_bytes": 12},
      "features": [{"kind": "hint", "find": "inserted"}],
      "insertion": {"places": ["before paragraph 2"], "wordings": [{"text": "I say: {answer}."}]},
      "explanation": {
        "question": "Without \\"{feature}\\"?\\n{options}",
        "unchanged": "Still {words}: <<<{answer}>>>.",
        "changed": "Then {words}: <<<{answer}>>>."
      }
    }
    """

  static func task(_ text: String) throws -> TaskDefinition {
    try TaskDefinition(parsing: Array(text.utf8), file: "mine.json")
  }

  /// The message of the error that reading gives, with its status and position; nil for none.
  static func failure(_ text: String) -> String? {
    do {
      _ = try task(text)
      return nil
    } catch let error as ToolError {
      return "\(error.status.rawValue) \(error)"
    } catch {
      return "\(error)"
    }
  }
}
