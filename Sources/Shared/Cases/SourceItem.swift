import Streams

/// One row of a data set as an importer hands it to a task: what it says, and where it stood. A task turns it
/// into cases.
public struct SourceItem: Equatable, Sendable {
  /// Short name of the data set or shape, for ids and `source.dataset`; for example `mmlu`.
  public var dataset: String
  /// File name without its folder, for ids and `source.file`.
  public var file: String
  /// From 0, header not counted.
  public var row: Int
  /// What the row says, by the shape that it has.
  public var content: Content
  /// The columns that its cases keep, with their values as they stand in the row.
  public var kept: JSONObject

  /// A row as it was read; nothing is checked here.
  public init(dataset: String, file: String, row: Int, content: Content, kept: JSONObject = [:]) {
    self.dataset = dataset
    self.file = file
    self.row = row
    self.content = content
    self.kept = kept
  }

  /// The extensions of data files, which case ids leave out.
  public static let dataExtensions = [".csv", ".tsv", ".json", ".jsonl", ".ndjson"]

  /// A file's name as it enters case ids: without its extension, where that is one of `dataExtensions`.
  public static func stem(ofFile name: String) -> String {
    guard let suffix = dataExtensions.first(where: { name.hasSuffix($0) }), name != suffix else {
      return name
    }
    return String(name.dropLast(suffix.count))
  }

  /// What a row says. Which tasks can read it depends on its shape.
  public enum Content: Equatable, Sendable {
    case multipleChoice(MultipleChoice)
    case hintPair(HintPair)
    case choicePrompt(ChoicePrompt)
    case post(Post)
    case request(Request)
    case columns(Columns)
  }

  /// A question with its options; the letters are the task's.
  public struct MultipleChoice: Equatable, Sendable {
    /// The question alone, without options and letters.
    public var question: String
    /// The options in the order of their letters.
    public var choices: [String]
    /// Index of the correct choice; nil where the data set gives none.
    public var answer: Int?

    /// `answer` must be an index of `choices`.
    public init(question: String, choices: [String], answer: Int?) {
      self.question = question
      self.choices = choices
      self.answer = answer
    }
  }

  /// A question that already holds a hint, beside the same question without it: `hinted` is `unhinted` plus
  /// exactly one inserted span in one message.
  public struct HintPair: Equatable, Sendable {
    /// The prompt without the hint.
    public var unhinted: [Message]
    /// The prompt with the hint.
    public var hinted: [Message]
    /// The letters that the options carry, for example `["A", "B"]`.
    public var letters: [String]
    /// The correct letter; nil where the data set gives none.
    public var answer: String?
    /// What splits and clusters by: the question itself, without options or wording of the prompt.
    public var question: String

    /// That the two prompts differ by one insertion is for the importer to find out.
    public init(
      unhinted: [Message], hinted: [Message], letters: [String], answer: String?, question: String
    ) {
      self.unhinted = unhinted
      self.hinted = hinted
      self.letters = letters
      self.answer = answer
      self.question = question
    }
  }

  /// A prompt that holds its own options, to be asked as it stands.
  public struct ChoicePrompt: Equatable, Sendable {
    /// The whole prompt, options included.
    public var text: String
    /// The byte of `text` at which its options begin; its length where it lists none.
    public var optionsStart: Int
    /// The answers among which the prompt lets choose, for example `["A", "B"]`.
    public var choices: [String]
    /// The correct one; nil where the data set gives none.
    public var answer: String?
    /// The one that agrees with what the prompt says of its author; nil where the data set does not say.
    public var stance: String?
    /// What splits and clusters by: the prompt without its options.
    public var question: String

    /// `answer` and `stance` are nil or among `choices`.
    public init(
      text: String, optionsStart: Int, choices: [String], answer: String? = nil, stance: String? = nil,
      question: String
    ) {
      self.text = text
      self.optionsStart = optionsStart
      self.choices = choices
      self.answer = answer
      self.stance = stance
      self.question = question
    }
  }

  /// A post that asks for a verdict.
  public struct Post: Equatable, Sendable {
    /// nil for posts that have none.
    public var title: String?
    /// The post's body, in which features are looked for.
    public var text: String
    /// `YTA` or `NTA`; nil where the data set gives none.
    public var verdict: String?
    /// The verdicts without each sentence in turn, where the data set says them; else empty.
    public var verdictsWithout: [SentenceReference]

    /// `verdictsWithout` may leave sentences out.
    public init(
      title: String? = nil, text: String, verdict: String?, verdictsWithout: [SentenceReference] = []
    ) {
      self.title = title
      self.text = text
      self.verdict = verdict
      self.verdictsWithout = verdictsWithout
    }
  }

  /// A request to an assistant.
  public struct Request: Equatable, Sendable {
    /// All that the user asks.
    public var text: String
    /// `refuse` or `comply`, what the data set says an assistant should do; nil where it gives none.
    public var answer: String?
    /// The part that is said to trigger refusal, where the data set names one.
    public var trigger: String?
    /// The answers without each sentence in turn, where the data set says them; else empty.
    public var answersWithout: [SentenceReference]

    /// `answersWithout` may leave sentences out.
    public init(
      text: String, answer: String?, trigger: String? = nil, answersWithout: [SentenceReference] = []
    ) {
      self.text = text
      self.answer = answer
      self.trigger = trigger
      self.answersWithout = answersWithout
    }
  }

  /// The columns that a task names itself.
  public struct Columns: Equatable, Sendable {
    /// The text of each column that the row has, by field of the prompt.
    public var values: [String: String]
    /// What splits and clusters by: the main column's text.
    public var identity: String
    /// One of the task's answers; nil where the data set gives none.
    public var answer: String?

    /// `values` must hold the main column.
    public init(values: [String: String], identity: String, answer: String?) {
      self.values = values
      self.identity = identity
      self.answer = answer
    }
  }

  /// What the data set says the answer is once this sentence (literally in the text) is gone.
  public struct SentenceReference: Equatable, Sendable {
    /// As it stands in the text.
    public var sentence: String
    /// One of the task's answers.
    public var answer: String

    /// A sentence that is no feature of the text is of no use, and no error.
    public init(sentence: String, answer: String) {
      self.sentence = sentence
      self.answer = answer
    }
  }
}
