import Checkpoints
import Exports
import Foundation
import Streams
import TestSupport
import Testing
import Tokenizers

/// Every format from every kind of checkpoint is read again as the model that it was made of.
@Suite final class ExportTests {
  let folder = FileManager.default.temporaryDirectory.appending(path: "export-\(UUID().uuidString)").path

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  static let models = [
    "tiny-llama/hf", "tiny-llama/tiny-llama-q8_0.gguf", "tiny-families/llama3-scaled", "tiny-families/qwen2",
    "tiny-families/qwen2/model.gguf", "tiny-families/qwen3", "tiny-families/qwen3/model.gguf",
    "tiny-families/gemma3", "tiny-families/gemma3/model.gguf",
  ]

  private func export(
    _ source: ExportSource, to format: ExportFormat, type: StoredType? = nil
  ) throws -> String {
    let export = try CheckpointExport(source, to: format, type: type)
    // A name of its own, since an earlier export may be an input of this process by now.
    let path = "\(folder)/\(UUID().uuidString).\(format.rawValue)"
    var tensors = 0
    if format.isDirectory {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try export.write(toDirectory: path) { tensors += 1 }
    } else {
      let file = try OutputFile(path: path, mode: .overwrite)
      try export.write(to: file) { tensors += 1 }
      try file.finish()
    }
    return path
  }

  @Test(arguments: models) func modelsAreReadAgain(name: String) throws {
    let source = try ExportSource(model: fixture("\(name)"), adapters: [])
    let original = source.checkpoint
    for format in [ExportFormat.hf, .gguf] {
      let found = try ModelCheckpoint(path: try export(source, to: format, type: .f32))
      #expect(found.configuration == original.configuration)
      for (tensor, _) in original.tensors.modelTensors {
        let (a, b) = (try original.tensors.read(tensor), try found.tensors.read(tensor))
        // Adding one to Gemma's norms, and taking it off, rounds.
        #expect(zip(a, b).allSatisfy { abs($0 - $1) <= 1e-6 } && a.count == b.count, "\(tensor)")
      }
      #expect(try found.chatTemplateText() == original.chatTemplateText())
      #expect(try found.hasTokenizer() == original.hasTokenizer())
      if try original.hasTokenizer() {
        let text = "Café 1999: déjà vu? <|im_end|>"
        #expect(try found.tokenizer().encode(text) == original.tokenizer().encode(text))
        #expect(try found.tokenizer().endOfTurnTokens == original.tokenizer().endOfTurnTokens)
      }
    }
  }

  @Test func anotherChatTemplate() throws {
    for model in ["tiny-llama/hf", "tiny-llama/tiny-llama-f32.gguf"] {
      let source = try ExportSource(
        model: fixture("\(model)"), adapters: [], chatTemplate: "plain", fallbackTemplate: "gemma")
      for format in [ExportFormat.hf, .gguf] {
        #expect(try chatTemplateName(of: try export(source, to: format)) == "plain")
      }
    }
    let source = try ExportSource(
      model: fixture("tiny-llama/hf"), adapters: [], fallbackTemplate: "gemma")
    #expect(try chatTemplateName(of: try export(source, to: .hf)) == "chatml")
  }

  private func chatTemplateName(of path: String) throws -> String {
    let checkpoint = try ModelCheckpoint(path: path)
    return try checkpoint.chatTemplate(tokenizer: try checkpoint.tokenizer()).name
  }

  @Test func oneAdapterIsCopied() throws {
    let adapter = fixture("tiny-llama-lora")
    let source = try ExportSource(model: fixture("tiny-llama/hf"), adapters: [adapter])
    let path = try export(source, to: .peft)
    for name in ["adapter_config.json", "adapter_model.safetensors"] {
      #expect(try readFile("\(path)/\(name)") == readFile("\(adapter)/\(name)"))
    }
  }

  @Test func sizes() throws {
    let source = try ExportSource(
      model: fixture("tiny-llama/hf"), adapters: [fixture("tiny-llama-lora")])
    for format in [ExportFormat.gguf, .ggufLora] {
      for type in format.types {
        let export = try CheckpointExport(source, to: format, type: type)
        let file = try GGUFFile(path: try self.export(source, to: format, type: type))
        #expect(export.tensorCount == file.tensors.count)
        #expect(export.byteCount == file.tensors.reduce(0) { $0 + $1.range.count })
        #expect(export.parameterCount == file.tensors.reduce(0) { $0 + $1.rows * $1.columns })
      }
    }
  }

  @Test func refusals() throws {
    let model = fixture("tiny-llama/hf")
    let bare = try ExportSource(model: model, adapters: [])
    for format in [ExportFormat.peft, .ggufLora] {
      #expect(toolError { _ = try CheckpointExport(bare, to: format, type: nil) }?.status == .usage)
    }
    #expect(toolError { _ = try CheckpointExport(bare, to: .hf, type: .q8_0) }?.status == .usage)
    let missing = toolError { _ = try ExportSource(model: model, adapters: [fixture("none")]) }
    #expect(missing?.status == .missingInput)
    let unknown = toolError { _ = try ExportSource(model: model, adapters: [], chatTemplate: "x") }
    #expect(unknown?.status == .usage)
  }

  /// Gemma's largest model is told from the others by its layers; any other scale of attention has no place in GGUF.
  @Test func whatGGUFCannotSayIsRefused() throws {
    let copy = "\(folder)/scaled"
    try FileManager.default.copyItem(atPath: fixture("tiny-families/gemma3"), toPath: copy)
    var json = try #require(try JSON.parse(file: "\(copy)/config.json").object)
    json["query_pre_attn_scalar"] = 24
    try AtomicFile.write("\(copy)/config.json", try JSON.object(json).serialized())
    let source = try ExportSource(model: copy, adapters: [])
    let error = toolError { _ = try export(source, to: .gguf) }
    #expect(error?.status == .badData && error?.message.contains("GGUF cannot say") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["scaled"])
    #expect(
      try ModelCheckpoint(path: try export(source, to: .hf)).configuration == source.checkpoint.configuration)
  }
}
