import Cases
import Checkpoints
import Jinja
import Streams
import TestSupport
import Testing
import Tokenizers

/// Renderings by Jinja, set up as transformers does it (Tests/Fixtures/make_chat_fixtures.py).
@Suite struct ChatTemplateTests {
  struct Rendering {
    var messages: [Message]
    var addsGenerationPrompt: Bool
    var text: String
  }

  let document: JSON

  init() throws {
    document = try JSON.parse(file: fixture("chat-templates.json"))
  }

  private func renderings(_ template: JSON) throws -> [Rendering] {
    try #require(template["renderings"]?.array).map { rendering in
      Rendering(
        messages: try #require(rendering["messages"]?.array).map { try Message(json: $0) },
        addsGenerationPrompt: rendering["add_generation_prompt"] == true,
        text: try #require(rendering["text"]?.string))
    }
  }

  /// The fragments as one text; the fixtures' beginning of sequence is `<BOS>`.
  private func joined(_ fragments: [PromptFragment]) -> String {
    fragments.map { fragment in
      switch fragment {
      case .special(let text), .text(let text): text
      case .beginningOfSequence: "<BOS>"
      }
    }.joined()
  }

  private func own(_ text: String, arguments: JSONObject = [:]) throws -> PromptTemplate {
    .own(
      try CheckpointTemplate(
        text, specialTokens: ["bos_token": "<BOS>"], tokenizer: nil, arguments: arguments,
        clock: Clock(secondsSince1970: 1_700_000_000)))
  }

  @Test func checkpointTemplatesRenderAsJinjaDoes() throws {
    let templates = try #require(document["templates"]?.array)
    #expect(templates.count == 13)
    for template in templates {
      let text = try #require(template["text"]?.string)
      let own = try CheckpointTemplate(text, specialTokens: ["bos_token": "<BOS>"], tokenizer: nil)
      for rendering in try renderings(template) {
        let found = try own.render(
          rendering.messages, addGenerationPrompt: rendering.addsGenerationPrompt)
        #expect(found.text == rendering.text, "\(text)")
      }
    }
  }

  /// What a checkpoint brings is named after the built-in template that it is like.
  @Test func likeBuiltInTemplates() throws {
    for template in try #require(document["templates"]?.array) {
      #expect(try own(try #require(template["text"]?.string)).name == template["name"]?.string)
    }
  }

  @Test func builtInTemplatesRenderAsTheirJinjaDoes() throws {
    let written = try #require(document["templates"]?.array).suffix(5)
    for (name, template) in zip(["chatml", "qwen", "llama3", "gemma", "plain"], written) {
      let builtIn = try ChatTemplate(named: name)
      #expect(builtIn.jinja(addsBeginningOfSequence: false) == template["text"]?.string)
      for rendering in try renderings(template) {
        let fragments = builtIn.render(
          rendering.messages, addGenerationPrompt: rendering.addsGenerationPrompt)
        #expect(joined(fragments) == rendering.text)
      }
    }
  }

  @Test func defaultSystemPrompts() throws {
    let found = try #require(document["templates"]?.array).map { template in
      try own(try #require(template["text"]?.string)).defaultSystemPrompt
    }
    let smol = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"
    let qwen = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant."
    #expect(
      found == [
        smol, qwen, nil, "You're \"it\".", "You answer briefly.", nil, nil, nil, nil, qwen, nil, nil, nil,
      ])
    #expect(
      ChatTemplate(.qwen).defaultSystemPrompt == qwen && ChatTemplate(.chatml).defaultSystemPrompt == nil)
    let other =
      "{% set x = 'Be kind.' %}{% if messages[0].role == 'system' %}{% set x = messages[0].content %}{% endif %}"
    let template = try own(
      other + "[{{ x }}]{% for m in messages if m.role != 'system' %}<{{ m.content }}>{% endfor %}")
    #expect(template.name == "checkpoint" && template.defaultSystemPrompt == "Be kind.")
  }

  @Test func identitiesDiffer() throws {
    let thinking = "{{ messages[0].content }}{% if think is undefined or think %}<think>{% endif %}"
    let dated = "{{ strftime_now('%d %b %Y') }}{{ messages[0].content }}"
    let templates = [
      try own(thinking), try own(thinking, arguments: ["think": false]),
      try own(thinking, arguments: ["think": "false"]), try own(dated), .builtIn(ChatTemplate(.chatml)),
      .builtIn(ChatTemplate(.qwen)),
    ]
    #expect(Set(try templates.map { try $0.identity() }).count == templates.count)
    #expect(templates[3].record["template_dates"] == ["%d %b %Y": "14 Nov 2023"])
    #expect(templates[1].record["template_arguments"] == ["think": false])
    #expect(templates[0].record["template_arguments"] == nil && templates[0].record["template_dates"] == nil)
    #expect(try templates[3].identity(dates: [:]) == "checkpoint")
  }

  @Test func argumentsAreChecked() throws {
    #expect(try own("{{ messages }}", arguments: ["thinc": true]).unusedArguments == ["thinc"])
    let reserved = toolError { _ = try own("{{ messages }}", arguments: ["messages": []]) }
    #expect(reserved?.status == .usage)
  }

  @Test func unsupportedTemplates() {
    let error = toolError { _ = try own("a\n{% include 'x' %}") }
    #expect(error?.status == .badData)
    #expect(error?.message == "the chat template, line 2: the tag {% include %} is not supported")
    #expect(toolError { _ = try ChatTemplate(named: "vicuna") }?.status == .usage)
  }

  /// Special tokens come of what the template wrote, whatever is done to text of data on the way.
  @Test func dataNeverBecomesSpecial() throws {
    let tokenizer = try ModelCheckpoint(path: fixture("tiny-llama/tiny-llama-f32.gguf")).tokenizer()
    let text =
      "<|im_start|>{{ messages[0].role }}\n{{ ('<|' ~ messages[0].content ~ ' ')|trim|replace('!', '') }}<|im_end|>"
      + "{{ messages[0].content.split('<|')[-1]|upper }}"
    let template = PromptTemplate.own(
      try CheckpointTemplate(text, specialTokens: [:], tokenizer: tokenizer))
    let ids = try template.encode(
      [Message(role: "user", content: "!im_end|>")], prefill: "<|im_end|>", with: tokenizer)
    let expected =
      [1] + tokenizer.encode("user\n<|im_end|>") + [2] + tokenizer.encode("!IM_END|><|im_end|>")
    #expect(ids == expected)
    #expect(try template.endOfTurn(with: tokenizer) == 2)
  }

  @Test func encodingJoinsTextAndKeepsItPlain() throws {
    let tokenizer = try ModelCheckpoint(path: fixture("tiny-llama/tiny-llama-f32.gguf")).tokenizer()
    let template = ChatTemplate(.chatml)
    let messages = [Message(role: "user", content: "Say <|im_end|>.")]
    let ids = try template.encode(messages, prefill: "Answer: (", with: tokenizer)
    let expected =
      [1] + tokenizer.encode("user\nSay <|im_end|>.") + [2] + tokenizer.encode("\n") + [1]
      + tokenizer.encode("assistant\nAnswer: (")
    #expect(ids == expected)
    #expect(ids.filter { $0 < 3 } == [1, 2, 1])
    #expect(try template.endOfTurn(with: tokenizer) == 2)
    let open = try template.encode(messages, addGenerationPrompt: false, with: tokenizer)
    #expect(open == Array(expected.prefix(open.count)) && open.last == tokenizer.encode("\n").last)
  }

  @Test func plainTextBeginsAsTheTokenizerDoes() throws {
    let messages = [Message(role: "user", content: "a")]
    for adds in [false, true] {
      // Beside a tokenizer.json, transformers takes no notice of "add_bos_token".
      let tokenizer = try TokenizerFixture("smollm").tokenizer(configuration: [
        "bos_token": "<|endoftext|>", "eos_token": "<|im_end|>", "add_bos_token": .bool(!adds),
      ]) {
        let begin: JSON = ["SpecialToken": ["id": "<|endoftext|>", "type_id": 0]]
        let text: JSON = ["Sequence": ["id": "A", "type_id": 0]]
        if adds { $0["post_processor"] = ["type": "TemplateProcessing", "single": [begin, text]] }
      }
      let ids = try ChatTemplate(.plain).encode(messages, prefill: "b", with: tokenizer)
      #expect(ids == (adds ? [0] : []) + tokenizer.encode("a\n\nb"))
      #expect(try ChatTemplate(.plain).endOfTurn(with: tokenizer) == 2)
      // A template that writes no beginning of its own gets none, as with transformers' apply_chat_template.
      #expect(try ChatTemplate(.chatml).encode(messages, with: tokenizer).first == 1)
    }
  }

  @Test func missingSpecialTokensAreNamed() throws {
    let tokenizer = try TokenizerFixture("smollm").tokenizer()
    let message = [Message(role: "user", content: "a")]
    let llama = toolError { _ = try ChatTemplate(.llama3).encode(message, with: tokenizer) }
    #expect(llama?.status == .badData)
    #expect(llama?.message.contains("to begin a sequence") == true)
    let gemma = toolError { _ = try ChatTemplate(.gemma).endOfTurn(with: tokenizer) }
    #expect(gemma?.message.contains("\"<end_of_turn>\", which the chat template gemma needs") == true)
    #expect(toolError { _ = try ChatTemplate(.plain).endOfTurn(with: tokenizer) }?.status == .badData)
  }
}
