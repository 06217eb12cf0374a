import Cases
import Streams
import Tasks
import Testing

/// Cases of a task that comes from a file.
@Suite struct TaskFileCasesTests {
  private func cases(_ values: [String: String], row: Int = 0, kinds: [String]? = nil) throws -> [Case] {
    let task = try TaskFileText.task(TaskFileText.sentiment)
    return try TasksTests.cases(
      of: .columns(.init(values: values, identity: values["review"] ?? "", answer: "negative")), task: task,
      kinds: kinds, row: row)
  }

  @Test func theFrameIsAroundX() throws {
    let made = try #require(
      try cases(["review": "Dull plot. I love it.", "title": "Film"], kinds: ["sentence", "praise"]).first)
    #expect(made.task == "sentiment" && made.id == "sentiment/mmlu/anatomy_test/0/v0")
    let x = "Title: Film\n\nReview: Dull plot. I love it.\n\nIs it positive or negative?"
    #expect(
      made.messages
        == [Message(role: "system", content: "You judge reviews."), Message(role: "user", content: x)])
    #expect(made.features.map(\.text) == ["Dull plot.", "I love it.", "love"])
    #expect(made.features.map(\.id) == ["sentence0", "sentence1", "praise0"])
    #expect(made.features.allSatisfy { $0.span.message == 1 && $0.messages[0] == made.messages[0] })
    #expect(
      made.features[0].messages[1].content
        == "Title: Film\n\nReview: I love it.\n\nIs it positive or negative?")
    #expect(made.reference == ["answer": "negative"])
  }

  @Test func aFieldThatIsNotThereLeavesItsParagraphOut() throws {
    let made = try #require(try cases(["review": "Dull plot. Nice cast."], kinds: ["sentence"]).first)
    #expect(made.messages[1].content.hasPrefix("Review: Dull"))
    #expect(try cases(["title": "Film"]).isEmpty)
  }

  @Test func aRowWhoseMainParagraphIsLeftOutIsDropped() throws {
    let text = TaskFileText.sentiment.replacing(
      #""Title: {title}", "Review: {review}""#, with: #""Review", "{title}: {review}""#)
    let task = try TaskFileText.task(text)
    func made(_ values: [String: String]) throws -> [Case] {
      try TasksTests.cases(
        of: .columns(.init(values: values, identity: "", answer: nil)), task: task, kinds: nil, row: 0)
    }
    #expect(try made(["review": "Dull plot. Nice cast."]).isEmpty)
    #expect(try made(["review": "Dull plot. Nice cast.", "title": "Film"]).count == 2)
  }

  @Test func severalInsertionsAreFeaturesOfTheirOwn() throws {
    let text = TaskFileText.sentiment.replacing(
      #""variants": 2,"#, with: #""variants": 1, "count": 2, "reference": "said","#)
    let task = try TaskFileText.task(text)
    var orders: Set<String> = []
    for row in 0..<60 {
      let made = try #require(
        try TasksTests.cases(
          of: .columns(
            .init(values: ["review": "Dull plot. Nice cast.", "title": "Film"], identity: "", answer: nil)),
          task: task, kinds: ["opinion"], row: row
        ).first)
      let content = made.messages[1].content
      #expect(made.features.map(\.id) == ["opinion0", "opinion1"])
      #expect(made.features[0].span.start < made.features[1].span.start)
      for (feature, other) in zip(made.features, made.features.reversed()) {
        let rest = feature.messages[1].content
        #expect(!rest.contains(feature.text) && rest.contains(other.text))
        // What is left is x without the sentence and the white space beside it.
        let words = content.replacing(feature.text, with: "", maxReplacements: 1).split(
          whereSeparator: \.isWhitespace)
        #expect(rest.split(whereSeparator: \.isWhitespace) == words)
        let suggested = made.reference?["said"]?[feature.id]?.string
        if feature.text == "It was raining." { #expect(suggested == nil) }
        if feature.text == "Everybody loved it." { #expect(suggested == "positive") }
      }
      orders.insert(made.features.map(\.text).joined(separator: "|"))
    }
    #expect(orders.count >= 4)
  }

  @Test func insertionsAreWordedPlacedAndNoted() throws {
    var seen: Set<String> = []
    for row in 0..<60 {
      let made = try cases(["review": "Dull plot. Nice cast.", "title": "Film"], row: row)
      #expect(made.count == 2)
      let inserted = made.compactMap { made in made.features.first { $0.kind == "opinion" } }
      #expect(inserted.count == 2 && Set(inserted.map(\.text)).count == 2)
      for (made, feature) in zip(made, inserted) {
        #expect(feature.id == "opinion")
        let base = "Title: Film\n\nReview: Dull plot. Nice cast.\n\nIs it positive or negative?"
        #expect(feature.messages[1].content == base)
        let suggested = made.reference?["suggested"]?.string
        switch feature.text {
        case "Everybody loved it.": #expect(suggested == "positive")
        case "It was raining.": #expect(suggested == nil)
        default: #expect(feature.text == "My friend calls it \(suggested ?? "?").")
        }
        seen.insert(feature.text)
      }
      // The paragraph after the last.
      if made[0].messages[1].content.hasSuffix(inserted[0].text) { seen.insert("at the end") }
    }
    #expect(
      seen == [
        "Everybody loved it.", "It was raining.", "My friend calls it positive.",
        "My friend calls it negative.", "at the end",
      ])
  }

  @Test func weightsDecideHowOftenAWordingComes() throws {
    let text = TaskFileText.sentiment.replacing(#""variants": 2"#, with: #""variants": 1"#)
    let task = try TaskFileText.task(text)
    var counts: [String: Int] = [:]
    for row in 0..<2000 {
      let made = try TasksTests.cases(
        of: .columns(.init(values: ["review": "Dull. Nice."], identity: "Dull. Nice.", answer: nil)),
        task: task, kinds: ["opinion"], row: row)
      for made in made { counts[made.features[0].text, default: 0] += 1 }
    }
    // 3 of 5: 1200, with a standard deviation of 22.
    let count = counts["Everybody loved it.", default: 0]
    #expect(abs(count - 1200) < 110, "\(counts)")
  }
}
