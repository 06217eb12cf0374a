import Streams

/// A language model in a Hugging Face directory: config.json, safetensors files, tokenizer files.
public final class HuggingFaceDirectory: TensorSource {
  /// The directory as the user gave it.
  public let path: String
  /// From config.json, checked.
  public let configuration: ModelConfiguration
  /// config.json.
  public let configurationJSON: JSONObject
  private let index: ShardIndex

  /// Opens the directory and checks that it holds every tensor of its architecture in the right shape.
  /// Throws `ToolError`: 66 where config.json or the weights are missing, 65 where they are broken or of an unknown
  /// architecture.
  public init(path: String) throws(ToolError) {
    self.path = path
    let configPath = "\(path)/config.json"
    let json = try JSON.parse(file: configPath)
    var described: ModelConfiguration
    do throws(ToolError) {
      guard let object = json.object else { throw .badData("is no JSON object") }
      configurationJSON = object
      let layout = try ModelArchitecture.layout(huggingFaceName: try object.string("model_type"))
      described = try layout.configuration(of: object)
    } catch {
      throw error.located(at: SourcePosition(file: configPath))
    }
    let index = try ShardIndex(directory: path)
    if described.tiedEmbeddings, try index.hasOwnHead() { described.tiedEmbeddings = false }
    configuration = described
    do throws(ToolError) {
      try checkTensors(
        of: configuration, storedNames: index.fileOfTensor.keys.sorted(),
        shape: { index.fileOfTensor[$0]?.tensor(named: $0)?.shape }, fileName: \.name)
    } catch {
      throw error.located(at: SourcePosition(file: path))
    }
    self.index = index
  }

  /// nil where no weight file holds a tensor of that name, whether the model needs it or not.
  public func shape(of name: String) -> [Int]? {
    index.fileOfTensor[name]?.tensor(named: name)?.shape
  }

  /// Rows as they are stored, converted to 32-bit floats. Throws `ToolError` (65) where there is no such tensor.
  public func read(
    _ name: String, rows: Range<Int>, into output: UnsafeMutableBufferPointer<Float>
  ) throws(ToolError) {
    guard let file = index.fileOfTensor[name], let tensor = file.tensor(named: name) else {
      throw missing(name)
    }
    try file.read(tensor, rows: rows, into: output)
  }

  /// The weight files, by name.
  var weightFiles: [SafetensorsFile] {
    index.files.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The tensors of all weight files, also those that the model does not need.
  public var storedTensors: [SafetensorsTensor] { weightFiles.flatMap(\.tensors) }

  /// Length of all weight files in bytes.
  public var weightByteCount: Int { weightFiles.reduce(0) { $0 + $1.file.count } }

  /// Whether there is a tokenizer.json.
  public var hasTokenizer: Bool { fileExists(tokenizerPath) }

  /// A file of the directory as it is, nil where there is none. Throws `ToolError` (74) where reading fails.
  public func bytes(ofFile name: String) throws(ToolError) -> [UInt8]? {
    let file = "\(path)/\(name)"
    return fileExists(file) ? try readFile(file) : nil
  }

  /// The path of tokenizer.json, whether it is there or not.
  public var tokenizerPath: String { "\(path)/tokenizer.json" }

  /// tokenizer_config.json, nil where there is none. What special_tokens_map.json says goes before it, but for
  /// configurations that list their `added_tokens_decoder`, as in transformers. Throws `ToolError` (65) where one
  /// is broken.
  public func tokenizerConfiguration() throws(ToolError) -> JSONObject? {
    let configuration = try optionalObject("tokenizer_config.json")
    guard configuration?["added_tokens_decoder"] == nil,
      let map = try optionalObject("special_tokens_map.json")
    else { return configuration }
    return map.members.reduce(into: configuration ?? JSONObject()) { merged, member in
      var value = member.value
      // As tokenizer_config.json writes a token with its flags.
      if var token = value.object, token["content"] != nil {
        token["__type"] = "AddedToken"
        value = .object(token)
      }
      merged[member.key] = value
    }
  }

  /// generation_config.json, nil where there is none. Throws `ToolError` (65) where it is broken.
  public func generationConfiguration() throws(ToolError) -> JSONObject? {
    try optionalObject("generation_config.json")
  }

  /// The chat template's text (Jinja): chat_template.jinja, or the member of tokenizer_config.json or of
  /// chat_template.json; the one called "default" where there are several. nil where there is none.
  /// Throws `ToolError` (65) where there are several and none is called so, or the file is no text.
  public func chatTemplateText() throws(ToolError) -> String? {
    let file = "\(path)/chat_template.jinja"
    if fileExists(file) {
      guard let text = String(validating: try readFile(file), as: UTF8.self) else {
        throw .badData("is not UTF-8", at: SourcePosition(file: file))
      }
      return text
    }
    for name in ["tokenizer_config.json", "chat_template.json"] {
      guard let member = try optionalObject(name)?["chat_template"], !member.isNull else { continue }
      guard let several = member.array else { return member.string }
      let named = several.last { $0["name"]?.string == "default" }?["template"]?.string
      guard let named else {
        let names = several.compactMap { $0["name"]?.string }.joined(separator: ", ")
        throw .badData(
          "has several chat templates (\(names)) and none that is called default; choose one with --chat-template",
          at: SourcePosition(file: "\(path)/\(name)"))
      }
      return named
    }
    return nil
  }

  private func optionalObject(_ name: String) throws(ToolError) -> JSONObject? {
    let file = "\(path)/\(name)"
    guard fileExists(file) else { return nil }
    guard let object = try JSON.parse(file: file).object else {
      throw .badData("is no JSON object", at: SourcePosition(file: file))
    }
    return object
  }
}
